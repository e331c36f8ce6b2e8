"""What a query found, and where it is to go, for whichever format writes it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from chengguo.text.widths import Ruler

if TYPE_CHECKING:
    from rich.console import Console

    from chengguo.output.views import View


class Report(NamedTuple):
    """What a query command found, each medium's form made only when it is asked for.

    ``name`` and ``facts`` head the JSON document, in which the records, ``total`` of them, stand under
    ``key``. The view for people takes the terminal columns for which it is to be short, None where it is to
    tell everything.
    """

    name: str
    facts: dict[str, Any]
    key: str
    total: int
    records: Callable[[], Iterable[dict[str, Any]]]
    people: Callable[[int | None], "View"]
    scripts: Callable[[], "View"]


class Put(Protocol):
    """Writes pieces of text; ``for_excel`` to where a byte order mark may be asked for."""

    def __call__(self, pieces: Iterable[str], *, for_excel: bool = False) -> None:
        """Write the pieces, each as it is made."""


class Output(NamedTuple):
    """Where a report goes.

    ``width`` is in terminal columns, which ``ruler`` counts; ``ascii_only`` tells that not every character
    can be written there, ``has_lines`` that a table can be drawn with lines, ``is_styled`` that it is to be
    printed by Rich, ``is_colored`` in colours. Where there is an ``in_full``, which says how to see
    everything, a row takes a line and its long texts are cut.
    """

    width: int
    ruler: Ruler
    ascii_only: bool
    has_lines: bool
    in_full: str
    is_styled: bool
    is_colored: bool
    put: Put
    print_rich: Callable[[Callable[["Console"], None]], None]

    @property
    def is_compact(self) -> bool:
        """True if a row takes a line, its long texts cut."""
        return bool(self.in_full)
