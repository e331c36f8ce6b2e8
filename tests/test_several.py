"""Several registries as one: how they are named, how each item is told from those of other plans."""

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo.departments import names
from chengguo.registry.documents import named
from chengguo.registry.reading import read_registry
from chengguo.registry.uniting import unite
from chengguo.text.source import Source
from conftest import Run

SCIENCE = """\
format: 1
plan: {title: 成果行动方案, key: 成果, years: 2017-2020}
departments:
  市科委: {full: 上海市科学技术委员会}
  市教委: {}
sections:
  一: 转化
tasks:
- id: 1
  section: 一
  title: 建立信息系统
  items:
  - {id: 1, content: 建设平台, lead: [市科委], support: [市教委], schedule: 2018 年底, status: pending}
- id: 3
  section: 一
  title: 培育机构
  items:
  - {id: 1, content: 培育, lead: [市教委], support: [], schedule: 2019 年底, status: pending}
  - {id: 2, content: 评估, lead: [市科委], support: [], schedule: 持续推进, status: pending}
"""
WATER = """\
format: 1
plan: {title: 治水行动计划, years: 2018-2020, reports: 每月25日前}
departments:
  市科技局: {full: 上海市科学技术委员会, aliases: [科技局]}
  市水务局: {}
sections:
  一: 河道
alerts: {due_soon: 60d}
tasks:
- id: 1
  section: 一
  title: 整治河道
  items:
  - {id: 1, content: 整治, lead: [市水务局], support: [市科技局], schedule: 2018年6月底前, status: pending}
- id: 2
  section: 一
  title: 研究技术
  items:
  - {id: 1, content: 研究, lead: [市科技局], support: [市水务局], schedule: 2018 年底, status: pending}
"""
AS_OF = ("--as-of", "2019-03-01")
Names = Callable[..., list[str]]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with two plans and other files, where commands run."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in (("科技.yaml", SCIENCE), ("治水.yml", WATER), ("部门.yaml", "departments: {}\n")):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "chengguo.toml").write_text("[tool.chengguo]\ndue_soon = 1\n", encoding="utf-8")
    (folder / ".hidden.yaml").write_text(SCIENCE, encoding="utf-8")
    return folder


@pytest.fixture
def found(run: Run) -> Names:
    """The addresses of the items that a command lists, nothing being said on stderr."""

    def found(*words: str, **environment: str) -> list[str]:
        outcome = run(*words, "--format", "json", **environment)
        assert (outcome.code, outcome.err) == (0, "")
        return [f"{item.get('plan', '')}:{item['id']}" for item in json.loads(outcome.out)["items"]]

    return found


ALL = ["治水:1.1", "治水:2.1", "成果:1.1", "成果:3.1", "成果:3.2"]


# -- how they are named --------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    "words",
    [
        ("-f", "plans/治水.yml", "-f", "plans/科技.yaml"),
        ("-f", "plans"),
        ("-f", "plans", "-f", "plans/科技.yaml"),
        ("-f", "plans/*"),
        ("-f", "**/*.y*ml"),
        ("--file", "plans/治*", "--file", "plans/[!治]*.yaml"),
    ],
)
def test_files_folders_and_patterns_are_read_as_one(found: Names, words: tuple[str, ...]) -> None:
    assert found("list", *words) == ALL


@pytest.mark.usefixtures("plans")
def test_they_may_stand_before_the_command_and_in_the_variable(found: Names, run: Run) -> None:
    assert found("list", CHENGGUO_FILE=os.pathsep.join(("plans/治水.yml", "plans/科技.yaml"))) == ALL
    assert found("list", CHENGGUO_FILE="plans") == ALL
    outcome = run("-f", "plans/治水.yml", "-f", "plans/科技.yaml", "list", "--format", "json")
    assert [item["id"] for item in json.loads(outcome.out)["items"]] == ["1.1", "2.1", "1.1", "3.1", "3.2"]


def test_a_file_whose_name_looks_like_several_is_one(found: Names, run: Run, tmp_path: Path) -> None:
    for name in (f"甲{os.pathsep}乙.yaml", "计划[1].yaml", "a,b.yaml"):
        (tmp_path / name).write_text(SCIENCE, encoding="utf-8")
        assert found("list", CHENGGUO_FILE=name) == [":1.1", ":3.1", ":3.2"]
        assert run("list", "--format", "json", "-f", name).code == 0


