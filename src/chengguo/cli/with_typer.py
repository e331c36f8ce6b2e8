"""Commands as Typer takes them: what is declared in our own words is handed to it in its."""

import inspect
from functools import wraps
from typing import Annotated, Any, get_args

import click
import typer

from chengguo.cli.declared import Argument, Commands, Context, Function, Option, Parameter, parameters
from chengguo.cli.options import in_english


class Words(click.Choice[str]):
    """One of the words that an option takes, or a Chinese one for it; help shows the English ones."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the English word; Click refuses one that is none of them."""
        return super().convert(in_english(value), param, ctx)


def app_of(commands: typer.Typer | Commands) -> typer.Typer:
    """Return the commands of a module as an app of Typer, their parameters in its own words."""
    if isinstance(commands, typer.Typer):
        app = commands
    else:
        app = typer.Typer()
        for each in commands:
            if each.below is None:
                app.command(each.name, epilog=each.epilog)(each.function)
            else:
                group = app_of(each.below)
                group.info.invoke_without_command = True
                group.info.epilog = each.epilog
                group.callback()(each.function)
                app.add_typer(group, name=each.name)
    return app


def function_of(command: Function) -> Function:
    """Return a function that does what the command does, and whose parameters Typer can read."""

    @wraps(command)
    def called(**given: Any) -> None:
        command(**given)

    known = parameters(command)
    called.parameters = known  # type: ignore[attr-defined] # who builds it again asks
    annotations = {name: _annotation(each) for name, each in known.items()}
    called.__annotations__ = annotations
    called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if each.default is ... else each.default,
                annotation=annotations[name],
            )
            for name, each in known.items()
        ]
    )
    return called


def _annotation(parameter: Parameter) -> Any:
    """Return the annotation of a parameter, with the option as Typer declares it."""
    if parameter.annotation is Context:
        return typer.Context
    kind, *declared = get_args(parameter.annotation) or (parameter.annotation,)
    if not declared or not isinstance(declared[0], Option):
        return parameter.annotation
    option = declared[0]
    settings = {**option.settings}
    if parameter.panel:
        settings["rich_help_panel"] = parameter.panel
    if option.words:
        settings["click_type"] = Words(option.words)
    if option.choices:
        settings["click_type"] = click.Choice(option.choices)
    make = typer.Argument if isinstance(option, Argument) else typer.Option
    return Annotated[kind, make(*option.names, **settings)]
