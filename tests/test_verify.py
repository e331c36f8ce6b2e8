"""Who reports does not close: what was reported done is verified, or sent back."""

import json
import re
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from chengguo import load
from conftest import TASKS_YAML, Run
from rounds import rounds

DONE = ("--status", "done", "--date", "2019-12-20")


@pytest.fixture
def checked(run: Run, tmp_path: Path) -> Path:
    """A registry whose plan asks for verification, with one item reported done."""
    file = tmp_path / "tasks.yaml"
    years = "  years: 2017-2020\n"
    text = TASKS_YAML.read_text(encoding="utf-8").replace(years, f"{years}  closing: verified\n")
    file.write_bytes(text.encode())
    assert run("update", "4", *DONE).code == 0
    return file


def item_of(run: Run, *words: str) -> dict[str, object]:
    (item,) = json.loads(run("show", "4", "--format", "json", *words).out)["items"]
    assert isinstance(item, dict)
    return item


def test_verify_closes(run: Run, checked: Path) -> None:
    assert "to be verified\n" in run("show", "4", "--as-of", "2019-12-31").out
    before = checked.read_text(encoding="utf-8")
    words = ("--by", "市政府督查室", "--evidence", "沪督〔2019〕8号", "--date", "2020-01-10")
    outcome = run("verify", "4", *words)
    assert (outcome.code, outcome.err) == (0, "")
    record = "    verified: {date: 2020-01-10, by: 市政府督查室, evidence: [沪督〔2019〕8号]}\n"
    after = checked.read_text(encoding="utf-8")
    assert after.replace(record, "") == before != after
    assert run("validate", "--strict").code == 0
    found = item_of(run)
    assert found["verified"] == {
        "date": "2020-01-10",
        "by": "市政府督查室",
        "evidence": ["沪督〔2019〕8号"],
    }
    assert found["returned"] is None
    assert "已销号" in run("show", "4", LANGUAGE="zh_CN").out
    again = run("verify", "4", *words)
    assert "already recorded; nothing changes" in again.out
    assert checked.read_text(encoding="utf-8") == after


def test_return_sends_back_and_the_old_day_counts(run: Run, checked: Path) -> None:
    outcome = run("return", "4", "--reason", "缺少验收材料", "--by", "市政府督查室", "--date", "2020-01-10")
    assert (outcome.code, outcome.err) == (0, "")
    found = item_of(run, "--as-of", "2020-01-20")
    assert (found["status"], found["alert"], found["days_left"]) == ("in_progress", "overdue", -20)
    assert found["returned"] == {"date": "2020-01-10", "by": "市政府督查室", "reason": "缺少验收材料"}
    (item,) = (each for each in load(checked).items if each.address == "4.1")
    assert (item.progress[-1].note, item.progress[-1].by) == ("退回：缺少验收材料", "市政府督查室")
    assert "sent back\n" in run("show", "4", "--as-of", "2020-01-20").out
    assert run("validate", "--strict").code == 0
    assert run("undo").code == 0


def test_done_again_and_verified(run: Run, checked: Path) -> None:
    run("return", "4", "--reason", "缺材料", "--date", "2020-01-10")
    assert run("verify", "4", "--date", "2020-01-11").code == 1
    run("update", "4", "--status", "done", "--date", "2020-02-01", "--note", "已补")
    assert run("verify", "4", "--date", "2020-02-03").code == 0
    run("return", "4", "--reason", "又缺", "--date", "2020-02-04")
    assert "returned: {date: 2020-02-04, reason: 又缺}" in checked.read_text(encoding="utf-8")
    assert "sent back\n" in run("show", "4", "--as-of", "2020-02-05").out
    assert run("validate", "--strict").code == 0


