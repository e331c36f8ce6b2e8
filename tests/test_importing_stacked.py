"""Tables whose cells stand a line each, as they come when they are copied out of a page."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA

TITLE = "某市“无废城市”建设任务分工表"
HEADER = ["重点任务", "主要内容", "责任部门", "配合部门", "计划进度"]
FIRST = ["1. 推行绿色包装", "循环包装使用量提高20%。", "市邮政管理局", "市商务局、市生态环境局", "2026年底"]
SECOND = ["2. 建筑垃圾减量", "编制减量方案。", "市住房城乡建设局", "市城管局", "持续推进"]
THIRD = ["3. 布局回收网点", "建成回收站点。", "市商务局、市城管局", "各区政府", "2027年6月底前"]
READ = [
    ("推行绿色包装", "循环包装使用量提高20%。", "市邮政管理局", "市商务局 市生态环境局", "2026年底"),
    ("建筑垃圾减量", "编制减量方案。", "市住房城乡建设局", "市城管局", "持续推进"),
    ("布局回收网点", "建成回收站点。", "市商务局 市城管局", "各区政府", "2027年6月底前"),
]
WORDS = "".join(HEADER)
NOT_A_LINE = "the lines of the row are not one a cell; they are read by what they say"


@pytest.fixture
def read(run: Run, tmp_path: Path) -> reading_tables.Reading:
    """Import lines as a file."""

    def once(*lines: str, name: str = "表.txt", words: str = WORDS) -> tuple[list[tuple[str, ...]], str]:
        data = MEDIA[name]([[line] for line in lines])
        return reading_tables.read(run, tmp_path, name, data, words)

    return once


@pytest.mark.parametrize("name", ["表.txt", "表.html", "表.docx", "表.md"])
@pytest.mark.parametrize("mark", ["- 1 -", "—2—", "第1页 共3页", "1", "（续表）"])
def test_the_header_comes_again_behind_the_mark_of_a_page(
    read: reading_tables.Reading, name: str, mark: str
) -> None:
    lines = ("一、源头减量", *FIRST, *SECOND, "二、回收体系", mark, *HEADER, *THIRD, mark)
    found, told = read(TITLE, *HEADER, *lines, name=name)
    sections = ["源头减量", "源头减量", "回收体系"]
    assert found == [(section, *each) for section, each in zip(sections, READ, strict=True)]
    assert told.count("left out") == 2


def test_a_page_may_end_within_a_row(read: reading_tables.Reading) -> None:
    lines = (*FIRST, *SECOND[:3], "- 1 -", TITLE, *HEADER, *SECOND[3:], *THIRD)
    found, told = read(TITLE, *HEADER, *lines, words=WORDS + TITLE)
    assert [each[1:] for each in found] == READ
    assert NOT_A_LINE not in told
    assert "section" not in told.replace("no sections", "")


def test_an_empty_cell_is_found_by_what_the_others_say(read: reading_tables.Reading) -> None:
    found, told = read(TITLE, *HEADER, *FIRST[:3], *FIRST[4:], *SECOND, *THIRD)
    assert [each[1:] for each in found] == [(*READ[0][:3], "", READ[0][4]), *READ[1:]]
    assert f"表.txt:7:1: {NOT_A_LINE}" in told


def test_a_cell_of_several_lines_is_found_too(read: reading_tables.Reading) -> None:
    lines = (*FIRST[:2], "推广共享快递盒。", *FIRST[2:], *SECOND, *THIRD)
    found, told = read(TITLE, *HEADER, *lines)
    content = "循环包装使用量提高20%。\n推广共享快递盒。"
    assert [each[1:] for each in found] == [(READ[0][0], content, *READ[0][2:]), *READ[1:]]
    assert told.count(NOT_A_LINE) == 1


def test_columns_of_the_office_s_own_stand_among_the_words(read: reading_tables.Reading) -> None:
    header = ["序号", "任务", "责任单位", "责任人", "完成时限", "备注"]
    rows = [
        *("1", "扩建教学楼", "区教育局", "张某", "9月底前", "续建"),
        *("2", "引进优质资源", "区教育局", "李某", "持续推进", "新建"),
    ]
    found, told = read("某区2025年任务表", *header, *rows, words="".join(header))
    assert [each[1:] for each in found] == [
        ("扩建教学楼", "扩建教学楼", "区教育局", "", "9月底前"),
        ("引进优质资源", "引进优质资源", "区教育局", "", "持续推进"),
    ]
    assert "columns kept as the office's own: 责任人, 备注" in told


def test_headlines_without_numbers_and_a_note(read: reading_tables.Reading) -> None:
    lines = ("源头减量", *FIRST, *SECOND, "回收体系", *THIRD, "注：任务按年度调整。")
    found, told = read(TITLE, *HEADER, *lines)
    sections = ["源头减量", "源头减量", "回收体系"]
    assert found == [(section, *each) for section, each in zip(sections, READ, strict=True)]
    assert "the row is read as a section: '回收体系'" in told
    assert "the row is left out: '注：任务按年度调整。'" in told


def test_lines_that_are_no_table_are_refused(run: Run, tmp_path: Path) -> None:
    lines = [*HEADER, "这是一段说明。", "下面没有表。", "请各单位知悉。"]
    (tmp_path / "表.txt").write_text("\n".join([TITLE, *lines]), encoding="utf-8")
    outcome = run("import", "表.txt")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no table with columns that are known was found" in outcome.err


@pytest.mark.parametrize("second", [("清淤。", "12月底前"), ("清淤。", "市水务局", "12月底前动工")])
def test_a_merged_number_stands_before_several_rows(
    read: reading_tables.Reading, second: tuple[str, ...]
) -> None:
    header = ("序号", "重点任务", "责任单位", "完成时限")
    first = ("1", "建平台。", "市发改委", "6月底前", "2", "建渠。", "市水务局", "5月底前")
    last = ("3", "植树。", "市林业局", "3月底前")
    found, told = read(TITLE, *header, *first, *second, *last, words="".join(header))
    assert [(each[1], each[2], each[3], each[5]) for each in found] == [
        ("建平台。", "建平台。", "市发改委", "6月底前"),
        ("建渠。", "建渠。", "市水务局", "5月底前"),
        ("建渠。", "清淤。", "市水务局", second[-1]),
        ("植树。", "植树。", "市林业局", "3月底前"),
    ]
    assert "表.txt:14:1: it has the number of the row above, and is a part of its task" in told
    assert "gets" not in told
