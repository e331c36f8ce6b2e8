"""The clauses of a schedule: 2018年底前出台方案 | 持续推进, each read by itself.

A clause is a time, what goes before it (力争, 到, 自) and what is to be done by then. What is to be done is
left to the reader; only the time counts.
"""

import re

from chengguo.language import _
from chengguo.model import status_from
from chengguo.phrases import points, recurrence, times
from chengguo.phrases.plain import NUMBER, SEPARATORS, Plain, is_ditto
from chengguo.phrases.times import Clause

_LEAD = re.compile(
    r"(?:力争|争取|努力|确保|保证|务必|必须|原则上?|预计|预期|计划|暂定|初定|拟定?|将|应当?|须|需要?|要|最迟|最晚|至迟|不迟于|不晚于|不得晚于|不超过"
    r"|截至|截止|到|至|于|在|由|从|自|约|大约|左右|整个|其中|以后|此后|之后|随后|首先|先|再|并|且|全部|均|各项?|提前至?|"
    r"(?:完成|办结|整改|计划|启动|开始|工作|办理|落实|任务)?(?:时限|时间|期限|节点)(?:要求|安排)?[:为是]?"
    r"|第[一二三四]阶段:?|分?[两三]步走:?|[A-Za-z]:|[一二三四]是|:|\d{1,2}[.)](?!\d)|•|\d{1,2}[.)](?=\d{1,2}月)|\([一二三四五\d]\))"
)
_NUMERALS = "\\d一二三四五六七八九十"
# No separator is the comma of a list that names its unit once: 4、5月.
_SEPARATOR = re.compile(
    rf"(?!(?<=[{_NUMERALS}])[、,]第?{NUMBER}(?:[、,和及与]第?{NUMBER})*(?:月|季度|年)(?!内))[{SEPARATORS}]"
)
_AND = re.compile("以?及|[和与、,]|并[于在]")
_FOR_LONG = re.compile("[-至到](?=长期|持续|今后|以后)")
_ONWARD = re.compile("[,]?[-至到]?")
STRETCH = re.compile("力争|争取|努力|提前")
_OUTER = re.compile("最迟|最晚|至迟|不迟于|不晚于|不超过")
_FIRM = re.compile("确保|保证|务必|必须|最迟|最晚|至迟|不迟于|不晚于|不得晚于")
_ABOUT = re.compile("约|左右|暂定|初定")
_ONGOING = re.compile(
    r"(?:要|需|须|将|并|且|再|同时|此后|之后|以后|后|随后|然后|全面|全年)*"
    r"(?:持续|长期|常态|常年|常抓|经常|不间断|滚动|赓续|賡續|边查边改|一直|始终|日常|长效|长抓|持之以恒|不断|动态|贯穿|连续|坚持|全年|全程|全过程|永久|无限期|循环)"
)
_ALL_YEAR = re.compile("全年(?:工作|任务|推进|实施|开展|落实)?")
_NOT_ONGOING = re.compile(
    "(?:持续|长期|常态化?|长效)(?:性)?(?:机制|规划|计划|制度|目标)|连续[\\d一二两三四五六七八九十]"
)
_STEADY = re.compile("(?:有序|稳步|扎实|滚动)推进$")
_THEN_ONGOING = re.compile("(?:并|且|后|再|,)(?:要|将|须|需)?(?:持续|长期|常态|常抓|滚动|不断|坚持|动态)")
_IMMEDIATE = re.compile(
    "(?:印发|发布|公布|下发)(?:之日|之后|后)?(?:即|立即)|立即|立行|即[知查到接]即[改办整]|即时|即刻|马上|立查立改|立整立改|即行|当即|当场|第一时间|立刻|迅速"
)
_DATELESS = re.compile(
    r"适时|适机|择机|按需|视(?!频)|酌情|待|按(?!(?:月|季|年|周|旬|日|天|半年)度?(?!度?(?:计划|安排|方案|要求|目标)))|根据|依据|依照|结合|条件(?:成熟|具备|允许)|具备条件|时机成熟|成熟|同步|与.{0,20}(?:同步|一致)|中远期|远期"
    r"|近期|中期|短期|中长期|另行|未定|不定期|定期|随时|TBD|TBC|tbd|尽快|尽早|抓紧|加快|分期|分批|分步|分阶段|分年度|逐步|稳步|有序|及时|如期|按期|到期|必要时|跟踪|"
    r"深入|统筹|参照|依法|随|暂(?:无|缓|不)|无(?:具体|明确)|推进$|实施$|年度内?$|相机"
)
_EVENT = re.compile(
    rf".{{0,10}}\d{{1,3}}周年.{{0,10}}前|[^\d{SEPARATORS}()]{{1,20}}?(?:(?:之|以)?前夕?(?!期|瞻|沿|景|提)|期间)"
)
_CONDITION = re.compile(rf"(?![今以此之然随最]后)[^\d{SEPARATORS}()]{{1,20}}?(?:(?:之|以)?后|时)")
_PHASE = re.compile(
    "(?:第[一二三四五]|前期|中期|后期|规划|建设|筹备|准备|设计|实施|验收|收尾|试点|推广|可研|施工|运营|总结)阶段|.{0,12}任期内|.{0,8}(?:节|季|周期|学期|会期|汛期|暑期|寒假|暑假)$"
)
_NONE = frozenset(
    {
        "-",
        "/",
        "\\",
        "N/A",
        "n/a",
        "NA",
        "不涉及",
        "无",
        "--",
        "—",
        "空",
        "未载明",
        "未注明",
        "未明确",
        "没有",
    }
)
_STATE = re.compile(
    "(?:已经?|正在|尚未|未|基本)(?:全部|基本)?[\\u4e00-\\u9fff]{1,8}$|(?:推进|进行|实施|办理|整改|建设|落实)中$|(?:整改|落实)到位$|(?:超期|逾期)(?:未完成)?$"
    r"|(?!.*前).{0,15}已(?:经|于|在)?.{0,12}(?:完成|办结|销号|整改|建成|印发|出台|实施|启动|到位)"
)
_VERB = re.compile(
    "完成|建成|出台|印发|实现|达|基本|全面|取得|启动|开展|形成|制定|制订|建立|投|开工|竣工|开业|开放|落实|推|组织|举办|召开|发布|报|上报|提交|编制|修订|"
    "安装|调试|目标|下降|上升|提高|压减|减少|保持|稳定|突破|超|累计|比|较|已|"
    "初步|正式|力争|争取|确保|整改|办结|销号|验收|交付|上线|试运行|运行|运营|落地|到位|见效|覆盖|培育|新增|建设|建|实施|申报|签|挂牌|评估|总结|结束|"
    "引进|培养|认定|遴选|设立|搭建|打造|构建|健全|完善|优化|提升|增|减|降|达标|清|摸|排查|部署|动员|试点|争创|创建|获|通过|批|审|征求|公布|公开|配|补|改|交|拿出|拨|"
    "全部|各|前期|先行|率先|陆续|分|再|并|且|要|须|应|可|力|均|率|达成|发放|调整|报送|汇总|检查|督查|考核|选|确定|明确|起草|研究|探索|支持|推出|推动|推进|加强|做好|收|移|迁|拆|改造|更新|升级|对接|接入|归集|共享|贯通|开通|启用|使用|转"
)
_CONTRARY = re.compile("比|较|不|除|非|未|[早晚]于|超过|若|如|至少|推迟|延期|后")
_TIME_BEGINS = re.compile(rf"(?<![A-Za-z.\d零一二三四五六七八九十第])(?:{NUMBER}|[上下]半年|年[底末]|第)")
_EACH = re.compile(
    r"(?:各|分别).{0,4}次|(?:开展|组织|召开|进行|报送|不少于|至少)*(?:[2-9]|[1-9]\d|[二两三四五六七八九十])次"
)
_NUMBER_GOES_ON = re.compile(r"[-./T:]?\d[\d:.TZ+-]*")
_LUNAR = re.compile("农历|阴历|旧历|腊月|正月|三月三")
_RATE = re.compile(
    rf"{NUMBER}(?:个?工作)?[日天小时]{{1,2}}内?(?:办结|响应|答复|办理|完成|满意|处置).{{0,3}}率"
)
_MAY_MOVE = re.compile(
    "(?:可以?|如|若|视|遇|经.{0,6}(?:批准|同意)|确有).{0,12}(?:[延宽]|推迟).*|(?:自动)?顺延(?!至|到).*"
)
_MOVED_BY = re.compile(rf"(?:提前|推迟|延期|延长|延后)(?:{NUMBER}个?[年月日天周]|半[年个])")
_MOVED_TO = re.compile(
    "(?:延期?|顺延|延长|推迟|延后|调整|变更|(?<!整)改)(?:至|到|为)|(?<!.)提前(?:至|到)|提前至"
)
_ORIGINAL = re.compile("[比较]?原(?:计划|定|规定|来|先|为)")
_DONE = re.compile(
    "(?:全面|基本|全部|力争|确保|率先)*(?:完成|建成|实现|达|启动|开工|竣工|投|出台|印发|覆盖|取得)"
)
_TARGET = re.compile(
    "(?:压缩|缩短|压减|减少|精简|降|控制|缩减|提速|限制|办结时限|办理时间)[^,;]{0,8}(?:至|到|在|为)?$"
)
_FORBIDDEN = re.compile("(?:不得|不准|不再|严禁|禁止|暂停|一律不)")
_REACHED = re.compile("完成|建成|实现|达到|下降|上升|增长|提高|降低|减少|超过|覆盖|翻")
_LEFT_OVER = re.compile(
    r"\d+[年月日号季]|\d个月|(?:期|时间?|为)[一二三四五六七八九十两半]+个月|(?<![A-Za-z])\d+[-/.]\d+(?![\d.]*[%万亿千公米家个项人元吨度户台套所亩])|(?:19|20)\d\d|[一二三四五六七八九十]月|[上中下]旬|季度|[上下]半年|年[底末初]"
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
    if whole := _whole(text, begin, end):
        return [whole]
    if moved := _moved(plain, begin, end, before):
        return moved
    at, marks = _leading(text, begin)
    month = before.last.last[0] if before and before.last else None
    found = times.read(text, at, month)
    if (
        found is None
        and (ahead := _further(text, at, first=True)) is not None
        and not _CONTRARY.search(text[at:ahead])
    ):
        # 制度建设6月底前完成: a subject goes before, and the time is marked as a deadline.
        subject = text[at:ahead]
        at, marks = _leading(text, ahead)
        found = times.read(text, at, month)
        if found and _LEFT_OVER.search(subject):
            doubt = found.doubt or _("the words '{words}' were left aside").format(words=subject)
            found = found._replace(doubt=doubt)
    if found is None:
        return [_untimed(text, begin, at, end)]
    clause = found._replace(
        begin=begin, is_stretch=bool(STRETCH.search(marks)), is_firm=bool(_FIRM.search(marks))
    )
    if before and before.kind == "time" and not before.is_stretch and _OUTER.search(marks):
        clause = clause._replace(doubt=clause.doubt or _("it aims at an earlier day; the last one counts"))
    if _ABOUT.search(marks):
        clause = clause._replace(doubt=clause.doubt or _("the time is approximate"))
    return _rest(plain, clause, end)


def _whole(text: str, begin: int, end: int) -> Clause | None:
    """Read a clause that is one set phrase."""
    words = text[begin:end]
    if words in _NONE:
        return Clause("none", begin, end)
    if is_ditto(words):
        return Clause("ditto", begin, end)
    if status_from(words) or _STATE.match(words):
        return Clause("state", begin, end)
    if _ALL_YEAR.fullmatch(words):
        return Clause("ongoing", begin, end)
    if _LUNAR.search(words):
        return Clause("event", begin, end)
    return Clause("text", begin, end) if _RATE.match(words) else None


def _moved(plain: Plain, begin: int, end: int, before: Clause | None) -> list[Clause] | None:
    """Read a deadline that was moved: to a day, which counts; by a length of time; or on a condition."""
    words = plain.text[begin:end]
    if match := _MAY_MOVE.search(words):
        doubt = _("it may be moved: '{words}'").format(words=match[0])
        aside = Clause("text", begin + match.start(), end, doubt=doubt)
        return [*(read(plain, begin, begin + match.start(), before) if match.start() else []), aside]
    if _MOVED_BY.search(words):
        doubt = _("it says by how much a deadline is moved, not to when")
        return [Clause("dateless", begin, end, doubt=doubt)]
    if match := _MOVED_TO.search(words):
        found = read(plain, begin + match.end(), end, before)
        return [found[0]._replace(begin=begin), *found[1:]] if found[0].kind != "text" else None
    return [Clause("text", begin, end)] if _ORIGINAL.match(words) else None


def _leading(text: str, at: int) -> tuple[int, str]:
    """Pass over what goes before a time; give the place after it and the words."""
    begin = at
    while (match := _LEAD.match(text, at)) and match.end() > at:
        if times.ISSUED.match(text, at) or recurrence.read(text, at):
            break
        at = match.end()
    return at, text[begin:at]


def _rest(plain: Plain, clause: Clause, end: int) -> list[Clause]:
    """Read what follows a time: another time, standing work in it, or what is to be done."""
    text, at = plain.text[:end], clause.end
    if at >= end or text.startswith("或", at):
        return [_judged(text, clause, end) if at < end else clause._replace(end=end)]
    if joined := _joined(plain, clause, end):
        return joined
    if _STEADY.match(text, at) or (_ONGOING.match(text, at) and not _NOT_ONGOING.match(text, at)):
        return [clause._replace(end=end, is_ongoing=True)]
    if (further := _further(text, at)) is not None:
        return [clause._replace(end=further), *read(plain, further, end, clause)]
    if then := _THEN_ONGOING.search(text, at):
        return [clause._replace(end=then.start()), Clause("ongoing", then.start(), end)]
    return [_judged(text, clause, end)]


def _joined(plain: Plain, clause: Clause, end: int) -> list[Clause] | None:
    """Read the time that is joined to one: 6月30日和12月31日, 2018年起每年, 2018年6月1日起30日内."""
    text, at = plain.text[:end], clause.end
    if match := _AND.match(text, at):
        following = read(plain, match.end(), end, clause)
        if following and following[0].kind in {"time", "window", "span"}:
            return [clause, *following]
    if clause.kind == "start":
        onward = _ONWARD.match(text, at)
        at = onward.end() if onward else at
        if (span := times.span(text, at)) and span.span and not span.span.base:
            return _rest(plain, span._replace(begin=clause.begin, first=clause.first, last=clause.first), end)
        if recurrence.read(text, at) or points.read(text, at):
            return [clause, *read(plain, at, end, clause)]
    if match := _FOR_LONG.match(text, at):
        return [clause._replace(kind="start"), Clause("ongoing", match.end(), end)]
    whole_years = clause.last is not None and clause.last.unit == "year" and not clause.is_before
    if (clause.kind == "window" or whole_years) and recurrence.read(text, at):
        return [clause._replace(is_ongoing=True), *read(plain, at, end, clause)]
    return None


def _judged(text: str, clause: Clause, end: int) -> Clause:
    """Take what is to be done by the time, where it is nothing that changes the time."""
    words = text[clause.end : end].lstrip(":")
    if _FORBIDDEN.match(words):
        return Clause("text", clause.begin, end, doubt=_("it says what may not be done by then"))
    if words.startswith("已"):
        clause = clause._replace(doubt=clause.doubt or _("it may report what has been done"))
    if _EACH.match(words):
        return clause._replace(
            end=end, doubt=clause.doubt or _("it is said how many times, not on which days")
        )
    if _NUMBER_GOES_ON.fullmatch(words):
        left = _("the words '{words}' were not read").format(words=text[clause.begin : end])
        return Clause("text", clause.begin, end, doubt=left)
    if not _VERB.match(words) and (_LEFT_OVER.search(words) or words.startswith(("或", "/", "-"))):
        doubt = clause.doubt or _("the words '{words}' were left aside").format(words=words)
        return clause._replace(end=end, doubt=doubt)
    is_marked = clause.is_before or clause.kind != "time" or (clause.last is not None and clause.last.is_end)
    if not is_marked and not _VERB.match(words):
        if clause.last is not None and clause.last.unit == "year" and not _REACHED.search(words):
            # 2019年低, 2018年预算: a misprint, or no schedule at all.
            return Clause(
                "text", clause.begin, end, doubt=_("the words '{words}' were not read").format(words=words)
            )
        doubt = clause.doubt or _("the words '{words}' were left aside").format(words=words)
        clause = clause._replace(doubt=doubt)
    return clause._replace(end=end)


def _further(text: str, at: int, *, first: bool = False) -> int | None:
    """Find the next time that is marked as a deadline (…前, …内), after other words; None where none is."""
    begin = at + 1 if first else at
    for match in _TIME_BEGINS.finditer(text, begin):
        place = match.start()
        if _TARGET.search(text, begin, place):
            continue  # 办理时限压缩到5日内
        found = times.span(text, place) or times.window(text, place, None) or times.point(text, place, None)
        if found and found.kind in {"time", "window", "span"} and _is_marked(text, place, found, first):
            return place
    return None


def _is_marked(text: str, at: int, clause: Clause, first: bool) -> bool:  # noqa: FBT001 - private
    """Whether the time says that it is a deadline; after a subject, a day or an end is enough."""
    last = clause.last
    ends = last is not None and (
        last.is_end or last.unit == "day" or (last.year is not None and bool(_DONE.match(text, clause.end)))
    )
    return clause.is_before or text.endswith("内", at, clause.end) or (first and ends)


def _untimed(text: str, begin: int, at: int, end: int) -> Clause:  # noqa: PLR0911 - a return a kind
    """Tell what a clause without a time says: standing work, no day at all, an event, or only text."""
    words, whole = text[at:end], text[begin:end]
    if _ONGOING.match(words) and not _NOT_ONGOING.match(words):
        return Clause("ongoing", begin, end)
    if _IMMEDIATE.match(words):
        return Clause("immediate", begin, end, is_ongoing=bool(_THEN_ONGOING.search(words)))
    condition = _CONDITION.match(words) if not _LEFT_OVER.search(words) else None
    if (
        condition
        and condition[0].endswith("后")
        and (words.startswith("待") or not _DATELESS.match(words))
        and "成熟" not in words
    ):
        return Clause("condition", begin, end, doubt=_("it depends on '{words}'").format(words=condition[0]))
    if _DATELESS.match(whole) or _DATELESS.match(words):
        return Clause("dateless", begin, end)
    if _PHASE.match(words) or _EVENT.match(words):
        return Clause("event", begin, end)
    if condition:
        return Clause("dateless", begin, end)
    if then := _THEN_ONGOING.search(words):
        return Clause("ongoing", at + then.start(), end)
    left = _("the words '{words}' were not read").format(words=whole) if _LEFT_OVER.search(whole) else None
    return Clause("text", begin, end, doubt=left)
