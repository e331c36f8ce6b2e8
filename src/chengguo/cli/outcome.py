"""What the commands that write have in common: which items are meant, the write, and what it came to."""

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from chengguo.checks import rules
from chengguo.cli import session
from chengguo.edits import editing
from chengguo.edits.editing import Change, Difference, Edited
from chengguo.errors import Refused, WrongUsage
from chengguo.files import store
from chengguo.language import _, listed, plural
from chengguo.model import Item, Registry
from chengguo.output import records
from chengguo.output.cells import spoken
from chengguo.output.formats import diff
from chengguo.registry import addresses
from chengguo.registry.addresses import Address
from chengguo.registry.fields import label
from chengguo.registry.reading import Document, read
from chengguo.text.source import Source
from chengguo.text.visible import visible, visible_line


class UpdateFormat(StrEnum):
    """How the outcome of an update is written."""

    TEXT = "text"
    JSON = "json"


class Outcome(NamedTuple):
    """What an update came to: the file before it, the items that were named, the edit."""

    document: Document
    items: tuple[Item, ...]
    edited: Edited


def change(
    path: str,
    wanted: list[Address],
    change_of: Callable[[Registry, Item], Change],
    *,
    every: bool,
    dry_run: bool,
) -> Outcome:
    """Make a change of each item at the addresses, all or none, in the file unless it is a dry run."""
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))

    def plan(source: Source) -> tuple[Source, Outcome]:
        """Plan the update on the file as it is now; another hand may make it be planned anew."""
        document = session.registry_of(source)
        items = _chosen(document.registry, wanted, every=every)
        changes = tuple(change_of(document.registry, item) for item in items)
        outcome = Outcome(document, items, editing.make(document, changes))
        return outcome.edited.source, outcome

    return plan(store.read_source(path))[1] if dry_run else session.edit(path, plan)


def _chosen(registry: Registry, wanted: list[Address], *, every: bool) -> tuple[Item, ...]:
    """Give the items at the addresses, each once; raises ``Refused`` for a task with several items."""
    chosen: dict[str, Item] = {}
    for address in wanted:
        found = addresses.find(registry, address)
        if address.item is None and len(found) > 1 and not every:
            known = listed(item.address for item in found)
            message = _("task {task} has {count} items: {items}").format(
                task=address.task, count=len(found), items=known
            )
            raise Refused(message, _("Name the ones that are meant, or give --all for all of them."))
        chosen.update({item.address: item for item in found})
    return tuple(chosen.values())


def write(outcome: Outcome, chosen: UpdateFormat, *, name: str, dry_run: bool) -> None:
    """Write what an update came to, and on stderr what ``validate`` finds since."""
    if chosen is UpdateFormat.JSON:
        _print_json(outcome, name, written=not dry_run)
    else:
        _print_text(outcome, dry_run=dry_run)
    _print_new_findings(outcome)


def _print_new_findings(outcome: Outcome) -> None:
    """Say what an edit of a field has brought up, such as a wording that nobody can read."""
    if all(difference.field in ("status", "progress") for difference in outcome.edited.differences):
        return
    known = {(each.code, each.address) for each in rules.check(outcome.document).registry.findings}
    after = rules.check(read(outcome.edited.source))
    new = tuple(each for each in after.registry.findings if (each.code, each.address) not in known)
    if new:
        from chengguo.output.findings import text  # only a finding pays for it

        sys.stderr.write(text.blocks((after.source, new)))


def _print_text(outcome: Outcome, *, dry_run: bool) -> None:
    document, items, edited = outcome
    name, titles = (
        visible_line(document.source.name),
        {task.id: task.title for task in document.registry.tasks},
    )
    lines = []
    for item in items:
        changed = [difference for difference in edited.differences if difference.address == item.address]
        lines.append(f"{item.address} {visible(titles[item.task])}")
        lines += [_change_line(difference) for difference in changed]
        lines += [] if changed else ["  " + _("already recorded; nothing changes")]
    count = len({difference.address for difference in edited.differences})
    if dry_run:
        lines += ["", *diff.render(document.source, edited.source).splitlines()]
        lines.append(_("Dry run: {file} was not written.").format(file=name))
    elif count:
        lines.append(
            plural("{count} item updated in {file}", "{count} items updated in {file}", count, file=name)
        )
    session.put("\n".join(lines) + "\n")


def _change_line(difference: Difference) -> str:
    _address, field, before, after = difference
    if field == "status":
        line = _("status: {before} → {after}").format(before=spoken(before), after=spoken(after))
    elif field == "progress":
        line = _("progress: + {entry}").format(entry=spoken(after[-1:]))
    elif field == "extensions":
        line = _("extension: + {entry}").format(entry=spoken(after[-1:]))
    else:
        none = _("nothing")
        line = f"{_(label(field))}: {spoken(before) or none} → {spoken(after) or none}"
    return "  " + line


def _print_json(outcome: Outcome, name: str, *, written: bool) -> None:
    document, _items, edited = outcome
    from chengguo.output.formats import json  # a medium is imported where it is used

    changes = [
        {"id": address, "field": field, "before": records.value(before), "after": records.value(after)}
        for address, field, before, after in edited.differences
    ]
    head = {
        "schema": f"chengguo/{name}/1",
        "file": document.source.name,
        "written": written and bool(changes),
    }
    session.put(
        json.render({**head, "count": len(changes), "changes": changes}, ascii_only=not session.is_unicode())
    )
