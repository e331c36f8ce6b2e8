"""The commands that change items: what was reported, a field, an extension."""

import sys
from datetime import date
from typing import Annotated, Any

import click
import typer

from chengguo.cli import apply_change, completion, days, options
from chengguo.cli.apply_change import Wanted
from chengguo.cli.options import DryRunOption, FileOption, ForceOption, TextFormat, TextFormatOption
from chengguo.cli.setting import Further
from chengguo.departments import names
from chengguo.edits.editing import Change
from chengguo.edits.naming import About, Named, about
from chengguo.errors import Refused, WrongUsage
from chengguo.language import _
from chengguo.model import Extension, Item, Registry, Schedule
from chengguo.model.status import Status, reported_status
from chengguo.registry.writing import Cell
from chengguo.text.visible import visible_line

app = typer.Typer()

_ItemsArgument = Annotated[list[str], typer.Argument(metavar="ID...", autocompletion=completion.addresses)]
_SomeItemsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ID...", autocompletion=completion.addresses)
]
_MilestoneOption = Annotated[
    int | None,
    typer.Option(
        "--milestone",
        min=1,
        metavar="NUMBER",
        autocompletion=completion.milestones,
        help=_("The milestone that it is about, of a schedule that has several."),
    ),
]
_AllOption = Annotated[bool, typer.Option("--all", help=_("Take a task's number for all of its items."))]


@app.command(
    "update", epilog=_('Example: chengguo update 4 --status done --note "已印发实施" --date 2019-12-20')
)
def update(
    context: typer.Context,
    items: _SomeItemsArgument = None,
    *,
    dept: Annotated[
        list[str] | None,
        typer.Option(
            "--dept",
            metavar="NAME",
            autocompletion=completion.departments,
            help=_("The items that this department leads, or those among ID that it leads."),
        ),
    ] = None,
    status: Annotated[
        Any | None,
        typer.Option(
            parser=options.status,
            metavar="STATUS",
            autocompletion=completion.statuses,
            help=_("What was reported: {statuses}.").format(statuses=", ".join(Status)),
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What was said about it."))] = None,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=days.day,
            metavar="DATE",
            help=_("The day of the report."),
            show_default=_("today"),
        ),
    ] = None,
    milestone: _MilestoneOption = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            autocompletion=completion.periods,
            help=_("The period of recurring work that it is about, such as 2025-02 or 2025-Q1."),
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help=_("Close recurring work for good, not one period of it."))
    ] = False,
    percent: Annotated[
        int | None,
        typer.Option(
            parser=options.percent, metavar="NUMBER", help=_("How much is done by then, in per cent.")
        ),
    ] = None,
    problem: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What stands in the way."))] = None,
    following: Annotated[
        str | None, typer.Option("--next", metavar="TEXT", help=_("What is to be done next."))
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help=_("What proves it: a file, the number of a document; repeat it for several."),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=completion.departments,
            help=_("The department that reported."),
        ),
    ] = None,
    schedule: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=_("The official wording, where it was mistyped or amended.")),
    ] = None,
    due: Annotated[
        date | None,
        typer.Option(
            parser=days.day, metavar="DATE", help=_("The due date of a wording that cannot be read.")
        ),
    ] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=completion.departments,
            help=_("The lead departments from now on, in the official order; repeatable."),
        ),
    ] = None,
    support: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=completion.departments,
            help=_("The supporting departments from now on, as --lead; '' for none."),
        ),
    ] = None,
    accept_undated: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Who accepted that nobody can name a day yet; with --until.")),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(
            parser=days.day, metavar="DATE", help=_("The last day on which --accept-undated holds.")
        ),
    ] = None,
    others: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help=_("A column of the office's own, or another field of the item; repeatable."),
        ),
    ] = None,
    every: _AllOption = False,
    dry_run: DryRunOption = False,
    force: ForceOption = False,
    format: TextFormatOption = TextFormat.TEXT,
    file: FileOption = None,
) -> None:
    """Record what was reported of items, or correct a field: those lines change, nothing else.

    ID is an item such as 3.2; 4 stands for the only item of task 4, 1-5 for all from 1 to 5, 1,2 for both;
    - is reports from standard input, as collect takes them. Several items change all or not at all.
    A status and a note add a progress entry, with what else is reported; the other fields are put right
    without one. A done of recurring work counts for the period of its day; one of an item with milestones
    closes them all.
    """
    _refuse_statuses(items or [])
    given = (status, note, milestone, period, percent, problem, following, evidence, by, schedule, due)
    said = any(value is not None for value in (*given, lead, support, accept_undated, until, others, dept))
    if items == ["-"] and not said:
        from chengguo.cli import collect  # only it pays for reading tables

        collect.take(context, items, day=day, dry_run=dry_run, format=format, file=file)
        return
    if not items and not dept:
        raise click.MissingParameter(ctx=context, param_hint="'ID...'", param_type="argument")
    note, problem, following, by = map(_said, (note, problem, following, by))
    _refuse_blanks(schedule, lead)
    acceptance = _acceptance(accept_undated, until)
    corrected = any(value is not None for value in (schedule, due, lead, support, acceptance, others))
    if sum((milestone is not None, period is not None, whole)) > 1:
        raise WrongUsage(_("--milestone, --period and --whole do not go together"), _("Give one of them."))
    named = Named(milestone, period, whole)
    details = {
        "problem": problem,
        "next": following,
        "evidence": tuple(filter(None, map(_said, evidence or ()))) or None,
    }
    reported = any(value is not None for value in (status, note, percent, *details.values()))
    if any(named) and not reported:
        raise WrongUsage(_("nothing is said of the part"), _("Give --status, --note, --percent."))
    if by and not reported:
        raise WrongUsage(_("--by goes with a report"), _("Give --status, --note, or both."))
    if not reported and not corrected:
        raise WrongUsage(_("nothing to record"), _("Give --status, --note, or both, or a field to correct."))
    day = past(day)
    wanted = Wanted.of(items or [], dept, every=every)

    def change_of(registry: Registry, item: Item) -> Change:
        further = Further.of(others or (), registry)
        fields = (
            ("schedule", schedule),
            ("due", due.isoformat() if due else None),
            ("accepted_undated", acceptance),
            ("lead", _registered(lead, registry)),
            ("support", _registered(support, registry)),
            *further.fields,
        )
        given = tuple((name, value) for name, value in fields if value is not None)
        part = about(registry.plan, item, named, status, day)
        told[item.address] = _with_options(part)
        known = names.index(registry.departments)
        reporter = (names.find(by, known) or by) if by else None
        said = {**details, "by": reporter, "extra": further.of_report or None}
        return Change(
            *(item, day, status, note, given, None, part.milestone, part.period, percent),
            extra=further.of_item,
            details=tuple((name, value) for name, value in said.items() if value is not None),
        )

    told: dict[str, str] = {}
    path, wanted = wanted.placed(context, file)
    done = apply_change.change(path, wanted, change_of, dry_run=dry_run, force=force)
    apply_change.write(done, format, name="update", dry_run=dry_run)
    changed = {difference.address for difference in done.edited.differences}
    for address, line in told.items():
        if line and address in changed:
            print(line, file=sys.stderr)


