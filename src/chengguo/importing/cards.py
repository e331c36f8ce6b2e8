"""Cards: of each task a block of labels with what they say, 责任单位: 甲局, in any order; to rows of a table.

A card is a small table, or lines of a document. What stands above its first label is its title; a label that
comes again begins the next card.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from chengguo.departments import bodies, roles
from chengguo.importing import labels
from chengguo.importing.columns import named
from chengguo.importing.paragraphs import Numbered, numbered
from chengguo.importing.rows import Row
from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import folded

_HEADER = ("序号", "重点任务", "主要内容")  # of what stands above the labels of a card
_LONGEST = 12  # characters of a label
_LABEL = re.compile(
    r"[【\[〔]?\s*([^\W\d_][^:：。；;，,、【】\[\]〔〕]{1,20}?)\s*[】\]〕]?\s*[:：]\s*(.*)", re.DOTALL
)
_SAID = {"title", "content"}  # one of which every card says, or has above it


_NONE = Numbered(0, "", "")
# Forms of numbers: lines of one stand over those of the next.
_FORMS = ("article", "chinese", "bracketed", "digits", "digits in brackets")


class _Said(NamedTuple):
    """A label with what it says; without a label, a line by itself, with its number if it has one."""

    row: Row
    label: str
    text: str
    number: Numbered = _NONE


class _Card(NamedTuple):
    """The labels of a card with what they say, the lines above them, and the row of who is responsible."""

    head: tuple[_Said, ...]
    labels: dict[str, list[str]]  # the lines that each says
    row: Row


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table that has the labels for its header; None where lines are no cards."""
    said = [each for row in lines for each in _said(row, known)]
    if any(each.label and len(each.row.cells) > 1 for each in said):  # lines around tables are no cards
        said = [each if len(each.row.cells) > 1 else _unlabelled(each.row) for each in said]
    fields = {_field(each.label, known) for each in said if each.label}
    if "lead" not in fields or not fields & {"title", "content"}:
        return None
    found = list(_Cards(known).part(said))
    cards = [each for each in found if isinstance(each, _Card)]
    words = sorted(
        dict.fromkeys(label for card in cards for label in card.labels),
        key=lambda label: _field(label, known) != "title" or label.endswith("内容"),
    )
    heads = _HEADER[: max(min(len(card.head), 2) + 1 if card.head else 0 for card in cards)]
    begin = next(place for place, each in enumerate(found) if isinstance(each, _Card))
    header = cards[0].row._replace(cells=(*heads, *words))
    made = [each if isinstance(each, Row) else _row(each, len(heads), words) for each in found]
    return (*made[:begin], header, *made[begin:])


def _row(card: _Card, heads: int, labels: Sequence[str]) -> Row:
    """Return a card as a row: the number, title and further lines above it, then what its labels say."""
    first, *more = [each.text for each in card.head] or [""]
    number = numbered(first)
    above = (str(number.value or ""), number.text.removesuffix("。"), "\n".join(more))
    return card.row._replace(
        cells=(*above[:heads], *("\n".join(card.labels.get(label, ())) for label in labels)),
        is_alone=True,
    )


def _field(label: str, known: Mapping[str, str]) -> str:
    return next(iter(named((label,), known).values()), "")


def _said(row: Row, known: Mapping[str, str]) -> Iterator[_Said]:
    """Part a row into its labels with what they say: label and text in cells of their own, or on a line."""
    filled = [cell for cell in row.cells if cell]
    pairs = list(zip(filled[::2], filled[1::2], strict=False))
    if pairs and len(filled) % 2 == 0 and all(_may_be_label(label) for label, _text in pairs):
        yield from (_Said(row, _bare(label), text) for label, text in pairs)
    elif len(row.cells) > 1 and filled and _is_label(filled[0], known):
        begins = [place for place, cell in enumerate(filled) if _is_label(cell, known)]
        for begin, end in pairwise([*begins, len(filled)]):
            yield _Said(row, _bare(filled[begin]), "\n".join(filled[begin + 1 : end]))
    elif filled:
        text = " ".join(filled)
        found = _LABEL.fullmatch(text)
        if found and _is_label(found[1], known):
            yield _Said(row, _bare(found[1]), found[2])
        else:
            yield _unlabelled(row)


