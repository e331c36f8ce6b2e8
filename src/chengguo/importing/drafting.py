"""Rows to a draft of the registry, and every cell that was filled, changed or dropped on the way.

The wording stays as printed. Of a content, only the white space around its lines goes, and a full stop and
a space begin a new line, as where the printed cell began a paragraph. Where a cell of departments says more
than their names, its words are kept beside them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import PurePath

from chengguo.departments import bodies
from chengguo.departments.cells import Unit
from chengguo.errors import Refused
from chengguo.importing import account, captions, cells, header_rows, headings, own, row_kinds, unnamed
from chengguo.importing.columns import Columns, named
from chengguo.importing.drafts import Doubt, Draft
from chengguo.importing.headings import Heading, Said
from chengguo.importing.reader import Reader
from chengguo.importing.returning import reckoned
from chengguo.importing.rows import Remark, Row
from chengguo.importing.shapes import (
    bullets,
    duties,
    foot_marks,
    inherited,
    labels,
    paragraphs,
    periods,
    remade,
    sentences,
    turned,
)
from chengguo.language import N_, _, listed
from chengguo.registry.writing import Cell
from chengguo.schedules import read_schedule
from chengguo.text.widths import folded, narrowed

# A sheet or a table without a name of its own.
_UNNAMED = re.compile(r"(?:sheet|table|工作表|附?[件表])?[\s(（]*\d*[)）]?", re.IGNORECASE)
_FILL = N_("Fill the table, or name another file.")
_COMPARED = 500  # names of a register, each of which is held against each


def draft(
    rows: Iterable[Row],
    known: Mapping[str, str],
    said: Said,
    file: str = "",
    dropped: Collection[str] = (),
) -> Draft:
    """Make the draft of a table; ``known`` are the header words. Raises ``Refused`` where there is none.

    ``said`` is what the user says of the plan.
    Columns that are not known become the office's own, but for those ``dropped``.
    """
    given, is_list = tuple(map(row_kinds.as_one, foot_marks.left_out(rows))), False
    rows = tuple(labels.with_colons(row) for row in given if not row_kinds.is_of_page(row))
    headers, told = _headers(rows, known)
    if not headers and (other := remade.rows(rows, known)):
        rows, (headers, told) = other, _headers(other, known)
    known = {**known, **told}
    titles = _titles(rows, headers)
    printed = rows = _without_reckoned(rows, headers)
    if not headers:
        rows, is_list = _without_table(rows, known)
        printed = printed if is_list else rows
        headers = find_headers(rows, known)
    if not headers:
        raise _nothing_found(printed, known)
    halves = _upper_rows(headers)
    rows = captions.rows(rows, headers)
    if (timed := periods.rows(rows, headers)) != rows:
        rows, headers = timed, find_headers(timed, known, told)
    begin = min(headers)
    above = rows[: min({begin, *halves})]
    reader = Reader(_empty(above, said, file, titles), is_list=is_list, dropped=dropped)
    reader.take_rules(rows, headers)
    sheets = {rows[place].table for place in headers}
    reader.has_sheets = len(sheets) > 1 and not any(map(_UNNAMED.fullmatch, sheets))
    reader.above(above, rows[begin])
    _read(reader, rows, headers, halves)
    own.refuse_unknown(dropped, reader.met)
    if not reader.draft.tasks:
        raise _nothing_found(printed, known) if is_list else _nothing_read(reader.draft)
    made = _finished(reader)
    made.doubts.extend(_of_pages(given))
    made.doubts.extend(remarks(given, {note for _row, note in reader.noted}))
    named = {rows[place] for place in (*headers, *halves)}
    made.doubts.extend(account.unsaid(printed, made, named))
    words = "".join(narrowed(each) for columns in headers.values() for each in columns.printed)
    upper = [rows[place] for place in sorted(halves)]
    made.doubts.extend(account.unsaid_above(upper, "".join(words.split())))
    return made


def _read(
    reader: Reader, rows: tuple[Row, ...], headers: Mapping[int, Columns], halves: Collection[int]
) -> None:
    """Read the rows from the first header on; ``halves`` are those that belong to the header below them."""
    begin = min(headers)
    for place, row in enumerate(rows[begin:], begin):
        if columns := headers.get(place):
            reader.header(row, columns)
        elif place not in halves:
            following = rows[place + 1] if place + 1 < len(rows) else Row(0, ())
            reader.row(row, following if place + 1 not in headers else Row(0, ()))


def _without_table(rows: tuple[Row, ...], known: Mapping[str, str]) -> tuple[tuple[Row, ...], bool]:
    """Return the rows that paragraphs make, and True; where they make none, those of a list, and False."""
    made = tuple(paragraphs.rows(sentences.rows(duties.rows(inherited.rows(tuple(labels.rows(rows)))))))
    listed = None if any(map(paragraphs.says_what, made)) else bullets.rows(rows, known, is_marked=False)
    return (listed, False) if listed else (made, True)


def remarks(rows: Iterable[Row], applied: Collection[Remark] = ()) -> Iterator[Doubt]:
    """Return what is to be told of cells beside their words, but for notes that are applied as rules."""
    for row in rows:
        for each in row.remarks:
            if not each.is_of_file and each not in applied:
                yield Doubt(*row.at(each.place), each.said, row.table)


def _of_pages(rows: Iterable[Row]) -> Iterator[Doubt]:
    """Return what is to be told of the numbers of pages amid rows: they are left out."""
    for row in filter(row_kinds.is_of_page, rows):
        yield Doubt(*row.at(0), _("the row is left out: '{text}'").format(text="".join(row.cells)), row.table)


def remarks_of_file(rows: Iterable[Row]) -> list[str]:
    """Return what is to be told of a file as a whole, each once."""
    found = (each.said for row in rows for each in row.remarks if each.is_of_file)
    return list(dict.fromkeys(found))


def find_headers(
    rows: tuple[Row, ...], known: Mapping[str, str], told: Collection[str] = ()
) -> dict[int, Columns]:
    """Find the rows that are headers, by their place; of several rows that are one, the lowest.

    ``told`` are the words that are known only by the cells below them.
    """
    found: dict[int, Columns] = {}
    for place in range(len(rows)):
        until = rows[max(0, place + 1 - header_rows.MOST) : place + 1]
        columns = header_rows.ending_in(until, known, found.get(place - 1))
        if columns is None or turned.are_meant(rows[place : place + turned.MOST], columns, known):
            continue
        for upper in range(place + 1 - columns.height, place):
            found.pop(upper, None)  # 责任分工, over 牵头单位 and 配合单位
        found[place] = columns
    return {place: columns.guessing(told) for place, columns in found.items()} if told else found


def _titles(rows: tuple[Row, ...], headers: Mapping[int, Columns]) -> list[str]:
    """Return the titles of an export as they are: they stand above the line that says its day. Else none."""
    if not any(columns.computed for columns in headers.values()):
        return []
    texts = ["".join(row.cells).strip() for row in rows[: min(headers)]]
    day = next((place for place, text in enumerate(texts) if reckoned.is_as_of(text)), 0)
    return [text for text in texts[:day] if text]


def _headers(rows: tuple[Row, ...], known: Mapping[str, str]) -> tuple[dict[int, Columns], Mapping[str, str]]:
    """Find the headers, and the fields of words that only the cells below them tell."""
    headers = find_headers(rows, known)
    told = unnamed.fields(rows, headers, known)
    return (find_headers(rows, {**known, **told}, told) if told else headers), told


def _without_reckoned(rows: tuple[Row, ...], headers: Mapping[int, Columns]) -> tuple[Row, ...]:
    """Empty the cells of an export that are reckoned, and its line that says the day; else all stays."""
    computed = {place for columns in headers.values() for place in columns.computed}
    if not computed:
        return rows
    begin = min(headers)
    return (
        *(row._replace(cells=tuple(map(_without_day, row.cells))) for row in rows[:begin]),
        *(row if at in headers else _emptied(row, computed) for at, row in enumerate(rows[begin:], begin)),
    )


def _without_day(cell: str) -> str:
    return "" if reckoned.is_as_of(cell) else cell


def _emptied(row: Row, places: Collection[int]) -> Row:
    return row._replace(cells=tuple("" if at in places else cell for at, cell in enumerate(row.cells)))


def _upper_rows(headers: Mapping[int, Columns]) -> set[int]:
    """Return the places of the rows that are one header with a row below them."""
    return {place - above for place, columns in headers.items() for above in range(1, columns.height)}


def _nothing_found(rows: tuple[Row, ...], known: Mapping[str, str]) -> Refused:
    """Say that there is no table, and of a row that is almost a header, what it lacks."""
    if not any(any(row.cells) for row in rows):
        return Refused(_("no words stand in the file, or in the part that is chosen"), _(_FILL))
    nearest = max(rows, key=lambda row: (len(named(row.cells, known)), len(row.cells)), default=Row(0, ()))
    words = named(nearest.cells, known)
    hint = _(
        "It needs a row that names its columns, such as 任务, 责任单位 and 完成时限; "
        "other words go by: --map 列名=lead, --map 列名=schedule, --map 列名=content."
    )
    if words and len([cell for cell in nearest.cells if cell]) > 1:
        hint = _almost(nearest, words) or hint
    return Refused(_("no table with columns that are known was found"), hint)


def _almost(row: Row, words: Mapping[str, str]) -> str:
    """Say what a row lacks to be a header, and which of its words may stand for that."""
    fields = set(words.values())
    missing = {
        "lead": (_("who is responsible"), "lead" not in fields),
        "content": (_("what is to be done"), fields.isdisjoint(("title", "content"))),
        "schedule": (_("by when"), fields.isdisjoint(("schedule", "support"))),
    }
    lacks = {field: said for field, (said, is_missing) in missing.items() if is_missing}
    if not lacks:
        return ""
    known = [cells.line(cell) for cell in row.cells if folded(cell).rstrip(":*") in words]
    others = [cells.line(cell) for cell in row.cells if cell and cells.line(cell) not in known]
    of_others = _("Line {line} names {words}, and lacks {what}; if {name} says so: --map {name}={field}.")
    alone = _("Line {line} names {words}, and lacks {what}: --map 列名={field}.")
    return (of_others if others else alone).format(
        line=row.line,
        words=listed(known or words),
        what=listed(lacks.values()),
        name=others[0] if others else "",
        field=next(iter(lacks)),
    )


def _nothing_read(made: Draft) -> Refused:
    doubts = made.doubts[made.heading.guessed :]
    why = doubts[-1].why if doubts else _(_FILL)
    return Refused(_("the table has columns that are known, but no row that could be read"), why)


def _empty(above: tuple[Row, ...], said: Said, file: str, titles: Sequence[str] = ()) -> Draft:
    """Begin a draft by the titles of an export, else by what stands above the table, else by the file."""
    lines = [headings.line("".join(row.cells)) for row in above]
    heading = headings.as_they_are(titles, said) or headings.read_heading(lines, said, PurePath(file).stem)
    if not heading.plan:
        raise Refused(_("the table has no heading"), _("Give the title of the plan: --title 行动方案"))
    made = Draft(heading, {}, [], {}, [], [], [])
    if heading.guessed:
        why = _("no title was found; the plan is named '{title}': --title names it otherwise")
        made.doubts.append(Doubt(1, 1, why.format(title=heading.plan)))
    return made


def _finished(reader: Reader) -> Draft:
    """Return the draft, without the departments and sections that no row kept."""
    made = reader.draft
    _settle_columns(made)
    sections = {task.section for task in made.tasks}
    sections |= {section.upper for key, section in made.sections.items() if key in sections}
    named = {name for item in made.items for name in item.lead + item.support}
    named |= {name for item in made.items for _heading, there in item.extra for name in _names(there)}
    for section in [each for each in made.sections if each not in sections]:
        why = _("section {id} has no task; it is left out: '{title}'")
        reader.doubt(None, why.format(id=section, title=made.sections.pop(section).title))
    for key in [key for key, unit in made.departments.items() if unit.name not in named]:
        del made.departments[key]
    for key, unit in made.departments.items():
        made.departments[key] = _alone(unit, reader)
    made.doubts.extend(_namesakes(made))
    return made._replace(heading=_reaching(made))


def _names(there: str | tuple[str, ...]) -> tuple[str, ...]:
    return () if isinstance(there, str) else there


def _settle_columns(made: Draft) -> None:
    """Tell what each of the office's own columns holds by its cells; its departments join the register."""
    texts = [dict(item.extra) for item in made.items]
    made.columns[:] = [
        column._replace(
            kind=own.kind_of(column.heading, (str(each.get(column.heading, "")) for each in texts))
        )
        for column in made.columns
    ]
    columns = {column.heading: column for column in made.columns}

    def settled(heading: str, text: str) -> tuple[str, Cell]:
        column = columns[heading]
        units = own.units_of(text) if column.kind == "names" else ()
        return heading, own.value_of(column, text, cells.register(units, made.departments))

    for task in made.tasks:
        task.items[:] = [
            item._replace(extra=tuple(settled(heading, str(text)) for heading, text in item.extra))
            for item in task.items
        ]


