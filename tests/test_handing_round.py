"""The table that is handed round: a part of it, a file a department, cells that can be sorted and chosen."""

import csv
import io
from pathlib import Path

import docx
import icalendar
import openpyxl
import pytest

import libreoffice
from chengguo import load
from conftest import Run
from offices import office

DAY = ("--as-of", "2020-03-01")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path) -> None:
    office(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("--overdue",),
        ("--section", "三"),
        ("--status", "blocked"),
        ("--alert", "unreported"),
        ("--grep", "平台"),
    ],
)
def test_the_filters_of_list_choose_what_is_exported(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    listed = run("list", *words, *DAY, "--format", "csv", "--columns", "id").out.split()[1:]
    outcome = run("export", "out.csv", *words, *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"out.csv: {len(listed)} item")
    assert 0 < len(listed) < 24
    assert (tmp_path / "out.csv").exists()


def test_each_lead_department_gets_a_file(run: Run, tmp_path: Path) -> None:
    outcome = run("export", "out/", "--by", "dept", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("out/市科委.xlsx: 20 items, 7 overdue, as of 2020-03-01\n")
    *files, followed = outcome.out.splitlines()
    assert len(files) == len(list((tmp_path / "out").iterdir())) == 12
    assert followed == "市金融办 became 市地方金融监管局 after 2018-11: 11.1, 11.2"
    again = run("export", "out/", "--by", "dept", "--dept", "市教委", "--format", "md", *DAY)
    assert again.out == "out/市教委.md: 2 items, 1 overdue, as of 2020-03-01\n"
    refused = run("export", "out/", "--by", "dept", "--dept", "市教委", *DAY)
    assert (refused.code, refused.out) == (1, "")


@pytest.mark.parametrize("words", [("export", "out", "--by", "dept"), ("form", "-o", "out")])
def test_what_is_there_from_before_is_named(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "out").mkdir()
    for name in ("旧局.xlsx", "~$旧局.xlsx", "旧局.pdf"):
        (tmp_path / "out" / name).write_bytes(b"")
    outcome = run(*words, *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("there from before, not written now: 旧局.xlsx\n") == 1
    again = run(*words, *DAY, "--force", "--dept", "市教委")
    (line,) = [line for line in again.out.splitlines() if line.startswith("there from before")]
    assert ("市科委.xlsx" in line, "市教委.xlsx" in line) == (True, False)


def test_no_cells_are_merged_where_that_is_asked_for_and_it_comes_back(run: Run, tmp_path: Path) -> None:
    assert run("export", "flat.xlsx", "--flat", *DAY).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "flat.xlsx").worksheets[0]
    assert [each.coord for each in sheet.merged_cells.ranges if each.max_row > 3] == []
    assert sheet.auto_filter.ref == "A4:M28"
    assert sheet["M4"].value == "section"
    assert {cell.value for cell in sheet["M"][4:]} == {
        *(f"{each.id}、{each.title}" for each in load(tmp_path / "tasks.yaml").sections)
    }
    outcome = run("import", "flat.xlsx", "-o", "again.yaml")
    assert outcome.out == "24 items read: 15 tasks, 24 departments, 12 dated, 12 ongoing, 0 doubts\n"
    assert run("export", "alone.xlsx", "--flat", "--table-only", *DAY).code == 0
    assert run("import", "alone.xlsx", "-o", "alone.yaml").out.endswith("12 ongoing, 0 doubts\n")
    before, again, alone = (load(tmp_path / f"{name}.yaml") for name in ("tasks", "again", "alone"))
    for made in (again, alone):
        assert [(each.id, each.title) for each in made.sections] == [
            (each.id, each.title) for each in before.sections
        ]
        assert [(task.id, task.section) for task in made.tasks] == [
            (task.id, task.section) for task in before.tasks
        ]


def test_a_status_is_chosen_from_a_list_and_the_sheets_behind_are_hidden(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.xlsx", *DAY, LANG="zh_CN.UTF-8").code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    (words,) = book.worksheets[0].data_validations.dataValidation
    assert words.formula1 == '"未启动,进行中,受阻,已完成,已终止"'
    assert str(words.sqref).startswith("H5:H")
    assert book.worksheets[0]["H4"].value == "状态"
    assert {sheet.sheet_state for sheet in book.worksheets[1:]} == {"hidden"}


def test_a_calendar_says_whose_it_is(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.ics", "--dept", "市教委", "--as-of", "2019-12-10").code == 0
    calendar = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes())
    assert str(calendar["x-wr-calname"]).startswith("市教委 上海市促进科技成果转移转化行动方案")


def test_a_calendar_names_the_item_its_content_and_its_task(run: Run, tmp_path: Path) -> None:
    assert run("export", "out.ics", "--as-of", "2019-12-10").code == 0
    calendar = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes())
    titles = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    (third,) = [title for title in titles if title.startswith("截止：3.1 ")]
    assert "鼓励和支持本市国有企业科技创新" in third
    assert third.endswith("〔充分释放企业科技成果转移转化需求〕（市国资委）")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_headings_of_csv_are_in_the_language_that_is_asked_for(
    run: Run, tmp_path: Path, language: str
) -> None:
    other = "C.UTF-8" if language == "zh" else "zh_CN.UTF-8"
    assert run("export", "out.csv", "--lang", language, *DAY, LANG=other).code == 0
    header = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    wanted = {
        "zh": ["板块", "编号", "状态", "预警", "剩余天数", "截止日期", "最近进展"],
        "en": ["section", "ID", "status", "alert", "days left", "due", "last report"],
    }
    assert [header[0], *header[7:]] == wanted[language]


MANY = """\
format: 1
plan: {title: 某方案, years: 2025}
departments: {甲局: {}}
sections: {一: 部}
tasks:
- id: 1
  section: 一
  title: 建设
  items:
"""


@libreoffice.office
def test_in_a_spreadsheet_the_tenth_item_stays_apart_from_the_first(run: Run, tmp_path: Path) -> None:
    items = "".join(
        f"  - {{id: {number}, content: 事{number}, lead: [甲局], schedule: 2025年底, status: pending}}\n"
        for number in range(1, 11)
    )
    (tmp_path / "tasks.yaml").write_text(MANY + items, encoding="utf-8")
    assert run("export", "out.csv", "--as-of", "2025-12-30", LANG="zh_CN.UTF-8").code == 0
    written = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [row["编号"] for row in written][::9] == ['="1.1"', '="1.10"']
    libreoffice.convert(tmp_path, "xlsx", "out.csv", options=("--infilter=CSV:44,34,76",))
    rows = [*openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True).worksheets[0].values]
    opened = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]
    assert [row["编号"] for row in opened] == [f"1.{number}" for number in range(1, 11)]
    assert {row["剩余天数"] for row in opened} == {1}
    outcome = run("collect", "out.xlsx", "--dry-run")
    assert outcome.code == 0, outcome.out + outcome.err
    assert run("import", "out.csv", "-o", "again.yaml", "--title", "某方案").code == 0
    assert [item.address for item in load(tmp_path / "again.yaml").items] == [f"1.{n}" for n in range(1, 11)]


def test_word_has_the_tables_behind_only_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    for name, words in (("plain", ()), ("whole", ("--restorable",))):
        assert run("export", f"{name}.docx", *words, *DAY).code == 0
    plain, whole = (docx.Document(str(tmp_path / f"{name}.docx")) for name in ("plain", "whole"))
    assert len(plain.tables) == 1
    assert len(whole.tables) > 5
    assert not any("import" in paragraph.text for paragraph in plain.paragraphs)
    told = run("import", "plain.docx", "-o", "plain.yaml").out
    assert "not read, for they are reckoned from the registry" in told
    assert "ID, status, alert, last report" in told
    assert run("import", "whole.docx", "-o", "whole.yaml").code == 0
    assert load(tmp_path / "whole.yaml").items[0].progress == load(tmp_path / "tasks.yaml").items[0].progress
