"""Files as they come back: folders below, sheets beside, forms that people changed, empty words."""

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chengguo import load
from conftest import Run
from test_collect_doubts import DAY, book, plan, table, taken

__all__ = ["plan"]  # the fixture

Book = Any
ROW = 4  # of 1.1 in the form of 市科委


@pytest.fixture
def form(run: Run, plan: Path) -> Path:
    """A form of 市科委 in which 1.1 is in progress."""
    assert run("form", "-o", "填报", "--dept", "市科委", "--as-of", "2025-06-10").code == 0
    file = plan.parent / "填报" / "市科委.xlsx"
    change(file, lambda book: put(book["填报"], I4="进行中", J4="八成"))
    return file


def change(file: Path, how: Callable[[Book], object]) -> None:
    made = openpyxl.load_workbook(file)
    how(made)
    made.save(file)


def put(sheet: Any, **cells: object) -> None:
    for name, value in cells.items():
        sheet[name] = value


# -- where they stand ----------------------------------------------------------------------------


def test_folders_below_are_read_and_files_are_named_by_them(run: Run, form: Path, plan: Path) -> None:
    for folder in ("市科委", ".git", "市科委/附件"):
        (form.parent / folder).mkdir()
    form.rename(form.parent / "市科委" / "表.xlsx")
    (form.parent / ".git" / "表.csv").write_text("编号,状态\n1.2,受阻\n", encoding="utf-8")
    (form.parent / "市科委/附件/照片.jpg").write_bytes(b"")
    (form.parent / "另.csv").write_text("编号,状态\n1.2,进行中\n", encoding="utf-8")
    if sys.platform != "win32":  # where not everybody may make one
        (form.parent / "回链").symlink_to(form.parent, target_is_directory=True)
    out = run("collect", "填报", *DAY).out
    assert "市科委/表.xlsx:填报!I4" in out
    assert "\n市科委/附件/照片.jpg: the file is none that is read here" in out
    assert ("  回链: the file is none that is read here" in out) is (sys.platform != "win32")
    assert taken(plan) == ["1.1", "1.2"]


def test_a_further_sheet_of_a_form_is_read_or_named(run: Run, form: Path, plan: Path) -> None:
    def add(made: Book) -> None:
        made.create_sheet("附表").append(["编号", "状态", "本期进展"])
        made["附表"].append(["1.2", "受阻", "资金不足"])
        made.create_sheet("说明").append(["1.10 另行报送", None, "见函"])
        made.create_sheet("空")
        hidden = made.create_sheet("藏")
        hidden.append(["编号", "状态"])
        hidden.append(["1.10", "受阻"])
        hidden.sheet_state = "hidden"

    change(form, add)
    outcome = run("collect", "填报", *DAY)
    assert "市科委.xlsx:附表!B2" in outcome.out
    why = "the sheet '说明' is none of the form, and is not taken: '1.10 另行报送 | 见函'"
    assert f"  市科委.xlsx:说明!A1: {why}" in outcome.out
    assert taken(plan) == ["1.1", "1.2"]
    assert [item.progress[0].by for item in load(plan).items if item.progress] == ["市科委", "市科委"]


def lose_hidden(made: Book) -> None:
    del made["_chengguo"]


SOUND: dict[str, tuple[Callable[[Book], object], str]] = {
    "its sheet is renamed": (lambda made: setattr(made["填报"], "title", "Sheet1"), "市科委.xlsx:Sheet1!I4"),
    "it is signed": (
        lambda made: put(made["填报"], A9="填报人：张三  联系电话：123", J9="审核人（签字）：", K9="李四"),
        "市科委.xlsx:填报!A9: the row has no number, and is not taken: '填报人：张三  联系电话：123 | 审核人",
    ),
    "its hidden sheet is lost": (lose_hidden, "市科委.xlsx:填报!I4"),
}


@pytest.mark.parametrize("case", SOUND)
def test_a_form_that_people_touched_is_taken(run: Run, form: Path, plan: Path, case: str) -> None:
    how, said = SOUND[case]
    change(form, how)
    outcome = run("collect", "填报", *DAY, "--strict")
    assert (outcome.code, outcome.err, said in outcome.out) == (0, "", True), outcome.out
    (entry,) = load(plan).items[0].progress
    assert (entry.note, entry.by) == ("八成", "市科委")
    assert outcome.out.endswith("has reported nothing in 2025-06: 市教委\n")  # which followed 市数据局
    assert (
        "0 reports taken, 1 recorded already, 0 doubts" in run("collect", "填报", "--date", "2025-06-21").out
    )


