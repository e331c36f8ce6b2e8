"""Progress: the reports, the extensions and the status of an item tell one story."""

from collections.abc import Iterator
from itertools import pairwise

from chengguo.checks.subject import Rule, Subject
from chengguo.language import N_, _, listed
from chengguo.model import Extension, Item, Progress
from chengguo.model.reopening import is_done_by_milestones
from chengguo.model.status import Status
from chengguo.registry.periods import example, has_periods, is_named, is_periodic
from chengguo.text.findings import Check, Finding, Severity, shortened

STATUS_DISAGREES = Check(
    "P501",
    N_("a status that disagrees with the last progress entry"),
    N_("Two answers to 'is it done?': lists show the one, reports of a past day the other."),
    wrong="    status: pending\n",
    right="    status: done\n",
)


def agreeing_status(subject: Subject) -> Iterator[Finding]:
    """The status is that of the last report."""
    for item in subject.registry.items:
        reported = [
            (entry, place)
            for place, entry in enumerate(item.progress)
            if entry.status and not _is_of_part(item, entry)
        ]
        if not reported:
            continue
        last, place = reported[-1]
        if last.status and last.status != item.status and "status" in item.places:
            message = _(
                "the status is {status}, but the last progress entry ({date}) says {reported}"
            ).format(status=item.status, date=last.date, reported=last.status)
            hint = _("Write the one that is right in both; 'chengguo update' keeps them together.")
            related = (item.places["progress"][place],)
            yield Finding(STATUS_DISAGREES, item.places["status"][0], message, hint, item.address, related)


def _is_of_part(item: Item, entry: Progress) -> bool:
    """True if a report leaves the status as it is: of a milestone, or of one round of what recurs."""
    is_a_round = entry.status is Status.DONE and entry.period is None and is_periodic(item.schedule)
    return entry.is_of_part or is_a_round


UNKNOWN_PART = Check(
    "P503",
    N_("a milestone or period that the schedule does not have"),
    N_("A report of a part that is not there counts for nothing, and nobody sees it."),
    wrong="    - date: 2019-11-05\n      milestone: 2\n      status: in_progress\n",
    right="    - date: 2019-11-05\n      status: in_progress\n",
)


def known_parts(subject: Subject) -> Iterator[Finding]:
    """Reports and extensions name a milestone or a period that the schedule has."""
    for item in subject.registry.items:
        for field, place, entry in _entries(item):
            period = entry.period if isinstance(entry, Progress) else None
            if entry.milestone and entry.milestone not in item.milestones:
                message = _("the schedule '{wording}' has no milestone {number}").format(
                    wording=shortened(item.schedule.wording), number=entry.milestone
                )
                known = listed(map(str, item.milestones))
                hint = _("Milestones: {numbers}.").format(numbers=known) if known else _no_part()
                span = item.places[field][place]
                yield Finding(UNKNOWN_PART, span, message, hint, item.address, item.places["schedule"])
            elif period and not is_named(item.schedule, period):
                message = _("the schedule '{wording}' has no period {name}").format(
                    wording=shortened(item.schedule.wording), name=period
                )
                recurs = has_periods(item.schedule)
                hint = _("Write it as in {example}.").format(example=example(item.schedule))
                yield Finding(
                    UNKNOWN_PART,
                    item.places[field][place],
                    message,
                    hint if recurs else _no_part(),
                    item.address,
                    item.places["schedule"],
                )


def _entries(item: Item) -> Iterator[tuple[str, int, Progress | Extension]]:
    """Go through the reports and extensions of an item, each with its list and its place in it."""
    yield from (("progress", place, entry) for place, entry in enumerate(item.progress))
    yield from (("extensions", place, entry) for place, entry in enumerate(item.extensions))


def _no_part() -> str:
    return _("Delete it: what was reported is of the whole.")


CLOSED_UNDATED = Check(
    "P504",
    N_("a closed status that no report dates"),
    N_("Nobody can tell on which day it was closed, nor whether that was in time."),
    wrong="    status: done\n",
    right="    status: done\n    progress:\n    - {date: 2019-11-05, status: done}\n",
    severity=Severity.WARNING,
)


def dated_closing(subject: Subject) -> Iterator[Finding]:
    """A report tells on which day an item was closed."""
    for item in subject.registry.items:
        if item.is_closed_unreported:
            message = _("the status is {status}, but no progress entry tells since when").format(
                status=item.status.value
            )
            hint = _("Record the day: chengguo update {item} --status {status} --date DATE")
            hint = hint.format(item=item.address, status=item.status.value)
            yield Finding(CLOSED_UNDATED, item.places["status"][0], message, hint, item.address)


