"""What stands between two marks of a text: found in one pass, however many of them have no end."""

from collections.abc import Iterator
from typing import AnyStr


def inside(text: AnyStr, begin: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    """Return what stands between each two marks, which may be in capitals; the last may have no end."""
    return (part for is_inside, part in parted(text, begin, end) if is_inside)


def outside(text: AnyStr, begin: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    """Return what stands before, between and behind such places."""
    return (part for is_inside, part in parted(text, begin, end) if not is_inside)


def parted(text: AnyStr, begin: AnyStr, end: AnyStr) -> Iterator[tuple[bool, AnyStr]]:
    """Return the parts of a text in order, each with whether it stands between the marks."""
    small = text.lower() if len(text.lower()) == len(text) else text
    place = 0
    while (start := small.find(begin, place)) >= 0:
        stop = small.find(end, start + len(begin))
        stop = len(text) if stop < 0 else stop
        yield False, text[place:start]
        yield True, text[start + len(begin) : stop]
        place = stop + len(end)
    yield False, text[place:]
