"""What a registry holds beside the official table, as small tables behind it: both ways.

An exported workbook or document carries them, so that it can be read back without a loss. Their headings are
Chinese in every language, for they are part of the file.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from chengguo.model import Column, Item, Registry, Schedule, Thresholds, Years
from chengguo.model.status import Status, status_from
from chengguo.registry.field_kinds import Field, Fields
from chengguo.registry.fields import (
    ALERTS,
    COLUMN,
    DEPARTMENT,
    ITEM,
    LIGHT,
    OFFICIAL,
    OTHERS,
    PLAN,
    SECTION,
    TASK,
)
from chengguo.registry.item_records import EXTENSION, PROGRESS
from chengguo.text.visible import visible

MARK = "chengguo 1"  # of the form of these tables
MAIN = (TASK["id"].heading, *(field.heading for field in OFFICIAL))
_ABOUT_FORM = ("格式", MARK)
_SEPARATOR = "、"
_ALWAYS = frozenset({"分项"})  # by it read_appendix knows the form, be there items or not
_STATUSES = frozenset({ITEM["status"].heading, PROGRESS["status"].heading})
OF_REPORTS = "报告栏目"  # the table of what stands in columns that belong to reports
_SHOWN = -1  # the column of 分项 that holds the status as the official table shows it
# How unseen characters are spelt out, and the row that says that whatever looks like it is one.
_SPELT = re.compile(r"\\(?:r|x[0-9a-f]{2}|u(?!d[89a-f])[0-9a-f]{4}|U00(?:0[0-9a-f]|10)[0-9a-f]{4})")
_SAID_SPELT = ("隐藏字符", "已转写")


_Rows = tuple[tuple[str, ...], ...]
_Numbered = list[tuple[int, tuple[str, ...]]]  # rows, each with its place in the file


class Table(NamedTuple):
    """A table behind the official one: its name, its headings, its rows of text."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_ID = ITEM["id"].heading
# The fields of an item that the official table has no column for, in the order of their columns: the name
# of each and its field, of a record each of its parts.
BESIDE: tuple[tuple[str, Field], ...] = tuple(
    (field.name, part)
    for field in (ITEM["status"], ITEM["due"], *OTHERS)
    for part in (field.fields.values() if field.fields else (field,))
)


# The fields of a report, but for the columns of the office's own: their table has a row for each.
REPORTED: Fields = {name: field for name, field in PROGRESS.items() if field.kind != "extra"}


def _of(fields: Fields) -> tuple[str, ...]:
    return tuple(field.heading for field in fields.values())


HEADINGS = {
    "方案": ("方案", "内容"),
    "部分": ("部分", *(field.heading for field in SECTION.values())),
    "部门名册": ("部门", *_of(DEPARTMENT)),
    "提醒期限": ("提醒期限", "天数"),
    "灯号": ("灯号", *_of(LIGHT)),
    "分项": (_ID, TASK["section"].heading, *(field.heading for _name, field in BESIDE), "表中状态"),
    "栏目": ("栏目", *_of(COLUMN)),
    ITEM["progress"].heading: (_ID, *_of(REPORTED)),
    OF_REPORTS: (_ID, "报告", "栏目", "填报内容"),
    ITEM["extensions"].heading: (_ID, *_of(EXTENSION)),
}


def tables(
    registry: Registry, shown: Sequence[tuple[Item, str]], columns: Sequence[Column] = ()
) -> tuple[Table, ...]:
    """Return the tables for items of a registry that have rows, with unseen characters spelt out.

    ``shown`` holds each item, and its status as the official table shows it; ``columns`` are those of the
    office's own that may be handed round: the official table has those of items.
    """
    items = [item for item, _status in shown]
    found = {
        "方案": _about(registry),
        "部分": _sections(registry, items),
        "部门名册": _register(registry, items),
        "提醒期限": _thresholds(registry),
        "灯号": _lights(registry),
        "分项": _items(registry, shown),
        "栏目": tuple((each.heading, *(_text(getattr(each, name)) for name in COLUMN)) for each in columns),
        "进展记录": _progress(items),
        OF_REPORTS: _of_reports(items, {column.heading for column in columns}),
        "延期": _extensions(items),
    }
    behind = (cell for rows in found.values() for row in rows for cell in row)
    beside = (_text(value) for item in items for _heading, value in item.extra)
    if _is_spelt((*_official(registry, items), *beside, *behind)):
        found["方案"] += (_SAID_SPELT,)
    return tuple(
        Table(name, HEADINGS[name], tuple(tuple(map(visible, row)) for row in rows))
        for name, rows in found.items()
        if rows or name in _ALWAYS
    )


