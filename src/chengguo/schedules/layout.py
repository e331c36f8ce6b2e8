"""A cell as it is printed, its lines and brackets, to a Schedule: what stands apart is read apart."""

import re
from datetime import date

from chengguo.language import _, remembered
from chengguo.model import Context, Schedule
from chengguo.schedules import combining, parts_of_year
from chengguo.schedules.dates import Said
from chengguo.schedules.plain import Plain, is_ditto, plain

# Compiled where a cell has brackets; most have none.
_STRETCH = "力争|争取|努力|提前"
_BRACKET = r"\(([^()]*)\)"
_LIMITS = "为准|除外|暂定|待定|视|另行|顺延|可延|延至|如遇|原则|左右"
_TIME = r"\d+[年月日]|[一二三四五六七八九十]月|季度|年[底内]"
_STEP = "其中|完成(?!$)|出台|制定|报|启动|建成|招标|开工"
_JOINED = {  # the kinds of words without a day and of a bracket with one
    ("ongoing", "window"): "ongoing",
    ("ongoing", "start"): "start+ongoing",
    ("ongoing", "deadline"): "deadline+ongoing",
    ("recurring", "deadline"): "deadline+recurring",
}
_GOES_ON = ("前", "之", "以", "内", "起", "止", "后")  # after a bracket: it stands within a time
_HORIZON = "[近中远短]期"


@remembered
def read_cell(wording: str, context: Context) -> Schedule:
    """Read a wording; kind "unknown", not understood, where the grammar has no place for it."""
    if is_ditto(wording):  # the plain form has no quotation marks
        return combining.combine(wording, plain(wording), [Said("ditto")], context)
    if parts_of_year.are_parts(wording):
        return _bracketed(wording, plain(wording.strip(), ";"), context)
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
    outside = _without_brackets(text)
    schedule = combining.read_wording(wording, outside, context)
    is_left = not schedule.is_understood and re.search(_TIME, outside.text) is not None
    if not _days(schedule) and (opened := _opened(wording, text, context)) is not None:
        return opened
    for bracket in re.finditer(_BRACKET, text.text):
        inner = plain(bracket[1])
        if not re.search(_STRETCH, inner.text):
            aside = combining.read_wording(bracket[1], inner, context)
            schedule = _with_aside(schedule, aside, is_within=text.text.startswith(_GOES_ON, bracket.end()))
    left = _("the words '{words}' were left aside").format(words=outside.text)
    return _doubted(schedule, left) if is_left and _days(schedule) else schedule


def _opened(wording: str, text: Plain, context: Context) -> Schedule | None:
    """Return the stages that stand in brackets, where there are several: 一期（3月）；二期（6月）."""
    if "(" not in text.text:
        return None
    opened = combining.read_wording(wording, text._replace(text=re.sub("[()]", ";", text.text)), context)
    return opened if sum(stage.due is not None for stage in opened.stages) > 1 else None


def _with_aside(schedule: Schedule, aside: Schedule, *, is_within: bool) -> Schedule:
    """Take from a bracket what it says of the words outside; ``is_within`` where they go on after it."""
    if _limits(schedule, aside, is_within=is_within):
        schedule = _limited(schedule, aside)
    if not _days(aside) or (_days(schedule) and aside.kind == "ongoing"):
        return _noted(schedule, aside)
    return _with_day(schedule, aside) if _days(schedule) else _dated_by(schedule, aside)


def _limits(schedule: Schedule, aside: Schedule, *, is_within: bool) -> bool:
    """True if a bracket makes doubtful what is outside of it: 12月底前（以批复为准）, 7月1日（不含）前."""
    words = aside.wording
    is_part = is_within and not _days(aside) and not words.startswith("含")
    tells = _days(schedule) if aside.is_understood else re.search(_TIME, words)
    is_vague = aside.kind == "unknown" and bool(tells) and not words.startswith("原")
    return is_part or is_vague or re.search(_LIMITS, words) is not None


def _with_day(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take the day of a bracket beside another: a step on the way, or a doubt."""
    is_step = re.search(_STEP, aside.wording) and (aside.due or date.max) < (schedule.due or date.min)
    if is_step or aside.due == schedule.due:
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
    """Return words that name no day the days of a bracket: 持续推进（2018年底前完成）."""
    if schedule.kind == "state":
        return schedule  # when it was done
    joined = _JOINED.get((schedule.kind, aside.kind))
    is_open = not joined and schedule.is_understood and not re.match(_HORIZON, schedule.wording)
    doubt = aside.doubt or (schedule.doubt if is_open else None)  # 按需（2018年底前）
    kind, rule = joined or aside.kind, aside.rule or schedule.rule
    return aside._replace(wording=schedule.wording, kind=kind, doubt=doubt, rule=rule)


def _noted(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take from a bracket that a deadline is followed by standing work, or that something recurs."""
    is_standing = aside.kind in {"ongoing", "recurring"} and aside.kind != schedule.kind
    if "+" in schedule.kind or not is_standing:
        return schedule
    if schedule.kind in {"unknown", "none"}:
        return aside._replace(wording=schedule.wording)
    if aside.wording == "长期":
        schedule = _limited(schedule, aside)
    return schedule._replace(kind=f"{schedule.kind}+{aside.kind}", rule=schedule.rule or aside.rule)


def _without_brackets(text: Plain) -> Plain:
    """Leave the brackets out; what is only a bracket stays."""
    inside = {at for bracket in re.finditer(_BRACKET, text.text) for at in range(*bracket.span())}
    if len(inside) == len(text.text):
        inside = {bracket.start() for bracket in re.finditer(r"[()]", text.text)}
    kept = [at for at in range(len(text.text)) if at not in inside]
    return Plain(text.printed, "".join(text.text[at] for at in kept), tuple(text.places[at] for at in kept))
