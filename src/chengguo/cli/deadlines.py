"""The commands about what is to come and what is late: due, overdue."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.days import day_to_come, span
from chengguo.cli.declared import Commands, Context, Option, taking
from chengguo.cli.items import (
    DUE_COLUMNS,
    LIST_COLUMNS,
    WordsArgument,
    counted,
    heading,
    items_report,
    reported_words,
    round_facts,
)
from chengguo.cli.options import AsOfOption, PeriodOption, day_option
from chengguo.errors import WrongUsage
from chengguo.language import _, plural
from chengguo.model.status import Status
from chengguo.output import counts
from chengguo.queries import query, silence, summary
from chengguo.queries.query import Row, SortKey
from chengguo.queries.reports import rounds_named
from chengguo.registry.documents import Document

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

app = Commands()


@app.command("due", epilog=_("Example: chengguo due --before 2019年底 --dept 市教委"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def due(
    context: Context,
    words: WordsArgument = None,
    *,
    before: Annotated[
        date | None, day_option(_("Only items due by this day, it included."), read=day_to_come)
    ] = None,
    within: Annotated[
        Any | None,
        Option(parser=span, metavar="SPAN", help=_("Only items due from now on within 90d, 12w, 3m, 1y.")),
    ] = None,
    filters: Filters,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """List open items that have a due date, the earliest first, with the days left.

    Milestones and periods of recurring work that are to come stand among them, as rows of their own: those
    of the office's days before an alert, or the next one, and with --before or --within all of that time.
    """
    if before is not None and within is not None:
        raise WrongUsage(_("--before and --within do not go together"), _("Give one of the two."))
    as_of = as_of or date.today()
    document = shown.open(context)
    chosen = arranged.chosen(document.registry, shown)
    departments = filters.departments(document)
    until = before if within is None else _end_of(as_of, within)
    still_open = _open_rows(document, as_of, filters, words)
    last = until or as_of + timedelta(days=document.registry.alerts.due_soon)
    rows = [row for row in still_open if row.days_left is not None]
    rows = [row for row in rows if until is None or _lies_by(row, until)]
    parts, later = query.next_parts(still_open, as_of, last)
    rows += [row for row in parts if until is None or _lies_by(row, until)]
    first = date.min if within is None else as_of
    to_come = [row for row in rows if row.due is None or row.due >= first]
    arranged = arranged if arranged.sort else arranged._replace(sort=[SortKey.DUE.value])
    found = arranged.arrange(tuple(to_come), document.registry)
    title = [heading(document), *filters.days(), counted(found, as_of, departments, filters.role)]
    if until and until != filters.due_by:
        title.insert(1, _("Due by {day}, that day included").format(day=until))
    notes = arranged.left_out(found)
    if earlier := len(rows) - len(to_come):
        left_out = plural("{count} item is overdue already", "{count} items are overdue already", earlier)
        notes.append(_("{items}; see: chengguo overdue").format(items=left_out))
    if later and until is None:
        left_out = plural("{count} later part is left out", "{count} later parts are left out", later)
        notes.append(_("{parts}; give --before or --within for them").format(parts=left_out))
    if missed := query.of_parts(still_open, lambda part: part.is_missed):
        notes.append(_("{items}; see: chengguo overdue").format(items=counts.parts(summary.about(missed))))
    report = items_report(
        "due",
        document,
        as_of,
        arranged.first(found),
        tuple(title),
        DUE_COLUMNS,
        *notes,
        departments=departments,
        chosen=chosen,
        every=found,
    )
    shown.write(report, context)


@app.command("overdue", epilog=_("Example: chengguo overdue --exit-code || echo 有逾期事项"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def overdue(
    context: Context,
    words: WordsArgument = None,
    *,
    filters: Filters,
    exit_code: Annotated[
        bool,
        Option("--exit-code", help=_("Exit with 1 where anything is listed, for scheduled jobs.")),
    ] = False,
    reports: Annotated[
        bool,
        Option(
            "--reports",
            help=_("List instead what was not reported on in a period of reports, or ever."),
        ),
    ] = False,
    period: PeriodOption = None,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """List open items past their due date, the longest overdue first.

    A milestone or a period of recurring work that was missed is a row of its own.
    """
    if period is not None and not reports:
        raise WrongUsage(_("--period goes with --reports"), _("Give both."))
    as_of = as_of or date.today()
    document = shown.open(context)
    chosen = arranged.chosen(document.registry, shown)
    departments = filters.departments(document)
    asked = rounds_named(document.registry, period, as_of) if reports else {}
    title = [heading(document), *filters.days(), *([reported_words(asked)] if reports else [])]
    if reports:
        rows = query.rows(document.registry, as_of)
        rows = silence.unreported(document.registry, rows, as_of, asked)
        rows = filters.select(document, rows, words=tuple(words or ()))
        rows = silence.silent(rows, departments, filters.role)
    else:
        still_open = _open_rows(document, as_of, filters, words)
        rows = query.late(still_open, document.registry)
        arranged = arranged if arranged.sort else arranged._replace(sort=[SortKey.DUE.value])
    rows = arranged.arrange(rows, document.registry)
    report = items_report(
        "overdue",
        document,
        as_of,
        arranged.first(rows),
        (*title, counted(rows, as_of, departments, filters.role)),
        LIST_COLUMNS if reports else DUE_COLUMNS,
        *arranged.left_out(rows),
        departments=departments,
        chosen=chosen,
        every=rows,
    )
    facts = report.facts | (round_facts(asked) if reports else {})
    shown.write(report._replace(facts=facts), context)
    if exit_code and rows:
        sys.exit(1)


def _open_rows(document: Document, as_of: date, filters: Filters, words: list[str] | None) -> tuple[Row, ...]:
    closed = tuple(status for status in Status if status.is_closed)
    rows = query.rows(document.registry, as_of)
    return filters.select(document, rows, not_statuses=closed, words=tuple(words or ()))


def _end_of(as_of: date, within: "relativedelta") -> date:
    """Return the last day of a span of time; raises ``WrongUsage`` where the calendar ends before it."""
    try:
        return as_of + within
    except (OverflowError, ValueError) as error:
        raise WrongUsage(_("--within ends after the year 9999"), _("Give a shorter span.")) from error


def _lies_by(row: Row, last: date) -> bool:
    return row.due is not None and row.due <= last
