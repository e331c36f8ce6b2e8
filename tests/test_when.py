"""The command that tells how a schedule is read."""

import json
from pathlib import Path

import pytest

from conftest import Run

ARGUMENTS = ("--year", "2018", "--issued", "2018-03-01", "--as-of", "2018-04-01")


def test_a_phrase_is_told_part_by_part(run: Run) -> None:
    outcome = run("when", "6月底前启动建设、持续推进", *ARGUMENTS)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "6月底前启动建设、持续推进\n"
        "  deadline + ongoing; due 2018-06-30, that day included\n"
        "  · 6月底前启动建设: deadline; due 2018-06-30, that day included\n"
        "  · 持续推进: ongoing\n"
    )


def test_a_doubt_and_the_next_day_are_told(run: Run) -> None:
    assert run("when", "每季度末", "适时", *ARGUMENTS).out == (
        "每季度末\n"
        "  recurring; FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1\n"
        "  next after 2018-04-01: 2018-06-30\n"
        "\n"
        "适时\n"
        "  no day\n"
        "  doubtful: it names no day\n"
    )


def test_json_has_every_key(run: Run) -> None:
    outcome = run("when", "3月底前启动,年底前完成", "每月28日前", *ARGUMENTS, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == {
        "schema": "chengguo/when/1",
        "as_of": "2018-04-01",
        "readings": [
            {
                "wording": "3月底前启动,年底前完成",
                "kind": "stages",
                "start": None,
                "due": "2018-12-31",
                "rule": None,
                "stages": [
                    {"wording": "3月底前启动", "due": "2018-03-31"},
                    {"wording": "年底前完成", "due": "2018-12-31"},
                ],
                "doubt": None,
                "next": None,
            },
            {
                "wording": "每月28日前",
                "kind": "recurring",
                "start": None,
                "due": None,
                "rule": "FREQ=MONTHLY;BYMONTHDAY=28",
                "stages": [],
                "doubt": None,
                "next": "2018-04-28",
            },
        ],
    }


@pytest.mark.parametrize(
    ("words", "following"),
    [
        (("每月28日前", "--as-of", "2018-04-28"), "2018-05-28"),
        (("每月31日前", "--as-of", "2018-04-01"), "2018-04-30"),
        (("每月30日前", "--as-of", "2018-02-01"), "2018-02-28"),
        (("每年6月、12月", "--as-of", "2018-07-01"), "2018-12-31"),
        (("每周五前", "--as-of", "2018-04-01"), "2018-04-06"),
        (("每月28日前", "--as-of", "2018-04-28", "--end", "2018-05-27"), None),
        (("2018-2019年每年年底前", "--as-of", "2019-12-31"), None),
        (("2019年起每年6月底前", "--as-of", "2018-01-01"), "2019-06-30"),
        (("2018年6月30日起每月底", "--as-of", "2018-01-01"), "2018-06-30"),
        (("每两年", "--as-of", "2018-01-01"), None),
        (("每月第一个工作日", "--as-of", "2018-01-01"), None),
    ],
)
def test_the_next_day_of_recurring_work(run: Run, words: tuple[str, ...], following: str | None) -> None:
    (reading,) = json.loads(run("when", *words, "--format", "json").out)["readings"]
    assert reading["next"] == following


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig"])
def test_lines_of_standard_input_are_phrases(run: Run, encoding: str) -> None:
    outcome = run("when", "--format", "json", stdin="2018年底前\r\n\r\n持续推进\n".encode(encoding))
    assert [reading["due"] for reading in json.loads(outcome.out)["readings"]] == ["2018-12-31", None]
    assert run("when", "--format", "json", stdin=b"").out == run("when", "--format", "json", stdin=b"\n").out


@pytest.mark.parametrize("words", [("年底", "--year", "18"), ("年底", "--issued", "适时")])
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("when", *words)
    assert (outcome.code, outcome.out) == (2, "")


def test_a_control_character_is_made_visible(run: Run) -> None:
    assert run("when", "年底\x1b[31m").out.startswith("年底\\x1b[31m\n")


CALENDAR = (
    "# 2018\n2018-02-15 休\n2018-02-16\n\n2018-02-19\n2018-02-20 off\n2018-02-21\n"
    "2018-02-11 班\n2018-02-24 work\n"
)


@pytest.mark.parametrize(
    ("words", "issued", "due"),
    [
        ("1个工作日内", "2018-02-09", "2018-02-11"),
        ("5个工作日内", "2018-02-09", "2018-02-22"),
        ("7个工作日内", "2018-02-09", "2018-02-24"),
        ("印发之日起3个工作日内", "2018-02-23", "2018-02-27"),
        ("2018年2月9日起5个工作日内", "2018-01-01", "2018-02-22"),
    ],
)
def test_working_days_are_counted_by_a_calendar(
    run: Run, tmp_path: Path, words: str, issued: str, due: str
) -> None:
    (tmp_path / "假日.txt").write_text(CALENDAR, encoding="utf-8")
    outcome = run("when", words, "--issued", issued, "--holidays", "假日.txt", "--format", "json")
    (reading,) = json.loads(outcome.out)["readings"]
    assert (reading["kind"], reading["due"], reading["doubt"]) == ("relative", due, None)


def test_a_calendar_that_does_not_reach_so_far_counts_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "假日.txt").write_text(CALENDAR, encoding="utf-8")
    outcome = run(
        "when", "10个工作日内", "--issued", "2018-12-28", "--holidays", "假日.txt", "--format", "json"
    )
    (reading,) = json.loads(outcome.out)["readings"]
    assert (reading["due"], reading["doubt"]) == (
        None,
        "the calendar of holidays 假日.txt does not reach so far",
    )


