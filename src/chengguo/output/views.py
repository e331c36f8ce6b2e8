"""Rows to a View: a titled table of typed cells, without styling and without a medium.

One view of the items is for people, with the official column names, another for scripts, with the
stable names of the JSON output.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from chengguo.language import N_, _, listed
from chengguo.model import Column as OwnColumn
from chengguo.model import Extension, Item, Registry, Schedule
from chengguo.output import counts
from chengguo.output.cells import Cell, Kind, StatusCell, for_people
from chengguo.output.naming import work
from chengguo.queries import summary
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import value_in
from chengguo.queries.parts import is_milestone
from chengguo.queries.query import Row
from chengguo.queries.summary import Dated, Unit
from chengguo.registry import fields
from chengguo.registry.sections import WITHIN
from chengguo.schedules import following
from chengguo.text.visible import visible


class Column(NamedTuple):
    """A column: its stable name, its heading for people, whether it holds numbers, and long texts.

    Where a row takes a line, long texts are cut.
    """

    name: str
    heading: str
    number: bool = False
    is_long: bool = False


class View(NamedTuple):
    """A table: title lines, columns, rows of cells, an alert (or None) for each row, lines underneath.

    ``is_short`` tells that it lacks columns which the whole of it has.
    """

    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alerts: tuple[Alert | None, ...]
    notes: tuple[str, ...] = ()
    is_short: bool = False


# -- the columns of items ------------------------------------------------------------------------


class _ItemColumn(NamedTuple):
    heading: str
    cell: Callable[[Row], Cell]
    number: bool = False
    is_long: bool = False


def _own(column: OwnColumn) -> _ItemColumn:
    """Return how a column of the office's own is shown."""
    return _ItemColumn(
        column.heading,
        lambda row: value_in(row, column),
        number=column.kind in {"number", "percent"},
        is_long=column.kind in {"text", "names"},
    )


def _value_of(name: str) -> Callable[[Row], Cell]:
    """Return what shows a field that the model has no attribute for."""
    return lambda row: row.item.others.get(name)


def standing(row: Row) -> StatusCell:
    """Return the cell that says how an item stands; a row about one part says so beside it already."""
    late = [each.part for each in row.notices if each.kind is Alert.MISSED and each.part and not row.part]
    missed = tuple(name for name in late if is_milestone(row.item, name))
    lapsed = tuple(name for name in late if name not in missed)
    return StatusCell(row.status, row.alert, row.days_left, row.days_silent, missed, row.closing, lapsed)


# The official column names are part of the table and stay as they are in every language.
OFFICIAL = {field.name: field.heading for field in fields.OFFICIAL}
ITEM_COLUMNS = {
    "plan": _ItemColumn(N_("plan"), lambda row: row.item.plan),
    "id": _ItemColumn(N_("ID"), lambda row: row.item.number),
    "task": _ItemColumn(N_("task"), lambda row: row.item.task, number=True),
    "item": _ItemColumn(N_("item"), lambda row: row.item.id, number=True),
    "section": _ItemColumn(N_("section"), lambda row: row.task.section),
    "section_title": _ItemColumn(N_("section title"), lambda row: row.section_title, is_long=True),
    "title": _ItemColumn(OFFICIAL["title"], lambda row: row.task.title, is_long=True),
    "work": _ItemColumn(N_("work"), lambda row: work(row, None), is_long=True),
    "content": _ItemColumn(OFFICIAL["content"], lambda row: row.item.content, is_long=True),
    "lead": _ItemColumn(OFFICIAL["lead"], lambda row: row.item.lead, is_long=True),
    "support": _ItemColumn(OFFICIAL["support"], lambda row: row.item.support, is_long=True),
    "schedule": _ItemColumn(
        OFFICIAL["schedule"],
        lambda row: row.part.wording if row.part else row.item.schedule.wording,
        is_long=True,
    ),
    "kind": _ItemColumn(N_("kind"), lambda row: Kind(row.item.schedule.kind)),
    "start": _ItemColumn(N_("start"), lambda row: row.item.schedule.start),
    "due": _ItemColumn(N_("due"), lambda row: row.due),
    "doubt": _ItemColumn(N_("doubt"), lambda row: row.doubt),
    "status": _ItemColumn(N_("status"), lambda row: row.status),
    "alert": _ItemColumn(N_("alert"), lambda row: row.alert),
    "days_left": _ItemColumn(N_("days left"), lambda row: row.days_left, number=True),
    "progress": _ItemColumn(N_("progress"), lambda row: row.progress),
    "extensions": _ItemColumn(N_("extensions"), lambda row: row.extensions),
    "part": _ItemColumn(N_("part"), lambda row: row.part.part if row.part else None),
    "light": _ItemColumn(N_("light"), lambda row: row.lit.light if row.lit else None),
    "alerts": _ItemColumn(N_("alerts"), lambda row: row.notices),
    "parts": _ItemColumn(N_("parts"), lambda row: row.parts),
    "upper_section": _ItemColumn(N_("upper section"), lambda row: row.upper and row.upper.id),
    "upper_section_title": _ItemColumn(
        N_("upper section title"), lambda row: row.upper and row.upper.title, is_long=True
    ),
    "standing": _ItemColumn(N_("status"), standing),
    **{field.name: _ItemColumn(field.label, _value_of(field.name)) for field in fields.OTHERS},
}
_TOLD = 20  # items that an alert names
_ROOMY = 140  # terminal columns from which rows that take a line show every column
_NARROW = 100  # up to here the wording of a schedule stands aside for the day that it means


