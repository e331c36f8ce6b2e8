"""A change to items → the few text edits that make it → proof that nothing else changed.

Only the status value is replaced and one progress entry added; every other byte stays: comments, order,
quotes, indentation, line endings. Edits are anchored on keys and scalars, for a block's end mark lies
behind blank lines and comments. The edited text is read again and must differ from the old in exactly
the intended fields; a shape that cannot be edited so is refused by name.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from chengguo.errors import Refused
from chengguo.findings import MORE, Finding
from chengguo.language import _
from chengguo.model import Item, Progress, Status
from chengguo.nodes import Mapping, Node, Scalar, Sequence
from chengguo.reading import Document, read
from chengguo.source import Edit, Source, Span
from chengguo.visible import is_unseen


class Change(NamedTuple):
    """What was reported of an item on a day: a status, a note, or both."""

    item: Item
    day: date
    status: Status | None
    note: str | None


class Difference(NamedTuple):
    """One field of one item, before and after, as the file holds it."""

    address: str
    field: str
    before: Any
    after: Any


class Edited(NamedTuple):
    """The proved outcome of changes: the new text, and what differs in it. No difference, no edit."""

    source: Source
    differences: tuple[Difference, ...]


def make(document: Document, changes: tuple[Change, ...]) -> Edited:
    """Make ``changes`` in the text of ``document``, all or none; raises ``Refused``."""
    _refuse_broken_yaml(document)
    needed = tuple(change for change in changes if _is_new(document, change))
    for change in needed:
        _refuse_out_of_order(change)
        if change.note is not None and not change.note.strip():
            raise Refused(_("{item}: the note is blank").format(item=change.item.address))
    edited = document.source.apply([edit for change in needed for edit in _plan(document, change)])
    if needed:
        _prove(document, edited, _expected(document, needed))
    differences = [difference for change in needed for difference in _differences(document, change)]
    return Edited(edited, tuple(differences))


def fix(document: Document, findings: Iterable[Finding]) -> Source:
    """Put right those of ``findings`` that have just one right answer; raises ``Refused``.

    Gives the source as it is where there is none.
    """
    fixes = {finding.span: finding.fix for finding in findings if finding.fix}
    if not fixes:
        return document.source
    _refuse_broken_yaml(document)
    edits = [Edit(span, _restyled(document, span, value)) for span, value in fixes.items()]
    edited = document.source.apply(edits)
    _prove(document, edited, _tree(document.root, {span.start: value for span, value in fixes.items()}))
    return edited


def _restyled(document: Document, span: Span, value: str) -> str:
    """Write a value in the quotes of the scalar that it replaces."""
    first = document.source.text[span.start]
    if first in "|>":
        line = document.source.position(span.start).line
        message = _("{file}:{line}: a block text is not edited").format(file=document.source.name, line=line)
        raise Refused(message, _("Write the value on one line: {value}").format(value=value))
    quote = first if first in "'\"" else ""
    return f"{quote}{value}{quote}" if quote or _PLAIN.fullmatch(value) else _written(value)


def _refuse_broken_yaml(document: Document) -> None:
    if any(finding.code.startswith("Y") and finding.code != MORE for finding in document.registry.findings):
        message = _("{file} has YAML errors; an edit could go wrong").format(file=document.source.name)
        raise Refused(message, _("'chengguo validate' shows them."))


def _is_new(document: Document, change: Change) -> bool:
    """Tell whether a change changes anything: repeating the last report does not."""
    item, entry = change.item, _entry(change)
    if change.status:
        reported = [report.status for report in item.progress if report.status]
        if _written_status(document, item) != change.status or (reported and reported[-1] != change.status):
            return True
    return bool(change.note) and (not item.progress or item.progress[-1] != entry)


def _entry(change: Change) -> Progress:
    return Progress(change.day, change.status, change.note)


def _refuse_out_of_order(change: Change) -> None:
    last = change.item.progress[-1].date if change.item.progress else change.day
    if change.day < last:
        message = _("{item}: the last report is of {last}, later than {day}").format(
            item=change.item.address, last=last, day=change.day
        )
        raise Refused(message, _("Reports are kept in order: give --date {last} or later.").format(last=last))


def _differences(document: Document, change: Change) -> list[Difference]:
    item = change.item
    found = [Difference(item.address, "progress", item.progress, (*item.progress, _entry(change)))]
    written = _written_status(document, item)
    if change.status and change.status != written:
        before = item.status if written == item.status else written
        found.insert(0, Difference(item.address, "status", before, change.status))
    return found


def _written_status(document: Document, item: Item) -> str:
    """Give the word that stands in the file, which need not be one that can be read."""
    node = _item_node(document, item).get("status")
    return node.text if isinstance(node, Scalar) else ""


# -- planning ------------------------------------------------------------------------------------


def _plan(document: Document, change: Change) -> list[Edit]:
    """Plan the edits of one item: its status, if that changes, and a progress entry."""
    node = _item_node(document, change.item)
    status = node.get("status")
    if not isinstance(status, Scalar) or status.style in ("|", ">") or not status.text:
        message = _("{item}: its status is not a word on its line").format(item=change.item.address)
        raise Refused(message, _("Write 'status: {status}' first.").format(status=change.item.status))
    edits = []
    if change.status and change.status != status.text:
        edits.append(Edit(status.span, f"{status.style}{change.status}{status.style}"))
    return [*edits, _progress_edit(document, node, status, change)]


def _item_node(document: Document, item: Item) -> Mapping:
    """Find the mapping of an item; an address that stands twice is refused."""
    root = document.root
    assert isinstance(root, Mapping)  # noqa: S101 - an item was read from it
    found = [
        child
        for task in _records(root.get("tasks"), item.task)
        for child in _records(task.get("items"), item.id)
    ]
    if len(found) != 1:
        message = _("the address {item} stands twice in the file").format(item=item.address)
        raise Refused(message, _("'chengguo validate' shows both places; give one another id."))
    return found[0]


def _records(node: Node | None, number: int) -> list[Mapping]:
    """Give the mappings of a list whose id is ``number``."""
    nodes = node.items if isinstance(node, Sequence) else ()
    return [
        child
        for child in nodes
        if isinstance(child, Mapping)
        and isinstance(identity := child.get("id"), Scalar)
        and identity.text == str(number)
    ]


def _progress_edit(document: Document, node: Mapping, status: Scalar, change: Change) -> Edit:
    """Plan the edit that adds a progress entry, in the style of the entries or of the item."""
    text, progress = document.source.text, node.get("progress")
    entry = _fields(change)
    if progress is None and node.flow:
        return Edit(Span(status.end, status.end), f", progress: [{_flow(entry)}]")
    if progress is None:
        indent = _column(text, _key(node, "status").start)
        dash = indent + _dash_offset(document, indent)
        lines = [" " * indent + "progress:", *_block(entry, dash, 2)]
        return _insert_lines(text, status.end, lines)
    if isinstance(progress, Scalar) and not progress.text and not node.flow:
        key = _key(node, "progress")
        indent = _column(text, key.start)
        return _insert_lines(text, key.end, _block(entry, indent + _dash_offset(document, indent), 2))
    if isinstance(progress, Sequence) and progress.flow:
        at = progress.items[-1].end if progress.items else progress.start + 1
        return Edit(Span(at, at), (", " if progress.items else "") + _flow(entry))
    if isinstance(progress, Sequence) and progress.items:
        return _append(text, progress, entry)
    message = _("{item}: its progress is not a list of entries").format(item=change.item.address)
    raise Refused(message, _("'chengguo validate' shows what is wrong with it."))


def _append(text: str, progress: Sequence, entry: dict[str, str]) -> Edit:
    """Plan an entry behind the last one of a block list, indented as that one."""
    last = progress.items[-1]
    dash = _column(text, progress.start)
    width = max(_column(text, last.start) - dash, 2)
    end = _content_end(text, last)
    if isinstance(last, Mapping) and last.flow:
        return _insert_lines(text, end, [" " * dash + "-" + " " * (width - 1) + _flow(entry)])
    return _insert_lines(text, end, _block(entry, dash, width))


def _fields(change: Change) -> dict[str, str]:
    fields = {"date": change.day.isoformat()}
    if change.status:
        fields["status"] = change.status.value
    if change.note:
        fields["note"] = _written(change.note)
    return fields


def _block(entry: dict[str, str], dash: int, width: int) -> list[str]:
    """Write an entry as the lines of a block: the dash at column ``dash``, the keys ``width`` further."""
    lead = " " * dash + "-" + " " * (width - 1)
    return [
        (" " * (dash + width) if row else lead) + f"{key}: {value}"
        for row, (key, value) in enumerate(entry.items())
    ]


def _flow(entry: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}"


# Plain where no YAML reader could take it for anything but this text, be it in a block or in a flow.
_PLAIN = re.compile(r"[^\W\d_][^\n\r\t:#,\[\]{}\"'&*!|>%@`\\?]*(?<! )")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def _written(text: str) -> str:
    """Write a text as a YAML scalar; a JSON string is a double-quoted one."""
    if _PLAIN.fullmatch(text) and text.replace(" ", "").isprintable() and text.lower() not in _NOT_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(_escape(each) if is_unseen(each) else each for each in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x1_0000 else f"\\U{code:08x}"  # noqa: PLR2004 - what four digits hold


# -- places --------------------------------------------------------------------------------------


def _key(node: Mapping, name: str) -> Scalar:
    return next(key for key, _value in node.entries if key.text == name)


def _column(text: str, offset: int) -> int:
    """Give the column of ``offset``, from 0."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def _dash_offset(document: Document, indent: int) -> int:
    """Give how far this file indents a dash under its key: as the list of tasks does."""
    root = document.root
    assert isinstance(root, Mapping)  # noqa: S101 - an item was read from it
    tasks = root.get("tasks")
    if not isinstance(tasks, Sequence) or tasks.flow or not indent:
        return 0
    return _column(document.source.text, tasks.start) - _column(
        document.source.text, _key(root, "tasks").start
    )


