"""Names: every department and section is one that the register and the list of sections know."""

from collections.abc import Iterator

from chengguo.checks.subject import Rule, Subject
from chengguo.departments import names
from chengguo.errors import UnknownDepartment
from chengguo.language import N_, _, listed
from chengguo.model import Item, Registry
from chengguo.model.office_notes import is_of_office
from chengguo.text.findings import Check, Finding, Severity, shortened
from chengguo.text.source import Span
from chengguo.text.visible import odd_blanks

UNKNOWN_DEPARTMENT = Check(
    "N301",
    N_("a department that is not in the register"),
    N_("A name outside the register is a slip, or a body that nobody will find under its own name."),
    wrong="    lead: [市科委会]\n",
    right="    lead: [市科委]\n",
)

OTHER_NAME = Check(
    "N307",
    N_("an alias or full name where the registered name belongs"),
    N_("One body under two names is found, counted and chased only by half."),
    wrong="    lead: [上海市科学技术委员会]\n",
    right="    lead: [市科委]\n",
)

SEPARATOR_AT_END = Check(
    "N308",
    N_("a separator at the end of a name"),
    N_("The list already parts the names; with the mark the name is another word, which no search finds."),
    wrong="    lead: [市科委、]\n",
    right="    lead: [市科委]\n",
)
_COMPARED = 50  # unknown names that are compared with the known ones
_SHOWN = 20  # sections that a hint lists


def registered_names(subject: Subject) -> Iterator[Finding]:
    """Items use the names of the register, and no others."""
    compared = 0
    for item, name, span in _unregistered(subject):
        resolved = names.find(name, subject.names)
        trimmed = names.find(name.strip(names.SEPARATORS), subject.names)
        if resolved:
            message = _("'{name}' is another name for '{registered}'").format(name=name, registered=resolved)
            hint = _("Write {registered}, the registered name.").format(registered=resolved)
            yield Finding(OTHER_NAME, span, message, hint, item.address, fix=resolved)
        elif trimmed:
            message = _("'{name}' has a separator that is no part of the name").format(name=name)
            hint = _("Write {registered}.").format(registered=trimmed)
            yield Finding(SEPARATOR_AT_END, span, message, hint, item.address, fix=trimmed)
        else:
            message = _("no department '{name}' in the register").format(name=shortened(name))
            # Comparing is slow, and who has so many unknown names has another trouble than misspelling.
            hint = names.suggestion(name, subject.names) if compared < _COMPARED else ""
            compared += 1
            hint = hint or _("Add it under 'departments:'.")
            parted = names.several(name, subject.names) or None
            yield Finding(UNKNOWN_DEPARTMENT, span, message, hint, item.address, fix=parted)


UNKNOWN_SECTION = Check(
    "N302",
    N_("a section that is not in the list of sections"),
    N_("The task would be missing from its section in every list and count."),
    wrong="  section: 二\n",
    right="  section: 一\n",
)


def known_sections(subject: Subject) -> Iterator[Finding]:
    """Every task belongs to a section of the list, and a section within another to one of the first level."""
    known = {section.id for section in subject.registry.sections}
    first = [section.id for section in subject.registry.sections if not section.upper]
    for section in subject.registry.sections:
        if section.upper and section.upper not in first:
            message = _("section '{section}' is put in '{upper}', which is no section of the first level")
            message = message.format(section=shortened(section.id), upper=shortened(section.upper))
            hint = _("Sections: {sections}.").format(sections=listed(map(shortened, first[:_SHOWN])))
            yield Finding(UNKNOWN_SECTION, section.span, message, hint if first else "")
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
            yield Finding(UNKNOWN_SECTION, task.places["section"][0], message, hint, str(task.id))


TWICE_IN_CELL = Check(
    "N303",
    N_("a department twice in one cell"),
    N_("It would be counted twice; most likely one of the two is another department's place."),
    wrong="    lead: [市科委, 市科委]\n",
    right="    lead: [市科委]\n",
)

LEADS_AND_SUPPORTS = Check(
    "N304",
    N_("a department that both leads and supports"),
    N_("Who leads an item does not support it; one of the two cells holds a slip."),
    wrong="    support: [市科委, 市教委]\n",
    right="    support: [市教委]\n",
)


def departments_once(subject: Subject) -> Iterator[Finding]:
    """A department stands once in a row: not twice in a cell, and not both leading and supporting."""
    registered = subject.names.registered.keys()
    for item in subject.registry.items:
        named = {*item.lead, *item.support}
        if len(named) == len(item.lead) + len(item.support) and named <= registered:
            continue
        seen: dict[str, tuple[str, Span]] = {}
        for role in ("lead", "support"):
            for name, span in zip(getattr(item, role), item.places[role], strict=True):
                found = names.find(name, subject.names) or name
                if found not in seen:
                    seen[found] = (role, span)
                    continue
                before, first = seen[found]
                if before == role:
                    code, message = TWICE_IN_CELL, _("'{name}' stands twice in this cell").format(name=name)
                else:
                    code, message = (
                        LEADS_AND_SUPPORTS,
                        _("'{name}' both leads and supports").format(name=name),
                    )
                hint = _("Look it up in the printed table and keep the one that stands there.")
                yield Finding(code, span, message, hint, item.address, (first,))


UNUSED_ENTRY = Check(
    "N305",
    N_("a register entry that no item uses"),
    N_("Either the entry is left over, or an item has lost a department."),
    wrong="  市教委: {}\n  市财政局: {}\n",
    right="  市教委: {}\n",
    severity=Severity.WARNING,
)


