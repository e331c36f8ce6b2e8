"""Headers over two rows, columns that part the year, and rows that say one thing in each of their cells."""

import json
from pathlib import Path

import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA, Table

WORDS = (
    "序号任务责任单位牵头配合时限年度推进计划目标指标资金安排万元评分备注完成时限一二三四季度"
    "某市2026年重点工作清单组织领导拥军优属" * 9
)
TITLE = ["某市2026年重点工作任务清单"]
TWO_HEADS = [
    ["序号", "任务", "责任单位", "责任单位", "年度推进计划", "年度推进计划", "年度推进计划"],
    ["序号", "任务", "牵头", "配合", "一季度", "二季度", "四季度"],
]
QUARTERS = [
    ["1", "建设粮库", "市发展改革委", "市财政局", "完成招标", "开工", "投用"],
    ["2", "改造供热管网", "市城管局", "", "摸底", "/", "完成。"],
]
IN_ONE = [
    ("建设粮库", "建设粮库", "市发展改革委", "市财政局", "一季度：完成招标\n二季度：开工\n四季度：投用"),
    ("改造供热管网", "改造供热管网", "市城管局", "", "一季度：摸底\n四季度：完成。"),
]
TOLD = "the columns 一季度, 二季度, 四季度 are read as the schedule, a line for each"


def blank(rows: Table) -> Table:
    """Return a header over two rows as a text file has it: the lower row is empty below a merged cell."""
    high, low = rows
    upper = ["" if word in high[:at] else word for at, word in enumerate(high)]
    return [upper, ["" if above == word else word for above, word in zip(high, low, strict=True)]]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("header", [TWO_HEADS, blank(TWO_HEADS), [TWO_HEADS[1]]])
def test_columns_of_quarters_are_the_schedule(run: Run, tmp_path: Path, name: str, header: Table) -> None:
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name]([TITLE, *header, *QUARTERS]), WORDS)
    assert ([each[1:] for each in found], TOLD in told) == (IN_ONE, True)
    assert "left out" not in told


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        (["1—6月", "7—12月"], ["编制方案", "组织实施"]),
        (["上半年", "下半年"], ["编制方案", "组织实施"]),
        (["3月", "10月"], ["编制方案", "组织实施"]),
    ],
)
def test_other_parts_of_the_year(run: Run, tmp_path: Path, words: list[str], cells: list[str]) -> None:
    rows = [TITLE, ["序号", "任务", "责任单位", *words], ["1", "开展普查", "市统计局", *cells]]
    found, _told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [each[-1] for each in found] == [f"{words[0]}：编制方案\n{words[1]}：组织实施"]


def test_each_column_of_a_period_is_a_milestone_that_can_be_missed(run: Run, tmp_path: Path) -> None:
    long = "落实资金，完成选址，" * 35  # more than a schedule in one line has
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", "一季度", "二季度"]),
        ["1", "建设粮库", "市发展改革委", f"完成 15 处招标，{long}；", "视情况\n开工。"],
        ["2", "清淤", "市水务局", "—", "开工。"],
    ]
    found, _told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS)
    assert [each[-1] for each in found] == [
        f"一季度：完成 15 处招标，{long}；\n二季度：视情况开工。",
        "二季度：开工。",
    ]
    late = json.loads(run("overdue", "--as-of", "2026-04-01", "--format", "json").out)["items"]
    assert [(each["id"], each["part"], each["due"]) for each in late] == [("1.1", "1", "2026-03-31")]


@pytest.mark.parametrize(
    ("above", "last", "cells"),
    [
        ("年度推进计划", "完成时限", ["开工", "投用", "10月底前"]),  # another column says by when
        ("资金安排（万元）", "备注", ["开工", "投用", ""]),
        ("推进计划", "备注", ["25%", "100%", ""]),
        ("推进计划", "备注", ["●", "○", ""]),  # two signs say two things
    ],
)
def test_columns_of_periods_that_are_no_plan_stay_columns(
    run: Run, tmp_path: Path, above: str, last: str, cells: list[str]
) -> None:
    header = [
        ["序号", "任务", "责任单位", above, above, last],
        ["序号", "任务", "责任单位", "一季度", "二季度", last],
    ]
    rows = [TITLE, *header, ["1", "建设粮库", "市发展改革委", *cells]]
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS)
    schedule = cells[2] or "未载明"
    assert ([each[-1] for each in found], "are read as the schedule" in told) == ([schedule], False)


