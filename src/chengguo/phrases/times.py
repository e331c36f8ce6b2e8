"""The times that a clause may say: a start, a length of time, a recurrence, a window, a point."""

import re
from typing import NamedTuple

from chengguo.language import _
from chengguo.phrases import points, recurrence
from chengguo.phrases.plain import NUMBER, SEPARATORS, number
from chengguo.phrases.points import Point


class Span(NamedTuple):
    """A length of time, ``low`` to ``high`` units, from the day of ``base``: of issue where that is empty."""

    low: int
    high: int
    unit: str  # "hours", "days", "working days", "weeks", "months", "years"
    base: str


class Clause(NamedTuple):
    """What one clause says, from ``begin`` to before ``end``.

    ``kind`` is "time", "window", "start", "span", "recurring", "ongoing", "immediate", "event", "condition",
    "dateless", "state", "ditto", "none", or "text" where it says no time.
    """

    kind: str
    begin: int
    end: int
    first: Point | None = None
    last: Point | None = None
    span: Span | None = None
    rule: str | None = None
    is_before: bool = False  # 前 after a period, without 底
    is_ongoing: bool = False  # 年内持续推进: standing work within the time
    is_stretch: bool = False  # 力争: what is aimed at
    is_firm: bool = False  # 确保: what is promised
    doubt: str | None = None


_RANGE = re.compile("(?:起|开始)?[,]?(?:-|至|到|~)")
_BARE_RANGE = re.compile(
    rf"第?(?P<low>{NUMBER})(?:年|月|日|号|季度)?[-至到](?:第)?(?={NUMBER}(?P<unit>年|月|季度|日|号))"
)
_YEARS = re.compile(
    r"(?P<first>(?:19|20|21)\d\d)年?[-至到](?P<last>(?:19|20|21)\d\d)(?:年度?)?(?P<end>年?底|年?末)?(?![-./]?\d|年?\d)"
)
_NUMBERS = re.compile(
    rf"(?:第)?(?P<low>{NUMBER})(?=(?:[、,和及与]第?{NUMBER})*[、,和及与]第?{NUMBER}(?P<unit>年|月|季度)(?!内))"
)
_YEAR_ALONE = re.compile(r"(?:19|20|21)\d\d(?=前|内|$)")
_NUMBER_ALONE = re.compile(f"{NUMBER}$")
_OF_YEAR = re.compile(
    r"(?:(?:19|20|21)\d\d|[一二][〇零一二三四五六七八九]{3})年(?=第?[\d一二三四五六七八九十]+(?:月|季度)?[-至到、,和及与])"
)
_YEARS_EVENT = re.compile(
    rf"(?:{NUMBER}年|[今明本]年)(?=[^\d{SEPARATORS}底末初中年度内上下前之以第{{}}][^\d{SEPARATORS}底末年月]{{0,8}}?(?:(?<!提)(?<!目)前夕?(?!期)|期间))"
)
_HOUR = re.compile(
    r"(?:T?(?:上午|中午|下午|晚上?)?\d{1,2}(?::\d\d(?::\d\d(?:\.0+)?)?|[时点](?:\d{1,2}分|整)?)|下班|零[时点]|当[日天])(?=之?前|起|$)"
)
_AFTERWARDS = re.compile("(?:之|以)?后(?!的?\\d)|以来")
_SUFFIX = re.compile(
    r"(?P<before>(?:之|以)?前(?![后期沿瞻景])|或(?:之|以)前)|(?P<within>(?:之|以)?内|期间|期内|时期|为?止|中(?=$|[,;。、]))"
    r"|(?P<start>(?:开始|起(?![草步点诉])(?:始)?|及(?:其|之|以)后)(?:实施|施行|执行)?)|(?P<about>左右|前后|上下)"
)
_ISSUE = (
    "(?:本|该|此)?(?:行动|实施|工作)?(?:方案|通知|文件|办法|意见|规划|计划|条例|规定|细则|清单|通报|决定|任务书)?(?:正式)?"
    "(?:印发|发布|公布|下发|出台|发文|颁布|发出|成文)"
)
ISSUED = re.compile(rf"(?:自|从)?(?:{_ISSUE})")
_BASE = re.compile(
    rf"(?:自|从)?(?:(?P<issue>{_ISSUE})(?:之日|之后|当日|日期|日|后)?(?:起|开始|后|始)?|(?P<other>[^\d{SEPARATORS}]{{1,30}}?)(?:之日起?|之后|当日起|后|起))"
)
_FROM_ISSUE = re.compile(
    rf"(?:自|从)?(?:{_ISSUE}(?:之日|当日|日)?(?:起|开始|始)|即日起|即日|(?:从|自)?(?:现在|今日|即日|目前)起)(?P<text>(?:起)?(?:实施|施行|执行|生效|开展|推进)?)"
)
_UNIT = "小时|个?工作日|个?自然日|天|日|个?星期|周|个?季度|个半月|个?月|年半|年"
_SPAN = re.compile(
    rf"(?:(?:在|用|于|约|满)?(?:(?P<low>{NUMBER})(?P<low_unit>{_UNIT})?[-至到])?(?P<high>{NUMBER})(?P<unit>{_UNIT})|(?:在|用)?(?P<half>半)个?(?P<half_unit>[年月]))"
    r"(?:(?:左右)?的?时间)?(?P<suffix>(?:之|以)?内|(?:之|以)?后|左右)?"
)
_MONTH_OR_MONTHS = re.compile(rf"(?P<count>{NUMBER})月(?:之|以)?内")
_AFTER_LENGTH = re.compile(f"$|[{SEPARATORS}至到-]|左右|时间|完|办结|整改|见效|建成|出台|到位|销号")
_RATE = re.compile("(?:办结|响应|答复|办理|完成|满意|处置)[^,;。、]{0,3}率")
_REPUBLIC = re.compile(
    rf"民国(?P<first>{NUMBER})年?度?[-至到](?:民国)?(?P<last>{NUMBER})年度?(?P<end>底|末)?(?!\d)"
)
_SHORT_YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d)[-至到/](?:20)?(?P<last>\d\d)(?P<what>学年度?|财政年度|财年|年度?)(?:之?内|期间)?"
)
_MONTHS_OF_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)[./](?P<first>\d{1,2})-(?P<last>\d{1,2})月?(?![\d./])")
_TWO_YEARS = re.compile("(?:今明|明后)两?年")
_TWO_MONTHS = re.compile("(?P<first>[一二三四五六七八])(?P<last>[二三四五六七八九])月份?")
_APPROXIMATE = re.compile("([一二两三四五六七八])([二三四五六七八九])")  # 三五年, 两三个月
_MOST_YEARS = 10  # that a plan may run: 3年 is a length, 18年 is 2018
_SPAN_UNITS = {
    "天": ("days", 1),
    "日": ("days", 1),
    "自然日": ("days", 1),
    "周": ("weeks", 1),
    "星期": ("weeks", 1),
    "工作日": ("working days", 1),
    "月": ("months", 1),
    "季度": ("months", 3),
    "年": ("years", 1),
    "小时": ("hours", 1),
}


