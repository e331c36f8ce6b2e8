"""Who did not report: never, or not in a period of the plan's reports."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import TASKS_YAML, Run

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


def found(run: Run, *words: str, as_of: str = AS_OF[1]) -> dict[str, Any]:
    outcome = run(*words, "--as-of", as_of, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    document: dict[str, Any] = json.loads(outcome.out)
    return document


@pytest.mark.parametrize(
    ("period", "first", "last", "items"),
    [
        (None, "2025-06-26", "2025-07-25", ["1.3"]),
        ("2025-08", "2025-07-26", "2025-08-25", ["1.1", "1.2", "1.3"]),
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
    assert document["period"] == {"name": period or "2025-07", "first": first, "last": last}
    assert [item["id"] for item in document["items"]] == items
    text = run("overdue", "--reports", "--exit-code", *words, *AS_OF)
    assert (text.code, text.err) == (1, "")
    name, until = (period, last) if period else ("2025-07", "2025-07-31")
    assert text.out.splitlines()[1] == f"Not reported on in {name}, {first} to {until}"


@pytest.mark.usefixtures("reports")
def test_departments_that_did_not_report_are_those_in_the_lead(run: Run) -> None:
    def named(*words: str) -> dict[str, list[str]]:
        departments = found(run, "depts", "--unreported", *words)["departments"]
        return {each["name"]: each["unreported_items"] for each in departments}

    assert named() == {"乙局": ["1.3"]}
    assert named("--period", "2025-08") == {"甲局": ["1.1"], "乙局": ["1.2", "1.3"]}
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
def test_what_was_not_reported_in_the_period_that_is_due_is_an_alert(run: Run) -> None:
    def on(day: str, *words: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = found(run, "list", *words, as_of=day)["items"]
        return items

    alert = ("--alert", "unreported")
    assert [item["id"] for item in on("2025-08-21", *alert)] == ["1.3"]  # its day is not near
    items = on("2025-08-22", *alert)
    assert [item["id"] for item in items] == ["1.1", "1.2", "1.3"]  # that of 1.1 came late for July
    assert {"kind": "unreported", "part": None, "due": "2025-08-25", "days": 43} in items[1]["alerts"]
    assert [item["id"] for item in on("2025-08-22", "--light", "黄")] == ["1.1", "1.2", "1.3"]


@pytest.mark.parametrize(
    ("day", "period", "items"),
    [
        ("2025-01-21", "2025-01", []),  # the first round of the plan, not due yet
        ("2025-01-22", "2025-01", ["1.1", "1.2", "1.3", "1.4"]),
        ("2025-06-21", "2025-05", ["1.1", "1.2", "1.3"]),  # of 1.4 a report came late
        ("2025-06-25", "2025-06", ["1.2", "1.3"]),  # its last day
        ("2025-06-26", "2025-06", ["1.3"]),  # who missed it; 1.2 reported a day late
        ("2025-07-21", "2025-06", ["1.3"]),
        ("2025-07-25", "2025-07", ["1.1", "1.3"]),
    ],
)
@pytest.mark.usefixtures("reports")
def test_the_period_that_is_due_is_the_one_that_ended_last_until_shortly_before_the_next_ends(
    run: Run, day: str, period: str, items: list[str]
) -> None:
    document = found(run, "overdue", "--reports", as_of=day)
    assert (document["period"]["name"], [item["id"] for item in document["items"]]) == (period, items)
    listed = found(run, "list", "--alert", "unreported", as_of=day)["items"]
    assert [item["id"] for item in listed] == items
    page = run("report", "-", "--as-of", day).out
    assert f"未报告{len(items)}项" in page
    assert page.split("六、未报告")[1].startswith(f"（{period}期）" if items else "\n无。")


@pytest.mark.usefixtures("reports")
def test_a_period_that_is_not_due_yet_is_told(run: Run) -> None:
    out = run("depts", "--unreported", "--as-of", "2025-01-21").out.splitlines()
    assert out == ["No report is due yet: 2025-01 ends on 2025-01-25", "0 departments, as of 2025-01-21"]


def test_who_has_not_reported_is_judged_by_who_did(run: Run, reports: Path) -> None:
    """Neither another lead nor a supporting body reports for a lead; its successor does."""
    item = (
        "  - {{id: {}, content: 事, lead: [{}], support: [丙局], schedule: 2025年底, status: pending,"
        " progress: [{}]}}\n"
    )
    report = "{{date: 2025-06-20, note: 好{}}}"
    items = {
        "甲局, 乙局": ", by: 甲局",
        "甲局": ", by: 丙局",
        "乙局": ", by: 丁办",
        "丙局": ", by: 戊局",
        "乙局, 甲局": "",
    }
    lines = [
        item.format(number, lead, report.format(by)) for number, (lead, by) in enumerate(items.items(), 1)
    ]
    head = REGISTRY[: REGISTRY.index("  - {id: 1")].replace("丙局: {}", "丙局: {successor: 戊局}, 戊局: {}")
    reports.write_text(head + "".join(lines), encoding="utf-8")

    def named(*words: str) -> dict[str, list[str]]:
        departments = found(run, "depts", "--unreported", *words, as_of="2025-06-25")["departments"]
        return {each["name"]: each["unreported_items"] for each in departments}

    assert named() == {"甲局": ["1.2"], "乙局": ["1.1", "1.3"]}
    assert named("--role", "support") == {"丙局": ["1.1", "1.3"]}
    assert run("report", "-", "--as-of", "2025-06-25").out.endswith("- 乙局：2项\n- 甲局：1项\n")
    mine = found(run, "overdue", "--reports", "--dept", "甲局", as_of="2025-06-25")["items"]
    assert [each["id"] for each in mine] == ["1.2"]


@pytest.mark.parametrize(
    ("said", "silent"),
    [  # what was said of an item of 甲局 and 乙局: who has not reported in June, in July, by 07-25
        ("", [["甲局", "乙局"], ["甲局", "乙局"]]),
        ("06-20 - 07-03 -", [[], []]),
        ("06-20 - 07-24 -", [[], []]),
        ("07-03 -", [["甲局", "乙局"], ["甲局", "乙局"]]),  # late for June, which it was asked for
        ("07-03 - 07-09 -", [["甲局", "乙局"], []]),
        ("07-20 -", [["甲局", "乙局"], []]),  # no longer for June
        ("05-03 - 06-03 - 07-03 -", [["甲局", "乙局"], ["甲局", "乙局"]]),  # always late
        ("06-20 甲局 07-03 -", [["乙局"], ["乙局"]]),  # of 甲局 for July, of 乙局 late for June
        ("07-03 甲局 07-20 乙局", [["甲局", "乙局"], ["甲局"]]),
        ("06-20 - 07-03 甲局", [[], ["乙局"]]),
    ],
)
def test_a_report_counts_for_one_period(run: Run, reports: Path, said: str, silent: list[list[str]]) -> None:
    words = said.split()
    told = "".join(
        f"      - {{date: 2025-{day}, note: 好{'' if by == '-' else f', by: {by}'}}}\n"
        for day, by in zip(words[::2], words[1::2], strict=True)
    )
    item = (
        "  - id: 1\n    content: 事\n    lead: [甲局, 乙局]\n    schedule: 2025年底\n    status: pending\n"
        f"    progress:{told and chr(10)}{told or ' []' + chr(10)}"
    )
    reports.write_text(REGISTRY[: REGISTRY.index("  - {id: 1")] + item, encoding="utf-8")
    for period, names in zip(("2025-06", "2025-07"), silent, strict=True):
        document = found(run, "depts", "--unreported", "--period", period, as_of="2025-07-25")
        assert sorted(each["name"] for each in document["departments"]) == sorted(names)
    now = found(run, "depts", "--unreported", as_of="2025-07-25")["departments"]
    assert sorted(each["name"] for each in now) == sorted(silent[1])


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
    assert period["first"] <= period["last"]
    assert run("overdue", "--reports", "--period", period["name"], *AS_OF).code == 0


def test_who_is_missing_is_asked_of_the_period_of_the_forms(run: Run, reports: Path, tmp_path: Path) -> None:
    """A form of June that comes two days late is one of June: who reported in time is not missing."""
    text = REGISTRY.replace(
        "{date: 2025-06-25, status: in_progress}", "{date: 2025-06-24, note: 好, by: 甲局}"
    )
    reports.write_text(text, encoding="utf-8")
    assert run("form", "填报.xlsx", "--dept", "乙局", "--as-of", "2025-06-20").code == 0
    book = openpyxl.load_workbook(tmp_path / "填报.xlsx")
    heads = [cell.value for cell in book["填报"][3]]
    book["填报"].cell(4, heads.index("本期进展") + 1).value = "补报"
    book.save(tmp_path / "填报.xlsx")
    late = run("collect", "填报.xlsx", "--date", "2025-06-27").out
    assert "1 report taken" in late
    assert "reported nothing" not in late


def test_what_the_office_writes_of_its_verifying_is_no_report(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tasks.yaml"
    years = "  years: 2017-2020\n"
    more = f"{years}  closing: verified\n  reports: 每月25日前\n"
    file.write_bytes(TASKS_YAML.read_text(encoding="utf-8").replace(years, more).encode())
    assert run("update", "4", "--status", "done", "--date", "2019-12-20").code == 0
    assert run("return", "4", "--reason", "缺少验收材料", "--date", "2020-01-10").code == 0
    unreported = run(
        "overdue", "--reports", "--period", "2020-01", "--as-of", "2020-01-25", "--format", "json"
    )
    assert "4.1" in {each["id"] for each in json.loads(unreported.out)["items"]}
    page = run("report", "-", "--period", "2020-01", "--as-of", "2020-01-25").out
    assert "新报告0条" in page
    assert re.search(r"未报告\d+项（2020-01期）", page)


@pytest.mark.parametrize(
    ("by", "hint"),
    [
        ("甲居", "Did you mean 甲局?"),
        ("督查室", "'chengguo depts' lists the departments."),
        ("甲局、乙居", "Did you mean 乙局?"),
    ],
)
def test_who_reports_is_a_department(run: Run, reports: Path, by: str, hint: str) -> None:
    before = reports.read_bytes()
    refused = run("update", "1.3", "--note", "好", "--by", by)
    assert (refused.code, refused.out, reports.read_bytes()) == (3, "", before)
    unknown = by.rpartition("、")[2]
    assert refused.err == f"chengguo: no department '{unknown}' in the register\n  hint: {hint}\n"


def test_several_departments_report_at_once(run: Run, reports: Path) -> None:
    text = reports.read_text(encoding="utf-8").replace("丙事, lead: [乙局]", "丙事, lead: [乙局, 甲局, 丙局]")
    reports.write_text(text, encoding="utf-8")
    day = ("--date", "2025-07-20")
    assert run("update", "1.3", "--note", "好", "--by", "乙局、甲局", *day).code == 0
    silent = found(run, "depts", "--unreported", "--period", "2025-07", as_of="2025-07-25")["departments"]
    assert {each["name"]: each["unreported_items"] for each in silent} == {"甲局": ["1.1"], "丙局": ["1.3"]}
