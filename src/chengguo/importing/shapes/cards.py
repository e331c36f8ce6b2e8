"""Cards: of each task a block of labels with what they say, 责任单位: 甲局, in any order; to rows of a table.

A card is a small table, or lines of a document: the label and what it says on one line, or each on its own.
What stands above its first label is its title; a label that comes again begins the next card.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chengguo.departments import bodies
from chengguo.departments.cells import read_cell
from chengguo.importing import row_kinds
from chengguo.importing.columns import is_problem, is_sure
from chengguo.importing.rows import Row, gathered
from chengguo.importing.shapes.numbers import numbered
from chengguo.importing.shapes.said import (
    LONGEST,
    NONE,
    NUMBER,
    Said,
    field_of,
    is_label,
    label_of,
    said_by,
    unlabelled,
)
from chengguo.schedules import read_schedule

_HEADER = (NUMBER, "重点任务", "主要内容")  # of what stands above the labels of a card
_SAID = frozenset({"title", "content"})  # one of which every card says, or has above it
_WHEN_OR_WITH = frozenset({"schedule", "support"})
_HEAD = 6  # lines above a card, as far as is looked
# Forms of numbers: lines of one stand over those of the next.
_FORMS = ("article", "chinese", "bracketed", "digits", "digits in brackets")
_Cell = tuple[str, list[Row]]  # a text, and the rows that say it


class Card(NamedTuple):
    """The lines above the labels of a card, the labels with the lines that each says, and a row of it."""

    head: tuple[Said, ...]
    labels: dict[str, list[Said]]
    row: Row


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table that has the labels for its header; None where lines are no cards."""
    return _rows(lines, known, frozenset()) or _rows(lines, known, _bare_labels(lines, known))


def _rows(lines: Sequence[Row], known: Mapping[str, str], bare: frozenset[str]) -> tuple[Row, ...] | None:
    """Return the rows; ``bare`` are labels that stand on lines of their own, without a colon."""
    said = [
        each._replace(is_apart=above is not None and not any(above.cells))
        for row, above in zip(lines, (None, *lines), strict=False)
        for each in said_by(row, known, bare)
    ]
    if any(each.label and len(each.row.cells) > 1 for each in said):  # lines around tables are no cards
        said = [each if len(each.row.cells) > 1 else unlabelled(each.row) for each in said]
    fields = {field_of(each.label, known) for each in said if each.label}
    fields |= {"title" for each in said if is_problem(each.label)}
    asks_who = any(field_of(text, known) == "lead" for text in bare) or not bare
    if not asks_who or "lead" not in fields or not fields & (_SAID | _WHEN_OR_WITH if bare else _SAID):
        return None
    found = _titled_alike(list(_Cards(known).part(said)))
    cards = [each for each in found if isinstance(each, Card)]
    return None if bare and not _are_answered(cards, known) else table(found, known)


def _titled_alike(found: Sequence[Card | Row]) -> list[Card | Row]:
    """Return cards that name a problem without what stands above some of them only: the title of a page."""
    cards = [each for each in found if isinstance(each, Card)]
    if all(each.head for each in cards) or not all(any(map(is_problem, each.labels)) for each in cards):
        return list(found)
    made: list[Card | Row] = []
    for each in found:
        if isinstance(each, Card) and not any(line.number.value for line in each.head):
            made += [line.row for line in each.head]
            made.append(each._replace(head=()))
        else:
            made.append(each)
    return made


def table(found: Sequence[Card | Row], known: Mapping[str, str]) -> tuple[Row, ...]:
    """Return cards, and the rows between them, as the rows of a table that has the labels for its header."""
    cards = [each for each in found if isinstance(each, Card)]
    columns = _columns(cards, known)
    words = sorted(
        dict.fromkeys(columns.values()),
        key=lambda label: field_of(label, known) != "title" or label.endswith("内容"),
    )
    heads = [at for at in range(len(_HEADER)) if any(_above(card)[at][0] for card in cards)]
    made = [each if isinstance(each, Row) else _row(each, heads, words, columns) for each in found]
    begin = _begin(found)
    header = cards[0].row._replace(cells=(*(_HEADER[at] for at in heads), *words), remarks=())
    return (*made[:begin], header, *made[begin:])


