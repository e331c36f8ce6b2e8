"""Which section and which task a row belongs to, and the numbers of both."""

from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import NamedTuple

from chengguo.importing import cells, numbering, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Doubt, Draft, DraftSection, DraftTask
from chengguo.importing.numbering import Address, Numbering
from chengguo.importing.row_kinds import Heading
from chengguo.language import _
from chengguo.registry.sections import WITHIN
from chengguo.schedules.grammar import number as value_of
from chengguo.schedules.plain import is_ditto
from chengguo.text.numerals import chinese

Tell = Callable[[str | None, str], None]  # of the field of a cell, or of none: what is doubtful of it
About = Callable[[int, str], Doubt]  # of the cell at a place: what is doubtful of it, to be told or not

_MOST_LEVELS = 2
_COUNTED = 100  # numbers that are tried in order before one beyond all


class _Level(NamedTuple):
    """A section in hand: the form of its number, and its id."""

    form: str
    id: str


class Parent(NamedTuple):
    """A row over 1.1, 1.2, …: its number and title, and the task that it became; 0 before the first."""

    number: str
    title: str
    task: int = 0


class Outline:
    """Follows the sections and tasks of a table from row to row."""

    def __init__(self, draft: Draft, doubt: Tell, about: About, *, is_list: bool) -> None:
        """Begin before the first section of a draft."""
        self.draft = draft
        self.doubt = doubt
        self.is_list = is_list
        self.about = about
        self.begun: dict[str, Doubt] = {}  # of each section, at its first row: that it has no task
        self.levels: list[_Level] = []  # the section in hand, behind that which it is a part of
        self.parent: Parent | None = None
        self.numbering = Numbering()
        self.as_printed: set[str] = set()  # numbers of tasks and addresses of items that are so in the table
        self.wanted = self.printed = ""  # the number of the row in hand, and of the last task, as printed
        self.is_unnamed = False  # tasks stand in a section that the table does not name
        self.numbers: set[int] = set()  # of tasks, and the highest of them
        self.highest = 0

    def begin(self, heading: Heading) -> None:
        """Begin a section; it is a part of the one in hand if that is numbered in a form above its own.

        Where another has the number, it gets the next. One below the second level is a section of that, with
        the title of the one above before its own.
        """
        self.parent = None
        del self.levels[self.depth_of(heading.form) :]
        upper, above = (self.levels[place].id if self.levels else "" for place in (0, -1))
        section = DraftSection(heading.title, upper)
        if len(self.levels) >= _MOST_LEVELS:
            section = section._replace(title=f"{self.draft.sections[above].title}{WITHIN}{heading.title}")
            why = _("sections have two levels; this one bears the title of the one above, too: '{title}'")
            self.doubt(None, why.format(title=section.title))
        wanted = self.key(above, heading.number)
        key = next(
            each for each in self.keys(above, wanted) if self.draft.sections.get(each, section) == section
        )
        if heading.number and key != wanted:
            why = _("two sections are numbered {id}; this one gets {free}")
            self.doubt(None, why.format(id=wanted, free=key))
        self.take(key, section)
        self.levels.append(_Level(heading.form, key))

    def depth_of(self, form: str) -> int:
        """Return at which depth a section of that form begins: where one of it stands, or under those above.

        A headline without a number is over numbers that follow it at once.
        """
        forms = [level.form for level in self.levels]
        if form in forms:
            return forms.index(form)
        rank = row_kinds.FORMS.index
        is_begun = bool(self.draft.tasks) and self.draft.tasks[-1].section == self.section
        below = [
            depth
            for depth, each in enumerate(forms)
            if rank(each) > rank(form) and (each != "plain" or is_begun)
        ]
        return below[0] if below else len(forms)

    def key(self, above: str, number: str) -> str:
        """Return the id of a section that is printed with a number, below the one with the id ``above``."""
        return (
            f"{above}.{value_of(number)}" if above and row_kinds.SECTION_NUMBER.fullmatch(number) else number
        )

    def keys(self, above: str, wanted: str) -> Iterator[str]:
        """Return the ids that a section may have: the one that is printed, then those in order."""
        if wanted:
            yield wanted
        for number in chain(range(1, _COUNTED), count(max(_COUNTED, len(self.draft.sections) + 1))):
            yield f"{above}.{number}" if above else chinese(number)

    def titled(self, *titles: str) -> None:
        """Begin the sections that columns name, the upper one first; an empty cell stands under one above."""
        before, parent = self.section, self.parent
        if len(titles) == 1 and row_kinds.heading(titles[0]):
            titles = tuple(
                titles[0].split(WITHIN, _MOST_LEVELS - 1)
            )  # as an export of ours writes both in one
        for form, title in zip(("column", "lower column"), titles, strict=False):
            found = row_kinds.heading(title) or Heading(form, "", title)
            if title and not (len(titles) == 1 and self.is_in_hand(form, found.title)):
                self.begin(found._replace(form=form))
        if self.section == before:
            self.parent = parent

    def is_in_hand(self, form: str, title: str) -> bool:
        """True if the section of a column has not ended yet: rows of it repeat its name."""
        return any(each.form == form and self.draft.sections[each.id].title == title for each in self.levels)

    @property
    def begins_with_column(self) -> bool:
        """True if the upper section in hand is one that a column names."""
        return bool(self.levels) and self.levels[0].form == "column"

    @property
    def section(self) -> str:
        """The id of the section in hand, empty before the first."""
        return self.levels[-1].id if self.levels else ""

    def task(self, columns: Columns, number: str, title: str, content: str) -> DraftTask:
        """Find the task of the row: a page break repeats its cell or empties it, as a tall cell does."""
        title, number = cells.line(title), number.lstrip("0") or number  # 01, as 1
        last = self.draft.tasks[-1] if self.draft.tasks else None
        if self.parent and row_kinds.is_under(number, self.parent.number):
            if last and last.id == self.parent.task:
                return last
            made = DraftTask(
                self.number(columns, self.parent.number), self.section_id(), self.parent.title, []
            )
            self.parent = self.parent._replace(task=made.id)
            return made
        self.parent = None
        if self.numbering.kind == "items" and (address := numbering.address(number)):
            return self.addressed(columns, address, title, content)
        if not number and (found := row_kinds.TASK.fullmatch(title)):
            number, title = found["id"], found["title"]
        elif heading := row_kinds.heading(title):
            title = heading.title
        same_title = not title or is_ditto(title) or bool(last and title == last.title)
        same_number = not number or is_ditto(number) or bool(last and number == str(last.id))
        has_task = "title" in columns or "number" in columns
        if last and same_title and same_number and has_task and last.section == self.section_id():
            return last
        if last and not title and number and not same_number and "title" in columns and not self.is_list:
            self.doubt("title", _("the cell is empty; taken from the row above"))
        if last and self.is_part(columns, number, last):
            self.doubt("number", _("it has the number of the row above, and is a part of its task"))
            return last
        self.wanted = number
        if last and ((same_title and not title) or is_ditto(title)):
            title = last.title if "title" in columns else ""
        title = title or cells.line(content)
        return DraftTask(self.number(columns, number), self.section_id(), title, [])

    def addressed(self, columns: Columns, address: Address, title: str, content: str) -> DraftTask:
        """Find the task of a row that is numbered as its item; without a title it bears its section's."""
        self.as_printed.add(str(address.task))
        last = self.draft.tasks[-1] if self.draft.tasks else None
        if last and last.id == address.task:
            return last
        has_title, section = {"title", "content"} <= columns.places.keys(), self.section_id()
        if has_title and last and (not title or is_ditto(title)):
            title = last.title
        elif not has_title and address.task in self.numbering.single:
            title = title or cells.line(content)
        elif not has_title or not title:
            title = self.draft.sections[section].title
            why = _("task {id} has no title of its own; it bears that of its section: '{title}'")
            self.doubt("number", why.format(id=address.task, title=title))
        return DraftTask(address.task, section, title, [])

    @property
    def is_numbered_under(self) -> bool:
        """True if the row in hand is an item of a task that another row, or none, has the title of."""
        return self.parent is not None or self.numbering.kind == "items"

    def item_number(self, task: DraftTask, written: str) -> int:
        """Return the number of the next item of a task: the printed one, where rows are numbered under it."""
        used = [item.number for item in task.items]
        following = max(used, default=0) + 1
        printed = self.last_number(written)
        if printed in used and (meant := numbering.with_zero(printed, used[-1])) != printed:
            why = _("{number} behind {last} is {meant}, whose zero the sheet has cut")
            before = f"{task.id}.{used[-1]}"
            self.doubt("number", why.format(number=written, last=before, meant=f"{task.id}.{meant}"))
            printed = meant
        if not printed or printed in used:
            return following
        self.as_printed.add(f"{task.id}.{printed}")
        return printed

    def last_number(self, written: str) -> int:
        """Return the number of an item in its task, where rows are numbered under tasks; else 0."""
        if self.parent:
            return row_kinds.number_under(written, self.parent.number)
        address = numbering.address(written) if self.numbering.kind == "items" else None
        return address.item if address else 0

    def is_part(self, columns: Columns, number: str, last: DraftTask) -> bool:
        """True if a row is a part of the last task: a merged cell numbers both, and one cell says what."""
        is_same = number == self.printed and row_kinds.NUMBER.fullmatch(number) is not None
        return is_same and "content" not in columns and last.section == self.section_id()

    def number(self, columns: Columns, written: str) -> int:
        """Return the number of a task: the printed one, else the next."""
        following = self.highest + 1
        number = row_kinds.bare_number(written)
        if row_kinds.SECTION_NUMBER.fullmatch(number):
            number = str(value_of(number))  # 一, as 1
        if not number and "number" not in columns and not self.is_list:
            if following == 1:
                self.doubt(None, _("the tasks have no numbers; they are numbered in order"))
            return following
        if not row_kinds.NUMBER.fullmatch(number) or int(number) in self.numbers:
            is_other = bool(number) and not row_kinds.NUMBER.fullmatch(number)
            other = _("no whole number, as tasks have here; it becomes {id}, by which it is reported on")
            why = other if is_other else _("the task has no number of its own; it gets {id}")
            why = why.format(id=following)
            if not (is_other and self.numbering.kind == "own"):
                self.doubt("number", cells.about(written, why) if written else why)
            return following
        if int(number) != following:
            first, later = _("the first task has the number {id}"), _("task {id} follows task {last}")
            why = later if self.numbers else first
            self.doubt("number", why.format(id=number, last=following - 1))
        self.as_printed.add(str(int(number)))
        return int(number)

    def section_id(self) -> str:
        """Return the section in hand; a table without sections gets one, named after itself."""
        if not self.section:
            self.levels.append(_Level("plain", "一"))
            self.take("一", DraftSection(self.draft.heading.table or self.draft.heading.plan))
            self.is_unnamed = True
        return self.section

    def take(self, key: str, section: DraftSection) -> None:
        """Take a section that begins at the row in hand."""
        self.draft.sections[key] = section
        why = _("section {id} has no task; it is left out: '{title}'").format(id=key, title=section.title)
        self.begun.setdefault(key, self.about(0, why))

    def add(self, task: DraftTask) -> None:
        """Take a task that has its first row."""
        self.draft.tasks.append(task)
        self.printed = self.wanted
        self.numbers.add(task.id)
        self.highest = max(self.highest, task.id)

    def take_back(self) -> None:
        """Forget the last row, and a task that has no other."""
        task = self.draft.tasks[-1]
        del task.items[-1]
        if not task.items:
            del self.draft.tasks[-1]
            self.printed = ""
            self.numbers.discard(task.id)
            self.highest = max(self.numbers, default=0)
