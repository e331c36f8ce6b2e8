"""Days and spans of time as people type them: one reader for every option that takes one.

What is said from today on (明天, 月底, +7d) counts from the day of ``--as-of`` or ``--date``
where one is given.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from chengguo.cli.declared import bad_value, current
from chengguo.language import _

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_WEEKDAYS = {
    **{name: number for number, name in enumerate("一二三四五六日")},
    "天": 6,
    **{
        name: number
        for number, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    },
}
_ENGLISH = "|".join(name for name in _WEEKDAYS if name.isascii())
_SHIFTS = {
    **dict.fromkeys(("上", "上个", "去", "last "), -1),
    **dict.fromkeys(("本", "这", "这个", "今", "this ", ""), 0),
    **dict.fromkeys(("下", "下个", "明", "next "), 1),
}
_UNITS = {  # what a span counts, and how many of it, by its word
    **dict.fromkeys(("d", "day", "days", "天", "日"), ("days", 1)),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期", "个星期"), ("weeks", 1)),
    **dict.fromkeys(("m", "month", "months", "个月", "月"), ("months", 1)),
    **dict.fromkeys(("季度", "个季度", "quarter", "quarters"), ("months", 3)),
    **dict.fromkeys(("y", "year", "years", "年"), ("years", 1)),
}
_HALVES = {"半个月": ("days", 15), "半年": ("months", 6), "一年半": ("months", 18), "两年半": ("months", 30)}
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_NUMBER = "[0-9]{1,5}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"


class _Words(NamedTuple):
    """Words that name a day from another one on, and how; the example and its day, from 2019-10-09."""

    pattern: str
    day: Callable[[date, re.Match[str]], date]
    example: str
    means: str


def _weekday(today: date, found: re.Match[str]) -> date:
    """Return a day of this week, the last or the next; without 本 or 下, the next such day or today."""
    number = _WEEKDAYS[found["day"]]
    if found["week"]:
        return today + timedelta(number - today.weekday(), weeks=_SHIFTS[found["week"]])
    return today + timedelta((number - today.weekday()) % 7)


def _end_of(months: int) -> Callable[[date, re.Match[str]], date]:
    """Return what finds the last day of a span of so many months that begins with a year: 1, 3, 12."""

    def end(today: date, found: re.Match[str]) -> date:
        shift = _SHIFTS[found["which"] or ""] if "which" in found.re.groupindex else 0
        month = (today.year * 12 + today.month - 1) // months * months + months * (shift + 1)
        return date(month // 12, month % 12 + 1, 1) - timedelta(1)

    return end


def _end_of_week(today: date, found: re.Match[str]) -> date:
    """Return the Sunday of this week, the last or the next."""
    shift = _SHIFTS[found["which"] or ""] if "which" in found.re.groupindex else 0
    return today + timedelta(6 - today.weekday(), weeks=shift)


def _later(today: date, found: re.Match[str]) -> date:
    length = _length(found["span"])
    return today + length if length else today


def _earlier(today: date, found: re.Match[str]) -> date:
    length = _length(found["span"])
    return today - length if length else today


def _count(text: str) -> int:
    """Return a number in figures, or in Chinese up to 九十九."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


