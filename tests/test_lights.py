"""Lights and thresholds belong to the office: a closed vocabulary, and four schemes worked out by hand."""

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from chengguo import load
from chengguo.model import Thresholds
from conftest import Run

HEAD = """\
format: 1
plan: {{title: 方案, years: 2025}}
departments: {{甲局: {{}}}}
sections: {{一: 第一部分}}
{table}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
"""
DAY = "2025-07-01"  # 181 of the 364 days from the first to the last of 2025
Item = tuple[str, str, str]  # schedule, status, reports


def write(folder: Path, table: str, items: Sequence[Item]) -> None:
    lines = [
        f"  - {{id: {number}, content: 内容, lead: [甲局], schedule: {schedule}, status: {status},"
        f" progress: [{progress}]}}"
        for number, (schedule, status, progress) in enumerate(items, 1)
    ]
    text = HEAD.format(table=table) + "\n".join(lines) + "\n"
    (folder / "tasks.yaml").write_text(text, encoding="utf-8")


def lights(run: Run, *words: str) -> list[str | None]:
    outcome = run("list", "--as-of", DAY, *words, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    items: list[dict[str, Any]] = json.loads(outcome.out)["items"]
    return [item["light"] and item["light"]["name"] for item in items]


def at(percent: int) -> str:
    return f"{{date: 2025-06-30, status: in_progress, percent: {percent}}}"


REPORTED = "{date: 2025-06-30, status: in_progress}"
BLOCKED = "{date: 2025-06-30, status: blocked}"
DONE = "{date: 2025-06-30, status: done}"
STAGES = "3月底前完成方案，12月底前建成"
MOVING = ("in_progress", REPORTED)

DEFAULT = [
    (("2025-06-30", *MOVING), "红"),
    (("2025-07-01", *MOVING), "黄"),
    (("2025-07-31", *MOVING), "黄"),
    (("2025-08-01", *MOVING), "绿"),
    (("2025-12-31", *MOVING), "绿"),
    (("2025-12-31", "pending", ""), "黄"),  # never reported on
    (("2025-12-31", "blocked", BLOCKED), "黄"),
    (("2025-06-29", "blocked", BLOCKED), "红"),
    (("2025-06-30", "done", DONE), "绿"),
    (("2025-06-29", "done", DONE), "绿"),  # done late
    ((STAGES, *MOVING), "红"),
    ((STAGES, "in_progress", "{date: 2025-03-30, milestone: 1, status: done}"), "绿"),  # 93 days: stale
    ((STAGES, "done", DONE), "绿"),
    (("持续推进", *MOVING), "绿"),
    (("持续推进", "pending", ""), "黄"),
    (("持续推进", "blocked", BLOCKED), "黄"),
    (("每月28日前", "in_progress", "{date: 2025-06-27, period: 2025-06, status: done}"), "红"),
    (("每年12月底前", *MOVING), "绿"),
    (("每年7月底前", *MOVING), "黄"),
    (("2025-06-30", "cancelled", "{date: 2025-06-30, status: cancelled}"), "绿"),
]

A = """\
lights:
  红: {when: [overdue, missed], color: red, shape: ■}
  黄: {when: [due within 3d], color: yellow, shape: ▲}
  绿: {color: green, shape: ●}"""
OF_A = [
    (("2025-06-01", *MOVING), "红"),
    (("2025-06-29", *MOVING), "红"),
    (("2025-06-30", *MOVING), "红"),
    (("2025-07-01", *MOVING), "黄"),
    (("2025-07-02", *MOVING), "黄"),
    (("2025-07-03", *MOVING), "黄"),
    (("2025-07-04", *MOVING), "黄"),
    (("2025-07-05", *MOVING), "绿"),
    (("2025-07-31", *MOVING), "绿"),
    (("2025-12-31", "pending", ""), "绿"),
    (("2025-12-31", "blocked", BLOCKED), "绿"),
    (("2025-06-30", "done", DONE), "绿"),
    (("2025-07-02", "done", DONE), "绿"),
    (("2025-06-20", "cancelled", "{date: 2025-06-30, status: cancelled}"), "绿"),
    (("持续推进", *MOVING), "绿"),
    ((STAGES, *MOVING), "红"),
    (("7月4日前完成方案，12月底前建成", *MOVING), "黄"),
    (("7月5日前完成方案，12月底前建成", *MOVING), "绿"),
    (("每年7月3日前", *MOVING), "黄"),
    (("每年6月30日前", *MOVING), "红"),
]

B = """\
lights:
  红: {when: [逾期], color: red, shape: ■}
  黄: {when: [behind over 0], color: yellow, shape: ▲}
  蓝: {when: [15天内到期], color: blue, shape: ◆}
  绿: {color: green, shape: ●}"""
OF_B = [
    (("2025-06-30", "in_progress", at(99)), "红"),
    (("2025-06-30", "in_progress", at(100)), "红"),
    (("2025-06-30", "pending", ""), "红"),
    (("2025-06-30", "done", DONE), "绿"),
    (("2025-12-31", "in_progress", at(49)), "黄"),  # 181 of 364 days: 49.7
    (("2025-12-31", "in_progress", at(50)), "绿"),
    (("2025-12-31", "in_progress", at(100)), "绿"),
    (("2025-12-31", "in_progress", REPORTED), "黄"),
    (("2025-12-31", "pending", ""), "黄"),
    (("2025-07-01", "in_progress", at(99)), "黄"),  # all of its time has gone
    (("2025-07-01", "in_progress", at(100)), "蓝"),
    (("2025-07-16", "in_progress", at(92)), "黄"),  # 181 of 196 days: 92.3
    (("2025-07-16", "in_progress", at(93)), "蓝"),
    (("2025-07-17", "in_progress", at(92)), "绿"),  # 181 of 197 days: 91.9
    (("2025-07-17", "in_progress", at(91)), "黄"),
    (("持续推进", "in_progress", REPORTED), "绿"),
    (("持续推进", "pending", ""), "绿"),
    (("2025-12-31", "blocked", f"{at(60)}, {BLOCKED}"), "绿"),
    (("2025-12-31", "blocked", f"{at(40)}, {BLOCKED}"), "黄"),
    (("2025-12-31", "cancelled", "{date: 2025-06-30, status: cancelled}"), "绿"),
]

C = """\
lights:
  红: {when: [逾期超过30天], color: red, shape: ■}
  橙: {when: [late over 10d], color: orange, shape: ◆}
  蓝: {when: [late 1d], color: blue, shape: ▲}
  绿: {color: green, shape: ●}"""
OF_C = [
    (("2025-07-02", *MOVING), "绿"),
    (("2025-07-01", *MOVING), "绿"),
    (("2025-06-30", *MOVING), "蓝"),
    (("2025-06-29", *MOVING), "蓝"),
    (("2025-06-22", *MOVING), "蓝"),
    (("2025-06-21", *MOVING), "蓝"),  # ten days
    (("2025-06-20", *MOVING), "橙"),
    (("2025-06-10", *MOVING), "橙"),
    (("2025-06-01", *MOVING), "橙"),  # thirty days
    (("2025-05-31", *MOVING), "红"),
    (("2025-01-31", *MOVING), "红"),
    (("2025-05-31", "done", DONE), "绿"),
    (("2025-06-20", "pending", ""), "橙"),
    (("2025-06-20", "blocked", BLOCKED), "橙"),
    (("2025-06-20", "cancelled", "{date: 2025-06-30, status: cancelled}"), "绿"),
    (("持续推进", *MOVING), "绿"),
    (("6月25日前完成方案，12月底前建成", *MOVING), "蓝"),
    (("6月15日前完成方案，12月底前建成", *MOVING), "橙"),
    (("3月底前完成方案，6月25日前启动，12月底前建成", *MOVING), "红"),
    (("每年6月30日前", *MOVING), "蓝"),
]

D = """\
lights:
  红: {when: [behind over 30], color: red, shape: ■}
  黄: {when: [落后10个百分点], color: yellow, shape: ▲}
  绿: {color: green, shape: ●}"""
HALF = "2025-12-29"  # 181 of 362 days: 50
OF_D = [
    ((HALF, "in_progress", at(100)), "绿"),
    ((HALF, "in_progress", at(50)), "绿"),
    ((HALF, "in_progress", at(41)), "绿"),
    ((HALF, "in_progress", at(40)), "黄"),  # ten points
    ((HALF, "in_progress", at(39)), "黄"),
    ((HALF, "in_progress", at(20)), "黄"),  # thirty points
    ((HALF, "in_progress", at(19)), "红"),
    ((HALF, "in_progress", at(0)), "红"),
    ((HALF, "in_progress", REPORTED), "红"),
    ((HALF, "pending", ""), "红"),
    ((HALF, "blocked", f"{at(45)}, {BLOCKED}"), "绿"),
    ((HALF, "done", DONE), "绿"),
    ((HALF, "cancelled", "{date: 2025-06-30, status: cancelled}"), "绿"),
    (("2025-07-01", "in_progress", at(91)), "绿"),
    (("2025-07-01", "in_progress", at(90)), "黄"),
    (("2025-07-01", "in_progress", at(70)), "黄"),
    (("2025-07-01", "in_progress", at(69)), "红"),
    (("2025-03-31", "in_progress", at(95)), "绿"),  # its time has gone: a hundred planned
    (("2025-03-31", "in_progress", at(80)), "黄"),
    (("持续推进", "in_progress", at(0)), "绿"),
]


@pytest.mark.parametrize(
    ("table", "items"), [("", DEFAULT), (A, OF_A), (B, OF_B), (C, OF_C), (D, OF_D)], ids=["", *"abcd"]
)
def test_a_scheme_gives_each_item_the_light_that_was_worked_out(
    run: Run, tmp_path: Path, table: str, items: list[tuple[Item, str]]
) -> None:
    assert len(items) == 20
    assert len(table.splitlines()) <= 10
    write(tmp_path, table, [item for item, _light in items])
    assert run("validate", "--ignore", "D404") == (0, "tasks.yaml: no findings\n", "")
    found = lights(run)
    assert list(zip(items, found, strict=True)) == [((item, light), light) for item, light in items]


def test_light_chooses_and_show_says_why(run: Run, tmp_path: Path) -> None:
    write(tmp_path, C, [item for item, _light in OF_C])
    assert lights(run, "--light", "橙") == ["橙"] * sum(light == "橙" for _item, light in OF_C)
    shown = run("show", "1.7", "--as-of", DAY).out
    assert "◆ 橙: late over 10d (11)" in shown
    assert "● 绿: no condition above it holds" in run("show", "1.1", "--as-of", DAY).out
    outcome = run("list", "--light", "紫")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "chengguo: --light: there is no light '紫'\n  hint: Lights: 红, 橙, 蓝, 绿.\n"


def test_show_says_why_in_either_language_where_the_office_has_no_lights(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "", [item for item, _light in DEFAULT])
    assert "▲ 黄: unreported\n" in run("show", "1.6", "--as-of", DAY).out
    assert "▲ 黄：未报告\n" in run("show", "1.6", "--as-of", DAY, LANGUAGE="zh_CN").out
    assert "■ 红：节点逾期\n" in run("show", "1.11", "--as-of", DAY, LANGUAGE="zh_CN").out


def test_lights_stand_in_tables_in_word_and_shape(run: Run, tmp_path: Path) -> None:
    write(tmp_path, C, [item for item, _light in OF_C])
    assert "■ 红" in run("list", "--as-of", DAY).out
    assert "■ 红" in run("list", "--as-of", DAY, "--format", "md").out
    assert "\x1b[31m■ 红" in run("list", "--as-of", DAY, "--color", "always").out
    assert run("list", "--as-of", DAY, "--format", "csv", "--columns", "light").out.split()[1] == "绿"


def test_thresholds_are_the_offices(run: Run, tmp_path: Path) -> None:
    table = "alerts: {due_soon: 3d, stale: 10天}"
    write(tmp_path, table, [("2025-07-04", *MOVING), ("2025-07-05", *MOVING)])

    def alerts(day: str) -> list[str | None]:
        items = json.loads(run("list", "--as-of", day, "--format", "json").out)["items"]
        return [item["alert"] for item in items]

    assert alerts("2025-07-01") == ["due_soon", None]
    assert alerts("2025-07-10") == ["overdue", "overdue"]
    write(tmp_path, table, [("2025-12-31", *MOVING)])
    assert (alerts("2025-07-10"), alerts("2025-07-11")) == ([None], ["stale"])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("alerts: {due_soon: soon}", "S204 'soon' cannot stand here"),
        ("alerts: {late: 3d}", "S201 unknown key 'late'"),
        ("lights: {红: {when: [late]}}", "S204 'late' is no condition of a light"),
        ("lights: {红: {when: [overdue], color: pink}}", "S204 'pink' cannot stand here"),
    ],
)
def test_validate_checks_them(run: Run, tmp_path: Path, table: str, message: str) -> None:
    write(tmp_path, table, [("2025-12-31", *MOVING)])
    outcome = run("validate")
    assert outcome.code == 1
    assert message in outcome.out


