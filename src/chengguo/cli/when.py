"""The command that tells how the words of a schedule are read."""

import sys
from datetime import date
from typing import Annotated, Any

from chengguo import workdays
from chengguo.cli import printing
from chengguo.cli.days import day_gone_by, day_to_come
from chengguo.cli.declared import Argument, Commands, Option
from chengguo.cli.holidays import calendar
from chengguo.cli.options import AsOfOption, TextFormat, day_option
from chengguo.errors import WrongUsage
from chengguo.language import _
from chengguo.model import Context, Schedule
from chengguo.registry.values import is_years
from chengguo.schedules import following, read_schedule
from chengguo.text.visible import visible_line

app = Commands()


@app.command("when", epilog=_('Example: chengguo when "6月底前启动建设、持续推进" --year 2018'))
def when(
    phrases: Annotated[list[str] | None, Argument(metavar="[PHRASE]...")] = None,
    *,
    year: Annotated[
        int | None, Option(metavar="YEAR", help=_("The year of words that say none, such as 6月底."))
    ] = None,
    issued: Annotated[
        date | None, day_option(_("The day of issue, from which 3个月内 counts."), read=day_gone_by)
    ] = None,
    end: Annotated[
        date | None, day_option(_("The plan's last day: nothing recurs after it."), read=day_to_come)
    ] = None,
    holidays: Annotated[
        str | None,
        Option(
            metavar="FILE",
            help=_("A calendar for 工作日: a line a day, 2018-02-15 off, 2018-02-11 班 worked."),
        ),
    ] = None,
    as_of: AsOfOption = None,
    format: Annotated[
        TextFormat,
        Option("--format", metavar="FORMAT", help=_("How the readings are written: text or json.")),
    ] = TextFormat.TEXT,
) -> None:
    """Show how the words of a schedule are read: their kind and days, and what is doubtful of them.

    PHRASE is the wording of a cell of 计划进度; without one, each line of standard input is read.
    """
    if year is not None and not is_years(str(year)):
        raise WrongUsage(_("--year {year}: no year").format(year=year), _("Write a year such as 2018."))
    context = Context(year, issued, end, calendar(holidays) if holidays else workdays.chosen())
    today = as_of or date.today()
    read = [(text, read_schedule(text, context)) for text in phrases or _lines()]
    if format is TextFormat.JSON:
        from chengguo.output.formats import json  # a medium is imported where it is used

        readings = [_record(schedule, today, end) for _text, schedule in read]
        document = {"schema": "chengguo/when/1", "as_of": today.isoformat(), "readings": readings}
        printing.put(json.render(document, ascii_only=not printing.is_unicode()))
    else:
        printing.put("\n".join(_told(schedule, context, today) for _text, schedule in read))


def _lines() -> list[str]:
    """Read the phrases from standard input, a line each; blank lines are none."""
    if sys.stdin.isatty():
        raise WrongUsage(_("no phrase is given"), _("Write one in quotes, or pipe lines in."))
    from chengguo.text.source import decode  # only a pipe pays for it

    lines = decode(sys.stdin.buffer.read(), "-").text.splitlines()
    return [line for line in lines if line.strip()]


def _record(schedule: Schedule, today: date, end: date | None) -> dict[str, Any]:
    """Return the JSON object of a reading; every key is always present."""
    return {
        "wording": schedule.wording,
        "kind": schedule.kind,
        "start": _iso(schedule.start),
        "due": _iso(schedule.due),
        "rule": schedule.rule,
        "stages": [{"wording": stage.wording, "due": _iso(stage.due)} for stage in schedule.stages],
        "doubt": schedule.doubt,
        "next": _iso(following(schedule, today, end)),
    }


def _told(schedule: Schedule, context: Context, today: date) -> str:
    """Tell a reading to people: the words, how they are read as a whole, and part by part."""
    from chengguo.output import views
    from chengguo.schedules import layout

    lines = [visible_line(schedule.wording), "  " + views.reading(schedule)]
    parts = layout.parts(schedule.wording, context)
    if len(parts) > 1:
        lines += [f"  · {visible_line(part.wording)}: {views.reading(part)}" for part in parts]
    if due := following(schedule, today, context.end):
        lines.append("  " + _("next after {day}: {next}").format(day=today, next=due))
    if schedule.doubt:
        lines.append("  " + _("doubtful: {doubt}").format(doubt=visible_line(schedule.doubt)))
    return "\n".join(lines) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
