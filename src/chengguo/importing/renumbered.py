"""What has another number in a table that is issued anew than in the registry, which keeps its own."""

from collections.abc import Collection

from chengguo.importing import revising
from chengguo.importing.returning import official
from chengguo.importing.revising import Pairs
from chengguo.model import Registry


def renumbered(old: Registry, table: Registry, pairs: Pairs, printed: Collection[str]) -> list[str]:
    """Say which numbers that are ``printed``, of tasks or of items, stand for others in the registry."""
    here = {after: before for before, after in pairs.same.items()}
    here |= {new: f"{task}.{item}" for new, (task, item) in revising.places_of(old, table, pairs).items()}
    both = [(item.address, here[item.address]) for item in table.items]
    tasks = [(there.partition(".")[0], kept.partition(".")[0]) for there, kept in both]
    numbers = (one if one[0] in printed else task for one, task in zip(both, tasks, strict=True))
    those = [(there, kept) for there, kept in numbers if there in printed]
    return official.renumbered((there for there, _kept in those), (kept for _there, kept in those))