def _is_spelt(texts: Sequence[str]) -> bool:
    """True if unseen characters are spelt out, and nothing else looks as if it were one of them."""
    return any(visible(text) != text for text in texts) and not any(map(_SPELT.search, texts))


def _official(registry: Registry, items: Sequence[Item]) -> Iterator[str]:
    """Return the texts that stand in the official table only."""
    yield from (task.title for task in registry.tasks)
    for item in items:
        yield from (item.content, item.schedule.wording)


def _about(registry: Registry) -> _Rows:
    plan = registry.plan
    return (
        _ABOUT_FORM,
        *(
            (field.heading, _text(getattr(plan, name)))
            for name, field in PLAN.items()
            if name != "key" or plan.key  # most plans stand alone
        ),
    )


def _sections(registry: Registry, items: Sequence[Item]) -> _Rows:
    tasks = {item.task for item in items}
    sections = {task.section for task in registry.tasks if task.id in tasks}
    sections |= {each.upper for each in registry.sections if each.id in sections}
    return tuple((each.id, each.title, each.upper) for each in registry.sections if each.id in sections)


def _register(registry: Registry, items: Sequence[Item]) -> _Rows:
    """Return the departments of the items; of all items, those that no item names too."""
    named = {name for item in items for name in (*item.lead, *item.support)}
    return tuple(
        (each.name, *(_text(getattr(each, name)) for name in DEPARTMENT))
        for each in registry.departments
        if each.name in named or len(items) == len(registry.items)
    )


def _thresholds(registry: Registry) -> _Rows:
    """Return the days that are the office's own."""
    days = registry.alerts._asdict()
    own = (name for name in ALERTS if days[name] != getattr(Thresholds(), name))
    return tuple((ALERTS[name].heading, f"{days[name]}d") for name in own)


def _lights(registry: Registry) -> _Rows:
    return tuple(
        (each.name, _SEPARATOR.join(condition.written for condition in each.when), each.color, each.shape)
        for each in registry.lights
    )


def _items(registry: Registry, shown: Sequence[tuple[Item, str]]) -> _Rows:
    by_task = {task.id: task.section for task in registry.tasks}
    return tuple(
        (
            *(item.address, by_task.get(item.task, "")),
            *(_text(item.status), _text(item.explicit_due)),
            *(text for field in OTHERS for text in _parts(item, field)),
            status,
        )
        for item, status in shown
    )


def _parts(item: Item, field: Field) -> Iterator[str]:
    """Return the value of a field, of a record those of its parts."""
    value = item.others.get(field.name)
    if field.fields:
        yield from (_reported(part, (value or {}).get(name)) for name, part in field.fields.items())
    else:
        yield _text(value)


def _progress(items: Sequence[Item]) -> _Rows:
    return tuple(
        (item.address, *(_reported(field, getattr(entry, name)) for name, field in REPORTED.items()))
        for item in items
        for entry in item.progress
    )


def _reported(field: Field, value: object) -> str:
    """Return a part of a report; texts of a list stand on a line each, for they may hold a 、."""
    return "\n".join(value) if field.kind == "texts" and isinstance(value, tuple) else _text(value)


def _of_reports(items: Sequence[Item], headings: Collection[str]) -> _Rows:
    """Return what reports say in the columns, with the number of the report among those of its item."""
    return tuple(
        (item.address, str(number), heading, _text(value))
        for item in items
        for number, entry in enumerate(item.progress, 1)
        for heading, value in entry.extra
        if heading in headings
    )


def _extensions(items: Sequence[Item]) -> _Rows:
    return tuple(
        (item.address, *(_text(getattr(each, name)) for name in EXTENSION))
        for item in items
        for each in item.extensions
    )


def _text(value: object) -> str:
    """Return a value as people read it, a status in Chinese; ``read_appendix`` undoes it."""
    match value:
        case Status():
            return value.chinese
        case Schedule():
            return value.wording
        case bool():
            return "是" if value else ""
        case Years():
            return str(value)
        case tuple():
            return _SEPARATOR.join(value)
        case _:
            return "" if value is None else str(value)


class Changed(NamedTuple):
    """A status that somebody wrote into the official table: in which row of the file, of which item."""

    row: int
    address: str
    status: str


class Read(NamedTuple):
    """The rows of the official table and of those behind it, by their names, as a file has them.

    Rows of the official table stand in the order of the items; those of a task that has none come last.
    """

    main: _Rows
    tables: dict[str, _Rows]
    places: tuple[int, ...]  # of each row of the official table, in the file
    changed: tuple[Changed, ...] = ()
    has_official: bool = True  # whether the headings of the official table stand as they were exported
    beside: tuple[dict[str, str], ...] = ()  # of each row, what stands under other headings than the official

    @property
    def plan(self) -> dict[str, str]:
        """What the first table says of the plan."""
        return {row[0]: row[1] for row in self.tables["方案"]}


