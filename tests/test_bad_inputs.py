"""Bad input, hostile input, bad luck: each gets its finding, at once, and no file is changed by it."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bad_inputs
import systems
from bad_inputs import BASE, BOM, CASES, HOSTILE, Case, with_line
from chengguo.checks.rules import CHECKS, check
from chengguo.model import Registry
from chengguo.output import json_shapes
from chengguo.output.findings import text
from chengguo.queries import query
from chengguo.registry.reading import read_registry
from chengguo.text import parser
from chengguo.text.findings import locate
from chengguo.text.source import decode
from conftest import TASKS_YAML, Outcome, Run
from measuring import ENVIRONMENT, KILLED, Measured, linux, measured


def each(cases: Iterable[Case]) -> pytest.MarkDecorator:
    cases = tuple(cases)
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


UNPLACED = "tasks.yaml: 1.1: a department or schedule cannot be read; see: chengguo validate tasks.yaml\n"
LOADERS = ["CSafeLoader", "SafeLoader"]
DONE = ("--status", "done", "--date", "2019-12-20")


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with either parser of PyYAML: the one in C, and the one for machines without it."""
    name: str = request.param
    monkeypatch.setattr(parser, "_LOADER", getattr(yaml, name))
    return name


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with PyYAML's parser in Python."""
    monkeypatch.setattr(parser, "_LOADER", yaml.SafeLoader)


def write(folder: Path, content: bytes | str) -> Path:
    path = folder / "tasks.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def assert_only_file(folder: Path, content: bytes | str) -> None:
    """The file is as it was, and nothing lies beside it."""
    assert [path.name for path in folder.iterdir()] == ["tasks.yaml"]
    assert (folder / "tasks.yaml").read_bytes() == (
        content if isinstance(content, bytes) else content.encode()
    )


# The first case of each set of codes: beyond validate, they are all treated alike.
ONE_OF_EACH = list({tuple(found.code for found in case.found): case for case in reversed(CASES)}.values())

# -- what validate says --------------------------------------------------------------------------


class Block(NamedTuple):
    """A finding as it was printed."""

    place: str
    code: str
    message: str
    hint: str
    related: tuple[str, ...]


def blocks(out: str) -> list[Block]:
    """Take apart what validate printed, but for its closing line."""
    *printed, _closing = out.split("\n\n")
    found = []
    for block in printed:
        headline, *rest = block.split("\n")
        match = re.fullmatch(r"tasks\.yaml:(\d+:\d+): ([A-Z]\d{3}) (?:warning: )?(.*)", headline)
        assert match, headline
        hints = [line.removeprefix("  hint: ") for line in rest if line.startswith("  hint: ")]
        related = [line.split("tasks.yaml:")[1] for line in rest if line.startswith("  see also: ")]
        assert rest[1].strip(" |^") == ""
        found.append(Block(match[1], match[2], match[3], "".join(hints), tuple(related)))
    return found


def closing(out: str) -> str:
    return out.rstrip("\n").rpartition("\n")[2]


def counted(errors: int, warnings: int = 0) -> str:
    parts = [(errors, "error"), (warnings, "warning")]
    return ", ".join(f"{count} {word}{'s' * (count > 1)}" for count, word in parts if count)


@each(CASES)
def test_each_fault_is_found_and_told(run: Run, tmp_path: Path, case: Case) -> None:
    write(tmp_path, case.data)
    outcome = run("validate", "tasks.yaml")
    found = blocks(outcome.out)
    assert [(block.code, block.place) for block in found] == [each[:2] for each in case.found]
    assert tuple(place for block in found for place in block.related) == case.related
    for block, wanted in zip(found, case.found, strict=True):
        assert wanted.message in block.message
        assert wanted.hint in block.hint
    warnings = len(found) if case.code == 0 else 0
    assert closing(outcome.out) == counted(len(found) - warnings, warnings)
    assert (outcome.code, outcome.err) == (case.code, "")
    assert run("validate", "--fix", "tasks.yaml") == outcome
    assert_only_file(tmp_path, case.data)


@each(CASES)
@pytest.mark.usefixtures("pure")
def test_the_parser_in_python_finds_the_same(case: Case) -> None:
    document = check(read_registry(decode(case.data, "tasks.yaml")))
    found = locate((document.source, document.registry.findings))
    places = [(each.finding.code, f"{each.start.line}:{each.start.column}") for each in found]
    assert places == [each[:2] for each in case.found]
    assert (document.root is None) == case.is_unreadable


