"""Drills: writes under kills, faults, many hands, an editor. ``--drills 20``: twenty times as long.

The number of runs and of losses stands in the summary of pytest.
"""

import builtins
import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Self

import pytest

import systems
from chengguo import load
from chengguo.files import saving
from conftest import Drills, Run

UPDATE = ("update", "4", "--status", "done", "--date", "2019-12-20")
# Updates again and again until it is killed: each adds a note, so that the file keeps changing.
WRITER = """\
import sys
from pathlib import Path
from chengguo.files import saving
from chengguo.text.source import Source
print("ready", flush=True)
number = 0
while True:
    number += 1
    def plan(source, number=number):
        head, _mark, _tail = source.text.partition("# end ")
        return source._replace(text=head + f"# end {number}\\n" * 200)
    saving.edit(sys.argv[1], plan)
"""
# Updates an item so many times, each with a note of its own.
REPORTER = """\
import sys
from chengguo import cli
_program, file, item, name, times = sys.argv
for number in range(int(times)):
    note = f"{name}第{number}次"
    sys.argv = ["chengguo", "update", item, "--note", note, "--date", "2019-12-20", "-f", file]
    code = cli.run()
    while code == 75:
        code = cli.run()
    assert code == 0, code
"""


def is_whole(text: str, before: str) -> bool:
    """Tell whether the file is what some write made of it, not half of one."""
    head, mark, tail = text.partition("# end ")
    return head == before and (not mark or tail.count("\n") == 200)


@systems.signals
def test_kill_at_random_moments(run: Run, registry: Path, drills: Drills) -> None:
    before = registry.read_text(encoding="utf-8")
    moments = random.Random(4)  # noqa: S311 - the same moments each time
    folder = registry.parent
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # noqa: S607
    broken = 0
    for _run in range(runs := 12 * drills.times):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(registry)], stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.03))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        broken += not is_whole(registry.read_text(encoding="utf-8"), before)
        status = subprocess.run(
            ["git", "status", "--porcelain"],  # noqa: S607
            cwd=folder,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert status.stdout == "?? tasks.yaml\n"  # no litter that git sees
    assert run(*UPDATE).code == 0  # and no lock that outlives its process
    assert sorted(path.name for path in folder.iterdir()) == [".git", "tasks.yaml"]
    drills.report("kill -9 during a write", runs, broken)
    assert broken == 0


class Full:
    """A file on a full disk: it is opened, and takes no byte."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self.descriptor)

    def write(self, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize(
    "step",
    ["pathlib.Path.mkdir", "os.open", "open", "pathlib.Path.chmod", "os.fsync", "os.replace"],
)
def test_a_fault_at_each_step(  # noqa: PLR0913, PLR0917 - fixtures
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, drills: Drills, step: str, number: int
) -> None:
    before = registry.read_bytes()
    real_open, real_file = os.open, open

    def fail(*_arguments: object, **_options: object) -> int:
        raise OSError(number, os.strerror(number))

    def opened(path: str, flags: int, mode: int = 0o777) -> int:
        return fail() if flags & os.O_CREAT else real_open(path, flags, mode)

    def file(name: int | str, mode: str = "r", **options: Any) -> Any:
        return Full(int(name)) if mode == "wb" else real_file(name, mode, **options)

    with monkeypatch.context() as patch:
        if step == "os.open":
            patch.setattr(os, "open", opened)
        elif step == "open":
            patch.setattr(builtins, "open", file)
        else:
            patch.setattr(step, fail)
        outcome = run(*UPDATE)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("chengguo: tasks.yaml could not be written: ")
    assert outcome.err.endswith("  hint: The old file is unchanged.\n")
    lost = registry.read_bytes() != before
    assert [path.name for path in registry.parent.iterdir()] == ["tasks.yaml"]
    assert run(*UPDATE).code == 0
    drills.report("a fault at a step of a write", 1, lost)
    assert not lost


def test_eight_processes_on_the_same_and_on_other_items(registry: Path, drills: Drills) -> None:
    times = 4 * drills.times
    items = ["4", "4", "5.1", "5.1", "1.1", "3.2", "4", "5.1"]
    reporters = [
        subprocess.Popen(
            [sys.executable, "-c", REPORTER, str(registry), item, f"甲{number}", str(times)],
            stdout=subprocess.DEVNULL,
        )
        for number, item in enumerate(items)
    ]
    assert [reporter.wait() for reporter in reporters] == [0] * len(items)
    wanted = Counter(f"甲{number}第{turn}次" for number in range(len(items)) for turn in range(times))
    found = Counter(entry.note or "" for item in load(registry).items for entry in item.progress)
    drills.report("updates by eight processes", sum(wanted.values()), (wanted - found).total())
    assert found == wanted
    assert load(registry).findings == ()


def test_an_editor_that_saves_in_between(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, drills: Drills
) -> None:
    saves = 0
    turns = random.Random(5)  # noqa: S311 - the same turns each time
    real = saving._write

    def write(workshop: Path, data: bytes, mode: int) -> Path:
        nonlocal saves
        if (
            turns.random() < 0.6
        ):  # an editor knows no lock: it writes another file and renames it, or this one
            saves += 1
            text = registry.read_bytes() + f"# 第{saves}次保存\n".encode()
            if saves % 2:
                registry.write_bytes(text)
            else:
                other = registry.with_name("editor.tmp")
                other.write_bytes(text)
                other.replace(registry)
        return real(workshop, data, mode)

    monkeypatch.setattr(saving, "_write", write)
    notes = [f"第{number}次报告" for number in range(25 * drills.times)]
    refused = [note for note in notes if run("update", "4", "--note", note, "--date", "2019-12-20").code]
    text = registry.read_text(encoding="utf-8")
    lost = sum(f"# 第{number + 1}次保存\n" not in text for number in range(saves))
    lost += sum(f"note: {note}\n" not in text for note in notes if note not in refused)
    drills.report("saves of an editor during updates", saves, lost)
    assert saves > len(notes) // 2
    assert len(refused) < len(notes) // 4  # 0.6 to the fifth are given up, and say so
    assert lost == 0
