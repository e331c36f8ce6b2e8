"""Tables with a column for each department, and a tick or a word in it for its work: to two columns."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from chengguo.departments import bodies, roles
from chengguo.importing.columns import named
from chengguo.importing.rows import Remark, Row
from chengguo.language import _, listed
from chengguo.text.expressions import expression

CHECKS = frozenset("√✓✔☑")  # one kind of ticks: the font alone tells them apart
TICKS = CHECKS | frozenset("☒●★■◆▲○△☆")
_BOXES = frozenset("□☐")  # without a tick
_SIGNS = TICKS | _BOXES | frozenset("勾钩")
_NONE = _BOXES | frozenset("/／—–-－无")  # noqa: RUF001 - as printed
_FEWEST = 2  # departments
_HEADERS = {"lead": "责任单位", "support": "配合单位"}
_SHORT = {
    "主": "lead",
    "协": "support",
    "L": "lead",
    "S": "support",
}  # words that are roles in a matrix alone
_MEANS = (
    rf"([{''.join(TICKS | _BOXES)}]|[打画划][勾钩√✓])\s*(?:的|者)?\s*(?:表示|代表|为|是|[:：—-])*\s*"
    rf"({roles.NAMED}|\w{{2,4}})"
)
_LEGEND = expression(_MEANS)
# One that stands by itself: 注：●牵头，○配合。 or a bracket of it behind other words.
_WHOLE_LEGEND = expression(
    rf"[（(]?\s*(?:(?:备?注|附注|说明|图例)\s*[:：]?\s*)?(?:{_MEANS}(?!\w)[\s，,、;；。]*)+(?:[）)]\s*|$)"
)


class _Matrix(NamedTuple):
    """The rows above a matrix, its header, the rows below; and the places of the departments in the header.

    ``over`` has the word over each department that has one, ``parts`` the role that all ticks under it say:
    where such words tell who supports. ``leader`` is the word of a column for who leads, "" for none.
    """

    above: Sequence[Row]
    header: Row
    below: Sequence[Row]
    places: Sequence[int]
    over: Mapping[int, str]
    parts: Mapping[int, str]
    leader: str


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Read a table that has a column for each department, and in it a tick or a word for what is its work.

    Two kinds of ticks say two things, which only a legend tells: without one such a table is none of these.
    A box that is empty says nothing, unless by a legend. Ticks under 配合单位 over departments support, and
    so do those beside a column for who leads.
    """
    matrix = _found([*map(_without_legend, lines)], known)
    if matrix is None:
        return None
    places = matrix.places
    marks = {row.cells[place] for row in matrix.below for place in places if place < len(row.cells)} - {""}
    said = _said(marks, lines, "support" if matrix.leader else "lead")
    if not marks & said.keys() or not marks <= said.keys() | _NONE:
        return None
    names = _headings(matrix, known)
    if any(_part(matrix, said, place, mark) not in {*names, None} for place in places for mark in marks):
        return None  # a tick says of somebody that he leads, beside a column for that
    cells = _filled(matrix.header.cells, places, names.values())
    ticked = (_ticked(row, matrix, said, tuple(names)) for row in matrix.below)
    note = "；".join(filter(None, (matrix.header.note, _beside(matrix), _unticked(matrix, said))))
    return (*matrix.above, matrix.header._replace(cells=cells, note=note), *ticked)


def _without_legend(row: Row) -> Row:
    """Return a row without the legend that ends its words, or is all of it, which is told of the file."""
    for place, cell in enumerate(row.cells):
        found = None if _SIGNS.isdisjoint(cell) else _WHOLE_LEGEND.search(cell)
        if found is None or not all(roles.column_of(word) for _tick, word in _LEGEND.findall(found[0])):
            continue
        rest = cell[: found.start()] + cell[found.end() :]
        if rest or sum(map(bool, row.cells)) == 1:
            told = Remark(place, _("the legend of the ticks is read: '{text}'"), found[0], is_of_file=True)
            cells = (*row.cells[:place], rest, *row.cells[place + 1 :])
            return row._replace(cells=cells, remarks=(*row.remarks, told))
    return row


def _beside(matrix: _Matrix) -> str:
    """Say that ticks which nothing else explains stand beside who leads; "" where they do not."""
    why = _("the ticks beside '{name}' are taken for who supports")
    return why.format(name=matrix.leader) if matrix.leader and not matrix.parts else ""


def _part(matrix: _Matrix, said: Mapping[str, str], place: int, mark: str) -> str | None:
    """Return the role that a mark at a place says, None for none."""
    return said.get(mark) and (matrix.parts.get(place) or said[mark])


