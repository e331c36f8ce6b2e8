"""Drills: each call to the system of each command that writes, failed and killed in turn.

In this process, by stand-ins for the functions of ``os``; and in a process of its own under strace, where
that is there. ``--drills 20``: twenty times as many, up to all there are. What must hold after each:

- every file is whole: what it was, or what the command makes of it; nothing else is left that git sees;
- what was said is true: exit code 0 means that it was written, "unchanged" that it was not, 70 is never;
- ``undo`` takes back what was written last, or says that it cannot;
- the next command that writes sweeps what was left.
"""

import contextlib
import errno
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import systems
from chengguo.files import journal, metadata, swapping
from conftest import TASKS_YAML, Drills, Outcome, Run

pytestmark = systems.posix_protocol

EDITOR = """\
import sys
from pathlib import Path
copy = Path(sys.argv[-1])
copy.write_bytes(copy.read_bytes().replace("2017 年底".encode(), "2018 年底".encode(), 1))
"""
ANNEX = Path(__file__).with_name("annex.txt")
DAY = ("--date", "2019-12-20")


class Scenario(NamedTuple):
    """A command that writes: its words, the file that it writes, what is done before, how undo knows it."""

    words: tuple[str, ...]
    target: str = "tasks.yaml"
    before: tuple[tuple[str, ...], ...] = ()
    is_journaled: bool = False


UPDATE = ("update", "4", "--status", "done", "--note", "已上线运行", *DAY)
SCENARIOS = {
    "update": Scenario(UPDATE, is_journaled=True),
    "update in place": Scenario(UPDATE, is_journaled=True),
    "extend": Scenario(
        ("extend", "4", "--to", "2099-12-31", "--reason", "设备到货推迟", *DAY), is_journaled=True
    ),
    "edit": Scenario(("edit", "1"), is_journaled=True),
    "undo": Scenario(("undo",), before=(UPDATE,)),
    "redo": Scenario(("redo",), before=(UPDATE, ("undo",)), is_journaled=True),
    "validate --fix": Scenario(("validate", "--fix", "mend.yaml"), "mend.yaml", is_journaled=True),
    "import": Scenario(("import", "annex.txt", "-o", "new.yaml"), "new.yaml"),
    "import --force": Scenario(("import", "annex.txt", "-o", "tasks.yaml", "--force"), is_journaled=True),
    "init": Scenario(("init", "new.yaml"), "new.yaml"),
    "export": Scenario(("export", "table.md"), "table.md"),
    "export --force": Scenario(("export", "old.md", "--force"), "old.md"),
    "merge": Scenario(("merge", "base.yaml", "ours.yaml", "theirs.yaml"), "ours.yaml"),
    "merge --install": Scenario(("merge", "--install"), ".gitattributes"),
}


