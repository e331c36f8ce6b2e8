"""Nodes to a frozen Registry and findings. Bad data never raises, and one bad item hides no other.

What cannot be read is left out or empty, and always with a finding: nothing is guessed.
"""

from collections.abc import Sequence as Many
from datetime import date
from types import MappingProxyType
from typing import Any

from chengguo.language import _
from chengguo.model import (
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
from chengguo.registry.canonical import Form, Found, Places, kinds, record_of
from chengguo.registry.documents import Document
from chengguo.registry.extras import Extras
from chengguo.registry.fields import DEPARTMENT, ITEM, OTHERS, PLAN, REGISTRY, SECTION, TAKEN, TASK
from chengguo.registry.item_records import EXTENSION, PROGRESS, SAYS_NOTHING
from chengguo.registry.office_fields import ALERTS, COLUMN, LIGHT
from chengguo.registry.report_headings import is_news, kept_as
from chengguo.registry.tasks import Tasks
from chengguo.registry.values import is_empty
from chengguo.schedules import read_schedule
from chengguo.text.canonical import Entries, NotCanonical, plain_root
from chengguo.text.findings import Collection, shortened
from chengguo.text.nodes import Mapping, Node, Refused, Scalar
from chengguo.text.source import Source, Span

FORMAT = 1
_NO_PLAN = Plan("", "", None, None)
_UNSAID = Progress(date.min, None, None)


def read_registry(source: Source, *, of_one: bool = False) -> Document:
    """Read a registry; never raises. What is wrong with the file's shape is in ``registry.findings``.

    ``of_one`` task somebody asks, so that the others need not be made.
    """
    return read_in_lines(source, of_one=of_one) or read_by_nodes(source)


def read_in_lines(source: Source, *, of_one: bool = False) -> Document | None:
    """Read a registry in the plain form that registries are written in; None for what only a parser reads.

    ``of_one`` task somebody asks: where nothing is wrong in any, each is read when it is asked for.
    """
    root = plain_root(source)
    if root is None:
        return None
    findings = Collection()
    try:
        registry = Reader(source.text, findings, of_one=of_one).registry(root)
    except NotCanonical:
        return None
    return Document(source, root, registry._replace(findings=findings.in_order()))


def read_by_nodes(source: Source) -> Document:
    """Read a registry by way of a YAML parser, in whatever form it is."""
    from chengguo.text.parser import parse  # PyYAML takes its time to load

    root, findings = parse(source)
    registry = Registry(_NO_PLAN, (), (), ())
    if root is not None:
        registry = Reader(source.text, findings).registry(root)
    return Document(
        source, root if isinstance(root, Mapping) else None, registry._replace(findings=findings.in_order())
    )


class Reader(Extras):
    """Reads the parts of a registry from the nodes of one file, collecting findings on the way."""

    def __init__(self, text: str, findings: Collection, *, of_one: bool = False) -> None:
        """Begin with the text of the file and what its YAML had wrong; ``of_one`` as ``read_in_lines``."""
        super().__init__(text, findings)
        self.of_one = of_one

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
        departments = self.departments(values.get("departments"))
        return Registry(
            plan,
            departments,
            self.sections(values.get("sections")),
            self.tasks(values.get("tasks", ()), departments),
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
                if is_news(key.text):
                    message = _("'{text}' is a column of reports").format(text=shortened(key.text))
                    hint = _("Call this one {name}, here and under 'extra:'.").format(name=kept_as(key.text))
                    self.report(checks.HEADING_OF_REPORTS, key.span, message, hint)
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

    def tasks(self, nodes: Many[Node], departments: tuple[Department, ...]) -> Many[Task]:
        """Read the tasks: from their lines where they are in the plain form, else from their nodes."""
        if not isinstance(nodes, Entries):
            return tuple(map(self.task, nodes))
        lines = InLines(self, nodes)
        if self.of_one and not self.findings:
            from chengguo.registry import soundness  # only an edit pays for it

            if soundness.are_sound(nodes, {each.name for each in departments}, self.context):
                return Tasks(len(nodes), lines.task, places_of=nodes.places, is_sound=True)
        return lines.tasks()

    def task(self, node: Node) -> Task:
        """Read a task and its items; a task whose id cannot be read has id 0, shown as ``?``."""
        self.address = None
        number = self.peek_id(node)
        self.address = str(number) if number else None
        values, places = self.record(node, TASK)
        items = tuple(self.item(child, number) for child in values.get("items", ()))
        self.address = None
        return Task(
            number, values.get("section", ""), values.get("title", ""), items, MappingProxyType(places)
        )

    def item(self, node: Node, task: int) -> Item:
        """Read an item; one whose id cannot be read has id 0, shown as ``?``."""
        number = self.peek_id(node)
        self.address = f"{task}.{number}" if task and number else None
        values, places = self.record(node, ITEM)
        for role in ("lead", "support"):
            named = values.get(role, ())
            values[role] = tuple(name for name, _span in named)
            places[role] = tuple(span for _name, span in named)
        values["progress"], places["progress"] = self.progress(values.get("progress", ()))
        if "extensions" in values:
            values["extensions"] = self.extensions(values["extensions"], places)
        values["extra"] = self.own_values(values, places)
        values["others"] = self.others(values)
        self.address = None
        return self.item_of(values, (task, number), MappingProxyType(places))

    def item_of(self, values: dict[str, Any], address: tuple[int, int], places: Found) -> Item:
        """Make an item of the values of its fields."""
        return Item(
            *address,
            values.get("content", ""),
            values.get("lead", ()),
            values.get("support", ()),
            self.schedule(values.get("schedule", "")),
            values.get("due"),
            values.get("status", Status.PENDING),
            values.get("progress", ()),
            places,
            values.get("extensions", ()),
            values["others"],
            values.get("extra", ()),
        )

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
                entries.append(self.extension(values))
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
                if places.keys() <= SAYS_NOTHING:
                    hint = _("Give it a status or a note, or delete it.")
                    self.report(
                        checks.MISSING, places["date"][0], _("a progress entry that says nothing"), hint
                    )
        return tuple(entries), tuple(spans)

    def extension(self, values: dict[str, Any]) -> Extension:
        """Make an extension of the values of its fields; its day counts from nothing but the calendar."""
        words = values["to"]
        if words not in self.extended:
            self.extended[words] = read_schedule(words)
        return Extension(**{**values, "to": self.extended[words]})

    def schedule(self, words: str) -> Schedule:
        """Read the wording of a schedule, each only once."""
        if words not in self.schedules:
            self.schedules[words] = read_schedule(words, self.context)
        return self.schedules[words]


class InLines:
    """Reads the tasks of one file from their lines; places, and whatever is not plain, from their nodes."""

    def __init__(self, reader: Reader, entries: Entries) -> None:
        """Take the reader of the file, which has read what stands above the tasks, and the tasks."""
        self.reader = reader
        self.entries = entries
        self.form = Form(TASK, 0, kinds(reader.text, reader.columns))
        self.again: tuple[int, Task] | None = None  # the task whose places were asked for last

    def tasks(self) -> tuple[Task, ...]:
        """Read the tasks; raises ``NotCanonical`` where only a parser of the whole can tell what they are."""
        return tuple(map(self.task, range(len(self.entries))))

    def moved(self, task: Task, place: int) -> Task:
        """Return a task whose text is the same, and stands elsewhere."""
        items = tuple(
            item._replace(places=Places(self._places, place, at)) for at, item in enumerate(task.items)
        )
        return task._replace(items=items, places=Places(self._places, place))

    def task(self, place: int) -> Task:
        """Read a task; raises ``NotCanonical`` as ``tasks`` does."""
        try:
            values = record_of(self.entries.words(place), self.form)
            number = values["id"]
            items = tuple(self._item(each, (number, at), place) for at, each in enumerate(values["items"]))
        except NotCanonical:
            return self.reader.task(self.entries[place])
        places = Places(self._places, place, None, self.entries)
        return Task(number, values["section"], values["title"], items, places)

    def _item(self, values: dict[str, Any], at: tuple[int, int], place: int) -> Item:
        """Make an item, the one ``at`` a task and a place within it, of what was read of its lines."""
        if "progress" in values:
            values["progress"] = tuple(map(_report, values["progress"]))
        if "extensions" in values:
            values["extensions"] = tuple(map(self.reader.extension, values["extensions"]))
        values["others"] = _NOTHING
        if not _OTHERS.isdisjoint(values):
            others = {field.name: values[field.name] for field in OTHERS if field.name in values}
            values["others"] = MappingProxyType(others)
        places = Places(self._places, place, at[1], self.entries)
        return self.reader.item_of(values, (at[0], values["id"]), places)

    def _places(self, place: int, item: int | None) -> Found:
        """Return where the fields of a task, or of one of its items, stand."""
        if self.again is None or self.again[0] != place:
            reader = Reader(self.reader.text, Collection())
            reader.columns, reader.context = self.reader.columns, self.reader.context
            reader.schedules, reader.extended = self.reader.schedules, self.reader.extended
            self.again = place, reader.task(self.entries[place])
        task = self.again[1]
        return task.places if item is None else task.items[item].places


_OTHERS = frozenset(field.name for field in OTHERS)
_NOTHING: MappingProxyType[str, Any] = MappingProxyType({})


def _report(values: dict[str, Any]) -> Progress:
    """Make a report of the values of its fields; raises ``NotCanonical`` for one that says nothing."""
    if values.keys() <= SAYS_NOTHING:
        raise NotCanonical
    return _UNSAID._replace(**values)
