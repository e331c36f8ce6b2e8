"""A cell as it is printed, its lines and brackets, to a Schedule: what stands apart is read apart."""

import re
from datetime import date
from typing import NamedTuple

from chengguo.language import _, remembered
from chengguo.model import Context, Milestone, Schedule
from chengguo.schedules import combining, parts_of_year
from chengguo.schedules.dates import Said
from chengguo.schedules.plain import Plain, is_ditto, plain

# Compiled where a cell has brackets; most have none.
_STRETCH = "力争|争取|努力|提前"
_BRACKET = r"\(([^()]*)\)"
_LIMITS = "为准|除外|暂定|待定|视|另行|顺延|可延|延至|如遇|原则|左右"
_BOUNDS = {  # the kinds of standing work outside of a bracket and of what bounds it: 持续推进（2018-2020年）
    ("ongoing", "window"): "ongoing",
    ("ongoing", "start"): "start+ongoing",
    ("recurring", "start"): "recurring",
}
_STANDING = frozenset({"ongoing", "recurring"})
_UNSAID = frozenset({"unknown", "none", "state", "ditto"})  # kinds of brackets that say no time
_GOES_ON = ("前", "之", "以", "内", "起", "止", "后")  # after a bracket: it stands within a time
_HORIZON = "[近中远短长]期"


@remembered
def read_cell(wording: str, context: Context) -> Schedule:
    """Read a wording; kind "unknown", not understood, where the grammar has no place for it."""
    if is_ditto(wording):  # the plain form has no quotation marks
        return combining.combine(wording, plain(wording), [Said("ditto")], context)
    if parts_of_year.is_laid_out(wording) and (laid_out := _of_parts(wording, context)):
        return laid_out
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


def _of_parts(wording: str, context: Context) -> Schedule | None:
    """Return the milestones of lines of which some say their own days, each in its part of the year.

    一季度：3月20日前完成招标 is due on 20 March, and not once more at the quarter's end. None where no line
    says a day of its own, or one says a time that is no such day.
    """
    lines = [_OfPart.read(line, context) for line in wording.strip().split("\n")]
    befores = (date.min, *(line.end for line in lines))
    if not any(line.is_dated for line in lines) or not all(map(_OfPart.is_within, lines, befores)):
        return None
    stages = tuple(stage for line in lines for stage in line.stages)
    due = stages[-1].due
    return (
        Schedule(wording, "stages", due=due, stages=stages)
        if stages[1:]
        else Schedule(wording, "deadline", due=due)
    )


class _OfPart(NamedTuple):
    """A line that says what a part of a year is for: the last day of that, and the milestones of the line.

    ``is_dated`` tells that they have days of their own, ``is_clear`` that nothing of these is doubtful.
    """

    end: date
    stages: tuple[Milestone, ...]
    is_dated: bool
    is_clear: bool

    @classmethod
    def read(cls, line: str, context: Context) -> "_OfPart":
        """Read a line: 一季度：3月20日前完成招标."""
        label, rest = map(plain, parts_of_year.parted(line))
        end = combining.read_wording(line, label, context).due or date.min
        if not combining.names_time(rest):
            return cls(end, (Milestone(line, end),), is_dated=False, is_clear=True)
        own = combining.read_wording(line, rest, context, label)
        stages = own.stages or (Milestone(line, own.due),)
        return cls(end, stages, is_dated=True, is_clear=not own.doubt and not own.rule)

    def is_within(self, before: date) -> bool:
        """True if all is clear, and each day lies behind the part before this one, and in this."""
        return self.is_clear and all(each.due and before < each.due <= self.end for each in self.stages)


def parts(wording: str, context: Context) -> tuple[Schedule, ...]:
    """Read each clause of a wording by itself, to tell why the whole is read as it is."""
    text = plain(wording)
    outside = _without_brackets(text)
    found = combining.parts(outside, context)
    if len(outside.text) + 2 == len(text.text) and text.text.startswith("("):
        return found  # what is only a bracket has been read
    for bracket in re.finditer(_BRACKET, text.text):
        inner, before = text.part(*bracket.span(1)), _without_brackets(text.part(0, bracket.start()))
        found += combining.parts(inner, context, before)
    return found


