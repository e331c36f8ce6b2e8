"""Reports that came back, held against each other and against those that the registry has."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from chengguo.edits import speaking
from chengguo.edits.editing import Change
from chengguo.importing.returning.entries import About, Entry, Odd, Place
from chengguo.language import _, listed
from chengguo.model import Plan, Progress, Registry
from chengguo.model.status import Status
from chengguo.queries import reports
from chengguo.queries.reports import Hearing, Round
from chengguo.registry.periods import is_past_half

if TYPE_CHECKING:
    from chengguo.departments.names import Names


class Days(NamedTuple):
    """Today, the day of the rows that have none, if somebody named one, and the first of its round."""

    today: date
    named: date | None = None
    since: date | None = None

    @property
    def of_rows(self) -> date:
        """The day of the rows that have none."""
        return self.named or self.today


def round_begins(plan: Plan, day: date) -> date:
    """Return the first day of the round of reports in which a day lies, of its month without a rhythm."""
    among = reports.round_of(plan, day)
    return among.first if among else day.replace(day=1)


def round_of_form(plan: Plan, form: About, day: date) -> Round | None:
    """Return the round, else the month, that a form is of; None for one that has not begun by a day."""
    rounds = {each.name: each for each in reports.rounds_up_to(plan, day)}
    return rounds.get(form.period) or reports.calendar_period(form.period)


def counted_in(plan: Plan, form: About, day: date) -> str | None:
    """Return the round that reports of a day count for, where it is none that they can be late for.

    None where it is that of the form, or the one behind it has but begun, and for a plan without a rhythm.
    """
    now, asked = reports.round_of(plan, day), round_of_form(plan, form, day)
    if now is None or asked is None or now.last <= asked.last:
        return None
    is_next = now.first - asked.last == timedelta(days=1)
    return None if is_next and not is_past_half(day, asked.last, now.last) else now.name


class Taken(NamedTuple):
    """A report that is taken: the change that it asks for, and the row that it stands in."""

    change: Change
    entry: Entry

    @property
    def report(self) -> Progress:
        """The report as the registry will hold it."""
        return report_of(self.change)


def made_on(form: About) -> date:
    """Return the day on which a form was made, the first of all where it does not say."""
    return form.made or date.min


def report_of(change: Change) -> Progress:
    """Return the report that a change adds, as the registry will hold it."""
    report = Progress(change.day, change.status, change.note, change.milestone, change.period, change.percent)
    return report._replace(**dict(change.details))


def recorded(change: Change, entry: Entry, days: Days) -> Progress | None:
    """Return the report of the registry that says what a row does, which is then not new; else None.

    Of a row without a day it is one of any day; in a form, of one since the form was made.
    """
    report, known = report_of(change), change.item.progress
    found = [each for each in known if _says(each, report)]
    if not found and "date" not in entry.cells:
        since = _since(entry, days)
        found = [each for each in known if each.date >= since and each._replace(date=report.date) == report]
    return found[-1] if found else None


def _since(entry: Entry, days: Days) -> date:
    """Return the first day of which a report can be that of a row without a day."""
    if entry.form is None:
        return date.min
    return entry.form.made or days.since or date.max


def overtaken_by(change: Change, known: Progress) -> Progress | None:
    """Return a later report of the same part that says another status than one that came again; else None."""
    part = (known.milestone, known.period)
    later = (each for each in change.item.progress if each.date > known.date)
    other = (each for each in later if (each.milestone, each.period) == part)
    return next((each for each in other if each.status not in {None, known.status or each.status}), None)


def _says(recorded: Progress, report: Progress) -> bool:
    """True if a recorded report says all of a report, which may lack the office's own columns."""
    return report in (recorded, recorded._replace(extra=()))


