"""phrases: the grammar of schedules, against a gallery of what offices write and how it is read.

The gallery stands in phrases.tsv, for the year 2018, issued on 1 March 2018; half of it is by five readers
who had never seen the grammar, and wrote down first how it should be read. What offices write is much like
it and never the same: the laws below hold for words that nobody wrote down.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo import load
from chengguo.model import Context, Schedule
from chengguo.schedules import layout, read_schedule
from conftest import texts

GALLERY = Path(__file__).parent / "phrases.tsv"
UPDATE = "CHENGGUO_UPDATE_PHRASES" in os.environ
NEW_YEAR = datetime(2018, 1, 1)  # noqa: DTZ001 - rules count days, of no zone
ISSUED = date(2018, 3, 1)
CONTEXT = Context(2018, ISSUED, date(2020, 12, 31))
ROWS = [line.split("\t") for line in GALLERY.read_text(encoding="utf-8").splitlines()]


def row(schedule: Schedule) -> list[str]:
    stages = " | ".join(f"{stage.wording}: {stage.due}" for stage in schedule.stages)
    cells = (
        schedule.wording,
        schedule.kind,
        schedule.start,
        schedule.due,
        schedule.rule,
        stages,
        schedule.doubt,
    )
    return [str(cell or "") for cell in cells]


def test_every_phrase_of_the_gallery_is_read_as_it_says() -> None:
    read = [ROWS[0], *(row(read_schedule(words, CONTEXT)) for words, *_cells in ROWS[1:])]
    if UPDATE:
        GALLERY.write_text("".join("\t".join(cells) + "\n" for cells in read), encoding="utf-8")
    assert read == ROWS
    assert len(ROWS) > 300


def test_every_rule_of_the_gallery_is_one_of_rfc_5545() -> None:
    rules = {rule for _words, _kind, _start, _due, rule, *_rest in ROWS[1:] if rule}
    assert len(rules) > 20
    for rule in rules:
        assert rrulestr(rule, dtstart=NEW_YEAR) is not None


@pytest.mark.parametrize(
    "words",
    ["年底前", "6月底", "下半年", "三季度末", "9月上旬前", "1-6月", "6月、12月", "力争年底前完成"],
)
def test_words_without_a_year_need_one(words: str) -> None:
    alone = read_schedule(words)
    assert alone.due is None
    assert alone.doubt is not None
    assert "the year is not said" in alone.doubt
    assert read_schedule(words, Context(year=2019)).due is not None
    assert read_schedule(words, Context(issued=ISSUED)).due is not None


def test_a_year_of_the_day_of_issue_is_doubtful_where_the_day_is_past() -> None:
    late = read_schedule("3月底前", Context(issued=date(2018, 5, 4)))
    assert (late.due, late.doubt) == (
        date(2018, 3, 31),
        "read as 2018-03-31, before the day of issue; it may mean 2019-03-31",
    )
    assert read_schedule("6月底前", Context(issued=date(2018, 5, 4))).doubt is None


@pytest.mark.parametrize("words", ["3个月内", "自印发之日起30日内", "半年内", "立即", "即日起"])
def test_what_counts_from_the_day_of_issue_needs_it(words: str) -> None:
    assert read_schedule(words, Context(2018)).due is None
    assert read_schedule(words, Context(2018)).doubt == "it counts from the day of issue, which is not known"


HEDGES = st.sampled_from(("", "力争", "确保", "原则上", "到", "截至", "最迟", "务必于", "拟于", "不迟于"))
ENDINGS = st.sampled_from(
    ("", "完成", "建成投用", "出台实施意见", "，完成建设任务", "全面完成整改", "形成长效机制")
)
SPACES = st.sampled_from(("", " ", "\u3000"))


@settings(max_examples=300, deadline=None)
@given(
    year=st.integers(2001, 2049),
    month=st.integers(1, 12),
    hedge=HEDGES,
    ending=ENDINGS,
    space=SPACES,
    wide=st.booleans(),
)
def test_a_month_is_its_last_day_however_it_is_dressed(  # noqa: PLR0913 - a parameter a dress
    *, year: int, month: int, hedge: str, ending: str, space: str, wide: bool
) -> None:
    digits = f"{year}{space}年{space}{month}{space}月底前"
    if wide:
        digits = digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))  # noqa: RUF001
    schedule = read_schedule(hedge + digits + ending)
    assert (schedule.kind, schedule.doubt) == ("deadline", None)
    assert schedule.due == date(year, month, 1) + relativedelta(day=31)


@settings(max_examples=200, deadline=None)
@given(
    months=st.lists(st.integers(1, 12), min_size=2, max_size=5, unique=True).map(sorted),
    ongoing=st.booleans(),
)
def test_milestones_are_all_kept_and_the_last_counts(*, months: list[int], ongoing: bool) -> None:
    words = "，".join(f"{month}月底前完成第{at}批" for at, month in enumerate(months, 1))
    schedule = read_schedule("2019年" + words + ("，并长期坚持" if ongoing else ""), CONTEXT)
    assert [stage.due for stage in schedule.stages] == [
        date(2019, month, 1) + relativedelta(day=31) for month in months
    ]
    assert schedule.due == schedule.stages[-1].due
    assert schedule.is_ongoing == ongoing
    assert schedule.doubt is None


# Times as offices write them, and what stands around them: no time of a wording may go unseen.
DEADLINES = (
    *("6月底前", "2019年3月底前", "年底前", "9月30日前", "三季度末", "上半年", "3个月内", "9月上旬前"),
    *("2018年底以前", "明年3月底前", "30日内", "12月25日", "2018.9", "2018-10-31", "一季度", "年内"),
)
ROUNDS = (
    *("每月5日前", "每季度末", "每年6月、12月", "每半年", "每年2次", "全年4次", "每周五前", "每两年"),
    *("全年不少于4次", "每季度首月10日前", "半年一次"),
)
WHOSE = ("", "其中", "其中：", "一期", "其中一期", "方案", "试点县")
DONE = ("", "完成", "印发方案", "完成方案", "建成投用", "报送", "验收", "开展")
STANDING = ("持续推进", "长期坚持", "常态化开展", "持续巩固提升", "长期实施")
FRAMES = (
    *("{0}（{1}）", "{0}【{1}】", "{0}(其中{1})", "{0}（{1}，{2}）", "{0}（{1}），{2}", "{0}（{1}）（{2}）"),
    *("{0}，{1}", "{0}、{1}", "{0}；{1}", "{0}并于{1}", "{0}和{1}", "{0}并{1}", "{0}，{1}，{2}"),
    *("{0}并{3}", "{0}且{3}", "{0}后{3}", "{0}再{3}", "{0}，并{3}", "{0}，此后{3}", "{0}、{3}", "{0}（{3}）"),
    *("{0}（并{3}）", "{3}（{0}）", "{3}，{0}", "{3}（{0}，{1}）", "{0}并{3}，{4}", "{0}，{3}（{4}）"),
    *("{3}，{4}（{0}）", "{0}（{4}）", "{0}，{4}", "{4}；{0}", "{4}（{0}）", "{4}（{4}；{0}）"),
    *("{0}（{4}；{1}）", "{0}（{1}），{4}"),
)


def is_kept(time: str, schedule: Schedule) -> bool:
    """True if a schedule keeps the days on which a time by itself is due; its year may be of another one."""
    alone = read_schedule(time, CONTEXT)
    if alone.rule:
        return schedule.rule == alone.rule and not alone.doubt
    days = {(day.month, day.day) for day in (schedule.due, *(stage.due for stage in schedule.stages)) if day}
    return alone.due is not None and (alone.due.month, alone.due.day) in days


@settings(max_examples=400, deadline=None)
@given(
    frame=st.sampled_from(FRAMES),
    times=st.lists(st.sampled_from(DEADLINES), min_size=3, max_size=3),
    round_=st.sampled_from(ROUNDS),
    whose=st.lists(st.sampled_from(WHOSE), min_size=3, max_size=3),
    done=st.lists(st.sampled_from(DONE), min_size=3, max_size=3),
    standing=st.sampled_from(STANDING),
)
def test_no_time_of_a_wording_is_lost_without_a_doubt(  # noqa: PLR0913 - a parameter a part of the wording
    *, frame: str, times: list[str], round_: str, whose: list[str], done: list[str], standing: str
) -> None:
    parts = ["".join(part) for part in zip(whose, times, done, strict=True)]
    schedule = read_schedule(frame.format(*parts, standing, round_), CONTEXT)
    if schedule.doubt:
        return
    said = [time for place, time in enumerate([*times, standing, round_]) if f"{{{place}}}" in frame]
    assert all(is_kept(time, schedule) for time in said if time != standing)
    assert schedule.kind.split("+")[0] not in {"ongoing", "recurring", "start"}  # of which none is late


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2001, 1, 1), date(2049, 1, 1)), st.integers(1, 200))
def test_days_are_counted_from_the_day_of_issue(issued: date, days: int) -> None:
    for words in (f"{days}日内", f"自印发之日起{days}天内", f"方案印发后{days}日内完成"):
        schedule = read_schedule(words, Context(issued=issued))
        assert (schedule.kind, schedule.due) == ("relative", issued + timedelta(days))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 31))
def test_a_day_of_every_month_is_met_in_every_month(day: int) -> None:
    schedule = read_schedule(f"每月{day}日前报送")
    assert schedule.rule is not None
    begin = rrulestr(schedule.rule, dtstart=NEW_YEAR)
    met = [found.date() for found in begin.between(NEW_YEAR, NEW_YEAR + timedelta(364), inc=True)]
    expected = [date(2018, month, 1) + relativedelta(day=day) for month in range(1, 13)]
    assert met == expected


PIECES = (
    *"年月日号底末前初中旬至到内起后、，。；-/.—（）()一二十五零半个的每自从并和及",
    *("2018", "2019", "18", "106", "0", "1", "6", "12", "13", "31", "32", "99", "43465"),
    *(
        "季度",
        "上半年",
        "持续推进",
        "长期",
        "力争",
        "印发之日",
        "工作日",
        "十三五",
        "期间",
        "每月",
        "完成",
        "适时",
    ),
    *("by ", "end", "Q3", "2018 ", "within ", "months", "\n", " "),
    *("年內", "週", "〔", "】", "+", "&", "…", "①", "½", "〇", "\u200b", "\u2028", "\x0b", "\udc80"),
)


@settings(max_examples=30, deadline=None)
@given(texts(PIECES, most=12))
def test_no_words_raise_and_no_reading_contradicts_itself(wordings: list[str]) -> None:
    for words in wordings:
        does_not_contradict_itself(words)


def does_not_contradict_itself(words: str) -> None:
    schedule = read_schedule(words, CONTEXT)
    parts = layout.parts(words, CONTEXT)
    assert all(part.wording for part in parts)
    kinds = schedule.kind.split("+")
    assert len(kinds) <= 2
    assert schedule.wording == words
    assert schedule.doubt or schedule.due or schedule.start or schedule.rule or "ongoing" in kinds
    assert not (schedule.start and schedule.due) or schedule.start <= schedule.due
    assert all(
        stage.wording and "".join(stage.wording.split()) in "".join(words.split())
        for stage in schedule.stages
    )
    assert schedule.is_understood or (schedule.due, schedule.kind) == (None, "unknown")


@pytest.mark.parametrize(
    "piece",
    [
        "6月前x",
        "1日和",
        "1日、",
        "每年1月、",
        "(",
        "(6月)",
        "年底",
        "自印发之日起",
        "一",
        "1-",
        "每",
        "字前",
        "持续",
        "1至",
        "within ",
    ],
)
def test_long_words_take_no_long_time(piece: str) -> None:
    words = (piece * 400)[:400]
    assert read_schedule(words, CONTEXT).wording == words  # at once: a slow expression would take minutes


@pytest.mark.parametrize(
    ("plan", "words", "due", "codes"),
    [
        ("years: 2018-2018", "6月底前", "2018-06-30", set()),
        ("years: 2017-2020", "6月底前", None, {"D406"}),
        ("years: 2017-2020, issued: 2018-03-01", "6月底前", "2018-06-30", set()),
        ("issued: 2018-03-01", "3个月内", "2018-06-01", set()),
        ("years: 2017-2020", "3个月内", None, {"D406"}),
        ("years: 2018-2018", "年内持续推进", None, set()),
        ("years: 2018-2018", "每季度末", None, set()),
        ("years: 2018-2018", "6月前", "2018-05-31", {"D402"}),
        ("years: 2018-2018", "2018年6月31日", None, {"D401"}),
    ],
)
def test_a_registry_gives_its_schedules_their_year_and_day_of_issue(
    plan: str, words: str, due: str | None, codes: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "tasks.yaml"
    file.write_text(
        f"format: 1\nplan: {{title: 方案, {plan}}}\ndepartments: {{甲局: {{}}}}\nsections: {{一: 部分}}\n"
        f"tasks:\n"
        f"- id: 1\n  section: 一\n  title: 事\n  items:\n"
        f"  - {{id: 1, content: 事, lead: [甲局], schedule: {words}, status: pending}}\n",
        encoding="utf-8",
    )
    registry = load(file)
    assert str(registry.items[0].due or "") == (due or "")
    assert {finding.code for finding in registry.findings} == codes
