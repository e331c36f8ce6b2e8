"""The command line as a whole: help, versions, which file, which exit code, what goes to which stream."""

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from rich.cells import cell_len

import systems
from chengguo import __version__
from chengguo.cli.commands import COMMANDS
from chengguo.queries import query
from conftest import TASKS_YAML, Run

QUERIES = ["list", "due", "overdue", "depts", "stats"]
SMALL = """\
format: 1
plan: {title: 小方案}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 任务
  items: [{id: 1, content: 内容, lead: [甲局], schedule: 2019 年底, status: pending}]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A registry of one item under another name."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


# -- help and version ----------------------------------------------------------------------------


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"chengguo {__version__}\n", "")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_the_program_names_every_command(run: Run, option: str) -> None:
    outcome = run(option)
    lines = [line.strip().split("  ")[0] for line in outcome.out.splitlines()]
    assert set(COMMANDS) <= set(lines)
    assert lines[0] == "Usage: chengguo [OPTIONS] COMMAND [ARGS]..."
    assert "\nExample: chengguo list --dept 市教委" in outcome.out
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_a_usage_and_an_example(run: Run, command: str) -> None:
    outcome = run(command, "-h", COLUMNS="200")
    assert outcome.out.startswith(f"Usage: chengguo {command} [OPTIONS]")
    assert f"\nExample: chengguo {command}" in outcome.out
    assert (outcome.code, outcome.err) == (0, "")
    assert run(command, "--help", COLUMNS="200") == outcome


@pytest.mark.parametrize("command", [*QUERIES, "show"])
@pytest.mark.usefixtures("registry")
def test_the_example_of_a_command_can_be_run(run: Run, command: str) -> None:
    found = re.search(r"Example: chengguo (.*)", run(command, "-h", COLUMNS="200").out)
    assert found
    words = shlex.split(re.split(r" \|\| | > ", found[1].strip())[0])
    outcome = run(*words, "--as-of", "2017-01-01")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out


def test_help_explains_the_argument(run: Run) -> None:
    assert "\nID is an item such as 3.2, or a task such as 3.\n" in run("show", "-h").out


def test_help_is_there_however_narrow_the_screen(run: Run) -> None:
    wide, narrow = (run("list", "-h", COLUMNS=columns).out for columns in ("200", "30"))
    assert "".join(wide.split()) == "".join(narrow.split())
    assert max(map(cell_len, narrow.splitlines())) <= 30


@pytest.mark.usefixtures("registry")
def test_without_a_command_there_is_help_and_exit_code_2(run: Run) -> None:
    outcome = run()
    assert outcome.code == 2
    assert "Usage: chengguo [OPTIONS] COMMAND [ARGS]..." in outcome.out + outcome.err


# -- wrong usage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("lst",), "No such command 'lst'. Did you mean 'list'?"),
        (("overdu",), "No such command 'overdu'. Did you mean 'overdue'?"),
        (("frobnicate",), "No such command 'frobnicate'."),
        (
            ("depts", "--unreportd"),
            "No such option '--unreportd'. Did you mean '--unreported'?",
        ),
        (("show", "3", "市科委"), "Got unexpected extra argument (市科委)"),
        (("list", "--dept"), "Option '--dept' requires an argument."),
        (("-f", "tasks.yaml"), "Missing command."),
        (("show",), "Missing argument 'ID'."),
    ],
)
@pytest.mark.usefixtures("registry")
def test_wrong_usage_is_said_on_stderr(run: Run, words: tuple[str, ...], message: str) -> None:
    outcome = run(*words, COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


# -- which file ----------------------------------------------------------------------------------


def title(run: Run, *words: str, folder: Path | None = None, **environment: str) -> str:
    outcome = run(*words, folder=folder, **environment)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()[0]


OFFICIAL = "上海市促进科技成果转移转化行动方案(2017—2020) 任务分工与进度表"


@pytest.mark.parametrize(
    "words",
    [
        ("-f", "small.yaml", "list"),
        ("--file", "small.yaml", "list"),
        ("list", "-f", "small.yaml"),
        ("list", "--file=small.yaml"),
        ("-f", "missing.yaml", "list", "-f", "small.yaml"),
    ],
)
@pytest.mark.usefixtures("registry", "small")
def test_file_before_or_after_the_command(run: Run, words: tuple[str, ...]) -> None:
    assert title(run, *words) == "小方案"


@pytest.mark.usefixtures("registry", "small")
def test_the_environment_names_the_file_where_no_option_does(run: Run) -> None:
    assert title(run, "list", CHENGGUO_FILE="small.yaml") == "小方案"
    assert title(run, "list", "-f", "tasks.yaml", CHENGGUO_FILE="small.yaml") == OFFICIAL
    assert title(run, "list", CHENGGUO_FILE="") == OFFICIAL


@pytest.mark.usefixtures("registry")
def test_the_file_of_the_nearest_folder_above(run: Run, tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert title(run, "list", folder=below) == OFFICIAL
    (tmp_path / "a" / "tasks.yaml").write_text(SMALL, encoding="utf-8")
    assert title(run, "list", folder=below) == "小方案"


def test_standard_input_is_a_file(run: Run) -> None:
    outcome = run("list", "-f", "-", stdin=TASKS_YAML.read_bytes())
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(OFFICIAL)


@pytest.mark.parametrize("command", QUERIES)
def test_without_a_file_there_is_a_hint(run: Run, command: str) -> None:
    message = "chengguo: no tasks.yaml here or in a parent folder\n"
    hint = "  hint: Name the registry with -f FILE, or set CHENGGUO_FILE.\n"
    assert run(command) == (2, "", message + hint)


@pytest.mark.parametrize("command", QUERIES)
def test_a_missing_file_exits_with_2(run: Run, command: str) -> None:
    message = "chengguo: there is no file no/such.yaml\n"
    hint = "  hint: Check the path, or name the registry with -f FILE.\n"
    assert run(command, "-f", "no/such.yaml") == (2, "", message + hint)


@systems.links
def test_a_link_to_a_file_is_followed(run: Run, small: Path, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").symlink_to(small)
    assert title(run, "list") == "小方案"


# -- exit codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*QUERIES, "show 3"])
@pytest.mark.usefixtures("registry")
def test_a_query_that_is_fine_exits_with_0(run: Run, command: str) -> None:
    outcome = run(*command.split())
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out


@pytest.mark.parametrize(
    "words", [("list", "--dept", "丙局"), ("due", "--section", "九"), ("show", "99"), ("show", "3.9")]
)
@pytest.mark.usefixtures("registry")
def test_what_there_is_not_exits_with_3(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (3, "")
    assert re.match(r"chengguo: (no|there is no|task 3 has no) ", outcome.err)


FAULT_LINE = (
    rf"chengguo: a fault of the program itself: RuntimeError: boom \\x1b\[31m \({re.escape(__file__)}:\d+\)"
)


@pytest.fixture
def fault(registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program fails in every query; the folder that its temporary files go to."""

    def fail(*_: object) -> None:
        raise RuntimeError("boom \x1b[31m")

    assert registry.exists()
    monkeypatch.setattr(query, "rows", fail)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_fault_of_the_program_exits_with_70_and_leaves_the_traceback_in_a_file(
    run: Run, fault: Path
) -> None:
    outcome = run("list", "--dept", "市科委")
    assert (outcome.code, outcome.out) == (70, "")
    line, hint = outcome.err.splitlines()
    assert re.fullmatch(FAULT_LINE, line)
    [file] = fault.iterdir()
    assert hint == f"  hint: Please report it, with {file}: the command and the traceback are in it."
    versions, command, first, *_trace, last = file.read_text(encoding="utf-8").splitlines()
    assert versions.startswith(f"chengguo {__version__}, Python 3.")
    assert command == "['chengguo', 'list', '--dept', '市科委']"
    assert (first, last) == ("Traceback (most recent call last):", "RuntimeError: boom \x1b[31m")


