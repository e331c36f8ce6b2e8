"""The command line: words → one call below → an exit code. ``main`` is the console script."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NoReturn

from chengguo import __version__, language, workdays
from chengguo.cli import streams
from chengguo.cli.print_error import print_error
from chengguo.errors import CannotWrite, ChengguoError
from chengguo.files import written
from chengguo.language import _, listed

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
    written.forget()
    try:
        streams.prepare()
        _configure()
        code = _command()
        sys.stdout.flush()
    except CannotWrite as error:
        print_error(error.message, _what_was_written() or error.hint)
        return error.exit_code
    except ChengguoError as error:
        print_error(error.message, error.hint)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets one line and the code for it
        from chengguo.cli import fault

        fault.tell(error)
        return FAULT
    finally:
        workdays.choose(None)  # the settings of one call are none of what else the process loads
    return code


def _what_was_written() -> str:
    """Return what to say of the files that were written though nothing could be said of them."""
    paths = written.paths()
    return _("Written before that: {files}").format(files=listed(paths)) if paths else ""


def _configure() -> None:
    """Take the language that the words choose, else the settings; completion says nothing of a wrong file."""
    from chengguo.cli import settings

    asked = _asked_language(sys.argv[1:])
    if asked:
        language.choose(asked)
    try:
        settings.load(os.environ, _values_of(("-f", "--file"), sys.argv[1:]))
    except ChengguoError:
        if "_CHENGGUO_COMPLETE" not in os.environ:
            raise
    if (wanted := settings.value("lang")) and not asked:
        language.choose(wanted)
    workdays.choose(_calendar)


def _calendar() -> "workdays.Workdays | None":
    from chengguo.cli import settings

    if settings.find("holidays") is None:
        return None
    from chengguo.cli import holidays  # only an office that has a calendar pays for it

    return holidays.of_settings()


def _asked_language(words: Sequence[str]) -> str | None:
    """Return the value of ``--lang``: every other word, and the help, is said in that language."""
    return next((value for value in _values_of(("--lang",), words) if value in language.languages()), None)


def _values_of(options: tuple[str, ...], words: Sequence[str]) -> list[str]:
    """Return the values of options that count before the command line is read."""
    words = [*takewhile(lambda word: word != "--", words)]
    return [
        after if word in options else word.partition("=")[2]
        for word, after in pairwise((*words, ""))
        if word in options or word.startswith(tuple(f"{option}=" for option in options))
    ]


def _command() -> int:
    if sys.argv[1:] == ["--version"]:
        print(f"chengguo {__version__}")
        return 0
    try:
        from chengguo.cli import plain

        if (code := plain.answer(sys.argv[1:])) is not None:
            return code
        from chengguo.cli.app import command  # its help is translated as it is imported

        # What is typed is taken as it is, on Windows too: a note of "~" or "$OS" is no path.
        command(prog_name="chengguo", windows_expand_args=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
