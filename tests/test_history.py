"""What the registry was like: ``log``, ``diff`` and ``--at``, on real git repositories."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import Outcome, Run

NOTE = ("--note", "已上线运行", "--date", "2019-12-20")
IN_THE_REPOSITORY = ["tasks.yaml", "sub folder/任务 表.yaml"]


def git(folder: Path, *words: str, day: str = "2019-11-30") -> str:
    """Run git as somebody, on a day."""
    environment = os.environ | {
        "GIT_AUTHOR_DATE": f"{day}T12:00:00+08:00",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00+08:00",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    command = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", *words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=True, encoding="utf-8", env=environment
    )
    return done.stdout


@pytest.fixture
def repository(registry: Path) -> Path:
    """A repository with the real table, committed once and tagged."""
    folder = registry.parent
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "first")
    return folder


def commit(folder: Path, tag: str, day: str = "2019-11-30") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", tag, day=day)
    git(folder, "tag", tag)


# -- --at ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "4"),
        ("due",),
        ("overdue",),
        ("depts",),
        ("stats",),
        ("log",),
    ],
)
def test_every_query_can_look_at_a_commit(run: Run, repository: Path, words: tuple[str, ...]) -> None:
    day = () if words == ("log",) else ("--as-of", "2020-01-01")
    before = run(*words, *day, "--format", "json")
    run("update", "4", "--status", "done", *NOTE)
    assert run(*words, *day, "--format", "json").out != before.out
    earlier = run(*words, *day, "--at", "first", "--format", "json")
    assert (earlier.code, earlier.err) == (0, "")
    assert earlier.out == before.out.replace('"file": "tasks.yaml"', '"file": "first:tasks.yaml"')
    assert repository.is_dir()


@pytest.mark.parametrize("name", IN_THE_REPOSITORY)
def test_any_path_in_the_repository_is_found(run: Run, repository: Path, name: str) -> None:
    file = repository / name
    file.parent.mkdir(exist_ok=True)
    (repository / "tasks.yaml").rename(file)
    commit(repository, "moved")
    content = file.read_bytes()
    file.write_bytes(b"")
    outcome = run("list", "-f", name, "--at", "moved", "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["count"]) == (0, 24)
    assert run("list", "-f", name, "--at", "moved~0", folder=repository).code == 0
    assert content


@pytest.mark.parametrize(
    ("revision", "code", "message"),
    [
        ("nothing", 2, "git knows no commit 'nothing'"),
        ("--output=x", 2, "git knows no commit '--output=x'"),
        ("first:tasks.yaml", 2, "git knows no commit 'first:tasks.yaml'"),
        ("empty", 2, "there is no tasks.yaml in empty"),
    ],
)
def test_a_revision_that_there_is_not(
    run: Run, repository: Path, revision: str, code: int, message: str
) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "other")
    git(repository, "rm", "--quiet", "--cached", "tasks.yaml")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "empty")
    git(repository, "tag", "empty")
    outcome = run("list", f"--at={revision}")
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert sorted(path.name for path in repository.iterdir()) == [".git", "tasks.yaml"]


@pytest.mark.usefixtures("registry")
def test_without_a_repository_or_without_git_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    outcome = run("list", "--at", "HEAD")
    assert (outcome.code, outcome.out) == (2, "")
    assert "is not in a git repository" in outcome.err
    without = run("list", "--at", "HEAD", PATH=str(tmp_path))
    assert (without.code, "git cannot be run" in without.err) == (2, True)


def test_standard_input_has_no_versions(run: Run) -> None:
    outcome = run("list", "-f", "-", "--at", "HEAD")
    assert (outcome.code, outcome.out) == (2, "")
    assert "standard input has no versions" in outcome.err


# -- log -----------------------------------------------------------------------------------------


@pytest.fixture
def reported(run: Run, registry: Path) -> Path:
    """The real table with three reports."""
    run("update", "4", "--status", "进行中", "--date", "2019-06-30")
    run("update", "4", "--status", "done", *NOTE)
    run("update", "3.2", "--note", "已印发", "--date", "2019-09-30")
    return registry


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ((), ["2019-12-20", "2019-09-30", "2019-06-30"]),
        (("--reverse",), ["2019-06-30", "2019-09-30", "2019-12-20"]),
        (("4",), ["2019-12-20", "2019-06-30"]),
        (("3", "4.1"), ["2019-12-20", "2019-09-30", "2019-06-30"]),
        (("3.3",), []),
        (("--since", "2019-09-30"), ["2019-12-20", "2019-09-30"]),
        (("--until", "2019年9月底"), ["2019-09-30", "2019-06-30"]),
        (("--dept", "市张江高新区管委会"), ["2019-12-20", "2019-09-30", "2019-06-30"]),
        (("--dept", "市审计局"), []),
    ],
)
@pytest.mark.usefixtures("reported")
def test_log_lists_reports(run: Run, words: tuple[str, ...], days: list[str]) -> None:
    outcome = run("log", *words, "--format", "json")
    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"]) == (0, "", "chengguo/log/1")
    assert [report["date"] for report in document["reports"]] == days
    assert document["count"] == len(days)


@pytest.mark.usefixtures("reported")
def test_log_for_people_and_for_scripts(run: Run) -> None:
    assert run("log", "4", "--format", "csv").out == (
        "date,id,title,status,note\r\n"
        "2019-12-20,4.1,加快建立科技成果信息共享与发布系统,done,已上线运行\r\n"
        "2019-06-30,4.1,加快建立科技成果信息共享与发布系统,in_progress,\r\n"
    ).replace("\r\n", line_end(run))
    assert (
        "| 2019-09-30 | 3.2 | 充分释放企业科技成果转移转化需求 |  | 已印发 |"
        in run("log", "--format", "md").out
    )
    table = run("log").out
    assert table.startswith("3 reports\n")
    assert "in progress" in table


def line_end(run: Run) -> str:
    """Give what ends a line of csv."""
    return "\r\n" if run("depts", "--format", "csv").out.endswith("\r\n") else "\n"


@pytest.mark.usefixtures("registry")
def test_log_of_a_task_that_there_is_not(run: Run) -> None:
    outcome = run("log", "99")
    assert (outcome.code, outcome.out) == (3, "")


# -- diff ----------------------------------------------------------------------------------------


def changes(outcome: Outcome) -> list[tuple[str, str | None, str]]:
    document = json.loads(outcome.out)
    assert (outcome.code, outcome.err, document["schema"]) == (0, "", "chengguo/diff/1")
    assert document["count"] == len(document["changes"])
    return [(change["event"], change["id"], change["field"]) for change in document["changes"]]


def diff(run: Run, *words: str) -> list[tuple[str, str | None, str]]:
    return changes(run("diff", *words, "--as-of", "2019-12-31", "--format", "json"))


def test_nothing_has_changed(run: Run, repository: Path) -> None:
    assert diff(run) == diff(run, "first") == diff(run, "first", "HEAD") == []
    table = run("diff", "--as-of", "2019-12-31")
    assert table.out.startswith(
        "HEAD:tasks.yaml (as of 2019-11-30) → tasks.yaml (as of 2019-12-31)\n0 changes"
    )
    assert run("diff", "--exit-code", "--as-of", "2019-12-31").code == 0
    assert repository.is_dir()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("update", "4", "--status", "done", *NOTE), ("done", "4.1", "status")),
        (("update", "4", "--status", "受阻", *NOTE), ("status", "4.1", "status")),
        (("update", "4", *NOTE), ("reported", "4.1", "progress")),
        (
            ("extend", "4", "--to", "2020年底", "--reason", "设备", "--date", "2019-12-02"),
            ("extended", "4.1", "due"),
        ),
        (("update", "4", "--lead", "市科委"), ("reassigned", "4.1", "lead")),
        (("update", "4", "--support", "市教委"), ("reassigned", "4.1", "support")),
        (("update", "4", "--schedule", "2020 年底"), ("reworded", "4.1", "schedule")),
        (("update", "4", "--due", "2019-12-31"), ("redated", "4.1", "due")),
    ],
)
def test_each_edit_is_told_in_the_terms_of_the_table(
    run: Run, repository: Path, words: tuple[str, ...], found: tuple[str, str, str]
) -> None:
    assert run(*words).code == 0
    assert diff(run) == [found]
    commit(repository, "second", "2019-12-31")
    assert diff(run) == []
    assert diff(run, "first") == diff(run, "first", "second") == [found]
    assert run("diff", "first", "--exit-code", "--as-of", "2019-12-31").code == 1


def test_what_stands_on_one_side_only(run: Run, repository: Path) -> None:
    file = repository / "tasks.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("  市科委:\n", "  市大数据中心: {}\n  市科委:\n", 1)
    text = text.replace("- id: 15\n", "- id: 16\n", 1).replace("加快建立科技成果信息", "建立科技成果信息", 1)
    file.write_text(text, encoding="utf-8")
    assert diff(run) == [
        ("added", "16.1", "content"),
        ("removed", "15.1", "content"),
        ("reworded", "4.1", "title"),
        ("register", None, "departments"),
    ]


def test_newly_overdue_counts_from_the_day_of_each_side(run: Run, repository: Path) -> None:
    late = changes(run("diff", "--as-of", "2020-01-01", "--format", "json"))
    assert {event for event, _id, _field in late} == {"overdue"}
    assert len(late) == 7
    since = run("diff", "--since", "2020-01-01", "--as-of", "2020-01-02", "--format", "json")
    assert changes(since) == []
    assert repository.is_dir()


def test_diff_in_markdown_for_a_report(run: Run, repository: Path) -> None:
    run("update", "4", "--status", "done", *NOTE)
    lines = run("diff", "--as-of", "2019-12-31", "--format", "md").out.splitlines()
    assert lines[0] == "**HEAD:tasks.yaml (as of 2019-11-30) → tasks.yaml (as of 2019-12-31)**"
    assert lines[-1] == "| newly done | 4.1 | 加快建立科技成果信息共享与发布系统 | status: pending → done |"
    assert repository.is_dir()


def test_json_holds_both_values(run: Run, repository: Path) -> None:
    run("update", "4", *NOTE)
    document = json.loads(run("diff", "--as-of", "2019-12-31", "--format", "json").out)
    assert document["before"] == {"version": "HEAD:tasks.yaml", "as_of": "2019-11-30"}
    assert document["after"] == {"version": "tasks.yaml", "as_of": "2019-12-31"}
    assert document["changes"] == [
        {
            "event": "reported",
            "id": "4.1",
            "title": "加快建立科技成果信息共享与发布系统",
            "field": "progress",
            "before": [],
            "after": [
                {
                    "date": "2019-12-20",
                    "status": None,
                    "note": "已上线运行",
                    "milestone": None,
                    "period": None,
                    "percent": None,
                }
            ],
        }
    ]
    assert repository.is_dir()


def test_more_than_two_versions_are_too_many(run: Run, repository: Path) -> None:
    outcome = run("diff", "first", "first", "first")
    assert (outcome.code, outcome.out) == (2, "")
    assert "more than two versions" in outcome.err
    assert repository.is_dir()
