"""SHAPES: what the rows of a file may be, in the order in which it is tried, each with an example, its test.

Rows are read in four steps, each of which takes rows and makes rows:

1. Each of ``TIDYING`` is done: it takes off what is printed around the words of any shape, and puts tables
   that stand side by side below one another.
2. The first of ``SHAPES`` reads that makes rows under a header, words above columns that are known.
3. Before paragraphs are read, each of ``BRACKETING`` is done: it puts in brackets what they say otherwise.
4. Each of ``UNDER_A_HEADER`` is done: it makes of lines above tables headings, of several columns one.

The order of the shapes is from what is surest to what may be taken for anything. A matrix is told by ticks
under names, a table by words above its columns. Then come lines that signs part into one, tables that lack a
column or lie on their side, and those whose cells stand a line each. Cards and lists are read by labels
alone, paragraphs by brackets: a table in which labels and brackets stand is none of these. What says least
comes last.

A new shape is a line here. All functions have one signature: ``Read`` tells it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from chengguo.importing import headers
from chengguo.importing.headers import Headed
from chengguo.importing.rows import Row
from chengguo.importing.shapes import (
    beside,
    bullets,
    captions,
    cards,
    duties,
    foot_marks,
    headless,
    in_cells,
    inherited,
    labels,
    matrix,
    over_rows,
    pages,
    paragraphs,
    parted,
    periods,
    repeated,
    sentences,
    stacked,
    turned,
    wide_words,
)
from chengguo.language import N_

# Takes rows, and the words that name fields, with the field of each. Returns the rows that these become: for
# a shape, rows under a header. None where they are of no such shape. No word of theirs is lost unsaid: what
# the user should know goes into the note of a row.
Read = Callable[[tuple[Row, ...], Mapping[str, str]], tuple[Row, ...] | None]


class Shape(NamedTuple):
    """A shape of rows: its name, what reads it, the kind and text of a file of it, and the items of that.

    An item is: what | who | with whom | when.
    ``before`` are the steps that are done first. ``is_list`` tells that nothing is as above: no cell of it is
    merged.
    """

    name: str
    read: Read
    kind: str
    example: str
    items: tuple[str, ...]
    before: "tuple[Shape, ...]" = ()
    is_list: bool = False


class Shaped(NamedTuple):
    """A table under its headers, what it was made by, and whether it was a list."""

    table: Headed
    shapes: tuple[Shape, ...]
    is_list: bool = False


def _as_it_is(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows of a table with words above its columns, which are read as they are."""
    return lines


