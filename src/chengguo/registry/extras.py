"""What stands in the office's own columns, read by what ``columns:`` declares them to hold."""

from collections.abc import Iterable
from typing import Any

from chengguo.language import _
from chengguo.model import Column, Extra, Figure
from chengguo.registry import checks, figures
from chengguo.registry.field_kinds import Field, Kind
from chengguo.registry.values import Values
from chengguo.text.findings import Collection, shortened
from chengguo.text.nodes import Mapping, Node, Scalar
from chengguo.text.source import Span


class Extras(Values):
    """Reads the values of columns too, once the columns are known."""

    def __init__(self, text: str, findings: Collection) -> None:
        """Begin with the text of the file and what its YAML had wrong."""
        super().__init__(text, findings)
        self.columns: tuple[Column, ...] = ()
        self.by_kind["extra"] = self.extra

    def extra(self, node: Node, field: Field) -> tuple[Extra, dict[str, tuple[Span, ...]]] | None:
        """Read the values of the office's own columns, and where each stands, names one by one."""
        if self.mapping(node, field) is None or not isinstance(node, Mapping):
            return None
        known = {column.heading: column for column in self.columns if column.of == field.of}
        values: dict[str, Any] = {}
        places: dict[str, tuple[Span, ...]] = {}
        for key, child in node.entries:
            column = known.get(key.text)
            if column is None:
                self.undeclared(key, known, field.of)
                continue
            kind: Kind = "names" if column.is_list else "text"
            value = self.value(key, child, Field(key.text, kind, "", ""))
            if value is not None and (column.is_list or self.is_of_kind(child, value, column)):
                values[key.text] = _as_column(column, value)
                spans = [span for _name, span in value] if column.is_list else [Span(child.start, child.end)]
                places[key.text] = tuple(spans)
        return tuple((heading, values[heading]) for heading in known if heading in values), places

    def is_of_kind(self, node: Node, text: str, column: Column) -> bool:
        """True if a text is what the column holds; else that is reported."""
        if figures.is_figure(column.kind, text):
            return True
        self.wrong_value(node, text, _(figures.EXPECTED[column.kind]))
        return False

    def undeclared(self, key: Scalar, known: Iterable[str], of: str) -> None:
        """Report a column that is not declared, or belongs elsewhere."""
        if any(column.heading == key.text for column in self.columns):
            where = _("items") if of == "report" else _("reports")
            message = _("the column '{name}' belongs to {where}").format(
                name=shortened(key.text), where=where
            )
            hint = _("Put it there, or change 'of:' under 'columns:'.")
            self.report(checks.UNKNOWN_KEY, key.span, message, hint)
        elif known:
            self.unknown_key(key, known)
        else:
            message = _("unknown key '{key}'").format(key=shortened(key.text))
            hint = _("Declare it under 'columns:': {name}: {{}}").format(name=shortened(key.text))
            self.report(checks.UNKNOWN_KEY, key.span, message, hint)


def _as_column(column: Column, value: Any) -> str | tuple[str, ...]:
    """Return what stands in a column as the model holds it: names without their places, a figure."""
    if column.is_list:
        return tuple(name for name, _span in value)
    return str(value) if column.kind == "text" else Figure(value)
