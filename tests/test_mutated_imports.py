"""Exports and tables that somebody has changed: never a fault, and no error that import did not tell."""

import io
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import docx
import openpyxl
import pytest

from conftest import Drills, Run

REGISTRY = """\
format: 1
plan: {title: 某市行动方案, table: 任务分工表, years: 2019-2021, issued: 2019-01-05}
departments:
  甲局: {full: 某市甲局, aliases: [甲, 老甲局], successor: 丙局, until: 2019-11}
  丙局: {}
  各县（市、区）: {group: true}
sections: {一: 部分, 二: 另一部分}
tasks:
- id: 1
  section: 一
  title: 第一项
  items:
  - id: 1
    content: "内容。\\n第二段\\u200b"
    lead: [甲局, 各县（市、区）]
    schedule: 适时
    due: 2019-12-31
    extensions:
    - {date: 2019-12-02, to: 2020年底, reason: 材料推迟, approved_by: 甲局}
    status: in_progress
    progress:
    - {date: 2019-05-01, status: in_progress, note: 已启动}
    - {date: 2019-06-01, note: 无变化}
  - {id: 2, content: 内容, lead: [甲局], support: [丙局], schedule: 3个月内, status: cancelled}
- id: 2
  section: 二
  title: 第二项
  items:
  - {id: 1, content: 建立机制。, lead: [丙局], schedule: 2020年底, status: pending}
- id: 3
  section: 二
  title: 第三项
  items:
  - {id: 1, content: 完善机制。, lead: [丙局], support: [甲局], schedule: 持续推进, status: done}
"""
WORDS = [
    *(
        "",
        "甲局",
        "丁局",
        "1",
        "1.1",
        "9",
        "一",
        "三",
        "序号",
        "分项",
        "方案",
        "格式",
        "chengguo 1",
        "chengguo 2",
    ),
    *(
        "2019-12-31",
        "2019-02-30",
        "2020年底",
        "pending",
        "已完成",
        "胡说",
        "=1+1",
        "是",
        "a: b",
        "- x",
        "'",
        '"',
        "#",
    ),
    *(
        "\\ud800",
        "\\U00110000",
        "\\x00",
        "已转写",
        "[",
        "{",
        "&a",
        "*a",
        "!!x",
        "\n",
        "甲、乙、丙",
        "：",
        "0",
        "-1",
    ),
]
VALUES: list[Any] = [*WORDS, 1, 1.5, -7, 10**15, True, None]


def mutated_workbook(data: bytes, random: Random) -> bytes:
    """Change a workbook as people do: cells, rows, columns and sheets come, go and get other words."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for _change in range(random.randint(1, 3)):
        sheet = random.choice(book.worksheets)
        row, column = random.randint(1, sheet.max_row + 1), random.randint(1, sheet.max_column + 1)
        cell = sheet.cell(random.choice((1, row)), column)
        if type(cell).__name__ == "MergedCell":
            continue
        changes: list[Callable[[], Any]] = [
            lambda: sheet.delete_rows(row),  # noqa: B023 - called at once
            lambda: sheet.insert_rows(row),  # noqa: B023
            lambda: sheet.delete_cols(column),  # noqa: B023
            lambda: sheet.insert_cols(column),  # noqa: B023
            lambda: setattr(cell, "value", random.choice(VALUES)),  # noqa: B023
            lambda: setattr(cell, "value", random.choice(VALUES)),  # noqa: B023
            lambda: sheet.append([random.choice(VALUES) for _ in range(random.randint(1, 8))]),  # noqa: B023
            lambda: setattr(sheet, "title", random.choice(("表", "部分2"))),  # noqa: B023
            lambda: setattr(sheet, "sheet_state", "hidden"),  # noqa: B023
            lambda: book.remove(sheet) if len(book.worksheets) > 1 else None,  # noqa: B023
            lambda: book.copy_worksheet(sheet),  # noqa: B023
        ]
        random.choice(changes)()
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def mutated_document(data: bytes, random: Random) -> bytes:
    """Change a document as people do."""
    document = docx.Document(io.BytesIO(data))
    for _change in range(random.randint(1, 3)):
        tables = [table for table in document.tables if table.rows]
        if not tables:
            break
        table = random.choice(tables)
        row = random.choice([table.rows[0], *table.rows])
        cells = row._tr.tc_lst
        cell = random.choice(cells) if cells else None
        changes: list[Callable[[], Any]] = [
            lambda: row._tr.getparent().remove(row._tr),  # noqa: B023 - called at once
            lambda: row._tr.addnext(deepcopy(row._tr)),  # noqa: B023
            lambda: table._tbl.getparent().remove(table._tbl),  # noqa: B023
            lambda: table._tbl.addnext(deepcopy(table._tbl)),  # noqa: B023
            lambda: cell is not None and row._tr.remove(cell),  # noqa: B023
            lambda: cell is not None and cell.addnext(deepcopy(cell)),  # noqa: B023
            lambda: _say(cell, random.choice(WORDS)),  # noqa: B023
            lambda: _say(cell, random.choice(WORDS)),  # noqa: B023
            lambda: [each._tr.tc_lst[-1:] and each._tr.remove(each._tr.tc_lst[0]) for each in table.rows],  # noqa: B023
            lambda: document.add_paragraph(random.choice(WORDS).replace("\0", "")),
        ]
        random.choice(changes)()
    changed = io.BytesIO()
    document.save(changed)
    return changed.getvalue()


def _say(cell: Any, words: str) -> None:
    """Put other words into a cell of a document."""
    texts = list(cell.iter("{*}t")) if cell is not None else []
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = words


def mutated_text(data: bytes, random: Random) -> bytes:
    """Change a text: pieces of it go, come twice, and get other characters."""
    text = data.decode()
    for _change in range(random.randint(1, 4)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((1, 1, 3, 20, 200)))
        piece = random.choice(
            ("", text[start:end] * 2, random.choice(WORDS), random.choice(",\t|<>\"'（）、\n\0\x0b\u2028"))
        )
        text = text[:start] + piece + text[end:]
    data = text.encode("utf-8", "replace")
    if random.random() < 0.1:
        place = random.randint(0, len(data))
        data = data[:place] + bytes([random.randint(0, 255)]) + data[place + 1 :]
    return data


PLAIN = {
    "表.csv": """\
