"""A workbook or document that chengguo exported, to the text of the registry that it was."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import Any, NamedTuple

from chengguo.departments.cells import Role, Unit, read_cell
from chengguo.importing import own
from chengguo.importing.returning.appendix import BESIDE, OF_REPORTS, REPORTED
from chengguo.importing.returning.parting import OfficialRow, Read, task_of
from chengguo.importing.writing import department
from chengguo.language import _
from chengguo.model import Column, Registry
from chengguo.model.status import Status
from chengguo.registry import figures, writing
from chengguo.registry.field_kinds import Field, Fields
from chengguo.registry.fields import DEPARTMENT, ITEM, OFFICIAL, PLAN, SECTION
from chengguo.registry.office_fields import ALERTS, LIGHT
from chengguo.registry.report_headings import kept_as
from chengguo.registry.writing import Cell, Value, WrittenHead, WrittenItem, WrittenTask
from chengguo.schedules import read_schedule
from chengguo.text.widths import folded

_SEPARATOR = "、"
_THRESHOLDS = {field.heading: name for name, field in ALERTS.items()}


class Restored(NamedTuple):
    """The text of a registry, and what was not certain: the row in the file, the column from 1, and why.

    ``kept`` are the columns that somebody added.
    """

    text: str
    doubts: tuple[tuple[int, int, str], ...]
    kept: tuple[Column, ...] = ()


class _Aligned(NamedTuple):
    """A row of the official table with what the tables behind say of its item."""

    place: int  # of the row in the file
    row: tuple[str, ...]
    address: str
    section: str
    beside: tuple[str, ...]  # what the official table has no column for, as ``appendix.BESIDE`` lists it
    own: dict[str, str]  # what stands under other headings in the row


class _Reading(NamedTuple):
    """What the cells are read with: the file, its columns, the departments known so far, the doubts."""

    given: Read
    columns: tuple[Column, ...]
    known: dict[str, Unit]
    doubts: list[tuple[int, int, str]]


def restore(given: Read, dropped: Collection[str] = ()) -> Restored | None:
    """Return the registry as YAML; None where nobody can tell which rows are which items.

    Contents, departments and schedules are those of the official table, as somebody may have changed them;
    what it has no column for comes from the tables behind it. Tasks that were added or taken out are told.
    The office's own columns come from the official table, those that somebody added too; ``dropped`` are
    left out.
    """
    known_columns = {row[0] for row in given.tables.get("栏目", ())}
    given = given._replace(official=tuple(_with_kept(each, known_columns) for each in given.official))
    aligned = _align(given) if given.has_official else None
    if aligned is None:
        return None
    register = given.tables.get("部门名册", ())
    known = {row[0]: Unit(row[0]) for row in register}
    doubts = list(_gone(given, aligned))
    declared, added = _columns(given, doubts)
    own.refuse_unknown(dropped, [each.heading for each in (*declared, *added)])
    left_out = {folded(name) for each in dropped for name in (each, kept_as(each))}
    columns = tuple(each for each in (*declared, *added) if folded(each.heading) not in left_out)
    tasks = list(_tasks(_Reading(given, columns, known, doubts), aligned))
    plan = {name: given.plan.get(field.heading, "") for name, field in PLAN.items()}
    head = WrittenHead(
        {name: value for name, value in plan.items() if value or PLAN[name].required},
        {row[0]: _values(DEPARTMENT, zip(DEPARTMENT, row[1:], strict=True)) for row in register}
        | {unit.name: department(unit) for unit in list(known.values())[len(register) :]},
        {
            row[0]: _values(SECTION, zip(SECTION, row[1:], strict=True))
            for row in given.tables.get("部分", ())
        },
        _values(ALERTS, ((_THRESHOLDS[row[0]], row[1]) for row in given.tables.get("提醒期限", ()))),
        {row[0]: _values(LIGHT, zip(LIGHT, row[1:], strict=True)) for row in given.tables.get("灯号", ())},
        columns,
    )
    text = writing.registry(head, tasks)
    return Restored(text, tuple(doubts), tuple(each for each in added if each in columns))


def _with_kept(row: OfficialRow, known: Collection[str]) -> OfficialRow:
    """Return a row with what stands under added headings under those that they are kept as."""
    return row._replace(
        beside={each if each in known else kept_as(each): cell for each, cell in row.beside.items()}
    )


def _columns(given: Read, doubts: list[tuple[int, int, str]]) -> tuple[list[Column], list[Column]]:
    """Return the columns that the file declares, and those that somebody added to its official table.

    One in which something stands that it cannot hold becomes one of texts, which is told.
    """
    declared = []
    for row in given.tables.get("栏目", ()):
        heading, kind, of, private = row
        column = Column(heading, kind, of, bool(private))
        odd = [
            (each.place, text)
            for each in given.official
            if column.of == "item"
            and (text := each.beside.get(column.heading))
            and not figures.is_figure(column.kind, text)
        ]
        for place, text in odd:
            why = _("the column '{name}' holds texts from now on, for: '{text}'")
            doubts.append((place, 1, why.format(name=column.heading, text=text)))
        declared.append(column._replace(kind="text") if odd else column)
    known = {column.heading for column in declared}
    added = dict.fromkeys(
        heading for each in given.official for heading in each.beside if heading not in known
    )
    return declared, [
        Column(heading, own.kind_of(heading, (each.beside.get(heading, "") for each in given.official)))
        for heading in added
    ]


def _align(given: Read) -> list[_Aligned] | None:
    """Put the rows of each task beside its items, in order; a row of none of them becomes a new item.

    None where nobody can tell which row is which item, or a new task has no number.
    """
    items = {
        task: list(among) for task, among in groupby(given.tables["分项"], key=lambda item: task_of(item[0]))
    }
    aligned: list[_Aligned] = []
    seen: set[str] = set()
    for task, among in groupby(given.official, key=lambda row: row.main[0]):
        rows = list(among)
        found = _matched(rows, items.get(task, []))
        if task in seen or found is None or not (task in items or (task.isdecimal() and task.isascii())):
            return None
        seen.add(task)
        numbers = count(_last_number(items.get(task, [])) + 1)
        section = items[task][0][1] if task in items else _section_at(rows[0].place, given.official, items)
        for row, item in zip(rows, found, strict=True):
            address, *behind = item or (f"{task}.{next(numbers)}", section, Status.PENDING.value)
            aligned.append(_Aligned(row.place, row.main, address, behind[0], tuple(behind[1:]), row.beside))
    return aligned


def _matched(
    rows: Sequence[OfficialRow], items: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...] | None] | None:
    """Return the item of each row of a task, None for a new one; None in all where that cannot be told.

    The address in a row tells its item. Where no row has one, as many rows as items are those, in order.
    """
    known = {item[0]: item for item in items}
    found = [known.get(row.address) for row in rows]
    named = [item for item in found if item]
    if len(set(named)) < len(named):
        return None
    if named or not items:
        return found
    return [*items] if len(rows) == len(items) else None


def _last_number(items: Iterable[tuple[str, ...]]) -> int:
    """Return the highest number of an item in a task, 0 where it has none."""
    return max((int(item[0].partition(".")[2]) for item in items), default=0)


def _section_at(place: int, rows: Sequence[OfficialRow], items: dict[str, list[tuple[str, ...]]]) -> str:
    """Return the section of the nearest known task above a place, else of the first one."""
    placed = sorted((row.place, row.main[0]) for row in rows)
    known = [(at, items[task][0][1]) for at, task in placed if task in items]
    above = [section for at, section in known if at <= place]
    return above[-1] if above else known[0][1] if known else ""


def _gone(given: Read, aligned: list[_Aligned]) -> Iterator[tuple[int, int, str]]:
    """Tell the tasks and items that were added, and the items that were taken out."""
    before = {item[0]: task_of(item[0]) for item in given.tables["分项"]}
    now = {each.address for each in aligned}
    for each in aligned:
        if each.address in before:
            continue
        task = task_of(each.address)
        is_in_known = task in before.values()
        yield (
            *(each.place, 1),
            _("item {item} is new").format(item=each.address)
            if is_in_known
            else _("task {task} is new").format(task=task),
        )
    for address in sorted(before.keys() - now):
        why = _("item {item} has no row any more; it is left out, with what was reported of it")
        yield given.official[0].place if given.official else 0, 1, why.format(item=address)


def _tasks(reading: _Reading, aligned: list[_Aligned]) -> Iterator[WrittenTask]:
    """Put the tasks together; departments that the register does not have join those known."""
    for task, among in groupby(aligned, key=lambda each: task_of(each.address)):
        first, *_rest = rows = list(among)
        items = [WrittenItem(_item(each, reading)) for each in rows]
        yield WrittenTask({"id": task, "section": first.section, "title": first.row[1]}, items)


def _item(row: _Aligned, reading: _Reading) -> dict[str, Any]:
    values: dict[str, Any] = {"id": row.address.partition(".")[2]}
    for field in ITEM.values():
        value = _value_of(field, row, reading)
        if value or field.name in _EVEN_EMPTY:
            values.setdefault(field.name, value)
    return values


_EVEN_EMPTY = ("content", "schedule")
_ROLES: dict[str, Role] = {"lead": "lead", "support": "support"}
_OFFICIAL = {field.name: column for column, field in enumerate(OFFICIAL, 1)}  # 序号 stands before them


def _value_of(field: Field, item: _Aligned, reading: _Reading) -> Any:
    """Return one field of an item, from the official table or those behind it; nothing where it is empty."""
    known_beside = zip(BESIDE, item.beside, strict=False)
    beside = {part.name: value for (name, part), value in known_beside if name == field.name and value}
    column = _OFFICIAL.get(field.name, 0)
    cell = item.row[column] if column else beside.get(field.name, "")
    if field.name in _ROLES:
        place = (item.place, column + 1)
        return tuple(_names(cell, _ROLES[field.name], reading, place)) if cell else ()
    if field.kind == "extra":
        return _own(item.own, "item", item.place, reading)
    if field.kind == "record":
        return _values(field.fields or {}, beside.items())
    if field.kind == "records":
        rows = (row for row in reading.given.tables.get(field.heading, ()) if row[0] == item.address)
        fields = REPORTED if field.name == "progress" else field.fields or {}
        entries = [_values(fields, zip(fields, row[1:], strict=True)) for row in rows]
        return _with_columns(entries, item, reading) if field.name == "progress" else entries
    return _value(field, cell)


def _with_columns(reports: list[dict[str, Any]], item: _Aligned, reading: _Reading) -> list[dict[str, Any]]:
    """Put what reports say in the office's own columns into them."""
    rows = [row for row in reading.given.tables.get(OF_REPORTS, ()) if row[0] == item.address]
    for number, report in enumerate(reports, 1):
        cells = {heading: text for _address, at, heading, text in rows if at == str(number)}
        if values := _own(cells, "report", item.place, reading):
            report["extra"] = values
    return reports


