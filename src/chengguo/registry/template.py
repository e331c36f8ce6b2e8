"""A registry to start from: every field with what it means, in English and Chinese.

The fields and what is said of them come from ``fields``, so a new field cannot be left out. A line that
begins with ``##`` explains, one that begins with ``#`` is an optional field to be taken in.
"""

from collections.abc import Mapping
from types import MappingProxyType

from chengguo.language import N_, in_chinese
from chengguo.model.status import Status
from chengguo.registry.field_kinds import Fields
from chengguo.registry.fields import DEPARTMENT, ITEM, PLAN, REGISTRY, SECTION, TASK
from chengguo.registry.office_fields import ALERTS, COLUMN, LIGHT
from chengguo.text.scalars import quoted

_HEADING = (
    N_("A table of tasks, for chengguo. Lines with ## explain; they may go."),
    N_("A line with # is a field that may be left out: take the # away to use it."),
    N_("Write what is so for the examples, then: chengguo validate, and chengguo list."),
)


def registry(title: str | None, years: str | None) -> str:
    """Return the text of a registry with one task, which ``validate --strict`` finds nothing in.

    ``title`` and ``years`` are those of the plan, where they are known.
    """
    known = {"title": quoted(title) if title else None, "years": years}
    schedule = _schedule(years or PLAN["years"].example)
    return "\n".join(
        [
            *(f"## {line}" for each in _HEADING for line in (each, in_chinese(each))),
            "",
            *_about(REGISTRY, "format", 0),
            "format: 1",
            "",
            *_about(REGISTRY, "plan", 0),
            "plan:",
            *_fields(PLAN, 2, known),
            "",
            *_about(REGISTRY, "departments", 0),
            "departments:",
            "  责任部门:",
            *_fields(DEPARTMENT, 4, {}),
            "  配合部门: {}",
            "",
            *_about(REGISTRY, "columns", 0),
            "# columns:",
            "  # 责任人:",
            *_fields(COLUMN, 4, {}),
            "",
            *_about(REGISTRY, "sections", 0),
            "sections:",
            "  一: 第一部分",
            "  # 一.1:",
            *_fields(SECTION, 4, {}, "# "),
            "",
            *_about(REGISTRY, "alerts", 0),
            "# alerts:",
            *_fields(ALERTS, 2, {}),
            "",
            *_about(REGISTRY, "lights", 0),
            "# lights:",
            "  # 红:",
            *_fields(LIGHT, 4, {}),
            "",
            *_about(REGISTRY, "tasks", 0),
            "tasks:",
            *_entry(TASK, 0, ""),
            *_entry(ITEM, 2, "", {"schedule": schedule}),
            "",
        ]
    )


def _schedule(years: str) -> str:
    """Return a schedule within the years that has all that a report may be about: milestones and periods."""
    first, last = years[:4], years[-4:]
    return f"{first}年6月底前完成方案，{last}年底前建成，每月28日前报送进展"


def _entry(
    fields: Fields, dash: int, mark: str, known: Mapping[str, str | None] = MappingProxyType({})
) -> list[str]:
    """Return the lines of one entry of a list, what is said of each field above it."""
    lines = _fields(fields, dash + 2, known, mark)
    first = next(at for at, line in enumerate(lines) if not line.lstrip().startswith("##"))
    key = lines[first].lstrip().removeprefix(mark).lstrip()
    return [*lines[:first], f"{' ' * dash}{mark}- {key}", *lines[first + 1 :]]


def _fields(fields: Fields, column: int, known: Mapping[str, str | None], mark: str = "") -> list[str]:
    """Return the lines of the fields of a mapping, the optional ones behind a ``#``."""
    lines: list[str] = []
    for name, field in fields.items():
        optional = "" if field.required or known.get(name) or name == "support" else "# "
        lines += _about(fields, name, column)
        lead = " " * column + (mark or optional)
        if field.kind == "record":
            lines += [f"{lead}{name}:", *_fields(field.fields or {}, column + 2, {}, mark or optional)]
        elif field.kind == "records":
            lines.append(f"{lead}{name}:")
            lines += _entry(field.fields or {}, column, mark or optional) if optional else []
        else:
            lines.append(f"{lead}{name}: {known.get(name) or field.example}")
    return lines


def _about(fields: Fields, name: str, column: int) -> list[str]:
    """Return what a field means and what may stand in it, in both languages."""
    field = fields[name]
    english, chinese = field.about, in_chinese(field.about)
    if field.more:
        english, chinese = f"{english}; {field.more}", f"{chinese}；{in_chinese(field.more)}"
    if field.kind == "status":
        english += ": " + ", ".join(Status)
        chinese += "：" + "、".join(f"{status} {status.chinese}" for status in Status)
    return [f"{' ' * column}## {english}", f"{' ' * column}## {chinese}"]
