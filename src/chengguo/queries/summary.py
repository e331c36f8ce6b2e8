"""Counts over rows: what each department has to do, and how far each part of the plan has come."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from chengguo.model import Department, Registry, Status
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Role, Row, involved, is_undated

LOAD_KEYS = ("name", "full", "aliases", "group", "lead", "support", "open", "overdue")


class Load(NamedTuple):
    """What a department has to do: items that it leads, that it supports, open and overdue ones."""

    department: Department
    lead: int
    support: int
    open: int
    overdue: int


def loads(registry: Registry, rows: tuple[Row, ...]) -> tuple[Load, ...]:
    """Count, for every department of the register, the items it is involved in."""
    lead, support, still_open, overdue = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        lead.update(involved(row.item, Role.LEAD))
        support.update(involved(row.item, Role.SUPPORT))
        if not row.status.is_closed:
            still_open.update(involved(row.item, Role.ANY))
        if row.alert is Alert.OVERDUE:
            overdue.update(involved(row.item, Role.ANY))
    return tuple(
        Load(entry, lead[entry.name], support[entry.name], still_open[entry.name], overdue[entry.name])
        for entry in registry.departments
    )


def load_record(load: Load) -> dict[str, Any]:
    """Give the JSON object of a department and its items."""
    department, lead, support, still_open, overdue = load
    return {
        "name": department.name,
        "full": department.full,
        "aliases": list(department.aliases),
        "group": department.group,
        "lead": lead,
        "support": support,
        "open": still_open,
        "overdue": overdue,
    }


class Group(NamedTuple):
    """The counts of one group of items; ``done`` and ``cancelled`` and ``open`` make up ``total``."""

    key: str
    title: str
    total: int
    done: int
    cancelled: int
    open: int
    overdue: int


def groups(registry: Registry, rows: tuple[Row, ...], by: str) -> tuple[Group, ...]:
    """Count rows by section, dept, status or year; a group without items is left out.

    By department an item counts once for each that leads or supports it, so that sums exceed the table.
    """
    keys: dict[str, Callable[[Row], Iterable[str]]] = {
        "section": lambda row: [row.task.section],
        "dept": lambda row: involved(row.item, Role.ANY),
        "status": lambda row: [row.status.value],
        "year": lambda row: [_year(row)],
    }
    titles: dict[str, dict[str, str]] = {
        "section": {section.id: section.title for section in registry.sections},
        "dept": {entry.name: entry.full or entry.name for entry in registry.departments},
        "status": {status.value: status.value for status in Status},
        "year": {},
    }
    members: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys[by](row):
            members.setdefault(key, []).append(row)
    known = [key for key in titles[by] if key in members]
    return tuple(
        _group(key, titles[by].get(key, key), members[key])
        for key in [*known, *sorted(set(members) - set(known))]
    )


def _group(key: str, title: str, rows: list[Row]) -> Group:
    done = sum(row.status is Status.DONE for row in rows)
    cancelled = sum(row.status is Status.CANCELLED for row in rows)
    overdue = sum(row.alert is Alert.OVERDUE for row in rows)
    return Group(key, title, len(rows), done, cancelled, len(rows) - done - cancelled, overdue)


def _year(row: Row) -> str:
    if row.due:
        return str(row.due.year)
    return "undated" if is_undated(row.item) else "ongoing"
