"""The file on disk: find it, read its bytes, replace it whole.

A write goes to a temporary file in the same folder, flushed to disk, with the mode of the old file, and
then takes the old file's place in one step: whoever reads meanwhile sees the old file or the new one,
never a part. Symbolic links are followed first, so that the link stays a link. The bytes are compared
with those that were read just before the replacing; where another hand changed them, nothing is written.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from chengguo.errors import CannotOpen, ChangedOnDisk, Refused
from chengguo.language import _
from chengguo.source import Source, decode

DEFAULT_NAME = "tasks.yaml"
VARIABLE = "CHENGGUO_FILE"
STANDARD_INPUT = "-"
MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE


def find(chosen: str | None, environment: Mapping[str, str], folder: Path) -> str:
    """Choose the registry file: ``chosen``, else $CHENGGUO_FILE, else tasks.yaml in ``folder`` or above.

    Gives the path as people would write it, relative where it was found from ``folder``. Raises
    ``CannotOpen`` where there is none.
    """
    if named := chosen or environment.get(VARIABLE):
        return named
    for above, parent in enumerate([folder, *folder.parents]):
        if (parent / DEFAULT_NAME).is_file():
            return str(Path(*[os.pardir] * above, DEFAULT_NAME))
    message = _("no {name} here or in a parent folder").format(name=DEFAULT_NAME)
    hint = _("Name the registry with -f FILE, or set {variable}.").format(variable=VARIABLE)
    raise CannotOpen(message, hint)


def read_source(path: str | Path, largest: int = LARGEST) -> Source:
    """Read the registry at ``path`` ("-" is standard input), of at most ``largest`` bytes.

    Raises ``CannotOpen``.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(largest + 1)
        _refuse_large(len(data), largest, "<stdin>")
        return decode(data, "<stdin>")
    return decode(read_bytes(path, largest), str(path))


def read_bytes(path: str | Path, largest: int = LARGEST) -> bytes:
    """Read a regular file of at most ``largest`` bytes; raises ``CannotOpen``."""
    try:
        # Non-blocking, for a FIFO would otherwise hang before it can be told from a file.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise CannotOpen(_("{file} is a folder, not a file").format(file=path))
        if not stat.S_ISREG(status.st_mode):
            raise CannotOpen(_("{file} is not a regular file").format(file=path))
        _refuse_large(status.st_size, largest, str(path))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError as error:
        raise _cannot_open(path, error) from error
    finally:
        os.close(descriptor)


def replace(path: str | Path, before: bytes, after: bytes) -> None:
    """Replace the content ``before`` of the file at ``path`` by ``after``, whole or not at all.

    Raises ``ChangedOnDisk`` where the file no longer holds ``before``, ``Refused`` where it cannot be
    replaced; either way it is left as it was.
    """
    target = Path(path).resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise Refused(_("{file} is write-protected").format(file=path), _("Nothing was changed."))
        try:
            _write(temporary, after, mode)
            if read_bytes(target) != before:
                message = _("{file} was changed by another hand meanwhile").format(file=path)
                raise ChangedOnDisk(message, _("Nothing was written; run the command again."))
            os.replace(temporary, target)  # noqa: PTH105 - beside the other calls of os
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    except OSError as error:
        message = _("{file} could not be written: {reason}").format(file=path, reason=error.strerror or error)
        raise Refused(message, _("The old file is unchanged.")) from error
    _flush_folder(target.parent)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write a new file and see it onto the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:  # noqa: PTH123 - it is a descriptor
        file.write(data)
        file.flush()
        path.chmod(mode)
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """See the new name onto the disk, where the system can; the file itself is already there."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refuse_large(size: int, largest: int, name: str) -> None:
    if size > largest:
        message = _("{file} is larger than {limit} MB").format(file=name, limit=largest // MEGABYTE)
        raise CannotOpen(
            message, _("Is this the right file? 'chengguo validate --max-size' raises the limit.")
        )


def _cannot_open(path: str | Path, error: Exception) -> CannotOpen:
    if isinstance(error, FileNotFoundError):
        hint = _("Check the path, or name the registry with -f FILE.")
        return CannotOpen(_("there is no file {file}").format(file=path), hint)
    if isinstance(error, IsADirectoryError):
        return CannotOpen(_("{file} is a folder, not a file").format(file=path))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CannotOpen(_("{file} cannot be opened: {reason}").format(file=path, reason=reason))
