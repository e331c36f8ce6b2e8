"""The parts of an item as of a day: the milestones of a wording with several, the periods of what recurs."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chengguo import schedules
from chengguo.language import _
from chengguo.model import WHOLE, Item, Plan, Progress, Schedule
from chengguo.model.status import Status
from chengguo.registry import periods
from chengguo.registry.periods import Period


class Part(NamedTuple):
    """A part of an item as it stood on a day: ``1`` of its milestones, or ``2025-02`` of its periods.

    ``days_left`` counts from that day to the due date, negative where it is missed; None for a part that
    is closed or has no day. ``done_on`` is the day on which it was reported done.
    """

    part: str
    wording: str
    due: date | None
    status: Status
    done_on: date | None
    days_left: int | None

    @property
    def is_missed(self) -> bool:
        """True if it is open and its day is past."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_done_late(self) -> bool:
        """True if it was done after its day."""
        return bool(self.due and self.done_on and self.done_on > self.due)


def is_milestone(item: Item, part: str) -> bool:
    """True if a part of an item is one of its milestones, not a period: years have numbers too."""
    return part.isdigit() and int(part) <= len(item.schedule.stages)


def reports_of_part(
    item: Item, progress: Sequence[Progress], parts: Sequence[Part], part: Part
) -> tuple[Progress, ...]:
    """Return those reports of an item that are of one of its ``parts``.

    They are those that name it; those too that name no part, for a milestone, and for a period where their
    day lies in it.
    """
    if is_milestone(item, part.part):
        named = int(part.part)
        return tuple(each for each in progress if each.milestone == named or not each.is_of_part)
    days = [each.due for each in parts if each.due and not is_milestone(item, each.part)]
    last = part.due or date.max
    first = max((day for day in days if day < last), default=date.min)
    return tuple(
        each
        for each in progress
        if each.period == part.part or (first < each.date <= last and not each.is_of_part)
    )


class Closing(NamedTuple):
    """How and when a whole item was closed; the day is None where no report tells it."""

    status: Status
    day: date | None


