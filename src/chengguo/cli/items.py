"""The command that lists items, and what the reports of items share."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chengguo.cli import completion, session
from chengguo.cli.days import day
from chengguo.cli.options import (
    AsOfOption,
    AtOption,
    BomOption,
    ColorOption,
    DeptOption,
    FileOption,
    FormatOption,
    RoleOption,
    alert,
    status,
)
from chengguo.errors import WrongUsage
from chengguo.language import _, listed, plural
from chengguo.model import Department, Registry
from chengguo.output import records
from chengguo.output.report import Report
from chengguo.queries import columns as own
from chengguo.queries import query
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import Condition
from chengguo.queries.query import Criteria, Role, Row, SortKey
from chengguo.queries.reports import Round
from chengguo.registry import addresses
from chengguo.registry.reading import Document

if TYPE_CHECKING:
    from chengguo.output.views import View

app = typer.Typer()

SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="ID",
        autocompletion=completion.sections,
        help=_("Only this section: its id (一) or title."),
    ),
]


@app.command("list", epilog=_("Example: chengguo list --dept 市科委 --role lead --year 2019"))
def list_items(
    context: typer.Context,
    *,
    dept: DeptOption = None,
    role: RoleOption = Role.ANY.value,
    section: SectionOption = None,
    status: Annotated[
        list[Any] | None,
        typer.Option(
            parser=status, metavar="STATUS", autocompletion=completion.statuses, help=_("Only this status.")
        ),
    ] = None,
    not_status: Annotated[
        list[Any] | None,
        typer.Option(
            parser=status, metavar="STATUS", autocompletion=completion.statuses, help=_("Not this status.")
        ),
    ] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help=_("Only items due in this year."))] = None,
    due_by: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help=_("Only items due by this day, it included.")),
    ] = None,
    due_after: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help=_("Only items due after this day, it not included.")),
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=_("Only open items past their due date."))
    ] = False,
    alert: Annotated[
        list[Any] | None,
        typer.Option(
            parser=alert,
            metavar="KIND",
            autocompletion=completion.alerts,
            help=_(
                "Only items with this alert: {alerts}, or the Chinese word; repeat it for several."
            ).format(alerts=", ".join(Alert)),
        ),
    ] = None,
    light: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=_("Only items with this light, such as 黄.")),
    ] = None,
    ongoing: Annotated[bool, typer.Option("--ongoing", help=_("Only standing work (持续推进)."))] = False,
    undated: Annotated[
        bool, typer.Option("--undated", help=_("Only items that are not ongoing and yet have no due date."))
    ] = False,
    grep: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help=_("Only items whose text matches this regular expression.")),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=VALUE",
            autocompletion=completion.columns,
            help=_(
                "Only items whose column of the office's own is this, ~ matches a pattern, or is < or > a"
                " number or day; repeat it: all must hold."
            ),
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            autocompletion=completion.sort_keys,
            help=_("Order by this: {keys}, or a column; the default is the order of the file.").format(
                keys=", ".join(SortKey)
            ),
            show_default=False,
        ),
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help=_("Order the other way round."))] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=_("The columns to show, with commas between: {names}.").format(
                names=", ".join(records.COLUMNS)
            ),
        ),
    ] = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List items, all or chosen ones."""
    _refuse_columns_of_json(columns, format)
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    registry = document.registry
    chosen_columns = _columns(columns, registry)
    conditions = [Condition.of(text, registry.columns) for text in where or ()]
    departments = departments_of(document, dept, role)
    criteria = Criteria(
        departments=departments,
        role=role,
        sections=tuple(addresses.find_section(registry, name).id for name in section or ()),
        statuses=tuple(status or ()),
        not_statuses=tuple(not_status or ()),
        year=year,
        due_by=due_by,
        due_after=due_after,
        overdue=overdue,
        alerts=tuple(alert or ()),
        lights=_lights(document, light),
        ongoing=ongoing,
        undated=undated,
        pattern=grep,
    )
    rows = own.select(query.select(query.rows(registry, as_of), criteria), conditions)
    if sort:
        rows = _sorted(rows, sort, registry, reverse=reverse)
    elif reverse:
        rows = rows[::-1]
    title = (heading(document), counted(rows, as_of, departments, role))
    report = items_report(
        "list", document, as_of, rows, title, LIST_COLUMNS, departments=departments, chosen=chosen_columns
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


LIST_COLUMNS = ("id", "title", "content", "lead", "support", "schedule", "standing")
DUE_COLUMNS = ("due", "id", "title", "content", "lead", "schedule", "standing")


def items_report(
    name: str,
    document: Document,
    as_of: date,
    rows: tuple[Row, ...],
    title: tuple[str, ...],
    columns: tuple[str, ...],
    *notes: str,
    departments: tuple[str, ...] = (),
    chosen: tuple[str, ...] | None = None,
) -> Report:
    """Make the report of ``rows``, which are those of ``departments`` where any were asked for.

    People see of ``columns`` what there is room for, scripts every field, and both just the columns
    that the user has ``chosen``, where that is given.
    """
    if document.registry.lights:
        columns = (*columns[:2], "light", *columns[2:])
    if any(row.part for row in rows):
        columns = (*columns[:2], "part", *columns[2:])
    due_soon, own_columns = document.registry.alerts.due_soon, document.registry.columns
    past = [each for each in document.registry.departments if each.name in departments and each.successor]

    def people(width: int) -> "View":
        from chengguo.output import views  # JSON has no need of views

        shown = chosen or views.fitting(columns, width)
        left_out = _("Not shown at this width: 重点任务主要内容 (chengguo show ID, or --columns)")
        return views.items(
            rows,
            shown,
            title,
            *notes,
            *_succeeded_notes(past, rows),
            *([left_out] if rows and len(shown) < len(columns) and not chosen else []),
            due_soon=due_soon,
            own=own_columns,
        )

    def scripts() -> "View":
        from chengguo.output import views

        every = (*records.COLUMNS, *(column.heading for column in own_columns))
        return views.items(rows, chosen or every, title, due_soon=due_soon, own=own_columns)

    succeeded = [{"name": each.name, "successor": each.successor, "until": each.until} for each in past]
    facts = session.facts(document, as_of) | ({"succeeded": succeeded} if departments else {})
    return Report(
        name, facts, "items", lambda: [records.item(row, own_columns) for row in rows], people, scripts
    )


def _succeeded_notes(past: list[Department], rows: tuple[Row, ...]) -> list[str]:
    """Say of each department that was asked for and has a successor who that is, and which items are its."""
    notes = []
    for department in past:
        own = [row.item.address for row in rows if department.name in (*row.item.lead, *row.item.support)]
        own = list(dict.fromkeys(own))
        became = (
            _("{name} became {successor} after {until}")
            if department.until
            else _("{name} became {successor}")
        )
        said = became.format(name=department.name, successor=department.successor, until=department.until)
        notes.append(_("{what}: {items}").format(what=said, items=listed(own)) if own else said)
    return notes


def departments_of(document: Document, given: list[str] | None, role: str) -> tuple[str, ...]:
    """Return the registered names of ``--dept``; raises ``WrongUsage`` for a role without one."""
    found = session.departments(document, given, role)
    if not given and role != Role.ANY:
        raise WrongUsage(_("--role goes with --dept"), _("Name a department with --dept."))
    return found


def _sorted(rows: tuple[Row, ...], key: str, registry: Registry, *, reverse: bool) -> tuple[Row, ...]:
    """Order rows by a key or a column."""
    columns = {column.heading: column for column in registry.columns}
    session.one_of("--sort", key, (*(each.value for each in SortKey), *columns))
    if key in {*SortKey}:
        return query.sort(rows, SortKey(key), registry, reverse=reverse)
    return own.sort(rows, columns[key], reverse=reverse)


def _refuse_columns_of_json(columns: str | None, chosen: str) -> None:
    if columns is not None and chosen in {"json", "jsonl"}:
        raise WrongUsage(_("--columns does not go with JSON, where every key is always present"))


def _columns(text: str | None, registry: Registry) -> tuple[str, ...] | None:
    if text is None:
        return None
    known = (*records.COLUMNS, *(column.heading for column in registry.columns))
    wanted = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        hint = _("Columns: {names}.").format(names=", ".join(known))
        raise WrongUsage(_("--columns: there is no column '{name}'").format(name=", ".join(unknown)), hint)
    return wanted


def heading(document: Document) -> str:
    """Return the titles of the plan and its table, on one line."""
    plan = document.registry.plan
    return " ".join(part for part in (plan.title, plan.table) if part)


def counted(rows: tuple[Row, ...], as_of: date, departments: tuple[str, ...], role: str = Role.ANY) -> str:
    """Say how many items there are, and how many of them the departments lead and support."""
    parts = sum(row.part is not None for row in rows)
    counted = _("{items}, as of {day}").format(items=_how_many(len(rows) - parts, parts), day=as_of)
    if not departments:
        return counted
    if role not in {*Role}:
        return _("{counted}; {departments}: {role}").format(
            counted=counted, departments="、".join(departments), role=role
        )
    lead = sum(not set(row.item.lead).isdisjoint(departments) for row in rows)
    return _("{counted}; {departments}: lead {lead}, support {support}").format(
        counted=counted, departments="、".join(departments), lead=lead, support=len(rows) - lead
    )


def _lights(document: Document, given: list[str] | None) -> tuple[str, ...]:
    """Return the names of lights; raises ``WrongUsage`` for one that the office does not have."""
    from chengguo.queries.lights import DEFAULT

    known = [each.name for each in document.registry.lights or DEFAULT]
    for name in given or ():
        if name not in known:
            hint = _("Lights: {names}.").format(names=listed(known))
            raise WrongUsage(_("--light: there is no light '{name}'").format(name=name), hint)
    return tuple(given or ())


def _how_many(items: int, parts: int) -> str:
    """Say how many items and how many parts of items."""
    said = [plural("{count} item", "{count} items", items)] if items or not parts else []
    said += [plural("{count} part of an item", "{count} parts of items", parts)] if parts else []
    return listed(said)


def reported_words(among: Round | None) -> str:
    """Say which reports are missing: those of a round, or, without one, any at all."""
    if among is None:
        return _("Never reported on; the plan has no rhythm of reports")
    return _("Not reported on in {period}, {first} to {last}").format(
        period=among.name, first=among.first, last=among.last
    )


def round_record(among: Round | None) -> dict[str, str] | None:
    """Return the JSON object of a round of reports."""
    return among and {"name": among.name, "first": among.first.isoformat(), "last": among.last.isoformat()}