某行动方案
序号,重点任务,主要内容,责任部门,配合部门,计划进度
1,第一项,"内容。
第二段",市科委、市教委（牵头）,市财政局等,2019年底
,,内容,市科委,,持续推进
2,第二项,建立机制。,各区,市教委,6月底前
""",
    "表.md": """\
# 某行动方案

| 序号 | 任务 | 责任单位 | 完成时限 |
|---|---|---|---|
| 1 | 一项<br>任务 | 市科委 | 2019年底 |
| 2 | 建立 | 市教委、市科委 | 2019年 |
""",
    "表.html": """\
<h1>某行动方案</h1><table>
<tr><th>序号<th>任务<th>责任单位<th>完成时限</tr>
<tr><td rowspan=2>1<td>一项<td>市科委<td rowspan=2>2019年底</tr>
<tr><td>又一项<td>市教委</tr><tr><td>2<td colspan=2>建立<td>x</tr></table>
""",
    "表.txt": """\
某行动方案
一、总体要求
1.加强领导。建立机制。（牵头单位：市科委；配合单位：市教委；完成时限：2019年底）
2.完善制度。（责任单位：市教委、各区）
二、保障
（一）落实责任。责任单位：市科委
""",
}


MUTATIONS: dict[str, Callable[[bytes, Random], bytes]] = {
    ".xlsx": mutated_workbook,
    ".docx": mutated_document,
}


def untold(run: Run, folder: Path, name: str, data: bytes) -> list[str]:
    """Import a file, which is no fault; give the errors of what was written that no doubt has told."""
    (folder / name).write_bytes(data)
    outcome = run("import", name, "--force", "--format", "json")
    assert outcome.code in {0, 1, 2}, outcome.err
    if outcome.code:
        return []
    told = " ".join(doubt["why"] for doubt in json.loads(outcome.out)["doubts"])
    found = json.loads(run("validate", "--format", "json", "tasks.yaml").out)["findings"]
    errors = [each for each in found if each["severity"] == "error"]
    # A wording that cannot be read is told as a doubt of its cell, in words of its own.
    return [each["message"] for each in errors if each["code"] != "D401" and each["message"] not in told]


@pytest.mark.parametrize("name", ["e.xlsx", "e.docx", *PLAIN])
def test_no_change_of_a_file_is_a_fault_or_an_error_untold(
    run: Run, tmp_path: Path, drills: Drills, name: str
) -> None:
    (tmp_path / "registry.yaml").write_text(REGISTRY, encoding="utf-8")
    if name not in PLAIN:
        assert run("export", "-f", "registry.yaml", name, "--as-of", "2019-10-01").code == 0
    data = PLAIN[name].encode() if name in PLAIN else (tmp_path / name).read_bytes()
    mutate = MUTATIONS.get(Path(name).suffix, mutated_text)
    times = 6 * drills.times
    lost = [seed for seed in range(times) if untold(run, tmp_path, name, mutate(data, Random(seed)))]  # noqa: S311
    drills.report(f"changed {Path(name).suffix}", times, len(lost))
    assert lost == []


CHANGES: dict[str, Callable[[Any], Any]] = {
    "a column inserted": lambda book: book.worksheets[0].insert_cols(2),
    "a column deleted": lambda book: book.worksheets[0].delete_cols(5),
    "a heading renamed": lambda book: _rename(book.worksheets[0], "责任部门", "责任单位"),
    "a heading unknown": lambda book: _rename(book.worksheets[0], "重点任务", "甲"),
    "a row of sections deleted": lambda book: book["部分"].delete_rows(2),
    "a register deleted": lambda book: book.remove(book["部门名册"]),
    "an escape that is none": lambda book: book["进展记录"].append(
        ["1.1", "2019-07-01", "", "\\U00110000\\ud800"]
    ),
    "a day that is none": lambda book: book["延期"].append(["1.1", "2019-02-30", "2021年底", "推迟", ""]),
}
SAID = {
    "a column inserted": (0, "columns of the official table were changed"),
    "a column deleted": (0, "columns of the official table were changed"),
    "a heading renamed": (0, "columns of the official table were changed"),
    "a heading unknown": (0, "columns of the official table were changed"),
    "a row of sections deleted": (0, "no section '一' in the list of sections"),
    "a register deleted": (0, "'甲局' is new in the register"),
    "an escape that is none": (0, "4 items read"),
    "a day that is none": (0, "the tables behind the official one were changed ("),
}


def _rename(sheet: Any, old: str, new: str) -> None:
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == old)
    cell.value = new


@pytest.mark.parametrize("change", CHANGES)
def test_an_export_that_was_changed_in_excel_says_what_became_of_it(
    run: Run, tmp_path: Path, change: str
) -> None:
    (tmp_path / "registry.yaml").write_text(REGISTRY, encoding="utf-8")
    assert run("export", "-f", "registry.yaml", "表.xlsx", "--as-of", "2019-10-01").code == 0
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    CHANGES[change](book)
    book.save(tmp_path / "表.xlsx")
    outcome = run("import", "表.xlsx")
    code, said = SAID[change]
    assert outcome.code == code, outcome.err
    assert said in outcome.out + outcome.err
