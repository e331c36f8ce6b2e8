"""Headers over two and three rows: each column is named by the words of all of them."""

import io
from itertools import takewhile
from pathlib import Path

import openpyxl
import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA, Table

TITLE = "某市2025年重点工作清单"
WORDS = "序号任务一二级责任分工牵头配合单位完成时间名称内容标准开始结束领导市县区限项目类别事项资金工作" * 9
NAMES = ("市商务局", "市文旅局", "2025年12月")
PARTS = ("提升商圈", "引进首店80家", "引进首店80家", *NAMES)
# A header, < for a cell that the one to the left lies over, ^ for one that the upper does; what stands below;
# what is read: section, title, content, lead, support, schedule.
HEADERS = {
    "levels": (
        ["序号 任务 < 责任分工 < 完成时间", "^ 一级 二级 牵头单位 配合单位 ^"],
        "1 提升商圈 引进首店80家 市商务局 市文旅局 2025年12月",
        PARTS,
    ),
    "parts of a word": (
        ["序号 任务 < 责任单位 < 时限", "^ 名称 内容 牵头 配合 ^"],
        "1 提升商圈 引进首店80家 市商务局 市文旅局 2025年12月",
        ("清单", *PARTS[:2], *NAMES),
    ),
    "units below roles": (
        ["序号 项目 < 牵头 < 配合 < 时限", "^ 类别 名称 领导 单位 领导 单位 ^"],
        "1 提升商圈 引进首店80家 甲某某 市商务局 乙某某 市文旅局 2025年12月",
        PARTS,
    ),
    "begin and end": (
        ["序号 工作任务 < 责任 < 时间 <", "^ 事项 标准 牵头 配合 开始 结束"],
        "1 提升商圈 引进首店80家 市商务局 市文旅局 2025年3月 2025年12月",
        ("清单", "提升商圈", "提升商圈", *NAMES),
    ),
    "levels of offices": (
        ["序号 任务 责任单位 < 时限", "^ ^ 市级 县级 ^"],
        "1 提升商圈 市商务局 城南县政府 2025年12月",
        ("清单", "提升商圈", "提升商圈", "市商务局", "", "2025年12月"),
    ),
    "leaders of two levels": (
        ["序号 任务 市级 < 县级 < 时限", "^ ^ 牵头单位 配合单位 牵头单位 配合单位 ^"],
        "1 提升商圈 市商务局 市文旅局 城南县政府 市财政局 2025年12月",
        ("清单", "提升商圈", "提升商圈", "市商务局 城南县政府", "市文旅局 市财政局", "2025年12月"),
    ),
    "three rows": (
        [
            "序号 任务 < 责任分工 < < 完成时间",
            "^ 一级 二级 市级 < 区级 ^",
            "^ ^ ^ 牵头单位 配合单位 责任单位 ^",
        ],
        "1 提升商圈 引进首店80家 市商务局 市文旅局 市财政局 2025年12月",
        (*PARTS[:3], "市商务局", "市文旅局 市财政局", "2025年12月"),
    ),
}


def cells(rows: list[str]) -> Table:
    return [row.split() for row in rows]


def blank(rows: Table) -> Table:
    """Return a header as a medium has it that writes merged words once."""
    return [["" if cell in "<^" else cell for cell in row] for row in rows]


def merged(rows: Table, item: str) -> bytes:
    """Return a workbook with a header of merged cells, and an item."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in [[TITLE], *blank(rows), item.split()]:
        sheet.append(list(row))
    for line, row in enumerate(rows):
        for at, cell in enumerate(row):
            below = [others[at] for others in rows[line + 1 :]]
            wide, tall = (
                len([*takewhile(sign.__eq__, those)]) for sign, those in (("<", row[at + 1 :]), ("^", below))
            )
            if cell not in "<^" and wide + tall:
                sheet.merge_cells(None, line + 2, at + 1, line + 2 + tall, at + 1 + wide)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", [*MEDIA, "merged.xlsx"])
@pytest.mark.parametrize("case", HEADERS)
def test_a_column_is_named_by_all_rows_of_its_header(run: Run, tmp_path: Path, name: str, case: str) -> None:
    header, item, read = HEADERS[case]
    rows = cells(header)
    data = MEDIA[name]([[TITLE], *blank(rows), item.split()]) if name in MEDIA else merged(rows, item)
    found, told = reading_tables.read(run, tmp_path, name, data, WORDS)
    assert (found, "left out" in told) == ([read], False)


def test_a_column_that_no_row_names_is_the_office_s_own_and_named_by_all(run: Run, tmp_path: Path) -> None:
    header, item, _read = HEADERS["units below roles"]
    _found, told = reading_tables.read(run, tmp_path, "表.xlsx", merged(cells(header), item), WORDS)
    assert "columns kept as the office's own: 领导（牵头）, 领导（配合）;" in told


def test_money_of_which_a_part_is_done_is_no_schedule(run: Run, tmp_path: Path) -> None:
    header = ["序号 任务 责任单位 资金 <", "^ ^ ^ 计划 完成"]
    item = "1 提升商圈 市商务局 100 90"
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", merged(cells(header), item), WORDS)
    assert [each[-1] for each in found] == ["未载明"]
    assert "计划（资金） (number), 完成（资金） (number);" in told


def test_an_item_with_empty_cells_is_no_part_of_the_header(run: Run, tmp_path: Path) -> None:
    rows = [
        *([TITLE], ["任务", "", "责任单位", "时限"], ["推进项目", "建设市场", "市商务局", ""]),
        ["", "改造街道", "市文旅局", "5月"],
    ]
    found, _told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [each[1:4] for each in found] == [
        *(("推进项目", "建设市场", "市商务局"), ("推进项目", "改造街道", "市文旅局")),
    ]


def test_what_a_word_above_a_column_says_in_a_bracket_is_told(run: Run, tmp_path: Path) -> None:
    words = ["任务（逐条填写）", "责任单位（部门）", "完成时限（2025年）", "资金（万元）"]
    path = tmp_path / "表.csv"
    path.write_text("\n".join([TITLE, ",".join(words), "建渠,市水务局,6月底前,3"]), encoding="utf-8")
    told = run("import", "表.csv").out
    assert "the words above the columns say more in brackets: 任务（逐条填写）, 完成时限（2025年）\n" in told


WIDE = {
    "a number behind": (
        ["建渠|1|铺管|市水务局", "清淤|2|疏浚|市城管局", "清淤|3|护坡|市水务局"],
        [("清单", "建渠", "铺管"), ("清单", "清淤", "疏浚"), ("清单", "清淤", "护坡")],
    ),
    "two levels": (
        ["一、治水|（一）建渠|铺管|市水务局", "一、治水|（二）清淤|疏浚|市城管局"],
        [("治水", "建渠", "铺管"), ("治水", "清淤", "疏浚")],
    ),
}


@pytest.mark.parametrize("shape", WIDE)
def test_a_word_over_two_columns_is_of_both(run: Run, tmp_path: Path, shape: str) -> None:
    lines, said = WIDE[shape]
    rows = "".join(f"<tr><td>{line.replace('|', '<td>')}</tr>" for line in [*lines, "注：按季调度"])
    page = f"<h1>{TITLE}</h1><table><tr><th colspan=2>工作任务<th>具体要求<th>责任单位</tr>{rows}</table>"
    found, told = reading_tables.read(run, tmp_path, "表.html", page, "工作任务具体要求责任单位一二三、（）")
    assert [each[:3] for each in found] == said
    assert told.count("left out") == 1  # the note below, a row of one cell
    assert "task 3" not in told
