"""Workbooks to rows, by openpyxl."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from chengguo.importing import bounds
from chengguo.importing.appendix import begins
from chengguo.importing.formats import beside, number_formats
from chengguo.importing.formats.office import opened, reading, struck_out
from chengguo.importing.rows import Remark, Row
from chengguo.language import _

_Texts = dict[int, dict[int, str]]
_Remarks = dict[int, list[Remark]]
_ESCAPED = re.compile("_x(000[9AD])_")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # what a number format prints as it is

# Formats by number that every Chinese Excel has (ECMA-376, 18.8.30, zh-cn), of a month or of a day.
_BUILT_IN_DAYS = {
    **dict.fromkeys((27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "day"),
}
_LAST_SERIAL = 73050  # 2099-12-31


class _Sheet(NamedTuple):
    """What a sheet holds: its words by line and column, its hidden lines, and remarks by line."""

    title: str
    texts: _Texts
    hidden: frozenset[int]
    remarks: _Remarks


def read(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet that is shown; what a hidden one says is told, and so is what no cell shows.

    The tables behind an exported one are hidden, and read. Words that are struck out, errors and formulas
    without a result are left out of their cells, and told.
    Raises ``Refused`` where the file is no workbook, ``WrongUsage`` without openpyxl.
    """
    book = _opened(data, name)
    shown: list[_Sheet] = []
    hidden: list[_Sheet] = []
    for sheet in book.worksheets:
        with reading(name):
            found = _read(sheet, name)
        (shown if sheet.sheet_state == "visible" or _is_behind(found) else hidden).append(found)
    for found in shown:
        yield from _rows(found, found.title if len(shown) > 1 else "")
    yield from map(_hidden, hidden)


def _is_behind(sheet: _Sheet) -> bool:
    """True if a sheet is one of the tables that an export has behind the official one."""
    return begins(tuple(sheet.texts.get(1, {}).values()))


