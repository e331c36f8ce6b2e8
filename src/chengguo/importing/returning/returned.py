"""A file that came back to the rows in which something is reported, as they stand: nothing is judged here.

Four shapes are known: the forms that ``form`` makes, tables that ``export`` wrote, plain tables with a column
of addresses or of works, and lines of JSON.
"""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from chengguo.departments import roles
from chengguo.errors import Refused
from chengguo.importing import formats
from chengguo.importing.columns import FIELDS
from chengguo.importing.returning import appendix, exported, parting, reckoned
from chengguo.importing.returning.forms import ADDRESS, FILLED, HIDDEN, LOCKED, MARK, SHEET
from chengguo.importing.rows import NUMBER, Remark, Row, located, place
from chengguo.language import _
from chengguo.registry import figures
from chengguo.registry.item_records import PROGRESS
from chengguo.text.source import decode
from chengguo.text.widths import folded

# The words above a column of a plain table, by the field of a report.
_WORDS = {
    "address": "编号 id 地址 分项编号 任务编号 事项编号 分项",
    "status": "状态 办理状态 进展状态 报告状态 当前状态 完成状态 status",
    "note": (
        "本期进展 进展情况 工作进展 进展 办理情况 完成情况 落实情况 推进情况 进展说明 目前进展 最新进展 "
        "工作进展情况 情况 说明 note"
    ),
    "date": "日期 报告日期 填报日期 上报日期 报送日期 办结日期 完成日期 报告时间 填报时间 date",
    "percent": "完成比例 完成率 完成百分比 进度比例 percent",
    "problem": "存在问题 存在的问题 问题 困难问题 问题困难 主要问题 problem",
    "next": "下步措施 下一步措施 下步打算 下一步打算 下一步工作 下步工作 下一步计划 下一步工作计划 next",
    "evidence": "佐证材料 佐证 证明材料 支撑材料 evidence",
    "by": "填报单位 填报部门 报送单位 报送部门 by",
    "milestone": "节点 milestone",
    "period": "期次 period",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
_FIELD_OF |= FILLED
_WORK = {word: field for field in ("title", "content", "lead") for word in FIELDS[field]}
_WORK_OF_EXPORT = dict(zip(appendix.MAIN[1:], ("title", "content", "lead"), strict=False))
REPORTED = ("status", "note", "percent", "problem", "next", "evidence", "extra")
_BOM = b"\xef\xbb\xbf"


class Place(NamedTuple):
    """Where a cell stands: the file, and in it 填报!I7, or the line and the column from 1: 3:2."""

    file: str
    cell: str

    def __str__(self) -> str:
        """Write it as messages do."""
        return located(self.file, self.cell)


class About(NamedTuple):
    """What a form says of itself: whose it is, of which period, made on which day, from which registry."""

    department: str
    period: str
    made: date | None
    plan: str


class Entry(NamedTuple):
    """A row in which something is reported: what it is about, and each filled cell, by its field.

    ``work`` is what it says of the item beside the address: by it the item is told where there is none.
    The address ``is_number`` where a spreadsheet may have dropped a zero of it. ``changed`` are the headings
    of the locked cells that are no longer what they were; ``prefilled`` is what an export had filled in,
    which reports nothing as long as the registry says the same. ``extra`` has the cells of other headings.
    """

    file: str
    table: str
    line: int
    address: str
    cells: dict[str, str]
    columns: dict[str, int]
    work: dict[str, str] = {}  # noqa: RUF012 - never changed
    changed: tuple[str, ...] = ()
    form: About | None = None
    prefilled: dict[str, str] = {}  # noqa: RUF012 - never changed
    is_number: bool = False

    def place(self, field: str = "address") -> Place:
        """Return the place of a cell, that of the row's first where the field has none."""
        column = self.columns.get(field, 1)
        if not self.line:
            return Place(self.file, "")
        return Place(self.file, place(self.line, column, self.table, in_workbook=bool(self.table)))


class Odd(NamedTuple):
    """Something of a file that is not taken, and why."""

    place: Place
    why: str


class Returned(NamedTuple):
    """What a file has: rows in which something is reported, what is odd, and what a form says of itself."""

    file: str
    entries: tuple[Entry, ...]
    odd: tuple[Odd, ...] = ()
    form: About | None = None


def read_form(data: bytes, name: str, own: Collection[str] = ()) -> Returned:
    """Read what a file reports; ``own`` are the headings of the office's own columns of reports.

    Raises ``Refused`` where it has no table that can be read so.
    """
    if data.removeprefix(_BOM).lstrip().startswith(b"{"):
        return _lines(data, name)
    rows = formats.pages(data, name if name != "-" else "-.csv")
    hidden = [row for row in rows if row.table == HIDDEN]
    if hidden and hidden[0].cells[:2] == MARK:
        rows = tuple(row for row in rows if row.table == SHEET)
        found = _form(list(rows), hidden, name, own)
    else:
        rows = tuple(row for row in rows if not row.note)  # nobody sees what a hidden sheet has
        given = parting.read_export(row.cells for row in rows)
        found = _exported(given, rows, name, own) if given else _plain(rows, name, own)
    remarked = [(row, each) for row in rows for each in row.remarks if each.text and not each.is_of_file]
    doubtful = {(row.table, row.line) for row, _each in remarked}
    sound = tuple(entry for entry in found.entries if (entry.table, entry.line) not in doubtful)
    odd = (_of_remark(row, each, name) for row, each in remarked)
    return found._replace(entries=sound, odd=(*found.odd, *odd))


def _of_remark(row: Row, remark: Remark, name: str) -> Odd:
    """Tell the words of a cell that are no report: struck ones, a comment, an error."""
    cell = place(row.line, remark.place + 1, row.table, in_workbook=bool(row.table))
    return Odd(Place(name, cell), remark.said)


# -- forms ---------------------------------------------------------------------------------------


def _form(rows: list[Row], hidden: list[Row], name: str, own: Collection[str]) -> Returned:
    said = {row.cells[0]: row.cells[1] for row in hidden if len(row.cells) > 1}
    made = figures.day(said.get("制表日期", ""))
    about = About(said.get("部门", ""), said.get("期次", ""), made, said.get("方案", ""))
    header = next((row for row in rows if ADDRESS in row.cells and "状态" in row.cells), None)
    begin = next((at for at, row in enumerate(hidden) if row.cells[: len(LOCKED)] == LOCKED), None)
    if header is None or begin is None:
        raise Refused(_("{file}: the headings of the form are gone").format(file=name), _("Ask for it anew."))
    known = {row.cells[0]: row.cells[: len(LOCKED)] for row in hidden[begin + 1 :]}
    entries: list[Entry] = []
    odd: list[Odd] = []
    for row in rows[rows.index(header) + 1 :]:
        cells = dict(zip(header.cells, row.cells, strict=False))
        columns = {heading: at for at, heading in enumerate(header.cells, 1) if heading}
        entry = _entry(row, name, cells, columns, own)._replace(form=about, table=SHEET)
        loose = [
            at for at, cell in enumerate(row.cells, 1) if cell and not "".join(header.cells[at - 1 : at])
        ]
        if not entry.address and any(row.cells):
            text = " | ".join(filter(None, row.cells))
            odd.append(
                Odd(entry.place(), _("the row has no number, and is not taken: '{text}'").format(text=text))
            )
        elif entry.address not in known and any(entry.cells.values()):
            odd.append(Odd(entry.place(), _("the form had no row {address}").format(address=entry.address)))
        elif entry.address:
            was = dict(zip(LOCKED, known.get(entry.address, ()), strict=False))
            changed = tuple(
                name for name in LOCKED if name in was and _bare(cells.get(name, "")) != _bare(was[name])
            )
            entry.columns.update({heading: columns[heading] for heading in changed if heading in columns})
            entry = entry._replace(changed=changed)
            if entry.cells or changed:
                entries.append(entry)
        for at in loose:
            where = Place(name, place(row.line, at, SHEET, in_workbook=True))
            odd.append(
                Odd(where, _("the cell stands under no column: '{text}'").format(text=row.cells[at - 1]))
            )
    return Returned(name, tuple(entries), tuple(odd), about)


def _bare(text: str) -> str:
    return "".join(text.split())


def _entry(
    row: Row, file: str, cells: dict[str, str], columns: dict[str, int], own: Collection[str]
) -> Entry:
    """Make an entry of a row: its address, and the filled cells by their fields, else by their headings."""
    found: dict[str, str] = {}
    places: dict[str, int] = {}
    address = ""
    for heading, text in cells.items():
        field = heading if heading in own else _FIELD_OF.get(folded(heading).lower(), heading)
        if field == "address":
            address, places["address"] = text, columns[heading]
        elif text and heading not in LOCKED:
            found[field] = f"{found[field]}\n{text}" if field in found else text
            places.setdefault(field, columns[heading])
    entry = Entry(file, row.table, row.line, address, found, places)
    return entry._replace(is_number=_is_number(row, entry))


def _is_number(row: Row, entry: Entry) -> bool:
    """True if a spreadsheet may have dropped a zero at the end of the address, as one of 1.10 does.

    A workbook tells which cells are numbers; in a text that a spreadsheet may have saved each may be one.
    """
    if entry.file.lower().endswith((".csv", ".tsv")):
        return not entry.address.endswith("0")
    at = entry.columns.get("address", 1) - 1
    return any(each.kind == NUMBER and each.place == at for each in row.looks)


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
            if text and heading not in own and folded(heading).lower() in _FIELD_OF
        }
        filled = {heading: text for heading, text in official.beside.items() if text and heading in own}
        entry = _entry(rows[official.place], name, reported, columns, own)
        for each in changed:
            if each.row == official.place:
                field = _OVER[each.name]
                entry.cells[field] = "\n".join(filter(None, (entry.cells.get(field), each.text)))
                entry.columns[field] = each.column
        entry.columns.update({heading: columns[heading] for heading in filled})
        if entry.cells or filled:
            address = addresses.get(official.place, "")
            printed = dict(zip(appendix.MAIN, official.main, strict=False))
            entry = _about_work(entry, printed, columns, _WORK_OF_EXPORT)
            entries.append(entry._replace(address=address, prefilled=filled))
    return Returned(name, (*entries, *_of_appendix(given, rows, name)))


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
    """Take the rows below each row of headings; another sheet needs headings of its own."""
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
            entries += [entry] if entry.cells or entry.prefilled else []
    if head is None:
        hint = _(
            "It needs a row of headings: 编号, or 重点任务 and 责任部门; and 状态, 进展情况 or the like."
        )
        raise Refused(_("{file}: no table of reports was found").format(file=name), hint)
    return Returned(name, tuple(entries))


