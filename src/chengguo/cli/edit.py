"""The command that opens the registry in the user's editor, and checks what comes back (as visudo does)."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from chengguo.checks import rules
from chengguo.cli import completion, session
from chengguo.cli.options import FileOption
from chengguo.errors import CannotOpen, ChengguoError, Interrupted, Refused, WrongUsage
from chengguo.files import saving, store
from chengguo.language import _
from chengguo.output.findings import text
from chengguo.registry import addresses
from chengguo.registry.reading import read
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source, decode
from chengguo.text.visible import visible_line

app = typer.Typer()

# How an editor is told the line: by the words that stand before the file, {} being the line, or behind it.
_BEFORE = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "gvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe"), "+{}"
    ),
    "notepad++": "-n{}",
}
_BEHIND = {"code": ("--wait", "--goto"), "codium": ("--wait", "--goto"), "subl": ("--wait",)}


@app.command("edit", epilog=_("Example: chengguo edit 3.2"))
def edit(
    context: typer.Context,
    item: Annotated[str | None, typer.Argument(metavar="[ID]", autocompletion=completion.addresses)] = None,
    file: FileOption = None,
) -> None:
    """Open the registry in $VISUAL or $EDITOR, at the line of ID, and check it before it is written.

    ID is an item such as 3.2, or a task such as 3. A copy is edited: what has errors can be edited again or
    given up, and is written only once it has none. Nothing that was typed is thrown away.
    """
    path = session.path_of(context, file)
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))
    source = store.read_source(path)
    line = _line(source, item) if item else 1
    copy = _copy(path, source)
    try:
        edited = _edited(copy, path, line)
    except WrongUsage:  # no editor has run
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise
    except KeyboardInterrupt:
        hint = _("What you typed is kept in {copy}").format(copy=copy)
        raise Interrupted(_("{file} was not written").format(file=path), hint) from None
    if edited.encode() == source.encode():
        print(_("Nothing was changed."))
    else:
        session.edit(path, lambda now: (_unless_changed(now, source, edited, copy), None))
        print(_("{file} was written.").format(file=visible_line(path)))
    shutil.rmtree(copy.parent, ignore_errors=True)


def _copy(path: str, source: Source) -> Path:
    """Make the copy that is edited, in a folder of its own; raises ``CannotOpen``."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="chengguo-"))
    except OSError as error:
        message = _("{file} could not be written: {reason}")
        raise CannotOpen(message.format(file=tempfile.gettempdir(), reason=error.strerror)) from error
    copy = folder / Path(path).name
    try:
        saving.create(copy, source.encode() if not source.undecodable else store.read_bytes(path))
    except ChengguoError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy


def _line(source: Source, item: str) -> int:
    """Give the line of an item or a task."""
    found = addresses.find(session.registry_of(source).registry, addresses.parse(item))
    return source.position(found[0].places["id"][0].start).line


def _edited(copy: Path, path: str, line: int) -> Source:
    """Let the user edit the copy until it has no errors; raises ``Refused`` when they give up."""
    while True:
        _run(_command(copy, line, os.environ))
        edited = decode(copy.read_bytes(), path)
        errors = tuple(
            finding
            for finding in rules.check(read(edited)).registry.findings
            if finding.severity is Severity.ERROR
        )
        if not errors:
            return edited
        if not _wants_again(edited, errors):
            message = _("{file} was not written").format(file=path)
            raise Refused(message, _("What you typed is kept in {copy}").format(copy=copy))
        line = edited.position(errors[0].span.start).line


def _wants_again(edited: Source, errors: tuple[Finding, ...]) -> bool:
    """Show the errors and ask what to do; the end of the input gives up."""
    sys.stderr.write(text.blocks((edited, errors)))
    while True:
        sys.stderr.write(_("What now? e: edit again, q: give up, the file stays as it was. "))
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer or answer.strip().lower() in ("e", "q"):
            return answer.strip().lower() == "e"


def _command(copy: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """Give the words that open the copy at a line, in the editor of the environment."""
    fallback = "notepad" if sys.platform == "win32" else "vi"
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or fallback
    try:
        words = shlex.split(chosen, posix=sys.platform != "win32")
    except ValueError as error:
        raise WrongUsage(_("the editor '{editor}' cannot be run").format(editor=chosen)) from error
    name = Path(words[0]).stem.lower() if words else ""
    if name in _BEFORE:
        return [*words, _BEFORE[name].format(line), str(copy)]
    if name in _BEHIND:
        return [*words, *(word for word in _BEHIND[name] if word not in words), f"{copy}:{line}"]
    return [*words, str(copy)]


def _run(command: list[str]) -> None:
    """Run the editor until it ends; raises ``Refused`` where it fails, ``WrongUsage`` where there is none."""
    before = signal.signal(signal.SIGINT, _leave_to_editor)
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        message = _("the editor '{editor}' cannot be run").format(editor=command[0])
        raise WrongUsage(message, _("Set $VISUAL or $EDITOR to the editor that you use.")) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        message = _("the editor ended with {code}; nothing was written").format(code=code)
        raise Refused(message, _("What you typed is kept in {copy}").format(copy=command[-1]))


def _leave_to_editor(_number: int, _frame: object) -> None:
    """Let Ctrl-C be the editor's: ignored outright, the editor would ignore it too."""


def _unless_changed(now: Source, before: Source, edited: Source, copy: Path) -> Source:
    """Give the edited text, unless another hand has written the file meanwhile."""
    if now.encode() != before.encode():
        message = _("{file} was changed by another hand meanwhile").format(file=now.name)
        raise Refused(message, _("What you typed is kept in {copy}").format(copy=copy))
    return edited