def items(
    rows: tuple[Row, ...],
    names: tuple[str, ...],
    title: tuple[str, ...],
    *notes: str,
    alerts: tuple[str, ...] = (),
    own: tuple[OwnColumn, ...] = (),
) -> View:
    """Return a view of items with the columns ``names``, alerts noted underneath.

    ``alerts`` are the lines that ``alert_notes`` has of them; ``own`` are the columns of the office, which
    are named by their headings.
    """
    known = {**{each.heading: _own(each) for each in own}, **ITEM_COLUMNS}
    if "plan" not in names:  # without it, the ID tells the plan of an item, where there are several
        known["id"] = _ItemColumn(N_("ID"), lambda row: row.item.address)
    columns = tuple(
        Column(name, _(known[name].heading), known[name].number, known[name].is_long) for name in names
    )
    cells = tuple(tuple(known[name].cell(row) for name in names) for row in rows)
    underneath = (
        *alerts,
        *extension_notes(rows),
        *doubt_notes(rows),
        *notes,
    )
    return View(title, columns, cells, tuple(row.alert for row in rows), underneath)


def in_short(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return those of the columns ``names`` that tell an item on one line of that width.

    What names the work stands for its title and its content.
    """
    if width >= _ROOMY:
        return names
    aside = {"content", "support", *(["schedule"] if "due" in names and width < _NARROW else [])}
    return tuple("work" if name == "title" else name for name in names if name not in aside)


def cards(
    rows: tuple[Row, ...], title: tuple[str, ...], registry: Registry, places: dict[str, str], as_of: date
) -> View:
    """Return a view with everything about each item, for cards: full names, how the schedule is read.

    ``places`` tells, by address, where in the file an item stands; what recurs is next due after ``as_of``.
    """
    full = {entry.name: entry.full for entry in registry.departments}
    own = tuple(column for column in registry.columns if column.of == "item")
    columns = (
        Column("id", _("ID")),
        Column("section", _("section")),
        Column("content", OFFICIAL["content"]),
        Column("lead", OFFICIAL["lead"]),
        Column("support", OFFICIAL["support"]),
        Column("schedule", OFFICIAL["schedule"]),
        Column("kind", _("read as")),
        Column("doubt", _("doubt")),
        Column("extensions", _("extensions")),
        Column("standing", _("status")),
        Column("light", _("light")),
        Column("alerts", _("alerts")),
        Column("progress", _("progress")),
        *(Column(each.heading, each.heading) for each in own),
        *(Column(field.name, _(field.label)) for field in fields.OTHERS),
        Column("place", _("in the file")),
    )
    cells = tuple(
        (
            row.item.address,
            WITHIN.join(_sections(row)),
            row.item.content,
            "\n".join(_with_full(name, full) for name in row.item.lead),
            "\n".join(_with_full(name, full) for name in row.item.support),
            row.item.schedule.wording,
            _reading(row, as_of, registry.plan.context.end),
            row.doubt,
            "\n".join(_extension(each, row.item) for each in row.extensions),
            standing(row),
            _lit(row),
            row.notices,
            row.progress,
            *(value_in(row, each) for each in own),
            *(row.item.others.get(field.name) for field in fields.OTHERS),
            places.get(row.item.address),
        )
        for row in rows
    )
    notes = alert_notes(rows, registry.alerts.due_soon)
    return View(title, columns, cells, tuple(row.alert for row in rows), notes)


def _lit(row: Row) -> str:
    """Say the light of an item, and why it is this one."""
    if row.lit is None:
        return ""
    light, condition, measured = row.lit
    if condition is None:
        return _("{light}: no condition above it holds").format(light=for_people(light))
    why = _(condition.written) if measured is None else f"{condition.written} ({measured})"
    return _("{light}: {why}").format(light=for_people(light), why=why)


def doubt_notes(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return a line for each schedule whose reading is not certain and that no ``due:`` settles."""
    return tuple(
        _("Doubtful: {item} {wording}: {doubt}").format(
            item=row.item.address, wording=row.item.schedule.wording, doubt=row.doubt
        )
        for row in {row.item.address: row for row in rows}.values()
        if row.doubt and not row.item.explicit_due
    )


def _sections(row: Row) -> Iterator[str]:
    """Return the section of a row, behind that which it is a part of."""
    if row.upper:
        yield f"{row.upper.id} {row.upper.title}"
    yield f"{row.task.section} {row.section_title}"


def _with_full(name: str, full: dict[str, str | None]) -> str:
    return _("{name} ({full})").format(name=name, full=full[name]) if full.get(name) else name


def _reading(row: Row, as_of: date, end: date | None) -> str:
    """Say how the schedule is read: its kind and days, the next day of what recurs, and how each part stands.

    Of periods, which may be many, those that are missed are told.
    """
    item = row.item
    schedule = item.schedule if item.explicit_due is None else item.schedule._replace(due=item.explicit_due)
    lines = [reading(schedule._replace(rule=None))]
    if day := following(schedule, as_of, end):
        lines.append(_("next after {day}: {next}").format(day=as_of, next=day))
    told = row.parts[: len(schedule.stages)]
    told += tuple(part for part in row.parts[len(schedule.stages) :] if part.is_missed)
    return "\n".join([*lines, *([for_people(told)] if told else [])])


def reading(schedule: Schedule) -> str:
    """Say how a schedule is read, in a line: its kind, its days, its rule."""
    kind = for_people(Kind(schedule.kind)) if schedule.is_understood else _("cannot be read")
    start = _("from {day}").format(day=schedule.start) if schedule.start else ""
    due = _("up to {day}") if schedule.kind == "ongoing" else _("due {day}, that day included")
    end = due.format(day=schedule.due) if schedule.due else ""
    rule = schedule.rule or ""
    return _("; ").join(part for part in (kind, start, end, rule) if part)


def _extension(extension: Extension, item: Item) -> str:
    """Say what an extension puts off to when, why and by whom, and whether it was asked for too late."""
    late = _("asked for after the due date") if item.is_late(extension) else ""
    return _("; ").join(part for part in (for_people((extension,)), late) if part)


def extension_notes(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return a line for each item whose due date was put off: the official day, the one in force."""
    return tuple(
        _("{item}: '{wording}' extended from {first} to {due}").format(
            item=row.item.address,
            wording=visible(row.item.schedule.wording),
            first=row.item.first_due,
            due=row.due,
        )
        + (_(" (asked for after the due date)") if row.item.is_late(row.extensions[-1]) else "")
        for row in rows
        if row.extensions and not row.part and row.due != row.item.first_due
    )


def alert_notes(rows: Iterable[Row], days: int) -> tuple[str, ...]:
    """Return the line that says what in view is overdue, missed or due soon; nothing where nothing is."""
    every = tuple(rows)
    late, near = summary.late_among(every), summary.near_among(every)
    items, milestones, periods = summary.count(late)
    told = (
        (_("{count} overdue").format(count=items), _names(late, Unit.ITEM)),
        (counts.overdue_milestones(milestones), _names(late, Unit.MILESTONE)),
        (counts.overdue_periods(periods), _names(late, Unit.PERIOD)),
    )
    parts = [_("{what} ({names})").format(what=what, names=_some(names)) for what, names in told if names]
    if near:
        soon, names = counts.rows(summary.count(near)), _some(_names(near, *Unit))
        parts.append(_("{what} due within {days} days ({names})").format(what=soon, days=days, names=names))
    return (_("Alert: {what}").format(what=_("; ").join(parts)),) if parts else ()


def _names(among: Iterable[Dated], *units: Unit) -> list[str]:
    return [each.name for each in among if each.unit in units]


def _some(names: list[str]) -> str:
    """Return the first of names, and how many more there are."""
    more = len(names) - _TOLD
    return listed([*names[:_TOLD], _("{count} more").format(count=more) if more > 0 else ""])


def of_records(records: list[dict[str, Any]], names: Iterable[str]) -> View:
    """Return the view for scripts of flat JSON objects: their keys, ``names``, are the columns."""
    columns = tuple(Column(name, name) for name in names)
    cells = tuple(
        tuple(tuple(value) if isinstance(value, list) else value for value in record.values())
        for record in records
    )
    return View((), columns, cells, (None,) * len(cells))
