"""A column 完成时间: in one table the day on which an item was done, in another its deadline."""

from chengguo.importing.returning.day_cells import day_of
from chengguo.importing.returning.entries import Entry, Unclear
from chengguo.importing.returning.matching import bare
from chengguo.language import _
from chengguo.model import Context, Item
from chengguo.model.status import Status, reported_status
from chengguo.schedules import read_schedule


def with_completion(entry: Entry, item: Item, context: Context) -> Entry:
    """Return an entry whose 完成时间 is its day, unless it is the deadline, which the item has anyway.

    Raises ``Unclear`` where it may be both: an item is reported done, and the day is that of its deadline.
    """
    cells = dict(entry.cells)
    text = cells.pop("done_on", "")
    if not text:
        return entry
    day = day_of(text)
    if _is_deadline(text, item, context):
        if day and _says_done(entry):
            why = _("{item}: {day} is its deadline; if it was done on that day, write it under 完成日期")
            raise Unclear("done_on", why.format(item=item.address, day=day))
    elif "date" not in cells:
        cells["date"] = text
        entry.columns["date"] = entry.columns["done_on"]
    return entry._replace(cells=cells)


def _is_deadline(text: str, item: Item, context: Context) -> bool:
    """True if a text says until when the item is due: in its own words, or in others."""
    due = day_of(text) or read_schedule(text, context).due
    return bare(text) == bare(item.schedule.wording) or (
        due is not None and due in {item.due, item.first_due}
    )


def _says_done(entry: Entry) -> bool:
    return reported_status(entry.status) == (Status.DONE, None)
