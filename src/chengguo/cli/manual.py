"""The help of a command: its options by what they are for, each on a line where it fits.

Lines are wrapped as Chinese is wrapped, which breaks nowhere else than print does.
"""

from collections.abc import Iterator

import click

from chengguo.language import _
from chengguo.output import terminal
from chengguo.output.formats.wrapping import fold
from chengguo.text.widths import Ruler

_WIDEST = 26  # columns of names, which what they mean stands beside; longer ones stand above it
_NARROWEST = 30  # columns for what they mean; where there are fewer, all names stand above it
_INDENT = 2


def text(command: click.Command, context: click.Context) -> str:
    """Return the help of a command, in the width of standard output."""
    columns, ruler = terminal.size().columns, terminal.ruler()
    panels = _panels(command, context)
    names = [ruler.width(name) for entries in panels.values() for name, _about in entries]
    beside = max((width for width in names if width <= _WIDEST), default=0) + 2 * _INDENT
    if columns - beside < _NARROWEST:
        beside = 2 * _INDENT
    blocks = [[paragraph] for paragraph in (command.get_usage(context), *_paragraphs(command.help))]
    lines = [[part for line in block for part in fold(line, columns, ruler)] for block in blocks]
    for title, entries in panels.items():
        listed = [_entry(name, about, beside, columns, ruler) for name, about in entries]
        lines.append([_("{title}:").format(title=title), *(line for entry in listed for line in entry)])
    lines += [[*fold(paragraph, columns, ruler)] for paragraph in _paragraphs(command.epilog)]
    return "\n".join("".join(f"{line}\n" for line in block) for block in lines)


def _panels(command: click.Command, context: click.Context) -> dict[str, list[tuple[str, str]]]:
    """Return, by title, the names and what they mean: of the commands below, of arguments, of options."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for title, name, about in (*_options(command, context), *_commands(command, context)):
        panels.setdefault(title, []).append((name, about))
    return panels


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        usual = _("Arguments") if isinstance(parameter, click.Argument) else _("Options")
        if record and getattr(parameter, "help", None):
            yield getattr(parameter, "rich_help_panel", None) or usual, *record


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, str, str]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below and not below.hidden:
                about = next(_paragraphs(below.help), "")
                yield _("Commands"), name, about


def _entry(name: str, about: str, beside: int, columns: int, ruler: Ruler) -> list[str]:
    """Return the lines of a name and what it means."""
    head = " " * _INDENT + name
    width = ruler.width(head)
    told = fold(about, max(1, columns - beside), ruler)
    if width + _INDENT > beside:
        return [head, *(" " * beside + line for line in told)]
    return [head + " " * (beside - width) + told[0], *(" " * beside + line for line in told[1:])]


def _paragraphs(written: str | None) -> Iterator[str]:
    """Return paragraphs, each on one line: between two Chinese lines no blank stands for the line break."""
    for paragraph in (written or "").split("\n\n"):
        joined = ""
        for line in paragraph.strip().splitlines():
            is_chinese = bool(joined) and not joined[-1].isascii() and not line.strip()[:1].isascii()
            joined += line.strip() if is_chinese or not joined else f" {line.strip()}"
        if joined:
            yield joined
