"""What a number format of a workbook makes of a number or a day: its digits, and the words around them."""

import operator
import re
from datetime import date

from chengguo.text.numerals import chinese

# The parts of a format (ECMA-376, 18.8.31): words as they are, what shows nothing, places of digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<silent>\[[^\]]*\]|_.|\*.)|(?P<general>General|G/通用格式)'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]+)?)|(?P<other>.)",
    re.DOTALL,
)
_BARE = {"General", "@", ""}
_UNKNOWN = re.compile(r"[eE][+-]|[#?0]\s*/")  # powers of ten, fractions
_SECTION = re.compile(r'(?:[^;"\\]|"[^"]*"|\\.)*')
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
_HOLDS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_CHINESE = "[DBNum1]"  # digits as 一 and 二
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_DAY_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<letters>y+|m+|d+|a{3,4})|(?P<other>.)'
)
_WEEK = "一二三四五六日"
_HIDES = re.compile(r"\s*;\s*;\s*;?\s*")


def hides(code: str) -> bool:
    """True for the format ;;; by which a cell shows nothing."""
    return bool(_HIDES.fullmatch(code))


def shown(number: float, code: str) -> str:
    """Return a number as a format shows it: 6 by 0"月底前" is 6月底前, 0.8 by 0% is 80%.

    A format that is not known gives the plain number, a whole one without a point.
    """
    plain = str(int(number) if number == int(number) else number)
    section, is_bare = _section(number, _sections(code))
    if section in _BARE or _UNKNOWN.search(section):
        return plain
    size = abs(number) if is_bare else number
    parts = list(_PART.finditer(section))
    if size < 0:
        return f"-{shown(-number, section)}"
    share = 100 if any(part["other"] == "%" for part in parts) else 1
    digits = iter(_digits(size * share, [part["digits"] for part in parts if part["digits"]]))
    general = str(int(size) if size == int(size) else size)
    is_chinese = section.startswith(_CHINESE)
    if is_chinese and size == int(size):
        general = chinese(int(size)) if 0 < size < 100 else general.translate(_DIGITS)  # noqa: PLR2004
    words = (
        next(digits) if part["digits"] else general if part["general"] else _word(part) for part in parts
    )
    text = "".join(words).strip()
    return (text.translate(_DIGITS) if is_chinese else text) or plain


def with_words(text: str, code: str) -> str:
    """Return a text with the words that its format puts around it: 甲 by "市"@ is 市甲."""
    wordy = next((section for section in _sections(code) if "@" in section), "")
    if wordy in _BARE:
        return text
    return "".join(text if part[0] == "@" else _word(part) for part in _PART.finditer(wordy))


def day(shown_day: date, code: str) -> str:
    """Return a day as a format with Chinese words shows it: 12月31日; "" by another format."""
    section = _sections(code)[0]
    parts = list(_DAY_PART.finditer(section))
    words = [_of_day(shown_day, part, is_chinese=_CHINESE in section) for part in parts]
    if not any(each in "".join(filter(None, words)) for each in "年月日") or None in words:
        return ""
    return "".join(filter(None, words)).strip()


def _of_day(day: date, part: re.Match[str], *, is_chinese: bool) -> str | None:
    """Return what a part of a format makes of a day; None for names of months and what is no day."""
    letters = (part["letters"] or "").lower()
    number = {"y": day.year, "m": day.month, "d": day.day}.get(letters[:1], 0)
    if letters.startswith("a"):
        return ("星期" if letters == "aaaa" else "") + _WEEK[day.weekday()]
    if letters.startswith("y"):
        text = str(number) if len(letters) > 2 else f"{number % 100:02}"  # noqa: PLR2004
        return text.translate(_DIGITS) if is_chinese else text
    if letters:
        text = f"{number:0{len(letters)}}"
        return None if len(letters) > 2 else chinese(number) if is_chinese else text  # noqa: PLR2004
    if (part["other"] or "").lower() in {"h", "s", "e", "g", "@"} - {""}:
        return None
    return part["quoted"] or part["escaped"] or part["other"] or ""


def _section(number: float, sections: list[str]) -> tuple[str, bool]:
    """Choose the section of a format that a number is shown by, and whether it is shown without its sign."""
    if any(_CONDITION.search(each) for each in sections):
        for each in sections:
            said = _CONDITION.search(each)
            if said is None or _HOLDS[said[1]](number, float(said[2])):
                return each, False
        return "", False
    at = 2 if number == 0 else 1 if number < 0 else 0
    return (sections[at], at == 1) if at < len(sections) else (sections[0], False)


def _sections(code: str) -> list[str]:
    """Part a format at its semicolons outside of quotes: for positive numbers, negative ones, zero, text."""
    sections, place = [], 0
    while place <= len(code):
        found = _SECTION.match(code, place)
        end = found.end() if found else place
        sections.append(code[place:end])
        place = end + 1
    return sections


def _word(part: re.Match[str]) -> str:
    return part["quoted"] or part["escaped"] or part["other"] or ""


def _digits(number: float, places: list[str]) -> list[str]:
    """Share the digits of a number out to the places of a format, the last first."""
    if not places:
        return []
    if len(places) == 1:
        whole, _point, decimals = places[0].partition(".")
        rounded = f"{number:,.{len(decimals)}f}" if "," in whole else f"{number:.{len(decimals)}f}"
        optional = len(decimals) - len(decimals.rstrip("#"))
        head, point, tail = rounded.partition(".")
        tail = tail[: len(tail) - optional] + tail[len(tail) - optional :].rstrip("0")
        return [head.zfill(whole.count("0")) + (point + tail if tail else "")]
    left = f"{number:.0f}"
    shared: list[str] = []
    for place in reversed(places[1:]):
        shared.append(left[-len(place) :].zfill(place.count("0")))
        left = left[: -len(place)]
    return [left.zfill(places[0].count("0")), *reversed(shared)]
