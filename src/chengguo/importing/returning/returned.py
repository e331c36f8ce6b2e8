"""A file that came back to the rows in which something is reported, as they stand: nothing is judged here.

Four shapes are known: the forms that ``form`` makes, tables that ``export`` wrote, plain tables with a column
of addresses or of works, and lines of JSON.
"""

import json
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from chengguo.departments import roles
from chengguo.errors import Refused
from chengguo.importing import formats
from chengguo.importing.columns import FIELDS
from chengguo.importing.returning import appendix, exported, filled, parting, reckoned
from chengguo.importing.returning.entries import About, Entry, Odd, Place, Returned, entry_of
from chengguo.importing.returning.forms import HIDDEN, MARK
from chengguo.importing.rows import Remark, Row, place
from chengguo.language import N_, _, in_chinese
from chengguo.registry.item_records import PROGRESS
from chengguo.registry.report_headings import FIELD_OF
from chengguo.text.findings import shortened
from chengguo.text.widths import folded

_WORK = {word: field for field in ("title", "content", "lead") for word in FIELDS[field]}
_WORK_OF_EXPORT = dict(zip(appendix.MAIN[1:], ("title", "content", "lead"), strict=False))
_LOCKED = _WORK_OF_EXPORT | dict(zip(appendix.MAIN[4:], ("support", "schedule"), strict=True))
REPORTED = ("status", "note", "percent", "problem", "next", "evidence", "extra")
_TOTAL = re.compile(r"[合小总共]\s*计[:：]?")
_BOM = b"\xef\xbb\xbf"


def read_form(data: bytes, name: str, own: Collection[str] = ()) -> Returned:
    """Read what a file reports; ``own`` are the headings of the office's own columns of reports.

    Raises ``Refused`` where it has no table that can be read so.
    """
    if (begin := data.removeprefix(_BOM).lstrip()[:1]) in {b"{", b"["}:
        if begin == b"[":
            raise Refused(_("{file} is a JSON list").format(file=name), _("Write an object on each line."))
        return _lines(formats.decoded(data, name), name, own)
    rows = formats.pages(data, name if name != "-" else "-.csv")
    hidden = [row for row in rows if row.table == HIDDEN]
    if hidden and hidden[0].cells[:2] == MARK:
        rows = tuple(row for row in rows if row.table != HIDDEN)
        found = _form(rows, hidden, name, own)
    else:
        rows = tuple(row for row in rows if not row.note)  # nobody sees what a hidden sheet has
        given = parting.read_export(row.cells for row in rows)
        found = _exported(given, rows, name, own) if given else _plain(rows, name, own)
    remarked = [(row, each) for row in rows for each in row.remarks if each.text and not each.is_of_file]
    doubtful = {(row.table, row.line) for row, _each in remarked}
    folded_away = {(row.table, row.line) for row in rows if row.is_hidden}
    seen = [entry for entry in found.entries if (entry.table, entry.line) not in folded_away]
    unseen = tuple(_of_hidden(each) for each in found.entries if each not in seen)
    sound = tuple(entry for entry in seen if (entry.table, entry.line) not in doubtful)
    odd = (_of_remark(row, each, name) for row, each in remarked)
    totals = tuple(_of_total(entry) for entry in sound if _is_total(entry))
    entries = tuple(entry for entry in sound if not _is_total(entry))
    return found._replace(entries=entries, odd=(*found.odd, *odd), told=(*found.told, *unseen, *totals))


def _is_total(entry: Entry) -> bool:
    """True if a row sums up those above it: 合计 stands in it, and no address."""
    words = (entry.address, *entry.work.values(), *entry.cells.values())
    is_of_item = bool(entry.address) and not _TOTAL.fullmatch(entry.address)
    return not is_of_item and any(map(_TOTAL.fullmatch, words))


def _of_total(entry: Entry) -> Odd:
    why = _("the row has no number, and is not taken: '{text}'")
    return Odd(entry.place(), why.format(text=_words(entry)))


def _of_hidden(entry: Entry) -> Odd:
    why = _("the row is left out, for {why}: '{text}'")
    return Odd(entry.place(), why.format(why=_("it is hidden"), text=_words(entry)))


def _words(entry: Entry) -> str:
    return " | ".join(filter(None, (entry.address, *entry.work.values(), *entry.cells.values())))


def _of_remark(row: Row, remark: Remark, name: str) -> Odd:
    """Tell the words of a cell that are no report: struck ones, a comment, an error."""
    cell = place(row.line, remark.place + 1, row.table, in_workbook=bool(row.table))
    return Odd(Place(name, cell), remark.said)


# -- forms ---------------------------------------------------------------------------------------


