"""Workbooks and documents to rows, by openpyxl and python-docx, which come with the extra "office"."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any

from chengguo.errors import Refused, WrongUsage
from chengguo.importing.rows import Row
from chengguo.language import _

_LARGEST = 200_000_000  # bytes that a file may unpack to
_MOST_ROWS = 100_000


def read_xlsx(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet; raises ``Refused`` where it is no workbook, ``WrongUsage`` without openpyxl."""
    book = _opened("openpyxl", "load_workbook", data, name, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        title = sheet.title if len(sheets) > 1 else ""
        merged = _merged(sheet)
        for line, cells in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS)), 1):
            texts = tuple(merged.get((cell.row, cell.column), _written(cell.value)) for cell in cells)
            yield Row(line, texts, title)


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    """Give the text of each cell that a merged one covers: downward its text again, sideways nothing."""
    found = {}
    for area in sheet.merged_cells.ranges:
        text = _written(sheet.cell(area.min_row, area.min_col).value)
        for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1):
            for column in range(area.min_col, area.max_col + 1):
                found[row, column] = text if column == area.min_col else ""
    return found


def _written(value: Any) -> str:
    """Write a value of a cell as text: a day as 2019-12-31, a whole number without a point."""
    match value:
        case None:
            return ""
        case datetime():
            return (
                value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
            )
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def read_docx(data: bytes, name: str) -> Iterator[Row]:
    """Read the paragraphs and tables of a document in order; a row's line is its running number."""
    document = _opened("docx", "Document", data, name)
    from docx.table import Table

    line = tables = 0
    several = len(document.tables) > 1
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            tables += 1
            for cells in _table(part):
                line += 1
                yield Row(line, cells, str(tables) if several else "")
        else:
            line += 1
            yield Row(line, (part.text.strip(),))


def _table(table: Any) -> Iterator[tuple[str, ...]]:
    """Give the rows of a table: python-docx repeats a merged cell, which sideways is to stand once."""
    for row in table.rows:
        cells: list[str] = [""] * row.grid_cols_before
        last = None
        for cell in row.cells:
            cells.append("" if cell._tc is last else cell.text.strip())  # noqa: SLF001 - its only identity
            last = cell._tc  # noqa: SLF001
        yield tuple(cells)


def _opened(package: str, function: str, data: bytes, name: str, **options: bool) -> Any:
    """Open a file by a package that may not be installed; one that is broken or locked is refused."""
    try:
        module = import_module(package)
    except ImportError as error:
        message = _("{file}: to read it, more is needed").format(file=name)
        raise WrongUsage(message, _("Install it: pip install 'chengguo[office]'")) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        opened = getattr(module, function)(io.BytesIO(data), **options) if size <= _LARGEST else None
    except Exception as error:  # whatever a broken file makes the package raise
        message = _("{file} cannot be read: it is broken, or locked by a password").format(file=name)
        raise Refused(message, _("Open it, and save it anew without a password.")) from error
    if opened is None:
        raise Refused(_("{file} is too large to be a table").format(file=name))
    return opened
