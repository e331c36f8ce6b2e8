"""A plain-text registry of an official division-of-labour table (任务分工与进度表).

``load`` reads a registry file; what it returns is frozen and carries its own findings::

    from chengguo import load
    registry = load("tasks.yaml")
    late = [item.address for item in registry.items if item.due and not item.status.is_closed]
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from chengguo.model import Registry

__all__ = ["__version__", "load"]
__version__ = "0.1.0"


def load(path: "str | Path", day: "date | None" = None) -> "Registry":
    """Read the registry file at ``path`` and check it against every rule.

    ``day`` is the one on which an ``accepted_undated`` must hold; without it none does.
    Returns a frozen ``Registry``; ``registry.findings`` holds all that is wrong with the file, in the
    order of the file, and is empty for a sound one. Bad data never raises. Raises ``CannotOpen``
    where there is no regular, readable file at ``path``.
    """
    # Imported here, so that a command that only reads a part of the package does not pay for the rest.
    import gc
    from datetime import date

    from chengguo.checks.rules import check
    from chengguo.files.store import read_source
    from chengguo.registry.reading import read

    # A large registry is a million small values, none of them garbage: collecting would double the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return check(read(read_source(path)), day or date.max).registry
    finally:
        if collecting:
            gc.enable()
