"""Three versions of a registry → one: a merge that knows what belongs together.

Each version is cut into pieces, whole lines that belong to one field, one progress entry, or the comment
above one, each with a key: where in the table it stands, never its line number. Pieces of one key are
merged as in any three-way merge: what one side left alone, the other decides. So edits of different items
or fields never meet, whatever lines they stand on, and one id added twice is seen. The text of a piece is
copied as it is: comments, quotes and order of the current side stay.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapped
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from chengguo.model import Item, Registry
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text.nodes import Mapping, Node, Scalar, Sequence
from chengguo.text.source import Source

Key = tuple[str, ...]
Pieces = dict[Key, str]
Days = dict[tuple[str, str], date]

COMMENT = "#"  # the last part of the key of what stands above a piece
END = (COMMENT,)  # what stands behind all
LISTS = ("progress", "extensions")  # whose entries are kept of both sides
# Conflict markers, as git writes them.
OURS, MIDDLE, THEIRS = "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"

_TASK, _ITEM = 2, 4  # the parts of the key of a task, or a department, and of an item


class Merged(NamedTuple):
    """The merged text, and how many conflicts are marked in it."""

    source: Source
    conflicts: int


def merge(base: Document, ours: Document, theirs: Document) -> Merged | None:
    """Merge the changes of ``ours`` and ``theirs`` since ``base`` into the text of ``ours``.

    Return None where a version cannot be cut into pieces (broken YAML, an id or key that stands twice), or
    where the outcome is not what both sides' values make: then lines must be merged as lines.
    """
    versions = [cut(document) for document in (base, ours, theirs)]
    if any(version is None for version in versions):
        return None
    pieces = _joined([version for version in versions if version is not None])
    merged, conflicts = _merged(pieces, ours.registry, theirs.registry)
    text = _ended(merged.values())
    if "\r\n" in ours.source.text:
        text = text.replace("\n", "\r\n")
    source = ours.source._replace(text=text)
    if not conflicts and not _is_proved(base, ours, theirs, read_registry(source)):
        return None
    return Merged(source, conflicts)


# -- pieces --------------------------------------------------------------------------------------


def cut(document: Document) -> Pieces | None:
    """Cut the text of a registry, with its line ends made alike, into pieces by key, in order."""
    root = document.root
    if root is None or root.flow or any(each.code.startswith("Y") for each in document.registry.findings):
        return None
    starts: list[tuple[int, Key]] = []
    for offset, key in _starts(root, ()):
        line = document.source.text.rfind("\n", 0, offset) + 1
        if not starts or starts[-1][0] != line:  # of several on a line the first names it
            starts.append((line, key))
    keys = [key for _start, key in starts]
    if len(set(keys)) < len(keys):
        return None
    pieces: Pieces = {}
    text = document.source.text
    if starts[0][0]:
        pieces[(*keys[0], COMMENT)] = text[: starts[0][0]]
    for (start, key), (end, following) in pairwise([*starts, (len(text), ())]):
        own, above = _parted(text[start:end])
        pieces[key] = own
        if above:
            pieces[(*following, COMMENT)] = above
    return {key: piece.replace("\r\n", "\n") for key, piece in pieces.items()}


def _starts(node: Node, path: Key) -> Iterator[tuple[int, Key]]:
    """Return where each piece begins, and its key: fields, register entries, tasks, items, list entries."""
    if isinstance(node, Mapping) and not node.flow:
        for key, value in node.entries:
            inner = (*path, key.text)
            yield key.start, inner
            if key.text not in ("lead", "support", "aliases"):
                yield from _starts(value, inner)
    elif isinstance(node, Sequence) and not node.flow and path[-1] in ("tasks", "items", *LISTS):
        numbers: dict[str, int] = {}
        for child in node.items:
            name = _name(child, "date" if path[-1] in LISTS else "id")
            numbers[name] = numbers.get(name, 0) + 1
            inner = (*path, name) if path[-1] not in LISTS else (*path, name, str(numbers[name]))
            yield child.start, inner
            if path[-1] not in LISTS:
                yield from _starts(child, inner)


def _name(node: Node, field: str) -> str:
    """Return what tells an entry from the others: its id or its date."""
    value = node.get(field) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _parted(text: str) -> tuple[str, str]:
    """Part a piece from the blank lines and comments behind it, which stand above the next one."""
    *whole, rest = text.split("\n")
    lines = [f"{line}\n" for line in whole] + ([rest] if rest else [])
    own = len(lines)
    while own > 1 and (not lines[own - 1].strip() or lines[own - 1].lstrip().startswith("#")):
        own -= 1
    return "".join(lines[:own]), "".join(lines[own:])


# -- one out of three ----------------------------------------------------------------------------


def _joined(versions: list[Pieces]) -> list[Pieces]:
    """Join the pieces of what was added twice, or removed here and changed there: it is one conflict."""
    texts = [_texts(version) for version in versions]
    joined: set[Key] = set()
    for block in sorted({block for version in texts for block in version}, key=len):
        base, *others = (version.get(block) for version in texts)
        there = [text for text in others if text is not None]
        is_lost = base is None or len(there) < len(others)
        if is_lost and len({base, *there} - {None}) > 1 and block[:_TASK] not in joined:
            joined.add(block)
    return [_with_blocks(version, joined) for version in versions] if joined else versions


def _block(key: Key) -> Key | None:
    """Return the task, item or register entry that a piece belongs to, the innermost."""
    if key[:1] == ("departments",) and len(key) > 1 and key[1] != COMMENT:
        return key[:2]
    if key[:1] == ("tasks",) and len(key) > 1 and key[1] != COMMENT:
        has_item = key[2:3] == ("items",) and len(key) > 3 and key[3] != COMMENT  # noqa: PLR2004
        return key[:4] if has_item else key[:2]
    return None


def _texts(version: Pieces) -> dict[Key, str]:
    """Return all that stands in each block: in a task, its items among it, in an item, in a department."""
    pieces: dict[Key, list[str]] = {}
    for key, piece in version.items():
        block = _block(key)
        if block and key[-1] != COMMENT:
            for each in {block[:_TASK], block}:
                pieces.setdefault(each, []).append(piece)
    return {block: "".join(parts) for block, parts in pieces.items()}


def _with_blocks(version: Pieces, blocks: set[Key]) -> Pieces:
    """Join the pieces of each of some blocks into one."""
    joined: Pieces = {}
    for key, piece in version.items():
        block = next((key[:length] for length in (_TASK, _ITEM) if key[:length] in blocks), None)
        if block and key != (*block, COMMENT):
            joined[block] = joined.get(block, "") + piece
        else:
            joined[key] = piece
    return joined


def _order(mine: Pieces, other: Pieces, base: Pieces) -> list[Key]:
    """Return the keys of both sides in the order of ours; what theirs added stands where it stood there.

    What ours added at the same place comes first.
    """
    added: dict[Key | None, list[Key]] = {}
    above: Key | None = None
    for key in other:
        if key in mine:
            above = key
        else:
            added.setdefault(above, []).append(key)
    order: list[Key] = []
    waiting = added.get(None, [])
    for key in mine:
        if key in other or key in base:
            order += waiting
            waiting = added.get(key, [])
        order.append(key)
    return order + waiting


def _merged(versions: list[Pieces], ours: Registry, theirs: Registry) -> tuple[Pieces, int]:
    """Merge piece by piece."""
    base, mine, other = versions
    merged: Pieces = {}
    conflicts = 0
    days = [_days_of(registry) for registry in (ours, theirs)]
    for key in _order(mine, other, base):
        old, one, two = base.get(key), mine.get(key), other.get(key)
        if two in (one, old):
            piece = one
        elif one == old:
            piece = two
        elif old is None and _is_entry(key):
            piece = _ended([one or "", two or ""])  # two reports of one day
        elif (side := _later(key, days)) is not None:
            piece = (one, two)[side]
        else:
            piece, conflicts = _conflict(one, two), conflicts + 1
        if piece is not None:
            merged[key] = piece
    return _ordered(merged, mine), conflicts


def _is_entry(key: Key) -> bool:
    return len(key) > 2 and key[-3] in LISTS  # noqa: PLR2004 - the list, the day, the number


def _conflict(one: str | None, two: str | None) -> str:
    """Mark both sides, as git does."""
    return _ended([OURS, one or "", MIDDLE, two or "", THEIRS])


def _later(key: Key, days: list[Days]) -> int | None:
    """Tell whose status stands, 0 ours, 1 theirs: that of the later report; None where none is later."""
    if len(key) != 5 or key[-1] != "status":  # noqa: PLR2004 - tasks, id, items, id, status
        return None
    one, two = (side.get((key[1], key[3])) for side in days)
    return None if one is None or two is None or one == two else int(two > one)


def _days_of(registry: Registry) -> Days:
    """Return the day of the last report that says the status of an item as a whole, by the item's ids."""
    return {
        (str(item.task), str(item.id)): max(days)
        for item in registry.items
        if (days := [each.date for each in item.progress if each.status and not each.is_of_part])
    }


