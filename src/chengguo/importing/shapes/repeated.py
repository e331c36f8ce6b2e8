"""Rows that say one thing in each of their cells, as a merged one may be written: to one cell of it."""

from collections.abc import Mapping

from chengguo.importing.row_kinds import SECTION_NUMBER
from chengguo.importing.rows import Row
from chengguo.schedules.plain import is_ditto

_REPEATED = 3  # cells that say the same: in fewer it may stand by chance


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with what stands in each cell of one once; None where none is so."""
    made = tuple(map(_as_one, lines))
    return made if made != lines else None


def _as_one(row: Row) -> Row:
    """Return a row that says the same in each of its cells as the merged one that it was: once.

    A number may stand before: 一 | 组织领导 | 组织领导 | 组织领导. What is the same as above is no such row.
    """
    begin = 1 if SECTION_NUMBER.fullmatch(row.cells[0] if row.cells else "") else 0
    cells_here = row.cells[begin:]
    said = set(cells_here) - {""}
    text = next(iter(said), "")
    is_so = len(said) == 1 and cells_here.count(text) >= _REPEATED and len(text) > 1
    if not is_so or is_ditto(text) or not any(map(str.isalpha, text)):
        return row
    return row._replace(cells=(*row.cells[:begin], text, *[""] * (len(cells_here) - 1)))
