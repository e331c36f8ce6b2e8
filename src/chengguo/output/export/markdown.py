"""Markdown: a heading and a pipe table for each section."""

from chengguo.output.export.document import PRINTED, Document, Section
from chengguo.output.formats.markdown import escape


def write(document: Document) -> bytes:
    """Return ``document`` as Markdown in UTF-8. Nothing of a cell is taken as markup."""
    table = f"**{escape(document.table)}**" if document.table else ""
    above = [f"# {escape(document.title)}", table, escape(document.as_of), escape(document.note)]
    parts = [block for part in document.parts for block in _part(document, part)]
    return ("\n\n".join(block for block in [*above, *parts] if block) + "\n").encode()


def _part(document: Document, part: Section) -> tuple[str, ...]:
    columns = document.headings(PRINTED)
    rule = "|" + "---|" * len(columns)
    rows = [
        _row((block.number if first else "", block.title if first else "", *line.printed()))
        for block in part.blocks
        for first, line in ((number == 0, line) for number, line in enumerate(block.lines))
    ]
    level = 3 if part.upper else 2
    heading = f"{'#' * level} {escape(part.heading)}"
    above = (f"## {escape(part.upper)}",) if part.begins else ()
    return (*above, heading, "\n".join([_row(columns), rule, *rows]))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"
