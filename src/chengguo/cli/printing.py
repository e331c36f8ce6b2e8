"""What goes to standard output: a report in its format, text and bytes, through a pager or Rich."""

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from chengguo.cli import streams
from chengguo.cli.session import Color
from chengguo.output import terminal
from chengguo.output.formats import FORMATS
from chengguo.output.report import Output, Report

if TYPE_CHECKING:
    from rich.console import Console

_PIPED = 120  # terminal columns of a table that goes into a pipe or a file


def write(
    report: Report, chosen: str, *, bom: bool, color: Color, in_full: str = "", paged: bool = False
) -> None:
    """Write ``report`` to standard output in a format of ``formats.FORMATS``."""
    from importlib import import_module  # a format is imported where it is used

    module = import_module(f"chengguo.output.formats.{FORMATS[chosen]}")
    module.write(report, output(color, bom=bom, in_full=in_full, paged=paged), chosen)


def output(color: Color, *, bom: bool = False, in_full: str = "", paged: bool = False) -> Output:
    """Return what standard output is, for what is written to it.

    ``in_full`` says how to see everything of a table that is short on a terminal.
    """
    return Output(
        width=width(),
        ruler=terminal.ruler(),
        ascii_only=not is_unicode(),
        has_lines=terminal.has_lines(),
        in_full=in_full if sys.stdout.isatty() else "",
        is_styled=sys.stdout.isatty() or color is Color.ALWAYS,
        is_colored=False,
        put=lambda pieces, for_excel=False: put_pieces(pieces, bom=bom and for_excel, paged=paged),
        print_rich=lambda show: _print_rich(show, color, paged=paged),
    )


def put_registry(text: str) -> None:
    """Write a registry to standard output: in UTF-8 where it goes to a file or a program, as it must be."""
    put(text, encoding=sys.stdout.encoding if sys.stdout.isatty() else "utf-8")


def put(text: str, *, encoding: str = "", paged: bool = False) -> None:
    """Write text to standard output as it is, without translating line ends."""
    put_pieces((text,), encoding=encoding, paged=paged)


def put_pieces(pieces: Iterable[str], *, bom: bool = False, encoding: str = "", paged: bool = False) -> None:
    """Write pieces of a text to standard output, each as it is made; with ``bom`` as UTF-8."""
    encoding = "utf-8-sig" if bom else encoding or sys.stdout.encoding
    put_bytes(codecs.iterencode(pieces, encoding, "backslashreplace"), paged=paged)


def put_bytes(pieces: Iterable[bytes], *, paged: bool = False) -> None:
    """Write bytes to standard output; ``paged``, through the pager where they do not fit the terminal."""
    if paged and (words := _pager()):
        from chengguo.cli import pager

        data = b"".join(pieces)
        if pager.show(data, words):
            return
        pieces = (data,)
    with streams.guarded(sys.stdout):
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()


def _pager() -> list[str] | None:
    """Return the words of the pager; None where there is none, or no terminal."""
    if not sys.stdout.isatty():
        return None
    from chengguo.cli import pager  # only a terminal pays for it

    return pager.command()


def _print_rich(show: Callable[["Console"], None], color: Color, *, paged: bool) -> None:
    """Let ``show`` print to standard output through Rich: nothing is markup, a pipe gets no padding."""
    from rich.console import Console  # only colours and terminals pay for it

    is_terminal = sys.stdout.isatty()
    is_direct = is_terminal and not (paged and _pager())
    page = io.StringIO()
    show(
        Console(
            file=None if is_direct else page,
            color_system={Color.NEVER: None, Color.ALWAYS: "standard"}.get(color, "auto"),
            force_terminal=True if is_terminal or color is Color.ALWAYS else None,
            no_color=False if color is Color.ALWAYS else None,
            width=width(),
            height=terminal.size().lines,  # else Rich ignores the width of a dumb terminal
            legacy_windows=None if is_terminal else False,  # a pipe is no old console, a column narrower
            markup=False,
            emoji=False,
            highlight=False,
        )
    )
    if not is_direct:
        put("".join(f"{line.rstrip()}\n" for line in page.getvalue().split("\n")[:-1]), paged=paged)


def width() -> int:
    """Return the width of tables: $COLUMNS, else the terminal's, else, where there is none, our own."""
    if os.environ.get("COLUMNS") or sys.stdout.isatty():
        return terminal.size().columns
    return _PIPED


def is_unicode() -> bool:
    """True if standard output can hold every character."""
    return sys.stdout.encoding.lower().replace("-", "").startswith("utf")