class Setting:
    """A folder in which a command can be run again and again from the same beginning."""

    def __init__(self, folder: Path, run: Run, scenario: Scenario) -> None:
        self.folder, self.scenario = folder / "work", scenario
        self.state, self.saved, self.temporary = folder / "state", folder / "saved", folder / "tmp"
        self.target = self.folder / scenario.target
        script = folder / "editor.py"
        script.write_text(EDITOR, encoding="utf-8")
        self.environment = {
            "XDG_STATE_HOME": str(self.state),
            "EDITOR": f'"{sys.executable}" "{script}"',
            "VISUAL": "",
            "TMPDIR": str(self.temporary),
        }
        self._run = run
        for each in (self.folder, self.state, self.temporary):
            each.mkdir()
        self._fill()
        for words in scenario.before:
            assert self.run(*words).code == 0
        self.before = self.content()
        shutil.copytree(self.folder, self.saved / "work")
        shutil.copytree(self.state, self.saved / "state")
        assert self.run(*scenario.words).code == 0
        self.after = self.content()
        assert self.after not in (None, self.before)
        self.names = names(self.folder)

    def _fill(self) -> None:
        registry = TASKS_YAML.read_bytes()
        (self.folder / "tasks.yaml").write_bytes(registry)
        (self.folder / "mend.yaml").write_bytes(
            registry.replace(b"status: pending", "status: 未启动".encode(), 1)
        )
        (self.folder / "annex.txt").write_bytes(ANNEX.read_bytes())
        (self.folder / "old.md").write_bytes(b"old\n")
        subprocess.run(["git", "init", "--quiet"], cwd=self.folder, check=True)  # noqa: S607
        (self.folder / ".gitattributes").write_bytes(b"*.md text")
        for name in ("base", "ours", "theirs"):
            (self.folder / f"{name}.yaml").write_bytes(registry)
        for name, item in (("ours", "4"), ("theirs", "3.2")):
            assert self.run("update", item, "--note", name, *DAY, "-f", f"{name}.yaml").code == 0

    def content(self) -> bytes | None:
        return self.target.read_bytes() if self.target.exists() else None

    def run(self, *words: str) -> Outcome:
        return self._run(*words, folder=self.folder, **self.environment)

    def reset(self) -> None:
        """Put everything back to where the command begins."""
        for each in ("work", "state"):
            shutil.rmtree(self.folder.with_name(each))
            shutil.copytree(self.saved / each, self.folder.with_name(each))

    def judge(self, outcome: Outcome | None) -> str:
        """Name what is wrong after a command that was harmed (None: killed); "" where all is well."""
        left = self._made_good()
        wrong = [
            ("torn", left not in (self.before, self.after)),
            ("said to be written", outcome and outcome.code == 0 and left != self.after),
            ("said to be unchanged", outcome and "unchanged" in outcome.err and left != self.before),
            ("fault", outcome and (outcome.code == 70 or "Traceback" in outcome.err)),
            ("seen by git", outcome is None and self._seen_by_git()),
            ("undo", self.scenario.is_journaled and not self._is_undo_true(left)),
            ("left over", self._left_over()),
        ]
        return ", ".join(name for name, is_wrong in wrong if is_wrong)

    def _made_good(self) -> bytes | None:
        """Return the file; one that was being written over in place is first made good, as it says."""
        left = self.content()
        if left in (self.before, self.after):
            return left
        outcome = self.run("update", "3.2", "--note", "无关", *DAY)
        return self.content() if "half written by a run that was killed" in outcome.err else left

    def _seen_by_git(self) -> bool:
        command = ["git", "status", "--porcelain", "--untracked-files=all"]
        seen = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, encoding="utf-8")
        named = {line[3:] for line in seen.stdout.splitlines() if not line[3:].startswith(".chengguo-backup")}
        return not named <= {*self.names}

    def _is_undo_true(self, left: bytes | None) -> bool:
        """True if undo takes back what is in the file, or refuses and changes nothing."""
        outcome = self.run("undo", "-f", self.scenario.target)
        if outcome.code:
            return outcome.code == 1 and self.content() == left
        return left == self.after and self.content() == self.before

    def _left_over(self) -> bool:
        """True if the next command that writes in the folder leaves more than there should be."""
        assert self.run("init", "another.yaml").code == 0
        return not set(names(self.folder)) <= {*self.names, "another.yaml", self.scenario.target}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- in this process -----------------------------------------------------------------------------


class Killed(BaseException):
    """The end of the process: nothing that it calls afterwards has any effect."""


class Harm:
    """Stand-ins for the calls to the system, of which one is harmed: it fails, or the process ends there."""

    CALLS = (
        *(
            "open",
            "mkdir",
            "write",
            "fsync",
            "replace",
            "rename",
            "link",
            "unlink",
            "rmdir",
            "close",
            "lseek",
        ),
        *("fchmod", "fchown", "ftruncate", "scandir", "fstat", "stat", "lstat"),
    )

    def __init__(self, number: int, kind: int | None, folders: tuple[Path, ...]) -> None:
        self.number, self.kind, self.folders = number, kind, tuple(map(str, folders))
        self.count = 0
        self.is_dead = False
        self.what = ""
        self.descriptors: set[int] = set()

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        for name in self.CALLS:
            if hasattr(os, name):
                patch.setattr(os, name, self._harmed(name, getattr(os, name)))
        patch.setattr(swapping, "_exchange_or_fail", self._harmed("exchange", swapping._exchange_or_fail))
        patch.setattr(journal, "_write", self._harmed("journal", journal._write))

    def _harmed(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **options: Any) -> Any:
            if not self._concerns(words):
                return real(*words, **options)
            if self.is_dead:
                raise Killed
            self.count += 1
            if self.count == self.number:
                self.what = name
                if self.kind is None:
                    self.is_dead = True
                    raise Killed
                if name == "close":  # Linux lets go of the descriptor whatever it answers
                    real(*words)
                raise OSError(self.kind, os.strerror(self.kind))
            result = real(*words, **options)
            if name == "open":
                self.descriptors.add(result)
            if name == "close":
                self.descriptors.discard(words[0])
            return result

        return call

    def _concerns(self, words: tuple[Any, ...]) -> bool:
        """True if a call is about the folders of the drill, by a path in them or a descriptor of one."""
        first = words[0] if words else None
        if isinstance(first, int):
            return first in self.descriptors
        path = str(Path(os.fspath(first)).absolute()) if first is not None else ""
        return path.startswith(self.folders) and not path.endswith("annex.txt")


