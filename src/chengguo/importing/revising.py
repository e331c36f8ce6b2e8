"""A table that is issued anew, held against the registry that is there: what would be lost, what is new."""

from chengguo.language import plural
from chengguo.model import Registry


def losses(old: Registry, new: Registry) -> list[str]:
    """Say what a registry has that another one lacks: items, reports, extensions."""
    kept = {item.address: item for item in new.items}
    gone = [item for item in old.items if item.address not in kept]
    pairs = [(item, kept.get(item.address)) for item in old.items]
    reports = sum(each not in (now.progress if now else ()) for item, now in pairs for each in item.progress)
    extensions = sum(
        each not in (now.extensions if now else ()) for item, now in pairs for each in item.extensions
    )
    counts = (
        (len(gone), plural("{count} item", "{count} items", len(gone))),
        (reports, plural("{count} report", "{count} reports", reports)),
        (extensions, plural("{count} extension", "{count} extensions", extensions)),
    )
    return [said for count, said in counts if count]
