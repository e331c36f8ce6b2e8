"""Hints are true: an option that a message names is one of each command that can print the message.

Which command can print what is read from the source: from the function of a command to those that it names,
in whichever module, and so on.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import pytest

import chengguo
from chengguo.cli import app

SOURCE = Path(chengguo.__file__).parent
TRANSLATED = {"_", "N_", "plural"}
OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)")
NAMED = re.compile(r"chengguo ((?:[a-z]+ )?[a-z]+)([^;,.?'()]*)")


class Place(NamedTuple):
    """Something that a module defines: a function, a class with its methods, or a value."""

    module: str
    name: str


class Module:
    """What a module defines, what its names mean, and what each of its definitions says."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.imported: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chengguo"):
                for each in node.names:
                    self.imported[each.asname or each.name] = f"{node.module}.{each.name}"
        self.defined: dict[str, ast.AST] = {}
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for name in [getattr(node, "name", None), *(getattr(each, "id", None) for each in targets)]:
                if name:
                    self.defined[name] = node
        self.commands = dict(_commands(tree))


def _commands(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give the name of each command that a module defines, and of its function."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            for each in node.decorator_list:
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                    if each.func.attr == "command" and each.args and isinstance(each.args[0], ast.Constant):
                        yield str(each.args[0].value), node.name


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in SOURCE.rglob("*.py"):
        name = ".".join(("chengguo", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        found[name] = Module(name, path)
    return found


def meant(module: Module, node: ast.AST) -> Iterator[Place]:
    """Give the definitions that a piece of code names, in this package."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            if each.id in module.defined:
                yield Place(module.name, each.id)
            elif each.id in module.imported:
                owner, _dot, name = module.imported[each.id].rpartition(".")
                yield Place(owner, name)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            if each.value.id in module.imported:
                yield Place(module.imported[each.value.id], each.attr)


def reached(start: Place) -> set[Place]:
    """Return what a definition can come to."""
    found, waiting = set(), [start]
    while waiting:
        place = waiting.pop()
        module = modules().get(place.module)
        if place in found or module is None:
            continue
        found.add(place)
        if place.name in module.defined:
            waiting += meant(module, module.defined[place.name])
        elif place.name in module.imported:
            owner, _dot, name = module.imported[place.name].rpartition(".")
            waiting.append(Place(owner, name))
    return found


def messages(place: Place) -> Iterator[str]:
    """Give the messages that stand in a definition itself, its docstring and help of options left out."""
    module = modules()[place.module]
    node = module.defined.get(place.name)
    for each in ast.walk(node) if node else ():
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


def every_message() -> Iterator[tuple[str, str]]:
    for module in modules().values():
        for name in module.defined:
            for text in messages(Place(module.name, name)):
                yield module.name, text


def test_each_command_that_a_message_names_is_there_with_its_options() -> None:
    wrong = []
    for module, text in every_message():
        for words, rest in NAMED.findall(text):
            first, _blank, below = words.partition(" ")
            if first not in app.COMMANDS:
                continue
            group = getattr(app.command.get_command(click.Context(app.command), first), "commands", {})
            name = words if below in group else first
            wrong += [(module, text, each) for each in OPTION.findall(rest) if each not in options_of(name)]
    assert wrong == []


COMMANDS = {
    name: Place(module.name, function) for module in modules().values() for name, function in module.commands.items()
}


@pytest.mark.parametrize("name", app.COMMANDS)
def test_each_option_that_a_command_can_speak_of_is_its_own(name: str) -> None:
    if name not in COMMANDS:
        pytest.skip("a group")
    wrong = {
        (place.module, text)
        for place in reached(COMMANDS[name])
        for text in messages(place)
        for each in OPTION.findall(NAMED.sub("", text))
        if each not in options_of(name)
    }
    assert sorted(wrong) == []
