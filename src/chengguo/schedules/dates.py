"""Calendar arithmetic: points, lengths of time and what is said of them, to days.

Conventions of supervision offices (督办): a period counts up to its last day; 上旬, 中旬 and 下旬 end on the
10th, the 20th and the month's last day; of 初 and 中 no day is agreed on, and they are doubtful.
"""

from datetime import date, timedelta
from typing import NamedTuple

from chengguo.language import _
from chengguo.model import Context
from chengguo.schedules import last_day

LAST = -1  # as a day: the month's last
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
THIS = 0  # as a month: the one of the time before, else that in which it is read
_HALF_MONTHS = {"half months": 1, "months": 2, "quarters": 6, "years": 24}
_YEARS_OF_PLANS = (1980, 2100)


class Point(NamedTuple):
    """A period of the calendar by its first and last month and day; ``year`` is None where it is not said.

    ``unit`` is what it is called after; ``years`` counts those of a longer one; ``is_end`` tells that its end
    was named (底, 末), ``is_loose`` that it names no one day (初, 中). ``doubt`` is about the words.
    """

    year: int | None
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)
    unit: str = "year"
    years: int = 1
    is_end: bool = False
    is_loose: bool = False
    doubt: str | None = None
    shift: int = 0  # years after the one in question, or months after this one: 1 for 明年 and 下月
    weekday: str | None = None  # that the words tell of a day: MO
    is_from_now: bool = False  # 今年 and 明年 count from the year of the plan, 次年 from one just named

    def days(self, year: int) -> tuple[date, date]:
        """Return its first and last day if it begins in ``year``; raises ``ValueError`` for no such day."""
        return _day(year, self.first), _day(year + self.years - 1, self.last)


class Span(NamedTuple):
    """A length of time, ``low`` to ``high`` units, from the day of ``base``: of issue where that is empty."""

    low: int
    high: int
    unit: str  # "hours", "days", "working days", "weeks", "months", "half months", "quarters", "years"
    base: str = ""


class Said(NamedTuple):
    """What is said of one time, from ``begin`` to before ``end`` of the plain text.

    ``kind`` is "time", "window", "start", "span", "recurring", "ongoing", "immediate", "event", "condition",
    "dateless", "state", "ditto", "none", or "text" where it says no time.
    """

    kind: str
    first: Point | None = None
    last: Point | None = None
    span: Span | None = None
    rule: str | None = None
    doubt: str | None = None
    is_before: bool = False  # 前 after a period, without 底
    is_ongoing: bool = False  # 年内持续推进: standing work within the time
    is_stretch: bool = False  # 力争: what is aimed at
    is_firm: bool = False  # 确保: what is promised
    is_marked: bool = False  # 前, 内 or 底: it says of itself that it is a deadline
    begin: int = 0
    end: int = 0


class Moment(NamedTuple):
    """What is said of a time, with its days."""

    said: Said
    start: date | None = None
    due: date | None = None
    doubt: str | None = None


