"""Clauses to a Schedule: which of several times counts, what the year is, what is doubtful."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from chengguo.language import _
from chengguo.model import Context, Schedule, Stage
from chengguo.phrases import clauses, english, points
from chengguo.phrases.clauses import Clause, Span
from chengguo.phrases.plain import Plain, plain
from chengguo.phrases.points import Point

_BRACKET = re.compile(r"\(([^()]*)\)")
_STRETCH = re.compile("力争|争取|努力|提前")
_DATED = frozenset({"time", "window", "span", "immediate", "event"})


class Moment(NamedTuple):
    """A clause with its days."""

    clause: Clause
    start: date | None = None
    due: date | None = None
    doubt: str | None = None


def read(wording: str, context: Context) -> Schedule:
    """Read a wording; kind "unknown", not understood, where the grammar has no place for it."""
    if not re.search("[\u3400-\u9fff〇〃]", wording) and (
        found := english.read(unicodedata.normalize("NFKC", wording))
    ):
        return _combined(wording, plain(wording), found, context)
    schedule = _read(wording, plain(wording), context)
    if not schedule.is_understood and "\n" in wording.strip():
        schedule = _read(wording, plain(wording.strip(), ";"), context)
    return schedule


def _read(wording: str, text: Plain, context: Context) -> Schedule:
    """Read the words, those in brackets apart: a bracket may date words that name no day, or add a note."""
    main = _without_brackets(text)
    schedule = _main(wording, main, context)
    for bracket in _BRACKET.finditer(text.text):
        inner = plain(bracket[1])
        if _STRETCH.search(inner.text):
            continue
        aside = _main(bracket[1], inner, context)
        if aside.due is None and aside.start is None:
            schedule = _noted(schedule, aside)
            continue
        if schedule.due is None and schedule.start is None:
            kind = (
                aside.kind if schedule.kind in {"unknown", "ongoing"} and aside.kind != "deadline" else None
            )
            kind = kind or ("deadline+ongoing" if schedule.kind == "ongoing" else aside.kind)
            schedule = aside._replace(wording=wording, kind=kind)
        elif aside.due != schedule.due:
            doubt = _("the bracket names another day: {day}").format(day=aside.due or aside.start)
            schedule = schedule._replace(doubt=schedule.doubt or doubt)
    return schedule


def _noted(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take from a bracket that a deadline is followed by standing work, or that something recurs."""
    if "+" in schedule.kind or aside.kind not in {"ongoing", "recurring"} or schedule.kind == aside.kind:
        return schedule
    if schedule.kind in {"unknown", "none"}:
        return aside._replace(wording=schedule.wording)
    return schedule._replace(kind=f"{schedule.kind}+{aside.kind}", rule=schedule.rule or aside.rule)


def _without_brackets(text: Plain) -> Plain:
    """Leave the brackets out; what is only a bracket stays."""
    kept = [at for at, inside in enumerate(_inside(text.text)) if not inside]
    if not kept:
        kept = [at for at, character in enumerate(text.text) if character not in "()"]
    return Plain(text.printed, "".join(text.text[at] for at in kept), tuple(text.places[at] for at in kept))


def _inside(text: str) -> list[bool]:
    marks = [False] * len(text)
    for bracket in _BRACKET.finditer(text):
        marks[bracket.start() : bracket.end()] = [True] * (bracket.end() - bracket.start())
    return marks


def _main(wording: str, text: Plain, context: Context) -> Schedule:
    found: list[Clause] = []
    for begin, end in clauses.split(text.text):
        found += clauses.read(text, begin, end, found[-1] if found else None)
    return _combined(wording, text, found, context)


def _combined(wording: str, text: Plain, found: list[Clause], context: Context) -> Schedule:
    kinds = {clause.kind for clause in found}
    said = [clause for clause in found if clause.kind != "text"]
    if not said:
        return Schedule(wording, "unknown", doubt=_("the wording is not understood"), is_understood=False)
    alone = said[0] if len(said) == 1 else None
    if kinds == {"none"}:
        return Schedule(wording, "none", doubt=_("no schedule is given"))
    if kinds & {"ditto"}:
        return Schedule(wording, "ditto", doubt=_("it is as the cell above"))
    if alone and alone.kind == "state" or kinds <= {"state", "text"}:
        return Schedule(wording, "state", doubt=_("it is a status, not a schedule"))
    if "recurring" in kinds and _is_rhythm(said):
        said = [next(clause for clause in said if clause.kind == "recurring")]
    moments = _dated(_kept(said), context)
    return _schedule(
        wording, text, moments, [c.doubt for c in found if c.kind == "text" and c.doubt], context
    )


def _is_rhythm(said: list[Clause]) -> bool:
    """Tell whether it is the round of every year (年初建账、逐月查账、年底交账) and no deadline."""
    others = [clause for clause in said if clause.kind != "recurring"]
    return len(others) > 1 and all(
        clause.kind == "time"
        and clause.last
        and clause.last.year is None
        and clause.last.unit in {"year", "beginning"}
        for clause in others
    )


