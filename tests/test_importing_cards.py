"""Cards: a block of labels for each task, in any order, as small tables or as lines of a document."""

from pathlib import Path
from typing import Any

import pytest

import reading_tables
from chengguo import load
from conftest import Run

Read = list[tuple[int, str, str, tuple[str, ...], tuple[str, ...], str]]


def read(run: Run, folder: Path, name: str, text: str) -> tuple[Read, str]:
    """Import a file, and return its items and what was told."""
    (folder / name).write_text(text, encoding="utf-8")
    outcome = run("import", name, "--force")
    assert (outcome.code, outcome.err) == (0, "")
    tasks = load(folder / "tasks.yaml").tasks
    found = [
        (task.id, task.title, item.content, item.lead, item.support, item.schedule.wording)
        for task in tasks
        for item in task.items
    ]
    return found, outcome.out


def page(*tables: str) -> str:
    """Return a page of tables, their rows parted by ``/`` and their cells by ``|``."""
    rows = (
        "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in each.split("/"))
        for each in tables
    )
    return "<h1>某市2023年重点工作任务清单</h1>" + "\n".join(f"<table>{each}</table>" for each in rows)


def test_a_card_is_a_small_table(run: Run, tmp_path: Path) -> None:
    text = page(
        "重点工作:|135.统筹违法建设治理。/牵头单位:|市城管局/年度目标:|第一季度:印发方案。 第四季度:完成。",
        "重点工作:|97.推进同城化。/牵头单位:|市发改委/年度目标:|第一季度:制定计划。",
    )
    found, told = read(run, tmp_path, "卡.html", text)
    assert found == [
        (135, "统筹违法建设治理。", "第一季度:印发方案。\n第四季度:完成。", ("市城管局",), (), "未载明"),
        (97, "推进同城化。", "第一季度:制定计划。", ("市发改委",), (), "未载明"),
    ]
    assert told.count("no schedule is printed") == 2
    assert "left out" not in told


def test_the_answers_in_the_first_row_of_a_card_are_no_words_above_columns(run: Run, tmp_path: Path) -> None:
    text = page(
        "事项名称|高频事项“一件事”|完成时限|2026年8月底前/牵头单位|市数据局|配合单位|市医保局、市民政局"
        "/工作内容|新上线主题集成服务10项。",
        "事项名称|应急演练|完成时限|每季度末/牵头单位|市委网信办|配合单位|市公安局/工作内容|组织演练。",
    )
    found, _told = read(run, tmp_path, "卡.html", text)
    assert found == [
        (
            *(1, "高频事项“一件事”", "新上线主题集成服务10项。", ("市数据局",)),
            *(("市医保局", "市民政局"), "2026年8月底前"),
        ),
        (2, "应急演练", "组织演练。", ("市委网信办",), ("市公安局",), "每季度末"),
    ]


def test_its_labels_stand_in_any_order_and_two_in_a_row(run: Run, tmp_path: Path) -> None:
    text = page(
        "完成时限|2023年6月底|任务名称|建设服务中心/配合单位|市财政局、市住建局|牵头单位|市政务局"
        "/工作内容|选址建设，年内启用。/责任领导|李某某|联系电话|021-1234567",
        "任务名称|推进数据共享|完成时限|12月底前/牵头单位|市数据局|配合单位|/工作内容|归集目录。",
    )
    found, told = read(run, tmp_path, "卡.html", text)
    assert found == [
        (1, "建设服务中心", "选址建设，年内启用。", ("市政务局",), ("市财政局", "市住建局"), "2023年6月底"),
        (2, "推进数据共享", "归集目录。", ("市数据局",), (), "12月底前"),
    ]
    assert "left out" not in told
    assert dict(load(tmp_path / "tasks.yaml").items[0].extra) == {
        "责任领导": "李某某",
        "联系电话": "021-1234567",
    }


BLOCKS = """\
某省环保督察反馈意见整改措施清单（2023年）
一、大气污染防治
1.部分企业超标排放。
督察指出，部分企业夜间超标。
整改时限：2023年10月底前
整改目标：
全部达标。
整改措施：
1.开展排查。
2.严格执法。
责任单位：某市人民政府
督导单位：省生态环境厅
2.扬尘管控不严
责任单位：某县人民政府、市住建局
督导单位：省住房城乡建设厅
整改目标：扬尘达标。
整改措施：（1）加强巡查。
整改时限：长期坚持
二、水污染防治
3.黑臭水体反弹
督导单位：省水利厅
责任单位：某区人民政府
整改目标：消除黑臭。
整改措施：清淤。
整改时限：2023年底
"""


