"""Nodes to a frozen Registry and findings. Bad data never raises, and one bad item hides no other.

What cannot be read is left out or empty, and always with a finding: nothing is guessed.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from chengguo import wording
from chengguo.fields import DEPARTMENT, ITEM, PLAN, PROGRESS, REGISTRY, TASK, Field, Kind
from chengguo.findings import Collection, Finding
from chengguo.language import _, listed
from chengguo.model import (
    Department,
    Item,
    Plan,
    Progress,
    Registry,
    Schedule,
    Section,
    Status,
    Task,
    Years,
    status_from,
)
from chengguo.nodes import Mapping, Node, Refused, Scalar, Sequence, parse
from chengguo.source import Source, Span

FORMAT = 1
_NO_PLAN = Plan("", "", None, None)


class Document(NamedTuple):
    """A file as read: its text, its nodes (``root`` is None where there are none), its registry."""

    source: Source
    root: Node | None
    registry: Registry


def read(source: Source) -> Document:
    """Read a registry; never raises. What is wrong with the file's shape is in ``registry.findings``."""
    root, findings = parse(source)
    registry = Registry(_NO_PLAN, (), (), ())
    if root is not None:
        reader = _Reader(source.text, findings)
        registry = reader.registry(root)
    return Document(source, root, registry._replace(findings=findings.in_order()))


class _Record(NamedTuple):
    """The readable fields of a mapping, and where each stands."""

    values: dict[str, Any]
    places: dict[str, tuple[Span, ...]]


