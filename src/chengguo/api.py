"""What ``load`` returns to scripts: a registry that knows the day it is looked at, and its file."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from chengguo.model import Registry

if TYPE_CHECKING:
    from chengguo.queries.query import Row
    from chengguo.registry.documents import Document
    from chengguo.text.findings import Located
    from chengguo.text.source import Source


class Table(Registry):
    """A registry as of a day: what its file says, and how each item stands on that day."""

    as_of: date
    source: "Source"

    @classmethod
    def of(cls, document: "Document", as_of: date) -> Self:
        """Make the table of a document, as of the end of a day."""
        table = cls(*document.registry)
        table.as_of, table.source = as_of, document.source
        return table

    @cached_property
    def rows(self) -> "tuple[Row, ...]":
        """Every item as it stands on the day, in the order of the file.

        A row has its ``item`` and ``task``, the ``address`` and ``title``, and of that day the ``status``,
        ``due``, ``alert``, ``days_left`` and ``parts``.
        """
        from chengguo.queries import query

        return query.rows(self, self.as_of)

    @cached_property
    def located(self) -> "tuple[Located, ...]":
        """The findings, each with the ``line`` and ``column`` of its ``start`` and ``end``, from 1."""
        from chengguo.text import findings

        return tuple(findings.locate((self.source, self.findings)))

    def to_records(self) -> list[dict[str, Any]]:
        """Return a flat record of each item as it stands on the day, as ``pandas.DataFrame`` takes them.

        The keys are the columns of ``list --format csv`` in their order, then the office's own headings.
        ``start`` and ``due`` are dates, what is not there is None, and several values are a list.
        """
        from chengguo.output import json_shapes

        own = [column for column in self.columns if column.of == "item"]
        return [_flat(row, json_shapes.item(row, own)) for row in self.rows]


def _flat(row: "Row", record: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a row with the parts of its schedule, and its own columns, beside the others."""
    from chengguo.output.json_shapes import COLUMNS

    schedule = record["schedule"]
    flat = {**schedule, **record, "schedule": schedule["wording"]}
    flat |= {"start": row.item.schedule.start, "due": row.due}
    own: dict[str, Any] = record["extra"]
    return {name: flat[name] for name in COLUMNS} | own
