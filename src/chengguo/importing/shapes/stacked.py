"""Tables whose cells stand a line each, as they are copied out of a page: to rows under their header.

The lines are parted into rows in the cheapest way: each line in the wrong column costs something, and so does
each cell that is missing or has several lines. What costs anything is noted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple

from chengguo.importing import row_kinds
from chengguo.importing.columns import Columns, named, recognise
from chengguo.importing.rows import Row, gathered
from chengguo.importing.rows import lines as lines_of
from chengguo.importing.shapes import labels, likely
from chengguo.language import _
from chengguo.text.widths import folded

_FEWEST, _MOST = 3, 12  # words of the header
_MAY_BE_WORD = re.compile(r"(?!\d)[^。；，:：]{1,12}")
_LINES = 6  # of a cell
_BREAKS_OFF = ("年", "月", "至", "、", "—", "-", "~")
_LOOSE, _PLAIN = 8.0, 4.0  # the cost of a line that belongs to no row, and of one that may be a section's
_UNNUMBERED = 3.0  # of a title without a number where all have one, and of a number elsewhere
_APART = 3.0  # of the heading of a section or a note in a cell
_NO_ROW = -1
# A row whose number is merged over several, who perhaps too: 5 | 建渠 | 市水务局 | 5月 | 清淤 | 12月.
_MERGED_FIELDS = ["number", "title", "lead", "schedule"]
_MERGED = re.compile("#TN+S(?:TN*S)+")
_DEAREST = 3.0  # the mean cost of a row, beyond which the lines are no table


class _Cost(NamedTuple):
    """What a cell of a field costs: without a line, with one that says something else, a further line."""

    missing: float
    unlike: float
    further: float


_COSTS = {
    "number": _Cost(inf, inf, inf),
    "title": _Cost(inf, 2, 3),
    "content": _Cost(2, 2, 1),
    "lead": _Cost(inf, 3, 1),
    "support": _Cost(2, 3, 1),
    "schedule": _Cost(2, 2, 1),
    "section": _Cost(2, 2, 3),
}
_OWN = _Cost(1, 0, 1)  # of the office's own columns


class _Parting(NamedTuple):
    """Lines parted into rows: what it costs, and for each row how many lines each cell has, 0 for none.

    A line that is no row, as a section's, is an empty one.
    """

    cost: float
    rows: tuple[tuple[int, ...], ...]


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of a table whose cells stand a line each; None where lines are none."""
    filled = [row for row in lines_of(lines) or () if row.cells[0]]
    for begin, row in enumerate(filled):
        found = named(row.cells, known) and list(_headers(filled[begin : begin + _MOST], known))
        if found:
            found.sort(key=lambda columns: not _is_word(columns.words[-1], known))  # the likely ones first
            return _under(filled, begin, found)
    return None


def _is_word(text: str, known: Mapping[str, str]) -> bool:
    return bool(named((text,), known)) or labels.OTHER.fullmatch(text) is not None


def _headers(lines: Sequence[Row], known: Mapping[str, str]) -> Iterator[Columns]:
    """Return each header that the lines begin with: some of its words may be the office's own."""
    words = [row.cells[0] for row in lines]
    most = next(
        (at for at, word in enumerate(words) if word in words[:at] or not _MAY_BE_WORD.fullmatch(word)),
        len(words),
    )
    for width in range(most, _FEWEST - 1, -1):
        columns = recognise(tuple(words[:width]), known)
        if columns and 0 in columns.taken:
            yield columns


def _is_filled(columns: Columns, parting: _Parting) -> bool:
    """True if most rows fill each column of the office's own, or it has a word of those that stay empty."""
    rows = [counts for counts in parting.rows if counts]
    return all(
        at in columns.taken
        or labels.OTHER.fullmatch(word)
        or sum(bool(counts[at]) for counts in rows) > len(rows) / 2
        for at, word in enumerate(columns.words)
    )


def _under(lines: list[Row], begin: int, headers: list[Columns]) -> tuple[Row, ...] | None:
    """Return the lines as rows under the header by which they are parted the cheapest."""
    parted: list[tuple[_Parting, _Body]] = []
    kinds = {text: _line(text) for text in {row.cells[0] for row in lines[begin:]}}
    for columns in headers:
        body = _Body(lines[:begin], lines[begin:], len(columns.words))
        words = {
            row.cells[0] for at, row in enumerate(lines[begin : begin + body.width]) if at in columns.taken
        }
        if not words.isdisjoint(body.texts):
            continue  # each word comes again by itself: it is a label
        read = [kinds[text] for text in body.texts]
        parting = _unmerged(_parting(read, columns), read, columns)
        if parting and _is_cheap(parting) and _is_filled(columns, parting):
            parted.append((parting, body))
            if not parting.cost:
                break
    if not parted:
        return None
    parting, body = min(parted, key=lambda each: each[0].cost)
    return tuple(body.rows(parting))


