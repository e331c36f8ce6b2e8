"""Markdown: a pipe table for chat groups, issues and reports."""

import re

from chengguo.output.cells import for_people
from chengguo.output.report import Output, Report
from chengguo.output.views import View
from chengguo.text.visible import visible

# What Markdown or HTML would obey. An underscore inside of a word is obeyed by none.
_SPECIAL = re.compile(r"[\\`|\[\]*<>&~#]|(?<![^\W_])_|_(?![^\W_])")


def write(report: Report, output: Output, _format: str) -> None:
    """Write the view for people, all of it."""
    output.put([render(report.people(None))])


def render(view: View) -> str:
    """Return ``view`` as Markdown: title, table, notes. Nothing of a cell is taken as markup."""
    title = [f"**{escape(line)}**" if number == 0 else escape(line) for number, line in enumerate(view.title)]
    header = _row([column.heading for column in view.columns])
    rule = "|" + "|".join("---:" if column.number else "---" for column in view.columns) + "|"
    rows = [_row([for_people(cell) for cell in row]) for row in view.rows]
    blocks = ["\n\n".join(title), "\n".join([header, rule, *rows]), *map(escape, view.notes)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """Return ``text`` with all that Markdown or HTML would obey escaped; a line feed becomes a break."""
    alone = "~" if text.count("~") == 1 else ""  # nothing is struck out without a second one: HEAD~1
    escaped = _SPECIAL.sub(
        lambda match: alone if match[0] == alone else _HTML.get(match[0], "\\" + match[0]), visible(text)
    )
    return escaped.replace("\n", "<br>")


_HTML = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"
