"""Meanings: what the values of tokens that stand together say, for the table of rules to choose from."""

from chengguo.language import _
from chengguo.schedules import recurrence
from chengguo.schedules.dates import LAST, THIS, Point, Said, Span
from chengguo.schedules.recurrence import Cycle

# -- points ----------------------------------------------------------------------------------------


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
    if edge in {"middle", "late"}:
        return year._replace(last=(6, 30) if edge == "middle" else (12, 31), is_loose=True)
    return year._replace(is_end=True)


def of_year(year: Point, part: Point) -> Point:
    doubt = year.doubt or part.doubt
    return part._replace(year=year.year, shift=year.shift, is_from_now=year.is_from_now, doubt=doubt)


def whole_month(month: int, year: int | None = None) -> Point:
    return Point(year, (month, 1), (month, LAST), "month")


def one_day(month: int, day: int, year: int | None = None) -> Point:
    return Point(year, (month, day), (month, day), "day")


def weekday_of(month: int, day: int, weekday: str | None) -> Point:
    return one_day(month, day)._replace(weekday=weekday)


def third_of(month: int, third: tuple[int, int]) -> Point:
    return Point(None, (month, third[0]), (month, third[1]), "third", is_end=True)


def of_quarter(quarter: Point, place: int, day: int | None) -> Point:
    month = quarter.last[0] if place == LAST else quarter.first[0] + place - 1
    return one_day(month, day) if day else whole_month(month)


def as_year(year: int | None) -> Point:
    return Point(year, doubt=_("{year} is read as the year").format(year=year))


def dated(point: Point, edge: str | None) -> Point:
    if point.unit == "sheet month":
        point = point._replace(unit="month", doubt=None)
    return edged(point, edge) if edge else point


def era_part(era: Point, years: int) -> Point:
    return era._replace(years=years, is_loose=True)


def era_edge(era: Point, edge: str) -> Point:
    return era._replace(is_end=True) if edge == "end" else era_part(era, 2 if edge == "beginning" else 3)


def short_of_month(month: int, year: int) -> Point:
    return whole_month(month, 2000 + year)._replace(
        doubt=_("{words} may be a day of the month").format(words=year)
    )


def last_years(era: Point, span: Span) -> Point | None:
    count = span.high
    if not 0 < count < era.years or era.year is None:
        return None
    return era._replace(year=era.year + era.years - count, years=count)


def this_month(month: Point, day: int) -> Point:
    return month._replace(last=(THIS, day))


# -- windows ---------------------------------------------------------------------------------------


def from_to(first: Point, last: Point, doubt: str | None = None) -> Said:
    if last.year:
        last = last._replace(doubt=first.doubt)  # 民国107年至109年: the first tells how years are counted
    return Said("window", first, last, doubt=doubt)


def months_window(year: Point | None, first: int, last: int, doubt: str | None = None) -> Said:
    begin, end = whole_month(first), whole_month(last)._replace(is_end=True)
    if year:
        begin = of_year(year, begin)
    return from_to(begin, end, doubt)


def part_window(year: Point | None, low: int, part: Point) -> Said | None:
    """Return 1-3季度 and 1-6月: the number before is of what the other end is."""
    first = like(part, low)
    if first is None:
        return None
    return from_to(of_year(year, first) if year else first, part)


def like(part: Point, count: int) -> Point | None:
    if part.unit == "month":
        return whole_month(count)
    if part.unit == "quarter":
        return Point(None, (3 * count - 2, 1), (3 * count, LAST), "quarter")
    if part.unit == "year" and part.year:
        return Point(2000 + count if count < 100 else count)  # noqa: PLR2004 - 18-20年
    if part.unit in {"day", "this month"}:
        return Point(None, (part.last[0], count), (part.last[0], count), part.unit)
    return None


def day_to_count(first: Point, count: int) -> Said | None:
    last = like(first, count)
    return from_to(first, last) if last and first.unit == "day" else None


def sheet_months(words: tuple[int, int, int]) -> Said | None:
    year, low, high = words
    doubt = _("{words} is read as months").format(words=f"{year}.{low}-{high}")
    return months_window(Point(year), low, high, doubt) if low < high <= 12 else None  # noqa: PLR2004


# -- the end of a time -----------------------------------------------------------------------------


def recurs(said: Said, suffix: str | None) -> Said:
    """Take in what follows a recurring day, which 前 and 内 leave as it is: 左右, 后, 起."""
    if suffix == "about":
        return said._replace(doubt=said.doubt or _("the time is approximate"))
    if suffix in {"after", "from"}:
        return said._replace(doubt=said.doubt or _("it says after when, not by when"))
    return said


