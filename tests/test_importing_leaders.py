"""Rules printed around a table, which say who leads and who has a part in all: applied, and told."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from chengguo import load
from chengguo.importing import leaders
from chengguo.importing.rows import LOOKS
from chengguo.model import Registry
from conftest import Run

TITLE = "某市2025年重点任务分工表"
Read = Callable[..., tuple[str, list[Any]]]


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a file; give what was told of it, and who leads and who supports in each row."""

    def once(data: str | bytes, name: str = "表.tsv") -> tuple[str, list[Any]]:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        outcome = run("import", name, "--force")
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return outcome.out, who(load(tmp_path / "tasks.yaml"))

    return once


def who(registry: Registry) -> list[Any]:
    return [("、".join(item.lead), "、".join(item.support)) for item in registry.items]


def table(*rows: str) -> str:
    return "\n".join([TITLE, *rows]) + "\n"


@pytest.mark.parametrize("each", leaders.PRINTED, ids=lambda each: each.example)
def test_a_way_to_print_a_rule_is_read_in_its_example(each: Any) -> None:
    found = leaders.rules([each.example])
    field = {"first": "is_first", "stands in": "stands_in"}.get(each.rules, each.rules)
    assert each.rules in found.looks if each.rules in LOOKS else getattr(found, field)


@pytest.mark.parametrize(("_words", "example"), leaders.EVERYWHERE, ids=lambda each: each[-10:])
def test_a_part_in_all_tasks_is_read_in_its_example(_words: str, example: str) -> None:
    (duty,) = leaders.rules([example]).everywhere
    assert duty.units[0].name in {"各区政府", "各区"}


HEADER = "任务\t责任单位\t时限"
ROWS = ("甲事\t市公安局、市教育局\t6月底", "乙事\t市司法局\t6月底")
FIRST = [("市公安局", "市教育局"), ("市司法局", "")]


@pytest.mark.parametrize(
    "rule",
    [
        "注：责任单位中列首位的为牵头单位",
        "注：排在最前面的单位为牵头单位。",
        "说明：首家单位牵头，其余单位配合",
        "牵头单位列第一位，其他为配合单位",
        "（各项任务责任单位排名第一的为牵头单位）",
    ],
)
@pytest.mark.parametrize("place", ["above", "inside", "below", "header"])
def test_the_first_leads(read: Read, rule: str, place: str) -> None:
    rows = {
        "above": (rule, HEADER, *ROWS),
        "inside": (HEADER, ROWS[0], rule, ROWS[1]),
        "below": (HEADER, *ROWS, rule),
        "header": (HEADER.replace("责任单位", f"责任单位（{rule.strip('（）')}）"), *ROWS),
    }[place]
    out, found = read(table(*rows))
    assert found == FIRST
    assert "the rule is applied to the rows: '" in out


def test_a_note_in_two_cells_is_a_rule_too(read: Read) -> None:
    assert read(table(HEADER, *ROWS, "注\t首个为牵头单位\t"))[1] == FIRST


def test_the_first_leads_beside_a_column_of_those_who_support(read: Read) -> None:
    rows = ("任务\t责任单位\t配合单位\t时限", "甲事\t市公安局、市教育局\t市司法局\t6月底")
    assert read(table("排第一的为牵头单位", *rows))[1] == [("市公安局", "市教育局、市司法局")]


def test_all_lead_where_a_column_of_those_who_lead_has_them(read: Read) -> None:
    rows = ("任务\t牵头单位\t配合单位\t时限", "甲事\t市公安局、市教育局\t市司法局\t6月底")
    assert read(table("排第一的为牵头单位", *rows))[1] == [("市公安局、市教育局", "市司法局")]


def test_a_cell_that_says_itself_who_leads_goes_before_the_rule(read: Read) -> None:
    rows = (HEADER, "甲事\t市公安局、市教育局牵头，市司法局配合\t6月底")
    assert read(table("排第一的为牵头单位", *rows))[1] == [("市公安局、市教育局", "市司法局")]


