"""What export writes for Word and calendars, and what import reads back."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import icalendar
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import libreoffice
from chengguo import load
from chengguo.importing import formats
from chengguo.importing.returning import exported, parting
from chengguo.model import Registry
from chengguo.output.export import docx as docx_room
from chengguo.output.export import xlsx
from chengguo.output.export.document import document
from chengguo.queries import query
from chengguo.registry.reading import read_registry
from chengguo.text.findings import Severity
from chengguo.text.source import Source
from chengguo.text.visible import is_unseen
from conftest import TASKS_YAML, Run

DAY = ("--as-of", "2019-10-01")
ODD = """\
format: 1
plan: {title: "《方案》2019", years: 2019-2021, issued: 2019-01-05}
departments:
  甲局: {full: 某市甲局, aliases: [甲, 老甲局], successor: 丙局, until: 2019-11}
  各县（市、区）: {group: true}
  没有事项的局: {}
sections: {一: 部分, 附: "=二"}
tasks:
- id: 3
  section: 附
  title: 带等号的任务
  items:
  - id: 2
    content: "=1+1\\n+ 第二段 \\"引号\\" 😀。 空格后\\n@末段"
    lead: [甲局, 各县（市、区）]
    schedule: 适时
    due: 2019-12-31
    extensions:
    - {date: 2019-12-02, to: 2020年底, reason: "设备、材料推迟", approved_by: 甲局}
    - {date: 2020-12-02, to: 2021年6月底, reason: 再推迟}
    status: in_progress
    progress:
    - {date: 2019-05-01, status: in_progress, note: "-已启动\\n第二行 C:\\\\u200b"}
    - {date: 2019-06-01, note: 无变化}
  - {id: 7, content: 内容, lead: [甲局], support: [各县（市、区）], schedule: 3个月内, status: cancelled}
- id: 9
  section: 一
  title: 另一项
  items:
  - {id: 1, content: 内容, lead: [各县（市、区）], schedule: 持续推进, status: done}
