"""Word documents in the form of official papers (GB/T 9704-2012): the page, the fonts, the parts."""

import io
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from chengguo.errors import WrongUsage
from chengguo.files import installing
from chengguo.language import _
from chengguo.output.export.docx import add_row
from chengguo.output.export.settling import settled

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_INSTEAD = {SONG: "宋体", FANG: "仿宋", HEI: "SimHei", KAI: "楷体"}  # where a machine lacks one
_LATIN = "Times New Roman"
_TWO, _THREE, _FOUR, _FIVE = 22, 16, 14, 10.5  # points of 2号, 3号, 4号, 五号
_TOP, _LEFT, _WIDE, _HIGH = 37, 28, 156, 225  # millimetres
_LINES, _CHARACTERS = 22, 28  # of a full page
_POINTS = 72 / 25.4  # of a millimetre
_OF_TITLE = _WIDE * _POINTS / _TWO  # characters of a line of a title
_BETWEEN = re.compile(r"(?<=.)(?=[(（《])|[)）》](?!$)")  # where a title may be parted
_PLACE = _WIDE * _POINTS / _CHARACTERS  # points from character to character
PITCH = _HIGH * _POINTS / _LINES  # points from line to line


def paper(title: str, day: date) -> Any:
    """Return an empty paper. Raises ``WrongUsage`` where python-docx is missing."""
    try:
        import docx
    except ImportError as error:
        raise WrongUsage(_("a .docx file needs python-docx"), installing.command("report")) from error
    made = docx.Document()
    made.core_properties.author, made.core_properties.title = "chengguo", title[:255]  # Word's limit
    made.core_properties.comments = ""  # python-docx names itself there
    made.core_properties.created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    made.core_properties.modified = made.core_properties.created
    _page(made)
    _fonts(made)
    return made


def _page(made: Any) -> None:
    """Set the page: its edges, and the grid of 22 lines of 28 characters."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(_TOP), Mm(_LEFT)
    section.right_margin, section.bottom_margin = Mm(210 - _LEFT - _WIDE), Mm(297 - _TOP - _HIGH)
    section.footer_distance = Mm(25)  # the number stands 7 mm below the text
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx has no name for it
        section._sectPr.remove(old)  # noqa: SLF001
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(
        qn("w:linePitch"), str(int(PITCH * 20))
    )  # twentieths of a point; rounded up, a line would be lost
    grid.set(qn("w:charSpace"), str(round((_PLACE - _THREE) * 4096)))
    section._sectPr.append(grid)  # noqa: SLF001
    made.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], "right")
    _number(section.even_page_footer.paragraphs[0], "left")


def _number(paragraph: Any, side: str) -> None:
    """Write the number of the page, — 1 —, a character from the outer edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    setattr(paragraph.paragraph_format, f"{side}_indent", Pt(_FOUR))
    run(paragraph, "— ", "宋体", _FOUR)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    inner = run(paragraph, "1", "宋体", _FOUR)
    field.append(inner._r)  # noqa: SLF001 - python-docx has no name for it
    paragraph._p.append(field)  # noqa: SLF001
    run(paragraph, " —", "宋体", _FOUR)


def _fonts(made: Any) -> None:
    """Set the font of the text, and what stands in for fonts that a machine lacks."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = made.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(_THREE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    # The places of the grid are a hair narrower than a character, for which LibreOffice takes two of them: so
    # lines and characters are set apart as the grid has them, and not by it.
    snap, tight = OxmlElement("w:snapToGrid"), OxmlElement("w:spacing")
    snap.set(qn("w:val"), "0")
    tight.set(
        qn("w:val"), str(math.floor((_PLACE - _THREE) * 20) - 1)
    )  # twentieths of a point, rounding beside
    style.element.rPr.find(qn("w:sz")).addprevious(tight)
    space = style.paragraph_format
    space.space_before = space.space_after = Pt(0)
    space.line_spacing = Pt(int(PITCH * 20) / 20)
    style.element.pPr.find(qn("w:spacing")).addprevious(snap)
    for language in made.styles.element.iter(qn("w:lang")):  # what decides how wide “ and … are
        language.set(qn("w:eastAsia"), "zh-CN")
    table = next(part for part in made.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    table._blob = re.sub(rb"</w:fonts>", fonts.encode() + b"</w:fonts>", table.blob)  # noqa: SLF001


def run(paragraph: Any, text: str, font: str = FANG, size: float = _THREE, *, bold: bool = False) -> Any:
    """Write a piece of text in a font, Chinese characters taking it by a name of their own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = paragraph.add_run(text)
    made.font.name, made.font.size, made.bold = _LATIN, Pt(size), bold or None
    made._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - font.name leaves it
    return made


