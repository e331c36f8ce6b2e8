"""Tables laid out in lines: cells are folded, or cut where that is asked for. It knows no terminal.

The widths of columns and the folds of cells are computed once, so that a table of thousands of rows comes
at once; Rich's own tables measure and wrap each cell several times.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, repeat
from typing import NamedTuple

from chengguo.output.formats.wrapping import fold
from chengguo.text.widths import Ruler

_NARROWEST = 10  # columns that a value needs beside its heading
_CUT = "…"

Segment = tuple[str, str]  # a text and its style, in Rich's words
Line = list[Segment]


class Content(NamedTuple):
    """What stands in a cell: the columns that it takes unfolded, and its lines within so many columns."""

    natural: int
    lines: Callable[[int], Sequence[str]]
    style: str = ""
    behind: tuple[Segment, ...] = ()  # what stands behind its one line


class Column(NamedTuple):
    """A column: its heading, whether its cells stand right, may give way, are cut, and how wide it may be.

    A cell that gives way is folded, or, where cells of the column are cut, ends in a mark.
    """

    heading: str
    is_right: bool = False
    is_foldable: bool = True
    is_cut: bool = False
    widest: int | None = None


class Rule(NamedTuple):
    """The signs of a line across a table: at its left, along it, where columns meet, at its right."""

    left: str
    along: str
    meeting: str
    right: str


class Box(NamedTuple):
    """What is drawn around cells: lines across, and the sign beside each cell."""

    top: Rule | None
    head: Rule
    row: Rule | None
    bottom: Rule | None
    edge: str


_LINE, _BLANK = Rule(" ", "─", "─", " "), Rule(" ", " ", " ", " ")
RULED = Box(_LINE, _LINE, _LINE, _LINE, " ")
PLAIN = Box(_BLANK, _LINE, None, _BLANK, " ")
SIGNS = Box(Rule("+", "-", "-", "+"), Rule("|", "-", "+", "|"), None, Rule("+", "-", "-", "+"), "|")
RULED_SIGNS = SIGNS._replace(row=SIGNS.head)
COMPACT = Box(None, Rule("", "─", "", ""), None, None, "")
COMPACT_SIGNS = COMPACT._replace(head=Rule("", "-", "", ""))


def text(written: str, ruler: Ruler, style: str = "") -> Content:
    """Lay out a text: it folds where Chinese may break."""
    lines = written.expandtabs().split("\n")
    natural = max(map(ruler.width, lines))

    def folded(columns: int) -> list[str]:
        return (
            lines if natural <= columns else [part for line in lines for part in fold(line, columns, ruler)]
        )

    return Content(natural, folded, style)


def names(written: Sequence[str], ruler: Ruler) -> Content:
    """Lay out names, as many on a line as go: one is broken only where it is wider than all."""
    pieces = [f"{name}、" for name in written[:-1]] + [written[-1]]
    widths = [ruler.width(piece) for piece in pieces]

    def lines(columns: int) -> list[str]:
        found, used = [""], 0
        for piece, width in zip(pieces, widths, strict=True):
            if found[-1] and used + width > columns:
                found.append("")
                used = 0
            found[-1] += piece
            used += width
        return [part for line in found for part in fold(line, columns, ruler)]

    return Content(sum(widths), lines)


def cut_text(written: str, ruler: Ruler, style: str = "") -> Content:
    """Lay out a text on one line, which ends in a mark where there is more of it."""
    line = " ".join(written.split())

    def cut(columns: int) -> list[str]:
        if ruler.width(line) <= columns:
            return [line]
        return [ruler.cut(line, max(1, columns - ruler.width(_CUT)))[0] + _CUT]

    return Content(ruler.width(line), cut, style)


def cut_names(written: Sequence[str], ruler: Ruler) -> Content:
    """Lay out names on one line, which ends in a mark where there are more; the first may be cut itself."""
    whole = cut_text("、".join(written), ruler)

    def cut(columns: int) -> Sequence[str]:
        if whole.natural <= columns:
            return whole.lines(columns)
        kept = [*written]
        while len(kept) > 1 and ruler.width("、".join([*kept, _CUT])) > columns:
            kept.pop()
        shown = "、".join([*kept, _CUT])
        return [shown] if ruler.width(shown) <= columns else whole.lines(columns)

    return whole._replace(lines=cut)


class Frame(NamedTuple):
    """What every row of a table is laid out in: columns, their widths without gaps, what is around them.

    ``natural`` are the widths at which nothing would have to give way.
    """

    columns: Sequence[Column]
    natural: Sequence[int]
    widths: Sequence[int]
    gaps: Sequence[int]
    box: Box
    ruler: Ruler

    @property
    def is_cut(self) -> bool:
        """True if a cell ends in a mark for what is not shown of it."""
        return any(
            column.is_cut and natural > width
            for column, natural, width in zip(self.columns, self.natural, self.widths, strict=True)
        )


Rows = Sequence[tuple[Sequence[Content], str]]  # each row has the style of its cells


def frame(columns: Sequence[Column], rows: Rows, box: Box, columns_there: int, ruler: Ruler) -> Frame:
    """Return the frame of a table that goes into so many columns of a terminal."""
    headings = [text(column.heading, ruler) for column in columns]
    gaps = [2 - len(box.edge)] * (len(columns) - 1) + [0]  # behind each cell but the last
    natural = [
        max(cell.natural for cell in column)
        for column in zip(headings, *(cells for cells, _style in rows), strict=True)
    ]
    widths = _widths(columns, natural, gaps, columns_there - len(box.edge) * (len(columns) + 1))
    return Frame(columns, natural, widths, gaps, box, ruler)


def table(frame: Frame, rows: Rows) -> Iterator[Line]:
    """Lay out a table in its frame."""
    box = frame.box
    yield from _rule(box.top, frame)
    yield from _row([text(column.heading, frame.ruler) for column in frame.columns], "bold", frame)
    yield from _rule(box.head, frame)
    for number, (cells, style) in enumerate(rows):
        if number:
            yield from _rule(box.row, frame)
        yield from _row(cells, style, frame)
    yield from _rule(box.bottom, frame)


def pairs(entries: Sequence[tuple[str, Content]], room: int, ruler: Ruler) -> Iterator[Line]:
    """Lay out headings and their values side by side, or below each other where the room is narrow."""
    beside = max((ruler.width(heading) for heading, _value in entries), default=0) + 2
    is_narrow = room - beside < _NARROWEST
    lead = 2 if is_narrow else beside
    for heading, value in entries:
        if is_narrow:
            yield [(heading, "bold")]
        for number, line in enumerate(value.lines(max(1, room - lead))):
            head = "" if is_narrow or number else heading
            yield [(head + " " * (lead - ruler.width(head)), "bold"), (line, value.style)]


def _rule(rule: Rule | None, frame: Frame) -> Iterator[Line]:
    if rule:
        lines = (rule.along * (width + gap) for width, gap in zip(frame.widths, frame.gaps, strict=True))
        yield [(rule.left + rule.meeting.join(lines) + rule.right, "")]


def _row(cells: Sequence[Content], style: str, frame: Frame) -> Iterator[Line]:
    """Lay out a row, blank beside and below what its cells have."""
    if style or any(cell.style or cell.behind for cell in cells):
        yield from _styled_row(cells, style, frame)
        return
    edge = frame.box.edge  # most rows are so, and tables have many: a line of it is one text
    behind = [" " * gap + edge for gap in frame.gaps]
    columns = [
        _padded(cell, width, after, frame.ruler, is_right=column.is_right)
        for cell, width, after, column in zip(cells, frame.widths, behind, frame.columns, strict=True)
    ]
    blanks = [repeat(" " * width + after) for width, after in zip(frame.widths, behind, strict=True)]
    height = max(map(len, columns))
    for parts in islice(zip(*map(chain, columns, blanks), strict=False), height):
        yield [(edge + "".join(parts), "")]


@lru_cache(maxsize=4096)  # names and schedules stand in row after row
def _padded(cell: Content, width: int, behind: str, ruler: Ruler, *, is_right: bool) -> tuple[str, ...]:
    """Lay out the lines of a cell without styles, each with what is behind it up to the next."""
    filled = [(part, " " * (width - ruler.width(part))) for part in cell.lines(width)]
    return tuple([(fill + part if is_right else part + fill) + behind for part, fill in filled])


def _styled_row(cells: Sequence[Content], style: str, frame: Frame) -> Iterator[Line]:
    edge = (frame.box.edge, "")
    columns = [_cell(cell, place, style, frame) for place, cell in enumerate(cells)]
    height = max(map(len, columns))
    for column, width, gap in zip(columns, frame.widths, frame.gaps, strict=True):
        column.extend([[(" " * (width + gap), style), edge]] * (height - len(column)))
    for parts in zip(*columns, strict=True):
        yield [edge, *chain.from_iterable(parts)]


def _cell(cell: Content, place: int, style: str, frame: Frame) -> list[Line]:
    """Lay out the lines of a cell of the column at a place, with what is behind it up to the next."""
    column, width, gap = frame.columns[place], frame.widths[place], frame.gaps[place]
    edge, measure = (frame.box.edge, ""), frame.ruler.width
    lines: list[Line] = []
    for part in cell.lines(width):
        behind = () if lines else cell.behind
        blank = width - measure(part) - sum([measure(text) for text, _style in behind])
        shown = [(part, cell.style or style), *behind]
        if column.is_right:
            lines.append([(" " * blank, style), *shown, (" " * gap, style), edge])
        else:
            lines.append([*shown, (" " * (blank + gap), style), edge])
    return lines


def _widths(columns: Sequence[Column], natural: Sequence[int], gaps: Sequence[int], room: int) -> list[int]:
    """Return the widths of the columns, without the gaps behind them, that go into ``room`` with those.

    The widest that may be folded give way first, down to the next widest, and so on.
    """
    widths = [
        min(width, column.widest or width) + gap
        for width, column, gap in zip(natural, columns, gaps, strict=True)
    ]
    foldable = [number for number, column in enumerate(columns) if column.is_foldable]
    while (excess := sum(widths) - room) > 0 and any(widths[number] for number in foldable):
        most = max(widths[number] for number in foldable)
        following = max((widths[number] for number in foldable if widths[number] < most), default=0)
        _take(widths, [number for number in foldable if widths[number] == most], excess, most - following)
    _take(widths, range(len(widths)), sum(widths) - room, room)
    return [max(1, width - gap) for width, gap in zip(widths, gaps, strict=True)]


def _take(widths: list[int], chosen: Sequence[int], excess: int, most: int) -> None:
    """Take ``excess`` from the chosen widths, from each alike, and from none more than ``most``."""
    for left, number in zip(range(len(chosen), 0, -1), chosen, strict=True):
        less = min(most, widths[number], round(max(excess, 0) / left))
        widths[number] -= less
        excess -= less