class Calendar:
    """Gives the parts of the items of one registry as of one day; equal schedules are reckoned once."""

    def __init__(self, plan: Plan, day: date) -> None:
        """Begin with the plan, from whose day of issue periods count, and the day."""
        self.plan = plan
        self.day = day
        self.start, self._known_start = plan.start, plan.known_start
        self._periods: dict[tuple[Schedule, date], tuple[Period, ...]] = {}
        self._stages: dict[Schedule, tuple[Part, ...]] = {}
        self._untouched: dict[tuple[Schedule, date], tuple[Part, ...]] = {}

    def parts(self, item: Item) -> tuple[Part, ...]:
        """Return the parts of an item: none where its wording has one day alone, or none."""
        schedule = item.schedule
        if not schedule.stages and schedule.rule is None:
            return ()
        reports = tuple(entry for entry in item.progress if entry.date <= self.day)
        closing = closed(item, self.day, self.start)
        return (*self._milestones(item, reports, closing), *self._rounds(item, reports, closing))

    def _milestones(
        self, item: Item, reports: tuple[Progress, ...], closing: Closing | None
    ) -> tuple[Part, ...]:
        if not (reports or closing or item.extensions or item.explicit_due):
            if item.schedule not in self._stages:
                self._stages[item.schedule] = self._staged(item, reports, closing)
            return self._stages[item.schedule]
        return self._staged(item, reports, closing)

    def _staged(self, item: Item, reports: tuple[Progress, ...], closing: Closing | None) -> tuple[Part, ...]:
        return tuple(
            self._part(
                Period(str(number), item.milestone_due_on(number, self.day) or date.max),
                stage.wording,
                [entry for entry in reports if entry.milestone == number],
                closing,
            )
            for number, stage in enumerate(item.schedule.stages, 1)
        )

    def _rounds(self, item: Item, reports: tuple[Progress, ...], closing: Closing | None) -> tuple[Part, ...]:
        first = self.first(item)
        if first is None or not periods.has_periods(item.schedule):
            return ()
        known = self._known(item.schedule, first)
        if closing is None and not reports:
            return self._open(item.schedule, first)
        by_name = self._by_period(item, reports, known)
        words = item.schedule.wording
        return tuple(self._part(period, words, by_name.get(period.name, []), closing) for period in known)

    def _part(self, period: Period, words: str, reports: list[Progress], closing: Closing | None) -> Part:
        """Return a part with what was reported of it, else of the whole."""
        status = next((entry.status for entry in reversed(reports) if entry.status), Status.PENDING)
        done_on = finished(reports)
        if closing and not status.is_closed:
            status, done_on = closing.status, closing.day if closing.status is Status.DONE else None
        due = None if period.due == date.max else period.due
        left = (due - self.day).days if due and not status.is_closed else None
        return Part(period.name, words, due, status, done_on, left)

    def _open(self, schedule: Schedule, first: date) -> tuple[Part, ...]:
        """Return the periods of work of which nothing was reported: a thousand items share them."""
        key = (schedule, first)
        if key not in self._untouched:
            known = self._known(schedule, first)
            self._untouched[key] = tuple(self._part(each, schedule.wording, [], None) for each in known)
        return self._untouched[key]

    def _known(self, schedule: Schedule, first: date) -> tuple[Period, ...]:
        key = (schedule, first)
        if key not in self._periods:
            end = schedules.until(schedule, self.plan.context.end)
            last = end or date(min(self.day.year + 1, date.max.year), 12, 31)
            self._periods[key] = periods.periods(schedule, first, last)
        return self._periods[key]

    def _by_period(
        self, item: Item, reports: tuple[Progress, ...], known: tuple[Period, ...]
    ) -> dict[str, list[Progress]]:
        """Return the reports of each period; a done that names none counts for the one it lies in."""
        found: dict[str, list[Progress]] = {}
        days = [period.due for period in known]
        for entry in reports:
            name = entry.period
            if name is None and known and entry.status is Status.DONE and periods.is_periodic(item.schedule):
                name = known[min(bisect_left(days, entry.date), len(known) - 1)].name
            if name is not None:
                found.setdefault(name, []).append(entry)
        return found

    def first(self, item: Item) -> date | None:
        """Return the day from which the periods of an item count; None where nothing tells it."""
        start = self._known_start or item.schedule.start or (item.progress[0].date if item.progress else None)
        return max(start, item.schedule.start) if start and item.schedule.start else start

    def period_of(self, item: Item, day: date) -> str | None:
        """Return the name of the period in which a day lies: after the last due day, up to the next."""
        first = self.first(item) or day
        known = self._known(item.schedule, first) if periods.has_periods(item.schedule) else ()
        place = bisect_left([period.due for period in known], day)
        return known[min(place, len(known) - 1)].name if known else None

    def doubt(self, item: Item) -> str | None:
        """Return why the periods of an item are not certain; None where they are, or there are none."""
        if self._known_start or item.schedule.start or not periods.has_periods(item.schedule):
            return None
        return _("its periods count from the first report: the plan has no day of issue and no years")


def closed(item: Item, day: date, start: date) -> Closing | None:
    """Return how the whole item had been closed by a day; None for one that was open.

    ``start`` is the first day of the plan.

    A report of done that does not say so closes no recurring work: it is one round of it.
    """
    status = item.status_on(day, start)
    if not status.is_closed:
        return None
    reports = [entry for entry in item.progress if entry.date <= day]
    is_ended = not reports or any(entry.period == WHOLE for entry in reports)
    if status is Status.DONE and not is_ended and periods.is_periodic(item.schedule):
        return None
    return Closing(status, finished([entry for entry in reports if not entry.is_of_part]))


def finished(reports: Sequence[Progress]) -> date | None:
    """Return the day on which work was last reported done, not counting reports that repeat it."""
    day = None
    for entry in reversed(reports):
        if entry.status is Status.DONE:
            day = entry.date
        elif entry.status:
            break
    return day
