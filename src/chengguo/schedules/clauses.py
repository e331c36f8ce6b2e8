"""Sentences of a cell to what they say of time: 2018年底前出台方案 | 持续推进.

A clause is a time, what goes before it (力争, 到, 自) and what is to be done by then. What is to be done is
left to the reader, and only the time counts; but whatever else looks like a time is a doubt, and so is a time
that is denied, under a condition, or of what is named instead of what is done.
"""

from chengguo.language import _
from chengguo.model.status import status_from
from chengguo.schedules.dates import Point, Said
from chengguo.schedules.grammar import DIGITS, Parser
from chengguo.schedules.rules import SETS

_DEADLINES = frozenset({"time", "window", "span"})
_LONGEST_VERB = 2  # characters of one that no table knows: 甲馆年底前揭幕
_UNTIMED = frozenset({"text", "ongoing", "immediate"})
_LEFT = SETS["temporal"] | SETS["parts"] | {"times"}
Reading = tuple[list[Said], int]  # what is said, and the place after it


def read_clauses(parser: Parser) -> list[Said]:
    """Return what each clause says, in the order of the text."""
    found: list[Said] = []
    at = 1
    while at < len(parser.tokens) - 1:
        if parser.tokens[at].kind in SETS["ends"]:
            at += 1
        else:
            said, at = _clause(parser, at, found[-1] if found else None)
            found += said
    return found


def _stop(parser: Parser, at: int) -> int:
    """Return the place of the separator that ends the clause."""
    while parser.tokens[at].kind not in SETS["ends"]:
        at += 1
    return at


def _kinds(parser: Parser, begin: int, end: int) -> set[str]:
    return {token.kind for token in parser.tokens[begin:end]}


def _placed(parser: Parser, said: Said, begin: int, end: int) -> Said:
    return said._replace(begin=parser.tokens[begin].begin, end=parser.tokens[end - 1].end)


def _doubted(said: Said, doubt: str | None) -> Said:
    return said._replace(doubt=said.doubt or doubt)


def _aside(parser: Parser, begin: int, end: int) -> str:
    return _("the words '{words}' were left aside").format(words=parser.words(begin, end))


def _unread(parser: Parser, begin: int, end: int) -> str:
    return _("the words '{words}' were not read").format(words=parser.words(begin, end))


def _clause(parser: Parser, begin: int, before: Said | None) -> Reading:
    if (whole := _whole(parser, begin)) is not None:
        return whole
    start = subject = at = _leading(parser, _moved_to(parser, begin))
    if parser.read("time", at) is None and (ahead := _further(parser, at + 1, first=True)) is not None:
        subject, at = ahead, _leading(parser, ahead)
    if (time := parser.read("time", at)) is None:
        return _untimed(parser, begin, subject)
    said, end = time
    said = _marked(said, _kinds(parser, begin if subject == start else subject, at), before)
    if leaves_time(parser, start, subject):
        said = _doubted(said, _aside(parser, start, subject))
    elif any(is_so(parser, begin, subject, end) for is_so in (_is_denied, _is_of_words)):
        said = _doubted(said, _aside(parser, begin, _stop(parser, end)))
    return _rest(parser, _placed(parser, said, begin, end), begin, end)


def _whole(parser: Parser, begin: int) -> Reading | None:
    """Return what a clause says that is one set phrase."""
    stop = _stop(parser, begin)
    if status_from(parser.words(begin, stop)):
        return [_placed(parser, Said("state"), begin, stop)], stop
    said, end = parser.read("whole", begin) or parser.read("moves", begin) or (Said("text"), begin)
    return ([_placed(parser, said, begin, stop)], stop) if end == stop else None


def _moved_to(parser: Parser, begin: int) -> int:
    """Return the place after 延期至 in the clause, for the day that counts; else its beginning."""
    kinds = [token.kind for token in parser.tokens[begin : _stop(parser, begin)]]
    return begin + kinds.index("moved-to") + 1 if "moved-to" in kinds else begin


