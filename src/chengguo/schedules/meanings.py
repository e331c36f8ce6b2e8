"""Meanings: what the values of tokens that stand together say, for the table of rules to choose from."""

from chengguo.language import _
from chengguo.schedules import recurrence
from chengguo.schedules.dates import LAST, THIS, Point, Said, Span
from chengguo.schedules.recurrence import Cycle

_CYCLES = {
    Span(0, 15, "days"): "half month",
    Span(0, 1, "quarters"): "quarter",
    Span(0, 6, "months"): "half year",
}
_UNITS = {  # as cycles, with how many of them
    "days": ("day", 1),
    "weeks": ("week", 1),
    "months": ("month", 1),
    "quarters": ("month", 3),
    "years": ("year", 1),
}

# -- points ----------------------------------------------------------------------------------------


def whole_month(month: int, year: int | None = None) -> Point:
    return Point(year, (month, 1), (month, LAST), "month")


def one_day(month: int, day: int, year: int | None = None, weekday: str | None = None) -> Point:
    return Point(year, (month, day), (month, day), "day", weekday=weekday)


def quarter(count: int) -> Point | None:
    return Point(None, (3 * count - 2, 1), (3 * count, LAST), "quarter") if count in {1, 2, 3, 4} else None


def as_year(year: int | None) -> Point:
    return Point(year, doubt=_("{year} is read as the year").format(year=year))


def edged(point: Point, edge: str | None) -> Point:
    """Take in 底, 末, 初 or 中 after the name of a period."""
    month = point.first[0]
    if edge == "beginning":
        return point._replace(last=(month, 10), is_loose=True)
    if edge == "middle":
        return point._replace(last=(month if point.unit == "month" else month + 1, 15), is_loose=True)
    return point._replace(is_end=edge == "end")


def year_edge(year: Point, edge: str) -> Point:
    if edge == "beginning":
        return year._replace(last=(1, 1), unit="beginning", is_loose=True)
    last = (6, 30) if edge == "middle" else (12, 31)
    return year._replace(last=last, is_end=edge == "end", is_loose=edge != "end")


def of_year(year: Point | None, part: Point) -> Point:
    if year is None:
        return part
    doubt = year.doubt or part.doubt
    return part._replace(year=year.year, shift=year.shift, is_from_now=year.is_from_now, doubt=doubt)


def third_of(month: int, third: tuple[int, int]) -> Point:
    return Point(None, (month, third[0]), (month, third[1]), "third", is_end=True)


def of_quarter(quarter: Point, place: int, day: int | None) -> Point:
    month = quarter.last[0] if place == LAST else quarter.first[0] + place - 1
    return one_day(month, day) if day else whole_month(month)


def dated(point: Point, edge: str | None) -> Point:
    if point.unit == "sheet month":
        point = point._replace(unit="month", doubt=None)
    return edged(point, edge) if edge else point


def era_part(era: Point, years: int) -> Point:
    return era._replace(years=years, is_loose=True)


def era_edge(era: Point, edge: str) -> Point:
    return era._replace(is_end=True) if edge == "end" else era_part(era, 2 if edge == "beginning" else 3)


def last_years(era: Point, span: Span) -> Point | None:
    is_within = era.year is not None and 0 < span.high < era.years
    return era._replace(year=(era.year or 0) + era.years - span.high, years=span.high) if is_within else None


# -- from one to another ---------------------------------------------------------------------------


def from_to(first: Point, last: Point, doubt: str | None = None) -> Said:
    if last.year:
        last = last._replace(doubt=first.doubt)  # 民国107年至109年: the first tells how years are counted
    return Said("window", first, last, doubt=doubt)


def months_window(year: Point | None, first: int, last: int, doubt: str | None = None) -> Said:
    return from_to(of_year(year, whole_month(first)), edged(whole_month(last), "end"), doubt)


def sheet_months(words: tuple[int, int, int]) -> Said | None:
    year, low, high = words
    doubt = _("{words} is read as months").format(words=f"{year}.{low}-{high}")
    return months_window(Point(year), low, high, doubt) if low < high <= 12 else None  # noqa: PLR2004


def like(part: Point, count: int) -> Point | None:
    """Return a number as what another point is: the 1 of 1-3季度, the 4 of 4、5月, the 18 of 18-20年."""
    if part.unit in {"day", "this month"}:
        return part._replace(first=(part.last[0], count), last=(part.last[0], count), weekday=None)
    if part.unit == "year" and part.year:
        return Point(2000 + count if count < 100 else count)  # noqa: PLR2004 - two digits
    if part.unit == "month":
        return whole_month(count)
    return quarter(count) if part.unit == "quarter" else None


def part_window(year: Point | None, low: int, part: Point) -> Said | None:
    first = like(part, low)
    return from_to(of_year(year, first), part) if first else None


def day_to_count(first: Point, count: int) -> Said | None:
    last = like(first, count)
    return from_to(first, last) if last and first.unit == "day" else None


