"""Lines above each of several tables in one file, 表1 产业节能 and 表2 建筑节能: the headings of sections."""

from collections.abc import Mapping

from chengguo.importing import row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.headers import find
from chengguo.importing.rows import Row

MARK = "#" * len(row_kinds.HEADINGS)  # of the lowest heading: of a document's own, it is under each


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows, of which those that stand above a table each are headings; None where there are none.

    There must be several. What stands above all tables is their title.
    """
    headers = find(lines, known)
    above = {place: _above(lines, place, columns) for place, columns in headers.items()}
    found = {at: "".join(lines[at].cells) for at in above.values() if at and _is_caption(lines[at])}
    if len(found) < len(headers) or len(set(found.values())) < len(found) or len(found) <= 1:
        return None
    return tuple(row._replace(mark=MARK) if at in found else row for at, row in enumerate(lines))


def _above(lines: tuple[Row, ...], place: int, columns: Columns) -> int:
    """Return the place of the last row above a header that has words, 0 where only the first may have."""
    top = place - columns.height
    return next((at for at in range(top, 0, -1) if any(lines[at].cells)), 0)


def _is_caption(row: Row) -> bool:
    """True for a line that is a headline and has no number of a section or a level of its own."""
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and not row.mark and row_kinds.heading(filled[0]) is None
    return is_one and row_kinds.is_headline(filled[0]) and not row_kinds.is_annex(filled[0])
