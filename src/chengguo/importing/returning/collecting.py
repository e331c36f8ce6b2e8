"""Rows that came back to the changes that they ask for: what is not certain is left, and said.

A row is taken whole or not at all. A report that the registry has already asks for nothing.
"""

from collections.abc import Iterable
from typing import NamedTuple

from chengguo.importing.returning.agreeing import (
    Days,
    Taken,
    agreeing,
    counted_in,
    late_for,
    made_on,
    round_begins,
    speaking_for_all,
)
from chengguo.importing.returning.entries import About, Odd, Place, Returned, Unclear
from chengguo.importing.returning.forms import title_of
from chengguo.importing.returning.reader import Reader
from chengguo.language import _
from chengguo.model import Registry


class Collected(NamedTuple):
    """What came of files: reports to be taken, what is odd and left, what is said of the taken.

    ``recorded`` counts the rows that the registry has already, ``forms`` are those that came back filled in.
    """

    taken: tuple[Taken, ...]
    odd: tuple[Odd, ...]
    notes: tuple[Odd, ...]
    recorded: int
    forms: tuple[About, ...]


def collect(registry: Registry, files: Iterable[Returned], days: Days, plan: str = "") -> Collected:
    """Return what the files ask for; nothing is written.

    ``plan`` is what the plan is called where there are several.
    """
    files, days = tuple(files), days._replace(since=round_begins(registry.plan, days.of_rows))
    odd = [each for file in files for each in file.odd]
    notes: list[Odd] = []
    found: list[Taken] = []
    reader = Reader(registry, days, notes, plan)
    for file in files:
        if why := _left_whole(file, files, registry):
            (notes if file.is_blank else odd).append(Odd(Place(file.file, ""), why))
            continue
        notes += file.told
        if file.form and file.is_blank:
            notes.append(Odd(Place(file.file, ""), _("nothing was filled in")))
        elif file.form and (round_ := counted_in(registry.plan, file.form, days.of_rows)):
            why = _("the form is of {period}; what it reports without a day counts for {round}")
            notes.append(Odd(Place(file.file, ""), why.format(period=file.form.period, round=round_)))
        for entry in file.entries:
            try:
                change = reader.change(entry)
            except Unclear as unclear:
                odd.append(Odd(entry.place(unclear.field), unclear.why))
                continue
            if change:
                found.append(Taken(change, entry))
    agreed, differing = agreeing(found, notes)
    taken, unsaid = speaking_for_all(agreed, reader.names, plan)
    notes += late_for(taken, registry)
    left = {each.place for each in (*differing, *unsaid)}
    notes = [each for each in notes if each.place not in left]
    came_back = (file for file in files if not (file.is_blank or _left_whole(file, files, registry)))
    forms = tuple(file.form for file in came_back if file.form)
    return Collected(tuple(taken), (*odd, *differing, *unsaid), tuple(notes), reader.recorded, forms)


def _left_whole(file: Returned, files: Iterable[Returned], registry: Registry) -> str | None:
    """Say why nothing of a form is taken: it is of another registry, or older than those beside it."""
    form = file.form
    if form is None:
        return None
    if form.plan != title_of(registry.plan):
        return _("the form was made of another registry: '{title}'").format(title=form.plan)
    newest = max((each.form for each in files if each.form and each.form.made), key=made_on, default=form)
    is_older = made_on(form) < made_on(newest) if form.made else form.period < newest.period
    if form.period != newest.period and is_older:
        why = _("the form is of {period}, made on {made}; forms of {newer} came back too; its rows are left")
        return why.format(period=form.period, made=form.made or "…", newer=newest.period)
    return None
