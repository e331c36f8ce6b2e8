"""The plan that a registry mirrors: its years, and what its schedules are read against."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from chengguo import workdays

if TYPE_CHECKING:
    from chengguo.model import Schedule


class Years(NamedTuple):
    """The years that a plan runs, both inclusive."""

    first: int
    last: int

    def __str__(self) -> str:
        """Write them as a file does: 2017-2020, or one year alone."""
        return f"{self.first}-{self.last}" if self.first < self.last else str(self.first)


class Context(NamedTuple):
    """What a schedule is read against, each part None where it is not known.

    ``year`` is that of words without one, ``issued`` the day from which 3个月内 and the like count, ``end``
    the plan's last day, ``workdays`` the calendar that 10个工作日内 needs.
    """

    year: int | None = None
    issued: date | None = None
    end: date | None = None
    workdays: "workdays.Workdays | None" = None


class Plan(NamedTuple):
    """The document whose annex the registry mirrors. ``issued`` is its day of issue, where known.

    ``reports`` is the rhythm by which every open item reports, worded as schedules are; ``closing`` tells
    whether a report closes an item, or only its verification does. ``key`` names the plan among others, as
    its file says, and ``name`` the same, or what the file is called: "" where nobody has asked.
    """

    title: str
    table: str
    years: Years | None
    issued: date | None
    reports: "Schedule | None" = None
    closing: str = "reported"
    key: str = ""
    name: str = ""

    @property
    def start(self) -> date:
        """The first day on which its work can have been done: that of issue, else of its first year."""
        return self.issued or (date(self.years.first, 1, 1) if self.years else date.min)

    @property
    def first_day(self) -> date | None:
        """The first of January of its first year, else of that of its issue: no report of it is older.

        A plan is issued when the year has begun, and what was done in it before counts.
        """
        years = [each for each in (self.years and self.years.first, self.issued and self.issued.year) if each]
        return date(min(years), 1, 1) if years else None

    @property
    def known_start(self) -> date | None:
        """The day from which periods and silence count: its start, None where the plan names no day."""
        return None if self.start == date.min else self.start

    @property
    def context(self) -> Context:
        """What its schedules are read against; words without a year mean that of a plan of one year."""
        years = self.years
        only = years.first if years and years.first == years.last else None
        end = date(years.last, 12, 31) if years else None
        return Context(only, self.issued, end, workdays.chosen())
