"""Sentences of a cell to what they say of time: 2018年底前出台方案 | 持续推进.

A clause is a time, what goes before it (力争, 到, 自) and what is to be done by then. What is to be done is
left to the reader, and only the time counts; but whatever else looks like a time is a doubt.
"""

from chengguo.language import _
from chengguo.model import status_from
from chengguo.schedules.dates import Point, Said
from chengguo.schedules.grammar import Parser, Token
from chengguo.schedules.rules import ENDS, PARTS, SETS, TEMPORAL

_UNITS = frozenset("年月日季旬周天期")
_DEADLINES = frozenset({"time", "window", "span"})
Reading = tuple[list[Said], int]  # what is said, and the place after it


def read(parser: Parser) -> list[Said]:
    """Return what each clause says, in the order of the text."""
    found: list[Said] = []
    at = 1
    while at < len(parser.tokens) - 1:
        if parser.tokens[at].kind in ENDS:
            at += 1
        else:
            said, at = _clause(parser, at, found[-1] if found else None)
            found += said
    return found


def _stop(parser: Parser, at: int) -> int:
    """Return the place of the separator that ends the clause."""
    while parser.tokens[at].kind not in ENDS:
        at += 1
    return at


def _placed(parser: Parser, said: Said, begin: int, end: int) -> Said:
    return said._replace(begin=parser.tokens[begin].begin, end=parser.tokens[end - 1].end)


def _clause(parser: Parser, begin: int, before: Said | None) -> Reading:
    if (whole := _whole(parser, begin)) is not None:
        return whole
    moved = _moved_to(parser, begin)
    at, marks = _leading(parser, moved)
    marks += parser.tokens[begin:moved]
    start = subject = at
    if parser.read("time", at) is None and (ahead := _further(parser, at + 1, first=True)) is not None:
        subject, (at, marks) = ahead, _leading(parser, ahead)
        if parser.read("time", at) is None:
            return _untimed(parser, begin, subject)
    time = parser.read("time", at)
    if time is None:
        return _untimed(parser, begin, at)
    said, end = time
    said = _marked(said, marks, before)
    if not said.doubt and _leaves(parser, start, subject):
        said = said._replace(doubt=_aside(parser, start, subject))
    elif not said.doubt and _is_hedged(parser, begin, subject, end):
        said = said._replace(doubt=_aside(parser, begin, _stop(parser, end)))
    return _rest(parser, _placed(parser, said, begin, end), begin, end)


def _is_hedged(parser: Parser, begin: int, subject: int, end: int) -> bool:
    """Whether a clause denies its time or puts a condition before it, or the time is of what is named.

    无法在年底前完成; 如获批年底前开工; 落实3月5日会议精神, in which no word says what is done by then.
    """
    stop = _stop(parser, end)
    kinds = [token.kind for token in parser.tokens[begin:stop]]
    before, after = set(kinds[: subject - begin]), set(kinds[end - begin :])
    named = before - SETS["leads"]
    is_done = any(_is_verb(parser, at) for at in range(end, stop))
    is_of_words = named and (not is_done if after else "as-of" in before)
    is_of_words = is_of_words or (named and parser.tokens[subject].kind == "digits")
    return bool(set(kinds) & SETS["denials"] or before & SETS["conditions"] or is_of_words)


def _whole(parser: Parser, begin: int) -> Reading | None:
    """Return what a clause says that is one set phrase."""
    stop = _stop(parser, begin)
    if status_from(parser.words(begin, stop)):
        return [_placed(parser, Said("state"), begin, stop)], stop
    for name in ("whole", "moves"):
        found = parser.read(name, begin)
        if found is not None and found[1] == stop:
            return [_placed(parser, found[0], begin, stop)], stop
    return None


def _moved_to(parser: Parser, begin: int) -> int:
    """Return the place after 延期至 in the clause, for the day that counts; else its beginning."""
    kinds = [token.kind for token in parser.tokens[begin : _stop(parser, begin)]]
    return begin + kinds.index("moved-to") + 1 if "moved-to" in kinds else begin


def _leading(parser: Parser, at: int) -> tuple[int, list[Token]]:
    """Pass over what goes before a time; return the place after it and the tokens."""
    begin = at
    while parser.tokens[at].kind in SETS["leads"] and parser.read("time", at) is None:
        at += 1
    return at, parser.tokens[begin:at]


