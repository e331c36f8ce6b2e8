"""What ``--set FIELD=VALUE`` means: a column of the office's own, or another declared field of an item."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chengguo.cli import days
from chengguo.cli.declared import current
from chengguo.departments import names
from chengguo.errors import WrongUsage
from chengguo.language import _, listed
from chengguo.model import Column, Extra, Figure, Registry
from chengguo.registry import figures
from chengguo.registry.fields import ITEM, OTHERS, TASK
from chengguo.registry.writing import Cell, Value
from chengguo.text.visible import visible_line

_SETTABLE = tuple(field for field in OTHERS if field.kind != "record")
_BETWEEN = re.compile("[、,，;；]")


class Further(NamedTuple):
    """What ``--set`` gives values: declared fields, columns of the item, columns of the report."""

    fields: tuple[tuple[str, Value], ...] = ()
    of_item: Extra = ()
    of_report: Extra = ()

    @classmethod
    def of(cls, texts: Iterable[str], registry: Registry) -> "Further":
        """Read the texts; raises ``WrongUsage`` for an undeclared field, or another kind of value."""
        columns: dict[str, list[tuple[str, Cell]]] = {"item": [], "report": []}
        fields: list[tuple[str, Value]] = []
        for text in texts:
            if column := _column(text, registry.columns):
                given = text[len(column.heading) + 1 :].strip()
                columns[column.of].append((column.heading, value_of(column, given, registry)))
            else:
                fields.append(_field(text, registry.columns))
        return cls(tuple(fields), tuple(columns["item"]), tuple(columns["report"]))


def _column(text: str, columns: tuple[Column, ...]) -> Column | None:
    """Return the column whose heading stands before the sign."""
    return next((each for each in columns if text.startswith(f"{each.heading}=")), None)


def value_of(column: Column, text: str, registry: Registry) -> Cell:
    """Return what a text means in a column; names of departments as the register has them.

    Raises ``WrongUsage`` for a text that cannot stand there, ``UnknownDepartment`` for an unknown name.
    """
    if column.kind == "date" and figures.day(text) is None and text:
        text = days.day(text).isoformat()
    if not text or not figures.is_figure(column.kind, text):
        message = _("--set {text}: no value for a column of that kind")
        expected = _(figures.EXPECTED[column.kind]) if column.kind in figures.EXPECTED else _("a text")
        raise WrongUsage(
            message.format(text=visible_line(f"{column.heading}={text}")),
            _("Write {expected}.").format(expected=expected),
        )
    if not column.is_list:
        return text if column.kind == "text" else Figure(text)
    known = names.index(registry.departments)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if column.kind == "names":
        whole = names.find(text, known)  # a name may hold a 、 itself
        parts = [whole] if whole else [names.resolve(part, known) for part in parts]
    return tuple(dict.fromkeys(parts))


def _put_right(name: str) -> str:
    """Say how a field of the file that --set does not take is put right; "" for what is none."""
    fields = (*ITEM.values(), *TASK.values())
    field = next((each.name for each in fields if name in {each.name, each.label, each.heading}), None)
    if field is None:
        return ""
    context = current()
    if context and field in context.params and field != "items":
        return _("It has an option of its own: --{field}.").format(field=field)
    return _("It is put right in the file, which is checked before it is written: chengguo edit ID")


def _field(text: str, columns: tuple[Column, ...]) -> tuple[str, Value]:
    """Return the field and the value; raises ``WrongUsage`` for a field that is not declared."""
    name, sign, value = (part.strip() for part in text.partition("="))
    field = next((each for each in _SETTABLE if name in {each.name, each.label, each.heading}), None)
    known = listed([*(each.name for each in _SETTABLE), *(each.heading for each in columns)]) or _("none")
    if not name or not sign or not value:
        message = _("--set {text}: no field and value").format(text=visible_line(text))
        raise WrongUsage(message, _("Write FIELD=VALUE; fields: {names}.").format(names=known))
    if field is None:
        message = _("--set {text}: there is no field or column '{name}'")
        hint = _("There are: {names}. A new one is declared under 'columns:', see: chengguo help reports")
        raise WrongUsage(
            message.format(text=visible_line(text), name=visible_line(name)),
            _put_right(name) or hint.format(names=known),
        )
    if field.kind == "names":
        return field.name, tuple(part.strip() for part in value.split("、") if part.strip())
    return field.name, days.day(value).isoformat() if field.kind == "date" else value