def speaking_for_all(found: list[Taken], known: "Names", plan: str) -> tuple[list[Taken], list[Odd]]:
    """Part off the reports of done by some of those that lead, where the others have not said so.

    ``plan`` is the name of the plan where there are several.
    """
    leads: dict[tuple[str, int | None, str | None], set[str]] = {}
    for each in found:
        if each.change.status is Status.DONE:
            leads.setdefault(_key(each), set()).update(speaking.leads_of(each.change, known))
    taken: list[Taken] = []
    odd: list[Odd] = []
    for each in found:
        if doubt := speaking.doubt(each.change, known, leads.get(_key(each), ()), plan):
            odd.append(Odd(each.entry.place("status"), doubt))
        else:
            taken.append(each)
    return taken, odd


def late_for(taken: list[Taken], registry: Registry) -> list[Odd]:
    """Tell of each form what it reports early in its round that counts for the one before."""
    plan, late = registry.plan, dict[tuple[str, str, str], list[str]]()
    hearings: dict[str, Hearing] = {}
    for change, entry in taken:
        rounds = {each.name: each for each in reports.rounds_up_to(plan, change.day)}
        form = entry.form
        asked = rounds.get(form.period) if form and change.period not in rounds else None
        if form is None or asked is None or not asked.first <= change.day <= asked.last:
            continue
        hearing = hearings.setdefault(asked.name, Hearing(plan, registry.departments, asked))
        item = change.item
        if form.department not in hearing.heard(item.lead, (*item.progress, report_of(change))):
            before = [*rounds][[*rounds].index(asked.name) - 1]
            late.setdefault((entry.file, asked.name, before), []).append(item.address)
    why = _("the form is of {period}; nothing was reported in {before} of {items}, so it counts for {before}")
    return [
        Odd(Place(file, ""), why.format(period=period, before=before, items=listed(dict.fromkeys(items))))
        for (file, period, before), items in late.items()
    ]


def agreeing(found: list[Taken], notes: list[Odd]) -> tuple[list[Taken], list[Odd]]:
    """Part reports that agree from those that do not; one that came twice is taken once, and told."""
    taken: list[Taken] = []
    odd: list[Odd] = []
    alike: dict[tuple[str, int | None, str | None], list[Taken]] = {}
    for each in found:
        alike.setdefault(_key(each), []).append(each)
    accepted: dict[tuple[str, int | None, str | None], list[Taken]] = {}
    for each in found:
        same = [other for other in alike[_key(each)] if other is not each and _meet(each, other)]
        twice = [other for other in accepted.get(_key(each), ()) if other.report == each.report]
        if twice:
            why = _("{item}: the same stands at {place}; it is taken once")
            place = twice[0].entry.place("status")
            notes.append(
                Odd(each.entry.place("status"), why.format(item=each.change.item.address, place=place))
            )
            continue
        newer = [other for other in same if _is_newer(other, each)]
        rivals = newer or [other for other in same if not _is_newer(each, other)]
        if rivals:
            why = _("{item}: another report says otherwise: {place}").format(
                item=each.change.item.address, place=rivals[0].entry.place("status")
            )
            odd.append(Odd(each.entry.place("status"), why))
        else:
            taken.append(each)
            accepted.setdefault(_key(each), []).append(each)
    return sorted(taken, key=lambda each: each.change.day), odd


def _key(each: Taken) -> tuple[str, int | None, str | None]:
    return each.change.item.address, each.change.milestone, each.change.period


def _meet(one: Taken, other: Taken) -> bool:
    """True if two reports cannot both be so: two of one department's forms, or two statuses of one day.

    Nor can what one of them closes be open later, or what has begun be pending.
    """
    if _key(one) != _key(other) or one.report == other.report:
        return False
    if one.entry.form and other.entry.form and one.entry.form.department == other.entry.form.department:
        return True
    statuses = {each.change.status for each in (one, other)} - {None}
    first, last = sorted((one.change, other.change), key=lambda change: change.day)
    is_undone = bool(first.status and first.status.is_closed) or last.status is Status.PENDING
    return (first.day == last.day or is_undone) and len(statuses) > 1


def _is_newer(one: Taken, other: Taken) -> bool:
    """True if one stands in a newer form of the same department than the other."""
    mine, its = one.entry.form, other.entry.form
    return bool(mine and its and mine.department == its.department and made_on(mine) > made_on(its))
