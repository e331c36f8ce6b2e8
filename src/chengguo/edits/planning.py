"""Operations on the fields of an item → the text edits that do them, in the style of the file.

Edits are anchored on keys and scalars, for a block's end mark lies behind blank lines and comments. What
cannot be done in one sure way is refused by name.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chengguo.edits.placing import column, content_end, dash_offset, insert_lines, key_of
from chengguo.errors import Refused
from chengguo.language import _
from chengguo.model import Item
from chengguo.registry.documents import Document
from chengguo.registry.fields import ITEM
from chengguo.registry.writing import Cell, Value, cell, value_of
from chengguo.text.canonical import Entries
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.scalars import block, flow, quoted
from chengguo.text.source import Edit, Span


class Put(NamedTuple):
    """Return a field a value, a text, names or a record; one that is missing is put behind ``after``."""

    key: str
    value: Value
    after: str | None = None


class Insert(NamedTuple):
    """Add an entry to a list of records as its ``place``-th, counted from 0.

    A list that is missing is put behind the field ``after``.
    """

    key: str
    entry: dict[str, Value]
    after: str
    place: int


class Fill(NamedTuple):
    """Return columns of the office's own, by their headings, values in an item.

    Where the item has none yet, they are put behind the field ``after``.
    """

    key: str
    values: dict[str, Cell]
    after: str


Operation = Put | Insert | Fill

_COMMENT = re.compile(r" *# *[^ \n]")  # says something behind a name that has its line for itself


def edits_for(document: Document, item: Item, operations: list[Operation]) -> list[Edit]:
    """Plan the edits of one item; raises ``Refused`` for a shape that cannot be edited."""
    node = item_node(document, item)
    edits: list[Edit] = []
    for operation in operations:
        if isinstance(operation, Insert):
            edits.append(_insert(document, item, node, operation))
        elif isinstance(operation, Fill):
            edits += _fill(document, item, node, operation)
        else:
            edits += _put(document, item, node, operation)
    return edits


def item_node(document: Document, item: Item) -> Mapping:
    """Find the mapping of an item; an address that stands twice is refused."""
    root = document.root
    assert isinstance(root, Mapping)  # noqa: S101 - an item was read from it
    found = [
        child
        for task in records(root.get("tasks"), item.task)
        for child in records(task.get("items"), item.id)
    ]
    if len(found) != 1:
        message = _("the address {item} stands twice in the file").format(item=item.address)
        raise Refused(message, _("'chengguo validate' shows both places; give one another id."))
    return found[0]


def records(node: Node | None, number: int) -> list[Mapping]:
    """Return the mappings of a list whose id is ``number``."""
    nodes: Iterable[Node] = node.items if isinstance(node, Sequence) else ()
    if isinstance(nodes, Entries):
        nodes = nodes.numbered(number)
    return [
        child
        for child in nodes
        if isinstance(child, Mapping)
        and isinstance(identity := child.get("id"), Scalar)
        and identity.text == str(number)
    ]


def _anchor(item: Item, node: Mapping, key: str | None) -> Node:
    """Return the value behind whose line a new field is put."""
    anchor = node.get(key) if key else None
    if anchor is None or (isinstance(anchor, Scalar) and not anchor.text):
        message = _("{item}: its {field} is not a word on its line").format(item=item.address, field=key)
        raise Refused(message, _("'chengguo validate' shows what is wrong with it."))
    return anchor


# -- values --------------------------------------------------------------------------------------


def _put(document: Document, item: Item, node: Mapping, put: Put) -> list[Edit]:
    """Plan a new value of a field."""
    current = node.get(put.key)
    if current is None and put.after:
        value = value_of(ITEM, put.key, put.value)
        return [new_field(document, node, _anchor(item, node, put.after), [f"{put.key}: {value}"])]
    if isinstance(put.value, str):
        return [_scalar(item, current, put.key, put.value, value_of(ITEM, put.key, put.value))]
    if isinstance(put.value, dict):
        return _record(document, item, current, put.key, put.value)
    return _names(document, item, current, put.key, put.value)


def new_field(document: Document, node: Mapping, anchor: Node, lines: list[str]) -> Edit:
    """Plan fields of one line each behind the field of ``anchor``."""
    text = document.source.text
    if node.flow:
        return Edit(Span(anchor.end, anchor.end), "".join(f", {line}" for line in lines))
    indent = column(text, node.entries[0][0].start)
    return insert_lines(text, content_end(text, anchor), [" " * indent + line for line in lines])


def _fill(document: Document, item: Item, node: Mapping, fill: Fill) -> list[Edit]:
    """Plan new values of columns: those that stand are replaced, the others put behind the last."""
    current = node.get(fill.key)
    if current is None:
        entry = value_of(ITEM, fill.key, dict(fill.values))
        lines = [f"{fill.key}: {entry}"] if node.flow else _below(fill)
        return [new_field(document, node, _anchor(item, node, fill.after), lines)]
    if not isinstance(current, Mapping):
        message = _("{item}: its {field} is not a mapping of columns").format(
            item=item.address, field=fill.key
        )
        raise Refused(message, _("'chengguo validate' shows what is wrong with it."))
    edits: list[Edit] = []
    new: dict[str, Cell] = {}
    for heading, value in fill.values.items():
        there = current.get(heading)
        if there is None:
            new[heading] = value
        elif isinstance(value, str):
            edits.append(_scalar(item, there, heading, value, cell(value)))
        else:
            edits += _names(document, item, there, heading, value)
    if new and current.entries:
        written_out = [f"{quoted(heading)}: {cell(value)}" for heading, value in new.items()]
        edits.append(new_field(document, current, current.entries[-1][1], written_out))
    elif new:
        edits.append(Edit(current.span, value_of(ITEM, fill.key, new)))
    return edits


def _below(fill: Fill) -> list[str]:
    """Write columns below their key, a line each, so that git and merges see them one by one."""
    lines = (f"  {quoted(heading)}: {cell(value)}" for heading, value in fill.values.items())
    return [f"{fill.key}:", *lines]


def _record(
    document: Document, item: Item, current: Node | None, key: str, value: dict[str, Cell]
) -> list[Edit]:
    """Plan another record in the place of one: parts that it no longer has go, new ones come last."""
    fields = ITEM[key].fields or {}
    parts = current if isinstance(current, Mapping) else None
    if parts is None or any(field.required and parts.get(name) is None for name, field in fields.items()):
        message = _("{item}: its {field} is not a record with all of its parts").format(
            item=item.address, field=key
        )
        raise Refused(message, _("'chengguo validate' shows what is wrong with it."))
    there = {name.text: part for name, part in parts.entries}
    gone = [name for name in there if name in fields and name not in value]
    written = {name: value_of(fields, name, text) for name, text in value.items()}
    if parts.flow and (gone or written.keys() - there.keys()):
        return [_braces(document, item, parts, key, written)]
    edits = [_without(document, item, parts, key, name) for name in gone]
    for name, text in value.items():
        part = there.get(name)
        if part is None:
            continue
        if isinstance(text, str):
            edits.append(_scalar(item, part, name, text, written[name]))
        elif isinstance(part, Scalar):
            edits.append(Edit(part.span, written[name]))
        else:
            edits += _names(document, item, part, name, text)
    new = [f"{name}: {text}" for name, text in written.items() if name not in there]
    return [*edits, *([new_field(document, parts, parts.entries[-1][1], new)] if new else [])]


def _braces(document: Document, item: Item, current: Mapping, key: str, written: dict[str, str]) -> Edit:
    """Plan a record in braces anew; parts that are not declared keep their text."""
    text, declared = document.source.text, ITEM[key].fields or {}
    if _has_comment(text, current.span, current):
        raise _comment_between(item, key)
    there = {name.text: text[part.start : part.end] for name, part in current.entries}
    kept = {name: part for name, part in there.items() if name in written or name not in declared}
    return Edit(current.span, flow(kept | written))


def _without(document: Document, item: Item, current: Mapping, key: str, name: str) -> Edit:
    """Plan the deletion of the lines of a part; a comment behind it stays, on a line of its own."""
    text, begins = document.source.text, key_of(current, name).start
    part = next(part for each, part in current.entries if each.text == name)
    end = content_end(text, part)
    if _has_comment(text, Span(begins, end), part):
        raise _comment_between(item, key)
    newline = text.find("\n", end)
    rest = text[end:] if newline < 0 else text[end:newline]
    if "#" in rest:
        return Edit(Span(begins, end + len(rest) - len(rest.lstrip())), "")
    return Edit(Span(begins - column(text, begins), len(text) if newline < 0 else newline + 1), "")


def _has_comment(text: str, span: Span, node: Node) -> bool:
    """True if a comment stands in a part of the text, not counting what the scalars of a node say."""
    at, between = span.start, ""
    for scalar in _scalars(node):
        between += text[at : scalar.start]
        at = max(at, scalar.end)
    return "#" in between + text[at : span.end]


def _scalars(node: Node) -> Iterable[Scalar]:
    """Go through the scalars of a node, keys among them, in their order."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _scalars(value)
    elif isinstance(node, Sequence):
        for each in node.items:
            yield from _scalars(each)
    elif isinstance(node, Scalar):
        yield node