def _marked(said: Said, marks: list[Token], before: Said | None) -> Said:
    """Take in what goes before a time: 力争, 确保, 最迟, 约."""
    kinds = {token.kind for token in marks}
    said = said._replace(
        is_stretch=bool(kinds & {"stretch", "earlier"}), is_firm=bool(kinds & {"firm", "outer"})
    )
    doubt = said.doubt
    if before and before.kind == "time" and not before.is_stretch and "outer" in kinds:
        doubt = doubt or _("it aims at an earlier day; the last one counts")
    if "about-lead" in kinds:
        doubt = doubt or _("the time is approximate")
    return said._replace(doubt=doubt)


def _rest(parser: Parser, said: Said, begin: int, at: int) -> Reading:
    """Read what follows a time: another time, standing work in it, or what is to be done."""
    stop = _stop(parser, at)
    for follow in (_alone, _joined, _goes_on, _next_deadline, _then):
        reading = follow(parser, _placed(parser, said, begin, at), at, stop)
        if reading is not None:
            return reading
    return [_judged(parser, _placed(parser, said, begin, stop), at, stop)], stop


def _alone(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    if at < stop and parser.tokens[at].kind == "or":
        words = _aside(parser, at, stop)
        return [said._replace(doubt=said.doubt or words, end=parser.tokens[stop].begin)], stop
    return ([said], stop) if at == stop else None


def _joined(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    """Read up to the time that is joined to one: 6月30日和12月31日, 2018年起每年."""
    kind = parser.tokens[at].kind
    if kind == "and" and _deadline_after(parser, at + 1):
        shares = said.kind == "recurring"  # 每年4月及次年1月10日前: the day may be of both
        return [said._replace(doubt=said.doubt or (_aside(parser, at, stop) if shares else None))], at + 1
    if said.kind == "start" and parser.read("time", onward := at + (kind in {"to", "comma"})) is not None:
        return [said], onward
    time = parser.read("time", at)
    if time is not None and time[0].kind == "recurring" and _holds_several(said):
        return [said._replace(is_ongoing=True)], at
    if kind == "to" and parser.read("goes-on-so", at + 1) is not None:  # 2018年3月至长期
        return [said._replace(kind="start")], at + 1
    return None


def _holds_several(said: Said) -> bool:
    """Whether work may recur within a time: a window, a year."""
    return said.kind == "window" or (
        said.last is not None and said.last.unit == "year" and not said.is_before
    )


def _goes_on(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    ongoing = parser.read("goes-on-so", at)
    if ongoing is None or said.kind not in {*_DEADLINES, "start"}:
        return None
    doubt = _aside(parser, at, stop) if _leaves(parser, ongoing[1], stop) else None
    end = parser.tokens[stop].begin
    return [said._replace(is_ongoing=True, doubt=said.doubt or doubt, end=end)], stop


def _next_deadline(parser: Parser, said: Said, at: int, _stop: int) -> Reading | None:
    further = _further(parser, at, first=False)
    if further is None:
        return None
    return [said._replace(end=parser.tokens[further].begin)], further


def _then(parser: Parser, said: Said, at: int, stop: int) -> Reading | None:
    """Read the standing work, or the move of the deadline, that ends a clause: 完成并长期坚持."""
    for place in range(at, stop):
        moves = parser.read("moves", place)
        if moves is not None or parser.read("then-ongoing", place) is not None:
            then = _placed(parser, moves[0] if moves else Said("ongoing"), place, stop)
            return [said._replace(end=parser.tokens[place].begin), then], stop
    return None


def _deadline_after(parser: Parser, at: int) -> bool:
    """Whether a deadline follows, or what goes before one."""
    time = parser.read("time", _leading(parser, at)[0])
    return time is not None and time[0].kind in _DEADLINES


def _judged(parser: Parser, said: Said, at: int, stop: int) -> Said:
    """Take what is to be done by the time, where it is nothing that changes the time."""
    at += parser.tokens[at].kind == "colon"
    kind, words = parser.tokens[at].kind, parser.words(at, stop)
    if kind == "forbidden":
        return _text(said, _("it says what may not be done by then"))
    if not words.strip("-./TZtz:0123456789"):  # 2018-6/5: the number goes on
        return _text(said, _("the words '{words}' were not read").format(words=words))
    is_year = said.last is not None and said.last.unit == "year"
    if is_year and _is_noun(parser, said, at) and not _leaves(parser, at, stop):
        # 2019年低, 2018年预算: a misprint, or no schedule at all.
        return _text(said, _("the words '{words}' were not read").format(words=words))
    return said._replace(doubt=said.doubt or _why_doubtful(parser, said, at, stop))


def _text(said: Said, doubt: str) -> Said:
    return Said("text", doubt=doubt, begin=said.begin, end=said.end)


def _why_doubtful(parser: Parser, said: Said, at: int, stop: int) -> str | None:
    """Return what is doubtful of what is to be done by a time."""
    kind = parser.tokens[at].kind
    if kind == "already":
        return _("it may report what has been done")
    if parser.read("how-many", at) is not None:
        return _("it is said how many times, not on which days")
    if kind in SETS["goes-on-a-time"] or _leaves(parser, at, stop) or _is_noun(parser, said, at):
        return _aside(parser, at, stop)
    return None


def _is_noun(parser: Parser, said: Said, at: int) -> bool:
    """Whether no verb follows a time that does not say of itself that it is a deadline: 2018年预算."""
    is_open = said.kind in {"time", "window"} and not (said.last is not None and said.last.is_end)
    return is_open and not said.is_marked and not _is_verb(parser, at)


def _is_verb(parser: Parser, at: int) -> bool:
    """Whether a token is a verb; one of a single character may be a part of a noun: 投资, 增量."""
    kind = parser.tokens[at].kind
    return kind in SETS["verbs"] or (kind == "do-one" and parser.tokens[at + 1].kind in SETS["ends-or-count"])


def _leaves(parser: Parser, begin: int, end: int) -> bool:
    """Whether the words leave a time over, or what may be a part of one: then they are a doubt."""
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
    """Whether a token is a time, a part of one, or so close to one that it may be: 学年底, 2O18年6月."""
    kind, words = parser.tokens[at].kind, parser.words(at, at + 1)
    if kind in TEMPORAL or kind in PARTS or (kind == "unit" and len(words) > 1):
        return True
    touches = at + 1 == end and _is_time(parser, end)
    return touches and (
        kind == "unit" or (kind == "text" and at == begin and len(words) == 1 and words.isalpha())
    )


def _aside(parser: Parser, begin: int, end: int) -> str:
    return _("the words '{words}' were left aside").format(words=parser.words(begin, end))


def _is_time(parser: Parser, at: int) -> bool:
    return parser.read("time", at) is not None


def _is_cut(parser: Parser, at: int) -> bool:
    """Whether what begins at a place is a part of a number with a unit: 20118年底, 208年底."""
    before, token = parser.tokens[at - 1], parser.tokens[at]
    is_number = before.kind == "count" or (before.kind == "text" and before.value[-1].isdigit())
    return is_number and token.kind in {
        "year-end",
        "month-end",
        "edge",
        "year-in",
        "year-begin",
        "year-middle",
    }


def _further(parser: Parser, at: int, *, first: bool) -> int | None:
    """Return the place of the next time that is marked as a deadline (…前, …内) after other words."""
    begin, stop = at - first, _stop(parser, at - first)
    is_dateless = parser.tokens[begin].kind in {"dateless", "depending", "by"}
    while at < stop:
        aside = parser.read("aside", at)
        if aside is None and _is_deadline(parser, at, is_enough=first and not is_dateless):
            is_contrary = first and any(token.kind == "compared" for token in parser.tokens[begin:at])
            return None if is_contrary else at
        at = at + 1 if aside is None else aside[1]
    return None


def _is_deadline(parser: Parser, at: int, *, is_enough: bool) -> bool:
    """Whether a time says that it is a deadline; where that ``is_enough``, a day or an end is one."""
    time = parser.read("time", at)
    if time is None or time[0].kind not in _DEADLINES or _is_cut(parser, at):
        return False
    said, end = time
    return said.is_marked or (is_enough and _names_end(said.last, parser.tokens[end].kind))


def _names_end(last: Point | None, following: str) -> bool:
    if last is None:
        return False
    return last.is_end or last.unit == "day" or (last.year is not None and following in SETS["done"])


def _untimed(parser: Parser, begin: int, at: int) -> Reading:
    """Tell what a clause without a time says: standing work, no day at all, an event, or only text."""
    stop = _stop(parser, begin)
    said, end = parser.read("untimed", at) or parser.read("untimed", begin) or (Said("text"), begin)
    then = next((place for place in range(at, stop) if parser.read("then-ongoing", place)), None)
    if said.kind == "immediate":
        said = said._replace(is_ongoing=then is not None)
    elif said.kind == "text" and then is not None:
        return [_placed(parser, Said("ongoing"), then, stop)], stop
    if said.kind in {"text", "ongoing", "immediate"} and _leaves(parser, end, stop):
        words = _("the words '{words}' were not read").format(words=parser.words(begin, stop))
        said = said._replace(doubt=said.doubt or words)
    return [_placed(parser, said, begin, stop)], stop
