"""The rounds of reports of a plan that has a rhythm (每月25日前): which a day lies in, who reported in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from chengguo.departments import names
from chengguo.errors import UnknownDepartment, WrongUsage
from chengguo.language import _, listed
from chengguo.model import Department, Plan, Progress, Registry
from chengguo.model.office_notes import is_of_office
from chengguo.registry.periods import is_past_half, periods
from chengguo.schedules import last_day

_LONGEST = timedelta(days=800)  # a round is no longer: the rarest rhythm is that of years
_SHOWN = 12
_NEAR = timedelta(days=3)  # before its last day a round is asked for: offices remind everybody so long before


class Round(NamedTuple):
    """A round of reports: its name, its first day, its last, by which they are due.

    ``until`` is the day up to which reports count where it is later; one that is not ``due`` asks for none.
    """

    name: str
    first: date
    last: date
    until: date | None = None
    is_due: bool = True


Rounds = Mapping[str, Round | None]  # by the names of plans, "" for the only one


def rounds_named(registry: Registry, name: str | None, day: date) -> Rounds:
    """Return the round of each plan: that of the name, else the one due on the day, None without a rhythm.

    A plan that has none of that name is left out. Raises ``WrongUsage`` where no plan has one.
    """
    if not registry.among:
        return {"": round_named(registry.plan, name, day)}
    found: dict[str, Round | None] = {}
    for each in registry.among:
        try:
            found[each.plan.name] = round_named(each.plan, name, day)
        except WrongUsage as error:
            failure = error
    if not found:
        raise failure
    return found


def round_of(plan: Plan, day: date) -> Round | None:
    """Return the round in which a day lies; None for a plan without a rhythm."""
    return next((each for each in _rounds(plan, day, day) if each.first <= day <= each.last), None)


def round_due(plan: Plan, day: date) -> Round | None:
    """Return the round that reports are asked for on a day; None for a plan without a rhythm.

    It is that of the day from some days before its last on, else the one that ended last, for which a report
    that comes late counts too. One that ended before the plan began is none: then that of the day is not due.
    """
    known = [each for each in _rounds(plan, day, day) if each.first <= day]
    if not known:
        return None
    now = known[-1]
    if now.last - day <= _NEAR:
        return now
    ended = [each for each in known[:-1] if each.last >= plan.start]
    return ended[-1]._replace(until=day) if ended else now._replace(is_due=False)


def round_named(plan: Plan, name: str | None, day: date) -> Round | None:
    """Return the round of that name, else the one due on the day; None for a plan without a rhythm.

    Raises ``WrongUsage`` for a name that none has which has begun by the day.
    """
    if name is None:
        return round_due(plan, day)
    if plan.reports is None:
        message = _("--period: the plan has no rhythm of reports")
        raise WrongUsage(message, _("Write one in the registry, such as plan.reports: 每月25日前."))
    rounds = rounds_up_to(plan, day)
    found = next((each for each in rounds if each.name == name), None)
    if found is None:
        until = min(day, plan.context.end or day)  # whoever mistypes a period means one of the plan's years
        known = [each.name for each in rounds if each.first <= until][-_SHOWN:]
        message = _("--period: the reports have no period {name}").format(name=name)
        raise WrongUsage(
            message, _("Periods up to {day}: {names}.").format(day=until, names=listed(known) or _("none"))
        )
    return found


def calendar_period(name: str) -> Round | None:
    """Return the year, half, quarter or month of that name (2019, 2019-H1, 2019-Q3, 2019-09), else None."""
    match = re.fullmatch("([0-9]{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?", name)
    if not match or match[1] == "0000":
        return None
    place, months = next(
        ((int(each), size) for each, size in zip(match.groups()[1:], (6, 3, 1), strict=True) if each), (1, 12)
    )
    year, last = int(match[1]), place * months
    return Round(name, date(year, last - months + 1, 1), last_day(year, last))


def rounds_up_to(plan: Plan, day: date) -> tuple[Round, ...]:
    """Return the rounds that have begun by a day, from the plan's start on, else from that of the year."""
    start = plan.known_start or day.replace(month=1, day=1)
    known = _rounds(plan, min(start, day), day)
    return tuple(each for each in known if each.first <= day and start <= each.last)