def _reaching(made: Draft) -> Heading:
    """Let the years of the plan reach to the last day of its schedules, where none reads otherwise then."""
    words = {item.schedule for item in made.items}
    read = [read_schedule(each, made.heading.context) for each in words]
    last = max((each.due.year for each in read if each.due), default=0)
    wider = made.heading._replace(until=last)
    return wider if read == [read_schedule(each, wider.context) for each in words] else made.heading


def _namesakes(made: Draft) -> Iterator[Doubt]:
    """Doubt each two names of the register of which one may be short for the other."""
    first = {name: item.line for item in reversed(made.items) for name in item.lead + item.support}
    units = [unit.name for unit in made.departments.values() if not unit.group]
    names = [name for name in units if bodies.is_whole(name)][:_COMPARED]
    for short, long in permutations(names, 2):
        if bodies.is_short_for(short, long):
            why = _("'{short}' and '{long}' may be one body: keep one, and make the other an alias of it")
            yield Doubt(max(first[short], first[long]), 1, why.format(short=short, long=long))


def _alone(unit: Unit, reader: Reader) -> Unit:
    """Take the other names off a department that stand for one of their own somewhere in the table."""
    register = reader.draft.departments
    taken = [alias for alias in unit.aliases if folded(alias) in register]
    for alias in taken:
        why = _("'{alias}' stands alone too; it is no other name of '{name}' in the register")
        reader.doubt(None, why.format(alias=alias, name=unit.name))
    return unit._replace(aliases=tuple(alias for alias in unit.aliases if alias not in taken))
