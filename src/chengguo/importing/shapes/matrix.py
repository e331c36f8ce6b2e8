"""Tables with a column for each department, and a tick or a word in it for its work: to two columns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from chengguo.departments import bodies, roles
from chengguo.importing.columns import named
from chengguo.importing.rows import Row

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


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read a table that has a column for each department, and in it a tick or a word for what is its work.

    Two kinds of ticks say two things, which only a legend tells: without one such a table is none of these.
    A box that is empty says nothing, unless by a legend.
    """
    found = _header(lines, known)
    if found is None:
        return None
    above, header, who, below = found
    places = _departments(header)
    marks = {row.cells[place] for row in below for place in places if place < len(row.cells)} - {""}
    said = _said(marks, lines)
    if not marks & said.keys() or not marks <= said.keys() | _NONE:
        return None
    cells = _filled(header.cells, places, (who or _HEADERS["lead"], _HEADERS["support"]))
    ticked = (_ticked(row, header.cells, places, said) for row in below)
    return (*above, header._replace(cells=cells), *ticked)


def _header(
    lines: Sequence[Row], known: Mapping[str, str]
) -> tuple[Sequence[Row], Row, str, Sequence[Row]] | None:
    """Return the rows above, the header, what stands over its departments where it has two rows, those below.

    That is 责任部门, say; what stands beside it is above the other columns.
    """
    for at, row in enumerate(lines):
        upper = lines[at - 1] if at else Row(0, ())
        who = _over(row, upper, known)
        pairs = zip_longest(row.cells, upper.cells if who else (), fillvalue="")
        header = row._replace(cells=tuple(own or word for own, word in pairs))
        if _is_above_ticks(header, known):
            return lines[: at - bool(who)], header, who, lines[at + 1 :]
    return None


def _over(row: Row, upper: Row, known: Mapping[str, str]) -> str:
    """Return the word over the first department of a row that says who; nothing where there is none."""
    words = [upper.cells[place] for place in _departments(row)[:1] if place < len(upper.cells)]
    return next((word for word in words if "lead" in named((word,), known).values()), "")


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
