"""Columns under words that nothing knows, told by what stands below them: tasks under 任务分工.

A header says who and with whom, or by when, by words that are known. What it lacks is taken from the only
other column that can be it. Whoever reads the table is told.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice, takewhile

from chengguo.departments import bodies, roles
from chengguo.departments.cells import read_cell
from chengguo.importing import columns
from chengguo.importing.columns import Columns
from chengguo.importing.rows import Row
from chengguo.importing.shapes import likely
from chengguo.schedules import read_schedule

_FEWEST = 2  # fields that a header names by words that are known
_FEWEST_ROWS = 2  # by which a column is told to say what or who
_HIGHEST = 50  # rows from the top, of which one may be the header
_READ = 200  # rows below it
_SHORTEST = 5  # characters of a task, in the mean
_SAYS_NO_TIME = frozenset({"state", "none", "ditto"})
_OF_BODIES = re.compile(f".{{1,16}}{roles.UNIT}")  # 联系服务单位
_BESIDE = re.compile(  # what stands beside the work, and is no part of it
    "备注|附注|说明|情况|进展|状态|成效|问题|原因|依据|来源|文件|资金|经费|投资|预算|金额|分值|权重|得分|数量"
    "|电话|手机|联系(?!服务|单位|部门)|姓名|人员?$|代表|委员|领导|同志|职务|地[点址]|位置|编?号$|批示|会议|佐证|材料|附件|目标值|现状"
    "|启动|开工|开始|填报|报送|印发|更新|当前|目前|累计|实际|交办|受理|remarks?|notes?|comments?|status|progress"
    "|contact|budget|evidence|source|location|季度|半年|(?<!^)月份?$|周$"
    "|^[被受].*(?:单位|部门)|(?:所[在属]|提[出案]|反馈|建议)(?:单位|部门)"
)


def fields(rows: Sequence[Row], headers: Mapping[int, Columns], known: Mapping[str, str]) -> dict[str, str]:
    """Return what words say that nothing knows, by the header, or by a row that is almost one; else none."""
    if any("schedule" in found for found in headers.values()):
        return {}
    for at in headers or range(min(len(rows), _HIGHEST)):
        if told := _of_header(rows, at, known):
            return told
    return {}


def helpers(rows: Sequence[Row], headers: Mapping[int, Columns], known: Mapping[str, str]) -> dict[str, str]:
    """Return the words that say of bodies what nothing knows, beside who leads: those have a part in it."""
    return {
        word: "support"
        for at, found in headers.items()
        for word, cells in _free(found.words, _below(rows, at), _said(found, known)).items()
        if _OF_BODIES.fullmatch(word) and len(cells) >= _FEWEST_ROWS and all(map(_are_bodies, cells))
    }


def _said(found: Columns, known: Mapping[str, str]) -> set[str]:
    """Return the words that say something of a column: those that are known, and those of a header's."""
    return {*known, *(found.words[place] for place in found.taken)}


def _are_bodies(text: str) -> bool:
    found = read_cell(text, "support")
    names = [unit.name for unit in (*found.lead, *found.support)]
    return likely.is_names(text) and all(bodies.is_whole(name) for name in names)


def _free(words: Sequence[str], below: Sequence[Row], named: Collection[str]) -> dict[str, list[str]]:
    """Return the words above columns that may say anything, with the cells below each."""
    return {
        word: [cell for row in below if (cell := row.cells[place] if place < len(row.cells) else "")]
        for place, word in enumerate(words)
        if word and word not in named and not _BESIDE.search(word) and not roles.HEADER.fullmatch(word)
    }


def _of_header(rows: Sequence[Row], at: int, known: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a row that the cells below tell, where with them it is a header."""
    words = columns.words_above(rows[at].cells)
    named = columns.named(rows[at].cells, known)
    filled = [*filter(None, words)]
    if len(set(named.values())) < _FEWEST or len({*filled}) < len(filled):
        return {}
    below = _below(rows, at)
    if any(not named.keys().isdisjoint(columns.words_above(row.cells)) for row in below):
        return {}  # 牵头 and 配合 stand in a matrix
    free = {word: cells for word, cells in _free(words, below, named).items() if not _is_answer(word)}
    if any(bodies.level(word) and bodies.is_whole(word) for word in free):
        return {}  # beside 责任部门 stands who it is, as in a card
    told = dict(_told(free, len(below), set(named.values())))
    return told if len(told) == 1 and columns.recognise(rows[at].cells, {**known, **told}) else {}


def _is_answer(word: str) -> bool:
    """True for a name or a day: it stands beside a label of a card, and above no column."""
    is_day = re.search("[0-9]", word) is not None and read_schedule(word).is_understood
    return is_day or (bool(bodies.level(word)) and bodies.is_whole(word))


def _below(rows: Sequence[Row], at: int) -> list[Row]:
    """Return the rows of several cells that stand in the table below a row, but for those that repeat it."""
    following = takewhile(lambda row: row.table == rows[at].table, rows[at + 1 :])
    others = (row for row in islice(following, _READ) if row.cells != rows[at].cells)
    return [row for row in others if len({*filter(None, row.cells)}) > 1]


def _told(free: Mapping[str, list[str]], count: int, named: Collection[str]) -> list[tuple[str, str]]:
    """Return the only word for each field that is missing, with the field; ``count`` is of the rows below."""
    missing = {
        "lead": ("lead" not in named, _are_names),
        "schedule": ("schedule" not in named, _are_schedules),
        "title": (not {"title", "content"} & {*named}, _are_tasks),
    }
    found = []
    for field, (is_missing, are_meant) in missing.items():
        meant = [word for word, cells in free.items() if are_meant(cells, count)] if is_missing else []
        if len(meant) == 1:
            found.append((meant[0], field))
    return found


def _are_names(cells: Sequence[str], count: int) -> bool:
    return count >= _FEWEST_ROWS and bool(cells) and all(map(likely.is_names, cells))


def _are_schedules(cells: Sequence[str], _count: int) -> bool:
    return bool(cells) and all(_is_time(cell) for cell in cells)


def _is_time(text: str) -> bool:
    found = read_schedule(text)
    return found.is_understood and found.kind not in _SAYS_NO_TIME


def _are_tasks(cells: Sequence[str], count: int) -> bool:
    """True if each row has words of its own there, which are neither names nor a time."""
    if count < _FEWEST_ROWS or len(set(cells)) < count or sum(map(len, cells)) < _SHORTEST * count:
        return False
    return not any(likely.is_names(cell) or _is_time(cell) for cell in cells)
