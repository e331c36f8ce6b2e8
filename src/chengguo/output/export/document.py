"""Rows to a Document: the official table as it is printed, in sections and tasks, without a medium."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from chengguo.importing.appendix import Table, tables
from chengguo.language import _, plural
from chengguo.model import Column, Light, Plan, Registry
from chengguo.output.cells import Cell, for_people
from chengguo.output.views import OFFICIAL, standing
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import value_in
from chengguo.queries.parts import Part
from chengguo.queries.query import Row
from chengguo.registry.sections import WITHIN
from chengguo.schedules import following, until
from chengguo.text.visible import visible, visible_line


class Recurring(NamedTuple):
    """Work that is due again and again: its next day, its rule (RFC 5545), its last day, if any.

    ``but`` are the later days whose periods are done already.
    """

    first: date
    rule: str
    last: date | None
    but: tuple[date, ...] = ()


class Tint(NamedTuple):
    """The colours of a cell that stands out, of its letters and its ground, as RRGGBB."""

    letters: str
    ground: str


TINTS = {
    "red": Tint("B00000", "FFE0E0"),
    "orange": Tint("8A4B00", "FFE8CC"),
    "yellow": Tint("6B5500", "FFF6CC"),
    "green": Tint("1E6B2E", "E3F4E3"),
    "blue": Tint("1F4E9E", "E0ECFF"),
    "grey": Tint("555555", "EEEEEE"),
}


class Line(NamedTuple):
    """An item: the text of each column after the task's own, when it is due, how it stands.

    ``recorded`` counts its reports and extensions, which only ever grow. ``light`` is the one of an office
    that has lights of its own; it begins the last cell.
    """

    cells: tuple[str, ...]
    due: date | None
    overdue: bool
    address: str
    number: str
    closed: bool
    put_off: str
    doubt: str
    recurring: Recurring | None
    milestones: tuple[Part, ...] = ()
    recorded: int = 0
    light: Light | None = None
    own: tuple[str, ...] = ()

    @property
    def tints(self) -> tuple[Tint | None, ...]:
        """The colours of its cells: those of the light are the last one's, else all are red when overdue."""
        red = TINTS["red"] if self.overdue and not self.light else None
        tints = [red for _cell in self.cells]
        if self.light:
            tints[-1] = TINTS[self.light.color]
        return (*tints, *(red for _text in self.own))

    @property
    def events(self) -> "tuple[Line, ...]":
        """What of it belongs in a calendar: each milestone with a day, else its day, or its next day.

        One that is closed was in an earlier calendar, if it was open once: only what was reported tells so.
        """
        events = [self._of_milestone(part) for part in self.milestones if part.due]
        if self.recurring or (self.due and not self.milestones):
            events.append(self._replace(due=self.due if not self.milestones else None, milestones=()))
        return tuple(each for each in events if self.recorded or not each.closed)

    def _of_milestone(self, part: Part) -> "Line":
        closed = part.status.is_closed
        return self._replace(due=part.due, recurring=None, milestones=(part,), closed=closed)


class Block(NamedTuple):
    """A task: its number and title, which stand once beside all of its lines."""

    number: str
    title: str
    lines: tuple[Line, ...]

    @property
    def tint(self) -> Tint | None:
        """The colours of what stands beside all of its items: those that all of them have."""
        tints = {line.tints[0] for line in self.lines}
        return tints.pop() if len(tints) == 1 else None


class Section(NamedTuple):
    """A section: its heading (一、增强…), which runs over the whole width, and its tasks.

    ``upper`` is the heading of the section that it is a part of, which stands above its own where that
    ``begins``.
    """

    heading: str
    blocks: tuple[Block, ...]
    upper: str = ""
    begins: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The lines above its tasks, from the first level on."""
        return (self.upper, self.heading) if self.begins else (self.heading,)


class Document(NamedTuple):
    """A table to print: what stands above it, the headings of its columns, its sections.

    ``identity`` tells its plan from others, and stays when the title is put right. That of several plans has
    those of each in ``among``.
    """

    registry: Registry
    rows: tuple[Row, ...]
    title: str
    table: str
    as_of: str
    day: date
    columns: tuple[str, ...]
    due_heading: str
    parts: tuple[Section, ...]
    appendix: tuple[Table, ...]
    identity: str = ""
    own: tuple[Column, ...] = ()  # the office's own columns, behind the others
    departments: tuple[str, ...] = ()  # those whose table it is, where it is not everybody's
    among: tuple["Document", ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every item of every section, in order."""
        return tuple(line for part in self.parts for block in part.blocks for line in block.lines)