def _ordered(merged: Pieces, mine: Pieces) -> Pieces:
    """Put the entries of each list in the order of their days, with the comments above them."""
    keys = list(merged)
    start = 0
    while start < len(keys):
        end = start
        while end < len(keys) and _list_of(keys[end]) and _list_of(keys[end]) == _list_of(keys[start]):
            end += 1
        keys[start:end] = sorted(
            keys[start:end], key=lambda key: (_days(key), _bare(key) not in mine, key[-1] != COMMENT)
        )
        start = max(end, start + 1)
    return {key: merged[key] for key in keys}


def _bare(key: Key) -> Key:
    return key[:-1] if key[-1] == COMMENT else key


def _list_of(key: Key) -> Key | None:
    """Return the list that an entry, or the comment above one, belongs to."""
    return _bare(key)[:-2] if _is_entry(_bare(key)) else None


def _days(key: Key) -> tuple[str, int]:
    day, number = _bare(key)[-2:]
    return day, int(number)


def _ended(pieces: Iterable[str]) -> str:
    """Join pieces, each of which ends its line but for the last."""
    *heads, last = [piece for piece in pieces if piece] or [""]
    text = "".join(piece if piece.endswith("\n") else piece + "\n" for piece in heads)
    return text + last


# -- proof ---------------------------------------------------------------------------------------


