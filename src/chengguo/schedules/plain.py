"""Official words in one plain form for the grammar, each character knowing where it stood as printed."""

import re
from itertools import pairwise
from typing import NamedTuple

from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import narrowed

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
DITTO = (
    "同上",
    "同上条",
    "同上项",
    "同上栏",
    "同上行",
    "同上格",
    "同前",
    "同前行",
    "同前栏",
    "同前格",
    "上同",
    "″",
)
_DITTO_MARKS = frozenset({*DITTO, "\u2032\u2032", "''", '"', "”"})
_NOUGHTS = frozenset("Oo0Ｏｏ")  # noqa: RUF001 - typed for 〇
# Found only where a cell has what they begin with: most cells need none of them compiled.
_HOUR = r"(?<=[\d日号])\s+(?=\d{1,2}:\d\d)"
_ITEM = r"(?:^|(?<=[;。,:]))(?P<item>\d{1,2})[.、)](?=\d{1,4}[年月])"
_OPEN = r"\([^()]{0,12}[年月日底末]\)(?=(?:之|以)?前(?!期)|内)"
_WEEKDAY = r"\((?:星期|周|礼拜)[一二三四五六日天]\)"
# Years that are no schedule: of a document (国发〔2018〕22号), of a title.
_NAMES = (
    r"《[^》]*\d[^》]*》|\((?:19|20)\d\d\)第?\d+号"
    r"|(?<=计划|方案|规划|纲要|行动|意见)\((?:19|20)\d\d年?[-至](?:19|20)\d\d年?\)"
)


class Plain(NamedTuple):
    """``text`` is the plain form; ``places`` tells where each of its characters stood in ``printed``."""

    printed: str
    text: str
    places: tuple[int, ...]

    def part(self, begin: int, end: int) -> "Plain":
        """Return the plain form between two of its places."""
        return Plain(self.printed, self.text[begin:end], self.places[begin:end])

    @property
    def blanks(self) -> frozenset[int]:
        """The places that stand after white space as printed, a line break too, that was dropped."""
        gaps = enumerate(pairwise(self.places), 1)
        return frozenset(
            at for at, (before, place) in gaps if any(map(str.isspace, self.printed[before + 1 : place]))
        )

    def cut(self, begin: int, end: int) -> str:
        """Return the words as printed between two places of the plain form, without white space around."""
        if begin >= end:
            return ""
        return self.printed[self.places[begin] : self.places[end - 1] + 1].strip()


def plain(printed: str, line_break: str = "") -> Plain:
    """Fold width, dashes, brackets, quotes and traditional forms, and drop white space.

    ``line_break`` stands for each line break: nothing, where typesetting broke a line, or a separator.
    """
    characters = _folded(printed, line_break)
    for find in (_dashes, _numbers, _brackets, _names):
        for begin, end, mark in reversed(find("".join(written for written, _place in characters))):
            characters[begin:end] = [(mark, characters[begin][1])] if mark else []
    written = "".join(written for written, _place in characters)
    return Plain(printed, written, tuple(place for _written, place in characters))


def is_latin(words: str) -> bool:
    """Return True if words have Latin letters and no Chinese character."""
    return any("a" <= each <= "z" for each in words.lower()) and not any(each > "\u3000" for each in words)


def _folded(printed: str, line_break: str) -> list[tuple[str, int]]:
    """Return the characters of the plain form, each with its place as printed."""
    blanks = {"\n": line_break, " ": " " if is_latin(printed) else ""}
    if ":" in printed:  # 2018/6/30 0:00, not the 300th
        printed = re.sub(_HOUR, lambda blank: "T".ljust(len(blank[0])), printed)
    return [
        (written, place)
        for place, character in enumerate(printed)
        for each in _same(printed, place, character)
        if (written := blanks.get(" " if each.isspace() and each != "\n" else each, each))
    ]


def _same(printed: str, place: int, character: str) -> str:
    """Return what a character means here; quotes and dashes first, of some of which NFKC makes two."""
    if character in _NOUGHTS and _is_nought(printed, place):
        return "〇"
    return narrowed(character.translate(_SAME)).translate(_SAME)


def _is_nought(printed: str, place: int) -> bool:
    """True if a letter or a 0 stands for 〇 between Chinese digits: 二O一八."""
    return (
        printed[place - 1 : place] in "一二〇零"
        and printed[place + 1 : place + 2] in "一二三四五六七八九〇零"
    )


def _dashes(text: str) -> list[tuple[int, int, str]]:
    """Return the dashes that are printed as two."""
    return [(*dashes.span(), "-") for dashes in re.finditer("--+", text)] if "--" in text else []


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Return the numbers of a list, 1.…2.…, to be marked lest 1.6月底 be the sixth of January."""
    if not any(second in text for second in ("2.", "2、", "2)")):
        return []
    found = list(re.finditer(_ITEM, text))
    is_list = len(found) > 1 and [int(match["item"]) for match in found] == list(range(1, len(found) + 1))
    return [(match.start("item"), match.end(), "•") for match in found] if is_list else []


def _brackets(text: str) -> list[tuple[int, int, str]]:
    """Return the brackets to take off a time that words after them belong to: 2018年（6月底）前."""
    if ")" not in text:
        return []
    found = [(match.start(), match.end() - 1) for match in re.finditer(f"{_OPEN}|{_WEEKDAY}", text)]
    return [(at, at + 1, "") for places in found for at in places]


def _names(text: str) -> list[tuple[int, int, str]]:
    """Return the years that are no schedule, to be left out."""
    if not any(mark in text for mark in "》)") or re.fullmatch(r"[^\d]*\([-\d年至]+\)", text):
        return []  # 三年行动（2018-2020年） says when
    return [(match.start(), match.end(), "…") for match in re.finditer(_NAMES, text)]


def is_ditto(printed: str) -> bool:
    """Return True if a cell says only that it is as the one above: 同上, 〃, "."""
    words = "".join(printed.split())
    return words in _DITTO_MARKS or (bool(words) and not words.strip("〃"))
