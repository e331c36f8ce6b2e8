"""Tables for people: title lines, rows or cards, notes; coloured where that is wanted, else plain lines."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeGuard

from chengguo.model import Light
from chengguo.output.cells import Cell, ProgressCell, StatusCell, for_people, in_short
from chengguo.output.formats import layout
from chengguo.output.formats.layout import Content, Line
from chengguo.output.formats.wrapping import fold
from chengguo.output.report import Output, Report
from chengguo.output.views import Column, View
from chengguo.queries.alerts import Alert
from chengguo.registry.field_kinds import COLORS
from chengguo.text.visible import visible
from chengguo.text.widths import Ruler

if TYPE_CHECKING:
    from rich.console import Console

_AT_ONCE = 1000  # lines that are written
_NEEDED = 10  # terminal columns that a column needs; where there are fewer, rows are cards
_NEEDED_BY_A_NUMBER = 6
_GAP = 2
_NEEDS = {"content": 50, "id": 5, "light": 5, "part": 5}  # and those that need another number
_BAR = 12
_STYLES = {
    **dict.fromkeys(Alert, ""),
    Alert.OVERDUE: "red",
    Alert.MISSED: "red",
    Alert.DUE_SOON: "yellow",
    Alert.BLOCKED: "yellow",
    Alert.DONE_LATE: "magenta",
    Alert.STALE: "cyan",
}
_COLORS = {color: color for color in COLORS} | {"orange": "dark_orange", "grey": "bright_black"}
_WIDEST = {  # at 120 columns, beside what the work is, which gets the rest
    "title": 18,
    "lead": 18,
    "support": 20,
}
_STANDING = 12  # columns of how an item stands, where it may be folded
_SHARED = frozenset({str, StatusCell})  # kinds of cells that are equal only where they look the same
_UNBROKEN = frozenset({"id", "light", "part", "due", "start"})


def write(report: Report, output: Output, _format: str) -> None:
    """Write the view for people, at the width of the output."""
    write_view(report.people(output.width if output.is_compact else None), output)


def write_view(view: View, output: Output, *, as_cards: bool = False) -> None:
    """Write a view: title lines, the table, and the notes, the first in the colour of an alert.

    A narrow output gets cards: a heading and its value a line, a row below the other. A compact one tells
    that there is more than it shows.
    """
    if output.is_styled:

        def show(console: "Console") -> None:
            is_colored = bool(console.color_system) and not console.no_color
            shown = output._replace(width=console.width, is_colored=is_colored)
            _print(_lines(view, shown, as_cards=as_cards), console)

        output.print_rich(show)
    else:
        output.put(_plain(_lines(view, output, as_cards=as_cards)))


def _plain(lines: Iterator[Line]) -> Iterator[str]:
    """Yield the text of lines without their styles, many at once: to write one by one takes its time."""
    while some := ["".join([text for text, _style in line]).rstrip() for line in islice(lines, _AT_ONCE)]:
        yield "\n".join([*some, ""])


def _needed(column: Column, ruler: Ruler) -> int:
    """Return how many columns of a terminal a column needs; that of numbers is as wide as its heading."""
    by_a_number = max(_NEEDED_BY_A_NUMBER, ruler.width(column.heading) + _GAP)
    return _NEEDS.get(column.name, by_a_number if column.number else _NEEDED)


def _print(lines: Iterable[Line], console: "Console") -> None:
    """Print lines in their styles; nothing of them is measured or wrapped again."""
    from rich.segment import Segment, Segments
    from rich.style import Style

    styled = cache(lambda style: Style.parse(style) if style else None)
    segments = [
        segment
        for line in lines
        for segment in (*(Segment(text, styled(style)) for text, style in _trimmed(line)), Segment.line())
    ]
    console.print(Segments(segments), end="", crop=False, soft_wrap=True)


def _trimmed(line: Line) -> Line:
    """Return a line without the blanks at its end: one that fills a terminal may take two lines there."""
    while line and not line[-1][0].strip():
        line = line[:-1]
    if line and not line[-1][1]:
        line = [*line[:-1], (line[-1][0].rstrip(), "")]
    return line


def _lines(view: View, output: Output, *, as_cards: bool) -> Iterator[Line]:
    width, ruler = output.width, output.ruler
    for number, title in enumerate(view.title):
        yield from ([(line, "bold" if number == 0 else "")] for line in fold(visible(title), width, ruler))
    is_short = view.is_short and bool(view.rows)
    if as_cards or width < sum(_needed(column, ruler) for column in view.columns):
        for row, alert in zip(view.rows, view.alerts, strict=True):
            yield []
            yield from layout.pairs(_card(view.columns, row, alert, ruler), width, ruler)
        yield []
    elif view.rows:
        frame, rows = _table(view, output)
        yield from layout.table(frame, rows)
        is_short |= frame.is_cut
    late = _STYLES[Alert.OVERDUE] if {Alert.OVERDUE, Alert.MISSED} & {*view.alerts} else ""
    more = [output.in_full] if output.is_compact and is_short else []
    for number, note in enumerate([*view.notes, *more]):
        yield from ([(line, late if number == 0 else "")] for line in fold(visible(note), width, ruler))


def _card(
    columns: tuple[Column, ...], row: tuple[Cell, ...], alert: Alert | None, ruler: Ruler
) -> list[tuple[str, Content]]:
    """Return the headings and values of a row; empty values are left out."""
    entries = []
    for column, cell in zip(columns, row, strict=True):
        if text := for_people(cell):
            style = _STYLES[alert] if isinstance(cell, StatusCell) and alert else ""
            value = _names(cell, ruler) if _is_names(cell) else layout.text(text, ruler, style)
            entries.append((column.heading, value))
    return entries


def _table(view: View, output: Output) -> tuple[layout.Frame, layout.Rows]:
    """Lay a view out as a table; where cells are folded, rows are ruled off from each other."""
    is_folded = not output.is_compact and any(
        isinstance(cell, StatusCell) or _is_names(cell) for row in view.rows for cell in row
    )
    columns = _columns(view, output, is_folded=is_folded)
    known: dict[tuple[Cell, bool], Content] = {}  # names, wordings and standings are those of many rows

    def content(cell: Cell, column: layout.Column) -> Content:
        lay_out = _cut if column.is_cut else _content
        if type(cell) not in _SHARED and not _is_names(cell):
            return lay_out(cell, output)
        key = (cell, column.is_cut)
        if key not in known:
            known[key] = lay_out(cell, output)
        return known[key]

    rows = [
        (
            [content(cell, column) for cell, column in zip(row, columns, strict=True)],
            _STYLES[alert] if alert and output.is_styled else "",
        )
        for row, alert in zip(view.rows, view.alerts, strict=True)
    ]
    box = _BOXES["compact" if output.is_compact else "ruled" if is_folded else "plain", output.has_lines]
    return layout.frame(columns, rows, box, output.width, output.ruler), rows


def _columns(view: View, output: Output, *, is_folded: bool) -> list[layout.Column]:
    """Return how each column is laid out: beside what the work is, the others are not wider than needed."""
    is_beside = any(column.name in {"work", "content"} for column in view.columns)
    wider = max(output.width, 120)
    widest = {name: most * wider // 120 for name, most in _WIDEST.items() if is_beside}
    widest |= {"standing": _STANDING} if is_folded else {}
    return [
        layout.Column(
            column.heading,
            is_right=column.number,
            is_foldable=not column.number and column.name not in _UNBROKEN,
            is_cut=output.is_compact and column.is_long,
            widest=widest.get(column.name),
        )
        for column in view.columns
    ]


_BOXES = {  # by what is drawn around cells, and whether there are lines to draw with
    ("compact", True): layout.COMPACT,
    ("ruled", True): layout.RULED,
    ("plain", True): layout.PLAIN,
    ("compact", False): layout.COMPACT_SIGNS,
    ("ruled", False): layout.RULED_SIGNS,
    ("plain", False): layout.SIGNS,
}


def _cut(cell: Cell, output: Output) -> Content:
    """Lay out a cell on one line."""
    if _is_names(cell):
        return layout.cut_names([visible(name) for name in cell], output.ruler)
    return layout.cut_text(for_people(cell), output.ruler)


def _content(cell: Cell, output: Output) -> Content:
    if isinstance(cell, StatusCell) and output.is_compact:
        return layout.text(in_short(cell), output.ruler)
    if isinstance(cell, ProgressCell):
        bar = _bar(cell, output)
        percent = f"{for_people(cell).rjust(4)} "
        return Content(len(percent) + _BAR, lambda _columns: [percent], behind=bar)
    if isinstance(cell, Light) and output.is_styled:
        return layout.text(for_people(cell), output.ruler, _COLORS[cell.color])
    return _names(cell, output.ruler) if _is_names(cell) else layout.text(for_people(cell), output.ruler)


def _bar(share: ProgressCell, output: Output) -> tuple[layout.Segment, ...]:
    """Draw how much is done, in halves of a column; of signs where there are no lines.

    What is not done is drawn only in colour: without it nobody could tell the two apart.
    """
    part, whole = share.part, share.whole or 1
    if not output.has_lines:
        signs = _BAR * part // whole
        return (("#" * signs + "." * (_BAR - signs), ""),)
    halves = min(2 * _BAR, 2 * _BAR * part // whole)
    done = "━" * (halves // 2) + "╸" * (halves % 2)
    rest = "━" * (_BAR - len(done))
    if rest and done and done[-1] == "━":
        rest = "╺" + rest[1:]
    return ((done, "green"), (rest if output.is_colored else " " * len(rest), "bright_black"))


def _is_names(cell: Cell) -> TypeGuard[tuple[str, ...]]:
    return type(cell) is tuple and bool(cell) and all(isinstance(part, str) and part for part in cell)


def _names(cell: tuple[str, ...], ruler: Ruler) -> Content:
    return layout.names([visible(name) for name in cell], ruler)
