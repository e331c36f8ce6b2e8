"""iCalendar: an all-day event for each open deadline, with an alarm a week before."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chengguo.errors import WrongUsage
from chengguo.exporting.document import Block, Document, Line
from chengguo.language import _

if TYPE_CHECKING:
    from icalendar import Event

_ALARM = timedelta(days=-7)


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
    calendar.add("x-wr-calname", f"{document.title} {document.table}".strip())
    for part in document.parts:
        for block in part.blocks:
            for line in block.lines:
                if line.due and not line.closed:
                    calendar.add_component(_event(document, block, line))
    return bytes(calendar.to_ical())


def _event(document: Document, block: Block, line: Line) -> "Event":
    from icalendar import Alarm, Event

    content, lead, support, schedule, status, _days = line.cells
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'chengguo:{document.title}:{document.table}:{line.address}')}")
    day = document.day
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("dtstart", line.due)
    event.add("summary", f"{line.address} {block.title}")
    known = (
        ("责任部门", lead),
        ("配合部门", support),
        ("计划进度", schedule),
        (document.columns[-2], status),
    )
    event.add("description", "\n".join([content, *(f"{name}：{text}" for name, text in known if text)]))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _ALARM)
    alarm.add("description", f"{line.address} {block.title}")
    event.add_component(alarm)
    return event
