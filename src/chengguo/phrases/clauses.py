"""The clauses of a schedule: 2018年底前出台方案 | 持续推进, each read by itself.

A clause is a time, what goes before it (力争, 到, 自) and what is to be done by then. What is to be done is
left to the reader; only the time counts.
"""

import re
from typing import NamedTuple

from chengguo.language import _
from chengguo.model import status_from
from chengguo.phrases import points, recurrence
from chengguo.phrases.plain import NUMBER, SEPARATORS, Plain, number
from chengguo.phrases.points import Point


class Span(NamedTuple):
    """A length of time from a day: ``low`` to ``high`` units; ``base`` is whose day, empty for that of issue."""

    low: int
    high: int
    unit: str  # "days", "working days", "weeks", "months", "years"
    base: str


class Clause(NamedTuple):
    """What one clause says. ``kind`` is "time", "window", "start", "span", "recurring", "ongoing", "immediate",
    "event", "dateless", "state", "ditto", or "text" where it says no time."""

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
    has_text: bool = False  # says what is done by then


_LEAD = re.compile(
    r"(?:力争|争取|努力|确保|保证|务必|必须|原则上?|预计|预期|计划|拟|将|应当?|须|需要?|要|最迟|最晚|至迟|不迟于|不晚于|不得晚于|不超过"
    r"|截至|截止|到|至|于|在|由|从|自|约|大约|左右|其中|以后|此后|之后|随后|首先|先|再|并|且|全部|均|各项?|提前至?|"
    r"(?:完成|办结|整改|计划|启动|开始|工作|办理|落实|任务)?(?:时限|时间|期限|节点)(?:要求|安排)?[:为是]?"
    r"|第[一二三四]阶段:?|[A-Za-z]:|[一二三四]是|:|\d{1,2}[.)](?!\d)|[①-⑩]|\([一二三四五\d]\))"
)
_NUMERALS = "\\d一二三四五六七八九十"
# No separator is the comma of a list that names its unit once: 4、5月.
_SEPARATOR = re.compile(
    rf"(?!(?<=[{_NUMERALS}])[、,]第?{NUMBER}(?:[、,和及与]第?{NUMBER})*(?:月|季度|年)(?!内))[{SEPARATORS}]"
)
_STRETCH = re.compile("力争|争取|努力|提前")
_FIRM = re.compile("确保|保证|务必|必须|最迟|最晚|至迟|不迟于|不晚于|不得晚于")
_ABOUT = re.compile("约|左右")
_RANGE = re.compile("(?:起|开始)?[,]?(?:-|至|到|~)")
_BARE_RANGE = re.compile(
    rf"第?(?P<low>{NUMBER})(?:年|月|日|号|季度)?[-至到](?:第)?(?={NUMBER}(?P<unit>年|月|季度|日|号)(?!内))"
)
_YEARS = re.compile(
    r"(?P<first>(?:19|20|21)\d\d)年?[-至到](?P<last>(?:19|20|21)\d\d)(?:年度?)?(?P<end>年?底|年?末)?(?![-./]?\d|年?\d)"
)
_NUMBERS = re.compile(
    rf"(?:第)?(?P<low>{NUMBER})(?=(?:[、,和及与]第?{NUMBER})*[、,和及与]第?{NUMBER}(?P<unit>年|月|季度)(?!内))"
)
_OF_YEAR = re.compile(
    r"(?:(?:19|20|21)\d\d|[一二][〇零一二三四五六七八九]{3})年(?=第?[\d一二三四五六七八九十]+(?:月|季度)?[-至到、,和及与])"
)
_YEARS_EVENT = re.compile(
    rf"(?:{NUMBER}年|[今明本]年)(?=[^\d{SEPARATORS}底末初中年度内上下前第{{}}][^\d{SEPARATORS}底末年月]{{0,8}}?(?:(?<!提)(?<!目)前夕?(?!期)|期间))"
)
_HOUR = re.compile(
    r"(?:(?:上午|中午|下午|晚上?)?\d{1,2}(?::\d\d|[时点](?:\d{1,2}分|整)?)|下班|零[时点]|当[日天])(?=之?前|$)"
)
_AFTERWARDS = re.compile("(?:之|以)?后(?!的?\\d)|以来")
_SUFFIX = re.compile(
    r"(?P<before>(?:之|以)?前(?!后))|(?P<within>(?:之|以)?内|期间|期内|时期|为?止|中(?=$|[,;。、]))"
    r"|(?P<start>(?:开始|起(?![草步点诉])(?:始)?)(?:实施|施行|执行)?)|(?P<about>左右|前后|上下)"
)
_ISSUE = (
    "(?:本|该|此)?(?:行动|实施|工作)?(?:方案|通知|文件|办法|意见|规划|计划|条例|规定|细则|清单|通报|决定|任务书)?(?:正式)?"
    "(?:印发|发布|公布|下发|出台|发文|颁布|发出|成文)"
)
_BASE = re.compile(
    rf"(?:自|从)?(?:(?P<issue>{_ISSUE})(?:之日|之后|当日|日期|日|后)?(?:起|开始|后|始)?|(?P<other>[^\d{SEPARATORS}]{{1,30}}?)(?:之日起?|之后|当日起|后|起))"
)
_FROM_ISSUE = re.compile(
    rf"(?:自|从)?(?:{_ISSUE}(?:之日|当日|日)?(?:起|开始|始)|即日起|即日)(?P<text>(?:起)?(?:实施|施行|执行|生效|开展|推进)?)"
)
_UNIT = "个?工作日|个?自然日|天|日|个?星期|周|个?季度|个半月|个?月|年半|年"
_SPAN = re.compile(
    rf"(?:(?:在|用|于|约)?(?:(?P<low>{NUMBER})(?P<low_unit>{_UNIT})?[-至到])?(?P<high>{NUMBER})(?P<unit>{_UNIT})|(?:在|用)?(?P<half>半)个?(?P<half_unit>[年月]))"
    r"(?:(?:左右)?的?时间)?(?P<suffix>(?:之|以)?内|(?:之|以)?后|左右)?"
)
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
}
_ONGOING = re.compile(
    r"(?:要|需|须|将|并|且|再|同时|此后|之后|以后|后|随后|然后|全面|全年)*"
    r"(?:持续|长期|常态|常年|常抓|经常|滚动|一直|始终|日常|长效|长抓|持之以恒|不断|动态|贯穿|连续|坚持|全年|全程|全过程|永久|无限期|循环)"
)
_NOT_ONGOING = re.compile(
    "(?:持续|长期|常态化?|长效)(?:性)?(?:机制|规划|计划|制度|目标)|连续[\\d一二两三四五六七八九十]"
)
_THEN_ONGOING = re.compile("(?:并|且|后|再|,)(?:要|将|须|需)?(?:持续|长期|常态|常抓|滚动|不断|坚持|动态)")
_IMMEDIATE = re.compile(
    "立即|立行|即知即改|即时|即刻|马上|立查立改|立整立改|即行|边查边改|当即|当场|第一时间|立刻|迅速"
)
_DATELESS = re.compile(
    r"适时|适机|择机|按需|视(?!频)|酌情|待|按(?!月|季|年|周|旬|日|天|半年)|根据|依据|依照|结合|条件(?:成熟|具备|允许)|具备条件|时机成熟|成熟|同步|与.{0,20}(?:同步|一致)|中远期|远期"
    r"|近期|中期|短期|中长期|另行|未定|不定期|定期|随时|TBD|TBC|tbd|N/A|尽快|尽早|抓紧|加快|分期|分批|分步|分阶段|分年度|逐步|稳步|有序|及时|如期|按期|到期|必要时|跟踪|"
    r"深入|统筹|参照|依法|随|暂(?:无|缓|不)|无(?:具体|明确)|推进$|实施$|年度内?$|相机"
)
_EVENT = re.compile(
    rf"(?P<event>[^\d{SEPARATORS}()]{{1,20}}?)(?:(?:之|以)?前夕?|期间|(?:之|以)?后|时)(?P<text>.*)$"
)
_PHASE = re.compile(
    "(?:第[一二三四五]|前期|中期|后期|规划|建设|筹备|准备|设计|实施|验收|收尾|试点|推广|可研|施工|运营|总结)阶段|.{0,12}任期内|.{0,8}(?:节|季|周期|学期|会期|汛期|暑期|寒假|暑假)$"
)
_DITTO = frozenset({"同上", "〃", "″", "同前", "上同", "同上行", "''"})
_NONE = frozenset({"-", "/", "无", "--", "—", "空"})
_STATE = re.compile(
    "(?:已经?|正在|尚未|未|基本)(?:全部|基本)?[\\u4e00-\\u9fff]{1,8}$|(?:推进|进行|实施|办理|整改|建设|落实)中$|(?:整改|落实)到位$"
)
_VERB = re.compile(
    "完成|建成|出台|印发|实现|达|基本|全面|取得|启动|开展|形成|制定|制订|建立|投|开工|竣工|开业|开放|落实|推|组织|举办|召开|发布|报|上报|提交|编制|修订|"
    "初步|正式|力争|争取|确保|整改|办结|销号|验收|交付|上线|试运行|运行|运营|落地|到位|见效|覆盖|培育|新增|建设|建|实施|申报|签|挂牌|评估|总结|结束|"
    "引进|培养|认定|遴选|设立|搭建|打造|构建|健全|完善|优化|提升|增|减|降|达标|清|摸|排查|部署|动员|试点|争创|创建|获|通过|批|审|征求|公布|公开|配|补|改|交|拿出|拨|"
    "全部|各|前期|先行|率先|陆续|分|再|并|且|要|须|应|可|力|均|率|达成|发放|调整|报送|汇总|检查|督查|考核|选|确定|明确|起草|研究|探索|支持|推出|推动|推进|加强|做好|收|移|迁|拆|改造|更新|升级|对接|接入|归集|共享|贯通|开通|启用|使用|转"
)
_CONTRARY = re.compile("不|除|非|未|[早晚]于|超过|若|如|至少|推迟|延期|后")
_LEFT_OVER = re.compile(
    r"\d+[年月日号季/.\-]|\d{3,}|[一二三四五六七八九十]月|[上中下]旬|季度|[上下]半年|年[底末初]"
)


