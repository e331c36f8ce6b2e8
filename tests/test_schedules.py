"""schedules: each line of the grammar's tables by its example, and the laws that no wording breaks."""

import dis
import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.model import Context
from chengguo.schedules import KEPT, layout, read_schedule
from chengguo.schedules.grammar import Parser, Rule, TokenRow, _only, spelled, tokens
from chengguo.schedules.plain import plain
from chengguo.schedules.rules import GRAMMAR, RULES, SETS
from chengguo.schedules.tokens import LEXICON, TOKENS

CONTEXT = Context(2018, date(2018, 3, 1), date(2020, 12, 31))


def parsed(words: str) -> Parser:
    text = plain(words).text
    return Parser(GRAMMAR, text, tokens(text.lower(), LEXICON))


@pytest.mark.parametrize("row", TOKENS, ids=lambda row: f"{row.kind}-{row.example}")
def test_every_token_is_read_in_its_example(row: TokenRow) -> None:
    kinds = [token.kind for token in parsed(row.example).tokens]
    assert row.kind in kinds


def test_no_word_stands_in_two_lines_of_a_kind() -> None:
    words = [(row.kind, word) for row in TOKENS for part in row.words.split() for word in spelled(part)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.example}")
def test_every_rule_is_the_one_that_reads_its_example(rule: Rule) -> None:
    parser = parsed(rule.example)
    assert any(first(parser, rule.name, at) is rule for at in range(len(parser.tokens)))


def first(parser: Parser, name: str, at: int) -> Rule | None:
    """Return the rule of a name that reads a place."""
    for rule in GRAMMAR.rules[name]:
        matched = parser._sequence(GRAMMAR.elements(rule.pattern), at)
        if matched is not None and rule.build(*matched[0]) is not None:
            return rule
    return None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.example}")
def test_a_rule_uses_the_values_of_its_tokens_or_says_that_it_does_not(rule: Rule) -> None:
    parts = GRAMMAR.elements(rule.pattern)
    assert all(part.kinds is None or part.kinds - {part.name} or part.name in ALL_KINDS for part in parts)
    if rule.build is _only:
        assert sum(not part.is_dropped for part in parts) <= 1
    code = getattr(rule.build, "__code__", None)
    if code is None:  # a class: it keeps what it is made of
        return
    loads = [step.argval for step in dis.get_instructions(code) if "LOAD_" in step.opname]
    read = {
        name for each in loads for name in (each if isinstance(each, tuple) else (each,))
    }  # two at a time
    named = [name for name in code.co_varnames[: code.co_argcount] if not name.startswith("_")]
    assert [name for name in named if name not in read] == []


ALL_KINDS = {row.kind for row in TOKENS} | {"text", "sep"} | set(SETS)


# -- laws ------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="年月日季周旬前后内底末初中每第逢自至到、，和及0123456789一二三十半个度 ab", max_size=30)
)
def test_every_character_belongs_to_one_token(words: str) -> None:
    parser = parsed(words)
    covered = [at for token in parser.tokens for at in range(token.begin, token.end)]
    assert covered == [at for at, character in enumerate(parser.text) if character != " "]


# What no rule counts, beside a time that one does: a reading without a doubt would be a guess.
UNKNOWN = (
    *("学年", "隔年", "每逢集日", "每届", "上年度", "上季度", "下下个月", "月度终了", "第三周的", "下周"),
    *("三天", "两个工作日", "周五", "十四五", "每周", "前", "头个月"),
)


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("known", ["6月底前完成", "年底前完成", "3月10日前报送", "3个月内完成"])
def test_what_is_left_over_of_a_time_is_a_doubt(unknown: str, known: str) -> None:
    for words in (f"{unknown}{known}", f"{known}方案{unknown}"):
        schedule = read_schedule(words, CONTEXT)
        is_several = schedule.stages or "+" in schedule.kind  # it is a time of its own, and read as one
        assert schedule.doubt or is_several, words


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("方案于明年3月底前报市政府", date(2019, 3, 31)),
        ("总体方案明年底前出台", date(2019, 12, 31)),
        ("一期2018年底前、二期明年底前建成", date(2019, 12, 31)),
        ("来年3月底前报送", date(2019, 3, 31)),
        ("下年度6月底前", date(2019, 6, 30)),
        ("全年", date(2018, 12, 31)),
        ("2019年全年", date(2019, 12, 31)),
        ("1~2个季度内", date(2018, 9, 1)),
    ],
)
def test_a_time_is_read_whole(words: str, due: date) -> None:
    schedule = read_schedule(words, CONTEXT)
    assert (schedule.due, schedule.doubt) == (due, None)