def test_a_block_of_labels_stands_under_its_title(run: Run, tmp_path: Path) -> None:
    """Numbers under a label are its own, and a section stands over several blocks."""
    found, told = read(run, tmp_path, "单.txt", BLOCKS)
    measures = "督察指出，部分企业夜间超标。\n全部达标。\n1.开展排查。\n2.严格执法。"
    assert found == [
        (1, "部分企业超标排放", measures, ("某市人民政府",), (), "2023年10月底前"),
        (2, "扬尘管控不严", "扬尘达标。\n（1）加强巡查。", ("某县人民政府", "市住建局"), (), "长期坚持"),
        (3, "黑臭水体反弹", "消除黑臭。\n清淤。", ("某区人民政府",), (), "2023年底"),
    ]
    registry = load(tmp_path / "tasks.yaml")
    assert [(each.id, each.title) for each in registry.sections] == [
        ("一", "大气污染防治"),
        ("二", "水污染防治"),
    ]
    assert [dict(item.extra)["督导单位"] for item in registry.items] == [
        *(("省生态环境厅",), ("省住房城乡建设厅",), ("省水利厅",)),
    ]
    assert "left out" not in told


def test_measures_in_lines_of_their_own_belong_to_their_label(run: Run, tmp_path: Path) -> None:
    text = (
        "某市督察反馈问题整改措施清单\n一、部分园区管网不配套。\n责任单位:某经开区管委会\n督导单位:市生态环境局\n"
        "整改时限:2022年12月底前\n整改目标:问题整改到位。\n整改措施:\n(一)开展全面排查。\n(二)加快设施建设。\n"
    )
    found, told = read(run, tmp_path, "单.txt", text)
    content = "问题整改到位。\n(一)开展全面排查。\n(二)加快设施建设。"
    assert found == [(1, "部分园区管网不配套", content, ("某经开区管委会",), (), "2022年12月底前")]
    assert str(load(tmp_path / "tasks.yaml").items[0].due) == "2022-12-31"
    assert "left out" not in told


def test_a_title_may_be_a_label_too(run: Run, tmp_path: Path) -> None:
    text = (
        "某区2025年改革任务清单\n\n任务名称：优化审批\n主要措施：压减材料。\n推行告知承诺。\n牵头单位：区审批局\n"
        "责任单位：区市场监管局、区数据局\n完成时限：2025年9月底前\n\n"
        "任务名称：盘活资产\n牵头单位：区国资局\n责任单位：各街道\n主要措施：摸清底数。\n完成时限：持续推进\n"
    )
    found, _told = read(run, tmp_path, "单.txt", text)
    lead, support = ("区审批局",), ("区市场监管局", "区数据局")
    assert found == [
        (1, "优化审批", "压减材料。\n推行告知承诺。", lead, support, "2025年9月底前"),
        (2, "盘活资产", "摸清底数。", ("区国资局",), ("各街道",), "持续推进"),
    ]


@pytest.mark.parametrize("words", ["说明：本清单由区政府办负责解释。", "第三方评估意见"])
def test_what_stands_around_cards_is_told(run: Run, tmp_path: Path, words: str) -> None:
    found, told = read(
        run, tmp_path, "卡.html", page("任务|甲事/责任单位|市甲局/时限|年底前") + f"<p>{words}</p>"
    )
    assert [each[1:] for each in found] == [("甲事", "甲事", ("市甲局",), (), "年底前")]
    assert words in told


def test_a_row_of_a_card_is_no_header(run: Run, tmp_path: Path) -> None:
    """Who is responsible stands beside the word for it, not below."""
    found, _told = read(
        run,
        tmp_path,
        "卡.html",
        page("任务|甲事|责任单位|市甲局|时限|6月底", "任务|乙事|责任单位|市乙局|时限|年底"),
    )
    assert [(each[1], each[3], each[5]) for each in found] == [
        ("甲事", ("市甲局",), "6月底"),
        ("乙事", ("市乙局",), "年底"),
    ]


def test_a_workbook_of_cards(run: Run, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["某市2023年任务清单"],
        ["任务", "甲事"],
        ["责任单位", "市甲局"],
        ["完成时限", "6月底"],
        [],
        ["任务", "乙事"],
        ["责任单位", "市乙局"],
        ["完成时限", "年底"],
    ):
        sheet.append(row)
    book.save(tmp_path / "卡.xlsx")
    assert run("import", "卡.xlsx").code == 0
    registry = load(tmp_path / "tasks.yaml")
    assert [(task.title, task.items[0].lead) for task in registry.tasks] == [
        ("甲事", ("市甲局",)),
        ("乙事", ("市乙局",)),
    ]


