"""What the page draws: planned against done over time, and due dates by section and quarter."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from chengguo.model import Light, Plan, Registry
from chengguo.model.status import Status
from chengguo.queries.parts import finished
from chengguo.queries.query import Row
from chengguo.registry.sections import WITHIN

DONE = Light("已完成", (), "done", "◎")
CANCELLED = Light("已终止", (), "grey", "×")  # noqa: RUF001 - it is meant
_MOST_QUARTERS = 20  # more are drawn as years


class Step(NamedTuple):
    """From a day on, so many."""

    day: date
    total: int


class Curve(NamedTuple):
    """Of the items with a day, how many were planned and how many were done by each day of a span."""

    first: date
    last: date
    planned: tuple[Step, ...]
    done: tuple[Step, ...]
    today: date


class Mark(NamedTuple):
    """A shape with its colour and its word, and how many items it stands for."""

    shape: str
    color: str
    word: str
    total: int


class Unit(NamedTuple):
    """A quarter of the strip, or a year of it: its name, and its first day."""

    name: str
    first: date


class Band(NamedTuple):
    """A section of the strip: its heading, and the marks of each unit."""

    heading: str
    cells: tuple[tuple[Mark, ...], ...]


class Strip(NamedTuple):
    """Due dates by section and quarter; ``now`` is where among the units the day lies, with a fraction."""

    units: tuple[Unit, ...]
    bands: tuple[Band, ...]
    now: float

    def of(self, place: int) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
        """Return what falls in a unit: the headings of sections, and their marks."""
        return tuple((band.heading, band.cells[place]) for band in self.bands if band.cells[place])


def light_of(row: Row) -> Light | None:
    """Return how a row was closed, else its light."""
    if row.status.is_closed:
        return DONE if row.status is Status.DONE else CANCELLED
    return row.lit.light if row.lit else None


def curve(plans: Mapping[str, Registry], rows: Iterable[Row], day: date) -> Curve | None:
    """Return the curve of the items that have a due date; None where none has."""
    dated = [row for row in rows if row.due and row.status is not Status.CANCELLED]
    if not dated:
        return None
    planned = _steps(row.due for row in dated if row.due)
    done = _steps(
        min(_done_on(row, plans[row.item.plan].plan), day) for row in dated if row.status is Status.DONE
    )
    days = [step.day for step in (*planned, *done)] + [day]
    starts = [each.plan.known_start for each in plans.values() if each.plan.known_start]
    start = min(starts, default=min(days))
    return Curve(min(start, *days), max(days), planned, done, day)


def _steps(days: Iterable[date]) -> tuple[Step, ...]:
    counts = sorted(Counter(days).items())
    return tuple(map(Step, (day for day, _count in counts), accumulate(count for _day, count in counts)))


def _done_on(row: Row, plan: Plan) -> date:
    """Return since when a row counts as done: where no report tells, from the plan's first day on."""
    parts = [part.done_on for part in row.parts if part.done_on]
    day = finished([entry for entry in row.progress if not entry.is_of_part])
    return day or max(parts, default=plan.start)


def strip(rows: Iterable[Row], day: date) -> Strip | None:
    """Return the strip of the items that have a due date, of several plans by plan; None where none has."""
    dated = [row for row in rows if row.due]
    if not dated:
        return None
    days = [row.due for row in dated if row.due] + [day]
    units = _units(min(days), max(days))
    bands = []
    for band in dict.fromkeys(map(_band, dated)):
        among = [row for row in dated if _band(row) == band]
        heading = among[0].item.plan or WITHIN.join(among[0].headings)
        bands.append(Band(heading, _marks(among, units)))
    return Strip(units, tuple(bands), _place(units, day))


def _band(row: Row) -> str:
    """Return what has a band of its own: the section, or where there are several plans the plan."""
    return row.item.plan or row.task.section


def _units(first: date, last: date) -> tuple[Unit, ...]:
    """Return the quarters from one day to another, or the years where the quarters are many."""
    quarters = range(_quarter(first), _quarter(last) + 1)
    if len(quarters) > _MOST_QUARTERS:
        return tuple(Unit(f"{year}年", date(year, 1, 1)) for year in range(first.year, last.year + 1))
    starts = (date(each // 4, 3 * (each % 4) + 1, 1) for each in quarters)
    return tuple(Unit(f"{start.year}年{'一二三四'[start.month // 3]}季度", start) for start in starts)


def _quarter(day: date) -> int:
    return 4 * day.year + (day.month - 1) // 3


def _marks(rows: Iterable[Row], units: tuple[Unit, ...]) -> tuple[tuple[Mark, ...], ...]:
    """Return the marks of each unit, by the lights of what is due in it."""
    starts = [unit.first for unit in units]
    found = [Counter[Light]() for _unit in units]
    for row in rows:
        light = light_of(row)
        if row.due and light:
            found[bisect_right(starts, row.due) - 1][light] += 1
    return tuple(
        tuple(Mark(each.shape, each.color, each.name, count) for each, count in counts.items())
        for counts in found
    )


def _place(units: tuple[Unit, ...], day: date) -> float:
    """Return where among the units a day lies: 2.5 is the middle of the third."""
    at = bisect_right([unit.first for unit in units], day) - 1
    length = 365.25 if "季" not in units[at].name else 91.3
    return at + min((day - units[at].first).days / length, 1.0)