def used_register(subject: Subject) -> Iterator[Finding]:
    """Every entry of the register is used by some item."""
    columns = _columns(subject.registry)
    written = {
        name for item in subject.registry.items for _field, named in _named(item, columns) for name in named
    }
    used = {names.find(name, subject.names) for name in written}
    for department in subject.registry.register:
        if department.name not in used:
            message = _("no item names '{name}'").format(name=department.name)
            yield Finding(
                UNUSED_ENTRY,
                department.span,
                message,
                _("Delete the entry, or look for the item that lost it."),
            )


NAME_CLAIMED_TWICE = Check(
    "N306",
    N_("a name that two register entries claim"),
    N_("A search for the name would have to guess which of the two is meant."),
    wrong="  市教委: {aliases: [市科委]}\n",
    right="  市教委: {aliases: [市教育委员会]}\n",
)


def distinct_names(subject: Subject) -> Iterator[Finding]:
    """No two entries of the register claim one name."""
    claimed: dict[str, tuple[str, Span]] = {}
    for department in subject.registry.register:
        for name in dict.fromkeys(names.spellings(department)):
            owner, first = claimed.setdefault(name, (department.name, department.span))
            if owner != department.name:
                message = _("'{name}' is also a name of '{owner}'").format(name=name, owner=owner)
                hint = _("Leave it to one of the two.")
                yield Finding(NAME_CLAIMED_TWICE, department.span, message, hint, related=(first,))


NAME_ACTED_ON = Check(
    "N309",
    N_("a name with a character that a shell or a terminal acts on"),
    N_(
        "Names are typed and completed on command lines, where ; or $ may start another command. If the "
        "printed table has the character, leave it: --ignore N309."
    ),
    wrong="  市教委: {successor: 市教育局;}\n",
    right="  市教委: {successor: 市教育局}\n",
    severity=Severity.WARNING,
)


_ACTED_ON = frozenset("$`\\\"'|&;<>*?[]{}~#!^%")  # by one shell or another; parentheses and blanks harm none


def harmless_names(subject: Subject) -> Iterator[Finding]:
    """No name that is typed on a command line has a character that a shell or a terminal acts on."""
    registry = subject.registry
    named = [(name, each.span) for each in registry.register for name in (each.name, each.successor or "")]
    for name, span in (*named, *((section.id, section.span) for section in registry.sections)):
        acted_on = (*dict.fromkeys(each for each in name if each in _ACTED_ON), *odd_blanks(name, allowed=""))
        if acted_on:
            message = _("the name '{name}' has a character that a shell or a terminal acts on: {characters}")
            yield Finding(
                NAME_ACTED_ON,
                span,
                message.format(name=shortened(name), characters=listed(acted_on)),
                _("Hold it against the printed table, and take out what does not stand there."),
            )


UNKNOWN_REPORTER = Check(
    "N310",
    N_("a report by a department that is not in the register"),
    N_("It counts for no department: who did report is still called silent, or nobody is."),
    wrong="    - date: 2019-11-05\n      status: in_progress\n      by: 市科委会\n",
    right="    - date: 2019-11-05\n      status: in_progress\n      by: 市科委\n",
    severity=Severity.WARNING,
)


def known_reporters(subject: Subject) -> Iterator[Finding]:
    """Who reported is a department of the register, or several; the office verifies."""
    for item in subject.registry.items:
        for place, entry in enumerate(item.progress):
            if is_of_office(entry):
                continue
            try:
                names.reporters(entry.by or "", subject.names)
            except UnknownDepartment as unknown:
                message = _("the entry of {date} is by '{name}': {reason}").format(
                    date=entry.date, name=shortened(entry.by or ""), reason=unknown.message
                )
                span = item.places["progress"][place]
                yield Finding(UNKNOWN_REPORTER, span, message, unknown.hint, item.address)


def _unregistered(subject: Subject) -> Iterator[tuple[Item, str, Span]]:
    """Go through the names in the cells that the register does not have, and where each stands."""
    columns, registered = _columns(subject.registry), subject.names.registered.keys()
    for item in subject.registry.items:
        for field, named in _named(item, columns):
            if registered >= {*named}:
                continue  # of most cells nobody asks where their names stand
            for name, span in zip(named, item.places[field], strict=True):
                if name not in registered:
                    yield item, name, span


def _columns(registry: Registry) -> tuple[str, ...]:
    """Return the headings of the columns of items that hold departments."""
    return tuple(each.heading for each in registry.columns if each.kind == "names" and each.of == "item")


def _named(item: Item, columns: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the cells of an item that hold departments, by the names of their places."""
    yield "lead", item.lead
    yield "support", item.support
    if columns and item.extra:
        known = dict(item.extra)
        yield from ((f"extra {heading}", (*known[heading],)) for heading in columns if heading in known)


RULES = (
    Rule(registered_names, (UNKNOWN_DEPARTMENT, OTHER_NAME, SEPARATOR_AT_END)),
    Rule(known_sections, (UNKNOWN_SECTION,)),
    Rule(departments_once, (TWICE_IN_CELL, LEADS_AND_SUPPORTS)),
    Rule(used_register, (UNUSED_ENTRY,), is_of_whole=True),
    Rule(distinct_names, (NAME_CLAIMED_TWICE,), is_of_whole=True),
    Rule(harmless_names, (NAME_ACTED_ON,), is_of_whole=True),
    Rule(known_reporters, (UNKNOWN_REPORTER,)),
)
