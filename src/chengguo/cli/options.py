"""Options that several commands share: their words, how their values are read, what completes them."""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import click
import typer

from chengguo.cli import completion
from chengguo.cli.session import Color
from chengguo.language import _, listed
from chengguo.model import Context, Status, status_from
from chengguo.output.formats import FORMATS

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from chengguo.queries.alerts import Alert


class TextFormat(StrEnum):
    """How a command that is no query tells what it did."""

    TEXT = "text"
    JSON = "json"


def day(text: str) -> date:
    """Read a date option: 2019-12-31, 2019年底 and all else that a schedule may say of a day."""
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):  # 2019-02-30, of which the schedule says what is wrong
            return date.fromisoformat(text)
    from chengguo.schedules import read_schedule  # only a day in words pays for it

    schedule = read_schedule(text, Context(end=date.max))  # a day that is asked for may be of any year
    if schedule.due is None or schedule.kind != "deadline":
        message = _("'{text}' is not a date; write 2019-12-31, 2019年6月底, 2019年底 or the like")
        raise typer.BadParameter(message.format(text=text))
    if schedule.doubt:
        message = _("'{text}' is not one date: {doubt}").format(text=text, doubt=schedule.doubt)
        raise typer.BadParameter(message)
    return schedule.due


def span(text: str) -> "relativedelta":
    """Read a span of time: 90d, 12w, 3m, 1y, also 90天, 3个月, 1年; a bare number counts days."""
    from dateutil.relativedelta import relativedelta  # only --within pays for it

    units = {"d": "days", "天": "days", "日": "days", "w": "weeks", "周": "weeks"}
    units |= {"m": "months", "个月": "months", "月": "months", "y": "years", "年": "years"}
    match = re.fullmatch(r"([0-9]{1,5})\s*(" + "|".join(units) + ")?", text.strip().lower())
    if not match:
        message = _("'{text}' is not a span of time; write 90d, 12w, 3m or 1y")
        raise typer.BadParameter(message.format(text=text))
    return relativedelta(**{units[match[2] or "d"]: int(match[1])})  # type: ignore[arg-type]


def alert(text: str) -> "Alert":
    """Read a kind of alert: the English word or a Chinese one."""
    from chengguo.queries.alerts import Alert, alert_from  # only a command with the option pays for it

    found = alert_from(text)
    if found is None:
        message = _("'{text}' is not an alert; write {alerts} or the Chinese word")
        raise typer.BadParameter(message.format(text=text, alerts=listed(Alert)))
    return found


def status(text: str) -> Status:
    """Read a status: the English word, the Chinese one, or an obvious synonym."""
    found = status_from(text)
    if found is None:
        message = _("'{text}' is not a status; write {statuses} or the Chinese word")
        raise typer.BadParameter(message.format(text=text, statuses=listed(Status)))
    return found


FileOption = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--file",
        metavar="FILE",
        help=_("The registry; else $CHENGGUO_FILE, else tasks.yaml here or in a parent folder."),
    ),
]
ColorOption = Annotated[
    Color | None,
    typer.Option(
        "--color", help=_("Colour: auto is for terminals only, unless NO_COLOR is set."), show_default="auto"
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        click_type=click.Choice([*FORMATS]),
        metavar="FORMAT",
        help=_("How the report is written: {formats}.").format(formats=", ".join(FORMATS)),
    ),
]
BomOption = Annotated[
    bool, typer.Option("--bom", help=_("Begin csv and tsv with a byte order mark, for Excel; always UTF-8."))
]
AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=day,
        metavar="DATE",
        help=_("The day that alerts and days left count from, status as reported by then."),
        show_default=_("today"),
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="REV", help=_("The registry as this commit, branch or tag of git has it.")),
]
DeptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--dept",
        metavar="NAME",
        autocompletion=completion.departments,
        help=_("Only items of this department: name, full name or alias; repeat it for several."),
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        autocompletion=completion.rounds,
        help=_("The period of the plan's reports, such as 2025-07; else that of the day."),
    ),
]
