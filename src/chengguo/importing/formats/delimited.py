"""Delimited text to rows."""

import csv
import io
import re

from chengguo.errors import Refused
from chengguo.importing.rows import Row
from chengguo.language import _

_SAID = re.compile(r"sep=(\S)[ \t]*\r?\n", re.IGNORECASE)  # in the first line, for spreadsheets
_FORMULA = re.compile(r'="(?P<text>[^"\n]*)"|=“(?P<typed>[^“”\n]*)”')  # ="01", for the text 01
_COUNTS = re.compile(r"序号?|编号|No\.?", re.IGNORECASE)  # above a column of numbers
_DIGITS = re.compile(r"\d{1,4}[.、]?")
_FEWEST = 3  # columns
_OTHERS = ("|", "，")
# Where a spreadsheet would take a text for a formula, a ' stands before it, which is none of the text.
_QUOTED = re.compile(r"^'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r]))")


def recognises(_text: str, _kind: str) -> bool:
    """True: every text has lines, and may have delimiters."""
    return True


def read(text: str, name: str) -> list[Row]:
    """Read delimited text; a line without any delimiter is a row of one cell. Raises ``Refused``.

    A quotation mark that is never closed is one of the text.
    """
    said = _SAID.match(text)
    delimiter = said[1] if said else _delimiter(text)
    text = text[said.end() :] if said else text
    rows = _parted(text, name, delimiter, csv.QUOTE_MINIMAL)
    if any("\n" in cell and "\t" in cell for row in rows for cell in row.cells):
        rows = _parted(text, name, delimiter, csv.QUOTE_NONE)
    return _whole(rows) if delimiter == "\t" and '"' not in text else rows


def _whole(rows: list[Row]) -> list[Row]:
    """Put together the rows that line breaks in their cells cut, as where a table is copied from a browser.

    Only where the first column counts the rows, and each has as many cells as the header then; else as is.
    """
    width = max((len(row.cells) for row in rows), default=0)
    begin = next((place for place, row in enumerate(rows) if len(row.cells) == width), 0)
    if width < _FEWEST or not _COUNTS.fullmatch(rows[begin].cells[0]):
        return rows
    whole = rows[: begin + 1]
    for row in rows[begin + 1 :]:
        above = whole[-1]
        if _goes_on(above, row, width):
            *cells, last = above.cells
            whole[-1] = above._replace(cells=(*cells, f"{last}\n{row.cells[0]}", *row.cells[1:]))
        else:
            whole.append(row)
    return whole if all(len(row.cells) in {0, 1, width} for row in whole[begin:]) else rows


def _goes_on(above: Row, row: Row, width: int) -> bool:
    """True if a row may be the rest of a numbered one that has too few cells."""
    is_cut = 0 < len(above.cells) < width and bool(_DIGITS.fullmatch(above.cells[0]))
    return is_cut and 0 < len(row.cells) < width and not _DIGITS.fullmatch(row.cells[0])


def _parted(text: str, name: str, delimiter: str, quoting: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type] # any of csv's
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(map(_text, cells))))
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("{file}:{line}: not a table: {reason}").format(file=name, line=line, reason=error)
        raise Refused(message) from error
    return rows


def _text(cell: str) -> str:
    """Return the text of a cell without what is for spreadsheets alone."""
    formula = _FORMULA.fullmatch(cell.strip())
    return (formula["text"] or formula["typed"] or "").strip() if formula else _QUOTED.sub("", cell).strip()


def _delimiter(text: str) -> str:
    """Choose what parts the cells: a tab stands in no prose; else the commonest of the others.

    A bar or a Chinese comma parts them only where it stands equally often in every line that has one.
    """
    if "\t" in text:
        return "\t"
    usual = ";" if text.count(";") > text.count(",") else ","
    lines = text.splitlines()
    for other in _OTHERS:
        counts = {line.count(other) for line in lines if other in line}
        if len(counts) == 1 and max(counts) > 1 and text.count(other) > text.count(usual):
            return other
    return usual
