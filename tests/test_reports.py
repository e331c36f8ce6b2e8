"""Who did not report: never, or not in a period of the plan's reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run

REGISTRY = """\
format: 1
plan: {title: 方案, years: 2025, reports: 每月25日前}
departments: {甲局: {}, 乙局: {}, 丙局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [甲局], support: [乙局], schedule: 2025年底, status: in_progress, progress: [
      {date: 2025-06-25, status: in_progress}, {date: 2025-07-26, note: 按月报送}]}
  - {id: 2, content: 乙事, lead: [乙局], schedule: 2025年底, status: in_progress, progress: [
      {date: 2025-06-26, status: in_progress}, {date: 2025-07-10, period: 2025-06, note: 补报}]}
  - {id: 3, content: 丙事, lead: [乙局], schedule: 2025年底, status: pending}
  - {id: 4, content: 丁事, lead: [丙局], schedule: 2025年底, status: done, progress: [
      {date: 2025-06-20, status: done}]}
"""
AS_OF = ("--as-of", "2025-07-31")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """One item reported on a day late, one made up for, one never, one done."""
    path = tmp_path / "tasks.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def found(run: Run, *words: str) -> dict[str, Any]:
    outcome = run(*words, *AS_OF, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    document: dict[str, Any] = json.loads(outcome.out)
    return document


@pytest.mark.parametrize(
    ("period", "first", "last", "items"),
    [
        (None, "2025-07-26", "2025-08-25", ["1.2", "1.3"]),
        ("2025-08", "2025-07-26", "2025-08-25", ["1.2", "1.3"]),
        ("2025-07", "2025-06-26", "2025-07-25", ["1.1", "1.3"]),
        ("2025-06", "2025-05-26", "2025-06-25", ["1.3"]),
        ("2025-05", "2025-04-26", "2025-05-25", ["1.1", "1.2", "1.3", "1.4"]),
    ],
)
@pytest.mark.usefixtures("reports")
def test_overdue_reports_are_those_of_the_period(
    run: Run, period: str | None, first: str, last: str, items: list[str]
) -> None:
    words = ("--period", period) if period else ()
    document = found(run, "overdue", "--reports", *words)
    assert document["period"] == {"name": period or "2025-08", "first": first, "last": last}
    assert [item["id"] for item in document["items"]] == items
    text = run("overdue", "--reports", "--exit-code", *words, *AS_OF)
    assert (text.code, text.err) == (1, "")
    assert text.out.splitlines()[1] == f"Not reported on in {period or '2025-08'}, {first} to {last}"


@pytest.mark.usefixtures("reports")
def test_departments_that_did_not_report_are_those_in_the_lead(run: Run) -> None:
    def named(*words: str) -> dict[str, list[str]]:
        departments = found(run, "depts", "--unreported", *words)["departments"]
        return {each["name"]: each["unreported_items"] for each in departments}

    assert named() == {"乙局": ["1.2", "1.3"]}
    assert named("--period", "2025-07") == {"甲局": ["1.1"], "乙局": ["1.3"]}
    assert named("--period", "2025-07", "--role", "any") == {"甲局": ["1.1"], "乙局": ["1.1", "1.3"]}
    assert named("--period", "2025-05", "--sort", "unreported") == {
        "乙局": ["1.2", "1.3"],
        "甲局": ["1.1"],
        "丙局": ["1.4"],
    }
    text = run("depts", "--unreported", "--period", "2025-07", *AS_OF).out.splitlines()
    assert text[0] == "Not reported on in 2025-07, 2025-06-26 to 2025-07-25"
    assert [line.split()[-1] for line in text if line.startswith((" 甲局", " 乙局"))] == ["1.1", "1.3"]


@pytest.mark.usefixtures("reports")
def test_what_was_not_reported_in_the_period_of_the_day_is_an_alert(run: Run) -> None:
    items = found(run, "list", "--alert", "unreported")["items"]
    assert [item["id"] for item in items] == ["1.2", "1.3"]
    assert {"kind": "unreported", "part": None, "due": "2025-08-25", "days": 21} in items[0]["alerts"]
    assert [item["id"] for item in found(run, "list", "--light", "黄")["items"]] == ["1.2", "1.3"]


def test_without_a_rhythm_only_what_was_never_reported_on_is_found(run: Run, reports: Path) -> None:
    reports.write_text(REGISTRY.replace(", reports: 每月25日前", ""), encoding="utf-8")
    document = found(run, "overdue", "--reports")
    assert (document["period"], [item["id"] for item in document["items"]]) == (None, ["1.3"])
    assert "Never reported on; the plan has no rhythm of reports" in run("depts", "--unreported", *AS_OF).out
    refused = run("overdue", "--reports", "--period", "2025-07", *AS_OF)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "chengguo: --period: the plan has no rhythm of reports\n"
        "  hint: Write one in the registry, such as plan.reports: 每月25日前.\n"
    )


@pytest.mark.parametrize("command", [("overdue", "--reports"), ("depts", "--unreported")])
@pytest.mark.usefixtures("reports")
def test_a_period_that_has_not_begun_is_refused_with_those_that_have(
    run: Run, command: tuple[str, ...]
) -> None:
    refused = run(*command, "--period", "2025-09", *AS_OF)
    assert (refused.code, refused.out) == (2, "")
    assert "the reports have no period 2025-09" in refused.err
    assert "Periods up to 2025-07-31: 2025-01, 2025-02" in refused.err
    assert run(command[0], "--period", "2025-07").err == (
        f"chengguo: --period goes with {command[1]}\n  hint: Give both.\n"
    )


@pytest.mark.parametrize("rhythm", ["每季度末", "每周五前", "每半年", "每年12月底前", "每月10日、25日前"])
def test_any_recurring_wording_is_a_rhythm(run: Run, reports: Path, rhythm: str) -> None:
    reports.write_text(REGISTRY.replace("每月25日前", rhythm), encoding="utf-8")
    assert run("validate", "--ignore", "P503") == (0, "tasks.yaml: no findings\n", "")
    period = found(run, "overdue", "--reports")["period"]
    assert period["first"] <= "2025-07-31" <= period["last"]
