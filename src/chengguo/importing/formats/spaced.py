"""Text whose columns are set apart by spaces, as it is copied out of a PDF, to rows."""

import re

from chengguo.departments import bodies
from chengguo.importing.bounds import COLUMNS
from chengguo.importing.rows import Row
from chengguo.importing.shapes.labels import bullet
from chengguo.language import _
from chengguo.text.widths import Ruler

_CELL = re.compile(r"\S+(?:[ \u3000]\S+)*")  # a single space is the typesetter's
_FEWEST = 3  # columns that a table is known by
_LONGEST = 16  # characters of a word above a column
_RULER = Ruler(ambiguous=2)  # as Chinese is set
_NEAR = 2  # half-widths that a cell may stand off from the word above its column


def recognises(text: str, kind: str) -> bool:
    """True for plain text without tabs."""
    return kind == ".txt" and "\t" not in text


def read(text: str, _name: str) -> list[Row]:
    """Read the rows; a line a row of one cell where the text has no such table."""
    return _table(text) or [
        Row(line, (content.strip(),)) for line, content in enumerate(text.splitlines(), 1)
    ]


def _table(text: str) -> list[Row] | None:
    """Read the rows; None where the text has no such table. A line that is no full row goes by its places.

    Where those do not tell the columns, the line is one cell, and noted.
    """
    lines = [(line, _cells(content)) for line, content in enumerate(text.splitlines(), 1)]
    wide = [cells for _line, cells in lines if _FEWEST <= len(cells) <= COLUMNS]
    header = next((cells for cells in wide if _may_be_header([cell for _place, cell in cells])), None)
    if header is None or len(wide) < 2:  # noqa: PLR2004 - a header and a row
        return None
    begin = next(line for line, cells in lines if cells is header)
    places = [place for place, _cell in header]
    return [
        _row(line, cells, places) if line >= begin else Row(line, (" ".join(cell for _place, cell in cells),))
        for line, cells in lines
    ]


def _may_be_header(cells: list[str]) -> bool:
    """True for words above columns; names, and a line of a list, are none."""
    are_names = all(map(bodies.is_whole, cells))
    return not are_names and not bullet(cells[0])[0] and all(map(_may_be_word, cells))


def _may_be_word(cell: str) -> bool:
    return len(cell) <= _LONGEST and not re.search("[：:。；;]", cell)


def _cells(line: str) -> list[tuple[int, str]]:
    """Part a line at two spaces and more; each cell with its place in half-widths."""
    cells, place, before = [], 0, 0
    for found in _CELL.finditer(line):
        place += _RULER.width(line[before : found.start()])
        before = found.start()
        cells.append((place, found[0]))
    return cells


def _row(line: int, cells: list[tuple[int, str]], places: list[int]) -> Row:
    texts = tuple(cell for _place, cell in cells)
    if len(texts) <= 1 and not (cells and cells[0][0] >= places[1] - _NEAR):
        return Row(line, texts or ("",))
    if len(texts) == len(places):
        return Row(line, texts)
    columns = [_column(place, places) for place, _cell in cells]
    if None in columns or len(set(columns)) < len(columns):
        return Row(line, (" ".join(texts),), note=_("the spaces do not tell the columns of this line"))
    found = dict(zip(columns, texts, strict=True))
    return Row(line, tuple(found.get(column, "") for column in range(len(places))))


def _column(place: int, places: list[int]) -> int | None:
    """Return the column whose word stands where a cell does, None where none is near."""
    nearest = min(range(len(places)), key=lambda column: abs(places[column] - place))
    return nearest if abs(places[nearest] - place) <= _NEAR else None
