"""Spreadsheets of LibreOffice and WPS: read as those of Excel are, as the sheet shows them, or told."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chengguo import load
from chengguo.model import Item, Registry
from conftest import Run
from opendocument import cell, flat, packed, part, row, sheet, span, style, value

TITLE = "某市2025年重点工作任务清单"
HEADER = row("序号", "重点任务", "责任单位", "配合单位", "完成时限")
FIRST = row("1", "建设平台", "市甲局", "市乙局", "6月底前")
SECOND = row("2", "编制规划", "市丙局", "", "9月底前")
BOTH = [
    ("1.1", "建设平台", ("市甲局",), ("市乙局",), "6月底前"),
    ("2.1", "编制规划", ("市丙局",), (), "9月底前"),
]
ONE_SECTION = " the table has no sections; all is put into one"
GROUND = '<style:table-cell-properties fo:background-color="#0000ff"/>'
STYLES = "".join(
    (
        '<style:font-face style:name="Signs" svg:font-family="Wingdings"/>',
        style("struck", style_text_line_through_style="solid"),
        style("white", fo_color="#FFFFFF"),
        style("dark", inside=GROUND, fo_color="#ffffff"),
        style("signs", style_font_name="Signs"),
        style("rule", "table-cell", '<style:map style:apply-style-name="struck"/>'),
        '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>',
        '<style:style style:name="below" style:family="table-cell" style:parent-style-name="struck"/>',
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>',
        style("out", "text", style_text_line_through_type="single"),
        style("in", "text", style_text_line_through_style="none"),
        style("bold", "text", fo_font_weight="bold"),
        style("up", "text", style_text_position="33% 58%"),
        style("unseen", "text", text_display="none"),
        style("off", "table", '<style:table-properties table:display="false"/>'),
        '<style:style style:name="page" style:family="table" style:master-page-name="printed"/>',
        style("thin", "table-row", '<style:table-row-properties style:row-height="0.01cm"/>'),
        '<style:master-page style:name="printed">',
        "<style:header><text:p>内部 <text:sheet-name>???</text:sheet-name></text:p></style:header>",
        "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>",
        '<style:footer-left style:display="false"><text:p>不印</text:p></style:footer-left>',
        "</style:master-page>",
    )
)
Read = Callable[..., tuple[list[str], Registry]]


def table(first: str = FIRST, second: str = SECOND, before: str = "", **more: str) -> str:
    return sheet(before, row(TITLE), HEADER, first, second, **more)


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a spreadsheet; give what was told of it, without its name, and the registry."""

    def once(
        *sheets: str, name: str = "表.ods", words: tuple[str, ...] = (), parts: dict[str, str] | None = None
    ) -> tuple[list[str], Registry]:
        (tmp_path / name).write_bytes(packed(*sheets, styles=STYLES, parts=parts))
        outcome = run("import", name, *words)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        told = [line.removeprefix(f"{name}:") for line in outcome.out.splitlines() if line.startswith(name)]
        return told, load(tmp_path / "tasks.yaml")

    return once


def in_short(item: Item) -> tuple[object, ...]:
    return item.address, item.content, item.lead, item.support, item.schedule.wording


@pytest.mark.parametrize("name", ["表.ods", "表.ots", "别名.xlsx"])
def test_a_spreadsheet_is_read_whatever_its_name(read: Read, name: str) -> None:
    told, registry = read(table(), name=name)
    assert (registry.plan.title, told) == ("某市2025年重点工作", [ONE_SECTION])
    assert [in_short(item) for item in registry.items] == BOTH


def test_a_flat_one_is_read_too(run: Run, tmp_path: Path) -> None:
    second = row("2", "编制规划", cell("市丙局", 'table:style-name="struck"'), "", "9月底前")
    (tmp_path / "表.fods").write_bytes(flat(table(second=second), styles=STYLES))
    outcome = run("import", "表.fods")
    assert (outcome.code, [in_short(item) for item in load(tmp_path / "tasks.yaml").items]) == (0, BOTH[:1])
    assert "表.fods:C4: words are struck out, and left out: '市丙局'\n" in outcome.out