def _unlabelled(row: Row) -> _Said:
    text = " ".join(filter(None, row.cells))
    return _Said(row, "", text, numbered(text))


def _bare(label: str) -> str:
    return "".join(label.split()).strip(":：【】[]〔〕")


def _may_be_label(text: str) -> bool:
    return len(_bare(text)) <= _LONGEST and not re.search(r"[。；;，,、\d]", text)


def _is_label(text: str, known: Mapping[str, str]) -> bool:
    """True if a text names a field, a role, persons, a time, or what else labels name."""
    label = folded(_bare(text)).translate(SIMPLIFIED)
    is_known = bool(_field(label, known)) or bool(re.fullmatch(roles.LINE_LABEL, label))
    return _may_be_label(text) and (is_known or bool(labels.OTHER.fullmatch(label)))


class _Cards:
    """Parts what is said into cards, and rows that belong to none: the headings of sections."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Begin before the first card."""
        self.known = known
        self.head: tuple[_Said, ...] = ()  # the lines since the last card
        self.card: _Card | None = None
        self.last = ""  # the label in hand
        self.above = _NONE  # the number above the last card
        self.inner = 0  # the last number of what a label of the card says

    def part(self, said: Sequence[_Said]) -> Iterator[_Card | Row]:
        """Go through what is said."""
        for each, following in pairwise([*said, _Said(Row(0, ()), "", "")]):
            if each.label:
                yield from self.label(each)
            elif self.card and not self.begins(self.card, each, following):
                self.card.labels[self.last].append(each.text)
                self.inner = each.number.value or self.inner
            else:
                yield from self.line(each)
        yield from self.ended()
        yield from self.loose()

    def label(self, said: _Said) -> Iterator[_Card | Row]:
        """Take a label: one that the card has already, or one in another table, begins the next."""
        card = self.card
        if card is None or said.label in card.labels or said.row.table != card.row.table:
            yield from self.ended()
            self.above = self.head[0].number if self.head else self.above
            card, self.head, self.inner = _Card(self.head, {}, said.row), (), 0
        leads = _field(said.label, self.known) == "lead"
        card.labels[said.label] = [said.text] if said.text else []
        self.card, self.last = card._replace(row=said.row if leads else card.row), said.label

    def line(self, said: _Said) -> Iterator[_Card | Row]:
        """Take a line above a card: one with a number begins its title."""
        yield from self.ended()
        if said.number.value or (self.head and said.row.table != self.head[0].row.table):
            yield from self.loose()
        self.head = (*self.head, said)

    def ended(self) -> Iterator[_Card | Row]:
        """Return the card in hand; where a label says its title, the lines above it are none."""
        card, self.card = self.card, None
        if card is None:
            return
        if any(_field(label, self.known) == "title" for label in card.labels):
            yield from (each.row for each in card.head)
            card = card._replace(head=())
        yield card

    def loose(self) -> Iterator[Row]:
        """Return the lines that are no card's title as they are."""
        yield from (each.row for each in self.head)
        self.head = ()

    def begins(self, card: _Card, said: _Said, following: _Said) -> bool:
        """True if a line stands above the next card: it has the next number, or a label comes again below it.

        Numbers also count what a label says; then only the label tells.
        """
        if said.row.table != card.row.table or not self.goes_on(card, said):
            return True
        comes_again = bool(following.label) and following.label in card.labels
        form, above = said.number.form, self.above.form
        if not form or not above:
            return comes_again
        if form != above:
            return _FORMS.index(form) < _FORMS.index(above)
        count = said.number.value
        return comes_again or (count == self.above.value + 1 and count != self.inner + 1)

    def goes_on(self, card: _Card, said: _Said) -> bool:
        """True if a line may say more under the label in hand: names under one for names."""
        if (len(said.row.cells) > 1) != (len(card.row.cells) > 1):
            return False
        field, before = _field(self.last, self.known), card.labels[self.last]
        if field not in {"lead", "support", "schedule"} or not before:
            return True
        names = all(map(bodies.is_whole, re.split("[、,，]", said.text.rstrip("、,，"))))
        return field != "schedule" and (names or before[-1].endswith(("、", "，", ",")))
