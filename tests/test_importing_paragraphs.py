"""Paragraphs of plans: a task, and in a bracket or on the lines below it who does it and by when."""

from pathlib import Path

import pytest

import reading_tables
from chengguo import load
from conftest import Run

TITLE = "某市2026年民生实事清单"
LABELS = "责任单位主要责任人完成时限进度安排负责分别牵头"


@pytest.fixture
def read(run: Run, tmp_path: Path) -> reading_tables.Reading:
    def once(*lines: str) -> tuple[list[tuple[str, ...]], str]:
        return reading_tables.read(run, tmp_path, "表.txt", "\n".join((TITLE, *lines)), LABELS)

    return once


@pytest.mark.parametrize("stop", ["。", ""])
@pytest.mark.parametrize("words", ["提升县（市、区）服务", "建设平台(以下简称平台)", "改造(含新建)学校10所"])
def test_a_bracket_in_a_task_says_nothing_of_who_stands_below(
    read: reading_tables.Reading, words: str, stop: str
) -> None:
    found, told = read("一、教育", f"1.{words}{stop}", "责任单位：市教育局", "2.建小学。", "责任单位：市甲局")
    assert found == [
        ("教育", words, f"{words}{stop}", "市教育局", "", "未载明"),
        ("教育", "建小学", "建小学。", "市甲局", "", "未载明"),
    ]
    assert "left out" not in told


@pytest.mark.parametrize("stop", ["。", ""])
def test_tasks_without_numbers_stand_above_the_lines_that_say_who(
    read: reading_tables.Reading, stop: str
) -> None:
    found, told = read(
        f"新增学位2万个{stop}",
        "主要责任人：某某",
        "责任单位：市教育局",
        "进度安排：6月底前开工；12月底前招生。",
        f"建小学30所(含改扩建){stop}",
        "主要责任人：某某",
        "责任单位：市教育局",
        "进度安排：12月底前全部开工。",
    )
    assert [each[2:] for each in found] == [
        (f"新增学位2万个{stop}", "市教育局", "", "6月底前开工；12月底前招生"),
        (f"建小学30所(含改扩建){stop}", "市教育局", "", "12月底前全部开工"),
    ]
    assert "left out" not in told
    assert "nowhere" not in told


def test_a_line_between_the_title_and_a_single_line_that_says_who_is_no_task(
    read: reading_tables.Reading,
) -> None:
    found, _told = read("教育领域", "责任单位：市教育局", "1.建小学。", "责任单位：市甲局")
    assert [each[2:4] for each in found] == [("建小学。", "市甲局")]


SAID = "（市甲局负责）"


@pytest.mark.parametrize("heading", ["规范审批，提高效能。", "规范审批，提高效能", "规范审批。", "规范审批"])
def test_a_heading_is_a_section_where_tasks_with_titles_stand_under_it(
    read: reading_tables.Reading, heading: str
) -> None:
    found, told = read(
        "一、总体", f"（一）{heading}", f"1.印发方案。按季调度。{SAID}", f"2.建立台账。按月通报。{SAID}"
    )
    assert [each[:3] for each in found] == [
        (heading.rstrip("。"), "印发方案", "按季调度。"),
        (heading.rstrip("。"), "建立台账", "按月通报。"),
    ]
    assert "left out" not in told


@pytest.mark.parametrize("heading", ["预期引导", "预期引导，信息公开。"])
def test_a_heading_is_a_section_where_the_numbers_under_it_go_on(
    run: Run, tmp_path: Path, heading: str
) -> None:
    lines = ["（一）解读政策", f"1.解读。{SAID}", f"2.公开。{SAID}", f"（二）{heading}", f"3.收费。{SAID}"]
    (tmp_path / "表.txt").write_text(
        "\n".join((TITLE, "一、总体", *lines, f"4.目录。{SAID}")), encoding="utf-8"
    )
    assert "gets" not in run("import", "表.txt").out
    registry = load(tmp_path / "tasks.yaml")
    assert [(task.id, task.section, task.title) for task in registry.tasks] == [
        (1, "一.1", "解读"),
        (2, "一.1", "公开"),
        (3, "一.2", "收费"),
        (4, "一.2", "目录"),
    ]
    assert registry.sections[-1].title == heading.rstrip("。")


@pytest.mark.parametrize("heading", ["清淤", "清淤，护岸。"])
def test_a_heading_is_a_task_where_the_numbers_under_it_begin_again(
    run: Run, tmp_path: Path, heading: str
) -> None:
    lines = [
        "（一）建渠",
        f"1.干渠。{SAID}",
        f"2.支渠。{SAID}",
        f"（二）{heading}",
        f"1.河道。{SAID}",
        f"2.池塘。{SAID}",
    ]
    (tmp_path / "表.txt").write_text("\n".join((TITLE, "一、总体", *lines)), encoding="utf-8")
    assert "gets" not in run("import", "表.txt").out
    registry = load(tmp_path / "tasks.yaml")
    assert [(item.address, item.content) for item in registry.items] == [
        ("1.1", "干渠。"),
        ("1.2", "支渠。"),
        ("2.1", "河道。"),
        ("2.2", "池塘。"),
    ]
    assert registry.tasks[1].title == heading.rstrip("。")