def test_the_settings_name_them_from_their_own_folder(found: Names, run: Run, plans: Path) -> None:
    below = plans.parent / "下" / "更下"
    below.mkdir(parents=True)
    (plans.parent / "chengguo.toml").write_text(
        '[tool.chengguo]\nfiles = ["plans/*.yml", "plans/科技.yaml"]\n', encoding="utf-8"
    )
    assert found("list") == ALL
    outcome = run("list", "--format", "json", folder=below)
    assert [item["id"] for item in json.loads(outcome.out)["items"]] == ["1.1", "2.1", "1.1", "3.1", "3.2"]
    assert found("list", CHENGGUO_FILE="plans/科技.yaml") == [":1.1", ":3.1", ":3.2"]


def test_both_settings_in_one_file_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chengguo.toml"
    path.write_text('[tool.chengguo]\nfile = "a.yaml"\nfiles = ["b.yaml"]\n', encoding="utf-8")
    told = f"chengguo: {path} sets both file and files\n  hint: Set one of the two.\n"
    assert run("list") == (2, "", told)


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("word", ["plans/*.txt", "没有*", "archive/**/*.yaml"])
@pytest.mark.parametrize("words", [("list",), ("stats",), ("show", "成果:1.1"), ("overdue",)])
def test_a_pattern_that_fits_nothing_hides_no_other(run: Run, words: tuple[str, ...], word: str) -> None:
    outcome = run(*words, "-f", word, "-f", "plans")
    alone = run(*words, "-f", "plans")
    assert (outcome.code, outcome.out) == (0, alone.out)
    assert outcome.err == f"chengguo: {word} has no registries\n"


@pytest.mark.usefixtures("plans")
def test_a_pattern_that_fits_nothing_keeps_no_change_from_being_made(run: Run, tmp_path: Path) -> None:
    text = '[tool.chengguo]\nfiles = ["plans", "archive/**/*.yaml"]\n'
    (tmp_path / "chengguo.toml").write_text(text, encoding="utf-8")
    outcome = run("update", "成果:1.1", "--note", "报来", "--date", "2018-03-01")
    pattern = f"{tmp_path}{os.sep}archive/**/*.yaml"
    assert (outcome.code, outcome.err.replace("\\", "/")) == (
        0,
        f"chengguo: {pattern} has no registries\n".replace("\\", "/"),
    )
    assert "报来" in run("log").out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("没有*",), '-f "FOLDER/**/*.yaml"'),
        (("没有*", "archive/**/*.yaml"), "'chengguo init' starts a registry"),
    ],
)
def test_where_no_pattern_fits_anything_it_is_told(run: Run, words: tuple[str, ...], hint: str) -> None:
    outcome = run("list", *(part for word in words for part in ("-f", word)))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {', '.join(words)} has no registries\n  hint: ")
    assert hint in outcome.err


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize("medium", ["table", "csv", "md"])
def test_an_id_tells_its_plan_where_no_column_does(run: Run, medium: str) -> None:
    run("update", "成果:1.1", "--note", "报来", "--date", "2018-03-01", "-f", "plans")
    for command, others in (("list", "title,due"), ("log", "date,note")):
        chosen = run(command, "-f", "plans", "--columns", f"id,{others}", "--format", medium)
        assert (chosen.code, "成果:1.1" in chosen.out) == (0, True)
        with_plan = run(command, "-f", "plans", "--columns", f"plan,id,{others}", "--format", medium).out
        assert "成果:1.1" not in with_plan.rpartition("Alert:")[0 if "Alert:" in with_plan else 2]


