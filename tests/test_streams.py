"""Standard streams that are closed, full, or not read to the end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import systems

pytestmark = systems.shell
CLOSED, FULL = "standard output is closed", "standard output cannot be written: No space left on device"
NO_DEPARTMENT = "no department '甲甲' in the register"


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let a shell run ``chengguo``, written $C."""
    environment = {**os.environ, "LANG": "C.UTF-8", "C": f"{sys.executable} -m chengguo"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],  # noqa: S607 - the tester's own
        cwd=folder,
        env=environment,
        input="",
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@systems.full_device
@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("list >&-", 74, CLOSED),
        ("list >/dev/full", 74, FULL),
        ("--help >/dev/full", 74, FULL),
        ("--version >/dev/full", 74, FULL),
        ("list --dept 甲甲 >/dev/full", 3, NO_DEPARTMENT),
        ("list --dept 甲甲 2>&-", 3, ""),
        ("list --dept 甲甲 2>/dev/full", 3, ""),
        ("list >&- 2>&-", 74, ""),
        ("list -f - <&-", 2, "standard input is closed"),
        ("list --format json <&-", 0, ""),
        ("list | true", 0, ""),
        ("--help | true", 0, ""),
        ("validate no.yaml tasks.yaml | true", 2, ""),
    ],
)
def test_a_stream_that_cannot_be_used(registry: Path, command: str, code: int, message: str) -> None:
    done = shell(f"$C {command}", registry.parent)
    told = f"chengguo: {message}\n" if message else ""
    assert (done.returncode, "".join(done.stderr.splitlines(keepends=True)[:1])) == (code, told)
    assert len(done.stderr.splitlines()) <= 2


def test_nothing_is_done_where_nobody_could_read_of_it(registry: Path) -> None:
    before = registry.read_bytes()
    done = shell("$C update 4 --status done --date 2019-12-20 >&-", registry.parent)
    assert (done.returncode, CLOSED in done.stderr) == (74, True)
    assert registry.read_bytes() == before


@systems.full_device
@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("update 4 --status done --date 2019-12-20", "tasks.yaml"),
        ("update 4 --status done --date 2019-12-20 --format json", "tasks.yaml"),
        ("init a.yaml", "a.yaml"),
        ("export a.csv", "a.csv"),
        ("edit", ""),  # as nothing was changed
    ],
)
def test_what_was_written_is_told_where_nothing_could_be_said_of_it(
    registry: Path, command: str, file: str
) -> None:
    done = shell(f"EDITOR=true $C {command} >/dev/full", registry.parent)
    told = f"  hint: Written before that: {file}\n" if file else ""
    assert (done.returncode, done.stderr) == (74, f"chengguo: {FULL}\n{told}")


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "update -f ../tasks.yaml 4 --note x",
        "validate --format gitlab ../tasks.yaml",
        "edit",
        "merge ../tasks.yaml ../tasks.yaml ../tasks.yaml",
    ],
)
def test_a_working_folder_that_is_gone(registry: Path, command: str) -> None:
    done = shell(f"mkdir gone && cd gone && rmdir ../gone && $C {command}", registry.parent)
    told = "chengguo: the working folder cannot be opened: No such file or directory\n"
    assert (done.returncode, done.stdout, told in done.stderr) == (2, "", True)
    assert "cd" in done.stderr


def test_a_temporary_file_that_cannot_be_written(registry: Path) -> None:
    numbers = range(1, 121)  # the rows of so many sections are more than a file of 1 kB takes
    sections = "".join(f"  第{number}节: 甲\n" for number in numbers)
    item = "{id: 1, content: 丙, lead: [丁], schedule: 2019年底, status: pending}"
    tasks = "".join(
        f"- {{id: {number}, section: 第{number}节, title: 乙, items: [{item}]}}\n" for number in numbers
    )
    head = "format: 1\nplan: {title: 某方案}\ndepartments: {丁: {}}\n"
    registry.write_text(f"{head}sections:\n{sections}tasks:\n{tasks}", encoding="utf-8")
    done = shell("ulimit -f 1; $C export table.xlsx", registry.parent)
    told = "chengguo: no temporary file can be written: File too large\n"
    assert (done.returncode, done.stderr.startswith(told)) == (2, True), done.stderr
    assert [path.name for path in registry.parent.iterdir()] == ["tasks.yaml"]


def test_a_file_never_takes_the_place_of_a_closed_stream(registry: Path) -> None:
    done = shell("$C update 4 --status done --date 2019-12-20 <&- 2>&-", registry.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert shell("$C validate", registry.parent).returncode == 0


def test_findings_fail_though_nobody_reads_them(registry: Path) -> None:
    registry.write_bytes(registry.read_bytes().replace("市国资委".encode(), "市国资伟".encode(), 1))
    done = shell("$C validate | true", registry.parent)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_library_warns_nobody() -> None:
    code = "import warnings; from chengguo import cli; cli.run = lambda: warnings.warn('x') or 0; cli.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