@pytest.mark.parametrize(
    ("rule", "cell", "wanted"),
    [
        ("加★的为牵头单位", "市公安局、★市教育局", ("市教育局", "市公安局")),
        ("注：带*号的为牵头单位", "市公安局*、市教育局", ("市公安局", "市教育局")),
        ("注：带星号的单位为牵头单位", "市公安局、市教育局☆", ("市教育局", "市公安局")),
        ("牵头单位以“△”标示", "△市公安局、市教育局", ("市公安局", "市教育局")),
        ("（★ 表示牵头单位，未标★的为配合单位）", "市公安局、★市教育局", ("市教育局", "市公安局")),
        ("註：加★的為牽頭單位", "市警察局、★市教育局", ("市教育局", "市警察局")),
        ("★为牵头单位，☆为配合单位", "☆市公安局、★市教育局", ("市教育局", "市公安局")),
        (
            "标注“▲”的单位为牵头单位，标注“△”的单位为配合单位",
            "▲县教育局、△县财政局",
            ("县教育局", "县财政局"),
        ),
        (
            "* denotes the lead agency",
            "*Met Office, Department of Health",
            ("Met Office", "Department of Health"),
        ),
    ],
)
def test_a_mark_says_who_leads(read: Read, rule: str, cell: str, wanted: tuple[str, str]) -> None:
    out, found = read(table(rule, HEADER, f"甲事\t{cell}\t6月底"))
    assert found == [wanted]
    assert f"the rule is applied to the rows: '{rule}'" in out
    assert "does not say what the mark" not in out


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("★市教育局和市财政局", ("市教育局", "市财政局")),
        ("市教育局和★市财政局", ("市财政局", "市教育局")),
        ("市教育局★及市财政局", ("市教育局", "市财政局")),
        ("市教育局和市财政局★", ("市财政局", "市教育局")),
        ("★市文化和旅游局、市财政局", ("市文化和旅游局", "市财政局")),
        ("市教育局（★）、市财政局", ("市教育局", "市财政局")),
        ("（★）市教育局、市财政局", ("市教育局", "市财政局")),
        ("★Social Services Bureau and Housing Department", ("Social Services Bureau", "Housing Department")),
        ("Works Department, ★Fire and Rescue Service", ("Fire and Rescue Service", "Works Department")),
    ],
)
def test_a_mark_is_of_one_name(read: Read, cell: str, wanted: tuple[str, str]) -> None:
    assert read(table("加★的为牵头单位", HEADER, f"甲事\t{cell}\t6月底"))[1] == [wanted]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("市教育局和**市财政局**", ("市财政局", "市教育局")),
        ("**县工业园区管委会**、园区管委会", ("县工业园区管委会", "园区管委会")),
        ("东区财政局、**区财政局**", ("区财政局", "东区财政局")),
        ("**区财政局**、东区财政局", ("区财政局", "东区财政局")),
        ("Works Department; **Fire and Rescue Service**", ("Fire and Rescue Service", "Works Department")),
        ("**Social Services Bureau** and Police", ("Social Services Bureau", "Police")),
    ],
)
def test_a_whole_name_that_stands_out_leads(read: Read, cell: str, wanted: tuple[str, str]) -> None:
    text = f"{TITLE}\n\n加粗的为牵头单位\n\n|任务|责任单位|时限|\n|-|-|-|\n|甲事|{cell}|6月底|\n"
    assert read(text, "表.md")[1] == [wanted]


def test_a_part_of_a_name_that_stands_out_is_told(read: Read) -> None:
    text = (
        f"{TITLE}\n\n加粗的为牵头单位\n\n|任务|责任单位|时限|\n|-|-|-|\n|甲事|**市教**育局、市财政局|6月底|\n"
    )
    assert "'市教' may be no name, or more than one" in read(text, "表.md")[0]


@pytest.mark.parametrize(
    "rule", ["加★的为牵头单位", "加粗的为牵头单位", "带下划线的为牵头单位", "标红为牵头"]
)
def test_a_rule_that_fits_no_row_is_told_as_such(read: Read, rule: str) -> None:
    out, found = read(table(rule, HEADER, *ROWS))
    assert found[0] == ("市公安局、市教育局", "")
    assert f"the rule fits no row, for no name in them looks so: '{rule}'" in out