@pytest.mark.parametrize("word", ["街道", "科室", "处室", "企业", "学校", "区县"])
def test_a_kind_of_bodies_beside_the_word_for_who_is_a_column(run: Run, tmp_path: Path, word: str) -> None:
    (tmp_path / "表.csv").write_text(
        f"某市2025年任务清单\n任务,责任单位,{word},时限\n甲事,市甲局,某某,年底前\n", encoding="utf-8"
    )
    assert run("import", "表.csv").code == 0
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.lead, item.schedule.wording) == (("市甲局",), "年底前")


def test_what_a_card_leaves_empty_does_not_come_from_the_card_above(run: Run, tmp_path: Path) -> None:
    lines = (
        "# 某市2023年重点工作任务清单",
        "## 1. 建设服务中心",
        "- 工作目标：年内启用。",
        "- 牵头单位：市政务局",
        "- 配合单位：市财政局",
        "- 完成时限：2023年6月底",
        "## 2. 推进数据共享",
        "- 工作目标：归集目录。",
        "- 牵头单位：市数据局",
        "- 配合单位：",
        "- 完成时限：",
    )
    found, told = read(run, tmp_path, "卡.md", "\n\n".join(lines))
    assert found == [
        (1, "建设服务中心", "年内启用。", ("市政务局",), ("市财政局",), "2023年6月底"),
        (2, "推进数据共享", "归集目录。", ("市数据局",), (), "未载明"),
    ]
    assert "no schedule is printed" in told
    assert "row above" not in told


def test_a_label_that_only_one_line_has_beside_another_makes_cards(run: Run, tmp_path: Path) -> None:
    text = page(
        "责任部门|市交通局|完成时间|2023年11月底前/事项名称|12.打通断头路6条/工作进展|已开工4条。",
        "责任部门|市水务局|完成时间|2023年8月底前/事项名称|27.整治易涝点9处/工作进展|",
    )
    found, told = read(run, tmp_path, "卡.html", text)
    assert found == [
        (12, "打通断头路6条", "打通断头路6条", ("市交通局",), (), "2023年11月底前"),
        (27, "整治易涝点9处", "整治易涝点9处", ("市水务局",), (), "2023年8月底前"),
    ]
    assert "工作进展" in told


@pytest.mark.parametrize("last", ["办理结果|", "领导批示|", "办理结果||备注|"])
def test_a_label_with_nothing_beside_it_is_no_part_of_what_stands_before_it(
    run: Run, tmp_path: Path, last: str
) -> None:
    text = page(
        f"编号|甲-01|督办领导|王某/督办事项|扩建水厂|承办单位|市水务局/办结时限|10月31日前|{last}",
        f"编号|甲-02|督办领导|李某/督办事项|改造管网|承办单位|市城管局/办结时限|9月30日前|{last}",
    )
    found, _told = read(run, tmp_path, "卡.html", text)
    assert [(each[1], each[3], each[5]) for each in found] == [
        ("扩建水厂", ("市水务局",), "10月31日前"),
        ("改造管网", ("市城管局",), "9月30日前"),
    ]


def test_labels_in_a_row_of_their_own_that_are_not_filled_in(run: Run, tmp_path: Path) -> None:
    text = page(
        "任务|扩建水厂/责任单位|市水务局/时限|10月31日前/办理结果||备注|",
        "任务|改造管网/责任单位|市城管局/时限|9月30日前/办理结果||备注|",
    )
    found, _told = read(run, tmp_path, "卡.html", text)
    assert [each[5] for each in found] == ["10月31日前", "9月30日前"]
    assert [dict(item.extra) for item in load(tmp_path / "tasks.yaml").items] == [{}, {}]


def test_a_card_without_who_leads_is_led_by_those_who_answer(run: Run, tmp_path: Path) -> None:
    text = """某市整改方案

（一）认识存在偏差。
整改措施：
1.纳入主体班次。
2.定期听取汇报。
责任单位：市委组织部、市生态环境局
配合单位：市委党校
整改时限：2025年6月底前
（二）设施建设滞后。
整改措施：完成扩容。
牵头单位：市工信局
责任单位：望川高新区管委会
督导单位：市住建局
整改时限：2025年9月底前
"""
    found, told = read(run, tmp_path, "卡.txt", text)
    assert [each[2:] for each in found] == [
        (
            "1.纳入主体班次。\n2.定期听取汇报。",
            ("市委组织部", "市生态环境局"),
            ("市委党校",),
            "2025年6月底前",
        ),
        ("完成扩容。", ("市工信局",), ("望川高新区管委会",), "2025年9月底前"),
    ]
    assert "left out" not in told


