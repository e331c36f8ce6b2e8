"""Tables for people: title lines, rows or cards, notes; coloured where that is wanted, else plain lines."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

from chengguo.model import Light
from chengguo.output.cells import Cell, ProgressCell, StatusCell, for_people
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

NARROWEST = 10  # terminal columns that a column needs; where there are fewer, rows are cards
UNFOLDED = 1000  # from this many columns on nothing needs folding: the table goes into a pipe
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
_WIDEST = {  # beside 重点任务主要内容, which gets the rest
    "title": 18,
    "lead": 18,
    "support": 20,
    "standing": 12,
}
_UNBROKEN = frozenset({"id", "light", "part", "due", "start"})


def write(report: Report, output: Output, _format: str) -> None:
    """Write the view for people, at the width of the output."""
    write_view(report.people(output.width), output)


def write_view(view: View, output: Output, *, as_cards: bool = False) -> None:
    """Write a view: title lines, the table, and the notes, the first in the colour of an alert.

    A narrow output gets cards: a heading and its value a line, a row below the other.
    """
    if output.is_styled:

        def show(console: "Console") -> None:
            is_colored = bool(console.color_system) and not console.no_color
            shown = output._replace(width=console.width, is_colored=is_colored)
            _print(_lines(view, shown, as_cards=as_cards), console)

        output.print_rich(show)
    else:
        lines = _lines(view, output, as_cards=as_cards)
        output.put("".join("".join(text for text, _style in line).rstrip() + "\n" for line in lines))


def _print(lines: Iterable[Line], console: "Console") -> None:
    """Print lines in their styles; nothing of them is measured or wrapped again."""
    from rich.segment import Segment, Segments
    from rich.style import Style

    styled = cache(lambda style: Style.parse(style) if style else None)
    segments = [
        segment
        for line in lines
        for segment in (*(Segment(text, styled(style)) for text, style in line if text), Segment.line())
    ]
    console.print(Segments(segments), end="", crop=False, soft_wrap=True)


def _lines(view: View, output: Output, *, as_cards: bool) -> Iterator[Line]:
    width, ruler = output.width, output.ruler
    for number, title in enumerate(view.title):
        yield from ([(line, "bold" if number == 0 else "")] for line in fold(visible(title), width, ruler))
    if as_cards or width < NARROWEST * len(view.columns):
        for row, alert in zip(view.rows, view.alerts, strict=True):
            yield []
            yield from layout.pairs(_card(view.columns, row, alert, ruler), width, ruler)
        yield []
    elif view.rows:
        yield from _table(view, output)
    late = _STYLES[Alert.OVERDUE] if {Alert.OVERDUE, Alert.MISSED} & {*view.alerts} else ""
    for number, note in enumerate(view.notes):
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


def _table(view: View, output: Output) -> Iterator[Line]:
    """Lay a view out as a table; where cells may be folded, rows are ruled off from each other."""
    folded = output.width < UNFOLDED and any(
        isinstance(cell, StatusCell) or _is_names(cell) for row in view.rows for cell in row
    )
    beside_content = folded and any(column.name == "content" for column in view.columns)
    columns = [
        layout.Column(
            column.heading,
            is_right=column.number,
            is_foldable=not column.number and column.name not in _UNBROKEN,
            widest=_WIDEST.get(column.name)
            if folded and (beside_content or column.name == "standing")
            else None,
        )
        for column in view.columns
    ]
    known: dict[str, Content] = {}  # the parts of an item have their texts in common

    def content(cell: Cell) -> Content:
        if type(cell) is not str:
            return _content(cell, output)
        if cell not in known:
            known[cell] = _content(cell, output)
        return known[cell]

    rows = [
        ([content(cell) for cell in row], _STYLES[alert] if alert else "")
        for row, alert in zip(view.rows, view.alerts, strict=True)
    ]
    box = _BOXES[folded, output.has_lines]
    return layout.table(columns, rows, box, output.width, output.ruler)


_BOXES = {  # by whether cells may be folded, and whether there are lines to draw with
    (True, True): layout.RULED,
    (False, True): layout.PLAIN,
    (True, False): layout.RULED_SIGNS,
    (False, False): layout.SIGNS,
}


def _content(cell: Cell, output: Output) -> Content:
    if isinstance(cell, ProgressCell):
        bar = _bar(cell, output)
        percent = f"{for_people(cell).rjust(4)} "
        return Content(len(percent) + _BAR, lambda _columns: [percent], behind=bar)
    if isinstance(cell, Light):
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
