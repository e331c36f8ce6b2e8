"""Files that departments fill in: none is replaced before all that it reports is recorded."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from chengguo.errors import ChengguoError, Refused
from chengguo.files import store
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.cli.several import Opened


_READ = (".xlsx", ".docx", ".csv")  # made of which somebody may have filled in what was made


class _Replaced(Enum):
    """What is to be said of a file before it is replaced."""

    UNREAD = auto()
    NEWS = auto()


def refuse_filled_in(paths: Iterable[str], registry: Registry, opened: Callable[[], "list[Opened]"]) -> None:
    """Refuse to replace files in which something is reported that the registry does not have.

    So is one that is no form and no table of ours, in which nobody knows what stands. ``opened`` returns the
    plans, each by itself, where the registry is of several.
    """
    found = {path: _replaced(path, registry, opened) for path in paths if os.path.lexists(path)}
    filled_in = [path for path, each in found.items() if each is _Replaced.NEWS]
    unread = [path for path, each in found.items() if each is _Replaced.UNREAD]
    said = []
    if filled_in:
        said.append(
            plural(
                "{count} file was filled in, and not all of it is recorded: {names}",
                "{count} files were filled in, and not all of it is recorded: {names}",
                len(filled_in),
                names=listed(map(visible_line, filled_in)),
            )
        )
    if unread:
        said.append(
            plural(
                "{count} file is no form and no table that was made here: {names}",
                "{count} files are no forms and no tables that were made here: {names}",
                len(unread),
                names=listed(map(visible_line, unread)),
            )
        )
    if said:
        hint = (
            _("Take them in with chengguo collect, or move them away; nothing was written.")
            if filled_in
            else _("See what stands there, and move it away; nothing was written.")
        )
        raise Refused(_("; ").join(said), hint)


def _replaced(path: str, registry: Registry, opened: Callable[[], "list[Opened]"]) -> _Replaced | None:
    from chengguo.importing.returning import news, returned  # only a file that is there pays for it

    own = {column.heading for column in registry.columns}
    is_read = path.lower().endswith(_READ)
    try:
        data = store.read_bytes(path, is_registry=False)
        found = returned.read_form(data, path, own) if data else None
    except ChengguoError:
        return _Replaced.UNREAD if is_read else None
    if found is None:
        return None
    if news.has_news(registry, partial(_plans, opened), found, date.today()):
        return _Replaced.NEWS
    return None if found.form or found.entries or found.is_export or not is_read else _Replaced.UNREAD


def _plans(opened: Callable[[], "list[Opened]"]) -> dict[str, Registry]:
    return {each.name: each.document.registry for each in opened()}