"""
WHOLE = ("--restorable", *DAY)
both = pytest.mark.parametrize("suffix", ["xlsx", "docx"])


def held(registry: Registry) -> Any:
    """Give all that a registry says, but where it stands in its file."""
    return (
        registry.plan,
        [each[:6] for each in registry.departments],
        {each.id: each.title for each in registry.sections},
        [(task.id, task.section, task.title) for task in registry.tasks],
        [each._replace(places={}) for each in registry.items],
    )


@both
@pytest.mark.parametrize("language", ["en", "zh_CN.UTF-8"])
def test_the_registry_comes_back(run: Run, tmp_path: Path, suffix: str, language: str) -> None:
    (tmp_path / "tasks.yaml").write_bytes(TASKS_YAML.read_bytes())
    run("update", "4", "--status", "done", "--date", "2019-03-04", "--note", "已上线")
    assert run("export", f"表.{suffix}", *WHOLE, LANGUAGE=language).code == 0
    outcome = run("import", f"表.{suffix}", "-o", "again.yaml")
    assert outcome == (0, "24 items read: 15 tasks, 24 departments, 12 dated, 12 ongoing, 0 doubts\n", "")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@both
def test_whatever_a_registry_holds_comes_back(run: Run, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "tasks.yaml").write_text(ODD, encoding="utf-8")
    assert run("export", f"表.{suffix}", *WHOLE).code == 0
    outcome = run("import", f"表.{suffix}", "-o", "again.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


# Texts that a person may type or paste: letters, signs that files mean something by, paragraphs, unseen
# characters. White space around a text, and blank paragraphs, are nobody's meaning; 、 and \\ stand in ODD.
LETTERS = st.characters(categories=("L", "Nd", "P", "S", "Cf"), exclude_characters="\\、") | st.sampled_from(
    "，。=+-@|<&\"' \t\x1b\u200b"
)
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
NAMES = st.lists(TEXTS, min_size=2, max_size=4, unique=True)


@st.composite
def items(draw: st.DrawFn, number: int, names: list[str]) -> dict[str, object]:
    """Draw an item with one report and one extension."""
    return {
        "id": number,
        "content": draw(PARAGRAPHS),
        "lead": [names[0]],
        "support": draw(st.just(names[1:]) | st.just([])),
        "schedule": draw(st.sampled_from(("2019年底", "持续推进", "每月28日前", "适时")) | TEXTS),
        "status": "blocked",
        "progress": [{"date": "2019-05-01", "status": "blocked", "note": draw(PARAGRAPHS)}],
        "extensions": [{"date": "2019-06-01", "to": "2020年底", "reason": draw(TEXTS)}],
    }


@st.composite
def registries(draw: st.DrawFn) -> str:
    """Draw the text of a registry: JSON, which is YAML where unseen characters are escaped one by one."""
    names = draw(NAMES)
    tasks = [
        {
            "id": task,
            "section": "一",
            "title": draw(TEXTS),
            "items": [draw(items(number, names)) for number in range(1, draw(st.integers(1, 2)) + 1)],
        }
        for task in range(1, draw(st.integers(2, 4)) + 1)
    ]
    plan = {"title": draw(TEXTS), "years": "2019-2021"}
    sections = {"一": draw(TEXTS)}
    departments = {name: {"full": draw(TEXTS)} for name in names}
    found = {"format": 1, "plan": plan, "departments": departments, "sections": sections, "tasks": tasks}
    text = json.dumps(found, ensure_ascii=False)
    return "".join(f"\\U{ord(each):08x}" if is_unseen(each) else each for each in text)


@both
@settings(max_examples=10, deadline=None)
@given(text=registries())
def test_whatever_is_typed_comes_back(suffix: str, text: str) -> None:
    registry = read_registry(Source("tasks.yaml", text)).registry
    assume(not any(finding.severity is Severity.ERROR for finding in registry.findings))
    day = date(2019, 10, 1)
    table = document(registry, query.rows(registry, day), day)
    data = (xlsx if suffix == "xlsx" else docx_room).write(table)
    given_back = parting.read_export(row.cells for row in formats.read_rows(data, f"表.{suffix}"))
    assert given_back
    again = exported.restore(given_back)
    assert again
    assert held(read_registry(Source("again.yaml", again.text)).registry) == held(registry)
    assert again.doubts == ()


@pytest.mark.parametrize(("suffix", "saved"), [("xlsx", "xlsx"), ("docx", "docx"), ("xlsx", "ods")])
@libreoffice.office
def test_what_an_office_saved_again_comes_back(run: Run, tmp_path: Path, suffix: str, saved: str) -> None:
    """Somebody opens the file, and saves it: LibreOffice writes every part of it anew."""
    (tmp_path / "tasks.yaml").write_text(ODD, encoding="utf-8")
    run("export", f"表.{suffix}", *WHOLE)
    libreoffice.convert(tmp_path, saved, f"表.{suffix}", into="saved")
    outcome = run("import", f"saved/表.{saved}", "-o", "again.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@both
def test_a_registry_without_tasks_comes_back(run: Run, tmp_path: Path, suffix: str) -> None:
    text = "format: 1\nplan: {title: 空}\ndepartments: {}\nsections: {}\ntasks: []\n"
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    run("export", f"表.{suffix}", *WHOLE)
    assert run("import", f"表.{suffix}", "-o", "again.yaml").err == ""
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@pytest.mark.parametrize("language", ["en", "zh_CN.UTF-8"])
@pytest.mark.usefixtures("registry")
def test_a_status_written_into_the_table_is_not_lost_silently(
    run: Run, tmp_path: Path, language: str
) -> None:
    run("export", "表.xlsx", *DAY, LANGUAGE=language)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book["任务分工"]["H8"] = "已完成"
    book.save(tmp_path / "表.xlsx")
    outcome = run("import", "表.xlsx", "-o", "again.yaml")
    why = "the status '已完成' is not taken; record it: chengguo update 3.1"
    assert outcome.out.splitlines()[0] == f"表.xlsx:任务分工!H8: {why}"
    assert run("import", "表.xlsx", "-o", "strict.yaml", "--strict").code == 1


@pytest.mark.usefixtures("registry")
def test_a_status_of_another_day_was_not_changed_by_anybody(run: Run, tmp_path: Path) -> None:
    run("update", "4", "--status", "done", "--date", "2019-03-04")
    run("export", "表.docx", "--restorable", "--as-of", "2019-01-01")
    assert run("import", "表.docx", "-o", "again.yaml").out.startswith("24 items read")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@pytest.mark.usefixtures("registry")
def test_rows_that_were_sorted_are_still_those_items(run: Run, tmp_path: Path) -> None:
    run("update", "2", "--status", "blocked", "--date", "2019-03-04", "--note", "受阻")
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    for first, second in zip(sheet[6], sheet[7], strict=True):
        first.value, second.value = second.value, first.value
    sheet["H6"] = "已完成"
    book.save(tmp_path / "表.xlsx")
    outcome = run("import", "表.xlsx", "-o", "again.yaml")
    assert "表.xlsx:任务分工!H6: the status '已完成' is not taken" in outcome.out
    assert "chengguo update 2.1" in outcome.out
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@pytest.mark.usefixtures("registry")
def test_a_row_that_became_another_tasks_is_not_read_as_its_own(run: Run, tmp_path: Path) -> None:
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book["任务分工"]["A6"] = 99
    book.save(tmp_path / "表.xlsx")
    told = run("import", "表.xlsx", "-o", "again.yaml").out
    assert "表.xlsx:任务分工!A6: task 99 is new" in told
    assert "item 1.1 has no row any more; it is left out, with what was reported of it" in told


@pytest.mark.usefixtures("registry")
def test_what_was_changed_in_the_table_counts(run: Run, tmp_path: Path) -> None:
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    row = next(row for row in sheet.iter_rows() if row[5].value == "2017 年底")
    row[3].value, row[5].value = "市教委、市科委", "2018年底"
    book.save(tmp_path / "表.xlsx")
    run("import", "表.xlsx", "-o", "again.yaml")
    first = load(tmp_path / "again.yaml").items[0]
    assert (first.lead, first.schedule.wording) == (("市教委", "市科委"), "2018年底")


@pytest.mark.usefixtures("registry")
def test_a_task_more_is_a_new_one_and_the_rest_keeps_what_was_reported(run: Run, tmp_path: Path) -> None:
    run("update", "4", "--status", "done", "--date", "2019-03-04", "--note", "已上线")
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    row = [
        16,
        "新任务",
        "新内容。",
        "市财政局、水务局",
        None,
        "2020年底",
        *(None,) * 4,
        "2020-06-30",
        None,
        "要点",
    ]
    book["任务分工"].append(row)
    book["任务分工"]["M4"] = "备注"
    book.save(tmp_path / "表.xlsx")
    told = run("import", "表.xlsx", "-o", "again.yaml").out
    assert "task 16 is new" in told
    assert "'市水务局' is new in the register" in told
    assert "columns kept as the office's own: 备注;" in told
    assert load(tmp_path / "again.yaml").items[-1].extra == (("备注", "要点"),)
    assert "the day 2020-06-30 is not taken" in told
    registry, old = load(tmp_path / "again.yaml"), load(tmp_path / "tasks.yaml")
    assert registry.findings == ()
    assert held(registry)[4][:24] == held(old)[4]
    new = registry.items[-1]
    assert (new.address, new.lead, new.schedule.wording) == ("16.1", ("市财政局", "市水务局"), "2020年底")
    assert registry.tasks[-1].section == registry.tasks[-2].section


@pytest.mark.usefixtures("registry")
def test_a_row_more_in_a_task_is_a_new_item_and_the_others_keep_theirs(run: Run, tmp_path: Path) -> None:
    run("update", "3.5", "--status", "blocked", "--date", "2019-03-04", "--note", "受阻")
    run("export", "表.xlsx", "--flat", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    sheet.append([3, "充分释放企业科技成果转移转化需求", "新内容。", "市科委", None, "2020年底"])
    gone = next(cell.row for cell in sheet["G"] if cell.value == "3.2")
    for cell in sheet[gone]:
        cell.value = None
    book.save(tmp_path / "表.xlsx")
    told = run("import", "表.xlsx", "-o", "again.yaml").out
    assert "item 3.6 is new" in told
    assert "item 3.2 has no row any more; it is left out, with what was reported of it" in told
    registry = load(tmp_path / "again.yaml")
    third = [item for item in registry.items if item.task == 3]
    assert [item.address for item in third] == ["3.1", "3.3", "3.4", "3.5", "3.6"]
    assert [item.content for item in third][-1] == "新内容。"
    assert [entry.note for entry in third[3].progress] == ["受阻"]


@pytest.mark.usefixtures("registry")
def test_rows_without_addresses_cannot_be_told_apart_where_one_is_added(run: Run, tmp_path: Path) -> None:
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    for row in range(5, 33):
        if sheet[f"G{row}"].value:
            sheet[f"G{row}"] = None
    sheet.append([15, "积极搭建成果转化传播网络", "新内容。", "市科委", None, "2020年底"])
    book.save(tmp_path / "表.xlsx")
    outcome = run("import", "表.xlsx", "-o", "again.yaml")
    assert "rows of a task were added or taken out, so that nobody can tell which is which" in outcome.out
    assert len(load(tmp_path / "again.yaml").items) == 25


@pytest.mark.usefixtures("registry")
def test_rows_of_one_task_that_were_sorted_keep_what_was_reported(run: Run, tmp_path: Path) -> None:
    run("update", "3.1", "--date", "2019-03-04", "--note", "第一项的进展")
    run("export", "表.xlsx", "--flat", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet = book["任务分工"]
    for first, second in zip(sheet[8], sheet[11], strict=True):
        first.value, second.value = second.value, first.value
    book.save(tmp_path / "表.xlsx")
    assert run("import", "表.xlsx", "-o", "again.yaml").out.endswith("0 doubts\n")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@both
@pytest.mark.usefixtures("registry")
def test_a_report_written_into_the_table_is_not_lost_silently(run: Run, tmp_path: Path, suffix: str) -> None:
    run("update", "3.1", "--date", "2019-03-04", "--note", "第一项的进展")
    run("export", f"表.{suffix}", *WHOLE)
    if suffix == "xlsx":
        book = openpyxl.load_workbook(tmp_path / "表.xlsx")
        assert book["任务分工"]["L8"].value == "2019-03-04 第一项的进展"
        book["任务分工"]["L8"], book["任务分工"]["L9"] = "2019-03-04  第一项的\n进展", "已扶持300家"
        book.save(tmp_path / "表.xlsx")
    else:
        document = docx.Document(str(tmp_path / "表.docx"))
        document.tables[0].rows[5].cells[9].text = "已扶持300家"
        document.save(str(tmp_path / "表.docx"))
    told = run("import", f"表.{suffix}", "-o", "again.yaml").out
    assert told.count("is not taken") == 1
    assert "the report '已扶持300家' is not taken; record it: chengguo update 3.2" in told
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@pytest.mark.usefixtures("registry")
def test_a_row_more_of_a_document_too(run: Run, tmp_path: Path) -> None:
    run("export", "表.docx", *WHOLE)
    document = docx.Document(str(tmp_path / "表.docx"))
    cells = document.tables[0].add_row().cells  # type: ignore[no-untyped-call]
    for cell, text in zip(cells, ("16", "新任务", "新内容。", "市科委", "", "2020年底"), strict=False):
        cell.text = text
    document.save(str(tmp_path / "表.docx"))
    assert run("import", "表.docx", "-o", "again.yaml").code == 0
    registry = load(tmp_path / "again.yaml")
    assert [item.address for item in registry.items][-1] == "16.1"
    assert len(registry.items) == 25


@pytest.mark.usefixtures("registry")
def test_a_document_has_merged_cells_and_repeats_its_headings(run: Run, tmp_path: Path) -> None:
    run("export", "表.docx", *DAY)
    document = docx.Document(io.BytesIO((tmp_path / "表.docx").read_bytes()))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells][:6] == [
        *("序号", "重点任务", "重点任务主要内容", "责任部门", "配合部门", "计划进度")
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert len({cell._tc for cell in table.rows[1].cells}) == 1
    third = [row for row in table.rows if row.cells[0].text == "3"]
    assert len(third) == 5
    assert len({row.cells[1]._tc for row in third}) == 1
    assert (document.sections[0].page_width or 0) > (document.sections[0].page_height or 0)
    red = [row for row in table.rows if "B00000" in row._tr.xml]
    assert len(red) == 5
    assert all("■" in row.cells[8].text and "overdue" in row.cells[8].text for row in red)
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    assert all("w:tblHeader" in each.rows[0]._tr.xml for each in document.tables)
    heading = table.rows[1].cells[0].paragraphs[0]
    assert heading.paragraph_format.keep_with_next  # no section's heading ends a page


def events(data: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.usefixtures("registry")
def test_a_calendar_has_a_day_for_each_open_deadline(run: Run, tmp_path: Path) -> None:
    said = run("export", "one.ics", *DAY).out
    before = events((tmp_path / "one.ics").read_bytes())
    assert said.startswith(f"one.ics: {len(before)} events, ")
    due = [item.due for item in load(tmp_path / "tasks.yaml").items if item.due]
    assert sorted(event["DTSTART"].dt for event in before.values()) == sorted(due)
    assert all(type(event["DTSTART"].dt) is date for event in before.values())
    (first,) = [event for event in before.values() if "：1.1 " in str(event["SUMMARY"])]
    assert str(first["SUMMARY"]) == (
        "截止：1.1 建立科技成果转移转化联席会议制度。协调对接国家各部委、单位,合力推进科技成果转…"
        "〔加快形成促进科技成果转移转化的协同机制〕（市科委）"
    )
    assert "重点任务：加快形成促进科技成果转移转化的协同机制" in str(first["DESCRIPTION"])
    assert first["DTEND"].dt == first["DTSTART"].dt + timedelta(days=1)
    assert "责任部门：市科委" in str(first["DESCRIPTION"])
    assert first.walk("VALARM") == []  # its day is past
    (fourth,) = [event for event in before.values() if "：4.1 " in str(event["SUMMARY"])]
    (alarm,) = fourth.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-7, hours=9))
    run("update", "4", "--status", "done", "--date", "2019-03-04")
    run("export", "two.ics", "--as-of", "2019-11-01")
    after = events((tmp_path / "two.ics").read_bytes())
    assert after.keys() == before.keys()
    (gone,) = [event for event in after.values() if event.get("STATUS") == "CANCELLED"]
    assert ("截止：4.1 " in str(gone["SUMMARY"]), gone["SEQUENCE"], gone.walk("VALARM")) == (True, 1, [])


def alarms(*several: Any) -> list[int]:
    """Give the days of the first day by which each alarm differs from that of its event."""
    found = [alarm["TRIGGER"].dt for event in several for alarm in event.walk("VALARM")]
    return [(trigger - timedelta(hours=9)).days for trigger in found]


RECURRING = """\
format: 1
plan: {title: 某方案, years: 2017-2020}
departments: {甲局: {}}
sections: {一: 部}
tasks:
- id: 1
  section: 一
  title: 报送
  items:
  - {id: 1, content: 内容, lead: [甲局], schedule: 每月28日前, status: in_progress}
  - {id: 2, content: 内容, lead: [甲局], schedule: 每周五, status: pending}
  - {id: 3, content: 内容, lead: [甲局], schedule: 每两个月, status: pending}
  - {id: 4, content: 内容, lead: [甲局], schedule: 每月28日前, status: done}
  - {id: 5, content: 内容, lead: [甲局], schedule: 2019年6月前, status: pending}
  - {id: 6, content: 内容, lead: [甲局], schedule: 持续推进, status: pending}
