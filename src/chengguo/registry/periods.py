"""The periods of recurring work: how each is called, and on which day it is due."""

import re
from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import NamedTuple

from chengguo.model import WHOLE, Schedule

MOST = 10_000  # periods of one schedule; a plan of a thousand years has more, and nobody reads them


class Period(NamedTuple):
    """One round of recurring work: its name, and its last day in time."""

    name: str
    due: date


class _Unit(NamedTuple):
    """A length of time that gives periods their names: the months of one, the form of its name."""

    months: int
    form: str
    example: str


# The longest first: it is the name where no two days of a year share it.
_YEAR = _Unit(12, "{day:%Y}", "2025")
_HALF = _Unit(6, "{day:%Y}-H{number}", "2025-H1")
_QUARTER = _Unit(3, "{day:%Y}-Q{number}", "2025-Q1")
_MONTH = _Unit(1, "{day:%Y}-{number:02}", "2025-02")
_BY_MONTHS = (_YEAR, _HALF, _QUARTER, _MONTH)
_WEEK = _Unit(0, "{week}", "2025-W05")
_DAY = _Unit(0, "{day}", "2025-02-15")


def periods(schedule: Schedule, first: date, last: date) -> tuple[Period, ...]:
    """Return the periods of a schedule that are due from ``first`` to ``last``, both inclusive.

    None where it does not recur, or only every second or third time: from which one on is not said.
    """
    if not has_periods(schedule) or last < first:
        return ()
    from dateutil.rrule import rrulestr  # takes its time to load

    rule = rrulestr(schedule.rule or "", dtstart=datetime.combine(first, time.min))
    end = datetime.combine(last, time.min)
    unit = _unit(schedule.rule or "")
    days = (moment.date() for moment in takewhile(lambda moment: moment <= end, islice(rule, MOST)))
    return tuple(Period(_name(unit, day), day) for day in days)


def has_periods(schedule: Schedule) -> bool:
    """True if the days on which the work is due again and again are known."""
    return schedule.rule is not None and "INTERVAL" not in schedule.rule


def is_periodic(schedule: Schedule) -> bool:
    """True if the work is nothing but its periods: no deadline of its own ends it."""
    return has_periods(schedule) and (schedule.kind == "recurring" or schedule.due is None)


def is_past_half(day: date, begin: date, end: date) -> bool:
    """True if a day lies in the second half of a period, from the end of the one before to its own."""
    return day - begin > (end - begin) / 2


def is_named(schedule: Schedule, name: str) -> bool:
    """True if a period of the schedule may have that name, or it is said of all of them."""
    if not has_periods(schedule):
        return False
    pattern = re.sub("[0-9]+", lambda number: f"[0-9]{{{len(number[0])}}}", example(schedule))
    return name == WHOLE or re.fullmatch(pattern, name) is not None


def example(schedule: Schedule) -> str:
    """Return a name such as a period of the schedule has."""
    return _unit(schedule.rule or "").example


def _unit(rule: str) -> _Unit:
    """Return the longest unit of which no two days of the rule share one."""
    fields = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    days = fields.get("BYMONTHDAY", "").split(",")
    if fields.get("FREQ") == "WEEKLY" and "," not in fields.get("BYDAY", ""):
        return _WEEK
    if fields.get("FREQ") not in ("MONTHLY", "YEARLY") or (len(days) > 1 and "BYSETPOS" not in fields):
        return _DAY
    months = [int(month) for month in fields.get("BYMONTH", "1,2,3,4,5,6,7,8,9,10,11,12").split(",")]
    return next(
        unit for unit in _BY_MONTHS if len({(month - 1) // unit.months for month in months}) == len(months)
    )


def _name(unit: _Unit, day: date) -> str:
    year, week, _weekday = day.isocalendar()
    number = (day.month - 1) // unit.months + 1 if unit.months else 0
    return unit.form.format(day=day, number=number, week=f"{year:04}-W{week:02}")
