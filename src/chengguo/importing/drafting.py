"""Rows to a draft of the registry, and every cell that was filled, changed or dropped on the way.

The wording stays as printed. Of a content, only the white space around its lines goes, and a full stop and
a space begin a new line, as where the printed cell began a paragraph. Where a cell of departments says more
than their names, its words are kept beside them.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from chengguo import parties, wording
from chengguo.errors import Refused
from chengguo.importing import headings, paragraphs
from chengguo.importing.columns import Columns, folded, recognise
from chengguo.importing.headings import Heading
from chengguo.importing.rows import Row
from chengguo.language import _
from chengguo.parties import Parties, Unit

_SECTION = re.compile(r"[(（]?(?P<id>[一二三四五六七八九十]{1,4})[)）、.．]\s*(?P<title>\S.*)", re.DOTALL)  # noqa: RUF001 - as printed
_TASK = re.compile(r"(?P<id>[1-9][0-9]{0,8})(?:[.．、]|(?=\D))\s*(?P<title>\D.*)", re.DOTALL)  # noqa: RUF001 - as printed
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_NO_SCHEDULE = "未载明"  # the file format asks for a wording
_SENTENCE_ENDS = tuple("。；;！!.…)）”")
_DITTO = frozenset({"同上", "〃", "″", '"'})
_FIRST_LEADS = re.compile("(?:第一|首)(?:位|个|家)?.{0,12}(?:为|是)?牵头")
_SEPARATORS = re.compile(r"[\s、,，;；。/]+")


class Doubt(NamedTuple):
    """What was not certain of a cell: the line its row begins on, its column from 1, and why.

    ``table`` names the sheet or counts the table, where a file has several.
    """

    line: int
    column: int
    why: str
    table: str = ""


class DraftItem(NamedTuple):
    """A row as it will be written. ``printed`` holds the cells of departments that say more than names."""

    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: str
    line: int
    printed: tuple[str, ...] = ()


class DraftTask(NamedTuple):
    """A task and its rows so far."""

    id: int
    section: str
    title: str
    items: list[DraftItem]


class Draft(NamedTuple):
    """All that will be written, and what was doubtful. ``departments`` are known by their folded names."""

    heading: Heading
    sections: dict[str, str]
    tasks: list[DraftTask]
    departments: dict[str, Unit]
    doubts: list[Doubt]

    @property
    def items(self) -> list[DraftItem]:
        """Every row, in order."""
        return [item for task in self.tasks for item in task.items]


def draft(rows: Iterable[Row], known: dict[str, str], title: str | None) -> Draft:
    """Make the draft of a table; ``known`` are the header words. Raises ``Refused`` where there is none."""
    rows, is_list = tuple(rows), False
    if not any(recognise(row.cells, known) for row in rows) and not any(
        _in_two_rows(above.cells, below.cells, known) for above, below in pairwise(rows)
    ):
        rows, is_list = tuple(paragraphs.rows(rows)), True
    above: list[str] = []
    reader: _Reader | None = None
    before: tuple[str, ...] = ()
    for row in rows:
        columns = recognise(row.cells, known) or _in_two_rows(before, row.cells, known)
        before = row.cells
        if columns and reader is None:
            reader = _Reader(_empty(above, title), is_list=is_list)
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


def _in_two_rows(above: tuple[str, ...], cells: tuple[str, ...], known: dict[str, str]) -> Columns | None:
    """Recognise a header whose second row names what stands under 责任分工."""
    if len(above) != len(cells) or not any(folded(cell) in known for cell in cells):
        return None
    return recognise(tuple(low or high for high, low in zip(above, cells, strict=True)), known)


def _empty(above: list[str], title: str | None) -> Draft:
    heading = headings.read(above, title)
    if not heading.plan:
        raise Refused(_("the table has no heading"), _("Give the title of the plan: --title 行动方案"))
    return Draft(heading, {}, [], {}, [])


class _Reader:
    """Reads the rows of a table, or of several; what a row leaves empty comes from the row above.

    Of a list of paragraphs, which has no merged cells, nothing does.
    """

    def __init__(self, draft: Draft, *, is_list: bool) -> None:
        self.draft = draft
        self.is_list = is_list
        self.columns: Columns = {}
        self.section = ""
        self.current = Row(1, ())
        self.first_leads = False

    def header(self, row: Row, columns: Columns) -> None:
        """Take a header; every page repeats it. A column that is not known is told, once."""
        if columns != self.columns:
            self.columns, self.current = columns, row
            for place, cell in enumerate(row.cells):
                if cell and place not in columns.values():
                    why = _("the column '{name}' is left out").format(name=folded(cell))
                    self.draft.doubts.append(Doubt(row.line, place + 1, why, row.table))

    def row(self, row: Row) -> None:
        """Take a row: a blank one, a section's, a note, or an item's."""
        self.current = row
        filled = [cell for cell in row.cells if cell]
        if self.goes_on(filled):
            return
        self.shift()
        if len(filled) == 1 and (found := _SECTION.fullmatch(filled[0])):
            self.begin(found["id"], _line(found["title"]))
        elif len(filled) == 1 and self.is_note(filled[0]):
            if _FIRST_LEADS.search(filled[0]):
                self.first_leads = True
                self.doubt(
                    None, _("the first department of a row leads, for: '{text}'").format(text=filled[0])
                )
            else:
                self.doubt(None, _("the row is left out: '{text}'").format(text=_line(filled[0])))
        elif filled:
            self.item()

    def goes_on(self, filled: list[str]) -> bool:
        """Join a row that has only a content to one whose content breaks off: a page cut it."""
        last = self.draft.tasks[-1].items[-1] if self.draft.tasks else None
        text = _content(self.cell("content"))
        if last is None or len(filled) != 1 or not text or last.content.endswith(_SENTENCE_ENDS):
            return False
        self.draft.tasks[-1].items[-1] = last._replace(content=last.content + text)
        self.doubt("content", _("joined to the row above, which breaks off"))
        return True

    def shift(self) -> None:
        """Move a row to the right that lacks the cells which a merged one covers, where only so it reads."""
        cells = self.current.cells
        end = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
        missing = max(self.columns.values()) + 1 - end
        if missing <= 0 or not {"number", "title"} & set(self.columns) or self.reads(cells):
            return
        moved = ("",) * missing + cells[:end]
        if self.reads(moved):
            self.current = self.current._replace(cells=moved)
            self.doubt(
                None, _("the row lacks {count} cells on the left; it is read so").format(count=missing)
            )

    def reads(self, cells: tuple[str, ...]) -> bool:
        """Tell whether the cells of a row are what their columns say: names, and a schedule or nothing."""
        who, when = (self.columns.get(field, -1) for field in ("lead", "schedule"))
        names = cells[who] if 0 <= who < len(cells) else ""
        words = cells[when] if 0 <= when < len(cells) else ""
        understood = not words or wording.read(words, self.draft.heading.context).is_understood
        return bool(names) and not parties.read(names).doubts and understood

    def is_note(self, text: str) -> bool:
        """Tell whether the only filled cell of a row is no content of an item with the cells above it."""
        return self.cell("content") != text or not self.draft.tasks

    def begin(self, number: str, title: str) -> None:
        """Begin a section; two of one number with other titles are refused."""
        self.section = number
        if self.draft.sections.setdefault(number, title) != title:
            message = _("line {line}: two sections are numbered {id}")
            raise Refused(message.format(line=self.current.line, id=number))

    def item(self) -> None:
        """Take an item, and the task that it belongs to."""
        if title := _line(self.cell("section")):
            self.titled(title)
        task = self.task()
        before = self.draft.items[-1] if self.draft.tasks else None
        said = self.said("lead", before)
        helped = self.said("support", before)
        if before and not self.cell("lead") and not self.cell("support") and "support" in self.columns:
            # A merged cell of the one column, and beside it one of the other.
            above = tuple(self.draft.departments[folded(name)] for name in before.support)
            helped = helped._replace(support=above)
        lead = self.registered(said.lead)
        support = self.registered(said.support + helped.lead + helped.support)
        lead, support = self.apart(lead, support)
        schedule = self.schedule(before, said.schedule or helped.schedule)
        content = _content(self.cell("content")) or task.title
        if not lead:
            self.doubt("lead", _("the row is left out: it does not say who"))
            return
        if not task.items:
            self.draft.tasks.append(task)
        item = DraftItem(content, lead, support, schedule, self.current.line, self.printed(said, helped))
        task.items.append(item)

    def titled(self, title: str) -> None:
        """Begin the section that a column names, unless it is the one in hand."""
        found = _SECTION.fullmatch(title)
        name = _line(found["title"]) if found else title
        if self.draft.sections.get(self.section) != name:
            known = {text: key for key, text in self.draft.sections.items()}
            self.begin(known.get(name) or (found["id"] if found else _chinese(len(known) + 1)), name)

    def task(self) -> DraftTask:
        """Find the task of the row: a page break repeats its cell or empties it, as a tall cell does."""
        number, title = self.cell("number"), _line(self.cell("title"))
        if not number and (found := _TASK.fullmatch(title)):
            number, title = found["id"], found["title"]
        elif found := _SECTION.fullmatch(title):
            title = found["title"]
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
        number = folded(written).strip("()（）.、")
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
            self.draft.sections["一"] = self.draft.heading.table or self.draft.heading.plan
            self.doubt(None, _("the table has no sections; all is put into one"))
        return self.section

    def schedule(self, before: DraftItem | None, said: str | None) -> str:
        """Give the words of the schedule; what cannot be read in one way is doubtful, and stays."""
        words = _line(self.cell("schedule"))
        if words and folded(words) not in _DITTO:
            said = words
        elif before and not said and not self.is_list:
            if not words:
                self.doubt("schedule", _("the cell is empty; taken from the row above"))
            return before.schedule
        if not said:
            self.doubt(
                "schedule",
                _("no schedule is printed; {words} stands in its place").format(words=_NO_SCHEDULE),
            )
            return _NO_SCHEDULE
        if doubt := wording.read(said, self.draft.heading.context).doubt:
            self.doubt("schedule", f"'{said}': {doubt}")
        return said

    def said(self, role: parties.Role, before: DraftItem | None) -> Parties:
        """Read a cell of departments; an empty one, or one as above, takes those of the row above."""
        cell = self.cell(role)
        found = parties.read(cell, role)
        for why in found.doubts:
            self.doubt(role, why)
        if found.is_ditto or (not cell and role == "lead"):
            if before and not cell:
                self.doubt(role, _("the cell is empty; taken from the row above"))
            names = () if before is None else before.lead if role == "lead" else before.support
            units = tuple(self.draft.departments[folded(name)] for name in names)
            return found._replace(lead=units) if role == "lead" else found._replace(support=units)
        return found

    def registered(self, units: tuple[Unit, ...]) -> tuple[str, ...]:
        """Give the names of units as they were first written, registering those that are new."""
        register = self.draft.departments
        names = []
        for unit in units:
            known = register.setdefault(folded(unit.name), unit)
            aliases = [alias for alias in unit.aliases if folded(alias) not in register]
            if new := [alias for alias in aliases if alias not in known.aliases]:
                known = register[folded(unit.name)] = known._replace(aliases=(*known.aliases, *new))
            names.append(known.name)
        return tuple(names)

    def apart(
        self, lead: tuple[str, ...], support: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keep each department once, where it stands first."""
        kept: dict[str, None] = {}
        for name in lead + support:
            if name in kept:
                why = _("'{name}' stands twice in the row; the second is left out")
                self.doubt(None, why.format(name=name))
            kept[name] = None
        leading = tuple(dict.fromkeys(lead))
        return leading, tuple(name for name in dict.fromkeys(support) if name not in leading)

    def printed(self, said: Parties, helped: Parties) -> tuple[str, ...]:
        """Give the cells whose words are more than the names that were read from them."""
        kept = []
        for role, found in (("lead", said), ("support", helped)):
            cell = _line(self.cell(role))
            names = [unit.name for unit in found.lead + found.support]
            if (
                cell
                and names
                and not found.is_ditto
                and _SEPARATORS.sub("、", folded(cell))
                != "、".join(_SEPARATORS.sub("、", folded(name)) for name in names)
            ):
                kept.append(cell)
        return tuple(kept)

    def cell(self, field: str) -> str:
        """Give the cell of a field in the row in hand, empty where there is none."""
        place = self.columns.get(field, len(self.current.cells))
        return self.current.cells[place] if place < len(self.current.cells) else ""

    def doubt(self, field: str | None, why: str) -> None:
        """Note a doubt about the row in hand."""
        column = self.columns.get(field, 0) if field else 0
        self.draft.doubts.append(Doubt(self.current.line, column + 1, why, self.current.table))

    def finished(self) -> Draft:
        """Give the draft, without the departments and sections that no row kept."""
        draft = self.draft
        if self.first_leads and "support" not in self.columns:
            for task in draft.tasks:
                task.items[:] = [_first_leads(item) for item in task.items]
        sections = {task.section for task in draft.tasks}
        named = {name for item in draft.items for name in item.lead + item.support}
        for section in [each for each in draft.sections if each not in sections]:
            del draft.sections[section]
            self.doubt(None, _("section {id} has no task; it is left out").format(id=section))
        for key in [key for key, unit in draft.departments.items() if unit.name not in named]:
            del draft.departments[key]
        return draft


def _first_leads(item: DraftItem) -> DraftItem:
    """Let the first of several lead and the rest support, as a note under the table says."""
    if item.support or len(item.lead) < 2:  # noqa: PLR2004 - several
        return item
    return item._replace(lead=item.lead[:1], support=item.lead[1:])


def _chinese(count: int) -> str:
    """Give a number up to 99 as sections are numbered: 一, 十二, 二十."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens - 1]}十"
    return head + (digits[ones - 1] if ones else "")


def _line(text: str) -> str:
    """Put a cell on one line: a line break inside it is the typesetter's."""
    return "".join(line.strip() for line in text.splitlines())


def _content(text: str) -> str:
    lines = re.sub(r"(?<=。)[ \u3000]+", "\n", text).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))
