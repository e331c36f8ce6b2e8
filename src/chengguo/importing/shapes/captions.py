"""Lines above each of several tables in one file, 表1 产业节能 and 表2 建筑节能: the headings of sections."""

import re
from collections.abc import Mapping

from chengguo.importing import row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.headers import find
from chengguo.importing.rows import Row

_ANNEX = re.compile(r"\s*附[件表]\s*\d{0,2}\s*[:：\s]\s*(?P<title>\S.*)")
MARK = "#" * len(row_kinds.HEADINGS)  # of the lowest heading: of a document's own, it is under each


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows, of which those that stand above a table each are headings; None where there are none.

    There must be several. What stands above all tables is their title. A further table alone may have one
    that numbers it as an annex: 附件2：区级任务.
    """
    headers = find(lines, known)
    above = {place: _above(lines, place, columns) for place, columns in headers.items()}
    found = {at: "".join(lines[at].cells) for at in above.values() if at and _is_caption(lines[at])}
    if len(found) < len(headers) or len(set(found.values())) < len(found) or len(found) <= 1:
        found = _annexes(lines, above)
    if not found:
        return None
    return tuple(
        row._replace(mark=MARK, cells=_filled(row, found[at])) if at in found else row
        for at, row in enumerate(lines)
    )


def _annexes(lines: tuple[Row, ...], above: Mapping[int, int]) -> dict[int, str]:
    """Return the titles of annexes, by their places, that stand above tables behind the first one."""
    texts = {at: lines[at] for at in list(above.values())[1:] if at}
    matches = {at: _ANNEX.fullmatch("".join(row.cells)) for at, row in texts.items()}
    return {
        at: match["title"] for at, match in matches.items() if match and row_kinds.is_headline(match["title"])
    }


def _filled(row: Row, title: str) -> tuple[str, ...]:
    """Return the cells of a row with the title in the first that has words, and nothing in the others."""
    place = next(at for at, cell in enumerate(row.cells) if cell)
    return tuple(title if at == place else "" for at, _cell in enumerate(row.cells))


def _above(lines: tuple[Row, ...], place: int, columns: Columns) -> int:
    """Return the place of the last row above a header that has words, 0 where only the first may have."""
    top = place - columns.height
    return next((at for at in range(top, 0, -1) if any(lines[at].cells)), 0)


def _is_caption(row: Row) -> bool:
    """True for a line that is a headline and has no number of a section or a level of its own."""
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and not row.mark and row_kinds.heading(filled[0]) is None
    return is_one and row_kinds.is_headline(filled[0]) and not row_kinds.is_annex(filled[0])