def _is_proved(base: Document, ours: Document, theirs: Document, merged: Document) -> bool:
    """True if the values are those that a merge of values makes, and nothing has become broken."""
    known = [each.code for side in (ours, theirs) for each in side.registry.findings]
    if any(each.code not in known for each in merged.registry.findings):
        return False
    old, one, two, new = (_values(each.registry) for each in (base, ours, theirs, merged))
    for key in {*old, *one, *two, *new}:
        was, mine, other, now = (values.get(key) for values in (old, one, two, new))
        if key[-1] in LISTS:
            gone = {*(was or ())} - ({*(mine or ())} & {*(other or ())})
            if {*(now or ())} != ({*(mine or ())} | {*(other or ())}) - gone:
                return False
        elif key[-1] != "status" or was in (mine, other) or mine == other:
            if now != (other if mine == was else mine):
                return False
        elif now not in (mine, other):
            return False
    return True


def _values(registry: Registry) -> dict[tuple[str, str], Any]:
    """Return every value of a registry by where it stands."""
    values: dict[tuple[str, str], Any] = {
        ("", name): value for name, value in registry.plan._asdict().items()
    }
    values |= {(section.id, "section"): section.title for section in registry.sections}
    values |= {(section.id, "section in"): section.upper for section in registry.sections}
    values |= {(column.heading, "column"): column for column in registry.columns}
    for department in registry.departments:
        fields = department._asdict().items()
        values |= {(department.name, f"department {name}"): value for name, value in fields if name != "span"}
    for task in registry.tasks:
        values |= {(str(task.id), "section of"): task.section, (str(task.id), "title"): task.title}
        for item in task.items:
            values |= {(item.address, field): getattr(item, field) for field in _FIELDS}
            values |= {(item.address, f"extra {heading}"): value for heading, value in item.extra}
            for field, value in item.others.items():
                parts = value if isinstance(value, Mapped) else {"": value}
                values |= {(item.address, f"{field} {part}"): each for part, each in parts.items()}
    return values


_FIELDS = tuple(name for name in Item._fields if name not in {"task", "id", "places", "others", "extra"})