def _is_cheap(parting: _Parting) -> bool:
    count = sum(map(bool, parting.rows))
    return bool(count) and parting.cost <= _DEAREST * count


class _Body:
    """The lines below a header, without what each page repeats: the header, the title, its number."""

    def __init__(self, above: list[Row], lines: list[Row], width: int) -> None:
        """Take out what pages repeat; ``width`` lines are the header."""
        self.above, self.lines, self.width = above, lines, width
        self.titles = {row.cells[0] for row in above}
        self.kept: list[int] = []
        self.aside: list[int] = []
        at = width
        while at < len(lines):
            if self.is_header(at):
                at += width
                continue
            (self.aside if self.is_of_page(at) else self.kept).append(at)
            at += 1

    def is_header(self, at: int) -> bool:
        """True if the header stands at a line again."""
        there = self.lines[at : at + self.width]
        return [row.cells[0] for row in there] == [row.cells[0] for row in self.lines[: self.width]]

    def is_of_page(self, at: int) -> bool:
        """True if a line is what a page repeats; its bare number stands before that, or comes last."""
        text = self.lines[at].cells[0]
        if text in self.titles or row_kinds.is_page_mark(text):
            return True
        following = self.lines[at + 1].cells[0] if at + 1 < len(self.lines) else None
        is_end = following is None or following in self.titles or self.is_header(at + 1)
        return text.isdecimal() and is_end

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines that belong to the table."""
        return tuple(self.lines[at].cells[0] for at in self.kept)

    def rows(self, parting: _Parting) -> Iterator[Row]:
        """Return all lines as rows, in order; what pages repeat beside the header is a row of one cell."""
        yield from self.above
        yield gathered([(row.cells[0], [row]) for row in self.lines[: self.width]])
        made: list[tuple[int, Row]] = []
        begin = 0
        for counts in parting.rows:
            end = begin + (sum(counts) or 1)
            row = self.row([self.lines[at] for at in self.kept[begin:end]], counts)
            if counts and not counts[0] and made:  # its number is merged with that above
                row = row._replace(cells=(made[-1][1].cells[0], *row.cells[1:]))
            made.append((self.kept[begin], row))
            begin = end
        made += [(at, self.lines[at]) for at in self.aside]
        yield from (row for _at, row in sorted(made, key=lambda each: each[0]))

    def row(self, lines: list[Row], counts: tuple[int, ...]) -> Row:
        """Put the lines of a row together, and note what is not a line a cell."""
        if not counts:
            return lines[0]
        cells, at = [], 0
        for count in counts:
            own = lines[at : at + count]
            cells.append(("\n".join(row.cells[0] for row in own), own))
            at += count
        row = gathered(cells)
        if all(count == 1 for count in counts):
            return row
        why = _("the lines of the row are not one a cell; they are read by what they say")
        return row._replace(note="；".join(filter(None, (row.note, why))))


class _Line(NamedTuple):
    """What a line may be: names, a schedule, a number, a numbered title; and its cost as no part of a row."""

    text: str
    is_names: bool
    is_schedule: bool
    is_number: bool
    is_task: bool
    alone: float

    @property
    def kind(self) -> str:
        """A sign of what it may be; of no row, as a heading."""
        if not self.alone:
            return "-"
        return "#" if self.is_number else "S" if self.is_schedule else "N" if self.is_names else "T"


def _line(text: str) -> _Line:
    is_apart = row_kinds.heading(text) is not None or row_kinds.is_note(text)
    return _Line(
        text,
        likely.is_names(text),
        likely.is_schedule(text),
        row_kinds.NUMBER.fullmatch(folded(text)) is not None,
        row_kinds.TASK.fullmatch(text) is not None,
        0 if is_apart else _PLAIN if row_kinds.is_headline(text) else _LOOSE,
    )


def _parting(lines: Sequence[_Line], columns: Columns) -> _Parting | None:
    """Part lines into rows in the cheapest way; None where there is none."""
    fields = [columns.field(at) for at in range(len(columns.words))]
    first = [line for line in lines[:_FEWEST] if line.alone][:2]  # a headline may stand over the first task
    is_numbered = any(line.is_task for line in first)
    width, count, lead = len(fields), len(lines), columns.first("lead")
    # By line and column in hand: the least cost of all that follows, and how many lines the cell takes.
    best = [[(inf, 0)] * (width + 1) for _line in range(count + 1)]
    best[count][0] = best[count][width] = (0.0, 0)

    def settle(begin: int, column: int) -> None:
        for end in range(begin, min(begin + _LINES, count) + 1):
            cost = _cost(fields[column], lines[begin:end], is_numbered=is_numbered)
            if cost + best[end][column + 1][0] < best[begin][column][0]:
                best[begin][column] = (cost + best[end][column + 1][0], end - begin)
            if cost == inf and end > begin:
                return

    for begin in reversed(range(count + 1)):
        if begin < count:
            best[begin][0] = (lines[begin].alone + best[begin + 1][0][0], _NO_ROW)
        for column in (*range(lead, -1, -1), *range(width - 1, lead, -1)):
            settle(begin, column)
            if column == 0:  # a row that ends here is followed by one that begins here
                best[begin][width] = best[begin][0]
    return _Parting(best[0][0][0], tuple(_followed(best, width))) if best[0][0][0] < inf else None


def _followed(best: list[list[tuple[float, int]]], width: int) -> Iterator[tuple[int, ...]]:
    """Return the rows of the cheapest way, each with how many lines its cells have."""
    line = 0
    while line < len(best) - 1:
        if best[line][0][1] == _NO_ROW:
            line += 1
            yield ()
            continue
        counts: list[int] = []
        for column in range(width):
            counts.append(best[line][column][1])
            line += counts[-1]
        yield tuple(counts)


def _unmerged(parting: _Parting | None, lines: Sequence[_Line], columns: Columns) -> _Parting | None:
    """Part the rows that a merged number stands before, each of which says what and by when.

    What they cost as one row, and as lines of none, they cost no more.
    """
    if parting is None or [columns.field(at) for at in range(len(columns.words))] != _MERGED_FIELDS:
        return parting
    kinds = "".join(line.kind for line in lines)
    rows: list[tuple[int, ...]] = []
    cost, line, end = parting.cost, 0, 0
    for counts in parting.rows:
        found = _MERGED.match(kinds, line)
        if counts and found and found.end() >= line + sum(counts):
            names = re.findall("T(N*)S", found[0])
            rows += ((int(not at), 1, len(each), 1) for at, each in enumerate(names))
            end = found.end()
            cost -= sum(each.alone for each in lines[line + sum(counts) : end])
            places = pairwise(accumulate(counts, initial=line))
            cells = zip(_MERGED_FIELDS, places, strict=True)
            cost -= sum(_cost(field, lines[slice(*place)], is_numbered=False) for field, place in cells)
        elif line >= end:
            rows.append(counts)
        line += sum(counts) or 1
    return _Parting(cost, tuple(rows))


def _cost(field: str, lines: Sequence[_Line], *, is_numbered: bool) -> float:
    """Return the cost of lines as the cell of a field."""
    cost = _COSTS.get(field, _OWN)
    if not lines:
        return cost.missing
    further = cost.further * (len(lines) - 1) + _APART * sum(not line.alone for line in lines)
    if field == "number":
        return 0 if len(lines) == 1 and lines[0].is_number else inf
    if field in _SAY:
        if all(map(_SAY[field], lines)) or (field == "schedule" and _is_cut(lines)):
            return further
        return cost.unlike if len(lines) == 1 else inf
    unlike = sum(line.is_names or line.is_schedule for line in lines)
    numbers = [line.is_task for line in lines]
    amiss = _UNNUMBERED * (numbers != [True]) if field == "title" else _UNNUMBERED * sum(numbers)
    return further + cost.unlike * unlike + (amiss if is_numbered else 0)


def _is_cut(lines: Sequence[_Line]) -> bool:
    """True if two lines are a schedule only together: 2025年, 6月底前."""
    is_begun = len(lines) > 1 and lines[0].text.endswith(_BREAKS_OFF) and not lines[0].is_schedule
    return is_begun and likely.is_schedule("".join(line.text for line in lines))


_SAY: dict[str, Callable[[_Line], bool]] = {
    "lead": lambda line: line.is_names,
    "support": lambda line: line.is_names,
    "schedule": lambda line: line.is_schedule,
}
