"""The command that makes a registry of a table."""

import sys
from datetime import date
from itertools import takewhile
from typing import Annotated, Any

import typer

from chengguo.checks.rules import check
from chengguo.cli import history, printing, session
from chengguo.cli.import_summary import STANDARD_OUTPUT, explanation, place_of, summary
from chengguo.cli.options import TextFormat, day_option
from chengguo.errors import Refused, WrongUsage
from chengguo.files import saving, store
from chengguo.importing import (
    appendix,
    choosing,
    columns,
    drafting,
    explaining,
    exported,
    formats,
    own,
    parting,
    revising,
    writing,
)
from chengguo.importing.drafts import Doubt
from chengguo.importing.explaining import Explained
from chengguo.importing.headings import Said
from chengguo.importing.rows import Row
from chengguo.language import N_, _, listed, plural
from chengguo.model import Registry
from chengguo.output.formats import diff
from chengguo.output.waiting import waiting
from chengguo.queries import comparing
from chengguo.registry.reading import Document, read_registry
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source
from chengguo.text.visible import visible_line

app = typer.Typer()
_FIRST_YEAR, _LAST_YEAR = 1980, 2099


@app.command("import", epilog=_("Example: chengguo import annex.txt -o tasks.yaml"))
def import_table(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE", help=_("The registry to write; - is standard output.")
        ),
    ] = store.DEFAULT_NAME,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=_("The title of the plan, where the file has no heading.")),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=_FIRST_YEAR,
            max=_LAST_YEAR,
            help=_("The year of the plan, where its title names none: 6月底前 is read by it."),
        ),
    ] = None,
    issued: Annotated[Any | None, day_option(_("The day of issue, where the file does not say it."))] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="NAME=FIELD",
            help=_("What a column holds: number, section, title, content, lead, support or schedule."),
        ),
    ] = None,
    dropped: Annotated[
        list[str] | None,
        typer.Option(
            "--drop",
            metavar="NAME",
            help=_("A column to leave out; the others that are not known are kept as the office's own."),
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(metavar="N|TITLE", help=_("Which of several tables: number, or words of its title.")),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME|N", help=_("Which sheet of a workbook, hidden or not: name or number.")),
    ] = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help=_("Show what each row is taken for, and why; nothing is written.")),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Write nothing if any cell is doubtful."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if there is one."))] = False,
    discard: Annotated[
        bool,
        typer.Option(
            "--discard-existing",
            help=_("Replace the registry even where items, reports or extensions are lost."),
        ),
    ] = False,
    into: Annotated[
        str | None,
        typer.Option(
            metavar="REGISTRY",
            help=_(
                "The registry that the table revises: it is brought in there, and nothing reported is lost."
            ),
        ),
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--map-item",
            metavar="OLD=NEW",
            help=_("With --into: which item of the registry is which of the table; 3.4= is gone."),
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("With --into: show what would change; write nothing."))
    ] = False,
    format: Annotated[
        TextFormat,
        typer.Option("--format", metavar="FORMAT", help=_("How the summary is written: text or json.")),
    ] = TextFormat.TEXT,
) -> None:
    """Make a registry of a table: .xlsx, .docx, .md, .html, .csv, .tsv or .txt, in whatever encoding.

    FILE has the table, with its columns named in a first row, or numbered paragraphs that end in a
    bracket such as （牵头单位：甲局；完成时限：2019年底）. The wording is taken as printed; each cell
    that was filled, left out or could not be read is listed with its place.
    """
    _refuse_odd_use(format, output, into, is_revision=bool(same) or dry_run)
    known, said = columns.words(mapped or []), Said(title, year, issued)
    rows, in_workbook = _rows(file, sheet, table, known)
    if explained:
        found, refusal = _explained(rows, known, said, file, dropped or [])
        explanation(file, found, context.obj.color, chosen=format)
        if refusal:
            raise refusal
        return
    with waiting(_("reading {count} rows of {file}").format(count=len(rows), file=visible_line(file))):
        made, doubts, notes = _made(rows, known, said, file, output, dropped or [])
    refused = strict and bool(doubts)
    changes: list[str] = []
    if into is not None:
        output = into
        changes = [] if refused else _revise(into, made.registry, same or [], dry_run=dry_run)
    elif not refused:
        _save(output, made, force=force or discard, discard=discard)
    is_written = not refused and not (into and dry_run)
    places = [place_of(file, each, in_workbook=in_workbook) for each in doubts]
    text = summary(file, output, made.registry, doubts, places, notes, chosen=format, written=is_written)
    if into and format is TextFormat.TEXT:
        text += "".join(f"{line}\n" for line in changes)
    if output == STANDARD_OUTPUT:
        sys.stderr.write(text)
    else:
        printing.put(text)
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the table, or leave --strict out."))


