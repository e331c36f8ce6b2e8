"""CSV for spreadsheets: a record an item, the task's cells repeated, so that it sorts and filters."""

import csv
import io
import re
from datetime import date

from chengguo.language import _
from chengguo.output.export.document import IN_SHEETS, Document, Line
from chengguo.output.formats.delimited import FORMULA

_QUOTED = re.compile(r"'+\d[\d.,/-]*")  # a number with what makes a spreadsheet take it for a text


def write(document: Document) -> bytes:
    """Return ``document`` as CSV in UTF-8 with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((_("section"), *document.headings(IN_SHEETS)))
    for part in document.parts:
        for block in part.blocks:
            task = tuple(map(_safe, (part.name, block.number, block.title)))
            writer.writerows((*task, *_cells(line)) for line in block.lines)
    if document.note:
        writer.writerow((_safe(document.note),))
    return out.getvalue().encode("utf-8-sig")


def _cells(line: Line) -> tuple[str, ...]:
    address, *others = line.reckoned(IN_SHEETS)
    texts = (*map(_cell, others), *map(_safe, line.own))
    return (*map(_safe, line.official), f'="{address}"', *texts)  # 1.10 as a number would be 1.1


def _cell(value: str | int | date | None) -> str:
    """Return a number and a day as they are, a text so that it stays one."""
    return _safe(value) if isinstance(value, str) else "" if value is None else str(value)


def _safe(text: str) -> str:
    """Return a text, quoted with ' where a spreadsheet would run it."""
    return f"'{text}" if FORMULA.match(text.lstrip("'")) or _QUOTED.fullmatch(text) else text
