"""The command line: words → one call below → an exit code. ``main`` is the console script."""

import os
import sys
from typing import NoReturn

from chengguo import __version__, language
from chengguo.cli import streams
from chengguo.cli.print_error import print_error
from chengguo.errors import ChengguoError

FAULT = 70


def main() -> NoReturn:
    """Run the program and exit: 0 fine, or one of the codes of the README."""
    import gc
    import warnings

    # A command lives for a tenth of a second. Collecting, on the way or at the end (what is frozen is not
    # looked at), takes a quarter of that and frees nothing that the end of the process does not.
    gc.disable()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell each other is nothing to the user
    code = run()
    gc.freeze()
    sys.exit(code)


def run() -> int:
    """Run the command of ``sys.argv`` and give its exit code; no error goes through as a traceback."""
    language.choose()
    try:
        streams.prepare()
        _configure()
        code = _command()
        sys.stdout.flush()
    except ChengguoError as error:
        print_error(error.message, error.hint)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets one line and the code for it
        from chengguo.cli import fault

        fault.tell(error)
        return FAULT
    return code


def _configure() -> None:
    """Read the settings, and take the language that they choose; completion says nothing of a wrong file."""
    from chengguo.cli import settings

    try:
        settings.load(os.environ)
    except ChengguoError:
        if "_CHENGGUO_COMPLETE" not in os.environ:
            raise
    if wanted := settings.value("lang"):
        language.choose(wanted)


def _command() -> int:
    if sys.argv[1:] == ["--version"]:
        print(f"chengguo {__version__}")
        return 0
    try:
        from chengguo.cli.app import command  # its help is translated as it is imported

        # What is typed is taken as it is, on Windows too: a note of "~" or "$OS" is no path.
        command(prog_name="chengguo", windows_expand_args=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
