"""The command that gives the official table back, for people in Excel and browsers."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, NamedTuple

from chengguo.cli import printing, session
from chengguo.cli.bundles import Filters
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.items import tell_heirs
from chengguo.cli.options import AsOfOption, AtOption, FileOption, LangOption
from chengguo.cli.placing import file_names, make_folder, place, refuse_there, tell_left, tell_names, written
from chengguo.cli.replacing import refuse_filled_in
from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files.reasons import reason
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.output import counts
from chengguo.output.export import FORMATS, Medium
from chengguo.output.export.document import Document, document, flattened, read_back
from chengguo.output.gaps import Gap, gaps
from chengguo.queries import query, summary
from chengguo.queries.query import Role, Row
from chengguo.text.visible import visible_line

app = Commands()


_FOLDERS = tuple(suffix.removeprefix(".") for suffix in FORMATS)  # how the files of a folder may be written
_PARQUET = "parquet"


class By(StrEnum):
    """What there is a file for."""

    DEPT = "dept"


class _Wanted(NamedTuple):
    """How the table is written: what is left out of it, and whether files are replaced, and which are not."""

    medium: Medium
    day: date
    restorable: bool
    private: bool
    flat: bool
    force: bool
    gaps: tuple[Gap, ...]
    refuse_filled_in: Callable[[Sequence[str], Registry], None]


@app.command("export", epilog=_("Example: chengguo export table.xlsx --dept 市科委"))
@taking(filters=Filters)
def export(
    context: Context,
    output: Annotated[str, Argument(metavar="FILE")],
    *,
    filters: Filters,
    overdue: Annotated[
        bool, Option("--overdue", help=_("Only open items that are overdue, or of which a part is missed."))
    ] = False,
    by: Annotated[
        By | None,
        Option(words=By, help=_("A file for each lead department: FILE is a folder then.")),
    ] = None,
    format: Annotated[
        str,
        Option(
            "--format",
            choices=(*_FOLDERS, _PARQUET),
            metavar="FORMAT",
            help=_("The files of a folder are written as {formats}.").format(
                formats=", ".join((*_FOLDERS, _PARQUET))
            ),
        ),
    ] = "xlsx",
    as_of: AsOfOption = None,
    at: AtOption = None,
    flat: Annotated[
        bool, Option("--flat", help=_("Merge no cells: each row by itself, to be sorted and filtered."))
    ] = False,
    restorable: Annotated[
        bool | None,
        Option(
            "--restorable/--table-only",
            help=_("With or without the tables behind, by which import reads all of it back."),
            show_default=_("with them, hidden, in .xlsx; without them in .docx"),
        ),
    ] = None,
    private: Annotated[
        bool,
        Option("--private", help=_("With the columns that are declared private: not to hand round.")),
    ] = False,
    force: Annotated[bool, Option("--force", help=_("Replace the file if there is one."))] = False,
    file: FileOption = None,
    lang: LangOption = None,  # noqa: ARG001 - cli.run has chosen it
) -> None:
    r"""Write the official table to FILE, with status and days left; its suffix says how.

    .xlsx and .docx are for Excel and Word, and import reads them back: pip install '.[office]'.
    .html is for browsers and printing, .md for chat groups and reports, .csv for other spreadsheets.
    .sqlite is for questions of your own, and so are the folders of --format parquet: chengguo help data.
    .ics is for calendars, with a day for each open deadline and milestone: pip install '.[calendar]'.
    """
    if format == _PARQUET:
        if by:
            raise WrongUsage(_("--by does not go with --format parquet"), _("Give one of the two."))
        day = as_of or date.today()
        opened = session.open_registry(context, file, at)
        chosen = filters.select(opened, query.rows(opened.registry, day), overdue=overdue)
        table = document(opened.registry, chosen, day, private=private, behind=False)
        _export_parquet(output, table._replace(gaps=gaps(opened)), force=force)
        return
    medium = _medium(output, by, format)
    behind = medium.is_restorable if restorable is None else restorable
    opened = session.open_registry(context, file, at)
    protect = partial(_refuse_filled_in, context, file, at)
    wanted = _Wanted(medium, as_of or date.today(), behind, private, flat, force, gaps(opened), protect)
    rows = query.rows(opened.registry, wanted.day)
    chosen = filters.select(opened, rows, overdue=overdue)
    departments = filters.departments(opened)
    if by is None:
        if force:
            wanted.refuse_filled_in([output], opened.registry)
        _export(opened.registry, output, chosen, wanted, departments)
        return
    led = query.by_department(opened.registry, chosen, departments, Role.LEAD, wanted.day)
    _export_each(opened.registry, output, format, led, wanted)
    tell_heirs(opened.registry, chosen, Role.LEAD, wanted.day)


def _refuse_filled_in(
    context: Context, file: list[str] | None, at: str | None, paths: Sequence[str], registry: Registry
) -> None:
    """Refuse to replace tables in which somebody has reported what the registry does not have."""
    if at is not None and any(map(os.path.lexists, paths)):  # recorded is what the file has now
        registry = session.open_registry(context, file).registry
    refuse_filled_in(paths, registry, partial(session.opened_by_name, context, file))


def _export_each(
    registry: Registry, folder: str, format: str, led: dict[str, tuple[Row, ...]], wanted: _Wanted
) -> None:
    """Write a file for each department, none where one of them is there and may not be replaced."""
    names = file_names((*(each.name for each in registry.departments), *led))
    paths = {name: os.path.join(folder, f"{names[name]}.{format}") for name in led}  # noqa: PTH118 - as typed
    refuse_there([*paths.values()], _("Name another folder, or use --force."), force=wanted.force)
    wanted.refuse_filled_in([*paths.values()], registry)
    make_folder(folder)
    for name, rows in led.items():
        _export(registry, paths[name], rows, wanted, (name,))
    tell_names(names, led)
    tell_left(folder, paths.values(), of=(f".{format}",))


def _medium(output: str, by: By | None, format: str) -> Medium:
    """Return how files are written: as the suffix of the one says, those of a folder as asked for."""
    suffix = f".{format}" if by else Path(output).suffix.lower()
    if suffix not in FORMATS:
        message = _("{file} is none of {suffixes}").format(
            file=visible_line(output), suffixes=", ".join(FORMATS)
        )
        raise WrongUsage(message, _("The suffix says how the table is written."))
    return FORMATS[suffix]


def _export_parquet(output: str, table: Document, *, force: bool) -> None:
    """Write a folder for each plan, none where one of its files is there and may not be replaced."""
    from chengguo.output.export import parquet  # only this format pays for it

    folder = Path(output)
    made = list(parquet.write(table))
    names = file_names(plan for plan, _name, _data in made)
    files = [(folder / names[plan], name, data) for plan, name, data in made]
    there = [path / name for path, name, _data in files]
    refuse_there(there, _("Name another folder, or use --force."), force=force)
    for path in dict.fromkeys(path for path, _name, _data in files):
        make_folder(str(path))
    for path, name, data in files:
        _put_whole(path / name, data)
    plans = {path for path, _name, _data in files}
    said = plural("{file}: {count} plan", "{file}: {count} plans", len(plans), file=visible_line(output))
    items = plural("{count} item", "{count} items", len(table.rows))
    printing.put(_("{plans}, {items}, as of {day}").format(plans=said, items=items, day=table.day) + "\n")
    _say_what_is_private(table)
    if others := sorted(path.name for path in folder.iterdir() if path.is_dir() and path not in plans):
        told = _("left there, of no plan of this export: {names}")
        printing.put(told.format(names=listed(map(visible_line, others))) + "\n")


def _put_whole(path: Path, data: bytes) -> None:
    """Write one of very many files, whole; it is not flushed to the disk, for it can be exported again."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = _("{file} could not be written: {reason}")
        raise CannotOpen(message.format(file=path, reason=reason(error))) from error


