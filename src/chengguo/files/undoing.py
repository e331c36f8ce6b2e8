"""Back and forth in the journal: take the last change of a registry back, or make it again."""

import contextlib
import os
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from chengguo.errors import ChengguoError, Refused
from chengguo.files import journal, lines, saving, store
from chengguo.files.journal import Change, Damaged, Elsewhere
from chengguo.files.reasons import reason
from chengguo.language import _
from chengguo.text.source import Source, decode


class Way(Enum):
    """True if a change is taken back or made again."""

    UNDO = (journal.DONE, journal.UNDONE)
    REDO = (journal.UNDONE, journal.DONE)


class Step(NamedTuple):
    """A change that was taken back or made again.

    The file before and after; what the change itself led from or to, as a whole; when it was first made; and
    False for ``is_last`` where the file was changed in another way since, so that it is not the last change.
    """

    before: Source
    after: Source
    meant: Source
    moment: str
    is_last: bool


def step(path: str, way: Way, check: Callable[[Step], None], *, dry_run: bool = False) -> Step:
    """Take the last change of a registry back, or make the one again that was taken back last.

    ``check`` may raise what keeps the step from being written; with ``dry_run`` nothing is. Raises as
    ``saving.edit`` does, and ``Refused`` where there is no such change or its lines are others now.
    """
    store.close(store.open_file(path, path))  # a path that cannot be opened is told before it is resolved
    target = store.resolve(path)
    steps: list[Step] = []
    entries: list[Path] = []

    def plan(before: bytes) -> bytes:
        entry = _entry(target, path, before, way)
        after, found = _step(path, entry, before, way)
        check(found)
        steps[:] = [found]
        if not dry_run:
            entries[:] = [_begun(entry, path)]
        return after

    if dry_run:
        plan(store.read_bytes(path))
        return steps[0]
    try:
        saving.replace(path, plan)
    except ChengguoError:
        _mark(entries, way.value[0])
        raise
    _mark(entries, way.value[1])
    return steps[0]


def _entry(target: Path, name: str, text: bytes, way: Way) -> Path:
    """Return the file of the change that is next; raises ``Refused`` where there is none."""
    known = journal.stack(target, text, os.environ)
    if way is Way.UNDO and known.done:
        return known.done[-1]
    if way is Way.REDO and known.undone:
        return known.undone[0]
    if way is Way.REDO:
        message = _("no change of {file} was taken back that could be made again").format(file=name)
        raise Refused(message, _("'chengguo undo' takes back the last change; a new one ends redoing."))
    if known.undone:
        message = _("all changes of {file} that are remembered were taken back").format(file=name)
        raise Refused(message, _("'chengguo redo' makes the last one again; git may have an older version."))
    message = _("no change of {file} is remembered on this machine").format(file=name)
    raise Refused(message, _("git may have an older version: chengguo diff."))


def _step(name: str, entry: Path, now: bytes, way: Way) -> tuple[bytes, Step]:
    """Return the bytes that the step leads to, and the step; raises ``Refused``."""
    change = _loaded(entry, name, now)
    old, new = (change.after, change.before) if way is Way.UNDO else (change.before, change.after)
    after = lines.carry(old, new, now)
    if after is None:
        message = _("the lines of the change of {moment} are others now").format(moment=change.moment)
        raise Refused(message, _("Nothing was written; 'chengguo edit' or git can."))
    before, result, meant = (decode(each, name) for each in (now, after, new))
    return after, Step(before, result, meant, change.moment, is_last=now == old)


def _loaded(entry: Path, name: str, now: bytes) -> Change:
    try:
        return journal.load(entry, now)
    except Elsewhere as error:
        message = _("{file} was changed in another way since the change of {moment}")
        message = message.format(file=name, moment=error)
        raise Refused(message, _("Nothing was written; 'chengguo edit' or git can.")) from error
    except Damaged as error:
        message = _("what is remembered of the last change of {file} is damaged").format(file=name)
        hint = _(
            "git may have an older version: chengguo diff. Delete {kept} to let undo go on to older changes."
        )
        raise Refused(message, hint.format(kept=entry)) from error


def _begun(entry: Path, name: str) -> Path:
    """Note that a step is about to be taken; raises ``Refused`` where the journal cannot be written."""
    try:
        return journal.mark(entry, journal.MOVING)
    except OSError as error:
        message = _("what undo remembers of {file} cannot be written: {reason}").format(
            file=name, reason=reason(error)
        )
        raise Refused(message, _("Nothing was changed.")) from error


def _mark(entries: list[Path], state: str) -> None:
    """Note how the change stands now; where that fails, the file itself shows it."""
    with contextlib.suppress(OSError):
        for entry in entries:
            journal.mark(entry, state)