@pytest.mark.parametrize("line", ["2018-02-30", "春节", "2018-02-15 上班吗", "2018/02/15"])
def test_a_line_that_is_no_day_is_named(run: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "假日.txt").write_text(f"2018-01-01\n{line}\n", encoding="utf-8")
    outcome = run("when", "3个工作日内", "--holidays", "假日.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert "假日.txt:2: not a day of a calendar" in outcome.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "2018年12月底前（其中一期9月底前）",
            "  · 其中一期9月底前: deadline; due 2018-09-30, that day included\n",
        ),
        ("2018年12月底前（其中一期9月底前）", "  milestones; due 2018-12-31, that day included\n"),
        ("2018年12月底（6月底前完成方案）", "  milestones; due 2018-12-31, that day included\n"),
        ("2018年12月底前（6月底前）", "  doubtful: the bracket names another day: 2018-06-30\n"),
        ("2018年底前（3个月内出台方案）", "  milestones; due 2018-12-31, that day included\n"),
        ("2018年底前（春节前出台方案）", "doubtful: the bracket limits it: 春节前出台方案\n"),
        ("2018年底前（不少于4次）", "doubtful: the bracket limits it: 不少于4次\n"),
        ("2019年底前（9月底前送审）", "  · 9月底前送审: deadline; due 2019-09-30, that day included\n"),
        ("2018年6月底前并持续推进", "  deadline + ongoing; due 2018-06-30, that day included\n"),
        ("2018年底前并长期坚持", "  deadline + ongoing; due 2018-12-31, that day included\n"),
        ("2018年6月底前完成后持续推进", "  deadline + ongoing; due 2018-06-30, that day included\n"),
        ("每年（6月、12月）", "  recurring; FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1\n"),
        ("每月5日前（10日前汇总）", "  doubtful: the bracket limits it: 10日前汇总\n"),
        ("2018年底前持续推进", "  ongoing; up to 2018-12-31\n"),
        ("全年4次", "doubtful: it is said how many times, not on which days\n"),
        ("每年2次", "doubtful: it is said how many times, not on which days\n"),
        ("3月底、9月底前各完成一次", "  milestones; due 2018-09-30, that day included\n  · 3月底"),
        ("6月底前出台并2019年报送", "doubtful: the words '出台并2019年报送' were left aside\n"),
        ("2018年6-9月完成；每月5日前报送", "due 2018-09-30, that day included"),
    ],
)
def test_no_day_and_no_count_goes_unsaid(run: Run, words: str, expected: str) -> None:
    outcome = run("when", words, *ARGUMENTS)
    assert (outcome.code, outcome.err) == (0, "")
    assert expected in outcome.out


def test_a_line_break_parts_a_deadline_from_the_standing_work_after_it(run: Run) -> None:
    outcome = run("when", "2025年6月底前\n持续推进", "2025年\n6月底前持续推进", "--format", "json")
    apart, whole = json.loads(outcome.out)["readings"]
    assert (apart["kind"], apart["due"], apart["doubt"]) == ("deadline+ongoing", "2025-06-30", None)
    assert whole["kind"] == "ongoing"  # the break is the typesetter's


def test_a_calendar_is_not_asked_for_where_none_helps(run: Run, tmp_path: Path) -> None:
    (tmp_path / "假日.txt").write_text(CALENDAR, encoding="utf-8")
    outcome = run("when", "每月最后一个工作日", "--holidays", "假日.txt")
    assert "working days that recur are not counted; name a day of the calendar" in outcome.out
    assert "need a calendar" not in outcome.out