def test_a_form_that_was_saved_as_text_is_still_one(run: Run, form: Path, plan: Path) -> None:
    sheet = openpyxl.load_workbook(form)["填报"]
    with (form.parent / "市科委.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([[cell or "" for cell in row] for row in sheet.values])
    out = run("collect", "填报/市科委.csv", *DAY).out
    # The text may have lost a zero, but for what the row says of its item.
    assert "1 report taken, 0 recorded already, 0 doubts" in out
    assert load(plan).items[0].progress[0].by == "市科委"


LEFT: dict[str, tuple[Callable[[Book], object], str]] = {
    "a heading is renamed": (
        lambda made: put(made["填报"], J3="6月工作"),
        "J4: the column '6月工作' stands for none of the form, which had 本期进展; the row is left: '八成'",
    ),
    "words below the table": (
        lambda made: put(made["填报"], A9="1.2已完成，请予登记"),
        "A9: the row has no number, and is not taken: '1.2已完成，请予登记'",
    ),
    "a signature beside a report": (
        lambda made: put(made["填报"], A9="填报人：张三", I9="已完成"),
        "the form had no row 填报人：张三",
    ),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_people_wrote_elsewhere_in_a_form_is_a_doubt(run: Run, form: Path, case: str) -> None:
    how, said = LEFT[case]
    change(form, how)
    outcome = run("collect", "填报", *DAY, "--strict")
    assert (outcome.code, said in outcome.out) == (1, True), outcome.out
    assert ", 1 doubt" in outcome.out


def test_a_column_that_was_added_to_a_form_is_told_and_its_row_taken(
    run: Run, form: Path, plan: Path
) -> None:
    change(form, lambda made: put(made["填报"], O3="分管领导", O4="王五"))
    outcome = run("collect", "填报", *DAY, "--strict")
    assert (outcome.code, "O4: the column '分管领导' is none of a report" in outcome.out) == (0, True)
    assert taken(plan) == ["1.1"]


def test_a_form_that_is_blank_reports_nothing(run: Run, plan: Path) -> None:
    run("form", "-o", "填报", "--as-of", "2025-06-10")
    out = run("collect", "填报", *DAY).out
    assert "市科委.xlsx: nothing was filled in" in out
    assert out.splitlines()[-1] == "2 departments have reported nothing in 2025-05: 市科委, 市教委"
    assert taken(plan) == []


def test_a_blank_form_of_an_earlier_period_is_no_doubt(run: Run, form: Path, plan: Path) -> None:
    assert run("form", "填报/上期.xlsx", "--dept", "市科委", "--as-of", "2025-05-10").code == 0
    outcome = run("collect", "填报", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    assert (
        "\n上期.xlsx: the form is of 2025-05, made on 2025-05-10; forms of 2025-06 came back" in outcome.out
    )
    assert "1 report taken, 0 recorded already, 0 doubts" in outcome.out
    change(form.with_name("上期.xlsx"), lambda made: put(made["填报"], I5="进行中"))
    assert run("collect", "填报", *DAY, "--strict").code == 1
    assert taken(plan) == ["1.1"]


def test_evidence_beside_a_form_is_no_doubt_and_what_may_be_a_table_is(
    run: Run, form: Path, plan: Path
) -> None:
    for name in ("佐证.pdf", "照片.JPG"):
        form.with_name(name).write_bytes(b"x")
    outcome = run("collect", "填报", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    for name in ("佐证.pdf", "照片.JPG"):
        assert f"\n{name}: the file is none that is read here" in outcome.out
    assert "1 report taken, 0 recorded already, 0 doubts" in outcome.out
    form.with_name("旧表.xls").write_bytes(b"x")
    refused = run("collect", "填报", *DAY, "--strict")
    assert (refused.code, "  旧表.xls: the file is none that is read here" in refused.out) == (1, True)
    assert taken(plan) == ["1.1"]


@pytest.mark.parametrize(
    "total", [("合计", "", "", "共1项"), ("", "小 计", "1", ""), ("", "", "总计：", "1")]
)
def test_a_row_that_sums_up_is_told_and_is_no_doubt(run: Run, plan: Path, total: tuple[str, ...]) -> None:
    headings = ("编号", "重点任务", "状态", "本期进展")
    book(plan.with_name("a.xlsx"), headings, ("3.1", "数据", "进行中", "好"), total)
    outcome = run("collect", "a.xlsx", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    assert "a.xlsx:Sheet!A3: the row has no number, and is not taken: '" in outcome.out
    assert taken(plan) == ["3.1"]


# -- who reports, and when -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("市科委", ""),
        ("市科技局", ""),  # another name of it
        ("市教委", ""),  # it supports
        ("市科委、市教委", ""),
        ("市数据局", "1.1 is not an item of 市数据局"),
        ("市科萎", "no department '市科萎' in the register (Did you mean 市科委?)"),
    ],
)
def test_who_reports_is_a_department_of_the_item(run: Run, plan: Path, by: str, why: str) -> None:
    book(plan.with_name("a.xlsx"), ("编号", "状态", "填报单位"), ("1.1", "进行中", by))
    outcome = run("collect", "a.xlsx", *DAY, "--strict")
    assert (outcome.code, f"a.xlsx:Sheet!C2: {why}" in outcome.out) == ((1, True) if why else (0, False))


def test_a_table_that_is_taken_twice_changes_nothing(run: Run, plan: Path) -> None:
    table(plan, "3.1,进行中,好,", "1.2,进行中,甲,", "1.2,,乙,")
    assert "3 reports taken" in run("collect", "a.csv", *DAY).out
    before = plan.read_bytes()
    for day in ("2025-06-21", "2025-06-01"):
        assert "0 reports taken, 3 recorded already" in run("collect", "a.csv", "--date", day).out
    for words in (("--date", "2025-07-20"), ()):  # in another round, and without a day
        again = run("collect", "a.csv", *words).out
        assert "0 reports taken, 3 recorded already, 0 doubts" in again
        assert (
            "a.csv:2:2: 3.1: the same was recorded on 2025-06-20, and is not again; "
            "if it is reported anew, write its day under 填报日期\n"
        ) in again
    assert plan.read_bytes() == before


def test_what_came_again_is_new_once_it_has_its_own_day(run: Run, plan: Path) -> None:
    """After another status nobody can tell whether it is so again, or a table was sent twice."""
    table(plan, "3.1,进行中,好,", "1.2,进行中,甲,")
    assert "2 reports taken" in run("collect", "a.csv", *DAY).out
    run("update", "3.1", "--status", "blocked", "--date", "2025-06-22")
    before = plan.read_bytes()
    for day in ("2025-06-24", "2025-07-20"):
        again = run("collect", "a.csv", "--date", day).out
        assert "0 reports taken, 1 recorded already, 1 doubt" in again
        assert (
            "  a.csv:2:2: 3.1: the same was reported on 2025-06-20, and blocked since, on 2025-06-22; "
            "if it is so again, write its day under 填报日期\n"
        ) in again
    assert plan.read_bytes() == before
    text = "编号,状态,进展情况,填报日期\n3.1,进行中,好,2025-07-18\n1.2,进行中,甲,2025-07-18\n"
    plan.with_name("a.csv").write_text(text, encoding="utf-8")
    assert "2 reports taken" in run("collect", "a.csv").out
    assert "2 recorded already" in run("collect", "a.csv").out


def test_a_last_report_that_was_written_over_has_its_own_day(run: Run, plan: Path) -> None:
    run("update", "3.1", "--status", "in_progress", "--note", "开工", "--date", "2025-06-10")
    run("export", "表.csv", "--as-of", "2025-06-12", LANG="zh_CN.UTF-8")
    file = plan.with_name("表.csv")
    text = file.read_text("utf-8-sig")
    assert "2025-06-10 开工" in text
    file.write_text(text.replace("2025-06-10 开工", "2025-06-18 过半"), encoding="utf-8")
    outcome = run("collect", "表.csv", *DAY)
    assert "1 report taken, 0 recorded already, 0 doubts" in outcome.out
    assert [(entry.date.isoformat(), entry.note) for entry in load(plan).items[-1].progress] == [
        ("2025-06-10", "开工"),
        ("2025-06-18", "过半"),
    ]
    file.write_text(text.replace("2025-06-10 开工", "2025-06-19 办结"), encoding="utf-8")
    assert "3.1: the note says '办结', and the status is empty" in run("collect", "表.csv", *DAY).out


@pytest.mark.parametrize("headings", ["编号,状态,最近进展", "编号,最近进展", "ID,status,last report"])
def test_columns_of_an_export_alone_are_read_as_in_it(run: Run, plan: Path, headings: str) -> None:
    run("update", "3.1", "--status", "in_progress", "--note", "开工", "--date", "2025-06-10")
    table = plan.with_name("表.csv")
    with_status = headings.count(",") > 1

    def collected(report: str) -> str:
        cells = ["3.1", *(["进行中"] if with_status else []), report]
        table.write_text(f"{headings}\n{','.join(cells)}\n", encoding="utf-8")
        return run("collect", "表.csv", *DAY).out

    assert "0 reports taken, 0 recorded already, 0 doubts" in collected("2025-06-10 开工")
    assert "1 report taken, 0 recorded already, 0 doubts" in collected("2025-06-18 过半")
    last = load(plan).items[-1].progress[-1]
    assert (last.date.isoformat(), last.note) == ("2025-06-18", "过半")
    assert "1 report taken" in collected("已进入调试")
    assert load(plan).items[-1].progress[-1].date.isoformat() == "2025-06-20"


# -- what says nothing, and what says too much ---------------------------------------------------


@pytest.mark.parametrize("note", ["已完成，平台上线", "已办结。", "取消：不再需要"])
def test_a_note_that_says_done_beside_an_empty_status_is_a_doubt(run: Run, plan: Path, note: str) -> None:
    table(plan, f"3.1,,{note},", "1.2,,完成方案起草，正在征求意见,")
    out = run("collect", "a.csv", *DAY).out
    assert f"a.csv:2:3: 3.1: the note says '{note[:3].rstrip('：')}', and the status is empty" in out
    assert taken(plan) == ["1.2"]


def test_what_says_that_there_is_nothing_is_no_report(run: Run, plan: Path) -> None:
    headings = ("编号", "状态", "本期进展", "存在问题", "下步措施", "佐证材料")
    book(
        plan.with_name("a.xlsx"),
        headings,
        ("3.1", "", "无", "/", "", "—"),
        ("1.2", "进行中", "好", "无。", "暂无", "无"),
    )
    outcome = run("collect", "a.xlsx", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("and the like report nothing, and are not taken") == 1
    assert taken(plan) == ["1.2"]
    (entry,) = load(plan).items[1].progress
    assert (entry.note, entry.problem, entry.next, entry.evidence) == ("好", None, None, ())


def test_lines_of_json_with_slips_are_told(run: Run, plan: Path) -> None:
    lines = ({"id": "3.1", "status": "done", "dat": "2025-06-01"}, {"id": "1.2", "status": "受阻", "x": 1})
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    outcome = run("update", "-", *DAY, stdin=text.encode("gb18030"))
    assert "  -:1:1: there is no key 'dat'; did you mean 'date'?" in outcome.out
    assert taken(plan) == ["1.2"]
    refused = run("collect", "-", stdin=b'[{"id": "3.1"}]')
    assert (refused.code, refused.err) == (
        1,
        "chengguo: - is a JSON list\n  hint: Write an object on each line.\n",
    )


def test_a_note_of_several_lines_is_shown_in_one(run: Run, plan: Path) -> None:
    line = {"id": "3.1", "status": "in_progress", "note": "上线\n\n二期"}
    out = run("collect", "-", *DAY, stdin=json.dumps(line).encode()).out
    assert "上线 二期" in out
    assert "\\n" not in out
    assert load(plan).items[-1].progress[0].note == "上线\n\n二期"


def test_an_export_of_a_day_before_an_extension_was_written_over_by_nobody(run: Run, plan: Path) -> None:
    run("extend", "3.1", "--to", "2025-12-31", "--reason", "x", "--date", "2025-09-01")
    run("export", "表.xlsx", "--as-of", "2025-07-01")
    outcome = run("import", "表.xlsx", "-o", "again.yaml")
    assert (outcome.code, "is not taken" in outcome.out + outcome.err) == (0, False)
    assert plan.with_name("again.yaml").exists()


def test_a_corrected_form_is_taken_as_the_doubt_says(run: Run, form: Path, plan: Path) -> None:
    assert "1 report taken" in run("collect", str(form), *DAY).out
    change(form, lambda book: put(book["填报"], I4="受阻", J4="缺钱"))
    before = plan.read_bytes()
    doubt = (
        "1.1: the form was made on 2025-06-10, and 市科委 reported on 2025-06-20 since; "
        "if this corrects that, write a later day under 完成日期, or record it: "
    )
    told = run("collect", str(form), "--date", "2025-06-21").out
    command = told.split(doubt)[1].split("\n")[0]
    assert command == "chengguo update 1.1 --status blocked --note TEXT --by 市科委"
    assert plan.read_bytes() == before
    words = command.replace("TEXT", "缺钱").split()[1:]
    assert run(*words, "--date", "2025-06-21").code == 0
    assert "1 recorded already, 0 doubts" in run("collect", str(form), "--date", "2025-06-21").out
    plan.write_bytes(before)
    change(form, lambda book: put(book["填报"], K4="2025-06-21"))
    assert "1 report taken, 0 recorded already, 0 doubts" in run("collect", str(form)).out
    assert load(plan).items[0].status == "blocked"


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2025-06-20", ""), ("2025-07-03", ""), ("2025-07-20", "2025-07"), ("2025-08-01", "2025-08")],
)
def test_a_form_that_comes_much_later_tells_for_which_round_it_counts(
    run: Run, form: Path, plan: Path, day: str, counted: str
) -> None:
    out = run("collect", str(form), "--date", day).out
    told = "市科委.xlsx: the form is of 2025-06; what it reports without a day counts for "
    assert (told in out) is bool(counted)
    assert not counted or f"{told}{counted}\n" in out
    silent = run(
        "depts", "--unreported", "--period", "2025-07", "--as-of", "2025-08-01", "--format", "json"
    ).out
    items = {each["name"]: each["unreported_items"] for each in json.loads(silent)["departments"]}["市科委"]
    assert ("1.1" not in items) is (counted == "2025-07")
    assert taken(plan) == ["1.1"]