def title(made: Any, text: str, below: str = "") -> None:
    """Write the title, and a line below it in brackets, as a day is."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for line, font, size in (*((part, SONG, _TWO) for part in _lines(text)), (below, KAI, _THREE)):
        if line:
            paragraph = made.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(paragraph, line, font, size)
    made.add_paragraph()


def _lines(text: str) -> tuple[str, ...]:
    """Part a title that is longer than a line where a bracket begins or ends, so that both parts are one.

    Of several places the one that makes the parts most alike counts; without one the title stays whole.
    """
    if _places(text) <= _OF_TITLE:
        return (text,)
    parted = [(text[: found.end()], text[found.end() :]) for found in _BETWEEN.finditer(text)]
    fitting = [pair for pair in parted if max(map(_places, pair)) <= _OF_TITLE]
    return min(fitting, key=lambda pair: abs(_places(pair[0]) - _places(pair[1])), default=(text,))


def _places(text: str) -> float:
    """Return how many characters wide a text is; an ASCII one takes half."""
    return sum(0.5 if each.isascii() else 1 for each in text)


def heading(made: Any, text: str) -> None:
    """Write a heading of the first level (一、), which stays with what follows."""
    paragraph = body(made, text, HEI)
    paragraph.paragraph_format.keep_with_next = True
    _outline(paragraph)


def _outline(paragraph: Any) -> None:
    """Make a paragraph a heading for the pane of Word and for screen readers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)  # noqa: SLF001 - python-docx has no name for it


def body(made: Any, text: str, font: str = FANG, *, indent: int = 2) -> Any:
    """Write a paragraph of the text, its first line in by so many characters."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = made.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(indent * _PLACE)
        ind = paragraph._p.pPr.ind  # noqa: SLF001 - python-docx has no name for characters
        ind.set(qn("w:firstLineChars"), str(100 * indent))
    run(paragraph, text, font)
    return paragraph


def signature(made: Any, office: str, day: str) -> None:
    """Write who signs, and the day, at the right, the day four characters from the edge.

    No page has them alone: the end of the text stays with them.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made.add_paragraph()
    for text in filter(None, (office, day)):
        _keep_end(made)
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(4 * _THREE)
        paragraph.paragraph_format.keep_together = True
        run(paragraph, text)


def _keep_end(made: Any) -> None:
    """Keep what stands last with what follows: a paragraph, blank ones below it, or the row of a table."""
    from docx.table import Table

    for block in reversed([*made.iter_inner_content()]):
        is_table = isinstance(block, Table)
        cells = block.rows[-1].cells if is_table else ()
        for paragraph in [each for cell in cells for each in cell.paragraphs] if is_table else [block]:
            paragraph.paragraph_format.keep_with_next = True
        if is_table or block.text:
            return


def table(made: Any, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """Write a table as wide as the text, its first row repeated on each page; ``widths`` are shares of it."""
    from docx.shared import Mm

    scale = _WIDE / sum(widths)
    filled = made.add_table(0, len(widths))
    filled.style, filled.autofit = "Table Grid", False
    for column, width in zip(filled.columns, widths, strict=True):
        column.width = Mm(width * scale)
    head, *others = rows
    add_row(filled, _blank_row(filled, is_head=True), head)
    blank = _blank_row(filled, is_head=False)
    for texts in others:
        add_row(filled, blank, texts)
    made.add_paragraph()


def _blank_row(filled: Any, *, is_head: bool) -> Any:
    """Return a row without texts, which is no part of the table."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    row = filled.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, column in zip(row.cells, filled.columns, strict=True):
        cell.width = column.width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(_FOUR)
        run(paragraph, "", HEI if is_head else FANG, _FIVE)
    filled._tbl.remove(row._tr)  # noqa: SLF001 - the same
    return row._tr  # noqa: SLF001 - the same


def saved(made: Any, day: date) -> bytes:
    """Return the bytes of a paper; the same paper makes the same bytes."""
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), day)
