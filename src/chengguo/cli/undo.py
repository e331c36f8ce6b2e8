"""The command that takes back the last change."""

import os
from pathlib import Path
from typing import Annotated

import typer

from chengguo.cli import session
from chengguo.cli.options import FileOption
from chengguo.errors import Refused, WrongUsage
from chengguo.files import journal, saving, store, undoing
from chengguo.language import _
from chengguo.output.formats import diff
from chengguo.registry.reading import read
from chengguo.text.source import Source, decode

app = typer.Typer()


@app.command("undo", epilog=_("Example: chengguo undo --dry-run"))
def undo(
    context: typer.Context,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Print the difference and write nothing."))
    ] = False,
    file: FileOption = None,
) -> None:
    """Take back the last change that chengguo made of the registry on this machine, and show it.

    Only where nobody has touched those lines since. Taking back twice brings the change back.
    """
    path = session.path_of(context, file)
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))
    seen: list[tuple[Source, Source]] = []

    def plan(source: Source) -> Source:
        """Take the change back from the file as it is now."""
        seen[:] = [(source, _taken_back(path, source))]
        return seen[0][1]

    if dry_run:
        plan(store.read_source(path))
    else:
        saving.edit(path, plan)
    before, after = seen[0]
    end = _("Dry run: {file} was not written.") if dry_run else _("The last change of {file} was taken back.")
    session.put(diff.render(before, after) + end.format(file=path) + "\n")


def _taken_back(path: str, source: Source) -> Source:
    """Give the file without the last change; raises ``Refused`` where that cannot be done."""
    last = journal.last(Path(os.path.realpath(path)), os.environ)
    if last is None:
        message = _("no change of {file} is remembered on this machine").format(file=path)
        raise Refused(message, _("git may have an older version: chengguo diff."))
    after = decode(undoing.take_back(last.before, last.after, source.encode()), str(path))
    if after.undecodable or len(read(after).registry.findings) > max(
        len(read(each).registry.findings) for each in (source, decode(last.before, path))
    ):
        message = _("taking back the last change of {file} would leave it broken").format(file=path)
        raise Refused(message, _("Nothing was written; make this change by hand, and validate."))
    return after
