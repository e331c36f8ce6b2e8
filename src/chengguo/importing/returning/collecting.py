"""Rows that came back to the changes that they ask for: what is not certain is left, and said.

A row is taken whole or not at all. A report that the registry has already asks for nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from chengguo.departments import names
from chengguo.edits.editing import Change
from chengguo.edits.naming import Named, about
from chengguo.errors import ChengguoError
from chengguo.importing.returning import judging, matching, prefilled
from chengguo.importing.returning.agreeing import (
    Days,
    Taken,
    agreeing,
    counted_in,
    late_for,
    made_on,
    overtaken_by,
    recorded,
    round_begins,
    round_of_form,
    speaking_for_all,
)
from chengguo.importing.returning.completion import with_completion
from chengguo.importing.returning.day_cells import day_of, days_of_years
from chengguo.importing.returning.entries import About, Entry, Odd, Place, Returned, Unclear
from chengguo.importing.returning.forms import PART, title_of
from chengguo.importing.returning.judging import Judged
from chengguo.importing.returning.matching import Matcher, bare
from chengguo.language import _, listed
from chengguo.model import Column, Extra, Figure, Item, Progress, Registry
from chengguo.model.status import Status, reported_status
from chengguo.registry import addresses, figures

_TEXTS = ("note", "problem", "next")
_FIELDS = (*_TEXTS, "status", "date", "percent", "evidence", "by", "milestone", "period", "extra")
_SHARE = re.compile(
    r"(?:进行中|推进中|正在推进)?[(（，,]?"
    r"(?:已|约|总体)?(?:完成|进度)?(?:率|比例|约|为|达)?([0-9]{1,3})[%％][)）]?"  # noqa: RUF001 - as typed
)
_NOTHING = frozenset({"无", "暂无", "没有", "/", "-", "--", "—", "——", "n/a", "none", "nil"})
# Kinds of schedules and alerts, which people report as a status.
_MEANT = {
    **dict.fromkeys(("持续推进", "常态化推进", "长期推进", "持续开展", "常态化开展"), Status.IN_PROGRESS),
    **dict.fromkeys(("逾期完成", "超期完成", "延期完成"), Status.DONE),
}
_BETWEEN = re.compile(r"[;；、\n]")


class Collected(NamedTuple):
    """What came of files: reports to be taken, what is odd and left, what is said of the taken.

    ``recorded`` counts the rows that the registry has already, ``forms`` are those that came back filled in.
    """

    taken: tuple[Taken, ...]
    odd: tuple[Odd, ...]
    notes: tuple[Odd, ...]
    recorded: int
    forms: tuple[About, ...]


def collect(registry: Registry, files: Iterable[Returned], days: Days, plan: str = "") -> Collected:
    """Return what the files ask for; nothing is written.

    ``plan`` is what the plan is called where there are several.
    """
    files, days = tuple(files), days._replace(since=round_begins(registry.plan, days.of_rows))
    odd = [each for file in files for each in file.odd]
    notes: list[Odd] = []
    found: list[Taken] = []
    reader = _Reader(registry, days, notes, plan)
    for file in files:
        if why := _left_whole(file, files, registry):
            (notes if file.is_blank else odd).append(Odd(Place(file.file, ""), why))
            continue
        notes += file.told
        if file.form and file.is_blank:
            notes.append(Odd(Place(file.file, ""), _("nothing was filled in")))
        elif file.form and (round_ := counted_in(registry.plan, file.form, days.of_rows)):
            why = _("the form is of {period}; what it reports without a day counts for {round}")
            notes.append(Odd(Place(file.file, ""), why.format(period=file.form.period, round=round_)))
        for entry in file.entries:
            try:
                change = reader.change(entry)
            except Unclear as unclear:
                odd.append(Odd(entry.place(unclear.field), unclear.why))
                continue
            if change:
                found.append(Taken(change, entry))
    agreed, differing = agreeing(found, notes)
    taken, unsaid = speaking_for_all(agreed, reader.names, plan)
    notes += late_for(taken, registry)
    left = {each.place for each in (*differing, *unsaid)}
    notes = [each for each in notes if each.place not in left]
    came_back = (file for file in files if not (file.is_blank or _left_whole(file, files, registry)))
    forms = tuple(file.form for file in came_back if file.form)
    return Collected(tuple(taken), (*odd, *differing, *unsaid), tuple(notes), reader.recorded, forms)


def _left_whole(file: Returned, files: Iterable[Returned], registry: Registry) -> str | None:
    """Say why nothing of a form is taken: it is of another registry, or older than those beside it."""
    form = file.form
    if form is None:
        return None
    if form.plan != title_of(registry.plan):
        return _("the form was made of another registry: '{title}'").format(title=form.plan)
    newest = max((each.form for each in files if each.form and each.form.made), key=made_on, default=form)
    is_older = made_on(form) < made_on(newest) if form.made else form.period < newest.period
    if form.period != newest.period and is_older:
        why = _("the form is of {period}, made on {made}; forms of {newer} came back too; its rows are left")
        return why.format(period=form.period, made=form.made or "…", newer=newest.period)
    return None


class _Reader:
    """Reads entries against one registry."""

    def __init__(self, registry: Registry, days: Days, notes: list[Odd], plan: str) -> None:
        self.registry = registry
        self.days = days
        self.plan = plan
        self.notes = notes
        self.matcher = Matcher(registry)
        self.names = self.matcher.names
        self.columns = {column.heading: column for column in registry.columns if column.of == "report"}
        self.told: set[tuple[str, str]] = set()  # columns that were told not to be taken
        self.recorded = 0  # rows that the registry has already

    def change(self, entry: Entry) -> Change | None:
        """Return what an entry asks for; None where it says nothing that is new. Raises ``Unclear``."""
        if entry.changed:
            why = _("{item}: what is locked was changed: {names}").format(
                item=entry.address, names=listed(entry.changed)
            )
            raise Unclear(entry.changed[0], why)
        if not entry.prefilled and not entry.cells.keys() - {"by", "period", "milestone"}:
            return None
        item, named = self.item(entry)
        entry = self.with_news(entry, item)
        if not entry.cells:
            return None
        entry = self.without_nothing(entry)
        entry = with_completion(entry, item, self.registry.plan.context)
        self.refuse_foreign(entry, item)
        status, percent = self.status(entry, item)
        day = self.day(entry, item)
        details = dict(self.details(entry))
        said = {key for key in details if key != "by"}
        note = entry.cells.get("note")
        if status is None and note is None and percent is None and not said:
            if "date" not in entry.cells:
                return None  # all it has stands in columns that are told not to be taken
            raise Unclear("date", _("{item}: a day, and nothing is said of it").format(item=item.address))
        try:
            part = about(self.registry.plan, item, named, status, day)
        except ChengguoError as error:
            raise Unclear("address", str(error)) from error
        change = Change(
            *(item, day, status, note, (), None, part.milestone, part.period, percent),
            details=tuple(details.items()),
        )
        if known := recorded(change, entry, self.days):
            self.recorded_on(entry, change, known)
            return None
        self.refuse_doubtful(entry, change, named)
        if part.told:
            self.note(entry, "status", part.told)
        return change

    def with_news(self, entry: Entry, item: Item) -> Entry:
        """Return an entry with what was written over what an export had filled in.

        Raises ``Unclear`` where what is locked was changed too; of a row that reports nothing it is told.
        """
        changed = self.matcher.changed(item, entry)
        if entry.prefilled:
            cells = prefilled.with_news(entry, item, self.registry, self.days.of_rows)
            entry = entry._replace(cells=cells, prefilled={})
        if changed and entry.cells:
            raise Unclear(*changed)
        if changed:
            self.note(entry, *changed)
        return entry

    def recorded_on(self, entry: Entry, change: Change, known: Progress) -> None:
        """Count a row that is recorded; one of no form, without a day, may be a new report all the same."""
        item = change.item.address
        if not (entry.form or "date" in entry.cells):
            if later := overtaken_by(change, known):
                why = _(
                    "{item}: the same was reported on {day}, and {status} since, on {later}; "
                    "if it is so again, write its day under 填报日期"
                )
                status = _(later.status.word) if later.status else ""
                why = why.format(item=item, day=known.date, status=status, later=later.date)
                raise Unclear("status", why)
            if self.days.since and known.date < self.days.since:
                why = _(
                    "{item}: the same was recorded on {day}, and is not again; "
                    "if it is reported anew, write its day under 填报日期"
                )
                self.note(entry, "status", why.format(item=item, day=known.date))
        self.recorded += 1

    def note(self, entry: Entry, field: str, why: str) -> None:
        """Say something of a row that is taken."""
        self.notes.append(Odd(entry.place(field), why))

    def item(self, entry: Entry) -> tuple[Item, Named]:
        """Return the item that an entry is about, and the part of it."""
        if not entry.address:
            return item_by_work(self.registry, entry), Named()
        address, _sign, part = entry.address.partition(PART)
        try:
            found = addresses.find(self.registry, addresses.parse(address))
        except ChengguoError as error:
            raise Unclear("address", str(error)) from error
        if len(found) > 1:
            known = listed(each.address for each in found)
            why = _("task {task} has {count} items: {items}")
            raise Unclear("address", why.format(task=address, count=len(found), items=known))
        if why_not := self.matcher.doubt(found[0], entry):
            raise Unclear(*why_not)
        number, period = entry.cells.get("milestone", ""), entry.cells.get("period")
        if part.isdecimal() and len(part) < len("2019"):
            number = part
        elif part:
            period = part
        return found[0], Named(int(number) if number.isdecimal() else None, period)

    def without_nothing(self, entry: Entry) -> Entry:
        """Return an entry without the cells that only say that there is nothing: 无, /; which is told."""
        empty = [field for field in (*_TEXTS, "evidence") if _says_nothing(entry.cells.get(field, ""))]
        if empty and (entry.file, "") not in self.told:
            self.told.add((entry.file, ""))
            why = _("'{text}' and the like report nothing, and are not taken")
            self.note(entry, empty[0], why.format(text=entry.cells[empty[0]]))
        return entry._replace(cells={key: text for key, text in entry.cells.items() if key not in empty})

    def refuse_foreign(self, entry: Entry, item: Item) -> None:
        """Refuse an item that the department that reports neither leads nor supports, and one not known."""
        by = entry.form.department if entry.form else entry.cells.get("by", "")
        field = "address" if entry.form else "by"
        try:
            meant = names.reporters(by, self.names)
        except ChengguoError as error:
            raise Unclear(field, f"{error} ({error.hint})" if error.hint else str(error)) from error
        if meant and not {*item.lead, *item.support} & {*meant}:
            why = _("{item} is not an item of {department}").format(item=item.address, department=by)
            raise Unclear(field, why)

    def refuse_doubtful(self, entry: Entry, change: Change, named: Named) -> None:
        """Refuse what an office sees first: what is stale, what undoes something, a day that cannot be."""
        is_named = (named.milestone, named.period) != (None, None)
        judged = Judged(change, self.registry.plan, self.days.today, is_named, self.plan)
        self.refuse_stale(entry, judged)
        if doubt := judging.doubt(judged):
            raise Unclear(*doubt)

    def refuse_stale(self, entry: Entry, judged: Judged) -> None:
        """Refuse what stands in a form that was made before a later report of its department.

        A row with a day of its own behind that report was written after it.
        """
        change = judged.change
        form = entry.form
        if form is None or form.made is None:
            return
        later = [
            each
            for each in change.item.progress
            if each.by == form.department
            and each.date > form.made
            and (each.milestone, each.period) == (change.milestone, change.period)
        ]
        if later and not ("date" in entry.cells and change.day > later[-1].date):
            why = _(
                "{item}: the form was made on {made}, and {department} reported on {day} since; "
                "if this corrects that, write a later day under 完成日期, or record it: {command}"
            )
            command = f"{judging.command(judged)} --by {form.department}"
            about = {"made": form.made, "department": form.department, "day": later[-1].date}
            raise Unclear("status", why.format(item=change.item.address, **about, command=command))

    def status(self, entry: Entry, item: Item) -> tuple[Status | None, int | None]:
        """Return the status and how much is done; 完成80% is in progress, and said."""
        text = entry.status
        percent = self.percent(entry)
        status, doubt = reported_status("".join(text.split())) or reported_status(text) or (None, None)
        if status and doubt:
            why = _("{item}: '{text}' is no status; it may be {status}: {doubt}")
            why = why.format(item=item.address, text=text, status=_(status.word), doubt=_(doubt))
            raise Unclear("status", why)
        if not text or status:
            return status, percent
        if meant := _MEANT.get(text):
            why = _("{item}: '{text}' is taken for {status}")
            self.note(entry, "status", why.format(item=item.address, text=text, status=_(meant.word)))
            return meant, percent
        share = _SHARE.fullmatch("".join(text.split()))
        if share is None or int(share[1]) >= 100 or (percent not in {None, int(share[1])}):  # noqa: PLR2004
            why = _("{item}: '{text}' is no status; write {statuses}")
            words = listed(each.chinese for each in Status)
            raise Unclear("status", why.format(item=item.address, text=text, statuses=words))
        why = _("{item}: '{text}' is taken for in progress, {percent}%")
        self.note(entry, "status", why.format(item=item.address, text=text, percent=int(share[1])))
        return Status.IN_PROGRESS, int(share[1])

    def percent(self, entry: Entry) -> int | None:
        """Return how much is done, in per cent."""
        text = entry.cells.get("percent", "")
        share = figures.share(text.replace("％", "%")) if text else None  # noqa: RUF001 - as typed
        if not text:
            return None
        if share is None or share != int(share) or not 0 <= share <= 100:  # noqa: PLR2004 - per cent
            raise Unclear("percent", _("'{text}' is no whole number from 0 to 100").format(text=text))
        return int(share)

    def day(self, entry: Entry, item: Item) -> date:
        """Return the day of a report: its own, else the one that was named, else today."""
        text = entry.cells.get("date", "")
        if not text:
            return self.days.of_rows
        day = day_of(text) or self.day_without_year(text, entry, item)
        if day is None:
            why = _("{item}: '{text}' is no day; write 2019-06-30")
            raise Unclear("date", why.format(item=item.address, text=text))
        if day > self.days.today:
            why = _("{item}: the day {day} is still to come").format(item=item.address, day=day)
            raise Unclear("date", why)
        return day

    def day_without_year(self, text: str, entry: Entry, item: Item) -> date | None:
        """Return the only day that a text can be, in the plan or in its round; None for no day of a year."""
        first, last = self.registry.plan.first_day or self.days.since or date.min, self.days.of_rows
        asked = round_of_form(self.registry.plan, entry.form, last) if entry.form else None
        found = days_of_years(text, first, last)
        if found is None:
            return None
        if len(found) > 1:
            since, until = (asked.first, asked.last) if asked else (self.days.since or first, last)
            found = days_of_years(text, since, until) or found
        if len(found) != 1:
            why = _("{item}: '{text}' is no day: the year is missing; write {day}")
            example = found[-1] if found else "2019-06-30"
            raise Unclear("date", why.format(item=item.address, text=text, day=example))
        why = _("{item}: '{text}' is taken for {day}")
        self.note(entry, "date", why.format(item=item.address, text=text, day=found[0]))
        return found[0]

    def details(self, entry: Entry) -> Iterator[tuple[str, Any]]:
        """Return what else a report says, by the names of its fields."""
        cells = entry.cells
        yield from ((name, cells[name]) for name in ("problem", "next") if name in cells)
        if "evidence" in cells:
            text = cells["evidence"]
            parts = text.split("\n") if "\n" in text else _BETWEEN.split(text)
            yield "evidence", tuple(part.strip() for part in parts if part.strip())
        by = entry.form.department if entry.form else cells.get("by", "")
        if by:
            yield "by", names.find(by, self.names) or by
        if extra := self.own_columns(entry):
            yield "extra", extra

    def own_columns(self, entry: Entry) -> Extra:
        """Return what stands in the office's own columns; a column that is not known is told once."""
        cells = {key: text for key, text in entry.cells.items() if key not in _FIELDS}
        if "extra" in entry.cells:
            cells |= {key: prefilled.joined(value) for key, value in json.loads(entry.cells["extra"]).items()}
        found: dict[str, str | tuple[str, ...]] = {}
        for heading, text in cells.items():
            column = self.columns.get(heading)
            if column:
                found[heading] = self.value(column, text)
            elif (entry.file, heading) not in self.told:
                self.told.add((entry.file, heading))
                why = _("the column '{name}' is none of a report, and is not taken")
                self.notes.append(Odd(entry.place(heading), why.format(name=heading)))
        return tuple((heading, found[heading]) for heading in self.columns if heading in found)

    def value(self, column: Column, text: str) -> str | tuple[str, ...]:
        """Return what a cell of a column means."""
        day = day_of(text) if column.kind == "date" else None
        text = day.isoformat() if day else text
        if not figures.is_figure(column.kind, text):
            why = _("'{text}' cannot stand in the column '{name}'").format(text=text, name=column.heading)
            raise Unclear(column.heading, why)
        if not column.is_list:
            return text if column.kind == "text" else Figure(text)
        parts = tuple(part.strip() for part in re.split("[、,，;；\n]", text) if part.strip())
        if column.kind == "persons":
            return parts
        unknown = [part for part in parts if names.find(part, self.names) is None]
        if unknown:
            raise Unclear(column.heading, _("no department '{name}' in the register").format(name=unknown[0]))
        return tuple(names.resolve(part, self.names) for part in parts)


def item_by_work(registry: Registry, entry: Entry) -> Item:
    """Return the one item whose work and lead departments are those of the row; raises ``Unclear``."""
    item = matching.item_by_work(registry, entry)
    if item is None:
        why = _(
            "the row has no number, and no item is surely meant by its work and department; "
            "write it under 编号"
        )
        raise Unclear("address", why)
    return item


def _says_nothing(text: str) -> bool:
    return bare(text).strip("。.").lower() in _NOTHING