@pytest.mark.parametrize(
    ("words", "rule", "is_doubtful"),
    [
        ("每月第一个周一", "FREQ=MONTHLY;BYDAY=1MO", False),
        ("每月第二个星期三前", "FREQ=MONTHLY;BYDAY=2WE", False),
        ("每月最后一个星期五", "FREQ=MONTHLY;BYDAY=-1FR", False),
        ("每年6月第二个周五", "FREQ=YEARLY;BYMONTH=6;BYDAY=2FR", False),
        ("每季度最后一个月的15日前", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", False),
        ("每年3月第一周", None, True),
        ("每月首个工作日", None, True),
        ("每月第一周", None, True),
        ("每月中", "FREQ=MONTHLY;BYMONTHDAY=15", True),
    ],
)
def test_work_recurs_on_the_day_that_is_named(words: str, rule: str | None, *, is_doubtful: bool) -> None:
    schedule = read_schedule(words, CONTEXT)
    assert (schedule.kind, schedule.rule, bool(schedule.doubt)) == ("recurring", rule, is_doubtful)


@pytest.mark.parametrize(
    ("words", "days", "is_doubtful"),
    [
        ("4、7、10月10日前", [(4, 10), (7, 10), (10, 10)], False),
        ("4月、7月、10月10日前", [(4, 30), (7, 31), (10, 10)], True),
    ],
)
def test_the_months_of_a_list_share_its_day(
    words: str, days: list[tuple[int, int]], *, is_doubtful: bool
) -> None:
    schedule = read_schedule(words, Context(2025))
    assert [stage.due for stage in schedule.stages] == [date(2025, month, day) for month, day in days]
    assert (schedule.due, bool(schedule.doubt)) == (date(2025, 10, 10), is_doubtful)


def test_a_list_that_no_rule_reads_whole_is_a_doubt() -> None:
    assert read_schedule("每年4、7、10月及次年1月10日前", Context(2025)).doubt


REPEATED = (
    *("6月前与每周", "1日、", "每年1月、", "1-", "自印发之日起", "一", "待", "如可", "比", "每", "国家"),
    *("并", "4、", "(6月)", "6月前x", "1日和", "年底", "第", "前", "within ", "a ", "每月第一个", "1月至"),
    *(
        "2018年",
        "十三五",
        "3个月至",
        "如延",
        "后",
        "原计划",
        "按",
        "会",
        "中",
        "节",
        "各",
        "到",
        "to ",
        "持续",
    ),
)


@pytest.mark.parametrize("piece", REPEATED)
def test_time_is_bounded(piece: str) -> None:
    for words in (piece * 16, piece * 20, (piece * 400)[:400], "每月" + piece * 30 + "前"):
        begin = time.process_time()
        assert read_schedule(words, CONTEXT).wording == words
        assert time.process_time() - begin < 1  # on a machine that is busy: it takes some hundredths


@pytest.mark.parametrize("shape", KEPT)
@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2018, 2, 28), date(2020, 12, 31), date(2099, 11, 9)])
def test_what_is_kept_is_what_the_grammar_reads(shape: str, day: date) -> None:
    numbers = [
        f"{day:%Y}",
        *([day.month, day.day] if "0年0" in shape or "-" in shape or "/" in shape else []),
    ]
    words = re.sub("0+", lambda zeros: str(numbers.pop(0)).zfill(len(zeros[0])), shape)
    schedule = read_schedule(words, CONTEXT)
    assert schedule == layout.read_cell(words, CONTEXT)
    assert schedule.doubt is None
    assert schedule.is_understood


def test_kept_readings_are_none_of_the_doubtful() -> None:
    for words in ("1979年底", "2100年底", "2018年13月", "2018年6月31日"):
        assert read_schedule(words, CONTEXT) == layout.read_cell(words, CONTEXT)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "月度终了5日内",
            "自2018年5月起连续三个月",
            "前年底前",
            "学年底前",
            "上年度12月底前",
            "每月月初和月中",
        ),
        *(
            "2018年6月30日零点前",
            "2018年至2019年采暖季",
            "提前半年完成",
            "10月1日前一个月完成",
            "6月第一周内",
        ),
        *("2018年头三个月", "一季度前两个月", "距年底30天前", "当年度12月20日前", "每月第二、四个周五"),
        *(
            "2018年5月第二周",
            "5月的第二个周五前",
            "隔月15日前",
            "每逢单数月15日前",
            "下周内",
            "T+30个工作日内",
        ),
    ],
)
def test_what_no_rule_reads_is_a_doubt(words: str) -> None:
    assert read_schedule(words, CONTEXT).doubt


