"""RULES: what tokens say together, by name; of rules of one name, the first that fits counts.

A new way to put words together is a line here. See ``grammar.Rule`` for how a pattern is written.
"""

from typing import Any

from chengguo.language import _
from chengguo.schedules import recurrence
from chengguo.schedules.dates import LAST, THIS, Point, Said, Span
from chengguo.schedules.grammar import Grammar, Rule
from chengguo.schedules.recurrence import Cycle
from chengguo.schedules.tokens import TOKENS

KINDS = frozenset(row.kind for row in TOKENS)
ENDS = frozenset({"sep", "comma", "list"})
# What says a time: left over, it is a doubt.
TEMPORAL = frozenset(
    "date serial months dotted year years-range bare-year eyear-end emonth nth-day two-years year-end year-in year-begin year-middle"
    " all-year half quarter month two-months third day month-end era span rough-span"
    " years every weekday nth-month last-day next-month next-quarter next-one rhythm from-now moved-by".split()
)
SETS: dict[str, frozenset[str]] = {
    "ends": ENDS,
    "any": (KINDS | {"text"}) - ENDS,
    "prose": (KINDS | {"text"}) - ENDS - TEMPORAL - {"after", "since", "before", "status", "already", "eve"},
    "name": (KINDS | {"text"}) - ENDS - TEMPORAL
        - {"after", "since", "before", "status", "already", "eve", "edge", "within", "during", "until"}
        - {"phase", "season", "moment", "sync", "overdue", "by", "put-off", "earlier", "target"},
    "starts": frozenset({"status", "already"}),
    "event-name": (KINDS | {"text"}) - ENDS - TEMPORAL
        - {"after", "since", "before", "status", "already", "eve", "within", "during", "until"},
    "year-name": (KINDS | {"text"}) - ENDS - TEMPORAL
        - {"after", "since", "before", "status", "already", "eve", "within", "during", "until", "edge"},
    "season-name": (KINDS | {"text"}) - ENDS - TEMPORAL
        - {"after", "since", "before", "status", "already", "eve", "within", "during", "until", "season", "phase"},
    "ends-period": frozenset({"do", "finish", "era-end"}),
    "done": frozenset({"do", "finish"}),
    "act": frozenset({"do", "finish", "submit", "at-least"}),
    "ifs": frozenset({"if", "depending"}),
    "event-end": frozenset({"before", "eve", "during"}),
    "thing": frozenset({"summary", "plan", "goal", "text", "word", "doc", "doc-lead", "report", "submit", "once", "issued", "goes-on"}),
    "delay": frozenset({"put-off", "moved-to"}),
    "moving": frozenset({"put-off", "earlier"}),
    "unsaid": (KINDS | {"text"}) - ENDS - {"put-off", "moved-to"},
    "not-lunar": (KINDS | {"text"}) - ENDS - {"lunar"},
    "then": frozenset({"lead", "and", "after", "all-year"}),
    "docs": frozenset({"doc", "doc-lead"}),
    "join": frozenset({"list", "and", "comma"}),
    "any-year": frozenset({"year", "bare-year"}),
    "suffix": frozenset({"before", "within", "during", "until", "from", "after", "about"}),
    "span-suffix": frozenset({"within", "after", "about"}),
    "reporting": frozenset({"report", "submit"}),
    "day-ends": ENDS | {"before", "to", "and"},
    "bound": ENDS | {"before", "within"},
    "dot-ends": ENDS | {"before", "to", "within", "from", "until"},
    "length-ends": ENDS | {"to", "about", "time", "finish"},
    "leads": frozenset({"emark", "plan", "earlier", "after", "lead", "at", "to", "stretch", "firm", "outer", "about-lead", "colon", "count-lead", "doc-lead"}),
    "verbs": frozenset({"do", "finish", "goal", "era-end", "plan", "lead", "stretch", "firm", "goes-on", "issued", "report", "submit", "summary", "once", "at-least", "separately"
        , "status", "compared", "target"}),
}


# -- points ----------------------------------------------------------------------------------------


def _edged(point: Point, edge: str | None) -> Point:
    """Take in 底, 末, 初 or 中 after the name of a period."""
    month = point.first[0]
    if edge == "beginning":
        return point._replace(last=(month, 10), is_loose=True)
    if edge == "middle":
        return point._replace(last=(month if point.unit == "month" else month + 1, 15), is_loose=True)
    return point._replace(is_end=edge == "end")


