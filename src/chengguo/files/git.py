"""Versions of a file as git keeps them, read through the git command.

Nothing is fetched, and nothing that a repository's own configuration names is run: no pager, signature
check, filter, hook, file monitor or transport.
"""

import os
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files import store
from chengguo.language import _


class Version(NamedTuple):
    """A file as it stood in a commit: its bytes, its path there where it was renamed since, the commit's day.

    The day is the one where the commit was made, ``None`` where no calendar has it.
    """

    data: bytes
    former: str | None
    day: date | None


def version(path: str | Path, revision: str) -> Version:
    """Read the file at ``path`` as it stood in ``revision``, under the name that it had then.

    Raises ``WrongUsage`` where there is no such commit, ``CannotOpen`` where git or the file is not there.
    """
    target = store.resolve(path)
    folder, commit = target.parent, _commit(target.parent, revision)
    if blob := _object(folder, f"{commit}:./{target.name}"):
        return _version(folder, commit, blob)
    for former in _former_names(folder, commit, target.name):
        if blob := _object(folder, f"{commit}:{former}"):
            return _version(folder, commit, blob, former)
    raise _not_there(folder, commit, path, revision)


def named(revision: str, path: str, folder: Path) -> Version:
    """Read the file that git calls ``revision:path`` in the repository around ``folder``; raises as above."""
    commit = _commit(folder, revision)
    if blob := _object(folder, f"{commit}:{path}"):
        return _version(folder, commit, blob)
    raise _not_there(folder, commit, path, revision)


def is_commit(folder: Path, word: str) -> bool:
    """True if git is there and takes ``word`` for a commit in the repository around ``folder``."""
    try:
        return _looked_up(folder, f"{word}^{{commit}}").returncode == 0
    except CannotOpen:
        return False


def merge_lines(base: str, ours: str, theirs: str) -> tuple[bytes, int]:
    """Merge three files line by line, as git does by itself: the bytes, and the number of conflicts."""
    labels = [word for side in ("ours", "base", "theirs") for word in ("-L", side)]
    done = _run(store.here(), ["merge-file", "-p", *labels, ours, base, theirs])
    if not 0 <= done.returncode < _MOST_CONFLICTS:
        raise CannotOpen(_("git cannot merge the files: {reason}").format(reason=_said(done)))
    return done.stdout, done.returncode


_MOST_CONFLICTS = 128  # from which on the code is not a number of conflicts


def configure(folder: Path, name: str, value: str) -> None:
    """Set a value in the configuration of this clone, whatever it was; raises ``CannotOpen``."""
    done = _run(folder, ["config", "--local", "--replace-all", name, value])
    if done.returncode:
        raise CannotOpen(_("git cannot be configured: {reason}").format(reason=_said(done)))


def top(folder: Path) -> Path:
    """Return the folder of the work tree that ``folder`` is in; raises ``CannotOpen`` outside of one."""
    return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))


# -- names and commits -----------------------------------------------------------------------------


def _version(folder: Path, commit: str, blob: str, former: str | None = None) -> Version:
    return Version(_git(folder, "cat-file", "blob", blob), former, _day(folder, commit))


def _commit(folder: Path, revision: str) -> str:
    """Return the name of the commit that ``revision`` stands for; it is never taken for an option."""
    if found := _object(folder, f"{revision}^{{commit}}"):
        return found
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        hint = _("This clone is shallow, earlier commits are not in it: git fetch --unshallow.")
    else:
        hint = _("Give a branch, a tag, or a commit, such as HEAD~1.")
    raise WrongUsage(_("git knows no commit '{revision}'").format(revision=revision), hint)


def _object(folder: Path, name: str) -> str | None:
    """Return the id of the object that git calls ``name``, ``None`` where there is none."""
    done = _looked_up(folder, name)
    if done.returncode not in (0, 1) and done.stderr:
        raise _trouble(folder, _said(done))
    return done.stdout.decode().strip() or None


