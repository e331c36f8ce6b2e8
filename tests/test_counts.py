"""One number for one thing: what is late is counted alike, in the same words, wherever it is told."""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import TASKS_YAML, Run
from rounds import rounds, words

TELLERS: dict[str, Callable[[Run, Path, tuple[str, ...]], str]] = {
    "page": lambda run, folder, on: _made(run, folder, "report", "p.html", on),
    "paper": lambda run, folder, on: _made(run, folder, "report", "p.docx", on),
    "report in Markdown": lambda run, _folder, on: run("report", "-", "--format", "md", *on).out,
    "report": lambda run, _folder, on: run("report", "-", *on).out,
    "said of the page": lambda run, _folder, on: run("report", "q.html", "--force", *on).out,
    "said of a table": lambda run, _folder, on: run("export", "t.xlsx", "--force", *on).out,
    "said of a calendar": lambda run, _folder, on: run("export", "t.ics", "--force", *on).out,
    "list": lambda run, _folder, on: _alert(run("list", *on).out),
    "list in short": lambda run, _folder, on: _alert(run("list", "--limit", "1", *on).out),
    "overdue": lambda run, _folder, on: _alert(run("overdue", *on).out),
    "overdue in short": lambda run, _folder, on: _alert(run("overdue", "--limit", "1", *on).out),
}
KINDS = {
    "items": r"(?<![点次])逾期 ?\**(\d+)\** ?项",
    "milestones": r"节点逾期(\d+)个",
    "periods": r"期次逾期(\d+)期",
}


def _made(run: Run, folder: Path, command: str, name: str, on: tuple[str, ...]) -> str:
    assert run(command, name, "--force", *on).code == 0
    return words(folder / name)


def _alert(text: str) -> str:
    return "".join(line for line in text.splitlines() if line.startswith("预警："))


def counted(text: str) -> dict[str, int]:
    """Return the first number of each kind that a text says, 0 of those that it does not name."""
    found = {kind: re.search(pattern, re.sub(r"[ *]", "", text)) for kind, pattern in KINDS.items()}
    return {kind: int(match[1]) if match else 0 for kind, match in found.items()}


def rows_of(run: Run, on: tuple[str, ...]) -> dict[str, int]:
    """Count the rows of overdue as scripts have them."""
    items = json.loads(run("overdue", "--json", *on).out)["items"]
    parts = [row["part"] for row in items if row["part"]]
    milestones = sum(len(part) < len("2025") for part in parts)
    return {"items": len(items) - len(parts), "milestones": milestones, "periods": len(parts) - milestones}


@pytest.fixture
def run(run: Run) -> Run:
    """Run in Chinese."""
    return partial(run, LANGUAGE="zh_CN", COLUMNS="300")