def read(text: str, at: int, month: int | None) -> Clause | None:
    """Read the time that begins at ``at``; None where none does. ``month`` carries to a day alone."""
    if (
        (event := _YEARS_EVENT.match(text, at))
        and not recurrence.read(text, at)
        and not points.read(text, event.end())
    ):
        return Clause("event", at, len(text))
    return (
        _issue_start(text, at)
        or _recurring(text, at)
        or span(text, at)
        or window(text, at, month)
        or point(text, at, month)
    )


def _issue_start(text: str, at: int) -> Clause | None:
    match = _FROM_ISSUE.match(text, at)
    if match is None or span(text, at):
        return None
    return Clause("start", at, match.end())


def _recurring(text: str, at: int) -> Clause | None:
    found = recurrence.read(text, at)
    return found and Clause("recurring", at, found.end, rule=found.rule, doubt=found.doubt)


def span(text: str, at: int) -> Clause | None:
    """Read 3个月内, 自印发之日起30日内, 收到通知后3日内; a bare number of years only where it is no year."""
    base = _BASE.match(text, at)
    match = _SPAN.match(text, base.end()) if base else None
    if base is None or match is None or points.is_era(text, at):
        base, match = None, _SPAN.match(text, at)
    if match is None or _RATE.match(text, match.end()):
        return None
    span = _length(match, (base["other"] or "").lstrip("自从") if base else "")
    suffix = match["suffix"] or ""
    if span is None or not (base or _is_length(match) or _is_bare_years(match, text)):
        return None
    if not suffix and not base and not _AFTER_LENGTH.match(text, match.end()):
        return None  # 半年总结, 三个月攻坚: a name
    if suffix.endswith("后"):
        return Clause("dateless", at, match.end(), doubt=_("it says after when, not by when"))
    is_about = "左右" in match[0] or _APPROXIMATE.fullmatch(match["high"] or "")
    doubt = _("the time is approximate") if is_about else None
    return Clause("span", at, match.end(), span=span, doubt=doubt)


