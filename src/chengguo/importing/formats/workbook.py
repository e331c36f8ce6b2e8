"""Workbooks to rows, by openpyxl."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chengguo.importing import bounds
from chengguo.importing.formats import around, beside, cell_looks, cell_words, sheets
from chengguo.importing.formats.cell_looks import Styles
from chengguo.importing.formats.office import opened, reading, unpacked
from chengguo.importing.formats.sheets import Remarks, Sheet, Texts
from chengguo.importing.rows import NUMBER, Look, Remark, Row

_SEEN = {"ht": 2, "width": 0.3}  # points, characters: what is less cannot be seen


def read(data: bytes, name: str, sheet: str | None = None) -> Iterator[Row]:
    """Read every sheet that is shown; what a hidden one says is told, and so is what no cell shows.

    One that is named, or meant by its number from 1, is read alone.

    The tables behind an exported one are hidden, and read. Words that are struck out, errors and formulas
    without a result are left out of their cells, and told.
    Raises ``Refused`` where the file is no workbook, ``WrongUsage`` without openpyxl.
    """
    parts = unpacked(data, name)
    yield from sheets.read(list(_sheets(parts, name)), name, sheet)
    if told := tuple(around.of_workbook(parts)):
        yield Row(1, (), remarks=told)


def pages(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet, hidden or not, each row with the name of its sheet; raises as ``read`` does."""
    return sheets.pages(_sheets(unpacked(data, name), name))


def _sheets(parts: Mapping[str, bytes], name: str) -> Iterator[Sheet]:
    book = opened("openpyxl", "load_workbook", parts, name, read_only=True, data_only=True, rich_text=True)
    styles, striking = cell_looks.of_book(book), around.striking(parts.get("xl/styles.xml", b""))
    for sheet in book.worksheets:
        with reading(name):
            xml = parts.get(sheet._worksheet_path.lstrip("/"), b"")  # noqa: SLF001 - it has no other name
            is_filtered = b"filterColumn " in xml or b"tableParts " in xml
            found = _read(sheet, styles, around.of_sheet(xml, striking), name, is_filtered=is_filtered)
        yield found


def _read(sheet: Any, styles: Styles, printed: Iterable[Remark], name: str, *, is_filtered: bool) -> Sheet:
    """Read a sheet, and what is to remark of it; ``printed`` is of its pages.

    Rows that are hidden where it ``is_filtered``, or grouped, are folded away and not meant to be left out.
    """
    remarks: Remarks = {}
    looks: dict[int, list[Look]] = {}
    texts, parser = _texts(sheet, styles, name, remarks, looks)
    area = getattr(sheet, "_print_area", None)
    beyond = sheets.not_printed(
        list(area.ranges) if area else (), str(area).replace("$", "").rpartition("!")[2], texts
    )
    columns = (column for column in parser.column_dimensions.values() if _is_hidden(column, "width"))
    hidden = [range(int(each["min"]), int(each["max"]) + 1) for each in columns]
    beside_cells = (*beside.read_texts(sheet), *((1, each) for each in printed), *beyond)
    for line, remark in (*beside_cells, *sheets.hidden_columns(hidden, texts)):
        remarks.setdefault(line, []).append(remark)
    lines = {int(line): row for line, row in parser.row_dimensions.items() if _is_hidden(row, "ht")}
    grouped = frozenset(line for line, row in lines.items() if is_filtered or row.get("outlineLevel"))
    areas = parser.merged_cells.mergeCell if parser.merged_cells else ()
    is_shown, spans = sheet.sheet_state == "visible", sheets.spans(areas, texts)
    return Sheet(sheet.title, texts, frozenset(lines), remarks, is_shown, grouped, looks, spans)


def _is_hidden(line: Mapping[str, str], size: str) -> bool:
    """True for a row or column that is hidden, or of next to no height or width."""
    return line.get("hidden") in {"1", "true"} or float(line.get(size) or _SEEN[size]) < _SEEN[size]


def _texts(
    sheet: Any, styles: Styles, name: str, remarks: Remarks, looks: dict[int, list[Look]]
) -> tuple[Texts, Any]:
    """Read the filled cells of a sheet, by line and column; return its parser too.

    What does not count is left out and joins the remarks; words that stand out join the looks.
    Neither the cells without a word nor those that a merged one covers cost anything, however many they are.
    """
    from openpyxl.cell.read_only import ReadOnlyCell  # only a workbook pays for it

    texts: Texts = {}
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
                elif isinstance(each["value"], float):
                    looks.setdefault(line, []).append(Look(NUMBER, place, text))
            if found:
                bounds.refuse_wide(max(found), Row(line, (), sheet.title), name, in_workbook=True)
                texts.setdefault(line, {}).update(found)
                characters += sum(map(len, found.values()))
            if len(texts) > bounds.ROWS or characters > bounds.CHARACTERS:
                raise bounds.too_large(name)
    sheets.merge(texts, parser.merged_cells.mergeCell if parser.merged_cells else (), remarks, name)
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
