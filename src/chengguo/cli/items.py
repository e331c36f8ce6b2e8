"""The commands that list items: list, due, overdue."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chengguo.cli import completion, session
from chengguo.cli.options import (
    AsOfOption,
    AtOption,
    BomOption,
    ColorOption,
    DeptOption,
    FileOption,
    FormatOption,
    RoleOption,
    day,
    span,
    status,
)
from chengguo.errors import WrongUsage
from chengguo.language import _, listed, plural
from chengguo.model import Department, Registry, Status
from chengguo.output import records
from chengguo.output.report import Report
from chengguo.queries import columns as own
from chengguo.queries import query
from chengguo.queries.columns import Condition
from chengguo.queries.query import Criteria, Role, Row, SortKey
from chengguo.registry import addresses
from chengguo.registry.reading import Document
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from chengguo.output.views import View

app = typer.Typer()

_SectionOption = Annotated[
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
    section: _SectionOption = None,
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
    departments = _departments(document, dept, role)
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
        ongoing=ongoing,
        undated=undated,
        pattern=grep,
    )
    rows = own.select(query.select(query.rows(registry, as_of), criteria), conditions)
    if sort:
        rows = _sorted(rows, sort, registry, reverse=reverse)
    elif reverse:
        rows = rows[::-1]
    title = (_heading(document), _counted(rows, as_of, departments, role))
    report = items_report(
        "list", document, as_of, rows, title, LIST_COLUMNS, departments=departments, chosen=chosen_columns
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


@app.command("due", epilog=_("Example: chengguo due --before 2019年底 --dept 市教委"))
def due(
    context: typer.Context,
    *,
    before: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help=_("Only items due by this day, it included.")),
    ] = None,
    within: Annotated[
        Any | None,
        typer.Option(
            parser=span, metavar="SPAN", help=_("Only items due from now on within 90d, 12w, 3m, 1y.")
        ),
    ] = None,
    dept: DeptOption = None,
    role: RoleOption = Role.ANY.value,
    section: _SectionOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List open items that have a due date, the earliest first, with the days left."""
    if before is not None and within is not None:
        raise WrongUsage(_("--before and --within do not go together"), _("Give one of the two."))
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    departments = _departments(document, dept, role)
    until = before if within is None else _end_of(as_of, within)
    still_open = _open_rows(document, as_of, departments, role, section)
    rows = [row for row in still_open if row.days_left is not None]
    rows = [row for row in rows if until is None or (row.due is not None and row.due <= until)]
    earlier = [row for row in rows if within is not None and row.due is not None and row.due < as_of]
    shown = query.sort([row for row in rows if row not in earlier], SortKey.DUE, document.registry)
    title = [_heading(document), _counted(shown, as_of, departments, role)]
    if until:
        title.insert(1, _("Due by {day}, that day included").format(day=until))
    notes = []
    if earlier:
        left_out = plural(
            "{count} item is overdue already", "{count} items are overdue already", len(earlier)
        )
        notes.append(_("{items}; see: chengguo overdue").format(items=left_out))
    last = until or as_of + timedelta(days=query.DUE_SOON_DAYS)
    if coming := query.coming(still_open, as_of, last, document.registry.plan.context.end):
        said = [f"{each.day} {each.address} {visible_line(each.wording)}" for each in coming]
        notes.append(_("Milestones and recurring work up to {day}:").format(day=last))
        notes += [f"  {line}" for line in said]
    report = items_report(
        "due", document, as_of, shown, tuple(title), DUE_COLUMNS, *notes, departments=departments
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


@app.command("overdue", epilog=_("Example: chengguo overdue --exit-code || echo 有逾期事项"))
def overdue(
    context: typer.Context,
    *,
    dept: DeptOption = None,
    role: RoleOption = Role.ANY.value,
    section: _SectionOption = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help=_("Exit with 1 where anything is overdue, for scheduled jobs.")),
    ] = False,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List open items past their due date, the longest overdue first."""
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    departments = _departments(document, dept, role)
    late = query.select(_open_rows(document, as_of, departments, role, section), Criteria(overdue=True))
    rows = query.sort(late, SortKey.DUE, document.registry)
    title = (_heading(document), _counted(rows, as_of, departments, role))
    report = items_report("overdue", document, as_of, rows, title, DUE_COLUMNS, departments=departments)
    session.write(report, format, bom=bom, color=color or context.obj.color)
    if exit_code and rows:
        raise typer.Exit(1)


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
    own_columns = document.registry.columns
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
            own=own_columns,
        )

    def scripts() -> "View":
        from chengguo.output import views

        every = (*records.COLUMNS, *(column.heading for column in own_columns))
        return views.items(rows, chosen or every, title, own=own_columns)

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
        became = (
            _("{name} became {successor} after {until}")
            if department.until
            else _("{name} became {successor}")
        )
        said = became.format(name=department.name, successor=department.successor, until=department.until)
        notes.append(_("{what}: {items}").format(what=said, items=listed(own)) if own else said)
    return notes


def _open_rows(
    document: Document, as_of: date, departments: tuple[str, ...], role: str, section: list[str] | None
) -> tuple[Row, ...]:
    closed = tuple(status for status in Status if status.is_closed)
    sections = tuple(addresses.find_section(document.registry, name).id for name in section or ())
    criteria = Criteria(departments=departments, role=role, sections=sections, not_statuses=closed)
    return query.select(query.rows(document.registry, as_of), criteria)


def _end_of(as_of: date, within: "relativedelta") -> date:
    """Give the last day of a span of time; raises ``WrongUsage`` where the calendar ends before it."""
    try:
        return as_of + within
    except (OverflowError, ValueError) as error:
        raise WrongUsage(_("--within ends after the year 9999"), _("Give a shorter span.")) from error


def _departments(document: Document, given: list[str] | None, role: str) -> tuple[str, ...]:
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


def _heading(document: Document) -> str:
    plan = document.registry.plan
    return " ".join(part for part in (plan.title, plan.table) if part)


def _counted(rows: tuple[Row, ...], as_of: date, departments: tuple[str, ...], role: str = Role.ANY) -> str:
    """Say how many items there are, and how many of them the departments lead and support."""
    items = plural("{count} item", "{count} items", len(rows))
    counted = _("{items}, as of {day}").format(items=items, day=as_of)
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