def split(text: str) -> list[tuple[int, int]]:
    """Give the places of the clauses: what stands between commas, semicolons and stops.

    The commas of a list are no ends: 每年6月、12月, 4、5月.
    """
    places, begin = [], 0
    while begin < len(text):
        recurring = recurrence.read(text, begin)
        match = _SEPARATOR.search(text, recurring.end if recurring else begin)
        end = match.start() if match else len(text)
        if end > begin:
            places.append((begin, end))
        begin = end + 1
    return places


def read(plain: Plain, begin: int, end: int, before: Clause | None) -> list[Clause]:
    """Read a clause, which may hold several times: 10月15日及2020年1月15日前.

    ``before`` is the clause before it, whose month carries to a day alone.
    """
    text = plain.text[:end]
    whole = _whole(text, begin, end)
    if whole:
        return [whole]
    at, marks = _leading(text, begin)
    month = before.last.last[0] if before and before.last else None
    found = _timed(text, at, month)
    if (
        found is None
        and (ahead := _further(text, at, first=True)) is not None
        and not _CONTRARY.search(text[at:ahead])
    ):
        # 制度建设6月底前完成: a subject goes before, and the time is marked as a deadline.
        at, marks = _leading(text, ahead)
        found = _timed(text, at, month)
    if found is None:
        return [_untimed(text, begin, at, end)]
    clause = found._replace(
        begin=begin, is_stretch=bool(_STRETCH.search(marks)), is_firm=bool(_FIRM.search(marks))
    )
    if _ABOUT.search(marks):
        clause = clause._replace(doubt=clause.doubt or _("the time is approximate"))
    return _rest(plain, clause, end)


