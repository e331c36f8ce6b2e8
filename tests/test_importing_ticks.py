"""Tables with a column for each department: the ticks in it, as programs draw them, say whose work it is."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from docx.oxml import parse_xml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from chengguo import load
from conftest import Run

HEADER = ("序号", "重点任务", "市甲局", "市乙局", "完成时限")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
SIGN = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
LETTER = '<w:r><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr><w:t>{1}</w:t></w:r>'.format
BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    "<w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
).format

Read = Callable[[str, bytes | str], list[tuple[tuple[str, ...], tuple[str, ...]]]]


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a file; give who leads and who supports in each item."""

    def once(name: str, data: bytes | str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        outcome = run("import", name, "--force")
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return [(item.lead, item.support) for item in load(tmp_path / "tasks.yaml").items]

    return once


def document(*ticks: tuple[str, str]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("某市2025年重点工作任务清单")
    table = made.add_table(0, len(HEADER))
    rows = [(str(at), f"办好事项{at}", *each, "6月底前") for at, each in enumerate(ticks, 1)]
    for row in (HEADER, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
            cell._tc.replace(cell._tc.p_lst[0], parse_xml(f"<w:p {SPACES}>{runs}</w:p>"))
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("yes", "none"),
    [
        (SIGN("Wingdings 2", "F052"), SIGN("Wingdings 2", "F0A3")),
        (SIGN("Wingdings", "00FC"), SIGN("Wingdings", "F0A8")),
        (SIGN("Wingdings", "F078"), SIGN("Wingdings", "F06F")),
        (LETTER("Wingdings", "ü"), LETTER("Wingdings", "o")),
        (LETTER("Webdings", "a"), ""),
        (BOX(1, "☒"), BOX(0, "☐")),
    ],
)
def test_a_tick_of_word_counts_and_an_empty_box_does_not(read: Read, yes: str, none: str) -> None:
    assert read("表.docx", document((yes, none), (none, yes))) == [(("市甲局",), ()), (("市乙局",), ())]


def test_letters_of_a_workbook_that_its_fonts_show_as_ticks(read: Read) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    for number in (1, 2, 3):
        sheet.append((number, f"办好事项{number}", "", "", "6月底前"))
    for place, letter, font in (("C2", "ü", "Wingdings"), ("D3", "P", "Wingdings 2")):
        sheet[place], sheet[place].font = letter, Font(name=font)
    sheet["C4"] = CellRichText(TextBlock(InlineFont(rFont="Wingdings"), "þ"))
    book.save(out)
    assert read("表.xlsx", out.getvalue()) == [(("市甲局",), ()), (("市乙局",), ()), (("市甲局",), ())]


@pytest.mark.parametrize(
    ("ticks", "legend", "roles"),
    [
        ("√\t✓", "", (("市甲局", "市乙局"), ())),  # one sign by two fonts
        ("√\t—", "", (("市甲局",), ())),
        ("■\t□", "", (("市甲局",), ())),
        ("■\t□", "注：■为牵头单位，□为配合单位。\n", (("市甲局",), ("市乙局",))),
        ("√\t牵头", "注：打勾的为配合单位。\n", (("市乙局",), ("市甲局",))),
    ],
)
def test_what_ticks_and_boxes_say(
    read: Read, ticks: str, legend: str, roles: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    text = "某市2025年任务清单\n" + "\t".join(HEADER) + f"\n1\t建设平台\t{ticks}\t6月底前\n{legend}"
    assert read("表.tsv", text) == [roles]


def test_ticks_and_crosses_say_nothing_without_a_legend(run: Run, tmp_path: Path) -> None:
    text = "\t".join(HEADER) + "\n1\t建设平台\t☑\t☒\t6月底前\n"
    (tmp_path / "表.tsv").write_text(text, encoding="utf-8")
    assert run("import", "表.tsv").code == 1


@pytest.mark.parametrize("ticks", ["√", "√\t", "√\t\t6月底前", "√\t\t6月底前\t", "√\t\t6月底前\t另见附件"])
def test_a_row_may_end_at_its_last_tick_or_go_on_behind_the_table(
    run: Run, tmp_path: Path, ticks: str
) -> None:
    text = "\t".join(HEADER) + f"\n1\t建设平台\t{ticks}\n2\t建设中心\t√\t√\t6月底前\n"
    (tmp_path / "表.tsv").write_text(text, encoding="utf-8")
    outcome = run("import", "表.tsv", "-o", "-", "--title", "某市任务清单")
    found = [item["lead"] for task in yaml.safe_load(outcome.out)["tasks"] for item in task["items"]]
    assert found == [["市甲局"], ["市甲局", "市乙局"]]
    told = "表.tsv:2:6: the cell stands under no column, and is left out: '另见附件'"
    assert (told in outcome.err) == ("另见附件" in ticks)


def test_a_header_of_two_rows_is_one(read: Read) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ["序号", "任务", "责任部门", None, None, "时限"],
        [None, None, "市科委", "市教委", "市财政局", None],
        [1, "建渠", "√", "", "√", "6月底前"],
        [2, "清淤", "", "√", "", "9月底前"],
    ):
        book.active.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
        book.active.merge_cells(merged)
    book.save(out)
    assert read("表.xlsx", out.getvalue()) == [(("市科委", "市财政局"), ()), (("市教委",), ())]
    lines = (
        "序号,任务,责任部门,,,时限",
        ",,市科委,市教委,市财政局,",
        "1,建渠,√,,√,6月底前",
        "2,清淤,,√,,9月底前",
    )
    assert read("表.csv", "\n".join(lines)) == [(("市科委", "市财政局"), ()), (("市教委",), ())]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (
            (
                "序号,任务,牵头单位,,配合单位,,时限",
                ",,市科委,市教委,市财政局,市商务局,",
                "1,建渠,√,,√,√,6月底前",
            ),
            (("市科委",), ("市财政局", "市商务局")),
        ),
        (
            ("序号,任务,牵头单位,配合单位,,时限", ",,,市财政局,市商务局,", "1,建渠,市科委,,√,6月底前"),
            (("市科委",), ("市商务局",)),
        ),
    ],
)
def test_words_over_the_departments_say_their_part(
    read: Read, lines: tuple[str, ...], parts: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert read("表.csv", "\n".join(lines)) == [parts]


def test_a_department_without_a_tick_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("任务,市甲局,市乙局,时限\n建渠,√,,6月底前", encoding="utf-8")
    outcome = run("import", "表.csv")
    assert (outcome.code, "nothing is ticked under: 市乙局" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    ("title", "over", "below"),
    [
        ("某市2025年任务清单", "责任单位", "注：●牵头，○配合。"),
        ("某市2025年任务清单", "责任单位", "说明：●为牵头单位　○为配合单位"),
        ("某市2025年任务清单", "责任单位（●牵头 ○配合）", ""),
        ("某市2025年任务清单（●牵头，○配合）", "责任单位", ""),
    ],
)
def test_the_legend_of_ticks_is_no_doubt(run: Run, tmp_path: Path, title: str, over: str, below: str) -> None:
    lines = (
        *(title, f"序号\t任务\t{over}\t\t时限", "\t\t市甲局\t市乙局\t", "一、水利"),
        *("1\t建渠\t●\t○\t6月底前", below),
    )
    (tmp_path / "表.tsv").write_text("\n".join(lines), encoding="utf-8")
    outcome = run("import", "表.tsv", "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    assert "the legend of the ticks is read: '" in outcome.out
    registry = load(tmp_path / "tasks.yaml")
    assert [(item.lead, item.support) for item in registry.items] == [(("市甲局",), ("市乙局",))]
    assert (registry.plan.title, registry.plan.table) == ("某市2025年", "任务清单")


def test_ticks_beside_a_column_for_who_leads_support_and_it_is_told(run: Run, tmp_path: Path) -> None:
    lines = (
        "任务\t牵头单位\t市甲局\t市乙局\t时限",
        "建渠\t市水务局\t√\t√\t6月底前",
        "清淤\t市甲局\t\t√\t9月底前",
    )
    (tmp_path / "表.tsv").write_text("\n".join(lines), encoding="utf-8")
    outcome = run("import", "表.tsv")
    assert "表.tsv:1:1: the ticks beside '牵头单位' are taken for who supports" in outcome.out
    items = load(tmp_path / "tasks.yaml").items
    assert [(item.lead, item.support) for item in items] == [
        (("市水务局",), ("市甲局", "市乙局")),
        (("市甲局",), ("市乙局",)),
    ]


def test_a_tick_that_leads_beside_a_column_for_who_leads_is_refused(run: Run, tmp_path: Path) -> None:
    lines = ("任务\t牵头单位\t市甲局\t市乙局\t时限", "建渠\t市水务局\t●\t○\t6月底前", "注：●牵头，○配合")
    (tmp_path / "表.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert run("import", "表.tsv").code == 1


def test_a_row_that_nobody_leads_takes_no_lead_from_the_row_above(run: Run, tmp_path: Path) -> None:
    rows = ("甲事,★,√,,6月底", "乙事,,★,√,9月底", "丙事,√,√,√,年底", "丁事,,,,年底", "戊事,,,★,年底")
    lines = (
        "某市2026年分工表",
        "任务,市财政局,市教育局,市人社局,时限",
        *rows,
        "注：★为牵头单位，√为配合单位",
    )
    (tmp_path / "表.csv").write_text("\n".join(lines), encoding="utf-8")
    outcome = run("import", "表.csv")
    assert outcome.code == 0
    told = [
        line.partition(" ")[2]
        for line in outcome.out.splitlines()
        if line.startswith(("表.csv:5:", "表.csv:6:"))
    ]
    assert told == [
        "the row is left out, for nobody leads it: '丙事 | 市财政局、市教育局、市人社局 | 年底'",
        "the row is left out, for it does not say who: '丁事 | 年底'",
    ]
    items = load(tmp_path / "tasks.yaml").items
    assert [(each.content, each.lead) for each in items] == [
        ("甲事", ("市财政局",)),
        ("乙事", ("市教育局",)),
        ("戊事", ("市人社局",)),
    ]
