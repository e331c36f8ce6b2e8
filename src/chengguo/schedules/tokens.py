"""TOKENS: the words of schedules, by kind. A new wording is a line here, or a word more in one.

See ``grammar.TokenRow`` for what N, A, Y, D, C, S and [] stand for; _ is a space. A function that returns
None says that the words are none of the kind.
"""

from collections.abc import Callable
from datetime import date, timedelta

from chengguo.language import _
from chengguo.schedules import meanings as m
from chengguo.schedules.dates import LAST, THIS, Point, Span
from chengguo.schedules.grammar import Lexicon
from chengguo.schedules.grammar import TokenRow as Row
from chengguo.schedules.plain import DITTO

_MOST_YEARS = 10  # that a plan may run: 3年 is a length, 18年 is 2018
_REPUBLIC = 1911  # 民国元年 is 1912


def _short_year(count: int) -> Point | None:
    """Return 2018 for 18年 and, in doubt, for 107年, as in Taiwan."""
    if _MOST_YEARS < count < 100:  # noqa: PLR2004 - two digits
        return Point(2000 + count)
    if 100 <= count < 160:  # noqa: PLR2004 - years of the Republic that a plan may name
        year = _REPUBLIC + count
        return Point(year, doubt=_("{year} counts the years of 民国: {read}").format(year=count, read=year))
    return None


def _year_from(month: int) -> Callable[[int, int], Point | None]:
    """Return what makes a year of 2018-19 that begins with a month: a financial year, a school year."""

    def year_of(year: int, other: int) -> Point | None:
        doubt = _("it is read as the year from the {month}th month on").format(month=month)
        is_next = other % 100 == (year + 1) % 100
        return Point(year, (month, 1), (month - 1, LAST), "year", 2, doubt=doubt) if is_next else None

    return year_of


def _years_or_month(year: int, short: int) -> Point | None:
    """Return 2018-12 as a month, and 2018-20 as years."""
    if short <= max(12, year % 100):
        return m.whole_month(short, year)
    doubt = _("{words} is read as years").format(words=f"{year}-{short}")
    return Point(year, years=1 + short - year % 100, doubt=doubt)


def _dropped_zero(year: int, month: int) -> Point:
    found = m.whole_month(month, year)
    doubt = _("{words} may be {words}0, whose last zero a sheet dropped").format(words=f"{year}.1")
    return found._replace(unit="sheet month", doubt=doubt) if month == 1 else found


def _dotted(sign: str) -> Callable[[int, int], Point | None]:
    """Return what makes a day of 6.30, in doubt; None of a number that is none."""

    def day_of(month: int, day: int) -> Point | None:
        doubt = _("{words} is read as month and day").format(words=f"{month}{sign}{day}")
        return m.one_day(month, day)._replace(doubt=doubt) if 1 <= month <= 12 and 1 <= day <= 31 else None  # noqa: PLR2004

    return day_of


def _plan(count: int) -> Point:
    """Return the five-year plan of a number: the 13th ran from 2016 to 2020."""
    return Point(1951 + 5 * count, unit="era", years=5)


def _half(first: int) -> Point:
    return Point(None, (first, 1), (first + 5, LAST), "half")


def _between(unit: str, pair: int) -> Span | None:
    low, high = divmod(pair, 10)
    return Span(low, high, unit) if low < high else None


def _serial(days: int) -> Point | None:
    """Return the day of a number of Excel's 1900 system, in which 1900 has a 29 February."""
    day = date(1899, 12, 30) + timedelta(days)
    if not 1990 <= day.year <= 2099:  # noqa: PLR2004 - years of schedules
        return None
    month_end = (day + timedelta(31)).replace(day=1) - timedelta(1)  # 2024年6月 is kept as its first day
    doubt = _("it may mean {later}").format(later=month_end) if day.day == 1 else None
    return m.one_day(day.month, day.day, day.year)._replace(doubt=doubt)


def _day_or_month(first: int, second: int, year: int) -> Point:
    """Return 03/04/2018 as the earlier of the two days that it may mean, so that nobody is late."""
    earlier, later = sorted([(first, second), (second, first)])
    doubt = _("it may mean {later}").format(later=date(year, *later)) if max(later) <= 12 else None  # noqa: PLR2004
    return m.one_day(*earlier, year)._replace(doubt=doubt if first != second else None)


