"""``accepted_undated``: that nobody can name a day yet is accepted, by somebody and for a time."""

import json
from datetime import date
from pathlib import Path

import pytest

from chengguo import load
from chengguo.cli import session
from conftest import Run

TITLE = "4.1 加快建立科技成果信息共享与发布系统"
ACCEPT = ("update", "4", "--accept-undated", "市科委", "--until", "2019-06-30")
LINE = "    accepted_undated: {by: 市科委, until: 2019-06-30}\n"


@pytest.fixture
def undated(run: Run, registry: Path) -> Path:
    """The real table, of which one item has no day and another cannot be read; both are accepted."""
    text = registry.read_text(encoding="utf-8")
    at = text.index("\n- id: 4\n")
    text = text[:at] + text[at:].replace("    schedule: 2019 年底\n", "    schedule: 适时出台\n", 1)
    registry.write_text(text, encoding="utf-8", newline="")
    assert run(*ACCEPT).code == 0
    return registry


@pytest.mark.parametrize("wording", ["适时出台", "主汛期前", "待定再说"])
@pytest.mark.parametrize(("day", "code"), [("2019-06-30", 0), ("2019-07-01", 1)])
def test_until_its_last_day_nothing_is_found(
    run: Run, undated: Path, wording: str, day: str, code: int
) -> None:
    text = undated.read_text(encoding="utf-8").replace("schedule: 适时出台", f"schedule: {wording}")
    undated.write_text(text, encoding="utf-8", newline="")
    outcome = run("validate", "--strict", "--as-of", day)
    assert outcome.code == code
    assert ("; 市科委 accepted that until 2019-06-30 only" in outcome.out) == bool(code)


def test_without_a_day_it_is_today(run: Run, undated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            return cls(2019, 6, 30)

    assert run("validate", "--strict").code == 1
    monkeypatch.setattr(session, "date", Clock)
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")
    assert [each.code for each in load(undated).findings] == ["D406"]
    assert load(undated, Clock.today()).findings == ()


def test_a_reading_in_two_ways_is_not_accepted(run: Run, undated: Path) -> None:
    text = undated.read_text(encoding="utf-8").replace("schedule: 适时出台", "schedule: 2020 年前")
    undated.write_text(text, encoding="utf-8", newline="")
    assert "D402" in run("validate", "--as-of", "2019-06-30").out


def test_it_stands_behind_the_schedule_and_is_said_once(run: Run, undated: Path) -> None:
    assert "    schedule: 适时出台\n" + LINE in undated.read_text(encoding="utf-8")
    assert "already recorded; nothing changes" in run(*ACCEPT).out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LINE, LINE.replace("2019-06-30", "2020-12-31").replace("市科委", "分管 领导: 甲")),
        (
            "    accepted_undated: # 会议\n      until: '2019-06-30' # 到期再议\n      by: 市科委\n",
            "    accepted_undated: # 会议\n      until: '2020-12-31' # 到期再议\n      by: 分管 领导: 甲\n",
        ),
    ],
    ids=["braces", "block"],
)
def test_another_acceptance_replaces_its_words_alone(run: Run, undated: Path, old: str, new: str) -> None:
    text = undated.read_text(encoding="utf-8").replace(LINE, old)
    undated.write_text(text, encoding="utf-8", newline="")
    outcome = run("update", "4", "--accept-undated", "分管 领导: 甲", "--until", "2020-12-31")
    assert outcome.code == 0
    assert outcome.out == (
        f"{TITLE}\n  no day for now: accepted by 市科委; accepted until 2019-06-30 → "
        "accepted by 分管 领导: 甲; accepted until 2020-12-31\n1 item updated in tasks.yaml\n"
    )
    new = new.replace("by: 分管 领导: 甲", 'by: "分管 领导: 甲"')
    assert undated.read_text(encoding="utf-8") == text.replace(old, new)


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    "words", [("--until", "2019-06-30"), ("--accept-undated", "市科委"), (*ACCEPT[2:3], " ", *ACCEPT[4:])]
)
def test_half_of_one_is_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("update", "4", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--accept-undated and --until go together" in outcome.err


def test_half_of_one_in_the_file_is_a_finding_and_accepts_nothing(run: Run, undated: Path) -> None:
    text = undated.read_text(encoding="utf-8").replace(LINE, "    accepted_undated: {by: 市科委}\n")
    undated.write_text(text, encoding="utf-8", newline="")
    out = run("validate", "--as-of", "2019-06-30", "--format", "concise").out
    assert [line.split()[1] for line in out.splitlines()] == ["D406", "S203"]
    outcome = run(*ACCEPT)
    assert (outcome.code, "not a record with all of its parts" in outcome.err) == (1, True)


@pytest.mark.usefixtures("undated")
def test_it_is_shown_and_listed_for_scripts(run: Run) -> None:
    assert "accepted by 市科委; accepted until 2019-06-30" in run("show", "4").out
    items = json.loads(run("list", "--format", "json").out)["items"]
    found = {item["id"]: item["accepted_undated"] for item in items}
    assert found.pop("4.1") == {"by": "市科委", "until": "2019-06-30"}
    assert {*found.values()} == {None}
    csv = run("list", "--grep", "适时", "--format", "csv", "--columns", "id,accepted_undated").out
    assert csv == "id,accepted_undated\n4.1,市科委 2019-06-30\n"


def test_it_is_told_by_diff_and_taken_back_by_undo(run: Run, undated: Path, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    before = undated.read_bytes()
    run("update", "4", "--accept-undated", "市教委", "--until", "2020-06-30", **state)
    assert "市教委".encode() in undated.read_bytes().split(b"accepted_undated")[1][:40]
    assert run("undo", **state).code == 0
    assert undated.read_bytes() == before


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_it_goes_out_and_comes_back(run: Run, undated: Path, suffix: str) -> None:
    run("export", f"out.{suffix}", "--restorable", "--as-of", "2019-03-01")
    assert run("import", f"out.{suffix}", "-o", "back.yaml").code == 0
    assert LINE in (undated.parent / "back.yaml").read_text(encoding="utf-8")
    was, now = (
        json.loads(run("list", "-f", name, "--as-of", "2019-03-01", "--format", "json").out)["items"]
        for name in ("tasks.yaml", "back.yaml")
    )
    assert now == was


def test_changes_of_both_sides_are_merged(run: Run, undated: Path) -> None:
    folder = undated.parent
    text = undated.read_text(encoding="utf-8")
    block = text.replace(LINE, "    accepted_undated:\n      by: 市科委\n      until: 2019-06-30\n")
    ours, theirs = block.replace("by: 市科委", "by: 市教委"), block.replace("2019-06-30", "2020-06-30")
    for name, version in (("base", block), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(version, encoding="utf-8", newline="")
    run("merge", "base", "ours", "theirs")
    assert (folder / "ours").read_text(encoding="utf-8") == ours.replace("2019-06-30", "2020-06-30")
