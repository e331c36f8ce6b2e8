"""Which part of an item a report is about: the one that is named, or the one that its day tells."""

from datetime import date
from typing import NamedTuple

from chengguo.errors import Refused
from chengguo.language import _, listed
from chengguo.model import WHOLE, Item, Plan
from chengguo.model.status import Status
from chengguo.queries.parts import Calendar, Part
from chengguo.registry.periods import is_periodic

_SHOWN = 12  # parts that a refusal lists


class Named(NamedTuple):
    """The part that somebody named: a milestone, a period, the ``whole`` of recurring work, or none."""

    milestone: int | None = None
    period: str | None = None
    whole: bool = False


class About(NamedTuple):
    """What a report is about, as its entry says it, and what should be told of it where nobody named it."""

    milestone: int | None = None
    period: str | None = None
    told: str = ""


def about(plan: Plan, item: Item, named: Named, status: Status | None, day: date) -> About:
    """Return what a report of a day is about; raises ``Refused`` for a part that the item does not have.

    A done that names nothing counts for the period in which its day lies, or closes all milestones.
    """
    calendar = Calendar(plan, day)
    parts = calendar.parts(item)
    if named.milestone is not None:
        return About(milestone=int(_found(item, parts, str(named.milestone))))
    if named.period is not None:
        return About(period=_found(item, parts, named.period))
    if is_periodic(item.schedule):
        if named.whole:
            return About(period=WHOLE)
        period = calendar.period_of(item, day) if status is Status.DONE else None
        told = _("{item}: counts for the period {period}")
        return About(period=period, told=told.format(item=item.address, period=period) if period else "")
    still_open = [part.part for part in parts if not part.status.is_closed]
    if status is not Status.DONE or not still_open:
        return About()
    told = _("{item}: closes its parts {parts}")
    return About(told=told.format(item=item.address, parts=_some(still_open)))


def _found(item: Item, parts: tuple[Part, ...], name: str) -> str:
    """Return the name of a part that the item has; raises ``Refused`` with those it has."""
    if any(part.part == name for part in parts):
        return name
    message = _("{item} has no part {name}: '{wording}'").format(
        item=item.address, name=name, wording=item.schedule.wording
    )
    still_open = [part.part for part in parts if not part.status.is_closed]
    if not parts:
        raise Refused(message, _("It has neither milestones nor periods; report on the whole."))
    known = _some(still_open) if still_open else _some([part.part for part in parts])
    raise Refused(message, _("Its open parts: {parts}.").format(parts=known))


def _some(names: list[str]) -> str:
    """List names, the first few of many."""
    return listed([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])
