"""What supervision (督办) looks for: the alerts of an item as it stood on a day, the gravest first."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from chengguo.language import N_
from chengguo.model import Extension, Item, Light, Progress, Thresholds
from chengguo.model.status import Status
from chengguo.queries.parts import Part
from chengguo.queries.reports import Hearing, is_silent


class Alert(StrEnum):
    """A kind of alert, in the order of gravity. Computed for a day, never stored.

    An entry holds the word for scripts, the one for people, and the Chinese words that people write for it.
    """

    OVERDUE = "overdue", N_("overdue"), "逾期 超期"  # open, and the due date is past
    MISSED = (
        "missed",
        N_("part missed"),
        "节点逾期 缺报 漏期",
    )  # a milestone or a period is open, its day past
    DUE_SOON = "due_soon", N_("due soon"), "临期 即将到期"  # open, and due within the office's days
    STALE = "stale", N_("not reported on"), "久未报告"  # once reported on, and not for the office's days
    UNREPORTED = "unreported", N_("not reported"), "未报告 从未报告 未报"  # never, or not in this period
    BLOCKED = "blocked", N_("blocked"), "受阻"
    DONE_LATE = "done_late", N_("done late"), "逾期完成"  # reported done after the due date
    EXTENDED_LATE = "extended_late", N_("extension asked late"), "逾期申请延期"
    UNREAD = "unread", N_("schedule not understood"), "进度不明"  # nobody is reminded of it

    word: str
    chinese: tuple[str, ...]

    def __new__(cls, value: str, word: str = "", chinese: str = "") -> Self:
        """Make an alert of its entry."""
        alert = str.__new__(cls, value)
        alert._value_ = value
        alert.word = word
        alert.chinese = tuple(chinese.split())
        return alert


_BY_WORD = {
    word: alert for alert in Alert for word in (alert.value, alert.value.replace("_", " "), *alert.chinese)
}


def alert_from(word: str) -> Alert | None:
    """Return the alert that a word stands for, in English or Chinese; None where it stands for none."""
    return _BY_WORD.get(word.strip().lower())


class Notice(NamedTuple):
    """One alert of an item: what it is about, a part or the whole, and how many days.

    ``days`` are those since the due date, those left of what is due soon, or those without a report;
    None where they are not known, or none count.
    """

    kind: Alert
    part: str | None = None
    due: date | None = None
    days: int | None = None


class Office(NamedTuple):
    """What alerts are reckoned against: the day, the office's thresholds, since when reports are expected.

    ``hearing`` tells who has reported in the round that is due, where the plan has a rhythm. ``lights`` are
    those of the office, the first that holds counting.
    """

    day: date
    thresholds: Thresholds
    start: date | None
    hearing: Hearing | None
    lights: tuple[Light, ...] = ()


class State(NamedTuple):
    """How an item stands: its status, its due date in force, the days left, when it was done, its parts."""

    status: Status
    due: date | None
    days_left: int | None
    done_on: date | None
    parts: tuple[Part, ...]


class Told(NamedTuple):
    """What had been recorded of an item by the day: its reports and its extensions."""

    progress: tuple[Progress, ...]
    extensions: tuple[Extension, ...]


def notices(item: Item, state: State, told: Told, office: Office) -> tuple[Notice, ...]:
    """Return every alert of an item, the gravest first, those of parts in their order."""
    found = [*_of_whole(item, state, told.progress, office)]
    if state.parts:
        found += _of_parts(state, office.thresholds)
    found += [
        Notice(Alert.EXTENDED_LATE, str(each.milestone) if each.milestone else None, each.to.due)
        for each in told.extensions
        if item.is_late(each)
    ]
    if len(found) > 1:
        found.sort(key=lambda notice: _GRAVITY[notice.kind])
    return tuple(found)


_GRAVITY = {alert: place for place, alert in enumerate(Alert)}


def _of_whole(item: Item, state: State, progress: tuple[Progress, ...], office: Office) -> Iterator[Notice]:
    status, due, left, done_on, _parts = state
    if status is Status.DONE and due and done_on and done_on > due:
        yield Notice(Alert.DONE_LATE, None, due, (done_on - due).days)
    if status.is_closed:
        return
    if left is not None and left <= office.thresholds.due_soon:
        yield Notice(Alert.OVERDUE if left < 0 else Alert.DUE_SOON, None, due, abs(left))
    if status is Status.BLOCKED:
        yield Notice(Alert.BLOCKED)
    if silence := _silence(item, progress, office):
        yield silence
    if not (item.schedule.is_understood or item.explicit_due):
        yield Notice(Alert.UNREAD)


def _silence(item: Item, progress: tuple[Progress, ...], office: Office) -> Notice | None:
    """Say that nothing was reported: never, not in the round that is due, or not for long."""
    day, now = office.day, office.hearing
    if not progress:
        if not (now.round.is_due if now else office.start):
            return None
        days = (day - office.start).days if office.start else None
        return Notice(Alert.UNREPORTED, days=days) if days is None or days >= 0 else None
    silent = (day - progress[-1].date).days
    if now and now.round.is_due and is_silent(item.lead, now.heard(item.lead, progress)):
        return Notice(Alert.UNREPORTED, due=now.round.last, days=silent)
    return Notice(Alert.STALE, days=silent) if silent > office.thresholds.stale else None


def _of_parts(state: State, thresholds: Thresholds) -> Iterator[Notice]:
    """Return the alerts of parts, but for the milestone whose day is that of the whole."""
    whole = state.due if state.days_left is not None or state.status is Status.DONE else None
    for part in state.parts:
        left = part.days_left
        if part.due == whole:
            continue
        if left is not None and left <= thresholds.due_soon:
            yield Notice(Alert.MISSED if left < 0 else Alert.DUE_SOON, part.part, part.due, abs(left))
        elif part.due and part.done_on and part.done_on > part.due:
            yield Notice(Alert.DONE_LATE, part.part, part.due, (part.done_on - part.due).days)
