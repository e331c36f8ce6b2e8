"""Tables that are made to hang or to break a reader: each is read or refused, at once, in little memory."""

import io
import re
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

import pytest

import chengguo
from chengguo.departments.cells import read_cell
from measuring import linux, measured

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot break a search off")

# -- words that repeat -----------------------------------------------------------------------------

_SOURCE = Path(chengguo.__file__).parent
MODULES = [
    f"chengguo.{wing}.{path.stem}"
    for wing in ("departments", "importing")
    for path in sorted((_SOURCE / wing).glob("[a-z]*.py"))
]


def patterns(module: str) -> Iterator[re.Pattern[str]]:
    """Give the regular expressions that a module has by name or in a table."""
    for value in vars(import_module(module)).values():
        for each in value.values() if isinstance(value, dict) else (value,):
            if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                yield each


def repeated(pattern: re.Pattern[str], draws: int) -> Iterator[str]:
    """Repeat what a pattern is made of, up to an end that it cannot go on with."""
    words = re.findall(r"[\u4e00-\u9fff]+|[^\w\s]", pattern.pattern)
    pieces = [*words, *(character for word in words for character in word), " ", "1", "a"]
    random = Random(pattern.pattern)  # noqa: S311 - the same at every run
    for _draw in range(draws):
        fragment = "".join(random.choices(pieces, k=random.choice((1, 1, 2, 3))))
        yield random.choice(("", *pieces)) + fragment * 30 + random.choice(("丂", *pieces))


@contextmanager
def broken_off(seconds: float) -> Iterator[None]:
    """Break off what takes longer."""

    def fail(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@posix
@pytest.mark.parametrize("module", MODULES)
def test_no_expression_is_read_in_exponential_time(module: str) -> None:
    for pattern in patterns(module):
        for text in repeated(pattern, 60):
            for search in (pattern.search, pattern.fullmatch):
                with broken_off(1):
                    search(text)


FRAGMENTS = [
    *(
        "各有关单位和",
        "有关",
        "区县",
        "市直属",
        "局与",
        "与",
        "镇街",
        "各",
        "会同政府",
        "商市",
        "（一）",
        "（",
        "）",
        "（会同",
    ),
    *(
        "牵头",
        "负责",
        "配合",
        "等",
        "、",
        " ",
        "\n",
        "责任单位：",
        "甲局",
        "市科委 ",
        "①",
        "1.",
        "〔",
        "-",
        "…",
        "和及",
    ),
    *(
        "各有关单位",
        "全市各",
        "市(区县",
        "科研院所",
        "市科委和市教委、",
        "按职责分工负责",
        "13800000000",
        "以",
        "为主",
        "简称",
    ),
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("times", [8, 24, 200])
def test_a_cell_of_what_repeats_is_read_at_once(fragment: str, times: int) -> None:
    for before, after in (("", ""), ("甲局", "!"), ("市", "局")):
        begin = perf_counter()
        found = read_cell((before + fragment * times + after)[:1000])
        assert perf_counter() - begin < 2  # on a busy machine; alone a tenth of it
        assert isinstance(found.doubts, tuple)


def test_a_cell_that_takes_too_many_steps_is_not_understood() -> None:
    assert read_cell("甲局" + "（一）" * 200).doubts == ("the cell is too involved to be read",)


# -- files that are small, and large when they are read --------------------------------------------

SECONDS, MEGABYTES = 10, 500
TYPES = "application/vnd.openxmlformats-officedocument"
SCHEMAS = "http://schemas.openxmlformats.org"
MAIN, WORD = f"{SCHEMAS}/spreadsheetml/2006/main", f"{SCHEMAS}/wordprocessingml/2006/main"
HEAD = ("重点任务", "责任部门", "完成时限")
TASK = ("建立机制", "市科委", "2019年底")


def packed(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def package(kind: str, part: str, content: str, **more: str) -> bytes:
    """Give a file of Office with one main part."""
    relation = f"{SCHEMAS}/officeDocument/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{part}" ContentType="{TYPES}.{kind}.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="{part}"/></Relationships>',
            part: content,
        }
        | more
    )


def workbook(rows: str, behind: str = "", before: str = "") -> bytes:
    """Give a workbook of one sheet, from the XML of its rows and of what follows them."""
    relation = f"{SCHEMAS}/officeDocument/2006/relationships"
    sheets = {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}'
        "</worksheet>",
    }
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    )
    return package("spreadsheetml.sheet", "xl/workbook.xml", book, **sheets)