def test_it_needs_no_package_beside_the_program(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (tmp_path / "表.ods").write_bytes(packed(table()))
    assert run("import", "表.ods").code == 0


NOTE = "<office:annotation><dc:creator>某</dc:creator><text:p>延至<text:s/>9月</text:p></office:annotation>"
BOX = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
PICTURE = '<draw:frame draw:name="图1"><draw:image/></draw:frame>'
RUBY = "<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>jiǎ</text:ruby-text></text:ruby>事"
READ_ALL_THE_SAME = "they are read all the same"
SHOWN = {
    "two lines": (cell("甲事\n（乙事）"), "甲事（乙事）", ""),
    "spaces": (cell("甲<text:s text:c='2'/>事<text:line-break/>乙<text:tab/>事"), "甲  事乙\t事", ""),
    "spaces as some write them": (cell("甲  事"), "甲  事", ""),
    "lines of the source": (cell("#").replace("#", "\n  甲\n  事 丙\n "), "甲 事 丙", ""),
    "a link": (cell('<text:a xlink:href="http://a.b">甲</text:a>事'), "甲事", ""),
    "struck words": (
        cell(f"甲{span('out', '旧')}事"),
        "甲事",
        "B3: words are struck out, and left out: '旧'",
    ),
    "a struck cell with words that are not": (
        cell(f"旧{span('in', '甲事')}", 'table:style-name="below"'),
        "甲事",
        "B3: words are struck out, and left out: '旧'",
    ),
    "unseen words": (
        cell(f"甲事{span('unseen', '乙')}"),
        "甲事",
        "B3: words are hidden in the document, and left out: '乙'",
    ),
    "a raised number": (cell(f"10{span('up', '4')}亩"), "10⁴亩", ""),
    "letters above words": (cell(RUBY), "甲事", "B3: letters stand above words, and are left out: 'jiǎ'"),
    "white words": (
        cell("甲事", 'table:style-name="white"'),
        "甲事",
        f"B3: words of the cell have the colour of their ground; {READ_ALL_THE_SAME}",
    ),
    "white words on a dark ground": (cell("甲事", 'table:style-name="dark"'), "甲事", ""),
    "a sign": (cell("þ甲事", 'table:style-name="signs"'), "☑甲事", ""),
    "a comment": (
        cell("甲事", note=NOTE),
        "甲事",
        "B3: the cell has a comment, which is left out: '延至 9月'",
    ),
    "a text box": (cell("甲事", note=BOX), "甲事", "B3: a text box stands here, and is left out: '框'"),
    "a picture": (cell("甲事", note=PICTURE), "甲事", " a picture stands here, and is not read: '图1'"),
    "a number as it is shown": (value("float", "2025.1", "2025.10号"), "2025.10号", ""),
    "a share without its words": (value("percentage", "0.5"), "50%", ""),
    "words that a format hides": (
        value("string", "甲事", ""),
        "甲事",
        f"B3: the format of the cell hides its words; {READ_ALL_THE_SAME}",
    ),
    "a rule": (
        cell("甲事", 'table:style-name="rule"'),
        "甲事",
        f" a rule may strike words out in B3; {READ_ALL_THE_SAME}",
    ),
}


@pytest.mark.parametrize(("there", "content", "told"), SHOWN.values(), ids=SHOWN)
def test_a_cell_says_what_it_shows(read: Read, there: str, content: str, told: str) -> None:
    found, registry = read(table(row("1", there, "市甲局", "市乙局", "6月底前")))
    assert [item.content for item in registry.items] == [content, "编制规划"]
    assert found == [line for line in (ONE_SECTION, told) if line] or found == [told, ONE_SECTION]


@pytest.mark.parametrize(
    ("there", "wording"),
    [
        (value("date", "2025-06-30", "2025年6月30日"), "2025年6月30日"),
        (value("date", "2025-06-30", "二〇二五年六月三十日"), "二〇二五年六月三十日"),
        (value("date", "2025-06-30", "2025/6/30"), "2025/6/30"),
        (value("date", "2025-06-07", "6/7/25"), "2025/6/7"),
        (value("date", "2025-06-30", "截至6/30/25"), "截至6/30/25"),
        (value("date", "2025-06-07", "7-Jun-2025"), "2025-06-07"),
        (value("date", "2025-06-30", "Jun-25", 'table:style-name="month"'), "2025年6月"),
        (value("date", "2025-06-30T00:00:00", "2025-06-30 00:00"), "2025-06-30"),
        (value("date", "2025-06-30"), "2025-06-30"),
    ],
)
def test_a_day_is_written_so_that_it_cannot_be_mistaken(read: Read, there: str, wording: str) -> None:
    _told, registry = read(table(row("1", "建设平台", "市甲局", "", there)))
    assert registry.items[0].schedule.wording == wording


@pytest.mark.parametrize(
    ("there", "why"),
    [
        (
            value("string", "", "#DIV/0!", 'table:formula="of:=1/0" calcext:value-type="error"'),
            "the cell shows an error, and is left empty: '#DIV/0!'",
        ),
        (
            value("float", "0", "Err:522", 'table:formula="of:=[.Z9]"'),
            "the cell shows an error, and is left empty: 'Err:522'",
        ),
        (
            '<table:table-cell table:formula="of:=[.A1]&amp;[.B1:.B2]"/>',
            "the cell has a formula without a result, and is left empty: '=A1&B1:B2'",
        ),
    ],
)
def test_an_error_and_a_formula_without_a_result_say_nothing(read: Read, there: str, why: str) -> None:
    told, registry = read(table(row("1", "建设平台", "市甲局", there, "6月底前")))
    assert (f"D3: {why}" in told, registry.items[0].support) == (True, ())


def test_merged_cells_are_repeated_downward_and_words_below_are_told(read: Read) -> None:
    first = row("1", "建设平台", cell("市甲局", 'table:number-rows-spanned="2"'), "市乙局", "6月底前")
    second = row("2", "编制规划", cell("市丙局", tag="covered-table-cell"), "", "9月底前")
    told, registry = read(table(first, second))
    assert [item.lead for item in registry.items] == [("市甲局",), ("市甲局",)]
    assert "C4: the cell lies below a merged one, and is left out: '市丙局'" in told


def test_words_below_a_cell_that_is_merged_sideways_are_told_even_if_they_are_the_same(read: Read) -> None:
    names = cell("市甲局", 'table:number-columns-spanned="2"'), cell("市甲局", tag="covered-table-cell")
    told, registry = read(table(row("1", "建设平台", *names, "6月底前")))
    assert (registry.items[0].lead, registry.items[0].support) == (("市甲局",), ())
    assert "D3: the cell lies below a merged one, and is left out: '市甲局'" in told


def test_what_is_repeated_stands_as_often(read: Read) -> None:
    twice = cell("市甲局", 'table:number-columns-repeated="2"')
    rows = row("", "建设平台", twice, "6月底前", more='table:number-rows-repeated="3"')
    _told, registry = read(table(rows))
    read_so = [(item.content, item.lead, item.schedule.wording) for item in registry.items]
    assert read_so[:3] == [("建设平台", ("市甲局",), "6月底前")] * 3


COLLAPSED = SECOND.replace("row ", 'row table:visibility="collapse" ', 1)
FILTERED = SECOND.replace("row ", 'row table:visibility="filter" ', 1)
THIN = SECOND.replace("row ", 'row table:style-name="thin" ', 1)


@pytest.mark.parametrize("second", [COLLAPSED, THIN])
def test_a_hidden_row_is_left_out_and_told(read: Read, second: str) -> None:
    told, registry = read(table(second=second))
    assert [item.address for item in registry.items] == ["1.1"]
    assert "A4: the row is left out, for it is hidden: '2 | 编制规划 | 市丙局 | 9月底前'" in told


@pytest.mark.parametrize("second", [FILTERED, f"<table:table-row-group>{COLLAPSED}</table:table-row-group>"])
def test_a_row_that_is_filtered_or_folded_away_is_read(read: Read, second: str) -> None:
    told, registry = read(table(second=second))
    assert [item.address for item in registry.items] == ["1.1", "2.1"]
    assert "A4: the row is hidden in the workbook; it is read all the same" in told


def test_a_hidden_column_and_cells_that_are_not_printed_are_told(read: Read) -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>',
        '<table:table-column table:visibility="collapse"/>',
    )
    printed = "table:name='表' table:print-ranges=\"$'表'.$A$1:.$E$3\""
    told, _registry = read(table(before="".join(columns), more=printed))
    assert (
        f"D2: the column is hidden in the workbook; {READ_ALL_THE_SAME}".replace("they are", "it is") in told
    )
    assert f"A4: cells stand outside of what is printed, A1:E3; {READ_ALL_THE_SAME}" in told


