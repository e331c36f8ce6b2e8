"""What can be wrong with a registry: findings, and the table of their codes.

A code is stable: it is never given a new meaning, and a dropped one is never used again. The letter is
its group, so ``--ignore D`` means every code about dates.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from chengguo.language import N_, _
from chengguo.text.source import Position, Source, Span


class Severity(StrEnum):
    """How bad a finding is: an error fails ``validate``, a warning fails it only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing that is wrong, and where.

    ``address`` is the item or task that it is about (``3.2``), ``None`` outside the tasks; ``related``
    holds the other places that have a part in it, such as the first of two equal ids. Where there is just
    one right answer, ``fix`` is the value that should stand at ``span``.
    """

    code: str
    span: Span
    message: str
    hint: str = ""
    address: str | None = None
    related: tuple[Span, ...] = ()
    fix: str | None = None

    @property
    def severity(self) -> Severity:
        """The severity of the finding's code."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


_LONGEST_SHOWN = 40


def shortened(text: str) -> str:
    """Give a value of the file as a message shows it: a long one is cut, for it stands in the excerpt."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


UNOPENED = "Y100"
MORE = "Y110"
MOST = 1000  # findings of one file; a hostile file could have any number


class Collection(list[Finding]):
    """The findings of a file as they come, the first ``MOST``; ``more`` tells that some are left out."""

    more = False

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken; asking makes a note that there was more."""
        self.more = self.more or len(self) >= MOST
        return self.more

    def append(self, finding: Finding) -> None:
        """Take a finding, while there is room."""
        if not self.is_full:
            super().append(finding)

    def in_order(self) -> tuple[Finding, ...]:
        """Give the findings in the order of the file, with one that says so where some are left out."""
        ordered = sorted(self, key=lambda finding: finding.span)
        if self.more:
            message = _("there are more findings; the first {count} are shown").format(count=MOST)
            ordered.append(
                Finding(MORE, ordered[-1].span, message, _("Mend these first, then validate again."))
            )
        return tuple(ordered)


class Located(NamedTuple):
    """A finding and its places as people count: ``end`` is the position behind it."""

    finding: Finding
    start: Position
    end: Position
    related: tuple[Position, ...]


Checked = tuple[Source, tuple[Finding, ...]]  # a file and what was found in it


def locate(checked: Checked) -> list[Located]:
    """Give the findings of a file with their lines and columns, reading its text once."""
    source, findings = checked
    spans = [span for finding in findings for span in (finding.span, *finding.related)]
    places = iter(source.positions([offset for span in spans for offset in span]))
    ends = iter([(start, end) for start, end in zip(places, places, strict=True)])
    return [Located(each, *next(ends), tuple(next(ends)[0] for _span in each.related)) for each in findings]


GROUPS = {
    "Y": N_("YAML and text"),
    "S": N_("shape"),
    "N": N_("names"),
    "D": N_("dates"),
    "P": N_("progress"),
    "T": N_("structure"),
}

CODES = {
    "Y100": N_("the file cannot be opened"),
    "Y101": N_("the file is not UTF-8"),
    "Y102": N_("the YAML cannot be read"),
    "Y103": N_("a key stands twice in a mapping"),
    "Y104": N_("an anchor, alias, tag or merge key"),
    "Y105": N_("more than one document in the file"),
    "Y106": N_("nested too deep, too many keys, or too long a line"),
    "Y107": N_("a control character"),
    "Y108": N_("an unresolved merge conflict"),
    "Y109": N_("there is no registry in the file"),
    "Y110": N_("more findings than are shown"),
    "S201": N_("an unknown key"),
    "S202": N_("a value of the wrong kind"),
    "S203": N_("a missing or empty field"),
    "S204": N_("a value that is not allowed here"),
    "S205": N_("a text that a comment cuts off"),
    "N301": N_("a department that is not in the register"),
    "N302": N_("a section that is not in the list of sections"),
    "N303": N_("a department twice in one cell"),
    "N304": N_("a department that both leads and supports"),
    "N305": N_("a register entry that no item uses"),
    "N306": N_("a name that two register entries claim"),
    "N307": N_("an alias or full name where the registered name belongs"),
    "N308": N_("a separator at the end of a name"),
    "N309": N_("a name with a character that a shell or a terminal acts on"),
    "D401": N_("a schedule wording that cannot be read"),
    "D402": N_("a schedule wording that can be read in two ways"),
    "D403": N_("a due date that disagrees with the wording"),
    "D404": N_("a due date outside the years of the plan"),
    "D405": N_("an extension that is no later day"),
    "D406": N_("a schedule wording that names no day"),
    "P501": N_("a status that disagrees with the last progress entry"),
    "P502": N_("progress entries out of order"),
    "P503": N_("a milestone or period that the schedule does not have"),
    "P504": N_("a closed status that no report dates"),
    "T601": N_("an id used twice"),
    "T602": N_("a section without tasks"),
    "T603": N_("a task without items"),
}

WARNINGS = frozenset({"S205", "N305", "N309", "D402", "D406", "P504"})


def brought_in(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a file, ``after`` a change, that it did not have ``before``.

    The same code and words are the same finding, at the same address or, where a number was changed, at
    another one. Of a file that had more than are listed nothing is known to be new.
    """
    known = list(before)
    if any(each.code == MORE for each in known):
        return ()
    left = Counter((each.code, each.message, each.address) for each in known)
    new = []
    for each in after:
        same = (each.code, each.message, each.address)
        left[same] -= 1
        if left[same] < 0:
            new.append(each)
    moved = Counter((code, message) for code, message, _address in (+left).elements())
    return tuple(each for each in new if not _is_taken(moved, (each.code, each.message)))


def _is_taken(left: "Counter[tuple[str, str]]", key: tuple[str, str]) -> bool:
    """Take one of what is left of a kind; False where nothing is."""
    left[key] -= 1
    return left[key] >= 0


def select(
    findings: tuple[Finding, ...], chosen: tuple[str, ...], ignored: tuple[str, ...]
) -> tuple[Finding, ...]:
    """Keep the findings whose code begins with one of ``chosen`` (where empty: all), less ``ignored``."""
    return tuple(
        finding
        for finding in findings
        # That findings were left out is said whatever is chosen: those chosen may be among them.
        if finding.code == MORE
        or (finding.code.startswith(chosen or ("",)) and not finding.code.startswith(ignored))
    )
