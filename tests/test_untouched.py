"""A table that export wrote and nobody touched says nothing that the registry does not have."""

from pathlib import Path

import pytest

from conftest import Run

PLAN = """\
format: 1
plan: {title: 某市方案, years: 2026, issued: 2026-01-05}
departments: {市甲局: , 市乙局: }
sections: {一: 部分}
tasks:
- id: 1
  section: 一
  title: 评估
  items:
  - id: 1
    content: 评估。
    lead: [市甲局]
    schedule: 每月25日前
    status: pending
    progress:
    - {date: 2026-05-25, period: 2026-05, status: done, note: 已评估, by: 市甲局}
    - {date: 2026-06-20, period: 2026-06, status: in_progress, by: 市甲局}
  - id: 2
    content: 编目。
    lead: [市甲局]
    support: [市乙局]
    schedule: 3月底前印发，12月底前完成全部编目
    status: pending
    progress:
    - {date: 2026-03-20, milestone: 1, status: done, by: 市甲局}
  - id: 3
    content: 遴选。
    lead: [市乙局]
    schedule: 2026年底
    status: pending
    progress:
    - {date: 2026-06-20, status: pending, by: 市乙局}
  - {id: 4, content: 建库。, lead: [市乙局], schedule: 2026年6月底, status: in_progress}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.yaml"
    path.write_text(PLAN, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("a.docx",),
        ("a.csv",),
        ("a.xlsx", "--table-only"),
        ("a.xlsx", "--flat", "--table-only"),
        ("a.xlsx", "--flat"),
        ("a.xlsx",),
    ],
    ids=" ".join,
)
def test_it_changes_nothing(run: Run, plan: Path, words: tuple[str, ...], language: str) -> None:
    assert run("--lang", language, "export", *words, "--as-of", "2026-07-01").code == 0
    outcome = run("collect", words[0], "--date", "2026-07-20")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("0 reports taken, ")
    assert ", 0 doubts; 0 items of tasks.yaml changed\n" in outcome.out
    assert plan.read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_it_is_still_untouched_after_others_reported_since(run: Run, plan: Path, suffix: str) -> None:
    assert (
        run("export", f"a.{suffix}", *["--table-only"] * (suffix == "xlsx"), "--as-of", "2026-07-01").code
        == 0
    )
    assert run("update", "1.3", "--status", "done", "--note", "已遴选", "--date", "2026-07-05").code == 0
    after = plan.read_bytes()
    outcome = run("collect", f"a.{suffix}", "--date", "2026-07-20").out
    assert "0 reports taken, 0 recorded already, 0 doubts; 0 items of tasks.yaml changed" in outcome
    assert plan.read_bytes() == after


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("plan")
def test_of_several_plans_its_column_of_plans_is_known(run: Run, tmp_path: Path, language: str) -> None:
    for name, title in (("甲", "某市方案"), ("乙", "另一方案")):
        (tmp_path / "plans").mkdir(exist_ok=True)
        path = tmp_path / "plans" / f"{name}.yaml"
        path.write_text(PLAN.replace("某市方案", title), encoding="utf-8", newline="")
    words = ("export", "分工", "--by", "dept", "-f", "plans", "--as-of", "2026-07-01")
    assert run("--lang", language, *words).code == 0
    outcome = run("collect", "分工", "-f", "plans", "--date", "2026-07-20")
    assert (outcome.code, outcome.err) == (0, "")
    assert "is none of a report" not in outcome.out
    assert outcome.out.count("0 reports taken, 0 recorded already, 0 doubts; 0 items of") == 2


def test_what_somebody_wrote_over_it_is_taken(run: Run, plan: Path) -> None:
    assert run("export", "a.csv", "--as-of", "2026-07-01").code == 0
    table = plan.with_name("a.csv")
    text = table.read_text(encoding="utf-8-sig")
    lines = [
        line.replace("in progress", "done") if '"=""1.4"""' in line else line for line in text.splitlines()
    ]
    table.write_text("\n".join(lines), encoding="utf-8-sig")
    assert lines != text.splitlines()
    assert (
        "1 report taken, 0 recorded already, 0 doubts" in run("collect", "a.csv", "--date", "2026-07-20").out
    )
