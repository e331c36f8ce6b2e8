"""Completion on a terminal: what a shell does with the words of a registry after TAB, and after Enter."""

import json
import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import systems

# The names of the registry, and what bash makes of one that it is not offered: the beginning that was typed,
# or the name of a file.
NAMES = {
    "各区(县);touch PWNED&$(touch PWNED)`touch PWNED`": None,
    "市己局'\"; touch PWNED; '\\$(touch PWNED)": "市己",
    "市庚局*": "市庚局;touch PWNED",
}
TITLE = "第1项\\$(touch PWNED)`touch PWNED`';touch PWNED;'\"$(touch PWNED)\""
PROGRAM = Path(sys.executable).with_name("chengguo")
# Answers completion as the program does, and otherwise tells the words that it was called with.
SAYING = f"""#!/bin/sh
case "$_CHENGGUO_COMPLETE$1" in complete_* | --install-completion) exec '{PROGRAM}' "$@" ;; esac
printf '%s\\n' "$@" > said
"""
PROMPT = "ready> "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a registry whose every name and title wants to be run, written as JSON."""
    item = {"id": 1, "content": "内容", "lead": [*NAMES], "schedule": "持续推进", "status": "pending"}
    registry = {
        "format": 1,
        "plan": {"title": "方案"},
        "departments": {name: {"full": TITLE} for name in NAMES},
        "sections": {"一;touch PWNED": TITLE},
        "tasks": [{"id": 1, "section": "一;touch PWNED", "title": TITLE, "items": [item]}],
    }
    (tmp_path / "tasks.yaml").write_text(json.dumps(registry), encoding="utf-8")
    (tmp_path / "市庚局;touch PWNED").touch()  # what a star would find
    return tmp_path


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, name: str, command: list[str], folder: Path, home: Path) -> None:
        self.name = name
        environment = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "TERM": "xterm",
        }
        import pty  # not on Windows

        self._shell, self._master = pty.fork()  # a shell wants a terminal that is its own
        if not self._shell:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)  # noqa: S606 - the test's own shell
        self.shown = ""

    def type(self, text: str, until: str = PROMPT, seconds: float = 60) -> str:
        """Type text, and return what the terminal shows until it shows a text, or is quiet for long."""
        os.write(self._master, text.encode())
        shown, end = b"", time.monotonic() + seconds
        while until.encode() not in shown and time.monotonic() < end:
            if select.select([self._master], [], [], 0.1)[0]:
                shown += os.read(self._master, 65536)
        self.shown += shown.decode("utf-8", "replace")
        return shown.decode("utf-8", "replace")

    def close(self) -> None:
        """End the shell."""
        os.kill(self._shell, signal.SIGKILL)
        os.waitpid(self._shell, 0)
        os.close(self._master)


# How each shell is started, and reads what the installation of completion wrote.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source ~/.bashrc; PS1='rea''dy> '"),
    "zsh": (["zsh", "-f", "-i"], "source ~/.zshrc; PROMPT='rea''dy> '"),
    "fish": (
        ["fish", "--no-config", "-i"],
        "source ~/.config/fish/completions/chengguo.fish; function fish_prompt; echo -n 'rea''dy> '; end",
    ),
}


@pytest.fixture(params=SHELLS)
def terminal(
    request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """A shell in the folder, with completion installed as people install it."""
    command, prepared = SHELLS[request.param]
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    home = tmp_path_factory.mktemp("home")
    (home / "bin").mkdir()
    (home / "bin" / "chengguo").write_text(SAYING, encoding="utf-8")
    (home / "bin" / "chengguo").chmod(0o755)
    terminal = Terminal(request.param, command, folder, home)
    terminal.type("chengguo --install-completion\r", "is installed")
    terminal.type(f"{prepared}\r")
    yield terminal
    terminal.close()


@systems.terminals
def test_nothing_of_a_registry_is_run(terminal: Terminal, folder: Path) -> None:
    if terminal.name == "zsh":
        terminal.type("chengguo \t\x15\r")  # it only learns of the program by its first TAB
    terminal.type("chengguo list" + "".join(f" --dept {name[:2]}\t" for name in NAMES) + "\r")
    terminal.type("echo sa''id\r", "said\r")  # a prompt may be shown again before the line has run
    said = (folder / "said").read_text(encoding="utf-8").splitlines()[2::2]
    in_bash = [name if other is None else other for name, other in NAMES.items()]
    assert said == (in_bash if terminal.name == "bash" else [*NAMES]), terminal.shown
    for line in ("show ", "list --section ", "list --dept ", "list --dept '各区"):
        terminal.type(f"chengguo {line}\t\x15\r")
    terminal.type("echo do''ne\r", "done")
    assert not (folder / "PWNED").exists()
