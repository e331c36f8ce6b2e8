"""What shells get as completions: words that none of them acts on, whatever a registry says.

Typer's scripts let bash and zsh evaluate what the program prints. Every word is therefore quoted as the
shell reads it, and one that cannot be is not offered.
"""

import io
import os
import shlex
from contextlib import redirect_stdout
from typing import Any

import click
import typer
from click.shell_completion import CompletionItem, add_completion_class
from typer._completion_classes import (
    BashComplete,
    PowerShellComplete,
    ZshComplete,
    _sanitize_help_text,
)

from chengguo.errors import CannotOpen, WrongUsage
from chengguo.files.reasons import reason
from chengguo.language import _

_SINGLE = "'‘’\N{SINGLE LOW-9 QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"  # to PowerShell
_QUOTES = frozenset(f"{_SINGLE}“”„")
_OPENING = frozenset("'\"\\")
_GLOBBED = frozenset("*?[]\\'")  # what bash still looks up among the files, within quotes that are printed


def is_plain(word: str) -> bool:
    """True if no shell acts on any character of ``word``."""
    return all(each.isalnum() or each in "._-" or _is_foreign(each) for each in word)


def _is_foreign(each: str) -> bool:
    return not each.isascii() and each.isprintable() and each not in _QUOTES


class Bash(BashComplete):
    """Words in single quotes where they need them; bare ones alone behind a quote that is open already."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return the offers, quoted."""
        words = os.environ["COMP_WORDS"].split("\n")[int(os.environ["COMP_CWORD"]) :]
        is_open = not _OPENING.isdisjoint("".join(words))
        return [
            CompletionItem(item.value if is_plain(item.value) else f"'{item.value}'", help=item.help)
            for item in super().get_completions(args, incomplete)
            if is_plain(item.value) or not (is_open or _GLOBBED & set(item.value))
        ]


class Zsh(ZshComplete):
    """Words and what they mean as quoted strings: zsh quotes what it puts on the line by itself."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return one offer as _describe takes it."""
        word = item.value.replace("\\", "\\\\").replace(":", "\\:")
        about = " ".join(_sanitize_help_text(item.help).split()) if item.help else ""
        return shlex.quote(f"{word}:{about}" if about else word)

    def complete(self) -> str:
        """Return what zsh evaluates."""
        offers = [self.format_completion(item) for item in self.get_completions(*self.get_completion_args())]
        return f"local -a offers; offers=({' '.join(offers)}); _describe '' offers" if offers else "_files"


class PowerShell(PowerShellComplete):
    """Words in single quotes where they need them, each such quote inside doubled."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return the offers, quoted; ":::" parts an offer from its help."""
        return [
            CompletionItem(item.value if is_plain(item.value) else _doubled(item.value), help=item.help)
            for item in super().get_completions(args, incomplete)
            if ":::" not in item.value
        ]


def _doubled(word: str) -> str:
    return "'" + "".join(each * 2 if each in _SINGLE else each for each in word) + "'"


def install_for_user(context: click.Context, _parameter: object, wanted: Any) -> Any:
    """Install completion for the shell in hand, or the one that is named, and say where; then exit."""
    if not wanted or context.resilient_parsing:
        return wanted
    from typer._completion_shared import install as install_script  # only who asks for it pays for it

    try:
        with redirect_stdout(io.StringIO()):  # what it says there is in English
            shell, path = install_script(shell=wanted if isinstance(wanted, str) else None)
    except typer.Exit as error:
        message = _("there is no completion for this shell")
        raise WrongUsage(message, _("There is one for bash, zsh, fish and PowerShell.")) from error
    except OSError as error:
        message = _("{file} could not be written: {reason}")
        raise CannotOpen(message.format(file=error.filename or "~", reason=reason(error))) from error
    print(_("completion for {shell} is installed: {path}").format(shell=shell, path=path))
    print(_("It works in terminals that are opened from now on."))
    raise typer.Exit


def install() -> None:
    """Let Click answer the shells through these classes; fish takes Typer's output as mere text."""
    for name, kind in (("bash", Bash), ("zsh", Zsh), ("powershell", PowerShell), ("pwsh", PowerShell)):
        add_completion_class(kind, name)
