"""Parts of a year by which a plan is laid out: columns under 一季度 and 二季度, lines that begin 上半年：."""

import re

from chengguo.text.widths import folded

_MONTH = "(?:1[0-2]|[1-9])"
_END = "(?:[底末]前?)?"
_PART = re.compile(
    f"(?:(?:19|20)[0-9]{{2}}年)?(?:第?[一二三四1-4]季度?{_END}|前[二三]个?季度|[上下]半年|全年"
    f"|{_MONTH}(?:[-—–~至]{_MONTH})?月(?:份|{_END})|(?i:Q[1-4]))|(?:(?:19|20)[0-9]{{2}})?年[底末]前?"
)
_LONGEST, _LONGEST_LINE = 20, 400  # characters of the words of a part, and of all that is said of it
_MOST = 12  # parts


def is_part(words: str) -> bool:
    """True for the words of a part of a year."""
    return len(words) <= _LONGEST and _PART.fullmatch(folded(words)) is not None


def are_parts(wording: str) -> bool:
    """True if each line of several says what a part of a year is for, as 一季度：完成招标 does."""
    return "\n" in wording and is_laid_out(wording)


def is_laid_out(wording: str) -> bool:
    """True if each line, or the only one, says what a part of a year is for."""
    lines = wording.split("\n")
    return len(lines) <= _MOST and all(map(begins, lines))


def parted(line: str) -> tuple[str, str]:
    """Return the words of the part that a line begins with, and what is said of it; "" without a colon."""
    part, colon, _rest = line.replace("：", ":").partition(":")
    return part, line[len(part) + len(colon) :]


def begins(line: str) -> bool:
    """True if a line or a sentence says what a part of a year is for: 一季度：完成招标."""
    part, _rest = parted(line)
    return part != line and len(line) <= _LONGEST_LINE and is_part(part)
