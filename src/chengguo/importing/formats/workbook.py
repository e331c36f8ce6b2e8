"""Workbooks to rows, by openpyxl."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.errors import WrongUsage
from chengguo.importing import bounds
from chengguo.importing.formats import around, beside, cell_looks, cell_words
from chengguo.importing.formats.cell_looks import Styles
from chengguo.importing.formats.office import opened, reading, unpacked
from chengguo.importing.returning.appendix import begins
from chengguo.importing.rows import Look, Remark, Row
from chengguo.language import _
from chengguo.text.widths import folded

_Texts = dict[int, dict[int, str]]
_Remarks = dict[int, list[Remark]]
_Spans = dict[int, list[tuple[int, int]]]  # by line, of merged cells

_UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_MOST_AREAS = 20  # that a sheet is printed by
_SEEN = {"ht": 2, "width": 0.3}  # points, characters: what is less cannot be seen


class _Sheet(NamedTuple):
    """What a sheet holds: its words by line and column, its hidden lines, remarks by line, and merged cells.

    Of the hidden lines those are ``folded`` that only a filter or a group hides: they are still meant.
    """

    title: str
    texts: _Texts
    hidden: frozenset[int]
    remarks: _Remarks
    is_shown: bool
    folded: frozenset[int]
    looks: Mapping[int, list[Look]]  # by line
    spans: _Spans


def read(data: bytes, name: str, sheet: str | None = None) -> Iterator[Row]:
    """Read every sheet that is shown; what a hidden one says is told, and so is what no cell shows.

    One that is named, or meant by its number from 1, is read alone.

    The tables behind an exported one are hidden, and read. Words that are struck out, errors and formulas
    without a result are left out of their cells, and told.
    Raises ``Refused`` where the file is no workbook, ``WrongUsage`` without openpyxl.
    """
    parts = unpacked(data, name)
    sheets = list(_sheets(parts, name))
    shown = [each for each in sheets if each.is_shown or _is_behind(each)]
    if sheet is not None:
        shown = [_chosen(sheets, sheet, name)]
    for found in shown:
        yield from _rows(found, found.title if len(shown) > 1 else "")
    if len(shown) == 1 and (told := _name(shown[0])):
        yield Row(1, (), remarks=told)
    for found in sheets:
        if all(found is not each for each in shown):
            yield _hidden(found) if sheet is None else _left(found)
    if told := tuple(around.of_workbook(parts)):
        yield Row(1, (), remarks=told)


def _name(sheet: _Sheet) -> tuple[Remark, ...]:
    """Tell the name of the only sheet, where it has one that no cell says."""
    cells_there = (text for cells in sheet.texts.values() for text in cells.values())
    if _UNNAMED.fullmatch(sheet.title) or any(folded(sheet.title) in folded(text) for text in cells_there):
        return ()
    return (Remark(0, _("the name of the sheet is left out: '{text}'"), sheet.title, is_of_file=True),)


def _is_behind(sheet: _Sheet) -> bool:
    """True if a sheet is one of the tables that an export has behind the official one."""
    return begins(tuple(sheet.texts.get(1, {}).values()))


def pages(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet, each row with the name of its sheet; the rows of a hidden one are noted.

    Those of the tables behind an exported one are not: it is known what they say.
    """
    for sheet in _sheets(unpacked(data, name), name):
        note = "" if sheet.is_shown or _is_behind(sheet) else _("a hidden sheet")
        yield from (row._replace(note=note) for row in _rows(sheet, sheet.title))


def _sheets(parts: Mapping[str, bytes], name: str) -> Iterator[_Sheet]:
    book = opened("openpyxl", "load_workbook", parts, name, read_only=True, data_only=True, rich_text=True)
    styles, striking = cell_looks.of_book(book), around.striking(parts.get("xl/styles.xml", b""))
    for sheet in book.worksheets:
        with reading(name):
            xml = parts.get(sheet._worksheet_path.lstrip("/"), b"")  # noqa: SLF001 - it has no other name
            is_filtered = b"filterColumn " in xml or b"tableParts " in xml
            found = _read(sheet, styles, around.of_sheet(xml, striking), name, is_filtered=is_filtered)
        yield found


