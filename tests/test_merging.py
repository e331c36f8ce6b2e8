"""The merge driver, in real git merges: what git's own merge does with two branches, and what ours does."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import systems
from chengguo import load
from chengguo.edits.editing import Change, make
from chengguo.edits.merging import merge
from chengguo.model.status import Status
from chengguo.registry.reading import read_registry
from chengguo.text.source import decode
from conftest import TASKS_YAML, Run

pytestmark = systems.git

BASE = TASKS_YAML.read_text(encoding="utf-8")
Edit = Callable[[str], str]
ITEM_4 = "    schedule: 2019 年底\n    status: pending\n\n- id: 5\n"
REPORTED_4 = (
    "    schedule: 2019 年底\n    status: in_progress\n    progress:\n    - date: 2019-06-30\n"
    "      status: in_progress\n\n- id: 5\n"
)


def replaced(old: str, new: str) -> Edit:
    """Give an edit that replaces the one place where a text stands."""

    def edit(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    return edit


def reported(status: str, day: str, note: str = "") -> Edit:
    """Give an edit that records a report on item 4.1, as ``update`` does."""
    entry = f"    - date: {day}\n      status: {status}\n" + (f"      note: {note}\n" if note else "")
    block = f"    schedule: 2019 年底\n    status: {status}\n    progress:\n{entry}\n- id: 5\n"
    return replaced(ITEM_4, block)


def more(status: str, day: str) -> Edit:
    """Give an edit that records a second report on item 4.1."""
    entry = f"      status: in_progress\n    - date: {day}\n      status: {status}\n\n- id: 5\n"
    reports = replaced("      status: in_progress\n\n- id: 5\n", entry)
    return lambda text: reports(text).replace("    status: in_progress\n", f"    status: {status}\n", 1)


def added(task: int, title: str = "新任务") -> Edit:
    """Give an edit that adds a task at the end."""
    block = f"\n- id: {task}\n  section: 四\n  title: {title}\n  items:\n  - id: 1\n    content: 新事项。\n"
    return lambda text: (
        text.rstrip("\n")
        + "\n"
        + block
        + "    lead: [市科委]\n    schedule: 2019 年底\n    status: pending\n"
    )


def before(key: str, block: str) -> Edit:
    return replaced(key, block + key)


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for each in edits:
            text = each(text)
        return text

    return edit


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "LANG": "C.UTF-8", "LANGUAGE": ""}
    command = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=check, encoding="utf-8", env=environment
    )


def branches(folder: Path, base: str, ours: str, theirs: str, name: str = "tasks.yaml") -> Path:
    """Make a repository with two branches; ``main`` is checked out."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "core.autocrlf", "false")
    lines = "".join(
        f"commit refs/heads/{branch}\nmark :{number}\n"
        f"committer Somebody <somebody@example.org> {number} +0000\n"
        f"data 0\n{start}M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n"
        for number, branch, start, text in (
            (1, "main", "", base),
            (2, "theirs", "from :1\n", theirs),
            (3, "main", "from :1\n", ours),
        )
    )
    words = ("git", "fast-import", "--quiet")  # in bytes, and one process for a dozen
    subprocess.run(words, cwd=folder, input=lines.encode(), capture_output=True, check=True)
    git(folder, "checkout", "--quiet", "main")
    return file


def merged(run: Run, folder: Path, *, driver: bool, name: str = "tasks.yaml") -> int:
    """Merge ``theirs`` into ``main``, with our driver or without; give git's exit code."""
    if driver:
        assert run("merge", "--install", "-f", name, folder=folder).code == 0
    return git(folder, "merge", "--quiet", "--no-edit", "theirs", check=False).returncode