def test_the_words_of_a_hidden_sheet_are_told(read: Read) -> None:
    hidden = sheet(row("秘"), row(cell("密", note=NOTE)), more='table:name="藏" table:style-name="off"')
    told, registry = read(table(), hidden)
    assert [in_short(item) for item in registry.items] == BOTH
    assert {
        "藏!A1: the sheet is hidden, and left out: '秘 | 密'",
        "藏!A1: the cell has a comment, which is left out: '延至 9月'",
    } <= set(told)


def test_one_of_several_sheets_is_chosen(run: Run, read: Read) -> None:
    sheets = (sheet(row("说明")), table(more='table:name="分工"'))
    told, registry = read(*sheets, words=("--sheet", "分工"))
    assert [in_short(item) for item in registry.items] == BOTH
    assert " the sheet 'Sheet1' is left out, for --sheet" in told
    outcome = run("import", "表.ods", "--sheet", "无")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "chengguo: 表.ods has no sheet '无'\n  hint: It has: 1 Sheet1; 2 分工.\n"


def test_what_stands_beside_the_cells_is_told(read: Read) -> None:
    box = '<form:checkbox form:id="c1" form:label="同意" form:current-state="checked"/>'
    shapes = (
        "<draw:g><draw:rect><text:p>页上的话</text:p></draw:rect></draw:g>",
        '<draw:control draw:control="c1"/>',
        '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>',
    )
    drawn = f"<office:forms>{box}</office:forms><table:shapes>{''.join(shapes)}</table:shapes>"
    prompt = '<table:help-message table:title="提示"><text:p>请选</text:p></table:help-message>'
    choice = "of:cell-content-is-in-list(&quot;市甲局&quot;;&quot;市丁局&quot;)"
    validation = f'<table:content-validation table:condition="{choice}">{prompt}</table:content-validation>'
    title = "<chart:chart><chart:title><text:p>进度图</text:p></chart:title></chart:chart>"
    told, _registry = read(
        f"<table:content-validations>{validation}</table:content-validations>",
        table(before=drawn, more='table:name="Sheet1" table:style-name="page"'),
        parts={"Object 1/content.xml": part("document-content", title + sheet(row("1")))},
    )
    assert sorted(told) == [
        " a cell prompts, and the words are left out: '提示、请选'",
        " a chart is left out: '进度图'",
        " the head of the printed pages is left out: '内部'",
        ONE_SECTION,
        " words to choose from are left out: '市甲局、市丁局'",
        "A1: a control lies over the cell, and is left out: '☑同意'",
        "A1: a text box stands here, and is left out: '页上的话'",
    ]


