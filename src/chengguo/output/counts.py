"""How many items, milestones and periods some rows are, and how many are late, in words for people."""

from typing import TYPE_CHECKING

from chengguo.language import _, listed, plural

if TYPE_CHECKING:
    from chengguo.queries.summary import Count


def late(count: "Count") -> str:
    """Say how much is overdue; milestones and periods only where any are."""
    return listed([_("{count} overdue").format(count=count.items), parts(count)])


def parts(count: "Count") -> str:
    """Say how many milestones and periods are overdue, "" where none is."""
    milestones = overdue_milestones(count.milestones) if count.milestones else ""
    periods = overdue_periods(count.periods) if count.periods else ""
    return listed([milestones, periods])


def overdue_milestones(count: int) -> str:
    """Say how many milestones are overdue."""
    return plural("{count} milestone overdue", "{count} milestones overdue", count)


def overdue_periods(count: int) -> str:
    """Say how many periods are overdue."""
    return plural("{count} period overdue", "{count} periods overdue", count)


def doubts(count: int) -> str:
    """Say how many doubts there are."""
    return plural("{count} doubt", "{count} doubts", count)


def rows(count: "Count") -> str:
    """Say how many items rows are about, and how many milestones and periods."""
    items, milestones, periods = count
    said = [plural("{count} item", "{count} items", items)] if items or not (milestones or periods) else []
    said += [plural("{count} milestone", "{count} milestones", milestones)] if milestones else []
    said += [plural("{count} period", "{count} periods", periods)] if periods else []
    return listed(said)
