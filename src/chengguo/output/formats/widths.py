"""How many columns a character takes in code page 936, the one of a Chinese Windows.

Of what Unicode calls ambiguous (dashes, quotes, the middle dot, the lines of boxes), the fonts of that code
page are two columns wide. Rich counts one, as is right for a terminal in UTF-8.
"""

import codecs
import contextlib
import os
import sys
import unicodedata
from collections.abc import Iterator

from rich import cells
from rich.console import Console

_PAGE = 936
_ITS_ENCODINGS = frozenset({"gbk", "gb2312", "gb18030"})


class SignConsole(Console):
    """A console that gets signs for lines: what it is written in lacks them, or shows them too wide."""

    encoding = "gbk"


@contextlib.contextmanager
def measured() -> Iterator[type[Console]]:
    """Let Rich count as standard output is shown, and yield the kind of console that it is."""
    if not _is_ambiguous_wide():
        yield Console
        return
    # Rich has no public hook for this; a test tells when the names are gone.
    before = cells.get_character_cell_size, cells._is_single_cell_widths  # noqa: SLF001
    cells.get_character_cell_size = _size  # type: ignore[assignment]
    cells._is_single_cell_widths = str.isascii  # noqa: SLF001
    cells.cached_cell_len.cache_clear()
    try:
        yield SignConsole
    finally:
        cells.get_character_cell_size, cells._is_single_cell_widths = before  # noqa: SLF001
        cells.cached_cell_len.cache_clear()


_counted = cells.get_character_cell_size


def _size(character: str, *version: str) -> int:
    return 2 if unicodedata.east_asian_width(character) == "A" else _counted(character, *version)


def _is_ambiguous_wide() -> bool:
    """Return whether standard output is in code page 936, or a console that is."""
    if codecs.lookup(sys.stdout.encoding).name in _ITS_ENCODINGS:
        return True
    if sys.platform != "win32" or not sys.stdout.isatty() or os.environ.get("WT_SESSION"):
        return False  # Windows Terminal counts as Unicode does, in every code page
    import ctypes

    return bool(ctypes.windll.kernel32.GetConsoleOutputCP() == _PAGE)
