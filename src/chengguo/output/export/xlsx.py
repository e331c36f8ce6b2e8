"""Excel: merged cells, a filter, a frozen header, real dates and numbers, alerts in colour; A4 landscape."""

import errno
import os
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.importing.returning.appendix import Table
from chengguo.language import _
from chengguo.model.status import Status
from chengguo.output.cells import for_people
from chengguo.output.export.document import IN_SHEETS, Block, Document, Tint
from chengguo.output.export.sheet import SIZES, Figure, Look, Sheet, letter, saved
from chengguo.registry import figures

# Of the official columns and those of ``IN_SHEETS``, in characters: a Chinese one takes two.
_WIDTHS = (*(6, 18, 44, 16, 22, 13), *(8, 10, 15, 9, 12, 26))
_SECTION_WIDTH, _OWN_WIDTH = 20, 16  # of the section, where no row says it; of each of the office's own
_CENTRED = frozenset({1, 6, 7, 8, 10, 11})  # the columns of short texts
_OWN = 2  # the columns of a task itself, beside all of its items
_OFFICIAL = 6  # the official columns, behind which stand those of IN_SHEETS
_WIDEST = 60  # of a column of the tables behind
_ADDRESS, _STATUS, _ALERT = (_OFFICIAL + IN_SHEETS.index(each) + 1 for each in ("address", "status", "alert"))
_HEADER = 4  # the row of the headings, below the title, the table's name and the day
_LINE, _TALLEST = 1.5, 409  # of a line in a tall Chinese font, to its size; points that Excel allows a row
_ROOM = 0.95  # of a column's width for text: a line is not always filled
_MARGIN = 0.4  # inches


_ABOVE = (
    Look(16, bold=True, across="center", edged=False),
    Look(12, bold=True, across="center", edged=False),
    Look(10, across="right", edged=False),
)
_HEADING = Look(bold=True, across="center", grey=True)


def write(document: Document) -> bytes:
    """Return ``document`` as a workbook; the same document makes the same bytes.

    Raises ``WrongUsage`` where openpyxl is missing, ``Refused`` for a text that no cell can hold.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise WrongUsage(_("a .xlsx file needs openpyxl"), installing.command("office")) from error
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = "chengguo", document.title
    book.properties.created = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001
    page: Any = book.active
    page.title = "任务分工"
    sections = document.in_sheets[len(IN_SHEETS) :]
    widths = (*_WIDTHS, *(_SECTION_WIDTH for _name in sections), *(_OWN_WIDTH for _column in document.own))
    sheets = [Sheet(page)]
    _fill(sheets[0], document, widths)
    lay_out(page, widths, _HEADER)
    for table in document.appendix:
        page = book.create_sheet(table.name)
        page.sheet_state = "hidden"  # import reads it; whoever gets the table has no use for it
        sheets.append(Sheet(page))
        _behind(sheets[-1], table)
    try:
        return saved(book, sheets, document.day)
    except Exception as error:
        if type(error).__name__ != "SerialisationError":  # of lxml, which openpyxl takes where it is there
            raise
        raise _of_the_system(error) from error


def _of_the_system(error: Exception) -> OSError:
    """Return what the system said when lxml could not write the file that a sheet is packed in: IO_ENOSPC."""
    code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(code, os.strerror(code))


def _fill(sheet: Sheet, document: Document, widths: tuple[int, ...]) -> None:
    told = "\n".join(filter(None, (document.as_of, document.note)))
    for row, text in enumerate((document.title, document.table, told), start=1):
        across(sheet, row, text, _ABOVE[row - 1], widths)
    for column, text in enumerate(document.headings(document.in_sheets), start=1):
        sheet.put(_HEADER, column, text, _HEADING)
    row = _HEADER
    for part in document.parts:
        for heading in () if document.is_flat else part.headings:
            row += 1
            across(sheet, row, heading, Look(bold=True), widths)
        for block in part.blocks:
            _put_block(sheet, row + 1, block, document, widths)
            row += len(block.lines)
    sheet.page.auto_filter.ref = f"A{_HEADER}:{letter(len(widths))}{row}"
    if row > _HEADER:
        _offer(sheet.page, row)


def _offer(page: Any, last: int) -> None:
    """Let people choose a status from a list; what else they write is taken all the same."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = DataValidation("list", formula1=f'"{",".join(for_people(status) for status in Status)}"')
    words.allow_blank, words.showErrorMessage = True, False
    page.add_data_validation(words)
    words.add(f"{letter(_STATUS)}{_HEADER + 1}:{letter(_STATUS)}{last}")


