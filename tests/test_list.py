"""``chengguo list``: every option chooses, orders and shows what it says."""

import csv
import io
import json
import os
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from chengguo.output.json_shapes import COLUMNS
from conftest import TABLE, Outcome, Run

# The table by PyYAML alone, so that a mistake of the reader cannot hide itself.
ROWS = [
    {**item, "id": f"{task['id']}.{item['id']}", "title": task["title"], "section": task["section"]}
    for task in TABLE["tasks"]
    for item in task["items"]
]
KNOWN = (*COLUMNS, "work")  # by name
PLAN = "上海市促进科技成果转移转化行动方案(2017—2020) 任务分工与进度表"

EVERY_STATUS = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}, 乙局: {}}
sections: {一: 甲, 二: 乙}
tasks:
- id: 2
  section: 二
  title: 后列任务
  items:
  - {id: 1, content: 甲事, lead: [乙局], schedule: 2019 年底, status: pending}
  - {id: 2, content: 乙事, lead: [甲局], schedule: 持续推进, status: in_progress}
- id: 1
  section: 一
  title: 先列任务
  items:
  - {id: 1, content: 丙事, lead: [乙局], schedule: 2018 年底, status: done}
  - {id: 2, content: 丁事, lead: [甲局], schedule: 适时, status: blocked}
  - id: 3
    content: 戊事
    lead: [甲局, 乙局]
    schedule: 2017 年底
    status: cancelled
    progress: [{date: 2018-02-01, status: cancelled, note: 并入 ABC 项目}]