def _comment_between(item: Item, key: str) -> Refused:
    message = _("{item}: a comment stands within its {field}, and would be lost").format(
        item=item.address, field=key
    )
    return Refused(message, _("'chengguo edit {item}' opens the place.").format(item=item.address))


def _scalar(item: Item, current: Node | None, key: str, value: str, yaml: str) -> Edit:
    """Plan another text in the place of one that stands on its line, in its quotes, else as ``yaml``."""
    if not isinstance(current, Scalar) or current.style in ("|", ">") or not current.text:
        message = _("{item}: its {field} is not a word on its line").format(item=item.address, field=key)
        raise Refused(
            message, _("Write it on one line, by hand: {field}: {value}").format(field=key, value=value)
        )
    if current.style and not set(value) & {"'", '"', "\\"} and value.isprintable():
        return Edit(current.span, f"{current.style}{value}{current.style}")
    return Edit(current.span, yaml)


def _names(
    document: Document, item: Item, current: Node | None, key: str, names: tuple[str, ...]
) -> list[Edit]:
    """Plan the change from one list of names to another: those that stay keep their bytes."""
    if not isinstance(current, Sequence) or not all(isinstance(each, Scalar) for each in current.items):
        message = _("{item}: its {field} is not a list of names").format(item=item.address, field=key)
        raise Refused(message, _("'chengguo validate' shows what is wrong with it."))
    old, new = [each for each in current.items if isinstance(each, Scalar)], names
    same = next((n for n, (one, name) in enumerate(zip(old, new, strict=False)) if one.text != name), None)
    kept = min(len(old), len(new)) if same is None else same
    replaced = [(one, name) for one, name in zip(old[kept:], new[kept:], strict=False) if one.text != name]
    if beside := next(
        (one for one, _name in replaced if _COMMENT.match(document.source.text, one.end)), None
    ):
        message = _("{item}: a comment stands beside '{name}', and would stand beside another name").format(
            item=item.address, name=beside.text
        )
        raise Refused(message, _("'chengguo edit {item}' opens the place.").format(item=item.address))
    edits = [Edit(one.span, quoted(name)) for one, name in replaced]
    if len(new) > len(old):
        edits.append(more_names(document, current, new[len(old) :]))
    elif len(new) < len(old):
        edits.append(_fewer_names(document, item, current, len(new)))
    return edits


