"""A table in a file to a registry, through the command line."""

import json
from pathlib import Path

import pytest

from chengguo import load
from chengguo.model import Registry
from conftest import TASKS_YAML, Run

ANNEX = Path(__file__).parent / "annex.txt"
TABLE = """\
《促进转化方案（2018—2020年）》任务表
序号\t工 作 任 务\t主要内容\t牵头单位\t协办单位\t完成时限
一、第一部分
1\t建设平台\t建立平台。\t甲局、乙局\t丙局\t2019年底
\t\t推广经验。\t同上\t无\t持续推进
序号\t工 作 任 务\t主要内容\t牵头单位\t协办单位\t完成时限
2\t培育人才\t开展培训。\t乙局\t甲局，丙局\t2020年6月底前
"""
ITEMS = [
    ("1.1", "建立平台。", ("甲局", "乙局"), ("丙局",), "2019年底"),
    ("1.2", "推广经验。", ("甲局", "乙局"), (), "持续推进"),
    ("2.1", "开展培训。", ("乙局",), ("甲局", "丙局"), "2020年6月底前"),
]
CLEAN = "3 items read: 2 tasks, 3 departments, 2 dated, 1 ongoing, 0 doubts\n"


def items(registry: Registry) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...], str]]:
    return [
        (item.address, item.content, item.lead, item.support, item.schedule.wording)
        for item in registry.items
    ]


def imported(run: Run, folder: Path, table: str, *words: str) -> tuple[str, Registry]:
    """Import a table from a file; give the summary and the registry, which is sound."""
    (folder / "表.tsv").write_text(table, encoding="utf-8")
    outcome = run("import", "表.tsv", *words)
    assert (outcome.code, outcome.err) == (0, "")
    assert run("validate", "--ignore", "D4").code == 0
    return outcome.out, load(folder / "tasks.yaml")


def test_the_annex_makes_the_content_of_the_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "annex.txt").write_bytes(ANNEX.read_bytes())
    outcome = run("import", "annex.txt")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == ("24 items read: 15 tasks, 24 departments, 12 dated, 12 ongoing, 0 doubts\n")
    made, known = load(tmp_path / "tasks.yaml"), load(TASKS_YAML)
    assert made.plan == known.plan
    assert [(each.id, each.title) for each in made.sections] == [
        (each.id, each.title) for each in known.sections
    ]
    assert [(task.id, task.section, task.title) for task in made.tasks] == [
        (task.id, task.section, task.title) for task in known.tasks
    ]
    assert items(made) == items(known)
    assert {item.status for item in made.items} == {"pending"}
    assert {(each.name, each.group) for each in made.departments} == {
        (each.name, each.group) for each in known.departments
    }
    assert run("validate", "--strict").code == 0


def test_repeated_headers_and_cells_as_above(run: Run, tmp_path: Path) -> None:
    out, registry = imported(run, tmp_path, TABLE)
    assert items(registry) == ITEMS
    assert registry.plan[:3] == ("促进转化方案（2018—2020年）", "任务表", (2018, 2020))
    assert out == CLEAN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16", "gb18030"])
