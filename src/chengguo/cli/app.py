"""The program and its commands; a command's own module is imported only when it is called."""

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_command_from_info, get_group_from_info
from typer.models import CommandInfo, TyperInfo

from chengguo.cli import printing, shells
from chengguo.cli.commands import COMMANDS
from chengguo.cli.declared import Context, taking
from chengguo.cli.options import Before
from chengguo.cli.session import INCOMPLETE
from chengguo.cli.with_typer import app_of, function_of
from chengguo.errors import WrongUsage
from chengguo.language import N_, _

if TYPE_CHECKING:
    import click


class _Words:
    """What our commands do with the words that are typed: they know what people have the habit of."""

    def make_parser(self: Any, ctx: "click.Context") -> Any:
        """Return the parser of the options, with their customary names where such a name was typed."""
        parser = super().make_parser(ctx)  # type: ignore[misc] # of the class beside this one
        if ctx.meta.get(_TYPED):
            from chengguo.cli import customary

            customary.add_options(self, parser, ctx)
        return parser

    def parse_args(self: Any, ctx: "click.Context", args: list[str]) -> list[str]:
        """Read the words; raises ``WrongUsage`` for an option of which we know what to say."""
        from click import NoSuchOption

        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            _put_help(ctx)
            ctx.exit(WrongUsage.exit_code)
        try:
            return super().parse_args(ctx, [*args])  # type: ignore[misc,no-any-return]
        except NoSuchOption as error:
            from chengguo.cli import customary  # only who types another name pays for it

            if not customary.is_known(self, ctx, error.option_name):
                near = customary.near(error.option_name, error.possibilities or ())
                raise NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx) from error
        ctx.meta[_TYPED] = True
        found: list[str] = self.parse_args(ctx, args)
        return found

    def format_help(self: Any, ctx: "click.Context", formatter: "click.HelpFormatter") -> None:
        """Write the help."""
        from chengguo.cli import manual  # only help pays for it

        formatter.write(manual.text(self, ctx))

    def get_help_option(self: Any, ctx: "click.Context") -> "click.Option | None":
        """Return the option for the help, which is shown as other long texts are."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.callback = _show_help
        return option


def _show_help(ctx: "click.Context", _option: "click.Parameter", wanted: bool) -> None:  # noqa: FBT001 - Click's
    if wanted and not ctx.resilient_parsing:
        _put_help(ctx)
        ctx.exit()


def _put_help(ctx: "click.Context") -> None:
    printing.put(ctx.get_help() + "\n", paged=not (ctx.obj and ctx.obj.no_pager))


_TYPED = "chengguo.customary"  # of the context: there are customary names among the words


class Command(_Words, TyperCommand):
    """A command."""


class CommandWithOthers(_Words, TyperGroup):
    """A command that has others below it."""

    def resolve_command(self, ctx: "click.Context", args: list[str]) -> Any:
        """Find the command that is named; raises ``WrongUsage`` for one of which we know what to say."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            from chengguo.cli import customary  # as above

            customary.refuse_command(self, ctx, args[0])
        return super().resolve_command(ctx, args)


def _built(module: typer.Typer, name: str) -> "click.Command":
    """Build the command of that name, with those below it where there are any."""
    for group in module.registered_groups:
        if group.name == name and group.typer_instance:
            group.cls = CommandWithOthers
            for info in (*group.typer_instance.registered_commands, group.typer_instance.registered_callback):
                _make_ours(info)
            return get_group_from_info(
                group, pretty_exceptions_short=True, suggest_commands=False, rich_markup_mode="rich"
            )
    info = next(info for info in module.registered_commands if info.name == name)
    _make_ours(info)
    return get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode="rich")


def _make_ours(info: CommandInfo | TyperInfo | None) -> None:
    """Let a command know the habits of people, and Typer what its function declares."""
    if isinstance(info, CommandInfo):
        info.cls = Command
    if info and info.callback:
        info.callback = function_of(info.callback)


class Commands(CommandWithOthers):
    """The commands by name, each built from its module under ``chengguo.cli`` when it is asked for."""

    def invoke(self, ctx: "click.Context") -> object:
        """Run the command; it ends with 1 where one of several registries could not be read."""
        result = super().invoke(ctx)
        if ctx.meta.get(INCOMPLETE):
            raise typer.Exit(1)
        return result

    def list_commands(self, ctx: "click.Context") -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: "click.Context", cmd_name: str) -> "click.Command | None":  # noqa: ARG002
        """Build one command, or give None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"chengguo.cli.{COMMANDS[cmd_name]}")
        built = _built(app_of(module.app), cmd_name)
        for each in (built, *getattr(built, "commands", {}).values()):
            each.help = _(each.help) if each.help else None
        return built


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    suggest_commands=False,  # Click's own suggestion is translated
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Keep, check and chase the tasks of an official division-of-labour table (任务分工与进度表)."),
    epilog=_("Example: chengguo list --dept 市教委"),
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer's signature of a callback
    if wanted:
        from chengguo import __version__

        print(f"chengguo {__version__}")
        raise typer.Exit


@app.callback()
@function_of
@taking(before=Before)
def root(
    context: Context,
    *,
    before: Before,
    version: Annotated[  # noqa: ARG001 - its callback has acted
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version and exit.")),
    ] = False,
) -> None:
    """Keep what stands before the command for the command."""
    context.obj = before.known()


_COMPLETION_HELP = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


def _build() -> TyperGroup:
    """Build the group, with the help of Typer's own options translated: Typer fixes it in English."""
    built = get_command(app)
    assert isinstance(built, TyperGroup)  # noqa: S101 - a callback makes it a group
    for parameter in built.params:
        about = getattr(parameter, "help", None)
        if about in _COMPLETION_HELP:
            parameter.help = _(about)
        if parameter.name == "install_completion":
            parameter.callback = shells.install_for_user
    shells.install()
    built.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment] # for Click's "did you mean"
    return built


command = _build()
