"""Counts over rows: what each department has to do, and how far each part of the plan has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from chengguo.model import Department, Registry, Section
from chengguo.model.status import Status
from chengguo.queries.alerts import Alert
from chengguo.queries.closing import Closing
from chengguo.queries.query import Role, Row, involved, is_undated
from chengguo.registry import sections


class WorkloadKey(StrEnum):
    """What is counted of a department."""

    LEAD = "lead"
    SUPPORT = "support"
    OPEN = "open"
    OVERDUE = "overdue"
    MISSED = "missed"
    UNREPORTED = "unreported"


class Workload(NamedTuple):
    """What a department has to do: items that it leads, that it supports, open and overdue ones.

    ``missed`` counts parts of items; ``unreported`` are the addresses of what was not reported on.
    """

    department: Department
    lead: int
    support: int
    open: int
    overdue: int
    missed: int
    unreported: tuple[str, ...]


def workloads(
    registry: Registry, rows: Iterable[Row], silent: Iterable[Row], role: Role = Role.LEAD
) -> tuple[Workload, ...]:
    """Count, for every department of the register, the items it is involved in.

    What is open, overdue and missed is counted for those who have the ``role``, and so are the ``silent``
    rows, of items that were not reported on.
    """
    counts = {key: Counter[str]() for key in WorkloadKey}
    for row in rows:
        concerned = involved(row.item, role)
        for key, names, number in (
            (WorkloadKey.LEAD, involved(row.item, Role.LEAD), 1),
            (WorkloadKey.SUPPORT, involved(row.item, Role.SUPPORT), 1),
            (WorkloadKey.OPEN, concerned, not row.status.is_closed),
            (WorkloadKey.OVERDUE, concerned, row.alert is Alert.OVERDUE),
            (WorkloadKey.MISSED, concerned, missed(row)),
        ):
            if number:
                counts[key].update(dict.fromkeys(names, int(number)))
    unreported: dict[str, list[str]] = {}
    for row in silent:
        for name in involved(row.item, role) - row.heard:
            unreported.setdefault(name, []).append(row.item.address)
    return tuple(
        Workload(
            entry,
            counts[WorkloadKey.LEAD][entry.name],
            counts[WorkloadKey.SUPPORT][entry.name],
            counts[WorkloadKey.OPEN][entry.name],
            counts[WorkloadKey.OVERDUE][entry.name],
            counts[WorkloadKey.MISSED][entry.name],
            tuple(unreported.get(entry.name, ())),
        )
        for entry in registry.departments
    )


def missed(row: Row) -> int:
    """Return how many parts of an open item are open past their day, but for the one that ends the whole."""
    return sum(notice.kind is Alert.MISSED for notice in row.notices)


def workload_record(load: Workload) -> dict[str, Any]:
    """Return the JSON object of a department and its items."""
    department = load.department
    return {
        "name": department.name,
        "full": department.full,
        "aliases": list(department.aliases),
        "group": department.group,
        "lead": load.lead,
        "support": load.support,
        "open": load.open,
        "overdue": load.overdue,
        "missed": load.missed,
        "unreported": len(load.unreported),
        "unreported_items": list(load.unreported),
    }


class Group(NamedTuple):
    """The counts of one group of items; ``done`` and ``cancelled`` and ``open`` make up ``total``.

    ``missed`` counts parts of them. Where a report does not close, ``verified`` of the done are, and
    ``returned`` of the open were sent back.
    """

    key: str
    title: str
    total: int
    done: int
    cancelled: int
    open: int
    overdue: int
    missed: int
    verified: int
    returned: int


def groups(registry: Registry, rows: tuple[Row, ...], by: str, role: Role = Role.LEAD) -> tuple[Group, ...]:
    """Count rows by section, dept, status, year or plan; a group without items is left out.

    Sections are those of one plan alone. By department an item counts once for each that has the
    ``role``, so that sums may exceed the table.
    """
    keys: dict[str, Callable[[Row], Iterable[str]]] = {
        "section": lambda row: [row.task.section],
        "dept": lambda row: involved(row.item, role),
        "status": lambda row: [row.status.value],
        "year": lambda row: [_year(row)],
        "plan": lambda row: [row.item.plan],
    }
    titles: dict[str, dict[str, str]] = {
        "section": {each.id: title for each, title in _with_upper(registry)},
        "dept": {entry.name: entry.full or entry.name for entry in registry.departments},
        "status": {status.value: status.value for status in Status},
        "year": {},
        "plan": {each.plan.name: each.plan.title for each in registry.among} or {"": registry.plan.title},
    }
    members: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys[by](row):
            members.setdefault(key, []).append(row)
    known = [key for key in titles[by] if key in members]
    return tuple(
        group(key, titles[by].get(key, key), members[key])
        for key in [*known, *sorted(set(members) - set(known))]
    )


def _with_upper(registry: Registry) -> Iterator[tuple[Section, str]]:
    """Return each section with its title, behind that of the one which it is a part of."""
    uppers = sections.uppers(registry)
    for each in registry.sections:
        above = (uppers[each.id].title,) if each.id in uppers else ()
        yield each, sections.WITHIN.join((*above, each.title))


def group(key: str, title: str, rows: Sequence[Row]) -> Group:
    """Count rows as one group."""
    done = sum(row.status is Status.DONE for row in rows)
    cancelled = sum(row.status is Status.CANCELLED for row in rows)
    overdue = sum(row.alert is Alert.OVERDUE for row in rows)
    still_open = len(rows) - done - cancelled
    verified, returned = (
        sum(row.closing is each for row in rows) for each in (Closing.VERIFIED, Closing.RETURNED)
    )
    late = sum(map(missed, rows))
    return Group(key, title, len(rows), done, cancelled, still_open, overdue, late, verified, returned)


class Fulfilment(NamedTuple):
    """What was due by a day (应完成) and not cancelled: how much of it is done, and done in time."""

    expected: int
    done: int
    in_time: int


def fulfilment(rows: Iterable[Row], day: date) -> Fulfilment:
    """Count what was due by ``day``, that day included."""
    expected = [row for row in rows if row.due and row.due <= day and row.status is not Status.CANCELLED]
    done = [row for row in expected if row.status is Status.DONE]
    late = sum(any(each.kind is Alert.DONE_LATE and not each.part for each in row.notices) for row in done)
    return Fulfilment(len(expected), len(done), len(done) - late)


def _year(row: Row) -> str:
    if row.due:
        return str(row.due.year)
    return "undated" if is_undated(row.item) else "ongoing"
