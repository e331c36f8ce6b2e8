"""What people write for a status, and what they type where an option belongs."""

from pathlib import Path

import pytest

from chengguo import load
from conftest import Run

SURE = {
    "未开展": "pending",
    "正常推进": "in_progress",
    "有序推进": "in_progress",
    "稳步推进": "in_progress",
    "序时推进": "in_progress",
    "办理中": "in_progress",
    "尚未启动": "pending",
    "提前完成": "done",
}
DOUBTFUL = {
    "基本完成": ("in progress", "what is left keeps it from being done"),
    "滞后": ("in progress", "if something stands in its way, it is blocked"),
    "暂缓": ("blocked", "if it is given up, it is cancelled"),
    "中止": ("blocked", "if it is given up, it is cancelled"),
    "进展缓慢": ("in progress", "if something stands in its way, it is blocked"),
    "未完成": ("in progress", "if nothing was begun, it is pending"),
}


@pytest.mark.parametrize(("word", "status"), SURE.items())
def test_a_word_that_is_sure_is_taken(run: Run, registry: Path, word: str, status: str) -> None:
    outcome = run("update", "4", "--status", word, "--date", "2019-06-30")
    assert (outcome.code, outcome.err) == (0, "")
    assert next(each for each in load(registry).items if each.address == "4.1").status == status


@pytest.mark.parametrize(("word", "meant"), DOUBTFUL.items())
def test_a_word_that_says_less_is_taken_and_the_doubt_said(
    run: Run, registry: Path, word: str, meant: tuple[str, str]
) -> None:
    outcome = run("update", "4", "--status", word, "--date", "2019-06-30")
    assert (outcome.code, outcome.err) == (0, f"'{word}' is taken for {meant[0]}: {meant[1]}\n")
    item = next(each for each in load(registry).items if each.address == "4.1")
    assert item.status.word == meant[0]


def test_the_doubt_in_chinese(run: Run, registry: Path) -> None:
    assert registry.is_file()
    outcome = run("list", "--status", "基本完成", "--format", "csv", LANG="zh_CN.UTF-8")
    assert outcome.err == "“基本完成”按“进行中”登记：尚有收尾工作，不算完成\n"


def test_a_sure_word_in_the_file_is_mended_and_a_doubtful_one_left(run: Run, registry: Path) -> None:
    text = registry.read_text("utf-8")
    for word in ("有序推进", "基本完成"):
        text = text.replace("status: pending", f"status: {word}", 1)
    registry.write_text(text, encoding="utf-8")
    outcome = run("validate", "--fix")
    assert outcome.code == 1
    assert "Write in_progress: what is left keeps it from being done." in outcome.out + outcome.err
    after = registry.read_text("utf-8")
    assert ("status: 有序推进" in after, "status: 基本完成" in after) == (False, True)


@pytest.mark.usefixtures("registry")
def test_what_departments_report_is_taken_and_what_is_doubtful_listed(run: Run, tmp_path: Path) -> None:
    lines = "编号,状态\n4.1,有序推进\n3.1,基本完成\n"
    (tmp_path / "报送.csv").write_text(lines, encoding="utf-8")
    outcome = run("collect", "报送.csv", "--date", "2019-06-30", "--dry-run")
    assert "1 report would be taken" in outcome.out
    doubt = "3.1: '基本完成' is no status; it may be in progress: what is left keeps it from being done"
    assert doubt in " ".join(outcome.out.split())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("4", "done"), "chengguo update 4 --status done"),
        (("已完成", "4", "3.2"), "chengguo update 4 3.2 --status 已完成"),
        (("done",), "chengguo update ID --status done"),
        (("4", "done", "--note", "已印发"), "chengguo update 4 --status done"),
    ],
)
def test_a_status_among_the_addresses(run: Run, registry: Path, words: tuple[str, ...], meant: str) -> None:
    before = registry.read_bytes()
    word = "已完成" if "已完成" in words else "done"
    assert run("update", *words) == (
        2,
        "",
        f"chengguo: '{word}' is a status, not an address\n  hint: Did you mean: {meant}?\n",
    )
    assert registry.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("import", "nofile.xlsx"), ("when", "10个工作日内", "--holidays", "nofile.xlsx")]
)
def test_a_table_that_is_not_there_is_no_registry(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words) == (2, "", "chengguo: there is no file nofile.xlsx\n  hint: Check the path.\n")
