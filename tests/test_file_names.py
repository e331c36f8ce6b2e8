"""Files of departments: none has the name of another's, and none that somebody filled in is replaced."""

from pathlib import Path

import openpyxl
import pytest

from conftest import Run

LONG = "某" * 100  # characters, of three bytes each: no file system takes so many
NAMES = ("甲/乙", "甲:乙", "ABC局", "abc局", f"{LONG}一局", f"{LONG}二局")
FILES = ("甲_乙", "甲_乙-2", "ABC局", "abc局-2", "某" * 66, f"{'某' * 65}-2")
DAY = ("--as-of", "2025-07-01")
COMMANDS = {
    "form": (("form", "-o", "out"), "{}.xlsx"),
    "notice": (("notice", "out", "--eml"), "督办通知单-{}.docx"),
    "notice of an item": (("notice", "out", "--by", "item"), "督办通知单-{}-{}.1.docx"),
    "export": (("export", "out", "--by", "dept"), "{}.xlsx"),
}


@pytest.fixture(autouse=True)
def plan(tmp_path: Path) -> Path:
    lines = [
        *("format: 1", "plan: {title: 方案, table: 分工表, years: 2025}", "departments:"),
        *(f'  "{name}": {{}}' for name in NAMES),
        *("sections: {一: 甲}", "tasks:"),
    ]
    for number, name in enumerate(NAMES, 1):
        lines += [f"- id: {number}", "  section: 一", f"  title: 事{number}", "  items:", "  - id: 1"]
        lines += [f"    content: 办{number}", f'    lead: ["{name}"]', "    schedule: 2025年6月底前"]
        lines += ["    status: pending"]
    file = tmp_path / "tasks.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("command", COMMANDS)
def test_each_department_has_a_file_of_its_own(run: Run, tmp_path: Path, command: str) -> None:
    words, name = COMMANDS[command]
    for more in ((), ("--force",)):
        outcome = run(*words, *DAY, *more)
        assert outcome.code == 0, outcome.err
        assert outcome.err.splitlines()[0] == (
            "甲:乙 is too long for a file or another's too; its file is 甲_乙-2"
        )
        assert len(outcome.err.splitlines()) == 4
    made = {path.name for path in (tmp_path / "out").iterdir() if path.suffix != ".eml"}
    assert made == {name.format(file, number) for number, file in enumerate(FILES, 1)}
    assert all(len(each.encode()) <= 255 for each in made)


def test_a_department_alone_has_the_file_that_it_has_among_all(run: Run, tmp_path: Path) -> None:
    for words, name in (COMMANDS["form"], COMMANDS["export"]):
        assert run(*words, *DAY, "--dept", "甲:乙").code == 0
        assert [path.name for path in (tmp_path / "out").iterdir()] == [name.format("甲_乙-2")]
        (tmp_path / "out" / name.format("甲_乙-2")).unlink()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("is_folder", [False, True])
def test_nothing_is_begun_where_one_file_cannot_be_written(
    run: Run, tmp_path: Path, command: str, *, is_folder: bool
) -> None:
    words, name = COMMANDS[command]
    there = tmp_path / "out" / name.format(FILES[3], 4)
    there.mkdir(parents=True) if is_folder else there.parent.mkdir()
    if not is_folder:
        there.write_bytes(b"mine")
    outcome = run(*words, *DAY, *(["--force"] if is_folder else []))
    assert (outcome.code, outcome.out) == ((2, "") if is_folder else (1, ""))
    assert ("is a folder, not a file" if is_folder else "exists") in outcome.err
    assert [*(tmp_path / "out").iterdir()] == [there]


def test_a_form_that_was_filled_in_is_replaced_only_once_it_is_recorded(run: Run, tmp_path: Path) -> None:
    run("form", "-o", "填报", *DAY)
    file = tmp_path / "填报" / "甲_乙.xlsx"
    book = openpyxl.load_workbook(file)
    book["填报"]["I4"], book["填报"]["J4"] = "进行中", "八成"
    book.save(file)
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    refused = run("form", "-o", "填报", "--as-of", "2025-08-01", "--force")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"chengguo: 1 file was filled in, and not all of it is recorded: {Path('填报/甲_乙.xlsx')}\n"
        "  hint: Take them in with chengguo collect, or move them away; nothing was written.\n"
    )
    assert run("form", str(file), "--dept", "甲/乙", "--force").code == 1
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before
    assert run("collect", "填报", "--date", "2025-07-25").code == 0
    assert run("form", "-o", "填报", "--as-of", "2025-08-01", "--force").code == 0
    assert file.read_bytes() != before[file]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html", ".md"])
