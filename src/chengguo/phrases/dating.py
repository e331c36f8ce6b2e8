"""Clauses to their days, against the year in question and the day of issue."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from chengguo.language import _
from chengguo.model import Context
from chengguo.phrases.points import LAST, Point
from chengguo.phrases.times import Clause, Span
from chengguo.workdays import Workdays

_YEARS_OF_PLANS = (1980, 2100)


class Moment(NamedTuple):
    """A clause with its days."""

    clause: Clause
    start: date | None = None
    due: date | None = None
    doubt: str | None = None
    is_wrong: bool = False  # the calendar has no such day


def date_all(said: list[Clause], context: Context) -> list[Moment]:
    """Give each clause its days; a year that one names carries to those after it."""
    moments: list[Moment] = []
    carried: int | None = None
    for clause in said:
        moment = _moment(clause, context, carried)
        if clause.last and (clause.last.year or clause.last.shift) and moment.due:
            carried = moment.due.year
        moments.append(moment)
    return moments


def _moment(clause: Clause, context: Context, carried: int | None) -> Moment:  # noqa: PLR0911 - a return a kind
    if clause.kind == "span" and clause.span:
        return _from_base(clause, clause.span, context)
    if clause.kind in {"immediate", "start"} and clause.first is None:
        if context.issued is None:
            return Moment(clause, doubt=_("it counts from the day of issue, which is not known"))
        return Moment(clause, context.issued, context.issued if clause.kind == "immediate" else None)
    if clause.kind == "event":
        return Moment(clause, doubt=_("it is an event, and its day is not known"))
    if clause.kind in {"dateless", "condition"}:
        return Moment(clause, doubt=clause.doubt or _("it names no day"))
    if clause.first is None or clause.last is None or (clause.last.unit == "whole" and not clause.last.year):
        return Moment(clause, doubt=clause.doubt)
    try:
        return _in_calendar(clause, clause.first, clause.last, context, carried)
    except (ValueError, OverflowError):
        return Moment(clause, is_wrong=True)


def _in_calendar(clause: Clause, first: Point, last: Point, context: Context, carried: int | None) -> Moment:
    """Give the days of a point or a window."""
    if last.unit == "this month":
        return _this_month(clause, context)
    first_year, doubt = _year(first, context, carried)
    last_year = first_year
    if first is not last:
        last_year = _year(last, context, first_year)[0] if last.year or last.shift else first_year
        if first.year is None and last.year and not first.shift:
            first_year, doubt = last.year, None
            if first.first > last.last:  # 9月至2019年3月 begins in the year before
                first_year -= 1
    if first_year is None or last_year is None:
        for point in (first, last):
            point.days(2000)  # a day that no year has is wrong in whatever year
        return Moment(clause, doubt=doubt)
    start, due = first.days(first_year)[0], last.days(last_year)[1]
    if first is not last and first.is_end and first.unit != "third":
        start = first.days(first_year)[1]  # 6月底至9月
    doubt = (
        clause.doubt
        or first.doubt
        or last.doubt
        or doubt
        or _unlikely(due, context)
        or _past(clause, last, due, context, carried)
    )
    if due < start:
        if first is last or last.year:
            return Moment(clause, doubt=_("it ends before it begins"))
        due = last.days(last_year + 1)[1]
        doubt = doubt or _("read as up to {day}, the year after").format(day=due)
    return _moment_of(clause, start, due, last, doubt)


def _moment_of(clause: Clause, start: date, due: date, last: Point, doubt: str | None) -> Moment:  # noqa: PLR0911 - a return a kind
    if clause.kind == "start":
        return Moment(clause, start, None, doubt)
    if clause.kind == "dateless":
        return Moment(clause, doubt=doubt)
    if last.unit == "beginning":
        usual = date(start.year, 3, 31)
        text = _("no day is agreed on for the beginning of a year; {day} may be meant").format(day=usual)
        return Moment(clause, start, None, text)
    if last.is_loose:
        return Moment(clause, start, due, doubt or _("no day is agreed on; read as {day}").format(day=due))
    if (
        clause.is_before
        and not last.is_end
        and clause.kind == "time"
        and last.unit not in {"day", "third", "whole"}
    ):
        return _before(clause, start, due, doubt)
    if clause.is_ongoing and (clause.is_before or last.is_end) and clause.first is clause.last:
        return Moment(clause, None, due, doubt)
    return Moment(clause, start, due, doubt)


def _before(clause: Clause, start: date, due: date, doubt: str | None) -> Moment:
    """Take the earlier of the two days that a bare 前 may mean, so that nobody is late; name the other."""
    earlier = start - timedelta(days=1)
    text = _("read as {earlier}; it may mean {later}").format(earlier=earlier, later=due)
    return Moment(clause, None, earlier, "; ".join(filter(None, (text, doubt))))


def _this_month(clause: Clause, context: Context) -> Moment:
    """月底 may be that of the month of issue or of each month: no day is taken."""
    if context.issued is None:
        return Moment(clause, doubt=_("the month is not said"))
    issued = context.issued + relativedelta(months=clause.last.shift if clause.last else 0)
    day = clause.last.last[1] if clause.last else LAST
    last = monthrange(issued.year, issued.month)[1]
    due = issued.replace(day=last if day == LAST else min(day, last))
    return Moment(clause, doubt=_("the month is not said; in that of issue it is {day}").format(day=due))


def _year(point: Point, context: Context, carried: int | None) -> tuple[int | None, str | None]:
    """Give the year of a point, and what is doubtful of it."""
    if point.year is not None:
        return point.year, None
    if point.is_from_now:
        carried = None
    year = carried or context.year or (context.issued.year if context.issued else None)
    if year is None:
        return None, _("the year is not said, and the plan's year and its day of issue are not known")
    return year + point.shift, None


def _unlikely(due: date, context: Context) -> str | None:
    """Doubt a year that no plan names: a number that Excel took for a date (1905-07-10), a slip (2108年).

    Where the years of the plan are known, a rule holds a later day against them.
    """
    first, last = _YEARS_OF_PLANS
    if first <= due.year <= last or (context.end is not None and due.year > last):
        return None
    return _("{year} is an unlikely year").format(year=due.year)


def _past(clause: Clause, last: Point, due: date, context: Context, carried: int | None) -> str | None:
    """Doubt a day before that of issue, where the year is not said: the next one may be meant."""
    if clause.kind == "start" or context.issued is None or due >= context.issued or last.year or carried:
        return None
    if last.is_from_now or last.shift:
        return _("read as {day}, before the day of issue").format(day=due)
    later = last.days(due.year - last.years + 2)[1]
    text = _("read as {earlier}, before the day of issue; it may mean {later}")
    return text.format(earlier=due, later=later)


def _from_base(clause: Clause, span: Span, context: Context) -> Moment:
    """Count a length of time from the day of issue, or from the one that the clause names."""
    if clause.first:
        context = context._replace(issued=_begun(clause.first, context))
    if doubt := _uncountable(span, context):
        return Moment(clause, doubt=doubt)
    if context.issued is None:
        return Moment(clause, doubt=_("it counts from the day of issue, which is not known"))
    if span.unit == "working days" and context.workdays:
        return _worked(clause, span, context.issued, context.workdays)
    try:
        low, high = (_later(context.issued, span, count) for count in (span.low, span.high))
    except (ValueError, OverflowError):
        return Moment(clause, is_wrong=True)
    return Moment(clause, low if span.low else None, high, clause.doubt)


def _begun(point: Point, context: Context) -> date | None:
    """Give the day from which a length of time counts that begins with ``point``."""
    year = _year(point, context, None)[0]
    begun = point.days(year)[0] if year else None
    if begun and point.unit != "day":
        # A whole period counts from its first day on: three years from 2018 on end with 2020.
        begun -= timedelta(days=1)
    return begun


def _uncountable(span: Span, context: Context) -> str | None:
    """Tell why a length of time cannot be counted, whatever the day of issue."""
    if span.base:
        return _("it counts from '{base}', and that day is not known").format(base=span.base)
    if span.unit == "hours":
        return _("it counts hours, and from which one is not known")
    if span.unit == "working days" and context.workdays is None:
        return _("working days need a calendar of holidays")
    return None


def _worked(clause: Clause, span: Span, issued: date, workdays: Workdays) -> Moment:
    low, high = (workdays.after(issued, count) for count in (span.low, span.high))
    if high is None:
        return Moment(clause, doubt=_("the calendar of holidays does not reach so far"))
    return Moment(clause, low if span.low else None, high, clause.doubt)


def _later(day: date, span: Span, count: int) -> date:
    if span.unit == "months and a half":
        return day + relativedelta(months=count, days=15)
    return day + relativedelta(**{span.unit: count})  # type: ignore[arg-type]
