"""Which section and which task a row belongs to, and the numbers of both."""

from collections.abc import Callable
from itertools import chain, count

from chengguo.importing import cells, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Draft, DraftTask
from chengguo.language import _
from chengguo.schedules.grammar import number as value_of
from chengguo.schedules.plain import is_ditto
from chengguo.text.widths import folded

Tell = Callable[[str | None, str], None]  # of the field of a cell, or of none: what is doubtful of it


class Outline:
    """Follows the sections and tasks of a table from row to row."""

    def __init__(self, draft: Draft, doubt: Tell, *, is_list: bool) -> None:
        """Begin before the first section of a draft."""
        self.draft = draft
        self.doubt = doubt
        self.is_list = is_list
        self.section = ""
        self.parent: tuple[str, str] | None = None  # the number and title of a row over 1.1, 1.2, …
        self.numbers: set[int] = set()  # of tasks, and the highest of them
        self.highest = 0

    def begin(self, number: str, title: str) -> None:
        """Begin a section; where another has the number, it gets the next."""
        sections = self.draft.sections
        if sections.get(number, title) != title:
            numbers = chain(range(1, 100), count(max(100, len(sections) + 1)))
            free = next(key for key in map(row_kinds.chinese, numbers) if sections.get(key, title) == title)
            why = _("two sections are numbered {id}; this one gets {free}")
            self.doubt(None, why.format(id=number, free=free))
            number = free
        self.section, self.parent = number, None
        sections[number] = title

    def titled(self, title: str) -> None:
        """Begin the section that a column names, unless it is the one in hand."""
        found = row_kinds.SECTION.fullmatch(title)
        name = cells.line(found["title"]) if found else title
        if self.draft.sections.get(self.section) != name:
            known = {text: key for key, text in self.draft.sections.items()}
            number = known.get(name) or (found["id"] if found else row_kinds.chinese(len(known) + 1))
            self.begin(number, name)

    def task(self, columns: Columns, number: str, title: str, content: str) -> DraftTask:
        """Find the task of the row: a page break repeats its cell or empties it, as a tall cell does."""
        title = cells.line(title)
        dotted = row_kinds.DOTTED.fullmatch(folded(number))
        if dotted and self.parent and folded(self.parent[0]).strip(".、") == dotted["task"]:
            number, title = self.parent
        else:
            self.parent = None
        if not number and (found := row_kinds.TASK.fullmatch(title)):
            number, title = found["id"], found["title"]
        elif found := row_kinds.SECTION.fullmatch(title):
            title = found["title"]
        last = self.draft.tasks[-1] if self.draft.tasks else None
        same_title = not title or is_ditto(title) or bool(last and title == last.title)
        same_number = not number or is_ditto(number) or bool(last and number == str(last.id))
        has_task = "title" in columns or "number" in columns
        if last and same_title and same_number and has_task and last.section == self.section_id():
            return last
        if last and not title and number and not same_number and "title" in columns and not self.is_list:
            self.doubt("title", _("the cell is empty; taken from the row above"))
        if last and ((same_title and not title) or is_ditto(title)):
            title = last.title if "title" in columns else ""
        title = title or cells.line(content)
        return DraftTask(self.number(columns, number), self.section_id(), title, [])

    def number(self, columns: Columns, written: str) -> int:
        """Return the number of a task: the printed one, else the next."""
        following = self.highest + 1
        number = folded(written).strip("()（）.、")
        if row_kinds.SECTION_NUMBER.fullmatch(number):
            number = str(value_of(number))  # 一, as 1
        if not number and "number" not in columns and not self.is_list:
            if following == 1:
                self.doubt(None, _("the tasks have no numbers; they are numbered in order"))
            return following
        if not row_kinds.NUMBER.fullmatch(number) or int(number) in self.numbers:
            why = _("the task has no number of its own; it gets {id}").format(id=following)
            self.doubt("number", cells.about(written, why) if written else why)
            return following
        if int(number) != following:
            first, later = _("the first task has the number {id}"), _("task {id} follows task {last}")
            why = later if self.numbers else first
            self.doubt("number", why.format(id=number, last=following - 1))
        return int(number)

    def section_id(self) -> str:
        """Return the section in hand; a table without sections gets one, named after itself."""
        if not self.section:
            self.section = "一"
            self.draft.sections["一"] = self.draft.heading.table or self.draft.heading.plan
            self.draft.notes.append(_("the table has no sections; all is put into one"))
        return self.section

    def add(self, task: DraftTask) -> None:
        """Take a task that has its first row."""
        self.draft.tasks.append(task)
        self.numbers.add(task.id)
        self.highest = max(self.highest, task.id)

    def take_back(self) -> None:
        """Forget the last row, and a task that has no other."""
        task = self.draft.tasks[-1]
        del task.items[-1]
        if not task.items:
            del self.draft.tasks[-1]
            self.numbers.discard(task.id)
            self.highest = max(self.numbers, default=0)