@pytest.mark.parametrize(
    "rule",
    [
        "无牵头单位的，责任单位即为牵头单位。",
        "未明确牵头单位的，由责任单位按职责分工牵头落实",
        "牵头单位一栏空白的，以责任单位为牵头单位",
        "注：仅列责任单位的，责任单位为牵头单位",
    ],
)
def test_who_answers_leads_where_nobody_is_said_to(read: Read, rule: str) -> None:
    rows = (
        "任务\t牵头单位\t责任单位\t时限",
        "甲事\t省教育厅\t省财政厅\t6月底",
        "乙事\t\t省水利厅、省农业农村厅\t6月底",
    )
    wanted = [("省教育厅", "省财政厅"), ("省水利厅、省农业农村厅", "")]
    assert read(table(rule, *rows))[1] == wanted
    assert read(table(*rows, rule))[1] == wanted


@pytest.mark.parametrize("blank", ["", "—", "/", "无"])
def test_a_dash_names_nobody_and_who_answers_leads(read: Read, blank: str) -> None:
    rows = (
        "任务\t牵头单位\t责任单位\t时限",
        "甲事\t县教育局\t县财政局\t6月底",
        f"乙事\t{blank}\t县水务局、县林业局\t6月底",
    )
    for rule in (
        "注：“牵头单位”栏空白或为“—”的，所列责任单位均为牵头单位。",
        "牵头单位为“/”的，由责任单位牵头",
    ):
        out, found = read(table(*rows, rule))
        assert found == [("县教育局", "县财政局"), ("县水务局、县林业局", "")]
        assert f"the rule is applied to the rows: '{rule}'" in out


def test_a_bracket_of_paragraphs_has_marks_that_say_who_leads(read: Read) -> None:
    rule = "（责任单位前加◆者为牵头单位）"
    lines = (
        rule,
        "1.开展普查。（责任单位：县统计局、◆县农业农村局）",
        "2.修缮校舍。（责任单位：◆县教育局、县住建局；完成时限：9月底前）",
        "3.疏浚河道。（责任单位：县水务局）",
    )
    out, found = read(table(*lines), "方案.txt")
    assert found == [("县农业农村局", "县统计局"), ("县教育局", "县住建局"), ("县水务局", "")]
    assert f"the rule is applied to the rows: '{rule}'" in out
    assert "does not say what the mark" not in out
    below = read(table(*lines[1:], rule), "方案.txt")
    assert below[1] == found


def test_a_bracket_of_names_alone_has_marks_too(read: Read) -> None:
    rule = "备注：带★的单位为牵头单位，其余为配合单位。"
    lines = (
        "1.开展普查。（县统计局★、县农业农村局，6月底前）",
        "2.修缮校舍。（县住建局、县教育局★；9月底前）",
        rule,
    )
    out, found = read(table(*lines), "方案.txt")
    assert found == [("县统计局", "县农业农村局"), ("县教育局", "县住建局")]
    assert f"the rule is applied to the rows: '{rule}'" in out


DASHED = (
    "任务\t牵头单位\t{}单位\t时限",
    "甲事\t县教育局\t县财政局\t6月底",
    "乙事\t—\t县水务局\t6月底",
)


def test_without_a_rule_a_dash_leaves_the_lead_to_those_who_answer(read: Read) -> None:
    out, found = read(table(*DASHED).format("责任"))
    assert found == [("县教育局", "县财政局"), ("县水务局", "")]
    assert "表.tsv:4:2: nobody leads by the cell; those of '责任单位' are taken to" in out


def test_a_dash_leaves_the_lead_to_none_who_support(read: Read) -> None:
    out, found = read(table(*DASHED).format("配合"))
    assert found == [("县教育局", "县财政局")]
    assert "表.tsv:4:1: the row is left out, for nobody leads it" in out


