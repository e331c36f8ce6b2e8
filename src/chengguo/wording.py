"""Official schedule words (计划进度) to a Schedule: what they mean in days, for most cells at first sight.

The conventions are those of supervision offices (督办): 年底 is 31 December, 月底 and a bare month are
the month's last day, and a day with 前 counts that day in. Whatever is not understood is ``unknown``
with the reason: no date is ever guessed. Rarer words are read by the grammar in ``phrases``.
"""

import re
import unicodedata
from datetime import date, timedelta

from chengguo.language import _
from chengguo.model import Context, Schedule

_YEAR = r"(?P<year>(?:19[89]|20\d)\d)"
_LONGEST = 400  # characters; no schedule is that long, and who writes one may mean to keep us busy
# The commonest first: a pattern is compiled only once a wording has passed all before it.
_DEADLINES = (
    _YEAR + r"年(?:年?底|年?末)前?",
    _YEAR + r"年(?P<month>\d{1,2})月(?:(?:底|末)前?)?",
    _YEAR + r"年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]前?",
    _YEAR + r"([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
    _YEAR + r"[-/.](?P<month>\d{2}|[2-9])",
    _YEAR + r"(?P<month>\d{2})(?P<day>\d{2})",
)
# 前 without 底: before the year or month begins, or before it ends? Offices differ.
_BEFORE = _YEAR + r"年(?:(?P<month>\d{1,2})月)?前"
_ONGOING = frozenset(
    {"持续推进", "长期推进", "持续实施", "长期实施", "持续开展", "持续落实", "长期坚持", "长期"}
)


def read(wording: str, context: Context = Context()) -> Schedule:  # noqa: B008 - a frozen value
    """Read the words of a schedule cell against ``context``; never raises.

    A deadline has ``due``, its last day inclusive. Words that are not understood, and dates that the
    calendar does not have, give kind ``unknown`` with the reason in ``doubt``.
    """
    if len(wording) > _LONGEST or wording.lstrip().startswith("="):  # a formula of a sheet is no wording
        return Schedule(wording, "unknown", doubt=_("the wording is not understood"), is_understood=False)
    # Full-width digits and the spaces that typesetting leaves around digits change nothing.
    text = "".join(unicodedata.normalize("NFKC", wording).split())
    if not text:
        return Schedule(wording, "none", doubt=_("no schedule is given"))
    if text in _ONGOING:
        return Schedule(wording, "ongoing")
    for pattern in _DEADLINES:
        if match := re.fullmatch(pattern, text):
            return _deadline(wording, match.groupdict())
    if match := re.fullmatch(_BEFORE, text):
        return _doubtful(_deadline(wording, match.groupdict()), month=bool(match["month"]))
    from chengguo.phrases import layout  # the words of most cells are known at first sight

    return layout.read(wording, context)


def following(schedule: Schedule, day: date, end: date | None = None) -> date | None:
    """Give the next day of recurring work after ``day``, up to ``end``; None where none is known."""
    if schedule.rule is None:
        return None
    from chengguo.phrases import recurrence  # only recurring work pays for it

    after = max(day, schedule.start - timedelta(days=1)) if schedule.start else day
    return recurrence.following(schedule.rule, after, until(schedule, end))


def until(schedule: Schedule, end: date | None) -> date | None:
    """Give the last day on which recurring work may be due: its own, or ``end``, whichever is sooner."""
    own = schedule.due if schedule.kind == "recurring" else None
    return min(filter(None, (own, end)), default=None)


def _doubtful(schedule: Schedule, *, month: bool) -> Schedule:
    """Take the earlier of the two days that a bare 前 may mean, so that nobody is late; name the other."""
    later = schedule.due
    if later is None:
        return schedule
    earlier = later.replace(day=1) - timedelta(days=1) if month else date(later.year - 1, 12, 31)
    doubt = _("read as {earlier}; it may mean {later}").format(earlier=earlier, later=later)
    return schedule._replace(due=earlier, doubt=doubt)


def _deadline(wording: str, parts: dict[str, str]) -> Schedule:
    """Make the deadline that the parts name; without a month, or a day, the last one."""
    year, month = int(parts["year"]), int(parts.get("month") or 12)
    try:
        if parts.get("day"):
            due = date(year, month, int(parts["day"]))
        else:
            due = (date(year, month, 1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Schedule(wording, "deadline", due=due)
    except ValueError:
        return Schedule(wording, "unknown", doubt=_("the calendar has no such day"), is_understood=False)
