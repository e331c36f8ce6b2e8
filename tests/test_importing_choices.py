"""Which table or sheet is imported, what each row is taken for, and what is shown to whoever waits."""

import io
import json
import time
from pathlib import Path

import openpyxl
import pytest

from chengguo import load
from conftest import Run

HEAD = "序号,重点任务,责任单位,完成时限"
TWO = f"""\
某市2025年重点工作任务
一、城建类
{HEAD}
1,建设平台,市甲局,6月底前
二、民生类
{HEAD}
1,修缮校舍,市乙局,9月底前
{HEAD}
2,改造食堂,市丙局,12月底前
抄送：市委办。
"""
PAGE = "<h1>某市2025年重点工作任务</h1>" + "".join(
    f"<p>附表{number}：{name}</p><table><tr><td>重点任务<td>责任单位<td>完成时限<tr><td>{what}<td>市甲局<td>6月</table>"
    for number, (name, what) in enumerate((("城建类", "建设平台"), ("民生类", "修缮校舍")), 1)
)


def contents(folder: Path) -> list[str]:
    return [item.content for item in load(folder / "tasks.yaml").items]


@pytest.mark.parametrize(("name", "text"), [("表.csv", TWO), ("表.html", PAGE)])
@pytest.mark.parametrize("table", ["2", "民生"])
def test_one_of_several_tables_is_chosen(run: Run, tmp_path: Path, name: str, text: str, table: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = run("import", name, "--table", table)
    assert (outcome.code, outcome.err) == (0, "")
    assert contents(tmp_path)[0] == "修缮校舍"
    assert "建设平台" not in (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    assert "rows of other tables are left out, for --table" in outcome.out


@pytest.mark.parametrize(("table", "what"), [("3", "none of the tables"), ("类", "more than one table")])
def test_a_table_that_there_is_not_is_told_with_those_that_there_are(
    run: Run, tmp_path: Path, table: str, what: str
) -> None:
    (tmp_path / "表.csv").write_text(TWO, encoding="utf-8")
    outcome = run("import", "表.csv", "--table", table)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"--table {table} names {what} of" in outcome.err
    assert "hint: It has: 1 " in outcome.err
    assert "2 二、民生类." in outcome.err


def book() -> bytes:
    made = openpyxl.Workbook()
    for name, what, state in (("今年", "建设平台", "visible"), ("去年", "修缮校舍", "hidden")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["某市2025年重点工作任务"])
        sheet.append(HEAD.split(","))
        sheet.append(["1", what, "市甲局", "6月底前"])
    made.remove(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("sheet", ["去年", "2"])
def test_one_sheet_is_chosen_though_it_is_hidden(run: Run, tmp_path: Path, sheet: str) -> None:
    (tmp_path / "表.xlsx").write_bytes(book())
    outcome = run("import", "表.xlsx", "--sheet", sheet)
    assert (outcome.code, contents(tmp_path)) == (0, ["修缮校舍"])
    assert "表.xlsx: the sheet '今年' is left out, for --sheet\n" in outcome.out


def test_a_sheet_that_there_is_not(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(book())
    (tmp_path / "表.csv").write_text(TWO, encoding="utf-8")
    outcome = run("import", "表.xlsx", "--sheet", "明年")
    assert (outcome.code, outcome.out) == (2, "")
    assert "表.xlsx has no sheet '明年'\n  hint: It has: 1 今年; 2 去年.\n" in outcome.err
    assert "has no sheets" in run("import", "表.csv", "--sheet", "1").err


def test_explain_says_what_each_row_is_taken_for_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text(TWO, encoding="utf-8")
    outcome = run("import", "表.csv", "--explain", "--format", "json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["schema"]) == (0, "chengguo/explain-import/1")
    assert [(row["line"], row["kind"]) for row in found["rows"]] == [
        (1, "title"),
        (2, "section"),
        (3, "header"),
        (4, "item"),
        (5, "section"),
        (6, "header"),
        (7, "item"),
        (8, "header"),
        (9, "item"),
        (10, "note"),
    ]
    whys = [row["why"] for row in found["rows"]]
    assert whys[2] == "its columns: 序号=number, 重点任务=title, 责任单位=lead, 完成时限=schedule"
    assert whys[3].startswith("1.1")
    assert whys[9] == "the row is left out: '抄送：市委办。'"
    assert not (tmp_path / "tasks.yaml").exists()
    assert "抄送：市委办。" in run("import", "表.csv", "--explain").out


PAGE = "<table><tr><td>任务<td>责任单位<tr><td>甲<td>市科委</table>"


@pytest.mark.parametrize(
    ("file", "words", "refused"),
    [
        (("表.csv", ""), ("--explain",), (1, "no words stand in the file")),
        (("表.html", "<h1></h1>"), ("--explain",), (1, "no words stand in the file")),
        (("表.txt", "今天天气很好。"), ("--table", "2"), (2, "It has no table.")),
        (("表.html", PAGE * 2), ("--table", "3"), (2, "It has: 1 任务 | 责任单位; 2 任务 | 责任单位.")),
        (("表.csv", "任务,责任单位\n"), ("--explain",), (1, "no row that could be read")),
        (("表.csv", "任务,责任单位\n甲,市科委\n"), ("--dry-run",), (2, "--dry-run goes with --into")),
        (
            ("表.csv", "任务,责任单位\n甲,市科委\n"),
            ("--into", "无.yaml", "--dry-run"),
            (2, "there is no file"),
        ),
    ],
)
def test_an_odd_file_is_refused_in_one_message(
    run: Run, tmp_path: Path, file: tuple[str, str], words: tuple[str, ...], refused: tuple[int, str]
) -> None:
    (name, text), (code, said) = file, refused
    (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = run("import", name, *words)
    assert outcome.code == code
    assert said in outcome.err
    assert outcome.err.startswith("chengguo: ")
    assert outcome.err.count("chengguo: ") == outcome.err.count("hint: ") == 1
    assert ("任务" in outcome.out) == ("no row that could be read" in said)


def test_explain_shows_the_rows_where_no_table_is_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_text("某市工作\n甲,乙\n1,2\n", encoding="utf-8")
    outcome = run("import", "表.csv", "--explain")
    assert outcome.code == 1
    assert "甲 | 乙" in outcome.out
    assert "no table with columns that are known was found" in outcome.err


def test_whoever_waits_sees_a_bar_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    from chengguo.output import waiting

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(waiting, "_PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    for stream, is_shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        with waiting.waiting("reading 表.xlsx"):
            end = time.monotonic() + 5
            while is_shown and "reading" not in stream.getvalue() and time.monotonic() < end:
                time.sleep(0.01)
        assert ("reading 表.xlsx" in stream.getvalue()) is is_shown


def test_equal_doubts_are_told_at_their_first_places_and_counted(run: Run, tmp_path: Path) -> None:
    rows = "".join(
        f"{count},事项{count},{'市科委' if count == 1 else ''},6月底前\n" for count in range(1, 31)
    )
    (tmp_path / "表.csv").write_text(f"序号,任务,责任单位,时限\n{rows}", encoding="utf-8")
    lines = run("import", "表.csv", "--title", "某市2026年方案").out.splitlines()
    why = "the cell is empty; taken from the row above"
    assert [line for line in lines if line.endswith(why)] == [
        *(f"表.csv:{line}:3: {why}" for line in range(3, 23)),
        f"表.csv: 9 more places: {why}",
    ]
    assert lines[-1].endswith(" 29 doubts")
    found = json.loads(run("import", "表.csv", "--title", "方案", "--force", "--format", "json").out)
    assert sum(doubt["why"] == why for doubt in found["doubts"]) == 29


def test_no_more_than_a_thousand_doubts_are_told_on_the_screen(run: Run, tmp_path: Path) -> None:
    notes = "".join(f"注：说明{count},,,\n" for count in range(1002))
    (tmp_path / "表.csv").write_text(f"序号,任务,责任单位,时限\n1,甲,市科委,6月\n{notes}", encoding="utf-8")
    lines = run("import", "表.csv", "--title", "某市2026年方案").out.splitlines()
    assert sum("the row is left out" in line for line in lines) == 1000
    assert "表.csv: and more doubts; --format json lists all" in lines
    assert lines[-1].endswith(" 1002 doubts")
