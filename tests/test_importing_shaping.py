"""Each shape of rows by its own example: it is read by that shape, and by none that is tried before it."""

import json
from pathlib import Path

import pytest

from chengguo import load
from chengguo.importing.shaping import BRACKETING, SHAPES, TIDYING, UNDER_A_HEADER, Shape
from conftest import Run

TITLE = ("--title", "某市2026年水利行动方案")
EVERY = (*TIDYING, *BRACKETING, *SHAPES, *UNDER_A_HEADER)


def _file(shape: Shape, folder: Path) -> str:
    name = f"表{shape.kind}"
    (folder / name).write_text(f"{shape.example}\n", encoding="utf-8")
    return name


@pytest.mark.parametrize("shape", EVERY, ids=lambda shape: shape.name)
def test_the_example_of_a_shape_is_read_as_that(run: Run, tmp_path: Path, shape: Shape) -> None:
    name = _file(shape, tmp_path)
    outcome = run("import", name, *TITLE)
    assert (outcome.code, outcome.err) == (0, "")
    said = (
        (each.content, "、".join(each.lead), "、".join(each.support), each.schedule.wording)
        for each in load(tmp_path / "tasks.yaml").items
    )
    assert tuple(map(" | ".join, said)) == shape.items
    read = json.loads(run("import", name, *TITLE, "--explain", "--format", "json").out)["shapes"]
    assert shape.name in read
    assert len([each for each in SHAPES if each.name in read]) == 1


def test_each_shape_has_a_name_of_its_own() -> None:
    assert len({each.name for each in EVERY}) == len(EVERY)


def test_explain_names_the_shapes(run: Run, tmp_path: Path) -> None:
    sentences = next(each for each in BRACKETING if each.name == "sentences")
    outcome = run("import", _file(sentences, tmp_path), *TITLE, "--explain")
    assert "Read as: sentences, paragraphs\n" in outcome.out
