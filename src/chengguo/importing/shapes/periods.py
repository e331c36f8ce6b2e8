"""Columns that part the plan's time, 一季度 and 二季度, where no column says by when: to one that does.

The registry has one wording by which an item is due, and reads its milestones out of that: what else held
the cells would let a missed quarter pass unseen. So the wording has a line for each cell, all its characters
behind the word above its column, 一季度：完成招标。, and whoever imports the table is told of it.
"""

import re
from collections.abc import Mapping, Sequence

from chengguo.importing import cells
from chengguo.importing.columns import Columns
from chengguo.importing.headers import find
from chengguo.importing.rows import Row
from chengguo.language import _, listed
from chengguo.model import Context
from chengguo.schedules import parts_of_year, read_schedule
from chengguo.text.widths import folded

# What a word above such columns says of them that is no plan: 完成情况, 资金（万元）.
_NO_PLAN = re.compile("情况|进展|实际|累计|资金|经费|投资|预算|产值|收入|数量|[元人次家个户]\\)")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_HEADER = "计划进度"
_FEWEST = 2
_ANY_YEAR = Context(2000)


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with what such columns say in one, on a line each with its word.

    Columns of figures or ticks alone stay: nobody plans by those. None where there are no others.
    """
    if not any(sum(map(_is_period, row.cells)) >= _FEWEST for row in lines):
        return None
    headers = find(lines, known)
    made = list(lines)
    ends = [*headers, len(lines)]
    for (begin, columns), end in zip(headers.items(), sorted(ends)[1:], strict=True):
        above = lines[begin - 1] if begin else Row(0, ())
        places = [] if "schedule" in columns else _places(columns, above)
        below = lines[begin + 1 : end]
        if len(places) < _FEWEST or not _are_plans(below, places):
            continue
        words = [_lower(columns.printed[place]) for place in places]
        note = _("the columns {names} are read as the schedule, a line for each").format(names=listed(words))
        notes = "；".join(filter(None, (lines[begin].note, note)))
        made[begin] = _with(lines[begin], places, _HEADER)._replace(note=notes)
        made[begin + 1 : end] = [_with(row, places, _joined(row, places, words)) for row in below]
    return tuple(made) if tuple(made) != lines else None


def _is_period(word: str) -> bool:
    return parts_of_year.is_part(_lower(word))


def _places(columns: Columns, above: Row) -> list[int]:
    """Return the places of columns that have a period for their word, and none above it that is no plan.

    No place where the word of another is a time as well: a plan of which half is read has a wrong deadline.
    """
    found = [place for place, word in enumerate(columns.words) if _is_period(word)]
    others = set(range(len(columns.words))).difference(found, *columns.places.values())
    if any(_is_other_time(columns.words[place]) for place in others):
        return []
    over = {word for place in found for word in above.cells[place : place + 1]}
    return [] if any(_NO_PLAN.search(folded(word)) for word in over) else found


def _is_other_time(word: str) -> bool:
    """True for the word of a plan's column that is a time, and no part of the year: 2027年."""
    return not _NO_PLAN.search(folded(word)) and read_schedule(_lower(word), _ANY_YEAR).due is not None


def _lower(word: str) -> str:
    """Return the word of a column without that which stands above it: 一季度 of 一季度（年度计划）."""
    return re.sub("[（(].*", "", word)


def _are_plans(lines: Sequence[Row], places: Sequence[int]) -> bool:
    """True if most of what stands in the columns is words."""
    texts = [row.cells[place] for row in lines for place in places if place < len(row.cells)]
    filled = [text for text in texts if any(map(str.isalnum, text))]
    return sum(map(bool, map(_WORDS.search, filled))) > len(filled) / 2


def _joined(row: Row, places: Sequence[int], words: Sequence[str]) -> str:
    """Return what a row says in the columns, on a line each with its word; a dash says nothing."""
    texts = zip(words, (row.cells[place] if place < len(row.cells) else "" for place in places), strict=True)
    return "\n".join(f"{word}：{cells.line(text)}" for word, text in texts if any(map(str.isalnum, text)))


def _with(row: Row, places: Sequence[int], text: str) -> Row:
    """Return a row with a text in the first of the places, and nothing in the others."""
    if sum(map(bool, row.cells)) <= 1:
        return row  # of a section, or a note
    at = {**dict.fromkeys(places, ""), places[0]: text}
    return row._replace(cells=tuple(at.get(place, cell) for place, cell in enumerate(row.cells)))