# 6月前, 12日前 and 2019年前 are days of the calendar.
_SPAN = (
    rf"(?P<span>(?:半|{_NUMBER})\s*(?:天|个?星期|周|个月|个季度)|(?:半|[1-9]|[一二两三四五六七八九十])\s*年)"
)
_SPAN_EN = r"(?P<span>[0-9]{1,5}\s*(?:[dwmy]|days?|weeks?|months?|quarters?|years?))"
WORDS = (
    _Words("今天|今日|today|now", lambda today, _found: today, "今天", "2019-10-09"),
    _Words("明天|明日|tomorrow", lambda today, _found: today + timedelta(1), "明天", "2019-10-10"),
    _Words("后天", lambda today, _found: today + timedelta(2), "后天", "2019-10-11"),
    _Words("大后天", lambda today, _found: today + timedelta(3), "大后天", "2019-10-12"),
    _Words("昨天|昨日|yesterday", lambda today, _found: today - timedelta(1), "昨天", "2019-10-08"),
    _Words("前天", lambda today, _found: today - timedelta(2), "前天", "2019-10-07"),
    _Words("(?P<week>本|这|下|上|)(?:周|星期)(?P<day>[一二三四五六日天])", _weekday, "下周一", "2019-10-14"),
    _Words("(?P<which>本|这|下|下个|上|上个)(?:周|星期)", _end_of_week, "下周", "2019-10-20"),
    _Words("(?P<which>本|这|下|上|)(?:周末|周底)", _end_of_week, "周末", "2019-10-13"),
    _Words("(?P<which>this |next |last )week", _end_of_week, "next week", "2019-10-20"),
    _Words("eow", _end_of_week, "eow", "2019-10-13"),
    _Words(f"(?P<week>this |next |last |)(?P<day>{_ENGLISH})", _weekday, "friday", "2019-10-11"),
    _Words("(?P<which>本|这个|下|下个|上|上个|)月(?:底|末)", _end_of(1), "本月底", "2019-10-31"),
    _Words("(?P<which>本|这个|下|下个|上|上个)月", _end_of(1), "下月", "2019-11-30"),
    _Words("(?P<which>this |next |last )month", _end_of(1), "next month", "2019-11-30"),
    _Words("eom", _end_of(1), "eom", "2019-10-31"),
    _Words("(?P<which>本|下|下个|上|上个|)季度?(?:底|末)", _end_of(3), "季度末", "2019-12-31"),
    _Words("(?P<which>本|下|下个|上|上个)季度", _end_of(3), "下季度", "2020-03-31"),
    _Words("eoq", _end_of(3), "eoq", "2019-12-31"),
    _Words("上半年", lambda today, _found: date(today.year, 6, 30), "上半年", "2019-06-30"),
    _Words("下半年", lambda today, _found: date(today.year, 12, 31), "下半年", "2019-12-31"),
    _Words("(?P<which>本|今|明|去|)年(?:底|末)", _end_of(12), "年底", "2019-12-31"),
    _Words("(?P<which>本|今|明|去)年", _end_of(12), "明年", "2020-12-31"),
    _Words("eoy", _end_of(12), "eoy", "2019-12-31"),
    _Words(rf"(?:\+|in |){_SPAN_EN}", _later, "+7d", "2019-10-16"),
    _Words(rf"-{_SPAN_EN}", _earlier, "-7d", "2019-10-02"),
    _Words(f"{_SPAN_EN} ago", _earlier, "2 weeks ago", "2019-09-25"),
    _Words(f"{_SPAN}(?:以?后|之后)", _later, "两周后", "2019-10-23"),
    _Words(f"{_SPAN}(?:以?前|之前)", _earlier, "三天前", "2019-10-06"),
)
_OF_A_YEAR = re.compile("[今明去后次来本上下]|[0-9]{4}")  # words that say which year they mean
_MONTH_AND_DAY = re.compile("([0-9]{1,2})[-/.]([0-9]{1,2})")


def _of_any_side(_day: date, _today: date) -> bool:
    return True


def _is_to_come(day: date, today: date) -> bool:
    return day >= today


def _has_come(day: date, today: date) -> bool:
    return day <= today


def _is_of_the_year(day: date, today: date) -> bool:
    return day.year == today.year


def day(text: str) -> date:
    """Read a day: 2019-12-31, 2019年底 and all else that a schedule may say of one, 明天, 月底, friday, +7d.

    Words without a year (12月31日) mean the day of that name that is nearest to today.
    """
    return _read(text, _of_any_side)


def day_to_come(text: str) -> date:
    """Read a day that lies ahead, such as a due date: words without a year mean the next of that name."""
    return _read(text, _is_to_come)


def day_gone_by(text: str) -> date:
    """Read a day that has come, such as that of a report: words without a year mean the last of that name."""
    return _read(text, _has_come)


