"""A table of a page in hand: its cells as they come, with what merged ones cover."""

from collections.abc import Iterable

from chengguo.importing import bounds
from chengguo.importing.formats.letters import struck_out
from chengguo.importing.rows import Look, Remark, Row
from chengguo.language import _

_MOST = 1000  # rows or columns that one cell may cover


class Words:
    """The words of a cell or a block in hand: those that are shown, and others by why they are not."""

    def __init__(self) -> None:
        """Begin with none."""
        self.line = 0  # that the first of them stands on
        self.shown: list[str] = []
        self.aside: dict[str, list[str]] = {}

    def take(self, text: str, how: str, line: int) -> None:
        """Take a piece of text."""
        self.line = self.line or (line if text.strip() else 0)
        (self.aside.setdefault(how, []) if how else self.shown).append(text)

    def taken(self, place: int) -> tuple[str, list[Remark]]:
        """Return the text so far, its lines stripped, and what is to be told of its cell; begin anew."""
        if not (self.shown or self.aside):
            return "", []
        text = _lines(self.shown)
        told = [
            _left_out(how, place, words)
            for how, each in self.aside.items()
            if (words := _lines(each)) and not (how == "more" and words in text)
        ]
        self.line, self.shown, self.aside = 0, [], {}
        return text, told


def _left_out(how: str, place: int, text: str) -> Remark:
    """Say why words of a cell are not read."""
    if how == "strikes":
        return struck_out(place, text)
    why = {
        "hides": _("words are hidden on the page, and left out: '{text}'"),
        "above": _("letters stand above words, and are left out: '{text}'"),
        "more": _("the page says more, which is left out: '{text}'"),
        "choice": _("others could be chosen here, and are left out: '{text}'"),
    }
    return Remark(place, why[how], text, empties=how == "hides")


def _lines(texts: list[str]) -> str:
    return "\n".join(line.strip() for line in "".join(texts).splitlines() if line.strip())


class Table:
    """A table in hand, read in two ways: as rows, and apart, as the text and the tables in its cells."""

    def __init__(self, name: str, depth: int = 0) -> None:
        """Begin without a row, within so many elements."""
        self.name = name
        self.depth = depth  # wrappers of words around it
        self.rows: list[Row] = []
        self.apart: list[Row] = []
        self.keeps_lines = False  # line feeds of the source are those of the text
        self.inner = 0  # filled cells of the tables in its cells
        self.line = 1
        self.note = ""
        self.mark = ""  # of a heading or of a list, before the words that follow
        self.words = Words()
        self.loose = Words()  # since the last table in a cell
        self.remarks: list[Remark] = []
        self.looks: list[Look] = []  # of words of the row in hand
        self.loose_looks: list[Look] = []
        self.spans: list[tuple[int, int]] = []
        self.covered: dict[int, tuple[int, str]] = {}  # by column: rows still to cover, and with what
        self.cells: dict[int, str] = {}
        self.span = (0, 0, 0)  # of the cell in hand: column, rows, columns
        self.next = 0  # the first column that may be free
        self.around = depth  # wrappers of words around the cell in hand

    @property
    def own(self) -> int:
        """How many cells are filled."""
        return sum(bool(cell) for row in self.rows for cell in row.cells)

    def begin(self, attributes: dict[str, str | None]) -> int:
        """Begin a cell at the next column that no cell from above covers; return how many columns it has."""
        column = self.next
        while column in self.cells or self.covered.get(column, (0, ""))[0] > 0:
            column += 1
        self.next = column
        columns = min(_count(attributes.get("colspan")), max(1, bounds.COLUMNS + 1 - column))  # else too wide
        self.span = (column, _count(attributes.get("rowspan")), columns)
        self.cells[column] = ""
        return columns

    def look(self, text: str, kinds: Iterable[str]) -> None:
        """Note how words of the cell in hand look."""
        for kind in kinds:
            self.looks.append(Look(kind, self.span[0], text))
            self.loose_looks.append(Look(kind, 0, text))

    def end_cell(self, line: int) -> None:
        """End the cell in hand: it stands once in its row, and again in each row below that it covers.

        Words that stand in no cell, a caption say, are a row by themselves.
        """
        column, rows, columns = self.span
        line = self.words.line or line
        text, told = self.words.taken(column if columns else self.next)
        if not columns and text:
            self.rows.append(Row(line, (text,), self.name, remarks=tuple(told)))
            return
        self.remarks += told
        if not columns:
            return
        self.cells[column] = text
        if text and columns > 1:
            self.spans.append((column, columns))
        for other in range(column + 1, column + columns):
            self.cells[other] = ""
        for place in range(column, column + columns):
            self.covered[place] = (rows, text if place == column else "")
        self.span = (0, 0, 0)

    def block(self, line: int) -> None:
        """Make a row of the text so far, apart from the table."""
        text, told = self.loose.taken(0)
        if text or told:
            looks = tuple(self.loose_looks)
            self.apart.append(Row(line, (text,), remarks=tuple(told), looks=looks, mark=self.mark))
            self.mark, self.loose_looks = "", []

    def end_row(self, line: int) -> int:
        """End the row in hand; return how many columns it has."""
        self.end_cell(line)
        if not self.cells:
            return 0
        width = max([*self.cells, *(place for place, (rows, _text) in self.covered.items() if rows > 0)]) + 1
        whole = {place: text for place, (rows, text) in self.covered.items() if rows > 0} | self.cells
        cells = tuple(whole.get(place, "") for place in range(width))
        told, looks, spans = tuple(self.remarks), tuple(self.looks), tuple(self.spans)
        row = Row(self.line, cells, self.name, self.note, told, looks, spans=spans)
        self.rows.append(row._replace(is_hidden=bool(self.note)))
        self.spans = []
        self.covered = {place: (rows - 1, text) for place, (rows, text) in self.covered.items() if rows > 1}
        self.cells, self.span, self.note, self.next, self.remarks = {}, (0, 0, 0), "", 0, []
        self.looks = []
        return width

    def end(self, line: int) -> int:
        """End the table; what was told of no row joins the last. Return how many columns its last row has."""
        width = self.end_row(line)
        if self.remarks:
            self.rows.append(Row(line, (), self.name, remarks=tuple(self.remarks)))
        return width


def _count(written: str | None) -> int:
    return (
        min(_MOST, int(written))
        if written and written.isascii() and written.isdigit() and int(written)
        else 1
    )
