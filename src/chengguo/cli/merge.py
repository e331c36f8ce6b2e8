"""The command that git calls to merge registries, and that tells git to."""

import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

from chengguo.checks import rules
from chengguo.cli import session
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.options import FileOption
from chengguo.edits import merging
from chengguo.errors import WrongUsage
from chengguo.files import git, saving, store
from chengguo.language import _, plural
from chengguo.output.findings import text
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text.findings import Severity
from chengguo.text.source import decode

app = Commands()

_VERSIONS = 3


@app.command("merge", epilog=_("Example: chengguo merge --install"))
def merge(
    context: Context,
    versions: Annotated[list[str] | None, Argument(metavar="[BASE OURS THEIRS]")] = None,
    *,
    install: Annotated[
        bool, Option("--install", help=_("Let git merge the registry this way, in this clone."))
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help=_("Print what --install would write, and write nothing."))
    ] = False,
    conflict_code: Annotated[
        int,
        Option(metavar="CODE", min=1, max=125, help=_("The exit code where a conflict is marked.")),
    ] = 1,
    path: Annotated[
        str | None, Option(metavar="PATH", help=_("What OURS is called in the repository, to name it by."))
    ] = None,
    file: FileOption = None,
) -> None:
    """Merge three versions of a registry into OURS: git calls this once it is installed.

    Changes of different items or different fields merge, reports of both sides are kept. A field that both
    sides changed gets conflict markers around its lines, and the exit code is 1.
    """
    if install or dry_run:
        _install(session.path_of(context, file), dry_run=dry_run)
    elif versions and len(versions) == _VERSIONS:
        base, ours, theirs = versions
        if not _merge(base, ours, theirs, path or ours):
            sys.exit(conflict_code)
    else:
        raise WrongUsage(_("merge takes three files"), _("Give BASE OURS THEIRS, or --install."))


def _merge(base: str, ours: str, theirs: str, name: str) -> bool:
    """Write the merge of three files into ``ours``; tell whether it is whole, without a conflict.

    What is to be said of it is said of the file of that name.
    """
    old, mine, other = (rules.check(read_registry(store.read_source(path))) for path in (base, ours, theirs))
    merged = merging.merge(old, mine, other)
    if merged is None:
        print(_("merged line by line: a version is not sound, or its pieces do not fit"), file=sys.stderr)
        data, conflicts = git.merge_lines(base, ours, theirs)
    else:
        data, conflicts = merged.source.encode(), merged.conflicts
    if conflicts:
        print(
            plural("{count} conflict is marked", "{count} conflicts are marked", conflicts), file=sys.stderr
        )
    whole = not conflicts and _is_sound(rules.check(read_registry(decode(data, name))), (mine, other))
    # Git's own copy of the current side, not the registry: no change to undo. Nothing fails after it.
    saving.replace(ours, lambda _mine: data)
    return whole


def _is_sound(merged: Document, sides: tuple[Document, ...]) -> bool:
    """True if the merge brings up no error that no side had; one that it does is shown."""
    known = {(each.code, each.address) for side in sides for each in side.registry.findings}
    new = tuple(
        each
        for each in merged.registry.findings
        if each.severity is Severity.ERROR and (each.code, each.address) not in known
    )
    if new:
        sys.stderr.write(text.blocks((merged.source, new)))
        told = _("neither side had this error: mend {file}, by hand or by: chengguo validate --fix {file}")
        print(told.format(file=merged.source.name), file=sys.stderr)
    return not new


# -- installation --------------------------------------------------------------------------------

# git calls this in its work tree, whose files Python must not take for its own modules (-P). Whatever keeps
# us from merging, git does it by lines: its driver would else leave our side, as if theirs had said nothing.
# A conflict has a code of its own here, for Python ends with 1 where it cannot import us.
_CONFLICT = 10
_DRIVER = (
    "{python} -P -m chengguo merge --conflict-code={conflict} --path=%P %O %A %B; "
    "case $? in 0) exit 0;; {conflict}) exit 1;; esac; "
    "echo 'chengguo cannot merge: git does it line by line' >&2; "
    "git merge-file -L ours -L base -L theirs %A %O %B"
)


def _install(path: str, *, dry_run: bool) -> None:
    """Write the driver into the clone's configuration and the registry into .gitattributes, saying so."""
    target = store.resolve(path)
    top = git.top(target.parent)
    python = shlex.quote(Path(sys.executable).as_posix()).replace("%", "%%")  # git's sign for its own words
    settings = {
        "merge.chengguo.name": "chengguo: items, fields and reports of a registry",
        "merge.chengguo.driver": _DRIVER.format(python=python, conflict=_CONFLICT),
    }
    for name, value in settings.items():
        print(f"git config --local --replace-all {name} {shlex.quote(value)}")
        if not dry_run:
            git.configure(top, name, value)
    attributes, line = top / ".gitattributes", _attribute(target.relative_to(top.resolve()))
    written = store.read_bytes(attributes) if os.path.lexists(attributes) else b""
    if line.encode() in written.splitlines():
        print(_("{file} has the line already: {line}").format(file=attributes.name, line=line))
    else:
        print(_("{file} gets the line: {line}").format(file=attributes.name, line=line))
        if not dry_run:
            _append(attributes, line.encode())
    if dry_run:
        print(_("Dry run: nothing was written."))


def _append(path: Path, line: bytes) -> None:
    """Add a line to the end of a file, or make a file of it."""

    def plan(old: bytes) -> bytes:
        return old + (b"" if not old or old.endswith(b"\n") else b"\n") + line + b"\n"

    try:
        saving.create(path, plan(b""))
    except FileExistsError:
        saving.replace(path, plan)


def _attribute(path: Path) -> str:
    """Return the line of .gitattributes for one file; what git takes for a pattern is escaped."""
    pattern = "".join(f"\\{each}" if each in "*?[]\\" else each for each in path.as_posix())
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'"/{quoted}" merge=chengguo' if quoted != pattern or " " in pattern else f"/{pattern} merge=chengguo"
    )
