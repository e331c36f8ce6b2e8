"""Recurring schedules (每月28日前, 每季度末, 每年6月、12月) as rules of RFC 5545, section 3.3.10."""

import re
from datetime import date, datetime, time
from typing import NamedTuple

from chengguo.language import _
from chengguo.phrases import points
from chengguo.phrases.plain import NUMBER, number

_EVERY = re.compile(
    rf"(?:在|于|自|从)?(?:每(?:隔)?个?(?P<count>{NUMBER})?个?|(?:按|逐|以)(?:自然)?|(?P<one>一)(?=[月季年周]度?一)|每?逢(?=[双单]月))"
    r"(?P<unit>半年度?|半个?月|双月|单月|年度?|季度?|月度?|周|星期|旬|工作日|日|天)(?!度?(?:计划|安排|方案|要求|目标))"
)
# 季度调度, 月报: a period and what is done in each; and periods after the one that is reported on.
_BARE = re.compile(
    "(?P<unit>半年|半月|双月|单月|年|季|月|周)度?(?=调度|通报|报告|报送|报表|小结|会商|督查|督办|例会|分析|评估|一?次)"
    "|(?P<next>次月|下月|次季度?|下季度?)(?=.{0,3}[0-9一二三四五六七八九十]{1,3}[日号])"
)
_AFTER = re.compile("(?:结束|终了|期满|过)?(?:之|以)?后的?|次月|下月|下一?个?(?:月|季度)")
_NTH_MONTH = re.compile(f"(?:的?第(?P<nth>{NUMBER})个?月|(?P<first>首个?月)|(?P<last>(?:末|最后一?)个?月))")
_DAYS = re.compile(rf"(?P<day>{NUMBER})(?:[日号]|个?(?P<working>工作日)|天|(?=前|内|[、和及至,-]))|月?[底末]")
_JOIN = re.compile("[、,和及与]|以及")
_TO = re.compile("[-至到]")
_THIRD = re.compile("(?:[上中](?=[中下]旬))?(?P<third>[上中下])旬")
_EDGE = re.compile("(?:月|季|年|周|度)?(?:底|末|终)")
_BEGIN = re.compile("(?:月|季|年|周)?初")
_WEEKDAY = re.compile("[、,和及至到-]?(?:每?周|每?星期)?(?P<day>[一二三四五六日天])(?!个|项|件)")
# 每周一 is Monday, 每周一次 and 每周一报 are once a week, 每周一调度 may be either.
_ONCE = re.compile("一(?:次|[期篇批报调督通研查清结会议评](?=$|[,;。、]))")
_OR_ONCE = re.compile("一(?!$|[,;。、和及至到-]|(?:之|以)?前|[上下中]午|早|下班|上报|报送|报告|提交)")
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_SIZES = {"月": 1, "月度": 1, "季": 3, "季度": 3, "半年": 6, "半年度": 6}  # in months
_MONTHS = {"双月": "2,4,6,8,10,12", "单月": "1,3,5,7,9,11"}
_RULES = {
    "半月": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "半个月": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "旬": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "工作日": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "日": "FREQ=DAILY",
    "天": "FREQ=DAILY",
}
_WORKING = re.compile(rf"(?:第|前|后|最后|末)?{NUMBER}?个?工作日")
_EVENT = re.compile(
    r"(?:元旦|三八|五一|六一|七一|八一|十一|双十一)(?:前夕?|期间)|[^\d一二三四五六七八九十底末初上中下首第前内,;。、]{1,10}(?:前夕?|期间)"
)
_SEVERAL = re.compile("各.{0,6}次|(?:至少|不少于|开展|组织|召开|进行)*(?:[2-9]|[二两三四五六七八九十])次")
_HALVES = re.compile("上[、和及]?(?:半年[、和及])?下半年(?=各|分别)")
_SUFFIX = re.compile("(?:之|以)?(?:前|内|中)")


class Recurrence(NamedTuple):
    """How often and on which last day: ``rule`` as RFC 5545 has it, None where it has no rule of its own."""

    rule: str | None
    doubt: str | None
    end: int


