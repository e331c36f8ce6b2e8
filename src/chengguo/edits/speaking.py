"""Who has said that work is done: a report speaks for its department alone, and all who lead must say so."""

from collections.abc import Collection

from chengguo.departments import names
from chengguo.edits.editing import Change
from chengguo.errors import UnknownDepartment
from chengguo.language import _, listed
from chengguo.model import WHOLE
from chengguo.model.status import Status


def leads_of(change: Change, known: names.Names) -> frozenset[str]:
    """Return the leads of the item that a report speaks for: all of them, where it says nobody."""
    by = dict(change.details).get("by")
    return frozenset(change.item.lead) if not by else _meant(str(by), known) & {*change.item.lead}


def doubt(change: Change, known: names.Names, others: Collection[str] = (), plan: str = "") -> str | None:
    """Say why a report of done does not close what it is about; None where all who lead have said so.

    ``others`` are the leads that say so beside it, ``plan`` is the name of the plan where there are several.
    """
    is_whole = change.milestone is None and change.period in {None, WHOLE}
    if change.status is not Status.DONE or (is_whole and change.item.status.is_closed):
        return None
    unsaid = {*change.item.lead} - leads_of(change, known) - {*others} - _done(change, known)
    if not unsaid:
        return None
    why = _(
        "{item}: {department} reports it done, and {leads}, in the lead, has not; "
        "its part alone: {part}; all of it: {whole}"
    )
    by = dict(change.details)["by"]
    return why.format(
        item=change.item.address,
        department=by,
        leads=listed(name for name in change.item.lead if name in unsaid),
        part=f"{command(change._replace(status=None, note='TEXT'), plan)} --by {by}",
        whole=command(change, plan),
    )


def _done(change: Change, known: names.Names) -> frozenset[str]:
    """Return the leads that have reported done what a report is about, and nothing else since."""
    part = (change.milestone, change.period)
    last: dict[str, Status] = {}
    for each in change.item.progress:
        if each.status and (each.milestone, each.period) == part:
            last |= dict.fromkeys(_meant(each.by, known) if each.by else change.item.lead, each.status)
    return frozenset(name for name, status in last.items() if status is Status.DONE)


def command(change: Change, plan: str = "") -> str:
    """Return the command by which the office records a report itself, for all who lead."""
    address = f"{plan}:{change.item.address}" if plan else change.item.address
    part = f" --milestone {change.milestone}" if change.milestone else ""
    if change.period:
        part = " --whole" if change.period == WHOLE else f" --period {change.period}"
    status = f" --status {change.status}" if change.status else ""
    note = " --note TEXT" if change.note else ""
    return f"chengguo update {address}{part}{status}{note}"


def _meant(by: str, known: names.Names) -> frozenset[str]:
    try:
        return frozenset(names.reporters(by, known))
    except UnknownDepartment:
        return frozenset((by,))
