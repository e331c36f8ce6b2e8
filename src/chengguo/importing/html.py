"""HTML to rows: tables with their merged cells, and the text around them."""

from html.parser import HTMLParser

from chengguo.importing.rows import Row

_BLOCKS = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "title", "section"}
)
_SILENT = frozenset({"script", "style", "head"})
_MOST = 1000  # rows or columns that one cell may cover


def read(text: str) -> list[Row]:
    """Read the rows of every table, and each block of text outside of tables as a row of one cell."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    parser.block()
    return parser.rows


class _Parser(HTMLParser):
    """Collects rows; of a table in a table, the text belongs to the outer cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.text: list[str] = []
        self.line = 1
        self.depth = 0  # of tables
        self.silent = 0
        self.covered: dict[int, tuple[int, str]] = {}  # by column: rows still to cover, and with what
        self.cells: dict[int, str] = {}
        self.span = (0, 1, 1)  # of the cell in hand: column, rows, columns
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a line."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.block()
                self.tables += 1
                self.covered = {}
        elif self.depth == 1 and tag == "tr":
            self.row()
            self.line = self.getpos()[0]
        elif self.depth == 1 and tag in {"td", "th"}:
            self.cell()
            self.begin(dict(attrs))
        elif tag in _BLOCKS:
            self.block() if not self.depth else self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table":
            if self.depth == 1:
                self.row()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in {"td", "th"}:
            self.cell()
        elif self.depth == 1 and tag == "tr":
            self.row()
        elif tag in _BLOCKS:
            self.block() if not self.depth else self.text.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text; white space of the source is one space."""
        if not self.silent:
            folded = " ".join(data.replace("\xa0", " ").split())
            if folded:
                self.text.append(folded)

    def block(self) -> None:
        """Make a row of the text outside of tables so far."""
        if text := self.taken():
            self.rows.append(Row(self.getpos()[0], (text,)))

    def begin(self, attributes: dict[str, str | None]) -> None:
        """Begin a cell at the next column that no cell from above covers."""
        column = 0
        while column in self.cells or self.covered.get(column, (0, ""))[0] > 0:
            column += 1
        self.span = (column, _count(attributes.get("rowspan")), _count(attributes.get("colspan")))
        self.cells[column] = ""

    def cell(self) -> None:
        """End the cell in hand: it stands once in its row, and again in each row below that it covers."""
        text = self.taken()
        column, rows, columns = self.span
        if not columns:
            return
        self.cells[column] = text
        for other in range(column + 1, column + columns):
            self.cells[other] = ""
        for place in range(column, column + columns):
            self.covered[place] = (rows, text if place == column else "")
        self.span = (0, 0, 0)

    def row(self) -> None:
        """End the row in hand."""
        self.cell()
        if not self.cells:
            return
        width = max([*self.cells, *(place for place, (rows, _text) in self.covered.items() if rows > 0)]) + 1
        whole = {place: text for place, (rows, text) in self.covered.items() if rows > 0} | self.cells
        cells = tuple(whole.get(place, "") for place in range(width))
        self.rows.append(Row(self.line, cells, str(self.tables) if self.tables > 1 else ""))
        self.covered = {place: (rows - 1, text) for place, (rows, text) in self.covered.items() if rows > 1}
        self.cells, self.span = {}, (0, 0, 0)

    def taken(self) -> str:
        """Give the text so far, its lines stripped, and begin anew."""
        lines = "".join(self.text).splitlines()
        self.text = []
        return "\n".join(line.strip() for line in lines if line.strip())


def _count(written: str | None) -> int:
    return (
        min(_MOST, int(written))
        if written and written.isascii() and written.isdigit() and int(written)
        else 1
    )
