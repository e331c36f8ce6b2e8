"""``chengguo update``: what was reported is recorded, and nothing else changes."""

import json
import os
import shutil
import subprocess
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

import systems
from chengguo import load
from chengguo.cli import options
from conftest import UNSAID, Run

DONE = ("--status", "done", "--date", "2019-12-20")
SHARED_SYSTEM = "加快建立科技成果信息共享与发布系统"  # task 4
NEEDS = "充分释放企业科技成果转移转化需求"  # task 3
FULL_WIDTH = {ord(character): ord(character) + 0xFEE0 for character in "0123456789."}


def changed(before: bytes, registry: Path) -> list[str]:
    """Give the lines that differ, as a diff shows them, without their places."""
    old, new = (text.decode().split("\n") for text in (before, registry.read_bytes()))
    return [line for line in unified_diff(old, new, n=0) if not line.startswith(("---", "+++", "@@"))]


def reports(registry: Path) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """Give what was reported of the items that have a report."""
    return {
        item.address: [(str(entry.date), entry.status, entry.note) for entry in item.progress]
        for item in load(registry).items
        if item.progress
    }


def statuses(registry: Path) -> dict[str, str]:
    """Give the items that are not pending."""
    return {item.address: item.status.value for item in load(registry).items if item.status != "pending"}


def spoil(registry: Path, old: str, new: str) -> None:
    """Put ``new`` in the place of the first ``old``."""
    text = registry.read_text(encoding="utf-8")
    assert old in text
    registry.write_text(text.replace(old, new, 1), encoding="utf-8")


