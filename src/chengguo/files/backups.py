"""What a file holds while it is written over in place, so that a run that is killed can be made good.

A backup lies beside the file, so that whoever writes next can make it good, another user too; where the
folder takes no file, in the user's state folder. It goes when the write is through.
"""

import contextlib
import hashlib
import os
import stat
from pathlib import Path

from chengguo.errors import Refused
from chengguo.files import journal
from chengguo.files.journal import Change, Damaged
from chengguo.files.scratch import write_all
from chengguo.files.store import close, read_all
from chengguo.language import _

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def keep(target: Path, descriptor: int, change: Change) -> Path:
    """Write a backup of the open file that is to be written over, and return where; raises OSError."""
    data, mode = journal.pack(change), stat.S_IMODE(os.fstat(descriptor).st_mode)
    beside, state = _places(target)
    try:
        return _write_at(beside, data, mode)
    except OSError:
        state.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _write_at(state, data, 0o600)


def release(backup: Path, descriptor: int, change: Change) -> None:
    """Remove a backup where the file holds the old bytes or the new ones; it never fails."""
    with contextlib.suppress(OSError):
        if read_all(descriptor) in change[:2]:
            backup.unlink()


def heal(target: Path, name: str, descriptor: int) -> None:
    """Make good what a run left that was killed while it wrote over the open, locked file.

    Raises ``Refused`` where there was something to make good, so that people look at it first.
    """
    for backup in _places(target):
        try:
            if not stat.S_ISREG(backup.lstat().st_mode):
                continue
            change = journal.unpack(backup.read_bytes())
        except OSError:
            continue
        except Damaged:  # it was being written: the file was not touched yet
            with contextlib.suppress(OSError):
                backup.unlink()
            continue
        _heal(name, descriptor, change, backup)


def _heal(name: str, descriptor: int, change: Change, backup: Path) -> None:
    now = read_all(descriptor)
    if now in change[:2]:
        backup.unlink()
    elif _is_torn(now, change.before, change.after):
        overwrite(descriptor, now, change.before)
        backup.unlink()
        message = _("{file} had been left half written by a run that was killed").format(file=name)
        raise Refused(message, _("It holds again what it held before; give the command again."))
    else:
        aside = backup.with_name(f"{backup.name}.yaml")
        aside.write_bytes(change.before)
        backup.unlink()
        message = _("{file} was left half written by a run that was killed, and was changed since").format(
            file=name
        )
        raise Refused(message, _("Hold it against {copy}, which has it as it was.").format(copy=aside))


def overwrite(descriptor: int, old: bytes, new: bytes) -> None:
    """Write the new bytes over the old ones of an open file, and see them onto the disk.

    What the file grows by is written first: a full disk is noticed before an old byte is touched.
    """
    if len(new) > len(old):
        write_all(descriptor, new[len(old) :], len(old))
    write_all(descriptor, new[: len(old)], 0)
    os.ftruncate(descriptor, len(new))
    os.fsync(descriptor)


def _is_torn(now: bytes, old: bytes, new: bytes) -> bool:
    """True if ``now`` is what ``overwrite`` leaves of the old bytes where it is killed."""
    pairs = enumerate(zip(now, new, strict=False))
    written = next((at for at, (one, other) in pairs if one != other), min(len(now), len(new)))
    grown = old + new[len(old) :]
    return len(now) >= len(old) and now[written:] == grown[written : len(now)]


def _write_at(path: Path, data: bytes, mode: int) -> Path:
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        write_all(descriptor, data, 0)
        with contextlib.suppress(OSError):
            os.chmod(path, mode)  # noqa: PTH101 - beside the other calls of os
        os.fsync(descriptor)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    finally:
        close(descriptor)
    return path


def _places(target: Path) -> tuple[Path, Path]:
    """Return where the backup of a file may lie: beside it, or in the state folder."""
    name = ".chengguo-backup-" + hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    whole = hashlib.sha256(os.fsencode(target)).hexdigest()[:32]
    with contextlib.suppress(OSError):
        return target.with_name(name), journal.state_folder(os.environ) / "backup" / whole
    return target.with_name(name), target.with_name(name)
