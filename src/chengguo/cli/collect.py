"""The command that takes the forms and tables in which departments report."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from chengguo.cli import apply_change, printing, session
from chengguo.cli.apply_change import Outcome
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.options import ColorOption, FileOption, TextFormat, day_option, past
from chengguo.departments import names
from chengguo.departments.names import heirs
from chengguo.edits.editing import Change
from chengguo.errors import CannotOpen, ChengguoError, Refused
from chengguo.files import store
from chengguo.importing.returning import collecting, returned
from chengguo.importing.returning.agreeing import Days, Taken
from chengguo.importing.returning.collecting import Collected
from chengguo.importing.returning.entries import Odd, Place, Returned
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.output import counts
from chengguo.output.formats import diff
from chengguo.queries import query, reports
from chengguo.queries.query import Role
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.output.views import View

app = Commands()
_SUFFIXES = (".xlsx", ".ods", ".csv", ".tsv", ".jsonl", ".docx")
# What departments put beside a form: papers, pictures, films, slides.
_EVIDENCE = (
    *(".pdf", ".ofd", ".ppt", ".pptx", ".mp3", ".mp4", ".mov", ".avi"),
    *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"),
)
_STANDARD_INPUT = "-"


@app.command("collect", epilog=_("Example: chengguo collect 填报 --date 2019-09-28"))
def collect(
    context: Context,
    sources: Annotated[list[str], Argument(metavar="FILE|FOLDER...")],
    *,
    day: Annotated[
        date | None,
        day_option(
            _("The day of the rows that have none of their own."),
            "--date",
            otherwise=_("today"),
            read=day_gone_by,
        ),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help=_("Show what would be taken; write nothing."))] = False,
    strict: Annotated[bool, Option("--strict", help=_("Write nothing if anything is doubtful."))] = False,
    exit_code: Annotated[
        bool, Option("--exit-code", help=_("Exit with 1 where anything is doubtful."))
    ] = False,
    format: Annotated[
        TextFormat, Option("--format", help=_("How the outcome is written."))
    ] = TextFormat.TEXT,
    file: FileOption = None,
    color: ColorOption = None,
) -> None:
    """Take in what departments report: the sound rows are written in one edit, the doubtful ones are listed.

    FILE is a form that came back, an exported table with changed statuses or with 进展情况 added, a plain
    .xlsx, .ods, .csv or .tsv with a column of numbers (编号), or .jsonl; - is standard input. A FOLDER is
    all of its files, and those of the folders in it. Taken twice, nothing changes.
    """
    take(
        *(context, sources),
        day=day,
        dry_run=dry_run,
        strict=strict,
        exit_code=exit_code,
        format=format,
        file=file,
        color=color,
    )


def take(
    context: Context,
    sources: list[str],
    *,
    day: date | None,
    dry_run: bool,
    format: TextFormat,
    file: list[str] | None,
    strict: bool = False,
    exit_code: bool = False,
    color: session.Color | None = None,
) -> None:
    """Take in the reports of the sources, and say what came of it."""
    past(day)
    days = Days(date.today(), day)
    if opened := session.opened_by_name(context, file):
        from chengguo.cli import collect_several  # only several pay for it

        own = {column.heading for each in opened for column in each.document.registry.columns}
        files, unread = _read(sources, own)
        asked = collect_several.Asked(days, strict, dry_run, format, color, exit_code)
        collect_several.take(context, opened, files, unread, asked)
        return
    path = session.path_of(context, file)
    own = {column.heading for column in session.open_registry(context, file).registry.columns}
    files, unread = _read(sources, own)
    found: list[Collected] = []

    def changes_of(registry: Registry) -> list[Change]:
        made = collecting.collect(registry, files, days)
        found[:] = [made._replace(odd=(*unread, *made.odd))]
        return [] if strict and found[0].odd else [each.change for each in made.taken]

    done = apply_change.make(path, changes_of, dry_run=dry_run, force=None)
    made = found[0]
    refused = strict and bool(made.odd)
    missing = missing_of(done.edited.document.registry, made, day or days.today)
    if format is TextFormat.JSON:
        _write_json(done, made, missing, written=not (dry_run or refused))
    else:
        write_text(context, done, made, missing, color, dry_run=dry_run, refused=refused)
    if done.findings:
        from chengguo.output.findings import text  # only a finding pays for it

        sys.stderr.write(text.blocks((done.edited.source, done.findings)))
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the rows, or leave --strict out."))
    if exit_code and made.odd:
        sys.exit(1)


def _read(sources: list[str], own: set[str]) -> tuple[list[Returned], list[Odd]]:
    """Read the files; of several, one that cannot be read is told, and hides no other."""
    files: list[Returned] = []
    odd: list[Odd] = []
    paths = [path for source in sources for path in _paths(source, files, odd)]
    for path, name in paths:
        try:
            files.append(returned.read_form(_bytes(path), visible_line(name), own))
        except ChengguoError as error:
            if len(paths) == 1:
                raise
            odd.append(Odd(Place(visible_line(name), ""), str(error)))
    return files, odd


def _bytes(path: str) -> bytes:
    """Read a file, or standard input."""
    if path != _STANDARD_INPUT:
        return store.read_bytes(path, is_registry=False)
    data = sys.stdin.buffer.read(store.LARGEST + 1)
    store.refuse_large(len(data), store.LARGEST, "<stdin>", is_registry=False)
    return data


def _paths(source: str, files: list[Returned], odd: list[Odd]) -> list[tuple[str, str]]:
    """Return the files of a folder, or the file, each with its name; what a folder has besides is told.

    Evidence reports nothing, and is no doubt; of every other file nobody knows what stands in it.
    """
    if source == _STANDARD_INPUT or not os.path.isdir(source):  # noqa: PTH112 - a name too long for a file is told as it is read
        return [(source, os.path.basename(source))]  # noqa: PTH119 - as given
    found = []
    for path in _below(Path(source)):
        name = path.relative_to(source).as_posix()
        if path.suffix.lower() in _SUFFIXES and not path.is_dir():
            found.append((str(path), name))
        else:
            unread = Odd(Place(visible_line(name), ""), _("the file is none that is read here"))
            if path.suffix.lower() in _EVIDENCE and path.is_file():
                files.append(Returned(visible_line(name), (), told=(unread,)))
            else:
                odd.append(unread)
    if not found:
        message = _("{file} has no forms and no tables").format(file=source)
        raise CannotOpen(message, _("Read here: {names}.").format(names=listed(_SUFFIXES)))
    return found


def _below(folder: Path) -> Iterator[Path]:
    """Return the files of a folder and those of the folders in it, in order; what is hidden is left out.

    A folder that is a link stands for itself, for it may lead back, and so does one that may not be read.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise store.unreadable(str(folder), error) from error
    for path in paths:
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _below(path)
        else:
            yield path


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


# -- what is said --------------------------------------------------------------------------------


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


def _write_json(done: Outcome, made: Collected, missing: Missing, *, written: bool) -> None:
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