"""


def test_a_calendar_has_recurring_work_by_its_rule(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(RECURRING, encoding="utf-8")
    run("export", "one.ics", "--as-of", "2019-12-28")
    monthly, weekly, doubtful = events((tmp_path / "one.ics").read_bytes()).values()
    assert monthly["RRULE"] == {"FREQ": ["MONTHLY"], "BYMONTHDAY": [28], "UNTIL": [date(2020, 12, 31)]}
    assert monthly["DTSTART"].dt == date(2019, 12, 28)
    assert weekly["DTSTART"].dt == date(2020, 1, 3)
    assert alarms(monthly, weekly) == [0, -1]  # none a week before a day that is a day away
    run("export", "one.ics", "--as-of", "2019-12-21", "--force")
    assert alarms(*events((tmp_path / "one.ics").read_bytes()).values()) == [-7, -1]
    assert "RRULE" not in doubtful
    assert "doubtful: read as 2019-05-31" in str(doubtful["DESCRIPTION"])
    run("export", "two.ics", "--as-of", "2020-12-29")
    assert [str(event["DTSTART"].dt) for event in events((tmp_path / "two.ics").read_bytes()).values()] == [
        "2019-05-31"
    ]


def test_work_that_recurs_up_to_a_year_recurs_until_it_is_extended_to_a_day(run: Run, tmp_path: Path) -> None:
    yearly = RECURRING.replace("每月28日前, status: in_progress", "2018-2019年每年年底前, status: pending")
    (tmp_path / "tasks.yaml").write_text(yearly, encoding="utf-8")
    run("export", "one.ics", "--as-of", "2018-03-01")
    first, *_others = events((tmp_path / "one.ics").read_bytes()).values()
    assert first["DTSTART"].dt == date(2018, 12, 31)
    assert first["RRULE"]["UNTIL"] == [date(2019, 12, 31)]
    words = ("--to", "2020年底", "--reason", "理由", "--approved-by", "甲局", "--date", "2018-03-01")
    assert run("extend", "1.1", *words).code == 0
    run("export", "two.ics", "--as-of", "2018-03-01")
    first, *_others = events((tmp_path / "two.ics").read_bytes()).values()
    assert first["DTSTART"].dt == date(2020, 12, 31)
    assert "RRULE" not in first


@pytest.mark.usefixtures("registry")
def test_an_event_moves_with_an_extension_and_stays_the_same_event(run: Run, tmp_path: Path) -> None:
    run("export", "one.ics", *DAY)
    run("extend", "6.2", "--to", "2019年底", "--reason", "评审延后", "--date", "2018-12-20")
    run("update", "6.2", "--note", "又一句", "--date", "2019-02-01")
    run("export", "two.ics", *DAY)
    before, after = (events((tmp_path / f"{name}.ics").read_bytes()) for name in ("one", "two"))
    assert before.keys() == after.keys()
    (moved,) = [uid for uid in before if before[uid]["DTSTART"] != after[uid]["DTSTART"]]
    assert after[moved]["DTSTART"].dt == date(2019, 12, 31)
    assert "extended to 2019-12-31" in str(after[moved]["DESCRIPTION"])


def test_an_event_stays_the_same_when_the_title_is_put_right_and_another_plan_has_others(
    run: Run, registry: Path
) -> None:
    text = registry.read_text(encoding="utf-8")

    def of(before: str, after: str) -> set[str]:
        assert before in text
        registry.write_text(text.replace(before, after, 1), encoding="utf-8")
        assert run("export", "x.ics", "--as-of", "2019-10-01").code == 0
        data = registry.with_name("x.ics").read_bytes()
        registry.with_name("x.ics").unlink()
        return set(events(data))

    known = of("title: 上海市", "title: 上海市")
    assert of("title: 上海市", "title: 某市") == known
    assert not of("一: 增强科技成果", "一: 增强农业成果") & known


def events_of(run: Run, folder: Path, *words: str) -> dict[str, tuple[str, int, str]]:
    """Give the first words of each event of all.ics, its SEQUENCE and its STATUS, by its address."""
    assert run("export", "all.ics", "--force", *words).code == 0
    found = events((folder / "all.ics").read_bytes()).values()
    titles = [str(event["SUMMARY"]).removeprefix("截止：").split("〔")[0] for event in found]
    said = [(int(event["SEQUENCE"]), str(event.get("STATUS", ""))) for event in found]
    return {title.split(" ")[0]: (title, *each) for title, each in zip(titles, said, strict=True)}


def test_a_calendar_that_is_written_again_says_what_changed_and_takes_off_what_is_gone(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "tasks.yaml"
    head, *items = RECURRING.replace("status: done", "status: pending").split("  - {id")
    items = [f"  - {{id{item}" for item in items[:3]]
    days = ("--as-of", "2019-12-28")

    def export(*chosen: str) -> dict[str, tuple[str, int, str]]:
        path.write_text(head + "".join(chosen), encoding="utf-8")
        return events_of(run, tmp_path, *days)

    assert export(*items[:2]) == {"1.1": ("1.1 内容", 0, ""), "1.2": ("1.2 内容", 0, "")}
    before = (tmp_path / "all.ics").read_bytes()
    assert export(*items[:2]) == {"1.1": ("1.1 内容", 0, ""), "1.2": ("1.2 内容", 0, "")}
    assert (tmp_path / "all.ics").read_bytes() == before
    changed = items[0].replace("content: 内容", "content: 新的内容")
    assert export(changed, items[1])["1.1"] == ("1.1 新的内容", 1, "")
    assert export(items[1]) == {"1.1": ("1.1 新的内容", 2, "CANCELLED"), "1.2": ("1.2 内容", 0, "")}
    assert export(items[1])["1.1"] == ("1.1 新的内容", 2, "CANCELLED")
    assert export(changed, items[1])["1.1"] == ("1.1 新的内容", 3, "")
    (tmp_path / "all.ics").write_bytes(b"BEGIN:VCALENDAR\r\nno calendar")
    assert export(items[1]) == {"1.2": ("1.2 内容", 0, "")}


def test_a_period_that_is_done_before_its_day_is_left_out_of_the_rule(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(RECURRING, encoding="utf-8")

    def monthly() -> Any:
        run("export", "one.ics", "--force", "--as-of", "2019-12-02")
        return next(iter(events((tmp_path / "one.ics").read_bytes()).values()))

    assert (monthly()["DTSTART"].dt, "EXDATE" in monthly()) == (date(2019, 12, 28), False)
    run("update", "1.1", "--period", "2020-02", "--status", "done", "--date", "2019-12-01")
    assert [day.dt for day in monthly()["EXDATE"].dts] == [date(2020, 2, 28)]
    run("update", "1.1", "--period", "2019-12", "--status", "done", "--date", "2019-12-01")
    assert monthly()["DTSTART"].dt == date(2020, 1, 28)
    run("update", "1.1", "--whole", "--status", "done", "--date", "2019-12-02")
    assert monthly()["STATUS"] == "CANCELLED"


@pytest.mark.usefixtures("registry")
def test_lines_of_a_calendar_are_as_short_as_the_standard_asks(run: Run, tmp_path: Path) -> None:
    run("export", "one.ics", *DAY)
    lines = (tmp_path / "one.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
