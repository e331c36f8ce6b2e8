"""The pager: what is longer than the screen goes through it, on a terminal, and only the user names it."""

import os
import re
import select
import shutil
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import systems
from conftest import Run

PROGRAM = (sys.executable, "-m", "chengguo")
AS_OF = ("--as-of", "2019-10-01")
LONG = ("list", *AS_OF)
QUERIES = [
    LONG,
    ("show", "3"),
    ("depts", *AS_OF),
    ("explain",),
    ("help", "format"),
    ("help", "list"),
    ("due", "-h"),
]
PAGED = "paged "

pytestmark = [systems.terminals, pytest.mark.usefixtures("registry")]


class Shown:
    """What a run on a terminal of so many columns and lines came to."""

    def __init__(self, words: tuple[str, ...], folder: Path, size: str, environment: dict[str, str]) -> None:
        import fcntl  # not on Windows
        import pty
        import termios

        unset = {"COLUMNS", "LINES", "PAGER", "LESS", "NO_COLOR", "CHENGGUO_FILE", "LANGUAGE", "LC_ALL"}
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        known = {"LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
        self.process, self._leader = pty.fork()  # keys are read from a terminal that is its own
        if not self.process:
            os.chdir(folder)
            os.execve(PROGRAM[0], [*PROGRAM, *words], inherited | known | environment)  # noqa: S606 - ours
        columns, lines = map(int, size.split("x"))
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._shown = b""

    @property
    def text(self) -> str:
        """What was shown so far."""
        return self._shown.decode("utf-8", "replace")

    def type(self, keys: str) -> None:
        """Type keys on the terminal."""
        os.write(self._leader, keys.encode())

    def until(self, pattern: str, keys: str = "", seconds: float = 20) -> None:
        """Read what is shown until it has a pattern, typing keys as long as nothing comes."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text) and time.monotonic() < end:
            if select.select([self._leader], [], [], 0.2)[0]:
                self._shown += os.read(self._leader, 65536)
            else:
                self.type(keys)
        assert re.search(pattern, self.text), self.text

    def end(self) -> int:
        """Read to the end, and return the exit code."""
        with suppress(OSError):  # Linux says so where the other end is closed
            while chunk := os.read(self._leader, 65536):
                self._shown += chunk
        os.close(self._leader)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that says that it was there, before each line."""
    path = tmp_path / "bin" / "pager"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\nexec sed 's/^/{PAGED}/'\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def shown(*words: str, folder: Path, size: str = "80x10", **environment: str) -> tuple[int, str]:
    run = Shown(words, folder, size, environment)
    return run.end(), run.text


@pytest.mark.parametrize("words", QUERIES, ids=" ".join)
def test_what_does_not_fit_goes_through_the_pager(tmp_path: Path, pager: str, words: tuple[str, ...]) -> None:
    code, text = shown(*words, folder=tmp_path, PAGER=pager)
    assert code == 0
    assert [line for line in text.splitlines() if not line.startswith(PAGED)] == []


def test_it_is_the_same_as_without(tmp_path: Path, pager: str) -> None:
    plain = shown(*LONG, folder=tmp_path, PAGER="")
    paged = shown(*LONG, folder=tmp_path, PAGER=pager)
    assert paged[1].replace(PAGED, "") == plain[1]
    assert "\x1b[31m" in plain[1]


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        ((*LONG, "--no-pager"), {}),
        (("--no-pager", *LONG), {}),
        (LONG, {"PAGER": ""}),
        (LONG, {"PAGER": "cat"}),
        (LONG, {"PAGER": "no-such-program"}),
        (LONG, {"PAGER": "'"}),
        (LONG, {"CHENGGUO_PAGER": "cat"}),
        (("list", "--year", "2017"), {}),  # it fits
    ],
)
def test_when_there_is_no_pager(
    tmp_path: Path, pager: str, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    code, text = shown(*words, folder=tmp_path, **{"PAGER": pager} | environment)
    assert (code, PAGED in text) == (0, False)
    assert "上海市促进科技成果" in text


def test_a_screen_that_holds_it_needs_none(tmp_path: Path, pager: str) -> None:
    assert PAGED not in shown(*LONG, folder=tmp_path, size="80x40", PAGER=pager)[1]
    assert PAGED in shown(*LONG, folder=tmp_path, size="80x31", PAGER=pager)[1]


def test_a_pipe_needs_none(run: Run, pager: str) -> None:
    assert PAGED not in run(*LONG, PAGER=pager).out


def test_it_gets_its_options_and_no_shell(tmp_path: Path, pager: str) -> None:
    script = Path(pager)
    script.write_text('#!/bin/sh\ncat >/dev/null\nprintf "<%s>" "$@"\n', encoding="utf-8")
    text = shown(*LONG, folder=tmp_path, PAGER=f"{pager} -R 'a b' $HOME;touch PWNED")[1]
    assert text == "<-R><a b><$HOME;touch><PWNED>"
    assert not (tmp_path / "PWNED").exists()


def test_an_end_before_the_end_is_no_error(tmp_path: Path, pager: str) -> None:
    Path(pager).write_text("#!/bin/sh\nhead -1\n", encoding="utf-8")
    words = ("overdue", "--exit-code", *AS_OF)
    assert shown(*words, folder=tmp_path, size="80x5", PAGER=pager)[0] == 1
    code, text = shown(*LONG, folder=tmp_path, size="80x5", PAGER=pager)
    assert code == 0
    assert len(text.splitlines()) == 1


# -- less, which is there without a word ---------------------------------------------------------


def less(folder: Path, **environment: str) -> Shown:
    if not shutil.which("less"):
        pytest.skip("less is not installed")
    return Shown(LONG, folder, "80x10", environment)


@pytest.mark.parametrize("environment", [{}, {"PAGER": "less"}], ids=["usual", "without options"])
def test_less_shows_a_screen_in_colour_and_quits(tmp_path: Path, environment: dict[str, str]) -> None:
    run = less(tmp_path, **environment)
    run.until(r"3\.1 ")
    assert "\x1b[31m" in run.text
    assert "15.1 " not in run.text
    run.type("q")
    assert run.end() == 0
    assert "15.1 " not in run.text
    assert "Traceback" not in run.text


def test_an_interrupt_is_for_less(tmp_path: Path) -> None:
    run = less(tmp_path)
    run.until(r"3\.1 ")
    run.type("\x03")
    os.kill(run.process, signal.SIGINT)
    run.until(r"15\.1 ", keys="G")
    run.type("q")
    assert run.end() == 0
    assert "Traceback" not in run.text


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "gbk", "LANG": "zh_CN.GBK"}])
def test_less_is_left_alone_where_it_would_garble(tmp_path: Path, environment: dict[str, str]) -> None:
    run = less(tmp_path, **environment)
    assert run.end() == 0
    assert "15.1 " in run.text


