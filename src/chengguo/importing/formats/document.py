"""Documents to rows, by python-docx: paragraphs and tables in order, with the numbers that Word counts."""

from collections.abc import Iterator
from typing import Any

from chengguo.errors import Refused
from chengguo.importing import bounds
from chengguo.importing.formats.office import opened, reading
from chengguo.importing.numbering import Numbering
from chengguo.importing.rows import Row
from chengguo.language import _

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = tuple(_WORD + name for name in ("ins", "del", "moveFrom", "moveTo"))
_WRAPPERS = tuple(_WORD + name for name in ("sdt", "smartTag", "customXml"))
_PROPERTIES = tuple(_WORD + name for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_PARAGRAPH, _TABLE, _TEXT_BOX = (_WORD + name for name in ("p", "tbl", "txbxContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(data: bytes, name: str) -> Iterator[Row]:
    """Read the paragraphs and tables of a document in order; a row's line is its running number.

    Raises ``Refused`` where the file is no document or has tracked changes, ``WrongUsage`` without
    python-docx.
    """
    document = opened("docx", "Document", data, name)
    with reading(name):
        yield from _rows(document, name)


def _rows(document: Any, name: str) -> Iterator[Row]:
    """Read an open document."""
    body = document.element.body
    if next(body.iter(*_CHANGES), None) is not None:
        message = _("{file} has tracked changes").format(file=name)
        raise Refused(message, _("Accept or reject them in Word, and save."))
    _unwrap(body)
    numbering = Numbering(document)
    line = tables = 0
    several = len(body.tbl_lst) > 1
    for part in body:
        for text in _boxed(part):
            line += 1
            yield Row(line, (text,), note=_("the words stand in a text box: '{text}'").format(text=text))
        if part.tag == _TABLE:
            tables += 1
            table = str(tables) if several else ""
            for cells, note in _table(part, numbering):
                line += 1
                yield Row(line, cells, table, note)
        elif part.tag == _PARAGRAPH:
            line += 1
            yield Row(line, (_paragraph(part, numbering),))


def _unwrap(body: Any) -> None:
    """Take away what wraps paragraphs, rows and words, as the controls of a form do: it would be skipped."""
    for wrapper in list(body.iter(*_WRAPPERS)):
        content = wrapper.find(f"{_WORD}sdtContent") if wrapper.tag == _WRAPPERS[0] else wrapper
        for child in list(content) if content is not None else ():
            if child.tag not in _PROPERTIES:
                wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def _boxed(part: Any) -> list[str]:
    """Give the texts of the text boxes in a part; Word keeps each twice, once for older versions."""
    boxes = [box for box in part.iter(_TEXT_BOX) if next(box.iterancestors(_FALLBACK), None) is None]
    texts = ("".join(paragraph.text for paragraph in box.iter(_PARAGRAPH)).strip() for box in boxes)
    return [text for text in texts if text]


def _table(table: Any, numbering: Numbering) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the rows of a table, and what is to note of each.

    A cell that is merged downward is repeated in each row, one that is merged sideways stands once.
    """
    above: dict[int, str] = {}
    for row in table.tr_lst:
        cells: list[str] = [""] * _room(row.grid_before, 0)
        merged: dict[int, str] = {}
        for cell in row.tc_lst:
            place = len(cells)
            text = above.get(place, "") if cell.vMerge == "continue" else _cell(cell, numbering)
            if cell.vMerge:
                merged[place] = text
            cells += [text, *[""] * _room(cell.grid_span - 1, place)]
        above = merged
        has_inner = any(cell.tbl_lst for cell in row.tc_lst)
        yield tuple(cells), _("a table in a cell is read as words of the cell") if has_inner else ""


def _room(columns: int, place: int) -> int:
    """Give how many columns to leave beside a place: no more than tell that the row is too wide."""
    return min(columns, bounds.COLUMNS + 1 - place)


def _cell(cell: Any, numbering: Numbering) -> str:
    """Give the text of a cell, a line a paragraph; a table in it is a line a row."""
    lines = []
    for part in cell:
        if part.tag == _PARAGRAPH:
            lines.append(_paragraph(part, numbering))
        elif part.tag == _TABLE:
            lines += [" ".join(filter(None, row)) for row, _note in _table(part, numbering)]
    return "\n".join(lines).strip()


def _paragraph(paragraph: Any, numbering: Numbering) -> str:
    text: str = paragraph.text
    return (numbering.next(paragraph) + text.strip()).strip()