def _content_end(text: str, node: Node) -> int:
    """Give where the last line of a node ends; a block scalar's end mark runs past blanks and comments."""
    while isinstance(node, Mapping | Sequence) and not node.flow:
        node = node.entries[-1][1] if isinstance(node, Mapping) else node.items[-1]
    if not isinstance(node, Scalar) or node.style not in ("|", ">"):
        return node.end
    lines = text[node.start : node.end].split("\n")
    body = [line for line in lines[1:] if line.strip()]
    indent = len(body[0]) - len(body[0].lstrip(" ")) if body else 0
    while len(lines) > 1 and (not lines[-1].strip() or len(lines[-1]) - len(lines[-1].lstrip(" ")) < indent):
        lines.pop()
    return node.start + len("\n".join(lines))


def _insert_lines(text: str, offset: int, lines: list[str]) -> Edit:
    """Insert whole lines below the line of ``offset``, with its line ending; the file's end stays so."""
    newline = text.find("\n", offset)
    before = newline if newline >= 0 else text.rfind("\n")
    ending = "\r\n" if before > 0 and text[before - 1] == "\r" else "\n"
    if newline < 0:
        return Edit(Span(len(text), len(text)), "".join(ending + line for line in lines))
    return Edit(Span(newline + 1, newline + 1), "".join(line + ending for line in lines))


