"""What a line says: a label with what stands behind it, 责任单位：甲局, or words without one."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest
from typing import NamedTuple

from chengguo.departments import bodies, roles
from chengguo.importing.columns import is_sure, named
from chengguo.importing.rows import Row
from chengguo.importing.shapes import labels
from chengguo.importing.shapes.numbers import Numbered, numbered
from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import folded

NUMBER = "序号"  # the label of the number that stands in another: 任务2.1
LONGEST = 12  # characters of a label
# Labels with a number: 任务一, 任务2.1, Action 1.1.
_COUNTED = re.compile(
    "((?:重点|工作|主要)?任务|事项|项目|问题|提案|建议|(?i:(?:key)?(?:action|task|measure|initiative|activity"
    "|project|commitment|recommendation)))([一二三四五六七八九十]{1,3}|\\d{1,3}(?:[.-]\\d{1,3})?)"
)
_LABEL = re.compile(
    r"[【\[〔]?\s*([^\W\d_][^:：。；;，,、【】\[\]〔〕]{1,20}?)\s*[】\]〕]?\s*[:：]\s*(.*)", re.DOTALL
)
NONE = Numbered(0, "", "")


class Said(NamedTuple):
    """A label with what it says; without a label, a line by itself, with its number if it has one.

    ``is_apart`` tells that a blank line stands above it.
    """

    row: Row
    label: str
    text: str
    number: Numbered = NONE
    is_apart: bool = False

    @property
    def is_heading(self) -> bool:
        """True if the medium says that it is a heading."""
        return self.row.mark.startswith("#")


def field_of(label: str, known: Mapping[str, str]) -> str:
    """Return the field that a label names, "" for none."""
    return next(iter(named((label,), known).values()), "")


def said_by(row: Row, known: Mapping[str, str], bare: frozenset[str]) -> Iterator[Said]:
    """Part a row into its labels with what they say: label and text in cells of their own, or on a line."""
    filled = [cell for cell in row.cells if cell]
    if pairs := _pairs(row, known):
        for label, text in pairs:
            yield from _labelled(row, label, text, known)
    elif len(row.cells) > 1 and filled and is_label(filled[0], known):
        begins = [place for place, cell in enumerate(filled) if is_label(cell, known)]
        for begin, end in pairwise([*begins, len(filled)]):
            yield from _labelled(row, filled[begin], "\n".join(filled[begin + 1 : end]), known)
    elif filled:
        text = labels.without_bullet(" ".join(filled))
        found = _LABEL.fullmatch(text)
        if text in bare:
            yield Said(row, label_of(text), "")
        elif found and is_label(found[1], known):
            yield from _labelled(row, found[1], found[2], known)
        else:
            yield unlabelled(row)


def _labelled(row: Row, label: str, text: str, known: Mapping[str, str]) -> Iterator[Said]:
    """Return a label with what it says, and before it the number of a task that it has: Action 1.1."""
    counted = _COUNTED.fullmatch(_unsigned(label))
    if counted and field_of(counted[1], known) == "title":
        yield Said(row, "No." if counted[1].isascii() else NUMBER, counted[2])
    yield Said(row, label_of(label), text)


def _pairs(row: Row, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the labels of a row, each with the cell beside it, which may be empty; none of another row."""
    covered = {place for begin, count in row.spans for place in range(begin + 1, begin + count)}
    cells = [cell for place, cell in enumerate(row.cells) if place not in covered]
    filled = [cell for cell in cells if cell]
    are_asked = len(filled) > 1 and all(_is_sure(each, known) for each in filled) and not any(cells[1::2])
    if len(filled) % 2 == 0 and not are_asked:
        cells = filled
    pairs = [each for each in zip_longest(cells[::2], cells[1::2], fillvalue="") if any(each)]
    is_begun = len(filled) % 2 == 0 or is_label(filled[0], known)
    are_labels = all(label and _may_be_label(label) and not bodies.is_whole(label) for label, _text in pairs)
    return pairs if len(filled) > 1 and is_begun and are_labels else []


def _is_sure(text: str, known: Mapping[str, str]) -> bool:
    """True if a text is a label by the words of the lists, and by no guess."""
    label = folded(label_of(text)).translate(SIMPLIFIED)
    is_listed = is_sure(label_of(text), known) or re.fullmatch(roles.LINE_LABEL, label)
    return _may_be_label(text) and bool(is_listed or labels.OTHER.fullmatch(label))


def unlabelled(row: Row) -> Said:
    """Return a row as words without a label."""
    text = " ".join(filter(None, row.cells))
    return Said(row, "", text, numbered(text))


def _unsigned(label: str) -> str:
    """Return a label without white space and the signs around it."""
    return "".join(label.split()).strip(":：【】[]〔〕?？")


def label_of(label: str) -> str:
    """Return a label without signs around it, and without the number of a task in it."""
    unsigned = _unsigned(label)
    counted = _COUNTED.fullmatch(unsigned)
    return counted[1] if counted else unsigned


def _may_be_label(text: str) -> bool:
    return len(label_of(text)) <= LONGEST and not re.search(r"[。；;，,、\d]|[:：].", label_of(text))


def is_label(text: str, known: Mapping[str, str]) -> bool:
    """True if a text names a field, a role, persons, a time, or what else labels name."""
    label = folded(label_of(text)).translate(SIMPLIFIED)
    is_known = bool(field_of(label, known)) or bool(re.fullmatch(roles.LINE_LABEL, label))
    return _may_be_label(text) and (is_known or bool(labels.OTHER.fullmatch(label)))