def _form(rows: tuple[Row, ...], hidden: list[Row], name: str, own: Collection[str]) -> Returned:
    """Take what a form says, and what somebody put on further sheets of it."""
    found = filled.read(rows, hidden, name, own)
    sheet = filled.sheet_of(rows)
    entries, odd = list(found.entries), list(found.odd)
    others = (row for row in rows if row.table != sheet and not row.note)
    for title, among in groupby(others, key=lambda row: row.table):
        page = tuple(among)
        more = _below_headings(page, name, own, found.form)
        entries += more or ()
        first = next((row for row in page if any(row.cells)), None)
        if more is None and first:
            why = _("the sheet '{sheet}' is none of the form, and is not taken: '{text}'")
            text = " | ".join(cell for row in page for cell in row.cells if cell)
            where = Place(name, place(first.line, 1, title, in_workbook=True))
            odd.append(Odd(where, why.format(sheet=title, text=shortened(text))))
    return found._replace(entries=tuple(entries), odd=tuple(odd))


# -- exported tables -----------------------------------------------------------------------------


_OVER = {"status": "status", "report": "note"}  # a reckoned column: what its cell reports once it is changed


def _exported(given: parting.Read, rows: tuple[Row, ...], name: str, own: Collection[str]) -> Returned:
    """Take what was changed, what stands under added columns, and rows added to 进展记录."""
    addresses = {place: address for address, place in exported.places(given).items()}
    if not addresses:
        why = _("rows were added or taken out, so that nobody can tell which is which; use a form")
        return Returned(name, (), (Odd(Place(name, ""), why),))
    header = next(row for row in rows if row.cells[: len(appendix.MAIN)] == appendix.MAIN)
    columns = {heading: at for at, heading in enumerate(header.cells, 1) if heading}
    changed = [*parting.changed(given, addresses)]
    entries = []
    for official in given.official:
        reported = {
            heading: text
            for heading, text in official.beside.items()
            if text and heading not in own and folded(heading).lower() in FIELD_OF
        }
        own_cells = {heading: text for heading, text in official.beside.items() if text and heading in own}
        entry = entry_of(rows[official.place], name, reported, columns, own)
        for each in changed:
            if each.row == official.place:
                field = _OVER[each.name]
                entry.cells[field] = "\n".join(filter(None, (entry.cells.get(field), each.text)))
                entry.columns[field] = each.column
        entry.columns.update({heading: columns[heading] for heading in own_cells})
        if entry.cells or own_cells:
            address = addresses.get(official.place, "")
            printed = dict(zip(appendix.MAIN, official.main, strict=False))
            entry = _about_work(entry, printed, columns, _LOCKED)
            entries.append(entry._replace(address=address, prefilled=own_cells))
    return Returned(name, (*entries, *_of_appendix(given, rows, name)), is_export=True)


def _of_appendix(given: parting.Read, rows: tuple[Row, ...], name: str) -> Iterator[Entry]:
    """Return the reports of the table behind; those that the registry has already change nothing."""
    headings = appendix.HEADINGS["进展记录"]
    table = given.tables.get("进展记录", ())
    lines = [row for row in rows if row.table == "进展记录"][1:]
    for at, cells in enumerate(table):
        line = lines[at].line if at < len(lines) else 0
        under = dict(zip(headings[1:], cells[1:], strict=True))
        fields = {field.heading: key for key, field in PROGRESS.items()}
        found = {fields[heading]: text for heading, text in under.items() if text}
        columns = {key: number for number, key in enumerate(map(fields.get, headings[1:]), 2) if key}
        yield Entry(name, "进展记录", line, cells[0], found, {**columns, "address": 1})


# -- plain tables --------------------------------------------------------------------------------


def _plain(rows: tuple[Row, ...], name: str, own: Collection[str]) -> Returned:
    """Take the rows of a plain table, and those of a form without its hidden sheet."""
    form = filled.about_of(rows)
    entries = _below_headings(rows, name, own, form)
    if entries is None:
        hint = _(
            "It needs a row of headings: 编号, or 重点任务 and 责任部门; and 状态, 进展情况 or the like."
        )
        raise Refused(_("{file}: no table of reports was found").format(file=name), hint)
    return Returned(name, entries, form=form)


def _below_headings(
    rows: tuple[Row, ...], name: str, own: Collection[str], form: About | None
) -> tuple[Entry, ...] | None:
    """Take the rows below each row of headings, which another sheet needs too; None where there is none."""
    entries: list[Entry] = []
    head: Row | None = None
    for row in rows:
        if _is_header(row):
            head = row
        elif head and head.table == row.table:
            reckoned_at = reckoned.of_export(head.cells, appendix.MAIN)
            if reckoned_at and len({*filter(None, row.cells)}) == 1:
                continue  # the heading of a section
            entry = (
                _prefilled_entry(row, head, reckoned_at, name, own)
                if reckoned_at
                else _plain_entry(row, head, name, own)
            )
            entries += [entry._replace(form=form)] if entry.cells or entry.prefilled else []
    return None if head is None else tuple(entries)


