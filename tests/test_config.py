"""``chengguo.toml``, the variables and ``chengguo config``: what is set once, and where it comes from."""

import json
from pathlib import Path

import pytest

import systems
from chengguo import load
from chengguo.cli import settings
from conftest import Run

HOME = "APPDATA" if systems.WINDOWS else "XDG_CONFIG_HOME"


def set_in(folder: Path, *lines: str) -> Path:
    """Write a file of settings in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "chengguo.toml"
    path.write_text("\n".join(("[tool.chengguo]", *lines, "")), encoding="utf-8")
    return path


def shown(run: Run, name: str, **environment: str) -> tuple[object, object]:
    """Return the value of a setting and where it comes from."""
    outcome = run("config", "--format", "json", **environment)
    assert (outcome.code, outcome.err) == (0, "")
    found = {each["name"]: each for each in json.loads(outcome.out)["settings"]}
    return found[name]["value"], found[name]["origin"]


def test_without_any_setting_each_is_shown_with_its_variable(run: Run) -> None:
    outcome = run("config", COLUMNS="120")
    assert (outcome.code, outcome.err) == (0, "")
    for name in settings.SETTINGS:
        assert f" {name} " in outcome.out
        assert f"not set; ${settings.variable(name)}" in outcome.out


def test_a_variable_counts_before_the_file_near_and_that_before_the_users(run: Run, tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here" / "below"
    here.mkdir(parents=True)
    own = set_in(home / "chengguo", "due_soon = 1", 'dept = ["市科委", "市教委"]')
    assert shown(run, "due_soon", **{HOME: str(home)}) == (1, str(own))
    near = set_in(tmp_path, "due_soon = 2")
    assert shown(run, "due_soon", **{HOME: str(home)}) == (2, str(near))
    assert shown(run, "dept", **{HOME: str(home)}) == (["市科委", "市教委"], str(own))
    assert shown(run, "due_soon", **{HOME: str(home), "CHENGGUO_DUE_SOON": "3"}) == (3, "$CHENGGUO_DUE_SOON")


def test_my_department(run: Run, registry: Path) -> None:
    wanted = run("list", "--dept", "市科委", "--format", "csv")
    set_in(registry.parent, 'dept = "市科委"')
    assert run("list", "--mine", "--format", "csv") == wanted
    assert run("list", "--format", "csv").out.count("\n") > wanted.out.count("\n")
    assert run("list", "--mine", "--format", "csv", CHENGGUO_DEPT="市委宣传部").out != wanted.out


@pytest.mark.usefixtures("registry")
def test_mine_without_a_department_says_how_to_set_it(run: Run) -> None:
    assert run("list", "--mine") == (
        2,
        "",
        (
            "chengguo: --mine: no department is set\n"
            "  hint: Set it: CHENGGUO_DEPT, or dept in chengguo.toml; see: chengguo config\n"
        ),
    )


def test_the_language(run: Run, tmp_path: Path) -> None:
    set_in(tmp_path, 'lang = "zh"')
    assert "设置项" in run("config", COLUMNS="120").out
    assert "setting" in run("config", COLUMNS="120", CHENGGUO_LANG="en", LANG="zh_CN.UTF-8").out


def test_the_columns_of_tables_alone(run: Run, registry: Path) -> None:
    plain = run("list", "--format", "csv")
    set_in(registry.parent, 'columns = "编号,截止日期"')
    assert run("list") == run("list", "--columns", "id,due")
    assert run("list", "--format", "csv") == plain
    assert run("list", "--json").code == 0


def test_thresholds_count_where_the_registry_has_none(run: Run, registry: Path) -> None:
    asked = ("list", "--alert", "due_soon", "--as-of", "2019-12-01", "--format", "csv")
    assert run(*asked).out.count("\n") > 1
    set_in(registry.parent, "due_soon = 5")
    assert run(*asked).out.count("\n") == 1
    text = registry.read_text("utf-8").replace("\ntasks:", "\nalerts: {due_soon: 30}\n\ntasks:", 1)
    registry.write_text(text, encoding="utf-8")
    assert run(*asked).out.count("\n") > 1


def test_the_registry_from_the_folder_of_the_file(run: Run, registry: Path, tmp_path: Path) -> None:
    below = tmp_path / "below"
    (below / "deep").mkdir(parents=True)
    moved = registry.rename(below / "分工.yaml")
    set_in(tmp_path, 'file = "below/分工.yaml"')
    listed = run("list", "--format", "csv", folder=below / "deep")
    assert (listed.code, listed.err) == (0, "")
    assert listed == run("list", "--format", "csv", "-f", str(moved))


def test_a_home_that_there_is_not_is_a_file_that_there_is_not(run: Run, tmp_path: Path) -> None:
    set_in(tmp_path, 'file = "~nobody-of-that-name/tasks.yaml"')
    outcome = run("list")
    assert (outcome.code, outcome.err.splitlines()[0].startswith("chengguo: there is no file ")) == (2, True)


def test_the_users_registry_counts_where_there_is_none_near(run: Run, registry: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    set_in(other / "chengguo", f'file = "{registry.as_posix()}"')
    empty = other / "empty"
    empty.mkdir()
    registry = registry.rename(tmp_path / "away.yaml")
    set_in(other / "chengguo", f'file = "{registry.as_posix()}"')
    assert run("list", folder=empty).code == 2
    assert run("list", folder=empty, **{HOME: str(other)}).code == 0


def test_the_holidays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "假日.txt").write_text("2018-02-15\n", encoding="utf-8")
    words = ("when", "10个工作日内", "--issued", "2018-02-01")
    wanted = run(*words, "--holidays", "假日.txt")
    set_in(tmp_path, 'holidays = "假日.txt"')
    assert run(*words) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.chengguo]\ncolour = 1\n", "there is no setting 'colour'"),
        ('[tool.chengguo]\ndue_soon = "bald"\n', "due_soon cannot be bald"),
        ("[tool.chengguo]\ndue_soon = true\n", "due_soon cannot be True"),
        ("[tool.chengguo]\nstale = -1\n", "stale cannot be -1"),
        ('[tool.chengguo]\nlang = "fr"\n', "lang cannot be fr"),
        ("[tool.chengguo]\nlang = [1]\n", "lang cannot be [1]"),
        ("[tool.chengguo]\ndept = [1]\n", "dept cannot be [1]"),
        ('[tool.chengguo]\nfile = ""\n', "file cannot be "),
        ("[tool.chengguo\n", "cannot be read as TOML"),
        ('dept = "市科委"\n', "has no table [tool.chengguo]"),
        ("tool = 1\n", "has no table [tool.chengguo]"),
    ],
)
def test_a_wrong_file_is_told(run: Run, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "chengguo.toml"
    path.write_text(text, encoding="utf-8")
    outcome = run("config")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {path}")
    assert message in outcome.err
    assert "  hint: " in outcome.err


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ("\nlang = zh", "3:8", "this cannot be read as TOML: the value is none: text stands in quotes"),
        ('lang = "zh', "2:11", "this cannot be read as TOML"),
        ('lang "zh"', "2:6", "this cannot be read as TOML: there is no = behind the name of the setting"),
        ('lang = "zh"\nlang = "en"', "3:12", "this cannot be read as TOML: the setting is given twice"),
        ("\nstale = 5\n  depts = 1", "4:3", "there is no setting 'depts'"),
        ("stale =  0.5", "2:10", "stale cannot be 0.5"),
    ],
)
def test_what_is_wrong_has_its_place(run: Run, tmp_path: Path, lines: str, place: str, message: str) -> None:
    path = set_in(tmp_path, lines)
    outcome = run("list")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {path}:{place}: {message}")
    assert "\n  hint: " in outcome.err
    chinese = run("list", LANG="zh_CN.GBK", encoding="gbk").err
    assert f"{path}:{place}：" in chinese
    assert "\n  提示：" in chinese


def test_a_name_near_a_setting_is_offered(run: Run, tmp_path: Path) -> None:
    set_in(tmp_path, "due-soon = 3")
    assert "hint: Did you mean due_soon?" in run("config").err


def test_what_is_set_beside_the_registry_that_is_named(run: Run, registry: Path, tmp_path: Path) -> None:
    beside = tmp_path / "分工"
    own = set_in(beside, 'dept = "市科委"', "stale = 7")
    (beside / "tasks.yaml").write_bytes(registry.read_bytes())
    near = set_in(tmp_path, 'dept = "市教委"', "due_soon = 9")
    wanted = run("list", "--dept", "市科委", "--format", "csv")
    for words in (
        ("list", "--mine", "-f", "分工/tasks.yaml"),
        ("-f", "分工/tasks.yaml", "list", "--mine"),
        ("list", "--mine", "--file=分工/tasks.yaml"),
    ):
        assert run(*words, "--format", "csv").out == wanted.out, words
    assert run("list", "--mine", "--format", "csv", CHENGGUO_FILE="分工/tasks.yaml").out == wanted.out
    assert run("list", "--mine", "-f", "分工", "--format", "csv").out.count("\n") == wanted.out.count("\n")
    told = {
        each["name"]: (each["value"], each["origin"])
        for each in json.loads(run("config", "-f", "分工/tasks.yaml", "--format", "json").out)["settings"]
    }
    assert told["dept"] == (["市科委"], str(own))
    assert told["stale"] == (7, str(own))
    assert told["due_soon"] == (9, str(near))
    assert run("list", "--mine", "--format", "csv").out != wanted.out


def test_what_is_set_above_the_registry_that_is_named(run: Run, registry: Path, tmp_path: Path) -> None:
    """As for the working folder, the nearest counts: a common register is found from every folder."""
    plans, other = tmp_path / "某市" / "plans", tmp_path / "别处"
    plans.mkdir(parents=True)
    other.mkdir()
    text = registry.read_text(encoding="utf-8")
    begin, end = text.index("departments:"), text.index("sections:")
    (plans / "a.yaml").write_text(f"{text[:begin]}departments: {{}}\n{text[end:]}", encoding="utf-8")
    (plans.parent / "departments.yaml").write_text(text[begin:end], encoding="utf-8")
    registry.unlink()
    city = set_in(plans.parent, 'departments = "departments.yaml"', "stale = 7")
    set_in(tmp_path, "stale = 8", "due_soon = 9")
    for words in (("-f", "../某市/plans/a.yaml"), ("-f", str(plans)), ("-f", "../某市/plans/*.yaml")):
        assert run("validate", *words, folder=other).code == 0, words
        found = json.loads(run("config", *words, "--format", "json", folder=other).out)["settings"]
        told = {each["name"]: (each["value"], each["origin"]) for each in found}
        assert told["stale"] == (7, str(city))
        assert told["due_soon"][0] == 9
    own = set_in(plans, "stale = 6")
    found = json.loads(run("config", "-f", str(plans), "--format", "json", folder=other).out)["settings"]
    assert next(each["origin"] for each in found if each["name"] == "stale") == str(own)


def test_a_wrong_variable_is_told(run: Run) -> None:
    assert run("config", CHENGGUO_STALE="x") == (
        2,
        "",
        (
            "chengguo: CHENGGUO_STALE: stale cannot be x\n"
            "  hint: It is an alert so many days after the last report, such as 60.\n"
        ),
    )


def test_a_file_in_another_encoding_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "chengguo.toml").write_bytes('[tool.chengguo]\ndept = "市科委"\n'.encode("gbk"))
    outcome = run("list")
    assert (outcome.code, outcome.out) == (2, "")
    assert ":2:9: the file is not UTF-8\n  hint: Save it as UTF-8." in outcome.err


def test_examples_are_read_as_they_stand(run: Run, tmp_path: Path) -> None:
    set_in(tmp_path / "chengguo", *(f"{name} = {each.example}" for name, each in settings.SETTINGS.items()))
    assert run("config", **{HOME: str(tmp_path)}).code == 0


def test_chinese_is_complete(run: Run) -> None:
    outcome = run("config", COLUMNS="120", LANG="zh_CN.UTF-8")
    assert "设置项" in outcome.out
    assert "未设置；$CHENGGUO_DEPT" in outcome.out
    assert "本部门，供 --mine 使用" in outcome.out


WORKING_DAYS = """\
format: 1
plan: {title: 方案, years: 2018, issued: 2018-02-09}
departments: {甲局: {}}
sections: {一: 甲}
tasks:
- id: 1
  section: 一
  title: 事
  items:
  - {id: 1, content: 事, lead: [甲局], schedule: 10个工作日内, status: pending}
