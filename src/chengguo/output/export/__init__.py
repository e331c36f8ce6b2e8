"""The formats of the table that is handed round: a module each, whose ``write`` turns a Document to bytes.

A new format is its module and one line here.
"""

from collections.abc import Callable
from typing import NamedTuple

from chengguo.language import plural
from chengguo.output.export.document import Document


def items(document: Document, file: str) -> str:
    """Say how many items a file has."""
    return plural("{file}: {count} item", "{file}: {count} items", len(document.lines), file=file)


def events(document: Document, file: str) -> str:
    """Say how many events a calendar has."""
    count = sum(not event.closed for line in document.lines for event in line.events)
    return plural("{file}: {count} event", "{file}: {count} events", count, file=file)


class Medium(NamedTuple):
    """The module that writes a format, what is said of a file of it, and whether that is a ZIP archive.

    One that ``is_read`` comes back through its cells alone, where nothing stands behind them.
    One that ``is_restorable`` has the tables behind, by which import reads it back, without being asked.
    The module of one that ``continues`` the file that it replaces has a function ``continued``.
    """

    module: str
    counted: Callable[[Document, str], str] = items
    is_archive: bool = False
    continues: bool = False
    is_read: bool = False
    is_restorable: bool = False


FORMATS = {  # the end of a file's name: how it is written
    ".xlsx": Medium("xlsx", is_archive=True, is_read=True, is_restorable=True),
    ".docx": Medium("docx", is_archive=True, is_read=True),
    ".md": Medium("markdown", is_read=True),
    ".html": Medium("html", is_read=True),
    ".csv": Medium("delimited", is_read=True),
    ".sqlite": Medium("sqlite"),
    ".ics": Medium("calendar", events, continues=True),
}