def _leading(parser: Parser, at: int) -> int:
    """Return the place after what goes before a time."""
    while parser.tokens[at].kind in SETS["leads"] and parser.read("time", at) is None:
        at += 1
    return at


def _marked(said: Said, marks: set[str], before: Said | None) -> Said:
    """Take in what goes before a time: 力争, 确保, 最迟, 约."""
    doubt = _("the time is approximate") if "about-lead" in marks else None
    if before and before.kind == "time" and not before.is_stretch and "outer" in marks:
        doubt = _("it aims at an earlier day; the last one counts")
    is_stretch, is_firm = bool(marks & SETS["stretches"]), bool(marks & SETS["firmly"])
    return _doubted(said, doubt)._replace(is_stretch=is_stretch, is_firm=is_firm)


def _is_denied(parser: Parser, begin: int, subject: int, end: int) -> bool:
    """True if a clause denies its time or puts a condition before it: 无法在年底前完成; 如获批年底前开工."""
    is_denied = _kinds(parser, begin, _stop(parser, end)) & SETS["denials"]
    return bool(is_denied or _kinds(parser, begin, subject) & SETS["conditions"])


def _is_of_words(parser: Parser, begin: int, subject: int, end: int) -> bool:
    """True if a time is of what is named, and no word says what is done by then: 落实3月5日会议精神."""
    stop, before = _stop(parser, end), _kinds(parser, begin, subject)
    if not before - SETS["leads"]:
        return False
    is_bare_number = end == subject + 1 and parser.tokens[subject].kind == "digits"  # 工单号20180630
    if is_bare_number or parser.tokens[subject - 1].kind == "of-what":
        return True
    if end == stop:
        return "as-of" in before
    is_object = before & SETS["done"] or len(parser.words(end, stop)) > _LONGEST_VERB
    return bool(is_object) and not any(_is_verb(parser, at) for at in range(end, stop))


# -- what follows a time ---------------------------------------------------------------------------


def _rest(parser: Parser, said: Said, begin: int, at: int) -> Reading:
    """Read what follows a time: another time, standing work in it, or what is to be done."""
    stop = _stop(parser, at)
    for follow in (_alone, _and, _joined, _goes_on, _next_deadline, _then):
        reading = follow(parser, said, at, stop)
        if reading is not None:
            return reading
    return [_judged(parser, _placed(parser, said, begin, stop), at, stop)], stop


