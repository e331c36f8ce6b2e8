"""Put a new file in the place of an old one, and notice what was saved there in that very moment."""

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import NamedTuple

from chengguo.files.scratch import New, write_all
from chengguo.files.store import read_all

_HERE = -100  # AT_FDCWD: paths are taken from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE


class Stranded(Exception):
    """What another program saved has come out and cannot be put back: it lies at ``kept``, or nowhere."""

    def __init__(self, kept: Path | None, error: OSError) -> None:
        """Keep the place and the error."""
        super().__init__(str(error))
        self.kept, self.error = kept, error


class Old(NamedTuple):
    """The file that is to be replaced, as it was read: open, and its bytes."""

    descriptor: int
    data: bytes


def swap(new: New, written: bytes, target: Path, old: Old) -> bool:
    """Put the new file in the place of ``target``; False if another program has saved there meanwhile.

    In that case what it saved stands there again. Both names change their files in one step where the system
    can do that (Linux, on most local file systems), and what came out is held against what was read.
    Elsewhere a save *by a new file* between the last look, microseconds before, and the replace is not seen;
    one into the same file is. Raises OSError where nothing was changed, and ``Stranded``.
    """
    if not _exchange(new.path, target):
        return _replace(new, target, old)
    if _came_out(new.path, *old, unread=False):
        return True
    try:
        _exchange_or_fail(new.path, target)
        if not _came_out(
            new.path, new.descriptor, written, unread=True
        ):  # and another save, newer than what we put back
            _exchange_or_fail(new.path, target)
    except OSError as error:
        kept = new.path.with_name(new.path.name.replace("new", "kept"))
        with contextlib.suppress(OSError):
            new.path.rename(kept)
        raise Stranded(kept, error) from error
    return False


def _replace(new: New, target: Path, old: Old) -> bool:
    """Replace the file in one step; where somebody wrote into the old one meanwhile, bring that over."""
    os.replace(new.path, target)  # noqa: PTH105 - beside the other calls of os
    try:
        data = read_all(old.descriptor)
    except OSError:
        return True
    if data == old.data:
        return True
    try:
        write_all(new.descriptor, data, 0)
        os.ftruncate(new.descriptor, len(data))
    except OSError as error:
        raise Stranded(None, error) from error
    return False


def is_still(path: Path, descriptor: int, data: bytes) -> bool:
    """True if the path leads to the file that is open, and that holds these bytes; raises OSError."""
    return leads_to(path, descriptor) and read_all(descriptor) == data


def _came_out(path: Path, descriptor: int, data: bytes, *, unread: bool) -> bool:
    """Like ``is_still``; ``unread`` is what counts where the file cannot be read."""
    try:
        return is_still(path, descriptor, data)
    except OSError:
        return unread


def leads_to(path: Path, descriptor: int) -> bool:
    """True if the path leads to the file that is open."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two files in one step; False where the system cannot."""
    try:
        _exchange_or_fail(one, other)
    except OSError:  # what is more than "not here", the replace says again
        return False
    return True


def _exchange_or_fail(one: Path, other: Path) -> None:
    """Exchange two files in one step; raises OSError, also where the system or this Python cannot."""
    try:
        import ctypes  # not every Python is built with it

        library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        call = getattr(library, "renameat2", None)
    except ImportError:
        call = None
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
