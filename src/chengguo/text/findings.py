"""What can be wrong with a registry: checks, declared where they are made, and their findings."""

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


class Check(NamedTuple):
    """One kind of thing that can be wrong, why it matters, and YAML that has it and YAML that has not.

    A code is stable: it never gets a new meaning, and a dropped one is never used again. Its letter is its
    group, so ``--ignore D`` means every check of dates. ``meaning`` and ``why`` are for ``_()``.
    """

    code: str
    meaning: str
    why: str
    wrong: str
    right: str
    severity: Severity = Severity.ERROR


class Finding(NamedTuple):
    """One thing that is wrong, and where.

    ``address`` is the item or task that it is about (``3.2``), ``None`` outside the tasks; ``related``
    holds the other places that have a part in it, such as the first of two equal ids. Where there is just
    one right answer, ``fix`` is the value that should stand at ``span``, or the values of a list.
    """

    check: Check
    span: Span
    message: str
    hint: str = ""
    address: str | None = None
    related: tuple[Span, ...] = ()
    fix: str | tuple[str, ...] | None = None

    @property
    def code(self) -> str:
        """The code of the finding's check."""
        return self.check.code

    @property
    def severity(self) -> Severity:
        """The severity of the finding's check."""
        return self.check.severity


_LONGEST_SHOWN = 40


def shortened(text: str) -> str:
    """Return a value of the file as a message shows it: a long one is cut, for it stands in the excerpt."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


MORE = Check(
    "Y110",
    N_("more findings than are shown"),
    N_("A file with so many is broken as a whole; listing them all would take minutes and help nobody."),
    wrong="",
    right="",
)
MOST = 1000  # findings of one file; a hostile file could have any number


class Collection(list[Finding]):
    """The findings of a file as they come, the first ``MOST``; ``more`` tells that some are left out."""

    more = False

    @property
    def is_full(self) -> bool:
        """True if nothing more is taken; asking makes a note that there was more."""
        self.more = self.more or len(self) >= MOST
        return self.more

    def append(self, finding: Finding) -> None:
        """Take a finding, while there is room."""
        if not self.is_full:
            super().append(finding)

    def in_order(self) -> tuple[Finding, ...]:
        """Return the findings in the order of the file, with one that says so where some are left out."""
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
    """Return the findings of a file with their lines and columns, reading its text once."""
    source, findings = checked
    spans = [span for finding in findings for span in (finding.span, *finding.related)]
    places = iter(source.positions([offset for span in spans for offset in span]))
    ends = iter([(start, end) for start, end in zip(places, places, strict=True)])
    return [Located(each, *next(ends), tuple(next(ends)[0] for _span in each.related)) for each in findings]


def brought_in(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a file, ``after`` a change, that it did not have ``before``.

    The same code and words are the same finding, at the same address or, where a number was changed, at
    another one. Of a file that had more than are listed nothing is known to be new.
    """
    known = list(before)
    if any(each.check is MORE for each in known):
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
        if finding.check is MORE
        or (finding.code.startswith(chosen or ("",)) and not finding.code.startswith(ignored))
    )
