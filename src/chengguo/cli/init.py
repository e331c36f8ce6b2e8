"""The command that starts a registry."""

import os
from typing import Annotated

import typer

from chengguo import starting, store
from chengguo.errors import CannotOpen, Refused, WrongUsage
from chengguo.language import _
from chengguo.values import is_years

app = typer.Typer()


@app.command("init", epilog=_("Example: chengguo init --title 某某行动方案 --years 2026-2030"))
def init(
    file: Annotated[str, typer.Argument(metavar="[FILE]")] = store.DEFAULT_NAME,
    *,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=_("The title of the plan."))] = None,
    years: Annotated[
        str | None, typer.Option(metavar="YEARS", help=_("The years of the plan, such as 2026-2030."))
    ] = None,
) -> None:
    """Start a registry with one task and with comments that explain each field.

    FILE is the file that is made, tasks.yaml where it is left out; one that is there is never overwritten.
    """
    if years is not None and not is_years(years):
        message = _("'{text}' cannot stand here").format(text=years)
        raise WrongUsage(
            f"--years: {message}", _("Write {expected}.").format(expected=_("years such as 2017-2020"))
        )
    data = starting.registry(title, years).encode()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(file, flags, 0o666), "wb") as new:  # noqa: PTH123 - it is a descriptor
            new.write(data)
    except FileExistsError as error:
        raise Refused(_("{file} is there already").format(file=file), _("Nothing was written.")) from error
    except OSError as error:
        message = _("{file} cannot be made: {reason}").format(file=file, reason=error.strerror or error)
        raise CannotOpen(message) from error
    print(_("{file} was written; replace the examples, then: chengguo validate {file}").format(file=file))