def read_appendix(rows: Iterable[tuple[str, ...]]) -> Read | None:
    """Part the rows of a file by the headings above them; None where no export of this form wrote it.

    Rows of fewer than two cells are headings of sections, which the tables behind repeat.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    official: _Numbered = []
    current: str | None = None
    has_official = False
    header: tuple[str, ...] = ()  # of the table in hand
    headings: tuple[str, ...] = ()  # of the official one
    for number, cells in enumerate(rows):
        filled = _trimmed(cells)
        if filled[: len(MAIN)] == MAIN:
            current, has_official, headings = "", True, filled
        elif name := _table_of(filled):
            current, header = name, filled
            found.setdefault(current, [])
        elif current and len(cells) >= len(header):
            under = dict(zip(header, cells, strict=False))
            found[current].append(tuple(under.get(heading, "") for heading in HEADINGS[current]))
        # A paragraph of a document is one cell, a section's heading one that is filled.
        elif current == "" and len(cells) >= len(MAIN) and sum(map(bool, filled)) > 1:
            official.append((number, cells))
    if _ABOUT_FORM not in found.get("方案", ()) or "分项" not in found:
        return None
    items = found["分项"]
    official = _sorted_back(official, items)
    spelt = _SAID_SPELT in found["方案"]
    main = tuple(_meant(MAIN, cells[: len(MAIN)], spelt=spelt) for _number, cells in official)
    beside = tuple(_beside(headings, cells, spelt=spelt) for _number, cells in official)
    behind = {
        name: tuple(_meant(HEADINGS[name], row, spelt=spelt) for row in among)
        for name, among in found.items()
    }
    places = tuple(place for place, _cells in official)
    return Read(main, behind, places, _changed(official, items), has_official, beside)


def _beside(headings: tuple[str, ...], cells: tuple[str, ...], *, spelt: bool) -> dict[str, str]:
    """Return what stands under headings right of the status and the days left; the last of two counts."""
    further = zip(headings[len(MAIN) + 2 :], cells[len(MAIN) + 2 :], strict=False)
    return {heading: _unspelt(cell, spelt=spelt) for heading, cell in further if heading}


def _table_of(filled: tuple[str, ...]) -> str | None:
    """Return the table behind the official one that a row of headings begins; an older one has fewer."""
    return next(
        (
            name
            for name, headings in HEADINGS.items()
            if len(filled) > 1 and filled[0] == headings[0] and {*filled} <= {*headings}
        ),
        None,
    )


def _sorted_back(official: _Numbered, items: Sequence[tuple[str, ...]]) -> _Numbered:
    """Return the rows of the official table in the order of the items, whatever somebody sorted them by."""
    places = {task_of(row[0]): place for place, row in enumerate(items)}
    return sorted(official, key=lambda each: places.get(each[1][0], len(items)))


def task_of(address: str) -> str:
    """Return the number of the task of an item, which stands before its row in the official table."""
    return address.partition(".")[0]


def _changed(official: _Numbered, items: Sequence[tuple[str, ...]]) -> tuple[Changed, ...]:
    """Return the statuses that are no longer those that were shown, in a table that has the same rows."""
    if len(official) != len(items):
        return ()
    statuses = ((number, "".join(cells[len(MAIN) : len(MAIN) + 1])) for number, cells in official)
    return tuple(
        Changed(number, item[0], status)
        for (number, status), item in zip(statuses, items, strict=True)
        if status not in {"", item[_SHOWN]}
    )


def _meant(headings: tuple[str, ...], row: tuple[str, ...], *, spelt: bool) -> tuple[str, ...]:
    """Return a row as the registry has it: statuses in its own words, unseen characters as themselves."""
    cells = [
        (heading in _STATUSES and status_from(cell)) or cell
        for heading, cell in zip(headings, row, strict=True)
    ]
    return tuple(_unspelt(cell, spelt=spelt) for cell in cells)


def _unspelt(cell: str, *, spelt: bool) -> str:
    return _SPELT.sub(_character, cell) if spelt else cell


def _character(spelt: re.Match[str]) -> str:
    return spelt[0].encode("ascii").decode("unicode_escape")


def begins(cells: tuple[str, ...]) -> bool:
    """True if a row holds the headings of a table behind the official one."""
    return _table_of(_trimmed(cells)) is not None


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