# -- proof ---------------------------------------------------------------------------------------


def _prove(before: Document, edited: Source, expected: Any) -> None:
    """Read the edited text again and hold its values against the expected ones, and its findings."""
    after = read(edited)
    known = [finding.code for finding in before.registry.findings]
    new = [finding.code for finding in after.registry.findings]
    if _tree(after.root) != expected or any(new.count(code) > known.count(code) for code in new):
        message = _("the edit of {file} would change more than it should").format(file=before.source.name)
        raise Refused(message, _("Nothing was written; make this change by hand, and validate."))


def _expected(document: Document, changes: tuple[Change, ...]) -> Any:
    """Give the values of the file with the changes made."""
    tree = _tree(document.root)
    for change in changes:
        item = _values_of(tree, change.item)
        entry = [["date", change.day.isoformat()]]
        if change.status:
            item[[key for key, _value in item].index("status")][1] = change.status.value
            entry.append(["status", change.status.value])
        if change.note:
            entry.append(["note", change.note])
        progress = next((pair for pair in item if pair[0] == "progress"), None)
        if progress is None:
            item.insert([key for key, _value in item].index("status") + 1, ["progress", [entry]])
        else:
            progress[1] = [*progress[1], entry]
    return tree


def _tree(node: Node | None, replaced: dict[int, str] | None = None) -> Any:
    """Give the values of a node as nested lists, with the scalars that begin at some offsets replaced."""
    if isinstance(node, Mapping):
        return [[key.text, _tree(value, replaced)] for key, value in node.entries]
    if isinstance(node, Sequence):
        return [_tree(child, replaced) for child in node.items]
    return (replaced or {}).get(node.start, node.text) if isinstance(node, Scalar) else None


def _values_of(tree: Any, item: Item) -> Any:
    """Find the values of an item in a tree; planning has seen that there is just one."""
    tasks = _numbered(tree, "tasks", item.task)
    return next(values for task in tasks for values in _numbered(task, "items", item.id))


def _numbered(tree: Any, key: str, number: int) -> list[Any]:
    """Give the mappings of a list whose id is ``number``."""
    records = next((value for name, value in tree if name == key), None)
    nodes = records if isinstance(records, list) else []
    return [node for node in nodes if isinstance(node, list) and ["id", str(number)] in node]