MONTHS = [f"{month}月" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("words", "schedule", "days"),
    [
        (["一季度", "二季度", "三季度"], "二季度", []),
        (["一季度", "二季度", "三季度"], "一季度、三季度", ["03-31", "09-30"]),
        (MONTHS, "3月、7月、12月", ["03-31", "07-31", "12-31"]),
    ],
)
def test_ticks_under_parts_of_the_year_are_the_schedule(
    run: Run, tmp_path: Path, words: list[str], schedule: str, days: list[str]
) -> None:
    cells = ["√" if word in schedule.split("、") else "" for word in words]
    rows = [TITLE, ["序号", "任务", "责任单位", *words], ["1", "建设粮库", "市发展改革委", *cells]]
    header = WORDS + "√月" * 40 + "0123456789" * 4
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), header)
    assert [each[5] for each in found] == [schedule]
    assert ("are read as the schedule" in told, "nowhere" in told) == (True, False)
    (whole,) = json.loads(run("when", schedule, "--year", "2026", "--format", "json").out)["readings"]
    assert [stage["due"] for stage in whole["stages"]] == [f"2026-{day}" for day in days]


def test_a_cell_under_a_quarter_that_says_its_own_day_is_due_once(run: Run, tmp_path: Path) -> None:
    words, cells = ["一季度", "二季度"], ["3月20日前完成招标", "5月底开工，6月底前完成主体"]
    rows = [TITLE, ["序号", "任务", "责任单位", *words], ["1", "建设粮库", "市发展改革委", *cells]]
    found, told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert ([each[5] for each in found], "3:" in told) == (
        ["一季度：3月20日前完成招标\n二季度：5月底开工，6月底前完成主体"],
        False,
    )
    late = json.loads(run("overdue", "--as-of", "2026-07-01", "--format", "json").out)["items"]
    assert [(each["part"], each["due"]) for each in late] == [
        *(("1", "2026-03-20"), ("2", "2026-05-31"), (None, "2026-06-30")),
    ]


def test_what_stands_over_columns_of_the_schedule_is_told_and_no_column(run: Run, tmp_path: Path) -> None:
    header = [
        ["序号", "项目", "年度任务", "阶段目标", "阶段目标", "责任单位"],
        ["序号", "项目", "年度任务", "3月底", "6月底", "责任单位"],
    ]
    rows = [TITLE, *header, ["1", "内河航道", "疏浚12公里", "完成招标", "疏浚9公里", "市港航局"]]
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), f"{WORDS}项目阶段")
    assert [each[1:] for each in found] == [
        ("内河航道", "疏浚12公里", "市港航局", "", "3月底：完成招标\n6月底：疏浚9公里")
    ]
    assert "over the columns that are read as the schedule stands: 阶段目标" in told


def test_quarters_beside_a_schedule_stay_columns_and_it_is_told(run: Run, tmp_path: Path) -> None:
    words = ["一季度", "二季度", "完成时限"]
    rows = [
        TITLE,
        ["序号", "任务", "责任单位", *words],
        ["1", "建设粮库", "市发展改革委", "招标", "开工", "10月底前"],
    ]
    found, told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [each[5] for each in found] == ["10月底前"]
    assert "the columns 一季度, 二季度 stand beside the schedule, and are no milestones" in told


YEARS = [
    ["序号", "指标", "年度目标", "年度目标", "牵头单位", "责任单位"],
    ["序号", "指标", "2026年", "2027年", "牵头单位", "责任单位"],
]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("header", [YEARS, blank(YEARS)])
def test_aims_of_years_under_one_word_are_columns_of_their_own(
    run: Run, tmp_path: Path, name: str, header: Table
) -> None:
    row = ["1", "规上企业数（家）", "9200", "9800", "省工业和信息化厅", "省统计局"]
    rows = [TITLE, *header, row, *header, ["2", "研发强度（%）", "1.6", "1.8", "省科技厅", ""]]
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), WORDS)
    assert [each[1:5] for each in found] == [
        ("规上企业数（家）", "规上企业数（家）", "省工业和信息化厅", "省统计局"),
        ("研发强度（%）", "研发强度（%）", "省科技厅", ""),
    ]
    assert "2026年（年度目标） (number), 2027年（年度目标） (number)" in told


def test_the_lower_row_of_a_header_is_never_an_item(run: Run, tmp_path: Path) -> None:
    header = [["序号", "任务", "牵头单位", "评分", "评分"], ["序号", "任务", "牵头单位", "甲", "乙"]]
    rows = [TITLE, *header, ["1", "建设粮库", "市发展改革委", "5", "6"]]
    found, _told = reading_tables.read(run, tmp_path, "表.docx", MEDIA["表.docx"](rows), WORDS)
    assert [each[1] for each in found] == ["建设粮库"]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize(
    "over",
    [["一、组织领导"] * 4, ["一", *["组织领导"] * 3], ["组织领导"] * 4],
    ids=["in all", "beside", "bare"],
)
def test_what_stands_in_each_cell_of_a_row_stands_once(
    run: Run, tmp_path: Path, name: str, over: list[str]
) -> None:
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", "时限"], over, ["1", "召开会议", "市民政局", "3月"]),
        *(
            ["二、拥军优属"] * 4,
            ["2", "走访部队", "市退役军人局", "7月"],
            ["3", "发放证件", "市民政局", "9月"],
        ),
    ]
    found, _told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), WORDS)
    assert [each[:2] for each in found] == [
        *(("组织领导", "召开会议"), ("拥军优属", "走访部队"), ("拥军优属", "发放证件")),
    ]


