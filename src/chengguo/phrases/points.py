"""Points of the calendar as schedules name them: a year, a half, a quarter, a month, a third of one, a day.

Conventions of supervision offices (督办): a period counts up to its last day; 上旬, 中旬 and 下旬 end on the
10th, the 20th and the month's last day; of 初 and 中 no day is agreed on, and they are doubtful.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from chengguo.language import _
from chengguo.phrases.plain import NUMBER, number

LAST = -1  # as a day: the month's last
_YEAR_END = r"年?底|年?末|年?终"
_YEAR = re.compile(
    rf"民国(?P<republic>{NUMBER})年(?P<r_end>" + _YEAR_END + r")?"
    r"|(?P<plain>(?:19|20|21)\d\d)(?:年度?|(?:预算|会计|财政)年度|财年|(?=[Qq][1-4]|[上下]半年|第[一二三四1-4]季|[底末]))(?P<p_end>"
    + _YEAR_END
    + r")?"
    r"|(?P<chinese>[一二][〇零九一二][〇零一二三四五六七八九]{2})年度?(?P<c_end>" + _YEAR_END + r")?"
    r"|(?P<short>\d\d)年(?P<s_end>"
    + _YEAR_END
    + r"|(?=初|中|度|内|前|\d{1,2}月|[一二三四]季|第|[上下]半|[Qq]\d|$))"
    r"|(?P<long>9\d|1[0-5]\d)年(?P<l_end>" + _YEAR_END + r"|(?=\d{1,2}月|第|[上下]半|度))度?"
    r"|(?P<word>今年|本年度?|当年|明年|次年|翌年|第二年|后年|去年|上年)(?P<w_end>" + _YEAR_END + r")?"
)
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:"
    r"(?P<separator>[-/.])(?P<month>\d{1,2})(?![\d季])(?:(?P=separator)(?P<day>\d{1,2})(?!\d))?日?"
    r"|(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])?(?!\d))"
)
_HALF = re.compile("(?P<half>[上下前后])半年(?P<edge>底|末|初)?")
_QUARTER = re.compile(
    "(?:第?(?P<number>[一二三四1-4])季度?|(?:第)?[Qq](?P<letter>[1-4])|(?P<word>首|末)季度?)(?P<edge>底|末|初|中)?"
)
_QUARTER_DAY = re.compile(rf"第?(?P<number>[一二三四1-4])季度?(?P<place>首|末)个?月(?P<day>{NUMBER})[日号]")
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, LAST), "上中": (1, 20), "中下": (11, LAST)}
_QUARTERS = re.compile("前(?P<number>[二两三23])个?季度?(?P<edge>底|末)?")
_MONTH = re.compile(
    rf"(?P<month>{NUMBER}|元)月份?(?:(?P<third>上中|中下|[上中下])旬|(?P<edge>月?底|月?末|初|中)"
    rf"|(?P<day>{NUMBER})(?:[日号]|(?=$|前|[-至到,;、)])))?"
)
_DAY = re.compile(rf"(?P<day>{NUMBER})[日号](?![文线楼])")
_PART = re.compile(
    "年(?:底|末|终(?!考核|总结|述职|检查)|内|中|初)|岁末|全年(?P<reached>(?=完成|实现|达|建成|新增|累计|力争))?|年度内"
)
_THIS_MONTH = re.compile(rf"[本当]月(?P<day>{NUMBER})[日号]|[本当下]?月[底末内]|[本当下]月")
_MONTH_AND_DAY = re.compile(
    r"(?P<month>1[0-2]|0?[1-9])(?P<separator>[./·])(?P<day>[12]\d|3[01]|0?[1-9])"
    "(?=(?:之|以)?前|日|[-至到起止内,;、)]|$)"
)
_ERA = re.compile(
    "(?P<number>[十]?[一二三四五六七八九]?)五(?:规划)?(?:(?P<end>期?末|结束|收官)|(?P<opening>(?:的?开局|第一|首)之?年)|(?P<middle>[前初中后]期)|时期|规划期|期(?!间))?"
)
_ERA_PART = re.compile(f"(?P<which>[前后])(?P<count>{NUMBER})年")
_ERA_TENTH = re.compile("十五(?P<end>期?末)?(?=期间|时期|规划|末|期)")


class Point(NamedTuple):
    """A period of the calendar by its first and last month and day; ``year`` is None where it is not said.

    ``unit`` is what it is called after; ``years`` counts those of a longer one; ``is_end`` tells that its end
    was named (底, 末), ``is_loose`` that it names no one day (初, 中). ``doubt`` is about the year.
    """

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    unit: str
    years: int = 1
    is_end: bool = False
    is_loose: bool = False
    doubt: str | None = None
    shift: int = 0  # years after the one in question, or months after this one: 1 for 明年 and 下月
    is_from_now: bool = False  # 今年 and 明年 count from the year of the plan, 次年 from one just named

    def days(self, year: int) -> tuple[date, date]:
        """Give its first and last day if it begins in ``year``; raises ``ValueError`` for no such day."""
        last = year + self.years - 1
        return _day(year, self.first), _day(last, self.last)


class Found(NamedTuple):
    """A point and the place in the text after it."""

    point: Point
    end: int


def _day(year: int, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    if day == LAST and 1 <= month <= 12:  # noqa: PLR2004 - months
        day = monthrange(year, month)[1]
    return date(year, month, day)


def read(text: str, at: int, *, carried_month: int | None = None) -> Found | None:
    """Read the point that begins at ``at``; None where none does.

    ``carried_month`` is that of the point before, for a day alone: 6月1日-30日.
    """
    if found := _era(text, at) or _numeric(text, at):
        return found
    if year := _YEAR.match(text, at):
        return _within(text, year)
    if found := _part_of_year(text, at):
        return found
    if match := _DAY.match(text, at):
        day = number(match["day"])
        if not carried_month:
            return Found(Point(None, (0, 1), (0, day), "this month", is_end=True), match.end())
        return Found(Point(None, (carried_month, day), (carried_month, day), "day"), match.end())
    return None


def _within(text: str, match: re.Match[str]) -> Found:
    """Read what follows a year."""
    year, shift, doubt = _year(match)
    at, ended = match.end(), any(match[name] for name in match.groupdict() if name.endswith("_end"))
    inner = None if ended else _part_of_year(text, at) or _of_year(text, at)
    if inner is None:
        point = Point(year, (1, 1), (12, 31), "year", is_end=ended)
        inner = Found(point, at)
    is_from_now = (match["word"] or "")[:1] in set("今本明后去")
    doubt = doubt or inner.point.doubt
    return inner._replace(
        point=inner.point._replace(year=year, doubt=doubt, shift=shift, is_from_now=is_from_now)
    )


def _year(match: re.Match[str]) -> tuple[int | None, int, str | None]:
    """Give the year of a match, how many years after the one in question, and what is doubtful of it."""
    if word := match["word"]:
        return None, {"今": 0, "本": 0, "当": 0, "后": 2, "去": -1, "上": -1}.get(word[0], 1), None
    if match["republic"]:
        return 1911 + number(match["republic"]), 0, None
    if match["long"]:
        year = 1911 + int(match["long"])
        return year, 0, _("{year} counts the years of 民国: {read}").format(year=match["long"], read=year)
    if match["short"]:
        return 2000 + int(match["short"]), 0, None
    return number(match["plain"] or match["chinese"]), 0, None


def _of_year(text: str, at: int) -> Found | None:
    """Read 初, 中 and 内 after a year."""
    if match := re.compile("(?:年?初|年?中期?(?![旬央国小医])|内)").match(text, at):
        if match[0] == "内":
            return None
        return Found(_loose_year(match[0]), match.end())
    return None


def _loose_year(word: str) -> Point:
    if "初" in word:
        return Point(None, (1, 1), (1, 1), "beginning", is_loose=True)
    return Point(None, (1, 1), (6, 30), "year", is_loose=True)


def _part_of_year(text: str, at: int) -> Found | None:
    """Read a point that says no year: 年底, 上半年, 三季度末, 6月下旬, 6月30日."""
    if match := _PART.match(text, at):
        if match[0] in {"年中", "年初"}:
            return Found(_loose_year(match[0]), match.end())
        # 全年推进 is standing work, 全年完成100% has the year's end as its day.
        unit = "whole" if match[0] == "全年" and match["reached"] is None else "year"
        return Found(
            Point(None, (1, 1), (12, 31), unit, is_end=unit == "year" and not match[0].endswith("内")),
            match.end(),
        )
    if match := _HALF.match(text, at):
        first, last = ((1, 1), (6, 30)) if match["half"] in "上前" else ((7, 1), (12, 31))
        return _edged(match, Point(None, first, last, "half"))
    if match := _QUARTERS.match(text, at):
        last_month = 3 * number(match["number"])
        return _edged(match, Point(None, (1, 1), (last_month, LAST), "quarter"))
    return _quarter(text, at) or _month(text, at)


def _quarter(text: str, at: int) -> Found | None:
    """Read 三季度末, Q3 and 第二季度末月25日."""
    if match := _QUARTER_DAY.match(text, at):
        month = 3 * number(match["number"]) - (0 if match["place"] == "末" else 2)
        day = (month, number(match["day"]))
        return Found(Point(None, day, day, "day"), match.end())
    if match := _QUARTER.match(text, at):
        quarter = {"首": 1, "末": 4}.get(match["word"] or "") or number(match["number"] or match["letter"])
        return _edged(match, Point(None, (3 * quarter - 2, 1), (3 * quarter, LAST), "quarter"))
    return None


def _month(text: str, at: int) -> Found | None:
    if match := _MONTH.match(text, at):
        month = 1 if match["month"] == "元" else number(match["month"])
        if match["third"]:
            first, last = _THIRDS[match["third"]]
            return Found(Point(None, (month, first), (month, last), "third", is_end=True), match.end())
        if match["day"]:
            day = number(match["day"])
            return Found(Point(None, (month, day), (month, day), "day"), match.end())
        return _edged(match, Point(None, (month, 1), (month, LAST), "month"))
    if match := _MONTH_AND_DAY.match(text, at):
        month_and_day = (int(match["month"]), int(match["day"]))
        doubt = _("{words} is read as month and day").format(words=match[0])
        return Found(Point(None, month_and_day, month_and_day, "day", doubt=doubt), match.end())
    if match := _THIS_MONTH.match(text, at):
        day, shift = number(match["day"]) if match["day"] else LAST, int(match[0].startswith("下"))
        return Found(Point(None, (0, 1), (0, day), "this month", is_end=True, shift=shift), match.end())
    return None


def _edged(match: re.Match[str], point: Point) -> Found:
    """Take in 底, 末, 初 or 中 after the name of a period."""
    edge = match["edge"] or ""
    month = point.first[0]
    if edge == "初":
        point = point._replace(last=(month, 10), is_loose=True)
    elif edge == "中":
        point = point._replace(last=(month if point.unit == "month" else month + 1, 15), is_loose=True)
    elif edge:
        point = point._replace(is_end=True)
    return Found(point, match.end())


def _numeric(text: str, at: int) -> Found | None:
    """Read 2018-12-31, 2018/12, 2018.6, 20181231, 201812."""
    match = _NUMERIC.match(text, at)
    if not match:
        return None
    year, month = int(match["year"]), int(match["month"] or match["m"])
    if day := int(match["day"] or match["d"] or 0):
        return Found(Point(year, (month, day), (month, day), "day"), match.end())
    if match["day"] or match["d"]:
        return Found(Point(year, (month, 0), (month, 0), "day"), match.end())  # the calendar has no such day
    edge = re.compile("底|末").match(text, match.end())
    doubt = None
    if match["separator"] == "." and match["month"] == "1" and match.end() == len(text):
        doubt = _("{words} may be {words}0, whose last zero a sheet dropped").format(words=match[0])
    point = Point(year, (month, 1), (month, LAST), "month", is_end=bool(edge), doubt=doubt)
    return Found(point, edge.end() if edge else match.end())


def is_era(text: str, at: int) -> bool:
    """Tell whether a five-year plan begins at ``at``."""
    return _era(text, at) is not None


def _era(text: str, at: int) -> Found | None:
    """Read a five-year plan: 十三五 runs 2016–2020, and each of the others in turn."""
    match = _ERA_TENTH.match(text, at)
    plan = 10
    if match is None or text[at : at + 3] == "十五五":
        match = _ERA.match(text, at)
        if match is None or not match["number"]:
            return None
        plan = number(match["number"])
    if not 7 <= plan <= 40:  # noqa: PLR2004 - 七五, the first that anybody still cites
        return None
    first = 1951 + 5 * plan
    end = bool(match["end"])
    if (part := _ERA_PART.match(text, match.end())) and (count := number(part["count"])) < 5:  # noqa: PLR2004 - its years
        begin = first if part["which"] == "前" else first + 5 - count
        return Found(Point(begin, (1, 1), (12, 31), "era", years=count), part.end())
    if match.re is _ERA and match["opening"]:
        return Found(Point(first, (1, 1), (12, 31), "year"), match.end())
    if match.re is _ERA and match["middle"]:
        years = {"前": 2, "初": 2, "中": 3, "后": 5}[match["middle"][0]]
        return Found(Point(first, (1, 1), (12, 31), "era", years=years, is_loose=True), match.end())
    return Found(Point(first, (1, 1), (12, 31), "era", years=5, is_end=end), match.end())
