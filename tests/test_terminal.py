"""Terminals: encodings that lack characters, texts that would steer a terminal, colour, broken pipes."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import systems
from conftest import TASKS_YAML, Run

AS_OF = ("--as-of", "2019-10-01")
QUERIES = [
    ("list",),
    ("due",),
    ("overdue",),
    ("show", "1"),
    ("depts",),
    ("stats",),
    ("stats", "--by", "dept"),
]
FORMATS = ["table", "json", "jsonl", "csv", "tsv", "md"]
# ESC, C1, bell, CR, DEL, NEL, NUL, bidirectional override and isolate, zero-width characters, BOM, U+2028.
UNSEEN = "\x1b[31m\x9b1m\a\r\x7f\x85\x00\u202e\u2066\u200b\u200d\ufeff\u2028"
SPELT = r"\x1b[31m\x9b1m\x07\r\x7f\x85\x00\u202e\u2066\u200b\u200d\ufeff\u2028"
MARKUP = "[red]甲[/red][/bold]:warning:"
HOSTILE = f"{UNSEEN}{MARKUP}"


def hostile_registry(wording: str = "2018 年底") -> dict[str, Any]:
    """Give a registry with the hostile text in every place that holds free text."""
    progress = {"date": "2019-01-01", "status": "blocked", "note": f"n{HOSTILE}"}
    item = {
        "id": 1,
        "content": f"c{HOSTILE}",
        "lead": [f"d{HOSTILE}"],
        "support": ["乙局"],
        "schedule": wording,
        "status": "blocked",
        "progress": [progress],
    }
    department = {"full": f"f{HOSTILE}", "aliases": [f"a{HOSTILE}"]}
    return {
        "format": 1,
        "plan": {"title": f"p{HOSTILE}", "table": f"q{HOSTILE}"},
        "departments": {f"d{HOSTILE}": department, "乙局": {}},
        "sections": {"一": f"s{HOSTILE}"},
        "tasks": [{"id": 1, "section": "一", "title": f"t{HOSTILE}", "items": [item]}],
    }


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A registry of hostile texts, written with escapes: every JSON document is YAML."""
    path = tmp_path / "tasks.yaml"
    path.write_text(json.dumps(hostile_registry()), encoding="utf-8")
    return path


def unseen(text: str) -> set[str]:
    """Give the characters that a terminal would obey or hide, by Unicode's own categories."""
    kept = {"\n", "\t"}
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - kept


