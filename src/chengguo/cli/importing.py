"""The command that makes a registry of a table."""

import sys
from datetime import date
from itertools import takewhile
from typing import Annotated, Any

import typer

from chengguo.checks.rules import check
from chengguo.cli import history, session
from chengguo.cli.days import day
from chengguo.cli.options import TextFormat
from chengguo.errors import Refused, WrongUsage
from chengguo.files import saving, store
from chengguo.importing import appendix, columns, drafting, exported, formats, own, revising, writing
from chengguo.importing.drafts import Doubt
from chengguo.importing.headings import Said
from chengguo.importing.rows import Row
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.output.formats import diff
from chengguo.queries import comparing
from chengguo.registry.reading import Document, read_registry
from chengguo.text.findings import Finding, Severity
from chengguo.text.source import Source
from chengguo.text.visible import visible_line

app = typer.Typer()
STANDARD_OUTPUT = "-"
_FIRST_YEAR, _LAST_YEAR = 1980, 2099
_LONGEST = 300  # characters of a doubt on the screen


@app.command("import", epilog=_("Example: chengguo import annex.txt -o tasks.yaml"))
def import_table(
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
    issued: Annotated[
        Any | None,
        typer.Option(parser=day, metavar="DATE", help=_("The day of issue, where the file does not say it.")),
    ] = None,
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
    if into is None and (same or dry_run):
        raise WrongUsage(
            _("--map-item and --dry-run go with --into"), _("Name the registry: --into tasks.yaml.")
        )
    if output == STANDARD_OUTPUT and format is TextFormat.JSON:
        raise WrongUsage(_("--format json does not go with -o -"), _("Name a file with -o."))
    formats.check(file)
    rows = formats.read_rows(store.read_bytes(file, is_registry=False), file)
    said = Said(title, year, issued)
    made, doubts, notes = _made(rows, columns.words(mapped or []), said, file, output, dropped or [])
    refused = strict and bool(doubts)
    changes: list[str] = []
    if into is not None:
        output = into
        changes = [] if refused else _revise(into, made.registry, same or [], dry_run=dry_run)
    elif not refused:
        _save(output, made, force=force or discard, discard=discard)
    is_written = not refused and not (into and dry_run)
    text = _summary(file, output, made.registry, doubts, notes, chosen=format, written=is_written)
    if into and format is TextFormat.TEXT:
        text += "".join(f"{line}\n" for line in changes)
    if output == STANDARD_OUTPUT:
        sys.stderr.write(text)
    else:
        session.put(text)
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the table, or leave --strict out."))


def _made(
    rows: tuple[Row, ...],
    known: dict[str, str],
    said: Said,
    file: str,
    output: str,
    dropped: list[str],
) -> tuple[Document, list[Doubt], list[str]]:
    """Make the registry: what chengguo exported is read back whole, another table is drafted."""
    given = appendix.read_appendix(row.cells for row in rows)
    restored = exported.restore(given, dropped) if given else None
    made = read_registry(Source(output, restored.text)) if restored else None
    errors = _errors(made.registry) if made else []
    if given and restored and made and not errors:
        made = check(made)
        told = (*restored.doubts, *exported.ignored(given, made.registry, [row.cells for row in rows]))
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


def _unsound(given: appendix.Read, registry: Registry, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say what ``validate`` will call an error of what is written."""
    places = exported.places(given)
    found = [(rows[places.get(each.address or "", 0)], each.message) for each in _errors(registry)]
    return [Doubt(row.line, 1, message, row.table) for row, message in found]


def _changed(given: appendix.Read | None, rows: tuple[Row, ...]) -> list[Doubt]:
    """Say which statuses somebody wrote into an exported table: a report has a day, which is not there."""
    why = _("the status '{word}' is not taken; record it: chengguo update {address}")
    return [
        Doubt(
            rows[row].line,
            len(appendix.MAIN) + 1,
            why.format(word=visible_line(word), address=address),
            rows[row].table,
        )
        for row, address, word in (given.changed if given else ())
    ]


def _lost(given: appendix.Read, errors: list[Finding]) -> str:
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
        session.put_registry(source.text)
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
        " ".join(filter(None, (_(history.EVENTS[one.event]), one.address, history.change_words(one))))
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


def _shortened(why: str) -> str:
    """Leave out the middle of a long doubt, which is the words of a cell; JSON has all of it."""
    why = visible_line(why)
    return why if len(why) <= _LONGEST else f"{why[: _LONGEST * 2 // 3]}…{why[-_LONGEST // 3 :]}"


def _summary(
    file: str,
    output: str,
    registry: Registry,
    doubts: list[Doubt],
    notes: list[str],
    *,
    chosen: TextFormat,
    written: bool,
) -> str:
    """Say what was read, and each doubt on a line of its own."""
    schedules = [item.schedule for item in registry.items]
    dated, ongoing = (
        sum(each.due is not None for each in schedules),
        sum(each.is_ongoing for each in schedules),
    )
    if chosen is TextFormat.JSON:
        from chengguo.output.formats import json

        document = {
            "schema": "chengguo/import/1",
            "file": file,
            "output": output,
            "written": written,
            "tasks": len(registry.tasks),
            "items": len(registry.items),
            "departments": len(registry.departments),
            "dated": dated,
            "ongoing": ongoing,
            "doubts": [doubt._asdict() for doubt in doubts],
            "notes": notes,
        }
        return json.render(document, ascii_only=not session.is_unicode())
    lines = [f"{visible_line(file)}: {_shortened(note)}" for note in notes]
    lines += [
        f"{visible_line(file)}{f'[{table}]' if table else ''}:{line}:{column}: {_shortened(why)}"
        for line, column, why, table in doubts
    ]
    if doubts and written and output != STANDARD_OUTPUT:
        hint = _("Hold each against the table, mend {file}, and run: chengguo validate {file}")
        lines.append("  " + _("hint: {hint}").format(hint=hint.format(file=visible_line(output))))
    count = len(registry.items)
    lines.append(
        plural("{count} item read", "{count} items read", count)
        + _(
            ": {tasks} tasks, {departments} departments, {dated} dated, {ongoing} ongoing, {doubts} doubts"
        ).format(
            tasks=len(registry.tasks),
            departments=len(registry.departments),
            dated=dated,
            ongoing=ongoing,
            doubts=len(doubts),
        )
    )
    return "\n".join(lines) + "\n"
