"""Whether work that was done, or all of whose milestones were, is open again."""

from collections.abc import Sequence

from chengguo.model import Item, Progress


def is_reopened(progress: Sequence[Progress]) -> bool:
    """True if the last report of a status is of the whole, and that is open."""
    last = next((entry for entry in reversed(progress) if entry.status), None)
    return bool(last and last.status and not (last.is_of_part or last.status.is_closed))


def is_done_by_milestones(item: Item) -> bool:
    """True if each milestone was last reported closed, and the whole is not open again."""
    last = {entry.milestone: entry.status for entry in item.progress if entry.status}
    closed = {number for number, status in last.items() if status.is_closed}
    return bool(item.milestones) and closed.issuperset(item.milestones) and not is_reopened(item.progress)
