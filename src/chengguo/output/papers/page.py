"""Rows to a Page: what leaders are told of a plan as of a day, without a medium.

Each number is counted by what ``stats``, ``list``, ``due``, ``overdue`` and ``depts`` count with.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chengguo.language import in_chinese
from chengguo.model import Light, Registry
from chengguo.model.office_notes import is_of_office
from chengguo.model.status import Status
from chengguo.output.gaps import gaps, note
from chengguo.output.papers import words
from chengguo.output.papers.entries import Entry, Listing, entries, listing
from chengguo.output.papers.lines import CANCELLED, DONE, Curve, Strip, curve, light_of, strip
from chengguo.queries import comparing, query, silence, summary
from chengguo.queries.closing import Closing
from chengguo.queries.comparing import Change, Event
from chengguo.queries.lights import DEFAULT
from chengguo.queries.query import Role, Row
from chengguo.queries.reports import Round, Rounds, rounds_up_to
from chengguo.queries.summary import Count, Fulfilment, Group, Timing
from chengguo.registry import conditions
from chengguo.registry.documents import Document
from chengguo.text.visible import visible_line

_TIMINGS = {
    Timing.DATED: "有期限",
    Timing.RECURRING: "周期性工作",
    Timing.UNDATED: "未定时限",
    Timing.ONGOING: "持续推进",
}
MOST = 10  # rows of a list on a page; text has all of them


class Span(NamedTuple):
    """The days that a page tells of, both inclusive, and what its period is called, if it has a name."""

    first: date
    last: date
    name: str = ""


class Tally(NamedTuple):
    """A light, or how an item was closed, and how many items have it."""

    light: Light
    total: int


class Bar(NamedTuple):
    """Items of one kind, such as with days or standing (持续推进), by their lights, closed ones first."""

    name: str
    total: int
    tallies: tuple[Tally, ...]

    def of(self, light: str) -> int:
        """Return how many have the light of that name."""
        return sum(tally.total for tally in self.tallies if tally.light.name == light)


class Office(NamedTuple):
    """A department that leads items; ``due_soon`` counts items and parts of them."""

    name: str
    lead: int
    done: int
    fulfilment: Fulfilment
    due_soon: int
    overdue: int
    missed: int
    unreported: int
    late: Count


class Meaning(NamedTuple):
    """A light, and in words when an item has it."""

    shape: str
    name: str
    meaning: str


class Changes(NamedTuple):
    """What changed in the span: each list in full, the reports by their number alone.

    ``cancelled`` is what was ended, not done (终止).
    """

    done: tuple[Entry, ...]
    overdue: tuple[Entry, ...]
    extended: tuple[Entry, ...]
    returned: tuple[Entry, ...]
    cancelled: tuple[Entry, ...]
    reports: int

    @property
    def lists(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Each list with what it is called."""
        names = ("新完成", "新逾期", "延期", "退回", "终止")
        found = (self.done, self.overdue, self.extended, self.returned, self.cancelled)
        return tuple(zip(names, found, strict=True))


class Silence(NamedTuple):
    """Who has not reported: the period, where the plan has a rhythm, and items by department."""

    period: str
    entries: tuple[Entry, ...]
    departments: tuple[tuple[str, int], ...]


