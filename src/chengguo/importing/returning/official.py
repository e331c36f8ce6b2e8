"""What an export of ours is without what is reckoned from the registry: the official table alone."""

from collections.abc import Collection

from chengguo.importing.headers import Headed
from chengguo.importing.returning import reckoned
from chengguo.importing.rows import Row


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