@each(ONE_OF_EACH)
def test_list_shows_what_can_be_read_and_says_that_something_cannot(
    run: Run, tmp_path: Path, case: Case
) -> None:
    write(tmp_path, case.data)
    outcome = run("list", "--format", "json")
    if case.is_unreadable:
        assert (outcome.code, outcome.out) == (1, "")
        assert_told_as_unreadable(outcome, case)
        return
    assert outcome.code == 0
    assert json.loads(outcome.out)["schema"] == "chengguo/list/1"
    errors = sum(found.code[0] in "YS" and found.code != "S205" for found in case.found)
    told = (
        f"tasks.yaml: {counted(errors)}; what cannot be read is left out; see: chengguo validate tasks.yaml\n"
    )
    unplaced = UNPLACED if any(found.code in {"D401", "N301", "N307", "N308"} for found in case.found) else ""
    assert outcome.err == (told if errors else "") + unplaced


def assert_told_as_unreadable(outcome: Outcome, case: Case) -> None:
    assert outcome.err.startswith(f"tasks.yaml:{case.found[0].place}: {case.found[0].code} ")
    assert outcome.err.endswith(
        "\n\nchengguo: tasks.yaml cannot be read\n  hint: Mend it, then: chengguo validate tasks.yaml\n"
    )


@each(case for case in ONE_OF_EACH if any(found.code[0] in "YT" for found in case.found))
def test_update_refuses_and_changes_no_byte(run: Run, tmp_path: Path, case: Case) -> None:
    write(tmp_path, case.data)
    outcome = run("update", "1.1", *DONE)
    assert (outcome.code, outcome.out) == (1, "")
    if case.is_unreadable:
        assert_told_as_unreadable(outcome, case)
    elif case.found[0].code == "T601":
        assert outcome.err == (
            "chengguo: the address 1.1 stands twice in the file\n"
            "  hint: 'chengguo validate' shows both places; give one another id.\n"
        )
    else:
        assert outcome.err.endswith(
            "chengguo: tasks.yaml has YAML errors; an edit could go wrong\n"
            "  hint: 'chengguo validate' shows them.\n"
        )
    assert_only_file(tmp_path, case.data)


