"""Search texts: by plain words, or by a regular expression that must not hang."""

import re
import warnings
from collections.abc import Sequence

from chengguo.errors import WrongUsage
from chengguo.language import _
from chengguo.text.widths import narrowed

_SECONDS = 1.5  # a search that is of any use takes a hundredth of it
_CHOICES = frozenset("(*+?{")  # without them a search tries each place once
# What the helper runs: texts by rows in, the places of the rows that have a match out. It ends itself, as
# nothing but faulthandler can while the search goes on; how long it takes to start is not counted.
_HELPER = """
import faulthandler, json, re, sys
pattern, rows, seconds = json.load(sys.stdin)
search = re.compile(pattern, re.IGNORECASE).search
faulthandler.dump_traceback_later(seconds, exit=True)
json.dump([place for place, texts in enumerate(rows) if any(map(search, texts))], sys.stdout)
"""
_GAVE_UP = (b"Timeout", b"MemoryError")  # what faulthandler, or Python, says then


def having(words: Sequence[str], rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the places of the rows that have each of the words in one of their texts.

    Width, case and white space do not count: 2019年底 is found in 2019 年底.
    """
    wanted = [_folded(word) for word in words]
    return frozenset(
        place
        for place, texts in enumerate(rows)
        for folded in (tuple(map(_folded, texts)),)
        if all(any(word in text for text in folded) for word in wanted)
    )


def _folded(text: str) -> str:
    return "".join(narrowed(text).casefold().split())


def matching(pattern: str, rows: Sequence[Sequence[str]], option: str = "--grep") -> frozenset[int]:
    """Return the places of the rows of which a text has a match, in whatever case.

    Raises ``WrongUsage`` for a pattern that is none, and for one that goes on for more than 1.5 seconds.
    """
    search = _compiled(pattern, option).search
    if _CHOICES.isdisjoint(pattern):
        return frozenset(place for place, texts in enumerate(rows) if any(map(search, texts)))
    return _matching_within_time(pattern, rows, option)


def _compiled(pattern: str, option: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings(action="ignore"):  # [[a]: what a later Python may make of it
            return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        place = getattr(error, "pos", None)
        message = _("{option}: '{pattern}' is not a regular expression").format(
            option=option, pattern=pattern
        )
        if place is not None:
            message = _("{message}, from character {place} on").format(message=message, place=place + 1)
        raise WrongUsage(message, _("Put a backslash before a character that is meant as itself.")) from error


def _matching_within_time(pattern: str, rows: Sequence[Sequence[str]], option: str) -> frozenset[int]:
    """Search in a process of its own, which can be stopped on every system."""
    import json  # only such a pattern pays for them
    import subprocess
    import sys

    command = [sys.executable, "-ISW", "ignore", "-c", _HELPER]
    asked = json.dumps([pattern, rows, _SECONDS]).encode()
    done = subprocess.run(command, input=asked, capture_output=True, check=False)  # noqa: S603 - our own words
    if any(words in done.stderr for words in _GAVE_UP):
        message = _("{option}: '{pattern}' takes too long to search for").format(
            option=option, pattern=pattern
        )
        hint = _("Take out a repetition (* + ?) that stands inside of another one, or next to one.")
        raise WrongUsage(message, hint)
    done.check_returncode()  # whatever else ended it is a fault, and nothing of the pattern's
    return frozenset(json.loads(done.stdout))
