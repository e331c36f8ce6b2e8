"""The changes of each registry, kept outside the project, so that they can be taken back and made again.

They lie in the user's state folder (``$XDG_STATE_HOME``, ``%LOCALAPPDATA%`` on Windows), where the XDG base
directory specification wants what a program remembers between runs: a folder for each registry, and in it a
file for each change, whose number is its place and whose suffix says how it stands:

- ``new``: about to be made. It is written before the registry is, so that no change is ever forgotten.
- ``done``: it was made. The highest of them is what ``undo`` takes back.
- ``moving``: about to be taken back or made again.
- ``undone``: it was taken back. The lowest one above all that are done is what ``redo`` makes again; a new
  change does away with them.

A run that is killed leaves ``new`` or ``moving``: what became of it the registry itself shows.

At most ``STEPS`` changes and ``BYTES`` bytes are kept of a registry, the newest in any case. Of a change the
old text is kept whole, compressed, and of the new text what differs from it; of a text of more than ``WHOLE``
bytes just what differs, and the digests of both: it is undone where the file holds one of the two.
"""

import contextlib
import hashlib
import os
import sys
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from chengguo.errors import ChengguoError
from chengguo.files import lines, store
from chengguo.text.source import common

STEPS = 100
BYTES = 16 * 1024 * 1024
WHOLE = 1024 * 1024
NEW, DONE, MOVING, UNDONE = ".new", ".done", ".moving", ".undone"
_HEAD, _EDIT = "chengguo change 1", "chengguo change 2"


class Change(NamedTuple):
    """The bytes of a file before and after a change, and when it was made: local time, to the minute."""

    before: bytes
    after: bytes
    moment: str


class Stack(NamedTuple):
    """The files of what was done and of what was taken back, oldest first; and of what is left over."""

    done: tuple[Path, ...] = ()
    undone: tuple[Path, ...] = ()
    left_over: tuple[Path, ...] = ()


class Damaged(Exception):
    """A file of the journal that does not hold what was written to it."""


class Elsewhere(Exception):
    """A file that holds neither text of a change, of which only what differs is kept; its moment."""


def now() -> str:
    """Return the moment as it is kept: local time, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M")


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of what is remembered; a relative one in the environment is ignored, as XDG wants.

    Raises OSError where the user has no home.
    """
    state = environment.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME", "")
    try:
        folder = Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state"
    except RuntimeError as error:
        raise FileNotFoundError(2, str(error)) from error
    return folder / "chengguo"


# -- one change ----------------------------------------------------------------------------------


def pack(change: Change) -> bytes:
    """Return a change as the bytes of a file, with the whole of both texts."""
    head, tail = common(change.before, change.after)
    middle = change.after[head : len(change.after) - tail]
    return _packed(_HEAD, change, f"{len(change.before)} {head} {tail}", change.before + middle)


def pack_edit(change: Change) -> bytes:
    """Return a change as the bytes of a file, with what differs between its texts."""
    head, tail = common(change.before, change.after)
    old, new = (text[head : len(text) - tail] for text in change[:2])
    return _packed(_EDIT, change, f"{len(old)} {head} {tail}", old + new)


def _packed(name: str, change: Change, numbers: str, pieces: bytes) -> bytes:
    words = (name, change.moment, _digest(change.before), _digest(change.after), numbers, "")
    return "\n".join(words).encode() + zlib.compress(pieces, 6)


def unpack(data: bytes, now: bytes = b"") -> Change:
    """Return the change that ``pack`` or ``pack_edit`` made bytes of, ``now`` being what its file holds.

    Raises ``Damaged``, and ``Elsewhere`` for an edit between other texts.
    """
    try:
        name, moment, *digests, numbers, packed = data.split(b"\n", 5)
        length, head, tail = map(int, numbers.split())
        pieces = zlib.decompress(packed)
        old, new = pieces[:length], pieces[length:]
        if name.decode() == _EDIT:
            if _digest(now).encode() not in digests or len(now) < head + tail:
                raise Elsewhere(moment.decode())
            before, after = (now[:head] + each + now[len(now) - tail :] for each in (old, new))
        else:
            before, after = old, old[:head] + new + old[length - tail :]
        if name.decode() not in (_HEAD, _EDIT) or digests != [
            _digest(each).encode() for each in (before, after)
        ]:
            raise Damaged
        return Change(before, after, moment.decode())
    except (ValueError, zlib.error) as error:
        raise Damaged from error


