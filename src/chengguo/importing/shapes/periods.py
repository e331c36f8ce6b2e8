"""Columns that part the plan's time, 一季度 and 二季度, where no column says by when: to one that does.

The registry has one wording by which an item is due, and reads its milestones out of that: what else held
the cells would let a missed quarter pass unseen. So the wording has a line for each cell, all its characters
behind the word above its column, 一季度：完成招标。; where cells are only ticked it is the words above those,
一季度、三季度. Whoever imports the table is told of it.
"""

import re
from collections.abc import Mapping, Sequence

from chengguo.importing import cells
from chengguo.importing.columns import Columns
from chengguo.importing.headers import find
from chengguo.importing.rows import Row
from chengguo.importing.shapes.matrix import CHECKS, TICKS
from chengguo.language import N_, _, listed
from chengguo.model import Context
from chengguo.schedules import parts_of_year, read_schedule
from chengguo.text.widths import folded

# What a word above such columns says of them that is no plan: 完成情况, 资金（万元）.
_NO_PLAN = re.compile("情况|进展|实际|累计|资金|经费|投资|预算|产值|收入|数量|[元人次家个户]\\)")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_HEADER = "计划进度"
_READ = N_("the columns {names} are read as the schedule, a line for each")
_OVER = N_("over the columns that are read as the schedule stands: {names}")
_BESIDE = N_(
    "the columns {names} stand beside the schedule, and are no milestones; they are kept as they are"
)
_FEWEST = 2
_ANY_YEAR = Context(2000)


def rows(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with what such columns say in one, on a line each with its word.

    Columns of figures stay: nobody plans by those. So do all beside a column for the schedule, which is told.
    None where there are no others.
    """
    if not any(sum(map(_is_period, row.cells)) >= _FEWEST for row in lines):
        return None
    headers = find(lines, known)
    made = list(lines)
    ends = [*headers, len(lines)]
    for (begin, columns), end in zip(headers.items(), sorted(ends)[1:], strict=True):
        places = _places(columns, lines[begin - 1] if begin else Row(0, ()))
        below = lines[begin + 1 : end]
        if len(places) < _FEWEST or not _are_plans(below, places):
            continue
        words = [_lower(columns.printed[place]) for place in places]
        if "schedule" in columns:
            made[begin] = _noting(lines[begin], _BESIDE, words)
            continue
        made[begin] = _noting(_with(lines[begin], places, _HEADER), _READ, words)
        for upper in range(begin + 1 - columns.height, begin):
            made[upper] = _without(lines[upper], places)
        made[begin + 1 : end] = [_with(row, places, _joined(row, places, words)) for row in below]
    return tuple(made) if tuple(made) != lines else None


def _noting(row: Row, why: str, words: Sequence[str]) -> Row:
    """Return a row with a note about the words above columns."""
    note = _(why).format(names=listed(words))
    return row._replace(note="；".join(filter(None, (row.note, note))))


def _without(row: Row, places: Sequence[int]) -> Row:
    """Return the upper row of a header without its words over such columns, which it tells."""
    over = dict.fromkeys(cell for place, cell in enumerate(row.cells) if cell and place in places)
    cells = tuple("" if place in places else cell for place, cell in enumerate(row.cells))
    bare = row._replace(cells=cells, spans=tuple(span for span in row.spans if span[0] not in places))
    return _noting(bare, _OVER, [*over]) if over else bare


def without_ticks(printed: Sequence[Row], made: Sequence[Row]) -> list[Row]:
    """Return rows as printed without the ticks for which those made of them have the words above."""
    return [
        row._replace(
            cells=tuple("" if cell in TICKS and cell not in new.cells else cell for cell in row.cells)
        )
        for row, new in zip(printed, made, strict=True)
    ]


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
    """True if most of what stands in the columns is words, or all of it ticks of one kind."""
    texts = [row.cells[place] for row in lines for place in places if place < len(row.cells)]
    filled = [text for text in texts if _says(text)]
    ticks = {*filled}
    if ticks <= TICKS:
        return len(ticks) == 1 or bool(ticks and ticks <= CHECKS)
    return sum(map(bool, map(_WORDS.search, filled))) > len(filled) / 2


def _says(text: str) -> bool:
    """True if a cell has words or a tick: a dash says nothing."""
    return text in TICKS or any(map(str.isalnum, text))


def _joined(row: Row, places: Sequence[int], words: Sequence[str]) -> str:
    """Return what a row says in the columns, on a line each with its word; of ticks alone, those words."""
    texts = (row.cells[place] if place < len(row.cells) else "" for place in places)
    said = [(word, cells.line(text)) for word, text in zip(words, texts, strict=True) if _says(text)]
    if all(text in TICKS for _word, text in said):
        return "、".join(word for word, _tick in said)
    return "\n".join(f"{word}：{text}" for word, text in said)


def _with(row: Row, places: Sequence[int], text: str) -> Row:
    """Return a row with a text in the first of the places, and nothing in the others."""
    if sum(map(bool, row.cells)) <= 1:
        return row  # of a section, or a note
    at = {**dict.fromkeys(places, ""), places[0]: text}
    return row._replace(cells=tuple(at.get(place, cell) for place, cell in enumerate(row.cells)))