def test_what_a_heading_says_before_its_tasks_is_told(read: reading_tables.Reading) -> None:
    found, told = read("一、规范审批，提高效能。各地要重视。", f"（一）印发方案。按季调度。{SAID}")
    assert [each[:3] for each in found] == [("规范审批，提高效能", "印发方案", "按季调度。")]
    assert "the row is left out: '各地要重视。'" in told


def test_measures_under_a_task_that_says_who_are_items_of_it(run: Run, tmp_path: Path) -> None:
    lines = [
        "（一）减轻负担，落实政策。（市甲局、市乙局负责）",
        "具体措施：",
        f"1.简化程序。{SAID}",
        f"2.公开清单。按季更新。{SAID}",
        "（二）便利登记。（市乙局负责）",
    ]
    (tmp_path / "表.txt").write_text("\n".join((TITLE, "一、总体", *lines)), encoding="utf-8")
    told = run("import", "表.txt").out
    registry = load(tmp_path / "tasks.yaml")
    assert [(item.address, item.content, item.lead) for item in registry.items] == [
        ("1.1", "减轻负担，落实政策。", ("市甲局", "市乙局")),
        ("1.2", "1.简化程序。", ("市甲局",)),
        ("1.3", "2.公开清单。按季更新。", ("市甲局",)),
        ("2.1", "便利登记。", ("市乙局",)),
    ]
    assert "gets" not in told
    assert "the row is left out: '具体措施：'" in told


def test_a_rule_behind_names_may_say_where_it_does_not_hold(read: reading_tables.Reading) -> None:
    rule = "除标注“分别牵头”外，列第一位为牵头或汇总单位，下同"
    found, told = read(
        "一、目标",
        "1.投资增长10%。",
        f"责任单位：市甲局、市乙局（{rule}）",
        "2.消费增长5%。",
        "责任单位：市丙局、市甲局",
        "3.收入增长。",
        "责任单位：市丙局、市甲局分别牵头",
    )
    who = [("市甲局", "市乙局"), ("市丙局", "市甲局"), ("市丙局 市甲局", "")]
    assert [each[3:5] for each in found] == who
    assert f"表.txt:3:4: the rule is applied to this row and to those below: '{rule}'" in told
    assert "nowhere" not in told
    assert "left aside" not in told


def test_paragraphs_before_the_first_task_are_told_once(read: reading_tables.Reading) -> None:
    lines = ["为办好实事，制定本清单。", "各区、各部门：", "请认真落实。"]
    _found, told = read(*lines, "一、教育", f"1.建小学。{SAID}")
    why = f"3 paragraphs before the first task are not taken: '{' | '.join(lines)}'"
    assert f"表.txt:2:1: {why}" in told
    assert "nowhere" not in told


def test_a_section_without_a_task_is_told_where_it_stands(read: reading_tables.Reading) -> None:
    _found, told = read("一、目标", "到年底全面完成。", "二、教育", f"1.建小学。{SAID}", "三、保障")
    assert "表.txt:2:1: section 一 has no task; it is left out: '目标'" in told
    assert "表.txt:6:1: section 三 has no task; it is left out: '保障'" in told
    assert "nowhere" not in told


@pytest.mark.parametrize("scope", ["以下政策措施", "以下各项具体任务", "以下重点工作", "以下"])
def test_a_rule_in_a_bracket_holds_for_the_tasks_below(read: reading_tables.Reading, scope: str) -> None:
    rule = f"{scope}均需各区政府落实，不再单独列出"
    found, told = read(
        "一、政策", f"1.争取资金。（责任单位：市甲局。{rule}）", "2.成立专班。（责任单位：市乙局）"
    )
    assert [each[3] for each in found] == ["市甲局", "市乙局 各区政府"]
    assert f"the rule is applied to the rows: '{rule}'" in told


@pytest.mark.parametrize("stop", [".", "．", "﹒", "、"])  # noqa: RUF001 - as printed
def test_a_number_ends_in_any_stop(run: Run, tmp_path: Path, stop: str) -> None:
    text = f"{TITLE}\n一、水利\n3{stop}建渠。\n责任单位：市甲局\n4{stop}清淤。（市甲局负责）\n"
    (tmp_path / "表.txt").write_text(text, encoding="utf-8")
    told = run("import", "表.txt").out
    assert [(task.id, task.title) for task in load(tmp_path / "tasks.yaml").tasks] == [
        (3, "建渠"),
        (4, "清淤"),
    ]
    assert "gets" not in told
