"""Sections of two levels, 一、公开 over （一）规划公开: in the file, on the screen, in exports, read."""

import csv
import io
import json
from pathlib import Path

import pytest

from chengguo import load
from conftest import Run

FILE = """\
format: 1
plan: {title: 某区2021年工作要点, years: 2021}
departments: {区发改局: {}, 区司法局: {}}
sections:
  一: 深化公开
  一.1: {title: 做好规划公开, in: 一}
  一.2: {title: 做好执法公开, in: 一}
  二: 深化解读
tasks:
""" + "".join(
    f"- {{id: {number}, section: {section}, title: {what}, items: [{{id: 1, content: {what}。, lead: [{who}],"
    f" schedule: {when}, status: pending}}]}}\n"
    for number, section, what, who, when in (
        (1, "一.1", "公开规划", "区发改局", "6月底前"),
        (2, "一.2", "公开基准", "区司法局", "年底前"),
        (3, "二", "规范程序", "区司法局", "年底前"),
    )
)


@pytest.fixture
def two_levels(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


def addresses(run: Run, *words: str) -> list[str]:
    outcome = run("list", "--format", "json", "--as-of", "2021-05-01", *words)
    assert (outcome.code, outcome.err) == (0, "")
    return [item["id"] for item in json.loads(outcome.out)["items"]]


def sections(file: Path) -> list[tuple[str, str, str]]:
    return [(each.id, each.title, each.upper) for each in load(file).sections]


LEVELS = [
    ("一", "深化公开", ""),
    ("一.1", "做好规划公开", "一"),
    ("一.2", "做好执法公开", "一"),
    ("二", "深化解读", ""),
]


@pytest.mark.usefixtures("two_levels")
def test_it_is_sound(run: Run) -> None:
    assert run("validate", "--strict") == (0, "tasks.yaml: no findings\n", "")


@pytest.mark.usefixtures("two_levels")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("一", ["1.1", "2.1"]),
        ("深化公开", ["1.1", "2.1"]),
        ("一.2", ["2.1"]),
        ("一（二）", ["2.1"]),
        ("做好规划公开", ["1.1"]),
        ("二", ["3.1"]),
        ("一.1,二", ["1.1", "3.1"]),
    ],
)
def test_a_section_is_chosen_with_all_below_it(run: Run, name: str, found: list[str]) -> None:
    assert addresses(run, "--section", name) == found


@pytest.mark.usefixtures("two_levels")
def test_scripts_see_both_levels(run: Run) -> None:
    items = json.loads(run("list", "--format", "json").out)["items"]
    names = ("section", "section_title", "upper_section", "upper_section_title")
    assert [[item[name] for name in names] for item in items[1:]] == [
        ["一.2", "做好执法公开", "一", "深化公开"],
        ["二", "深化解读", None, None],
    ]


@pytest.mark.usefixtures("two_levels")
def test_people_see_both_levels(run: Run) -> None:
    assert "一 深化公开 > 一.2 做好执法公开" in run("show", "2").out
    assert "深化公开 > 做好执法公开" in run("stats", "--by", "section", "--format", "csv").out


@pytest.mark.parametrize(
    ("upper", "hint"),
    [("三", "Sections: 一, 二."), ("一.1", "Sections: 一, 二."), ("一.2", "Sections: 一, 二.")],
)
def test_a_section_within_none_of_the_first_level_is_found(
    run: Run, two_levels: Path, upper: str, hint: str
) -> None:
    two_levels.write_text(FILE.replace("公开, in: 一}\n  二", f"公开, in: {upper}}}\n  二"), encoding="utf-8")
    outcome = run("validate")
    assert outcome.code == 1
    assert "7:3: N302" in outcome.out
    assert f"section '一.2' is put in '{upper}', which is no section of the first level" in outcome.out
    assert hint in outcome.out


def test_a_section_of_which_no_part_has_a_task_is_found(run: Run, two_levels: Path) -> None:
    two_levels.write_text(
        FILE.replace("二: 深化解读", "二: 深化解读\n  三: 其他\n  三.1: {title: 又, in: 三}"),
        encoding="utf-8",
    )
    outcome = run("validate", "--strict")
    assert outcome.code == 1
    assert "section '三' has no task" in outcome.out
    assert "section '三.1' has no task" in outcome.out
    assert "section '一' has no task" not in outcome.out


@pytest.mark.parametrize("name", ["t.xlsx", "t.docx", "t.html", "t.md", "t.csv"])
def test_an_export_shows_both_levels_and_reads_back(
    run: Run, two_levels: Path, tmp_path: Path, name: str
) -> None:
    assert run("export", name, "--as-of", "2021-05-01").code == 0
    assert run("import", name, "-o", "back.yaml", "--title", "某区2021年工作要点").code == 0
    assert sections(tmp_path / "back.yaml") == sections(two_levels) == LEVELS
    assert [task.section for task in load(tmp_path / "back.yaml").tasks] == ["一.1", "一.2", "二"]


@pytest.mark.usefixtures("two_levels")
def test_headings_are_printed_in_the_official_form(run: Run, tmp_path: Path) -> None:
    run("export", "t.md")
    lines = (tmp_path / "t.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("##")] == [
        *("## 一、深化公开", "### （一）做好规划公开", "### （二）做好执法公开", "## 二、深化解读"),
    ]
    run("export", "t.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [
        *("一、深化公开 > （一）做好规划公开", "一、深化公开 > （二）做好执法公开", "二、深化解读"),
    ]


TABLE = "某区2021年任务分解表\n工作任务\t牵头单位\t责任单位\t时限\n"


