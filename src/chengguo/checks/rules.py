"""Check a registry beyond its shape: the table of the rules, and of every check there is.

No rule reads the clock: a file that is sound today is sound tomorrow, but for an acceptance in it that has
a last day.
"""

from datetime import date
from itertools import chain

from chengguo.checks import dates, departments, progress, several, structure
from chengguo.checks.subject import Subject
from chengguo.departments import names
from chengguo.language import N_, _
from chengguo.model import Task
from chengguo.registry import checks as shape
from chengguo.registry.documents import Document
from chengguo.text import checks as reading
from chengguo.text.findings import MORE, Collection, Finding, Severity
from chengguo.text.source import Span

GROUPS = {
    "Y": N_("YAML and text"),
    "S": N_("shape"),
    "N": N_("names"),
    "D": N_("dates"),
    "P": N_("progress"),
    "T": N_("structure"),
}

RULES = (*departments.RULES, *dates.RULES, *progress.RULES, *structure.RULES)

CHECKS = {
    each.code: each
    for each in sorted(
        {
            *reading.CHECKS,
            *shape.CHECKS,
            several.NAMESAKES,
            *chain.from_iterable(rule.checks for rule in RULES),
        },
        key=lambda each: ([*GROUPS].index(each.code[0]), each.code),
    )
}


def check(document: Document, day: date = date.max, only: tuple[Task, ...] | None = None) -> Document:
    """Add what the rules find to the findings of ``document``, in the order of the file.

    ``day`` is the one on which an acceptance must hold (``accepted_undated``); without it none does. Of
    ``only`` some tasks, where given, the rules look at each by itself.
    """
    if document.root is None:
        return document
    registry = document.registry
    looked_at = registry if only is None else registry._replace(tasks=only)
    subject = Subject(looked_at, names.index(registry.departments), day)
    rules = [rule for rule in RULES if only is None or not rule.is_of_whole]
    found = Collection(finding for finding in registry.findings if finding.check is not MORE)
    found.more = len(found) < len(registry.findings)
    for finding in chain.from_iterable(rule.find(subject) for rule in rules):
        found.append(finding)
        if found.more:
            break
    if all(finding.severity is Severity.WARNING for finding in found):
        found += _long_lines(document.source.text)
    return document._replace(registry=registry._replace(findings=found.in_order()))


LONGEST = 100_000  # characters of one line


def _long_lines(text: str) -> Collection:
    """Find lines that are longer than any text of a registry, in a file that is sound but for them."""
    found = Collection()
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind("\n", start, start + LONGEST + 1)
        if end < 0:
            message = _("a line of more than {limit} characters").format(limit=LONGEST)
            hint = _("A registry has no need of that; is this the right file?")
            found.append(Finding(reading.TOO_BIG, Span(start, start + 1), message, hint))
            end = text.find("\n", start)
        if end < 0 or found.more:
            break
        start = end + 1
    return found
