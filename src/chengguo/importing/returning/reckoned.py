"""The columns that an export has behind the official ones: reckoned from the registry, read from no cell.

Their headings are in the language of whoever exports, and are known in every one when a table comes back.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from chengguo.language import N_, _, in_chinese
from chengguo.model import Progress
from chengguo.text.widths import folded

HEADINGS = {  # the name of a column: its heading, untranslated
    "address": N_("ID"),
    "status": N_("status"),
    "alert": N_("alert"),
    "days_left": N_("days left"),
    "due": N_("due"),
    "report": N_("last report"),
    "section": N_("section"),
}
# Lines above the table: its day, and what it is without.
AS_OF = N_("As of {day}")
NOT_INCLUDED = N_("Not included, as it cannot be read: {what}")
_ABOVE = ((AS_OF, "{day}", "[0-9]{4}-[0-9]{2}-[0-9]{2}"), (NOT_INCLUDED, "{what}", ".+"))
_SIGNS = frozenset({"days_left", "report"})  # one of them stands in every export, and in few other tables


@cache
def _by_heading() -> dict[str, str]:
    headings = ((name, word) for name, each in HEADINGS.items() for word in (each, in_chinese(each)))
    return {folded(word): name for name, word in headings}


def places(headings: Sequence[str], own: Collection[str] = ()) -> dict[str, int]:
    """Return the place, from 0, of each reckoned column among the headings of a table.

    A heading that the office's ``own`` columns have too is reckoned only where it stands twice, the first
    time.
    """
    known = _by_heading()
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(folded(heading))
        if name and name not in found and (heading not in own or headings.count(heading) > 1):
            found[name] = place
    return found


def is_as_of(text: str) -> bool:
    """True if a text is what an export says of itself: its day, what it is without, or a line of each."""
    lines = map(folded, text.split("\n"))
    return all(any(re.fullmatch(pattern, line) for pattern in _above()) for line in lines)


@cache
def _above() -> tuple[str, ...]:
    """Return the patterns of what an export says of itself, in every language."""
    return tuple(
        re.escape(folded(words)).replace(re.escape(name), pattern)
        for message, name, pattern in _ABOVE
        for words in (message, in_chinese(message))
    )


def of_export(headings: Sequence[str], official: Collection[str]) -> dict[str, int]:
    """Return the places of the reckoned columns of a table that an export of ours is, else of none.

    Its column of sections is none of them: nothing else says them there.
    """
    found = {name: place for name, place in places(headings).items() if name != "section"}
    has_official = {*map(folded, official)} <= {*map(folded, headings)}
    return found if has_official and _SIGNS & {*found} else {}


def last_report(entry: Progress, said: Callable[[str], str] = _) -> str:
    """Return what the column of reports says of one: its day, the part, how far, in what words.

    ``said`` returns a message in a language, that of whoever exports.
    """
    part = entry.milestone or entry.period
    percent = "" if entry.percent is None else f"{entry.percent}%"
    words = entry.note or (said(entry.status.word) if entry.status else "")
    return " ".join(filter(None, (entry.date.isoformat(), f"[{part}]" if part else "", percent, words)))
