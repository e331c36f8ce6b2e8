"""The last change of each file, kept outside the project so that it can be taken back.

It lies in the user's state folder (``$XDG_STATE_HOME``, ``%LOCALAPPDATA%`` on Windows), where the XDG
base directory specification wants what a program remembers between runs, a file for each registry.
"""

import contextlib
import hashlib
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Change(NamedTuple):
    """The bytes of a file before and after the last change that was made of it."""

    before: bytes
    after: bytes


def keep(target: Path, change: Change, environment: Mapping[str, str]) -> None:
    """Remember the last change of ``target``, a resolved path; where that cannot be done, go without."""
    with contextlib.suppress(OSError, RuntimeError):
        kept = _place(target, environment)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = kept.with_name(f"{kept.name}.{os.getpid()}")
        try:
            with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("before", change.before)
                archive.writestr("after", change.after)
            new.replace(kept)
        finally:
            new.unlink(missing_ok=True)


def last(target: Path, environment: Mapping[str, str]) -> Change | None:
    """Give the last change of ``target``; None where none is remembered."""
    try:
        with zipfile.ZipFile(_place(target, environment)) as archive:
            return Change(archive.read("before"), archive.read("after"))
    except (OSError, RuntimeError, KeyError, zipfile.BadZipFile):
        return None


def _place(target: Path, environment: Mapping[str, str]) -> Path:
    """Give where the last change of a file is kept."""
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME"
    state = environment.get(name)
    folder = Path(state) if state else Path.home() / ".local" / "state"
    digest = hashlib.sha256(os.fsencode(target)).hexdigest()
    return folder / "chengguo" / "last" / f"{digest[:32]}.zip"
