"""Rows that a page, a line break or a merged cell cut: put together, or their cells in the right place."""

import re
from collections.abc import Collection
from itertools import zip_longest

from chengguo.departments.cells import read_cell
from chengguo.importing import cells, row_kinds
from chengguo.importing.cells_of_row import RowInHand
from chengguo.importing.drafts import Draft
from chengguo.importing.outline import Outline
from chengguo.importing.rows import Row
from chengguo.language import _
from chengguo.schedules import read_schedule
from chengguo.text.widths import folded

_BROKEN_OFF = re.compile("[年月、，至—~-]$")  # a schedule of which a line break cut the end
_REST_OF_DAY = re.compile("[0-9底末前初中上下至]")  # what such an end begins with: 6月底前, 底前


class CutRows(RowInHand):
    """Tells whether the row in hand goes on with the one above, and puts it right where only so it reads."""

    def __init__(self, draft: Draft, *, is_list: bool, dropped: Collection[str] = ()) -> None:
        """Begin with a draft, whose last item a row may go on with."""
        super().__init__(draft, is_list=is_list, dropped=dropped)
        self.outline = Outline(draft, self.doubt, self.about, is_list=is_list)
        self.read_last: Row | None = None  # that made an item

    @property
    def says_what(self) -> str:
        """The field that says what is to be done."""
        return "content" if "content" in self.columns else "title"

    def goes_on(self, filled: list[str]) -> bool:
        """True if a row has only the end of the sentence that breaks off in the row above: a page cut it."""
        last = self.draft.last
        text = cells.content(self.cell(self.says_what))
        if last is None or len(filled) != 1 or last.content.endswith(row_kinds.SENTENCE_ENDS):
            return False
        is_title = self.says_what == "title" and (row_kinds.is_headline(text) or row_kinds.heading(text))
        return text.endswith(row_kinds.SENTENCE_ENDS) and not is_title

    def go_on(self) -> None:
        """Join the end of a sentence to the row above."""
        task = self.draft.tasks[-1]
        last = task.items[-1]
        content = last.content + cells.content(self.cell(self.says_what))
        task.items[-1] = last._replace(content=content)
        if last.content == task.title:
            self.draft.tasks[-1] = task._replace(title=cells.line(content))
        why = _("joined to the row above, which breaks off: '{text}'")
        self.doubt(self.says_what, why.format(text=cells.line(self.cell(self.says_what))))

    def is_wrapped(self) -> bool:
        """True if a row says not what, only more of who or when: the row above goes on in it."""
        above = self.read_last
        if above is None or above.table != self.current.table:
            return False
        says_what = any(map(self.cell, ("number", "title", "content")))
        if not says_what:
            return any(map(self.cell, ("lead", "support", "schedule")))
        ends = self.cell_of(above.cells, self.says_what).endswith(row_kinds.SENTENCE_ENDS)
        is_unnumbered = not self.cell("number") and not self.is_emptied("number")
        return "number" in self.columns and is_unnumbered and not ends and self.is_cut(above)

    def is_cut(self, above: Row) -> bool:
        """True if a cell of the row above is half a name or half a day, and this row has the other half.

        Where both rows read by themselves, neither is cut.
        """
        if self.reads(above.cells) and self.reads(self.current.cells):
            return False
        for field in ("lead", "support", "schedule"):
            place = self.columns.first(field)
            halves = [row.cells[place] if place < len(row.cells) else "" for row in (above, self.current)]
            if field not in self.columns or not all(halves):
                continue
            if field == "schedule":
                is_cut = bool(_BROKEN_OFF.search(halves[0])) and read_schedule("".join(halves)).is_understood
            else:
                is_cut = bool(read_cell(halves[0]).doubts) and not read_cell("".join(halves)).doubts
            if is_cut:
                return True
        return False

    def ends_schedule(self, filled: list[str]) -> bool:
        """True if a row of one cell is the rest of the schedule that ends the row above: 2025年, 6月底前."""
        above, place = self.read_last, self.columns.first("schedule")
        if (
            above is None
            or len(filled) != 1
            or "schedule" not in self.columns
            or row_kinds.heading(filled[0])
        ):
            return False
        begun = above.cells[place] if place == len(above.cells) - 1 else ""
        if not _BROKEN_OFF.search(begun) or not _REST_OF_DAY.match(folded(filled[0])):
            return False
        return not read_schedule(begun + filled[0]).doubt

    def wrap(self, rest: tuple[str, ...]) -> None:
        """Join the cells of a row to those of the one above, which is to be read again."""
        above = self.read_last or self.current
        self.take_back(above)
        lines = zip_longest(above.cells, rest, fillvalue="")
        words = " ".join(cells.line(cell) for cell in rest if cell)
        self.doubt(None, _("joined to the row above, which it goes on from: '{text}'").format(text=words))
        self.current = above._replace(cells=tuple(high + low for high, low in lines))

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
        words = max((place for place, word in enumerate(self.columns.words, 1) if word), default=0)
        if "number" in self.columns or width != words + 1 or self.reads(row):
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
        missing = self.columns.last + 1 - end
        if missing <= 0 or len(list(filter(None, row))) == 1:
            return
        if not ("number" in self.columns or "title" in self.columns) or self.reads(row):
            return
        moved = ("",) * missing + row[:end]
        is_held = all(place in self.columns.taken for place, cell in enumerate(moved) if cell)
        if is_held and self.reads(moved):
            self.current = self.current._replace(cells=moved)
            why = _("the row lacks {count} cells on the left; it is read so")
            self.doubt(None, why.format(count=missing))