class Page(NamedTuple):
    """What the paper says; ``office`` signs it.

    ``within`` is how many days ahead it looks; ``figures`` counts as stats does. ``late`` and ``ahead`` tell
    items from milestones and periods; ``undated`` are the open items for which a day is still to be agreed.
    ``unread`` says what it is without, for it cannot be read. ``limit`` is how many entries a list of text
    has, None for all. Of the ``blocked`` items ``blocked_late`` are overdue too.
    """

    title: str
    office: str
    day: date
    span: Span
    within: int
    figures: Group
    fulfilment: Fulfilment
    due_soon: int
    bars: tuple[Bar, ...]
    troubled: Listing
    coming: Listing
    reports_due: tuple[Round, ...]
    offices: tuple[Office, ...]
    changes: Changes
    silence: Silence
    curve: Curve | None
    strip: Strip | None
    lights: tuple[Meaning, ...]
    file: str
    digest: str
    late: Count
    ahead: Count
    blocked: int
    undated: tuple[Entry, ...]
    unread: str = ""
    limit: int | None = None
    unverified: tuple[Entry, ...] = ()
    blocked_late: int = 0

    @property
    def troubled_in_words(self) -> str:
        """What is late and what is blocked, counted."""
        overlap = f"，其中逾期{self.blocked_late}项" if self.blocked_late else ""
        blocked = f"受阻{self.blocked}项{overlap}" if self.blocked else ""
        return "、".join(filter(None, (words.late(self.late), blocked))) or "0项"

    def beyond(self, among: Sequence[object]) -> int:
        """Return how many of a list text leaves out."""
        return max(len(among) - self.limit, 0) if self.limit else 0

    @property
    def closing_in_words(self) -> str:
        """How much of what is done is verified (销号), and what waits for it; "" where reports close."""
        waiting = len(self.unverified)
        if not (waiting or self.figures.verified):
            return ""
        numbers = "、".join(each.number for each in self.unverified[:MOST]) + ("等" if waiting > MOST else "")
        which = f"（{numbers}）" if waiting else ""
        done = f"已完成{self.figures.done}项中，已销号{self.figures.verified}项"
        return f"{done}，待核验{waiting}项{which}。"

    @property
    def ranked(self) -> tuple[Office, ...]:
        """The departments that have a row of their own."""
        return self.offices[:MOST]

    @property
    def others(self) -> tuple[Office, ...]:
        """The departments that are left for one row."""
        return self.offices[MOST:]


def page(document: Document, day: date, span: Span, asked: Rounds, limit: int | None = None) -> Page:
    """Return the page of a registry as of ``day``; ``asked`` are the rounds of reports that are meant.

    Its lists have so many entries, without a ``limit`` as many as there is room for.
    """
    registry = document.registry
    plans = registry.by_plan.values()
    rows = query.rows(registry, day)
    silent = silence.unreported(registry, rows, day, asked)
    late = query.late(rows, registry)
    within = registry.alerts.due_soon
    horizon = _later(day, within)
    ahead = query.coming(rows, day, horizon, registry)
    lights = _lights(plans)
    blocked = [row for row in rows if row.status is Status.BLOCKED]
    late_items = {row.item.address for row in late if row.part is None}
    only_blocked = [row for row in blocked if row.item.address not in late_items]
    return Page(
        title=visible_line(registry.plan.title or registry.plan.table or "重点任务"),
        office="",
        day=day,
        span=span,
        within=within,
        figures=summary.group("", "", rows),
        fulfilment=summary.fulfilment(rows, day),
        due_soon=len(ahead),
        bars=tuple(_bars(rows, lights)),
        troubled=listing((*late, *only_blocked), limit or MOST),
        coming=listing(ahead, limit or MOST),
        reports_due=_reports_due(plans, day, horizon),
        offices=_offices(registry, rows, silent, ahead, day),
        changes=_changes(registry, span, rows),
        silence=_silence(registry, silent, asked),
        curve=curve(registry.by_plan, rows, day),
        strip=strip(rows, day),
        lights=tuple(_meaning(light, plans) for light in lights),
        file=_files(document),
        digest=_digest(document),
        late=summary.late(rows),
        ahead=summary.about(ahead),
        blocked=len(blocked),
        blocked_late=len(blocked) - len(only_blocked),
        undated=entries(row for row in rows if _lacks_day(row)),
        unread=note(gaps(document), in_chinese),
        limit=limit,
        unverified=entries(row for row in rows if row.closing is Closing.UNVERIFIED),
    )


def _lacks_day(row: Row) -> bool:
    return not row.status.is_closed and summary.timing(row) is Timing.UNDATED


def _files(document: Document) -> str:
    """Return what its file is called, or the first of those of several plans."""
    names = [each.source.name.replace("\\", "/").rpartition("/")[2] for each in document.among or (document,)]
    more = f"等{len(names)}个文件" if len(names) > _FILES else ""
    return visible_line("、".join(names[:_FILES]) + more)


_FILES = 3  # that a page names


def _digest(document: Document) -> str:
    found = hashlib.sha256()
    for each in document.among or (document,):
        found.update(each.source.encode())
    return found.hexdigest()[:8]


def _reports_due(plans: Iterable[Registry], day: date, horizon: date) -> tuple[Round, ...]:
    """Return the rounds of reports that end from a day to another, each once."""
    found = {each for registry in plans for each in rounds_up_to(registry.plan, horizon)}
    return tuple(sorted((each for each in found if day <= each.last <= horizon), key=lambda each: each.last))


