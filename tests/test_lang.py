"""``--lang``: the answer, its help, csv and tsv, which the console alone does not change."""

import csv
import io
import json

import pytest

from chengguo.output import json_shapes
from conftest import Run

pytestmark = pytest.mark.usefixtures("registry")
DAY = ("--as-of", "2019-01-15")


def table(text: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text))]


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("list", "--lang", "zh"), {}),
        (("--lang", "zh", "list"), {}),
        (("list", "--lang=zh"), {"CHENGGUO_LANG": "en"}),
        (("list",), {"CHENGGUO_LANG": "zh"}),
    ],
)
def test_the_headings_and_words_of_csv_in_chinese(
    run: Run, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    outcome = run(*words, *DAY, "--format", "csv", **environment)
    assert (outcome.code, outcome.err) == (0, "")
    heading, first, *_rest = table(outcome.out)
    row = dict(zip(heading, first, strict=True))
    assert (row["编号"], row["类型"], row["状态"], row["预警"]) == ("1.1", "截止", "未启动", "逾期")
    assert len({*heading}) == len(json_shapes.COLUMNS)


def test_csv_is_the_stable_one_on_a_chinese_console_where_chinese_is_not_asked_for(run: Run) -> None:
    stable = run("list", *DAY, "--format", "csv")
    assert run("list", *DAY, "--format", "csv", LANG="zh_CN.UTF-8") == stable
    assert run("list", *DAY, "--format", "csv", "--lang", "en", LANG="zh_CN.UTF-8") == stable
    assert tuple(table(stable.out)[0]) == json_shapes.COLUMNS


def test_json_is_the_same_in_either_language(run: Run) -> None:
    stable = run("list", *DAY, "--json")
    assert run("list", *DAY, "--json", "--lang", "zh") == stable
    assert json.loads(stable.out)["items"][0]["schedule"]["kind"] == "deadline"


def test_a_table_with_the_kind_in_words(run: Run) -> None:
    outcome = run("list", "--columns", "编号,类型", "--lang", "zh", *DAY)
    assert " 1.1   截止" in outcome.out
    assert "deadline" not in outcome.out


def test_what_is_wrong_is_said_in_the_language_that_is_asked_for(run: Run) -> None:
    chinese, english = run("list", "--bogus", "--lang", "zh"), run("list", "--bogus")
    assert "没有选项" in chinese.err
    assert run("list", "--bogus", LANG="zh_CN.UTF-8") == chinese
    assert run("list", "--bogus", "--lang", "en", LANG="zh_CN.UTF-8") == english
    assert run("list", "--bogus", CHENGGUO_LANG="en", LANG="zh_CN.UTF-8") == english


def test_another_language_is_wrong_usage(run: Run) -> None:
    outcome = run("list", "--lang", "fr")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'fr' is not one of 'zh', 'en'" in outcome.err


def test_what_follows_two_hyphens_is_no_option(run: Run) -> None:
    outcome = run("list", "--", "--lang=zh")
    assert (outcome.code, outcome.err) == (0, "")
    assert "0 items" in outcome.out
