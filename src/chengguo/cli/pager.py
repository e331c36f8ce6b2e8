"""What is longer than the screen, shown by the user's pager.

Only the user's own environment and file of settings name it: a registry that came from elsewhere, with what
lies beside it, must not choose what runs. It is started without a shell.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from chengguo.cli import settings
from chengguo.files import programs
from chengguo.output import terminal

_USUAL = "less -FRX"  # ends where all fits the screen, shows colours, leaves what it showed
_USUALLY = {"LESS": "FRX", "LV": "-c"}  # for less and lv without options, where the user has set none
_OFF = "cat"
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def command() -> list[str] | None:
    """Return the words of the pager, the program by its path; None where there is none to be used."""
    found = settings.find("pager")
    if found is None:
        return _split(_USUAL) if _is_usual_safe() else None
    if not found.value.strip() or found.value.strip() == _OFF:
        return None
    return _split(found.value)


def show(data: bytes, words: list[str]) -> bool:
    """Show what does not fit the screen, and wait for the reader; False where it fits, or nothing can start.

    That the reader has enough before its end is no error, and an interrupt is the pager's alone.
    """
    if _fits(data.decode(sys.stdout.encoding, "replace")):
        return False
    sys.stdout.flush()
    with _uninterrupted():
        try:
            process = subprocess.Popen(words, stdin=subprocess.PIPE, env=_USUALLY | os.environ)  # noqa: S603
        except OSError:
            return False
        with process, suppress(OSError):
            process.communicate(data)
    return True


def _is_usual_safe() -> bool:
    """True if less shows what we write: in UTF-8, on a terminal that can do more than print line after line.

    The pager that Windows has, more, does not know UTF-8.
    """
    is_utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    return sys.platform != "win32" and is_utf8 and os.environ.get("TERM", "dumb") != "dumb"


def _split(text: str) -> list[str] | None:
    """Return the words of a command, its program by its path; None where there is no such program."""
    try:
        words = shlex.split(text, posix=sys.platform != "win32")
    except ValueError:  # a quotation mark is missing
        return None
    program = programs.find(words[0].strip('"'))
    return [program, *words[1:]] if program else None


def _fits(text: str) -> bool:
    """True if the screen holds a text, and the prompt below it."""
    columns, lines = terminal.size()
    ruler = terminal.ruler()
    widths = [ruler.width(_STYLE.sub("", line)) for line in text.splitlines()]
    return sum(max(1, -(-width // columns)) for width in widths) < lines


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Leave Ctrl-C to the pager, which is in the same terminal: a handler is not handed on to a program."""
    before = signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
