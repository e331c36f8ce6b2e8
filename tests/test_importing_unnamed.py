"""Columns under words that nothing knows: what stands below them tells which they are, and it is told."""

import json
from pathlib import Path

import pytest

from conftest import Outcome, Run

ROWS = (
    ("整治沿街店招", "区城管局", "区商务局", "6月底前"),
    ("建设口袋公园三处", "区园林所", "区财政局", "第一季度设计；第二季度完工"),
    ("开展入户宣传活动", "各街道", "区民政局", "长期"),
)
TITLE = "某区2026年城市品质提升任务分工表"


def taken(run: Run, tmp_path: Path, header: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> Outcome:
    """Import a table of this header and these rows."""
    lines = [TITLE, header, *("|".join(row) for row in rows)]
    path = tmp_path / "表.csv"
    path.write_text("\n".join(line.replace("|", ",") for line in lines), encoding="utf-8")
    return run("import", str(path), "-o", "tasks.yaml")


@pytest.mark.parametrize(
    ("header", "word", "field"),
    [
        ("任务分工|牵头部门|配合部门|完成时限", "任务分工", "title"),
        ("产业链|责任单位|配合单位|时限", "产业链", "title"),
        ("隐患描述|整改责任单位|协助部门|整改时限", "隐患描述", "title"),
        ("审议意见|主办单位|会办单位|办结时限", "审议意见", "title"),
        ("惠企政策|责任单位|配合单位|时限", "惠企政策", "title"),
        ("主要职责|责任单位|配合单位|时限", "主要职责", "title"),
        ("任务|单位|配合单位|时限", "单位", "lead"),
        ("任务|属地|配合单位|时限", "属地", "lead"),
        ("任务|部门|配合部门|时限", "部门", "lead"),
        ("任务|Department|Support|Deadline", "Department", "lead"),
        ("任务|谁家的活|配合单位|时限", "谁家的活", "lead"),
        ("任务|责任单位|配合单位|工作计划", "工作计划", "schedule"),
        ("任务|责任单位|配合单位|实施步骤", "实施步骤", "schedule"),
        ("任务|责任单位|配合单位|路线图", "路线图", "schedule"),
        ("任务|责任单位|配合单位|工作安排", "工作安排", "schedule"),
        ("任务|责任单位|配合单位|节奏", "节奏", "schedule"),
    ],
)
def test_the_only_column_that_can_be_it_is_taken_and_told(
    run: Run, tmp_path: Path, header: str, word: str, field: str
) -> None:
    out = taken(run, tmp_path, header)
    assert out.code == 0, out
    assert f"the column '{word}' is taken for {field}; --map {word}={field} settles it" in out.out
    items = json.loads(run("list", "--format", "json").out)["items"]
    found = [
        (each["title"], "、".join(each["lead"]), "、".join(each["support"]), each["schedule"]["wording"])
        for each in items
    ]
    assert found == list(ROWS)


@pytest.mark.parametrize(
    "header",
    ["产业链|重点环节内|责任单位|配合单位", "备注|分值|责任单位|时限", "工作情况|来源|责任单位|时限"],
)
def test_of_two_columns_that_may_be_it_and_of_remarks_none_is_taken(
    run: Run, tmp_path: Path, header: str
) -> None:
    rows = tuple((f"{row[0]}的一项", *row[:3]) for row in ROWS)
    out = taken(run, tmp_path, header, rows)
    assert out.code == 1
    assert "what is to be done" in out.err


@pytest.mark.parametrize("word", ["启动时间", "进展情况", "交办时间", "一季度", "备注", "数量"])
def test_what_stands_beside_the_work_is_no_schedule(run: Run, tmp_path: Path, word: str) -> None:
    out = taken(run, tmp_path, f"任务|责任单位|配合单位|{word}")
    assert out.code == 0, out
    assert "no schedule is printed" in out.out
    assert "is taken for schedule" not in out.out


def test_of_a_matrix_no_column_is_taken(run: Run, tmp_path: Path) -> None:
    rows = (
        ("控烟宣传活动", "牵头", "配合"),
        ("健康校园建设", "配合", "牵头"),
        ("无烟机关建设", "牵头", "配合"),
    )
    out = taken(run, tmp_path, "任务|卫健局|教体局", rows)
    assert out.code == 0, out
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert [each["lead"] for each in items] == [["卫健局"], ["教体局"], ["卫健局"]]


@pytest.mark.parametrize("word", ["联系服务单位", "对接部门", "要素供给单位", "Consulted agencies"])
def test_bodies_under_a_word_that_nothing_knows_support_beside_who_leads(
    run: Run, tmp_path: Path, word: str
) -> None:
    out = taken(run, tmp_path, f"任务|牵头单位|{word}|时限")
    assert f"the column '{word}' is taken for support; --map {word}=support settles it" in out.out
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert [each["support"] for each in items] == [[row[2]] for row in ROWS]


@pytest.mark.parametrize("word", ["督导单位", "填报单位", "来源部门", "被审计单位", "所在单位"])
def test_bodies_that_have_no_part_in_the_work_stay_in_their_column(
    run: Run, tmp_path: Path, word: str
) -> None:
    out = taken(run, tmp_path, f"任务|牵头单位|{word}|时限")
    assert f"columns kept as the office's own: {word} (names)" in out.out
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert not any(each["support"] for each in items)


def test_a_word_that_says_more_than_a_role_stays_who_leads(run: Run, tmp_path: Path) -> None:
    out = taken(run, tmp_path, "任务|牵头（责任）单位|参加（配合）单位|时间节点")
    assert "牵头(责任)单位=support" not in out.out
    items = json.loads(run("list", "--format", "json").out)["items"]
    assert [each["lead"] for each in items] == [[row[1]] for row in ROWS]
