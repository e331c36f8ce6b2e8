"""What every command does before its own work: open the registries, and tell what of them cannot be read."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from chengguo.cli import settings
from chengguo.cli.declared import Context, current
from chengguo.cli.lists import split
from chengguo.errors import NoRegistry, UnknownDepartment, WrongUsage
from chengguo.files import store
from chengguo.language import _, listed, plural
from chengguo.model import Department, Registry, Task
from chengguo.registry import addresses
from chengguo.registry.addresses import Address, Stretch
from chengguo.registry.documents import Document, named
from chengguo.registry.reading import read_registry
from chengguo.registry.register import read_departments
from chengguo.registry.tasks import are_sound
from chengguo.text.findings import Severity
from chengguo.text.source import Source, decode
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.cli.several import Opened
    from chengguo.departments.names import Names


Result = TypeVar("Result")
_SAID = "chengguo.said"  # what a context has said on stderr
INCOMPLETE = "chengguo.incomplete"  # what a context holds where one of several registries could not be read


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Globals(NamedTuple):
    """The options that stand before the command."""

    file: list[str] | None = None
    color: Color = Color.AUTO
    no_pager: bool = False


def _words(context: Context, file: list[str] | None) -> tuple[str, ...]:
    """Return what names the registries: the option after the command, before it, and so on."""
    return settings.registries(file or context.obj.file)


def paths_of(context: Context, file: list[str] | None) -> tuple[str, ...]:
    """Return the paths of the registries that are chosen; raises ``CannotOpen`` where there are none."""
    return files_of(_words(context, file))


def files_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the paths that words name; of folders and patterns, those of what means to be a registry."""
    if not any(map(store.is_many, words)):
        return tuple(words)
    from chengguo.cli import several  # only several pay for it

    return several.paths(words)


def path_of(context: Context, file: list[str] | None) -> str:
    """Return the path of the registry; raises ``WrongUsage`` where several are named."""
    paths = paths_of(context, file)
    if len(paths) == 1:
        return paths[0]
    from chengguo.cli import several

    raise several.only_one(paths)


def target(
    context: Context, file: list[str] | None, wanted: Sequence[Address | Stretch]
) -> tuple[str, tuple[Address | Stretch, ...]]:
    """Return the path of the registry that a change of items is for, and their addresses as it has them.

    Raises ``WrongUsage`` where several registries are meant, or nobody can tell which.
    """
    words = _words(context, file)
    if not _is_several(words) and not any(addresses.plan_of(each) for each in wanted):
        return words[0], tuple(wanted)
    from chengguo.cli import several

    return several.target(words, wanted)


def opened_by_name(context: Context, file: list[str] | None) -> "list[Opened]":
    """Return the registries, each by itself, where several may be meant; none where one alone is."""
    words = _words(context, file)
    if not _is_several(words):
        return []
    from chengguo.cli import several

    return several.opened(words)


def _is_several(words: tuple[str, ...]) -> bool:
    """True if the words may name more than one registry: then it is told of each item whose it is."""
    return len(words) > 1 or store.is_many(words[0])


def _as_it_is(document: Document) -> Document:
    return document


def open_registry(
    context: Context,
    file: list[str] | None,
    at: str | None = None,
    prepared: Callable[[Document], Document] = _as_it_is,
) -> Document:
    """Read the registries that the words and the environment choose, as they are or as a commit has them.

    Each is ``prepared`` by itself; several are read as one.
    """
    words = _words(context, file)
    if not _is_several(words):
        return named(prepared(registry_of(source_of(words[0], at))), words[0])
    from chengguo.cli import several

    return several.open_all(context, words, at, prepared)


def source_of(path: str, at: str | None) -> Source:
    """Return the text of the file at ``path``, as it is or as a commit has it."""
    return store.read_source(path) if at is None else version(path, at).source


def shared() -> tuple[Department, ...]:
    """Return the register that registries have in common, where one is set; raises ``NoRegistry``."""
    path = settings.value("departments")
    return () if path is None else _register(store.read_source(path))


@cache  # of many registries each asks for it
def _register(source: Source) -> tuple[Department, ...]:
    departments, findings = read_departments(source)
    if not findings:
        return departments
    from chengguo.output.findings import text

    sys.stderr.write(text.blocks((source, findings)))
    raise NoRegistry(_("{file} cannot be read as a register").format(file=visible_line(source.name)))


def _with_shared(registry: Registry) -> Registry:
    """Return the registry with the departments that it has in common with others."""
    if not (entries := shared()):
        return registry
    from chengguo.registry import uniting

    return uniting.completed(registry, entries)


def edit(path: str, plan: Callable[[Source], tuple[Source, Result]]) -> Result:
    """Replace the registry at ``path`` as ``saving.edit`` does; what undo will not know is said on stderr."""
    from chengguo.files import saving  # only what writes pays for it

    return saving.edit(
        path, plan, tell=lambda text: print(f"chengguo: {visible_line(text)}", file=sys.stderr)
    )


class Version(NamedTuple):
    """A file as a commit of git has it, and the day of the commit where a calendar has it."""

    source: Source
    day: date | None


