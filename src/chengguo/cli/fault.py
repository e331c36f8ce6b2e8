"""A fault of the program itself: one line for people, and the traceback where it can be found."""

import os
import platform
import sys
import tempfile
import traceback

from chengguo import __version__
from chengguo.cli.print_error import print_error
from chengguo.language import _
from chengguo.text.visible import visible


def tell(error: Exception) -> None:
    """Say what happened and where, and leave the traceback in a file that is named.

    Where ``CHENGGUO_DEBUG`` is set, the traceback is printed instead.
    """
    trace = "".join(traceback.format_exception(error))
    if os.environ.get("CHENGGUO_DEBUG"):
        print(visible(trace), end="", file=sys.stderr)
        hint = _("Please report it, with the command and what stands above.")
    elif name := _left(trace):
        hint = _("Please report it, with {file}: the command and the traceback are in it.").format(file=name)
    else:
        hint = _("Please report it, with the command and what it prints when CHENGGUO_DEBUG=1 is set.")
    print_error(_what(error), hint)


def _what(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f"{last[0].filename}:{last[0].lineno}" if last else "?"
    what = f"{type(error).__name__}: {error}"
    return _("a fault of the program itself: {what} ({place})").format(what=what, place=place)


def _left(trace: str) -> str | None:
    """Leave the traceback in a new file, which only the user can read; None where that cannot be done."""
    versions = f"chengguo {__version__}, Python {platform.python_version()}, {platform.platform()}"
    report = f"{versions}\n{sys.argv!r}\n{trace}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="chengguo-", suffix=".txt", delete=False
        ) as file:
            file.write(report)
    except OSError:
        return None
    return file.name
