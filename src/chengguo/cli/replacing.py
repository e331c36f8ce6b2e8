"""Files that departments fill in: none is replaced before all that it reports is recorded."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from chengguo.errors import ChengguoError, Refused
from chengguo.files import store
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.cli.several import Opened


def refuse_filled_in(paths: Iterable[str], registry: Registry, opened: Callable[[], "list[Opened]"]) -> None:
    """Refuse to replace files in which something is reported that the registry does not have.

    ``opened`` returns the plans, each by itself, where the registry is of several.
    """
    filled_in = [path for path in paths if os.path.lexists(path) and _has_news(path, registry, opened)]
    if filled_in:
        message = plural(
            "{count} file was filled in, and not all of it is recorded: {names}",
            "{count} files were filled in, and not all of it is recorded: {names}",
            len(filled_in),
            names=listed(map(visible_line, filled_in)),
        )
        raise Refused(
            message, _("Take them in with chengguo collect, or move them away; nothing was written.")
        )


def _has_news(path: str, registry: Registry, opened: Callable[[], "list[Opened]"]) -> bool:
    from chengguo.importing.returning import news, returned  # only a file that is there pays for it

    own = {column.heading for column in registry.columns}
    try:
        found = returned.read_form(store.read_bytes(path, is_registry=False), path, own)
    except ChengguoError:
        return False  # no form, and no table of reports
    return news.has_news(registry, partial(_plans, opened), found, date.today())


def _plans(opened: Callable[[], "list[Opened]"]) -> dict[str, Registry]:
    return {each.name: each.document.registry for each in opened()}
