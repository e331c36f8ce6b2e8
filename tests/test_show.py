"""``chengguo show``: everything about an item, or about a whole task."""

import json
from pathlib import Path

import pytest

from conftest import TABLE, TASKS_YAML, Run

TEXT = TASKS_YAML.read_text(encoding="utf-8")
TASKS = {task["id"]: task for task in TABLE["tasks"]}

SMALL = """\
format: 1
plan: {title: 方案}
departments:
  甲局: {full: 某市甲局}
  各有关区: {group: true}
sections: {一: 第一部分}
tasks:
- id: 7
  section: 一
  title: 建设平台
  items:
  - id: 1
    content: |-
      建立平台。
      健全机制。
    lead: [甲局]
    support: [各有关区]
    schedule: 2019 年底
    status: blocked
    progress:
    - {date: 2019-03-01, status: in_progress, note: 已启动}
    - {date: 2019-06-01, note: 方案已报批}
    - {date: 2019-11-01, status: blocked}
  - {id: 2, content: 推广经验。, lead: [甲局], schedule: 适时, status: pending}
- {id: 8, section: 一, title: 空任务, items: []}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One task of two items, the first with reports, and one without items."""
    path = tmp_path / "tasks.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def shown(run: Run, address: str) -> list[str]:
    outcome = run("show", address, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    return [item["id"] for item in json.loads(outcome.out)["items"]]


@pytest.mark.usefixtures("small")
def test_everything_about_an_item(run: Run) -> None:
    outcome = run("show", "7.1", "--as-of", "2019-08-01")
    assert [line.rstrip() for line in outcome.out.splitlines()] == [
        "7 建设平台",
        "1 item, as of 2019-08-01",
        "",
        "ID                7.1",
        "section           一 第一部分",
        "重点任务主要内容  建立平台。",
        "                  健全机制。",
        "责任部门          甲局 (某市甲局)",
        "配合部门          各有关区",
        "计划进度          2019 年底",
        "read as           deadline; due 2019-12-31, that day included",
        "status            in progress",
        "                  152 days left",
        "light             ● 绿: no condition above it holds",
        "progress          2019-03-01 in progress 已启动",
        "                  2019-06-01 方案已报批",
        "in the file       tasks.yaml:12",
        "",
    ]
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("small")
def test_a_schedule_that_cannot_be_read_is_said(run: Run) -> None:
    lines = run("show", "7.2").out.splitlines()
    assert [line.rstrip() for line in lines if line.startswith(("计划进度", "read as", "doubt"))] == [
        "计划进度          适时",
        "read as           no day",
        "doubt             it names no day",
    ]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2019-02-28", ["pending", "306 days left"]),
        ("2019-10-01", ["in progress", "no report for 122 days", "91 days left"]),
        ("2019-12-31", ["blocked", "due today"]),
        ("2020-01-01", ["blocked", "1 day overdue"]),
    ],
)
@pytest.mark.usefixtures("small")
def test_how_an_item_stands_depends_on_the_day(run: Run, day: str, standing: list[str]) -> None:
    lines = [line.strip() for line in run("show", "7.1", "--as-of", day).out.splitlines()]
    place = next(number for number, line in enumerate(lines) if line.startswith("status"))
    shown = [lines[place].removeprefix("status").strip(), *lines[place + 1 : place + len(standing)]]
    assert shown == standing


@pytest.mark.usefixtures("small")
def test_an_overdue_item_is_noted_underneath(run: Run) -> None:
    assert run("show", "7", "--as-of", "2020-01-01").out.splitlines()[-1] == "Alert: 1 overdue (7.1)"


@pytest.mark.parametrize("address", ["3.2", "\uff13\uff0e\uff12", " 3.2 "])
@pytest.mark.usefixtures("registry")
def test_an_item_by_its_address(run: Run, address: str) -> None:
    assert shown(run, address) == ["3.2"]


@pytest.mark.parametrize("task", [1, 3, 11, 15])
@pytest.mark.usefixtures("registry")
def test_a_whole_task_by_its_number(run: Run, task: int) -> None:
    assert shown(run, str(task)) == [f"{task}.{item['id']}" for item in TASKS[task]["items"]]


@pytest.mark.parametrize(("address", "count"), [("3", "5 items"), ("4", "1 item"), ("3.5", "1 item")])
@pytest.mark.usefixtures("registry")
def test_the_title_is_that_of_the_task(run: Run, address: str, count: str) -> None:
    task = int(address[0])
    lines = run("show", address, "--as-of", "2019-10-01").out.splitlines()
    assert lines[:2] == [f"{task} {TASKS[task]['title']}", f"{count}, as of 2019-10-01"]


