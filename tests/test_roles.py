"""The words of roles: each is understood wherever it may stand, and none is ever a department."""

import re

import pytest

from chengguo.departments.cells import Departments, read_cell
from chengguo.departments.roles import ROLES, RoleWord, column_of, kind_of
from chengguo.importing.rows import Row
from chengguo.importing.shapes import labels

CLASH = "who leads by the cell is not who leads by its column"  # it is alone, and supports
BODY = "市科委"


def said(row: RoleWord) -> str:
    """Give the word as its example has it."""
    found = re.search(row.word, row.example)
    assert found, row.word
    return found[0]


def role(found: Departments) -> str:
    """Tell the role that a cell gives its body; anything else that it says of it is wrong."""
    names = {unit.name: "lead" for unit in found.lead} | {unit.name: "support" for unit in found.support}
    return names.get(BODY, "none")


def holds(row: RoleWord, cell: str, *, alone: bool = True) -> None:
    """Hold a cell to what a row of the table says of its body."""
    found = read_cell(cell)
    doubts = [doubt for doubt in found.doubts if not (alone and doubt == CLASH)]
    assert {unit.name for unit in found.lead + found.support} <= {BODY, "市教委", "各区政府"}
    if row.kind in {"lead", "answer", "support"}:
        assert (role(found), doubts) == ("support" if row.kind == "support" else "lead", []), cell
    else:
        assert doubts, cell
        assert (role(found) == "none") == (row.kind == "watch"), cell


@pytest.mark.parametrize("row", ROLES, ids=lambda row: row.word)
def test_a_word_says_what_its_example_shows(row: RoleWord) -> None:
    said(row)
    holds(row, row.example, alone=False)


@pytest.mark.parametrize("row", ROLES, ids=lambda row: row.word)
def test_a_word_is_understood_wherever_it_stands(row: RoleWord) -> None:
    word, stands = said(row), row.stands.split()
    column = {"lead": "lead", "answer": "lead", "support": "support"}.get(row.kind)
    if "column" in stands:
        assert column_of(word) == column
    if "unit" in stands:
        assert kind_of(f"{word}单位", "unit") == row.kind
        assert column_of(f"{word}单位") == column
        holds(row, f"{word}单位：{BODY}")
        line = Row(1, (f"{word}单位：{BODY}",))
        assert labels.rows((line,), {}) == (line._replace(cells=(f"（{word}单位：{BODY}）",)),)
    if "label" in stands:
        holds(row, f"{word}：{BODY}")
    if "bracket" in stands:
        holds(row, f"{BODY}（{word}）")
    if "after" in stands:
        holds(row, f"{BODY}{word}")
