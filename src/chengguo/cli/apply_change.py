"""What the commands that write have in common: which items are meant, the write, and what it came to."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from chengguo.cli import printing, session
from chengguo.cli.declared import Context
from chengguo.cli.options import TextFormat, Writing
from chengguo.departments import names
from chengguo.edits import editing
from chengguo.edits.editing import Change, Difference, Edited
from chengguo.errors import Refused, WrongUsage
from chengguo.files import store
from chengguo.language import _, listed, plural
from chengguo.model import Item, Registry
from chengguo.output import json_shapes
from chengguo.output.cells import for_people
from chengguo.output.formats import diff
from chengguo.registry import addresses, rereading
from chengguo.registry.addresses import Address, Stretch
from chengguo.registry.documents import Document
from chengguo.registry.fields import label
from chengguo.registry.tasks import numbered
from chengguo.text import findings
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source
from chengguo.text.visible import visible, visible_line

Result = TypeVar("Result")
_LONG = 100_000  # characters; all that a shorter file says is read sooner than looked at for what is wrong


class Outcome(NamedTuple):
    """What an update came to: the file before it, the items that were named, the edit, its findings."""

    document: Document
    items: tuple[Item, ...]
    edited: Edited
    findings: tuple[Finding, ...]  # that the edit brings in


class Wanted(NamedTuple):
    """Which items a command names: by their addresses, all or those that departments lead, or by these alone.

    A task's number stands for all of its items where it lies in a stretch, or ``every`` says so.
    """

    addresses: tuple[Address | Stretch, ...]
    departments: tuple[str, ...] = ()
    every: bool = False

    @classmethod
    def of(cls, words: list[str], departments: list[str] | None = None, *, every: bool = False) -> "Wanted":
        """Read the words of the command line; raises ``WrongUsage`` for what is no address."""
        found = tuple(each for word in words for each in addresses.parse_several(word))
        return cls(found, tuple(departments or ()), every)

    def placed(self, context: Context, file: list[str] | None) -> tuple[str, "Wanted"]:
        """Return the path of the registry that has the items, and them as that has them."""
        path, found = session.target(context, file, self.addresses)
        return path, self._replace(addresses=found)

    def items(self, registry: Registry) -> tuple[Item, ...]:
        """Return the items, each once; raises ``Refused`` for a task with several items."""
        chosen: dict[str, Item] = {} if self.addresses else {item.address: item for item in registry.items}
        for address in self.addresses:
            chosen.update({item.address: item for item in self._at(registry, address)})
        if not self.departments:
            return tuple(chosen.values())
        known = names.index(registry.departments)
        leads = {each for name in self.departments for each in names.resolve_all(name, known)}
        found = tuple(item for item in chosen.values() if not leads.isdisjoint(item.lead))
        if not found:
            message = _("{departments}: no such item is led by them").format(departments=listed(leads))
            raise Refused(message, _("See: chengguo list --dept {name} --role lead").format(name=min(leads)))
        return found

    def _at(self, registry: Registry, address: Address | Stretch) -> tuple[Item, ...]:
        if isinstance(address, Stretch):
            return addresses.find_between(registry, address)
        found = addresses.find(registry, address)
        if address.item is None and len(found) > 1 and not self.every:
            known = listed(item.address for item in found)
            message = _("task {task} has {count} items: {items}").format(
                task=address.task, count=len(found), items=known
            )
            raise Refused(message, _("Name the ones that are meant, or give --all for all of them."))
        return found


def record(
    context: Context,
    wanted: Wanted,
    change_of: Callable[[Registry, Item], Change],
    writing: Writing,
    *,
    name: str,
) -> Outcome:
    """Make a change of each item that is wanted, all or none, and tell what it came to.

    ``name`` is that of the JSON schema. Raises ``Refused`` for one that would bring in an error, unless it is
    forced.
    """
    path, wanted = wanted.placed(context, writing.file)

    def changes(registry: Registry) -> list[Change]:
        return [change_of(registry, item) for item in wanted.items(registry)]

    done = make(path, changes, dry_run=writing.dry_run, force=writing.force)
    write(done, writing.format, name=name, dry_run=writing.dry_run)
    return done


def make(
    path: str, changes_of: Callable[[Registry], Sequence[Change]], *, dry_run: bool, force: bool | None
) -> Outcome:
    """Make changes, all or none, in the file unless it is a dry run; several of an item in their order.

    Raises ``Refused`` for one that would bring in an error, unless it is forced; ``force`` is None for a
    command that has no --force.
    """

    def plan(document: Document) -> tuple[Document, tuple[tuple[Item, ...], Edited]]:
        changes = changes_of(document.registry)
        edited = editing.make_in_turn(document, changes)
        items = {change.item.address: change.item for change in changes}
        return edited.document, (tuple(items.values()), edited)

    document, _after, found, (items, edited) = carry_out(path, plan, dry_run=dry_run, force=force)
    return Outcome(document, items, edited, found)


class Done(NamedTuple, Generic[Result]):
    """What was carried out: the file before it and after, what it brings in, what was planned."""

    before: Document
    after: Document
    findings: tuple[Finding, ...]
    result: Result


def carry_out(
    path: str,
    change: Callable[[Document], tuple[Document, Result]],
    *,
    dry_run: bool,
    force: bool | None,
    alone: bool = False,
) -> Done[Result]:
    """Put what ``change`` makes of a document, proved, in its file unless it is a dry run.

    ``alone`` the document has no departments but those of its own register.

    Raises ``Refused`` for what would bring in an error, unless it is forced.
    """
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))

    def plan(source: Source) -> tuple[Source, Done[Result]]:
        """Plan on the file as it is now; another program may make it be planned anew."""
        before = session.registry_of(source, alone=alone, of_one=len(source.text) > _LONG)
        after, result = change(before)
        found = _brought_in(before, after)
        if not force:
            _refuse_errors(found, can_be_forced=force is not None)
        return after.source, Done(before, after, found, result)

    return plan(store.read_source(path))[1] if dry_run else session.edit(path, plan)


def _brought_in(before: Document, after: Document) -> tuple[Finding, ...]:
    """Return what ``validate`` finds since an edit, and did not before."""
    if after.source == before.source:
        return ()
    differ = rereading.tasks_that_differ(before, after) or (None, None)
    known, new = (
        session.checked(each, only=only).registry.findings
        for each, only in zip((before, after), differ, strict=True)
    )
    return findings.brought_in(known, new)


def _refuse_errors(found: tuple[Finding, ...], *, can_be_forced: bool) -> None:
    """Refuse what ``validate`` calls an error, with its words."""
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors:
        words = _("; ").join(f"{each.code} {each.address or ''} {each.message}" for each in errors)
        message = _("validate would find an error: {findings}").format(findings=visible_line(words))
        forced = _("Nothing was written; --force writes it all the same.")
        written = forced if can_be_forced else _("Nothing was written.")
        raise Refused(message, " ".join(hint for hint in (errors[0].hint, written) if hint))


def write(outcome: Outcome, chosen: TextFormat, *, name: str, dry_run: bool) -> None:
    """Write what an update came to, and on stderr what ``validate`` finds since."""
    if chosen is TextFormat.JSON:
        _print_json(outcome, name, written=not dry_run)
    else:
        _print_text(outcome, dry_run=dry_run)
    tell(outcome.edited.source, outcome.findings)


def tell(source: Source, found: tuple[Finding, ...]) -> None:
    """Write findings on stderr."""
    if found:
        from chengguo.output.findings import text  # only a finding pays for it

        sys.stderr.write(text.blocks((source, found)))


def _print_text(outcome: Outcome, *, dry_run: bool) -> None:
    document, items, edited, _findings = outcome
    name = visible_line(document.source.name)
    numbers = {item.task for item in items}
    titles = {task.id: task.title for each in numbers for task in numbered(document.registry.tasks, each)}
    lines = []
    for item in items:
        changed = [difference for difference in edited.differences if difference.address == item.address]
        lines.append(f"{item.address} {visible(titles[item.task])}")
        lines += [line for difference in changed for line in _change_lines(difference)]
        lines += [] if changed else ["  " + _("already recorded; nothing changes")]
    count = len({difference.address for difference in edited.differences})
    if dry_run:
        lines += ["", *diff.render(document.source, edited.source).splitlines()]
        lines.append(_("Dry run: {file} was not written.").format(file=name))
    elif count:
        lines.append(
            plural("{count} item updated in {file}", "{count} items updated in {file}", count, file=name)
        )
    printing.put("\n".join(lines) + "\n")


def _change_lines(difference: Difference) -> list[str]:
    _address, field, before, after = difference
    if field == "status":
        lines = [_("status: {before} → {after}").format(before=for_people(before), after=for_people(after))]
    elif field == "progress":
        added = _added(before, after)
        lines = [_("progress: + {entry}").format(entry=for_people((added,)))]
        if stands := editing.outlives(added, after):
            kept = _("the status stays {status}, as reported later, on {day}")
            lines.append(kept.format(status=for_people(stands.status), day=stands.date))
    elif field == "extensions":
        lines = [_("extension: + {entry}").format(entry=for_people((_added(before, after),)))]
    else:
        none = _("nothing")
        lines = [f"{_(label(field))}: {for_people(before) or none} → {for_people(after) or none}"]
    return [f"  {line}" for line in lines]


def _added(before: tuple[Any, ...], after: tuple[Any, ...]) -> Any:
    """Return the entry that a list has gained."""
    return next((new for old, new in zip(before, after, strict=False) if new != old), after[-1])


def _print_json(outcome: Outcome, name: str, *, written: bool) -> None:
    document, _items, edited, _findings = outcome
    from chengguo.output.formats import json  # a medium is imported where it is used

    changes = [
        {
            "id": address,
            "field": field,
            "before": json_shapes.value(before),
            "after": json_shapes.value(after),
        }
        for address, field, before, after in edited.differences
    ]
    head = {
        "schema": f"chengguo/{name}/1",
        "file": document.source.name,
        "written": written and bool(changes),
    }
    printing.put(
        json.render({**head, "count": len(changes), "changes": changes}, ascii_only=not printing.is_unicode())
    )