"""


@pytest.fixture
def every_status(tmp_path: Path) -> Path:
    """Five items out of the order of their ids, one of each status, one without a date."""
    path = tmp_path / "tasks.yaml"
    path.write_text(EVERY_STATUS, encoding="utf-8")
    return path


def listed(run: Run, *options: str) -> list[str]:
    outcome = run("list", *options, "--format", "jsonl")
    assert (outcome.code, outcome.err) == (0, "")
    return [json.loads(line)["id"] for line in outcome.out.splitlines()]


def expected(*, lead: str = "", support: str = "", section: str = "", schedule: str = "") -> list[str]:
    return [
        row["id"]
        for row in ROWS
        if (not (lead or support) or lead in row["lead"] or support in row["support"])
        and section in ("", row["section"])
        and schedule in ("", row["schedule"])
    ]


def header(outcome: Outcome) -> list[str]:
    return next(csv.reader(io.StringIO(outcome.out)))


@pytest.mark.usefixtures("registry")
def test_lists_every_item_in_the_order_of_the_table(run: Run) -> None:
    assert len(ROWS) == 24
    assert listed(run) == [row["id"] for row in ROWS]


# -- --dept and --role ---------------------------------------------------------------------------


@pytest.mark.parametrize("department", ["市教委", "市国资委", "各相关区政府"])
@pytest.mark.usefixtures("registry")
def test_dept_chooses_the_items_it_leads_or_supports(run: Run, department: str) -> None:
    assert listed(run, "--dept", department) == expected(lead=department, support=department)
    assert listed(run, "--dept", department, "--role", "lead") == expected(lead=department)
    assert listed(run, "--dept", department, "--role", "support") == expected(support=department)


@pytest.mark.parametrize(("role", "count"), [("any", 23), ("lead", 20), ("support", 3)])
@pytest.mark.usefixtures("registry")
def test_dept_shikewei_has_23_items_of_which_it_leads_20(run: Run, role: str, count: int) -> None:
    assert len(listed(run, "--dept", "市科委", "--role", role)) == count


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("上海市科学技术委员会", "市科委"),
        ("市科学技术委员会", "市科委"),
        ("市人社局", "市人力资源社会保障局"),
        ("中国银行业监督管理委员会上海监管局", "上海银监局"),
        (" 市 科委\u3000", "市科委"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_dept_takes_full_names_and_aliases_whatever_their_spaces(run: Run, name: str, short: str) -> None:
    assert listed(run, "--dept", name) == expected(lead=short, support=short) != []


@pytest.mark.usefixtures("registry")
def test_dept_given_twice_chooses_the_items_of_either(run: Run) -> None:
    either = {*expected(lead="市公安局", support="市公安局"), *expected(lead="市商务委", support="市商务委")}
    chosen = listed(run, "--dept", "市公安局", "--dept", "市商务委")
    assert chosen == [row["id"] for row in ROWS if row["id"] in either]
    assert len(chosen) == 5


@pytest.mark.usefixtures("registry")
def test_a_group_of_districts_is_not_expanded(run: Run) -> None:
    assert listed(run, "--dept", "各相关区政府", "--role", "lead") == ["12.1"]
    outcome = run("list", "--dept", "浦东新区政府")
    assert (outcome.code, outcome.out) == (3, "")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("市科伟", "Did you mean 市科委?"),
        ("张江委", "Did you mean 市张江高新区管委会?"),
        ("xyz", "'chengguo depts' lists the departments."),
    ],
)
@pytest.mark.usefixtures("registry")
def test_unknown_dept_exits_with_3_and_names_the_nearest(run: Run, name: str, hint: str) -> None:
    outcome = run("list", "--dept", name)
    assert outcome == (3, "", f"chengguo: no department '{name}' in the register\n  hint: {hint}\n")


@pytest.mark.usefixtures("registry")
def test_title_says_how_many_items_the_departments_lead_and_support(run: Run) -> None:
    outcome = run("list", "--dept", "上海市科学技术委员会", "--as-of", "2019-10-01")
    assert outcome.out.splitlines()[:2] == [
        PLAN,
        "23 items, as of 2019-10-01; 市科委: lead 20, support 3 (support: 7.2, 11.1, 11.2)",
    ]


@pytest.mark.usefixtures("registry")
def test_unknown_role_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--role", "boss", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'boss' is not one of 'lead', 'support', 'any'." in outcome.err


# -- --section -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "section"),
    [("一", "一"), ("（一）", "一"), ("(四)", "四"), (" 三 ", "三"), (TABLE["sections"]["二"], "二")],
)
@pytest.mark.usefixtures("registry")
def test_section_by_id_or_title(run: Run, name: str, section: str) -> None:
    assert listed(run, "--section", name) == expected(section=section) != []


@pytest.mark.usefixtures("registry")
def test_section_given_twice_chooses_the_items_of_either(run: Run) -> None:
    chosen = listed(run, "--section", "二", "--section", "一")
    assert chosen == expected(section="一") + expected(section="二")


@pytest.mark.usefixtures("registry")
def test_unknown_section_exits_with_3_and_lists_them(run: Run) -> None:
    outcome = run("list", "--section", "五")
    known = ", ".join(f"{key} {title}" for key, title in TABLE["sections"].items())
    assert outcome == (3, "", f"chengguo: there is no section '五'\n  hint: Sections: {known}.\n")


def test_section_by_a_title_that_ends_in_a_bracket(run: Run, tmp_path: Path) -> None:
    text = EVERY_STATUS.replace("一: 甲", "一: 甲(试点)")
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    assert listed(run, "--section", "甲(试点)") == ["1.1", "1.2", "1.3"]


# -- --status and --not-status -------------------------------------------------------------------

STATUS_WORDS = [
    ("2.1", ["pending", "未启动", "未开始", "Pending"]),
    ("2.2", ["in_progress", "进行中", "推进中", "in progress"]),
    ("1.1", ["done", "已完成", "完成", "办结", "DONE"]),
    ("1.2", ["blocked", "受阻", "停滞"]),
    ("1.3", ["cancelled", "已终止", "取消", "canceled"]),
]


@pytest.mark.parametrize(("item", "word"), [(item, word) for item, words in STATUS_WORDS for word in words])
@pytest.mark.usefixtures("every_status")
def test_status_and_not_status_take_english_and_chinese_words(run: Run, item: str, word: str) -> None:
    assert listed(run, "--status", word) == [item]
    assert listed(run, "--not-status", word) == [known for known, _words in STATUS_WORDS if known != item]


@pytest.mark.usefixtures("every_status")
def test_several_statuses(run: Run) -> None:
    assert listed(run, "--status", "受阻", "--status", "进行中") == ["2.2", "1.2"]
    assert listed(run, "--not-status", "done", "--not-status", "cancelled") == ["2.1", "2.2", "1.2"]


@pytest.mark.parametrize("option", ["--status", "--not-status"])
@pytest.mark.usefixtures("registry")
def test_unknown_status_is_wrong_usage(run: Run, option: str) -> None:
    outcome = run("list", option, "随便", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    words = (
        "pending, in_progress, blocked, done, cancelled, unverified, verified, returned or the Chinese word"
    )
    named = "-s' / '--status" if option == "--status" else option
    assert f"Invalid value for '{named}': '随便' is not a status; write {words}" in outcome.err


# -- due dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "count"), [(2017, 1), (2018, 4), (2019, 7), (2020, 0)])
@pytest.mark.usefixtures("registry")
def test_year_chooses_what_is_due_in_it(run: Run, year: int, count: int) -> None:
    chosen = listed(run, "--year", str(year))
    assert chosen == expected(schedule=f"{year} 年底")
    assert len(chosen) == count


@pytest.mark.usefixtures("registry")
def test_year_that_is_no_number_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--year", "今年", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Invalid value for '--year': '今年' is not a valid integer." in outcome.err


@pytest.mark.usefixtures("registry")
def test_the_year_0_is_none(run: Run) -> None:
    outcome = run("list", "--year", "0")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--year 0: no year" in outcome.err


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2017-12-30", 0),
        ("2017-12-31", 1),
        ("2018-12-30", 1),
        ("2018-12-31", 5),
        ("2019-12-31", 12),
        ("2018年底", 5),
        ("2018 年 12 月", 5),
        ("2018.12.31", 5),
        ("20181230", 1),
        ("２０１８年底", 5),
    ],
)
@pytest.mark.usefixtures("registry")
def test_due_by_includes_the_day_and_due_after_does_not(run: Run, day: str, count: int) -> None:
    due_by, due_after = listed(run, "--due-by", day), listed(run, "--due-after", day)
    assert (len(due_by), len(due_after)) == (count, 12 - count)
    assert not {*due_by, *due_after} & set(expected(schedule="持续推进"))


@pytest.mark.usefixtures("registry")
def test_due_after_and_due_by_bound_a_window(run: Run) -> None:
    window = listed(run, "--due-after", "2017-12-31", "--due-by", "2018-12-31")
    assert window == expected(schedule="2018 年底") != []


@pytest.mark.parametrize("option", ["--due-by", "--due-after", "--as-of"])
@pytest.mark.parametrize("day", ["soon", "2019-02-30", "2018-2020", "持续推进", ""])
@pytest.mark.usefixtures("registry")
def test_what_is_no_date_is_wrong_usage(run: Run, option: str, day: str) -> None:
    outcome = run("list", option, day, COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    message = f"'{day}' is not a date; write 2019-12-31, 2019年6月底, 2019年底 or the like"
    assert f"Invalid value for '{option}': {message}" in outcome.err


@pytest.mark.usefixtures("registry")
def test_a_bare_year_is_not_one_date(run: Run) -> None:
    outcome = run("list", "--as-of", "2019", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'2019' is not one date: 2019 is read as the year" in outcome.err


@pytest.mark.usefixtures("registry")
def test_a_day_that_can_be_read_in_two_ways_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--due-by", "2019年前", COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    message = "'2019年前' is not one date: read as 2018-12-31; it may mean 2019-12-31"
    assert f"Invalid value for '--due-by': {message}" in outcome.err


@pytest.mark.parametrize(
    ("day", "items"),
    [
        ("2017-12-31", []),
        ("2018-01-01", ["1.1"]),
        ("2018-12-31", ["1.1"]),
        ("2019-01-01", ["1.1", "2.1", "6.2", "8.1", "8.3"]),
        ("2020-01-01", [row["id"] for row in ROWS if row["schedule"] != "持续推进"]),
    ],
)
@pytest.mark.usefixtures("registry")
def test_overdue_begins_on_the_day_after(run: Run, day: str, items: list[str]) -> None:
    assert listed(run, "--overdue", "--as-of", day) == items


@pytest.mark.usefixtures("registry")
def test_ongoing_chooses_standing_work(run: Run) -> None:
    chosen = listed(run, "--ongoing")
    assert chosen == expected(schedule="持续推进")
    assert len(chosen) == 12


@pytest.mark.usefixtures("registry")
def test_nothing_of_the_table_is_undated(run: Run) -> None:
    assert listed(run, "--undated") == []


@pytest.mark.usefixtures("every_status")
def test_undated_is_what_has_no_date_and_is_not_ongoing(run: Run) -> None:
    assert listed(run, "--undated") == ["1.2"]


# -- --grep --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "items"),
    [
        ("先列", ["1.1", "1.2", "1.3"]),
        ("^丁事$", ["1.2"]),
        ("甲局", ["2.2", "1.2", "1.3"]),
        (r"201[78]\s年底", ["1.1", "1.3"]),
        ("abc", ["1.3"]),
        ("已完成", []),
    ],
)
@pytest.mark.usefixtures("every_status")
def test_grep_looks_at_titles_contents_names_wordings_and_notes(
    run: Run, pattern: str, items: list[str]
) -> None:
    assert listed(run, "--grep", pattern, "--regex") == items


@pytest.mark.usefixtures("every_status")
def test_grep_does_not_see_notes_of_days_to_come(run: Run) -> None:
    assert listed(run, "--grep", "ABC", "--as-of", "2018-01-31") == []
    assert listed(run, "--grep", "ABC", "--as-of", "2018-02-01") == ["1.3"]


@pytest.mark.usefixtures("registry")
def test_grep_over_the_table(run: Run) -> None:
    found = [row["id"] for row in ROWS if "众创空间" in row["title"] + row["content"]]
    assert listed(run, "--grep", "众创.间", "--regex") == found == ["7.1", "7.2", "8.3"]


@pytest.mark.usefixtures("registry")
def test_bad_pattern_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--grep", "(基金", "--regex")
    message = "chengguo: --grep: '(基金' is not a regular expression, from character 1 on\n"
    hint = "  hint: Put a backslash before a character that is meant as itself.\n"
    assert outcome == (2, "", message + hint)
    assert "不是正则表达式，第 1 个字符起有误" in run("list", "--grep", "[", "--regex", "--lang", "zh").err


@pytest.mark.parametrize(
    ("pattern", "items"),
    [
        (r"201[78]\s*年底", ["1.1", "1.3"]),
        ("(甲|乙)局$", ["2.1", "2.2", "1.1", "1.2", "1.3"]),
        ("(ab)+c?", ["1.3"]),
        ("[[无]此文字", []),
    ],
)
@pytest.mark.usefixtures("every_status")
def test_grep_with_repetitions_finds_the_same(run: Run, pattern: str, items: list[str]) -> None:
    found = listed(run, "--grep", pattern, "--regex")
    assert found == items


CATASTROPHIC = ["(a+)+$", "(?:a|aa)+$", "a*a*a*a*a*a*a*a*b"]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_grep_never_hangs(run: Run, registry: Path, pattern: str) -> None:
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("  title: ", f"  title: {'a' * 3000} ", 2), encoding="utf-8")
    begin, before = monotonic(), os.times()
    outcome = run("list", "--grep", pattern, "--regex")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 2  # 1.5 of it the search's; Windows does not tell
    assert monotonic() - begin < 10  # a busy machine, which starts the helper late
    message = f"chengguo: --grep: '{pattern}' takes too long to search for\n"
    hint = "  hint: Take out a repetition (* + ?) that stands inside of another one, or next to one.\n"
    assert outcome == (2, "", message + hint)


@pytest.mark.parametrize("pattern", ["(" * 20_000 + ")" * 20_000, "a{99999999999999}", "*"])
@pytest.mark.usefixtures("registry")
def test_grep_with_what_no_expression_may_be(run: Run, pattern: str) -> None:
    outcome = run("list", "--grep", pattern, "--regex")
    assert (outcome.code, outcome.out) == (2, "")
    assert "is not a regular expression" in outcome.err


# -- several criteria ----------------------------------------------------------------------------


@pytest.mark.usefixtures("registry")
def test_all_criteria_must_hold(run: Run) -> None:
    options = ("--dept", "市教委", "--role", "support", "--section", "四", "--year", "2019")
    chosen = [
        row["id"]
        for row in ROWS
        if "市教委" in row["support"] and row["section"] == "四" and row["schedule"] == "2019 年底"
    ]
    assert listed(run, *options) == chosen == ["10.1", "12.1", "14.1"]


@pytest.mark.usefixtures("registry")
def test_an_empty_list_is_fine(run: Run) -> None:
    outcome = run("list", "--year", "2020", "--as-of", "2019-10-01")
    assert outcome == (0, f"{PLAN}\n0 items, as of 2019-10-01\n", "")


# -- --sort and --reverse ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("id", ["1.1", "1.2", "1.3", "2.1", "2.2"]),
        ("due", ["1.3", "1.1", "2.1", "2.2", "1.2"]),
        ("status", ["2.1", "2.2", "1.2", "1.1", "1.3"]),
        ("section", ["1.1", "1.2", "1.3", "2.1", "2.2"]),
        ("lead", ["2.2", "1.2", "1.3", "2.1", "1.1"]),
    ],
)
@pytest.mark.usefixtures("every_status")
def test_sort_by_each_key(run: Run, key: str, items: list[str]) -> None:
    assert listed(run, "--sort", key) == items


@pytest.mark.parametrize(
    ("key", "items"),
    [
        ("id", ["2.2", "2.1", "1.3", "1.2", "1.1"]),
        ("due", ["2.1", "1.1", "1.3", "2.2", "1.2"]),
        ("status", ["1.3", "1.1", "1.2", "2.2", "2.1"]),
        ("section", ["2.1", "2.2", "1.1", "1.2", "1.3"]),
        ("lead", ["2.1", "1.1", "1.3", "2.2", "1.2"]),
    ],
)
@pytest.mark.usefixtures("every_status")
def test_reverse_turns_a_key_round_and_keeps_undated_items_last(run: Run, key: str, items: list[str]) -> None:
    assert listed(run, "--sort", key, "--reverse") == items


@pytest.mark.usefixtures("registry")
def test_ids_are_sorted_as_numbers(run: Run) -> None:
    assert listed(run, "--sort", "id", "--reverse")[:3] == ["15.1", "14.1", "13.1"]


@pytest.mark.usefixtures("registry")
def test_departments_are_sorted_in_the_order_of_the_register(run: Run) -> None:
    register = list(TABLE["departments"])
    rows = sorted(ROWS, key=lambda row: [register.index(name) for name in row["lead"]])
    assert listed(run, "--sort", "lead") == [row["id"] for row in rows]


@pytest.mark.usefixtures("every_status")
def test_reverse_alone_turns_the_order_of_the_file_round(run: Run) -> None:
    assert listed(run, "--reverse") == ["1.3", "1.2", "1.1", "2.2", "2.1"]


@pytest.mark.usefixtures("registry")
def test_unknown_sort_key_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--sort", "colour")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"chengguo: --sort: there is no column 'colour'\n  hint: Columns: {', '.join(KNOWN)}.\n"
    )


@pytest.mark.usefixtures("every_status")
def test_several_sort_keys_and_any_column(run: Run) -> None:
    assert listed(run, "--sort", "status,due") == listed(run, "--sort", "状态", "--sort", "截止日期")
    assert listed(run, "--sort", "days_left", "--as-of", "2018-01-01")[-1] == "1.2"
    assert listed(run, "--sort", "title,id") == listed(run, "--sort", "重点任务、编号")


# -- --columns -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ("due,id", ["due", "id"]),
        (" id , days_left ,", ["id", "days_left"]),
        (",".join(COLUMNS), list(COLUMNS)),
    ],
)
@pytest.mark.usefixtures("registry")
def test_columns_in_the_order_given(run: Run, columns: str, names: list[str]) -> None:
    outcome = run("list", "--columns", columns, "--format", "csv")
    assert (outcome.code, outcome.err) == (0, "")
    assert header(outcome) == names


@pytest.mark.usefixtures("registry")
def test_columns_of_a_table(run: Run) -> None:
    outcome = run("list", "--columns", "due,id", "--year", "2017", "--as-of", "2017-10-01")
    lines = [line.split() for line in outcome.out.splitlines()]
    assert lines[3] == ["due", "ID"]
    assert lines[5] == ["2017-12-31", "1.1"]
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(("columns", "name"), [("id,colour", "colour"), ("Idea", "Idea"), ("x,id,y", "x, y")])
@pytest.mark.usefixtures("registry")
def test_unknown_columns_are_wrong_usage(run: Run, columns: str, name: str) -> None:
    outcome = run("list", "--columns", columns)
    assert outcome == (
        2,
        "",
        f"chengguo: --columns: there is no column '{name}'\n  hint: Columns: {', '.join(KNOWN)}.\n",
    )


@pytest.mark.usefixtures("registry")
def test_the_headings_of_the_short_table_are_columns_too(run: Run, tmp_path: Path) -> None:
    short = run("list", terminal="80x90")
    for option in ("ID,work", "编号,工作事项"):
        outcome = run("list", "--columns", option, "--sort", "work", "--format", "csv")
        assert (outcome.code, outcome.err, header(outcome)) == (0, "", ["id", "work"])
    assert "work" in short.out
    (tmp_path / "chengguo.toml").write_text('[tool.chengguo]\ncolumns = "id,work,due"\n', encoding="utf-8")
    assert run("list").out.splitlines()[3].split() == ["ID", "work", "due"]


@pytest.mark.usefixtures("registry")
def test_an_alert_names_some_items_and_says_how_many_more(run: Run, tmp_path: Path) -> None:
    row = "  - {{id: {id}, content: 甲, lead: [市科委], schedule: 2018 年底, status: pending}}\n"
    text = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")
    rows = "".join(row.format(id=number) for number in range(2, 26))
    (tmp_path / "many.yaml").write_text(text.rstrip() + "\n" + rows, encoding="utf-8")
    outcome = run("overdue", "-n", "3", "-f", "many.yaml", "--as-of", "2019-06-01")
    note = " ".join(outcome.out[outcome.out.index("Alert") :].split())
    assert note.startswith("Alert: 25 overdue (8.3, 12.2, 12.3, "), note
    assert "12.20, 5 more) 22 more; see --limit" in note


@pytest.mark.parametrize("format_", ["json", "jsonl"])
@pytest.mark.usefixtures("registry")
def test_columns_do_not_go_with_json(run: Run, format_: str) -> None:
    outcome = run("list", "--columns", "id", "--format", format_)
    message = "chengguo: --columns does not go with JSON, where every key is always present\n"
    hint = "  hint: Leave one of the two out, or give --format csv.\n"
    assert outcome == (2, "", message + hint)


IN_SHORT = "Shown in short; --wide shows everything"


@pytest.mark.parametrize(
    ("size", "options"), [("80x24", ()), ("160x50", ()), ("80x24", ("--columns", "id,content"))]
)
@pytest.mark.usefixtures("registry")
def test_a_terminal_is_told_that_more_can_be_seen(run: Run, size: str, options: tuple[str, ...]) -> None:
    assert run("list", *options, terminal=size).out.splitlines()[-1] == IN_SHORT


@pytest.mark.parametrize("size", ["", "80x24"])
@pytest.mark.parametrize("options", [("--wide",), ("--columns", "id,title", "--wide"), ("--year", "2020")])
@pytest.mark.usefixtures("registry")
def test_nobody_is_told_so_where_all_is_there(run: Run, size: str, options: tuple[str, ...]) -> None:
    out = run("list", *options, terminal=size).out
    assert "Shown in short" not in out
    assert "…" not in out


@pytest.mark.usefixtures("registry")
def test_columns_that_fit_are_not_said_to_be_short(run: Run) -> None:
    assert "Shown in short" not in run("list", "--columns", "id,title,due", terminal="80x24").out


# -- --as-of -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "day"),
    [("2019-10-01", "2019-10-01"), ("2019年底", "2019-12-31"), ("2019 年 6 月底", "2019-06-30")],
)
@pytest.mark.usefixtures("registry")
def test_as_of_takes_days_and_the_words_of_schedules(run: Run, given: str, day: str) -> None:
    assert json.loads(run("list", "--as-of", given, "--format", "json").out)["as_of"] == day
    assert run("list", "--as-of", given).out.splitlines()[1] == f"24 items, as of {day}"


@pytest.mark.usefixtures("registry")
def test_as_of_is_today_unless_given(run: Run) -> None:
    before = date.today()  # noqa: DTZ011 - the user's day
    as_of = json.loads(run("list", "--format", "json").out)["as_of"]
    assert before <= date.fromisoformat(as_of) <= date.today()  # noqa: DTZ011


# -- as people ask -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (("众创", "空间"), ["7.1", "7.2", "8.3"]),
        (("2019年底", "--dept", "市教委", "--role", "lead"), ["5.1"]),
        (("--grep", "\uff12\uff10\uff11\uff19 年底", "--section", "四"), ["10.1", "12.1", "13.1", "14.1"]),
        (("--status", "done,pending", "--section", "三,四", "--limit", "2"), ["6.1", "6.2"]),
    ],
)
@pytest.mark.usefixtures("registry")
def test_words_and_lists_choose_what_people_mean(run: Run, words: tuple[str, ...], items: list[str]) -> None:
    assert listed(run, *words) == items


@pytest.mark.usefixtures("registry")
def test_part_of_one_name_is_taken_for_it_and_said(run: Run) -> None:
    outcome = run("list", "--dept", "商务", "--columns", "编号,截止日期", "--format", "csv")
    assert (outcome.code, outcome.err) == (0, "--dept 商务 is taken for 市商务委\n")
    assert outcome.out.splitlines()[0] == "id,due"


@pytest.mark.usefixtures("registry")
def test_a_limit_says_how_many_it_leaves_out(run: Run) -> None:
    assert run("list", "-n", "3", "--as-of", "2019-10-01").out.splitlines()[-1] == "21 more; see --limit"
    assert len(json.loads(run("list", "-n", "3", "--json").out)["items"]) == 3


@pytest.mark.parametrize("command", ["list", "due", "overdue", "depts", "stats", "log"])
@pytest.mark.usefixtures("registry")
def test_every_query_takes_the_same_filters(run: Run, command: str) -> None:
    filters = (
        "--dept",
        "市科委",
        "--section",
        "一",
        "--not-status",
        "done",
        "--due-by",
        "2019年底",
        "--grep",
        "技术",
    )
    outcome = run(command, *filters, "--alert", "overdue", "--light", "红", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["schema"] == f"chengguo/{command}/1"


@pytest.mark.usefixtures("registry")
def test_a_year_that_the_plan_has_not_is_said(run: Run) -> None:
    outcome = run("list", "--year", "2030", "--columns", "id")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("2030 is no year of the plan: 2017-2020\n")
    assert "is no year" not in run("list", "--year", "2017").out
    refused = run("list", "--year", "25")
    assert (refused.code, refused.out) == (2, "")
    assert "--year 25: no year" in refused.err


@pytest.mark.usefixtures("registry")
def test_mine_and_dept_are_two_answers(run: Run) -> None:
    outcome = run("list", "--mine", "--dept", "市教委", CHENGGUO_DEPT="市科委")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--mine and --dept do not go together" in outcome.err


def test_the_roles_are_those_of_the_office_too(run: Run, registry: Path) -> None:
    table = registry.read_text(encoding="utf-8")
    columns = "columns:\n  督导单位: {kind: names}\ndepartments:\n"
    registry.write_text(table.replace("departments:\n", columns, 1), encoding="utf-8")
    refused = run("list", "--dept", "市教委", "--role", "foo", COLUMNS="200")
    assert (refused.code, refused.out) == (2, "")
    assert "'lead', 'support', 'any', '督导单位'" in refused.err