def ended(said: Said, suffix: str | None) -> Said:
    """Take in what follows a point or a window: 前, 内, 起, 后, 左右."""
    last = said.last
    if suffix == "after":
        return said._replace(kind="dateless", doubt=_("it says after when, not by when"))
    if suffix == "about":
        return said._replace(doubt=_("the time is approximate"))
    if suffix == "from":
        return said._replace(kind="start") if said.kind == "time" else said
    if suffix in {"within", "during"} and said.kind == "time" and last and last.unit == "era":
        return said._replace(kind="window")
    return said._replace(is_before=suffix == "before", is_marked=suffix in {"before", "within"})


def up_to_point(point: Point, suffix: str | None) -> Said:
    if point.years == 2 and point.unit == "year" and not point.is_end:  # noqa: PLR2004 - 2018-2019学年
        last = Point((point.year or 0) + 1, point.first, point.last)
        return ended(from_to(point._replace(years=1, last=point.first), last), suffix)
    return ended(Said("time", point, point), suffix)


def before_midnight(point: Point, words: str) -> Said:
    return up_to_point(point, "before")._replace(
        doubt=_("the words '{words}' were left aside").format(words=words)
    )


def one_point(point: Point) -> Said:
    return Said("time", point, point)


def listed(year: Point | None, count: int, part: Point) -> Said | None:
    """Return 4 of 4、5月 and of 4、10月10日: what the last of them is, and of the same day."""
    point = listed_point(count, part)
    return point and one_point(of_year(year, point) if year else point)


def listed_point(count: int, part: Point) -> Point | None:
    return one_day(count, part.last[1]) if part.unit == "day" else like(part, count)


def month_or_day(year: Point | None, month: int, day: int) -> Said:
    point = of_year(year or Point(None), whole_month(month))
    doubt = _("it may mean {length}").format(length=f"{month}月{day}日")
    return Said("time", point, point, doubt=doubt)


def months_or_month(month: int) -> Said:
    point = whole_month(month)
    doubt = _("it may mean {length}").format(length=f"{month}个月内")
    return Said("time", point, point, doubt=doubt, is_marked=True)


# -- lengths ---------------------------------------------------------------------------------------


def from_low(low: int, span: Span) -> Span | None:
    return span._replace(low=low) if span.unit != "half months" and low < span.high else None


def length_of(span: Span, suffix: str | None, doubt: str | None = None) -> Said:
    if suffix == "after":
        return Said("dateless", doubt=_("it says after when, not by when"))
    if suffix == "about":
        doubt = _("the time is approximate")
    return Said("span", span=span, doubt=doubt, is_marked=suffix == "within")


def rough(span: Span, suffix: str | None) -> Said:
    return length_of(span, suffix, _("the time is approximate"))


def span_from(base: str, span: Span, suffix: str | None) -> Said:
    return length_of(span._replace(base=base), suffix)


def from_point(point: Point, span: Span, suffix: str | None) -> Said:
    if point.unit == "this month":
        return up_to_point(point, "from")
    return length_of(span, suffix)._replace(first=point, last=point)


def ahead_of(point: Point, span: Span) -> Said:
    back = span._replace(high=-span.high)
    return Said("span", point, point, span=back, is_marked=True)


# -- what recurs -----------------------------------------------------------------------------------


def cycle(span: Span) -> Cycle | None:
    units = {"days": "day", "weeks": "week", "years": "year", "months": "month", "quarters": "quarter"}
    if span.low or span.high == 0:
        return None
    if span == Span(0, 6, "months"):
        return Cycle("half year")
    if span == Span(0, 15, "days"):
        return Cycle("half month")
    unit = units.get(span.unit)
    return Cycle(unit, span.high) if unit else None


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
    if edge == "beginning":
        doubt = _("'{words}' names no one day; read as the 10th").format(words="初")
        return recurrence.on_days(cycle, [10], doubt=doubt)
    doubt = _("'{words}' names no one day; read as the 15th").format(words="中")
    return recurrence.on_days(cycle, [15], doubt=doubt) if cycle.unit == "month" else None


def week_of(cycle: Cycle) -> Said:
    return recurrence.recurring(cycle, None, _("a week is no one day"))


def working(cycle: Cycle) -> Said:
    return recurrence.recurring(cycle, None, _("working days need a calendar of holidays"))


def event_of(cycle: Cycle) -> Said:
    return recurrence.recurring(cycle, None, _("it is an event, and its day is not known"))


def condition(words: str) -> Said:
    return Said("condition", doubt=_("it depends on '{words}'").format(words=words))