def _kept(said: list[Clause]) -> list[Clause]:
    """Leave out what is only aimed at (力争) beside what is promised (确保)."""
    firm = [clause for clause in said if clause.kind in _DATED and not clause.is_stretch]
    if firm and any(clause.is_firm for clause in firm):
        return [clause for clause in said if not clause.is_stretch]
    return said


# -- clauses to days -------------------------------------------------------------------------------


def _dated(said: list[Clause], context: Context) -> list[Moment]:
    """Give each clause its days; a year that one names carries to those after it."""
    moments: list[Moment] = []
    carried: int | None = None
    for clause in said:
        moment = _moment(clause, context, carried)
        if clause.last and (clause.last.year or clause.last.shift) and moment.due:
            carried = moment.due.year
        moments.append(moment)
    return moments


def _moment(clause: Clause, context: Context, carried: int | None) -> Moment:
    if clause.kind == "span" and clause.span:
        return _from_base(clause, clause.span, context)
    if clause.kind in {"immediate", "start"} and clause.first is None:
        if context.issued is None:
            return Moment(clause, doubt=_("it counts from the day of issue, which is not known"))
        return Moment(clause, context.issued, context.issued if clause.kind == "immediate" else None)
    if clause.kind == "event":
        return Moment(clause, doubt=_("it is an event, and its day is not known"))
    if clause.kind == "dateless":
        return Moment(clause, doubt=clause.doubt or _("it names no day"))
    if clause.first is None or clause.last is None or (clause.last.unit == "whole" and not clause.last.year):
        return Moment(clause, doubt=clause.doubt)
    try:
        return _in_calendar(clause, clause.first, clause.last, context, carried)
    except (ValueError, OverflowError):
        return Moment(clause, doubt=_("the calendar has no such day"))


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
    if first_year is None or last_year is None:
        _probe(first), _probe(last)
        return Moment(clause, doubt=doubt)
    start, due = first.days(first_year)[0], last.days(last_year)[1]
    doubt = clause.doubt or first.doubt or last.doubt or doubt
    if due < start:
        if first is last or last.year:
            return Moment(clause, doubt=_("it ends before it begins"))
        due = last.days(last_year + 1)[1]
        doubt = doubt or _("read as up to {day}, the year after").format(day=due)
    return _moment_of(clause, start, due, last, doubt)


def _probe(point: Point) -> None:
    """Raise ``ValueError`` for a day that no year has, though the year is not known."""
    point.days(2000)


def _moment_of(clause: Clause, start: date, due: date, last: Point, doubt: str | None) -> Moment:
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
    return Moment(clause, start, earlier, "; ".join(filter(None, (text, doubt))))


def _this_month(clause: Clause, context: Context) -> Moment:
    """月底 may be that of the month of issue or of each month: no day is taken."""
    issued = context.issued
    if issued is None:
        return Moment(clause, doubt=_("the month is not said"))
    day = clause.last.last[1] if clause.last else points.LAST
    last = monthrange(issued.year, issued.month)[1]
    due = issued.replace(day=last if day == points.LAST else min(day, last))
    return Moment(clause, doubt=_("the month is not said; in that of issue it is {day}").format(day=due))


def _year(point: Point, context: Context, carried: int | None) -> tuple[int | None, str | None]:
    """Give the year of a point, and what is doubtful of it."""
    if point.year is not None:
        return point.year, None
    year = carried or context.year or (context.issued.year if context.issued else None)
    if year is None:
        return None, _("the year is not said, and the plan's year and its day of issue are not known")
    year += point.shift
    if not carried and not context.year and not point.shift and context.issued:
        due = point.days(year)[1]
        if due < context.issued:
            later = point.days(year + 1)[1]
            return year, _("read as {earlier}, before the day of issue; it may mean {later}").format(
                earlier=due, later=later
            )
    return year, None


def _from_base(clause: Clause, span: Span, context: Context) -> Moment:
    """Count a length of time from the day of issue; from another day it cannot be counted."""
    if span.base:
        text = _("it counts from '{base}', and that day is not known").format(base=span.base)
        return Moment(clause, doubt=text)
    if span.unit == "working days":
        return Moment(clause, doubt=_("working days need a calendar of holidays"))
    if clause.first:
        year = _year(clause.first, context, None)[0]
        context = context._replace(issued=clause.first.days(year)[0] if year else None)
    if context.issued is None:
        return Moment(clause, doubt=_("it counts from the day of issue, which is not known"))
    try:
        low, high = (_later(context.issued, span, count) for count in (span.low, span.high))
    except (ValueError, OverflowError):
        return Moment(clause, doubt=_("the calendar has no such day"))
    return Moment(clause, low if span.low else None, high, clause.doubt)


def _later(day: date, span: Span, count: int) -> date:
    if span.unit == "months and a half":
        return day + relativedelta(months=count, days=15)
    return day + relativedelta(**{span.unit: count})  # type: ignore[arg-type]


# -- moments to a schedule -------------------------------------------------------------------------