def _looked_up(folder: Path, name: str) -> subprocess.CompletedProcess[bytes]:
    return _run(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", name])


def _former_names(folder: Path, commit: str, name: str) -> Iterator[str]:
    """Go through the paths that a file may have had in a commit, as it was renamed by steps, or at once."""
    here = _text(_git(folder, "rev-parse", "--show-prefix")).strip("\n") + name
    steps = ("log", "--follow", "--no-show-signature", "--format=", *_RENAMES, f"{commit}..HEAD", "--", name)
    at_once = ("diff-index", "--cached", *_RENAMES, commit, "--")
    for words in (steps, at_once):
        done = _run(folder, list(words))
        if done.returncode and _is_partial(folder):
            raise _trouble(folder, _said(done))
        pieces = iter(_text(done.stdout).lstrip("\n").split("\0"))
        former = here
        for _code, before, after in zip(pieces, pieces, pieces, strict=False):  # the newest first
            former = before if after == former else former
        if former != here:
            yield former


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


_RENAMES = ("--find-renames", "--diff-filter=R", "--name-status", "-z", "--no-ext-diff", "--no-textconv")


def _day(folder: Path, commit: str) -> date | None:
    """Return the day of a commit where it was made; ``None`` where its seconds are beyond the calendar."""
    head, _blank, _message = _git(folder, "cat-file", "commit", commit).partition(b"\n\n")
    line = next((line for line in head.split(b"\n") if line.startswith(b"committer ")), b"")
    try:
        seconds, zone = line.decode("ascii", "replace").split()[-2:]
        minutes = int(zone[:-2]) * 60 + int(f"{zone[0]}{zone[-2:]}")
        return datetime.fromtimestamp(int(seconds), timezone(timedelta(minutes=minutes))).date()
    except (ValueError, OverflowError, OSError):
        return None


# -- what git says ---------------------------------------------------------------------------------


def _not_there(folder: Path, commit: str, path: str | Path, revision: str) -> CannotOpen:
    """Return the error for a path that a commit has not; raises where not all its folders are here."""
    _git(folder, "ls-tree", "-r", "--full-tree", commit)
    message = _("there is no {file} in {revision}").format(file=path, revision=revision)
    return CannotOpen(message, _("git log -- {file} lists the commits that have it.").format(file=path))


def _trouble(folder: Path, reason: str) -> CannotOpen:
    """Return the error for what git said: what people meet is told in their words, the rest in git's."""
    if "not a git repository" in reason:
        message = _("{folder} is not in a git repository").format(folder=folder)
        return CannotOpen(message, _("Earlier versions are read from git."))
    if "dubious ownership" in reason:
        message = _("git does not trust the repository of {folder}: it belongs to somebody else")
        hint = _("If you trust it: git config --global --add safe.directory {folder}")
        place = reason.partition("'")[2].partition("'")[0] or folder
        return CannotOpen(message.format(folder=folder), hint.format(folder=place))
    if _is_partial(folder):
        message = _("git cannot read the version in this partial clone: {reason}")
        hint = _("What the clone lacks is to be fetched with git first; chengguo fetches nothing.")
        return CannotOpen(message.format(reason=_fatal(reason)), hint)
    return CannotOpen(_("git cannot read the version: {reason}").format(reason=_fatal(reason)))


def _fatal(said: str) -> str:
    """Return the line that says what stopped git: others before it warn."""
    lines = said.splitlines() or [""]
    return next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0])


def _is_partial(folder: Path) -> bool:
    """True if git would fetch what this clone lacks; that it may not, each release says in other words."""
    return _run(folder, ["config", "--get-regexp", _PARTIAL]).returncode == 0


_PARTIAL = r"^(remote\..*\.promisor|extensions\.partialclone)$"  # the second before git 2.24


def _git(folder: Path, *words: str) -> bytes:
    """Run git in a folder and return what it prints; raises ``CannotOpen``."""
    done = _run(folder, list(words))
    if done.returncode:
        raise _trouble(folder, _said(done))
    return done.stdout


# What `git rev-parse --local-env-vars` lists, less the settings of whoever called us, and what moves git
# to other files or lets it run more: a hook has some of them set for another repository than the file's.
_REDIRECTING = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_ATTR_SOURCE",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_QUARANTINE_PATH",
        "GIT_REDIRECT_STDERR",
        "GIT_REDIRECT_STDIN",
        "GIT_REDIRECT_STDOUT",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)
_NOTHING_FETCHED = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}  # the first since git 2.45
_NOTHING_RUN = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")


def _run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; raises ``CannotOpen`` where there is none."""
    kept = {name: value for name, value in os.environ.items() if name.upper() not in _REDIRECTING}
    english = {"LC_ALL": "C"}  # what it says is looked at
    try:
        return subprocess.run(  # noqa: S603 - no shell, and a revision is never taken for an option
            [_program(), *_NOTHING_RUN, *words],
            cwd=folder,
            env=kept | english | _NOTHING_FETCHED,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise CannotOpen(_("git cannot be run"), _("Install git, or put it on the PATH.")) from error


def _program() -> str:
    """Return the git of the PATH: by its name alone, Windows would first take one of the work tree."""
    name = "git.exe" if os.name == "nt" else "git"
    places = (Path(folder, name) for folder in os.get_exec_path() if Path(folder).is_absolute())
    return str(next(filter(Path.is_file, places), name))


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8", "replace").strip()
