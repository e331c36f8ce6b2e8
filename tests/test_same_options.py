"""The filters, columns and formats that every query has alike, in English and in Chinese."""

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run

DAY = ("--as-of", "2019-12-20")
TABLES = {  # a query, with what makes it find something in the table below
    "list": (),
    "due": (),
    "overdue": (),
    "depts": (),
    "stats": (),
    "log": (),
    "diff": ("--since", "2019-01-01", "--until", "2019-12-20"),
}
COLUMNS = {  # two columns of a query by their names, and by their Chinese headings
    "list": ("id,due", "编号、截止日期"),
    "due": ("id,due", "编号，截止日期"),
    "overdue": ("due,lead", "截止日期,责任部门"),
    "depts": ("name,open", "部门,未办结"),
    "stats": ("title,total", "板块,事项"),
    "log": ("date,note", "日期,说明"),
    "diff": ("id,event", "编号,变化"),
}
FILTERS = [
    ("--dept", "市科委", "--role", "lead"),
    ("--dept", "市科委、市教委"),
    ("--dept", "市科委", "--dept", "市教委"),
    ("--section", "一,二", "--section", "三"),
    ("--status", "进行中,已完成"),
    ("-s", "未启动", "-s", "in_progress"),
    ("--not-status", "已完成"),
    ("--alert", "逾期,overdue"),
    ("--light", "红,黄"),
    ("--due-by", "2019年底", "--due-after", "2017年底"),
    ("--grep", "技术", "--grep", "转移"),
    ("--grep", "技术.*转移", "--regex"),
    ("--limit", "2"),
    ("-n", "2", "--reverse"),
]


@pytest.fixture
def reported(run: Run, registry: Path) -> Path:
    """The real table with reports on two items."""
    for item, status, day in (("2.1", "进行中", "2019-03-01"), ("4.1", "已完成", "2019-11-30")):
        note = "技术转移已报告"
        assert run("update", item, "--status", status, "--note", note, "--date", day).code == 0
    return registry


def query(command: str) -> tuple[str, ...]:
    return (command, *TABLES[command], *(() if command == "diff" else DAY))


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.usefixtures("reported")
def test_each_filter_goes_with_each_query(run: Run, command: str) -> None:
    for filters in FILTERS:
        outcome = run(*query(command), *filters, "--json")
        assert (outcome.code, outcome.err) == (0, ""), filters
        assert json.loads(outcome.out)["schema"] == f"chengguo/{command}/1"


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.usefixtures("reported")
def test_a_filter_leaves_out_what_it_must(run: Run, command: str) -> None:
    whole = run(*query(command), "--json", LANG="zh_CN.UTF-8")
    assert run(*query(command), "--dept", "市委宣传部", "--json", LANG="zh_CN.UTF-8").out != whole.out
    assert whole.out == run(*query(command), "--json").out


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.usefixtures("reported")
def test_columns_by_name_and_by_heading(run: Run, command: str) -> None:
    names, headings = COLUMNS[command]
    by_name = run(*query(command), "--columns", names, "--format", "csv")
    assert (by_name.code, by_name.err) == (0, "")
    found = [*csv.reader(io.StringIO(by_name.out))]
    assert found[0] == names.split(",")
    assert len(found) > 1
    assert run(*query(command), "--columns", headings, "--format", "csv") == by_name
    first, second = names.split(",")
    assert run(*query(command), "--columns", first, "--columns", second, "--format", "csv") == by_name
    chinese = run(*query(command), "--columns", names, "--format", "csv", "--lang", "zh")
    assert not chinese.out.splitlines()[0].isascii()
    assert len([*csv.reader(io.StringIO(chinese.out))]) == len(found)


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.usefixtures("reported")
def test_what_is_sorted_and_cut_says_so(run: Run, command: str) -> None:
    column = COLUMNS[command][0].split(",")[0]
    words = (*query(command), "--columns", column, "--sort", column)
    ordered = run(*words, "--format", "csv").out.splitlines()[1:]
    cut = run(*words, "-n", "1", "--format", "csv").out.splitlines()[1:]
    assert cut == ordered[:1]
    if len(ordered) > 1:
        assert f"{len(ordered) - 1} more; see --limit" in run(*words, "-n", "1").out


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.parametrize("option", ["--columns", "--sort"])
@pytest.mark.usefixtures("reported")
def test_a_column_that_there_is_not(run: Run, command: str, option: str) -> None:
    english = run(*query(command), option, "颜色")
    assert (english.code, english.out) == (2, "")
    assert english.err.startswith(f"chengguo: {option}: there is no column '颜色'\n  hint: Columns: ")
    chinese = run(*query(command), option, "颜色", LANG="zh_CN.GBK", encoding="gbk")
    assert chinese.err.startswith(f"chengguo: {option}：没有“颜色”栏\n")


