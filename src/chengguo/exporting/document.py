"""Rows to a Document: the official table as it is printed, in sections and tasks, without a medium."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from chengguo.appendix import Table, tables
from chengguo.cells import Cell, Standing, spoken
from chengguo.language import _
from chengguo.model import Registry
from chengguo.query import Alert, Row
from chengguo.views import OFFICIAL
from chengguo.visible import visible


class Line(NamedTuple):
    """An item: the text of each column after the task's own, when it is due, how it stands."""

    cells: tuple[str, ...]
    due: date | None
    overdue: bool
    address: str
    closed: bool


class Block(NamedTuple):
    """A task: its number and title, which stand once beside all of its lines."""

    number: str
    title: str
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """A section: its heading (一、增强…), which runs over the whole width, and its tasks."""

    heading: str
    blocks: tuple[Block, ...]


class Document(NamedTuple):
    """A table to print: what stands above it, the headings of its columns, its sections."""

    title: str
    table: str
    as_of: str
    day: date
    columns: tuple[str, ...]
    due_heading: str
    parts: tuple[Part, ...]
    appendix: tuple[Table, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every item of every section, in order."""
        return tuple(line for part in self.parts for block in part.blocks for line in block.lines)


def document(registry: Registry, rows: tuple[Row, ...], day: date) -> Document:
    """Give the table of ``rows``, in the order of the file, as they stood on ``day``."""
    plan = registry.plan
    parts = tuple(
        Part(visible(_heading(section, title)), _blocks(tuple(among)))
        for (section, title), among in groupby(rows, lambda row: (row.task.section, row.section_title))
    )
    columns = ("序号", *OFFICIAL.values(), _("status"), _("days left"))
    behind = tables(registry, [row.item for row in rows])
    as_of = _("As of {day}").format(day=day)
    return Document(visible(plan.title), visible(plan.table), as_of, day, columns, _("due"), parts, behind)


def _heading(section: str, title: str) -> str:
    return f"{section}、{title}" if section and title else section or title


def _blocks(rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return tuple(
        Block(str(task.id), visible(task.title), tuple(map(_line, among)))
        for task, among in groupby(rows, lambda row: row.task)
    )


def _line(row: Row) -> Line:
    item = row.item
    standing = spoken(Standing(row.status, row.alert, row.days_left, row.days_silent))
    status, _break, days = standing.partition("\n")
    texts: tuple[Cell, ...] = (item.content, item.lead, item.support, item.schedule.wording)
    cells = (*map(spoken, texts), status, days)
    return Line(cells, row.due, row.alert is Alert.OVERDUE, item.address, row.status.is_closed)
