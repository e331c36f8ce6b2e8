"""A form that came back to the rows that were filled in: what is locked is held against the hidden sheet.

People rename its sheet, sign below its table, and lose its hidden sheet in other programs.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from chengguo.errors import Refused
from chengguo.importing.returning.entries import About, Entry, Odd, Place, Returned, entry_of
from chengguo.importing.returning.forms import ADDRESS, LOCKED, SHEET
from chengguo.importing.rows import Row, place
from chengguo.language import _, listed
from chengguo.registry import figures
from chengguo.registry.report_headings import FIELD_OF, FILLED
from chengguo.text.widths import folded

# Who signs below a table, when, and how they are called.
_SIGNED = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|经办|签发|联系|报送|分管|主要)?(?:人|领导|负责人|负责同志|单位|部门|日期|时间|电话|方式)"
    r"(?:\(?(?:签字|签名|签章|盖章|公章)\)?)?:.{0,40}"
    r"|(?:19|20)[0-9]{2}[年.\-/][0-9]{1,2}[月.\-/][0-9]{1,2}日?"
)
_TITLE = re.compile(r"(?P<plan>.*) 进展填报表（(?P<department>.+)，(?P<period>[^，（）]+)）", re.DOTALL)


class _Table(NamedTuple):
    """The table of a form: its file, its headings, its rows, and its locked cells by their addresses."""

    file: str
    header: Row
    rows: Sequence[Row]
    known: Mapping[str, tuple[str, ...]]
    about: About
    own: Collection[str]

    @property
    def columns(self) -> dict[str, int]:
        """The places of the headings, from 1."""
        return {heading: at for at, heading in enumerate(self.header.cells, 1) if heading}


def read(rows: Sequence[Row], hidden: Sequence[Row], name: str, own: Collection[str]) -> Returned:
    """Return what was filled in; raises ``Refused`` where the headings are gone."""
    said = {row.cells[0]: row.cells[1] for row in hidden if len(row.cells) > 1}
    made = figures.day(said.get("制表日期", ""))
    about = About(said.get("部门", ""), said.get("期次", ""), made, said.get("方案", ""))
    begin = next((at for at, row in enumerate(hidden) if row.cells[: len(LOCKED)] == LOCKED), None)
    header = _header(rows)
    if header is None or begin is None:
        raise Refused(_("{file}: the headings of the form are gone").format(file=name), _("Ask for it anew."))
    known = {row.cells[0]: row.cells[: len(LOCKED)] for row in hidden[begin + 1 :]}
    below = [row for row in rows[rows.index(header) + 1 :] if row.table == header.table]
    table = _Table(name, header, below, known, about, [each for each in own if each not in FILLED])
    entries: list[Entry] = []
    told: list[Odd] = []
    odd = list(_renamed(table))
    renamed = {each.place for each in odd}
    for row in filter(_is_filled, below):
        entry = _entry(row, table)
        if _is_signed(row) and entry.address not in known:
            told.append(_without_number(row, entry))
            continue
        if entry.address in known:
            is_sound = not renamed & {entry.place(heading) for heading in entry.columns}
            entries += [entry] if is_sound and (entry.cells or entry.changed) else []
        elif entry.address and entry.cells:
            odd.append(Odd(entry.place(), _("the form had no row {address}").format(address=entry.address)))
        else:
            odd.append(_without_number(row, entry))
        odd += _loose(row, table)
    return Returned(name, tuple(entries), tuple(odd), about, tuple(told))


def _is_filled(row: Row) -> bool:
    return any(row.cells)


def _header(rows: Sequence[Row]) -> Row | None:
    """Return the headings: those of the sheet that a form has, else of one that somebody renamed."""
    among = [row for row in rows if ADDRESS in row.cells and "状态" in row.cells]
    named = [row for row in among if row.table == SHEET]
    renamed = [row for row in among if {*LOCKED} <= {*row.cells}]
    return next(iter(named or renamed), None)


def sheet_of(rows: Sequence[Row]) -> str:
    """Return the name of the sheet that the table of a form stands on."""
    header = _header(rows)
    return header.table if header else SHEET


def _entry(row: Row, table: _Table) -> Entry:
    """Make an entry of a row, with what is locked and was changed."""
    cells, columns = dict(zip(table.header.cells, row.cells, strict=False)), table.columns
    entry = entry_of(row, table.file, cells, columns, table.own)._replace(form=table.about)
    was = dict(zip(LOCKED, table.known.get(entry.address, ()), strict=False))
    changed = tuple(name for name in LOCKED if name in was and _bare(cells.get(name, "")) != _bare(was[name]))
    entry.columns.update({heading: columns[heading] for heading in changed if heading in columns})
    return entry._replace(changed=changed)


def _renamed(table: _Table) -> Iterator[Odd]:
    """Tell the cells under a heading that somebody wrote over one of the form's."""
    gone = [heading for heading in FILLED if heading not in table.header.cells]
    new = [
        (heading, at)
        for heading, at in table.columns.items()
        if heading not in {*LOCKED, *table.own} and folded(heading).lower() not in FIELD_OF
    ]
    why = _("the column '{name}' stands for none of the form, which had {gone}; the row is left: '{text}'")
    for heading, at in new if gone else ():
        for row in table.rows:
            text = "".join(row.cells[at - 1 : at])
            if text and row.cells[0]:
                where = Place(table.file, place(row.line, at, row.table, in_workbook=True))
                yield Odd(where, why.format(name=heading, gone=listed(gone), text=text))


def _without_number(row: Row, entry: Entry) -> Odd:
    text = " | ".join(filter(None, row.cells))
    return Odd(entry.place(), _("the row has no number, and is not taken: '{text}'").format(text=text))


def _loose(row: Row, table: _Table) -> Iterator[Odd]:
    """Tell cells that stand under no heading."""
    for at, cell in enumerate(row.cells, 1):
        if cell and not "".join(table.header.cells[at - 1 : at]):
            where = Place(table.file, place(row.line, at, row.table, in_workbook=True))
            yield Odd(where, _("the cell stands under no column: '{text}'").format(text=cell))


def _is_signed(row: Row) -> bool:
    """True if a row only says who signs: 填报人：张三, or 填报人： and 张三 beside it."""
    filled = [folded(cell) for cell in row.cells if cell]
    before = ["", *filled]
    return bool(filled) and all(
        _SIGNED.fullmatch(cell) or (_SIGNED.fullmatch(label) and label.endswith(":"))
        for label, cell in zip(before, filled, strict=False)
    )


def about_of(rows: Sequence[Row]) -> About | None:
    """Return what the title of a form says of it, where its hidden sheet was lost; None for another table."""
    titles = (_TITLE.fullmatch(cell) for row in rows for cell in row.cells)
    if found := next(filter(None, titles), None):
        return About(found["department"], found["period"], None, found["plan"])
    return None


def _bare(text: str) -> str:
    return "".join(text.split())
