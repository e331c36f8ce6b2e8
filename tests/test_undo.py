"""``undo`` and ``redo`` through the command line, and the journal that they go by."""

import errno
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import systems
from chengguo.files import journal, swapping
from conftest import Run

UPDATE = ("update", "4", "--status", "done", "--note", "已上线运行", "--date", "2019-12-20")


def entries(memory: dict[str, str]) -> list[Path]:
    """Return the files of the journal of the only registry that is in it."""
    (folder,) = (Path(memory["XDG_STATE_HOME"]) / "chengguo" / "undo").iterdir()
    return sorted(folder.iterdir())


@pytest.fixture
def memory(tmp_path: Path) -> dict[str, str]:
    """An environment that remembers nothing yet."""
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "LOCALAPPDATA": str(tmp_path / "state")}


def test_the_last_change_is_taken_back_and_shown(run: Run, registry: Path, memory: dict[str, str]) -> None:
    before = registry.read_bytes()
    run(*UPDATE, **memory)
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.err, registry.read_bytes()) == (0, "", before)
    assert "-    status: done\n" in outcome.out
    assert "+    status: pending\n" in outcome.out
    assert outcome.out.endswith("The last change of tasks.yaml was taken back.\n")


def test_a_dry_run_takes_nothing_back(run: Run, registry: Path, memory: dict[str, str]) -> None:
    run(*UPDATE, **memory)
    after = registry.read_bytes()
    outcome = run("undo", "--dry-run", **memory)
    assert (outcome.code, registry.read_bytes()) == (0, after)
    assert outcome.out.endswith("Dry run: tasks.yaml was not written.\n")


def test_what_others_changed_elsewhere_stays(run: Run, registry: Path, memory: dict[str, str]) -> None:
    before = registry.read_bytes()
    run(*UPDATE, **memory)
    other = registry.read_bytes().replace(b"format: 1\n", b"format: 1 # checked\n") + b"# end\n"
    registry.write_bytes(other)
    assert run("undo", **memory).code == 0
    assert registry.read_bytes() == before.replace(b"format: 1\n", b"format: 1 # checked\n") + b"# end\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("note: 已上线运行", "note: 已上线"), ("      status: done\n", "      status: done\n      # 核实\n")],
)
def test_lines_that_were_touched_since_are_left_alone(
    run: Run, registry: Path, memory: dict[str, str], old: str, new: str
) -> None:
    run(*UPDATE, **memory)
    touched = registry.read_text(encoding="utf-8").replace(old, new)
    registry.write_text(touched, encoding="utf-8", newline="")
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out) == (1, "")
    assert "the lines of the change of 20" in outcome.err
    assert registry.read_text(encoding="utf-8") == touched


def test_where_nothing_is_remembered(run: Run, registry: Path, memory: dict[str, str]) -> None:
    before = registry.read_bytes()
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
    assert "no change of tasks.yaml is remembered on this machine" in outcome.err
    assert run("redo", **memory).code == 1


@pytest.mark.parametrize("data", [b"", b"PK", b"chengguo change 1\n", None])
def test_a_damaged_journal_is_told(
    run: Run, registry: Path, memory: dict[str, str], data: bytes | None
) -> None:
    run(*UPDATE, **memory)
    updated = registry.read_bytes()
    (kept,) = entries(memory)
    kept.write_bytes(kept.read_bytes()[:-9] if data is None else data)
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", updated)
    assert outcome.err.startswith(
        "chengguo: what is remembered of the last change of tasks.yaml is damaged\n"
    )
    assert str(kept) in outcome.err
    assert run("update", "3.2", "--note", "照常", **memory).code == 0


@systems.fifos
def test_a_journal_that_is_no_file_is_told_at_once(run: Run, registry: Path, memory: dict[str, str]) -> None:
    run(*UPDATE, **memory)
    updated = registry.read_bytes()
    (kept,) = entries(memory)
    kept.unlink()
    os.mkfifo(kept)
    outcome = run("undo", **memory)
    assert (outcome.code, "is damaged" in outcome.err, registry.read_bytes()) == (1, True, updated)


