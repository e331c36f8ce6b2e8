"""The registries that are named together: several files, those of a folder, those of a pattern."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from chengguo.errors import CannotOpen
from chengguo.files import store
from chengguo.language import _, listed

_Found = TypeVar("_Found")
_SUFFIXES = (".yaml", ".yml")


class Named(NamedTuple):
    """A file, and whether a folder or a pattern has it: then it may be something else than a registry."""

    path: str
    is_found: bool = False


def expand(words: Iterable[str]) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """Return the files that the words name, each once, and the words that have none.

    Raises ``CannotOpen`` where not one of the words has any.
    """
    found: list[Named] = []
    empty = []
    for word in words:
        files = _files(word)
        found += files
        empty += [] if files else [word]
    if not found:
        raise CannotOpen(_("{file} has no registries").format(file=listed(empty)), _hint(empty))
    return once(found, lambda each: each.path), tuple(empty)


def once(found: Iterable[_Found], path: Callable[[_Found], str]) -> tuple[_Found, ...]:
    """Return what was found of each file first, in whatever way its path is written."""
    first: dict[str, _Found] = {}
    for each in found:
        first.setdefault(_file(path(each)), each)
    return tuple(first.values())


def _file(path: str) -> str:
    """Return what is the same for every path of a file; a path that no system takes, as it is."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):  # no working folder, a NUL in it: who opens it tells
        return path


def _hint(empty: Iterable[str]) -> str:
    """Say how more is named than the words do that have no registries."""
    if any("**" in word for word in empty):
        return _("See that the folder is the right one; 'chengguo init' starts a registry.")
    return _('Those of a folder and all below it: -f "FOLDER/**/*.yaml".')


def _files(word: str) -> Sequence[Named]:
    if not store.is_many(word):
        store.refuse_unnamed(word)
        return (Named(word),)
    return [Named(path, is_found=True) for path in sorted(_paths(word)) if path.lower().endswith(_SUFFIXES)]


def _paths(word: str) -> Iterator[str]:
    """Return the files of a folder, or those of a pattern; hidden ones are none of them."""
    if not os.path.isdir(word):  # noqa: PTH112 - as typed
        from glob import iglob  # only a pattern pays for it

        yield from (path for path in iglob(word, recursive=True) if os.path.isfile(path))  # noqa: PTH113, PTH207
        return
    try:
        with os.scandir(word) as entries:
            files = [each for each in entries if each.is_file() and not each.name.startswith(".")]
        yield from (each.name if word == os.curdir else each.path for each in files)
    except OSError as error:
        raise store.unreadable(word, error) from error
