"""Choose and order items, as they stood on a day. The day is always an argument."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from chengguo.departments.names import followed, heirs
from chengguo.model import Extension, Item, Plan, Progress, Registry, Section, Task
from chengguo.model.reopening import is_reopened
from chengguo.model.status import Status
from chengguo.queries import alerts
from chengguo.queries.alerts import Alert, Notice, Office, State, Told
from chengguo.queries.closing import Closing, closing, stands
from chengguo.queries.lights import DEFAULT, Facts, Lit, light
from chengguo.queries.parts import Calendar, Part, closed, finished, reports_of_part
from chengguo.queries.reports import Hearing, round_due
from chengguo.registry import sections


class Role(StrEnum):
    """How a department takes part in an item, if not by a column of names of the office's own."""

    LEAD = "lead"
    SUPPORT = "support"
    ANY = "any"


class Row(NamedTuple):
    """An item as it stood on a day.

    ``days_left`` counts from that day to the due date: 0 on the due date, negative once overdue; None
    for a closed item and for one without a due date. ``due`` is the date in force on that day, after the
    ``extensions`` that had been recorded by then. ``days_silent`` counts from the last report to that
    day. ``progress`` is what had been reported by then. ``alert`` is the gravest of the ``notices``.
    A row may be about one ``part`` of its item alone: then its days, parts and alerts are that part's.
    ``is_title_shared`` tells that other items have the same title. ``heard`` are, of a row that was not
    reported on, those that did report.
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
    parts: tuple[Part, ...] = ()
    notices: tuple[Notice, ...] = ()
    part: Part | None = None
    doubt: str | None = None
    lit: Lit | None = None
    closing: Closing | None = None
    upper: Section | None = None  # that its section is a part of
    is_title_shared: bool = False
    heard: frozenset[str] = frozenset()
    part_reports: tuple[Progress, ...] = ()  # those of its reports that are of its part

    @property
    def last_report(self) -> Progress | None:
        """What was last reported of it, of a part alone what was said of that; None where nothing was."""
        reports = self.part_reports if self.part else self.progress
        return reports[-1] if reports else None

    @property
    def address(self) -> str:
        """The address of its item, such as 3.2."""
        return self.item.address

    @property
    def headings(self) -> tuple[str, ...]:
        """Its section as it is printed, behind that which it is a part of."""
        if not self.upper:
            return (sections.heading(self.task.section, self.section_title),)
        return (
            sections.heading(self.upper.id, self.upper.title),
            sections.heading(self.task.section, self.section_title, self.upper.id),
        )

    @property
    def title(self) -> str:
        """The title of its task."""
        return self.task.title


class Criteria(NamedTuple):
    """Which rows to choose: all that are given must hold; one of several values of a field is enough.

    ``sections`` are those of a plan, "" for the only one. ``departments`` are registered names, ``role``
    is one of ``Role`` or the heading of a column of names; ``due_by`` is inclusive, ``due_after``
    exclusive; ``overdue`` are items that are, and those with a missed part. Each of ``words`` must stand
    somewhere, and each of the ``patterns``, which are regular expressions.
    """

    departments: tuple[str, ...] = ()
    role: str = Role.ANY
    sections: tuple[tuple[str, str], ...] = ()
    statuses: tuple[Status | Closing, ...] = ()
    not_statuses: tuple[Status | Closing, ...] = ()
    year: int | None = None
    due_by: date | None = None
    due_after: date | None = None
    overdue: bool = False
    alerts: tuple[Alert, ...] = ()
    lights: tuple[str, ...] = ()
    ongoing: bool = False
    undated: bool = False
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


def rows(registry: Registry, day: date) -> tuple[Row, ...]:
    """Return every item as it stood at the end of ``day``, in the order of the file."""
    among = registry.among or (registry,)
    sharing = Counter([task.title for each in among for task in each.tasks for _item in task.items])
    return tuple(row for each in among for row in _rows(each, day, sharing))


def _rows(registry: Registry, day: date, sharing: Counter[str]) -> Iterator[Row]:
    """Return the items of one registry; ``sharing`` counts those that have a title."""
    uppers = sections.uppers(registry)
    places = {each.id: (each.title, uppers.get(each.id)) for each in registry.sections}
    calendar = Calendar(registry.plan, day)
    among = round_due(registry.plan, day)
    office = Office(
        day,
        registry.alerts,
        registry.plan.known_start,
        among and Hearing(registry.plan, registry.departments, among),
        registry.lights or DEFAULT,
    )
    for task in registry.tasks:
        around = _Around(*places.get(task.section, ("", None)), sharing[task.title] > 1)
        for item in task.items:
            yield _row(item, task, around, calendar, office)


class _Around(NamedTuple):
    """What stands around an item: its section, what that is a part of; whether others share its title."""

    section_title: str
    upper: Section | None
    is_title_shared: bool


def _row(item: Item, task: Task, around: _Around, calendar: Calendar, office: Office) -> Row:
    day = office.day
    progress = tuple(entry for entry in item.progress if entry.date <= day) if item.progress else ()
    extensions = tuple(each for each in item.extensions if each.date <= day) if item.extensions else ()
    parts = calendar.parts(item)
    state = _state(item, parts, progress, day, calendar.start)
    silent = (day - progress[-1].date).days if progress else None
    found = alerts.notices(item, state, Told(progress, extensions), office)
    kinds = frozenset([notice.kind for notice in found])
    return Row(
        item,
        task,
        around.section_title,
        state.status,
        state.due,
        found[0].kind if found else None,
        state.days_left,
        silent,
        progress,
        extensions,
        parts,
        found,
        None,
        item.schedule.doubt or (calendar.doubt(item) if item.schedule.rule else None),
        light(Facts(item, state, found, progress, extensions, office.start, day, kinds), office.lights),
        closing(calendar.plan, item, state.status, day),
        around.upper,
        around.is_title_shared,
    )


def status_on(plan: Plan, item: Item, day: date) -> Status:
    """Return the status of an item at the end of a day, as every list has it."""
    calendar = Calendar(plan, day)
    progress = tuple(entry for entry in item.progress if entry.date <= day)
    return _state(item, calendar.parts(item), progress, day, calendar.start).status


def _state(
    item: Item, parts: tuple[Part, ...], progress: tuple[Progress, ...], day: date, start: date
) -> State:
    """Tell how an item stands: begun with the first of its parts, done with the last of its milestones.

    A done of recurring work, which ends one period of it, leaves it in progress.
    """
    status, due = item.status_on(day, start), item.due_on(day)
    done_on = finished(progress) if status is Status.DONE else None
    is_open = not status.is_closed
    if parts and item.schedule.stages and not status.is_closed and not is_reopened(progress):
        is_open = not parts[(item.last_milestone or len(item.milestones)) - 1].status.is_closed
        if all(part.status.is_closed for part in parts):
            done = [part.done_on for part in parts if part.done_on]
            return State(Status.DONE if done else Status.CANCELLED, due, None, max(done, default=None), parts)
    if item.schedule.rule and status is Status.DONE and not closed(item, day, start):
        status, is_open, done_on = Status.IN_PROGRESS, True, None
    if status is Status.PENDING and any(entry.status and entry.is_of_part for entry in progress):
        status = Status.IN_PROGRESS
    return State(status, due, (due - day).days if due and is_open else None, done_on, parts)


def of_parts(rows: Iterable[Row], wanted: Callable[[Part], bool]) -> tuple[Row, ...]:
    """Return a row for each part of the rows that is wanted, but for the milestone that ends the whole."""
    return tuple(_of_part(row, part) for row in rows for part in _own(row) if wanted(part))


def next_parts(rows: Iterable[Row], first: date, last: date) -> tuple[tuple[Row, ...], int]:
    """Return a row for each open part that is due from ``first`` to ``last``, and how many are later.

    Of a row that has none, the next part stands for them, however late.
    """
    found: list[Row] = []
    later = 0
    for row in rows:
        to_come = [
            part for part in _own(row) if part.days_left is not None and part.due and part.due >= first
        ]
        near = [part for part in to_come if part.due and part.due <= last]
        near = near or sorted(to_come, key=lambda part: part.due or date.max)[:1]
        found += [_of_part(row, part) for part in near]
        later += len(to_come) - len(near)
    return tuple(found), later


def _own(row: Row) -> tuple[Part, ...]:
    """Return the parts of a row, but for the milestone that ends the whole."""
    if row.days_left is None:
        return row.parts
    return tuple(part for part in row.parts if part.due != row.due)


def _of_part(row: Row, part: Part) -> Row:
    notices = tuple(each for each in row.notices if each.part == part.part)
    return row._replace(
        due=part.due,
        days_left=part.days_left,
        status=part.status,
        parts=(part,),
        part=part,
        part_reports=reports_of_part(row.item, row.progress, row.parts, part),
        notices=notices,
        alert=notices[0].kind if notices else None,
    )


def late(rows: Iterable[Row], registry: Registry) -> tuple[Row, ...]:
    """Return what is open past its day, the longest late first: items, and missed parts as rows."""
    still_open = [row for row in rows if not row.status.is_closed]
    overdue = tuple(row for row in still_open if row.alert is Alert.OVERDUE)
    found = overdue + of_parts(still_open, lambda part: part.is_missed)
    return sort(found, SortKey.DUE, registry)


def coming(rows: Iterable[Row], first: date, last: date, registry: Registry) -> tuple[Row, ...]:
    """Return what is open and due from ``first`` to ``last``, both inclusive: items, and parts as rows."""
    still_open = [row for row in rows if not row.status.is_closed]
    wanted = [row for row in still_open if row.days_left is not None and row.due]
    found = (*wanted, *of_parts(still_open, lambda part: part.days_left is not None))
    return sort((row for row in found if row.due and first <= row.due <= last), SortKey.DUE, registry)


def select(rows: Iterable[Row], criteria: Criteria) -> tuple[Row, ...]:
    """Choose the rows that meet every criterion. Raises ``WrongUsage`` for a pattern that cannot be used."""
    tests = _tests(criteria)
    chosen = tuple(row for row in rows if all(test(row) for test in tests))
    if not criteria.words and not criteria.patterns:
        return chosen
    from chengguo.queries import searching  # only a search pays for it

    texts = tuple(map(_texts, chosen))
    found = searching.having(criteria.words, texts)
    for pattern in criteria.patterns:
        found &= searching.matching(pattern, texts)
    return tuple(row for place, row in enumerate(chosen) if place in found)


def _tests(wanted: Criteria) -> list[Callable[[Row], bool]]:
    """Turn the criteria that are given into tests."""
    by, after = wanted.due_by or date.max, wanted.due_after or date.min
    tests: list[tuple[object, Callable[[Row], bool]]] = [
        (wanted.departments, lambda row: not involved(row.item, wanted.role).isdisjoint(wanted.departments)),
        (wanted.sections, lambda row: (row.item.plan, row.task.section) in wanted.sections),
        (wanted.statuses, lambda row: _stands(row, wanted.statuses)),
        (wanted.not_statuses, lambda row: not _stands(row, wanted.not_statuses)),
        (wanted.year is not None, lambda row: row.due is not None and row.due.year == wanted.year),
        (wanted.due_by, lambda row: row.due is not None and row.due <= by),
        (wanted.due_after, lambda row: row.due is not None and row.due > after),
        (wanted.overdue, lambda row: row.alert in (Alert.OVERDUE, Alert.MISSED)),
        (wanted.lights, lambda row: row.lit is not None and row.lit.light.name in wanted.lights),
        (wanted.alerts, lambda row: any(notice.kind in wanted.alerts for notice in row.notices)),
        (wanted.ongoing, lambda row: row.item.schedule.is_ongoing),
        (wanted.undated, lambda row: is_undated(row.item)),
    ]
    return [test for given, test in tests if given]


def _stands(row: Row, wanted: tuple[Status | Closing, ...]) -> bool:
    return any(stands(row.status, row.closing, each) for each in wanted)


def is_undated(item: Item) -> bool:
    """True if the item has no due date although its work is not standing: a day must still be agreed."""
    return item.due is None and not item.schedule.is_standing


def involved(item: Item, role: str) -> set[str]:
    """Return the departments that take part in the item in that role, which may be a column's heading."""
    if role not in {*Role}:
        return {*dict(item.extra).get(role, ())}
    lead = item.lead if role != Role.SUPPORT else ()
    support = item.support if role != Role.LEAD else ()
    return {*lead, *support}