def test_the_sound_registry_that_the_cases_are_made_of_is_sound(run: Run, tmp_path: Path) -> None:
    write(tmp_path, BASE)
    assert run("validate", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")


# -- values --------------------------------------------------------------------------------------

WORDS = [
    *("no", "on", "yes", "Off", "y", "true", "null", "~", "010", "0o17", "0x1F", "1_000", "1.10", "1e3"),
    *(".5", ".inf", "12:30", "1:20:30", "2017-12-31", "2019-02-30", "2017-12-31T10:00:00Z", "=", "9" * 30),
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.usefixtures("loader")
def test_a_word_is_the_text_as_written(run: Run, tmp_path: Path, word: str) -> None:
    text = (
        BASE.replace("市科委:", f"{word}:").replace("[市科委]", f"[{word}]").replace("建立信息系统。", word)
    )
    text = text.replace("充分释放企业需求", word).replace(
        "  一: 增强科技成果转移转化主体内生动力", f"  一: {word}"
    )
    text = text.replace("2019 年底", word)
    write(tmp_path, f"{text}    progress:\n    - date: 2019-01-02\n      note: {word}\n")
    outcome = run("list", "--as-of", "2019-10-01", "--format", "json")
    item = json.loads(outcome.out)["items"][0]
    assert [item[key] for key in ("title", "content", "section_title", "lead")] == [word, word, word, [word]]
    assert [(entry["date"], entry["note"]) for entry in item["progress"]] == [("2019-01-02", word)]
    assert item["schedule"]["wording"] == word
    assert item["schedule"]["due"] == (word if word == "2017-12-31" else None)
    is_understood = word in {"2017-12-31", "1.10", "~"}  # as a day, a day of no year, none
    assert (outcome.code, outcome.err) == (0, "" if is_understood else UNPLACED)


@pytest.mark.usefixtures("loader")
def test_no_tag_is_ever_obeyed(run: Run, tmp_path: Path) -> None:
    for command in ("touch hacked", f"touch {tmp_path / 'hacked'}"):
        write(tmp_path, f"!!python/object/apply:os.system [{command}]\n")
        assert [block.code for block in blocks(run("validate", "tasks.yaml").out)] == ["Y104", "S202"]
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.yaml"]


@pytest.mark.usefixtures("loader")
def test_32_levels_are_not_too_deep(run: Run, tmp_path: Path) -> None:
    write(tmp_path, with_line(16, f"    content: {'[' * 27}{']' * 27}"))
    assert [block.code for block in blocks(run("validate", "tasks.yaml").out)] == ["S202"]
    write(tmp_path, with_line(16, f"    content: {'[' * 28}{']' * 28}"))
    assert [block.code for block in blocks(run("validate", "tasks.yaml").out)] == ["Y106"]


def test_10_000_keys_are_not_too_many(run: Run, tmp_path: Path) -> None:
    for count, codes in ((10_000, {"S201", "Y110"}), (10_001, {"Y106"})):
        write(tmp_path, "".join(f"k{number}: v\n" for number in range(count)))
        assert {block.code for block in blocks(run("validate", "tasks.yaml").out)} == codes


# -- byte order mark and encodings ---------------------------------------------------------------


@pytest.mark.usefixtures("loader")
def test_a_byte_order_mark_is_accepted_and_counts_for_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, BOM + BASE.encode())
    assert run("validate", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")
    write(tmp_path, BOM + with_line(1, "format: 2").encode())
    assert [block[:2] for block in blocks(run("validate", "tasks.yaml").out)] == [("1:9", "S204")]


@pytest.mark.usefixtures("loader")
def test_a_byte_order_mark_is_kept_on_writing(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, BOM + BASE.encode())
    assert run("update", "1", *DONE).code == 0
    text = BASE.replace("pending", "done") + "    progress:\n    - date: 2019-12-20\n      status: done\n"
    assert path.read_bytes() == BOM + text.encode()


@pytest.mark.usefixtures("loader")
def test_a_byte_order_mark_is_kept_on_mending(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, BOM + BASE.replace("pending", "未启动").encode())
    assert run("validate", "--fix", "tasks.yaml") == (
        0,
        "tasks.yaml: no findings\n",
        "1 finding fixed in tasks.yaml\n",
    )
    assert path.read_bytes() == BOM + BASE.encode()


@pytest.mark.parametrize(
    "encoding",
    [
        *("gbk", "gb18030", "utf-16", "utf-16-le"),
        pytest.param("utf-16-be"),
    ],
)
def test_the_conversion_of_the_hint_gives_the_registry(run: Run, tmp_path: Path, encoding: str) -> None:
    data = BASE.encode(encoding)
    write(tmp_path, data)
    hint = re.search(r"iconv -f (\S+) -t UTF-8 tasks\.yaml", run("validate", "tasks.yaml").out)
    assert hint
    assert data.decode(hint[1]) == BASE


# -- values that must be quoted ------------------------------------------------------------------

TITLES = [*bad_inputs.COMMENTS[:2], *bad_inputs.UNQUOTED]


@each(TITLES)
def test_quoting_mends_what_should_be_quoted(run: Run, tmp_path: Path, case: Case) -> None:
    value = case.data.decode().split("\n")[12].removeprefix("  title: ")
    write(tmp_path, with_line(13, f'  title: "{value}"'))
    assert run("validate", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")
    assert json.loads(run("list", "--format", "json").out)["items"][0]["title"] == value


@each(bad_inputs.COMMENTS)
def test_a_text_that_a_comment_cuts_off_fails_where_warnings_do(run: Run, tmp_path: Path, case: Case) -> None:
    write(tmp_path, case.data)
    strict = run("validate", "--strict", "tasks.yaml")
    assert (strict.code, strict.err) == (1, "")
    assert closing(strict.out) == "1 warning"


@pytest.mark.parametrize("line", ["  title: 落实 # 12 号文件", "  title: '落实' #12", '  title: "落实" #12'])
def test_a_comment_that_is_one_is_none_of_the_text(run: Run, tmp_path: Path, line: str) -> None:
    write(tmp_path, with_line(13, line))
    assert run("validate", "--strict", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")
    assert json.loads(run("list", "--format", "json").out)["items"][0]["title"] == "落实"


@pytest.mark.usefixtures("pure")
def test_the_parser_in_python_says_so_in_the_same_words(run: Run, tmp_path: Path) -> None:
    told = {}
    for case in bad_inputs.UNQUOTED:
        write(tmp_path, case.data)
        (block,) = blocks(run("validate", "tasks.yaml").out)
        told[case.name] = (block.message, block.hint)
    quoted = f"Put the value in {bad_inputs.QUOTE}."
    assert told == {case.name: (case.found[0].message, quoted) for case in bad_inputs.UNQUOTED}


# -- merge conflicts -----------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["=======", "<<<<<<< 标记", "title: <<<<<<< HEAD"])
def test_what_only_looks_like_a_conflict_is_none(run: Run, tmp_path: Path, line: str) -> None:
    write(tmp_path, BASE.replace("content: 建立信息系统。", f"content: |-\n      {line}"))
    assert run("validate", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")


# -- nothing in the file -------------------------------------------------------------------------


def test_an_empty_file_is_told_how_to_start(run: Run, tmp_path: Path) -> None:
    write(tmp_path, b"")
    (block,) = blocks(run("validate", "tasks.yaml").out)
    assert "chengguo init" in block.hint


# -- escapes that are no characters --------------------------------------------------------------

ESCAPES = {r"\ud800": 17, r"\udfff": 17, r"\ud83d\ude00": 17, r"\U0000dfff": 17, r"\U00110000": 17}
each_escape = pytest.mark.parametrize(("escape", "column"), ESCAPES.items())


def assert_refused(run: Run, folder: Path, escape: str, column: int) -> None:
    data = with_line(16, f'    content: "{escape}"')
    write(folder, data)
    outcome = run("validate", "tasks.yaml")
    (block,) = blocks(outcome.out)
    assert block[:3] == (f"16:{column}", "Y102", "an escape that stands for no character")
    assert block.hint == "Write the character itself."
    assert (outcome.code, outcome.err) == (1, "")
    for words in (("list", "--format", "json"), ("update", "1", *DONE)):
        assert run(*words)[:2] == (1, "")
    assert_only_file(folder, data)


@each_escape
def test_an_escape_that_is_no_character_is_refused(
    run: Run, tmp_path: Path, escape: str, column: int
) -> None:
    assert_refused(run, tmp_path, escape, column)


# Each on its own, for the first that is found hides the others.
@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(
    ("escape", "column"),
    list(ESCAPES.items()),
)
def test_the_parser_in_python_refuses_it_too(run: Run, tmp_path: Path, escape: str, column: int) -> None:
    assert_refused(run, tmp_path, escape, column)


ESCAPES_AS_TEXT = [r"\ud800", r"'\ud800'", r'"\\ud800"', r"\ud800 # \ud800"]


@pytest.mark.parametrize("written", ESCAPES_AS_TEXT)
def test_what_only_looks_like_an_escape_is_text(run: Run, tmp_path: Path, written: str) -> None:
    write(tmp_path, with_line(16, f"    content: {written}"))
    assert run("validate", "tasks.yaml") == (0, "tasks.yaml: no findings\n", "")
    assert json.loads(run("list", "--format", "json").out)["items"][0]["content"] == r"\ud800"


@pytest.mark.parametrize("written", ESCAPES_AS_TEXT)
@pytest.mark.usefixtures("pure")
def test_what_only_looks_like_an_escape_is_text_in_python(run: Run, tmp_path: Path, written: str) -> None:
    test_what_only_looks_like_an_escape_is_text(run, tmp_path, written)


# -- files that are none -------------------------------------------------------------------------

COMMANDS = [
    ("validate", "{path}"),
    ("validate", "--fix", "{path}"),
    ("list", "-f", "{path}"),
    ("-f", "{path}", "due"),
    ("show", "1", "-f", "{path}"),
    ("update", "1", *DONE, "-f", "{path}"),
]
each_command = pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
reading_or_writing = pytest.mark.parametrize("words", [COMMANDS[0], COMMANDS[5]], ids=lambda words: words[0])


def named(words: tuple[str, ...], path: str) -> list[str]:
    return [word.format(path=path) for word in words]


NO_FILES = {
    "missing.yaml": "there is no file missing.yaml",
    "dangling.yaml": "there is no file dangling.yaml",
    "folder": "folder has no registries",
    "loop.yaml": "loop.yaml cannot be opened: Too many levels of symbolic links",
    "sound.yaml/tasks.yaml": "sound.yaml/tasks.yaml cannot be opened: Not a directory",
    "x" * 300: f"{'x' * 300} cannot be opened: File name too long",
}


def refusal(outcome: "Outcome | Measured") -> str:
    """Give what is said of a file that cannot be opened: on stderr, or by validate in its report."""
    assert outcome.code == 2
    assert bool(outcome.out) != bool(outcome.err)
    said, _, message = (
        (outcome.out or outcome.err).split("\n")[0].partition(": Y100 " if outcome.out else ": ")
    )
    assert outcome.out.startswith(f"{said}:") if outcome.out else said == "chengguo"
    return message


@systems.posix_files
@each_command
@pytest.mark.parametrize(("path", "message"), NO_FILES.items(), ids=lambda text: repr(text[:30]))
def test_what_cannot_be_opened_is_told(
    run: Run, tmp_path: Path, path: str, message: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "sound.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    before = sorted(tmp_path.iterdir())
    outcome = run(*named(words, path))
    assert refusal(outcome) == message
    assert sorted(tmp_path.iterdir()) == before


@each_command
def test_a_path_that_no_system_takes_is_told(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*named(words, "a\0b"))
    assert refusal(outcome) == "a\\x00b cannot be opened: no file can have this name"


@pytest.mark.parametrize(
    "words",
    [
        "collect {}",
        "import {}.csv",
        "init {}",
        "export {}.csv",
        "export {} --by dept",
        "notice {} --as-of 2019-12-01",
        "form -o {} --as-of 2019-12-01",
    ],
)
@pytest.mark.parametrize("name", ["a\0b", "x" * 300], ids=["NUL", "long"])
@pytest.mark.usefixtures("registry")
def test_a_name_that_no_file_can_have_is_told_by_who_reads_and_who_writes(
    run: Run, words: str, name: str
) -> None:
    outcome = run(*(word.format(name) for word in words.split()))
    assert (outcome.code, outcome.out) == (2, "")
    assert ("no file can have this name" if "\0" in name else "File name too long") in outcome.err


_AS_NOBODY = """
import os, sys
from chengguo import cli
sys.argv = ["chengguo", "validate", "sound.yaml"]
cli.run()
if os.geteuid() == 0:
    os.seteuid(65534)  # root may read everything
sys.argv = ["chengguo", "validate", "secret.yaml"]
sys.exit(cli.run())
"""


@systems.posix_files
def test_a_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "sound.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "secret.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "secret.yaml").chmod(0o200)
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, b"")
    told = b"secret.yaml:1:1: Y100 secret.yaml cannot be opened: Permission denied\n"
    assert done.stdout.startswith(b"sound.yaml: no findings\n" + told)


def test_one_file_that_is_none_keeps_no_other_from_being_checked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, with_line(1, "format: 2"))
    outcome = run("validate", "missing.yaml", "tasks.yaml")
    assert outcome.out.startswith("missing.yaml:1:1: Y100 there is no file missing.yaml\n")
    assert "\ntasks.yaml:1:9: S204 " in outcome.out
    assert (outcome.code, outcome.err) == (2, "")


@pytest.mark.parametrize(("size", "code"), [(1024 * 1024, 0), (1024 * 1024 + 1, 2)])
def test_the_largest_size_is_inclusive(run: Run, tmp_path: Path, size: int, code: int) -> None:
    comments = (b"#" * 999 + b"\n") * 1100
    write(tmp_path, BASE.encode() + comments[: size - len(BASE.encode())])
    outcome = run("validate", "--max-size", "1", "tasks.yaml")
    too_large = (
        "tasks.yaml:1:1: Y100 tasks.yaml is larger than 1 MB\n"
        "  hint: Is this the right file? Split a registry of that size, a plan a file;"
        " 'chengguo validate --max-size 2 tasks.yaml' checks it as it is.\n\n1 error\n"
    )
    fine = (0, "tasks.yaml: no findings\n", "")
    assert outcome == (fine if code == 0 else (2, too_large, ""))
    assert run("validate", "--max-size", "2", "tasks.yaml") == fine  # as the hint says


# -- standard input ------------------------------------------------------------------------------


def test_standard_input_is_read(run: Run) -> None:
    data = BASE.encode()
    assert run("validate", "-", stdin=data) == (0, "<stdin>: no findings\n", "")
    listed = run("list", "-f", "-", "--format", "json", stdin=data)
    assert json.loads(listed.out)["file"] == "<stdin>"
    assert (listed.code, listed.err) == (0, "")
    assert run("validate", "-", stdin=b"").out.startswith("<stdin>:1:1: Y109 no registry in <stdin>\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("update", "1", *DONE, "-f", "-"), "standard input cannot be updated"),
        (("update", "1", *DONE, "--dry-run", "-f", "-"), "standard input cannot be updated"),
        (("validate", "--fix", "-"), "standard input cannot be mended"),
    ],
)
def test_standard_input_is_never_written(run: Run, words: tuple[str, ...], message: str) -> None:
    outcome = run(*words, stdin=BASE.replace("pending", "未启动").encode())
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.split("\n")[0] == f"chengguo: {message}"


# -- hostile files, in a process of their own, held to 2 seconds and 300 MB -----------------------

SECONDS, MEGABYTES = 2, 300


def assert_bounded(outcome: Measured) -> None:
    assert outcome.code not in KILLED
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES
    assert len(outcome.out) < 10_000_000
    assert "Traceback" not in outcome.err


@linux
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_its_findings_at_once(tmp_path: Path, name: str) -> None:
    content = HOSTILE[name].make().encode()
    write(tmp_path, content)
    outcome = measured(tmp_path, "validate", "tasks.yaml")
    assert_only_file(tmp_path, content)
    assert_bounded(outcome)
    assert outcome.out.startswith(f"tasks.yaml:{HOSTILE[name].first}")
    assert closing(outcome.out) == HOSTILE[name].last
    assert (outcome.code, outcome.err) == (1, "")


@linux
@pytest.mark.parametrize("words", [("list",), ("update", "1", *DONE)], ids=lambda words: words[0])
def test_a_hostile_file_is_unreadable_at_once(tmp_path: Path, words: tuple[str, ...]) -> None:
    hostile = HOSTILE["50,000 brackets"]
    write(tmp_path, hostile.make())
    outcome = measured(tmp_path, *words)
    assert_bounded(outcome)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"tasks.yaml:{hostile.first}")
    assert outcome.err.endswith("  hint: Mend it, then: chengguo validate tasks.yaml\n")


@linux
def test_millions_of_lines_are_read_at_once(tmp_path: Path) -> None:
    write(tmp_path, b"\n" * 10_000_000)
    outcome = measured(tmp_path, "validate", "tasks.yaml")
    assert_bounded(outcome)
    assert outcome.out.startswith("tasks.yaml:1:1: Y109 no registry in tasks.yaml\n")
    assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.parametrize("number", [3, 13, 16])
def test_a_line_of_5_mb_is_a_finding(run: Run, tmp_path: Path, number: int) -> None:
    data = with_line(number, BASE.split("\n")[number - 1] + "建" * (5_000_000 // 3))
    write(tmp_path, data)
    outcome = run("validate", "tasks.yaml")
    (block,) = blocks(outcome.out)
    assert block[:3] == (f"{number}:1", "Y106", "a line of more than 100000 characters")
    assert block.hint == "A registry has no need of that; is this the right file?"
    assert (outcome.code, outcome.err) == (1, "")
    assert_only_file(tmp_path, data)


def test_a_warning_does_not_hide_that_a_line_is_too_long(run: Run, tmp_path: Path) -> None:
    long = with_line(16, f"    content: {'建' * 100_000}")
    write(tmp_path, long.replace("充分释放企业需求", "fix #12"))
    outcome = run("validate", "--format", "json", "tasks.yaml")
    assert [each["code"] for each in json.loads(outcome.out)["findings"]] == ["S205", "Y106"]
    assert outcome.code == 1


@pytest.mark.parametrize(("length", "codes"), [(100_000, []), (100_001, ["Y106"])])
def test_a_line_of_100_000_characters_is_not_too_long(
    run: Run, tmp_path: Path, length: int, codes: list[str]
) -> None:
    line = "    content: "
    write(tmp_path, with_line(16, line + "建" * (length - len(line))))
    found = json.loads(run("validate", "--format", "json", "tasks.yaml").out)["findings"]
    assert [finding["code"] for finding in found] == codes


@linux
@reading_or_writing
def test_a_file_larger_than_the_cap_is_refused_before_it_is_read(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(70 * 1024 * 1024)
    outcome = measured(tmp_path, *named(words, "large.yaml"))
    assert_bounded(outcome)
    assert outcome.megabytes < 64
    assert refusal(outcome) == "large.yaml is larger than 64 MB"
    assert "\n  hint: Is this the right file?" in outcome.out + outcome.err


@linux
@reading_or_writing
def test_a_fifo_is_not_waited_for(tmp_path: Path, words: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "fifo")
    outcome = measured(tmp_path, *named(words, "fifo"))
    assert_bounded(outcome)
    assert refusal(outcome) == "fifo is not a regular file"


@linux
def test_a_device_is_not_read(tmp_path: Path) -> None:
    outcome = measured(tmp_path, "validate", "/dev/zero")
    assert_bounded(outcome)
    assert refusal(outcome) == "/dev/zero is not a regular file"


@linux
def test_endless_standard_input_is_refused(tmp_path: Path) -> None:
    outcome = measured(tmp_path, "list", "-f", "-", stdin="/dev/zero")
    assert_bounded(outcome)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: <stdin> is larger than 64 MB\n")


# -- showing -------------------------------------------------------------------------------------

# Everything that a terminal obeys or hides: C0 and C1, bidirectional controls, zero-width characters.
_RANGES = (
    *((0x00, 0x09), (0x0B, 0x20), (0x7F, 0xA0), (0x61C, 0x61D), (0x200B, 0x2010), (0x2028, 0x202F)),
    *((0x2060, 0x2065), (0x2066, 0x206A), (0xFEFF, 0xFF00)),
)
UNSEEN = {chr(code) for first, end in _RANGES for code in range(first, end)}
EVIL = "甲" + "".join(sorted(UNSEEN)) + "\x1b]0;标题\x07\x1b[31m乙"
AS_OF = ("--as-of", "2019-10-01")


def registry_of(value: str) -> dict[str, Any]:
    """Give a registry in which every text is ``value``."""
    progress = [{"date": "2019-01-02", "note": value}]
    item = {"id": 1, "content": value, "lead": [value], "schedule": value, "due": "2019-12-31"}
    task = {"id": 1, "section": value, "title": value}
    return {
        "format": 1,
        "plan": {"title": value, "table": value},
        "departments": {value: {"full": f"{value}局", "aliases": [f"{value}处"]}},
        "sections": {value: value},
        "tasks": [{**task, "items": [{**item, "status": "pending", "progress": progress}]}],
    }


def write_registry(folder: Path, value: str, **more: Any) -> None:
    write(folder, json.dumps(registry_of(value) | more))


QUERIES = [("list",), ("due",), ("overdue",), ("depts",), ("stats",), ("show", "1")]
FORMATS = ["table", "json", "jsonl", "csv", "tsv", "md"]
EVERY_REPORT = [(*words, *AS_OF, "--format", format_) for words in QUERIES for format_ in FORMATS]
OTHER_OUTPUT = [
    *(
        ("validate", "--format", name)
        for name in ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
    ),
    ("validate", "--diff"),
    ("list", *AS_OF, "--color", "always", "--columns", ",".join(json_shapes.COLUMNS)),
    ("list", "--dept", f"{EVIL}们"),
    ("list", "--section", EVIL * 2),
    ("update", "1", *DONE, "--note", EVIL, "--dry-run"),
    ("update", "1", *DONE, "--note", EVIL, "--dry-run", "--format", "json"),
    ("update", EVIL, *DONE),
    ("validate", "--select", EVIL),
    (EVIL,),
]


@pytest.mark.parametrize("words", [*EVERY_REPORT, *OTHER_OUTPUT], ids=lambda words: " ".join(words)[:40])
def test_nothing_that_a_terminal_obeys_or_hides_is_put_out(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write_registry(tmp_path, EVIL, **{f"{EVIL}键": EVIL})
    outcome = run(*words, COLUMNS="80")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", outcome.out) if "--color" in words else outcome.out
    assert set(shown + outcome.err).isdisjoint(UNSEEN)
    assert outcome.code in (0, 1, 2, 3)
    assert outcome.out + outcome.err


@pytest.mark.parametrize("format_", ["table", "csv", "tsv"])
def test_what_is_unseen_is_spelt_out(run: Run, tmp_path: Path, format_: str) -> None:
    write_registry(tmp_path, "甲\x1b[31m\x9b乙\u202e\u200b丙\ufeff\0")
    out = run("list", *AS_OF, "--columns", "content", "--format", format_, COLUMNS="200").out
    assert r"甲\x1b[31m\x9b乙\u202e\u200b丙\ufeff\x00" in out


def test_json_loses_nothing(run: Run, tmp_path: Path) -> None:
    write_registry(tmp_path, EVIL)
    item = json.loads(run("list", *AS_OF, "--format", "json").out)["items"][0]
    assert [item[key] for key in ("title", "content", "section", "section_title")] == [EVIL] * 4
    assert (item["lead"], item["schedule"]["wording"], item["progress"][0]["note"]) == ([EVIL], EVIL, EVIL)


@pytest.mark.parametrize("format_", ["text", "concise", "github"])
def test_the_source_line_of_a_finding_is_made_visible(run: Run, tmp_path: Path, format_: str) -> None:
    write(tmp_path, with_line(4, f"  甲{EVIL.replace(chr(13), '')}: \u202e乙"))
    outcome = run("validate", "--format", format_, "tasks.yaml")
    assert set(outcome.out).isdisjoint(UNSEEN)
    assert "Y107 a control character (U+0000)" in outcome.out or "title=Y107" in outcome.out
    assert outcome.code == 1


@pytest.mark.parametrize("format_", ["text", "concise"])
def test_a_value_cannot_pass_for_a_line_of_the_report(run: Run, tmp_path: Path, format_: str) -> None:
    write(tmp_path, json.dumps({"format": 1, "x\n::error file=a::b\ntasks.yaml:1:1: Y101 c": 2}))
    lines = run("validate", "--format", format_, "tasks.yaml").out.split("\n")
    assert not [line for line in lines if line.startswith(("::error", "tasks.yaml:1:1: Y101"))]


MARKUP = "[red]甲[/red] [/无] [link=http://x]乙[/link] :warning: :x: \\[b] {0} %s $HOME `id` <b>&amp;</b>"


@pytest.mark.parametrize("color", ["never", "always"])
def test_a_value_is_never_markup_and_never_an_emoji(run: Run, tmp_path: Path, color: str) -> None:
    write_registry(tmp_path, MARKUP)
    outcome = run("list", *AS_OF, "--color", color, COLUMNS="1500")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", outcome.out)
    assert shown.split("\n")[0] == f"{MARKUP} {MARKUP}"
    row = next(line for line in shown.split("\n") if line.startswith(" 1.1 "))
    assert row.count(MARKUP) == 4
    assert (outcome.code, outcome.err) == (0, "")


FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
FORMULAS = ["=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", "＝1", "＋1", "－1", "＠1"]
FORMULAS += [f"{lead}=1" for lead in ("\t", " ", "\u3000", "\xa0", "\n", "\n\t ")] + ["\t甲", "\r甲", "\r=1"]


@pytest.fixture
def formulas(tmp_path: Path) -> None:
    """A registry whose departments, sections, tasks and items are all formulas."""
    parts = [registry_of(formula) for formula in FORMULAS]
    write_registry(
        tmp_path,
        FORMULAS[0],
        departments={name: entry for part in parts for name, entry in part["departments"].items()},
        sections={name: title for part in parts for name, title in part["sections"].items()},
        tasks=[part["tasks"][0] | {"id": number} for number, part in enumerate(parts, start=1)],
    )


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("words", QUERIES, ids=lambda words: words[0])
@pytest.mark.usefixtures("formulas")
def test_no_cell_is_a_formula(run: Run, words: tuple[str, ...], format_: str) -> None:
    outcome = run(*words, "--as-of", "2020-01-31", "--format", format_)
    table = list(csv.reader(io.StringIO(outcome.out, newline=""), delimiter=",\t"[format_ == "tsv"]))
    cells = [cell for row in table[1:] for cell in row if not re.fullmatch(r"-?\d+", cell)]
    assert [cell for cell in cells if FORMULA.match(cell)] == []
    assert len(table) == (2 if words[0] == "show" else 1 + len(FORMULAS))
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("words", QUERIES, ids=lambda words: words[0])
def test_nothing_of_a_value_is_markdown_or_html(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    write_registry(tmp_path, '|甲|\n\n# [乙](javascript:x) `丙` **丁** <img src=x onerror="x"> ![](x)\\')
    outcome = run(*words, *AS_OF, "--format", "md")
    bare = re.sub(r"\\[\\`|\[\]*_~#]", "", outcome.out.replace("<br>", "")).replace("**", "")
    assert not set("`[]<>") & set(bare.replace("]: ", ""))
    rows = [line for line in bare.split("\n") if line.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1
    assert (outcome.code, outcome.err) == (0, "")


# -- whatever the bytes --------------------------------------------------------------------------

EXAMPLES = settings(max_examples=150, deadline=None)
FEWER = settings(max_examples=60, deadline=None)
TABLE = TASKS_YAML.read_text(encoding="utf-8")
# The head of the table, its first sections and task: the parser in Python takes its time.
HEAD = TABLE[: TABLE.index("- id: 2\n")]
HEADLINE = re.compile(r"^a\.yaml:\d+:\d+: ([A-Z]\d{3}) ", re.MULTILINE)


def assert_is_read(data: bytes) -> None:
    """Any bytes give a registry, findings or none, and both can be shown."""
    source = decode(data, "a.yaml")
    document = check(read_registry(source))
    registry, findings = document.registry, document.registry.findings
    assert isinstance(registry, Registry)
    assert document.root is not None or findings
    assert all(0 <= start <= end <= len(source.text) + 1 for start, end in (each.span for each in findings))
    assert [each.span for each in findings] == sorted(each.span for each in findings)
    assert {each.code for each in findings} <= set(CHECKS)
    shown = text.render([(source, findings)])
    assert HEADLINE.findall(shown) == [each.code for each in findings]
    assert set(shown).isdisjoint(UNSEEN)
    assert source.undecodable or source.encode() == data
    listed = [json_shapes.item(row) for row in query.rows(registry, date(2019, 10, 1))]
    assert json.loads(json.dumps(listed, ensure_ascii=False).encode()) == listed


@contextmanager
def parser_in_python() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_LOADER", yaml.SafeLoader)
        yield


_BYTES = st.binary(max_size=200) | st.text("[]{}:,-?&*!|>'\"%@`#\\ \t\r\nab1：　\0", max_size=60).map(
    str.encode
)


@EXAMPLES
@given(bad_inputs.mutations(TABLE))
def test_a_slip_in_the_table_never_raises(data: bytes) -> None:
    assert_is_read(data)


@FEWER
@given(bad_inputs.mutations(HEAD))
def test_a_slip_in_the_table_never_raises_in_python(data: bytes) -> None:
    with parser_in_python():
        assert_is_read(data)


@EXAMPLES
@given(_BYTES)
@example(b"\xff\xfe")
@example(b"\xfe\xff\0")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"%YAML 9.9\n---\n")
def test_random_bytes_never_raise(data: bytes) -> None:
    assert_is_read(data)


@FEWER
@given(_BYTES)
def test_random_bytes_never_raise_in_python(data: bytes) -> None:
    with parser_in_python():
        assert_is_read(data)


@EXAMPLES
@given(bad_inputs.structures())
def test_a_random_structure_never_raises(data: bytes) -> None:
    assert_is_read(data)
    with parser_in_python():
        assert_is_read(data)
