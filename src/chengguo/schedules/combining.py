"""Clauses to a Schedule: which of several times counts, what the year is, what is doubtful."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from chengguo.language import N_, _
from chengguo.model import Context, Milestone, Schedule
from chengguo.schedules import clauses
from chengguo.schedules.dates import Point, Said, date_all
from chengguo.schedules.grammar import Exhausted, Parser, tokens
from chengguo.schedules.plain import Plain
from chengguo.schedules.rules import GRAMMAR, SETS
from chengguo.schedules.tokens import LEXICON

_WHY_NO_DAY = {
    "none": N_("no schedule is given"),
    "ditto": N_("it is as the cell above"),
    "state": N_("it is a status, not a schedule"),
    "event": N_("it is an event, and its day is not known"),
    "dateless": N_("it names no day"),
    "condition": N_("it names no day"),
}
_NO_SCHEDULES = frozenset({"none", "ditto", "state"})
_OPEN_ENDS = ("适时", "适机", "择机", "视", "按需", "另行")
_OF_ANY_YEAR = {(None, "year"), (None, "beginning")}
_DATED = ("time", "window", "span", "immediate", "event")
_KINDS = {"span": ("relative", "relative+stages"), "event": ("event", "event")}  # of one, of several
_PAIRS = {"recurring ongoing": "recurring+ongoing", "ongoing start": "start+ongoing"}


Place = tuple[int, int]  # in the plain form: from, to before


def read_wording(wording: str, text: Plain, context: Context, before: Plain | None = None) -> Schedule:
    """Read plain text without brackets; kind "unknown", not understood, where it has no time.

    The year and the month of its days may be said by the words ``before`` it.
    """
    try:
        return combine(wording, text, _clauses(text), context, _clauses(before) if before else [])
    except (ValueError, OverflowError):
        return _unread(wording, _("the calendar has no such day"))


def parts(text: Plain, context: Context, before: Plain | None = None) -> tuple[Schedule, ...]:
    """Read each clause of plain text by itself; those that say no time are left out.

    There are none where one names a day that the calendar does not have.
    """
    try:
        known = _clauses(before) if before else []
        said = [clause for clause in _clauses(text) if clause.kind != "text"]
        found = date_all([*known, *said], context)[len(known) :]
    except (ValueError, OverflowError):
        return ()
    cells = ((text.cut(each.begin, each.end), each) for each in found)
    return tuple(_schedule(_Cell(words, text, [each], [])) for words, each in cells if words)


def names_time(text: Plain) -> bool:
    """True if plain text has a time, what may be a part of one, or says how many times."""
    try:
        found = tokens(text.text.lower(), LEXICON)
        return clauses.leaves_time(Parser(GRAMMAR, text.text, found), 1, len(found) - 1)
    except (ValueError, OverflowError, Exhausted):
        return True  # a day that the calendar does not have, or more than anybody would read


def tells_what(text: Plain) -> bool:
    """True if plain text says what is to be done by its time, or what part of it: 其中一期9月底前."""
    return text.text.startswith("其中") or bool(_kinds(text) & SETS["tells-what"])


def _kinds(text: Plain) -> set[str]:
    return {token.kind for token in tokens(text.text.lower(), LEXICON)}


def _clauses(text: Plain) -> list[Said]:
    found = tokens(text.text.lower(), LEXICON)
    try:
        return clauses.read_clauses(Parser(GRAMMAR, text.text, found, text.blanks))
    except Exhausted:
        return []


def combine(
    wording: str, text: Plain, found: list[Said], context: Context, before: Sequence[Said] = ()
) -> Schedule:
    """Return the schedule of ``wording`` that the clauses of ``text`` make together, those ``before`` known.

    Raises ``ValueError`` or ``OverflowError`` for a day that the calendar does not have.
    """
    said = [each for each in found if each.kind != "text"]
    kinds = {each.kind for each in said}
    if not said:
        return _unread(wording, _("the wording is not understood"))
    if kind := _no_schedule(kinds):
        return Schedule(wording, kind, doubt=_(_WHY_NO_DAY[kind]))
    said = date_all([*before, *_rhythm(said)], context)[len(before) :]
    left = [each.doubt for each in found if each.kind == "text" and each.doubt]
    schedule = _schedule(_Cell(wording, text, said, left, _whole_places(text, found)))
    if "state" in kinds and schedule.kind == "ongoing":
        return schedule._replace(kind="state+ongoing", doubt=_(_WHY_NO_DAY["state"]))
    return schedule


def _no_schedule(kinds: set[str]) -> str | None:
    """Return the kind of a cell that holds no schedule at all; None where it may hold one."""
    if "ditto" in kinds:
        return "ditto"
    return next(iter(kinds & _NO_SCHEDULES), None) if len(kinds) == 1 else None


def _unread(wording: str, why: str) -> Schedule:
    return Schedule(wording, "unknown", doubt=why, is_understood=False)


def _rhythm(said: list[Said]) -> list[Said]:
    """Return what recurs of the round of every year, no deadline: 年初建账、逐月查账、年底交账."""
    recurring = [each for each in said if each.kind == "recurring"]
    others = [each for each in said if each.kind != "recurring"]
    is_round = len(others) > 1 and all(map(_is_of_any_year, others))
    return (recurring[:1] if is_round else []) or said


def _is_of_any_year(said: Said) -> bool:
    return said.kind == "time" and (said.point.year, said.point.unit) in _OF_ANY_YEAR


def _promised(said: list[Said]) -> list[Said]:
    """Leave out what is only aimed at (力争) beside what is promised (确保) or due later."""
    promised = [each for each in said if not each.is_stretch]
    if any(each.is_firm for each in promised):
        return promised
    last = max((each.due for each in promised if each.due), default=date.min)
    return [*said[:1], *(each for each in said[1:] if not each.is_stretch or (each.due or last) >= last)]


# -- what is said to a schedule --------------------------------------------------------------------


class _Cell(NamedTuple):
    """All that a cell says, with its days, and the doubts of the clauses that say no time."""

    wording: str
    text: Plain
    said: list[Said]
    left: list[str]
    places: Mapping[int, Place] = {}  # of all words of a time, by where its own begin

    def of(self, *kinds: str) -> list[Said]:
        """Return what is said of some kinds and bounds no standing work."""
        return [each for each in self.said if each.kind in kinds and each not in self.bounds]

    def tells_done(self, said: Said) -> bool:
        """True if what is said of a time tells what is to be done in it: 2018-2020年完成."""
        words = self.text.part(said.begin, said.end)
        return tells_what(words) or "finish" in _kinds(words)

    @property
    def bounds(self) -> list[Said]:
        """What bounds standing work: 年内持续推进."""
        return [each for each in self.said if each.is_ongoing and each.kind in {"time", "window", "span"}]

    @property
    def rule(self) -> str | None:
        return next((each.rule for each in self.of("recurring") if each.rule), None)

    @property
    def is_ongoing(self) -> bool:
        return any(each.is_ongoing or each.kind == "ongoing" for each in self.said)

    @property
    def standing(self) -> str | None:
        """The kind of the standing work beside its deadlines; None where there is none."""
        return "ongoing" if self.is_ongoing else "recurring" if self.of("recurring") else None

    @property
    def doubt(self) -> str | None:
        """All doubts, each once.

        适时启动，2018年底前完成: there is a day, though one part names none; 年底前立项，适时开工 is open.
        """
        is_open = len(self.said) == 1 or self.text.text.startswith(_OPEN_ENDS, self.said[-1].begin)
        why = {kind: _(_WHY_NO_DAY[kind]) for kind in ("event", "condition", *["dateless"] * is_open)}
        doubts = [each.doubt or why.get(each.kind) for each in self.said]
        return "; ".join(dict.fromkeys(filter(None, [*doubts, *self.left]))) or None


def _schedule(cell: _Cell) -> Schedule:
    dated, recurring = _promised(cell.of(*_DATED)), cell.of("recurring")
    windows = [each for each in cell.of("window") if not cell.tells_done(each)]
    if dated and not (recurring and len(windows) == len(dated) == 1):
        return _with_deadline(cell, dated)
    bounds = [*cell.bounds, *windows]  # 2018-2020年，每年年底前
    kind = _standing(cell, is_bound=bool(bounds))
    return _without_deadline(cell, kind, bounds) if kind else _undated(cell)


def _without_deadline(cell: _Cell, kind: str, bounds: list[Said]) -> Schedule:
    """Return the schedule of standing work, from its start to its bound."""
    start = next((each.start for each in [*cell.of("start"), *bounds] if each.start), None)
    doubt = cell.doubt
    if len({each.rule for each in cell.of("recurring")}) > 1:
        doubt = doubt or _("it recurs in more than one way; read as the first")
    if len({each.start for each in cell.of("start")}) > 1:
        doubt = doubt or _("it begins on more than one day; read as the first")
    return Schedule(cell.wording, kind, start, bounds[0].due if bounds else None, doubt, cell.rule)


def _standing(cell: _Cell, *, is_bound: bool) -> str | None:
    """Return the kind of work without a deadline; None where the words say nothing of any."""
    said = (("recurring", cell.of("recurring")), ("ongoing", cell.is_ongoing), ("start", cell.of("start")))
    kinds = [kind for kind, there in said if there]
    pair = "" if is_bound else " ".join(kinds[:2])
    return _PAIRS.get(pair, kinds[0]) if kinds else None


def _undated(cell: _Cell) -> Schedule:
    """Return the schedule of words that name no day."""
    kinds = {"condition": "event", "dateless": "unknown"}
    said, kind = next((pair for pair in kinds.items() if cell.of(pair[0])), ("state", "state"))
    doubt = cell.doubt if said == "dateless" else None
    return Schedule(cell.wording, kind, doubt=doubt or _(_WHY_NO_DAY["event" if kind == "event" else said]))


def _with_deadline(cell: _Cell, dated: list[Said]) -> Schedule:
    """Return the schedule of one or more days: the last counts."""
    if len(dated) > 1 and dated[0].kind == "immediate":
        return _begun_at_once(cell, dated)
    due, doubt = _last(dated)
    kind = _kind(dated)
    kind, start = _begun(cell, kind, _start(dated, kind), due)
    if cell.standing:
        # Two kinds at most: that it is relative is told by its due date as well.
        kind = f"{kind.split('+')[-1]}+{cell.standing}"
    return Schedule(cell.wording, kind, start, due, cell.doubt or doubt, cell.rule, _stages(cell, dated))


def _stages(cell: _Cell, dated: list[Said]) -> tuple[Milestone, ...]:
    places = (cell.places.get(each.begin, (each.begin, each.end)) for each in dated)
    stages = tuple(
        Milestone(cell.text.cut(*place), each.due) for place, each in zip(places, dated, strict=True)
    )
    return stages if len(stages) > 1 else ()


def _whole_places(text: Plain, found: list[Said]) -> dict[int, Place]:
    """Return where all the words stand that are of each time, by where its own clause begins.

    Clauses without a time are of the one before them, 6月底前，开工10所，建成2所; where a sentence begins
    with such, of the one behind: 制度建设，6月底前完成，平台建设，10月底前完成.
    """
    places: dict[int, Place] = {}
    for sentence in _sentences(text, found):
        times = [at for at, said in enumerate(sentence) if not _is_words(said)]
        last, is_ahead = len(sentence) - 1, _is_words(sentence[0])
        firsts = [0, *(at + 1 for at in times[:-1])] if is_ahead else times
        lasts = [*(times[:-1] if is_ahead else (at - 1 for at in times[1:])), last]
        for at, begin, end in zip(times, firsts, lasts, strict=False):  # maybe none
            places[sentence[at].begin] = (sentence[begin].begin, sentence[end].end)
    return places


def _is_words(said: Said) -> bool:
    """True if a clause says no time, nor anything that may be one."""
    return said.kind == "text" and not said.doubt


def _sentences(text: Plain, found: list[Said]) -> list[list[Said]]:
    """Part clauses at stops; a sentence without a time goes on with that before its full stop."""
    pieces = [found[:1]]
    for before, said in pairwise(found):
        if {*text.text[before.end : said.begin]} & {";", "。"}:
            pieces.append([])
        pieces[-1].append(said)
    sentences = pieces[:1]
    for piece in pieces[1:]:
        goes_on = text.text[piece[0].begin - 1] == "。" and all(map(_is_words, piece))
        sentences[-1:] = [sentences[-1] + piece] if goes_on else [sentences[-1], piece]
    return sentences


def _last(dated: list[Said]) -> tuple[date | None, str | None]:
    """Return the day that counts, and what is doubtful of days that are not in order."""
    days = [each.due for each in dated if each.due]
    if days == sorted(days):
        return dated[-1].due, None
    are_sure = all(each.point.year or each.point.is_from_now for each in dated)
    doubt = _("its days are not in order; the last of them, {day}, counts").format(day=max(days))
    return max(days), None if are_sure else doubt


def _begun(cell: _Cell, kind: str, start: date | None, due: date | None) -> tuple[str, date | None]:
    """Return the kind and the start, where a day to begin on is named beside a deadline."""
    begun = next((each.start for each in cell.of("start") if not each.is_stretch), None)
    if not begun or not due or kind not in {"deadline", "window", "stages"}:
        return kind, start
    if kind == "stages":
        return (
            (kind, start) if cell.standing else ("stages+start", start or (begun if begun <= due else None))
        )
    if begun < due:
        return "window", begun
    after = ("deadline+start", begun if begun == due else None)  # 6月底前完成，7月起实施
    return (kind, start) if cell.standing else after


def _begun_at_once(cell: _Cell, dated: list[Said]) -> Schedule:
    """Return the schedule of what begins at once and has a deadline: 立行立改，6月底前完成."""
    schedule = _with_deadline(cell, dated[1:])
    kind = "immediate+deadline" if schedule.kind == "deadline" else schedule.kind
    return schedule._replace(kind=kind, start=schedule.start or dated[0].start)


def _kind(dated: list[Said]) -> str:
    kinds = {each.kind for each in dated}
    kind = dated[0].kind if len(kinds) == 1 else ""
    one, several = _KINDS.get(kind, (kind, "stages"))
    if len(dated) > 1:
        return several
    return _kind_of(dated[0], dated[0].point) if one == "time" else one


def _kind_of(said: Said, last: Point) -> str:
    """Return the kind of one point: 下半年 says from when on as well, 上半年 and a quarter by when."""
    if last.unit == "beginning":
        return "unknown"
    is_whole = not (said.is_before or last.is_end or last.is_loose)
    is_window = last.unit == "era" or (last.unit == "half" and last.first == (7, 1))
    return "window" if is_whole and is_window else "deadline"


def _start(dated: list[Said], kind: str) -> date | None:
    kinds = {"window", "relative", "immediate", "unknown"}
    return dated[0].start if kind in kinds or (len(dated) > 1 and dated[0].kind == "window") else None
