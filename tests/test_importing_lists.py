"""Lists: a task on each line of one level, below it who does it and by when, with labels or by their look."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

import reading_tables
from chengguo.importing.shapes import likely
from conftest import Run

TITLE = "某市2026年为农服务要点"
WORDS = "牵头配合责任协办部门单位完成时限"
READ = [
    ("农资供应", "储备化肥2万吨", "储备化肥2万吨", "市供销社", "市农业农村局 市交通运输局", "2026年3月底前"),
    ("农资供应", "扩建农资门店3所", "覆盖全部乡镇。", "市供销社", "市公安局", "2026年4月至6月"),
    ("产销对接", "开展产销对接", "开展产销对接", "市供销社 市商务局", "", "持续推进"),
]


@pytest.fixture
def read(run: Run, tmp_path: Path) -> reading_tables.Reading:
    def once(
        data: bytes | str, name: str = "表.txt", words: str = WORDS
    ) -> tuple[list[tuple[str, ...]], str]:
        return reading_tables.read(run, tmp_path, name, data, words)

    return once


@pytest.mark.parametrize("marks", ["●○", "◆➢", "■□", "-·", "•◦", "►–"])
def test_any_mark_is_a_level(read: reading_tables.Reading, marks: str) -> None:
    task, part = tuple(marks)
    found, told = read(
        f"{TITLE}\n（★表示牵头单位，未标★的为配合单位）\n\n【农资供应】\n"
        f"{task} 储备化肥2万吨\n   {part} ★市供销社  市农业农村局  市交通运输局\n"
        f"   {part} 2026年3月底前\n"
        f"{task} 扩建农资门店3所\n   {part} 覆盖全部乡镇。\n"
        f"   {part} 市公安局 ★市供销社\n   {part} 2026年4月至6月\n\n"
        f"【产销对接】\n{task} 开展产销对接\n   {part} ★市供销社 ★市商务局\n"
        f"   {part} 持续推进\n\n联系人：某某\n"
    )
    assert found == READ
    assert told.count("left out") == 1
    assert "the row is left out: '联系人：某某'" in told


# Of each form: the mark of a task, that of what is below, and the words for who, with whom and when.
LABELLED = {
    "● ○": ("● ", "○ ", "牵头", "配合", "时限"),
    "- alone": ("- ", "- ", "责任单位", "协办单位", "完成时限"),
    "numbers": ("{}. ", "1) ", "责任单位", "协办单位", "完成时限"),
    "1. ·": ("{}. ", "· ", "责任部门", "配合部门", "完成时间"),
}
LINES = """\
{t}储备化肥2万吨
{p}{lead}：市供销社　{support}：市农业农村局、市交通运输局
{p}{when}：2026年3月底前
{t}扩建农资门店3所
{p}覆盖全部乡镇。
{p}{lead}：市供销社
{p}{support}：市公安局；{when}：2026年4月至6月
二、产销对接
{t}开展产销对接
{p}{lead}：市供销社、市商务局
{p}{when}：持续推进
"""


@pytest.mark.parametrize("form", LABELLED)
def test_labels_stand_in_a_list(read: reading_tables.Reading, form: str) -> None:
    task, part, *words = LABELLED[form]
    lead, support, when = words
    text = LINES.format(t=task, p=part, lead=lead, support=support, when=when)
    text = text.format(1, 2, 3) if "{}" in task else text
    found, told = read(f"{TITLE}\n一、农资供应\n{text}", words="".join(words) + part)
    counted = part if part[0].isdigit() else ""  # a number stays before what is no label
    assert [(*each[:2], each[2].removeprefix(counted), *each[3:]) for each in found] == READ
    assert "left out" not in told


PAGE = """<h1>{title}</h1><h2>一、农资供应</h2><{list}>
<li>储备化肥2万吨<ul><li>{lead}市供销社</li><li>{support}市农业农村局、市交通运输局</li>
<li>{when}2026年3月底前</li></ul></li>
<li>扩建农资门店3所<ul><li>覆盖全部乡镇。</li><li>{lead}市供销社</li><li>{support}市公安局</li>
<li>{when}2026年4月至6月</li></ul></li>
</{list}><h2>二、产销对接</h2><{list} start="3">
<li>开展产销对接<ul><li>{lead}市供销社、市商务局</li><li>{when}持续推进</li></ul></li></{list}>"""


@pytest.mark.parametrize("kind", ["ul", "ol"])
def test_lists_of_a_page(read: reading_tables.Reading, kind: str) -> None:
    page = PAGE.format(title=TITLE, list=kind, lead="牵头：", support="配合：", when="时限：")
    found, told = read(page, "表.html")
    assert found == READ
    assert ("the tasks have no numbers" in told) is (kind == "ul")


def test_lists_of_markdown(read: reading_tables.Reading) -> None:
    text = (
        f"# {TITLE}\n\n## 农资供应\n\n"
        "- 储备化肥2万吨\n  - 市供销社牵头，市农业农村局、市交通运输局配合\n  - 2026年3月底前\n"
        "- 扩建农资门店3所\n  - 覆盖全部乡镇。\n  - 市供销社牵头，市公安局配合\n  - 2026年4月至6月\n\n"
        "## 产销对接\n\n* 开展产销对接\n    * 市供销社、市商务局\n    * 持续推进\n"
    )
    found, _told = read(text, "表.md")
    assert found == READ


def _styled(made: docx.document.Document, style: str, *texts: str) -> None:
    for text in texts:
        made.add_paragraph(text, style=style)


@pytest.mark.parametrize(("task", "part"), [("List Bullet", "List Bullet 2"), ("List Number", "List Bullet")])
def test_lists_of_word_have_their_marks_and_numbers_in_no_text(
    read: reading_tables.Reading, task: str, part: str
) -> None:
    made = docx.Document()
    _styled(made, "Heading 1", TITLE)
    _styled(made, "Heading 2", "一、农资供应")
    _styled(made, task, "储备化肥2万吨")
    _styled(made, part, "牵头：市供销社　配合：市农业农村局、市交通运输局", "时限：2026年3月底前")
    _styled(made, task, "扩建农资门店3所")
    _styled(made, "Normal", "覆盖全部乡镇。")
    _styled(made, part, "牵头：市供销社　配合：市公安局", "时限：2026年4月至6月")
    _styled(made, "Heading 2", "二、产销对接")
    _styled(made, task, "开展产销对接")
    _styled(made, part, "牵头：市供销社、市商务局", "时限：持续推进")
    found, told = read(saved(made), "表.docx")
    assert found == READ
    assert "left out" not in told


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_time_that_is_not_understood_stands_where_the_others_do(read: reading_tables.Reading) -> None:
    text = "● 甲事\n○ 市甲局\n○ 6月底前\n● 乙事\n○ 市乙局\n○ 每两月1场\n"
    found, told = read(f"{TITLE}\n{text}")
    assert [each[5] for each in found] == ["6月底前", "每两月1场"]
    assert "表.txt:7:1: '每两月1场': the wording is not understood" in told


def test_a_task_of_nobody_takes_nobody_from_the_one_above(read: reading_tables.Reading) -> None:
    text = "● 甲事\n○ 市甲局\n○ 6月底前\n● 乙事\n● 丙事\n○ 市丙局\n"
    found, told = read(f"{TITLE}\n{text}")
    assert [each[1:] for each in found] == [
        ("甲事", "甲事", "市甲局", "", "6月底前"),
        ("丙事", "丙事", "市丙局", "", "未载明"),
    ]
    assert "the row is left out, for it does not say who: '乙事'" in told


def test_a_list_that_names_nobody_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_text(f"{TITLE}\n● 加强领导\n○ 落实责任\n● 强化督查\n", encoding="utf-8")
    assert run("import", "表.txt").code == 1


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        (
            likely.is_names,
            ["市供销社  ★市商务局", "办公室", "市科委牵头，市教委配合，6月底前", "无", "各乡镇、县直各单位"],
        ),
        (
            likely.is_schedule,
            ["2026年3月底前", "持续推进", "国庆节前", "2026年2月至4月", "每季度末", "立行立改"],
        ),
        (
            lambda text: not likely.is_names(text),
            ["扩建学校2所", "建成中医馆", "市供销社2026年要点", "加强领导"],
        ),
        (
            lambda text: not likely.is_schedule(text),
            ["春耕前储备化肥2万吨", "2026年为农服务要点", "无", "同上"],
        ),
    ],
)
def test_what_a_line_is_likely_to_be(says: Callable[[str], bool], texts: list[str]) -> None:
    assert [text for text in texts if not says(text)] == []


def test_each_line_of_a_task_is_explained(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_text(f"{TITLE}\n● 甲事\n○ 市甲局\n○ 6月底前\n", encoding="utf-8")
    outcome = run("import", "表.txt", "--explain")
    assert outcome.code == 0
    kinds = [line.split()[:3] for line in outcome.out.splitlines() if line.strip()[:1].isdigit()]
    found = ["title", "item", "continuation", "continuation"]
    assert [each[1] for each in kinds] == found
    assert [each[2] for each in kinds[2:]] == ["1.1", "1.1"]


@pytest.mark.parametrize("between", ["：", "  ", "　"])
@pytest.mark.parametrize("numbers", ["一、 二、", "（一） （二）", "1. 2."])
def test_what_stands_under_numbered_titles_may_be_parted_from_its_labels_by_blanks(
    read: reading_tables.Reading, between: str, numbers: str
) -> None:
    first, second = numbers.split()
    text = (
        f"{TITLE}\n\n{first}隐患排查\n  责任部门{between}市水利局\n  配合部门{between}市应急局、各乡镇\n"
        f"  完成时限{between}2026年4月底前\n{second}物资储备\n  责任部门{between}市应急局\n"
        f"  完成时限{between}年底前\n"
    )
    found, told = read(text)
    assert [(each[1].rstrip("。"), *each[3:]) for each in found] == [
        ("隐患排查", "市水利局", "市应急局 各乡镇", "2026年4月底前"),
        ("物资储备", "市应急局", "", "年底前"),
    ]
    assert "nowhere" not in told