def _schedule(
    wording: str, text: Plain, moments: list[Moment], left: list[str], context: Context
) -> Schedule:
    by_kind = {
        kind: [each for each in moments if each.clause.kind == kind]
        for kind in ("recurring", "start", "ongoing", "dateless")
    }
    dated = [each for each in moments if each.clause.kind in _DATED and not _is_bound(each)]
    bounds = [each for each in moments if _is_bound(each)]
    ongoing = bool(by_kind["ongoing"]) or bool(bounds) or any(each.clause.is_ongoing for each in moments)
    doubts = [
        each.doubt
        for each in moments
        if each.doubt and not (each.clause.kind == "dateless" and len(moments) > 1)
    ]
    doubt = "; ".join(dict.fromkeys([*doubts, *left])) or None
    if dated:
        return _with_deadline(wording, text, dated, by_kind, doubt, ongoing=ongoing)
    start = next((each.start for each in [*by_kind["start"], *bounds] if each.start), None)
    if by_kind["recurring"]:
        return _recurring(
            wording, by_kind["recurring"], bounds, start, doubt, ongoing=bool(by_kind["ongoing"])
        )
    if ongoing:
        due = bounds[0].due if bounds else None
        return Schedule(wording, "ongoing", start, due, doubt)
    if by_kind["start"]:
        return Schedule(wording, "start", start, None, doubt)
    if by_kind["dateless"]:
        return Schedule(wording, "unknown", None, None, doubt or _("it names no day"))
    return Schedule(wording, "state", doubt=_("it is a status, not a schedule"))


def _is_bound(moment: Moment) -> bool:
    """Whether the time bounds standing work: 年内持续推进. (2018年底前持续推进 too.)"""
    return (
        moment.clause.is_ongoing
        and moment.clause.kind in {"time", "window", "span"}
        or bool(moment.clause.last and moment.clause.last.unit == "whole" and moment.clause.kind == "time")
    )


def _recurring(
    wording: str,
    found: list[Moment],
    bounds: list[Moment],
    start: date | None,
    doubt: str | None,
    *,
    ongoing: bool,
) -> Schedule:
    rule = next((each.clause.rule for each in found if each.clause.rule), None)
    if len({each.clause.rule for each in found}) > 1:
        doubt = doubt or _("it recurs in more than one way; read as the first")
    due = bounds[0].due if bounds else None
    kind = "recurring+ongoing" if ongoing else "recurring"
    return Schedule(wording, kind, start, due, doubt, rule)


def _with_deadline(
    wording: str,
    text: Plain,
    dated: list[Moment],
    by_kind: dict[str, list[Moment]],
    doubt: str | None,
    *,
    ongoing: bool,
) -> Schedule:
    """Make the schedule of one or more days: the last counts."""
    dated = _without_stretch(dated)
    last = dated[-1]
    stages = (
        tuple(Stage(text.cut(each.clause.begin, each.clause.end), each.due) for each in dated)
        if len(dated) > 1
        else ()
    )
    due = last.due
    days = [each.due for each in dated if each.due]
    if days != sorted(days):
        due = max(days)
        doubt = doubt or _("its days are not in order; the last of them, {day}, counts").format(day=due)
    kind = _kind(dated, stages)
    start = _start(dated, kind)
    begun = by_kind["start"][0].start if by_kind["start"] else None
    if begun and due and begun <= due and kind in {"deadline", "window"}:
        kind, start = "window", begun
    rule = next((each.clause.rule for each in by_kind["recurring"] if each.clause.rule), None)
    if ongoing:
        kind = f"{kind.split('+')[-1]}+ongoing"
    elif by_kind["recurring"]:
        kind = f"{kind.split('+')[-1]}+recurring"
    return Schedule(wording, kind, start, due, doubt, rule, stages)


def _without_stretch(dated: list[Moment]) -> list[Moment]:
    """Leave out what is aimed at sooner (2018年底前，力争9月底): the promised day counts."""
    promised = [each.due for each in dated if each.due and not each.clause.is_stretch]
    return [
        each
        for each in dated
        if not (
            each.clause.is_stretch
            and each.due
            and promised
            and each.due < max(promised)
            and each is not dated[0]
        )
    ]


def _kind(dated: list[Moment], stages: tuple[Stage, ...]) -> str:
    if stages:
        return "relative+stages" if all(each.clause.kind == "span" for each in dated) else "stages"
    clause = dated[0].clause
    if clause.kind == "time" and clause.last:
        if clause.last.unit == "beginning":
            return "unknown"
        # 下半年 says from when on as well; 上半年 and a quarter say by when.
        if (
            clause.last.unit == "half"
            and clause.last.first == (7, 1)
            and not clause.is_before
            and not clause.last.is_end
        ):
            return "window"
        if (
            clause.last.unit == "era"
            and not clause.last.is_end
            and not clause.last.is_loose
            and not clause.is_before
        ):
            return "window"
    return {"time": "deadline", "span": "relative"}.get(clause.kind, clause.kind)


def _start(dated: list[Moment], kind: str) -> date | None:
    if kind in {"window", "relative", "immediate", "unknown"}:
        return dated[0].start
    return dated[0].start if len(dated) > 1 and dated[0].clause.kind == "window" else None
