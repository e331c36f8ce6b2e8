"""Bodies that were renamed or merged: who is asked for, and whose items those were."""

import json
import re
from pathlib import Path

import openpyxl
import pytest

from conftest import Run

REGISTER = """\
format: 1
plan: {title: 方案}
departments:
  旧局: {successor: 新局, until: 2018-11}
  更旧局: {successor: 旧局}
  新局: {aliases: [新]}
  环局: {successor: 环办}
  环办: {successor: 环局}
  无关局: {successor: 新厅}
sections: {一: 部分}
tasks:
- id: 1
  section: 一
  title: 事
  items:
  - {id: 1, content: 甲, lead: [旧局], schedule: 2019年底, status: pending}
  - {id: 2, content: 乙, lead: [新局], support: [更旧局], schedule: 2019年底, status: pending}
  - {id: 3, content: 丙, lead: [环局], support: [环办], schedule: 2018年底, status: pending}
  - {id: 4, content: 丁, lead: [无关局], schedule: 持续推进, status: pending}
"""


@pytest.fixture(autouse=True)
def registry(tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(REGISTER, encoding="utf-8")


def shown(run: Run, *words: str) -> list[str]:
    outcome = run(*words, "--as-of", "2019-06-30", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    return [item["id"] for item in json.loads(outcome.out)["items"]]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("新局", ["1.1", "1.2"]),
        ("新", ["1.1", "1.2"]),
        ("旧局", ["1.1", "1.2"]),
        ("更旧局", ["1.2"]),
        ("环局", ["1.3"]),
        ("新厅", ["1.4"]),
    ],
)
def test_a_body_has_the_items_of_those_it_followed(run: Run, name: str, found: list[str]) -> None:
    assert shown(run, "list", "--dept", name) == found
    assert shown(run, "due", "--dept", name) == [each for each in found if each != "1.4"]


def test_a_successor_may_be_written_by_any_of_its_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(
        REGISTER.replace("successor: 新局,", "successor: 新,"), encoding="utf-8"
    )
    assert shown(run, "list", "--dept", "新局") == ["1.1", "1.2"]


def test_a_wrong_name_may_mean_a_successor(run: Run) -> None:
    outcome = run("list", "--dept", "市新厅")
    assert outcome.code == 3
    assert "新厅" in outcome.err.split("hint:")[1]


def test_whose_items_they_were_is_said(run: Run) -> None:
    out = run("list", "--dept", "新局", "--as-of", "2019-06-30").out
    assert out.endswith("旧局 became 新局 after 2018-11: 1.1\n更旧局 became 旧局: 1.2\n")
    assert "新局、旧局、更旧局: lead 2, support 0" in out


def test_who_took_over_is_said(run: Run) -> None:
    assert run("overdue", "--dept", "旧局", "--as-of", "2020-06-30").out.endswith(
        "旧局 became 新局 after 2018-11: 1.1\n更旧局 became 旧局: 1.2\n"
    )
    assert run("list", "--dept", "旧局", "--role", "support", "--grep", "无此文字").out.endswith(
        "旧局 became 新局 after 2018-11\n更旧局 became 旧局\n"
    )


def test_json_says_it_too(run: Run) -> None:
    document = json.loads(run("list", "--dept", "旧局", "--format", "json").out)
    assert document["succeeded"] == [
        {"name": "旧局", "successor": "新局", "until": "2018-11"},
        {"name": "更旧局", "successor": "旧局", "until": None},
    ]
    assert json.loads(run("list", "--dept", "环办", "--format", "json").out)["succeeded"] != []
    assert "succeeded" not in json.loads(run("list", "--format", "json").out)