def test_a_folder_without_a_registry_among_its_files_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "其他").mkdir()
    (tmp_path / "其他" / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    assert run("list", "-f", "其他") == (1, "", "chengguo: 其他: no registry can be read\n")


@pytest.mark.usefixtures("plans")
def test_a_pattern_without_quotes_is_told(run: Run) -> None:
    outcome = run("list", "-f", "plans/治水.yml", "plans/科技.yaml")
    assert outcome == (
        2,
        "",
        (
            "chengguo: 'plans/科技.yaml' is a file, not a word to search for\n"
            '  hint: Write -f before each file, or the pattern in quotes: -f "FOLDER/*.yaml".\n'
        ),
    )


def test_the_folder_that_one_is_in(run: Run, plans: Path) -> None:
    outcome = run("list", "-f", ".", "--json", folder=plans)
    assert [each["file"] for each in json.loads(outcome.out)["plans"]] == ["治水.yml", "科技.yaml"]


def test_standard_input_is_one_of_several(run: Run, plans: Path) -> None:
    alone = SCIENCE.replace("key: 成果, ", "").encode()
    outcome = run("list", "-f", "-", "-f", str(plans / "治水.yml"), "--json", stdin=alone)
    assert [each["plan"] for each in json.loads(outcome.out)["plans"]] == ["stdin", "治水"]


@pytest.mark.usefixtures("plans")
def test_a_language_of_their_own(run: Run) -> None:
    assert run("list", "-f", "plans", "--lang", "zh", "--format", "csv").out.startswith("方案,编号,")
    assert run("log", "-f", "plans", "--lang", "zh", "--format", "csv").out.startswith("方案,日期,")


@pytest.mark.usefixtures("plans")
def test_the_column_of_plans_may_be_chosen(run: Run) -> None:
    chosen = run("list", "-f", "plans", "--columns", "id,plan", "--format", "csv", "-n", "1")
    assert chosen == (0, "id,plan\n1.1,治水\n", "")


# -- which plan ----------------------------------------------------------------------------------


def test_two_plans_of_one_name_are_refused(run: Run, plans: Path) -> None:
    (plans / "成果.yaml").write_text(SCIENCE.replace("key: 成果, ", ""), encoding="utf-8")
    outcome = run("list", "-f", "plans")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"chengguo: two plans are called '成果': {Path('plans/成果.yaml')} and {Path('plans/科技.yaml')}\n"
        "  hint: Write a key of its own in each file: 'key: …' under 'plan:'.\n"
    )


