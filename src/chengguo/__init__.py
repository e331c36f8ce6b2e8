"""A plain-text registry of an official division-of-labour table (任务分工与进度表).

``load`` reads a registry file; what it returns is frozen and carries its own findings::

    from chengguo import load
    registry = load("tasks.yaml")
    late = [row.address for row in registry.rows if row.alert == "overdue"]

``registry.items`` is what the file says; ``registry.rows`` is how each item stands on the day ``as_of``;
``registry.to_records()`` is that for ``pandas.DataFrame``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from chengguo.api import Table

__all__ = ["__version__", "load"]
__version__ = "0.1.0"


def load(path: "str | Path", as_of: "date | None" = None) -> "Table":
    """Read the registry file at ``path`` and check it against every rule.

    ``as_of`` is the day on which its items are looked at, and an ``accepted_undated`` must hold; without it
    the items are looked at today, and none holds. Returns a ``Table``, a frozen ``Registry``;
    ``registry.findings`` holds all that is wrong with the file, in the
    order of the file, and is empty for a sound one. Bad data never raises. Raises ``CannotOpen``
    where there is no regular, readable file at ``path``.
    """
    # Imported here, so that a command that only reads a part of the package does not pay for the rest.
    import gc
    from datetime import date

    from chengguo.api import Table
    from chengguo.checks.rules import check
    from chengguo.files.store import read_source
    from chengguo.registry.reading import read_registry

    day = as_of or date.today()  # noqa: DTZ011 - deadlines are days where the user is
    # A large registry is a million small values, none of them garbage: collecting would double the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Table.of(check(read_registry(read_source(path)), as_of or date.max), day)
    finally:
        if collecting:
            gc.enable()
