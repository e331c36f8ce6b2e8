"""Excel: merged cells, a filter, a frozen header, real dates and numbers, alerts in colour; A4 landscape."""

import errno
import io
import os
import re
import zipfile
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from chengguo.errors import Refused, WrongUsage
from chengguo.importing.returning.appendix import Table
from chengguo.language import _
from chengguo.model.status import Status
from chengguo.output.cells import for_people
from chengguo.output.export.document import IN_SHEETS, Block, Document, Tint
from chengguo.output.formats.delimited import FORMULA
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
_FONT, _SIZES = "宋体", (10, 9, 8, 7, 6)  # points: smaller where a row would be too tall
_LINE, _TALLEST = 1.5, 409  # of a line in a tall Chinese font, to its size; points that Excel allows a row
_ROOM = 0.95  # of a column's width for text: a line is not always filled
_LONGEST = 32_767  # what a cell holds, counted in UTF-16
_MARGIN = 0.4  # inches


class Look(NamedTuple):
    """How a cell looks; ``across`` is how its text stands between its edges."""

    size: int = _SIZES[0]
    bold: bool = False
    tint: Tint | None = None
    across: str = "left"
    edged: bool = True
    grey: bool = False
    shown: str = ""  # the number format of a text
    locked: bool = True  # where the sheet is guarded


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
        raise WrongUsage(_("a .xlsx file needs openpyxl"), "pip install 'chengguo[office]'") from error
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = "chengguo", document.title
    book.properties.created = datetime(document.day.year, document.day.month, document.day.day)  # noqa: DTZ001
    sheet: Any = book.active
    sheet.title = "任务分工"
    sections = document.in_sheets[len(IN_SHEETS) :]
    widths = (*_WIDTHS, *(_SECTION_WIDTH for _name in sections), *(_OWN_WIDTH for _column in document.own))
    _fill(sheet, document, widths)
    lay_out(sheet, widths, _HEADER)
    for table in document.appendix:
        behind = book.create_sheet(table.name)
        behind.sheet_state = "hidden"  # import reads it; whoever gets the table has no use for it
        _behind(behind, table)
    out = io.BytesIO()
    try:
        book.save(out)
    except Exception as error:
        if type(error).__name__ != "SerialisationError":  # of lxml, which openpyxl takes where it is there
            raise
        raise _of_the_system(error) from error
    return settled(out.getvalue(), document.day)


def _of_the_system(error: Exception) -> OSError:
    """Return what the system said when lxml could not write the file that a sheet is packed in: IO_ENOSPC."""
    code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(code, os.strerror(code))


def _fill(sheet: Any, document: Document, widths: tuple[int, ...]) -> None:
    for row, text in enumerate((document.title, document.table, document.as_of), start=1):
        across(sheet, row, text, _ABOVE[row - 1], widths)
    for column, text in enumerate(document.headings(document.in_sheets), start=1):
        put(sheet, _HEADER, column, text, _HEADING)
    row = _HEADER
    for part in document.parts:
        for heading in () if document.is_flat else part.headings:
            row += 1
            across(sheet, row, heading, Look(bold=True), widths)
        for block in part.blocks:
            _put_block(sheet, row + 1, block, document, widths)
            row += len(block.lines)
    sheet.auto_filter.ref = f"A{_HEADER}:{sheet.cell(row, len(widths)).coordinate}"
    if row > _HEADER:
        _offer(sheet, row)


