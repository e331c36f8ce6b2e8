"""Official words in one plain form for the grammar, each character knowing where it stood as printed."""

import re
import unicodedata
from typing import NamedTuple

from chengguo.text.traditional import SIMPLIFIED

# Characters that are written in several ways and mean one thing here.
_SAME: dict[int, int | str] = SIMPLIFIED | str.maketrans(
    {
        **dict.fromkeys("－–—―‐‑−~～〜∼", "-"),  # noqa: RUF001 - every dash that ranges are printed with
        **dict.fromkeys("[【〔〖{", "("),
        **dict.fromkeys("]】〕〗}", ")"),
        **dict.fromkeys("○◯Ｏ", "〇"),  # noqa: RUF001 - printed circles
        **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫❶❷❸❹❺❻❼❽❾❿", ";•"),  # NFKC would make a 16th month of ①6月
        **dict.fromkeys("“”„\"'‘’「」『』", ""),
    }
)
DITTO = ("同上", "同上条", "同上项", "同上栏", "同上行", "同上格", "同前", "同前行", "同前栏", "同前格", "上同", "″")
_DITTO_MARKS = frozenset({*DITTO, "\u2032\u2032", "''", '"', "”"})
CHINESE = re.compile("[\u3007\u3003\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_HOUR = re.compile(r"(?<=[\d日号])\s+(?=\d{1,2}:\d\d)")
# Years that are no schedule: of a document (国发〔2018〕22号), of a title, of a comparison (比2015年).
_NAMES = re.compile(
    r"《[^》]*\d[^》]*》|\((?:19|20)\d\d\)第?\d+号"
    r"|(?<=计划|方案|规划|纲要|行动|意见)\((?:19|20)\d\d年?[-至](?:19|20)\d\d年?\)"
    r"|(?<=[比较以])(?:19|20)\d\d年(?:底|末)?(?![前内起底末]|\d)"
)
_ITEM = re.compile(r"(?:^|(?<=[;。,:]))(?P<item>\d{1,2})[.、)](?=\d{1,4}[年月])")
_OPEN = re.compile(r"\([^()]{0,12}[年月日底末]\)(?=(?:之|以)?前(?!期)|内)")
_LETTER = re.compile("(?<=[一二〇零])[OoＯｏ0○◯](?=[一二三四五六七八九〇零OoＯｏ0])")  # noqa: RUF001 - typed for 〇


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
    characters: list[tuple[str, int]] = []
    blank = " " if _LATIN.search(printed) and not CHINESE.search(printed) else ""
    hours = {match.start() for match in _HOUR.finditer(printed)}
    for place, character in enumerate(_LETTER.sub("〇", printed)):
        # Quotes and dashes first: NFKC would make two characters of some.
        for folded in unicodedata.normalize("NFKC", character.translate(_SAME)).translate(_SAME):
            written = line_break if folded == "\n" else blank if folded.isspace() else folded
            written = "T" if place in hours else written  # 2018/6/30 0:00, not the 300th
            if written and not (written == "-" and characters and characters[-1][0] == "-"):
                characters.append((written, place))
    for find in (_numbers, _brackets, _names):
        for begin, end, mark in reversed(find("".join(written for written, _place in characters))):
            characters[begin:end] = [(mark, characters[begin][1])] if mark else []
    return Plain(
        printed,
        "".join(written for written, _place in characters),
        tuple(place for _written, place in characters),
    )


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Find the numbers of a list, 1.…2.…, to be marked lest 1.6月底 be the sixth of January."""
    found = list(_ITEM.finditer(text))
    if len(found) < 2 or [int(match["item"]) for match in found] != list(range(1, len(found) + 1)):  # noqa: PLR2004 - a list
        return []
    return [(match.start("item"), match.end(), "•") for match in found]


def _brackets(text: str) -> list[tuple[int, int, str]]:
    """Find the brackets to take off a time that words after them belong to: 2018年（6月底）前."""
    found = [(match.start(), match.end() - 1) for match in _OPEN.finditer(text)]
    return [(at, at + 1, "") for places in found for at in places]


def _names(text: str) -> list[tuple[int, int, str]]:
    """Find the years that are no schedule, to be left out."""
    alone = re.fullmatch(r"[^\d]*\([-\d年至]+\)", text)  # 三年行动（2018-2020年） says when
    return [] if alone else [(match.start(), match.end(), "…") for match in _NAMES.finditer(text)]


def is_ditto(printed: str) -> bool:
    """Return True if a cell says only that it is as the one above: 同上, 〃, "."""
    words = "".join(printed.split())
    return words in _DITTO_MARKS or (bool(words) and not words.strip("〃"))