def test_stats_tell_the_three_apart(run: Run, checked: Path) -> None:
    assert checked.is_file()
    run("update", "5", "1", *DONE)
    run("verify", "4", "--date", "2020-01-10")
    run("return", "5", "--reason", "缺材料", "--date", "2020-01-10")
    groups = json.loads(run("stats", "--format", "json", "--as-of", "2020-01-20").out)["groups"]
    assert [sum(group[key] for group in groups) for key in ("done", "verified", "returned")] == [2, 1, 1]
    out = run("stats", "--as-of", "2020-01-20", LANGUAGE="zh_CN").out
    assert "已销号" in out
    assert "退回" in out


def test_both_go_out_and_come_back(run: Run, checked: Path, tmp_path: Path) -> None:
    run("verify", "4", "--by", "甲", "--evidence", "a、b", "--evidence", "c", "--date", "2020-01-10")
    run("update", "5", *DONE)
    run("return", "5", "--reason", "缺材料", "--date", "2020-01-10")
    assert run("export", "表.xlsx", "--as-of", "2020-01-20").code == 0
    assert run("import", "表.xlsx", "-o", "again.yaml").out.endswith(" 0 doubts\n")
    was, now = load(checked), load(tmp_path / "again.yaml")
    assert now.plan == was.plan
    assert [each.others for each in now.items] == [each.others for each in was.items]


def test_what_is_not_done_or_not_asked_is_refused(run: Run, checked: Path) -> None:
    before = checked.read_bytes()
    outcome = run("verify", "5", "--date", "2020-01-10")
    assert (outcome.code, "5.1 is pending on 2020-01-10, not done" in outcome.err) == (1, True)
    assert run("return", "4", "--reason", " ").code == 2
    assert run("verify", "99").code == 3
    checked.write_bytes(before.replace(b"  closing: verified\n", b""))
    refused = run("verify", "4")
    assert (refused.code, "nothing is verified" in refused.err) == (1, True)
    assert "Write 'closing: verified' under 'plan:'" in refused.err


def twice(run: Run, file: Path, *first: str) -> None:
    """Verify, send back and report done again; then the first record is written in another style, if any."""
    run("verify", "4", "--by", "甲", "--evidence", "A", "--date", "2020-01-10")
    run("return", "4", "--reason", "缺", "--by", "丙", "--date", "2020-01-11")
    assert run("update", "4", "--status", "done", "--date", "2020-02-01").code == 0
    if first:
        text = file.read_text(encoding="utf-8")
        was = "    verified: {date: 2020-01-10, by: 甲, evidence: [A]}\n"
        assert was in text
        file.write_bytes(text.replace(was, "".join(f"    {line}\n" for line in first)).encode())
        assert run("validate", "--strict").code == 0


FLOW = ("verified: {date: '2020-01-10', by: 甲, evidence: [A]}  # 一",)
LINES = ("verified:", "  date: 2020-01-10", "  # 谁", "  by: 甲  # 二", "  evidence: [A]  # 三")
KEPT = "    - date: 2020-01-10\n      note: 核验销号\n(      evidence: .*\n)?(      by: 甲\n)?"
BELOW = ("verified:", "  evidence:", "  - A", "  by: 甲", "  date: 2020-01-10")


