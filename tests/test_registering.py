"""``chengguo depts add``, ``rename``, ``merge`` and ``chengguo add``: proved edits for who knows no YAML."""

import json
from difflib import unified_diff
from pathlib import Path
from types import SimpleNamespace

import pytest

from chengguo import load
from chengguo.cli import adding
from conftest import TASKS_YAML, Run

HEAD = "format: 1\nplan: {title: 计划, table: 分工表, years: 2019}\n"
SMALL = (
    HEAD
    + """\
departments:
  # 牵头
  甲局: {full: 某市甲局}   # 首个
  乙局:
    aliases: [乙]
    successor: '甲局'
  丙局:
    full: 某市丙局
sections: {一: 总体}
columns:
  会签: {kind: names}
tasks:
- id: 1
  section: 一
  title: 建设
  items:
  - id: 1
    content: 甲局与乙局
    lead: [甲局, "乙局"]  # 两家
    support:
    - 丙局
    schedule: 2019年底
    status: in_progress
    extra: {会签: [乙局, 甲局]}
    progress:
    - {date: 2019-03-01, status: in_progress, by: 甲局}
"""
)


def changed(before: str, registry: Path) -> list[str]:
    """Return the lines that differ, as a diff shows them, without their places."""
    lines = unified_diff(before.split("\n"), registry.read_text("utf-8").split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small registry in the folder that commands run in."""
    file = tmp_path / "tasks.yaml"
    file.write_bytes(SMALL.encode())
    return file


# -- the register --------------------------------------------------------------------------------


def test_a_department_gets_another_name_wherever_it_stands(run: Run, small: Path) -> None:
    assert run("depts", "rename", "某市甲局", "丁局") == (
        0,
        (
            "- 甲局\n+ 丁局\n  丁局 full name: 某市甲局\n  丁局 aliases: 甲局\n"
            "  乙局 successor: 丁局\n"
            "1.1 reported by: 丁局\n"
            "1.1 lead departments: 甲局、乙局 → 丁局、乙局\n"
            "1.1 会签: 乙局、甲局 → 乙局、丁局\n"
            "1 item changed in tasks.yaml\n"
        ),
        "",
    )
    assert changed(SMALL, small) == [
        "-  甲局: {full: 某市甲局}   # 首个",
        "+  丁局: {full: 某市甲局, aliases: [甲局]}   # 首个",
        "-    successor: '甲局'",
        "+    successor: '丁局'",
        '-    lead: [甲局, "乙局"]  # 两家',
        '+    lead: [丁局, "乙局"]  # 两家',
        "-    extra: {会签: [乙局, 甲局]}",
        "+    extra: {会签: [乙局, 丁局]}",
        "-    - {date: 2019-03-01, status: in_progress, by: 甲局}",
        "+    - {date: 2019-03-01, status: in_progress, by: 丁局}",
    ]
    assert run("list", "--dept", "甲局", "--format", "csv").out.count("\n") == 2
    assert run("undo").code == 0
    assert small.read_text("utf-8") == SMALL


def test_a_name_that_was_an_alias_changes_places_with_it(run: Run, small: Path) -> None:
    assert run("depts", "rename", "乙局", "乙").code == 0
    entry = load(small).departments[1]
    assert (entry.name, entry.aliases, entry.successor) == ("乙", ("乙局",), "甲局")


def test_departments_become_one(run: Run, small: Path) -> None:
    outcome = run("depts", "merge", "乙局", "--into", "甲局")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "- 乙局\n  甲局 aliases: 乙局、乙\n"
        "1.1 lead departments: 甲局、乙局 → 甲局\n"
        "1.1 会签: 乙局、甲局 → 甲局\n"
        "1 item changed in tasks.yaml\n"
    )
    assert changed(SMALL, small) == [
        "-  甲局: {full: 某市甲局}   # 首个",
        "-  乙局:",
        "-    aliases: [乙]",
        "-    successor: '甲局'",
        "+  甲局: {full: 某市甲局, aliases: [乙局, 乙]}   # 首个",
        '-    lead: [甲局, "乙局"]  # 两家',
        "+    lead: [甲局]  # 两家",
        "-    extra: {会签: [乙局, 甲局]}",
        "+    extra: {会签: [甲局]}",
    ]


def test_a_reform_keeps_the_name_that_the_table_prints(run: Run, small: Path) -> None:
    outcome = run("depts", "rename", "丙局", "丁委", "--until", "2019-02")
    assert outcome == (
        0,
        "  丙局 successor: 丁委\n  丙局 until: 2019-02\nthe register is changed in tasks.yaml\n",
        "",
    )
    assert changed(SMALL, small) == ["+    successor: 丁委", "+    until: 2019-02"]
    assert run("depts", "rename", "丙局", "丁委", "--until", "2019-02").out == (
        "already recorded; nothing changes\n"
    )
    assert run("depts", "merge", "甲局", "丙局", "--into", "丁委", "--until", "2019-03").code == 0
    assert [each.until for each in load(small).departments] == ["2019-03", None, "2019-03"]
    assert run("list", "--dept", "丁委", "--format", "csv").out.count("\n") == 2


def test_a_merge_that_would_make_one_body_lead_and_support_is_refused(run: Run, small: Path) -> None:
    outcome = run("depts", "merge", "丙局", "--into", "甲局")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("chengguo: validate would find an error: N304 1.1 ")
    assert small.read_text("utf-8") == SMALL


def test_no_comment_goes_with_an_entry(run: Run, small: Path) -> None:
    outcome = run("depts", "merge", "甲局", "--into", "乙局")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "chengguo: the entry '甲局' has a comment, which would be lost with it\n"
        "  hint: Move the comment first: 'chengguo edit' opens the file.\n"
    )
    assert small.read_text("utf-8") == SMALL


def test_a_department_is_added(run: Run, small: Path) -> None:
    outcome = run("depts", "add", "丁局", "--full", "某市丁局", "--alias", "丁", "--group")
    assert outcome.code == 0
    assert outcome.out == (
        "+ 丁局\n  丁局 full name: 某市丁局\n  丁局 aliases: 丁\n  丁局 group: true\n"
        "the register is changed in tasks.yaml\n"
    )
    assert "N305 warning: no item names '丁局'" in outcome.err
    assert changed(SMALL, small) == [
        "+  丁局:",
        "+    full: 某市丁局",
        "+    aliases: [丁]",
        "+    group: true",
    ]


@pytest.mark.parametrize(
    ("register", "after"),
    [
        ("departments: {}", "departments: {丁局: {}}"),
        ("departments: {甲局: {full: 某}}", "departments: {甲局: {full: 某}, 丁局: {}}"),
        ("departments:\n    甲局:", "departments:\n    甲局:\n    丁局: {}"),
        ("departments:\r\n  甲局: {}\r", "departments:\r\n  甲局: {}\r\n  丁局: {}\r"),
    ],
)
def test_an_entry_is_written_as_its_neighbours(run: Run, tmp_path: Path, register: str, after: str) -> None:
    file = tmp_path / "tasks.yaml"
    file.write_bytes(f"{HEAD}{register}\nsections: {{}}\ntasks: []\n".encode())
    assert run("depts", "add", "丁局").code == 0
    assert file.read_bytes().decode() == f"{HEAD}{after}\nsections: {{}}\ntasks: []\n"


@pytest.mark.parametrize("entry", ["甲局:", "甲局: {}", "甲局: # 旧", "甲局:\n    group: false"])
def test_an_alias_is_put_in_an_entry_of_any_shape(run: Run, tmp_path: Path, entry: str) -> None:
    file = tmp_path / "tasks.yaml"
    file.write_text(f"{HEAD}departments:\n  {entry}\n  乙局:\nsections: {{}}\ntasks: []\n", encoding="utf-8")
    assert run("depts", "rename", "甲局", "丁局").code == 0
    assert [(each.name, each.aliases) for each in load(file).departments] == [
        ("丁局", ("甲局",)),
        ("乙局", ()),
    ]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("add", "甲局"), 1, "'甲局' is a name of '甲局' in the register already"),
        (("add", "甲局"), 1, "Items may name it as it is."),
        (("rename", "甲局", "乙"), 1, "'chengguo depts merge 甲局 --into 乙局' makes one of two."),
        (("add", " "), 2, "the name of the department is blank"),
        (("rename", "甲局", "乙"), 1, "'乙' is a name of '乙局' in the register already"),
        (("rename", "甲局", "甲局"), 1, "it is called '甲局' already"),
        (("rename", "戊局", "己局"), 3, "no department '戊局' in the register"),
        (("merge", "甲局", "--into", "戊局"), 3, "no department '戊局' in the register"),
        (("merge", "甲局", "--into", "某市甲局"), 1, "'甲局' cannot be merged into itself"),
        (("rename", "甲局", "丁局", "--until", "2018"), 2, "'2018' is no month; write it as 2018-11"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, small: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    outcome = run("depts", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert small.read_text("utf-8") == SMALL


def test_a_dry_run_shows_the_difference_and_writes_nothing(run: Run, small: Path) -> None:
    outcome = run("depts", "rename", "丙局", "丁局", "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\n-    - 丙局\n+    - 丁局\n" in outcome.out
    assert outcome.out.endswith("Dry run: tasks.yaml was not written.\n")
    assert small.read_text("utf-8") == SMALL


@pytest.mark.usefixtures("small")
def test_scripts_get_the_changes(run: Run) -> None:
    outcome = run("depts", "rename", "丙局", "丁局", "--format", "json")
    assert json.loads(outcome.out) == {
        "schema": "chengguo/register/1",
        "file": "tasks.yaml",
        "written": True,
        "count": 3,
        "changes": [
            {"id": "1.1", "field": "support", "before": ["丙局"], "after": ["丁局"]},
            {"id": None, "field": "departments", "before": "丙局", "after": None},
            {"id": None, "field": "departments", "before": None, "after": "丁局"},
        ],
    }


def test_every_department_of_the_real_table_can_be_renamed(run: Run, registry: Path) -> None:
    before = load(registry)
    for department in before.departments:
        assert run("depts", "rename", department.name, f"新{department.name}").code == 0
    after = load(registry)
    assert after.findings == ()
    for old, new in zip(before.items, after.items, strict=True):
        assert new.lead == tuple(f"新{name}" for name in old.lead)
        assert new.support == tuple(f"新{name}" for name in old.support)


@pytest.mark.usefixtures("small")
def test_chinese_is_complete(run: Run) -> None:
    assert run("depts", "rename", "丙局", "丁局", LANG="zh_CN.UTF-8") == (
        0,
        (
            "- 丙局\n+ 丁局\n  丁局 全称: 某市丙局\n  丁局 别名: 丙局\n"
            "1.1 配合部门: 丙局 → 丁局\n"
            "tasks.yaml 中已更改 1 项\n"
        ),
        "",
    )


# -- tasks and items -----------------------------------------------------------------------------

ITEM = ("--content", "建立目录", "--lead", "某市甲局，乙局", "--schedule", "2019年底前完成")
WRITTEN = [
    "    content: |-",
    "      建立目录",
    "    lead: [甲局, 乙局]",
    "    support: []",
    "    schedule: 2019年底前完成",
    "    status: pending",
]
NEW_TASK = ("- id: 2", "  section: 一", "  title: 目录", "  items:", "  - id: 1", *WRITTEN)


def test_an_item_is_added_to_a_task(run: Run, small: Path) -> None:
    assert run("add", "--task", "1", *ITEM) == (
        0,
        "1.2 content: nothing → 建立目录\n1 item changed in tasks.yaml\n",
        "",
    )
    assert changed(SMALL, small) == [f"+{line}" for line in ("  - id: 2", *WRITTEN)]


def test_a_wording_that_cannot_be_read_is_added_with_its_day(run: Run, small: Path) -> None:
    words = ("add", "--task", "1", *ITEM[:-1], "2019年2月30日")
    outcome = run(*words)
    assert (outcome.code, "add 'due:' with the day" in outcome.err) == (1, True)
    assert run(*words, "--due", "2019-06-15").code == 0
    *above, _schedule, status = (f"+{line}" for line in ("  - id: 2", *WRITTEN))
    assert changed(SMALL, small) == [*above, "+    schedule: 2019年2月30日", "+    due: 2019-06-15", status]


def test_a_task_is_added_with_its_first_item(run: Run, small: Path) -> None:
    outcome = run("add", "--section", "总体", "--title", "目录", *ITEM)
    assert outcome == (0, "2.1 content: nothing → 建立目录\n1 item changed in tasks.yaml\n", "")
    assert small.read_text("utf-8") == f"{SMALL}\n" + "\n".join((*NEW_TASK, ""))


def test_many_items_are_added_to_the_real_table(run: Run, registry: Path) -> None:
    for task in load(registry).tasks:
        words = (
            "add",
            "--task",
            str(task.id),
            "--content",
            "x: #",
            "--lead",
            "市科委",
            "--schedule",
            "持续推进",
        )
        assert run(*words).code == 0
    after = load(registry)
    assert [task.items[-1].content for task in after.tasks] == ["x: #"] * len(after.tasks)
    assert len(after.items) == len(load(TASKS_YAML).items) + len(after.tasks)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "not said: --section, --title, --content, --lead, --schedule"),
        (("--task", "1", "--lead", "甲局"), 2, "not said: --content, --schedule"),
        (("--task", "1", "--title", "目录", *ITEM), 2, "--task goes with neither --section nor --title"),
        (("--task", "9", *ITEM), 3, "there is no task 9"),
        (("--section", "九", "--title", "目录", *ITEM), 3, "no section '九'"),
        (("--task", "1", *ITEM, "--lead", "戊局"), 3, "no department '戊局' in the register"),
    ],
)
def test_what_cannot_be_added_is_said(
    run: Run, small: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    outcome = run("add", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert small.read_text("utf-8") == SMALL


def test_on_a_terminal_what_is_not_said_is_asked_for(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    answers = "一\n目录\n\n建立目录\n某市甲局，乙局\n\n2019年底前完成\n"
    outcome = run("add", stdin=answers.encode())
    assert outcome.code == 0
    assert "Section (its id or title): " in outcome.err
    assert small.read_text("utf-8") == f"{SMALL}\n" + "\n".join((*NEW_TASK, ""))


def test_every_field_that_is_asked_for_is_one_of_the_table() -> None:
    assert [*adding._ASKED] == [name for name in adding.Wanted._fields if name not in {"task", "due"}]
