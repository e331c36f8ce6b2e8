"""Choose and order items, as they stood on a day. The day is always an argument."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from chengguo.model import Extension, Item, Progress, Registry, Status, Task
from chengguo.schedules import following

DUE_SOON_DAYS = 30
STALE_DAYS = 90


class Alert(StrEnum):
    """What supervision (督办) looks for. Computed for a day, never stored."""

    OVERDUE = "overdue"  # 逾期: open, and the due date is past
    DUE_SOON = "due_soon"  # 临期: open, and due within DUE_SOON_DAYS
    DONE_LATE = "done_late"  # 逾期完成: reported done after the due date
    STALE = "stale"  # 久未报告: open, once reported on, and not for STALE_DAYS


class Role(StrEnum):
    """How a department takes part in an item, if not by a column of names of the office's own."""

    LEAD = "lead"
    SUPPORT = "support"
    ANY = "any"


class Coming(NamedTuple):
    """A day to come that is not the due date of its item: a milestone, or the next one of recurring work."""

    day: date
    address: str
    wording: str


class Row(NamedTuple):
    """An item as it stood on a day.

    ``days_left`` counts from that day to the due date: 0 on the due date, negative once overdue; None
    for a closed item and for one without a due date. ``due`` is the date in force on that day, after the
    ``extensions`` that had been recorded by then. ``days_silent`` counts from the last report to that
    day. ``progress`` is what had been reported by then.
    """

    item: Item
    task: Task
    section_title: str
    status: Status
    due: date | None
    alert: Alert | None
    days_left: int | None
    days_silent: int | None
    progress: tuple[Progress, ...]
    extensions: tuple[Extension, ...] = ()


class Criteria(NamedTuple):
    """Which rows to choose: all that are given must hold; one of several values of a field is enough.

    ``departments`` are registered names, ``role`` is one of ``Role`` or the heading of a column of names;
    ``due_by`` is inclusive, ``due_after`` exclusive.
    """

    departments: tuple[str, ...] = ()
    role: str = Role.ANY
    sections: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    not_statuses: tuple[Status, ...] = ()
    year: int | None = None
    due_by: date | None = None
    due_after: date | None = None
    overdue: bool = False
    ongoing: bool = False
    undated: bool = False
    pattern: str | None = None


def rows(registry: Registry, day: date) -> tuple[Row, ...]:
    """Give every item as it stood at the end of ``day``, in the order of the file."""
    titles = {section.id: section.title for section in registry.sections}
    return tuple(
        _row(item, task, titles.get(task.section, ""), day, registry.plan.start)
        for task in registry.tasks
        for item in task.items
    )


def _row(item: Item, task: Task, section_title: str, day: date, start: date) -> Row:
    status = item.status_on(day, start)
    due = item.due_on(day)
    days_left = (due - day).days if due and not status.is_closed else None
    progress = tuple(entry for entry in item.progress if entry.date <= day)
    silent = (day - progress[-1].date).days if progress else None
    alert = _alert(due, status, days_left, silent, progress)
    extensions = tuple(each for each in item.extensions if each.date <= day) if item.extensions else ()
    return Row(item, task, section_title, status, due, alert, days_left, silent, progress, extensions)


def _alert(
    due: date | None,
    status: Status,
    days_left: int | None,
    days_silent: int | None,
    progress: tuple[Progress, ...],
) -> Alert | None:
    if status is Status.DONE:
        finished = _finished(progress)
        return Alert.DONE_LATE if due and finished and finished > due else None
    if status.is_closed:
        return None
    if days_left is not None and days_left <= DUE_SOON_DAYS:
        return Alert.OVERDUE if days_left < 0 else Alert.DUE_SOON
    if days_silent is not None and days_silent > STALE_DAYS:
        return Alert.STALE
    return None


def _finished(progress: tuple[Progress, ...]) -> date | None:
    """Give the day on which the item was last reported done, not counting reports that repeat it."""
    finished = None
    for entry in reversed(progress):
        if entry.status is Status.DONE:
            finished = entry.date
        elif entry.status:
            break
    return finished


