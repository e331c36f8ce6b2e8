"""Two versions of a registry, each as of a day → what happened in between, in the terms of the table."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.queries import query
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Role, Row, involved


class Event(StrEnum):
    """What can have happened to an item, or to the register, in the order of a report."""

    DONE = "done"  # newly done
    OVERDUE = "overdue"  # newly overdue
    EXTENDED = "extended"  # a later day was agreed on
    STATUS = "status"  # another status, other than done
    REPORTED = "reported"  # a report, the status being as before
    ADDED = "added"
    REMOVED = "removed"
    REASSIGNED = "reassigned"  # other lead or supporting departments
    REWORDED = "reworded"  # another title, content or schedule wording
    REDATED = "redated"  # another explicit due date
    VERIFIED = "verified"  # what was reported done was verified (销号)
    RETURNED = "returned"  # what was reported done was sent back (退回)
    ACCEPTED = "accepted"  # somebody accepted that nobody can name a day yet
    COLUMN = "column"  # another value in a column of the office's own
    REGISTER = "register"  # the register of departments


_OF_OTHERS = {"verified": Event.VERIFIED, "returned": Event.RETURNED, "accepted_undated": Event.ACCEPTED}


class Change(NamedTuple):
    """One thing that happened: to which item (its address and title), and what.

    The register has no address; the title of what changed in an entry is the name of the department.
    ``field`` is the field that differs, ``before`` and ``after`` its values. ``row`` is the item as it
    stands on the later side, or stood on the earlier one where it is gone.
    """

    event: Event
    address: str | None
    title: str | None
    field: str
    before: Any
    after: Any
    row: Row | None = None

    def concerns(self, departments: Iterable[str], role: str = Role.ANY) -> bool:
        """True if any of the departments has the role in the item, or had it, or came or went itself."""
        names = involved(self.row.item, role) if self.row else {self.title, self.before, self.after}
        if self.event is Event.REASSIGNED and role in {Role.ANY, self.field}:
            names |= {*self.before}
        return not names.isdisjoint(departments)


def compare(before: Registry, before_day: date, after: Registry, after_day: date) -> tuple[Change, ...]:
    """Tell what happened between two versions, each as of the end of its day; by event, then item."""
    old = {row.item.address: row for row in query.rows(before, before_day)}
    new = {row.item.address: row for row in query.rows(after, after_day)}
    found = [*_register(before, after)]
    found += [_whole(Event.REMOVED, row, before=True) for address, row in old.items() if address not in new]
    for address, row in new.items():
        found += _item(old[address], row) if address in old else [_whole(Event.ADDED, row, before=False)]
    events = list(Event)
    return tuple(sorted(found, key=lambda happening: events.index(happening.event)))


def _whole(event: Event, row: Row, *, before: bool) -> Change:
    """Tell of an item that is there on one side only."""
    content = row.item.content
    return Change(
        event,
        row.item.address,
        row.task.title,
        "content",
        content if before else None,
        None if before else content,
        row,
    )


def _item(old: Row, new: Row) -> Iterator[Change]:
    """Tell what happened to an item that is there on both sides."""
    for event, field, before, after in _changes(old, new):
        if before != after:
            yield Change(event, new.item.address, new.task.title, field, before, after, new)


def _changes(old: Row, new: Row) -> Iterator[tuple[Event, str, Any, Any]]:
    """Return every field that may differ, with its values."""
    is_done = new.status is Status.DONE
    yield Event.DONE if is_done else Event.STATUS, "status", old.status, new.status
    if new.alert is Alert.OVERDUE and old.alert is not Alert.OVERDUE:
        yield Event.OVERDUE, "alert", old.alert, new.alert
    if new.extensions != old.extensions:
        yield Event.EXTENDED, "due", old.due, new.due
    if new.status is old.status:
        reports = tuple(entry for entry in new.progress if entry not in old.progress)
        yield Event.REPORTED, "progress", (), reports
    yield Event.REASSIGNED, "lead", old.item.lead, new.item.lead
    yield Event.REASSIGNED, "support", old.item.support, new.item.support
    yield Event.REWORDED, "title", old.task.title, new.task.title
    yield Event.REWORDED, "content", old.item.content, new.item.content
    yield Event.REWORDED, "schedule", old.item.schedule.wording, new.item.schedule.wording
    yield Event.REDATED, "due", old.item.explicit_due, new.item.explicit_due
    columns, were = dict(new.item.extra), dict(old.item.extra)
    for heading in {**were, **columns}:
        yield Event.COLUMN, heading, were.get(heading), columns.get(heading)
    for name in {**old.item.others, **new.item.others}:
        yield _OF_OTHERS[name], name, old.item.others.get(name), new.item.others.get(name)


def _register(before: Registry, after: Registry) -> Iterator[Change]:
    """Tell which departments came into the register, which left it, and what differs of the others."""
    old = {department.name: department for department in before.departments}
    new = {department.name for department in after.departments}
    for department in before.departments:
        if department.name not in new:
            yield Change(Event.REGISTER, None, None, "departments", department.name, None)
    for department in after.departments:
        if department.name not in old:
            yield Change(Event.REGISTER, None, None, "departments", None, department.name)
            continue
        for field in ("full", "aliases", "group", "successor", "until"):
            was, now = getattr(old[department.name], field), getattr(department, field)
            if was != now:
                yield Change(Event.REGISTER, None, department.name, field, was, now)
