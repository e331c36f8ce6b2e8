"""Reports that an office sees first, however clear they are: what they would undo, and days that cannot be.

A department may slip by a year, send last month's table again, or end its own work. Each check says what
stands against a report, as the field and the reason; None where nothing does.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from chengguo.edits import speaking
from chengguo.edits.editing import Change
from chengguo.language import _
from chengguo.model import WHOLE, Plan
from chengguo.model.reopening import is_done_by_milestones
from chengguo.model.status import Status, status_from
from chengguo.queries.parts import Calendar
from chengguo.registry.periods import is_past_half

Doubt = tuple[str, str] | None
_FIRST_WORD = re.compile(r"\w+(?=\W|$)")


class Judged(NamedTuple):
    """A report, the plan that it is of, the day on which it is judged, and whether its part was named."""

    change: Change
    plan: Plan
    today: date
    is_named: bool
    plan_name: str = ""  # where there are several

    @property
    def part(self) -> str | None:
        """The name of the part that it is about; None for the whole."""
        change = self.change
        name = change.period if change.milestone is None else str(change.milestone)
        return None if name == WHOLE else name

    @property
    def standing(self) -> Status:
        """The status of what it is about, as the registry has it."""
        item = self.change.item
        parts = Calendar(self.plan, self.today).parts(item) if self.part else ()
        whole = Status.DONE if is_done_by_milestones(item) else item.status
        return next((each.status for each in parts if each.part == self.part), whole)


def doubt(judged: Judged) -> Doubt:
    """Return what stands against a report."""
    return next(filter(None, (check(judged) for check in _CHECKS)), None)


def _before_plan(judged: Judged) -> Doubt:
    """Before its first year nobody worked on a plan: the year is a slip."""
    change, first = judged.change, judged.plan.first_day
    if first is None or change.day >= first:
        return None
    why = _("{item}: the day {day} lies before the plan, which begins in {year}")
    return "date", why.format(item=change.item.address, day=change.day, year=first.year)


def _ends(judged: Judged) -> Doubt:
    """What is cancelled is asked for no more: that is for the office to say."""
    change = judged.change
    if change.status is not Status.CANCELLED or judged.standing is Status.CANCELLED:
        return None
    why = _("{item}: only the office ends an item: {command}")
    return "status", why.format(item=change.item.address, command=command(judged))


def _reopens(judged: Judged) -> Doubt:
    """What is closed is opened again by the office, and what has begun is unbegun by it."""
    change, standing = judged.change, judged.standing
    is_undone = standing.is_closed or change.status is Status.PENDING
    if change.status in {None, standing} or not is_undone:
        return None
    why = _("{item}: it is {known}, and the row says {said}; if that is so: {command}")
    return "status", _with_statuses(why, judged, standing, command=command(judged))


def _outdated(judged: Judged) -> Doubt:
    """A report of an earlier day than another's leaves the status as the later one says it."""
    change = judged.change
    part = (change.milestone, change.period)
    said = [each for each in change.item.progress if (each.milestone, each.period) == part and each.status]
    later = next((each for each in reversed(said) if each.date > change.day), None)
    if change.status is None or later is None or later.status is change.status:
        return None
    why = _("{item}: the row says {said} on {day}, and {known} was reported later, on {later}")
    return "status", _with_statuses(why, judged, later.status, day=change.day, later=later.date)


def _only_noted(judged: Judged) -> Doubt:
    """A note that begins with 已完成 beside an empty status says done, and does not record it."""
    change = judged.change
    word = _FIRST_WORD.match(change.note or "")
    said = status_from(word[0]) if word else None
    if change.status or said is None or not said.is_closed or judged.standing is said:
        return None
    why = _("{item}: the note says '{text}', and the status is empty")
    return "note", why.format(item=change.item.address, text=word and word[0])


def _closes_next(judged: Judged) -> Doubt:
    """A done without a period counts for that of its day; early in one it may be a late one of the last."""
    change = judged.change
    if judged.is_named or change.period is None or change.status is not Status.DONE:
        return None
    parts = Calendar(judged.plan, change.day).parts(change.item)[len(change.item.schedule.stages) :]
    at = next((at for at, each in enumerate(parts) if each.part == change.period), 0)
    begin, end = (parts[at - 1].due, parts[at].due) if at else (None, None)
    if not (begin and end and parts[at - 1].is_missed) or is_past_half(change.day, begin, end):
        return None
    why = _(
        "{item}: {day} counts for {period}, and {before} is open; write {item}/{before} or {item}/{period}"
    )
    before = parts[at - 1].part
    return "status", why.format(item=change.item.address, day=change.day, period=change.period, before=before)


def _with_statuses(why: str, judged: Judged, known: Status | None, **more: object) -> str:
    said = judged.change.status
    words = {"known": _(known.word) if known else "", "said": _(said.word) if said else ""}
    return why.format(item=judged.change.item.address, **words, **more)


def command(judged: Judged) -> str:
    """Return the command by which the office records the status of a report itself."""
    change = judged.change
    is_checked = judged.plan.closing == "verified" and change.item.verified_on
    if is_checked and judged.standing is Status.DONE and judged.part is None:
        address = change.item.address
        return f"chengguo return {judged.plan_name}{':' * bool(judged.plan_name)}{address} --reason TEXT"
    return speaking.command(change, judged.plan_name)


_CHECKS: tuple[Callable[[Judged], Doubt], ...] = (
    _before_plan,
    _ends,
    _reopens,
    _outdated,
    _only_noted,
    _closes_next,
)