def select(rows: Iterable[Row], criteria: Criteria) -> tuple[Row, ...]:
    """Choose the rows that meet every criterion. Raises ``WrongUsage`` for a pattern that cannot be used."""
    tests = _tests(criteria)
    chosen = tuple(row for row in rows if all(test(row) for test in tests))
    if criteria.pattern is None:
        return chosen
    from chengguo.queries import searching  # only --grep pays for it

    matching = searching.matching(criteria.pattern, tuple(map(_texts, chosen)))
    return tuple(row for place, row in enumerate(chosen) if place in matching)


def _tests(wanted: Criteria) -> list[Callable[[Row], bool]]:
    """Turn the criteria that are given into tests."""
    by, after = wanted.due_by or date.max, wanted.due_after or date.min
    tests: list[tuple[object, Callable[[Row], bool]]] = [
        (wanted.departments, lambda row: not involved(row.item, wanted.role).isdisjoint(wanted.departments)),
        (wanted.sections, lambda row: row.task.section in wanted.sections),
        (wanted.statuses, lambda row: row.status in wanted.statuses),
        (wanted.not_statuses, lambda row: row.status not in wanted.not_statuses),
        (wanted.year is not None, lambda row: row.due is not None and row.due.year == wanted.year),
        (wanted.due_by, lambda row: row.due is not None and row.due <= by),
        (wanted.due_after, lambda row: row.due is not None and row.due > after),
        (wanted.overdue, lambda row: row.alert is Alert.OVERDUE),
        (wanted.ongoing, lambda row: row.item.schedule.is_ongoing),
        (wanted.undated, lambda row: is_undated(row.item)),
    ]
    return [test for given, test in tests if given]


def is_undated(item: Item) -> bool:
    """Whether the item has no due date although its work is not standing: a day must still be agreed."""
    return item.due is None and not item.schedule.is_standing


def involved(item: Item, role: str) -> set[str]:
    """Give the departments that take part in the item in that role, which may be a column's heading."""
    if role not in {*Role}:
        return {*dict(item.extra).get(role, ())}
    lead = item.lead if role != Role.SUPPORT else ()
    support = item.support if role != Role.LEAD else ()
    return {*lead, *support}


def _texts(row: Row) -> tuple[str, ...]:
    item = row.item
    notes = tuple(entry.note for entry in row.progress if entry.note)
    return (row.task.title, item.content, *item.lead, *item.support, item.schedule.wording, *notes)


class SortKey(StrEnum):
    """What rows can be ordered by."""

    ID = "id"
    DUE = "due"
    STATUS = "status"
    SECTION = "section"
    LEAD = "lead"


def sort(rows: Iterable[Row], key: SortKey, registry: Registry, *, reverse: bool = False) -> tuple[Row, ...]:
    """Order rows; equal ones keep the order of the file, and those without a due date come last."""
    sections = [section.id for section in registry.sections]
    statuses = list(Status)
    departments = {department.name: place for place, department in enumerate(registry.departments)}
    keys: dict[SortKey, Callable[[Row], Any]] = {
        SortKey.ID: lambda row: (row.task.id, row.item.id),
        SortKey.DUE: lambda row: row.due or date.max,
        SortKey.STATUS: lambda row: statuses.index(row.status),
        SortKey.SECTION: lambda row: sections.index(row.task.section) if row.task.section in sections else -1,
        SortKey.LEAD: lambda row: [departments.get(name, len(departments)) for name in row.item.lead],
    }
    ordered = sorted(rows, key=keys[key], reverse=reverse)
    if key is SortKey.DUE:
        ordered.sort(key=lambda row: row.due is None)
    return tuple(ordered)


def coming(rows: Iterable[Row], first: date, last: date, end: date | None) -> tuple[Coming, ...]:
    """Give the milestones and the next days of recurring work from ``first`` to ``last``, both inclusive.

    The last milestone is the due date itself, and none of them; nothing recurs after ``end``.
    """
    found = [Coming(day, row.item.address, words) for row in rows for day, words in _days(row, first, end)]
    return tuple(sorted(each for each in found if first <= each.day <= last))


def _days(row: Row, first: date, end: date | None) -> Iterator[tuple[date, str]]:
    schedule = row.item.schedule
    for stage in schedule.stages:
        if stage.due and stage.due != schedule.due:
            yield stage.due, stage.wording
    if day := following(schedule, first - timedelta(days=1), end):
        yield day, schedule.wording
