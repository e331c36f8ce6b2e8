"""Tables and lists in shapes that are no grid of cells, or a grid that was broken on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from chengguo import load
from chengguo.model import Registry
from conftest import Run

TITLE = "某区2025年任务分解表\n"
Imported = Callable[[str, str], tuple[str, Registry]]


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Imported:
    """Import a text; give what was told of it, and the registry."""

    def once(name: str, text: str) -> tuple[str, Registry]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        outcome = run("import", name)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return outcome.out, load(tmp_path / "tasks.yaml")

    return once


SHAPES: dict[str, tuple[str, str, list[tuple[Any, ...]]]] = {
    "bullets under a headline": (
        "表.txt",
        (
            "某市2024年工作要点\n1.改善环境卫生：\n- 卫生黑点年底前减少75%。(环境局/相关部门)\n"
            "- 每年联合清洁500次。(市住房局)\n"
            "2.发布供地预测。(市发展局)\n"
        ),
        [
            ("改善环境卫生", "卫生黑点年底前减少75%。", ("环境局", "相关部门"), (), "未载明"),
            ("改善环境卫生", "每年联合清洁500次。", ("市住房局",), (), "未载明"),
            ("发布供地预测", "发布供地预测。", ("市发展局",), (), "未载明"),
        ],
    ),
    "bullets without a blank, names in other signs": (
        "表.txt",
        (
            "某市2025年工作要点\n1.改善步行环境：\n•加宽人行道6公里。（市住建局\uff0f各区政府）\n"
            "•增设座椅300张。【市园林中心】\n2.办好夜校：\n——开设课程40门。(市教育局等部门，各高等学校)\n"
            "——招募教师90名。（市人社局和市总工会）\n"
        ),
        [
            ("改善步行环境", "加宽人行道6公里。", ("市住建局", "各区政府"), (), "未载明"),
            ("改善步行环境", "增设座椅300张。", ("市园林中心",), (), "未载明"),
            ("办好夜校", "开设课程40门。", ("市教育局", "各高等学校"), (), "未载明"),
            ("办好夜校", "招募教师90名。", ("市人社局", "市总工会"), (), "未载明"),
        ],
    ),
    "numbers under a title that ends in a colon": (
        "表.txt",
        (
            "某市2025年工作要点\n1.改善绿化：\n（1）补种行道树。（市园林局）\n（2）建设公园。新建三处。（市城管局）\n"
            "2.改善供水:\n①改造管网。（市水务局）\n②检测水质。（市卫健委）\n3.开展检查。（市应急局）\n"
            "4.办好实事：\n1）修路。（市交通局）\n2）架桥。（市交通局）\n"
        ),
        [
            ("改善绿化", "补种行道树。", ("市园林局",), (), "未载明"),
            ("改善绿化", "建设公园。新建三处。", ("市城管局",), (), "未载明"),
            ("改善供水", "改造管网。", ("市水务局",), (), "未载明"),
            ("改善供水", "检测水质。", ("市卫健委",), (), "未载明"),
            ("开展检查", "开展检查。", ("市应急局",), (), "未载明"),
            ("办好实事", "修路。", ("市交通局",), (), "未载明"),
            ("办好实事", "架桥。", ("市交通局",), (), "未载明"),
        ],
    ),
    "a rule behind names": (
        "表.txt",
        (
            "某市2022年纾困措施\n1.设立引导资金。(责任单位:市工信局、市财政局,各县区人民政府。"
            "以下措施均需各县区人民政府落实,不再单独列出)\n"
            "2.降低电价。(责任单位:市发展改革委)\n"
        ),
        [
            ("设立引导资金", "设立引导资金。", ("市工信局", "市财政局", "各县区人民政府"), (), "未载明"),
            ("降低电价", "降低电价。", ("市发展改革委", "各县区人民政府"), (), "未载明"),
        ],
    ),
    "duties of several tasks": (
        "表.txt",
        (
            "某县2026年重点工作实施方案\n1.修订规范。\n2.建立台账。\n第1、2项牵头单位：县住建局；配合单位：县财政局\n"
            "3.公开指南。（县政务办）\n4.组织检查。\n5.通报结果。（第4至5项由县应急局负责）\n"
            "6.优化窗口。\n7.延时服务。\n以上任务由东浦、南浦镇政府负责，9月底前完成。\n"
        ),
        [
            ("修订规范", "修订规范。", ("县住建局",), ("县财政局",), "未载明"),
            ("建立台账", "建立台账。", ("县住建局",), ("县财政局",), "未载明"),
            ("公开指南", "公开指南。", ("县政务办",), (), "未载明"),
            ("组织检查", "组织检查。", ("县应急局",), (), "未载明"),
            ("通报结果", "通报结果。", ("县应急局",), (), "未载明"),
            ("优化窗口", "优化窗口。", ("东浦镇政府", "南浦镇政府"), (), "9月底前完成"),
            ("延时服务", "延时服务。", ("东浦镇政府", "南浦镇政府"), (), "9月底前完成"),
        ],
    ),
    "copied from a browser": (
        "表.txt",
        TITLE + "序号\t任务\t责任单位\t配合单位\t完成时限\n"
        "1\t预算收入增长5%\t区财政局\n区税务局\t各乡镇政府\t12月底\n"
        "2\t建设市场。\n一是城东。\t区商务局\t区住建局\t第三季度\n",
        [
            ("预算收入增长5%", "预算收入增长5%", ("区财政局", "区税务局"), ("各乡镇政府",), "12月底"),
            ("建设市场。一是城东。", "建设市场。一是城东。", ("区商务局",), ("区住建局",), "第三季度"),
        ],
    ),
    "copied from a browser, with quotation marks and two times in a cell": (
        "表.txt",
        TITLE + "序号\t任务\t责任单位\t配合单位\t完成时限\n"
        '1\t推广"一网通办"\n开通专窗\t区政务局\t\t3月底前\n9月底前\n'
        "2\t建设市场\t区商务局\t区住建局\n区财政局\n区税务局\t第三季度\n",
        [
            ('推广"一网通办"开通专窗', '推广"一网通办"开通专窗', ("区政务局",), (), "3月底前\n9月底前"),
            ("建设市场", "建设市场", ("区商务局",), ("区住建局", "区财政局", "区税务局"), "第三季度"),
        ],
    ),
    "copied from a browser, without numbers": (
        "表.txt",
        TITLE + "任务\t责任单位\t完成时限\n整治河道。\n一是清淤。\n二是护岸。\t区水务局\t6月底前\n"
        "编制规划\t区规划局\n区住建局\n各镇政府\t3月底前\n9月底前\n修订办法\t区司法局\t年底前\n",
        [
            (
                "整治河道。一是清淤。二是护岸。",
                "整治河道。一是清淤。二是护岸。",
                ("区水务局",),
                (),
                "6月底前",
            ),
            ("编制规划", "编制规划", ("区规划局", "区住建局", "各镇政府"), (), "3月底前\n9月底前"),
            ("修订办法", "修订办法", ("区司法局",), (), "年底前"),
        ],
    ),
    "rows without their last cells": (
        "表.txt",
        TITLE + "任务\t责任单位\t完成时限\t备注\n编制规划\t区规划局\n修订办法\t区司法局\t年底前\n",
        [
            ("编制规划", "编制规划", ("区规划局",), (), "未载明"),
            ("修订办法", "修订办法", ("区司法局",), (), "年底前"),
        ],
    ),
    "a cell a line": (
        "表.txt",
        TITLE + "\n序号\n\n任务\n\n责任单位\n\n完成时限\n\n"
        "1\n\n扩建教学楼\n\n区教育局\n\n9月底前\n\n2\n\n引进资源\n\n区住建局\n\n持续推进\n",
        [
            ("扩建教学楼", "扩建教学楼", ("区教育局",), (), "9月底前"),
            ("引进资源", "引进资源", ("区住建局",), (), "持续推进"),
        ],
    ),
    "problems and Chinese numbers": (
        "表.csv",
        (
            "某局2024年整改清单\n序号,查摆问题,整改措施,责任科室,整改时限\n一,学习不够扎实,制定计划,办公室,4月底前\n"
            ",,集中研讨,机关党委,5月底前\n二,服务有差距,优化窗口,政务科,6月底前\n"
        ),
        [
            ("学习不够扎实", "制定计划", ("办公室",), (), "4月底前"),
            ("学习不够扎实", "集中研讨", ("机关党委",), (), "5月底前"),
            ("服务有差距", "优化窗口", ("政务科",), (), "6月底前"),
        ],
    ),
    "a number under no word": (
        "表.tsv",
        (
            "某局任务表（2024年）\n工作任务\t具体要求\t责任科室\t时限要求\n强化公开\t1\t公布文件目录。\t办公室\t年底前\n"
            "\t2\t编制年度报告。\t办公室\t持续推进\n"
        ),
        [
            ("强化公开", "公布文件目录。", ("办公室",), (), "年底前"),
            ("强化公开", "编制年度报告。", ("办公室",), (), "持续推进"),
        ],
    ),
    "a matrix of ticks": (
        "表.tsv",
        TITLE
        + "序号\t重点任务\t市甲局\t市乙局\t完成时限\n1\t建设平台\t√\t\t6月底前\n2\t编制规划\t√\t√\t9月底前\n",
        [
            ("建设平台", "建设平台", ("市甲局",), (), "6月底前"),
            ("编制规划", "编制规划", ("市甲局", "市乙局"), (), "9月底前"),
        ],
    ),
    "a matrix of roles": (
        "表.tsv",
        TITLE + "序号\t重点任务\t市甲局\t市乙局\t完成时限\n"
        "1\t建设平台\t牵头\t配合\t6月底前\n2\t编制规划\t\t牵头\t9月底前\n",
        [
            ("建设平台", "建设平台", ("市甲局",), ("市乙局",), "6月底前"),
            ("编制规划", "编制规划", ("市乙局",), (), "9月底前"),
        ],
    ),
}


@pytest.mark.parametrize(("name", "text", "read"), SHAPES.values(), ids=SHAPES)
def test_a_shape_is_read_as_printed(
    imported: Imported, name: str, text: str, read: list[tuple[Any, ...]]
) -> None:
    _out, registry = imported(name, text)
    assert [
        (task.title, item.content, item.lead, item.support, item.schedule.wording)
        for task in registry.tasks
        for item in task.items
    ] == read


DRAWN = """\
某市2025年重点工作
┏━━┳━━━━━━━┳━━━━━━━┳━━━━━┓
┃序号┃工 作 任 务   ┃责任单位      ┃完成时限  ┃
┣━━╋━━━━━━━╋━━━━━━━╋━━━━━┫
┃1   ┃建设水厂两座。┃市水务局、市财┃6月底前   ┃
┃    ┃①铺设管网。  ┃政局          ┃          ┃
┣━━╋━━━━━━━╋━━━━━━━╋━━━━━┫
┃2   ┃清淤。        ┃市城管局      ┃9月底前   ┃
┃    ┃              ┣━━━━━━━┫          ┃
┃    ┃              ┃市水务局      ┃          ┃
┗━━┻━━━━━━━┻━━━━━━━┻━━━━━┛
注：按季━调度。
"""
LIGHT = str.maketrans("┏━┳┓┃┣╋┫┗┻┛", "┌─┬┐│├┼┤└┴┘")


@pytest.mark.parametrize("text", [DRAWN, DRAWN.translate(LIGHT), DRAWN.replace("  ", " ")])
def test_a_table_that_is_drawn_is_read_by_its_lines(imported: Imported, text: str) -> None:
    out, registry = imported("表.txt", text)
    assert registry.plan.title == "某市2025年重点工作"
    assert [(item.address, item.content, item.lead, str(item.due)) for item in registry.items] == [
        ("1.1", "建设水厂两座。①铺设管网。", ("市水务局", "市财政局"), "2025-06-30"),
        ("2.1", "清淤。", ("市城管局",), "2025-09-30"),
        ("2.2", "清淤。", ("市水务局",), "2025-09-30"),
    ]
    assert "表.txt:12:1: the row is left out: '注：按季" in out


def test_a_line_that_no_edge_of_a_drawn_table_parts_so_is_told(imported: Imported) -> None:
    text = DRAWN.replace("┃市城管局      ┃9月底前", "┃市城管局       9月底前")
    out, _registry = imported("表.txt", text)
    assert "清淤。 市城管局" in out


def test_the_numbers_under_a_title_are_no_words_that_are_lost(imported: Imported) -> None:
    out, _registry = imported(*SHAPES["numbers under a title that ends in a colon"][:2])
    assert "nowhere in what was read" not in out
    assert "left out" not in out


def test_a_bullet_of_which_nobody_is_read_is_told_and_is_no_part_of_the_next(imported: Imported) -> None:
    out, registry = imported(
        "表.txt",
        (
            "某市2025年工作要点\n1.改善步行环境：\n● 加宽人行道6公里。（第三方参与）\n"
            "● 增设座椅（含遮阳棚）。（市园林局）\n"
        ),
    )
    assert [(item.content, item.lead) for item in registry.items] == [
        ("增设座椅（含遮阳棚）。", ("市园林局",))
    ]
    assert "the row is left out: '改善步行环境：加宽人行道6公里。（第三方参与）'" in out


def test_a_rule_behind_names_is_told(imported: Imported) -> None:
    out, _registry = imported(*SHAPES["a rule behind names"][:2])
    assert "表.txt:2:1: the rule is applied to the rows: '以下措施均需各县区人民政府落实,不再单独列出'" in out


def test_the_problems_are_numbered_as_printed(imported: Imported) -> None:
    out, registry = imported(*SHAPES["problems and Chinese numbers"][:2])
    assert [task.id for task in registry.tasks] == [1, 2]
    assert "has no number of its own" not in out


def test_a_number_under_no_word_is_told(imported: Imported) -> None:
    out, _registry = imported(*SHAPES["a number under no word"][:2])
    assert "表.tsv:3:2: the number stands under no column, and is left out: '1'" in out


def test_two_kinds_of_ticks_say_nothing_without_a_legend(run: Run, tmp_path: Path) -> None:
    text = TITLE + "序号\t重点任务\t市甲局\t市乙局\t完成时限\n1\t建设平台\t●\t○\t6月底前\n"
    (tmp_path / "表.tsv").write_text(text, encoding="utf-8")
    outcome = run("import", "表.tsv")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no table with columns that are known was found" in outcome.err


def test_short_rows_are_not_put_together(imported: Imported) -> None:
    text = TITLE + "序号\t任务\t责任单位\t配合单位\t完成时限\n1\t甲事\t市甲局\n2\t乙事\t市乙局\t\t6月底前\n"
    _out, registry = imported("表.tsv", text)
    assert [item.lead for item in registry.items] == [("市甲局",), ("市乙局",)]


def test_the_title_of_an_english_plan_keeps_its_spaces(imported: Imported) -> None:
    header = "Climate Action Plan 2024-2027,,,\nNo.,Action,Lead agency,Timeline\n"
    text = f"{header}1,Publish,Department of Health,Q3 2025\n"
    _out, registry = imported("plan.csv", text)
    assert registry.plan.title == "Climate Action Plan 2024-2027"


def test_ticks_of_a_font_of_signs_count(run: Run, tmp_path: Path) -> None:
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = docx.Document()
    made.add_paragraph("某市2025年重点工作任务清单")
    table = made.add_table(0, 5)
    for row in (["序号", "重点任务", "市甲局", "市乙局", "完成时限"], ["1", "建设平台", "", "", "6月底前"]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paragraph = table.rows[1].cells[3].paragraphs[0]._p
    paragraph.append(parse_xml(f'<w:r {space}><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'))
    made.save(str(tmp_path / "表.docx"))
    assert run("import", "表.docx").code == 0
    assert [item.lead for item in load(tmp_path / "tasks.yaml").items] == [("市乙局",)]


def test_numbered_lines_of_a_schedule_are_stages(imported: Imported) -> None:
    cells = '"1.制定清单；\n2.开展培训。","1.区政务局\n2.区人社局","1.3月底前\n2.6月底前"'
    _out, registry = imported(
        "表.csv", f"某区2024年工作清单\n序号,任务,措施,责任单位,完成时限\n1,优化服务,{cells}\n"
    )
    (item,) = registry.items
    assert (item.lead, item.schedule.wording) == (("区政务局", "区人社局"), "1.3月底前\n2.6月底前")
    assert [str(stage.due) for stage in item.schedule.stages] == ["2024-03-31", "2024-06-30"]