def _rounds(plan: Plan, first: date, last: date) -> tuple[Round, ...]:
    """Return the rounds that days from ``first`` to ``last`` lie in, and some around them."""
    if plan.reports is None:
        return ()
    early = first - _LONGEST if first - date.min > _LONGEST else date.min
    late = last + _LONGEST if date.max - last > _LONGEST else date.max
    known = periods(plan.reports._replace(kind="recurring"), early, late)
    return tuple(
        Round(after.name, before.due + timedelta(days=1), after.due) for before, after in pairwise(known)
    )


class Reporters(dict[str, tuple[str, ...]]):
    """The departments that each reporter stands for, under whatever name it reports, found once.

    They are its own, and those that it followed; none of one that the register does not know.
    """

    def __init__(self, departments: Iterable[Department]) -> None:
        """Begin with the register."""
        super().__init__()
        self._names = names.index(departments)

    def __missing__(self, name: str) -> tuple[str, ...]:
        """Find them."""
        try:
            self[name] = names.reporters(name, self._names)
        except UnknownDepartment:
            self[name] = ()
        return self[name]


class Hearing:
    """Tells who has reported in one round of a plan; each report counts for one round alone.

    It counts for the round that it names; else for the one that its day lies in, but early in that for the
    one before, if nothing else was reported there: then it came late.
    """

    def __init__(self, plan: Plan, departments: Iterable[Department], among: Round) -> None:
        """Begin with the plan, its register and the round."""
        self.round = among
        self._reporters = Reporters(departments)
        self._until = among.until or among.last
        before = (each for each in _rounds(plan, among.first, among.first) if each.last < among.first)
        self._rounds = (*(each for each in before if each.last >= plan.start), among)
        self._lasts = [each.last for each in self._rounds]
        self._places = {each.name: at for at, each in enumerate(self._rounds)}

    def heard(self, lead: Iterable[str], progress: Iterable[Progress]) -> frozenset[str]:
        """Return the departments that reported on an item that ``lead`` lead.

        A report that does not say who made it counts for all that lead, and for "", which is nobody. What
        the office itself wrote of its verifying is none of theirs.
        """
        made = [each for each in progress if not is_of_office(each)]
        named = {each.by: self._reporters[each.by] for each in made if each.by}
        asked = {"", *lead, *chain.from_iterable(named.values())}
        return frozenset(
            name
            for name in asked
            if self._is_answered([each for each in made if not each.by or name in named[each.by]])
        )

    def _is_answered(self, made: Sequence[Progress]) -> bool:
        """True if one of the reports of a department counts for the round."""
        asked = len(self._rounds) - 1
        answered = {self._places[each.period] for each in made if each.period in self._places}
        for each in made:
            if each.period not in self._places and (place := self._place(each.date)) is not None:
                is_late = place and place - 1 not in answered and self._is_early(each.date, place)
                answered.add(place - 1 if is_late else place)
        return asked in answered

    def _place(self, day: date) -> int | None:
        """Return the place of the round in which a day lies, or of the last, for which it came late."""
        place = bisect_left(self._lasts, day)
        if place == len(self._rounds):
            return place - 1 if day <= self._until else None
        return place if self._rounds[place].first <= day else None

    def _is_early(self, day: date, place: int) -> bool:
        return not is_past_half(day, self._lasts[place - 1], self._lasts[place])


def is_silent(lead: Iterable[str], who: frozenset[str]) -> bool:
    """True if one of those that lead is not among those that reported, or nobody leads and none reported."""
    return not (who and who.issuperset(lead))
