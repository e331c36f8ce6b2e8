"""The command that makes a registry of a table."""

import sys
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from chengguo.cli import history, printing, session
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.import_summary import STANDARD_OUTPUT, explanation, summary
from chengguo.cli.options import TextFormat, day_option, past
from chengguo.errors import Refused, WrongUsage
from chengguo.files import saving, store
from chengguo.importing import choosing, columns, formats, making, renumbered, revising
from chengguo.importing.headings import Said
from chengguo.importing.making import Made
from chengguo.importing.revising import Pairs
from chengguo.importing.rows import Row
from chengguo.language import _, listed, plural
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.output.formats import diff
from chengguo.output.waiting import waiting
from chengguo.queries import comparing
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.text.source import Source
from chengguo.text.visible import visible_line

app = Commands()
_FIRST_YEAR, _LAST_YEAR = 1980, 2099


class Table(NamedTuple):
    """Which table of a file is read, and how."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("How the table is read")

    title: Annotated[
        str | None,
        Option(metavar="TEXT", help=_("The title of the plan, where the file has no heading.")),
    ] = None
    year: Annotated[
        int | None,
        Option(
            metavar="YEAR",
            min=_FIRST_YEAR,
            max=_LAST_YEAR,
            help=_("The year of the plan, where its title names none: 6月底前 is read by it."),
        ),
    ] = None
    issued: Annotated[
        Any | None, day_option(_("The day of issue, where the file does not say it."), read=day_gone_by)
    ] = None
    mapped: Annotated[
        list[str] | None,
        Option(
            "--map",
            metavar="NAME=FIELD",
            help=_("What a column holds: number, section, title, content, lead, support or schedule."),
        ),
    ] = None
    dropped: Annotated[
        list[str] | None,
        Option(
            "--drop",
            metavar="NAME",
            help=_("A column to leave out; the others that are not known are kept as the office's own."),
        ),
    ] = None
    table: Annotated[
        str | None,
        Option(metavar="N|TITLE", help=_("Which of several tables: number, or words of its title.")),
    ] = None
    sheet: Annotated[
        str | None,
        Option(metavar="NAME|N", help=_("Which sheet of a workbook, hidden or not: name or number.")),
    ] = None

    def asked(self) -> making.Asked:
        """Return how it is read; raises ``WrongUsage`` for a --map that says no field."""
        said = Said(self.title, self.year, self.issued)
        return making.Asked(columns.words(self.mapped or []), said, self.dropped or [])


class Revision(NamedTuple):
    """The registry that a table revises, and how."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("A revised table")

    into: Annotated[
        str | None,
        Option(
            metavar="REGISTRY",
            help=_(
                "The registry that the table revises: it is brought in there, and nothing reported is lost."
            ),
        ),
    ] = None
    same: Annotated[
        list[str] | None,
        Option(
            "--map-item",
            metavar="OLD=NEW",
            help=_("With --into: which item of the registry is which of the table; 3.4= is gone."),
        ),
    ] = None
    day: Annotated[
        Any | None,
        day_option(
            _("With --into: the day on which what the table no longer has was cancelled."),
            "--date",
            otherwise=_("today"),
            read=day_gone_by,
        ),
    ] = None
    dry_run: Annotated[
        bool, Option("--dry-run", help=_("With --into: show what would change; write nothing."))
    ] = False