def moments(count: int, wanted: int, seed: str) -> Iterator[tuple[int, int | None]]:
    """Choose which calls are harmed, and how: all there are, or so many."""
    every = [(number, kind) for number in range(1, count + 1) for kind in (errno.ENOSPC, errno.EIO, None)]
    chosen = random.Random(seed)  # noqa: S311 - the same ones each time
    return iter(every if wanted >= len(every) else chosen.sample(every, wanted))


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_call_of_a_write_harmed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drills: Drills, name: str
) -> None:
    if name == "update in place":
        monkeypatch.setattr(metadata, "copy", lambda _old, _new: False)
    setting = Setting(tmp_path, run, SCENARIOS[name])
    folders = (setting.folder, setting.state, setting.temporary)

    def harmed(harm: Harm) -> Outcome | None:
        setting.reset()
        with monkeypatch.context() as patch:
            harm.patch(patch)
            try:
                return setting.run(*setting.scenario.words)
            except Killed:
                return None
            finally:
                for descriptor in harm.descriptors:  # as the end of the process does
                    with contextlib.suppress(OSError):
                        close(descriptor)

    close = os.close
    whole = Harm(0, None, folders)
    harmed(whole)
    assert whole.count > 8
    wrong = []
    runs = 0
    for number, kind in moments(whole.count, 4 * drills.times, name):
        harm = Harm(number, kind, folders)
        outcome = harmed(harm)
        runs += 1
        if found := setting.judge(outcome):
            wrong.append((number, harm.what, kind and errno.errorcode[kind], found, outcome))
    drills.report(f"calls of a write harmed: {name}", runs, len(wrong))
    assert not wrong, "\n".join(map(str, wrong))


# -- in a process of its own ---------------------------------------------------------------------

TRACED = (
    *("openat", "mkdir", "mkdirat", "write", "fsync", "rename", "renameat", "renameat2", "link", "linkat"),
    *("unlink", "unlinkat", "rmdir", "close", "lseek", "fchmod", "fchown", "ftruncate", "flock", "read"),
    *("getdents64", "newfstatat", "fstat", "flistxattr", "faccessat", "access"),
)
HARMS = ("error=ENOSPC", "error=EIO", "signal=KILL")
# What starts other programs is left to the stand-ins above: a call of theirs would be harmed too.
IN_ONE_PROCESS = [name for name in SCENARIOS if name not in {"edit", "update in place", "merge --install"}]


class Traced:
    """A command of a setting that runs under strace."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.log = setting, setting.saved / "strace"

    def run(self, *injections: str) -> Outcome | None:
        """Run the command from its beginning; None where it was killed."""
        self.setting.reset()
        strace = ["strace", "-f", "-y", "-qq", "-o", str(self.log)]
        strace += ["-e", "trace=" + ",".join(f"?{name}" for name in TRACED)]
        for injection in injections:
            strace += ["-e", f"inject={injection}"]
        done = subprocess.run(
            [*strace, sys.executable, "-P", "-B", "-m", "chengguo", *self.setting.scenario.words],
            cwd=self.setting.folder,
            env={**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": "", **self.setting.environment},
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        return None if done.returncode < 0 else Outcome(done.returncode, done.stdout, done.stderr)

    def has_struck(self) -> bool:
        """True if the call that was harmed was one of the folders: numbers may differ between two runs."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        calls = [line for line in lines if "INJECTED" in line] or [
            line for line in lines if "+++" not in line and "---" not in line
        ]
        return bool(calls) and self._concerns(calls[-1])

    def _concerns(self, line: str) -> bool:
        folders = (str(self.setting.folder), str(self.setting.state))
        path = re.sub('AT_FDCWD<[^>]*>, "(?!/)', folders[0], line)  # a path of the working folder
        path = re.sub("AT_FDCWD<[^>]*>", "", path)
        return any(folder in path for folder in folders) and "annex.txt" not in path

    def calls(self) -> list[tuple[str, int]]:
        """Return the calls that were about the folders of the setting: name, and number among its like."""
        counts: dict[str, int] = {}
        found = []
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            if matched := re.match(r"\d+ +(\w+)\(", line):
                name = matched[1]
                counts[name] = counts.get(name, 0) + 1
                if self._concerns(line):
                    found.append((name, counts[name]))
        return found


@systems.strace
@pytest.mark.parametrize("name", IN_ONE_PROCESS)
def test_each_system_call_of_a_write_harmed(run: Run, tmp_path: Path, drills: Drills, name: str) -> None:
    if name != "update" and drills.times == 1:
        pytest.skip("with --drills 2 and more")
    setting = Setting(tmp_path, run, SCENARIOS[name])
    traced = Traced(setting)
    if (whole := traced.run()) is None or whole.code:
        pytest.skip("strace may not trace here")
    every = [(call, harm) for call in traced.calls() for harm in HARMS]
    assert len(every) > 40
    chosen = random.Random(name)  # noqa: S311 - the same ones each time
    chosen.shuffle(every)
    wrong, runs = [], 0
    for (call, number), harm in every[: 4 * drills.times]:
        outcome = traced.run(f"{call}:{harm}:when={number}")
        if not traced.has_struck():
            continue
        runs += 1
        if found := setting.judge(outcome):
            wrong.append((call, number, harm, found, outcome))
    drills.report(f"system calls of a write harmed: {name}", runs, len(wrong))
    assert runs
    assert not wrong, "\n".join(map(str, wrong))
