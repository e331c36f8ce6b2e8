"""A change of the register of departments, or a new task or item → proved edits, one after the other.

Each step is an edit that is read again and proved as those of ``editing`` are, and takes a document to the
next one; only the last one is written.
"""

from collections.abc import Callable, Iterator
from typing import Any

from chengguo.edits.editing import Change, make, refuse_broken_yaml, reword
from chengguo.edits.placing import column, content_end, dash_offset, insert_lines
from chengguo.edits.planning import more_names, new_field, records
from chengguo.edits.proving import numbered, prove, tree
from chengguo.errors import Refused
from chengguo.language import _
from chengguo.model import Department, Item, Registry
from chengguo.registry.documents import Document
from chengguo.registry.fields import DEPARTMENT, ITEM, TASK
from chengguo.registry.writing import Cell, Value, entry_lines, value_of
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.scalars import flow, quoted
from chengguo.text.source import Edit, Span

_USES = frozenset({"lead", "support", "by"})  # the fields of items and reports that name departments


# -- departments ---------------------------------------------------------------------------------


def add_department(document: Document, name: str, values: dict[str, Cell]) -> Document:
    """Put a new entry with ``values``, by the fields of an entry, at the end of the register."""
    register = _register(document)
    fields = {key: value_of(DEPARTMENT, key, value) for key, value in values.items()}
    text = document.source.text
    if register.flow and register.entries:
        end = register.entries[-1][1].end
        edit = Edit(Span(end, end), f", {quoted(name)}: {flow(fields)}")
    elif register.flow:
        edit = Edit(register.span, f"{{{quoted(name)}: {flow(fields)}}}")
    else:
        indent = " " * column(text, register.start)
        lines = [f"{indent}{quoted(name)}:" + ("" if fields else " {}")]
        lines += [f"{indent}  {key}: {value}" for key, value in fields.items()]
        edit = insert_lines(text, content_end(text, register), lines)
    return _proved(document, edit, lambda root: _under(root, "departments").append([name, _listed(values)]))


def rename(document: Document, old: str, new: str) -> Document:
    """Call a department ``new`` in the register and everywhere; ``old`` becomes an alias of it."""
    entry = _register(document).get(old)
    words = dict.fromkeys(_uses(document, old, key=True), new)
    words |= dict.fromkeys(_named(entry, frozenset({"aliases"}), new), old)
    return _with_aliases(reword(document, words), new, (old,))


def merge(document: Document, merged: Department, into: str) -> Document:
    """Take the entry ``merged`` into another: every use names that one, and its names become aliases."""
    document = _with_one_name(document, merged.name, into)
    if uses := [*_uses(document, merged.name, key=False)]:
        document = reword(document, dict.fromkeys(uses, into))
    document = _without(document, merged.name)
    full = (merged.full,) if merged.full else ()
    return _with_aliases(document, into, (merged.name, *full, *merged.aliases))


def succeed(document: Document, old: str, successor: str, until: str) -> Document:
    """Say of an entry which body took over, and when; the table keeps the name that it was printed with."""
    for key, value in (("successor", successor), ("until", until)):
        document = _put(document, old, key, value)
    return document


def _register(document: Document) -> Mapping:
    """Return the register; raises ``Refused`` where there is none."""
    refuse_broken_yaml(document)
    root = document.root
    register = root.get("departments") if isinstance(root, Mapping) else None
    if not isinstance(register, Mapping):
        message = _("{file} has no register of departments").format(file=document.source.name)
        raise Refused(message, _("'chengguo validate' shows what is wrong with it."))
    return register


def _uses(document: Document, name: str, *, key: bool) -> Iterator[Span]:
    """Yield where a registered name stands: its ``key`` if wanted, as a successor, in items and reports."""
    register = _register(document)
    for entry, values in register.entries:
        if key and entry.text == name:
            yield entry.span
        yield from _named(values, frozenset({"successor"}), name)
    own = {each.heading for each in document.registry.columns if each.kind == "names"}
    assert isinstance(document.root, Mapping)  # noqa: S101 - it has a register
    yield from _named(document.root.get("tasks"), _USES | own, name)


