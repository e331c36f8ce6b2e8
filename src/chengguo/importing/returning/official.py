"""What an export of ours is without what is reckoned from the registry: the official table alone."""

import re
from collections.abc import Collection, Iterable

from chengguo.importing.headers import Headed
from chengguo.importing.returning import reckoned
from chengguo.importing.returning.appendix import MAIN
from chengguo.importing.rows import Row
from chengguo.language import listed, plural

_ADDRESS = re.compile(r"[1-9]\d*\.[1-9]\d*")
_SHOWN = 10  # numbers that are others


def titles(table: Headed) -> list[str]:
    """Return the titles of an export as they are: they stand above the line that says its day. Else none."""
    if not _computed(table):
        return []
    texts = ["".join(row.cells).strip() for row in table.rows[: table.begin]]
    day = next((place for place, text in enumerate(texts) if reckoned.is_as_of(text)), 0)
    return [text for text in texts[:day] if text]


def without_reckoned(table: Headed) -> Headed:
    """Empty the cells of an export that are reckoned, and its line that says the day; else all stays."""
    computed, begin = _computed(table), table.begin
    if not computed:
        return table
    rows = (
        *(row._replace(cells=tuple(map(_without_day, row.cells))) for row in table.rows[:begin]),
        *(
            row if place in table.headers else _emptied(_without_note(row), computed)
            for place, row in enumerate(table.rows[begin:], begin)
        ),
    )
    return table._replace(rows=rows)


def addresses(table: Headed) -> list[str]:
    """Return the addresses of items that an export says, in order; nothing of another table."""
    places = {
        at: reckoned.of_export(columns.printed, MAIN).get("address") for at, columns in table.headers.items()
    }
    found, place = [], None
    for at, row in enumerate(table.rows):
        place = places.get(at, place)
        if place is not None and place < len(row.cells) and _ADDRESS.fullmatch(row.cells[place]):
            found.append(row.cells[place])
    return found


def renumbered(printed: Iterable[str], made: Iterable[str]) -> list[str]:
    """Say which numbers of tasks or items are others than those that are printed: 3.3→3.2."""
    pairs = zip(printed, made, strict=True)
    moved = list(dict.fromkeys(f"{there}→{here}" for there, here in pairs if there != here))
    if not moved:
        return []
    told = plural(
        "{count} number of the table is another here, which reports go by: {pairs}",
        "{count} numbers of the table are others here, which reports go by: {pairs}",
        len(moved),
        pairs=listed(moved[:_SHOWN]) + " …" * (len(moved) > _SHOWN),
    )
    return [told]


def _computed(table: Headed) -> set[int]:
    return {place for columns in table.headers.values() for place in columns.computed}


def _without_day(cell: str) -> str:
    return "" if reckoned.is_as_of(cell) else cell


def _without_note(row: Row) -> Row:
    """Return a row without the line that says what an export is without, where nothing else stands in it."""
    texts = [cell for cell in row.cells if cell.strip()]
    return row._replace(cells=tuple(map(_without_day, row.cells))) if len(texts) == 1 else row


def _emptied(row: Row, places: Collection[int]) -> Row:
    return row._replace(cells=tuple("" if at in places else cell for at, cell in enumerate(row.cells)))
