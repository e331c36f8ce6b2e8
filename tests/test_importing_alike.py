"""A shape is read alike in each medium that can show it."""

from pathlib import Path

import pytest

import reading_tables
from conftest import Run
from reading_tables import MEDIA, Table

TITLE = "某市2026年工作要点"
HEADER = ["序号", "任务", "责任单位", "完成时限"]
TYPED = [HEADER, ["1", "建设平台", "市科委", "6月底前"], ["2", "培训教师", "市教委、市财政局", "持续推进"]]
READ = [("建设平台", "市科委", "6月底前"), ("培训教师", "市教委 市财政局", "持续推进")]
WORDS = "".join(HEADER)


def typed(rows: Table, gap: str) -> str:
    return "\n".join(gap.join(row) for row in rows)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("表.html", f"<p>{TITLE}</p><pre>{typed(TYPED, chr(9))}</pre>"),
        ("表.html", f"<p>{TITLE}</p><pre>{typed(TYPED, '    ')}</pre>"),
        ("表.md", f"# {TITLE}\n\n```\n{typed(TYPED, chr(9))}\n```\n"),
        ("表.md", f"# {TITLE}\n\n> {typed([TYPED[0]], ' | ')}\n> ---|---|---|---\n> "
         + typed(TYPED[1:], " | ").replace("\n", "\n> ")),
        ("表.docx", MEDIA["表.docx"]([[TITLE], *([typed([row], "\t")] for row in TYPED)])),
        ("表.xlsx", MEDIA["表.xlsx"]([[TITLE], *([typed([row], "|")] for row in TYPED)])),
    ],
    ids=["tabs in pre", "spaces in pre", "code", "quote", "tabs in paragraphs", "pipes in cells"],
)  # fmt: skip
def test_a_table_that_is_typed(run: Run, tmp_path: Path, name: str, text: bytes | str) -> None:
    found, _told = reading_tables.read(run, tmp_path, name, text, WORDS)
    assert [(each[1], each[3], each[5]) for each in found] == READ


BULLETS = ["卫生黑点减少75%。（市环境局/市城管局）", "每年联合清洁500次。（市住房局）"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("表.txt", f"{TITLE}\n1.改善环境：\n- {BULLETS[0]}\n- {BULLETS[1]}\n2.发布预测。（市发展局）\n"),
        (
            "表.md",
            f"# {TITLE}\n\n1.改善环境：\n\n- {BULLETS[0]}\n- {BULLETS[1]}\n\n2.发布预测。（市发展局）\n",
        ),
        (
            "表.html",
            (
                f"<h1>{TITLE}</h1><p>1.改善环境：</p><ul><li>{BULLETS[0]}<li>{BULLETS[1]}</ul>"
                "<p>2.发布预测。（市发展局）</p>"
            ),
        ),
    ],
)
def test_bullets_below_a_numbered_title(run: Run, tmp_path: Path, name: str, text: str) -> None:
    found, _told = reading_tables.read(run, tmp_path, name, text)
    assert [(each[1], each[2], each[3]) for each in found] == [
        ("改善环境", "卫生黑点减少75%。", "市环境局 市城管局"),
        ("改善环境", "每年联合清洁500次。", "市住房局"),
        ("发布预测", "发布预测。", "市发展局"),
    ]


@pytest.mark.parametrize("name", MEDIA)
def test_numbers_under_no_word_beside_a_header_of_any_width(run: Run, tmp_path: Path, name: str) -> None:
    rows = [
        *([TITLE], ["工作任务", "具体要求", "责任科室", "时限要求", ""]),
        *(
            ["强化公开", "1", "公布目录。", "办公室", "年底前"],
            ["深化解读", "2", "丰富形式。", "各科室", "持续"],
        ),
    ]
    found, told = reading_tables.read(run, tmp_path, name, MEDIA[name](rows), "".join(rows[1]))
    assert [each[2:] for each in found] == [
        ("公布目录。", "办公室", "", "年底前"),
        ("丰富形式。", "各科室", "", "持续"),
    ]
    assert "the number stands under no column, and is left out: '2'" in told


@pytest.mark.parametrize(
    "tick",
    [
        "<span style='font-family:Wingdings'>ü</span>",
        "<span style='font-size:10pt;font-family:\"Wingdings 2\"'><span>P</span></span>",
        "<font face=Wingdings>ü</font>",
    ],
)
def test_letters_of_a_page_that_a_font_shows_as_ticks(run: Run, tmp_path: Path, tick: str) -> None:
    cells = [["任务", "市科委", "市教委"], ["建设平台", tick, ""], ["培训教师", "", tick]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    (tmp_path / "表.html").write_text(f"<p>{TITLE}</p><table>{rows}</table>", encoding="utf-8")
    outcome = run("import", "表.html", "-o", "-")
    assert (outcome.code, outcome.out.count("lead: [市科委]"), outcome.out.count("lead: [市教委]")) == (
        0,
        1,
        1,
    )
