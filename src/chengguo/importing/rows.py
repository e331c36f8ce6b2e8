"""What every kind of file is read to."""

from typing import NamedTuple


class Remark(NamedTuple):
    """What a file has at a cell beside the words that are read: a comment, struck words, an error.

    ``place`` is the cell's from 0. ``empties`` tells that words of the cell were left out, so that it is not
    empty as one below a merged cell is.
    """

    place: int
    why: str
    empties: bool = False


class Row(NamedTuple):
    """A row of a table: its first line in the file, from 1, and its cells as printed.

    ``table`` names the sheet or counts the table that it is in, where a file has several. ``note`` says
    what the user should know of the row though it is read: that it is hidden, say. ``remarks`` are of its
    cells; ``bold`` are words of them in bold, each with the place of its cell.
    """

    line: int
    cells: tuple[str, ...]
    table: str = ""
    note: str = ""
    remarks: tuple[Remark, ...] = ()
    bold: tuple[tuple[int, str], ...] = ()