def more_names(document: Document, current: Sequence, names: tuple[str, ...] | str) -> Edit:
    """Plan names behind the last one of a list."""
    text = document.source.text
    if current.flow:
        at = current.items[-1].end if current.items else current.start + 1
        return Edit(Span(at, at), (", " if current.items else "") + ", ".join(map(quoted, names)))
    last = current.items[-1]
    lead = (
        " " * column(text, current.start)
        + "-"
        + " " * (column(text, last.start) - column(text, current.start) - 1)
    )
    return insert_lines(text, last.end, [lead + quoted(name) for name in names])


def _fewer_names(document: Document, item: Item, current: Sequence, count: int) -> Edit:
    """Plan the deletion of the names behind the first ``count``; no comment goes with them."""
    text = document.source.text
    start = current.items[count - 1].end if count else current.items[0].start
    span = Span(start, current.items[-1].end)
    if "#" in text[span.start : span.end] or not (count or current.flow):
        message = _("{item}: the names cannot be taken out without what stands between them").format(
            item=item.address
        )
        raise Refused(message, _("'chengguo edit {item}' opens the place.").format(item=item.address))
    return Edit(span, "")


# -- entries -------------------------------------------------------------------------------------


def place_of(document: Document, item: Item, key: str, day: date) -> int:
    """Return the place, from 0, of an entry of a day in a list of an item: before the first later one."""
    node = item_node(document, item).get(key)
    if not isinstance(node, Sequence):
        return 0  # there is no list yet, whatever stands in its place
    entries = zip(getattr(item, key), item.places.get(key, ()), strict=True)
    later = next((span for entry, span in entries if entry.date > day), None)
    holds = (
        number for number, each in enumerate(node.items) if later and each.start <= later.start < each.end
    )
    return next(holds, len(node.items))


