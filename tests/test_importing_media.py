"""What a file has beside its words, or does not show: read as it is shown, or told with its place."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from chengguo import load
from chengguo.model import Item, Registry
from conftest import Run

HEADER = ["序号", "重点任务", "责任单位", "配合单位", "完成时限"]
ROWS = [
    ["某市2025年重点工作任务清单"],
    HEADER,
    ["1", "建设平台", "市甲局", "市乙局", "6月底前"],
    ["2", "编制规划", "市丙局", "", "9月底前"],
]

Read = Callable[[str, bytes], tuple[list[str], Registry]]


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a file; give what was told of it, without its name, and the registry."""

    def once(name: str, data: bytes) -> tuple[list[str], Registry]:
        (tmp_path / name).write_bytes(data)
        outcome = run("import", name)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        told = [line.removeprefix(f"{name}:") for line in outcome.out.splitlines() if line.startswith(name)]
        return told, load(tmp_path / "tasks.yaml")

    return once


def workbook(change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """Give a workbook with the text of each part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part).decode()))
    return out.getvalue()


def in_short(item: Item) -> tuple[Any, ...]:
    return item.address, item.content, item.lead, item.support, item.schedule.wording


def test_a_row_that_is_struck_out_is_left_out_and_told(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True)

    told, registry = read("表.xlsx", workbook(change))
    assert [in_short(item) for item in registry.items] == [("2.1", "编制规划", ("市丙局",), (), "9月底前")]
    assert "B3: words are struck out, and left out: '建设平台'" in told
    assert "C3: words are struck out, and left out: '市甲局'" in told


def test_struck_words_of_a_cell_are_left_out_and_told(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        struck = InlineFont(strike=True)
        sheet["C3"] = CellRichText(TextBlock(struck, "市甲局"), "、市丁局")
        sheet["E3"] = CellRichText(TextBlock(struck, "6月底前"), TextBlock(InlineFont(b=True), "9月底前"))

    told, registry = read("表.xlsx", workbook(change))
    assert in_short(registry.items[0]) == ("1.1", "建设平台", ("市丁局",), ("市乙局",), "9月底前")
    assert "C3: words are struck out, and left out: '市甲局'" in told
    assert "E3: words are struck out, and left out: '6月底前'" in told


def test_nothing_stands_for_words_that_are_struck_out(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C4"].font = sheet["E4"].font = Font(strike=True)
        sheet.append(["3", "推进改革", "市丁局", "", "12月底前"])
        sheet["E5"].font = Font(strike=True)

    told, registry = read("表.xlsx", workbook(change))
    assert [in_short(item)[1:] for item in registry.items] == [
        ("建设平台", ("市甲局",), ("市乙局",), "6月底前"),
        ("推进改革", ("市丁局",), (), "未载明"),
    ]
    assert "A4: the row is left out, for it does not say who: '2 | 编制规划'" in told


def test_a_struck_row_is_told_though_the_fonts_of_the_file_are_odd(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True, family=2)

    def odd(part: str, text: str) -> str:
        return re.sub(r'family val="\d+"', 'family val="34"', text) if part == "xl/styles.xml" else text

    told, registry = read("表.xlsx", rewritten(workbook(change), odd))
    assert [item.address for item in registry.items] == ["2.1"]
    assert "B3: words are struck out, and left out: '建设平台'" in told


def test_comments_hidden_columns_and_hidden_sheets_are_told_with_their_words(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"].comment = Comment("延至9月底", "某人")
        sheet.column_dimensions["D"].hidden = True
        hidden = sheet.parent.create_sheet("旧表")
        hidden.append(["3", "旧事"])
        hidden.sheet_state = "hidden"

    told, registry = read("表.xlsx", workbook(change))
    assert registry.items[0].support == ("市乙局",)
    assert "E3: the cell has a comment, which is left out: '延至9月底'" in told
    assert "D2: the column is hidden in the workbook; it is read all the same" in told
    assert "旧表!A1: the sheet is hidden, and left out: '3 | 旧事'" in told


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#VALUE!", "=A1"])
@pytest.mark.parametrize(
    ("column", "kept"), [("B", ["2.1"]), ("C", ["2.1"]), ("E", ["1.1", "2.1"])], ids=["what", "who", "when"]
)
def test_errors_and_formulas_without_a_result_are_no_words(
    read: Read, column: str, kept: list[str], value: str
) -> None:
    told, registry = read("表.xlsx", workbook(lambda sheet: sheet.__setitem__(f"{column}3", value)))
    assert [item.address for item in registry.items] == kept
    assert any(line.startswith(f"{column}3: ") and f"left empty: '{value}'" in line for line in told)


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (6, '0"月底前"', "6月底前"),
        (2025, "0\\年底", "2025年底"),
        (20250630, '0000"年"00"月"00"日"', "2025年06月30日"),
        (6, '[红色]G/通用格式"月底前"', "6月底前"),
        (3, '"第"0"季度"', "第3季度"),
        (0, '0;-0;"全年"', "全年"),
        (5, '[=12]"全年";[<7]0"月底";0"月底前"', "5月底"),
        (9, '[=12]"全年";[<7]0"月底";0"月底前"', "9月底前"),
        (6, '[DBNum1][$-804]G/通用格式"月底前"', "六月底前"),
        (45838, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二五年六月三十日"),
        (45838, 'm"月"d"日"', "6月30日"),
        (45838, 'yyyy"年"mm"月"', "2025年06月"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(read: Read, number: int, code: str, shown: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"] = number
        sheet["E3"].number_format = code

    told, registry = read("表.xlsx", workbook(change))
    assert registry.items[0].schedule.wording == shown
    assert told == [" the table has no sections; all is put into one"]


def test_words_that_nobody_sees_are_read_and_told(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B3"].font = Font(color="FFFFFFFF")
        sheet["C3"].number_format = ";;;"
        sheet["D3"] = True

    told, registry = read("表.xlsx", workbook(change))
    assert in_short(registry.items[0])[1:4] == ("建设平台", ("市甲局",), ("TRUE",))
    assert "B3: words of the cell have the colour of their ground; they are read all the same" in told
    assert "C3: the format of the cell hides its words; they are read all the same" in told


COLOURS: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {
    "white by the theme": ({"theme": 0}, {}, 1),
    "grey by the theme": ({"theme": 0, "tint": -0.5}, {}, 0),
    "white by its number": ({"indexed": 9}, {}, 1),
    "white on blue": ({"rgb": "FFFFFFFF"}, {"rgb": "FF0000FF"}, 0),
    "blue on blue": ({"rgb": "FF0000FF"}, {"rgb": "FF0000FF"}, 1),
}


@pytest.mark.parametrize(("letters", "ground", "count"), COLOURS.values(), ids=COLOURS)
def test_words_of_the_colour_of_their_ground_are_read_and_told(
    read: Read, letters: dict[str, Any], ground: dict[str, Any], count: int
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"].font = Font(color=Color(**letters))
        if ground:
            sheet["C3"].fill = PatternFill("solid", fgColor=Color(**ground))

    told, registry = read("表.xlsx", workbook(change))
    assert registry.items[0].lead == ("市甲局",)
    why = "C3: words of the cell have the colour of their ground; they are read all the same"
    assert told.count(why) == count


def test_a_white_run_among_others_is_read_and_told(read: Read) -> None:
    white = TextBlock(InlineFont(color="FFFFFFFF"), "、市丁局")
    told, registry = read(
        "表.xlsx", workbook(lambda sheet: sheet.__setitem__("C3", CellRichText("市甲局", white)))
    )
    assert registry.items[0].lead == ("市甲局", "市丁局")
    assert "C3: words of the cell have the colour of their ground; they are read all the same" in told


def test_a_row_and_a_column_without_room_are_hidden(read: Read) -> None:
    def change(_part: str, text: str) -> str:
        columns = '<cols><col min="4" max="4" width="0"/></cols><sheetData>'
        return text.replace('<row r="4"', '<row ht="0" r="4"').replace("<sheetData>", columns)

    told, registry = read("表.xlsx", rewritten(workbook(lambda _sheet: None), change))
    assert len(registry.items) == 1
    assert "A4: the row is left out, for it is hidden: '2 | 编制规划 | 市丙局 | 9月底前'" in told
    assert "D2: the column is hidden in the workbook; it is read all the same" in told


def test_what_lies_over_and_around_cells_is_told(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.title = "征求意见稿"
        sheet.print_area = "A1:E3"
        sheet["E3"].hyperlink = Hyperlink(ref="E3", location="A1", tooltip="以正式文件为准")
        gone = FormulaRule(formula=['$A3="2"'], font=Font(strike=True))
        sheet.conditional_formatting.add("A3:E4", gone)

    told, registry = read("表.xlsx", workbook(change))
    assert len(registry.items) == 2
    assert "A4: cells stand outside of what is printed, A1:E3; they are read all the same" in told
    for words in (
        "the name of the sheet is left out: '征求意见稿'",
        "a cell prompts, and the words are left out: '以正式文件为准'",
        "a rule may strike words out in A3:E4; they are read all the same",
    ):
        assert f" {words}" in told


def test_a_span_of_hours_is_read_as_it_is_shown(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"] = timedelta(hours=30)
        sheet["E3"].number_format = "[h]:mm:ss"

    _told, registry = read("表.xlsx", workbook(change))
    assert registry.items[0].schedule.wording == "30:00:00"


def test_words_below_a_merged_cell_are_told(read: Read) -> None:
    """WPS keeps the words of cells that it merges."""

    def change(sheet: Worksheet) -> None:
        sheet["A5"], sheet["B5"], sheet["C5"], sheet["E5"] = "3", "推进改革", "市丁局", "12月底前"
        sheet.merged_cells.add("C4:C5")

    told, registry = read("表.xlsx", workbook(change))
    assert [item.lead for item in registry.items] == [("市甲局",), ("市丙局",), ("市丙局",)]
    assert "C5: the cell lies below a merged one, and is left out: '市丁局'" in told


def test_what_a_workbook_prints_and_prompts_is_told(read: Read) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.oddHeader.center.text = '&"宋体"&14（征求意见稿）'
        sheet.oddFooter.left.text = "联系人：某人"
        sheet.oddFooter.right.text = "第&P页 共&N页"
        words = DataValidation(
            type="list",
            formula1='"市甲局,市丁局"',
            promptTitle="提示",
            prompt="请选牵头单位",
            error="无此单位",
        )
        words.add("C3:C4")
        sheet.add_data_validation(words)
        chart = BarChart()
        chart.title = "进度图"
        chart.add_data(Reference(sheet, min_col=1, min_row=2, max_row=4), titles_from_data=True)
        sheet.add_chart(chart, "H2")

    told, _registry = read("表.xlsx", workbook(change))
    for words in (
        "the head of the printed pages is left out: '（征求意见稿）'",
        "the foot of the printed pages is left out: '联系人：某人 第1页 共1页'",
        "a cell prompts, and the words are left out: '无此单位、提示、请选牵头单位'",
        "words to choose from are left out: '市甲局、市丁局'",
        "a chart is left out: '进度图'",
    ):
        assert f" {words}" in told


@pytest.mark.parametrize("suffix", ["xlsm", "xltx", "xltm"])
def test_templates_and_workbooks_with_macros_are_read(read: Read, suffix: str) -> None:
    _told, registry = read(f"表.{suffix}", workbook(lambda _sheet: None))
    assert len(registry.items) == 2


def parts(**texts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is an old file of Office or WPS"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is locked by a password"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"{\\rtf1", "is a document in RTF"),
        (b"MIME-Version: 1.0\r\n", "is a web page in one file"),
        (parts(xl__workbook_bin=""), "is a binary workbook"),
        (parts(content_xml="", mimetype=""), "is a file of LibreOffice"),
        (parts(ppt__presentation_xml=""), "is a presentation"),
        (parts(a_csv=""), "is packed"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(
    run: Run, tmp_path: Path, data: bytes, what: str
) -> None:
    (tmp_path / "表.xlsx").write_bytes(data)
    outcome = run("import", "表.xlsx")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"表.xlsx {what}\n  hint: " in outcome.err


def test_line_breaks_that_a_workbook_escapes_are_line_breaks(read: Read) -> None:
    _told, registry = read(
        "表.xlsx", workbook(lambda sheet: sheet.__setitem__("C3", "市甲局_x000D_\n市丁局"))
    )
    assert registry.items[0].lead == ("市甲局", "市丁局")


def test_a_low_line_that_a_workbook_escapes_escapes_nothing(read: Read) -> None:
    _told, registry = read("表.xlsx", workbook(lambda sheet: sheet.__setitem__("B3", "表_x005F_x0041_单")))
    assert registry.items[0].content == "表_x0041_单"


BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>'
    "<xdr:col>1</xdr:col><xdr:row>5</xdr:row></xdr:from><xdr:sp>"
    '<xdr:nvSpPr><xdr:cNvPr id="1" name="矩形 1" descr="示意"/></xdr:nvSpPr>'
    "<xdr:txBody><a:p><a:r><a:t>第1项延至</a:t></a:r>"
    "<a:r><a:t>9月底</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
)
CONTROL = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    "<v:shape><v:textbox><div>市丁局<br></div></v:textbox>"
    '<x:ClientData ObjectType="Checkbox"><x:Anchor>2, 15, 2, 2, 4, 31, 3, 3</x:Anchor>'
    "<x:Checked>1</x:Checked></x:ClientData></v:shape></xml>"
)
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="../drawings/drawing1.{}"/></Relationships>'
)


@pytest.mark.parametrize(
    ("kind", "suffix", "drawn", "told"),
    [
        ("drawing", "xml", BOX, "B6: a text box stands here, and is left out: '第1项延至9月底\\n示意'"),
        ("vmlDrawing", "vml", CONTROL, "C3: a control lies over the cell, and is left out: '☑市丁局'"),
    ],
    ids=["box", "control"],
)
def test_what_is_drawn_on_a_sheet_is_told_with_its_words(
    read: Read, kind: str, suffix: str, drawn: str, told: str
) -> None:
    out = io.BytesIO(workbook(lambda _sheet: None))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"xl/drawings/drawing1.{suffix}", drawn)
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", LINK.format(kind, suffix))
    assert told in read("表.xlsx", out.getvalue())[0]


WIDE = {
    "表.csv": "任务,责任单位,完成时限\n建设平台,市甲局,6月底前"
    + "," * 20_000
    + "\n编制规划,市乙局,9月底前\n",
    "表.html": "<table><tr><td colspan=20000>某市2025年任务表<tr><td>任务<td>责任单位<td colspan=9999>"
    "完成时限<tr><td>建设平台<td>市甲局<td>6月底前<tr><td>编制规划<td>市乙局<td colspan=3000 rowspan=60000>"
    "9月底前</table>",
}


@pytest.mark.parametrize("name", WIDE)
def test_empty_cells_at_the_end_make_no_row_too_wide(read: Read, name: str) -> None:
    _told, registry = read(name, WIDE[name].encode())
    assert [in_short(item)[1:] for item in registry.items] == [
        ("建设平台", ("市甲局",), (), "6月底前"),
        ("编制规划", ("市乙局",), (), "9月底前"),
    ]


def test_a_filled_cell_far_to_the_right_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text(WIDE["表.csv"].replace(",\n", ",旧\n"), encoding="utf-8")
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.out) == (1, "")
    assert "表.csv:2:1001: a row of more than 1000 columns; no table is that wide" in outcome.err
