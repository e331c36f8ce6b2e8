"""The README and the topics of the help: short, in both languages, and every example of theirs runs.

CHENGGUO_UPDATE_README=1 writes what the examples print into them.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

import systems
from chengguo import language
from chengguo.checks.rules import CHECKS, check
from chengguo.cli.commands import COMMANDS
from chengguo.registry.reading import read_registry
from chengguo.text.source import decode
from conftest import TASKS_YAML, Run

ROOT = TASKS_YAML.parent
README = ROOT / "README.md"
TOPICS = sorted(Path(language.TOPICS).rglob("*.md"))
DOCUMENTS = [README, *TOPICS]
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)
TABLE = re.compile(r"\| `(chengguo [^`]*)`")
UPDATE = bool(os.environ.get("CHENGGUO_UPDATE_README"))
LONGEST = 10_000  # characters of the README
# Of the examples that are shown, those that end with another code than 0.
EXPECTED = {"chengguo update 3 --status done": 1}

each_document = pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: f"{file.parent.name}-{file.stem}")


def blocks(file: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```\n", file.read_text(encoding="utf-8"), re.DOTALL)


def words_of(line: str) -> list[str]:
    return shlex.split(line.partition(" > ")[0])[1:]


def for_windows(file: Path) -> list[str]:
    """Return the lines that are to be typed in cmd or PowerShell."""
    return [line for block in blocks(file, "bat") for line in block.splitlines()]


def played(block: str, run: Run, lang: str) -> str:
    """Run the commands of a console block and give it as it should stand in the document."""
    lines = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        outcome = run(*words_of(line[2:]), terminal="80x24", LANG=lang)
        printed = (outcome.out + outcome.err).splitlines()
        lines += [line, *(printed_line.rstrip() for printed_line in printed)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(registry: Path) -> Path:
    """A folder with the registry, and the table that the README shows."""
    (table,) = blocks(README, "csv")
    (registry.parent / "要点.csv").write_text(table, encoding="utf-8")
    return registry.parent


@each_document
@pytest.mark.usefixtures("folder")
def test_examples_print_what_is_shown(run: Run, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    shown = CONSOLE.findall(text)
    lang = "zh_CN.UTF-8" if file.parent.name == "zh" else "C.UTF-8"
    printed = [played(block, run, lang) for block in shown]
    if UPDATE:
        pieces = iter(printed)
        file.write_text(CONSOLE.sub(lambda _match: next(pieces), text), encoding="utf-8")
        shown = printed
    assert shown == printed


def test_there_are_examples() -> None:
    assert len(blocks(README, "console")) > 1
    assert sum(len(blocks(file, "console")) for file in TOPICS) > 3


def test_the_readme_is_short_and_the_first_screens_are_chinese() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text) < LONGEST
    assert len(text[: text.index("\n## 中文\n")].splitlines()) < 10
    assert text.index("\n## 中文\n") < text.index("\n## English\n")


@pytest.mark.parametrize("lang", ["C.UTF-8", "zh_CN.UTF-8"])
@pytest.mark.usefixtures("folder")
def test_what_the_first_command_prints_fits_a_small_screen(run: Run, lang: str) -> None:
    words = blocks(README, "sh")[0].rpartition("/chengguo ")[2]
    outcome = run(*words.split(), terminal="80x24", LANG=lang)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) < 24


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert len(links) > len(TOPICS)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_topic_stands_in_both_languages_and_in_the_readme() -> None:
    english, chinese = ([path.name for path in TOPICS if path.parent.name == name] for name in ("en", "zh"))
    assert english == chinese
    text = README.read_text(encoding="utf-8")
    for path in TOPICS:
        assert f"(src/chengguo/help/{path.parent.name}/{path.name})" in text


@pytest.mark.parametrize("name", language.topics())
def test_the_languages_of_a_topic_show_the_same(name: str) -> None:
    def told(folder: str, marks: str) -> list[str]:
        text = (Path(language.TOPICS) / folder / f"{name}.md").read_text(encoding="utf-8")
        return re.findall(marks, text)

    for marks in (r"(?m)^```\w*$", r"`(--[\w-]+)", r"(?m)^\| (\d+) \|", r"(?m)^\$ .*$"):
        assert sorted(set(told("en", marks))) == sorted(set(told("zh", marks))), marks


def test_help_lists_the_topics_and_shows_one(run: Run) -> None:
    listed = run("help")
    assert (listed.code, listed.err) == (0, "")
    for name in language.topics():
        assert f"  {name} " in listed.out
        assert run("help", name).out == (Path(language.TOPICS) / "en" / f"{name}.md").read_text(
            encoding="utf-8"
        )
    chinese = run("help", "exit-codes", LANG="zh_CN.UTF-8")
    assert chinese.out == (Path(language.TOPICS) / "zh" / "exit-codes.md").read_text(encoding="utf-8")


def test_help_of_a_command_is_its_own(run: Run) -> None:
    found = run("help", "list").out
    assert "\n  -h, --help " in found
    assert found == run("list", "-h").out


def test_an_unknown_topic_is_told(run: Run) -> None:
    outcome = run("help", "nothing")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "chengguo: there is no topic 'nothing'\n"
        "  hint: 'chengguo help' lists the topics, 'chengguo -h' the commands.\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_shows_an_example(run: Run, name: str) -> None:
    assert f"Example: chengguo {name}" in run(name, "--help").out


def test_every_code_is_listed(run: Run) -> None:
    assert re.findall(r"(?m)^  ([A-Z]\d{3}) ", run("explain").out) == list(CHECKS)


@pytest.mark.parametrize("name", ["en", "zh"])
def test_the_sample_file_is_sound(name: str) -> None:
    sample = blocks(Path(language.TOPICS) / name / "format.md", "yaml")[0]
    assert check(read_registry(decode(sample.encode(), "format.md"))).registry.findings == ()


@pytest.mark.parametrize("name", ["en", "zh"])
def test_the_python_example_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (example,) = blocks(Path(language.TOPICS) / name / "json.md", "python")
    monkeypatch.chdir(ROOT)
    exec(compile(example, "json.md", "exec"), {})  # noqa: S102 - our own words
    assert capsys.readouterr().out == "24 1.1 2017-12-31 overdue -10\n"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = next(block for block in blocks(README, "sh") if "pytest" in block)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_chinese_part_names_commands_that_work(run: Run, folder: Path) -> None:
    part = README.read_text(encoding="utf-8").partition("\n## English\n")[0]
    commands = TABLE.findall(part)
    assert len(commands) > 4
    for command in commands:
        outcome = run(*words_of(command), folder=folder, EDITOR="git --version")
        assert outcome.code == 0, (command, outcome.err)


@each_document
def test_what_is_typed_on_windows_is_alike_in_cmd_and_powershell(file: Path) -> None:
    for line in for_windows(file):
        assert not re.search(r"['`$;@{}<>|&]|[‘’“”]", line), line
        assert "," not in re.sub(r'"[^"]*"', "", line), f"PowerShell makes two words of it: {line}"


@systems.windows
@each_document
def test_cmd_does_what_is_to_be_typed(file: Path, folder: Path) -> None:
    typed = [line for line in for_windows(file) if line.startswith("chengguo ")]
    shown = [line[2:] for block in blocks(file, "console") for line in block.splitlines() if line[:2] == "$ "]
    told = TABLE.findall(file.read_text(encoding="utf-8"))
    for line in (*typed, *shown, *told):
        done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, check=False)  # noqa: S602
        message = done.stderr.decode("gbk", "replace")
        assert (done.returncode, "用法" in message) == (EXPECTED.get(line, 0), False), (line, message)