def table(*lines: str | int) -> str:
    """Return a table of headings, and of tasks by their numbers."""
    rows = (f"{each}.做{each}事\t区发改局\t\t年底前" if isinstance(each, int) else each for each in lines)
    return TABLE + "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["一、深化公开", "（一）做好规划公开", 1, "（二）做好执法公开", 2, "二、深化解读", 3], LEVELS),
        # The first level alone is as ever, in whichever form it is numbered.
        (["（一）甲类", 1, "（二）乙类", 2], [("一", "甲类", ""), ("二", "乙类", "")]),
        # A table that begins within a section goes on with the next one.
        (
            ["（二）乙类", 1, "三、丙类", 2, "（一）丁类", 3],
            [("二", "乙类", ""), ("三", "丙类", ""), ("三.1", "丁类", "三")],
        ),
        # Parts and chapters stand over 一、.
        (
            ["第一部分 总则", "一、甲类", 1, "二、乙类", 2, "第二部分 分则", "一、丙类", 3],
            [
                *(
                    ("第一部分", "总则", ""),
                    ("第一部分.1", "甲类", "第一部分"),
                    ("第一部分.2", "乙类", "第一部分"),
                ),
                *(("第二部分", "分则", ""), ("第二部分.1", "丙类", "第二部分")),
            ],
        ),
        # One title under two sections.
        (
            ["一、甲类", "（一）其他", 1, "二、乙类", "（一）其他", 2],
            [("一", "甲类", ""), ("一.1", "其他", "一"), ("二", "乙类", ""), ("二.1", "其他", "二")],
        ),
    ],
)
def test_levels_are_read_by_the_form_of_their_numbers(
    run: Run, tmp_path: Path, lines: list[str | int], found: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "t.txt").write_text(table(*lines), encoding="utf-8")
    outcome = run("import", "t.txt")
    assert outcome.code == 0
    assert "section" not in outcome.out
    assert sections(tmp_path / "tasks.yaml") == found
    assert run("validate", "--strict").code == 0


def test_two_columns_of_sections_are_two_levels(run: Run, tmp_path: Path) -> None:
    rows = (
        "序号,一级分类,二级分类,任务,责任单位,完成时限\n1,公开,规划,甲事,区发改局,6月底前\n"
        "2,,执法,乙事,区司法局,6月底前\n3,解读,质量,丙事,区司法局,6月底前\n"
    )
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    assert run("import", "t.csv", "--title", "某区2021年要点").code == 0
    assert sections(tmp_path / "tasks.yaml") == [
        *(("一", "公开", ""), ("一.1", "规划", "一"), ("一.2", "执法", "一")),
        *(("二", "解读", ""), ("二.1", "质量", "二")),
    ]


def test_a_third_level_is_a_section_that_bears_the_title_above_and_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(
        table("第一部分 总则", "一、甲类", "（一）乙类", 1, "（二）丙类", 2, "二、丁类", 3), encoding="utf-8"
    )
    outcome = run("import", "t.txt")
    why = "sections have two levels; this one bears the title of the one above, too"
    assert f"t.txt:5:1: {why}: '甲类 > 乙类'" in outcome.out
    assert f"t.txt:7:1: {why}: '甲类 > 丙类'" in outcome.out
    assert "has no task" not in outcome.out
    assert sections(tmp_path / "tasks.yaml") == [
        ("第一部分", "总则", ""),
        *(("第一部分.1.1", "甲类 > 乙类", "第一部分"), ("第一部分.1.2", "甲类 > 丙类", "第一部分")),
        ("第一部分.2", "丁类", "第一部分"),
    ]
    tasks = load(tmp_path / "tasks.yaml").tasks
    assert [task.section for task in tasks] == ["第一部分.1.1", "第一部分.1.2", "第一部分.2"]
    before = sections(tmp_path / "tasks.yaml")
    assert run("export", "t.xlsx").code == run("import", "t.xlsx", "--force").code == 0
    assert sections(tmp_path / "tasks.yaml") == before


def test_a_revised_table_brings_sections_within_others(run: Run, two_levels: Path, tmp_path: Path) -> None:
    rows = (
        "一、深化公开\n（一）做好规划公开\n公开规划。\t区发改局\t\t6月底前\n公开图件。\t区发改局\t\t6月底前\n"
        "（二）做好执法公开\n公开基准。\t区司法局\t\t年底前\n（三）做好财政公开\n公开预算。\t区发改局\t\t年底前\n"
        "二、深化解读\n规范程序。\t区司法局\t\t年底前\n三、组织保障\n（一）培训\n培训干部。\t区司法局\t\t年底前\n"
    )
    (tmp_path / "t.txt").write_text(TABLE + rows, encoding="utf-8")
    assert run("import", "t.txt", "--into", "tasks.yaml").code == 0
    new = [("一.3", "做好财政公开", "一"), ("三", "组织保障", ""), ("三.1", "培训", "三")]
    assert sections(two_levels) == [*LEVELS, *new]
    assert [task.section for task in load(two_levels).tasks][3:] == ["一.1", "一.3", "三.1"]


def test_two_branches_that_move_a_section_do_not_lose_it(run: Run, two_levels: Path, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(FILE, encoding="utf-8")
    two_levels.write_text(FILE.replace("做好执法公开, in: 一}", "做好执法公开, in: 二}"), encoding="utf-8")
    (tmp_path / "theirs.yaml").write_text(FILE.replace("深化解读", "深化解读回应"), encoding="utf-8")
    outcome = run("merge", "base.yaml", "tasks.yaml", "theirs.yaml")
    assert outcome.code == 0, outcome
    assert sections(two_levels)[2:] == [("一.2", "做好执法公开", "二"), ("二", "深化解读回应", "")]
