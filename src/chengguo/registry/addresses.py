"""What people call a task, an item or a section, to the thing itself."""

import re
from typing import NamedTuple

from chengguo.errors import UnknownSection, UnknownTask, WrongUsage
from chengguo.language import _, listed
from chengguo.model import Item, Registry, Section
from chengguo.registry.sections import heading
from chengguo.text.widths import narrowed


class Address(NamedTuple):
    """A task, or with ``item`` one of its items, as the command line names it."""

    task: int
    item: int | None


def parse(text: str) -> Address:
    """Read ``3`` or ``3.2``, full-width forms too; raises ``WrongUsage``."""
    match = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,9}))?", narrowed(text).strip())
    if not match:
        message = _("'{text}' is not an address").format(text=text)
        raise WrongUsage(message, _("Write a task's number, such as 4, or task and item, such as 3.2."))
    return Address(int(match[1]), int(match[2]) if match[2] else None)


class Stretch(NamedTuple):
    """All that lies between two addresses, both included."""

    first: Address
    last: Address


def parse_several(text: str) -> list[Address | Stretch]:
    """Read a list of addresses and stretches: ``1,2``, ``1-5``, ``3.1-3.4``; raises ``WrongUsage``."""
    found: list[Address | Stretch] = []
    for each in re.split("[,，、]", text):
        first, _sign, last = (part.strip() for part in _TO.sub("-", each).partition("-"))
        found.append(Stretch(parse(first), parse(last)) if first and last else parse(each))
    return found


_TO = re.compile("[-—–~～至]")  # noqa: RUF001 - as typed


def find_between(registry: Registry, stretch: Stretch) -> tuple[Item, ...]:
    """Return the items of a stretch, whose ends are there; raises ``UnknownTask``, ``WrongUsage``."""
    first, last = (find(registry, end) for end in stretch)
    low, high = (first[0].task, first[0].id), (last[-1].task, last[-1].id)
    if low > high:
        message = _("the stretch {first}-{last} goes backwards").format(
            first=first[0].address, last=last[-1].address
        )
        raise WrongUsage(message, _("Write the lower number first."))
    return tuple(item for item in registry.items if low <= (item.task, item.id) <= high)


def find(registry: Registry, address: Address) -> tuple[Item, ...]:
    """Return the item at ``address``, or all items of a task; raises ``UnknownTask``."""
    # An id of 0 is one that could not be read: no address leads there.
    tasks = [task for task in registry.tasks if task.id == address.task != 0]
    if not tasks:
        known = [task.id for task in registry.tasks]
        hint = _("Tasks: {first}–{last}.").format(first=min(known), last=max(known)) if known else ""
        raise UnknownTask(_("there is no task {task}").format(task=address.task), hint)
    items = tuple(item for task in tasks for item in task.items)
    found = tuple(item for item in items if address.item is None or item.id == address.item != 0)
    if not items:
        raise UnknownTask(_("task {task} has no items").format(task=address.task))
    if not found:
        message = _("task {task} has no item {item}").format(task=address.task, item=address.item)
        hint = _("Its items: {items}.").format(items=listed(item.address for item in items))
        raise UnknownTask(message, hint)
    return found


def find_section(registry: Registry, name: str) -> Section:
    """Return the section whose id (一, （一）), title or heading is ``name``; raises ``UnknownSection``.

    One of the second level goes by its id (一.1) and as it is printed below the other (一（一）), too.
    """
    wanted = _folded(name)
    for section in registry.sections:
        printed = heading(section.id, section.title, section.upper)
        number = section.upper + printed.removesuffix(section.title)
        if wanted in map(_folded, (section.id, section.title, printed, number)):
            return section
    known = listed(f"{section.id} {section.title}" for section in registry.sections)
    raise UnknownSection(
        _("there is no section '{name}'").format(name=name), _("Sections: {sections}.").format(sections=known)
    )


def _folded(name: str) -> str:
    """Fold what does not tell sections apart: full-width forms and the brackets around an id."""
    return narrowed(name).strip().strip("()")
