"""Rows to a Document: the official table as it is printed, in sections and tasks, without a medium."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from chengguo.importing.returning import reckoned
from chengguo.importing.returning.appendix import Table, tables
from chengguo.language import _, plural
from chengguo.model import Column, Plan, Registry
from chengguo.model.status import Status
from chengguo.output.cells import Cell, days_in_words, for_people
from chengguo.output.gaps import Gap, note
from chengguo.output.views import OFFICIAL, standing
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import value_in
from chengguo.queries.parts import Part
from chengguo.queries.query import Row
from chengguo.registry.sections import WITHIN
from chengguo.schedules import following, until
from chengguo.text.visible import visible, visible_line

# The reckoned columns where the table is printed, and in spreadsheets, which sort by days and numbers.
PRINTED = ("address", "status", "alert", "report")
IN_SHEETS = ("address", "status", "alert", "days_left", "due", "report")


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
    """An item: its official texts after the task's own, how it stands, and what the office's columns hold.

    ``alert`` says what supervision sees, with the shape of its light, and ``tint`` has its colours.
    ``report`` is what was last reported; ``recorded`` counts its reports and extensions.
    """

    official: tuple[str, ...]
    address: str
    number: str
    state: Status
    status: str
    alert: str
    tint: Tint | None
    days_left: int | None
    due: date | None
    report: str
    put_off: str
    doubt: str
    recurring: Recurring | None
    milestones: tuple[Part, ...] = ()
    recorded: int = 0
    own: tuple[str, ...] = ()
    section: str = ""  # where no heading over the lines says it
    names: tuple[tuple[str, ...], ...] = ((), ())  # who leads, and who supports

    @property
    def closed(self) -> bool:
        """True if nothing more is to be done."""
        return self.state.is_closed

    def reckoned(self, names: Iterable[str]) -> tuple[str | int | date | None, ...]:
        """Return what stands in the reckoned columns of those names."""
        return tuple(getattr(self, name) for name in names)

    def printed(self) -> tuple[str, ...]:
        """Return the texts of its cells where they are printed, after the task's own."""
        return (*self.official, *(getattr(self, name) for name in PRINTED), *self.own)

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
        return self._replace(due=part.due, recurring=None, milestones=(part,), state=part.status)


class Block(NamedTuple):
    """A task: its number and title, which stand once beside all of its lines."""

    number: str
    title: str
    lines: tuple[Line, ...]


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
    def name(self) -> str:
        """Its heading, behind that of the section that it is a part of."""
        return WITHIN.join(filter(None, (self.upper, self.heading)))

    @property
    def headings(self) -> tuple[str, ...]:
        """The lines above its tasks, from the first level on."""
        return (self.upper, self.heading) if self.begins else (self.heading,)


