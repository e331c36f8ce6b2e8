"""The command that opens the registry in the user's editor, and checks what comes back (as visudo does)."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from chengguo.cli import completion, session
from chengguo.cli.declared import Argument, Commands, Context
from chengguo.cli.options import FileOption
from chengguo.edits import editing
from chengguo.errors import CannotOpen, ChengguoError, Interrupted, Refused, WrongUsage
from chengguo.files import programs, saving, store
from chengguo.files.reasons import no_temporary_file
from chengguo.language import _, environment
from chengguo.output.findings import text
from chengguo.registry import addresses
from chengguo.registry.addresses import Address
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text import findings
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source, decode
from chengguo.text.visible import visible_line

app = Commands()

# How an editor is told the line: by the words that stand before the file, {} being the line, or behind it.
_BEFORE = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "gvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe"), "+{}"
    ),
    "notepad++": "-n{}",
}
# Editors that may end at once, while their window, or that of a program that was there already, is open.
_LEAVING = frozenset(
    {"notepad", "notepad++", "wordpad", "write", "gvim", "open", "start", "explorer", "xdg-open"}
)
_FOR_CMD = "[%^&!]"  # what an editor's .cmd would be run with, not given
_BEHIND = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "subl": ("--wait",)}


@app.command("edit", epilog=_("Example: chengguo edit 3.2"))
def edit(
    context: Context,
    item: Annotated[str | None, Argument(metavar="[ID]", autocompletion=completion.addresses)] = None,
    file: FileOption = None,
) -> None:
    """Open the registry in $VISUAL or $EDITOR, at the line of ID, and check it before it is written.

    ID is an item such as 3.2, or a task such as 3. A copy is edited: what brings in errors can be edited
    again, fixed where there is just one right answer, or given up. Nothing that was typed is thrown away.
    """
    wanted = (addresses.parse(item),) if item else ()
    path, _found = session.target(context, file, wanted)
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))
    source = store.read_source(path)
    line = _line(source, wanted[0]._replace(plan="")) if wanted else 1
    copy = _copy(path, source)
    try:
        edited = _edited(copy, source, line)
    except WrongUsage:  # no editor has run
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise
    except KeyboardInterrupt:
        hint = _("What you typed is kept in {copy}").format(copy=copy)
        raise Interrupted(_("{file} was not written").format(file=path), hint) from None
    if edited.encode() == source.encode():
        print(_("Nothing was changed."))
    else:
        _save(path, source, edited, copy)
        print(_("{file} was written.").format(file=visible_line(path)))
    shutil.rmtree(copy.parent, ignore_errors=True)


def _copy(path: str, source: Source) -> Path:
    """Make the copy that is edited, in a folder of its own; raises ``CannotOpen``."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="chengguo-"))
    except OSError as error:
        message, hint = no_temporary_file(error)
        raise CannotOpen(message, hint) from error
    copy = folder / re.sub(_FOR_CMD, "_", Path(path).name)
    try:
        saving.create(copy, source.encode() if not source.undecodable else store.read_bytes(path))
    except ChengguoError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def _line(source: Source, wanted: Address) -> int:
    """Return the line of an item or a task."""
    found = addresses.find(session.registry_of(source).registry, wanted)
    return source.position(found[0].places["id"][0].start).line


def _edited(copy: Path, before: Source, line: int) -> Source:
    """Let the user edit the copy until it brings in no error; raises ``Refused`` when they give up."""
    document = session.checked(read_registry(before))
    _open(copy, line)
    while True:
        edited = session.checked(read_registry(decode(copy.read_bytes(), before.name)))
        errors = _errors(document, edited)
        if not errors:
            return edited.source
        answer = _answer(edited.source, errors)
        if answer == "q":
            message = _("{file} was not written").format(file=before.name)
            raise Refused(message, _("What you typed is kept in {copy}").format(copy=copy))
        if answer == "f":
            copy.write_bytes(editing.fix(edited, errors).encode())
        else:
            _open(copy, edited.source.position(errors[0].span.start).line)


def _open(copy: Path, line: int) -> None:
    """Open the copy at a line in the user's editor, until it has ended or says so."""
    before = copy.read_bytes()
    command = _command(copy, line, os.environ)
    _run(command, copy)
    if copy.read_bytes() == before and _name(command) in _LEAVING:
        _wait_for_the_window()


