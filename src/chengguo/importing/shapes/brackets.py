"""The brackets of a text, and whether they say who: （市科委牵头）, not （含事业单位）."""

import re
from collections.abc import Iterator

from chengguo.departments import bodies, roles
from chengguo.departments.cells import read_cell
from chengguo.schedules import read_schedule
from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED

REMARK = expression("(?:不?含|包括|以下|下同|简称|如|即|指|原|详?见|注)")
_STOPS = tuple("。；;！")
CLOSING = {"（": "）", "(": ")", "〔": "〕", "[": "]", "\uff3b": "\uff3d", "【": "】"}
_NARROW = str.maketrans("（）\uff0f", "()/", roles.MARKS)
_LONGEST_BRACKET = 2000  # characters


def saying_who(text: str) -> Iterator[tuple[int, int]]:
    """Return the outer brackets that say who: the places of the opening and of the closing one."""
    return ((start, end) for start, end, says_who in found_from(text, 0) if says_who)


def outer(text: str) -> Iterator[tuple[int, int]]:
    """Return all outer brackets of a text: the places of the opening and of the closing one."""
    return ((start, end) for start, end, _says_who in found_from(text, 0))


def found_from(text: str, at: int) -> Iterator[tuple[int, int, bool]]:
    """Find the outer brackets from a place on, and whether they say who."""
    while at < len(text):
        if text[at] not in CLOSING:
            at += 1
            continue
        end = _end(text, at)
        if end is None:
            return
        is_apart = (at > 0 and text[at - 1] in _STOPS) or text[end + 1 : end + 2] in {"", *_STOPS}
        yield at, end, _says_parties(text[at + 1 : end], is_apart=is_apart)
        at = end + 1


def _says_parties(words: str, *, is_apart: bool) -> bool:
    """True if the words of a bracket say who; （含事业单位） and （以下简称责任单位） do not.

    Names alone say so only where the bracket stands apart, between sentences or at the end.
    """
    folded = words.translate(SIMPLIFIED)
    if roles.IN_BRACKET.search(folded):
        return True
    if not is_apart or REMARK.match(words):
        return False
    found = read_cell(words) if roles.HELPS.search(folded) else None
    return are_names(words) or (found is not None and bool(found.lead + found.support) and not found.doubts)


def are_names(words: str) -> bool:
    """True if a bracket holds names of bodies, and at most a schedule: （★市统计局，6月底前）."""
    *names, last = re.split("[、，,；;/]", words.translate(_NARROW))
    is_name = bodies.is_whole(last)
    said = read_schedule(last)
    is_schedule = bool(names) and said.is_understood and said.kind != "state"
    are_whole = (is_name or is_schedule) and all(map(bodies.is_whole, names))
    return len(words) > 2 and (are_whole or _are_surely_names(words))  # noqa: PLR2004 - 上海局


def _are_surely_names(words: str) -> bool:
    """True if words are names, however they are parted, and none is doubtful: 省教育厅等部门，各高等学校."""
    found = read_cell(words)
    names = [unit.name for unit in (*found.lead, *found.support)]
    is_time = not found.schedule or read_schedule(found.schedule).is_understood
    return bool(names) and not found.doubts and is_time and all(map(bodies.is_whole, names))


def is_framed(text: str) -> bool:
    """True if a paragraph is one bracket from its beginning to its end."""
    return text[:1] in CLOSING and _end(text, 0) == len(text.rstrip("。")) - 1


def _end(text: str, at: int) -> int | None:
    """Find the bracket that closes the one at ``at``; those of either width close each other."""
    depth = 0
    for place in range(at, min(len(text), at + _LONGEST_BRACKET)):
        if text[place] in CLOSING:
            depth += 1
        elif text[place] in CLOSING.values():
            depth -= 1
            if depth == 0:
                return place
    return None
