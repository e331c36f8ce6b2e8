"""What a table that is issued anew changes beyond fields of a line: texts of tasks, new rows, new names.

Each function returns the edits of one text; whoever makes them reads the outcome again, and proves it.
"""

import re
from collections.abc import Mapping as Mapped
from collections.abc import Sequence as Many

from chengguo.edits.placing import column, content_end, insert_lines, key_of
from chengguo.edits.planning import item_node, records
from chengguo.errors import Refused
from chengguo.language import _
from chengguo.model import Item
from chengguo.registry.documents import Document
from chengguo.registry.writing import Values, WrittenTask, item_lines, task_lines
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.scalars import quoted
from chengguo.text.source import Edit, Span


def content(document: Document, item: Item, text: str) -> Edit:
    """Return the edit that writes another content of an item, below the same key, a line a paragraph."""
    node = item_node(document, item)
    current = node.get("content")
    if not isinstance(current, Scalar):
        raise _odd(document, item.address)
    if current.style not in ("|", ">"):
        return Edit(current.span, quoted(text))
    whole = document.source.text
    header, _newline, _rest = whole[current.start : current.end].partition("\n")
    indent = " " * (column(whole, key_of(node, "content").start) + 2)
    ending = "\r\n" if header.endswith("\r") else "\n"
    lines = [
        re.sub(r"^[|>][-+0-9]*", "|-", header.rstrip("\r")),
        *(indent + line for line in text.split("\n")),
    ]
    return Edit(Span(current.start, content_end(whole, current)), ending.join(lines))


def title(document: Document, task: int, text: str) -> Edit:
    """Return the edit that writes another title of a task."""
    found = records(document.root.get("tasks") if document.root else None, task)
    current = found[0].get("title") if len(found) == 1 else None
    if not isinstance(current, Scalar) or current.style in ("|", ">"):
        raise _odd(document, str(task))
    return Edit(current.span, quoted(text))


def years(document: Document, text: str) -> Edit:
    """Return the edit that writes other years of the plan."""
    plan = document.root.get("plan") if document.root else None
    current = plan.get("years") if isinstance(plan, Mapping) else None
    if not isinstance(current, Scalar):
        raise _odd(document, "plan")
    return Edit(current.span, text)


def new_item(document: Document, task: int, values: Values) -> Edit:
    """Return the edit that adds an item to a task, as its last."""
    found = records(document.root.get("tasks") if document.root else None, task)
    items = found[0].get("items") if len(found) == 1 else None
    if not isinstance(items, Sequence) or items.flow or not items.items:
        raise _odd(document, str(task))
    text = document.source.text
    return insert_lines(text, content_end(text, items), item_lines(values, column(text, items.start)))


def new_task(document: Document, task: WrittenTask) -> Edit:
    """Return the edit that adds a task, as the last of the file."""
    tasks = document.root.get("tasks") if document.root else None
    if not isinstance(tasks, Sequence) or tasks.flow or not tasks.items:
        raise _odd(document, "tasks")
    text = document.source.text
    lead = " " * column(text, tasks.start)
    return insert_lines(text, content_end(text, tasks), ["", *(lead + line for line in task_lines(task))])


def new_entries(document: Document, key: str, entries: Mapped[str, str]) -> Edit:
    """Return the edit that adds entries, with their values as YAML, to a mapping at the top of the file."""
    current: Node | None = document.root.get(key) if document.root else None
    if not isinstance(current, Mapping) or not current.entries:
        raise _odd(document, key)
    lines: Many[str] = [f"{quoted(name)}: {value}" for name, value in entries.items()]
    text = document.source.text
    if current.flow:
        end = current.entries[-1][1].end
        return Edit(Span(end, end), "".join(f", {line}" for line in lines))
    lead = " " * column(text, current.entries[0][0].start)
    return insert_lines(text, content_end(text, current), [lead + line for line in lines])


def _odd(document: Document, place: str) -> Refused:
    message = _("{file}: {place} is written in a way that is not edited here")
    return Refused(message.format(file=document.source.name, place=place), _("Make this change by hand."))
