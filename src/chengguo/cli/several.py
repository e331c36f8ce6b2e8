"""Several registries as one: which they are, what is said of one that is broken, which one a change is for.

A registry that cannot be read hides no other: it is told on stderr, and the command ends with 1.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from chengguo.cli import session, settings
from chengguo.cli.declared import Context
from chengguo.cli.print_error import print_error
from chengguo.errors import CannotOpen, ChengguoError, NoRegistry, WrongUsage
from chengguo.files import store
from chengguo.files.named import Named, expand
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.registry import addresses, uniting
from chengguo.registry.addresses import Address, Stretch
from chengguo.registry.documents import Document, named
from chengguo.registry.reading import read_registry
from chengguo.text.source import Source
from chengguo.text.visible import visible_line
from chengguo.text.widths import folded


class Opened(NamedTuple):
    """A registry with the path by which it was opened."""

    path: str
    document: Document

    @property
    def name(self) -> str:
        """What names its plan."""
        return self.document.registry.plan.name


def paths(words: Sequence[str], tell: Callable[[str], object] = session.say_once) -> tuple[str, ...]:
    """Return the files that the words name; of a folder or a pattern those that mean to be registries.

    ``tell`` is told which have none. Raises ``CannotOpen`` where there are none at all.
    """
    found = [each for each in _expanded(words, tell) if not each.is_found or _is_meant(each.path)]
    if not found:
        raise CannotOpen(_("{file} has no registries").format(file=listed(words)))
    return tuple(each.path for each in found)


def _expanded(words: Sequence[str], tell: Callable[[str], object] = session.say_once) -> list[Named]:
    """Return the files that the words name, without the register that they have in common."""
    expanded, empty = expand(words)
    for word in empty:
        tell("chengguo: " + _("{file} has no registries").format(file=visible_line(word)))
    register = settings.value("departments")
    is_register = os.path.exists(register) if register else False  # noqa: PTH110 - no more than asked
    return [
        each
        for each in expanded
        if not (is_register and each.is_found and os.path.samefile(each.path, register))  # noqa: PTH121
    ]


def _is_meant(path: str) -> bool:
    try:
        return _is_registry(store.read_source(path))
    except ChengguoError:
        return True  # whoever opens it is told why it cannot be


def _is_registry(source: Source) -> bool:
    """True for what may be a registry: also for a file that somebody has emptied."""
    return not source.text.strip() or uniting.is_registry(source)


def open_all(
    context: Context, words: Sequence[str], at: str | None, prepared: Callable[[Document], Document]
) -> Document:
    """Read what the words name as one document; raises ``NoRegistry`` where none of it can be read."""
    register = session.shared()
    found: list[Opened] = []
    unread: list[str] = []
    for each in _expanded(words):
        try:
            source = session.source_of(each.path, at)
            if each.is_found and not _is_registry(source):
                continue
            document = prepared(session.registry_of(source))
        except ChengguoError as error:
            print_error(error.message, error.hint)
            context.meta[session.INCOMPLETE] = True
            unread.append(each.path)
            continue
        found.append(Opened(each.path, named(document, each.path)))
    if not found:
        raise NoRegistry(_("{file}: no registry can be read").format(file=listed(words)))
    _refuse_doubles(found)
    return uniting.unite([each.document for each in found], register)._replace(unread=tuple(unread))


def readable(words: Sequence[str]) -> Registry:
    """Return what can be read of the registries that the words name, as one; of others nothing is said."""
    found = []
    for path in paths(words, tell=lambda _text: None):
        with suppress(ChengguoError):
            found.append(named(read_registry(store.read_source(path)), path))
    return uniting.unite(found).registry


def _refuse_doubles(opened: Iterable[Opened]) -> None:
    """Refuse two plans of one name: nobody could tell their items apart."""
    known: dict[str, Opened] = {}
    for each in opened:
        first = known.setdefault(folded(each.name), each)
        if first is not each:
            message = _("two plans are called '{name}': {first} and {second}")
            raise WrongUsage(
                message.format(name=each.name, first=first.path, second=each.path),
                _("Write a key of its own in each file: 'key: …' under 'plan:'."),
            )


class Target(NamedTuple):
    """The file that a change is for, and the addresses of its items without the plan."""

    path: str
    addresses: tuple[Address | Stretch, ...]


def target(words: Sequence[str], wanted: Sequence[Address | Stretch]) -> Target:
    """Return the one registry that the addresses are in; raises ``WrongUsage`` where they lie in several.

    Where each of them names its plan, a registry that cannot be read is only told.
    """
    found = opened(words, all_named=bool(wanted) and all(map(addresses.plan_of, wanted)))
    if not wanted and len(found) > 1:
        raise only_one(each.path for each in found)
    registry = uniting.unite([each.document for each in found]).registry
    plans = dict.fromkeys(_plan(registry, each) for each in wanted) or {found[0].name: None}
    if len(plans) > 1:
        message = _("the items are of several plans: {names}").format(names=listed(plans))
        raise WrongUsage(message, _("Change those of one plan at a time: nothing was written."))
    path = next(each.path for each in found if each.name in plans)
    return Target(path, tuple(map(_bare, wanted)))


def opened(words: Sequence[str], *, all_named: bool = False) -> list[Opened]:
    """Return the registries that the words name, each by itself; raises for one that cannot be read.

    Where those that are wanted are ``all_named``, such a one is told on stderr instead.
    """
    found = []
    for path in paths(words):
        try:
            found.append(Opened(path, named(session.registry_of(store.read_source(path)), path)))
        except ChengguoError as error:
            if not all_named:
                raise
            print_error(error.message, error.hint)
    if not found:
        raise NoRegistry(_("{file}: no registry can be read").format(file=listed(words)))
    _refuse_doubles(found)
    return found


def _plan(registry: Registry, wanted: Address | Stretch) -> str:
    """Return the name of the plan that an address is in."""
    first = wanted.first if isinstance(wanted, Stretch) else wanted
    return addresses.find(registry, first)[0].plan


def _bare(wanted: Address | Stretch) -> Address | Stretch:
    """Return an address without its plan."""
    if isinstance(wanted, Stretch):
        return Stretch(wanted.first._replace(plan=""), wanted.last._replace(plan=""))
    return wanted._replace(plan="")


def only_one(paths: Iterable[str]) -> WrongUsage:
    """Return the error of a command that is for one registry where several are named."""
    known = [*paths]
    message = plural(
        "{count} registry is named, and this is for one",
        "{count} registries are named, and this is for one",
        len(known),
    )
    shown = listed([*known[:_SHOWN], *["…"] * (len(known) > _SHOWN)])
    return WrongUsage(message, _("Name it with -f FILE: {files}.").format(files=shown))


_SHOWN = 5  # files that a hint lists
