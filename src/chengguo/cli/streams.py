"""The standard streams, made safe: one that is closed, full or not read any more is no fault of ours."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from chengguo.errors import CannotOpen, CannotWrite
from chengguo.files.reasons import reason
from chengguo.language import _


def prepare() -> None:
    """Put streams that tell their troubles in the place of the standard ones.

    Standard error that is closed or full goes nowhere: there is no place to say so. Raises ``CannotWrite``
    where standard output is closed: before anything is done, for nobody could read what was done.
    """
    sys.stdin = sys.stdin or _closed_input()
    closed = sys.stdout is None
    sys.stdout = _Output(sys.stdout or _nowhere())
    sys.stderr = _Errors(sys.stderr or _nowhere())
    if closed:
        raise CannotWrite(_("standard output is closed"), _("Write it to a file, or to /dev/null."))


def _nowhere() -> TextIO:
    """Open a stream that forgets: it keeps its number from the next file that is opened."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - a stream lasts as long as we do


def _closed_input() -> TextIO:
    os.open(os.devnull, os.O_RDONLY)  # keeps the number of standard input from the next file
    return io.TextIOWrapper(io.BufferedReader(_Closed()))


class _Closed(io.RawIOBase):
    """An input that cannot be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        raise CannotOpen(_("standard input is closed"))


class _Output(io.TextIOWrapper):
    """Standard output: what it lacks (GBK, ASCII) is written as its escape, a line ends in LF everywhere."""

    def __init__(self, stream: TextIO) -> None:
        encoding, by_line = _encoding(stream), getattr(stream, "line_buffering", False)
        buffer = stream.detach()  # type: ignore[attr-defined]
        super().__init__(buffer, encoding, "backslashreplace", newline="", line_buffering=by_line)

    def write(self, text: str) -> int:
        with guarded(self):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with guarded(self):
            super().flush()


class _Errors(_Output):
    """Standard error: what cannot be said is not said, and nothing stops for it."""

    def write(self, text: str) -> int:
        with suppress(CannotWrite):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(CannotWrite):
            super().flush()


def _encoding(stream: TextIO) -> str:
    """Return what to write to a stream in; on Windows, into a pipe or a file, the code page of the console.

    Who reads a pipe there (more, findstr, PowerShell) takes it to be in that one, which chcp may have
    changed, not in that of the system.
    """
    is_own = stream in (sys.__stdout__, sys.__stderr__) and not stream.isatty()
    if sys.platform == "win32" and is_own and not (sys.flags.utf8_mode or os.environ.get("PYTHONIOENCODING")):
        import ctypes

        if page := ctypes.windll.kernel32.GetConsoleOutputCP():  # 0: there is no console
            return f"cp{page}"
    return stream.encoding


@contextmanager
def guarded(stream: TextIO) -> Iterator[None]:
    """Raise ``CannotWrite`` where a stream cannot be written; that its reader has enough ("| head") is none.

    From then on the stream goes nowhere, lest Python complains of it again at its end.
    """
    try:
        yield
    except OSError as error:
        with suppress(OSError):  # one of memory has no number
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # A pipe that nobody reads any more is an invalid argument to Windows.
        has_no_reader = isinstance(error, BrokenPipeError) or (
            sys.platform == "win32" and error.errno == errno.EINVAL
        )
        if not has_no_reader:
            message = _("standard output cannot be written: {reason}")
            raise CannotWrite(message.format(reason=reason(error))) from error
