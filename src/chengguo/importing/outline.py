"""Which section and which task a row belongs to, and the numbers of both."""

from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import NamedTuple

from chengguo.importing import cells, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Doubt, Draft, DraftSection, DraftTask
from chengguo.importing.row_kinds import Heading
from chengguo.language import _
from chengguo.registry.sections import WITHIN
from chengguo.schedules.grammar import number as value_of
from chengguo.schedules.plain import is_ditto
from chengguo.text.numerals import chinese
from chengguo.text.widths import folded

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
            is_other = bool(number) and not row_kinds.NUMBER.fullmatch(number)
            other = _("no whole number, as tasks have here; it becomes {id}, by which it is reported on")
            why = other if is_other else _("the task has no number of its own; it gets {id}")
            why = why.format(id=following)
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
            self.levels.append(_Level("plain", "一"))
            self.take("一", DraftSection(self.draft.heading.table or self.draft.heading.plan))
            self.draft.notes.append(_("the table has no sections; all is put into one"))
        return self.section

    def take(self, key: str, section: DraftSection) -> None:
        """Take a section that begins at the row in hand."""
        self.draft.sections[key] = section
        why = _("section {id} has no task; it is left out: '{title}'").format(id=key, title=section.title)
        self.begun.setdefault(key, self.about(0, why))

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
