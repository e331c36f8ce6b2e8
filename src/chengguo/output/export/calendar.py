"""iCalendar: an all-day event for each open deadline, or a recurring one, with an alarm a week before."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.language import _
from chengguo.output.export.document import Block, Document, Line
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from icalendar import Component, Event

# At nine in the morning, for a day begins at midnight: the first whose day has not gone by when the file is
# written. What comes round each week is told of a day before.
_ALARMS = tuple(timedelta(days=-days, hours=9) for days in (7, 1, 0))
_OFTEN = ("FREQ=WEEKLY", "FREQ=DAILY")
_LONGEST = 40  # characters of a content or a milestone in a title


def write(document: Document) -> bytes:
    """Return the deadlines of ``document`` as RFC 5545 has it; the same document makes the same bytes.

    An event keeps its UID from export to export, so a calendar that takes it again updates it; one of what
    is done by now takes it off. Raises ``WrongUsage`` where icalendar is missing.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise WrongUsage(_("a .ics file needs icalendar"), installing.command("calendar")) from error
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    # Only a property of the standard's own has its line feeds escaped.
    calendar.add("x-wr-calname", _name(document))
    if document.note:
        calendar.add("x-wr-caldesc", document.note)
    for each in document.among or (document,):
        for part in each.parts:
            for block in part.blocks:
                for line in block.lines:
                    for event in line.events:
                        calendar.add_component(_event(each._replace(gaps=document.gaps), block, event))
    return bytes(calendar.to_ical())


_PRODUCT = "-//chengguo//chengguo//ZH"


def continued(data: bytes, earlier: bytes, *, is_whole: bool = True) -> bytes:
    """Return a calendar that goes on from the one that it replaces: what was changed has a higher SEQUENCE.

    What is no longer in the table is cancelled; where the table ``is_whole``, that is: else nobody knows,
    and it stays. Anything but a calendar of ours is replaced as it is.
    """
    from icalendar import Calendar

    try:
        before = Calendar.from_ical(earlier)
    except ValueError:
        return data
    if str(before.get("prodid")) != _PRODUCT:
        return data
    calendar = Calendar.from_ical(data)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    for old in before.walk("VEVENT"):
        new = events.get(str(old["uid"]))
        if new is None:
            calendar.add_component(_cancelled(old) if is_whole else old)
        else:
            _number(new, max(_sequence(new), _sequence(old) + (_content(new) != _content(old))))
    return bytes(calendar.to_ical())


def _content(event: "Component") -> list[tuple[str, bytes]]:
    """Return what of an event people see: all but when it was written, and how often it was changed."""
    return [
        (name, each.to_ical() if hasattr(each, "to_ical") else str(each).encode())
        for name, each in event.property_items(recursive=True, sorted=True)
        if name not in ("DTSTAMP", "SEQUENCE")
    ]


def _sequence(event: "Component") -> int:
    return int(str(event.get("sequence", 0)))


def _number(event: "Component", sequence: int) -> None:
    event.pop("sequence", None)
    event.add("sequence", sequence)


def _cancelled(event: "Component") -> "Component":
    """Return an event that is taken off; one that was taken off before, as it is."""
    if str(event.get("status")) != "CANCELLED":
        event.subcomponents.clear()
        event.add("status", "CANCELLED")
        _number(event, _sequence(event) + 1)
    return event


def _name(document: Document) -> str:
    """Return what the calendar is called: first whose it is, then the plan and its table."""
    return " ".join(f"{'、'.join(document.departments)} {document.title} {document.table}".split())


def _event(document: Document, block: Block, line: Line) -> "Event":
    from icalendar import Event

    event = Event()
    part = line.milestones[0] if line.milestones else None
    name = f"chengguo:{document.identity}:{line.number}" + (f":{part.part}" if part else "")
    event.add("uid", f"{uuid5(NAMESPACE_URL, name)}")
    day = document.day
    event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
    event.add("sequence", line.recorded)
    _dated(event, line)
    content, lead, *_others = line.official
    wording = f"：{_short(part.wording)}" if part else ""
    task = f"〔{_short(block.title)}〕" if block.title not in content else ""
    event.add("summary", f"截止：{line.address} {_short(content)}{wording}{task}（{lead}）")
    event.add("description", _description(document, block, line))
    event.add("transp", "TRANSPARENT")
    if line.closed:
        event.add("status", "CANCELLED")
    else:
        _alarmed(event, line, day)
    return event


def _short(text: str) -> str:
    """Return the beginning of a text, on one line, for a title: the description has it whole."""
    line = visible_line(text.partition("\n")[0])
    return line if len(line) <= _LONGEST and line == visible_line(text) else line[: _LONGEST - 1] + "…"


def _alarmed(event: "Event", line: Line, day: date) -> None:
    """Add the earliest alarm that does not lie before the day."""
    from icalendar import Alarm

    start = line.recurring.first if line.recurring else line.due
    ahead = _ALARMS[1:] if _is_often(line) else _ALARMS
    trigger = next((each for each in ahead if start and (start - day).days >= -each.days), None)
    if trigger is None:
        return
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", trigger)
    alarm.add("description", str(event["summary"]))
    event.add_component(alarm)


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
        if recurring.but:
            event.add("exdate", list(recurring.but), parameters={"VALUE": "DATE"})


def _is_often(line: Line) -> bool:
    return line.recurring is not None and line.recurring.rule.startswith(_OFTEN)


def _description(document: Document, block: Block, line: Line) -> str:
    content, lead, support, schedule = line.official
    known = (
        ("重点任务", block.title),
        ("责任部门", lead),
        ("配合部门", support),
        ("计划进度", schedule),
        (_("status"), line.status),
        (_("last report"), line.report),
        *((column.heading, text) for column, text in zip(document.own, line.own, strict=True)),
    )
    told = [f"{name}：{text}" for name, text in known if text]
    doubt = [_("doubtful: {doubt}").format(doubt=line.doubt)] if line.doubt else []
    return "\n".join([content, *told, *filter(None, [line.put_off]), *doubt, *filter(None, [document.note])])
