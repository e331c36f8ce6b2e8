"""What a registry holds beside the official table, as small tables behind it: both ways.

An exported workbook or document carries them, so that it can be read back without a loss. Their headings are
Chinese in every language, for they are part of the file.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chengguo.model import Item, Registry

MARK = "chengguo 1"  # of the form of these tables
MAIN = ("序号", "重点任务", "重点任务主要内容", "责任部门", "配合部门", "计划进度")
_SEPARATOR = "、"


class Table(NamedTuple):
    """A table behind the official one: its name, its headings, its rows of text."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


HEADINGS = {
    "方案": ("方案", "内容"),
    "部分": ("部分", "部分名称"),
    "部门名册": ("部门", "全称", "别名", "组", "继任部门", "止于"),
    "分项": ("分项", "所属部分", "办理状态", "商定日期"),
    "进展记录": ("分项", "报告日期", "报告状态", "情况"),
    "延期": ("分项", "申请日期", "延至", "理由", "批准单位"),
}


def tables(registry: Registry, items: Sequence[Item]) -> tuple[Table, ...]:
    """Give the tables for ``items`` of a registry, those without rows left out."""
    plan = registry.plan
    years = "-".join(map(str, dict.fromkeys(plan.years or ())))
    about = (
        ("格式", MARK),
        ("方案名称", plan.title),
        ("表名", plan.table),
        ("年份", years),
        ("印发日期", _text(plan.issued)),
    )
    named = {name for item in items for name in (*item.lead, *item.support)}
    tasks = {item.task for item in items}
    sections = {task.section for task in registry.tasks if task.id in tasks}
    by_task = {task.id: task.section for task in registry.tasks}
    found = {
        "方案": about,
        "部分": tuple((each.id, each.title) for each in registry.sections if each.id in sections),
        "部门名册": tuple(
            (
                *(each.name, _text(each.full), _SEPARATOR.join(each.aliases), "是" if each.group else ""),
                *(_text(each.successor), _text(each.until)),
            )
            for each in registry.departments
            if each.name in named or len(items) == len(registry.items)
        ),
        "分项": tuple(
            (item.address, by_task.get(item.task, ""), item.status.value, _text(item.explicit_due))
            for item in items
        ),
        "进展记录": tuple(
            (
                item.address,
                entry.date.isoformat(),
                _text(entry.status and entry.status.value),
                _text(entry.note),
            )
            for item in items
            for entry in item.progress
        ),
        "延期": tuple(
            (item.address, each.date.isoformat(), each.to.wording, each.reason, _text(each.approved_by))
            for item in items
            for each in item.extensions
        ),
    }
    return tuple(Table(name, HEADINGS[name], rows) for name, rows in found.items() if rows)


def _text(value: object) -> str:
    return "" if value is None else str(value)


class Read(NamedTuple):
    """The rows of the official table and of those behind it, by their names, as a file has them."""

    main: tuple[tuple[str, ...], ...]
    tables: dict[str, tuple[tuple[str, ...], ...]]

    @property
    def plan(self) -> dict[str, str]:
        """What the first table says of the plan."""
        return {row[0]: row[1] for row in self.tables["方案"]}


def read(rows: Iterable[tuple[str, ...]]) -> Read | None:
    """Part the rows of a file by the headings above them; None where no export of this form wrote it.

    Rows of fewer than two cells are headings of sections, which the tables behind repeat.
    """
    known = {headings: name for name, headings in HEADINGS.items()}
    found: dict[str, list[tuple[str, ...]]] = {}
    current: str | None = None
    for cells in rows:
        filled = _trimmed(cells)
        if filled[: len(MAIN)] == MAIN:
            current = ""
        elif filled in known:
            current = known[filled]
            found.setdefault(current, [])
        elif current is not None:
            width = len(HEADINGS[current]) if current else len(MAIN)
            # A paragraph of a document is one cell, a section's heading one that is filled.
            if len(cells) >= width and sum(map(bool, filled)) > (not current):
                found.setdefault(current, []).append(cells[:width])
    given = Read(tuple(found.pop("", ())), {name: tuple(rows) for name, rows in found.items()})
    is_ours = "方案" in given.tables and given.plan.get("格式") == MARK
    return given if is_ours and "分项" in given.tables else None


def begins(cells: tuple[str, ...]) -> bool:
    """Tell whether a row holds the headings of a table behind the official one."""
    return _trimmed(cells) in HEADINGS.values()


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
