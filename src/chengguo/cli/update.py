"""The commands that change items: what was reported, a field, an extension."""

import sys
from datetime import date
from typing import Annotated

from chengguo.cli import apply_change, completion
from chengguo.cli.apply_change import Wanted
from chengguo.cli.days import day_gone_by, day_to_come
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.options import Writing, day_option, department_option, past
from chengguo.cli.reporting import Corrected, MilestoneOption, Reported
from chengguo.departments import names
from chengguo.edits import speaking
from chengguo.edits.editing import Change
from chengguo.edits.naming import About, Named, about
from chengguo.errors import Refused, WrongUsage
from chengguo.language import _
from chengguo.model import Extension, Item, Registry, Schedule
from chengguo.model.status import reported_status
from chengguo.registry.periods import has_periods
from chengguo.text.visible import visible_line

app = Commands()

_ItemsArgument = Annotated[list[str], Argument(metavar="ID...", autocompletion=completion.addresses)]
_SomeItemsArgument = Annotated[
    list[str] | None, Argument(metavar="ID...", autocompletion=completion.addresses)
]
_AllOption = Annotated[bool, Option("--all", help=_("Take a task's number for all of its items."))]


@app.command(
    "update", epilog=_('Example: chengguo update 4 --status done --note "已印发实施" --date 2019-12-20')
)
@taking(reported=Reported, corrected=Corrected, writing=Writing)
def update(
    context: Context,
    items: _SomeItemsArgument = None,
    *,
    dept: Annotated[
        list[str] | None,
        department_option(
            _("The items that this department leads, or those among ID that it leads."), "--dept"
        ),
    ] = None,
    reported: Reported,
    corrected: Corrected,
    every: _AllOption = False,
    writing: Writing,
) -> None:
    """Record what was reported of items, or correct a field: those lines change, nothing else.

    ID is an item such as 3.2; 4 stands for the only item of task 4, 1-5 for all from 1 to 5, 1,2 for both;
    - is reports from standard input, as collect takes them. Several items change all or not at all.
    A status and a note add a progress entry, with what else is reported; the other fields are put right
    without one. A done of recurring work counts for the period of its day; one of an item with milestones
    closes them all.
    """
    _refuse_statuses(items or [])
    if items == ["-"] and not dept and reported._replace(day=None) == Reported() and corrected == Corrected():
        from chengguo.cli import collect  # only it pays for reading tables

        collect.take(
            context,
            items,
            day=reported.day,
            dry_run=writing.dry_run,
            format=writing.format,
            file=writing.file,
        )
        return
    if not items and not dept:
        hint = _("Name one by its ID, such as 3.2, or those of a department with --dept.")
        raise WrongUsage(_("no item is named"), hint)
    corrected.check()
    report = reported.checked()
    if not report.is_report and corrected == Corrected():
        raise WrongUsage(_("nothing to record"), _("Give --status, --note, or both, or a field to correct."))
    day = past(report.day)
    told: dict[str, str] = {}

    def change_of(registry: Registry, item: Item) -> Change:
        part = about(registry.plan, item, report.part, report.status, day)
        told[item.address] = _with_options(part)
        change = _change(registry, item, report, corrected, day, part)
        if doubt := speaking.doubt(change, names.index(registry.departments)):
            raise Refused(doubt)
        return change

    wanted = Wanted.of(items or [], dept, every=every)
    done = apply_change.record(context, wanted, change_of, writing, name="update")
    changed = {difference.address for difference in done.edited.differences}
    for address, line in told.items():
        if line and address in changed:
            print(line, file=sys.stderr)


def _change(
    registry: Registry, item: Item, report: Reported, corrected: Corrected, day: date, part: About
) -> Change:
    """Return what changes of an item."""
    further = corrected.further(registry)
    of_report = [("extra", further.of_report)] if further.of_report else []
    return Change(
        item,
        day,
        report.status,
        report.note,
        fields=(*corrected.fields(registry), *further.fields),
        milestone=part.milestone,
        period=part.period,
        percent=report.percent,
        extra=further.of_item,
        details=(*report.details(registry), *of_report),
    )


@app.command(
    "extend", epilog=_('Example: chengguo extend 4 --to 2020年底 --reason "设备到货推迟" --date 2019-12-02')
)
@taking(writing=Writing)
def extend(
    context: Context,
    items: _ItemsArgument,
    *,
    to: Annotated[
        str,
        Option(metavar="DATE", help=_("The day that was agreed on: 2020-06-30, 2020年底 and the like.")),
    ],
    reason: Annotated[str, Option(metavar="TEXT", help=_("Why more time is needed."))],
    approved_by: Annotated[str | None, Option(metavar="NAME", help=_("Who agreed to it."))] = None,
    day: Annotated[
        date | None,
        day_option(_("The day on which it was asked for."), "--date", otherwise=_("today"), read=day_gone_by),
    ] = None,
    milestone: MilestoneOption = None,
    every: _AllOption = False,
    writing: Writing,
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

    apply_change.record(context, wanted, change_of, writing, name="extend")
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

    day, as_written = day_to_come(words), read_schedule(words)
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


def _without_day(item: Item) -> str:
    """Return what to do about an item without a due date that is to be put off."""
    if has_periods(item.schedule):
        return _("A period keeps its day; what came late is told by: chengguo update {item} --period NAME")
    if item.schedule.kind in {"ongoing", "recurring"}:
        return _("It goes on without a last day: there is nothing to put off.")
    return _("'chengguo update {item} --due DATE' sets one.")


def _refuse_extension(item: Item, asked: Extension, start: date) -> None:
    """Refuse what puts nothing off on its day: a closed item, no due date, a day that is not later."""
    day, later, milestone = asked.date, asked.to.due, asked.milestone
    if any((each.date, each.to.due, each.milestone) == (day, later, milestone) for each in item.extensions):
        return  # it is recorded already
    status, due = item.status_on(day, start), item.due_on(day)
    if status.is_closed:
        message = _("{item} is {status}; there is nothing to put off").format(
            item=item.address, status=_(status.word)
        )
        raise Refused(message, _("Give it another status first: chengguo update."))
    if milestone:
        due = item.milestone_due_on(milestone, day)
    if due is None:
        message = _("{item} has no due date to put off: '{wording}'").format(
            item=item.address, wording=item.schedule.wording
        )
        raise Refused(message, _without_day(item).format(item=item.address))
    if later and later <= due:
        message = _("{item} is due on {due}; {later} is not later").format(
            item=item.address, due=due, later=later
        )
        raise Refused(message, _("Give a later day."))
