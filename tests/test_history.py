"""What the registry was like: ``log``, ``diff`` and ``--at``, on real git repositories."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import systems
from conftest import UNSAID, Outcome, Run
from offices import office

pytestmark = systems.git

NOTE = ("--note", "已上线运行", "--date", "2019-12-20")
PARTS = """\
format: 1
plan: {title: 某计划, years: 2026, closing: verified}
departments: {某局: {}, 甲局: {}, 乙局: {}}
sections: {一: 甲}
columns: {备注: {}}
tasks:
- id: 1
  section: 一
  title: 建设平台
  items:
  - {id: 1, content: 建设, lead: [某局], support: [], status: pending,
     schedule: 2026年3月底前启动，12月底前完成}
- id: 2
  section: 一
  title: 调度
  items:
  - {id: 1, content: 调度, lead: [某局], support: [], schedule: 每季度一次, status: pending}
- id: 3
  section: 一
  title: 研究
  items:
  - {id: 1, content: 研究, lead: [某局], support: [], schedule: 适时, status: pending}
"""
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
        ("", 2, "the name of the version is empty"),
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


def test_a_repository_that_a_hook_has_set_is_not_asked(
    run: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "--quiet", "--initial-branch", "main")
    (other / "tasks.yaml").write_text("format: 1\n", encoding="utf-8")
    commit(other, "first")
    expected = run("list", "--at", "first")
    redirected = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_PREFIX": "x/"}
    assert expected.code == 0
    assert run("list", "--at", "first", **redirected) == expected
    assert run("diff", "first", **redirected) == run("diff", "first")
    git(repository, "worktree", "add", "--quiet", "-b", "side", str(other / "tree"))
    inside = run("list", "--at", "first", folder=other / "tree", **redirected)
    assert (inside.code, inside.out) == (0, expected.out)


def test_nothing_that_a_repository_configures_is_run(run: Run, repository: Path) -> None:
    ran = repository / ".git" / "ran"
    script = repository / ".git" / "run"
    script.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    script.chmod(0o755)
    (repository / ".gitattributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    (repository / "tasks.yaml").rename(repository / "new.yaml")
    run("update", "-f", "new.yaml", "4", "--status", "done", *NOTE)
    commit(repository, "second")
    signed = git(repository, "cat-file", "commit", "second").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n", 1
    )
    (repository / ".git" / "signed").write_text(signed, encoding="utf-8")
    name = git(repository, "hash-object", "-t", "commit", "-w", ".git/signed").strip()
    git(repository, "update-ref", "HEAD", name)
    for setting, value in {
        "log.showSignature": "true",
        **dict.fromkeys(("gpg.program", "core.pager", "core.fsmonitor", "diff.external"), str(script)),
        **dict.fromkeys(("diff.x.textconv", "diff.x.command", "filter.x.smudge"), str(script)),
    }.items():
        git(repository, "config", setting, value)
    ran.unlink(missing_ok=True)
    for words in (("list", "--at", "HEAD"), ("list", "--at", "first"), ("diff",), ("diff", "first")):
        outcome = run(*words, "-f", "new.yaml")
        assert (outcome.code, outcome.err) == (0, ""), words
    assert not ran.exists()


@pytest.mark.parametrize("without", ["blob:none", "tree:0"])
def test_what_a_partial_clone_lacks_is_not_fetched(
    run: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory, without: str
) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    run("update", "4", "--status", "done", *NOTE)
    commit(repository, "second")
    git(repository, "mv", "tasks.yaml", "new.yaml")
    run("update", "5.1", "--status", "done", *NOTE, "-f", "new.yaml")
    commit(repository, "third")
    clone = tmp_path_factory.mktemp("clones") / "partial"
    git(repository, "clone", "--quiet", f"--filter={without}", f"file://{repository}", str(clone))
    script = clone / ".git" / "run"
    script.write_text(f"#!/bin/sh\ntouch '{clone}/.git/ran'\n", encoding="utf-8")
    script.chmod(0o755)
    git(clone, "config", "remote.origin.uploadpack", str(script))
    told = (
        "chengguo: git cannot read the version in this partial clone: ",
        "  hint: What the clone lacks is to be fetched with git first; chengguo fetches nothing.\n",
    )
    # The second is of a file that was renamed since: git would have to compare what it has not.
    for words in (("diff", "first:tasks.yaml"), ("list", "--at", "first", "-f", "new.yaml")):
        outcome = run(*words, folder=clone)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 2)
        assert (outcome.err.startswith(told[0]), outcome.err.endswith(told[1])) == (True, True)
    assert run("list", "--at", "third", "-f", "new.yaml", folder=clone).code == 0
    nowhere = run("diff", "third:no.yaml", folder=clone)
    assert (nowhere.code, nowhere.err.splitlines()[0]) == (2, "chengguo: there is no no.yaml in third")
    assert not (clone / ".git" / "ran").exists()


def test_what_a_shallow_clone_lacks_is_told(
    run: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit(repository, "second")
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git(repository, "clone", "--quiet", "--depth=1", f"file://{repository}", str(clone))
    outcome = run("diff", "HEAD~1", folder=clone)
    assert (outcome.code, outcome.out) == (2, "")
    assert "git knows no commit 'HEAD~1'" in outcome.err
    assert "git fetch --unshallow" in outcome.err


def test_a_repository_that_git_does_not_trust_is_told(run: Run, repository: Path) -> None:
    environment = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    outcome = run("list", "--at", "HEAD", **environment)
    assert (outcome.code, outcome.out) == (2, "")
    assert "git does not trust the repository" in outcome.err
    assert f"git config --global --add safe.directory {repository}\n" in outcome.err
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    assert run("list", "--at", "HEAD", **environment, **trusted).code == 0


@pytest.mark.parametrize("seconds", ["99999999999999 +0800", "1575086400 +9999"])
def test_a_commit_of_a_day_in_no_calendar(run: Run, repository: Path, seconds: str) -> None:
    head = git(repository, "cat-file", "commit", "first").replace("1575086400 +0800", seconds)
    (repository / ".git" / "odd").write_text(head, encoding="utf-8")
    odd = ("hash-object", "-t", "commit", "--literally", "-w", ".git/odd")
    git(repository, "tag", "odd", git(repository, *odd).strip())
    assert run("list", "--at", "odd").code == 0
    outcome = run("diff", "odd")
    assert (outcome.code, outcome.out) == (2, "")
    assert "the day of the commit of odd:tasks.yaml is in no calendar" in outcome.err
    assert run("diff", "odd", "--since", "2019-01-01").code == 0


@pytest.mark.usefixtures("repository")
def test_files_and_names_of_git_are_compared_too(run: Run, tmp_path: Path) -> None:
    run("update", "4", "--status", "done", *NOTE)
    (tmp_path / "new.yaml").write_bytes((tmp_path / "tasks.yaml").read_bytes())
    git(tmp_path, "checkout", "--quiet", "tasks.yaml")
    days = ("--since", "2019-11-30", "--as-of", "2019-12-31")
    told = diff(run, "tasks.yaml", "new.yaml", *days)
    assert told == [("done", "4.1", "status")]
    for words in (
        ("HEAD:tasks.yaml", "new.yaml"),
        ("first:./tasks.yaml", "-f", "new.yaml"),
        ("tasks.yaml", "-f", "new.yaml"),
    ):
        assert diff(run, *words, *days) == told, words
    before = json.loads(run("diff", "tasks.yaml", "new.yaml", *days, "--format", "json").out)
    assert (before["file"], before["before"]["version"]) == ("new.yaml", "tasks.yaml")
    (tmp_path / "tasks.yaml").rename(tmp_path / "old.yaml")  # two files need no registry besides
    assert diff(run, "old.yaml", "new.yaml", *days) == told


def test_two_files_need_no_git(run: Run, registry: Path) -> None:
    other = registry.with_name("other.yaml")
    other.write_bytes(registry.read_bytes())
    outcome = run("diff", "tasks.yaml", "other.yaml", PATH=str(registry.parent))
    assert (outcome.code, "git cannot be run" in outcome.err) == (0, False)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("words", [("diff", ""), ("diff", "HEAD", ""), ("list", "--at", "")], ids=str)
def test_a_version_without_a_name_is_none(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: the name of the version is empty\n")


@pytest.mark.usefixtures("repository")
def test_a_name_of_both_a_file_and_a_commit_is_asked_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "first").write_bytes((tmp_path / "tasks.yaml").read_bytes())
    outcome = run("diff", "first")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'first' is a file, and git has a commit of that name" in outcome.err
    assert run("diff", "./first").code == run("diff", "first~0").code == 0


@pytest.mark.parametrize("committed", [True, False])
def test_a_registry_that_was_renamed_is_followed(run: Run, repository: Path, *, committed: bool) -> None:
    (repository / "台账").mkdir()
    git(repository, "mv", "tasks.yaml", "台账/二.yaml")
    if committed:
        commit(repository, "renamed")
        git(repository, "mv", "台账/二.yaml", "台账/三.yaml")
        commit(repository, "again")
    name = "台账/三.yaml" if committed else "台账/二.yaml"
    run("update", "-f", name, "4", "--status", "done", *NOTE)
    outcome = run("diff", "first", "-f", name, "--as-of", "2019-12-31")
    assert "first:tasks.yaml (as of 2019-11-30)" in outcome.out
    assert (outcome.code, outcome.err) == (0, "")
    assert changes(run("diff", "first", "-f", name, "--format", "json"))
    assert run("list", "--at", "first", "-f", name).code == 0


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
        "date,id,title,status,note,milestone,period,percent,problem,next,evidence,by\r\n"
        "2019-12-20,4.1,加快建立科技成果信息共享与发布系统,done,已上线运行,,,,,,,\r\n"
        "2019-06-30,4.1,加快建立科技成果信息共享与发布系统,in_progress,,,,,,,,\r\n"
    ).replace("\r\n", line_end(run))
    assert (
        "| 2019-09-30 | 3.2 | 大力扶持科技型中小微企业,引导其在科技成果应用、技术创新、创造就业等方面"
        "发挥更大作用。 |  | 已印发 |" in run("log", "--format", "md").out
    )
    table = run("log").out
    assert table.startswith("3 reports\n")
    assert "in progress" in table


@pytest.mark.usefixtures("registry")
def test_log_tells_the_part_and_all_that_was_reported(run: Run) -> None:
    day = ("--date", "2019-12-20")
    run("update", "3.2", "--status", "blocked", "--problem", "缺人", "--next", "招聘", *day)
    run("update", "4", "--percent", "60", "--evidence", "沪府〔2019〕8号", "--by", "市科委", *day)
    table = run("log", "--format", "md").out
    assert "| blocked | problem 缺人; next steps 招聘 |" in table
    assert "| 60% | evidence 沪府〔2019〕8号; reported by 市科委 |" in table
    newest, oldest = json.loads(run("log", "--format", "json").out)["reports"]
    assert (newest["id"], newest["percent"], newest["evidence"], newest["by"]) == (
        *("4.1", 60, ["沪府〔2019〕8号"]),
        "市科委",
    )
    assert (oldest["problem"], oldest["next"], oldest["milestone"], oldest["period"]) == (
        *("缺人", "招聘"),
        *(None, None),
    )


def test_log_tells_which_part_a_status_is_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTS, encoding="utf-8")
    run("update", "1", "--milestone", "1", "--status", "done", "--date", "2026-04-02")
    run("update", "2", "--period", "2026-Q1", "--status", "done", "--date", "2026-04-01")
    table = run("log", "--format", "md").out
    assert r"| \[1\] done |" in table
    assert r"| \[2026-Q1\] done |" in table
    csv = run("log", "--columns", "id,status,milestone,period", "--format", "csv").out.split()
    assert csv == ["id,status,milestone,period", "1.1,done,1,", "2.1,done,,2026-Q1"]


def test_of_one_day_the_last_report_comes_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTS, encoding="utf-8")
    for note in ("甲", "乙", "丙"):
        run("update", "1", "--note", note, "--date", "2026-04-01")
    words = ("log", "--columns", "note", "--format", "csv")
    assert run(*words).out.split() == ["note", "丙", "乙", "甲"]
    assert run(*words, "--reverse").out.split() == ["note", "甲", "乙", "丙"]


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
    changed = "status: pending → done; 2019-12-20 已上线运行"
    assert lines[-1] == f"| newly done | 4.1 | 加快建立科技成果信息共享与发布系统 | {changed} |"
    late = run("diff", "--as-of", "2020-01-01", "--format", "md").out.splitlines()
    wanted = "due date: 2019-12-31; lead departments: 市国资委"
    assert next(line for line in late if line.startswith("| newly overdue | 3.1 |")).endswith(f" {wanted} |")
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
            "after": [{"date": "2019-12-20", "status": None, "note": "已上线运行", **UNSAID}],
        }
    ]
    assert repository.is_dir()


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A registry with reports, which no git knows."""
    return office(tmp_path)