@pytest.mark.parametrize(("suffix", "delimiter"), [("tsv", "\t"), ("csv", ","), ("csv", ";"), ("txt", "\t")])
def test_encodings_and_delimiters(
    run: Run, tmp_path: Path, encoding: str, suffix: str, delimiter: str
) -> None:
    file = tmp_path / f"表.{suffix}"
    file.write_bytes(TABLE.replace("\t", delimiter).replace("\n", "\r\n").encode(encoding))
    assert run("import", file.name) == (0, CLEAN, "")
    assert items(load(tmp_path / "tasks.yaml")) == ITEMS


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("2020年6月底前", "适时", "表.tsv:7:6: '适时': it names no day"),
        ("2020年6月底前", "", "表.tsv:7:6: the cell is empty; taken from the row above"),
        ("甲局、乙局", "甲局、乙", "表.tsv:4:4: '乙' may be no name, or more than one"),
        (
            "甲局、乙局",
            "甲局、乙局、甲局",
            "表.tsv:4:4: '甲局' stands twice; the second is left out",
        ),
        ("2\t培育人才", "4\t培育人才", "表.tsv:7:1: task 4 follows task 1"),
        ("2\t培育人才", "\t培育人才", "表.tsv:7:1: the task has no number of its own; it gets 2"),
        ("一、第一部分", "一、第一部分\n注：略", "表.tsv:4:1: the row is left out: '注：略'"),
        (
            "一、第一部分",
            "一、第一部分\n二、第二部分",
            "表.tsv:3:1: section 一 has no task; it is left out: '第一部分'",
        ),
    ],
)
def test_a_doubtful_cell_is_named_and_strict_writes_nothing(
    run: Run, tmp_path: Path, old: str, new: str, doubt: str
) -> None:
    assert old in TABLE
    out, _registry = imported(run, tmp_path, TABLE.replace(old, new, 1))
    assert doubt in out.splitlines()
    (tmp_path / "tasks.yaml").unlink()
    strict = run("import", "表.tsv", "--strict")
    assert strict.code == 1
    assert doubt in strict.out.splitlines()
    assert "nothing was written, for --strict" in strict.err
    assert not (tmp_path / "tasks.yaml").exists()


