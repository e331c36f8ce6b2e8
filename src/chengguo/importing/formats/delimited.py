"""Delimited text to rows."""

import csv
import io
import re

from chengguo.errors import Refused
from chengguo.importing.rows import Row
from chengguo.language import _

# Where a spreadsheet would take a text for a formula, a ' stands before it, which is none of the text.
_QUOTED = re.compile(r"^'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r]))")


def recognises(_text: str, _kind: str) -> bool:
    """True: every text has lines, and may have delimiters."""
    return True


def read(text: str, name: str) -> list[Row]:
    """Read delimited text; a line without any delimiter is a row of one cell. Raises ``Refused``.

    A quotation mark that is never closed is one of the text.
    """
    delimiter = _delimiter(text)
    rows = _parted(text, name, delimiter, csv.QUOTE_MINIMAL)
    if any("\n" in cell and "\t" in cell for row in rows for cell in row.cells):
        return _parted(text, name, delimiter, csv.QUOTE_NONE)
    return rows


def _parted(text: str, name: str, delimiter: str, quoting: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type] # any of csv's
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(_QUOTED.sub("", cell).strip() for cell in cells)))
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
