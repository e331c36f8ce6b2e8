"""Whether a file in the place of one that is made anew reports what the registry does not have."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from chengguo.errors import ChengguoError
from chengguo.importing.returning import by_plan, collecting, prefilled
from chengguo.importing.returning.agreeing import Days
from chengguo.importing.returning.entries import Entry, Returned
from chengguo.model import Item, Registry
from chengguo.model.status import Status, status_from
from chengguo.registry import addresses


def has_news(
    registry: Registry, plans: Callable[[], Mapping[str, Registry]], file: Returned, today: date
) -> bool:
    """True if ``file`` reports what is not recorded, or what nobody can tell.

    ``plans`` returns those that a registry is of, by their names; it is asked only where there are several.
    """
    file = file._replace(entries=tuple(_with_news(registry, file.entries, today)))
    if file.is_blank:
        return False
    days = Days(today)
    if not registry.among:
        made = collecting.collect(registry, [file], days)
        return bool(made.taken or made.odd)
    own = plans()
    parted = by_plan.part(registry, own, [file])
    parts = [collecting.collect(own[name], files, days) for name, files in parted.files.items()]
    return bool(parted.odd or any(each.taken or each.odd for each in parts))


def _with_news(registry: Registry, entries: Iterable[Entry], today: date) -> Iterable[Entry]:
    """Yield the entries but those that only repeat what the registry says, or said when it was exported."""
    for entry in entries:
        item = _item(registry, entry) if entry.prefilled else None
        if item is None:
            yield from () if entry.prefilled and not entry.cells else (entry,)
            continue
        cells = prefilled.with_news(entry, item, registry, today)
        if "status" not in entry.cells and status_from(cells.get("status", "")) in _statuses(item):
            del cells["status"]
        if cells:
            yield entry


def _item(registry: Registry, entry: Entry) -> Item | None:
    try:
        return addresses.find(registry, addresses.parse(entry.address))[0]
    except ChengguoError:
        return None


def _statuses(item: Item) -> set[Status | None]:
    """Return every status that the item has had."""
    return {Status.PENDING, item.status, *(each.status for each in item.progress)} - {None}
