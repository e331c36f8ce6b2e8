"""The commands that count: depts, stats."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from chengguo.cli import session
from chengguo.cli.options import (
    AsOfOption,
    AtOption,
    BomOption,
    ColorOption,
    FileOption,
    FormatOption,
)
from chengguo.language import N_, _, plural
from chengguo.model import Status
from chengguo.output import views
from chengguo.output.cells import Share, spoken
from chengguo.output.report import Report
from chengguo.output.views import Column, View
from chengguo.queries import query, summary
from chengguo.queries.alerts import Alert

app = typer.Typer()


class By(StrEnum):
    """What stats are grouped by."""

    SECTION = "section"
    DEPT = "dept"
    STATUS = "status"
    YEAR = "year"


_HEADINGS = {
    By.SECTION: N_("section"),
    By.DEPT: N_("department"),
    By.STATUS: N_("status"),
    By.YEAR: N_("year"),
}
_TITLES = {"ongoing": N_("ongoing"), "undated": N_("no date")}


@app.command("depts", epilog=_("Example: chengguo depts --format csv --bom > 部门.csv"))
def depts(
    context: typer.Context,
    *,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """List the departments and how many items each leads, supports, has open and overdue."""
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    loads = summary.loads(document.registry, query.rows(document.registry, as_of))
    records = [summary.load_record(load) for load in loads]
    counted = plural("{count} department", "{count} departments", len(loads))
    title = (_("{counted}, as of {day}").format(counted=counted, day=as_of),)
    columns = (
        Column("name", _("department")),
        Column("full", _("full name")),
        Column("lead", _("leads"), number=True),
        Column("support", _("supports"), number=True),
        Column("open", _("open"), number=True),
        Column("overdue", _("overdue"), number=True),
    )
    alerts = tuple(Alert.OVERDUE if load.overdue else None for load in loads)
    people = View(title, columns, tuple(tuple(record[c.name] for c in columns) for record in records), alerts)
    facts = session.facts(document, as_of)
    report = Report(
        "depts",
        facts,
        "departments",
        lambda: records,
        lambda _width: people,
        lambda: views.of_records(records, summary.LOAD_KEYS),
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


@app.command("stats", epilog=_("Example: chengguo stats --by year"))
def stats(
    context: typer.Context,
    *,
    by: Annotated[By, typer.Option(help=_("What to group the items by."))] = By.SECTION,
    as_of: AsOfOption = None,
    at: AtOption = None,
    format: FormatOption = "table",
    bom: BomOption = False,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """Count done, open and overdue items by section, department, status or year."""
    as_of = as_of or date.today()
    document = session.open_registry(context, file, at)
    rows = query.rows(document.registry, as_of)
    groups = summary.groups(document.registry, rows, by)
    records: list[dict[str, Any]] = [group._asdict() for group in groups]
    counted = plural("{count} item", "{count} items", len(rows))
    title = [_("{items}, as of {day}").format(items=counted, day=as_of)]
    if by is By.DEPT:
        title.append(_("An item counts once for each department that leads or supports it."))
    columns = (
        Column("title", _(_HEADINGS[by])),
        Column("total", _("items"), number=True),
        Column("done", _("done"), number=True),
        Column("open", _("open"), number=True),
        Column("overdue", _("overdue"), number=True),
        Column("share", _("done %")),
    )
    cells = tuple(
        (
            _title(group.key, group.title),
            group.total,
            group.done,
            group.open,
            group.overdue,
            Share(group.done, group.total),
        )
        for group in groups
    )
    alerts = tuple(Alert.OVERDUE if group.overdue else None for group in groups)
    people = View(tuple(title), columns, cells, alerts)
    facts = {**session.facts(document, as_of), "by": by.value}
    report = Report(
        "stats",
        facts,
        "groups",
        lambda: records,
        lambda _width: people,
        lambda: views.of_records(records, summary.Group._fields),
    )
    session.write(report, format, bom=bom, color=color or context.obj.color)


def _title(key: str, title: str) -> str:
    """Give the title of a group for people: a status or a word of ours in their language."""
    if key in Status.__members__.values():
        return spoken(Status(key))
    return _(_TITLES.get(key, title))