def test_of_those_who_answer_the_first_may_lead(read: Read) -> None:
    rows = (
        "任务\t牵头单位\t责任单位\t时限",
        "甲事\t省教育厅、省司法厅\t省财政厅\t6月底",
        "乙事\t\t省水利厅、省农业农村厅\t6月底",
    )
    rule = "未列明牵头单位的，排在首位的责任单位为牵头单位"
    assert read(table(rule, *rows))[1] == [("省教育厅、省司法厅", "省财政厅"), ("省水利厅", "省农业农村厅")]


BOTH = [("市公安局、市教育局、{}", ""), ("市司法局、{}", "")]


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("以下任务均需各县（市、区）政府落实，不再逐项列出", "各县（市、区）政府"),
        ("以下均需各区落实", "各区"),
        ("注：各区政府为以下各项任务的责任单位，不再逐一列出。", "各区政府"),
        ("各设区市人民政府均为责任单位，不再单独列出", "各设区市人民政府"),
        ("责任单位包括各镇人民政府，不再一一列出", "各镇人民政府"),
        ("註：各區政府均為責任單位", "各區政府"),
    ],
)
def test_who_has_a_part_in_all_tasks_stands_in_each_row(read: Read, rule: str, name: str) -> None:
    out, found = read(table(rule, HEADER, *ROWS))
    assert found == [(lead.format(name), support) for lead, support in BOTH]
    assert f"the rule is applied to the rows: '{rule}'" in out


@pytest.mark.parametrize("rule", ["以下任务均由各镇政府配合落实", "所有任务的配合单位均包括各镇政府"])
def test_who_supports_in_all_tasks_supports_in_each_row(read: Read, rule: str) -> None:
    assert read(table(rule, HEADER, *ROWS))[1] == [
        ("市公安局、市教育局", "各镇政府"),
        ("市司法局", "各镇政府"),
    ]


def test_who_answers_in_all_tasks_supports_who_leads(read: Read) -> None:
    rows = ("任务\t牵头单位\t责任单位\t时限", "甲事\t市公安局\t市教育局\t6月底")
    assert read(table("以下任务均需各区政府落实", *rows))[1] == [("市公安局", "市教育局、各区政府")]


def test_who_answers_in_all_tasks_supports_beside_who_stands_in_for_the_lead(read: Read) -> None:
    rows = ("甲事\t市财政局\t市教育局\t6月底", "乙事\t\t市体育局\t7月底", "丙事\t同上\t市住建局\t7月底")
    rules = ("无牵头单位的，责任单位即为牵头单位。以上任务均需各县（市、区）落实。",)
    assert read(table("任务\t牵头单位\t责任单位\t时限", *rows, *rules))[1] == [
        ("市财政局", "市教育局、各县（市、区）"),
        ("市体育局", "各县（市、区）"),
        ("市体育局", "市住建局、各县（市、区）"),
    ]


def test_who_answers_in_all_tasks_supports_below_a_merged_lead(read: Read) -> None:
    rows = ("甲事\t市财政局\t\t6月底", "乙事\t\t市体育局\t7月底")
    rules = ("以上任务均需各区政府落实。",)
    assert read(table("任务\t牵头单位\t配合单位\t时限", *rows, *rules))[1] == [
        ("市财政局", "各区政府"),
        ("市财政局", "市体育局、各区政府"),
    ]


# The cell of a column for who leads in which somebody only guides or watches, and who leads and supports.
GUIDED = [
    ("区县政府，市教育局指导", "区县政府", "市教育局"),
    ("各县（市、区）政府、市教育局指导", "各县（市、区）政府", "市教育局"),
    ("各区政府、市教委督促落实", "各区政府", ""),
    ("市教育局、市科委指导，各区政府负责", "各区政府", "市教育局、市科委"),
]


@pytest.mark.parametrize(("cell", "lead", "support"), GUIDED)
def test_who_stands_beside_a_guide_leads(read: Read, cell: str, lead: str, support: str) -> None:
    told, items = read(table(HEADER, f"甲事\t{cell}\t6月底"))
    assert items == [(lead, support)]
    assert ("may be read in more than one way" in told) is not cell.endswith("负责")


