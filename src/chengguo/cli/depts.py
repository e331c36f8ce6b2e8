"""The command that lists the departments, and those below it that change the register."""

from datetime import date
from itertools import chain
from typing import Annotated

from chengguo.cli import registering, session
from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.declared import Commands, Context, Option, taking
from chengguo.cli.items import reported_words, round_facts
from chengguo.cli.listings import APART, Line, Listing, apart, report
from chengguo.cli.options import AsOfOption, PeriodOption
from chengguo.cli.summaries import alert_of
from chengguo.errors import WrongUsage
from chengguo.language import N_, _, plural
from chengguo.output.cells import Cell
from chengguo.output.views import Column
from chengguo.queries import query, reports, silence, summary
from chengguo.queries.query import Role

app = Commands()

_RoleOption = Annotated[
    Role,
    Option(
        "--role",
        words=Role,
        help=_("The departments that items count for: those that take part so."),
    ),
]


@app.command(
    "depts",
    epilog=_("Example: chengguo depts --format csv --bom > 部门.csv"),
    below=registering.commands,
)
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def depts(
    context: Context,
    *,
    role: _RoleOption = Role.LEAD,
    unreported: Annotated[
        bool,
        Option(
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
    silent = filters.select(document, silence.unreported(registry, rows, as_of, asked))
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
    late, names = apart(loads), [name for name in _USUAL_OF_DEPTS if unreported or name != "unreported_items"]
    usual = tuple(chain.from_iterable(late if name == "missed" else (name,) for name in names))
    listing = Listing("depts", "departments", facts, title, _OF_DEPTS, APART, usual)
    lines = [
        Line(record, told=_apart(load), alert=alert_of(record))
        for load, record in zip(loads, map(summary.workload_record, loads), strict=True)
    ]
    shown.write(report(listing, lines, arranged, shown), context)


def _apart(load: summary.Workload) -> dict[str, Cell]:
    """Return the cells of what is missed, milestones and periods apart."""
    return {each.name: getattr(load, each.name) for each in APART}


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
LISTED = {"depts": (*_OF_DEPTS, *APART)}  # for completion