ONE, TWO = "    schedule: 2017 年底\n    status: pending\n", "    schedule: 2017 年底\n    status: blocked\n"
# What two branches do; whether git's own merge stops (1), merges (0), or merges wrongly (2).
SOUND = {
    "other items": (reported("done", "2019-12-20"), replaced(ONE, TWO), 0),
    "a status and the schedule above it": (
        replaced(ITEM_4, ITEM_4.replace("2019 年底", "2020 年底")),
        reported("done", "2019-12-20"),
        1,
    ),
    "two reports on one item": (
        both(replaced(ITEM_4, REPORTED_4), more("done", "2019-12-20")),
        both(replaced(ITEM_4, REPORTED_4), more("blocked", "2019-09-30")),
        1,
    ),
    "a first report each": (reported("done", "2019-12-20"), reported("in_progress", "2019-06-30"), 1),
    "a task each at the end": (added(16), added(17), 1),
    "a department each at one place": (
        both(before("sections:\n", "  市大数据中心: {}\n"), added(16)),
        before("sections:\n", "  市信访办: {}\n"),
        1,
    ),
    "the same report twice": (reported("done", "2019-12-20"), reported("done", "2019-12-20"), 0),
    "a comment and a field": (
        before("  - id: 1\n    content: |-\n      建立科技成果转移转化联席会议制度", "  # 待核\n"),
        replaced(ONE, TWO),
        0,
    ),
    "a task removed and another changed": (
        lambda text: text[: text.index("\n- id: 15\n")] + "\n",
        replaced(ONE, TWO),
        0,
    ),
}


@pytest.mark.parametrize("case", SOUND)
def test_what_both_did_is_in_the_merge(run: Run, tmp_path: Path, case: str) -> None:
    ours, theirs, outcome = SOUND[case]
    for driver in (False, True):
        folder = tmp_path / str(driver)
        folder.mkdir()
        file = branches(folder, BASE, ours(BASE), theirs(BASE))
        code = merged(run, folder, driver=driver)
        if not driver:
            assert code == outcome
            continue
        assert code == 0
        text = file.read_text(encoding="utf-8")
        assert "<<<<<<<" not in text
        errors = [each for each in load(file).findings if each.code != "N305"]
        assert errors == []
        one, two = (set(side(BASE).split("\n")) for side in (ours, theirs))
        base = set(BASE.split("\n"))
        status = {line for line in one | two if line.startswith("    status: ")}
        assert ((one | two) - base) - status <= set(text.split("\n"))


def test_reports_of_both_stand_in_order_and_the_later_decides(run: Run, tmp_path: Path) -> None:
    ours, theirs, _outcome = SOUND["two reports on one item"]
    file = branches(tmp_path, replaced(ITEM_4, REPORTED_4)(BASE), ours(BASE), theirs(BASE))
    assert merged(run, tmp_path, driver=True) == 0
    (item,) = (item for item in load(file).items if item.address == "4.1")
    assert [str(entry.date) for entry in item.progress] == ["2019-06-30", "2019-09-30", "2019-12-20"]
    assert item.status == "done"
    assert load(file).findings == ()


