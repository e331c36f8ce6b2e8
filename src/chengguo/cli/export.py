"""The command that gives the official table back, for people in Excel and browsers."""

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from chengguo.cli import session
from chengguo.cli.options import AsOfOption, AtOption, DeptOption, FileOption, RoleOption
from chengguo.errors import CannotOpen, Refused, WrongUsage
from chengguo.files import saving
from chengguo.files.reasons import no_temporary_file
from chengguo.language import _, listed
from chengguo.output.export import FORMATS, Medium
from chengguo.output.export.document import Document, document
from chengguo.queries import query
from chengguo.queries.query import Criteria, Role
from chengguo.text.visible import visible_line

app = typer.Typer()


@app.command("export", epilog=_("Example: chengguo export table.xlsx --dept 市科委"))
def export(
    context: typer.Context,
    output: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    dept: DeptOption = None,
    role: RoleOption = Role.ANY.value,
    as_of: AsOfOption = None,
    at: AtOption = None,
    table_only: Annotated[
        bool,
        typer.Option("--table-only", help=_("Leave out the tables behind, by which import reads it back.")),
    ] = False,
    private: Annotated[
        bool,
        typer.Option("--private", help=_("With the columns that are declared private: not to hand round.")),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if there is one."))] = False,
    file: FileOption = None,
) -> None:
    r"""Write the official table to FILE, with status and days left; its suffix says how.

    .xlsx and .docx are for Excel and Word, and import reads them back: pip install 'chengguo\[office]'.
    .html is for browsers and printing, .md for chat groups and reports, .csv for other programs.
    .ics is for calendars, with a day for each open deadline and milestone: pip install 'chengguo\[calendar]'.
    """
    medium = FORMATS.get(Path(output).suffix.lower())
    if medium is None:
        message = _("{file} is none of {suffixes}").format(
            file=visible_line(output), suffixes=", ".join(FORMATS)
        )
        raise WrongUsage(message, _("The suffix says how the table is written."))
    day = as_of or date.today()
    opened = session.open_registry(context, file, at)
    departments = session.departments(opened, dept, role)
    chosen = query.select(query.rows(opened.registry, day), Criteria(departments=departments, role=role))
    table = document(opened.registry, chosen, day, private=private)
    table = table._replace(appendix=()) if table_only else table
    data = _written(medium, table)
    continued = _module(medium).continued if medium.continues else None
    _place(output, data, partial(continued, data) if continued else None, force=force)
    overdue = sum(line.overdue for line in table.lines)
    said = medium.counted(table, visible_line(output))
    session.put(said + _(", {overdue} overdue, as of {day}").format(overdue=overdue, day=day) + "\n")
    if left := [column.heading for column in opened.registry.columns if column.private and not private]:
        session.put(_("left out, as private: {names}; --private adds them").format(names=listed(left)) + "\n")


def _module(medium: Medium) -> Any:
    """Import the module of a format: only an export in it pays for that."""
    return import_module(f"chengguo.output.export.{medium.module}")


def _written(medium: Medium, table: Document) -> bytes:
    """Return the file as bytes; raises ``CannotOpen`` where the machine lets none of this medium be made."""
    today = date.today()
    if medium.is_archive and not _FIRST_YEAR <= today.year <= _LAST_YEAR:
        message = _("the clock of this machine says {day}, which no Office file can hold")
        raise CannotOpen(message.format(day=today), _("Set the clock, or export .html, .md or .csv."))
    try:
        return _module(medium).write(table)  # type: ignore[no-any-return]
    except OSError as error:  # a library packs large parts in files
        message, hint = no_temporary_file(error)
        raise CannotOpen(message, hint) from error


_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # of a ZIP archive


def _place(
    output: str, data: bytes, continued: Callable[[bytes], bytes] | None = None, *, force: bool
) -> None:
    """Write the file whole, or not at all; an older one is replaced only by ``force``.

    ``continued`` makes the new file of the older one, where it goes on from it.
    """
    try:
        saving.create(output, data)
    except FileExistsError as error:
        if os.path.isdir(output):  # noqa: PTH112 - what cannot be looked at is told by the write
            raise CannotOpen(_("{file} is a folder, not a file").format(file=output)) from error
        if not force:
            raise Refused(
                _("{file} exists").format(file=output), _("Name another file, or use --force.")
            ) from error
        saving.replace(output, continued or (lambda _old: data))
