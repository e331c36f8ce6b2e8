"""Values of declared fields, written as YAML."""

from chengguo.registry.fields import Fields
from chengguo.text.scalars import written

# They need no quotes.
_AS_THEY_ARE = frozenset({"integer", "flag", "date", "month", "years", "status", "percent", "period"})


def value_of(fields: Fields, name: str, value: str | tuple[str, ...]) -> str:
    """Return the value of the field ``name`` as it stands behind its key: quoted where it must be."""
    if not isinstance(value, str):
        return f"[{', '.join(map(written, value))}]"
    return value if fields[name].kind in _AS_THEY_ARE else written(value)
