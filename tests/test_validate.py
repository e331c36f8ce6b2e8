"""validate: which files it checks, which findings it tells, in which form, and with which exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import systems
from chengguo.checks.rules import CHECKS, GROUPS
from conftest import TASKS_YAML, Run

SOUND = (Path(__file__).parent / "errors" / "sound.yaml").read_text(encoding="utf-8")
UNUSED = SOUND.replace("sections:", "  市信息中心:\n\nsections:")  # N305, a warning
UNKNOWN = SOUND.replace(
    "市科委]\n    support: [市教委]\n    schedule: 2019", "市科技委]\n    schedule: 2019"
)  # N301
# An error of four groups and a warning: S201, N305, P501, N301, D401.
ALL = (
    UNUSED.replace("  table:", "  tabel:")
    .replace("status: done\n    progress", "status: blocked\n    progress")
    .replace("各相关区政府, 市科委]", "各相关区政府, 市科技委]")
    .replace("2019 年底", "2019 年低")
)
NOT_THERE = (
    "c.yaml:1:1: Y100 there is no file c.yaml\n  hint: Check the path, or name the registry with -f FILE.\n"
)
FORMATS = ("text", "json", "github")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder that commands run in, with one sound file and two that are not."""
    for name, text in {"a.yaml": SOUND, "b.yaml": UNUSED, "d.yaml": UNKNOWN, "all.yaml": ALL}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def codes(output: str) -> list[str]:
    """Give the codes of a text report, in its order."""
    return re.findall(r"(?m)^[^ ]+:[0-9]+:[0-9]+: ([A-Z][0-9]{3}) ", output)


# One file.


@pytest.mark.parametrize(
    ("form", "output"),
    [
        ("text", "tasks.yaml: no findings\n"),
        ("json", '{\n  "schema": "chengguo/validate/1",\n  "file": "tasks.yaml",\n  "findings": []\n}\n'),
        ("github", ""),
    ],
)
@pytest.mark.usefixtures("registry")
def test_the_real_table_has_no_findings(run: Run, form: str, output: str) -> None:
    assert run("validate", "--format", form) == (0, output, "")
    assert run("validate", "--format", form, "--strict") == (0, output, "")


def test_a_finding_is_a_place_a_line_a_caret_and_a_hint(run: Run, folder: Path) -> None:
    report = """\
d.yaml:54:20: N301 no department '市科技委' in the register
  54 |     lead: [各相关区政府, 市科技委]
     |                          ^^^^^^^^
  hint: Did you mean 市科委, 市教委?

1 error
"""
    assert run("validate", "d.yaml", folder=folder) == (1, report, "")


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("validate", "-f", "d.yaml"), {}),
        (("-f", "d.yaml", "validate"), {}),
        (("validate",), {"CHENGGUO_FILE": "d.yaml"}),
        (("-f", "a.yaml", "validate", "d.yaml"), {"CHENGGUO_FILE": "b.yaml"}),
    ],
)
def test_the_file_is_the_one_that_is_named(
    run: Run, folder: Path, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    outcome = run(*words, folder=folder, **environment)
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, ["N301"], "")


