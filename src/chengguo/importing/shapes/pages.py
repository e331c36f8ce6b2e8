"""Numbers of pages amid the rows of a file, — 1 — or 第1页: they are none of its words."""

from collections.abc import Iterable, Iterator, Mapping

from chengguo.importing import row_kinds
from chengguo.importing.drafts import Doubt
from chengguo.importing.rows import Row
from chengguo.language import _


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows but for those of a page; ``left_out`` tells of them. None where there are none."""
    made = tuple(row for row in lines if not row_kinds.is_of_page(row))
    return made if len(made) < len(lines) else None


def left_out(lines: Iterable[Row]) -> Iterator[Doubt]:
    """Return what is to be told of those rows."""
    for row in filter(row_kinds.is_of_page, lines):
        yield Doubt(*row.at(0), _("the row is left out: '{text}'").format(text="".join(row.cells)), row.table)
