"""Tables in the shapes that offices publish: what stands around them, in them and behind them."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.worksheet import Worksheet

from chengguo import load
from chengguo.importing import columns, headings
from chengguo.model import Registry
from conftest import Run

TITLE = "某市2025年平安建设任务分工表"
HEADER = ["序号", "任务", "责任单位", "配合单位", "完成时限"]
ROWS = [["1", "甲事。", "市公安局", "市教育局", "2025年6月底"], ["2", "乙事。", "市民政局", "", "持续推进"]]
READ = [
    ("甲事。", ("市公安局",), ("市教育局",), "2025年6月底"),
    ("乙事。", ("市民政局",), (), "持续推进"),
]
Items = list[tuple[str, tuple[str, ...], tuple[str, ...], str]]
Imported = Callable[..., tuple[str, Registry]]


@pytest.fixture
def imported(run: Run, tmp_path: Any) -> Imported:
    """Import what a file holds; give the summary and the registry, which is sound."""

    def do(name: str, data: bytes | str, *words: str) -> tuple[str, Registry]:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        outcome = run("import", name, "--force", *words)
        assert (outcome.code, outcome.err) == (0, "")
        assert run("validate", "--ignore", "D4").code == 0
        return outcome.out, load(tmp_path / "tasks.yaml")

    return do


def items(registry: Registry) -> Items:
    return [(item.content, item.lead, item.support, item.schedule.wording) for item in registry.items]


def tsv(*rows: list[str]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def workbook(rows: list[list[Any]], change: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(out)
    return out.getvalue()


def document(*parts: str | list[list[str]]) -> Any:
    """Make a document of paragraphs and tables."""
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(len(part), len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return made


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("above", "plan", "table", "years"),
    [
        ([TITLE], "某市2025年平安建设", "任务分工表", (2025, 2025)),
        (["附件1", "某区2024年重点工作责任分解表"], "某区2024年重点工作", "责任分解表", (2024, 2024)),
        (["某县2025年重点任务推进计划表"], "某县2025年重点任务", "推进计划表", (2025, 2025)),
        (["某市２０２５年林业工作任务清单"], "某市２０２５年林业工作", "任务清单", (2025, 2025)),
        (["某县二〇二五年工作要点责任分解"], "某县二〇二五年工作要点", "责任分解", (2025, 2025)),
        (
            ["某市人民政府办公室关于印发《某市2025年养老行动方案》任务分工的通知"],
            "某市2025年养老行动方案",
            "任务分工",
            (2025, 2025),
        ),
        (["根据《某法》和有关规定，制定本表。", TITLE], "某市2025年平安建设", "任务分工表", (2025, 2025)),
        (["单位：万元", "某市2025年大事"], "某市2025年大事", "", (2025, 2025)),
    ],
)
def test_titles(above: list[str], plan: str, table: str, years: tuple[int, int]) -> None:
    heading = headings.read_heading(above)
    assert (heading.plan, heading.table, heading.years) == (plan, table, years)


def test_a_file_without_a_title_gives_its_name(imported: Imported) -> None:
    out, registry = imported("某市2025年平安建设任务分工表.tsv", tsv(HEADER, *ROWS))
    assert (registry.plan.title, registry.plan.years) == ("某市2025年平安建设", (2025, 2025))
    assert "the plan is named '某市2025年平安建设': --title names it otherwise" in out


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("编号 督查事项 具体要求 承办单位 会办单位 办结时限", "number title content lead support schedule"),
        ("编號 工作項目 工作內容 主辦機關 協辦機關 完成期限", "number title content lead support schedule"),
        (
            "项目名称 建设内容 责任领导 责任单位 责任人 开工时间 完成时间",
            "title content - lead - - schedule",
        ),
        ("任务 牵头领导 牵头单位 责任单位 完成时限（2025年）", "title - lead support schedule"),
        ("任务 责任单位（列第一位的为牵头单位） 化解时限", "title lead schedule"),
        ("重点任务 工作任务 责任部门 配合部门", "title content lead support"),
        ("重点任务 主要内容 工作目标 责任部门 时限", "title content content lead schedule"),
        ("任务 责任单位 时限 任务 责任单位 时限", "title lead schedule - - -"),
        ("序号 工作要点 责任科室", "number title lead"),
    ],
)
def test_columns(words: str, fields: str) -> None:
    found = columns.recognise(tuple(words.split()), columns.words([]))
    assert found is not None
    assert [found.field(place) or "-" for place in range(len(words.split()))] == fields.split()


@pytest.mark.parametrize(
    "words", ["单位 姓名 电话", "序号 单位 联系人", "责任单位 完成时限", "甲局 乙局 丙局"]
)
def test_what_is_no_header(words: str) -> None:
    assert columns.recognise(tuple(words.split()), columns.words([])) is None


def test_a_guessed_column_is_told(imported: Imported) -> None:
    table = tsv(
        [TITLE], ["序号", "任务", "化解举措", "责任单位", "时限"], ["1", "甲", "甲事。", "市公安局", "6月底"]
    )
    out, registry = imported("表.tsv", table)
    why = "the column '化解举措' is taken for content; --map 化解举措=content settles it"
    assert f"表.tsv:2:3: {why}" in out.splitlines()
    assert items(registry) == [("甲事。", ("市公安局",), (), "6月底")]
    assert why not in imported("表.tsv", table, "--map", "化解举措=content")[0]


def test_notes_and_sums_are_no_items(imported: Imported) -> None:
    notes = [["续表"], ["合计", "2项"], ["审核人：", "填表人：王某", "日期：2025年1月5日"], ["注：略。"]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *ROWS, *notes))
    assert items(registry) == READ
    for note in notes:
        assert f"the row is left out: '{' | '.join(note)}'" in out


def test_rows_that_name_sections(imported: Imported) -> None:
    rows = [["党建引领"], ROWS[0], ["（二）", "乡村振兴"], ROWS[1]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert items(registry) == READ
    assert [(each.id, each.title) for each in registry.sections] == [("一", "党建引领"), ("二", "乡村振兴")]
    assert "表.tsv:3:1: the row is read as a section: '党建引领'" in out


def test_two_sections_of_one_number(imported: Imported) -> None:
    rows = [["一、甲"], ROWS[0], ["一、乙"], ROWS[1]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert [(each.id, each.title) for each in registry.sections] == [("一", "甲"), ("二", "乙")]
    assert "two sections are numbered 一; this one gets 二" in out


def test_numbers_with_points_stand_under_a_title(imported: Imported) -> None:
    rows = [["1", "平安"], ["1.1", *ROWS[0][1:]], ["1.2", *ROWS[1][1:]], ["2", "法治"], ["2.1", *ROWS[0][1:]]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert [(item.address, item.content) for item in registry.items] == [
        ("1.1", "甲事。"),
        ("1.2", "乙事。"),
        ("2.1", "甲事。"),
    ]
    assert [task.title for task in registry.tasks] == ["平安", "法治"]
    assert "0 doubts" in out


def test_a_cell_under_no_column_is_told(imported: Imported) -> None:
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, [*ROWS[0], "多余的话"], ROWS[1]))
    assert items(registry) == READ
    assert "表.tsv:3:6: the cell stands under no column, and is left out: '多余的话'" in out


def test_a_number_at_the_head_of_a_title_is_no_number_of_the_task(imported: Imported) -> None:
    rows = [["5G网络", "市公安局", "6月底"], ["100件实事", "市民政局", "6月底"]]
    _out, registry = imported("表.tsv", tsv([TITLE], ["任务", "责任单位", "时限"], *rows))
    assert [(task.id, task.title) for task in registry.tasks] == [(1, "5G网络"), (2, "100件实事")]


def test_cells_that_go_on_in_the_next_row(imported: Imported) -> None:
    rows = [["1", "甲事。", "市公", "市教育局", "2025年6"], ["", "", "安局", "", "月底"], ROWS[1]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert items(registry) == READ
    assert "表.tsv:4:1: joined to the row above, which it goes on from" in out
    assert "may be no name" not in out


def test_a_line_with_more_blanks_than_columns_is_told(imported: Imported) -> None:
    lines = [
        TITLE,
        "序号 任 务 责任单位",
        "1 建渠3条 市水务局",
        "2 清淤 5 处 市城管局",
        "",
        "3 建站 市水务局",
    ]
    out, registry = imported("表.txt", "\n".join(lines))
    assert [(item.task, item.content, item.lead) for item in registry.items] == [
        (1, "建渠3条", ("市水务局",)),
        (2, "清淤 5 处", ("市城管局",)),
        (3, "建站", ("市水务局",)),
    ]
    assert [line for line in out.splitlines() if "spaces" in line] == [
        "表.txt:4:1: the spaces do not tell the columns of this line"
    ]


def test_another_name_that_stands_alone_too(imported: Imported) -> None:
    rows = [
        ["1", "甲事。", "市市场监管局（市知识产权局）", "", "6月底"],
        ["2", "乙事。", "市知识产权局", "", "6月底"],
    ]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert [item.lead for item in registry.items] == [("市市场监管局",), ("市知识产权局",)]
    assert "'市知识产权局' stands alone too; it is no other name of '市市场监管局'" in out


def test_another_name_that_two_have(imported: Imported) -> None:
    rows = [
        ["1", "甲事。", "高新园管委会（邹山镇）", "", "6月底"],
        ["2", "乙事。", "经开区高新园管委会（邹山镇）", "", "6月底"],
    ]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert [each.aliases for each in registry.departments] == [("邹山镇",), ()]
    assert "表.tsv:4:1: '邹山镇' is another name of '高新园管委会' already; it is none of '经开区" in out


def test_a_mark_that_is_not_closed_swallows_no_rows(imported: Imported) -> None:
    table = tsv([TITLE], HEADER, ["1", '"甲事。', *ROWS[0][2:]], ROWS[1])
    assert items(imported("表.tsv", table)[1]) == [('"甲事。', *READ[0][1:]), READ[1]]


def test_what_nobody_sees_is_no_part_of_a_name(imported: Imported) -> None:
    table = tsv([TITLE], HEADER, ROWS[0], ROWS[1]).replace("市公安局", "\u200b市公\x1b[1m安局\ufeff")
    out, registry = imported("表.tsv", table)
    assert (items(registry), "0 doubts" in out) == (READ, True)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_without_a_mark(imported: Imported, codec: str) -> None:
    table = tsv([TITLE.replace("2025", "二〇二五")], HEADER, *ROWS)
    _out, registry = imported("表.tsv", table.encode(codec))
    assert (items(registry), registry.plan.years) == (READ, (2025, 2025))


def test_columns_by_spaces(imported: Imported) -> None:
    lines = [
        TITLE,
        "",
        "序号    任务          责任单位      配合单位        完成时限",
        "1       甲事。        市公安局      市教育局        2025年6月底",
        "2       乙，和        市民政局                      持续推进",
        "        丙。",
        "3  丁事。 市民政局    6月底",
    ]
    out, registry = imported("表.txt", "\n".join(lines))
    assert items(registry) == [READ[0], ("乙，和丙。", *READ[1][1:])]
    assert "the spaces do not tell the columns of this line" in out
    assert "the row is left out: '3 丁事。 市民政局 6月底'" in out


def test_a_table_that_lays_out_the_page(imported: Imported) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEADER, *ROWS])
    page = f"<table><tr><td>首页</td><td><h1>{TITLE}</h1><table>{rows}</table></td></tr></table>"
    assert items(imported("表.html", page)[1]) == READ
    assert items(imported("表.xls", page)[1]) == READ


def test_a_file_is_read_by_what_it_is(imported: Imported) -> None:
    assert items(imported("表.csv", workbook([[TITLE], HEADER, *ROWS]))[1]) == READ
    assert items(imported("表.txt", saved(document(TITLE, [HEADER, *ROWS])))[1]) == READ


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n", "表.csv is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表.csv is an old file of Office"),
        (
            "序号,任务,时限\n1,甲事,6月底\n".encode(),
            "Line 1 names 序号, 任务, 时限, and lacks who is responsible",
        ),
        ("序号,任务,责任单位,时限\n".encode(), "no row that could be read"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(run: Run, tmp_path: Any, data: bytes, told: str) -> None:
    (tmp_path / "表.csv").write_bytes(data)
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.out) == (1, "")
    assert told in outcome.err


def test_a_workbook_as_it_looks(imported: Imported) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"].number_format = 'yyyy"年"m"月"'
        sheet["E4"].number_format = "yyyy/m/d"
        sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
        sheet.row_dimensions[4].outlineLevel = 1  # a group that is folded

    june = datetime(2025, 6, 1)  # noqa: DTZ001 - Excel knows no zones
    rows: list[list[Any]] = [
        [*ROWS[0][:4], june],
        [*ROWS[1][:4], june],
        ["3", "丙事。", "市司法局", "", "作废"],
    ]
    out, registry = imported("表.xlsx", workbook([[TITLE], HEADER, *rows], change))
    assert [str(item.due) for item in registry.items] == ["2025-06-30", "2025-06-01"]
    assert "表.xlsx:A4: the row is hidden in the workbook; it is read all the same" in out
    assert "表.xlsx:A5: the row is left out, for it is hidden: '3 | 丙事。 | 市司法局 | 作废'" in out


def test_a_row_that_a_page_hides_is_left_out(imported: Imported) -> None:
    rows = "".join(
        f"<tr{look}><td>{title}<td>市公安局<td>6月底"
        for title, look in (("甲事", ""), ("乙事", " style='display:none'"))
    )
    out, registry = imported(
        "页.html", f"<p>{TITLE}</p><table><tr><td>任务<td>责任单位<td>时限{rows}</table>"
    )
    assert [task.title for task in registry.tasks] == ["甲事"]
    assert "the row is left out, for it is hidden: '乙事 | 市公安局 | 6月底'" in out


def test_what_a_filter_hides_is_still_meant(imported: Imported) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A2:E4"
        sheet.auto_filter.add_filter_column(0, ["1"])
        sheet.row_dimensions[4].hidden = True

    _out, registry = imported("表.xlsx", workbook([[TITLE], HEADER, *ROWS], change))
    assert items(registry) == READ


@pytest.mark.parametrize(
    ("value", "shown_as", "wording"),
    [
        (datetime(2025, 6, 1), 'yyyy"年"m"月"d"日"', "2025年6月1日"),  # noqa: DTZ001
        (2025.1, "0.00", "2025.10"),
        (2025.1, "General", "2025.1"),
        (2025.0, "General", "2025"),
        (45838, "General", "45838"),
    ],
)
def test_a_cell_of_a_workbook_is_worded_as_it_is_shown(
    imported: Imported, value: Any, shown_as: str, wording: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"].number_format = shown_as

    _out, registry = imported("表.xlsx", workbook([[TITLE], HEADER, [*ROWS[0][:4], value]], change))
    assert registry.items[0].schedule.wording == wording


@pytest.mark.parametrize(("number", "wording"), [(57, "2025年6月"), (31, "2025年6月1日")])
def test_formats_of_chinese_excel_that_have_only_a_number(
    imported: Imported, number: int, wording: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"].number_format = "0"
        sheet["E3"]._style.numFmtId = number

    table = workbook([[TITLE], HEADER, [*ROWS[0][:4], 45809]], change)
    _out, registry = imported("表.xlsx", table)
    assert registry.items[0].schedule.wording == wording


def test_a_headline_stands_over_the_numbered_paragraphs_under_it(imported: Imported) -> None:
    lines = [
        TITLE,
        "一、总体要求",
        "（一）加强队伍建设",
        "1. 办学校。（市教育局）",
        "2. 办培训班。加大投入。（市公安局）",
        "（二）开展检查。全面检查。（市公安局）",
        "（三）组织保障",
    ]
    out, registry = imported("表.txt", "\n".join(lines))
    assert [(task.title, [item.content for item in task.items]) for task in registry.tasks] == [
        ("加强队伍建设", ["办学校。", "办培训班。加大投入。"]),
        ("开展检查", ["全面检查。"]),
    ]
    assert "the row is left out: '组织保障'" in out


def test_a_row_that_lacks_a_cell_is_moved_where_only_so_every_cell_reads(imported: Imported) -> None:
    rows = [
        ["1", "一事", "甲事。", "市公安局", "市教育局", "6月底"],
        ["", "乙事。", "市民政局", "市教育局", "7月起"],
    ]
    header = ["序号", "任务", "内容", "责任单位", "配合单位", "时限"]
    _out, registry = imported("表.tsv", tsv([TITLE], header, rows[0], rows[1][1:]))
    assert [(item.content, item.lead, item.support) for item in registry.items] == [
        ("甲事。", ("市公安局",), ("市教育局",)),
        ("乙事。", ("市民政局",), ("市教育局",)),
    ]


def test_the_year_before_a_quoted_title_belongs_to_it(imported: Imported) -> None:
    _out, registry = imported("表.tsv", tsv(["某市2025年《政府工作报告》重点任务分解表"], HEADER, *ROWS))
    assert (registry.plan.title, registry.plan.years) == ("某市2025年《政府工作报告》", (2025, 2025))


def test_labels_whose_value_stands_on_the_next_line(imported: Imported) -> None:
    lines = [
        TITLE,
        "发布时间：2025-02-20",
        "1. 甲事。",
        "牵头单位：",
        "市教育局",
        "责任单位：市公安局、",
        "各街道办事处",
        "完成时限：3个月内",
    ]
    _out, registry = imported("表.txt", "\n".join(lines))
    (item,) = registry.items
    assert (item.lead, item.support) == (("市教育局",), ("市公安局", "各街道办事处"))
    assert (str(registry.plan.issued), str(item.due)) == ("2025-02-20", "2025-05-20")


def test_a_short_title_of_the_table_under_that_of_the_plan(imported: Imported) -> None:
    _out, registry = imported("表.tsv", tsv(["某市2025年重点工作"], ["任务分解表"], HEADER, *ROWS))
    assert (registry.plan.title, registry.plan.table) == ("某市2025年重点工作", "任务分解表")


def test_each_cell_that_is_filled_is_told(imported: Imported) -> None:
    header = ["序号", "任务", "责任单位", "配合单位", "时限"]
    rows = [
        ["1", "甲", "甲局", "乙局", "6月底"],
        ["2", "乙", "", "", "7月底"],
        ["3", "", "丙局", "", "46203"],
    ]
    out, _registry = imported("表.tsv", tsv(["某市2026年行动方案"], header, *rows))
    told = [line for line in out.splitlines() if line.startswith("表.tsv:")][1:]
    above = "the cell is empty; taken from the row above"
    number = "'46203': it is a day number of Excel, 2026-06-30"
    assert told == [
        f"表.tsv:4:3: {above}",
        f"表.tsv:4:4: {above}",
        f"表.tsv:5:2: {above}",
        f"表.tsv:5:5: {number}",
    ]


def test_problems_are_what_a_list_of_rectifications_is_about(imported: Imported) -> None:
    header = ["序号", "问题", "整改措施", "整改时限", "责任单位", "责任人"]
    rows = [["1", "账实不符。", "清点库存。", "6月底", "市公安局", "张某"]]
    out, registry = imported("表.tsv", tsv(["某市2025年问题整改清单"], header, *rows))
    assert [(task.title, task.items[0].content) for task in registry.tasks] == [("账实不符。", "清点库存。")]
    assert "columns kept as the office's own: 责任人;" in out
    assert registry.items[0].extra == (("责任人", "张某"),)


def test_numbered_paragraphs_with_titles_are_tasks_of_their_own(imported: Imported) -> None:
    lines = [TITLE, "一、总体", "（一）扩大供给", "1. 办学校。新办五所。（市教育局，根据国家部署推进）"]
    _out, registry = imported("表.txt", "\n".join(lines))
    assert [(task.title, task.items[0].content) for task in registry.tasks] == [("办学校", "新办五所。")]
    assert {each.id: each.title for each in registry.sections} == {"一": "总体", "一.1": "扩大供给"}


def test_a_line_of_a_list_that_goes_on_below_is_one(imported: Imported) -> None:
    text = f"# {TITLE}\n\n- 完善标牌\n  并更新导览图（责任单位：市公安局，完成时限：6月底）\n"
    _out, registry = imported("表.md", text)
    assert registry.tasks[0].title == "完善标牌并更新导览图"


def test_who_does_not_say_whose_it_is_beside_one_that_does(imported: Imported) -> None:
    header = ["任务", "责任单位", "配合单位", "时限"]
    out, _registry = imported("表.tsv", tsv([TITLE], header, ["甲", "市国资委", "市场监管局", "6月底"]))
    assert "'市场监管局' does not say whose it is" in out
    assert "whose" not in imported("乙.tsv", tsv([TITLE], header, ["甲", "国资局", "发改局", "6月底"]))[0]


def test_other_tables_of_a_document_are_left_out_with_their_words(imported: Imported) -> None:
    contacts = [["单位", "联系人", "电话"], ["市公安局", "陈某", "010-1234"]]
    made = document(TITLE, [["拟稿：", "签发："]], [HEADER, ROWS[0]], [ROWS[1]], "联系方式", contacts)
    out, registry = imported("表.docx", saved(made))
    assert items(registry) == READ
    for words in ("拟稿： | 签发：", "联系方式", "单位 | 联系人 | 电话", "市公安局 | 陈某 | 010-1234"):
        assert f"the row is left out: '{words}'" in out


def test_headings_between_tables_are_sections(imported: Imported) -> None:
    made = document(TITLE, "一、甲", [HEADER, ROWS[0]], "二、乙", [HEADER, ROWS[1]])
    _out, registry = imported("表.docx", saved(made))
    assert [(task.id, task.section) for task in registry.tasks] == [(1, "一"), (2, "二")]


def test_text_boxes_controls_and_tables_in_cells(imported: Imported) -> None:
    made = document(TITLE, [HEADER, *ROWS])
    space = nsdecls("w")
    box = "<w:txbxContent><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:txbxContent>"
    made.paragraphs[0]._p.append(parse_xml(f"<w:r {space}><w:pict>{box}</w:pict></w:r>"))
    table = made.tables[0]
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "指标", "十个"
    control = parse_xml(f"<w:sdt {space}><w:sdtPr/><w:sdtContent/></w:sdt>")
    table._tbl.addprevious(control)
    control[1].append(table._tbl)
    out, registry = imported("表.docx", saved(made))
    assert items(registry) == [("甲事。指标 十个", *READ[0][1:]), READ[1]]
    assert "the words stand in a text box: '内部资料'" in out
    assert "a table in a cell is read as words of the cell" in out


def test_numbers_that_word_counts(imported: Imported) -> None:
    made = document("某市2025年质量行动方案")
    space = nsdecls("w")
    root = made.part.numbering_part.element
    levels = (("0", "chineseCounting", "%1、"), ("1", "chineseCounting", "（%2）"))
    written = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, kind, text in levels
    )
    root.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{written}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {space} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    who = "（牵头单位：市公安局；完成时限：2025年6月底）"
    for level, text in (
        (0, "夯实基础"),
        (1, f"甲。甲事。{who}"),
        (1, f"乙。乙事。{who}"),
        (0, "评价"),
        (1, f"丙。丙事。{who}"),
    ):
        properties = made.add_paragraph(text)._p.get_or_add_pPr()
        number = f'<w:numPr {space}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        properties.append(parse_xml(number))
    _out, registry = imported("表.docx", saved(made))
    assert [(task.section, task.title) for task in registry.tasks] == [
        ("一", "甲"),
        ("一", "乙"),
        ("二", "丙"),
    ]
    assert [each.title for each in registry.sections] == ["夯实基础", "评价"]


@pytest.mark.parametrize(
    "said",
    [
        "（牵头单位：市公安局；配合单位：市教育局；完成时限：2025年6月底）",
        "\n牵头单位：市公安局\n配合单位：市教育局\n完成时限：2025年6月底",
        "\n\n牵头单位：市公安局　配合单位：市教育局　完成时限：2025年6月底。",
        "【牵头单位】市公安局【配合单位】市教育局【完成时限】2025年6月底",
        "[牵头单位：市公安局；配合单位：市教育局；完成时限：2025年6月底]",
        "（牵头单位：市公安局；配合单位：市\n教育局；完成时限：2025年6月底）",
        "（市公安局牵头，市教育局配合，2025年6月底）",
    ],
)
@pytest.mark.parametrize("number", ["1. ", "（一）", "1.1 ", "第一条　", ""])
def test_paragraphs_and_their_labels(imported: Imported, said: str, number: str) -> None:
    text = f"某市2025年平安行动方案\n\n一、任务\n{number}建设平台。建立平台。{said}\n"
    _out, registry = imported("方案.txt", text)
    assert [task.title for task in registry.tasks] == ["建设平台"]
    assert items(registry) == [("建立平台。", ("市公安局",), ("市教育局",), "2025年6月底")]


def test_brackets_that_say_something_else(imported: Imported) -> None:
    content = "企业（含事业单位）组建联盟（以下简称责任单位）。部门（单位）主要负责人到场。"
    text = (
        f"某市2025年平安行动方案\n1. 甲。{content}（责任单位：市公安局；完成时限：6月底）\n"
        "2. 乙。开展评比（参加单位不少于10家）。（市民政局，全年）\n"
    )
    _out, registry = imported("方案.txt", text)
    assert [(item.content, item.lead) for item in registry.items] == [
        (content, ("市公安局",)),
        ("开展评比（参加单位不少于10家）。", ("市民政局",)),
    ]


def test_rows_that_count_the_columns_are_no_items(imported: Imported) -> None:
    rows = [["1", "2", "3", "4", "5"], *ROWS, ["……", "……", "……", "", "……"]]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, *rows))
    assert items(registry) == READ
    assert "the row is left out: '1 | 2 | 3 | 4 | 5'" in out


def test_a_page_in_markdown(imported: Imported) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in [HEADER, *ROWS])
    assert items(imported("表.md", f"# {TITLE}\n\n<table>\n{rows}</table>\n")[1]) == READ


def test_paragraphs_without_numbers_each_have_their_title(imported: Imported) -> None:
    first = "某市2025年平安行动方案\n甲。甲事。（责任单位：市公安局，6月底前）\n"
    text = f"{first}乙。乙事。（市民政局，全年）\n丙。丙事。\n"
    out, registry = imported("方案.txt", text)
    assert [(task.title, task.items[0].content) for task in registry.tasks] == [
        ("甲", "甲事。"),
        ("乙", "乙事。"),
    ]
    assert "the row is left out: '丙。丙事。'" in out


def test_tasks_that_stand_in_paragraphs_above_a_table_are_told(imported: Imported) -> None:
    made = document("某市2025年平安行动方案", "1. 甲事。（牵头单位：市公安局）", [HEADER, *ROWS])
    out, registry = imported("方案.docx", saved(made))
    assert items(registry) == READ
    assert "the row is left out: '1. 甲事。（牵头单位：市公安局）'" in out


def test_the_first_leads_by_a_rule_above_the_table(imported: Imported) -> None:
    table = tsv(
        [f"{TITLE}（列第一位的为牵头单位）"],
        ["任务", "责任单位", "时限"],
        ["甲事。", "市公安局、市教育局", "6月底"],
    )
    assert items(imported("表.tsv", table)[1]) == [("甲事。", ("市公安局",), ("市教育局",), "6月底")]


@pytest.mark.parametrize(
    ("name", "text", "read", "doubts"),
    [
        (
            "头.csv",
            f"{TITLE}\n序号,任务,主要责任单位,协同配合单位\n1,甲事。,区财政局,区税务局\n",
            [(("区财政局",), ("区税务局",))],
            [],
        ),
        (
            "头.csv",
            f"{TITLE}\n序号,任务,责任单位,督导单位\n1,甲事。,区财政局,区税务局\n",
            [(("区财政局",), ())],
            ["columns kept as the office's own: 督导单位 (names)"],
        ),
        (
            "English.csv",
            (
                "Climate Action Plan 2025\nNo.,Action,Lead agency,Supporting agencies,Timeline\n"
                '1,Publish a plan,Department of Health,"Met Office, local councils",By end-2025\n'
            ),
            [(("Department of Health",), ("Met Office", "local councils"))],
            [],
        ),
        (
            "行.csv",
            f'{TITLE}\n任务,责任单位,配合单位\n甲事。,"卫生健康局\n妇联","财政局\n残联"\n',
            [(("卫生健康局", "妇联"), ("财政局", "残联"))],
            [],
        ),
        (
            "块.txt",
            f"{TITLE}\n一、部分管网不配套。\n责任单位:某管委会\n督导单位:市环境局\n整改时限:2025年12月底前\n",
            [(("某管委会",), ())],
            ["'督导单位:市环境局;' was left aside"],
        ),
        (
            "领导.txt",
            f"{TITLE}\n1.甲事。\n牵头负责领导:张某。\n牵头责任单位:市财政局。\n协同责任单位:市税务局、各区政府。\n",
            [(("市财政局",), ("市税务局", "各区政府"))],
            ["'牵头负责领导:张某;' was left aside"],
        ),
        (
            "繁體.txt",
            (
                "某市2025年工作要點\n一、產業\n(一)建設基地。(牽頭單位:市經貿委;配合單位:市國土房管局)\n"
                "(二)做好宣傳。(市教育局牽頭，市財政局參與)\n"
            ),
            [(("市經貿委",), ("市國土房管局",)), (("市教育局",), ("市財政局",))],
            [],
        ),
    ],
)
def test_words_of_roles_are_the_same_above_columns_before_lines_and_in_cells(
    imported: Imported, name: str, text: str, read: Any, doubts: list[str]
) -> None:
    out, registry = imported(name, text)
    assert [(item.lead, item.support) for item in registry.items] == read
    for doubt in doubts:
        assert doubt in out
    assert "may be no name" not in out


def test_rules_above_a_table_say_who_leads(imported: Imported) -> None:
    header = ["任务", "牵头单位", "责任单位", "时限"]
    rows = [["甲事。", "市人社局", "各区政府", "2025年"], ["乙事。", "", "市水务局、市城建局", "2025年"]]
    rule = "无牵头单位的，责任单位即为牵头单位。"
    _out, registry = imported("表.tsv", tsv([TITLE], [rule], header, *rows))
    assert [(item.lead, item.support) for item in registry.items] == [
        (("市人社局",), ("各区政府",)),
        (("市水务局", "市城建局"), ()),
    ]
    rows = [["甲事。", "市财政局、★市科委", "2025年"], ["乙事。", "市教委", "2025年"]]
    out, registry = imported(
        "标.tsv", tsv([TITLE], ["注：加★的为牵头单位。"], ["任务", "责任单位", "时限"], *rows)
    )
    assert [(item.lead, item.support) for item in registry.items] == [
        (("市科委",), ("市财政局",)),
        (("市教委",), ()),
    ]
    assert "标.tsv:2:1: the rule is applied to the rows: '注：加★的为牵头单位。'" in out
    assert "the mark '★'" not in out


@pytest.mark.parametrize("words", ["（二）深化改革", "某市人民政府办公室　2025年3月2日印发"])
def test_a_row_of_one_cell_is_no_rest_of_a_schedule_that_ends_in_year(imported: Imported, words: str) -> None:
    yearly = ["1", "甲事。", "市公安局", "市教育局", "每年"]
    out, registry = imported("表.tsv", tsv([TITLE], HEADER, ["（一）强化考核"], yearly, [words], ROWS[1]))
    assert items(registry) == [(*READ[0][:3], "每年"), READ[1]]
    assert "joined" not in out
    assert words in [f"（{each.id}）{each.title}" for each in registry.sections] or words in out