OUT_OF_ORDER = Check(
    "P502",
    N_("progress entries out of order"),
    N_("How things stood on a day is read from the order of the entries."),
    wrong="    - date: 2020-11-05\n      status: in_progress\n",
    right="    - date: 2019-11-05\n      status: in_progress\n",
)


def ordered_progress(subject: Subject) -> Iterator[Finding]:
    """Progress entries and extensions stand oldest first."""
    for item in subject.registry.items:
        for (field, first, earlier), (other, second, later) in pairwise(_entries(item)):
            before, after = earlier.date, later.date
            if field == other and after < before:
                message = _("the entry of {after} stands behind that of {before}").format(
                    after=after, before=before
                )
                hint = _("Put the entries in order, oldest first.")
                places = item.places[field]
                yield Finding(OUT_OF_ORDER, places[second], message, hint, item.address, (places[first],))


BEFORE_PLAN = Check(
    "P505",
    N_("a report of a day before the plan"),
    N_("A slip of the year makes work that was late done in time, and hides that it is not done at all."),
    wrong="    - date: 1919-11-05\n      status: in_progress\n",
    right="    - date: 2019-11-05\n      status: in_progress\n",
    severity=Severity.WARNING,
)


def reports_within_plan(subject: Subject) -> Iterator[Finding]:
    """No report is of a day before the first year of the plan."""
    first = subject.registry.plan.first_day
    for item in subject.registry.items if first else ():
        for place, entry in enumerate(item.progress):
            if first and entry.date < first:
                message = _("the entry of {date} lies before the plan, which begins in {year}")
                message = message.format(date=entry.date, year=first.year)
                hint = _("Check the year of the day, or 'plan: years:'.")
                yield Finding(BEFORE_PLAN, item.places["progress"][place], message, hint, item.address)


VERIFIED_OPEN = Check(
    "P506",
    N_("an item that is open, and verified (销号)"),
    N_("One says that all is done and checked, the other that it is not: after a merge, or by a slip."),
    wrong="    status: in_progress\n    verified: {date: 2019-11-08}\n",
    right="    status: done\n    progress:\n    - {date: 2019-11-05, status: done}\n"
    "    verified: {date: 2019-11-08}\n",
    severity=Severity.WARNING,
)


def verified_once_done(subject: Subject) -> Iterator[Finding]:
    """What was verified is done, unless it was sent back since."""
    is_sent_back = subject.registry.plan.closing == "verified"
    for item in subject.registry.items:
        day = item.verified_on
        if day and not (item.status.is_closed or is_done_by_milestones(item)):
            message = _("the item was verified on {day}, and its status is {status}")
            hint = (
                _(
                    "If it is open again: chengguo return {item} --reason TEXT; "
                    "if it is done: chengguo update {item} --status done"
                )
                if is_sent_back
                else _("Delete 'verified:'; or, if it is done: chengguo update {item} --status done")
            )
            message = message.format(day=day, status=item.status)
            place, related = item.places["status"][0], item.places["verified"]
            yield Finding(
                VERIFIED_OPEN, place, message, hint.format(item=item.address), item.address, related
            )


DONE_IN_PART = Check(
    "P507",
    N_("a report of done with less than 100 per cent"),
    N_("One says that all is done, the other that some is not: what is left to do is in no list."),
    wrong="    - date: 2019-12-20\n      status: done\n      percent: 90\n",
    right="    - date: 2019-12-20\n      status: done\n      percent: 100\n",
    severity=Severity.WARNING,
)


def wholly_done(subject: Subject) -> Iterator[Finding]:
    """What is reported done is done to a hundred per cent, where a report says how much is."""
    for item in subject.registry.items:
        for place, entry in enumerate(item.progress):
            if entry.status is Status.DONE and entry.percent not in (None, 100):
                message = _("the entry of {date} says done, and {percent} per cent")
                message = message.format(date=entry.date, percent=entry.percent)
                hint = _("Write 100, or in_progress until all is done.")
                yield Finding(DONE_IN_PART, item.places["progress"][place], message, hint, item.address)


RULES = (
    Rule(agreeing_status, (STATUS_DISAGREES,)),
    Rule(known_parts, (UNKNOWN_PART,)),
    Rule(dated_closing, (CLOSED_UNDATED,)),
    Rule(ordered_progress, (OUT_OF_ORDER,)),
    Rule(reports_within_plan, (BEFORE_PLAN,)),
    Rule(verified_once_done, (VERIFIED_OPEN,)),
    Rule(wholly_done, (DONE_IN_PART,)),
)
