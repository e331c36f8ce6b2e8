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


def merge_lines(base: str, ours: str, theirs: str) -> tuple[bytes, int]:
    """Merge three files line by line, as git does by itself: the bytes, and the number of conflicts."""
    labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
    done = _run(Path.cwd(), ["merge-file", "-p", *labels, ours, base, theirs])
    if not 0 <= done.returncode < _MOST_CONFLICTS:
        raise CannotOpen(_("git cannot merge the files: {reason}").format(reason=_said(done)))
    return done.stdout, done.returncode


_MOST_CONFLICTS = 128  # from which on the code is not a number of conflicts


def configure(folder: Path, name: str, value: str) -> None:
    """Set a value in the configuration of this clone; raises ``CannotOpen``."""
    done = _run(folder, ["config", "--local", name, value])
    if done.returncode:
        raise CannotOpen(_("git cannot be configured: {reason}").format(reason=_said(done)))


def top(folder: Path) -> Path:
    """Give the folder of the work tree that ``folder`` is in; raises ``CannotOpen`` outside of one."""
    done = _run(folder, ["rev-parse", "--show-toplevel"])
    if done.returncode:
        raise CannotOpen(_("{folder} is not in a git repository").format(folder=folder))
    return Path(os.fsdecode(done.stdout.rstrip(b"\n")))


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
    done = _run(folder, list(words))
    if done.returncode:
        raise _Failed(_said(done))
    return done.stdout


def _run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; raises ``CannotOpen`` where there is none."""
    environment = {**os.environ, "LC_ALL": "C"}  # what it says is looked at
    try:
        return subprocess.run(  # noqa: S603 - no shell, and a revision is never taken for an option
            ["git", *words],  # noqa: S607 - the user's own git
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise CannotOpen(_("git cannot be run"), _("Install git, or put it on the PATH.")) from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8", "replace").strip()
