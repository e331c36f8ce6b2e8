"""Markdown to rows: pipe tables, and the text around them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import pairwise

from chengguo.importing.formats import css
from chengguo.importing.formats.letters import raised, struck_out
from chengguo.importing.formats.marks import parted
from chengguo.importing.rows import Look, Remark, Row
from chengguo.language import _

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*\|?\s*+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")  # of a list; its further lines are indented
_BEGINNING = re.compile(r"^(?:\s{0,3}(?:#{1,6}|>)|\s*[-*+])\s+")  # of a line, which no cell has
_QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
_SIGN = re.compile(r"(?P<heading>#{1,6})\s|(?P<in>\s*)[-*+]\s")
_BOX = re.compile(r"^\s*(?:[-*+]\s+)?\[[ xX]\]\s+")  # of a list of things to do
# What shows at the pointer: behind the address of a link or a picture, in quotes; in an attribute of a tag.
_MORE = re.compile(r"""\]\([^()"']*\s(?:"([^"()]*)"|'([^'()]*)')\s*\)""")
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_OF_TAG = re.compile(r"""\btitle=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# Marks around words, each with what stays of it.
_MARKS = (
    (re.compile(r"\[([^\[\]]+)\]\([^()]*\)"), r"\1"),  # a link
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"\*\*|__|`"), ""),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*[^\s*\\])\*(?![\w*])"), r"\1"),
    (
        re.compile(
            r"</?(?:u|b|i|em|strong|span|font|sub|sup|mark|a|p|div|center|small|big|code|kbd|ins|abbr)\b[^<>]*>",
            re.IGNORECASE,
        ),
        "",
    ),
)
_RAISED = re.compile(r"<sup>([^<>]*)</sup>", re.IGNORECASE)
# A link in raised letters; the brackets of its words may be escaped.
_TO_NOTE = re.compile(r"\[([\[\ue05b]?[^\[\]\ue05b\ue05d]+[\]\ue05d]?)\]\([^()]*\)")
_PICTURE = re.compile(r"!\[([^\[\]]*)\](?:\([^()]*\)|\[([^\[\]]*)\])")
_LINK = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")  # by a name that stands elsewhere
_LINKS = re.compile(r"^[ \t]{0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*(\S+.*)$", re.MULTILINE)
_QUOTED = re.compile(r"""\s(["'])(.+)\1\s*$""")
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)  # what programs know of a page
_TITLE = re.compile(r"title\s*:\s*[\"']?(.+?)[\"']?\s*")
_STRUCK = re.compile(
    r"~~(.+?)~~|<(del|s|strike)>((?:(?!<(?:del|s|strike)>).)*?)</\2>", re.IGNORECASE | re.DOTALL
)
_LOOKS = {
    "bold": re.compile(r"\*\*(.+?)\*\*|__(.+?)__|<(b|strong)>(.+?)</\3>", re.IGNORECASE),
    "underlined": re.compile(r"<u>(.+?)</u>", re.IGNORECASE),
    "red": re.compile(
        rf"<(font|span)\b[^<>]*[\s\"';]color\s*[:=]\s*[\"']?{css.RED}[^<>]*>(.+?)</\1>", re.IGNORECASE
    ),
}
_ASIDE = re.compile("\ue200([^\ue201]*)\ue201")  # how a comment is marked while a text is read
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_NOTES = re.compile(r"^[ \t]{0,3}\[\^([^\[\]\s]+)\]:[ \t]*(.+)$", re.MULTILINE)
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
    margins: list[int] = []  # of the lists in hand, one in the other
    before = ""
    front, text = _front(text)
    text = _ESCAPED.sub(lambda sign: chr(_PRIVATE + ord(sign[1])), "".join(_on_one_line(text)))
    used = {found[1] for found in _NOTE.finditer(text)}
    notes = {found[1]: found[2].strip() for found in _NOTES.finditer(text) if found[1] in used}
    text = _NOTES.sub(lambda note: "" if note[1] in used else note[0], text)
    text = _linked(text)
    lines = (_QUOTE.sub("", each) if "|" in each else each for each in text.splitlines())
    for line, content in enumerate(lines, 1):
        goes_on = _ITEM.match(before) and content.startswith((" ", "\t")) and not _ITEM.match(content)
        before = before if goes_on else content
        if goes_on and content.strip():
            more = _row(line, [_BEGINNING.sub("", content)], notes)
            above = rows[-1]
            *before_it, last = above.cells
            rows[-1] = above._replace(
                cells=(*before_it, last + more.cells[0]), remarks=above.remarks + more.remarks
            )
        elif "|" not in content:
            row = _row(line, [_BEGINNING.sub("", content)], notes)
            rows.append(row._replace(mark=_mark(content, margins)))
        elif not _RULE.fullmatch(content):
            rows.append(_row(line, _cells(content), notes))
    return [*front, *rows]


def _mark(content: str, margins: list[int]) -> str:
    """Return the sign that stands before a line: of a heading, or of a list by its depth."""
    found = _SIGN.match(content)
    if found is None:
        return ""
    if found["heading"]:
        margins.clear()
        return found["heading"]
    margin = len(found["in"].expandtabs(4))
    while margins and margins[-1] >= margin:
        margins.pop()
    margins.append(margin)
    return "•" * len(margins)


def _front(text: str) -> tuple[list[Row], str]:
    """Read what stands before a text for programs: its title is a row, the rest is told. Return both."""
    found = _FRONT.match(text)
    if not found:
        return [], text
    lines = list(enumerate(found[1].splitlines(), 2))
    rows = [Row(line, (title[1],)) for line, each in lines if (title := _TITLE.fullmatch(each))]
    rest = "\n".join(each for _line, each in lines if not _TITLE.fullmatch(each) and each.strip())
    why = _("what stands before the text for programs is left out: '{text}'")
    told = [Row(1, (), remarks=(Remark(0, why, rest, is_of_file=True),))] if rest else []
    return [*told, *rows], "\n" * found[0].count("\n") + text[found.end() :]


def _on_one_line(text: str) -> Iterator[str]:
    """Return a text with each comment on one line, and as many lines as it had."""
    for is_inside, part in parted(text, "<!--", "-->"):
        yield f"\ue200{_of_comment(part)}\ue201" + "\n" * part.count("\n") if is_inside else part


def _of_comment(text: str) -> str:
    """Return a comment on one line, in which nothing parts cells."""
    return text.replace("\n", " ").replace("|", chr(_PRIVATE + ord("|")))


def _linked(text: str) -> str:
    """Return a text with the words of links whose addresses stand elsewhere, without those."""
    known = {found[1].casefold() for found in _LINKS.finditer(text)}
    if not known:
        return text
    named = {(found[2] or found[1]).casefold() for found in (*_LINK.finditer(text), *_PICTURE.finditer(text))}
    used = known & named
    text = _LINKS.sub(lambda found: _aside(found[2]) if found[1].casefold() in used else found[0], text)
    return _LINK.sub(lambda found: found[1] if (found[2] or found[1]).casefold() in known else found[0], text)


def _aside(address: str) -> str:
    """Return what stands behind an address in quotes, as a comment."""
    found = _QUOTED.search(address)
    return f"\ue200{_of_comment(found[2])}\ue201" if found else ""


def has_table(text: str) -> bool:
    """True if a text has a Markdown table, by the rule under its header."""
    lines = text.splitlines()
    return any("|" in above and "|" in rule and _RULE.fullmatch(rule) for above, rule in pairwise(lines))


def _row(line: int, texts: list[str], notes: Mapping[str, str]) -> Row:
    """Make a row of the text of its cells."""
    cells, remarks = [], []
    for place, text in enumerate(texts):
        cell, told = _bare(text, place, notes)
        cells.append(cell)
        remarks += told
    return Row(line, tuple(cells), remarks=tuple(remarks), looks=tuple(_looking(texts, cells)))


def _looking(texts: list[str], cells: list[str]) -> Iterator[Look]:
    """Return the words of cells between marks of a look, as the cells have them."""
    for kind, pattern in _LOOKS.items():
        for at, text in enumerate(texts):
            bare = (_bare(_between(match), at, {})[0] for match in pattern.finditer(text))
            yield from (Look(kind, at, words) for words in bare if words and words in cells[at])


def _between(found: re.Match[str]) -> str:
    return next(group for group in reversed(found.groups()) if group)


def _cells(line: str) -> list[str]:
    """Part a line at its pipes."""
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _bare(text: str, place: int, notes: Mapping[str, str]) -> tuple[str, list[Remark]]:
    """Take the marks off the text of a cell; return what is struck out or stands beside it too."""
    text = _BREAK.sub("\n", _BOX.sub("", text))
    struck = (found[1] or found[3] for found in _STRUCK.finditer(text))
    told = [struck_out(place, _plain(each)) for each in struck if each]
    why = _("the page says more, which is left out: '{text}'")
    found = (*_MORE.finditer(text), *_OF_TAG.finditer(" ".join(_TAG.findall(text))))
    more = (each[1] or each[2] for each in found)
    told += [Remark(place, why, _plain(each)) for each in more if each]
    for why, pattern, is_of_file in (
        (_("there is a comment, which is left out: '{text}'"), _ASIDE, False),
        (_("there is a foot note, which is left out: '{text}'"), _NOTE, False),
        (_("a picture stands here, and is not read: '{text}'"), _PICTURE, True),
    ):
        words = (found[1].strip() for found in pattern.finditer(text))
        told += [
            Remark(
                place,
                why,
                _plain(notes.get(each, each)),
                is_of_file=is_of_file,
                is_note=pattern is _NOTE,
            )
            for each in words
            if each
        ]
        text = pattern.sub("", text)
    text = _RAISED.sub(
        lambda found: raised(_TO_NOTE.sub(r"\1", found[1]).translate(_BACK)), _STRUCK.sub("", text)
    )
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return _plain(text), told


def _plain(text: str) -> str:
    """Return the signs that are themselves."""
    return unescape(text).replace("\xa0", " ").translate(_BACK).strip()
