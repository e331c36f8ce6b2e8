"""HTML to rows: tables with their merged cells, and the text around them."""

import re
from html.parser import HTMLParser

from chengguo.importing import bounds
from chengguo.importing.formats import markdown
from chengguo.importing.formats.office import struck_out
from chengguo.importing.rows import Remark, Row
from chengguo.language import _

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "caption",
        "title",
        "section",
        "tr",
        "td",
        "th",
    }
)
# Names that programs give to HTML, so that Office opens it; and some of workbooks and documents.
MAY_BE_PAGES = (".xls", ".doc", ".et", ".wps", ".xlsm", ".docm")
PAGE = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html|meta|head|table|body)\b", re.IGNORECASE | re.DOTALL
)
_SILENT = frozenset({"script", "style", "head"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"line-through", re.IGNORECASE)
_STRUCK = frozenset({"s", "del", "strike"})
_LINES_KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_MOST = 1000  # rows or columns that one cell may cover
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)


def recognises(text: str, kind: str) -> bool:
    """True for a page, whatever its name, and for Markdown whose only table is one of HTML."""
    is_named = kind in {".html", ".htm", *MAY_BE_PAGES}
    return (
        is_named
        or bool(PAGE.match(text))
        or (kind == ".md" and "<table" in text and not markdown.has_table(text))
    )


def read(text: str, name: str) -> list[Row]:
    """Read the rows of every table, and each block of text outside of tables as a row of one cell.

    A table in a table is text of the outer cell, unless the outer one only lays out the page. Raises
    ``Refused`` for a page that is too large.
    """
    text = _sound(text)
    if text.count("<") > bounds.PAGE_TAGS:
        raise bounds.too_large(name)
    parser = _Parser(name)
    parser.feed(text)
    parser.close()
    while len(parser.tables) > 1:
        parser.end_table()
    parser.block()
    return _numbered(parser.tables[0].apart)


def _sound(text: str) -> str:
    """Leave out comments, and tags without an end: the parser looks for the end of each anew."""
    text = _ASIDE.sub(lambda aside: "\n" * aside[0].count("\n"), text)
    end = text.rfind(">") + 1
    return text[:end] + text[end:].replace("<", "&lt;")


def _numbered(rows: list[Row]) -> list[Row]:
    """Count the tables anew, in order; the first has no number."""
    order = {name: place for place, name in enumerate(dict.fromkeys(row.table for row in rows if row.table))}
    return [row._replace(table=str(order[row.table] + 1) if order.get(row.table) else "") for row in rows]


