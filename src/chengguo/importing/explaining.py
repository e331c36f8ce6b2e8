"""What each row of a file was taken for, and why: how a table that is read wrongly is understood."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from chengguo.importing import headers
from chengguo.importing.columns import Columns
from chengguo.importing.drafts import Draft
from chengguo.importing.rows import Row
from chengguo.language import N_, _, listed

# What a row may be, in the order in which it is asked; the words are those of the JSON too.
KINDS = (
    *(N_("header"), N_("title"), N_("section"), N_("item")),
    *(N_("continuation"), N_("note"), N_("doubt"), N_("text")),
)


class Explained(NamedTuple):
    """A row: where it stands, what it was taken for, why, and its words."""

    line: int
    table: str
    kind: str
    why: str
    text: str


class Explanation(NamedTuple):
    """Each row of a file, and the names of the shapes that they were read as, in the order of reading."""

    rows: list[Explained]
    shapes: tuple[str, ...] = ()


def explain(rows: tuple[Row, ...], known: Mapping[str, str], made: Draft | None) -> Explanation:
    """Explain the rows of a table by what was made of them; None where nothing could be made."""
    found = headers.find(rows, known)
    about = _About(made)
    explained = [
        Explained(row.line, row.table, *about.row(row, found.get(place)), _words(row))
        for place, row in enumerate(rows)
        if any(row.cells) or any(not each.is_of_file for each in row.remarks)
    ]
    return Explanation(explained, made.shapes if made else ())


def explain_export(rows: tuple[Row, ...], places: Mapping[str, int]) -> Explanation:
    """Explain the rows of a table that was exported: which is which is known by its address."""
    addresses = {place: address for address, place in places.items()}
    why = _("of a table that chengguo exported")
    explained = [
        Explained(
            row.line, row.table, *(("item", addresses[at]) if at in addresses else ("text", why)), _words(row)
        )
        for at, row in enumerate(rows)
        if any(row.cells)
    ]
    return Explanation(explained)


def _words(row: Row) -> str:
    return " | ".join(" ".join(cell.split()) for cell in row.cells if cell)


class _About:
    """What was made of the rows: items, sections, and doubts by their places."""

    def __init__(self, made: Draft | None) -> None:
        self.items: dict[tuple[int, str], list[str]] = {}
        self.parts: dict[tuple[int, str], list[str]] = {}  # of lines that items go on in
        self.doubts: dict[tuple[int, str], list[str]] = {}
        self.sections: dict[str, str] = {}
        self.titles: tuple[str, ...] = ()
        self.day = ""
        if made is None:
            return
        for task in made.tasks:
            for item in task.items:
                address = f"{task.id}.{item.number}"
                self.items.setdefault((item.line, item.table), []).append(address)
                for line in dict.fromkeys(item.lines):
                    self.parts.setdefault((line, item.table), []).append(address)
        for doubt in made.doubts:
            self.doubts.setdefault((doubt.line, doubt.table), []).append(doubt.why)
        self.sections = {_bare(section.title): key for key, section in made.sections.items()}
        issued = made.heading.issued
        self.day = f"{issued.year}年{issued.month}月{issued.day}日" if issued else ""
        self.titles = tuple(filter(None, map(_bare, (made.heading.plan, made.heading.table))))

    def row(self, row: Row, columns: Columns | None) -> tuple[str, str]:
        """Return what a row was taken for, and why."""
        place = (row.line, row.table)
        doubts = self.doubts.get(place, [])
        kind, why = self.kind(row, columns, doubts)
        said = [why, *doubts] if why else doubts
        return kind, "; ".join(dict.fromkeys(said))

    def kind(self, row: Row, columns: Columns | None, doubts: list[str]) -> tuple[str, str]:
        """Return the kind of a row, and what tells it beside the doubts about it."""
        if columns:
            own = _("the office's own")
            names = (f"{word}={columns.field(at) or own}" for at, word in enumerate(columns.words) if word)
            return "header", _("its columns: {names}").format(names=listed(names))
        breaks_off = _("joined to the row above, which breaks off: '{text}'")
        goes_on = _("joined to the row above, which it goes on from: '{text}'")
        if any(map(_says(breaks_off, goes_on), doubts)):
            return "continuation", ""
        if addresses := self.items.get((row.line, row.table)):
            return "item", listed(addresses)
        if addresses := self.parts.get((row.line, row.table)):
            return "continuation", listed(addresses)
        return self.of_text(_bare("".join(row.cells)), doubts)

    def of_text(self, text: str, doubts: list[str]) -> tuple[str, str]:
        """Return the kind of a row that makes no item by its words."""
        if any(title in text for title in self.titles) or (self.day and self.day in text):
            return "title", ""
        section = next((key for title, key in self.sections.items() if title and text.endswith(title)), None)
        if section is not None:
            return "section", section
        if any(map(_says(_("these words are nowhere in what was read: '{text}'")), doubts)):
            return "doubt", ""
        return ("note" if doubts else "text"), ""


def _says(*messages: str) -> Callable[[str], bool]:
    """Return a predicate: True for one of the messages, whatever its text."""
    begins = tuple(message.partition("{text}")[0] for message in messages)
    return lambda why: why.startswith(begins)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