class Document(NamedTuple):
    """A table to print: what stands above it, its sections, the tables behind.

    ``identity`` tells its plan from others, and stays when the title is put right. That of several plans has
    those of each in ``among``.
    """

    registry: Registry
    rows: tuple[Row, ...]
    title: str
    table: str
    as_of: str
    day: date
    parts: tuple[Section, ...]
    appendix: tuple[Table, ...]
    identity: str = ""
    own: tuple[Column, ...] = ()  # the office's own columns, behind the others
    departments: tuple[str, ...] = ()  # those whose table it is, where it is not everybody's
    is_flat: bool = False  # no cell stands beside or over several lines
    among: tuple["Document", ...] = ()
    gaps: tuple[Gap, ...] = ()  # what of the registries cannot be read

    def headings(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the headings of the table, with those of the reckoned columns of those names."""
        behind = (_(reckoned.HEADINGS[name]) for name in names)
        return ("序号", *OFFICIAL.values(), *behind, *(column.heading for column in self.own))

    @property
    def note(self) -> str:
        """What the table is without, for it cannot be read; "" where that is nothing."""
        return note(self.gaps)

    @property
    def in_sheets(self) -> tuple[str, ...]:
        """The reckoned columns in a spreadsheet: with the section, where no row says it."""
        return (*IN_SHEETS, "section") if self.is_flat else IN_SHEETS

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every item of every section, in order."""
        return tuple(line for part in self.parts for block in part.blocks for line in block.lines)


def document(
    registry: Registry, rows: tuple[Row, ...], day: date, *, private: bool = False, behind: bool = True
) -> Document:
    """Return the table of ``rows``, in the order of the file, as they stood on ``day``.

    ``behind`` it stand the tables by which import reads it back.

    Columns that are declared private are left out, unless ``private`` asks for them. Of several plans, each
    begins under its title, and a column says the plan of each item; nothing stands behind.
    """
    own = tuple(column for column in registry.columns if private or not column.private)
    if not registry.among:
        return _document(registry, rows, day, own, behind=behind)
    among = tuple(
        _document(each, tuple(row for row in rows if row.item.plan == each.plan.name), day, own, behind=False)
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


def _document(
    registry: Registry, rows: tuple[Row, ...], day: date, own: tuple[Column, ...], *, behind: bool
) -> Document:
    """Return the table of one plan."""
    plan = registry.plan
    parts = tuple(_sections(rows, registry, day, own))
    shown = [(row.item, (for_people(row.status), last_report(row))) for row in rows] if behind else []
    appendix = tables(registry, shown, own) if behind else ()
    as_of = _(reckoned.AS_OF).format(day=day)
    identity = "、".join(section.title for section in registry.sections)
    title, table = visible(plan.title), visible(plan.table)
    return Document(registry, rows, title, table, as_of, day, parts, appendix, identity, own)


def flattened(document: Document) -> Document:
    """Return the document with a block for each line: nothing stands beside or over several of them."""
    return document._replace(parts=tuple(map(_flattened, document.parts)), is_flat=True)


def read_back(document: Document) -> Document:
    """Return the document with its cells of names so that import reads each as it is."""
    return document._replace(parts=tuple(map(_read_back, document.parts)))


def _read_back(part: Section) -> Section:
    from chengguo.departments.cells import written  # a calendar needs no reader

    def line(each: Line) -> Line:
        content, _lead, _support, schedule = each.official
        lead, support = (tuple(map(visible, names)) for names in each.names)
        return each._replace(official=(content, written(lead, "lead"), written(support, "support"), schedule))

    return part._replace(
        blocks=tuple(block._replace(lines=tuple(map(line, block.lines))) for block in part.blocks)
    )


def _flattened(part: Section) -> Section:
    lines = ((block, line._replace(section=part.name)) for block in part.blocks for line in block.lines)
    return part._replace(blocks=tuple(block._replace(lines=(line,)) for block, line in lines))


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
    texts: tuple[Cell, ...] = (item.content, item.lead, item.support, item.schedule.wording)
    put_off = _put_off(row)
    alert, tint = _alert(row, put_off, has_lights=bool(registry.lights))
    return Line(
        official=tuple(map(for_people, texts)),
        address=item.address,
        number=item.number,
        state=row.status,
        status=for_people(row.status),
        alert=alert,
        tint=tint,
        days_left=row.days_left,
        due=row.due,
        report=visible(last_report(row)),
        put_off=put_off,
        doubt="" if item.explicit_due else visible_line(row.doubt or ""),
        recurring=_recurring(row, registry.plan, day),
        milestones=row.parts[: len(item.schedule.stages)],
        recorded=len(row.progress) + len(row.extensions),
        own=tuple(for_people(value_in(row, column)) for column in own),
        names=(item.lead, item.support),
    )


def _alert(row: Row, put_off: str, *, has_lights: bool) -> tuple[str, Tint | None]:
    """Return what supervision sees of an item, a line each, and its colours.

    An office's own light is named. Of the others, that of what needs nobody's eye is not shown.
    """
    _status, *words = for_people(standing(row)).split("\n")
    words = [*words, *filter(None, [put_off])]
    if row.lit is None or not (has_lights or row.lit.condition):
        return "\n".join(words), None
    light = row.lit.light
    if has_lights:
        words.insert(0, for_people(light))
    else:
        first, *others = words or [_part_due(row) or for_people(row.alert)]
        words = [f"{light.shape} {first}", *others]
    return "\n".join(words), TINTS[light.color]


def _part_due(row: Row) -> str:
    """Say which milestone or period is due soon, and in how many days: the row has no day of its own."""
    soon = [each for each in row.notices if each.kind is Alert.DUE_SOON and each.part and each.due]
    if row.alert is not Alert.DUE_SOON or not soon:
        return ""
    first = soon[0]
    left = "".join(days_in_words(first.days))
    return _("{part} due {day}; {left}").format(part=first.part, day=first.due, left=left)


def last_report(row: Row) -> str:
    """Return what was last reported of an item by the day; empty where nothing was."""
    return reckoned.last_report(row.progress[-1]) if row.progress else ""


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
