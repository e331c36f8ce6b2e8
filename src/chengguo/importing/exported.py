"""A workbook or document that chengguo exported, to the text of the registry that it was."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from chengguo.departments.cells import Role, Unit, read_cell
from chengguo.importing import writing
from chengguo.importing.appendix import BESIDE, MAIN, Read, task_of
from chengguo.language import _
from chengguo.model import Registry, Status
from chengguo.registry.fields import DEPARTMENT, ITEM, OFFICIAL, PLAN, Field, Fields
from chengguo.registry.writing import value_of
from chengguo.schedules import read_schedule
from chengguo.text.scalars import flow, written

_SEPARATOR = "、"
_COLUMNS = len(MAIN) + 3  # with the status, the days left and the due date, in a workbook


class Restored(NamedTuple):
    """The text of a registry, and what was not certain: the row in the file, the column from 1, and why."""

    text: str
    doubts: tuple[tuple[int, int, str], ...]


class _Aligned(NamedTuple):
    """A row of the official table with what the tables behind say of its item."""

    place: int  # of the row in the file
    row: tuple[str, ...]
    address: str
    section: str
    beside: tuple[str, ...]  # what the official table has no column for, as ``appendix.BESIDE`` lists it


def restore(given: Read) -> Restored | None:
    """Give the registry as YAML; None where nobody can tell which rows of the official table are which items.

    Contents, departments and schedules are those of the official table, as somebody may have changed them;
    what it has no column for comes from the tables behind it. Tasks that were added or taken out are told.
    """
    aligned = _align(given) if given.has_official else None
    if aligned is None:
        return None
    register = given.tables.get("部门名册", ())
    known = {row[0]: Unit(row[0]) for row in register}
    doubts = list(_gone(given, aligned))
    tasks = list(_tasks(given, aligned, known, doubts))
    lines = ["format: 1", "", "plan:"]
    for name, field in PLAN.items():
        value = given.plan.get(field.heading, "")
        lines += [f"  {name}: {value_of(PLAN, name, value)}"] if value or field.required else []
    lines += ["", "departments:" if known else "departments: {}"]
    lines += [line for row in register for line in _department(row)]
    lines += [line for unit in list(known.values())[len(register) :] for line in _new_department(unit)]
    sections = given.tables.get("部分", ())
    lines += ["", "sections:" if sections else "sections: {}"]
    lines += [f"  {written(key)}: {written(title)}" for key, title in sections]
    lines += ["", "tasks:" if tasks else "tasks: []", *tasks]
    return Restored("\n".join(lines) + "\n", tuple(doubts))


def _align(given: Read) -> list[_Aligned] | None:
    """Put the rows of each task beside its items, in order; the rows of a new task become its items.

    None where a task has more or fewer rows than it had items, or a new one has no number.
    """
    items = {
        task: list(among) for task, among in groupby(given.tables["分项"], key=lambda item: task_of(item[0]))
    }
    aligned: list[_Aligned] = []
    seen: set[str] = set()
    placed = sorted(zip(given.places, given.main, strict=True))
    for task, among in groupby(zip(given.places, given.main, strict=True), key=lambda each: each[1][0]):
        rows = list(among)
        if task in seen or len(items.get(task, rows)) != len(rows):
            return None
        seen.add(task)
        if task in items:
            for (place, row), item in zip(rows, items[task], strict=True):
                aligned.append(_Aligned(place, row, item[0], item[1], item[2:]))
        elif task.isdecimal() and task.isascii():
            section = _section_at(rows[0][0], placed, items)
            for number, (place, row) in enumerate(rows, 1):
                aligned.append(_Aligned(place, row, f"{task}.{number}", section, (Status.PENDING.value,)))
        else:
            return None
    return aligned


def _section_at(
    place: int, rows: Sequence[tuple[int, tuple[str, ...]]], items: dict[str, list[tuple[str, ...]]]
) -> str:
    """Give the section of the nearest known task above a place, else of the first one."""
    known = [(at, items[row[0]][0][1]) for at, row in rows if row[0] in items]
    above = [section for at, section in known if at <= place]
    return above[-1] if above else known[0][1] if known else ""


def _gone(given: Read, aligned: list[_Aligned]) -> Iterator[tuple[int, int, str]]:
    """Tell the tasks that were added, and the items that were taken out."""
    before = {item[0] for item in given.tables["分项"]}
    now = {each.address for each in aligned}
    for each in aligned:
        if each.address not in before:
            yield each.place, 1, _("task {task} is new").format(task=task_of(each.address))
    for address in sorted(before - now):
        why = _("item {item} has no row any more; it is left out, with what was reported of it")
        yield given.places[0] if given.places else 0, 1, why.format(item=address)


def _tasks(
    given: Read, aligned: list[_Aligned], known: dict[str, Unit], doubts: list[tuple[int, int, str]]
) -> Iterator[str]:
    """Write the tasks; departments that the register does not have join ``known``."""
    before = ""
    for each in aligned:
        task, _dot, item = each.address.partition(".")
        if task != before:
            yield f"- id: {task}"
            yield f"  section: {written(each.section)}"
            yield f"  title: {written(each.row[1])}"
            yield "  items:"
            before = task
        yield f"  - id: {item}"
        for field in ITEM.values():
            yield from _field(field, each, given, known, doubts)


_ROLES: dict[str, Role] = {"lead": "lead", "support": "support"}
_OFFICIAL = {field.name: column for column, field in enumerate(OFFICIAL, 1)}  # 序号 stands before them


def _field(
    field: Field,
    item: _Aligned,
    given: Read,
    known: dict[str, Unit],
    doubts: list[tuple[int, int, str]],
) -> Iterator[str]:
    """Write one field of an item, from the official table or those behind it."""
    known_beside = zip(BESIDE, item.beside, strict=False)
    beside = {part.name: value for (name, part), value in known_beside if name == field.name and value}
    column = _OFFICIAL.get(field.name, 0)
    cell = item.row[column] if column else beside.get(field.name, "")
    if field.name == "content":
        yield from writing.content(cell)
    elif field.name in _ROLES:
        if cell:
            names = _names(cell, _ROLES[field.name], known, doubts, (item.place, column + 1))
            yield f"    {field.name}: {value_of(ITEM, field.name, tuple(names))}"
    elif field.kind == "record":
        parts = {name: _value(field.fields or {}, name, value) for name, value in beside.items()}
        yield from [f"    {field.name}: {flow(parts)}"] if parts else []
    elif field.kind == "records":
        yield from _list(field, given.tables.get(field.heading, ()), item.address)
    elif cell or field.name == "schedule":
        yield f"    {field.name}: {_value(ITEM, field.name, cell)}"


def _names(
    cell: str,
    role: Role,
    known: dict[str, Unit],
    doubts: list[tuple[int, int, str]],
    place: tuple[int, int],
) -> list[str]:
    """Give the names of a cell; one that is not in the register is read as in any table, and told."""
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


def _new_department(unit: Unit) -> list[str]:
    lines = [f"  {written(unit.name)}:"]
    lines += [f"    aliases: [{', '.join(map(written, unit.aliases))}]"] if unit.aliases else []
    return [*lines, *(["    group: true"] if unit.group else [])]


def _department(row: tuple[str, ...]) -> list[str]:
    values = {name: value for name, value in zip(DEPARTMENT, row[1:], strict=True) if value}
    lines = (f"    {name}: {_value(DEPARTMENT, name, value)}" for name, value in values.items())
    return [f"  {written(row[0])}:", *lines]


def _named(cell: str, names: set[str]) -> list[str]:
    """Part a cell into names; one of the register may hold a 、 itself: 各县（市、区）."""
    parts = cell.split(_SEPARATOR)
    found: list[str] = []
    while parts:
        end = next((end for end in range(len(parts), 0, -1) if _SEPARATOR.join(parts[:end]) in names), 1)
        found.append(_SEPARATOR.join(parts[:end]).strip())
        parts = parts[end:]
    return found


def _list(field: Field, rows: Sequence[tuple[str, ...]], address: str) -> list[str]:
    """Write the entries of a list of an item, from the rows that have its address."""
    fields = field.fields or {}
    lines = []
    for row in rows:
        if row[0] == address:
            values = zip(fields, row[1:], strict=True)
            entry = [f"{name}: {_value(fields, name, value)}" for name, value in values if value]
            lines += [f"    - {entry[0]}", *(f"      {each}" for each in entry[1:])]
    return [f"    {field.name}:", *lines] if lines else []


def _value(fields: Fields, name: str, cell: str) -> str:
    """Write the cell of a table behind the official one as the value of a field."""
    kind = fields[name].kind
    if kind == "flag":
        return "true"
    return value_of(fields, name, tuple(cell.split(_SEPARATOR)) if kind == "names" else cell)


def places(given: Read) -> dict[str, int]:
    """Give the row in the file of each item."""
    return {each.address: each.place for each in _align(given) or ()}


def ignored(
    given: Read, registry: Registry, rows: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int, int, str]]:
    """Tell what somebody wrote beside the official columns and is not taken: a due date, further columns."""
    header = next(place for place, cells in enumerate(rows) if cells[: len(MAIN)] == MAIN)
    for column, name in enumerate(rows[header][_COLUMNS:], _COLUMNS + 1):
        if name:
            yield header, column, _("the column '{name}' is left out").format(name=name)
    due = {item.address: item.due for item in registry.items}
    for each in _align(given) or ():
        cell = "".join(rows[each.place][_COLUMNS - 1 : _COLUMNS])
        day = read_schedule(cell).due if cell else None
        if day and day != due[each.address]:
            why = _("the day {day} is not taken: change the schedule, or use chengguo extend {address}")
            yield each.place, _COLUMNS, why.format(day=day, address=each.address)