def listed_point(count: int, part: Point) -> Point | None:
    """Return 4 of 4、5月 and of 4、10月10日: what the last of them is, and of the same day."""
    return one_day(count, part.last[1]) if part.unit == "day" else like(part, count)


def listed(year: Point | None, count: int, part: Point) -> Said | None:
    point = listed_point(count, part)
    return up_to_point(of_year(year, point), None) if point else None


# -- the end of a time -----------------------------------------------------------------------------


def ended(said: Said, suffix: str | None) -> Said:
    """Take in what follows a point or a window: 前, 内, 起, 后, 左右."""
    if suffix == "after":
        return Said("dateless", doubt=_("it says after when, not by when"))
    return said._replace(
        kind="start" if (said.kind, suffix) == ("time", "from") else said.kind,
        doubt=_("the time is approximate") if suffix == "about" else said.doubt,
        is_before=suffix == "before",
        is_marked=suffix in {"before", "within"},
    )


def recurs(said: Said, suffix: str | None) -> Said:
    """Take in what follows a recurring day, which 前 and 内 leave as it is: 左右, 后, 起."""
    doubts = {"after": _("it says after when, not by when"), "about": _("the time is approximate")}
    return said._replace(doubt=said.doubt or doubts.get("after" if suffix == "from" else suffix or ""))


def up_to_point(point: Point, suffix: str | None) -> Said:
    if point.years == 2 and point.unit == "year" and not point.is_end:  # noqa: PLR2004 - 2018-2019学年
        last = Point((point.year or 0) + 1, point.first, point.last)
        return ended(from_to(point._replace(years=1, last=point.first), last), suffix)
    return ended(Said("time", point, point), suffix)


def before_midnight(point: Point, words: str) -> Said:
    doubt = _("the words '{words}' were left aside").format(words=words)
    return up_to_point(point, "before")._replace(doubt=doubt)


def or_length(point: Point, length: str) -> Said:
    """Return a month that may be a length of time: 6月内, 4月10日 after other months."""
    doubt = _("it may mean {length}").format(length=length)
    return Said("time", point, point, doubt=doubt, is_marked=length.endswith("内"))


# -- lengths ---------------------------------------------------------------------------------------


def from_low(low: int, span: Span) -> Span | None:
    return span._replace(low=low) if span.unit != "half months" and low < span.high else None


def length_of(span: Span, suffix: str | None = None, doubt: str | None = None) -> Said:
    return ended(Said("span", span=span, doubt=doubt), suffix)._replace(is_before=False)


def rough(span: Span, suffix: str | None) -> Said:
    return length_of(span, suffix, _("the time is approximate"))


def span_from(base: str, span: Span, suffix: str | None) -> Said:
    return length_of(span._replace(base=base), suffix)


def from_point(point: Point, span: Span, suffix: str | None) -> Said:
    if point.unit == "this month":
        return up_to_point(point, "from")
    return length_of(span, suffix)._replace(first=point, last=point)


def ahead_of(point: Point, span: Span) -> Said:
    return Said("span", point, point, span=span._replace(high=-span.high), is_marked=True)


# -- what recurs -----------------------------------------------------------------------------------


def cycle(span: Span) -> Cycle | None:
    if named := _CYCLES.get(span):
        return Cycle(named)
    unit, size = _UNITS.get(span.unit, ("", 0))
    every = 0 if span.low else size * span.high
    return Cycle(unit, every) if every else None


def month_after(unit: str, days: list[int]) -> Said | None:
    """Return what recurs after each period; with the one day of it that is after a month just named."""
    said = recurrence.on_days(Cycle(unit), days, 1)
    after = Point(None, (THIS, 1), (THIS, days[-1]), "this month", shift=1)
    return said._replace(last=after) if said and unit == "month" and len(days) == 1 else said


def how_many(said: Said) -> Said:
    return said._replace(doubt=said.doubt or _("it is said how many times, not on which days"))


def on_edge(cycle: Cycle, edge: str) -> Said | None:
    """Return 每季度末, and the doubtful days of 每月初 and 每月中."""
    if edge == "end":
        return recurrence.by_itself(cycle)
    words, day = ("初", 10) if edge == "beginning" else ("中", 15)
    texts = {
        10: _("'{words}' names no one day; read as the 10th"),
        15: _("'{words}' names no one day; read as the 15th"),
    }
    is_one = edge == "beginning" or cycle.unit == "month"
    return recurrence.on_days(cycle, [day], doubt=texts[day].format(words=words)) if is_one else None


def undated(cycle: Cycle, unit: str) -> Said:
    """Return what recurs in each period, and on which day is not known."""
    doubts = {
        "weekdays": _("working days that recur are not counted; name a day of the calendar"),
        "event": _("it is an event, and its day is not known"),
    }
    return recurrence.recurring(cycle, None, doubts.get(unit) or _("a week is no one day"))


def condition(words: str) -> Said:
    return Said("condition", doubt=_("it depends on '{words}'").format(words=words))
