"""What is handed round of several registries: papers, tables, forms that come back, databases."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from conftest import Run
from test_several import AS_OF, SCIENCE, WATER, plans

__all__ = ["plans"]
DAY = "2019-03-01"


@pytest.fixture(autouse=True)
def _plans(plans: Path) -> None:
    """Every test has the two plans."""


# -- papers --------------------------------------------------------------------------------------


def test_the_page_for_leaders_counts_all(run: Run) -> None:
    outcome = run("report", "-", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert "共5项：已完成0项（0%），逾期3项（60%），60天内到期0项，未报告5项。" in outcome.out
    assert "1. 市科技局：负责3项，完成0项，应完成2项（完成0%），逾期2项" in outcome.out
    assert "- 治水:1.1 整治河道（市水务局） 2018-06-30 逾期244天" in outcome.out
    assert run("report", "all.html", "-f", "plans", *AS_OF).out == (
        "all.html: 5 items, 3 overdue, as of 2019-03-01\n"
    )


def test_the_page_names_the_files_and_draws_a_band_a_plan(run: Run, plans: Path) -> None:
    assert run("report", "all.html", "-f", "plans", *AS_OF).code == 0
    page = (plans.parent / "all.html").read_text(encoding="utf-8")
    assert "治水.yml、科技.yaml" in page
    assert "治水" in page
    assert "成果" in page


def test_a_done_item_counts_from_the_start_of_its_own_plan(run: Run, plans: Path) -> None:
    text = SCIENCE.replace("持续推进, status: pending", "2018年底, status: done")
    (plans / "科技.yaml").write_text(text, encoding="utf-8")
    assert run("report", "all.html", "-f", "plans", *AS_OF).code == 0


def test_a_notice_names_the_plans_of_its_items(run: Run) -> None:
    outcome = run("notice", "--text", "--dept", "市科委", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert "《治水行动计划》《成果行动方案》中由你单位负责的任务，逾期2项" in outcome.out
    assert "1. 治水:2.1 研究技术（" in outcome.out
    assert "2. 成果:1.1 建立信息系统（" in outcome.out
    alone = run("notice", "--text", "--dept", "市水务局", "-f", "plans", *AS_OF)
    assert "截至2019年3月1日，《治水行动计划》中由你单位负责的任务" in alone.out


def test_what_is_near_counts_by_the_days_of_its_plan(run: Run) -> None:
    words = ("notice", "--text", "-f", "plans", "--as-of", "2018-11-05")
    told = run(*words, "--dept", "市科委").out
    assert "1. 治水:2.1 研究技术（2018年12月31日，余56天）" in told
    assert "成果:1.1" not in told
    assert "成果:1.1" in run(*words, "--dept", "市科委", "--within", "60d").out


def test_notices_are_written_a_department_each(run: Run, plans: Path) -> None:
    outcome = run("notice", "通知", "--eml", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(path.name for path in (plans.parent / "通知").iterdir()) == [
        "督办通知单-市水务局.docx",
        "督办通知单-市水务局.eml",
        "督办通知单-市科技局.docx",
        "督办通知单-市科技局.eml",
    ]


# -- tables --------------------------------------------------------------------------------------


def test_csv_has_a_column_of_plans(run: Run, plans: Path) -> None:
    outcome = run("export", "all.csv", "-f", "plans", *AS_OF)
    assert outcome == (0, "all.csv: 5 items, 3 overdue, as of 2019-03-01\n", "")
    text = (plans.parent / "all.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["plan"], row["序号"]) for row in rows] == [
        ("治水", "1"),
        ("治水", "2"),
        ("成果", "1"),
        ("成果", "3"),
        ("成果", "3"),
    ]
    assert rows[0]["section"] == "治水行动计划 > 一、河道"


def test_a_workbook_has_each_plan_under_its_title_and_a_column(run: Run, plans: Path) -> None:
    outcome = run("export", "all.xlsx", "-f", "plans", *AS_OF)
    told = "of several plans: it cannot be imported again as it was; export each by -f FILE"
    assert (outcome.code, outcome.out.splitlines()[1:]) == (0, [told])
    book = openpyxl.load_workbook(plans.parent / "all.xlsx")
    assert book.sheetnames == ["任务分工"]
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0][0] == "2 plans"
    assert rows[3][-1] == "plan"
    assert [row[0] for row in rows[4:]] == [
        *("治水行动计划", "一、河道", 1, 2),
        *("成果行动方案", "一、转化", 1, 3, None),
    ]
    assert [row[-1] for row in rows[4:] if row[2]] == ["治水", "治水", "成果", "成果", "成果"]


@pytest.mark.parametrize("suffix", ["md", "html", "docx"])
def test_documents_have_each_plan_under_its_title(run: Run, plans: Path, suffix: str) -> None:
    assert run("export", f"all.{suffix}", "-f", "plans", *AS_OF).code == 0
    if suffix != "docx":
        text = (plans.parent / f"all.{suffix}").read_text(encoding="utf-8")
        assert 0 < text.index("治水行动计划") < text.index("成果行动方案")


def test_events_are_those_of_each_plan_alone(run: Run, plans: Path) -> None:
    def uids(name: str) -> set[str]:
        text = (plans.parent / name).read_text(encoding="utf-8")
        return {line for line in text.splitlines() if line.startswith("UID:")}

    for name, file in (("all.ics", "plans"), ("a.ics", "plans/治水.yml"), ("b.ics", "plans/科技.yaml")):
        assert run("export", name, "-f", file, *AS_OF).code == 0
    assert len(uids("all.ics")) == 4
    assert uids("all.ics") == uids("a.ics") | uids("b.ics")
    (plans / "又.yaml").write_text(SCIENCE.replace("key: 成果", "key: 又"), encoding="utf-8")
    assert run("export", "all.ics", "-f", "plans", *AS_OF, "--force").code == 0
    assert len(uids("all.ics") - uids("a.ics")) == 6


def test_a_file_a_department_has_all_plans(run: Run, plans: Path) -> None:
    outcome = run("export", "分发", "--by", "dept", "--format", "csv", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    text = (plans.parent / "分发" / "市科技局.csv").read_text(encoding="utf-8-sig")
    assert text.count("治水行动计划") == 1
    assert text.count("成果行动方案") == 2


# -- forms ---------------------------------------------------------------------------------------


def filled(path: Path, cells: dict[str, tuple[str, str]]) -> None:
    """Fill in the status and the report of rows of a form, by their addresses."""
    book = openpyxl.load_workbook(path)
    sheet = book["填报"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        if (given := cells.get(str(sheet.cell(row, 1).value))) is not None:
            sheet.cell(row, heads["状态"]).value, sheet.cell(row, heads["本期进展"]).value = given
    book.save(path)


@pytest.fixture
def form(run: Run, plans: Path) -> Path:
    """The form of a department that leads items of both plans, filled in."""
    outcome = run("form", "-o", "填报", "--period", "2019-03", "-f", "plans", *AS_OF)
    assert (outcome.code, outcome.err) == (0, "")
    path = plans.parent / "填报" / "市科技局.xlsx"
    filled(path, {"治水:2.1": ("进行中", "已立项"), "成果:1.1": ("已完成", "平台上线")})
    return path


def test_a_form_has_the_items_of_all_plans(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)["填报"]
    assert [cell.value for cell in sheet["A"][3:]] == ["治水:2.1", "成果:1.1", "成果:3.2"]
    assert sheet["A1"].value == "各方案重点任务 进展填报表（市科技局，2019-03）"


def test_what_comes_back_goes_to_the_file_of_its_plan(run: Run, plans: Path, form: Path) -> None:
    words = ("collect", str(form), "--date", DAY, "-f", "plans")
    dry = run(*words, "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert "Dry run" in dry.out
    assert (plans / "治水.yml").read_text(encoding="utf-8") == WATER
    outcome = run(*words, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    assert (found["written"], found["count"], found["doubts"]) == (True, 2, [])
    assert [(each["plan"], each["changes"][0]["id"]) for each in found["plans"]] == [
        ("治水", "2.1"),
        ("成果", "1.1"),
    ]
    assert found["missing"] == ["市水务局", "市教委"]
    assert "note: 已立项" in (plans / "治水.yml").read_text(encoding="utf-8")
    science = (plans / "科技.yaml").read_text(encoding="utf-8")
    assert "note: 平台上线" in science
    assert "by: 市科委" in science
    again = json.loads(run(*words, "--format", "json").out)
    assert (again["written"], again["count"], [each["recorded"] for each in again["plans"]]) == (
        False,
        0,
        [1, 1],
    )


def test_a_form_of_several_plans_is_replaced_only_once_all_plans_have_it(run: Run, form: Path) -> None:
    anew = ("form", "-o", "填报", "--force", "-f", "plans", *AS_OF)
    before = form.read_bytes()
    refused = run(*anew)
    assert (refused.code, refused.out, form.read_bytes() == before) == (1, "", True)
    assert "1 file was filled in, and not all of it is recorded" in refused.err
    collect = ("collect", "填报", "--date", DAY, "-f")
    assert run(*collect, "plans/科技.yaml").code == 0
    assert run(*anew).code == 1
    assert run(*collect, "plans").code == 0
    outcome = run(*anew)
    assert (outcome.code, outcome.err, form.read_bytes() == before) == (0, "", False)


def test_people_are_told_by_plan(run: Run, form: Path) -> None:
    outcome = run("collect", str(form), "--date", DAY, "-f", "plans")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "治水"
    file = Path("plans/治水.yml")
    assert f"1 report taken, 0 recorded already, 0 doubts; 1 item of {file} changed" in lines
    assert lines[-1] == "2 departments have reported nothing in 2019-03: 市水务局, 市教委"


def test_a_doubt_of_one_plan_keeps_all_from_being_written(run: Run, plans: Path, form: Path) -> None:
    filled(form, {"成果:3.2": ("不明", "x")})
    outcome = run("collect", str(form), "--strict", "-f", "plans")
    assert outcome.code == 1
    assert "'不明' is no status" in outcome.out
    assert (plans / "治水.yml").read_text(encoding="utf-8") == WATER
    assert (plans / "科技.yaml").read_text(encoding="utf-8") == SCIENCE


def test_plain_rows_find_their_plan(run: Run, plans: Path) -> None:
    rows = "编号,状态\n成果:3.1,进行中\n2.1,进行中\n1.1,进行中\n"
    (plans.parent / "rows.csv").write_text(rows, encoding="utf-8")
    outcome = run("collect", "rows.csv", "--date", DAY, "-f", "plans", "--format", "json")
    found = json.loads(outcome.out)
    assert [(each["plan"], each["changes"][0]["id"]) for each in found["plans"]] == [
        ("治水", "2.1"),
        ("成果", "3.1"),
    ]
    assert [each["message"] for each in found["doubts"]] == [
        "1.1 is in 2 plans (Write which one is meant: 治水:1.1, 成果:1.1.)"
    ]


def test_a_form_of_one_plan_is_taken_by_all(run: Run, plans: Path) -> None:
    assert run("form", "一.xlsx", "--dept", "市教委", "-f", "plans/科技.yaml", *AS_OF).code == 0
    filled(plans.parent / "一.xlsx", {"3.1": ("进行中", "已选址")})
    outcome = run("collect", "一.xlsx", "--date", DAY, "-f", "plans", "--format", "json")
    assert [each["plan"] for each in json.loads(outcome.out)["plans"]] == ["成果"]
    assert "已选址" in (plans / "科技.yaml").read_text(encoding="utf-8")


def test_a_long_number_is_read_in_full_on_the_page(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    for key, schedule in (("数字政府建设", "每月25日前"), ("营商环境优化", "6月底前")):
        text = f"""\
