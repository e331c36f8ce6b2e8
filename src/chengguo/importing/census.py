"""The words of a file, gathered without a look at how it is read: none may be lost on the way to its rows.

What programs know of a file (its properties, addresses of links, how things look) are no words of it.
Neither white space nor punctuation is counted, which parts cells and names, nor what marks up a text.
"""

import io
import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import IO, Any, Literal, NamedTuple
from xml.etree.ElementTree import iterparse

from chengguo.importing.rows import UNSEEN, Row

BODY, BESIDE = 0, -1  # words of a text that are on no line, and words that a file has beside them
_SILENT = frozenset({"script", "style", "title"})
_FORMAL = frozenset("第共页頁0123456789")  # the number of a page
_SIGNS = ("Wingdings", "Webdings", "Marlett")  # fonts of which each letter is another sign
_LETTERS = dict.fromkeys((*range(0x21, 0x100), *range(0xF021, 0xF100)))  # that are signs in them
_BOXES = str.maketrans("☐☑☒", "□□□")  # a ticked one is drawn in several ways
# Marks of Markdown, what they name that nobody reads, and tags.
_MARKS = re.compile(
    r"\]\([^()]*\)|\]\[[^\[\]]*\]|^\s{0,3}\[[^\[\]]+\]:.*$|\[\^[^\[\]]*\]|&#?[A-Za-z0-9]+;?|<[^<>]*>|```\w*"
    r"|\[[xX]\](?=\s)",
    re.MULTILINE,
)
_TITLE = re.compile(r"\A(---[ \t]*\n(?:.*\n)*?)title[ \t]*:")
_DRAWN = re.compile("[\u2500-\u257f]+")
_SAID = re.compile(r"\ufeff?sep=(\S)[ \t]*\r?\n", re.IGNORECASE)
_BESIDE = re.compile(
    r"word/(?:header|footer)\d*\.xml|word/(?:comments|footnotes|endnotes)\.xml"
    r"|xl/drawings/drawing\d*\.xml|xl/comments\d*\.xml|(?:word|xl)/charts/chart\d*\.xml"
)
_LOOKS = ("content.xml", "styles.xml")
_APART = frozenset(
    {"table-row", "shapes", "forms", "object"}
)  # what is in them is counted with them, or not at all
_SHEET = ["spreadsheet", "table"]  # what is in them of an OpenDocument spreadsheet is of a sheet
_THREADS = "xl/threadedcomments/"  # repeat the comments, for newer programs


class Words(NamedTuple):
    """Words of a file: of a line of a sheet, of the body, or beside it."""

    line: int
    text: str


def missing(words: Collection[Words], rows: Iterable[Row]) -> tuple[str, tuple[str, ...]]:
    """Return the characters of a file that no row has or tells, and the texts beside it that none has."""
    there: dict[int, list[str]] = {}
    told: list[str] = []
    for row in rows:
        there.setdefault(row.line, []).extend((*row.cells, row.note))
        (there[row.line] if row.cells else told).extend(each.text for each in row.remarks)
        told.extend(each.text for each in row.remarks if each.is_of_file and row.cells)
    whole = {line: _counted("".join(texts)) for line, texts in there.items()}
    whole[BODY] = _together(whole.values())
    needed: dict[int, list[str]] = {}
    for line, text in words:
        needed.setdefault(line, []).append(text)
    aside = _counted("".join(told))
    known = {*whole[BODY], *aside, *_FORMAL}
    beside = tuple(text for text in needed.pop(BESIDE, ()) if not _counted(text).keys() <= known)
    left = _together(_counted("".join(texts)) - whole.get(line, Counter()) for line, texts in needed.items())
    return "".join((left - aside).elements()), beside


def _together(counted: Iterable[Counter[str]]) -> Counter[str]:
    """Add up; a sum of counters would be made anew for each of them."""
    whole: Counter[str] = Counter()
    for each in counted:
        whole.update(each)
    return whole


def _counted(text: str) -> Counter[str]:
    """Count letters, digits and signs, each in its plain form."""
    counts: Counter[str] = Counter()
    for sign, count in Counter(UNSEEN.sub("", text).translate(_BOXES)).items():
        for each in _plain(sign):
            counts[each] += count
    return counts


@cache
def _plain(sign: str) -> str:
    """Return what counts of a sign, in its plain form."""
    kinds = ((each, unicodedata.category(each)[0]) for each in unicodedata.normalize("NFKC", sign))
    return "".join(
        each for each, kind in kinds if kind not in "PZCM" and not (kind == "S" and each.isascii())
    )


