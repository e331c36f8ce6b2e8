"""The rows of files that came back, as values: what they are about, and what stands in their cells."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from chengguo.importing.returning.forms import LOCKED
from chengguo.importing.rows import NUMBER, Row, located, place
from chengguo.registry.report_headings import FIELD_OF, is_news
from chengguo.text.widths import folded

_ENDS = "。．.；;，,、!！ \n"  # noqa: RUF001 - as typed


class Unclear(Exception):
    """A cell that is not certain: which, and why."""

    def __init__(self, field: str, why: str) -> None:
        """Begin with the field of the cell, and why."""
        super().__init__(why)
        self.field, self.why = field, why


class Place(NamedTuple):
    """Where a cell stands: the file, and in it 填报!I7, or the line and the column from 1: 3:2."""

    file: str
    cell: str

    def __str__(self) -> str:
        """Write it as messages do."""
        return located(self.file, self.cell)


class About(NamedTuple):
    """What a form says of itself: whose it is, of which period, made on which day, from which registry."""

    department: str
    period: str
    made: date | None
    plan: str


class Entry(NamedTuple):
    """A row in which something is reported: what it is about, and each filled cell, by its field.

    ``work`` is what it says of the item beside the address: by it the item is told where there is none.
    The address ``is_number`` where a spreadsheet may have dropped a zero of it. ``changed`` are the headings
    of the locked cells that are no longer what they were; ``prefilled`` is what an export had filled in,
    which reports nothing as long as the registry says the same. ``extra`` has the cells of other headings.
    """

    file: str
    table: str
    line: int
    address: str
    cells: dict[str, str]
    columns: dict[str, int]
    work: dict[str, str] = {}  # noqa: RUF012 - never changed
    changed: tuple[str, ...] = ()
    form: About | None = None
    prefilled: dict[str, str] = {}  # noqa: RUF012 - never changed
    is_number: bool = False

    @property
    def status(self) -> str:
        """What its status says, without the stop that people put behind it."""
        return self.cells.get("status", "").rstrip(_ENDS)

    def place(self, field: str = "address") -> Place:
        """Return the place of a cell, that of the row's first where the field has none."""
        column = self.columns.get(field, 1)
        if not self.line:
            return Place(self.file, "")
        return Place(self.file, place(self.line, column, self.table, in_workbook=bool(self.table)))


class Odd(NamedTuple):
    """Something of a file that is not taken, and why."""

    place: Place
    why: str


class Returned(NamedTuple):
    """What a file has: rows in which something is reported, what is odd, and what a form says of itself.

    ``told`` is what no report stands in, and is said all the same; ``is_export`` is true of a table that was
    exported with all that the registry has.
    """

    file: str
    entries: tuple[Entry, ...]
    odd: tuple[Odd, ...] = ()
    form: About | None = None
    told: tuple[Odd, ...] = ()
    is_export: bool = False

    @property
    def is_blank(self) -> bool:
        """True if nothing was written into it."""
        return not (self.entries or self.odd)


def entry_of(
    row: Row, file: str, cells: dict[str, str], columns: dict[str, int], own: Collection[str]
) -> Entry:
    """Make an entry of a row: its address, and the filled cells by their fields, else by their headings."""
    found: dict[str, str] = {}
    places: dict[str, int] = {}
    address = ""
    for heading, text in cells.items():
        is_own = heading in own and not is_news(heading)
        field = heading if is_own else FIELD_OF.get(folded(heading).lower(), heading)
        if field == "address":
            address, places["address"] = text, columns[heading]
        elif text and heading not in LOCKED:
            found[field] = f"{found[field]}\n{text}" if field in found else text
            places.setdefault(field, columns[heading])
    entry = Entry(file, row.table, row.line, address, found, places)
    return entry._replace(is_number=_is_number(row, entry))


def _is_number(row: Row, entry: Entry) -> bool:
    """True if a spreadsheet may have dropped a zero at the end of the address, as one of 1.10 does.

    A workbook tells which cells are numbers; in a text that a spreadsheet may have saved each may be one.
    """
    if entry.file.lower().endswith((".csv", ".tsv")):
        return not entry.address.endswith("0")
    at = entry.columns.get("address", 1) - 1
    return any(each.kind == NUMBER and each.place == at for each in row.looks)
