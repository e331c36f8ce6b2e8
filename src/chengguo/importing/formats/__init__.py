"""A file to rows of cells: text around the tables comes as rows of one cell, in the order of the file.

A format is a module here and one line of the table. ``read`` of a packed one takes bytes; of a text, which
is asked first whether it ``recognises`` the text of a file with such an end of its name, text.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from chengguo.errors import ChengguoError, Refused, WrongUsage
from chengguo.importing.bounds import BYTES, LINE, LINES, PARTS, bounded, too_large
from chengguo.importing.formats import others
from chengguo.importing.rows import UNSEEN, Remark, Row
from chengguo.language import _, listed
from chengguo.text.source import decode

if TYPE_CHECKING:
    from chengguo.importing import census


class Medium(NamedTuple):
    """The module that reads a format, the ends of its files' names, and the folder or part that its zip has.

    One that ``has_sheets`` is a workbook. ``others`` are ends of the names of templates and of files with
    macros, which are read as the first is.
    """

    module: str
    suffixes: tuple[str, ...]
    packed: str = ""
    others: tuple[str, ...] = ()
    has_sheets: bool = False


FORMATS = (  # texts in the order in which they are asked; the last takes every text
    Medium("workbook", (".xlsx",), packed="xl", others=(".xlsm", ".xltx", ".xltm"), has_sheets=True),
    Medium("opendocument", (".ods",), packed="content.xml", others=(".ots", ".fods"), has_sheets=True),
    Medium("document", (".docx",), packed="word", others=(".docm", ".dotx", ".dotm")),
    Medium("html", (".html", ".htm")),
    Medium("markdown", (".md",)),
    Medium("boxed", (".txt",)),
    Medium("spaced", (".txt",)),
    Medium("delimited", (".csv", ".tsv")),
)
SUFFIXES = tuple(dict.fromkeys(suffix for each in FORMATS for suffix in each.suffixes))
_KNOWN = frozenset({*SUFFIXES, *(suffix for each in FORMATS for suffix in each.others)})
_OLD = {
    **dict.fromkeys((".xls", ".et", ".sxc"), ".xlsx"),
    **dict.fromkeys((".doc", ".wps", ".pdf", ".rtf", ".odt"), ".docx"),
}
_USUAL = re.compile(r"[\t\n\r -~\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# What every such table has, in either script: it tells GBK and Big5 apart where both could be read.
_FREQUENT = re.compile("[，。、；：的年月日市省局部單单位任責责時时完成工作建立推進进]")
_SHOWN = 200  # characters of what was lost
_MOSTLY = 0.95  # of the characters of a text that is read in the right encoding


def read_rows(data: bytes, name: str, sheet: str | None = None) -> tuple[Row, ...]:
    """Read the rows of a file by what it is, and failing that by the end of its name.

    Text may be in UTF-8, UTF-16, GB 18030 or Big5. Vertically merged cells are repeated in each row that
    they cover, horizontally merged ones stand once. Of a workbook one sheet may be chosen.
    Raises ``Refused`` for what cannot be read, and ``WrongUsage`` for a kind that is not known.
    """
    _refuse_many_parts(data, name)
    packed = _packed(data)
    kind = packed.suffixes[0] if packed else _named(name)
    others.refuse(data, name)
    named = next((each for each in FORMATS if each.packed and kind in {*each.suffixes, *each.others}), None)
    medium = packed or named
    if sheet is not None and not (medium and medium.has_sheets):
        message = _("{file} has no sheets, as --sheet asks for").format(file=name)
        raise WrongUsage(message, _("Choose one of its tables: --table 2."))
    if medium:
        rows = _module(medium).read(data, name, *(() if sheet is None else (sheet,)))
        return _whole(rows, data, name)
    if kind not in _KNOWN and not _is_page(data):
        raise _unknown(name, kind)
    if len(data) > BYTES:
        raise too_large(name)
    text = decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    return _text(text, name, kind)


def pages(data: bytes, name: str) -> tuple[Row, ...]:
    """Read the rows of a workbook with the names of its sheets, hidden too; another file as ``read_rows``.

    Raises as ``read_rows`` does.
    """
    packed = _packed(data)
    if packed is None or not packed.has_sheets:
        return read_rows(data, name)
    others.refuse(data, name)
    return _whole(_module(packed).pages(data, name), data, name)


def is_workbook(data: bytes) -> bool:
    """True if the bytes are those of a workbook, whatever the name of the file."""
    packed = _packed(data)
    return packed is not None and packed.has_sheets


def _whole(rows: Iterable[Row], data: bytes, name: str) -> tuple[Row, ...]:
    """Return the rows of a packed file, of which nothing is lost."""
    from chengguo.importing import census

    rows = tuple(map(_seen, bounded(rows, name)))
    return _checked(rows, tuple(census.of_package(data)), name)


def _checked(rows: tuple[Row, ...], words: "Collection[census.Words]", name: str) -> tuple[Row, ...]:
    """Return the rows of a file with what it has beside them; a word of it that they lack is a fault."""
    from chengguo.importing import census

    lost, beside = census.missing(words, rows)
    if lost:
        message = _("{file}: {count} characters were lost in reading, a fault of the program: '{text}'")
        hint = _("Nothing was written. Please report it, with the file if it may be shown.")
        raise ChengguoError(message.format(file=name, count=len(lost), text=lost[:_SHOWN]), hint)
    why = _("words beside the table are left out: '{text}'")
    told = tuple(Remark(0, why, text, is_of_file=True) for text in beside)
    return (*rows, Row(1, (), remarks=told)) if told else rows


def check(name: str) -> None:
    """Refuse a file whose name tells that it cannot be read, by ``WrongUsage``."""
    kind = _named(name)
    if kind not in _KNOWN and not _may_be_page(kind):
        raise _unknown(name, kind)


def _named(name: str) -> str:
    return PurePath(name).suffix.lower()


def _may_be_page(kind: str) -> bool:
    from chengguo.importing.formats import html  # only an odd name pays for it

    return kind in html.MAY_BE_PAGES


def _is_page(data: bytes) -> bool:
    from chengguo.importing.formats import html

    return bool(html.PAGE.match(data[:1000].decode("latin-1")))


def _unknown(name: str, kind: str) -> WrongUsage:
    known = _("{file} is none of {kinds}").format(file=name, kinds=listed(SUFFIXES))
    return WrongUsage(known, _("Save it as {kind} first.").format(kind=_OLD.get(kind, ".csv")))


def _module(medium: Medium) -> Any:
    """Import the module of a format: only a file of it pays for that."""
    return import_module(f"chengguo.importing.formats.{medium.module}")


def _refuse_many_parts(data: bytes, name: str) -> None:
    """Refuse a file that packs more parts than an office does: only to list them takes long."""
    if data.startswith(b"PK\x03\x04") and data.count(b"PK\x01\x02") > PARTS:
        raise too_large(name)


def _packed(data: bytes) -> Medium | None:
    """Tell a format by what a file packs, whatever its name; None for another file."""
    if others.is_flat(data):
        return next(each for each in FORMATS if each.module == "opendocument")
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return None
    folders = {name.partition("/")[0] for name in names}
    return next((each for each in FORMATS if each.packed in folders), None)


def _seen(row: Row) -> Row:
    """Take characters that nobody sees out of a row; what breaks a line in Word is a line break.

    A sign that stands where others were lost, before the file came here, is told.
    """
    cells = tuple(UNSEEN.sub("", cell.replace("\v", "\n")).strip() for cell in row.cells)
    why = _("signs were lost before the file came here: '{text}'")
    lost = tuple(Remark(place, why, cell) for place, cell in enumerate(cells) if "\ufffd" in cell)
    return row._replace(cells=cells, remarks=row.remarks + lost)


def _text(text: str, name: str, kind: str) -> tuple[Row, ...]:
    from chengguo.importing import census

    if text.count("\n") > LINES:
        raise too_large(name)
    texts = ((each.module, _module(each)) for each in FORMATS if not each.packed)
    medium, module = next((name, each) for name, each in texts if each.recognises(text, kind))
    if medium != "html" and max(map(len, text.split("\n"))) > LINE:
        raise too_large(name)
    rows = tuple(map(_seen, bounded(module.read(text, name), name)))
    words = {"html": census.of_page, "markdown": census.of_markdown, "boxed": census.of_boxed}.get(
        medium, census.of_text
    )
    return _checked(rows, words(module.sound(text) if medium == "html" else text), name)


def decoded(data: bytes, name: str) -> str:
    """Return a text in UTF-8, UTF-16, GB 18030 or Big5; raises ``Refused`` for another."""
    source = decode(data, name)
    if not source.undecodable:
        return source.text
    if source.undecodable.encoding in {"GBK", "Big5"}:
        texts = (data.decode(codec, "replace") for codec in ("gb18030", "big5"))
        return max(texts, key=lambda text: len(_FREQUENT.findall(text)) - text.count("\ufffd"))
    if "\ufffd" in source.text or not source.undecodable.encoding:
        if b"\0" in data and (text := _wide(data)):
            return text
        message = _("{file} is in no encoding that is known").format(file=name)
        raise Refused(message, _("Save it as UTF-8."))
    return source.text


def _wide(data: bytes) -> str:
    """Decode UTF-16 without a mark, by the characters that such a table has. Empty for other bytes."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = data.decode(codec, "replace")
        if len(_USUAL.findall(text)) >= _MOSTLY * len(text):
            return text
    return ""
