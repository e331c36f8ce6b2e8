"""Excel: merged cells, a filter, a frozen header, real dates, overdue rows in red; A4 landscape."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

from chengguo.appendix import Table
from chengguo.errors import Refused, WrongUsage
from chengguo.exporting.document import Block, Document
from chengguo.language import _

_WIDTHS = (6, 22, 60, 18, 30, 14, 10, 12, 12)  # of the columns, in characters: a Chinese one takes two
_BEHIND = 28  # the width of each column of the tables behind
_HEADER = 4  # the row of the headings, below the title, the table's name and the day
_LINE, _TALLEST = 18, 409  # points: of a line in a tall Chinese font, and what Excel allows a row
_LONGEST = 32_767  # characters of a cell: what Excel holds


def write(document: Document) -> bytes:
    """Give ``document`` as a workbook; the same document gives the same bytes.

    Raises ``WrongUsage`` where openpyxl is missing, ``Refused`` for a text that no cell can hold.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise WrongUsage(_("a .xlsx file needs openpyxl"), "pip install 'chengguo[office]'") from error
    book = openpyxl.Workbook()
    book.properties.creator = "chengguo"
    book.properties.created = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001
    sheet: Any = book.active
    sheet.title = "任务分工"
    _fill(sheet, document)
    _lay_out(sheet)
    for table in document.appendix:
        _behind(book.create_sheet(table.name), table)
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), document.day)


def _fill(sheet: Any, document: Document) -> None:
    headings = (*document.columns, document.due_heading)
    for row, text in enumerate((document.title, document.table, document.as_of), start=1):
        _across(sheet, row, text, "center")
    for column, text in enumerate(headings, start=1):
        _put(sheet, _HEADER, column, text, bold=True)
    row = _HEADER
    for part in document.parts:
        row += 1
        _across(sheet, row, part.heading, "left")
        for block in part.blocks:
            _put_block(sheet, row + 1, block)
            row += len(block.lines)
    sheet.auto_filter.ref = f"A{_HEADER}:I{row}"


def _put_block(sheet: Any, top: int, block: Block) -> None:
    """Write a task: its number and title once, over the rows of all its items."""
    for row, line in enumerate(block.lines, start=top):
        for column, text in enumerate((block.number, block.title, *line.cells), start=1):
            if column > 2 or row == top:  # noqa: PLR2004 - number and title are the task's own
                _put(sheet, row, column, text, red=line.overdue and column > 2)  # noqa: PLR2004
        _put(sheet, row, len(_WIDTHS), line.due, red=line.overdue)
        texts = (block.title[: -(-len(block.title) // len(block.lines))], *line.cells)
        sheet.row_dimensions[row].height = _height(texts, _WIDTHS[1:])
    bottom = top + len(block.lines) - 1
    for column in (1, 2):
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)


def _behind(sheet: Any, table: Table) -> None:
    """Write a table of what the official one has no column for, so that import loses nothing."""
    for row, cells in enumerate((table.headings, *table.rows), start=1):
        for column, text in enumerate(cells, start=1):
            _put(sheet, row, column, text, bold=row == 1)
        sheet.row_dimensions[row].height = _height(cells, (_BEHIND,) * len(cells))
    for column in range(1, len(table.headings) + 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = _BEHIND
    sheet.freeze_panes = "A2"
    _page(sheet)


def _height(texts: tuple[str, ...], widths: tuple[int, ...]) -> float:
    """Give the points that a row needs: LibreOffice cuts what wraps in a row without a height."""
    lines = (
        sum(max(1, -(-_width(paragraph) // (width - 2))) for paragraph in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )
    return min(_LINE * max(lines), _TALLEST)


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _across(sheet: Any, row: int, text: str, horizontal: str) -> None:
    from openpyxl.styles import Alignment

    _put(sheet, row, 1, text, bold=True)
    sheet.cell(row, 1).alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))


def _put(  # noqa: PLR0913 - a cell: where, what, how
    sheet: Any, row: int, column: int, value: str | date | None, *, bold: bool = False, red: bool = False
) -> None:
    """Write a cell; a text stays a text, whatever it begins with."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = sheet.cell(row, column)
    if isinstance(value, str):
        if len(value) > _LONGEST:
            message = _("a cell of a .xlsx file holds {count} characters at most").format(count=_LONGEST)
            raise Refused(message, _("Export .html or .md."))
        cell.value, cell.data_type = value, "s"
    elif value:
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    edge = Side("thin")
    cell.border = Border(edge, edge, edge, edge)
    cell.font = Font(name="宋体", bold=bold, color="B00000" if red else None)
    if red:
        cell.fill = PatternFill("solid", fgColor="FFE0E0")


def _lay_out(sheet: Any) -> None:
    """Set the widths, what stays in view, and the page."""
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_HEADER + 1}"
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    _page(sheet)


def _page(sheet: Any) -> None:
    """Print on A4 landscape, as wide as a page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def settled(data: bytes, day: date) -> bytes:
    """Take the moment of the export out of an Office file: its day is the document's."""
    out = io.BytesIO()
    modified = rf"\g<1>{day.isoformat()}T00:00:00Z\g<2>".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            if name == "docProps/core.xml":
                held = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(</)", modified, held)
            new.writestr(zipfile.ZipInfo(name), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()