@pytest.mark.parametrize("key", ["a:b", "一、二", "a b", "-x", "甲：乙"])
def test_a_key_parts_no_address(run: Run, tmp_path: Path, key: str) -> None:
    (tmp_path / "tasks.yaml").write_text(SCIENCE.replace("成果,", f'"{key}",'), encoding="utf-8")
    outcome = run("validate")
    assert (outcome.code, outcome.err) == (1, "")
    assert f"tasks.yaml:2:28: S204 '{key}' cannot stand here" in outcome.out


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    ("words", "shown"), [("成果:3.1", "成果:3.1"), ("成果：3", "成果:3.1"), ("2", "治水:2.1")]
)
def test_an_address_names_its_plan_where_another_has_it_too(run: Run, words: str, shown: str) -> None:
    outcome = run("show", words, "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert f"ID                {shown}\n" in outcome.out
    assert run("log", words, "-f", "plans").code == 0


@pytest.mark.usefixtures("plans")
def test_an_address_of_several_plans_is_told_with_them(run: Run) -> None:
    assert run("show", "1.1", "-f", "plans") == (
        2,
        "",
        "chengguo: 1.1 is in 2 plans\n  hint: Write which one is meant: 治水:1.1, 成果:1.1.\n",
    )
    assert run("show", "交通:1", "-f", "plans") == (
        3,
        "",
        "chengguo: there is no plan '交通'\n  hint: Plans: 治水, 成果.\n",
    )
    assert run("show", "7", "-f", "plans") == (3, "", "chengguo: no plan has 7\n")


@pytest.mark.usefixtures("plans")
def test_the_address_of_one_plan_alone_may_name_it(run: Run) -> None:
    plain = run("show", "3.1", "-f", "plans/科技.yaml", *AS_OF)
    assert run("show", "成果:3.1", "-f", "plans/科技.yaml", *AS_OF) == plain
    assert run("show", "治水:1", "-f", "plans/治水.yml", *AS_OF).code == 0
    assert run("show", "治水:1", "-f", "plans/科技.yaml").err.startswith("chengguo: there is no plan '治水'")


# -- what is shown -------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_tables_have_a_column_of_plans(run: Run) -> None:
    assert run("overdue", "-f", "plans", *AS_OF, "--format", "md") == (
        0,
        """\
**2 plans: 治水, 成果**

3 items, as of 2019-03-01

| plan | due | ID | 重点任务 | 重点任务主要内容 | 责任部门 | 计划进度 | status |
|---|---|---|---|---|---|---|---|
| 治水 | 2018-06-30 | 1.1 | 整治河道 | 整治 | 市水务局 | 2018年6月底前 | pending<br>244 days overdue |
| 治水 | 2018-12-31 | 2.1 | 研究技术 | 研究 | 市科技局 | 2018 年底 | pending<br>60 days overdue |
| 成果 | 2018-12-31 | 1.1 | 建立信息系统 | 建设平台 | 市科技局 | 2018 年底 | pending<br>60 days overdue |

Alert: 3 overdue (治水:1.1, 治水:2.1, 成果:1.1)
""",
        "",
    )


@pytest.mark.usefixtures("plans")
def test_json_says_the_plan_of_each_item_and_the_files(run: Run) -> None:
    found = json.loads(run("list", "-f", "plans", *AS_OF, "--json").out)
    assert found["plans"] == [
        {"plan": "治水", "title": "治水行动计划", "file": str(Path("plans/治水.yml"))},
        {"plan": "成果", "title": "成果行动方案", "file": str(Path("plans/科技.yaml"))},
    ]
    assert "file" not in found
    assert [(each["plan"], each["id"]) for each in found["items"]][:2] == [("治水", "1.1"), ("治水", "2.1")]
    csv = run("list", "-f", "plans", *AS_OF, "--format", "csv").out.splitlines()
    assert csv[0].startswith("plan,id,task,")
    assert csv[3].startswith("成果,1.1,1,1,一,转化,")


@pytest.mark.usefixtures("plans")
def test_one_file_is_told_as_ever(run: Run) -> None:
    found = json.loads(run("list", "-f", "plans/科技.yaml", "--json").out)
    assert found["file"] == "plans/科技.yaml"
    assert "plan" not in found["items"][0]
    assert run("list", "-f", "plans/科技.yaml", "--format", "csv").out.startswith("id,task,")


@pytest.mark.usefixtures("plans")
def test_a_department_is_one_by_any_of_its_names(run: Run, found: Names) -> None:
    for name in ("市科委", "市科技局", "科技局", "上海市科学技术委员会"):
        assert found("list", "-f", "plans", "--dept", name, "--role", "lead") == [
            "治水:2.1",
            "成果:1.1",
            "成果:3.2",
        ]
    loads = json.loads(run("depts", "-f", "plans", *AS_OF, "--json").out)["departments"]
    assert [(each["name"], each["lead"], each["support"]) for each in loads] == [
        ("市科技局", 3, 1),
        ("市水务局", 1, 1),
        ("市教委", 1, 1),
    ]
    assert loads[0]["aliases"] == ["科技局", "市科委"]
    assert loads[0]["unreported_items"] == ["治水:2.1", "成果:1.1", "成果:3.2"]


@pytest.mark.usefixtures("plans")
def test_sections_are_those_of_their_plan(run: Run, found: Names) -> None:
    assert found("list", "-f", "plans", "--section", "一") == ALL
    assert found("list", "-f", "plans", "--section", "河道") == ["治水:1.1", "治水:2.1"]
    assert found("list", "-f", "plans", "--section", "成果:一") == ALL[2:]
    assert run("list", "-f", "plans", "--section", "成果:河道").code == 3
    stats = run("stats", "-f", "plans", *AS_OF, "--format", "csv").out
    assert stats.splitlines()[1:] == ["治水,一,河道,2,0,0,2,2,0", "成果,一,转化,3,0,0,3,1,0"]


@pytest.mark.usefixtures("plans")
def test_items_are_counted_by_plan(run: Run) -> None:
    counts = run("stats", "--by", "plan", "-f", "plans", *AS_OF, "--format", "csv").out
    assert counts.splitlines()[1:] == ["治水,治水行动计划,2,0,0,2,2,0", "成果,成果行动方案,3,0,0,3,1,0"]
    alone = run("stats", "--by", "plan", "-f", "plans/科技.yaml", *AS_OF, "--format", "csv").out
    assert alone.splitlines()[1:] == [",成果行动方案,3,0,0,3,1,0"]


@pytest.mark.usefixtures("plans")
def test_each_plan_has_its_own_rhythm_of_reports(run: Run, found: Names) -> None:
    assert found("overdue", "--reports", "-f", "plans", "--as-of", "2018-06-10") == ALL
    told = run("overdue", "--reports", "-f", "plans", "--as-of", "2018-06-10", "--json").out
    assert json.loads(told)["periods"] == [
        {"plan": "治水", "period": {"name": "2018-05", "first": "2018-04-26", "last": "2018-05-25"}},
        {"plan": "成果", "period": None},
    ]
    asked = ("overdue", "--reports", "--period", "2018-05", "-f", "plans", "--as-of", "2018-06-10")
    assert found(*asked) == ["治水:1.1", "治水:2.1"]
    assert run(*asked[:3], "2018-13", *asked[4:]).code == 2


@pytest.mark.usefixtures("plans")
def test_the_thresholds_of_each_plan_count(found: Names) -> None:
    assert found("list", "--alert", "due_soon", "-f", "plans", "--as-of", "2018-11-10") == ["治水:2.1"]


def test_the_log_of_several(run: Run, plans: Path) -> None:
    for word, day in (("成果:3.1", "2018-03-01"), ("治水:1", "2018-04-01")):
        assert run("update", word, "--status", "in_progress", "--date", day, "-f", "plans").code == 0
    assert "2018-03-01" in (plans / "科技.yaml").read_text(encoding="utf-8")
    assert run("log", "-f", "plans", "--format", "csv").out.splitlines() == [
        "plan,date,id,title,status,note,milestone,period,percent,problem,next,evidence,by",
        "治水,2018-04-01,1.1,整治河道,in_progress,,,,,,,,",
        "成果,2018-03-01,3.1,培育机构,in_progress,,,,,,,,",
    ]


def test_a_version_of_all(run: Run, plans: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    words = ("git", "-C", str(plans), "-c", "user.name=x", "-c", "user.email=x@y")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        subprocess.run([*words, *command], check=True)
    (plans / "治水.yml").write_text(WATER.replace("研究技术", "研发"), encoding="utf-8")
    found = json.loads(run("list", "-f", "plans", "--at", "HEAD", "--json").out)
    assert [each["title"] for each in found["items"]][:2] == ["整治河道", "研究技术"]
    assert [each["plan"] for each in found["plans"]] == ["治水", "成果"]


# -- one that is broken --------------------------------------------------------------------------


def test_a_broken_file_is_named_and_the_others_are_shown(run: Run, plans: Path) -> None:
    (plans / "坏.yaml").write_text(SCIENCE + "  bad: [\n", encoding="utf-8")
    (plans / "空.yaml").write_text("", encoding="utf-8")
    outcome = run("list", "-f", "plans", "-f", "没有.yaml", "--format", "json")
    assert outcome.code == 1
    assert len(json.loads(outcome.out)["items"]) == 5
    assert "坏.yaml:21:1: Y102 " in outcome.err
    for name in ("坏", "空"):
        assert f"{name}.yaml cannot be read\n  hint: Mend it, then: chengguo validate" in outcome.err
    assert "chengguo: there is no file 没有.yaml\n" in outcome.err
    assert run("stats", "-f", "plans").code == 1
    (plans / "坏.yaml").unlink()
    (plans / "空.yaml").unlink()
    assert run("stats", "-f", "plans").code == 0


def test_where_none_can_be_read_nothing_is_shown(run: Run, plans: Path) -> None:
    for name in ("科技.yaml", "治水.yml"):
        (plans / name).write_text("", encoding="utf-8")
    outcome = run("list", "-f", "plans")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.endswith("chengguo: plans: no registry can be read\n")


# -- changes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("update", "成果:3.2", "--note", "已开会"),
        ("update", "成果:3", "--all", "--note", "已开会"),
        ("update", "3.2", "--note", "已开会"),
        ("update", "成果:1,3.1-3.2", "--note", "已开会"),
        ("extend", "3.1", "--to", "2020-06-30", "--reason", "设备推迟"),
    ],
)
def test_a_change_finds_its_file_and_writes_that_alone(run: Run, plans: Path, words: tuple[str, ...]) -> None:
    before = (plans / "治水.yml").read_bytes()
    outcome = run(*words, "-f", "plans")
    assert (outcome.code, outcome.err) == (0, "")
    assert "科技.yaml" in outcome.out
    assert (plans / "治水.yml").read_bytes() == before
    assert (plans / "科技.yaml").read_text(encoding="utf-8") != SCIENCE


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("update", "1.1", "--note", "x"), 2, "1.1 is in 2 plans\n  hint: Write which one is meant: "),
        (("update", "9", "--note", "x"), 3, "no plan has 9\n"),
        (("update", "3.1", "2.1", "--note", "x"), 2, "the items are of several plans: 成果, 治水\n"),
        (("verify", "1"), 2, "1 is in 2 plans\n"),
        (("return", "3.1", "--reason", "x"), 1, "a report of done closes the items of this plan"),
        (("edit", "1"), 2, "1 is in 2 plans\n"),
        (("edit",), 2, "2 registries are named, and this is for one\n  hint: Name it with -f FILE: "),
        (("undo",), 2, "2 registries are named, and this is for one\n"),
        (("depts", "rename", "市教委", "市教育局"), 2, "2 registries are named, and this is for one\n"),
        (("add", "--task", "1", "--content", "x", "--lead", "市科委", "--schedule", "2018年底"), 2, "2 reg"),
        (("diff",), 2, "2 registries are named, and this is for one\n"),
        (("update", "--dept", "市科委", "--note", "x"), 2, "2 registries are named, and this is for one\n"),
    ],
)
def test_a_change_of_nobody_knows_which_is_refused(
    run: Run, plans: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    outcome = run(*words, "-f", "plans")
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.startswith(f"chengguo: {told}")
    assert (plans / "科技.yaml").read_text(encoding="utf-8") == SCIENCE


def test_a_change_of_one_file_may_name_its_plan(run: Run, plans: Path) -> None:
    outcome = run("update", "治水:1", "--note", "已开会", "-f", "plans/治水.yml")
    assert (outcome.code, outcome.err) == (0, "")
    assert "已开会" in (plans / "治水.yml").read_text(encoding="utf-8")
    assert run("update", "成果:1", "--note", "已开会", "-f", "plans/治水.yml").code == 3


# -- completion ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("plans")
def test_words_are_completed_from_all(run: Run) -> None:
    def offered(line: str) -> list[str]:
        words = {"COMP_WORDS": line, "_CHENGGUO_COMPLETE": "complete_fish"}
        outcome = run(_TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_FISH_ACTION="get-args", **words)
        return [offer.split("\t")[0] for offer in outcome.out.splitlines()]

    assert offered("chengguo list -f plans --dept 市") == ["市科技局", "市水务局", "市教委"]
    assert offered("chengguo show -f plans ") == [
        "治水:1",
        "治水:2",
        "成果:1",
        "成果:3",
        "成果:3.1",
        "成果:3.2",
    ]
    assert offered("chengguo list -f plans --section ") == ["治水:一", "成果:一"]
    assert "2018-05" in offered("chengguo overdue -f plans --reports --period 2018-")
    assert offered("chengguo show -f plans 成果:3.") == ["成果:3.1", "成果:3.2"]


# -- validate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("plans",), ("plans/*.y*ml",), ("-f", "plans"), ("plans", "plans/治水.yml", "./plans/治水.yml")]
)
def test_all_are_checked(run: Run, plans: Path, words: tuple[str, ...]) -> None:
    outcome = run("validate", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.replace("\\", "/") == "plans/治水.yml, plans/科技.yaml: no findings\n"
    (plans / "治水.yml").write_text(WATER.replace("lead: [市水务局]", "lead: [市水利局]"), encoding="utf-8")
    outcome = run("validate", *words)
    assert (outcome.code, outcome.err) == (1, "")
    assert "治水.yml:14:33: N301 " in outcome.out


# -- a register for all --------------------------------------------------------------------------

REGISTER = """\
departments:
  市科委: {full: 上海市科学技术委员会, aliases: [科委]}
  市水务局: {aliases: [水务局]}
  市教委: {}
  市财政局: {}
"""


@pytest.fixture
def register(plans: Path) -> Path:
    """A register that the plans have in common; that of water has none of its own."""
    path = plans / "departments.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    (plans.parent / "chengguo.toml").write_text(
        '[tool.chengguo]\nfiles = ["plans"]\ndepartments = "plans/departments.yaml"\n', encoding="utf-8"
    )
    own = "departments:\n  市科技局: {full: 上海市科学技术委员会, aliases: [科技局]}\n  市水务局: {}\n"
    assert own in WATER
    alone = WATER.replace(own, "departments: {}\n").replace("市科技局", "市科委")
    (plans / "治水.yml").write_text(alone, encoding="utf-8")
    return path