"""


@pytest.mark.parametrize("command", ["list", "due", "overdue"])
def test_the_holidays_count_in_a_registry(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "tasks.yaml").write_text(WORKING_DAYS, encoding="utf-8")
    (tmp_path / "假日.txt").write_text("2018-02-15\n2018-02-16\n2018-02-11 班\n", encoding="utf-8")
    unset = run("validate")
    assert "working days need a calendar of holidays; see holidays in chengguo config" in unset.out
    assert '"due": null' in run("list", "--format", "json").out
    set_in(tmp_path, 'holidays = "假日.txt"')
    assert run("validate").out == "tasks.yaml: no findings\n"
    outcome = run(
        command, "--as-of", "2018-02-27" if command == "overdue" else "2018-02-12", "--format", "json"
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert '"due": "2018-02-26"' in outcome.out
    assert run("update", "1.1", "--status", "done", "--date", "2018-02-20").code == 0
    assert run("validate").code == 0


def test_a_calendar_that_is_not_there_is_said_with_its_origin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(WORKING_DAYS, encoding="utf-8")
    set_in(tmp_path, 'holidays = "无.txt"')
    for command in ("list", "validate", "due"):
        outcome = run(command)
        assert (outcome.code, outcome.out) == (2, "")
        assert "the calendar of holidays of " in outcome.err
        assert "无.txt" in outcome.err
        assert "chengguo.toml" in outcome.err
    assert run("config").code == 0
    assert run("when", "10个工作日内", "--issued", "2018-02-09").code == 2
    (item,) = load(tmp_path / "tasks.yaml").items  # the settings are those of a call of the program
    assert item.due is None
