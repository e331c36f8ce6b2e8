"""Rows to a draft of the registry, and every cell that was filled, changed or dropped on the way.

The wording stays as printed. Of a content, only the white space around its lines goes, and a full stop and
a space begin a new line, as where the printed cell began a paragraph.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chengguo import wording
from chengguo.errors import Refused
from chengguo.importing.columns import Columns, folded, recognise
from chengguo.importing.grids import Row
from chengguo.language import _

_HEADING = re.compile(r"《(?P<plan>[^《》]+)》(?P<table>.*)")
_SECTION = re.compile(r"[(（]?(?P<id>[一二三四五六七八九十]{1,4})[)）、.．]\s*(?P<title>\S.*)", re.DOTALL)  # noqa: RUF001 - as printed
_TASK = re.compile(r"(?P<id>[1-9][0-9]{0,8})(?:[.．、]|(?=\D))\s*(?P<title>\D.*)", re.DOTALL)  # noqa: RUF001 - as printed
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_DITTO = frozenset({"同上", "〃", "″", '"'})
_NOBODY = frozenset({"无", "—", "-", "--", "/", "——"})
_PARTS = re.compile(r"[、,，;；\n](?![^(（]*[)）])")  # not those inside a pair of brackets
_NOT_A_NAME = re.compile(r"会同|牵头|负责|等$|等部门|等单位|[及：:()（）]")


class Doubt(NamedTuple):
    """What was not certain of a cell: the line its row begins on, its column from 1, and why."""

    line: int
    column: int
    why: str


class DraftItem(NamedTuple):
    """A row as it will be written."""

    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: str
    line: int


class DraftTask(NamedTuple):
    """A task and its rows so far."""

    id: int
    section: str
    title: str
    items: list[DraftItem]


class Draft(NamedTuple):
    """All that will be written, and what was doubtful. Departments: each name as first written."""

    plan: str
    table: str
    sections: dict[str, str]
    tasks: list[DraftTask]
    departments: dict[str, str]
    doubts: list[Doubt]

    @property
    def items(self) -> list[DraftItem]:
        """Every row, in order."""
        return [item for task in self.tasks for item in task.items]


def draft(rows: Iterable[Row], known: dict[str, str], title: str | None) -> Draft:
    """Make the draft of a table; ``known`` are the header words. Raises ``Refused`` where there is none."""
    above: list[str] = []
    reader: _Reader | None = None
    for row in rows:
        columns = recognise(row.cells, known)
        if columns and reader is None:
            reader = _Reader(_named(above, title))
        if columns and reader:
            reader.header(row, columns)
        elif reader:
            reader.row(row)
        else:
            above.append("".join("".join(row.cells).split()))
    if reader is None or not reader.draft.tasks:
        raise Refused(
            _("no table with columns that are known was found"),
            _("Name its columns: --map 列名=lead, --map 列名=schedule, --map 列名=content."),
        )
    return reader.finished()


def _named(above: list[str], title: str | None) -> Draft:
    """Take the names of plan and table from what stands above the table, or from the command line."""
    found = _HEADING.search("".join(above))
    plan = title or (found["plan"] if found else "")
    if not plan:
        raise Refused(_("the table has no heading"), _("Give the title of the plan: --title 行动方案"))
    return Draft(plan, found["table"] if found else "", {}, [], {}, [])


class _Reader:
    """Reads the rows of one table; what a row leaves empty comes from the row above."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.columns: Columns = {}
        self.section = ""
        self.current = Row(1, ())

    def header(self, row: Row, columns: Columns) -> None:
        """Take a header; every page repeats it. A column that is not known is told, once."""
        if columns != self.columns:
            self.columns, self.current = columns, row
            for place, cell in enumerate(row.cells):
                if cell and place not in columns.values():
                    why = _("the column '{name}' is left out").format(name=folded(cell))
                    self.draft.doubts.append(Doubt(row.line, place + 1, why))

    def row(self, row: Row) -> None:
        """Take a row: a blank one, a section's, or an item's."""
        self.current = row
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1 and (found := _SECTION.fullmatch(filled[0])):
            self.section = found["id"]
            self.draft.sections.setdefault(self.section, _line(found["title"]))
            if self.draft.sections[self.section] != _line(found["title"]):
                raise Refused(
                    _("line {line}: two sections are numbered {id}").format(line=row.line, id=found["id"])
                )
        elif len(filled) == 1:
            self.doubt(None, _("the row is left out: '{text}'").format(text=_line(filled[0])))
        elif filled:
            self.item()

    def item(self) -> None:
        """Take an item, and the task that it belongs to."""
        task = self.task()
        before = self.draft.items[-1] if self.draft.tasks else None
        lead = self.names("lead", before)
        schedule = self.schedule(before)
        content = _content(self.cell("content")) or task.title
        if not lead or not schedule:
            self.doubt("schedule" if lead else "lead", _("the row is left out: it does not say who or when"))
            return
        support = tuple(
            name for name in self.names("support", before) if name not in lead or self.twice(name)
        )
        if not task.items:
            self.draft.tasks.append(task)
        task.items.append(DraftItem(content, lead, support, schedule, self.current.line))

    def task(self) -> DraftTask:
        """Find the task of the row: a page break repeats its cell or empties it, as a tall cell does."""
        number, title = self.cell("number"), _line(self.cell("title"))
        if not number and (found := _TASK.fullmatch(title)):
            number, title = found["id"], found["title"]
        last = self.draft.tasks[-1] if self.draft.tasks else None
        same_title = not title or folded(title) in _DITTO or bool(last and title == last.title)
        same_number = not number or folded(number) in _DITTO or bool(last and number == str(last.id))
        has_task = "title" in self.columns or "number" in self.columns
        if last and same_title and same_number and has_task and last.section == self.section_id():
            return last
        if last and ((same_title and not title) or folded(title) in _DITTO):
            title = last.title if "title" in self.columns else ""
        return DraftTask(self.number(number), self.section_id(), title or _line(self.cell("content")), [])

    def number(self, written: str) -> int:
        """Give a task its number: the printed one, else the next."""
        used = {task.id for task in self.draft.tasks}
        following = max(used, default=0) + 1
        number = folded(written).rstrip(".、")
        if not _NUMBER.fullmatch(number) or int(number) in used:
            self.doubt("number", _("the task has no number of its own; it gets {id}").format(id=following))
            return following
        if int(number) != following:
            self.doubt("number", _("task {id} follows task {last}").format(id=number, last=following - 1))
        return int(number)

    def section_id(self) -> str:
        """Give the section in hand; a table without sections gets one, named after itself."""
        if not self.section:
            self.section = "一"
            self.draft.sections["一"] = self.draft.table or self.draft.plan
            self.doubt(None, _("the table has no sections; all is put into one"))
        return self.section

    def schedule(self, before: DraftItem | None) -> str:
        """Give the words of the schedule; what cannot be read in one way is doubtful, and stays."""
        words = _line(self.cell("schedule"))
        if not words or folded(words) in _DITTO:
            if not words and before:
                self.doubt("schedule", _("the cell is empty; taken from the row above"))
            return before.schedule if before else ""
        if doubt := wording.read(words).doubt:
            self.doubt("schedule", f"'{words}': {doubt}")
        return words

    def names(self, role: str, before: DraftItem | None) -> tuple[str, ...]:
        """Give the departments of a cell, in its order, each as it was first written."""
        cell = self.cell(role)
        if not cell or folded(cell) in _DITTO:
            if not cell and role == "lead" and before:
                self.doubt(role, _("the cell is empty; taken from the row above"))
            above = () if before is None else before.lead if role == "lead" else before.support
            return above if cell or role == "lead" else ()
        if folded(cell) in _NOBODY:
            return ()
        found: dict[str, None] = {}
        for name in filter(None, (_line(part).rstrip("。") for part in _PARTS.split(cell))):
            registered = self.draft.departments.setdefault(folded(name), name)
            if registered in found:
                self.twice(registered)
            elif _NOT_A_NAME.search(name) and not name.startswith("各"):
                self.doubt(role, _("'{name}' may be more than a name").format(name=name))
            found[registered] = None
        return tuple(found)

    def twice(self, name: str) -> bool:
        """Tell that a department stands in the row twice; it is kept where it stands first."""
        self.doubt(None, _("'{name}' stands twice in the row; the second is left out").format(name=name))
        return False

    def cell(self, field: str) -> str:
        """Give the cell of a field in the row in hand, empty where there is none."""
        place = self.columns.get(field, len(self.current.cells))
        return self.current.cells[place] if place < len(self.current.cells) else ""

    def doubt(self, field: str | None, why: str) -> None:
        """Note a doubt about the row in hand."""
        column = self.columns.get(field, 0) if field else 0
        self.draft.doubts.append(Doubt(self.current.line, column + 1, why))

    def finished(self) -> Draft:
        """Give the draft, without the departments and sections that no row kept."""
        draft = self.draft
        sections = {task.section for task in draft.tasks}
        named = {name for item in draft.items for name in item.lead + item.support}
        for section in [each for each in draft.sections if each not in sections]:
            del draft.sections[section]
            self.doubt(None, _("section {id} has no task; it is left out").format(id=section))
        for key in [key for key, name in draft.departments.items() if name not in named]:
            del draft.departments[key]
        return draft


def _line(text: str) -> str:
    """Put a cell on one line: a line break inside it is the typesetter's."""
    return "".join(line.strip() for line in text.splitlines())


def _content(text: str) -> str:
    lines = re.sub(r"(?<=。)[ \u3000]+", "\n", text).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))
