"""What every kind of file is read to."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# Controls, and what has no width: they come along where text is copied, and make one name two.
UNSEEN = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)


_FEW = 4  # of so many lines one may have tabs in it
_GAP = "  "  # for them


class Remark(NamedTuple):
    """What a file has at a cell beside the words that are read: a comment, struck words, an error.

    ``place`` is the cell's from 0, ``text`` the words that it is about: ``why`` has {text} in their place.
    ``empties`` tells that words of the cell were left out, so that it is not empty as one below a merged cell
    is. What ``is_note`` is said beside the words: a comment, a foot note or an end note.
    What ``is_of_file`` concerns no cell: what stands on the head of each page, say.
    """

    place: int
    why: str
    text: str = ""
    empties: bool = False
    is_of_file: bool = False
    is_note: bool = False

    @property
    def said(self) -> str:
        """Say it, with the words that it is about."""
        return self.why.replace("{text}", self.text)


class Look(NamedTuple):
    """Words that stand out in a cell, at its place from 0: they are ``bold``, ``underlined`` or ``red``.

    A broken ``number`` is one too: it may stand for what ends in a zero.
    """

    kind: str
    place: int
    words: str


LOOKS = ("bold", "underlined", "red")
NUMBER = "number"


class Row(NamedTuple):
    """A row of a table: its first line in the file, from 1, and its cells as printed.

    ``table`` names the sheet or counts the table that it is in, where a file has several. ``note`` says
    what the user should know of the row though it is read: that it is hidden, say. ``remarks`` are of its
    cells, ``looks`` words of them that stand out.
    ``origins`` are the line and the column, from 1, of each cell, where a row is made of cells that stand in
    several. From the row above one that ``is_alone`` takes nothing: no cell of it lies below a merged one.
    ``mark`` is what the medium draws before the words and does not write: # for each level of a heading, or
    the sign of a list. One that ``is_hidden`` is shown to nobody: among the rows of a table it is left out.
    ``spans`` are the places of cells that lie over several columns, each with how many.
    """

    line: int
    cells: tuple[str, ...]
    table: str = ""
    note: str = ""
    remarks: tuple[Remark, ...] = ()
    looks: tuple[Look, ...] = ()
    origins: tuple[tuple[int, int], ...] = ()
    is_alone: bool = False
    mark: str = ""
    is_hidden: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def level(self) -> int:
        """The level of a heading, 1 for the highest; 0 for what is no heading."""
        return len(self.mark) if self.mark.startswith("#") else 0

    def at(self, place: int) -> tuple[int, int]:
        """Return the line and the column of a cell in the file, both from 1."""
        return self.origins[place] if place < len(self.origins) else (self.line, place + 1)

    def cut(self, begin: int, end: int | None = None) -> "Row":
        """Return the row with its cells from one place to another alone, which know where they stand.

        What is to be told of a cell that is cut off is told of the one next to it.
        """
        cells = self.cells[begin:end]
        last = max(0, len(cells) - 1)
        return self._replace(
            cells=cells,
            remarks=tuple(
                each._replace(place=min(max(0, each.place - begin), last)) for each in self.remarks
            ),
            looks=tuple(
                each._replace(place=each.place - begin)
                for each in self.looks
                if begin <= each.place < begin + len(cells)
            ),
            origins=tuple(map(self.at, range(begin, begin + len(cells)))),
            spans=tuple(
                (place - begin, count) for place, count in self.spans if begin <= place < begin + len(cells)
            ),
        )


def text_of(row: Row) -> str:
    """Return the text of a row of one cell."""
    return "".join(row.cells).strip()


def lines(rows: Sequence[Row]) -> list[Row] | None:
    """Return rows as lines of text, each a row of one cell; None where most of them have several."""
    filled = [[cell for cell in row.cells if cell] for row in rows]
    if sum(len(cells) > 1 for cells in filled) * _FEW > sum(map(bool, filled)):
        return None
    return [
        row if len(row.cells) == 1 else row._replace(cells=(_GAP.join(cells),))
        for row, cells in zip(rows, filled, strict=True)
    ]


def gathered(cells: Sequence[tuple[str, Sequence[Row]]]) -> Row:
    """Make a row of cells that stand in rows of their own: each text with the rows that say it.

    What is to be told of those comes along; an empty cell stands where the one before it does.
    """
    first = next(row for _text, rows in cells for row in rows)
    sources = [(at, row) for at, (_text, rows) in enumerate(cells) for row in rows]
    origins = accumulate(
        (rows[0].at(0) if rows else None for _text, rows in cells),
        lambda before, here: here or before,
        initial=first.at(0),
    )
    return Row(
        first.line,
        tuple(text for text, _rows in cells),
        first.table,
        "；".join(dict.fromkeys(row.note for _at, row in sources if row.note)),
        tuple(each._replace(place=at) for at, row in sources for each in row.remarks),
        tuple(each._replace(place=at) for at, row in sources for each in row.looks),
        tuple(filter(None, [*origins][1:])),
    )


def place(line: int, column: int, table: str = "", *, in_workbook: bool) -> str:
    """Return how messages name a cell behind the file, line and column from 1: 26:7, [2]:26:7 in table 2.

    In a workbook it is as Excel names it: G26, or 填报!G26 on the sheet 填报.
    """
    if not in_workbook:
        return f"{f'[{table}]:' if table else ''}{line}:{column}"
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{f'{table}!' if table else ''}{letters}{line}"


def located(file: str, where: str) -> str:
    """Return a file and a place of it as messages write them: 表.xlsx:G26, 表.docx[2]:26:7."""
    return f"{file}{'' if not where or where.startswith('[') else ':'}{where}"
