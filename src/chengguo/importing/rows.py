"""What every kind of file is read to."""

import re
from typing import NamedTuple

# Controls, and what has no width: they come along where text is copied, and make one name two.
UNSEEN = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)


class Remark(NamedTuple):
    """What a file has at a cell beside the words that are read: a comment, struck words, an error.

    ``place`` is the cell's from 0, ``text`` the words that it is about: ``why`` has {text} in their place.
    ``empties`` tells that words of the cell were left out, so that it is not empty as one below a merged cell
    is. What ``is_of_file`` concerns no cell: what stands on the head of each page, say.
    """

    place: int
    why: str
    text: str = ""
    empties: bool = False
    is_of_file: bool = False

    @property
    def said(self) -> str:
        """Say it, with the words that it is about."""
        return self.why.replace("{text}", self.text)


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
