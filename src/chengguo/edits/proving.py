"""The proof of an edit: what is read again has the values that it should have, and no new findings."""

import re
from collections.abc import Callable
from typing import Any

from chengguo.edits.planning import Fill, Insert, Operation
from chengguo.errors import Refused
from chengguo.language import _
from chengguo.model import Item
from chengguo.registry.documents import Document
from chengguo.registry.fields import ITEM
from chengguo.registry.rereading import edited
from chengguo.registry.writing import Value
from chengguo.text.canonical import Entries
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.source import Edit

Replaced = dict[int, str | tuple[str, ...]]  # what stands instead of a scalar, by the offset where it begins


def prove(before: Document, edits: list[Edit], expect: Callable[[frozenset[int] | None], Any]) -> Document:
    """Make edits, and hold the values of what is read again against those expected, and its findings.

    ``expect`` returns those expected: as ``tree`` does, of only some tasks in the plain form the values, and
    of the others, which no edit touches, the text.
    """
    after, touched = edited(before, edits)
    known = [finding.code for finding in before.registry.findings]
    new = [finding.code for finding in after.registry.findings]
    if tree(after.root, only=touched.after) != expect(touched.before) or any(
        new.count(code) > known.count(code) for code in new
    ):
        message = _("the edit of {file} would change more than it should").format(file=before.source.name)
        raise Refused(message, _what_to_do(before.source.text))
    return after


_LONE = re.compile(r"\r(?!\n)")


def _what_to_do(text: str) -> str:
    """Return what to do about a file in which an edit cannot be proved."""
    if _LONE.search(text):
        return _(
            "Nothing was written. The file has lines that end in CR alone: save it with the line ends LF or "
            "CRLF, and try again."
        )
    return _("Nothing was written; make this change by hand, and validate.")


def expected(
    document: Document, needed: list[tuple[Item, list[Operation]]], only: frozenset[int] | None
) -> Any:
    """Return the values of the file, of ``only`` those tasks that are touched, with the operations done."""
    values = tree(document.root, only=only)
    for changed, operations in needed:
        item = _values_of(values, changed)
        if item is None:  # the edits are elsewhere
            return None
        new: list[Any] = []  # the fields put behind the last anchor, in their order
        for operation in operations:
            pair = next((pair for pair in item if pair[0] == operation.key), None)
            if pair is None:
                pair = [operation.key, []]
                new = [*new, operation] if new and new[-1].after == operation.after else [operation]
                item.insert([key for key, _value in item].index(operation.after) + len(new), pair)
            if isinstance(operation, Insert):
                entry = [[name, _listed(value)] for name, value in operation.entry.items()]
                pair[1] = [*pair[1][: operation.place], entry, *pair[1][operation.place :]]
            elif isinstance(operation, Fill):
                pair[1] = _filled(pair[1], operation)
            else:
                pair[1] = _put_value(operation.key, pair[1], operation.value)
    return values


def _put_value(key: str, before: Any, value: Value) -> Any:
    """Return a value as nested lists; parts of a record that stay keep their order, new ones come last."""
    if isinstance(value, dict) and before:
        declared = ITEM[key].fields or {}
        kept = {name: text for name, text in before if name in value or name not in declared}
        return _listed(kept | value)
    return _listed(value)


def _filled(before: Any, fill: Fill) -> Any:
    """Return the columns of an item with the new values, those that it did not have behind the others."""
    values = {heading: _listed(value) for heading, value in fill.values.items()}
    kept = [[heading, values.pop(heading, value)] for heading, value in before]
    return [*kept, *([*each] for each in values.items())]


def _listed(value: Value) -> Any:
    """Return a value as nested lists."""
    if isinstance(value, dict):
        return [[name, _listed(each)] for name, each in value.items()]
    return value if isinstance(value, str) else list(value)


def tree(node: Node | None, replaced: Replaced | None = None, only: frozenset[int] | None = None) -> Any:
    """Return the values of a node as nested lists, with the scalars that begin at some offsets replaced.

    One of a list may be replaced by several.

    Of a list of tasks in the plain form the values of ``only`` those are returned, where given, and the text
    of the others.
    """
    replaced = replaced or {}
    if isinstance(node, Mapping):
        return [
            [replaced.get(key.start, key.text), tree(value, replaced, only)] for key, value in node.entries
        ]
    if isinstance(node, Sequence):
        entries = node.items
        if isinstance(entries, Entries) and only is not None:
            return _touched(entries, only, replaced)
        return [value for child in entries for value in _of_list(child, replaced)]
    return replaced.get(node.start, node.text) if isinstance(node, Scalar) else None


def _of_list(node: Node, replaced: Replaced) -> list[Any]:
    """Return the value of a node of a list, or the several that it is replaced by."""
    several = replaced.get(node.start) if isinstance(node, Scalar) else None
    return [*several] if isinstance(several, tuple) else [tree(node, replaced)]


def _touched(entries: Entries, only: frozenset[int], replaced: Replaced) -> list[Any]:
    """Return the values of ``only`` some tasks, and between them the text of the others."""
    found: list[Any] = []
    done = 0
    for place in sorted(only):
        found += [entries.words(done, place)] if done < place else []
        found.append(tree(entries[place], replaced))
        done = place + 1
    return [*found, entries.words(done, len(entries))] if done < len(entries) else found


def _values_of(root: Any, item: Item) -> Any:
    """Find the values of an item in a tree, None where they are not in it; no file has two of one address."""
    tasks = numbered(root, "tasks", item.task)
    return next((values for task in tasks for values in numbered(task, "items", item.id)), None)


def numbered(mapping: Any, key: str, number: int) -> list[Any]:
    """Return the mappings of a list whose id is ``number``."""
    records = next((value for name, value in mapping if name == key), None)
    nodes = records if isinstance(records, list) else []
    return [node for node in nodes if isinstance(node, list) and ["id", str(number)] in node]
