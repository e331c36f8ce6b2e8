"""The command that lists items, and what the reports of items share."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from chengguo.cli import printing, session
from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.options import AsOfOption
from chengguo.departments.names import heirs
from chengguo.errors import ChengguoError, WrongUsage
from chengguo.language import _, listed, plural
from chengguo.model import Department, Registry
from chengguo.output import counts, json_shapes
from chengguo.output.report import Report
from chengguo.queries import query, summary
from chengguo.queries.query import Role, Row
from chengguo.queries.reports import Round, Rounds
from chengguo.registry import addresses
from chengguo.registry.documents import Document
from chengguo.registry.values import is_years
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.output.views import View

app = Commands()

WordsArgument = Annotated[list[str] | None, Argument(metavar="[WORD]...")]


@app.command("list", epilog=_("Example: chengguo list --dept 市科委 --role lead --year 2019"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def list_items(
    context: Context,
    words: WordsArgument = None,
    *,
    filters: Filters,
    year: Annotated[int | None, Option(metavar="YEAR", help=_("Only items due in this year."))] = None,
    overdue: Annotated[
        bool, Option("--overdue", help=_("Only open items that are overdue, or of which a part is missed."))
    ] = False,
    ongoing: Annotated[bool, Option("--ongoing", help=_("Only standing work (持续推进)."))] = False,
    undated: Annotated[
        bool, Option("--undated", help=_("Only items that are not ongoing and yet have no due date."))
    ] = False,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """List items, all or chosen ones: those that have every WORD, whatever its width or case."""
    if year is not None and not is_years(str(year)):
        raise WrongUsage(_("--year {year}: no year").format(year=year), _("Write a year such as 2018."))
    as_of = as_of or date.today()
    document = shown.open(context)
    registry = document.registry
    chosen = arranged.chosen(registry, shown)
    rows = filters.select(
        document,
        query.rows(registry, as_of),
        words=tuple(words or ()),
        year=year,
        overdue=overdue,
        ongoing=ongoing,
        undated=undated,
    )
    rows = arranged.arrange(rows, registry)
    departments = filters.departments(document)
    title = (heading(document), *filters.days(), counted(rows, as_of, departments, filters.role))
    report = items_report(
        "list",
        document,
        as_of,
        arranged.first(rows),
        title,
        LIST_COLUMNS,
        *arranged.left_out(rows),
        *([] if rows else _addresses_among(words or (), registry)),
        *([] if rows or year is None else _years_without(year, registry)),
        departments=departments,
        chosen=chosen,
        every=rows,
    )
    shown.write(report, context)


def _addresses_among(words: Iterable[str], registry: Registry) -> list[str]:
    """Say of words that nothing has, and that are the address of an item, how that is shown."""
    found = []
    for word in words:
        with suppress(ChengguoError):
            addresses.find(registry, addresses.parse(word))
            found.append(
                _("'{word}' was searched for; the item is shown by: chengguo show {word}").format(word=word)
            )
    return found


def _years_without(year: int, registry: Registry) -> list[str]:
    """Say of a year that no plan has which years the plans have."""
    known = [each.plan.years for each in registry.by_plan.values() if each.plan.years]
    if not known or any(years.first <= year <= years.last for years in known):
        return []
    among = listed(dict.fromkeys(map(str, known)))
    return [_("{year} is no year of the plan: {years}").format(year=year, years=among)]


_NAMED = 10  # items that a heading names
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
    every: tuple[Row, ...] | None = None,
) -> Report:
    """Make the report of ``rows``, which are those of ``departments`` where any were asked for.

    People see ``columns``, in short what there is room for on a line; scripts every field; and both just
    the columns that the user has ``chosen``, where that is given. ``rows`` may be the first of ``every``.
    """
    plan = ("plan",) if document.registry.among else ()
    if document.registry.lights:
        columns = (*columns[:2], "light", *columns[2:])
    if any(row.part for row in rows):
        columns = (*columns[:2], "part", *columns[2:])
    columns = (*plan, *columns)
    due_soon, own_columns = document.registry.alerts.due_soon, document.registry.columns
    past = [each for each in document.registry.departments if each.name in departments and each.successor]

    def people(width: int | None) -> "View":
        from chengguo.output import views  # JSON has no need of views

        shown = chosen or (columns if width is None else views.in_short(columns, width))
        told = (*notes, *_succeeded_notes(past, rows))
        alerts = views.alert_notes(rows if every is None else every, due_soon)
        view = views.items(rows, shown, title, *told, alerts=alerts, own=own_columns)
        return view._replace(is_short=not chosen and shown != columns)

    def scripts() -> "View":
        from chengguo.output import views

        names = (*plan, *json_shapes.COLUMNS, *(column.heading for column in own_columns))
        return views.items(rows, chosen or names, title, own=own_columns)

    succeeded = [{"name": each.name, "successor": each.successor, "until": each.until} for each in past]
    facts = session.facts(document, as_of) | ({"succeeded": succeeded} if departments else {})
    return Report(
        name,
        facts,
        "items",
        len(rows),
        lambda: (json_shapes.item(row, own_columns) for row in rows),
        people,
        scripts,
    )


def _succeeded_notes(past: list[Department], rows: Sequence[Row], role: str = Role.ANY) -> list[str]:
    """Say of each department that was asked for and has a successor who that is, and which items are its."""
    notes = []
    for department in past:
        own = [row.item.address for row in rows if department.name in query.involved(row.item, role)]
        own = list(dict.fromkeys(own))
        became = (
            _("{name} became {successor} after {until}")
            if department.until
            else _("{name} became {successor}")
        )
        said = became.format(name=department.name, successor=department.successor, until=department.until)
        notes.append(_("{what}: {items}").format(what=said, items=listed(own)) if own else said)
    return notes


def tell_heirs(registry: Registry, rows: Sequence[Row], role: str, day: date, *, aside: bool = False) -> None:
    """Say of bodies that were followed by others by the day which of the items were theirs.

    It goes beside the answer where it is ``aside``, else it is a part of it.
    """
    holders = heirs(registry.departments, day)
    concerned = {name for row in rows for name in query.involved(row.item, role)}
    known = [each for each in registry.departments if each.name in concerned]
    past = [each for each in known if holders[each.name] != each.name]
    said = "".join(f"{visible_line(note)}\n" for note in _succeeded_notes(past, rows, role))
    if aside:
        sys.stderr.write(said)
    else:
        printing.put(said)


def heading(document: Document) -> str:
    """Return the titles of the plan and its table, on one line; of several, how many and which."""
    if document.among:
        names = [each.registry.plan.name for each in document.among]
        shown = listed([*names[:_SHOWN], *["…"] * (len(names) > _SHOWN)])
        return plural("{count} plan: {names}", "{count} plans: {names}", len(names), names=shown)
    plan = document.registry.plan
    return " ".join(part for part in (plan.title, plan.table) if part)


_SHOWN = 8  # plans that a heading names


def counted(rows: tuple[Row, ...], as_of: date, departments: tuple[str, ...], role: str = Role.ANY) -> str:
    """Say how many items there are, and how many of them the departments lead and support.

    The fewer of the two are named, for a narrow table that cuts the names of departments off.
    """
    counted = _("{items}, as of {day}").format(items=counts.rows(summary.about(rows)), day=as_of)
    if not departments:
        return counted
    if role not in {*Role}:
        return _("{counted}; {departments}: {role}").format(
            counted=counted, departments="、".join(departments), role=role
        )
    lead = [row for row in rows if not set(row.item.lead).isdisjoint(departments)]
    support = [row for row in rows if set(row.item.lead).isdisjoint(departments)]
    said = _("{counted}; {departments}: lead {lead}, support {support}").format(
        counted=counted, departments="、".join(departments), lead=len(lead), support=len(support)
    )
    if not (lead and support):
        return said
    names, fewer = (
        (_("lead: {items}"), lead) if len(lead) < len(support) else (_("support: {items}"), support)
    )
    return _("{what} ({names})").format(what=said, names=names.format(items=_named(fewer)))


def _named(rows: list[Row]) -> str:
    """Return the items of rows by name, the first of many."""
    names = [*dict.fromkeys(row.item.address for row in rows)]
    return listed([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])


def reported_words(asked: Rounds) -> str:
    """Say which reports are missing: those of a round, or, without one, any at all."""
    if len(rounds := {*asked.values()}) > 1:
        return _("Not reported on in the period of their plan, or never")
    among = rounds.pop()
    if among is None:
        return _("Never reported on; the plan has no rhythm of reports")
    if not among.is_due:
        return _("No report is due yet: {period} ends on {last}").format(period=among.name, last=among.last)
    return _("Not reported on in {period}, {first} to {last}").format(
        period=among.name, first=among.first, last=among.until or among.last
    )


def round_facts(asked: Rounds) -> dict[str, Any]:
    """Return what a JSON report says of the round of reports, or of those of several plans."""
    if [*asked] == [""]:
        return {"period": _round_record(asked[""])}
    return {"periods": [{"plan": name, "period": _round_record(each)} for name, each in asked.items()]}


def _round_record(among: Round | None) -> dict[str, str] | None:
    """Return the JSON object of a round of reports."""
    return among and {"name": among.name, "first": among.first.isoformat(), "last": among.last.isoformat()}