def test_without_a_name_it_is_the_nearest_tasks_yaml_above(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text(SOUND, encoding="utf-8")
    inner = tmp_path / "甲" / "乙"
    inner.mkdir(parents=True)
    outcome = run("validate", folder=inner)
    assert outcome == (0, f"{Path('..', '..', 'tasks.yaml')}: no findings\n", "")


def test_nothing_is_written(run: Run, folder: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert run("validate", "a.yaml", "b.yaml", "d.yaml", "all.yaml", folder=folder).code == 1
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


# Standard input.


@pytest.mark.parametrize(
    ("text", "code", "found", "last"),
    [(SOUND, 0, [], "<stdin>: no findings"), (UNKNOWN, 1, ["N301"], "1 error"), ("", 1, ["Y109"], "1 error")],
)
def test_a_dash_is_standard_input(run: Run, text: str, code: int, found: list[str], last: str) -> None:
    outcome = run("validate", "-", stdin=text.encode())
    assert (outcome.code, codes(outcome.out), outcome.err) == (code, found, "")
    assert outcome.out.splitlines()[-1] == last


def test_standard_input_is_bytes_of_any_encoding(run: Run) -> None:
    outcome = run("validate", "-", "--format", "github", stdin=SOUND.encode("gbk"))
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith("::error file=<stdin>,line=4,col=10,endLine=4,endColumn=11,title=Y101::")


# Several files.


def test_several_files_are_told_in_the_order_given_and_counted_together(run: Run, folder: Path) -> None:
    outcome = run("validate", "d.yaml", "a.yaml", "b.yaml", folder=folder)
    assert (outcome.code, outcome.err) == (1, "")
    heads = [line for line in outcome.out.splitlines() if line.startswith(("a", "b", "d"))]
    assert heads == [
        "d.yaml:54:20: N301 no department '市科技委' in the register",
        "b.yaml:17:3: N305 warning: no item names '市信息中心'",
    ]
    assert outcome.out.endswith("\n\n1 error, 1 warning\n")


def test_several_sound_files_are_told_in_a_line(run: Run, folder: Path) -> None:
    (folder / "e.yaml").write_text(SOUND, encoding="utf-8")
    assert run("validate", "e.yaml", "a.yaml", folder=folder) == (0, "e.yaml, a.yaml: no findings\n", "")


def test_standard_input_may_be_one_of_several(run: Run, folder: Path) -> None:
    outcome = run("validate", "a.yaml", "-", folder=folder, stdin=UNKNOWN.encode())
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith("<stdin>:54:20: N301 ")


@pytest.mark.parametrize("files", [["c.yaml", "d.yaml", "b.yaml"], ["d.yaml", "b.yaml", "c.yaml"]])
def test_a_file_that_is_not_there_hides_no_other(run: Run, folder: Path, files: list[str]) -> None:
    outcome = run("validate", *files, folder=folder)
    assert (outcome.code, outcome.err) == (2, "")
    assert sorted(codes(outcome.out)) == ["N301", "N305", "Y100"]


def test_a_file_that_is_not_there_is_told_without_an_excerpt(run: Run) -> None:
    assert run("validate", "c.yaml") == (2, f"{NOT_THERE}\n1 error\n", "")
    assert run("validate", "c.yaml", "--select", "D", "--ignore", "Y").code == 2


def test_a_folder_without_registries_is_wrong_and_hides_no_other(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    outcome = run("validate", "empty", "d.yaml", folder=folder)
    assert (outcome.code, codes(outcome.out), outcome.err) == (2, ["Y100", "N301"], "")
    assert "empty:1:1: Y100 empty has no registries\n" in outcome.out


def test_a_file_that_cannot_be_read_hides_no_other(run: Run, folder: Path) -> None:
    (folder / "gbk.yaml").write_bytes(SOUND.encode("gbk"))
    (folder / "broken.yaml").write_bytes(b"a: [\n")
    outcome = run("validate", "gbk.yaml", "broken.yaml", "d.yaml", folder=folder)
    assert (outcome.code, codes(outcome.out), outcome.err) == (1, ["Y101", "Y102", "N301"], "")


# Exit codes, --strict.


@pytest.mark.parametrize(
    ("file", "words", "code"),
    [
        ("a.yaml", [], 0),
        ("a.yaml", ["--strict"], 0),
        ("b.yaml", [], 0),
        ("b.yaml", ["--strict"], 1),
        ("d.yaml", [], 1),
        ("d.yaml", ["--strict"], 1),
        ("all.yaml", ["--select", "N305"], 0),
        ("all.yaml", ["--select", "N305", "--strict"], 1),
        ("all.yaml", ["--ignore", "S,N301,D,P", "--strict"], 1),
        ("all.yaml", ["--ignore", "S,N,D,P", "--strict"], 0),
        ("all.yaml", ["--select", "T", "--strict"], 0),
    ],
)
def test_the_exit_code_tells_of_errors_and_when_strict_of_warnings(
    run: Run, folder: Path, file: str, words: list[str], code: int
) -> None:
    outcomes = [run("validate", file, *words, "--format", form, folder=folder) for form in FORMATS]
    assert [(outcome.code, outcome.err) for outcome in outcomes] == [(code, "")] * len(FORMATS)


# --select, --ignore.


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["S201", "N305", "P501", "N301", "D401"]),
        (["--select", "N301"], ["N301"]),
        (["--select", "N"], ["N305", "N301"]),
        (["--select", "n"], ["N305", "N301"]),
        (["--select", "N3"], ["N305", "N301"]),
        (["--select", "D,P"], ["P501", "D401"]),
        (["--select", " D401 , S "], ["S201", "D401"]),
        (["--select", "D", "--select", "P"], ["P501", "D401"]),
        (["--ignore", "N"], ["S201", "P501", "D401"]),
        (["--ignore", "N301,S201"], ["N305", "P501", "D401"]),
        (["--ignore", "D", "--ignore", "P"], ["S201", "N305", "N301"]),
        (["--select", "N,D", "--ignore", "N305"], ["N301", "D401"]),
        (["--select", "N305", "--ignore", "N"], []),
        (["--select", "Y"], []),
    ],
)
def test_codes_and_groups_are_selected_and_ignored(
    run: Run, folder: Path, words: list[str], found: list[str]
) -> None:
    outcome = run("validate", "all.yaml", *words, folder=folder)
    assert (codes(outcome.out), outcome.err) == (found, "")


