"""The command that makes the forms that departments fill in."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

from chengguo.cli import printing, session
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.items import tell_heirs
from chengguo.cli.options import AsOfOption, DeptOption, FileOption, RoleOption
from chengguo.cli.placing import file_names, make_folder, place, refuse_there, tell_left, tell_names, written
from chengguo.cli.replacing import refuse_filled_in
from chengguo.departments import names
from chengguo.errors import Refused, WrongUsage
from chengguo.importing.returning.forms import SEVERAL, Form, lines, title_of
from chengguo.language import _, in_chinese, listed, plural
from chengguo.model import Plan, Registry
from chengguo.output.gaps import gaps, note
from chengguo.queries import query, reports
from chengguo.queries.query import Role, Row
from chengguo.registry.documents import Document
from chengguo.registry.report_headings import FILLED
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.cli.several import Opened

app = Commands()


@app.command("form", epilog=_("Example: chengguo form -o 填报 --period 2019-09"))
def form(
    context: Context,
    target: Annotated[str | None, Argument(metavar="[FILE.xlsx]")] = None,
    *,
    output: Annotated[
        str | None,
        Option("-o", "--output", metavar="FOLDER", help=_("The folder to write a form a department to.")),
    ] = None,
    dept: DeptOption = None,
    period: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            help=_("The period that is reported on, such as 2019-09."),
            show_default=_("the one of the day"),
        ),
    ] = None,
    role: RoleOption = Role.LEAD.value,
    as_of: AsOfOption = None,
    force: Annotated[bool, Option("--force", help=_("Replace files that are there."))] = False,
    file: FileOption = None,
) -> None:
    """Make the forms that departments fill in, a .xlsx each, of their open items; collect takes them back.

    All of the leads of an item get its row, and each milestone and period that is open is a row of its own.
    The headings are Chinese in every language. One form alone: chengguo form FILE.xlsx --dept NAME.
    """
    if (target is None) == (output is None):
        raise WrongUsage(
            _("say where the forms go"), _("Give a folder with -o FOLDER, or one FILE.xlsx with --dept NAME.")
        )
    if target and not target.lower().endswith(".xlsx"):
        raise WrongUsage(_("{file} is no .xlsx").format(file=target), _("Name a file such as 市教委.xlsx."))
    day = as_of or date.today()
    document = session.open_registry(context, file)
    named = period_of(document.registry.plan, period, day)
    chosen = session.departments(document, dept, role)
    forms = forms_of(document, chosen, role, named, day)
    if not forms:
        raise Refused(_("nothing is open for a form"), _("See: chengguo list --not-status done"))
    if target and len(forms) > 1:  # of one that is to follow others, its own
        forms = _of_named(document.registry, forms, dept, day) or forms
    if target and len(forms) > 1:
        known = listed(each.department for each in forms)
        raise WrongUsage(
            _("{file} is one file, for {count} departments").format(file=target, count=len(forms)),
            _("Name one with --dept ({names}), or give -o FOLDER.").format(names=known),
        )
    called = _names(document.registry, forms)
    files = {target or f"{called[each.department]}.xlsx": each for each in forms}
    folder = output or ""
    _write(
        {os.path.join(folder, name): each for name, each in files.items()},  # noqa: PTH118 - as it was typed
        output,
        document.registry,
        partial(session.opened_by_name, context, file),
        force=force,
    )
    for name, each in files.items():
        rows = plural("{count} row", "{count} rows", len(each.lines))
        printing.put(_("{what}: {items}").format(what=visible_line(name), items=rows) + "\n")
    if not target:
        tell_names(called, (each.department for each in forms))
        tell_left(folder, files, of=(".xlsx",))
    tell_heirs(document.registry, _open_rows(document.registry, chosen, role, day), role, day)
    count = plural("{count} form", "{count} forms", len(forms))
    printing.put(_("{forms} for {period}, as of {day}").format(forms=count, period=named, day=day) + "\n")


def period_of(plan: Plan, given: str | None, day: date) -> str:
    """Return the name of the period: one of the plan's rhythm, where it has none of the calendar, a month."""
    if plan.reports is None:
        if given and not reports.calendar_period(given):
            message = _("--period {text}: no year, half, quarter or month").format(text=given)
            raise WrongUsage(message, _("Write 2019, 2019-H1, 2019-Q3 or 2019-09."))
        return given or f"{day:%Y-%m}"
    among = reports.round_named(plan, given, day) if given else reports.round_of(plan, day)
    return among.name if among else f"{day:%Y-%m}"


def forms_of(
    document: Document, chosen: tuple[str, ...], role: str, period: str, day: date
) -> tuple[Form, ...]:
    """Return the forms of the departments that have open items, in the order of the register.

    What is left of a body that is no more stands in the form of the one that followed it.
    """
    registry = document.registry
    still_open = _open_rows(registry, chosen, role, day)
    columns = tuple(
        each
        for each in registry.columns
        if each.of == "report" and not each.private and each.heading not in FILLED
    )
    title = SEVERAL if registry.among else title_of(registry.plan)
    told = note(gaps(document), in_chinese)
    return tuple(
        Form(document.source.name, title, name, period, day, lines(rows), columns, told)
        for name, rows in query.by_department(registry, still_open, chosen, role, day).items()
    )


def _of_named(
    registry: Registry, forms: tuple[Form, ...], dept: list[str] | None, day: date
) -> tuple[Form, ...]:
    """Return the forms of the departments that are named themselves, not of bodies that they follow later."""
    known = names.index(registry.departments)
    own = {found for each in dept or () if (found := names.find(each, known))}
    meant = names.followed(own, names.heirs(registry.departments, day))
    return tuple(each for each in forms if each.department in meant)


def _open_rows(registry: Registry, chosen: tuple[str, ...], role: str, day: date) -> list[Row]:
    """Return the rows of the open items in which one of the chosen departments takes part, or any."""
    return [
        row
        for row in query.rows(registry, day)
        if not (row.status.is_closed or (chosen and query.involved(row.item, role).isdisjoint(chosen)))
    ]


def _names(registry: Registry, forms: tuple[Form, ...]) -> dict[str, str]:
    """Return the name of each department's file; of all departments, that it is the same next month."""
    return file_names((*(each.name for each in registry.departments), *(each.department for each in forms)))


def _write(
    forms: Mapping[str, Form],
    folder: str | None,
    registry: Registry,
    opened: Callable[[], "list[Opened]"],
    *,
    force: bool,
) -> None:
    """Write the forms to their paths, none where one of the files is there and may not be replaced."""
    from chengguo.output.export import form as workbook

    paths = [*forms]
    refuse_there(paths, _("Name another place, or use --force; nothing was written."), force=force)
    refuse_filled_in(paths, registry, opened)
    if folder:
        make_folder(folder)
    for path, each in forms.items():
        place(path, written(partial(workbook.write, each), is_archive=True), force=force)
