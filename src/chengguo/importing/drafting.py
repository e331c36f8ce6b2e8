"""Rows to a draft of the registry, and every cell that was filled, changed or dropped on the way.

The wording stays as printed. Of a content, only the white space around its lines goes, and a full stop and
a space begin a new line, as where the printed cell began a paragraph. Where a cell of departments says more
than their names, its words are kept beside them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import PurePath

from chengguo.departments import bodies, short_names
from chengguo.departments.cells import Unit
from chengguo.errors import Refused
from chengguo.importing import account, cells, headings, numbering, own, refusals, shaping
from chengguo.importing.drafts import Doubt, Draft
from chengguo.importing.headers import Headed
from chengguo.importing.headings import Heading, Said
from chengguo.importing.reader import Reader
from chengguo.importing.returning import official
from chengguo.importing.rows import Remark, Row
from chengguo.importing.shapes import pages, periods
from chengguo.language import _, listed, plural
from chengguo.model import Context
from chengguo.registry.sections import WITHIN
from chengguo.registry.writing import Cell
from chengguo.schedules import read_schedule
from chengguo.text.widths import folded, narrowed

# A sheet or a table without a name of its own.
_UNNAMED = re.compile(r"(?:sheet|table|工作表|附?[件表])?[\s(（]*\d*[)）]?", re.IGNORECASE)
_SHOWN = 5  # names that were completed
_ANY_YEAR = 2000  # in which schedules have days that name their own or none
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
    rows = tuple(rows)
    given, tidied = shaping.done(shaping.TIDYING, rows, known)
    shaped = shaping.read(given, known)
    if shaped is None:
        raise refusals.nothing_found(given, known)
    titles, official_table = official.titles(shaped.table), official.without_reckoned(shaped.table)
    table, joined = shaping.under_headers(official_table)
    printed = given if shaped.is_list else periods.without_ticks(official_table.rows, table.rows)
    reader = Reader(_empty(table.above, said, file, titles), is_list=shaped.is_list, dropped=dropped)
    _read(reader, table)
    own.refuse_unknown(dropped, reader.met)
    if not reader.draft.tasks:
        raise refusals.nothing_found(given, known) if shaped.is_list else refusals.nothing_read(reader.draft)
    made = _finished(reader)
    made.notes.extend(_renumbered(made, official.addresses(shaped.table)))
    made.notes.extend(each for each in remarks_of_file(table.rows) if each not in remarks_of_file(rows))
    made.doubts.extend(_yearless(made, table.above))
    made.doubts.extend(pages.left_out(rows))
    made.doubts.extend(remarks(given, {note for _row, note in reader.noted}))
    upper = [table.rows[place] for place in sorted(table.halves)]
    made.doubts.extend(Doubt(*row.at(0), row.note, row.table) for row in upper if row.note)
    named = {table.rows[place] for place in (*table.headers, *table.halves)}
    begin = table.rows[table.begin].line if shaped.is_list else 0
    made.doubts.extend(account.unsaid(printed, made, named, begin))
    words = "".join(narrowed(each) for columns in table.headers.values() for each in columns.printed)
    made.doubts.extend(account.unsaid_above(upper, "".join(words.split())))
    names = tuple(each.name for each in (*tidied, *shaped.shapes, *joined))
    return made._replace(shapes=names, printed=frozenset(reader.outline.as_printed))


def _renumbered(made: Draft, printed: Sequence[str]) -> list[str]:
    """Say which addresses of an export its rows do not keep, where each row is an item."""
    here = [f"{task.id}.{item.number}" for task in made.tasks for item in task.items]
    return official.renumbered(printed, here) if len(printed) == len(here) else []


def _yearless(made: Draft, above: Sequence[Row]) -> Iterator[Doubt]:
    """Say how the year is named that schedules need and nothing tells; a document's number may have it."""
    if made.heading.years or made.heading.issued:
        return
    words = {item.schedule for item in made.items}
    if all(read_schedule(each).due or not read_schedule(each, Context(_ANY_YEAR)).due for each in words):
        return
    numbers = headings.document_numbers("".join(row.cells) for row in above)
    place, number, year = next(numbers, (0, "", 0))
    why = _("no year is printed, and schedules need one: --year names it")
    if number:
        why = _("no year is printed but in '{number}'; if the plan is of that year: --year {year}")
    line = above[place].line if above else 1
    yield Doubt(line, 1, why.format(number=number, year=year), above[place].table if above else "")


def _read(reader: Reader, table: Headed) -> None:
    """Read the rows of a table: what stands around and above it, then all from its first header on."""
    rows, headers = table.rows, table.headers
    reader.take_rules(rows, headers)
    reader.numbering = reader.outline.numbering = numbering.of_table(table)
    sheets = frozenset(rows[place].table for place in headers)
    if len(sheets) > 1 and not any(map(_UNNAMED.fullmatch, sheets)):
        reader.sheets = sheets
    reader.above(table.above, rows[table.begin])
    for place, row in enumerate(rows[table.begin :], table.begin):
        if columns := headers.get(place):
            reader.header(row, columns)
        elif place not in table.halves:
            following = rows[place + 1] if place + 1 < len(rows) else Row(0, ())
            reader.row(row, following if place + 1 not in headers else Row(0, ()))