@pytest.mark.usefixtures("registry")
def test_the_place_in_the_file_is_the_line_of_the_id(run: Run) -> None:
    lines = run("show", "11").out.splitlines()
    places = [line.split(":")[1].strip() for line in lines if line.startswith("in the file")]
    first = TEXT.splitlines().index("- id: 11")
    assert (
        places
        == [
            str(first + number)
            for number, line in enumerate(TEXT.splitlines()[first:], 1)
            if line.startswith("  - id:")
        ][:2]
    )


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        ("99", "there is no task 99", "Tasks: 1–15."),
        ("0", "there is no task 0", "Tasks: 1–15."),
        ("99.1", "there is no task 99", "Tasks: 1–15."),
        ("3.6", "task 3 has no item 6", "Its items: 3.1, 3.2, 3.3, 3.4, 3.5."),
        ("4.0", "task 4 has no item 0", "Its items: 4.1."),
    ],
)
@pytest.mark.usefixtures("registry")
def test_unknown_addresses_exit_with_3(run: Run, address: str, message: str, hint: str) -> None:
    assert run("show", address) == (3, "", f"chengguo: {message}\n  hint: {hint}\n")


@pytest.mark.usefixtures("small")
def test_a_task_without_items_is_said_to_have_none(run: Run) -> None:
    assert run("show", "8") == (3, "", "chengguo: task 8 has no items\n")


@pytest.mark.parametrize("address", ["x", "3.", ".2", "3.2.1", "3,2", "3-2", "", "三", "1234567890", "+3"])
@pytest.mark.usefixtures("registry")
def test_malformed_addresses_are_wrong_usage(run: Run, address: str) -> None:
    hint = "  hint: Write a task's number, such as 4, or task and item, such as 3.2.\n"
    assert run("show", address) == (2, "", f"chengguo: '{address}' is not an address\n{hint}")


@pytest.mark.parametrize("words", [(), ("3.1", "3.2")])
@pytest.mark.usefixtures("registry")
def test_just_one_address_is_taken(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("show", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: chengguo show [OPTIONS] ID\n")


@pytest.mark.usefixtures("registry")
def test_scripts_get_the_fields_of_list(run: Run) -> None:
    as_of = ("--as-of", "2019-10-01")
    for format_ in ("csv", "tsv", "jsonl"):
        whole = run("list", *as_of, "--format", format_).out.splitlines()
        (line,) = (line for line in whole if "3.5" in line[:12])
        assert run("show", "3.5", *as_of, "--format", format_).out.splitlines()[-1] == line


@pytest.mark.usefixtures("registry")
def test_json_has_a_schema_of_its_own(run: Run) -> None:
    document = json.loads(run("show", "3.5", "--as-of", "2019-10-01", "--format", "json").out)
    listed = json.loads(run("list", "--as-of", "2019-10-01", "--format", "json").out)["items"]
    assert document == {
        "schema": "chengguo/show/1",
        "as_of": "2019-10-01",
        "file": "tasks.yaml",
        "count": 1,
        "items": [item for item in listed if item["id"] == "3.5"],
    }


STAGES = """\
format: 1
plan: {title: 方案, years: 2025, issued: 2025-02-20}
departments: {甲局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - {id: 1, content: 建立, lead: [甲局], schedule: 10月底前完成50%，年底前全部完成, status: pending}
  - {id: 2, content: 报送, lead: [甲局], schedule: 每月28日前, status: pending}
"""


def test_milestones_have_their_days_and_what_recurs_its_next_one(run: Run, small: Path) -> None:
    small.write_text(STAGES, encoding="utf-8")
    milestones = run("show", "1.1", "--as-of", "2025-03-01").out
    assert "due 2025-12-31" in milestones
    assert "2025-10-31 10月底前完成50%" in milestones
    assert "2025-12-31 年底前全部完成" in milestones
    recurring = run("show", "1.2", "--as-of", "2025-03-28").out
    assert "next after 2025-03-28: 2025-04-28" in recurring
    assert "FREQ" not in recurring


def test_an_item_without_an_id_is_shown_at_its_first_field(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("  - id: 1\n    content", "  - content", 1), encoding="utf-8")
    outcome = run("show", "1")
    assert outcome.code == 0
    assert f"tasks.yaml:{text[: text.index('  - id: 1')].count(chr(10)) + 1}" in outcome.out