def _is_length(match: re.Match[str]) -> bool:
    """Tell whether it is a length of time, and no point: 3个月内 and 5日内, not 6月内, 3季度内 or 18年内."""
    unit, suffix = match["unit"] or "", match["suffix"] or ""
    if (
        match["half"]
        or "个" in unit
        or "时间" in match[0]
        or unit in {"小时", "天", "工作日", "周", "星期", "年半"}
    ):
        return True
    if suffix in {"", "左右"}:
        return False
    if unit in {"月", "季度"}:
        return match["high"] == "两" or number(match["high"]) > (12 if unit == "月" else 4)
    is_year = unit == "年" and match["high"].isascii() and int(match["high"]) > _MOST_YEARS
    return bool(match["low"]) or not is_year


def _is_bare_years(match: re.Match[str], text: str) -> bool:
    """Tell whether it is 三年 alone, and not a year such as 18年, nor a day or month such as 3日."""
    return (
        match["unit"] == "年"
        and number(match["high"]) <= _MOST_YEARS
        and (match.end() == len(text) or bool(match["low"]))
    )


def _length(match: re.Match[str], base: str) -> Span | None:
    if match["half"]:
        return Span(0, 6, "months", base) if match["half_unit"] == "年" else Span(0, 15, "days", base)
    pair = _APPROXIMATE.fullmatch(match["high"])
    low_digits, high_digits = pair.groups() if pair else (match["low"], match["high"])
    high, unit = number(high_digits), match["unit"].removeprefix("个")
    low = number(low_digits) if low_digits else 0
    if unit == "年半":
        return Span(0, 12 * high + 6, "months", base)
    if unit == "半月":
        return Span(0, high, "months and a half", base)
    if high > 200 or (low_digits and low >= high):  # noqa: PLR2004 - a year such as 2018年 is no length
        return None
    name, size = _SPAN_UNITS[unit]
    return Span(low * size, high * size, name, base)


def window(text: str, at: int, month: int | None) -> Clause | None:
    """Read 2018年6月-2019年6月, 6-9月, 2017-2020: from one period to another."""
    if found := _special_window(text, at):
        return _suffixed(text, found)
    if match := _YEARS.match(text, at):
        first, last = (Point(int(match[name]), (1, 1), (12, 31), "year") for name in ("first", "last"))
        return _suffixed(text, Clause("window", at, match.end(), first, last._replace(is_end=True)))
    if (year := _OF_YEAR.match(text, at)) and (found := window(text, year.end(), None)):
        return _in_year(found, at, year[0])
    if (match := _BARE_RANGE.match(text, at)) and not points.read(text, at):
        begin, end = (
            _of_unit(match["low"], match["unit"], month),
            points.read(text, match.end(), carried_month=month),
        )
        if begin and end:
            return _suffixed(text, Clause("window", at, end.end, begin, end.point))
    return _from_to(text, at, month)


def _special_window(text: str, at: int) -> Clause | None:
    """Read 民国106至109年, 2018-2019学年, 2018-19财政年度, 2018.6-9 and 六七月份."""
    if match := _REPUBLIC.match(text, at):
        years = [1911 + number(match[name]) for name in ("first", "last")]
        return _from_month_to_month(match, (years[0], 1), (years[1], 12))
    if match := _SHORT_YEARS.match(text, at):
        return _year_across(match)
    if match := _TWO_YEARS.match(text, at):
        begin = Point(None, (1, 1), (12, 31), "year", shift=int(match[0][0] == "明"), is_from_now=True)
        return Clause("window", at, match.end(), begin, begin._replace(shift=begin.shift + 1))
    if match := _MONTHS_OF_YEAR.match(text, at):
        year, first, last = (int(digits) for digits in match.groups())
        doubt = _("{words} is read as months").format(words=match[0])
        found = _from_month_to_month(match, (year, first), (year, last), doubt)
        return found if first < last <= 12 else None  # noqa: PLR2004 - months
    if (match := _TWO_MONTHS.match(text, at)) and number(match["last"]) == number(match["first"]) + 1:
        doubt = _("the time is approximate")
        return _from_month_to_month(
            match, (None, number(match["first"])), (None, number(match["last"])), doubt
        )
    return None