def document(registry: Registry, rows: tuple[Row, ...], day: date, *, private: bool = False) -> Document:
    """Return the table of ``rows``, in the order of the file, as they stood on ``day``.

    Columns that are declared private are left out, unless ``private`` asks for them. Of several plans, each
    begins under its title, and a column says the plan of each item; nothing stands behind.
    """
    own = tuple(column for column in registry.columns if private or not column.private)
    if not registry.among:
        return _document(registry, rows, day, own)
    among = tuple(
        _document(each, tuple(row for row in rows if row.item.plan == each.plan.name), day, own)
        for each in registry.among
    )
    identities = Counter(each.identity for each in among)
    among = tuple(
        each._replace(identity=f"{each.identity}:{each.registry.plan.name}")
        if identities[each.identity] > 1
        else each
        for each in among
    )
    title = plural("{count} plan", "{count} plans", len(among))
    return among[0]._replace(
        registry=registry,
        rows=rows,
        title=title,
        table="",
        parts=tuple(part for each in among for part in _under_plan(each)),
        appendix=(),
        own=(Column(_("plan")), *own),
        among=among,
    )


def _under_plan(document: Document) -> Iterator[Section]:
    """Return the sections of one plan of several, each within it, and each line with its name."""
    plan = document.registry.plan
    for place, part in enumerate(document.parts):
        blocks = tuple(
            block._replace(lines=tuple(line._replace(own=(plan.name, *line.own)) for line in block.lines))
            for block in part.blocks
        )
        upper = WITHIN.join(filter(None, (document.title or plan.name, part.upper)))
        yield Section(part.heading, blocks, upper, begins=place == 0 or part.begins)


def _document(registry: Registry, rows: tuple[Row, ...], day: date, own: tuple[Column, ...]) -> Document:
    """Return the table of one plan."""
    plan = registry.plan
    parts = tuple(_sections(rows, registry, day, own))
    columns = ("序号", *OFFICIAL.values(), _("status"), _("days left"))
    behind = tables(registry, [(row.item, for_people(row.status)) for row in rows], own)
    as_of = _("As of {day}").format(day=day)
    identity = "、".join(section.title for section in registry.sections)
    title, table = visible(plan.title), visible(plan.table)
    return Document(registry, rows, title, table, as_of, day, columns, _("due"), parts, behind, identity, own)


def flattened(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with a block for each line, so that nothing stands beside several of them."""
    return tuple(
        part._replace(
            blocks=tuple(block._replace(lines=(line,)) for block in part.blocks for line in block.lines)
        )
        for part in parts
    )


def _sections(
    rows: tuple[Row, ...], registry: Registry, day: date, own: tuple[Column, ...]
) -> Iterator[Section]:
    """Return the sections of rows; the first of those within another begins that, unless its tasks do."""
    before = ""  # the heading of the first level in hand
    for headings, among in groupby(rows, lambda row: tuple(map(visible, row.headings))):
        upper = headings[0] if len(headings) > 1 else ""
        blocks = _blocks(tuple(among), registry, day, own)
        yield Section(headings[-1], blocks, upper, begins=bool(upper) and upper != before)
        before = headings[0]


def _blocks(
    rows: tuple[Row, ...], registry: Registry, day: date, own: tuple[Column, ...]
) -> tuple[Block, ...]:
    return tuple(
        Block(str(task.id), visible(task.title), tuple(_line(row, registry, day, own) for row in among))
        for task, among in groupby(rows, lambda row: row.task)
    )


def _line(row: Row, registry: Registry, day: date, own: tuple[Column, ...]) -> Line:
    item = row.item
    light = row.lit.light if row.lit and registry.lights else None
    status, _break, days = for_people(standing(row)).partition("\n")
    texts: tuple[Cell, ...] = (item.content, item.lead, item.support, item.schedule.wording)
    put_off = _put_off(row)
    return Line(
        cells=(*map(for_people, texts), status, "\n".join(filter(None, (for_people(light), days, put_off)))),
        due=row.due,
        overdue=row.alert in (Alert.OVERDUE, Alert.MISSED),
        address=item.address,
        number=item.number,
        closed=row.status.is_closed,
        put_off=put_off,
        doubt="" if item.explicit_due else visible_line(row.doubt or ""),
        recurring=_recurring(row, registry.plan, day),
        milestones=row.parts[: len(item.schedule.stages)],
        recorded=len(row.progress) + len(row.extensions),
        light=light,
        own=tuple(for_people(value_in(row, column)) for column in own),
    )


def _put_off(row: Row) -> str:
    """Say up to when an item was extended: the official wording beside it names the first day."""
    is_put_off = row.extensions and row.due and row.due != row.item.first_due
    return _("extended to {day}").format(day=row.due) if is_put_off else ""


def _recurring(row: Row, plan: Plan, day: date) -> Recurring | None:
    """Return when recurring work is due from ``day`` on.

    None where that is never, or not known, or where one day counts: a deadline beside it, an extension.
    """
    schedule = row.item.schedule
    is_its_end = schedule.kind == "recurring" and row.due == schedule.due  # 2018-2020年每年年底前
    if schedule.rule is None or (row.due and not is_its_end):
        return None
    end = plan.context.end
    periods = row.parts[len(schedule.stages) :]
    to_come = [part.due for part in periods if part.due and part.due >= day and part.days_left is not None]
    done = [part.due for part in periods if part.due and part.due >= day and part.days_left is None]
    first = to_come[0] if to_come else following(schedule, day - timedelta(days=1), end)
    if first is None or (periods and not to_come and not row.status.is_closed):
        return None
    return Recurring(first, schedule.rule, until(schedule, end), tuple(each for each in done if each > first))
