"""The command that makes the page for leaders, and the 通报."""

import sys
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from chengguo.cli import completion, printing, session
from chengguo.cli.bundles import Filters, with_thresholds
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.options import AtOption, FileOption, day_option
from chengguo.cli.placing import place, written
from chengguo.cli.selection import in_words, narrowed
from chengguo.errors import WrongUsage
from chengguo.files.store import STANDARD_INPUT
from chengguo.language import _, plural
from chengguo.model import Plan, Registry
from chengguo.output import counts
from chengguo.output.papers import FORMATS
from chengguo.queries import reports
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.output.papers.page import Span

app = Commands()

OfficeOption = Annotated[
    str, Option("--office", metavar="NAME", help=_("The office that the paper is from, as it signs."))
]


@app.command("report", epilog=_("Example: chengguo report 通报.html --period 2019-09"))
@taking(filters=Filters)
def report(
    context: Context,
    output: Annotated[str, Argument(metavar="FILE")],
    *,
    since: Annotated[
        date | None,
        day_option(
            _("Tell what changed from this day on, it included."),
            otherwise=_("the period of the plan's reports, else a month"),
            read=day_gone_by,
        ),
    ] = None,
    period: Annotated[
        str | None,
        Option(
            "--period",
            metavar="PERIOD",
            autocompletion=completion.rounds,
            help=_("Tell of this period: one of the plan's reports, else 2019-09, 2019-Q3, 2019-H1, 2019."),
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        day_option(
            _("The day that alerts and days left count from, status as reported by then."),
            "--as-of",
            otherwise=_("today, or the end of the period"),
        ),
    ] = None,
    filters: Filters,
    office: OfficeOption = "",
    template: Annotated[
        str | None,
        Option(metavar="FILE", help=_("The office's own template (chengguo help papers).")),
    ] = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            choices=FORMATS,
            metavar="FORMAT",
            help=_("How it is written: {formats}.").format(formats=", ".join(FORMATS)),
            show_default=_("the suffix of FILE; txt for standard output"),
        ),
    ] = None,
    limit: Annotated[
        int | None,
        Option(
            "-n",
            "--limit",
            min=1,
            metavar="N",
            help=_("No more than so many in a list; how many are left out is said."),
            show_default=_("all in text, 10 on a page"),
        ),
    ] = None,
    at: AtOption = None,
    force: Annotated[bool, Option("--force", help=_("Replace the file if there is one."))] = False,
    file: FileOption = None,
) -> None:
    r"""Write the page for leaders to FILE: how the plan stands, what is late, what is to come, who must act.

    Its suffix says how. .html is one page for screens, phones and A4 paper, .docx the same as an official
    paper, .md and .txt the text for a chat group. FILE - is standard output. It needs pip install
    '.[report]'. With filters it tells of those items alone, and says so in its title.
    """
    chosen = _format(output, format)
    document = session.open_registry(context, file, at, with_thresholds)
    day, span = _span(document.registry.plan, since, period, as_of)
    asked = _asked(document.registry, period, day)
    from chengguo.output.papers.page import page  # a wrong word is told without it

    made = page(narrowed(document, filters, day), day, span, asked, limit)
    made = made._replace(office=visible_line(office))
    if only := in_words(document, filters):
        made = made._replace(title=f"{made.title}（{visible_line(only)}）")
    say_of_template(template, made.unread, "page.unread")
    module = import_module(f"chengguo.output.papers.{FORMATS[chosen]}")
    data = written(lambda: module.write(made, template), is_archive=chosen == "docx")
    if output == STANDARD_INPUT:
        _print(data, chosen)
        return
    place(output, data, force=force)
    counted = plural("{count} item", "{count} items", made.figures.total)
    said = _("{file}: {items}, {late}, as of {day}")
    late = counts.late(made.late)
    printing.put(said.format(file=visible_line(output), items=counted, late=late, day=day) + "\n")


def say_of_template(template: str | None, unread: str, field: str) -> None:
    """Say on stderr that a template of the office tells what cannot be read only where it has the field."""
    if template and unread:
        told = _("the template tells what cannot be read only where it has {field}")
        session.say_once("chengguo: " + told.format(field=f"{{{{ {field} }}}}"))


def _asked(registry: Registry, period: str | None, day: date) -> reports.Rounds:
    """Return the round of reports of each plan: that of the period, else the one due on the day.

    None is that of a plan without a rhythm. Of several, one whose rhythm has no such period is not asked.
    """
    found: dict[str, reports.Round | None] = {}
    for name, each in registry.by_plan.items():
        try:
            found[name] = reports.round_named(each.plan, period, day) if each.plan.reports else None
        except WrongUsage:
            if not registry.among:
                raise
    return found


def _format(output: str, given: str | None) -> str:
    """Return how the paper is written: as asked for, else as the suffix says."""
    if given is None and output == STANDARD_INPUT:
        return "txt"
    chosen = given or Path(output).suffix.lower().removeprefix(".")
    if chosen not in FORMATS:
        suffixes = ", ".join(f".{name}" for name in FORMATS)
        message = _("{file} is none of {suffixes}").format(file=visible_line(output), suffixes=suffixes)
        raise WrongUsage(message, _("The suffix says how the paper is written, or --format."))
    return chosen


def _print(data: bytes, chosen: str) -> None:
    """Write to standard output: text as the console has it, what declares its own encoding as it is."""
    if chosen in ("md", "txt"):
        printing.put(data.decode())
        return
    if chosen == "docx" and sys.stdout.isatty():
        raise WrongUsage(_("a .docx file is nothing to read in a terminal"), _("Write it to a file."))
    printing.put_bytes((data,))


def _span(plan: Plan, since: date | None, period: str | None, as_of: date | None) -> tuple[date, "Span"]:
    """Return the day that the paper looks from, and the days that it tells the changes of."""
    from chengguo.output.papers.page import Span

    if since is not None and period is not None:
        raise WrongUsage(_("--since and --period do not go together"), _("Give one of the two."))
    today = as_of or date.today()
    if since is not None:
        found = reports.Round("", since, date.max)
    elif period is not None:
        found = _period(plan, period, today)
    else:
        found = reports.round_due(plan, today) or reports.Round("", _month_before(today), today)
    until = found.until or found.last
    day = as_of or min(until, today)
    if day < found.first:
        message = _("what it tells of begins on {first}, after {day}").format(first=found.first, day=day)
        raise WrongUsage(message, _("Give a later day: --as-of DATE."))
    return day, Span(found.first, min(until, day), found.name)


def _period(plan: Plan, name: str, day: date) -> reports.Round:
    """Return the period of that name: of the plan's reports where it has a rhythm, else of the calendar."""
    found = None if plan.reports else reports.calendar_period(name)
    if plan.reports is None and found is None:
        message = _("--period: '{name}' is no period").format(name=name)
        raise WrongUsage(message, _("Write 2019-09, 2019-Q3, 2019-H1 or 2019."))
    found = found or reports.round_named(plan, name, day)
    assert found is not None  # noqa: S101 - a name that none has is told
    return found


def _month_before(day: date) -> date:
    """Return the first day of the month that ends on a day."""
    from dateutil.relativedelta import relativedelta

    try:
        return day - relativedelta(months=1) + timedelta(days=1)
    except (OverflowError, ValueError):
        return date.min
