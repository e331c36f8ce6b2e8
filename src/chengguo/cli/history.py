"""The commands that look back: what was reported, and what changed between two versions."""

import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple

from chengguo.cli import completion, session
from chengguo.cli.arranging import Arranged
from chengguo.cli.bundles import Filters, Shown
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.listings import Line, Listing, of_plans, report
from chengguo.cli.options import AsOfOption, day_option
from chengguo.errors import UnknownDepartment, WrongUsage
from chengguo.files import store
from chengguo.language import N_, _, plural
from chengguo.model import Progress, Registry
from chengguo.output import json_shapes, views
from chengguo.output.cells import Cell, for_people, reported_standing, reported_words
from chengguo.output.naming import work
from chengguo.output.views import Column
from chengguo.queries import comparing, query
from chengguo.queries.alerts import Alert
from chengguo.queries.closing import recorded
from chengguo.queries.comparing import Change, Event
from chengguo.queries.query import Role, Row
from chengguo.registry import addresses
from chengguo.registry.documents import Document
from chengguo.registry.fields import label
from chengguo.registry.item_records import PROGRESS
from chengguo.text.source import Source, decode
from chengguo.text.widths import narrowed

app = Commands()


@app.command("log", epilog=_("Example: chengguo log 4 --since 2019年6月底"))
@taking(filters=Filters, arranged=Arranged, shown=Shown)
def log(
    context: Context,
    items: Annotated[
        list[str] | None, Argument(metavar="[ID|WORD]...", autocompletion=completion.addresses)
    ] = None,
    *,
    since: Annotated[
        date | None, day_option(_("Only from this day on, it included."), read=day_gone_by)
    ] = None,
    until: Annotated[
        date | None, day_option(_("Only up to this day, it included."), read=day_gone_by)
    ] = None,
    filters: Filters,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """List what was reported, verified and sent back, the newest first: of all items, or of those at ID.

    ID is an item such as 3.2, or a task such as 3.
    Other words are searched for, as list does. --reverse lists the oldest first.
    """
    document = shown.open(context)
    registry = document.registry
    ids, words = _parted(items or ())
    wanted = [addresses.find(registry, addresses.parse(word)) for word in ids]
    chosen = {item.address for found in wanted for item in found}
    rows = filters.select(document, query.rows(registry, as_of or date.today()), words=words)
    last = min(until or date.max, as_of or date.max)
    reports = [
        (entry, row)
        for row in rows
        for entry in recorded(row.item)
        if (not chosen or row.item.address in chosen) and (since or date.min) <= entry.date <= last
    ]
    reports = sorted(reports, key=lambda report: report[0].date)[::-1]  # of one day too, the last comes first
    title = (
        *([_spanned(since, until)] if since or until else []),
        *filters.days(),
        plural("{count} report", "{count} reports", len(reports)),
    )
    plan = of_plans(registry)
    own = tuple(Column(each.heading, each.heading) for each in registry.columns if each.of != "item")
    usual = (*(column.name for column in plan), "date", "id", "work", "standing", "words")
    listing = Listing(
        "log", "reports", session.files(document), title, (*plan, *_OF_REPORTS, *own), _TOLD, usual
    )
    asked = arranged.asked(shown, lambda: listing.headings)
    of_no_plan = asked is not None and "plan" not in asked
    lines = [
        _reported(entry, row, [column.name for column in own], in_full=of_no_plan) for entry, row in reports
    ]
    shown.write(report(listing, lines, arranged, shown), context)


_WORK = Column("work", N_("work"), is_long=True)
_OF_REPORTS = (
    Column("date", N_("day")),
    Column("id", N_("ID")),
    Column("title", views.OFFICIAL["title"]),
    Column("status", N_("status")),
    Column("note", N_("note")),
    *(
        Column(name, PROGRESS[name].label, number=name == "percent")
        for name in ("milestone", "period", "percent", "problem", "next", "evidence", "by")
    ),
)
_TOLD = (_WORK, Column("standing", N_("status")), Column("words", N_("note")))


def _reported(entry: Progress, row: Row, own: Iterable[str], *, in_full: bool) -> Line:
    """Return a report as a record; ``in_full``, people and scripts read the plan in its ID."""
    of_item = {"id": row.item.number, "title": row.task.title}
    record = {**({"plan": row.item.plan} if row.item.plan else {}), **of_item, **json_shapes.progress(entry)}
    columns: dict[str, Cell] = {**dict.fromkeys(own), **dict(entry.extra), "status": entry.status}
    told = {"work": work(row, None), "standing": reported_standing(entry), "words": reported_words(entry)}
    return Line(record, {**columns, **({"id": row.item.address} if in_full else {})}, told)


def _parted(given: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Part what is an address, or ends as one, from words that are searched for."""
    ids = [word for word in given if _NUMBERED.match(narrowed(word).rpartition(":")[2])]
    return ids, tuple(word for word in given if word not in ids)


_NUMBERED = re.compile("[0-9]")


def _spanned(since: date | None, until: date | None) -> str:
    """Say which days are asked for."""
    if since and until:
        return _("from {first} to {last}, both included").format(first=since, last=until)
    return (
        _("from {day} on").format(day=since)
        if since
        else _("up to {day}, that day included").format(day=until)
    )


EVENTS = {
    Event.DONE: N_("newly done"),
    Event.OVERDUE: N_("newly overdue"),
    Event.EXTENDED: N_("extended"),
    Event.STATUS: N_("another status"),
    Event.REPORTED: N_("reported on"),
    Event.ADDED: N_("added"),
    Event.REMOVED: N_("removed"),
    Event.REASSIGNED: N_("reassigned"),
    Event.REWORDED: N_("reworded"),
    Event.REDATED: N_("another due date"),
    Event.VERIFIED: N_("verified"),
    Event.RETURNED: N_("sent back"),
    Event.ACCEPTED: N_("no day for now"),
    Event.COLUMN: N_("column of the office's own"),
    Event.REGISTER: N_("register"),
}
_OF_CHANGES = (
    Column("event", N_("what happened")),
    Column("id", N_("ID")),
    Column("title", views.OFFICIAL["title"]),
    Column("field", N_("field")),
    Column("before", N_("before")),
    Column("after", N_("after")),
)
_CHANGE = Column("change", N_("change"))
LISTED = {"log": (*_OF_REPORTS, *_TOLD), "diff": (*_OF_CHANGES, _WORK, _CHANGE)}  # for completion


class _Side(NamedTuple):
    """One of the two versions: what it is called, its registry, the day that it is looked at."""

    name: str
    document: Document
    day: date

    @property
    def registry(self) -> Registry:
        """What it holds."""
        return self.document.registry


@app.command(
    "diff", epilog=_("Example: chengguo diff HEAD~10 --since 2019-11-30 --as-of 2019-12-31 --format md")
)
@taking(filters=Filters, arranged=Arranged, shown=Shown, without=("at",))
def diff(
    context: Context,
    versions: Annotated[list[str] | None, Argument(metavar="[VERSION [VERSION]]")] = None,
    *,
    since: Annotated[
        date | None,
        day_option(
            _("The day that the earlier version is looked at."),
            otherwise=_("the day of its commit"),
            read=day_gone_by,
        ),
    ] = None,
    until: Annotated[
        date | None,
        day_option(
            _("Tell what happened in the file alone from --since up to this day, both included."),
            read=day_gone_by,
        ),
    ] = None,
    filters: Filters,
    exit_code: Annotated[bool, Option("--exit-code", help=_("Exit with 1 where there are any."))] = False,
    arranged: Arranged,
    as_of: AsOfOption = None,
    shown: Shown,
) -> None:
    """Tell what happened between two versions of the registry: newly done, newly overdue, extended and so on.

    VERSION is a commit, a branch or a tag of git, another file, or REV:PATH, a file as git has it. Without
    VERSION the last commit is compared with the file as it is now, with one that version with the file,
    with two the first with the second. A registry that was renamed since is followed. With --since and
    --until the file alone tells it, from the days of its reports and extensions: it needs no git.
    """
    given = versions or ["HEAD"]
    if len(given) > 2:  # noqa: PLR2004 - an earlier and a later version
        raise WrongUsage(_("more than two versions"), _("Give none, one or two: chengguo diff REV REV."))
    if until is not None:
        given, since, as_of = (
            [session.path_of(context, shown.file)],
            _eve(versions, since, until, as_of),
            until,
        )
    later = as_of or date.today()
    sources = [
        _source(word, lambda: session.path_of(context, shown.file), later) for word in (*given, None)[:2]
    ]
    before, after = (_side(source, day) for source, day in zip(sources, (since, later), strict=True))
    found = comparing.compare(before.registry, before.day, after.registry, after.day)
    found = _wanted(found, filters, before, after)
    title = (
        _between(before, after) if until is None else _within(after.name, before.day, until),
        *filters.days(),
        plural("{count} change", "{count} changes", len(found)),
    )
    facts = {
        "file": sources[1].file,
        "before": {"version": before.name, "as_of": before.day.isoformat()},
        "after": {"version": after.name, "as_of": after.day.isoformat()},
    }
    usual = ("event", "id", "work", "change")
    listing = Listing("diff", "changes", facts, title, _OF_CHANGES, (_WORK, _CHANGE), usual)
    shown.write(report(listing, map(_line, found), arranged, shown), context)
    if exit_code and found:
        sys.exit(1)


def _line(one: Change) -> Line:
    cells = dict(zip((column.name for column in _OF_CHANGES), one, strict=False))
    told = {"event": _(EVENTS[one.event]), "work": _work(one), "field": _(label(one.field))}
    return Line(
        {name: json_shapes.value(cell) for name, cell in cells.items()},
        cells,
        {**told, "change": change_words(one)},
        Alert.OVERDUE if one.event is Event.OVERDUE else None,
    )


def _wanted(found: tuple[Change, ...], filters: Filters, before: _Side, after: _Side) -> tuple[Change, ...]:
    """Return the changes of the items that are wanted, as they stand on the later side, or stood.

    A department counts that takes part on either side, or that the register gained or lost.
    """
    if known := _departments(filters, before, after):
        found = tuple(one for one in found if one.concerns(known, filters.role))
    further = filters._replace(dept=None, mine=False, role=Role.ANY.value)
    if further._asdict() == Filters._field_defaults:
        return found
    rows = {one.row.address: one.row for one in found if one.row}
    chosen = {row.address for row in further.select(after.document, tuple(rows.values()))}
    return tuple(one for one in found if one.address in chosen)


def _departments(filters: Filters, *sides: _Side) -> set[str]:
    """Return the registered names of ``--dept`` on either side; one of the two must know them."""
    known: set[str] = set()
    unknown: list[UnknownDepartment] = []
    for side in sides:
        try:
            known |= {*filters.departments(side.document)}
        except UnknownDepartment as error:
            unknown.append(error)
    if len(unknown) == len(sides):
        raise unknown[-1]
    return known


class _Source(NamedTuple):
    """What a word names: the path of the file, its text, and the day that it is looked at."""

    file: str
    source: Source
    day: date | None


def _source(word: str | None, path: Callable[[], str], later: date) -> _Source:
    """Read the version that a word names, or without one the file at ``path`` as it is.

    A file has no day of its own: it is looked at on the ``later`` one.
    """
    from chengguo.files import git  # only a look back pays for it

    here = store.here()
    if word is None or word == store.STANDARD_INPUT or _is_there(word):
        if word and word != store.STANDARD_INPUT and git.is_commit(here, word):
            message = _("'{word}' is a file, and git has a commit of that name").format(word=word)
            raise WrongUsage(
                message, _("Write ./{word} for the file, {word}~0 for the commit.").format(word=word)
            )
        name = word or path()
        return _Source(name, store.read_source(name), later)
    revision, colon, inside = word.partition(":")
    if revision and colon and not git.is_commit(here, word):
        data, _former, day = git.named(revision, inside, here)
        return _Source(inside, decode(data, word), day)
    name = path()
    return _Source(name, *session.version(name, word))


def _is_there(word: str) -> bool:
    """True if there is a file of that name; none is too long, too odd or too empty to ask."""
    try:
        return bool(word) and Path(word).exists()
    except OSError:
        return False


def _side(given: _Source, day: date | None) -> _Side:
    """Read one version's registry; a day that is not given is that of the commit."""
    day = day or given.day
    if day is None:
        message = _("the day of the commit of {version} is in no calendar").format(version=given.source.name)
        raise WrongUsage(message, _("Give the day that it is looked at: --since DATE."))
    return _Side(given.source.name, session.registry_of(given.source), day)


def _between(before: _Side, after: _Side) -> str:
    return _("{before} (as of {before_day}) → {after} (as of {after_day})").format(
        before=before.name, before_day=before.day, after=after.name, after_day=after.day
    )


def _within(name: str, eve: date, last: date) -> str:
    said = _("{file}: from {first} to {last}, both included")
    return said.format(file=name, first=eve + timedelta(days=1), last=last)


def _eve(versions: list[str] | None, since: date | None, until: date, as_of: date | None) -> date:
    """Return the day before the span that is asked for; raises ``WrongUsage`` where it is none."""
    if versions or as_of is not None:
        other = _("a VERSION") if versions else "--as-of"
        raise WrongUsage(_("--until does not go with {other}").format(other=other), _("Give one of the two."))
    if since is None:
        raise WrongUsage(_("--until goes with --since"), _("Give both."))
    if since > until or since == date.min:
        raise WrongUsage(
            _("--since {since} is after --until {until}").format(since=since, until=until),
            _("Give the first day and the last."),
        )
    return since - timedelta(days=1)


def _work(one: Change) -> str | None:
    """Return what names the work: its title, or its content where several items share that title."""
    return work(one.row, None) if one.row else one.title


def change_words(one: Change) -> str:
    """Say what is different."""
    if one.event is Event.REPORTED:
        return for_people(one.after)
    if one.event is Event.OVERDUE and one.row:
        known = (("due", one.row.due), ("lead", one.row.item.lead))
        return _("; ").join(f"{_(label(name))}: {for_people(cell)}" for name, cell in known)
    none = _("nothing")
    words = f"{_(label(one.field))}: {for_people(one.before) or none} → {for_people(one.after) or none}"
    return _("; ").join(filter(None, (words, _said(one))))


def _said(one: Change) -> str:
    """Return the words of the report that changed a status, with its day."""
    last = one.row.progress[-1] if one.field == "status" and one.row and one.row.progress else None
    return for_people(f"{last.date} {last.note}") if last and last.note else ""
