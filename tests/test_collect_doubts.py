"""Rows that came back and cannot be sure: nothing of them is taken, and both sides are quoted."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from chengguo import load
from conftest import Run
from rounds import changed

TRAINING = """\
  - id: 10
    content: 组织培训
    lead: [市科委]
    schedule: 2025年6月底前
    status: pending
"""
PLAN = changed(
    ("市科委: {full: 某市科学技术委员会}", "市科委: {full: 某市科学技术委员会, aliases: [市科技局]}"),
    ("市数据局: {}", "市数据局: {until: 2025-03, successor: 市教委}"),
    ("平台一期", "平台一期，开放共享"),
    ("出台方案并组织实施", "出台方案"),
    ("3月底前出台方案，年底前完成", "2025年年底前"),
    ("- id: 2\n  section", f"{TRAINING}- id: 2\n  section"),
)
DAY = ("--date", "2025-06-20")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "tasks.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def book(path: Path, *rows: Sequence[object]) -> None:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    made.save(path)


def taken(file: Path) -> list[str]:
    return [item.address for item in load(file).items for _entry in item.progress]


# -- the item of a row ---------------------------------------------------------------------------

HEADINGS = ("编号", "重点任务主要内容", "牵头单位", "状态", "本期进展")


WORK = "建成平台一期，开放共享"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("1.1", "编制目录", "市数据局"), f"B2: 1.1: the row is about '编制目录', and the item is '{WORK}'"),
        (("1.1", "平台二期", ""), "B2: 1.1: the row is about '平台二期'"),
        (("1.1", WORK, "市教委"), "C2: 1.1: the row is of '市教委', and the item is led by '市科委'"),
        (("1.1", "", "某局"), "C2: 1.1: the row is of '某局'"),
        (("3.1", "数据", "市科委"), "C2: 3.1: the row is of '市科委'"),
    ],
)
def test_a_row_that_is_of_another_item_than_its_number_is_left_and_both_are_quoted(
    run: Run, plan: Path, tmp_path: Path, row: tuple[str, ...], why: str
) -> None:
    book(tmp_path / "a.xlsx", HEADINGS, (*row, "已完成", "好"))
    outcome = run("collect", "a.xlsx", *DAY)
    assert (outcome.code, f"  a.xlsx:Sheet!{why}" in outcome.out) == (0, True), outcome.out
    assert "0 reports taken, 0 recorded already, 1 doubt" in outcome.out
    assert run("collect", "a.xlsx", *DAY, "--strict").code == 1
    assert taken(plan) == []


@pytest.mark.parametrize(
    "row",
    [
        ("1.1", "建成 平台一期,开放共享。", "市科委"),  # printed otherwise
        ("1.1", "建成平台一期…", "某市科学技术委员会"),  # cut
        ("1.1", f"平台：{WORK}", "市科技局（牵头）、市教委"),
        ("1.1", "平台", ""),  # its title
        ("1.2", "", "市数据局"),  # one of two
        ("3.1", "编制目录", "市教委"),  # it took over from 市数据局
        ("1.10", "组织培训", "市科委"),
    ],
)
def test_a_row_that_says_its_item_in_other_words_is_taken(
    run: Run, plan: Path, tmp_path: Path, row: tuple[str, ...]
) -> None:
    book(tmp_path / "a.xlsx", HEADINGS, (*row, "进行中", "好"))
    outcome = run("collect", "a.xlsx", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    assert taken(plan) == [row[0]]
    assert "is none of a report" not in outcome.out


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_exported_row_of_another_content_is_left(
    run: Run, plan: Path, tmp_path: Path, suffix: str
) -> None:
    name = f"表.{suffix}"
    run("export", name, "--as-of", "2025-06-01", LANG="zh_CN.UTF-8")
    if suffix == "csv":
        text = (tmp_path / name).read_text("utf-8-sig")
        text = text.replace(WORK, "编制目录").replace("未启动", "进行中")
        (tmp_path / name).write_text(text, "utf-8")
    else:
        made = openpyxl.load_workbook(tmp_path / name)
        sheet = made["任务分工"]
        for cell in [cell for row in sheet.iter_rows() for cell in row]:
            if cell.value in {WORK, "未启动"}:
                cell.value = "编制目录" if cell.value == WORK else "进行中"
        made.save(tmp_path / name)
    out = run("collect", name, *DAY).out
    assert f"1.1: the row is about '编制目录', and the item is '{WORK}'" in out
    assert "5 reports taken, 0 recorded already, 1 doubt" in out
    assert "1.1" not in taken(plan)


def test_a_line_of_json_that_is_of_another_item_is_left(run: Run, plan: Path) -> None:
    line = {"id": "1.1", "content": "编制目录", "status": "done"}
    out = run("collect", "-", *DAY, stdin=json.dumps(line).encode()).out
    assert "-:1:1: 1.1: the row is about '编制目录'" in out
    assert taken(plan) == []


@pytest.mark.parametrize(
    ("row", "shown", "found"),
    [
        ((1.1, ""), "General", []),
        ((1.1, ""), "0.00", []),  # shown as 1.10
        ((1.1, "组织培训"), "General", []),
        ((1.1, WORK), "General", ["1.1"]),
        ((1.2, ""), "General", ["1.2"]),  # there is no 1.20
        (("1.1", ""), "@", ["1.1"]),
        (("1.10", ""), "@", ["1.10"]),
    ],
)
def test_a_number_that_may_have_lost_its_zero_is_left(
    run: Run, plan: Path, row: tuple[object, str], shown: str, found: list[str]
) -> None:
    book(plan.with_name("a.xlsx"), ("编号", "工作内容", "状态"), (*row, "进行中"))
    made = openpyxl.load_workbook(plan.with_name("a.xlsx"))
    made.active["A2"].number_format = shown
    made.save(plan.with_name("a.xlsx"))
    outcome = run("collect", "a.xlsx", *DAY, "--strict")
    assert (outcome.code, taken(plan)) == (0 if found else 1, found)
    if not found and not row[1]:
        assert "A2: a spreadsheet drops the last zero of a number: it may be 1.1" in outcome.out


def test_a_number_of_a_text_that_a_spreadsheet_may_have_saved_is_left(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("编号,状态\n1.1,进行中\n1.10,进行中\n1.2,进行中\n", encoding="utf-8")
    out = run("collect", "a.csv", *DAY).out
    assert "a.csv:2:1: a spreadsheet drops the last zero" in out
    assert taken(plan) == ["1.2", "1.10"]
    assert run("collect", "-", *DAY, stdin="编号,状态\n1.1,进行中\n".encode()).code == 0
    assert "1.1" in taken(plan)  # nobody's spreadsheet wrote it


# -- what a report would undo --------------------------------------------------------------------


def table(plan: Path, *lines: str, headings: str = "编号,状态,本期进展,完成日期") -> None:
    text = f"{headings}\n" + "".join(f"{line}\n" for line in lines)
    plan.with_name("a.csv").write_text(text, encoding="utf-8")


DONE = ("update", "2.1", "--period", "2025-Q1", "--status", "done", "--date", "2025-03-20")
UNDOING: dict[str, tuple[list[tuple[str, ...]], str, str]] = {
    "done is open again": (
        [("update", "3.1", "--status", "done", "--date", "2025-06-10")],
        "3.1,进行中,还在推进,",
        "and the row says in progress; if that is so: chengguo update 3.1 --status in_progress",
    ),
    "verified is open again": (
        [
            ("update", "3.1", "--status", "done", "--date", "2025-06-10"),
            ("verify", "3.1", "--date", "2025-06-12"),
        ],
        "3.1,受阻,,2025-06-13",
        "3.1: it is done, and the row says blocked; if that is so: chengguo return 3.1 --reason TEXT",
    ),
    "a period is open again": (
        [DONE],
        "2.1/2025-Q1,进行中,,",
        "if that is so: chengguo update 2.1 --period 2025-Q1 --status in_progress",
    ),
    "what has begun has not": (
        [("update", "3.1", "--status", "blocked", "--problem", "缺钱", "--date", "2025-06-10")],
        "3.1,未启动,,",
        "3.1: it is blocked, and the row says pending; if that is so: chengguo update 3.1 --status pending",
    ),
    "another lead says that it has not begun": (
        [("update", "3.1", "--status", "in_progress", "--by", "市数据局", "--date", "2025-06-12")],
        "3.1,未启动,还没有动,2025-06-13",
        "3.1: it is in progress, and the row says pending",
    ),
    "a period that has begun has not": (
        [("update", "2.1", "--period", "2025-Q2", "--status", "in_progress", "--date", "2025-06-10")],
        "2.1/2025-Q2,未启动,,",
        "if that is so: chengguo update 2.1 --period 2025-Q2 --status pending",
    ),
    "cancelled is done": (
        [("update", "3.1", "--status", "cancelled", "--date", "2025-06-10")],
        "3.1,已完成,,",
        "3.1: it is cancelled, and the row says done",
    ),
    "a department ends its item": (
        [],
        "3.1,取消,不做了,",
        "a.csv:2:2: 3.1: only the office ends an item: chengguo update 3.1 --status cancelled",
    ),
    "older than the last report": (
        [("update", "3.1", "--status", "in_progress", "--date", "2025-06-10")],
        "3.1,已完成,上线,2025-06-01",
        "a.csv:2:2: 3.1: the row says done on 2025-06-01, and in progress was reported later, on 2025-06-10",
    ),
    "older than that of a period": (
        [DONE, ("update", "2.1", "--period", "2025-Q1", "--status", "blocked", "--date", "2025-04-20")],
        "2.1/2025-Q1,已完成,,2025-04-01",
        "the row says done on 2025-04-01, and blocked was reported later, on 2025-04-20",
    ),
    "another year": (
        [],
        "3.1,已完成,,2024-06-20",
        "a.csv:2:4: 3.1: the day 2024-06-20 lies before the plan, which begins in 2025",
    ),
    "late for the period before": (
        [],
        "2.1,已完成,一季度会开了,2025-04-02",
        "2.1: 2025-04-02 counts for 2025-Q2, and 2025-Q1 is open; write 2.1/2025-Q1 or 2.1/2025-Q2",
    ),
}


@pytest.mark.parametrize("case", UNDOING)
def test_what_would_be_undone_is_asked_for(run: Run, plan: Path, case: str) -> None:
    before, line, why = UNDOING[case]
    for words in before:
        assert run(*words).code == 0
    text = plan.read_bytes()
    table(plan, line, "1.2,进行中,,2025-06-12")
    strict = run("collect", "a.csv", *DAY, "--strict")
    assert (strict.code, why in strict.out, plan.read_bytes() == text) == (1, True, True), strict.out
    outcome = run("collect", "a.csv", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 report taken, 0 recorded already, 1 doubt; 1 item" in outcome.out
    assert taken(plan).count("1.2") == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_said_to_be_done_by_a_command_is_done_by_it(run: Run, plan: Path, language: str) -> None:
    run("update", "3.1", "--status", "done", "--date", "2025-06-10")
    run(*DONE)
    table(plan, "3.1,进行中,,", "2.1/2025-Q1,受阻,,", "1.2,取消,,")
    out = run("collect", "a.csv", *DAY, LANGUAGE=language).out
    commands = [
        line.partition("chengguo ")[2].split() for line in out.splitlines() if "chengguo update" in line
    ]
    assert len(commands) == 3
    for words in commands:
        assert run(*words, *DAY).code == 0
    assert "0 reports taken, 3 recorded already, 0 doubts" in run("collect", "a.csv", *DAY).out


def test_what_undoes_nothing_is_taken(run: Run, plan: Path) -> None:
    run("update", "3.1", "--status", "done", "--date", "2025-06-10")
    run("update", "1.2", "--status", "in_progress", "--date", "2025-06-10")
    run(*DONE)
    table(
        plan,
        "3.1,,补充说明,2025-06-12",  # a note on what is done
        "3.1,已完成,再报,2025-06-15",
        "1.2,进行中,前情,2025-06-01",  # of an earlier day, and the same status
        "1.2,,更早,2025-01-02",
        "2.1,已完成,二季度会开了,2025-06-12",  # the first quarter is done
    )
    outcome = run("collect", "a.csv", *DAY, "--strict")
    assert (outcome.code, outcome.err) == (0, ""), outcome.out
    assert "5 reports taken, 0 recorded already, 0 doubts" in outcome.out
    assert run("validate", "--strict").code == 0
    assert "0 reports taken, 5 recorded already, 0 doubts" in run("collect", "a.csv", *DAY).out


@pytest.mark.parametrize(("day", "is_doubtful"), [("2025-05-10", True), ("2025-06-12", False)])
def test_late_in_a_period_done_is_not_that_of_the_one_before(
    run: Run, plan: Path, day: str, *, is_doubtful: bool
) -> None:
    table(plan, f"2.1,已完成,二季度会开了,{day}")
    outcome = run("collect", "a.csv", *DAY, "--strict")
    assert (outcome.code, f"{day} counts for 2025-Q2, and 2025-Q1 is open" in outcome.out) == (
        (1, True) if is_doubtful else (0, False)
    ), outcome.out
    reported = [entry.period for item in load(plan).items for entry in item.progress]
    assert reported == ([] if is_doubtful else ["2025-Q2"])


def test_two_rows_of_which_the_later_opens_what_the_first_closes_are_left(run: Run, plan: Path) -> None:
    table(
        plan,
        "3.1,已完成,,2025-06-10",
        "3.1,进行中,,2025-06-12",
        "1.2,进行中,,2025-06-01",
        "1.2,已完成,,2025-06-02",
    )
    out = run("collect", "a.csv", *DAY).out
    assert "a.csv:2:2: 3.1: another report says otherwise: a.csv:3:2" in out
    assert "a.csv:3:2: 3.1: another report says otherwise: a.csv:2:2" in out
    assert taken(plan) == ["1.2", "1.2"]


def test_two_rows_of_which_the_later_says_that_nothing_has_begun_are_left(run: Run, plan: Path) -> None:
    table(
        plan,
        "1.2,进行中,,2025-06-10",
        "1.2,未启动,,2025-06-11",
        "3.1,未启动,还没动,2025-06-10",
        "3.1,受阻,,2025-06-11",
    )
    out = run("collect", "a.csv", *DAY).out
    assert "a.csv:2:2: 1.2: another report says otherwise: a.csv:3:2" in out
    assert "a.csv:3:2: 1.2: another report says otherwise: a.csv:2:2" in out
    assert taken(plan) == ["3.1", "3.1"]


def test_a_report_before_the_plan_is_found(run: Run, plan: Path) -> None:
    outcome = run("update", "3.1", "--status", "done", "--date", "2016-12-20")
    assert outcome.code == 0
    assert "P505" in outcome.err
    assert "the entry of 2016-12-20 lies before the plan, which begins in 2025" in outcome.err
    assert run("validate").code == 0
    assert run("validate", "--strict").code == 1
    plan.write_text(PLAN.replace("years: 2025", "issued: 2025-03-05"), encoding="utf-8")
    assert run("update", "3.1", "--status", "done", "--date", "2025-01-20").err == ""  # before it was issued
    assert "P505" in run("update", "1.2", "--status", "done", "--date", "2024-12-31").err


def test_of_a_row_that_is_left_only_the_doubt_is_told(run: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("2025年年底前", "3月底前出台方案，年底前完成")
    plan.write_text(text, encoding="utf-8")
    headings = ("编号", "状态", "填报单位", "日期")
    rows = (("1.2", "已完成", "市科委", "2025-06-20"), ("1.2", "进行中", "市数据局", "2025-06-20"))
    book(plan.with_name("a.xlsx"), headings, *rows)
    out = run("collect", "a.xlsx").out
    assert "closes its parts" not in out
    assert out.count("another report says otherwise") == 2
    book(plan.with_name("a.xlsx"), headings, rows[0], ("1.2", "已完成", "市数据局", "2025-06-21"))
    assert "1.2: closes its parts 1, 2" in run("collect", "a.xlsx").out


def test_a_dry_run_says_what_would_be(run: Run, plan: Path) -> None:
    table(plan, "3.1,进行中,好,")
    said = "would be taken, 0 recorded already, 0 doubts; 1 item of tasks.yaml would change\n"
    assert f"1 report {said}" in run("collect", "a.csv", *DAY, "--dry-run").out


def test_what_is_done_by_its_milestones_is_opened_by_the_office_alone(run: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("2025年年底前", "3月底前出台方案，年底前完成")
    plan.write_text(text, encoding="utf-8")
    for number in "12":
        run("update", "1.2", "--milestone", number, "--status", "done", "--date", "2025-06-10")
    before = plan.read_bytes()
    table(plan, "1.2,进行中,还在推进,")
    out = run("collect", "a.csv", *DAY).out
    said = "1.2: it is done, and the row says in progress; if that is so: "
    assert f"{said}chengguo update 1.2 --status in_progress --note TEXT\n" in out
    assert plan.read_bytes() == before
    assert run("update", "1.2", "--status", "in_progress", "--note", "返工", *DAY).code == 0
    assert "1.2" in run("list", "--status", "in_progress", "--format", "csv", "--as-of", "2025-06-20").out


def unsaid(by: str, *leads: str, note: bool = True) -> str:
    """Return what is told of a done of 1.2 that others who lead have not reported."""
    whole = f"chengguo update 1.2 --status done{' --note TEXT' * note}"
    part = f"its part alone: chengguo update 1.2 --note TEXT --by {by}; all of it: {whole}"
    return f"1.2: {by} reports it done, and {', '.join(leads)}, in the lead, has not; {part}"


def test_done_is_said_by_all_that_lead(run: Run, plan: Path) -> None:
    table(plan, "1.2,已完成,我局已办,市科委", headings="编号,状态,进展情况,填报单位")
    outcome = run("collect", "a.csv", *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1] == f"  a.csv:2:2: {unsaid('市科委', '市数据局')}"
    assert [item.status for item in load(plan).items if item.address == "1.2"] == ["pending"]
    refused = run("update", "1.2", "--status", "done", "--by", "市科委", "--date", "2025-06-20")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"chengguo: {unsaid('市科委', '市数据局', note=False)}\n"
    other = "1.2,已完成,我局也已办,市数据局"
    table(plan, "1.2,已完成,我局已办,市科委", other, headings="编号,状态,进展情况,填报单位")
    assert "2 reports taken, 0 recorded already, 0 doubts" in run("collect", "a.csv", *DAY).out
    assert [item.status for item in load(plan).items if item.address == "1.2"] == ["done"]


def test_who_supports_does_not_say_that_the_work_is_done(run: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("lead: [市科委, 市数据局]", "lead: [市数据局]\n    support: [市科委]"), encoding="utf-8"
    )
    table(plan, "1.2,已完成,资金已拨付,市科委", headings="编号,状态,进展情况,填报单位")
    assert unsaid("市科委", "市数据局") in run("collect", "a.csv", *DAY).out
    command = ("update", "1.2", "--note", "资金已拨付", "--by", "市科委", "--date", "2025-06-20")
    assert run(*command).code == 0
    assert run("update", "1.2", "--status", "done", "--by", "市数据局", "--date", "2025-06-21").code == 0
    assert run("update", "1.2", "--status", "done", "--by", "市科委", "--date", "2025-06-22").code == 0


def test_a_script_learns_that_rows_were_left(run: Run, plan: Path) -> None:
    table(plan, "2.1,已终止,停,", "3.1,进行中,好,")
    taken = run("collect", "a.csv", *DAY, "--dry-run", "--exit-code")
    assert (taken.code, taken.err) == (1, "")
    assert "1 report would be taken, 0 recorded already, 1 doubt; " in taken.out
    assert run("collect", "a.csv", *DAY, "--exit-code").code == 1
    assert [item.address for item in load(plan).items for _each in item.progress] == ["3.1"]
    table(plan, "3.1,进行中,好,")
    assert run("collect", "a.csv", *DAY, "--exit-code").code == 0


def test_the_commands_of_doubts_name_the_plan_where_there_are_several(run: Run, plan: Path) -> None:
    folder = plan.parent / "plans"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.yaml").write_text(PLAN.replace("某市", f"{name}市"), encoding="utf-8")
    table(plan, "甲:3.1,已终止,停,", "乙:1.2,已完成,好,")
    text = plan.with_name("a.csv").read_text(encoding="utf-8").replace(",完成日期", ",填报单位")
    plan.with_name("a.csv").write_text(text.replace("好,", "好,市科委"), encoding="utf-8")
    outcome = run("collect", "a.csv", "-f", "plans", *DAY, "--exit-code")
    assert (outcome.code, outcome.err) == (1, "")
    assert "ends an item: chengguo update 甲:3.1 --status cancelled --note TEXT\n" in outcome.out
    assert "its part alone: chengguo update 乙:1.2 --note TEXT --by 市科委; all of it: " in outcome.out
    command = ("update", "甲:3.1", "--status", "cancelled", "--note", "停", "--date", "2025-06-20")
    assert run(*command, "-f", "plans").code == 0
    assert [*load(folder / "甲.yaml").items][-1].status == "cancelled"


def test_rows_hidden_by_hand_are_left_out_and_told(run: Run, plan: Path, tmp_path: Path) -> None:
    book(
        tmp_path / "a.xlsx",
        ("编号", "状态", "进展情况"),
        ("1.1", "已完成", "上月的"),
        ("3.1", "进行中", "好"),
    )
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    made.active.row_dimensions[2].hidden = True
    made.save(tmp_path / "a.xlsx")
    out = run("collect", "a.xlsx", *DAY).out
    assert "a.xlsx:Sheet!A2: the row is left out, for it is hidden: '1.1 | 已完成 | 上月的'\n" in out
    assert taken(plan) == ["3.1"]


def test_whoever_is_in_what_was_taken_has_reported_and_the_round_is_named(run: Run, plan: Path) -> None:
    table(plan, "3.1,进行中,好,")  # early in the round of July, so that it may count for that of June
    outcome = run("collect", "a.csv", "--date", "2025-07-01")
    assert "1 report taken, 0 recorded already, 0 doubts" in outcome.out
    missing = outcome.out.splitlines()[-1]
    assert missing == "1 department has reported nothing in 2025-06: 市科委"
    silent = run("depts", "--unreported", "--as-of", "2025-07-01").out
    assert silent.startswith("Not reported on in 2025-06,")
    assert "市科委" in silent


@pytest.mark.usefixtures("plan")
def test_a_form_early_in_its_round_tells_for_which_round_it_counts(run: Run, tmp_path: Path) -> None:
    """Nothing was reported in the round before, and a report early in a round came late for that one."""
    assert run("form", "a.xlsx", "--dept", "市教委", "--as-of", "2025-07-01").code == 0
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = made["填报"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value == "2.2")
    sheet.cell(row, heads["本期进展"]).value = "已宣传"
    made.save(tmp_path / "a.xlsx")
    out = run("collect", "a.xlsx", "--date", "2025-07-05").out
    why = "nothing was reported in 2025-06 of 2.2, so it counts for 2025-06"
    assert f"a.xlsx: the form is of 2025-07; {why}\n" in out
    assert "1 report taken, 0 recorded already, 0 doubts" in out


@pytest.mark.parametrize("more", [(), ("--table-only",)])
def test_a_locked_cell_of_an_exported_table_that_was_changed_is_told(
    run: Run, plan: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    assert run("export", "a.xlsx", *more, "--as-of", "2025-06-20").code == 0
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = made.worksheets[0]
    head = next(cells for cells in sheet.iter_rows() if cells[0].value == "序号")
    at = {cell.value: cell.column for cell in head}
    lines = range(head[0].row + 1, sheet.max_row + 1)
    line = next(line for line in lines if sheet.cell(line, at["ID"]).value == "3.1")
    sheet.cell(line, at["计划进度"]).value = "2025年年底前"
    sheet.cell(line, at["status"]).value = "进行中"
    made.save(tmp_path / "a.xlsx")
    before = plan.read_bytes()
    out = run("collect", "a.xlsx", *DAY).out
    said = "3.1: what is locked was changed: '2025年年底前', and the registry has '2025年9月底前'"
    assert f"F{line}: {said}\n" in out
    assert ", 1 doubt; 0 items of tasks.yaml changed" in out
    assert plan.read_bytes() == before
