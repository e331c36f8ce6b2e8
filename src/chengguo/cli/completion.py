"""What the shell offers: addresses, departments, sections and statuses of the registry in hand.

The context that Typer passes is called ``ctx``: by that name, where no type tells, Typer knows it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chengguo.model.status import Status

if TYPE_CHECKING:
    from chengguo.model import Registry


def departments(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the registered names that begin so, with their full names, and those of successors."""
    register = _registry(ctx).departments
    offered = {each.name: each.full or "" for each in register}
    for each in register:
        if each.successor:
            offered.setdefault(each.successor, each.name)
    yield from (_offer(name, about) for name, about in offered.items() if name.startswith(incomplete))


def sections(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the ids of the sections that begin so, with their titles."""
    for plan, registry in _registry(ctx).by_plan.items():
        offered = {f"{plan}:{each.id}" if plan else each.id: each.title for each in registry.sections}
        yield from (_offer(name, title) for name, title in offered.items() if name.startswith(incomplete))


def addresses(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the addresses that begin so, with what names the work; a lone item by its task."""
    from chengguo.output import naming  # only completion pays for it

    registry = _registry(ctx)
    works = naming.works(registry)
    for each in registry.among or (registry,):
        plan = f"{each.plan.name}:" if registry.among else ""
        for task in each.tasks:
            about = [(item.address, works[item.address]) for item in task.items]
            names = {f"{plan}{task.id}": about[0][1] if len(about) == 1 else task.title}
            names |= about if len(about) > 1 else ()
            yield from (_offer(name, said) for name, said in names.items() if name.startswith(incomplete))


def roles(ctx: Any, incomplete: str) -> Iterator[str]:
    """Offer the roles that begin so, and the columns of names of departments."""
    from chengguo.queries.query import Role  # only completion pays for it

    own = (column.heading for column in _registry(ctx).columns if column.kind == "names")
    yield from (role for role in (*Role, *own) if role.startswith(incomplete))


def shown_columns(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the columns of a command that begin so, with their headings, behind those that stand there."""
    from chengguo.language import _  # only completion pays for it

    before, comma, begun = incomplete.rpartition(",")
    headings = _of_records(ctx.info_name or "") or _of_items(ctx)
    for name, about in headings.items():
        if name.startswith(begun):
            yield _offer(f"{before}{comma}{name}", _(about))


def _of_records(command: str) -> dict[str, str]:
    """Return the columns of what a command lists where that is no items, with their headings."""
    from importlib import import_module

    from chengguo.cli.commands import COMMANDS

    module = import_module(f"chengguo.cli.{COMMANDS[command]}")
    return {column.name: column.heading for column in getattr(module, "LISTED", {}).get(command, ())}


def _of_items(ctx: Any) -> dict[str, str]:
    """Return the columns of items, the office's own among them, with their headings or kinds."""
    from chengguo.output.json_shapes import COLUMNS
    from chengguo.output.views import ITEM_COLUMNS

    own = {column.heading: column.kind for column in _registry(ctx).columns}
    return {name: ITEM_COLUMNS[name].heading for name in COLUMNS} | own


def columns(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the office's own columns that begin so, with a sign behind."""
    for column in _registry(ctx).columns:
        if column.heading.startswith(incomplete):
            yield _offer(f"{column.heading}=", column.kind)


def milestones(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the open milestones of the items that the words so far name, with their words."""
    yield from _open_parts(ctx, incomplete, are_milestones=True)


def periods(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the open periods of the items that the words so far name, with their days."""
    yield from _open_parts(ctx, incomplete, are_milestones=False)


def rounds(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the periods of the plan's reports that have begun, the latest first, with their last days."""
    from datetime import date

    from chengguo.queries import reports  # only completion pays for it

    plans = _registry(ctx).by_plan.values()
    known = {round_ for each in plans for round_ in reports.rounds_up_to(each.plan, date.today())}
    offered = {each.name: str(each.last) for each in sorted(known, key=lambda each: each.last, reverse=True)}
    yield from (_offer(name, last) for name, last in offered.items() if name.startswith(incomplete))


def _open_parts(ctx: Any, incomplete: str, *, are_milestones: bool) -> Iterator[tuple[str, str]]:
    from datetime import date

    from chengguo.errors import ChengguoError
    from chengguo.queries.parts import Calendar
    from chengguo.registry import addresses

    registry = _registry(ctx)
    calendars = {name: Calendar(each.plan, date.today()) for name, each in registry.by_plan.items()}
    offered: dict[str, str] = {}
    # Words before an option that is still without its value are not parameters yet.
    for words in (*(ctx.params.get("items") or ()), *ctx.args):
        try:
            items = addresses.find(registry, addresses.parse(words))
        except ChengguoError:
            continue
        for item in items:
            calendar = calendars[item.plan]
            count = len(item.milestones)
            parts = calendar.parts(item)[:count] if are_milestones else calendar.parts(item)[count:]
            about = ((part.part, part.wording if are_milestones else str(part.due), part) for part in parts)
            offered |= {name: said for name, said, part in about if not part.status.is_closed}
    yield from (_offer(name, said) for name, said in offered.items() if name.startswith(incomplete))


def statuses(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the statuses that begin so, with their words."""
    from chengguo.output.cells import for_people  # only completion pays for it

    for status in Status:
        if status.startswith(incomplete):
            yield status.value, for_people(status)


def standings(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the statuses that begin so, and how far a verification may have come, with their words."""
    from chengguo.language import _  # only completion pays for it
    from chengguo.queries.closing import Closing

    yield from statuses(incomplete)
    for each in Closing:
        if each.startswith(incomplete):
            yield each.value, _(each.word)


def alerts(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the kinds of alerts that begin so, with their words."""
    from chengguo.output.cells import for_people  # only completion pays for it
    from chengguo.queries.alerts import Alert

    for alert in Alert:
        if alert.startswith(incomplete):
            yield alert.value, for_people(alert)


def lights(ctx: Any, incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the lights of the office, or those that count without any, with their conditions."""
    from chengguo.queries.lights import DEFAULT

    for light in _registry(ctx).lights or DEFAULT:
        if light.name.startswith(incomplete):
            yield _offer(light.name, ", ".join(condition.written for condition in light.when))


def codes(incomplete: str) -> Iterator[tuple[str, str]]:
    """Offer the codes of findings that begin so, with what they mean."""
    from chengguo.checks.rules import CHECKS  # only completion pays for it
    from chengguo.language import _

    for check in CHECKS.values():
        if check.code.startswith(incomplete.upper()):
            yield check.code, _(check.meaning)


def topics(incomplete: str) -> Iterator[str]:
    """Offer the topics of the help that begin so, and the commands."""
    from chengguo import language  # only completion pays for it
    from chengguo.cli.commands import COMMANDS

    yield from (name for name in (*language.topics(), *COMMANDS) if name.startswith(incomplete))


def _offer(name: str, about: str) -> tuple[str, str]:
    """Return an offer without control characters; Typer takes what it says about it for Rich's markup."""
    from chengguo.text.visible import visible

    name, about = visible(name), visible(about)
    if "[" in about or about.endswith("\\"):  # else it is no markup, and Rich takes its time to load
        from rich.markup import escape

        about = escape(about)
    return name, about


def _registry(ctx: Any) -> "Registry":
    """Read the registries that the words so far name; any trouble offers nothing, and says nothing."""
    from chengguo.cli import settings
    from chengguo.errors import ChengguoError
    from chengguo.files import store
    from chengguo.model import Plan, Registry
    from chengguo.registry.reading import read_registry

    outer = ctx.find_root().params.get("file")
    try:
        words = settings.registries(ctx.params.get("file") or outer)
        if len(words) == 1 and not store.is_many(words[0]):
            return read_registry(store.read_source(words[0])).registry
        from chengguo.cli import several

        return several.readable(words)
    except ChengguoError:
        return Registry(Plan("", "", None, None), (), (), ())