CONFLICTS = {
    "one field both ways": (
        replaced(ONE, TWO),
        replaced(ONE, TWO.replace("blocked", "done")),
        "<<<<<<< ours\n    status: blocked\n=======\n    status: done\n>>>>>>> theirs\n",
    ),
    "one day, two statuses": (
        reported("done", "2019-12-20"),
        reported("blocked", "2019-12-20"),
        (
            "<<<<<<< ours\n    status: done\n=======\n    status: blocked\n>>>>>>> theirs\n    progress:\n"
            "    - date: 2019-12-20\n      status: done\n    - date: 2019-12-20\n      status: blocked\n"
        ),
    ),
    "one id for two tasks": (added(16, "甲"), added(16, "乙"), "<<<<<<< ours\n- id: 16\n"),
    "a task removed and changed": (
        lambda text: text[: text.index("\n- id: 15\n")] + "\n",
        replaced("- id: 15\n", "- id: 15 # 待核\n"),
        "<<<<<<< ours\n=======\n- id: 15 # 待核\n",
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_what_cannot_be_both_is_marked(run: Run, tmp_path: Path, case: str) -> None:
    ours, theirs, marked = CONFLICTS[case]
    file = branches(tmp_path, BASE, ours(BASE), theirs(BASE))
    assert merged(run, tmp_path, driver=True) == 1
    text = file.read_text(encoding="utf-8")
    assert marked in text
    assert text.count("<<<<<<<") == text.count("=======") == text.count(">>>>>>>") == 1
    assert "Y108" in run("validate", folder=tmp_path).out
    assert git(tmp_path, "ls-files", "--unmerged").stdout


def test_git_alone_takes_one_id_twice_without_a_word(run: Run, tmp_path: Path) -> None:
    task = added(16)("").strip("\n").replace("新任务", "乙") + "\n\n"
    ours, theirs = added(16, "甲")(BASE), before("- id: 15\n", task)(BASE)
    (tmp_path / "git").mkdir()
    file = branches(tmp_path / "git", BASE, ours, theirs)
    assert merged(run, tmp_path / "git", driver=False) == 0
    assert [each.code for each in load(file).findings] == ["T601"]
    (tmp_path / "ours").mkdir()
    file = branches(tmp_path / "ours", BASE, ours, theirs)
    assert merged(run, tmp_path / "ours", driver=True) == 1
    assert file.read_text(encoding="utf-8").count("<<<<<<<") == 1


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_the_byte_order_mark_stay(run: Run, tmp_path: Path, change: Edit) -> None:
    ours, theirs, _outcome = SOUND["two reports on one item"]
    file = branches(
        tmp_path, change(replaced(ITEM_4, REPORTED_4)(BASE)), change(ours(BASE)), change(theirs(BASE))
    )
    assert merged(run, tmp_path, driver=True) == 0
    text = file.read_bytes().decode()
    assert change(text.replace("\r\n", "\n").removeprefix("\ufeff")) == text
    assert load(file).findings == ()


@pytest.mark.parametrize("name", ["督办 台账/任务 表.yaml", "a [b]*.yaml"])
def test_any_name_can_be_installed(run: Run, tmp_path: Path, name: str) -> None:
    ours, theirs, _outcome = SOUND["a first report each"]
    file = branches(tmp_path, BASE, ours(BASE), theirs(BASE), name)
    assert merged(run, tmp_path, driver=True, name=name) == 0
    assert load(file).findings == ()


def test_what_is_installed_is_said_and_written_once(run: Run, tmp_path: Path) -> None:
    branches(tmp_path, BASE, BASE, BASE)
    attributes = tmp_path / ".gitattributes"
    attributes.write_bytes(b"*.md text")
    dry = run("merge", "--install", "--dry-run")
    assert (dry.code, attributes.read_bytes()) == (0, b"*.md text")
    assert dry.out.endswith("Dry run: nothing was written.\n")
    done = run("merge", "--install")
    assert (done.code, done.err) == (0, "")
    assert dry.out.removesuffix("Dry run: nothing was written.\n") == done.out
    assert attributes.read_bytes() == b"*.md text\n/tasks.yaml merge=chengguo\n"
    assert f"{Path(sys.executable).as_posix()} -P -m chengguo merge" in done.out
    assert "has the line already" in run("merge", "--install").out
    assert attributes.read_bytes() == b"*.md text\n/tasks.yaml merge=chengguo\n"


@pytest.mark.parametrize("command", [("merge", "--quiet", "--no-edit", "theirs"), ("rebase", "theirs")])
def test_code_in_the_work_tree_is_not_run(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    first, second, _outcome = SOUND["a first report each"]
    file = branches(tmp_path, BASE, first(BASE), second(BASE))
    (tmp_path / "yaml.py").write_text("open('PWNED', 'w')\n", encoding="utf-8")
    (tmp_path / "csv.py").write_text("rows = []\n", encoding="utf-8")
    assert run("merge", "--install").code == 0
    done = git(tmp_path, *command, check=False)
    assert (done.returncode, "line by line" in done.stderr) == (0, False)
    assert load(file).findings == ()
    assert not (tmp_path / "PWNED").exists()


@pytest.mark.parametrize("program", ["", "#!/bin/sh\nexit 1\n", "#!/bin/sh\nexit 70\n"])
@pytest.mark.parametrize("case", ["a first report each", "other items"])
def test_when_ours_cannot_run_git_merges_by_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, case: str
) -> None:
    ours, theirs, code = SOUND[case]
    file = branches(tmp_path / "tree", BASE, ours(BASE), theirs(BASE))
    broken = tmp_path / "it's 100% gone"
    if program:
        broken.write_text(program, encoding="utf-8")
        broken.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(broken))
        assert run("merge", "--install", folder=file.parent).code == 0
    done = git(file.parent, "merge", "--quiet", "--no-edit", "theirs", check=False)
    assert (done.returncode, "git does it line by line" in done.stderr) == (code, True)
    text = file.read_text(encoding="utf-8")
    lines = {line for side in (ours, theirs) for line in set(side(BASE).split("\n")) - set(BASE.split("\n"))}
    assert lines <= set(text.split("\n"))
    assert ("<<<<<<<" in text) is bool(code)


def test_installing_again_replaces_what_was_installed(run: Run, tmp_path: Path) -> None:
    branches(tmp_path, BASE, BASE, BASE)
    for old in ("python3 -m chengguo merge %O %A %B", "another"):
        git(tmp_path, "config", "--add", "merge.chengguo.driver", old)
    assert run("merge", "--install").code == 0
    [driver] = git(tmp_path, "config", "--get-all", "merge.chengguo.driver").stdout.splitlines()
    assert " -P -m chengguo merge " in driver


def test_a_broken_version_is_merged_line_by_line(run: Run, tmp_path: Path) -> None:
    for name, text in (("base", BASE), ("ours", BASE + "]\n"), ("theirs", replaced(ONE, TWO)(BASE))):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    outcome = run("merge", "base", "ours", "theirs")
    assert "merged line by line" in outcome.err
    assert (tmp_path / "ours").read_text(encoding="utf-8") == replaced(ONE, TWO)(BASE) + "]\n"


def test_an_error_that_no_side_had_stops_the_merge(run: Run, tmp_path: Path) -> None:
    ours = replaced("  市审计局:\n    full: 上海市审计局\n", "")(BASE).replace("市审计局, ", "")
    head, _lead, tail = added(16)(BASE).rpartition("lead: [市科委]")
    for name, text in (
        ("base", BASE),
        ("ours", ours),
        ("theirs", f"{head}lead: [市审计局]{tail}"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    outcome = run("merge", "base", "ours", "theirs")
    assert (outcome.code, outcome.out) == (1, "")
    assert "ours:" in outcome.err
    assert "N301" in outcome.err


@pytest.mark.parametrize("name", ["tasks.yaml", "督办 台账/任务 表.yaml"])
def test_such_an_error_is_told_of_the_file_that_must_be_mended(run: Run, tmp_path: Path, name: str) -> None:
    renamed = BASE.replace("市审计局:\n    full", "市审计署:\n    aliases: [市审计局]\n    full").replace(
        "市审计局", "市审计署"
    )
    renamed = renamed.replace("aliases: [市审计署]", "aliases: [市审计局]")
    head, _lead, tail = added(16)(BASE).rpartition("lead: [市科委]")
    file = branches(tmp_path, BASE, renamed, f"{head}lead: [市审计局]{tail}", name)
    assert run("merge", "--install", "-f", name).code == 0
    done = git(tmp_path, "merge", "--quiet", "--no-edit", "theirs", check=False)
    assert done.returncode == 1
    assert f"{name}:" in done.stderr.partition("N307")[0]
    assert f"mend {name}, by hand or by: chengguo validate --fix {name}\n" in done.stderr
    assert run("validate", "--fix", name).code == 0
    assert load(file).findings == ()


@pytest.mark.parametrize("words", [(), ("a", "b"), ("a", "b", "c", "d")])
def test_three_files_are_merged(run: Run, words: tuple[str, ...]) -> None:
    outcome = run("merge", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "merge takes three files" in outcome.err


@pytest.mark.parametrize("case", [*SOUND, *CONFLICTS])
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(case: str) -> None:
    edits = {**SOUND, **CONFLICTS}[case]
    documents = [read_registry(decode(text.encode(), "x")) for text in (BASE, edits[0](BASE))]
    base, changed = documents
    for one, two in ((changed, base), (base, changed), (changed, changed)):
        outcome = merge(base, one, two)
        assert outcome is not None
        assert (outcome.conflicts, outcome.source.text) == (0, changed.source.text)


WHOLE = read_registry(decode(BASE[: BASE.index("- id: 7\n")].encode(), "x"))
REPORTS = st.dictionaries(
    st.integers(0, len(WHOLE.registry.items) - 1),
    st.tuples(
        st.dates(date(2018, 1, 1), date(2020, 12, 31)), st.sampled_from(Status), st.sampled_from("甲乙")
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(REPORTS, REPORTS)
def test_reports_on_different_items_merge_to_what_one_hand_would_have_written(
    one: dict[int, tuple[date, Status, str]], two: dict[int, tuple[date, Status, str]]
) -> None:
    two = {number: report for number, report in two.items() if number not in one}

    def after(reports: dict[int, tuple[date, Status, str]]) -> str:
        changes = tuple(Change(WHOLE.registry.items[n], *report) for n, report in reports.items())
        return make(WHOLE, changes).source.text

    sides = [read_registry(decode(after(reports).encode(), "x")) for reports in (one, two)]
    outcome = merge(WHOLE, sides[0], sides[1])
    assert outcome is not None
    assert (outcome.conflicts, outcome.source.text) == (0, after({**one, **two}))
