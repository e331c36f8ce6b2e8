"""Official schedule words (计划进度) to a Schedule: what they mean in days.

Text → tokens (``tokens``) → what they say together (``rules``) → clauses → days (``dates``) → a Schedule.
The conventions are those of supervision offices (督办): 年底 is 31 December, 月底 and a bare month are the
month's last day, and a day with 前 counts that day in. Whatever is not understood is ``unknown`` with the
reason, and whatever is left over of a time is a doubt: no date is ever guessed.
"""

from datetime import date, timedelta

from chengguo.language import _
from chengguo.model import Context, Schedule
from chengguo.text.widths import narrowed

_LONGEST = 400  # characters; no schedule is that long, and who writes one may mean to keep us busy
_YEARS = range(1980, 2100)
_ANY_DIGIT = str.maketrans("0123456789", "0" * 10)
# Readings of the grammar that most cells need, kept so that it need not be loaded for them: the shape of the
# words, each digit a 0, and the unit whose last day counts. A test holds them to the grammar.
KEPT = {
    **dict.fromkeys(("0000年底", "0000年年底", "0000年底前", "0000年年底前", "0000年末"), "year"),
    **dict.fromkeys(("0000年0月", "0000年00月", "0000年0月底", "0000年00月底", "0000-00"), "month"),
    **dict.fromkeys(("0000年0月底前", "0000年00月底前"), "month"),
    **dict.fromkeys(("0000-00-00", "0000/0/0", "0000/00/00", "0000年0月0日", "0000年00月00日"), "day"),
    **dict.fromkeys(("0000年0月00日", "0000年0月0日前", "0000年0月00日前", "0000年00月00日前"), "day"),
    **dict.fromkeys(
        ("持续推进", "长期推进", "持续实施", "长期实施", "持续开展", "持续落实", "长期坚持", "长期"),
        "ongoing",
    ),
}


def read_schedule(wording: str, context: Context = Context()) -> Schedule:  # noqa: B008 - a frozen value
    """Return how the words of a schedule cell are read against ``context``; never raises.

    A deadline has ``due``, its last day inclusive. Words that are not understood, and dates that the
    calendar does not have, have the kind ``unknown`` with the reason in ``doubt``.
    """
    if _is_long(wording) or wording.lstrip().startswith("="):  # a formula of a sheet is no wording
        return Schedule(wording, "unknown", doubt=_("the wording is not understood"), is_understood=False)
    # Full-width digits and the spaces that typesetting leaves around digits change nothing.
    text = "".join(narrowed(wording).split())
    if not text:
        return Schedule(wording, "none", doubt=_("no schedule is given"))
    if (kept := _kept(wording, text)) is not None:
        return kept
    from chengguo.schedules import layout  # the words of most cells are kept

    return layout.read_cell(wording, context)


def _is_long(wording: str) -> bool:
    if len(wording) <= _LONGEST:
        return False
    from chengguo.schedules.parts_of_year import are_parts  # which are many words together

    return not are_parts(wording)


def _kept(wording: str, text: str) -> Schedule | None:
    """Return a kept reading; None for other words, and for a day that needs a closer look."""
    unit = KEPT.get(text.translate(_ANY_DIGIT))
    if unit in {None, "ongoing"}:
        return Schedule(wording, "ongoing") if unit else None
    digits = "".join(each if each.isdigit() else " " for each in text)
    year, month, day = (*map(int, digits.split()), 12, 0)[:3]
    try:
        due = date(year, month, day) if unit == "day" else last_day(year, month)
    except ValueError:
        return None
    return Schedule(wording, "deadline", due=due) if year in _YEARS else None


def last_day(year: int, month: int) -> date:
    """Return the last day of a month; raises ``ValueError`` for a month that no year has."""
    first = date(year, month, 1)
    return first.replace(day=31) if month == 12 else first.replace(month=month + 1) - timedelta(days=1)  # noqa: PLR2004


def following(schedule: Schedule, day: date, end: date | None = None) -> date | None:
    """Return the next day of recurring work after ``day``, up to ``end``; None where none is known."""
    if schedule.rule is None:
        return None
    from chengguo.schedules import recurrence  # only recurring work pays for it

    after = max(day, schedule.start - timedelta(days=1)) if schedule.start else day
    return recurrence.following(schedule.rule, after, until(schedule, end))


def until(schedule: Schedule, end: date | None) -> date | None:
    """Return the last day on which recurring work may be due: its own, or ``end``, whichever is sooner."""
    own = schedule.due if schedule.kind == "recurring" else None
    return min(filter(None, (own, end)), default=None)
