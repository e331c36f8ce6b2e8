"""Letters that stand above the line or are struck out, and the one that a library drops."""

import re

from chengguo.importing.rows import Remark
from chengguo.language import _

LOW_LINE = "\ue05f"  # stands for one that a workbook escapes, for openpyxl drops the escape
_DIGITS = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_RAISED = re.compile(r"[0-9+\-()n]+")
_MARK = re.compile(
    r"\s*(?:[\[［〔【（(]?(?:注|注释)?\s*(?P<number>\d{1,2})[\]］〕】）)]|(?P<circled>[\u2460-\u2473]))\s*"  # noqa: RUF001 - as printed
)


def struck_out(place: int, text: str) -> Remark:
    """Say that words of the cell at a place are struck out."""
    return Remark(place, _("words are struck out, and left out: '{text}'"), text.strip(), empties=True)


def raised(text: str) -> str:
    """Return letters that stand above the line as such where there are any: the 2 of m²; 10⁴ is not 104.

    A number in brackets or in a circle there, the mark of a foot note, is one in round brackets.
    """
    if mark := _MARK.fullmatch(text):
        number = mark["number"] or str(ord(mark["circled"]) - ord("①") + 1)
        return f"({number})".translate(_DIGITS)
    return text.translate(_DIGITS) if _RAISED.fullmatch(text) else text
