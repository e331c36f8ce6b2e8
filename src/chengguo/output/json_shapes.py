"""The JSON objects of items: the public shape that scripts rely on. Every key is always present."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chengguo.model import Column, Extension, Extra, Figure, Item, Light, Progress
from chengguo.queries.alerts import Notice
from chengguo.queries.parts import Part
from chengguo.queries.query import Row
from chengguo.registry import figures
from chengguo.registry.fields import OTHERS

# The columns of csv and tsv: the same names, with the parts of "schedule" beside it.
COLUMNS = (
    *("id", "task", "item", "section", "section_title", "title", "content", "lead", "support"),
    *("schedule", "kind", "start", "due", "doubt", "status", "alert", "days_left", "progress", "extensions"),
    *("part", "alerts", "parts", "light", "upper_section", "upper_section_title"),
    *(field.name for field in OTHERS),
)


def item(row: Row, columns: Iterable[Column] = ()) -> dict[str, Any]:
    """Return the JSON object of an item: every key always present, in ``extra`` too every column of items.

    Of several plans, each says its own first.
    """
    schedule = row.item.schedule
    empty: dict[str, Any] = {
        each.heading: [] if each.is_list else None for each in columns if each.of == "item"
    }
    return {
        **({"plan": row.item.plan} if row.item.plan else {}),
        "id": row.item.number,
        "task": row.item.task,
        "item": row.item.id,
        "section": row.task.section,
        "section_title": row.section_title,
        "title": row.task.title,
        "content": row.item.content,
        "lead": list(row.item.lead),
        "support": list(row.item.support),
        "schedule": {
            "wording": schedule.wording,
            "kind": schedule.kind,
            "start": _iso(schedule.start),
            "due": _iso(row.item.explicit_due or schedule.due),
            "doubt": row.doubt,
        },
        "status": row.status.value,
        "alert": row.alert.value if row.alert else None,
        "days_left": row.days_left,
        "progress": [progress(entry) for entry in row.progress],
        "due": _iso(row.due),
        "extensions": [extension(entry, row.item) for entry in row.extensions],
        "part": row.part.part if row.part else None,
        "alerts": [notice(each) for each in row.notices],
        "parts": [part(each) for each in row.parts],
        "light": light(row.lit.light) if row.lit else None,
        "upper_section": row.upper.id if row.upper else None,
        "upper_section_title": row.upper.title if row.upper else None,
        "extra": {**empty, **extra(row.item.extra)},
        **{field.name: value(row.item.others.get(field.name)) for field in OTHERS},
    }


def extra(columns: Extra) -> dict[str, Any]:
    """Return the JSON object of what stands in the office's own columns: numbers as such, a share of 100."""
    return {heading: value(there) for heading, there in columns}


def progress(entry: Progress) -> dict[str, Any]:
    """Return the JSON object of a progress entry."""
    return {
        "date": entry.date.isoformat(),
        "status": entry.status.value if entry.status else None,
        "note": entry.note,
        "milestone": entry.milestone,
        "period": entry.period,
        "percent": entry.percent,
        "problem": entry.problem,
        "next": entry.next,
        "evidence": list(entry.evidence),
        "by": entry.by,
        "extra": extra(entry.extra),
    }


def notice(each: Notice) -> dict[str, Any]:
    """Return the JSON object of an alert."""
    return {"kind": each.kind.value, "part": each.part, "due": _iso(each.due), "days": each.days}


def light(each: Light) -> dict[str, str]:
    """Return the JSON object of a light."""
    return {"name": each.name, "color": each.color, "shape": each.shape}


def part(each: Part) -> dict[str, Any]:
    """Return the JSON object of a part of an item."""
    return {
        "part": each.part,
        "wording": each.wording,
        "due": _iso(each.due),
        "status": each.status.value,
        "done_on": _iso(each.done_on),
        "days_left": each.days_left,
    }


def extension(entry: Extension, item: Item) -> dict[str, Any]:
    """Return the JSON object of an extension; ``late`` tells that it was asked for after the due date."""
    return {**agreement(entry), "late": item.is_late(entry)}


def agreement(entry: Extension) -> dict[str, Any]:
    """Return the JSON object of an extension by itself."""
    return {
        "date": entry.date.isoformat(),
        "to": entry.to.wording,
        "due": _iso(entry.to.due),
        "reason": entry.reason,
        "approved_by": entry.approved_by,
        "milestone": entry.milestone,
    }


def value(each: Any) -> Any:
    """Return a value of an item, a part of one, or a tuple of such, as JSON holds it."""
    match each:
        case Progress():
            return progress(each)
        case Extension():
            return agreement(each)
        case date():
            return each.isoformat()
        case tuple():
            return [value(one) for one in each]
        case Mapping():
            return {name: value(one) for name, one in each.items()}
        case _:
            return _figure(each) if isinstance(each, Figure) else each


def _figure(text: str) -> str | int | float:
    number = figures.share(text)
    if number is None:
        return str(text)
    return int(number) if number == int(number) else float(number)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
