"""Which items were not reported on in a round of the plan's reports, or ever, and by whom."""

from collections.abc import Iterable, Iterator
from datetime import date

from chengguo.model import Registry
from chengguo.queries import query
from chengguo.queries.alerts import Alert
from chengguo.queries.query import Row
from chengguo.queries.reports import Hearing, Round, Rounds, is_silent


def unreported(registry: Registry, on_day: tuple[Row, ...], day: date, asked: Rounds) -> tuple[Row, ...]:
    """Return those rows of all items on which one of their leads did not report in the round of the plan.

    Without a round they are those that were never reported on; a plan that is not asked has none. An item is
    asked for a report if it was open when the round ended, or on ``day`` where reports still count. A report
    that came later counts if it names the round. The rows are those of ``day``.
    """
    found: list[Row] = []
    for name, each in registry.by_plan.items():
        if name in asked:
            own = tuple(row for row in on_day if row.item.plan == name)
            found += _unreported(each, own, day, asked[name])
    return tuple(found)


def silent(rows: Iterable[Row], departments: tuple[str, ...], role: str) -> tuple[Row, ...]:
    """Return those rows of unreported items on which one of the departments has not reported; all of none."""
    return tuple(
        row
        for row in rows
        if not departments or query.involved(row.item, role).intersection(departments) - row.heard
    )


def _unreported(registry: Registry, on_day: tuple[Row, ...], day: date, among: Round | None) -> Iterator[Row]:
    if among is None:
        yield from (row for row in on_day if any(each.kind is Alert.UNREPORTED for each in row.notices))
        return
    if not among.is_due:
        return
    then = query.rows(registry, among.last) if among.until is None and among.last < day else on_day
    hearing = Hearing(registry.plan, registry.departments, among)
    for row, earlier in zip(on_day, then, strict=True):
        who = hearing.heard(row.item.lead, row.progress)
        if not earlier.status.is_closed and is_silent(row.item.lead, who):
            yield row._replace(heard=who)
