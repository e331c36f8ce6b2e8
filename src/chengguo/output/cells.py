"""What stands in the cells of a view, and its text.

Renderers turn cells into text with ``spoken`` (for people: translated, unseen characters spelt out) or
``plain`` (for scripts: stable words, ISO dates).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from chengguo.language import N_, _, plural
from chengguo.model import Extension, Progress, Status
from chengguo.queries.query import Alert
from chengguo.registry.fields import PROGRESS, label
from chengguo.text.visible import visible


class Standing(NamedTuple):
    """A cell: how an item stands, its status and what supervision has to say about it."""

    status: Status
    alert: Alert | None
    days_left: int | None
    days_silent: int | None


class Share(NamedTuple):
    """A cell: so many of so many, drawn as a bar where the medium can."""

    part: int
    whole: int


Cell = None | bool | int | str | date | tuple[Any, ...] | Mapping[str, Any]


_ALERTS = {
    Alert.OVERDUE: N_("overdue"),
    Alert.DUE_SOON: N_("due soon"),
    Alert.DONE_LATE: N_("done late"),
    Alert.STALE: N_("not reported on"),
}


def spoken(cell: Cell) -> str:
    """Give a cell as people read it, in their language."""
    match cell:
        case None | bool():
            text = _("yes") if cell else ""
        case Status():
            text = _(cell.word)
        case Alert():
            text = _(_ALERTS[cell])
        case Standing():
            text = "\n".join([spoken(cell.status), *_alert_words(cell)])
        case Share():
            text = f"{100 * cell.part // cell.whole}%" if cell.whole else ""
        case (Progress(), *_rest):
            text = "\n".join(map(_report, cell))
        case (Extension(), *_rest):
            text = "\n".join(map(_extension, cell))
        case tuple():
            text = "、".join(map(visible, cell))
        case Mapping():
            parts = ((_(label(name)), spoken(part)) for name, part in cell.items() if part)
            text = _("; ").join(f"{name} {part}" for name, part in parts)
        case _:
            text = visible(str(cell))
    return text


def _extension(extension: Extension) -> str:
    day = _("{date}: extended to {wording} ({due})").format(
        date=extension.date, wording=visible(extension.to.wording), due=extension.to.due or "?"
    )
    approved = extension.approved_by and _("approved by {name}").format(name=visible(extension.approved_by))
    return _("; ").join(part for part in (day, visible(extension.reason), approved) if part)


def _alert_words(standing: Standing) -> list[str]:
    _status, alert, days_left, days_silent = standing
    words = []
    if alert is Alert.DONE_LATE:
        words.append(spoken(alert))
    if alert is Alert.STALE and days_silent is not None:
        words.append(plural("no report for {count} day", "no report for {count} days", days_silent))
    if alert is Alert.OVERDUE and days_left is not None:
        words.append(plural("{count} day overdue", "{count} days overdue", -days_left))
    elif days_left == 0:
        words.append(_("due today"))
    elif days_left is not None:
        words.append(plural("{count} day left", "{count} days left", days_left))
    return words


def _report(entry: Progress) -> str:
    percent = "" if entry.percent is None else f"{entry.percent}%"
    words = [entry.date.isoformat(), spoken(entry.status), percent, visible(entry.note or "")]
    line = " ".join(word for word in words if word)
    said = ((_(PROGRESS[name].label), getattr(entry, name)) for name in ("problem", "next", "evidence", "by"))
    more = (f"{name} {spoken(each)}" for name, each in (*said, *entry.extra) if each)
    return _("; ").join((line, *more))


def plain(cell: Cell) -> str:
    """Give a cell as scripts read it: stable words, ISO dates, names joined with the official 、."""
    match cell:
        case None:
            text = ""
        case bool():
            text = str(cell).lower()
        case Standing():
            text = cell.status.value
        case Share():
            text = f"{cell.part}/{cell.whole}"
        case tuple():
            text = "、".join(map(_plain_part, cell))
        case Mapping():
            text = " ".join(plain(part) for part in cell.values() if part)
        case _:
            text = visible(str(cell))
    return text


def _plain_part(part: Any) -> str:
    if isinstance(part, Progress):
        percent = "" if part.percent is None else f"{part.percent}%"
        more = (part.problem, part.next, *part.evidence, part.by)
        columns = (f"{visible(heading)} {plain(each)}" for heading, each in part.extra)
        said = (
            part.date.isoformat(),
            part.status,
            percent,
            *(visible(each or "") for each in (part.note, *more)),
        )
        return " ".join(word for word in (*said, *columns) if word)
    if isinstance(part, Extension):
        day = f"{part.date.isoformat()} → {part.to.due or part.to.wording}"
        return " ".join(visible(word) for word in (day, part.reason, part.approved_by) if word)
    return visible(str(part))