def _unticked(matrix: _Matrix, said: Mapping[str, str]) -> str:
    """Say of which departments nothing is said in any row; "" where there are none."""
    ticked = {place for row in matrix.below for place, cell in enumerate(row.cells) if cell in said}
    names = [matrix.header.cells[place] for place in matrix.places if place not in ticked]
    return _("nothing is ticked under: {names}").format(names=listed(names)) if names else ""


def _headings(matrix: _Matrix, known: Mapping[str, str]) -> dict[str, str]:
    """Return the words of the columns that are made, by their roles; a column of those who lead stays."""
    over: dict[str, str] = {role: word for word in matrix.over.values() if (role := roles.column_of(word))}
    there = named(matrix.header.cells, known).values()
    return {role: over.get(role, word) for role, word in _HEADERS.items() if role not in there}


def _found(lines: Sequence[Row], known: Mapping[str, str]) -> _Matrix | None:
    """Return the matrix whose header is one row, or two, 责任部门 over the departments."""
    for at, row in enumerate(lines):
        places = _departments(row)
        if len(places) < _FEWEST:
            continue
        upper = lines[at - 1] if at else Row(0, ())
        over = _over(places, upper.cells)
        parts = {place: str(roles.column_of(word)) for place, word in over.items()}
        parts = parts if "support" in parts.values() else {}
        pairs = zip_longest(row.cells, upper.cells if over else (), fillvalue="")
        remarks = (*row.remarks, *(upper.remarks if over else ()))
        header = row._replace(cells=tuple(own or word for own, word in pairs), remarks=remarks)
        fields = {field: word for word, field in reversed(named(header.cells, known).items())}
        if "title" in fields and ("lead" not in fields or {*parts.values()} <= {"support"}):
            above, below = lines[: at - bool(over)], lines[at + 1 :]
            return _Matrix(above, header, below, places, over, parts, fields.get("lead", ""))
    return None


def _over(places: Sequence[int], upper: Sequence[str]) -> dict[int, str]:
    """Return the words over departments that say their part; a wide one is over several."""
    found: dict[int, str] = {}
    word = ""
    for place, cell in enumerate(upper):
        word = cell or word
        if place in places and roles.column_of(word):
            found[place] = word
    return found


def _said(marks: set[str], lines: Sequence[Row], lone: str) -> dict[str, str]:
    """Return the role that each mark says, by its word or by the legend; ``lone`` is that of a lone kind."""
    legend = [found for row in lines for cell in row.cells for found in _LEGEND.findall(cell)]
    found: dict[str, str | None] = {tick[-1:]: roles.column_of(word) for tick, word in legend}
    checks = {found[tick] for tick in found.keys() & {*CHECKS, *"勾钩"}}
    if len(checks) == 1:
        found |= dict.fromkeys(CHECKS - found.keys(), *checks)
    found |= {mark: _SHORT.get(mark) or roles.column_of(mark) for mark in marks - TICKS - _NONE}
    ticks = marks - _NONE
    if not ticks & found.keys() and ticks <= TICKS and (len(ticks) == 1 or ticks <= CHECKS):
        found |= dict.fromkeys(ticks, lone)
    return {mark: role for mark, role in found.items() if role}


def _departments(header: Row) -> list[int]:
    return [place for place, cell in enumerate(header.cells) if cell and bodies.is_whole(cell)]


def _filled(cells: tuple[str, ...], places: Sequence[int], words: Iterable[str]) -> tuple[str, ...]:
    """Put words into the first of the places, and nothing into the others."""
    instead = dict.fromkeys(places, "") | dict(zip(places, words, strict=False))
    return tuple(instead.get(place, cell) for place, cell in enumerate(cells))


def _ticked(row: Row, matrix: _Matrix, said: Mapping[str, str], those: Sequence[str]) -> Row:
    """Put the departments that are ticked in a row together, by each of the roles that are made columns.

    Where none is, nobody has that role: the one of the row above says nothing of this one.
    """
    header, places = matrix.header.cells, matrix.places
    cells = (*row.cells, *[""] * (len(header) - len(row.cells)))  # a row may end where its last tick stands
    if sum(map(bool, cells)) <= 1:
        return row
    part = {place: _part(matrix, said, place, cells[place]) for place in places}
    names = ["、".join(header[place] for place in places if part.get(place) == role) for role in those]
    nobody = (Remark(place, "", empties=True) for place, each in zip(places, names, strict=False) if not each)
    return row._replace(cells=_filled(cells, places, names), remarks=(*row.remarks, *nobody))
