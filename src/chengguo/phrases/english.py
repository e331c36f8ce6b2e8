"""Schedules without a Chinese character: English words, Excel's serial day numbers, dates with a time."""

import re
from datetime import date, timedelta

from chengguo.language import _
from chengguo.phrases.points import LAST, Point
from chengguo.phrases.times import Clause, Span

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    "(?P<month>"
    + "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in _MONTHS)
    + r"|sept)\.?"
)
_MONTH_NAME = "(?:" + "|".join(name[:3] for name in _MONTHS) + ")[a-z]{0,6}"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_NUMBERS = {
    word: count
    for count, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 4,
}
_LEAD = re.compile(
    r"(?:to be )?(?:completed?|finished|done|due|implemented|target(?:ed)?|deadline:?|expected|planned"
    r"|scheduled|no later than|not later than|on or before|before or on|by|until|till|in|during|on|the|at"
    r"|around|about|approx\.?|within the)\s+"
)
_END = r"(?:the )?(?:end[- ]?(?:of[- ]|year[- ])?(?:the )?)"
_WHAT = re.compile(  # what is due at a time: it changes nothing of the time
    r"(?:phase|stage|step|milestone|round) ?\w{1,3}: ?|(?:with (?:a )?|final |first |interim |mid-term )*"
    r"(?:review|report|draft|evaluation|assessment)s? (?=by |in |due |at |end|\w{3,9} \d{4})"
)
_OPEN = re.compile(r" ?\((?:tb[acd]|provisional|tentative|estimated)\)$")
_MIDNIGHT = r"(?:[t ]00?:00(?::00(?:\.0+)?)?)?"  # as Excel writes a day; another hour may be another day
_POINTS = (
    (rf"(?:{_END})?(?:year )?{_YEAR}", "year"),
    (rf"(?:{_END})?q(?P<quarter>[1-4])[ ,/-]*(?:of )?{_YEAR}", "quarter"),
    (rf"{_YEAR}[ ,/-]*q(?P<quarter>[1-4])", "quarter"),
    (rf"(?P<quarter>[1-4])q[ ,/-]*(?:of )?{_YEAR}", "quarter"),
    (rf"(?:{_END})?(?P<ordinal>{'|'.join(_ORDINALS)})[- ]quarter(?:,? (?:of )?{_YEAR})?", "quarter"),
    (rf"(?:{_END})?(?:q(?P<quarter>[1-4]))", "quarter"),
    (rf"h(?P<half>[12])[ ,/-]*(?:of )?{_YEAR}", "half"),
    (rf"{_YEAR}[ ,/-]*h(?P<half>[12])", "half"),
    (rf"(?:the )?(?P<half>first|second)[- ]half(?:,? (?:of )?{_YEAR})?", "half"),
    (rf"(?:{_END})?{_MONTH}(?:[ ,-]*{_YEAR})?", "month"),
    (rf"(?P<day>[12]\d)-{_MONTH}", "day or year"),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:[ ,-]*{_YEAR})?", "day"),
    (rf"{_MONTH}[-']+(?P<short>\d\d)", "month"),  # Dec-18, as Excel shows a month
    (rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?(?: {_YEAR})?", "day"),
    (rf"{_YEAR}(?P<sign>[-/.])(?P<m>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_MIDNIGHT}", "day"),
    (rf"(?P<m>0?[1-9]|1[0-2])/(?P<other>0?[1-9]|1[0-2])/{_YEAR}", "day or month"),
    (rf"(?P<m>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}", "day"),
    (rf"(?P<day>1[3-9]|2\d|3[01])/(?P<m>0?[1-9]|1[0-2])/{_YEAR}", "day"),
    (r"year[- ]?end|end[- ]of[- ](?:the )?year|the year end", "year"),
    (rf"mid[- ]?{_YEAR}", "middle"),
    (rf"late (?:in )?{_YEAR}", "late"),
    (rf"early (?:in )?{_YEAR}", "beginning"),
    (rf"fy ?{_YEAR}[-/](?:20)?(?P<next>\d\d)", "financial year"),
)
_SPAN = re.compile(
    r"within (?:the )?(?:next |coming )?(?:(?P<low>\d{1,3})(?: ?- ?| to ))?"
    rf"(?P<count>\d{{1,3}}|a|an|{'|'.join(_NUMBERS)}) "
    r"(?P<working>working |business )?(?P<unit>day|week|month|year)s?(?P<base> (?:of|from|after) .{1,60})?"
)
_ONGOING = re.compile(
    r"(?:on[- ]?going|continuous(?:ly)?|continuing|long[- ]term|throughout(?: the year)?|permanent|rolling"
    r"|standing)(?: basis| work| and .{1,40})?"
)
_IMMEDIATE = re.compile("immediate(?:ly)?(?: effect)?|with immediate effect|at once|now")
_DATELESS = re.compile(
    "tb[acd]|to be (?:announced|confirmed|decided|determined)"
    "|as (?:needed|required|appropriate|soon as possible)|asap"
    "|when .{1,60}|if .{1,60}|in due course|short term|medium term|subject to .{1,60}"
)
_STATE = re.compile(
    "(?:already )?(?:(?:completed|done|finished|started|launched)(?: (?:in|on) .{1,30})?|complete|in progress"
    "|not started|under way|underway)"
)
_RULES = {
    "day|daily": "FREQ=DAILY",
    "week|weekly": "FREQ=WEEKLY;BYDAY=SU",
    "month|monthly": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "quarter|quarterly": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "half[- ]year|half-yearly|semi-annually|twice a year": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
    "year|yearly|annual|annually": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
}
_YEARLY = re.compile("(?:annually|yearly|every year|each year)(?: by| in| on|,)*(?: the)? (?P<when>.+)")
_SERIAL = re.compile(r"(?P<days>\d{5})(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73050  # 1990-01-01 to 2099-12-31


def read(wording: str) -> list[Clause] | None:
    """Read words without any Chinese; None where they are not understood."""
    words = " ".join(wording.replace("–", "-").replace("—", "-").lower().split()).strip(" .")
    if len(words) > 200:  # noqa: PLR2004 - no schedule in English is that long
        return None
    if match := _SERIAL.fullmatch(words):
        return _serial(int(match["days"]))
    words = re.sub("^on-?going (?=from |since )", "", words)
    words = re.sub(r"^start: ?(.+?),? end: ?", r"from \1 to ", words)
    parts = [
        part for part in re.split(r"\s*(?:;|, (?:then|and|with) |,? and then | then )\s*", words) if part
    ]
    found = [_clause(part) for part in parts]
    return [clause for clause in found if clause] if found and all(found) else None


def _serial(days: int) -> list[Clause] | None:
    """Read a day number of Excel's 1900 system, in which 1 is 1900-01-01 and 1900 has a 29 February."""
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    day = date(1899, 12, 30) + timedelta(days)
    doubt = None
    if day.day == 1:  # what is shown as 2024年6月 is kept as its first day
        month_end = (day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        doubt = _("it may mean {later}").format(later=month_end)
    point = Point(day.year, (day.month, day.day), (day.month, day.day), "day", doubt=doubt)
    return [Clause("time", 0, 0, point, point)]


def _clause(words: str) -> Clause | None:
    if opened := _OPEN.search(words):
        clause = _clause(words[: opened.start()])
        doubt = _("the bracket limits it: {words}").format(words=opened[0].strip(" ()"))
        return clause and clause._replace(doubt=clause.doubt or doubt)
    if what := _WHAT.match(words):
        words = words[what.end() :]
    for kind, pattern in (
        ("ongoing", _ONGOING),
        ("immediate", _IMMEDIATE),
        ("dateless", _DATELESS),
        ("state", _STATE),
        ("none", re.compile("n/?a|none|nil")),
    ):
        if pattern.fullmatch(words):
            return Clause(kind, 0, 0)
    for names, rule in _RULES.items():
        if re.fullmatch(names, words.removeprefix("every ")) and words not in names.split("|")[:1]:
            return Clause("recurring", 0, 0, rule=rule)
    if (yearly := _YEARLY.fullmatch(words)) and (point := _found(yearly["when"])):
        month, day = point.last
        return Clause("recurring", 0, 0, rule=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")
    return _span(words) or _point(words) or _window(words)


def _span(words: str) -> Clause | None:
    match = _SPAN.fullmatch(words)
    if match is None:
        return None
    count = match["count"]
    high = int(count) if count.isdigit() else _NUMBERS.get(count, 1)
    base = (match["base"] or "").strip()
    issue = not base or any(word in base for word in ("issu", "publi", "promulg"))
    unit = "working days" if match["working"] else match["unit"] + "s"
    return Clause("span", 0, 0, span=Span(int(match["low"] or 0), high, unit, "" if issue else base))


def _window(words: str) -> Clause | None:
    words = re.sub(r"^(q[1-4]|h[12]) ?(?:-|to|and) ?(q[1-4]|h[12])[ ,]+(\d{4})$", r"\1 \3 to \2 \3", words)
    words = re.sub(rf"^({_MONTH_NAME}) ?(?:-|to) ?({_MONTH_NAME})[ ,]+(\d{{4}})$", r"\1 \3 to \2 \3", words)
    if match := re.fullmatch(r"(?:from |since |starting (?:from |in )?)(.+?)(?: onwards?)?", words):
        ends = re.split(r" to | until | till | ?- ?(?=[a-z]|\d{4})", match[1])
        if len(ends) == 1 and (start := _found(ends[0])):
            return Clause("start", 0, 0, start, start)
    ends = re.split(
        r" to | until | till |(?<=\d{4}) ?- ?(?=[a-z]|\d{4}$)",
        words.removeprefix("from ").removeprefix("between "),
    )
    if len(ends) != 2:  # noqa: PLR2004 - from, to
        return None
    first, last = _found(ends[0]), _found(ends[1])
    return Clause("window", 0, 0, first, last) if first and last else None


def _point(words: str) -> Clause | None:
    doubt = _("the time is approximate") if re.search(r"\b(?:around|about|approx)", words) else None
    before = words.startswith("before ")
    words = words.removeprefix("before ")
    bare = words.isdigit()
    while match := _LEAD.match(words):
        words = words[match.end() :]
    point = _found(words)
    if point is None:
        return None
    if bare:
        doubt = _("{year} is read as the year").format(year=words)
    return Clause("time", 0, 0, point, point, is_before=before, doubt=doubt)


def _found(words: str) -> Point | None:
    for pattern, unit in _POINTS:
        if match := re.fullmatch(pattern, words):
            return _made(match.groupdict(), unit, ended=bool(re.match(_END, words)))
    return None


def _made(parts: dict[str, str | None], unit: str, *, ended: bool) -> Point:
    year = int(parts.get("year") or 0) or None
    if "day" in unit:
        return _day(parts, unit, year)
    if unit == "quarter":
        quarter = int(parts.get("quarter") or 0) or _ORDINALS[parts["ordinal"] or ""]
        return Point(year, (3 * quarter - 2, 1), (3 * quarter, LAST), "quarter", is_end=ended)
    if unit == "half":
        second = parts.get("half") in {"2", "second"}
        return Point(year, (7, 1) if second else (1, 1), (12, 31) if second else (6, 30), "half")
    if unit == "month":
        month, short = _month(parts), parts.get("short")
        doubt = _("{words} may be a day of the month").format(words=short) if short else None
        year = 2000 + int(short) if short else year
        return Point(year, (month, 1), (month, LAST), "month", is_end=ended, doubt=doubt)
    return _of_a_year(unit, year, ended=ended)


def _of_a_year(unit: str, year: int | None, *, ended: bool) -> Point:
    if unit == "financial year":
        doubt = _("it is read as the year from the {month}th month on").format(month=4)
        return Point(year, (4, 1), (3, 31), "year", years=2, doubt=doubt)
    if unit == "beginning":
        return Point(year, (1, 1), (1, 1), "beginning", is_loose=True)
    if unit in {"middle", "late"}:
        return Point(year, (1, 1), (6, 30) if unit == "middle" else (12, 31), "year", is_loose=True)
    return Point(year, (1, 1), (12, 31), "year", is_end=ended or year is None)


def _day(parts: dict[str, str | None], unit: str, year: int | None) -> Point:
    if unit == "day or month":
        return _day_or_month(int(parts["m"] or 0), int(parts["other"] or 0), year or 0)
    day_of_month = (_month(parts), int(parts["day"] or 0))
    doubt = _("{words} may be a year").format(words=parts["day"]) if unit == "day or year" else None
    return Point(year, day_of_month, day_of_month, "day", doubt=doubt)


def _day_or_month(first: int, second: int, year: int) -> Point:
    """Read 03/04/2018 as the earlier of the two days that it may mean, so that nobody is late."""
    earlier, later = sorted([(first, second), (second, first)])
    doubt = _("it may mean {later}").format(later=date(year, *later)) if earlier != later else None
    return Point(year, earlier, earlier, "day", doubt=doubt)


def _month(parts: dict[str, str | None]) -> int:
    name = (parts.get("month") or "")[:3]
    return int(parts.get("m") or 0) or 1 + [month[:3] for month in _MONTHS].index(name)
