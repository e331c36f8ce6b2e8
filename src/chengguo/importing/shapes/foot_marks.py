"""Marks of foot notes behind words, as 6月底前¹ and 市甲局[1]: they are no part of the wording, and told."""

import re
import unicodedata
from collections.abc import Mapping

from chengguo.importing.rows import Remark, Row
from chengguo.language import _

_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Above the line: in brackets, or behind a Chinese word that is no unit of length, whose ² is a power.
_RAISED = re.compile(
    rf"⁽[{_DIGITS}]+⁾|(?<=[\u4e00-\u9fff])(?<![米里丈尺寸分厘毫注])[{_DIGITS[1:]}][{_DIGITS}]?"
)
_ON_LINE = r"\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕|【\d{1,2}】"  # noqa: RUF001 - as printed
_BEHIND = re.compile(rf"(?<=\S)(?:{_ON_LINE})")
_NOTE = re.compile(rf"\s*(?P<mark>{_ON_LINE}|⁽[{_DIGITS}]+⁾|[{_DIGITS[1:]}][{_DIGITS}]?)\s*\S")  # at the foot


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return rows without foot notes and the marks of them behind words of their cells, all told.

    One in brackets on the line is such a mark where a row of the file begins with it. Where more rows do than
    there are marks, they are no notes: it is how a list counts.
    """
    begun = {_number(mark) for row in lines if (mark := _begins(row))}
    used = {_number(mark) for row in lines for cell in row.cells for mark in _marks(cell, begun)}
    notes = begun if begun <= used else set()
    return tuple(_without(row, notes) for row in lines) if used else None


def _number(mark: str) -> str:
    return "".join(filter(str.isdigit, unicodedata.normalize("NFKC", mark)))


def _begins(row: Row) -> str:
    """Return the mark that a row of one text begins with; "" for another row."""
    filled = [cell for cell in row.cells if cell]
    found = _NOTE.match(filled[0]) if len(filled) == 1 else None
    return found["mark"] if found else ""


def _marks(cell: str, notes: set[str]) -> list[str]:
    """Return the marks behind words of a cell."""
    return [*(each for each in _BEHIND.findall(cell) if _number(each) in notes), *_RAISED.findall(cell)]


def _without(row: Row, notes: set[str]) -> Row:
    """Return a row without the marks of notes; a note that begins with one is told instead."""
    if _number(_begins(row)) in notes:
        place = next(at for at, cell in enumerate(row.cells) if cell)
        note = Remark(place, _("there is a foot note, which is left out: '{text}'"), row.cells[place])
        return row._replace(cells=("",) * len(row.cells), remarks=(*row.remarks, note))
    why = _("the mark of a foot note is left out: '{text}'")
    told = [Remark(place, why, mark) for place, cell in enumerate(row.cells) for mark in _marks(cell, notes)]
    cells = tuple(_bare(cell, notes) for cell in row.cells)
    return row._replace(cells=cells, remarks=(*row.remarks, *told)) if told else row


def _bare(cell: str, notes: set[str]) -> str:
    text = _BEHIND.sub(lambda found: "" if _number(found[0]) in notes else found[0], cell)
    return _RAISED.sub("", text).strip()