# Cells of a table, and who leads in each: a group that stands alone is one by itself elsewhere, too.
APART = [
    (("各区", "各区、市投资促进局"), ["各区", "市投资促进局"]),
    (("市投资促进局", "各区、市投资促进局、市商务局"), ["各区", "市投资促进局", "市商务局"]),
    (("市财政局", "各区、市投资促进局、市商务局"), ["各区、市投资促进局", "市商务局"]),
    (("各县、区教育局", "各县、区教育局"), ["各县、区教育局"]),
]


@pytest.mark.parametrize(("written", "wanted"), APART)
def test_a_group_that_stands_alone_elsewhere_is_one_by_itself(
    run: Run, tmp_path: Path, written: tuple[str, str], wanted: list[str]
) -> None:
    rows = (f"事{cell}\t{cell}\t6月底" for cell in written)
    (tmp_path / "表.tsv").write_text(table(HEADER, *rows), encoding="utf-8")
    told = run("import", "表.tsv").out
    registry = load(tmp_path / "tasks.yaml")
    assert list(registry.items[1].lead) == wanted
    assert ("'各区、市投资促进局' is read as two, of which one stands alone in other cells" in told) is (
        "各区" in wanted
    )
    assert ("may be read in more than one way" in told) is ("各区" not in wanted)
    assert {each.name for each in registry.departments if each.group} == {
        each for each in wanted if "各" in each
    }


def test_a_row_with_a_guide_alone_is_left_out_for_its_reason(read: Read) -> None:
    told, items = read(table(HEADER, "甲事\t市教育局指导\t6月底", ROWS[1]))
    assert items == [("市司法局", "")]
    assert "表.tsv:3:1: the row is left out, for nobody leads it: '甲事 | 市教育局指导 | 6月底'" in told


def test_a_rule_within_a_table_is_for_what_stands_above_or_below_it(read: Read) -> None:
    assert read(table(HEADER, ROWS[0], "以下任务均需各区落实", ROWS[1]))[1] == [
        ("市公安局、市教育局", ""),
        ("市司法局、各区", ""),
    ]
    assert read(table(HEADER, ROWS[0], "以上任务均需各区落实", ROWS[1]))[1] == [
        ("市公安局、市教育局、各区", ""),
        ("市司法局", ""),
    ]


def test_what_is_no_rule_is_left_out(read: Read) -> None:
    for text in (
        "各责任单位要按月报送进展",
        "有多个牵头单位的，排首位的为总牵头单位",
        "以下任务均需认真落实",
        "各单位均为责任单位",
    ):
        out, found = read(table(HEADER, *ROWS, text))
        assert found[0] == ("市公安局、市教育局", "")
        assert f"the row is left out: '{text}'" in out


def workbook(rule: str, look: str) -> bytes:
    book = openpyxl.Workbook()
    for row in ([TITLE], [rule], ["任务", "责任单位", "时限"]):
        book.active.append(row)
    fonts = {"b": InlineFont(b=True), "u": InlineFont(u="single"), "red": InlineFont(color="FFC00000")}
    names = CellRichText("市公安局、", TextBlock(fonts[look], "市教育局"))
    for at, cell in enumerate(("甲事", names, "6月底"), 1):
        book.active.cell(4, at).value = cell
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def document(rule: str, look: str) -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    made.add_paragraph(rule)
    grid = made.add_table(2, 3)
    for cell, text in zip(grid.rows[0].cells, ("任务", "责任单位", "时限"), strict=True):
        cell.text = text
    for cell, text in zip(grid.rows[1].cells, ("甲事", "市公安局、", "6月底"), strict=True):
        cell.text = text
    run = grid.rows[1].cells[1].paragraphs[0].add_run("市教育局")
    run.bold, run.underline = look == "b", look == "u"
    if look == "red":
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


TAGS = {"b": ("<b>", "</b>"), "u": ("<u>", "</u>")}


