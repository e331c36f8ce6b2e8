"""What a text of a column means: a number, a share, a day."""

import re
from datetime import date
from typing import TYPE_CHECKING

from chengguo.language import N_

if TYPE_CHECKING:
    from decimal import Decimal

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?")
# What a finding asks for, by the kind of a column.
EXPECTED = {
    "number": N_("a number such as 1200 or 3.5"),
    "percent": N_("a share such as 80%"),
    "date": N_("a day that the calendar has, such as 2019-12-31"),
}


def number(text: str) -> "Decimal | None":
    """Return the number that a text is, thousands parted by commas or not; None for another text."""
    if not _NUMBER.fullmatch(text):
        return None
    from decimal import Decimal  # only a number pays for it

    return Decimal(text.replace(",", ""))


def share(text: str) -> "Decimal | None":
    """Return how many of a hundred a text is, with a % or without; None for another text."""
    return number(text.removesuffix("%").rstrip())


def day(text: str) -> date | None:
    """Return the day that a text is, as 2019-12-31; None for another text."""
    try:
        return date.fromisoformat(text) if len(text) == len("2019-12-31") and text[4] == "-" else None
    except ValueError:
        return None


_READ = {"number": number, "percent": share, "date": day}


def read_figure(kind: str, text: str) -> "Decimal | date | None":
    """Return what a text means in a column of that kind; None where it is no more than a text."""
    return _READ[kind](text) if kind in _READ else None


def is_figure(kind: str, text: str) -> bool:
    """True if a text may stand in a column of that kind."""
    return kind not in _READ or read_figure(kind, text) is not None