@pytest.mark.parametrize(
    ("first", "words", "record"),
    [
        (FLOW, ("--by", "乙"), ("verified: {date: 2020-02-05, by: 乙}  # 一",)),
        (FLOW, (), ("verified: {date: 2020-02-05}  # 一",)),
        (
            FLOW,
            ("--by", "甲", "--evidence", "B"),
            ("verified: {date: '2020-02-05', by: 甲, evidence: [B]}  # 一",),
        ),
        (LINES, ("--by", "甲"), ("verified:", "  date: 2020-02-05", "  # 谁", "  by: 甲  # 二", "  # 三")),
        (
            LINES,
            ("--evidence", "B", "--evidence", "C"),
            ("verified:", "  date: 2020-02-05", "  # 谁", "  # 二", "  evidence: [B, C]  # 三"),
        ),
        (BELOW, ("--by", "乙"), ("verified:", "  by: 乙", "  date: 2020-02-05")),
        (
            BELOW,
            ("--evidence", "B"),
            ("verified:", "  evidence:", "  - B", "  date: 2020-02-05"),
        ),
        (
            ("verified:", "  date: 2020-01-10"),
            ("--by", "甲", "--evidence", "B"),
            ("verified:", "  date: 2020-02-05", "  by: 甲", "  evidence: [B]"),
        ),
        (
            ("verified: {date: 2020-01-10}",),
            ("--by", "甲", "--evidence", "B"),
            ("verified: {date: 2020-02-05, by: 甲, evidence: [B]}",),
        ),
        (
            ("verified:", "  date: 2020-01-10", "  evidence: ['#1']"),
            ("--by", "甲"),
            ("verified:", "  date: 2020-02-05", "  by: 甲"),
        ),
    ],
)
def test_a_second_verification_replaces_the_first_which_stays_as_a_report(
    run: Run, checked: Path, first: tuple[str, ...], words: tuple[str, ...], record: tuple[str, ...]
) -> None:
    twice(run, checked, *first)
    before = checked.read_text(encoding="utf-8")
    outcome = run("verify", "4", *words, "--date", "2020-02-05")
    assert (outcome.code, outcome.err) == (0, "")
    old, new = ("".join(f"    {line}\n" for line in lines) for lines in (first, record))
    after = checked.read_text(encoding="utf-8")
    assert re.sub(KEPT, "", after, count=1) == before.replace(old, new) != after
    assert run("validate", "--strict").code == 0
    found = item_of(run)["verified"]
    assert isinstance(found, dict)
    assert found.get("by") == dict(pairwise(words)).get("--by")


def test_a_comment_within_a_record_is_not_lost(run: Run, checked: Path) -> None:
    twice(run, checked, "verified:", "  date: 2020-01-10", "  evidence:", "  - A  # 甲", "  - B")
    before = checked.read_bytes()
    outcome = run("verify", "4", "--by", "乙", "--date", "2020-02-05")
    assert (outcome.code, "a comment stands within its verified" in outcome.err) == (1, True)
    assert checked.read_bytes() == before


def test_more_is_said_of_a_verification(run: Run, checked: Path) -> None:
    run("verify", "4", "--by", "甲", "--date", "2020-01-10")
    outcome = run("verify", "4", "--by", "甲", "--evidence", "A", "--date", "2020-01-10")
    assert (outcome.code, outcome.err) == (0, "")
    assert "verified: {date: 2020-01-10, by: 甲, evidence: [A]}\n" in checked.read_text(encoding="utf-8")


def test_a_second_return_replaces_the_first(run: Run, checked: Path) -> None:
    twice(run, checked)
    outcome = run("return", "4", "--reason", "又缺", "--date", "2020-02-05")
    assert (outcome.code, outcome.err) == (0, "")
    assert "returned: {date: 2020-02-05, reason: 又缺}\n" in checked.read_text(encoding="utf-8")


def test_what_was_sent_back_on_the_day_waits_again(run: Run, checked: Path) -> None:
    day = ("--date", "2020-01-10")
    run("verify", "4", *day)
    run("return", "4", "--reason", "缺", *day)
    assert "sent back\n" in run("show", "4", "--as-of", "2020-01-10").out
    assert run("update", "4", "--status", "done", *day).code == 0
    assert "待核验" in run("show", "4", "--as-of", "2020-01-10", LANGUAGE="zh_CN").out
    (count,) = {
        tuple(sum(group[key] for group in json.loads(stats)["groups"]) for key in ("done", "verified"))
        for stats in [run("stats", "--format", "json", "--as-of", "2020-01-10").out]
    }
    assert count == (1, 0)
    before = checked.read_bytes()
    again = run("verify", "4", *day)
    assert (again.code, "4.1 was sent back on 2020-01-10" in again.err) == (1, True)
    assert checked.read_bytes() == before
    assert run("verify", "4", "--date", "2020-01-11").code == 0
    assert "verified and closed" in run("show", "4", "--as-of", "2020-01-11").out


