"""The rows of an export, parted into those of the official table and of the tables behind it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from chengguo.importing.returning import reckoned
from chengguo.importing.returning.appendix import (
    ABOUT_FORM,
    HEADINGS,
    MAIN,
    SAID_SPELT,
    SHOWN,
    SPELT,
    Rows,
    table_of,
    trimmed,
)
from chengguo.model.status import status_from
from chengguo.registry.fields import ITEM
from chengguo.registry.item_records import PROGRESS

_STATUSES = frozenset({ITEM["status"].heading, PROGRESS["status"].heading})


class Changed(NamedTuple):
    """What somebody wrote over a reckoned cell of the official table: where in the file, of which item.

    ``name`` is that of the column, ``column`` counts from 1.
    """

    row: int
    column: int
    address: str
    name: str
    text: str


class OfficialRow(NamedTuple):
    """A row of the official table: its place in the file, its official cells, and those behind them.

    ``beside`` holds what stands under headings that are neither official nor reckoned; ``reckoned`` the
    cells of the reckoned columns, by their names.
    """

    place: int
    main: tuple[str, ...]
    beside: dict[str, str]
    reckoned: dict[str, str]

    @property
    def address(self) -> str:
        """The address that it says it has (编号), if it is one of its task."""
        address = self.reckoned.get("address", "")
        return address if task_of(address) == self.main[0] else ""


class Read(NamedTuple):
    """The rows of the official table and of those behind it, by their names, as a file has them.

    Rows of the official table stand in the order of the items; those of a task that has none come last.
    """

    official: tuple[OfficialRow, ...]
    tables: dict[str, Rows]
    columns: dict[str, int]  # the place of each reckoned column, from 0
    has_official: bool = True  # whether the headings of the official table stand as they were exported

    @property
    def plan(self) -> dict[str, str]:
        """What the first table says of the plan."""
        return {row[0]: row[1] for row in self.tables["方案"]}


def read_export(rows: Iterable[tuple[str, ...]]) -> Read | None:
    """Part the rows of a file by the headings above them; None where no export of this form wrote it.

    Rows of fewer than two cells are headings of sections, which the tables behind repeat.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    official: list[tuple[int, tuple[str, ...]]] = []
    current: str | None = None
    header: tuple[str, ...] = ()  # of the table in hand
    headings: tuple[str, ...] = ()  # of the official one
    for number, cells in enumerate(rows):
        filled = trimmed(cells)
        if filled[: len(MAIN)] == MAIN:
            current, headings = "", filled
        elif name := table_of(filled):
            current, header = name, filled
            found.setdefault(current, [])
        elif current and len(cells) >= len(header):
            under = dict(zip(header, cells, strict=False))
            found[current].append(tuple(under.get(heading, "") for heading in HEADINGS[current]))
        # A paragraph of a document is one cell, a section's heading one that is filled.
        elif current == "" and len(cells) >= len(MAIN) and sum(map(bool, filled)) > 1:
            official.append((number, cells))
    if ABOUT_FORM not in found.get("方案", ()) or "分项" not in found:
        return None
    spelt = SAID_SPELT in found["方案"]
    behind = {
        name: tuple(_meant(HEADINGS[name], row, spelt=spelt) for row in among)
        for name, among in found.items()
    }
    columns = reckoned.places(headings, [row[0] for row in behind.get("栏目", ())])
    parted = (_official(place, cells, headings, columns, spelt=spelt) for place, cells in official)
    return Read(_sorted_back(parted, behind["分项"]), behind, columns, bool(headings))


def _official(
    place: int, cells: tuple[str, ...], headings: tuple[str, ...], columns: dict[str, int], *, spelt: bool
) -> OfficialRow:
    """Part a row of the official table; of two cells under one heading the last counts."""
    meant = tuple(_unspelt(cell, spelt=spelt) for cell in cells)
    further = list(enumerate(zip(headings, meant, strict=False)))[len(MAIN) :]
    return OfficialRow(
        place,
        meant[: len(MAIN)],
        {heading: cell for at, (heading, cell) in further if heading and at not in columns.values()},
        {name: meant[at] for name, at in columns.items() if at < len(meant)},
    )


def _sorted_back(
    official: Iterable[OfficialRow], items: Sequence[tuple[str, ...]]
) -> tuple[OfficialRow, ...]:
    """Return the rows of the official table in the order of the items, whatever somebody sorted them by.

    A row without an address stands with the last item of its task.
    """
    places = {item[0]: place for place, item in enumerate(items)}
    tasks = {task_of(address): place for address, place in places.items()}
    return tuple(
        sorted(official, key=lambda row: places.get(row.address, tasks.get(row.main[0], len(items))))
    )


def task_of(address: str) -> str:
    """Return the number of the task of an item, which stands before its row in the official table."""
    return address.partition(".")[0]


def changed(given: Read, addresses: dict[int, str]) -> Iterator[Changed]:
    """Return the statuses and last reports that are no longer those that were shown.

    ``addresses`` tells the item of each row, by its place in the file.
    """
    shown = {item[0]: dict(zip(SHOWN, item[-len(SHOWN) :], strict=True)) for item in given.tables["分项"]}
    for row in given.official:
        address = addresses.get(row.place, "")
        for name, was in shown.get(address, {}).items():
            text = row.reckoned.get(name, "")
            if text and _bare(text) != _bare(was):
                yield Changed(row.place, given.columns[name] + 1, address, name, text)


def _bare(text: str) -> str:
    return "".join(text.split())


def _meant(headings: tuple[str, ...], row: tuple[str, ...], *, spelt: bool) -> tuple[str, ...]:
    """Return a row as the registry has it: statuses in its own words, unseen characters as themselves."""
    cells = [
        (heading in _STATUSES and status_from(cell)) or cell
        for heading, cell in zip(headings, row, strict=True)
    ]
    return tuple(_unspelt(cell, spelt=spelt) for cell in cells)


def _unspelt(cell: str, *, spelt: bool) -> str:
    return SPELT.sub(_character, cell) if spelt else cell


def _character(spelt: re.Match[str]) -> str:
    return spelt[0].encode("ascii").decode("unicode_escape")
