"""Nodes to a frozen Registry and findings. Bad data never raises, and one bad item hides no other.

What cannot be read is left out or empty, and always with a finding: nothing is guessed.
"""

import os
import re
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from chengguo.language import _
from chengguo.model import (
    NOWHERE,
    Column,
    Department,
    Extension,
    Extra,
    Item,
    Light,
    Plan,
    Progress,
    Registry,
    Schedule,
    Section,
    Task,
    Thresholds,
)
from chengguo.model.status import Status
from chengguo.registry import checks
from chengguo.registry.extras import Extras
from chengguo.registry.fields import (
    ALERTS,
    COLUMN,
    DEPARTMENT,
    ITEM,
    LIGHT,
    OTHERS,
    PLAN,
    REGISTRY,
    SECTION,
    TAKEN,
    TASK,
)
from chengguo.registry.item_records import EXTENSION, PROGRESS
from chengguo.registry.values import is_empty
from chengguo.schedules import read_schedule
from chengguo.text.findings import Finding, shortened
from chengguo.text.nodes import Mapping, Node, Refused, Scalar, parse
from chengguo.text.source import Source, Span

FORMAT = 1
_NO_PLAN = Plan("", "", None, None)
_UNSAID = Progress(date.min, None, None)
_SAYS_NOTHING = frozenset({"date", "milestone", "period", "by"})  # of the work


class Document(NamedTuple):
    """A file as read: its text, its nodes (``root`` is None where there is no mapping), its registry.

    One that several are read as has them in ``among``, and neither a text nor nodes of its own.
    """

    source: Source
    root: Mapping | None
    registry: Registry
    among: tuple["Document", ...] = ()

    def of_plan(self, name: str) -> "Document":
        """Return the document of the plan of that name, itself where it is of one alone."""
        return next((each for each in self.among if each.registry.plan.name == name), self)


def read_registry(source: Source) -> Document:
    """Read a registry; never raises. What is wrong with the file's shape is in ``registry.findings``."""
    root, findings = parse(source)
    registry = Registry(_NO_PLAN, (), (), ())
    if root is not None:
        registry = _Reader(source.text, findings).registry(root)
    return Document(
        source, root if isinstance(root, Mapping) else None, registry._replace(findings=findings.in_order())
    )


def named(document: Document, path: str) -> Document:
    """Return the document of the file at ``path`` with what names its plan: the key, else the file's name."""
    plan = document.registry.plan
    stem = os.path.splitext(os.path.basename(path))[0]  # noqa: PTH119, PTH122 - every query pays for it
    plan = plan._replace(name=plan.key or re.sub(r"[\s:：,，、;；]+", "_", stem).lstrip("-"))
    return document._replace(registry=document.registry._replace(plan=plan))


class Register(NamedTuple):
    """A register that several registries have in common, and what is wrong with its file."""

    departments: tuple[Department, ...]
    findings: tuple[Finding, ...]


def read_departments(source: Source) -> Register:
    """Read a file that has departments alone; never raises. Its entries have no place in a registry."""
    root, findings = parse(source)
    if root is None:
        return Register((), findings.in_order())
    reader = _Reader(source.text, findings)
    values = reader.record(root, _REGISTER).values
    entries = reader.departments(values.get("departments"))
    return Register(tuple(each._replace(span=NOWHERE) for each in entries), findings.in_order())


_REGISTER = {
    name: REGISTRY[name]._replace(required=name == "departments") for name in ("format", "departments")
}


