"""Paths as a host of code knows them: from the top of the repository, whatever folder the check runs in."""

import os
from pathlib import Path, PurePath, PurePosixPath

from chengguo.files import store

_UNNAMED = "<stdin>"


def in_repository(name: str) -> PurePath:
    """Return the path of a file from the nearest folder with a .git, the current one or above.

    Without one it counts from the current folder. A file outside is given its absolute path.
    """
    if name == _UNNAMED:
        return PurePosixPath(name)
    here = store.here()
    above = top(here)
    path = Path(os.path.normpath(here / name))
    real = Path(os.path.realpath(path.parent)) / path.name  # the way that was given may lead through a link
    return next((each.relative_to(above) for each in (path, real) if each.is_relative_to(above)), path)


def top(folder: Path) -> Path:
    """Return the nearest folder with a .git, this one or above it; without one, this."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
