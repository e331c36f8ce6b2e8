"""Completion, driven as the shells drive it: the words so far in the environment, the offers on stdout."""

import json
import unicodedata
from pathlib import Path

import pytest

import systems
from chengguo.cli.commands import COMMANDS
from conftest import TABLE, Outcome, Run

SMALL = """\
format: 1
plan: {title: 方案}
departments: {甲局: {}}
sections: {七: 第七部分}
tasks:
- id: 70
  section: 七
  title: 任务
  items: [{id: 1, content: 内容, lead: [甲局], schedule: 持续推进, status: pending}]
"""


def complete(run: Run, line: str, *, folder: Path | None = None, **environment: str) -> Outcome:
    """Complete the last word of a command line as bash does; a blank at its end begins a new word."""
    words = line.split()
    count = len(words) if line.endswith(" ") else len(words) - 1
    return run(
        folder=folder,
        _CHENGGUO_COMPLETE="complete_bash",
        COMP_WORDS=line,
        COMP_CWORD=str(count),
        **environment,
    )


def offered(run: Run, line: str, *, folder: Path | None = None, **environment: str) -> list[str]:
    outcome = complete(run, line, folder=folder, **environment)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.split()


# -- words that do not depend on the registry ----------------------------------------------------


def test_commands(run: Run) -> None:
    assert offered(run, "chengguo ") == list(COMMANDS)
    assert offered(run, "chengguo st") == ["stats"]
    assert offered(run, "chengguo d") == ["due", "depts", "diff"]
    assert offered(run, "chengguo x") == []


def test_options(run: Run) -> None:
    assert offered(run, "chengguo list --due") == ["--due-by", "--due-after"]
    assert offered(run, "chengguo overdue --ex") == ["--exit-code"]


@pytest.mark.parametrize("option", ["--status", "--not-status"])
def test_statuses(run: Run, option: str) -> None:
    words = ["pending", "in_progress", "blocked", "done", "cancelled"]
    assert offered(run, "chengguo update 1 --status ") == words
    assert offered(run, f"chengguo list {option} ") == [*words, "unverified", "verified", "returned"]
    assert offered(run, f"chengguo list {option} in") == ["in_progress"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("chengguo list --role ", ["lead", "support", "any"]),
        ("chengguo list --format j", ["json", "jsonl"]),
        ("chengguo list --sort sta", ["start", "status"]),
        ("chengguo list --columns id,du", ["'id,due'"]),
        ("chengguo stats --sort op", ["open"]),
        ("chengguo log --columns no", ["note"]),
        ("chengguo stats --by ", ["section", "dept", "status", "year", "plan"]),
        ("chengguo --color a", ["auto", "always"]),
    ],
)
def test_choices(run: Run, line: str, words: list[str]) -> None:
    assert offered(run, line) == words


# -- words of the registry -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["list", "due", "overdue"])
@pytest.mark.usefixtures("registry")
def test_departments(run: Run, command: str) -> None:
    register = TABLE["departments"]
    successors = [entry["successor"] for entry in register.values() if entry and entry.get("successor")]
    known = dict.fromkeys([*register, *successors])
    assert len(known) > len(register)
    assert sorted(offered(run, f"chengguo {command} --dept ")) == sorted(known)
    assert offered(run, f"chengguo {command} --dept 市知") == ["市知识产权局"]
    assert offered(run, f"chengguo {command} --dept 市教委 --dept 上海") == [
        name for name in known if name.startswith("上海")
    ]


@pytest.mark.usefixtures("registry")
def test_departments_behind_an_equals_sign(run: Run) -> None:
    assert offered(run, "chengguo list --dept=市知") == ["市知识产权局"]


@pytest.mark.usefixtures("registry")
def test_sections(run: Run) -> None:
    assert offered(run, "chengguo list --section ") == ["一", "二", "三", "四"]
    assert offered(run, "chengguo due --section 三") == ["三"]


@pytest.mark.parametrize("command", ["show", "update"])
@pytest.mark.usefixtures("registry")
def test_addresses(run: Run, command: str) -> None:
    assert offered(run, f"chengguo {command} 3") == ["3", "3.1", "3.2", "3.3", "3.4", "3.5"]
    assert offered(run, f"chengguo {command} 3.") == ["3.1", "3.2", "3.3", "3.4", "3.5"]
    assert offered(run, f"chengguo {command} 15") == ["15"]
    assert offered(run, f"chengguo {command} 16") == []


def told(run: Run, line: str) -> dict[str, str]:
    """Return what fish is offered, and what it says of each."""
    outcome = run(
        _CHENGGUO_COMPLETE="complete_fish",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=line,
    )
    return dict(line.split("\t") for line in outcome.out.splitlines())


