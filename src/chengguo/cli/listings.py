"""Lists of records that are no items: how they are ordered, and which of their columns are shown."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from chengguo.cli.arranging import Arranged, named
from chengguo.cli.bundles import Shown
from chengguo.cli.lists import split
from chengguo.language import N_, _
from chengguo.language import asked as language
from chengguo.model import Registry
from chengguo.output.cells import Cell, ProgressCell, for_scripts
from chengguo.output.report import Report
from chengguo.output.views import Column, View
from chengguo.queries.alerts import Alert


class Line(NamedTuple):
    """A record as JSON has it; by column, what scripts and people read where that is another."""

    record: dict[str, Any]
    cells: Mapping[str, Cell] = {}
    told: Mapping[str, Cell] = {}
    alert: Alert | None = None

    def cell(self, name: str) -> Cell:
        """Return what scripts read in a column."""
        known = {**self.told, **self.record, **self.cells}
        return tuple(known[name]) if isinstance(known[name], list) else known[name]

    def told_cell(self, name: str) -> Cell:
        """Return what people read in a column."""
        return self.told[name] if name in self.told else self.cell(name)


class Listing(NamedTuple):
    """What records are reported as: under which name and key of JSON, what heads them, their columns.

    ``columns`` are those of the records, ``told`` those that only people get, their headings in English;
    ``usual`` are the names of what people see where they choose none.
    """

    name: str
    key: str
    facts: dict[str, Any]
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    told: tuple[Column, ...]
    usual: tuple[str, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The English headings of all columns by their names."""
        return {column.name: column.heading for column in (*self.columns, *self.told)}

    def _filled(self, lines: list[Line]) -> tuple[str, ...]:
        """Return the usual columns, without those of long texts in which nothing stands."""
        long = {each.name for each in self.columns if each.is_long}
        return tuple(
            name for name in self.usual if name not in long or any(line.told_cell(name) for line in lines)
        )

    def report(self, lines: list[Line], chosen: tuple[str, ...] | None, notes: Iterable[str]) -> Report:
        """Make the report of the lines with the columns that were chosen, or the usual ones."""
        known = {each.name: each._replace(heading=_(each.heading)) for each in (*self.columns, *self.told)}
        alerts = tuple(line.alert for line in lines)

        def view(names: Iterable[str], cell: Callable[[Line, str], Cell]) -> View:
            columns = tuple(known[name] for name in names)
            cells = tuple(tuple(cell(line, column.name) for column in columns) for line in lines)
            return View(self.title, columns, cells, alerts, tuple(notes))

        every = tuple(column.name for column in self.columns)
        return Report(
            self.name,
            self.facts,
            self.key,
            len(lines),
            lambda: (line.record for line in lines),
            lambda _width: view(chosen or self._filled(lines), Line.told_cell),
            lambda: view(chosen or every, Line.cell if language() == "en" else Line.told_cell),
        )


APART = (  # of the missed, told to people alone
    Column("missed_milestones", N_("milestones missed"), number=True),
    Column("missed_periods", N_("periods missed"), number=True),
)


def apart(counted: Iterable[Any]) -> tuple[str, ...]:
    """Return the names of the columns of what is missed: milestones and periods apart where any is."""
    found = [*counted]
    names = [each.name for each in APART if any(getattr(one, each.name) for one in found)]
    return tuple(names or ["missed"])


def _ordered(lines: list[Line], key: str) -> list[Line]:
    """Order records by a column: the most first of a number, a text or a day as it is written; none last."""

    def value(line: Line) -> tuple[bool, Any]:
        cell = line.cell(key)
        if isinstance(cell, int):
            return False, -cell
        if isinstance(cell, ProgressCell):
            return not cell.whole, -cell.part / (cell.whole or 1)
        return not cell, for_scripts(cell)

    return sorted(lines, key=value)


def of_plans(registry: Registry) -> tuple[Column, ...]:
    """Return the column of plans, where there are several."""
    return (Column("plan", N_("plan")),) if registry.among else ()


def report(listing: Listing, lines: Iterable[Line], arranged: Arranged, shown: Shown) -> Report:
    """Make the report of records in the order, with the columns and as many as the options ask for."""
    chosen = arranged.asked(shown, lambda: listing.headings)
    ordered = [*lines]
    if arranged.sort is not None:
        for key in reversed(named("--sort", split(arranged.sort, "--sort"), listing.headings)):
            ordered = _ordered(ordered, key)
    ordered = ordered[::-1] if arranged.reverse else ordered
    return listing.report(ordered[: arranged.limit], chosen, arranged.left_out(ordered))
