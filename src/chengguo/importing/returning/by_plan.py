"""Rows that came back to the plans that they are of, where several registries are read as one."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chengguo.departments import names
from chengguo.errors import ChengguoError
from chengguo.importing.returning.entries import About, Entry, Odd, Place, Returned, Unclear
from chengguo.importing.returning.forms import PART, SEVERAL, title_of
from chengguo.importing.returning.reader import item_by_work
from chengguo.language import _
from chengguo.model import Registry
from chengguo.registry import addresses


class Parted(NamedTuple):
    """What came back for each plan, by its name, as if it alone had been asked; what is of none, and why."""

    files: Mapping[str, tuple[Returned, ...]]
    odd: tuple[Odd, ...]
    notes: tuple[Odd, ...]


def part(united: Registry, own: Mapping[str, Registry], files: Iterable[Returned]) -> Parted:
    """Return the rows of files by plan; ``own`` are the plans by their names, with their own registers."""
    found: dict[str, list[Returned]] = {}
    odd: list[Odd] = []
    notes: list[Odd] = []
    for file in files:
        odd += file.odd
        notes += file.told
        if file.form and file.is_blank:
            notes.append(Odd(Place(file.file, ""), _("nothing was filled in")))
        if file.form and file.form.plan not in {SEVERAL, *(title_of(each.plan) for each in own.values())}:
            why = _("the form was made of another registry: '{title}'")
            odd.append(Odd(Place(file.file, ""), why.format(title=file.form.plan)))
            continue
        entries: dict[str, list[Entry]] = {}
        for entry in file.entries:
            try:
                name = _plan(united, own, entry)
            except Unclear as unclear:
                odd.append(Odd(entry.place(unclear.field), unclear.why))
                continue
            form = entry.form and _form(entry.form, united, own[name])
            bare = entry.address.replace("：", ":").rpartition(":")[2]
            work = _renamed(entry.work, "lead", united, own[name])
            cells = _renamed(entry.cells, "by", united, own[name])
            entries.setdefault(name, []).append(
                entry._replace(address=bare, form=form, work=work, cells=cells)
            )
        for name, rows in entries.items():
            form = file.form and _form(file.form, united, own[name])
            found.setdefault(name, []).append(file._replace(entries=tuple(rows), odd=(), form=form, told=()))
    return Parted({name: tuple(each) for name, each in found.items()}, tuple(odd), tuple(notes))


def _plan(united: Registry, own: Mapping[str, Registry], entry: Entry) -> str:
    """Return the name of the plan that a row is of; raises ``Unclear``."""
    form = entry.form
    named = [name for name, each in own.items() if form and title_of(each.plan) == form.plan]
    if len(named) == 1:  # a form of that plan alone
        return named[0]
    if not entry.address:
        return _by_work(own, entry)
    try:
        return addresses.find(united, addresses.parse(entry.address.partition(PART)[0]))[0].plan
    except ChengguoError as error:
        raise Unclear("address", f"{error} ({error.hint})" if error.hint else str(error)) from error


def _by_work(own: Mapping[str, Registry], entry: Entry) -> str:
    """Return the only plan in which an item is surely meant by its work."""
    found = []
    for name, registry in own.items():
        try:
            item_by_work(registry, entry)
        except Unclear as error:
            unclear = error
        else:
            found.append(name)
    if len(found) != 1:
        raise unclear if not found else Unclear("address", _("several plans have this work"))
    return found[0]


def _form(form: About, united: Registry, own: Registry) -> About:
    """Return what a form says of itself as that of one plan, the department by the name that it has there."""
    return form._replace(plan=title_of(own.plan), department=_name(form.department, united, own))


def _renamed(cells: dict[str, str], field: str, united: Registry, own: Registry) -> dict[str, str]:
    """Return cells with the departments of one by the names that they have in the plan."""
    if field not in cells:
        return cells
    there = (_name(name, united, own) for name in cells[field].split(_SEPARATOR))
    return {**cells, field: _SEPARATOR.join(there)}


_SEPARATOR = "、"


def _name(name: str, united: Registry, own: Registry) -> str:
    """Return what a department of all plans is called in one of them; its name where that has none."""
    known = names.index(own.departments)
    entry = next((each for each in united.departments if each.name == name), None)
    spellings = (names.find(each, known) for each in (names.spellings(entry) if entry else ()))
    return next(filter(None, spellings), name)
