"""Tables for terminals, with Rich: every cell folded, none cut, none taken as markup."""

from rich import box
from rich.console import Console, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from chengguo.cells import Cell, Share, Standing, spoken
from chengguo.query import Alert
from chengguo.views import Column, View
from chengguo.visible import visible

NARROW = 60  # below this a table of several columns is a list of cards
_FEW = 3
_BAR = 20
_STYLES = {Alert.OVERDUE: "red", Alert.DUE_SOON: "yellow", Alert.DONE_LATE: "magenta", Alert.STALE: "cyan"}


def show(view: View, console: Console, *, as_cards: bool = False) -> None:
    """Print ``view``: title lines, the table, and the notes, the first in the colour of an alert.

    A narrow console gets cards: a heading and its value a line, a row below the other.
    """
    for number, line in enumerate(view.title):
        console.print(Text(visible(line), style="bold" if number == 0 else "", overflow="fold"))
    if as_cards or (console.width < NARROW and len(view.columns) > _FEW):
        for row, alert in zip(view.rows, view.alerts, strict=True):
            console.print()
            console.print(_card(view.columns, row, alert))
        console.print()
    elif view.rows:
        console.print(_table(view))
    style = _STYLES[Alert.OVERDUE] if Alert.OVERDUE in view.alerts else ""
    for number, line in enumerate(view.notes):
        console.print(Text(line, style=style if number == 0 else "", overflow="fold"))


def _card(columns: tuple[Column, ...], row: tuple[Cell, ...], alert: Alert | None) -> Table:
    """Lay a row out as headings and values; empty values are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for column, cell in zip(columns, row, strict=True):
        if text := spoken(cell):
            in_alert = isinstance(cell, Standing) and alert
            grid.add_row(Text(column.heading), Text(text, style=_STYLES[alert] if in_alert and alert else ""))
    return grid


def _table(view: View) -> RenderableType:
    lined = any(
        "\n" in spoken(cell) or isinstance(cell, tuple) for cell in (view.rows[0] if view.rows else ())
    )
    table = Table(
        box=box.HORIZONTALS if lined else box.SIMPLE_HEAD,
        show_lines=lined,
        header_style="bold",
        pad_edge=False,
    )
    for column in view.columns:
        fixed = column.name in {"id", "due"} or column.number
        table.add_column(
            Text(column.heading), overflow="fold", no_wrap=fixed, justify="right" if column.number else "left"
        )
    for row, alert in zip(view.rows, view.alerts, strict=True):
        table.add_row(*[_cell(cell) for cell in row], style=_STYLES.get(alert, "") if alert else "")
    return table


def _cell(cell: Cell) -> RenderableType:
    if isinstance(cell, Share):
        return ProgressBar(total=max(cell.whole, 1), completed=cell.part, width=_BAR)
    return Text(spoken(cell))
