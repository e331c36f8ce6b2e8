"""Options that several commands share: their words, how their values are read, what completes them."""

import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import click
import typer

from chengguo.cli import completion
from chengguo.cli.days import day
from chengguo.cli.session import Color
from chengguo.language import _, languages, listed
from chengguo.model.status import Status, reported_status
from chengguo.output.formats import FORMATS

if TYPE_CHECKING:
    from chengguo.queries.alerts import Alert


class TextFormat(StrEnum):
    """How a command that is no query tells what it did."""

    TEXT = "text"
    JSON = "json"


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
    found = reported_status(text)
    if found is None:
        message = _("'{text}' is not a status; write {statuses} or the Chinese word")
        raise typer.BadParameter(message.format(text=text, statuses=listed(Status)))
    meant, doubt = found
    if doubt:
        told = _("'{text}' is taken for {status}: {doubt}")
        print(told.format(text=text, status=_(meant.word), doubt=_(doubt)), file=sys.stderr)
    return meant


# The language is chosen before any option is read, so that the help is in it: see cli.run.
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        click_type=click.Choice(languages()),
        help=_("The language of the answer, also of the headings and words of csv and tsv."),
        show_default=_("that of the console"),
    ),
]
FileOption = Annotated[
    list[str] | None,
    typer.Option(
        "-f",
        "--file",
        metavar="FILE",
        help=_(
            'The registry, several, a folder or a "pattern"; else $CHENGGUO_FILE, else tasks.yaml here or '
            "in a parent folder."
        ),
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
        is_eager=True,  # what is said from today on counts from this day
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
RoleOption = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="ROLE",
        autocompletion=completion.roles,
        help=_("How the departments of --dept take part: lead, support, any, or a column of names."),
    ),
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
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Print the difference and write nothing."))]
ForceOption = Annotated[
    bool, typer.Option("--force", help=_("Write it although validate finds an error in it then."))
]
TextFormatOption = Annotated[TextFormat, typer.Option("--format", help=_("How the outcome is written."))]
