"""Tables for terminals, with Rich: every cell folded, none cut, none taken as markup."""

from typing import Literal, TypeGuard

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from chengguo.model import Light
from chengguo.output.cells import Cell, Share, Standing, spoken
from chengguo.output.formats import wrapping
from chengguo.output.report import Output, Report
from chengguo.output.views import Column, View
from chengguo.queries.alerts import Alert
from chengguo.registry.fields import COLORS
from chengguo.text.visible import visible

NARROWEST = 10  # terminal columns that a column needs; where there are fewer, rows are cards
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


def write(report: Report, output: Output, _format: str) -> None:
    """Write the view for people, at the width of the output."""
    output.print_rich(lambda console: show(report.people(output.width), console))


def show(view: View, console: Console, *, as_cards: bool = False) -> None:
    """Print ``view``: title lines, the table, and the notes, the first in the colour of an alert.

    A narrow console gets cards: a heading and its value a line, a row below the other.
    """
    if console.width < UNFOLDED:
        wrapping.install()
    for number, line in enumerate(view.title):
        console.print(Text(visible(line), style="bold" if number == 0 else "", overflow="fold"))
    if as_cards or console.width < NARROWEST * len(view.columns):
        for row, alert in zip(view.rows, view.alerts, strict=True):
            console.print()
            console.print(_card(view.columns, row, alert))
        console.print()
    elif view.rows:
        console.print(_table(view, console.width))
    style = _STYLES[Alert.OVERDUE] if {Alert.OVERDUE, Alert.MISSED} & {*view.alerts} else ""
    for number, line in enumerate(view.notes):
        console.print(Text(visible(line), style=style if number == 0 else "", overflow="fold"))


def _card(columns: tuple[Column, ...], row: tuple[Cell, ...], alert: Alert | None) -> Table:
    """Lay a row out as headings and values; empty values are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for column, cell in zip(columns, row, strict=True):
        if text := spoken(cell):
            in_alert = isinstance(cell, Standing) and alert
            value = (
                _Names(cell)
                if _is_names(cell)
                else Text(text, style=_STYLES[alert] if in_alert and alert else "")
            )
            grid.add_row(Text(column.heading), value)
    return grid


def _table(view: View, width: int) -> Table:
    """Lay a view out as a table; where cells may be folded, rows are ruled off from each other."""
    folded = width < UNFOLDED and any(
        isinstance(cell, Standing) or _is_names(cell) for row in view.rows for cell in row
    )
    table = Table(
        box=box.HORIZONTALS if folded else box.SIMPLE_HEAD,
        show_lines=folded,
        header_style="bold",
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    beside_content = folded and any(column.name == "content" for column in view.columns)
    for column in view.columns:
        justify: Literal["left", "right"] = "right" if column.number else "left"
        unbroken = column.number or column.name in _UNBROKEN
        widest = _WIDEST.get(column.name) if beside_content or column.name == "standing" else None
        table.add_column(
            Text(column.heading),
            justify=justify,
            no_wrap=unbroken,
            overflow="fold",
            max_width=widest if folded else None,
        )
    for row, alert in zip(view.rows, view.alerts, strict=True):
        table.add_row(*map(_cell, row), style=_STYLES[alert] if alert else "")
    return table


_COLORS = {color: color for color in COLORS} | {"orange": "dark_orange", "grey": "bright_black"}
UNFOLDED = 1000  # from this many columns on nothing needs folding: the table goes into a pipe
_WIDEST = {
    "title": 18,
    "lead": 18,
    "support": 20,
    "standing": 12,
}  # beside 重点任务主要内容, which gets the rest
_UNBROKEN = frozenset({"id", "light", "part", "due", "start"})


def _cell(cell: Cell) -> RenderableType:
    if isinstance(cell, Share):
        both = Table.grid(padding=(0, 1, 0, 0))
        both.add_row(Text(spoken(cell).rjust(4)), _Bar(cell))
        return both
    if isinstance(cell, Light):
        return Text(spoken(cell), style=_COLORS[cell.color])
    return _Names(cell) if _is_names(cell) else Text(spoken(cell))


class _Bar:
    """How much is done: a bar; of signs where the console lacks lines, since Rich tells by colour then."""

    def __init__(self, share: Share) -> None:
        self.share = share

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(_BAR, _BAR)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        part, whole = self.share.part, self.share.whole or 1
        if options.ascii_only or options.legacy_windows:
            done = _BAR * part // whole
            yield Text("#" * done + "." * (_BAR - done))
        else:
            yield ProgressBar(whole, part, width=_BAR, complete_style="green", finished_style="green")


def _is_names(cell: Cell) -> TypeGuard[tuple[str, ...]]:
    return type(cell) is tuple and bool(cell) and all(isinstance(part, str) and part for part in cell)


class _Names:
    """Names of departments, as many on a line as go: a name is broken only where it is wider than all."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.pieces = [f"{visible(name)}、" for name in names[:-1]] + [visible(names[-1])]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widths = [cell_len(piece) for piece in self.pieces]
        return Measurement(min(max(widths), options.max_width), min(sum(widths), options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = [""]
        for piece in self.pieces:
            if lines[-1] and cell_len(lines[-1] + piece) > options.max_width:
                lines.append("")
            lines[-1] += piece
        yield Text("\n".join(lines), overflow="fold")
