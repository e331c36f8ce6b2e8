"""Which files this run has written: to be said where what was done of them cannot be."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_paths: list[str] = []


def forget() -> None:
    """Begin a run: nothing is written."""
    _paths.clear()


def note(path: "str | Path") -> None:
    """Note a file that is written."""
    _paths.append(str(path))


def paths() -> tuple[str, ...]:
    """Return the files that were written and are there, each once, in the order of their writing."""
    return tuple(path for path in dict.fromkeys(_paths) if os.path.lexists(path))
