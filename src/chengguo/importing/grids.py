"""A file to rows of cells: text around the tables comes as rows of one cell, in the order of the file."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePath

from chengguo.errors import Refused, WrongUsage
from chengguo.importing.bounds import BYTES, LINES, bounded, too_large
from chengguo.importing.rows import Row
from chengguo.language import _, listed
from chengguo.text.source import decode

TEXTS = (".txt", ".tsv", ".csv", ".md", ".html", ".htm")
OFFICE = (".xlsx", ".docx")
_OLD = {".xls": ".xlsx", ".et": ".xlsx", ".doc": ".docx", ".wps": ".docx", ".pdf": ".docx", ".rtf": ".docx"}
# Names that programs give to HTML, so that Office opens it; and some of workbooks and documents.
_MAY_BE_OTHER = (".xls", ".doc", ".et", ".wps", ".xlsm", ".docm")
# Controls, and what has no width: they come along where text is copied, and make one name two.
_UNSEEN = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_HTML = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html|meta|head|table|body)\b", re.IGNORECASE | re.DOTALL
)
_USUAL = re.compile(r"[\t\n\r -~\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# What every such table has, in either script: it tells GBK and Big5 apart where both could be read.
_FREQUENT = re.compile("[，。、；：的年月日市省局部單单位任責责時时完成工作建立推進进]")
_MOSTLY = 0.95  # of the characters of a text that is read in the right encoding


def read(data: bytes, name: str) -> tuple[Row, ...]:
    """Read the rows of a file by what it is, and failing that by the end of its name.

    Text may be in UTF-8, UTF-16, GB 18030 or Big5. Vertically merged cells are repeated in each row that
    they cover, horizontally merged ones stand once. Raises ``Refused`` for what cannot be read, and
    ``WrongUsage`` for a kind that is not known.
    """
    kind = _packed(data) or _named(name)
    if data.startswith(b"%PDF"):
        message = _("{file} is a PDF").format(file=name)
        raise Refused(message, _("Copy its table to a workbook, or save it as .docx in Word."))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = _("{file} is an old file of Office, or locked by a password").format(file=name)
        raise Refused(message, _("Open it, and save it as .xlsx or .docx without a password."))
    if kind in OFFICE:
        return tuple(map(_seen, bounded(_office(data, name, kind), name)))
    if kind in _MAY_BE_OTHER and not _HTML.match(data[:1000].decode("latin-1")):
        raise _unknown(name, kind)
    if len(data) > BYTES:
        raise too_large(name)
    return tuple(map(_seen, bounded(_text(_decoded(data, name), name, kind), name)))


def check(name: str) -> None:
    """Refuse a file whose name tells that it cannot be read, by ``WrongUsage``."""
    kind = _named(name)
    if kind not in (*TEXTS, *OFFICE, *_MAY_BE_OTHER):
        raise _unknown(name, kind)


def _named(name: str) -> str:
    return PurePath(name).suffix.lower()


def _unknown(name: str, kind: str) -> WrongUsage:
    known = _("{file} is none of {kinds}").format(file=name, kinds=listed((*TEXTS, *OFFICE)))
    return WrongUsage(known, _("Save it as {kind} first.").format(kind=_OLD.get(kind, ".csv")))


def _packed(data: bytes) -> str:
    """Tell a workbook or document by what is packed in it, whatever its name; empty for another file."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return ""
    folders = {name.partition("/")[0] for name in names}
    return ".xlsx" if "xl" in folders else ".docx" if "word" in folders else ""


def _office(data: bytes, name: str, kind: str) -> Iterable[Row]:
    if kind == ".xlsx":
        from chengguo.importing import workbook  # only such a file pays for it

        return workbook.read(data, name)
    from chengguo.importing import document

    return document.read(data, name)


def _seen(row: Row) -> Row:
    """Take characters that nobody sees out of a row; what breaks a line in Word is a line break."""
    cells = tuple(_UNSEEN.sub("", cell.replace("\v", "\n")).strip() for cell in row.cells)
    return row._replace(cells=cells)


def _text(text: str, name: str, kind: str) -> list[Row]:
    from chengguo.importing import delimited, html, markdown, spaced

    if text.count("\n") > LINES:
        raise too_large(name)
    is_page = _HTML.match(text) or (kind == ".md" and "<table" in text and not markdown.has_table(text))
    if kind in {".html", ".htm", *_MAY_BE_OTHER} or is_page:
        return html.read(text, name)
    if kind == ".md" or (kind == ".txt" and "\t" not in text and markdown.has_table(text)):
        return markdown.read(text)
    if kind == ".txt" and "\t" not in text:
        lines = [Row(line, (content.strip(),)) for line, content in enumerate(text.splitlines(), 1)]
        return spaced.read(text) or lines
    return delimited.read(text, name)


def _decoded(data: bytes, name: str) -> str:
    source = decode(data, name)
    if source.undecodable and source.undecodable.encoding in {"GBK", "Big5"}:
        texts = (data.decode(codec, "replace") for codec in ("gb18030", "big5"))
        return max(texts, key=lambda text: len(_FREQUENT.findall(text)) - text.count("\ufffd"))
    if "\ufffd" in source.text or (source.undecodable and not source.undecodable.encoding):
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
