"""``edit`` through the command line."""

import sys
from pathlib import Path

import pytest

import systems
from conftest import Outcome, Run

SCRIPT = """\
import sys
from pathlib import Path
*words, file = sys.argv[1:]
copy = Path(file)
turn = Path({log!r})
turns = turn.read_text().splitlines() if turn.exists() else []
turn.write_text("\\n".join([*turns, "opened"]))
old, new = {edits!r}[len(turns)]
text = copy.read_bytes().decode()
assert old in text
copy.write_bytes(text.replace(old, new, 1).encode())
{more}
"""


FAILING = f'"{sys.executable}" -c "raise SystemExit(1)"'


@pytest.fixture
def editor(tmp_path: Path) -> "Editor":
    return Editor(tmp_path)


class Editor:
    """An editor that replaces one text by another, a pair for each time that it is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.script = folder / "an editor.py"

    def typing(self, *edits: tuple[str, str], more: str = "") -> str:
        """Give the command line of the editor."""
        script = SCRIPT.format(log=str(self.log), edits=edits, more=more)
        self.script.write_text(script, encoding="utf-8")
        return f'"{sys.executable}" "{self.script}"'


def test_what_is_sound_is_written(run: Run, registry: Path, editor: Editor) -> None:
    before = registry.read_bytes()
    visual = editor.typing(("schedule: 2017 年底", "schedule: 2018 年底"))
    assert run("edit", "1", VISUAL=visual, EDITOR="false") == Outcome(0, "tasks.yaml was written.\n", "")
    assert registry.read_bytes() == before.replace(b"schedule: 2017 ", b"schedule: 2018 ", 1)


def test_what_is_left_as_it_is_is_not_written(run: Run, registry: Path, editor: Editor) -> None:
    status = registry.stat()
    assert run("edit", EDITOR=editor.typing(("x", "x"))) == Outcome(0, "Nothing was changed.\n", "")
    assert (registry.stat().st_ino, registry.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)


@pytest.mark.parametrize("name", ["vi", "nano", "emacs"])
def test_the_editor_is_told_the_line(run: Run, registry: Path, tmp_path: Path, name: str) -> None:
    program = tmp_path / (f"{name}.cmd" if systems.WINDOWS else name)
    script = '@>"{0}" echo %1\n' if systems.WINDOWS else '#!/bin/sh\necho "$1" > "{0}"\n'
    program.write_text(script.format(tmp_path / "words"), encoding="utf-8")
    program.chmod(0o755)
    assert run("edit", "3.2", EDITOR=str(program)).code == 0
    line = (tmp_path / "words").read_text(encoding="utf-8").strip().removeprefix("+")
    assert registry.read_text(encoding="utf-8").split("\n")[int(line) - 1].strip() == "- id: 2"


def test_errors_are_shown_and_can_be_mended(run: Run, registry: Path, editor: Editor) -> None:
    edits = (("status: pending", "status: don"), ("status: don", "status: done"))
    outcome = run("edit", EDITOR=editor.typing(*edits), stdin=b"x\ne\n")
    assert (outcome.code, outcome.out) == (0, "tasks.yaml was written.\n")
    assert "S204 'don' cannot stand here" in outcome.err
    assert outcome.err.count("What now?") == 2
    assert registry.read_text(encoding="utf-8").count("status: done") == 1


@pytest.mark.parametrize("answer", [b"q\n", b""])
def test_what_is_given_up_is_kept_apart(run: Run, registry: Path, editor: Editor, answer: bytes) -> None:
    before = registry.read_bytes()
    visual = editor.typing(("status: pending", "status: don"))
    outcome = run("edit", EDITOR=visual, stdin=answer)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (1, "", before)
    kept = Path(outcome.err.rpartition("kept in ")[2].strip())
    assert b"status: don\n" in kept.read_bytes()


def test_another_hand_meanwhile_is_not_overwritten(run: Run, registry: Path, editor: Editor) -> None:
    more = f"Path({str(registry)!r}).write_bytes(b'# other\\n' + Path({str(registry)!r}).read_bytes())"
    outcome = run("edit", EDITOR=editor.typing(("2017 年底", "2018 年底"), more=more))
    assert (outcome.code, outcome.out) == (1, "")
    assert "tasks.yaml was changed by another hand meanwhile" in outcome.err
    assert registry.read_bytes().startswith(b"# other\n")
    assert "2018 年底".encode() in Path(outcome.err.rpartition("kept in ")[2].strip()).read_bytes()


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("words", "editor_words", "code", "message"),
    [
        (("edit",), FAILING, 1, "the editor ended with 1; nothing was written"),
        (("edit",), "no-such-editor", 2, "the editor 'no-such-editor' cannot be run"),
        (("edit",), '"', 2, "the editor '\"' cannot be run"),
        (("edit", "99"), "false", 3, "there is no task 99"),
        (("edit", "-f", "-"), "false", 2, "standard input cannot be updated"),
    ],
    ids=["it fails", "no program", "a quotation mark", "no such task", "standard input"],
)
def test_what_cannot_be_edited(
    run: Run, words: tuple[str, ...], editor_words: str, code: int, message: str
) -> None:
    outcome = run(*words, EDITOR=editor_words)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err


def test_a_broken_file_can_be_mended(run: Run, registry: Path, editor: Editor) -> None:
    registry.write_bytes(registry.read_bytes().replace(b"tasks:", b"tasks: [", 1))
    assert run("edit", EDITOR=editor.typing(("tasks: [", "tasks:"))).code == 0
    assert run("validate").code == 0


def test_only_what_an_edit_brings_in_is_complained_of(run: Run, registry: Path, editor: Editor) -> None:
    run("update", "4", "--due", "2027-06-30", "--force")
    visual = editor.typing(("schedule: 2017 年底", "schedule: 2018 年底"))
    assert run("edit", "1", VISUAL=visual) == Outcome(0, "tasks.yaml was written.\n", "")
    assert "    due: 2027-06-30\n" in registry.read_text(encoding="utf-8")


def test_what_has_one_right_answer_is_fixed_when_asked(run: Run, registry: Path, editor: Editor) -> None:
    outcome = run("edit", EDITOR=editor.typing(("status: pending", "status: 受阻")), stdin=b"f\n")
    assert (outcome.code, outcome.out) == (0, "tasks.yaml was written.\n")
    assert "What now? f: fix 1 of them, e: edit again, q: give up" in outcome.err
    assert registry.read_text(encoding="utf-8").count("status: blocked") == 1


def test_what_cannot_be_fixed_is_asked_about_again(run: Run, registry: Path, editor: Editor) -> None:
    before = registry.read_bytes()
    edits = ("status: pending", "status: 受阻\n    supports: [市科委]")
    outcome = run("edit", EDITOR=editor.typing(edits), stdin=b"f\nf\nq\n")
    assert (outcome.code, registry.read_bytes()) == (1, before)
    kept = Path(outcome.err.rpartition("kept in ")[2].strip())
    assert "status: blocked\n    supports:" in kept.read_text(encoding="utf-8")
    assert outcome.err.count("f: fix") == 1
    assert outcome.err.count("What now? e: edit again") == 2
