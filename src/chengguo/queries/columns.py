"""What stands in the office's own columns of a row, and which rows 责任人=李四 and the like choose."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from chengguo.errors import WrongUsage
from chengguo.language import _, listed
from chengguo.model import Column
from chengguo.queries.query import Row
from chengguo.registry import figures

_Value = str | tuple[str, ...] | None
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_SIGNS = {sign: sign for sign in ("<=", ">=", "=", "~", "<", ">")} | {"≤": "<=", "≥": ">=", "＝": "="}
_BETWEEN = re.compile("[、,，;；/\n]")


def value_in(row: Row, column: Column) -> _Value:
    """Return what stands in a column of a row: of a report's, what the last report with it says."""
    own = dict(row.item.extra).get(column.heading) if column.of != "report" else None
    if column.of == "item" or own is not None:
        return own
    said = (dict(entry.extra).get(column.heading) for entry in reversed(row.progress))
    return next((value for value in said if value is not None), None)


def meaning(column: Column, value: _Value) -> Any:
    """Return a value as it is ordered: a number, a day, else a text; None where there is none."""
    if value is None or not isinstance(value, str):
        return "、".join(value) if value else None
    found = figures.read_figure(column.kind, value)
    return value if found is None else found


class Condition(NamedTuple):
    """What ``--where`` asks of a column: a sign, and what stands behind it."""

    column: Column
    sign: str
    wanted: str

    @classmethod
    def of(cls, text: str, columns: Iterable[Column]) -> "Condition":
        """Read a condition; raises ``WrongUsage`` for an undeclared column, or one that has no order."""
        known = sorted(columns, key=lambda column: -len(column.heading))
        for column in known:
            behind = text[len(column.heading) :].strip()
            sign = next((sign for sign in _SIGNS if behind.startswith(sign)), "")
            if text.startswith(column.heading) and sign:
                return cls(column, _SIGNS[sign], behind[len(sign) :].strip()).checked(text)
        names = listed(column.heading for column in known[::-1]) or _("none")
        name = re.split(f"[{''.join(_SIGNS)}]", text, maxsplit=1)[0].strip()
        if name in {"", text.strip()}:
            hint = _("Write COLUMN=VALUE, COLUMN~PATTERN, COLUMN<VALUE or COLUMN>VALUE; columns: {names}.")
            message = _("--where {text}: no column and value").format(text=text)
            raise WrongUsage(message, hint.format(names=names))
        hint = _("There are: {names}. A new one is declared under 'columns:', see: chengguo help reports")
        message = _("--where {text}: there is no column '{name}'").format(text=text, name=name)
        raise WrongUsage(message, hint.format(names=names))

    def checked(self, text: str) -> "Condition":
        """Refuse an order of what has none, and a value that the column cannot hold."""
        kind = self.column.kind
        if self.sign in _ORDERS and kind not in figures.EXPECTED:
            message = _("--where {text}: the column holds no numbers and no days").format(text=text)
            hint = _("Declare what it holds: 'kind: number' under 'columns:', or ask by = or ~.")
            raise WrongUsage(message, hint)
        if self.sign != "~" and self.wanted and not figures.is_figure(kind, self.wanted):
            message = _("--where {text}: the column holds something else").format(text=text)
            raise WrongUsage(message, _("Write {expected}.").format(expected=_(figures.EXPECTED[kind])))
        return self

    def holds(self, row: Row) -> bool:
        """True if the row meets the condition; a row with nothing in the column meets none but COLUMN=."""
        value = value_in(row, self.column)
        if not value or not self.wanted:
            return self.sign == "=" and not value and not self.wanted
        if self.column.kind in figures.EXPECTED:
            there: Any = meaning(self.column, value)
            asked = meaning(self.column, self.wanted)
            return there == asked if self.sign == "=" else _ORDERS[self.sign](there, asked)
        parts = [*_BETWEEN.split(value), value] if isinstance(value, str) else value
        return _folded(self.wanted) in map(_folded, parts)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def select(rows: tuple[Row, ...], conditions: Iterable[Condition]) -> tuple[Row, ...]:
    """Choose the rows that meet every condition. Raises ``WrongUsage`` for a pattern that cannot be used."""
    for condition in conditions:
        if condition.sign != "~":
            rows = tuple(row for row in rows if condition.holds(row))
            continue
        from chengguo.queries import searching  # only a pattern pays for it

        texts = [_texts(value_in(row, condition.column)) for row in rows]
        matching = searching.matching(condition.wanted, texts, "--where")
        rows = tuple(row for place, row in enumerate(rows) if place in matching)
    return rows


def _texts(value: _Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def sort(rows: Iterable[Row], column: Column, *, reverse: bool = False) -> tuple[Row, ...]:
    """Order rows by a column; equal ones keep the order of the file, and those without a value come last."""
    known = [(meaning(column, value_in(row, column)), row) for row in rows]
    filled = sorted(
        (each for each in known if each[0] is not None), key=lambda each: each[0], reverse=reverse
    )
    return tuple(row for _value, row in (*filled, *(each for each in known if each[0] is None)))
