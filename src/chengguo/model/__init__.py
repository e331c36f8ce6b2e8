"""The values of a registry: frozen, without any input or output."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from chengguo.model.plan import Context as Context
from chengguo.model.plan import Plan as Plan
from chengguo.model.plan import Years as Years
from chengguo.model.status import Status
from chengguo.text.findings import Finding
from chengguo.text.source import Span

NOWHERE = Span(0, 0)


class Department(NamedTuple):
    """An entry of the register.

    A ``group`` (各相关区政府, "those concerned") is never expanded into its members. ``successor`` took
    over after ``until``, the last month (2018-11) of the name, where the body was renamed or merged. One
    that stands ``NOWHERE`` in the file is of a register that it has in common with others.
    """

    name: str
    full: str | None
    aliases: tuple[str, ...]
    group: bool
    successor: str | None
    until: str | None
    span: Span


class Section(NamedTuple):
    """A part of the table, such as 一: 增强科技成果转移转化主体内生动力.

    ``upper`` is the id of the section that it is a part of, empty for one of the first level.
    """

    id: str
    title: str
    span: Span
    upper: str = ""


class Milestone(NamedTuple):
    """One of several milestones in a cell: its words as printed, and its last day where it is known."""

    wording: str
    due: date | None


class Schedule(NamedTuple):
    """The official wording of a cell of 计划进度 and how it is read.

    ``kind`` is one of the kinds of the file format ("deadline", "ongoing", "unknown" …), or two joined
    with "+". ``due`` is the last day on which the item is in time. ``doubt`` says, in words, why the
    reading is not certain; ``None`` where it is. ``rule`` says when recurring work is due, as RFC 5545,
    section 3.3.10, writes it; ``stages`` are the milestones where there is more than one.
    ``is_understood`` is False for words that mean nothing known; 适时 is understood: it names no day.
    """

    wording: str
    kind: str
    start: date | None = None
    due: date | None = None
    doubt: str | None = None
    rule: str | None = None
    stages: tuple[Milestone, ...] = ()
    is_understood: bool = True

    @property
    def is_ongoing(self) -> bool:
        """True if it is, or ends in, standing work (持续推进), which is never overdue."""
        return "ongoing" in self.kind.split("+")

    @property
    def is_standing(self) -> bool:
        """True if it is work without one due date: ongoing, recurring by a rule, or begun on a day."""
        return self.is_ongoing or self.rule is not None or (self.kind == "start" and self.start is not None)


WHOLE = "whole"  # the period of a report that ends recurring work for good


class Figure(str):
    """A number, a share or a day as the file writes it, which needs no quotes there."""

    __slots__ = ()


class Column(NamedTuple):
    """A column of the office's own: what stands in it, and whether it belongs to the item or to a report.

    A ``private`` one is not handed round.
    """

    heading: str
    kind: str = "text"
    of: str = "item"
    private: bool = False

    @property
    def is_list(self) -> bool:
        """True if it holds names, of departments or of persons."""
        return self.kind in {"names", "persons"}


# The headings of columns and what stands in them, in the order of the file: texts, figures, names.
Extra = tuple[tuple[str, str | tuple[str, ...]], ...]


class Progress(NamedTuple):
    """What was reported of an item on a day. ``status`` is ``None`` where only a note was given.

    ``milestone`` or ``period`` is the part that it is about; the period ``whole`` is said of recurring work
    that is over for good. ``percent`` is how much was done by then, ``by`` the department that reported.
    """

    date: date
    status: Status | None
    note: str | None
    milestone: int | None = None
    period: str | None = None
    percent: int | None = None
    problem: str | None = None
    next: str | None = None
    evidence: tuple[str, ...] = ()
    by: str | None = None
    extra: Extra = ()

    @property
    def is_of_part(self) -> bool:
        """True if it is about a part alone, so that it says nothing of the whole."""
        return self.milestone is not None or self.period not in (None, WHOLE)


class Extension(NamedTuple):
    """A later day that was agreed on (延期): asked for on ``date``, up to ``to``, worded as schedules are.

    It puts off the ``milestone`` that it names, else the whole.
    """

    date: date
    to: Schedule
    reason: str
    approved_by: str | None = None
    milestone: int | None = None


class Item(NamedTuple):
    """One row of the table. ``places`` says where in the file each field stands, list fields name by name.

    ``explicit_due`` is the ``due:`` of the file, for wording that cannot be read. ``others`` holds the
    fields that are declared (``registry.fields``) and have no attribute of their own, by their names.
    ``plan`` names its plan, where several are read as one.
    """

    task: int
    id: int
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: Schedule
    explicit_due: date | None
    status: Status
    progress: tuple[Progress, ...]
    places: Mapping[str, tuple[Span, ...]]
    extensions: tuple[Extension, ...] = ()
    others: Mapping[str, Any] = MappingProxyType({})
    extra: Extra = ()
    plan: str = ""

    @property
    def address(self) -> str:
        """Where it is, as people and the command line write it: ``3.2``, of several plans ``成果:3.2``."""
        return f"{self.plan}:{self.number}" if self.plan else self.number

    @property
    def number(self) -> str:
        """Task id and item id, its address within its plan: ``3.2``, ``?`` where unreadable."""
        return f"{self.task or '?'}.{self.id or '?'}"

    @property
    def first_due(self) -> date | None:
        """The last day in time but for extensions: the explicit one, else the wording's.

        Standing work that ends on a day (年内持续推进) is not overdue after it, and has none.
        """
        return self.explicit_due or (None if self.schedule.kind == "ongoing" else self.schedule.due)

    @property
    def due(self) -> date | None:
        """The last day on which the item is in time, after every extension."""
        return self.due_on(date.max)

    def due_on(self, day: date) -> date | None:
        """Return the due date in force at the end of ``day``: the last extension recorded by then counts."""
        if not self.extensions:
            return self.first_due
        return self._put_off(day, (None, self.last_milestone)) or self.first_due

    @property
    def last_milestone(self) -> int | None:
        """The milestone whose day is that of the whole; None where there is none."""
        numbered = enumerate(self.schedule.stages, 1)
        return next((number for number, stage in numbered if stage.due == self.schedule.due), None)

    def milestone_due_on(self, number: int, day: date) -> date | None:
        """Return the due date of a milestone at the end of ``day``; the last one's is the whole's."""
        if number == self.last_milestone:
            return self.due_on(day)
        return self._put_off(day, (number,)) or self.schedule.stages[number - 1].due

    def _put_off(self, day: date, milestones: tuple[int | None, ...]) -> date | None:
        agreed = [
            each.to.due
            for each in self.extensions
            if each.date <= day and each.to.due and each.milestone in milestones
        ]
        return agreed[-1] if agreed else None

    def is_late(self, extension: Extension) -> bool:
        """True if the extension was asked for after the due date that it puts off."""
        before = self._replace(extensions=self.extensions[: self.extensions.index(extension)])
        number = extension.milestone
        if number and number in self.milestones:
            due = before.milestone_due_on(number, date.max)
        else:
            due = before.due
        return due is not None and extension.date > due

    @property
    def milestones(self) -> range:
        """The numbers of its milestones."""
        return range(1, len(self.schedule.stages) + 1)

    def status_on(self, day: date, start: date = date.min) -> Status:
        """Return the status as it had been reported by the end of ``day``.

        Before the first report nothing had been reported: it was pending. A status that is written without
        a report of it has no day; it counts from the last progress entry on, and from ever where there is
        none. A closed one counts from no day earlier than the file can show: neither before ``start``, the
        plan's first day, nor before the last extension, which was asked for while the work was open. Reports
        of a part say nothing of the whole.
        """
        whole = [entry for entry in self.progress if not entry.is_of_part]
        if not whole or day >= self.progress[-1].date:
            open_until = max((start, *(each.date for each in self.extensions)))
            is_shown = not self.is_closed_unreported or day >= open_until
            return self.status if is_shown else Status.PENDING
        reported = [entry.status for entry in whole if entry.status and entry.date <= day]
        return reported[-1] if reported else Status.PENDING

    @property
    def is_closed_unreported(self) -> bool:
        """True if it is written to be closed, and no report tells since when."""
        return self.status.is_closed and not any(entry.status for entry in self.progress)

    @property
    def verified_on(self) -> date | None:
        """The day on which it was verified, unless it was sent back then or later."""
        verified, returned = self.others.get("verified"), self.others.get("returned")
        is_sent_back = verified and returned and returned["date"] >= verified["date"]
        return verified["date"] if verified and not is_sent_back else None

    def is_accepted_undated(self, day: date) -> bool:
        """True if somebody has accepted that no day is known, and the acceptance holds on ``day``."""
        acceptance = self.others.get("accepted_undated")
        return acceptance is not None and day <= acceptance["until"]


class Task(NamedTuple):
    """A key task (重点任务) and its items. ``section`` is the id of its section."""

    id: int
    section: str
    title: str
    items: tuple[Item, ...]
    places: Mapping[str, tuple[Span, ...]]


class Thresholds(NamedTuple):
    """From when on an office wants an alert, in days: before the due date, since the last report."""

    due_soon: int = 30
    stale: int = 90


class Condition(NamedTuple):
    """When a light holds: a kind of the closed vocabulary, as it is ``written``, with a number if it has one.

    A number is in days, or in points of a hundred; ``is_over`` takes that number itself out.
    """

    kind: str
    written: str
    number: int | None = None
    is_over: bool = False


class Light(NamedTuple):
    """A light of the office: its word, when it holds (always, if nothing is said), its colour, its shape."""

    name: str
    when: tuple[Condition, ...]
    color: str
    shape: str


class Registry(NamedTuple):
    """All that a registry file says, and all that was found wrong with it.

    One that several are read as has them in ``among``.
    """

    plan: Plan
    departments: tuple[Department, ...]
    sections: tuple[Section, ...]
    tasks: Sequence[Task]
    findings: tuple[Finding, ...] = ()
    alerts: Thresholds = Thresholds()
    lights: tuple[Light, ...] = ()
    columns: tuple[Column, ...] = ()
    among: tuple["Registry", ...] = ()

    @property
    def by_plan(self) -> Mapping[str, "Registry"]:
        """The registries that it is of by the names of their plans, as items have them; "" is one alone."""
        return {each.plan.name: each for each in self.among} if self.among else {"": self}

    @property
    def register(self) -> tuple[Department, ...]:
        """The departments of its own file."""
        return tuple(each for each in self.departments if each.span != NOWHERE)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of every task, in the order of the file."""
        return tuple(item for task in self.tasks for item in task.items)
