"""One word over two columns, which are told by what stands below: 工作任务 over tasks and their numbers."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from chengguo.importing.columns import Columns, recognise
from chengguo.importing.rows import Row

_CHINESE = "[一二三四五六七八九十]{1,3}"
_UPPER, _LOWER = re.compile(f"{_CHINESE}、.+"), re.compile(rf"[(（]{_CHINESE}[)）].+")
_OF_WHAT = ("title", "content")
_READ = 200  # rows below a header


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Give each of two columns under a word that lies over both a word of its own; None without such."""
    made = tuple(
        _with_words(row, lines[at + 1 : at + 1 + _READ], known) if row.spans else row
        for at, row in enumerate(lines)
    )
    return made if made != lines else None


def _with_words(row: Row, following: Sequence[Row], known: Mapping[str, str]) -> Row:
    """Return the row with a word for each of its columns, where it is a header."""
    columns = recognise(row.cells, known)
    below = [*takewhile(lambda each: each.table == row.table, following)]
    for place, count in row.spans if columns else ():
        is_wide = count == 2 and place + 2 <= len(row.cells)  # noqa: PLR2004 - of two columns
        if columns and is_wide and columns.field(place) in _OF_WHAT:
            row = row._replace(cells=_told(row.cells, place, columns, below))
    return row


def _told(cells: tuple[str, ...], place: int, columns: Columns, below: Sequence[Row]) -> tuple[str, ...]:
    """Return the words of a header with those of two columns that the cells below tell."""
    word, other = cells[place : place + 2]
    pairs = (row.cells[place : place + 2] for row in below)
    filled = [pair for pair in pairs if len(pair) == 2 and all(pair)]  # noqa: PLR2004 - a row may be short
    left, right = map(list, zip(*filled, strict=True)) if filled else ([], [])
    if other or len(filled) < 2:  # noqa: PLR2004 - one alone tells nothing
        return cells
    if "number" not in columns and right == [str(number) for number in range(1, len(right) + 1)]:
        other = "序号"
    elif all(map(_UPPER.fullmatch, left)) and all(map(_LOWER.fullmatch, right)):
        word, other = "一级任务", word
    return (*cells[:place], word, other, *cells[place + 2 :])
