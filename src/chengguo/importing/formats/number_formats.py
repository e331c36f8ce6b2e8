"""What a number format of a workbook makes of a number: its digits, and the words around them."""

import re

# The parts of a format (ECMA-376, 18.8.31): words as they are, what shows nothing, places of digits.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<silent>\[[^\]]*\]|_.|\*.)|(?P<general>General|G/通用格式)'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]+)?)|(?P<other>.)",
    re.DOTALL,
)
_BARE = {"General", "@", ""}
_UNKNOWN = re.compile(r"[eE][+-]|[#?0]\s*/")  # powers of ten, fractions


def shown(number: float, code: str) -> str:
    """Return a number as a format shows it: 6 by 0"月底前" is 6月底前, 0.8 by 0% is 80%.

    A format that is not known gives the plain number, a whole one without a point.
    """
    plain = str(int(number) if number == int(number) else number)
    positive, *others = _sections(code)
    section = others[1] if number == 0 and len(others) > 1 else positive
    if section in _BARE or _UNKNOWN.search(section) or number < 0:
        return plain
    parts = list(_PART.finditer(section))
    share = 100 if any(part["other"] == "%" for part in parts) else 1
    digits = iter(_digits(number * share, [part["digits"] for part in parts if part["digits"]]))
    words = (next(digits) if part["digits"] else plain if part["general"] else _word(part) for part in parts)
    return "".join(words).strip() or plain


def with_words(text: str, code: str) -> str:
    """Return a text with the words that its format puts around it: 甲 by "市"@ is 市甲."""
    wordy = next((section for section in _sections(code) if "@" in section), "")
    if wordy in _BARE:
        return text
    return "".join(text if part[0] == "@" else _word(part) for part in _PART.finditer(wordy))


def _sections(code: str) -> list[str]:
    """Part a format at its semicolons outside of quotes: for positive numbers, negative ones, zero, text."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


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
