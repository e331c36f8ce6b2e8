"""Take back the lines of one change from a file that may have changed elsewhere since."""

from difflib import SequenceMatcher
from typing import NamedTuple

from chengguo.errors import Refused
from chengguo.language import _


class _Hunk(NamedTuple):
    """Lines ``start`` to ``end`` (exclusive, from 0) of one text, and what stands for them in another."""

    start: int
    end: int
    lines: list[bytes]


def take_back(before: bytes, after: bytes, now: bytes) -> bytes:
    """Give ``now`` with the change from ``before`` to ``after`` taken back, line by line.

    Raises ``Refused`` where those lines, or the ones next to them, have changed since.
    """
    back, since = _hunks(after, before), _hunks(after, now)
    if any(one.start <= other.end and other.start <= one.end for one in back for other in since):
        message = _("the lines of the last change have been changed since")
        raise Refused(message, _("Nothing was taken back; 'chengguo edit' or git can."))
    lines = after.split(b"\n")
    for start, end, other in sorted([*back, *since], reverse=True):
        lines[start:end] = other
    return b"\n".join(lines)


def _hunks(one: bytes, other: bytes) -> list[_Hunk]:
    """Give what must be replaced in ``one`` to make it ``other``; equal ends are not compared twice."""
    ours, theirs = one.split(b"\n"), other.split(b"\n")
    shorter = min(len(ours), len(theirs))
    head = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    tail = next((n for n in range(shorter - head) if ours[-1 - n] != theirs[-1 - n]), shorter - head)
    matcher = SequenceMatcher(None, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail])
    return [
        _Hunk(head + i1, head + i2, theirs[head + j1 : head + j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]
