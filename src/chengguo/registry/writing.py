"""Values of declared fields, written as YAML."""

from chengguo.registry.fields import Fields
from chengguo.text.scalars import flow, written

Value = str | tuple[str, ...] | dict[str, str]  # a text, names, or the texts of a record

# They need no quotes.
_AS_THEY_ARE = frozenset({"integer", "flag", "date", "month", "years", "status", "percent", "period"})


def value_of(fields: Fields, name: str, value: Value) -> str:
    """Return the value of the field ``name`` as it stands behind its key: quoted where it must be."""
    if isinstance(value, dict):
        parts = fields[name].fields or {}
        return flow({part: value_of(parts, part, text) for part, text in value.items()})
    if not isinstance(value, str):
        return f"[{', '.join(map(written, value))}]"
    return value if fields[name].kind in _AS_THEY_ARE else written(value)
