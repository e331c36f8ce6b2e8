"""Which of several tables of a file is meant: by its number, or by words of its title."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chengguo.errors import WrongUsage
from chengguo.importing.columns import recognise
from chengguo.importing.rows import Remark, Row
from chengguo.language import _, plural
from chengguo.text.widths import folded

_SHOWN = 60  # characters of a name
_ABOVE = 3  # rows of one cell that may name the table below them


class Table(NamedTuple):
    """A table of a file: the places of its first row and behind its last, and what names it."""

    first: int
    end: int
    names: tuple[str, ...]


def choose(rows: tuple[Row, ...], wanted: str, known: Mapping[str, str], file: str) -> tuple[Row, ...]:
    """Return the rows of the table that is wanted, with the text around it; that others are left out is told.

    Raises ``WrongUsage`` where no table, or more than one, is meant.
    """
    found = tables(rows, known)
    meant = [at for at, table in enumerate(found) if _is_meant(wanted, at + 1, table)]
    if len(meant) != 1:
        message = _("--table {wanted} names none of the tables of {file}")
        if meant:
            message = _("--table {wanted} names more than one table of {file}")
        hint = _("It has: {tables}.").format(tables=_said(found, rows)) if found else _("It has no table.")
        raise WrongUsage(message.format(wanted=wanted, file=file), hint)
    (at,) = meant
    begin = found[at - 1].end if at else 0
    behind = found[at + 1].first if at + 1 < len(found) else len(rows)
    first = found[0].first
    places = {*range(min(first, begin)), *range(begin, behind)}
    kept = [row for at, row in enumerate(rows) if at in places or not row.cells]
    count = sum(at not in places and any(row.cells) for at, row in enumerate(rows))
    why = plural(
        "{count} row of other tables is left out, for --table",
        "{count} rows of other tables are left out, for --table",
        count,
    )
    return (*kept, Row(1, (), remarks=(Remark(0, why, is_of_file=True),)))


def tables(rows: Sequence[Row], known: Mapping[str, str]) -> list[Table]:
    """Find the tables of a file: those that the file counts, else what follows each new header."""
    begins = _counted(rows) if any(row.table for row in rows) else _headed(rows, known)
    found = []
    for at, begin in enumerate(begins):
        limit = begins[at + 1] if at + 1 < len(begins) else len(rows)
        end = limit - len(_above(rows, limit)) if limit < len(rows) else limit
        found.append(Table(begin, max(begin + 1, end), _names(rows, begin)))
    return found


def _counted(rows: Sequence[Row]) -> list[int]:
    """Find where the tables begin that a file counts; the first of a page has no number."""
    begins: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row.cells and (row.table or len([cell for cell in row.cells if cell]) > 1):
            begins.setdefault(row.table, at)
    return list(begins.values())


def _headed(rows: Sequence[Row], known: Mapping[str, str]) -> list[int]:
    """Find the headers that begin a table: one that is repeated on the next page does not."""
    begins: list[int] = []
    for at, row in enumerate(rows):
        is_again = begins and row.cells == rows[begins[-1]].cells and not _above(rows, at)
        if recognise(row.cells, known) and not is_again:
            begins.append(at)
    return begins


def _above(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """Return the texts right above a row, the nearest first: each the only cell of its row."""
    texts: list[str] = []
    for row in reversed(rows[max(0, at - _ABOVE) : at]):
        filled = [cell for cell in row.cells if cell]
        if len(filled) != 1 or (row.table and row.table != rows[at].table):
            break
        texts.append(filled[0])
    return tuple(texts)


def _names(rows: Sequence[Row], begin: int) -> tuple[str, ...]:
    filled = [cell for cell in rows[begin].cells if cell]
    own = (filled[0],) if len(filled) == 1 else ()
    return tuple(filter(None, (rows[begin].table, *own, *_above(rows, begin))))


def _is_meant(wanted: str, number: int, table: Table) -> bool:
    if wanted.strip().isdecimal():
        return int(wanted) == number
    return any(folded(wanted) in folded(name) for name in table.names)


def _said(found: Iterable[Table], rows: Sequence[Row]) -> str:
    """Say which tables there are: the number, and the longest of its names, else what its first row has."""
    names = (
        max((name for name in table.names if not name.isdecimal()), key=len, default="")
        or " | ".join(filter(None, rows[table.first].cells))
        for table in found
    )
    return "; ".join(f"{number} {' '.join(name.split())[:_SHOWN]}" for number, name in enumerate(names, 1))