def _whole(text: str, begin: int, end: int) -> Clause | None:
    """Read a clause that is one set phrase."""
    words = text[begin:end]
    if words in _NONE:
        return Clause("none", begin, end)
    if words in _DITTO:
        return Clause("ditto", begin, end)
    if status_from(words) or _STATE.match(words):
        return Clause("state", begin, end)
    if re.fullmatch("每年?|全年(?:工作|任务|推进|实施|开展|落实)?", words) and words.startswith("全年"):
        return Clause("ongoing", begin, end)
    return None


def _leading(text: str, at: int) -> tuple[int, str]:
    """Pass over what goes before a time; give the place after it and the words."""
    begin = at
    while (match := _LEAD.match(text, at)) and match.end() > at:
        if _SPAN_OR_ISSUE.match(text, at) or recurrence.read(text, at):
            break
        at = match.end()
    return at, text[begin:at]


_SPAN_OR_ISSUE = re.compile(rf"(?:自|从)?(?:{_ISSUE})")


def _timed(text: str, at: int, month: int | None) -> Clause | None:
    """Read the time that begins at ``at``: a start, a span, a recurrence, a window, a point."""
    if (
        (event := _YEARS_EVENT.match(text, at))
        and not recurrence.read(text, at)
        and not points.read(text, event.end())
    ):
        return Clause("event", at, len(text))
    return (
        _issue_start(text, at)
        or _recurring(text, at)
        or _span(text, at)
        or _window(text, at, month)
        or _point(text, at, month)
    )


def _issue_start(text: str, at: int) -> Clause | None:
    match = _FROM_ISSUE.match(text, at)
    if match is None or _span(text, at):
        return None
    return Clause("start", at, match.end())


def _recurring(text: str, at: int) -> Clause | None:
    found = recurrence.read(text, at)
    return found and Clause("recurring", at, found.end, rule=found.rule, doubt=found.doubt)


