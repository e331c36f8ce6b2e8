"""Tables that are made to hang or to break a reader: each is read or refused, at once, in little memory."""

import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from time import process_time
from types import MappingProxyType
from typing import NamedTuple

import pytest

import chengguo
import systems
from chengguo.departments.cells import read_cell
from chengguo.text.numerals import chinese
from conftest import Run
from measuring import ENVIRONMENT, Measured, linux

# -- words that repeat -----------------------------------------------------------------------------

_SOURCE = Path(chengguo.__file__).parent
MODULES = [
    ".".join(("chengguo", *path.relative_to(_SOURCE).with_suffix("").parts))
    for wing in ("departments", "importing")
    for path in sorted((_SOURCE / wing).rglob("[a-z]*.py"))
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
    yield from (piece * 30 + "丂" for piece in dict.fromkeys(pieces))
    random = Random(pattern.pattern)  # noqa: S311 - the same at every run
    for _draw in range(draws):
        fragment = "".join(random.choices(pieces, k=random.choice((1, 1, 2, 3))))
        yield random.choice(("", *pieces)) + fragment * 30 + random.choice(("丂", *pieces))


@contextmanager
def broken_off(seconds: float) -> Iterator[None]:
    """Break off what takes longer of the process's own time: what others on the machine take is none."""

    def fail(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@systems.alarms
@pytest.mark.parametrize("module", MODULES)
def test_no_expression_is_read_in_exponential_time(module: str) -> None:
    for pattern in patterns(module):
        with broken_off(1):
            for text in repeated(pattern, 60):
                pattern.search(text)
                pattern.fullmatch(text)


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
        begin = process_time()
        found = read_cell((before + fragment * times + after)[:1000])
        assert process_time() - begin < 2  # a slow machine; others take a tenth of it
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
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def package(kind: str, part: str, content: str, **more: str) -> bytes:
    """Give a file of Office with one main part."""
    relation = f"{SCHEMAS}/officeDocument/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
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
        f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
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


def spanned(columns: str) -> bytes:
    """Give a document of one row, each cell of which says that it covers so many columns."""
    row = word_row(*TASK, properties=f'<w:gridSpan w:val="{columns}"/>')
    return document(f"<w:tbl>{word_row(*HEAD)}{row}</w:tbl>")


TABLE = sheet_row(1, *HEAD) + sheet_row(2, *TASK)
WORD_TABLE = f"<w:tbl>{word_row(*HEAD)}{word_row(*TASK)}</w:tbl>"
PAGE_ROW = "<tr>" + "".join(f"<td>{word}</td>" for word in TASK) + "</tr>"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{number} "' + f"&a{number - 1};" * 10 + '">' for number in range(1, 10))
    + "]>"
)
MERGED = "".join(f'<mergeCell ref="A{line}:XFD{line}"/>' for line in range(3, 303))
OVERLAPPING = '<mergeCell ref="A2:C1048576"/>' * 1000
DIGITS = "9" * 5000
WIDE = "no table is that wide"
LARGE = "is too large to be a table of tasks"
DECLARED = "holds a document type"
EMPTY = "no words stand in the file"
NO_TABLE = "no table with columns that are known was found"
READ = "1 item read"
MILLIONS = 70_000_000


def with_formats(count: int) -> bytes:
    """Give a workbook with so many formats of cells."""
    formats = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf />" * count}</cellXfs></styleSheet>'
    with zipfile.ZipFile(io.BytesIO(workbook(TABLE))) as archive:
        return packed(
            {name: archive.read(name).decode() for name in archive.namelist()} | {"xl/styles.xml": formats}
        )


class Bomb(NamedTuple):
    """A file: its name, how it is made, and what is said of it.

    ``bounds`` are those of ``chengguo.importing.bounds`` that are lowered for it, as the file is smaller than
    one that would go beyond them.
    """

    file: str
    make: Callable[[], bytes]
    said: str
    bounds: Mapping[str, int] = MappingProxyType({})


def with_sheets(count: int) -> bytes:
    """Give a workbook with so many sheets, all of one part."""

    def change(name: str, text: str) -> tuple[str, str]:
        sheet = '<sheet name="表" sheetId="1" r:id="r1"/>'
        return name, text.replace(sheet, sheet * count)

    return changed(workbook(TABLE), change)


def _xlsx(rows: str, said: str, behind: str = "", before: str = "") -> Bomb:
    return Bomb("表.xlsx", lambda: workbook(rows, behind, before), said)


def _docx(make: Callable[[], bytes], said: str, **bounds: int) -> Bomb:
    return Bomb("表.docx", make, said, bounds)


def _html(rows: str, said: str, **bounds: int) -> Bomb:
    return Bomb("表.html", lambda: page(rows), said, bounds)


BOMBS = {
    "a cell at the last place": _xlsx(TABLE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', WIDE),
    "a formatted cell at the last place": _xlsx(
        TABLE + '<row r="1048576"><c r="XFD1048576" s="0"/></row>', READ
    ),
    "a word in the last row": _xlsx(TABLE + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', READ),
    "a formatted cell in the last column of each row": _xlsx(
        sheet_row(1, *HEAD)
        + "".join(sheet_row(line, *TASK, more=f'<c r="XFD{line}" s="0"/>') for line in range(2, 102)),
        "100 items read",
    ),
    "titles merged over whole rows": _xlsx(
        TABLE + "".join(sheet_row(line, f"说明{line}") for line in range(3, 303)),
        READ,
        f"<mergeCells>{MERGED}</mergeCells>",
    ),
    "a cell merged over the sheet": _xlsx(
        TABLE, READ, '<mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    ),
    "merged cells that lie over one another": _xlsx(
        TABLE + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        LARGE,
        f"<mergeCells>{OVERLAPPING}</mergeCells>",
    ),
    "rows without a word": _xlsx(TABLE + "<row><c/></row>" * 40_000, READ),
    "too many cells without a word": _xlsx(TABLE + f"<row>{'<c/>' * 1_000_000}</row>", LARGE),
    "too many rows": _xlsx(
        TABLE + "".join(f'<row r="{line}"><c><v>1</v></c></row>' for line in range(3, 20_000)), LARGE
    ),
    "a workbook that unpacks to a lot": _xlsx(TABLE, LARGE, f"<x>{' ' * MILLIONS}</x>"),
    "entities in a workbook": _xlsx(TABLE + sheet_row(3, "&a9;"), DECLARED, before=ENTITIES),
    "tags in comments": _xlsx(TABLE, READ, before=f"<!--{'<rPr>' * 50_000}-->" * 10),
    "a comment of tags": _xlsx(TABLE, LARGE, before=f"<!--{'<rPr>' * 70_000}-->"),
    "a long attribute": _xlsx(TABLE, LARGE, f"<x a='{'1' * 3_000_000}'/>"),
    "tags that are words": _xlsx(
        TABLE + sheet_row(3, f"<![CDATA[{'<rPr>' * 10_000}]]>", "市乙局", "年底"), "2 items read"
    ),
    "text boxes in text boxes": _docx(
        lambda: document(
            WORD_TABLE + f"{'<w:p><w:txbxContent>' * 100}{'<w:p/>' * 3000}{'</w:txbxContent></w:p>' * 100}"
        ),
        READ,
    ),
    "numbers that are none": _xlsx(
        TABLE + '<row r="3"><c r="D3"><v>1e400</v></c><c r="E3"><v>-1e400</v></c></row>', "2 items read"
    ),
    "a number of 5,000 digits": _xlsx(
        TABLE + f'<row r="3"><c r="A3"><v>{DIGITS}</v></c></row>',
        "cannot be read: a part of it is not as Office writes it (ValueError",
    ),
    "a day of no calendar": _xlsx(
        TABLE + '<row r="3"><c r="D3" t="d"><v>9999-99-99</v></c></row>', "ValueError"
    ),
    "cells over a milliard of columns": _docx(lambda: spanned("1000000000"), WIDE),
    "a span that is none": _docx(
        lambda: spanned("x"), "cannot be read: a part of it is not as Office writes it (ValueError"
    ),
    "two million paragraphs": _docx(lambda: document(WORD_TABLE + "<w:p/>" * 2_000_000), LARGE),
    "more paragraphs than lines": _docx(lambda: document(WORD_TABLE + "<w:p/>" * 5_100), LARGE, LINES=5_000),
    "a document that unpacks to a lot": _docx(lambda: document(WORD_TABLE + " " * MILLIONS), LARGE),
    "entities in a document": _docx(lambda: document("<w:p>&a9;</w:p>", ENTITIES), DECLARED),
    "tables in tables": _docx(
        lambda: document("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80), EMPTY
    ),
    "spans of a thousand": _html(PAGE_ROW + "<tr><td rowspan=1000 colspan=1000>x" * 1500, LARGE),
    "cells of a thousand columns": _html("<td colspan=1000 rowspan=1000>x" * 1800, WIDE),
    "a long text in a tall cell": _html(f"<tr><td rowspan=1000>{'字' * 50_000}" + PAGE_ROW * 900, LARGE),
    "tables in tables of a page": _html(PAGE_ROW + "<table><tr><td>" * 20_000, LARGE),
    "tags without an end": _html(PAGE_ROW + "<a x='" * 100_000, READ),
    "comments without an end": _html(PAGE_ROW + "<!--" * 300_000, READ),
    "sections that are marked": _html("<![foo[ x ]]>" + PAGE_ROW + "<![CDATA[" * 5, READ),
    "a tag of two million attributes": _html(PAGE_ROW + f"<td {'a ' * 2_000_000}>x", LARGE),
    "a tag of attributes with brackets": _html(PAGE_ROW + "<td " + 'a="<" a a a a ' * 60_000 + ">x", LARGE),
    "elements in elements that strike": _html("<s>" * 200_000 + PAGE_ROW, LARGE),
    "tables beside tables": _html("<table><tr><td>a<td>b</table>" * 3_100, LARGE, ROWS=1_000),
    "styles without an end": _html("<style" * 200_000 + PAGE_ROW, READ),
    "a million styles of cells": Bomb("表.xlsx", lambda: with_formats(900_000), LARGE),
    "sheets of one part": Bomb("表.xlsx", lambda: with_sheets(3000), LARGE),
    "a million merged cells": _xlsx(TABLE, LARGE, f"<mergeCells>{'<mergeCell ref=' * 900_000}</mergeCells>"),
    "a paragraph of runs": _docx(
        lambda: document(WORD_TABLE + f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 20_000}</w:p>"), READ
    ),
    "a comment of Markdown without an end": Bomb(
        "表.md", f"# 某行动方案\n|任务|责任单位|\n|-|-|\n|{'<!--' * 70_000}|甲局|".encode, "no row"
    ),
    "a line of ten million words": Bomb("表.txt", ("任务 " * 3_000_000).encode, LARGE),
    "parts beyond counting": Bomb(
        "表.xlsx", lambda: workbook(TABLE) + b"PK\x01\x02" * 10_001 + b"PK\x05\x06" + bytes(18), LARGE
    ),
    "words of roles that repeat": Bomb(
        "表.txt", ("均" * 20_000 + "\n" + "市" * 20_000 + "整改" * 20_000).encode, NO_TABLE
    ),
    "a header of levels": Bomb("表.csv", f"{'市' * 200},{'整改' * 90}x\na,b\n".encode, NO_TABLE),
    "tags beyond counting": _html("<i>" * 600_000, LARGE),
    "a line of commas": Bomb("表.csv", lambda: b"," * 200_000, EMPTY),
    "lines of a table": Bomb(
        "表.csv", lambda: "\n".join([",".join(HEAD)] + [",".join(TASK)] * 20_000).encode(), LARGE
    ),
    "ten million lines of nothing": Bomb("表.txt", lambda: b"\n" * 10_000_000, LARGE),
    "a line of words apart": Bomb("表.txt", lambda: "  ".join(["任务"] * 30_000).encode(), NO_TABLE),
    "a paragraph of brackets": Bomb("表.txt", ("（" * 30_000 + "见附）" * 30_000).encode, NO_TABLE),
    "a rule of spaces": Bomb("表.md", (" " * 100_000 + "|-x\n" + "a|b\n" * 2).encode, NO_TABLE),
    "paragraphs that never say who": Bomb(
        "表.txt",
        ("一、总体要求\n1.加强领导。\n" + "推进工作（见附件）的各项\n" * 3000).encode,
        "no",
    ),
    "names that never end": Bomb("表.txt", ("责任单位：甲局、\n" + "甲局、\n" * 5000).encode, "no"),
}


# Imports each file in one process, which tells what each took: what Linux keeps of the most memory is the
# process's own only after it has begun anew, so it is asked for here.
_DRIVER = """
import io, json, resource, sys, time
from pathlib import Path
from chengguo import cli
from chengguo.importing import bounds
seconds, lower = int(sys.argv[1]), json.loads(sys.argv[2])
usual = {name: vars(bounds)[name] for each in lower.values() for name in each}
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
for folder in sorted(Path.cwd().iterdir()):
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, resource.RLIM_INFINITY))
    (file,) = folder.iterdir()
    vars(bounds).update(usual | lower.get(folder.name, {}))
    sys.argv = ["chengguo", "import", str(file), "-o", str(folder / "tasks.yaml"), "--title", "某行动方案"]
    begin, sys.stdout, sys.stderr = time.process_time(), *(io.TextIOWrapper(io.BytesIO()) for _ in "12")
    code = cli.run()
    took, said = time.process_time() - begin, []
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        said.append(stream.buffer.getvalue().decode())
    status = Path("/proc/self/status").read_text()
    megabytes = int(status.split("VmHWM:")[1].split()[0]) / 1024
    sys.__stdout__.write(json.dumps([folder.name, code, *said, took, megabytes]) + chr(10))
    sys.__stdout__.flush()
"""


def imported(folder: Path) -> dict[str, Measured]:
    for name, bomb in BOMBS.items():
        below = folder / name
        below.mkdir()
        (below / bomb.file).write_bytes(bomb.make())
    lower = json.dumps({name: dict(bomb.bounds) for name, bomb in BOMBS.items()})
    command = [sys.executable, "-c", _DRIVER, str(SECONDS), lower]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)
    found = map(json.loads, done.stdout.decode().splitlines())
    return {name: Measured(*rest) for name, *rest in found}


@linux
def test_each_bomb_is_read_or_refused_at_once(tmp_path: Path) -> None:
    found = imported(tmp_path)
    for name, bomb in BOMBS.items():
        assert name in found, f"{name}, or the one before it, took too long"
        outcome = found[name]
        assert bomb.said in (
            outcome.out if " read" in bomb.said and "cannot" not in bomb.said else outcome.err
        )
        assert outcome.code == (0 if outcome.out else 1), name
        assert outcome.seconds < SECONDS, name
        assert outcome.megabytes < MEGABYTES, name
        assert len(outcome.out + outcome.err) < 50_000, name


def test_a_doubt_about_a_long_cell_is_short_on_the_screen_and_whole_in_json(run: Run, tmp_path: Path) -> None:
    names = "甲、乙丙" * 2000
    (tmp_path / "表.csv").write_text(
        f"某行动方案\n任务,责任单位,完成时限\n建立,{names},2019年底\n建立,市科委,2019年底\n", encoding="utf-8"
    )
    outcome = run("import", "表.csv")
    assert max(map(len, outcome.out.splitlines())) < 350
    assert "…" in outcome.out
    whole = run("import", "表.csv", "--force", "--format", "json")
    assert any(names in doubt["why"] for doubt in json.loads(whole.out)["doubts"])


@pytest.mark.parametrize(
    "lines",
    [
        [
            "类别,序号,任务,责任单位,完成时限",
            *(f"类{number},{number},任务{number},市科委,2019年底" for number in range(1, 121)),
        ],
        [
            "序号,任务,责任单位,完成时限",
            *(f"一、部分{number}\n{number},任务{number},市科委,2019年底" for number in range(1, 121)),
        ],
    ],
    ids=["in a column", "all of one number"],
)
def test_more_sections_than_a_hundred(run: Run, tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "表.csv").write_text("某行动方案\n" + "\n".join(lines), encoding="utf-8")
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.err) == (0, "")
    assert "120 items read" in outcome.out
    assert "  一百二十: " in (tmp_path / "tasks.yaml").read_text(encoding="utf-8")


def test_numbers_of_sections_are_those_that_people_write() -> None:
    written = {
        1: "一",
        10: "十",
        12: "十二",
        20: "二十",
        99: "九十九",
        100: "一百",
        105: "一百零五",
        110: "一百一十",
        1010: "一千零一十",
    }
    assert {number: chinese(number) for number in written} == written


# -- what packages do not take, though nothing is wrong with it -------------------------------------

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font><family val="34"/></font></fonts><fills><fill/></fills>'
    "<borders><border/></borders><cellXfs><xf/></cellXfs></styleSheet>"
)
DROPDOWN = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></extLst>'
)


def changed(data: bytes, change: Callable[[str, str], tuple[str, str]], **more: str) -> bytes:
    """Give a package with each part's name and text changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed(dict(change(name, text) for name, text in (parts | more).items()))


def strict(name: str, text: str) -> tuple[str, str]:
    """Write a part as Strict Office Open XML; the package around it is the same."""
    spaces = re.compile(rf"{SCHEMAS}/(spreadsheetml|wordprocessingml|officeDocument)/2006/")
    return name, spaces.sub(r"http://purl.oclc.org/ooxml/\1/", text)


def with_styles(name: str, text: str) -> tuple[str, str]:
    relation = f"{SCHEMAS}/officeDocument/2006/relationships"
    style = f'<Relationship Id="r2" Type="{relation}/styles" Target="styles.xml"/></Relationships>'
    kind = f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.spreadsheetml.styles+xml"/></Types>'
    if name == "xl/_rels/workbook.xml.rels":
        text = text.replace("</Relationships>", style)
    return name, text.replace("</Types>", kind)


def with_macros(name: str, text: str) -> tuple[str, str]:
    kind = "application/vnd.ms-word.document.macroEnabled"
    return name, text.replace(f"{TYPES}.wordprocessingml.document.main", f"{kind}.main")


UNUSUAL: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a strict workbook": ("表.xlsx", lambda: changed(workbook(TABLE), strict)),
    "a strict document": ("表.docx", lambda: changed(document(WORD_TABLE), strict)),
    "names of parts with backslashes": (
        "表.xlsx",
        lambda: changed(workbook(TABLE), lambda name, text: (name.replace("/", "\\"), text)),
    ),
    "a font and a fill that are none": (
        "表.xlsx",
        lambda: changed(workbook(TABLE), with_styles, **{"xl/styles.xml": STYLES}),
    ),
    "a document with macros": ("表.docm", lambda: changed(document(WORD_TABLE), with_macros)),
    "a list to choose from": ("表.xlsx", lambda: workbook(TABLE, DROPDOWN)),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_packages_do_not_take_is_read_all_the_same(run: Run, tmp_path: Path, name: str) -> None:
    file, make = UNUSUAL[name]
    (tmp_path / file).write_bytes(make())
    outcome = run("import", file, "--title", "某行动方案")
    assert (outcome.code, outcome.err) == (0, "")  # a warning of a package would be an error here
    assert READ in outcome.out