def _year_edge(year: Point, edge: str) -> Point:
    if edge == "beginning":
        return year._replace(last=(1, 1), unit="beginning", is_loose=True)
    if edge in {"middle", "late"}:
        return year._replace(last=(6, 30) if edge == "middle" else (12, 31), is_loose=True)
    return year._replace(is_end=True)


def _of_year(year: Point, part: Point) -> Point:
    doubt = year.doubt or part.doubt
    return part._replace(year=year.year, shift=year.shift, is_from_now=year.is_from_now, doubt=doubt)


def _month(month: int, year: int | None = None) -> Point:
    return Point(year, (month, 1), (month, LAST), "month")


def _day(month: int, day: int, year: int | None = None) -> Point:
    return Point(year, (month, day), (month, day), "day")


def _third(month: int, third: tuple[int, int]) -> Point:
    return Point(None, (month, third[0]), (month, third[1]), "third", is_end=True)


def _of_quarter(quarter: Point, place: int, day: int | None) -> Point:
    month = quarter.last[0] if place == LAST else quarter.first[0] + place - 1
    return _day(month, day) if day else _month(month)


def _as_year(year: Point) -> Point:
    return year._replace(doubt=_("{year} is read as the year").format(year=year.year))


def _dated(point: Point, edge: str | None) -> Point:
    if point.unit == "sheet month":
        point = point._replace(unit="month", doubt=None)
    return _edged(point, edge) if edge else point


def _era_part(era: Point, years: int) -> Point:
    return era._replace(years=years, is_loose=True)


def _era_edge(era: Point, edge: str) -> Point:
    return era._replace(is_end=True) if edge == "end" else _era_part(era, 2 if edge == "beginning" else 3)


def _short_of_month(month: int, year: int) -> Point:
    return _month(month, 2000 + year)._replace(doubt=_("{words} may be a day of the month").format(words=year))


def _last_years(era: Point, span: Span) -> Point | None:
    count = span.high
    if not 0 < count < era.years or era.year is None:
        return None
    return era._replace(year=era.year + era.years - count, years=count)


def _this_month(month: Point, day: int) -> Point:
    return month._replace(last=(THIS, day))


# -- windows ---------------------------------------------------------------------------------------


def _window(first: Point, last: Point, doubt: str | None = None) -> Said:
    if last.year:
        last = last._replace(doubt=first.doubt)  # 民国107年至109年: the first tells how years are counted
    return Said("window", first, last, doubt=doubt)


def _months_window(year: Point | None, first: int, last: int, doubt: str | None = None) -> Said:
    begin, end = _month(first), _month(last)._replace(is_end=True)
    if year:
        begin = _of_year(year, begin)
    return _window(begin, end, doubt)


def _part_window(year: Point | None, low: int, part: Point) -> Said | None:
    """Return 1-3季度 and 1-6月: the number before is of what the other end is."""
    first = _like(part, low)
    if first is None:
        return None
    return _window(_of_year(year, first) if year else first, part)


def _like(part: Point, count: int) -> Point | None:
    if part.unit == "month":
        return _month(count)
    if part.unit == "quarter":
        return Point(None, (3 * count - 2, 1), (3 * count, LAST), "quarter")
    if part.unit == "year" and part.year:
        return Point(2000 + count if count < 100 else count)  # noqa: PLR2004 - 18-20年
    if part.unit in {"day", "this month"}:
        return Point(None, (part.last[0], count), (part.last[0], count), part.unit)
    return None


def _sheet_months(words: tuple[int, int, int]) -> Said | None:
    year, low, high = words
    doubt = _("{words} is read as months").format(words=f"{year}.{low}-{high}")
    return _months_window(Point(year), low, high, doubt) if low < high <= 12 else None  # noqa: PLR2004


def _school_window(first: Point, last: Point) -> Said:
    return _window(first, last)


# -- the end of a time -----------------------------------------------------------------------------


def _ended(said: Said, suffix: str | None) -> Said:
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


def _time(point: Point, suffix: str | None) -> Said:
    if point.years == 2 and point.unit == "year" and not point.is_end:  # noqa: PLR2004 - 2018-2019学年
        last = Point((point.year or 0) + 1, point.first, point.last)
        return _ended(_window(point._replace(years=1, last=point.first), last), suffix)
    return _ended(Said("time", point, point), suffix)


def _only(point: Point) -> Said:
    return Said("time", point, point)