class _Reader:
    """Reads the nodes of one file, collecting findings on the way."""

    def __init__(self, text: str, findings: Collection) -> None:
        self.text = text
        self.findings = findings
        self.address: str | None = None
        self.schedules: dict[str, Schedule] = {}  # a thousand items share a handful of wordings
        self.by_kind: dict[Kind, Callable[[Node, Field], Any]] = {
            "text": self.text_of,
            "integer": self.integer,
            "flag": self.flag,
            "date": self.date,
            "month": self.month,
            "years": self.years,
            "status": self.status,
            "names": self.names,
            "record": self.mapping,
            "register": self.mapping,
            "titles": self.mapping,
            "records": self.sequence,
        }

    # -- the parts of a registry -----------------------------------------------------------------

    def registry(self, root: Node) -> Registry:
        """Read the whole file."""
        values, places = self.record(root, REGISTRY)
        if values.get("format", FORMAT) != FORMAT:
            message = _("format {format} is not known").format(format=values["format"])
            self.report(
                "S204", places["format"][0], message, _("This chengguo reads format 1; is there a newer one?")
            )
        return Registry(
            self.plan(values["plan"]) if "plan" in values else _NO_PLAN,
            self.departments(values.get("departments")),
            self.sections(values.get("sections")),
            tuple(self.task(node) for node in values.get("tasks", ())),
        )

    def plan(self, node: Mapping) -> Plan:
        """Read the plan."""
        values, _places = self.record(node, PLAN)
        return Plan(
            values.get("title", ""), values.get("table", ""), values.get("years"), values.get("issued")
        )

    def departments(self, node: Mapping | None) -> tuple[Department, ...]:
        """Read the register."""
        return tuple(self.department(key, value) for key, value in (node.entries if node else ()))

    def department(self, key: Scalar, node: Node) -> Department:
        """Read one entry of the register; an entry may be empty, the name being all that is known."""
        values = {} if _is_empty(node) else self.record(node, DEPARTMENT).values
        return Department(
            key.text,
            values.get("full"),
            tuple(name for name, _span in values.get("aliases", ())),
            values.get("group", False),
            values.get("successor"),
            values.get("until"),
            key.span,
        )

    def sections(self, node: Mapping | None) -> tuple[Section, ...]:
        """Read the titles of the sections."""
        title = Field("title", "text", "", "", required=True)
        return tuple(
            Section(key.text, self.value(key, value, title) or "", key.span)
            for key, value in (node.entries if node else ())
        )

    def task(self, node: Node) -> Task:
        """Read a task and its items; a task whose id cannot be read has id 0, shown as ``?``."""
        self.address = None
        number = self.peek_id(node)
        self.address = str(number) if number else None
        values, places = self.record(node, TASK)
        items = tuple(self.item(child, number) for child in values.get("items", ()))
        return Task(number, values.get("section", ""), values.get("title", ""), items, places)

    def item(self, node: Node, task: int) -> Item:
        """Read an item; one whose id cannot be read has id 0, shown as ``?``."""
        number = self.peek_id(node)
        self.address = f"{task}.{number}" if task and number else None
        values, places = self.record(node, ITEM)
        lead, support = values.get("lead", ()), values.get("support", ())
        places["lead"], places["support"] = (
            tuple(span for _name, span in lead),
            tuple(span for _name, span in support),
        )
        progress, places["progress"] = self.progress(values.get("progress", ()))
        item = Item(
            task,
            number,
            values.get("content", ""),
            tuple(name for name, _span in lead),
            tuple(name for name, _span in support),
            self.schedule(values.get("schedule", "")),
            values.get("due"),
            values.get("status", Status.PENDING),
            progress,
            places,
        )
        self.address = None
        return item

    def progress(self, nodes: tuple[Node, ...]) -> tuple[tuple[Progress, ...], tuple[Span, ...]]:
        """Read the reports of an item, and where each stands; one without a readable day is left out."""
        entries, spans = [], []
        for node in nodes:
            values, places = self.record(node, PROGRESS)
            if not values and isinstance(node, Refused):
                continue
            if "date" in values:
                entries.append(Progress(values["date"], values.get("status"), values.get("note")))
                spans.append(places["date"][0])
                if "status" not in values and "note" not in values and len(places) == 1:
                    hint = _("Give it a status or a note, or delete it.")
                    self.report("S203", places["date"][0], _("a progress entry that says nothing"), hint)
        return tuple(entries), tuple(spans)

    def schedule(self, words: str) -> Schedule:
        """Read the wording of a schedule, each only once."""
        if words not in self.schedules:
            self.schedules[words] = wording.read(words)
        return self.schedules[words]

    # -- mappings --------------------------------------------------------------------------------

    def record(self, node: Node, fields: tuple[Field, ...]) -> _Record:
        """Read a mapping of declared fields: unknown keys, missing fields and wrong values are findings."""
        values: dict[str, Any] = {}
        places: dict[str, tuple[Span, ...]] = {}
        if not isinstance(node, Mapping):
            self.wrong_kind(node, _("a mapping of fields"), _("Write 'key: value' lines here."))
            return _Record(values, places)
        declared = {field.name: field for field in fields}
        for key, child in node.entries:
            field = declared.get(key.text)
            if field is None:
                self.unknown_key(key, tuple(declared))
                continue
            places[field.name] = (child.span if child.span.start < child.span.end else key.span,)
            value = self.value(key, child, field)
            if value is not None:
                values[field.name] = value
        self.missing(node, fields, places)
        return _Record(values, places)

    def missing(self, node: Mapping, fields: tuple[Field, ...], places: dict[str, tuple[Span, ...]]) -> None:
        """Report the required fields that are not there, at the first key of the mapping."""
        for field in fields:
            if field.required and field.name not in places:
                span = node.entries[0][0].span if node.entries else node.span
                hint = _("Add '{name}: …': {about}.").format(name=field.name, about=_(field.about))
                self.report("S203", span, _("the field '{name}' is missing").format(name=field.name), hint)

    def unknown_key(self, key: Scalar, known: tuple[str, ...]) -> None:
        """Report a key that nobody defined, with the one that was probably meant."""
        from difflib import get_close_matches  # only a wrong key pays for it

        if self.findings.is_full or not key.text or (key.text == "<<" and not key.style):
            return  # the parser has reported it
        near = get_close_matches(key.text.strip().lower(), known, n=1)
        hint = _("Did you mean '{name}'?").format(name=near[0]) if near else ""
        hint = hint or _("Known here: {names}.").format(names=listed(known))
        if any(character in key.text for character in "\u00a0\u3000"):
            hint = _("It contains a no-break or full-width space; indent with ordinary spaces.")
        self.report("S201", key.span, _("unknown key '{key}'").format(key=key.text), hint)

    def peek_id(self, node: Node) -> int:
        """Read the id ahead of the other fields, whose findings carry it; 0 where it cannot be read."""
        child = node.get("id") if isinstance(node, Mapping) else None
        return int(child.text) if isinstance(child, Scalar) and _is_number(child.text) else 0

    # -- values, by kind: each gives None for what cannot be read, having reported it ------------

    def value(self, key: Scalar, node: Node, field: Field) -> Any:
        """Read the value of one field."""
        if isinstance(node, Refused):
            return None
        if _is_empty(node):
            hint = _("Write a value, or delete the key.") if not field.required else _("Write a value.")
            self.report("S203", key.span, _("the field '{name}' is empty").format(name=key.text), hint)
            return None
        return self.by_kind[field.kind](node, field)

    def text_of(self, node: Node, _field: Field) -> str | None:
        """Read a text."""
        if isinstance(node, Scalar):
            return node.text
        self.wrong_kind(node, _("a text"), _('Put the text in "double quotes" if it begins with [ or {.'))
        return None

    def integer(self, node: Node, field: Field) -> int | None:
        """Read a whole number, without a sign and without leading zeros."""
        text = self.text_of(node, field)
        if text is None or _is_number(text):
            return int(text) if text else None
        self.wrong_value(node, text, _("a whole number such as 3"))
        return None

    def flag(self, node: Node, field: Field) -> bool | None:
        """Read true or false; yes, no, on and off are texts here."""
        text = self.text_of(node, field)
        if text is None or text in {"true", "false"}:
            return text == "true" if text else None
        self.wrong_value(node, text, _("true or false"))
        return None

    def date(self, node: Node, field: Field) -> date | None:
        """Read a day."""
        text = self.text_of(node, field)
        if text is None:
            return None
        if len(text) == len("2019-12-31") and text[4] == text[7] == "-":
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.wrong_value(node, text, _("a day that the calendar has, such as 2019-12-31"))
                return None
        self.wrong_value(node, text, _("a date such as 2019-12-31"))
        return None

    def month(self, node: Node, field: Field) -> str | None:
        """Read a month, kept as its text."""
        text = self.text_of(node, field)
        if text is None or re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", text):
            return text
        self.wrong_value(node, text, _("a month such as 2018-11"))
        return None

    def years(self, node: Node, field: Field) -> Years | None:
        """Read a year or a span of years, both inclusive."""
        text = self.text_of(node, field)
        if text is None:
            return None
        if (match := re.fullmatch(_YEARS, text)) and match[1] <= (match[2] or match[1]):
            return Years(int(match[1]), int(match[2] or match[1]))
        self.wrong_value(node, text, _("years such as 2017-2020"))
        return None

    def status(self, node: Node, field: Field) -> Status | None:
        """Read a status; a Chinese word is understood, and reported, for the file holds the English."""
        text = self.text_of(node, field)
        status = status_from(text) if text else None
        if text is not None and text != status:
            self.wrong_value(node, text, status or listed(Status), status)
        return status

    def names(self, node: Node, field: Field) -> tuple[tuple[str, Span], ...] | None:
        """Read a list of names, each with its place; a lone name is taken, and reported."""
        if isinstance(node, Scalar):
            hint = _("Write it as a list: {name}: [{value}]").format(name=field.name, value=node.text)
            self.wrong_kind(node, _("a list of names"), hint)
            return ((node.text, node.span),)
        names = []
        for child in self.sequence(node, field) or ():
            if isinstance(child, Scalar) and child.text.strip():
                names.append((child.text, child.span))
            elif isinstance(child, Scalar):
                hint = _("Write a name, or delete the entry.")
                self.report("S203", child.span, _("an empty name in '{name}'").format(name=field.name), hint)
            else:
                self.wrong_kind(child, _("a name"), _("Write one name an entry."))
        return tuple(names)

    def mapping(self, node: Node, _field: Field) -> Mapping | None:
        """Take a mapping."""
        if isinstance(node, Mapping):
            return node
        self.wrong_kind(node, _("a mapping of fields"), _("Write 'key: value' lines here."))
        return None

    def sequence(self, node: Node, _field: Field) -> tuple[Node, ...] | None:
        """Take the nodes of a list."""
        if isinstance(node, Sequence):
            return node.items
        self.wrong_kind(node, _("a list"), _("Begin each entry with '- '."))
        return None

    # -- findings --------------------------------------------------------------------------------

    def wrong_kind(self, node: Node, expected: str, hint: str) -> None:
        """Report a list where a text belongs, and the like."""
        if isinstance(node, Refused):
            return
        found = (
            _("a text")
            if isinstance(node, Scalar)
            else _("a list")
            if isinstance(node, Sequence)
            else _("a mapping")
        )
        message = _("{expected} is expected here, not {found}").format(expected=expected, found=found)
        self.report("S202", _first_line(node.span, self.text), message, hint)

    def wrong_value(self, node: Node, text: str, expected: str, fix: str | None = None) -> None:
        """Report a text that is none of the values that may stand here, and the one that should, if known."""
        shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
        message = _("'{text}' cannot stand here").format(text=shown)
        hint = _("Write {expected}.").format(expected=expected)
        span = node.span if fix else _first_line(node.span, self.text)
        self.findings.append(Finding("S204", span, message, hint, self.address, fix=fix))

    def report(self, code: str, span: Span, message: str, hint: str) -> None:
        """Add a finding about the item or task in hand."""
        self.findings.append(Finding(code, span, message, hint, self.address))


_LONGEST_SHOWN = 40
_LONGEST_NUMBER = 10
_YEARS = r"([0-9]{4})(?:[-—–~至]([0-9]{4}))?"  # any dash that people type


def _is_empty(node: Node) -> bool:
    """Tell whether nothing is written: a block or a pair of quotes without text counts, [] does not."""
    return isinstance(node, Scalar) and not node.text.strip()


def _is_number(text: str) -> bool:
    """Tell whether a text is a whole number from 1, without leading zeros and of a sane length."""
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < _LONGEST_NUMBER


def _first_line(span: Span, text: str) -> Span:
    """Cut a place that runs over several lines at the end of its first."""
    newline = text.find("\n", span.start, span.end)
    return span if newline < 0 else Span(span.start, newline)
