"""The commands about what is to come and what is late: due, overdue."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chengguo.cli import session
from chengguo.cli.items import (
    DUE_COLUMNS,
    LIST_COLUMNS,
    RoleOption,
    SectionOption,
    counted,
    departments_of,
    heading,
    items_report,
    reported_words,
    round_record,
)
from chengguo.cli.options import (
    AsOfOption,
    AtOption,
    BomOption,
    ColorOption,
    DeptOption,
    FileOption,
    FormatOption,
    PeriodOption,
    day,
    span,
)
from chengguo.errors import WrongUsage
from chengguo.language import _, plural
from chengguo.model import Status
from chengguo.queries import query
from chengguo.queries.parts import Part
from chengguo.queries.query import Criteria, Role, Row, SortKey
from chengguo.queries.reports import round_named
from chengguo.registry import addresses
from chengguo.registry.reading import Document

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

app = typer.Typer()


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
    role: RoleOption = Role.ANY,
    section: SectionOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List open items that have a due date, the earliest first, with the days left.

    Milestones and periods of recurring work that are to come stand among them, as rows of their own.
    """
    if before is not None and within is not None:
        raise WrongUsage(_("--before and --within do not go together"), _("Give one of the two."))
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    departments = departments_of(document, dept, role)
    until = before if within is None else _end_of(as_of, within)
    still_open = _open_rows(document, as_of, departments, role, section)
    last = until or as_of + timedelta(days=document.registry.alerts.due_soon)
    rows = [row for row in still_open if row.days_left is not None]
    rows = [row for row in rows if until is None or (row.due is not None and row.due <= until)]
    rows += query.of_parts(still_open, lambda part: _lies_in(part, as_of, last))
    first = date.min if within is None else as_of
    to_come = [row for row in rows if row.due is None or row.due >= first]
    shown = query.sort(to_come, SortKey.DUE, document.registry)
    title = [heading(document), counted(shown, as_of, departments)]
    if until:
        title.insert(1, _("Due by {day}, that day included").format(day=until))
    notes = []
    if earlier := len(rows) - len(to_come):
        left_out = plural("{count} item is overdue already", "{count} items are overdue already", earlier)
        notes.append(_("{items}; see: chengguo overdue").format(items=left_out))
    if missed := len(query.of_parts(still_open, lambda part: part.is_missed)):
        left_out = plural("{count} part is missed already", "{count} parts are missed already", missed)
        notes.append(_("{items}; see: chengguo overdue").format(items=left_out))
    report = items_report(
        "due", document, as_of, shown, tuple(title), DUE_COLUMNS, *notes, departments=departments
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


@app.command("overdue", epilog=_("Example: chengguo overdue --exit-code || echo 有逾期事项"))
def overdue(
    context: typer.Context,
    *,
    dept: DeptOption = None,
    role: RoleOption = Role.ANY,
    section: SectionOption = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help=_("Exit with 1 where anything is listed, for scheduled jobs.")),
    ] = False,
    reports: Annotated[
        bool,
        typer.Option(
            "--reports",
            help=_("List instead what was not reported on in a period of the plan's reports, or ever."),
        ),
    ] = False,
    period: PeriodOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List open items past their due date, the longest overdue first.

    A milestone or a period of recurring work that was missed is a row of its own.
    """
    if period is not None and not reports:
        raise WrongUsage(_("--period goes with --reports"), _("Give both."))
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    departments = departments_of(document, dept, role)
    among = round_named(document.registry.plan, period, as_of) if reports else None
    title = [heading(document), *([reported_words(among)] if reports else [])]
    if reports:
        criteria = Criteria(departments=departments, role=role, sections=_sections(document, section))
        rows = query.rows(document.registry, as_of)
        rows = query.select(query.unreported(document.registry, rows, as_of, among), criteria)
    else:
        still_open = _open_rows(document, as_of, departments, role, section)
        rows = query.late(still_open, document.registry)
    report = items_report(
        "overdue",
        document,
        as_of,
        rows,
        (*title, counted(rows, as_of, departments)),
        LIST_COLUMNS if reports else DUE_COLUMNS,
        departments=departments,
    )
    facts = report.facts | ({"period": round_record(among)} if reports else {})
    session.write(report._replace(facts=facts), format, bom=bom, color=color or context.obj.color)
    if exit_code and rows:
        raise typer.Exit(1)


def _open_rows(
    document: Document, as_of: date, departments: tuple[str, ...], role: Role, section: list[str] | None
) -> tuple[Row, ...]:
    closed = tuple(status for status in Status if status.is_closed)
    criteria = Criteria(
        departments=departments, role=role, sections=_sections(document, section), not_statuses=closed
    )
    return query.select(query.rows(document.registry, as_of), criteria)


def _sections(document: Document, given: list[str] | None) -> tuple[str, ...]:
    return tuple(addresses.find_section(document.registry, name).id for name in given or ())


def _end_of(as_of: date, within: "relativedelta") -> date:
    """Give the last day of a span of time; raises ``WrongUsage`` where the calendar ends before it."""
    try:
        return as_of + within
    except (OverflowError, ValueError) as error:
        raise WrongUsage(_("--within ends after the year 9999"), _("Give a shorter span.")) from error


def _lies_in(part: Part, first: date, last: date) -> bool:
    return part.days_left is not None and part.due is not None and first <= part.due <= last
