"""The official table back: what is written, what is said, what is refused."""

import csv
import io
import re
import sys
import tomllib
import zipfile
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Self

import docx
import openpyxl
import pytest
from packaging.requirements import Requirement

import libreoffice
from chengguo import load
from chengguo.importing import formats
from conftest import TASKS_YAML, Run
from offices import office
from rounds import rounds

DAY = ("--as-of", "2019-10-01")
SUFFIXES = ("xlsx", "docx", "md", "html", "csv", "ics")
CONTENTS = [item.content for item in load(TASKS_YAML).items]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.usefixtures("registry")
def test_it_says_what_was_written(run: Run, tmp_path: Path, suffix: str) -> None:
    name = f"out.{suffix}"
    what = "12 events" if suffix == "ics" else "24 items"
    assert run("export", name, *DAY) == (0, f"{name}: {what}, 5 overdue, as of 2019-10-01\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "tasks.yaml"])


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.usefixtures("registry")
def test_one_state_gives_the_same_bytes(run: Run, tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        assert run("export", f"{name}.{suffix}", *DAY).code == 0
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


@pytest.mark.usefixtures("registry")
def test_an_older_file_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("mine", encoding="utf-8")
    refused = run("export", "out.md", *DAY)
    expected = "chengguo: out.md exists\n  hint: Name another file, or use --force.\n"
    assert refused == (1, "", expected)
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == "mine"
    assert run("export", "out.md", "--force", *DAY).code == 0
    assert "一、增强" in (tmp_path / "out.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_clock_that_no_office_file_can_hold(run: Run, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    class Early(date):
        @classmethod
        def today(cls) -> Self:
            return cls(1970, 1, 1)

    monkeypatch.setattr("chengguo.cli.placing.date", Early)
    outcome = run("export", f"table{suffix}")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the clock of this machine says 1970-01-01" in outcome.err
    assert run("export", "table.csv").code == 0


@pytest.mark.usefixtures("registry")
def test_an_unknown_suffix_and_a_missing_folder(run: Run) -> None:
    unknown = run("export", "out.pdf")
    assert (unknown.code, unknown.out) == (2, "")
    assert "out.pdf is none of .xlsx, .docx, .md, .html, .csv, .sqlite, .ics" in unknown.err
    missing = run("export", "nowhere/out.md")
    assert (missing.code, missing.out) == (2, "")
    assert "nowhere/out.md could not be written" in missing.err


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_is_not_written_over(run: Run, tmp_path: Path, force: tuple[str, ...]) -> None:
    (tmp_path / "out.md").mkdir()
    outcome = run("export", "out.md", *force)
    assert outcome == (2, "", "chengguo: out.md is a folder, not a file\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.usefixtures("registry")
def test_only_what_a_department_leads(run: Run) -> None:
    words = ("--dept", "市商务委", "--role", "lead", *DAY)
    assert run("export", "out.md", *words).out == "out.md: 2 items, 0 overdue, as of 2019-10-01\n"


@pytest.mark.parametrize(
    ("suffix", "package", "name", "extra"),
    [
        ("xlsx", "openpyxl", "openpyxl", "office"),
        ("docx", "docx", "python-docx", "office"),
        ("ics", "icalendar", "icalendar", "calendar"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_a_missing_package_is_named(  # noqa: PLR0913 - a parameter a fact
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    suffix: str,
    package: str,
    name: str,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    missing = run("export", f"out.{suffix}")
    assert missing.err.startswith(
        f"chengguo: a .{suffix} file needs {name}\n  hint: {sys.executable} -m pip install "
    )
    assert (missing.code, missing.out) == (2, "")
    declared = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [Requirement(each) for each in declared["project"]["optional-dependencies"][extra]]
    told = [Requirement(each) for each in re.findall('"([^"]*)"', missing.err)]
    assert told == needed
    assert not (tmp_path / f"out.{suffix}").exists()


@pytest.mark.usefixtures("registry")
def test_csv_holds_every_content(run: Run, tmp_path: Path) -> None:
    run("export", "out.csv", *DAY)
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == CONTENTS
    assert rows[0][7:] == ["ID", "status", "alert", "days left", "due", "last report"]
    assert rows[1][7:] == ['="1.1"', "pending", "■ 639 days overdue", "-639", "2017-12-31", ""]


def hostile(registry: Path) -> None:
    """Put a text that a spreadsheet or a browser would obey into the first content."""
    text = registry.read_text(encoding="utf-8")
    bad = text.replace("建立科技成果转移转化联席会议制度。", "=1+1<script>|", 1)
    assert bad != text
    registry.write_text(bad, encoding="utf-8")


class Cells(HTMLParser):
    """The texts of a page's cells, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_is_escaped_and_whole(run: Run, registry: Path) -> None:
    hostile(registry)
    run("export", "out.html", *DAY)
    page = Cells()
    page.feed(registry.with_name("out.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert any(text.startswith("=1+1<script>|") for text in page.texts)
    assert set(CONTENTS[1:]) <= set(page.texts)


def test_in_html_what_is_late_says_so_in_word_shape_and_colour_and_no_row_is_red(
    run: Run, registry: Path
) -> None:
    run("export", "out.html", *DAY)
    page = registry.with_name("out.html").read_text(encoding="utf-8")
    assert '<td class="alert red">■ 274 days overdue</td>' in page
    assert page.count('class="alert red"') == 5
    assert 'class="red"' not in page
    assert page.count("<span>精准培育专业化、国际化技术转移服务人才</span>") == 3
    assert page.count('<tr class="more">') == 24 - 15


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv"])
def test_an_extension_is_said_beside_the_official_wording(run: Run, registry: Path, suffix: str) -> None:
    run("extend", "6.2", "--to", "2019年底", "--reason", "评审延后", "--date", "2018-12-20")
    run("export", f"out.{suffix}", *DAY)
    data = registry.with_name(f"out.{suffix}").read_bytes()
    if suffix in {"xlsx", "docx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = parts.read("xl/worksheets/sheet1.xml" if suffix == "xlsx" else "word/document.xml")
    assert "extended to 2019-12-31" in data.decode()
    run("export", f"out.{suffix}", "--as-of", "2018-12-19", "--force")
    assert b"extended to" not in registry.with_name(f"out.{suffix}").read_bytes()


def test_markdown_is_escaped(run: Run, registry: Path) -> None:
    hostile(registry)
    run("export", "out.md", *DAY)
    assert "=1+1&lt;script&gt;\\|" in registry.with_name("out.md").read_text(encoding="utf-8")


def test_a_workbook(run: Run, registry: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    hostile(registry)
    run("export", "out.xlsx", *DAY)
    sheet = openpyxl.load_workbook(registry.with_name("out.xlsx")).active
    assert [cell.value for cell in sheet[4]][:3] == ["序号", "重点任务", "重点任务主要内容"]
    assert sheet["A5"].value == "一、增强科技成果转移转化主体内生动力"
    assert sheet["C6"].data_type == "s"
    assert sheet["C6"].value.startswith("=1+1<script>|")
    contents = [row[2].value for row in sheet.iter_rows(min_row=5) if row[2].value]
    assert contents[1:] == CONTENTS[1:]
    assert {"A5:L5", "A8:A12", "B8:B12"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert [cell.value for cell in sheet[4]][6:] == [
        "ID",
        "status",
        "alert",
        "days left",
        "due",
        "last report",
    ]
    assert (sheet["G6"].value, sheet["G6"].data_type, sheet["G6"].number_format) == ("1.1", "s", "@")
    assert sheet["I6"].value == "■ 639 days overdue"
    assert sheet["I6"].font.color.rgb.endswith("B00000")
    assert sheet["C6"].font.color is None
    assert (sheet["J6"].value, sheet["J6"].data_type) == (-639, "n")
    assert (sheet["K6"].value, sheet["K6"].is_date) == (datetime(2017, 12, 31), True)  # noqa: DTZ001
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:L32"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet["C6"].quotePrefix
    assert not sheet["C7"].quotePrefix
    assert [sheet[place].font.name for place in ("A1", "C6", "A5")] == ["宋体"] * 3
    assert (sheet["A1"].font.size, sheet["C6"].font.size) == (16, 10)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "&P / &N" in sheet.oddFooter.center.text


@pytest.mark.usefixtures("registry")
def test_days_left_are_numbers_also_on_the_day_itself(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.xlsx", "--as-of", "2019-12-31").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    days = {row[6].value: row[9].value for row in sheet.iter_rows(min_row=5) if row[6].value}
    dated = [item.address for item in load(TASKS_YAML).items if item.due]
    assert {address for address, left in days.items() if isinstance(left, int)} == {*dated}
    assert (days["1.1"], days["3.1"], days["3.2"]) == (-730, 0, None)


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv"])
@pytest.mark.usefixtures("registry")
def test_each_item_has_its_address_and_its_last_report(run: Run, tmp_path: Path, suffix: str) -> None:
    run("update", "3.2", "--note", "第一句", "--date", "2019-02-01")
    run("update", "3.2", "--note", "已扶持300家", "--percent", "60", "--date", "2019-03-01")
    assert run("export", f"out.{suffix}", *DAY, LANG="zh_CN.UTF-8").code == 0
    rows = [
        row.cells for row in formats.read_rows((tmp_path / f"out.{suffix}").read_bytes(), f"out.{suffix}")
    ]
    (header,) = {cells for cells in rows if "最近进展" in cells}
    at = {heading: place for place, heading in enumerate(header)}
    items = [cells for cells in rows if len(cells) == len(header) and cells[at["编号"]][-2:-1] == "."]
    found = {cells[at["编号"]]: cells[at["最近进展"]] for cells in items}
    assert [*found] == [item.address for item in load(TASKS_YAML).items]
    assert [*filter(None, found.values())] == [found["3.2"]] == ["2019-03-01 60% 已扶持300家"]


@pytest.mark.usefixtures("registry")
def test_a_filter_by_the_task_finds_every_row_of_it(run: Run, tmp_path: Path) -> None:
    """A spreadsheet filters by the cells beneath a merged one, which openpyxl would not show."""
    run("export", "out.xlsx", *DAY)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheet = unescape(book.read("xl/worksheets/sheet1.xml").decode())
    held = dict(re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*>(?:<is><t>|<v>)([^<]*)<', sheet))
    assert {held[f"B{row}"] for row in range(8, 13)} == {"充分释放企业科技成果转移转化需求"}
    assert {held[f"A{row}"] for row in range(8, 13)} == {"3"}


def test_a_text_too_long_for_a_row_is_written_smaller(run: Run, registry: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace(CONTENTS[0], "很长的内容。" * 200, 1), encoding="utf-8")
    run("export", "out.xlsx", *DAY)
    sheet = openpyxl.load_workbook(registry.with_name("out.xlsx")).active
    assert sheet["C6"].font.size < sheet["C7"].font.size
    assert sheet.row_dimensions[6].height <= 409


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_unseen_characters_are_spelt_out(run: Run, registry: Path, suffix: str) -> None:
    text = registry.read_text(encoding="utf-8")
    bad = text.replace("title: 加快形成", 'title: "\\e]8;;x\\u202E" # ', 1)
    assert bad != text
    registry.write_text(bad, encoding="utf-8")
    run("update", "4", "--note", "报来\x1b[2J\u200b的", "--status", "done", "--date", "2019-03-04")
    outcome = run("export", f"out.{suffix}", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    data = registry.with_name(f"out.{suffix}").read_bytes()
    if suffix in {"xlsx", "docx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert not any(each.encode() in data for each in "\x1b\u202e\u200b")
    assert b"u202e" in data


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_registry_without_tasks(run: Run, tmp_path: Path, suffix: str) -> None:
    text = "format: 1\nplan: {title: 空}\ndepartments: {}\nsections: {}\ntasks: []\n"
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    what = "events" if suffix == "ics" else "items"
    assert (
        run("export", f"out.{suffix}", *DAY).out == f"out.{suffix}: 0 {what}, 0 overdue, as of 2019-10-01\n"
    )
    assert (tmp_path / f"out.{suffix}").stat().st_size


HIDDEN = ("部门名册", "进展记录")  # the names of sheets, which stand in the head of each page


def letters(text: str) -> str:
    """Leave out what a font may part from its line: white space and punctuation."""
    return "".join(filter(str.isalnum, text))


@libreoffice.printed
def test_nothing_is_cut_in_print_and_nothing_hidden_is_printed(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    assert run("export", "book.xlsx", *DAY).code == 0
    assert run("export", "document.docx", *DAY).code == 0
    libreoffice.convert(tmp_path, "pdf", "book.xlsx", "document.docx")
    book, document = (letters(libreoffice.text_of(tmp_path / name)) for name in ("book.pdf", "document.pdf"))
    # The last characters of each content are what a row too low would cut: a whole line, that is.
    for text in (book, document):
        assert [content for content in CONTENTS if letters(content)[-5:] not in text] == []
    assert not [sheet for sheet in HIDDEN if sheet in book]


@pytest.mark.usefixtures("registry")
def test_the_official_table_alone_is_for_sending(run: Run, tmp_path: Path) -> None:
    run("export", "表.xlsx", "--table-only", *DAY)
    run("export", "表.docx", "--table-only", *DAY)
    assert openpyxl.load_workbook(tmp_path / "表.xlsx").sheetnames == ["任务分工"]
    document = docx.Document(str(tmp_path / "表.docx"))
    assert len(document.tables) == 1
    assert not any("import" in paragraph.text for paragraph in document.paragraphs)
    for name in ("表.xlsx", "表.docx"):
        assert run("import", name, "-o", f"{name}.yaml").code == 0
        assert len(load(tmp_path / f"{name}.yaml").items) == 24


def test_a_calendar_of_the_last_day_and_of_a_title_of_two_lines(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8").replace("  years: 2017-2020\n", "")
    text = text.replace("  title: 上海市", '  title: "第一行\\n第二行"\n  # 上海市', 1)
    text = text.replace("    schedule: 2019 年底\n", "    schedule: 2019 年底\n    due: 9999-12-31\n", 1)
    registry.write_text(text, encoding="utf-8")
    outcome = run("export", "x.ics", "--as-of", "2019-01-01")
    assert outcome.code == 0, outcome.err
    calendar = (registry.parent / "x.ics").read_bytes()
    assert "X-WR-CALNAME:第一行 第二行 ".encode() in calendar
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in calendar


def test_a_period_that_is_due_soon_is_named_with_its_day(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    run("update", "2.1", "--period", "2025-Q1", "--status", "done", "--date", "2025-03-31")
    run("export", "t.csv", "--as-of", "2025-06-20", LANGUAGE="zh_CN")
    told = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert '2.1""",进行中,▲ 2025-Q2 2025-06-30 到期，剩 10 天,' in told
