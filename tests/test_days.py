"""days: days and spans as people type them, by one reader for every option."""

from datetime import date

import pytest

from chengguo.cli.days import WORDS, span
from conftest import Run

TODAY = "2019-10-09"  # a Wednesday


def taken(run: Run, words: str) -> str:
    """Return the day that ``due --before`` says it took."""
    outcome = run("due", "--before", words, "--as-of", TODAY)
    assert (outcome.code, outcome.err) == (0, ""), outcome.err
    return outcome.out.split("Due by ", 1)[1][:10]


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.example)
@pytest.mark.usefixtures("registry")
def test_each_way_to_say_a_day_by_its_example(run: Run, words: object) -> None:
    assert taken(run, words.example) == words.means  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *[("Tomorrow", "2019-10-10"), ("本周五", "2019-10-11"), ("下周一", "2019-10-14"), ("周三", TODAY)],
        *[("周二", "2019-10-15"), ("下周日", "2019-10-20"), ("monday", "2019-10-14"), ("月底", "2019-10-31")],
        *[("下个月底", "2019-11-30"), ("季度末", "2019-12-31"), ("下季度末", "2020-03-31")],
        *[("年底", "2019-12-31"), ("今年底", "2019-12-31"), ("明年底", "2020-12-31")],
        *[("30d", "2019-11-08"), ("2w", "2019-10-23"), ("+1m", "2019-11-09"), ("半个月后", "2019-10-24")],
        *[("12月31日", "2019-12-31"), ("1月15日", "2020-01-15"), ("6月中旬", "2020-06-20")],
        *[
            ("12-31", "2019-12-31"),
            ("1/15", "2020-01-15"),
            ("12.31", "2019-12-31"),
            ("十五天后", "2019-10-24"),
        ],
        *[("3 days", "2019-10-12"), ("in 2 weeks", "2019-10-23"), ("last friday", "2019-10-04")],
        *[
            ("上周", "2019-10-06"),
            ("本月", TODAY[:8] + "31"),
            ("去年", "2018-12-31"),
            ("二十天前", "2019-09-19"),
        ],
        *[("2年前", "2017-10-09"), ("11月底前", "2019-11-30"), ("2019年11月12日前", "2019-11-12")],
        *[("2019年6月底", "2019-06-30"), ("2018-02-28", "2018-02-28"), ("明年3月底", "2020-03-31")],
    ],
)
@pytest.mark.usefixtures("registry")
def test_the_day_that_is_taken_stands_in_the_heading(run: Run, words: str, day: str) -> None:
    assert taken(run, words) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *[("12月31日", "2019-12-31"), ("12-31", "2019-12-31"), ("12月底", "2019-12-31")],
        *[("9月30日", "2019-09-30"), ("3月6日", "2019-03-06"), ("3月5日", "2020-03-05")],
    ],
)
@pytest.mark.usefixtures("registry")
def test_without_a_year_what_lies_ahead_is_the_next_day_of_that_name(run: Run, words: str, day: str) -> None:
    as_of = ("--as-of", "2019-03-06")
    for command in (("due", "--before", words), ("list", "--due-by", words), ("stats", "--due-by", words)):
        assert f"Due by {day}, that day included" in run(*command, *as_of).out
    notice = run("notice", "--text", "--reply-by", words, "--as-of", "2019-03-06", "--dept", "市科委")
    told = "" if day.startswith("2019") else f"They are asked to reply by {day}\n"
    assert (notice.code, told in notice.err, bool(told)) == (0, True, "asked to reply" in notice.err)
    assert "{}年{}月{}日".format(*map(int, day.split("-"))) in notice.out


@pytest.mark.usefixtures("registry")
def test_without_a_year_what_has_come_is_the_last_day_of_that_name(run: Run) -> None:
    as_of = ("--as-of", "2019-03-06")
    assert run("log", "--since", "9月30日", "--until", "12月31日", *as_of).out.startswith(
        "from 2018-09-30 to 2018-12-31, both included\n"
    )
    assert "Due after 2019-09-30\n" in run("list", "--due-after", "9月30日", *as_of).out