def page(rule: str, look: str) -> bytes:
    begin, end = ('<span style="font-size:12pt;color:#F00">', "</span>") if look == "red" else TAGS[look]
    cells = f"<td>甲事<td>市公安局、{begin}市教育局{end}<td>6月底"
    header = "<td>任务<td>责任单位<td>时限"
    return f"<p>{TITLE}</p><p>{rule}</p><table><tr>{header}<tr>{cells}</table>".encode()


def markdown(rule: str, look: str) -> bytes:
    begin, end = {"b": ("**", "**"), "u": TAGS["u"], "red": ("<font color=red>", "</font>")}[look]
    name = f"{begin}市教育局{end}"
    return f"{TITLE}\n\n{rule}\n\n|任务|责任单位|时限|\n|-|-|-|\n|甲事|市公安局、{name}|6月底|\n".encode()


MEDIA = {"表.xlsx": workbook, "表.docx": document, "表.html": page, "表.md": markdown}


@pytest.mark.parametrize(
    ("rule", "look"),
    [
        ("注：加粗的单位为牵头单位", "b"),
        ("带下划线的为牵头部门", "u"),
        ("牵头单位用黑体标注", "b"),
        ("（红色字体的单位为牵头单位）", "red"),
    ],
)
@pytest.mark.parametrize("name", MEDIA)
def test_names_that_look_so_lead(read: Read, name: str, rule: str, look: str) -> None:
    out, found = read(MEDIA[name](rule, look), name)
    assert found == [("市教育局", "市公安局")]
    assert f"the rule is applied to the rows: '{rule}'" in out


def test_a_look_of_the_header_alone_leads_nobody(read: Read) -> None:
    table = "|任务|**责任单位**|时限|\n|-|-|-|\n|甲事|市公安局、市教育局|6月底|\n"
    out, found = read(f"{TITLE}\n\n加粗的为牵头单位\n\n{table}", "表.md")
    assert found == [("市公安局、市教育局", "")]
    assert "the rule fits no row, for no name in them looks so: '加粗的为牵头单位'" in out


def test_other_colours_are_not_red(read: Read) -> None:
    names = '<font color="#ff9900">市公安局</font>、<span style="background-color:red">市教育局</span>'
    cells = f"<tr><td>甲事<td>{names}<td>6月底"
    rows = f"<table><tr><td>任务<td>责任单位<td>时限{cells}</table>"
    out, found = read(f"<p>{TITLE}</p><p>标红单位为牵头单位</p>{rows}", "表.html")
    assert found == [("市公安局、市教育局", "")]
    assert "the rule fits no row, for no name in them looks so: '标红单位为牵头单位'" in out


@pytest.mark.parametrize("look", ["bold", "red"])
def test_names_of_a_bracket_in_a_paragraph_that_look_so_lead(read: Read, look: str) -> None:
    made = docx.Document()
    made.add_paragraph("某县年度普查工作方案")
    made.add_paragraph(f"（{'加粗' if look == 'bold' else '标红'}的为牵头单位）")
    red = made.styles.add_style("Red", WD_STYLE_TYPE.CHARACTER)
    red.font.color.rgb = RGBColor(0xEE, 0, 0)
    red.font.bold = look == "bold"
    for before, name, behind in (
        ("1.开展普查。（责任单位：县统计局、", "县农业农村局", "）"),
        ("2.修缮校舍。（责任单位：", "县教育局", "、县住建局）"),
    ):
        paragraph = made.add_paragraph(before)
        paragraph.add_run(name, style=red)
        paragraph.add_run(behind)
    data = io.BytesIO()
    made.save(data)
    assert read(data.getvalue(), "方案.docx")[1] == [("县农业农村局", "县统计局"), ("县教育局", "县住建局")]


def test_a_name_that_begins_other_cells_is_not_completed(read: Read) -> None:
    rows = (
        "甲事\t高新区城投公司、财政局\t6月底",
        "乙事\t财政局、教育局\t6月底",
        "丙事\t高新区产业公司、教育局\t6月底",
    )
    out, found = read(table(HEADER, *rows))
    assert [lead for lead, _support in found] == [
        "高新区城投公司、财政局",
        "财政局、教育局",
        "高新区产业公司、高新区教育局",
    ]
    assert "'财政局' begins other cells, and stays as it is printed; it may be '高新区财政局'" in out


