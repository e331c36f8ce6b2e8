"""Official words in one plain form for the grammar, each character knowing where it stood as printed."""

import re
import unicodedata
from typing import NamedTuple

# Characters that are written in several ways and mean one thing here.
_SAME = str.maketrans(
    {
        **dict.fromkeys("－–—―‐‑−~～〜∼", "-"),  # noqa: RUF001 - every dash that ranges are printed with
        **dict.fromkeys("[【〔〖{", "("),
        **dict.fromkeys("]】〕〗}", ")"),
        **dict.fromkeys("○◯Ｏ", "〇"),  # noqa: RUF001 - printed circles
        **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫❶❷❸❹❺❻❼❽❾❿", ";•"),  # NFKC would make a 16th month of ①6月
        **dict.fromkeys("“”„\"'‘’「」『』", ""),
        **dict(
            zip(
                "後內號個國長續進實態開兩發佈頒時經貫動滾啟間結",
                "后内号个国长续进实态开两发布颁时经贯动滚启间结",
                strict=True,
            )
        ),
    }
)
_DIGITS = {
    digit: value
    for value, digits in enumerate(("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}
_HOUR = re.compile(r"(?<=[\d日号])\s+(?=\d{1,2}:\d\d)")
NUMBER = r"(?:\d{1,4}|[〇零一二两三四五六七八九十百]{1,5})"
SEPARATORS = ",;。、"


class Plain(NamedTuple):
    """``text`` is the plain form; ``places`` tells where each of its characters stood in ``printed``."""

    printed: str
    text: str
    places: tuple[int, ...]

    def cut(self, begin: int, end: int) -> str:
        """Give the words as printed between two places of the plain form, without white space around."""
        if begin >= end:
            return ""
        return self.printed[self.places[begin] : self.places[end - 1] + 1].strip()


def plain(printed: str, line_break: str = "") -> Plain:
    """Fold width, dashes, brackets, quotes and traditional forms, and drop white space.

    ``line_break`` stands for each line break: nothing, where typesetting broke a line, or a separator.
    """
    text: list[str] = []
    places: list[int] = []
    hours = {match.start() for match in _HOUR.finditer(printed)}
    for place, character in enumerate(printed):
        # Quotes and dashes first: NFKC would make two characters of some.
        for folded in unicodedata.normalize("NFKC", character.translate(_SAME)).translate(_SAME):
            written = line_break if folded == "\n" else "" if folded.isspace() else folded
            written = "T" if place in hours else written  # 2018/6/30 0:00, not the 300th
            if written and not (written == "-" and text and text[-1] == "-"):
                text.append(written)
                places.append(place)
    return Plain(printed, "".join(text), tuple(places))


def number(digits: str) -> int:
    """Give the value of a number up to 9999, in digits or Chinese: 12, 十二, 二〇一八. Not for other text."""
    if digits.isascii():
        return int(digits)
    if "十" not in digits and "百" not in digits:
        return int("".join(str(_DIGITS[digit]) for digit in digits))
    return sum(value * unit for value, unit in _units(digits))


def _units(digits: str) -> list[tuple[int, int]]:
    """Split 一百二十三 into (1, 100), (2, 10), (3, 1); 十 alone is (1, 10)."""
    pairs: list[tuple[int, int]] = []
    value = 0
    for digit in digits:
        if digit in "十百":
            pairs.append((value or 1, 10 if digit == "十" else 100))
            value = 0
        else:
            value = _DIGITS[digit]
    return [*pairs, (value, 1)]
