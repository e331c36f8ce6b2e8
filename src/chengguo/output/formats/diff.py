"""Two versions of a file as a unified diff."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from itertools import takewhile

from chengguo.text.source import Source, common
from chengguo.text.visible import visible

_CONTEXT = 3  # lines above and below a change
_HUNK = re.compile(r"(?<=[-+])\d+")


def render(before: Source, after: Source) -> str:
    """Return the difference with three lines of context; nothing where there is none."""
    head, tail = common(before.text, after.text)
    start = _above(before.text, head)
    behind = len(before.text) - _below(before.text, len(before.text) - tail)
    old, new = (_lines(each.text[start : len(each.text) - behind]) for each in (before, after))
    skipped = before.text.count("\n", 0, start)
    return "".join(map(_shown, _unified(old, new, (before.name, after.name), skipped)))


def _above(text: str, at: int) -> int:
    """Return where the context above the line of an offset begins."""
    for _line in range(_CONTEXT + 1):
        if (at := text.rfind("\n", 0, at)) < 0:
            return 0
    return at + 1


def _below(text: str, at: int) -> int:
    """Return where the context below the line of an offset ends."""
    for _line in range(_CONTEXT + 1):
        if not (at := text.find("\n", at) + 1):
            return len(text)
    return at


def _unified(old: list[str], new: list[str], names: tuple[str, str], skipped: int) -> Iterator[str]:
    """Compare lines behind those ``skipped``, without those that both begin and end with."""
    same = sum(1 for _pair in takewhile(_is_pair, zip(old, new, strict=False)))
    rest = zip(reversed(old[same:]), reversed(new[same:]), strict=False)
    end = max(0, sum(1 for _pair in takewhile(_is_pair, rest)) - _CONTEXT)
    start = max(0, same - _CONTEXT)
    for line in unified_diff(old[start : len(old) - end], new[start : len(new) - end], *names):
        yield _HUNK.sub(lambda at: str(int(at[0]) + start + skipped), line) if line.startswith("@@") else line


def _is_pair(lines: tuple[str, str]) -> bool:
    return lines[0] == lines[1]


def _lines(text: str) -> list[str]:
    """Cut a text at its line feeds, and nowhere else, keeping them."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _shown(line: str) -> str:
    shown = visible(line.removesuffix("\n").removesuffix("\r")) + "\n"
    return shown if line.endswith("\n") else shown + "\\ No newline at end of file\n"