def test_words_that_stand_out_say_who_leads(read: Read) -> None:
    names = cell(f"市甲局、{span('bold', '市乙局')}")
    first = row("1", "建设平台", names, "", "6月底前")
    _told, registry = read(sheet(row(TITLE), row("注：加粗的为牵头单位"), HEADER, first))
    assert (registry.items[0].lead, registry.items[0].support) == (("市乙局",), ("市甲局",))


MISPLACED = " cannot be read: a part of it is not as Office writes it (ValueError: words stand outside of"


@pytest.mark.parametrize(
    ("there", "what"),
    [
        (f"<table:table-row>{FIRST}</table:table-row>", " the cells)"),
        (f"<table:shapes>{FIRST}</table:shapes>", " the cells)"),
        ("<text:p>甲</text:p>", " the cells)"),
        (
            "<table:table-row><table:table-cell><text:x>甲</text:x></table:table-cell></table:table-row>",
            " the para",
        ),
    ],
)
def test_words_where_no_program_writes_them_are_refused(
    run: Run, tmp_path: Path, there: str, what: str
) -> None:
    (tmp_path / "表.ods").write_bytes(packed(table(before=there)))
    outcome = run("import", "表.ods")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"chengguo: 表.ods{MISPLACED}{what}")


def changed(state: str = "") -> str:
    change = f"<table:cell-content-change {state}/>"
    return f"<table:tracked-changes>{change}</table:tracked-changes>"


