"""Bodies that were renamed or merged: who is asked for, and whose items those were."""

import json
from pathlib import Path

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