@app.command(
    "extend", epilog=_('Example: chengguo extend 4 --to 2020年底 --reason "设备到货推迟" --date 2019-12-02')
)
def extend(
    context: typer.Context,
    items: _ItemsArgument,
    *,
    to: Annotated[
        str,
        typer.Option(
            metavar="DATE", help=_("The day that was agreed on: 2020-06-30, 2020年底 and the like.")
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Why more time is needed."))],
    approved_by: Annotated[str | None, typer.Option(metavar="NAME", help=_("Who agreed to it."))] = None,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=days.day,
            metavar="DATE",
            help=_("The day on which it was asked for."),
            show_default=_("today"),
        ),
    ] = None,
    milestone: _MilestoneOption = None,
    every: _AllOption = False,
    dry_run: DryRunOption = False,
    force: ForceOption = False,
    format: TextFormatOption = TextFormat.TEXT,
    file: FileOption = None,
) -> None:
    """Record an extension (延期) of items: the official wording stays, alerts count from the new day.

    ID is an item such as 3.2; 4 stands for the only item of task 4. An extension that was asked for after
    the due date is marked late.
    """
    agreed = _agreed(to)
    day = past(day)
    if not reason.strip():
        raise WrongUsage(_("--reason is blank"), _("Say in a few words why more time is needed."))
    wanted = Wanted.of(items, every=every)

    def change_of(registry: Registry, item: Item) -> Change:
        number = about(registry.plan, item, Named(milestone), None, day).milestone
        extension = Extension(day, agreed, reason, approved_by or None, number)
        _refuse_extension(item, extension, registry.plan.start)
        return Change(item, day, extension=extension)

    path, wanted = wanted.placed(context, file)
    done = apply_change.change(path, wanted, change_of, dry_run=dry_run, force=force)
    apply_change.write(done, format, name="extend", dry_run=dry_run)
    if agreed.wording != to:
        print(
            _("--to {words} is taken for {day}").format(words=visible_line(to), day=agreed.due),
            file=sys.stderr,
        )


