"""The commands that count: depts, stats."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from chengguo.cli import registering, session
from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.items import WordsArgument, reported_words, round_facts
from chengguo.cli.listings import Line, Listing, of_plans, report
from chengguo.cli.options import AsOfOption, PeriodOption, Words
from chengguo.cli.taking import taking
from chengguo.errors import WrongUsage
from chengguo.language import N_, _, plural
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.output.cells import Cell, ProgressCell, for_people
from chengguo.output.views import Column
from chengguo.queries import query, reports, summary
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Role, Row
from chengguo.queries.summary import Group

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
    Role,
    typer.Option(
        "--role",
        click_type=Words(Role),
        help=_("The departments that items count for: those that take part so."),
    ),
]


@departments.callback()
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def depts(
    context: typer.Context,
    *,
    role: _RoleOption = Role.LEAD,
    unreported: Annotated[
        bool,
        typer.Option(
            "--unreported",
            help=_("Only those with items not reported on in a period of reports, or ever."),
        ),
    ] = False,
    period: PeriodOption = None,
    filters: Filters,
    arranged: Arranged,
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
    title = (
        *filters.days(),
        *([reported_words(asked)] if unreported else []),
        _("{counted}, as of {day}").format(
            counted=plural("{count} department", "{count} departments", len(loads)), day=as_of
        ),
    )
    facts = session.facts(document, as_of) | (round_facts(asked) if unreported else {})
    usual = tuple(name for name in _USUAL_OF_DEPTS if unreported or name != "unreported_items")
    listing = Listing("depts", "departments", facts, title, _OF_DEPTS, (), usual)
    lines = [Line(record, alert=_alert(record)) for record in map(summary.workload_record, loads)]
    shown.write(report(listing, lines, arranged, shown), context)


def _alert(record: Mapping[str, Any]) -> Alert | None:
    return Alert.OVERDUE if record["overdue"] or record["missed"] else None


_OF_DEPTS = (
    Column("name", N_("department")),
    Column("full", N_("full name"), is_long=True),
    Column("aliases", N_("aliases")),
    Column("group", N_("group")),
    Column("lead", N_("leads"), number=True),
    Column("support", N_("supports"), number=True),
    Column("open", N_("open"), number=True),
    Column("overdue", N_("overdue"), number=True),
    Column("missed", N_("missed"), number=True),
    Column("unreported", N_("unreported"), number=True),
    Column("unreported_items", N_("items")),
)
_USUAL_OF_DEPTS = tuple(each.name for each in _OF_DEPTS if each.name not in {"aliases", "group"})
_OF_GROUPS = (
    Column("total", N_("items"), number=True),
    Column("done", N_("done"), number=True),
    Column("cancelled", N_("cancelled"), number=True),
    Column("open", N_("open"), number=True),
    Column("overdue", N_("overdue"), number=True),
    Column("missed", N_("missed"), number=True),
)
# Of the done, and of the open, where a report does not close.
_CLOSING = (
    Column("verified", N_("verified"), number=True),
    Column("returned", N_("sent back"), number=True),
)
_SHARE = Column("share", N_("done %"))
LISTED = {"depts": _OF_DEPTS, "stats": (*_OF_GROUPS, *_CLOSING, _SHARE)}  # for completion


@app.command("stats", epilog=_("Example: chengguo stats --by year"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def stats(
    context: typer.Context,
    words: WordsArgument = None,
    *,
    by: Annotated[
        By,
        typer.Option(
            click_type=Words(By),
            metavar="KEY",
            help=_("What to group the items by: {keys}.").format(keys=", ".join(By)),
        ),
    ] = By.SECTION,
    role: Annotated[
        Role | None,
        typer.Option(
            "--role",
            click_type=Words(Role),
            help=_("How the departments of --dept, or those that items are counted by, take part."),
            show_default=_("any of --dept, lead of --by dept"),
        ),
    ] = None,
    filters: Filters,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """Count done, open and overdue items, and missed parts, by section, department, status, year or plan."""
    if role and by is not By.DEPT and not (filters.dept or filters.mine):
        raise WrongUsage(_("--role goes with --dept, or with --by dept"), _("Give both."))
    as_of = as_of or date.today()
    document = shown.open(context)
    if role and (filters.dept or filters.mine):
        filters = filters._replace(role=role.value)
    role = role or Role.LEAD
    rows = filters.select(document, query.rows(document.registry, as_of), words=tuple(words or ()))
    groups = _grouped(document.registry, rows, by, role)
    counted = plural("{count} item", "{count} items", len(rows))
    title = [*filters.days(), _("{items}, as of {day}").format(items=counted, day=as_of)]
    if by is By.DEPT:
        title.append(_(_COUNTED[role]))
    closing = _CLOSING if document.registry.plan.closing == "verified" else ()
    plan = of_plans(document.registry) if by is By.SECTION else ()
    columns = (*plan, Column("key", N_("key")), Column("title", _HEADINGS[by]), *_OF_GROUPS, *closing)
    names = (*plan, Column("title", ""), Column("total", ""), Column("done", ""), *closing)
    usual = (*(each.name for each in names), "open", "overdue", "missed", "share")
    facts = {**session.facts(document, as_of), "by": by.value}
    listing = Listing("stats", "groups", facts, tuple(title), columns, (_SHARE,), usual)
    lines = [_line(of, group, [column.name for column in columns]) for of, group in groups]
    shown.write(report(listing, lines, arranged, shown), context)


def _line(plan: str, group: Group, names: list[str]) -> Line:
    known = {"plan": plan, **group._asdict()}
    record = {name: known[name] for name in names}
    share = ProgressCell(group.done, group.total)
    told: dict[str, Cell] = {"title": _title(group.key, group.title), "share": share}
    return Line(record, told=told, alert=_alert(record))


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