def _refuse_odd_use(format: TextFormat, output: str, into: str | None, *, is_revision: bool) -> None:
    if into is None and is_revision:
        raise WrongUsage(
            _("--map-item and --dry-run go with --into"), _("Name the registry: --into tasks.yaml.")
        )
    if output == STANDARD_OUTPUT and format is TextFormat.JSON:
        raise WrongUsage(_("--format json does not go with -o -"), _("Name a file with -o."))


def _rows(
    file: str, sheet: str | None, table: str | None, known: dict[str, str]
) -> tuple[tuple[Row, ...], bool]:
    """Read the rows of a file, of one sheet or table where one is chosen; tell whether it is a workbook."""
    formats.check(file)
    with waiting(_("reading {file}").format(file=visible_line(file))):
        data = store.read_bytes(file, is_registry=False)
        rows = formats.read_rows(data, file, sheet)
    chosen = rows if table is None else choosing.choose(rows, table, known, file)
    return chosen, formats.is_workbook(data)


def _explained(
    rows: tuple[Row, ...], known: dict[str, str], said: Said, file: str, dropped: list[str]
) -> tuple[list[Explained], Refused | None]:
    """Return what each row is taken for, and why no table is found where that is so."""
    if given := parting.read_export(row.cells for row in rows):
        return explaining.explain_export(rows, exported.places(given)), None
    try:
        made = drafting.draft(rows, known, said, file, dropped)
    except Refused as refused:
        return explaining.explain(rows, known, None), refused
    return explaining.explain(rows, known, made), None


def _made(
    rows: tuple[Row, ...],
    known: dict[str, str],
    said: Said,
    file: str,
    output: str,
    dropped: list[str],
) -> tuple[Document, list[Doubt], list[str]]:
    """Make the registry: what chengguo exported is read back whole, another table is drafted."""
    given = parting.read_export(row.cells for row in rows)
    restored = exported.restore(given, dropped) if given else None
    made = read_registry(Source(output, restored.text)) if restored else None
    errors = _errors(made.registry) if made else []
    if given and restored and made and not errors:
        made = check(made)
        told = (*restored.doubts, *exported.ignored(given, made.registry))
        doubts = [Doubt(rows[at].line, column, why, rows[at].table) for at, column, why in told]
        doubts.extend(drafting.remarks(rows))
        notes = [*own.notes(restored.kept, dropped), *drafting.remarks_of_file(rows)]
        return made, [*_changed(given, rows), *doubts, *_unsound(given, made.registry, rows)], notes
    # Of an export whose rows cannot be told apart, only the official table can be trusted.
    official = takewhile(lambda row: not (given and appendix.begins(row.cells)), rows)
    draft = drafting.draft(official, known, said, file, dropped)
    lost = [Doubt(rows[0].line, 1, _lost(given, errors), rows[0].table)] if given else []
    return (
        writing.write(draft, output),
        [*lost, *draft.doubts],
        [*draft.notes, *own.notes(draft.columns, dropped), *drafting.remarks_of_file(rows)],
    )


def _errors(registry: Registry) -> list[Finding]:
    return [finding for finding in registry.findings if finding.severity is Severity.ERROR]


