"""Counts over rows: what each department has to do, and how far each part of the plan has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from chengguo.model import Department, Item, Registry, Section
from chengguo.model.status import Status
from chengguo.queries.alerts import Alert
from chengguo.queries.closing import Closing
from chengguo.queries.parts import is_milestone
from chengguo.queries.query import Role, Row, involved, is_undated
from chengguo.registry import sections


class WorkloadKey(StrEnum):
    """What is counted of a department."""

    LEAD = "lead"
    SUPPORT = "support"
    OPEN = "open"
    OVERDUE = "overdue"
    MISSED = "missed"
    MILESTONES = "missed_milestones"
    PERIODS = "missed_periods"
    UNREPORTED = "unreported"


class Workload(NamedTuple):
    """What a department has to do: items that it leads, that it supports, open and overdue ones.

    ``missed`` counts milestones and periods, which are counted apart too; ``unreported`` are the addresses
    of what was not reported on.
    """

    department: Department
    lead: int
    support: int
    open: int
    overdue: int
    missed: int
    unreported: tuple[str, ...]
    missed_milestones: int = 0
    missed_periods: int = 0


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
        missed = late((row,))
        for key, names, number in (
            (WorkloadKey.LEAD, involved(row.item, Role.LEAD), 1),
            (WorkloadKey.SUPPORT, involved(row.item, Role.SUPPORT), 1),
            (WorkloadKey.OPEN, concerned, not row.status.is_closed),
            (WorkloadKey.OVERDUE, concerned, row.alert is Alert.OVERDUE),
            (WorkloadKey.MISSED, concerned, missed.parts),
            (WorkloadKey.MILESTONES, concerned, missed.milestones),
            (WorkloadKey.PERIODS, concerned, missed.periods),
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
            counts[WorkloadKey.MILESTONES][entry.name],
            counts[WorkloadKey.PERIODS][entry.name],
        )
        for entry in registry.departments
    )


class Unit(StrEnum):
    """What has a day of its own: an item as a whole, a milestone of one, a period of one that recurs."""

    ITEM = "item"
    MILESTONE = "milestone"
    PERIOD = "period"


class Dated(NamedTuple):
    """An item, or a part of one, that has a day of its own; ``name`` is its address, with the part's name."""

    name: str
    unit: Unit


class Count(NamedTuple):
    """How many items, and how many milestones and periods by themselves."""

    items: int
    milestones: int
    periods: int

    @property
    def parts(self) -> int:
        """How many milestones and periods."""
        return self.milestones + self.periods


def late_among(rows: Iterable[Row]) -> tuple[Dated, ...]:
    """Return what is open past its day: items, and parts of open ones, but for the one that ends the whole.

    A row may be about an item with all its parts, or about one part alone; each is told once.
    """
    kinds = {Alert.OVERDUE, Alert.MISSED}
    return _dated((row.item, each.part) for row in rows for each in row.notices if each.kind in kinds)


def near_among(rows: Iterable[Row]) -> tuple[Dated, ...]:
    """Return what is open and due soon, as ``late_among`` does."""
    kind = Alert.DUE_SOON
    return _dated((row.item, each.part) for row in rows for each in row.notices if each.kind is kind)


def about(rows: Iterable[Row]) -> Count:
    """Count what rows are about, an item or a part of one each."""
    return _counts(_unit(row.item, row.part.part if row.part else None) for row in rows)


def late(rows: Iterable[Row]) -> Count:
    """Count what is open past its day."""
    return count(late_among(rows))


def count(among: Iterable[Dated]) -> Count:
    """Count items, milestones and periods."""
    return _counts(each.unit for each in among)


def _counts(units: Iterable[Unit]) -> Count:
    counted = Counter(units)
    return Count(*(counted[unit] for unit in Unit))


def _dated(found: Iterable[tuple[Item, str | None]]) -> tuple[Dated, ...]:
    """Return items, with the part that is meant, None for the whole, each once."""
    once = {(id(item), part): Dated(_name(item, part), _unit(item, part)) for item, part in found}
    return tuple(once.values())


def _name(item: Item, part: str | None) -> str:
    return " ".join(filter(None, (item.address, part)))


def _unit(item: Item, part: str | None) -> Unit:
    if part is None:
        return Unit.ITEM
    return Unit.MILESTONE if is_milestone(item, part) else Unit.PERIOD


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

    ``missed`` counts milestones and periods of them, which are counted apart too. Where a report does not
    close, ``verified`` of the done are, and ``returned`` of the open were sent back.
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
    missed_milestones: int
    missed_periods: int


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
    missed = late(rows)
    counts = (len(rows), done, cancelled, still_open, overdue, missed.parts)
    return Group(key, title, *counts, verified, returned, missed.milestones, missed.periods)


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


class Timing(StrEnum):
    """What kind of day an item has: one by which it is due, one again and again, none yet, or none at all."""

    DATED = "dated"
    RECURRING = "recurring"
    UNDATED = "undated"
    ONGOING = "ongoing"


def timing(row: Row) -> Timing:
    """Return what kind of day an item has as it stood on the day of its row."""
    if row.due:
        return Timing.DATED
    if is_undated(row.item):
        return Timing.UNDATED
    schedule = row.item.schedule
    return Timing.RECURRING if schedule.rule and not schedule.is_ongoing else Timing.ONGOING


def _year(row: Row) -> str:
    kind = timing(row)
    return str(row.due.year) if row.due and kind is Timing.DATED else kind.value
