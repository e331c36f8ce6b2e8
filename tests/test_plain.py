"""A plain call, which is answered without Typer, is the same call to the byte where Typer answers it."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengguo.cli import plain
from chengguo.cli.commands import COMMANDS
from chengguo.cli.declared import Commands, options_of, parameters
from chengguo.cli.options import Before
from conftest import TASKS_YAML, Run

PLAIN = {
    each.name: each.function
    for module in dict.fromkeys(COMMANDS.values())
    if isinstance(commands := import_module(f"chengguo.cli.{module}").app, Commands)
    for each in commands
}
WRITE = {
    *("init", "import", "export", "form", "collect", "report", "notice", "update", "extend", "verify"),
    *("return", "add", "edit", "undo", "redo", "merge"),
}
# What options take, in the order of their names: right, wrong, and what is said something of.
VALUES = {
    "--dept": ("市科委", "市教委、市科委", "科委", "无此部门", ""),
    "--role": ("lead", "牵头", "any", "猪"),
    "--section": ("一", "二,三", "九"),
    "--status": ("done", "未启动", "进行中,done", "已办结", "doing", "猪"),
    "-s": ("pending", "blocked"),
    "--not-status": ("done", "未启动"),
    "--alert": ("overdue", "逾期,stale", "猪"),
    "--light": ("红", "紫"),
    "--where": ("栏=值",),
    "--due-by": ("2019-12-31", "2019年底", "明年底", "+7d", "2019-02-30", "猪"),
    "--due-after": ("2018-01-01", "去年底"),
    "--as-of": ("2019-12-20", "2019-10-09", "昨天", "猪"),
    "--before": ("2020-01-01", "月底"),
    "--within": ("90d", "三个月", "猪"),
    "--grep": ("技术", "科技|成果", "["),
    "--year": ("2019", "019", "-1", "x", "2,019"),
    "--sort": ("due", "id,lead", "颜色"),
    "--columns": ("id,due", "编号", "颜色"),
    "-n": ("2", "0", "x"),
    "--limit": ("3", "1_0"),
    "--format": ("json", "csv", "table", "concise", "text", "xml"),
    "--lang": ("zh", "en", "xx"),
    "--at": ("HEAD",),
    "--color": ("never", "always", "auto", "AUTO"),
    "--file": ("tasks.yaml", "none.yaml"),
    "-f": ("tasks.yaml", "none.yaml", "*.yaml"),
    "--by": ("dept", "部门", "year", "天"),
    "--period": ("2019-11", "x"),
    "--select": ("D", "D401,P", "XX"),
    "--ignore": ("S",),
    "--max-size": ("1", "0"),
}
WORDS = (
    "3.2",
    "3",
    "技术",
    "转移",
    "99",
    "tasks.yaml",
    "-",
    "--",
    "-h",
    "--help",
    "--json",
    "--部门",
    "-sn2",
    "",
)


def names(command: str) -> list[str]:
    declared = parameters(PLAIN[command])
    return [name for place in plain._places(declared) for name in place.names]


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """Draw the words of a call: mostly such as are plain, now and then others."""

    def options(known: list[str], most: int) -> list[str]:
        words = []
        for name in draw(st.lists(st.sampled_from(known), max_size=most)) if known else ():
            value = draw(st.sampled_from(VALUES.get(name, ("",))))
            words += [f"{name}={value}"] if value and draw(st.booleans()) else [name, *[value] * bool(value)]
        return words

    before = [name for place in plain._places(options_of(Before)) for name in place.names]
    command = draw(st.sampled_from([*PLAIN.keys() - WRITE]))
    rest = [*options(names(command), 4), *draw(st.lists(st.sampled_from(WORDS), max_size=2))]
    if command == "show" and draw(st.booleans()):
        rest.insert(0, draw(st.sampled_from(("3.2", "3"))))
    return [*options(before, 1), command, *rest]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=calls())
@pytest.mark.usefixtures("registry")
def test_random_calls_are_the_same_with_typer(run: Run, words: list[str]) -> None:
    answered = run(*words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "answer", lambda _words: None)
        assert run(*words) == answered


@pytest.mark.parametrize(
    "words",
    [
        "list",
        "list --dept 市科委 --role lead --json",
        "list 技术 --status done,未启动 -n 2",
        "due --before 2019年底 --as-of 2019-10-09",
        "overdue --as-of=2019-12-20 --exit-code",
        "show 3.2",
        "show 3.2 --format json",
        "stats --by 部门",
        "validate tasks.yaml --strict",
    ],
)
def test_a_plain_call_imports_neither_typer_nor_click_nor_rich(words: str) -> None:
    program = (
        "import sys; from chengguo.cli import run; sys.argv[1:] = sys.argv[1].split(); code = run();"
        "print(code, *{'typer', 'click', 'rich', 'yaml'} & {*sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, f"-f {TASKS_YAML} {words}"], capture_output=True, check=False
    )
    assert done.stderr.split()[-1] in {b"0", b"1"}


@pytest.mark.parametrize(
    "words",
    [
        "update 4 --status done --note 已印发 --date 2019-12-20",
        "update 4 --status 已办结",
        "update 4 done",
        "update --status done",
        "update 3.2 --percent 130",
        "extend 4 --to 2020年底 --reason 推迟 --date 2019-12-02 --format json",
        "verify 4",
        "return 4",
        "add --task 4 --content 共享 --lead 市科委 --schedule 2019年底 --dry-run",
        "add --task 4",
        "depts",
        "depts add 市甲局 --alias 甲局",
        "export out.csv --dept 市科委",
        "export",
        "undo",
        "init tasks.yaml",
        "merge",
        "help format",
        "help list",
        "help 没有",
        "config",
        "explain D401",
        "schema",
        "when 2019年底 --issued 2018-01-01",
    ],
)
def test_what_writes_is_the_same_with_typer(run: Run, tmp_path: Path, words: str) -> None:
    found = []
    for is_plain in (True, False):
        (tmp_path / "tasks.yaml").write_bytes(TASKS_YAML.read_bytes())
        (tmp_path / "out.csv").unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            if not is_plain:
                patch.setattr(plain, "answer", lambda _words: None)
            answered = run(*words.split())
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        found.append((answered, files))
    assert found[0] == found[1]


@pytest.mark.parametrize("command", PLAIN)
def test_what_a_plain_command_declares_is_understood(command: str) -> None:
    assert {*parameters(PLAIN[command])} - {"context"} == {
        place.name for place in plain._places(parameters(PLAIN[command]))
    }
