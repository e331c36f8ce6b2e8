"""The page for leaders in a browser: on a desk, on a phone, on paper."""

import shutil
import subprocess
from pathlib import Path

import pytest

import browser
from chengguo import load
from conftest import Run
from offices import office

pytestmark = [browser.needed]


@pytest.mark.parametrize("copies", [1, 13], ids=["24 items", "312 items"])
def test_the_page_fits_a_phone_a_desk_and_one_sheet_of_paper(run: Run, tmp_path: Path, copies: int) -> None:
    office(tmp_path, copies=copies)
    page = tmp_path / "page.html"
    assert run("report", str(page), "--as-of", "2020-03-01").code == 0
    seen = [browser.Seen(360, []), browser.Seen(1280, [])]
    assert browser.look(page, 360, 1280) == browser.Looked(seen, [])
    assert browser.sheets(page) == 1


def test_the_table_is_cards_on_a_phone(run: Run, tmp_path: Path) -> None:
    office(tmp_path)
    page = tmp_path / "table.html"
    assert run("export", str(page), "--as-of", "2020-03-01").code == 0
    seen = [browser.Seen(360, []), browser.Seen(1280, [])]
    assert browser.look(page, 360, 1280) == browser.Looked(seen, [])


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_on_paper_each_sheet_has_the_headings_and_the_title_of_the_task_that_goes_on(
    run: Run, tmp_path: Path
) -> None:
    office(tmp_path)
    page = tmp_path / "table.html"
    assert run("export", str(page), "--as-of", "2020-03-01", LANG="zh_CN.UTF-8").code == 0
    assert browser.sheets(page) > 3
    words = ("pdftotext", "-layout", str(page.with_suffix(".pdf")), "-")
    told = subprocess.run(words, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout
    sheets = told.removesuffix("\f").split("\f")
    assert all("重点任务主要内容" in sheet and "最近进展" in sheet for sheet in sheets)
    for item in load(tmp_path / "tasks.yaml").items:
        row = next(line for sheet in sheets for line in sheet.splitlines() if f" {item.address} " in line)
        assert row.split()[0] == str(item.task)


def test_the_browser_tells_what_is_too_wide_and_what_is_fetched(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<p style='width: 500px'><img src='other.png'><img src='http://a.example/b.png'>", "utf-8"
    )
    looked = browser.look(page, 360)
    assert looked.seen[0].width > 500
    assert len(looked.seen[0].wide) == 1
    assert [path.rpartition("/")[2] for path in sorted(looked.fetched)] == ["other.png", "b.png"]
