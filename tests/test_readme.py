"""The README: its examples are run and print what it says, its tables name every command and code.

CHENGGUO_UPDATE_README=1 writes what the examples print, and the table of codes, into it.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from chengguo.checks.rules import check
from chengguo.cli.app import COMMANDS
from chengguo.registry.reading import read
from chengguo.text.findings import CODES, WARNINGS
from chengguo.text.source import decode
from conftest import TASKS_YAML, Run

ROOT = TASKS_YAML.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)
CODES_TABLE = re.compile(r"(?<=\| code \| severity \| what \|\n\| --- \| --- \| --- \|\n)(?:\|.*\n)*")
UPDATE = bool(os.environ.get("CHENGGUO_UPDATE_README"))


def text() -> str:
    return README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```\n", text(), re.DOTALL)


def played(block: str, run: Run) -> str:
    """Run the commands of a console block and give it as it should stand in the README."""
    lines = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        outcome = run(*shlex.split(line)[2:], COLUMNS="80")
        printed = (outcome.out + outcome.err).splitlines()
        lines += [line, *(printed_line.rstrip() for printed_line in printed)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(registry: Path) -> Path:
    """A folder with the registry, and the table that the README shows."""
    (table,) = blocks("csv")
    (registry.parent / "要点.csv").write_text(table, encoding="utf-8")
    return registry.parent


@pytest.mark.usefixtures("folder")
def test_examples_print_what_the_readme_says(run: Run) -> None:
    shown = CONSOLE.findall(text())
    printed = [played(block, run) for block in shown]
    if UPDATE:
        pieces = iter(printed)
        README.write_text(CONSOLE.sub(lambda _match: next(pieces), text()), encoding="utf-8")
        shown = printed
    assert len(shown) > 5
    assert shown == printed


def test_every_code_is_in_the_table() -> None:
    rows = "".join(
        f"| {code} | {'warning' if code in WARNINGS else 'error'} | {what} |\n"
        for code, what in CODES.items()
    )
    if UPDATE:
        README.write_text(CODES_TABLE.sub(lambda _match: rows, text()), encoding="utf-8")
    found = CODES_TABLE.search(text())
    assert found
    assert found[0] == rows


def test_every_command_is_in_the_table() -> None:
    assert re.findall(r"^\| `(\w+)` \|", text(), re.MULTILINE) == list(COMMANDS)


def test_the_sample_file_is_sound() -> None:
    sample = blocks("yaml")[0]
    assert check(read(decode(sample.encode(), "README.md"))).registry.findings == ()


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = blocks("python")
    monkeypatch.chdir(ROOT)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert capsys.readouterr().out == "24 1.1 2017-12-31\n"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = next(block for block in blocks("sh") if "pytest" in block)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_chinese_section_names_commands_that_work(run: Run, folder: Path) -> None:
    section = text().partition("\n## 中文说明\n")[2]
    commands = re.findall(r"\| `(chengguo [^`]*)`", section)
    assert len(commands) > 8
    for words in (["init"], ["add", "--all"], *[["commit", "--allow-empty", "--message", "x"]] * 2):
        git = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", *words, "--quiet"]
        subprocess.run(git[:-1] if words[0] == "add" else git, cwd=folder, check=True)
    for command in commands:
        words = shlex.split(command.partition(" > ")[0])[1:]
        outcome = run(*words, folder=folder, EDITOR="git --version")
        assert outcome.code == 0, (command, outcome.err)
