"""The writing protocol on Windows, where nobody replaces a file that anybody holds open.

What POSIX does with a lock on the file itself and with its inode cannot be done here: whoever has the file
open, be it this process, keeps it from being replaced. So:

1. Follow links. The file must be one that may be written, with a single name.
2. Take a lock file beside it: opened without sharing, so that one holds it, and to be deleted when it is
   closed, which the system does for a killed process too. Wait a while for it. It lies in a folder named
   .git in a folder of ours, as the new file does: git shows nothing of that name, at any moment.
3. Read and close. Plan the edit on what was read; where nothing changes, write nothing.
4. Write the new content to a file of the same file system, and see it onto the disk.
5. Read again. An editor, which knows no lock, may have saved: where the bytes differ, plan anew.
6. Replace. Scanners, synchronised folders, readers and Excel hold a file, mostly for moments: try again from
   step 5 on, for as long as the lock is waited for.
7. Nothing after the replace fails: the folder is cleared as far as it can be. What stays in it (a new file
   of a killed run, a desktop.ini) is in nobody's way.
"""

import _winapi  # as multiprocessing does: os.open can neither share everything nor nothing
import contextlib
import msvcrt
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from chengguo.errors import Busy, Refused
from chengguo.files.reasons import is_held, reason
from chengguo.files.store import MOMENT, held, read_bytes, resolve
from chengguo.language import _

assert sys.platform == "win32"  # noqa: S101 - elsewhere a type checker knows nothing of what follows

POLL = 0.02  # seconds between two tries
ATTEMPTS = 5  # how often an edit is planned anew on what others saved meanwhile
_UNSEEN = ".git"  # the one name that git never shows
_SHARE_ALL = 0x1 | 0x2 | 0x4  # reading, writing, deleting and renaming
_SHARE_NOTHING = 0
_DELETE = 0x10000
_OPEN_ALWAYS = 4
_DELETE_ON_CLOSE = 0x0400_0000


def open_shared(path: str | Path, patience: float) -> int:
    """Return a descriptor to read a file by, which keeps no other program from anything but a replace.

    A file that is held by another program is waited for, ``patience`` seconds at most. Raises ``OSError``.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            handle = _open(path, _winapi.GENERIC_READ, _SHARE_ALL)
        except PermissionError:
            if time.monotonic() > deadline or Path(path).is_dir():
                raise
        else:
            return msvcrt.open_osfhandle(handle, os.O_RDONLY)
        time.sleep(POLL)


def edit(path: str | Path, plan: Callable[[bytes], bytes], *, patience: float) -> None:
    """Replace the file at ``path`` by what ``plan`` makes of its bytes; the contract is ``posix.edit``'s."""
    deadline = time.monotonic() + patience
    read_bytes(path, patience=patience)  # a path that cannot be opened is told before it is resolved
    target = resolve(path)
    _refuse_unwritable(target, path)
    try:
        with _locked(target, path, deadline) as new:
            for _attempt in range(ATTEMPTS):
                before = _read(path, deadline)
                after = plan(before)
                if after == before:
                    return
                _write(new, after)
                if _replaced(new, target, before, path, deadline):
                    return
    except OSError as error:
        message = _("{file} could not be written: {reason}").format(file=path, reason=reason(error))
        raise Refused(message, _("The old file is unchanged.")) from error
    message = _("{file} keeps being changed by another hand").format(file=path)
    raise Busy(message, _("Nothing was written; try again."))


def _open(
    path: str | Path, access: int, sharing: int, how: int = _winapi.OPEN_EXISTING, flags: int = 0
) -> int:
    return _winapi.CreateFile(os.fspath(path), access, sharing, _winapi.NULL, how, flags, _winapi.NULL)


def _read(path: str | Path, deadline: float) -> bytes:
    return read_bytes(path, patience=deadline - time.monotonic())


def _refuse_unwritable(target: Path, path: str | Path) -> None:
    """Raise ``Refused`` for a file that may not be written, or that has other names."""
    if not _is_writable(target):
        raise Refused(_("{file} is write-protected").format(file=path), _("Nothing was changed."))
    count = target.stat().st_nlink
    if count > 1:
        message = _("{file} has {count} hard links").format(file=path, count=count)
        raise Refused(message, _("Replacing it would leave the others behind; make it a file of its own."))


def _is_writable(target: Path) -> bool:
    """True if neither the attribute nor the rights protect a file; one that is held may be written."""
    try:
        _winapi.CloseHandle(_open(target, _winapi.GENERIC_WRITE | _DELETE, _SHARE_ALL))
    except PermissionError as error:
        if not is_held(error):
            return False
    return os.access(target, os.W_OK)


@contextlib.contextmanager
def _locked(target: Path, path: str | Path, deadline: float) -> Iterator[Path]:
    """Hold the lock, and yield where the new file may be written; clear the folder in the end."""
    workshop = target.with_name(f".{target.name}.chengguo")
    folder = workshop / _UNSEEN
    lock = _lock(folder, path, deadline)
    try:
        yield folder / "new"
    finally:
        with contextlib.suppress(OSError):
            (folder / "new").unlink(missing_ok=True)
        _winapi.CloseHandle(lock)
        with contextlib.suppress(OSError):  # who comes next may have opened its lock there
            folder.rmdir()
            workshop.rmdir()


def _lock(folder: Path, path: str | Path, deadline: float) -> int:
    """Return the handle of the lock file; raises ``Busy`` where another process keeps it."""
    moment = time.monotonic() + MOMENT
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _open(
                folder / "lock", _winapi.GENERIC_WRITE, _SHARE_NOTHING, _OPEN_ALWAYS, _DELETE_ON_CLOSE
            )
        except (PermissionError, FileNotFoundError, FileExistsError) as error:
            now = time.monotonic()
            if is_held(error):
                if now > deadline:
                    message = _("another process holds {file}").format(file=path)
                    raise Busy(message, _("It may be another chengguo or an editor; try again.")) from error
                moment = now + MOMENT
            elif now > moment:  # not just another process that clears the folder at this moment
                raise
        time.sleep(POLL)


def _write(new: Path, data: bytes) -> None:
    """Write a new file, over one of a run that was killed, and see it onto the disk."""
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replaced(new: Path, target: Path, before: bytes, path: str | Path, deadline: float) -> bool:
    """Replace the target as soon as nobody holds it; False where it is no longer what it was ``before``."""
    while _read(path, deadline) == before:
        try:
            os.replace(new, target)  # noqa: PTH105 - beside the other calls of os
        except PermissionError as error:
            if time.monotonic() > deadline:
                raise Busy(
                    held(path),
                    _("Nothing was written. Close it in Excel, WPS or whatever has it open, and try again."),
                ) from error
        else:
            return True
        time.sleep(POLL)
    return False
