"""Numbers that are printed as addresses are, and those that no task can have."""

from pathlib import Path

import pytest

from chengguo import load
from conftest import Outcome, Run

TITLE = "某市2026年重点工作台账"
WHO = "市甲局,6月底"
BY_CONTENT, BY_TITLE = "编号,事项,具体措施,责任单位,时限", "编号,任务,责任单位,时限"


def read(run: Run, folder: Path, header: str, *rows: str) -> tuple[Outcome, list[tuple[str, str, str]]]:
    """Import a table; return the outcome, and of each item the address, the task's title and the content."""
    (folder / "表.csv").write_text("\n".join([TITLE, header, *rows]), encoding="utf-8")
    outcome = run("import", "表.csv", "--force")
    assert outcome.code == 0, outcome
    tasks = load(folder / "tasks.yaml").tasks
    return outcome, [(item.address, task.title, item.content) for task in tasks for item in task.items]


# The header of a table, its rows, and of each item the address, the title of its task, the content.
ADDRESSES = {
    "merged titles": (
        BY_CONTENT,
        (f"1.1,数据,建平台,{WHO}", f"1.2,,定标准,{WHO}", f"1.10,,做评估,{WHO}", f"2.1,安全,测评,{WHO}"),
        ("1.1 数据 建平台", "1.2 数据 定标准", "1.10 数据 做评估", "2.1 安全 测评"),
    ),
    "repeated titles": (
        BY_CONTENT,
        (f"1.1,数据,建平台,{WHO}", f"1.2,数据,定标准,{WHO}", f"3.1,安全,测评,{WHO}"),
        ("1.1 数据 建平台", "1.2 数据 定标准", "3.1 安全 测评"),
    ),
    "hyphens": (
        BY_CONTENT,
        (f"1-1,数据,建平台,{WHO}", f"1-2,,定标准,{WHO}"),
        ("1.1 数据 建平台", "1.2 数据 定标准"),
    ),
    "full width": (
        BY_CONTENT,
        (f"1．1,数据,建平台,{WHO}", f"1．2,,定标准,{WHO}"),  # noqa: RUF001 - as printed
        ("1.1 数据 建平台", "1.2 数据 定标准"),
    ),
    "a whole number between": (
        BY_CONTENT,
        (f"1.1,数据,建平台,{WHO}", f"1.2,,定标准,{WHO}", f"2,安全,测评,{WHO}"),
        ("1.1 数据 建平台", "1.2 数据 定标准", "2.1 安全 测评"),
    ),
    "titles of sections": (
        BY_TITLE,
        ("一、产业,,,", f"1.1,育企业,{WHO}", f"1.2,建园区,{WHO}", "二、城乡,,,", f"2.1,改街区,{WHO}"),
        ("1.1 产业 育企业", "1.2 产业 建园区", "2.1 改街区 改街区"),
    ),
    "no title at all": (
        BY_TITLE,
        (f"1.1,育企业,{WHO}", f"1.2,建园区,{WHO}", f"2.1,改街区,{WHO}"),
        ("1.1 台账 育企业", "1.2 台账 建园区", "2.1 改街区 改街区"),
    ),
    "a row left out under another": (
        BY_TITLE,
        ("1,产业,,", f"1.1,育企业,{WHO}", f"1.3,建园区,{WHO}"),
        ("1.1 产业 育企业", "1.3 产业 建园区"),
    ),
    "contents under another": (
        BY_CONTENT,
        ("1,产业,,,", f"1.1,,育企业,{WHO}", f"1.2,,建园区,{WHO}"),
        ("1.1 产业 育企业", "1.2 产业 建园区"),
    ),
}


@pytest.mark.parametrize("shape", ADDRESSES)
def test_numbers_of_items_are_their_addresses(run: Run, tmp_path: Path, shape: str) -> None:
    header, rows, wanted = ADDRESSES[shape]
    outcome, items = read(run, tmp_path, header, *rows)
    assert [" ".join(item).replace("2026年重点工作", "") for item in items] == list(wanted)
    assert "原表编号" not in outcome.out
    assert ("has no title of its own" in outcome.out) is (header == BY_TITLE and "1,产业,," not in rows)


