"""Tables without words above their columns, lines that dashes part, and tables side by side."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA, Table

TITLE = ["某市2026年水利重点工作清单"]
WORDS = "序号重点任务主要内容责任配合单位完成时限" * 9
ROWS = [
    ["1", "建渠", "市水务局", "市财政局", "6月底前"],
    ["2", "清淤10处", "市城管局、市水务局", "", "持续推进"],
]
READ = [
    ("建渠", "市水务局", "市财政局", "6月底前"),
    ("清淤10处", "市城管局 市水务局", "", "持续推进"),
]


@pytest.mark.parametrize("name", MEDIA)
def test_cells_tell_the_columns_of_a_table_without_words_above(run: Run, tmp_path: Path, name: str) -> None:
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name]([TITLE, ["一、水利"], *ROWS]), WORDS)
    assert [each[2:] for each in found] == READ
    assert {each[0] for each in found} == {"水利"}
    taken = "序号（1）, 重点任务（建渠）, 责任单位（市水务局）, 配合单位（市财政局）, 完成时限（6月底前）"
    assert f"no words stand above the columns; by their cells they are taken for: {taken}\n" in told


@pytest.mark.parametrize(
    "rows",
    [
        [["建渠", "市水务局", "6月底前"]],  # one row tells nothing
        [
            ["建渠", "张三", "市水务局", "6月底前"],
            ["清淤", "李四", "市城管局", "9月底前"],
        ],
        [["建渠", "市水务局", "6月底前", "13900000000"], ["清淤", "市城管局", "9月底前", "13900000001"]],
        [["建渠", "市水务局"], ["清淤", "市城管局"]],
        [["啥活", "啥人", "啥日子"], ["建渠", "市水务局", "6月底前"], ["清淤", "市城管局", "9月底前"]],
        [["建渠", "3月", "6月底前", "市水务局"], ["清淤", "4月", "9月底前", "市城管局"]],
    ],
)
def test_columns_that_may_be_two_things_are_not_read(run: Run, tmp_path: Path, rows: Table) -> None:
    (tmp_path / "表.csv").write_text(
        "".join(",".join(row) + "\n" for row in [TITLE, *rows]), encoding="utf-8"
    )
    outcome = run("import", "表.csv")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no table with columns that are known was found" in outcome.err


@pytest.mark.parametrize("sign", ["——", "\uff0f", " / ", "--"])
@pytest.mark.parametrize("mark", ["", "● ", "1."])
def test_lines_that_a_sign_parts_are_tasks(run: Run, tmp_path: Path, sign: str, mark: str) -> None:
    lines = [
        *(TITLE[0], "一、水利", f"{mark}建渠{sign}市水务局{sign}6月底前"),
        *(
            "二、城管",
            f"{mark.replace('1', '2')}清淤10处{sign}市城管局、市水务局{sign}持续推进",
            "请落实。",
        ),
    ]
    found, told = reading_tables.read(run, tmp_path, "表.txt", "\n".join(lines), WORDS)
    assert [(each[0], *each[2:]) for each in found] == [
        ("水利", "建渠", "市水务局", "", "6月底前"),
        ("城管", "清淤10处", "市城管局 市水务局", "", "持续推进"),
    ]
    assert "the row is left out: '请落实。'" in told


@pytest.mark.parametrize("gap", [[], [""]], ids=["close", "apart"])
@pytest.mark.parametrize("name", ["表.xlsx", "表.docx", "表.csv", "表.html"])
def test_tables_side_by_side_are_read_one_below_the_other(
    run: Run, tmp_path: Path, name: str, gap: list[str]
) -> None:
    words = ["序号", "任务", "责任单位", "时限"]
    rows = [
        *(TITLE, [*words, *gap, *words]),
        [*("一、水利", "", "", ""), *gap, *("二、城管", "", "", "")],
        [*("1", "建渠", "市水务局", "6月底前"), *gap, *("3", "植树", "市林业局", "3月")],
        [*("2", "清淤", "市水务局", "9月"), *gap, *("", "", "", "")],
        ["三、综合", *[""] * (7 + len(gap))],
        [*("4", "考核", "市委办", "年底前"), *gap, *("5", "督查", "市政府办", "年底前")],
    ]
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), WORDS)
    assert [each[:2] for each in found] == [
        *(("水利", "建渠"), ("水利", "清淤"), ("城管", "植树"), ("综合", "考核"), ("综合", "督查")),
    ]
    assert [each[3] for each in found] == ["市水务局", "市水务局", "市林业局", "市委办", "市政府办"]
    assert (
        "2 tables stand side by side; each is read below the one on its left: 序号、任务、责任单位、时限"
        in told
    )


def test_what_stands_over_one_of_tables_side_by_side_is_its_section(run: Run, tmp_path: Path) -> None:
    words = ["任务", "责任单位", "时限"]
    rows = [
        *(TITLE, ["城东任务", "", "", "", "城西任务", "", ""], [*words, "", *words]),
        ["建渠", "市水务局", "6月底前", "", "植树", "市林业局", "3月"],
        ["清淤", "市水务局", "9月", "", "", "", ""],
    ]
    found, _told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS)
    assert [(each[0], each[1], each[3]) for each in found] == [
        *(
            ("城东任务", "建渠", "市水务局"),
            ("城东任务", "清淤", "市水务局"),
            ("城西任务", "植树", "市林业局"),
        ),
    ]


def test_tables_side_by_side_with_other_words_are_read_where_a_column_parts_them(
    run: Run, tmp_path: Path
) -> None:
    rows = [
        *(TITLE, ["任务", "责任单位", "时限", "", "重点工作", "牵头单位", "配合单位", "完成时限"]),
        ["建渠", "市水务局", "6月底前", "", "植树", "市林业局", "市财政局", "3月"],
        ["清淤", "市水务局", "9月", "", "", "", "", ""],
    ]
    found, told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), f"{WORDS}重点工作牵头")
    assert [(each[1], *each[3:]) for each in found] == [
        *(("建渠", "市水务局", "", "6月底前"), ("清淤", "市水务局", "", "9月")),
        ("植树", "市林业局", "市财政局", "3月"),
    ]
    assert "任务、责任单位、时限；重点工作、牵头单位、配合单位、完成时限" in told