class _Table:
    """A table in hand, read in two ways: as rows, and apart, as the text and the tables in its cells."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.apart: list[Row] = []
        self.keeps_lines = False  # line feeds of the source are those of the text
        self.inner = 0  # filled cells of the tables in its cells
        self.line = 1
        self.note = ""
        self.text: list[str] = []
        self.loose: list[str] = []  # the text since the last table in a cell
        self.struck: list[str] = []  # the struck words of the cell in hand
        self.loose_struck: list[str] = []
        self.remarks: list[Remark] = []
        self.covered: dict[int, tuple[int, str]] = {}  # by column: rows still to cover, and with what
        self.cells: dict[int, str] = {}
        self.span = (0, 0, 0)  # of the cell in hand: column, rows, columns
        self.next = 0  # the first column that may be free

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

    def end_cell(self) -> None:
        """End the cell in hand: it stands once in its row, and again in each row below that it covers."""
        text, struck = _taken(self.text), _taken(self.struck)
        column, rows, columns = self.span
        if not columns:
            return
        self.cells[column] = text
        self.remarks += _struck_out(column, struck)
        for other in range(column + 1, column + columns):
            self.cells[other] = ""
        for place in range(column, column + columns):
            self.covered[place] = (rows, text if place == column else "")
        self.span = (0, 0, 0)

    def block(self, line: int) -> None:
        """Make a row of the text so far, apart from the table."""
        text, remarks = _taken(self.loose), _struck_out(0, _taken(self.loose_struck))
        if text or remarks:
            self.apart.append(Row(line, (text,), remarks=tuple(remarks)))

    def end_row(self) -> int:
        """End the row in hand; return how many columns it has."""
        self.end_cell()
        if not self.cells:
            return 0
        width = max([*self.cells, *(place for place, (rows, _text) in self.covered.items() if rows > 0)]) + 1
        whole = {place: text for place, (rows, text) in self.covered.items() if rows > 0} | self.cells
        cells = tuple(whole.get(place, "") for place in range(width))
        self.rows.append(Row(self.line, cells, self.name, self.note, tuple(self.remarks)))
        self.covered = {place: (rows - 1, text) for place, (rows, text) in self.covered.items() if rows > 1}
        self.cells, self.span, self.note, self.next, self.remarks = {}, (0, 0, 0), "", 0, []
        return width


class _Parser(HTMLParser):
    """Collects the rows of tables, the innermost last; the first of ``tables`` is the page itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.tables = [_Table("")]
        self.silent = 0
        self.wrapped: list[tuple[str, bool]] = []  # the wrappers of words in hand, and whether each strikes
        self.count = 0
        self.cells = 0  # that were read, with those that merged ones cover

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a line."""
        attributes, table = dict(attrs), self.tables[-1]
        if tag in _SILENT:
            self.silent += 1
        elif tag in _STRUCK or tag == "span":
            is_through = bool(_LINE_THROUGH.search(attributes.get("style") or ""))
            self.wrapped.append((tag, tag in _STRUCK or is_through))
        elif tag == "table":
            self.block()
            self.count += 1
            self.tables.append(_Table(str(self.count)))
            self.tables[-1].keeps_lines = bool(_LINES_KEPT.search(attributes.get("style") or ""))
            self.add(len(self.tables))
        elif len(self.tables) > 1 and tag == "tr":
            self.add(table.end_row())
            table.line = self.getpos()[0]
            if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
                table.note = _("the row is hidden on the page; it is read all the same")
        elif len(self.tables) > 1 and tag in {"td", "th"}:
            table.end_cell()
            self.add(table.begin(attributes))
        if tag in _BLOCKS:
            self.new_line()

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in {each for each, _strikes in self.wrapped}:
            while self.wrapped.pop()[0] != tag:
                pass
        elif len(self.tables) > 1 and tag == "table":
            self.end_table()
        elif len(self.tables) > 1 and tag in {"td", "th"}:
            self.tables[-1].end_cell()
            self.wrapped.clear()  # what was not closed ends with its cell
        elif len(self.tables) > 1 and tag == "tr":
            self.add(self.tables[-1].end_row())
        if tag in _BLOCKS:
            self.new_line()

    def handle_data(self, data: str) -> None:
        """Take text; white space of the source is one space, but for line feeds where they are kept."""
        lines = [" ".join(line.split()) for line in data.replace("\xa0", " ").split("\n")]
        folded = ("\n" if self.tables[-1].keeps_lines else " ").join(filter(None, lines))
        table = self.tables[-1]
        if folded and not self.silent:
            is_struck = any(strikes for _tag, strikes in self.wrapped)
            for texts in (table.struck, table.loose_struck) if is_struck else (table.text, table.loose):
                texts.append(folded)

    def add(self, cells: int) -> None:
        """Count cells; raises ``Refused`` beyond what a table may have."""
        self.cells += cells
        if self.cells > 2 * bounds.CELLS:  # each is counted in its turn, and in its row
            raise bounds.too_large(self.name)

    def new_line(self) -> None:
        """Begin a line of a cell, or a block of the page."""
        if len(self.tables) == 1:
            self.block()
        else:
            self.tables[-1].text.append("\n")
            self.block()

    def block(self) -> None:
        """Make a row of the text so far, for a reading apart from the table it stands in."""
        self.tables[-1].block(self.getpos()[0])

    def end_table(self) -> None:
        """End a table: what it says belongs to the cell that it stands in, or stands for itself."""
        table = self.tables.pop()
        self.add(table.end_row())
        table.block(self.getpos()[0])
        outer = self.tables[-1]
        outer.inner += max(table.own, table.inner)
        outer.apart += table.apart if table.inner > table.own else table.rows
        outer.text += ["\n", "\n".join(" ".join(filter(None, row.cells)) for row in table.rows), "\n"]


def _struck_out(place: int, text: str) -> list[Remark]:
    return [Remark(place, struck_out(text), empties=True)] if text else []


def _taken(text: list[str]) -> str:
    """Return the text so far, its lines stripped, and begin anew."""
    lines = "".join(text).splitlines()
    text.clear()
    return "\n".join(line.strip() for line in lines if line.strip())


def _count(written: str | None) -> int:
    return (
        min(_MOST, int(written))
        if written and written.isascii() and written.isdigit() and int(written)
        else 1
    )
