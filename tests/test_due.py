"""``chengguo due`` and ``chengguo overdue``: what has a date and is still open, as of a day."""

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import TABLE, Run

DUE = {  # by address, from the file alone
    f"{task['id']}.{item['id']}": date(int(item["schedule"].split()[0]), 12, 31).isoformat()
    for task in TABLE["tasks"]
    for item in task["items"]
    if item["schedule"].endswith("年底")
}
PLAN = "上海市促进科技成果转移转化行动方案(2017—2020) 任务分工与进度表"

SMALL = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}, 乙局: {aliases: [乙]}}
sections: {一: 甲, 二: 乙}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [甲局], support: [乙局], schedule: 2019-12-31, status: pending}
  - {id: 2, content: 乙事, lead: [乙局], schedule: 2019-01-31, status: blocked}
  - {id: 3, content: 丙事, lead: [甲局], schedule: 2019-10-01, status: in_progress}
  - {id: 4, content: 丁事, lead: [甲局], schedule: 2019-10-31, status: done}
  - {id: 5, content: 戊事, lead: [甲局], schedule: 2018-10-31, status: cancelled}
- id: 2
  section: 二
  title: 任务
  items:
  - {id: 1, content: 己事, lead: [乙局], schedule: 持续推进, status: pending}
  - {id: 2, content: 庚事, lead: [甲局], schedule: 2019-09-30, status: pending}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Seven items of which four are open and have a date."""
    path = tmp_path / "tasks.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def listed(run: Run, *words: str) -> list[str]:
    outcome = run(*words, "--format", "jsonl")
    assert (outcome.code, outcome.err) == (0, "")
    return [json.loads(line)["id"] for line in outcome.out.splitlines()]


# -- due -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("registry")
def test_due_lists_the_dated_items_the_earliest_first(run: Run) -> None:
    assert len(DUE) == 12
    assert listed(run, "due", "--as-of", "2016-05-01") == sorted(DUE, key=lambda item: DUE[item])


@pytest.mark.usefixtures("small")
def test_due_leaves_out_what_is_closed_or_has_no_date(run: Run) -> None:
    assert listed(run, "due", "--as-of", "2019-10-01") == ["1.2", "2.2", "1.3", "1.1"]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2019-12-31", 12),
        ("2019年底", 12),
        ("2019-12-30", 5),
        ("2018-12-31", 5),
        ("2018-12-30", 1),
        ("2017-12-30", 0),
    ],
)
@pytest.mark.usefixtures("registry")
def test_before_includes_its_day(run: Run, day: str, count: int) -> None:
    chosen = listed(run, "due", "--before", day, "--as-of", "2021-01-01")
    assert chosen == sorted(DUE, key=lambda item: DUE[item])[:count]


@pytest.mark.usefixtures("registry")
def test_before_says_in_the_title_that_it_includes_its_day(run: Run) -> None:
    outcome = run("due", "--before", "2017年底", "--as-of", "2017-10-01")
    lines = outcome.out.splitlines()
    assert lines[:3] == [PLAN, "Due by 2017-12-31, that day included", "1 item, as of 2017-10-01"]
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    ("span", "items"),
    [
        ("90d", ["1.3"]),
        ("91d", ["1.3", "1.1"]),
        ("91", ["1.3", "1.1"]),
        (" 91 D ", ["1.3", "1.1"]),
        ("91天", ["1.3", "1.1"]),
        ("12w", ["1.3"]),
        ("13w", ["1.3", "1.1"]),
        ("13周", ["1.3", "1.1"]),
        ("2m", ["1.3"]),
        ("3m", ["1.3", "1.1"]),
        ("3个月", ["1.3", "1.1"]),
        ("1y", ["1.3", "1.1"]),
        ("1年", ["1.3", "1.1"]),
    ],
)
@pytest.mark.usefixtures("small")
def test_within_counts_from_the_day_with_both_ends(run: Run, span: str, items: list[str]) -> None:
    assert listed(run, "due", "--within", span, "--as-of", "2019-10-01") == items


@pytest.mark.usefixtures("small")
def test_within_a_month_ends_with_a_shorter_month(run: Run) -> None:
    assert listed(run, "due", "--within", "1m", "--as-of", "2019-08-31") == ["2.2"]


@pytest.mark.usefixtures("small")
def test_within_leaves_out_and_counts_what_is_overdue_already(run: Run) -> None:
    outcome = run("due", "--within", "3个月", "--as-of", "2019-10-01")
    lines = outcome.out.splitlines()
    assert lines[:3] == ["方案", "Due by 2020-01-01, that day included", "2 items, as of 2019-10-01"]
    assert lines[-2:] == [
        "Alert: 1 item due within 30 days (1.3)",
        "2 items are overdue already; see: chengguo overdue",
    ]
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("small")
def test_within_counts_one_overdue_item_in_the_singular(run: Run) -> None:
    outcome = run("due", "--within", "1d", "--as-of", "2019-09-30")
    assert outcome.out.splitlines()[-1] == "1 item is overdue already; see: chengguo overdue"


@pytest.mark.usefixtures("small")
def test_within_says_nothing_of_overdue_items_where_there_are_none(run: Run) -> None:
    assert "overdue" not in run("due", "--within", "1y", "--as-of", "2019-01-31").out


@pytest.mark.usefixtures("small")
def test_within_no_days_is_today_alone(run: Run) -> None:
    assert listed(run, "due", "--within", "0d", "--as-of", "2019-10-01") == ["1.3"]


@pytest.mark.parametrize("span", ["soon", "3q", "-3d", "1.5m", "", "d", "999999d"])
@pytest.mark.usefixtures("small")
def test_what_is_no_span_is_wrong_usage(run: Run, span: str) -> None:
    outcome = run("due", f"--within={span}", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    message = f"Invalid value for '--within': '{span}' is not a span of time; write 90d, 12w, 3m or 1y"
    assert message in outcome.err


@pytest.mark.parametrize("span", ["9999y", "99999m"])
@pytest.mark.usefixtures("small")
def test_a_span_that_leaves_the_calendar_is_wrong_usage(run: Run, span: str) -> None:
    message = "chengguo: --within ends after the year 9999\n  hint: Give a shorter span.\n"
    assert run("due", "--within", span) == (2, "", message)


@pytest.mark.usefixtures("small")
def test_before_and_within_do_not_go_together(run: Run) -> None:
    outcome = run("due", "--before", "2019-12-31", "--within", "3m")
    message = "chengguo: --before and --within do not go together\n  hint: Give one of the two.\n"
    assert outcome == (2, "", message)


@pytest.mark.usefixtures("small")
def test_what_is_no_date_is_wrong_usage(run: Run) -> None:
    outcome = run("due", "--before", "适时", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Invalid value for '--before': '适时' is not a date" in outcome.err


# -- overdue -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count"),
    [("2017-12-31", 0), ("2018-01-01", 1), ("2019-01-01", 5), ("2019-12-31", 5), ("2020-01-01", 12)],
)
@pytest.mark.usefixtures("registry")
def test_overdue_lists_the_longest_overdue_first(run: Run, day: str, count: int) -> None:
    assert listed(run, "overdue", "--as-of", day) == sorted(DUE, key=lambda item: DUE[item])[:count]


@pytest.mark.usefixtures("small")
def test_overdue_leaves_out_what_is_closed(run: Run) -> None:
    assert listed(run, "overdue", "--as-of", "2019-11-30") == ["1.2", "2.2", "1.3"]


@pytest.mark.parametrize(("day", "code"), [("2017-12-31", 0), ("2018-01-01", 1)])
@pytest.mark.usefixtures("registry")
def test_exit_code_tells_whether_anything_is_overdue(run: Run, day: str, code: int) -> None:
    with_option = run("overdue", "--exit-code", "--as-of", day)
    without = run("overdue", "--as-of", day)
    assert (with_option.code, without.code) == (code, 0)
    assert (with_option.out, with_option.err) == (without.out, "")


@pytest.mark.usefixtures("small")
def test_exit_code_is_about_the_chosen_department(run: Run) -> None:
    overdue = ("overdue", "--exit-code", "--as-of", "2019-09-30", "--dept")
    assert (run(*overdue, "乙局").code, run(*overdue, "甲局").code) == (1, 0)


@pytest.mark.usefixtures("small")
def test_nothing_overdue_is_an_empty_list(run: Run) -> None:
    assert run("overdue", "--as-of", "2019-01-31") == (0, "方案\n0 items, as of 2019-01-31\n", "")


# -- both ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "items"),
    [
        (("--dept", "乙"), ["1.2", "1.1"]),
        (("--dept", "乙局", "--role", "lead"), ["1.2"]),
        (("--dept", "乙局", "--role", "support"), ["1.1"]),
        (("--section", "二"), ["2.2"]),
        (("--section", "（一）", "--dept", "甲局"), ["1.3", "1.1"]),
    ],
)
@pytest.mark.parametrize("command", ["due", "overdue"])
@pytest.mark.usefixtures("small")
def test_dept_role_and_section_choose(
    run: Run, command: str, options: tuple[str, ...], items: list[str]
) -> None:
    assert listed(run, command, *options, "--as-of", "2020-01-01") == items


@pytest.mark.parametrize("command", ["due", "overdue"])
@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--dept", "丙局", "chengguo: no department '丙局' in the register\n"),
        ("--section", "三", "chengguo: there is no section '三'\n"),
    ],
)
@pytest.mark.usefixtures("small")
def test_unknown_names_exit_with_3(run: Run, command: str, option: str, name: str, message: str) -> None:
    outcome = run(command, option, name)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(message)


@pytest.mark.parametrize("command", ["due", "overdue"])
@pytest.mark.usefixtures("small")
def test_json_has_the_schema_of_the_command(run: Run, command: str) -> None:
    document = json.loads(run(command, "--as-of", "2020-01-01", "--format", "json").out)
    items = document.pop("items")
    assert document == {
        "schema": f"chengguo/{command}/1",
        "as_of": "2020-01-01",
        "file": "tasks.yaml",
        "count": len(items),
    }
    assert [(item["id"], item["days_left"]) for item in items] == [
        ("1.2", -335),
        ("2.2", -93),
        ("1.3", -92),
        ("1.1", -1),
    ]


@pytest.mark.usefixtures("small")
def test_the_days_left_in_words(run: Run) -> None:
    outcome = run("due", "--as-of", "2019-10-01", "--format", "md")
    assert outcome.out == (
        "**方案**\n"
        "\n"
        "4 items, as of 2019-10-01\n"
        "\n"
        "| due | ID | 重点任务 | 重点任务主要内容 | 责任部门 | 计划进度 | status |\n"
        "|---|---|---|---|---|---|---|\n"
        "| 2019-01-31 | 1.2 | 任务 | 乙事 | 乙局 | 2019-01-31 | blocked<br>243 days overdue |\n"
        "| 2019-09-30 | 2.2 | 任务 | 庚事 | 甲局 | 2019-09-30 | pending<br>1 day overdue |\n"
        "| 2019-10-01 | 1.3 | 任务 | 丙事 | 甲局 | 2019-10-01 | in progress<br>due today |\n"
        "| 2019-12-31 | 1.1 | 任务 | 甲事 | 甲局 | 2019-12-31 | pending<br>91 days left |\n"
        "\n"
        "Alert: 2 overdue (1.2, 2.2); 1 item due within 30 days (1.3)\n"
    )
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("small")
def test_one_day_left_is_in_the_singular(run: Run) -> None:
    outcome = run("due", "--within", "1d", "--as-of", "2019-12-30", "--format", "md")
    assert "| pending<br>1 day left |\n" in outcome.out


COMING = """\
format: 1
plan: {title: 方案, years: 2025}
departments: {甲局: {}, 乙局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - {id: 1, content: 建立, lead: [甲局], schedule: "10月底前完成50%，年底前全部完成", status: pending}
  - {id: 2, content: 报送, lead: [乙局], schedule: 每月28日前, status: pending}
  - {id: 3, content: 报送, lead: [乙局], schedule: 每月5日前, status: done}
"""


def test_milestones_and_recurring_work_to_come_are_rows_of_their_own(run: Run, small: Path) -> None:
    small.write_text(COMING, encoding="utf-8")

    def rows(*words: str) -> list[tuple[str, str | None, str, int]]:
        items = json.loads(run("due", *words, "--format", "json").out)["items"]
        return [(item["id"], item["part"], item["due"], item["days_left"]) for item in items]

    assert rows("--within", "1m", "--as-of", "2025-10-28") == [
        ("1.2", "2025-10", "2025-10-28", 0),
        ("1.1", "1", "2025-10-31", 3),
        ("1.2", "2025-11", "2025-11-28", 31),
    ]
    assert rows("--dept", "甲局", "--as-of", "2025-11-01") == [("1.1", None, "2025-12-31", 60)]
    assert rows("--dept", "乙局", "--as-of", "2025-12-29") == []  # nothing recurs after the plan's end
    said = run("due", "--dept", "乙局", "--as-of", "2025-12-29").out.splitlines()
    assert said[-1] == "12 periods overdue; see: chengguo overdue"


@pytest.mark.parametrize("day", ["9999年底", "9999年12月底", "9999年12月31日", "9999年四季度", "9999-12"])
@pytest.mark.usefixtures("registry")
def test_a_day_at_the_end_of_the_calendar_is_no_fault(run: Run, day: str) -> None:
    assert run("due", "--before", day).code in {0, 2}
    assert run("when", day).code in {0, 1, 2}


# -- parts ---------------------------------------------------------------------------------------

PARTS = """\
format: 1
plan: {title: 方案, years: 2025}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [甲局], schedule: 2025年6月底前, status: pending}
  - {id: 2, content: 乙事, lead: [甲局], schedule: 3月底前出台方案，年底前完成, status: pending}
  - {id: 3, content: 丙事, lead: [甲局], schedule: 每季度末, status: pending}
