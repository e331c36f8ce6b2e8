"""An edited registry, read again: of the plain form just the tasks that the edits touch."""

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from chengguo.model import Task
from chengguo.registry.documents import Document
from chengguo.registry.reading import InLines, Reader, read_registry
from chengguo.registry.tasks import Tasks
from chengguo.text.canonical import Entries, NotCanonical
from chengguo.text.findings import Collection
from chengguo.text.nodes import Mapping, Sequence
from chengguo.text.source import Edit, Source


def entries_of(document: Document) -> Entries | None:
    """Return the tasks of a document in the plain form; None for one in another."""
    tasks = document.root.get("tasks") if document.root else None
    return tasks.items if isinstance(tasks, Sequence) and isinstance(tasks.items, Entries) else None


class Touched(NamedTuple):
    """Which tasks edits are in, by their places before and after; None where that says nothing of others."""

    before: frozenset[int] | None
    after: frozenset[int] | None


def edited(document: Document, edits: list[Edit]) -> tuple[Document, Touched]:
    """Make edits in the text of a document, and read it: of the plain form just the tasks that they touch."""
    source = document.source.apply(edits)
    with contextlib.suppress(NotCanonical):
        if again := _read_again(document, source, edits):
            return again
    after = read_registry(source)
    old, new = entries_of(document), entries_of(after)
    only = old.touched(edits) if old and new and len(old) == len(new) else None
    return after, Touched(only, only)


def _read_again(before: Document, source: Source, edits: list[Edit]) -> tuple[Document, Touched] | None:
    """Read the tasks that edits touch; None where more than they may be others."""
    entries = entries_of(before)
    touched = entries.touched(edits) if entries and not before.registry.findings else None
    now = entries.edited(source.text, edits, touched) if entries and touched else None
    if entries is None or touched is None or now is None or before.root is None:
        return None
    new, read = now
    reader = Reader(source.text, Collection())
    reader.columns, reader.context = before.registry.columns, before.registry.plan.context
    lines = InLines(reader, new)
    made = {place: lines.task(place) for place in read}
    if reader.findings:
        return None
    former = dict(zip(_others(new, read), _others(entries, touched), strict=True))
    tasks = Tasks(
        len(new), lambda place: lines.moved(before.registry.tasks[former[place]], place), made, new.places
    )
    *above, (key, _tasks) = before.root.entries
    dash, end = new.starts[0], len(source.text)
    root = Mapping((*above, (key, Sequence(new, dash, end, flow=False))), before.root.start, end, flow=False)
    return Document(source, root, before.registry._replace(tasks=tasks)), Touched(touched, read)


def _others(entries: Entries, some: frozenset[int]) -> Iterator[int]:
    """Go through the places of all entries but some."""
    return (place for place in range(len(entries)) if place not in some)


def tasks_that_differ(before: Document, after: Document) -> tuple[tuple[Task, ...], tuple[Task, ...]] | None:
    """Return the tasks that differ between two texts in the plain form, as they were and as they are.

    None where more differs than what is reported of items, so that the others must be looked at too.
    """
    old, new = entries_of(before), entries_of(after)
    if old is None or new is None or len(old) != len(new):
        return None
    if old.text[: old.starts[0]] != new.text[: new.starts[0]]:
        return None
    pairs = zip(old.starts, old.starts[1:], new.starts, new.starts[1:], strict=False)  # the last ends a list
    places = [
        place
        for place, (start, end, begin, stop) in enumerate(pairs)
        if end - start != stop - begin or not new.text.startswith(old.text[start:end], begin)
    ]
    one, other = (tuple(each.registry.tasks[place] for place in places) for each in (before, after))
    return (one, other) if [*map(_frame, one)] == [*map(_frame, other)] else None


def _frame(task: Task) -> tuple[Any, ...]:
    """Return of a task what others are held against: its number and section, items, and whom they name."""
    named = {name for item in task.items for name in (*item.lead, *item.support)}
    extra = [item.extra for item in task.items]
    return task.id, task.section, [item.id for item in task.items], named, extra
