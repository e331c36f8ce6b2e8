"""Department names as people write them, to entries of the register."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from chengguo.errors import UnknownDepartment
from chengguo.language import _, listed
from chengguo.model import Department
from chengguo.text.widths import folded

SEPARATORS = " 、,，;；/"  # what parts the names of a cell in print; a list of names needs none

_SEVERAL = re.compile("[、,，;；\n]")


class Names(NamedTuple):
    """Every name that the register knows, to the registered one: names, full names and aliases.

    Of two entries that claim a name the first has it; a rule reports the second.
    """

    registered: dict[str, Department]
    known: dict[str, str]


def index(departments: Iterable[Department]) -> Names:
    """Collect the names of a register."""
    registered: dict[str, Department] = {}
    known: dict[str, str] = {}
    for department in departments:
        registered.setdefault(department.name, department)
    for department in registered.values():
        for name in spellings(department):
            known.setdefault(folded(name), department.name)
    known.update({folded(name): name for name in registered})
    return Names(registered, known)


def spellings(department: Department) -> tuple[str, ...]:
    """Return every way to write the department: its name, its full name (全称), its aliases."""
    return (department.name, *([department.full] if department.full else []), *department.aliases)


def resolve(name: str, names: Names) -> str:
    """Return the registered name for ``name``, whatever its width or spaces.

    Raises ``UnknownDepartment``, with the nearest names as the hint.
    """
    found = find(name, names)
    if found is None:
        raise _unknown(name, names)
    return found


def resolve_all(name: str, names: Names) -> tuple[str, ...]:
    """Return the registered names that ``name`` stands for now: its own, and those whose work it took over.

    A successor that the register names nowhere else is known by that. Raises ``UnknownDepartment``.
    """
    own = find(name, names)
    past = _succeeded_by(own or name, names)
    if own is None and not past:
        heirs = {
            folded(each.successor): each.successor for each in names.registered.values() if each.successor
        }
        raise _unknown(name, names._replace(known={**heirs, **names.known}))
    return (own, *past) if own else past


def reporters(text: str, names: Names) -> tuple[str, ...]:
    """Return the registered names that whoever reports stands for: one department, or several in one text.

    Raises ``UnknownDepartment``.
    """
    parts = [text] if find(text, names) else [part for part in _SEVERAL.split(text) if part.strip()]
    return tuple(dict.fromkeys(chain.from_iterable(resolve_all(part, names) for part in parts)))


def _unknown(name: str, names: Names) -> UnknownDepartment:
    hint = suggestion(name, names)
    message = _("no department '{name}' in the register").format(name=name)
    return UnknownDepartment(message, hint or _("'chengguo depts' lists the departments."))


def _succeeded_by(name: str, names: Names) -> tuple[str, ...]:
    """Return the bodies that ``name`` followed, and those that they had followed, each once."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        later = folded(waiting.pop())
        for department in names.registered.values():
            # A successor may be written as any name that the register has for it.
            successor = department.successor and (find(department.successor, names) or department.successor)
            if successor and folded(successor) == later and department.name not in found:
                found[department.name] = None
                waiting.append(department.name)
    found.pop(name, None)
    return tuple(found)


def heirs(departments: Iterable[Department], day: date) -> dict[str, str]:
    """Return who has the work of each registered department on a day: itself, or who followed it by then.

    Where bodies are said to have followed each other in a circle, each keeps its own.
    """
    names = index(departments)
    return {name: _heir(name, names, day) for name in names.registered}


def followed(bodies: Iterable[str], holders: Mapping[str, str]) -> set[str]:
    """Return who has the work of bodies, as ``heirs`` tells it; of one not registered that body itself."""
    return {holders.get(name, name) for name in bodies}


def _heir(name: str, names: Names, day: date) -> str:
    seen = [name]
    while department := names.registered.get(seen[-1]):
        if not department.successor or (department.until and f"{day:%Y-%m}" <= department.until):
            break
        later = find(department.successor, names) or department.successor
        if later in seen:
            return name
        seen.append(later)
    return seen[-1]


def fitting(name: str, names: Names) -> tuple[str, ...]:
    """Return the registered names that have ``name`` in one of their spellings, each once."""
    wanted = folded(name)
    return tuple(dict.fromkeys(names.known[known] for known in names.known if wanted and wanted in known))


def find(name: str, names: Names) -> str | None:
    """Return the registered name for ``name``, whatever its width or spaces; None where there is none."""
    return name if name in names.registered else names.known.get(folded(name))


def several(name: str, names: Names) -> tuple[str, ...]:
    """Return the registered names of which ``name`` is made, with separators between; else nothing."""
    found = [find(part, names) for part in _parts(name)]
    known = tuple(part for part in found if part)
    return known if len(known) == len(found) > 1 else ()


def _parts(name: str) -> list[str]:
    return [part for part in re.split(f"[{SEPARATORS}]+", name) if part]


def suggestion(name: str, names: Names) -> str:
    """Say what an unknown ``name`` may be: several known ones in one, or one that is near; "" for nothing."""
    each = [find(part, names) or part for part in _parts(name)]
    if len(each) > 1 and any(part in names.registered for part in each):
        return _("These are several; give each by itself: {names}.").format(
            names=", ".join(filter(None, each))
        )
    near = nearest(name, names)
    return _("Did you mean {names}?").format(names=listed(near)) if near else ""


def nearest(name: str, names: Names) -> tuple[str, ...]:
    """Return up to three registered names that ``name`` may stand for, the likeliest first."""
    from difflib import get_close_matches  # only a wrong name pays for it

    wanted = folded(name)
    containing = [known for known in names.known if wanted and (wanted in known or known in wanted)]
    # What is three times as long as another is not half alike; a text of megabytes would take seconds.
    alike = [known for known in names.known if len(wanted) <= 3 * len(known)]
    close = get_close_matches(wanted, alike, n=5, cutoff=0.5) if 0 < len(alike) < _MANY else []
    return tuple(dict.fromkeys(names.known[known] for known in [*containing, *close]))[:3]


_MANY = 2000  # names of a register too large to compare a wrong one with each
