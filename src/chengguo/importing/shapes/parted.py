"""Lines of which a sign parts the cells, as a table is typed without one: to rows of cells."""

import re
from collections.abc import Mapping, Sequence

from chengguo.importing.columns import recognise
from chengguo.importing.rows import Row

_PIPE = "[|\uff5c]"
_PIPED = re.compile(rf"\s*{_PIPE}?((?:[^|\uff5c]*{_PIPE}){{2,}}[^|\uff5c]*?){_PIPE}?\s*", re.DOTALL)
_SEPARATORS = "，；"
_TABS = ("\t", "\t+")  # one for each column, or as many as it takes
_GAPS = (*_TABS, r"[ \u3000]{2,}")
_MOST_COLUMNS = 100


def at_pipes(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that are parted by pipes, without the line under the header that Markdown has."""
    parted = tuple(_parted_at_pipes(row) for row in lines)
    changed = (row for row, before in zip(parted, lines, strict=True) if row is not before)
    return parted if any(recognise(row.cells, known) for row in changed) else None


def at_gaps(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that tabs or wide spaces part, as a table is typed without one."""
    for signs in _GAPS:
        parted = tuple(_parted_at_gaps(signs, row) for row in lines)
        changed = [row for row, before in zip(parted, lines, strict=True) if row is not before]
        header = next((row for row in changed if "" not in row.cells and recognise(row.cells, known)), None)
        if header and (signs in _TABS or {len(row.cells) for row in changed} == {len(header.cells)}):
            return parted
    return None


def _parted_at_gaps(signs: str, row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    parts = re.split(signs, filled[0], maxsplit=_MOST_COLUMNS) if len(filled) == 1 else []
    return row._replace(cells=tuple(map(str.strip, parts))) if len(parts) > 1 else row


def at_commas(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that are parted by one sign into as many cells as the header, all that follow it."""
    for sign in _SEPARATORS:
        parted = tuple(_parted_at(sign, row) for row in lines)
        changed = (at for at, row in enumerate(parted) if row is not lines[at])
        begin = next((at for at in changed if recognise(parted[at].cells, known)), len(parted))
        widths = {len(row.cells) for row in parted[begin:] if any(row.cells)}
        if len(widths) == 1 and len(parted) - begin > 1:
            return (*lines[:begin], *parted[begin:])
    return None


def _parted_at(sign: str, row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and 1 < filled[0].count(sign) <= _MOST_COLUMNS
    return row._replace(cells=tuple(map(str.strip, filled[0].split(sign)))) if is_one else row


def _parted_at_pipes(row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and len(re.findall(_PIPE, filled[0])) <= _MOST_COLUMNS
    found = _PIPED.fullmatch(filled[0]) if is_one else None
    return row._replace(cells=tuple(cell.strip() for cell in re.split(_PIPE, found[1]))) if found else row