class _Reader(Extras):
    """Reads the parts of a registry from the nodes of one file, collecting findings on the way."""

    def registry(self, root: Node) -> Registry:
        """Read the whole file."""
        values, places = self.record(root, REGISTRY)
        if values.get("format", FORMAT) != FORMAT:
            message = _("format {format} is not known").format(format=values["format"])
            self.report(
                checks.NOT_ALLOWED,
                places["format"][0],
                message,
                _("This chengguo reads format 1; is there a newer one?"),
            )
        plan = self.plan(values["plan"]) if "plan" in values else _NO_PLAN
        self.context = plan.context
        self.columns = self.own_columns(values.get("columns"))
        return Registry(
            plan,
            self.departments(values.get("departments")),
            self.sections(values.get("sections")),
            tuple(self.task(node) for node in values.get("tasks", ())),
            (),
            Thresholds(**self.record(values["alerts"], ALERTS).values)
            if "alerts" in values
            else Thresholds(),
            self.lights(values.get("lights")),
            self.columns,
        )

    def plan(self, node: Mapping) -> Plan:
        """Read the plan."""
        values, _places = self.record(node, PLAN)
        plan = Plan(
            values.get("title", ""), values.get("table", ""), values.get("years"), values.get("issued")
        )
        plan = plan._replace(closing=values.get("closing", plan.closing), key=values.get("key", ""))
        reports = values.get("reports")
        return plan._replace(reports=read_schedule(reports, plan.context)) if reports else plan

    def departments(self, node: Mapping | None) -> tuple[Department, ...]:
        """Read the register."""
        return tuple(self.department(key, value) for key, value in (node.entries if node else ()))

    def department(self, key: Scalar, node: Node) -> Department:
        """Read one entry of the register; an entry may be empty, the name being all that is known."""
        values = {} if is_empty(node) else self.record(node, DEPARTMENT).values
        return Department(
            key.text,
            values.get("full"),
            tuple(name for name, _span in values.get("aliases", ())),
            values.get("group", False),
            values.get("successor"),
            values.get("until"),
            key.span,
        )

    def own_columns(self, node: Mapping | None) -> tuple[Column, ...]:
        """Read the office's own columns; an entry may be empty, for texts of an item."""
        found = []
        for key, child in node.entries if node else ():
            values = {} if is_empty(child) else self.record(child, COLUMN).values
            if key.text in TAKEN:
                message = _("'{text}' cannot stand here").format(text=shortened(key.text))
                hint = _("The table has a column of that name itself; give this one another heading.")
                self.report(checks.NOT_ALLOWED, key.span, message, hint)
            else:
                found.append(Column(key.text, **values))
        return tuple(found)

    def sections(self, node: Mapping | None) -> tuple[Section, ...]:
        """Read the sections: the title of each, or its title and the section that it is in."""
        found = []
        for key, child in node.entries if node else ():
            if isinstance(child, Mapping):
                values = self.record(child, SECTION).values
            else:
                values = {"title": self.value(key, child, SECTION["title"])}
            found.append(Section(key.text, values.get("title") or "", key.span, values.get("in", "")))
        return tuple(found)

    def thresholds(self, node: Mapping | None) -> Thresholds:
        """Read from when on the office wants an alert."""
        return Thresholds(**self.record(node, ALERTS).values) if node else Thresholds()

    def lights(self, node: Mapping | None) -> tuple[Light, ...]:
        """Read the lights; one whose conditions cannot be read is left out, for it would always hold."""
        found = []
        for key, child in node.entries if node else ():
            values, places = self.record(child, LIGHT)
            if "when" in places and not values.get("when"):
                continue
            when = values.get("when", ())
            found.append(Light(key.text, when, values.get("color", "grey"), values.get("shape", "●")))
        return tuple(found)

    def task(self, node: Node) -> Task:
        """Read a task and its items; a task whose id cannot be read has id 0, shown as ``?``."""
        self.address = None
        number = self.peek_id(node)
        self.address = str(number) if number else None
        values, places = self.record(node, TASK)
        items = tuple(self.item(child, number) for child in values.get("items", ()))
        return Task(
            number, values.get("section", ""), values.get("title", ""), items, MappingProxyType(places)
        )

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
            MappingProxyType(places),
            self.extensions(values["extensions"], places) if "extensions" in values else (),
            self.others(values),
            self.own_values(values, places),
        )
        self.address = None
        return item

    def own_values(self, values: dict[str, Any], places: dict[str, tuple[Span, ...]]) -> Extra:
        """Take the values of an item's own columns, noting in ``places`` where each stands."""
        found, spans = values.get("extra", ((), {}))
        places.update({f"extra {heading}": each for heading, each in spans.items()})
        return found  # type: ignore[no-any-return]

    def others(self, values: dict[str, Any]) -> MappingProxyType[str, Any]:
        """Read the fields that the model has no attribute for: names without their places, whole records."""
        found = {field.name: values[field.name] for field in OTHERS if field.name in values}
        for name, value in [*found.items()]:
            if ITEM[name].kind == "names":
                found[name] = tuple(each for each, _span in value)
            elif ITEM[name].kind == "record":
                fields = ITEM[name].fields or {}
                parts = self.record(value, fields).values
                found[name] = MappingProxyType({part: parts.get(part) for part in fields})
                if any(field.required and field.name not in parts for field in fields.values()):
                    del found[name]  # with a finding: half of it is nothing
        return MappingProxyType(found)

    def extensions(
        self, nodes: tuple[Node, ...], places: dict[str, tuple[Span, ...]]
    ) -> tuple[Extension, ...]:
        """Read the extensions of an item, noting in ``places`` where each stands."""
        entries, spans = [], []
        for node in nodes:
            values, found = self.record(node, EXTENSION)
            if values.keys() >= {"date", "to", "reason"}:
                to = read_schedule(values["to"])  # it counts from nothing but the calendar
                entries.append(Extension(**{**values, "to": to}))
                spans.append(found["to"][0])
        places["extensions"] = tuple(spans)
        return tuple(entries)

    def progress(self, nodes: tuple[Node, ...]) -> tuple[tuple[Progress, ...], tuple[Span, ...]]:
        """Read the reports of an item, and where each stands; one without a readable day is left out."""
        entries, spans = [], []
        for node in nodes:
            values, places = self.record(node, PROGRESS)
            if not values and isinstance(node, Refused):
                continue
            if "date" in values:
                if "extra" in values:
                    values["extra"] = values["extra"][0]
                entries.append(_UNSAID._replace(**values))
                spans.append(places["date"][0])
                if places.keys() <= _SAYS_NOTHING:
                    hint = _("Give it a status or a note, or delete it.")
                    self.report(
                        checks.MISSING, places["date"][0], _("a progress entry that says nothing"), hint
                    )
        return tuple(entries), tuple(spans)

    def schedule(self, words: str) -> Schedule:
        """Read the wording of a schedule, each only once."""
        if words not in self.schedules:
            self.schedules[words] = read_schedule(words, self.context)
        return self.schedules[words]
