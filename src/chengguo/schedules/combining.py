"""Clauses to a Schedule: which of several times counts, what the year is, what is doubtful."""

from datetime import date
from typing import NamedTuple

from chengguo.language import N_, _
from chengguo.model import Context, Schedule, Stage
from chengguo.schedules import clauses
from chengguo.schedules.dates import Moment, Said, date_all
from chengguo.schedules.grammar import Exhausted, Parser, tokens
from chengguo.schedules.plain import Plain
from chengguo.schedules.rules import GRAMMAR
from chengguo.schedules.tokens import LEXICON

_WHY_NO_DAYS = {
    "none": N_("no schedule is given"),
    "ditto": N_("it is as the cell above"),
    "state": N_("it is a status, not a schedule"),
}
_OPEN_ENDS = ("适时", "适机", "择机", "视", "按需", "另行")
_DATED = frozenset({"time", "window", "span", "immediate", "event"})


def read(wording: str, text: Plain, context: Context) -> Schedule:
    """Read plain text without brackets; kind "unknown", not understood, where it has no time."""
    return combine(wording, text, _clauses(text), context)


def parts(text: Plain, context: Context) -> tuple[Schedule, ...]:
    """Read each clause of plain text by itself; those that say no time are left out."""
    found = [clause for clause in _clauses(text) if clause.kind != "text"]
    return tuple(
        _schedule(_said(words, text, [moment], []))
        for moment in date_all(found, context)
        if (words := text.cut(moment.said.begin, moment.said.end))
    )


def _clauses(text: Plain) -> list[Said]:
    found = tokens(text.text.lower(), LEXICON)
    try:
        return clauses.read(Parser(GRAMMAR, text.text, found))
    except Exhausted:
        return []


def combine(wording: str, text: Plain, found: list[Said], context: Context) -> Schedule:
    """Combine the clauses of ``text`` to a schedule of ``wording``."""
    kinds = {clause.kind for clause in found}
    said = [clause for clause in found if clause.kind != "text"]
    if not said:
        return Schedule(wording, "unknown", doubt=_("the wording is not understood"), is_understood=False)
    if kind := _without_days(said):
        return Schedule(wording, kind, doubt=_(_WHY_NO_DAYS[kind]))
    if "recurring" in kinds and _is_rhythm(said):
        said = [next(clause for clause in said if clause.kind == "recurring")]
    left = [clause.doubt for clause in found if clause.kind == "text" and clause.doubt]
    try:
        moments = date_all(_kept(said), context)
    except (ValueError, OverflowError):
        return Schedule(wording, "unknown", doubt=_("the calendar has no such day"), is_understood=False)
    schedule = _schedule(_said(wording, text, moments, left))
    if "state" in kinds and schedule.kind == "ongoing":
        why = _WHY_NO_DAYS["state"]
        return schedule._replace(kind="state+ongoing", doubt=_(why))
    return schedule


def _without_days(said: list[Said]) -> str | None:
    """Give the kind of a cell that holds no schedule at all; None where it may hold one."""
    kinds = {clause.kind for clause in said}
    if "ditto" in kinds:
        return "ditto"
    return next(iter(kinds)) if len(kinds) == 1 and kinds <= set(_WHY_NO_DAYS) else None


def _is_rhythm(said: list[Said]) -> bool:
    """Tell whether it is the round of every year (年初建账、逐月查账、年底交账) and no deadline."""
    others = [clause for clause in said if clause.kind != "recurring"]
    return len(others) > 1 and all(
        clause.kind == "time"
        and clause.last
        and clause.last.year is None
        and clause.last.unit in {"year", "beginning"}
        for clause in others
    )


def _kept(said: list[Said]) -> list[Said]:
    """Leave out what is only aimed at (力争) beside what is promised (确保)."""
    firm = [clause for clause in said if clause.kind in _DATED and not clause.is_stretch]
    if firm and any(clause.is_firm for clause in firm):
        return [clause for clause in said if not clause.is_stretch]
    return said


# -- moments to a schedule -------------------------------------------------------------------------


class _All(NamedTuple):
    """All that the clauses say: the moments that are deadlines, those that bound standing work, the rest."""

    wording: str
    text: Plain
    dated: list[Moment]
    bounds: list[Moment]
    starts: list[Moment]
    rules: list[Said]
    is_ongoing: bool
    is_dateless: bool
    is_conditional: bool
    doubt: str | None


def _said(wording: str, text: Plain, moments: list[Moment], left: list[str]) -> _All:
    # 适时启动，2018年底前完成: there is a day, though one part names none; but 年底前立项，适时开工 is open.
    is_open = text.text.startswith(_OPEN_ENDS, moments[-1].said.begin) if moments else False
    doubts = [
        each.doubt
        for each in moments
        if each.said.kind != "dateless" or each.said.doubt or len(moments) == 1 or is_open
    ]
    kinds = [each.said.kind for each in moments]
    return _All(
        wording,
        text,
        [each for each in moments if each.said.kind in _DATED and not _is_bound(each)],
        [each for each in moments if _is_bound(each)],
        [each for each in moments if each.said.kind == "start"],
        [each.said for each in moments if each.said.kind == "recurring"],
        "ongoing" in kinds or any(each.said.is_ongoing for each in moments),
        "dateless" in kinds,
        "condition" in kinds,
        "; ".join(dict.fromkeys(filter(None, [*doubts, *left]))) or None,
    )