def setting(folder: Path, **environment: str) -> dict[str, Any]:
    """Give what a process of its own runs in: the folder and an environment that is no machine's own."""
    unset = {"COLUMNS", "NO_COLOR", "FORCE_COLOR", "CHENGGUO_FILE", "LANGUAGE", "LC_ALL", "LC_MESSAGES"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    known = {"LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    return {"cwd": folder, "env": inherited | known | environment}


PROGRAM = (sys.executable, "-m", "chengguo")


# -- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("query", [("list",), ("show", "3"), ("depts",), ("stats",)], ids=" ".join)
@pytest.mark.usefixtures("registry")
def test_a_poor_console_crashes_no_query(run: Run, query: tuple[str, ...], encoding: str) -> None:
    outcome = run(*query, *AS_OF, encoding=encoding, COLUMNS="80")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("format_", ["csv", "tsv", "md", "table"])
def test_what_the_console_lacks_is_spelt_out(run: Run, registry: Path, format_: str, encoding: str) -> None:
    text = registry.read_text(encoding="utf-8").replace("加快形成", "\U00020bb7加快✓")
    registry.write_text(text, encoding="utf-8")
    outcome = run("show", "1", *AS_OF, "--format", format_, encoding=encoding)
    assert r"\U00020bb7" in outcome.out
    assert r"\u2713" in outcome.out
    assert ("加快" in outcome.out) is (encoding == "gbk")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("query", [("list",), ("show", "3"), ("depts",), ("stats",)], ids=" ".join)
def test_json_loses_nothing_on_a_poor_console(
    run: Run, registry: Path, query: tuple[str, ...], encoding: str
) -> None:
    text = registry.read_text(encoding="utf-8").replace("科技", "\U00020bb7技")
    registry.write_text(text, encoding="utf-8")
    rich, poor = (run(*query, *AS_OF, "--format", "json", encoding=name) for name in ("utf-8", encoding))
    assert poor.out.isascii()
    assert json.loads(poor.out) == json.loads(rich.out)
    assert (poor.code, poor.err) == (0, "")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.usefixtures("registry")
def test_jsonl_loses_nothing_on_a_poor_console(run: Run, encoding: str) -> None:
    rich, poor = (run("list", *AS_OF, "--format", "jsonl", encoding=name) for name in ("utf-8", encoding))
    assert poor.out.isascii()
    assert [json.loads(line) for line in poor.out.splitlines()] == [
        json.loads(line) for line in rich.out.splitlines()
    ]


@pytest.mark.parametrize(("encoding", "name"), [("gbk", "市科伟"), ("ascii", r"\u5e02\u79d1\u4f1f")])
@pytest.mark.usefixtures("registry")
def test_messages_reach_a_poor_console(run: Run, encoding: str, name: str) -> None:
    outcome = run("list", "--dept", "市科伟", encoding=encoding)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"chengguo: no department '{name}' in the register\n")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("words", [("-h",), ("list", "-h"), ("lst",)], ids=" ".join)
def test_help_reaches_a_poor_console(run: Run, words: tuple[str, ...], encoding: str) -> None:
    outcome = run(*words, encoding=encoding)
    assert outcome.code == (2 if words == ("lst",) else 0)
    assert "Traceback" not in outcome.err


# -- texts that would steer a terminal -----------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("query", QUERIES, ids=" ".join)
@pytest.mark.usefixtures("hostile")
def test_no_text_of_the_file_steers_the_terminal(run: Run, query: tuple[str, ...], format_: str) -> None:
    outcome = run(*query, *AS_OF, "--format", format_)
    assert unseen(outcome.out) == set()
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("width", ["20", "80", "120"])
@pytest.mark.parametrize("query", QUERIES, ids=" ".join)
@pytest.mark.usefixtures("hostile")
def test_nor_does_it_where_it_is_folded(run: Run, query: tuple[str, ...], width: str) -> None:
    outcome = run(*query, *AS_OF, COLUMNS=width)
    assert unseen(outcome.out) == set()
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("hostile")
def test_unseen_characters_are_spelt_out_and_markup_is_text(run: Run) -> None:
    out = run("show", "1.1", *AS_OF, COLUMNS="250").out
    for letter in "tscdfn":
        assert f"{letter}{SPELT}{MARKUP}" in out
    assert run("list", *AS_OF, COLUMNS="200").out.startswith(f"p{SPELT}{MARKUP} q{SPELT}{MARKUP}\n")
    assert f"d{SPELT}{MARKUP}" in run("depts", *AS_OF, COLUMNS="400").out
    assert f"s{SPELT}{MARKUP}" in run("stats", *AS_OF, COLUMNS="200").out
    assert f"c{SPELT}{MARKUP}" in run("list", *AS_OF, "--format", "csv").out
    escaped = (
        f"p{SPELT}{MARKUP} q{SPELT}{MARKUP}".replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
    )
    assert run("list", *AS_OF, "--format", "md").out.startswith(f"**{escaped}**\n")


@pytest.mark.usefixtures("hostile")
def test_json_holds_unseen_characters_as_escapes(run: Run) -> None:
    item = json.loads(run("list", *AS_OF, "--format", "json").out)["items"][0]
    assert [item[key] for key in ("title", "section_title", "content", "lead")] == [
        f"t{HOSTILE}",
        f"s{HOSTILE}",
        f"c{HOSTILE}",
        [f"d{HOSTILE}"],
    ]
    assert item["progress"][0]["note"] == f"n{HOSTILE}"


@pytest.mark.parametrize("format_", FORMATS)
def test_nor_does_a_wording_that_cannot_be_read(run: Run, hostile: Path, format_: str) -> None:
    registry = hostile_registry(f"w{HOSTILE}")
    registry["plan"] = {"title": "方案"}
    hostile.write_text(json.dumps(registry), encoding="utf-8")
    outcome = run("list", *AS_OF, "--format", format_)
    assert unseen(outcome.out) == set()
    told = "tasks.yaml: 1.1: a department or schedule cannot be read; see: chengguo validate tasks.yaml\n"
    assert (outcome.code, outcome.err) == (0, told)


@pytest.mark.parametrize(
    "words", [("list", "--dept", "dd"), ("list", "--section", "x"), ("show", "9")], ids=" ".join
)
@pytest.mark.usefixtures("hostile")
def test_nor_do_names_in_a_message(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (3, "")
    assert unseen(outcome.err) == set()


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--dept", HOSTILE.replace("\x00", "")),
        ("list", "--section", HOSTILE.replace("\x00", "")),
        ("list", "--regex", "--grep", "(" + HOSTILE.replace("\x00", "")),
        ("list", "--columns", HOSTILE.replace("\x00", "")),
        ("show", HOSTILE.replace("\x00", "")),
        ("list", "-f", HOSTILE.replace("\x00", "")),
    ],
    ids=lambda words: " ".join(words[:-1]),
)
@pytest.mark.usefixtures("hostile")
def test_nor_do_words_of_the_command_line(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert outcome.code in {2, 3}
    assert outcome.out == ""
    assert unseen(outcome.err) == set()


# -- colour --------------------------------------------------------------------------------------

RED = "\x1b[31m"


@pytest.mark.parametrize("query", [("list",), ("show", "2"), ("depts",), ("stats",)], ids=" ".join)
@pytest.mark.usefixtures("registry")
def test_no_colour_where_output_is_piped(run: Run, query: tuple[str, ...]) -> None:
    auto, never = (run(*query, *AS_OF, "--color", color, TERM="xterm") for color in ("auto", "never"))
    assert "\x1b" not in auto.out
    assert auto == never == run(*query, *AS_OF, TERM="xterm")


@pytest.mark.usefixtures("registry")
def test_color_always_paints_what_is_overdue_red(run: Run) -> None:
    out = run("list", *AS_OF, "--color", "always", TERM="xterm").out
    painted = [line for line in out.splitlines() if RED in line]
    rows = [line.replace("\x1b[0m", "").replace(RED, "").split()[0] for line in painted[:-1]]
    assert [row for row in rows if row[0].isdigit() and "." in row] == ["1.1", "2.1", "6.2", "8.1", "8.3"]
    assert painted[-1] == f"{RED}Alert: 5 overdue (1.1, 2.1, 6.2, 8.1, 8.3)\x1b[0m"


@pytest.mark.parametrize(
    ("day", "colour"), [("2019-11-30", ""), ("2019-12-01", "\x1b[33m"), ("2020-01-01", RED)]
)
@pytest.mark.usefixtures("registry")
def test_color_always_paints_by_the_alert(run: Run, day: str, colour: str) -> None:
    out = run("list", "--year", "2019", "--as-of", day, "--color", "always", TERM="xterm").out
    used = {code for code in ("\x1b[33m", RED) if code in out}
    assert used == ({colour} if colour else set())


@pytest.mark.parametrize(
    "term",
    [
        "xterm",
        "",
        "dumb",
    ],
)
@pytest.mark.usefixtures("registry")
def test_colour_changes_nothing_but_the_colour(run: Run, term: str) -> None:
    painted = run("list", *AS_OF, "--color", "always", TERM=term).out
    assert RED in painted
    plain = re.sub(r"\x1b\[[0-9;]*m", "", painted)
    assert [line.rstrip() for line in plain.splitlines()] == run("list", *AS_OF, TERM=term).out.splitlines()


@pytest.mark.usefixtures("registry")
def test_color_always_paints_how_an_item_stands_on_its_card(run: Run) -> None:
    out = run("show", "1", *AS_OF, "--color", "always", TERM="xterm").out
    painted = [line.rpartition(RED)[2].split("\x1b")[0].strip() for line in out.splitlines() if RED in line]
    assert painted == ["pending", "639 days overdue", "Alert: 1 overdue (1.1)"]


@pytest.mark.usefixtures("registry")
def test_color_before_and_after_the_command(run: Run) -> None:
    after = run("overdue", *AS_OF, "--color", "always", TERM="xterm").out
    assert RED in after
    assert run("--color", "always", "overdue", *AS_OF, TERM="xterm").out == after
    assert RED not in run("--color", "always", "overdue", *AS_OF, "--color", "never", TERM="xterm").out


@pytest.mark.usefixtures("registry")
def test_color_always_outweighs_no_color(run: Run) -> None:
    assert RED in run("overdue", *AS_OF, "--color", "always", TERM="xterm", NO_COLOR="1").out


@pytest.mark.parametrize("color", ["green", "Always", ""])
@pytest.mark.usefixtures("registry")
def test_unknown_color_is_wrong_usage(run: Run, color: str) -> None:
    outcome = run("list", "--color", color, COLUMNS="200")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"'{color}' is not one of 'auto', 'always', 'never'." in outcome.err


def on_a_terminal(*words: str, folder: Path, **environment: str) -> str:
    """Run ``chengguo`` with a pseudo-terminal of 80 columns as its output and give what it shows."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *words], stdout=follower, **setting(folder, COLUMNS="80", **environment)
    ):
        os.close(follower)
        shown = b""
        try:
            while chunk := os.read(leader, 65536):
                shown += chunk
        except OSError:  # Linux says so where the other end is closed
            pass
    os.close(leader)
    return shown.decode()


@pytest.mark.usefixtures("registry")
def test_a_terminal_gets_colour_unless_told(tmp_path: Path) -> None:
    assert RED in on_a_terminal("overdue", *AS_OF, folder=tmp_path)
    assert "\x1b[" not in on_a_terminal("overdue", *AS_OF, "--color", "never", folder=tmp_path)
    assert RED not in on_a_terminal("overdue", *AS_OF, folder=tmp_path, NO_COLOR="1")


# -- pipes that break ----------------------------------------------------------------------------


@systems.descriptors
@pytest.mark.parametrize("format_", ["table", "json", "csv"])
@pytest.mark.usefixtures("registry")
def test_a_pipe_that_nobody_reads_leaves_no_traceback(tmp_path: Path, format_: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    words = [*PROGRAM, "list", "--format", format_]
    done = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, check=False, **setting(tmp_path))
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode != 70


@pytest.mark.usefixtures("registry")
def test_a_reader_that_stops_after_a_line_gets_the_line(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **setting(tmp_path)
    ) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline().decode()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert line == "上海市促进科技成果转移转化行动方案(2017—2020) 任务分工与进度表\n"


def test_the_real_table_holds_nothing_unseen() -> None:
    assert unseen(TASKS_YAML.read_text(encoding="utf-8")) == set()
