"""The command line: words → one call below → an exit code. ``main`` is the console script."""

import os
import sys
from typing import NoReturn

from chengguo import language
from chengguo.cli.complaint import complain
from chengguo.errors import ChengguoError

FAULT = 70


def main() -> NoReturn:
    """Run the program and exit: 0 fine, or one of the codes of the README."""
    import gc

    # A command lives for a tenth of a second. Collecting, on the way or at the end (what is frozen is not
    # looked at), takes a quarter of that and frees nothing that the end of the process does not.
    gc.disable()
    code = run()
    gc.freeze()
    sys.exit(code)


def run() -> int:
    """Run the command of ``sys.argv`` and give its exit code; no error goes through as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character (GBK, ASCII) gets its escape, not a crash.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    _follow_the_console()
    language.choose()
    try:
        from chengguo.cli.app import command  # its help is translated as it is imported

        # What is typed is taken as it is, on Windows too: a note of "~" or "$OS" is no path.
        command(prog_name="chengguo", windows_expand_args=False)
    except ChengguoError as error:
        complain(error.message, error.hint)
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets one line and the code for it
        from chengguo.cli import fault

        fault.tell(error)
        return FAULT
    return 0


def _follow_the_console() -> None:
    """On Windows, write into pipes and files in the code page of the console, which chcp may have changed.

    Who reads a pipe there (more, findstr, PowerShell) takes it to be in that one, not in that of the system.
    """
    if sys.platform == "win32" and not (sys.flags.utf8_mode or os.environ.get("PYTHONIOENCODING")):
        import ctypes

        page = ctypes.windll.kernel32.GetConsoleOutputCP()  # 0: there is no console
        for stream in {sys.stdout, sys.stderr} & {sys.__stdout__, sys.__stderr__}:
            if page and stream and not stream.isatty():
                stream.reconfigure(encoding=f"cp{page}")  # type: ignore[union-attr,unused-ignore]
