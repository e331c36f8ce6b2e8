"""Workbooks to rows, by openpyxl."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from chengguo.importing.office import opened
from chengguo.importing.rows import Row
from chengguo.language import _

_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # what a number format prints as it is

# Formats by number that every Chinese Excel has (ECMA-376, 18.8.30, zh-cn), of a month or of a day.
_BUILT_IN_DAYS = {
    **dict.fromkeys((27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "day"),
}
_LAST_SERIAL = 73050  # 2099-12-31
_DECIMALS = re.compile(r"0\.(0+)_?\s?")


def read(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet that is shown; of a hidden one, only that there is one. A hidden row is noted.

    A formula whose result the file does not hold stands as itself. Raises ``Refused`` where the file is no
    workbook, ``WrongUsage`` without openpyxl.
    """
    book = opened("openpyxl", "load_workbook", data, name, data_only=True)
    formulas = opened("openpyxl", "load_workbook", data, name) if _has_formulas(data) else None
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        title = sheet.title if len(shown) > 1 else ""
        merged = _merged(sheet)
        last = max((cell.row for cell in sheet._cells.values() if cell.value is not None), default=0)  # noqa: SLF001
        for line, cells in enumerate(sheet.iter_rows(max_row=last) if last else (), 1):
            written = (_written(cell, _formula(formulas, sheet, cell)) for cell in cells)
            texts = (merged.get((line, place), text) for place, text in enumerate(written, 1))
            yield Row(line, tuple(texts), title, _note(sheet, line))
    for sheet in book.worksheets:
        if sheet not in shown:
            yield Row(1, (_("a hidden sheet"),), sheet.title)


def _note(sheet: Any, line: int) -> str:
    is_hidden = line in sheet.row_dimensions and sheet.row_dimensions[line].hidden
    return _("the row is hidden in the workbook; it is read all the same") if is_hidden else ""


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _formula(book: Any, sheet: Any, cell: Any) -> Any:
    """Give the formula of a cell without a result, None where it has none."""
    return book[sheet.title].cell(cell.row, cell.column).value if book and cell.value is None else None


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    """Give the text of each cell that a merged one covers: downward its text again, sideways nothing."""
    found = {}
    for area in sheet.merged_cells.ranges:
        text = _written(sheet.cell(area.min_row, area.min_col), None)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                found[row, column] = text if column == area.min_col else ""
    return found


def _written(cell: Any, formula: Any) -> str:
    """Write what a cell holds as text: a day as its format shows it, a whole number without a point."""
    match cell.value if cell.value is not None else formula:
        case None:
            return ""
        case datetime() as moment if moment.time() == time() or not _shows(cell, "h"):
            return _day(cell, moment.date())
        case datetime() as moment:
            return moment.isoformat(" ")
        case date() as day:
            return _day(cell, day)
        case int() | float() as number:
            return _built_in_day(cell, number) or _number(cell, number)
        case value:
            return str(value).strip()


def _built_in_day(cell: Any, number: float) -> str:
    """Write a number that Chinese Excel shows as a day by a format that openpyxl does not know; else ""."""
    from openpyxl.utils.datetime import from_excel  # only a workbook pays for it

    shown = _BUILT_IN_DAYS.get(getattr(cell._style, "numFmtId", 0))  # noqa: SLF001 - the only way to the number of a format
    if shown is None or not 0 < number < _LAST_SERIAL:
        return ""
    day = from_excel(number)
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if shown == "day" else "")


def _number(cell: Any, number: float) -> str:
    """Write a number: 2025.1 that is shown as 2025.10 so, a whole one without a point."""
    if decimals := _DECIMALS.fullmatch(str(cell.number_format)):
        return f"{number:.{len(decimals[1])}f}"
    return str(int(number) if number == int(number) else number)


def _day(cell: Any, day: date) -> str:
    """Write a day; 1 June that is shown as 2025年6月 is the month."""
    if _shows(cell, "d") or not _shows(cell, "m") or _shows(cell, "h"):
        shown = str(cell.number_format)
        if "年" in shown:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.year}/{day.month}/{day.day}" if "/" in shown else day.isoformat()
    return f"{day.year}年{day.month}月"


def _shows(cell: Any, letter: str) -> bool:
    """Tell whether the format of a cell has a letter: y, m, d or h."""
    return letter in _LITERAL.sub("", str(cell.number_format)).lower()
