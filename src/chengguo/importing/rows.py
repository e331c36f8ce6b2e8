"""What every kind of file is read to."""

from typing import NamedTuple


class Row(NamedTuple):
    """A row of a table: its first line in the file, from 1, and its cells as printed.

    ``table`` names the sheet or counts the table that it is in, where a file has several. ``note`` says
    what the user should know of the row though it is read: that it is hidden, say.
    """

    line: int
    cells: tuple[str, ...]
    table: str = ""
    note: str = ""