def _listed(year: Point | None, count: int, part: Point) -> Said | None:
    """Return 4 of 4、5月 and of 4、10月10日: what the last of them is, and of the same day."""
    point = _day(count, part.last[1]) if part.unit == "day" else _like(part, count)
    return point and _only(_of_year(year, point) if year else point)


def _month_or_day(year: Point | None, month: int, day: int) -> Said:
    point = _of_year(year or Point(None), _month(month))
    doubt = _("it may mean {length}").format(length=f"{month}月{day}日")
    return Said("time", point, point, doubt=doubt)


def _months_or_month(month: int) -> Said:
    point = _month(month)
    doubt = _("it may mean {length}").format(length=f"{month}个月内")
    return Said("time", point, point, doubt=doubt, is_marked=True)


# -- lengths ---------------------------------------------------------------------------------------


def _up_to(low: int, span: Span) -> Span | None:
    size = {"months": 1, "years": 1, "days": 1, "weeks": 1, "working days": 1, "hours": 1}.get(span.unit)
    return span._replace(low=low) if size and low < span.high else None


def _span(span: Span, suffix: str | None, doubt: str | None = None) -> Said:
    if suffix == "after":
        return Said("dateless", doubt=_("it says after when, not by when"))
    if suffix == "about":
        doubt = _("the time is approximate")
    return Said("span", span=span, doubt=doubt, is_marked=suffix == "within")


def _rough(span: Span, suffix: str | None) -> Said:
    return _span(span, suffix, _("the time is approximate"))


def _span_from(base: str, span: Span, suffix: str | None) -> Said:
    return _span(span._replace(base=base), suffix)


def _from_point(point: Point, span: Span, suffix: str | None) -> Said:
    return _span(span, suffix)._replace(first=point, last=point)


# -- what recurs -----------------------------------------------------------------------------------