"""


def test_due_hides_no_part_that_comes_next(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTS, encoding="utf-8")
    outcome = run("due", "--as-of", "2025-01-10", "--columns", "due,id,part")
    assert (outcome.code, outcome.err) == (0, "")
    assert [line.split()[:3] for line in outcome.out.splitlines() if line.startswith(" 2025")] == [
        ["2025-03-31", "1.2", "1"],
        ["2025-03-31", "1.3", "2025-Q1"],
        ["2025-06-30", "1.1"],
        ["2025-12-31", "1.2"],
    ]
    assert "3 later parts are left out; give --before or --within for them\n" in outcome.out
    every = run("due", "--as-of", "2025-01-10", "--before", "2025-12-31", "--columns", "due,id,part")
    assert sum("2025-Q" in line for line in every.out.splitlines()) == 4
    assert "left out" not in every.out
    early = run("due", "--as-of", "2025-01-10", "--within", "30d", "--columns", "due,id,part")
    assert "0 items" in early.out


def test_overdue_means_missed_parts_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTS, encoding="utf-8")
    assert listed(run, "list", "--overdue", "--as-of", "2025-04-05") == ["1.2", "1.3"]
    assert listed(run, "list", "--overdue", "--as-of", "2025-07-05") == ["1.1", "1.2", "1.3"]
    assert listed(run, "list", "--overdue", "--as-of", "2025-03-31") == []
    told = run("list", "--overdue", "--as-of", "2025-04-05")
    assert "Alert: 1 milestone overdue (1.2 1); 1 period overdue (1.3 2025-Q1)\n" in told.out
    made = run("export", "逾期.csv", "--overdue", "--as-of", "2025-04-05")
    assert (made.code, made.err) == (0, "")
    assert made.out.endswith("2 items, 0 overdue, 1 milestone overdue, 1 period overdue, as of 2025-04-05\n")
    assert listed(run, "overdue", "--as-of", "2025-04-05") == ["1.2", "1.3"]


@pytest.mark.parametrize(
    ("words", "day", "missed"),
    [
        ("2025年12月底前（其中一期9月底前）", "2025-11-01", [("1.1", "1")]),
        ("2025年6月底前并持续推进", "2025-07-01", [("1.1", "")]),
        ("持续推进（6月底前完成方案，9月底前完成平台）", "2025-10-01", [("1.1", "1"), ("1.1", "")]),
        ("全年4次", "2026-01-01", [("1.1", "2025")]),
    ],
)
def test_no_day_of_a_wording_is_late_unseen(
    run: Run, tmp_path: Path, words: str, day: str, missed: list[tuple[str, str]]
) -> None:
    text = PARTS[: PARTS.index("  - {id: 2")].replace("2025年6月底前", words)
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    outcome = run("overdue", "--as-of", day, "--columns", "id,part", "--format", "csv")
    assert (outcome.code, outcome.err) == (0, "")
    rows = [tuple(line.split(",")) for line in outcome.out.splitlines()[1:]]
    assert sorted(rows) == sorted(missed)
    assert listed(run, "list", "--overdue", "--as-of", day) == ["1.1"]