@pytest.mark.usefixtures("register")
def test_the_register_in_common_knows_the_departments_of_all(run: Run, found: Names) -> None:
    assert run("validate").code == 0
    assert found("list", "--dept", "科委", "--role", "lead") == ["治水:2.1", "成果:1.1", "成果:3.2"]
    assert found("list", "--dept", "水务局", "-f", "plans/治水.yml") == [":1.1", ":2.1"]
    loads = json.loads(run("depts", *AS_OF, "--json").out)["departments"]
    assert [each["name"] for each in loads] == ["市科委", "市水务局", "市教委", "市财政局"]


def test_a_change_takes_names_of_the_register_in_common(run: Run, plans: Path, register: Path) -> None:
    before = register.read_bytes()
    outcome = run("update", "治水:1", "--support", "科委", "--support", "市财政局")
    assert (outcome.code, outcome.err) == (0, "")
    assert "support: [市科委, 市财政局]" in (plans / "治水.yml").read_text(encoding="utf-8")
    assert run("validate").code == 0
    added = run("depts", "add", "市教委", "-f", "plans/治水.yml")
    assert (added.code, added.err.partition("N305")[1:2]) == (0, ("N305",))
    assert "cannot be read" not in added.err
    assert run("depts", "rename", "市财政局", "市财政委", "-f", "plans/治水.yml").code == 3
    assert register.read_bytes() == before