def test_what_was_open_again_waits_again(run: Run, checked: Path) -> None:
    assert checked.is_file()
    run("verify", "4", "--date", "2020-01-10")
    run("update", "4", "--status", "in_progress", "--date", "2020-01-11")
    run("update", "4", "--status", "done", "--date", "2020-01-12")
    assert "verified and closed" in run("show", "4", "--as-of", "2020-01-10").out
    assert "to be verified\n" in run("show", "4", "--as-of", "2020-01-12").out


def test_who_is_named_as_the_record_says(run: Run, checked: Path) -> None:
    (checked.parent / "old.yaml").write_bytes(checked.read_bytes())
    chinese = {"LANGUAGE": "zh_CN"}
    by = ("--by", "某办", "--date", "2020-01-10")
    outs = [run("verify", "4", *by, **chinese).out, run("show", "4", **chinese).out]
    assert ["核验单位 某办" in out for out in outs] == [True, True]
    back = run("return", "4", "--reason", "缺", *by, **chinese).out
    outs = [back, run("show", "4", **chinese).out, run("diff", "old.yaml", "tasks.yaml", **chinese).out]
    assert ["退回单位 某办" in out for out in outs] == [True, True, True]
    assert not any("认可单位" in out for out in outs)


def logged(run: Run) -> list[tuple[str, ...]]:
    """Return what the log of the item tells, the oldest first."""
    reports = json.loads(run("log", "4", "--reverse", "--format", "json").out)["reports"]
    return [
        (each["date"][5:], each["status"] or "", each["note"] or "", each["by"] or "", *each["evidence"])
        for each in reports
    ]


def test_every_verification_and_return_stays_in_the_log(run: Run, checked: Path) -> None:
    twice(run, checked)
    steps = [
        ("12-20", "done", "", ""),
        ("01-10", "", "核验销号", "甲", "A"),
        ("01-11", "in_progress", "退回：缺", "丙"),
        ("02-01", "done", "", ""),
    ]
    assert logged(run) == steps
    assert run("verify", "4", "--by", "乙", "--date", "2020-02-02").code == 0
    assert run("return", "4", "--reason", "又缺", "--date", "2020-02-03").code == 0
    assert run("update", "4", "--status", "done", "--date", "2020-02-04").code == 0
    assert run("verify", "4", "--by", "甲", "--date", "2020-02-05").code == 0
    assert logged(run) == [
        *steps,
        ("02-02", "", "核验销号", "乙"),
        ("02-03", "in_progress", "退回：又缺", ""),
        ("02-04", "done", "", ""),
        ("02-05", "", "核验销号", "甲"),
    ]
    assert run("validate", "--strict").code == 0
    assert run("list", "--alert", "stale").code == 0


@pytest.mark.usefixtures("checked")
def test_what_was_sent_back_on_the_day_of_its_verification_was_verified_before(run: Run) -> None:
    assert run("verify", "4", "--by", "甲", "--date", "2020-01-10").code == 0
    assert run("return", "4", "--reason", "假", "--date", "2020-01-10").code == 0
    assert [each[2] for each in logged(run)[-2:]] == ["核验销号", "退回：假"]


def test_a_return_that_only_its_record_tells_stays_too(run: Run, checked: Path) -> None:
    text = checked.read_text(encoding="utf-8")
    record = "    returned: {date: 2019-12-25, by: 丙, reason: 旧}\n"
    at = text.index("    progress:\n    - date: 2019-12-20")
    checked.write_bytes((text[:at] + record + text[at:]).encode())
    assert logged(run)[-1] == ("12-25", "", "退回：旧", "丙")
    assert run("return", "4", "--reason", "新", "--date", "2020-01-11").code == 0
    assert logged(run)[1:] == [("12-25", "", "退回：旧", "丙"), ("01-11", "in_progress", "退回：新", "")]


