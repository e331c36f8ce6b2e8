"""Drills: writes under kills, faults, many hands, an editor. ``--drills 20``: twenty times as long.

The number of runs and of losses stands in the summary of pytest.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import systems
from chengguo import load
from chengguo.files import swapping
from conftest import Drills, Run

UPDATE = ("update", "4", "--status", "done", "--date", "2019-12-20")
# Writes again and again until it is killed, each time something else.
WRITER = """\
import sys, time
from chengguo.files import saving
def plan(source):
    head, _mark, _tail = source.text.partition("# end ")
    return source._replace(text=head + f"# end {time.time_ns()}\\n" * 200), None
saving.edit(sys.argv[1], plan)
print("ready", flush=True)
while True:
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
    """True if the file is what some write made of it, not half of one."""
    head, mark, tail = text.partition("# end ")
    return head == before and (not mark or tail.count("\n") == 200)


@systems.signals
def test_kill_at_random_moments(run: Run, registry: Path, drills: Drills) -> None:
    before = registry.read_text(encoding="utf-8")
    moments = random.Random(4)  # noqa: S311 - the same moments each time
    folder = registry.parent
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # noqa: S607
    broken, texts = 0, {before}
    for _run in range(runs := 12 * drills.times):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(registry)], stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.06))
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL  # it was at it until then
        writer.stdout.close()
        texts.add(text := registry.read_text(encoding="utf-8"))
        broken += not is_whole(text, before)
        status = subprocess.run(
            ["git", "status", "--porcelain"],  # noqa: S607
            cwd=folder,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert status.stdout == "?? tasks.yaml\n"  # no litter that git sees
    assert "# end " in registry.read_text(encoding="utf-8")  # some of them wrote
    assert run(*UPDATE).code == 0  # and no lock that outlives its process
    assert sorted(path.name for path in folder.iterdir()) == [".git", "tasks.yaml"]
    drills.report("kill -9 during a write", runs, broken)
    assert len(texts) == runs + 1  # each was at work
    assert broken == 0


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
    real = os.fsync

    def flush(descriptor: int) -> None:
        nonlocal saves
        if turns.random() < 0.6:  # an editor knows no lock; it renames another file, or writes this one
            saves += 1
            text = registry.read_bytes() + f"# 第{saves}次保存\n".encode()
            if saves % 2:
                registry.write_bytes(text)
            else:
                other = registry.with_name("editor.tmp")
                other.write_bytes(text)
                other.replace(registry)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    notes = [f"第{number}次报告" for number in range(25 * drills.times)]
    refused = [note for note in notes if run("update", "4", "--note", note, "--date", "2019-12-20").code]
    text = registry.read_text(encoding="utf-8")
    lost = sum(f"# 第{number + 1}次保存\n" not in text for number in range(saves))
    lost += sum(f"note: {note}\n" not in text for note in notes if note not in refused)
    drills.report("saves of an editor during updates", saves, lost)
    assert saves > len(notes) // 2
    assert len(refused) < len(notes) // 4  # 0.6 to the fifth are given up, and say so
    assert lost == 0


@systems.exchange
def test_an_editor_that_saves_in_the_moment_of_the_replace(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, drills: Drills
) -> None:
    saves, is_put_back = 0, False
    turns = random.Random(6)  # noqa: S311 - the same turns each time
    real = swapping._exchange_or_fail

    def exchange(one: Path, other: Path) -> None:
        nonlocal saves, is_put_back
        if is_put_back:  # a save while another is put back is told: see test_store.py
            is_put_back = False
        elif turns.random() < 0.3:
            saves, is_put_back = saves + 1, True
            text = registry.read_bytes() + f"# 第{saves}次保存\n".encode()
            if saves % 2:
                registry.write_bytes(text)
            else:
                saved = registry.with_name("editor.tmp")
                saved.write_bytes(text)
                saved.replace(registry)
        real(one, other)

    monkeypatch.setattr(swapping, "_exchange_or_fail", exchange)
    notes = [f"第{number}次报告" for number in range(25 * drills.times)]
    refused = [note for note in notes if run("update", "4", "--note", note, "--date", "2019-12-20").code]
    text = registry.read_text(encoding="utf-8")
    lost = sum(f"# 第{number + 1}次保存\n" not in text for number in range(saves))
    drills.report("saves of an editor in the moment of the replace", saves, lost)
    lost_notes = sum(f"note: {note}\n" not in text for note in notes if note not in refused)
    assert saves > len(notes) // 5
    assert (lost, lost_notes) == (0, 0)
