"""Markdown to rows: pipe tables, and the text around them."""

import re
from html import unescape
from itertools import pairwise

from chengguo.importing.rows import Row

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*\|?\s*+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")  # of a list; its further lines are indented
_MARKS = re.compile(r"\*\*|__|`")
_BEGINNING = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+])\s+")  # of a line, which no cell has
# A sign with a backslash before it is itself: till all else is read, one of private use stands for it.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PRIVATE = 0xE000
_BACK = {_PRIVATE + code: chr(code) for code in range(0x21, 0x7F)}


def recognises(text: str, kind: str) -> bool:
    """True for Markdown, and for plain text with a table of it."""
    return kind == ".md" or (kind == ".txt" and "\t" not in text and has_table(text))


def read(text: str, _name: str) -> list[Row]:
    """Read the rows of every table, and each line of text as a row of one cell."""
    rows: list[Row] = []
    before = ""
    text = _ESCAPED.sub(lambda sign: chr(_PRIVATE + ord(sign[1])), text)
    for line, content in enumerate(text.splitlines(), 1):
        goes_on = _ITEM.match(before) and content.startswith((" ", "\t")) and not _ITEM.match(content)
        before = before if goes_on else content
        if goes_on and content.strip():
            rows[-1] = rows[-1]._replace(cells=(rows[-1].cells[0] + _line(content),))
        elif "|" not in content:
            rows.append(Row(line, (_line(content),)))
        elif not _RULE.fullmatch(content):
            rows.append(Row(line, tuple(_cells(content))))
    return rows


def has_table(text: str) -> bool:
    """Tell whether a text has a Markdown table, by the rule under its header."""
    lines = text.splitlines()
    return any("|" in above and "|" in rule and _RULE.fullmatch(rule) for above, rule in pairwise(lines))


def _cells(line: str) -> list[str]:
    """Part a line at its pipes."""
    return list(map(_bare, line.strip().removeprefix("|").removesuffix("|").split("|")))


def _line(text: str) -> str:
    """Take the marks of headings and lists off too."""
    return _bare(_BEGINNING.sub("", text))


def _bare(text: str) -> str:
    """Take the marks of emphasis and code off, and give the signs that are themselves."""
    return unescape(_MARKS.sub("", _BREAK.sub("\n", text))).translate(_BACK).strip()
