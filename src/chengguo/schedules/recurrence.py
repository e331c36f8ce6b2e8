"""Recurring work (每月28日前, 每季度末, 每年6月、12月) as rules of RFC 5545, section 3.3.10."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from chengguo.language import _
from chengguo.schedules.dates import LAST, Point, Said

# How many months a period has, and which of them is its last.
_SIZES = {
    "month": (1, 1),
    "quarter": (3, 3),
    "half year": (6, 6),
    "even months": (2, 2),
    "odd months": (2, 1),
}
_RULES = {
    "half month": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "third": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "week": "FREQ=WEEKLY;BYDAY=SU",
    "day": "FREQ=DAILY",
    "year": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
}
_DAYS_OF_FEBRUARY = 28
_LONGEST = 31


class Cycle(NamedTuple):
    """How often something recurs: ``every`` so many units."""

    unit: str
    every: int = 1


def recurring(cycle: Cycle, rule: str | None, doubt: str | None = None) -> Said:
    """Return what recurs by a rule; of every second or third period it is not said from which one on."""
    if cycle.every > 1 and rule:
        doubt = _("it is not said from which period on they are counted")
        frequency, _semicolon, days = rule.partition(";")
        rule = f"{frequency};INTERVAL={cycle.every};{days}".strip(";")
    return Said("recurring", rule=rule, doubt=doubt)


def no_day() -> str:
    """Return the reason for a day that no calendar has."""
    return _("the calendar has no such day")


def by_itself(cycle: Cycle) -> Said:
    """Return what is due on the last day of each period."""
    return recurring(cycle, _RULES.get(cycle.unit) or f"{_months(cycle.unit, LAST)}BYMONTHDAY=-1")


def on_days(cycle: Cycle, days: list[int], place: int = LAST, doubt: str | None = None) -> Said | None:
    """Return what is due on days of a month: that of ``place`` in each period, by default its last.

    None for a period without months.
    """
    head = _months(cycle.unit, place)
    if head is None:
        return None
    if not head or not all(map(_is_day, days)):
        return recurring(cycle, None, no_day())
    return recurring(cycle, head + _by_day(days), doubt)


def _months(unit: str, place: int) -> str | None:
    """Return the months' part of a rule; empty for a place that the period does not have."""
    size, last = _SIZES.get(unit, (0, 0))
    if size <= 1:
        return "FREQ=MONTHLY;" if size else None
    first = last if place == LAST else place
    months = ",".join(str(month) for month in range(first, 13, size))
    return f"FREQ=YEARLY;BYMONTH={months};" if first <= size else ""


def _by_day(days: list[int]) -> str:
    """Return the days' part of a rule. A month without a 29th, 30th or 31st ends on its last day."""
    if len(days) == 1 and _DAYS_OF_FEBRUARY < days[0] < _LONGEST:
        return f"BYMONTHDAY={','.join(map(str, range(_DAYS_OF_FEBRUARY, days[0] + 1)))};BYSETPOS=-1"
    return "BYMONTHDAY=" + ",".join(str(LAST if day == _LONGEST else day) for day in days)


def on_weekdays(days: list[str], doubt: str | None = None) -> Said:
    """Return what is due on days of each week."""
    return recurring(Cycle("week"), f"FREQ=WEEKLY;BYDAY={','.join(days)}", doubt)


def on_nth_weekday(cycle: Cycle, month: int | None, nth: int, weekday: str) -> Said | None:
    """Return what is due on the first Monday of each month, or of one month of each year."""
    if not month and cycle.unit != "month":
        return None
    head = f"FREQ=YEARLY;BYMONTH={month};" if month else "FREQ=MONTHLY;"
    is_day = nth in {LAST, 1, 2, 3, 4, 5}
    return recurring(cycle, f"{head}BYDAY={nth}{weekday}") if is_day else recurring(cycle, None, no_day())


def in_year(cycle: Cycle, points: list[Point]) -> Said | None:
    """Return what is due on days of each year; None for a shorter period."""
    if cycle.unit != "year":
        return None
    try:
        ends = [point.days(2000)[1] for point in points]  # a leap year
    except ValueError:
        return recurring(cycle, None, no_day())
    days = {LAST if (end + timedelta(days=1)).day == 1 else end.day for end in ends}
    if len(days) > 1:
        return recurring(cycle, None, _("its days of different months make no single rule"))
    by_month = ",".join(map(str, sorted({end.month for end in ends})))
    return recurring(cycle, f"FREQ=YEARLY;BYMONTH={by_month};BYMONTHDAY={days.pop()}", _doubt_of(points))


def _doubt_of(points: list[Point]) -> str | None:
    loose = _("it names no one day") if any(point.is_loose for point in points) else None
    return next((point.doubt for point in points if point.doubt), loose)


def _is_day(day: int) -> bool:
    return day == LAST or 1 <= day <= _LONGEST


@lru_cache(
    maxsize=1024
)  # thousands of items share a few rules, and dateutil takes half a millisecond for one
def following(rule: str, day: date, last: date | None = None) -> date | None:
    """Return the first day of a rule after ``day``, up to ``last``.

    None where there is none, and for every second or third period: from which one on is not said.
    """
    if "INTERVAL" in rule:
        return None
    from dateutil.rrule import rrulestr  # takes its time to load

    found = rrulestr(rule, dtstart=datetime.combine(day, time.min)).after(datetime.combine(day, time.min))
    return found.date() if found and (last is None or found.date() <= last) else None