@pytest.mark.parametrize("suffix", ["html", "md", "csv", "xlsx", "docx"])
def test_lights_stand_in_exports_in_word_shape_and_colour(run: Run, tmp_path: Path, suffix: str) -> None:
    write(tmp_path, C, [item for item, _light in OF_C])
    assert run("export", f"out.{suffix}", "--as-of", DAY).code == 0
    texts, tints = _exported(tmp_path / f"out.{suffix}")
    wanted = {"红": "■ 红", "橙": "◆ 橙", "蓝": "▲ 蓝", "绿": "● 绿"}
    assert [text.splitlines()[0] for text in texts] == [wanted[light] for _item, light in OF_C]
    colours = {"红": "B00000", "橙": "8A4B00", "蓝": "1F4E9E", "绿": "1E6B2E"}
    assert tints in ([], [colours[light] for _item, light in OF_C])
    assert bool(tints) is (suffix in {"html", "xlsx", "docx"})


def _exported(path: Path) -> tuple[list[str], list[str]]:
    """Give the alert of each item in an export, and the colour of its letters, if it has one."""
    if path.suffix == ".xlsx":
        sheet = pytest.importorskip("openpyxl").load_workbook(path).worksheets[0]
        cells = [row[8] for row in sheet.iter_rows(min_row=6)]
        return [str(cell.value) for cell in cells], [str(cell.font.color.rgb)[2:] for cell in cells]
    if path.suffix == ".docx":
        rows = pytest.importorskip("docx").Document(str(path)).tables[0].rows[2:]
        paragraphs = [row.cells[8].paragraphs[0] for row in rows]
        return [each.text for each in paragraphs], [str(each.runs[0].font.color.rgb) for each in paragraphs]
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        return [row["alert"] for row in csv.DictReader(io.StringIO(text))], []
    if path.suffix == ".md":
        rows = [line.split(" | ")[8] for line in text.splitlines() if "甲局" in line]
        return [row.replace("<br>", "\n") for row in rows], []
    letters = dict(re.findall(r"\.(\w+) { color: #(\w+);", text))
    cells = re.findall(r'<td class="alert (\w+)">([^<]*)</td>', text)
    return [text for _name, text in cells], [letters[name] for name, _text in cells]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_an_export_is_read_back_with_the_lights_of_the_office(run: Run, tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"alerts: {{stale: 45d}}\n{D}", [item for item, _light in OF_D])
    assert run("export", f"out.{suffix}", "--restorable", "--as-of", DAY).code == 0
    assert run("import", f"out.{suffix}", "-o", "back.yaml", "--force").code == 0
    before, after = load(tmp_path / "tasks.yaml"), load(tmp_path / "back.yaml")
    assert (before.alerts, before.lights) == (after.alerts, after.lights)
    assert after.alerts == Thresholds(due_soon=30, stale=45)
    assert [item.progress for item in before.items] == [item.progress for item in after.items]


def test_an_export_of_fewer_columns_is_read_back_without_a_loss(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write(tmp_path, "", [("2025-12-31", *MOVING)])
    assert run("export", "out.xlsx", "--as-of", DAY).code == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["进展记录"]
    assert {"节点", "期次", "完成比例"} < {cell.value for cell in sheet[1]}
    for heading in ("节点", "期次", "完成比例"):  # the form had none of them
        sheet.delete_cols([cell.value for cell in sheet[1]].index(heading) + 1)
    book.save(tmp_path / "out.xlsx")
    assert run("import", "out.xlsx", "-o", "back.yaml", "--force").code == 0
    assert load(tmp_path / "back.yaml").items[0].progress == load(tmp_path / "tasks.yaml").items[0].progress
