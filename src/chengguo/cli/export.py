"""The command that gives the official table back, for people in Excel and browsers."""

from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from chengguo.cli import session
from chengguo.cli.options import AsOfOption, AtOption, DeptOption, FileOption, RoleOption
from chengguo.cli.placing import place, written
from chengguo.errors import WrongUsage
from chengguo.language import _, listed
from chengguo.output.export import FORMATS
from chengguo.output.export.document import document
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
    .sqlite is for questions of your own: chengguo help data.
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
    module = import_module(f"chengguo.output.export.{medium.module}")
    data = written(lambda: module.write(table), is_archive=medium.is_archive)
    continued = module.continued if medium.continues else None
    place(output, data, partial(continued, data) if continued else None, force=force)
    overdue = sum(line.overdue for line in table.lines)
    said = medium.counted(table, visible_line(output))
    session.put(said + _(", {overdue} overdue, as of {day}").format(overdue=overdue, day=day) + "\n")
    if left := [column.heading for column in opened.registry.columns if column.private and not private]:
        session.put(_("left out, as private: {names}; --private adds them").format(names=listed(left)) + "\n")