def test_several_steps_back_and_forth(run: Run, registry: Path, memory: dict[str, str]) -> None:
    texts = [registry.read_bytes()]
    for number in range(4):
        assert run("update", "4", "--note", f"第{number}次", "--date", "2019-12-20", **memory).code == 0
        texts.append(registry.read_bytes())
    for command, order in (("undo", [3, 2, 1, 0]), ("redo", [1, 2]), ("undo", [1]), ("redo", [2, 3, 4])):
        for number in order:
            outcome = run(command, **memory)
            assert (outcome.code, outcome.err) == (0, "")
            assert registry.read_bytes() == texts[number]
    outcome = run("redo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", texts[4])
    assert "no change of tasks.yaml was taken back that could be made again" in outcome.err


def test_undo_goes_on_to_the_beginning_and_never_forth(
    run: Run, registry: Path, memory: dict[str, str]
) -> None:
    before = registry.read_bytes()
    run(*UPDATE, **memory)
    assert run("undo", **memory).code == 0
    for _again in range(3):
        outcome = run("undo", **memory)
        assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
        assert "all changes of tasks.yaml that are remembered were taken back" in outcome.err
    assert "'chengguo redo' makes the last one again" in outcome.err


def test_redo_shows_what_it_makes_again(run: Run, registry: Path, memory: dict[str, str]) -> None:
    run(*UPDATE, **memory)
    updated = registry.read_bytes()
    run("undo", **memory)
    before = registry.read_bytes()
    dry = run("redo", "--dry-run", **memory)
    assert dry.out.endswith("Dry run: tasks.yaml was not written.\n")
    assert registry.read_bytes() == before
    outcome = run("redo", **memory)
    assert "+    status: done\n" in outcome.out
    assert re.search(r"The change of [-\d]{10} \d\d:\d\d was made again in tasks.yaml.\n$", outcome.out)
    assert registry.read_bytes() == updated


def test_a_new_change_ends_redoing(run: Run, registry: Path, memory: dict[str, str]) -> None:
    run(*UPDATE, **memory)
    run("undo", **memory)
    run("update", "3.2", "--note", "另一件", **memory)
    after = registry.read_bytes()
    assert run("redo", **memory).code == 1
    assert registry.read_bytes() == after
    assert len(entries(memory)) == 1


def test_a_change_since_is_told_and_stays(run: Run, registry: Path, memory: dict[str, str]) -> None:
    run(*UPDATE, **memory)
    registry.write_bytes(registry.read_bytes() + b"# end\n")
    outcome = run("undo", **memory)
    assert re.search(
        r"The change of [-\d]{10} \d\d:\d\d was taken back from tasks.yaml; "
        r"what was changed otherwise stays.\n$",
        outcome.out,
    )
    assert registry.read_bytes().endswith(b"# end\n")


class Broken(BaseException):
    """The end of a process, at the place where it is raised."""


