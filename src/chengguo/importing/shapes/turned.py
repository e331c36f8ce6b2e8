"""Tables on their side: what stands above columns elsewhere stands before lines, each column is a task."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from chengguo.importing.columns import Columns, named, recognise
from chengguo.importing.header_rows import ending_in, stacked
from chengguo.importing.rows import Row

MOST = 20  # lines that are looked at
_FEWEST = 3  # columns: the words, and two tasks
_CORNER = {"number": "序号", "title": "重点任务"}  # for an empty cell above the words and before the tasks


class _Block(NamedTuple):
    """Lines of a turned table, each with a word of the header; ``width`` columns hold such words."""

    words: tuple[str, ...]
    lines: tuple[Row, ...]
    width: int


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table that is turned, turned back; None where none is."""
    parts = list(_parts(lines))
    blocks = [_block(part, known) for part in parts]
    if not any(blocks):
        return None
    return tuple(
        row
        for part, block in zip(parts, blocks, strict=True)
        for row in (part if block is None else _turned_back(block))
    )


def are_meant(lines: Sequence[Row], columns: Columns, known: Mapping[str, str]) -> bool:
    """True if the words before lines name more fields than the first of them, which may be a header."""
    words = _first_words(lines)
    found = recognise(words, known) if len(words) > 1 else None
    return found is not None and len(found.places) > len(columns.places)


def _first_words(lines: Sequence[Row]) -> tuple[str, ...]:
    """Return what stands first in each of the lines that follow one another."""
    table = takewhile(lambda row: _is_line(row) and row.table == lines[0].table, lines[:MOST])
    return tuple(_word(row) for row in table)


def _parts(lines: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Part lines where one has a single cell, a table ends, or a word of the header comes again."""
    for (is_line, _table), group in groupby(lines, key=lambda row: (_is_line(row), row.table)):
        part: list[Row] = []
        for row in group:
            if is_line and part and _word(row) == _word(part[0]) != _word(part[-1]):
                yield tuple(part)
                part = []
            part.append(row)
        yield tuple(part)


def _is_line(row: Row) -> bool:
    return sum(map(bool, row.cells)) > 1


def _word(row: Row) -> str:
    return next(filter(None, row.cells))


def _block(lines: tuple[Row, ...], known: Mapping[str, str]) -> _Block | None:
    """Return the lines as a block where their first column, or the first two, are a header; else None."""
    first = min((place for row in lines for place, cell in enumerate(row.cells) if cell), default=0)
    columns = max(len(row.cells) for row in lines) - first
    if columns < _FEWEST:
        return None
    bare = tuple(row.cut(first) for row in lines)
    words, below = (tuple((*row.cells, "", "")[at] for row in bare) for at in (0, 1))  # short ones, too
    above = Row(0, words)
    for width, found in ((1, words), (2, stacked((above,), below, known))):
        with_corner = _with_corner(found, bare[0].cells[width:], known)
        is_header = recognise(with_corner, known) or (width > 1 and ending_in((above, Row(0, below)), known))
        if is_header and not _are_cards(bare, width, known):
            return _Block(with_corner, bare, width)
    return None


def _with_corner(words: tuple[str, ...], tasks: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    """Put the word that is meant into an empty corner: what stands beside it numbers or names the tasks."""
    if words[0]:
        return words
    are_numbers = all(cell.isdecimal() for cell in tasks if cell)
    has_title = "title" in named(words, known).values()
    return (_CORNER["number" if are_numbers else "title"] if are_numbers or not has_title else "", *words[1:])


def _are_cards(lines: tuple[Row, ...], width: int, known: Mapping[str, str]) -> bool:
    """True if a field that no line begins with is named among the tasks: label and text, twice in a line."""
    begun = {field for row in lines for field in named(row.cells[:width], known).values()}
    return any(begun < begun.union(named(row.cells[width:], known).values()) for row in lines)


def _turned_back(block: _Block) -> Iterator[Row]:
    """Return the header and a row of each column that has words; what is to be told stays with its cell."""
    first = block.lines[0]
    for column in range(block.width - 1, max(len(row.cells) for row in block.lines)):
        is_header = column < block.width
        cells = block.words if is_header else tuple(_cell(row, column) for row in block.lines)
        told = [
            each._replace(place=at)
            for at, row in enumerate(block.lines)
            for each in row.remarks
            if (each.place < block.width if is_header else each.place == column)
        ]
        looks = tuple(
            each._replace(place=at)
            for at, row in enumerate(block.lines)
            for each in row.looks
            if each.place == column
        )
        if any(cells) or told:
            note = "；".join(row.note for row in block.lines if row.note) if column == block.width else ""
            origins = tuple(row.at(column) for row in block.lines)
            yield Row(first.line, cells, first.table, note, tuple(told), looks, origins)


def _cell(row: Row, column: int) -> str:
    """Return the cell of a column, be it merged with others."""
    begin = next((place for place, count in row.spans if place <= column < place + count), column)
    return row.cells[begin] if begin < len(row.cells) else ""
