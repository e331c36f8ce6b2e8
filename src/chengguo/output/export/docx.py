"""Word: merged cells on A4 landscape, the headings repeated on each page, alerts in their colours."""

import copy
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.importing.returning.appendix import Table
from chengguo.language import _
from chengguo.output.export.document import PRINTED, Block, Document, Tint
from chengguo.output.export.settling import settled

# Centimetres, of the official columns, of the number, status, alert and report: what A4 landscape leaves.
_WIDTHS = (*(1.2, 2.5, 6.5, 2.4, 3.2, 2.0), *(1.1, 1.5, 2.8, 3.5))
_OWN_WIDTH = 2.0  # of each of the office's own columns, for which the others make room
_CENTRED = frozenset({0, 5, 6, 7})  # the columns of short texts
_ALERT = 8  # the column of the alert
_OWN = 2  # the columns of a task itself, beside all of its items
_MARGIN = 1.5  # centimetres
_FONT, _SIZE = "宋体", 9  # points
_GREY = "E7E6E6"


class _Look(NamedTuple):
    """How a row looks, and which of its cells are centred."""

    bold: bool = False
    header: bool = False  # it stands on each page
    kept: bool = False  # on one page with the next row
    centred: frozenset[int] = frozenset()
    tint: Tint | None = None  # of the cell of its alert
    merged: str = ""  # how the task's own cells go with those above and below: restart, continue


class _Table(NamedTuple):
    """A table, and its first row of each look, of which the others are copies."""

    made: Any
    rows: dict[_Look, Any]


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTROLS = {"\t": f"{_W}tab", "\r": f"{_W}br", "\n": f"{_W}br"}  # what Word has elements of its own for
_PIECE = re.compile(r"[\t\r\n]|[^\t\r\n]+")
_HEADER = _Look(bold=True, header=True, centred=frozenset(range(1000)))


def write(document: Document) -> bytes:
    """Return ``document`` as a Word document; the same document makes the same bytes.

    Raises ``WrongUsage`` where python-docx is missing.
    """
    try:
        import docx
    except ImportError as error:
        raise WrongUsage(_("a .docx file needs python-docx"), installing.command("office")) from error
    made = docx.Document()
    day = document.day
    made.core_properties.author, made.core_properties.title = "chengguo", document.title[:255]  # Word's limit
    made.core_properties.comments = ""  # python-docx names itself there
    made.core_properties.created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    made.core_properties.modified = made.core_properties.created
    _page(made)
    above = ((document.title, 16), (document.table, 14), (document.as_of, 10), (document.note, 10))
    for text, size in above:
        if text:
            _heading(made, text, size)
    _fill(made, document)
    if document.appendix:
        told = _("The tables below hold what the official one has no column for; import reads them.")
        _heading(made, told, 9).paragraph_format.page_break_before = True
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
    for language in made.styles.element.iter(qn("w:lang")):  # what decides how wide “ and … are
        language.set(qn("w:eastAsia"), "zh-CN")
    _number(section.footer.paragraphs[0])


def _number(paragraph: Any) -> None:
    """Write the number of the page, and of how many, for Word to fill in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, name in (("", "PAGE"), (" / ", "NUMPAGES")):
        paragraph.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        paragraph._p.append(field)  # noqa: SLF001 - python-docx has no name for it


def _heading(made: Any, text: str, size: int) -> Any:
    """Write a line above a table, on the same page as the table."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(text)
    run.bold, run.font.size = size > 10, Pt(size)  # noqa: PLR2004 - the titles
    return paragraph


def _fill(made: Any, document: Document) -> None:
    widths = (*_WIDTHS, *(_OWN_WIDTH for _column in document.own))
    table = _table(made, tuple(sum(_WIDTHS) * width / sum(widths) for width in widths))
    _row(table, document.headings(PRINTED), _HEADER)
    for part in document.parts:
        for heading in part.headings:
            _row(table, (heading,), _Look(bold=True, kept=True))
        for block in part.blocks:
            _block(table, block)


def _block(table: _Table, block: Block) -> None:
    """Write a task: its number and title once, over the rows of all its items."""
    for number, line in enumerate(block.lines):
        own = ("", "") if number else (block.number, block.title)
        merged = "" if len(block.lines) == 1 else "continue" if number else "restart"
        look = _Look(centred=_CENTRED, tint=line.tint, merged=merged)
        _row(table, (*own, *line.printed()), look)


def _merged(first: Any, last: Any) -> None:
    """Make one cell of those between two in a row; Word keeps an empty line of each, which go."""
    first.merge(last)
    for paragraph in first.paragraphs[1:]:
        paragraph._element.getparent().remove(paragraph._element)  # noqa: SLF001 - python-docx has no name for it


def _table(made: Any, widths: tuple[float, ...]) -> _Table:
    from docx.shared import Cm

    table = made.add_table(0, len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return _Table(table, {})


def _row(table: _Table, texts: tuple[str, ...], look: _Look) -> None:
    """Write a row, which no page break parts; that of the headings stands on each page.

    One with a single text goes over the whole width.
    """
    if look not in table.rows:
        table.rows[look] = _blank_row(table.made, look)
    add_row(table.made, table.rows[look], texts)


def add_row(table: Any, blank: Any, texts: Sequence[str]) -> None:
    """Add a copy of a blank row, a text in each of its runs: python-docx looks at all rows for a new one."""
    row = copy.deepcopy(blank)
    table._tbl.append(row)  # noqa: SLF001 - python-docx has no name for it
    for run, text in zip(row.iter(f"{_W}r"), texts, strict=True):
        _write(run, text)


def _write(run: Any, text: str) -> None:
    """Write a text in an empty run, as python-docx does, which looks for the place of each piece of it."""
    for piece in _PIECE.findall(text):
        element = run.makeelement(_CONTROLS.get(piece, f"{_W}t"))
        if piece not in _CONTROLS:
            element.text = piece
            if piece != piece.strip():
                element.set(_SPACE, "preserve")
        run.append(element)


def _blank_row(table: Any, look: _Look) -> Any:
    """Return a row without texts, which is no part of the table."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import RGBColor

    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    properties.append(OxmlElement("w:cantSplit"))
    if look.header:
        properties.append(OxmlElement("w:tblHeader"))
    for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        cell.width = column.width
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run()
        run.bold = look.bold
        if look.kept:
            paragraph.paragraph_format.keep_with_next = True
        if number in look.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        tint = look.tint if number == _ALERT else None
        if tint:
            run.font.color.rgb = RGBColor.from_string(tint.letters)
        if look.header or tint:
            _shade(cell, tint.ground if tint else _GREY)
    for cell in row._tr.tc_lst[: _OWN if look.merged else 0]:  # noqa: SLF001 - its merge looks through the table
        cell.vMerge = look.merged
    if look.kept:
        _merged(row.cells[0], row.cells[-1])
    table._tbl.remove(row._tr)  # noqa: SLF001 - python-docx has no name for it
    return row._tr  # noqa: SLF001 - the same


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no name for it


def _behind(made: Any, table: Table) -> None:
    """Write a table of what the official one has no column for, so that import loses nothing."""
    _heading(made, table.name, 11)
    small = _table(made, _fitting(table))
    for row in (table.headings, *table.rows):
        _row(small, row, _HEADER if row is table.headings else _Look())


def _fitting(table: Table) -> tuple[float, ...]:
    """Share the width of the page out among the columns, by what they hold."""
    longest = [min(max(map(len, texts)), 30) + 2 for texts in zip(table.headings, *table.rows, strict=True)]
    return tuple(sum(_WIDTHS) * each / sum(longest) for each in longest)
