"""What commands say of themselves before Typer reads it: their options, what they are called with.

Typer takes longer to load than most answers take to find. So the commands that are called most declare
their options with the values of this module: ``chengguo.cli.app`` hands them to Typer, for help, for
completion, for whatever is wrong; ``chengguo.cli.plain`` reads the same values where nothing of that is
asked for.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple, Protocol

Function = Callable[..., None]


class Option:
    """What ``typer.Option`` takes.

    ``choices`` are the only words that there are; ``words`` too, and a Chinese word may stand for one.
    ``plain`` are those that a plain call can have, where only the registry tells which there are.
    """

    def __init__(
        self,
        *names: str,
        choices: Iterable[str] = (),
        words: Iterable[str] = (),
        plain: Iterable[str] = (),
        **settings: Any,
    ) -> None:
        """Take the names, the words, and what Typer calls the rest."""
        self.names = names
        self.choices = tuple(map(str, choices))
        self.words = tuple(map(str, words))
        self.plain = tuple(map(str, plain))
        self.settings = settings


class Argument(Option):
    """What ``typer.Argument`` takes."""


class Parameter(NamedTuple):
    """A parameter of a command: its annotation, its default, the title under which the help lists it.

    ``default`` is ``...`` where there is none.
    """

    annotation: Any
    default: Any = ...
    panel: str = ""


class Declared(NamedTuple):
    """A command: its name, the line below its help, its function, and the commands below it if it has any."""

    name: str
    epilog: str
    function: Function
    below: "Commands | None" = None


class Commands(list[Declared]):
    """The commands of a module."""

    def command(
        self, name: str, *, epilog: str, below: "Commands | None" = None
    ) -> Callable[[Function], Function]:
        """Return a decorator that declares a command, which is called too where one ``below`` it is named."""

        def declare(function: Function) -> Function:
            self.append(Declared(name, epilog, function, below))
            return function

        return declare


def parameters(function: Function) -> dict[str, Parameter]:
    """Return the parameters of a command by name, those that its bundles stand for among them."""
    known: dict[str, Parameter] | None = getattr(function, "parameters", None)
    if known is not None:
        return known
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    given = function.__defaults__ or ()
    defaults = dict(zip(positional[len(positional) - len(given) :], given, strict=True))
    defaults |= function.__kwdefaults__ or {}
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return {name: Parameter(function.__annotations__[name], defaults.get(name, ...)) for name in names}


def options_of(bundle: type[Any]) -> dict[str, Parameter]:
    """Return the options that are the fields of a bundle, by name; its ``panel()`` is their title."""
    title = bundle.panel() if hasattr(bundle, "panel") else ""
    return {
        name: Parameter(annotation, bundle._field_defaults[name], title)
        for name, annotation in bundle.__annotations__.items()
    }


def taking(*, without: Collection[str] = (), **bundles: type[Any]) -> Callable[[Function], Function]:
    """Return a decorator: each keyword of the command that is named here is made of the options of a bundle.

    An option that the command declares itself stands instead of the one of that name in a bundle; the
    command does not get those that it is ``without``.
    """

    def decorate(command: Function) -> Function:
        own = {name: each for name, each in parameters(command).items() if name not in bundles}
        options = {
            name: each
            for bundle in bundles.values()
            for name, each in options_of(bundle).items()
            if name not in own and name not in without
        }

        @wraps(command)
        def called(**given: Any) -> None:
            made = {
                name: bundle(**{each: given.pop(each) for each in bundle._fields if each in options})
                for name, bundle in bundles.items()
            }
            command(**given, **made)

        called.parameters = own | options  # type: ignore[attr-defined]
        return called

    return decorate


class Context(Protocol):
    """What a command is called with.

    ``obj`` is what stands before it, ``meta`` what the call keeps, ``invoked_subcommand`` the one below it.
    """

    obj: Any
    params: dict[str, Any]
    invoked_subcommand: str | None

    @property
    def meta(self) -> dict[str, Any]:
        """What the call keeps."""


class PlainContext:
    """The context of a plain call; that of Typer has the same attributes."""

    def __init__(self, obj: Any) -> None:
        """Take what stands before the command."""
        self.obj = obj
        self.params: dict[str, Any] = {}
        self.invoked_subcommand: str | None = None
        self.meta: dict[str, Any] = {}


_answered: list[Context] = []  # the plain call that is being answered


@contextmanager
def answering(context: Context) -> Iterator[None]:
    """Have ``current`` return the context of a plain call."""
    _answered.append(context)
    try:
        yield
    finally:
        _answered.pop()


def current() -> Any:
    """Return the context of the call that is being answered, a plain one or Typer's; None without one."""
    if _answered:
        return _answered[-1]
    if "click" not in sys.modules:
        return None
    import click  # it is there

    return click.get_current_context(silent=True)


def bad_value(message: str) -> Exception:
    """Return the error for a value that an option does not take."""
    import typer  # only a wrong value pays for it

    return typer.BadParameter(message)


def is_bad_value(error: Exception) -> bool:
    """True if ``bad_value`` made the error."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(error, typer.BadParameter)
