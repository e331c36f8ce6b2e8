"""What people write in the cells of a table that comes back: what is sure is read, the rest is told."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from chengguo import load
from conftest import Run
from test_collect_doubts import plan

__all__ = ["plan"]  # the fixture


def taken(run: Run, plan: Path, address: str, **cells: str) -> tuple[str | None, str | None, list[str]]:
    """Return the status and the day that were recorded of a row, and all that was told."""
    with plan.with_name("a.csv").open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["编号", *cells])
        rows.writerow([address, *cells.values()])
    found = json.loads(run("collect", "a.csv", "--date", "2025-07-20", "--format", "json").out)
    told = [each["message"] for each in (*found["doubts"], *found["notes"])]
    reports = [each for item in load(plan).items for each in item.progress]
    status = reports[0].status if reports else None
    return status and status.value, reports[0].date.isoformat() if reports else None, told


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("已完成。", "done", ""),
        ("进行中；", "in_progress", ""),
        ("受阻 ！", "blocked", ""),
        ("持续推进", "in_progress", "3.1: '持续推进' is taken for in progress"),
        ("逾期完成", "done", "3.1: '逾期完成' is taken for done"),
        ("常态化推进。", "in_progress", "3.1: '常态化推进' is taken for in progress"),
        ("进行中（80%）", "in_progress", "3.1: '进行中（80%）' is taken for in progress, 80%"),
        ("推进中，已完成60%。", "in_progress", "3.1: '推进中，已完成60%' is taken for in progress, 60%"),
        (
            "完成（待验收）",
            None,
            "3.1: '完成（待验收）' is no status; write 未启动, 进行中, 受阻, 已完成, 已终止",
        ),
        ("。", None, ""),
    ],
)
def test_a_status_is_read_as_people_write_it(
    run: Run, plan: Path, text: str, status: str | None, told: str
) -> None:
    assert taken(run, plan, "3.1", 状态=text)[::2] == (status, [told] if told else [])


@pytest.mark.parametrize("heading", ["完成日期", "填报日期", "完成时间", "办结时间"])
@pytest.mark.parametrize(
    "case",
    [
        ("2025-06-18", "2025-06-18", ""),
        ("2025-06-18 13:20:00", "2025-06-18", ""),
        ("2025/6/18 9:05", "2025-06-18", ""),
        ("45826.55", "2025-06-18", ""),
        ("6月20日", "2025-06-20", "3.1: '6月20日' is taken for 2025-06-20"),
        ("7.5", "2025-07-05", "3.1: '7.5' is taken for 2025-07-05"),
        ("12月20日", None, "3.1: '12月20日' is no day: the year is missing; write 2019-06-30"),
        ("2月29日", None, "3.1: '2月29日' is no day: the year is missing; write 2019-06-30"),
        ("六月中旬", None, "3.1: '六月中旬' is no day; write 2019-06-30"),
    ],
)
def test_a_day_without_its_year_is_the_only_one_that_it_can_be(
    run: Run, plan: Path, heading: str, case: tuple[str, str | None, str]
) -> None:
    text, day, told = case
    status = "in_progress" if day else None
    assert taken(run, plan, "3.1", 状态="进行中", **{heading: text}) == (status, day, [told] if told else [])


@pytest.mark.parametrize(
    ("years", "text", "said"),
    [
        ("2024-2025", "7月5日", "3.1: '7月5日' is taken for 2025-07-05"),  # the round's
        ("2024-2025", "3月5日", "3.1: '3月5日' is no day: the year is missing; write 2025-03-05"),
    ],
)
def test_of_several_years_the_one_of_the_round_is_meant(
    run: Run, plan: Path, years: str, text: str, said: str
) -> None:
    before = plan.read_text(encoding="utf-8")
    plan.write_text(before.replace("years: 2025", f"years: {years}"), encoding="utf-8")
    assert taken(run, plan, "3.1", 状态="进行中", 完成日期=text)[2] == [said]


def test_a_form_gives_the_year_by_its_period(run: Run, plan: Path) -> None:
    before = plan.read_text(encoding="utf-8")
    plan.write_text(before.replace("years: 2025", "years: 2024-2026"), encoding="utf-8")
    made = run("form", "填报.xlsx", "--dept", "市教委", "--period", "2025-01", "--as-of", "2025-01-20")
    assert made.code == 0, made.err
    made = openpyxl.load_workbook(plan.with_name("填报.xlsx"))
    sheet = made["填报"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, heads["状态"]).value, sheet.cell(4, heads["完成日期"]).value = "进行中", "12月28日"
    made.save(plan.with_name("填报.xlsx"))
    out = run("collect", "填报.xlsx").out
    assert "'12月28日' is taken for 2024-12-28\n" in out
    assert "1 report taken" in out


@pytest.mark.parametrize("text", ["2025年9月底前", "9月底", "2025-09-30", "9月30日"])
def test_the_deadline_is_no_day_of_a_report(run: Run, plan: Path, text: str) -> None:
    assert taken(run, plan, "3.1", 状态="进行中", 完成时间=text) == ("in_progress", "2025-07-20", [])


def test_the_deadline_may_be_the_day_of_completion(run: Run, plan: Path) -> None:
    doubt = "3.1: 2025-09-30 is its deadline; if it was done on that day, write it under 完成日期"
    assert taken(run, plan, "3.1", 状态="已完成", 完成时间="2025-09-30") == (None, None, [doubt])
    assert taken(run, plan, "3.1", 状态="已完成", 完成日期="2025-09-30") == ("done", "2025-09-30", [])


def test_a_day_alone_says_nothing(run: Run, plan: Path) -> None:
    assert taken(run, plan, "3.1", 状态="", 完成时间="2025年9月底前")[2] == []
    said = "3.1: a day, and nothing is said of it"
    assert taken(run, plan, "3.1", 状态="", 完成时间="2025-06-18")[2] == [said]
