"""Who reports does not close: what was reported done is verified, or sent back."""

import json
from pathlib import Path

import pytest

from chengguo import load
from conftest import TASKS_YAML, Run

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
