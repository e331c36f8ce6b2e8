"""A sheet of a workbook whose cells are written here, and all else by openpyxl.

openpyxl makes an object of each cell, checks each part of it when it is set, and writes it in seven pieces:
half of the time that a table of 10,000 items takes. What a cell is in the file is a line of XML.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from chengguo.errors import Refused
from chengguo.language import _
from chengguo.output.export.document import Tint
from chengguo.output.export.settling import settled
from chengguo.output.formats.delimited import FORMULA
from chengguo.text.visible import visible

_FONT, SIZES = "宋体", (10, 9, 8, 7, 6)  # points: smaller where a row would be too tall
_LONGEST = 32_767  # what a cell holds, counted in UTF-16
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_EXTENT = re.compile(rb'(<dimension ref=")[^"]*')


class Look(NamedTuple):
    """How a cell looks; ``across`` is how its text stands between its edges."""

    size: int = SIZES[0]
    bold: bool = False
    tint: Tint | None = None
    across: str = "left"
    edged: bool = True
    grey: bool = False
    shown: str = ""  # the number format of a text
    locked: bool = True  # where the sheet is guarded


class Figure(NamedTuple):
    """A number as a cell holds it, and how it is shown: 0.8 as 80%."""

    number: float
    shown: str


Value = str | int | date | Figure | None


class Sheet:
    """A sheet of openpyxl's, ``page``, and the cells that it gets."""

    def __init__(self, page: Any) -> None:
        """Take a sheet without cells."""
        self.page = page
        self._rows: dict[int, dict[int, str]] = {}
        self._heights: dict[int, float] = {}

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """Write a cell; a text stays a text, whatever it begins with, also when somebody edits it."""
        shown, is_quoted, held = look.shown, False, ' t="n">'
        if isinstance(value, str):
            if value:
                is_quoted, held = FORMULA.match(value) is not None, _text(value)
        elif value is not None:
            if isinstance(value, Figure):
                number, shown = value
            else:
                shown = "0" if isinstance(value, int) else "yyyy-mm-dd"
                number = value if isinstance(value, int) else _day(value)
            held = f' t="n"><v>{number:.16g}</v>'
        style = _style(self.page, look, shown, is_quoted)
        place = f"{letter(column)}{row}"
        self._rows.setdefault(row, {})[column] = f'<c r="{place}" s="{style}"{held}</c>'

    def set_height(self, row: int, points: float) -> None:
        """Make a row so tall."""
        self._heights[row] = points

    def filled(self, part: bytes) -> bytes:
        """Return the sheet as openpyxl writes it, with the cells in it."""
        extent = f"A1:{letter(max(map(max, self._rows.values())))}{max(self._rows)}"
        part = _EXTENT.sub(lambda match: match[1] + extent.encode(), part, count=1)
        rows = "".join(map(self._row, sorted(self._rows)))
        return _NO_ROWS.sub(lambda _match: f"<sheetData>{rows}</sheetData>".encode(), part, count=1)

    def _row(self, number: int) -> str:
        height = self._heights.get(number)
        tall = "" if height is None else f' ht="{height:.16g}" customHeight="1"'
        cells = "".join(cell for _column, cell in sorted(self._rows[number].items()))
        return f'<row r="{number}"{tall}>{cells}</row>'


def _text(value: str) -> str:
    """Return what a cell with a text holds, from behind its style on; raises ``Refused`` for one too long."""
    if 2 * len(value) > _LONGEST and len(value.encode("utf-16-le")) > 2 * _LONGEST:
        message = _("a cell of a .xlsx file holds {count} characters at most").format(count=_LONGEST)
        raise Refused(message, _("Export .html or .md."))
    kept = "" if value == value.strip() else ' xml:space="preserve"'
    return f' t="inlineStr"><is><t{kept}>{escape(visible(value), quote=False)}</t></is>'


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """Return what a column is called."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


@lru_cache(maxsize=1024)
def _day(day: date) -> float:
    from openpyxl.utils.datetime import to_excel

    return float(to_excel(day))


@lru_cache(maxsize=1024)
def _style(page: Any, look: Look, shown: str, is_quoted: bool) -> int:  # noqa: FBT001 - a key of the cache
    """Return the number of the style of cells that look alike, which the book of a sheet has once."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.styles.styleable import StyleableObject

    cell: Any = StyleableObject(page)
    edge = Side("thin" if look.edged else None)
    colour = look.tint.ground if look.tint else "E7E6E6" if look.grey else None
    letters = look.tint.letters if look.tint else None
    cell.font = Font(name=_FONT, size=look.size, bold=look.bold, color=letters)
    cell.alignment = Alignment(
        horizontal=look.across, vertical="center" if look.bold else "top", wrap_text=True
    )
    cell.border = Border(edge, edge, edge, edge)
    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    cell.protection = Protection(locked=look.locked)
    cell.quotePrefix = is_quoted
    cell.number_format = shown or "General"
    return int(cell.style_id)


def saved(book: Any, sheets: Sequence[Sheet], day: date) -> bytes:
    """Return a workbook of openpyxl's with the cells of its sheets; the same ones make the same bytes."""
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), day, {sheet.page.path.lstrip("/"): sheet.filled for sheet in sheets})