def git(folder: Path, *arguments: str, given: str = "") -> str:
    """Run git in ``folder``, without anybody's settings."""
    return subprocess.run(
        [str(shutil.which("git")), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


# -- what is written -----------------------------------------------------------------------------


def test_one_status_line_changes_and_one_entry_is_added(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    assert run("update", "4", *DONE, "--note", "已印发实施") == (
        0,
        (
            f"4.1 {SHARED_SYSTEM}\n"
            "  status: pending → done\n"
            "  progress: + 2019-12-20 done 已印发实施\n"
            "1 item updated in tasks.yaml\n"
        ),
        "",
    )
    assert changed(before, registry) == [
        "-    status: pending",
        "+    status: done",
        "+    progress:",
        "+    - date: 2019-12-20",
        "+      status: done",
        "+      note: 已印发实施",
    ]
    assert statuses(registry) == {"4.1": "done"}
    assert reports(registry) == {"4.1": [("2019-12-20", "done", "已印发实施")]}


def test_the_entry_stands_below_the_status_of_its_item(run: Run, registry: Path) -> None:
    lines = registry.read_bytes().split(b"\n")
    at = lines.index(b"    status: pending", lines.index(b"- id: 4"))
    run("update", "4", *DONE)
    entry = [b"    progress:", b"    - date: 2019-12-20", b"      status: done"]
    assert registry.read_bytes().split(b"\n") == [*lines[:at], b"    status: done", *entry, *lines[at + 1 :]]


@systems.git
@pytest.mark.parametrize(
    ("words", "counts"),
    [
        (("4", *DONE), "4\t1\ttasks.yaml\n"),
        (("4", *DONE, "--note", "一: 二"), "5\t1\ttasks.yaml\n"),
        (("4", "--note", "待会签"), "3\t0\ttasks.yaml\n"),
        (("3", "--all", *DONE), "20\t5\ttasks.yaml\n"),
        (("4", "--status", "pending"), ""),
    ],
    ids=["status", "status and note", "note", "five items", "nothing new"],
)
def test_git_counts_the_lines(run: Run, registry: Path, words: tuple[str, ...], counts: str) -> None:
    git(registry.parent, "init", "--quiet")
    git(registry.parent, "add", "tasks.yaml")
    assert run("update", *words).code == 0
    assert git(registry.parent, "diff", "--numstat") == counts
    assert git(registry.parent, "ls-files", "--others") == ""


def test_several_items_are_updated_at_once(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    outcome = run("update", "3.2", "4", "3.1", "4.1", *DONE)
    assert (outcome.code, outcome.err) == (0, "")
    assert [line for line in outcome.out.splitlines() if not line.startswith(" ")] == [
        f"3.2 {NEEDS}",
        f"4.1 {SHARED_SYSTEM}",
        f"3.1 {NEEDS}",
        "3 items updated in tasks.yaml",
    ]
    entry = ["+    status: done", "+    progress:", "+    - date: 2019-12-20", "+      status: done"]
    assert changed(before, registry) == ["-    status: pending", *entry] * 3
    assert statuses(registry) == {"3.1": "done", "3.2": "done", "4.1": "done"}


def test_all_takes_every_item_of_a_task(run: Run, registry: Path) -> None:
    outcome = run("update", "3", "4", "--all", *DONE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("6 items updated in tasks.yaml\n")
    assert list(statuses(registry)) == ["3.1", "3.2", "3.3", "3.4", "3.5", "4.1"]


@pytest.mark.parametrize("address", ["3.2", "3.2".translate(FULL_WIDTH), " 3.2 ", "3.02"])
def test_an_address_may_be_typed_in_full_width(run: Run, registry: Path, address: str) -> None:
    assert run("update", address, *DONE).code == 0
    assert statuses(registry) == {"3.2": "done"}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("进行中", "in_progress"),
        ("正在推进", "in_progress"),
        ("受阻", "blocked"),
        ("已完成", "done"),
        ("已办结", "done"),
        ("已终止", "cancelled"),
        ("DONE", "done"),
        ("in progress", "in_progress"),
        (" completed ", "done"),
    ],
)
def test_a_status_may_be_said_in_chinese_and_is_written_in_english(
    run: Run, registry: Path, word: str, status: str
) -> None:
    before = registry.read_bytes()
    assert run("update", "4", "--status", word, "--date", "2019-12-20").code == 0
    assert f"+    status: {status}" in changed(before, registry)
    assert reports(registry) == {"4.1": [("2019-12-20", status, None)]}


def test_chinese_is_answered_in_chinese(run: Run, registry: Path) -> None:
    outcome = run("update", "4", *DONE, LANG="zh_CN.UTF-8")
    assert outcome.out.splitlines()[1] == "  状态：未启动 → 已完成"
    assert statuses(registry) == {"4.1": "done"}


def test_a_note_alone_adds_an_entry_without_a_status(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    assert run("update", "4", "--note", "待会签", "--date", "2019-12-20") == (
        0,
        f"4.1 {SHARED_SYSTEM}\n  progress: + 2019-12-20 待会签\n1 item updated in tasks.yaml\n",
        "",
    )
    assert changed(before, registry) == [
        "+    progress:",
        "+    - date: 2019-12-20",
        "+      note: 待会签",
    ]


@pytest.mark.parametrize(
    "note", ["会议纪要: 3 条 #2", "- 一", "yes", "一\n二", "🎉", "尾空 ", "甲\u2028乙", "\x1b[31m"]
)
def test_a_note_is_kept_to_the_letter(run: Run, registry: Path, note: str) -> None:
    assert run("update", "4", *DONE, "--note", note).code == 0
    assert reports(registry) == {"4.1": [("2019-12-20", "done", note)]}


def test_reports_follow_each_other(run: Run, registry: Path) -> None:
    run("update", "4", "--status", "in_progress", "--date", "2018-03-01")
    run("update", "4", "--note", "待会签", "--date", "2018-06-30")
    before = registry.read_bytes()
    run("update", "4", *DONE)
    assert changed(before, registry) == [
        "-    status: in_progress",
        "+    status: done",
        "+    - date: 2019-12-20",
        "+      status: done",
    ]
    assert reports(registry)["4.1"] == [
        ("2018-03-01", "in_progress", None),
        ("2018-06-30", None, "待会签"),
        ("2019-12-20", "done", None),
    ]


def test_a_late_report_stands_in_its_place_and_leaves_the_status(run: Run, registry: Path) -> None:
    run("update", "4", *DONE)
    before = registry.read_bytes()
    late = ("update", "4", "--status", "blocked", "--note", "待会签", "--date", "2019-06-30")
    assert run(*late) == (
        0,
        (
            f"4.1 {SHARED_SYSTEM}\n"
            "  progress: + 2019-06-30 blocked 待会签\n"
            "  the status stays done, as reported later, on 2019-12-20\n"
            "1 item updated in tasks.yaml\n"
        ),
        "",
    )
    assert changed(before, registry) == [
        "+    - date: 2019-06-30",
        "+      status: blocked",
        "+      note: 待会签",
    ]
    assert reports(registry)["4.1"] == [("2019-06-30", "blocked", "待会签"), ("2019-12-20", "done", None)]
    assert statuses(registry) == {"4.1": "done"}
    assert "blocked" in run("show", "4", "--as-of", "2019-07-01").out
    assert run("validate", "--strict").code == 0
    assert "already recorded; nothing changes" in run(*late).out


def test_two_late_reports_of_a_day_are_both_kept(run: Run, registry: Path) -> None:
    run("update", "4", *DONE)
    for note in ("上午", "下午"):
        run("update", "4", "--note", note, "--date", "2019-06-30")
    assert reports(registry)["4.1"] == [
        ("2019-06-30", None, "上午"),
        ("2019-06-30", None, "下午"),
        ("2019-12-20", "done", None),
    ]


@pytest.mark.usefixtures("registry")
def test_json_of_a_late_report_has_the_entries_in_order(run: Run) -> None:
    run("update", "4", *DONE)
    late = ("update", "4", "--note", "一", "--date", "2019-06-30", "--format", "json")
    [change] = json.loads(run(*late).out)["changes"]
    assert change["field"] == "progress"
    assert [each["date"] for each in change["before"]] == ["2019-12-20"]
    assert [each["date"] for each in change["after"]] == ["2019-06-30", "2019-12-20"]


@pytest.mark.parametrize(
    "text", ["2019-12-20", "2019年12月20日", "2019/12/20", "2019.12.20".translate(FULL_WIDTH)]
)
def test_a_date_may_be_written_as_people_do(run: Run, registry: Path, text: str) -> None:
    assert run("update", "4", "--status", "done", "--date", text).code == 0
    assert reports(registry) == {"4.1": [("2019-12-20", "done", None)]}


def test_without_a_date_the_report_is_of_today(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2019, 7, 1)

    monkeypatch.setattr(options, "date", Clock)
    assert run("update", "4", "--status", "done").code == 0
    assert reports(registry) == {"4.1": [("2019-07-01", "done", None)]}


@pytest.mark.parametrize(
    "words",
    [("4", *DONE, "--note", "一"), ("3", "--all", *DONE), ("4", "--note", "一", "--date", "2019-12-20")],
    ids=["status and note", "five items", "note"],
)
def test_repeating_an_update_changes_nothing(run: Run, registry: Path, words: tuple[str, ...]) -> None:
    run("update", *words)
    before, written = registry.read_bytes(), registry.stat()
    outcome = run("update", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert {line for line in outcome.out.splitlines() if line.startswith(" ")} == {
        "  already recorded; nothing changes"
    }
    assert "updated" not in outcome.out
    assert registry.read_bytes() == before
    assert (registry.stat().st_ino, registry.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_what_is_recorded_already_is_said_beside_what_is_new(run: Run, registry: Path) -> None:
    run("update", "3.1", *DONE)
    assert run("update", "3.1", "3.2", *DONE).out == (
        f"3.1 {NEEDS}\n"
        "  already recorded; nothing changes\n"
        f"3.2 {NEEDS}\n"
        "  status: pending → done\n"
        "  progress: + 2019-12-20 done\n"
        "1 item updated in tasks.yaml\n"
    )
    assert len(reports(registry)["3.1"]) == 1


@pytest.mark.usefixtures("registry")
def test_an_updated_registry_is_sound(run: Run) -> None:
    run("update", "4", "--status", "in_progress", "--date", "2018-03-01", "--note", "一: 二 #3")
    run("update", "4", "5", "6.2", *DONE)
    run("update", "8", "--all", "--status", "受阻", "--note", "待会签", "--date", "2018-12-31")
    outcome = run("validate", "--strict")
    assert (outcome.code, outcome.err) == (0, "")


# -- dry run and JSON ----------------------------------------------------------------------------


def test_a_dry_run_prints_the_difference_and_writes_nothing(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    lines = before.decode().split("\n")
    at = lines.index("    status: pending", lines.index("- id: 4"))
    assert run("update", "4", *DONE, "--dry-run") == (
        0,
        (
            f"4.1 {SHARED_SYSTEM}\n"
            "  status: pending → done\n"
            "  progress: + 2019-12-20 done\n"
            "\n"
            "--- tasks.yaml\n"
            "+++ tasks.yaml\n"
            f"@@ -{at - 2},7 +{at - 2},10 @@\n"
            f" {lines[at - 3]}\n"
            f" {lines[at - 2]}\n"
            f" {lines[at - 1]}\n"
            "-    status: pending\n"
            "+    status: done\n"
            "+    progress:\n"
            "+    - date: 2019-12-20\n"
            "+      status: done\n"
            f" {lines[at + 1]}\n"
            f" {lines[at + 2]}\n"
            f" {lines[at + 3]}\n"
            "Dry run: tasks.yaml was not written.\n"
        ),
        "",
    )
    assert registry.read_bytes() == before
    assert [path.name for path in registry.parent.iterdir()] == ["tasks.yaml"]


def test_a_dry_run_of_nothing_new_has_no_difference(run: Run, registry: Path) -> None:
    run("update", "4", *DONE)
    before = registry.read_bytes()
    assert run("update", "4", *DONE, "--dry-run") == (
        0,
        (
            f"4.1 {SHARED_SYSTEM}\n"
            "  already recorded; nothing changes\n"
            "\n"
            "Dry run: tasks.yaml was not written.\n"
        ),
        "",
    )
    assert registry.read_bytes() == before


@systems.git
@pytest.mark.parametrize("item", ["4", "15"], ids=["in the middle", "at the end"])
@pytest.mark.parametrize("end", [b"\n", b""], ids=["line feed", "no line feed"])
def test_the_difference_can_be_applied(run: Run, registry: Path, item: str, end: bytes) -> None:
    before = registry.read_bytes().rstrip(b"\n") + end
    registry.write_bytes(before)
    diff = "--- " + run("update", item, *DONE, "--dry-run").out.split("\n--- ")[1].split("Dry run")[0]
    run("update", item, *DONE)
    wanted = registry.read_bytes()
    registry.write_bytes(before)
    git(registry.parent, "apply", "-p0", "-", given=diff)
    assert registry.read_bytes() == wanted != before


PROGRESS = [{"date": "2019-12-20", "status": "done", "note": "一", **UNSAID}]
JSON = {
    "schema": "chengguo/update/1",
    "file": "tasks.yaml",
    "written": True,
    "count": 2,
    "changes": [
        {"id": "4.1", "field": "status", "before": "pending", "after": "done"},
        {"id": "4.1", "field": "progress", "before": [], "after": PROGRESS},
    ],
}


@pytest.mark.parametrize("dry_run", [True, False])
def test_json_holds_each_field_before_and_after(run: Run, registry: Path, *, dry_run: bool) -> None:
    before = registry.read_bytes()
    words = ["--dry-run"] if dry_run else []
    outcome = run("update", "4", *DONE, "--note", "一", "--format", "json", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == {**JSON, "written": not dry_run}
    assert list(json.loads(outcome.out)) == list(JSON)
    assert (registry.read_bytes() == before) is dry_run


def test_json_of_nothing_new_is_empty(run: Run, registry: Path) -> None:
    run("update", "4", *DONE)
    before = registry.read_bytes()
    outcome = run("update", "4", *DONE, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out) == {**JSON, "written": False, "count": 0, "changes": []}
    assert registry.read_bytes() == before


def test_json_holds_the_earlier_reports(run: Run, registry: Path) -> None:
    run("update", "4", *DONE, "--note", "一")
    outcome = run("update", "4", "--note", "二", "--date", "2019-12-21", "--format", "json")
    later = {"date": "2019-12-21", "status": None, "note": "二", **UNSAID}
    assert json.loads(outcome.out)["changes"] == [
        {"id": "4.1", "field": "progress", "before": PROGRESS, "after": [*PROGRESS, later]}
    ]
    assert len(reports(registry)["4.1"]) == 2


@pytest.mark.usefixtures("registry")
def test_json_is_ascii_where_the_console_is_not_unicode(run: Run) -> None:
    outcome = run("update", "4", *DONE, "--note", "已印发🎉", "--format", "json", encoding="gbk")
    assert outcome.out.isascii()
    assert json.loads(outcome.out)["changes"][1]["after"][0]["note"] == "已印发🎉"


# -- what is refused, and leaves the file as it is -----------------------------------------------


def refused(run: Run, registry: Path, *words: str) -> tuple[int, str]:
    """Give exit code and standard error of an update that writes nothing, to the file or to stdout."""
    before, status = registry.read_bytes(), registry.stat()
    outcome = run("update", *words, COLUMNS="200")
    assert outcome.out == ""
    assert registry.read_bytes() == before
    assert (registry.stat().st_ino, registry.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert [path.name for path in registry.parent.iterdir()] == [registry.name]
    return outcome.code, outcome.err


def test_a_task_with_several_items_is_ambiguous(run: Run, registry: Path) -> None:
    assert refused(run, registry, "3", *DONE) == (
        1,
        (
            "chengguo: task 3 has 5 items: 3.1, 3.2, 3.3, 3.4, 3.5\n"
            "  hint: Name the ones that are meant, or give --all for all of them.\n"
        ),
    )


def test_an_ambiguous_task_keeps_the_others_from_being_written(run: Run, registry: Path) -> None:
    code, error = refused(run, registry, "4", "3", *DONE)
    assert (code, error.splitlines()[0]) == (1, "chengguo: task 3 has 5 items: 3.1, 3.2, 3.3, 3.4, 3.5")


@pytest.mark.parametrize("words", [("4", "99"), ("99", "4")])
def test_an_unknown_task_keeps_the_others_from_being_written(
    run: Run, registry: Path, words: tuple[str, ...]
) -> None:
    message = "chengguo: there is no task 99\n  hint: Tasks: 1–15.\n"
    assert refused(run, registry, *words, *DONE) == (3, message)


def test_an_unknown_item_lists_those_of_the_task(run: Run, registry: Path) -> None:
    assert refused(run, registry, "3.6", *DONE) == (
        3,
        "chengguo: task 3 has no item 6\n  hint: Its items: 3.1, 3.2, 3.3, 3.4, 3.5.\n",
    )


@pytest.mark.parametrize("address", ["x", "3.x", "3.", ".1", "3.1.1", "-", "", "+3", "3 1", "1234567890"])
def test_an_address_that_is_none_is_wrong_usage(run: Run, registry: Path, address: str) -> None:
    assert refused(run, registry, *DONE, "--", "4", address) == (
        2,
        (
            f"chengguo: '{address}' is not an address\n"
            "  hint: Write a task's number, such as 4, or task and item, such as 3.2.\n"
        ),
    )


def test_a_day_to_come_is_wrong_usage(run: Run, registry: Path) -> None:
    assert refused(run, registry, "4", "--status", "done", "--date", "2099-12-31") == (
        2,
        "chengguo: --date 2099-12-31 is still to come\n  hint: A report has a day that has come.\n",
    )


def test_today_has_come(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2019, 7, 1)

    monkeypatch.setattr(options, "date", Clock)
    assert refused(run, registry, "4", "--status", "done", "--date", "2019-07-02")[0] == 2
    assert run("update", "4", "--status", "done", "--date", "2019-07-01").code == 0


@pytest.mark.parametrize(
    "words", [(), ("--date", "2019-12-20"), ("--note", "")], ids=["none", "date", "empty"]
)
def test_nothing_to_record_is_wrong_usage(run: Run, registry: Path, words: tuple[str, ...]) -> None:
    assert refused(run, registry, "4", *words) == (
        2,
        "chengguo: nothing to record\n  hint: Give --status, --note, or both, or a field to correct.\n",
    )


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        (
            "--status",
            "dune",
            "'dune' is not a status; write pending, in_progress, blocked, done, cancelled or",
        ),
        (
            "--status",
            "逾期",
            "'逾期' is not a status; write pending, in_progress, blocked, done, cancelled or",
        ),
        ("--status", "", "'' is not a status; write pending, in_progress, blocked, done, cancelled or"),
        ("--date", "改日", "'改日' is not a date; write 2019-12-31, 2019年6月底, 2019年底 or the like"),
        ("--date", "2019-02-30", "'2019-02-30' is not a date; write 2019-12-31, 2019年6月底, 2019年底 or"),
        ("--format", "csv", "'csv' is not one of 'text', 'json'"),
    ],
)
def test_a_wrong_value_is_wrong_usage(
    run: Run, registry: Path, option: str, value: str, message: str
) -> None:
    code, error = refused(run, registry, "4", "--status", "done", option, value)
    assert code == 2
    assert f"Invalid value for '{option}': {message}" in error


def test_no_address_is_wrong_usage(run: Run, registry: Path) -> None:
    code, error = refused(run, registry, *DONE)
    assert code == 2
    assert "no item is named" in error


@pytest.mark.parametrize("words", [("-f", "-"), ("--file=-",)])
def test_standard_input_cannot_be_updated(run: Run, registry: Path, words: tuple[str, ...]) -> None:
    message = "chengguo: standard input cannot be updated\n  hint: Name a file with -f FILE.\n"
    assert refused(run, registry, "4", *DONE, *words) == (2, message)


def test_standard_input_cannot_be_updated_by_way_of_the_variable(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    outcome = run("update", "4", *DONE, stdin=before, CHENGGUO_FILE="-")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: standard input cannot be updated\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 加快建立", "title: [加快建立"),
        ("\n- id: 4\n", "\n- id: 4\n<<<<<<< HEAD\n  section: 一\n=======\n  section: 二\n>>>>>>> other\n"),
        ("\n- id: 4\n", "\n- id: 4\n\tsection: 一\n"),
    ],
    ids=["bracket", "conflict", "tab"],
)
def test_a_file_that_cannot_be_read_is_refused(run: Run, registry: Path, old: str, new: str) -> None:
    spoil(registry, old, new)
    code, error = refused(run, registry, "5", *DONE)
    assert code == 1
    assert error.startswith("tasks.yaml:")
    assert error.endswith(
        "chengguo: tasks.yaml cannot be read\n  hint: Mend it, then: chengguo validate tasks.yaml\n"
    )


def test_a_file_in_another_encoding_is_refused(run: Run, registry: Path) -> None:
    registry.write_bytes(registry.read_text(encoding="utf-8").encode("gb18030"))
    code, error = refused(run, registry, "4", *DONE)
    assert code == 1
    assert "Y101 the file is not UTF-8; it looks like GBK\n" in error


@pytest.mark.parametrize(
    "broken",
    ["- id: 4\n  id: 4", "- &four\n  id: 4", "- !task\n  id: 4", "- id: 4\n  # \x07"],
    ids=["key twice", "anchor", "tag", "control character"],
)
def test_a_file_with_yaml_errors_is_refused(run: Run, registry: Path, broken: str) -> None:
    spoil(registry, "\n- id: 4\n", f"\n{broken}\n")
    assert refused(run, registry, "5", *DONE) == (
        1,
        (
            "tasks.yaml: 1 error; what cannot be read is left out; see: chengguo validate tasks.yaml\n"
            "chengguo: tasks.yaml has YAML errors; an edit could go wrong\n"
            "  hint: 'chengguo validate' shows them.\n"
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [("\n- id: 5\n", "\n- id: 4\n", "4.1"), ("\n  - id: 2\n", "\n  - id: 1\n", "3.1")],
)
def test_an_address_that_stands_twice_is_refused(
    run: Run, registry: Path, old: str, new: str, address: str
) -> None:
    spoil(registry, old, new)
    assert refused(run, registry, address, *DONE) == (
        1,
        (
            f"chengguo: the address {address} stands twice in the file\n"
            "  hint: 'chengguo validate' shows both places; give one another id.\n"
        ),
    )


def test_an_error_elsewhere_keeps_no_item_from_being_updated(run: Run, registry: Path) -> None:
    spoil(registry, "\n- id: 5\n", "\n- id: 5\n  colour: 红\n")
    before = registry.read_bytes()
    outcome = run("update", "4", *DONE)
    assert outcome.code == 0
    assert outcome.err == (
        "tasks.yaml: 1 error; what cannot be read is left out; see: chengguo validate tasks.yaml\n"
    )
    assert len(changed(before, registry)) == 5


def test_an_empty_file_is_refused(run: Run, registry: Path) -> None:
    registry.write_bytes(b"")
    code, error = refused(run, registry, "4", *DONE)
    assert code == 1
    assert error.startswith("tasks.yaml:1:1: Y109 no registry in tasks.yaml\n")


# -- several items -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        (("4,5",), ["4.1", "5.1"]),
        (("4，5", "1"), ["1.1", "4.1", "5.1"]),
        (("4-6",), ["4.1", "5.1", "6.1", "6.2"]),
        (("3.4-5",), ["3.4", "3.5", "4.1", "5.1"]),
        (("2—3.1",), ["2.1", "3.1"]),
        (("--dept", "市国资委"), ["3.1", "7.2"]),
        (("4-9", "--dept", "上海市国有资产监督管理委员会"), ["7.2"]),
    ],
)
def test_lists_stretches_and_departments(
    run: Run, registry: Path, words: tuple[str, ...], changed: list[str]
) -> None:
    outcome = run("update", *words, "--status", "进行中", "--date", "2019-06-30", "--format", "json")
    assert outcome.err == ""
    found = [each["id"] for each in json.loads(outcome.out)["changes"] if each["field"] == "status"]
    assert sorted(found) == changed  # told in the order in which they were named
    assert list(reports(registry)) == changed


@pytest.mark.parametrize(
    ("word", "code", "message"),
    [
        ("5-4", 2, "the stretch 5.1-4.1 goes backwards"),
        ("4-99", 3, "there is no task 99"),
        ("4,", 2, "'' is not an address"),
        ("6,4", 1, "task 6 has 2 items"),
    ],
)
def test_a_list_that_names_none_is_refused(
    run: Run, registry: Path, word: str, code: int, message: str
) -> None:
    before = registry.read_bytes()
    outcome = run("update", word, "--status", "done", "--date", "2019-06-30")
    assert (outcome.code, message in outcome.err) == (code, True)
    assert registry.read_bytes() == before


def test_reports_come_from_standard_input(run: Run, registry: Path) -> None:
    line = '{"id": "4", "status": "done", "date": "2019-06-30", "note": "已上线"}\n'
    outcome = run("update", "-", stdin=line.encode())
    assert (outcome.code, outcome.err) == (0, "")
    assert list(reports(registry)) == ["4.1"]


def test_lines_that_end_in_cr_alone_are_named(run: Run, registry: Path) -> None:
    registry.write_bytes(registry.read_bytes().replace(b"\n", b"\r"))
    before = registry.read_bytes()
    outcome = run("update", "4", "--status", "done", "--note", "x", "--date", "2019-12-01")
    assert (outcome.code, outcome.out) == (1, "")
    assert "has lines that end in CR alone" in " ".join(outcome.err.split())
    assert registry.read_bytes() == before
