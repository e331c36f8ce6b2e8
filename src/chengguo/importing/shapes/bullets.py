"""Lists: a task on each line of one level, and below it who does it and by when, labelled or not; to cards.

● 储备化肥2万吨, below it ○ 市供销社  市农业农村局 and ○ 2026年3月底前. Any mark or number begins a level.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from chengguo.importing import row_kinds
from chengguo.importing.rows import Row
from chengguo.importing.rows import lines as lines_of
from chengguo.importing.shapes import labels, likely, numbers, paragraphs
from chengguo.importing.shapes.cards import Card, table
from chengguo.importing.shapes.said import Said, is_label

_LEAD, _SCHEDULE, _CONTENT = "责任单位", "完成时限", "主要内容"  # labels of lines that have none
_LABELLED = re.compile(
    r"(?:^|(?<=[\s；;。，,]))([^\W\d_][^\s:：；;。，,、]{1,11})(?:\s*[:：]\s*|[ \t]{2,}|\u3000+)(?=\S|$)"
)


class _Entry(NamedTuple):
    """A line without its mark, and what it says by its labels or its look: nothing, of a task or a text."""

    row: Row
    mark: str
    text: str
    said: tuple[Said, ...]
    is_apart: bool = False  # a blank line stands above it


def marked(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table made of a list with marks; None where lines are no such list."""
    return _rows(lines, known, is_marked=True)