def test_what_is_verified_is_not_verified_again(run: Run, checked: Path) -> None:
    run("verify", "4", "--by", "甲", "--evidence", "A", "--date", "2020-01-10")
    before = checked.read_bytes()
    for words in (("--by", "乙", "--date", "2020-01-12"), ("--by", "甲", "--date", "2020-01-10")):
        again = run("verify", "4", *words)
        assert (again.code, again.out) == (1, "")
        assert again.err == (
            "chengguo: 4.1 was verified on 2020-01-10 already by 甲\n"
            "  hint: To have it verified anew, send it back first: chengguo return 4.1 --reason TEXT\n"
        )
    assert checked.read_bytes() == before


@pytest.mark.parametrize("words", [("verify", "4"), ("return", "4", "--reason", "缺")])
def test_a_day_before_the_last_verification_or_return_is_refused(
    run: Run, checked: Path, words: tuple[str, ...]
) -> None:
    twice(run, checked)
    assert run("update", "4", "--status", "done", "--date", "2020-01-02").code == 0
    before = checked.read_bytes()
    early = run(*words, "--date", "2020-01-05")
    assert (early.code, early.out) == (1, "")
    assert early.err == (
        "chengguo: 4.1 was verified or sent back on 2020-01-11, later than 2020-01-05\n"
        "  hint: Name that day or a later one: --date DATE; see: chengguo log 4.1\n"
    )
    assert checked.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "words", "items"),
    [
        ("--status", ("待核验", "unverified", "to be verified"), ["1.1"]),
        ("--status", ("已销号", "verified", "销号"), ["4.1"]),
        ("--status", ("退回", "returned", "sent back"), ["5.1"]),
        ("--status", ("退回,待核验",), ["1.1", "5.1"]),
        ("--status", ("done",), ["1.1", "4.1"]),
    ],
)
def test_what_waits_for_verification_is_chosen_by_it(
    run: Run, checked: Path, option: str, words: tuple[str, ...], items: list[str]
) -> None:
    assert checked.is_file()
    run("update", "5", "1", *DONE)
    run("verify", "4", "--date", "2020-01-10")
    run("return", "5", "--reason", "缺材料", "--date", "2020-01-10")

    def chosen(*options: str) -> list[str]:
        outcome = run("list", *options, "--as-of", "2020-01-20", "--format", "json")
        assert (outcome.code, outcome.err) == (0, "")
        return [each["id"] for each in json.loads(outcome.out)["items"]]

    every = chosen()
    for word in words:
        assert chosen(option, word) == items
        assert chosen("--not-status", word) == [each for each in every if each not in items]
    assert run("update", "3.1", "--status", "待核验").code == 2


def test_where_a_report_closes_what_is_done_is_as_good_as_verified(run: Run, checked: Path) -> None:
    plain = checked.read_bytes().replace(b"  closing: verified\n", b"")
    checked.write_bytes(plain)
    for words, items in {("已销号",): ["4.1"], ("待核验",): []}.items():
        found = json.loads(run("list", "--status", *words, "--format", "json").out)["items"]
        assert [each["id"] for each in found] == items


def test_what_was_ended_is_taken_up_again_as_the_hint_says(run: Run, checked: Path) -> None:
    assert checked.is_file()
    assert run("update", "5", "--status", "cancelled", "--note", "并入4.1", "--date", "2020-01-10").code == 0
    page = run("report", "-", "--as-of", "2020-01-20").out
    assert "\n终止1项：\n- 5.1 " in page
    assert "无新完成" not in page
    for words in (("return", "5", "--reason", "不同意"), ("verify", "5")):
        refused = run(*words, "--date", "2020-01-15")
        assert refused.err == (
            "chengguo: 5.1 is cancelled on 2020-01-15, not done\n"
            "  hint: To take it up again: chengguo update 5.1 --status in_progress\n"
        )
    assert run("update", "5.1", "--status", "in_progress", "--date", "2020-01-15").code == 0
    assert "5.1" in [
        each["id"] for each in json.loads(run("list", "--status", "in_progress", "--json").out)["items"]
    ]


