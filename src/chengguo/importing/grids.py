"""The bytes of a file of delimited text to a grid: rows of cells that know the line they begin on."""

import csv
import io
from typing import NamedTuple

from chengguo.errors import Refused
from chengguo.language import _
from chengguo.source import decode


class Row(NamedTuple):
    """A row of a table: its first line in the file, from 1, and its cells as printed.

    ``table`` names the sheet or counts the table that it is in, where a file has several.
    """

    line: int
    cells: tuple[str, ...]
    table: str = ""


def read(data: bytes, name: str) -> tuple[Row, ...]:
    """Read delimited text in UTF-8, UTF-16, GB 18030 or Big5; raises ``Refused`` for what is neither."""
    source = decode(data, name)
    if "\ufffd" in source.text or (source.undecodable and not source.undecodable.encoding):
        message = _("{file} is in no encoding that is known").format(file=name)
        raise Refused(message, _("Save it as UTF-8."))
    return tuple(_rows(source.text, name))


def _rows(text: str, name: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cell.strip() for cell in cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("{file}:{line}: not a table: {reason}").format(file=name, line=line, reason=error)
        raise Refused(message) from error
    return rows


def _delimiter(text: str) -> str:
    """Choose what parts the cells: a tab stands in no prose; else the commoner of comma and semicolon."""
    if "\t" in text:
        return "\t"
    return ";" if text.count(";") > text.count(",") else ","