def version(path: str, revision: str) -> Version:
    """Read the file at ``path`` as ``revision`` has it; it is named as git names it, REV:FILE."""
    from chengguo.files import git  # only a look back pays for it

    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input has no versions"), _("Name a file with -f FILE."))
    if not revision:
        raise WrongUsage(
            _("the name of the version is empty"), _("Give a branch, a tag, or a commit, such as HEAD~1.")
        )
    data, former, day = git.version(path, revision)
    return Version(decode(data, f"{revision}:{former or path}"), day)


def departments(document: Document, given: list[str] | None, role: str = "any") -> tuple[str, ...]:
    """Return the registered names of the departments that ``--dept`` names, and of those they took over.

    Each name stands there once. A ``role`` that there is not is wrong usage.
    """
    own = (column.heading for column in document.registry.columns if column.kind == "names")
    one_of("--role", role, ("lead", "support", "any", *own))
    from chengguo.departments import names  # only --dept pays for it

    known = names.index(document.registry.departments)
    items = document.registry.items
    there = {name for item in items for name in dict(item.extra).get(role, ())}  # registered or not
    wanted = split(given, "--dept", lambda text: text in there or bool(names.find(text, known)))
    resolved = (
        (name,) if name in there and not names.find(name, known) else _taken(name, known) for name in wanted
    )
    return tuple(dict.fromkeys(name for found in resolved for name in found))


def say_once(text: str) -> None:
    """Say something on stderr, once however often a command finds it."""
    context = current()
    said = context.meta.setdefault(_SAID, set()) if context else set()
    if text not in said:
        print(text, file=sys.stderr)
    said.add(text)


def _taken(name: str, known: "Names") -> tuple[str, ...]:
    """Return the departments that a name means; part of just one name means that, which is said on stderr."""
    from chengguo.departments import names

    try:
        return names.resolve_all(name, known)
    except UnknownDepartment:
        fitting = names.fitting(name, known)
        if len(fitting) != 1:
            raise
    say_once(
        _("--dept {name} is taken for {registered}").format(name=visible_line(name), registered=fitting[0])
    )
    return names.resolve_all(fitting[0], known)


def one_of(option: str, word: str, known: Iterable[str]) -> str:
    """Return a word of those that an option knows once the registry is read; Click refuses another one."""
    choices = [*known]
    if word in choices:
        return word
    import click  # only a wrong word pays for it

    found: str = click.Choice(choices).convert(word, click.Option([option]), None)
    return found


def registry_of(source: Source, *, alone: bool = False, of_one: bool = False) -> Document:
    """Read a registry; a broken one is said on stderr. Raises ``NoRegistry`` for one that holds nothing.

    ``alone`` it has no departments but those of its own register. ``of_one`` task somebody asks, so that the
    others need not be made.
    """
    document = read_registry(source, of_one=of_one)
    findings = document.registry.findings
    name = visible_line(document.source.name)
    if document.root is None:
        from chengguo.output.findings import text  # only a broken file pays for it

        sys.stderr.write(text.blocks((document.source, findings)))
        raise NoRegistry(
            _("{file} cannot be read").format(file=name),
            _("Mend it, then: chengguo validate {file}").format(file=name),
        )
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        message = plural(
            "{file}: {count} error; what cannot be read is left out; see: chengguo validate {file}",
            "{file}: {count} errors; what cannot be read is left out; see: chengguo validate {file}",
            errors,
            file=name,
        )
        print(message, file=sys.stderr)
    registry = _with_shared(document.registry)
    if unsure := unplaced(registry):
        message = _("{file}: {items}: a department or schedule cannot be read; see: chengguo validate {file}")
        print(message.format(file=name, items=listed(unsure)), file=sys.stderr)
    return document if alone else document._replace(registry=registry)


def checked(document: Document, day: date | None = None, only: tuple[Task, ...] | None = None) -> Document:
    """Check a registry, or ``only`` some tasks of it, as of a day, today where none is given.

    Only an acceptance in it asks for the day.
    """
    from chengguo.checks import rules  # only what checks pays for it

    document = document._replace(registry=_with_shared(document.registry))
    tasks = document.registry.tasks if only is None else only
    asks = any("accepted_undated" in item.others for task in tasks for item in task.items)
    return rules.check(document, day or (date.today() if asks else date.max), only)


def unplaced(registry: Registry) -> tuple[str, ...]:
    """Return the addresses of items that a query by department or day would miss without a word."""
    if are_sound(registry.tasks):
        return ()
    known = {department.name for department in registry.departments}
    return tuple(
        item.address
        for item in registry.items
        if not (item.schedule.is_understood or item.explicit_due or item.is_accepted_undated(date.today()))
        or not known.issuperset((*item.lead, *item.support))
    )


def facts(document: Document, as_of: date) -> dict[str, Any]:
    """Return what heads every JSON report."""
    return {"as_of": as_of.isoformat(), **files(document)}


def files(document: Document) -> dict[str, Any]:
    """Return which file a report is of, or the files of several plans."""
    if not document.among:
        return {"file": document.source.name}
    return {
        "plans": [
            {"plan": each.registry.plan.name, "title": each.registry.plan.title, "file": each.source.name}
            for each in document.among
        ]
    }
