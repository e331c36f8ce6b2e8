"""Fields put right, and extensions, through the command line."""

import json
from difflib import ndiff
from pathlib import Path

import pytest

from chengguo import load
from chengguo.cli import days
from conftest import Run

ITEM = "4.1 加快建立科技成果信息共享与发布系统"
EXTEND = ("extend", "4", "--to", "2020年底", "--reason", "设备到货推迟", "--date", "2019-12-02")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that are gone, and those that are new."""
    lines = list(ndiff(before.split("\n"), after.split("\n")))
    gone, new = ([line[2:] for line in lines if line.startswith(mark)] for mark in "-+")
    return gone, new


def test_an_extension_keeps_the_wording_and_moves_the_day(run: Run, registry: Path) -> None:
    before = registry.read_text(encoding="utf-8")
    outcome = run(*EXTEND, "--approved-by", "市科委")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"{ITEM}\n"
        "  extension: + 2019-12-02: extended to 2020年底 (2020-12-31); 设备到货推迟; approved by 市科委\n"
        "1 item updated in tasks.yaml\n"
    )
    removed, added = changed_lines(before, registry.read_text(encoding="utf-8"))
    assert not removed
    assert added == [
        "    extensions:",
        "    - date: 2019-12-02",
        "      to: 2020年底",
        "      reason: 设备到货推迟",
        "      approved_by: 市科委",
    ]
    (item,) = (item for item in load(registry).items if item.address == "4.1")
    assert (item.schedule.wording, str(item.first_due), str(item.due)) == (
        "2019 年底",
        "2019-12-31",
        "2020-12-31",
    )
    assert run("validate", "--strict").code == 0


@pytest.mark.parametrize(("written", "code"), [("", 0), (" []", 0), (" {date: 2019-12-02}", 1), (" x", 1)])
def test_a_list_that_somebody_left_empty_is_filled(run: Run, registry: Path, written: str, code: int) -> None:
    before = registry.read_text(encoding="utf-8")
    at = before.index("schedule: 2019 年底\n", before.index("\n- id: 4\n"))
    head, schedule, behind = before[:at], *before[at:].partition("\n")[::2]
    registry.write_text(f"{head}{schedule}\n    extensions:{written}\n{behind}", encoding="utf-8")
    outcome = run(*EXTEND)
    assert outcome.code == code
    if code:
        assert "4.1: its extensions is not a list of entries" in outcome.err
    else:
        assert "extended to 2020年底" in run("show", "4", "--as-of", "2020-06-01").out


@pytest.mark.usefixtures("registry")
def test_alerts_count_from_the_new_day_and_both_are_shown(run: Run) -> None:
    run(*EXTEND)
    assert '"id": "4.1"' not in run("overdue", "--as-of", "2020-06-01", "--format", "jsonl").out
    assert '"id": "4.1"' in run("overdue", "--as-of", "2021-01-01", "--format", "jsonl").out
    note = "4.1: '2019 年底' extended from 2019-12-31 to 2020-12-31\n"
    assert note in run("due", "--before", "2020-12-31", "--as-of", "2020-06-01").out
    card = run("show", "4", "--as-of", "2020-06-01").out
    assert "due 2019-12-31" in card
    assert "2019-12-02: extended to 2020年底 (2020-12-31); 设备到货推迟" in card


@pytest.mark.usefixtures("registry")
def test_before_it_was_asked_for_an_extension_is_not_known(run: Run) -> None:
    run(*EXTEND)
    (item,) = json.loads(run("show", "4", "--as-of", "2019-12-01", "--format", "json").out)["items"]
    assert (item["due"], item["extensions"]) == ("2019-12-31", [])
    (item,) = json.loads(run("show", "4", "--as-of", "2019-12-02", "--format", "json").out)["items"]
    assert (item["due"], item["schedule"]["due"], item["alert"]) == ("2020-12-31", "2019-12-31", "unreported")


@pytest.mark.usefixtures("registry")
def test_an_extension_asked_for_after_the_due_date_is_marked_late(run: Run) -> None:
    run("extend", "4", "--to", "2020年底", "--reason", "设备到货推迟", "--date", "2020-01-01")
    (item,) = json.loads(run("show", "4", "--as-of", "2020-01-02", "--format", "json").out)["items"]
    assert item["extensions"] == [
        {
            "date": "2020-01-01",
            "to": "2020年底",
            "due": "2020-12-31",
            "reason": "设备到货推迟",
            "approved_by": None,
            "milestone": None,
            "late": True,
        }
    ]
    assert "(asked for after the due date)" in run("list", "--as-of", "2020-01-02").out
    assert "asked for after the due date" in run("show", "4", "--as-of", "2020-01-02").out


@pytest.mark.usefixtures("registry")
def test_the_same_extension_twice_changes_nothing(run: Run) -> None:
    run(*EXTEND)
    assert run(*EXTEND) == (0, f"{ITEM}\n  already recorded; nothing changes\n", "")


def test_a_second_extension_stands_behind_the_first(run: Run, registry: Path) -> None:
    run(*EXTEND)
    again = run("extend", "4", "--to", "2021-06-30", "--reason", "场地未定", "--date", "2020-11-02")
    assert again.code == 0
    (item,) = (item for item in load(registry).items if item.address == "4.1")
    assert [str(each.to.due) for each in item.extensions] == ["2020-12-31", "2021-06-30"]


def test_an_extension_that_comes_late_stands_before_the_later_one(run: Run, registry: Path) -> None:
    run("extend", "4", "--to", "2021年6月底", "--reason", "再次推迟", "--date", "2020-11-02")
    outcome = run(*EXTEND)
    assert (outcome.code, outcome.err) == (0, "")
    assert "extension: + 2019-12-02: extended to 2020年底" in outcome.out
    [item] = [item for item in load(registry).items if item.address == "4.1"]
    assert [str(each.to.due) for each in item.extensions] == ["2020-12-31", "2021-06-30"]
    assert run("validate", "--strict").code == 0
    late = run("extend", "4", "--to", "2020年6月底", "--reason", "一", "--date", "2020-01-02")
    assert (late.code, late.out) == (1, "")
    assert "4.1 is due on 2020-12-31; 2020-06-30 is not later" in late.err


def test_json_tells_what_changed(run: Run, registry: Path) -> None:
    document = json.loads(run(*EXTEND, "--format", "json", "--dry-run").out)
    assert document == {
        "schema": "chengguo/extend/1",
        "file": "tasks.yaml",
        "written": False,
        "count": 1,
        "changes": [
            {
                "id": "4.1",
                "field": "extensions",
                "before": [],
                "after": [
                    {
                        "date": "2019-12-02",
                        "to": "2020年底",
                        "due": "2020-12-31",
                        "reason": "设备到货推迟",
                        "approved_by": None,
                        "milestone": None,
                    }
                ],
            }
        ],
    }
    assert b"extensions" not in registry.read_bytes()


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("4", "--to", "2019年底"), 1, "4.1 is due on 2019-12-31; 2019-12-31 is not later"),
        (("3.2", "--to", "2020年底"), 1, "3.2 has no due date to put off: '持续推进'"),
        (("3", "--to", "2020年底"), 1, "task 3 has 5 items: 3.1, 3.2, 3.3, 3.4, 3.5"),
        (("99", "--to", "2020年底"), 3, "there is no task 99"),
        (("4", "--to", "适时"), 2, "'适时' is not a date"),
        (("4", "--to", "2020年前"), 2, "'2020年前' is not one date"),
    ],
)
def test_what_puts_nothing_off_is_refused(run: Run, words: tuple[str, ...], code: int, message: str) -> None:
    outcome = run("extend", *words, "--reason", "场地未定", "--date", "2019-12-02")
    assert (outcome.code, outcome.out) == (code, "")
    assert message in " ".join(outcome.err.replace("│", "").split())


@pytest.mark.parametrize(
    ("wording", "hint"),
    [
        ("每月25日前", "told by: chengguo update 4.1 --period NAME"),
        ("持续推进", "there is nothing to put off."),
        ("每两年一次", "there is nothing to put off."),
        ("适时", "'chengguo update 4.1 --due DATE' sets one."),
    ],
)
@pytest.mark.usefixtures("registry")
def test_what_has_no_day_is_told_what_to_do_instead(run: Run, wording: str, hint: str) -> None:
    assert run("update", "4", "--schedule", wording, "--force").code == 0
    outcome = run("extend", "4", "--to", "2020-08-30", "--reason", "x", "--date", "2019-12-02")
    assert (outcome.code, outcome.out) == (1, "")
    assert hint in " ".join(outcome.err.split())


@pytest.mark.usefixtures("registry")
def test_a_closed_item_is_not_extended(run: Run) -> None:
    run("update", "4", "--status", "done", "--date", "2019-12-01")
    outcome = run(*EXTEND)
    assert (outcome.code, outcome.out) == (1, "")
    assert "4.1 is done; there is nothing to put off" in outcome.err
    assert "4.1 的状态是 已完成，无需延期" in run(*EXTEND, LANGUAGE="zh_CN").err


@pytest.mark.usefixtures("registry")
def test_a_day_to_come_and_a_blank_reason_are_wrong_usage(run: Run) -> None:
    assert "is still to come" in run(*EXTEND[:-1], "2199-01-01").err
    blank = run("extend", "4", "--to", "2020年底", "--reason", " ")
    assert (blank.code, "--reason is blank" in blank.err) == (2, True)


# -- fields --------------------------------------------------------------------------------------


def test_a_schedule_is_put_right_in_its_line_alone(run: Run, registry: Path) -> None:
    before = registry.read_text(encoding="utf-8")
    outcome = run("update", "4", "--schedule", "2020 年底")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{ITEM}\n  schedule: 2019 年底 → 2020 年底\n1 item updated in tasks.yaml\n"
    changed = changed_lines(before, registry.read_text(encoding="utf-8"))
    assert changed == (["    schedule: 2019 年底"], ["    schedule: 2020 年底"])


def test_a_wording_that_cannot_be_read_is_written_and_said(run: Run, registry: Path) -> None:
    outcome = run("update", "4", "--schedule", "适时")
    assert outcome.code == 0
    assert "D406" in outcome.err
    assert "    schedule: 适时\n" in registry.read_text(encoding="utf-8")
    assert run("update", "4", "--due", "2020-06-30") == (
        0,
        f"{ITEM}\n  due date: nothing → 2020-06-30\n1 item updated in tasks.yaml\n",
        "",
    )
    assert "    schedule: 适时\n    due: 2020-06-30\n" in registry.read_text(encoding="utf-8")
    assert run("validate", "--strict").code == 0


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (("--due", "2027-06-30"), "D403 4.1 due 2027-06-30 disagrees"),
        (("--schedule", "2027年底"), "D404 4.1 due 2027-12-31 lies outside the plan's years 2017-2020"),
        (("--schedule", "2019 年低"), "D401 4.1 the schedule '2019 年低' cannot be read"),
        (("--lead", "市科委", "--support", "市科委"), "N304 4.1 '市科委' both leads and supports"),
    ],
)
def test_what_validate_calls_an_error_is_not_written(
    run: Run, registry: Path, words: tuple[str, ...], finding: str
) -> None:
    before = registry.read_bytes()
    for more in ((), ("--dry-run",)):
        outcome = run("update", "4", *words, *more)
        assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
        assert f"validate would find an error: {finding}" in outcome.err
        assert "Nothing was written; --force writes it all the same." in outcome.err
    forced = run("update", "4", *words, "--force")
    assert (forced.code, finding[:4] in forced.err) == (0, True)
    assert run("validate").code == 1


def test_an_error_elsewhere_keeps_no_field_from_being_changed(run: Run, registry: Path) -> None:
    run("update", "4", "--due", "2027-06-30", "--force")
    outcome = run("update", "1", "--schedule", "2018 年底")
    assert (outcome.code, outcome.err) == (0, "")
    again = run("update", "4", "--note", "一", "--date", "2019-01-01")
    assert (again.code, again.err) == (0, "")
    assert "    due: 2027-06-30\n" in registry.read_text(encoding="utf-8")


def test_an_extension_that_validate_calls_an_error_is_not_written(run: Run, registry: Path) -> None:
    run("extend", "4", "--to", "2020年6月底", "--reason", "一", "--date", "2019-12-02")
    before = registry.read_bytes()
    late = ("extend", "4", "--to", "2020年底", "--reason", "二", "--date", "2019-11-02")
    outcome = run(*late)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
    assert "D405 4.1 the extension to 2020-06-30 is not later than 2020-12-31" in outcome.err
    assert run(*late, "--force").code == 0


def test_departments_are_written_by_their_registered_names(run: Run, registry: Path) -> None:
    before = registry.read_text(encoding="utf-8")
    outcome = run("update", "4", "--lead", "上海市科学技术委员会", "--lead", "市人社局", "--support", "")
    assert outcome.code == 0
    assert "N305 warning: no item names '市信息中心'" in outcome.err
    assert "→ 市科委、市人力资源社会保障局" in outcome.out
    removed, added = changed_lines(before, registry.read_text(encoding="utf-8"))
    assert len(removed) == len(added) == 2
    assert added == ["    lead: [市科委, 市人力资源社会保障局]", "    support: []"]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--lead", "市某局"), 3, "no department '市某局'"),
        (("--lead", ""), 2, "--lead names nobody"),
        (("--schedule", " "), 2, "--schedule is blank"),
        (("--note", " "), 2, "nothing to record"),
        (("--due", "适时"), 2, "is not a date"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(
    run: Run, registry: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    before = registry.read_bytes()
    outcome = run("update", "4", *words)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (code, "", before)
    assert message in " ".join(outcome.err.replace("│", "").split())


NAMES = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}, 乙局: {}, 丙局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - id: 1
    content: 内容。
    lead:
      - "甲局" # 牵头
      - 乙局
    support: [甲局, 丙局]
    schedule: '2019年底'  # 原文
    status: pending
"""


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("--schedule", "2020年底"), "'2019年底'", "'2020年底'"),
        (("--lead", "甲局"), '"甲局" # 牵头\n      - 乙局\n', None),
        (("--lead", "甲局", "--lead", "丙局"), "- 乙局\n", "- 丙局\n"),
        (
            ("--lead", "甲局", "--lead", "乙局", "--lead", "丙局"),
            "      - 乙局\n",
            "      - 乙局\n      - 丙局\n",
        ),
        (("--support", "甲局"), "[甲局, 丙局]", "[甲局]"),
        (("--support", "乙局", "--support", "丙局"), "[甲局, 丙局]", "[乙局, 丙局]"),
        (("--due", "2019-12-31"), "# 原文\n", "# 原文\n    due: 2019-12-31\n"),
    ],
)
def test_no_more_bytes_change_than_must(
    run: Run, tmp_path: Path, words: tuple[str, ...], old: str, new: str | None
) -> None:
    file = tmp_path / "tasks.yaml"
    file.write_text(NAMES, encoding="utf-8", newline="")
    outcome = run("update", "1", *words, "--force")  # some names then lead and support
    assert outcome.code == (0 if new else 1)
    assert file.read_text(encoding="utf-8") == (NAMES.replace(old, new) if new else NAMES)
    assert bool(new) or "the names cannot be taken out" in outcome.err