@app.command("import", epilog=_("Example: chengguo import annex.txt -o tasks.yaml"))
@taking(table=Table, revision=Revision)
def import_table(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE")],
    *,
    output: Annotated[
        str,
        Option("-o", "--output", metavar="FILE", help=_("The registry to write; - is standard output.")),
    ] = store.DEFAULT_NAME,
    table: Table,
    explained: Annotated[
        bool,
        Option("--explain", help=_("Show what each row is taken for, and why; nothing is written.")),
    ] = False,
    strict: Annotated[bool, Option("--strict", help=_("Write nothing if any cell is doubtful."))] = False,
    force: Annotated[bool, Option("--force", help=_("Replace the file if there is one."))] = False,
    discard: Annotated[
        bool,
        Option(
            "--discard-existing",
            help=_("Replace the registry even where items, reports or extensions are lost."),
        ),
    ] = False,
    revision: Revision,
    format: Annotated[
        TextFormat,
        Option("--format", metavar="FORMAT", help=_("How the summary is written: text or json.")),
    ] = TextFormat.TEXT,
) -> None:
    """Make a registry of a table: .xlsx, .ods, .docx, .md, .html, .csv, .tsv or .txt, in any encoding.

    FILE has the table, with its columns named in a first row, or numbered paragraphs that end in a
    bracket such as （牵头单位：甲局；完成时限：2019年底）. The wording is taken as printed; each cell
    that was filled, left out or could not be read is listed with its place.
    """
    _refuse_odd_use(format, output, revision)
    asked = table.asked()
    rows, in_workbook = _rows(file, table.sheet, table.table, asked.known)
    if explained:
        found, refusal = making.explained(rows, asked, file)
        explanation(file, found, context.obj.color, chosen=format)
        if refusal:
            raise refusal
        return
    with waiting(_("reading {count} rows of {file}").format(count=len(rows), file=visible_line(file))):
        made = making.make(rows, asked, file, output)
    refused = strict and bool(made.doubts)
    changes: list[str] = []
    if revision.into is not None:
        output = revision.into
        changes = [] if refused else _revise(output, made, revision)
    elif not refused:
        _save(output, made.document, force=force or discard, discard=discard)
    is_written = not refused and not revision.dry_run
    text = summary(file, output, made, in_workbook=in_workbook, chosen=format, written=is_written)
    if format is TextFormat.TEXT:
        text += "".join(f"{line}\n" for line in changes)
    if output == STANDARD_OUTPUT:
        sys.stderr.write(text)
    else:
        printing.put(text)
    if refused:
        raise Refused(_("nothing was written, for --strict"), _("Mend the table, or leave --strict out."))


def _refuse_odd_use(format: TextFormat, output: str, revision: Revision) -> None:
    if revision.into is None and revision != Revision():
        given = "--dry-run" if revision.dry_run else "--date" if revision.day else "--map-item"
        raise WrongUsage(
            _("{option} goes with --into").format(option=given), _("Name the registry: --into tasks.yaml.")
        )
    if revision.into is not None and output not in {store.DEFAULT_NAME, revision.into}:
        raise WrongUsage(
            _("-o does not go with --into"),
            _("The registry that the table revises is the one that is written."),
        )
    if output == STANDARD_OUTPUT and format is TextFormat.JSON:
        raise WrongUsage(_("--format json does not go with -o -"), _("Name a file with -o."))


def _rows(
    file: str, sheet: str | None, table: str | None, known: Mapping[str, str]
) -> tuple[tuple[Row, ...], bool]:
    """Read the rows of a file, of one sheet or table where one is chosen; tell whether it is a workbook."""
    formats.check(file)
    with waiting(_("reading {file}").format(file=visible_line(file))):
        data = store.read_bytes(file, is_registry=False)
        rows = formats.read_rows(data, file, sheet)
    chosen = rows if table is None else choosing.choose(rows, table, known, file)
    return chosen, formats.is_workbook(data)


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


def _revise(path: str, made: Made, revision: Revision) -> list[str]:
    """Bring a revised table into the registry, and return what has changed, a line each."""
    today, day, table = date.today(), past(revision.day), made.document.registry

    def plan(source: Source) -> tuple[Source, tuple[Document, Document, Pairs]]:
        document = session.registry_of(source)
        same = revising.mapped(revision.same or [], document.registry, table)
        pairs = revising.pair(document.registry, table, same)
        _refuse_earlier(document.registry, pairs.gone, day)
        revised = revising.revise(document, table, pairs, day)
        return revised.source, (document, revised, pairs)

    before, after, pairs = plan(store.read_source(path))[1] if revision.dry_run else session.edit(path, plan)
    found = comparing.compare(before.registry, today, after.registry, today)
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
    lines += renumbered.renumbered(before.registry, table, pairs, made.printed)
    lines += revising.stale(before, after)
    if any(one.after is Status.CANCELLED for one in found) and revision.day is None:
        lines.append(_("cancelled as of {day}, today; --date names another day").format(day=day))
    name = visible_line(path)
    if revision.dry_run:
        lines += diff.render(before.source, after.source).splitlines()
        lines.append(_("Dry run: {file} was not written.").format(file=name))
    count = plural("{count} change", "{count} changes", len(found))
    return [*map(visible_line, lines), _("{changes} in {file}").format(changes=count, file=name)]


def _refuse_earlier(registry: Registry, gone: Collection[str], day: date) -> None:
    """Refuse a day before the last report of an item that is gone: it would stay as it was reported then."""
    for item in registry.items:
        if item.address in gone and not item.status.is_closed and item.progress:
            last = item.progress[-1].date
            if last > day:
                message = _("{item} is gone from the table, and was reported on {last}, later than {day}")
                message = message.format(item=item.address, last=last, day=day)
                raise Refused(message, _("Name that day or a later one with --date."))


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
