"""Clauses to a Schedule: which of several times counts, what the year is, what is doubtful."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from chengguo.language import _
from chengguo.model import Context, Schedule, Stage
from chengguo.phrases import clauses, english
from chengguo.phrases.dating import Moment, date_all
from chengguo.phrases.plain import Plain, plain
from chengguo.phrases.times import Clause

_CHINESE = re.compile("[\u3007\u3003\u3400-\u9fff]")
_BRACKET = re.compile(r"\(([^()]*)\)")
_LIMITS = re.compile("为准|除外|暂定|待定|视|另行|顺延|可延|延至|如遇|原则|左右")
_HORIZON = re.compile("[近中远短]期")
_STRETCH = re.compile("力争|争取|努力|提前")
_DATED = frozenset({"time", "window", "span", "immediate", "event"})


def read(wording: str, context: Context) -> Schedule:
    """Read a wording; kind "unknown", not understood, where the grammar has no place for it."""
    if not _CHINESE.search(wording) and (found := english.read(unicodedata.normalize("NFKC", wording))):
        return _combined(wording, plain(wording), found, context)
    schedule = _read(wording, plain(wording), context)
    lines = wording.split("\n") if not schedule.is_understood else []
    # A line may be a milestone of its own, but only where each can be read: typesetting breaks lines as well.
    if len(lines) > 1 and all(_read(line, plain(line), context).is_understood for line in lines):
        schedule = _read(wording, plain(wording.strip(), ";"), context)
    return schedule


def parts(wording: str, context: Context) -> tuple[Schedule, ...]:
    """Read each clause of a wording by itself, to tell why the whole is read as it is."""
    text = _without_brackets(plain(wording))
    found = [clause for clause in _clauses(text) if clause.kind != "text"]
    return tuple(
        _schedule(_said(words, text, [moment], []))
        for moment in date_all(found, context)
        if (words := text.cut(moment.clause.begin, moment.clause.end))
    )


def _read(wording: str, text: Plain, context: Context) -> Schedule:
    """Read the words, those in brackets apart: a bracket may date words that name no day, or add a note."""
    schedule = _main(wording, _without_brackets(text), context)
    if not _days(schedule):
        opened = _main(wording, text._replace(text=re.sub("[()]", ";", text.text)), context)
        if len(opened.stages) > 1:
            return opened  # 第一阶段（3月-5月）…；第二阶段（6月-9月）…
    for bracket in _BRACKET.finditer(text.text):
        inner = plain(bracket[1])
        if _STRETCH.search(inner.text):
            continue
        if _LIMITS.search(inner.text):
            doubt = _("the bracket limits it: {words}").format(words=bracket[1])
            schedule = schedule._replace(doubt=schedule.doubt or doubt)
        aside = _main(bracket[1], inner, context)
        if not _days(aside) or (_days(schedule) and aside.kind == "ongoing"):
            schedule = _noted(schedule, aside)
            continue
        if not _days(schedule):
            schedule = _dated_by(schedule, aside)
        elif aside.due != schedule.due:
            doubt = _("the bracket names another day: {day}").format(day=aside.due or aside.start)
            schedule = schedule._replace(doubt=schedule.doubt or doubt)
    return schedule


def _days(schedule: Schedule) -> tuple[date, ...]:
    return tuple(filter(None, (schedule.start, schedule.due)))


def _dated_by(schedule: Schedule, aside: Schedule) -> Schedule:
    """Give words that name no day the days of a bracket: 持续推进（2018年底前完成）."""
    kind, doubt = aside.kind, aside.doubt
    if schedule.kind == "ongoing" and kind in {"window", "start"}:
        kind = "ongoing"  # the bracket bounds it
    elif schedule.kind in {"ongoing", "recurring"} and kind == "deadline":
        kind = f"{kind}+{schedule.kind}"
    elif schedule.is_understood and not _HORIZON.match(schedule.wording):
        doubt = doubt or schedule.doubt  # 按需（2018年底前）
    return aside._replace(wording=schedule.wording, kind=kind, doubt=doubt, rule=aside.rule or schedule.rule)


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
    return _combined(wording, text, _clauses(text), context)


def _clauses(text: Plain) -> list[Clause]:
    found: list[Clause] = []
    for begin, end in clauses.split(text.text):
        found += clauses.read(text, begin, end, found[-1] if found else None)
    return found


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
    if (alone and alone.kind == "state") or kinds <= {"state", "text"}:
        return Schedule(wording, "state", doubt=_("it is a status, not a schedule"))
    if "recurring" in kinds and _is_rhythm(said):
        said = [next(clause for clause in said if clause.kind == "recurring")]
    left = [clause.doubt for clause in found if clause.kind == "text" and clause.doubt]
    moments = date_all(_kept(said), context)
    if any(moment.is_wrong for moment in moments):
        return Schedule(wording, "unknown", doubt=_("the calendar has no such day"), is_understood=False)
    return _schedule(_said(wording, text, moments, left))


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


# -- moments to a schedule -------------------------------------------------------------------------


class _Said(NamedTuple):
    """All that the clauses say: the moments that are deadlines, those that bound standing work, the rest."""

    wording: str
    text: Plain
    dated: list[Moment]
    bounds: list[Moment]
    starts: list[Moment]
    rules: list[Clause]
    is_ongoing: bool
    is_dateless: bool
    doubt: str | None


def _said(wording: str, text: Plain, moments: list[Moment], left: list[str]) -> _Said:
    doubts = [each.doubt for each in moments if each.clause.kind != "dateless" or len(moments) == 1]
    kinds = [each.clause.kind for each in moments]
    return _Said(
        wording,
        text,
        [each for each in moments if each.clause.kind in _DATED and not _is_bound(each)],
        [each for each in moments if _is_bound(each)],
        [each for each in moments if each.clause.kind == "start"],
        [each.clause for each in moments if each.clause.kind == "recurring"],
        "ongoing" in kinds or any(each.clause.is_ongoing for each in moments),
        "dateless" in kinds,
        "; ".join(dict.fromkeys(filter(None, [*doubts, *left]))) or None,
    )


def _is_bound(moment: Moment) -> bool:
    """Whether the time bounds standing work, as in 年内持续推进 and 2018年全年."""
    clause = moment.clause
    whole = clause.kind == "time" and clause.last is not None and clause.last.unit == "whole"
    return whole or (clause.is_ongoing and clause.kind in {"time", "window", "span"})


def _schedule(said: _Said) -> Schedule:
    if said.dated:
        return _with_deadline(said)
    start = next((each.start for each in [*said.starts, *said.bounds] if each.start), None)
    due = said.bounds[0].due if said.bounds else None
    if said.rules:
        kind = "recurring+ongoing" if said.is_ongoing and not said.bounds else "recurring"
        doubt = said.doubt
        if len({clause.rule for clause in said.rules}) > 1:
            doubt = doubt or _("it recurs in more than one way; read as the first")
        return Schedule(said.wording, kind, start, due, doubt, _rule(said))
    if said.is_ongoing or said.bounds:
        return Schedule(said.wording, "ongoing", start, due, said.doubt)
    if said.starts:
        return Schedule(said.wording, "start", start, None, said.doubt)
    if said.is_dateless:
        return Schedule(said.wording, "unknown", None, None, said.doubt or _("it names no day"))
    return Schedule(said.wording, "state", doubt=_("it is a status, not a schedule"))


def _rule(said: _Said) -> str | None:
    return next((clause.rule for clause in said.rules if clause.rule), None)


def _with_deadline(said: _Said) -> Schedule:
    """Make the schedule of one or more days: the last counts."""
    dated = _without_stretch(said.dated)
    cut = said.text.cut
    # Clauses in English know no place of theirs: the whole wording stands for each.
    stages = tuple(Stage(cut(each.clause.begin, each.clause.end) or said.wording, each.due) for each in dated)
    stages = stages if len(stages) > 1 else ()
    due, doubt = dated[-1].due, said.doubt
    days = [each.due for each in dated if each.due]
    if days != sorted(days):
        due = max(days)
        doubt = doubt or _("its days are not in order; the last of them, {day}, counts").format(day=due)
    kind = _kind(dated, stages)
    start = _start(dated, kind)
    begun = said.starts[0].start if said.starts else None
    if begun and due and kind in {"deadline", "window"}:
        if begun < due:
            kind, start = "window", begun
        elif not (said.is_ongoing or said.rules):
            kind, start = "deadline+start", begun  # 7月1日前完成，7月1日起实施
    if said.is_ongoing or said.rules:
        # Two kinds at most: that it is relative is told by its due date as well.
        kind = f"{kind.split('+')[-1]}+{'ongoing' if said.is_ongoing else 'recurring'}"
    return Schedule(said.wording, kind, start, due, doubt, _rule(said), stages)


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