TIDYING: tuple[Shape, ...] = (
    Shape(
        N_("marks of foot notes"),
        foot_marks.rows,
        ".tsv",
        "任务\t责任单位\t完成时限\n建渠[1]\t市水务局\t6月底前\n[1]含支渠。",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("merged rows"),
        repeated.rows,
        ".tsv",
        "任务\t责任单位\t完成时限\n一、水利\t一、水利\t一、水利\n建渠\t市水务局\t6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("numbers of pages"),
        pages.rows,
        ".tsv",
        "任务\t责任单位\t完成时限\n建渠\t市水务局\t6月底前\n— 1 —\n清淤\t市城管局\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("dashes behind labels"),
        labels.with_colons,
        ".txt",
        "1.建渠。\n责任单位——市水务局\n完成时限——6月底前",
        ("建渠。 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("tables side by side"),
        beside.rows,
        ".tsv",
        "任务\t责任单位\t时限\t\t任务\t责任单位\t时限\n建渠\t市水务局\t6月底前\t\t清淤\t市城管局\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
)
BRACKETING: tuple[Shape, ...] = (
    Shape(
        N_("labels without brackets"),
        labels.rows,
        ".txt",
        "1.建渠。\n责任单位：市水务局；完成时限：6月底前",
        ("建渠。 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("headings that say who"),
        inherited.rows,
        ".txt",
        "一、水利（牵头单位：市水务局）\n1.建渠。\n2.清淤（完成时限：6月底前）。",
        ("建渠。 | 市水务局 |  | 未载明", "清淤 | 市水务局 |  | 6月底前"),
    ),
    Shape(
        N_("a duty of several tasks"),
        duties.rows,
        ".txt",
        "1.建渠。\n2.清淤。（第1、2项由市水务局牵头，6月底前完成）",
        ("建渠。 | 市水务局 |  | 6月底前完成", "清淤。 | 市水务局 |  | 6月底前完成"),
    ),
    Shape(
        N_("sentences"),
        sentences.rows,
        ".txt",
        "1.建渠，由市水务局牵头，6月底前完成。",
        ("建渠 | 市水务局 |  | 6月底前完成",),
    ),
)
SHAPES: tuple[Shape, ...] = (
    Shape(
        N_("a matrix of ticks"),
        matrix.rows,
        ".tsv",
        "任务\t市水务局\t市城管局\t完成时限\n建渠\t√\t\t6月底前\n清淤\t\t√\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("a table"),
        _as_it_is,
        ".tsv",
        "任务\t责任单位\t完成时限\n建渠\t市水务局\t6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("cells parted by pipes"),
        parted.at_pipes,
        ".txt",
        "任务 | 责任单位 | 完成时限\n建渠 | 市水务局 | 6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("cells parted by tabs or spaces"),
        parted.at_gaps,
        ".md",
        "任务\t责任单位\t完成时限\n建渠\t市水务局\t6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("cells parted by commas"),
        parted.at_commas,
        ".txt",
        "任务，责任单位，完成时限\n建渠，市水务局，6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("cells parted by single blanks"),
        parted.at_blanks,
        ".txt",
        "序号 工 作 任 务 责任单位\n1 建渠 市水务局\n2 清淤 市城管局",
        ("建渠 | 市水务局 |  | 未载明", "清淤 | 市城管局 |  | 未载明"),
    ),
    Shape(
        N_("a table with who in brackets"),
        in_cells.rows,
        ".tsv",
        "序号\t任务\t完成时限\n1\t建渠（市水务局牵头）\t6月底前\n2\t清淤（市水务局牵头）\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市水务局 |  | 9月底前"),
    ),
    Shape(
        N_("a table with who over its rows"),
        over_rows.rows,
        ".tsv",
        "序号\t任务\t完成时限\n市水务局牵头（1项）\n1\t建渠\t6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("a table on its side"),
        turned.rows,
        ".tsv",
        "任务\t建渠\t清淤\n责任单位\t市水务局\t市城管局\n完成时限\t6月底前\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("a cell a line"),
        stacked.rows,
        ".txt",
        "任务\n责任单位\n完成时限\n建渠\n市水务局\n6月底前\n清淤\n市城管局\n9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("cards"),
        cards.rows,
        ".txt",
        "任务：建渠\n责任单位：市水务局\n完成时限：6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("a list with marks"),
        bullets.marked,
        ".txt",
        "● 建渠\n○ 市水务局\n○ 6月底前",
        ("建渠 | 市水务局 |  | 6月底前",),
    ),
    Shape(
        N_("paragraphs"),
        paragraphs.rows,
        ".txt",
        "1.建渠。修建干渠。（牵头单位：市水务局；完成时限：6月底前）",
        ("修建干渠。 | 市水务局 |  | 6月底前",),
        before=BRACKETING,
        is_list=True,
    ),
    Shape(
        N_("a list with numbers"),
        bullets.numbered,
        ".txt",
        "1.建渠\n市水务局\n6月底前\n2.清淤\n市城管局\n9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("a table without words above its columns"),
        headless.rows,
        ".tsv",
        "建渠\t市水务局\t6月底前\n清淤\t市城管局\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("lines parted by dashes"),
        headless.parted,
        ".txt",
        "建渠——市水务局——6月底前\n清淤——市城管局——9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
)
UNDER_A_HEADER: tuple[Shape, ...] = (
    Shape(
        N_("a word over two columns"),
        wide_words.rows,
        ".html",
        "<table><tr><th colspan=2>任务<th>责任单位</tr><tr><td>建渠<td>1<td>市水务局</tr>"
        "<tr><td>清淤<td>2<td>市城管局</tr></table>",
        ("建渠 | 市水务局 |  | 未载明", "清淤 | 市城管局 |  | 未载明"),
    ),
    Shape(
        N_("a line above each table"),
        captions.rows,
        ".tsv",
        "某市清单\n表1 水利\n任务\t责任单位\t完成时限\n建渠\t市水务局\t6月底前\n"
        "表2 市容\n任务\t责任单位\t完成时限\n清淤\t市城管局\t9月底前",
        ("建渠 | 市水务局 |  | 6月底前", "清淤 | 市城管局 |  | 9月底前"),
    ),
    Shape(
        N_("columns of periods"),
        periods.rows,
        ".tsv",
        "任务\t责任单位\t一季度\t二季度\n建渠\t市水务局\t完成招标\t开工",
        ("建渠 | 市水务局 |  | 一季度：完成招标\n二季度：开工",),
    ),
)


def done(
    steps: Iterable[Shape], rows: tuple[Row, ...], known: Mapping[str, str]
) -> tuple[tuple[Row, ...], tuple[Shape, ...]]:
    """Do each of the steps, one after the other; return the rows, and the steps that changed them."""
    those: list[Shape] = []
    for step in steps:
        if (made := step.read(rows, known)) is not None:
            rows = made
            those.append(step)
    return rows, tuple(those)


def read(rows: tuple[Row, ...], known: Mapping[str, str]) -> Shaped | None:
    """Read rows by the first shape that they are, None for no shape; ``known`` are words above columns."""
    for shape in SHAPES:
        lines, before = done(shape.before, rows, known)
        made = shape.read(lines, known)
        table = None if made is None else headers.headed(made, known)
        if table is not None:
            return Shaped(table, (*before, shape), shape.is_list)
    return None


def under_headers(table: Headed) -> tuple[Headed, tuple[Shape, ...]]:
    """Do what is done under headers; return the table, and the steps that changed it."""
    rows, those = done(UNDER_A_HEADER, table.rows, table.known)
    return (table.changed(rows) if those else table), those
