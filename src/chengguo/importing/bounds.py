"""How large a table may be: what is larger is no table of tasks, and reading it would take for ever."""

from collections.abc import Iterable, Iterator

from chengguo.errors import Refused
from chengguo.importing.rows import Row, located, place
from chengguo.language import _

LINES = 50_000  # rows of a file, blank ones too
ROWS = 10_000  # of them with words
COLUMNS = 1_000
CELLS = 500_000
CHARACTERS = 10_000_000  # what a merged cell repeats counted each time
LINE = 300_000  # characters of a line of a text that is no page
BYTES = 20_000_000  # of a text
PAGE_TAGS = 250_000  # of HTML
PARTS = 10_000  # that a workbook or document is packed of, pictures too
TAGS = 1_000_000  # of the XML of a workbook or document
# Of single ones, beyond what Excel and Word write: each costs a thousand times what its tag does.
OF_A_KIND = {
    b"xf": 100_000,
    b"mergeCell": 50_000,
    b"dataValidation": 50_000,
    b"cfRule": 50_000,
    b"numFmt": 50_000,
    b"sheet": 300,  # each of which may be the same part
}


def bounded(rows: Iterable[Row], name: str) -> Iterator[Row]:
    """Return the rows of a file on; raises ``Refused`` for one that is too long or too wide.

    Empty cells at the end make no row too wide: a row that has so many loses them.
    """
    filled = cells = characters = 0
    for count, row in enumerate(map(narrowed, rows), 1):
        refuse_wide(len(row.cells), row, name)
        if any(row.cells):
            filled += 1
            cells += len(row.cells)
            characters += sum(map(len, row.cells))
        if count > LINES or filled > ROWS or cells > CELLS or characters > CHARACTERS:
            raise too_large(name)
        yield row


def narrowed(row: Row) -> Row:
    """Return a row that is too wide without the empty cells at its end."""
    width = len(row.cells)
    if width <= COLUMNS:
        return row
    while width and not row.cells[width - 1].strip():
        width -= 1
    spans = ((place, min(columns, width - place)) for place, columns in row.spans)
    return row._replace(cells=row.cells[:width], spans=tuple(each for each in spans if each[1] > 1))


def refuse_wide(columns: int, row: Row, name: str, *, in_workbook: bool = False) -> None:
    """Refuse a row that has cells beyond the last column."""
    if columns > COLUMNS:
        where = place(row.line, COLUMNS + 1, row.table, in_workbook=in_workbook)
        message = _("{place}: a row of more than {count} columns; no table is that wide").format(
            place=located(name, where), count=COLUMNS
        )
        raise Refused(message, _("Delete what stands right of the table, or copy the table to a new file."))


def too_large(name: str) -> Refused:
    """Say that a file is too large, and what may be done."""
    message = _("{file} is too large to be a table of tasks").format(file=name)
    return Refused(message, _("Copy the table alone to a new file."))
