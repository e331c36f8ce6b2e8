"""What stands in the cells of a view, and its text.

Renderers turn cells into text with ``for_people`` (for people: translated, unseen characters spelt out) or
``for_scripts`` (for scripts: stable words, ISO dates).
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from chengguo.language import N_, _, listed, plural
from chengguo.model import WHOLE, Extension, Light, Progress
from chengguo.model.status import Status
from chengguo.output import counts
from chengguo.queries.alerts import Alert, Notice
from chengguo.queries.closing import Closing
from chengguo.queries.parts import Part
from chengguo.registry.fields import labels
from chengguo.registry.item_records import PROGRESS
from chengguo.text.visible import visible


class StatusCell(NamedTuple):
    """A cell: how an item stands, its status and what supervision has to say about it.

    ``missed`` are its milestones that are late, ``lapsed`` such periods; ``closing`` is how far its
    verification has come.
    """

    status: Status
    alert: Alert | None
    days_left: int | None
    days_silent: int | None
    missed: tuple[str, ...] = ()
    closing: Closing | None = None
    lapsed: tuple[str, ...] = ()


class ProgressCell(NamedTuple):
    """A cell: so many of so many, drawn as a bar where the medium can."""

    part: int
    whole: int


_KIND_WORDS = {
    "deadline": N_("deadline"),
    "window": N_("from a day to a day"),
    "start": N_("from a day on"),
    "ongoing": N_("ongoing"),
    "recurring": N_("recurring"),
    "relative": N_("a length of time"),
    "immediate": N_("at once"),
    "event": N_("an event"),
    "stages": N_("milestones"),
    "state": N_("a status"),
    "ditto": N_("as above"),
    "unknown": N_("no day"),
    "none": N_("no schedule"),
}


class Kind(str):
    """A cell: how a schedule is read, the names of its kinds with + between, which people get in words."""

    __slots__ = ()


Cell = None | bool | int | str | date | tuple[Any, ...] | Mapping[str, Any]


_NAMED = 3  # missed parts that a cell names


def for_people(cell: Cell) -> str:
    """Return a cell as people read it, in their language."""
    if type(cell) is str:  # most cells are
        return visible(cell)
    match cell:
        case None | bool():
            text = _("yes") if cell else ""
        case Status() | Alert():
            text = _(cell.word)
        case Kind():
            text = " + ".join(_(_KIND_WORDS[kind]) for kind in cell.split("+"))
        case StatusCell():
            closing = [_(cell.closing.word)] if cell.closing else []
            text = "\n".join([for_people(cell.status), *closing, *_alert_words(cell)])
        case ProgressCell():
            text = f"{100 * cell.part // cell.whole}%" if cell.whole else ""
        case Light():
            text = visible(f"{cell.shape} {cell.name}")
        case tuple():
            text = _spoken_parts(cell)
        case Mapping():
            words = labels(name for name, part in cell.items() if part)
            parts = ((_(word), for_people(cell[name])) for name, word in words.items())
            text = _("; ").join(f"{name} {part}" for name, part in parts)
        case _:
            text = visible(str(cell))
    return text


def in_short(standing: StatusCell) -> str:
    """Return how an item stands on one line; that nothing was begun is said only where nothing else is."""
    closing = [_(standing.closing.word)] if standing.closing else []
    words = [*closing, *_alert_words(standing)]
    status = [] if words and standing.status is Status.PENDING else [for_people(standing.status)]
    return _("; ").join([*status, *words])


def _spoken_parts(cell: tuple[Any, ...]) -> str:
    """Return the entries of a cell, a line each; names on one line."""
    words: dict[type, Callable[[Any], str]] = {
        Progress: _report,
        Extension: _extension,
        Part: _part,
        Notice: _notice,
    }
    kind = type(cell[0]) if cell else str
    return "\n".join(map(words[kind], cell)) if kind in words else "、".join(map(visible, cell))


def _extension(extension: Extension) -> str:
    wording, due = visible(extension.to.wording), str(extension.to.due or "?")
    said = (
        _("{date}: extended to {wording}") if wording == due else _("{date}: extended to {wording} ({due})")
    )
    day = said.format(date=extension.date, wording=wording, due=due)
    if extension.milestone:
        day = _("milestone {number}, {extension}").format(number=extension.milestone, extension=day)
    approved = extension.approved_by and _("approved by {name}").format(name=visible(extension.approved_by))
    return _("; ").join(part for part in (day, visible(extension.reason), approved) if part)


def _part(part: Part) -> str:
    """Say how a part stands, in a line."""
    day = part.due.isoformat() if part.due else _("no day")
    done = _("done on {day}").format(day=part.done_on) if part.done_on else for_people(part.status)
    return " ".join(
        filter(None, (part.part, day, visible(part.wording), done, *days_in_words(part.days_left)))
    )


def _notice(notice: Notice) -> str:
    """Say an alert and the part that it is about, in a line."""
    return " ".join(filter(None, (for_people(notice.kind), notice.part)))


def _missed(said: Callable[[int], str], names: tuple[str, ...]) -> list[str]:
    """Say which parts are late, the first few by name; ``said`` says how many."""
    named = listed((*names[:_NAMED], "…" if len(names) > _NAMED else ""))
    return [_("{what} ({names})").format(what=said(len(names)), names=named)] if names else []


def _alert_words(standing: StatusCell) -> list[str]:
    _status, alert, days_left, days_silent, missed, _closing, lapsed = standing
    words = _missed(counts.overdue_milestones, missed) + _missed(counts.overdue_periods, lapsed)
    if alert is Alert.UNREPORTED:
        words.append(_("never reported") if days_silent is None else _("not reported in this period"))
    if alert is Alert.DONE_LATE and standing.status.is_closed:
        words.append(for_people(alert))
    if alert is Alert.STALE and days_silent is not None:
        words.append(plural("no report for {count} day", "no report for {count} days", days_silent))
    return words + days_in_words(days_left)


def days_in_words(days_left: int | None) -> list[str]:
    """Say how many days are left, or gone by since the due date; nothing where none count."""
    if days_left is None:
        return []
    if days_left < 0:
        return [plural("{count} day overdue", "{count} days overdue", -days_left)]
    return [plural("{count} day left", "{count} days left", days_left) if days_left else _("due today")]


def _report(entry: Progress) -> str:
    words = (entry.date.isoformat(), reported_standing(entry), visible(entry.note or ""))
    return _("; ").join((" ".join(word for word in words if word), *_details(entry)))


def reported_standing(entry: Progress) -> str:
    """Say what a report says of how the work stands: the part that it is about, its status, its percent."""
    name = _("for good") if entry.period == WHOLE else _part_of(entry)
    part = f"[{name}]" if name else ""
    percent = "" if entry.percent is None else f"{entry.percent}%"
    return " ".join(word for word in (part, for_people(entry.status), percent) if word)


def reported_words(entry: Progress) -> str:
    """Say what a report says in words: its note, the problem, what comes next, what proves it, by whom."""
    return _("; ").join(word for word in (visible(entry.note or ""), *_details(entry)) if word)


def _details(entry: Progress) -> list[str]:
    said = ((_(PROGRESS[name].label), getattr(entry, name)) for name in ("problem", "next", "evidence", "by"))
    return [f"{name} {for_people(each)}" for name, each in (*said, *entry.extra) if each]


def _part_of(entry: Progress | Extension) -> str:
    """Return the name of the part that an entry is about; nothing for the whole."""
    period = entry.period if isinstance(entry, Progress) else None
    return str(entry.milestone or period or "")


def for_scripts(cell: Cell) -> str:
    """Return a cell as scripts read it: stable words, ISO dates, names joined with the official 、."""
    match cell:
        case None:
            text = ""
        case bool():
            text = str(cell).lower()
        case StatusCell():
            text = cell.status.value
        case ProgressCell():
            text = f"{cell.part}/{cell.whole}"
        case Light():
            text = visible(cell.name)
        case tuple():
            text = "、".join(map(_plain_part, cell))
        case Mapping():
            text = " ".join(for_scripts(part) for part in cell.values() if part)
        case _:
            text = visible(str(cell))
    return text


def _plain_part(part: Any) -> str:
    if isinstance(part, Progress):
        percent = "" if part.percent is None else f"{part.percent}%"
        more = (part.problem, part.next, *part.evidence, part.by)
        columns = (f"{visible(heading)} {for_scripts(each)}" for heading, each in part.extra)
        said = (
            *(part.date.isoformat(), _part_of(part), part.status, percent),
            *(visible(each or "") for each in (part.note, *more)),
        )
        return " ".join(word for word in (*said, *columns) if word)
    if isinstance(part, Part):
        due = part.due.isoformat() if part.due else ""
        return " ".join(filter(None, (part.part, due, part.status.value)))
    if isinstance(part, Notice):
        return " ".join(filter(None, (part.kind.value, part.part)))
    if isinstance(part, Extension):
        day = f"{part.date.isoformat()} → {part.to.due or part.to.wording}"
        words = (day, _part_of(part), part.reason, part.approved_by)
        return " ".join(visible(word) for word in words if word)
    return visible(str(part))