def _bracketed(wording: str, text: Plain, context: Context) -> Schedule:
    """Read the words, those in brackets apart: a bracket may date words that name no day, or add a note."""
    outside = _without_brackets(text)
    schedule = combining.read_wording(wording, outside, context)
    is_left = not schedule.is_understood and combining.names_time(outside)
    if not _days(schedule) and (opened := _opened(wording, text, context, schedule)) is not None:
        return opened
    whole = outside.cut(0, len(outside.text))
    for bracket in re.finditer(_BRACKET, text.text):
        inner, before = text.part(*bracket.span(1)), _without_brackets(text.part(0, bracket.start()))
        if not all(re.search(_STRETCH, clause) for clause in re.split("[,;、。]", inner.text)):
            aside = combining.read_wording(bracket[1], inner, context, before)
            is_within = text.text.startswith(_GOES_ON, bracket.end())
            schedule = _with_aside(schedule, _Aside(aside, inner, whole, is_within=is_within))
    left = _("the words '{words}' were left aside").format(words=outside.text)
    return _doubted(schedule, left) if is_left else schedule


def _opened(wording: str, text: Plain, context: Context, outside: Schedule) -> Schedule | None:
    """Return what the words say with those in brackets; None where that is nothing.

    There are stages in them, 一期（3月）；二期（6月）, or the day of what recurs ``outside``, 每月（5日前）.
    """
    if "(" not in text.text:
        return None
    if outside.kind == "recurring":
        kept = [at for at, each in enumerate(text.text) if each not in "()"]
        places = tuple(text.places[at] for at in kept)
        whole = Plain(text.printed, "".join(text.text[at] for at in kept), places)
        joined = combining.read_wording(wording, whole, context)
        return joined if joined.kind == "recurring" and joined.rule and not joined.doubt else None
    opened = combining.read_wording(wording, text._replace(text=re.sub("[()]", ";", text.text)), context)
    return opened if sum(stage.due is not None for stage in opened.stages) > 1 else None


class _Aside(NamedTuple):
    """What a bracket says, its words, those outside as printed, and whether these go on a time after it."""

    schedule: Schedule
    words: Plain
    whole: str
    is_within: bool


def _with_aside(schedule: Schedule, bracket: _Aside) -> Schedule:
    """Take from a bracket what it says of the words outside; what cannot be taken is a doubt."""
    aside = bracket.schedule
    if _limits(schedule, bracket):
        schedule = _limited(schedule, aside)
    if not _days(aside) or (_days(schedule) and aside.kind == "ongoing"):
        return _noted(schedule, aside)
    if not _days(schedule) or schedule.kind == "ongoing":
        return _dated_by(schedule, bracket)
    return _with_rule(_with_days(schedule, bracket), aside)


def _limits(schedule: Schedule, bracket: _Aside) -> bool:
    """True if a bracket makes doubtful what is outside of it: 12月底前（以批复为准）, 7月1日（不含）前."""
    aside, words = bracket.schedule, bracket.words.text
    is_part = bracket.is_within and not _days(aside) and not words.startswith("含")
    tells = _days(schedule) if aside.is_understood else combining.names_time(bracket.words)
    is_vague = aside.kind == "unknown" and bool(tells) and not words.startswith("原")
    return is_part or is_vague or re.search(_LIMITS, words) is not None


def _with_days(schedule: Schedule, bracket: _Aside) -> Schedule:
    """Take the days of a bracket beside others: steps on the way, or a doubt."""
    aside = bracket.schedule
    steps = aside.stages or (Milestone(bracket.words.cut(0, len(bracket.words.text)), aside.due),)
    known = {schedule.due, *(stage.due for stage in schedule.stages)}
    if all(step.due in known for step in steps):
        is_said = bracket.words.text.startswith("含")  # (含12月31日)
        return schedule if is_said else _doubted(schedule, aside.doubt)  # 9月底前（三季度）
    last = schedule.due or date.min
    if combining.tells_what(bracket.words) and all((step.due or date.max) <= last for step in steps):
        return _stepped(schedule, steps, bracket)
    if schedule.kind == "immediate" and aside.kind == "deadline":
        schedule = schedule._replace(kind="immediate+deadline", due=aside.due)
    doubt = _("the bracket names another day: {day}").format(day=aside.due or aside.start)
    return _doubted(schedule, doubt)