def _wait_for_the_window() -> None:
    """Wait until the user has saved in an editor that may still be open although its program has ended."""
    sys.stderr.write(_("Nothing is saved yet. Save, close the editor, then press Enter here. "))
    sys.stderr.flush()
    sys.stdin.readline()


def _errors(before: Document, edited: Document) -> tuple[Finding, ...]:
    """Return the errors that an edit has brought in.

    What could not be read before could not be judged either: of it, it is enough that it can be read now.
    """
    found = edited.registry.findings
    if before.root is None and edited.root is not None:
        return ()
    return tuple(
        each
        for each in findings.brought_in(before.registry.findings, found)
        if each.severity is Severity.ERROR
    )


def _answer(edited: Source, errors: tuple[Finding, ...]) -> str:
    """Show the errors and ask what to do: e, f where some can be fixed, or q, as the end of the input."""
    sys.stderr.write(text.blocks((edited, errors)))
    fixable = sum(each.fix is not None for each in errors)
    while True:
        question = _("What now? e: edit again, q: give up, the file stays as it was. ")
        if fixable:
            question = _(
                "What now? f: fix {count} of them, e: edit again, q: give up, the file stays as it was. "
            )
            question = question.format(count=fixable)
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
        answer = line.strip().lower() if line else "q"
        if answer in ("e", "q") or (answer == "f" and fixable):
            return answer


def _command(copy: Path, line: int, variables: Mapping[str, str]) -> list[str]:
    """Return the words that open the copy at a line, in the editor of the environment."""
    fallback = "notepad" if sys.platform == "win32" else "vi"
    chosen = variables.get("VISUAL") or variables.get("EDITOR") or fallback
    words = [chosen] if programs.find(chosen) else _words(chosen)
    program = programs.find(words[0]) if words else None
    if program is None:
        message = _("the editor '{editor}' cannot be run").format(editor=words[0] if words else chosen)
        raise WrongUsage(message, _("Set $VISUAL or $EDITOR to the editor that you use."))
    words[0] = program
    name = _name(words)
    if name in _BEFORE:
        return [*words, _BEFORE[name].format(line), str(copy)]
    if name in _BEHIND:
        return [*words, *(word for word in _BEHIND[name] if word not in words), f"{copy}:{line}"]
    return [*words, str(copy)]


def _name(command: list[str]) -> str:
    return Path(command[0]).stem.lower()


def _words(chosen: str) -> list[str]:
    """Split the command line of an editor; on Windows a backslash is part of a path, and ' is no quote."""
    lexer = shlex.shlex(chosen, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    if sys.platform == "win32":
        lexer.escape, lexer.quotes = "", '"'
    try:
        return list(lexer)
    except ValueError as error:
        raise WrongUsage(_("the editor '{editor}' cannot be run").format(editor=chosen)) from error


def _run(command: list[str], copy: Path) -> None:
    """Run the editor until it ends; raises ``Refused`` where it fails, ``WrongUsage`` where there is none."""
    before = signal.signal(signal.SIGINT, _leave_to_editor)
    try:
        code = subprocess.run(command, env=environment(), check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        message = _("the editor '{editor}' cannot be run").format(editor=command[0])
        raise WrongUsage(message, _("Set $VISUAL or $EDITOR to the editor that you use.")) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        message = _("the editor ended with {code}; nothing was written").format(code=code)
        raise Refused(message, _("What you typed is kept in {copy}").format(copy=copy))


def _leave_to_editor(_number: int, _frame: object) -> None:
    """Let Ctrl-C be the editor's: ignored outright, the editor would ignore it too."""


def _save(path: str, before: Source, edited: Source, copy: Path) -> None:
    """Write what was edited, unless another hand has written the file meanwhile; say where it is kept."""

    def plan(now: Source) -> tuple[Source, None]:
        if now.encode() != before.encode():
            raise Refused(_("{file} was changed by another hand meanwhile").format(file=now.name))
        return edited, None

    try:
        session.edit(path, plan)
    except ChengguoError as error:
        kept = _("What you typed is kept in {copy}").format(copy=copy)
        error.hint = f"{error.hint} {kept}".strip()
        raise
