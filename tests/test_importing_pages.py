"""What stands around tables and paragraphs: page numbers, captions, dashes behind labels, and others."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA

TITLE = "某市2025年重点工作任务清单"
LEFT_OUT = "the row is left out: '{}'"


@pytest.mark.parametrize("mark", ["— 1 —", "- 1 -", "第 1 页 共 3 页", "—1—"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("行.txt", "1.扩大投资，新开工\n{}\n项目20个。（责任单位：市科委；完成时限：6月底前）"),
        ("栏.txt", "1.扩大投资，新开工项目20个\n牵头单位：市科委\n{}\n完成时限：6月底前\n{}"),
        (
            "距.txt",
            (
                "序号    任务                     责任单位    时限\n"
                " 1      扩大投资，新开工项目20个  市科委      6月底前\n        {}"
            ),
        ),
        ("表.csv", "序号,任务,责任单位,时限\n1,“扩大投资，新开工项目20个”,市科委,6月底前\n,,{},"),
    ],
    ids=["amid a paragraph", "amid labels", "below columns set by spaces", "in a table"],
)
def test_the_number_of_a_page_is_no_part_of_an_item(
    run: Run, tmp_path: Path, name: str, text: str, mark: str
) -> None:
    words = "序号任务责任牵头单位完成时限"
    data = f"{TITLE}\n\n{text.format(mark, mark)}\n"
    (item,), told = reading_tables.read(run, tmp_path, name, data, words)
    assert (item[3:], "1" in item[1].replace("1.", "")) == (("市科委", "", "6月底前"), False)
    assert LEFT_OUT.format(mark) in told


HEADER = ["序号", "任务", "责任单位", "时限"]
TABLES = [
    *(["产业节能"], HEADER, ["1", "淘汰电机", "市科委", "6月底前"]),
    *(["建筑节能"], HEADER, ["1", "改造楼宇", "市教委", "9月底前"]),
]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("number", ["", "表{} "])
def test_a_line_above_each_of_several_tables_is_a_section(
    run: Run, tmp_path: Path, name: str, number: str
) -> None:
    lines = [
        [f"{number.format(at // 3 + 1)}{row[0]}"] if len(row) == 1 else row for at, row in enumerate(TABLES)
    ]
    found, told = reading_tables.read(
        run, tmp_path, name, MEDIA[name]([[TITLE], *lines]), "序号任务责任单位时限" * 2
    )
    assert [(each[0][-4:], each[1]) for each in found] == [("产业节能", "淘汰电机"), ("建筑节能", "改造楼宇")]
    assert "left out" not in told


def test_a_title_that_each_page_repeats_is_no_section(run: Run, tmp_path: Path) -> None:
    rows = [[TITLE], *TABLES[1:3], [TITLE], HEADER, ["2", "改造楼宇", "市教委", "9月底前"]]
    found, _told = reading_tables.read(
        run, tmp_path, "表.csv", MEDIA["表.csv"](rows), "".join(HEADER) + TITLE
    )
    assert len({each[0] for each in found}) == 1


@pytest.mark.parametrize("dash", ["——", "—", "--", " - ", "–"])
def test_a_dash_behind_a_label_is_as_a_colon(run: Run, tmp_path: Path, dash: str) -> None:
    text = (
        f"{TITLE}\n行动一　能源转型\n1.发展光伏。\n牵头单位{dash}市科委\n配合单位{dash}市教委、市财政局\n"
        f"行动二　节能降碳\n2.改造楼宇。\n牵头单位{dash}市教委\n完成时限{dash}6月底前\n"
    )
    found, told = reading_tables.read(run, tmp_path, "文.txt", text, "牵头配合单位完成时限行动一二")
    assert [each[:2] + each[3:] for each in found] == [
        ("能源转型", "发展光伏", "市科委", "市教委 市财政局", "未载明"),
        ("节能降碳", "改造楼宇", "市教委", "", "6月底前"),
    ]
    assert "left out" not in told


@pytest.mark.parametrize("text", ["", "新增学位2000个。\n\n"])
def test_a_paragraph_below_a_heading_makes_no_difference(run: Run, tmp_path: Path, text: str) -> None:
    labels = "- **牵头处室**：学前教育处\n- **完成时限**：2025年8月\n"
    first = f"## 一、学前\n\n### 1. 新增园位\n\n{text}{labels}\n"
    data = f"# {TITLE}\n\n{first}## 二、义务\n\n### 2. 规范收费\n\n{labels}"
    found, told = reading_tables.read(run, tmp_path, "文.md", data, "牵头处室完成时限")
    assert [each[:2] + each[3:] for each in found] == [
        ("学前", "新增园位", "学前教育处", "", "2025年8月"),
        ("义务", "规范收费", "学前教育处", "", "2025年8月"),
    ]
    assert "left out" not in told


CASES = {
    "what is asked": ("诉求事项", "包案单位", "化解时限"),
    "what is reported": ("反映问题", "包案单位", "化解期限"),
    "what is wrong": ("信访问题", "包保单位", "化解时限"),
}


@pytest.mark.parametrize("labels", CASES.values(), ids=CASES)
def test_blocks_of_petitions(run: Run, tmp_path: Path, labels: tuple[str, str, str]) -> None:
    what, who, when = labels
    text = "信访积案化解表\n" + "\n".join(
        f"案件编号：DX-0{at}7\n{what}：{case}\n{who}：市科委\n协助单位：市教委\n{when}：2025年{at}月底前\n"
        for at, case in enumerate(("办证迟缓事", "社保接续事"), 1)
    )
    found, told = reading_tables.read(run, tmp_path, "文.txt", text, f"案件编号协助单位{who}")
    assert [each[2:] for each in found] == [
        ("办证迟缓事", "市科委", "市教委", "2025年1月底前"),
        ("社保接续事", "市科委", "市教委", "2025年2月底前"),
    ]
    assert f"the column '{what}' is taken for title" in told


def test_a_column_of_months_says_when_where_no_other_does(run: Run, tmp_path: Path) -> None:
    rows = [
        [TITLE],
        ["月份", "任务", "责任单位"],
        ["4月", "逐一制定方案", "市科委"],
        ["", "开通绿色窗口", "市教委"],
    ]
    found, told = reading_tables.read(run, tmp_path, "表.csv", MEDIA["表.csv"](rows), "月份任务责任单位")
    assert [each[5] for each in found] == ["4月", "4月"]
    assert "the column '月份' is taken for schedule; --map 月份=schedule settles it" in told


def test_a_row_to_sign_in_is_no_item(run: Run, tmp_path: Path) -> None:
    rows = [
        ["1", "淘汰电机", "市科委", "6月底前"],
        ["会签单位：", "市教委（签字）：", "市商务局（签字）：", ""],
        ["经办人：", "", "核稿：", ""],
    ]
    data = MEDIA["表.xlsx"]([[TITLE], HEADER, *rows])
    (item,), told = reading_tables.read(run, tmp_path, "表.xlsx", data, "序号任务责任单位时限")
    assert item[3:] == ("市科委", "", "6月底前")
    assert "A4: the row is left out: '会签单位： | 市教委（签字）： | 市商务局（签字）：'" in told


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("line", ["附件2：建筑节能", "附件2 建筑节能", "附表2：建筑节能"])
def test_an_annex_above_a_further_table_is_a_section(run: Run, tmp_path: Path, name: str, line: str) -> None:
    _first, *upper, _caption, header, row = TABLES
    rows = [[TITLE], *upper, [line], header, row]
    found, told = reading_tables.read(
        run, tmp_path, name, MEDIA[name](rows), "序号任务责任单位时限附件表2" * 2
    )
    assert [(each[0][-4:], each[1]) for each in found] == [("任务清单", "淘汰电机"), ("建筑节能", "改造楼宇")]
    assert "what stands in no section is put into one of the table's name" in told
