"""The command that starts a registry."""

from typing import Annotated

from chengguo.cli import printing
from chengguo.cli.declared import Argument, Commands, Option
from chengguo.errors import Refused, WrongUsage
from chengguo.files import saving, store
from chengguo.language import _
from chengguo.registry import template
from chengguo.registry.values import is_years
from chengguo.text.visible import visible_line

app = Commands()


@app.command("init", epilog=_("Example: chengguo init --title 某某行动方案 --years 2026-2030"))
def init(
    file: Annotated[str, Argument(metavar="[FILE]")] = store.DEFAULT_NAME,
    *,
    title: Annotated[str | None, Option(metavar="TEXT", help=_("The title of the plan."))] = None,
    years: Annotated[
        str | None, Option(metavar="YEARS", help=_("The years of the plan, such as 2026-2030."))
    ] = None,
) -> None:
    """Start a registry with one task and with comments that explain each field.

    FILE is what is made, tasks.yaml where it is left out; - is standard output. No file is overwritten.
    """
    if years is not None and not is_years(years):
        message = _("'{text}' cannot stand here").format(text=years)
        raise WrongUsage(
            f"--years: {message}", _("Write {expected}.").format(expected=_("years such as 2017-2020"))
        )
    text = template.registry(title, years)
    if file == "-":
        printing.put_registry(text)
        return
    name = visible_line(file)
    try:
        saving.create(file, text.encode())
    except FileExistsError as error:
        raise Refused(_("{file} is there already").format(file=name), _("Nothing was written.")) from error
    typed = f'"{name}"' if " " in name else name
    print(
        _("{file} was written; replace the examples, then: chengguo validate {typed}").format(
            file=name, typed=typed
        )
    )
