"""Two versions of a file as a unified diff."""

from difflib import unified_diff

from chengguo.source import Source
from chengguo.visible import visible


def render(before: Source, after: Source) -> str:
    """Give the difference with three lines of context; nothing where there is none."""
    lines = unified_diff(
        before.text.split("\n"), after.text.split("\n"), before.name, after.name, lineterm=""
    )
    return "".join(visible(line.removesuffix("\r")) + "\n" for line in lines)
