"""Cards whose labels ask plainly, on lines of their own or before a colon, under headings."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

import reading_tables
from chengguo.importing.shapes import questions
from chengguo.importing.shapes.questions import QUESTIONS, Question
from conftest import Run
from reading_tables import MEDIA

TITLE = "某区2026年社区治理任务卡"
READ = [
    ("街面", "整治环境", "清理死角20处。", "区城管局", "各街道", "2026年9月底前"),
    ("街面", "便民服务", "建成便民圈。\n覆盖社区。", "区商务局", "区民政局 区市场监管局", "持续推进"),
    ("楼院", "加装电梯", "加装电梯30部。", "区住房城乡建设局 区市场监管局", "", "年底前"),
]
ASKED = {
    "plain": ("做什么", "谁牵头", "谁配合", "何时完成"),
    "asked": ("要做些什么？", "由谁牵头？", "谁来帮忙？", "什么时候完成？"),
    "named": ("具体措施", "责任主体", "协助单位", "完成期限"),
    "English": ("What", "Who leads", "Who supports", "By when"),
}


def lines(asked: tuple[str, ...], *, in_line: bool, blank: bool = False) -> list[tuple[str, str]]:
    """Return the lines of the cards, each with the kind of its paragraph."""
    what, lead, support, when = asked
    found = [("h1", TITLE)]
    for place, (section, title, content, who, helping, schedule) in enumerate(READ):
        if place in {0, 2}:
            found += [("", "")] * blank + [("h2", section)]
        found += [("", "")] * blank + [("h3", title)]
        said = {
            what: content,
            when: schedule,
            lead: who.replace(" ", "\n"),
            support: helping.replace(" ", "、"),
        }
        order = (what, lead, support, when) if place != 1 else (when, lead, support, what)
        for label in order:
            value = said[label] or "无"
            if in_line:
                value = value.replace("\n", "、" if label == lead else "\n")
                found += [("p", each) for each in f"{label}：{value}".split("\n")]
            else:
                found += [("dt", label), *(("dd", each) for each in value.split("\n"))]
    return found


def _page(given: list[tuple[str, str]]) -> str:
    return "".join(f"<{kind}>{text}</{kind}>" for kind, text in given if kind)


def _document(given: list[tuple[str, str]]) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for kind, text in given:
        made.add_paragraph(text, style=f"Heading {kind[1]}" if kind.startswith("h") else "Normal")
    made.save(out)
    return out.getvalue()


def _markdown(given: list[tuple[str, str]]) -> str:
    return "\n\n".join(
        "#" * int(kind[1]) + " " + text if kind.startswith("h") else text for kind, text in given
    )


FORMS: dict[str, Callable[[list[tuple[str, str]]], bytes | str]] = {
    "卡.html": _page,
    "卡.docx": _document,
    "卡.md": _markdown,
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("in_line", [True, False])
@pytest.mark.parametrize("asked", ASKED)
def test_cards_under_headings(run: Run, tmp_path: Path, name: str, asked: str, *, in_line: bool) -> None:
    data = FORMS[name](lines(ASKED[asked], in_line=in_line))
    found, told = reading_tables.read(run, tmp_path, name, data, "".join(ASKED[asked]) + "无")
    assert found == READ
    assert "left out" not in told


@pytest.mark.parametrize("in_line", [True, False])
def test_cards_of_plain_text_are_parted_by_blank_lines(run: Run, tmp_path: Path, *, in_line: bool) -> None:
    given = lines(ASKED["plain"], in_line=in_line, blank=True)
    text = "\n".join(text for _kind, text in given)
    found, _told = reading_tables.read(run, tmp_path, "卡.txt", text, "".join(ASKED["plain"]) + "无")
    assert found == READ


@pytest.mark.parametrize("name", MEDIA)
def test_a_table_may_ask_too(run: Run, tmp_path: Path, name: str) -> None:
    rows = [[TITLE], ["做什么", "谁来牵头", "谁配合", "什么时候完成"], *(each[2:] for each in READ[::2])]
    words = "做什么谁来牵头谁配合什么时候完成"
    found, _told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), words)
    assert [each[2:] for each in found] == [each[2:] for each in READ[::2]]


def test_labels_that_differ_from_card_to_card_are_one_column(run: Run, tmp_path: Path) -> None:
    text = (
        "某市2026年任务清单\n\n任务：甲事\n责任单位：市甲局\n配合单位：市乙局\n完成时限：年底前\n\n"
        "任务：乙事\n牵头单位：市乙局\n协办：市丙局\n时限：6月底前\n"
    )
    found, _told = reading_tables.read(run, tmp_path, "单.txt", text, "任务责任单位配合完成时限牵头协办")
    assert [each[1:] for each in found] == [
        ("甲事", "甲事", "市甲局", "市乙局", "年底前"),
        ("乙事", "乙事", "市乙局", "市丙局", "6月底前"),
    ]


def test_a_card_that_names_nobody_takes_nobody_from_the_one_above(run: Run, tmp_path: Path) -> None:
    text = (
        "某市2026年任务清单\n\n任务：甲事\n责任单位：市甲局\n时限：年底前\n\n"
        "任务：乙事\n责任单位：\n时限：6月底前\n\n任务：丙事\n责任单位：市丙局\n时限：\n"
    )
    found, told = reading_tables.read(run, tmp_path, "单.txt", text, "任务责任单位时限")
    assert [each[1:] for each in found] == [
        ("甲事", "甲事", "市甲局", "", "年底前"),
        ("丙事", "丙事", "市丙局", "", "未载明"),
    ]
    assert "it does not say who: '乙事 | 6月底前'" in told


@pytest.mark.parametrize("each", QUESTIONS, ids=lambda each: each.example)
def test_each_question_asks_for_a_field(each: Question) -> None:
    found = questions.field_of("".join(each.example.split()))
    assert found == (each.field or "lead")


@pytest.mark.parametrize(
    "word", ["谁", "怎么样的人", "什么单位", "时候", "任务是做好什么工作的", "做好防汛工作"]
)
def test_what_asks_for_nothing(word: str) -> None:
    assert questions.field_of(word) is None


def test_a_list_of_definitions_is_cards(run: Run, tmp_path: Path) -> None:
    """Its labels come again and again: they are no header of cells a line each."""
    page = (
        "<h1>某县2026年信访任务</h1><dl><dt>任务</dt><dd>化解积案12件</dd><dt>牵头</dt><dd>县信访局</dd><dt>配合</dt>"
        "<dd>县司法局</dd><dd>各乡镇</dd><dt>时限</dt><dd>2026年6月底前</dd></dl><dl><dt>任务</dt><dd>清欠5件</dd>"
        "<dt>牵头</dt><dd>县人社局</dd><dt>时限</dt><dd>年底前</dd></dl>"
    )
    found, _told = reading_tables.read(run, tmp_path, "卡.html", page, "任务牵头配合时限")
    assert [each[1:] for each in found] == [
        ("化解积案12件", "化解积案12件", "县信访局", "县司法局 各乡镇", "2026年6月底前"),
        ("清欠5件", "清欠5件", "县人社局", "", "年底前"),
    ]
