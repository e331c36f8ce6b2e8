"""Tables side by side in one sheet, with the same words above their columns: to one below the other.

What stands in a row of one cell, as a section does, is over all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from chengguo.importing.columns import recognise, words_above
from chengguo.importing.rows import Row
from chengguo.language import _

_Blocks = tuple[tuple[int, int | None], ...]  # the places of each table: its first, and behind its last
_MOST = 4  # tables side by side


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with tables that stand side by side below one another; None where none do."""
    headers = {at: blocks for at, row in enumerate(lines) if (blocks := _blocks(row, known))}
    if not headers:
        return None
    made = [*lines[: min(headers)]]
    for at, end in pairwise((*headers, len(lines))):
        table = next([*those] for _name, those in groupby(lines[at:end], key=lambda row: row.table))
        is_whole = not any(any(row.cells[: headers[at][0][0]]) for row in table)
        made += _below_one_another(table, headers[at]) if is_whole else table
        made += lines[at + len(table) : end]
    return tuple(made) if tuple(made) != lines else None


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


def _below_one_another(lines: Sequence[Row], blocks: _Blocks) -> Iterator[Row]:
    """Return the rows of tables side by side: those of the first, then those of the next."""
    header, *below = lines
    words = "、".join(filter(None, _block(header, *blocks[0]).cells))
    why = _("{count} tables stand side by side; each is read below the one on its left: {words}")
    note = why.format(count=len(blocks), words=words)
    yield _block(header, *blocks[0])._replace(note="；".join(filter(None, (header.note, note))))
    for is_over_all, group in groupby(below, key=lambda row: _is_over_all(row, blocks)):
        those = [*group]
        if is_over_all:
            yield from those
            continue
        yield from (_block(row, *blocks[0]) for row in those)
        for block in blocks[1:]:
            parts = (_block(row, *block) for row in those)
            yield from (row for row in parts if any(row.cells) or row.remarks)


def _is_over_all(row: Row, blocks: _Blocks) -> bool:
    """True if the only cell of a row stands in the first table."""
    filled = [place for place, cell in enumerate(row.cells) if cell]
    return len(filled) == 1 and filled[0] < blocks[1][0]


def _block(row: Row, begin: int, end: int | None) -> Row:
    """Return a row with the cells of one table alone, and what is to be told of them."""
    told = tuple(each for each in row.remarks if begin <= each.place and (end is None or each.place < end))
    return row._replace(remarks=told).cut(begin, end)
