"""Which item a row is about: the one of its number, if nothing else that the row says is of another.

What a row says beside its number is the work (title, content) and the lead departments. A row without a
number is about the only item with its work and departments.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from chengguo.departments import names
from chengguo.errors import UnknownDepartment
from chengguo.importing.returning.entries import Entry
from chengguo.language import _, listed
from chengguo.model import Item, Registry, Task
from chengguo.text.findings import shortened
from chengguo.text.visible import visible
from chengguo.text.widths import folded

if TYPE_CHECKING:
    from chengguo.departments.names import Names

_NAMES = re.compile(r"[、,，;；\s]+")
_PART = 4  # letters that must be the same where one text is a part of the other


def bare(text: str) -> str:
    """Return a text without what tells none apart: white space, and in a short one full-width forms."""
    return folded("".join(text.split())) if len(text) < 200 else "".join(text.split())  # noqa: PLR2004


def item_by_work(registry: Registry, entry: Entry) -> Item | None:
    """Return the only item whose work and lead departments are those of a row; None where none is sure."""
    work, known = entry.work, names.index(registry.departments)
    titles = {task.id: task.title for task in registry.tasks}
    found = [
        item
        for item in registry.items
        if ("content" in work or "title" in work)
        and ("content" not in work or bare(item.content) == bare(work["content"]))
        and ("title" not in work or bare(work["title"]) in {bare(titles[item.task]), bare(item.content)})
        and ("lead" not in work or _is_led_by(item, work["lead"], known))
    ]
    return found[0] if len(found) == 1 else None


def _is_led_by(item: Item, cell: str, known: "Names") -> bool:
    """True if the departments of a cell are the lead departments of the item."""
    parts = [part for part in _NAMES.split(cell) if part]
    return {names.find(part, known) or part for part in parts} == {*item.lead}


class Matcher:
    """Holds rows against the items of one registry; what all of them need is made once."""

    def __init__(self, registry: Registry) -> None:
        """Begin with the registry."""
        self.registry = registry
        self.titles = {task.id: task.title for task in registry.tasks}
        self.names = names.index(registry.departments)

    @cached_property
    def works(self) -> frozenset[str]:
        """Every title and every content, as ``_letters`` has them."""
        contents = (item.content for item in self.registry.items)
        return frozenset(map(_letters, (*self.titles.values(), *contents)))

    def doubt(self, item: Item, entry: Entry) -> tuple[str, str] | None:
        """Return what keeps a row from being about the item of its number: the field, and why; else None."""
        if field := self._contradicting(item, entry):
            said, known = shortened(entry.work[field].replace("\n", " ")), self._known(item, field)
            why = (
                _("{item}: the row is of '{said}', and the item is led by '{known}'")
                if field == "lead"
                else _("{item}: the row is about '{said}', and the item is '{known}'")
            )
            return field, why.format(item=item.address, said=said, known=shortened(known.replace("\n", " ")))
        alike = [each for each in self._alike(item, entry) if not self._contradicting(each, entry)]
        if not alike:
            return None
        why = _("a spreadsheet drops the last zero of a number: it may be {items}; put the work beside it")
        return "address", why.format(items=listed(each.address for each in (item, *alike)))

    def changed(self, item: Item, entry: Entry) -> tuple[str, str] | None:
        """Return the locked field of an exported row that the registry has otherwise, and why; else None."""
        known = {"support": "、".join(item.support), "schedule": item.schedule.wording}
        for field, text in known.items():
            said = entry.work.get(field, text)
            if bare(said) not in {bare(text), bare(visible(text))}:
                why = _("{item}: what is locked was changed: '{said}', and the registry has '{known}'")
                return field, why.format(item=item.address, said=shortened(said), known=shortened(text))
        return None

    def _alike(self, item: Item, entry: Entry) -> Iterator[Item]:
        """Return the other items whose addresses are the same as numbers, as 1.1 and 1.10 are."""
        task = self._tasks.get(item.task) if entry.is_number else None
        for each in task.items if task else ():
            if each.id != item.id and _as_number(each) == _as_number(item):
                yield each

    @cached_property
    def _tasks(self) -> dict[int, Task]:
        return {task.id: task for task in self.registry.tasks}

    def _contradicting(self, item: Item, entry: Entry) -> str | None:
        """Return the field of a row that is of another item, None where there is none."""
        for field in ("content", "title"):
            if (said := entry.work.get(field)) and not self._is_work_of(item, said):
                return field
        said = entry.work.get("lead")
        return "lead" if said and not self._may_be_led_by(item, said) else None

    def _known(self, item: Item, field: str) -> str:
        if field == "lead":
            return "、".join(item.lead)
        works = (self.titles[item.task], item.content) if field == "title" else (item.content,)
        return "：".join(dict.fromkeys(works))

    def _is_work_of(self, item: Item, said: str) -> bool:
        """True if a text is the title or the content of an item, or a part of one, or has one in it.

        What another item is called word for word is about that one.
        """
        own = (item.content, self.titles[item.task])
        if any(bare(said) == bare(each) for each in own):
            return True
        letters, mine = _letters(said), {*map(_letters, own), *(_letters(visible(each)) for each in own)}
        if not letters or letters in mine:
            return True
        if letters in self.works:
            return False
        return any(
            each in letters or letters in each for each in mine if min(len(each), len(letters)) >= _PART
        )

    def _may_be_led_by(self, item: Item, cell: str) -> bool:
        """True if a cell names a department that leads the item, or one that took over from it, or nobody."""
        from chengguo.departments.cells import read_cell  # only a column of departments pays for it

        if bare(cell) == bare("、".join(item.lead)):
            return True
        found = read_cell(cell, "lead")
        said = {each.name for each in (*found.lead, *found.support)} | {*filter(None, _NAMES.split(cell))}
        meant = {name for each in said for name in _meant(each, self.names)}
        return not (found.lead or found.support) or bool(meant & {*item.lead})


def _as_number(item: Item) -> str:
    return str(item.id).rstrip("0")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, bare(text)))


def _meant(name: str, known: "Names") -> tuple[str, ...]:
    """Return what a name stands for: a department and those that it took over from."""
    try:
        return names.resolve_all(name, known)
    except UnknownDepartment:
        return (name,)
