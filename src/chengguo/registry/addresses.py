"""What people call a task, an item or a section, to the thing itself."""

import re
from typing import NamedTuple

from chengguo.errors import UnknownSection, UnknownTask, WrongUsage
from chengguo.language import _, listed, plural
from chengguo.model import Item, Registry, Section
from chengguo.registry import sections
from chengguo.registry.tasks import numbered
from chengguo.text.widths import folded, narrowed


class Address(NamedTuple):
    """A task, or with ``item`` one of its items, of the ``plan`` that is named, if one is."""

    task: int
    item: int | None
    plan: str = ""

    def __str__(self) -> str:
        """Write it as people do, without the plan: 3 or 3.2."""
        return str(self.task) if self.item is None else f"{self.task}.{self.item}"


def parse(text: str) -> Address:
    """Read ``3``, ``3.2`` or ``成果:3.2``, full-width forms too; raises ``WrongUsage``."""
    match = re.fullmatch(r"(?:([^:]+):)?([0-9]{1,9})(?:\.([0-9]{1,9}))?", narrowed(text).strip())
    if not match:
        message = _("'{text}' is not an address").format(text=text)
        raise WrongUsage(message, _("Write a task's number, such as 4, or task and item, such as 3.2."))
    return Address(int(match[2]), int(match[3]) if match[3] else None, match[1] or "")


class Stretch(NamedTuple):
    """All that lies between two addresses, both included."""

    first: Address
    last: Address


def plan_of(wanted: "Address | Stretch") -> str:
    """Return the plan that is named, "" where none is."""
    return wanted.first.plan if isinstance(wanted, Stretch) else wanted.plan


def parse_several(text: str) -> list[Address | Stretch]:
    """Read a list of addresses and stretches: ``1,2``, ``1-5``, ``3.1-3.4``; raises ``WrongUsage``.

    A plan that is named holds for what stands behind it: ``成果:1,2`` are both of 成果.
    """
    found: list[Address | Stretch] = []
    plan = ""
    for each in re.split("[,，、]", text):
        before, colon, numbers = each.replace("：", ":").rpartition(":")
        plan = f"{before}:" if colon else plan
        first, _sign, last = (part.strip() for part in _TO.sub("-", numbers).partition("-"))
        is_stretch = first and last
        found.append(
            Stretch(parse(plan + first), parse(plan + last)) if is_stretch else parse(plan + numbers)
        )
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
    """Return the item at ``address``, or all items of a task; raises ``UnknownTask``.

    Of several plans, it is in the one that is named, else in the only one that has it; raises ``WrongUsage``
    where more do.
    """
    if address.plan or registry.among:
        return _find_among(registry, address)
    # An id of 0 is one that could not be read: no address leads there.
    tasks = numbered(registry.tasks, address.task) if address.task else []
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


def _find_among(registry: Registry, address: Address) -> tuple[Item, ...]:
    """Return what is at an address of one of several plans, or of the one that there is."""
    plans = registry.among or (registry,)
    if address.plan:
        wanted, bare = folded(address.plan), address._replace(plan="")
        for each in plans:
            if wanted in {folded(each.plan.key), folded(each.plan.name)}:
                return find(each, bare)
        known = listed(each.plan.name or each.plan.key for each in plans)
        raise UnknownTask(
            _("there is no plan '{plan}'").format(plan=address.plan), _("Plans: {names}.").format(names=known)
        )
    found = [items for each in plans if (items := _at(each, address))]
    if not found:
        raise UnknownTask(_("no plan has {address}").format(address=address))
    if len(found) > 1:
        known = listed(f"{items[0].plan}:{address}" for items in found)
        message = plural(
            "{address} is in {count} plan", "{address} is in {count} plans", len(found), address=str(address)
        )
        raise WrongUsage(message, _("Write which one is meant: {addresses}.").format(addresses=known))
    return found[0]


def _at(registry: Registry, address: Address) -> tuple[Item, ...]:
    try:
        return find(registry, address)
    except UnknownTask:
        return ()


def find_sections(registry: Registry, name: str) -> tuple[tuple[str, str], ...]:
    """Return the plan and the id of each section of that name and of those within it; as ``find_section``.

    The plan is "" where there is one alone. Of several, ``成果:一`` is that of 成果.
    """
    plan, _colon, own = narrowed(name).rpartition(":") if registry.among else ("", "", name)
    found = dict.fromkeys(
        (each.plan.name if registry.among else "", within)
        for each in registry.among or (registry,)
        if not plan or folded(plan) == folded(each.plan.name)
        for section in each.sections
        if _is_called(section, own)
        for within in sections.among(each, section)
    )
    if not found:
        raise _unknown_section(registry, name)
    return tuple(found)


def find_section(registry: Registry, name: str) -> Section:
    """Return the section whose id (一, （一）), title or heading is ``name``; raises ``UnknownSection``.

    One of the second level goes by its id (一.1) and as it is printed below the other (一（一）), too.
    """
    found = next((section for section in registry.sections if _is_called(section, name)), None)
    if found is None:
        raise _unknown_section(registry, name)
    return found


def _is_called(section: Section, name: str) -> bool:
    printed = sections.heading(section.id, section.title, section.upper)
    number = section.upper + printed.removesuffix(section.title)
    return _folded(name) in map(_folded, (section.id, section.title, printed, number))


def _unknown_section(registry: Registry, name: str) -> UnknownSection:
    known = listed(f"{section.id} {section.title}" for section in registry.sections)
    message = _("there is no section '{name}'").format(name=name)
    return UnknownSection(message, _("Sections: {sections}.").format(sections=known))


def _folded(name: str) -> str:
    """Fold what does not tell sections apart: full-width forms and the brackets around an id."""
    return narrowed(name).strip().strip("()")