def _offer(sheet: Any, last: int) -> None:
    """Let people choose a status from a list; what else they write is taken all the same."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    words = DataValidation("list", formula1=f'"{",".join(for_people(status) for status in Status)}"')
    words.allow_blank, words.showErrorMessage = True, False
    sheet.add_data_validation(words)
    column = get_column_letter(_STATUS)
    words.add(f"{column}{_HEADER + 1}:{column}{last}")


def _put_block(sheet: Any, top: int, block: Block, document: Document, widths: tuple[int, ...]) -> None:
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
        size = fitting(texts, widths[1:])
        figures_beside = (_figure(each.kind, text) for each, text in zip(own, line.own, strict=True))
        cells = (number, *values[: len(values) - len(own)], *figures_beside)
        for column, value in enumerate(cells, start=1):
            across = "center" if column in _CENTRED else "left"
            tint = line.tint if column == _ALERT else None
            shown = "@" if column == _ADDRESS else ""  # 1.10 stays 1.10, whoever types it anew
            put(sheet, row, column, value, Look(size, tint=tint, across=across, shown=shown))
        sheet.row_dimensions[row].height = height(texts, widths[1:], size)
    for column in range(1, _OWN + 1) if len(block.lines) > 1 else ():
        _merge(sheet, (column, top, column, top + len(block.lines) - 1))


def _merge(sheet: Any, bounds: tuple[int, int, int, int]) -> None:
    """Make one cell of those from a column and row to others.

    A merge by openpyxl looks through all the others, and styles each cell anew.
    """
    from openpyxl.worksheet.cell_range import CellRange

    sheet.merged_cells.ranges.add(CellRange(None, *bounds))


def _behind(sheet: Any, table: Table) -> None:
    """Write a table of what the official one has no column for, so that import loses nothing."""
    columns = zip(table.headings, *table.rows, strict=True)
    widths = tuple(min(max(map(_width, texts)) + 4, _WIDEST) for texts in columns)
    for row, cells in enumerate((table.headings, *table.rows), start=1):
        size = fitting(cells, widths)
        look = _HEADING if row == 1 else Look(size)
        for column, text in enumerate(cells, start=1):
            if text:  # most of what could be reported is not
                put(sheet, row, column, text, look)
        sheet.row_dimensions[row].height = height(cells, widths, size)
    lay_out(sheet, widths, 1)


def fitting(texts: tuple[str, ...], widths: tuple[int, ...]) -> int:
    """Return the largest size in which no text of a row is cut, the smallest where one is in all."""
    return next((size for size in _SIZES if height(texts, widths, size) < _TALLEST), _SIZES[-1])


def height(texts: tuple[str, ...], widths: tuple[int, ...], size: int) -> float:
    """Return the points that a row needs: LibreOffice cuts what wraps in a row without a height."""
    lines = (
        _lines(text, int(_ROOM * width), size) for text, width in zip(texts, widths, strict=False) if text
    )
    return min(_LINE * size * max(lines, default=1) + 2, _TALLEST)


def _lines(text: str, room: int, size: int) -> int:
    """Return how many lines a text takes in a column with room for so many characters."""
    if 2 * len(text) * size <= room * _SIZES[0] and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(each) * size // (room * _SIZES[0]))) for each in text.split("\n"))


def _width(text: str) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def across(sheet: Any, row: int, text: str, look: Look, widths: tuple[int, ...]) -> None:
    """Write a line over the whole width."""
    for column in range(2, len(widths) + 1):
        put(sheet, row, column, None, look)
    put(sheet, row, 1, text, look)
    sheet.row_dimensions[row].height = height((text,), (sum(widths),), look.size)
    _merge(sheet, (1, row, len(widths), row))


class _Figure(NamedTuple):
    """A number as a cell holds it, and how it is shown: 0.8 as 80%."""

    number: float
    shown: str


def _figure(kind: str, text: str) -> str | date | _Figure:
    """Return what stands in a column of that kind; what a cell would show otherwise stays a text."""
    if kind == "date":
        return figures.day(text) or text
    plain = re.fullmatch(r"-?(?:0|[1-9][0-9]{0,11})(?:\.([0-9]{1,6}))?(%?)", text)
    if kind not in {"number", "percent"} or plain is None or text.startswith("-0"):
        return text
    shown = "0" + (f".{'0' * len(plain[1])}" if plain[1] else "") + plain[2]
    number = float(text.removesuffix("%"))
    return _Figure(number / 100 if plain[2] else number, shown)


def put(sheet: Any, row: int, column: int, value: str | int | date | _Figure | None, look: Look) -> None:
    """Write a cell; a text stays a text, whatever it begins with, also when somebody edits it."""
    cell = sheet.cell(row, column)
    shown, is_quoted = look.shown, False
    if isinstance(value, str) and value:
        if len(value.encode("utf-16-le")) > 2 * _LONGEST:
            message = _("a cell of a .xlsx file holds {count} characters at most").format(count=_LONGEST)
            raise Refused(message, _("Export .html or .md."))
        cell.value, cell.data_type = value, "s"
        is_quoted = FORMULA.match(value) is not None
    elif isinstance(value, _Figure):
        cell.value, shown = value
    elif value is not None and value != "":
        cell.value = value
        shown = "0" if isinstance(value, int) else "yyyy-mm-dd"
    cell._style = _style(sheet, look, shown, is_quoted)  # noqa: SLF001 - each part of it is set in a tenth of a millisecond


@lru_cache(maxsize=1024)
def _style(sheet: Any, look: Look, shown: str, is_quoted: bool) -> Any:  # noqa: FBT001 - a key of the cache
    """Return the style of cells of a sheet that look alike, which its book numbers once."""
    from openpyxl.styles import Protection
    from openpyxl.styles.styleable import StyleableObject

    cell: Any = StyleableObject(sheet)
    cell.font, cell.alignment, cell.border, cell.fill = _parts(look)
    cell.protection = Protection(locked=look.locked)
    cell.quotePrefix = is_quoted
    cell.number_format = shown or "General"
    return cell._style  # noqa: SLF001 - as above


@cache
def _parts(look: Look) -> tuple[Any, ...]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    edge = Side("thin" if look.edged else None)
    colour = look.tint.ground if look.tint else "E7E6E6" if look.grey else None
    return (
        Font(name=_FONT, size=look.size, bold=look.bold, color=look.tint.letters if look.tint else None),
        Alignment(horizontal=look.across, vertical="center" if look.bold else "top", wrap_text=True),
        Border(edge, edge, edge, edge),
        PatternFill("solid", fgColor=colour) if colour else PatternFill(),
    )


def lay_out(sheet: Any, widths: tuple[int, ...], header: int) -> None:
    """Set the widths, what stays in view, and the page: A4 landscape, as wide as it, headings on each."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[sheet.cell(header, column).column_letter].width = width
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.footer = 2 * _MARGIN, _MARGIN
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "&A  &P / &N"


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