def _plain_entry(row: Row, head: Row, name: str, own: Collection[str]) -> Entry:
    """Make an entry of a row, with what tells its item where no number does."""
    cells = {heading: text for heading, text in zip(head.cells, row.cells, strict=False) if heading}
    columns = {heading: place for place, heading in enumerate(head.cells, 1) if heading}
    about = {heading: field for heading in cells if (field := _work_of(heading)) and heading not in own}
    told = {heading: text for heading, text in cells.items() if heading not in about}
    return _about_work(_entry(row, name, told, columns, own), cells, columns, about)


def _work_of(heading: str) -> str | None:
    """Return what a column says of the item: its title, its content, who leads it; None for another."""
    word = folded(heading)
    if word in _WORK or word.lower() in _FIELD_OF:
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


_OF_TABLE = {*appendix.MAIN, "板块", "section"}  # headings of an export that say which item a row is


def _prefilled_entry(row: Row, head: Row, places: dict[str, int], name: str, own: Collection[str]) -> Entry:
    """Make an entry of a row that an export filled in, and somebody may have changed."""
    among = list(enumerate(zip(head.cells, row.cells, strict=False)))
    columns = {heading: at + 1 for at, (heading, _cell) in among if heading}
    told = {
        heading: cell
        for at, (heading, cell) in among
        if heading and at not in places.values() and heading not in {*_OF_TABLE, *own}
    }
    filled = {heading: cell for heading, cell in zip(head.cells, row.cells, strict=False) if heading in own}
    entry = _entry(row, name, told, columns, own)
    cells = {each: among[at][1][1] for each, at in places.items() if at < len(among)}
    entry = _about_work(entry, dict(zip(head.cells, row.cells, strict=False)), columns, _WORK_OF_EXPORT)
    return entry._replace(
        address=cells.get("address", ""),
        prefilled={field: cells[each] for each, field in _OVER.items() if cells.get(each)}
        | {heading: cell for heading, cell in filled.items() if cell},
        columns={heading: columns[heading] for heading in filled}
        | {_OVER.get(each, each): at + 1 for each, at in places.items()}
        | entry.columns,
    )


def _is_header(row: Row) -> bool:
    words = {folded(cell).lower() for cell in row.cells if cell}
    fields = {_FIELD_OF[word] for word in words if word in _FIELD_OF}
    says = fields & {*REPORTED, "date"}
    return bool(says) and ("address" in fields or bool({_WORK[word] for word in words & _WORK.keys()}))


# -- lines of JSON -------------------------------------------------------------------------------


def _lines(data: bytes, name: str) -> Returned:
    entries: list[Entry] = []
    odd: list[Odd] = []
    source = decode(data, name)
    if source.undecodable:
        raise Refused(_("{file} is in no encoding that is known").format(file=name), _("Save it as UTF-8."))
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict) or not isinstance(record.get("extra") or {}, dict):
            odd.append(Odd(Place(name, f"{number}:1"), _("the line is no JSON object")))
            continue
        cells = {str(key): text for key, value in record.items() if (text := _text(value))}
        address = cells.pop("id", "")
        work = {field: cells.pop(field) for field in _WORK_OF_EXPORT.values() if field in cells}
        entries.append(Entry(name, "", number, address, cells, {}, work))
    return Returned(name, tuple(entries), tuple(odd))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value)).strip()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value).strip()
