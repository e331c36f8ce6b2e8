"""What standard output shows: how wide its characters are, and whether it has lines to draw with."""

import codecs
import os
import sys

from chengguo.text.widths import Ruler

_PAGE = 936
_USUAL = os.terminal_size((80, 24))
_ITS_ENCODINGS = frozenset({"gbk", "gb2312", "gb18030"})


def size() -> os.terminal_size:
    """Return the columns and lines of standard output: $COLUMNS and $LINES, else the terminal's, else 80, 24.

    ``shutil.get_terminal_size`` asks the stream that Python opened, which may be another by now.
    """
    try:
        there = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        there = _USUAL
    sizes = zip(("COLUMNS", "LINES"), there, _USUAL, strict=True)
    return os.terminal_size(_number(os.environ.get(name, "")) or size or usual for name, size, usual in sizes)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def ruler() -> Ruler:
    """Return the ruler of standard output."""
    return Ruler(2 if _is_ambiguous_wide() else 1)


def has_lines() -> bool:
    """True if lines can be drawn: they are in the encoding, and one column wide."""
    return sys.stdout.encoding.lower().startswith("utf") and not _is_ambiguous_wide()


def _is_ambiguous_wide() -> bool:
    """True if standard output is in code page 936, or a console that is."""
    if codecs.lookup(sys.stdout.encoding).name in _ITS_ENCODINGS:
        return True
    if sys.platform != "win32" or not sys.stdout.isatty() or os.environ.get("WT_SESSION"):
        return False  # Windows Terminal counts as Unicode does, in every code page
    import ctypes

    return bool(ctypes.windll.kernel32.GetConsoleOutputCP() == _PAGE)
