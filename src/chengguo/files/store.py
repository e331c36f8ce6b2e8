"""The file on disk: find it, and read its bytes."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from chengguo.errors import Busy, CannotOpen, ChengguoError, WrongUsage
from chengguo.files.reasons import is_held, is_no_name, reason
from chengguo.language import _
from chengguo.text.source import Source, decode

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_NAME = "tasks.yaml"
VARIABLE = "CHENGGUO_FILE"
STANDARD_INPUT = "-"
MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE
MOMENT = 1.0  # seconds that a file is waited for, on Windows, where others keep it from being read


def find(chosen: str | None, environment: Mapping[str, str], folder: "str | Path") -> str:
    """Choose the registry file: ``chosen``, else $CHENGGUO_FILE, else tasks.yaml in ``folder`` or above.

    Return the path as people would write it, relative where it was found from ``folder``. Raises
    ``CannotOpen`` where there is none, ``WrongUsage`` where ``chosen`` is empty: it was meant to name one.
    """
    refuse_unnamed(chosen)
    if named := chosen or environment.get(VARIABLE):
        return named
    for above, parent in enumerate(upwards(folder)):
        if os.path.isfile(os.path.join(parent, DEFAULT_NAME)):
            return os.path.join(*[os.pardir] * above, DEFAULT_NAME)
    message = _("no {name} here or in a parent folder").format(name=DEFAULT_NAME)
    hint = _("Name the registry with -f FILE, or set {variable}.").format(variable=VARIABLE)
    raise CannotOpen(message, hint)


def upwards(folder: "str | Path") -> Iterator[str]:
    """Yield a folder and those that it is in; of os.path, for pathlib takes long to load."""
    parent, last = os.fspath(folder), ""
    while parent != last:
        yield parent
        parent, last = os.path.dirname(parent), parent


def is_many(word: str) -> bool:
    """True if a word names the files of a folder or of a pattern; a file whose name looks like one is it."""
    if _PATTERN.isdisjoint(word):
        return os.path.isdir(word)  # as typed
    return not os.path.isfile(word)  # as typed


_PATTERN = frozenset("*?[")


def here() -> "Path":
    """Return the working folder; raises ``CannotOpen`` where somebody has removed it."""
    from pathlib import Path

    return Path(working_folder())


def working_folder() -> str:
    """Return the path of the working folder; raises ``CannotOpen`` as ``here``."""
    try:
        return os.getcwd()
    except OSError as error:
        message = _("the working folder cannot be opened: {reason}").format(reason=reason(error))
        raise CannotOpen(message, _("Change to another folder with cd.")) from error


def resolve(path: "str | Path") -> "Path":
    """Return the absolute path that a path leads to through all links; raises ``CannotOpen`` as ``here``."""
    from pathlib import Path

    return Path(os.path.realpath(path if Path(path).is_absolute() else here() / path))


def refuse_unnamed(path: "str | Path | None") -> None:
    """Raise ``WrongUsage`` for an empty path: a variable of a script that is not set, and no file here."""
    if path == "":
        raise WrongUsage(_("the name of the file is empty"), _("Name a file, or leave the option out."))


def read_source(path: "str | Path", largest: int = LARGEST) -> Source:
    """Read the registry at ``path`` ("-" is standard input), of at most ``largest`` bytes.

    Raises ``CannotOpen``.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(largest + 1)
        refuse_large(len(data), largest, "<stdin>", is_registry=False)
        return decode(data, "<stdin>")
    return decode(read_bytes(path, largest), str(path))


def read_bytes(
    path: "str | Path", largest: int = LARGEST, *, patience: float = MOMENT, is_registry: bool = True
) -> bytes:
    """Read a regular file of at most ``largest`` bytes; raises ``CannotOpen``, ``Busy`` on Windows."""
    descriptor = open_file(path, path, patience=patience, is_registry=is_registry)
    try:
        refuse_large(os.fstat(descriptor).st_size, largest, str(path), is_registry=is_registry)
        return read_all(descriptor)
    except OSError as error:
        raise cannot_open(path, error) from error
    finally:
        close(descriptor)


def open_file(
    target: "str | Path",
    path: "str | Path",
    *,
    access: int = os.O_RDONLY,
    patience: float = MOMENT,
    is_registry: bool = True,
) -> int:
    """Open the regular file ``target`` and return its descriptor; messages call it ``path``.

    A FIFO or a device is told from one without waiting for it. On Windows a file that another program holds
    is waited for, ``patience`` seconds at most. Raises ``CannotOpen``, ``Busy`` for a file that is held.
    """
    refuse_unnamed(path)
    try:
        descriptor = _open(target, access, patience)
    except (OSError, ValueError) as error:
        raise cannot_open(path, error, is_registry=is_registry) from error
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError as error:
        close(descriptor)
        raise cannot_open(path, error) from error
    if not stat.S_ISREG(mode):
        close(descriptor)
        if stat.S_ISDIR(mode):
            raise CannotOpen(_("{file} is a folder, not a file").format(file=path))
        raise CannotOpen(_("{file} is not a regular file").format(file=path))
    return descriptor


def close(descriptor: int) -> None:
    """Close an open file; it never fails: what is written is flushed, and checked, before."""
    with contextlib.suppress(OSError):
        os.close(descriptor)


def read_all(descriptor: int) -> bytes:
    """Read all of an open file, wherever it was read to before."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    with open(descriptor, "rb", closefd=False) as file:
        return file.read()


def refuse_large(size: int, largest: int, name: str, *, is_registry: bool = True) -> None:
    """Raise ``CannotOpen`` for a file of more than ``largest`` bytes."""
    if size <= largest:
        return
    message = _("{file} is larger than {limit} MB").format(file=name, limit=largest // MEGABYTE)
    hint = _("Is this the right file?")
    if is_registry:
        hint = _(
            "Is this the right file? Split a registry of that size, a plan a file;"
            " 'chengguo validate --max-size {size} {file}' checks it as it is."
        ).format(size=-(-size // MEGABYTE), file=name)
    raise CannotOpen(message, hint)


def _open(target: "str | Path", access: int, patience: float) -> int:
    if sys.platform == "win32":
        from chengguo.files import windows  # there is no such module elsewhere

        return windows.open_shared(target, patience)
    return os.open(target, access | os.O_NONBLOCK)


def cannot_open(path: "str | Path", error: Exception, *, is_registry: bool = True) -> ChengguoError:
    """Return the error for a file or folder that the system did not open."""
    if isinstance(error, FileNotFoundError) or is_no_name(error):
        hint = (
            _("Check the path, or name the registry with -f FILE.") if is_registry else _("Check the path.")
        )
        return CannotOpen(_("there is no file {file}").format(file=path), hint)
    if isinstance(error, PermissionError) and os.path.isdir(path):  # Windows opens no folder
        return CannotOpen(_("{file} is a folder, not a file").format(file=path))
    if is_held(error):
        return Busy(held(path), _("Close it in Excel, WPS or whatever has it open, and try again."))
    return unreadable(path, error)


def unreadable(path: "str | Path", error: Exception) -> CannotOpen:
    """Return the error for a file or folder that is there and cannot be read."""
    return CannotOpen(_("{file} cannot be opened: {reason}").format(file=path, reason=reason(error)))


def held(path: "str | Path") -> str:
    """Return the message for a file that another program has open."""
    return _("another program holds {file}").format(file=path)
