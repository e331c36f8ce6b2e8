"""The table that is handed round: a part of it, a file a department, cells that can be sorted and chosen."""

from pathlib import Path

import icalendar
import openpyxl
import pytest

from conftest import Run
from offices import office

DAY = ("--as-of", "2020-03-01")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path) -> None:
    office(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("--overdue",),
        ("--section", "三"),
        ("--status", "blocked"),
        ("--alert", "unreported"),
        ("--grep", "平台"),
    ],
)
def test_the_filters_of_list_choose_what_is_exported(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    listed = run("list", *words, *DAY, "--format", "csv", "--columns", "id").out.split()[1:]
    outcome = run("export", "out.csv", *words, *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"out.csv: {len(listed)} item")
    assert 0 < len(listed) < 24
    assert (tmp_path / "out.csv").exists()


def test_each_lead_department_gets_a_file(run: Run, tmp_path: Path) -> None:
    outcome = run("export", "out/", "--by", "dept", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("out/市科委.xlsx: 20 items, 7 overdue, as of 2020-03-01\n")
    assert len(outcome.out.splitlines()) == len(list((tmp_path / "out").iterdir())) == 12
    again = run("export", "out/", "--by", "dept", "--dept", "市教委", "--format", "md", *DAY)
    assert again.out == "out/市教委.md: 2 items, 1 overdue, as of 2020-03-01\n"
    refused = run("export", "out/", "--by", "dept", "--dept", "市教委", *DAY)
    assert (refused.code, refused.out) == (1, "")


def test_no_cells_are_merged_where_that_is_asked_for_and_it_comes_back(run: Run, tmp_path: Path) -> None:
    assert run("export", "flat.xlsx", "--flat", *DAY).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "flat.xlsx").worksheets[0]
    assert {each.coord for each in sheet.merged_cells.ranges if each.min_row > 4} == {
        each.coord for each in sheet.merged_cells.ranges if each.min_row > 4 and each.min_col < each.max_col
    }
    outcome = run("import", "flat.xlsx", "-o", "again.yaml")
    assert outcome.out == "24 items read: 15 tasks, 24 departments, 12 dated, 12 ongoing, 0 doubts\n"


def test_a_status_is_chosen_from_a_list_and_the_sheets_behind_are_hidden(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.xlsx", *DAY, LANG="zh_CN.UTF-8").code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    (words,) = book.worksheets[0].data_validations.dataValidation
    assert words.formula1 == '"未启动,进行中,受阻,已完成,已终止"'
    assert str(words.sqref).startswith("H5:H")
    assert book.worksheets[0]["H4"].value == "状态"
    assert {sheet.sheet_state for sheet in book.worksheets[1:]} == {"hidden"}


def test_a_calendar_says_whose_it_is(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.ics", "--dept", "市教委", "--as-of", "2019-12-10").code == 0
    calendar = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes())
    assert str(calendar["x-wr-calname"]).startswith("市教委 上海市促进科技成果转移转化行动方案")