def test_a_name_that_is_written_whole_elsewhere_is_completed(read: Read) -> None:
    rows = ("甲事\t市科技局、财政局\t6月底", "乙事\t财政局\t6月底", "丙事\t市教育局、市财政局\t6月底")
    out, found = read(table(HEADER, *rows))
    assert [lead for lead, _support in found] == ["市科技局、市财政局", "财政局", "市教育局、市财政局"]
    assert "begins other cells" not in out


def test_names_that_are_completed_are_told_once_and_are_no_doubt(run: Run, tmp_path: Path) -> None:
    rows = (
        "1\t甲事\t省教育厅、科技厅\t6月底",
        "2\t乙事\t省财政厅、科技厅、商务厅\t6月底",
        "3\t丙事\t省商务厅\t6月底",
    )
    lines = (TITLE, f"序号\t{HEADER}", "一、总则", *rows)
    (tmp_path / "表.tsv").write_text("\n".join(lines), encoding="utf-8")
    outcome = run("import", "表.tsv", "--strict")
    assert (outcome.code, who(load(tmp_path / "tasks.yaml"))) == (
        0,
        [("省教育厅、省科技厅", ""), ("省财政厅、省科技厅、省商务厅", ""), ("省商务厅", "")],
    )
    told = "1 name without its level is completed by the name before it: 科技厅 (省科技厅)"
    assert outcome.out.splitlines()[0] == f"表.tsv: {told}"


def test_in_a_table_whose_names_have_no_levels_none_is_completed(read: Read) -> None:
    rows = (
        "甲事\t卫生健康局\t6月底",
        "乙事\t公安局、司法局\t6月底",
        "丙事\t县委宣传部、文化和旅游局\t6月底",
        "丁事\t林业局\t6月底",
    )
    out, found = read(table(HEADER, *rows))
    assert [lead for lead, _support in found][2] == "县委宣传部、文化和旅游局"
    assert "'文化和旅游局' stays as it is printed, as most of the table's names" in out


@pytest.mark.parametrize(
    ("note", "is_applied"),
    [
        ("排第一位的为牵头单位", True),
        ("首家单位牵头，其余单位配合。", True),
        ("是否写明排第一位的为牵头单位？", False),
        ("建议排第一位的为牵头单位", False),
        ("待核实", False),
    ],
)
def test_a_comment_on_the_header_may_be_a_rule(read: Read, note: str, *, is_applied: bool) -> None:
    book = openpyxl.Workbook()
    for row in ([TITLE], HEADER.split("\t"), *(each.split("\t") for each in ROWS)):
        book.active.append(row)
    book.active["B2"].comment = Comment(note, "甲")
    data = io.BytesIO()
    book.save(data)
    out, found = read(data.getvalue(), "表.xlsx")
    told = "the rule is applied to the rows" if is_applied else "the cell has a comment, which is left out"
    assert [line for line in out.splitlines() if note in line] == [f"表.xlsx:B2: {told}: '{note}'"]
    assert found == (FIRST if is_applied else [("市公安局、市教育局", ""), ("市司法局", "")])


def test_a_comment_on_a_row_is_no_rule(read: Read) -> None:
    row = "|甲事|市公安局、市教育局[^1]|6月底|\n\n[^1]: 排第一的为牵头单位\n"
    text = f"{TITLE}\n\n|任务|责任单位|时限|\n|-|-|-|\n{row}"
    out, found = read(text, "表.md")
    assert found == [("市公安局、市教育局", "")]
    assert "there is a foot note, which is left out: '排第一的为牵头单位'" in out


def test_a_foot_note_to_the_header_is_of_all_rows(read: Read) -> None:
    header = "|任务|责任单位[^1]|时限|\n|-|-|-|\n"
    text = f"{TITLE}\n\n{header}|甲事|市公安局、市教育局|6月底|\n\n[^1]: 以下任务均需各区政府落实\n"
    assert read(text, "表.md")[1] == [("市公安局、市教育局、各区政府", "")]


