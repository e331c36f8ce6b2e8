"""The command that gives the official table back, for people in Excel and browsers."""

import os
from datetime import date
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, NamedTuple

import click
import typer

from chengguo.cli import session
from chengguo.cli.bundles import Filters, taking
from chengguo.cli.options import AsOfOption, AtOption, FileOption, LangOption
from chengguo.cli.placing import place, safe, written
from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files.reasons import reason
from chengguo.language import _, listed
from chengguo.model import Registry
from chengguo.output.export import FORMATS, Medium
from chengguo.output.export.document import document, flattened
from chengguo.queries import query
from chengguo.queries.query import Row
from chengguo.text.visible import visible_line

app = typer.Typer()


class By(StrEnum):
    """What there is a file for."""

    DEPT = "dept"


class _Wanted(NamedTuple):
    """How the table is written: what is left out of it, and whether files are replaced."""

    medium: Medium
    day: date
    restorable: bool
    private: bool
    flat: bool
    force: bool


@app.command("export", epilog=_("Example: chengguo export table.xlsx --dept 市科委"))
@taking(filters=Filters)
def export(
    context: typer.Context,
    output: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    filters: Filters,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=_("Only open items past their due date."))
    ] = False,
    by: Annotated[
        By | None, typer.Option(help=_("A file for each lead department: FILE is a folder then."))
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            click_type=click.Choice([suffix.removeprefix(".") for suffix in FORMATS]),
            metavar="FORMAT",
            help=_("How the files of a folder are written: {formats}.").format(
                formats=", ".join(suffix.removeprefix(".") for suffix in FORMATS)
            ),
        ),
    ] = "xlsx",
    as_of: AsOfOption = None,
    at: AtOption = None,
    flat: Annotated[
        bool, typer.Option("--flat", help=_("Merge no cells: each row by itself, to be sorted and filtered."))
    ] = False,
    restorable: Annotated[
        bool | None,
        typer.Option(
            "--restorable/--table-only",
            help=_("With or without the tables behind, by which import reads all of it back."),
            show_default=_("with them, hidden, in .xlsx; without them in .docx"),
        ),
    ] = None,
    private: Annotated[
        bool,
        typer.Option("--private", help=_("With the columns that are declared private: not to hand round.")),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if there is one."))] = False,
    file: FileOption = None,
    lang: LangOption = None,  # noqa: ARG001 - cli.run has chosen it
) -> None:
    r"""Write the official table to FILE, with status and days left; its suffix says how.

    .xlsx and .docx are for Excel and Word, and import reads them back: pip install 'chengguo\[office]'.
    .html is for browsers and printing, .md for chat groups and reports, .csv for other programs.
    .sqlite is for questions of your own: chengguo help data.
    .ics is for calendars, with a day for each open deadline and milestone: pip install 'chengguo\[calendar]'.
    """
    medium = _medium(output, by, format)
    behind = medium.is_restorable if restorable is None else restorable
    wanted = _Wanted(medium, as_of or date.today(), behind, private, flat, force)
    opened = session.open_registry(context, file, at)
    rows = query.rows(opened.registry, wanted.day)
    chosen = filters.select(opened, rows, overdue=overdue)
    departments = filters.departments(opened)
    if by is None:
        _export(opened.registry, output, chosen, wanted, departments)
        return
    _make(output)
    for entry in opened.registry.departments:
        led = tuple(row for row in chosen if entry.name in row.item.lead)
        if led and (not departments or entry.name in departments):
            path = os.path.join(output, f"{safe(entry.name)}.{format}")  # noqa: PTH118 - as it was typed
            _export(opened.registry, path, led, wanted, (entry.name,))


def _medium(output: str, by: By | None, format: str) -> Medium:
    """Return how files are written: as the suffix of the one says, those of a folder as asked for."""
    suffix = f".{format}" if by else Path(output).suffix.lower()
    if suffix not in FORMATS:
        message = _("{file} is none of {suffixes}").format(
            file=visible_line(output), suffixes=", ".join(FORMATS)
        )
        raise WrongUsage(message, _("The suffix says how the table is written."))
    return FORMATS[suffix]


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("{file} cannot be made: {reason}").format(file=folder, reason=reason(error))
        raise CannotOpen(message) from error


def _export(
    registry: Registry, path: str, rows: tuple[Row, ...], wanted: _Wanted, departments: tuple[str, ...]
) -> None:
    """Write one file, and say what is in it."""
    medium, day = wanted.medium, wanted.day
    table = document(registry, rows, day, private=wanted.private)
    table = table._replace(departments=departments)
    table = flattened(table) if wanted.flat else table
    table = table if wanted.restorable else table._replace(appendix=())
    module = import_module(f"chengguo.output.export.{medium.module}")
    data = written(lambda: module.write(table), is_archive=medium.is_archive)
    continued = module.continued if medium.continues else None
    place(path, data, partial(continued, data) if continued else None, force=wanted.force)
    overdue = sum(line.overdue for line in table.lines)
    said = medium.counted(table, visible_line(path))
    session.put(said + _(", {overdue} overdue, as of {day}").format(overdue=overdue, day=day) + "\n")
    if left := [column.heading for column in registry.columns if column.private and not wanted.private]:
        session.put(_("left out, as private: {names}; --private adds them").format(names=listed(left)) + "\n")