def _is_bound(moment: Moment) -> bool:
    """Whether the time bounds standing work, as in 年内持续推进 and 2018年全年."""
    clause = moment.said
    whole = clause.kind == "time" and clause.last is not None and clause.last.unit == "whole"
    return whole or (clause.is_ongoing and clause.kind in {"time", "window", "span"})


def _schedule(said: _All) -> Schedule:
    windows = [each for each in said.dated if each.said.kind == "window"]
    if said.dated and not (said.rules and len(windows) == len(said.dated) == 1):
        return _with_deadline(said)
    said = said._replace(bounds=[*said.bounds, *windows])  # 2018-2020年，每年年底前
    start = next((each.start for each in [*said.starts, *said.bounds] if each.start), None)
    due = said.bounds[0].due if said.bounds else None
    if said.rules:
        kind = "recurring+ongoing" if said.is_ongoing and not said.bounds else "recurring"
        doubt = said.doubt
        if len({clause.rule for clause in said.rules}) > 1:
            doubt = doubt or _("it recurs in more than one way; read as the first")
        return Schedule(said.wording, kind, start, due, doubt, _rule(said))
    if said.is_ongoing or said.bounds:
        kind = "start+ongoing" if said.starts and not said.bounds else "ongoing"
        return Schedule(said.wording, kind, start, due, said.doubt)
    if said.starts:
        return Schedule(said.wording, "start", start, None, said.doubt)
    return _undated(said)


def _undated(said: _All) -> Schedule:
    """Make the schedule of words that name no day."""
    if said.is_conditional:
        return Schedule(said.wording, "event", doubt=_("it is an event, and its day is not known"))
    if said.is_dateless:
        return Schedule(said.wording, "unknown", doubt=said.doubt or _("it names no day"))
    return Schedule(said.wording, "state", doubt=_("it is a status, not a schedule"))


def _rule(said: _All) -> str | None:
    return next((clause.rule for clause in said.rules if clause.rule), None)


def _with_deadline(said: _All) -> Schedule:
    """Make the schedule of one or more days: the last counts."""
    dated = _without_stretch(said.dated)
    if len(dated) > 1 and dated[0].said.kind == "immediate":
        return _begun_at_once(said._replace(dated=dated[1:]), dated[0])
    cut = said.text.cut
    # Clauses in English know no place of theirs: the whole wording stands for each.
    stages = tuple(Stage(cut(each.said.begin, each.said.end) or said.wording, each.due) for each in dated)
    stages = stages if len(stages) > 1 else ()
    due, doubt = dated[-1].due, said.doubt
    days = [each.due for each in dated if each.due]
    if days != sorted(days):
        due = max(days)
        points = [each.said.last for each in dated]
        if not all(point and (point.year or point.is_from_now) for point in points):
            doubt = doubt or _("its days are not in order; the last of them, {day}, counts").format(day=due)
    kind = _kind(dated, stages)
    start = _start(dated, kind)
    begun = said.starts[0].start if said.starts else None
    if begun and due and kind in {"deadline", "window"}:
        if begun < due:
            kind, start = "window", begun
        elif not (said.is_ongoing or said.rules):
            kind, start = "deadline+start", begun if begun == due else None  # 6月底前完成，7月起实施
    if said.is_ongoing or said.rules:
        # Two kinds at most: that it is relative is told by its due date as well.
        kind = f"{kind.split('+')[-1]}+{'ongoing' if said.is_ongoing else 'recurring'}"
    return Schedule(said.wording, kind, start, due, doubt, _rule(said), stages)


def _begun_at_once(said: _All, first: Moment) -> Schedule:
    """Make the schedule of what begins at once and has a deadline: 立行立改，6月底前完成."""
    schedule = _with_deadline(said)
    kind = "immediate+deadline" if schedule.kind == "deadline" else schedule.kind
    return schedule._replace(kind=kind, start=schedule.start or first.start)


def _without_stretch(dated: list[Moment]) -> list[Moment]:
    """Leave out what is aimed at sooner (2018年底前，力争9月底): the promised day counts."""
    promised = [each.due for each in dated if each.due and not each.said.is_stretch]
    return [
        each
        for each in dated
        if not (
            each.said.is_stretch
            and each.due
            and promised
            and each.due < max(promised)
            and each is not dated[0]
        )
    ]


def _kind(dated: list[Moment], stages: tuple[Stage, ...]) -> str:
    if all(each.said.kind == "event" for each in dated):
        return "event"
    if stages:
        return "relative+stages" if all(each.said.kind == "span" for each in dated) else "stages"
    clause = dated[0].said
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
    return dated[0].start if len(dated) > 1 and dated[0].said.kind == "window" else None