def test_the_file_alone_tells_what_happened_in_a_span(run: Run, alone: Path) -> None:
    def span(*words: str) -> list[tuple[str, str | None, str]]:
        return changes(run("diff", *words, "--format", "json"))

    september = ("--since", "2019-09-01", "--until", "2019-09-30")
    found = span(*september)
    assert [each for each in found if each[0] not in ("reported", "status")] == [
        ("done", "5.1", "status"),
        ("done", "13.1", "status"),
        ("extended", "6.2", "due"),
    ]
    assert span("--since", "2019-09-20", "--until", "2019-09-20") == [("done", "5.1", "status")]
    assert span("--since", "2019-09-21", "--until", "2019-09-24") == []
    assert ("overdue", "8.3", "alert") in span("--since", "2019-01-01", "--until", "2019-01-01")
    assert span(*september, "--dept", "市财政局", "--dept", "市商务委")[0] == ("done", "13.1", "status")
    assert {each[1] for each in span(*september, "--dept", "市商务委")} == {"13.1", "14.1"}
    table = run("diff", *september)
    assert table.out.startswith("tasks.yaml: from 2019-09-01 to 2019-09-30, both included\n")
    assert alone.exists()


def test_work_whose_title_is_shared_is_named_by_its_content(run: Run, alone: Path) -> None:
    lines = run("diff", "--since", "2019-09-10", "--until", "2019-09-18", "--format", "md").out.splitlines()
    assert any("| 8.3 | 支持各类众创空间建立创业导师工作室" in line for line in lines)
    assert any("| 12.1 | 示范打造科技成果转化功能集聚区 |" in line for line in lines)
    assert alone.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--until", "2019-09-30"), "--until goes with --since"),
        (("HEAD", "--since", "2019-09-01", "--until", "2019-09-30"), "--until does not go with a VERSION"),
        (
            ("--since", "2019-10-01", "--until", "2019-09-30"),
            "--since 2019-10-01 is after --until 2019-09-30",
        ),
    ],
)
@pytest.mark.usefixtures("alone")
def test_what_is_no_span_is_told(run: Run, words: tuple[str, ...], message: str) -> None:
    outcome = run("diff", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"chengguo: {message}\n")


