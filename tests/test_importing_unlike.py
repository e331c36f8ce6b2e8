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
        ("lines-broken-in-cells.txt", "joined to the row above: it does not say what"),
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
