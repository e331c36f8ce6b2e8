"""Tables on their side: words that stand above columns elsewhere stand before lines, a column is a task."""

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA

TITLE = ["某市2026年教育工作任务一览"]
TURNED = [
    ["序号", "1", "2", "3"],
    ["任务名称", "扩增学位", "课后服务", "校园餐"],
    ["牵头单位", "市教育局", "市教育局、团市委", "市市场监管局"],
    ["协同单位", "市发展改革委", "市财政局", "无"],
    ["任务内容", "新增学位7200个。", "课后服务全覆盖。", "明厨亮灶。"],
    ["完成时限", "2026年8月底前", "持续推进", "2026年11月底前"],
]
READ = [
    ("扩增学位", "新增学位7200个。", "市教育局", "市发展改革委", "2026年8月底前"),
    ("课后服务", "课后服务全覆盖。", "市教育局 团市委", "市财政局", "持续推进"),
    ("校园餐", "明厨亮灶。", "市市场监管局", "", "2026年11月底前"),
]
WORDS = "序号任务名称牵头单位协同单位任务内容完成时限无"


@pytest.mark.parametrize("name", MEDIA)
def test_each_column_is_a_task(run: Run, tmp_path: Path, name: str) -> None:
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name]([TITLE, *TURNED]), WORDS)
    assert [each[1:] for each in found] == READ
    assert "left out" not in told


def test_a_wide_one_is_cut_into_blocks_under_headings(run: Run, tmp_path: Path) -> None:
    rows = [
        *(TITLE, ["一、基础教育"], *(row[:3] for row in TURNED)),
        *(["二、校园安全"], *([row[0], row[3], ""] for row in TURNED), ["注：学位含民办学校。"]),
    ]
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS)
    assert [(each[0], *each[1:]) for each in found] == [
        *(("基础教育", *each) for each in READ[:2]),
        ("校园安全", *READ[2]),
    ]
    assert "the row is left out: '注：学位含民办学校。'" in told


def test_blocks_may_follow_one_another_without_a_heading(run: Run, tmp_path: Path) -> None:
    rows = [TITLE, *(row[:3] for row in TURNED), *([row[0], row[3], ""] for row in TURNED)]
    found, _told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [each[1:] for each in found] == READ


@pytest.mark.parametrize("names", [["任务名称", "扩增学位"], ["", "1"]])
def test_the_corner_may_be_empty(run: Run, tmp_path: Path, names: list[str]) -> None:
    is_title = names[0] != ""
    rows = [["", *TURNED[1 if is_title else 0][1:]], *TURNED[2 if is_title else 1 :]]
    found, _told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"]([TITLE, *rows]), WORDS)
    assert [each[1:] for each in found] == READ


def test_one_word_stands_before_two(run: Run, tmp_path: Path) -> None:
    """责任分工 stands before 牵头 and 配合; the table begins at the second column."""
    rows = [
        [],
        ["", "工作事项", "工作事项", "扩增学位", "课后服务"],
        ["", "责任分工", "牵头", "市教育局", "市教育局"],
        ["", "责任分工", "配合", "市发展改革委", "市财政局"],
        ["", "办结时限", "办结时限", "6月底前", "年底前"],
        ["", "备注", "备注", "", "另行通知"],
    ]
    data = MEDIA["表.xlsx"]([["", *TITLE], *rows])
    found, told = reading_tables.read(
        run, tmp_path, "表.xlsx", data, "工作事项责任分工牵头配合办结时限备注" * 2
    )
    assert [each[1:] for each in found] == [
        ("扩增学位", "扩增学位", "市教育局", "市发展改革委", "6月底前"),
        ("课后服务", "课后服务", "市教育局", "市财政局", "年底前"),
    ]
    assert "columns kept as the office's own: 备注" in told


