"""A file to rows of cells: text around the tables comes as rows of one cell, in the order of the file."""

import re
from pathlib import PurePath

from chengguo.errors import Refused, WrongUsage
from chengguo.importing.rows import Row
from chengguo.language import _, listed
from chengguo.source import decode

TEXTS = (".txt", ".tsv", ".csv", ".md", ".html", ".htm")
OFFICE = (".xlsx", ".docx")
# Controls, and what has no width: they come along where text is copied, and make one name two.
_UNSEEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_OLD = {".xls": ".xlsx", ".et": ".xlsx", ".doc": ".docx", ".wps": ".docx", ".pdf": ".docx", ".rtf": ".docx"}


def read(data: bytes, name: str) -> tuple[Row, ...]:
    """Read the rows of a file by the end of its name.

    Text may be in UTF-8, UTF-16, GB 18030 or Big5. Vertically merged cells are repeated in each row that
    they cover, horizontally merged ones stand once. Raises ``Refused`` for what cannot be read, and
    ``WrongUsage`` for a kind that is not known.
    """
    kind = kind_of(name)
    if kind == ".xlsx":
        from chengguo.importing import workbook  # only such a file pays for it

        return tuple(map(_seen, workbook.read(data, name)))
    if kind == ".docx":
        from chengguo.importing import document

        return tuple(map(_seen, document.read(data, name)))
    return tuple(map(_seen, _text(_decoded(data, name), name, kind)))


def _seen(row: Row) -> Row:
    """Take characters that nobody sees out of a row; what breaks a line in Word is a line break."""
    return row._replace(cells=tuple(_UNSEEN.sub("", cell.replace("\v", "\n")).strip() for cell in row.cells))


def kind_of(name: str) -> str:
    """Give the end of a name, which tells the kind of file; raises ``WrongUsage`` for an unknown one."""
    kind = PurePath(name).suffix.lower()
    if kind not in (*TEXTS, *OFFICE):
        known = _("{file} is none of {kinds}").format(file=name, kinds=listed((*TEXTS, *OFFICE)))
        raise WrongUsage(known, _("Save it as {kind} first.").format(kind=_OLD.get(kind, ".csv")))
    return kind


def _text(text: str, name: str, kind: str) -> list[Row]:
    if kind == ".md":
        from chengguo.importing import markdown

        return markdown.read(text)
    if kind in {".html", ".htm"}:
        from chengguo.importing import html

        return html.read(text)
    if kind == ".txt" and "\t" not in text:
        return [Row(line, (content.strip(),)) for line, content in enumerate(text.splitlines(), 1)]
    from chengguo.importing import delimited

    return delimited.read(text, name)


def _decoded(data: bytes, name: str) -> str:
    source = decode(data, name)
    if "\ufffd" in source.text or (source.undecodable and not source.undecodable.encoding):
        message = _("{file} is in no encoding that is known").format(file=name)
        raise Refused(message, _("Save it as UTF-8."))
    return source.text
