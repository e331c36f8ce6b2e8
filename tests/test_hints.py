"""Hints are true: an option that a message names is one of each command that can print the message.

Which command of a module can print which of its messages is read from the source: from the function of the
command to those that it names, and so on. What several modules share is held to be of some command.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

import chengguo
from chengguo.cli import app, commands

SOURCE = Path(chengguo.__file__).parent
TRANSLATED = {"_", "N_", "plural"}
OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)")
OTHERS = re.compile(r"\b(?:git|iconv) [^;,]*")  # other programs
NAMED = re.compile(r"chengguo ((?:[a-z]+ )?[a-z]+)([^;,.?'()]*)")


class Module:
    """What a module defines: functions, classes with their methods, values, and commands."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.defined: dict[str, ast.AST] = {}
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            words = [getattr(node, "name", None), *(getattr(each, "id", None) for each in targets)]
            self.defined |= {word: node for word in words if word}
        self.commands = dict(_commands(tree))


def _commands(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the name of each command that a module defines, and of its function."""
    for node in tree.body:
        for each in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            match each:
                case ast.Call(func=ast.Attribute(attr="command"), args=[ast.Constant(value=name), *_]):
                    yield str(name), node.name  # type: ignore[attr-defined]


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in SOURCE.rglob("*.py"):
        name = ".".join(("chengguo", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        found[name] = Module(name, path)
    return found


def reached(module: Module, start: str) -> set[str]:
    """Return the definitions of a module that one of them can come to."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            used = ast.walk(module.defined[name])
            waiting += [each.id for each in used if isinstance(each, ast.Name) and each.id in module.defined]
    return found


def messages(node: ast.AST) -> Iterator[str]:
    """Give the messages that stand in a definition."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in TRANSLATED:
            yield from (str(said.value) for said in each.args[:2] if isinstance(said, ast.Constant))


@cache
def options_of(name: str) -> frozenset[str]:
    """Return the options of a command, or of one below it, such as ``depts merge``."""
    context = click.Context(app.command)
    first, _blank, below = name.partition(" ")
    command = app.command.get_command(context, first)
    if below:
        command = getattr(command, "commands", {})[below]
    assert command
    return frozenset(
        word for parameter in command.params for word in (*parameter.opts, *parameter.secondary_opts)
    ) | {"-h", "--help"}


@cache
def every_message() -> tuple[tuple[Module, str], ...]:
    return tuple(
        (module, text)
        for module in modules().values()
        for node in module.defined.values()
        for text in messages(node)
    )


def bare_options(text: str) -> list[str]:
    """Return the options that a message names without a command, ours or another program's."""
    return OPTION.findall(OTHERS.sub("", NAMED.sub("", text)))


def test_each_command_that_a_message_names_has_the_options_beside_it() -> None:
    wrong = []
    for module, text in every_message():
        for words, rest in NAMED.findall(text):
            first, _blank, below = words.partition(" ")
            if first in commands.COMMANDS:
                group = getattr(app.command.get_command(click.Context(app.command), first), "commands", {})
                known = options_of(words if below in group else first)
                wrong += [(module.name, text, each) for each in OPTION.findall(rest) if each not in known]
    assert wrong == []


def test_each_option_that_a_message_names_is_of_some_command() -> None:
    context = click.Context(app.command)
    below = {
        name: getattr(app.command.get_command(context, name), "commands", {}) for name in commands.COMMANDS
    }
    known = {each for name in commands.COMMANDS for each in options_of(name)}
    known |= {each for name, group in below.items() for sub in group for each in options_of(f"{name} {sub}")}
    known |= {each for parameter in app.command.params for each in parameter.opts}
    assert [(module.name, text) for module, text in every_message() if {*bare_options(text)} - known] == []


def test_each_option_that_a_command_speaks_of_is_its_own() -> None:
    known = [
        (module, name, function)
        for module in modules().values()
        for name, function in module.commands.items()
        if name in commands.COMMANDS
    ]
    wrong = []
    for module, name, function in known:
        said = {text for each in reached(module, function) for text in messages(module.defined[each])}
        wrong += [(name, text) for text in said if {*bare_options(text)} - options_of(name)]
    assert len(known) > 20
    assert wrong == []
