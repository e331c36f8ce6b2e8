"""Make a file, and put it where the user wants it."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chengguo.errors import CannotOpen, Refused
from chengguo.files import saving
from chengguo.files.reasons import no_temporary_file, reason
from chengguo.language import _

_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # of a ZIP archive


def written(write: Callable[[], bytes], *, is_archive: bool) -> bytes:
    """Return the file that ``write`` makes; raises ``CannotOpen`` where the machine lets none be made."""
    today = date.today()
    if is_archive and not _FIRST_YEAR <= today.year <= _LAST_YEAR:
        message = _("the clock of this machine says {day}, which no Office file can hold")
        raise CannotOpen(message.format(day=today), _("Set the clock, or export .html, .md or .csv."))
    try:
        return write()
    except OSError as error:  # a library packs large parts in files
        message, hint = no_temporary_file(error)
        raise CannotOpen(message, hint) from error


def safe(name: str) -> str:
    """Return a name for a file that every system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)


def make_folder(folder: str | Path) -> None:
    """Make the folder that files are written to, and those above it, where they are not there."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        message = _("{file} cannot be made: {reason}").format(file=folder, reason=reason(error))
        raise CannotOpen(message, _("Name a folder, in one that there is.")) from error


def place(
    output: str, data: bytes, continued: Callable[[bytes], bytes] | None = None, *, force: bool
) -> None:
    """Write the file whole, or not at all; an older one is replaced only by ``force``.

    ``continued`` makes the new file of the older one, where it goes on from it.
    """
    try:
        saving.create(output, data)
    except FileExistsError as error:
        if os.path.isdir(output):  # noqa: PTH112 - what cannot be looked at is told by the write
            raise CannotOpen(_("{file} is a folder, not a file").format(file=output)) from error
        if not force:
            raise Refused(
                _("{file} exists").format(file=output), _("Name another file, or use --force.")
            ) from error
        saving.replace(output, continued or (lambda _old: data))
