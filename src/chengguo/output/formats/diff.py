"""Two versions of a file as a unified diff."""

from difflib import unified_diff

from chengguo.text.source import Source
from chengguo.text.visible import visible


def render(before: Source, after: Source) -> str:
    """Give the difference with three lines of context; nothing where there is none."""
    return "".join(map(_shown, unified_diff(_lines(before), _lines(after), before.name, after.name)))


def _lines(source: Source) -> list[str]:
    """Cut a text at its line feeds, and nowhere else, keeping them."""
    *lines, last = source.text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _shown(line: str) -> str:
    shown = visible(line.removesuffix("\n").removesuffix("\r")) + "\n"
    return shown if line.endswith("\n") else shown + "\\ No newline at end of file\n"
