"""The registry as tables of a database, as it stood on a day: their columns, and the rows of each."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from chengguo.model import Department
from chengguo.output import json_shapes
from chengguo.output.export.document import Document
from chengguo.output.gaps import Gap

# The columns of each table. Days are texts, 2019-12-31, which sort and compare as days; what is several
# things (the office's own columns) is JSON. A plan is told from others by its key.
TABLES = {
    "plans": ("plan", "title", "table_title", "first_year", "last_year", "issued", "as_of"),
    "departments": ("plan", "name", "full_name", "aliases", "is_group", "successor", "until"),
    "items": (
        *("plan", "id", "task", "item", "section", "section_title", "title", "content", "schedule", "kind"),
        *("start", "due", "status", "alert", "days_left", "light", "doubt", "extra"),
        *("upper_section", "upper_section_title"),
    ),
    "roles": ("plan", "id", "department", "role", "place"),
    "reports": (
        *("plan", "id", "date", "status", "note", "milestone", "period", "percent"),
        *("problem", "next", "evidence", "by", "extra"),
    ),
    "extensions": ("plan", "id", "date", "wording", "due", "reason", "approved_by", "milestone"),
    "parts": ("plan", "id", "part", "wording", "due", "status", "done_on", "days_left"),
    "alerts": ("plan", "id", "kind", "part", "due", "days"),
    "unread": ("plan", "file", "place"),
}
# What is no text in them: days, whole numbers, flags, lists of texts.
KINDS = {
    **dict.fromkeys(("issued", "as_of", "start", "due", "date", "done_on"), "day"),
    **dict.fromkeys(("first_year", "last_year", "task", "item", "days_left", "days"), "integer"),
    **dict.fromkeys(("place", "percent", "milestone"), "integer"),
    **dict.fromkeys(("is_group",), "flag"),
    **dict.fromkeys(("aliases", "evidence"), "texts"),
}


def rows(document: Document) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Go through the rows of every table, those of one plan after those of another."""
    if not document.among:
        yield from rows_of(document, document.registry.plan.name)
    for each in document.among:
        yield from rows_of(each._replace(gaps=document.gaps), each.registry.plan.name)
    yield from unread(document.gaps)


def unread(gaps: Iterable[Gap], plan: str = "", key: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through what of a plan cannot be read, place by place; without one, the files of no use at all."""
    for gap in gaps:
        if gap.plan == plan:
            for place in gap.places or ("",):
                yield "unread", (key, gap.file, str(place))


def rows_of(document: Document, key: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Go through the rows of a plan; ``key`` tells it from others."""
    plan = document.registry.plan
    years = (plan.years.first, plan.years.last) if plan.years else (None, None)
    issued = plan.issued.isoformat() if plan.issued else None
    yield "plans", (key, plan.title, plan.table, *years, issued, document.day.isoformat())
    for each in _departments(document):
        yield (
            "departments",
            (key, each.name, each.full, _json(each.aliases), each.group, each.successor, each.until),
        )
    private = {column.heading for column in document.registry.columns if column not in document.own}
    for row in document.rows:
        item = _without(private, json_shapes.item(row, document.own))
        flat = {**item, **item["schedule"], "due": item["due"], "schedule": item["schedule"]["wording"]}
        flat |= {"light": item["light"] and item["light"]["name"], "extra": _json(item["extra"])}
        yield "items", (key, *_picked("items", flat))
        for role in ("lead", "support"):
            for place, name in enumerate(item[role], 1):
                yield "roles", (key, item["id"], name, role, place)
        for table, name in (
            ("reports", "progress"),
            ("extensions", "extensions"),
            ("parts", "parts"),
            ("alerts", "alerts"),
        ):
            for entry in item[name]:
                known = {"wording": entry.get("to"), **entry, "id": item["id"]}
                yield table, (key, *_picked(table, known))
    yield from unread(document.gaps, plan.name, key)


def _without(headings: Collection[str], item: dict[str, Any]) -> dict[str, Any]:
    """Return the object of an item without some of the office's own columns, its own or its reports'."""

    def left(entry: dict[str, Any]) -> dict[str, Any]:
        extra = {heading: value for heading, value in entry["extra"].items() if heading not in headings}
        return {**entry, "extra": extra}

    return {**left(item), "progress": [left(entry) for entry in item["progress"]]}


def _departments(document: Document) -> Iterable[Department]:
    """Return the departments of a plan: of a register that several have in common, those of its items."""
    registry = document.registry
    if not any(item.plan for item in registry.items):
        return registry.departments
    named = {name for item in registry.items for name in (*item.lead, *item.support)}
    return tuple(each for each in registry.departments if each.name in named)


def _picked(table: str, values: dict[str, Any]) -> Iterable[Any]:
    """Return the values of the columns of a table, but for the plan's; what is no single value is JSON."""
    for column in TABLES[table][1:]:
        value = values.get(column)
        yield _json(value) if isinstance(value, list | dict) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
