"""Word: merged cells on A4 landscape, the headings repeated on each page, overdue rows in red."""

import io
from datetime import datetime
from typing import Any

from chengguo.appendix import Table
from chengguo.errors import WrongUsage
from chengguo.exporting.document import Block, Document
from chengguo.exporting.xlsx import settled
from chengguo.language import _

_WIDTHS = (1.2, 3.4, 9.4, 2.8, 4.0, 2.0, 1.7, 2.0)  # centimetres, of the columns; A4 landscape leaves 26.7
_MARGIN = 1.5  # centimetres
_FONT, _SIZE = "宋体", 9  # points
_RED = "B00000"


def write(document: Document) -> bytes:
    """Give ``document`` as a Word document; the same document gives the same bytes.

    Raises ``WrongUsage`` where python-docx is missing.
    """
    try:
        import docx
    except ImportError as error:
        raise WrongUsage(_("a .docx file needs python-docx"), "pip install 'chengguo[office]'") from error
    made = docx.Document()
    day = document.day
    made.core_properties.author = "chengguo"
    made.core_properties.created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    made.core_properties.modified = made.core_properties.created
    _page(made)
    for text, size in ((document.title, 16), (document.table, 14), (document.as_of, 10)):
        _heading(made, text, size)
    _fill(made, document)
    for table in document.appendix:
        _behind(made, table)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), document.day)


def _page(made: Any) -> None:
    """Set the page and the font, whose Chinese characters Word takes from a name of their own."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)


def _heading(made: Any, text: str, size: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = size > 10, Pt(size)  # noqa: PLR2004 - the titles


def _fill(made: Any, document: Document) -> None:
    table = _table(made, _WIDTHS)
    _row(table, document.columns, bold=True, header=True)
    for part in document.parts:
        cells = _row(table, (part.heading, *("",) * (len(_WIDTHS) - 1)), bold=True)
        _merged(cells[0], cells[-1])
        for block in part.blocks:
            _block(table, block)


def _block(table: Any, block: Block) -> None:
    """Write a task: its number and title once, over the rows of all its items."""
    first: Any = None
    cells: Any = None
    for line in block.lines:
        own = (block.number, block.title) if first is None else ("", "")
        cells = _row(table, (*own, *line.cells), red=line.overdue)
        first = first or cells
    if first is not cells:
        for column in (0, 1):
            _merged(first[column], cells[column])


def _merged(first: Any, last: Any) -> None:
    """Make one cell of those between two; Word keeps an empty line of each, which go."""
    first.merge(last)
    for paragraph in first.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)  # noqa: SLF001 - python-docx has no name for it


def _table(made: Any, widths: tuple[float, ...]) -> Any:
    from docx.shared import Cm

    table = made.add_table(0, len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(
    table: Any, texts: tuple[str, ...], *, bold: bool = False, red: bool = False, header: bool = False
) -> Any:
    """Write a row, which no page break parts; that of the headings stands on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import RGBColor

    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
        cell.width = column.width
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
        if red:
            run.font.color.rgb = RGBColor.from_string(_RED)
    return row.cells


def _behind(made: Any, table: Table) -> None:
    """Write a table of what the official one has no column for, so that import loses nothing."""
    _heading(made, table.name, 11)
    width = (29.7 - 2 * _MARGIN) / len(table.headings)
    small = _table(made, (width,) * len(table.headings))
    for row in (table.headings, *table.rows):
        _row(small, row, bold=row is table.headings)