def test_a_fault_in_debugging_prints_the_traceback(run: Run, fault: Path) -> None:
    outcome = run("list", CHENGGUO_DEBUG="1")
    assert (outcome.code, outcome.out) == (70, "")
    first, *_trace, last, line, hint = outcome.err.splitlines()
    assert (first, last) == ("Traceback (most recent call last):", r"RuntimeError: boom \x1b[31m")
    assert re.fullmatch(FAULT_LINE, line)
    assert hint == "  hint: Please report it, with the command and what stands above."
    assert list(fault.iterdir()) == []


def test_a_fault_where_no_file_can_be_made_says_how_to_see_the_traceback(run: Run, fault: Path) -> None:
    fault.rmdir()
    outcome = run("list")
    assert (outcome.code, outcome.out) == (70, "")
    line, hint = outcome.err.splitlines()
    assert re.fullmatch(FAULT_LINE, line)
    assert (
        hint == "  hint: Please report it, with the command and what it prints when CHENGGUO_DEBUG=1 is set."
    )


@pytest.mark.usefixtures("registry")
def test_an_interruption_exits_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(query, "rows", interrupt)
    outcome = run("list")
    assert (outcome.code, outcome.out) == (130, "")
    assert "Traceback" not in outcome.err


_BROKEN_OFF = """
import sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
sys.argv = ["chengguo", "list", "--help"]
from chengguo.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["chengguo.cli", "chengguo.cli.plain", "chengguo.cli.app"])
def test_an_interruption_while_the_program_loads_says_nothing(module: str) -> None:
    words = (sys.executable, "-c", _BROKEN_OFF.format(module=module))
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


# -- broken files --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["list", "depts", "stats"])
@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", "tasks.yaml:1:1: Y109 no registry in tasks.yaml\n"),
        (b"# a comment\n---\n", "tasks.yaml:1:1: Y109 no registry in tasks.yaml\n"),
        ("格式: 1\n".encode("gbk"), "tasks.yaml:1:1: Y101 the file is not UTF-8; it looks like GBK\n"),
        (b"format: [1\n", "tasks.yaml:1:9: Y102 "),
    ],
    ids=["empty", "only a comment", "GBK", "no YAML"],
)
def test_a_file_that_cannot_be_read_exits_with_1(
    run: Run, tmp_path: Path, data: bytes, finding: str, command: str
) -> None:
    (tmp_path / "tasks.yaml").write_bytes(data)
    outcome = run(command, "--format", "json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(finding)
    assert outcome.err.endswith(
        "chengguo: tasks.yaml cannot be read\n  hint: Mend it, then: chengguo validate tasks.yaml\n"
    )


@pytest.mark.parametrize("command", ["list", "depts", "stats"])
@pytest.mark.parametrize("text", ["- a\n- b\n", "words\n"])
def test_a_list_or_a_text_is_no_registry(run: Run, tmp_path: Path, text: str, command: str) -> None:
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    outcome = run(command, "--format", "json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("tasks.yaml:1:1: S202 ")


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("status: pending", "status: 未启动", "1 error"),
        ("schedule: 2019 年底, status: pending", "schedule: 2019 年底", "1 error"),
        ("sections: {一: 甲}", "section: {一: 甲}", "2 errors"),
    ],
)
@pytest.mark.parametrize("command", ["list", "depts", "stats"])
def test_a_file_with_findings_shows_what_can_be_read(  # noqa: PLR0913, PLR0917 - three parts of a case
    run: Run, tmp_path: Path, old: str, new: str, count: str, command: str
) -> None:
    (tmp_path / "tasks.yaml").write_text(SMALL.replace(old, new), encoding="utf-8")
    outcome = run(command, "--as-of", "2020-01-01")
    said = f"tasks.yaml: {count}; what cannot be read is left out; see: chengguo validate tasks.yaml\n"
    assert (outcome.code, outcome.err) == (0, said)
    assert "甲局" in outcome.out or "1 item, as of 2020-01-01" in outcome.out


def test_a_warning_alone_is_not_said(run: Run, tmp_path: Path) -> None:
    text = SMALL.replace("{甲局: {}}", "{甲局: {}, 乙局: {}}").replace("2019 年底", "2019 年前")
    (tmp_path / "tasks.yaml").write_text(text, encoding="utf-8")
    assert title(run, "list") == "小方案"


def test_one_bad_item_hides_no_other(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8").replace("  - id: 3\n", "  - id: three\n", 1)
    registry.write_text(text, encoding="utf-8")
    outcome = run("list", "--format", "csv", "--columns", "id")
    assert len(outcome.out.splitlines()) == 25
    assert outcome.code == 0
    assert outcome.err.startswith("tasks.yaml: 1 error; ")


def test_a_query_never_writes(run: Run, registry: Path) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in registry.parent.iterdir())
    for command in (*QUERIES, "show 3"):
        run(*command.split())
    assert sorted((path.name, path.stat().st_mtime_ns) for path in registry.parent.iterdir()) == before
    assert registry.read_bytes() == TASKS_YAML.read_bytes()
