"""Which items are chosen, and how each stood on a day: status, alert, days left."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from chengguo import load
from chengguo.queries import query
from chengguo.queries.query import Criteria, Role, SortKey
from conftest import TASKS_YAML, Run

REGISTRY = load(TASKS_YAML)
DAY = date(2019, 10, 1)

ONE_ITEM = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 内容, lead: [甲局], %s}
"""


def ids(criteria: Criteria) -> list[str]:
    return [row.item.address for row in query.select(query.rows(REGISTRY, DAY), criteria)]


@pytest.mark.parametrize("name", [entry.name for entry in REGISTRY.departments])
def test_each_department_has_the_items_that_name_it(name: str) -> None:
    lead = [item.address for item in REGISTRY.items if name in item.lead]
    support = [item.address for item in REGISTRY.items if name in item.support]
    assert ids(Criteria(departments=(name,), role=Role.LEAD)) == lead
    assert ids(Criteria(departments=(name,), role=Role.SUPPORT)) == support
    assert sorted(ids(Criteria(departments=(name,)))) == sorted([*lead, *support]) != []


def test_every_item_is_in_just_one_section() -> None:
    chosen = [ids(Criteria(sections=(("", section.id),))) for section in REGISTRY.sections]
    assert [len(items) for items in chosen] == [7, 2, 7, 8]
    assert [item for items in chosen for item in items] == [item.address for item in REGISTRY.items]


@pytest.mark.parametrize("key", SortKey)
def test_sorting_loses_and_adds_nothing(key: SortKey) -> None:
    rows = query.rows(REGISTRY, DAY)
    for reverse in (False, True):
        ordered = query.sort(rows, key, REGISTRY, reverse=reverse)
        assert sorted(row.item.address for row in ordered) == sorted(row.item.address for row in rows)


@pytest.mark.parametrize("days", range(-40, 41, 5))
def test_every_dated_item_of_the_table_is_overdue_due_soon_or_neither(days: int) -> None:
    day = date(2019, 12, 31) + timedelta(days=days)
    for row in query.rows(REGISTRY, day):
        due = row.item.due
        assert row.days_left == (None if due is None else (due - day).days)
        wanted = {True: "overdue", False: "due_soon"}.get(due < day) if due else None
        assert row.alert == (wanted if due and due <= day + timedelta(days=30) else "unreported")


def test_a_registry_without_items_has_no_rows() -> None:
    assert query.rows(REGISTRY._replace(tasks=()), DAY) == ()


# -- how one item stood on a day, through the command line ---------------------------------------


def stood(run: Run, folder: Path, fields: str, day: str) -> tuple[str, str | None, int | None]:
    """Give status, alert and days left of a lone item with these fields, as of a day."""
    (folder / "tasks.yaml").write_text(ONE_ITEM % fields, encoding="utf-8")
    outcome = run("list", "--as-of", day, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    (item,) = json.loads(outcome.out)["items"]
    return item["status"], item["alert"], item["days_left"]


@pytest.mark.parametrize(
    ("day", "alert", "days_left"),
    [
        ("2019-11-30", None, 31),
        ("2019-12-01", "due_soon", 30),
        ("2019-12-30", "due_soon", 1),
        ("2019-12-31", "due_soon", 0),
        ("2020-01-01", "overdue", -1),
        ("2020-12-31", "overdue", -366),
    ],
)
def test_an_open_item_is_due_soon_for_30_days_and_then_overdue(
    run: Run, tmp_path: Path, day: str, alert: str | None, days_left: int
) -> None:
    for status in ("pending", "in_progress", "blocked"):
        fields = f"schedule: 2019 年底, status: {status}"
        expected = "blocked" if status == "blocked" and alert is None else alert
        assert stood(run, tmp_path, fields, day) == (status, expected, days_left)


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_closed_item_is_never_overdue(run: Run, tmp_path: Path, status: str) -> None:
    fields = f"schedule: 2019 年底, status: {status}"
    assert stood(run, tmp_path, fields, "2020-06-01") == (status, None, None)


@pytest.mark.parametrize("schedule", ["持续推进", "长期坚持", "适时开展"])
def test_without_a_due_date_nothing_is_overdue(run: Run, tmp_path: Path, schedule: str) -> None:
    fields = f"schedule: {schedule}, status: pending"
    assert stood(run, tmp_path, fields, "2099-01-01") == ("pending", None, None)


def test_an_explicit_due_date_counts_where_the_wording_has_none(run: Run, tmp_path: Path) -> None:
    fields = "schedule: 适时开展, due: 2019-06-30, status: pending"
    assert stood(run, tmp_path, fields, "2019-06-30") == ("pending", "due_soon", 0)
    assert stood(run, tmp_path, fields, "2019-07-01") == ("pending", "overdue", -1)


REPORTED = """schedule: 2019 年底, status: done, progress: [
    {date: 2019-03-01, status: in_progress}, {date: 2019-05-01, note: 已征求意见},
    {date: 2019-06-01, status: blocked, note: 等待资金}, {date: 2020-01-15, status: done}]"""


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2019-02-28", ("pending", None, 306)),
        ("2019-03-01", ("in_progress", None, 305)),
        ("2019-05-31", ("in_progress", None, 214)),
        ("2019-06-01", ("blocked", "blocked", 213)),
        ("2019-12-31", ("blocked", "due_soon", 0)),
        ("2020-01-14", ("blocked", "overdue", -14)),
        ("2020-01-15", ("done", "done_late", None)),
        ("2021-01-01", ("done", "done_late", None)),
    ],
)
def test_as_of_reads_the_status_as_it_had_been_reported(
    run: Run, tmp_path: Path, day: str, standing: tuple[str, str | None, int | None]
) -> None:
    assert stood(run, tmp_path, REPORTED, day) == standing


