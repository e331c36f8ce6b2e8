"""A table that is issued anew, held against the registry that is there: what is new, changed, or gone.

An item is known again by its content, word for word, or by one that is much alike and like no other. Whatever
may be meant in two ways is asked for by name. Numbers stay as the registry has them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from chengguo.departments import names
from chengguo.edits import editing, rewriting
from chengguo.edits.editing import Change
from chengguo.edits.planning import item_node
from chengguo.errors import Refused, WrongUsage
from chengguo.importing.writing import AS_PRINTED
from chengguo.language import _, listed, plural
from chengguo.model import Item, Registry, Section, Task
from chengguo.model.status import Status
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.registry.writing import Values, WrittenItem, WrittenTask
from chengguo.registry.writing import section as section_of
from chengguo.text.numerals import chinese
from chengguo.text.source import Edit, Source

ALIKE, SURE = 0.5, 0.75  # how much of two texts is the same, of one: from here on it may be one item; it is
GONE = "修订后的表未列此项"  # what is reported of an item that the table has no more


def losses(old: Registry, new: Registry) -> list[str]:
    """Say what a registry has that another one lacks: items, reports, extensions."""
    kept = {item.address: item for item in new.items}
    gone = [item for item in old.items if item.address not in kept]
    pairs = [(item, kept.get(item.address)) for item in old.items]
    reports = sum(each not in (now.progress if now else ()) for item, now in pairs for each in item.progress)
    extensions = sum(
        each not in (now.extensions if now else ()) for item, now in pairs for each in item.extensions
    )
    counts = (
        (len(gone), plural("{count} item", "{count} items", len(gone))),
        (reports, plural("{count} report", "{count} reports", reports)),
        (extensions, plural("{count} extension", "{count} extensions", extensions)),
    )
    return [said for count, said in counts if count]


# -- which item is which -------------------------------------------------------------------------


class Pairs(NamedTuple):
    """Which item of the registry is which of the table, by their addresses; who is gone, who is new."""

    same: dict[str, str]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def mapped(texts: Iterable[str], old: Registry, new: Registry) -> dict[str, str]:
    """Read ``--map-item OLD=NEW``; a side that is empty says that it is gone, or new.

    Raises ``WrongUsage`` for an address that there is not.
    """
    found: dict[str, str] = {}
    for text in texts:
        before, sign, after = (part.strip() for part in text.partition("="))
        known = (not before or _at(old, before)) and (not after or _at(new, after))
        if not sign or not (before or after) or not known:
            message = _("--map-item {text}: not two items").format(text=text)
            hint = _("Write OLD=NEW, as 3.4=3.5: the item of the registry, that of the table; 3.4= is gone.")
            raise WrongUsage(message, hint)
        found[before or f"={after}"] = after
    return found


def _at(registry: Registry, address: str) -> Item | None:
    return next((item for item in registry.items if item.address == address), None)


def pair(old: Registry, new: Registry, said: Mapping[str, str]) -> Pairs:
    """Tell which items are the same. Raises ``Refused``, naming every pair that is doubtful."""
    same = {before: after for before, after in said.items() if after and not before.startswith("=")}
    settled_new = set(said.values())
    left = [item for item in old.items if item.address not in said]
    rest = [item for item in new.items if item.address not in settled_new]
    for is_same in (_is_as_it_was, _has_its_words):
        for item in list(left):
            found = [each for each in rest if is_same(item, each)]
            twins = [each for each in left if is_same(each, found[0])] if found else []
            if len(found) == len(twins) == 1:
                same[item.address] = found[0].address
                left.remove(item)
                rest.remove(found[0])
    near = {
        (item.address, each.address): likeness
        for item in left
        for each in rest
        if (likeness := _likeness(item.content, each.content)) >= ALIKE
    }
    doubtful = []
    for (before, after), likeness in near.items():
        others = [
            each for pair_, each in near.items() if pair_ != (before, after) and {*pair_} & {before, after}
        ]
        if likeness >= SURE and not others:
            same[before] = after
        else:
            doubtful.append((before, after))
    if doubtful:
        raise _doubtful(doubtful, old, new)
    known = {*same.values()}
    gone = tuple(item.address for item in old.items if item.address not in same)
    return Pairs(same, gone, tuple(item.address for item in new.items if item.address not in known))


def _is_as_it_was(one: Item, other: Item) -> bool:
    return one.address == other.address and _has_its_words(one, other)


def _has_its_words(one: Item, other: Item) -> bool:
    return "".join(one.content.split()) == "".join(other.content.split())


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _doubtful(pairs: Sequence[tuple[str, str]], old: Registry, new: Registry) -> Refused:
    before = {item.address: item.content for item in old.items}
    after = {item.address: item.content for item in new.items}
    lines = [f"{one}={two}: {before[one][:20]}… → {after[two][:20]}…" for one, two in pairs]
    message = _("nobody can tell whether these are the same: {pairs}").format(pairs="; ".join(lines))
    one, two = pairs[0]
    hint = _(
        "Say it of each: --map-item {one}={two} where it is the same, --map-item {one}= where it is gone."
    )
    return Refused(message, hint.format(one=one, two=two))


# -- the revised registry ------------------------------------------------------------------------


class _Row(NamedTuple):
    """A row of the table with its task, its departments as the register has them."""

    item: Item
    task: Task


def revise(document: Document, table: Registry, pairs: Pairs, day: date) -> Document:
    """Bring a table into a registry, keeping what was reported, extended and commented.

    Raises ``Refused`` where that cannot be done, or proved.
    """
    old = document.registry
    known = names.index(old.departments)
    rows = {item.address: _Row(_known_by(item, known), task) for task in table.tasks for item in task.items}
    made = _with_names(_with_years(document, table), [row.item for row in rows.values()])
    made = _with_fields(made, pairs, rows, day)
    made = _in_turn(made, _texts(made.registry, pairs, rows))
    places = places_of(old, table, pairs)
    made = _with_new(made, table, places, rows)
    _prove(document, made, pairs, rows, places)
    return made


def _known_by(item: Item, known: names.Names) -> Item:
    lead, support = (
        tuple(dict.fromkeys(names.find(name, known) or name for name in each))
        for each in (item.lead, item.support)
    )
    return item._replace(lead=lead, support=support)


def _applied(document: Document, edit: Edit) -> Document:
    return read_registry(document.source.apply([edit]))


def _in_turn(document: Document, plans: Iterable[Callable[[Document], Edit]]) -> Document:
    """Make edits one after the other, each planned on the text that the one before it left."""
    for plan in plans:
        document = _applied(document, plan(document))
    return document


def _with_names(document: Document, items: Iterable[Item]) -> Document:
    """Let the departments that are new join the register."""
    registered = {each.name for each in document.registry.departments}
    new = dict.fromkeys(
        name for item in items for name in (*item.lead, *item.support) if name not in registered
    )
    return (
        _applied(document, rewriting.new_entries(document, "departments", dict.fromkeys(new, "{}")))
        if new
        else document
    )


def _with_years(document: Document, table: Registry) -> Document:
    """Let the years of the plan reach as far as those of the table do."""
    years, reach = document.registry.plan.years, table.plan.years
    if years is None or reach is None or reach.last <= years.last:
        return document
    return _applied(document, rewriting.years(document, str(years._replace(last=reach.last))))


def _with_fields(document: Document, pairs: Pairs, rows: Mapping[str, _Row], day: date) -> Document:
    """Change departments, schedules and columns; what is gone is reported as cancelled."""
    columns = {column.heading for column in document.registry.columns}
    changes = []
    for item in document.registry.items:
        if item.address in pairs.gone:
            if not item.status.is_closed:
                changes.append(Change(item, day, Status.CANCELLED, GONE))
            continue
        row = rows[pairs.same[item.address]].item
        fields = (("lead", row.lead), ("support", row.support), ("schedule", row.schedule.wording))
        given = tuple((name, value) for name, value in fields if value or editing.written_field(item, name))
        extra = tuple((heading, value) for heading, value in row.extra if heading in columns)
        changes.append(Change(item, day, fields=given, extra=extra))
    return editing.make_in_turn(document, changes).document


def _texts(
    registry: Registry, pairs: Pairs, rows: Mapping[str, _Row]
) -> Iterable[Callable[[Document], Edit]]:
    """Return the changes of contents and titles."""
    for task in registry.tasks:
        titles = {
            rows[pairs.same[item.address]].task.title for item in task.items if item.address in pairs.same
        }
        if len(titles) == 1 and titles != {task.title}:
            yield _retitled(task.id, next(iter(titles)))
        for item in task.items:
            row = rows.get(pairs.same.get(item.address, ""))
            if row and not _has_its_words(row.item, item):
                yield _reworded(item, row.item.content)


def _retitled(task: int, title: str) -> Callable[[Document], Edit]:
    return lambda document: rewriting.title(document, task, title)


def _reworded(item: Item, content: str) -> Callable[[Document], Edit]:
    return lambda document: rewriting.content(document, item, content)


def places_of(old: Registry, table: Registry, pairs: Pairs) -> dict[str, tuple[int, int]]:
    """Return the numbers of the rows that are new: behind the items of their task, or of a new task."""
    back = {after: before for before, after in pairs.same.items()}
    used = {task.id for task in old.tasks}
    last = {task.id: max(item.id for item in task.items) for task in old.tasks if task.items}
    places: dict[str, tuple[int, int]] = {}
    for task in table.tasks:
        homes = [int(back[item.address].partition(".")[0]) for item in task.items if item.address in back]
        number = homes[0] if homes else task.id if task.id not in used else max(used) + 1
        for item in task.items:
            if item.address in pairs.new:
                last[number] = last.get(number, 0) + 1
                places[item.address] = (number, last[number])
        used.add(number)
    return places


def _with_new(
    document: Document, table: Registry, places: Mapping[str, tuple[int, int]], rows: Mapping[str, _Row]
) -> Document:
    """Add the rows that are new."""
    columns = {column.heading for column in document.registry.columns}
    for address, (number, place) in places.items():
        row = rows[address]
        values = _values(row.item, place, columns)
        if any(task.id == number for task in document.registry.tasks):
            document = _applied(document, rewriting.new_item(document, number, values))
            continue
        document, section = _section(document, table, row.task)
        task = {"id": str(number), "section": section, "title": row.task.title}
        quoted = WrittenTask(task, [WrittenItem(values)])
        document = _applied(document, rewriting.new_task(document, quoted))
    return document


def _section(document: Document, table: Registry, task: Task) -> tuple[Document, str]:
    """Return the id of the section of a new task, which joins the list where its title is new."""
    section = next((each for each in table.sections if each.id == task.section), None)
    if section is None:
        return document, task.section
    upper = next((each for each in table.sections if each.id == section.upper), None)
    above = ""
    if upper:
        document, above = _known_section(document, upper, "")
    return _known_section(document, section, above)


def _known_section(document: Document, section: Section, upper: str) -> tuple[Document, str]:
    """Return the id of the section of that title in ``upper``, which is added where there is none."""
    sections = document.registry.sections
    known = next((each.id for each in sections if (each.title, each.upper) == (section.title, upper)), None)
    if known is not None:
        return document, known
    counted = range(1, len(sections) + 2)
    ids = (f"{upper}.{count}" for count in counted) if upper else (section.id, *map(chinese, counted))
    free = next(each for each in ids if all(each != one.id for one in sections))
    written = section_of({"title": section.title, **({"in": upper} if upper else {})})
    return _applied(document, rewriting.new_entries(document, "sections", {free: written})), free


def _values(item: Item, number: int, columns: set[str]) -> Values:
    extra = {heading: value for heading, value in item.extra if heading in columns}
    return {
        "id": str(number),
        "content": item.content,
        "lead": item.lead,
        **({"support": item.support} if item.support else {}),
        "schedule": item.schedule.wording,
        **({"extra": extra} if extra else {}),
        "status": Status.PENDING.value,
    }


def stale(before: Document, after: Document) -> list[str]:
    """Say which comments tell what was printed of departments that are others now; they stay as they are."""
    was = {item.address: item for item in before.registry.items}
    told = []
    for item in after.registry.items:
        former = was.get(item.address, item)
        if (former.lead, former.support) != (item.lead, item.support):
            node = item_node(after, item)
            lines = after.source.text[node.start : node.end].splitlines()
            told += [
                _("{item}: this comment is of the table before: {comment}").format(
                    item=item.address, comment=line.strip()
                )
                for line in lines
                if line.strip().startswith(f"# {AS_PRINTED}")
            ]
    return told


# -- proof ---------------------------------------------------------------------------------------


def _prove(
    before: Document,
    after: Document,
    pairs: Pairs,
    rows: Mapping[str, _Row],
    places: Mapping[str, tuple[int, int]],
) -> None:
    """Hold what came out against both: the wording of the table, what was reported of the registry."""
    now = {item.address: item for item in after.registry.items}
    was = {item.address: item for item in before.registry.items}
    numbers = {f"{task}.{item}": address for address, (task, item) in places.items()}
    wrong = [
        *(
            address
            for address, other in pairs.same.items()
            if not _is_kept(was[address], now.get(address), rows[other])
        ),
        *(
            address
            for address in pairs.gone
            if now.get(address, was[address]).progress[: len(was[address].progress)] != was[address].progress
        ),
        *(address for address, other in numbers.items() if not _says(now.get(address), rows[other])),
    ]
    is_whole = {*now} == {*was, *numbers}
    codes = [finding.code for finding in before.registry.findings]
    is_sound = all(codes.count(each.code) for each in after.registry.findings)
    if wrong or not is_whole or not is_sound or not _has_comments(before.source, after.source):
        where = listed(wrong) or before.source.name
        message = _("the revision would change more than it should: {items}").format(items=where)
        raise Refused(message, _("Nothing was written; make this change by hand, and validate."))


def _says(item: Item | None, row: _Row) -> bool:
    """True if an item says what a row of the table does."""
    return item is not None and (
        (*item[3:5], item.schedule.wording) == (*row.item[3:5], row.item.schedule.wording)
        and _has_its_words(item, row.item)
    )


def _is_kept(was: Item, now: Item | None, row: _Row) -> bool:
    """True if an item says what its row does, and all that was reported of it."""
    return (
        now is not None
        and _says(now, row)
        and (
            (was.status, was.progress, was.extensions, was.others, was.explicit_due)
            == (now.status, now.progress, now.extensions, now.others, now.explicit_due)
        )
    )


def _has_comments(before: Source, after: Source) -> bool:
    lines = after.text.splitlines()
    return all(line in lines for line in before.text.splitlines() if line.lstrip().startswith("#"))
