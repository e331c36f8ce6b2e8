"""Windows' own way of writing: who holds the file, kills at each step, three writers beside a reader."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import systems
from chengguo import load
from chengguo.files import saving, store
from chengguo.text.source import Source
from conftest import Drills, Run

pytestmark = systems.windows

UPDATE = ("update", "4", "--status", "done", "--date", "2019-12-20")
NOTHING, READING = 0, 1  # what another program may do meanwhile
# Ends itself at a step of a write, as the task manager would.
KILLED = """\
import os, signal, sys
from chengguo import cli
from chengguo.files import journal, windows
def die(*_arguments, **_options):
    os.kill(os.getpid(), signal.SIGTERM)
def then_die(*arguments, real=os.replace):
    real(*arguments)
    die()
def die_with_half(new, data):
    with new.open("wb") as file:
        file.write(data[:len(data) // 2])
        file.flush()
        die()
steps = {
    "after the lock": (windows, "_write", die),
    "half written": (windows, "_write", die_with_half),
    "before the flush": (os, "fsync", die),
    "before the replace": (os, "replace", die),
    "after the replace": (os, "replace", then_die),
    "before it is noted as done": (journal, "commit", die),
    "while clearing": (windows.Path, "rmdir", die),
}
setattr(*steps[sys.argv[1]])
sys.argv[1:] = sys.argv[2:]
cli.run()
"""
WRITER = """\
import sys
from chengguo import cli
_program, file, name, times = sys.argv
for number in range(int(times)):
    note = f"{name}第{number}次"
    sys.argv = ["chengguo", "update", "4", "--note", note, "--date", "2019-12-20", "-f", file]
    code = cli.run()
    assert code == 0, code
"""


@contextlib.contextmanager
def held(file: Path, sharing: int) -> Iterator[None]:
    """Hold a file as a program does that keeps others from more than ``sharing``."""
    if sys.platform == "win32":
        import _winapi

        flags = (_winapi.GENERIC_READ, sharing, 0, _winapi.OPEN_EXISTING, 0, 0)
        handle = _winapi.CreateFile(str(file), *flags)
        try:
            yield
        finally:
            _winapi.CloseHandle(handle)
    else:
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "PATIENCE", 0.1)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def done(source: Source) -> tuple[Source, None]:
    return source._replace(text=source.text.replace("pending", "done", 1)), None


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("sharing", [NOTHING, READING])
def test_a_file_that_another_program_holds_is_busy(run: Run, registry: Path, sharing: int) -> None:
    before = registry.read_bytes()
    with held(registry, sharing):
        outcome = run(*UPDATE)
    assert (outcome.code, outcome.out) == (75, "")
    assert outcome.err.startswith("chengguo: another program holds tasks.yaml\n  hint: ")
    assert "lose it in Excel, WPS or whatever has it open, and try again.\n" in outcome.err
    assert (registry.read_bytes(), names(registry.parent)) == (before, ["tasks.yaml"])
    assert run(*UPDATE).code == 0


def test_a_reader_is_told_who_may_hold_the_file(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = store.read_bytes.__kwdefaults__ or {}
    monkeypatch.setattr(store.read_bytes, "__kwdefaults__", {**usual, "patience": 0.1})
    with held(registry, NOTHING):
        outcome = run("list", LANG="zh_CN")
    assert outcome == (
        75,
        "",
        (
            "chengguo: 另一个程序正占用 tasks.yaml\n"
            "  提示：请在打开它的程序（如 Excel、WPS）里关闭它，然后重试。\n"
        ),
    )


@pytest.mark.parametrize("sharing", [NOTHING, READING])
@pytest.mark.parametrize("command", [UPDATE, ("list",)], ids=["update", "list"])
def test_a_file_that_is_held_for_a_moment_is_waited_for(
    run: Run, registry: Path, sharing: int, command: tuple[str, ...]
) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(held(registry, sharing))
        timer = threading.Timer(0.3, stack.pop_all().close)
        timer.start()
        assert run(*command).code == 0
        timer.join()
    assert names(registry.parent) == ["tasks.yaml"]


@pytest.mark.usefixtures("impatient")
def test_another_chengguo_that_writes_is_waited_for_and_told(run: Run, registry: Path) -> None:
    folder = registry.with_name(".tasks.yaml.chengguo") / ".git"
    folder.mkdir(parents=True)
    (folder / "lock").touch()
    with held(folder / "lock", NOTHING):
        outcome = run(*UPDATE)
        assert run("list").code == 0  # who reads needs no lock
    assert outcome == (
        75,
        "",
        (
            "chengguo: another process holds tasks.yaml\n"
            "  hint: It may be another chengguo or an editor; try again.\n"
        ),
    )
    assert run(*UPDATE).code == 0  # a lock file that a loss of power left keeps nobody out
    assert names(registry.parent) == ["tasks.yaml"]


def test_we_keep_nobody_from_saving_while_we_plan(registry: Path) -> None:
    saves: list[int] = []

    def plan(source: Source) -> tuple[Source, None]:
        if not saves:
            other = registry.with_name("editor.tmp")
            other.write_bytes(registry.read_bytes() + b"# saved\n")
            saves.append(1)
            other.replace(registry)
        return done(source)

    saving.edit(registry, plan)
    text = registry.read_bytes()
    assert (text.endswith(b"# saved\n"), text.count(b"status: done")) == (True, 1)


def test_who_reads_keeps_nobody_from_renaming_the_file(registry: Path) -> None:
    descriptor = store.open_file(registry, registry)
    try:
        registry.rename(registry.with_name("moved.yaml"))
    finally:
        os.close(descriptor)


def test_a_stray_file_in_our_folder_keeps_no_update_from_being_made(run: Run, registry: Path) -> None:
    folder = registry.with_name(".tasks.yaml.chengguo")
    folder.mkdir()
    (folder / "desktop.ini").touch()
    assert run(*UPDATE).code == 0
    assert run("update", "5.1", *UPDATE[2:]).code == 0
    assert names(folder) == ["desktop.ini"]


def test_clearing_up_after_the_replace_is_no_error(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rmdir", refuse)
        patch.setattr(Path, "unlink", refuse)
        assert run(*UPDATE)[::2] == (0, "")
    assert b"status: done" in registry.read_bytes()
    assert run("undo").code == 0
    assert b"status: done" not in registry.read_bytes()
    assert names(registry.parent) == ["tasks.yaml"]


@pytest.mark.parametrize(
    "step",
    [
        "after the lock",
        "half written",
        "before the flush",
        "before the replace",
        "after the replace",
        "before it is noted as done",
        "while clearing",
    ],
)
def test_a_kill_at_each_step(run: Run, registry: Path, drills: Drills, step: str) -> None:
    before = registry.read_bytes()
    words = ["update", "5.1", *UPDATE[2:], "-f", str(registry)]
    killed = subprocess.run([sys.executable, "-c", KILLED, step, *words], check=False, capture_output=True)
    assert killed.returncode != 0, killed
    new = step in {"after the replace", "before it is noted as done", "while clearing"}
    now = registry.read_bytes()
    drills.report("a kill at a step of a write", 1, (now != before) != new)
    assert (now != before) == new
    assert [item.status for item in load(registry).items if item.address == "5.1"] == [
        "done" if new else "pending"
    ]
    assert run(*UPDATE).code == 0
    assert names(registry.parent) == ["tasks.yaml"]


def test_three_writers_beside_a_reader(registry: Path, drills: Drills) -> None:
    times = 30 if drills.times > 1 else 8
    command = [sys.executable, "-c", WRITER, str(registry)]
    writers = [subprocess.Popen([*command, name, str(times)], stdout=subprocess.DEVNULL) for name in "甲乙丙"]
    reads = 0
    while any(writer.poll() is None for writer in writers):
        assert load(registry).findings == ()  # whole, at any moment
        reads += 1
        time.sleep(0.01)
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    written = {entry.note for item in load(registry).items for entry in item.progress}
    wanted = {f"{name}第{number}次" for name in "甲乙丙" for number in range(times)}
    drills.report("updates by three writers beside a reader", len(wanted), len(wanted - written))
    assert wanted <= written
    assert reads > times
    assert names(registry.parent) == ["tasks.yaml"]
