"""The command that makes the forms that departments fill in."""

import os
import re
from datetime import date
from functools import partial
from typing import Annotated

from chengguo.cli import printing, session
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.options import AsOfOption, DeptOption, FileOption, RoleOption
from chengguo.cli.placing import make_folder, place, safe, written
from chengguo.errors import Refused, WrongUsage
from chengguo.importing.returning.forms import SEVERAL, Form, lines, title_of
from chengguo.language import _, in_chinese, listed, plural
from chengguo.model import Plan
from chengguo.output.gaps import gaps, note
from chengguo.queries import query, reports
from chengguo.queries.query import Role, Row
from chengguo.registry.reading import Document
from chengguo.text.visible import visible_line

app = Commands()
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


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
    forms = forms_of(document, session.departments(document, dept, role), role, named, day)
    if not forms:
        raise Refused(_("nothing is open for a form"), _("See: chengguo list --not-status done"))
    if target and len(forms) > 1:
        known = listed(each.department for each in forms)
        raise WrongUsage(
            _("{file} is one file, for {count} departments").format(file=target, count=len(forms)),
            _("Name one with --dept ({names}), or give -o FOLDER.").format(names=known),
        )
    _write(forms, target, output, force=force)
    for each in forms:
        rows = plural("{count} row", "{count} rows", len(each.lines))
        printing.put(f"{visible_line(target or _name(each))}: {rows}\n")
    count = plural("{count} form", "{count} forms", len(forms))
    printing.put(_("{forms} for {period}, as of {day}").format(forms=count, period=named, day=day) + "\n")


def period_of(plan: Plan, given: str | None, day: date) -> str:
    """Return the name of the period: one of the plan's rhythm, or a month where it has none."""
    if plan.reports is None:
        if given and not _MONTH.fullmatch(given):
            raise WrongUsage(_("--period {text}: no month").format(text=given), _("Write 2019-09."))
        return given or f"{day:%Y-%m}"
    among = reports.round_named(plan, given, day)
    return among.name if among else f"{day:%Y-%m}"


def forms_of(
    document: Document, chosen: tuple[str, ...], role: str, period: str, day: date
) -> tuple[Form, ...]:
    """Return the forms of the departments that have open items, in the order of the register."""
    registry = document.registry
    still_open = [row for row in query.rows(registry, day) if not row.status.is_closed]
    columns = tuple(each for each in registry.columns if each.of == "report" and not each.private)
    title = SEVERAL if registry.among else title_of(registry.plan)
    told = note(gaps(document), in_chinese)
    return tuple(
        Form(document.source.name, title, name, period, day, lines(rows), columns, told)
        for name in (chosen or [each.name for each in registry.departments])
        if (rows := _rows_of(name, still_open, role))
    )


def _rows_of(name: str, rows: list[Row], role: str) -> list[Row]:
    return [row for row in rows if name in query.involved(row.item, role)]


def _name(form: Form) -> str:
    return f"{safe(form.department)}.xlsx"


def _write(forms: tuple[Form, ...], target: str | None, folder: str | None, *, force: bool) -> None:
    """Write the forms, none where one of the files is there and may not be replaced."""
    from chengguo.output.export import form as workbook

    paths = [target] if target else [os.path.join(folder or "", _name(each)) for each in forms]  # noqa: PTH118
    there = [path for path in paths if os.path.lexists(path)]
    if there and not force:
        message = _("{file} exists").format(file=visible_line(there[0]))
        raise Refused(message, _("Name another place, or use --force; nothing was written."))
    if folder:
        make_folder(folder)
    for path, each in zip(paths, forms, strict=True):
        place(path, written(partial(workbook.write, each), is_archive=True), force=force)