def test_the_register_is_none_of_the_plans(run: Run, register: Path) -> None:
    register.write_text("", encoding="utf-8")
    outcome = run("list")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("chengguo: ") == 1
    assert outcome.err.endswith("departments.yaml cannot be read as a register\n")


def test_a_register_that_cannot_be_read_is_told(run: Run, register: Path) -> None:
    register.write_text("departments:\n  市科委: {ful: x}\n", encoding="utf-8")
    outcome = run("list", "-f", "plans/科技.yaml")
    assert (outcome.code, outcome.out) == (1, "")
    assert "departments.yaml:2:9: S201 unknown key 'ful'\n" in outcome.err
    assert outcome.err.endswith(f"chengguo: {register} cannot be read as a register\n")
    register.unlink()
    outcome = run("list", "-f", "plans/科技.yaml")
    assert outcome.code == 2
    assert f"there is no file {register}" in outcome.err


# -- departments of all plans --------------------------------------------------------------------

NAMES = ("市科委", "市科技局", "科委", "市教委", "教委", "市教育局")
REGISTERS = st.lists(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.tuples(st.none() | st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2)),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40)
@given(REGISTERS)
def test_departments_are_one_by_their_names_and_never_two_of_one_plan(
    registers: list[dict[str, tuple[str | None, list[str]]]],
) -> None:
    documents = []
    for number, register in enumerate(registers):
        entries = {name: {"full": full, "aliases": more} for name, (full, more) in register.items()}
        items = [
            {"id": place, "content": name, "lead": [name], "support": [], "schedule": "", "status": "pending"}
            for place, name in enumerate(register, 1)
        ]
        tasks = [{"id": 1, "section": "一", "title": "甲", "items": items}]
        text = json.dumps({"format": 1, "plan": {"title": "甲"}, "departments": entries, "tasks": tasks})
        document = read_registry(Source(f"{number}.yaml", text))
        documents.append(named(document, f"{number}.yaml"))
    united = unite(documents).registry
    known = [each.name for each in united.departments]
    assert len(known) == len(set(known))
    for before, after in zip(documents, united.among, strict=True):
        own = [item.lead for item in before.registry.items]
        common = [item.lead for item in after.items]
        assert len(set(common)) == len(set(own))
        assert {name for lead in common for name in lead} <= set(known)
        spellings = {each.name: names.spellings(each) for each in united.departments}
        assert all(name in spellings[new] for (name,), (new,) in zip(own, common, strict=True))


