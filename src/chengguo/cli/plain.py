"""A plain call is answered without Typer, which takes longer to load than the answer to find.

Plain are the words that a command takes, and options as they are declared, with values that they take. All
else is left to Typer, with nothing done or said: help, completion, customary names, whatever is wrong. What
a plain call means is what it means to Typer.
"""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from importlib import import_module
from typing import Any, NamedTuple

from chengguo.cli import session
from chengguo.cli.commands import COMMANDS
from chengguo.cli.declared import (
    Argument,
    Commands,
    Context,
    Option,
    Parameter,
    PlainContext,
    answering,
    is_bad_value,
    options_of,
    parameters,
)
from chengguo.cli.options import Before, in_english

# What is understood here of an option's settings. Those of the help say nothing of a value.
_UNDERSTOOD = {"autocompletion", "help", "is_eager", "max", "metavar", "min", "parser", "show_default"}


class _NotPlainError(Exception):
    """A call that is for Typer."""


class _Place(NamedTuple):
    """Where values go: the name of a parameter, what declares it, its default, the kind of its values."""

    name: str
    option: Option
    default: Any
    kind: Any
    is_list: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the option as they are typed."""
        return self.option.names or ("--" + self.name.replace("_", "-"),)


def answer(words: list[str]) -> int | None:
    """Answer a plain call and return its exit code; None, with nothing done, for one that is for Typer."""
    try:
        context, name, words = _before(words)
        commands = import_module(f"chengguo.cli.{COMMANDS[name]}").app if name in COMMANDS else None
        if not isinstance(commands, Commands):
            return None
        function = next(each.function for each in commands if each.name == name)
        given = _read(words, parameters(function), context)
    except _NotPlainError:
        return None
    try:
        with answering(context):
            function(**given)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # a value that the command alone can tell to be wrong, before it does anything
        if is_bad_value(error):
            return None
        raise
    return int(session.INCOMPLETE in context.meta)


def _before(words: list[str]) -> tuple[Context, str, list[str]]:
    """Return the context of what stands before the command, the command, and the words behind it."""
    declared = options_of(Before)
    options = {name: place for place in _places(declared) for name in place.names}
    at = 0
    while at < len(words) and words[at].startswith("-"):
        place = options.get(words[at])
        at += 1 if place is None or place.kind is bool else 2
    if at >= len(words):
        raise _NotPlainError
    before = Before(**_read(words[:at], declared, PlainContext(None)))
    return PlainContext(before.known()), words[at], words[at + 1 :]


def _places(declared: dict[str, Parameter]) -> Iterator[_Place]:
    """Yield the places of parameters; raises ``_NotPlainError`` for one that Typer alone understands."""
    for name, (annotation, default, _panel) in declared.items():
        if annotation is Context:
            continue
        option = annotation.__metadata__[0]
        if not isinstance(option, Option) or not option.settings.keys() <= _UNDERSTOOD:
            raise _NotPlainError
        kind = _but_none(annotation.__origin__)
        is_list = getattr(kind, "__origin__", None) is list
        yield _Place(name, option, default, kind.__args__[0] if is_list else kind, is_list)


def _but_none(kind: Any) -> Any:
    """Return what a type has beside None: of ``date | None`` that is ``date``."""
    among: tuple[Any, ...] = getattr(kind, "__args__", ())
    return among[0] if type(None) in among else kind


def _read(words: list[str], declared: dict[str, Parameter], context: Context) -> dict[str, Any]:
    """Return the values of the parameters; raises ``_NotPlainError``."""
    places = [*_places(declared)]
    written = _written(words, places)
    given: dict[str, Any] = {"context": context} if "context" in declared else {}
    with answering(context):  # whose day is that of --as-of, which is eager, once it is read
        for place in sorted(places, key=lambda place: not place.option.settings.get("is_eager")):
            values = [_value(place, text) for text in written.get(place.name, ())]
            if not values and place.default is ...:
                raise _NotPlainError
            given[place.name] = place.default if not values else values if place.is_list else values[0]
            context.params[place.name] = given[place.name]
    return given


def _written(words: list[str], places: list[_Place]) -> dict[str, list[str]]:
    """Return what is written for each parameter by name; raises ``_NotPlainError``."""
    options = {name: place for place in places for name in place.names}
    argument = next((place for place in places if isinstance(place.option, Argument)), None)
    written: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        name, equals, text = word.partition("=")
        place = argument if not word.startswith("-") else options.get(name)
        if place is None or (equals and (place.kind is bool or not name.startswith("--"))):
            raise _NotPlainError
        if place is argument:
            text = word
        elif not equals and place.kind is not bool:
            text = next(rest, "-")
        if text.startswith("-") or (place.name in written and not place.is_list):
            raise _NotPlainError
        written.setdefault(place.name, []).append(text)
    return written


def _value(place: _Place, text: str) -> Any:
    """Return the value that a text is; raises ``_NotPlainError`` where there is something to say of it."""
    option, said = place.option, io.StringIO()
    text = in_english(text) if option.words else text
    known = option.plain or option.words or option.choices
    if known and text not in known:
        raise _NotPlainError
    if place.kind is bool:
        return True
    try:
        with redirect_stderr(said):
            value = option.settings.get("parser", place.kind)(text)
    except Exception as error:  # whatever is wrong, Typer says it
        raise _NotPlainError from error
    if said.getvalue() or (place.kind is int and not _is_within(option, text)):
        raise _NotPlainError
    return value


def _is_within(option: Option, text: str) -> bool:
    """True if a text is a plain number that the option takes."""
    least, most = option.settings.get("min", 0), option.settings.get("max", float("inf"))
    return text.isdecimal() and least <= int(text) <= most
