"""Where in the text of a file an edit goes: columns, ends of nodes, whole lines below a line."""

from chengguo.registry.documents import Document
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.source import Edit, Span


def key_of(node: Mapping, name: str) -> Scalar:
    """Return the key ``name`` of a mapping that has it."""
    return next(key for key, _value in node.entries if key.text == name)


def column(text: str, offset: int) -> int:
    """Return the column of ``offset``, from 0."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def dash_offset(document: Document, indent: int) -> int:
    """Return how far this file indents a dash under its key: as the list of tasks does."""
    root = document.root
    assert isinstance(root, Mapping)  # noqa: S101 - an item was read from it
    tasks = root.get("tasks")
    if not isinstance(tasks, Sequence) or tasks.flow or not indent:
        return 0
    return column(document.source.text, tasks.start) - column(
        document.source.text, key_of(root, "tasks").start
    )


def content_end(text: str, node: Node) -> int:
    """Return where the last line of a node ends; a block scalar's end mark runs past blanks and comments."""
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


def insert_lines(text: str, offset: int, lines: list[str]) -> Edit:
    """Insert whole lines below the line of ``offset``, with its line ending; the file's end stays so."""
    newline = text.find("\n", offset)
    before = newline if newline >= 0 else text.rfind("\n")
    ending = "\r\n" if before > 0 and text[before - 1] == "\r" else "\n"
    if newline < 0:
        return Edit(Span(len(text), len(text)), "".join(ending + line for line in lines))
    return Edit(Span(newline + 1, newline + 1), "".join(line + ending for line in lines))
