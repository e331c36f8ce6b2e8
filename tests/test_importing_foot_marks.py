"""Marks of foot notes behind words, in every medium: no part of the wording, and told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chengguo import load
from chengguo.model import Item
from conftest import Run

Read = Callable[[str, str], tuple[str, Item]]
HEADER = "任务,责任单位,完成时限\n"
NOTE = "[1] 主城区为8月底前。\n"
PAGE = "<table><tr><td>任务<td>责任单位<td>完成时限<tr><td>建设平台<td>市甲局<td>{}</table>".format
TABLE = "| 任务 | 责任单位 | 完成时限 |\n|---|---|---|\n| 建设平台 | 市甲局 | {} |\n".format


@pytest.fixture
def read(run: Run, tmp_path: Path) -> Read:
    """Import a text of one item; give what was told, and the item."""

    def once(name: str, text: str) -> tuple[str, Item]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        outcome = run("import", name)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        (item,) = load(tmp_path / "tasks.yaml").items
        return outcome.out, item

    return once


@pytest.mark.parametrize(
    ("name", "text", "mark"),
    [
        ("表.csv", HEADER + "建设平台,市甲局¹,10月底前\n", "¹"),
        ("表.csv", HEADER + "建设平台,市甲局[1],10月底前\n" + NOTE, "[1]"),
        ("表.html", PAGE("10月底前<sup>1</sup>") + f"<p>{NOTE}", "¹"),
        ("表.html", PAGE('10月底前<sup><a href="#f1">[1]</a></sup>'), "⁽¹⁾"),
        ("表.html", PAGE("10月底前<sup>2</sup>"), "²"),
        ("表.html", PAGE("10月底前<sup>①</sup>"), "⁽¹⁾"),
        ("表.md", TABLE("10月底前<sup>[1](#n1)</sup>"), "¹"),
        ("表.md", TABLE(r"10月底前<sup>[\[1\]](#n1)</sup>"), "⁽¹⁾"),
    ],
)
def test_a_mark_is_no_part_of_the_wording(read: Read, name: str, text: str, mark: str) -> None:
    out, item = read(name, text)
    assert (item.content, item.lead, item.schedule.wording) == ("建设平台", ("市甲局",), "10月底前")
    assert f"the mark of a foot note is left out: '{mark}'" in out
    assert NOTE not in text or f"there is a foot note, which is left out: '{NOTE.strip()}'" in out


@pytest.mark.parametrize("words", ["新增绿地3km²", "新增绿地3平方千米²", "建设充电桩②", "参照规范[1]建设"])
def test_powers_and_signs_on_the_line_are_words(read: Read, words: str) -> None:
    out, item = read("表.csv", HEADER + f"{words},市甲局,10月底前\n")
    assert item.content == words
    assert "foot note" not in out


def test_a_list_that_counts_in_brackets_has_no_notes(run: Run, tmp_path: Path) -> None:
    text = (
        "某市2025年任务清单\n[1] 建设平台。（市甲局²负责，6月底前）\n[2] 编制规划。（市乙局负责，9月底前）\n"
    )
    (tmp_path / "表.txt").write_text(text, encoding="utf-8")
    assert run("import", "表.txt").code == 0
    items = load(tmp_path / "tasks.yaml").items
    assert [item.lead for item in items] == [("市甲局",), ("市乙局",)]


def test_a_row_that_is_struck_as_a_whole_is_left_out(read: Read) -> None:
    row = '<tr style="text-decoration:line-through"><td>举办展会<td>市乙局<td>5月底前'
    out, item = read("表.html", PAGE("10月底前" + row))
    assert item.content == "建设平台"
    assert "words are struck out, and left out: '举办展会'" in out


@pytest.mark.parametrize("cell", ["=“建设平台”", '="建设平台"'])
def test_a_text_that_is_written_as_a_formula(read: Read, cell: str) -> None:
    _out, item = read("表.tsv", f"{HEADER.replace(',', chr(9))}{cell}\t市甲局\t10月底前\n")
    assert item.content == "建设平台"


def test_an_apostrophe_before_a_number_is_for_spreadsheets(read: Read) -> None:
    _out, item = read("表.csv", "任务,责任单位,完成时限\n'90后人才工程,市甲局,'2025.8\n")
    assert (item.content, item.schedule.wording) == ("'90后人才工程", "2025.8")