def test_an_item_may_not_use_a_name_that_is_only_a_successors(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(REGISTER.replace("[无关局]", "[新厅]"), encoding="utf-8")
    assert "N301" in run("validate").out


FOLLOWED = ("旧局 became 新局 after 2018-11: 1.1", "无关局 became 新厅: 1.4")
DAY, EVE = ("--as-of", "2019-12-10"), ("--as-of", "2018-11-30")


def files(tmp_path: Path, folder: str) -> set[str]:
    return {path.name for path in (tmp_path / folder).iterdir()}


def test_notices_go_to_the_body_that_has_the_work(run: Run, tmp_path: Path) -> None:
    outcome = run("notice", "out", "--eml", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert FOLLOWED[0] in outcome.out.splitlines()
    assert "提醒函-新局.docx: 2 items, 0 overdue" in outcome.out
    names = ("提醒函-新局", "督办通知单-环局")
    assert files(tmp_path, "out") == {f"{name}.{kind}" for name in names for kind in ("docx", "eml")}
    texts = run("notice", "--text", "--dept", "新局", *DAY)
    assert texts.out.count("【") == 1
    assert "新局：\n" in texts.out
    assert "1. 1.1 甲（原由旧局负责）（2019年12月31日，余21天）" in texts.out
    assert "2. 1.2 乙（2019年12月31日" in texts.out
    assert texts.err == FOLLOWED[0] + "\n"
    own = run("notice", "--text", "--dept", "旧局", *DAY).out
    assert ("1.1 甲" in own, "1.2 乙" in own) == (True, False)


def test_up_to_its_last_month_a_body_has_its_own_work(run: Run, tmp_path: Path) -> None:
    outcome = run("form", "-o", "out", *EVE)
    assert outcome.out.splitlines()[-2:] == [FOLLOWED[1], "4 forms for 2018-11, as of 2018-11-30"]
    assert files(tmp_path, "out") == {f"{name}.xlsx" for name in ("旧局", "新局", "环局", "新厅")}


def test_forms_go_to_the_body_that_has_the_work_and_come_back(run: Run, tmp_path: Path) -> None:
    outcome = run("form", "-o", "out", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-3:] == [*FOLLOWED, "3 forms for 2019-12, as of 2019-12-10"]
    assert files(tmp_path, "out") == {f"{name}.xlsx" for name in ("新局", "环局", "新厅")}
    assert run("form", "新局.xlsx", "--dept", "新局", *DAY).code == 0
    book = openpyxl.load_workbook(tmp_path / "新局.xlsx")
    sheet = book["填报"]
    assert [sheet.cell(row, 1).value for row in (4, 5)] == ["1.1", "1.2"]
    headings = [cell.value for cell in sheet[3]]
    sheet.cell(4, headings.index("本期进展") + 1).value = "已接手"
    book.save(tmp_path / "新局.xlsx")
    taken = run("collect", "新局.xlsx", "--date", "2019-12-12")
    assert (taken.code, taken.err) == (0, "")
    assert "1 report taken, 0 recorded already, 0 doubts" in taken.out
    assert taken.out.endswith("2 departments have reported nothing in 2019-12: 环局, 新厅\n")


def test_tables_go_to_the_body_that_has_the_work(run: Run, tmp_path: Path) -> None:
    outcome = run("export", "out", "--by", "dept", "--format", "csv", *DAY)
    assert (outcome.code, outcome.out.splitlines()[-2:]) == (0, [*FOLLOWED])
    assert files(tmp_path, "out") == {f"{name}.csv" for name in ("新局", "环局", "新厅")}


def test_a_change_of_a_departments_items_takes_those_that_it_followed(run: Run) -> None:
    """They are those that list --role lead shows."""
    for name in ("新局", "旧局", "新厅"):
        listed = shown(run, "list", "--dept", name, "--role", "lead")
        told = run("update", "--dept", name, "--note", "好", "--dry-run")
        assert re.findall(r"^([0-9]\.[0-9]) ", told.out, re.MULTILINE) == listed, told.err
    assert shown(run, "list", "--dept", "新局", "--role", "lead") == ["1.1", "1.2"]
    assert run("update", "--dept", "某局", "--note", "好").code == 3