def read(text: str, at: int) -> Recurrence | None:
    """Read the recurrence that begins at ``at``; None where none does."""
    if halves := _HALVES.match(text, at):
        return _finished(text, halves.end(), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1")
    match = _EVERY.match(text, at) or _BARE.match(text, at)
    if match is None:
        return None
    if match.re is _BARE and match["next"]:
        return _next(text, match)
    unit = match["unit"]
    count = number(match["count"]) if match.re is _EVERY and match["count"] else 1
    if count == 0:
        return None
    found = _in_unit(text, match.end(), unit)
    if count > 1 and found.rule:
        return _sparser(found, count)
    return found


def _next(text: str, match: re.Match[str]) -> Recurrence:
    """Read 次月10日前, of each month; 下月 may be the next one only."""
    found = _months(text, match.end(), 1 if "月" in match["next"] else 3, after=True)
    if match["next"].startswith("下"):
        return found._replace(doubt=found.doubt or _("it may mean the next one only"))
    return found


def following(rule: str, day: date, last: date | None = None) -> date | None:
    """Give the first day of a rule after ``day``, up to ``last``.

    None where there is none, and for every second or third period: from which one on is not said.
    """
    if "INTERVAL" in rule:
        return None
    from dateutil.rrule import rrulestr  # takes its time to load

    found = rrulestr(rule, dtstart=datetime.combine(day, time.min)).after(datetime.combine(day, time.min))
    return found.date() if found and (last is None or found.date() <= last) else None


def _sparser(found: Recurrence, count: int) -> Recurrence:
    """Take every second, third … of the periods: from which one on, the words do not say."""
    rule = re.sub("^(FREQ=[A-Z]+)", rf"\1;INTERVAL={count}", found.rule or "")
    if "BYMONTH=3,6,9,12;" in rule:
        rule = rule.replace("FREQ=YEARLY;", "FREQ=MONTHLY;").replace(
            f"INTERVAL={count}", f"INTERVAL={3 * count}"
        )
        rule = rule.replace("BYMONTH=3,6,9,12;", "")
    return found._replace(rule=rule, doubt=_("it is not said from which period on they are counted"))


def _in_unit(text: str, at: int, unit: str) -> Recurrence:
    """Read what follows the unit: on which days of it."""
    if unit in _SIZES:
        return _months(text, at, _SIZES[unit])
    if unit.startswith("年"):
        return _yearly(text, at)
    if unit in _MONTHS:
        return _on_days(text, at, f"FREQ=YEARLY;BYMONTH={_MONTHS[unit]};")
    if unit in {"周", "星期"}:
        return _weekly(text, at)
    return _finished(text, at, _RULES[unit])


def _weekly(text: str, at: int) -> Recurrence:
    """Read the days of the week after 每周: 五, 一、周四, 一至周五; its last where none is named."""
    if once := _ONCE.match(text, at):
        return _finished(text, once.end(), "FREQ=WEEKLY;BYDAY=SU")
    doubt = _("it may mean once a week") if _OR_ONCE.match(text, at) else None
    days: list[str] = []
    while match := _WEEKDAY.match(text, at):
        if days and match.start() == match.start("day"):
            break
        if days and match[0][0] in "至到-":
            days.pop()
            doubt = _("it may mean each of these days; read as the last")
        days.append(_WEEKDAYS[match["day"]])
        at = match.end()
    return _finished(text, at, f"FREQ=WEEKLY;BYDAY={','.join(days or ['SU'])}", doubt)


def _months(text: str, at: int, size: int, *, after: bool = False) -> Recurrence:
    """Read what follows 每月, 每季度, 每半年: which month of the period, which days of that month."""
    place = size
    if match := None if after else _AFTER.match(text, at):
        after, at = True, match.end()
    if after:
        place = 1
    if size > 1 and (match := _NTH_MONTH.match(text, at)):
        place = size if match["last"] else 1 if match["first"] else number(match["nth"])
        at = match.end()
        if place > size:
            return Recurrence(None, _("the calendar has no such day"), at)
    months = ",".join(str(month) for month in range(place, 13, size))
    if size == 1:
        return _on_days(text, at, "FREQ=MONTHLY;", day_needed=after)
    return _on_days(text, at, f"FREQ=YEARLY;BYMONTH={months};", day_needed=after)


def _on_days(text: str, at: int, head: str, *, day_needed: bool = False) -> Recurrence:  # noqa: PLR0911 - a return a kind
    """Read the days of the month, its last where none is named."""
    if match := _WORKING.match(text, at):
        return Recurrence(None, _("working days need a calendar of holidays"), match.end())
    if match := _THIRD.match(text, at):
        return _finished(
            text, match.end(), head + f"BYMONTHDAY={ {'上': 10, '中': 20, '下': -1}[match['third']] }"
        )
    if match := _BEGIN.match(text, at):
        found = _finished(text, match.end(), head + "BYMONTHDAY=10")
        return found._replace(doubt=_("'{words}' names no one day; read as the 10th").format(words=match[0]))
    if match := _EVENT.match(text, at):
        return Recurrence(None, _("it is an event, and its day is not known"), match.end())
    days, end = _listed_days(text, at)
    if not days:
        edge = _EDGE.match(text, at)
        doubt = _("it is not said on which day") if day_needed and not edge else None
        return _finished(text, edge.end() if edge else at, head + "BYMONTHDAY=-1", doubt)
    if not all(1 <= day <= 31 for day in days):  # noqa: PLR2004 - days
        return Recurrence(None, _("the calendar has no such day"), end)
    return _finished(text, end, head + _by_day(days), are_named=True)


def _listed_days(text: str, at: int) -> tuple[list[int], int]:
    """Read 10日、25日 and 1日至5日, of which the last day counts."""
    days: list[int] = []
    while match := _DAYS.match(text, at):
        if match["working"]:
            break
        days.append(number(match["day"]) if match["day"] else 31)
        at = match.end()
        join, to = _JOIN.match(text, at), _TO.match(text, at)
        if to and _DAYS.match(text, to.end()):
            days.pop()
            at = to.end()
        elif join and _DAYS.match(text, join.end()):
            at = join.end()
        else:
            break
    return days, at


def _by_day(days: list[int]) -> str:
    """Give the days' part of a rule. A month without a 29th, 30th or 31st ends on its last day."""
    if len(days) == 1 and days[0] > 28:  # noqa: PLR2004 - days of February
        if days[0] == 31:  # noqa: PLR2004 - days
            return "BYMONTHDAY=-1"
        return f"BYMONTHDAY={','.join(map(str, range(28, days[0] + 1)))};BYSETPOS=-1"
    return "BYMONTHDAY=" + ",".join(str(-1 if day == 31 else day) for day in days)  # noqa: PLR2004 - days


def _yearly(text: str, at: int) -> Recurrence:
    """Read the points of the year after 每年: 12月底前, 6月、12月, 3月15日和9月15日."""
    if match := _AFTER.match(text, at):
        at = match.end()
        months = points.read(text, at)
        if months is None:
            return Recurrence(None, _("it is not said on which day"), at)
    found: list[tuple[int, int]] = []
    loose = False
    at += text.startswith("的", at)
    while (point := points.read(text, at)) and point.point.year is None:
        loose = loose or point.point.is_loose
        found.append(point.point.last)
        suffix = _SUFFIX.match(text, point.end)
        at = suffix.end() if suffix else point.end
        join, to = _JOIN.match(text, at), _TO.match(text, at)
        if to and points.read(text, to.end()):
            found.pop()
            at = to.end()
        elif join and points.read(text, join.end()):
            at = join.end()
        else:
            break
    if not found and (match := _EVENT.match(text, at)):
        return Recurrence(None, _("it is an event, and its day is not known"), match.end())
    return _in_year(text, at, found, loose=loose)


def _in_year(text: str, at: int, found: list[tuple[int, int]], *, loose: bool) -> Recurrence:
    are_named, found = bool(found), found or [(12, 31)]
    months = [month for month, _day in found]
    days = {
        -1
        if (month, day) in {(m, 31) for m in (1, 3, 5, 7, 8, 10, 12)} | {(m, 30) for m in (4, 6, 9, 11)}
        else day
        for month, day in found
    }
    if not all(1 <= month <= 12 for month in months) or not all(day == -1 or 1 <= day <= 31 for day in days):  # noqa: PLR2004
        return Recurrence(None, _("the calendar has no such day"), at)
    if len(days) > 1:
        return Recurrence(None, _("its days of different months make no single rule"), at)
    by_month = ",".join(map(str, sorted(set(months))))
    doubt = _("it names no one day") if loose else None
    rule = f"FREQ=YEARLY;BYMONTH={by_month};BYMONTHDAY={days.pop()}"
    return _finished(text, at, rule, doubt, are_named=are_named)


def _finished(
    text: str, at: int, rule: str, doubt: str | None = None, *, are_named: bool = False
) -> Recurrence:
    """Take in a 前 or 内 that follows; a number of times says nothing of the days, where none is named."""
    if match := _SUFFIX.match(text, at):
        at = match.end()
    if not are_named and _SEVERAL.match(text, at):
        doubt = doubt or _("it is said how many times, not on which days")
    return Recurrence(rule, doubt, at)
