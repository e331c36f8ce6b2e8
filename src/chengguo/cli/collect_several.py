"""collect for several registries: each row goes to the plan that it is of, each plan to its own file.

All is planned before anything is written, so that what one plan refuses keeps the others from nothing else
than being written.
"""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from chengguo.cli import apply_change, collect_summary, printing, session
from chengguo.cli.apply_change import Outcome
from chengguo.cli.collect_summary import Missing
from chengguo.cli.declared import Context
from chengguo.cli.options import TextFormat
from chengguo.cli.several import Opened
from chengguo.edits.editing import Change
from chengguo.errors import Refused
from chengguo.importing.returning import by_plan, collecting
from chengguo.importing.returning.agreeing import Days
from chengguo.importing.returning.by_plan import Parted
from chengguo.importing.returning.collecting import Collected
from chengguo.importing.returning.entries import Odd, Returned
from chengguo.language import _
from chengguo.model import Registry
from chengguo.registry import uniting


class Asked(NamedTuple):
    """How reports are taken, and how it is told."""

    days: Days
    strict: bool
    dry_run: bool
    format: TextFormat
    color: session.Color | None
    exit_code: bool = False


class _Taken(NamedTuple):
    """What came of the rows of one plan."""

    plan: str
    done: Outcome
    made: Collected


def take(
    context: Context, opened: Sequence[Opened], files: list[Returned], unread: list[Odd], asked: Asked
) -> None:
    """Take in the reports of files for several plans, and say what came of it."""
    united = uniting.unite([each.document for each in opened], session.shared()).registry
    parted = by_plan.part(united, {each.name: each.document.registry for each in opened}, files)
    parted = parted._replace(odd=(*unread, *parted.odd))
    paths = {each.name: each.path for each in opened}
    taken = [_taken(name, paths[name], parted, asked, dry_run=True) for name in paths if name in parted.files]
    refused = asked.strict and bool(parted.odd or any(each.made.odd for each in taken))
    if not (asked.dry_run or refused):
        taken = [_taken(each.plan, paths[each.plan], parted, asked, dry_run=False) for each in taken]
    missing = _missing(opened, taken, files, asked.days.named or asked.days.today)
    if asked.format is TextFormat.JSON:
        _write_json(taken, parted, missing, written=not (asked.dry_run or refused))
    else:
        _write_text(context, taken, parted, missing, asked, refused=refused)
    for each in taken:
        apply_change.tell(each.done.edited.source, each.done.findings)
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the rows, or leave --strict out."))
    if asked.exit_code and (parted.odd or any(each.made.odd for each in taken)):
        sys.exit(1)


def _taken(plan: str, path: str, parted: Parted, asked: Asked, *, dry_run: bool) -> _Taken:
    """Take the rows of one plan, in its file unless it is a dry run."""
    found: list[Collected] = []

    def changes_of(registry: Registry) -> list[Change]:
        found[:] = [collecting.collect(registry, parted.files[plan], asked.days, plan)]
        return [each.change for each in found[0].taken]

    done = apply_change.make(path, changes_of, dry_run=dry_run, force=None)
    return _Taken(plan, done, found[0])


def _missing(
    opened: Sequence[Opened], taken: Sequence[_Taken], files: Sequence[Returned], day: date
) -> Missing:
    """Return the departments that lead open items of any plan, and have not been heard of."""
    after = {each.plan: each.done.edited.document.registry for each in taken}
    documents = [
        each.document._replace(
            registry=after.get(each.name, each.document.registry)._replace(
                plan=each.document.registry.plan, departments=each.document.registry.departments
            )
        )
        for each in opened
    ]
    registry = uniting.unite(documents, session.shared()).registry
    forms = tuple(file.form for file in files if file.form and not file.is_blank)
    return collect_summary.missing_of(registry, Collected((), (), (), 0, forms), day)


def _write_text(
    context: Context,
    taken: Sequence[_Taken],
    parted: Parted,
    missing: Missing,
    asked: Asked,
    *,
    refused: bool,
) -> None:
    """Write what came of each plan, then what is of none."""
    for each in taken:
        printing.put(f"{each.plan}\n")
        collect_summary.write_text(
            context, each.done, each.made, None, asked.color, dry_run=asked.dry_run, refused=refused
        )
    lines = [*collect_summary.odd_lines(parted.notes, parted.odd), *collect_summary.missing_lines(missing)]
    if not taken and not lines:
        lines = [_("nothing was filled in")]
    printing.put("".join(f"{line}\n" for line in lines))


def _write_json(taken: Sequence[_Taken], parted: Parted, missing: Missing, *, written: bool) -> None:
    from chengguo.output.formats import json

    plans: list[dict[str, Any]] = [
        {"plan": each.plan, **collect_summary.record_of(each.done, each.made, written=written)}
        for each in taken
    ]
    document = {
        "schema": "chengguo/collect/1",
        "written": any(each["written"] for each in plans),
        "count": sum(each["count"] for each in plans),
        "plans": plans,
        "doubts": [collect_summary.odd_record(each) for each in parted.odd],
        "notes": [collect_summary.odd_record(each) for each in parted.notes],
        "missing": list(missing.names),
    }
    printing.put(json.render(document, ascii_only=not printing.is_unicode()))
