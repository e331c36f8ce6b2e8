"""``init``: a registry to start from."""

import re
from datetime import date
from pathlib import Path

import pytest

from chengguo import load
from chengguo.model import Context
from chengguo.model.status import Status
from chengguo.registry.field_kinds import Fields
from chengguo.registry.fields import REGISTRY
from chengguo.schedules import read_schedule
from conftest import Run


def names(fields: Fields) -> set[str]:
    """Give the names of all fields, at any depth."""
    return {*fields, *(name for field in fields.values() for name in names(field.fields or {}))}


@pytest.mark.parametrize("language", ["C.UTF-8", "zh_CN.UTF-8"])
def test_what_is_started_is_sound(run: Run, tmp_path: Path, language: str) -> None:
    assert run("init", LANG=language).code == 0
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")
    assert [item.address for item in load(tmp_path / "tasks.yaml").items] == ["1.1"]


def test_the_outcome_says_what_to_do_next(run: Run, tmp_path: Path) -> None:
    assert run("init", "新 台账.yaml") == (
        0,
        '新 台账.yaml was written; replace the examples, then: chengguo validate "新 台账.yaml"\n',
        "",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["新 台账.yaml"]


def test_every_field_stands_in_it_with_its_meaning(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    for name in names(REGISTRY):
        assert re.search(
            rf"(?m)^ *## .*[a-z].*\n *## .*[\u4e00-\u9fff]{{2}}.*\n *(?:# )?(?:- )?{name}:", text
        ), name


def test_it_says_what_may_stand_in_a_field(run: Run, tmp_path: Path) -> None:
    run("init")
    text = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    for status in Status:
        assert re.search(rf"## .*: .*\b{status}\b", text), status
        assert f"{status} {status.chinese}" in text
    for wording in ("2026年底", "6月底前", "3个月内", "每月28日前", "持续推进"):
        assert wording in text
        assert read_schedule(wording, Context(2026, date(2026, 1, 5))).is_understood
    assert text.startswith("## A table of tasks")


def test_without_its_explanations_it_is_the_same(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "tasks.yaml"
    before = load(file)
    file.write_text(re.sub(r"(?m)^ *##.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert run("validate", "--strict").code == 0
    assert [item.content for item in load(file).items] == [item.content for item in before.items]


def test_it_can_be_read_before_it_is_made(run: Run, tmp_path: Path) -> None:
    outcome = run("init", "-", "--title", "某方案")
    assert (outcome.code, outcome.err) == (0, "")
    assert "title: 某方案\n" in outcome.out
    assert list(tmp_path.iterdir()) == []
    assert run("validate", "--strict", "-", stdin=outcome.out.encode()).code == 0


def test_every_optional_field_can_be_taken_in(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^( *)# (?=[a-z红责一-])", r"\1", text)
    text = re.sub(r"(?m)^    status: pending$", "    status: done", text)  # for it is verified
    file.write_text(text.replace("  section: 一\n", "  section: 一.1\n"), encoding="utf-8")
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")
    (item,) = load(file).items
    assert (str(item.due), len(item.progress)) == ("2031-12-31", 1)


def test_the_plan_is_the_users(run: Run, tmp_path: Path) -> None:
    assert run("init", "--title", "促进: 转化 #1", "--years", "2017-2020").code == 0
    plan = load(tmp_path / "tasks.yaml").plan
    assert (plan.title, plan.years) == ("促进: 转化 #1", (2017, 2020))
    assert run("validate", "--strict").code == 0


def test_a_file_that_is_there_is_not_overwritten(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    assert run("init") == (1, "", "chengguo: tasks.yaml is there already\n  hint: Nothing was written.\n")
    assert registry.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--years", "2020-2017"), "--years: '2020-2017' cannot stand here"),
        (("no/such/folder.yaml",), "no/such/folder.yaml could not be written: No such file or directory"),
    ],
)
def test_what_cannot_be_started(run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    outcome = run("init", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert list(tmp_path.iterdir()) == []