def _alone(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    if at < stop and parser.tokens[at].kind == "or":
        return [_doubted(said, _aside(parser, at, stop))._replace(end=parser.tokens[stop].begin)], stop
    return ([said], stop) if at == stop else None


def _and(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    """Read up to a deadline that is joined to one: 6月30日和12月31日."""
    time = parser.read("time", _leading(parser, at + 1)) if parser.tokens[at].kind == "and" else None
    if time is None or time[0].kind not in _DEADLINES:
        return None
    shares = said.kind == "recurring"  # 每年4月及次年1月10日前: the day may be of both
    return [_doubted(said, _aside(parser, at, stop) if shares else None)], at + 1


def _joined(parser: Parser, said: Said, at: int, _stop: int) -> Reading | None:
    """Read up to what recurs or lasts from a time on, or within it: 2018年起每年."""
    kind = parser.tokens[at].kind
    if said.kind == "start" and parser.read("time", onward := at + (kind in {"to", "comma"})) is not None:
        return [said], onward
    time = parser.read("time", at)
    if time is not None and time[0].kind == "recurring" and _holds_several(said):
        return [said._replace(is_ongoing=True)], at
    if kind == "to" and parser.read("goes-on-so", at + 1) is not None:  # 2018年3月至长期
        return [said._replace(kind="start")], at + 1
    return None


def _holds_several(said: Said) -> bool:
    """True if work may recur within a time: a window, a year."""
    return said.kind == "window" or (said.point.unit in {"year", "era"} and not said.is_before)


def _goes_on(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    """Read standing work in a time, 年内持续推进, or after one that it is joined to, 6月底前并持续推进."""
    ongoing = parser.read("goes-on-so", at)
    if ongoing is None or said.kind not in {*_DEADLINES, "start"}:
        return None
    said = _doubted(said, _aside(parser, at, stop) if leaves_time(parser, ongoing[1], stop) else None)
    is_joined = parser.tokens[at].kind in SETS["joining"] or _is_apart(parser, said, at)
    if said.kind != "start" and is_joined:
        return [said, _placed(parser, Said("ongoing"), at, stop)], stop
    return [said._replace(is_ongoing=True, end=parser.tokens[stop].begin)], stop


def _is_apart(parser: Parser, said: Said, at: int) -> bool:
    """True if a deadline and what follows it have a blank or a line break between: 6月底前 持续推进."""
    is_deadline = said.is_before or said.point.names_a_day
    return said.kind == "time" and is_deadline and parser.tokens[at].begin in parser.blanks


def _next_deadline(parser: Parser, said: Said, at: int, _stop: int) -> Reading | None:
    further = _further(parser, at, first=False)
    if further is None:
        return None
    said = _doubted(said, _aside(parser, at, further) if _is_cut_short(parser, at, further) else None)
    return [said._replace(end=parser.tokens[further].begin)], further


def _then(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    """Read the standing work, or the move of the deadline, that ends a clause: 完成并长期坚持."""
    for place in range(at, stop):
        then = parser.read("moves", place) or parser.read("then-ongoing", place)
        if then is not None:
            is_left = _is_cut_short(parser, at, place) or leaves_time(parser, then[1], stop)
            said = _doubted(said, _aside(parser, at, stop) if is_left else None)
            standing = _placed(parser, then[0], place, stop)
            return [said._replace(end=parser.tokens[place].begin), standing], stop
    return None


def _judged(parser: Parser, said: Said, at: int, stop: int) -> Said:
    """Take what is to be done by the time, where it is nothing that changes the time."""
    at += parser.tokens[at].kind == "colon"
    if parser.tokens[at].kind == "forbidden":
        return _text(said, _("it says what may not be done by then"))
    is_number = not parser.words(at, stop).strip("-./TZtz:0123456789")  # 2018-6/5: the number goes on
    is_only_noun = (
        said.point.unit == "year" and _is_noun(parser, said, at) and not leaves_time(parser, at, stop)
    )
    if is_number or is_only_noun:  # 2019年低, 2018年预算: a misprint, or no schedule at all
        return _text(said, _unread(parser, at, stop))
    return _doubted(said, _why_doubtful(parser, said, at, stop))


def _text(said: Said, doubt: str) -> Said:
    return Said("text", doubt=doubt, begin=said.begin, end=said.end)


def _why_doubtful(parser: Parser, said: Said, at: int, stop: int) -> str | None:
    """Return what is doubtful of what is to be done by a time."""
    if parser.tokens[at].kind == "already":
        return _("it may report what has been done")
    if parser.read("how-many", at) is not None:
        return _("it is said how many times, not on which days")
    is_left = _is_cut_short(parser, at, stop) or _is_noun(parser, said, at)
    return _aside(parser, at, stop) if is_left else None


def _is_cut_short(parser: Parser, at: int, end: int) -> bool:
    """True if the words after a time go on with it, or leave another over: 6月1日-30完成."""
    return parser.tokens[at].kind in SETS["goes-on-a-time"] or leaves_time(parser, at, end)


def _is_noun(parser: Parser, said: Said, at: int) -> bool:
    """True if no verb follows a time that does not say of itself that it is a deadline: 2018年预算."""
    is_open = said.kind in {"time", "window"} and not said.point.is_end
    return is_open and not said.is_marked and not _is_verb(parser, at)


def _is_verb(parser: Parser, at: int) -> bool:
    """True if a token is a verb; one of a single character may be a part of a noun: 投资, 增量."""
    kind = parser.tokens[at].kind
    is_short = kind == "do-one" and parser.tokens[at + 1].kind in SETS["ends-or-count"]
    return is_short or kind in SETS["verbs"]


# -- what is left over -----------------------------------------------------------------------------


def leaves_time(parser: Parser, begin: int, end: int) -> bool:
    """True if the words leave a time over, or what may be a part of one: then they are a doubt."""
    at = begin
    while at < end:
        if (aside := parser.read("aside", at)) is not None:
            at = aside[1]
        elif _is_left(parser, at, begin, end):
            return True
        else:
            at += 1
    return False


def _is_left(parser: Parser, at: int, begin: int, end: int) -> bool:
    """True if a token is a time, a part of one, or so close to one that it may be: 学年底, 2O18年6月."""
    kind, words = parser.tokens[at].kind, parser.words(at, at + 1)
    if kind in _LEFT or (kind == "unit" and len(words) > 1):
        return True
    is_cut = kind == "text" and at == begin and len(words) == 1 and words.isalpha()
    return at + 1 == end and (is_cut or kind == "unit") and parser.read("time", end) is not None


# -- words before a time, and without one ----------------------------------------------------------


def _further(parser: Parser, at: int, *, first: bool) -> int | None:
    """Return the place of the next time that is marked as a deadline (…前, …内) after other words."""
    begin, stop = at - first, _stop(parser, at - first)
    is_enough = first and parser.tokens[begin].kind not in SETS["vague"]
    while at < stop:
        aside = parser.read("aside", at)
        if aside is None and _is_deadline(parser, at, is_enough=is_enough):
            return None if first and "compared" in _kinds(parser, begin, at) else at
        at = at + 1 if aside is None else aside[1]
    return None


def _is_deadline(parser: Parser, at: int, *, is_enough: bool) -> bool:
    """True if a time says that it is a deadline; where that ``is_enough``, a day or an end is one."""
    time = parser.read("time", at)
    if time is None or time[0].kind not in _DEADLINES or _is_cut(parser, at):
        return False
    said, end = time
    return said.is_marked or (is_enough and _names_end(said.point, parser.tokens[end].kind))


def _is_cut(parser: Parser, at: int) -> bool:
    """True if what begins at a place is a part of a number with a unit: 20118年底, 208年底."""
    before = parser.tokens[at - 1]
    is_number = before.kind == "count" or (before.kind == "text" and before.value[-1] in DIGITS)
    return is_number and parser.tokens[at].kind in SETS["begins-with-unit"]


def _names_end(last: Point, following: str) -> bool:
    """True if a point is a day or an end, or a year by which something is done: 每万人专利2018年达到20件."""
    return last.is_end or last.unit == "day" or (last.year is not None and following in SETS["done"])


def _untimed(parser: Parser, begin: int, at: int) -> Reading:
    """Tell what a clause without a time says: standing work, no day at all, an event, or only text."""
    stop = _stop(parser, begin)
    said, end = parser.read("untimed", at) or parser.read("untimed", begin) or (Said("text"), begin)
    then = next((place for place in range(at, stop) if parser.read("then-ongoing", place)), None)
    if said.kind == "text" and then is not None:
        doubt = _unread(parser, begin, then) if leaves_time(parser, begin, then) else None
        return [_placed(parser, Said("ongoing", doubt=doubt), then, stop)], stop
    said = said._replace(is_ongoing=said.is_ongoing or (said.kind == "immediate" and then is not None))
    if said.kind in _UNTIMED and leaves_time(parser, end, stop):
        said = _doubted(said, _unread(parser, begin, stop))
    return [_placed(parser, said, begin, stop)], stop