def test_what_is_doubtful_has_the_place_of_its_cell(run: Run, tmp_path: Path) -> None:
    rows = [[*row] for row in TURNED]
    rows[5][2], rows[2][3] = "待定期限", ""
    _found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"]([TITLE, *rows]), WORDS)
    assert "表.xlsx:C7: '待定期限'" in told
    assert "表.xlsx:D4: the cell is empty; taken from the row above" in told


def test_cards_side_by_side_are_not_turned(run: Run, tmp_path: Path) -> None:
    rows = [
        ["任务", "甲事", "责任单位", "市甲局"],
        ["配合单位", "市乙局", "时限", "年底前"],
        ["内容", "办好甲事。", "备注", "无"],
    ]
    found, _told = reading_tables.read(
        run, tmp_path, "表.docx", MEDIA["表.docx"]([TITLE, *rows]), "备注责配合" + WORDS
    )
    assert [each[1:] for each in found] == [("甲事", "办好甲事。", "市甲局", "市乙局", "年底前")]


def test_a_task_that_is_called_as_a_column_is_makes_no_header(run: Run, tmp_path: Path) -> None:
    """责任落实 would stand above a column of who is responsible."""
    rows = [
        *(["任务", "责任落实", "督查办理"], ["牵头单位", "市甲局", "市乙局"]),
        *(["配合单位", "市丁局", "无"], ["时限", "6月底前", "年底前"]),
    ]
    found, _told = reading_tables.read(
        run, tmp_path, "表.csv", MEDIA["表.csv"]([TITLE, *rows]), WORDS + "配合"
    )
    assert [each[1:] for each in found] == [
        ("责任落实", "责任落实", "市甲局", "市丁局", "6月底前"),
        ("督查办理", "督查办理", "市乙局", "", "年底前"),
    ]


def test_a_cell_over_two_tasks_is_of_both(run: Run, tmp_path: Path) -> None:
    page = MEDIA["表.html"]([TITLE, *TURNED])
    assert isinstance(page, str)
    cell = "<td>市发展改革委</td><td>市财政局</td>"
    page = page.replace(cell, "<td colspan=2>市财政局、市发展改革委</td>")
    found, _told = reading_tables.read(run, tmp_path, "表.html", page, WORDS)
    assert [each[4] for each in found] == ["市财政局 市发展改革委", "市财政局 市发展改革委", ""]


def test_a_merged_cell_of_a_workbook_or_a_document_is_of_both_too(run: Run, tmp_path: Path) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(_bytes("表.xlsx")))
    book.worksheets[0]["C5"] = None
    book.worksheets[0].merge_cells("B5:C5")
    made: Any = docx.Document(io.BytesIO(_bytes("表.docx")))
    row = made.tables[0].rows[3]
    row.cells[2].text = ""
    row.cells[1].merge(row.cells[2])
    for name, each in (("表.xlsx", book), ("表.docx", made)):
        out = io.BytesIO()
        each.save(out)
        found, _told = reading_tables.read(run, tmp_path, name, out.getvalue(), WORDS)
        assert [each[4] for each in found] == ["市发展改革委", "市发展改革委", ""]
        (tmp_path / "tasks.yaml").unlink()


def _bytes(name: str) -> bytes:
    data = MEDIA[name]([TITLE, *TURNED])
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (",【,长期,/,", ("甲乙丙",)),
        ("戊己庚,责任单位,6月底前,1,★", ("甲乙丙", "戊己庚")),
    ],
)
def test_words_before_those_of_the_header_are_told(
    run: Run, tmp_path: Path, last: str, words: tuple[str, ...]
) -> None:
    table = f"某市2025年重点任务分解表\n,,,责任单位,丁某\n,甲乙丙,責任單位,,责任单位\n{last}\n"
    (tmp_path / "表.csv").write_text(table, encoding="utf-8")
    outcome = run("import", "表.csv", "-o", "-")
    assert outcome.code == 0
    assert all(word in outcome.out + outcome.err for word in words)
