"""Options that several commands share: their words, how their values are read, what completes them."""

import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from chengguo.cli import completion
from chengguo.cli.days import day
from chengguo.cli.declared import Option, bad_value
from chengguo.cli.session import Color, Globals
from chengguo.errors import WrongUsage
from chengguo.language import _, languages, listed
from chengguo.model.status import Status, reported_status
from chengguo.output.formats import FORMATS

if TYPE_CHECKING:
    from chengguo.queries.alerts import Alert
    from chengguo.queries.closing import Closing


# What people write in Chinese for a word that an option takes.
_IN_CHINESE = {
    **dict.fromkeys(("牵头", "牵头部门", "责任", "责任部门"), "lead"),
    **dict.fromkeys(("配合", "配合部门"), "support"),
    **dict.fromkeys(("任一", "不限"), "any"),
    **dict.fromkeys(("部门", "单位", "责任单位"), "dept"),
    **dict.fromkeys(("事项", "任务"), "item"),
    **dict.fromkeys(("板块", "部分"), "section"),
    **dict.fromkeys(("状态",), "status"),
    **dict.fromkeys(("年", "年份", "年度"), "year"),
    **dict.fromkeys(("方案", "文件"), "plan"),
}


def in_english(text: str) -> str:
    """Return the word of an option that a Chinese one stands for; another one as it is."""
    return _IN_CHINESE.get(text.strip(), str(text))


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
        raise bad_value(message.format(text=text, alerts=listed(Alert)))
    return found


def status(text: str) -> Status:
    """Read a status: the English word, the Chinese one, or an obvious synonym."""
    found = reported_status(text)
    if found is None:
        message = _("'{text}' is not a status; write {statuses} or the Chinese word")
        raise bad_value(message.format(text=text, statuses=listed(Status)))
    meant, doubt = found
    if doubt:
        told = _("'{text}' is taken for {status}: {doubt}")
        print(told.format(text=text, status=_(meant.word), doubt=_(doubt)), file=sys.stderr)
    return meant


def standing(text: str) -> "Status | Closing":
    """Read a status, or how far the verification of what was reported done has come."""
    from chengguo.queries.closing import Closing, closing_from  # only a command with the option pays for it

    found = closing_from(text)
    if found is None and reported_status(text) is None:
        message = _("'{text}' is not a status; write {statuses} or the Chinese word")
        raise bad_value(message.format(text=text, statuses=listed([*Status, *Closing])))
    return found or status(text)


def percent(text: str) -> int:
    """Read how much is done, in per cent: 30 or 30%."""
    plain = text.strip().removesuffix("%").removesuffix("％").rstrip()  # noqa: RUF001 - as typed
    if not (plain.isascii() and plain.isdecimal() and int(plain) <= 100):  # noqa: PLR2004 - per cent
        raise bad_value(_("'{text}' is no whole number from 0 to 100").format(text=text))
    return int(plain)


def day_option(help: str, *names: str, otherwise: str = "", read: Callable[[str], date] = day) -> Any:
    """Return an option that takes a day as people write it; ``otherwise`` says what stands without it.

    The days of other options count from that of --date or --as-of, which is read first.
    """
    is_first = not {"--date", "--as-of"}.isdisjoint(names)
    shown = otherwise or True
    return Option(*names, is_eager=is_first, parser=read, metavar="DATE", help=help, show_default=shown)


def past(day: date | None) -> date:
    """Return the day of a report, today where none is given; raises ``WrongUsage`` for one still to come."""
    today = date.today()
    if day and day > today:
        raise WrongUsage(
            _("--date {day} is still to come").format(day=day), _("A report has a day that has come.")
        )
    return day or today


def department_option(help: str, *names: str) -> Any:
    """Return an option that takes the name of a department, or several times one."""
    return Option(*names, metavar="NAME", autocompletion=completion.departments, help=help)


# The language is chosen before any option is read, so that the help is in it: see cli.run.
LangOption = Annotated[
    str | None,
    Option(
        "--lang",
        choices=languages(),
        help=_("The language of the answer, csv and tsv too; else that of the console."),
    ),
]
FileOption = Annotated[
    list[str] | None,
    Option(
        "-f",
        "--file",
        metavar="FILE",
        help=_("A registry, several, folder or 'pattern'; else $CHENGGUO_FILE, tasks.yaml."),
    ),
]
ColorOption = Annotated[
    Color | None,
    Option(
        "--color",
        metavar="WHEN",
        help=_("auto, always or never; auto is for terminals, unless NO_COLOR is set."),
        show_default=False,
    ),
]
FormatOption = Annotated[
    str,
    Option(
        "--format",
        choices=FORMATS,
        metavar="FORMAT",
        help=_("Written as {formats}.").format(formats=", ".join(FORMATS)),
    ),
]
BomOption = Annotated[
    bool, Option("--bom", help=_("Begin csv and tsv with a byte order mark, for Excel; always UTF-8."))
]
WideOption = Annotated[
    bool, Option("--wide", help=_("Every column in full, also on a terminal: nothing is cut."))
]
NoPagerOption = Annotated[bool, Option("--no-pager", help=_("Never through the pager of chengguo config."))]
AsOfOption = Annotated[
    date | None,
    Option(
        "--as-of",
        is_eager=True,  # what is said from today on counts from this day
        parser=day,
        metavar="DATE",
        help=_("Alerts, days left and status are those of this day."),
        show_default=_("today"),
    ),
]
AtOption = Annotated[
    str | None,
    Option("--at", metavar="REV", help=_("The registry as this commit, branch or tag of git has it.")),
]
RoleOption = Annotated[
    str,
    Option(
        "--role",
        metavar="ROLE",
        parser=in_english,
        plain=("lead", "support", "any"),
        autocompletion=completion.roles,
        help=_("The part of --dept: lead, support, any, a column of names."),
    ),
]
DeptOption = Annotated[
    list[str] | None,
    department_option(_("Only of this department, or several: name, full name or alias."), "--dept"),
]
PeriodOption = Annotated[
    str | None,
    Option(
        "--period",
        metavar="PERIOD",
        autocompletion=completion.rounds,
        help=_("The period of reports, such as 2025-07; else that of the day."),
    ),
]
DryRunOption = Annotated[bool, Option("--dry-run", help=_("Print the difference and write nothing."))]
ForceOption = Annotated[
    bool, Option("--force", help=_("Write it although validate finds an error in it then."))
]
TextFormatOption = Annotated[TextFormat, Option("--format", help=_("How the outcome is written."))]


class Writing(NamedTuple):
    """Whether a change is written, how what it came to is told, and in which registry it is made."""

    dry_run: DryRunOption = False
    force: ForceOption = False
    format: TextFormatOption = TextFormat.TEXT
    file: FileOption = None


class Before(NamedTuple):
    """The options that stand before the command."""

    file: FileOption = None
    color: ColorOption = None
    no_pager: NoPagerOption = False
    lang: LangOption = None  # cli.run has chosen it

    def known(self) -> Globals:
        """Return what a command asks of them."""
        return Globals(self.file, self.color or Color.AUTO, self.no_pager)