def pages(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet, each row with the name of its sheet; the rows of a hidden one are noted.

    Those of the tables behind an exported one are not: it is known what they say.
    """
    book = _opened(data, name)
    for sheet in book.worksheets:
        with reading(name):
            texts, _parsed = _texts(sheet, name)
        read = _Sheet(sheet.title, texts, frozenset(), {})
        note = "" if sheet.sheet_state == "visible" or _is_behind(read) else _("a hidden sheet")
        rows = _rows(read, sheet.title)
        yield from (row._replace(note=note) for row in rows)


def _opened(data: bytes, name: str) -> Any:
    return opened("openpyxl", "load_workbook", data, name, read_only=True, data_only=True, rich_text=True)


def _hidden(sheet: _Sheet) -> Row:
    """Tell all the words of a hidden sheet in one row without cells."""
    words = [text for _line, cells in sorted(sheet.texts.items()) for _place, text in sorted(cells.items())]
    why = _("the sheet is hidden, and left out: '{text}'").format(text=" | ".join(words))
    others = tuple(remark for _line, remarks in sorted(sheet.remarks.items()) for remark in remarks)
    return Row(1, (), sheet.title, remarks=(Remark(0, why), *others))


def _rows(sheet: _Sheet, title: str) -> Iterator[Row]:
    """Return the rows that have a word, all of one width; blank ones between two of them are one."""
    texts = sheet.texts
    width = max((place for cells in texts.values() for place in cells), default=0)
    before = 0
    for line in sorted({*texts, *sheet.remarks}):
        if line > before + 1:
            yield Row(line - 1, ("",) * width, title)
        cells = tuple(texts.get(line, {}).get(place, "") for place in range(1, width + 1))
        note = _("the row is hidden in the workbook; it is read all the same")
        is_hidden = line in sheet.hidden and any(cells)
        yield Row(line, cells, title, note if is_hidden else "", tuple(sheet.remarks.get(line, ())))
        before = line


def _read(sheet: Any, name: str) -> _Sheet:
    """Read a sheet, and what is to remark of it."""
    remarks: _Remarks = {}
    texts, parser = _texts(sheet, name, remarks)
    for line, place, why in beside.read_texts(sheet):
        remarks.setdefault(line, []).append(Remark(place, why))
    for place in _hidden_columns(parser, texts):
        line = min(line for line, cells in texts.items() if place in cells)
        why = _("the column is hidden in the workbook; it is read all the same")
        remarks.setdefault(line, []).append(Remark(place - 1, why))
    hidden = frozenset(int(line) for line, row in parser.row_dimensions.items() if _is_hidden(row, "ht"))
    return _Sheet(sheet.title, texts, hidden, remarks)


def _hidden_columns(parser: Any, texts: _Texts) -> list[int]:
    """Find the columns from 1 that are hidden and have words."""
    hidden = [column for column in parser.column_dimensions.values() if _is_hidden(column, "width")]
    filled = sorted({place for cells in texts.values() for place in cells})
    return [
        place for place in filled if any(int(each["min"]) <= place <= int(each["max"]) for each in hidden)
    ]


def _is_hidden(line: Mapping[str, str], size: str) -> bool:
    """True for a row or column that is hidden, or of no height or width."""
    return line.get("hidden") in {"1", "true"} or float(line.get(size) or 1) == 0


def _texts(sheet: Any, name: str, remarks: _Remarks | None = None) -> tuple[_Texts, Any]:
    """Read the filled cells of a sheet, by line and column; give its parser too.

    What does not count is left out and joins the remarks; without any, all that the cells hold counts.
    Neither the cells without a word nor those that a merged one covers cost anything, however many they are.
    """
    from openpyxl.cell.read_only import ReadOnlyCell  # only a workbook pays for it

    texts: _Texts = {}
    struck = _struck_styles(sheet.parent)
    with sheet.parent._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - see _parser
        parser = _parser(source, sheet)
        for line, cells in parser.parse():
            found = {}
            for each in cells:
                if each["value"] is None:
                    continue
                cell = ReadOnlyCell(sheet, **each)
                text, lost = _words(cell, is_struck=each["style_id"] in struck)
                if remarks is None:
                    text = _written(cell)
                elif lost:
                    remarks.setdefault(line, []).append(Remark(each["column"] - 1, lost, empties=True))
                if text:
                    found[each["column"]] = text
            if found:
                bounds.refuse_wide(max(found), Row(line, (), sheet.title), name)
                texts.setdefault(line, {}).update(found)
            if len(texts) > bounds.ROWS:
                raise bounds.too_large(name)
    _merge(texts, parser.merged_cells.mergeCell if parser.merged_cells else (), name)
    return texts, parser


def _struck_styles(book: Any) -> frozenset[int]:
    """Find the styles of cells whose words are struck out."""
    fonts = book._fonts  # noqa: SLF001 - as every cell's font is found
    return frozenset(
        number
        for number, style in enumerate(book._cell_styles)  # noqa: SLF001
        if style.fontId < len(fonts) and fonts[style.fontId].strike
    )


def _words(cell: Any, *, is_struck: bool) -> tuple[str, str]:
    """Return the words of a cell that count, and what to say of the others, empty where none is."""
    shown = _written(cell)
    if cell.data_type == "e":
        return "", _("the cell shows an error, and is left empty: '{text}'").format(text=shown)
    if cell.data_type == "f":
        return "", _("the cell has a formula without a result, and is left empty: '{text}'").format(
            text=shown
        )
    out = [shown] if is_struck else _struck(cell.value)
    if not any(out):
        return shown, ""
    kept = "" if is_struck else _unescaped("".join(_runs(cell.value, is_struck=False)))
    return kept.strip(), struck_out(_unescaped("".join(out)))


def _struck(value: Any) -> list[str]:
    return _runs(value, is_struck=True) if isinstance(value, list) else []


def _runs(value: Any, *, is_struck: bool) -> list[str]:
    """Return the runs of a rich text that are struck out, or those that are not."""
    return [
        str(run) for run in value if bool(getattr(getattr(run, "font", None), "strike", False)) is is_struck
    ]


def _unescaped(text: str) -> str:
    """Return white space that a workbook writes as _x000D_ as itself."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _parser(source: Any, sheet: Any) -> Any:
    """Make openpyxl's parser of a sheet; what it has above that makes a cell of each that is merged."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc] # openpyxl has no types
        def parse_cell(self, element: Any) -> Any:
            """Return a cell; a formula without a result stands for it."""
            cell = super().parse_cell(element)
            if element.find(FORMULA_TAG) is not None:
                formula = self.parse_formula(element)  # in order, for later ones refer to it
                if cell["value"] is None:
                    cell |= {"value": getattr(formula, "text", formula), "data_type": "f"}
            return cell

    book = sheet.parent
    return Parser(
        source,
        sheet._shared_strings,  # noqa: SLF001
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        rich_text=True,
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
        case str() as text:
            return number_formats.with_words(_unescaped(text), str(cell.number_format)).strip()
        case value:
            return _unescaped(str(value)).strip()


def _built_in_day(cell: Any, number: float) -> str:
    """Write a number that Chinese Excel shows as a day by a format that openpyxl does not know; else ""."""
    from openpyxl.utils.datetime import from_excel  # only a workbook pays for it

    shown = _BUILT_IN_DAYS.get(cell.style_array.numFmtId)
    if shown is None or not 0 < number < _LAST_SERIAL:
        return ""
    day = from_excel(number)
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if shown == "day" else "")


def _number(cell: Any, number: float) -> str:
    """Write a number as its format shows it: 2025.1 as 2025.10, 6 as 6月底前."""
    if not math.isfinite(number):
        return "#NUM!"  # as Excel shows what is too large
    return number_formats.shown(number, str(cell.number_format))


def _day(cell: Any, day: date) -> str:
    """Write a day; 1 June that is shown as 2025年6月 is the month."""
    if _shows(cell, "d") or not _shows(cell, "m") or _shows(cell, "h"):
        shown = str(cell.number_format)
        if "年" in shown:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.year}/{day.month}/{day.day}" if "/" in shown else day.isoformat()
    return f"{day.year}年{day.month}月"


def _shows(cell: Any, letter: str) -> bool:
    """True if the format of a cell has a letter: y, m, d or h."""
    return letter in _LITERAL.sub("", str(cell.number_format)).lower()
