"""``from chengguo import load``: what a script gets."""

import csv
import gc
from datetime import date
from pathlib import Path

import pytest

import chengguo
from chengguo import load
from chengguo.errors import CannotOpen, ChengguoError
from conftest import TABLE, TASKS_YAML, Run

BROKEN = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [乙局], schedule: 2019 年低, status: pending}
  - {id: 1, content: 乙事, lead: [甲局], schedule: 2019 年底, status: 完成}
"""


def test_the_package_offers_load_and_its_version() -> None:
    assert chengguo.__all__ == ["__version__", "load"]
    assert chengguo.__version__.count(".") == 2


def test_the_table_is_read_as_it_stands_in_the_file() -> None:
    registry = load(TASKS_YAML)
    assert registry.findings == ()
    assert registry.plan.title == TABLE["plan"]["title"]
    assert [entry.name for entry in registry.departments] == list(TABLE["departments"])
    assert {section.id: section.title for section in registry.sections} == TABLE["sections"]
    assert [(task.id, task.title, len(task.items)) for task in registry.tasks] == [
        (task["id"], task["title"], len(task["items"])) for task in TABLE["tasks"]
    ]
    assert [(list(item.lead), list(item.support), item.content) for item in registry.items] == [
        (item["lead"], item["support"], item["content"]) for task in TABLE["tasks"] for item in task["items"]
    ]


def test_what_is_open_and_due_can_be_asked_of_an_item() -> None:
    items = {item.address: item for item in load(TASKS_YAML).items}
    assert (items["1.1"].due, items["3.2"].due) == (date(2017, 12, 31), None)
    assert items["3.2"].schedule.is_ongoing
    assert not items["1.1"].status.is_closed
    assert len([item for item in items.values() if item.due and not item.status.is_closed]) == 12


def test_a_path_may_be_a_string() -> None:
    assert load(str(TASKS_YAML)) == load(TASKS_YAML)


@pytest.mark.parametrize("name", ["plan", "departments", "sections", "tasks", "findings", "items"])
def test_a_registry_is_frozen(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(load(TASKS_YAML), name, ())


@pytest.mark.parametrize("name", ["status", "content", "lead", "due", "address", "anything"])
def test_an_item_is_frozen(name: str) -> None:
    item = load(TASKS_YAML).items[0]
    with pytest.raises(AttributeError):
        setattr(item, name, None)


def test_every_list_is_a_tuple() -> None:
    registry = load(TASKS_YAML)
    item = registry.items[0]
    values = (registry.departments, registry.sections, registry.tasks, registry.findings, registry.items)
    assert {type(value) for value in (*values, item.lead, item.support, item.progress)} == {tuple}


def test_bad_data_never_raises_but_is_found(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    registry = load(path)
    assert [(finding.code, finding.address) for finding in registry.findings] == [
        ("N301", "1.1"),
        ("D401", "1.1"),
        ("T601", "1.1"),
        ("S204", "1.1"),
        ("P504", "1.1"),
    ]
    assert [item.content for item in registry.items] == ["甲事", "乙事"]


def test_findings_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_bytes(BROKEN.encode())
    starts = [finding.span.start for finding in load(path).findings]
    assert starts == sorted(starts)
    assert BROKEN[starts[0] :].startswith("乙局")


@pytest.mark.parametrize("data", [b"", b"- a\n", b"a: [\n", "格式".encode("gbk"), b"\xff\xfea\x00"])
def test_a_file_that_is_no_registry_has_findings_and_no_tasks(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "registry.yaml"
    path.write_bytes(data)
    registry = load(path)
    assert registry.findings
    assert registry.tasks == ()


def test_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "missing.yaml"
    with pytest.raises(CannotOpen) as raised:
        load(path)
    assert str(raised.value) == raised.value.message == f"there is no file {path}"
    assert raised.value.exit_code == 2
    assert isinstance(raised.value, ChengguoError)


def test_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="is a folder, not a file"):
        load(tmp_path)


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was(collecting: bool) -> None:  # noqa: FBT001 - a case of the test
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        load(TASKS_YAML)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


# -- as of a day ---------------------------------------------------------------------------------


def test_how_items_stand_on_a_day() -> None:
    registry = load(TASKS_YAML, as_of=date(2018, 1, 10))
    assert [row.item for row in registry.rows] == [*registry.items]
    row = registry.rows[0]
    assert (row.address, row.title, row.due) == ("1.1", registry.tasks[0].title, date(2017, 12, 31))
    assert (row.status, row.alert, row.days_left, row.parts) == ("pending", "overdue", -10, ())
    assert load(TASKS_YAML, as_of=date(2017, 12, 31)).rows[0].days_left == 0
    assert load(TASKS_YAML).rows[0].alert == "overdue"


def test_records_are_those_of_the_csv(run: Run, registry: Path) -> None:
    records = load(registry, as_of=date(2018, 1, 10)).to_records()
    rows = [*csv.DictReader(run("list", "--as-of", "2018-01-10", "--format", "csv").out.splitlines())]
    assert len(rows) == len(records) == 24
    for record, row in zip(records, rows, strict=True):
        assert [*record] == [*row]
        for name in ("id", "title", "schedule", "kind", "due", "status", "alert", "days_left"):
            assert ("" if record[name] is None else str(record[name])) == row[name]
    assert records[0]["lead"] == ["市科委"]
    assert records[0]["due"] == date(2017, 12, 31)


def test_columns_of_the_office_are_keys(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    own = BROKEN.replace("tasks:", "columns: {投资额: {kind: number}, 会签: {kind: names}}\ntasks:")
    path.write_text(own.replace("lead: [甲局],", "lead: [甲局], extra: {投资额: 12.5},"), encoding="utf-8")
    records = load(path).to_records()
    assert [(each["投资额"], each["会签"]) for each in records] == [(None, []), (12.5, [])]


def test_findings_have_lines_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    registry = load(path)
    assert [each.finding for each in registry.located] == [*registry.findings]
    first = registry.located[0]
    assert (first.finding.code, first.start.line, first.start.column) == ("N301", 10, 33)
    assert BROKEN.splitlines()[9][32:34] == "乙局"
