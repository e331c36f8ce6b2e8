"""The light of an item: the first of the office's table of which a condition holds, and why."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from chengguo.model import Condition, Extension, Item, Light, Progress
from chengguo.queries.alerts import Alert, Notice, State

# Of an office that has no table of its own.
DEFAULT = (
    Light("红", (Condition("overdue", "overdue"), Condition("missed", "missed")), "red", "■"),
    Light(
        "黄",
        (
            Condition("due soon", "due soon"),
            Condition("blocked", "blocked"),
            Condition("unreported", "unreported"),
        ),
        "yellow",
        "▲",
    ),
    Light("绿", (), "green", "●"),
)


class Lit(NamedTuple):
    """The light of an item, the condition that holds (None where it needs none) and what was measured."""

    light: Light
    condition: Condition | None
    measured: int | None


class Facts(NamedTuple):
    """What conditions are about: how an item stands on a day, and from when its work is planned."""

    item: Item
    state: State
    notices: tuple[Notice, ...]
    progress: tuple[Progress, ...]
    extensions: tuple[Extension, ...]
    start: date | None
    day: date
    kinds: frozenset[Alert]


def light(facts: Facts, lights: tuple[Light, ...]) -> Lit | None:
    """Return the light of an item; None where no condition of any holds."""
    for each in lights:
        if not each.when:
            return Lit(each, None, None)
        for condition in each.when:
            measured = _measured(condition, facts)
            if measured is not None:
                return Lit(each, condition, None if condition.number is None else measured)
    return None


def _measured(condition: Condition, facts: Facts) -> int | None:
    """Return what a condition that holds was measured at, 0 for a word; None where it does not hold."""
    if condition.number is None:
        return 0 if _WORDS[condition.kind](facts) else None
    if condition.kind == "behind":
        return _behind(condition, facts)
    measured = _late(facts) if condition.kind == "late" else _left(facts)
    if measured is None:
        return None
    if condition.kind == "due within":
        return measured if measured <= condition.number else None
    return measured if measured >= condition.number + condition.is_over else None


def _has(alert: Alert) -> Callable[[Facts], bool]:
    return lambda facts: alert in facts.kinds


_WORDS: dict[str, Callable[[Facts], bool]] = {
    "overdue": _has(Alert.OVERDUE),
    "missed": _has(Alert.MISSED),
    "due soon": _has(Alert.DUE_SOON),
    "blocked": _has(Alert.BLOCKED),
    "unreported": _has(Alert.UNREPORTED),
    "stale": _has(Alert.STALE),
    "done late": _has(Alert.DONE_LATE),
    "extended": lambda facts: bool(facts.extensions),
}


def _late(facts: Facts) -> int | None:
    """Return the days since the due date of the item, or of the part of it that is latest."""
    late = (Alert.OVERDUE, Alert.MISSED)
    return max((each.days or 0 for each in facts.notices if each.kind in late), default=None)


def _left(facts: Facts) -> int | None:
    """Return the days up to the next due date of the item, or of a part of it."""
    days = (facts.state.days_left, *(part.days_left for part in facts.state.parts))
    return min((left for left in days if left is not None and left >= 0), default=None)


def _behind(condition: Condition, facts: Facts) -> int | None:
    """Return the points by which an open item is behind the time gone by (序时进度), if by so many.

    Planned is the share of the days from its start, or the plan's, to its due date; where no per cent was
    reported, none is done. Whole numbers are compared, so that nothing is rounded.
    """
    due, start = facts.state.due, facts.item.schedule.start or facts.start
    if facts.state.status.is_closed or due is None or start is None or condition.number is None:
        return None
    total = max((due - start).days, 1)
    gone = min(max((facts.day - start).days, 0), total)
    percents = (entry.percent for entry in facts.progress if not entry.is_of_part)
    done = next((each for each in reversed([*percents]) if each is not None), 0)
    points = 100 * gone - done * total  # in shares of a day
    limit = condition.number * total
    return points // total if points > limit or (points == limit and not condition.is_over) else None
