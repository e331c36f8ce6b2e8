"""The commands that count: depts, stats."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from chengguo.cli import registering, session
from chengguo.cli.bundles import Filters, Shown, taking
from chengguo.cli.items import reported_words, round_facts
from chengguo.cli.options import AsOfOption, PeriodOption
from chengguo.errors import WrongUsage
from chengguo.language import N_, _, plural
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.output import views
from chengguo.output.cells import ProgressCell, for_people
from chengguo.output.report import Report
from chengguo.output.views import Column, View
from chengguo.queries import query, reports, summary
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Role, Row
from chengguo.queries.summary import Group, GroupKey, WorkloadKey

app = typer.Typer()
departments = typer.Typer(
    invoke_without_command=True, epilog=_("Example: chengguo depts --format csv --bom > 部门.csv")
)
app.add_typer(departments, name="depts")
registering.add_to(departments)


class By(StrEnum):
    """What stats are grouped by."""

    SECTION = "section"
    DEPT = "dept"
    STATUS = "status"
    YEAR = "year"
    PLAN = "plan"


_HEADINGS = {
    By.SECTION: N_("section"),
    By.DEPT: N_("department"),
    By.STATUS: N_("status"),
    By.YEAR: N_("year"),
    By.PLAN: N_("plan"),
}
_COUNTED = {
    Role.LEAD: N_("An item counts once for each department that leads it."),
    Role.SUPPORT: N_("An item counts once for each department that supports it."),
    Role.ANY: N_("An item counts once for each department that leads or supports it."),
}
_TITLES = {"ongoing": N_("ongoing"), "undated": N_("no date")}


_RoleOption = Annotated[
    Role, typer.Option("--role", help=_("The departments that items count for: those that take part so."))
]
_ReverseOption = Annotated[bool, typer.Option("--reverse", help=_("Order the other way round."))]


@departments.callback()
@taking(filters=Filters, shown=Shown)
def depts(
    context: typer.Context,
    *,
    role: _RoleOption = Role.LEAD,
    unreported: Annotated[
        bool,
        typer.Option(
            "--unreported",
            help=_("Only those with items not reported on in a period of the plan's reports, or ever."),
        ),
    ] = False,
    period: PeriodOption = None,
    sort: Annotated[
        WorkloadKey | None,
        typer.Option(help=_("The most of this first; the default is the order of the file.")),
    ] = None,
    reverse: _ReverseOption = False,
    filters: Filters,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """List the departments and how many items each leads, supports, has open, overdue and not reported on.

    An item counts for those that lead it, unless --role says otherwise. add, rename and merge change the
    register.
    """
    if context.invoked_subcommand:
        return
    if period is not None and not unreported:
        raise WrongUsage(_("--period goes with --unreported"), _("Give both."))
    as_of = as_of or date.today()
    document = shown.open(context)
    registry = document.registry
    asked = reports.rounds_named(registry, period, as_of)
    rows = query.rows(registry, as_of)
    silent = filters.select(document, query.unreported(registry, rows, as_of, asked))
    named = filters.departments(document)
    loads = [
        load
        for load in summary.workloads(registry, filters.select(document, rows), silent, role)
        if (load.unreported or not unreported) and (not named or load.department.name in named)
    ]
    records = _ordered(list(map(summary.workload_record, loads)), sort, reverse=reverse)
    counted = plural("{count} department", "{count} departments", len(records))
    title = (
        *([reported_words(asked)] if unreported else []),
        _("{counted}, as of {day}").format(counted=counted, day=as_of),
    )
    columns = (
        Column("name", _("department")),
        Column("full", _("full name"), is_long=True),
        Column("lead", _("leads"), number=True),
        Column("support", _("supports"), number=True),
        Column("open", _("open"), number=True),
        Column("overdue", _("overdue"), number=True),
        Column("missed", _("missed"), number=True),
        Column("unreported", _("unreported"), number=True),
        *([Column("unreported_items", _("items"))] if unreported else []),
    )
    people = _counts(title, columns, records)
    facts = session.facts(document, as_of) | (round_facts(asked) if unreported else {})
    report = Report(
        "depts",
        facts,
        "departments",
        lambda: records,
        lambda _width: people,
        lambda: views.of_records(records, summary.LOAD_KEYS),
    )
    shown.write(report, context)


def _ordered(records: list[dict[str, Any]], key: StrEnum | None, *, reverse: bool) -> list[dict[str, Any]]:
    """Order counts, the most of ``key`` first; equal ones, and all without a key, as in the file."""
    ordered = sorted(records, key=lambda record: -record[key]) if key else records
    return ordered[::-1] if reverse else ordered


def _counts(title: tuple[str, ...], columns: tuple[Column, ...], records: list[dict[str, Any]]) -> View:
    """Return the view of counts; what has anything late stands out."""
    cells = tuple(tuple(_cell(record[column.name]) for column in columns) for record in records)
    alerts = tuple(Alert.OVERDUE if record["overdue"] or record["missed"] else None for record in records)
    return View(title, columns, cells, alerts)


def _cell(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# Of the done, and of the open, where a report does not close: the last fields of a group, and their headings.
_CLOSING = (("verified", N_("verified")), ("returned", N_("sent back")))


@app.command("stats", epilog=_("Example: chengguo stats --by year"))
@taking(filters=Filters, shown=Shown)
def stats(
    context: typer.Context,
    *,
    by: Annotated[By, typer.Option(help=_("What to group the items by."))] = By.SECTION,
    role: _RoleOption = Role.LEAD,
    sort: Annotated[
        GroupKey | None,
        typer.Option(help=_("The most of this first; the default is the order of the file.")),
    ] = None,
    reverse: _ReverseOption = False,
    filters: Filters,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """Count done, open and overdue items, and missed parts, by section, department, status, year or plan."""
    if role is not Role.LEAD and by is not By.DEPT:
        raise WrongUsage(_("--role goes with --by dept"), _("Give both."))
    as_of = as_of or date.today()
    document = shown.open(context)
    rows = filters.select(document, query.rows(document.registry, as_of))
    is_verified = document.registry.plan.closing == "verified"
    names = summary.Group._fields if is_verified else summary.Group._fields[: -len(_CLOSING)]
    plan = ("plan",) if document.registry.among and by is By.SECTION else ()
    groups = _grouped(document.registry, rows, by, role)
    records = _ordered(
        [{"plan": of} | group._asdict() if plan else group._asdict() for of, group in groups],
        sort,
        reverse=reverse,
    )
    records = [{name: record[name] for name in (*plan, *names)} for record in records]
    counted = plural("{count} item", "{count} items", len(rows))
    title = [_("{items}, as of {day}").format(items=counted, day=as_of)]
    if by is By.DEPT:
        title.append(_(_COUNTED[role]))
    columns = (
        *(Column(name, _(name)) for name in plan),
        Column("title", _(_HEADINGS[by])),
        Column("total", _("items"), number=True),
        Column("done", _("done"), number=True),
        *((Column(name, _(heading), number=True) for name, heading in _CLOSING) if is_verified else ()),
        Column("open", _("open"), number=True),
        Column("overdue", _("overdue"), number=True),
        Column("missed", _("missed"), number=True),
        Column("share", _("done %")),
    )
    told = [
        {
            **record,
            "title": _title(record["key"], record["title"]),
            "share": ProgressCell(record["done"], record["total"]),
        }
        for record in records
    ]
    people = _counts(tuple(title), columns, told)
    facts = {**session.facts(document, as_of), "by": by.value}
    report = Report(
        "stats",
        facts,
        "groups",
        lambda: records,
        lambda _width: people,
        lambda: views.of_records(records, (*plan, *names)),
    )
    shown.write(report, context)


def _grouped(registry: Registry, rows: tuple[Row, ...], by: By, role: Role) -> list[tuple[str, Group]]:
    """Return the groups, sections with the name of their plan where there are several."""
    if by is not By.SECTION or not registry.among:
        return [("", group) for group in summary.groups(registry, rows, by, role)]
    own = {
        each.plan.name: tuple(row for row in rows if row.item.plan == each.plan.name)
        for each in registry.among
    }
    return [
        (each.plan.name, group)
        for each in registry.among
        for group in summary.groups(each, own[each.plan.name], by, role)
    ]


def _title(key: str, title: str) -> str:
    """Return the title of a group for people: a status or a word of ours in their language."""
    if key in Status.__members__.values():
        return for_people(Status(key))
    return _(_TITLES.get(key, title))
