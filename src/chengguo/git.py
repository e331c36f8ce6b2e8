"""Versions of a file as git keeps them, read through the git command."""

import os
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from chengguo.errors import CannotOpen, WrongUsage
from chengguo.language import _


class Version(NamedTuple):
    """A file as it stood in a commit: its bytes, and the day of the commit where it was made."""

    data: bytes
    day: date


def version(path: str | Path, revision: str) -> Version:
    """Read the file at ``path`` as it stood in ``revision``, whatever git takes for one.

    Raises ``WrongUsage`` where there is no such commit, ``CannotOpen`` where git or the file is not there.
    """
    target = Path(os.path.realpath(path))
    commit = _commit(target.parent, revision)
    try:
        data = _git(target.parent, "cat-file", "blob", f"{commit}:./{target.name}")
    except _Failed as error:
        message = _("there is no {file} in {revision}").format(file=path, revision=revision)
        raise CannotOpen(
            message, _("git log -- {file} lists the commits that have it.").format(file=path)
        ) from error
    seconds = _git(target.parent, "show", "--no-patch", "--format=%cI", commit)
    return Version(data, datetime.fromisoformat(seconds.decode().strip()).date())


def _commit(folder: Path, revision: str) -> str:
    """Give the name of the commit that ``revision`` stands for; it is never taken for an option."""
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except _Failed as error:
        if "not a git repository" in str(error):
            message = _("{folder} is not in a git repository").format(folder=folder)
            raise CannotOpen(message, _("Earlier versions are read from git.")) from error
        message = _("git knows no commit '{revision}'").format(revision=revision)
        raise WrongUsage(message, _("Give a branch, a tag, or a commit, such as HEAD~1.")) from error
    return found.decode().strip()


class _Failed(Exception):
    """What git said when it failed."""


def _git(folder: Path, *words: str) -> bytes:
    """Run git in a folder and give what it prints; raises ``_Failed``, or ``CannotOpen`` without git."""
    environment = {**os.environ, "LC_ALL": "C"}  # what it says is looked at
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and a revision is never taken for an option
            ["git", *words],  # noqa: S607 - the user's own git
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise CannotOpen(
            _("git cannot be run"), _("Earlier versions are read from git; install it.")
        ) from error
    if done.returncode:
        raise _Failed(done.stderr.decode("utf-8", "replace"))
    return done.stdout
