"""Tables side by side in one sheet: to one below the other, each with the line that stands over it alone.

What stands in a row of one cell, as a section does, is over all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile

from chengguo.importing import row_kinds
from chengguo.importing.columns import recognise, words_above
from chengguo.importing.rows import Row
from chengguo.importing.shapes import captions as of_tables
from chengguo.language import _

_Blocks = tuple[tuple[int, int | None], ...]  # the places of each table: its first, and behind its last
_MOST = 4  # tables side by side


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with tables that stand side by side below one another; None where none do."""
    headers = {
        at: blocks
        for at, row in enumerate(lines)
        if (blocks := _blocks(row, known) or _unlike(row, lines[at + 1 :], known))
    }
    if not headers:
        return None
    begins = {at - _has_captions(lines, at, blocks): at for at, blocks in headers.items()}
    made = [*lines[: min(begins)]]
    for begin, end in pairwise((*begins, len(lines))):
        at = begins[begin]
        table = next([*those] for _name, those in groupby(lines[at:end], key=lambda row: row.table))
        is_whole = not any(any(row.cells[: headers[at][0][0]]) for row in table)
        made += (
            _below_one_another(lines[begin:at], table, headers[at])
            if is_whole
            else (*lines[begin:at], *table)
        )
        made += lines[at + len(table) : end]
    return tuple(made) if tuple(made) != lines else None


def _has_captions(lines: Sequence[Row], at: int, blocks: _Blocks) -> bool:
    """True if a row above a header has a headline over each of the tables: 东浦市任务 and 南浦市任务."""
    if not at or lines[at - 1].table != lines[at].table:
        return False
    parts = [[*filter(None, _block(lines[at - 1], *block).cells)] for block in blocks]
    return all(len(part) == 1 and row_kinds.is_headline(part[0]) for part in parts)


def _unlike(header: Row, below: Sequence[Row], known: Mapping[str, str]) -> _Blocks:
    """Return the places of tables with other words, which an empty column parts; none for another row."""
    filled = [bool(cell) for cell in header.cells]
    begins = [
        place for place, here in enumerate(filled) if here and not any(filled[max(0, place - 1) : place])
    ]
    if not 1 < len(begins) <= _MOST:
        return ()
    blocks = tuple(zip(begins, (*begins[1:], None), strict=True))
    if not all(recognise(_bare(header.cells[begin:end]), known) for begin, end in blocks):
        return ()
    gaps = {place for place, here in enumerate(filled) if not here and begins[0] < place < begins[-1]}
    of_table = takewhile(lambda row: row.table == header.table, below)
    are_gaps = not any(row.cells[place] for row in of_table for place in gaps if place < len(row.cells))
    return blocks if are_gaps else ()


def _blocks(header: Row, known: Mapping[str, str]) -> _Blocks:
    """Return the places of the tables of which a row has the words, each the same; none for another row."""
    filled = [place for place, cell in enumerate(header.cells) if cell]
    if len({header.cells[place] for place in filled}) * 2 > len(filled):
        return ()
    words = words_above(header.cells)
    for count in range(2, _MOST + 1):
        size, rest = divmod(len(filled), count)
        if rest or not size:
            continue
        begins = filled[::size]
        width = begins[1] - begins[0]
        blocks = [words[begin : begin + width] for begin in begins]
        are_alike = all(_bare(each) == _bare(blocks[0]) for each in blocks)
        are_apart = [after - before for before, after in pairwise(begins)] == [width] * (count - 1)
        if are_alike and are_apart and recognise(header.cells[begins[0] : begins[1]], known):
            return tuple(zip(begins, (*begins[1:], None), strict=True))
    return ()


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without the empty ones at their end: a gap parts the tables."""
    return words[: max((place for place, word in enumerate(words, 1) if word), default=0)]


def _below_one_another(captions: Sequence[Row], lines: Sequence[Row], blocks: _Blocks) -> Iterator[Row]:
    """Return the rows of tables side by side: those of the first below its header, then those of the next."""
    header, *below = lines
    words = "；".join(dict.fromkeys("、".join(filter(None, _block(header, *each).cells)) for each in blocks))
    why = _("{count} tables stand side by side; each is read below the one on its left: {words}")
    note = "；".join(filter(None, (header.note, why.format(count=len(blocks), words=words))))
    *over, first = _heads(captions, header, blocks[0])
    yield from (*over, first._replace(note=note))
    is_first = True
    for is_over_all, group in groupby(below, key=lambda row: _is_over_all(row, blocks)):
        those = [*group]
        if is_over_all:
            yield from those
            continue
        for block in blocks:
            yield from () if is_first else _heads(captions, header, block)
            parts = (_block(row, *block) for row in those)
            yield from (row for row in parts if any(row.cells) or row.remarks)
            is_first = False


def _heads(captions: Sequence[Row], header: Row, block: tuple[int, int | None]) -> list[Row]:
    """Return the header of one table, below the line that stands over it alone: the heading of a section."""
    over = [_block(row, *block)._replace(mark=of_tables.MARK) for row in captions]
    return [*over, _block(header, *block)._replace(note="")]


def _is_over_all(row: Row, blocks: _Blocks) -> bool:
    """True if the only cell of a row stands in the first table."""
    filled = [place for place, cell in enumerate(row.cells) if cell]
    return len(filled) == 1 and filled[0] < blocks[1][0]


def _block(row: Row, begin: int, end: int | None) -> Row:
    """Return a row with the cells of one table alone, and what is to be told of them."""
    told = tuple(each for each in row.remarks if begin <= each.place and (end is None or each.place < end))
    return row._replace(remarks=told).cut(begin, end)
