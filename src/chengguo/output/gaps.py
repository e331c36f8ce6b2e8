"""What of the registries cannot be read, for what goes out to say so itself: its readers see no console."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chengguo.importing.returning.reckoned import NOT_INCLUDED
from chengguo.language import N_, _
from chengguo.registry.documents import Document
from chengguo.registry.tasks import are_sound
from chengguo.text.findings import Severity
from chengguo.text.visible import visible_line

_MOST = 10  # places of a registry that are named
_LINE = N_("line {number}")


class Gap(NamedTuple):
    """A registry that cannot be read, or what in it cannot: addresses of items, numbers of lines elsewhere.

    ``plan`` is the name of its plan, "" where not even that is known.
    """

    file: str
    plan: str = ""
    places: tuple[str | int, ...] = ()


def gaps(document: Document) -> tuple[Gap, ...]:
    """Return what of the registries cannot be read: those of no use first, then places of the others."""
    lost = [Gap(_name(path)) for path in document.unread]
    return (*lost, *(gap for each in document.among or (document,) for gap in _gaps(each)))


def _gaps(document: Document) -> Iterator[Gap]:
    """Yield what of one registry cannot be read: what is wrong with its shape, departments of no register."""
    source, registry = document.source, document.registry
    errors = [each for each in registry.findings if each.severity is Severity.ERROR]
    lines = [place.line for place in source.positions([each.span.start for each in errors])]
    places: list[str | int] = [each.address or line for each, line in zip(errors, lines, strict=True)]
    if not are_sound(registry.tasks):
        known = {department.name for department in registry.departments}
        places += [
            item.number for item in registry.items if not known.issuperset((*item.lead, *item.support))
        ]
    if places:
        yield Gap(_name(source.name), registry.plan.name, tuple(dict.fromkeys(places)))


def _name(path: str) -> str:
    return visible_line(path.replace("\\", "/").rpartition("/")[2])


def _gap(gap: Gap, translate: Callable[[str], str]) -> str:
    if not gap.places:
        return gap.file
    named = [
        each if isinstance(each, str) else translate(_LINE).format(number=each) for each in gap.places[:_MOST]
    ]
    more = ["…"] if len(gap.places) > _MOST else []
    return translate(N_("{places} of {file}")).format(
        places=translate(", ").join([*named, *more]), file=gap.file
    )


def note(found: Iterable[Gap], translate: Callable[[str], str] = _) -> str:
    """Return the sentence by which a table or a paper says what it is without; "" where that is nothing.

    It is in the language of ``translate``.
    """
    what = translate("; ").join(_gap(each, translate) for each in found)
    return translate(NOT_INCLUDED).format(what=what) if what else ""
