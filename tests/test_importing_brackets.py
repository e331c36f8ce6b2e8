"""Brackets that say who: of a heading, for the tasks below it; at the end of a task in a table's cell."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

import reading_tables
from chengguo import load
from conftest import Run
from reading_tables import MEDIA, Item

TITLE = "某市2026年优化营商环境工作要点"
WORDS = "牵头单位责任单位配合单位完成时限" * 9

HEADINGS = f"""{TITLE}

一、优化服务（牵头单位：市政务局，完成时限：9月底前）
1.设立综合窗口。
2.推行帮办代办。（完成时限：6月底前）
二、加强监管（牵头单位：市市场监管局；责任单位：各区政府）
3.开展联合检查。（责任单位：市公安局）
4.公布检查结果。（牵头单位：市司法局）
三、规范执法
5.公开文书。（责任单位：市司法局；完成时限：3月底前）
"""


def test_what_a_heading_says_holds_for_the_tasks_that_do_not_say_it(run: Run, tmp_path: Path) -> None:
    found, told = reading_tables.read(run, tmp_path, "表.txt", HEADINGS, WORDS)
    assert [(each[0], each[2], *each[3:]) for each in found] == [
        ("优化服务", "设立综合窗口。", "市政务局", "", "9月底前"),
        ("优化服务", "推行帮办代办。", "市政务局", "", "6月底前"),
        ("加强监管", "开展联合检查。", "市市场监管局", "市公安局", "未载明"),
        ("加强监管", "公布检查结果。", "市司法局", "", "未载明"),
        ("规范执法", "公开文书。", "市司法局", "", "3月底前"),
    ]
    assert "3:1: it is said of the tasks below: '（牵头单位：市政务局，完成时限：9月底前）'" in told


def test_a_line_below_a_heading_says_who_does_the_tasks_of_that_group(run: Run, tmp_path: Path) -> None:
    text = (
        f"{TITLE}\n一、会务组\n牵头单位：市政府办。成员单位：市外办。\n1.布置会场，2026年5月9日前完成。\n2.办理报到。\n"
        "二、医疗组\n牵头单位：市卫健委。\n1.设置医疗点3处，会议期间全时值守。\n"
    )
    found, told = reading_tables.read(run, tmp_path, "表.txt", text, f"{WORDS}成员一二组1")
    assert [(each[0], each[2], *each[3:]) for each in found] == [
        ("会务组", "布置会场", "市政府办", "市外办", "2026年5月9日前完成"),
        ("会务组", "办理报到。", "市政府办", "市外办", "未载明"),
        ("医疗组", "设置医疗点3处，会议期间全时值守。", "市卫健委", "", "未载明"),
    ]
    assert "3:1: it is said of the tasks below: '（牵头单位：市政府办；成员单位：市外办）'" in told


IN_PARTS = f"""{TITLE}

一、优化服务
（一）便利登记（责任单位：市市场监管局；完成时限：6月底前）
1.推行全程网办。
2.压缩办理时间。
二、加强监管。（市司法局）
3.规范执法。
"""
IN_PAGE = (
    f"<h1>{TITLE}</h1><h2>优化服务（责任单位：市市场监管局；完成时限：6月底前）</h2>"
    "<ul><li>推行全程网办。</li><li>压缩办理时间。</li></ul>"
    "<h2>加强监管（责任单位：市司法局）</h2><ul><li>规范执法。</li><li>公开文书。</li></ul>"
)
IN_MARKDOWN = f"""# {TITLE}

## 一、优化服务（市市场监管局负责；6月底前）

1. 推行全程网办。
2. 压缩办理时间。

## 二、加强监管（市司法局负责）

