"""A workbook or document that chengguo exported, to the text of the registry that it was."""

from collections.abc import Sequence

from chengguo.appendix import Read, task_of
from chengguo.importing import writing
from chengguo.scalars import written

_SEPARATOR = "、"


def text(given: Read) -> str | None:
    """Give the registry as YAML; None where the table no longer has the items that it was exported with.

    Contents, departments and schedules are those of the official table, as somebody may have changed them;
    what it has no column for comes from the tables behind it.
    """
    items = given.tables["分项"]
    if [row[0] for row in given.main] != [task_of(row[0]) for row in items]:
        return None
    register = given.tables.get("部门名册", ())
    lines = ["format: 1", "", "plan:", f"  title: {written(given.plan.get('方案名称', ''))}"]
    for key, name in (("table", "表名"), ("years", "年份"), ("issued", "印发日期")):
        if value := given.plan.get(name):
            lines.append(f"  {key}: {written(value) if key == 'table' else value}")
    sections = given.tables.get("部分", ())
    lines += ["", "departments:" if register else "departments: {}"]
    lines += [line for row in register for line in _department(row)]
    lines += ["", "sections:" if sections else "sections: {}"]
    lines += [f"  {written(key)}: {written(title)}" for key, title in sections]
    lines += ["", "tasks:" if items else "tasks: []"]
    names = {row[0] for row in register}
    before = ""
    for row, (address, section, status, due, _shown) in zip(given.main, items, strict=True):
        task, _dot, item = address.partition(".")
        if task != before:
            lines += [
                f"- id: {task}",
                f"  section: {written(section)}",
                f"  title: {written(row[1])}",
                "  items:",
            ]
            before = task
        lines += _item(item, row, names)
        lines += [f"    due: {due}"] if due else []
        lines += _list(
            "extensions", given.tables.get("延期", ()), address, ("date", "to", "reason", "approved_by")
        )
        lines.append(f"    status: {status}")
        lines += _list("progress", given.tables.get("进展记录", ()), address, ("date", "status", "note"))
    return "\n".join(lines) + "\n"


def _department(row: tuple[str, ...]) -> list[str]:
    name, full, aliases, group, successor, until = row
    lines = [f"  {written(name)}:"]
    lines += [f"    full: {written(full)}"] if full else []
    lines += [f"    aliases: [{', '.join(map(written, aliases.split(_SEPARATOR)))}]"] if aliases else []
    lines += ["    group: true"] if group else []
    lines += [f"    successor: {written(successor)}"] if successor else []
    return [*lines, *([f"    until: {until}"] if until else [])]


def _item(number: str, row: tuple[str, ...], names: set[str]) -> list[str]:
    _task, _title, content, lead, support, schedule = row
    lines = [f"  - id: {number}", *writing.content(content)]
    for role, cell in (("lead", lead), ("support", support)):
        if cell:
            lines.append(f"    {role}: [{', '.join(map(written, _named(cell, names)))}]")
    return [*lines, f"    schedule: {written(schedule)}"]


def _named(cell: str, names: set[str]) -> list[str]:
    """Part a cell into names; one of the register may hold a 、 itself: 各县（市、区）."""
    parts = cell.split(_SEPARATOR)
    found: list[str] = []
    while parts:
        end = next((end for end in range(len(parts), 0, -1) if _SEPARATOR.join(parts[:end]) in names), 1)
        found.append(_SEPARATOR.join(parts[:end]).strip())
        parts = parts[end:]
    return found


def _list(key: str, rows: Sequence[tuple[str, ...]], address: str, fields: tuple[str, ...]) -> list[str]:
    """Give the entries of a list of an item, from the rows that have its address."""
    lines = []
    for row in rows:
        if row[0] == address:
            entry = [
                f"{field}: {_value(field, value)}"
                for field, value in zip(fields, row[1:], strict=True)
                if value
            ]
            lines += [f"    - {entry[0]}", *(f"      {each}" for each in entry[1:])]
    return [f"    {key}:", *lines] if lines else []


def _value(field: str, value: str) -> str:
    return value if field in {"date", "status"} else written(value)