def _plain_entry(row: Row, head: Row, name: str, own: Collection[str]) -> Entry:
    """Make an entry of a row, with what tells its item where no number does."""
    cells = {heading: text for heading, text in zip(head.cells, row.cells, strict=False) if heading}
    columns = {heading: place for place, heading in enumerate(head.cells, 1) if heading}
    about = {heading: field for heading in cells if (field := _work_of(heading)) and heading not in own}
    last = next((heading for heading in cells if _is_last_report(heading) and heading not in own), "")
    told = {heading: text for heading, text in cells.items() if heading not in {*about, last}}
    entry = entry_of(row, name, told, columns, own)
    if last:
        entry.columns.setdefault("note", columns[last])
        shown = {"status": entry.cells.pop("status", ""), "note": cells[last]}
        entry = entry._replace(prefilled={field: text for field, text in shown.items() if text})
    return _about_work(entry, cells, columns, about)


def _is_last_report(heading: str) -> bool:
    """True for the column of an export that has the last report of each item, written over by a new one."""
    return "report" in reckoned.places((heading,))


def _work_of(heading: str) -> str | None:
    """Return what a column says of the item: its title, its content, who leads it; None for another."""
    word = folded(heading)
    if word in _WORK or word.lower() in FIELD_OF:
        return _WORK.get(word)
    return "lead" if roles.column_of(word) == "lead" else None


def _about_work(entry: Entry, cells: dict[str, str], columns: dict[str, int], about: dict[str, str]) -> Entry:
    """Return the entry with what the row says of its item; what stands in two columns is joined."""
    work: dict[str, str] = {}
    for heading, field in about.items():
        if text := cells.get(heading, ""):
            work[field] = f"{work[field]}\n{text}" if field in work else text
            entry.columns.setdefault(field, columns[heading])
    return entry._replace(work=work)


# Headings of an export that say which item a row is.
_OF_TABLE = {
    *appendix.MAIN,
    *(word for each in (N_("section"), N_("plan")) for word in (each, in_chinese(each))),
}


def _prefilled_entry(row: Row, head: Row, places: dict[str, int], name: str, own: Collection[str]) -> Entry:
    """Make an entry of a row that an export filled in, and somebody may have changed."""
    among = list(enumerate(zip(head.cells, row.cells, strict=False)))
    columns = {heading: at + 1 for at, (heading, _cell) in among if heading}
    told = {
        heading: cell
        for at, (heading, cell) in among
        if heading and at not in places.values() and heading not in {*_OF_TABLE, *own}
    }
    own_cells = {
        heading: cell for heading, cell in zip(head.cells, row.cells, strict=False) if heading in own
    }
    entry = entry_of(row, name, told, columns, own)
    cells = {each: among[at][1][1] for each, at in places.items() if at < len(among)}
    entry = _about_work(entry, dict(zip(head.cells, row.cells, strict=False)), columns, _LOCKED)
    return entry._replace(
        address=cells.get("address", ""),
        prefilled={field: cells[each] for each, field in _OVER.items() if cells.get(each)}
        | {heading: cell for heading, cell in own_cells.items() if cell},
        columns={heading: columns[heading] for heading in own_cells}
        | {_OVER.get(each, each): at + 1 for each, at in places.items()}
        | entry.columns,
    )


def _is_header(row: Row) -> bool:
    words = {folded(cell).lower() for cell in row.cells if cell}
    fields = {FIELD_OF[word] for word in words if word in FIELD_OF}
    says = fields & {*REPORTED, "date"}
    says |= {"note" for cell in row.cells if _is_last_report(cell)}
    return bool(says) and ("address" in fields or bool({_WORK[word] for word in words & _WORK.keys()}))


# -- lines of JSON -------------------------------------------------------------------------------


def _lines(text: str, name: str, own: Collection[str]) -> Returned:
    entries: list[Entry] = []
    odd: list[Odd] = []
    known = ("id", *_WORK_OF_EXPORT.values(), *PROGRESS, *own)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict) or not isinstance(record.get("extra") or {}, dict):
            odd.append(Odd(Place(name, f"{number}:1"), _("the line is no JSON object")))
            continue
        if slip := next(filter(None, (_slip(str(key), known) for key in record)), ""):
            odd.append(Odd(Place(name, f"{number}:1"), slip))
            continue
        cells = {str(key): text for key, value in record.items() if (text := _text(value))}
        address = cells.pop("id", "")
        work = {field: cells.pop(field) for field in _WORK_OF_EXPORT.values() if field in cells}
        entries.append(Entry(name, "", number, address, cells, {}, work))
    return Returned(name, tuple(entries), tuple(odd))


def _slip(key: str, known: Collection[str]) -> str:
    """Say what a key was meant to be that is nearly one that is known; "" for every other."""
    near = [] if key in known else get_close_matches(key, known, n=1, cutoff=0.75)
    why = _("there is no key '{key}'; did you mean '{near}'?")
    return why.format(key=key, near=near[0]) if near else ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value)).strip()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value).strip()
