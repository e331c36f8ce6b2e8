"""What a registry holds beside the official table, as small tables behind it.

An exported workbook or document carries them, so that it can be read back without a loss. Their headings are
Chinese in every language, for they are part of the file.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from chengguo.model import Column, Item, Registry, Schedule, Thresholds, Years
from chengguo.model.status import Status
from chengguo.registry.field_kinds import Field, Fields
from chengguo.registry.fields import DEPARTMENT, ITEM, OFFICIAL, OTHERS, PLAN, SECTION, TASK
from chengguo.registry.item_records import EXTENSION, PROGRESS
from chengguo.registry.office_fields import ALERTS, COLUMN, LIGHT
from chengguo.text.visible import is_plain, visible

MARK = "chengguo 1"  # of the form of these tables
MAIN = (TASK["id"].heading, *(field.heading for field in OFFICIAL))
ABOUT_FORM = ("格式", MARK)
_SEPARATOR = "、"
_ALWAYS = frozenset({"分项"})  # by it read knows the form, be there items or not
OF_REPORTS = "报告栏目"  # the table of what stands in columns that belong to reports
SHOWN = (
    "status",
    "report",
)  # reckoned columns, which the last of 分项 repeat
# How unseen characters are spelt out, and the row that says that whatever looks like it is one.
SPELT = re.compile(r"\\(?:r|x[0-9a-f]{2}|u(?!d[89a-f])[0-9a-f]{4}|U00(?:0[0-9a-f]|10)[0-9a-f]{4})")
SAID_SPELT = ("隐藏字符", "已转写")


Rows = tuple[tuple[str, ...], ...]


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
    "分项": (
        _ID,
        TASK["section"].heading,
        *(field.heading for _name, field in BESIDE),
        "表中状态",
        "表中进展",
    ),
    "栏目": ("栏目", *_of(COLUMN)),
    ITEM["progress"].heading: (_ID, *_of(REPORTED)),
    OF_REPORTS: (_ID, "报告", "栏目", "填报内容"),
    ITEM["extensions"].heading: (_ID, *_of(EXTENSION)),
}


def tables(
    registry: Registry, shown: Sequence[tuple[Item, tuple[str, ...]]], columns: Sequence[Column] = ()
) -> tuple[Table, ...]:
    """Return the tables for items of a registry that have rows, with unseen characters spelt out.

    ``shown`` holds each item, and its cells of ``SHOWN`` as the official table has them; ``columns`` are
    those of the office's own that may be handed round: the official table has those of items.
    """
    items = [item for item, _cells in shown]
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
    texts = (*_official(registry, items), *beside, *behind)
    if not is_plain("\n".join(texts)):  # most registries are, and are looked through at once
        found["方案"] += (SAID_SPELT,) if _is_spelt(texts) else ()
        found = {name: tuple(tuple(map(visible, row)) for row in rows) for name, rows in found.items()}
    return tuple(Table(name, HEADINGS[name], rows) for name, rows in found.items() if rows or name in _ALWAYS)


def _is_spelt(texts: Sequence[str]) -> bool:
    """True if unseen characters are spelt out, and nothing else looks as if it were one of them."""
    return any(visible(text) != text for text in texts) and not any(map(SPELT.search, texts))


def _official(registry: Registry, items: Sequence[Item]) -> Iterator[str]:
    """Return the texts that stand in the official table only."""
    yield from (task.title for task in registry.tasks)
    for item in items:
        yield from (item.content, item.schedule.wording)


def _about(registry: Registry) -> Rows:
    plan = registry.plan
    return (
        ABOUT_FORM,
        *(
            (field.heading, _text(getattr(plan, name)))
            for name, field in PLAN.items()
            if name != "key" or plan.key  # most plans stand alone
        ),
    )


def _sections(registry: Registry, items: Sequence[Item]) -> Rows:
    tasks = {item.task for item in items}
    sections = {task.section for task in registry.tasks if task.id in tasks}
    sections |= {each.upper for each in registry.sections if each.id in sections}
    return tuple((each.id, each.title, each.upper) for each in registry.sections if each.id in sections)


def _register(registry: Registry, items: Sequence[Item]) -> Rows:
    """Return the departments of the items; of all items, those that no item names too."""
    named = {name for item in items for name in (*item.lead, *item.support)}
    return tuple(
        (each.name, *(_text(getattr(each, name)) for name in DEPARTMENT))
        for each in registry.departments
        if each.name in named or len(items) == len(registry.items)
    )


def _thresholds(registry: Registry) -> Rows:
    """Return the days that are the office's own."""
    days = registry.alerts._asdict()
    own = (name for name in ALERTS if days[name] != getattr(Thresholds(), name))
    return tuple((ALERTS[name].heading, f"{days[name]}d") for name in own)


def _lights(registry: Registry) -> Rows:
    return tuple(
        (each.name, _SEPARATOR.join(condition.written for condition in each.when), each.color, each.shape)
        for each in registry.lights
    )


def _items(registry: Registry, shown: Sequence[tuple[Item, tuple[str, ...]]]) -> Rows:
    by_task = {task.id: task.section for task in registry.tasks}
    return tuple(
        (
            *(item.address, by_task.get(item.task, "")),
            *(_text(item.status), _text(item.explicit_due)),
            *(text for field in OTHERS for text in _parts(item, field)),
            *cells,
        )
        for item, cells in shown
    )


def _parts(item: Item, field: Field) -> Iterator[str]:
    """Return the value of a field, of a record those of its parts."""
    value = item.others.get(field.name)
    if field.fields:
        yield from (_reported(part, (value or {}).get(name)) for name, part in field.fields.items())
    else:
        yield _text(value)


def _progress(items: Sequence[Item]) -> Rows:
    return tuple(
        (item.address, *(_reported(field, getattr(entry, name)) for name, field in REPORTED.items()))
        for item in items
        for entry in item.progress
    )


def _reported(field: Field, value: object) -> str:
    """Return a part of a report; texts of a list stand on a line each, for they may hold a 、."""
    return "\n".join(value) if field.kind == "texts" and isinstance(value, tuple) else _text(value)


def _of_reports(items: Sequence[Item], headings: Collection[str]) -> Rows:
    """Return what reports say in the columns, with the number of the report among those of its item."""
    return tuple(
        (item.address, str(number), heading, _text(value))
        for item in items
        for number, entry in enumerate(item.progress, 1)
        for heading, value in entry.extra
        if heading in headings
    )


def _extensions(items: Sequence[Item]) -> Rows:
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


def table_of(filled: tuple[str, ...]) -> str | None:
    """Return the table behind the official one that a row of headings begins; an older one has fewer."""
    return next(
        (
            name
            for name, headings in HEADINGS.items()
            if len(filled) > 1 and filled[0] == headings[0] and {*filled} <= {*headings}
        ),
        None,
    )


def begins(cells: tuple[str, ...]) -> bool:
    """True if a row holds the headings of a table behind the official one."""
    return table_of(trimmed(cells)) is not None


def trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells of a row without the empty ones at its end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
