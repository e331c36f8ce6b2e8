"""The rows of a table, one after the other, to tasks and items."""

import re
from collections.abc import Collection
from itertools import zip_longest

from chengguo.departments import bodies, roles
from chengguo.departments.cells import Departments, Role, Unit, read_cell
from chengguo.importing import cells, leaders, paragraphs, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Doubt, Draft, DraftItem
from chengguo.importing.outline import Outline
from chengguo.importing.rows import Row
from chengguo.language import _, listed
from chengguo.model import Column, Extra
from chengguo.schedules import read_schedule
from chengguo.schedules.plain import is_ditto
from chengguo.text.widths import folded

_NO_SCHEDULE = "未载明"  # the file format asks for a wording
_MOST_ABOVE = 2  # cells of a row above the header: 单位：甲局, 日期：…
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_JOINTS = {"content": "\n", "support": "、"}  # between the cells of several columns of one field


class Reader:
    """Reads the rows of a table, or of several; what a row leaves empty comes from the row above.

    Of a list of paragraphs, which has no merged cells, nothing does.
    """

    def __init__(self, draft: Draft, *, is_list: bool, dropped: Collection[str] = ()) -> None:
        """Begin with nothing but the draft that is to be filled; ``dropped`` are columns to leave out."""
        self.draft = draft
        self.dropped = {folded(name) for name in dropped}
        self.met: dict[str, None] = {}  # every column of the office's own
        self.own: dict[int, str] = {}  # the headings of the office's own columns, by their places
        self.is_list = is_list
        self.columns = Columns({}, ())
        self.outline = Outline(draft, self.doubt, is_list=is_list)
        self.current = Row(1, ())
        self.table: str | None = None  # that the last header, or a row after it, stood in
        self.read_last: Row | None = None  # that made an item
        self.first_leads = False
        self.rules = leaders.Rules()
        self.told: set[str] = set()  # columns that were told to be left out

    def above(self, rows: tuple[Row, ...], header: Row) -> None:
        """Take what stands above the first header: the section that begins there, tasks that are no rows."""
        texts = [(row, "".join(row.cells)) for row in rows if any(row.cells)]
        self.first_leads = any(roles.FIRST_LEADS.search(text) for _row, text in texts)
        self.rules = leaders.rules([text for _row, text in texts])
        for row, text in texts:
            self.current = row
            if row.note:
                self.doubt(None, row.note)
            if any(rule.search(text) for rule in roles.RULES_OF_LEADERS):
                self.doubt(None, _("the rule is applied to the rows: '{text}'").format(text=cells.line(text)))
            is_row = len([cell for cell in row.cells if cell]) > _MOST_ABOVE
            if is_row or (row.table and row.table != header.table) or paragraphs.is_task(text):
                self.leave_out()
        if texts and (found := row_kinds.SECTION.fullmatch(texts[-1][1])):
            self.outline.begin(found["id"], cells.line(found["title"]))

    def _tell_reckoned(self, headings: tuple[str, ...]) -> None:
        """Say once that reckoned columns of an export are not read: reports are, where a file has them."""
        why = _(
            "not read, for they are reckoned from the registry, which an export in .xlsx holds, and one in"
            " .docx with --restorable: {names}"
        )
        note = why.format(names=listed(headings))
        if note not in self.draft.notes:
            self.draft.notes.append(note)

    def header(self, row: Row, columns: Columns) -> None:
        """Take a header; every page repeats it. A column that is not known is told, once."""
        self.columns, self.current, self.table = columns, row, row.table
        there, reckoned = columns.own(), columns.reckoned()
        if reckoned:
            self._tell_reckoned(tuple(reckoned.values()))
        self.met |= dict.fromkeys(there.values())
        self.own = {place: each for place, each in there.items() if folded(each) not in self.dropped}
        known = {column.heading for column in self.draft.columns}
        self.draft.columns.extend(Column(each) for each in self.own.values() if each not in known)
        self.first_leads |= any(roles.FIRST_LEADS.search(word) for word in columns.words)
        for place, word in enumerate(columns.words):
            if word in self.told or not word:
                continue
            if place not in columns.taken and place not in there and place not in reckoned:
                self.told |= {word}
                self.doubt_at(place, _("the column '{name}' is left out").format(name=word))
            elif place in columns.guessed:
                self.told |= {word}
                why = _("the column '{name}' is taken for {field}; --map {name}={field} settles it")
                self.doubt_at(place, why.format(name=word, field=columns.field(place)))

    def row(self, row: Row, following: Row) -> None:
        """Take a row: a blank one, a section's, a note, or an item's."""
        self.current = row
        filled = [cell for cell in row.cells if cell]
        if not filled:
            return
        if row.note:
            self.doubt(None, row.note)
        if self.is_foreign(filled) or self.is_note(filled) or row_kinds.is_filler(filled):
            self.leave_out()
        elif self.is_list or not (self.goes_on(filled) or self.is_wrapped()):
            self.without_number()
            self.shift()
            self.placed(filled, following)

    def placed(self, filled: list[str], following: Row) -> None:
        """Take a row that is a section's, a title's over the rows that follow, or an item's."""
        number = cells.line(self.cell("number"))
        rest = [cell for cell in filled if cells.line(cell) != number]
        if len(filled) == 1 and (found := row_kinds.SECTION.fullmatch(filled[0])):
            self.outline.begin(found["id"], cells.line(found["title"]))
        elif len(rest) == 1 and (found := row_kinds.SECTION_NUMBER.fullmatch(number)):
            self.outline.begin(found["id"], cells.line(rest[0]))
        elif len(filled) == 1 and not self.is_content(filled[0]):
            self.alone(filled[0], following)
        elif len(rest) == 1 and self.is_parent(number, following):
            self.outline.parent = (number, cells.line(rest[0]))
        else:
            self.item()

    def alone(self, text: str, following: Row) -> None:
        """Take the one cell of a row that is no item: a rule, a headline over rows that follow, or a note."""
        if roles.FIRST_LEADS.search(text):
            self.first_leads = True
            why = _("the first department of a row leads, for: '{text}'")
            self.doubt(None, why.format(text=cells.line(text)))
        elif (
            not self.is_list
            and row_kinds.is_headline(cells.line(text))
            and self.current.cells.index(text) <= self.columns.first("title")
            and following.table == self.table
            and len([each for each in following.cells if each]) > 1
        ):
            self.doubt(None, _("the row is read as a section: '{text}'").format(text=cells.line(text)))
            self.outline.titled(cells.line(text))
        else:
            self.leave_out()

    def is_foreign(self, filled: list[str]) -> bool:
        """True if a row stands in another table, which has no header and does not read like this one."""
        if self.current.table == self.table or len(filled) == 1:
            return False
        if len(self.current.cells) == len(self.columns.words) and self.reads(self.current.cells):
            self.table = self.current.table
            return False
        return True

    def is_note(self, filled: list[str]) -> bool:
        """True if a row is a note under the table, or a sum: it does not read as one of the table."""
        is_rule = bool(roles.FIRST_LEADS.search(filled[0]))
        return row_kinds.is_note(filled[0]) and not is_rule and not self.reads(self.current.cells)

    def is_parent(self, number: str, following: Row) -> bool:
        """True if the row that follows is numbered under this one: 1, then 1.1."""
        place = self.columns.first("number")
        under = following.cells[place] if place < len(following.cells) else ""
        found = row_kinds.DOTTED.fullmatch(folded(under))
        above = folded(number).strip(".、")
        return found is not None and "content" not in self.columns and found["task"] == above

    def is_content(self, text: str) -> bool:
        """True if the only filled cell of a row is the content of an item with the cells above it."""
        return self.cell("content") == text and bool(self.draft.tasks)

    def goes_on(self, filled: list[str]) -> bool:
        """Join a row that has only the end of a sentence to one whose content breaks off: a page cut it."""
        last = self.draft.last
        field = "content" if "content" in self.columns else "title"
        text = cells.content(self.cell(field))
        if last is None or len(filled) != 1 or last.content.endswith(row_kinds.SENTENCE_ENDS):
            return False
        if not text.endswith(row_kinds.SENTENCE_ENDS):
            return False
        if field == "title" and (row_kinds.is_headline(text) or row_kinds.SECTION.fullmatch(text)):
            return False
        task = self.draft.tasks[-1]
        task.items[-1] = last._replace(content=last.content + text)
        if last.content == task.title:
            self.draft.tasks[-1] = task._replace(title=cells.line(last.content + text))
        self.doubt(field, _("joined to the row above, which breaks off"))
        return True

    def is_wrapped(self) -> bool:
        """Join a row that says not what, only more of who or when, to the row above, and read that again."""
        row, above = self.current, self.read_last
        if above is None or above.table != row.table or any(map(self.cell, ("number", "title", "content"))):
            return False
        if not any(map(self.cell, ("lead", "support", "schedule"))):
            return False
        self.take_back(above)
        joined = tuple(high + low for high, low in zip_longest(above.cells, row.cells, fillvalue=""))
        self.doubt(None, _("joined to the row above: it does not say what"))
        self.current = above._replace(cells=joined)
        self.item()
        return True

    def take_back(self, row: Row) -> None:
        """Forget the last item, and what was doubtful of its departments and schedule."""
        self.outline.take_back()
        said = {
            self.columns.first(field) + 1
            for field in ("lead", "support", "schedule")
            if field in self.columns
        }
        self.draft.doubts[:] = [
            doubt
            for doubt in self.draft.doubts
            if (doubt.line, doubt.table) != (row.line, row.table) or doubt.column not in said
        ]

    def without_number(self) -> None:
        """Leave out a number that stands under no word, so that all behind it stands under a wrong one."""
        row = self.current.cells
        width = max((place for place, cell in enumerate(row, 1) if cell), default=0)
        if (
            self.is_list
            or "number" in self.columns
            or width != len(self.columns.words) + 1
            or self.reads(row)
        ):
            return
        numbers = (place for place, cell in enumerate(row) if row_kinds.NUMBER.fullmatch(cell))
        place = next((each for each in numbers if self.reads(row[:each] + row[each + 1 :])), None)
        if place is not None:
            why = _("the number stands under no column, and is left out: '{text}'")
            self.doubt_at(place, why.format(text=row[place]))
            self.current = self.current._replace(cells=row[:place] + row[place + 1 :])

    def shift(self) -> None:
        """Move a row to the right that lacks the cells which a merged one covers, where only so it reads."""
        row = self.current.cells
        end = max((place for place, cell in enumerate(row, 1) if cell), default=0)
        missing = 0 if self.is_list else self.columns.last + 1 - end
        if missing <= 0 or not ("number" in self.columns or "title" in self.columns) or self.reads(row):
            return
        moved = ("",) * missing + row[:end]
        is_held = all(place in self.columns.taken for place, cell in enumerate(moved) if cell)
        if is_held and self.reads(moved):
            self.current = self.current._replace(cells=moved)
            why = _("the row lacks {count} cells on the left; it is read so")
            self.doubt(None, why.format(count=missing))

    def reads(self, row: tuple[str, ...]) -> bool:
        """True if the cells of a row are what their columns say: names, and a schedule or nothing."""
        names, helping, words = (self.cell_of(row, field) for field in ("lead", "support", "schedule"))
        understood = not words or read_schedule(words, self.draft.heading.context).is_understood
        named = not read_cell(names).doubts and not (helping and read_cell(helping, "support").doubts)
        return bool(names) and named and understood

    def item(self) -> None:
        """Take an item, and the task that it belongs to."""
        self.tell_loose_cells()
        if self.is_emptied("title") and not self.cell("title"):
            self.leave_out(_("it does not say what"))
            return
        if (title := cells.line(self.cell("section"))) and not is_ditto(title):
            self.outline.titled(title)
        before = self.draft.last
        content = cells.content(self.cell("content"))
        content = before.content if before and is_ditto(content) else content
        task = self.outline.task(self.columns, self.cell("number"), self.cell("title"), content)
        said = self.said("lead", before)
        helped = self.said("support", before)
        if before and not self.cell("support") and (said.is_ditto or not self.cell("lead")):
            if not said.is_ditto and before.support and "support" in self.columns:
                self.doubt("support", _("the cell is empty; taken from the row above"))
            # A merged cell of the one column, and beside it one of the other; or a cell that named both.
            above = tuple(self.draft.departments[folded(name)] for name in before.support)
            helped = helped._replace(support=above)
        self.tell_nobodys(said.lead, said.support + helped.lead + helped.support)
        lead = cells.register(said.lead, self.draft.departments)
        support = cells.register(said.support + helped.lead + helped.support, self.draft.departments)
        lead, support, twice = cells.apart(lead, support)
        for name in twice:
            why = _("'{name}' stands twice in the row; the second is left out")
            self.doubt(None, why.format(name=name))
        schedule = self.schedule(before, said.schedule or helped.schedule)
        if not lead or not any(map(str.isalnum, task.title)):
            why = _("it does not say who") if not lead else _("it does not say what")
            self.leave_out(why)
            return
        if not task.items:
            self.outline.add(task)
        own_title = self.cell("title") if self.outline.parent else ""  # all that a row under another says
        content = content or cells.line(own_title) or task.title
        printed = tuple(
            cells.line(self.cell(role))
            for role, found in (("lead", said), ("support", helped))
            if cells.says_more(self.cell(role), found)
        )
        task.items.append(
            DraftItem(content, lead, support, schedule, self.current.line, printed, self.own_cells())
        )
        self.read_last = self.current

    def own_cells(self) -> Extra:
        """Return what stands in the office's own columns, as printed."""
        cells_here = enumerate(self.current.cells)
        return tuple((self.own[place], text) for place, text in cells_here if text and place in self.own)

    def tell_nobodys(self, lead: tuple[Unit, ...], support: tuple[Unit, ...]) -> None:
        """Tell the supporters that do not say whose they are, where who leads does: 市国资委 | 市场监管局."""
        if any(bodies.level(unit.name) for unit in lead):
            for unit in support:
                if bodies.lacks_level(unit.name):
                    self.doubt("support", _("'{name}' does not say whose it is").format(name=unit.name))

    def tell_loose_cells(self) -> None:
        """Tell the cells that stand under no word of the header."""
        words = self.columns.words
        for place, cell in enumerate(self.current.cells):
            if cell and place not in self.columns.taken and not (place < len(words) and words[place]):
                why = _("the cell stands under no column, and is left out: '{text}'")
                self.doubt_at(place, why.format(text=cells.line(cell)))

    def schedule(self, before: DraftItem | None, said: str | None) -> str:
        """Return the words of the schedule; what cannot be read in one way is doubtful, and stays."""
        words = cells.schedule(self.cell("schedule"))
        if words and not is_ditto(words):
            said = words
        elif (
            before
            and not (said or self.is_list or self.is_emptied("schedule"))
            and "schedule" in self.columns
        ):
            if not words:
                self.doubt("schedule", _("the cell is empty; taken from the row above"))
            return before.schedule
        if not said:
            why = _("no schedule is printed; {words} stands in its place").format(words=_NO_SCHEDULE)
            self.doubt("schedule", why)
            return _NO_SCHEDULE
        if doubt := self.doubt_of(said):
            self.doubt("schedule", cells.about(said, doubt))
        return said

    def doubt_of(self, words: str) -> str | None:
        """Say what is doubtful of a schedule: its reading, or that its day is none of the plan's years."""
        found, years = read_schedule(words, self.draft.heading.context), self.draft.heading.years
        if _SERIAL.fullmatch(words) and found.due and not found.doubt:
            return _("it is a day number of Excel, {day}").format(day=found.due)
        if found.doubt or not years or not found.due or years.first <= found.due.year <= years.last:
            return found.doubt
        why = _("its day {day} lies outside the years of the plan, {years}")
        return why.format(day=found.due, years=years)

    def said(self, role: Role, before: DraftItem | None) -> Departments:
        """Read a cell of departments; an empty one, or one as above, takes those of the row above."""
        cell = self.who(role)
        found = read_cell(cell, role)
        is_nameless = bool(cell) and not found.lead and not found.support
        for why in found.doubts:
            self.doubt(role, cells.about(cell, why) if is_nameless else why)
        if found.is_ditto or (not cell and role == "lead" and not self.is_emptied("lead")):
            if before and not cell:
                self.doubt(role, _("the cell is empty; taken from the row above"))
            names = () if before is None else before.lead if role == "lead" else before.support
            units = tuple(self.draft.departments[folded(name)] for name in names)
            return found._replace(lead=units) if role == "lead" else found._replace(support=units)
        return found

    def who(self, role: Role) -> str:
        """Return the cell of a role as the rules above the table have it read."""
        cell = self.cell(role)
        if self.rules.stands_in and not self.cell("lead"):
            cell = self.cell("support") if role == "lead" else ""
        places = self.columns.places.get(role, ())
        return self.rules.of_cell(cell, [words for place, words in self.current.bold if place in places])

    def is_emptied(self, field: str) -> bool:
        """True if words of a cell of the field in the row in hand were left out: nothing stands for them."""
        places = self.columns.places.get(field, ())
        return any(remark.empties and remark.place in places for remark in self.current.remarks)

    def cell(self, field: str) -> str:
        """Return the cell of a field in the row in hand, empty where there is none."""
        return self.cell_of(self.current.cells, field)

    def cell_of(self, row: tuple[str, ...], field: str) -> str:
        """Return the cell of a field in a row; those of several columns are joined."""
        places = self.columns.places.get(field, ())
        return _JOINTS.get(field, "").join(row[place] for place in places if place < len(row) and row[place])

    def leave_out(self, why: str = "") -> None:
        """Tell that the row in hand is left out, with its words, and why if that is not plain to see."""
        text = " | ".join(map(cells.line, filter(None, self.current.cells)))
        told = _("the row is left out, for {why}: '{text}'") if why else _("the row is left out: '{text}'")
        self.doubt(None, told.format(text=text, why=why))

    def doubt(self, field: str | None, why: str) -> None:
        """Note a doubt about the row in hand."""
        self.doubt_at(self.columns.first(field) if field else 0, why)

    def doubt_at(self, place: int, why: str) -> None:
        """Note a doubt about the cell at a place, from 0, of the row in hand."""
        self.draft.doubts.append(Doubt(self.current.line, place + 1, why, self.current.table))