def _put_block(sheet: Sheet, top: int, block: Block, document: Document, widths: tuple[int, ...]) -> None:
    """Write a task: its number and title once, over the rows of all its items.

    The cells beneath a merged one keep its text, which is not seen: without it, a filter by the task would
    find its first row only.
    """
    number, own = int(block.number), document.own
    for row, line in enumerate(block.lines, start=top):
        values = (block.title, *line.official, *line.reckoned(document.in_sheets), *line.own)
        # A title has the room of all the rows of its task.
        title = block.title[: -(-len(block.title) // len(block.lines))]
        texts = (title, *("" if isinstance(each, date) else str(each or "") for each in values[1:]))
        size, points = fitted(texts, widths[1:])
        figures_beside = (_figure(each.kind, text) for each, text in zip(own, line.own, strict=True))
        cells = (number, *values[: len(values) - len(own)], *figures_beside)
        for column, value in enumerate(cells, start=1):
            sheet.put(row, column, value, _look(size, column, line.tint if column == _ALERT else None))
        sheet.set_height(row, points)
    for column in range(1, _OWN + 1) if len(block.lines) > 1 else ():
        _merge(sheet, (column, top, column, top + len(block.lines) - 1))


@lru_cache(maxsize=1024)
def _look(size: int, column: int, tint: Tint | None) -> Look:
    shown = "@" if column == _ADDRESS else ""  # 1.10 stays 1.10, whoever types it anew
    return Look(size, tint=tint, across="center" if column in _CENTRED else "left", shown=shown)


def _merge(sheet: Sheet, bounds: tuple[int, int, int, int]) -> None:
    """Make one cell of those from a column and row to others.

    A merge by openpyxl looks through all the others, and styles each cell anew.
    """
    from openpyxl.worksheet.cell_range import CellRange

    sheet.page.merged_cells.ranges.add(CellRange(None, *bounds))


def _behind(sheet: Sheet, table: Table) -> None:
    """Write a table of what the official one has no column for, so that import loses nothing."""
    columns = zip(table.headings, *table.rows, strict=True)
    widths = tuple(min(max(map(_width, texts)) + 4, _WIDEST) for texts in columns)
    for row, cells in enumerate((table.headings, *table.rows), start=1):
        size, points = fitted(cells, widths)
        look = _HEADING if row == 1 else Look(size)
        for column, text in enumerate(cells, start=1):
            if text:  # most of what could be reported is not
                sheet.put(row, column, text, look)
        sheet.set_height(row, points)
    lay_out(sheet.page, widths, 1)


def fitted(texts: tuple[str, ...], widths: tuple[int, ...]) -> tuple[int, float]:
    """Return the largest size in which no text of a row is cut, else the smallest, and the row's height."""
    for size in SIZES:
        if (points := height(texts, widths, size)) < _TALLEST:
            break
    return size, points


def height(texts: tuple[str, ...], widths: tuple[int, ...], size: int) -> float:
    """Return the points that a row needs: LibreOffice cuts what wraps in a row without a height."""
    lines = (
        _lines(text, int(_ROOM * width), size) for text, width in zip(texts, widths, strict=False) if text
    )
    return min(_LINE * size * max(lines, default=1) + 2, _TALLEST)


def _lines(text: str, room: int, size: int) -> int:
    """Return how many lines a text takes in a column with room for so many characters."""
    if 2 * len(text) * size <= room * SIZES[0] and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(each) * size // (room * SIZES[0]))) for each in text.split("\n"))


def _width(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def across(sheet: Sheet, row: int, text: str, look: Look, widths: tuple[int, ...]) -> None:
    """Write a line over the whole width."""
    for column in range(1, len(widths) + 1):
        sheet.put(row, column, text if column == 1 else None, look)
    sheet.set_height(row, height((text,), (sum(widths),), look.size))
    _merge(sheet, (1, row, len(widths), row))


def _figure(kind: str, text: str) -> str | date | Figure:
    """Return what stands in a column of that kind; what a cell would show otherwise stays a text."""
    if kind == "date":
        return figures.day(text) or text
    plain = re.fullmatch(r"-?(?:0|[1-9][0-9]{0,11})(?:\.([0-9]{1,6}))?(%?)", text)
    if kind not in {"number", "percent"} or plain is None or text.startswith("-0"):
        return text
    shown = "0" + (f".{'0' * len(plain[1])}" if plain[1] else "") + plain[2]
    number = float(text.removesuffix("%"))
    return Figure(number / 100 if plain[2] else number, shown)


def lay_out(page: Any, widths: tuple[int, ...], header: int) -> None:
    """Set the widths, what stays in view, and the page: A4 landscape, as wide as it, headings on each."""
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[letter(column)].width = width
    page.freeze_panes = f"A{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    margins = page.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.footer = 2 * _MARGIN, _MARGIN
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "&A  &P / &N"