def _stepped(schedule: Schedule, steps: tuple[Milestone, ...], bracket: _Aside) -> Schedule:
    """Return a deadline with the steps before it: 12月底前完成（6月底前完成招标）."""
    stages = schedule.stages or (Milestone(bracket.whole, schedule.due),)
    known = {stage.due for stage in stages}
    more = (step for step in steps if step.due not in known)
    in_order = sorted([*more, *stages], key=lambda stage: stage.due or date.max)
    first, _plus, other = schedule.kind.partition("+")
    kind = f"stages+{other}" if other and other != "stages" else "relative+stages"
    kind = kind if other or first == "relative" else "stages"
    return _doubted(schedule._replace(kind=kind, stages=tuple(in_order)), bracket.schedule.doubt)


def _limited(schedule: Schedule, aside: Schedule) -> Schedule:
    return _doubted(schedule, _("the bracket limits it: {words}").format(words=aside.wording))


def _doubted(schedule: Schedule, doubt: str | None) -> Schedule:
    return schedule._replace(doubt=schedule.doubt or doubt)


def _days(schedule: Schedule) -> tuple[date, ...]:
    return tuple(filter(None, (schedule.start, schedule.due)))


def _dated_by(schedule: Schedule, bracket: _Aside) -> Schedule:
    """Return words that name no day the days of a bracket: 持续推进（2018年底前完成）."""
    aside = bracket.schedule
    if schedule.kind == "state":
        return schedule  # when it was done
    is_horizon = re.match(_HORIZON, schedule.wording) is not None  # 近期（1年内）
    is_standing = schedule.kind in _STANDING and not (is_horizon and aside.kind == "relative")
    is_open = is_standing or (schedule.is_understood and not is_horizon)
    doubt = aside.doubt or (schedule.doubt if is_open else None)  # 按需（2018年底前）
    bound = None if combining.tells_what(bracket.words) else _BOUNDS.get((schedule.kind, aside.kind))
    dated_kinds = [kind for kind in aside.kind.split("+") if kind not in _STANDING]
    kind = bound or "+".join([*dated_kinds[-1:], schedule.kind])
    dated = aside._replace(wording=schedule.wording, kind=kind if is_standing else aside.kind, doubt=doubt)
    return _with_rule(dated, schedule)


def _noted(schedule: Schedule, aside: Schedule) -> Schedule:
    """Take from a bracket that a deadline is followed by standing work, or that something recurs."""
    if not _STANDING & set(aside.kind.split("+")):
        return schedule if aside.kind in _UNSAID else _limited(schedule, aside)
    if schedule.kind in {"unknown", "none"}:
        return aside._replace(wording=schedule.wording)
    if aside.wording == "长期" and "ongoing" not in schedule.kind:
        schedule = _limited(schedule, aside)
    kinds = dict.fromkeys(f"{schedule.kind}+{aside.kind}".split("+"))
    return _with_rule(schedule._replace(kind="+".join([*kinds][:2])), aside)


def _with_rule(schedule: Schedule, other: Schedule) -> Schedule:
    """Take from other words when work recurs; that it does so in two ways is a doubt."""
    if "recurring" not in other.kind and not other.rule:
        return schedule
    several = _("it recurs in more than one way; read as the first")
    is_other = schedule.rule and other.rule != schedule.rule
    rule = schedule.rule or other.rule
    return _doubted(schedule._replace(rule=rule), several if is_other else other.doubt)


def _without_brackets(text: Plain) -> Plain:
    """Leave the brackets out; what is only a bracket stays."""
    inside = {at for bracket in re.finditer(_BRACKET, text.text) for at in range(*bracket.span())}
    if len(inside) == len(text.text):
        inside = {bracket.start() for bracket in re.finditer(r"[()]", text.text)}
    kept = [at for at in range(len(text.text)) if at not in inside]
    return Plain(text.printed, "".join(text.text[at] for at in kept), tuple(text.places[at] for at in kept))