def told(run: Run, folder: Path, on: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return what each teller counts."""
    return {name: counted(teller(run, folder, on)) for name, teller in TELLERS.items()}


@pytest.mark.parametrize("day", ["2025-02-01", "2025-07-05", "2026-02-01"])
def test_what_is_late_is_one_number(run: Run, tmp_path: Path, day: str) -> None:
    rounds(tmp_path)
    on = ("--as-of", day)
    right = rows_of(run, on)
    assert told(run, tmp_path, on) == dict.fromkeys(TELLERS, right)
    for by in ("section", "status", "year", "plan"):
        groups = json.loads(run("stats", "--by", by, "--json", *on).out)["groups"]
        assert sum(group["overdue"] for group in groups) == right["items"]
        assert sum(group["missed"] for group in groups) == right["milestones"] + right["periods"]


@pytest.mark.parametrize("day", ["2019-10-01", "2021-02-01"])
def test_so_it_is_of_a_real_table(run: Run, tmp_path: Path, day: str) -> None:
    (tmp_path / "tasks.yaml").write_bytes(TASKS_YAML.read_bytes())
    on = ("--as-of", day)
    assert told(run, tmp_path, on) == dict.fromkeys(TELLERS, rows_of(run, on))


def test_so_it_is_of_a_department(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    on = ("--as-of", "2025-07-05")
    loads = json.loads(run("depts", "--json", *on).out)["departments"]
    page = run("report", "-", *on).out
    for load in loads:
        name = load["name"]
        right = rows_of(run, ("--dept", name, "--role", "lead", *on))
        notice = run("notice", "--text", "--overdue", "--dept", name, *on).out
        (line,) = re.findall(rf"^\d+\. {name}：负责.*$", page, re.MULTILINE)
        assert counted(notice) == counted(line) == right
        assert (load["overdue"], load["missed"]) == (right["items"], right["milestones"] + right["periods"])
        assert counted(_alert(run("list", "--dept", name, "--role", "lead", *on).out)) == right


def test_an_item_that_is_late_with_a_part_of_it_counts_once_each(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path, ("年底前完成", "6月底前完成"))
    on = ("--as-of", "2025-07-05")
    right = {"items": 2, "milestones": 1, "periods": 2}
    assert rows_of(run, on) == right
    assert told(run, tmp_path, on) == dict.fromkeys(TELLERS, right)


def test_stats_have_columns_for_milestones_and_periods_where_there_are_any(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    before = run("stats", "--by", "dept", "--as-of", "2025-01-05").out.splitlines()[3].split()
    assert before == ["部门", "事项", "已完成", "已销号", "退回", "未办结", "逾期", "节点逾期", "完成率"]
    after = run("stats", "--by", "dept", "--as-of", "2025-07-05").out.splitlines()
    assert after[3].split()[-4:] == ["逾期", "节点逾期", "期次逾期", "完成率"]
    assert [line.split()[-4:-1] for line in after[5:8]] == [["1", "1", "0"], ["0", "0", "2"], ["0", "1", "0"]]
    assert [line.split()[0] for line in after[5:8]] == ["市科委", "市教委", "市数据局"]  # as in every list
    depts = run("depts", "--as-of", "2025-07-05").out.splitlines()
    assert depts[2].split()[-4:] == ["逾期", "节点逾期", "期次逾期", "未报告"]


def test_what_is_to_come_is_counted_apart(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    on = ("--as-of", "2025-09-20")
    assert "30天内到期1项、期次1期，" in run("report", "-", *on).out
    assert "临期 1 项、1 个期次（30 天内到期：3.1、2.1 2025-Q3）" in run("due", *on).out
    assert "临期 1 项、1 个期次（30 天内到期：2.1 2025-Q3、3.1）" in run("list", *on).out
    assert "、期次即将到期1期（见下表）" in run("notice", "--text", "--dept", "市教委", *on).out


def test_kinds_of_days_are_the_same_in_stats_and_on_the_page(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path, ("2025年9月底前", "主汛期前"))
    on = ("--as-of", "2025-07-05")
    groups = json.loads(run("stats", "--by", "year", "--json", *on).out)["groups"]
    totals = {group["key"]: group["total"] for group in groups}
    assert totals == {"2025": 2, "ongoing": 1, "recurring": 1, "undated": 1}
    for name in ("p.html", "p.docx", "p.md"):
        text = _made(run, tmp_path, "report", name, on).replace("|", "")
        for said in ("有期限2", "周期性工作1", "未定时限1", "持续推进1"):
            assert said in text
        assert "未定时限1项：3.1数据（市数据局，主汛期前）。" in text
    assert "未定时限1项：3.1 数据（市数据局，主汛期前）。" in run("report", "-", *on).out
    run("update", "3.1", "--status", "done", "--date", "2025-07-01")
    assert "未定时限1项：" not in run("report", "-", *on).out


def test_stats_name_a_plan_as_addresses_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    rounds(tmp_path / "plans", name="重点.yaml")
    rounds(tmp_path / "plans", ("某市2025年重点工作", "营商方案"), name="营商.yaml")
    told = run("stats", "-f", "plans", "--by", "plan", "--as-of", "2025-01-05").out
    assert re.findall(r"^ (\S+ \S+) +5 ", told, re.MULTILINE) == ["营商 营商方案", "重点 某市2025年重点工作"]


def test_stats_count_what_was_cancelled_where_any_was(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path)
    on = ("stats", "--by", "plan", "--as-of", "2025-07-05")
    assert "已终止" not in run(*on).out
    run("update", "1.1", "--status", "cancelled", "--note", "合并", "--date", "2025-07-01")
    heads, _line, counts = (line.split() for line in run(*on).out.splitlines()[2:5])
    told = dict(zip(heads[-9:], counts[-9:], strict=True))
    assert (told["已完成"], told["已终止"], told["未办结"]) == ("0", "1", "4")