def test_rows_whose_numbers_are_lost_are_not_joined(run: Run, tmp_path: Path) -> None:
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", "时限"], ["1", "植树", "市林业局", "3月"]),
        *(["", "修渠", "市水务局", "6月底前"], ["", "清淤", "市水务局", "9月"]),
    ]
    found, _told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [(each[1], each[3], each[5]) for each in found] == [
        ("植树", "市林业局", "3月"),
        ("修渠", "市水务局", "6月底前"),
        ("清淤", "市水务局", "9月"),
    ]


@pytest.mark.parametrize("sign", ["—", "/", "－", "--"])
def test_a_sign_for_no_schedule_stays_as_it_is_printed(run: Run, tmp_path: Path, sign: str) -> None:
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", "时限"], ["1", "植树", "市林业局", "3月"]),
        ["2", "修渠", "市水务局", sign],
    ]
    found, told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), WORDS)
    assert [each[5] for each in found] == ["3月", sign]
    assert f"4:4: '{sign}': no schedule is given" in told


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_a_deadline_above_standing_work_in_a_cell_can_be_missed(run: Run, tmp_path: Path, name: str) -> None:
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", "时限"], ["1", "植树", "市林业局", "2026年6月底前\n持续推进"]),
        ["2", "修渠", "市水务局", "2026年\n6月底前"],
    ]
    found, _told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), WORDS)
    assert [each[5] for each in found] == ["2026年6月底前\n持续推进", "2026年6月底前"]
    late = json.loads(run("overdue", "--as-of", "2026-07-01", "--format", "json").out)["items"]
    assert [each["id"] for each in late] == ["1.1", "2.1"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["一季度", "上半年", "前三季度", "全年"], ["03-31", "06-30", "09-30", "12-31"]),
        (["一季度", "上半年", "三季度", "全年"], ["03-31", "06-30", "09-30", "12-31"]),
        (["一季度末", "二季度末", "三季度底", "年底"], ["03-31", "06-30", "09-30", "12-31"]),
        (["3月底", "6月底前", "2026年三季度", "2026年底前"], ["03-31", "06-30", "09-30", "12-31"]),
    ],
)
def test_all_columns_of_a_year_are_milestones(
    run: Run, tmp_path: Path, words: list[str], days: list[str]
) -> None:
    cells = ["完成招标", "开工", "完成主体", "验收"]
    rows = [
        *(TITLE, ["序号", "任务", "责任单位", *words], ["1", "建平台", "市科委", *cells]),
        ["2", "宣传", "市教委", "2场", "/", "/", "2场"],
        ["3", "改革", "市发改委", "/", "/", "/", "出台"],
    ]
    header = "".join(["序号任务责任单位/", *words])
    found, _told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), header)
    lines = [f"{word}：{cell}" for word, cell in zip(words, cells, strict=True)]
    assert [each[5] for each in found] == [
        "\n".join(lines),
        f"{words[0]}：2场\n{words[3]}：2场",
        f"{words[3]}：出台",
    ]
    (whole,) = json.loads(run("when", found[0][5], "--year", "2026", "--format", "json").out)["readings"]
    stages = [(stage["wording"], stage["due"]) for stage in whole["stages"]]
    assert stages == [(line, f"2026-{day}") for line, day in zip(lines, days, strict=True)]
    assert (whole["due"], whole["doubt"]) == ("2026-12-31", None)


@pytest.mark.parametrize("last", ["2027年", "明年6月"])
def test_columns_of_a_time_are_all_the_schedule_or_none_is(run: Run, tmp_path: Path, last: str) -> None:
    words = ["一季度", "二季度", last]
    rows = [TITLE, ["序号", "任务", "责任单位", *words], ["1", "建平台", "市科委", "招标", "开工", "验收"]]
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS + last)
    assert [each[5] for each in found] == ["未载明"]
    assert f"columns kept as the office's own: 一季度, 二季度, {last}" in told


def test_what_a_year_has_reached_is_no_part_of_the_plan(run: Run, tmp_path: Path) -> None:
    words = ["2025年完成情况", "一季度", "二季度"]
    rows = [TITLE, ["序号", "任务", "责任单位", *words], ["1", "建平台", "市科委", "立项", "招标", "开工"]]
    found, told = reading_tables.read(run, tmp_path, "表.xlsx", MEDIA["表.xlsx"](rows), WORDS)
    assert [each[5] for each in found] == ["一季度：招标\n二季度：开工"]
    assert "2025年完成情况" in told
