"""The same table out of every kind of file: the annex as a workbook, a document, Markdown and HTML."""

import csv
import html
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from chengguo import load
from chengguo.model import Registry
from conftest import TASKS_YAML, Run

ANNEX = Path(__file__).parent / "annex.txt"
HEADER = ["序号", "重点任务", "主要内容", "牵头单位", "配合单位", "完成时限"]
TABLE = [
    ["《促进转化方案（2018—2020年）》任务表"],
    HEADER,
    ["一、第一部分"],
    ["1", "建设平台", "建立平台。", "甲局、乙局", "丙局", "2019年底"],
    ["", "", "推广经验。", "乙局", "甲局", "持续推进"],
    ["2", "培育人才", "开展培训。", "乙局", "甲局、丙局", "2020年6月底前"],
]


def annex() -> list[list[str]]:
    return [
        row for row in csv.reader(io.StringIO(ANNEX.read_text(encoding="utf-8")), delimiter="\t") if any(row)
    ]


def filled(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def workbook(rows: list[list[str]]) -> bytes:
    """Make a workbook: rows of one cell are merged over the width, empty cells with those above."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = max(map(len, rows))
    top: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        alone = len([cell for cell in row if cell]) == 1
        for column, cell in enumerate(filled(row, width), 1):
            if cell:
                sheet.cell(number, column, cell).data_type = "s"
            if cell or alone:
                top[column] = number
        if alone:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
        elif not row[0] and len(row) > 1:
            for column in (1, 2):
                for merged in list(sheet.merged_cells.ranges):
                    if (merged.min_row, merged.min_col) == (top[column], column):
                        sheet.unmerge_cells(str(merged))
                sheet.merge_cells(
                    start_row=top[column], end_row=number, start_column=column, end_column=column
                )
    return saved(book)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def document(rows: list[list[str]]) -> bytes:
    """Make a document: the heading is a paragraph, a row of one cell is merged over the width."""
    made = docx.Document()
    width = max(map(len, rows))
    begin = next(number for number, row in enumerate(rows) if len([cell for cell in row if cell]) > 2)
    for row in rows[:begin]:
        made.add_paragraph("".join(row))
    table = made.add_table(0, width)
    for row in rows[begin:]:
        cells = table.add_row().cells
        for cell, text in zip(cells, filled(row, width), strict=True):
            cell.text = text
        if len([cell for cell in row if cell]) == 1:
            cells[0].merge(cells[-1]).text = next(cell for cell in row if cell)
    return saved(made)


def markdown(rows: list[list[str]]) -> bytes:
    width = max(map(len, rows))
    lines = []
    for row in rows:
        if len([cell for cell in row if cell]) == 1:
            lines += ["", "## " + "".join(row), ""]
        else:
            cells = [cell.replace("|", r"\|").replace("\n", "<br>") for cell in filled(row, width)]
            lines += ["| " + " | ".join(cells) + " |"]
            lines += ["|" + " --- |" * width] if "重点任务" in "".join("".join(row).split()) else []
    return "\n".join(lines).encode()


def page(rows: list[list[str]]) -> bytes:
    width = max(map(len, rows))
    lines = ["<!DOCTYPE html><meta charset=utf-8><script>var x = '<td>';</script><table>"]
    for row in rows:
        if len([cell for cell in row if cell]) == 1:
            lines.append(f"<tr><td colspan={width}><b>{html.escape(''.join(row))}</b></td></tr>")
        else:
            cells = [f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in filled(row, width)]
            lines.append(f"<tr>{''.join(cells)}")
    return "\n".join([*lines, "</table>"]).encode()


MAKERS = {"xlsx": workbook, "docx": document, "md": markdown, "html": page}
kinds = pytest.mark.parametrize(("suffix", "make"), MAKERS.items(), ids=MAKERS)
Make = Callable[[list[list[str]]], bytes]


def imported(run: Run, folder: Path, name: str, data: bytes, *words: str) -> tuple[str, Registry]:
    (folder / name).write_bytes(data)
    outcome = run("import", name, *words)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out, load(folder / "tasks.yaml")


def content(registry: Registry) -> Any:
    return (
        registry.plan,
        [(each.id, each.title) for each in registry.sections],
        {(each.name, each.group) for each in registry.departments},
        [(task.id, task.section, task.title) for task in registry.tasks],
        [
            (item.address, item.content, item.lead, item.support, item.schedule, item.status)
            for item in registry.items
        ],
    )


@kinds
def test_the_annex_is_the_same_out_of_every_kind_of_file(
    run: Run, tmp_path: Path, suffix: str, make: Make
) -> None:
    _out, registry = imported(run, tmp_path, f"附件.{suffix}", make(annex()))
    assert content(registry) == content(load(TASKS_YAML))


@kinds
def test_a_small_table(run: Run, tmp_path: Path, suffix: str, make: Make) -> None:
    out, registry = imported(run, tmp_path, f"表.{suffix}", make(TABLE))
    assert [(item.address, item.lead, item.support, item.schedule.wording) for item in registry.items] == [
        ("1.1", ("甲局", "乙局"), ("丙局",), "2019年底"),
        ("1.2", ("乙局",), ("甲局",), "持续推进"),
        ("2.1", ("乙局",), ("甲局", "丙局"), "2020年6月底前"),
    ]
    assert out == "3 items read: 2 tasks, 3 departments, 2 dated, 1 ongoing, 0 doubts\n"
    assert run("validate", "--strict").code == 0


def test_days_and_numbers_of_a_workbook(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["《方案》任务表"],
        HEADER,
        [1, "甲", "甲事。", "甲局", None, datetime(2019, 12, 31)],  # noqa: DTZ001 - Excel knows no zones
        [2.0, "乙", "乙事。", "甲局", None, date(2020, 6, 30)],
        [3, "丙", "丙事。", "甲局", None, 43465],
    ):
        sheet.append(row)
    _out, registry = imported(run, tmp_path, "表.xlsx", saved(book))
    assert [str(item.due) for item in registry.items] == ["2019-12-31", "2020-06-30", "2018-12-31"]
    assert [task.id for task in registry.tasks] == [1, 2, 3]


def test_places_name_the_sheet_where_there_are_several(run: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(TABLE)))
    second = book.create_sheet("补充")
    second.append(HEADER)
    second.append(["3", "其他", "其他事。", "甲局", "", "适时"])
    hidden = book.create_sheet("草稿")
    hidden.append(["3", "其他", "其他事。", "甲局", "", "适时"])
    hidden.sheet_state = "hidden"
    out, registry = imported(run, tmp_path, "表.xlsx", saved(book))
    assert out.splitlines()[:2] == [
        "表.xlsx:补充!F2: '适时': it names no day",
        "表.xlsx:草稿!A1: the sheet is hidden, and left out: '3 | 其他 | 其他事。 | 甲局 | 适时'",
    ]
    assert len(registry.items) == 4


def test_a_formula_without_a_result_is_no_empty_cell(run: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(TABLE)))
    sheet = book.active
    assert sheet is not None
    sheet["F6"].value = "=TODAY()"
    out, _registry = imported(run, tmp_path, "表.xlsx", saved(book))
    assert "表.xlsx:F6: the cell has a formula without a result, and is left empty: '=TODAY()'" in out


def test_tracked_changes_are_refused(run: Run, tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(document(TABLE)))
    from docx.oxml import OxmlElement

    paragraph = made.paragraphs[0]._p
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.r_lst[0])
    paragraph.append(inserted)
    (tmp_path / "表.docx").write_bytes(saved(made))
    outcome = run("import", "表.docx")
    assert (outcome.code, outcome.out) == (1, "")
    assert "表.docx has tracked changes\n  hint: Accept or reject them in Word, and save." in outcome.err


def test_a_header_of_two_rows(run: Run, tmp_path: Path) -> None:
    text = """<h1>《方案》任务表</h1><table>
<tr><th rowspan=2>序号<th rowspan=2>工作任务<th rowspan=2>具体要求<th colspan=2>分工
<th rowspan=2>完成时限</tr>
<tr><th>牵头单位<th>配合单位</tr>
<tr><td rowspan=2>1<td rowspan=2>建设<td>甲事。<td rowspan=2>甲局<td>乙局<td rowspan=2>2019年底</tr>
<tr><td>乙事。<td>丙局</tr></table>"""
    _out, registry = imported(run, tmp_path, "表.html", text.encode())
    assert [(item.content, item.lead, item.support, str(item.due)) for item in registry.items] == [
        ("甲事。", ("甲局",), ("乙局",), "2019-12-31"),
        ("乙事。", ("甲局",), ("丙局",), "2019-12-31"),
    ]


PARAGRAPHS = """某市关于加快建设的若干措施
（2019年3月1日印发）
一、夯实基础
（一）建设平台。建立平台，完善制度。（牵头单位：市科委；配合单位：市教委、财政局；完成时限：2019年底）
（二）培育人才。开展培训。（由市教委会同市财政局负责，3个月内完成）推广经验。〔市科委，持续推进，市教委配合〕
二、加强保障
本部分由各单位落实。
（三）落实政策（责任单位：各区政府，长期坚持）
（四）完善统计。
开展监测。（市统计局、市财政局）
"""


@pytest.mark.parametrize("suffix", ["txt", "md", "docx", "html"])
def test_paragraphs(run: Run, tmp_path: Path, suffix: str) -> None:
    data = PARAGRAPHS.encode()
    if suffix == "docx":
        made = docx.Document()
        for line in PARAGRAPHS.splitlines():
            made.add_paragraph(line)
        data = saved(made)
    elif suffix == "html":
        data = "".join(f"<p>{line}</p>\n" for line in PARAGRAPHS.splitlines()).encode()
    out, registry = imported(run, tmp_path, f"措施.{suffix}", data)
    assert [(each.id, each.title) for each in registry.sections] == [("一", "夯实基础"), ("二", "加强保障")]
    assert [(task.id, task.title) for task in registry.tasks] == [
        (1, "建设平台"),
        (2, "培育人才"),
        (3, "落实政策"),
        (4, "完善统计"),
    ]
    assert [
        (item.content, item.lead, item.support, item.schedule.wording, str(item.due))
        for item in registry.items
    ] == [
        ("建立平台，完善制度。", ("市科委",), ("市教委", "市财政局"), "2019年底", "2019-12-31"),
        ("开展培训。", ("市教委",), ("市财政局",), "3个月内完成", "2019-06-01"),
        ("推广经验。", ("市科委",), ("市教委",), "持续推进", "None"),
        ("落实政策", ("各区政府",), (), "长期坚持", "None"),
        ("开展监测。", ("市统计局", "市财政局"), (), "未载明", "None"),
    ]
    assert "the row is left out: '本部分由各单位落实。'" in out
    assert "no schedule is printed; 未载明 stands in its place" in out
    assert str(registry.plan.issued) == "2019-03-01"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "表.xlsx",
            b"PK\x03\x04broken",
            (1, "表.xlsx cannot be read: it is broken, or only a part of a file"),
        ),
        ("表.docx", b"", (1, "表.docx cannot be read")),
        ("表.docx", "不是文档".encode(), (1, "表.docx cannot be read")),
        ("表.xls", b"", (2, "Save it as .xlsx first.")),
        ("表.doc", b"", (2, "Save it as .docx first.")),
        ("表.html", b"<table><tr><td>", (1, "no words stand in the file")),
        ("表.md", b"| a |\n|---|", (1, "no table with columns that are known was found")),
    ],
)
def test_what_cannot_be_read(run: Run, tmp_path: Path, name: str, data: bytes, told: tuple[int, str]) -> None:
    (tmp_path / name).write_bytes(data)
    outcome = run("import", name)
    assert (outcome.code, outcome.out) == (told[0], "")
    assert told[1] in outcome.err
    assert not (tmp_path / "tasks.yaml").exists()


def test_a_column_may_name_the_section(run: Run, tmp_path: Path) -> None:
    rows = [
        ["《方案》任务表"],
        ["类别", "项目名称", "建设内容", "承办", "时限"],
        ["一、基础", "甲", "甲事。", "甲局", "2019年底"],
        ["", "乙", "乙事。", "甲局", "2019年底"],
        ["保障", "丙", "丙事。", "甲局", "2019年底"],
    ]
    words = ("--map", "承办=lead", "--map", "建设内容=content", "--map", "类别=section")
    _out, registry = imported(run, tmp_path, "表.xlsx", workbook(rows), *words)
    assert [(task.section, task.title) for task in registry.tasks] == [
        ("一", "甲"),
        ("一", "乙"),
        ("二", "丙"),
    ]
    assert [(each.id, each.title) for each in registry.sections] == [("一", "基础"), ("二", "保障")]


def test_without_the_packages_it_is_said_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    (tmp_path / "表.xlsx").write_bytes(workbook(TABLE))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    outcome = run("import", "表.xlsx")
    assert (outcome.code, outcome.out) == (2, "")
    assert f'{sys.executable} -m pip install "openpyxl' in outcome.err