@pytest.mark.parametrize("more", [("--table-only",), ("--restorable",)])
def test_a_table_is_replaced_as_long_as_nobody_reported_in_it(
    run: Run, tmp_path: Path, suffix: str, more: tuple[str, ...]
) -> None:
    """What it says is no news once the registry has moved on: it said so itself when it was exported."""
    words = ("export", f"表{suffix}", *DAY, *more, "--lang", "zh")
    run("update", "2.1", "--status", "in_progress", "--note", "开工", "--date", "2025-06-03")
    assert run(*words).code == 0
    assert run(*words, "--force").code == 0
    run("update", "1.1", "2.1", "--status", "blocked", "--date", "2025-06-30")
    assert run(*words[:-1], "en", "--force").code == 0
    assert run(*words, "--force").code == 0
    text = (tmp_path / "tasks.yaml").read_text(encoding="utf-8")
    (tmp_path / "tasks.yaml").write_text(text.replace("content: 办1", "content: 办新事"), encoding="utf-8")
    outcome = run(*words, "--force")
    assert (outcome.code, outcome.err) == (0, "")


def test_tables_that_were_filled_in_are_replaced_only_once_they_are_recorded(
    run: Run, tmp_path: Path
) -> None:
    run("export", "表", "--by", "dept", *DAY)
    file = tmp_path / "表" / "甲_乙.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(row for row in range(5, 9) if sheet.cell(row, heads["ID"]).value == "1.1")
    sheet.cell(row, heads["status"]).value = "进行中"
    book.save(file)
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    again = ("export", "表", "--by", "dept", "--force", *DAY)
    for words in (again, ("export", str(file), "--force"), (*again, "--format", "xlsx", "--dept", "甲/乙")):
        refused = run(*words)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == (
            f"chengguo: 1 file was filled in, and not all of it is recorded: {Path('表/甲_乙.xlsx')}\n"
            "  hint: Take them in with chengguo collect, or move them away; nothing was written.\n"
        ).replace(
            str(Path("表/甲_乙.xlsx")), str(file) if words[1] == str(file) else str(Path("表/甲_乙.xlsx"))
        )
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before
    assert run("collect", "表", "--date", "2025-07-25").code == 0
    assert run(*again).code == 0
    assert file.read_bytes() != before[file]


@pytest.mark.parametrize(
    "words", [("form", "-o", "out"), ("export", "out", "--by", "dept")], ids=lambda words: words[0]
)
@pytest.mark.parametrize("kind", ["another", "broken", "headless"])
def test_what_is_no_form_and_no_table_of_ours_is_never_replaced(
    run: Run, tmp_path: Path, words: tuple[str, ...], kind: str
) -> None:
    """It may be the only copy of what a department wrote."""
    file = tmp_path / "out" / "甲_乙.xlsx"
    assert run("form", "-o", "out", *DAY).code == 0
    book = openpyxl.load_workbook(file)
    if kind == "headless":
        book["填报"].delete_rows(1, 3)
        book["填报"]["I1"], book["填报"]["J1"] = "已完成", "已办"
    else:
        del book["填报"], book["_chengguo"]
        book.create_sheet("说明")["A1"] = "已办好，见附件"
    book.save(file)
    if kind == "broken":
        file.write_bytes("不是表格".encode())
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    refused = run(*words, *DAY, "--dept", "甲/乙", "--force")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "chengguo: 1 file is no form and no table that was made here: 甲_乙.xlsx\n"
        "  hint: See what stands there, and move it away; nothing was written.\n"
    ).replace("甲_乙.xlsx", str(Path("out/甲_乙.xlsx")))
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before
    file.write_bytes(b"")
    assert run(*words, *DAY, "--dept", "甲/乙", "--force").code == 0
