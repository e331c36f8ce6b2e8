"""Where the headers of a table are: rows of words that name columns, in one row or in several."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from chengguo.importing import header_rows, unnamed
from chengguo.importing.columns import Columns
from chengguo.importing.rows import Row
from chengguo.importing.shapes import turned


class Headed(NamedTuple):
    """Rows with headers among them: the columns of each by its place, of rows that are one the lowest.

    ``halves`` are the places of rows that are one header with a row below them. ``known`` are the words
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
    told = unnamed.fields(rows, headers, known) | unnamed.helpers(rows, headers, known)
    if told:
        known = {**known, **told}
        headers = find(rows, known, told)
    return Headed(rows, headers, _upper_rows(headers), known, told) if headers else None


def find(rows: tuple[Row, ...], known: Mapping[str, str], told: Collection[str] = ()) -> dict[int, Columns]:
    """Find the rows that are headers, by their place; of several rows that are one, the lowest.

    ``told`` are the words that are known only by the cells below them.
    """
    found: dict[int, Columns] = {}
    for place in range(len(rows)):
        until = rows[max(0, place + 1 - header_rows.MOST) : place + 1]
        columns = header_rows.ending_in(until, known, found.get(place - 1))
        if columns is None or turned.are_meant(rows[place : place + turned.MOST], columns, known):
            continue
        for upper in range(place + 1 - columns.height, place):
            found.pop(upper, None)  # 责任分工, over 牵头单位 and 配合单位
        found[place] = columns
    return {place: columns.guessing(told) for place, columns in found.items()} if told else found


def _upper_rows(headers: Mapping[int, Columns]) -> frozenset[int]:
    """Return the places of the rows that are one header with a row below them."""
    return frozenset(
        place - above for place, columns in headers.items() for above in range(1, columns.height)
    )
