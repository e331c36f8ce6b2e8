"""Replace a file on disk whole, with any number of hands and editors at it, and lose no edit.

The write protocol:

1. Follow symbolic links. Open read-only and without blocking; it must be a regular file that may be
   written, with a single name (a second hard link would keep the old content).
2. Lock the data file itself, waiting a while. A lock beside it would outlive a killed process; this one
   ends with the process. Where the path meanwhile leads to another file, start over.
3. Remove what a killed run left. Read through the locked descriptor.
4. Plan the edit on what was read; where nothing changes, write nothing.
5. Write the new content to a file of the same file system, with the same mode, and see it onto the disk.
   It lies in a folder named .git in a folder of ours: git shows nothing of that name, at any moment, so
   that it never sees what a killed run leaves. (A folder with a .gitignore is seen until that is written.)
6. Look at the target again. An editor, which knows no lock, may have saved: then plan anew on that text.
7. Replace the old file by the new one in one step, and see the folder onto the disk.
8. Whatever happens, an error or a signal: remove the new file; the old one is whole.
"""

import contextlib
import errno
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from chengguo.errors import Busy, Refused
from chengguo.files import journal
from chengguo.files.reasons import reason
from chengguo.files.store import LARGEST, open_file, read_all, refuse_large
from chengguo.language import _
from chengguo.text.source import Source, decode

PATIENCE = 10.0  # seconds to wait for the lock
POLL = 0.05  # seconds between two tries
ATTEMPTS = 5  # how often an edit is planned anew on what others saved meanwhile
_UNSEEN = ".git"  # the one name that git never shows
_FAR = 0x7FFF_FFFF  # Windows: the byte that is locked


def edit(path: str | Path, plan: Callable[[Source], Source], *, patience: float = PATIENCE) -> None:
    """Replace the file at ``path`` by what ``plan`` makes of it, by the protocol above.

    ``plan`` may be called more than once; what it raises leaves the file alone. ``patience`` is how many
    seconds to wait for the lock. Raises ``CannotOpen``, ``Refused`` where the file cannot be replaced,
    ``Busy`` where other hands keep it.
    """
    if sys.platform == "win32":  # nothing below could be kept there
        from chengguo.files import windows

        windows.edit(path, plan, patience=patience)
        return
    os.close(open_file(path, path))  # a path that cannot be opened is told before it is resolved
    target = Path(os.path.realpath(path))
    with _ending_on_sigterm():
        for _attempt in range(ATTEMPTS):
            with _locked(target, path, patience) as descriptor:
                if _replaced(target, path, descriptor, plan):
                    return
    message = _("{file} keeps being changed by another hand").format(file=path)
    raise Busy(message, _("Nothing was written; try again."))


def _replaced(target: Path, path: str | Path, descriptor: int, plan: Callable[[Source], Source]) -> bool:
    """Take steps 3 to 8; tell whether the file now holds the edit."""
    workshop = target.with_name(f".{target.name}.chengguo")
    try:
        _clear(workshop)
        refuse_large(os.fstat(descriptor).st_size, LARGEST, str(path))
        before = read_all(descriptor)
        after = plan(decode(before, str(path))).encode()
        if after == before:
            return True
        try:
            new = _write(workshop, after, stat.S_IMODE(os.fstat(descriptor).st_mode))
            if not _is_still(target, descriptor, before):
                _clear(workshop)
                return False
            _release_on_windows(descriptor)
            with _held(new):
                os.replace(new, target)  # noqa: PTH105 - beside the other calls of os
                _clear(workshop)
        except BaseException:
            _clear(workshop)
            raise
    except OSError as error:
        message = _("{file} could not be written: {reason}").format(file=path, reason=reason(error))
        raise Refused(message, _("The old file is unchanged.")) from error
    _flush_folder(target.parent)
    journal.keep(target, journal.Change(before, after), os.environ)
    return True


@contextlib.contextmanager
def _locked(target: Path, path: str | Path, patience: float) -> Iterator[int]:
    """Open the file and hold its lock; the path leads to it when the lock is got."""
    deadline = time.monotonic() + patience
    while True:
        descriptor = open_file(target, path)
        try:
            _refuse_unwritable(target, path, descriptor)
            while not _lock(descriptor):
                if time.monotonic() > deadline:
                    message = _("another process holds {file}").format(file=path)
                    raise Busy(message, _("It may be another chengguo or an editor; try again."))
                time.sleep(POLL)
            if _leads_to(target, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _refuse_unwritable(target: Path, path: str | Path, descriptor: int) -> None:
    status = os.fstat(descriptor)
    if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise Refused(_("{file} is write-protected").format(file=path), _("Nothing was changed."))
    if status.st_nlink > 1:
        message = _("{file} has {count} hard links").format(file=path, count=status.st_nlink)
        raise Refused(message, _("Replacing it would leave the others behind; make it a file of its own."))


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        """Try to lock one byte far behind the end, so that readers are not shut out."""
        try:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release_on_windows(descriptor: int) -> None:
        """Let go of the lock: Windows replaces no file that is locked."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Try to lock the whole file; a system without locks for it goes without."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            return error.errno in (errno.ENOLCK, errno.ENOTSUP)
        return True

    def _release_on_windows(descriptor: int) -> None:
        """Keep the lock: here it is held until the new file is in its place."""


@contextlib.contextmanager
def _held(new: Path) -> Iterator[None]:
    """Hold the lock of the file that becomes the target: who comes next waits until this run has cleared up.

    The lock of the old file keeps nobody out once the path leads to the new one.
    """
    if sys.platform == "win32":  # it replaces no file that is locked
        yield
        return
    descriptor = os.open(new, os.O_RDONLY)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _leads_to(target: Path, descriptor: int) -> bool:
    """Tell whether the path still leads to the file that is open."""
    try:
        return os.path.samestat(target.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _is_still(target: Path, descriptor: int, before: bytes) -> bool:
    """Tell whether the target is the file that was read, with the bytes that were read."""
    return _leads_to(target, descriptor) and read_all(descriptor) == before


def _write(workshop: Path, data: bytes, mode: int) -> Path:
    """Write a new file and see it onto the disk."""
    new = workshop / _UNSEEN / "new"
    workshop.mkdir()
    new.parent.mkdir()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(new, flags, 0o600), "wb") as file:  # noqa: PTH123 - it is a descriptor
        file.write(data)
        file.flush()
        new.chmod(mode)
        os.fsync(file.fileno())
    return new


def _clear(workshop: Path) -> None:
    """Remove the folder of a write, this one's or that of a run that was killed."""
    (workshop / _UNSEEN / "new").unlink(missing_ok=True)
    for folder in (workshop / _UNSEEN, workshop):
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()


def _flush_folder(folder: Path) -> None:
    """See the new name onto the disk, where the system can; the content is there in any case."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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
