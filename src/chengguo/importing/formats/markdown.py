"""Markdown to rows: pipe tables, and the text around them."""

import re
from collections.abc import Mapping
from html import unescape
from itertools import pairwise

from chengguo.importing.formats.office import struck_out
from chengguo.importing.rows import Remark, Row
from chengguo.language import _

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*\|?\s*+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")  # of a list; its further lines are indented
_BEGINNING = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+])\s+")  # of a line, which no cell has
_BOX = re.compile(r"^\s*(?:[-*+]\s+)?\[[ xX]\]\s+")  # of a list of things to do
# Marks around words, each with what stays of it.
_MARKS = (
    (re.compile(r"!\[([^\[\]]*)\]\([^()]*\)"), r"\1"),  # a picture
    (re.compile(r"\[([^\[\]]+)\]\([^()]*\)"), r"\1"),  # a link
    (re.compile(r"\*\*|__|`"), ""),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*[^\s*\\])\*(?![\w*])"), r"\1"),
    (re.compile(r"</?(?:u|b|i|em|strong|span|font|sub|sup|mark)\b[^<>]*>", re.IGNORECASE), ""),
)
_STRUCK = re.compile(r"~~(.+?)~~|<(del|s|strike)>(.*?)</\2>", re.IGNORECASE | re.DOTALL)
_ASIDE = re.compile(r"<!--(.*?)-->", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_NOTES = re.compile(r"^\s{0,3}\[\^([^\[\]\s]+)\]:\s*(.+)$", re.MULTILINE)
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
    used = {found[1] for found in _NOTE.finditer(text)}
    notes = {found[1]: found[2].strip() for found in _NOTES.finditer(text) if found[1] in used}
    text = _NOTES.sub(lambda note: "" if note[1] in used else note[0], text)
    for line, content in enumerate(text.splitlines(), 1):
        goes_on = _ITEM.match(before) and content.startswith((" ", "\t")) and not _ITEM.match(content)
        before = before if goes_on else content
        if goes_on and content.strip():
            more = _row(line, [_BEGINNING.sub("", content)], notes)
            above = rows[-1]
            rows[-1] = above._replace(
                cells=(above.cells[0] + more.cells[0],), remarks=above.remarks + more.remarks
            )
        elif "|" not in content:
            rows.append(_row(line, [_BEGINNING.sub("", content)], notes))
        elif not _RULE.fullmatch(content):
            rows.append(_row(line, _cells(content), notes))
    return rows


def has_table(text: str) -> bool:
    """True if a text has a Markdown table, by the rule under its header."""
    lines = text.splitlines()
    return any("|" in above and "|" in rule and _RULE.fullmatch(rule) for above, rule in pairwise(lines))


def _row(line: int, texts: list[str], notes: Mapping[str, str]) -> Row:
    """Make a row of the text of its cells."""
    cells, remarks = [], []
    for place, text in enumerate(texts):
        cell, told, is_cut = _bare(text, notes)
        cells.append(cell)
        remarks += [Remark(place, why, is_cut) for why in told]
    return Row(line, tuple(cells), remarks=tuple(remarks))


def _cells(line: str) -> list[str]:
    """Part a line at its pipes."""
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _bare(text: str, notes: Mapping[str, str]) -> tuple[str, list[str], bool]:
    """Take the marks off a text; tell what is struck out or stands beside, and whether any is struck."""
    text = _BREAK.sub("\n", _BOX.sub("", text))
    struck = [found[1] or found[3] for found in _STRUCK.finditer(text)]
    told = [struck_out(_plain(each)) for each in struck if each]
    for why, pattern in (
        (_("there is a comment, which is left out: '{text}'"), _ASIDE),
        (_("there is a foot note, which is left out: '{text}'"), _NOTE),
    ):
        words = (found[1].strip() for found in pattern.finditer(text))
        told += [why.format(text=_plain(notes.get(each, each))) for each in words if each]
        text = pattern.sub("", text)
    text = _STRUCK.sub("", text)
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return _plain(text), told, bool(struck)


def _plain(text: str) -> str:
    """Return the signs that are themselves."""
    return unescape(text).replace("\xa0", " ").translate(_BACK).strip()
