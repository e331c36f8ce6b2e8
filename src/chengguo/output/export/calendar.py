"""iCalendar: an all-day event for each open deadline, or a recurring one, with an alarm a week before."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chengguo.errors import WrongUsage
from chengguo.language import _
from chengguo.output.export.document import Block, Document, Line

if TYPE_CHECKING:
    from icalendar import Event

# At nine in the morning, for a day begins at midnight; what comes round each week gives no week's notice.
_ALARM, _SHORT_ALARM = timedelta(days=-7, hours=9), timedelta(days=-1, hours=9)
_OFTEN = ("FREQ=WEEKLY", "FREQ=DAILY")


def write(document: Document) -> bytes:
    """Give the open deadlines of ``document`` as RFC 5545 has it; the same document gives the same bytes.

    An event keeps its UID from export to export, so a calendar that takes it again updates it. Raises
    ``WrongUsage`` where icalendar is missing.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise WrongUsage(_("a .ics file needs icalendar"), "pip install 'chengguo[calendar]'") from error
    calendar = Calendar()
    calendar.add("prodid", "-//chengguo//chengguo//ZH")
    calendar.add("version", "2.0")
    # Only a property of the standard's own has its line feeds escaped.
    calendar.add("x-wr-calname", " ".join(f"{document.title} {document.table}".split()))
    for part in document.parts:
        for block in part.blocks:
            for line in block.lines:
                if line.is_to_come:
                    calendar.add_component(_event(document, block, line))
    return bytes(calendar.to_ical())


def _event(document: Document, block: Block, line: Line) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'chengguo:{document.title}:{document.table}:{line.address}')}")
    day = document.day
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    _dated(event, line)
    lead = line.cells[1]
    summary = f"截止：{line.address} {block.title}（{lead}）"
    event.add("summary", summary)
    event.add("description", _description(document, line))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _SHORT_ALARM if _is_often(line) else _ALARM)
    alarm.add("description", summary)
    event.add_component(alarm)
    return event


def _dated(event: "Event", line: Line) -> None:
    """Set the whole day of a deadline, or of the next one of recurring work with its rule."""
    from icalendar import vRecur

    recurring = line.recurring
    start = recurring.first if recurring else line.due
    if start is None:
        return
    event.add("dtstart", start)
    if start < date.max:  # without an end it lasts for its day all the same
        event.add("dtend", start + timedelta(days=1))
    if recurring:
        until = f";UNTIL={recurring.last:%Y%m%d}" if recurring.last else ""
        event.add("rrule", vRecur.from_ical(recurring.rule + until))


def _is_often(line: Line) -> bool:
    return line.recurring is not None and line.recurring.rule.startswith(_OFTEN)


def _description(document: Document, line: Line) -> str:
    content, lead, support, schedule, status, _days = line.cells
    known = (
        ("责任部门", lead),
        ("配合部门", support),
        ("计划进度", schedule),
        (document.columns[-2], status),
        *((column.heading, text) for column, text in zip(document.own, line.own, strict=True)),
    )
    told = [f"{name}：{text}" for name, text in known if text]
    doubt = [_("doubtful: {doubt}").format(doubt=line.doubt)] if line.doubt else []
    return "\n".join([content, *told, *filter(None, [line.put_off]), *doubt])
