"""A cell as it is printed, its lines and brackets, to a Schedule: what stands apart is read apart."""

import re
from datetime import date

from chengguo.language import _
from chengguo.model import Context, Schedule
from chengguo.schedules import combining
from chengguo.schedules.dates import Said
from chengguo.schedules.plain import Plain, is_ditto, plain

# Compiled where a cell has brackets; most have none.
_STRETCH = "力争|争取|努力|提前"
_BRACKET = r"\(([^()]*)\)"
_LIMITS = "为准|除外|暂定|待定|视|另行|顺延|可延|延至|如遇|原则|左右"
_TIME = r"\d+[年月日]|[一二三四五六七八九十]月|季度|年[底内]"
_STEP = "其中|完成(?!$)|出台|制定|报|启动|建成|招标|开工"
_GOES_ON = ("前", "之", "以", "内", "起", "止", "后")  # after a bracket: it stands within a time
_HORIZON = "[近中远短]期"


def read(wording: str, context: Context) -> Schedule:
    """Read a wording; kind "unknown", not understood, where the grammar has no place for it."""
    if is_ditto(wording):  # the plain form has no quotation marks
        return combining.combine(wording, plain(wording), [Said("ditto")], context)
    schedule = _bracketed(wording, plain(wording), context)
    lines = wording.split("\n") if schedule.doubt else []
    # A line may be a milestone of its own, but only where each can be read: typesetting breaks lines as well.
    if len(lines) > 1 and all(_bracketed(line, plain(line), context).is_understood for line in lines):
        parted = _bracketed(wording, plain(wording.strip(), ";"), context)
        if not (schedule.is_understood and parted.doubt):
            return parted
    return schedule


def parts(wording: str, context: Context) -> tuple[Schedule, ...]:
    """Read each clause of a wording by itself, to tell why the whole is read as it is."""
    return combining.parts(_without_brackets(plain(wording)), context)


def _bracketed(wording: str, text: Plain, context: Context) -> Schedule:
    """Read the words, those in brackets apart: a bracket may date words that name no day, or add a note."""
    schedule = combining.read(wording, _without_brackets(text), context)
    if "(" not in text.text:
        return schedule
    if not _days(schedule):
        opened = combining.read(wording, text._replace(text=re.sub("[()]", ";", text.text)), context)
        if sum(stage.due is not None for stage in opened.stages) > 1:
            return opened  # 第一阶段（3月-5月）…；第二阶段（6月-9月）…
    for bracket in re.finditer(_BRACKET, text.text):
        inner = plain(bracket[1])
        if re.search(_STRETCH, inner.text):
            continue
        aside = combining.read(bracket[1], inner, context)
        is_within = text.text.startswith(_GOES_ON, bracket.end()) and not bracket[1].startswith("含")
        schedule = (
            _limited(schedule, aside) if is_within and not _days(aside) else _with_aside(schedule, aside)
        )
    return schedule


def _with_aside(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take from a bracket what it says of the words outside of it."""
    if re.search(_LIMITS, aside.wording):
        schedule = _limited(schedule, aside)
    if not aside.is_understood and re.search(_TIME, aside.wording) and not aside.wording.startswith("原"):
        return _limited(schedule, aside)
    if not _days(aside) or (_days(schedule) and aside.kind == "ongoing"):
        return _noted(schedule, aside)
    return _with_day(schedule, aside) if _days(schedule) else _dated_by(schedule, aside)


def _with_day(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take the day of a bracket beside another: a step on the way, or a doubt."""
    is_sooner = aside.due and schedule.due and aside.due < schedule.due
    if aside.due == schedule.due or (is_sooner and re.search(_STEP, aside.wording)):
        return schedule  # 12月底前完成（6月底前完成招标）
    if schedule.kind == "immediate" and aside.kind == "deadline":
        schedule = schedule._replace(kind="immediate+deadline", due=aside.due)
    doubt = _("the bracket names another day: {day}").format(day=aside.due or aside.start)
    return _doubted(schedule, doubt)


def _limited(schedule: Schedule, aside: Schedule) -> Schedule:
    return _doubted(schedule, _("the bracket limits it: {words}").format(words=aside.wording))


def _doubted(schedule: Schedule, doubt: str) -> Schedule:
    return schedule._replace(doubt=schedule.doubt or doubt)


def _days(schedule: Schedule) -> tuple[date, ...]:
    return tuple(filter(None, (schedule.start, schedule.due)))


def _dated_by(schedule: Schedule, aside: Schedule) -> Schedule:
    """Give words that name no day the days of a bracket: 持续推进（2018年底前完成）."""
    kind, doubt = aside.kind, aside.doubt
    if schedule.kind == "state":
        return schedule  # when it was done
    if schedule.kind == "ongoing" and kind in {"window", "start"}:
        kind = "ongoing" if kind == "window" else "start+ongoing"  # the bracket bounds it
    elif schedule.kind in {"ongoing", "recurring"} and kind == "deadline":
        kind = f"{kind}+{schedule.kind}"
    elif schedule.is_understood and not re.match(_HORIZON, schedule.wording):
        doubt = doubt or schedule.doubt  # 按需（2018年底前）
    return aside._replace(wording=schedule.wording, kind=kind, doubt=doubt, rule=aside.rule or schedule.rule)


def _noted(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take from a bracket that a deadline is followed by standing work, or that something recurs."""
    if aside.kind == "unknown" and aside.is_understood and _days(schedule):
        return _limited(schedule, aside)
    if "+" in schedule.kind or aside.kind not in {"ongoing", "recurring"} or schedule.kind == aside.kind:
        return schedule
    if schedule.kind in {"unknown", "none"}:
        return aside._replace(wording=schedule.wording)
    if aside.wording == "长期":
        schedule = _limited(schedule, aside)
    kind = f"{schedule.kind}+{aside.kind}"
    return schedule._replace(kind=kind, rule=schedule.rule or aside.rule)


def _without_brackets(text: Plain) -> Plain:
    """Leave the brackets out; what is only a bracket stays."""
    kept = [at for at, inside in enumerate(_inside(text.text)) if not inside]
    if not kept:
        kept = [at for at, character in enumerate(text.text) if character not in "()"]
    return Plain(text.printed, "".join(text.text[at] for at in kept), tuple(text.places[at] for at in kept))


def _inside(text: str) -> list[bool]:
    marks = [False] * len(text)
    for bracket in re.finditer(_BRACKET, text):
        marks[bracket.start() : bracket.end()] = [True] * (bracket.end() - bracket.start())
    return marks