def sheet_row(number: int, *texts: str, more: str = "") -> str:
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}{more}</row>'


def document(body: str, before: str = "") -> bytes:
    content = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return package("wordprocessingml.document", "word/document.xml", content)


def word_row(*texts: str, properties: str = "") -> str:
    cells = "".join(
        f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts
    )
    return f"<w:tr>{cells}</w:tr>"


def page(rows: str) -> bytes:
    head = "".join(f"<td>{word}</td>" for word in HEAD)
    return f"<meta charset=utf-8><h1>某行动方案</h1><table><tr>{head}</tr>{rows}</table>".encode()


TABLE = sheet_row(1, *HEAD) + sheet_row(2, *TASK)
WORD_TABLE = f"<w:tbl>{word_row(*HEAD)}{word_row(*TASK)}</w:tbl>"
PAGE_ROW = "<tr>" + "".join(f"<td>{word}</td>" for word in TASK) + "</tr>"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    + "]>"
)
WIDE = "no table is that wide"
LARGE = "is too large to be a table of tasks"
READ = "1 item read: "


class Bomb(NamedTuple):
    """A file by its name, how it is made, and what is said of it."""

    name: str
    make: Callable[[], bytes]
    said: str


BOMBS = {
    "a cell at the last place": Bomb(
        "表.xlsx", lambda: workbook(TABLE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), WIDE
    ),
    "a formatted cell at the last place": Bomb(
        "表.xlsx", lambda: workbook(TABLE + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), READ
    ),
    "a word in the last row": Bomb(
        "表.xlsx",
        lambda: workbook(TABLE + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        READ,
    ),
    "a formatted cell in the last column of each row": Bomb(
        "表.xlsx",
        lambda: workbook(
            sheet_row(1, *HEAD)
            + "".join(sheet_row(line, *TASK, more=f'<c r="XFD{line}" s="0"/>') for line in range(2, 602))
        ),
        "600 items read: ",
    ),
    "titles merged over whole rows": Bomb(
        "表.xlsx",
        lambda: workbook(
            TABLE + "".join(sheet_row(line, f"说明{line}") for line in range(3, 303)),
            '<mergeCells count="300">'
            + "".join(f'<mergeCell ref="A{line}:XFD{line}"/>' for line in range(3, 303))
            + "</mergeCells>",
        ),
        READ,
    ),
    "a cell merged over the sheet": Bomb(
        "表.xlsx",
        lambda: workbook(TABLE, '<mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'),
        READ,
    ),
    "a million cells without a word": Bomb(
        "表.xlsx", lambda: workbook(TABLE + "".join(f"<row r='{n}'><c/></row>" for n in range(3, 600_000))), READ
    ),
    "too many cells without a word": Bomb(
        "表.xlsx", lambda: workbook(TABLE + f"<row>{'<c/>' * 2_000_000}</row>"), LARGE
    ),
    "too many rows": Bomb(
        "表.xlsx", lambda: workbook(sheet_row(1, *HEAD) + sheet_row(2, *TASK) * 1 + "".join(
            f"<row r='{n}'><c><v>1</v></c></row>" for n in range(3, 200_000))), LARGE
    ),
    "a workbook that unpacks to 300 MB": Bomb(
        "表.xlsx", lambda: workbook(TABLE, "<x>" + " " * 300_000_000 + "</x>"), LARGE
    ),
    "entities in a workbook": Bomb(
        "表.xlsx", lambda: workbook(sheet_row(1, *HEAD) + sheet_row(2, "&a9;"), before=ENTITIES), "holds a document type"
    ),
    "numbers that are none": Bomb(
        "表.xlsx",
        lambda: workbook(TABLE + '<row r="3"><c r="A3"><v>1e400</v></c><c r="B3"><v>-1e400</v></c></row>'),
        READ,
    ),
    "a number of 5,000 digits": Bomb(
        "表.xlsx", lambda: workbook(TABLE + f'<row r="3"><c r="A3"><v>{"9" * 5000}</v></c></row>'), "cannot be read: ValueError"
    ),
    "a cell over a milliard of columns": Bomb(
        "表.docx",
        lambda: document(f'<w:tbl>{word_row(*HEAD)}{word_row(*TASK, properties=chr(60) + "w:gridSpan w:val=" + chr(34) + "1000000000" + chr(34) + "/>")}</w:tbl>'),
        WIDE,
    ),
    "a span that is none": Bomb(
        "表.docx",
        lambda: document(f'<w:tbl>{word_row(*HEAD)}{word_row(*TASK, properties="<w:gridSpan w:val=" + chr(34) + "x" + chr(34) + "/>")}</w:tbl>'),
        "cannot be read: ValueError",
    ),
    "two million paragraphs": Bomb("表.docx", lambda: document(WORD_TABLE + "<w:p/>" * 2_000_000), LARGE),
    "500,000 paragraphs": Bomb("表.docx", lambda: document(WORD_TABLE + "<w:p/>" * 500_000), LARGE),
    "a document that unpacks to 300 MB": Bomb(
        "表.docx", lambda: document(WORD_TABLE + " " * 300_000_000), LARGE
    ),
    "entities in a document": Bomb("表.docx", lambda: document("<w:p>&a9;</w:p>", ENTITIES), "holds a document type"),
    "tables in tables": Bomb(
        "表.docx",
        lambda: document("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80),
        "no table with columns",
    ),
    "spans of a thousand": Bomb("表.html", lambda: page(PAGE_ROW + '<tr><td rowspan=1000 colspan=1000>x' * 1500), LARGE),
    "cells of a thousand columns": Bomb("表.html", lambda: page("<td colspan=1000 rowspan=1000>" * 1800), WIDE),
    "tables in tables of a page": Bomb("表.html", lambda: page(PAGE_ROW + "<table><tr><td>" * 20_000), LARGE),
    "tags without an end": Bomb("表.html", lambda: page(PAGE_ROW + "<a x='" * 200_000), READ),
    "comments without an end": Bomb("表.html", lambda: page(PAGE_ROW + "<!--" * 500_000), READ),
    "sections that are marked": Bomb("表.html", lambda: page("<![foo[ x ]]>" + PAGE_ROW + "<![CDATA[" * 5), READ),
    "tags beyond counting": Bomb("表.html", lambda: page("<i>" * 2_000_000), LARGE),
    "a line of commas": Bomb("表.csv", lambda: b"," * 5_000_000, WIDE),
    "a million lines": Bomb("表.csv", lambda: "\n".join([",".join(HEAD)] + [",".join(TASK)] * 1_000_000).encode(), LARGE),
    "ten million lines of nothing": Bomb("表.txt", lambda: b"\n" * 10_000_000, LARGE),
    "a line of words apart": Bomb("表.txt", lambda: "  ".join(["任务"] * 500_000).encode(), LARGE),
    "a paragraph of brackets": Bomb("表.txt", lambda: ("（" * 500_000 + "见附）" * 100_000).encode(), "no table with columns"),
    "a rule of spaces": Bomb("表.md", lambda: (" " * 1_000_000 + "|x\n" + " " * 1_000_000 + "|-x").encode(), "no table with columns"),
    "paragraphs that never say who": Bomb(
        "表.txt", lambda: ("某行动方案\n一、总体要求\n1.加强领导。\n" + "推进工作（见附件）的各项任务\n" * 9000).encode(), "no"
    ),
}


@linux
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_at_once(tmp_path: Path, name: str) -> None:
    bomb = BOMBS[name]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / bomb.name).write_bytes(bomb.make())
    outcome = measured(folder, "import", bomb.name, "--title", "某行动方案", within=SECONDS)
    print(f"{name}: {outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB, {outcome.code}")
    assert outcome.code in {0, 1}, outcome.err
    assert bomb.said in (outcome.out if outcome.code == 0 else outcome.err)
    assert "Traceback" not in outcome.err
    assert outcome.megabytes < MEGABYTES
    assert len(outcome.err) < 2000