def _lights(plans: Iterable[Registry]) -> tuple[Light, ...]:
    """Return the lights of all plans, the first of each name."""
    found: dict[str, Light] = {}
    for registry in plans:
        for light in registry.lights or DEFAULT:
            found.setdefault(light.name, light)
    return tuple(found.values())


def _meaning(light: Light, plans: Iterable[Registry]) -> Meaning:
    """Say when an item has a light; plans may differ in it."""
    meant = {
        each.when for registry in plans for each in registry.lights or DEFAULT if each.name == light.name
    }
    words = "、".join(map(conditions.in_chinese, light.when)) or "其余"
    words = words if len(meant) == 1 else "按各方案的规定"
    return Meaning(visible_line(light.shape), visible_line(light.name), words)


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days) if (date.max - day).days > days else date.max


def _bars(rows: Iterable[Row], lights: tuple[Light, ...]) -> Iterable[Bar]:
    kinds: dict[Timing, list[Row]] = {kind: [] for kind in Timing}
    for row in rows:
        kinds[summary.timing(row)].append(row)
    for kind, among in kinds.items():
        if among:
            name = _TIMINGS[kind]
            counts = Counter(_of_name(light_of(row), lights) for row in among)
            order = (DONE, CANCELLED, *lights)
            yield Bar(name, len(among), tuple(Tally(each, counts[each]) for each in order if counts[each]))


def _of_name(light: Light | None, lights: tuple[Light, ...]) -> Light | None:
    """Return the light of that name, in which plans may differ; how an item was closed is none of them."""
    if light is None or light in (DONE, CANCELLED):
        return light
    return next(each for each in lights if each.name == light.name)


def _offices(
    registry: Registry, rows: tuple[Row, ...], silent: Iterable[Row], ahead: Sequence[Row], day: date
) -> tuple[Office, ...]:
    """Return the departments that lead anything, the worst first, equal ones in the order of the file."""
    counted = {group.key: group for group in summary.groups(registry, rows, "dept", Role.LEAD)}
    found = []
    for load in summary.workloads(registry, rows, silent):
        name = load.department.name
        if not load.lead:
            continue
        led = [row for row in rows if name in row.item.lead]
        found.append(
            Office(
                visible_line(name),
                load.lead,
                counted[name].done,
                summary.fulfilment(led, day),
                sum(name in row.item.lead for row in ahead),
                load.overdue,
                load.missed,
                len(load.unreported),
                summary.late(led),
            )
        )
    return tuple(sorted(found, key=_badness))


def _badness(office: Office) -> tuple[int, ...]:
    left = office.fulfilment.expected - office.fulfilment.done
    return (-office.overdue, -office.missed, -office.unreported, -left, -office.due_soon, -office.lead)


def _changes(registry: Registry, span: Span, rows: tuple[Row, ...]) -> Changes:
    """Return what changed from the day before the span up to its end."""
    before = span.first - timedelta(days=1) if span.first > date.min else span.first
    by_address = {row.item.address: row for row in rows}
    found = comparing.compare(registry, before, registry, span.last)

    def of(event: Event, is_meant: Callable[[Change], bool] = lambda _change: True) -> tuple[Entry, ...]:
        chosen = [each for each in found if each.event is event and is_meant(each)]
        return entries(by_address[each.address] for each in chosen if each.address)

    return Changes(
        of(Event.DONE),
        of(Event.OVERDUE),
        of(Event.EXTENDED),
        of(Event.STATUS, _is_returned),
        of(Event.STATUS, lambda change: change.after is Status.CANCELLED),
        sum(
            span.first <= entry.date <= span.last and not is_of_office(entry)
            for row in rows
            for entry in row.progress
        ),
    )


def _is_returned(happening: Change) -> bool:
    """True if work that had been done is open again (退回)."""
    return happening.before is Status.DONE and not happening.after.is_closed


def _silence(registry: Registry, silent: Sequence[Row], asked: Rounds) -> Silence:
    periods = {among.name if among and among.is_due else "" for among in asked.values()}
    names = Counter(name for row in silent for name in {*row.item.lead} - row.heard)
    known = [(entry.name, names[entry.name]) for entry in registry.departments if names[entry.name]]
    worst = sorted(known, key=lambda pair: -pair[1])
    return Silence(periods.pop() if len(periods) == 1 else "", entries(silent), tuple(worst))
