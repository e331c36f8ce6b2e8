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

    @property
    def tells_year(self) -> bool:
        """True if its year need not be that of the one before."""
        return bool(self.year or self.shift)

    @property
    def month(self) -> int:
        """The month that a day after it is of: its own, or its last; THIS where it names none."""
        return self.last[0] if self.names_a_day or self.unit == "month" else THIS

    @property
    def names_a_day(self) -> bool:
        """True if 前 after it can mean one day alone."""
        return self.is_end or self.unit in {"day", "third"}

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
    start: date | None = None  # once it is dated
    due: date | None = None

    @property
    def point(self) -> Point:
        """The point that it ends with; one that says nothing where it has none."""
        return self.last or Point(None, unit="")


def _day(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    return last_day(year, month) if day == LAST else date(year, month, day)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day where it has none such."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1).day))


def date_all(said: list[Said], context: Context) -> list[Said]:
    """Return each with its days; a year and a month that one names carry to those after it.

    Raises ``ValueError`` or ``OverflowError`` for a day that the calendar does not have.
    """
    found: list[Said] = []
    year: int | None = None
    month = THIS
    for each in said:
        dated = _dated(_in_month(each, month), context, year)
        year = dated.due.year if dated.due and dated.point.tells_year else year
        month = dated.point.month
        found.append(dated)
    return found


def _in_month(said: Said, month: int) -> Said:
    """Return it with the month that a day alone is of: 6月1日-30日; 5月10日、20日; 10月底前，次月15日前."""
    if said.kind == "recurring" and said.last and month:
        day = (month % 12 + 1, said.last.last[1])
        after = Point(None, day, day, "day", shift=month // 12)
        return said._replace(kind="time", first=after, last=after, rule=None)
    first = _of_month(said.first, month)
    last = first if said.last is said.first else _of_month(said.last, first.last[0] if first else THIS)
    return said._replace(first=first, last=last)


def _of_month(point: Point | None, month: int) -> Point | None:
    """Return a day alone as one of a month, where that is known; anything else as it is."""
    if not point or point.unit != "this month" or point.shift or not month or point.last[1] == LAST:
        return point
    day = (month, point.last[1])
    return point._replace(first=day, last=day, unit="day")


def _dated(said: Said, context: Context, carried: int | None) -> Said:
    if said.span:
        return _from_base(said, said.span, context)
    if said.kind in {"immediate", "start"} and said.first is None:
        due = context.issued if said.kind == "immediate" else None
        return said._replace(
            start=context.issued, due=due, doubt=said.doubt if context.issued else _no_issue()
        )
    if said.first is None or said.last is None:
        return said
    if said.point.unit == "this month":
        return _this_month(said, said.point, context)
    return _in_calendar(said, said.first, said.last, context, carried)


def _no_issue() -> str:
    return _("it counts from the day of issue, which is not known")


def _in_calendar(said: Said, first: Point, last: Point, context: Context, carried: int | None) -> Said:
    """Return a point or a window with its days."""
    first_year, last_year, doubt = _years(first, last, context, carried)
    if first_year is None or last_year is None:
        for point in (first, last):
            point.days(2000)  # a day that no year has is wrong in whatever year
        return said._replace(doubt=said.doubt or doubt)
    is_from_end = first is not last and first.is_end and first.unit != "third"  # 6月底至9月
    start, due = first.days(first_year)[is_from_end], last.days(last_year)[1]
    if due < start and (first is last or last.year):
        return said._replace(doubt=_("it ends before it begins"))
    doubt = said.doubt or first.doubt or last.doubt or doubt or _unlikely(due, context)
    doubt = doubt or _contradicted(first, start) or _contradicted(last, due)
    doubt = doubt or _past(said, last, due, context, carried)
    due, later = _not_before(start, due, last)
    return _within(said, start, due, doubt or later)


def _not_before(start: date, due: date, last: Point) -> tuple[date, str | None]:
    """Return the last day of a window, of the next year where it is before the first, and the doubt of it."""
    if due >= start:
        return due, None
    due = last.days(due.year - last.years + 2)[1]
    return due, _("read as up to {day}, the year after").format(day=due)


def _years(
    first: Point, last: Point, context: Context, carried: int | None
) -> tuple[int | None, int | None, str | None]:
    """Return the years of both ends of a window, and what is doubtful of them."""
    first_year = _year(first, context, carried)
    doubt = None
    if first_year is None:
        doubt = _("the year is not said, and the plan's year and its day of issue are not known")
    if first is last:
        return first_year, first_year, doubt
    if first.year is None and last.year and not first.shift:
        return last.year - (first.first > last.last), last.year, None  # 9月至2019年3月 begins a year before
    return first_year, _year(last, context, first_year) if last.tells_year else first_year, doubt


def _year(point: Point, context: Context, carried: int | None) -> int | None:
    """Return the year of a point; None where it is not known."""
    known = context.year or (context.issued.year if context.issued else None)
    year = known if point.is_from_now else carried or known
    return point.year or (year and year + point.shift)


def _within(said: Said, start: date, due: date, doubt: str | None) -> Said:
    """Return a period from ``start`` to ``due`` by what its words say of its end."""
    last = said.point
    if said.kind == "start":
        return said._replace(start=start, doubt=doubt)
    if last.is_loose:
        return _loose(said, start, None if last.unit == "beginning" else due, doubt)
    if said.kind == "time" and said.is_before and not last.names_a_day:
        return _earlier(said, start - timedelta(days=1), due, doubt)
    is_end = said.is_ongoing and said.first is last and (said.is_before or last.is_end)
    return said._replace(start=None if is_end else start, due=due, doubt=doubt)


def _loose(said: Said, start: date, due: date | None, doubt: str | None) -> Said:
    """Return a period whose end is no one day: 6月初, and 年初, of which not even a likely day is known."""
    if due:
        doubt = doubt or _("no day is agreed on; read as {day}").format(day=due)
    else:
        text = _("no day is agreed on for the beginning of a year; {day} may be meant")
        doubt = text.format(day=date(start.year, 3, 31))
    return said._replace(start=start, due=due, doubt=doubt)


def _earlier(said: Said, earlier: date | None, later: date, doubt: str | None = None) -> Said:
    """Take the earlier of the two days that words such as a bare 前 may mean, so that nobody is late."""
    text = _("read as {earlier}; it may mean {later}").format(earlier=earlier, later=later)
    return said._replace(due=earlier, doubt="; ".join(filter(None, (text, doubt))))


def _this_month(said: Said, point: Point, context: Context) -> Said:
    """Return no day: 月底 may be that of the month of issue or of each month."""
    if context.issued is None:
        return said._replace(doubt=said.doubt or _("the month is not said"))
    month = months_later(context.issued.replace(day=1), point.shift)
    last = last_day(month.year, month.month)
    due = last if point.last[1] == LAST else min(month.replace(day=point.last[1]), last)
    text = _("the month is not said; in that of issue it is {day}").format(day=due)
    return said._replace(doubt=said.doubt or text)


def _unlikely(due: date, context: Context) -> str | None:
    """Doubt a year that no plan names: a number that Excel took for a date (1905-07-10), a slip (2108年)."""
    first, last = _YEARS_OF_PLANS
    is_likely = first <= due.year <= max(last, context.end.year if context.end else last)
    return None if is_likely else _("{year} is an unlikely year").format(year=due.year)


def _contradicted(point: Point, day: date) -> str | None:
    """Doubt a day whose words tell another day of the week than the calendar."""
    is_so = point.weekday in {None, WEEKDAYS[day.weekday()]}
    return None if is_so else _("{day} is no such day of the week").format(day=day)


def _past(said: Said, last: Point, due: date, context: Context, carried: int | None) -> str | None:
    """Doubt a day before that of issue, where the year is not said: the next one may be meant."""
    if said.kind == "start" or context.issued is None or due >= context.issued or last.year or carried:
        return None
    if last.is_from_now or last.shift:
        return _("read as {day}, before the day of issue").format(day=due)
    later = last.days(due.year - last.years + 2)[1]
    text = _("read as {earlier}, before the day of issue; it may mean {later}")
    return text.format(earlier=due, later=later)


def _from_base(said: Said, span: Span, context: Context) -> Said:
    """Count a length of time from the day of issue, or from the one that the words name."""
    is_back = span.high < 0  # 季末的前一周
    base = _begun(said.first, context, is_back=is_back) if said.first else context.issued
    doubt = _uncountable(span, context._replace(workdays=None) if is_back else context)
    if doubt or base is None:
        return said._replace(doubt=doubt or _no_issue())
    low, high = (_later(context, base, span.unit, count) for count in (span.low, span.high))
    if high is None:
        doubt = _("the calendar of holidays {name} does not reach so far")
        return said._replace(doubt=doubt.format(name=context.workdays.name if context.workdays else ""))
    return _earlier(said, high, base) if is_back else said._replace(start=low if span.low else None, due=high)


def _begun(point: Point, context: Context, *, is_back: bool) -> date | None:
    """Return the day from which a length of time counts that begins with ``point``, or ends with it.

    A whole period counts from its first day on: three years from 2018 on end with 2020.
    """
    year = _year(point, context, None)
    if year is None:
        return None
    return point.days(year)[is_back] - timedelta(days=not is_back and point.unit != "day")


def _uncountable(span: Span, context: Context) -> str | None:
    """Return why a length of time cannot be counted, whatever the day of issue."""
    if span.base:
        return _("it counts from '{base}', and that day is not known").format(base=span.base)
    if span.unit == "hours":
        return _("it counts hours, and from which one is not known")
    if span.unit == "working days" and context.workdays is None:
        return _("working days need a calendar of holidays; see holidays in chengguo config")
    return None


def _later(context: Context, day: date, unit: str, count: int) -> date | None:
    """Return the day ``count`` units after another; None where the calendar of holidays ends before."""
    if unit == "working days":
        return context.workdays.after(day, count) if context.workdays else None
    if unit in {"days", "weeks"}:
        return day + timedelta(**{unit: count})
    months, half = divmod(count * _HALF_MONTHS[unit], 2)
    return months_later(day, months) + timedelta(days=15 * half)