def remarks(rows: Iterable[Row], applied: Collection[Remark] = ()) -> Iterator[Doubt]:
    """Return what is to be told of cells beside their words, but for notes that are applied as rules."""
    for row in rows:
        for each in row.remarks:
            if not each.is_of_file and each not in applied:
                yield Doubt(*row.at(each.place), each.said, row.table)


def remarks_of_file(rows: Iterable[Row]) -> list[str]:
    """Return what is to be told of a file as a whole, each once."""
    found = (each.said for row in rows for each in row.remarks if each.is_of_file)
    return list(dict.fromkeys(found))


def _empty(above: tuple[Row, ...], said: Said, file: str, titles: Sequence[str] = ()) -> Draft:
    """Begin a draft by the titles of an export, else by what stands above the table, else by the file."""
    lines = [headings.line("".join(row.cells)) for row in above]
    heading = headings.as_they_are(titles, said) or headings.read_heading(lines, said, PurePath(file).stem)
    if not heading.plan:
        raise Refused(_("the table has no heading"), _("Give the title of the plan: --title 行动方案"))
    made = Draft(heading, {}, [], {}, [], [], [])
    if not said.issued and (words := headings.published(lines)):
        why = _("the day of issue, from which 3个月内 counts, is read from '{text}': --issued names another")
        made.notes.append(why.format(text=words))
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
    named = _first_lines(made).keys()
    for section in [each for each in made.sections if each not in sections]:
        title = made.sections.pop(section).title
        if not any(each.title.startswith(f"{title}{WITHIN}") for each in made.sections.values()):
            made.doubts.append(reader.outline.begun[section])
    if reader.outline.is_unnamed:
        one = _("the table has no sections; all is put into one")
        several = _("what stands in no section is put into one of the table's name")
        made.notes.insert(0, several if len(made.sections) > 1 else one)
    for key in [key for key, unit in made.departments.items() if unit.name not in named]:
        del made.departments[key]
    for key, unit in made.departments.items():
        made.departments[key] = _alone(unit, reader)
    made.doubts.extend(_unshared(made))
    made.doubts.extend(_namesakes(made))
    made.notes.extend(_completed(reader))
    return made._replace(heading=_reaching(made))


def _completed(reader: Reader) -> Iterator[str]:
    """Say of which departments the table prints the name nowhere with its level: 科技厅 behind 省教育厅."""
    units = [each for each in reader.draft.departments.values() if reader.elsewhere.completed(each)]
    names = [f"{reader.elsewhere.completed(each)} ({each.name})" for each in units[:_SHOWN]]
    if units:
        yield plural(
            "{count} name without its level is completed by the name before it: {names}",
            "{count} names without their level are completed by the names before them: {names}",
            len(units),
            names=listed(names) + " …" * (len(units) > _SHOWN),
        )


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
    words, context = {item.schedule for item in made.items}, made.heading.context
    read = [read_schedule(each, context) for each in words]
    last = max((each.due.year for each in read if each.due), default=0)
    wider = made.heading._replace(until=last)
    is_same = wider.context == context or read == [read_schedule(each, wider.context) for each in words]
    return wider if is_same else made.heading


def _unshared(made: Draft) -> Iterator[Doubt]:
    """Leave a name that several departments have as another one to the first, and say so of each further."""
    lines, owners = _first_lines(made), dict[str, str]()
    for key, unit in made.departments.items():
        kept = tuple(each for each in unit.aliases if owners.setdefault(folded(each), unit.name) == unit.name)
        for alias in (each for each in unit.aliases if each not in kept):
            why = _("'{alias}' is another name of '{first}' already; it is none of '{name}' in the register")
            told = why.format(alias=alias, first=owners[folded(alias)], name=unit.name)
            yield Doubt(lines[unit.name], 1, told)
        made.departments[key] = unit._replace(aliases=kept)


def _first_lines(made: Draft) -> dict[str, int]:
    """Return the line of the first item that names each department, in any column."""
    return {
        name: item.line
        for item in reversed(made.items)
        for names in (item.lead, item.support, *(_names(there) for _heading, there in item.extra))
        for name in names
    }


def _namesakes(made: Draft) -> Iterator[Doubt]:
    """Doubt each two names of the register of which one may be short for the other."""
    first = _first_lines(made)
    units = [unit.name for unit in made.departments.values() if not unit.group]
    names = [name for name in units if bodies.is_whole(name)][:_COMPARED]
    for short, long in permutations(names, 2):
        if short_names.may_be_one(short, long):
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