def _span(text: str, at: int) -> Clause | None:
    base = _BASE.match(text, at)
    match = _SPAN.match(text, base.end()) if base else None
    if base is None or match is None:
        base, match = None, _SPAN.match(text, at)
    if match is None:
        return None
    span = _length(match, (base["other"] or "").lstrip("自从") if base else "")
    suffix = match["suffix"] or ""
    explicit = bool(
        base
        or suffix
        or match["half"]
        or "个" in (match["unit"] or "")
        or "时间" in match[0]
        or (match["unit"] or "") in {"天", "工作日", "周", "年半"}
    )
    if span is None or not (explicit or _is_bare_years(match, text)):
        return None
    if suffix.endswith("后"):
        return Clause("dateless", at, match.end(), doubt=_("it says after when, not by when"))
    doubt = _("the time is approximate") if suffix == "左右" or "左右" in match[0] else None
    return Clause("span", at, match.end(), span=span, doubt=doubt)


def _is_bare_years(match: re.Match[str], text: str) -> bool:
    """Tell whether it is 三年 alone, and not a year such as 18年, nor a day or month such as 3日."""
    return (
        match["unit"] == "年"
        and number(match["high"]) <= 10
        and (match.end() == len(text) or bool(match["low"]))
    )  # noqa: PLR2004 - years that a plan may run


def _length(match: re.Match[str], base: str) -> Span | None:
    if match["half"]:
        return Span(0, 6, "months", base) if match["half_unit"] == "年" else Span(0, 15, "days", base)
    high, unit = number(match["high"]), match["unit"].removeprefix("个")
    low = number(match["low"]) if match["low"] else 0
    if unit == "年半":
        return Span(0, 12 * high + 6, "months", base)
    if unit == "半月":
        return Span(0, high, "months and a half", base)
    if high > 200 or (match["low"] and low >= high):  # noqa: PLR2004 - a year such as 2018年 is no length
        return None
    name, size = _SPAN_UNITS[unit]
    return Span(low * size, high * size, name, base)


def _window(text: str, at: int, month: int | None) -> Clause | None:
    """Read 2018年6月-2019年6月, 6-9月, 2017-2020: from a period to a period."""
    if match := _YEARS.match(text, at):
        first, last = (Point(int(match[name]), (1, 1), (12, 31), "year") for name in ("first", "last"))
        return _suffixed(text, Clause("window", at, match.end(), first, last._replace(is_end=True)))
    if (year := _OF_YEAR.match(text, at)) and (found := _window(text, year.end(), None)):
        return _in_year(found, at, year[0])
    if (
        (match := _BARE_RANGE.match(text, at))
        and not points.read(text, at)
        and (first := _of_unit(match["low"], match["unit"], month))
    ):
        found = points.read(text, match.end(), carried_month=month)
        if (
            found
            and not _SPAN.match(text, at, match.end() + 6)
            or (found and match["unit"] in "年月日号季度")
        ):
            return _suffixed(text, Clause("window", at, found.end, first, found.point))
    start = points.read(text, at, carried_month=month)
    match = start and _RANGE.match(text, start.end)
    last = match and start and points.read(text, match.end(), carried_month=start.point.last[0])
    if start and match and not last:
        bare = re.compile(NUMBER).match(text, match.end())
        if bare and start.point.unit == "day" and (bare.end() == len(text)):
            day = (start.point.last[0], number(bare[0]))
            last = points.Found(Point(None, day, day, "day"), bare.end())
    if start and last:
        return _suffixed(text, Clause("window", at, last.end, start.point, last.point))
    return None


def _in_year(clause: Clause, at: int, words: str) -> Clause:
    """Give a clause that says no year the one before it: 2024年 before 1-12月."""
    year = points.read(words, 0)
    if year is None or clause.first is None:
        return clause
    first = clause.first._replace(year=year.point.year)
    return clause._replace(begin=at, first=first, last=first if clause.last is clause.first else clause.last)


def _of_unit(digits: str, unit: str, month: int | None) -> Point | None:
    """Give the point that a number stands for before a dash, in the unit that the other end names."""
    words = f"{digits}{unit}" if unit != "季度" else f"{digits}季度"
    found = points.read(words, 0, carried_month=month)
    return found.point if found and found.end == len(words) else None