def repeated(text: str, rows: int, columns: int = 1) -> bytes:
    """Write a sheet that has a cell so often."""
    words = cell(text, f'table:number-columns-repeated="{columns}"')
    return packed(sheet(row(words, more=f'table:number-rows-repeated="{rows}"')))


LOCKED = {"META-INF/manifest.xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>"}
TOO_LARGE = " is too large to be a table of tasks"
REFUSED = {
    "tracked changes": (
        packed(changed(), table()),
        " has tracked changes\n  hint: Accept or reject them, and save.",
    ),
    "a password": (packed(table(), parts=LOCKED), " is locked by a password"),
    "a document": (packed(parts={"content.xml": part("document-content", "")}), " is a file of LibreOffice"),
    "half a file": (packed(table())[:-300], " cannot be read: it is broken, or only a part of a file"),
    "broken XML": (packed(table()[:-30]), " cannot be read: its XML is broken"),
    "a document type": (packed(table(), parts={"styles.xml": "<!DOCTYPE a><a/>"}), " holds a document type"),
    "nested for ever": (
        packed(sheet(row("<text:span>" * 5000 + "甲" + "</text:span>" * 5000))),
        " cannot be read: a part of it is not as Office writes it",
    ),
    "rows": (repeated("甲", 1_048_576), TOO_LARGE),
    "columns": (repeated("甲", 1, 16_384), ":Sheet1!ALM1: a row of more than 1000 columns"),
    "cells": (repeated("甲", 9_000, 900), TOO_LARGE),
    "characters": (repeated("甲" * 9_000, 9_000), TOO_LARGE),
}


@pytest.mark.parametrize(("data", "what"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(run: Run, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "表.ods").write_bytes(data)
    outcome = run("import", "表.ods")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"chengguo: 表.ods{what}")
    assert not (tmp_path / "tasks.yaml").exists()


def test_changes_that_were_accepted_are_none(read: Read) -> None:
    _told, registry = read(changed('table:acceptance-state="accepted"'), table())
    assert len(registry.items) == 2


def test_a_form_that_comes_back_as_one_is_collected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.ods").write_bytes(packed(table()))
    (tmp_path / "收").mkdir()
    reported = sheet(row("编号", "状态", "进展情况"), row("1.1", "进行中", "已开工"))
    (tmp_path / "收" / "甲.ods").write_bytes(packed(reported))
    assert run("import", "表.ods").code == 0
    outcome = run("collect", "收", "--date", "2025-03-01")
    assert (outcome.code, outcome.err) == (0, "")
    assert load(tmp_path / "tasks.yaml").items[0].progress[0].note == "已开工"