def by_department(
    registry: Registry, rows: Iterable[Row], chosen: Collection[str], role: str, day: date
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each department that takes part in the role, of all or those that are chosen.

    What a body had that was followed by another before the day is that one's. They are in the order of the
    register; a body that it does not name comes last.
    """
    holders = heirs(registry.departments, day)
    found: dict[str, list[Row]] = {}
    for row in rows:
        concerned = (name for name in involved(row.item, role) if not chosen or name in chosen)
        for name in followed(concerned, holders):
            found.setdefault(name, []).append(row)
    known = dict.fromkeys((*(each.name for each in registry.departments), *sorted(found)))
    return {name: tuple(found[name]) for name in known if name in found}


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
    plans = {name: place for place, name in enumerate(registry.by_plan)}
    in_order = [(name, section.id) for name, each in registry.by_plan.items() for section in each.sections]
    places = {section: place for place, section in reversed([*enumerate(in_order)])}
    statuses = list(Status)
    departments = {department.name: place for place, department in enumerate(registry.departments)}
    keys: dict[SortKey, Callable[[Row], Any]] = {
        SortKey.ID: lambda row: (plans[row.item.plan], row.task.id, row.item.id),
        SortKey.DUE: lambda row: row.due or date.max,
        SortKey.STATUS: lambda row: statuses.index(row.status),
        SortKey.SECTION: lambda row: places.get((row.item.plan, row.task.section), -1),
        SortKey.LEAD: lambda row: [departments.get(name, len(departments)) for name in row.item.lead],
    }
    ordered = sorted(rows, key=keys[key], reverse=reverse)
    if key is SortKey.DUE:
        ordered.sort(key=lambda row: row.due is None)
    return tuple(ordered)
