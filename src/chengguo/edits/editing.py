"""A change to items → the few text edits that make it → proof that nothing else changed.

Only the values that change are replaced, and entries added; every other byte stays: comments, order,
quotes, indentation, line endings. The edited text is read again and must differ from the old in exactly
the intended fields; a shape that cannot be edited so is refused by name. ``planning`` plans the edits.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from chengguo.edits.planning import Fill, Insert, Operation, Put, edits_for, item_node, place_of
from chengguo.edits.proving import expected, prove, tree
from chengguo.errors import Refused
from chengguo.language import _
from chengguo.model import Extension, Extra, Item, Progress
from chengguo.model.status import Status
from chengguo.registry.documents import Document
from chengguo.registry.fields import ITEM
from chengguo.registry.item_records import EXTENSION, PROGRESS
from chengguo.registry.writing import Value
from chengguo.text.findings import MORE, Finding
from chengguo.text.nodes import Scalar
from chengguo.text.scalars import quoted
from chengguo.text.source import Edit, Source, Span


class Change(NamedTuple):
    """What changes of an item: a report of a day (a status, a note, or both), fields, an extension.

    A report may be about a ``milestone`` or a ``period`` alone; then the status of the item stays.

    ``fields`` are new values of declared fields, as the file holds them: texts (days as ISO dates), names
    as tuples (of ``lead`` and ``support``, registered ones). ``extra`` are those of the office's own columns.
    ``details`` are what else a report says, by the names of its fields, as the model holds it.
    """

    item: Item
    day: date
    status: Status | None = None
    note: str | None = None
    fields: tuple[tuple[str, Value], ...] = ()
    extension: Extension | None = None
    milestone: int | None = None
    period: str | None = None
    percent: int | None = None
    extra: Extra = ()
    details: tuple[tuple[str, Any], ...] = ()


class Difference(NamedTuple):
    """One field of one item, before and after, as the file holds it."""

    address: str
    field: str
    before: Any
    after: Any


class Edited(NamedTuple):
    """The proved outcome of changes: the new file, and what differs in it. No difference, no edit."""

    document: Document
    differences: tuple[Difference, ...]

    @property
    def source(self) -> Source:
        """The new text."""
        return self.document.source


def make(document: Document, changes: tuple[Change, ...]) -> Edited:
    """Make ``changes`` in the text of ``document``, all or none; raises ``Refused``."""
    refuse_broken_yaml(document)
    needed = [(change, operations) for change in changes if (operations := _operations(document, change))]
    edits: list[Edit] = []
    for change, operations in needed:
        _refuse_blank_note(change, operations)
        edits += edits_for(document, change.item, operations)
    edited = document
    if needed:
        made = [(change.item, operations) for change, operations in needed]
        edited = prove(document, edits, lambda only: expected(document, made, only))
    differences = [
        each
        for change, operations in needed
        for operation in operations
        for each in _differences(document, change, operation)
    ]
    return Edited(edited, tuple(differences))


def make_in_turn(document: Document, changes: Iterable[Change]) -> Edited:
    """Make ``changes``, of which one item may have several, in their order; all or none, as ``make`` does."""
    differences: list[Difference] = []
    left = list(changes)
    while left:
        seen: set[str] = set()
        first: list[Change] = []
        later: list[Change] = []
        for change in left:
            (later if change.item.address in seen else first).append(change)
            seen.add(change.item.address)
        edited = make(document, tuple(first))
        document = edited.document
        differences += edited.differences
        now = {item.address: item for item in document.registry.items} if later else {}
        left = [each._replace(item=now[each.item.address]) for each in later]
    return Edited(document, tuple(differences))


def fix(document: Document, findings: Iterable[Finding]) -> Source:
    """Put right those of ``findings`` that have just one right answer; raises ``Refused``.

    Return the source as it is where there is none.
    """
    fixes = {finding.span: finding.fix for finding in findings if finding.fix}
    return reword(document, fixes).source if fixes else document.source


def reword(document: Document, words: Mapping[Span, str | tuple[str, ...]]) -> Document:
    """Put other words in the place of keys and values, in their quotes; raises ``Refused``.

    Several stand in the place of one value of a list.
    """
    refuse_broken_yaml(document)
    edits = [Edit(span, _written(document, span, word)) for span, word in words.items()]
    replaced = {span.start: word for span, word in words.items()}
    return prove(document, edits, lambda only: tree(document.root, replaced, only))


def _written(document: Document, span: Span, value: str | tuple[str, ...]) -> str:
    """Write what stands instead of a scalar; several as entries of the list that it is in."""
    if isinstance(value, str):
        return _restyled(document, span, value)
    text = document.source.text
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    newline = "\r\n" if "\r\n" in text else "\n"
    between = newline + before if re.fullmatch(" *- +", before) else ", "
    return between.join(_restyled(document, span, each) for each in value)


def _restyled(document: Document, span: Span, value: str) -> str:
    """Write a value in the quotes of the scalar that it replaces."""
    first = document.source.text[span.start]
    if first in "|>":
        line = document.source.position(span.start).line
        message = _("{file}:{line}: a block text is not edited").format(file=document.source.name, line=line)
        raise Refused(message, _("Write the value on one line: {value}").format(value=value))
    quote = first if first in "'\"" else ""
    return f"{quote}{value}{quote}" if quote else quoted(value)


def refuse_broken_yaml(document: Document) -> None:
    """Raise ``Refused`` for a file that is not sound YAML."""
    if any(
        finding.code.startswith("Y") and finding.check is not MORE for finding in document.registry.findings
    ):
        message = _("{file} has YAML errors; an edit could go wrong").format(file=document.source.name)
        raise Refused(message, _("'chengguo validate' shows them."))


def _operations(document: Document, change: Change) -> list[Operation]:
    """Return what must be done for a change; nothing for what is written already."""
    item = change.item
    operations: list[Operation] = [
        Put(name, value, after=_before_it(item, name))
        for name, value in sorted(change.fields, key=lambda field: tuple(ITEM).index(field[0]))
        if value != written_field(item, name)
    ]
    known = dict(item.extra)
    if columns := {heading: value for heading, value in change.extra if value != known.get(heading)}:
        operations.append(Fill("extra", columns, _before_it(item, "extra") or "schedule"))
    if change.extension and change.extension not in item.extensions:
        after = "due" if "due" in item.places else "schedule"
        place = place_of(document, item, "extensions", change.day)
        operations.append(Insert("extensions", _extension_fields(change.extension), after, place))
    if _is_new_report(document, change):
        status, report = change.status, _report(change)
        stands = report.is_of_part or outlives(report, item.progress)
        if status and status != _written_status(document, item) and not stands:
            operations.append(Put("status", status.value))
        place = place_of(document, item, "progress", change.day)
        operations.append(Insert("progress", _report_fields(change), "status", place))
    return operations


def written_field(item: Item, name: str) -> Any:
    """Return a field of an item as the file holds it: a text, names, a record; None where it is not there."""
    if name == "schedule":
        return item.schedule.wording
    value = item.explicit_due if name == "due" else getattr(item, name, item.others.get(name))
    if isinstance(value, MappingProxyType):
        return {part: _as_written(text) for part, text in value.items() if text not in {None, ()}}
    return value if value is None or isinstance(value, tuple) else str(value)


def _before_it(item: Item, name: str) -> str | None:
    """Return the field behind which one that is missing is put: the nearest that is declared before it."""
    declared = tuple(ITEM)
    above = (each for each in reversed(declared[: declared.index(name)]) if item.places.get(each))
    return next((each for each in above if ITEM[each].kind != "records"), None)


def _is_new_report(document: Document, change: Change) -> bool:
    """True if a report changes anything: repeating the one that stands on its day does not.

    A status that is written without any report of it says nothing of a day: reporting it is new.
    """
    if change.milestone or change.period:
        return _is_new_of_part(change)
    progress = change.item.progress
    if _report(change) in progress:
        behind = progress[progress.index(_report(change)) + 1 :]
        later = any(report.status and not report.is_of_part for report in behind)
        return bool(change.status) and not later and change.status != _written_status(document, change.item)
    earlier = [report for report in progress if report.date <= change.day]
    if change.status:
        whole = [report.status for report in earlier if report.status and not report.is_of_part]
        reported = whole or [Status.PENDING]
        outlived = outlives(_report(change), change.item.progress)
        quoted = change.status if outlived else _written_status(document, change.item)
        if not change.status == reported[-1] == quoted:
            return True
    by = _report(change).by
    is_first = bool(change.status and by) and not any(
        (each.by, each.status) == (by, change.status) for each in earlier
    )
    return is_first or _says_more(_report(change))


def _is_new_of_part(change: Change) -> bool:
    """True if a report of a part says another thing than the last one of it up to its day."""
    new = _report(change)
    reports = [
        entry
        for entry in change.item.progress
        if entry.date <= new.date and (entry.milestone, entry.period) == (new.milestone, new.period)
    ]
    if _says_more(new):
        return new not in reports
    return next((entry.status for entry in reversed(reports) if entry.status), None) != new.status


def _says_more(report: Progress) -> bool:
    """True if a report says more than a status, and who reported."""
    said = (report.note, report.problem, report.next, report.evidence, report.extra)
    return any(said) or report.percent is not None


def outlives(report: Progress, reports: Iterable[Progress]) -> Progress | None:
    """Return the one of ``reports`` whose status stands although ``report`` has one: the last later one.

    Reports of a part leave the status as it is.
    """
    later = [each for each in reports if each.status and not each.is_of_part and each.date > report.date]
    return later[-1] if report.status and later and not report.is_of_part else None


def _report(change: Change) -> Progress:
    report = Progress(change.day, change.status, change.note, change.milestone, change.period, change.percent)
    return report._replace(**dict(change.details))


def _report_fields(change: Change) -> dict[str, Value]:
    """Return the fields of a progress entry, as the file holds them."""
    report = _report(change)
    return {
        name: _as_written(value)
        for name in PROGRESS
        if (value := getattr(report, name)) not in {None, "", ()}
    }


def _as_written(value: Any) -> Value:
    """Return a value of a report as the file holds it: texts, a list of them, columns by their headings."""
    if isinstance(value, tuple):
        return dict(value) if isinstance(value[0], tuple) else value
    return str(value)


def _extension_fields(extension: Extension) -> dict[str, Value]:
    """Return the fields of an extension, as texts."""
    fields = {**extension._asdict(), "to": extension.to.wording}
    return {name: str(fields[name]) for name in EXTENSION if fields[name]}


def _refuse_blank_note(change: Change, operations: list[Operation]) -> None:
    """Refuse a report whose note is blank."""
    reports = any(operation.key == "progress" for operation in operations)
    if reports and change.note is not None and not change.note.strip():
        raise Refused(_("{item}: the note is blank").format(item=change.item.address))


def _differences(document: Document, change: Change, operation: Operation) -> list[Difference]:
    """Say what an operation changes, in values of the model where there are."""
    if isinstance(operation, Fill):
        known = dict(change.item.extra)
        values = operation.values.items()
        return [Difference(change.item.address, name, known.get(name), value) for name, value in values]
    return [_difference(document, change, operation)]


def _difference(document: Document, change: Change, operation: Insert | Put) -> Difference:
    """Say what one field becomes."""
    item, key = change.item, operation.key
    if isinstance(operation, Insert):
        before: tuple[Any, ...] = getattr(item, key)
        entry = _report(change) if key == "progress" else change.extension
        place = next((number for number, each in enumerate(before) if each.date > change.day), len(before))
        return Difference(item.address, key, before, (*before[:place], entry, *before[place:]))
    if key == "status":
        word = _written_status(document, item)
        return Difference(item.address, key, item.status if word == item.status else word, change.status)
    is_day = ITEM[key].kind == "date"
    before = written_field(item, key)
    after = operation.value
    return Difference(item.address, key, *(_day(each) if is_day else each for each in (before, after)))


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _written_status(document: Document, item: Item) -> str:
    """Return the word that stands in the file, which need not be one that can be read."""
    node = item_node(document, item).get("status")
    return node.text if isinstance(node, Scalar) else ""
