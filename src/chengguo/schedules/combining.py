"""Clauses to a Schedule: which of several times counts, what the year is, what is doubtful."""

from datetime import date
from typing import NamedTuple

from chengguo.language import N_, _
from chengguo.model import Context, Schedule, Stage
from chengguo.schedules import clauses
from chengguo.schedules.dates import Moment, Point, Said, date_all
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
_OF_ANY_YEAR = {(None, "year"), (None, "beginning")}
_DATED = ("time", "window", "span", "immediate", "event")


def read(wording: str, text: Plain, context: Context) -> Schedule:
    """Read plain text without brackets; kind "unknown", not understood, where it has no time."""
    return combine(wording, text, _clauses(text), context)


def parts(text: Plain, context: Context) -> tuple[Schedule, ...]:
    """Read each clause of plain text by itself; those that say no time are left out."""
    found = [clause for clause in _clauses(text) if clause.kind != "text"]
    return tuple(
        _schedule(_Cell(words, text, [moment], []))
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
    """Return the schedule of ``wording`` that the clauses of ``text`` make together."""
    said = [each for each in found if each.kind != "text"]
    kinds = {each.kind for each in said}
    if not said:
        return _unread(wording, _("the wording is not understood"))
    if kind := _without_days(kinds):
        return Schedule(wording, kind, doubt=_(_WHY_NO_DAYS[kind]))
    left = [each.doubt for each in found if each.kind == "text" and each.doubt]
    try:
        moments = date_all(_promised(_rhythm(said)), context)
    except (ValueError, OverflowError):
        return _unread(wording, _("the calendar has no such day"))
    schedule = _schedule(_Cell(wording, text, moments, left))
    if "state" in kinds and schedule.kind == "ongoing":
        return schedule._replace(kind="state+ongoing", doubt=_(_WHY_NO_DAYS["state"]))
    return schedule


def _unread(wording: str, why: str) -> Schedule:
    return Schedule(wording, "unknown", doubt=why, is_understood=False)


def _without_days(kinds: set[str]) -> str | None:
    """Return the kind of a cell that holds no schedule at all; None where it may hold one."""
    if "ditto" in kinds:
        return "ditto"
    return next(iter(kinds)) if len(kinds) == 1 and kinds <= set(_WHY_NO_DAYS) else None


def _rhythm(said: list[Said]) -> list[Said]:
    """Return what recurs of the round of every year, no deadline: 年初建账、逐月查账、年底交账."""
    recurring = [each for each in said if each.kind == "recurring"]
    others = [each for each in said if each.kind != "recurring"]
    is_round = len(others) > 1 and all(map(_is_of_any_year, others))
    return recurring[:1] if recurring and is_round else said


def _is_of_any_year(said: Said) -> bool:
    last = said.last
    return said.kind == "time" and last is not None and (last.year, last.unit) in _OF_ANY_YEAR


def _promised(said: list[Said]) -> list[Said]:
    """Leave out what is only aimed at (力争) beside what is promised (确保)."""
    is_promised = any(each.is_firm and each.kind in _DATED and not each.is_stretch for each in said)
    return [each for each in said if not (is_promised and each.is_stretch)]


# -- moments to a schedule -------------------------------------------------------------------------


class _Cell(NamedTuple):
    """All that a cell says: its moments, and the doubts of the clauses that say no time."""

    wording: str
    text: Plain
    moments: list[Moment]
    left: list[str]

    def of(self, *kinds: str) -> list[Moment]:
        """Return the moments of some kinds that bound no standing work."""
        return [each for each in self.moments if each.said.kind in kinds and not _is_bound(each)]

    @property
    def bounds(self) -> list[Moment]:
        """The moments that bound standing work: 年内持续推进."""
        return [each for each in self.moments if _is_bound(each)]

    @property
    def rule(self) -> str | None:
        return next((each.said.rule for each in self.of("recurring") if each.said.rule), None)

    @property
    def is_ongoing(self) -> bool:
        return any(each.said.is_ongoing or each.said.kind == "ongoing" for each in self.moments)

    @property
    def standing(self) -> str | None:
        """The kind of the standing work beside its deadlines; None where there is none."""
        return "ongoing" if self.is_ongoing else "recurring" if self.of("recurring") else None

    @property
    def doubt(self) -> str | None:
        """All doubts, each once.

        适时启动，2018年底前完成: there is a day, though one part names none; 年底前立项，适时开工 is open.
        """
        is_open = len(self.moments) == 1 or self.text.text.startswith(_OPEN_ENDS, self.moments[-1].said.begin)
        doubts = [
            each.doubt for each in self.moments if is_open or each.said.kind != "dateless" or each.said.doubt
        ]
        return "; ".join(dict.fromkeys(filter(None, [*doubts, *self.left]))) or None


def _is_bound(moment: Moment) -> bool:
    return moment.said.is_ongoing and moment.said.kind in {"time", "window", "span"}


def _schedule(cell: _Cell) -> Schedule:
    dated, windows = cell.of(*_DATED), cell.of("window")
    if dated and not (cell.of("recurring") and len(windows) == len(dated) == 1):
        return _with_deadline(cell, dated)
    bounds = [*cell.bounds, *windows]  # 2018-2020年，每年年底前
    start = next((each.start for each in [*cell.of("start"), *bounds] if each.start), None)
    due = bounds[0].due if bounds else None
    kind = _standing_kind(cell, bounds)
    if kind is None:
        return _undated(cell)
    doubt = cell.doubt
    if len({each.said.rule for each in cell.of("recurring")}) > 1:
        doubt = doubt or _("it recurs in more than one way; read as the first")
    return Schedule(cell.wording, kind, start, due, doubt, cell.rule)


def _standing_kind(cell: _Cell, bounds: list[Moment]) -> str | None:
    """Return the kind of work without a deadline; None where the words say nothing of any."""
    if cell.of("recurring"):
        return "recurring+ongoing" if cell.is_ongoing and not bounds else "recurring"
    if cell.is_ongoing:
        return "start+ongoing" if cell.of("start") and not bounds else "ongoing"
    return "start" if cell.of("start") else None


def _undated(cell: _Cell) -> Schedule:
    """Return the schedule of words that name no day."""
    if cell.of("condition"):
        return Schedule(cell.wording, "event", doubt=_("it is an event, and its day is not known"))
    if cell.of("dateless"):
        return Schedule(cell.wording, "unknown", doubt=cell.doubt or _("it names no day"))
    return Schedule(cell.wording, "state", doubt=_("it is a status, not a schedule"))


def _with_deadline(cell: _Cell, dated: list[Moment]) -> Schedule:
    """Return the schedule of one or more days: the last counts."""
    dated = _without_stretch(dated)
    if len(dated) > 1 and dated[0].said.kind == "immediate":
        return _begun_at_once(cell, dated)
    due, doubt = _last(dated)
    kind = _kind(dated)
    kind, start = _begun(cell, kind, _start(dated, kind), due)
    if cell.standing:
        # Two kinds at most: that it is relative is told by its due date as well.
        kind = f"{kind.split('+')[-1]}+{cell.standing}"
    return Schedule(cell.wording, kind, start, due, cell.doubt or doubt, cell.rule, _stages(cell, dated))


def _stages(cell: _Cell, dated: list[Moment]) -> tuple[Stage, ...]:
    words = [cell.text.cut(each.said.begin, each.said.end) for each in dated]
    return tuple(map(Stage, words, (each.due for each in dated))) if len(dated) > 1 else ()


def _last(dated: list[Moment]) -> tuple[date | None, str | None]:
    """Return the day that counts, and what is doubtful of days that are not in order."""
    days = [each.due for each in dated if each.due]
    if days == sorted(days):
        return dated[-1].due, None
    points = [each.said.last for each in dated]
    if all(point and (point.year or point.is_from_now) for point in points):
        return max(days), None
    return max(days), _("its days are not in order; the last of them, {day}, counts").format(day=max(days))


def _begun(cell: _Cell, kind: str, start: date | None, due: date | None) -> tuple[str, date | None]:
    """Return the kind and the start, where a day to begin on is named beside a deadline."""
    begun = next((each.start for each in cell.of("start")), None)
    if not begun or not due or kind not in {"deadline", "window"}:
        return kind, start
    if begun < due:
        return "window", begun
    if cell.standing:
        return kind, start
    return "deadline+start", begun if begun == due else None  # 6月底前完成，7月起实施


def _begun_at_once(cell: _Cell, dated: list[Moment]) -> Schedule:
    """Return the schedule of what begins at once and has a deadline: 立行立改，6月底前完成."""
    schedule = _with_deadline(cell, dated[1:])
    kind = "immediate+deadline" if schedule.kind == "deadline" else schedule.kind
    return schedule._replace(kind=kind, start=schedule.start or dated[0].start)


def _without_stretch(dated: list[Moment]) -> list[Moment]:
    """Leave out what is aimed at sooner (2018年底前，力争9月底): the promised day counts."""
    last = max((each.due for each in dated if each.due and not each.said.is_stretch), default=date.min)
    return [dated[0], *(each for each in dated[1:] if not (each.said.is_stretch and _is_sooner(each, last)))]


def _is_sooner(moment: Moment, day: date) -> bool:
    return moment.due is not None and moment.due < day


def _kind(dated: list[Moment]) -> str:
    kinds = {each.said.kind for each in dated}
    if kinds == {"event"}:
        return "event"
    if len(dated) > 1:
        return "relative+stages" if kinds == {"span"} else "stages"
    said = dated[0].said
    if said.kind == "time" and said.last:
        return _kind_of(said, said.last)
    return "relative" if said.kind == "span" else said.kind


def _kind_of(said: Said, last: Point) -> str:
    """Return the kind of one point: 下半年 says from when on as well, 上半年 and a quarter by when."""
    if last.unit == "beginning":
        return "unknown"
    is_whole = not (said.is_before or last.is_end or last.is_loose)
    is_window = last.unit == "era" or (last.unit == "half" and last.first == (7, 1))
    return "window" if is_whole and is_window else "deadline"


def _start(dated: list[Moment], kind: str) -> date | None:
    is_window = len(dated) > 1 and dated[0].said.kind == "window"
    return dated[0].start if is_window or kind in {"window", "relative", "immediate", "unknown"} else None
