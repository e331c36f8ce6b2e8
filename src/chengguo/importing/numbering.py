"""How a table numbers its rows: as tasks are here, 1, 2, 3; as items are, 1.1, 1.2, 2.1; or otherwise."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from chengguo.importing import cells, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.headers import Headed
from chengguo.importing.rows import Row
from chengguo.schedules.plain import is_ditto

# "tasks" have whole numbers; "items" are numbered by their tasks, as addresses are; "own" are all others.
Kind = Literal["tasks", "items", "own"]

_ADDRESS = re.compile(r"([1-9]\d{0,3})(?:[.-]([1-9]\d{0,3}))?")
_CHINESE_COLUMN, _ENGLISH_COLUMN = "原表编号", "Original No."


class Address(NamedTuple):
    """The numbers of a task and of an item in it, 0 for the only one."""

    task: int
    item: int


class Numbering(NamedTuple):
    """How rows are numbered, and the tasks of which only one row is numbered so."""

    kind: Kind = "tasks"
    single: frozenset[int] = frozenset()


class _Numbered(NamedTuple):
    """A row that is an item's: its number, its title where others say what is to be done, else empty."""

    number: str
    title: str


def of_table(table: Headed) -> Numbering:
    """Tell how the rows of a table are numbered."""
    rows = list(_numbered(table))
    if all(row_kinds.is_whole(row.number) for row in rows):
        return Numbering()
    addresses = following(row.number for row in rows)
    if addresses is None or not _are_titled(rows, addresses):
        return Numbering("own")
    counts = Counter(each.task for each in addresses)
    return Numbering("items", frozenset(task for task, count in counts.items() if count == 1))


def address(number: str) -> Address | None:
    """Read a number as the address of an item: 1.10, 2-1, or 3 for the only item of a task; else None."""
    found = _ADDRESS.fullmatch(row_kinds.bare_number(number))
    return found and Address(int(found[1]), int(found[2] or 0))


def following(numbers: Iterable[str]) -> list[Address] | None:
    """Return the addresses of rows, None where one is none, stands twice, or is apart from its task's."""
    found: dict[Address, None] = {}
    last = Address(0, 0)
    for number in numbers:
        read = address(number)
        if read in found and read.task == last.task:
            read = read._replace(item=with_zero(read.item, last.item))
        if read is None or read in found:
            return None
        found[read] = None
        last = read
    tasks = [task for task, _those in groupby(found, key=lambda each: each.task)]
    bare = {each.task for each in found if not each.item}
    is_apart = len(set(tasks)) < len(tasks) or any(each.item and each.task in bare for each in found)
    return None if is_apart else list(found)


def with_zero(number: int, last: int) -> int:
    """Return the number of an item that stands twice: 10 for 1 behind 9, as 1.10 whose zero was cut."""
    return number * 10 if last == number * 10 - 1 else number


def column(heading: str) -> str:
    """Return what the column is called that keeps printed numbers, by the heading above those."""
    return _ENGLISH_COLUMN if heading.isascii() else _CHINESE_COLUMN


def _numbered(table: Headed) -> Iterator[_Numbered]:
    """Return the rows of items, without those under one that has no more than its title."""
    columns, parent = table.headers[table.begin], ""
    for place, row in enumerate(table.rows[table.begin :], table.begin):
        if place in table.headers:
            columns = table.headers[place]
        elif place not in table.halves and not row.is_hidden and "number" in columns:
            number, title = (_cell(row, columns, field) for field in ("number", "title"))
            parent = number if _is_parent(table, place, columns) else parent
            is_numbered_below = row_kinds.is_under(number, parent) and address(number) is None
            is_above = bool(number) and number == parent
            if not is_above and not is_numbered_below and _is_item(row, number):
                yield _Numbered(number, title if "content" in columns else "")


def _is_parent(table: Headed, place: int, columns: Columns) -> bool:
    """True if a row has only a number and a title, and the next one is numbered under it."""
    here, below = (table.rows[at] if at < len(table.rows) else Row(0, ()) for at in (place, place + 1))
    number, beneath = (_cell(row, columns, "number") for row in (here, below))
    return len(list(filter(None, here.cells))) == 2 and row_kinds.is_under(beneath, number)  # noqa: PLR2004 - both


def _is_item(row: Row, number: str) -> bool:
    filled = [cell for cell in row.cells if cell]
    is_heading = len(filled) == 2 and row_kinds.heading_beside(number, filled[1]) is not None  # noqa: PLR2004 - both
    return len(filled) > 1 and not (is_heading or row_kinds.is_note(filled[0]) or row_kinds.is_filler(filled))


def _are_titled(rows: Iterable[_Numbered], addresses: Iterable[Address]) -> bool:
    """True if no task has two titles: an empty cell stands below one that is merged."""
    titles: dict[int, str] = {}
    for row, each in zip(rows, addresses, strict=True):
        if row.title and not is_ditto(row.title) and titles.setdefault(each.task, row.title) != row.title:
            return False
    return True


def _cell(row: Row, columns: Columns, field: str) -> str:
    place = columns.first(field)
    return cells.line(row.cells[place]) if field in columns and place < len(row.cells) else ""