# Words in which a time is denied, put under a condition, or of something else than what is to be done: no
# reader would promise the day, whatever the words are.
NOT_TO_BE_TRUSTED = {
    "denied": "无法在2018年底前完成 未按2017年底时限完成 2018年底前暂不实施 年底前不具备实施条件"
    " 难以于9月底前竣工 2018年6月底前未能通车 没有在6月底前报送 2018年9月底前严禁开工 拒不在3月底前整改",
    "excluded": "2018年7月1日（不含）前 10月1日（除外）前 2018年7月1日（当日除外）前 9月30日（暂）前",
    "conditional": "如获批复2018年底前开工 若资金到位6月底前完成 视情9月底前启动 倘通过审批年底前实施",
    "of what is named": "涉及2018年6月30日前存量案件 落实2018年3月5日会议精神 学习2018年1月12日讲话精神"
    " 针对2018年5月1日前签约客户 梳理2018年底前到期合同 数据截至2018年2月底 贷款余额截止2018年12月31日",
    "a noun": "2017年结转项目 2017年投资计划 2017年配套资金 2019年分项指标 2018至2019年冬春"
    " 2018-2019年采暖季",
    "a number": "电话：021-20181231 热线：12345-20180630 编号No.20181231 工单号20180630",
    "another year": "2018财年 2019财政年度 FY2019 2018/19财年 2108年底前 2208年底前",
    "a part": "“十四五”前期 “十三五”前半段 “十四五”后半程 2018年前半程",
    "about": "每年3月5日前后 每月15日左右 每季度末前后 每周五前后 每月10日后 每年6月30日起",
    "a cut number": "零二零年底前 二〇年底前 208年底前 20118年底前",
    "left between": "6月底前收集2019年素材9月底前报送 完成平台2018-2020年建设（2018年底前）"
    " 2017年起试点并长期坚持2018年",
    "another weekday": "2018年6月30日（星期五）前 10月12日星期三前 2018-09-15（周日）"
    " 6月4日（周二）至6月8日（周五）",
}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name in {"time", "recurring", "window"}])
@pytest.mark.parametrize("suffix", ["左右", "前后", "不到", "不含"])
def test_what_is_added_to_a_time_is_counted_or_a_doubt(rule: Rule, suffix: str) -> None:
    schedule = read_schedule(rule.example + suffix, CONTEXT)
    assert schedule.doubt


@pytest.mark.parametrize("words", " ".join(NOT_TO_BE_TRUSTED.values()).split())
def test_a_time_that_the_words_around_it_change_is_a_doubt(words: str) -> None:
    assert read_schedule(words, CONTEXT).doubt


SOUND = (
    "2018年6月30日（星期六）前 2018年7月31日（周二）前 各区6月底前清退违规企业 方案9月底前提请审议"
    " 不晚于10月底前办结 2018年底前完成不动产登记 年底前新增无线热点500个"
    " 2018年底前完成未成年人保护条例起草 2018年5月20日（含）前"
    " 全市2018年底前垃圾分类覆盖率达90% 垃圾分类设施2018年底前建成 报送时限截止2018年9月底前完成"
)


@pytest.mark.parametrize("words", SOUND.split())
def test_sound_words_are_no_doubt(words: str) -> None:
    schedule = read_schedule(words, CONTEXT)
    assert schedule.due
    assert not schedule.doubt


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("10月底前完成初稿，次月15日前定稿", date(2018, 11, 15)),
        ("12月底前验收，次月20日前归档", date(2019, 1, 20)),
        ("每月汇总，次月5日前报送", None),
        ("次月5日前报送", None),
    ],
)
def test_the_next_month_is_the_one_after_that_which_is_named(words: str, due: date | None) -> None:
    schedule = read_schedule(words, CONTEXT)
    assert (schedule.due, schedule.rule is None) == (due, due is not None)