def _unsound(given: parting.Read, registry: Registry, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say what ``validate`` will call an error of what is written."""
    places = exported.places(given)
    found = [(rows[places.get(each.address or "", 0)], each.message) for each in _errors(registry)]
    return [Doubt(row.line, 1, message, row.table) for row, message in found]


_NOT_TAKEN = {
    "status": N_("the status '{text}' is not taken; record it: chengguo update {address}"),
    "report": N_("the report '{text}' is not taken; record it: chengguo update {address}"),
}


def _changed(given: parting.Read, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say what somebody wrote over statuses and last reports: a report has a day, which is not there."""
    addresses = {place: address for address, place in exported.places(given).items()}
    return [
        Doubt(
            rows[each.row].line,
            each.column,
            _(_NOT_TAKEN[each.name]).format(text=visible_line(each.text), address=each.address),
            rows[each.row].table,
        )
        for each in parting.changed(given, addresses)
    ]


def _lost(given: parting.Read, errors: list[Finding]) -> str:
    """Say what an export that was changed beyond recognition loses, and what was changed."""
    if errors:
        why = _(
            "the tables behind the official one were changed ({reason}): statuses, reports, extensions "
            "and full names are left out"
        )
        return why.format(reason=errors[0].message)
    if not given.has_official:
        why = _(
            "columns of the official table were changed: statuses, reports, extensions and full names are "
            "left out; to keep them, name its first columns: {names}"
        )
        return why.format(names="、".join(appendix.MAIN))
    return _(
        "rows of a task were added or taken out, so that nobody can tell which is which: statuses, reports, "
        "extensions and full names are left out; give new work a task number of its own"
    )


def _save(output: str, made: Document, *, force: bool, discard: bool) -> None:
    """Write the file; an older one is replaced only by ``force``, and none that has more in it."""
    source = made.source
    if output == STANDARD_OUTPUT:
        printing.put_registry(source.text)
        return

    def plan(old: Source) -> tuple[Source, None]:
        if not discard:
            _refuse_losses(output, read_registry(old).registry, made.registry)
        return source, None

    try:
        saving.create(output, source.encode())
    except FileExistsError as error:
        if not force:
            raise Refused(
                _("{file} exists").format(file=output), _("Name another with -o, or use --force.")
            ) from error
        session.edit(output, plan)


def _revise(path: str, table: Registry, same: list[str], *, dry_run: bool) -> list[str]:
    """Bring a revised table into the registry, and return what has changed, a line each."""
    day = date.today()

    def plan(source: Source) -> tuple[Source, tuple[Document, Document]]:
        document = session.registry_of(source)
        pairs = revising.pair(document.registry, table, revising.mapped(same, document.registry, table))
        revised = revising.revise(document, table, pairs, day)
        return revised.source, (document, revised)

    before, after = plan(store.read_source(path))[1] if dry_run else session.edit(path, plan)
    found = comparing.compare(before.registry, day, after.registry, day)
    was, now = before.registry.plan.years, after.registry.plan.years
    lines = [
        " ".join(
            filter(None, (_(history.EVENTS[one.event]), one.address or one.title, history.change_words(one)))
        )
        for one in found
    ]
    if was != now:
        lines.insert(0, _("years of the plan: {before} → {after}").format(before=was, after=now))
    declared = {column.heading for column in before.registry.columns}
    if left := [column.heading for column in table.columns if column.heading not in declared]:
        why = _("columns that the registry does not declare, left out: {names}")
        lines.insert(0, why.format(names=listed(left)))
    name = visible_line(path)
    if dry_run:
        lines += diff.render(before.source, after.source).splitlines()
        lines.append(_("Dry run: {file} was not written.").format(file=name))
    count = plural("{count} change", "{count} changes", len(found))
    return [*map(visible_line, lines), _("{changes} in {file}").format(changes=count, file=name)]


def _refuse_losses(output: str, old: Registry, new: Registry) -> None:
    """Refuse to replace a registry by one that lacks items of it, or what was reported of them."""
    lost = revising.losses(old, new)
    if lost:
        what = _("{file} would lose {what}").format(file=visible_line(output), what=listed(lost))
        hint = _(
            "Take reports in with: chengguo collect FILE; a revised table with: chengguo import FILE --into"
            " {file}; --discard-existing replaces it all the same."
        )
        raise Refused(what, hint.format(file=visible_line(output)))