def _columns(cards: Sequence[Card], known: Mapping[str, str]) -> dict[str, str]:
    """Return the label above the column of each: those of one field that no card has both are one column."""
    columns: dict[str, str] = {}
    for label in dict.fromkeys(label for card in cards for label in card.labels):
        field = field_of(label, known)
        like = (each for each in columns.values() if field and field_of(each, known) == field)
        columns[label] = next(
            (each for each in like if not _stand_together(cards, columns, label, each)), label
        )
    return columns


def _stand_together(cards: Sequence[Card], columns: Mapping[str, str], label: str, column: str) -> bool:
    """True if a card has a label, and another that stands in a column."""
    return any(
        label in card.labels and column in {columns.get(each) for each in card.labels} for card in cards
    )


def _bare_labels(lines: Sequence[Row], known: Mapping[str, str]) -> frozenset[str]:
    """Return the labels that stand on lines of their own: those of fields and, where they recur, others."""
    short = (cell for row in lines for cell in row.cells if cell and len(cell) <= LONGEST)
    counts = Counter(cell for cell in short if not cell.endswith((":", "：")))
    return frozenset(
        text
        for text, count in counts.items()
        if is_label(text, known) and (count > 1 or is_sure(label_of(text), known))
    )


def _are_answered(cards: Sequence[Card], known: Mapping[str, str]) -> bool:
    """True if below the labels of half of the cards, or more, that ask who there are names."""
    texts = [
        "、".join(each.text for each in said)
        for card in cards
        for label, said in card.labels.items()
        if field_of(label, known) == "lead"
    ]
    names = sum(bool(found.lead) and not found.doubts for found in map(read_cell, texts))
    return names >= len(texts) / 2


def _begin(found: Sequence[Card | Row]) -> int:
    """Return where the header belongs: before the first card, and the heading of a section over that."""
    begin = next(place for place, each in enumerate(found) if isinstance(each, Card))
    others = [each for each in found[begin:] if isinstance(each, Row) and _is_headline(each)]
    above = found[begin - 1] if begin > 1 else None
    is_section = isinstance(above, Row) and _is_headline(above) and (above.mark or others)
    return begin - bool(is_section)


def _is_headline(row: Row) -> bool:
    text = "".join(row.cells)
    return row.mark.startswith("#") or (row_kinds.is_headline(text) and not row_kinds.heading(text))


def _above(card: Card) -> tuple[_Cell, _Cell, _Cell]:
    """Return what stands above a card: its number, its title, and further lines."""
    first, *more = card.head or (Said(Row(0, ()), "", ""),)
    number = numbered(first.text)
    own = [first.row] if first.text else []
    return (
        (str(number.value or ""), own if number.value else []),
        (number.text.removesuffix("。"), own),
        ("\n".join(each.text for each in more), [each.row for each in more]),
    )


def _row(card: Card, heads: Sequence[int], words: Sequence[str], columns: Mapping[str, str]) -> Row:
    """Return a card as a row: what stands above it, then what its labels say."""
    above = _above(card)
    below = [
        [each for label, said in card.labels.items() if columns[label] == word for each in said]
        for word in words
    ]
    cells = [
        *(above[at] for at in heads),
        *(
            ("\n".join(each.text for each in said if each.text), [each.row for each in said])
            for said in below
        ),
    ]
    return gathered(cells)._replace(is_alone=True)


