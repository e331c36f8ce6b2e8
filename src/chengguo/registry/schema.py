"""The JSON Schema of a registry, for editors: made from the fields that the reader reads."""

from typing import Any

from chengguo.language import in_chinese
from chengguo.model.status import Status
from chengguo.registry.field_kinds import COLORS, KEY, PERIOD, Field, Fields
from chengguo.registry.fields import REGISTRY

DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that the YAML language server reads
# A text may look like a number (`years: 2018`): the reader takes every scalar as it is written.
_TEXT = {"type": ["string", "number"]}


def build() -> dict[str, Any]:
    """Return the schema of a registry file as a JSON document."""
    return {"$schema": DRAFT, "title": "chengguo registry", **_record(REGISTRY)}


def _record(fields: Fields | None) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in (fields or {}).values() if field.required],
        "properties": {name: {**_words(field), **_value(field)} for name, field in (fields or {}).items()},
    }


def _words(field: Field) -> dict[str, str]:
    """Return what an editor shows beside a key, in both languages."""
    return {
        "title": f"{field.label} · {in_chinese(field.label)}",
        "description": f"{field.about}\n{in_chinese(field.about)}",
    }


def _value(field: Field) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "text": _TEXT,
        "integer": {"type": "integer", "minimum": 1},
        "flag": {"type": "boolean"},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "month": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
        "years": {"type": ["string", "integer"], "pattern": "^[0-9]{4}([-—–~至][0-9]{4})?$"},
        "schedule": _TEXT,
        "percent": {"type": "integer", "minimum": 0, "maximum": 100},
        "period": {"type": ["string", "integer"], "pattern": f"^({PERIOD})$"},
        "days": {"type": ["string", "integer"], "pattern": "^[0-9]{1,4} ?[d天日]?$"},
        "conditions": {"type": "array", "items": {"type": "string"}},
        "color": {"enum": list(COLORS)},
        "status": {"enum": [status.value for status in Status]},
        "key": {"type": ["string", "integer"], "pattern": f"^{KEY}$"},
        "choice": {"enum": list(field.choices)},
        "names": {"type": "array", "items": {"type": "string"}},
        "texts": {"type": "array", "items": {"type": "string"}},
        "extra": {"type": "object", "additionalProperties": {"type": ["string", "number", "array"]}},
        "titles": {"type": "object", "additionalProperties": {"anyOf": [_TEXT, _record(field.fields)]}},
    }
    if field.kind == "record":
        return _record(field.fields)
    if field.kind == "records":
        return {"type": "array", "items": _record(field.fields)}
    if field.kind == "register":
        return {
            "type": "object",
            "additionalProperties": {**_record(field.fields), "type": ["object", "null"]},
        }
    return shapes[field.kind]
