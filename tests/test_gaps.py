"""What goes out says itself what of the registries could not be read, in every format."""

import email
import email.policy
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from conftest import Run
from rounds import rounds, words

ON = ("--as-of", "2025-07-05")
TOLD = "未包括以下读不出的内容："
MISTYPED = ("    schedule: 2025年6月底前", "    schedul: 2025年6月底前")
PLANS = ("-f", "plans")


@pytest.fixture
def run(run: Run) -> Run:
    """Run in Chinese."""
    return partial(run, LANGUAGE="zh_CN")


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Make a folder of two plans, one of which is no YAML."""
    folder = tmp_path / "plans"
    folder.mkdir()
    rounds(folder, name="重点.yaml")
    rounds(folder, ("tasks:", "tasks: ["), name="营商.yaml")
    return folder


@pytest.mark.parametrize("name", ["p.html", "p.docx", "p.md", "p.txt"])
def test_a_page_says_which_plan_cannot_be_read(run: Run, plans: Path, name: str) -> None:
    assert run("report", name, *PLANS, *ON).code == 1
    assert f"{TOLD}营商.yaml。" in words(plans.parent / name)


@pytest.mark.parametrize("name", ["p.html", "p.docx", "p.md", "p.txt"])
def test_a_page_says_which_item_cannot_be_read(run: Run, tmp_path: Path, name: str) -> None:
    rounds(tmp_path, MISTYPED, ("lead: [市数据局]", "lead: [市大数据局]"))
    run("report", name, *ON)
    assert f"{TOLD}tasks.yaml中的1.1、3.1。" in words(tmp_path / name)


@pytest.mark.parametrize("name", ["p.html", "p.docx", "p.md", "p.txt"])
def test_a_page_of_a_sound_registry_says_nothing_of_it(run: Run, tmp_path: Path, name: str) -> None:
    rounds(tmp_path)
    assert run("report", name, *ON).code == 0
    assert "未包括" not in words(tmp_path / name)


def test_what_has_no_address_is_told_by_its_line(run: Run, tmp_path: Path) -> None:
    rounds(tmp_path, ("  - id: 2\n    content: 持续", "  - idd: 2\n    content: 持续"))
    assert f"{TOLD}tasks.yaml 中的 第33行。" in run("report", "-", *ON).out


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv", "ics"])
def test_a_table_says_what_it_is_without(run: Run, plans: Path, suffix: str) -> None:
    run("export", f"t.{suffix}", *PLANS, *ON)
    assert f"{TOLD}营商.yaml" in words(plans.parent / f"t.{suffix}")
    rounds(plans.parent, MISTYPED)
    run("export", f"one.{suffix}", *ON)
    assert f"{TOLD}tasks.yaml中的1.1" in words(plans.parent / f"one.{suffix}")


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv"])
def test_what_a_table_says_so_is_no_work_when_it_comes_back(run: Run, tmp_path: Path, suffix: str) -> None:
    rounds(tmp_path, MISTYPED)
    run("export", f"t.{suffix}", "--table-only", *ON)
    assert TOLD in words(tmp_path / f"t.{suffix}")
    outcome = run("import", f"t.{suffix}", "-o", "back.yaml")
    assert "读到 5 个事项：3 个任务" in outcome.out
    assert TOLD not in (tmp_path / "back.yaml").read_text(encoding="utf-8") + outcome.out
    assert "存疑 0 处" in run("collect", f"t.{suffix}", "--date", "2025-07-05").out


def test_a_database_has_a_table_of_it(run: Run, plans: Path) -> None:
    rounds(plans, MISTYPED, name="重点.yaml")
    run("export", "t.sqlite", *PLANS, *ON)
    with closing(sqlite3.connect(plans.parent / "t.sqlite")) as database:
        rows = database.execute("SELECT * FROM unread ORDER BY plan").fetchall()
    assert rows == [("", "营商.yaml", ""), ("重点", "重点.yaml", "1.1")]


def test_a_calendar_takes_nothing_off_that_could_not_be_read(run: Run, plans: Path) -> None:
    rounds(plans, ("一: 创新", "一: 营商"), name="营商.yaml")
    assert run("export", "t.ics", *PLANS, *ON).code == 0
    whole = (plans.parent / "t.ics").read_text(encoding="utf-8")
    rounds(plans, ("tasks:", "tasks: ["), name="营商.yaml")
    assert run("export", "t.ics", *PLANS, *ON, "--force").code == 1
    left = (plans.parent / "t.ics").read_text(encoding="utf-8")
    assert left.count("BEGIN:VEVENT") == whole.count("BEGIN:VEVENT")
    assert "CANCELLED" not in left


def test_notices_and_forms_say_it_too(run: Run, plans: Path) -> None:
    folder = plans.parent
    run("notice", "通知", "--eml", *PLANS, *ON)
    made = sorted(path.name for path in (folder / "通知").iterdir())
    assert len(made) == 6
    for name in made:
        path = folder / "通知" / name
        if name.endswith(".docx"):
            assert f"注：{TOLD}营商.yaml。" in words(path)
        else:
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            text = mail.get_body().get_content()  # type: ignore[union-attr]
            assert f"注：{TOLD}营商.yaml。" in text
    assert f"注：{TOLD}营商.yaml。" in run("notice", "--text", *PLANS, *ON).out
    run("form", "-o", "填报", *PLANS, *ON)
    for path in (folder / "填报").iterdir():
        assert f"{TOLD}营商.yaml" in words(path)


def test_a_template_of_the_office_is_asked_to_say_it(run: Run, plans: Path) -> None:
    (plans.parent / "own.txt").write_text("共{{ page.figures.total }}项。{{ page.unread }}", encoding="utf-8")
    outcome = run("report", "-", "--template", "own.txt", *PLANS, *ON)
    assert outcome.out == f"共5项。{TOLD}营商.yaml"
    assert outcome.err.endswith("chengguo: 模板中写有 {{ page.unread }}，才会写明读不出的内容\n")
    assert run("report", "-", "-f", "plans/重点.yaml", "--template", "own.txt", *ON).err == ""