@pytest.mark.usefixtures("registry")
def test_the_days_of_a_change_count_from_its_date(run: Run) -> None:
    words = ("--reason", "推迟", "--date", "2018-03-06", "--dry-run")
    outcome = run("extend", "1", "--to", "12月30日", *words)
    assert "--to 12月30日 is taken for 2018-12-30\n" in outcome.err, outcome.err
    assert "--to +7d is taken for 2018-03-13\n" in run("extend", "1", *words, "--to", "+7d").err


@pytest.mark.usefixtures("registry")
def test_what_is_said_from_today_counts_from_the_day_that_as_of_names(run: Run) -> None:
    first = run("due", "--as-of", "2018-02-10", "--before", "月底").out
    assert first == run("due", "--before", "月底", "--as-of", "2018-02-10").out
    assert "Due by 2018-02-28" in first


@pytest.mark.parametrize(
    "words", ["昨", "下下周", "31d d", "31/12", "9-31", "月中", "13月底", "2019-02-30", "适时"]
)
@pytest.mark.usefixtures("registry")
def test_what_is_no_day_is_refused(run: Run, words: str) -> None:
    outcome = run("due", "--before", words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "is not a date" in " ".join(outcome.err.split())


@pytest.mark.parametrize(("words", "told"), [("99999y", "99999y"), ("-99999y", "-99999y")])
@pytest.mark.usefixtures("registry")
def test_a_day_beyond_the_calendar(run: Run, words: str, told: str) -> None:
    outcome = run("list", f"--due-by={words}")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"'{told}' is beyond the calendar" in " ".join(outcome.err.split())


@pytest.mark.parametrize("command", ["list", "due", "overdue", "stats", "depts", "log"])
@pytest.mark.usefixtures("registry")
def test_every_heading_says_which_days_were_taken(run: Run, command: str) -> None:
    words = (command, "--due-by", "年底", "--due-after", "月底", "--as-of", TODAY)
    assert "Due after 2019-10-31\nDue by 2019-12-31, that day included\n" in run(*words).out
    chinese = run(*words, LANG="zh_CN.GBK", encoding="gbk").out
    assert "2019-10-31 以后到期\n截至 2019-12-31，含当日\n" in chinese


@pytest.mark.usefixtures("registry")
def test_a_log_says_which_days_it_is_of(run: Run) -> None:
    words = ("log", "--as-of", TODAY)
    assert run(*words, "--since", "上月底", "--until", "今天").out.startswith(
        "from 2019-09-30 to 2019-10-09, both included\n"
    )
    assert run(*words, "--since", "前天").out.startswith("from 2019-10-07 on\n")
    assert run(*words, "--until", "月底").out.startswith("up to 2019-10-31, that day included\n")


@pytest.mark.parametrize(
    ("words", "until"),
    [
        *[("90d", "2020-01-07"), ("12w", "2020-01-01"), ("3m", "2020-01-09"), ("1y", "2020-10-09")],
        *[
            ("一个月", "2019-11-09"),
            ("半个月", "2019-10-24"),
            ("本周", "2019-10-13"),
            ("3months", "2020-01-09"),
        ],
        *[("两周", "2019-10-23"), ("半年", "2020-04-09"), ("本月", "2019-10-31"), ("本季度", "2019-12-31")],
        *[("今年", "2019-12-31"), ("7", "2019-10-16"), ("1个季度", "2020-01-09"), ("30天", "2019-11-08")],
    ],
)
@pytest.mark.usefixtures("registry")
def test_a_span_of_time(run: Run, words: str, until: str) -> None:
    assert f"Due by {until}, that day included" in run("due", "--within", words, "--as-of", TODAY).out


def test_a_span_is_read_outside_of_a_command_too() -> None:
    assert date(2019, 1, 31) + span("一个月") == date(2019, 2, 28)
