"""Working days (工作日): Monday to Friday, but for the holidays and the weekends made up for by a calendar.

Which those are, the government announces year by year (调休); nothing is known without a calendar.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

_LINE = r"(?P<day>\d{4}-\d\d-\d\d)(?:\s+(?P<mark>\S+))?\s*(?:#.*)?"
_WORKED = frozenset({"班", "补班", "work"})
_OFF = frozenset({"休", "假", "off"})


class Workdays(NamedTuple):
    """A calendar: the days off and the days worked that the week has not; ``name`` is that of its file."""

    off: frozenset[date]
    worked: frozenset[date]
    name: str = ""

    def after(self, day: date, count: int) -> date | None:
        """Return the ``count``-th working day after ``day``; None where the calendar lacks a year."""
        known = {each.year for each in self.off | self.worked}
        while count:
            day += timedelta(days=1)
            if day.year not in known:
                return None
            count -= self.is_worked(day)
        return day

    def is_worked(self, day: date) -> bool:
        """True if the day is a working day."""
        return day in self.worked or (day.isoweekday() <= 5 and day not in self.off)  # noqa: PLR2004 - Friday


def read_holidays(lines: Iterable[str], name: str = "") -> Workdays:
    """Read a calendar: a line a day, as ``2018-02-15`` or ``2018-02-15 休`` off, ``2018-02-11 班`` worked.

    Blank lines and those that begin with # say nothing. Raises ``ValueError`` with the number of a line that
    is neither.
    """
    days: dict[bool, set[date]] = {False: set(), True: set()}
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = re.fullmatch(_LINE, text)
        if match is None or (match["mark"] and match["mark"] not in _WORKED | _OFF):
            raise ValueError(number)
        try:
            days[match["mark"] in _WORKED].add(date.fromisoformat(match["day"]))
        except ValueError:
            raise ValueError(number) from None
    return Workdays(frozenset(days[False]), frozenset(days[True]), name)


_readers: list[Callable[[], Workdays | None]] = []


def choose(read: Callable[[], Workdays | None] | None) -> None:
    """Take what reads the calendar by which plans count working days, None for no calendar.

    It is asked when the first needs it.
    """
    _readers[:] = [cache(read)] if read else []


def chosen() -> Workdays | None:
    """Return the calendar by which plans count working days; None where there is none."""
    return _readers[0]() if _readers else None