@pytest.mark.parametrize("words", ["12月31日", "12月底", "年底", "月底", "下周五", "+7d", "eoy", "明年底"])
def test_a_day_that_counts_from_today_is_written_as_the_day_that_it_is(
    run: Run, tmp_path: Path, words: str
) -> None:
    day = days.day_to_come(words)
    year = days.day("今天").year
    text = f"""\
format: 1
plan: {{title: 某计划, years: {year - 1}-{year + 1}, issued: {year - 1}-01-05}}
departments: {{某局: {{}}}}
sections: {{一: 甲}}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - {{id: 1, content: 建设, lead: [某局], support: [], schedule: {year - 1}年6月底, status: pending}}
"""
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    outcome = run("extend", "1", "--to", words, "--reason", "推迟")
    assert (outcome.code, outcome.err) == (0, f"--to {words} is taken for {day}\n")
    assert f"extended to {day}" in outcome.out
    (item,) = load(tmp_path / "tasks.yaml").items
    assert (item.extensions[0].to.wording, item.due) == (day.isoformat(), day)


@pytest.mark.parametrize(
    ("leads", "code"),
    [(("市教委", "市科委"), 1), (("市商务委",), 1), (("市科委", "市商务委"), 0)],
)
def test_a_comment_stays_beside_the_name_that_it_speaks_of(
    run: Run, registry: Path, leads: tuple[str, ...], code: int
) -> None:
    text = registry.read_text(encoding="utf-8")
    at = text.index("    lead: [", text.index("\n- id: 4\n"))
    written = "    lead:\n    - 市科委   # 张某分管\n    - 市教委\n"
    registry.write_text(text[:at] + written + text[text.index("\n", at) + 1 :], encoding="utf-8")
    outcome = run("update", "4", *(word for name in leads for word in ("--lead", name)))
    assert outcome.code == code
    assert ("a comment stands beside '市科委', and would stand beside another name" in outcome.err) == bool(
        code
    )
    assert "    - 市科委   # 张某分管\n" in registry.read_text(encoding="utf-8")


@pytest.mark.usefixtures("registry")
def test_an_extension_that_is_worded_as_a_day_says_it_once(run: Run) -> None:
    outcome = run("extend", "4", "--to", "2020-12-31", "--reason", "设备到货推迟", "--date", "2019-12-02")
    assert (outcome.code, outcome.err) == (0, "")
    assert "extended to 2020-12-31; 设备到货推迟" in outcome.out
    assert "extended to 2020-12-31; 设备到货推迟" in run("show", "4", "--as-of", "2020-06-01").out
