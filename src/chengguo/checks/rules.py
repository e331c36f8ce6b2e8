"""What a sound registry obeys, beyond its shape: small functions, each of which yields findings.

No rule reads the clock: a file that is sound today is sound tomorrow, but for an acceptance in it that has
a last day.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple

from chengguo.departments import names
from chengguo.departments.names import Names
from chengguo.language import _, listed
from chengguo.model import Extension, Item, Progress, Registry, Status, Task
from chengguo.registry.periods import example, has_periods, is_named, is_periodic
from chengguo.registry.reading import Document
from chengguo.text.findings import MORE, Collection, Finding, Severity, shortened
from chengguo.text.source import Span
from chengguo.text.visible import odd_blanks


class _Subject(NamedTuple):
    """What the rules look at: the registry, the names that its register knows, the day."""

    registry: Registry
    names: Names
    day: date


def check(document: Document, day: date = date.max) -> Document:
    """Add what the rules find to the findings of ``document``, in the order of the file.

    ``day`` is the one on which an acceptance must hold (``accepted_undated``); without it none does.
    """
    if document.root is None:
        return document
    registry = document.registry
    subject = _Subject(registry, names.index(registry.departments), day)
    found = Collection(finding for finding in registry.findings if finding.code != MORE)
    found.more = len(found) < len(registry.findings)
    for finding in chain.from_iterable(rule(subject) for rule in RULES):
        found.append(finding)
        if found.more:
            break
    if all(finding.severity is Severity.WARNING for finding in found):
        found += _long_lines(document.source.text)
    return document._replace(registry=registry._replace(findings=found.in_order()))


LONGEST = 100_000  # characters of one line
_COMPARED = 50  # unknown names that are compared with the known ones
_SHOWN = 20  # sections that a hint lists


def registered_names(subject: _Subject) -> Iterator[Finding]:
    """Items use the names of the register, and no others."""
    compared = 0
    for item, name, span in _named(subject.registry):
        if name in subject.names.registered:
            continue
        resolved = names.find(name, subject.names)
        trimmed = names.find(name.strip(names.SEPARATORS), subject.names)
        if resolved:
            message = _("'{name}' is another name for '{registered}'").format(name=name, registered=resolved)
            hint = _("Write {registered}, the registered name.").format(registered=resolved)
            yield Finding("N307", span, message, hint, item.address, fix=resolved)
        elif trimmed:
            message = _("'{name}' has a separator that is no part of the name").format(name=name)
            hint = _("Write {registered}.").format(registered=trimmed)
            yield Finding("N308", span, message, hint, item.address, fix=trimmed)
        else:
            message = _("no department '{name}' in the register").format(name=shortened(name))
            # Comparing is slow, and who has so many unknown names has another trouble than misspelling.
            hint = names.suggestion(name, subject.names) if compared < _COMPARED else ""
            compared += 1
            yield Finding("N301", span, message, hint or _("Add it under 'departments:'."), item.address)


def known_sections(subject: _Subject) -> Iterator[Finding]:
    """Every task belongs to a section of the list."""
    known = {section.id for section in subject.registry.sections}
    for task in subject.registry.tasks:
        if task.section and task.section not in known:
            message = _("no section '{section}' in the list of sections").format(
                section=shortened(task.section)
            )
            hint = (
                _("Sections: {sections}.").format(sections=listed(map(shortened, [*known][:_SHOWN])))
                if known
                else ""
            )
            yield Finding("N302", task.places["section"][0], message, hint, str(task.id))


def departments_once(subject: _Subject) -> Iterator[Finding]:
    """A department stands once in a row: not twice in a cell, and not both leading and supporting."""
    for item in subject.registry.items:
        seen: dict[str, tuple[str, Span]] = {}
        for role in ("lead", "support"):
            for name, span in zip(getattr(item, role), item.places[role], strict=True):
                registered = names.find(name, subject.names) or name
                if registered not in seen:
                    seen[registered] = (role, span)
                    continue
                before, first = seen[registered]
                if before == role:
                    code, message = "N303", _("'{name}' stands twice in this cell").format(name=name)
                else:
                    code, message = "N304", _("'{name}' both leads and supports").format(name=name)
                hint = _("Look it up in the printed table and keep the one that stands there.")
                yield Finding(code, span, message, hint, item.address, (first,))


def used_register(subject: _Subject) -> Iterator[Finding]:
    """Every entry of the register is used by some item."""
    used = {names.find(name, subject.names) for _item, name, _span in _named(subject.registry)}
    for department in subject.registry.departments:
        if department.name not in used:
            message = _("no item names '{name}'").format(name=department.name)
            yield Finding(
                "N305", department.span, message, _("Delete the entry, or look for the item that lost it.")
            )


def distinct_names(subject: _Subject) -> Iterator[Finding]:
    """No two entries of the register claim one name."""
    claimed: dict[str, tuple[str, Span]] = {}
    for department in subject.registry.departments:
        for name in dict.fromkeys(names.spellings(department)):
            owner, first = claimed.setdefault(name, (department.name, department.span))
            if owner != department.name:
                message = _("'{name}' is also a name of '{owner}'").format(name=name, owner=owner)
                hint = _("Leave it to one of the two.")
                yield Finding("N306", department.span, message, hint, related=(first,))


_ACTED_ON = frozenset("$`\\\"'|&;<>*?[]{}~#!^%")  # by one shell or another; parentheses and blanks harm none


def harmless_names(subject: _Subject) -> Iterator[Finding]:
    """No name that is typed on a command line has a character that a shell or a terminal acts on."""
    registry = subject.registry
    named = [(name, each.span) for each in registry.departments for name in (each.name, each.successor or "")]
    for name, span in (*named, *((section.id, section.span) for section in registry.sections)):
        acted_on = (*dict.fromkeys(each for each in name if each in _ACTED_ON), *odd_blanks(name))
        if acted_on:
            message = _("the name '{name}' has a character that a shell or a terminal acts on: {characters}")
            yield Finding(
                "N309",
                span,
                message.format(name=shortened(name), characters=listed(acted_on)),
                _("Hold it against the printed table, and take out what does not stand there."),
            )


def readable_wording(subject: _Subject) -> Iterator[Finding]:
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
            code, message = "D401", _("the schedule '{wording}' cannot be read: {doubt}")
            hint = _("Keep the official wording and add 'due: 2019-12-31', the day that was agreed.")
        elif schedule.due:
            code, message = "D402", _("the schedule '{wording}' is doubtful: {doubt}")
            hint = _("Keep the official wording and add 'due:' with the day that is meant.")
        else:
            code, message = "D406", _("the schedule '{wording}' gives no day: {doubt}")
            hint = _("Nobody is reminded of it. Add 'due:' once a day is agreed on.")
        text = message.format(wording=shortened(schedule.wording), doubt=schedule.doubt)
        if (acceptance := item.others.get("accepted_undated")) and code != "D402":
            ended = _("; {by} accepted that until {until} only")
            text += ended.format(by=shortened(acceptance["by"]), until=acceptance["until"])
        yield Finding(code, item.places["schedule"][0], text, hint, item.address)


def readable_extension(subject: _Subject) -> Iterator[Finding]:
    """An extension names a day that is certain and later than the one before it."""
    for item in subject.registry.items:
        dues = {None: item.first_due} | {
            number: item.milestone_due_on(number, date.min) for number in item.milestones
        }
        for extension, span in zip(item.extensions, item.places.get("extensions", ()), strict=True):
            later, doubt = extension.to.due, extension.to.doubt
            due = dues.get(extension.milestone)
            if later is None or doubt:
                message = _("the extension '{wording}' is not a day: {doubt}").format(
                    wording=shortened(extension.to.wording), doubt=doubt or extension.to.kind
                )
                hint = _("Write the day that was agreed on, such as 2020-06-30 or 2020年底.")
                yield Finding("D405", span, message, hint, item.address)
            elif due and later <= due:
                message = _("the extension to {later} is not later than {due}").format(later=later, due=due)
                hint = _("An extension puts the day off; for another wording, change 'schedule:'.")
                yield Finding("D405", span, message, hint, item.address, item.places["schedule"])
            dues[extension.milestone] = later or due


def agreeing_due(subject: _Subject) -> Iterator[Finding]:
    """An explicit ``due:`` says what the wording says, where that is certain."""
    for item in subject.registry.items:
        read = item.schedule.due
        if item.explicit_due and read and item.explicit_due != read and not item.schedule.doubt:
            message = _("due {due} disagrees with the schedule '{wording}', which is {read}").format(
                due=item.explicit_due, wording=item.schedule.wording, read=read
            )
            hint = _("Delete 'due:'; the date is derived from the wording.")
            yield Finding("D403", item.places["due"][0], message, hint, item.address, item.places["schedule"])


def due_within_plan(subject: _Subject) -> Iterator[Finding]:
    """No due date lies outside the years of the plan."""
    years = subject.registry.plan.years
    for item in subject.registry.items if years else ():
        due = item.first_due
        if due and years and not years.first <= due.year <= years.last:
            message = _("due {due} lies outside the plan's years {years}").format(due=due, years=years)
            hint = _("Check the year, or 'plan: years:'.")
            place = item.places["due" if item.explicit_due else "schedule"][0]
            yield Finding("D404", place, message, hint, item.address)


def agreeing_status(subject: _Subject) -> Iterator[Finding]:
    """The status is the one that the last report gives."""
    for item in subject.registry.items:
        reported = [
            (entry, span)
            for entry, span in zip(item.progress, item.places["progress"], strict=True)
            if entry.status and not _is_of_part(item, entry)
        ]
        if not reported or "status" not in item.places:
            continue
        last, span = reported[-1]
        if last.status and last.status != item.status:
            message = _(
                "the status is {status}, but the last progress entry ({date}) says {reported}"
            ).format(status=item.status, date=last.date, reported=last.status)
            hint = _("Write the one that is right in both; 'chengguo update' keeps them together.")
            yield Finding("P501", item.places["status"][0], message, hint, item.address, (span,))


def _is_of_part(item: Item, entry: Progress) -> bool:
    """Tell whether a report leaves the status as it is: of a milestone, or of one round of what recurs."""
    is_a_round = entry.status is Status.DONE and entry.period is None and is_periodic(item.schedule)
    return entry.is_of_part or is_a_round


def known_parts(subject: _Subject) -> Iterator[Finding]:
    """Reports and extensions name a milestone or a period that the schedule has."""
    for item in subject.registry.items:
        entries: Iterator[tuple[Progress | Extension, Span]] = chain(
            zip(item.progress, item.places["progress"], strict=True),
            zip(item.extensions, item.places.get("extensions", ()), strict=True),
        )
        for entry, span in entries:
            period = entry.period if isinstance(entry, Progress) else None
            if entry.milestone and entry.milestone not in item.milestones:
                message = _("the schedule '{wording}' has no milestone {number}").format(
                    wording=shortened(item.schedule.wording), number=entry.milestone
                )
                known = listed(map(str, item.milestones))
                hint = _("Milestones: {numbers}.").format(numbers=known) if known else _no_part()
                yield Finding("P503", span, message, hint, item.address, item.places["schedule"])
            elif period and not is_named(item.schedule, period):
                message = _("the schedule '{wording}' has no period {name}").format(
                    wording=shortened(item.schedule.wording), name=period
                )
                recurs = has_periods(item.schedule)
                hint = _("Write it as in {example}.").format(example=example(item.schedule))
                yield Finding(
                    "P503",
                    span,
                    message,
                    hint if recurs else _no_part(),
                    item.address,
                    item.places["schedule"],
                )


def _no_part() -> str:
    return _("Delete it: what was reported is of the whole.")


def dated_closing(subject: _Subject) -> Iterator[Finding]:
    """A report tells on which day an item was closed."""
    for item in subject.registry.items:
        if item.is_closed_unreported:
            message = _("the status is {status}, but no progress entry tells since when").format(
                status=item.status.value
            )
            hint = _("Record the day: chengguo update {item} --status {status} --date DATE")
            hint = hint.format(item=item.address, status=item.status.value)
            yield Finding("P504", item.places["status"][0], message, hint, item.address)


def ordered_progress(subject: _Subject) -> Iterator[Finding]:
    """Progress entries and extensions stand oldest first."""
    for item in subject.registry.items:
        progress = [entry.date for entry in item.progress]
        extensions = [entry.date for entry in item.extensions]
        for (before, first), (after, span) in chain(
            pairwise(zip(progress, item.places["progress"], strict=True)),
            pairwise(zip(extensions, item.places.get("extensions", ()), strict=True)),
        ):
            if after < before:
                message = _("the entry of {after} stands behind that of {before}").format(
                    after=after, before=before
                )
                hint = _("Put the entries in order, oldest first.")
                yield Finding("P502", span, message, hint, item.address, (first,))


def distinct_ids(subject: _Subject) -> Iterator[Finding]:
    """No two tasks have one id, and no two items of a task."""
    tasks: dict[int, Task] = {}
    items: dict[str, Item] = {}
    hint = _("Give the newer one an id that is free; addresses must not change.")
    for task in subject.registry.tasks:
        first = tasks.setdefault(task.id, task)
        if task.id and first is not task:
            message = _("task {id} stands twice").format(id=task.id)
            yield Finding("T601", task.places["id"][0], message, hint, str(task.id), first.places["id"])
        for item in task.items if first is task else ():
            twin = items.setdefault(item.address, item)
            if item.id and twin is not item:
                message = _("item {id} stands twice in task {task}").format(id=item.id, task=task.id)
                yield Finding("T601", item.places["id"][0], message, hint, item.address, twin.places["id"])


def used_sections(subject: _Subject) -> Iterator[Finding]:
    """Every section has a task."""
    used = {task.section for task in subject.registry.tasks}
    for section in subject.registry.sections:
        if section.id not in used:
            message = _("section '{section}' has no task").format(section=section.id)
            yield Finding(
                "T602", section.span, message, _("Delete the section, or give its tasks this section.")
            )


def tasks_with_items(subject: _Subject) -> Iterator[Finding]:
    """Every task has an item."""
    for task in subject.registry.tasks:
        if not task.items and "items" in task.places:
            hint = _("A task of one row has one item, with id 1.")
            yield Finding("T603", task.places["items"][0], _("the task has no item"), hint, str(task.id))


def _named(registry: Registry) -> Iterator[tuple[Item, str, Span]]:
    """Go through every name in every cell."""
    for item in registry.items:
        for role in ("lead", "support"):
            for name, span in zip(getattr(item, role), item.places[role], strict=True):
                yield item, name, span


def _long_lines(text: str) -> Collection:
    """Find lines that are longer than any text of a registry, in a file that is sound but for them."""
    found = Collection()
    start = 0
    while len(text) - start > LONGEST:
        end = text.find("\n", start, start + LONGEST + 1)
        if end < 0:
            message = _("a line of more than {limit} characters").format(limit=LONGEST)
            hint = _("A registry has no need of that; is this the right file?")
            found.append(Finding("Y106", Span(start, start + 1), message, hint))
            end = text.find("\n", start)
        if end < 0 or found.more:
            break
        start = end + 1
    return found


RULES: tuple[Callable[[_Subject], Iterator[Finding]], ...] = (
    registered_names,
    known_sections,
    departments_once,
    used_register,
    distinct_names,
    harmless_names,
    readable_wording,
    readable_extension,
    agreeing_due,
    due_within_plan,
    agreeing_status,
    known_parts,
    dated_closing,
    ordered_progress,
    distinct_ids,
    used_sections,
    tasks_with_items,
)
