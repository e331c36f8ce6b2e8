"""CSV for spreadsheets: a record an item, the task's cells repeated, so that it sorts and filters."""

from chengguo.language import _
from chengguo.output.export.document import Document
from chengguo.output.formats import delimited
from chengguo.output.views import Column, View
from chengguo.registry.sections import WITHIN


def write(document: Document) -> bytes:
    """Return ``document`` as CSV in UTF-8 with a byte order mark; no cell is taken for a formula."""
    own = (column.heading for column in document.own)
    names = (_("section"), *document.columns, document.due_heading, *own)
    rows = tuple(
        (
            WITHIN.join(filter(None, (part.upper, part.heading))),
            block.number,
            block.title,
            *line.cells,
            line.due,
            *line.own,
        )
        for part in document.parts
        for block in part.blocks
        for line in block.lines
    )
    view = View((), tuple(Column(name, name) for name in names), rows, (None,) * len(rows))
    return delimited.render(view, ",").encode("utf-8-sig")