def _chosen(sheets: list[_Sheet], wanted: str, name: str) -> _Sheet:
    """Return the sheet of a name, else of a number; raises ``WrongUsage`` where there is none."""
    named = [each for each in sheets if folded(each.title) == folded(wanted)]
    number = int(wanted) if wanted.strip().isdecimal() else 0
    found = named or sheets[number - 1 : number] if number else named
    if not found:
        message = _("{file} has no sheet '{wanted}'").format(file=name, wanted=wanted)
        known = (f"{number} {each.title}" for number, each in enumerate(sheets, 1))
        raise WrongUsage(message, _("It has: {tables}.").format(tables="; ".join(known)))
    return found[0]


def _left(sheet: _Sheet) -> Row:
    """Tell that a sheet is left out, for another was chosen."""
    why = _("the sheet '{name}' is left out, for --sheet").format(name=sheet.title)
    return Row(1, (), sheet.title, remarks=(Remark(0, why, _all_words(sheet), is_of_file=True),))


def _all_words(sheet: _Sheet) -> str:
    said = (each.text for remarks in sheet.remarks.values() for each in remarks)
    return " | ".join((*_in_order(sheet.texts), *said))


def _in_order(texts: _Texts) -> Iterator[str]:
    """Yield the words of the cells, line by line."""
    return (text for _line, cells in sorted(texts.items()) for _place, text in sorted(cells.items()))


def _hidden(sheet: _Sheet) -> Row:
    """Tell all the words of a hidden sheet in one row without cells."""
    told = Remark(0, _("the sheet is hidden, and left out: '{text}'"), " | ".join(_in_order(sheet.texts)))
    others = tuple(remark for _line, remarks in sorted(sheet.remarks.items()) for remark in remarks)
    return Row(1, (), sheet.title, remarks=(told, *others))


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
        remarks, spans = tuple(sheet.remarks.get(line, ())), tuple(sheet.spans.get(line, ()))
        looks = tuple(sheet.looks.get(line, ()))
        row = Row(line, cells, title, note if is_hidden else "", remarks, looks, spans=spans)
        yield row._replace(is_hidden=is_hidden and line not in sheet.folded)
        before = line


def _read(sheet: Any, styles: Styles, printed: Iterable[Remark], name: str, *, is_filtered: bool) -> _Sheet:
    """Read a sheet, and what is to remark of it; ``printed`` is of its pages.

    Rows that are hidden where it ``is_filtered``, or grouped, are folded away and not meant to be left out.
    """
    remarks: _Remarks = {}
    looks: dict[int, list[Look]] = {}
    texts, parser = _texts(sheet, styles, name, remarks, looks)
    beyond = _not_printed(getattr(sheet, "_print_area", None), texts)
    for line, remark in (*beside.read_texts(sheet), *((1, each) for each in printed), *beyond):
        remarks.setdefault(line, []).append(remark)
    for place in _hidden_columns(parser, texts):
        line = min(line for line, cells in texts.items() if place in cells)
        why = _("the column is hidden in the workbook; it is read all the same")
        remarks.setdefault(line, []).append(Remark(place - 1, why))
    lines = {int(line): row for line, row in parser.row_dimensions.items() if _is_hidden(row, "ht")}
    grouped = frozenset(line for line, row in lines.items() if is_filtered or row.get("outlineLevel"))
    areas = parser.merged_cells.mergeCell if parser.merged_cells else ()
    is_shown, spans = sheet.sheet_state == "visible", _spans(areas, texts)
    return _Sheet(sheet.title, texts, frozenset(lines), remarks, is_shown, grouped, looks, spans)


