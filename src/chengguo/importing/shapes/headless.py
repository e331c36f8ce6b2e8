"""Tables without words above their columns, as rows or as lines that dashes part: their cells tell them.

A name of a body says who, a day by when, and what is neither says what is to be done. Where any column may
be two things, none is read. Whoever reads the table is told what each is taken for.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from chengguo.importing import row_kinds
from chengguo.importing.rows import Row
from chengguo.importing.shapes import labels, likely
from chengguo.language import _, listed
from chengguo.text.widths import folded

_NUMBER, _TITLE, _CONTENT = "序号", "重点任务", "主要内容"
_LEAD, _SUPPORT, _SCHEDULE = "责任单位", "配合单位", "完成时限"
_FEWEST, _FEWEST_ROWS = 3, 2  # columns: what, who and when
_SHORTEST = 5  # characters of a content, in the mean; those of a person are fewer
_SIGNS = (re.compile("[—–-]{2,}"), re.compile("[/／]"))  # noqa: RUF001 - as printed
_MOST = 10  # parts of a line


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of each table with words above its columns; None where no table tells them."""
    made: list[Row] = []
    for _name, group in groupby(lines, key=lambda row: row.table):
        table = [*group]
        at = next((place for place, row in enumerate(table) if _is_full(row)), len(table))
        words = _words([row for row in table if _is_full(row)])
        made += (*table[:at], _header(table[at], words), *table[at:]) if words else table
    return tuple(made) if len(made) > len(lines) else None


def parted(lines: tuple[Row, ...], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return lines, of which each is a task with who and when behind dashes, as the rows of such a table."""
    for sign in _SIGNS:
        made = tuple(_parted(row, sign) for row in lines)
        counts = [len(row.cells) for row in made if len(row.cells) >= _FEWEST]
        if counts and set(counts) == {counts[0]} and (read := rows(made, known)):
            return read
    return None


def _parted(row: Row, sign: re.Pattern[str]) -> Row:
    filled = [cell for cell in row.cells if cell]
    text = labels.without_bullet(filled[0]) if len(filled) == 1 else ""
    parts = tuple(map(str.strip, sign.split(text, maxsplit=_MOST)))
    if len(parts) < _FEWEST or not all(parts):
        return row
    return row._replace(cells=parts, origins=(row.at(row.cells.index(filled[0])),) * len(parts))


def _is_full(row: Row) -> bool:
    return sum(map(bool, row.cells)) >= _FEWEST


def _header(first: Row, words: Sequence[str]) -> Row:
    """Return the words of the columns as a row above the first one, and what is to be told of them."""
    taken = (f"{word}（{cell}）" if cell else word for word, cell in zip(words, first.cells, strict=True))
    why = _("no words stand above the columns; by their cells they are taken for: {columns}")
    return Row(first.line, tuple(words), first.table, why.format(columns=listed(taken)))


def _words(table: Sequence[Row]) -> list[str]:
    """Return the word of each column of a table by its cells; none where any of them is not plain."""
    width = len(table[0].cells) if table else 0
    if len(table) < _FEWEST_ROWS or any(len(row.cells) != width for row in table):
        return []
    columns = [[row.cells[place] for row in table if row.cells[place]] for place in range(width)]
    kinds = [_kind(cells) if cells else "" for cells in columns]
    texts = [columns[place] for place, kind in enumerate(kinds) if kind == _TITLE]
    is_content = len(texts) > 1 and _mean(texts[1]) >= max(_SHORTEST, _mean(texts[0]))
    names = {
        _NUMBER: (_NUMBER,) if kinds[0] == _NUMBER else (),
        _TITLE: (_TITLE, _CONTENT) if is_content else (_TITLE,),
        _LEAD: (_LEAD, _SUPPORT),
        _SCHEDULE: (_SCHEDULE,),
    }
    words = []
    for place, kind in enumerate(kinds):
        nth = kinds[:place].count(kind)
        if nth >= len(names.get(kind, ())):
            return []
        words.append(names[kind][nth])
    first = columns[words.index(_LEAD)] if _LEAD in words else []
    is_whole = {_TITLE, _LEAD, _SCHEDULE} <= {*words} and len(first) > len(table) / 2
    return words if is_whole else []


def _kind(cells: Sequence[str]) -> str:
    """Return the word for a column whose cells all say who, or when, or none of them does; else ""."""
    if all(row_kinds.NUMBER.fullmatch(folded(cell)) for cell in cells):
        return _NUMBER
    names, times = ([says(cell) for cell in cells] for says in (likely.is_names, likely.is_schedule))
    if all(times):
        return _SCHEDULE
    if all(names):
        return _LEAD
    are_words = not any((*names, *times)) and all(any(map(str.isalpha, cell)) for cell in cells)
    return _TITLE if are_words else ""


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts)
