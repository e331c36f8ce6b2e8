"""Every write of the program: a new file, a file in the place of another, an edit that can be undone.

``create`` and ``replace`` make a file whole or not at all; ``edit`` replaces a registry by the protocol of
``posix`` or ``windows`` and writes the change down in the journal, before it is made.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chengguo.errors import CannotOpen, ChengguoError
from chengguo.files import journal, scratch, written
from chengguo.files.reasons import reason
from chengguo.files.store import LARGEST, close, open_file, refuse_large, refuse_unnamed, resolve
from chengguo.language import _
from chengguo.text.source import Source, decode

if sys.platform == "win32":
    from chengguo.files.windows import edit as rewrite
else:
    from chengguo.files.posix import edit as rewrite

PATIENCE = 10.0  # seconds to wait for the lock

Result = TypeVar("Result")
Tell = Callable[[str], None]


def create(path: str | Path, data: bytes) -> None:
    """Make a new file, whole or not at all; raises FileExistsError where there is one, ``CannotOpen``."""
    refuse_unnamed(path)
    target = Path(path)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    try:
        with scratch.new_file(target.parent, data, 0o666) as new:
            os.fsync(new.descriptor)
            _name(new, target)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        message = _("{file} could not be written: {reason}").format(file=path, reason=reason(error))
        hint = _("Make the folder first, or name another.") if isinstance(error, FileNotFoundError) else ""
        raise CannotOpen(message, hint) from error
    scratch.flush_folder(target.parent)
    written.note(path)


def _name(new: scratch.New, target: Path) -> None:
    """Name a new file, overwriting none; raises FileExistsError."""
    if sys.platform == "win32":
        close(new.descriptor)  # it renames no file that is open, and overwrites none
        new.path.rename(target)
        return
    try:
        os.link(new.path, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name, then fill it
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        try:
            new.path.replace(target)
        except OSError:
            with contextlib.suppress(OSError):
                target.unlink()
            raise


def replace(path: str | Path, plan: Callable[[bytes], bytes]) -> None:
    """Put what ``plan`` makes of the bytes of the file at ``path`` in its place.

    It keeps its owner and its mode, and is no change that could be undone. Raises ``CannotOpen``,
    ``Refused``, ``Busy``.
    """
    changes: list[bool] = []

    def plan_and_note(before: bytes) -> bytes:
        after = plan(before)
        changes[:] = [after != before]
        return after

    rewrite(path, plan_and_note, patience=PATIENCE)
    if changes[0]:
        written.note(path)


def edit(
    path: str | Path,
    plan: Callable[[Source], tuple[Source, Result]],
    *,
    tell: Tell = lambda _text: None,
) -> Result:
    """Replace the registry at ``path`` by what ``plan`` makes of it, and return what it returns beside.

    ``plan`` may be called more than once; what it raises leaves the file alone. ``tell`` is told where the
    change could not be written down, so that ``undo`` will not know it. Raises ``CannotOpen``, ``Refused``
    where the file cannot be replaced, ``Busy`` where other programs keep it.
    """
    close(open_file(path, path, patience=PATIENCE))  # what cannot be opened is told before it is resolved
    target = resolve(path)
    with contextlib.suppress(OSError):  # what is broken fails below, in its place
        refuse_large(target.stat().st_size, LARGEST, str(path))
    results: list[Result] = []
    entries: list[Path] = []
    losses: list[OSError] = []

    def plan_bytes(before: bytes) -> bytes:
        new, result = plan(decode(before, str(path)))
        after = new.encode()
        results[:], entries[:], losses[:] = [result], [], []
        if after != before:
            try:
                change = journal.Change(before, after, journal.now())
                entries.append(journal.begin(target, change, os.environ))
            except OSError as error:
                losses.append(error)
        return after

    try:
        replace(path, plan_bytes)
    except ChengguoError:
        for entry in entries:
            journal.drop(entry)
        raise
    for entry in entries:
        journal.commit(entry)
    for error in losses:
        message = _("undo will not know this change of {file}, nor older ones: {reason}")
        tell(message.format(file=path, reason=reason(error)))
    return results[0]
