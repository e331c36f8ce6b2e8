"""The values of a task from its lines, in the plain form that registries are written in.

A line is a field, by the name that is declared; no places are kept, since they are seldom asked for. What is
written in another way, or is wrong in any, is ``NotCanonical``: whoever asked reads the nodes then.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Mapped
from types import MappingProxyType
from typing import Any

from chengguo.registry.extras import Extras
from chengguo.registry.field_kinds import Field, Fields
from chengguo.text.canonical import (
    Entries,
    NotCanonical,
    block,
    flow,
    is_plain,
    names,
    scalar,
)
from chengguo.text.findings import Collection
from chengguo.text.nodes import LONGEST_LIST, Mapping, Scalar
from chengguo.text.source import Span

_TEXTS = frozenset({"text", "schedule"})
_IN_BRACKETS = frozenset({"names", "texts"})
_MAPPINGS = frozenset({"extra", "record"})


class Form:
    """How the entries of a list are written in the plain form: a line a field, the first of them first.

    ``known`` holds the values of each field by how they are written: a thousand items share a handful.
    """

    def __init__(self, fields: Fields, column: int, kinds: Extras) -> None:
        """Take the fields, the column of the dashes, and a reader of kinds that has found nothing."""
        self.fields = fields
        self.kinds = kinds
        self.known: dict[str, dict[str, Any]] = {name: {} for name in fields}
        self.column = column
        self.first = next(iter(fields))
        self.required = frozenset(field.name for field in fields.values() if field.required)
        self._lines: re.Pattern[str] | None = None
        self._forms: dict[str, Form] = {}

    def entries(self, words: str) -> list[dict[str, Any]]:
        """Return the values of the entries that some lines are; raises ``NotCanonical``."""
        if self._lines is None:
            self._lines = re.compile(expression(self.column))
        found: list[dict[str, Any]] = []
        values: dict[str, Any] | None = None
        dash = " " * self.column + "- "
        for lead, name, raw, other in self._lines.findall(words):
            if lead == dash:
                values = {}
                found.append(values)
            elif not lead and not other:
                continue  # a comment
            known = self.known.get(name)
            if known is None or values is None or name in values:
                raise NotCanonical
            value = known.get(raw)
            values[name] = self._value(self.fields[name], raw, known) if value is None else value
        if not 0 < len(found) <= LONGEST_LIST or not all(map(self._is_whole, found)):
            raise NotCanonical
        return found

    def _is_whole(self, values: dict[str, Any]) -> bool:
        return next(iter(values)) == self.first and values.keys() >= self.required

    def _value(self, field: Field, raw: str, known: dict[str, Any]) -> Any:
        """Return the value of a field, from behind its colon on."""
        if raw[:1] == "\n":
            if field.kind == "records":
                return self._form(field).entries(raw[1:] + "\n")
            if field.kind not in _MAPPINGS:
                raise NotCanonical
            return self._of_node(field, block(raw, 1, len(raw)))
        if raw.startswith(" |-\n"):
            if field.kind not in _TEXTS:
                raise NotCanonical
            lead = "\n" + " " * (self.column + 4)
            return raw[len(" |-") + len(lead) :].replace(lead, "\n")
        raw = raw[1:]
        value: Any
        if field.kind in _TEXTS:
            value = scalar(raw)
        elif field.kind in _IN_BRACKETS:
            value = names(raw)
        elif field.kind in _MAPPINGS:
            value = self._of_node(field, Mapping(flow(raw, 0), 0, len(raw), flow=True))
        else:
            end = len(self.kinds.text)
            value = self._of_node(field, Scalar(scalar(raw), end, end, ""))
        known[" " + raw] = value
        return value

    def _form(self, field: Field) -> "Form":
        if field.name not in self._forms:
            self._forms[field.name] = Form(field.fields or {}, self.column + 2, self.kinds)
        return self._forms[field.name]

    def _of_node(self, field: Field, node: Mapping | Scalar) -> Any:
        """Return the value of a node by the kind of its field."""
        value = self.kinds.by_kind[field.kind](node, field)
        if field.kind == "record":
            fields = field.fields or {}
            parts = self.kinds.record(node, fields).values
            value = MappingProxyType({part: parts.get(part) for part in fields})
        if value is None or self.kinds.findings:
            self.kinds.findings.clear()
            raise NotCanonical
        return value[0] if field.kind == "extra" else value


def expression(column: int) -> str:
    """Return the regular expression of the lines of a list whose dashes are in a column.

    The groups are what stands before a field, its name, what stands behind its colon up to the end of its
    line or, of what is written below its key, of its last line; and whatever else stands there, which has no
    place in the plain form. Comments are in none. No line can be read in two ways.
    """
    lead = " " * (column + 2)
    passed_over = rf" {{0,{column + 3}}}(?:#.*)?"
    paragraphs = rf" \|-(?:\n{lead}  [^ \n].*)+(?!\n{lead}  )"
    below = rf"(?:\n(?:{lead}(?:- |  ).*|{passed_over}))+"
    return rf"({lead[2:]}- |{lead})([a-z_]+):({paragraphs}| .*|{below})\n|{passed_over}\n|(.+)"


Found = Mapped[str, tuple[Span, ...]]
_ITEM = "\n  - "  # nothing else that stands in a task is in that column behind a dash


class Places(Found):
    """Where the fields of a task, or of an item of it, stand: found out when it is asked for."""

    __slots__ = ("_entries", "_find", "_found", "_item", "_task")

    def __init__(
        self,
        find: Callable[[int, int | None], Found],
        task: int,
        item: int | None = None,
        entries: Entries | None = None,
    ) -> None:
        """Take what finds them for the number of a task and of an item, both counted from 0.

        ``entries`` are the tasks in their lines, where the task is read from those.
        """
        self._find, self._task, self._item, self._entries = find, task, item, entries
        self._found: Found | None = None

    def _known(self) -> Found:
        self._found = self._find(self._task, self._item) if self._found is None else self._found
        return self._found

    def __getitem__(self, field: str) -> tuple[Span, ...]:
        """Return the places of a field; that of the id is told by its line, without a YAML parser."""
        if field == "id" and self._entries:
            return (self._id(self._entries.text, self._entries.starts[self._task]),)
        return self._known()[field]

    def _id(self, text: str, at: int) -> Span:
        for _item in range(0 if self._item is None else self._item + 1):
            at = text.index(_ITEM, at) + len(_ITEM)
        start = text.index(": ", at) + 2
        return Span(start, start + len(text[start : text.index("\n", start)].rstrip("\r")))

    def __iter__(self) -> Iterator[str]:
        """Go through the fields."""
        return iter(self._known())

    def __len__(self) -> int:
        """Count the fields."""
        return len(self._known())


def kinds(text: str, columns: Any) -> Extras:
    """Return a reader of kinds of values that finds things for itself alone."""
    found = Extras(text, Collection())
    found.columns = columns
    return found


def record_of(words: str, form: Form) -> dict[str, Any]:
    """Return the values of the one entry of a list that some words are; raises ``NotCanonical``."""
    if not is_plain(words):
        raise NotCanonical
    found = form.entries(words.replace("\r\n", "\n") if "\r" in words else words)
    if len(found) != 1:
        raise NotCanonical
    return found[0]
