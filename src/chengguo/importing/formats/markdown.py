"""Markdown to rows: pipe tables, and the text around them."""

import re
from itertools import pairwise

from chengguo.importing.rows import Row

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*\|?\s*+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")  # of a list; its further lines are indented
_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+])\s+|\*\*|__|`")


def recognises(text: str, kind: str) -> bool:
    """True for Markdown, and for plain text with a table of it."""
    return kind == ".md" or (kind == ".txt" and "\t" not in text and has_table(text))


def read(text: str, _name: str) -> list[Row]:
    """Read the rows of every table, and each line of text as a row of one cell."""
    rows: list[Row] = []
    before = ""
    for line, content in enumerate(text.splitlines(), 1):
        goes_on = _ITEM.match(before) and content.startswith((" ", "\t")) and not _ITEM.match(content)
        before = before if goes_on else content
        if goes_on and content.strip():
            rows[-1] = rows[-1]._replace(cells=(rows[-1].cells[0] + _bare(content),))
        elif "|" not in content:
            rows.append(Row(line, (_bare(content),)))
        elif not _RULE.fullmatch(content):
            rows.append(Row(line, tuple(_cells(content))))
    return rows


def has_table(text: str) -> bool:
    """Tell whether a text has a Markdown table, by the rule under its header."""
    lines = text.splitlines()
    return any("|" in above and "|" in rule and _RULE.fullmatch(rule) for above, rule in pairwise(lines))


def _cells(line: str) -> list[str]:
    r"""Part a line at its pipes; \| is a pipe of the text."""
    parts = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [_bare(_BREAK.sub("\n", part.replace(r"\|", "|"))) for part in parts]


def _bare(text: str) -> str:
    """Take the marks of headings, lists, emphasis and code off."""
    return _MARKS.sub("", _BREAK.sub("\n", text)).strip()