def test_a_table_without_sections_gets_one_which_is_no_doubt(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.tsv").write_text(TABLE.replace("一、第一部分\n", "", 1), encoding="utf-8")
    outcome = run("import", "表.tsv", "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "表.tsv: the table has no sections; all is put into one"
    (section,) = load(tmp_path / "tasks.yaml").sections
    assert section.id == "一"


def test_a_day_beyond_the_years_of_the_title_is_doubted_and_the_plan_reaches_to_it(
    run: Run, tmp_path: Path
) -> None:
    rows = ("任务\t责任单位\t时限", "甲事\t甲局\t2025年底", "乙事\t乙局\t2026年6月")
    table = "\n".join(["某市2025年重点任务清单", *rows])
    (tmp_path / "表.tsv").write_text(table, encoding="utf-8")
    out = run("import", "表.tsv").out
    assert "表.tsv:4:3: '2026年6月': its day 2026-06-30 lies outside the years of the plan, 2025" in out
    assert load(tmp_path / "tasks.yaml").plan.years == (2025, 2026)
    assert run("validate", "--strict").code == 0
    (tmp_path / "表.tsv").write_text(table.replace("2025年底", "年底"), encoding="utf-8")
    run("import", "表.tsv", "--force")
    registry = load(tmp_path / "tasks.yaml")
    assert registry.plan.years == (2025, 2025)  # else 年底 would have no year
    assert [finding.code for finding in registry.findings] == ["D404"]


@pytest.mark.parametrize("above", ["同上", "〃", "同上栏", "″", ""])
def test_who_supports_is_as_above_too(run: Run, tmp_path: Path, above: str) -> None:
    table = (
        f"某市2025年行动方案\n任务\t责任单位\t时限\n甲事\t甲局牵头，乙局配合\t年底\n乙事\t{above}\t6月底\n"
    )
    (tmp_path / "表.tsv").write_text(table, encoding="utf-8")
    run("import", "表.tsv")
    assert [item.support for item in load(tmp_path / "tasks.yaml").items] == [("乙局",), ("乙局",)]


@pytest.mark.parametrize("above", ["同上", "同上栏", "〃", "″"])
def test_a_cell_that_says_as_above_is_the_cell_above_in_every_column(
    run: Run, tmp_path: Path, above: str
) -> None:
    head = "某市2025年行动方案\n类别\t任务\t内容\t责任单位\t配合单位\t时限\n"
    rows = "研究\t建设平台\t建立机制。\t甲局\t乙局\t年底\n" + "\t".join([above] * 6) + "\n"
    (tmp_path / "表.tsv").write_text(head + rows, encoding="utf-8")
    outcome = run("import", "表.tsv", "--strict")
    assert outcome.code == 1  # nothing is doubtful but the numbers, which the table does not have
    assert [line.split(": ", 1)[1] for line in outcome.out.splitlines()[:-1]] == [
        "the tasks have no numbers; they are numbered in order"
    ]
    run("import", "表.tsv")
    registry = load(tmp_path / "tasks.yaml")
    assert [section.title for section in registry.sections] == ["研究"]
    assert [task.title for task in registry.tasks] == ["建设平台"]
    first, second = registry.items
    assert (second.content, second.lead, second.support) == (first.content, first.lead, first.support)
    assert second.schedule == first.schedule


def test_lines_of_a_schedule_that_are_milestones_stay_lines(run: Run, tmp_path: Path) -> None:
    table = (
        '某市2025年行动方案\n任务,责任单位,时限\n甲事,甲局,"6月底前\n12月底前"\n乙事,甲局,"2025年\n6月底前"\n'
    )
    (tmp_path / "表.csv").write_text(table, encoding="utf-8")
    run("import", "表.csv")
    first, second = load(tmp_path / "tasks.yaml").items
    assert [stage.wording for stage in first.schedule.stages] == ["6月底前", "12月底前"]
    assert (first.schedule.wording, second.schedule.wording) == ("6月底前\n12月底前", "2025年6月底前")


# Two names of one table, and whether they may be one body's.
NAMESAKES = [
    ("市发改委", "市发展和改革委员会", True),
    ("财政局", "市财政局", True),
    ("教育局", "东浦区教育局", True),
    ("发改委", "市发展改革委", True),
    ("卫生健康局", "市卫健局", True),
    ("财政局", "市财政厅", False),
    ("区财政局", "市财政局", False),
    ("国家统计局", "市统计局", False),
    ("城管局", "市民政局", False),
]


@pytest.mark.parametrize(("short", "long", "is_one"), NAMESAKES)
def test_two_names_of_one_body_are_doubted(
    run: Run,
    tmp_path: Path,
    short: str,
    long: str,
    is_one: bool,  # noqa: FBT001
) -> None:
    table = f"某市2025年行动方案\n任务\t责任单位\t时限\n甲事\t{short}\t年底\n乙事\t{long}\t年底\n"
    (tmp_path / "表.tsv").write_text(table, encoding="utf-8")
    assert (f"表.tsv:4:1: '{short}' and '{long}' may be one body" in run("import", "表.tsv").out) is is_one


def test_a_column_of_another_name_is_mapped(run: Run, tmp_path: Path) -> None:
    table = TABLE.replace("牵头单位", "经手").replace("完成时限", "了结")
    (tmp_path / "表.tsv").write_text(table, encoding="utf-8")
    assert "no table with columns that are known" in run("import", "表.tsv").err
    out, registry = imported(run, tmp_path, table, "--map", "经手=lead", "--map", "了结 = schedule")
    assert (out, items(registry)) == (CLEAN, ITEMS)


def test_a_title_may_be_given(run: Run, tmp_path: Path) -> None:
    table = TABLE.partition("\n")[2]
    (tmp_path / "表.tsv").write_text(table, encoding="utf-8")
    named = "表.tsv:1:1: no title was found; the plan is named '表': --title names it otherwise"
    assert named in run("import", "表.tsv", "-o", "-").err.splitlines()
    _out, registry = imported(run, tmp_path, table, "--title", "方案: 甲")
    assert registry.plan.title == "方案: 甲"


def test_a_file_is_overwritten_by_force_alone(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    (tmp_path / "表.tsv").write_text(TABLE, encoding="utf-8")
    outcome = run("import", "表.tsv")
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
    assert "tasks.yaml exists" in outcome.err
    refused = run("import", "表.tsv", "--force")
    assert (refused.code, refused.out, registry.read_bytes()) == (1, "", before)
    assert "tasks.yaml would lose 22 items" in refused.err
    assert "chengguo collect FILE" in refused.err
    assert run("import", "表.tsv", "--discard-existing").code == 0
    assert items(load(registry)) == ITEMS
    run("update", "1.1", "--status", "进行中", "--date", "2019-01-02")
    assert "tasks.yaml would lose 1 report" in run("import", "表.tsv", "--force").err


def test_standard_output_holds_the_registry_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.tsv").write_text(TABLE, encoding="utf-8")
    outcome = run("import", "表.tsv", "-o", "-")
    assert (outcome.code, outcome.err) == (0, CLEAN)
    (tmp_path / "其他.yaml").write_text(outcome.out, encoding="utf-8")
    assert items(load(tmp_path / "其他.yaml")) == ITEMS
    assert not (tmp_path / "tasks.yaml").exists()


def test_json_tells_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.tsv").write_text(TABLE.replace("2020年6月底前", "适时"), encoding="utf-8")
    document = json.loads(run("import", "表.tsv", "--format", "json").out)
    assert document == {
        "schema": "chengguo/import/1",
        "file": "表.tsv",
        "output": "tasks.yaml",
        "written": True,
        "tasks": 2,
        "items": 3,
        "departments": 3,
        "dated": 1,
        "ongoing": 1,
        "doubts": [{"line": 7, "column": 6, "why": "'适时': it names no day", "table": ""}],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("表.pdf",), 2, "表.pdf is none of .xlsx, .ods, .docx, .html, .htm, .md, .txt, .csv, .tsv"),
        (("没有.tsv",), 2, "there is no file 没有.tsv"),
        (("空.tsv",), 1, "no words stand in the file, or in the part that is chosen"),
        (("坏.tsv",), 1, "坏.tsv is in no encoding that is known"),
        (("空.tsv", "--map", "甲"), 2, "--map 甲: write a column's name, =, and a field"),
        (("空.tsv", "--map", "甲=乙"), 2, "--map 甲=乙: write a column's name, =, and a field"),
        (("空.tsv", "-o", "-", "--format", "json"), 2, "--format json does not go with -o -"),
    ],
)
def test_what_cannot_be_imported(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "空.tsv").write_bytes(b"")
    (tmp_path / "坏.tsv").write_bytes(b"\xff\xff\x00\xd8")
    outcome = run("import", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert not (tmp_path / "tasks.yaml").exists()


def test_big5_and_traditional_headings(run: Run, tmp_path: Path) -> None:
    table = (
        "《轉化方案（2018—2020年）》任務表\n序號\t重點任務\t主要內容\t責任單位\t協辦單位\t完成時限\n"
        "1\t建設平台\t建立平台，推動技術移轉。\t科技處\t教育處\t2019年底\n"
    )
    (tmp_path / "表.tsv").write_bytes(table.encode("big5"))
    assert run("import", "表.tsv").code == 0
    assert items(load(tmp_path / "tasks.yaml")) == [
        ("1.1", "建立平台，推動技術移轉。", ("科技處",), ("教育處",), "2019年底")
    ]


def test_a_row_that_a_page_cuts_is_joined(run: Run, tmp_path: Path) -> None:
    header = TABLE.splitlines()[1]
    cut = TABLE.replace(
        "建立平台。\t甲局、乙局\t丙局\t2019年底\n",
        f"建立平\t甲局、乙局\t丙局\t2019年底\n{header}\n\t\t台。\n",
    )
    out, registry = imported(run, tmp_path, cut)
    assert items(registry) == ITEMS
    assert out.splitlines()[0] == "表.tsv:6:3: joined to the row above, which breaks off: '台。'"


def test_a_row_without_the_cells_of_a_merged_one_is_moved(run: Run, tmp_path: Path) -> None:
    out, registry = imported(
        run, tmp_path, TABLE.replace("\t\t推广经验。\t同上\t无", "推广经验。\t甲局、乙局\t无")
    )
    assert items(registry) == ITEMS
    assert out.splitlines()[0] == "表.tsv:5:1: the row lacks 2 cells on the left; it is read so"