# -- who names it --------------------------------------------------------------------------------


def test_the_users_own_file_names_it_before_the_system(tmp_path: Path, pager: str) -> None:
    own = settings_in(tmp_path / "home" / "chengguo", pager)
    home = {"XDG_CONFIG_HOME": str(own.parents[1])}
    assert PAGED in shown(*LONG, folder=tmp_path, PAGER="cat", **home)[1]
    assert PAGED not in shown(*LONG, folder=tmp_path, CHENGGUO_PAGER="cat", **home)[1]
    assert PAGED in shown(*LONG, folder=tmp_path, CHENGGUO_PAGER=pager, PAGER="cat")[1]


def settings_in(folder: Path, pager: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "chengguo.toml"
    path.write_text(f'[tool.chengguo]\npager = "{pager}"\n', encoding="utf-8")
    return path


def test_a_file_beside_the_registry_names_none(run: Run, tmp_path: Path, pager: str) -> None:
    near = settings_in(tmp_path, pager)
    code, text = shown(*LONG, folder=tmp_path)
    assert (code, PAGED in text) == (2, False)
    outcome = run("list", XDG_CONFIG_HOME=str(tmp_path / "home"))
    own = tmp_path / "home" / "chengguo" / "chengguo.toml"
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"chengguo: {near}:2:1: pager cannot be set here, where a registry may have brought the file\n"
        f"  hint: Set CHENGGUO_PAGER, or pager in your own {own}.\n"
    )


def test_a_program_beside_the_registry_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "less").write_text("#!/bin/sh\ntouch PWNED\n", encoding="utf-8")
    (tmp_path / "less").chmod(0o755)
    shown(*LONG, folder=tmp_path, PAGER="less", PATH="/nowhere")
    shown(*LONG, folder=tmp_path, PATH=f":.:{os.environ['PATH']}", PAGER="less -E")
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "not set; $CHENGGUO_PAGER"),
        ({"PAGER": "more"}, "$PAGER"),
        ({"PAGER": "more", "CHENGGUO_PAGER": "less"}, "$CHENGGUO_PAGER"),
    ],
)
def test_config_says_which_it_is_and_who_named_it(run: Run, environment: dict[str, str], told: str) -> None:
    outcome = run("config", COLUMNS="120", **environment)
    (line,) = [line for line in outcome.out.splitlines() if line.startswith(" pager ")]
    assert told in line
    value: Any = environment.get("CHENGGUO_PAGER", environment.get("PAGER"))
    assert value is None or f" {value} " in line