def _agreed(words: str) -> Schedule:
    """Return a day as it is written down: in the words given, where these say the day wherever they stand.

    Others (12月31日, 年底, +7d) hold today alone, so that their day is written instead.
    """
    from chengguo.schedules import read_schedule  # only an extension pays for it

    day, as_written = days.day(words), read_schedule(words)
    is_plain = as_written.due == day and as_written.kind == "deadline" and not as_written.doubt
    return as_written if is_plain else read_schedule(day.isoformat())


def _with_options(part: About) -> str:
    """Return what is told of the part that nobody named, and the options that name another."""
    if not part.told:
        return ""
    if part.period:
        return _("{told}; --whole closes the work for good").format(told=part.told)
    return _("{told}; --milestone and --period report one alone").format(told=part.told)


def _refuse_statuses(items: list[str]) -> None:
    """Refuse a status among the addresses, saying what was meant."""
    words = [word for word in items if reported_status(word)]
    if words:
        message = _("'{word}' is a status, not an address").format(word=words[-1])
        others = " ".join(visible_line(word) for word in items if word not in words)
        hint = _("Did you mean: chengguo update {items} --status {word}?")
        raise WrongUsage(message, hint.format(items=others or "ID", word=words[-1]))


def _refuse_blanks(schedule: str | None, lead: list[str] | None) -> None:
    """Refuse a wording without words, and leaving an item to nobody."""
    if schedule is not None and not schedule.strip():
        raise WrongUsage(_("--schedule is blank"), _("Give the official wording."))
    if lead is not None and not any(name.strip() for name in lead):
        raise WrongUsage(_("--lead names nobody"), _("An item has at least one lead department."))


def _said(text: str | None) -> str | None:
    """Return a text; None for one that says nothing."""
    return text if text and text.strip() else None


def past(day: date | None) -> date:
    """Return the day of a report, today where none is given; raises ``WrongUsage`` for one still to come."""
    today = date.today()
    if day and day > today:
        raise WrongUsage(
            _("--date {day} is still to come").format(day=day), _("A report has a day that has come.")
        )
    return day or today


def _acceptance(by: str | None, until: date | None) -> dict[str, Cell] | None:
    """Return the fields of an acceptance, None where none is given; raises ``WrongUsage`` for half of one."""
    if by is None and until is None:
        return None
    if not by or not by.strip() or until is None:
        raise WrongUsage(
            _("--accept-undated and --until go together"), _("Say who accepted it, and until when.")
        )
    return {"by": by.strip(), "until": until.isoformat()}


def _registered(given: list[str] | None, registry: Registry) -> tuple[str, ...] | None:
    """Return the registered names for those given, each once; raises ``UnknownDepartment``."""
    if given is None:
        return None
    known = names.index(registry.departments)
    return tuple(dict.fromkeys(names.resolve(name, known) for name in given if name.strip()))


def _refuse_extension(item: Item, asked: Extension, start: date) -> None:
    """Refuse what puts nothing off on its day: a closed item, no due date, a day that is not later."""
    day, later, milestone = asked.date, asked.to.due, asked.milestone
    if any((each.date, each.to.due, each.milestone) == (day, later, milestone) for each in item.extensions):
        return  # it is recorded already
    status, due = item.status_on(day, start), item.due_on(day)
    if status.is_closed:
        message = _("{item} is {status}; there is nothing to put off").format(
            item=item.address, status=status.value
        )
        raise Refused(message, _("Give it another status first: chengguo update."))
    if milestone:
        due = item.milestone_due_on(milestone, day)
    if due is None:
        message = _("{item} has no due date to put off: '{wording}'").format(
            item=item.address, wording=item.schedule.wording
        )
        raise Refused(message, _("'chengguo update {item} --due DATE' sets one.").format(item=item.address))
    if later and later <= due:
        message = _("{item} is due on {due}; {later} is not later").format(
            item=item.address, due=due, later=later
        )
        raise Refused(message, _("Give a later day."))