class _Cards:
    """Parts what is said into cards, and rows that belong to none: the headings of sections."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Begin before the first card."""
        self.known = known
        self.head: tuple[Said, ...] = ()  # the lines since the last card
        self.card: Card | None = None
        self.last = ""  # the label in hand
        self.above = NONE  # the number above the last card
        self.inner = 0  # the last number of what a label of the card says

    def part(self, said: Sequence[Said]) -> Iterator[Card | Row]:
        """Go through what is said."""
        for at, each in enumerate(said):
            if each.label:
                yield from self.label(each)
            elif self.card and not self.begins(self.card, each, said[at + 1 :]):
                self.card.labels[self.last].append(each)
                self.inner = each.number.value or self.inner
            else:
                yield from self.line(each)
        yield from self.ended()
        yield from self.loose()

    def label(self, said: Said) -> Iterator[Card | Row]:
        """Take a label: one that the card has already, or one in another table, begins the next."""
        card = self.card
        if card is None or said.label in card.labels or said.row.table != card.row.table:
            yield from self.ended()
            over, head = _title_of(self.head)
            self.above = head[0].number if head else self.above
            yield from (each.row for each in over)
            card, self.head, self.inner = Card(head, {}, said.row), (), 0
        leads = field_of(said.label, self.known) == "lead"
        card.labels[said.label] = [said]
        self.card, self.last = card._replace(row=said.row if leads else card.row), said.label

    def line(self, said: Said) -> Iterator[Card | Row]:
        """Take a line above a card: one with a number begins its title."""
        yield from self.ended()
        if said.number.value or (self.head and said.row.table != self.head[0].row.table):
            yield from self.loose()
        self.head = (*self.head, said)

    def ended(self) -> Iterator[Card | Row]:
        """Return the card in hand; where a label says its title, the lines above it are none."""
        card, self.card = self.card, None
        if card is None:
            return
        is_titled = any(each.number.value or each.is_heading for each in card.head)
        says_what = any(field_of(label, self.known) == "title" for label in card.labels)
        if says_what or (not is_titled and any(map(is_problem, card.labels))):
            yield from (each.row for each in card.head)
            card = card._replace(head=())
        yield card

    def loose(self) -> Iterator[Row]:
        """Return the lines that are no card's title as they are."""
        yield from (each.row for each in self.head)
        self.head = ()

    def begins(self, card: Card, said: Said, following: Sequence[Said]) -> bool:
        """True if a line stands above the next card: it has the next number, or a label comes again below it.

        Numbers also count what a label says; then only the label tells.
        """
        if said.is_heading or said.row.table != card.row.table or not self.goes_on(card, said):
            return True
        comes_again = self.comes_again(card, said, following)
        if self.is_wanting(card):
            stands_apart = said.is_apart and not card.labels[self.last][0].is_apart  # else all lines do
            return comes_again and (stands_apart or not self.answers(said.text))
        form, above = said.number.form, self.above.form
        if not form or not above:
            return comes_again
        if form != above:
            return _FORMS.index(form) < _FORMS.index(above)
        count = said.number.value
        return comes_again or (count == self.above.value + 1 and count != self.inner + 1)

    def comes_again(self, card: Card, said: Said, following: Sequence[Said]) -> bool:
        """True if a label that the card has comes right below a line, or below headlines behind a blank line.

        A headline that stands alone over that of the card is a section's.
        """
        until = next((at for at, each in enumerate(following[:_HEAD]) if each.label), None)
        if until is None or following[until].label not in card.labels:
            return False
        others = following[:until]
        are_headlines = all(row_kinds.is_headline(each.text) for each in (said, *others))
        return until == 0 or (said.is_apart and (are_headlines or not any(each.is_apart for each in others)))

    def is_wanting(self, card: Card) -> bool:
        """True if the label in hand stands on a line of its own, and nothing is said under it yet."""
        label, *more = card.labels[self.last]
        is_alone = len([cell for cell in label.row.cells if cell]) == 1
        return is_alone and not label.text and not more and not "".join(label.row.cells).endswith((":", "："))

    def answers(self, text: str) -> bool:
        """True if a text may be what the label in hand asks for."""
        field = field_of(self.last, self.known)
        if field in {"lead", "support"}:
            return not read_cell(text).doubts
        return field != "schedule" or read_schedule(text).is_understood

    def goes_on(self, card: Card, said: Said) -> bool:
        """True if a line may say more under the label in hand: names under one for names."""
        if (len(said.row.cells) > 1) != (len(card.row.cells) > 1):
            return False
        field = field_of(self.last, self.known)
        before = [each.text for each in card.labels[self.last] if each.text]
        if field not in {"lead", "support", "schedule"} or not before:
            return True
        names = all(map(bodies.is_whole, re.split("[、,，]", said.text.rstrip("、,，"))))
        return field != "schedule" and (names or before[-1].endswith(("、", "，", ",")))


def _title_of(head: tuple[Said, ...]) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Part the lines above a card: those over it, and its title with what is under that.

    The title is the last heading; of lines that the medium does not call so, one with a number, unless it is
    a section's with a headline below, else the last headline.
    """
    headings = [at for at, each in enumerate(head) if each.is_heading]
    headlines = [at for at, each in enumerate(head) if row_kinds.is_headline(each.text)]
    is_section = len(head) > 1 and row_kinds.heading(head[0].text) and 1 in headlines
    if not headings and head and head[0].number.value and not is_section:
        return (), head
    at = (headings or headlines or [max(0, len(head) - 1)])[-1]
    return head[:at], head[at:]