def test_what_is_ignored_is_not_counted(run: Run, folder: Path) -> None:
    outcome = run("validate", "all.yaml", "--ignore", "N301,P", folder=folder)
    assert outcome.out.splitlines()[-1] == "2 errors, 1 warning"
    outcome = run("validate", "all.yaml", "--ignore", "S,N,P,D", folder=folder)
    assert outcome == (0, "all.yaml: no findings\n", "")


def test_what_is_selected_is_not_lost_behind_a_thousand_others(run: Run, folder: Path) -> None:
    keys = "".join(f"  k{number}: x\n" for number in range(1500))
    (folder / "e.yaml").write_text(ALL.replace("  years:", f"{keys}  years:"), encoding="utf-8")
    outcome = run("validate", "e.yaml", "--select", "D", folder=folder)
    assert outcome.code == 1
    assert "no findings" not in outcome.out


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("code", ["X", "N399", "N3010", "D401,Q", "市"])
def test_a_code_that_there_is_not_is_wrong_usage(run: Run, folder: Path, option: str, code: str) -> None:
    outcome = run("validate", "all.yaml", option, code, folder=folder)
    unknown = code.rsplit(",", maxsplit=1)[-1]
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (f"chengguo: there is no code '{unknown}'\n  hint: Codes: {', '.join(CHECKS)}.\n")


@pytest.mark.parametrize("code", [*CHECKS, *GROUPS])
def test_every_code_and_every_group_can_be_named(run: Run, folder: Path, code: str) -> None:
    assert run("validate", "a.yaml", "--select", code, "--ignore", code, folder=folder).code == 0


def test_every_code_is_of_a_group() -> None:
    assert {code[0] for code in CHECKS} == set(GROUPS)


# --format json.

KEYS = ["code", "severity", "message", "hint", "line", "column", "end_line", "end_column", "address"]


def test_json_of_one_file_is_one_document(run: Run, folder: Path) -> None:
    outcome = run("validate", "d.yaml", "--format", "json", folder=folder)
    assert (outcome.code, outcome.err) == (1, "")
    assert json.loads(outcome.out) == {
        "schema": "chengguo/validate/1",
        "file": "d.yaml",
        "findings": [
            {
                "code": "N301",
                "severity": "error",
                "message": "no department '市科技委' in the register",
                "hint": "Did you mean 市科委, 市教委?",
                "line": 54,
                "column": 20,
                "end_line": 54,
                "end_column": 24,
                "address": "12.1",
            }
        ],
    }


def test_json_has_every_key_of_every_finding_in_one_order(run: Run, folder: Path) -> None:
    document = json.loads(run("validate", "all.yaml", "--format", "json", folder=folder).out)
    assert list(document) == ["schema", "file", "findings"]
    assert [list(finding) for finding in document["findings"]] == [KEYS] * 5
    assert [(found["code"], found["severity"], found["address"]) for found in document["findings"]] == [
        ("S201", "error", None),
        ("N305", "warning", None),
        ("P501", "error", "8.1"),
        ("N301", "error", "12.1"),
        ("D401", "error", "12.1"),
    ]


def test_json_of_several_files_is_one_document_a_line(run: Run, folder: Path) -> None:
    outcome = run("validate", "a.yaml", "d.yaml", "c.yaml", "b.yaml", "--format", "json", folder=folder)
    documents: list[dict[str, Any]] = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.code, outcome.err) == (2, "")
    assert [
        (document["schema"], document["file"], [finding["code"] for finding in document["findings"]])
        for document in documents
    ] == [
        ("chengguo/validate/1", "a.yaml", []),
        ("chengguo/validate/1", "d.yaml", ["N301"]),
        ("chengguo/validate/1", "c.yaml", ["Y100"]),
        ("chengguo/validate/1", "b.yaml", ["N305"]),
    ]


