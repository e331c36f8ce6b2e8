"""The calendar of holidays: the one that is set, and any that a command is told of."""

import os

from chengguo import workdays
from chengguo.cli import settings
from chengguo.errors import ChengguoError, WrongUsage
from chengguo.files import store
from chengguo.language import _
from chengguo.text.source import decode


def calendar(path: str) -> workdays.Workdays:
    """Read the calendar of holidays in a file; raises ``WrongUsage`` for a line that is no day of one."""
    try:
        lines = decode(store.read_bytes(path, is_registry=False), path).text.splitlines()
        return workdays.read_holidays(lines, os.path.basename(path))  # noqa: PTH119 - of any machine
    except ValueError as error:
        message = _("{file}:{line}: not a day of a calendar").format(file=path, line=error)
        raise WrongUsage(
            message, _("Write 2018-02-15 for a day off, 2018-02-11 班 for one worked.")
        ) from error


def of_settings() -> workdays.Workdays | None:
    """Read the calendar that is set; None where none is.

    Raises ``WrongUsage`` for one that cannot be read.
    """
    found = settings.find("holidays")
    if found is None:
        return None
    try:
        return calendar(found.value)
    except ChengguoError as error:
        message = _("the calendar of holidays of {origin}: {message}")
        message = message.format(origin=found.origin, message=error.message)
        raise WrongUsage(
            message, error.hint or _("Set holidays to a file that is there, or to none.")
        ) from error