@pytest.mark.parametrize("words", [("list", "-f", "密"), ("collect", "密"), ("form", "-o", "报", "-f", "密")])
def test_a_folder_that_may_not_be_read_is_said_to_be_one(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (registry.parent / "密").mkdir()

    def refuse(*_folder: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "密")

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: 密 cannot be opened: ")


def test_a_register_in_common_is_checked_as_one(run: Run, tmp_path: Path) -> None:
    """Nobody needs tasks in it; a registry of which only the register is written is still none."""
    register = tmp_path / "departments.yaml"
    register.write_text("departments:\n  市科委: {aliases: [市科技局]}\n", encoding="utf-8")
    outcome = run("validate", "departments.yaml")
    assert (outcome.code, outcome.out) == (0, "departments.yaml: no findings\n")
    assert outcome.err == (
        "departments.yaml has departments alone: it is checked as a register that registries have in common\n"
        "They are checked with it where chengguo.toml says departments = …: chengguo validate FILE\n"
    )
    register.write_text("departments:\n  市科委: {ful: 某市科委}\n", encoding="utf-8")
    outcome = run("validate", "departments.yaml", "--fix")
    assert (outcome.code, "departments.yaml:2:9: S201 unknown key 'ful'" in outcome.out) == (1, True)
    assert run("validate", "departments.yaml", "--ignore", "S201").code == 0
    (tmp_path / "tasks.yaml").write_bytes(register.read_bytes())
    assert "S203 the field 'tasks' is missing" in run("validate").out


def test_a_name_of_the_register_in_common_is_changed_there(run: Run, registry: Path, tmp_path: Path) -> None:
    (tmp_path / "departments.yaml").write_text(
        "departments:\n  市林局: {aliases: [林局]}\n", encoding="utf-8"
    )
    (tmp_path / "chengguo.toml").write_text(
        '[tool.chengguo]\ndepartments = "departments.yaml"\n', encoding="utf-8"
    )
    before = registry.read_bytes()
    for words in (
        ("rename", "林局", "市林业局"),
        ("merge", "市林局", "--into", "市科委"),
        ("merge", "市科委", "--into", "市林局"),
    ):
        refused = run("depts", *words)
        assert (refused.code, refused.out, registry.read_bytes()) == (3, "", before)
        assert refused.err == (
            f"chengguo: '市林局' stands in the register in common, {tmp_path / 'departments.yaml'}\n"
            "  hint: Items may name it as it is; to change it, edit that file.\n"
        )
    assert run("depts", "rename", "市林居", "市林业局").code == 3


# One body under two names.


def namesakes(run: Run, first: str, second: str) -> list[str]:
    """Write a register of names in each of two registries, and return the names that N311 tells of."""
    Path("plans").mkdir(exist_ok=True)
    for name, (body, entry) in {"甲": first.split(" ", 1), "乙": second.split(" ", 1)}.items():
        text = SCIENCE.replace("key: 成果", f"key: {name}").replace("市教委: {}", f"{body}: {entry}")
        Path("plans", f"{name}.yaml").write_text(text.replace("市教委", body), encoding="utf-8")
    outcome = run("validate", "plans/甲.yaml", "plans/乙.yaml", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found = [each for line in outcome.out.splitlines() for each in json.loads(line)["findings"]]
    assert {(each["code"], each["severity"]) for each in found} <= {("N311", "warning")}
    return [each["message"] for each in found]


@pytest.mark.parametrize(
    ("first", "second"), [("市发展改革委", "市发改委"), ("市审批局", "市行政审批局"), ("财政局", "市财政局")]
)
def test_a_name_that_is_short_for_one_of_another_registry_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    monkeypatch.chdir(tmp_path)
    message = f"'{second}' and '{first}' of plans/甲.yaml may be one body"
    assert namesakes(run, f"{first} {{}}", f"{second} {{}}") == [message]
    assert run("validate", "plans", "--strict").code == 1
    assert run("validate", "plans", "--strict", "--ignore", "N311").code == 0
    hint = f"'{max(first, second, key=len)}: {{aliases: [{min(first, second, key=len)}]}}'"
    assert hint in " ".join(run("validate", "plans").out.split())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("市发展改革委 {aliases: [市发改委]}", "市发改委 {}"),
        ("市发改委 {}", "市发展改革委 {aliases: [市发改委]}"),
        ("市发改委 {successor: 市发展改革委, until: 2018-11}", "市发展改革委 {}"),
        ("市财政局 {}", "市水务局 {}"),
        ("市发改委 {}", "市发改委 {}"),
    ],
)
def test_names_that_the_registers_hold_together_or_apart_are_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert namesakes(run, first, second) == []