_LAST_OF_MONTH = Point(None, (THIS, 1), (THIS, LAST), "this month", is_end=True)
_MONTHS = list(range(1, 13))

# fmt: off
TOKENS: tuple[Row, ...] = (
    # -- points of the calendar
    Row("date", "Y-N-N Y/N/N Y.N.N Y-N-N日 Y/N/N日 Y.N.N日 Y年N.N", lambda year, month, day: m.one_day(month, day, year), "2018-12-31"),
    Row("digits", "D", lambda n: m.one_day(n // 100 % 100, n % 100, n // 10000), "20181231"),
    Row("digits", "C", lambda n: m.whole_month(n % 100, n // 100), "201812"),
    Row("date", "Y.N月[份] Y-N月[份] Y/N月[份]", lambda year, month: m.whole_month(month, year), "2018.6月底"),
    Row("date", "Y-N Y/N", _years_or_month, "2018-12"),
    Row("date", "Y.N", _dropped_zero, "2018.12"),
    Row("date", "N/N/Y", _day_or_month, "12/31/2018"),
    Row("serial", "S S.N", lambda days, *_rest: _serial(days), "43465"),
    Row("months", "Y.N-N Y.N-N月 Y/N-N月", lambda y, low, high: (y, low, high), "2018.6-9"),
    Row("dotted", "N.N N/N N·N", [_dotted("."), _dotted("/"), _dotted("·")], "6.30"),
    Row("year", "Y年[度] Y年年度 Y预算年度 Y会计年度", Point, "2018年"),
    Row("year", "Y财政年度 Y财年 fyY fy_Y", m.as_year, "2018财年"),
    Row("year", "[中华]民国N年[度]", lambda n: Point(_REPUBLIC + n), "民国107年"),
    Row("year", "N年[度]", _short_year, "18年"),
    Row("year", "Y-N年度 Y/N年度 Y-N财[政]年度 Y-N财年", _year_from(4), "2018-19年度"),
    Row("year", "Y-Y学年[度] Y-N学年[度] Y/N学年[度]", _year_from(9), "2018-2019学年"),
    Row("year", "fyY-N fyY/N fy_Y-N fy_Y/N", _year_from(4), "fy 2018-19"),
    Row("years-range", "民国N-N年[度] 民国N至N年[度]", lambda a, b: (_REPUBLIC + a, _REPUBLIC + b), "民国106至109年"),
    Row("bare-year", "Y", Point, "2018"),
    Row("year", "今年 本年[度] 当年", Point(None, is_from_now=True), "今年"),
    Row("year", "明年", Point(None, shift=1, is_from_now=True), "明年"),
    Row("year", "次年[度] 翌年 第二年 来年 下[一]年[度]", Point(None, shift=1), "次年"),
    Row("year", "后年", Point(None, shift=2, is_from_now=True), "后年"),
    Row("year", "大后年", Point(None, shift=3, is_from_now=True), "大后年"),
    Row("period", "学年 学年度 学期 财年 财政年度 会计年度 预算年度 农历年 阳历年 隔年 隔月 隔周 隔日 双周 单周 头年 本届 上届 下届 下周 本周 上周 奇数月 偶数月 单数月 双数月", None, "学年"),
    Row("year", "去年", Point(None, shift=-1, is_from_now=True), "去年"),
    Row("year", "同年", Point(None), "同年"),
    Row("two-years", "今明[两]年", Point(None, is_from_now=True), "今明两年"),
    Row("two-years", "明后[两]年", Point(None, shift=1, is_from_now=True), "明后两年"),
    Row("year-end", "年底 年末 年终 岁末 年度末", Point(None, is_end=True), "年底"),
    Row("year-in", "年内 年度内", Point(None), "年内"),
    Row("year-begin", "年初", m.year_edge(Point(None), "beginning"), "年初"),
    Row("year-middle", "年中 年中期", m.year_edge(Point(None), "middle"), "年中"),
    Row("all-year", "全年", None, "全年"),
    Row("half", "上半年 前半年", _half(1), "上半年"),
    Row("half", "下半年 后半年", _half(7), "下半年"),
    Row("half", "hN", lambda n: _half(6 * n - 5) if n in {1, 2} else None, "h2"),
    Row("quarter", "[第]N季[度] qN Nq", m.quarter, "三季度"),
    Row("quarter", "首季[度]", m.quarter(1), "首季"),
    Row("quarter", "末季[度]", m.quarter(4), "末季度"),
    Row("quarter", "first_quarter second_quarter third_quarter fourth_quarter last_quarter", [m.quarter(n) for n in (1, 2, 3, 4, 4)], "third quarter"),
    Row("quarter", "1st_quarter 2nd_quarter 3rd_quarter 4th_quarter", [m.quarter(n) for n in (1, 2, 3, 4)], "3rd quarter"),
    Row("quarter", "前N季度 前N个季度", lambda n: Point(None, (1, 1), (3 * n, LAST), "quarter"), "前三季度"),
    Row("quarter", "第N个季度", m.quarter, "第三个季度末的前一周"),
    Row("month", "N月[份] N.N月[份]", lambda *numbers: numbers[-1], "6月"),
    Row("month", "元月[份]", 1, "元月"),
    Row("emonth", "january february march april may june july august september october november december", _MONTHS, "june"),
    Row("emonth", "jan[.] feb[.] mar[.] apr[.] jun[.] jul[.] aug[.] sep[.] sept[.] oct[.] nov[.] dec[.]", [1, 2, 3, 4, 6, 7, 8, 9, 9, 10, 11, 12], "dec"),
    Row("two-months", "A月[份]", lambda pair: divmod(pair, 10) if pair % 11 == 1 else None, "六七月份"),
    Row("third", "上旬 中旬 下旬 上中旬 中下旬", [(1, 10), (11, 20), (21, LAST), (1, 20), (11, LAST)], "上旬"),
    Row("day", "N日 N号", int, "30日"),
    Row("nth-day", "Nst Nnd Nrd Nth", int, "30th"),
    Row("month-end", "[本]月底 [本]月末 本月内 当月底 本月 当月 当月末", _LAST_OF_MONTH, "月底"),
    Row("month-end", "下月底 下月末 下月", _LAST_OF_MONTH._replace(shift=1), "下月底"),
    Row("month-end", "下下个月 下下月", _LAST_OF_MONTH._replace(shift=2), "下下个月15日前"),
    Row("edge", "底 底底 末 终", "end", "底"),
    Row("edge", "初", "beginning", "初"),
    Row("edge", "中 中期", "middle", "中"),
    Row("era", "七五 八五 九五 十五期间 十五时期 十五规划", [_plan(n) for n in (7, 8, 9, 10, 10, 10)], "九五"),
    Row("era", "十一五 十二五 十三五 十四五 十五五 十六五 十七五 十八五 十九五 二十五规划", [_plan(n) for n in (11, 12, 13, 14, 15, 16, 17, 18, 19, 20)], "十三五"),
    Row("era-end", "期末 末期 规划期末 规划末 收官 结束", None, "期末"),
    Row("era-opening", "开局之年 的开局之年 第一年 首年", None, "开局之年"),
    Row("era-part", "初期 前期 后期", [2, 2, 5], "初期"),
    # -- lengths of time
    Row("span", "N天 N个自然日 N自然日 N日历天", lambda n: Span(0, n, "days"), "30天"),
    Row("span", "N个工作日 N工作日", lambda n: Span(0, n, "working days"), "10个工作日"),
    Row("span", "N[个]小时", lambda n: Span(0, n, "hours"), "24小时"),
    Row("span", "N周 N[个]星期", lambda n: Span(0, n, "weeks"), "两周"),
    Row("span", "N个月", lambda n: Span(0, n, "months"), "3个月"),
    Row("span", "N个半月", lambda n: Span(0, 2 * n + 1, "half months"), "一个半月"),
    Row("span", "N个季度", lambda n: Span(0, n, "quarters"), "两个季度"),
    Row("span", "N年半", lambda n: Span(0, 12 * n + 6, "months"), "一年半"),
    Row("span", "半年", Span(0, 6, "months"), "半年"),
    Row("span", "半个月 半月", Span(0, 15, "days"), "半个月"),
    Row("rough-span", "A年", lambda pair: _between("years", pair), "三五年"),
    Row("rough-span", "A个月", lambda pair: _between("months", pair), "两三个月"),
    Row("rough-span", "A天", lambda pair: _between("days", pair), "三五天"),
    Row("rough-span", "A周", lambda pair: _between("weeks", pair), "两三周"),
    Row("years", "N年", lambda n: Span(0, n, "years") if n <= _MOST_YEARS else None, "3年"),
    Row("near", "近", None, "近"),
    Row("time", "时间 的时间 [之]久", None, "时间"),
    # -- what recurs
    Row("every", "每 每隔 每逢 逢 逐", None, "每"),
    Row("by", "按 按自然", None, "按"),
    Row("unit", "工作日 日 天 周 星期 旬", ["weekdays", "day", "day", "week", "week", "third"], "周"),
    Row("unit", "月 月度 个月", "month", "月度"),
    Row("unit", "季 季度 个季度", "quarter", "季度"),
    Row("unit", "年 年度", "year", "年度"),
    Row("unit", "半年度", "half year", "半年度"),
    Row("unit", "双月", "even months", "双月"),
    Row("unit", "单月", "odd months", "单月"),
    Row("often", "daily weekly monthly quarterly yearly annually annual semi-annually half-yearly", ["day", "week", "month", "quarter", "year", "year", "year", "half year", "half year"], "monthly"),
    Row("rhythm", "一月一 一季度一 一季一 一年一 一周一", ["month", "quarter", "quarter", "year", "week"], "一月一"),
    Row("report", "调度 通报 调研 小结 会商 督查 督办 例会 分析 评估 考核", None, "调度"),
    Row("submit", "[工作]报告 报送 报表 上报 提交", None, "报送"),
    Row("summary", "总结", None, "总结"),
    Row("once", "次 批 调 督 通 研 查 清 结 会 议 评", None, "次"),
    Row("reports", "报", None, "报"),
    Row("report", "一次 1次 一报 一查 一评 一会 一议 一通报 一调度 一督查 一清", None, "一次"),
    Row("times", "N次", int, "4次"),
    Row("at-least", "至少 不少于 不低于 开展 组织 召开 进行", None, "至少"),
    Row("or", "或 或者", None, "或"),
    Row("separately", "各 分别", None, "各"),
    Row("two-halves", "上、下半年 上下半年", None, "上、下半年"),
    Row("next-month", "次月", "month", "次月"),
    Row("next-quarter", "次季度 次季", "quarter", "次季度"),
    Row("next-one", "下季度 下季", "quarter", "下季度"),
    Row("nth-month", "首月[的] 首个月[的] 末月[的] 末个月[的] 最后一个月[的]", [1, 1, LAST, LAST, LAST], "首月"),
    Row("nth-month", "第N个月[的] 的第N个月[的]", int, "第一个月"),
    Row("nth", "第N个 的第N个 第N", int, "第一个"),
    Row("nth", "首个 最后一个 最后1个 末个", [1, LAST, LAST, LAST], "首个"),
    Row("last-day", "最后一天 最后1天 最后一日", 31, "最后一天"),
    Row("weekday", "周一 周二 周三 周四 周五 周六 周日 周天 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天", [*["MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"]] * 2, "周五"),
    Row("count", "N", int, "3"),
    Row("pieces", "N个 N项 N件 N家 N条 N批 N期 N处 N人 N户 N% N万 N亿 N.N% N.N万 N.N亿 N.N公里 Y个 Y万", None, "3个"),
    # -- what stands around a time
    Row("before", "前 之前 以前 或之前 或以前", "before", "前"),
    Row("of-it", "的", None, "的"),
    Row("eve", "前夕", None, "前夕"),
    Row("within", "内 之内 以内", "within", "内"),
    Row("during", "期间 期内 时期 规划期 规划时期", "during", "期间"),
    Row("during", "汛期间 会期间 学期间", "during", "汛期间"),
    Row("until", "止 为止", "until", "止"),
    Row("from", "起 开始 起始 起实施 起施行 起执行 及以后 及其以后 及之后 开始实施", "from", "起"),
    Row("onwards", "onward[s]", None, "onwards"),
    Row("after", "后 之后 以后 后的 以来", "after", "后"),
    Row("about", "左右 前后 上下", "about", "左右"),
    Row("hour", "N时 N点 N:N N:N:N N:N:N.N tN:N tN:N:N tN:N:N.N 上午 中午 下午 下班 当日 当天 N点整", None, "18:00"),
    Row("midnight", "零时 零点 0时 0点 0:00", None, "零时"),
    Row("to", "- 至 到 to until till end:", None, "至"),
    Row("and", "和 及 与 以及 并于 并在", None, "和"),
    Row("list", "、", "、", "、"),
    Row("comma", ",", ",", ","),
    Row("sep", "; 。", ";", ";"),
    Row("colon", ": :为", None, ":"),
    Row("at", "于 在 由 从 自 约定 将于 拟于 原则上于", None, "于"),
    Row("as-of", "截至 截止 截止到 截至到 截止至", None, "截至"),
    Row("about-lead", "约 大约 暂定 初定", None, "约"),
    Row("stretch", "力争 争取 努力", None, "力争"),
    Row("firm", "确保 保证 务必 必须 不得晚于 不得迟于", None, "确保"),
    Row("outer", "最迟 最晚 至迟 不迟于 不晚于", None, "最迟"),
    Row("outer", "不超过", None, "不超过"),
    Row("lead", "原则 原则上 预计 预期 拟定 拟 将 应 应当 须 需 需要 要 整个 其中 首先 先 全部 均 各项 现 全面 •", None, "预计"),
    Row("joined", "并 且 再 同时 此后 随后 然后", None, "并"),
    Row("plan", "计划", None, "计划"),
    Row("lead", "时间要求 [完成]时限[要求] 完成时间 整改时限 整改期限 完成期限 期限 时间节点 办结时限 截止日期 截止时间", None, "完成时限"),
    Row("lead", "第N阶段 分两步走 分三步走 两步走 N是", None, "第一阶段"),
    Row("lead", "a: b: c: d: a. b.", None, "a:"),
    # -- the day of issue
    Row("issued", "印发 发布 公布 下发 出台 发文 颁布 发出 成文", None, "印发"),
    Row("doc", "方案 通知 文件 办法 意见 规划 条例 规定 细则 清单 决定 任务书", None, "方案"),
    Row("doc-lead", "本 该 此 行动 工作 正式", None, "本"),
    Row("since", "之日 之日起 当日起 日起 之日开始", None, "之日起"),
    Row("from-now", "即日起 即日 现在起 今日起 目前起 从现在起", None, "即日起"),
    # -- work without a day
    Row("ongoing", "持续 长期 常态 常年 常抓 经常 不间断 滚动 赓续 边查边改 一直 始终 日常 长效 长抓 持之以恒 动态 贯穿 连续 坚持 全程 全过程 永久 无限期 循环", None, "持续"),
    Row("ongoing", "on-going ongoing continuous continuously continuing long-term throughout permanent rolling standing", None, "ongoing"),
    Row("steady", "有序推进 稳步推进 扎实推进", None, "有序推进"),
    Row("at-once", "立即 立行 即知即改 即查即改 即到即办 即接即办 即时 即刻 马上 立查立改 立整立改 即行 当即 当场 第一时间 立刻 迅速 immediate immediately immediate_effect now at_once with_immediate_effect", None, "立即"),
    Row("dateless", "适时 适机 择机 按需 酌情 另行 待定 倒排时间节点 不定期 定期 随时 尽快 尽早 抓紧 加快 分期 分批 分步 分阶段 分年度 逐步 稳步 有序 及时 如期 按期 到期 必要时 跟踪 深入 统筹 参照 依法 随 相机 中远期 远期 近期 短期 中长期", None, "适时"),
    Row("depending", "视 视情 视情况", None, "视"),
    Row("dateless", "根据 依据 依照 结合 按照 按年度计划 按月度计划 按季度计划 条件成熟 条件具备 条件允许 具备条件 时机成熟 成熟 无具体 无明确", None, "根据"),
    Row("dateless", "tbd tbc tba to_be_announced to_be_confirmed to_be_decided to_be_determined as_needed as_required as_appropriate as_soon_as_possible asap in_due_course short_term medium_term", None, "TBD"),
    Row("goes-on", "推进 实施", None, "推进"),
    Row("sync", "同步 一致", None, "同步"),
    Row("waiting", "待", None, "待"),
    Row("none", "/ \\ n/a na 不涉及 无 空 未载明 未注明 未明确 none nil", None, "不涉及"),
    Row("ditto", "〃 " + " ".join(DITTO), None, "同上"),
    Row("forbidden", "不得 不准 不再 严禁 禁止 暂停 一律不", None, "不得"),
    Row("if", "如 若 倘 假如 一旦 除非 遇 如遇 确有 可 可以 经批准 经同意", None, "如遇"),
    Row("put-off", "顺延 自动顺延 延 延长 延期 推迟 延后 宽限", None, "顺延"),
    Row("earlier", "提前", None, "提前"),
    Row("put-off", "延迟", None, "延迟"),
    Row("moved-to", "延期至 延期到 延至 延到 顺延至 顺延到 延长至 推迟至 推迟到 延后至 调整为 调整至 调整到 变更为 变更至 改为 改至 提前至 提前到", None, "延期至"),
    Row("original", "原计划 原定 原规定 原来 原先 原为 比原计划 较原计划 比原定", None, "原定"),
    Row("compared", "比 较 以 除 非 早于 晚于 不早于 超过", None, "比"),
    Row("target", "压缩 缩短 压减 减少 精简 控制 缩减 提速 限制 办理时间 降", None, "压缩"),
    Row("already", "已 已经", None, "已"),
    Row("status", "正在 基本", None, "正在"),
    Row("not-yet", "尚未 未", None, "尚未"),
    Row("not", "不 没 没有 勿 无法 难以 未能 未按 无需 无须 毋须 暂缓 暂不 暂无 停止", None, "暂不"),
    Row("of-what", "针对 涉及 关于 面向 对标 对照", None, "涉及"),
    Row("overdue", "超期 逾期", None, "超期"),
    Row("lunar", "农历 阴历 旧历 腊月 正月 三月三", None, "农历"),
    Row("rate", "办结率 响应率 答复率 办理率 完成率 满意率 处置率", None, "办结率"),
    Row("last-period", "上月 上季度 上季 上年 上年度 上一年度 上一季度", None, "上月"),
    Row("phase", "阶段 任期内", None, "阶段"),
    Row("season", "节 会期 汛期 暑期 寒假 暑假 周期", None, "汛期"),
    Row("moment", "时", None, "时"),
    Row("word", "长效机制 常态化机制 长期规划 长期计划 长效制度 持续性目标 年终考核 年终总结 年终述职 年终检查 前期工作 前瞻 前景 前沿 目前 今后 最后 先后 以上 以下 国内 内容 内部 统一 一致性 周边 N周年 季节 节能 天然 不动产 不良 未成年 未来 不断", None, "长效机制"),
    Row("word", "Y.N季度", "", "2018.3季度"),
    Row("each", "每个区 每个县 每个村 每个镇 每个单位 每万人 每人 每户 每村 每县 每区", None, "每万人"),
    Row("numbered", "第N批 第N项 第N条 第N小学 第N中学 第N人民医院 第N次 第N轮 第N期 第N款 第N号", None, "第2批"),
    Row("finish", "完成 建成 整改 办结 销号 见效 到位", None, "完成"),
    Row("goal", "目标", None, "目标"),
    Row("do", "实现 达到 取得 启动 形成 制定 制订 建立 开工 竣工 开业 开放 落实 举办 编制 修订 安装 调试 下降 上升 提高 保持 稳定 突破 累计 初步 验收 交付 上线 试运行 运行 运营 落地 覆盖 培育 新增 建设 申报 投入 投用 投运 投产 挂牌 引进 培养 认定 遴选 设立 搭建 打造 构建 健全 完善 优化 提升 达标", None, "实现"),
    Row("do", "排查 部署 动员 试点 争创 创建 通过 征求 公开 拿出 前期 先行 率先 陆续 达成 发放 调整 汇总 检查 确定 明确 起草 研究 探索 支持 推出 推动 加强 做好 改造 更新 升级 对接 接入 归集 共享 贯通 开通 启用 使用 推广 交账 建账", None, "排查"),
    Row("do", "完工 交工 动工 开建 开馆 开园 开班 呈报 送审 下达 拨付 到账 清零 归零 增至 生效 施行 废止 停用 上市 投放 运转 发挥 显现 具备 满足 落成 合龙 获得 获批 拿到 签约 落户 入驻 营业 搬离 腾退 关闭 清算 接管 划转 收回 整合 归并 撤并 修改 征集 梳理 摸清 建档 审核 审定 核定 命名 授牌 揭牌 组建 成立 配备 配齐 招录 轮训 巡查 检测 监测 采样 绿化 亮化 铺装 架设 接通 通水 通电 通网 通气 联调 中标 开标 签订 融资 放款 补贴 奖励 表彰 约谈 问责 结案 稳控 回访 答复 反馈 听证 立项 核准 环评 征收 交地 出让 回迁 复垦 退耕 造林 收割 迁入 迁出 建好 做完 见到 见成效 见实效 初见成效 初见实效 亮相 首演 首飞 下线 量产", None, "完工"),
    Row("do", "摸底 提出 提请 清理 清退 拆除 关停 取缔 淘汰 治理 整治 消除 解决 化解 招标 采购 购置 施工 铺设 安排 分解 细化 汇报 公示 公告 评审 论证 审批 备案 登记 录入 入库 归档 移送 处理 处置 封顶 贯彻 执行 学习 宣传 培训 演练 走访 督促 复查 核查 核实 抽查 普查 调查 自查 修复 种植 搬迁 安置 兑现 兑付 支付 清偿 退出 撤销 合并 注销 脱贫 摘帽 达产 联网 通车 通航", None, "清理"),
    Row("do-one", "达 投 推 超 建 签 增 减 摸 获 审 配 补 改 交 拨 分 选 收 移 迁 拆 转 率 供", None, "达"),
    # -- English
    Row("emark", "by in during on at the no_later_than not_later_than on_or_before before_or_on due due_by due_in completed_by complete_by to_be_completed_by finish_by to_be_completed_in target target: deadline: expected planned scheduled implemented_by", None, "by"),
    Row("emark", "phase_N: stage_N: step_N: phase_N phase_N, with_review final_report interim_report first_report review report with", None, "phase 1:"),
    Row("eabout", "around about approx[.] approximately", None, "around"),
    Row("end-of", "end end- end_of end_of_the end-of- the_end_of the_end_of_the", None, "end of"),
    Row("eyear-end", "year-end yearend year_end end_of_[the_]year the_year_end", None, "year-end"),
    Row("of", "of", None, "of"),
    Row("loose", "mid mid- early early_in late late_in", ["middle", "middle", "beginning", "beginning", "late", "late"], "mid-"),
    Row("half", "first_half first-half the_first_half", _half(1), "first half"),
    Row("half", "second_half second-half the_second_half", _half(7), "second half"),
    Row("prior", "before prior_to", None, "before"),
    Row("since-when", "from since starting starting_from starting_in start: ongoing_from on-going_from ongoing_since between", None, "from"),
    Row("inside", "within within_the within_the_next within_the_coming within_next", None, "within"),
    Row("number-word", "a an one two three four five six seven eight nine ten eleven twelve", [1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "two"),
    Row("eunit", "day[s] week[s] month[s] year[s] working_day[s] business_day[s] hour[s]", ["days", "weeks", "months", "years", "working days", "working days", "hours"], "months"),
    Row("issuance", "issue issuance issuing publication promulgation the_issue the_date_of_issue the_day_of_issue", None, "issuance"),
    Row("each-of", "every each", None, "every"),
    Row("each-unit", "quarter half-year half_year", ["quarter", "half year", "half year"], "quarter"),
    Row("estate", "completed_in completed_on done_in finished_in started_in launched_in already_completed under_way underway in_progress not_started", None, "completed in"),
)
# fmt: on
LEXICON = Lexicon(TOKENS)
