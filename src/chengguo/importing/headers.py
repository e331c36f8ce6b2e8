"""Where the headers of a table are: rows of words that name columns, in one row or in two."""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import NamedTuple

from chengguo.importing import unnamed
from chengguo.importing.columns import Columns, recognise, recognise_two, stacked
from chengguo.importing.rows import Row
from chengguo.importing.shapes import turned

_SAME = 2  # words that stand in both rows of a header


class Headed(NamedTuple):
    """Rows with headers among them: the columns of each by its place, of two rows that are one the lower.

    ``halves`` are the places of rows that are one header with the row below them. ``known`` are the words
    that name fields, ``told`` those of them that only the cells below them tell.
    """

    rows: tuple[Row, ...]
    headers: dict[int, Columns]
    halves: frozenset[int]
    known: Mapping[str, str]
    told: Collection[str] = ()

    @property
    def begin(self) -> int:
        """The place of the first header."""
        return min(self.headers)

    @property
    def above(self) -> tuple[Row, ...]:
        """The rows above the first header."""
        return self.rows[: min({self.begin, *self.halves})]

    def changed(self, rows: tuple[Row, ...]) -> "Headed":
        """Return the table with other words in its rows, of which as many are headers as before."""
        return self._replace(rows=rows, headers=find(rows, self.known, self.told))


def headed(rows: tuple[Row, ...], known: Mapping[str, str]) -> Headed | None:
    """Find the headers among rows, by words that are known or that only the cells below them tell."""
    headers = find(rows, known)
    told = unnamed.fields(rows, headers, known)
    if told:
        known = {**known, **told}
        headers = find(rows, known, told)
    return Headed(rows, headers, _upper_halves(rows, headers, known), known, told) if headers else None


def find(rows: tuple[Row, ...], known: Mapping[str, str], told: Collection[str] = ()) -> dict[int, Columns]:
    """Find the rows that are headers, by their place; of two rows that are one, the lower.

    ``told`` are the words that are known only by the cells below them.
    """
    found: dict[int, Columns] = {}
    for place, (above, row) in enumerate(pairwise((Row(0, ()), *rows))):
        columns = recognise(row.cells, known) or recognise_two(above, row.cells, known)
        upper = found.get(place - 1)
        is_lower = upper is not None and _are_halves(above, row, upper)
        if is_lower:
            columns = recognise(stacked(above, row.cells, known), known) or columns or upper
        if columns is None or turned.are_meant(rows[place : place + turned.MOST], columns, known):
            continue
        if place - 1 in found and (is_lower or not recognise(row.cells, known)):
            del found[place - 1]  # 责任分工, over 牵头单位 and 配合单位
        found[place] = columns
    return {place: columns.guessing(told) for place, columns in found.items()} if told else found


def _upper_halves(
    rows: tuple[Row, ...], headers: Mapping[int, Columns], known: Mapping[str, str]
) -> frozenset[int]:
    """Return the places of the rows that are one header with the row below them."""
    return frozenset(
        place - 1
        for place, columns in headers.items()
        if place and place - 1 not in headers
        if (own := recognise(rows[place].cells, known)) is None
        or own.words != columns.words
        or _are_halves(rows[place - 1], rows[place], columns)
    )


def _are_halves(above: Row, row: Row, columns: Columns) -> bool:
    """True if words of a header stand at their places in the row below it too, as merged cells have it."""
    cells_of_both = enumerate(zip(above.cells, row.cells, strict=False))
    same = [place for place, (high, low) in cells_of_both if high and high == low]
    is_near = above.table == row.table and above.cells != row.cells and not row.origins
    return is_near and len(same) >= _SAME and not columns.taken.isdisjoint(same)
