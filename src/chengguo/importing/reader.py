"""The rows of a table, one after the other, to tasks and items."""

import re
from collections.abc import Collection
from itertools import takewhile

from chengguo.importing import cells, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.cut_rows import CutRows
from chengguo.importing.drafts import Draft, DraftItem
from chengguo.importing.outline import Parent
from chengguo.importing.rows import Row
from chengguo.importing.shapes import paragraphs
from chengguo.language import _, listed
from chengguo.model import Column
from chengguo.registry.report_headings import kept_as
from chengguo.schedules.plain import is_ditto
from chengguo.text.numerals import chinese
from chengguo.text.widths import folded

_MOST_ABOVE = 2  # cells of a row above the header: 单位：甲局, 日期：…


class Reader(CutRows):
    """Reads the rows of a table, or of several: their headers, sections, notes and items."""

    def __init__(self, draft: Draft, *, is_list: bool, dropped: Collection[str] = ()) -> None:
        """Begin with nothing but the draft that is to be filled; ``dropped`` are columns to leave out."""
        super().__init__(draft, is_list=is_list, dropped=dropped)
        self.table: str | None = None  # that the last header, or a row after it, stood in
        self.titles: set[str] = set()  # what stands above the header, which pages may repeat
        self.told: set[str] = set()  # columns that were told to be left out
        self.sheets: frozenset[str | None] = frozenset()  # those with names of their own, which are sections
        self.sheet: str | None = None  # of them the one in hand

    def above(self, rows: tuple[Row, ...], header: Row) -> None:
        """Take what stands above the first header: the section that begins there, tasks that are no rows."""
        texts = [(row, "".join(row.cells)) for row in rows if any(row.cells)]
        self.titles = {text for _row, text in texts}
        for row, text in texts:
            self.current = row
            if row.note:
                self.doubt(None, row.note)
            self.tell_rule(text)
            is_row = len([cell for cell in row.cells if cell]) > _MOST_ABOVE
            if is_row or (row.table and row.table != header.table) or paragraphs.is_task(text):
                self.leave_out()
        self.enter(header)
        for section in self.sections_over([row for row, _text in texts]):
            self.outline.begin(section)

    def enter(self, row: Row) -> None:
        """Begin the section that a sheet is, with the first row in it."""
        if row.table in self.sheets and row.table != self.sheet:
            self.sheet = row.table
            heading = row_kinds.heading(row.table or "") or row_kinds.Heading("", "", row.table or "")
            self.outline.begin(heading._replace(form="sheet"))

    def sections_over(self, rows: list[Row]) -> list[row_kinds.Heading]:
        """Return the headings right above a table, the upper one first; no title, and no two sentences."""
        titles = {self.draft.heading.plan, self.draft.heading.table}
        found = map(row_kinds.heading_of, reversed(rows[-2:]))
        near = list(takewhile(lambda each: each is not None and "。" not in each.title.rstrip("。 "), found))
        bare = [each._replace(title=cells.line(each.title)) for each in reversed(near) if each]
        return [each for each in bare if not any(title and title in each.title for title in titles)]

    def _tell_reckoned(self, headings: tuple[str, ...]) -> None:
        """Say once that reckoned columns of an export are not read: reports are, where a file has them."""
        why = _(
            "not read, for they are reckoned from the registry, which an export in .xlsx holds, and one in"
            " .docx with --restorable: {names}"
        )
        note = why.format(names=listed(headings))
        if note not in self.draft.notes:
            self.draft.notes.append(note)

    def _tell_remarked(self, headings: list[str]) -> None:
        """Say once what the words above columns say in brackets, of which no cell has anything."""
        note = _("the words above the columns say more in brackets: {names}").format(names=listed(headings))
        if headings and note not in self.draft.notes:
            self.draft.notes.append(note)

    def header(self, row: Row, columns: Columns) -> None:
        """Take a header; every page repeats it. A column that is not known is told, once."""
        self.enter(row)
        self.columns, self.current, self.table = columns, row, row.table
        if row.note:
            self.doubt(None, row.note)
        there, reckoned = columns.own(), columns.reckoned()
        if reckoned:
            self._tell_reckoned(tuple(reckoned.values()))
        self.met |= dict.fromkeys(map(kept_as, there.values()))
        self.own = {
            place: kept_as(each)
            for place, each in there.items()
            if self.dropped.isdisjoint({folded(each), folded(kept_as(each))})
        }
        known = {column.heading for column in self.draft.columns}
        self.draft.columns.extend(Column(each) for each in self.own.values() if each not in known)
        rules = [word for word in columns.printed if self.tell_rule(word)]
        self._tell_remarked([each for each in columns.remarked() if each not in rules])
        for place, word in enumerate(columns.words):
            if word in self.told or not word:
                continue
            if place not in columns.taken and place not in there and place not in reckoned:
                self.told |= {word}
                self.doubt_at(place, _("the column '{name}' is left out").format(name=columns.printed[place]))
            elif place in columns.guessed:
                self.told |= {word}
                why = _("the column '{name}' is taken for {field}; --map {name}={field} settles it")
                self.doubt_at(place, why.format(name=columns.printed[place], field=columns.field(place)))

    def row(self, row: Row, following: Row) -> None:
        """Take a row: a blank one, a section's, a note, or an item's."""
        self.current = row
        self.enter(row)
        filled = [cell for cell in row.cells if cell]
        if row.is_hidden and filled:
            self.leave_out(_("it is hidden"))
            return
        if row.note:
            self.doubt(None, row.note)
        if not filled:
            return
        self.take_ticked()
        if self.tell_rule(row_kinds.alone(row.cells)):
            return
        if self.is_foreign(filled) or self.is_note(filled) or row_kinds.is_filler(filled):
            self.leave_out()
            return
        self.take_rule_in_cell()
        self.table = row.table if len(filled) > 1 else self.table
        if self.is_whole or (self.read_last and self.read_last.origins):
            self.placed(filled, following)
        elif self.goes_on(filled):
            self.go_on()
        elif self.is_wrapped():
            self.wrap(self.current.cells)
            self.item()
        elif self.ends_schedule(filled):
            self.wrap(("",) * self.columns.first("schedule") + (filled[0],))
            self.item()
        else:
            self.without_number()
            self.shift()
            self.placed(filled, following)

    def placed(self, filled: list[str], following: Row) -> None:
        """Take a row that is a section's, a title's over the rows that follow, or an item's."""
        if self.current.is_alone:
            self.item()
            return
        number = cells.line(self.cell("number"))
        above = [cells.line(each) for each in self.cells_of("section") if each]
        rest = [cell for cell in filled if cells.line(cell) not in {number, *above}]
        heading = row_kinds.heading_of(self.current) if len(filled) == 1 else None
        if len(rest) == 1:
            heading = heading or row_kinds.heading_beside(number, rest[0])
        if above and heading:
            self.outline.titled(above[0])
        if heading and len(filled) > 1 and self.outline.begins_with_column:
            heading = heading._replace(form="lower column")  # it stands beside a column of sections
        if heading:
            self.outline.begin(heading._replace(title=cells.line(heading.title)))
        elif len(filled) == 1 and not self.is_content(filled[0]):
            self.alone(filled[0], following)
        elif len(rest) == 1 and self.is_parent(number, following):
            self.parent(number, cells.line(rest[0]), following)
        else:
            self.item()

    def alone(self, text: str, following: Row) -> None:
        """Take the one cell of a row that is no item: a headline over rows that follow, or a note."""
        if text in self.titles and not row_kinds.heading(text):
            return
        if (
            not self.is_list
            and row_kinds.is_headline(cells.line(text))
            and self.current.cells.index(text) <= self.columns.first("title")
            and following.table == self.table
            and (len([each for each in following.cells if each]) > 1 or row_kinds.heading_of(following))
        ):
            self.doubt(None, _("the row is read as a section: '{text}'").format(text=cells.line(text)))
            self.outline.begin(row_kinds.Heading("plain", "", cells.line(text)))
        else:
            self.leave_out()

    def is_foreign(self, filled: list[str]) -> bool:
        """True if a row stands in another table, which has no header and does not read like this one."""
        if self.current.table == self.table or len(filled) == 1 or self.current.is_alone:
            return False
        return len(self.current.cells) != len(self.columns.words) or not self.reads(self.current.cells)

    def is_note(self, filled: list[str]) -> bool:
        """True if a row is a note under the table, or a sum: it does not read as one of the table."""
        return row_kinds.is_note(filled[0]) and not self.reads(self.current.cells)

    def is_parent(self, number: str, following: Row) -> bool:
        """True if the row that follows is numbered under this one: 1, then 1.1."""
        place = self.columns.first("number")
        return row_kinds.is_under(following.cells[place] if place < len(following.cells) else "", number)

    def parent(self, number: str, title: str, following: Row) -> None:
        """Take a row that others are numbered under: a task, or a section where those are tasks."""
        has_who = any(map(str.strip, self.cells_of("lead", following.cells)))
        if self.outline.numbering.kind == "items" or (has_who and "content" not in self.columns):
            self.outline.parent = Parent(number, title)
            return
        *above, last = re.split("[.-]", folded(number).strip(".、()"))
        form = "bracket" if above else "main"
        self.doubt(None, _("the row is read as a section: '{text}'").format(text=title))
        self.outline.begin(row_kinds.Heading(form, chinese(int(last)) if last.isdecimal() else last, title))

    def is_content(self, text: str) -> bool:
        """True if the only filled cell of a row is the content of an item with the cells above it."""
        return self.cell("content") == text and bool(self.draft.tasks)

    def item(self) -> None:
        """Take an item, and the task that it belongs to."""
        self.tell_loose_cells()
        says_what = self.cell("title") or (self.current.is_alone and self.cell("content"))
        if self.is_emptied("title") and not says_what:
            self.leave_out(_("it does not say what"))
            return
        titles = [cells.line(title) for title in self.cells_of("section")]
        if any(titles):
            self.outline.titled(*("" if is_ditto(title) else title for title in titles))
        before = self.draft.last
        content = cells.content(self.cell("content"))
        content = before.content if before and is_ditto(content) else content
        title = self.cell("title") or (content if self.current.is_alone else "")
        task = self.outline.task(self.columns, self.cell("number"), title, content)
        said = self.said("lead", before)
        helped = self.said("support", before)
        is_bare = not self.cell("lead") and not self.is_final("lead")
        is_one = "support" not in self.columns  # a cell names both
        if before and not self.cell("support") and (is_bare or (said.is_ditto and is_one)):
            if before.support and not is_one:
                self.doubt("support", _("the cell is empty; taken from the row above"))  # a merged one
            helped = helped._replace(support=self.units_of(before, "support"))
        self.tell_nobodys(said.lead, said.support + helped.lead + helped.support)
        leading, helping = self.of_everywhere(said.lead, said.support + helped.lead + helped.support)
        lead, support = (cells.register(units, self.draft.departments) for units in (leading, helping))
        lead, support, twice = cells.apart(lead, support)
        for name in twice:
            why = _("'{name}' stands twice in the row; the second is left out")
            self.doubt("support" if self.cell("support") else "lead", why.format(name=name))
        schedule = self.schedule(before, said.schedule or helped.schedule)
        if not lead or not any(map(str.isalnum, task.title)):
            nobody = _("nobody leads it") if support else _("it does not say who")
            why = _("it does not say what") if lead else nobody
            self.leave_out(why)
            return
        if not task.items:
            self.outline.add(task)
        is_part = bool(self.outline.is_numbered_under or task.items) and not is_ditto(self.cell("title"))
        own_title = cells.line(self.cell("title")) if is_part else ""  # all that a row under another says
        content = content or own_title or task.title
        printed = tuple(
            cells.line(self.cell(role))
            for role, found in (("lead", said), ("support", helped))
            if cells.says_more(self.cell(role), found) or (self.duties and self.cell(role))
        )
        task.items.append(
            DraftItem(
                *(content, lead, support, schedule, self.current.line, printed),
                extra=self.own_cells() + self.own_number(task.id),
                table=self.current.table,
                lines=tuple(line for line, _column in self.current.origins),
                number=self.outline.item_number(task, self.cell("number")),
            )
        )
        self.read_last = self.current
