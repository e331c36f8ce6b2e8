"""What stands above a table or a plan: the titles, on one line or two, and the year that nothing says."""

from pathlib import Path

import pytest

from chengguo import load
from chengguo.importing.headings import read_heading
from conftest import Run

TITLES = [
    # The lines above, the title of the plan, that of the table, the first of its years.
    ("某市2025年重点工作|任务分解表", "某市2025年重点工作", "任务分解表", 2025),
    ("某区2023年重点工作||任务分解和责任分工方案", "某区2023年重点工作任务分解和责任分工方案", "", 2023),
    (
        "2024年《政府工作报告》重点工作目标任务分解表",
        "2024年《政府工作报告》",
        "重点工作目标任务分解表",
        2024,
    ),
    ("关于印发《某市促进方案（2025年）》任务分工的通知", "某市促进方案（2025年）", "任务分工", 2025),
    ("《某市促进方案（2025年）》任务分工表", "某市促进方案（2025年）", "任务分工表", 2025),
    # Who carries out what another document says has a document of his own.
    (
        "某市关于落实《政府工作报告》重点工作部门分工的意见|某政〔2020〕6号",
        "某市关于落实《政府工作报告》重点工作部门分工的意见",
        "",
        0,
    ),
    (
        "某市关于分解2020年《政府工作报告》重点任务的通知",
        "某市关于分解2020年《政府工作报告》重点任务的通知",
        "",
        2020,
    ),
    (
        "某市人民政府關於貫徹落實《某省若干措施》的實施意見|某府〔2021〕54號",
        "某市人民政府關於貫徹落實《某省若干措施》的實施意見",
        "",
        0,
    ),
    ("某市2022年工作要點|某政〔2022〕3号", "某市2022年工作要點", "", 2022),
]


@pytest.mark.parametrize(("above", "plan", "table", "year"), TITLES)
def test_the_titles_that_stand_above(above: str, plan: str, table: str, year: int) -> None:
    found = read_heading(above.split("|"))
    assert (found.plan, found.table, found.guessed) == (plan, table, False)
    assert (found.years.first if found.years else 0) == year


OF_NUMBER = "no year is printed but in '某政〔2020〕6号'; if the plan is of that year: --year 2020"
TASK = "一、夯实基础\n1.建设平台。（市科委牵头，6月底前完成）\n"


@pytest.mark.parametrize(
    ("above", "told"),
    [
        (
            "某市促进实施方案\n某政〔2020〕6号",
            f"表.txt:2:1: {OF_NUMBER}",
        ),
        (
            "某市促进实施方案（某政〔2020〕6号）",
            f"表.txt:1:1: {OF_NUMBER}",
        ),
        ("某市促进实施方案", "表.txt:1:1: no year is printed, and schedules need one: --year names it"),
        ("某市2021年促进实施方案\n某政〔2020〕6号", ""),
    ],
)
def test_a_year_that_nothing_says_is_asked_for(run: Run, tmp_path: Path, above: str, told: str) -> None:
    (tmp_path / "表.txt").write_text(f"{above}\n{TASK}", encoding="utf-8")
    outcome = run("import", "表.txt")
    assert outcome.code == 0
    assert told in outcome.out
    assert ("--year" in outcome.out) == bool(told)
    assert run("import", "表.txt", "--year", "2020", "--force").code == 0
    assert str(load(tmp_path / "tasks.yaml").items[0].due) == "2020-06-30"


def test_no_year_is_asked_for_where_no_schedule_needs_one(run: Run, tmp_path: Path) -> None:
    text = "某市促进实施方案\n某政〔2020〕6号\n" + TASK.replace("6月", "2021年6月")
    (tmp_path / "表.txt").write_text(text, encoding="utf-8")
    assert "--year" not in run("import", "表.txt").out


# The lines above the tasks, the day of issue that is read, and whether it is only a page's.
DAYS = [
    ("发布日期：2025-02-20", "2025-02-20", True),
    ("发布时间: 2025年2月20日 来源：市政府办", "2025-02-20", True),
    ("成文日期：2025-01-10 发布日期：2025-02-20", "2025-01-10", False),
    ("发布日期：2025-02-20\n印发日期：2025-01-10", "2025-01-10", False),
    ("2025年1月10日印发", "2025-01-10", False),
]


@pytest.mark.parametrize(("lines", "day", "is_told"), DAYS)
def test_the_day_that_a_page_was_put_up_is_told(
    run: Run,
    tmp_path: Path,
    lines: str,
    day: str,
    is_told: bool,  # noqa: FBT001
) -> None:
    text = f"某市2025年行动方案\n{lines}\n1.建设平台。（市科委牵头，3个月内完成）\n"
    (tmp_path / "表.txt").write_text(text, encoding="utf-8")
    outcome = run("import", "表.txt")
    assert (outcome.code, str(load(tmp_path / "tasks.yaml").plan.issued)) == (0, day)
    assert ("the day of issue, from which 3个月内 counts, is read from '发布" in outcome.out) is is_told
    said = run("import", "表.txt", "--issued", "2025-01-05", "--force")
    assert "is read from" not in said.out
