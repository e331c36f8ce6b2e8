"""The command that takes the forms and tables in which departments report."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from chengguo.cli import apply_change, session
from chengguo.cli import collect_summary as summary
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.options import ColorOption, FileOption, TextFormat, day_option, past
from chengguo.edits.editing import Change
from chengguo.errors import CannotOpen, ChengguoError, Refused
from chengguo.files import store
from chengguo.importing.returning import collecting, returned
from chengguo.importing.returning.agreeing import Days
from chengguo.importing.returning.entries import Odd, Place, Returned
from chengguo.language import _, listed
from chengguo.model import Registry
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.importing.returning.collecting import Collected

app = Commands()
_SUFFIXES = (".xlsx", ".ods", ".csv", ".tsv", ".jsonl", ".docx")
# What departments put beside a form: papers, pictures, films, slides.
_EVIDENCE = (
    *(".pdf", ".ofd", ".ppt", ".pptx", ".mp3", ".mp4", ".mov", ".avi"),
    *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"),
)
_STANDARD_INPUT = "-"


@app.command("collect", epilog=_("Example: chengguo collect 填报 --date 2019-09-28"))
def collect(
    context: Context,
    sources: Annotated[list[str], Argument(metavar="FILE|FOLDER...")],
    *,
    day: Annotated[
        date | None,
        day_option(
            _("The day of the rows that have none of their own."),
            "--date",
            otherwise=_("today"),
            read=day_gone_by,
        ),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help=_("Show what would be taken; write nothing."))] = False,
    strict: Annotated[bool, Option("--strict", help=_("Write nothing if anything is doubtful."))] = False,
    exit_code: Annotated[
        bool, Option("--exit-code", help=_("Exit with 1 where anything is doubtful."))
    ] = False,
    format: Annotated[
        TextFormat, Option("--format", help=_("How the outcome is written."))
    ] = TextFormat.TEXT,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """Take in what departments report: the sound rows are written in one edit, the doubtful ones are listed.

    FILE is a form that came back, an exported table with changed statuses or with 进展情况 added, a plain
    .xlsx, .ods, .csv or .tsv with a column of numbers (编号), or .jsonl; - is standard input. A FOLDER is
    all of its files, and those of the folders in it. Taken twice, nothing changes.
    """
    take(
        *(context, sources),
        day=day,
        dry_run=dry_run,
        strict=strict,
        exit_code=exit_code,
        format=format,
        file=file,
        color=color,
    )


def take(
    context: Context,
    sources: list[str],
    *,
    day: date | None,
    dry_run: bool,
    format: TextFormat,
    file: list[str] | None,
    strict: bool = False,
    exit_code: bool = False,
    color: session.Color | None = None,
) -> None:
    """Take in the reports of the sources, and say what came of it."""
    past(day)
    days = Days(date.today(), day)
    if opened := session.opened_by_name(context, file):
        from chengguo.cli import collect_several  # only several pay for it

        own = {column.heading for each in opened for column in each.document.registry.columns}
        files, unread = _read(sources, own)
        asked = collect_several.Asked(days, strict, dry_run, format, color, exit_code)
        collect_several.take(context, opened, files, unread, asked)
        return
    path = session.path_of(context, file)
    own = {column.heading for column in session.open_registry(context, file).registry.columns}
    files, unread = _read(sources, own)
    found: list[Collected] = []

    def changes_of(registry: Registry) -> list[Change]:
        made = collecting.collect(registry, files, days)
        found[:] = [made._replace(odd=(*unread, *made.odd))]
        return [] if strict and found[0].odd else [each.change for each in made.taken]

    done = apply_change.make(path, changes_of, dry_run=dry_run, force=None)
    made = found[0]
    refused = strict and bool(made.odd)
    missing = summary.missing_of(done.edited.document.registry, made, day or days.today)
    if format is TextFormat.JSON:
        summary.write_json(done, made, missing, written=not (dry_run or refused))
    else:
        summary.write_text(context, done, made, missing, color, dry_run=dry_run, refused=refused)
    if done.findings:
        from chengguo.output.findings import text  # only a finding pays for it

        sys.stderr.write(text.blocks((done.edited.source, done.findings)))
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the rows, or leave --strict out."))
    if exit_code and made.odd:
        sys.exit(1)


def _read(sources: list[str], own: set[str]) -> tuple[list[Returned], list[Odd]]:
    """Read the files; of several, one that cannot be read is told, and hides no other."""
    files: list[Returned] = []
    odd: list[Odd] = []
    paths = [path for source in sources for path in _paths(source, files, odd)]
    for path, name in paths:
        try:
            files.append(returned.read_form(_bytes(path), visible_line(name), own))
        except ChengguoError as error:
            if len(paths) == 1:
                raise
            odd.append(Odd(Place(visible_line(name), ""), str(error)))
    return files, odd


def _bytes(path: str) -> bytes:
    """Read a file, or standard input."""
    if path != _STANDARD_INPUT:
        return store.read_bytes(path, is_registry=False)
    data = sys.stdin.buffer.read(store.LARGEST + 1)
    store.refuse_large(len(data), store.LARGEST, "<stdin>", is_registry=False)
    return data


def _paths(source: str, files: list[Returned], odd: list[Odd]) -> list[tuple[str, str]]:
    """Return the files of a folder, or the file, each with its name; what a folder has besides is told.

    Evidence reports nothing, and is no doubt; of every other file nobody knows what stands in it.
    """
    if source == _STANDARD_INPUT or not os.path.isdir(source):  # noqa: PTH112 - a name too long for a file is told as it is read
        return [(source, os.path.basename(source))]  # noqa: PTH119 - as given
    found = []
    for path in _below(Path(source)):
        name = path.relative_to(source).as_posix()
        if path.suffix.lower() in _SUFFIXES and not path.is_dir():
            found.append((str(path), name))
        else:
            unread = Odd(Place(visible_line(name), ""), _("the file is none that is read here"))
            if path.suffix.lower() in _EVIDENCE and path.is_file():
                files.append(Returned(visible_line(name), (), told=(unread,)))
            else:
                odd.append(unread)
    if not found:
        message = _("{file} has no forms and no tables").format(file=source)
        raise CannotOpen(message, _("Read here: {names}.").format(names=listed(_SUFFIXES)))
    return found


def _below(folder: Path) -> Iterator[Path]:
    """Return the files of a folder and those of the folders in it, in order; what is hidden is left out.

    A folder that is a link stands for itself, for it may lead back, and so does one that may not be read.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise store.unreadable(str(folder), error) from error
    for path in paths:
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _below(path)
        else:
            yield path
