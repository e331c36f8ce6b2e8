"""Two versions of a file as a unified diff."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from itertools import takewhile

from chengguo.text.source import Source
from chengguo.text.visible import visible

_CONTEXT = 3  # lines above and below a change
_HUNK = re.compile(r"(?<=[-+])\d+")


def render(before: Source, after: Source) -> str:
    """Return the difference with three lines of context; nothing where there is none."""
    return "".join(map(_shown, _unified(_lines(before), _lines(after), before.name, after.name)))


def _unified(old: list[str], new: list[str], before: str, after: str) -> Iterator[str]:
    """Compare lines, without those that both begin and end with: an edit is small, a file is not."""
    same = sum(1 for _pair in takewhile(_is_pair, zip(old, new, strict=False)))
    rest = zip(reversed(old[same:]), reversed(new[same:]), strict=False)
    end = max(0, sum(1 for _pair in takewhile(_is_pair, rest)) - _CONTEXT)
    start = max(0, same - _CONTEXT)
    for line in unified_diff(old[start : len(old) - end], new[start : len(new) - end], before, after):
        yield _HUNK.sub(lambda at: str(int(at[0]) + start), line) if line.startswith("@@") else line


def _is_pair(lines: tuple[str, str]) -> bool:
    return lines[0] == lines[1]


def _lines(source: Source) -> list[str]:
    """Cut a text at its line feeds, and nowhere else, keeping them."""
    *lines, last = source.text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _shown(line: str) -> str:
    shown = visible(line.removesuffix("\n").removesuffix("\r")) + "\n"
    return shown if line.endswith("\n") else shown + "\\ No newline at end of file\n"
