"""The office issues its table anew: it is brought into the registry, and nothing reported is lost."""

from pathlib import Path

import pytest

from chengguo import load
from conftest import Run

HEADER = "某市2019年重点任务分工表\n序号\t重点任务\t主要内容\t责任单位\t配合单位\t完成时限\t责任人\n"
ROWS = (
    "1\t建设平台\t建设平台一期，联通各区系统，年内上线运行。\t市科委\t市教委\t2019年6月底\t张三\n"
    "1\t建设平台\t制定平台管理办法，明确各方职责和数据标准。\t市科委\t\t2019年底\t李四\n"
    "2\t培育人才\t组织全市技术转移人才培训，全年不少于十期。\t市教委\t\t2019年底\t王五\n"
)
REVISED = (
    "1\t建设信息平台\t制定平台管理办法，明确各方职责和数据标准。\t市教委\t市科委\t2020年3月底\t李四\n"
    "1\t建设信息平台\t建设平台一期，联通各区和园区系统，年内上线运行。\t市科委\t市教委\t2019年6月底\t赵六\n"
    "1\t建设信息平台\t开展绩效评估并公布结果。\t市财政局\t\t2020年底\t钱某\n"
    "3\t改革税制\t落实税收优惠。\t市地税局\t\t2020年底\t孙某\n"
)


@pytest.fixture
def registry(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "旧.tsv").write_text(HEADER + ROWS, encoding="utf-8")
    assert run("import", "旧.tsv").code == 0
    file = tmp_path / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    schedule:", "    # 已与财政商定\n    schedule:", 1), encoding="utf-8")
    run("update", "1.1", "--status", "进行中", "--note", "已立项", "--date", "2019-02-01")
    run("update", "2", "--status", "进行中", "--date", "2019-03-01")
    run("extend", "1.1", "--to", "2019年底", "--reason", "设备推迟", "--date", "2019-05-01")
    return file


def revise(run: Run, folder: Path, rows: str, *words: str, **environment: str) -> tuple[int, str, str]:
    (folder / "新.tsv").write_text(HEADER + rows, encoding="utf-8")
    return run("import", "新.tsv", "--into", "tasks.yaml", *words, **environment)


