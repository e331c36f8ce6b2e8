"""The form of a department as a workbook: locked cells, cells to fill in, a hidden sheet of what it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.importing.returning.forms import HIDDEN, LOCKED, SHEET, Form
from chengguo.language import _
from chengguo.model.status import Status
from chengguo.output.export import xlsx
from chengguo.output.export.sheet import Look, Sheet, letter, saved
from chengguo.registry.report_headings import FILLED

_WIDTHS = dict(zip(LOCKED, (10, 16, 40, 14, 18, 13, 12, 24), strict=True)) | dict(
    zip(FILLED, (10, 32, 12, 20, 20, 18), strict=True)
)
_OWN_WIDTH = 14  # of each column of the office's own
_HEADER = 3  # the row of the headings, below the title and what is to be done
_TOLD = "请填写白色各栏：状态从下拉列表中选，日期写作 2019-06-30；灰色各栏请勿改动，没有变化的行可不填。"
_HEAD, _FIXED = Look(bold=True, across="center", grey=True), Look(grey=True)


def write(form: Form) -> bytes:
    """Return the form as a workbook; the same form makes the same bytes.

    Raises ``WrongUsage`` where openpyxl is missing, ``Refused`` for a text that no cell can hold.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise WrongUsage(_("a .xlsx file needs openpyxl"), installing.command("office")) from error
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.title = "chengguo", form.plan
    book.properties.created = datetime(form.made.year, form.made.month, form.made.day)  # noqa: DTZ001
    page: Any = book.active
    page.title = SHEET
    sheet = Sheet(page)
    _fill(sheet, form)
    _guard(page, form)
    page = book.create_sheet(HIDDEN)
    page.sheet_state = "hidden"
    hidden = Sheet(page)
    for row, cells in enumerate((*form.about, LOCKED, *(line.cells for line in form.lines)), start=1):
        for column, text in enumerate(cells, start=1):
            hidden.put(row, column, text, Look())
    return saved(book, (sheet, hidden), form.made)


def _widths(form: Form) -> tuple[int, ...]:
    return tuple(_WIDTHS.get(heading, _OWN_WIDTH) for heading in form.headings)


def _fill(sheet: Sheet, form: Form) -> None:
    """Write the title, the headings, and the rows: grey what is locked, white what is to be filled in."""
    widths = _widths(form)
    title = f"{form.plan} 进展填报表（{form.department}，{form.period}）"
    xlsx.across(sheet, 1, title, Look(14, bold=True, across="center", edged=False), widths)
    xlsx.across(sheet, 2, "\n".join(filter(None, (_TOLD, form.note))), Look(edged=False), widths)
    for column, heading in enumerate(form.headings, start=1):
        sheet.put(_HEADER, column, heading, _HEAD)
    for row, line in enumerate(form.lines, start=_HEADER + 1):
        _row(sheet, row, line.cells, widths)
    xlsx.lay_out(sheet.page, widths, _HEADER)


def _row(sheet: Sheet, row: int, cells: Sequence[str], widths: tuple[int, ...]) -> None:
    size, points = xlsx.fitted(tuple(cells), widths)
    fixed = _FIXED._replace(size=size, shown="@")  # 3.10 stays 3.10, whoever types it anew
    free = Look(size, locked=False)
    for column in range(1, len(widths) + 1):
        is_locked = column <= len(cells)
        sheet.put(row, column, cells[column - 1] if is_locked else None, fixed if is_locked else free)
    sheet.set_height(row, points)


def _guard(page: Any, form: Form) -> None:
    """Lock what is not to be filled in, offer the statuses, and set what is printed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = DataValidation("list", formula1=f'"{",".join(status.chinese for status in Status)}"')
    words.errorTitle, words.error = "状态", "请从下拉列表中选一个状态。"
    words.errorStyle = "warning"
    last = _HEADER + max(len(form.lines), 1)
    words.add(f"{letter(len(LOCKED) + 1)}{_HEADER + 1}:{letter(len(LOCKED) + 1)}{last}")
    page.add_data_validation(words)
    end = f"{letter(len(form.headings))}{last}"
    page.auto_filter.ref = f"A{_HEADER}:{end}"
    page.print_area = f"A1:{end}"
    page.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)  # what is not forbidden is allowed
