"""Tables in shapes unlike those of the samples: who leads, who supports and by when, item by item.

``unlike/expected.tsv`` has the reading, written before the table was imported: a part of the content, the
names in their order, the wording of the schedule.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from chengguo import load
from conftest import Run

FOLDER = Path(__file__).parent / "unlike"


class Wanted(NamedTuple):
    """An item as it should be read."""

    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: str


def expected() -> dict[str, list[Wanted]]:
    found: dict[str, list[Wanted]] = defaultdict(list)
    with (FOLDER / "expected.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            lead, support = (tuple(filter(None, row[role].split("; "))) for role in ("lead", "support"))
            found[row["file"]].append(
                Wanted(row["content"], lead, support, row["schedule"].replace("\\n", "\n"))
            )
    return found


@pytest.mark.parametrize(("file", "wanted"), expected().items())
def test_it_is_read(run: Run, tmp_path: Path, file: str, wanted: list[Wanted]) -> None:
    (tmp_path / file).write_bytes((FOLDER / file).read_bytes())
    outcome = run("import", file)
    assert (outcome.code, outcome.err) == (0, "")
    tasks = load(tmp_path / "tasks.yaml").tasks
    items = [(task, item) for task in tasks for item in task.items]
    read = [
        Wanted(
            each.content if each.content in f"{task.title}\n{item.content}" else item.content,
            item.lead,
            item.support,
            item.schedule.wording,
        )
        for (task, item), each in zip(items, wanted, strict=True)
    ]
    assert read == wanted


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("rule-below.tsv", "the rule is applied to the rows: '注：未列牵头单位的，责任单位即为牵头单位。'"),
        ("rule-above.tsv", "the rule is applied to the rows: '（排在首位的为牵头单位；以下任务均需"),
        ("shared-tails.csv", "'东浦区政府' is completed by the end of the name behind it"),
        ("lines-broken-in-cells.txt", "joined to the row above, which it goes on from"),
    ],
)
def test_what_is_made_of_it_is_told(run: Run, file: str, told: str) -> None:
    assert told in run("import", str(FOLDER / file)).out


def test_the_title_of_a_plan_in_english_is_read(run: Run, tmp_path: Path) -> None:
    outcome = run("import", str(FOLDER / "matrix-in-english.csv"), "--format", "json")
    assert load(tmp_path / "tasks.yaml").plan.title == (
        "Climate Resilience Action Plan 2024-2026 - Implementation Matrix"
    )
    assert [each["why"] for each in json.loads(outcome.out)["doubts"]] == []


def test_sheets_with_names_are_sections(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, task in (("一、经济发展", "新开工项目20个"), ("民生保障", "新增学位1200个")):
        sheet = book.create_sheet(name)
        sheet.append(["某区2025年重点工作责任清单"])
        sheet.append(["工作任务", "主办单位", "协办单位", "完成时间"])
        sheet.append([task, "区发改局", "区财政局", "2025年6月"])
    del book["Sheet"]
    book.save(tmp_path / "表.xlsx")
    assert run("import", "表.xlsx").code == 0
    registry = load(tmp_path / "tasks.yaml")
    assert [(each.id, each.title) for each in registry.sections] == [("一", "经济发展"), ("二", "民生保障")]
    assert [task.section for task in registry.tasks] == ["一", "二"]


def test_sheets_without_names_are_none(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Sheet1", "Sheet2"):
        sheet = book.create_sheet(name)
        sheet.append(["工作任务", "主办单位", "完成时间"])
        sheet.append([f"{name}的事", "区发改局", "2025年6月"])
    del book["Sheet"]
    book.save(tmp_path / "表.xlsx")
    assert run("import", "表.xlsx", "--title", "某区2025年要点").code == 0
    assert len(load(tmp_path / "tasks.yaml").sections) == 1


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        (
            "任务,谁的事,时限",
            "Line 2 names 任务, 时限, and lacks who is responsible; if 谁的事 says so: --map 谁的事=lead.",
        ),
        ("责任单位,时限", "Line 2 names 责任单位, 时限, and lacks what is to be done: --map 列名=content."),
        (
            "工作,联系人",
            "Line 2 names 工作, and lacks who is responsible, by when; if 联系人 says so: --map 联系人=lead.",
        ),
    ],
)
def test_what_a_row_lacks_to_be_a_header_is_said(run: Run, tmp_path: Path, header: str, hint: str) -> None:
    (tmp_path / "表.csv").write_text(f"某市2025年要点\n{header}\n甲事,市甲局,年底\n", encoding="utf-8")
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.out) == (1, "")
    assert hint in outcome.err


@pytest.mark.parametrize(
    "header",
    [
        "任务,市级牵头单位,县区责任单位,完成时限",
        "整改任务,整改责任单位,整改配合单位,整改时限",
        "项目,项目牵头部门,协同整改部门,计划完成时间",
        "事项,省直主责部门,市县参与单位,时间节点",
        "工作任務,主辦機關,協辦機關,完成期限",
        "Action,Lead Agency,Supporting Agencies,Timeline",
        "Key Action,Responsible Entity,Contributing Partners,Target Date",
        "Activity,Implementing Organisation,Cooperating Institutions,Due Date",
        "Task,Lead,Support,Deadline",
    ],
)
def test_header_words_are_built_of_who_what_and_whose(run: Run, tmp_path: Path, header: str) -> None:
    text = f"某市2025年重点任务分工表\n{header}\n做甲事,市甲局,市乙局,6月底前\n"
    (tmp_path / "表.csv").write_text(text, encoding="utf-8")
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.content, item.lead, item.support) == ("做甲事", ("市甲局",), ("市乙局",))
    assert str(item.due) == "2025-06-30"
