"""What is said of reports that were taken: what changes, what is doubtful, and who has reported nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from chengguo.cli import printing, session
from chengguo.cli.apply_change import Outcome
from chengguo.cli.declared import Context
from chengguo.departments import names
from chengguo.departments.names import heirs
from chengguo.edits.editing import Change
from chengguo.importing.returning.agreeing import Taken
from chengguo.importing.returning.collecting import Collected
from chengguo.importing.returning.entries import Odd
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.output import counts
from chengguo.output.formats import diff
from chengguo.queries import query, reports
from chengguo.queries.query import Role
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.output.views import View


class Missing(NamedTuple):
    """Who has reported nothing, in which round."""

    period: str
    names: tuple[str, ...]


def missing_of(registry: Registry, made: Collected, day: date) -> Missing:
    """Return the departments that lead open items, and have neither filled in a form nor reported.

    A report that does not say by whom counts for all who lead. The period is that of the forms, where it is
    one of the plan's reports; else the one that is due on the day, or its month. Who is in what was taken
    has reported, for whichever round it counts.
    """
    periods = {form.period for form in made.forms}
    asked = [each for each in reports.rounds_up_to(registry.plan, day) if each.name in periods]
    among = asked[-1] if asked else reports.round_due(registry.plan, day)
    among = among or reports.Round(f"{day:%Y-%m}", day.replace(day=1), day)
    hearing = reports.Hearing(registry.plan, registry.departments, among._replace(until=max(day, among.last)))
    still_open = [row for row in query.rows(registry, day) if not row.status.is_closed]
    holders = heirs(registry.departments, day)
    heard = {form.department for form in made.forms} | set(_reporting(registry, made.taken))
    heard = heard.union(*(hearing.heard(item.lead, item.progress) for item in registry.items))
    leading = query.by_department(registry, still_open, (), Role.LEAD, day)
    heard = {holders.get(name, name) for name in heard}
    return Missing(among.name, tuple(name for name in leading if name not in heard))


def _reporting(registry: Registry, taken: Iterable[Taken]) -> Iterator[str]:
    """Yield the departments that reports are of: of one that does not say by whom, all who lead."""
    known = names.index(registry.departments)
    for each in taken:
        by = each.report.by
        yield from names.reporters(by, known) if by else each.change.item.lead


def _writes(done: Outcome) -> set[str]:
    return {difference.address for difference in done.edited.differences}


def write_text(
    context: Context,
    done: Outcome,
    made: Collected,
    missing: Missing | None,
    color: session.Color | None,
    *,
    dry_run: bool,
    refused: bool,
) -> None:
    """Write the plan as a table, what is odd, what was done, and who is missing."""
    from chengguo.output.formats import table  # only a table pays for it

    if made.taken:
        view = _view(done, made)
        table.write_view(view, printing.output(color or context.obj.color))
    lines = odd_lines(made.notes, made.odd)
    name = visible_line(done.document.source.name)
    if dry_run and not refused:
        lines += diff.render(done.document.source, done.edited.source).splitlines()
        lines.append(_("Dry run: {file} was not written.").format(file=name))
    taken = 0 if refused else len(made.taken)
    lines.append(
        _("{taken}, {recorded} recorded already, {doubts}; {items}").format(
            taken=plural("{count} report would be taken", "{count} reports would be taken", taken)
            if dry_run
            else plural("{count} report taken", "{count} reports taken", taken),
            recorded=made.recorded,
            doubts=counts.doubts(len(made.odd)),
            items=_changed(len(_writes(done)), name, dry_run=dry_run),
        )
    )
    printing.put("\n".join([*lines, *(missing_lines(missing) if missing else ())]) + "\n")


def _changed(count: int, file: str, *, dry_run: bool) -> str:
    """Say how many items of a file change, or would."""
    if dry_run:
        return plural(
            "{count} item of {file} would change", "{count} items of {file} would change", count, file=file
        )
    return plural("{count} item of {file} changed", "{count} items of {file} changed", count, file=file)


def odd_lines(notes: Sequence[Odd], odd: Sequence[Odd]) -> list[str]:
    """Return the lines that say what is told of rows, and which are left."""
    lines = [f"{each.place}: {visible_line(each.why)}" for each in notes]
    if odd:
        count = plural("{count} doubt, left as it is:", "{count} doubts, left as they are:", len(odd))
        lines += [count, *(f"  {each.place}: {visible_line(each.why)}" for each in odd)]
    return lines


def missing_lines(missing: Missing) -> list[str]:
    """Return the line that names the departments that have reported nothing, if there are any."""
    told = plural(
        "{count} department has reported nothing in {period}: {names}",
        "{count} departments have reported nothing in {period}: {names}",
        len(missing.names),
        period=missing.period,
        names=listed(missing.names),
    )
    return [told] if missing.names else []


def _view(done: Outcome, made: Collected) -> "View":
    """Return the plan as a table: what each row changes, and where it stands."""
    from chengguo.output import naming
    from chengguo.output.views import Column, View

    works = naming.works(done.document.registry)
    columns = (
        Column("id", _("ID")),
        Column("work", _("work")),
        Column("status", _("before → after")),
        Column("note", _("note")),
        Column("day", _("day")),
        Column("place", _("from")),
    )
    cells = tuple(
        (
            _address(each),
            works[each.change.item.address],
            _moved(each.change) if each.change.status else "",
            _told(each),
            each.change.day,
            str(each.entry.place(_first_field(each))),
        )
        for each in made.taken
    )
    return View((_("What is reported"),), columns, cells, (None,) * len(cells))


def _address(each: Taken) -> str:
    change = each.change
    part = change.milestone or change.period
    return f"{change.item.address}/{part}" if part else change.item.address


def _told(each: Taken) -> str:
    """Return what a report says beside its status, in a line."""
    report = each.report
    percent = "" if report.percent is None else f"{report.percent}%"
    columns = (f"{heading} {value}" for heading, value in report.extra)
    said = (percent, report.note, report.problem, report.next, *report.evidence, *columns)
    return _("; ").join(visible_line(" ".join(text.split())) for text in said if text)


def _first_field(each: Taken) -> str:
    return next((name for name in ("status", "note") if name in each.entry.columns), "address")


def write_json(done: Outcome, made: Collected, missing: Missing, *, written: bool) -> None:
    """Write what was taken, what is doubtful, and who is missing, as one object."""
    from chengguo.output.formats import json

    document = {
        "schema": "chengguo/collect/1",
        **record_of(done, made, written=written),
        "missing": list(missing.names),
    }
    printing.put(json.render(document, ascii_only=not printing.is_unicode()))


def record_of(done: Outcome, made: Collected, *, written: bool) -> dict[str, Any]:
    """Return the JSON object of what came of the rows for one file."""
    from chengguo.output import json_shapes

    return {
        "file": done.document.source.name,
        "written": written and bool(_writes(done)),
        "count": len(made.taken),
        "changes": [_record(each, json_shapes.progress(each.report)) for each in made.taken],
        "recorded": made.recorded,
        "doubts": [odd_record(each) for each in made.odd],
        "notes": [odd_record(each) for each in made.notes],
    }


def _record(each: Taken, report: dict[str, Any]) -> dict[str, Any]:
    status = each.change.status
    place = each.entry.place(_first_field(each))
    return {
        "id": each.change.item.address,
        "before": each.change.item.status.value,
        "after": status.value if status else each.change.item.status.value,
        "report": report,
        "source": place._asdict(),
    }


def odd_record(each: Odd) -> dict[str, Any]:
    """Return the JSON object of something that is not taken, or told."""
    return {**each.place._asdict(), "message": each.why}


def _moved(change: Change) -> str:
    """Say from which status to which an item goes."""
    from chengguo.output.cells import for_people  # only a change that is shown pays for it

    return f"{for_people(change.item.status)} → {for_people(change.status)}"