def test_more_than_two_versions_are_too_many(run: Run, repository: Path) -> None:
    outcome = run("diff", "first", "first", "first")
    assert (outcome.code, outcome.out) == (2, "")
    assert "more than two versions" in outcome.err
    assert repository.is_dir()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("depts", "rename", "甲局", "乙局", "--until", "2026-06"),
            ("register", "甲局", "successor", "乙局"),
        ),
        (
            ("verify", "2", "--date", "2026-04-02"),
            ("verified", "调度", "verified", {"date": "2026-04-02", "by": None, "evidence": None}),
        ),
        (
            ("return", "2", "--reason", "缺材料", "--date", "2026-04-02"),
            ("returned", "调度", "returned", {"date": "2026-04-02", "by": None, "reason": "缺材料"}),
        ),
        (
            ("update", "3", "--accept-undated", "某局", "--until", "2026-12-31"),
            ("accepted", "研究", "accepted_undated", {"by": "某局", "until": "2026-12-31"}),
        ),
        (("update", "3", "--set", "备注=急"), ("column", "研究", "备注", "急")),
    ],
)
def test_what_changes_no_wording_is_not_told_as_reworded(
    run: Run, tmp_path: Path, words: tuple[str, ...], expected: tuple[str, str, str, object]
) -> None:
    (tmp_path / "tasks.yaml").write_text(PARTS, encoding="utf-8")
    run("update", "2", "--whole", "--status", "done", "--date", "2026-04-01")
    (tmp_path / "before.yaml").write_bytes((tmp_path / "tasks.yaml").read_bytes())
    done = run(*words)
    assert (done.code, done.err) == (0, "")
    found = json.loads(run("diff", "before.yaml", "--format", "json").out)["changes"]
    assert expected in [(one["event"], one["title"], one["field"], one["after"]) for one in found]
    assert "reworded" not in {one["event"] for one in found}
    assert expected[1] in run("diff", "before.yaml").out


def test_a_file_of_before_is_looked_at_on_the_same_day(run: Run, registry: Path) -> None:
    extension = ("--to", "2020-06-30", "--reason", "设备到货推迟", "--date", "2019-09-01")
    assert run("extend", "5.1", *extension).code == 0
    (registry.parent / "旧.yaml").write_bytes(registry.read_bytes())
    outcome = run("diff", "旧.yaml", "--as-of", "2019-06-30", "--format", "json")
    found = json.loads(outcome.out)
    assert (found["changes"], found["before"]["as_of"]) == ([], "2019-06-30")