def _own(cells: dict[str, str], of: str, place: int, reading: _Reading) -> dict[str, Cell]:
    """Return what stands in the office's own columns, as the file holds it."""
    found: dict[str, Cell] = {}
    for column in reading.columns:
        text = cells.get(column.heading, "")
        if text and column.of == of:
            named = _names(text, "support", reading, (place, 1)) if column.kind == "names" else ()
            found[column.heading] = own.value_of(column, text, named)
    return found


def _names(
    cell: str,
    role: Role,
    reading: _Reading,
    place: tuple[int, int],
) -> list[str]:
    """Return the names of a cell; one that is not in the register is read as in any table, and told."""
    known, doubts = reading.known, reading.doubts
    names = _named(cell, set(known))
    if all(name in known for name in names):
        return names
    found = read_cell(cell, role)
    units = found.lead or found.support
    doubts.extend((*place, why) for why in found.doubts)
    for unit in units:
        if unit.name not in known:
            known[unit.name] = unit
            doubts.append((*place, _("'{name}' is new in the register").format(name=unit.name)))
    return [unit.name for unit in units] or names


def _named(cell: str, names: set[str]) -> list[str]:
    """Part a cell into names; one of the register may hold a 、 itself: 各县（市、区）."""
    parts = cell.split(_SEPARATOR)
    found: list[str] = []
    while parts:
        end = next((end for end in range(len(parts), 0, -1) if _SEPARATOR.join(parts[:end]) in names), 1)
        found.append(_SEPARATOR.join(parts[:end]).strip())
        parts = parts[end:]
    return found