def test_each_item_is_told_from_its_neighbours(run: Run, registry: Path) -> None:
    about = told(run, "chengguo show ")
    assert about["3"] == "充分释放企业科技成果转移转化需求"
    assert about["3.2"].startswith("大力扶持科技型中小微企业")
    text = registry.read_text(encoding="utf-8")
    for task in TABLE["tasks"]:
        text = text.replace(task["title"], "促进消费")
    registry.write_text(text, encoding="utf-8")
    named = [said for name, said in told(run, "chengguo show ").items() if "." in name or name in {"1", "2"}]
    assert "促进消费" not in named
    assert len({*named}) == len(named)


@pytest.mark.usefixtures("registry")
def test_a_task_with_one_item_is_offered_by_its_number_alone(run: Run) -> None:
    lone = [str(task["id"]) for task in TABLE["tasks"] if len(task["items"]) == 1]
    words = offered(run, "chengguo show ")
    assert [word for word in words if word.split(".")[0] in lone] == lone
    assert len(words) == len(TABLE["tasks"]) + sum(
        len(task["items"]) for task in TABLE["tasks"] if len(task["items"]) > 1
    )


# -- which registry ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["chengguo -f other.yaml show 7", "chengguo show -f other.yaml 7", "chengguo --file other.yaml show 7"],
)
@pytest.mark.usefixtures("registry")
def test_the_registry_that_the_line_names(run: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "other.yaml").write_text(SMALL, encoding="utf-8")
    assert offered(run, line) == ["70"]


@pytest.mark.usefixtures("registry")
def test_the_registry_of_the_environment(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(SMALL, encoding="utf-8")
    assert offered(run, "chengguo list --section ", CHENGGUO_FILE="other.yaml") == ["七"]


@pytest.mark.usefixtures("registry")
def test_the_registry_of_a_parent_folder(run: Run, tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert offered(run, "chengguo show 15", folder=below) == ["15"]


LINES = ["chengguo show ", "chengguo list --dept ", "chengguo list --section "]


@pytest.mark.parametrize("line", LINES)
def test_without_a_registry_nothing_is_offered_and_nothing_said(run: Run, line: str) -> None:
    assert offered(run, line) == []


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "\x00", "格式: 1\n"])
def test_a_broken_registry_offers_nothing_and_says_nothing(
    run: Run, tmp_path: Path, text: str, line: str
) -> None:
    (tmp_path / "tasks.yaml").write_bytes(text.encode("gbk"))
    assert offered(run, line) == []


# -- other shells --------------------------------------------------------------------------------


@pytest.mark.usefixtures("registry")
def test_zsh_gets_full_names_beside_the_words(run: Run) -> None:
    outcome = run(_CHENGGUO_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="chengguo list --dept 市知")
    assert outcome == (
        0,
        "local -a offers; offers=('市知识产权局:上海市知识产权局'); _describe '' offers\n",
        "",
    )


@pytest.mark.parametrize(
    ("department", "offer"),
    [
        ("市甲局", "市甲局"),
        ("市甲局;x", "'市甲局;x'"),
        ("市甲局（筹）", "市甲局（筹）"),
        ("市甲‘局'乙", "'市甲‘‘局''乙'"),
        ("市甲“局”", "'市甲“局”'"),
        ("市甲:::局", None),
    ],
)
def test_powershell_gets_quoted_words(run: Run, tmp_path: Path, department: str, offer: str | None) -> None:
    write(tmp_path, "全称", department)
    words = {"_TYPER_COMPLETE_ARGS": "chengguo list --dept 市", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "市"}
    outcome = run(_CHENGGUO_COMPLETE="complete_powershell", **words)
    assert outcome == (0, f"{offer}:::全称\n" if offer else "\n", "")


@pytest.mark.parametrize(
    ("name", "offers"),
    [("市甲局;x", ["'市甲局;x'"]), ("市(甲)", ["'市(甲)'"]), ("市'甲", []), ("市*", []), ("市\\", [])],
)
def test_bash_gets_quoted_words_but_not_behind_a_quote(
    run: Run, tmp_path: Path, name: str, offers: list[str]
) -> None:
    write(tmp_path, "全称", name)
    for typed, expected in (("市", offers), ("'市", []), ('"市', [])):
        words = {"COMP_WORDS": f"chengguo\nlist\n--dept\n{typed}", "COMP_CWORD": "3"}
        found = run(_CHENGGUO_COMPLETE="complete_bash", **words).out.splitlines()
        assert [offer for offer in found if offer] == expected


