"""Make a file, and put it where the user wants it."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, count
from pathlib import Path

from chengguo.cli import printing
from chengguo.errors import CannotOpen, Refused
from chengguo.files import saving
from chengguo.files.reasons import no_temporary_file, reason
from chengguo.language import _, listed
from chengguo.text.visible import visible_line
from chengguo.text.widths import narrowed

_LONGEST = 200  # bytes of a name in a file's, which may have 255 with what stands before and behind it
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


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return the name of each one's file: every system takes it, and it is no other's, in capitals either.

    One that is too long is cut; of those that would be the same, the later have a number behind.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        plain = safe(name)
        numbered = (f"{_cut(plain, _LONGEST - 5)}-{number}" for number in count(2))
        found[name] = next(
            each for each in chain((_cut(plain, _LONGEST),), numbered) if _as_file(each) not in taken
        )
        taken.add(_as_file(found[name]))
    return found


def _cut(name: str, longest: int) -> str:
    return name.encode(errors="surrogatepass")[:longest].decode(errors="ignore")


def _as_file(name: str) -> str:
    """Return a name as systems compare it that see no capitals, nor a full stop at its end."""
    return narrowed(name).casefold().rstrip(" .")


def tell_names(names: Mapping[str, str], used: Iterable[str]) -> None:
    """Say whose files they are that are not called as everybody would expect."""
    for name in dict.fromkeys(used):
        if names[name] != safe(name):
            told = _("{name} is too long for a file or another's too; its file is {file}")
            print(told.format(name=visible_line(name), file=visible_line(names[name])), file=sys.stderr)


def tell_left(
    folder: str | Path, made: Iterable[str | Path], *, of: tuple[str, ...], to: tuple[str, ...] = ("",)
) -> None:
    """Name the files that a folder has from before, and that were not written now: nobody is to send them.

    They are those that end in one of ``of`` and begin with one of ``to``.
    """
    now = {os.path.basename(path) for path in made}  # noqa: PTH119 - as they were typed
    there: list[str] = []
    with suppress(OSError):  # one may write to a folder that one may not read
        there = sorted(os.listdir(folder))  # noqa: PTH208 - a name is enough
    ours = [name for name in there if name.endswith(of) and name.startswith(to) and name not in now]
    left = [visible_line(name) for name in ours if not name.startswith((".", "~$"))]
    if left:
        printing.put(_("there from before, not written now: {names}").format(names=listed(left)) + "\n")


def refuse_there(paths: Sequence[str | Path], hint: str, *, force: bool) -> None:
    """Refuse to write files one of which is there, unless ``force`` replaces it, or is a folder."""
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - what cannot be looked at is told by the write
            raise CannotOpen(_("{file} is a folder, not a file").format(file=visible_line(str(path))))
        if os.path.lexists(path) and not force:
            raise Refused(_("{file} exists").format(file=visible_line(str(path))), hint)


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
