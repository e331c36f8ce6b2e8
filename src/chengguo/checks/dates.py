"""Dates: the wording can be read, and every day fits it, the plan and the days before it."""

from collections.abc import Iterator
from datetime import date

from chengguo.checks.subject import Rule, Subject
from chengguo.language import N_, _
from chengguo.text.findings import Check, Finding, Severity, shortened

UNREADABLE_WORDING = Check(
    "D401",
    N_("a schedule wording that cannot be read"),
    N_("Without a date nobody is reminded; and a date is never guessed."),
    wrong="    schedule: 2019 年低\n",
    right="    schedule: 2019 年底\n",
)

DOUBTFUL_WORDING = Check(
    "D402",
    N_("a schedule wording that can be read in two ways"),
    N_("Two offices would read it in two ways and wait for each other."),
    wrong="    schedule: 2020 年前\n",
    right="    schedule: 2020 年前\n    due: 2019-12-31\n",
    severity=Severity.WARNING,
)

NO_DAY = Check(
    "D406",
    N_("a schedule wording that names no day"),
    N_(
        "The words are understood, and yet nobody can be reminded: a day must still be agreed on, or"
        " the day of issue be written in the plan."
    ),
    wrong="    schedule: 适时\n",
    right="    schedule: 适时\n    due: 2019-12-31\n",
    severity=Severity.WARNING,
)


def readable_wording(subject: Subject) -> Iterator[Finding]:
    """A schedule wording can be read, in one way, and names a day; an explicit ``due:`` settles it.

    That nobody can name a day yet may be accepted for a time.
    """
    for item in subject.registry.items:
        schedule = item.schedule
        if not schedule.doubt or not schedule.wording or item.explicit_due:
            continue
        if item.is_accepted_undated(subject.day) and not (schedule.is_understood and schedule.due):
            continue
        if not schedule.is_understood:
            code, message = UNREADABLE_WORDING, _("the schedule '{wording}' cannot be read: {doubt}")
            hint = _("Keep the official wording and add 'due:' with the day that was agreed.")
        elif schedule.due:
            code, message = DOUBTFUL_WORDING, _("the schedule '{wording}' is doubtful: {doubt}")
            hint = _("Keep the official wording and add 'due:' with the day that is meant.")
        else:
            code, message = NO_DAY, _("the schedule '{wording}' gives no day: {doubt}")
            hint = _("Nobody is reminded of it. Add 'due:' once a day is agreed on.")
        text = message.format(wording=shortened(schedule.wording), doubt=schedule.doubt)
        if (acceptance := item.others.get("accepted_undated")) and code != DOUBTFUL_WORDING:
            ended = _("; {by} accepted that until {until} only")
            text += ended.format(by=shortened(acceptance["by"]), until=acceptance["until"])
        yield Finding(code, item.places["schedule"][0], text, hint, item.address)


EXTENSION_NOT_LATER = Check(
    "D405",
    N_("an extension that is no later day"),
    N_("An extension decides when the item is overdue: it must name a day, and a later one."),
    wrong="    schedule: 2019 年底\n"
    "    extensions:\n    - {date: 2019-11-05, to: 2018年底, reason: 设备延期到货}\n",
    right="    schedule: 2019 年底\n"
    "    extensions:\n    - {date: 2019-11-05, to: 2020年底, reason: 设备延期到货}\n",
)


def readable_extension(subject: Subject) -> Iterator[Finding]:
    """An extension names a day that is certain and later than the one before it."""
    for item in subject.registry.items:
        if not item.extensions:
            continue
        dues = {None: item.first_due} | {
            number: item.milestone_due_on(number, date.min) for number in item.milestones
        }
        for place, extension in enumerate(item.extensions):
            later, doubt = extension.to.due, extension.to.doubt
            due = dues.get(extension.milestone)
            if later is None or doubt:
                message = _("the extension '{wording}' is not a day: {doubt}").format(
                    wording=shortened(extension.to.wording), doubt=doubt or extension.to.kind
                )
                hint = _("Write the day that was agreed on, such as 2020-06-30 or 2020年底.")
                span = item.places["extensions"][place]
                yield Finding(EXTENSION_NOT_LATER, span, message, hint, item.address)
            elif due and later <= due:
                message = _("the extension to {later} is not later than {due}").format(later=later, due=due)
                hint = _("An extension puts the day off; for another wording, change 'schedule:'.")
                span = item.places["extensions"][place]
                yield Finding(EXTENSION_NOT_LATER, span, message, hint, item.address, item.places["schedule"])
            dues[extension.milestone] = later or due


DUE_DISAGREES = Check(
    "D403",
    N_("a due date that disagrees with the wording"),
    N_("The printed wording counts; a date beside it that says otherwise misleads the reminders."),
    wrong="    schedule: 2019 年底\n    due: 2020-12-31\n",
    right="    schedule: 2019 年底\n",
)


def agreeing_due(subject: Subject) -> Iterator[Finding]:
    """An explicit ``due:`` says what the wording says, where that is certain."""
    for item in subject.registry.items:
        read = item.schedule.due
        if item.explicit_due and read and item.explicit_due != read and not item.schedule.doubt:
            message = _("due {due} disagrees with the schedule '{wording}', which is {read}").format(
                due=item.explicit_due, wording=item.schedule.wording, read=read
            )
            hint = _("Delete 'due:'; the date is derived from the wording.")
            yield Finding(
                DUE_DISAGREES, item.places["due"][0], message, hint, item.address, item.places["schedule"]
            )


DUE_OUTSIDE_PLAN = Check(
    "D404",
    N_("a due date outside the years of the plan"),
    N_("A date after the plan's end is nearly always a slip of a digit."),
    wrong="    schedule: 2091 年底\n",
    right="    schedule: 2019 年底\n",
)


def due_within_plan(subject: Subject) -> Iterator[Finding]:
    """No due date lies outside the years of the plan."""
    years = subject.registry.plan.years
    for item in subject.registry.items if years else ():
        due = item.first_due
        if due and years and not years.first <= due.year <= years.last:
            message = _("due {due} lies outside the plan's years {years}").format(due=due, years=years)
            hint = _("Check the year, or 'plan: years:'.")
            place = item.places["due" if item.explicit_due else "schedule"][0]
            yield Finding(DUE_OUTSIDE_PLAN, place, message, hint, item.address)


RULES = (
    Rule(readable_wording, (UNREADABLE_WORDING, DOUBTFUL_WORDING, NO_DAY)),
    Rule(readable_extension, (EXTENSION_NOT_LATER,)),
    Rule(agreeing_due, (DUE_DISAGREES,)),
    Rule(due_within_plan, (DUE_OUTSIDE_PLAN,)),
)
