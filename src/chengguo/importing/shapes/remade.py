"""Tables of other shapes, to rows under a header: pipes, on their side, ticks, a line each, cards, lists."""

import re
from collections.abc import Iterable, Mapping, Sequence

from chengguo.departments import bodies, roles
from chengguo.importing.columns import named, recognise
from chengguo.importing.rows import Row
from chengguo.importing.shapes import bullets, cards, in_cells, stacked, turned

_CHECKS = frozenset("√✓✔☑")  # one kind of ticks: the font alone tells them apart
_TICKS = _CHECKS | frozenset("☒●★■◆▲○△☆")
_BOXES = frozenset("□☐")  # without a tick
_NONE = _BOXES | frozenset("/／—–-－无")  # noqa: RUF001 - as printed
_HEADERS = {"lead": "责任单位", "support": "配合单位"}
_SHORT = {
    "主": "lead",
    "协": "support",
    "L": "lead",
    "S": "support",
}  # words that are roles in a matrix alone
_LEGEND = re.compile(
    rf"([{''.join(_TICKS | _BOXES)}]|[打画划][勾钩√✓])\s*(?:的|者)?\s*(?:表示|代表|为|是|[:：—-])*\s*"
    rf"({roles.NAMED}|\w{{2,4}})"
)
_PIPE = "[|\uff5c]"
_PIPED = re.compile(rf"\s*{_PIPE}?((?:[^|\uff5c]*{_PIPE}){{2,}}[^|\uff5c]*?){_PIPE}?\s*", re.DOTALL)
_SEPARATORS = "，；"
_TABS = ("\t", "\t+")  # one for each column, or as many as it takes
_GAPS = (*_TABS, r"[ \u3000]{2,}")
_MOST_COLUMNS = 100


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table that has no header of the usual kind; None where it is of no known shape."""
    shapes = (
        _piped,
        _spaced,
        _separated,
        turned.rows,
        _matrix,
        stacked.rows,
        in_cells.rows,
        cards.rows,
        bullets.rows,
    )
    return next(filter(None, (read(lines, known) for read in shapes)), None)


def _piped(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that are parted by pipes, without the line under the header that Markdown has."""
    parted = tuple(_at_pipes(row) for row in lines)
    changed = (row for row, before in zip(parted, lines, strict=True) if row is not before)
    return parted if any(recognise(row.cells, known) for row in changed) else None


def _spaced(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that tabs or wide spaces part, as a table is typed without one."""
    for signs in _GAPS:
        parted = tuple(_at_gaps(signs, row) for row in lines)
        changed = [row for row, before in zip(parted, lines, strict=True) if row is not before]
        header = next((row for row in changed if "" not in row.cells and recognise(row.cells, known)), None)
        if header and (signs in _TABS or {len(row.cells) for row in changed} == {len(header.cells)}):
            return parted
    return None


def _at_gaps(signs: str, row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    parts = re.split(signs, filled[0], maxsplit=_MOST_COLUMNS) if len(filled) == 1 else []
    return row._replace(cells=tuple(map(str.strip, parts))) if len(parts) > 1 else row


def _separated(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read lines that are parted by one sign into as many cells as the header, all that follow it."""
    for sign in _SEPARATORS:
        parted = tuple(_at(sign, row) for row in lines)
        changed = (at for at, row in enumerate(parted) if row is not lines[at])
        begin = next((at for at in changed if recognise(parted[at].cells, known)), len(parted))
        widths = {len(row.cells) for row in parted[begin:] if any(row.cells)}
        if len(widths) == 1 and len(parted) - begin > 1:
            return (*lines[:begin], *parted[begin:])
    return None


def _at(sign: str, row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and 1 < filled[0].count(sign) <= _MOST_COLUMNS
    return row._replace(cells=tuple(map(str.strip, filled[0].split(sign)))) if is_one else row


def _at_pipes(row: Row) -> Row:
    filled = [cell for cell in row.cells if cell]
    is_one = len(filled) == 1 and len(re.findall(_PIPE, filled[0])) <= _MOST_COLUMNS
    found = _PIPED.fullmatch(filled[0]) if is_one else None
    return row._replace(cells=tuple(cell.strip() for cell in re.split(_PIPE, found[1]))) if found else row


def _matrix(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read a table that has a column for each department, and in it a tick or a word for what is its work.

    Two kinds of ticks say two things, which only a legend tells: without one such a table is none of these.
    A box that is empty says nothing, unless by a legend.
    """
    found = next(((at, row) for at, row in enumerate(lines) if _is_above_ticks(row, known)), None)
    if found is None:
        return None
    at, header = found
    places = _departments(header)
    marks = {row.cells[place] for row in lines[at + 1 :] for place in places if place < len(row.cells)} - {""}
    said = _said(marks, lines)
    if not marks & said.keys() or not marks <= said.keys() | _NONE:
        return None
    cells = _filled(header.cells, places, _HEADERS.values())
    below = (_ticked(row, header.cells, places, said) for row in lines[at + 1 :])
    return (*lines[:at], header._replace(cells=cells), *below)


def _said(marks: set[str], lines: Sequence[Row]) -> dict[str, str]:
    """Return the role that each mark says, by its word or by the legend; a lone kind of ticks leads."""
    legend = [found for row in lines for cell in row.cells for found in _LEGEND.findall(cell)]
    found: dict[str, str | None] = {tick[-1:]: roles.column_of(word) for tick, word in legend}
    checks = {found[tick] for tick in found.keys() & {*_CHECKS, *"勾钩"}}
    if len(checks) == 1:
        found |= dict.fromkeys(_CHECKS - found.keys(), *checks)
    found |= {mark: _SHORT.get(mark) or roles.column_of(mark) for mark in marks - _TICKS - _NONE}
    ticks = marks - _NONE
    if not ticks & found.keys() and ticks <= _TICKS and (len(ticks) == 1 or ticks <= _CHECKS):
        found |= dict.fromkeys(ticks, "lead")
    return {mark: role for mark, role in found.items() if role}


def _is_above_ticks(header: Row, known: Mapping[str, str]) -> bool:
    """True for a row that names tasks and several departments, and nobody who is responsible."""
    fields = named(header.cells, known).values()
    return "title" in fields and "lead" not in fields and len(_departments(header)) > 1


def _departments(header: Row) -> list[int]:
    return [place for place, cell in enumerate(header.cells) if cell and bodies.is_whole(cell)]


def _filled(cells: tuple[str, ...], places: list[int], words: Iterable[str]) -> tuple[str, ...]:
    """Put words into the first of the places, and nothing into the others."""
    instead = dict.fromkeys(places, "") | dict(zip(places, words, strict=False))
    return tuple(instead.get(place, cell) for place, cell in enumerate(cells))


def _ticked(row: Row, header: tuple[str, ...], places: list[int], said: Mapping[str, str]) -> Row:
    """Put the departments that are ticked in a row together: those that lead, and those that support."""
    cells = (*row.cells, *[""] * (len(header) - len(row.cells)))  # a row may end where its last tick stands
    if sum(map(bool, cells)) <= 1:
        return row
    names = (
        "、".join(header[place] for place in places if said.get(cells[place]) == role) for role in _HEADERS
    )
    return row._replace(cells=_filled(cells, places, names))