def _named(node: Node | None, keys: frozenset[str], name: str, *, counts: bool = False) -> Iterator[Span]:
    """Yield where a name stands below one of the keys."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _named(value, keys, name, counts=key.text in keys)
    elif isinstance(node, Sequence):
        for child in node.items:
            yield from _named(child, keys, name, counts=counts)
    elif isinstance(node, Scalar) and counts and node.text == name:
        yield node.span


def _with_one_name(document: Document, old: str, new: str) -> Document:
    """Take ``old`` out of the lists that have ``new`` as well: it is one body, and stands there once."""
    changes = tuple(change for item in document.registry.items if (change := _once(item, old, new)))
    return make(document, changes).document if changes else document


def _once(item: Item, old: str, new: str) -> Change | None:
    """Return the change that takes ``old`` out of the lists of an item that have both names."""

    def without(names: Any) -> Any:
        both = isinstance(names, tuple) and {old, new} <= {*names}
        return tuple(each for each in names if each != old) if both else None

    lists = (("lead", without(item.lead)), ("support", without(item.support)))
    fields = tuple((name, names) for name, names in lists if names)
    extra = tuple((heading, names) for heading, value in item.extra if (names := without(value)))
    if not fields and not extra:
        return None
    from datetime import date  # a correction has no day

    return Change(item, date.min, fields=fields, extra=extra)


def _without(document: Document, name: str) -> Document:
    """Take an entry out of the register; one with a comment in or above it is refused, for that would go."""
    register, text = _register(document), document.source.text
    place = next(place for place, (key, _value) in enumerate(register.entries) if key.text == name)
    key, value = register.entries[place]
    if register.flow:
        start = register.entries[place - 1][1].end if place else key.start
        end = value.end if place else register.entries[1][0].start
        span = Span(start, end)
    else:
        newline = text.find("\n", max(content_end(text, value), key.end))
        span = Span(text.rfind("\n", 0, key.start) + 1, len(text) if newline < 0 else newline + 1)
    above = text[: span.start].rstrip().rsplit("\n", 1)[-1].lstrip()
    if "#" in text[span.start : span.end] or (above.startswith("#") and place):
        message = _("the entry '{name}' has a comment, which would be lost with it").format(name=name)
        raise Refused(message, _("Move the comment first: 'chengguo edit' opens the file."))
    return _proved(document, Edit(span, ""), lambda root: _under(root, "departments").pop(place))


def _with_aliases(document: Document, name: str, more: tuple[str, ...]) -> Document:
    """Add aliases to an entry, but for those that it has."""
    entry = next(each for each in document.registry.departments if each.name == name)
    known = {entry.name, entry.full, *entry.aliases}
    aliases = tuple(dict.fromkeys(each for each in more if each not in known))
    return _put(document, name, "aliases", (*entry.aliases, *aliases), aliases) if aliases else document


def _put(document: Document, name: str, key: str, value: Cell, added: tuple[str, ...] = ()) -> Document:
    """Return a field of an entry a value; to names that it has, those ``added`` are put."""
    register, text = _register(document), document.source.text
    entry_key, entry = next(entry for entry in register.entries if entry[0].text == name)
    current = entry.get(key) if isinstance(entry, Mapping) else None
    line = f"{key}: {value_of(DEPARTMENT, key, value)}"
    if isinstance(current, Sequence):
        edit = more_names(document, current, added)
    elif isinstance(current, Scalar):
        edit = Edit(current.span, value_of(DEPARTMENT, key, value))
    elif isinstance(entry, Mapping) and entry.entries:
        edit = new_field(document, entry, entry.entries[-1][1], [line])
    elif isinstance(entry, Mapping) or register.flow:
        edit = Edit(entry.span, ("" if entry.end > entry.start else " ") + f"{{{line}}}")
    else:
        indent = " " * (column(text, entry_key.start) + 2)
        edit = insert_lines(text, entry_key.end, [indent + line])

    def change(root: Any) -> None:
        pair = next(pair for pair in _under(root, "departments") if pair[0] == name)
        fields = [list(each) for each in pair[1] or () if each[0] != key]
        at = next((n for n, each in enumerate(pair[1] or ()) if each[0] == key), len(fields))
        pair[1] = [*fields[:at], [key, _listed(value)], *fields[at:]]

    return _proved(document, edit, change)


# -- tasks and items -----------------------------------------------------------------------------


def add_task(document: Document, task: dict[str, str], item: dict[str, Value]) -> Document:
    """Put a new task, with its first item, behind the last one."""
    tasks = _entries(document, document.root, "tasks", _("the file"))
    text = document.source.text
    if tasks.flow:
        raise _by_hand(_("the file"))
    dash = column(text, tasks.start)
    indent = dash + 2 + dash_offset(document, dash + 2)
    lines = [
        *entry_lines(TASK, task, dash),
        " " * (dash + 2) + "items:",
        *entry_lines(ITEM, item, indent),
    ]
    edit = insert_lines(text, content_end(text, tasks), ["", *lines])
    entry = [*_listed(task), ["items", [_listed(item)]]]
    return _proved(document, edit, lambda root: _under(root, "tasks").append(entry))


def add_item(document: Document, number: int, item: dict[str, Value]) -> Document:
    """Put a new item behind the last one of task ``number``."""
    tasks = _entries(document, document.root, "tasks", _("the file"))
    found = records(tasks, number)
    if len(found) != 1:
        message = _("the task {task} stands twice in the file").format(task=number)
        raise Refused(message, _("'chengguo validate' shows both places; give one another id."))
    where = _("task {task}").format(task=number)
    items, text = _entries(document, found[0], "items", where), document.source.text
    if items.flow:
        raise _by_hand(where)
    lines = entry_lines(ITEM, item, column(text, items.start))
    edit = insert_lines(text, content_end(text, items), lines)

    def change(root: Any) -> None:
        _under(numbered(root, "tasks", number)[0], "items").append(_listed(item))

    return _proved(document, edit, change)


def next_id(registry: Registry, task: int | None = None) -> int:
    """Return the number behind the last one: of an item of ``task``, else of a task."""
    if task is None:
        return max((each.id for each in registry.tasks), default=0) + 1
    return max((each.id for each in registry.items if each.task == task), default=0) + 1


def _entries(document: Document, node: Node | None, key: str, where: str) -> Sequence:
    """Return a list that has entries; raises ``Refused`` for what is none."""
    refuse_broken_yaml(document)
    entries = node.get(key) if isinstance(node, Mapping) else None
    if not isinstance(entries, Sequence) or not entries.items:
        raise _by_hand(where)
    return entries


def _by_hand(where: str) -> Refused:
    message = _("{where}: its list is empty or stands in brackets").format(where=where)
    return Refused(message, _("Write the first entry by hand: 'chengguo edit' opens the file."))


# -- proof ---------------------------------------------------------------------------------------


def _proved(document: Document, edit: Edit, change: Callable[[Any], object]) -> Document:
    """Make an edit, and prove that it does to the values of the file just what ``change`` does."""

    def expect(only: frozenset[int] | None) -> Any:
        values = tree(document.root, only=only)
        change(values)
        return values

    return prove(document, [edit], expect)


def _under(mapping: Any, key: str) -> Any:
    """Return what stands under a key of a mapping of nested lists."""
    return next(value for name, value in mapping if name == key)


def _listed(value: Any) -> Any:
    """Return a value as nested lists."""
    if isinstance(value, dict):
        return [[key, _listed(each)] for key, each in value.items()]
    return value if isinstance(value, str) else list(value)
