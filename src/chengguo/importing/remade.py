"""Tables of other shapes, to rows under a header: a matrix of ticks, cells that stand a line each, cards."""

from collections.abc import Iterator, Mapping, Sequence

from chengguo.departments import bodies
from chengguo.importing import cards
from chengguo.importing.columns import named, recognise
from chengguo.importing.rows import Row
from chengguo.text.widths import folded

_TICKS = frozenset("√✓✔☑●★■◆▲○△☆")
_HEADERS = {"lead": "责任单位", "support": "配合单位"}
# What stands in a matrix below a department, by what it says of it.
_SAID = {
    **dict.fromkeys(("牵头", "主办", "负责", "主责", "牵头单位", "责任单位", "主"), "lead"),
    **dict.fromkeys(("配合", "协办", "参与", "协助", "配合单位", "协办单位", "协"), "support"),
}
_FEWEST = 3  # words above columns that stand a line each


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table that has no header of the usual kind; None where it is of no known shape."""
    return _matrix(lines, known) or _stacked(lines, known) or cards.rows(lines, known)


def _matrix(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read a table that has a column for each department, and in it a tick for what is its work.

    Two kinds of ticks say two things, which only a legend tells: such a table is none of these.
    """
    found = next(((at, row) for at, row in enumerate(lines) if _is_above_ticks(row, known)), None)
    if found is None:
        return None
    at, header = found
    places = _departments(header)
    marks = {row.cells[place] for row in lines[at + 1 :] for place in places if place < len(row.cells)} - {""}
    if not marks or not (marks <= set(_SAID) or (len(marks) == 1 and marks <= _TICKS)):
        return None
    cells = (*_without(header.cells, places), *_HEADERS.values())
    below = (_ticked(row, header.cells, places) for row in lines[at + 1 :])
    return (*lines[:at], header._replace(cells=cells), *below)


def _is_above_ticks(header: Row, known: Mapping[str, str]) -> bool:
    """True for a row that names tasks and several departments, and nobody who is responsible."""
    fields = named(header.cells, known).values()
    return "title" in fields and "lead" not in fields and len(_departments(header)) > 1


def _departments(header: Row) -> list[int]:
    return [place for place, cell in enumerate(header.cells) if cell and bodies.is_whole(cell)]


def _without(cells: tuple[str, ...], places: list[int]) -> tuple[str, ...]:
    return tuple("" if place in places else cell for place, cell in enumerate(cells))


def _ticked(row: Row, header: tuple[str, ...], places: list[int]) -> Row:
    """Put the departments that are ticked in a row behind it: those that lead, and those that support."""
    if len(row.cells) != len(header) or len([cell for cell in row.cells if cell]) <= 1:
        return row
    names = {
        role: "、".join(
            header[place]
            for place in places
            if row.cells[place] and _SAID.get(row.cells[place], "lead") == role
        )
        for role in _HEADERS
    }
    return row._replace(cells=(*_without(row.cells, places), *names.values()))


def _stacked(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read a table whose cells stand a line each: the words above columns, then as many for each row."""
    filled = [(row, cell) for row in lines for cell in row.cells if cell]
    if any(len([cell for cell in row.cells if cell]) > 1 for row in lines):
        return None
    words = [bool(named((cell,), known)) for _row, cell in filled]
    begin = words.index(True) if True in words else len(words)
    width = next((place for place, word in enumerate(words[begin:]) if not word), 0)
    body = filled[begin + width :]
    header = filled[begin : begin + width]
    is_whole = width >= _FEWEST and bool(body) and len(body) % width == 0
    if not is_whole or recognise(tuple(cell for _row, cell in header), known) is None:
        return None
    groups = [body[at : at + width] for at in range(0, len(body), width)]
    is_counted = named((header[0][1],), known).get(folded(header[0][1])) == "number"
    if is_counted and not all(folded(group[0][1]).isdecimal() for group in groups):
        return None
    return (*(row for row, _cell in filled[:begin]), *_joined([header, *groups]))


def _joined(groups: list[list[tuple[Row, str]]]) -> Iterator[Row]:
    for group in groups:
        yield group[0][0]._replace(cells=tuple(cell for _row, cell in group))