def _not_printed(area: Any, texts: _Texts) -> Iterator[tuple[int, Remark]]:
    """Tell the first cell that stands outside of the area that is printed, where one is named."""
    printed = [each.bounds for each in area.ranges] if area and len(area.ranges) <= _MOST_AREAS else []
    for line, cells in sorted(texts.items()) if printed else ():
        for place in sorted(cells):
            if not any(left <= place <= right and top <= line <= end for left, top, right, end in printed):
                why = _("cells stand outside of what is printed, {text}; they are read all the same")
                yield line, Remark(place - 1, why, str(area).replace("$", "").rpartition("!")[2])
                return


def _hidden_columns(parser: Any, texts: _Texts) -> list[int]:
    """Find the columns from 1 that are hidden and have words."""
    hidden = [column for column in parser.column_dimensions.values() if _is_hidden(column, "width")]
    filled = sorted({place for cells in texts.values() for place in cells})
    return [
        place for place in filled if any(int(each["min"]) <= place <= int(each["max"]) for each in hidden)
    ]


def _is_hidden(line: Mapping[str, str], size: str) -> bool:
    """True for a row or column that is hidden, or of next to no height or width."""
    return line.get("hidden") in {"1", "true"} or float(line.get(size) or _SEEN[size]) < _SEEN[size]


def _texts(
    sheet: Any, styles: Styles, name: str, remarks: _Remarks, looks: dict[int, list[Look]]
) -> tuple[_Texts, Any]:
    """Read the filled cells of a sheet, by line and column; return its parser too.

    What does not count is left out and joins the remarks; words that stand out join the looks.
    Neither the cells without a word nor those that a merged one covers cost anything, however many they are.
    """
    from openpyxl.cell.read_only import ReadOnlyCell  # only a workbook pays for it

    texts: _Texts = {}
    characters = 0
    with sheet.parent._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - see _parser
        parser = _parser(source, sheet)
        for line, cells in parser.parse():
            found = {}
            for each in cells:
                if each["value"] is None:
                    continue
                place, cell = each["column"] - 1, ReadOnlyCell(sheet, **each)
                text, told = cell_words.words(cell, place, each["style_id"], styles)
                if told:
                    remarks.setdefault(line, []).append(told)
                if text:
                    found[each["column"]] = text
                if isinstance(each["value"], list):
                    looks.setdefault(line, []).extend(cell_words.looks(each["value"], place))
            if found:
                bounds.refuse_wide(max(found), Row(line, (), sheet.title), name, in_workbook=True)
                texts.setdefault(line, {}).update(found)
                characters += sum(map(len, found.values()))
            if len(texts) > bounds.ROWS or characters > bounds.CHARACTERS:
                raise bounds.too_large(name)
    _merge(texts, parser.merged_cells.mergeCell if parser.merged_cells else (), remarks, name)
    return texts, parser


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


def _merge(texts: _Texts, areas: Iterable[Any], remarks: _Remarks, name: str) -> None:
    """Repeat the text of each merged cell downward as far as there are rows; sideways it stands once.

    Words below it, which some programs keep, nobody sees: they are told.
    """
    last, left = max(texts, default=0), bounds.CELLS
    why = _("the cell lies below a merged one, and is left out: '{text}'")
    for area in areas:
        text = texts.get(area.min_row, {}).get(area.min_col, "")
        for line in range(area.min_row, min(area.max_row, last) + 1):
            cells = texts.get(line, {})
            for place in [place for place in cells if area.min_col <= place <= area.max_col]:
                below = cells.pop(place)
                if (line, place) != (area.min_row, area.min_col) and below != text:
                    remarks.setdefault(line, []).append(Remark(place - 1, why, below))
            if text:
                texts.setdefault(line, cells)[area.min_col] = text
            left -= 1 + len(cells)
            if left < 0:
                raise bounds.too_large(name)


def _spans(areas: Iterable[Any], texts: _Texts) -> _Spans:
    """Return the merged cells that lie over several columns, by line: each place, and how many columns."""
    spans: _Spans = {}
    for area in areas:
        if area.max_col > area.min_col and area.min_col in texts.get(area.min_row, {}):
            spans.setdefault(area.min_row, []).append((area.min_col - 1, area.max_col - area.min_col + 1))
    return spans
