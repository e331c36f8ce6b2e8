"""The write protocol of POSIX: replace a file whole, whoever else is at it, and lose no edit.

1. Follow symbolic links. The path must lead to a regular file that may be written, with a single name (a
   second hard link would keep the old content).
2. Lock the file itself, waiting a while. A lock beside it would outlive a killed process; this one ends with
   the process. It is opened for reading and writing: NFS locks no other. Where the path meanwhile leads to
   another file, start over. A system that has no locks goes without.
3. Make good what a killed run left. Read through the locked descriptor.
4. Plan the edit on what was read; where nothing changes, write nothing.
5. Write the new content to a file of the same file system, give it the owner, the group, the mode, the ACL
   and the other attributes of the old one, and see it onto the disk.
6. Look at the file again. An editor, which knows no lock, may have saved: then plan anew on that text.
7. Exchange the two in one step, and look at what came out: an editor's save in that moment is put back, and
   planned on anew. See the folder onto the disk.
8. Whatever happens, an error or a signal: remove the new file; the old one is whole. Once the new one is in
   its place, nothing fails any more.

Where the new file cannot be made whole (another user's file of which we may not make another, a file that is
mounted by itself, a folder that may not be written), the old one is written over in place, under the lock and
with a backup that lasts as long.
"""

import contextlib
import errno
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from chengguo.errors import Busy, Refused
from chengguo.files import backups, journal, locks, metadata, scratch, swapping
from chengguo.files.locks import Lock
from chengguo.files.reasons import reason
from chengguo.files.store import close, open_file, read_all, resolve
from chengguo.files.swapping import Old, Stranded, is_still, leads_to
from chengguo.language import _

POLL = 0.05  # seconds between two tries to lock
ATTEMPTS = 5  # how often an edit is planned anew on what others saved meanwhile
# What says that a file cannot be replaced where it is, though it may be written.
_ONLY_IN_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})

Plan = Callable[[bytes], bytes]


class _File(NamedTuple):
    """The file that is edited: where it is, what people call it, how it is open, whether it is locked."""

    target: Path
    name: str
    descriptor: int
    is_locked: bool


def edit(path: str | Path, plan: Plan, *, patience: float) -> None:
    """Replace the file at ``path`` by what ``plan`` makes of its bytes, by the protocol above.

    ``plan`` may be called more than once; what it raises leaves the file alone. ``patience`` is how many
    seconds to wait for the lock. Raises ``CannotOpen``, ``Refused`` where the file cannot be replaced,
    ``Busy`` where other programs keep it.
    """
    close(open_file(path, path))  # a path that cannot be opened is told before it is resolved
    target = resolve(path)
    with _ending_on_sigterm():
        for _attempt in range(ATTEMPTS):
            with _locked(target, str(path), patience) as file:
                if _edited(file, plan):
                    return
    message = _("{file} keeps being changed by another hand").format(file=path)
    raise Busy(message, _("Nothing was written; try again."))


def _edited(file: _File, plan: Plan) -> bool:
    """Take steps 3 to 8; tell whether the file now holds the edit."""
    try:
        backups.heal(file.target, file.name, file.descriptor)
        before = read_all(file.descriptor)
        after = plan(before)
        if after == before:
            return True
        done = _replaced(file, before, after)
        if done is None:
            done = _written_over(file, before, after)
    except OSError as error:
        message = _("{file} could not be written: {reason}").format(file=file.name, reason=reason(error))
        raise Refused(message, _("The old file is unchanged.")) from error
    except Stranded as error:
        message = _("{file} was saved by another program meanwhile, and that could not be put back: {reason}")
        raise Refused(
            message.format(file=file.name, reason=reason(error.error)),
            _("What was saved is in {copy}").format(copy=error.kept)
            if error.kept
            else _("Save it again in that program."),
        ) from error
    if done:
        scratch.flush_folder(file.target.parent)
    return done


def _replaced(file: _File, before: bytes, after: bytes) -> bool | None:
    """Put a new file in the place of the old one; None where that can only be written over in place."""
    try:
        with scratch.new_file(file.target.parent, after) as new:
            if not metadata.copy(file.descriptor, new.descriptor):
                return None
            os.fsync(new.descriptor)
            if not is_still(file.target, file.descriptor, before):
                return False
            return swapping.swap(new, after, file.target, Old(file.descriptor, before))
    except OSError as error:
        if error.errno in _ONLY_IN_PLACE:
            return None
        raise


def _written_over(file: _File, before: bytes, after: bytes) -> bool:
    """Write over the old file; raises OSError where it holds the old bytes still, or again."""
    if not file.is_locked:
        message = _("{file} cannot be replaced, and there is no lock under which to write over it").format(
            file=file.name
        )
        raise Refused(message, _("Nothing was changed. Let its owner do it, or move it to a local disk."))
    change = journal.Change(before, after, journal.now())
    try:
        backup = backups.keep(file.target, file.descriptor, change)
    except OSError as error:
        message = _("{file} can only be written over in place, and no backup can be kept: {reason}").format(
            file=file.name, reason=reason(error)
        )
        raise Refused(message, _("Nothing was changed. Mount its folder, not the file alone.")) from error
    try:
        if not is_still(file.target, file.descriptor, before):
            return False
        backups.overwrite(file.descriptor, before, after)
    except BaseException:
        _restore(file, before, after)
        raise
    finally:
        backups.release(backup, file.descriptor, change)
    return leads_to(file.target, file.descriptor)


def _restore(file: _File, before: bytes, after: bytes) -> None:
    """Put the old bytes back, of which as many as can be are still there."""
    try:
        backups.overwrite(file.descriptor, after, before)
    except OSError as error:
        message = _("{file} could not be written: {reason}").format(file=file.name, reason=reason(error))
        hint = _("It is half written; the next command that writes it puts it back as it was.")
        raise Refused(message, hint) from error


@contextlib.contextmanager
def _locked(target: Path, name: str, patience: float) -> Iterator[_File]:
    """Open the file and hold its lock; the path leads to it when the lock is got."""
    deadline = time.monotonic() + patience
    while True:
        _refuse_unwritable(target, name)
        descriptor = open_file(target, name, access=os.O_RDWR)
        try:
            while (lock := locks.take(descriptor)) is Lock.HELD:
                _wait(name, deadline)
            if lock is not Lock.STALE and leads_to(target, descriptor):
                yield _File(target, name, descriptor, lock is Lock.TAKEN)
                return
        finally:
            close(descriptor)
        _wait(name, deadline)


def _wait(name: str, deadline: float) -> None:
    """Wait for the next try to lock; raises ``Busy`` where the time is up."""
    if time.monotonic() > deadline:
        message = _("another process holds {file}").format(file=name)
        raise Busy(message, _("It may be another chengguo or an editor; try again."))
    time.sleep(POLL)


def _refuse_unwritable(target: Path, name: str) -> None:
    try:
        status = target.stat()
    except OSError:
        return  # opening it says why
    if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise Refused(_("{file} is write-protected").format(file=name), _("Nothing was changed."))
    if status.st_nlink > 1:
        message = _("{file} has {count} hard links").format(file=name, count=status.st_nlink)
        raise Refused(message, _("Replacing it would leave the others behind; make it a file of its own."))


@contextlib.contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end the program as Ctrl-C does, by way of every ``finally``."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