def _day(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    return last_day(year, month) if day == LAST else date(year, month, day)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day where it has none such."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1).day))


def date_all(said: list[Said], context: Context) -> list[Moment]:
    """Return each with its days; a year and a month that one names carry to those after it.

    Raises ``ValueError`` or ``OverflowError`` for a day that the calendar does not have.
    """
    moments: list[Moment] = []
    year: int | None = None
    month = THIS
    for each in said:
        known = _in_month(each, month)
        moment = _moment(known, context, year)
        if known.last and (known.last.year or known.last.shift) and moment.due:
            year = moment.due.year
        month = known.last.last[0] if known.last and known.last.unit != "this month" else THIS
        moments.append(moment)
    return moments


def _in_month(said: Said, month: int) -> Said:
    """Return it with the month that a day alone is of: 6月1日-30日; 5月10日、20日."""
    if said.kind == "recurring" and said.last and month:  # 10月底前完成初稿，次月15日前定稿
        shift, month = divmod(month, 12)
        day = (month + 1, said.last.last[1])
        after = Point(None, day, day, "day", shift=shift)
        return said._replace(kind="time", first=after, last=after, rule=None)
    first = _of_month(said.first, month)
    if said.last is said.first:
        return said._replace(first=first, last=first)
    begun = first.last[0] if first and first.unit != "this month" else THIS
    return said._replace(first=first, last=_of_month(said.last, begun))


def _of_month(point: Point | None, month: int) -> Point | None:
    """Return a day alone as one of a month, where that is known; anything else as it is."""
    if not point or point.unit != "this month" or point.shift or not month or point.last[1] == LAST:
        return point
    day = (month, point.last[1])
    return point._replace(first=day, last=day, unit="day")


def _moment(said: Said, context: Context, carried: int | None) -> Moment:
    if said.span:
        return _from_base(said, said.span, context)
    if said.kind in {"immediate", "start"} and said.first is None:
        if context.issued is None:
            return Moment(said, doubt=_("it counts from the day of issue, which is not known"))
        return Moment(said, context.issued, context.issued if said.kind == "immediate" else None, said.doubt)
    if said.kind in {"event", "dateless", "condition"} or said.first is None or said.last is None:
        return Moment(said, doubt=said.doubt or _WHY_NO_DAY.get(said.kind, lambda: None)())
    if said.last.unit == "this month":
        return _this_month(said, said.last, context)
    return _in_calendar(said, said.first, said.last, context, carried)


_WHY_NO_DAY = {
    "event": lambda: _("it is an event, and its day is not known"),
    "dateless": lambda: _("it names no day"),
    "condition": lambda: _("it names no day"),
}


def _in_calendar(said: Said, first: Point, last: Point, context: Context, carried: int | None) -> Moment:
    """Return the days of a point or a window."""
    first_year, last_year, doubt = _years(first, last, context, carried)
    if first_year is None or last_year is None:
        for point in (first, last):
            point.days(2000)  # a day that no year has is wrong in whatever year
        return Moment(said, doubt=said.doubt or doubt)
    is_from_end = first is not last and first.is_end and first.unit != "third"
    start, due = first.days(first_year)[is_from_end], last.days(last_year)[1]  # 6月底至9月
    words = said.doubt or first.doubt or last.doubt or doubt
    doubt = words or _unlikely(due) or _contradicted(first, start) or _contradicted(last, due)
    doubt = doubt or _past(said, last, due, context, carried)
    if due >= start:
        return _within(said, start, due, last, doubt)
    if first is last or last.year:
        return Moment(said, doubt=_("it ends before it begins"))
    due = last.days(last_year + 1)[1]
    return _within(said, start, due, last, doubt or _("read as up to {day}, the year after").format(day=due))


def _years(
    first: Point, last: Point, context: Context, carried: int | None
) -> tuple[int | None, int | None, str | None]:
    """Return the years of both ends of a window, and what is doubtful of them."""
    first_year, doubt = _year(first, context, carried)
    if first is last:
        return first_year, first_year, doubt
    if first.year is None and last.year and not first.shift:
        # 9月至2019年3月 begins in the year before
        return last.year - (first.first > last.last), last.year, None
    last_year = _year(last, context, first_year)[0] if last.year or last.shift else first_year
    return first_year, last_year, doubt


def _within(said: Said, start: date, due: date, last: Point, doubt: str | None) -> Moment:
    """Return the moment of a period from ``start`` to ``due``, by what its words say of its end."""
    if said.kind == "start":
        return Moment(said, start, None, doubt)
    if last.unit == "beginning":
        usual = date(start.year, 3, 31)
        text = _("no day is agreed on for the beginning of a year; {day} may be meant").format(day=usual)
        return Moment(said, start, None, text)
    if last.is_loose:
        return Moment(said, start, due, doubt or _("no day is agreed on; read as {day}").format(day=due))
    if said.kind == "time" and said.is_before and not _names_a_day(last):
        return _before(said, start, due, doubt)
    is_end = said.is_ongoing and said.first is said.last and (said.is_before or last.is_end)
    return Moment(said, None if is_end else start, due, doubt)


def _names_a_day(point: Point) -> bool:
    return point.is_end or point.unit in {"day", "third"}


def _before(said: Said, start: date, due: date, doubt: str | None) -> Moment:
    """Take the earlier of the two days that a bare 前 may mean, so that nobody is late; name the other."""
    earlier = start - timedelta(days=1)
    text = _("read as {earlier}; it may mean {later}").format(earlier=earlier, later=due)
    return Moment(said, None, earlier, "; ".join(filter(None, (text, doubt))))


def _this_month(said: Said, point: Point, context: Context) -> Moment:
    """Return no day: 月底 may be that of the month of issue or of each month."""
    if context.issued is None:
        return Moment(said, doubt=said.doubt or _("the month is not said"))
    month = months_later(context.issued.replace(day=1), point.shift)
    day = point.last[1]
    last = last_day(month.year, month.month).day
    due = month.replace(day=last if day == LAST else min(day, last))
    text = _("the month is not said; in that of issue it is {day}").format(day=due)
    return Moment(said, doubt=said.doubt or text)


def _year(point: Point, context: Context, carried: int | None) -> tuple[int | None, str | None]:
    """Return the year of a point, and what is doubtful of it."""
    if point.year is not None:
        return point.year, None
    known = context.year or (context.issued.year if context.issued else None)
    year = known if point.is_from_now else carried or known
    if year is None:
        return None, _("the year is not said, and the plan's year and its day of issue are not known")
    return year + point.shift, None


def _unlikely(due: date) -> str | None:
    """Doubt a year that no plan names: a number that Excel took for a date (1905-07-10), a slip (2108年)."""
    first, last = _YEARS_OF_PLANS
    if first <= due.year <= last:
        return None
    return _("{year} is an unlikely year").format(year=due.year)


def _contradicted(point: Point, day: date) -> str | None:
    """Doubt a day whose words tell another day of the week than the calendar."""
    if point.weekday is None or WEEKDAYS[day.weekday()] == point.weekday:
        return None
    return _("{day} is no such day of the week").format(day=day)


def _past(said: Said, last: Point, due: date, context: Context, carried: int | None) -> str | None:
    """Doubt a day before that of issue, where the year is not said: the next one may be meant."""
    if said.kind == "start" or context.issued is None or due >= context.issued or last.year or carried:
        return None
    if last.is_from_now or last.shift:
        return _("read as {day}, before the day of issue").format(day=due)
    later = last.days(due.year - last.years + 2)[1]
    text = _("read as {earlier}, before the day of issue; it may mean {later}")
    return text.format(earlier=due, later=later)


def _from_base(said: Said, span: Span, context: Context) -> Moment:
    """Count a length of time from the day of issue, or from the one that the words name."""
    if said.first and span.high < 0:
        return _counted_back(said, said.first, span, context)
    if said.first:
        context = context._replace(issued=_begun(said.first, context))
    if doubt := _uncountable(span, context):
        return Moment(said, doubt=doubt)
    if context.issued is None:
        return Moment(said, doubt=_("it counts from the day of issue, which is not known"))
    low, high = (_later(context, context.issued, span.unit, count) for count in (span.low, span.high))
    if high is None:
        return Moment(said, doubt=_("the calendar of holidays does not reach so far"))
    return Moment(said, low if span.low else None, high, said.doubt)


def _counted_back(said: Said, point: Point, span: Span, context: Context) -> Moment:
    """Take the first of the days that 季末的前一周 may mean, so that nobody is late; name the last."""
    year, doubt = _year(point, context, None)
    if year is None or span.unit in {"hours", "working days"}:
        return Moment(said, doubt=doubt or _uncountable(span, context._replace(workdays=None)))
    later = point.days(year)[1]
    earlier = _later(context, later, span.unit, span.high)
    return Moment(
        said, None, earlier, _("read as {earlier}; it may mean {later}").format(earlier=earlier, later=later)
    )


def _begun(point: Point, context: Context) -> date | None:
    """Return the day from which a length of time counts that begins with ``point``."""
    year = _year(point, context, None)[0]
    begun = point.days(year)[0] if year else None
    if begun and point.unit != "day":
        # A whole period counts from its first day on: three years from 2018 on end with 2020.
        begun -= timedelta(days=1)
    return begun


def _uncountable(span: Span, context: Context) -> str | None:
    """Return why a length of time cannot be counted, whatever the day of issue."""
    if span.base:
        return _("it counts from '{base}', and that day is not known").format(base=span.base)
    if span.unit == "hours":
        return _("it counts hours, and from which one is not known")
    if span.unit == "working days" and context.workdays is None:
        return _("working days need a calendar of holidays")
    return None


def _later(context: Context, day: date, unit: str, count: int) -> date | None:
    """Return the day ``count`` units after another; None where the calendar of holidays ends before."""
    if unit == "working days":
        return context.workdays.after(day, count) if context.workdays else None
    if unit in {"days", "weeks"}:
        return day + timedelta(**{unit: count})
    months, half = divmod(count * _HALF_MONTHS[unit], 2)
    return months_later(day, months) + timedelta(days=15 * half)