def _values(fields: Fields, cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the cells of a row of a table behind the official one as values of fields, but empty ones."""
    return {name: _value(fields[name], cell) for name, cell in cells if cell}


def _value(field: Field, cell: str) -> Value:
    """Return a cell as the value of a field."""
    if field.kind == "flag":
        return "true" if cell else ""
    if field.kind == "texts":
        return tuple(cell.split("\n"))
    return tuple(cell.split(_SEPARATOR)) if field.kind in _SEVERAL and cell else cell


_SEVERAL = ("names", "conditions")


def places(given: Read) -> dict[str, int]:
    """Return the row in the file of each item."""
    return {each.address: each.place for each in _align(given) or ()}


def ignored(given: Read, registry: Registry) -> Iterator[tuple[int, int, str]]:
    """Tell a due date that somebody wrote beside the official columns, which is not taken."""
    known = {
        item.address: {item.due, item.first_due, *(each.to.due for each in item.extensions)}
        for item in registry.items
    }
    addresses = {place: address for address, place in places(given).items()}
    for row in given.official:
        cell, address = row.reckoned.get("due", ""), addresses.get(row.place)
        day = read_schedule(cell).due if cell else None
        if address and day and day not in known[address]:
            why = _("the day {day} is not taken: change the schedule, or use chengguo extend {address}")
            yield row.place, given.columns["due"] + 1, why.format(day=day, address=address)