def numbered(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table made of a list with numbers alone; None where lines are no list."""
    return _rows(lines, known, is_marked=False)


def _rows(lines: Sequence[Row], known: Mapping[str, str], *, is_marked: bool) -> tuple[Row, ...] | None:
    """Read a list in which it is said who does what; ``is_marked`` asks for marks that are no numbers."""
    lines = lines_of(lines) or ()
    drawn = [each for each in lines if _is_drawn(each, known)]
    if is_marked and not drawn:
        return None
    entries = [each for part in _parts(_entries(lines, known)) for each in _without_guesses(part)]
    found = _List(entries)
    levels = found.marks | found.below
    is_list = not is_marked or any(each.row in drawn and each.mark in levels for each in entries)
    if not is_list or any(map(_is_of_paragraph, entries)):
        return None
    made = list(found.parted())
    return table(made, known) if any(isinstance(each, Card) and each.labels for each in made) else None


def _entries(lines: Sequence[Row], known: Mapping[str, str]) -> Iterator[_Entry]:
    is_apart = False
    for row in lines:
        text = "".join(row.cells)
        if text:
            yield _entry(row, text, known)._replace(is_apart=is_apart)
        is_apart = not text


def _entry(row: Row, text: str, known: Mapping[str, str]) -> _Entry:
    """Read a line by its mark and its words; a number is a mark where a label follows it."""
    sign, words = labels.bullet(text)
    count, rest = labels.uncounted(words)
    if count and (said := tuple(_labelled(row, rest, known))):
        return _Entry(row, row.mark or sign or count, words, said)
    heading = row_kinds.heading(text)
    mark = row.mark or sign or (heading.form if heading else numbers.numbered(text).form)
    said = () if heading or mark.startswith("#") else tuple(_said(row, words, known))
    return _Entry(row, mark, words, said)


def _parts(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """Part the lines before each heading."""
    part: list[_Entry] = []
    for each in entries:
        if _is_heading(each):
            yield part
            part = []
        part.append(each)
    yield part


def _without_guesses(part: list[_Entry]) -> list[_Entry]:
    """Let a line say who or when by its look alone only on the innermost level, which begins last."""
    *outer, _inner = list(
        dict.fromkeys(each.mark for each in part if each.mark and not _is_heading(each))
    ) or [""]
    return [each._replace(said=()) if each.mark in outer and _is_guessed(each) else each for each in part]


def _is_guessed(entry: _Entry) -> bool:
    return bool(entry.said) and entry.said[0].text == entry.text


def _is_heading(entry: _Entry) -> bool:
    return entry.mark.startswith("#") or row_kinds.heading("".join(entry.row.cells)) is not None


def _is_of_paragraph(entry: _Entry) -> bool:
    """True if a line says in a bracket who does it."""
    return paragraphs.says_who(entry.text)


def _is_drawn(row: Row, known: Mapping[str, str]) -> bool:
    """True if a line has a mark that is no number and of no heading, or a label behind a number."""
    text = "".join(row.cells)
    count, rest = labels.uncounted(text)
    return row.mark.startswith("•") or bool(
        labels.bullet(text)[0] or (count and list(_labelled(row, rest, known)))
    )


def _said(row: Row, text: str, known: Mapping[str, str]) -> Iterator[Said]:
    """Return what a line says of a task by its labels; without one, by its look: names, or a schedule."""
    if found := list(_labelled(row, text, known)):
        yield from found
    elif likely.is_schedule(text):
        yield Said(row, _SCHEDULE, text)
    elif likely.is_names(text):
        yield Said(row, _LEAD, text)


def _labelled(row: Row, text: str, known: Mapping[str, str]) -> Iterator[Said]:
    """Return what a line says that begins with a label; others may follow."""
    begins = [found for found in _LABELLED.finditer(text) if is_label(found[1], known)]
    if begins and begins[0].start() == 0:
        ends = [*(found.start() for found in begins[1:]), len(text)]
        for found, end in zip(begins, ends, strict=True):
            yield Said(row, found[1], text[found.end() : end].strip(" \t\u3000；;。"))


def _marks_of_tasks(entries: Sequence[_Entry], below: set[str]) -> set[str]:
    """Return the marks of the lines right above what says who or when, if that has others.

    Headings are tasks where each of them has its own; else they are those of sections.
    """
    groups: list[list[_Entry]] = []
    above: list[_Entry] = []
    for each, following in pairwise([*entries, _Entry(Row(0, ()), "", "", (), is_apart=True)]):
        if each.mark and not each.said:
            above.append(each)
        elif each.said and not following.said:
            groups.append(above)
            above = []
    own = [
        [each.mark for each in group if not _is_heading(each) and each.mark not in below] for group in groups
    ]
    headings = [[each.mark for each in group if _is_heading(each)] for group in groups]
    for marks in (own, headings if all(headings) else []):
        if any(marks):
            return {each[-1] for each in marks if each}
    return set()


class _List:
    """Parts the lines of a list into cards, and rows that belong to none."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        """Find the marks of the tasks: those of the lines right above what says who or when."""
        self.entries = entries
        self.below = {each.mark for each in entries if each.said} - {""}
        self.marks = _marks_of_tasks(entries, self.below)
        self.is_flat = not self.marks  # one mark for all: a task is what says neither
        self.marks = self.marks or self.below
        labels_of = [each.said[0].label if each.said else "" for each in entries]
        behind = {low for high, low in pairwise(labels_of) if high == _LEAD and low}
        self.is_timed = behind == {_SCHEDULE}
        self.head: _Entry | None = None
        self.said: dict[str, list[Said]] = {}

    def parted(self) -> Iterator[Card | Row]:
        """Go through the lines."""
        for each in self.entries:
            if each.said and self.tells(each):
                for said in each.said:
                    self.said.setdefault(said.label, []).append(said)
            elif self.is_timed and self.is_behind_names(each):
                self.said[_SCHEDULE] = [Said(each.row, _SCHEDULE, each.text)]
            elif self.begins(each):
                yield from self.ended()
                self.head = each
            elif self.belongs(each):
                self.said.setdefault(_CONTENT, []).append(Said(each.row, _CONTENT, each.text))
            else:
                yield from self.ended()
                yield each.row._replace(cells=(each.text,))
        yield from self.ended()

    def tells(self, entry: _Entry) -> bool:
        """True if a line is about the task in hand; one without a mark stands right below."""
        is_near = bool(entry.mark) or not (entry.is_apart or (self.below and row_kinds.is_note(entry.text)))
        return self.head is not None and is_near

    def is_behind_names(self, entry: _Entry) -> bool:
        """True if a line stands where the schedules of other tasks do: behind the names, with their mark."""
        return entry.mark in self.below and [*self.said][-1:] == [_LEAD]

    @property
    def is_told(self) -> bool:
        """True if somebody has been named for the task in hand, or a time."""
        return not self.said.keys() <= {_CONTENT}

    def begins(self, entry: _Entry) -> bool:
        """True if a line begins a task: where all have one mark, only behind what says who or when."""
        if entry.said or entry.mark not in self.marks:
            return False
        return not self.is_flat or self.head is None or self.is_told

    def belongs(self, entry: _Entry) -> bool:
        """True if a line says more of the task in hand: it stands below, with no mark or that of a part.

        A paragraph set apart does so only before what says who or when.
        """
        is_behind = entry.is_apart and (self.is_told or bool(entry.mark))
        if self.head is None or is_behind or entry.mark.startswith("#") or row_kinds.heading(entry.text):
            return False
        return bool(entry.mark) or not self.is_told

    def ended(self) -> Iterator[Card]:
        """Return the task in hand."""
        head, said, self.head, self.said = self.head, self.said, None, {}
        if head is None:
            return
        found = numbers.numbered(head.text)
        title, rest = numbers.titled(found.text)
        if title:
            said = {**said, _CONTENT: [Said(head.row, _CONTENT, rest), *said.get(_CONTENT, ())]}
            head = head._replace(text=head.text.removesuffix(rest))
        yield Card((Said(head.row, "", head.text, found),), said, head.row)