def _insert(document: Document, item: Item, node: Mapping, insert: Insert) -> Edit:
    """Plan the edit that adds an entry to a list, in the style of the entries or of the item."""
    text, current = document.source.text, node.get(insert.key)
    entry = {
        name: value_of(ITEM[insert.key].fields or {}, name, value) for name, value in insert.entry.items()
    }
    if current is None:
        anchor = _anchor(item, node, insert.after)
        if node.flow:
            return Edit(Span(anchor.end, anchor.end), f", {insert.key}: [{flow(entry)}]")
        indent = column(text, key_of(node, insert.after).start)
        dash = indent + dash_offset(document, indent)
        lines = [" " * indent + f"{insert.key}:", *block(entry, dash, 2)]
        return insert_lines(text, content_end(text, anchor), lines)
    key = key_of(node, insert.key)
    if isinstance(current, Scalar) and not current.text and not node.flow:
        indent = column(text, key.start)
        return insert_lines(text, key.end, block(entry, indent + dash_offset(document, indent), 2))
    if isinstance(current, Sequence) and current.flow:
        return _within_brackets(current, entry, insert.place)
    if isinstance(current, Sequence) and current.items:
        return _in_a_block(text, key, current, entry, insert.place)
    message = _("{item}: its {field} is not a list of entries").format(item=item.address, field=insert.key)
    raise Refused(message, _("'chengguo validate' shows what is wrong with it."))


def _within_brackets(entries: Sequence, entry: dict[str, str], place: int) -> Edit:
    """Plan an entry of a list in brackets: behind the one before it, the first before the next."""
    if not entries.items:
        return Edit(Span(entries.start + 1, entries.start + 1), flow(entry))
    if not place:
        start = entries.items[0].start
        return Edit(Span(start, start), f"{flow(entry)}, ")
    end = entries.items[place - 1].end
    return Edit(Span(end, end), f", {flow(entry)}")


def _in_a_block(text: str, key: Scalar, entries: Sequence, entry: dict[str, str], place: int) -> Edit:
    """Plan an entry of a block list, indented as its neighbour: below the one before it, or the key.

    So a comment above an entry stays above it.
    """
    neighbour = entries.items[max(place - 1, 0)]
    dash = column(text, entries.start)
    width = max(column(text, neighbour.start) - dash, 2)
    above = content_end(text, neighbour) if place else key.end
    if isinstance(neighbour, Mapping) and neighbour.flow:
        return insert_lines(text, above, [" " * dash + "-" + " " * (width - 1) + flow(entry)])
    return insert_lines(text, above, block(entry, dash, width))