def load(path: Path, now: bytes) -> Change:
    """Return the change that is kept in a file, as ``unpack`` does; ``Damaged`` where it cannot be read."""
    try:
        return unpack(store.read_bytes(path), now)
    except ChengguoError as error:
        raise Damaged from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# -- the stack -----------------------------------------------------------------------------------


def stack(target: Path, text: bytes, environment: Mapping[str, str]) -> Stack:
    """Return the changes of ``target``, a resolved path, whose bytes are ``text``; it writes nothing."""
    try:
        found = sorted(_place(target, environment).iterdir())
    except OSError:
        return Stack()
    states = [(path, _state(path, text)) for path in found]
    done = tuple(path for path, state in states if state == DONE)
    last = done[-1].stem if done else ""
    undone = tuple(path for path, state in states if state == UNDONE and path.stem > last)
    kept = {*done, *undone}
    return Stack(done, undone, tuple(path for path in found if path not in kept))


def begin(target: Path, change: Change, environment: Mapping[str, str]) -> Path:
    """Write a change down before it is made; raises OSError, and then no older one is remembered either.

    Otherwise that would be taken for the last one.
    """
    try:
        folder = _place(target, environment)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = stack(target, change.before, environment)
        settle(known)
        number = max((int(path.stem) for path in (*known.done, *known.undone)), default=0) + 1
        new = folder / f"{number:08}{NEW}"
        _write(new, pack(change) if len(change.before) <= WHOLE else pack_edit(change))
    except OSError:
        forget(target, environment)
        raise
    return new


def settle(known: Stack) -> None:
    """Note how the changes stand that killed runs left open; raises OSError."""
    for path in known.left_over:
        path.unlink(missing_ok=True)
    for state, paths in ((DONE, known.done), (UNDONE, known.undone)):
        for path in paths:
            mark(path, state)


def commit(new: Path) -> None:
    """Note that a change was made: what was taken back before it cannot be made again.

    It never fails. Where another run came in between, which has noted it then, it does nothing.
    """
    with contextlib.suppress(OSError):
        mark(new, DONE)
        paths = sorted(new.parent.iterdir(), reverse=True)
        size = 0
        for place, path in enumerate(paths):
            size += path.stat().st_size
            if path.suffix == UNDONE or (place and (place >= STEPS or size > BYTES)):
                path.unlink()


def drop(new: Path) -> None:
    """Forget a change that was not made after all; it never fails."""
    with contextlib.suppress(OSError):
        new.unlink()


def mark(path: Path, state: str) -> Path:
    """Note how a change stands, and return where it is kept then; raises OSError."""
    marked = path.with_suffix(state)
    if marked != path:
        path.rename(marked)
    return marked


def forget(target: Path, environment: Mapping[str, str]) -> None:
    """Remember no change of ``target``, as far as that can be done."""
    with contextlib.suppress(OSError):
        for path in _place(target, environment).iterdir():
            with contextlib.suppress(OSError):
                path.unlink()


def _state(path: Path, text: bytes) -> str:
    """Return how a change stands, "" for what is left over: a killed run leaves that to be found out.

    Where the registry does not show that a change is not in it, it counts as made: ``undo`` then finds that
    its lines are not there, and takes back nothing.
    """
    if path.suffix in (DONE, UNDONE) and path.stem.isdecimal():
        return path.suffix
    if path.suffix not in (NEW, MOVING) or not path.stem.isdecimal():
        return ""
    try:
        change = load(path, text)
    except Damaged:  # it was being written: its change has not begun
        return "" if path.suffix == NEW else DONE
    except Elsewhere:
        return DONE
    if text != change.after and lines.carry(change.before, change.after, text) is not None:
        return "" if path.suffix == NEW else UNDONE
    return DONE


def _write(path: Path, data: bytes) -> None:
    """Write a file of the journal; nothing stays of one that cannot be written."""
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _place(target: Path, environment: Mapping[str, str]) -> Path:
    """Return the folder of one registry; raises OSError."""
    digest = hashlib.sha256(os.fsencode(target)).hexdigest()
    return state_folder(environment) / "undo" / digest[:32]