format: 1
plan: {{title: {key}方案, key: {key}, years: 2019, issued: 2019-01-05}}
departments: {{甲局: {{}}}}
sections: {{一: 甲}}
tasks:
- id: 10
  section: 一
  title: 建设
  items:
  - {{id: 1, content: 建设平台, lead: [甲局], schedule: {schedule}, status: pending}}
"""
        (folder / f"{key}.yaml").write_text(text, encoding="utf-8")
    assert run("report", "a.html", "-f", "several", "--as-of", "2019-07-28").code == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "数字政府建设:10.1（2019-06）" in page
    assert 'style="width: 9em"' in page or 'style="width: 9.0em"' in page
    screen, paper = page.split("@media print")
    assert "white-space" not in screen[screen.index(".list .number {") :].split("}")[0]
    assert "white-space: normal" in paper[paper.index(".list .number {") :].split("}")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_of_several_plans_are_protected_too_and_say_nothing_of_their_own_columns(
    run: Run, plans: Path, language: str
) -> None:
    anew = ("export", "表", "--by", "dept", "--force", "--lang", language, "-f", "plans", *AS_OF)
    assert run(*anew).code == 0
    assert run(*anew).code == 0
    untouched = run("collect", "表", "-f", "plans").out
    assert "none of a report" not in untouched
    path = plans.parent / "表" / "市科技局.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book.active.iter_rows() if "成果:1.1" in [cell.value for cell in row])
    place = [cell.value for cell in row].index("成果:1.1")
    row[place + 1].value = "进行中"
    book.save(path)
    refused = run(*anew)
    assert (refused.code, refused.out) == (1, "")
    assert path.name in refused.err
    assert run("collect", "表", "--date", DAY, "-f", "plans").code == 0
    assert run(*anew).code == 0


def test_who_reports_may_have_another_name_in_a_plan(run: Run, plans: Path) -> None:
    """What is one department in all plans is one in each, whatever it is called there."""
    lines = "成果:1.1,市科技局,进行中,市科技局", "治水:2.1,市科技局,进行中,市科技局"
    rows = "\n".join(("编号,责任部门,状态,填报单位", *lines)) + "\n"
    (plans.parent / "报.csv").write_text(rows, encoding="utf-8")
    found = json.loads(run("collect", "报.csv", "--date", DAY, "--format", "json", "-f", "plans").out)
    assert (found["count"], found["doubts"]) == (2, []), found
    assert [each["changes"][0]["report"]["by"] for each in found["plans"]] == ["市科技局", "市科委"]
