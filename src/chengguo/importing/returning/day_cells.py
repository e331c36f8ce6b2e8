"""Days as people write them in cells."""

import re
from datetime import date

_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}[0-9:.]*)?"
_DAY = re.compile(
    r"([0-9]{4})\s*[-./年．]\s*([0-9]{1,2})\s*[-./月．]\s*([0-9]{1,2})\s*日?" + _TIME  # noqa: RUF001 - as typed
)
_DAY_ALONE = re.compile(r"([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
_SERIAL = re.compile(r"([34][0-9]{4})(?:\.[0-9]+)?")  # a day number of Excel, from 1982 to 2036


def day_of(text: str) -> date | None:
    """Return the day that a text is: 2019-06-30, 2019.6.30, 2019年6月30日, 20190630, 43646 of Excel.

    What time it was is left out.
    """
    if serial := _SERIAL.fullmatch(text):
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(serial[1]))
    if re.fullmatch(r"(?:19|20)[0-9]{6}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def days_of_years(text: str, first: date, last: date) -> list[date] | None:
    """Return the days from ``first`` to ``last`` that a day without its year may be; None for another text.

    2月29日 is one, of some years.
    """
    found = _DAY_ALONE.fullmatch(text)
    if found is None or day_of(f"2000-{found[1]}-{found[2]}") is None:
        return None
    days = (day_of(f"{year}-{found[1]}-{found[2]}") for year in range(first.year, last.year + 1))
    return [day for day in days if day and first <= day <= last]


def is_written(text: str) -> bool:
    """True if a text is written as a day with its year: no bare number is."""
    return _DAY.fullmatch(text) is not None