def _point(text: str, at: int, month: int | None) -> Clause | None:
    if (year := _OF_YEAR.match(text, at)) and _NUMBERS.match(text, year.end()):
        clause = _point(text, year.end(), None)
        return clause and _in_year(clause, at, year[0])
    if match := _NUMBERS.match(text, at):
        point = _of_unit(match["low"], match["unit"], month)
        return Clause("time", at, match.end(), point, point) if point else None
    found = points.read(text, at, carried_month=month)
    if found is None:
        bare = re.compile(r"(?:19|20|21)\d\d(?=前|内|$)").match(text, at)
        if bare is None:
            return None
        found = points.Found(Point(int(bare[0]), (1, 1), (12, 31), "year"), bare.end())
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


def _rest(plain: Plain, clause: Clause, end: int) -> list[Clause]:
    """Read what follows a time: standing work in it, another time, or what is to be done."""
    text, at = plain.text[:end], clause.end
    if at >= end:
        return [clause._replace(end=end)]
    if match := re.compile("以?及|[和与、,]|并[于在]").match(text, at):
        further = read(plain, match.end(), end, clause)
        if further and further[0].kind in {"time", "window", "span"}:
            return [clause, *further]
    if clause.kind == "start":
        onward = re.compile("[,]?[-至到]?").match(text, at)
        at = onward.end() if onward else at
        if (span := _span(text, at)) and span.span and not span.span.base:
            return _rest(plain, span._replace(begin=clause.begin, first=clause.first, last=clause.first), end)
        if recurrence.read(text, at) or points.read(text, at):
            return [clause, *read(plain, at, end, clause)]
    if clause.kind == "window" and recurrence.read(text, at):
        return [clause._replace(is_ongoing=True), *read(plain, at, end, clause)]
    if _ONGOING.match(text, at) and not _NOT_ONGOING.match(text, at):
        return [clause._replace(end=end, is_ongoing=True)]
    clause = clause._replace(has_text=True)
    further = _further(text, at)
    then = _THEN_ONGOING.search(text, at)
    if further is not None:
        return [clause._replace(end=further), *read(plain, further, end, clause)]
    if then:
        return [clause._replace(end=then.start()), Clause("ongoing", then.start(), end)]
    return [_judged(text, clause, end)]


def _judged(text: str, clause: Clause, end: int) -> Clause:
    """Take what is to be done by the time, where it is nothing that changes the time."""
    words = text[clause.end : end]
    if not _VERB.match(words) and (_LEFT_OVER.search(words) or words.startswith(("或", "/", "-"))):
        doubt = clause.doubt or _("the words '{words}' were left aside").format(words=words)
        return clause._replace(end=end, doubt=doubt)
    plain_end = clause.is_before or clause.kind != "time" or (clause.last is not None and clause.last.is_end)
    if not plain_end and not _VERB.match(words) and clause.kind == "time":
        doubt = clause.doubt or _("the words '{words}' were left aside").format(words=words)
        clause = clause._replace(doubt=doubt)
    return clause._replace(end=end)


def _further(text: str, at: int, *, first: bool = False) -> int | None:
    """Find the next time that is marked as a deadline (…前, …内), after other words; None where none is."""
    begin = at + 1 if first else at
    for match in re.finditer(
        rf"(?<![\d〇零一二三四五六七八九十第])(?:{NUMBER}|[上下]半年|年[底末]|第)", text[begin:]
    ):
        place = begin + match.start()
        found = _span(text, place) or _window(text, place, None) or _point(text, place, None)
        if found and found.kind in {"time", "window", "span"}:
            marked = (
                found.is_before
                or re.search("内$", text[place : found.end])
                or (first and found.last and (found.last.is_end or found.last.unit == "day"))
            )
            if marked:
                return place
    return None


def _untimed(text: str, begin: int, at: int, end: int) -> Clause:
    """Tell what a clause without a time says: standing work, no day at all, an event, or only text."""
    words = text[at:end]
    if _ONGOING.match(words) and not _NOT_ONGOING.match(words):
        return Clause("ongoing", begin, end)
    if _IMMEDIATE.match(words):
        return Clause("immediate", begin, end)
    original = text[begin:end]
    if _DATELESS.match(original) or _DATELESS.match(words):
        return Clause("dateless", begin, end)
    if _PHASE.match(words):
        return Clause("event", begin, end)
    if (match := _EVENT.match(words)) and not _LEFT_OVER.search(words):
        kind = (
            "event" if re.match(".*(?:前夕?|期间)", words[: len(words) - len(match["text"])]) else "dateless"
        )
        return Clause(kind, begin, end)
    if then := _THEN_ONGOING.search(words):
        return Clause("ongoing", begin + then.start(), end)
    left = _LEFT_OVER.search(original)
    return Clause(
        "text",
        begin,
        end,
        doubt=_("the words '{words}' were not read").format(words=original) if left else None,
    )