def test_json_holds_what_is_selected(run: Run, folder: Path) -> None:
    outcome = run("validate", "all.yaml", "--format", "json", "--select", "P", folder=folder)
    assert [finding["code"] for finding in json.loads(outcome.out)["findings"]] == ["P501"]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_json_is_whole_on_any_console(run: Run, folder: Path, encoding: str) -> None:
    (folder / "e.yaml").write_text(UNKNOWN.replace("市科技委", "市科技委😀𠮷"), encoding="utf-8")
    outcome = run("validate", "e.yaml", "--format", "json", folder=folder, encoding=encoding)
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["message"] == "no department '市科技委😀𠮷' in the register"


# --format github. https://docs.github.com/actions/reference/workflow-commands-for-github-actions


def test_github_is_a_command_a_finding(run: Run, folder: Path) -> None:
    commands = """\
::warning file=b.yaml,line=17,col=3,endLine=17,endColumn=8,title=N305::\
no item names '市信息中心'%0ADelete the entry, or look for the item that lost it.
::error file=d.yaml,line=54,col=20,endLine=54,endColumn=24,title=N301::\
no department '市科技委' in the register%0ADid you mean 市科委, 市教委?
"""
    assert run("validate", "b.yaml", "d.yaml", "--format", "github", folder=folder) == (1, commands, "")


def test_github_escapes_what_would_end_a_message(run: Run, folder: Path) -> None:
    name = "x%y\\r\\n::error::z\\x07"
    (folder / "e.yaml").write_text(UNKNOWN.replace("市科技委", f'"{name}"'), encoding="utf-8")
    outcome = run("validate", "e.yaml", "--format", "github", folder=folder)
    (line,) = outcome.out.splitlines()
    assert line.split("::", 2)[2].startswith("no department 'x%25y")
    assert "%0A::error::z\\x07' in the register%0A" in line
    assert not set(outcome.out) & set("\r\x07")


@systems.names
def test_github_escapes_a_file_name(run: Run, folder: Path) -> None:
    (folder / "甲%,:\n乙.yaml").write_text(UNKNOWN, encoding="utf-8")
    outcome = run("validate", "甲%,:\n乙.yaml", "--format", "github", folder=folder)
    assert outcome.code == 1
    assert re.match(r"::error file=甲%25%2C%3A(?:%0A|\\n)乙\.yaml,line=54,", outcome.out)
    assert outcome.out.count("\n") == 1


def test_an_unknown_format_is_wrong_usage(run: Run, folder: Path) -> None:
    outcome = run("validate", "a.yaml", "--format", "yaml", folder=folder)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--format" in outcome.err


# The clock.

# Today is a day that nobody can ask for; whoever imports date after this, gets this one.
NO_TODAY = """
import datetime, sys
class Date(datetime.date):
    @classmethod
    def today(cls):
        raise RuntimeError("the clock was read")
class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        raise RuntimeError("the clock was read")
    today = utcnow = now
datetime.date, datetime.datetime = Date, DateTime
from chengguo.cli import main
main()
"""


def without_a_clock(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", NO_TODAY, *words],
        cwd=TASKS_YAML.parent,
        env=os.environ | {"LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": "", "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def test_validate_never_asks_what_day_it_is() -> None:
    outcome = without_a_clock("validate", "tasks.yaml", "--strict")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "tasks.yaml: no findings\n", "")


def test_a_command_that_asks_what_day_it_is_would_be_caught() -> None:
    outcome = without_a_clock("-f", "tasks.yaml", "overdue")
    assert (outcome.returncode, outcome.stdout) == (70, "")
    assert "the clock was read" in outcome.stderr


def test_only_registries_are_checked_whatever_their_names(run: Run, folder: Path) -> None:
    sound = SOUND.encode()
    for name, data in {
        "other.yaml": b"tasks:\n- name: x\nplan: b\n",
        "list.yaml": b"- format: 1\n",
        "tasks.yml": b"a: b\n",
        "mark.yaml": b"\xef\xbb\xbf" + sound,
        "gbk.yaml": sound.decode().encode("gbk"),
        "cut.yaml": b"format: 1\n'plan':\n\"sections\": [\n",
    }.items():
        (folder / name).write_bytes(data)
    names = [path.name for path in folder.glob("*.y*ml")]
    outcome = run("validate", *names, "--only-registries", "--format", "json", folder=folder)
    checked = {json.loads(line)["file"] for line in outcome.out.splitlines()}
    assert set(names) - checked == {"other.yaml", "list.yaml"}
    assert outcome.code == 1
    assert run("validate", "other.yaml", "--only-registries", folder=folder) == (0, "", "")
