"""Headers of several rows, of which each names a column in part: 牵头 over 单位, 任务 over 一级 and 二级."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from chengguo.departments import roles
from chengguo.importing.columns import Columns, built, is_sure, is_time, recognise
from chengguo.importing.rows import Row

MOST = 3  # rows of a header
_SAME = 2  # words that stand in both of two rows
# What a word over others says of them, which are guessed to be a field: 资金 over 完成.
_NO_PLAN = re.compile("进展|实际|累计|资金|经费|投资|预算")


def ending_in(rows: Sequence[Row], known: Mapping[str, str], upper: Columns | None = None) -> Columns | None:
    """Return the columns of the header that ends in the last of some rows, None where none does.

    ``upper`` are those of the row above the last, where that is a header by itself.
    """
    row = rows[-1]
    alone = recognise(row.cells, known)
    if any(cell.isdecimal() and not is_time(cell) for cell in row.cells):
        return alone  # it is numbered as a task is
    for height in range(min(MOST, len(rows)), 1, -1):
        of_header = rows[-height:]
        halves = upper if height == 2 and upper and _are_halves(rows[-2], row, upper) else None  # noqa: PLR2004 - both
        if not halves and not _may_be_one(of_header, known, is_header=alone is not None):
            continue
        found = recognise(stacked(of_header[:-1], row.cells, known), known) or (halves and (alone or halves))
        if found:
            return replace(found, height=height)
    return alone


def _may_be_one(rows: Sequence[Row], known: Mapping[str, str], *, is_header: bool) -> bool:
    """True if rows may be one header; ``is_header`` tells that the last is one by itself."""
    if all(_is_over(rows[:place], rows[place:], known) for place in range(1, len(rows))):
        return True
    if len(rows) > 2 or is_header:  # noqa: PLR2004 - of two, it is enough that the lower names a field
        return False
    high, low = rows
    words = [cell for cell in low.cells if cell]
    is_named = any(is_sure(word, known) for word in words)
    are_times = len(words) > 1 and all(map(is_time, words))
    return len(high.cells) == len(low.cells) and (is_named or are_times)


def _is_over(above: Sequence[Row], below: Sequence[Row], known: Mapping[str, str]) -> bool:
    """True if the words of the first row below stand under wide ones, or end those that are broken."""
    high, low = above[-1], below[0]
    if high.table != low.table or high.cells == low.cells or sum(map(bool, high.cells)) <= 1:
        return False
    if len({len(row.cells) for row in (*above, *below)}) > 1 or not _may_be_wide(above[0], below):
        return False
    over = _words_over(above, tuple(map("".join, zip(*(row.cells for row in below), strict=True))))
    wide = _wide(over)
    pairs = [
        (words[-1] if words else "", cell)
        for words, cell in zip(map(_once, zip(*over, strict=True)), low.cells, strict=True)
    ]
    return any(word in wide and cell for word, cell in pairs) and all(
        word in wide or cell == word or (word and is_sure(f"{word}{cell}", known))
        for word, cell in pairs
        if cell
    )


def _may_be_wide(high: Row, below: Sequence[Row]) -> bool:
    """True if a cell of a row is merged over several columns, or may have been: words stand below a gap."""
    gaps = (place for place, cell in enumerate(high.cells) if not cell)
    return bool(high.spans) or any(row.cells[place] for place in gaps for row in below)


def _wide(over: Iterable[Sequence[str]]) -> set[str]:
    """Return the words that lie over several columns."""
    return {word for words in over for word in words if word and words.count(word) > 1}


def _are_halves(above: Row, row: Row, columns: Columns) -> bool:
    """True if words of a header stand at their places in the row below it too, as merged cells have it."""
    cells_of_both = enumerate(zip(above.cells, row.cells, strict=False))
    same = [place for place, (high, low) in cells_of_both if high and high == low]
    is_near = above.table == row.table and above.cells != row.cells and not row.origins
    return is_near and len(same) >= _SAME and not columns.taken.isdisjoint(same)


def stacked(above: Sequence[Row], cells: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a header: of each column what its words name together, from the top one down.

    What is no field is called by all, 来源（计划投资）, unless it stands beside fields: under 责任分工.
    """
    over = _words_over(above, cells)
    paths = [_once(words) for words in zip(*over, cells, strict=True)]
    lows = [path[-1] for path in paths if path]
    wide = _wide(over)
    names = [_named(path, known, is_wide=not wide.isdisjoint(path)) for path in paths]
    over_fields = {word for path, name in zip(paths, names, strict=True) if name for word in path[:-1]}
    return tuple(
        name or _called(path, over_fields if lows.count(path[-1]) == 1 else ()) if path else ""
        for path, name in zip(paths, names, strict=True)
    )


def _once(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words above a column, from the top one down, each once."""
    return tuple(dict.fromkeys(filter(None, words)))


def _named(path: Sequence[str], known: Mapping[str, str], *, is_wide: bool) -> str:
    """Return the words that name a field: the lowest alone, or with one above it; "" where none do.

    二级 under 任务 are 二级任务, 名称 are 任务名称. Where no word lies over several columns (``is_wide``),
    the lower rather says what stands under the upper: only a broken word, 责任 over 单位, is one.
    """
    if not path or is_time(path[-1]):
        return ""
    low, *uppers = reversed(path)
    whose = (f"{high}{low}" for high in uppers if not is_sure(high, known))
    if role := next(filter(roles.column_of, whose), ""):
        return role  # 牵头单位 under 市级
    behind = [f"{low}{high}" for high in uppers] if is_wide else []
    before = [f"{high}{low}" for high in uppers]
    if sure := next((each for each in (low, *behind, *before) if is_sure(each, known)), ""):
        return sure
    if not any(map(_NO_PLAN.search, uppers)):
        guesses = [low, *(before if is_wide else ()), *(each for each in behind if built(each) == "schedule")]
        return next(filter(built, guesses), "")
    return ""


def _called(path: Sequence[str], over_fields: Collection[str]) -> str:
    """Return what a column is called that is no field: its lowest word, and those above that say more."""
    *uppers, low = path
    rest = "".join(word for word in uppers if word not in over_fields)
    return f"{low}（{rest}）" if rest else low


def _words_over(above: Sequence[Row], cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words of each of the rows above some cells, which stand over each of those."""
    below = [*(row.cells for row in above[1:]), cells]
    return [
        _above_each(row, tuple(map("".join, zip(*below[place:], strict=False))))
        for place, row in enumerate(above)
    ]


def _above_each(above: Row, below: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words above each cell: a merged cell's are above all that it lies over.

    Where none is merged, words go on over the empty cells behind them, unless what has one row alone stands
    in the lower.
    """
    if above.spans:
        begins = {place + at: place for place, count in above.spans for at in range(count)}
        return tuple(above.cells[begins.get(place, place)] for place in range(len(below)))
    first = next((place for place, cell in enumerate(above.cells) if cell), 0)
    if any(below[:first]):
        return above.cells
    found: list[str] = []
    for high, low in zip(above.cells, below, strict=False):
        found.append(high or (found[-1] if found and low else ""))
    return tuple(found)
