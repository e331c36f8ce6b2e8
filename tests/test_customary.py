"""What people type from the habit of other programs: each word of the tables is taken or answered."""

from functools import cache
from pathlib import Path

import pytest

from chengguo.cli import customary
from chengguo.cli.app import command
from chengguo.cli.commands import COMMANDS
from conftest import Run

pytestmark = pytest.mark.usefixtures("registry")
VALUES = {  # what stands behind an option; "" where it is a flag
    "--dept": "市教委",
    "--date": "2019-12-20",
    "--section": "一",
    "--status": "未启动",
    "--not-status": "已完成",
    "--alert": "逾期",
    "--light": "红",
    "--due-by": "2019年底",
    "--due-after": "2018年底",
    "--until": "2019年底",
    "--within": "90d",
    "--grep": "技术",
    "--regex": "",
    "--sort": "due",
    "--reverse": "",
    "--columns": "id,due",
    "--limit": "2",
    "--format": "csv",
    "--json": "",
    "--file": "tasks.yaml",
    "--as-of": "2019-12-20",
    "--at": "HEAD",
    "--note": "已印发",
    "--percent": "50",
    "--dry-run": "",
    "--force": "",
    "--color": "never",
    "--output": "out.yaml",
    "--overdue": "",
}


@cache
def takes(name: str) -> dict[str, object]:
    """Return the options of a command."""
    built = command.get_command(None, name)  # type: ignore[arg-type]
    assert built
    return {each: option for option in built.params for each in option.opts}


def where(typed: str, meant: str) -> list[str]:
    """Return the commands in which the one word is the other."""
    names = customary.OPTIONS[typed]
    return [
        name
        for name in COMMANDS
        if typed not in (ours := takes(name)) and [each for each in names if each in ours] == [meant]
    ]


TAKEN = [
    (typed, meant)
    for typed, names in customary.OPTIONS.items()
    for meant in names
    if typed != meant and where(typed, meant)
]


def test_each_word_of_the_table_is_taken_somewhere() -> None:
    assert {typed for typed, _meant in TAKEN} == {*customary.OPTIONS}


@pytest.mark.parametrize(("typed", "meant"), TAKEN)
def test_an_option_of_another_name_is_taken(run: Run, typed: str, meant: str) -> None:
    name = next(iter(where(typed, meant)))
    known = {"update": ("4", "--dry-run"), "import": ("tasks.yaml",)}.get(name, ())
    further = ("--grep", "技术") if meant == "--regex" else ()
    value = [VALUES[meant]] if VALUES[meant] else []
    expected = run(name, *known, *further, meant, *value)
    assert run(name, *known, *further, typed, *value) == expected
    if value and typed.startswith("--"):
        assert run(name, *known, *further, f"{typed}={value[0]}") == expected


def test_an_option_that_may_be_several_names_them(run: Run) -> None:
    assert run("log", "--before", "2019年底") == (
        2,
        "",
        "chengguo: there is no option --before here\n  hint: It may be one of: --until, --due-by.\n",
    )


@pytest.mark.parametrize("key", customary.ANSWERS)
def test_an_option_that_there_is_not_is_answered(run: Run, key: str) -> None:
    *before, typed = key.split()
    name = before[0] if before else next(each for each in ("list", "due", "log") if typed not in takes(each))
    english = run(name, typed)
    if typed in takes(name):
        pytest.fail(f"{name} has {typed}")
    answer = customary.ANSWERS[key]
    assert english == (2, "", f"chengguo: there is no option {typed} here\n  hint: {answer}\n")
    chinese = run(name, typed, LANG="zh_CN.GBK", encoding="gbk")
    assert chinese.err.startswith(f"chengguo: 这里没有选项 {typed}\n  提示：")


@pytest.mark.parametrize(("typed", "meant"), customary.COMMANDS.items())
def test_a_command_of_another_name_is_answered(run: Run, typed: str, meant: str) -> None:
    assert typed not in COMMANDS
    assert run(typed, "4") == (2, "", f"chengguo: there is no command '{typed}'\n  hint: Write: {meant}\n")
    name = meant.split()[1]
    assert name in COMMANDS or name.startswith("-")


@pytest.mark.parametrize("name", customary.ATTRIBUTES)
def test_a_filter_of_taskwarrior_is_answered(run: Run, name: str) -> None:
    for query in ("list", "stats", "log"):
        outcome = run(query, f"{name}:x")
        assert (outcome.code, outcome.out) == (2, "")
        assert f"hint: Write: {customary.ATTRIBUTES[name]} x. " in outcome.err
        assert customary.ATTRIBUTES[name] in takes(query)
    assert run("list", "--grep", f"{name}:x").code == 0


@pytest.mark.parametrize(
    ("word", "meant"), [("+OVERDUE", "--alert overdue"), ("+completed", "--status done")]
)
def test_a_virtual_tag_is_answered_with_what_works(run: Run, word: str, meant: str) -> None:
    assert f"Write: {meant}. " in run("list", word).err
    assert run("list", *meant.split()).code == 0


def test_a_department_behind_depts(run: Run) -> None:
    hint = "Write --dept 市科委 or --grep 市科委; the commands are: add, rename, merge."
    assert run("depts", "市科委") == (2, "", f"chengguo: there is no command '市科委'\n  hint: {hint}\n")
    assert run("depts", "--部门", "市科委").code == 0


def test_what_nobody_knows_is_answered_as_ever(run: Run) -> None:
    assert "No such option '--bogus'" in run("list", "--bogus").err
    assert "No such command 'bogus'" in run("bogus").err


def test_nothing_far_from_what_was_typed_is_suggested(run: Run, registry: Path) -> None:
    assert registry.is_file()
    refused = run("due", "--due_soon", "3")
    assert (refused.code, refused.out) == (2, "")
    assert "--json" not in refused.err
    assert "--overdue" in run("list", "--overdu").err


def test_a_share_may_have_its_sign_and_a_wrong_number_is_told_in_chinese(run: Run, registry: Path) -> None:
    outcome = run("update", "6.1", "--percent", "30%", "--date", "2019-03-01")
    assert (outcome.code, outcome.err) == (0, "")
    assert "percent: 30\n" in registry.read_text("utf-8")
    for wrong in ("130%", "abc", "-1"):
        refused = run("update", "6.1", f"--percent={wrong}", "--lang", "zh")
        assert refused.code == 2
        assert "integer" not in refused.err
    assert "integer" not in run("due", "--limit", "abc", "--lang", "zh").err
