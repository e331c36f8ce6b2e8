"""``init``: a registry to start from."""

import re
from pathlib import Path

import pytest

from chengguo import load
from chengguo.fields import REGISTRY, Fields
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
        "新 台账.yaml was written; replace the examples, then: chengguo validate 新 台账.yaml\n",
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


def test_every_optional_field_can_be_taken_in(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^( *)# (?=[a-z-])", r"\1", text), encoding="utf-8")
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
        (("no/such/folder.yaml",), "no/such/folder.yaml cannot be made: No such file or directory"),
    ],
)
def test_what_cannot_be_started(run: Run, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    outcome = run("init", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert list(tmp_path.iterdir()) == []
