"""The rows of a file to a registry: what chengguo exported is read back whole, another table is drafted."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from chengguo.checks.rules import check
from chengguo.errors import Refused
from chengguo.importing import drafting, explaining, own, writing
from chengguo.importing.drafts import Doubt
from chengguo.importing.explaining import Explanation
from chengguo.importing.headings import Said
from chengguo.importing.returning import appendix, exported, parting
from chengguo.importing.rows import Row
from chengguo.language import N_, _
from chengguo.model import Registry
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source
from chengguo.text.visible import visible_line


class Asked(NamedTuple):
    """How a table is read: the fields of columns by name, what is said of the plan, columns left out."""

    known: Mapping[str, str] = {}
    said: Said = Said()
    dropped: Sequence[str] = ()


class Made(NamedTuple):
    """The registry of a table, what is doubtful of its cells, and what there is to say of the whole.

    ``printed`` are the numbers of tasks and addresses of items that the table has so.
    """

    document: Document
    doubts: list[Doubt]
    notes: list[str]
    printed: frozenset[str]


def explained(rows: tuple[Row, ...], asked: Asked, file: str) -> tuple[Explanation, Refused | None]:
    """Return what each row is taken for, and why no table is found where that is so."""
    if given := parting.read_export(row.cells for row in rows):
        return explaining.explain_export(rows, exported.places(given)), None
    try:
        made = drafting.draft(rows, asked.known, asked.said, file, asked.dropped)
    except Refused as refused:
        return explaining.explain(rows, asked.known, None), refused
    return explaining.explain(rows, asked.known, made), None


def make(rows: tuple[Row, ...], asked: Asked, file: str, output: str) -> Made:
    """Make the registry: what chengguo exported is read back whole, another table is drafted.

    ``file`` is what messages call the table, ``output`` what they call the registry. Raises ``Refused``
    for rows without a table, or whose registry would not be sound.
    """
    given = parting.read_export(row.cells for row in rows)
    restored = exported.restore(given, asked.dropped) if given else None
    made = read_registry(Source(output, restored.text)) if restored else None
    errors = _errors(made.registry) if made else []
    of_file = drafting.remarks_of_file(rows)
    if given and restored and made and not errors:
        made = check(made)
        told = (*restored.doubts, *exported.ignored(given, made.registry))
        doubts = [Doubt(rows[at].line, column, why, rows[at].table) for at, column, why in told]
        doubts = [*_changed(given, rows), *doubts, *drafting.remarks(rows)]
        notes = [*own.notes(restored.kept, asked.dropped, file, output), *of_file]
        printed = frozenset(item.address for item in made.registry.items)
        return Made(made, [*doubts, *_unsound(given, made.registry, rows)], notes, printed)
    # Of an export whose rows cannot be told apart, only the official table can be trusted.
    official = takewhile(lambda row: not (given and appendix.begins(row.cells)), rows)
    draft = drafting.draft(official, asked.known, asked.said, file, asked.dropped)
    lost = [Doubt(rows[0].line, 1, _lost(given, errors), rows[0].table)] if given else []
    notes = [*draft.notes, *own.notes(draft.columns, asked.dropped, file, output), *of_file]
    return Made(writing.write(draft, output), [*lost, *draft.doubts], notes, draft.printed)


def _errors(registry: Registry) -> list[Finding]:
    return [finding for finding in registry.findings if finding.severity is Severity.ERROR]


def _unsound(given: parting.Read, registry: Registry, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say what ``validate`` will call an error of what is written."""
    places = exported.places(given)
    found = [(rows[places.get(each.address or "", 0)], each.message) for each in _errors(registry)]
    return [Doubt(row.line, 1, message, row.table) for row, message in found]


_NOT_TAKEN = {
    "status": N_("the status '{text}' is not taken; record it: chengguo update {address}"),
    "report": N_("the report '{text}' is not taken; record it: chengguo update {address}"),
}


def _changed(given: parting.Read, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say what somebody wrote over statuses and last reports: a report has a day, which is not there."""
    addresses = {place: address for address, place in exported.places(given).items()}
    return [
        Doubt(
            rows[each.row].line,
            each.column,
            _(_NOT_TAKEN[each.name]).format(text=visible_line(each.text), address=each.address),
            rows[each.row].table,
        )
        for each in parting.changed(given, addresses)
    ]


def _lost(given: parting.Read, errors: list[Finding]) -> str:
    """Say what an export that was changed beyond recognition loses, and what was changed."""
    if errors:
        why = _(
            "the tables behind the official one were changed ({reason}): statuses, reports, extensions "
            "and full names are left out"
        )
        return why.format(reason=errors[0].message)
    if not given.has_official:
        why = _(
            "columns of the official table were changed: statuses, reports, extensions and full names are "
            "left out; to keep them, name its first columns: {names}"
        )
        return why.format(names="、".join(appendix.MAIN))
    return _(
        "rows of a task were added or taken out, so that nobody can tell which is which: statuses, reports, "
        "extensions and full names are left out; give new work a task number of its own"
    )