def _export(
    registry: Registry, path: str, rows: tuple[Row, ...], wanted: _Wanted, departments: tuple[str, ...]
) -> None:
    """Write one file, and say what is in it."""
    medium, day = wanted.medium, wanted.day
    table = document(registry, rows, day, private=wanted.private, behind=wanted.restorable)
    table = table._replace(departments=departments, gaps=wanted.gaps)
    table = flattened(table) if wanted.flat else table
    table = read_back(table) if medium.is_read and not wanted.restorable else table
    module = import_module(f"chengguo.output.export.{medium.module}")
    data = written(lambda: module.write(table), is_archive=medium.is_archive)
    whole = {"is_whole": not wanted.gaps}
    continued = partial(module.continued, data, **whole) if medium.continues else None
    place(path, data, continued, force=wanted.force)
    said = medium.counted(table, visible_line(path))
    late = counts.late(summary.late(rows))
    printing.put(said + _(", {late}, as of {day}").format(late=late, day=day) + "\n")
    if registry.among and wanted.restorable:
        printing.put(
            _("of several plans: it cannot be imported again as it was; export each by -f FILE") + "\n"
        )
    _say_what_is_private(table)


def _say_what_is_private(table: Document) -> None:
    """Say which columns were left out."""
    if left := [column.heading for column in table.registry.columns if column not in table.own]:
        told = _("left out, as private: {names}; --private adds them")
        printing.put(told.format(names=listed(left)) + "\n")
