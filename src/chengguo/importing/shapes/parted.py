"""Lines of which a sign parts the cells, as a table is typed without one: to rows of cells."""

import re
from collections.abc import Mapping, Sequence

from chengguo.importing.columns import recognise
from chengguo.importing.rows import Row
from chengguo.language import _

_PIPE = "[|\uff5c]"
_PIPED = re.compile(rf"\s*{_PIPE}?((?:[^|\uff5c]*{_PIPE}){{2,}}[^|\uff5c]*?){_PIPE}?\s*", re.DOTALL)
_SEPARATORS = "，；"
_TABS = ("\t", "\t+")  # one for each column, or as many as it takes
_GAPS = (*_TABS, r"[ \u3000]{2,}")
_MOST_COLUMNS = 100
_FEWEST = 3  # columns that single blanks part
_LETTERS = re.compile(r"(?<!\S)[^\W\d_](?:\s[^\W\d_](?!\S))+")  # each by itself, of one word


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


def at_blanks(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read numbered lines that single blanks part, under a header whose words are all known: 1 建渠 市水务局.

    Blanks that a line has beyond the columns are taken for those of its task, and that is noted.
    """
    for begin, row in enumerate(lines):
        header = _at_blanks(row)
        columns = recognise(header.cells, known) if len(header.cells) >= _FEWEST else None
        if columns is None or columns.own() or columns.field(0) != "number":
            continue
        parted = [_into(each, len(header.cells)) for each in lines[begin + 1 :]]
        are_parted = [new is not old for new, old in zip(parted, lines[begin + 1 :], strict=True)]
        if sum(are_parted) * 2 > sum(any(each.cells) for each in parted):
            return (*lines[:begin], header, *parted)
    return None


def _into(row: Row, width: int) -> Row:
    """Part a numbered line at its blanks into so many cells, of which the second has those that are left."""
    parted = _at_blanks(row)
    number, *rest = parted.cells
    more = len(parted.cells) - width
    if more < 0 or not number.isdecimal():
        return row
    note = _("the spaces do not tell the columns of this line") if more else ""
    cells = (number, " ".join(rest[: more + 1]), *rest[more + 1 :])
    return parted._replace(cells=cells, note=row.note or note)


def _at_blanks(row: Row) -> Row:
    """Part a line at its blanks, but for those that set the letters of a word apart: 工 作 任 务."""
    filled = [cell for cell in row.cells if cell]
    cells = _LETTERS.sub(lambda word: "".join(word[0].split()), filled[0]).split() if len(filled) == 1 else []
    return row._replace(cells=tuple(cells)) if 1 < len(cells) <= _MOST_COLUMNS else row


def _parted_at(sign: str, row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and 1 < filled[0].count(sign) <= _MOST_COLUMNS
    return row._replace(cells=tuple(map(str.strip, filled[0].split(sign)))) if is_one else row


def _parted_at_pipes(row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and len(re.findall(_PIPE, filled[0])) <= _MOST_COLUMNS
    found = _PIPED.fullmatch(filled[0]) if is_one else None
    return row._replace(cells=tuple(cell.strip() for cell in re.split(_PIPE, found[1]))) if found else row
