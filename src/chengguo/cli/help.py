"""The command that tells what the help of a command has no room for: a topic a file, in each language."""

from typing import Annotated

from chengguo import language
from chengguo.cli import completion, printing
from chengguo.cli.declared import Argument, Commands, Context
from chengguo.cli.options import NoPagerOption
from chengguo.errors import WrongUsage
from chengguo.language import _

app = Commands()


@app.command("help", epilog=_("Example: chengguo help schedules"))
def show_help(
    context: Context,
    topic: Annotated[str | None, Argument(metavar="[TOPIC]", autocompletion=completion.topics)] = None,
    *,
    no_pager: NoPagerOption = False,
) -> None:
    """Show a topic of the help, such as format or import, or the help of a command.

    Without a topic, list them all.
    """
    from chengguo.cli.commands import COMMANDS  # it imports the commands' modules, and so not this one

    paged = not (no_pager or context.obj.no_pager)
    if topic is None:
        printing.put(_listed(), paged=paged)
    elif topic in language.topics():
        printing.put(language.topic(topic), paged=paged)
    elif topic in COMMANDS:
        printing.put(_of_command(topic), paged=paged)
    else:
        message = _("there is no topic '{topic}'").format(topic=topic)
        raise WrongUsage(message, _("'chengguo help' lists the topics, 'chengguo -h' the commands."))


def _of_command(name: str) -> str:
    """Return the help of a command, as ``chengguo NAME -h`` prints it."""
    import click  # only this pays for it

    from chengguo.cli.app import command as program

    root = click.Context(program, info_name="chengguo", **program.context_settings)
    command = program.get_command(root, name)
    assert command  # noqa: S101 - its name is one of COMMANDS
    with click.Context(command, info_name=name, parent=root) as inner:
        return command.get_help(inner) + "\n"


def _listed() -> str:
    """Return a line for each topic: its name and its title."""
    titles = {name: language.topic(name).partition("\n")[0].removeprefix("# ") for name in language.topics()}
    width = max(map(len, titles))
    lines = [f"  {name:{width}}  {title}" for name, title in titles.items()]
    return "\n".join([_("Topics of chengguo help:"), *lines, "", _("Commands: chengguo -h")]) + "\n"