def test_the_same_table_changes_nothing(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    code, out, err = revise(run, tmp_path, ROWS)
    assert (code, out.splitlines()[-1], err) == (0, "0 changes in tasks.yaml", "")
    assert registry.read_bytes() == before


def test_a_revision_is_brought_in(run: Run, registry: Path, tmp_path: Path) -> None:
    was = {item.address: item for item in load(registry).items}
    code, out, err = revise(run, tmp_path, REVISED)
    assert (code, err) == (0, "")
    made = load(registry)
    now = {item.address: item for item in made.items}
    assert list(now) == ["1.1", "1.2", "1.3", "2.1", "3.1"]
    assert now["1.1"].content == "建设平台一期，联通各区和园区系统，年内上线运行。"
    assert (now["1.1"].progress, now["1.1"].extensions) == (was["1.1"].progress, was["1.1"].extensions)
    assert dict(now["1.1"].extra) == {"责任人": "赵六"}
    assert (now["1.2"].lead, now["1.2"].support) == (("市教委",), ("市科委",))
    assert now["1.2"].schedule.wording == "2020年3月底"
    assert (now["1.3"].content, now["1.3"].lead) == ("开展绩效评估并公布结果。", ("市财政局",))
    assert (now["2.1"].status, len(now["2.1"].progress)) == ("cancelled", 2)
    assert (now["3.1"].lead, [task.title for task in made.tasks]) == (
        ("市地税局",),
        ["建设信息平台", "培育人才", "改革税制"],
    )
    assert "    # 已与财政商定\n" in registry.read_text(encoding="utf-8")
    assert "years of the plan: 2019 → 2019-2020" in out
    assert "added 1.3" in out
    assert "reassigned 1.2" in out
    assert run("validate").code == 0
    assert revise(run, tmp_path, REVISED)[1].splitlines()[-1] == "0 changes in tasks.yaml"
    assert run("undo").code == 0
    assert load(registry).items[0].content == was["1.1"].content


def test_a_dry_run_writes_nothing(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    code, out, _err = revise(run, tmp_path, REVISED, "--dry-run", LANGUAGE="zh_CN")
    assert code == 0
    assert "试运行" in out
    assert registry.read_bytes() == before


DOUBTFUL = (
    "1\t建设平台\t建设平台二期，接入各区园区，次年试运行上线。\t市科委\t市教委\t2019年6月底\t张三\n"
    + "".join(ROWS.splitlines(keepends=True)[1:])
)


def test_a_doubtful_pair_is_asked_for_by_name(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    code, out, err = revise(run, tmp_path, DOUBTFUL)
    assert (code, out) == (1, "")
    assert "nobody can tell whether these are the same: 1.1=1.1" in err
    assert "--map-item 1.1=1.1 where it is the same, --map-item 1.1= where it is gone" in err
    assert registry.read_bytes() == before
    assert revise(run, tmp_path, DOUBTFUL, "--map-item", "1.1=1.1")[0] == 0
    assert load(registry).items[0].content.startswith("建设平台二期")
    assert len(load(registry).items) == 3


def test_a_pair_that_is_told_apart(run: Run, registry: Path, tmp_path: Path) -> None:
    assert revise(run, tmp_path, DOUBTFUL, "--map-item", "1.1=")[0] == 0
    now = {item.address: item for item in load(registry).items}
    assert (now["1.1"].status, now["1.3"].content[:6]) == ("cancelled", "建设平台二期")


@pytest.mark.parametrize("word", ["1.1", "=", "9.9=1.1", "1.1=9.9"])
def test_a_pair_that_is_none_is_wrong_usage(run: Run, registry: Path, tmp_path: Path, word: str) -> None:
    assert registry.is_file()
    code, _out, err = revise(run, tmp_path, REVISED, "--map-item", word)
    assert (code, f"--map-item {word}: not two items" in err) == (2, True)


def test_the_options_go_with_into(run: Run, registry: Path, tmp_path: Path) -> None:
    assert registry.is_file()
    assert run("import", "旧.tsv", "-o", "x.yaml", "--dry-run").code == 2
    assert not (tmp_path / "x.yaml").exists()


def test_a_comment_of_what_was_printed_before_is_told(run: Run, registry: Path, tmp_path: Path) -> None:
    text = registry.read_text(encoding="utf-8")
    comment = "# 原文 / as printed: 市科委（牵头）"
    registry.write_text(text.replace("    lead: ", f"    {comment}\n    lead: "), encoding="utf-8")
    _code, out, _err = revise(run, tmp_path, REVISED)
    told = [line for line in out.splitlines() if comment in line]
    assert told == [f"1.2: this comment is of the table before: {comment}"]
    assert registry.read_text(encoding="utf-8").count(comment) == 3


def test_the_file_that_is_written_is_the_one_that_is_revised(
    run: Run, registry: Path, tmp_path: Path
) -> None:
    before = registry.read_bytes()
    code, out, err = revise(run, tmp_path, REVISED, "-o", "另存.yaml")
    assert (code, out, "-o does not go with --into" in err) == (2, "", True)
    assert (registry.read_bytes(), (tmp_path / "另存.yaml").exists()) == (before, False)
    assert revise(run, tmp_path, REVISED, "-o", "tasks.yaml")[0] == 0


def test_what_is_gone_ended_on_the_day_that_is_named(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    told = revise(run, tmp_path, REVISED)[1]
    today = load(registry).items[3].progress[-1].date
    assert f"\ncancelled as of {today}, today; --date names another day\n" in told
    registry.write_bytes(before)
    named = revise(run, tmp_path, REVISED, "--date", "2019-07-01")
    assert (named[0], "--date names another day" in named[1]) == (0, False)
    gone = next(item for item in load(registry).items if item.address == "2.1")
    assert (gone.status, str(gone.progress[-1].date), gone.progress[-1].status) == (
        "cancelled",
        "2019-07-01",
        "cancelled",
    )
    assert "cancelled" in run("list", "--as-of", "2019-07-01", "--format", "csv").out
    assert "cancelled" not in run("list", "--as-of", "2019-06-30", "--format", "csv").out


def test_a_day_on_which_nothing_can_have_ended_is_refused(run: Run, registry: Path, tmp_path: Path) -> None:
    before = registry.read_bytes()
    earlier = revise(run, tmp_path, REVISED, "--date", "2019-02-28")
    assert earlier[:2] == (1, "")
    assert earlier[2] == (
        "chengguo: 2.1 is gone from the table, and was reported on 2019-03-01, later than 2019-02-28\n"
        "  hint: Name that day or a later one with --date.\n"
    )
    assert revise(run, tmp_path, REVISED, "--date", "2999-01-01")[0] == 2
    assert registry.read_bytes() == before
    alone = run("import", "旧.tsv", "-o", "x.yaml", "--date", "2019-07-01")
    assert (alone.code, alone.err.splitlines()[0]) == (2, "chengguo: --date goes with --into")


def test_numbers_that_are_others_in_the_table_are_told(run: Run, registry: Path, tmp_path: Path) -> None:
    first, second, third = ROWS.splitlines(keepends=True)
    new = "1\t改革税制\t落实税收优惠。\t市地税局\t\t2019年底\t孙某\n"
    moved = [f"{int(row[0]) + 1}{row[1:]}" for row in (first, second, third)]
    code, out, _err = revise(run, tmp_path, "".join([new, *moved]))
    told = "3 numbers of the table are others here, which reports go by: 1→3, 2→1, 3→2"
    assert (code, told in out) == (0, True)
    assert [item.address for item in load(registry).items] == ["1.1", "1.2", "2.1", "3.1"]


def test_printed_addresses_that_are_others_are_told(run: Run, tmp_path: Path) -> None:
    rows = (
        f"1.{{}}\t建设平台\t{what}\t市科委\t\t2019年底\t张三\n"
        for what in ("编制方案。", "印发办法。", "组织培训。")
    )
    first, second, third = rows
    (tmp_path / "旧.tsv").write_text(HEADER + first.format(1) + second.format(2), encoding="utf-8")
    assert run("import", "旧.tsv").code == 0
    out = revise(run, tmp_path, third.format(1) + first.format(2) + second.format(3))[1]
    assert "3 numbers of the table are others here, which reports go by: 1.1→1.3, 1.2→1.1, 1.3→1.2" in out
