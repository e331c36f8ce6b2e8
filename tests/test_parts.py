"""Milestones and periods: parts of an item, each due, missed and done on its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run

REGISTRY = """\
format: 1
plan: {title: 方案, years: 2025}
departments: {甲局: {}, 乙局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 报送
  items:
  - id: 1
    content: 报送进展
    lead: [甲局]
    schedule: 每月28日前
    status: done
    progress:
    - date: 2025-01-27
      status: done
- id: 2
  section: 一
  title: 平台
  items:
  - id: 1
    content: 建设平台
    lead: [乙局]
    support: [甲局]
    schedule: 3月底前完成方案，6月底前启动建设，12月底前建成
    status: pending
- id: 3
  section: 一
  title: 办法
  items:
  - id: 1
    content: 制定办法
    lead: [乙局]
    schedule: 2025年12月底
    status: pending
"""
AS_OF = ("--as-of", "2025-08-01")
MONTHS = ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07"]
MISSED = sorted([("1.1", month) for month in MONTHS] + [("2.1", "1"), ("2.1", "2")])


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """One item that recurs, one with three milestones, one that nobody ever reported on."""
    path = tmp_path / "tasks.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    return path


def records(run: Run, *words: str) -> list[dict[str, Any]]:
    outcome = run(*words, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(outcome.out)["items"]
    return found


def missed(run: Run) -> list[tuple[str, str]]:
    """Give the parts that are late, as the JSON of all items has them."""
    return sorted(
        (item["id"], part["part"])
        for item in records(run, "list", *AS_OF)
        for part in item["parts"]
        if part["days_left"] is not None and part["days_left"] < 0
    )


@pytest.mark.usefixtures("parts")
def test_every_missed_part_is_in_the_json_of_its_item(run: Run) -> None:
    assert missed(run) == MISSED
    items = {item["id"]: item for item in records(run, "list", *AS_OF)}
    assert items["2.1"]["parts"][:2] == [
        {
            "part": "1",
            "wording": "3月底前完成方案",
            "due": "2025-03-31",
            "status": "pending",
            "done_on": None,
            "days_left": -123,
        },
        {
            "part": "2",
            "wording": "6月底前启动建设",
            "due": "2025-06-30",
            "status": "pending",
            "done_on": None,
            "days_left": -32,
        },
    ]
    assert items["1.1"]["parts"][0] == {
        "part": "2025-01",
        "wording": "每月28日前",
        "due": "2025-01-28",
        "status": "done",
        "done_on": "2025-01-27",
        "days_left": None,
    }
    assert len(items["1.1"]["parts"]) == 12
    assert items["3.1"]["parts"] == []


@pytest.mark.usefixtures("parts")
def test_overdue_has_a_row_for_each_missed_part(run: Run) -> None:
    rows = records(run, "overdue", *AS_OF)
    assert sorted((row["id"], row["part"]) for row in rows) == MISSED
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    assert {row["alert"] for row in rows} == {"missed"}
    assert [[part["part"] for part in row["parts"]] for row in rows] == [[row["part"]] for row in rows]
    text = run("overdue", "--exit-code", *AS_OF)
    assert (text.code, text.err) == (1, "")
    for address, part in MISSED:
        assert any(address in line and part in line for line in text.out.splitlines())
    assert "2 milestones, 6 periods, as of" in text.out


@pytest.mark.usefixtures("parts")
def test_an_item_has_every_alert_and_the_gravest_first(run: Run) -> None:
    items = {item["id"]: item for item in records(run, "list", *AS_OF)}
    assert [(each["kind"], each["part"], each["due"], each["days"]) for each in items["2.1"]["alerts"]] == [
        ("missed", "1", "2025-03-31", 123),
        ("missed", "2", "2025-06-30", 32),
        ("unreported", None, None, 212),
    ]
    assert [item["alert"] for item in items.values()] == ["missed", "missed", "unreported"]
    assert items["1.1"]["alerts"][-1] == {
        "kind": "stale",
        "part": None,
        "due": None,
        "days": 186,
    }


# -- reports of a part ---------------------------------------------------------------------------


def of(run: Run, address: str, *words: str) -> dict[str, Any]:
    """Give the parts of an item by name, as of the day of this test."""
    (item,) = (item for item in records(run, "list", *AS_OF, *words) if item["id"] == address)
    return {part["part"]: part for part in item["parts"]}


DELIVERED = ("update", "2.1", "--milestone", "1", "--status", "done", "--date", "2025-07-01")


def test_a_late_delivery_of_a_milestone_leaves_seven_and_is_late(run: Run, parts: Path) -> None:
    outcome = run(*DELIVERED)
    assert outcome == (0, "2.1 平台\n  progress: + 2025-07-01 [1] done\n1 item updated in tasks.yaml\n", "")
    assert missed(run) == [each for each in MISSED if each != ("2.1", "1")]
    assert len(records(run, "overdue", *AS_OF)) == 7
    item = next(item for item in records(run, "list", *AS_OF) if item["id"] == "2.1")
    assert (item["status"], item["alert"]) == ("in_progress", "missed")
    assert (item["parts"][0]["status"], item["parts"][0]["done_on"]) == ("done", "2025-07-01")
    assert {"kind": "done_late", "part": "1", "due": "2025-03-31", "days": 92} in item["alerts"]
    assert (
        "    status: pending\n    progress:\n    - date: 2025-07-01\n      milestone: 1\n"
        in parts.read_text(encoding="utf-8")
    )
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")
    again = run(*DELIVERED)
    assert again == (0, "2.1 平台\n  already recorded; nothing changes\n", "")


@pytest.mark.usefixtures("parts")
def test_a_period_is_delivered(run: Run) -> None:
    words = ("update", "1.1", "--status", "done", "--date", "2025-03-03", "--period", "2025-02")
    assert run(*words).code == 0
    assert of(run, "1.1")["2025-02"]["done_on"] == "2025-03-03"
    assert len(missed(run)) == 7
    assert run("validate", "--strict").code == 0


@pytest.mark.usefixtures("parts")
def test_a_done_of_recurring_work_counts_for_the_period_of_its_day_and_says_so(run: Run) -> None:
    outcome = run("update", "1.1", "--status", "done", "--date", "2025-03-01")
    assert (outcome.code, outcome.err) == (
        0,
        "1.1: counts for the period 2025-03; --whole closes the work for good\n",
    )
    assert "[2025-03] done" in outcome.out
    assert of(run, "1.1")["2025-03"]["status"] == "done"
    assert of(run, "1.1")["2025-02"]["status"] == "pending"


@pytest.mark.usefixtures("parts")
def test_whole_closes_recurring_work_for_good(run: Run) -> None:
    outcome = run("update", "1.1", "--status", "done", "--date", "2025-03-01", "--whole")
    assert (outcome.code, outcome.err) == (0, "")
    assert {part["status"] for part in of(run, "1.1").values()} == {"done"}
    assert [row["id"] for row in records(run, "overdue", *AS_OF)] == ["2.1", "2.1"]
    assert run("validate", "--strict").code == 0


@pytest.mark.usefixtures("parts")
def test_a_done_of_the_whole_closes_its_milestones_and_says_which(run: Run) -> None:
    run(*DELIVERED)
    outcome = run("update", "2.1", "--status", "done", "--date", "2025-07-02")
    assert (outcome.code, outcome.err) == (
        0,
        "2.1: closes its parts 2, 3; --milestone and --period report one alone\n",
    )
    assert [part["done_on"] for part in of(run, "2.1").values()] == ["2025-07-01", "2025-07-02", "2025-07-02"]


@pytest.mark.usefixtures("parts")
def test_the_last_milestone_closes_the_whole(run: Run) -> None:
    for number in ("1", "2", "3"):
        run("update", "2.1", "--milestone", number, "--status", "done", "--date", "2025-07-01")
    (item,) = (item for item in records(run, "list", *AS_OF) if item["id"] == "2.1")
    assert (item["status"], item["alert"], item["days_left"]) == ("done", "done_late", None)


@pytest.mark.usefixtures("parts")
def test_a_note_is_a_report_and_no_delivery(run: Run) -> None:
    assert run("update", "1.1", "--note", "正在准备", "--date", "2025-03-01").err == ""
    assert missed(run) == MISSED


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("2.1", "--milestone", "4"), "Its open parts: 1, 2, 3."),
        (("1.1", "--period", "2025-Q1"), "Its open parts: 2025-02, 2025-03, 2025-04"),
        (("3.1", "--milestone", "1"), "It has neither milestones nor periods"),
    ],
)
def test_a_part_that_is_not_there_is_refused_with_those_that_are(
    run: Run, parts: Path, words: tuple[str, ...], hint: str
) -> None:
    before = parts.read_bytes()
    outcome = run("update", *words, "--status", "done", "--date", "2025-07-01")
    assert (outcome.code, outcome.out) == (1, "")
    assert hint in outcome.err
    assert parts.read_bytes() == before


@pytest.mark.usefixtures("parts")
def test_an_extension_may_name_a_milestone(run: Run) -> None:
    words = ("extend", "2.1", "--to", "2025-08-31", "--reason", "设备", "--date", "2025-06-20")
    assert run(*words, "--milestone", "2").code == 0
    assert of(run, "2.1")["2"]["due"] == "2025-08-31"
    assert ("2.1", "2") not in missed(run)
    (item,) = (item for item in records(run, "list", *AS_OF) if item["id"] == "2.1")
    assert (item["due"], item["extensions"][0]["milestone"]) == ("2025-12-31", 2)
    refused = run(*words, "--milestone", "3")
    assert (refused.code, refused.out) == (1, "")
    assert "2.1 is due on 2025-12-31; 2025-08-31 is not later" in refused.err


@pytest.mark.usefixtures("parts")
def test_alerts_choose_what_is_listed(run: Run) -> None:
    def listed(*words: str) -> list[str]:
        return [item["id"] for item in records(run, "list", *AS_OF, *words)]

    assert listed("--alert", "unreported") == ["2.1", "3.1"]
    assert listed("--alert", "未报告") == ["2.1", "3.1"]
    assert listed("--alert", "stale", "--alert", "节点逾期") == ["1.1", "2.1"]
    assert run("list", "--alert", "late").code == 2


@pytest.mark.usefixtures("parts")
def test_csv_names_alerts_and_parts(run: Run) -> None:
    out = run("list", *AS_OF, "--format", "csv", "--columns", "id,alerts,parts").out.splitlines()
    assert out[2].startswith("2.1,missed 1、missed 2、unreported,1 2025-03-31 pending、2 2025-06-30 pending")


@pytest.mark.parametrize(
    ("schedule", "names"),
    [
        ("每月28日前", ["2025-01", "2025-02"]),
        ("每季度末", ["2025-Q1", "2025-Q2"]),
        ("每半年", ["2025-H1", "2025-H2"]),
        ("每年12月底前", ["2025"]),
        ("每周五前", ["2025-W01", "2025-W02"]),
        ("每半月", ["2025-01-15", "2025-01-31"]),
        ("每季度结束后10日内", ["2025-Q1", "2025-Q2"]),
        ("每两个月", []),
    ],
)
def test_periods_have_the_longest_name_that_fits(
    run: Run, parts: Path, schedule: str, names: list[str]
) -> None:
    parts.write_text(REGISTRY.replace("每月28日前", schedule), encoding="utf-8")
    assert list(of(run, "1.1"))[:2] == names


def test_periods_count_from_the_first_report_where_nothing_else_is_known(run: Run, parts: Path) -> None:
    parts.write_text(REGISTRY.replace(", years: 2025", ""), encoding="utf-8")
    (item,) = (item for item in records(run, "list", *AS_OF) if item["id"] == "1.1")
    assert item["parts"][0]["part"] == "2025-01"
    assert item["schedule"]["doubt"].startswith("its periods count from the first report")


@pytest.mark.usefixtures("parts")
def test_a_calendar_has_a_day_for_each_open_milestone_and_a_rule_for_what_recurs(
    run: Run, tmp_path: Path
) -> None:
    pytest.importorskip("icalendar")

    def events() -> list[tuple[str, str]]:
        assert run("export", "all.ics", "--force", *AS_OF).code == 0
        lines = (tmp_path / "all.ics").read_text(encoding="utf-8").replace("\n ", "").splitlines()
        days = [line.rpartition(":")[2] for line in lines if line.startswith("DTSTART")]
        titles = [line.partition(":")[2] for line in lines if line.startswith("SUMMARY")]
        assert len({line for line in lines if line.startswith("UID")}) == len(days)
        return list(zip(days, titles, strict=True))

    assert events() == [
        ("20250828", "截止：1.1 报送进展（甲局）"),
        ("20250331", "截止：2.1 建设平台：3月底前完成方案（乙局）"),
        ("20250630", "截止：2.1 建设平台：6月底前启动建设（乙局）"),
        ("20251231", "截止：2.1 建设平台：12月底前建成（乙局）"),
        ("20251231", "截止：3.1 制定办法（乙局）"),
    ]
    text = (tmp_path / "all.ics").read_text("utf-8")
    assert "RRULE:FREQ=MONTHLY;UNTIL=20251231;BYMONTHDAY=28" in text
    assert text.count("BEGIN:VALARM") == 3  # what is missed has none: its day is past
    run(*DELIVERED)
    assert len(events()) == 5
    text = (tmp_path / "all.ics").read_text("utf-8")
    cancelled = [event for event in text.split("BEGIN:VEVENT") if "STATUS:CANCELLED" in event]
    assert ["20250331" in event for event in cancelled] == [True]


@pytest.mark.usefixtures("parts")
def test_due_has_parts_to_come_as_rows_in_json_too(run: Run) -> None:
    rows = records(run, "due", "--within", "31d", *AS_OF)
    assert [(row["id"], row["part"], row["due"]) for row in rows] == [("1.1", "2025-08", "2025-08-28")]
    assert "2025-08-28  1.1  2025-08" in run("due", "--within", "31d", *AS_OF).out


@pytest.mark.usefixtures("parts")
def test_an_extension_that_was_asked_for_late_is_an_alert(run: Run) -> None:
    words = ("--reason", "设备", "--date", "2025-07-02")
    assert run("extend", "2.1", "--milestone", "2", "--to", "2025-09-30", *words).code == 0
    (item,) = records(run, "list", "--alert", "extended_late", *AS_OF)
    assert {"kind": "extended_late", "part": "2", "due": "2025-09-30", "days": None} in item["alerts"]
    assert item["extensions"][0]["late"] is True
    assert [row["id"] for row in records(run, "list", "--alert", "逾期申请延期", *AS_OF)] == ["2.1"]


@pytest.mark.usefixtures("parts")
def test_missed_parts_are_counted_for_who_leads(run: Run) -> None:
    def counts(*words: str) -> dict[str, int]:
        departments = json.loads(run("depts", *words, *AS_OF, "--format", "json").out)["departments"]
        return {each["name"]: each["missed"] for each in departments}

    assert counts() == {"甲局": 6, "乙局": 2}
    assert counts("--role", "any", "--sort", "missed") == {"甲局": 8, "乙局": 2}
    (group,) = json.loads(run("stats", *AS_OF, "--format", "json").out)["groups"]
    assert (group["overdue"], group["missed"]) == (0, 8)


def test_undo_takes_a_delivery_back(run: Run, parts: Path) -> None:
    before = parts.read_bytes()
    run(*DELIVERED)
    assert len(missed(run)) == 7
    assert run("undo").code == 0
    assert parts.read_bytes() == before


def test_deliveries_of_two_milestones_merge(run: Run, parts: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.yaml"
    base.write_bytes(parts.read_bytes())
    run(*DELIVERED)
    theirs = tmp_path / "theirs.yaml"
    theirs.write_bytes(base.read_bytes())
    words = ("update", "2.1", "--milestone", "2", "--status", "done", "--date", "2025-07-02")
    assert run(*words, "-f", "theirs.yaml").code == 0
    merged = run("merge", "base.yaml", "tasks.yaml", "theirs.yaml")
    assert (merged.code, merged.err) == (0, "")
    text = merged.out or parts.read_text(encoding="utf-8")
    assert text.count("milestone: ") == 2


@pytest.mark.usefixtures("parts")
def test_the_end_of_recurring_work_is_said_in_words(run: Run) -> None:
    words = ("update", "1.1", "--whole", "--status", "done", "--date", "2025-08-01")
    assert "+ 2025-08-01 [for good] done" in run(*words).out
    assert "2025-08-01 [全部办结] 已完成" in run("show", "1.1", *AS_OF, LANGUAGE="zh_CN").out
    assert [each for each in missed(run) if each[0] == "1.1"] == []


def test_items_of_one_wording_keep_the_days_of_their_own(run: Run, parts: Path) -> None:
    wording = "3月底前完成方案，6月底前启动建设，12月底前建成"
    rest = f"    lead: [乙局]\n    schedule: {wording}\n    status: pending\n"
    more = f"  - id: 2\n    content: 又一\n{rest}    due: 2025-11-30\n  - id: 3\n    content: 再一\n{rest}"
    parts.write_text(REGISTRY.replace("- id: 3\n  section", f"{more}- id: 3\n  section"), encoding="utf-8")
    run("extend", "2.3", "--milestone", "1", "--to", "2025-04-30", "--reason", "设备", "--date", "2025-03-01")
    assert [[each["due"] for each in of(run, name).values()] for name in ("2.1", "2.2", "2.3")] == [
        ["2025-03-31", "2025-06-30", "2025-12-31"],
        ["2025-03-31", "2025-06-30", "2025-11-30"],
        ["2025-04-30", "2025-06-30", "2025-12-31"],
    ]