@pytest.mark.parametrize(
    "option", ["--dept", "--section", "--light", "--status", "--alert", "--grep", "--sort"]
)
@pytest.mark.parametrize("value", ["", " , ，"])
@pytest.mark.usefixtures("registry")
def test_an_option_with_nothing_asks_not_for_everything(run: Run, option: str, value: str) -> None:
    if option == "--grep" and value:
        return  # commas are looked for
    outcome = run("list", option, value)
    assert outcome == (2, "", f"chengguo: {option} is empty\n  hint: Give it a value, or leave it out.\n")


@pytest.mark.usefixtures("reported")
def test_words_after_the_command_search(run: Run) -> None:
    for command in ("list", "stats", "log"):
        found = run(command, "技术", "转移", "--json")
        assert (found.code, found.err) == (0, "")
        assert run(command, "--grep", "技术", "--grep", "转移", "--json") == found
    assert run("log", "4", "报告", "--json").out.count('"id"') == 1
    assert "'3..2' is not an address" in run("log", "3..2").err


@pytest.mark.usefixtures("registry")
def test_an_address_among_the_words_to_search_for(run: Run) -> None:
    note = "'3.2' was searched for; the item is shown by: chengguo show 3.2"
    assert note in run("list", "3.2").out.splitlines()
    assert "chengguo show" not in run("list", "33.2").out
    assert "“3.2”是按字词查找的；看这一项：chengguo show 3.2" in run("list", "3.2", "--lang", "zh").out


@pytest.mark.usefixtures("registry")
def test_stats_by_the_role_of_a_department(run: Run) -> None:
    def total(*words: str) -> int:
        found = json.loads(run("stats", "--dept", "市教委", *words, "--json").out)
        return sum(group["total"] for group in found["groups"])

    assert total() == total("--role", "lead") + total("--role", "support")
    assert total("--role", "support") > 0


@pytest.mark.usefixtures("reported")
def test_alerts_of_what_is_logged_are_those_of_the_day(run: Run) -> None:
    assert json.loads(run("log", "--alert", "overdue", "--as-of", "2019-03-01", "--json").out)["count"] == 1
    assert json.loads(run("log", "--as-of", "2019-03-01", "--json").out)["count"] == 1
    assert json.loads(run("log", "--json").out)["count"] == 2


@pytest.mark.usefixtures("reported")
def test_a_diff_of_one_department_in_one_role(run: Run) -> None:
    words = ("diff", *TABLES["diff"], "--dept", "市财政局", "--format", "csv")
    assert len(run(*words).out.splitlines()) > len(run(*words, "--role", "lead").out.splitlines())
    outcome = run("diff", "--at", "HEAD")
    assert outcome.code == 2


@pytest.mark.usefixtures("reported")
def test_a_report_on_some_items_says_on_which(run: Run) -> None:
    words = ("report", "-", *DAY)
    whole, some = run(*words).out, run(*words, "--dept", "市教委", "--role", "lead", "--section", "一").out
    assert "共24项" in whole
    assert "（市教委负责，增强科技成果转移转化主体内生动力）推进情况" in some
    assert "共24项" not in some
    none = run(*words, "--status", "受阻")
    assert none == (
        2,
        "",
        "chengguo: no item is as the options ask\n  hint: See what there is with: chengguo list\n",
    )


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("list --dept 市科委 --role lead", "list --dept 市科委 --role 牵头"),
        ("list --dept 市科委 --role support", "list --dept 市科委 --role 配合"),
        ("depts --role support", "depts --role 配合部门"),
        ("stats --by dept --role lead", "stats --by 部门 --role 责任部门"),
        ("stats --by section", "stats --by 板块"),
        ("stats --by year", "stats --by 年份"),
        ("export 甲 --by dept --dept 市教委 --force", "export 甲 --by 部门 --dept 市教委 --force"),
        ("notice 乙 --by item --dept 市教委 --force", "notice 乙 --by 事项 --dept 市教委 --force"),
    ],
)
def test_chinese_words_of_options(run: Run, english: str, chinese: str) -> None:
    day = ("--as-of", "2019-12-31")
    expected, found = (run(*words.split(), *day) for words in (english, chinese))
    assert (found.code, found.out, found.err) == (0, expected.out, "")
    assert found.out


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("words", ["depts --role 猪", "stats --by 天", "list --dept 市科委 --role 猪"])
def test_a_word_that_no_option_takes(run: Run, words: str) -> None:
    outcome = run(*words.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert "is not one of" in outcome.err