@pytest.mark.parametrize("numbers", ["一二", "12"])
def test_a_label_for_the_task_may_count(run: Run, tmp_path: Path, numbers: str) -> None:
    lines = (
        "某县2026年任务清单",
        *(f"任务{numbers[0]}：建设平台", "牵头：县科技局", "配合：县财政局", "时限：2026年6月底前"),
        *(f"任务{numbers[1]}：培训教师", "牵头：县教育局", "配合：县财政局", "时限：2026年9月底前"),
    )
    found, told = read(run, tmp_path, "卡.txt", "\n".join(lines))
    assert [each[1:] for each in found] == [
        ("建设平台", "建设平台", ("县科技局",), ("县财政局",), "2026年6月底前"),
        ("培训教师", "培训教师", ("县教育局",), ("县财政局",), "2026年9月底前"),
    ]
    assert "nowhere" not in told


def test_the_title_of_a_page_is_none_of_its_first_card(run: Run, tmp_path: Path) -> None:
    def card(problem: tuple[str, str], measure: tuple[str, str], lead: str) -> str:
        cells = (problem, ("整改目标", "全部达标。"), ("责任单位", lead), ("整改时限", "10月底前"), measure)
        return "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in cells) + "</table>"

    page = (
        "<h1>某市督察反馈意见整改任务清单</h1><p>来源：市甲局 浏览次数：12</p>"
        + card(("问题一", "设施停运。"), ("整改措施", "逐座核查。"), "市甲局")
        + card(("问题二", "修复滞后。"), ("整改措施", "一矿一策。"), "市丙局，东浦县、南浦县政府")
    )
    found, _told = reading_tables.read(run, tmp_path, "表.html", page, "问题责任单位整改目标时限措施一二")
    assert [(each[1], each[2], each[3], each[5]) for each in found] == [
        ("设施停运。", "全部达标。\n逐座核查。", "市甲局", "10月底前"),
        ("修复滞后。", "全部达标。\n一矿一策。", "市丙局 东浦县政府 南浦县政府", "10月底前"),
    ]


ENGLISH = """\
National Cyber Security Action Plan 2025-2028

Pillar 1: Protect critical infrastructure

Action 1.1: Issue baseline standards
Lead: National Cyber Agency
Partners: Ministry of Energy; Ministry of Transport
Timeframe: Q4 2025

Action 1.2: Conduct annual exercises
Lead: National Cyber Agency
Timeframe: Annually

Pillar 2: Build skills

Action 2.1: Introduce an apprenticeship scheme
Lead: Ministry of Education
Timeframe: September 2026
"""
CHINESE = """\
某市2026年工作方案
任务1.1：建设平台
牵头单位：市数据局
配合单位：市财政局、市科技局
完成时限：6月底前
任务1.2：制定办法
牵头单位：市数据局
完成时限：每年年底
任务2.1：组织培训
牵头单位：市教育局
完成时限：9月底前
"""


@pytest.mark.parametrize(
    ("text", "sections", "titles"),
    [
        (
            ENGLISH,
            ["Protect critical infrastructure", "Build skills"],
            [*["Protect critical infrastructure"] * 2, "Introduce an apprenticeship scheme"],
        ),
        (CHINESE, ["某市2026年工作方案"], ["某市2026年工作方案", "某市2026年工作方案", "组织培训"]),
    ],
)
def test_a_number_in_a_label_is_the_items(
    run: Run, tmp_path: Path, text: str, sections: list[str], titles: list[str]
) -> None:
    found, told = read(run, tmp_path, "单.txt", text)
    registry = load(tmp_path / "tasks.yaml")
    assert [item.address for item in registry.items] == ["1.1", "1.2", "2.1"]
    assert [section.title for section in registry.sections] == sections
    assert [each[1] for each in found] == titles
    assert len(registry.items[0].support) == 2
    assert "left out" not in told


def test_whole_numbers_in_labels_are_those_of_tasks(run: Run, tmp_path: Path) -> None:
    text = CHINESE.replace("任务1.1", "任务一").replace("任务1.2", "任务二").replace("任务2.1", "任务四")
    found, told = read(run, tmp_path, "单.txt", text)
    assert [each[:2] for each in found] == [(1, "建设平台"), (2, "制定办法"), (4, "组织培训")]
    assert "task 4 follows task 2" in told
