"""Columns of a table in which statuses and progress stand: kept beside, never taken for those of a form."""

from pathlib import Path

import openpyxl
import pytest

from chengguo import load
from conftest import Run

HEADINGS = ("序号", "任务", "牵头单位", "完成时限", "状态", "进展情况")
ROWS = (
    (1, "甲", "市财政局", "6月底", "已完成", "已印发"),
    (2, "乙", "市教育局", "9月底", "进行中", "推进中"),
)


@pytest.fixture
def ledger(tmp_path: Path, run: Run) -> str:
    """Import a table with statuses into a.yaml, and return what was said."""
    book = openpyxl.Workbook()
    assert book.active
    for row in (("2026年任务表",), HEADINGS, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "st.xlsx")
    outcome = run("import", "st.xlsx", "-o", "a.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def statuses(path: Path) -> list[str]:
    return [item.status.value for item in load(path).items]


def test_import_keeps_them_under_other_names_and_names_the_command_that_takes_them(
    run: Run, tmp_path: Path, ledger: str
) -> None:
    assert "columns kept as the office's own: 原表状态, 原表进展情况;" in ledger
    command = "chengguo collect st.xlsx --date DAY -f a.yaml"
    assert (
        f"no reports are made of 状态, 进展情况; to take them in as reports of a day: {command}\n" in ledger
    )
    assert run("validate", "a.yaml").out == "a.yaml: no findings\n"
    taken = run(*command.replace("DAY", "2026-07-01").split()[1:])
    assert (taken.code, taken.err) == (0, "")
    assert "2 reports taken, 0 recorded already, 0 doubts; 2 items of a.yaml changed" in taken.out
    assert statuses(tmp_path / "a.yaml") == ["done", "in_progress"]


@pytest.mark.parametrize("of", ["", "of: report"])
@pytest.mark.usefixtures("ledger")
def test_a_form_is_read_even_where_a_registry_has_such_columns(run: Run, tmp_path: Path, of: str) -> None:
    path = tmp_path / "a.yaml"
    text = path.read_text(encoding="utf-8").replace("原表状态: {}", f"状态: {{{of}}}")
    kept = (line for line in text.splitlines(keepends=True) if not (of and "原表状态: " in line))
    path.write_text("".join(kept).replace("原表", ""), encoding="utf-8", newline="")
    found = run("validate", "a.yaml")
    assert "S206 warning: '状态' is a column of reports" in found.out
    assert "hint: Call this one 原表状态, here and under 'extra:'." in found.out
    assert run("form", "a.xlsx", "--dept", "市财政局", "--as-of", "2026-07-01", "-f", "a.yaml").code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["填报"]
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    sheet.cell(4, heads["状态"]).value, sheet.cell(4, heads["本期进展"]).value = "已完成", "印发"
    book.save(tmp_path / "a.xlsx")
    taken = run("collect", "a.xlsx", "--date", "2026-07-01", "-f", "a.yaml")
    assert "1 report taken, 0 recorded already, 0 doubts; 1 item of a.yaml changed" in taken.out
    assert statuses(path) == ["done", "pending"]


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("name", ["状态", "原表状态"])
def test_one_is_left_out_by_the_name_of_the_table_or_the_one_that_it_is_kept_under(
    run: Run, tmp_path: Path, name: str
) -> None:
    told = run("import", "st.xlsx", "-o", "b.yaml", "--drop", name).out
    assert "columns kept as the office's own: 原表进展情况;" in told
    assert "原表状态" not in (tmp_path / "b.yaml").read_text(encoding="utf-8")