@pytest.mark.usefixtures("registry")
def test_fish_gets_titles_beside_the_words(run: Run) -> None:
    outcome = run(
        _CHENGGUO_COMPLETE="complete_fish",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS="chengguo list --section 四",
    )
    assert outcome == (0, f"四\t{TABLE['sections']['四']}\n", "")


@pytest.mark.parametrize("shell", [pytest.param("bash", marks=systems.shell), "zsh", "fish"])
def test_the_script_for_a_shell(run: Run, shell: str) -> None:
    outcome = run(_CHENGGUO_COMPLETE=f"source_{shell}")
    assert f"_CHENGGUO_COMPLETE=complete_{shell}" in outcome.out
    assert (outcome.code, outcome.err) == (0, "")


# -- texts that are no words ---------------------------------------------------------------------


def write(folder: Path, title: str, department: str) -> None:
    """Write a registry, as JSON: every JSON document is YAML."""
    item = {"id": 1, "content": "内容", "lead": [department], "schedule": "持续推进", "status": "pending"}
    registry = {
        "format": 1,
        "plan": {"title": "方案"},
        "departments": {department: {"full": title}},
        "sections": {"一": title},
        "tasks": [{"id": 1, "section": "一", "title": title, "items": [item]}],
    }
    (folder / "tasks.yaml").write_text(json.dumps(registry), encoding="utf-8")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "offer"), [("show 1", "1"), ("list --dept 甲", "甲局"), ("list --section 一", "一")]
)
def test_a_title_is_no_markup(run: Run, tmp_path: Path, shell: str, words: str, offer: str) -> None:
    write(tmp_path, "建设[/red]平台", "甲局")
    outcome = run(
        _CHENGGUO_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
        _TYPER_COMPLETE_ARGS=f"chengguo {words}",
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert offer in outcome.out
    assert "建设[/red]平台" in outcome.out


def test_no_offer_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "建设平台", "甲局\x1b[31m\u202e")
    out = complete(run, "chengguo list --dept 甲").out
    assert {c for c in out if unicodedata.category(c) in {"Cc", "Cf"}} <= {"\n"}


PARTED = """\
format: 1
plan: {title: 方案, years: 2025, reports: 每月25日前}
departments: {甲局: {}}
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - {id: 1, content: 甲事, lead: [甲局], status: in_progress,
     schedule: "3月底前完成方案，6月底前启动，12月底前建成",
     progress: [{date: 2025-03-01, milestone: 1, status: done}]}
  - {id: 2, content: 乙事, lead: [甲局], schedule: 每季度末, status: in_progress,
     progress: [{date: 2025-03-01, period: 2025-Q1, status: done}]}
"""


def test_open_milestones_periods_lights_and_rounds_are_offered(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTED, encoding="utf-8")
    assert offered(run, "chengguo update 1.1 --milestone ") == ["2", "3"]
    assert offered(run, "chengguo extend 1.1 --to 2026年底 --milestone ") == ["2", "3"]
    assert offered(run, "chengguo update 1.2 --period ") == ["2025-Q2", "2025-Q3", "2025-Q4"]
    assert offered(run, "chengguo list --light ") == ["红", "黄", "绿"]
    assert offered(run, "chengguo list --alert mis") == ["missed"]
    assert "2025-03" in offered(run, "chengguo overdue --reports --period 2025")
    assert "2025-03" in offered(run, "chengguo depts --unreported --period 2025")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "completion for bash is installed: {file}\n"),
        ({"LANG": "zh_CN.UTF-8"}, "已安装 bash 的命令补全：{file}\n"),
    ],
)
def test_installing_says_where_in_the_language_of_the_user(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], told: str
) -> None:
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "bash")
    outcome = run("--install-completion", **home(tmp_path), **environment)
    assert (outcome.code, outcome.err) == (0, "")
    file = tmp_path / ".bash_completions" / "chengguo.sh"
    assert outcome.out.startswith(told.format(file=file))
    assert file.is_file()


def home(folder: Path) -> dict[str, str]:
    """Return what makes a folder the user's own."""
    return dict.fromkeys(("HOME", "USERPROFILE"), str(folder))


def test_what_keeps_completion_from_being_installed_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "tcsh")
    assert run("--install-completion", **home(tmp_path)) == (
        2,
        "",
        (
            "chengguo: there is no completion for this shell\n"
            "  hint: There is one for bash, zsh, fish and PowerShell.\n"
        ),
    )
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "bash")
    (tmp_path / "file").touch()
    outcome = run("--install-completion", **home(tmp_path / "file"))
    assert (outcome.code, outcome.out) == (2, "")
    assert "could not be written: " in outcome.err