3. 规范执法。
"""


@pytest.mark.parametrize(
    ("name", "text"), [("表.txt", IN_PARTS), ("表.html", IN_PAGE), ("表.md", IN_MARKDOWN)]
)
def test_headings_of_other_forms_and_media(run: Run, tmp_path: Path, name: str, text: str) -> None:
    found, told = reading_tables.read(run, tmp_path, name, text, WORDS)
    assert [each[2:] for each in found][:3] == [
        ("推行全程网办。", "市市场监管局", "", "6月底前"),
        ("压缩办理时间。", "市市场监管局", "", "6月底前"),
        ("规范执法。", "市司法局", "", "未载明"),
    ]
    assert "it is said of the tasks below" in told


def test_a_heading_over_tasks_that_all_say_who_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    text = f"{TITLE}\n一、制定方案（责任单位：市司法局）\n二、规范执法\n1.公开文书。（责任单位：市公安局）\n"
    found, told = reading_tables.read(run, tmp_path, "表.txt", text, WORDS)
    assert [each[2:4] for each in found] == [("制定方案", "市司法局"), ("公开文书。", "市公安局")]
    assert "of the tasks below" not in told


def test_headings_that_are_names_are_of_those_who_do_the_tasks_below(run: Run, tmp_path: Path) -> None:
    title = "某市2026年《政府工作报告》任务分解（按部门）"
    text = (
        f"{title}\n一、市发展改革委（2项）\n1.新开工项目20个。\n2.建设枢纽。（配合单位：市商务局）\n"
        "二、市教育局（1项）\n3.新增学位600个。（完成时限：9月底前）\n"
    )
    found, told = reading_tables.read(run, tmp_path, "表.txt", text, WORDS)
    assert [(each[0], each[2], *each[3:]) for each in found] == [
        ("市发展改革委（2项）", "新开工项目20个。", "市发展改革委", "", "未载明"),
        ("市发展改革委（2项）", "建设枢纽。", "市发展改革委", "市商务局", "未载明"),
        ("市教育局（1项）", "新增学位600个。", "市教育局", "", "9月底前"),
    ]
    assert "5:1: it is said of the tasks below: '二、市教育局（1项）'" in told
    assert load(tmp_path / "tasks.yaml").plan.table == "任务分解（按部门）"


@pytest.mark.parametrize("heading", ["二、平台建设", "二、市教育局的工作"])
def test_a_heading_that_is_a_name_beside_others_is_of_nobody(run: Run, tmp_path: Path, heading: str) -> None:
    text = f"{TITLE}\n一、市教育局\n1.新增学位600个。\n{heading}\n2.建设枢纽。（责任单位：市商务局）\n"
    _found, told = reading_tables.read(run, tmp_path, "表.txt", text, WORDS)
    assert "of the tasks below" not in told


IN_CELLS = [
    [TITLE],
    ["序号", "任务及分工", "时限"],
    ["1", "建立诉求办理机制。（市工信局牵头，市政务局配合）", "4月"],
    ["2", "编制图谱8张（含附图）。（市工信局、市商务局）", "5月"],
    ["一", "优化服务", ""],
    ["3", "举办银企对接会6场。（牵头单位：市金融局；配合单位：市工商联）", "全年"],
    ["4", "召开座谈会。", "12月"],
]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("word", ["任务及分工", "重点任务"])
def test_brackets_in_the_cells_of_a_table_that_has_no_column_for_who(
    run: Run, tmp_path: Path, name: str, word: str
) -> None:
    rows = [[word if cell == "任务及分工" else cell for cell in row] for row in IN_CELLS]
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), f"序号时限{word}" + WORDS)
    assert [Item(*each)[2:] for each in found] == [
        ("建立诉求办理机制。", "市工信局", "市政务局", "4月"),
        ("编制图谱8张（含附图）。", "市工信局 市商务局", "", "5月"),
        ("举办银企对接会6场。", "市金融局", "市工商联", "全年"),
    ]
    assert "the row is left out, for it does not say who: '4 | 召开座谈会。 | 12月'" in told


def test_several_brackets_in_a_cell_are_several_items(run: Run, tmp_path: Path) -> None:
    rows = [
        *([TITLE], ["序号", "任务", "工作措施"]),
        [
            "1",
            "强化服务",
            "设立窗口。（责任单位：市政务局）公布清单。（责任单位：市司法局；完成时限：5月底前）",
        ],
        ["2", "强化监管", "开展检查。（责任单位：市公安局）"],
    ]
    found, _told = reading_tables.read(
        run, tmp_path, "表.docx", MEDIA["表.docx"](rows), "序号任务工作措施" + WORDS
    )
    assert [(each[1], *each[2:]) for each in found] == [
        ("强化服务", "设立窗口。", "市政务局", "", "未载明"),
        ("强化服务", "公布清单。", "市司法局", "", "5月底前"),
        ("强化监管", "开展检查。", "市公安局", "", "未载明"),
    ]


OVER = {
    "sections": [
        *([TITLE], ["序号", "任务", "配合单位", "完成时限"], ["一、市科技局牵头（2项）"]),
        *(["1", "建设平台", "市财政局", "6月底前"], ["2", "认定企业", "市税务局", "9月底前"]),
        *(["二、市教育局牵头（1项）"], ["3", "培训教师", "市财政局", "9月底前"]),
    ],
    "names alone": [
        *([TITLE], ["序号", "任务", "完成时限"], ["市科技局"], ["1", "建设平台", "6月底前"]),
        *(["2", "认定企业", "9月底前"], ["市教育局"], ["3", "培训教师", "9月底前"]),
    ],
    "tables under headings": [
        *([TITLE], ["一、市科技局"], ["序号", "任务", "完成时限"], ["1", "建设平台", "6月底前"]),
        *(["2", "认定企业", "9月底前"], ["二、市教育局"], ["序号", "任务", "完成时限"]),
        ["3", "培训教师", "9月底前"],
    ],
    "lines below": [
        *([TITLE], ["序号", "任务", "工作措施", "完成时限"], ["1", "建设平台", "完成招标", "6月底前"]),
        *(["责任单位：市科技局"], ["2", "认定企业", "组织评审", "9月底前"], ["责任单位：市科技局"]),
        *(["3", "培训教师", "集中培训", "9月底前"], ["责任单位：市教育局；配合单位：市财政局"]),
    ],
}


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("shape", OVER)
def test_lines_over_or_below_the_rows_of_a_table_say_who(
    run: Run, tmp_path: Path, name: str, shape: str
) -> None:
    words = "序号任务工作措施配合单位完成时限责任单位牵头项12" * 9
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name](OVER[shape]), words)
    assert [(each[1], each[3], each[5]) for each in found] == [
        ("建设平台", "市科技局", "6月底前"),
        ("认定企业", "市科技局", "9月底前"),
        ("培训教师", "市教育局", "9月底前"),
    ]
    assert "who does it is taken from the lines over or below the rows" in told


def test_headings_over_rows_that_name_nobody_lead_nothing(run: Run, tmp_path: Path) -> None:
    rows = [[TITLE], ["序号", "任务", "完成时限"], ["一、强化创新"], ["1", "建设平台", "6月底前"]]
    (tmp_path / "表.csv").write_bytes(str(MEDIA["表.csv"](rows)).encode())
    assert run("import", "表.csv").code == 1


@pytest.mark.parametrize(
    ("said", "schedule"),
    [
        ("责任单位：市甲局、各区人民政府。2026年底完成。", "2026年底完成"),
        ("责任单位：市甲局、各区人民政府。长期坚持", "长期坚持"),
        ("（责任单位：市甲局、各区人民政府。2026年6月底前完成，长期坚持）", "2026年6月底前完成，长期坚持"),
        ("责任单位：市甲局。2026年3月底前。责任单位：各区人民政府", "2026年3月底前"),
        ("\n责任单位：市甲局、各区人民政府\n2026年底完成", "2026年底完成"),
        ("\n责任单位：市甲局、各区人民政府\n办理时限：6月10日前", "6月10日前"),
        ("责任单位：市甲局、各区人民政府；答复期限：2026年7月15日前。", "2026年7月15日前"),
        ("\n办结时间：2026年9月底前\n责任单位：市甲局、各区人民政府", "2026年9月底前"),
        ("责任单位：市甲局、各区人民政府。交办时限：2026年5月底前", "2026年5月底前"),
        ("整治期限：持续推进；责任单位：市甲局、各区人民政府", "持续推进"),
        (
            "\n责任单位：市甲局、各区人民政府\n完成时限：一季度：完成招标。开工两处。二季度：完工。",
            "一季度：完成招标。开工两处。二季度：完工",
        ),
    ],
)
def test_a_schedule_behind_names_has_no_label_or_one_of_many(
    run: Run, tmp_path: Path, said: str, schedule: str
) -> None:
    task = f"1.建设平台，承诺办理时限：5天。{said}"
    text = f"{TITLE}\n一、夯实基础\n{task}\n2.办好活动。责任单位：市乙局。持续推进\n"
    (tmp_path / "表.txt").write_text(text, encoding="utf-8")
    outcome = run("import", "表.txt", "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    first, second = load(tmp_path / "tasks.yaml").items
    assert (first.content, first.schedule.wording) == ("建设平台，承诺办理时限：5天。", schedule)
    assert first.lead == ("市甲局", "各区人民政府")
    assert (second.lead, second.schedule.wording) == (("市乙局",), "持续推进")


def test_a_second_schedule_behind_names_is_told(run: Run, tmp_path: Path) -> None:
    said = "责任单位：市甲局。完成时限：2026年6月底前。并长期坚持。"
    (tmp_path / "表.txt").write_text(f"{TITLE}\n一、夯实基础\n1.建设平台。{said}\n", encoding="utf-8")
    outcome = run("import", "表.txt")
    assert "3:1: the row is left out: '并长期坚持'" in outcome.out


TASK = "（牵头单位：市{}局；完成时限：2026年5月底前）"
UNDER = [
    ("完善体系", ["推行机制。" + TASK.format("甲"), "规范设置。" + TASK.format("乙")]),
    ("化解风险", ["建设中心。" + TASK.format("丙")]),
]


def _of_word(level: int) -> bytes:
    made, part = docx.Document(), io.BytesIO()
    made.add_paragraph(TITLE, "Title")
    for heading, tasks in UNDER:
        made.add_heading(heading, level)
        for each in tasks:
            made.add_paragraph(each, "List Number")
    made.save(part)
    return part.getvalue()


def _of_page(level: int) -> bytes:
    body = "".join(
        f"<h{level}>{heading}</h{level}><ol>{''.join(f'<li>{each}</li>' for each in tasks)}</ol>"
        for heading, tasks in UNDER
    )
    return f"<p>{TITLE}</p>{body}".encode()


def _of_markdown(level: int) -> bytes:
    parts = (
        f"{'#' * level} {heading}\n\n" + "\n".join(f"1. {each}" for each in tasks) for heading, tasks in UNDER
    )
    return "\n\n".join([TITLE, *parts]).encode()


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(("kind", "made"), [("docx", _of_word), ("html", _of_page), ("md", _of_markdown)])
def test_headings_without_numbers_are_sections_of_the_tasks_below(
    run: Run, tmp_path: Path, kind: str, made: Callable[[int], bytes], level: int
) -> None:
    (tmp_path / f"表.{kind}").write_bytes(made(level))
    outcome = run("import", f"表.{kind}")
    assert "left out" not in outcome.out
    registry = load(tmp_path / "tasks.yaml")
    assert [section.title for section in registry.sections] == ["完善体系", "化解风险"]
    assert [task.section for task in registry.tasks] == ["一", "一", "二"]


def test_the_title_alone_is_no_section_of_the_tasks_below(run: Run, tmp_path: Path) -> None:
    tasks = "\n".join(f"{at}. {each}" for at, each in enumerate(UNDER[0][1], 1))
    (tmp_path / "表.md").write_text(f"# {TITLE}\n\n{tasks}\n\n# 附则\n\n本方案自发布之日起施行。\n", "utf-8")
    assert "the row is left out: '附则" in run("import", "表.md").out
    registry = load(tmp_path / "tasks.yaml")
    assert (registry.plan.title, len(registry.sections)) == (TITLE, 1)


@pytest.mark.parametrize("words", ["超大城市按现有规定执行", "参照执行", "国家统一部署实施"])
def test_a_bracket_within_a_task_that_names_no_body_stays_there(run: Run, tmp_path: Path, words: str) -> None:
    text = f"{TITLE}\n1.办理落户手续（{words}）；简化手续。（责任单位：市公安局）\n"
    (item,), _told = reading_tables.read(run, tmp_path, "表.txt", text, WORDS)
    assert item[2:4] == (f"办理落户手续（{words}）；简化手续。", "市公安局")