def _cycle(span: Span) -> Cycle | None:
    units = {"days": "day", "weeks": "week", "years": "year", "months": "month"}
    if span.low or span.high == 0:
        return None
    if span == Span(0, 6, "months"):
        return Cycle("half year")
    if span == Span(0, 15, "days"):
        return Cycle("half month")
    if span.unit == "months" and span.high % 3 == 0 and span.high > 3:  # noqa: PLR2004
        return Cycle("quarter", span.high // 3)
    unit = units.get(span.unit)
    return Cycle(unit, span.high) if unit else None


def _how_many(said: Said) -> Said:
    return said._replace(doubt=said.doubt or _("it is said how many times, not on which days"))


def _on_edge(cycle: Cycle, edge: str) -> Said | None:
    """Return 每季度末, and the doubtful days of 每月初 and 每月中."""
    if edge == "end":
        return recurrence.by_itself(cycle)
    if edge == "beginning":
        doubt = _("'{words}' names no one day; read as the 10th").format(words="初")
        return recurrence.on_days(cycle, [10], doubt=doubt)
    doubt = _("'{words}' names no one day; read as the 15th").format(words="中")
    return recurrence.on_days(cycle, [15], doubt=doubt) if cycle.unit == "month" else None


def _week_of(cycle: Cycle, *_rest: Any) -> Said:
    return recurrence.recurring(cycle, None, _("a week is no one day"))


def _working(cycle: Cycle) -> Said:
    return recurrence.recurring(cycle, None, _("working days need a calendar of holidays"))


def _event_of(cycle: Cycle) -> Said:
    return recurrence.recurring(cycle, None, _("it is an event, and its day is not known"))


def _condition(words: str) -> Said:
    return Said("condition", doubt=_("it depends on '{words}'").format(words=words))


RULES: tuple[Rule, ...] = (
    # -- a part of a year
    Rule("part", "quarter nth-month day?", "第二季度末月25日", _of_quarter),
    Rule("part", "quarter edge?", "三季度末", _edged),
    Rule("part", "half edge?", "上半年末", _edged),
    Rule("part", "month day", "6月30日", _day),
    Rule("part", "month third", "6月下旬", _third),
    Rule("part", "month count &day-ends", "12月31前", _day),
    Rule("part", "month ~month-end", "6月月底", lambda month: _edged(_month(month), "end")),
    Rule("part", "month edge?", "6月底", lambda month, edge: _edged(_month(month), edge)),
    Rule("part", "~year-end", "年底", lambda: Point(None, is_end=True)),
    Rule("part", "~year-in", "年内", lambda: Point(None)),
    Rule("part", "~year-begin", "年初", lambda: _year_edge(Point(None), "beginning")),
    Rule("part", "~year-middle", "年中", lambda: _year_edge(Point(None), "middle")),
    Rule("part", "~all-year &done", "全年完成", lambda: Point(None, is_end=True)),
    # -- a point
    Rule("point", "english", "end of June 2018", lambda point: point),
    Rule("point", "year part", "2018年6月底", _of_year),
    Rule("point", "year edge", "2018年底", _year_edge),
    Rule("point", "year", "2018年", lambda year: year),
    Rule("point", "date &ends", "2018.1", lambda point: _edged(point, None)._replace(unit=point.unit.removeprefix("sheet "))),
    Rule("point", "date edge?", "2018.6底", _dated),
    Rule("point", "bare-year half edge?", "2018上半年", lambda year, half, edge: _edged(_of_year(year, half), edge)),
    Rule("point", "bare-year ~to? quarter edge?", "2018-Q3", lambda year, q, edge: _edged(_of_year(year, q), edge)),
    Rule("point", "bare-year part", "2018年底", _of_year),
    Rule("point", "bare-year edge", "2018底", _year_edge),
    Rule("point", "bare-year &bound", "2018前", _as_year),
    Rule("point", "era ~era-end", "十三五期末", lambda era: era._replace(is_end=True)),
    Rule("point", "era ~era-opening", "十四五开局之年", lambda era: era._replace(unit="year", years=1)),
    Rule("point", "era era-part", "十四五后期", _era_part),
    Rule("point", "era edge", "十三五末", _era_edge),
    Rule("point", "era ~before years", "十三五前三年", lambda era, span: era._replace(years=span.high)),
    Rule("point", "era ~after years", "十三五后三年", _last_years),
    Rule("point", "era", "十三五", lambda era: era),
    Rule("point", "serial &sep", "43465", lambda day: day),
    Rule("point", "part", "6月底", lambda part: part),
    Rule("point", "month-end day", "本月20日", _this_month),
    Rule("point", "month-end", "月底", lambda month: month),
    Rule("point", "dotted &dot-ends", "6.30前", lambda point: point),
    Rule("point", "day", "30日", lambda day: Point(None, (THIS, 1), (THIS, day), "this month", is_end=True)),
    Rule("day-of-month", "nth-day", "30th", lambda day: day),
    Rule("day-of-month", "count", "30", lambda day: day),
    Rule("english", "~end-of english", "end of June 2018", lambda point: _edged(point, "end")),
    Rule("english", "~end-of bare-year", "end-2018", lambda year: _edged(year, "end")),
    Rule("english", "~eyear-end bare-year?", "year-end", lambda year: _edged(year or Point(None), "end")),
    Rule("english", "loose bare-year", "mid-2018", lambda edge, year: _year_edge(year, edge)),
    Rule("english", "emonth ~to count &ends", "Dec-18", _short_of_month),
    Rule("english", "count ~to emonth &ends", "18-Dec", lambda day, month: _day(month, day)._replace(doubt=_("{words} may be a year").format(words=day))),
    Rule("english", "day-of-month ~of? emonth ~comma? bare-year?", "30 June 2018", lambda day, month, year: _day(month, day, year and year.year)),
    Rule("english", "emonth day-of-month ~comma? bare-year?", "June 30, 2018", lambda month, day, year: _day(month, day, year and year.year)),
    Rule("english", "emonth ~comma? ~of? bare-year?", "June 2018", lambda month, year: _month(month, year and year.year)),
    Rule("english", "quarter ~comma? ~of? bare-year", "Q3 2018", lambda part, year: _of_year(year, part)),
    Rule("english", "half ~comma? ~of? bare-year", "first half of 2018", lambda part, year: _of_year(year, part)),
    Rule("english-year", "english", "June 2018", lambda point: point),
    Rule("english-year", "quarter", "Q3", lambda point: point),
    Rule("english-year", "half", "H2", lambda point: point),
    Rule("english-year", "bare-year", "2018", lambda year: year),
    # -- from one to another
    Rule("window", "quarter ~to quarter ~comma? bare-year", "Q3-Q4 2018", lambda first, last, year: _window(_of_year(year, first), _of_year(year, last))),
    Rule("window", "emonth ~to emonth bare-year", "Mar-Jun 2018", lambda first, last, year: _window(_month(first, year.year), _month(last, year.year))),
    Rule("window", "english ~to english-year", "Q3 2018 to Q2 2019", _window),
    Rule("window", "bare-year ~to english", "2018 to June 2019", _window),
    Rule("window", "months", "2018.6-9", _sheet_months),
    Rule("window", "years-range edge?", "民国106至109年", lambda years, _edge: _window(Point(years[0]), Point(years[1], is_end=True))),
    Rule("window", "two-years", "今明两年", lambda year: _window(year, year._replace(shift=year.shift + 1))),
    Rule("window", "year? two-months", "六七月份", lambda year, months: _months_window(year, *months, _("the time is approximate"))),
    Rule("window", "bare-year ~to bare-year edge?", "2017-2020", lambda first, last, _edge: _window(first, last._replace(is_end=True))),
    Rule("window", "bare-year ~to point", "2018-2020年", lambda first, last: _window(first, last._replace(is_end=True)) if last.year else None),
    Rule("window", "year? count ~to part", "2018年1-6月", _part_window),
    Rule("window", "year? nth ~to part", "第一至第三季度", _part_window),
    Rule("window", "count ~to year edge?", "18-20年", lambda low, year, _edge: _part_window(None, low, year)),
    Rule("window", "point ~hour* ~from? ~comma? ~to point", "6月起至9月底", _window),
    Rule("window", "point ~to count &ends", "6月1日-30", lambda first, count: _window(first, _like(first, count)) if first.unit == "day" else None),
    # -- a length of time
    Rule("length", "count ~to length", "3-6个月", _up_to),
    Rule("length", "span ~to span", "3个月至6个月", lambda low, high: _up_to(low.high, high) if low.unit == high.unit else None),
    Rule("length", "years ~to years", "3年至5年", lambda low, high: _up_to(low.high, high)),
    Rule("length", "span", "3个月", lambda span: span),
    Rule("length", "years", "3年", lambda span: span),
    Rule("length", "day &within", "30日内", lambda day: Span(0, day, "days")),
    Rule("length", "number eunit", "3 months", lambda count, unit: Span(0, count, unit)),
    Rule("length", "count ~to count eunit", "3 to 6 months", lambda low, high, unit: Span(low, high, unit) if low < high else None),
    Rule("number", "count", "3", lambda count: count),
    Rule("number", "number-word", "two", lambda count: count),
    Rule("what-of", "~of ~name+", "of approval", lambda: True),
    # -- how often
    Rule("cycle", "~every span", "每两个月", _cycle),
    Rule("cycle", "~every years", "每三年", _cycle),
    Rule("cycle", "~every unit", "每季度", Cycle),
    Rule("cycle", "~by unit", "按月", Cycle),
    Rule("cycle", "~by span", "按半年", _cycle),
    Rule("cycle", "rhythm ~report?", "一月一调度", Cycle),
    Rule("cycle", "~each-of number? eunit", "every two months", lambda count, unit: _cycle(Span(0, count or 1, unit))),
    Rule("cycle", "~each-of each-unit", "every quarter", Cycle),
    Rule("cycle", "often", "monthly", Cycle),
    Rule("cycle", "unit &reporting", "季度调度", Cycle),
    Rule("cycle", "span &reporting", "半年一次", _cycle),
    Rule("day-item", "~day ~to day", "1日至5日", lambda day: day),
    Rule("day-item", "day", "10日", lambda day: day),
    Rule("day-item", "~month-end", "月底", lambda: LAST),
    Rule("day-item", "last-day", "最后一天", lambda day: day),
    Rule("day-item", "count &day-ends", "10", lambda day: day),
    Rule("more-day", "~join day-item", "、25日", lambda day: day),
    Rule("days", "day-item more-day*", "10日、25日", lambda first, rest: [first, *rest]),
    Rule("days", "edge", "末", lambda edge: [LAST] if edge == "end" else None),
    Rule("days", "third", "上旬", lambda third: [third[1]]),
    Rule("days", "span", "10天", lambda span: [span.high] if span.unit == "days" else None),
    Rule("more-part", "~suffix? ~join part ~suffix?", "、12月", lambda part: part),
    Rule("year-part", "~part ~to part", "5月至10月", lambda part: part),
    Rule("year-part", "part", "6月", lambda part: part),
    Rule("year-parts", "year-part more-part*", "6月、12月", lambda first, rest: [first, *rest]),
    Rule("more-weekday", "~join weekday", "、周四", lambda day: day),
    Rule("more-weekday", "~join count &day-ends", "、三", lambda day: dict(enumerate("MO TU WE TH FR SA SU".split(), 1)).get(day)),
    Rule("recurring", "~half ~join ~half ~separately", "上半年、下半年各一次", lambda: _how_many(Said("recurring", rule="FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"))),
    Rule("recurring", "~two-halves ~separately", "上、下半年各一次", lambda: _how_many(Said("recurring", rule="FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"))),
    Rule("recurring", "next-month days ~suffix?", "次月10日前", lambda unit, days: recurrence.on_days(Cycle(unit), days, 1)),
    Rule("recurring", "next-one ~nth-month? days ~suffix?", "下季度首月10日前", lambda unit, days: recurrence.on_days(Cycle(unit), days, 1, _("it may mean the next one only"))),
    Rule("recurring", "cycle month nth weekday ~suffix?", "每年6月第二个周五", recurrence.on_nth_weekday),
    Rule("recurring", "cycle nth weekday ~suffix?", "每月第一个周一", lambda cycle, nth, day: recurrence.on_nth_weekday(cycle, None, nth, day)),
    Rule("recurring", "cycle ~month? nth unit ~suffix?", "每月第一周", lambda cycle, _nth, unit: _working(cycle) if unit == "weekdays" else _week_of(cycle)),
    Rule("recurring", "~every weekday ~once &ends", "每周一次", lambda day: recurrence.by_itself(Cycle("week")) if day == "MO" else None),
    Rule("recurring", "~every weekday &report", "每周一调度", lambda day: recurrence.on_weekdays([day], _("it may mean once a week")) if day == "MO" else None),
    Rule("recurring", "~every ~weekday ~to weekday", "每周一至周五", lambda day: recurrence.on_weekdays([day], _("it may mean each of these days; read as the last"))),
    Rule("recurring", "~every weekday more-weekday* ~suffix?", "每周二、周四", lambda first, rest: recurrence.on_weekdays([first, *rest])),
    Rule("recurring", "~every ~month-end ~suffix?", "每月底", lambda: recurrence.by_itself(Cycle("month"))),
    Rule("recurring", "~every ~year-end ~suffix?", "每年底", lambda: recurrence.by_itself(Cycle("year"))),
    Rule("recurring", "cycle nth-month days ~suffix?", "每季度首月10日前", lambda cycle, place, days: recurrence.on_days(cycle, days, place)),
    Rule("recurring", "cycle ~ends-period? ~after span ~suffix?", "每季度结束后10个工作日内", lambda cycle, span: _working(cycle) if span.unit == "working days" else None),
    Rule("recurring", "cycle ~ends-period? ~after days ~suffix?", "每季度后15日", lambda cycle, days: recurrence.on_days(cycle, days, 1)),
    Rule("recurring", "cycle ~next-month days ~suffix?", "每季度次月10日前", lambda cycle, days: recurrence.on_days(cycle, days, 1)),
    Rule("recurring", "cycle edge ~suffix?", "每月中", _on_edge),
    Rule("recurring", "cycle ~event-name+ ~event-end", "每年春节前", _event_of),
    Rule("recurring", "cycle days ~suffix?", "每月10日、25日前", lambda cycle, days: recurrence.on_days(cycle, days)),
    Rule("recurring", "cycle year-parts ~suffix?", "每年6月、12月", recurrence.in_year),
    Rule("recurring", "cycle ~at-least* times", "每年开展2次", lambda cycle, _times: _how_many(recurrence.by_itself(cycle))),
    Rule("recurring", "cycle ~emark+ english", "annually by 31 March", lambda cycle, point: recurrence.in_year(cycle, [point])),
    Rule("recurring", "cycle ~suffix?", "每季度", recurrence.by_itself),
    # -- from when on
    Rule("issue", "~at? ~docs* ~issued ~since", "自印发之日起", lambda: Said("start")),
    Rule("issue", "~at? ~from-now", "即日起", lambda: Said("start")),
    Rule("issue-base", "~at? ~docs* ~issued ~since? ~after?", "方案印发后", lambda: ""),
    Rule("other-base", "~at? @prose+ ~since", "收到通知之日起", lambda base: base),
    Rule("other-base", "~at? @prose+ ~after", "收到通知后", lambda base: base),
    # -- any time
    Rule("time", "year ~year-name+ ~event-end ~any*", "2019年春节前", lambda _year: Said("event")),
    Rule("time", "issue-base length span-suffix?", "印发后3个月内", _span_from),
    Rule("time", "other-base length ~time? span-suffix?", "收到通知后3日内", _span_from),
    Rule("time", "issue", "即日起", lambda said: said),
    Rule("time", "recurring", "每月5日前", lambda said: said),
    Rule("time", "~at? rough-span span-suffix?", "三五年内", _rough),
    Rule("time", "~at? length ~time? span-suffix", "3个月内", _span),
    Rule("time", "~at? length &length-ends", "3个月", lambda span: _span(span, None)),
    Rule("time", "~inside length ~of ~issuance", "within 6 months of issuance", lambda span: _span(span, "within")),
    Rule("time", "~inside length @what-of", "within 30 days of approval", lambda span, base: _span_from(base, span, "within")),
    Rule("time", "~inside length", "within 3 months", lambda span: _span(span, "within")),
    Rule("time", "~since-when window", "from Q3 2018 to Q2 2019", lambda said: said),
    Rule("time", "~since-when english-year ~onwards?", "from 2018 onwards", lambda point: Said("start", point, point)),
    Rule("time", "~emark* ~prior english", "before end-June 2018", lambda point: _time(point, "before")),
    Rule("time", "~emark* ~prior bare-year", "before 2020", lambda year: _time(_as_year(year), "before")),
    Rule("time", "~emark+ bare-year &ends", "by 2020", lambda year: _time(year, None)),
    Rule("time", "~emark* ~eabout english", "around June 2018", lambda point: _time(point, "about")),
    Rule("whole", "~estate ~any*", "completed in December 2017", lambda: Said("state")),
    Rule("listed", "~join part", "、6月", lambda part: part),
    Rule("listed", "~join year edge?", "、2019年底", lambda year, _edge: year),
    Rule("listed", "~join ~count listed", "、5、6月", lambda part: part),
    Rule("listed", "~join ~bare-year listed", "、2019、2020年", lambda part: part),
    Rule("listed-day", "~join day", "、20日", lambda day: day),
    Rule("listed-day", "~join ~count listed-day", "、20、30日", lambda day: day),
    Rule("month-and-day", "~list ~month day", "、10月10日", lambda day: day),
    Rule("month-and-day", "~list ~month month-and-day", "、7月、10月10日", lambda day: day),
    Rule("time", "bare-year =listed", "2018、2019年底", lambda year, part: _only(year) if part.unit == "year" else None),
    Rule("time", "year? count =listed", "4、5月", _listed),
    Rule("time", "year? nth =listed", "第一、三季度", _listed),
    Rule("time", "year? month count =listed-day", "5月10、20日", lambda year, month, count, _day_: _only(_of_year(year or Point(None), _day(month, count)))),
    Rule("time", "year? month =month-and-day", "4月、10月10日前", _month_or_day),
    Rule("time", "window ~hour* suffix?", "6-9月内", _ended),
    Rule("time", "month ~within", "6月内", _months_or_month),
    Rule("time", "point ~from length span-suffix?", "2018年起三年内", _from_point),
    Rule("time", "point ~hour* suffix?", "2018年底前", _time),
    # -- what a whole clause says
    Rule("whole", "~none &ends", "不涉及", lambda: Said("none")),
    Rule("whole", "to &ends", "-", lambda dash: Said("none") if dash == "-" else None),
    Rule("whole", "~ditto &ends", "同上", lambda: Said("ditto")),
    Rule("whole", "year? ~all-year &ends", "2018年全年", lambda year: _window(year or Point(None), (year or Point(None))._replace(is_end=True))),
    Rule("whole", "~not-lunar* ~lunar ~any*", "农历六月", lambda: Said("event")),
    Rule("whole", "~starts ~prose+ &ends", "已完成", lambda: Said("state")),
    Rule("whole", "~already ~at ~time ~prose+ &ends", "已于2018年2月完成", lambda: Said("state")),
    Rule("whole", "~at? ~time ~already ~prose+ &ends", "2017年12月已完成", lambda: Said("state")),
    Rule("whole", "~name* ~overdue ~any*", "超期未完成", lambda: Said("state")),
    Rule("whole", "~verbs edge &ends", "推进中", lambda edge: Said("state") if edge == "middle" else None),
    Rule("whole", "~name* ~moving ~length", "推迟一个月", lambda: Said("dateless", doubt=_("it says by how much a deadline is moved, not to when"))),
    Rule("whole", "~original ~any*", "原定6月底前完成", lambda: Said("text")),
    Rule("whole", "~length ~within? ~rate ~any*", "5日内办结率达到95%", lambda: Said("text")),
    Rule("moves", "@if-moved", "确有困难的可延至9月底", lambda words: Said("text", doubt=_("it may be moved: '{words}'").format(words=words))),
    Rule("if-moved", "~ifs ~unsaid* ~delay ~any*", "确有困难的可延至9月底", lambda: True),
    # -- what a clause without a time says
    Rule("untimed", "~ongoing year ~all-year", "贯穿2018年全年", lambda year: _window(year, year._replace(is_end=True))._replace(is_ongoing=True)),
    Rule("untimed", "~then* ~ongoing ~all-year", "贯穿全年", lambda: Said("ongoing")),
    Rule("untimed", "~all-year ~name? &ends", "全年推进", lambda: Said("ongoing")),
    Rule("untimed", "~all-year ~at-least* times", "全年不少于4次", lambda _times: _how_many(Said("ongoing"))),
    Rule("untimed", "~then* ~ongoing", "持续推进", lambda: Said("ongoing")),
    Rule("untimed", "~issued ~since? ~after? ~at-once", "印发后立即实施", lambda: Said("immediate")),
    Rule("untimed", "~at-once", "立行立改", lambda: Said("immediate")),
    Rule("untimed", "~waiting ~dateless ~any*", "待条件成熟后", lambda: Said("dateless")),
    Rule("untimed", "~depending ~any*", "视情况", lambda: Said("dateless")),
    Rule("untimed", "@waits", "待国家政策出台后", lambda words: _condition(words)),
    Rule("untimed", "~dateless ~any*", "适时", lambda: Said("dateless")),
    Rule("untimed", "~waiting ~any*", "待上级明确", lambda: Said("dateless")),
    Rule("untimed", "~and ~name* ~sync ~any*", "与省同步", lambda: Said("dateless")),
    Rule("untimed", "~steady", "稳步推进", lambda: Said("dateless")),
    Rule("untimed", "~sync ~any*", "同步实施", lambda: Said("dateless")),
    Rule("untimed", "~by ~any*", "按上级要求", lambda: Said("dateless")),
    Rule("untimed", "~goes-on &ends", "推进", lambda: Said("dateless")),
    Rule("untimed", "unit ~within? &ends", "年度", lambda unit: Said("dateless") if unit == "year" else None),
    Rule("untimed", "@happens", "国家政策出台后", lambda words: _condition(words)),
    Rule("untimed", "~event-name+ ~event-end", "春节前", lambda: Said("event")),
    Rule("untimed", "~before", "年前", lambda: Said("event")),
    Rule("untimed", "~season-name* ~phase", "规划阶段", lambda: Said("event")),
    Rule("untimed", "~every ~season", "每学期", lambda: Said("event")),
    Rule("untimed", "~season-name* ~season &ends", "中秋节", lambda: Said("event")),
    Rule("untimed", "~name+ ~by ~any*", "严格按时限", lambda: Said("dateless")),
    Rule("untimed", "~name* ~target ~name* ~to? ~length ~any*", "时间压缩至5个工作日内", lambda: Said("dateless")),
    Rule("untimed", "~weekday ~suffix", "周五前", lambda: Said("event")),
    Rule("untimed", "~name+ ~moment", "条件成熟时", lambda: Said("dateless")),
    Rule("untimed-ongoing", "~then* ~ongoing", "并持续推进", lambda: True),
    Rule("then-ongoing", "~lead+ ~ongoing", "并长期坚持", lambda: True),
    Rule("how-many", "~separately ~act? ~times", "各报送2次", lambda: True),
    Rule("how-many", "~separately ~act? ~report", "各报送一次", lambda: True),
    Rule("how-many", "~at-least* ~times", "不少于4次", lambda: True),
    Rule("waits", "~waiting ~name* ~after", "待国家政策出台后", lambda: True),
    Rule("happens", "~name+ ~after", "国家政策出台后", lambda: True),
    # -- words of what is to be done that hold a time
    Rule("aside", "~compared ~any-year ~edge?", "比2015年", lambda: True),
    Rule("aside", "~target ~name* ~to? ~length ~within?", "压缩至3个工作日内", lambda: True),
    Rule("aside", "~verbs ~any-year &thing", "完成2017年度考核", lambda: True),
    Rule("aside", "~length ~within? ~rate", "5日内办结率", lambda: True),
    Rule("aside", "~era ~doc", "十三五规划", lambda: True),
    Rule("aside", "~length &thing", "三年行动", lambda: True),
)
GRAMMAR = Grammar(RULES, SETS)
