"""New files on their way: beside what they become, hidden from git, and swept where a run was killed.

They lie in ``.chengguo-UID/.git/``: git shows nothing of the name .git, at any moment, so that it never sees
what a killed run leaves. (A folder with a .gitignore is seen until that is written.) Each is locked for as
long as its run lives; so whoever writes next in that folder can tell what is left over, and removes it.
Nothing else is touched: neither what others put there nor what belongs to another user.
"""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chengguo.files import locks
from chengguo.files.locks import Lock
from chengguo.files.store import close

_HIDDEN = ".git"
_NAME = re.compile(r"new-[0-9a-f]{16}")
_FOLDERS = 10  # how many names are tried for the folder, where others have taken the first
_TRIES = 100  # how often another run of ours may clear the folder away before a file is in it
_OLD = 24 * 3600.0  # seconds after which a file is left over where there are no locks to tell by
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class New(NamedTuple):
    """A new file: where it is, and the descriptor by which it is open and locked."""

    path: Path
    descriptor: int


@contextlib.contextmanager
def new_file(beside: Path, data: bytes, mode: int = 0o600) -> Iterator[New]:
    """Write a new file in the folder ``beside``, hidden, and at the end remove what is there of it.

    What then stands under its name is meant: once that is linked or moved elsewhere, nothing is lost. The
    end never fails. Raises OSError where the file cannot be written; nothing stays of it.
    """
    new = _opened(beside, mode)
    try:
        write_all(new.descriptor, data, 0)
        yield new
    finally:
        if sys.platform == "win32":  # it removes no file that is open
            close(new.descriptor)
        with contextlib.suppress(OSError):
            new.path.unlink(missing_ok=True)
        _remove_empty(new.path.parent)
        close(new.descriptor)


def write_all(descriptor: int, data: bytes, offset: int) -> None:
    """Write all of ``data`` to an open file at an offset in bytes."""
    rest = memoryview(data)
    os.lseek(descriptor, offset, os.SEEK_SET)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def flush_folder(folder: Path) -> None:
    """See a new name onto the disk, where the system can; the content is there in any case."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            close(descriptor)


def _opened(beside: Path, mode: int) -> New:
    """Make the folder and an empty file in it, open and locked."""
    for _try in range(_TRIES):
        folder = _folder(beside)
        _sweep(folder)
        path = folder / f"new-{os.urandom(8).hex()}"
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, mode)
        except FileNotFoundError:  # another run has just cleared the folder away
            continue
        except OSError:
            _remove_empty(folder)
            raise
        if locks.take(descriptor) is not Lock.HELD and _leads_to(path, descriptor):
            return New(path, descriptor)
        close(descriptor)  # another run has taken it for a leftover before it was locked
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(beside))


def _folder(beside: Path) -> Path:
    """Make the hidden folder, under the first name that is free or ours."""
    user = os.geteuid() if hasattr(os, "geteuid") else 0
    for number in range(_FOLDERS):
        folder = beside / (f".chengguo-{user}-{number}" if number else f".chengguo-{user}")
        with contextlib.suppress(FileExistsError):
            folder.mkdir(0o700)
        if not _is_ours(folder, user):
            continue
        hidden = folder / _HIDDEN
        try:
            hidden.mkdir(0o700)
        except (FileExistsError, FileNotFoundError):
            pass
        except OSError:
            _remove_empty(hidden)
            raise
        if _is_ours(hidden, user):
            return hidden
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(beside / f".chengguo-{user}"))


def _is_ours(folder: Path, user: int) -> bool:
    """True if the path is a folder, no link to one, and belongs to the user; also where it has just gone."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(status.st_mode) and status.st_uid == user


def _sweep(folder: Path) -> None:
    """Remove what killed runs left in the folder, as far as that can be done."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    _remove_left_over(Path(entry.path))


def _remove_left_over(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | _NO_FOLLOW | _BINARY)
    try:
        lock = locks.take(descriptor)
        age = time.time() - os.fstat(descriptor).st_mtime
        if lock is Lock.TAKEN:
            path.unlink()
    finally:
        close(descriptor)
    if lock is Lock.NONE and age > _OLD:
        path.unlink()


def _remove_empty(folder: Path) -> None:
    """Remove the hidden folder, and the one around it, where nothing else is in them."""
    for each in (folder, folder.parent):
        with contextlib.suppress(OSError):
            each.rmdir()


def _leads_to(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except OSError:
        return False