def of_text(text: str) -> list[Words]:
    """Return the words of a text of delimited or spaced columns."""
    said = _SAID.match(text)
    return [Words(BODY, text[said.end() :].replace(said[1], " ") if said else text)]


def of_boxed(text: str) -> list[Words]:
    """Return the words of a text without the lines that are drawn around them."""
    return of_text(_DRAWN.sub(" ", text))


def of_markdown(text: str) -> list[Words]:
    """Return the words of Markdown."""
    return [Words(BODY, _MARKS.sub(" ", _TITLE.sub(r"\1", text)))]


def of_page(text: str) -> list[Words]:
    """Return the words of a page, but for its title."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    return [Words(BODY, "".join(reader.texts))]


class _Page(HTMLParser):
    """Collects the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = False
        self.signs: list[str] = []  # elements in hand in a font of signs, the outermost first

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin what has no words, or whose letters are signs."""
        self.silent = tag in _SILENT
        is_of_signs = any(font in (value or "") for _name, value in attributes for font in _SIGNS)
        if self.signs or is_of_signs:
            self.signs.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self.silent = False
        if tag in self.signs:
            del self.signs[len(self.signs) - 1 - self.signs[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self.silent:
            self.texts.append(data.translate(_LETTERS) if self.signs else data)


def of_package(data: bytes) -> Iterator[Words]:
    """Return the words of a workbook or a document, those of cells each on its line."""
    if not data.startswith(b"PK"):
        yield from _of_spreadsheet(io.BytesIO(data), data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each.replace("\\", "/").lower(): each for each in archive.namelist()}
        has_threads = any(part.startswith(_THREADS) for part in parts)
        for part, name in parts.items():
            if part == "word/document.xml" or (
                _BESIDE.fullmatch(part) and not (has_threads and part.startswith("xl/comments"))
            ):
                with archive.open(name) as source:
                    yield Words(BODY if part == "word/document.xml" else BESIDE, "".join(_texts(source)))
        strings: list[str] = []
        if (shared := "xl/sharedstrings.xml") in parts:
            with archive.open(parts[shared]) as source:
                strings = list(_strings(source))
        styles: frozenset[str] = frozenset()
        if "xl/styles.xml" in parts:
            with archive.open(parts["xl/styles.xml"]) as source:
                styles = frozenset(_styles_of_signs(source))
        if "content.xml" in parts:
            looks = b"".join(archive.read(parts[part]) for part in _LOOKS if part in parts)
            with archive.open(parts["content.xml"]) as source:
                yield from _of_spreadsheet(source, looks)
        for part in _sheets(archive, parts):
            with archive.open(parts[part]) as source:
                yield from _cells(source, strings, styles)


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str]) -> Iterator[str]:
    """Return the parts that the sheets of a workbook are in; all names are in small letters."""
    links, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if links not in parts or book not in parts:
        return
    with archive.open(parts[book]) as source:
        used = {
            value
            for _event, each in _elements(source)
            if _name(each) == "sheet"
            for value in each.attrib.values()
        }
    with archive.open(parts[links]) as source:
        found = [dict(each.attrib) for _event, each in _elements(source) if _name(each) == "Relationship"]
    for link in found:
        target = link.get("Target", "").replace("\\", "/").lower()
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if link.get("Id") in used and link.get("Type", "").endswith("/worksheet") and part in parts:
            yield part


def _texts(source: IO[bytes]) -> Iterator[str]:
    """Return the texts of a part; of what is there twice, for older programs, once."""
    count = begun = 0
    font = ""
    skipped: Any = None
    for event, element in _elements(source, "start", "end"):
        name = _name(element)
        if event == "start":
            begun = count if name == "AlternateContent" else begun
            if name == "Fallback" and count > begun and skipped is None:
                skipped = element
        elif element is skipped:
            skipped = None
        elif name in {"rFonts", "r"}:
            font = next((value for key, value in element.attrib.items() if key.endswith("}ascii")), "")
        elif name in {"t", "delText"} and skipped is None and element.text:
            count += 1
            if not font.startswith(_SIGNS):
                yield element.text
        if event == "end" and name in {"p", "tr"}:
            element.clear()


def _strings(source: IO[bytes]) -> Iterator[str]:
    """Return the texts that cells share, without the letters above words."""
    for _event, element in _elements(source):
        if _name(element) == "rPh":
            element.clear()
        elif _name(element) == "si":
            yield _words_of_string(element)
            element.clear()


def _words_of_string(string: Any) -> str:
    """Return the text of a string, without the letters that a font of signs shows as signs."""
    texts = []
    for run in string:
        is_of_signs = any(_name(each) == "rFont" and _is_of_signs(each) for each in run.iter())
        text = "".join(each.text or "" for each in run.iter() if _name(each) == "t")
        texts.append(text.translate(_LETTERS) if is_of_signs else text)
    return "".join(texts)


def _is_of_signs(font: Any) -> bool:
    return (font.get("val") or "").startswith(_SIGNS)


def _styles_of_signs(source: IO[bytes]) -> Iterator[str]:
    """Return the numbers of the styles of cells that have a font of signs."""
    fonts: set[str] = set()
    for _event, element in _elements(source):
        if _name(element) == "fonts":
            fonts = {
                str(number)
                for number, font in enumerate(element)
                if any(_name(each) == "name" and _is_of_signs(each) for each in font)
            }
        elif _name(element) == "cellXfs":
            yield from (str(number) for number, style in enumerate(element) if style.get("fontId") in fonts)


def _cells(source: IO[bytes], strings: list[str], styles_of_signs: frozenset[str]) -> Iterator[Words]:
    """Return the words of the cells of a sheet with their lines; a number is none, its format shows it.

    Neither are letters in a font of signs, by the styles of cells that have one.
    """
    line = 0
    for event, element in _elements(source, "start", "end"):
        name = _name(element)
        if event == "start" and name == "row":
            line = int(float(element.get("r") or line + 1))
        elif event == "end" and name == "rPh":
            element.clear()
        elif event == "end" and name == "c":
            said = {_name(each): each for each in element}
            value = "" if "v" not in said else said["v"].text or ""
            kind = element.get("t")
            text = ""
            if kind == "s" and value:
                text = strings[int(value)]
            elif kind in {"str", "e"}:
                text = value
            elif kind == "inlineStr" and "is" in said:
                text = _words_of_string(said["is"])
            text = _unescaped(text)
            yield Words(line, text.translate(_LETTERS) if element.get("s") in styles_of_signs else text)
        if event == "end" and name == "row":
            element.clear()


def _of_spreadsheet(source: IO[bytes], looks: bytes) -> Iterator[Words]:
    """Return the words of the sheets of an OpenDocument spreadsheet, as often as their cells are repeated.

    A day is none, its format shows it; nor are letters, where the looks know a font of signs.
    """
    line, has_signs = 1, any(font.encode() in looks for font in _SIGNS)
    path: list[str] = []
    for event, element in _elements(source, "start", "end"):
        name = _name(element)
        if event == "start":
            path.append(name)
            line = 1 if name == "table" and path[-2:-1] == ["spreadsheet"] else line
            continue
        path.pop()
        if path[2:4] != _SHEET or not _APART.isdisjoint(path):
            continue
        elif name == "table-row":
            text = "".join(map(_words_of_cell, element))
            times = _repeated(element, "rows")
            for at in range(line, line + times) if text.strip() else ():
                yield Words(at, text.translate(_LETTERS) if has_signs else text)
            line += times
            element.clear()
        elif name == "shapes":
            yield Words(BODY, "".join(_said(element)))


def _words_of_cell(cell: Any) -> str:
    if len(cell) == 0:
        return ""
    is_day = any(key.endswith("}value-type") and value == "date" for key, value in cell.attrib.items())
    parts = [each for each in cell if not (is_day and _name(each) == "p")]
    text = "".join(words for each in parts for words in _said(each))
    return text * _repeated(cell, "columns") if text.strip() else ""


def _said(element: Any, *, is_inside: bool = False) -> Iterator[str]:
    """Return the words of paragraphs, but for those of charts and other files, and the numbers of notes."""
    is_inside |= _name(element) in {"p", "h"}
    texts = [element.text] if is_inside else []
    yield from filter(None, texts)
    for each in element:
        if _name(each) not in {"object", "binary-data", "note-citation"}:
            yield from _said(each, is_inside=is_inside)
        yield from filter(None, [each.tail] if is_inside else [])


def _repeated(element: Any, what: str) -> int:
    named = f"}}number-{what}-repeated"
    said = next((value for key, value in element.attrib.items() if key.endswith(named)), "")
    return max(1, int(said or 1))


def _unescaped(text: str) -> str:
    """Return characters that a workbook writes by their number as themselves."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _elements(source: IO[bytes], *events: Literal["start", "end"]) -> Iterator[tuple[str, Any]]:
    return iterparse(source, events or ("end",))  # noqa: S314 - document types were refused


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
