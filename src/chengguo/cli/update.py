"""The command that records a report: status, note and day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer

from chengguo import addresses, editing, records, saving, store
from chengguo.addresses import Address
from chengguo.cells import spoken
from chengguo.cli import completion, options, session
from chengguo.cli.options import FileOption
from chengguo.editing import Change, Difference, Edited
from chengguo.errors import Refused, WrongUsage
from chengguo.language import _, listed, plural
from chengguo.model import Item, Registry, Status
from chengguo.reading import Document
from chengguo.render import diff
from chengguo.source import Source
from chengguo.visible import visible

app = typer.Typer()


class UpdateFormat(StrEnum):
    """How the outcome of an update is written."""

    TEXT = "text"
    JSON = "json"


@app.command(
    "update", epilog=_('Example: chengguo update 4 --status done --note "已印发实施" --date 2019-12-20')
)
def update(
    context: typer.Context,
    items: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            autocompletion=completion.addresses,
        ),
    ],
    *,
    status: Annotated[
        Any | None,
        typer.Option(
            parser=options.status,
            metavar="STATUS",
            autocompletion=completion.statuses,
            help=_("What was reported: {statuses}, or the Chinese word.").format(statuses=", ".join(Status)),
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What was said about it."))] = None,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            parser=options.day,
            metavar="DATE",
            help=_("The day of the report."),
            show_default=_("today"),
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=_("Take a task's number for all of its items."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Print the difference and write nothing."))
    ] = False,
    format: Annotated[
        UpdateFormat, typer.Option("--format", help=_("How the outcome is written."))
    ] = UpdateFormat.TEXT,
    file: FileOption = None,
) -> None:
    """Record what was reported of items: the status line changes, a progress entry is added, nothing else.

    ID is an item such as 3.2; 4 stands for the only item of task 4. Several items change all or not at all.
    """
    note = note if note and note.strip() else None
    if not status and not note:
        raise WrongUsage(_("nothing to record"), _("Give --status, --note, or both."))
    today = date.today()
    day = day or today
    if day > today:
        raise WrongUsage(
            _("--date {day} is still to come").format(day=day), _("A report has a day that has come.")
        )
    wanted = [addresses.parse(address) for address in items]
    path = session.path_of(context, file)
    if path == store.STANDARD_INPUT:
        raise WrongUsage(_("standard input cannot be updated"), _("Name a file with -f FILE."))
    outcome: list[_Outcome] = []

    def plan(source: Source) -> Source:
        """Plan the update on the file as it is now; another hand may make it be planned anew."""
        document = session.registry_of(source)
        chosen = _chosen(document.registry, wanted, every=every)
        changes = tuple(Change(item, day, status, note) for item in chosen)
        outcome[:] = [_Outcome(document, chosen, editing.make(document, changes))]
        return outcome[0].edited.source

    if dry_run:
        plan(store.read_source(path))
    else:
        saving.edit(path, plan)
    if format is UpdateFormat.JSON:
        _print_json(outcome[0], written=not dry_run)
    else:
        _print_text(outcome[0], dry_run=dry_run)


class _Outcome(NamedTuple):
    """What an update came to: the file before it, the items that were named, the edit."""

    document: Document
    items: tuple[Item, ...]
    edited: Edited


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


def _print_text(outcome: _Outcome, *, dry_run: bool) -> None:
    document, items, edited = outcome
    name, titles = document.source.name, {task.id: task.title for task in document.registry.tasks}
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
    if difference.field == "status":
        before, after = spoken(difference.before), spoken(difference.after)
        return "  " + _("status: {before} → {after}").format(before=before, after=after)
    return "  " + _("progress: + {entry}").format(entry=spoken(difference.after[-1:]))


def _print_json(outcome: _Outcome, *, written: bool) -> None:
    document, _items, edited = outcome
    from chengguo.render import json  # a medium is imported where it is used

    changes = [
        {"id": address, "field": field, "before": _value(before), "after": _value(after)}
        for address, field, before, after in edited.differences
    ]
    head = {"schema": "chengguo/update/1", "file": document.source.name, "written": written and bool(changes)}
    session.put(
        json.render({**head, "count": len(changes), "changes": changes}, ascii_only=not session.is_unicode())
    )


def _value(value: Any) -> Any:
    """Give a status or progress entries as JSON holds them."""
    return value.value if isinstance(value, Status) else [records.progress(entry) for entry in value]
