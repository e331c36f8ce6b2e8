"""What standard output shows: how wide its characters are, and whether it has lines to draw with."""

import codecs
import os
import sys

from chengguo.text.widths import Ruler

_PAGE = 936
_ITS_ENCODINGS = frozenset({"gbk", "gb2312", "gb18030"})


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