@pytest.mark.parametrize(("day", "status"), [("2019-02-28", "pending"), ("2019-03-01", "blocked")])
def test_a_note_alone_dates_the_status_of_the_file(run: Run, tmp_path: Path, day: str, status: str) -> None:
    fields = "schedule: 持续推进, status: blocked, progress: [{date: 2019-03-01, note: 等待资金}]"
    assert stood(run, tmp_path, fields, day)[0] == status


@pytest.mark.parametrize(("day", "count"), [("2019-02-28", 0), ("2019-05-01", 2), ("2020-01-15", 4)])
def test_as_of_shows_only_the_progress_of_its_time(run: Run, tmp_path: Path, day: str, count: int) -> None:
    (tmp_path / "tasks.yaml").write_text(ONE_ITEM % REPORTED, encoding="utf-8")
    (item,) = json.loads(run("list", "--as-of", day, "--format", "json").out)["items"]
    dates = ["2019-03-01", "2019-05-01", "2019-06-01", "2020-01-15"]
    assert [entry["date"] for entry in item["progress"]] == dates[:count]


@pytest.mark.parametrize("day", ["2016-01-01", "2019-10-01", "2030-01-01"])
def test_a_status_without_progress_holds_on_every_day(run: Run, tmp_path: Path, day: str) -> None:
    assert stood(run, tmp_path, "schedule: 持续推进, status: in_progress", day)[0] == "in_progress"


def test_only_what_was_open_on_the_day_is_overdue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(ONE_ITEM % REPORTED, encoding="utf-8")
    assert run("overdue", "--exit-code", "--as-of", "2020-01-14").code == 1
    assert run("overdue", "--exit-code", "--as-of", "2020-01-15").code == 0


REOPENED = "{date: 2019-12-01, status: done}, {date: 2019-12-20, status: blocked}"


@pytest.mark.parametrize(
    ("progress", "alert"),
    [
        ("{date: 2019-12-31, status: done}", None),
        ("{date: 2020-01-01, status: done}", "done_late"),
        ("{date: 2019-12-31, status: done}, {date: 2020-03-01, status: done}", None),
        ("{date: 2019-12-01, status: done}, {date: 2020-03-01, note: 已归档}", None),
        (f"{REOPENED}, {{date: 2020-03-01, status: done}}", "done_late"),
    ],
)
def test_done_late_counts_from_the_report_that_it_is_done(
    run: Run, tmp_path: Path, progress: str, alert: str | None
) -> None:
    fields = f"schedule: 2019 年底, status: done, progress: [{progress}]"
    assert stood(run, tmp_path, fields, "2020-06-01") == ("done", alert, None)


def test_what_ended_after_its_due_date_is_not_done_late(run: Run, tmp_path: Path) -> None:
    fields = "schedule: 2019 年底, status: cancelled, progress: [{date: 2020-02-01, status: cancelled}]"
    assert stood(run, tmp_path, fields, "2020-06-01") == ("cancelled", None, None)


@pytest.mark.parametrize(
    ("entry", "day", "alert"),
    [
        ("{date: 2019-01-01, status: in_progress}", "2019-04-01", None),
        ("{date: 2019-01-01, status: in_progress}", "2019-04-02", "stale"),
        ("{date: 2019-01-01, note: 已启动}", "2019-04-02", "stale"),
    ],
)
def test_an_open_item_is_stale_when_90_days_have_passed_since_the_last_report(
    run: Run, tmp_path: Path, entry: str, day: str, alert: str | None
) -> None:
    fields = f"schedule: 持续推进, status: in_progress, progress: [{entry}]"
    assert stood(run, tmp_path, fields, day) == ("in_progress", alert, None)


def test_what_was_never_reported_on_is_not_stale(run: Run, tmp_path: Path) -> None:
    assert stood(run, tmp_path, "schedule: 持续推进, status: pending", "2030-01-01")[1] is None


def test_overdue_outweighs_stale(run: Run, tmp_path: Path) -> None:
    fields = "schedule: 2019 年底, status: blocked, progress: [{date: 2019-01-01, status: blocked}]"
    assert stood(run, tmp_path, fields, "2019-11-30")[1] == "stale"
    assert stood(run, tmp_path, fields, "2019-12-31")[1] == "due_soon"
    assert stood(run, tmp_path, fields, "2020-01-01")[1] == "overdue"
