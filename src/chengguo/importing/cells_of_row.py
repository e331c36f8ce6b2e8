"""The row in hand: what stands in its cells, by the columns and rules of its table, and what is doubtful."""

import re
from collections.abc import Collection, Sequence

from chengguo.departments import bodies, roles
from chengguo.departments.cells import Departments, Role, Unit, read_cell
from chengguo.importing import cells, leaders, numbering, row_kinds
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Doubt, Draft, DraftItem, DraftTask
from chengguo.importing.elsewhere import Elsewhere
from chengguo.importing.numbering import Numbering
from chengguo.importing.rows import Remark, Row
from chengguo.language import _
from chengguo.model import Column, Extra
from chengguo.schedules import read_schedule
from chengguo.schedules.plain import is_ditto
from chengguo.text.widths import folded

_NO_SCHEDULE = "未载明"  # the file format asks for a wording
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SAME = re.compile(r"同(?:第|任务|序号)?(\d{1,4})(?:项|条|号|点)?(?:任务)?")
_JOINTS = {
    "content": "\n",
    "lead": "、",
    "support": "、",
}  # between the cells of several columns of one field


class RowInHand:
    """Reads the cells of one row after the other; what is empty in a table comes from the row above.

    Of a list of paragraphs, which has no merged cells, nothing does.
    """

    def __init__(self, draft: Draft, *, is_list: bool, dropped: Collection[str] = ()) -> None:
        """Begin before the first row of a draft; ``dropped`` are columns to leave out."""
        self.draft = draft
        self.is_list = is_list
        self.dropped = {folded(name) for name in dropped}
        self.own: dict[int, str] = {}  # the headings of the office's own columns, by their places
        self.met: dict[str, None] = {}  # every column of the office's own
        self.numbering = Numbering()
        self.columns = Columns({}, ())
        self.current = Row(1, ())
        self.rules = leaders.Rules()
        self.is_led_by_first = False  # of several who lead in the row in hand
        self.duties: list[leaders.Duty] = []  # of who has a part in the row in hand by a rule
        self.noted: list[tuple[Row, Remark]] = []  # rules in notes
        self.elsewhere = Elsewhere(())

    def take_rules(self, rows: Sequence[Row], headers: Collection[int]) -> None:
        """Take the rules that stand around or in a table, in its header, or in notes to that or to its title.

        All rows are read by them.
        """
        self.noted = leaders.noted([*rows[: min(headers)], *(rows[place] for place in headers)])
        texts = [row_kinds.alone(row.cells) for row in rows] + [
            *(cell for place in headers for cell in rows[place].cells),
            *(note.text for _row, note in self.noted),
        ]
        others = [row for place, row in enumerate(rows) if place not in headers]
        self.rules = leaders.rules([text for text in texts if text]).seen_in(others)
        self.elsewhere = Elsewhere(others)
        self.duties = [duty for duty in self.rules.everywhere if not duty.is_below]
        for row, note in self.noted:
            self.current = row
            found = leaders.rules([note.text])
            self.duties += [duty for duty in found.everywhere if duty.is_below]
            self.tell_found(found, note.text, note.place)

    def tell_rule(self, text: str) -> bool:
        """Tell a rule by which the rows are read; return whether the text is one."""
        found = leaders.rules([text])
        if found == leaders.Rules():
            return False
        for duty in found.everywhere:
            if duty.is_below:
                self.duties.append(duty)
            elif duty.is_above and duty in self.duties:
                self.duties.remove(duty)
        self.tell_found(found, text)
        return True

    def tell_found(self, found: leaders.Rules, text: str, place: int = 0) -> None:
        """Tell the rules that were found in a text at a place, and whether they fit any row."""
        why = _("the rule is applied to the rows: '{text}'")
        if not found.holds_in(self.rules):
            why = _("the rule fits no row, for no name in them looks so: '{text}'")
        self.doubt_at(place, why.format(text=cells.line(text)))

    @property
    def is_whole(self) -> bool:
        """True if no page cuts the row in hand: of a list, an export, or of cells put together."""
        return self.is_list or bool(self.current.origins or self.columns.computed)

    def own_cells(self) -> Extra:
        """Return what stands in the office's own columns, as printed."""
        cells_here = enumerate(self.current.cells)
        return tuple((self.own[place], text) for place, text in cells_here if text and place in self.own)

    def own_number(self, task: int) -> Extra:
        """Return a number that no task can have as a cell of a column of the office's own."""
        number = cells.line(self.cell("number"))
        if self.numbering.kind != "own" or row_kinds.bare_number(number) in {"", str(task)}:
            return ()
        name = numbering.column(self.columns.printed[self.columns.first("number")])
        if name not in self.met:
            self.met[name] = None
            note = _("numbers that no task can have are kept as the column '{name}'; reports go by new ones")
            self.draft.notes.append(note.format(name=name))
            self.draft.columns.extend([] if folded(name) in self.dropped else [Column(name)])
        return () if folded(name) in self.dropped else ((name, number),)

    def tell_nobodys(self, lead: tuple[Unit, ...], support: tuple[Unit, ...]) -> None:
        """Tell the supporters that do not say whose they are, where who leads does: 市国资委 | 市场监管局."""
        if any(bodies.level(unit.name) for unit in lead):
            for unit in support:
                if bodies.lacks_level(unit.name) and not bodies.is_of_a_place(unit.name):
                    self.doubt("support", _("'{name}' does not say whose it is").format(name=unit.name))

    def tell_loose_cells(self) -> None:
        """Tell the cells that stand under no word of the header."""
        words = self.columns.words
        for place, cell in enumerate(self.current.cells):
            if cell and place not in self.columns.taken and not (place < len(words) and words[place]):
                why = _("the cell stands under no column, and is left out: '{text}'")
                self.doubt_at(place, why.format(text=cells.line(cell)))

    def take_ticked(self) -> None:
        """Of cells that say who and when in boxes, take the words that are ticked; tell those of the cell."""
        cells_here = list(self.current.cells)
        for field in ("lead", "support", "schedule"):
            for place in self.columns.places.get(field, ()):
                text = cells_here[place] if place < len(cells_here) else ""
                if chosen := cells.ticked(text):
                    cells_here[place] = chosen
                    why = _("what is ticked counts, of: '{text}'").format(text=cells.line(text))
                    self.doubt_at(place, why)
        self.current = self.current._replace(cells=tuple(cells_here))

    def take_rule_in_cell(self) -> None:
        """Take the rule behind the names of a cell off them; it holds below the row in hand if it says so."""
        self.is_led_by_first = self.rules.is_first
        cells_here = list(self.current.cells)
        for place in (*self.columns.places.get("lead", ()), *self.columns.places.get("support", ())):
            found = leaders.behind(cells_here[place]) if place < len(cells_here) else None
            if found:
                self.is_led_by_first = True
                self.rules = self.rules._replace(is_first=self.rules.is_first or found.is_below)
                cells_here[place] = found.names
                why = _("the rule is applied to this row alone: '{text}'")
                if found.is_below:
                    why = _("the rule is applied to this row and to those below: '{text}'")
                self.doubt_at(place, why.format(text=found.words))
        self.current = self.current._replace(cells=tuple(cells_here))

    def reads(self, row: tuple[str, ...]) -> bool:
        """True if the cells of a row are what their columns say: names, and a schedule or nothing."""
        names, helping, words = (self.cell_of(row, field) for field in ("lead", "support", "schedule"))
        understood = not words or read_schedule(words, self.draft.heading.context).is_understood
        named = not read_cell(names).doubts and not (helping and read_cell(helping, "support").doubts)
        return bool(names) and named and understood

    def schedule(self, before: DraftItem | None, said: str | None) -> str:
        """Return the words of the schedule; what cannot be read in one way is doubtful, and stays."""
        words = cells.schedule(self.cell("schedule"))
        if words and not is_ditto(words):
            said = words
        elif (
            before and not (said or self.is_list or self.is_final("schedule")) and "schedule" in self.columns
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
        if same := self.same_as(cell):
            self.doubt(role, _("'{words}' is read as in task {id}").format(words=cell, id=same.id))
            lead = self.units_of(same.items[0], "lead") if role == "lead" else ()
            is_both = role == "support" or "support" not in self.columns
            return Departments(lead, self.units_of(same.items[0], "support") if is_both else ())
        found = self.elsewhere.read(read_cell(cell, role))
        is_nameless = bool(cell) and not found.lead and not found.support
        for why in found.doubts:
            self.doubt(role, cells.about(cell, why) if is_nameless else why)
        if found.is_ditto or (not cell and role == "lead" and not self.is_final("lead")):
            if before and not cell:
                self.doubt(role, _("the cell is empty; taken from the row above"))
            above = self.units_of(before, role)
            if role == "lead":
                return found._replace(lead=above + found.lead)
            return found._replace(support=above + found.support)
        return self.led_by_first(found, cell) if role == "lead" and self.is_led_by_first else found

    def same_as(self, cell: str) -> DraftTask | None:
        """Return the task that a cell says it is as: 同第1项; None for other cells."""
        said = _SAME.fullmatch(folded(cell))
        return said and next((each for each in self.draft.tasks if each.id == int(said[1])), None)

    def units_of(self, item: DraftItem | None, role: Role) -> tuple[Unit, ...]:
        """Return who leads or who supports in an item, none where there is none."""
        names = () if item is None else item.lead if role == "lead" else item.support
        return tuple(self.draft.departments[folded(name)] for name in names)

    def led_by_first(self, found: Departments, cell: str) -> Departments:
        """Return departments of which the first leads, unless the cell or its column says who does."""
        is_said = bool(roles.LEADS.search(cell)) or (self.is_of_leaders() and "support" in self.columns)
        if is_said or found.support:
            return found
        return found._replace(lead=found.lead[:1], support=found.lead[1:])

    def is_of_leaders(self) -> bool:
        """True if the row in hand has a cell under a word for who leads: 牵头单位, not 责任单位."""
        return bool(self.cell("lead")) and self.has_leaders

    @property
    def has_leaders(self) -> bool:
        """True if the table has a column for who leads: 牵头单位."""
        return roles.CHIEF.search(self.columns.words[self.columns.first("lead")]) is not None

    def of_everywhere(
        self, lead: tuple[Unit, ...], support: tuple[Unit, ...]
    ) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """Return who leads and supports with those who have a part in all tasks by a rule."""
        is_led = self.has_leaders or self.rules.tell_leaders or roles.LEADS.search(self.cell("lead"))
        for duty in self.duties:
            there = {unit.name for unit in lead + support}
            new = tuple(unit for unit in duty.units if unit.name not in there)
            if duty.kind == "support" or (duty.kind == "answer" and is_led and lead):
                support += new
            else:
                lead += new
        return lead, support

    def who(self, role: Role) -> str:
        """Return the cell of a role as the rules above the table have it read."""
        cell = self.cell(role)
        is_led = read_cell(self.cell("lead")) != Departments()
        if not is_led and (self.rules.stands_in or self.is_dashed() or self.current.is_alone):
            answer, others = self.answering()
            if role == "lead" and self.is_dashed() and not self.rules.stands_in:
                word = self.columns.words[self.columns.first("support")]
                self.doubt(
                    role, _("nobody leads by the cell; those of '{name}' are taken to").format(name=word)
                )
            cell = answer if role == "lead" else others
        places = self.columns.places.get(role, ())
        return self.rules.of_cell(cell, [look for look in self.current.looks if look.place in places])

    def answering(self) -> tuple[str, str]:
        """Return the cells of those who answer, beside a column for who leads, and of those who support."""
        places = [each for each in self.columns.places.get("support", ()) if each < len(self.current.cells)]
        word = self.columns.words
        answer = [each for each in places if roles.column_of(folded(word[each])) == "lead"]
        if not answer and not self.current.is_alone:
            answer = places
        cells_of_both = (
            [place for place in places if (place in answer) is is_one] for is_one in (True, False)
        )
        first, second = (
            "、".join(filter(None, (self.current.cells[each] for each in places))) for places in cells_of_both
        )
        return first, second

    def is_dashed(self) -> bool:
        """True if a dash may say that nobody leads, beside those who answer: — | 责任单位."""
        word = self.columns.words[self.columns.first("support")] if "support" in self.columns else ""
        beside = self.cell("lead") and self.cell("support")
        return bool(beside) and roles.column_of(folded(word)) == "lead"

    def is_final(self, field: str) -> bool:
        """True if an empty cell of the field is empty, and does not mean the one above it."""
        return self.current.is_alone or self.is_emptied(field)

    def is_emptied(self, field: str) -> bool:
        """True if words of a cell of the field in the row in hand were left out: nothing stands for them.

        Nothing does either in a row that has no cells below merged ones.
        """
        places = self.columns.places.get(field, ())
        return self.current.is_alone or any(
            remark.empties and remark.place in places for remark in self.current.remarks
        )

    def cell(self, field: str) -> str:
        """Return the cell of a field in the row in hand, empty where there is none."""
        return self.cell_of(self.current.cells, field)

    def cell_of(self, row: tuple[str, ...], field: str) -> str:
        """Return the cell of a field in a row; those of several columns are joined."""
        return _JOINTS.get(field, "").join(filter(None, self.cells_of(field, row)))

    def cells_of(self, field: str, row: tuple[str, ...] | None = None) -> list[str]:
        """Return the cells of each column of a field in a row, else in the one in hand."""
        row = self.current.cells if row is None else row
        return [row[place] for place in self.columns.places.get(field, ()) if place < len(row)]

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
        self.draft.doubts.append(self.about(place, why))

    def about(self, place: int, why: str) -> Doubt:
        """Return a doubt about the cell at a place, from 0, of the row in hand."""
        return Doubt(*self.current.at(place), why, self.current.table)
