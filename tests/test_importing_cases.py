"""Small tables that are easily read wrong, each with its right reading: sections, items, days, doubts."""

from pathlib import Path
from typing import NamedTuple

import pytest

from chengguo import load
from conftest import Run


class Case(NamedTuple):
    """A file, and what is to come of it.

    An item is its section, title, content, leaders, supporters and schedule, parted by bars; the section of
    a table that has none is empty. ``due`` are the
    days of the items, "-" for none; ``told`` are parts of what is said, in order.
    """

    file: str
    text: str
    items: str
    due: str = ""
    told: tuple[str, ...] = ()


CASES = {
    "qualified words above columns": Case(
        "表.csv",
        "某区2025年重点工作任务分解表\n序号,重点工作任务,主要责任单位,协同配合单位\n1,建成电子票据平台,区财政局,区税务局\n",
        "|建成电子票据平台|建成电子票据平台|区财政局|区税务局|未载明",
        told=("3:1: no schedule is printed",),
    ),
    "names on lines": Case(
        "表.csv",
        "\ufeff某县2024年任务分工表\n任务,责任单位,配合单位,完成时限\n"
        '两癌筛查,"卫生健康局\n妇联","财政局\n残联",10月底前\n关爱行动,"总工会\n共青团\n妇联",,12月底前\n',
        "|两癌筛查|两癌筛查|卫生健康局; 妇联|财政局; 残联|10月底前\n"
        "|关爱行动|关爱行动|总工会; 共青团; 妇联||12月底前",
        "2024-10-31 2024-12-31",
    ),
    "two levels of sections": Case(
        "表.txt",
        "某区2021年任务分解表\n工作任务\t牵头单位\t责任单位\n一、深化公开\n(一)做好规划公开\n"
        "1.公开规划\t区发改局\t各镇街\n(二)做好执法公开\n2.公开基准\t区市场监管局\t区司法局\n"
        "二、深化解读\n(一)提高质量\n3.规范程序\t区政府办\t各镇街\n",
        "一 深化公开 > 一.1 做好规划公开|公开规划|公开规划|区发改局|各镇街|未载明\n"
        "一 深化公开 > 一.2 做好执法公开|公开基准|公开基准|区市场监管局|区司法局|未载明\n"
        "二 深化解读 > 二.1 提高质量|规范程序|规范程序|区政府办|各镇街|未载明",
    ),
    "labels of leaders": Case(
        "表.txt",
        "某市2020年重点工作及责任分解\n一、主要目标\n1. 财政收入增长8%左右。\n牵头负责领导:张某。\n"
        "牵头责任单位:市财政局。\n协同责任单位:市税务局、市人行等,各县、市、区政府。\n2.新建学校2所。\n"
        "责任领导：李某某\n责任单位：市教育局\n完成时限：2020年8月\n",
        "一 主要目标|财政收入增长8%左右|财政收入增长8%左右。|市财政局|"
        "市税务局; 市人行; 各县、市、区政府|未载明\n"
        "一 主要目标|新建学校2所|新建学校2所。|市教育局||2020年8月",
        "- 2020-08-31",
        ("'牵头负责领导:张某;' was left aside", "'责任领导:李某某;' was left aside"),
    ),
    "paragraphs in traditional script": Case(
        "表.txt",
        "某市2006年工作要點\n一、發展產業\n(一)加快汽車基地建設。(牽頭單位:市經貿委;配合單位:市發改委、國土房管局)\n"
        "(二)建設採購中心。(牽頭單位:市經貿委;完成時限:2006年12月底前)\n"
        "(三)做好宣傳。(市教育局牽頭，市財政局參與)\n",
        "一 發展產業|加快汽車基地建設|加快汽車基地建設。|市經貿委|市發改委; 市國土房管局|未载明\n"
        "一 發展產業|建設採購中心|建設採購中心。|市經貿委||2006年12月底前\n"
        "一 發展產業|做好宣傳|做好宣傳。|市教育局|市財政局|未载明",
        "- 2006-12-31 -",
    ),
    "a rule for rows without a leader": Case(
        "表.tsv",
        "2023年某市目标任务责任分解\n无牵头单位的，责任单位即为牵头单位。\n序号\t目标任务\t牵头单位\t责任单位\n"
        "1\t新增就业20万人\t市人社局\t各区政府\n2\t完成投资6000亿元\t\t市发展改革委\n"
        "3\t建设海绵城市\t\t市水务局、市城建局\n",
        "|新增就业20万人|新增就业20万人|市人社局|各区政府|未载明\n"
        "|完成投资6000亿元|完成投资6000亿元|市发展改革委||未载明\n"
        "|建设海绵城市|建设海绵城市|市水务局; 市城建局||未载明",
        told=("2:1: the rule is applied to the rows: '无牵头单位的，责任单位即为牵头单位。'",),
    ),
    "a rule of a mark": Case(
        "表.tsv",
        "某市2024年任务分解表\n注：加★的为牵头单位。\n序号\t任务\t责任单位\t完成时限\n1\t甲事\t市财政局、★市科委\t6月底前\n",
        "|甲事|甲事|市科委|市财政局|6月底前",
        "2024-06-30",
    ),
    "blocks with a third role": Case(
        "表.txt",
        "某市督察反馈问题整改措施清单\n一、部分园区管网不配套。\n责任单位:某经开区管委会\n督导单位:市生态环境局\n"
        "整改时限:2022年12月底前\n整改目标:问题整改到位。\n整改措施:\n(一)开展全面排查。\n(二)加快设施建设。\n",
        "|部分园区管网不配套|问题整改到位。\\n(一)开展全面排查。\\n(二)加快设施建设。|某经开区管委会||2022年12月底前",
        "2022-12-31",
        ("kept as the office's own: 督导单位 (names)",),
    ),
    "English": Case(
        "表.csv",
        "Climate Action Plan 2024-2027,,,,\nNo.,Action,Lead agency,Supporting agencies,Timeline\n"
        '1,Publish a heat plan,Department of Health,"Met Office, local councils",By end-2025\n'
        "2,Review the building code,Ministry of Housing and Urban Development,,Q3 2025\n",
        "|Publish a heat plan|Publish a heat plan|Department of Health|Met Office; local councils|"
        "By end-2025\n"
        "|Review the building code|Review the building code|"
        "Ministry of Housing and Urban Development||Q3 2025",
        "2025-12-31 2025-09-30",
    ),
    "an open list that goes on": Case(
        "表.tsv",
        "营商环境重点任务分工方案（2022年）\n序号\t工作任务\t负责部门\t时间进度\n"
        "1\t清理隐性壁垒\t国家发展改革委、市场监管总局等国务院相关部门及各地区按职责分工负责\t2022年底前\n"
        "2\t引进人才\t市科委等市有关部门，各区政府\t2022年底前\n",
        "|清理隐性壁垒|清理隐性壁垒|国家发展改革委; 市场监管总局; 各地区||2022年底前\n"
        "|引进人才|引进人才|市科委; 各区政府||2022年底前",
        "2022-12-31 2022-12-31",
    ),
    "all year": Case(
        "表.tsv",
        "某集团2024年任务分解表\n序号\t任务\t责任部门\t完成时限\n1\t双重预防\t安全部\t全年\n",
        "|双重预防|双重预防|安全部||全年",
        "2024-12-31",
    ),
    "numbers with a nought": Case(
        "表.csv",
        '某市2025年任务表\n序号,任务,责任单位,完成时限\n="01",="甲事",="市甲局",="6月底前"\n02,乙事,市乙局,6月底前\n',
        "|甲事|甲事|市甲局||6月底前\n|乙事|乙事|市乙局||6月底前",
        "2025-06-30 2025-06-30",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_read(run: Run, tmp_path: Path, case: Case) -> None:
    (tmp_path / case.file).write_text(case.text, encoding="utf-8")
    outcome = run("import", case.file)
    assert (outcome.code, outcome.err) == (0, "")
    registry = load(tmp_path / "tasks.yaml")
    sections = {each.id: each for each in registry.sections}

    def path(key: str) -> str:
        found = sections[key]
        if "the table has no sections" in outcome.out:
            return ""
        above = f"{path(found.upper)} > " if found.upper else ""
        return f"{above}{key} {found.title}"

    items = [
        (
            *(path(task.section), task.title, item.content.replace("\n", "\\n")),
            *("; ".join(item.lead), "; ".join(item.support), item.schedule.wording),
        )
        for task in registry.tasks
        for item in task.items
    ]
    assert items == [tuple(line.split("|")) for line in case.items.splitlines()]
    assert [str(item.due or "-") for item in registry.items] == (case.due or "- " * len(items)).split()
    for words in case.told:
        assert words in outcome.out
