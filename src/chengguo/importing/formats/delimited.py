"""Delimited text to rows."""

import csv
import io
import re

from chengguo.errors import Refused
from chengguo.importing import row_kinds
from chengguo.importing.bounds import narrowed, refuse_wide
from chengguo.importing.rows import Row
from chengguo.importing.shapes import likely
from chengguo.language import _
from chengguo.schedules import read_schedule

_SAID = re.compile(r"sep=(\S)[ \t]*\r?\n", re.IGNORECASE)  # in the first line, for spreadsheets
_FORMULA = re.compile(r'="(?P<text>[^"\n]*)"|=“(?P<typed>[^“”\n]*)”')  # ="01", for the text 01
_COUNTS = re.compile(r"序号?|编号|No\.?", re.IGNORECASE)  # above a column of numbers
_DIGITS = re.compile(r"\d{1,4}[.、]?")
_FEWEST = 3  # columns
_PART = re.compile("[一二三四五六七八九]是|[①-⑳]")  # what a part of a text begins with
_BREAKS_OFF = tuple("：:、，,；;")
_OTHERS = ("|", "｜", "；", "，")  # noqa: RUF001 - as people type them
# Where a spreadsheet would take a text for a formula or a number, a ' stands before it, which is none of it.
_QUOTED = re.compile(r"^'(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r]|\d[\d.,/-]*\Z))")


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
    is_bare = not any("\n" in cell for row in rows for cell in row.cells)
    return _whole(rows) if delimiter == "\t" and is_bare else rows


def _whole(rows: list[Row]) -> list[Row]:
    """Put together the rows that line breaks in their cells cut, as where a table is copied from a browser.

    Only where each has as many cells as the header then; else as is. Where the first column counts the rows,
    a number begins each; elsewhere the rest of a cell is known by its look.
    """
    width = max((len(row.cells) for row in rows), default=0)
    begin = next((place for place, row in enumerate(rows) if len(row.cells) == width), 0)
    if width < _FEWEST:
        return rows
    is_counted = _COUNTS.fullmatch(rows[begin].cells[0])
    goes_on = _goes_on if is_counted else _is_surely_rest
    whole = rows[: begin + 1]
    for row in rows[begin + 1 :]:
        above = whole[-1]
        if goes_on(above, row, width):
            whole[-1] = _joined(above, row, "" if is_counted else above.note or _joined_note(row))
        elif len(whole) > begin + 1 and _ends(above, row, width):
            whole[-1] = _joined(above, row, above.note or _joined_note(row))
        else:
            whole.append(row)
    return whole if all(len(row.cells) in {0, 1, width} for row in whole[begin:]) else rows


def _joined(above: Row, row: Row, note: str) -> Row:
    *cells, last = above.cells
    return above._replace(cells=(*cells, f"{last}\n{row.cells[0]}", *row.cells[1:]), note=note)


def _joined_note(row: Row) -> str:
    why = _("joined to the row above, which it goes on from: '{text}'")
    return why.format(text=" ".join(filter(None, row.cells)))


def _goes_on(above: Row, row: Row, width: int) -> bool:
    """True if a row may be the rest of a numbered one that has too few cells."""
    is_cut = bool(_DIGITS.fullmatch(above.cells[0])) if above.cells else False
    return is_cut and _have_room(above, row, width) and not _DIGITS.fullmatch(row.cells[0])


def _is_surely_rest(above: Row, row: Row, width: int) -> bool:
    """True if a row is the rest of one that has no number: a part of its text, or as its last cell is."""
    if not _have_room(above, row, width):
        return False
    text, rest = above.cells[-1], row.cells[0]
    is_text = len(above.cells) == 1 and not row_kinds.heading(text) and not row_kinds.is_note(text)
    are_names = likely.is_names(text) and likely.is_names(rest)
    return bool(is_text and _PART.match(rest)) or (bool(rest) and are_names) or _is_rest(text, rest)


def _have_room(above: Row, row: Row, width: int) -> bool:
    """True if a row lacks cells, and the next has no more of them; the cell that was cut is in both."""
    return 0 < len(above.cells) < width and 0 < len(row.cells) <= width + 1 - len(above.cells)


def _ends(above: Row, row: Row, width: int) -> bool:
    """True if a row of one cell is the rest of the last cell of the row above, which has all its cells."""
    return len(row.cells) == 1 and len(above.cells) == width and _is_rest(above.cells[-1], row.cells[0])


def _is_rest(text: str, rest: str) -> bool:
    """True if a text breaks off, or is a schedule of the kind of that below it."""
    if not rest or row_kinds.heading(rest) or row_kinds.is_note(rest):
        return False
    are_schedules = likely.is_schedule(text) and likely.is_schedule(rest)
    return text.endswith(_BREAKS_OFF) or (
        are_schedules and read_schedule(text).kind == read_schedule(rest).kind
    )


def _parted(text: str, name: str, delimiter: str, quoting: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type] # any of csv's
    rows, line = [], 1
    try:
        for cells in reader:
            row = narrowed(Row(line, tuple(cells)))
            refuse_wide(len(row.cells), row, name)
            rows.append(row._replace(cells=tuple(map(_text, row.cells))))
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
