"""OpenDocument spreadsheets to rows, as LibreOffice and WPS save them: packed, or flat in one XML file."""

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from chengguo.errors import Refused
from chengguo.importing import bounds
from chengguo.importing.formats import around, attributes, others, sheets
from chengguo.importing.formats.office import reading, sound, unpacked
from chengguo.importing.formats.opendocument_styles import DRAW, OFFICE, STYLE, TABLE, TEXT, Styles
from chengguo.importing.formats.opendocument_words import PARAGRAPHS, Cell, Reader, controls, spoken
from chengguo.importing.formats.sheets import Area, Remarks, Sheet, Texts
from chengguo.importing.rows import NUMBER, Look, Remark, Row
from chengguo.importing.rows import place as named
from chengguo.language import _

_ROW, _COLUMN = TABLE + "table-row", TABLE + "table-column"
_CELL, _COVERED = TABLE + "table-cell", TABLE + "covered-table-cell"
_GROUP = TABLE + "table-row-group"
_WRAPPERS = frozenset(
    TABLE + name
    for name in (
        *("table-rows", "table-header-rows", "table-row-group"),
        *("table-columns", "table-header-columns", "table-column-group"),
    )
)
_BESIDE = frozenset({OFFICE + "forms", *(TABLE + name for name in ("shapes", "title", "desc"))})
_LEAST = 2  # points: what is lower or narrower cannot be seen
_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
_IN_LIST = "cell-content-is-in-list("
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_LONGEST = 1000  # characters of areas that are printed, as people choose them
_PRINTED = re.compile(
    r"(?:'(?:[^']|'')*'|[^\s'.]*)\.\$?([A-Z]{1,3})\$?([0-9]{1,7})"
    r"(?::(?:'(?:[^']|'')*'|[^\s'.]*)\.?\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
# What a head of pages shows that is no word of it: the name of the sheet, a day, the number of a page.
_NUMBERS = frozenset({TEXT + "page-number", TEXT + "page-count"})
_FIELDS = frozenset(TEXT + name for name in ("sheet-name", "file-name", "title", "date", "time"))


def read(data: bytes, name: str, sheet: str | None = None) -> Iterator[Row]:
    """Read every sheet that is shown, or that which is named, as ``sheets.read`` does.

    Raises ``Refused`` where the file is no spreadsheet, is locked or has tracked changes.
    """
    yield from sheets.read(list(_sheets(data, name)), name, sheet)


def pages(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet, hidden or not, each row with the name of its sheet; raises as ``read`` does."""
    return sheets.pages(_sheets(data, name))


def _sheets(data: bytes, name: str) -> Iterator[Sheet]:
    with reading(name):
        parts = _parts(data, name)
        roots = [fromstring(parts[each]) for each in ("content.xml", "styles.xml") if parts.get(each)]  # noqa: S314 - document types were refused
        book = next((each for root in roots for each in root.iter(OFFICE + "spreadsheet")), None)
        if book is None or book.find(TABLE + "table") is None:
            raise others.of_libreoffice(name)
        _refuse_changes(book, name)
        reader = Reader(Styles(roots), parts)
        heads = _heads(roots)
        rules = tuple(attributes.said(_prompts(book)))
        for number, table in enumerate(book.findall(TABLE + "table")):
            yield _Sheet(table, reader, name).read(heads, rules if number == 0 else ())


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a file, a flat one as one part; raises ``Refused`` for one that is locked."""
    if not data.startswith(b"PK") and others.is_flat(data):
        return {"content.xml": sound(data, name)}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _MANIFEST in archive.namelist():
            with archive.open(_MANIFEST) as manifest:
                if _ENCRYPTED in manifest.read(bounds.BYTES):
                    raise others.locked(name)
    return unpacked(data, name)


def _refuse_changes(book: Element, name: str) -> None:
    """Refuse a spreadsheet with tracked changes that nobody has accepted or rejected yet."""
    changes = book.find(TABLE + "tracked-changes")
    state = TABLE + "acceptance-state"
    if changes is not None and any(each.get(state, "pending") == "pending" for each in changes):
        message = _("{file} has tracked changes").format(file=name)
        raise Refused(message, _("Accept or reject them, and save."))


def _prompts(book: Element) -> Iterator[tuple[int, str]]:
    """Return the words by which cells prompt, and those that they offer to choose from."""
    for each in book.iter(TABLE + "content-validation"):
        choices = _QUOTED.findall(each.get(TABLE + "condition", "").partition(_IN_LIST)[2])
        yield from ((attributes.CHOICE, word.replace('""', '"')) for word in choices)
        for message in each:
            yield attributes.PROMPT, message.get(TABLE + "title", "")
            yield attributes.PROMPT, spoken(message)


def _heads(roots: Sequence[Element]) -> Mapping[str, tuple[Remark, ...]]:
    """Return what to tell of the heads and feet of printed pages, by the names of their styles."""
    why = {
        "header": _("the head of the printed pages is left out: '{text}'"),
        "footer": _("the foot of the printed pages is left out: '{text}'"),
    }
    found: dict[str, tuple[Remark, ...]] = {}
    for page in (each for root in roots for each in root.iter(STYLE + "master-page")):
        told: list[Remark] = []
        for kind, said in why.items():
            ends = [each for each in page if each.tag.startswith(STYLE + kind)]
            shown = (each for each in ends if each.get(STYLE + "display") != "false")
            told += around.once(said, map(_head, shown))
        found[page.get(STYLE + "name", "")] = tuple(told)
    return found


def _head(part: Element) -> str:
    for each in part.iter():
        if each.tag in _FIELDS:
            each.text = ""
        elif each.tag in _NUMBERS:
            each.text = "1"
    return " ".join(spoken(part).split())


class _Columns:
    """The columns of a sheet: which are hidden, and the style of the cells of each that have none."""

    def __init__(self, table: Element, styles: Styles) -> None:
        self.ends: list[int] = []
        self.styles: list[str] = []
        self.hidden: list[range] = []
        last = 0
        for column, _is_grouped in _inside(table, _COLUMN):
            first, last = last + 1, last + _count(column, "number-columns-repeated")
            if first > bounds.COLUMNS:
                break
            self.ends.append(last)
            self.styles.append(column.get(TABLE + "default-cell-style-name", ""))
            if _is_hidden(column, styles, "column-width"):
                self.hidden.append(range(first, last + 1))

    def style(self, place: int) -> str:
        """Return the style of the cells of a column from 1."""
        at = bisect_left(self.ends, place)
        return self.styles[at] if at < len(self.styles) else ""


class _Filled(NamedTuple):
    """A cell that says something: its column from 1, in how many columns it stands, and what it says."""

    place: int
    columns: int
    cell: Cell


class _Sheet:
    """Reads a sheet row by row."""

    def __init__(self, table: Element, reader: Reader, name: str) -> None:
        self.table = table
        self.reader = reader
        self.name = name
        self.columns = _Columns(table, reader.styles)
        self.controls = controls(table)
        self.texts: Texts = {}
        self.remarks: Remarks = {}
        self.looks: dict[int, list[Look]] = {}
        self.hidden: set[int] = set()
        self.folded: set[int] = set()
        self.areas: list[Area] = []
        self.struck: list[tuple[int, int]] = []  # lines and columns of cells that a rule may strike out
        self.cells = self.characters = self.lines = 0

    @property
    def title(self) -> str:
        """The name of the sheet."""
        return self.table.get(TABLE + "name", "")

    def read(self, heads: Mapping[str, tuple[Remark, ...]], rules: Sequence[Remark]) -> Sheet:
        """Read it; ``heads`` are of its pages by their style, ``rules`` what the file says of its cells."""
        styles, style = self.reader.styles, self.table.get(TABLE + "style-name", "")
        line = 1
        for row, is_grouped in _inside(self.table, _ROW):
            self.row(row, line, is_grouped=is_grouped)
            line += _count(row, "number-rows-repeated")
        sheets.merge(self.texts, self.areas, self.remarks, self.name)
        around_cells = (*heads.get(styles.setting("table", style, STYLE + "master-page-name"), ()), *rules)
        for at, told in (*((1, each) for each in (*self.drawn(), *around_cells)), *self.not_seen()):
            self.remarks.setdefault(at, []).append(told)
        return Sheet(
            self.title,
            self.texts,
            self.hidden,
            self.remarks,
            styles.setting("table", style, TABLE + "display") != "false",
            self.folded,
            self.looks,
            sheets.spans(self.areas, self.texts),
        )

    def row(self, row: Element, line: int, *, is_grouped: bool) -> None:
        """Read a row, as often as it stands there."""
        times = _count(row, "number-rows-repeated")
        style = row.get(TABLE + "default-cell-style-name", "")
        filled: list[_Filled] = []
        place = 1
        for cell in row:
            if cell.tag not in {_CELL, _COVERED}:
                _refuse_words(cell)
                continue
            if not cell.attrib and len(cell) == 0:
                place += 1
                continue
            count = _count(cell, "number-columns-repeated")
            if len(cell) or OFFICE + "value-type" in cell.attrib or TABLE + "formula" in cell.attrib:
                self.cell(cell, style, line, _Filled(place, count, Cell()), filled)
            self.span(cell, line, place)
            place += count
        if not filled:
            return
        self.count(filled, times)
        lines = range(line, line + times)
        for at in lines:
            self.put(at, filled)
        if _is_hidden(row, self.reader.styles, "row-height"):
            self.hidden.update(lines)
            self.folded.update(lines if is_grouped or row.get(TABLE + "visibility") == "filter" else ())

    def cell(self, cell: Element, of_row: str, line: int, at: _Filled, filled: list[_Filled]) -> None:
        """Read a cell, and add it to those of its row that say something."""
        style = cell.get(TABLE + "style-name") or of_row or self.columns.style(at.place)
        found = self.reader.cell(cell, style)
        if "." in cell.get(OFFICE + "value", ""):
            found = found._replace(looks=(*found.looks, Look(NUMBER, 0, found.text)))
        told = [*found.told, *self.controlled(cell)]
        if found.text or told:
            if at.place + at.columns - 1 > bounds.COLUMNS and (found.text or at.columns > 1):
                row = Row(line, (), self.title)
                bounds.refuse_wide(at.place + at.columns - 1, row, self.name, in_workbook=True)
            filled.append(at._replace(cell=found._replace(told=tuple(told))))
        if found.text and self.reader.styles.of_cell(style).may_be_struck:
            self.struck.append((line, at.place))

    def span(self, cell: Element, line: int, place: int) -> None:
        """Note a merged cell."""
        columns, rows = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if columns > 1 or rows > 1:
            columns = min(columns, bounds.COLUMNS)
            self.areas.append(Area(place, line, place + columns - 1, line + rows - 1))

    def count(self, filled: Sequence[_Filled], times: int) -> None:
        """Count a row as often as it is repeated; raises ``Refused`` beyond what a table may have."""
        self.lines += times
        self.cells += times * sum(each.columns for each in filled)
        words = ((one.cell.text, *(each.text for each in one.cell.told)) for one in filled)
        self.characters += times * sum(len(text) for texts in words for text in texts)
        if self.lines > bounds.ROWS or self.cells > bounds.CELLS or self.characters > bounds.CHARACTERS:
            raise bounds.too_large(self.name)

    def put(self, line: int, filled: Sequence[_Filled]) -> None:
        """Put the cells of a row where they stand."""
        for first, columns, cell in filled:
            for place in range(first, first + columns):
                if cell.text:
                    self.texts.setdefault(line, {})[place] = cell.text
                if cell.told:
                    told = (each._replace(place=place - 1) for each in cell.told)
                    self.remarks.setdefault(line, []).extend(told)
                if cell.looks:
                    looks = (each._replace(place=place - 1) for each in cell.looks)
                    self.looks.setdefault(line, []).extend(looks)

    def drawn(self) -> Iterator[Remark]:
        """Return what to tell of what is drawn on the sheet at no cell, and of the sheet itself."""
        for shape in self.table.iterfind(f"{TABLE}shapes/*"):
            if not shape.tag.startswith(DRAW):
                _refuse_words(shape)
            yield from self.reader.shapes(shape)
        yield from self.controlled(self.table.find(TABLE + "shapes"))
        said = (self.table.findtext(TABLE + name, "") for name in ("title", "desc"))
        yield from attributes.said((attributes.ABOUT, text) for text in said)

    def controlled(self, element: Element | None) -> Iterator[Remark]:
        """Return what the controls of forms say that lie over a cell, or on the sheet."""
        why = _("a control lies over the cell, and is left out: '{text}'")
        for each in () if element is None else element.iter(DRAW + "control"):
            if text := self.controls.get(each.get(DRAW + "control", "")):
                yield Remark(0, why, text)

    def not_seen(self) -> Iterator[tuple[int, Remark]]:
        """Return what to tell of cells that are not printed, are in hidden columns or may be struck out."""
        said = self.table.get(TABLE + "print-ranges", "")
        said = said if len(said) < _LONGEST else ""
        printed = [_area(*found.groups()) for found in _PRINTED.finditer(said)]
        yield from sheets.not_printed(printed, ",".join(map(_named, printed)), self.texts)
        yield from sheets.hidden_columns(self.columns.hidden, self.texts)
        if self.struck:
            lines, places = zip(*self.struck, strict=True)
            why = _("a rule may strike words out in {text}; they are read all the same")
            area = _named(Area(min(places), min(lines), max(places), max(lines)))
            yield 1, Remark(0, why, area, is_of_file=True)


def _inside(table: Element, tag: str, *, is_grouped: bool = False) -> Iterator[tuple[Element, bool]]:
    """Return the rows or columns of a sheet in order, and whether they are in a group that can be folded."""
    for each in table:
        if each.tag == tag:
            yield each, is_grouped
        elif each.tag in _WRAPPERS:
            yield from _inside(each, tag, is_grouped=is_grouped or each.tag == _GROUP)
        elif tag == _ROW and each.tag not in _BESIDE:
            _refuse_words(each)


def _refuse_words(element: Element) -> None:
    """Refuse words where no program writes them: they would be lost."""
    if element.tag in PARAGRAPHS or spoken(element):
        raise ValueError("words stand outside of the cells")


def _count(element: Element, name: str) -> int:
    """Return how often an element stands there, or over how many rows or columns."""
    return max(1, int(element.get(TABLE + name) or 1))


def _is_hidden(line: Element, styles: Styles, size: str) -> bool:
    """True for a row or column that is hidden, or of next to no height or width."""
    if line.get(TABLE + "visibility") in {"collapse", "filter"}:
        return True
    family = line.tag.removeprefix(TABLE)
    return styles.is_thin(family, line.get(TABLE + "style-name", ""), STYLE + size, _LEAST)


def _area(column: str, line: str, last_column: str | None, last_line: str | None) -> Area:
    return Area(_number(column), int(line), _number(last_column or column), int(last_line or line))


def _number(letters: str) -> int:
    """Return the number of a column from 1 that is named by letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _named(area: Area) -> str:
    """Name an area as a workbook does: A1:D10."""
    first = named(area.min_row, area.min_col, in_workbook=True)
    last = named(area.max_row, area.max_col, in_workbook=True)
    return first if first == last else f"{first}:{last}"
