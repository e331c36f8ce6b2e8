"""wording: the official words of a schedule, and the days that supervision offices read in them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.model import Context, Schedule
from chengguo.schedules import layout, read_schedule

KINDS = {
    "deadline",
    "window",
    "start",
    "ongoing",
    "recurring",
    "relative",
    "immediate",
    "event",
    "stages",
    "none",
    "state",
    "ditto",
    "unknown",
}


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("2017 年底", date(2017, 12, 31)),
        ("2019年底", date(2019, 12, 31)),
        ("2019年年底", date(2019, 12, 31)),
        ("2019年末", date(2019, 12, 31)),
        ("2024年底前", date(2024, 12, 31)),
        ("２０１８年底", date(2018, 12, 31)),
        ("2018\u3000年\u00a0底", date(2018, 12, 31)),
        ("2012年10月底前", date(2012, 10, 31)),
        ("2019年9月底", date(2019, 9, 30)),
        ("2018年12 月底前", date(2018, 12, 31)),
        ("2026年6月", date(2026, 6, 30)),
        ("2026年06月末", date(2026, 6, 30)),
        ("2018年2月", date(2018, 2, 28)),
        ("2020年2月底", date(2020, 2, 29)),
        ("2008年3月10日前", date(2008, 3, 10)),
        ("2008年3月10号", date(2008, 3, 10)),
        ("2018.12", date(2018, 12, 31)),
        ("2018-11", date(2018, 11, 30)),
        ("2018/12/31", date(2018, 12, 31)),
        ("2018-6-5", date(2018, 6, 5)),
        ("2018.06.05", date(2018, 6, 5)),
        ("20181231", date(2018, 12, 31)),
    ],
)
def test_a_deadline_is_its_last_day(words: str, due: date) -> None:
    assert read_schedule(words) == Schedule(words, "deadline", due=due)


@pytest.mark.parametrize(
    "words",
    ["持续推进", "持续 推进", "长期推进", "持续实施", "长期实施", "持续开展", "持续落实", "长期坚持", "长期"],
)
def test_standing_work_has_no_deadline(words: str) -> None:
    schedule = read_schedule(words)
    assert schedule == Schedule(words, "ongoing")
    assert schedule.is_ongoing


@pytest.mark.parametrize(
    ("words", "due", "doubt"),
    [
        ("2020年前", date(2019, 12, 31), "read as 2019-12-31; it may mean 2020-12-31"),
        ("2019年6月前", date(2019, 5, 31), "read as 2019-05-31; it may mean 2019-06-30"),
        ("2019年1月前", date(2018, 12, 31), "read as 2018-12-31; it may mean 2019-01-31"),
    ],
)
def test_before_a_year_or_a_month_is_doubtful_and_read_as_the_earlier_day(
    words: str, due: date, doubt: str
) -> None:
    assert read_schedule(words) == Schedule(words, "deadline", due=due, doubt=doubt)


@pytest.mark.parametrize(
    "words",
    [
        "2019 年低",
        "0219年底",
        "2018年预算",
        "长效机制",
        "不早于2018年底",
        "除2018年底前完成外",
        "2018-6/5",
        "2018-06-005",
        "0",
        "。",
    ],
)
def test_what_is_not_understood_is_unknown_and_never_guessed(words: str) -> None:
    doubt = "the wording is not understood"
    assert read_schedule(words) == Schedule(words, "unknown", doubt=doubt, is_understood=False)


@pytest.mark.parametrize(
    "words",
    [
        "按需",
        "适时",
        "条件成熟时",
        "按上级要求",
        "按计划推进",
        "中远期",
        "另行通知",
        "TBD",
        "年底後",
        "2019年底后",
    ],
)
def test_words_that_name_no_day_get_none(words: str) -> None:
    schedule = read_schedule(words)
    assert (schedule.kind, schedule.start, schedule.due) == ("unknown", None, None)
    assert schedule.doubt
    assert schedule.is_understood


@pytest.mark.parametrize(
    "words",
    [
        "2019年2月29日",
        "2018年6月31日前",
        "2018-13-01",
        "20180230",
        "2018/0/1",
        "2018.1.0",
        "2018年13月底",
        "2018年0月",
        "2018.13",
        "2018-00",
        "2018年99月",
        "2018年13月前",
        "0/6/2018",
        "2018年6月31日前，7月底前",
    ],
)
def test_a_day_that_the_calendar_has_not_is_unknown(words: str) -> None:
    doubt = "the calendar has no such day"
    assert read_schedule(words) == Schedule(words, "unknown", doubt=doubt, is_understood=False)
    assert layout.parts(words, Context(2018)) == ()


@pytest.mark.parametrize("words", ["", " ", "\u3000\n"])
def test_no_words_are_no_schedule(words: str) -> None:
    assert read_schedule(words) == Schedule(words, "none", doubt="no schedule is given")


# Texts made of the pieces that schedules are made of reach the patterns; texts of any kind hardly do.
_PIECES = st.lists(
    st.sampled_from(
        (*"年月日号底末前初中旬至到内、，.-/—（） \u3000\n\uff10\uff19", "持续", "推进", "每", "季度")
    )
    | st.sampled_from(("2017", "2018", "2020", "1999", "0", "1", "2", "12", "13", "29", "30", "31", "99")),
    max_size=9,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(_PIECES | st.text(st.characters()))
def test_no_words_raise_and_a_deadline_has_a_day(words: str) -> None:
    schedule = read_schedule(words)
    kinds = schedule.kind.split("+")
    assert schedule.wording == words
    assert set(kinds) <= KINDS
    assert schedule.due or schedule.doubt or "deadline" not in kinds
    assert schedule.doubt or schedule.kind not in {"unknown", "none"}
    assert not (schedule.start and schedule.due) or schedule.start <= schedule.due


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day: date) -> None:
    written = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日前",
    ]
    assert {read_schedule(words).due for words in written} == {day}