def _year_across(match: re.Match[str]) -> Clause | None:
    """Read a year that begins in one and ends in the next: of a school, of Hong Kong's treasury."""
    first, short, what = int(match["first"]), int(match["last"]), match["what"]
    is_short = match.start("last") - match.end("first") == 1
    if short != (first + 1) % 100 or what == "年" or not (is_short or what.startswith("学")):
        if not is_short or not max(12, first % 100) < short:
            return None  # 2018-2020年 is known as it is, 2018-12 is a month
        doubt = _("{words} is read as years").format(words=match[0])
        return _from_month_to_month(match, (first, 1), (first - first % 100 + short, 12), doubt)
    months = (9, 8) if what.startswith("学") else (4, 3)
    doubt = _("it is read as the year from the {month}th month on").format(month=months[0])
    return _from_month_to_month(match, (first, months[0]), (first + 1, months[1]), doubt)


def _from_month_to_month(
    match: re.Match[str],
    first: tuple[int | None, int],
    last: tuple[int | None, int],
    doubt: str | None = None,
) -> Clause:
    begin, end = (
        Point(year, (month, 1), (month, points.LAST), "month", is_end=True) for year, month in (first, last)
    )
    return Clause("window", match.start(), match.end(), begin._replace(is_end=False), end, doubt=doubt)


def _from_to(text: str, at: int, month: int | None) -> Clause | None:
    """Read a point, a dash or 至, and another point; a day alone at the end is of the same month."""
    start = points.read(text, at, carried_month=month)
    to = _RANGE.match(text, start.end) if start else None
    if start is None or to is None:
        return None
    end = points.read(text, to.end(), carried_month=start.point.last[0])
    if end is None and start.point.unit == "day" and (bare := _NUMBER_ALONE.match(text, to.end())):
        day = (start.point.last[0], number(bare[0]))
        end = points.Found(Point(None, day, day, "day"), bare.end())
    if end and text.startswith("民国", at):
        end = end._replace(point=end.point._replace(doubt=None))  # 民国107年7月至108年6月
    return end and _suffixed(text, Clause("window", at, end.end, start.point, end.point))


def _in_year(clause: Clause, at: int, words: str) -> Clause:
    """Give a clause that says no year the one before it: 2024年 before 1-12月."""
    year = points.read(words, 0)
    if year is None or clause.first is None:
        return clause
    first = clause.first._replace(year=year.point.year)
    return clause._replace(begin=at, first=first, last=first if clause.last is clause.first else clause.last)


def _of_unit(digits: str, unit: str, month: int | None) -> Point | None:
    """Give the point that a number stands for before a dash, in the unit that the other end names."""
    words = f"{digits}{unit}"
    found = points.read(words, 0, carried_month=month)
    return found.point if found and found.end == len(words) else None


def point(text: str, at: int, month: int | None) -> Clause | None:
    """Read a point and what follows it: 2018年底前, 6月30日18:00前, 2018年起."""
    if (year := _OF_YEAR.match(text, at)) and _NUMBERS.match(text, year.end()):
        clause = point(text, year.end(), None)
        return clause and _in_year(clause, at, year[0])
    if match := _NUMBERS.match(text, at):
        only = _of_unit(match["low"], match["unit"], month)
        return Clause("time", at, match.end(), only, only) if only else None
    if match := _MONTH_OR_MONTHS.match(text, at):
        only = _of_unit(match["count"], "月", None)
        doubt = _("it may mean {length}").format(length=f"{number(match['count'])}个月内")
        return Clause("time", at, match.end(), only, only, doubt=doubt) if only else None
    found = points.read(text, at, carried_month=month)
    if found is None:
        bare = _YEAR_ALONE.match(text, at)
        if bare is None:
            return None
        doubt = _("{year} is read as the year").format(year=bare[0])
        found = points.Found(Point(int(bare[0]), (1, 1), (12, 31), "year", doubt=doubt), bare.end())
    return _suffixed(text, Clause("time", at, found.end, found.point, found.point))


def _suffixed(text: str, clause: Clause) -> Clause:
    """Take in what follows a point or a window: an hour of the day, 前, 内, 起, 后, 左右."""
    hour = _HOUR.match(text, clause.end) if clause.last and clause.last.unit == "day" else None
    at = hour.end() if hour else clause.end
    clause = clause._replace(end=at)
    if match := _AFTERWARDS.match(text, at):
        return clause._replace(kind="dateless", end=match.end(), doubt=_("it says after when, not by when"))
    match = _SUFFIX.match(text, at)
    if match is None:
        return clause
    clause = clause._replace(end=match.end())
    if match["about"]:
        return clause._replace(doubt=_("the time is approximate"))
    if match["start"]:
        return clause._replace(kind="start") if clause.kind == "time" else clause
    if match["within"] and clause.kind == "time" and clause.last and clause.last.unit == "era":
        return clause._replace(kind="window")
    return clause._replace(is_before=bool(match["before"]))