@systems.posix_protocol
@pytest.mark.parametrize("moment", ["before the replace", "after the replace"])
def test_a_run_that_is_killed_leaves_a_journal_that_is_true(
    run: Run, registry: Path, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    run("update", "3.2", "--note", "先前一件", **memory)
    first = registry.read_bytes()
    real = swapping.swap

    def kill(*words: Any) -> bool:
        if moment == "after the replace":
            real(*words)
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(swapping, "swap", kill)
        with pytest.raises(Broken):
            run(*UPDATE, **memory)
    killed = registry.read_bytes()
    assert (killed == first) is (moment == "before the replace")
    outcome = run("undo", **memory)
    assert outcome.out.endswith("The last change of tasks.yaml was taken back.\n")
    assert ("先前一件" in outcome.out) is (moment == "before the replace")
    assert ("先前一件".encode() in registry.read_bytes()) is (moment == "after the replace")


@systems.posix_protocol
@pytest.mark.parametrize("command", ["undo", "redo"])
@pytest.mark.parametrize("moment", ["before the replace", "after the replace"])
def test_an_undo_that_is_killed_leaves_a_journal_that_is_true(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run,
    registry: Path,
    memory: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    command: str,
) -> None:
    texts = [registry.read_bytes()]
    for item in ("3.2", "4"):
        run("update", item, "--note", "一件", **memory)
        texts.append(registry.read_bytes())
    if command == "redo":
        run("undo", **memory)
    real = swapping.swap

    def kill(*words: Any) -> bool:
        if moment == "after the replace":
            real(*words)
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(swapping, "swap", kill)
        with pytest.raises(Broken):
            run(command, **memory)
    at = texts.index(registry.read_bytes())
    assert at == (1 if (command == "undo") is (moment == "after the replace") else 2)
    assert run("undo", **memory).code == 0
    assert registry.read_bytes() == texts[at - 1]
    assert [run("redo", **memory).code for _step in range(3 - at)] == [0] * (3 - at)
    assert registry.read_bytes() == texts[2]


def test_two_updates_at_once_are_taken_back_in_their_order(
    run: Run, registry: Path, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run comes in after the first has written and before it has noted that."""
    texts = [registry.read_bytes()]
    real = journal.commit

    def late(new: Path) -> None:
        texts.append(registry.read_bytes())
        monkeypatch.setattr(journal, "commit", real)
        run("update", "3.2", "--note", "另一件", **memory)
        real(new)

    monkeypatch.setattr(journal, "commit", late)
    run(*UPDATE, **memory)
    for text in reversed(texts):
        assert run("undo", **memory).out.endswith("The last change of tasks.yaml was taken back.\n")
        assert registry.read_bytes() == text


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_change_that_undo_does_not_know_is_not_passed_over(
    run: Run, registry: Path, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run("update", "3.2", "--note", "先前一件", **memory)

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_write", full)
        outcome = run(*UPDATE, **memory)
    assert outcome.code == 0
    assert outcome.err == (
        f"chengguo: undo will not know this change of tasks.yaml, nor older ones: {os.strerror(number)}\n"
    )
    updated = registry.read_bytes()
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", updated)
    assert "no change of tasks.yaml is remembered on this machine" in outcome.err


def test_a_state_folder_that_cannot_be_written_refuses_undo(
    run: Run, registry: Path, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*UPDATE, **memory)
    updated = registry.read_bytes()

    def refuse(_path: Path, _state: str) -> Path:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(journal, "mark", refuse)
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", updated)
    assert "what undo remembers of tasks.yaml cannot be written: Read-only file system" in outcome.err


@pytest.mark.usefixtures("registry")
def test_the_journal_is_bounded(run: Run, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "STEPS", 3)
    for number in range(5):
        run("update", "4", "--note", f"第{number}次", "--date", "2019-12-20", **memory)
    assert [path.name for path in entries(memory)] == [f"0000000{number}.done" for number in (3, 4, 5)]
    monkeypatch.setattr(journal, "BYTES", 1)
    run("update", "4", "--note", "第5次", "--date", "2019-12-20", **memory)
    assert [path.name for path in entries(memory)] == ["00000006.done"]
    assert run("undo", **memory).code == 0


@given(
    st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c"])),
    st.lists(st.sampled_from([b"a\n", b"b\n", b"\xff"])),
)
def test_what_is_packed_is_unpacked(before: list[bytes], after: list[bytes]) -> None:
    change = journal.Change(b"".join(before), b"".join(after), "2019-12-20 09:00")
    packed = journal.pack(change)
    assert journal.unpack(packed) == change
    for length in range(len(packed)):
        with pytest.raises(journal.Damaged):
            journal.unpack(packed[:length])


@given(
    st.lists(st.sampled_from([b"a\n", b"b\n", b"\n", b"c"])),
    st.lists(st.sampled_from([b"a\n", b"b\n", b"\xff"])),
)
def test_an_edit_that_is_packed_is_unpacked_from_either_text(before: list[bytes], after: list[bytes]) -> None:
    change = journal.Change(b"".join(before), b"".join(after), "2019-12-20 09:00")
    packed = journal.pack_edit(change)
    assert journal.unpack(packed, change.before) == change
    assert journal.unpack(packed, change.after) == change
    with pytest.raises(journal.Elsewhere):
        journal.unpack(packed, change.after + b"other")
    for length in range(len(packed)):
        with pytest.raises(journal.Damaged):
            journal.unpack(packed[:length], change.before)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every registry count as large: just what differs is remembered of its changes."""
    monkeypatch.setattr(journal, "WHOLE", 0)


@pytest.mark.usefixtures("large")
def test_the_changes_of_a_large_registry_are_taken_back_and_made_again(
    run: Run, registry: Path, memory: dict[str, str]
) -> None:
    texts = [registry.read_bytes()]
    for number in range(3):
        run("update", "4", "--note", f"第{number}次", "--date", "2019-12-20", **memory)
        texts.append(registry.read_bytes())
    assert max(path.stat().st_size for path in entries(memory)) < 400
    for way, steps in (("undo", texts[2::-1]), ("redo", texts[1:])):
        for expected in steps:
            assert (run(way, **memory).code, registry.read_bytes()) == (0, expected)


@pytest.mark.usefixtures("large")
def test_a_large_registry_that_was_changed_since_is_left_alone(
    run: Run, registry: Path, memory: dict[str, str]
) -> None:
    run(*UPDATE, **memory)
    other = registry.read_bytes() + b"# end\n"
    registry.write_bytes(other)
    outcome = run("undo", **memory)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", other)
    assert outcome.err.startswith("chengguo: tasks.yaml was changed in another way since the change of ")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("left", [journal.NEW, journal.MOVING])
def test_what_became_of_a_change_of_a_large_registry_the_file_shows(
    run: Run, registry: Path, memory: dict[str, str], left: str
) -> None:
    before = registry.read_bytes()
    run(*UPDATE, **memory)
    (entry,) = entries(memory)
    entry.rename(entry.with_suffix(left))  # as of a run that was killed
    assert (run("undo", **memory).code, registry.read_bytes()) == (0, before)


@systems.xdg
def test_a_relative_state_folder_is_ignored(run: Run, registry: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    outcome = run(*UPDATE, XDG_STATE_HOME="state", HOME=str(home))
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "tasks.yaml"]
    assert len(list((home / ".local/state/chengguo/undo").rglob("*.done"))) == 1
    assert registry.exists()


def test_a_clock_before_1980_is_no_matter(
    run: Run, registry: Path, memory: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, strftime = registry.read_bytes(), time.strftime
    today = time.localtime()
    early = time.struct_time((1970, *today[1:]))
    monkeypatch.setattr("time.localtime", lambda *_seconds: early)
    monkeypatch.setattr("time.strftime", lambda form: strftime(form, early))
    assert run("update", "4", "--note", "已上线运行", **memory).code == 0
    assert run("undo", **memory).code == 0
    assert registry.read_bytes() == before


def test_a_folder_that_cannot_be_written_keeps_no_update_from_being_made(
    run: Run, registry: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    state = str(tmp_path / "file")
    outcome = run(*UPDATE, XDG_STATE_HOME=state, LOCALAPPDATA=state)
    assert outcome.code == 0
    assert outcome.err.startswith("chengguo: undo will not know this change of tasks.yaml, nor older ones: ")
    assert b"status: done" in registry.read_bytes()


def test_a_change_of_line_ends_by_another_hand_is_not_mixed_up(
    run: Run, registry: Path, memory: dict[str, str]
) -> None:
    run(*UPDATE, **memory)
    registry.write_bytes(registry.read_bytes().replace(b"\n", b"\r\n"))
    before = registry.read_bytes()
    assert run("undo", **memory).code == 1
    assert registry.read_bytes() == before
