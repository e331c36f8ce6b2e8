"""Workbooks to rows, by openpyxl."""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from chengguo.importing import bounds
from chengguo.importing.appendix import HEADINGS
from chengguo.importing.formats.office import opened, reading
from chengguo.importing.rows import Row
from chengguo.language import _

_Texts = dict[int, dict[int, str]]
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # what a number format prints as it is

# Formats by number that every Chinese Excel has (ECMA-376, 18.8.30, zh-cn), of a month or of a day.
_BUILT_IN_DAYS = {
    **dict.fromkeys((27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "day"),
}
_LAST_SERIAL = 73050  # 2099-12-31
_DECIMALS = re.compile(r"0\.(0+)_?\s?")
_SHARE = re.compile(r"0(?:\.(0+))?%")


def read(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet that is shown; of a hidden one, only that there is one. A hidden row is noted.

    The tables behind an exported one are hidden, and read.

    A formula whose result the file does not hold stands as itself. Raises ``Refused`` where the file is no
    workbook, ``WrongUsage`` without openpyxl.
    """
    book = opened("openpyxl", "load_workbook", data, name, read_only=True, data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" or sheet.title in HEADINGS]
    for sheet in shown:
        with reading(name):
            texts, hidden = _texts(sheet, name)
        if sheet.sheet_state != "visible" and tuple(texts.get(1, {}).values()) != HEADINGS[sheet.title]:
            yield Row(1, (_("a hidden sheet"),), sheet.title)
            continue
        yield from _rows(texts, hidden, sheet.title if len(shown) > 1 else "")
    for sheet in book.worksheets:
        if sheet not in shown:
            yield Row(1, (_("a hidden sheet"),), sheet.title)


def pages(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet, hidden ones too, each row with the name of its sheet."""
    book = opened("openpyxl", "load_workbook", data, name, read_only=True, data_only=True)
    for sheet in book.worksheets:
        with reading(name):
            texts, _hidden = _texts(sheet, name)
        yield from _rows(texts, frozenset(), sheet.title)


def _rows(texts: _Texts, hidden: frozenset[int], title: str) -> Iterator[Row]:
    """Give the rows that have a word, all of one width; blank ones between two of them are one."""
    width = max((place for cells in texts.values() for place in cells), default=0)
    before = 0
    for line in sorted(texts):
        if line > before + 1:
            yield Row(line - 1, ("",) * width, title)
        cells = tuple(texts[line].get(place, "") for place in range(1, width + 1))
        note = _("the row is hidden in the workbook; it is read all the same") if line in hidden else ""
        yield Row(line, cells, title, note)
        before = line


def _texts(sheet: Any, name: str) -> tuple[_Texts, frozenset[int]]:
    """Read the filled cells of a sheet, by line and column, and which lines are hidden.

    Neither the cells without a word nor those that a merged one covers cost anything, however many they are.
    """
    from openpyxl.cell.read_only import ReadOnlyCell  # only a workbook pays for it

    texts: _Texts = {}
    with sheet.parent._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - see _parser
        parser = _parser(source, sheet)
        for line, cells in parser.parse():
            filled = (ReadOnlyCell(sheet, **cell) for cell in cells if cell["value"] is not None)
            if found := {cell.column: text for cell in filled if (text := _written(cell))}:
                bounds.refuse_wide(max(found), Row(line, (), sheet.title), name)
                texts.setdefault(line, {}).update(found)
            if len(texts) > bounds.ROWS:
                raise bounds.too_large(name)
    hidden = {int(line) for line, row in parser.row_dimensions.items() if row.get("hidden") in {"1", "true"}}
    _merge(texts, parser.merged_cells.mergeCell if parser.merged_cells else (), name)
    return texts, frozenset(hidden)


def _parser(source: Any, sheet: Any) -> Any:
    """Make openpyxl's parser of a sheet; what it has above that makes a cell of each that is merged."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc] # openpyxl has no types
        def parse_cell(self, element: Any) -> Any:
            """Give a cell; a formula without a result stands for it."""
            cell = super().parse_cell(element)
            if element.find(FORMULA_TAG) is not None:
                formula = self.parse_formula(element)  # in order, for later ones refer to it
                if cell["value"] is None:
                    cell["value"] = getattr(formula, "text", formula)
            return cell

    book = sheet.parent
    return Parser(
        source,
        sheet._shared_strings,  # noqa: SLF001
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
    )


def _merge(texts: _Texts, areas: Iterable[Any], name: str) -> None:
    """Repeat the text of each merged cell downward as far as there are rows; sideways it stands once."""
    last, left = max(texts, default=0), bounds.CELLS
    for area in areas:
        text = texts.get(area.min_row, {}).get(area.min_col, "")
        for line in range(area.min_row, min(area.max_row, last) + 1):
            cells = texts.get(line, {})
            for place in [place for place in cells if area.min_col <= place <= area.max_col]:
                del cells[place]
            if text:
                texts.setdefault(line, cells)[area.min_col] = text
            left -= 1 + len(cells)
            if left < 0:
                raise bounds.too_large(name)


def _written(cell: Any) -> str:
    """Write what a cell holds as text: a day as its format shows it, a whole number without a point."""
    match cell.value:
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

    shown = _BUILT_IN_DAYS.get(cell.style_array.numFmtId)
    if shown is None or not 0 < number < _LAST_SERIAL:
        return ""
    day = from_excel(number)
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if shown == "day" else "")


def _number(cell: Any, number: float) -> str:
    """Write a number: 2025.1 that is shown as 2025.10 so, a whole one without a point."""
    if not math.isfinite(number):
        return "#NUM!"  # as Excel shows what is too large
    if share := _SHARE.fullmatch(str(cell.number_format)):
        return f"{100 * number:.{len(share[1] or '')}f}%"
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
