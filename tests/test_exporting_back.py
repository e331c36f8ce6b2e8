"""What export writes for Word and calendars, and what import reads back."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import icalendar
import openpyxl
import pytest

from chengguo import load
from chengguo.model import Registry
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
    - {date: 2019-05-01, status: in_progress, note: "-已启动\\n第二行"}
    - {date: 2019-06-01, note: 无变化}
  - {id: 7, content: 内容, lead: [甲局], support: [各县（市、区）], schedule: 3个月内, status: cancelled}
- id: 9
  section: 一
  title: 另一项
  items:
  - {id: 1, content: 内容, lead: [各县（市、区）], schedule: 持续推进, status: done}
"""
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
    assert run("export", f"表.{suffix}", *DAY, LANGUAGE=language).code == 0
    outcome = run("import", f"表.{suffix}", "-o", "again.yaml")
    assert outcome == (0, "24 items read: 15 tasks, 24 departments, 12 dated, 12 ongoing, 0 doubts\n", "")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


@both
def test_whatever_a_registry_holds_comes_back(run: Run, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "tasks.yaml").write_text(ODD, encoding="utf-8")
    assert run("export", f"表.{suffix}", *DAY).code == 0
    outcome = run("import", f"表.{suffix}", "-o", "again.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert held(load(tmp_path / "again.yaml")) == held(load(tmp_path / "tasks.yaml"))


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
def test_a_row_more_is_read_as_any_table_is(run: Run, tmp_path: Path) -> None:
    run("export", "表.xlsx", *DAY)
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book["任务分工"].append([16, "新任务", "新内容。", "市科委", None, "2020年底"])
    book.save(tmp_path / "表.xlsx")
    assert run("import", "表.xlsx", "-o", "again.yaml").code == 0
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
    assert all("overdue" in row.cells[7].text for row in red)


def events(data: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.usefixtures("registry")
def test_a_calendar_has_a_day_for_each_open_deadline(run: Run, tmp_path: Path) -> None:
    run("export", "one.ics", *DAY)
    before = events((tmp_path / "one.ics").read_bytes())
    due = [item.due for item in load(tmp_path / "tasks.yaml").items if item.due]
    assert sorted(event["DTSTART"].dt for event in before.values()) == sorted(due)
    assert all(type(event["DTSTART"].dt) is date for event in before.values())
    (first,) = [event for event in before.values() if str(event["SUMMARY"]).startswith("1.1 ")]
    assert "责任部门：市科委" in str(first["DESCRIPTION"])
    (alarm,) = first.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-7))
    run("update", "4", "--status", "done", "--date", "2019-03-04")
    run("export", "two.ics", "--as-of", "2019-11-01")
    after = events((tmp_path / "two.ics").read_bytes())
    assert after.keys() < before.keys()
    assert len(before) - len(after) == 1


@pytest.mark.usefixtures("registry")
def test_lines_of_a_calendar_are_as_short_as_the_standard_asks(run: Run, tmp_path: Path) -> None:
    run("export", "one.ics", *DAY)
    lines = (tmp_path / "one.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
