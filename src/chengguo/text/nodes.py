"""The nodes of a text: keys, values and lists that keep their places, whoever read them."""

from collections.abc import Sequence as Many
from typing import NamedTuple

from chengguo.text.source import Span

DEEPEST = 32
WIDEST = 10_000  # keys of one mapping
LONGEST_LIST = 200_000  # entries; a province has tens of thousands of tasks


class Scalar(NamedTuple):
    """A text. ``style`` is what quotes it: ``'``, ``"``, ``|``, ``>``, or nothing for a plain one.

    The end of a block scalar (``|``, ``>``) is the parser's: it runs past trailing blank lines.
    """

    text: str
    start: int
    end: int
    style: str

    @property
    def span(self) -> Span:
        """Where it stands, quotes included."""
        return Span(self.start, self.end)


class Mapping(NamedTuple):
    """Keys and values in the order of the file. ``flow`` tells ``{a: b}`` from a block."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    start: int
    end: int
    flow: bool

    @property
    def span(self) -> Span:
        """Where it stands, up to the end of its last value."""
        return Span(self.start, self.end)

    def get(self, key: str) -> "Node | None":
        """Return the value of ``key``, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


class Sequence(NamedTuple):
    """Nodes in the order of the file. ``flow`` tells ``[a, b]`` from a block of dashes."""

    items: "Many[Node]"
    start: int
    end: int
    flow: bool

    @property
    def span(self) -> Span:
        """Where it stands, up to the end of its last node."""
        return Span(self.start, self.end)


class Refused(NamedTuple):
    """What stands in the place of a node that was refused; a finding has said why."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


Node = Scalar | Mapping | Sequence | Refused


def moved(node: Node, by: int) -> Node:
    """Return a node as it is that many characters further on."""
    start, end = node.start + by, node.end + by
    if isinstance(node, Mapping):
        entries = ((_moved_scalar(key, by), moved(value, by)) for key, value in node.entries)
        return Mapping(tuple(entries), start, end, node.flow)
    if isinstance(node, Sequence):
        return Sequence(tuple(moved(child, by) for child in node.items), start, end, node.flow)
    return _moved_scalar(node, by) if isinstance(node, Scalar) else Refused(start, end)


def _moved_scalar(node: Scalar, by: int) -> Scalar:
    return node._replace(start=node.start + by, end=node.end + by)
