"""The command that counts items: stats."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from chengguo.cli import session
from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.declared import Commands, Context, Option, taking
from chengguo.cli.items import WordsArgument
from chengguo.cli.listings import APART, Line, Listing, apart, of_plans, report
from chengguo.cli.options import AsOfOption
from chengguo.errors import WrongUsage
from chengguo.language import N_, _, plural
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.output.cells import Cell, ProgressCell, for_people
from chengguo.output.views import Column
from chengguo.queries import query, summary
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Role, Row
from chengguo.queries.summary import Group, Timing
from chengguo.text.visible import visible

app = Commands()


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
_TITLES: dict[str, str] = {
    Timing.ONGOING: N_("ongoing"),
    Timing.RECURRING: N_("recurring work"),
    Timing.UNDATED: N_("no date"),
}


def alert_of(record: Mapping[str, Any]) -> Alert | None:
    """Return the alert of a line of counts."""
    return Alert.OVERDUE if record["overdue"] or record["missed"] else None


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
LISTED = {"stats": (*_OF_GROUPS, *_CLOSING, *APART, _SHARE)}  # for completion


@app.command("stats", epilog=_("Example: chengguo stats --by year"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def stats(
    context: Context,
    words: WordsArgument = None,
    *,
    by: Annotated[
        By,
        Option(
            words=By,
            metavar="KEY",
            help=_("What to group the items by: {keys}.").format(keys=", ".join(By)),
        ),
    ] = By.SECTION,
    role: Annotated[
        Role | None,
        Option(
            "--role",
            words=Role,
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
    cancelled = ["cancelled"] if any(group.cancelled for _plan, group in groups) else []
    late = apart(group for _plan, group in groups)
    usual = (*(each.name for each in names), *cancelled, "open", "overdue", *late, "share")
    facts = {**session.facts(document, as_of), "by": by.value}
    listing = Listing("stats", "groups", facts, tuple(title), columns, (*APART, _SHARE), usual)
    lines = [_line(of, group, by, [column.name for column in columns]) for of, group in groups]
    shown.write(report(listing, lines, arranged, shown), context)


def _line(plan: str, group: Group, by: By, names: list[str]) -> Line:
    known = {"plan": plan, **group._asdict()}
    record = {name: known[name] for name in names}
    share = ProgressCell(group.done, group.total)
    told: dict[str, Cell] = {"title": _title(group, by), "share": share}
    told |= {each.name: known[each.name] for each in APART}
    return Line(record, told=told, alert=alert_of(record))


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


def _title(group: Group, by: By) -> str:
    """Return what people read of a group: a status or a word of ours in their language.

    A department is called what it is in every list, a plan of several by its key, which addresses begin with.
    """
    match by:
        case By.STATUS:
            return for_people(Status(group.key))
        case By.DEPT:
            return visible(group.key)
        case By.PLAN:
            return " ".join(filter(None, (group.key, group.title)))
        case _:
            return _(_TITLES.get(group.key, group.title))