SAME = table(
    "序号\t任务\t牵头单位\t配合单位\t时限",
    "1\t甲事\t市工信局\t市科技局\t6月底",
    "2\t乙事\t同上\t\t9月底",
    "3\t丙事\t市商务局\t市财政局\t同上",
    "4\t丁事\t〃\t同前\t〃",
    "5\t戊事\t市教育局\t同第1项\t同上",
    "6\t己事\t同上、市民政局\t市教育局\t同上",
)


def test_as_above_is_what_stands_above_in_the_same_column(read: Read) -> None:
    out, found = read(SAME)
    assert found == [
        ("市工信局", "市科技局"),
        ("市工信局", ""),
        ("市商务局", "市财政局"),
        ("市商务局", "市财政局"),
        ("市教育局", "市科技局"),
        ("市教育局、市民政局", ""),
    ]
    assert [line for line in out.splitlines() if line.startswith(("表.tsv:7", "表.tsv:8"))] == [
        "表.tsv:7:4: '同第1项' is read as in task 1",
        "表.tsv:8:3: '同上' may be read in more than one way",
        "表.tsv:8:4: '市教育局' stands twice in the row; the second is left out",
    ]


def test_as_above_is_both_where_one_column_has_both(read: Read) -> None:
    rows = ("1\t甲事\t市工信局牵头，市科技局配合\t6月底", "2\t乙事\t同上\t9月底", "3\t丙事\t同第1项\t9月底")
    assert read(table("序号\t任务\t责任单位\t时限", *rows))[1] == [("市工信局", "市科技局")] * 3


@pytest.mark.parametrize(
    "rule",
    [
        "，列第一位的为牵头单位，下同",
        "（排第一位的为牵头单位，下同）",
        "；首位为牵头，下同",
        "。第一个单位牵头，其余单位配合，以下同",
        "，前者为牵头单位，下同",
    ],
)
@pytest.mark.parametrize("form", ["{}", "（责任单位：{}）"])
def test_a_rule_behind_names_holds_for_the_rows_below(read: Read, rule: str, form: str) -> None:
    cells = [
        "市丁局、市戊局",
        f"市甲局、市乙局、市丙局{rule}",
        "市第一人民医院、市乙局",
        "市丙局牵头，市甲局配合",
    ]
    if form == "{}":
        rows = [f"{at}\t建设平台{at}\t{cell}\t6月底前" for at, cell in enumerate(cells, 1)]
        told, found = read(table("序号\t重点任务\t责任单位\t完成时限", *rows))
    else:
        rows = [f"{at}.建设平台{at}。{form.format(cell)}" for at, cell in enumerate(cells, 1)]
        told, found = read(table(*rows), "表.txt")
    is_sentence = rule.startswith("。") and form != "{}"  # which stands by itself, for all rows
    assert "the rule is applied to " in told
    assert rule.strip("，；。（）") in told
    assert found == [
        ("市丁局", "市戊局") if is_sentence else ("市丁局、市戊局", ""),
        ("市甲局", "市乙局、市丙局"),
        ("市第一人民医院", "市乙局"),
        ("市丙局", "市甲局"),
    ]


def test_a_rule_that_says_nothing_of_other_rows_holds_for_its_own(read: Read) -> None:
    rows = ("建设平台\t市甲局、市乙局（首位为牵头单位）\t6月底前", "办好活动\t市丙局、市乙局\t9月底前")
    told, found = read(table("重点任务\t责任单位\t完成时限", *rows))
    assert "the rule is applied to this row alone: '首位为牵头单位'" in told
    assert found == [("市甲局", "市乙局"), ("市丙局、市乙局", "")]


@pytest.mark.parametrize("name", ["市第一人民医院", "首都机场集团"])
def test_a_name_that_begins_as_a_rule_is_none(read: Read, name: str) -> None:
    cell = f"市甲局配合，{name}为牵头单位"
    told, found = read(table("重点任务\t责任单位\t完成时限", f"建设平台\t{cell}\t6月底前"))
    assert "the rule" not in told
    assert found == [(name, "市甲局")]