def test_a_zero_that_the_sheet_has_cut_is_told(run: Run, tmp_path: Path) -> None:
    rows = [f"1.{number},数据,做{number},{WHO}" for number in range(1, 10)]
    outcome, items = read(run, tmp_path, BY_CONTENT, *rows, f"1.1,,做十,{WHO}", f"1.11,,做十一,{WHO}")
    assert [item[0] for item in items[-3:]] == ["1.9", "1.10", "1.11"]
    assert "12:1: 1.1 behind 1.9 is 1.10, whose zero the sheet has cut" in outcome.out


# Rows whose numbers cannot be addresses, and the address and the printed number of each.
OTHERS = {
    "codes": ((f"A-1,甲,建平台,{WHO}", f"A-2,乙,定标准,{WHO}"), ("1.1 A-1", "2.1 A-2")),
    "twice": (
        (f"1.1,甲,建平台,{WHO}", f"2.1,乙,定标准,{WHO}", f"2.1,乙,测评,{WHO}"),
        ("1.1 1.1", "2.1 2.1", "3.1 2.1"),
    ),
    "apart": (
        (f"1.1,甲,建平台,{WHO}", f"2.1,乙,定标准,{WHO}", f"1.2,甲,测评,{WHO}"),
        ("1.1 1.1", "2.1 2.1", "3.1 1.2"),
    ),
    "two titles": ((f"1.1,甲,建平台,{WHO}", f"1.2,乙,定标准,{WHO}"), ("1.1 1.1", "2.1 1.2")),
    "both": ((f"1,甲,建平台,{WHO}", f"1.1,甲,定标准,{WHO}"), ("1.1 ", "2.1 1.1")),
    "merged": (
        (f"1.1,甲,建平台,{WHO}", f",甲,定标准,{WHO}", f"1.2,甲,测评,{WHO}"),
        ("1.1 1.1", "1.2 ", "2.1 1.2"),
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_numbers_are_kept_beside(run: Run, tmp_path: Path, kind: str) -> None:
    rows, wanted = OTHERS[kind]
    outcome, _items = read(run, tmp_path, BY_CONTENT, *rows)
    assert "numbers that no task can have are kept as the column '原表编号'; reports go by new" in outcome.out
    items = load(tmp_path / "tasks.yaml").items
    assert [f"{item.address} {dict(item.extra).get('原表编号', '')}" for item in items] == list(wanted)
    dropped = run("import", "表.csv", "--force", "--drop", "原表编号")
    assert (dropped.code, "columns left out, as asked: 原表编号" in dropped.out) == (0, True)
    assert not load(tmp_path / "tasks.yaml").columns


def test_a_report_by_the_printed_number_goes_to_that_item(run: Run, tmp_path: Path) -> None:
    read(run, tmp_path, *ADDRESSES["merged titles"][:1], *ADDRESSES["merged titles"][1])
    (tmp_path / "报.csv").write_text("编号,状态,进展情况\n2.1,已完成,已通过\n", encoding="utf-8")
    assert run("collect", "报.csv", "--date", "2026-07-01").code == 0
    items = load(tmp_path / "tasks.yaml").items
    assert [item.content for item in items if item.status == "done"] == ["测评"]


@pytest.mark.parametrize("suffix", [".md", ".csv", ".html"])
def test_the_addresses_of_an_export_that_its_rows_do_not_keep_are_told(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    (tmp_path / "tasks.yaml").write_text(
        """format: 1
plan: {title: 某市方案, years: 2026}
departments: {甲局: }
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 治水
  items:
  - {id: 1, content: 建渠, lead: [甲局], schedule: 6月底, status: pending}
  - {id: 12, content: 清淤, lead: [甲局], schedule: 9月底, status: pending}
""",
        encoding="utf-8",
    )
    assert run("export", f"表{suffix}").code == 0
    outcome = run("import", f"表{suffix}", "-o", "新.yaml")
    told = "1 number of the table is another here, which reports go by: 1.12→1.2\n"
    assert (outcome.code, told in outcome.out) == (0, True), outcome
    assert run("export", "整.xlsx").code == 0
    assert "of the table is another" not in run("import", "整.xlsx", "-o", "整.yaml").out
