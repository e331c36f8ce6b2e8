"""Several registries to one that queries read: each item knows its plan, and departments are one.

Nothing is guessed: two entries of registers are one where the name, the full name or an alias of the one is
that of the other. The first has its say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from chengguo.departments import names
from chengguo.model import Column, Department, Item, Light, Plan, Progress, Registry, Thresholds
from chengguo.registry.documents import Document
from chengguo.text.source import Source
from chengguo.text.widths import folded

_TOP_LEVEL = re.compile(r"^[\"']?(format|plan|departments|sections|tasks)[\"']?\s*:", re.MULTILINE)
_ENOUGH = 3


def is_registry(source: Source, stem: str = "tasks") -> bool:
    """True for a file that means to be a registry: by its name, or by the keys that begin its lines."""
    is_named = PurePath(source.name).stem == stem
    return is_named or len(set(_TOP_LEVEL.findall(source.text))) >= _ENOUGH


def is_register(source: Source) -> bool:
    """True for a file of departments alone, which registries have in common."""
    keys = set(_TOP_LEVEL.findall(source.text))
    return "departments" in keys and keys <= {"format", "departments"} and not is_registry(source)


def unite(documents: Sequence[Document], shared: Iterable[Department] = ()) -> Document:
    """Return one document for all; its registry has those of the plans, their items told apart, in ``among``.

    ``documents`` are ``named``, all otherwise. ``shared`` is a register that they have in common.
    """
    register = _Register(shared)
    tagged = [_tagged(each.registry, register.take(each.registry.departments)) for each in documents]
    departments = tuple(register.entries.values())
    among = tuple(each._replace(departments=departments) for each in tagged)
    united = Registry(
        Plan("", "", None, None, closing=_closing(among)),
        departments,
        tuple(section for each in among for section in each.sections),
        tuple(task for each in among for task in each.tasks),
        (),
        Thresholds(*(max(days) for days in zip(*(each.alerts for each in among), strict=True))),
        _lights(among),
        _columns(among),
        among,
    )
    found = tuple(each._replace(registry=own) for each, own in zip(documents, among, strict=True))
    return Document(Source(", ".join(each.source.name for each in found), ""), None, united, found)


def completed(registry: Registry, shared: Iterable[Department]) -> Registry:
    """Return the registry with what a register in common knows of departments, its own names first."""
    register = _Register(registry.departments)
    register.take(tuple(shared))
    return registry._replace(departments=tuple(register.entries.values()))


def register(registries: Iterable[Registry]) -> tuple[Department, ...]:
    """Return the departments of all registries, each once, with what any of them says of it."""
    made = _Register(())
    for each in registries:
        made.take(each.departments)
    return tuple(made.entries.values())


class _Register:
    """The departments of all plans, each once, by the name that it has first."""

    def __init__(self, entries: Iterable[Department]) -> None:
        self.entries = {entry.name: entry for entry in entries}
        self.names = names.index(self.entries.values())

    def take(self, entries: Sequence[Department]) -> dict[str, str]:
        """Take the entries of a plan in, and return which of its names are others here."""
        same = {entry.name: entry.name for entry in entries if entry.name in self.entries}
        taken = set(same)  # two entries of one plan are never one here
        for entry in entries:
            if entry.name not in same:
                spellings = (names.find(each, self.names) for each in names.spellings(entry))
                same[entry.name] = next(
                    (each for each in spellings if each and each not in taken), entry.name
                )
                taken.add(same[entry.name])
            self._add(same[entry.name], entry)
        return {own: common for own, common in same.items() if own != common}

    def _add(self, name: str, entry: Department) -> None:
        known = self.entries.get(name)
        self.entries[name] = entry if known is None else _merged(known, entry)
        if known is None:
            self.names.registered[name] = entry
        if self.entries[name] != known:
            for spelling in names.spellings(entry):
                self.names.known.setdefault(folded(spelling), name)


def _merged(known: Department, entry: Department) -> Department:
    """Return an entry with what another one of the same department says besides."""
    if known[:-1] == entry[:-1]:
        return known
    said = {*names.spellings(known)}
    more = tuple(name for name in names.spellings(entry) if name not in said and name != known.full)
    full = known.full or entry.full
    return known._replace(
        full=full,
        aliases=(*known.aliases, *(name for name in dict.fromkeys(more) if name != full)),
        successor=known.successor or entry.successor,
        until=known.until or (None if known.successor else entry.until),
    )


def _tagged(registry: Registry, renamed: Mapping[str, str]) -> Registry:
    """Return the registry of a plan whose items know the plan, and name departments as all plans do."""
    name = registry.plan.name
    return registry._replace(
        tasks=tuple(
            task._replace(items=tuple(_item(item, name, renamed) for item in task.items))
            for task in registry.tasks
        )
    )


def _item(item: Item, plan: str, renamed: Mapping[str, str]) -> Item:
    if not renamed:
        return item._replace(plan=plan)
    return item._replace(
        plan=plan,
        lead=_renamed(item.lead, renamed),
        support=_renamed(item.support, renamed),
        progress=tuple(_report(entry, renamed) for entry in item.progress),
        extra=tuple(
            (heading, value if isinstance(value, str) else _renamed(value, renamed))
            for heading, value in item.extra
        ),
    )


def _report(entry: Progress, renamed: Mapping[str, str]) -> Progress:
    return entry._replace(by=renamed[entry.by]) if entry.by and entry.by in renamed else entry


def _renamed(given: tuple[str, ...], renamed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(renamed.get(name, name) for name in given))


def _closing(among: Iterable[Registry]) -> str:
    return "verified" if any(each.plan.closing == "verified" for each in among) else "reported"


def _lights(among: Iterable[Registry]) -> tuple[Light, ...]:
    """Return the lights of all plans by their words; none where none has a table of its own."""
    found: dict[str, Light] = {}
    for each in among:
        for light in each.lights:
            found.setdefault(light.name, light)
    return tuple(found.values())


def _columns(among: Iterable[Registry]) -> tuple[Column, ...]:
    """Return the columns of all plans by heading; what differs holds texts, and is private if one is."""
    found: dict[str, Column] = {}
    for each in among:
        for column in each.columns:
            known = found.setdefault(column.heading, column)
            found[column.heading] = Column(
                column.heading,
                known.kind if known.kind == column.kind else "text",
                known.of if known.of == column.of else "any",
                known.private or column.private,
            )
    return tuple(found.values())