def day_of_this_year(text: str) -> date:
    """Read a day from which on something is looked for: words without a year mean that day of this year."""
    return _read(text, _is_of_the_year)


def _read(text: str, lies_right: Callable[[date, date], bool]) -> date:
    """Read a day; one without a year is the nearest that lies right of today, which is the second day."""
    written = text.strip().lower()
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        with suppress(ValueError):  # 2019-02-30, of which the schedule says what is wrong
            return date.fromisoformat(written)
    today = _today()
    for words in WORDS:
        if found := re.fullmatch(words.pattern, written):
            try:
                return words.day(today, found)
            except (OverflowError, ValueError) as error:
                message = _("'{text}' is beyond the calendar, which ends with the year 9999")
                raise bad_value(message.format(text=text)) from error
    return _worded(text, today, lies_right)


def span(text: str) -> "relativedelta":
    """Read a span of time: 90d, 12w, 3m, 1y, also 90天, 三个月, 半年, 本周; a bare number counts days."""
    written, today = text.strip().lower(), _today()
    found = re.fullmatch("本(周|月|季度?|年)|今(年)", written)
    length = _up_to_the_end(found[1] or found[2], today) if found else _length(written)
    if length is None:
        message = _("'{text}' is not a span of time; write 90d, 12w, 3m or 1y")
        raise bad_value(message.format(text=text))
    return length


def _up_to_the_end(unit: str, today: date) -> "relativedelta":
    """Return what is left of this week, month, quarter or year."""
    words = {"周": "本周日", "月": "本月底", "季": "季度末", "季度": "季度末", "年": "年底"}[unit]
    from dateutil.relativedelta import relativedelta  # only a span pays for it

    return relativedelta(days=(day(words) - today).days)


def _length(text: str) -> "relativedelta | None":
    """Return a span that is written as a number and a unit; None for other words."""
    from dateutil.relativedelta import relativedelta

    if text in _HALVES:
        unit, count = _HALVES[text]
        return relativedelta(**{unit: count})  # type: ignore[arg-type]
    units = "|".join(sorted(_UNITS, key=len, reverse=True))
    found = re.fullmatch(rf"(?P<count>{_NUMBER})\s*(?P<unit>{units})?", text)
    if not found:
        return None
    unit, times = _UNITS[found["unit"] or "d"]
    return relativedelta(**{unit: _count(found["count"]) * times})  # type: ignore[arg-type]


def _worded(text: str, today: date, lies_right: Callable[[date, date], bool]) -> date:
    """Read the words of a schedule as a day; raises ``typer.BadParameter`` where they are not one."""
    from chengguo.model import Context
    from chengguo.schedules import read_schedule

    month_and_day = _MONTH_AND_DAY.fullmatch(text.strip())
    words = "{}月{}日".format(*month_and_day.groups()) if month_and_day else text
    if _OF_A_YEAR.search(text):
        contexts = [Context(today.year, today, date.max)]
    else:
        contexts = [Context(today.year + shift, None, date.max) for shift in (0, -1, 1)]
    read = [read_schedule(words, context) for context in contexts]
    schedule = min(
        (each for each in read if each.due),
        key=lambda each: _rank(each.due or today, today, lies_right),
        default=read[0],
    )
    if schedule.due is None or schedule.kind != "deadline":
        message = _("'{text}' is not a date; write 2019-12-31, 2019年6月底, 2019年底 or the like")
        raise bad_value(message.format(text=text))
    if schedule.doubt:
        message = _("'{text}' is not one date: {doubt}").format(text=text, doubt=schedule.doubt)
        raise bad_value(message)
    return schedule.due


def _rank(day: date, today: date, lies_right: Callable[[date, date], bool]) -> tuple[bool, timedelta]:
    return not lies_right(day, today), abs(day - today)


def _today() -> date:
    """Return the day of ``--as-of`` or ``--date``, which are read first, else that of the clock."""
    context = current()
    named = [context.params.get(name) for name in ("as_of", "day")] if context else []
    return next((each for each in named if isinstance(each, date)), None) or date.today()
