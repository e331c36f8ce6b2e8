"""The month of an office: forms go out to every department, come back as people fill them in, are taken."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import libreoffice
from chengguo import load
from chengguo.edits import editing
from chengguo.importing.returning import collecting, returned
from chengguo.importing.returning.agreeing import Days
from chengguo.importing.returning.forms import LOCKED
from chengguo.registry.item_records import PROGRESS
from chengguo.registry.reading import read_registry
from chengguo.registry.report_headings import FILLED
from chengguo.text.source import Source
from conftest import Run
from offices import office

MADE, DAY = ("--as-of", "2019-09-20"), ("--date", "2019-09-28")
HEADINGS = (*LOCKED, *FILLED)
HEADER = 3
Sheet = Any


@pytest.fixture
def forms(run: Run, registry: Path, tmp_path: Path) -> Path:
    assert registry.is_file()
    outcome = run("form", "-o", "填报", "--role", "any", *MADE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1] == "23 forms for 2019-09, as of 2019-09-20"
    return tmp_path / "填报"


def rows(sheet: Sheet) -> dict[str, int]:
    """Return the rows of a form by their addresses."""
    return {str(sheet.cell(row, 1).value): row for row in range(HEADER + 1, sheet.max_row + 1)}


def fill(sheet: Sheet, address: str, **cells: object) -> None:
    names = {field: heading for heading, field in FILLED.items()} | {"content": LOCKED[2]}
    for field, value in cells.items():
        sheet.cell(rows(sheet)[address], HEADINGS.index(names[field]) + 1).value = value


def edit(file: Path, change: Callable[[Sheet], object]) -> None:
    book = openpyxl.load_workbook(file)
    change(book["填报"])
    book.save(file)


# -- forms ---------------------------------------------------------------------------------------


def test_no_form_is_overwritten_unasked(run: Run, registry: Path) -> None:
    assert registry.is_file()
    run("form", "a.xlsx", "--dept", "市国资委", *MADE)
    assert run("form", "a.xlsx", "--dept", "市国资委", *MADE).code == 1
    assert run("form", "a.xlsx", "--dept", "市国资委", *MADE, "--force").code == 0


def test_a_form_spells_out_what_no_cell_can_hold(run: Run, registry: Path, tmp_path: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    start = text.index("    content: |-")
    end = text.index("    lead:", start)
    registry.write_text(text[:start] + '    content: "一\\u0007二<&>"\n' + text[end:], encoding="utf-8")
    assert run("form", "a.xlsx", "--dept", "市科委", *MADE).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["填报"]
    assert sheet.cell(HEADER + 1, 3).value == "一\\x07二<&>"
    edit(tmp_path / "a.xlsx", lambda sheet: fill(sheet, "1.1", status="进行中", note="办理中"))
    outcome = run("collect", "a.xlsx", *DAY)
    assert (outcome.code, outcome.err) == (0, "")


def test_a_form_has_what_a_department_fills_in(run: Run, registry: Path, tmp_path: Path) -> None:
    run("update", "3.1", "--status", "进行中", "--note", "已调研", "--date", "2019-06-30")
    assert registry.is_file()
    outcome = run("form", "国资委.xlsx", "--dept", "市国资委", "--period", "2019-09", *MADE, LANGUAGE="zh_CN")
    assert outcome.out == "国资委.xlsx：2 行\n2019-09 期填报表 1 份，截至 2019-09-20\n"
    book = openpyxl.load_workbook(tmp_path / "国资委.xlsx")
    sheet = book["填报"]
    assert [cell.value for cell in sheet[HEADER]] == list(HEADINGS)
    first = dict(zip(HEADINGS, (cell.value for cell in sheet[HEADER + 1]), strict=True))
    assert (first["编号"], first["责任部门"], first["截止日期"]) == ("3.1", "市国资委", "2019-12-31")
    assert first["上期进展"] == "2019-06-30 进行中 已调研"
    assert {first[heading] for heading in FILLED} == {None}
    assert sheet["A4"].number_format == "@"
    assert (sheet["A4"].protection.locked, sheet["I4"].protection.locked) == (True, False)
    assert sheet.protection.sheet
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:N5")
    (words,) = sheet.data_validations.dataValidation
    assert (words.formula1, str(words.sqref)) == ('"未启动,进行中,受阻,已完成,已终止"', "I4:I5")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert book["_chengguo"].sheet_state == "hidden"


def test_forms_are_the_same_bytes_whatever_the_language(run: Run, registry: Path, tmp_path: Path) -> None:
    assert registry.is_file()
    for language, folder in (("en", "a"), ("zh_CN", "b")):
        assert run("form", "-o", folder, *MADE, LANGUAGE=language).code == 0
    assert len(list((tmp_path / "a").iterdir())) == 12
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_milestones_and_periods_are_rows_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(SMALL, encoding="utf-8")
    run("form", "甲局.xlsx", "--dept", "甲局", "--as-of", "2019-02-20")
    sheet = openpyxl.load_workbook(tmp_path / "甲局.xlsx")["填报"]
    assert list(rows(sheet)) == ["1.1", "1.1/1", "1.1/2", "2.1", "2.1/2019-01", "2.1/2019-02"]
    assert [cell.value for cell in sheet[HEADER]][-1] == "投资额"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "say where the forms go"),
        (("a.xlsx",), 2, "is one file, for 12 departments"),
        (("a.docx", "--dept", "市科委"), 2, "a.docx is no .xlsx"),
        (("-o", "填报", "--dept", "无此局"), 3, "no department"),
        (("-o", "填报", "--period", "九月"), 2, "--period 九月: no year, half, quarter or month"),
    ],
)
def test_what_makes_no_form_is_refused(
    run: Run, registry: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    assert registry.is_file()
    outcome = run("form", *words, *MADE)
    assert (outcome.code, message in outcome.err) == (code, True)


# -- what comes back -----------------------------------------------------------------------------


def sort_backwards(sheet: Sheet) -> None:
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
    for row, cells in enumerate(reversed(values), HEADER + 1):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value


def first_of(file: Path) -> str:
    """Return the address of the first row of a form."""
    return next(iter(rows(openpyxl.load_workbook(file)["填报"])))


def second(sheet: Sheet) -> str:
    return list(rows(sheet))[1]


def delete_last(sheet: Sheet) -> None:
    sheet.delete_rows(rows(sheet)[list(rows(sheet))[-1]])


# What people do to a form besides filling in its first row, and what is said of it.
ODD: dict[str, tuple[Callable[[Sheet], object], str]] = {
    "市科委": (lambda sheet: sheet.append([None, None, "另：无其他情况"]), "the row has no number"),
    "市教委": (
        lambda sheet: fill(sheet, second(sheet), status="已完成", date="3月30日"),
        "the year is missing",
    ),
    "市经济信息化委": (
        lambda sheet: fill(sheet, second(sheet), status="基本完成"),
        "'基本完成' is no status",
    ),
    "市国资委": (
        lambda sheet: fill(sheet, second(sheet), status="已完成", content="改过的内容"),
        "what is locked was changed: 重点任务主要内容",
    ),
    "市发展改革委": (
        lambda sheet: sheet.append(["99.9", *[None] * 7, "已完成"]),
        "the form had no row 99.9",
    ),
    "市财政局": (lambda sheet: fill(sheet, second(sheet), note="无日期"), ""),
    "市商务委": (
        lambda sheet: fill(sheet, second(sheet), status="完成80%"),
        "'完成80%' is taken for in progress, 80%",
    ),
    "市公安局": (sort_backwards, ""),
    "市市场监管局": (sort_backwards, ""),
    "上海证监局": (delete_last, ""),
}
UNTOUCHED, TWICE, OLD, SAVED_BY_OFFICE = "市审计局", "市地方金融监管局", "上海银保监局", "市信息中心"
Wanted = dict[tuple[str, str], tuple[str, str | None, int | None]]  # who, what: day, note, per cent


def fill_in(forms: Path, leads: set[str]) -> Wanted:
    """Fill in every form as people do, and return what must come of it."""
    wanted: Wanted = {}
    for file in sorted(forms.iterdir()):
        name, first = file.stem, first_of(file)
        book = openpyxl.load_workbook(file)
        sheet = book["填报"]
        if name in leads:
            fill(
                sheet,
                first,
                status="进行中",
                note=f"{name}：推进",
                date="2019.9.25",
                problem="人少",
                next="增人",
            )
            wanted[name, first] = ("2019-09-25", f"{name}：推进", None)
        elif name != UNTOUCHED:
            day = datetime(2019, 9, 26)  # noqa: DTZ001 - as Excel has it
            fill(sheet, first, note=f"{name}：配合", date=day, evidence="函〔2019〕1号、a.pdf")
            wanted[name, first] = ("2019-09-26", f"{name}：配合", None)
        if name == "市财政局":
            wanted[name, second(sheet)] = ("2019-09-28", "无日期", None)
        if name == "市商务委":
            wanted[name, second(sheet)] = ("2019-09-28", None, 80)
        ODD.get(name, (lambda _sheet: None, ""))[0](sheet)
        book.save(file)
    return {key: value for key, value in wanted.items() if key[0] != OLD}


def save_by_office(file: Path, folder: Path) -> None:
    """Save a form as LibreOffice does, where there is one."""
    if libreoffice.OFFICE:
        libreoffice.convert(file.parent, "xlsx", file.name, into=str(folder / "saved"))
        if (folder / "saved" / file.name).exists():  # LibreOffice may be there without its Calc
            shutil.copy(folder / "saved" / file.name, file)


def test_a_month_of_forms(run: Run, registry: Path, forms: Path, tmp_path: Path) -> None:
    """Every form is filled in as people do: every sound row is in, every odd one said, twice is as once."""
    wanted = fill_in(forms, {name for item in load(registry).items for name in item.lead})
    shutil.copy(forms / f"{TWICE}.xlsx", forms / f"{TWICE} (2).xlsx")
    old = forms / f"{OLD}.xlsx"
    old.unlink()  # it is filled in, and --force would not replace it
    run("form", str(old), "--dept", OLD, "--as-of", "2019-08-20", "--role", "any")
    edit(old, lambda sheet: fill(sheet, first_of(old), status="已完成"))
    save_by_office(forms / f"{SAVED_BY_OFFICE}.xlsx", tmp_path)

    before = registry.read_text(encoding="utf-8")
    outcome = run("collect", "填报", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    got = {
        (entry.by, item.address): (entry.date.isoformat(), entry.note, entry.percent)
        for item in load(registry).items
        for entry in item.progress
    }
    assert got == wanted
    for name, (_change, why) in ODD.items():
        assert why in outcome.out, name
    assert "上海银保监局.xlsx: the form is of 2019-08, made on 2019-08-20" in outcome.out
    assert "市审计局.xlsx: nothing was filled in" in outcome.out
    assert "the same stands at 市地方金融监管局 (2).xlsx:填报!A4; it is taken once" in outcome.out
    assert "市教委.xlsx:填报!K5: " in outcome.out
    assert "市国资委.xlsx:填报!C5: " in outcome.out
    # Nothing but progress and statuses has changed.
    after = registry.read_text(encoding="utf-8")
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    assert gone in ([], ["    status: pending"])
    assert run("validate", "--strict").code == 0
    # Taken twice it changes nothing.
    again = run("collect", "填报", *DAY)
    assert registry.read_text(encoding="utf-8") == after
    assert f"0 reports taken, {len(wanted) + 1} recorded already" in again.out


SMALL = """\
format: 1
plan: {title: 某市方案, table: 分工表, years: 2019-2020, issued: 2019-01-01, reports: 每月25日前}
departments: {甲局: {full: 某市甲局}, 乙局: {}}
columns: {投资额: {kind: number, of: report}, 备注: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - id: 1
    content: 建设平台一期。
    lead: [甲局]
    support: [乙局]
    schedule: 2019年6月底前完成方案，2020年底前建成
    status: pending
- id: 2
  section: 一
  title: 报送信息
  items:
  - id: 1
    content: 每月报送信息。
    lead: [甲局, 乙局]
    schedule: 每月28日前
    status: pending
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def reports(file: Path) -> list[tuple[Any, ...]]:
    """Return what is reported: of which item and part, when, the status and the note."""
    return [
        (
            item.address,
            entry.milestone or entry.period,
            entry.date.isoformat(),
            entry.status and entry.status.value,
            entry.note,
        )
        for item in load(file).items
        for entry in item.progress
    ]


def test_parts_and_columns_of_reports_come_back(run: Run, small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace("lead: [甲局, 乙局]", "lead: [甲局]"), encoding="utf-8")
    run("form", "甲局.xlsx", "--dept", "甲局", "--as-of", "2019-02-20")

    def change(sheet: Sheet) -> None:
        fill(sheet, "1.1/1", status="已完成", note="方案已报", date="2019年2月22日")
        fill(sheet, "2.1/2019-01", status="已完成", date=43487)  # a day number of Excel
        sheet.cell(rows(sheet)["1.1/1"], len(HEADINGS) + 1).value = 1200

    edit(tmp_path / "甲局.xlsx", change)
    outcome = run("collect", "甲局.xlsx", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert reports(small) == [
        ("1.1", 1, "2019-02-22", "done", "方案已报"),
        ("2.1", "2019-01", "2019-01-22", "done", None),
    ]
    first = load(small).items[0]
    assert (first.status, first.progress[0].extra) == ("pending", (("投资额", "1200"),))
    found = json.loads(outcome.out)
    assert (found["schema"], found["written"], found["count"]) == ("chengguo/collect/1", True, 2)
    assert found["changes"][1]["source"] == {"file": "甲局.xlsx", "cell": "填报!I5"}
    assert run("validate", "--strict").code == 0
    assert json.loads(run("collect", "甲局.xlsx", "--format", "json").out)["count"] == 0


def form_of(run: Run, tmp_path: Path, name: str, dept: str, day: str, **cells: object) -> None:
    run("form", name, "--dept", dept, "--as-of", day, "--role", "any")
    edit(tmp_path / name, lambda sheet: fill(sheet, "1.1", **cells))


def test_struck_words_of_a_form_are_no_report_and_told(run: Run, small: Path, tmp_path: Path) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    run("form", "甲局.xlsx", "--dept", "甲局", "--as-of", "2019-02-20")

    def change(sheet: Sheet) -> None:
        fill(sheet, "1.1/1", status="已完成", note="方案已报", date="2019年2月22日", problem="#N/A")
        row = rows(sheet)["1.1/1"]
        note = sheet.cell(row, HEADINGS.index("本期进展") + 1)
        note.font = Font(strike=True)
        note.comment = Comment("另报", "某人")

    edit(tmp_path / "甲局.xlsx", change)
    out = run("collect", "甲局.xlsx", "--date", "2019-02-24").out
    assert reports(small) == []
    assert "填报!J5: words are struck out, and left out: '方案已报'" in out
    assert "填报!J5: the cell has a comment, which is left out: '另报'" in out
    assert "the cell shows an error, and is left empty: '#N/A'" in out


def test_a_row_with_a_doubtful_cell_is_left_whole(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中", note="=1+1")
    outcome = run("collect", "a.xlsx", "--date", "2019-02-24")
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 doubt, left as it is:\n  a.xlsx:填报!J4: " in outcome.out
    assert reports(small) == []


OWN = """\
    extra:
      责任人: 李四
      金额: 1,200.50
      比例: 80%
      开工: 2019-03-01
      协办: [甲局, 乙局]
    progress:
    - date: 2019-02-01
      status: in_progress
      note: 已开工
      extra: {投资额: 1200}
"""


@pytest.mark.parametrize("period", ["2019-09", "2019-Q3", "2019-H2", "2019"])
@pytest.mark.usefixtures("registry")
def test_without_a_rhythm_a_period_is_one_of_the_calendar(run: Run, period: str) -> None:
    outcome = run("form", "-o", "填报", "--period", period, *MADE)
    assert (outcome.code, outcome.err) == (0, "")
    assert f" for {period}, as of " in outcome.out.splitlines()[-1]


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_an_export_with_own_columns_reports_nothing_until_it_is_changed(
    run: Run, small: Path, tmp_path: Path, suffix: str
) -> None:
    kinds = (
        "备注: {}, 责任人: {}, 金额: {kind: number}, 比例: {kind: percent}, "
        "开工: {kind: date}, 协办: {kind: names}"
    )
    text = SMALL.replace("备注: {}", kinds).replace("status: pending\n", "status: in_progress\n" + OWN, 1)
    small.write_text(text, encoding="utf-8")
    assert run("validate").code == 0
    assert run("export", f"m.{suffix}").code == 0
    found = json.loads(run("collect", f"m.{suffix}", "--format", "json").out)
    assert (found["count"], found["doubts"], found["notes"]) == (0, [], [])
    if suffix == "csv":
        table = tmp_path / "m.csv"
        table.write_text(
            table.read_text("utf-8-sig").replace("李四", "张三").replace("1200", "1300"), "utf-8"
        )
        found = json.loads(run("collect", "m.csv", "--format", "json").out)
        assert [each["report"]["extra"] for each in found["changes"]] == [{"投资额": 1300}]
        assert [each["message"] for each in found["notes"]] == [
            "the column '责任人' is none of a report, and is not taken"
        ]
    assert small.read_text("utf-8").startswith(text[:100])


@pytest.mark.parametrize(
    ("day", "why"), [("13月1日", "write 2019-06-30"), ("2月29日", "the year is missing")]
)
def test_a_day_is_refused_for_what_it_lacks(
    run: Run, small: Path, tmp_path: Path, day: str, why: str
) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中", date=day)
    outcome = run("collect", "a.xlsx")
    assert outcome.code == 0
    assert why in outcome.out
    assert reports(small) == []


def test_forms_that_disagree_are_left_and_told(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中")
    form_of(run, tmp_path, "b.xlsx", "甲局", "2019-02-20", status="受阻")
    out = run("collect", "a.xlsx", "b.xlsx", "--date", "2019-02-24").out
    assert "  a.xlsx:填报!I4: 1.1: another report says otherwise: b.xlsx:填报!I4\n" in out
    assert "  b.xlsx:填报!I4: 1.1: another report says otherwise: a.xlsx:填报!I4\n" in out
    assert reports(small) == []


def test_the_newer_form_of_a_department_counts(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-19", status="进行中")
    form_of(run, tmp_path, "b.xlsx", "甲局", "2019-02-20", status="受阻")
    run("collect", "a.xlsx", "b.xlsx", "--date", "2019-02-24")
    assert reports(small) == [("1.1", None, "2019-02-24", "blocked", None)]


def test_both_departments_of_an_item_are_heard(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中", note="甲")
    form_of(run, tmp_path, "b.xlsx", "乙局", "2019-02-20", status="进行中")
    out = run("collect", "a.xlsx", "b.xlsx", "--date", "2019-02-24").out
    assert [entry.by for entry in load(small).items[0].progress] == ["甲局", "乙局"]
    assert "reported nothing" not in out
    assert "0 reports taken, 2 recorded" in run("collect", "a.xlsx", "b.xlsx", "--date", "2019-02-25").out


def test_a_form_made_before_a_later_report_is_told(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中")
    run("update", "1.1", "--status", "受阻", "--by", "甲局", "--date", "2019-03-01")
    out = run("collect", "a.xlsx", "--date", "2019-03-02").out
    assert "the form was made on 2019-02-20, and 甲局 reported on 2019-03-01 since" in out
    assert len(reports(small)) == 1


def test_who_has_returned_nothing_is_named(run: Run, small: Path, tmp_path: Path) -> None:
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中")
    out = run("collect", "a.xlsx", "--date", "2019-02-24", LANGUAGE="zh_CN").out
    assert out.splitlines()[-1] == "1 个部门 2019-02 期尚未报送：乙局"
    assert small.is_file()


def test_strict_and_dry_run_write_nothing(run: Run, small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    form_of(run, tmp_path, "a.xlsx", "甲局", "2019-02-20", status="进行中", date="2月31日")
    strict = run("collect", "a.xlsx", "--strict")
    assert (strict.code, "nothing was written, for --strict" in strict.err) == (1, True)
    edit(tmp_path / "a.xlsx", lambda sheet: fill(sheet, "1.1", date="2019-02-20"))
    dry = run("collect", "a.xlsx", "--dry-run")
    assert "+    - date: 2019-02-20\n" in dry.out
    assert "Dry run: tasks.yaml was not written." in dry.out
    assert small.read_bytes() == before


def test_an_exported_table_with_a_changed_status_and_reports_added(
    run: Run, small: Path, tmp_path: Path
) -> None:
    run("export", "表.xlsx", "--as-of", "2019-02-20")
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    end = len(sheet[4]) + 1
    sheet.cell(4, end).value = "进展情况"
    sheet.cell(6, 8).value, sheet.cell(6, end).value = "进行中", "已开工"
    made = book.create_sheet("进展记录")
    made.append(["分项", "报告日期", "报告状态", "情况"])
    made.append(["2.1", "2019-02-21", None, "已报一月"])
    book.save(tmp_path / "表.xlsx")
    outcome = run("collect", "表.xlsx", "--date", "2019-02-24")
    assert (outcome.code, outcome.err) == (0, "")
    assert reports(small) == [
        ("1.1", None, "2019-02-24", "in_progress", "已开工"),
        ("2.1", None, "2019-02-21", None, "已报一月"),
    ]
    assert "0 reports taken, 2 recorded already" in run("collect", "表.xlsx", "--date", "2019-02-24").out
    assert "0 doubts" in run("collect", "表.xlsx", "--date", "2019-02-24").out


PLAIN = {
    "numbers": "编号,状态,进展情况,填报日期\n1.1,进行中,已开工,2019/2/21\n9.9,已完成,,\n",
    "works": (
        "任务名称,责任单位,状态,进展情况,填报日期\n"
        "建设平台,甲局,进行中,已开工,2019-02-21\n"
        "无此任务,甲局,已完成,,\n"
    ),
}


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_plain_table(run: Run, small: Path, tmp_path: Path, kind: str, encoding: str) -> None:
    (tmp_path / "表.csv").write_text(PLAIN[kind], encoding=encoding)
    out = run("collect", "表.csv").out
    assert reports(small) == [("1.1", None, "2019-02-21", "in_progress", "已开工")]
    assert "1 report taken, 0 recorded already, 1 doubt; 1 item of tasks.yaml changed" in out
    assert (
        "  表.csv:3:1: there is no task 9" if kind == "numbers" else "  表.csv:3:1: the row has no number"
    ) in out


def test_a_plain_workbook_of_several_sheets(run: Run, small: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, hidden, other = book.active, book.create_sheet("隐藏"), book.create_sheet("说明")
    first.title = "九月"
    for sheet, note in ((first, "已开工"), (hidden, "看不见")):
        sheet.append(["编号", "进展情况", "填报日期"])
        sheet.append(["1.1", note, "2019-02-21"])
    hidden.sheet_state = "hidden"
    other.append(["本表说明", "请于月底前报送"])
    book.save(tmp_path / "表.xlsx")
    outcome = run("collect", "表.xlsx", "--format", "json")
    assert reports(small) == [("1.1", None, "2019-02-21", None, "已开工")]
    assert json.loads(outcome.out)["changes"][0]["source"]["cell"] == "九月!B2"
    assert json.loads(outcome.out)["doubts"] == []


def test_lines_of_json_from_standard_input(run: Run, small: Path) -> None:
    lines = (
        {
            "id": "1.1",
            "status": "in_progress",
            "percent": 30,
            "evidence": ["a、b.pdf", "c"],
            "date": "2019-02-21",
        },
        {"id": "2.1", "period": "2019-01", "status": "done", "date": "2019-01-28", "extra": {"投资额": 5}},
        {"id": "2.1", "status": "很好"},
    )
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    out = run("collect", "-", stdin=f"{text}[1]\n".encode()).out
    assert [each[:4] for each in reports(small)] == [
        ("1.1", None, "2019-02-21", "in_progress"),
        ("2.1", "2019-01", "2019-01-28", "done"),
    ]
    (entry,) = load(small).items[0].progress
    assert (entry.percent, entry.evidence) == (30, ("a、b.pdf", "c"))
    assert "  -:3:1: 2.1: '很好' is no status" in out
    assert "  -:4:1: the line is no JSON object" in out


def test_one_broken_file_of_several_hides_no_other(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "来").mkdir()
    (tmp_path / "来/坏.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "来/好.csv").write_text(PLAIN["numbers"], encoding="utf-8")
    (tmp_path / "来/说明.pdf").write_bytes(b"%PDF")
    out = run("collect", "来").out
    assert len(reports(small)) == 1
    assert "坏.xlsx cannot be read" in out
    assert "说明.pdf: the file is none that is read here" in out
    alone = run("collect", "来/坏.xlsx")
    assert (alone.code, alone.out) == (1, "")


ODD_WORDS = (
    *("已完成", "进行中", "完成80%", "完成120%", "2019.6.30", "6月30日", "20190231", "43487", "1.1", "1.1/1"),
    *(
        "2.1/2019-01",
        "80\uff05",
        "无",
        "9" * 40,
        "=1+1",
        '{"a": 1}',
        "甲局、乙局",
        "\x1b[31m",
        "\u3000",
        "\u200b",
        "\u2028",
        "\x0b",
        "（",
        "-1",
    ),
)
WORDS = st.sampled_from(ODD_WORDS) | st.text(st.characters(), max_size=8)  # halves of characters, too


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", *PROGRESS, "无此栏"]),
            WORDS
            | st.lists(WORDS, max_size=2)
            | st.integers()
            | st.none()
            | st.dictionaries(WORDS, WORDS, max_size=1),
        ),
        max_size=4,
    )
)
def test_whatever_comes_back_is_taken_or_told(lines: list[dict[str, Any]]) -> None:
    """What is odd is told, and the rest can be written: every change is proved."""
    document = read_registry(Source("tasks.yaml", SMALL))
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    files = [returned.read_form(data, "来.jsonl", {"投资额"})] if lines else []
    found = collecting.collect(document.registry, files, Days(date(2019, 12, 1)))
    made = editing.make_in_turn(document, [each.change for each in found.taken])
    reports = sum(len(item.progress) for item in made.document.registry.items)
    assert reports == len(found.taken)
    assert not made.document.registry.findings


@pytest.mark.parametrize("suffix", ["csv", "md", "html", "docx"])
def test_an_exported_table_without_the_tables_behind_reports_what_was_changed_in_it_alone(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    office(tmp_path)
    before = (tmp_path / "tasks.yaml").read_bytes()
    name = f"表.{suffix}"
    assert run("export", name, "--as-of", "2019-10-10", LANG="zh_CN.UTF-8").code == 0
    outcome = run("collect", name, "--date", "2019-10-11")
    assert (outcome.code, outcome.err) == (0, "")
    assert "0 reports taken, 0 recorded already, 0 doubts" in outcome.out
    assert (tmp_path / "tasks.yaml").read_bytes() == before
    words = (("已扶持企业300家", "已扶持企业400家"), ("受阻", "进行中"))
    if suffix == "docx":
        made = docx.Document(str(tmp_path / name))
        for cell in [each for row in made.tables[0].rows for each in row.cells]:
            for old, new in words:
                if cell.text.endswith(old):
                    cell.text = cell.text.replace(old, new)
        made.save(str(tmp_path / name))
    else:
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        for old, new in words:
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = run("collect", name, "--date", "2019-10-11")
    assert (outcome.code, outcome.err) == (0, "")
    assert "2 reports taken, 0 recorded already, 0 doubts" in outcome.out
    taken = [each for each in reports(tmp_path / "tasks.yaml") if each[2] == "2019-10-11"]
    assert taken == [
        ("3.2", None, "2019-10-11", None, "2019-06-01 已扶持企业400家"),
        ("10.1", None, "2019-10-11", "in_progress", None),
    ]
