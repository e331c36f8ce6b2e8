"""A registry and its parts, written as YAML by what the fields declare."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from chengguo.language import N_, in_chinese
from chengguo.model import Column, Figure
from chengguo.registry.field_kinds import Fields
from chengguo.registry.fields import DEPARTMENT, ITEM, PLAN, SECTION, TASK
from chengguo.registry.office_fields import ALERTS, COLUMN, LIGHT
from chengguo.text.scalars import flow, quoted
from chengguo.text.visible import has_unseen

Cell = str | tuple[str, ...]  # a text, or names
# A text, names, the parts of a record or what stands in the office's own columns.
Value = Cell | dict[str, Cell]
Values = Mapping[str, "Value | Sequence[Values]"]

# They need no quotes.
_AS_THEY_ARE = frozenset(
    {"integer", "flag", "date", "month", "years", "status", "percent", "period", "days", "color", "choice"}
)


def value_of(fields: Fields, name: str, value: Value) -> str:
    """Return the value of the field ``name`` as it stands behind its key: quoted where it must be."""
    if isinstance(value, dict):
        parts = fields[name].fields
        if parts is None:
            return flow({quoted(heading): cell(each) for heading, each in value.items()})
        return flow({part: value_of(parts, part, text) for part, text in value.items()})
    return value if isinstance(value, str) and fields[name].kind in _AS_THEY_ARE else cell(value)


def cell(value: Cell) -> str:
    """Return a text, a figure or names as they stand behind a key."""
    if not isinstance(value, str):
        return f"[{', '.join(map(quoted, value))}]"
    return value if isinstance(value, Figure) and "," not in value else quoted(value)


class WrittenItem(NamedTuple):
    """The values of an item, and what comments say above a field of it."""

    values: Values
    comments: Mapping[str, Sequence[str]] = {}


class WrittenTask(NamedTuple):
    """The values of a task, and its items."""

    values: Values
    items: Sequence[WrittenItem]


class WrittenHead(NamedTuple):
    """What stands above the tasks."""

    plan: Values
    departments: Mapping[str, Values]
    sections: Mapping[str, Values]
    alerts: Values = MappingProxyType({})
    lights: Mapping[str, Values] = MappingProxyType({})
    columns: Sequence[Column] = ()


def registry(head: WrittenHead, tasks: Sequence[WrittenTask]) -> str:
    """Return the text of a registry: every field that has a value, in the order of the declaration."""
    own = [f"  {quoted(column.heading)}: {flow(_declared(column))}" for column in head.columns]
    titles = (f"  {quoted(key)}: {section(values)}" for key, values in head.sections.items())
    lines = [
        "format: 1",
        "",
        "plan:",
        *_mapping(PLAN, head.plan, 2),
        "",
        *_said(N_("The only names that items may use, as the table writes them.")),
        *_under("departments", _register(DEPARTMENT, head.departments), "{}"),
        "",
        *(
            (*_said(N_("The office's own columns, in the order of the table.")), "columns:", *own, "")
            if own
            else ()
        ),
        *_under("sections", titles, "{}"),
        "",
        *(["alerts:", *_mapping(ALERTS, head.alerts, 2), ""] if head.alerts else []),
        *(["lights:", *_register(LIGHT, head.lights), ""] if head.lights else []),
        *_under("tasks", "\n\n".join("\n".join(task_lines(task)) for task in tasks).splitlines(), "[]"),
    ]
    return "\n".join(lines) + "\n"


def _said(message: str) -> tuple[str, str]:
    """Return the comment that says something in both languages."""
    return f"# {message}", f"# {in_chinese(message)}"


def section(values: Values) -> str:
    """Return a section as it stands behind its id: its title, with the section that it is in, if any."""
    texts = {name: value_of(SECTION, name, value) for name, value in values.items() if isinstance(value, str)}
    return flow(texts) if "in" in values else texts["title"]


def _register(fields: Fields, entries: Mapping[str, Values]) -> list[str]:
    return [
        line
        for name, values in entries.items()
        for line in (f"  {quoted(name)}:", *_mapping(fields, values, 4))
    ]


def _declared(column: Column) -> dict[str, str]:
    """Return what is said of a column, where that is not what holds of any."""
    said = {name: getattr(column, name) for name in COLUMN}
    usual = Column("")
    return {name: str(value).lower() for name, value in said.items() if value != getattr(usual, name)}


def _under(key: str, lines: Iterable[str], empty: str) -> list[str]:
    found = list(lines)
    return [f"{key}:", *found] if found else [f"{key}: {empty}"]


def item_lines(values: Values, dash: int) -> list[str]:
    """Return the lines of an item, its dash at a column."""
    return entry_lines(ITEM, values, dash)


def task_lines(task: WrittenTask) -> list[str]:
    """Return the lines of a task and its items, its dash in the first column."""
    items = (line for item in task.items for line in entry_lines(ITEM, item.values, 2, item.comments))
    return [*entry_lines(TASK, task.values, 0), "  items:", *items]


def entry_lines(
    fields: Fields, values: Values, dash: int, comments: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """Return the lines of one entry of a list, its dash at the column ``dash``."""
    first, *rest = _mapping(fields, values, dash + 2, comments)
    return [f"{' ' * dash}- {first.lstrip()}", *rest]


def _mapping(
    fields: Fields, values: Values, column: int, comments: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """Return the lines of the fields that have a value, their keys at ``column``."""
    lead = " " * column
    lines = []
    for name in fields:
        if name in values:
            lines += [f"{lead}# {comment}" for comment in (comments or {}).get(name, ())]
            lines += _field(fields, name, values[name], column)
    return lines


def _field(fields: Fields, name: str, value: "Value | Sequence[Values]", column: int) -> list[str]:
    lead = " " * column
    if fields[name].kind == "records":
        entries = (line for each in value for line in entry_lines(fields[name].fields or {}, each, column))  # type: ignore[arg-type] # of records
        return [f"{lead}{name}:", *entries]
    if fields[name].is_block and isinstance(value, dict):
        return [f"{lead}{name}:", *(f"{lead}  {quoted(key)}: {cell(each)}" for key, each in value.items())]
    if fields[name].is_block and isinstance(value, str) and not has_unseen(value):
        return [f"{lead}{name}: |-", *(f"{lead}  {line}" for line in value.split("\n"))]
    return [f"{lead}{name}: {value_of(fields, name, value)}"]  # type: ignore[arg-type] # no records
