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

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSERTED, _DELETED = f"{_WORD}ins", f"{_WORD}del"
_LARGEST = 200_000_000  # bytes that a file may unpack to


def read_xlsx(data: bytes, name: str) -> Iterator[Row]:
    """Read every sheet that is shown; of a hidden one, only that there is one.

    A formula whose result the file does not hold stands as itself. Raises ``Refused`` where the file is no
    workbook, ``WrongUsage`` without openpyxl.
    """
    book = _opened("openpyxl", "load_workbook", data, name, data_only=True)
    formulas = _opened("openpyxl", "load_workbook", data, name) if _has_formulas(data) else None
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        title = sheet.title if len(shown) > 1 else ""
        merged = _merged(sheet)
        last = max((cell.row for cell in sheet._cells.values() if cell.value is not None), default=0)  # noqa: SLF001
        for line, cells in enumerate(sheet.iter_rows(max_row=last) if last else (), 1):
            written = (
                cell.value if cell.value is not None else _formula(formulas, sheet, cell) for cell in cells
            )
            texts = (merged.get((line, place), _written(value)) for place, value in enumerate(written, 1))
            yield Row(line, tuple(texts), title)
    for sheet in book.worksheets:
        if sheet not in shown:
            yield Row(1, (_("a hidden sheet"),), sheet.title)


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _formula(book: Any, sheet: Any, cell: Any) -> Any:
    """Give the formula of a cell without a result, None where it has none."""
    return book[sheet.title].cell(cell.row, cell.column).value if book else None


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    """Give the text of each cell that a merged one covers: downward its text again, sideways nothing."""
    found = {}
    for area in sheet.merged_cells.ranges:
        text = _written(sheet.cell(area.min_row, area.min_col).value)
        for row in range(area.min_row, area.max_row + 1):
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
    body = document.element.body
    if next(body.iter(_INSERTED, _DELETED), None) is not None:
        message = _("{file} has tracked changes").format(file=name)
        raise Refused(message, _("Accept or reject them in Word, and save."))
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
