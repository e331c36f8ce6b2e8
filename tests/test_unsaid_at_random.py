"""Whatever a table of any kind has in its cells, struck, hidden or noted: it is in the registry, or told."""

import io
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

import opendocument
from conftest import Run

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEADS = ("序号", "重点任务", "责任单位", "配合单位", "完成时限", "备注", "经费来源", "")
SHAPES = (
    "{}",
    "建设{}平台。",
    "市{}局",
    "市{}局、各区",
    "6月底前{}",
    "{}年底",
    "（{}）",
    "1.{}\n2.续",
    "注：{}",
)


class Cell(NamedTuple):
    """A cell: its words, and those that it has beside them, each empty or a word that nothing else has."""

    text: str
    struck: str = ""
    hidden: str = ""
    noted: str = ""


def words() -> Callable[[], str]:
    """Give words one after the other that no table has, and that nothing is made of."""
    numbers = count()
    return lambda: f"{chr(0x3400 + (number := next(numbers)))}{chr(0x3800 + number)}"


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Cell]], list[str]]:
    """Give the rows of a table below its title, and all the words in it."""
    word = words()
    told: list[str] = []

    def new(is_there: bool) -> str:  # noqa: FBT001 - drawn
        told.extend([word()] if is_there else [])
        return told[-1] if is_there else ""

    heads = ["重点任务", "责任单位", *draw(st.lists(st.sampled_from(HEADS), max_size=4, unique=True))]
    rows = [[Cell(head) for head in dict.fromkeys(heads)]]
    for _row in range(draw(st.integers(1, 4))):
        width = len(rows[0]) + draw(st.sampled_from((0, 0, 0, 1, -1)))
        row = []
        for place in range(width):
            shape = draw(st.sampled_from(("", *SHAPES))) if place > 1 else ("建设{}", "市{}局")[place]
            flags = draw(st.sampled_from(((0, 0, 0),) * 6 + ((1, 0, 0), (0, 1, 0), (0, 0, 1))))
            text = shape.format(new(is_there=True)) if shape else ""
            row.append(Cell(text, *(new(bool(flag)) for flag in flags)))
        rows.append(row)
    return rows, told


# What stands in cells of tables of any shape, besides words: the words of headers, ticks, numbers, signs.
SIGNS = (
    *(
        "",
        "",
        "序号",
        "重点任务",
        "责任单位",
        "牵头单位",
        "配合单位",
        "完成时限",
        "备注",
        "市甲局",
        "市乙局",
        "各区",
    ),
    *(
        "√",
        "1",
        "2",
        "1.1",
        "一",
        "（一）",
        "①",
        "年底前",
        "长期",
        "牵头",
        "同上",
        "—",
        "/",
        "无",
        "合计",
        "注：",
    ),
    *("（", "）", "【", "*", "★", "=1+1", "'1", "+", "\u2028", "\u200b", "\u3000", "責任單位"),
)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[Cell]], list[str]]:
    """Give rows of any cells and lengths, and all the words in them."""
    word = words()
    told: list[str] = []

    def text() -> str:
        shape = draw(st.sampled_from(SIGNS) | st.sampled_from(SHAPES))
        if "{}" in shape:
            told.append(word())
        return shape.format(*told[-1:])

    width = draw(st.integers(1, 6))
    lengths = draw(st.lists(st.sampled_from((width, width, width, 1, width + 1)), min_size=2, max_size=8))
    return [[Cell(text()) for _cell in range(length)] for length in lengths], told


TITLE = "某市2025年重点任务分解表"


def as_csv(rows: list[list[Cell]]) -> bytes:
    lines = (",".join(f'"{"".join(cell)}"' for cell in row) for row in rows)
    return "\n".join((TITLE, *lines)).encode()


def as_markdown(rows: list[list[Cell]]) -> bytes:
    def cell(each: Cell) -> str:
        marks = zip(("{}", "~~{}~~", "<!-- {} -->", '<u title="{}"></u>'), each, strict=True)
        return "".join(mark.format(text) for mark, text in marks if text).replace("\n", "<br>")

    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    return "\n".join((f"# {TITLE}\n", lines[0], "|---" * len(rows[0]) + "|", *lines[1:])).encode()


def as_page(rows: list[list[Cell]]) -> bytes:
    def cell(each: Cell) -> str:
        inside = f"{each.text}<del>{each.struck}</del><i hidden>{each.hidden}</i>"
        return f'<td title="{each.noted}">{inside}</td>'.replace("\n", "<br>")

    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<meta charset=utf-8><h1>{TITLE}</h1><table>{lines}</table>".encode()


def as_workbook(rows: list[list[Cell]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([TITLE])
    for line, row in enumerate(rows, 2):
        for column, each in enumerate(row, 1):
            cell = sheet.cell(line, column, each.text or None)
            if each.struck:
                cell.value = CellRichText(each.text, TextBlock(InlineFont(strike=True), each.struck))
            if each.noted:
                cell.comment = Comment(each.noted, "某")
            if each.hidden:
                other = book.create_sheet()
                other.append([each.hidden])
                other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_document(rows: list[list[Cell]]) -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(len(rows), max(map(len, rows)))
    inside = "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent>"
    asked = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{inside}</w:sdt>"
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    for line, row in enumerate(rows):
        for cell, each in zip(table.rows[line].cells, row, strict=False):
            cell.text = each.text
            marks = (run.format("<w:strike/>", each.struck), run.format("<w:vanish/>", each.hidden), asked)
            texts = zip(marks, each[1:], strict=True)
            runs = "".join(mark.format(text) for mark, text in texts if text)
            for part in parse_xml(f"<w:p {WORD}>{runs}</w:p>"):
                cell.paragraphs[-1]._p.append(part)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_spreadsheet(rows: list[list[Cell]]) -> bytes:
    def cell(each: Cell) -> str:
        struck = opendocument.span("struck", each.struck) if each.struck else ""
        note = f"<office:annotation><text:p>{each.noted}</text:p></office:annotation>" if each.noted else ""
        return opendocument.cell(each.text + struck, note=note)

    hidden = [each.hidden for row in rows for each in row if each.hidden]
    lines = (opendocument.row(*map(cell, row)) for row in rows)
    return opendocument.packed(
        opendocument.sheet(opendocument.row(TITLE), *lines),
        *(opendocument.sheet(opendocument.row(each), more='table:style-name="hidden"') for each in hidden),
        styles=opendocument.style("struck", "text", style_text_line_through_style="solid")
        + opendocument.style("hidden", "table", '<style:table-properties table:display="false"/>'),
    )


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("表.csv", as_csv),
        ("表.md", as_markdown),
        ("表.html", as_page),
        ("表.xlsx", as_workbook),
        ("表.ods", as_spreadsheet),
        ("表.docx", as_document),
    ],
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables() | grids())
def test_no_word_is_lost_unsaid(
    run: Run,
    tmp_path: Path,
    name: str,
    make: Callable[[list[list[Cell]]], bytes],
    table: tuple[list[list[Cell]], list[str]],
) -> None:
    rows, there = table
    (tmp_path / name).write_bytes(make(rows))
    outcome = run("import", name, "--force", "--discard-existing", "--format", "json")
    assert outcome.code in {0, 1}, outcome.err
    if outcome.code == 1:  # nothing was written, and why is said
        assert outcome.err.startswith("chengguo: ")
        return
    report = json.loads(outcome.out)
    written = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    said = "".join((written, *(doubt["why"] for doubt in report["doubts"]), *report["notes"]))
    assert [word for word in there if word not in said] == []
