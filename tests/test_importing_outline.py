"""Two levels of sections, and rows under a task, from whatever a table or a document has for them."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest

import reading_tables
from chengguo import load
from conftest import Run

TITLE = "某市2026年重点工作任务分解表"
WHO = "区发改局,6月底"
# Of each row the sections that it stands in, the title of its task and what is to be done.
ROWS = [
    ("产业/制造", "育企业"),
    ("产业/制造", "建平台"),
    ("产业/服务", "树品牌"),
    ("城乡/更新", "改街区"),
]


def outline(path: Path) -> list[tuple[str, str]]:
    """Return the sections that each task stands in, and its title."""
    registry = load(path / "tasks.yaml")
    titles = {each.id: each.title for each in registry.sections}
    above = {each.id: titles[each.upper] for each in registry.sections if each.upper}
    return [
        ("/".join(filter(None, (above.get(task.section), titles[task.section]))), task.title)
        for task in registry.tasks
    ]


def columns(header: str, *, filled: bool = False) -> str:
    """Return a table whose columns name the levels; what is merged in print stands once, or in each row."""
    lines, before = [TITLE, f"{header},责任单位,时限"], ["", ""]
    for names, title in ROWS:
        own = names.split("/")
        shown = [name if filled or own[: at + 1] != before[: at + 1] else "" for at, name in enumerate(own)]
        lines.append(f"{','.join(shown)},{title},{WHO}")
        before = own
    return "\n".join(lines)


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize(
    "header",
    [
        "一级任务,二级任务,三级任务",
        "一级任务,二级任务,具体任务",
        "重点领域,重点方向,重点任务",
        "大类,小类,任务",
        "一级指标,二级指标,工作任务",
        "领域,子类,工作事项",
        "一级分类,二级分类,任务名称",
    ],
)
def test_columns_name_two_levels(run: Run, tmp_path: Path, header: str, filled: bool) -> None:  # noqa: FBT001
    (tmp_path / "表.csv").write_text(columns(header, filled=filled), encoding="utf-8")
    assert run("import", "表.csv").code == 0
    assert outline(tmp_path) == ROWS


def test_a_second_level_with_measures_below_it_is_the_task(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text(columns("一级任务,二级任务,具体措施"), encoding="utf-8")
    assert run("import", "表.csv").code == 0
    assert outline(tmp_path) == [("产业", "制造"), ("产业", "服务"), ("城乡", "更新")]


def test_a_word_over_two_columns_is_of_the_task_and_of_what_it_asks(run: Run, tmp_path: Path) -> None:
    text = f"{TITLE}\n序号,重点任务及内容,,责任单位,时限\n1,制造,育企业,{WHO}\n,制造,建平台,{WHO}\n"
    (tmp_path / "表.csv").write_text(text, encoding="utf-8")
    assert run("import", "表.csv").code == 0
    (task,) = load(tmp_path / "tasks.yaml").tasks
    assert (task.title, [item.content for item in task.items]) == ("制造", ["育企业", "建平台"])


NUMBERS = {
    "parts": ("第一部分 产业", "一、制造", "1", "2", "二、服务", "3", "第二部分 城乡", "一、更新", "4"),
    "brackets": ("一、产业", "（一）制造", "1", "2", "（二）服务", "3", "二、城乡", "（一）更新", "4"),
    "cells": ("一|产业", "（一）|制造", "1", "2", "（二）|服务", "3", "二|城乡", "（一）|更新", "4"),
    "headline": ("产业", "一、制造", "1", "2", "二、服务", "3", "城乡", "一、更新", "4"),
}


@pytest.mark.parametrize("numbers", NUMBERS)
def test_rows_of_a_table_name_two_levels(run: Run, tmp_path: Path, numbers: str) -> None:
    tasks = {str(at): f"{at},{title},{WHO}" for at, (_section, title) in enumerate(ROWS, 1)}
    lines = (
        tasks.get(each) or f"{each.replace('|', ',')}{',' * (3 - each.count('|'))}"
        for each in NUMBERS[numbers]
    )
    (tmp_path / "表.csv").write_text("\n".join([TITLE, "序号,任务,责任单位,时限", *lines]), encoding="utf-8")
    assert run("import", "表.csv").code == 0
    assert outline(tmp_path) == ROWS


@pytest.mark.parametrize("filled", [True, False])
def test_rows_name_the_second_level_beside_a_column_of_the_first(
    run: Run,
    tmp_path: Path,
    filled: bool,  # noqa: FBT001
) -> None:
    rows = (
        *(("产业", "一", "制造", ","), ("产业", "1", "育企业", WHO), ("产业", "2", "建平台", WHO)),
        *(("产业", "二", "服务", ","), ("产业", "3", "树品牌", WHO)),
        *(("城乡", "一", "更新", ","), ("城乡", "4", "改街区", WHO)),
    )
    begun = {("产业", "一", "制造", ","), ("城乡", "一", "更新", ",")}
    lines = (",".join((row[0] if filled or row in begun else "", *row[1:])) for row in rows)
    (tmp_path / "表.csv").write_text("\n".join([TITLE, "板块,序号,任务,责任单位,时限", *lines]), "utf-8")
    assert run("import", "表.csv").code == 0
    assert outline(tmp_path) == ROWS


UNDER = {
    "dots": ("1", "1.1", "1.2", "2", "2.1"),
    "hyphens": ("1", "1-1", "1-2", "2", "2-1"),
    "brackets": ("1", "（1）", "（2）", "2", "（1）"),
    "rings": ("1", "①", "②", "2", "①"),
    "half brackets": ("1", "1)", "2)", "2", "1)"),
}


@pytest.mark.parametrize("numbers", UNDER)
def test_rows_are_numbered_under_one_that_does_not_say_who(run: Run, tmp_path: Path, numbers: str) -> None:
    titles = (("制造", ","), ("育企业", WHO), ("建平台", WHO), ("更新", ","), ("改街区", WHO))
    rows = (f"{number},{title},{who}" for number, (title, who) in zip(UNDER[numbers], titles, strict=True))
    (tmp_path / "表.csv").write_text("\n".join([TITLE, "序号,任务,责任单位,时限", *rows]), encoding="utf-8")
    outcome = run("import", "表.csv")
    assert "no schedule" not in outcome.out
    assert "the row is left out" not in outcome.out
    tasks = load(tmp_path / "tasks.yaml").tasks
    assert [(task.id, task.title, [item.content for item in task.items]) for task in tasks] == [
        (1, "制造", ["育企业", "建平台"]),
        (2, "更新", ["改街区"]),
    ]


def test_what_is_over_rows_that_others_are_under_is_a_section(run: Run, tmp_path: Path) -> None:
    rows = (
        "1,产业,,",
        "1.1,制造,,",
        f"1.1.1,育企业,{WHO}",
        f"1.1.2,建平台,{WHO}",
        "1.2,服务,,",
        f"1.2.1,树品牌,{WHO}",
    )
    (tmp_path / "表.csv").write_text("\n".join([TITLE, "序号,任务,责任单位,时限", *rows]), encoding="utf-8")
    assert "3:1: the row is read as a section: '产业'" in run("import", "表.csv").out
    assert outline(tmp_path) == [("产业", "制造"), ("产业", "服务")]
    assert [len(task.items) for task in load(tmp_path / "tasks.yaml").tasks] == [2, 1]


def test_tasks_with_contents_stand_in_a_section(run: Run, tmp_path: Path) -> None:
    rows = ("1,产业,,,", f"1.1,育企业,培育五家,{WHO}", f"1.2,建平台,建设两个,{WHO}")
    (tmp_path / "表.csv").write_text(
        "\n".join([TITLE, "序号,任务,内容,责任单位,时限", *rows]), encoding="utf-8"
    )
    assert run("import", "表.csv").code == 0
    assert outline(tmp_path) == [("产业", "育企业"), ("产业", "建平台")]


def page() -> bytes:
    table = "<table><tr><td>任务<td>责任单位<td>时限<tr><td>{}<td>区发改局<td>6月底</table>"
    parts = (f"<h3>{names.split('/')[1]}</h3>{table.format(title)}" for names, title in ROWS[1:])
    made = list(parts)
    return "".join([f"<h1>{TITLE}</h1><h2>产业</h2>", *made[:2], "<h2>城乡</h2>", made[2]]).encode()


def markdown() -> bytes:
    table = "\n\n|任务|责任单位|时限|\n|-|-|-|\n|{}|区发改局|6月底|\n\n"
    parts = [f"### {names.split('/')[1]}{table.format(title)}" for names, title in ROWS[1:]]
    return "".join([f"# {TITLE}\n\n## 产业\n\n", *parts[:2], "## 城乡\n\n", parts[2]]).encode()


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    for names, title in ROWS[1:]:
        upper, lower = names.split("/")
        if title != "树品牌":
            made.add_heading(upper, 1)
        made.add_heading(lower, 2)
        grid = made.add_table(2, 3)
        for row, texts in zip(
            grid.rows, (("任务", "责任单位", "时限"), (title, "区发改局", "6月底")), strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


MEDIA = {"表.html": page, "表.md": markdown, "表.docx": document}


@pytest.mark.parametrize("name", MEDIA)
def test_headings_over_tables_are_sections(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(MEDIA[name]())
    assert run("import", name).code == 0
    assert outline(tmp_path) == ROWS[1:]


@pytest.mark.parametrize("name", reading_tables.MEDIA)
@pytest.mark.parametrize("line", ["（一）强化组织。各单位要高度重视。", "一、强化组织。各单位抓好落实"])
def test_a_paragraph_above_a_table_is_no_section_and_is_told(
    run: Run, tmp_path: Path, name: str, line: str
) -> None:
    rows = [[TITLE], [line], ["任务", "责任单位", "时限"], ["育企业", *WHO.split(",")]]
    _items, told = reading_tables.read(
        run, tmp_path, name, reading_tables.MEDIA[name](rows), "任务责任单位时限"
    )
    assert line.split("。")[1] in told
    ((section, title),) = outline(tmp_path)
    assert (title, "强化组织" in section) == ("育企业", False)


def test_paragraphs_of_two_levels_have_tasks_with_titles(run: Run, tmp_path: Path) -> None:
    who = "（责任单位：区发改局；6月底前）"
    lines = [
        *(
            "某市2026年工作方案",
            "一、产业",
            "（一）制造",
            f"1.育企业。新增五家。{who}",
            f"2.建平台。新建两个。{who}",
        ),
        *("（二）服务", f"3.树品牌。做好宣传。{who}", "二、城乡", "（一）更新", f"4.改街区。修好三条。{who}"),
    ]
    (tmp_path / "方案.txt").write_text("\n".join(lines), encoding="utf-8")
    assert "left out" not in run("import", "方案.txt").out
    assert outline(tmp_path) == ROWS


def test_a_heading_above_the_table_of_each_sheet_is_a_section_of_that(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, heading, task in (
        ("公开", "一、政务公开类", "公开预算"),
        ("解读", "二、政策解读类", "制作图解"),
    ):
        page = book.create_sheet(sheet)
        for row in ([heading], ["序号", "任务", "责任单位", "时限"], ["1", task, "市甲局", "9月底前"]):
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    reading_tables.read(run, tmp_path, "表.xlsx", stream.getvalue(), "序号任务责任单位时限一二、1")
    sections = load(tmp_path / "tasks.yaml").sections
    assert [each.title for each in sections] == ["公开", "政务公开类", "解读", "政策解读类"]


def test_numbers_in_full_stand_over_those_of_tasks(run: Run, tmp_path: Path) -> None:
    text = (
        "某縣114年重點工作分工\n壹、減災\n一、檢修水門30處。（主辦：水利處；期程：4月底前）\n"
        "貳、整備\n二、辦理演習1場。（主辦：消防局；期程：6月）\n"
    )
    found, _told = reading_tables.read(run, tmp_path, "表.txt", text, "主辦期程：、壹貳一二")
    assert [each[:1] + each[3:4] for each in found] == [("減災", "水利處"), ("整備", "消防局")]


def test_rows_of_one_number_are_parts_of_one_task(run: Run, tmp_path: Path) -> None:
    page = (
        f"<h1>{TITLE}</h1><table><tr><td>序号<td>重点任务<td>责任单位<td>完成时限"
        "<tr><td>1<td>建平台<td>区发改局<td>6月底前"
        "<tr><td rowspan=2>2<td>建渠<td rowspan=2>区水务局<td>5月底前<tr><td>清淤<td>12月底前"
        "<tr><td>3<td>植树<td>区林业局<td>3月底前</table>"
    )
    (tmp_path / "表.html").write_text(page, encoding="utf-8")
    told = run("import", "表.html").out
    registry = load(tmp_path / "tasks.yaml")
    assert [(item.address, item.content, item.lead, item.schedule.wording) for item in registry.items] == [
        ("1.1", "建平台", ("区发改局",), "6月底前"),
        ("2.1", "建渠", ("区水务局",), "5月底前"),
        ("2.2", "清淤", ("区水务局",), "12月底前"),
        ("3.1", "植树", ("区林业局",), "3月底前"),
    ]
    assert "it has the number of the row above, and is a part of its task" in told
    assert "gets" not in told


@pytest.mark.parametrize("second", ["2,清淤,区水务局,", "/,清淤,区水务局,12月"])
def test_a_row_of_the_number_of_one_that_is_left_out_is_a_task_of_its_own(
    run: Run, tmp_path: Path, second: str
) -> None:
    (tmp_path / "表.csv").write_text(
        f"{TITLE}\n序号,重点任务,责任单位,完成时限\n1,建平台,区发改局,6月\n{second[0]},建渠,/,5月\n{second}\n",
        encoding="utf-8",
    )
    told = run("import", "表.csv").out
    assert [item.address for item in load(tmp_path / "tasks.yaml").items] == ["1.1", "2.1"]
    assert "is a part of its task" not in told