def test_the_page_tells_what_is_verified_and_what_waits(run: Run, checked: Path, tmp_path: Path) -> None:
    on = ("--as-of", "2020-01-20", "--period", "2020-01")
    said = "已完成3项中，已销号1项，待核验2项（1.1、5.1）。"
    run("update", "5", "1", *DONE)
    run("verify", "4", "--date", "2020-01-10")
    assert f"\n{said}\n" in run("report", "-", *on).out
    for name in ("页.html", "页.md"):
        assert run("report", name, *on).code == 0
        assert said in (tmp_path / name).read_text(encoding="utf-8")
    assert run("report", "页.docx", *on).code == 0
    assert said in [each.text for each in docx.Document(str(tmp_path / "页.docx")).paragraphs]
    checked.write_bytes(checked.read_bytes().replace(b"  closing: verified\n", b""))
    assert "待核验" not in run("report", "-", *on).out


OPEN = "if it is done: chengguo update 4.1 --status done"


@pytest.mark.parametrize("how", ["by hand", "by a report"])
def test_what_is_open_and_verified_is_a_finding_whose_hints_clear_it(
    run: Run, checked: Path, how: str
) -> None:
    run("verify", "4", "--date", "2020-01-10")
    assert run("validate", "--strict").code == 0
    if how == "by hand":
        text = checked.read_text(encoding="utf-8")
        slip = text.replace("    status: done\n    verified", "    status: in_progress\n    verified")
        checked.write_bytes(slip.encode())
    else:
        told = run("update", "4", "--status", "in_progress", "--date", "2020-01-12")
        assert (told.code, OPEN in told.err) == (0, True)
    found = run("validate", "--format", "concise").out
    assert "P506 warning: the item was verified on 2020-01-10, and its status is in_progress" in found
    assert run("validate").out.count(f"If it is open again: chengguo return 4.1 --reason TEXT; {OPEN}") == 1
    before = checked.read_bytes()
    for words in (("return", "4.1", "--reason", "返工"), ("update", "4.1", "--status", "done")):
        checked.write_bytes(before)
        assert run(*words).code == 0
        assert run("validate", "--strict").code == 0
    checked.write_bytes(before.replace(b"  closing: verified\n", b""))
    assert "Delete 'verified:'; or, if it is done: chengguo update 4.1" in run("validate").out


def test_what_is_done_by_its_milestones_is_verified_as_lists_show_it(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    first, second = (("update", "1.2", "--milestone", number, "--status", "done") for number in "12")
    assert run(*first, "--date", "2025-03-20").code == 0
    refused = run("verify", "1.2", "--date", "2025-03-25")
    assert (refused.code, refused.err.splitlines()[0]) == (
        1,
        "chengguo: 1.2 is in progress on 2025-03-25, not done",
    )
    assert run(*second, "--date", "2025-06-20").code == 0
    waiting = json.loads(run("list", "--status", "待核验", "--format", "json").out)["items"]
    assert [each["id"] for each in waiting] == ["1.2"]
    assert run("verify", "1.2", "--date", "2025-06-25").code == 0
    assert run("list", "--status", "已销号", "--format", "csv").out.count("\n1.2,") == 1
    assert run("validate", "--strict").code == 0
    assert run("return", "1.2", "--reason", "返工", "--date", "2025-07-01").code == 0
    assert run("list", "--status", "退回", "--format", "csv").out.count("\n1.2,") == 1
    assert run("validate", "--strict").code == 0
    assert run(*second, "--date", "2025-07-03").code == 0


def test_a_milestone_that_is_open_again_leaves_nothing_verified(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    for number in "12":
        run("update", "1.2", "--milestone", number, "--status", "done", "--date", "2025-06-20")
    run("verify", "1.2", "--date", "2025-06-25")
    told = run("update", "1.2", "--milestone", "2", "--status", "in_progress", "--date", "2025-07-01")
    assert "P506 warning" in told.err
