"""Documents to rows, by python-docx: paragraphs and tables in order, with the numbers that Word counts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.errors import Refused
from chengguo.importing import bounds
from chengguo.importing.formats import runs
from chengguo.importing.formats.office import opened, reading
from chengguo.importing.numbering import Numbering
from chengguo.importing.rows import Remark, Row
from chengguo.language import _

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = tuple(
    _WORD + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
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
    reader = _Reader(Numbering(document), runs.notes(document))
    line = tables = 0
    several = len(body.tbl_lst) > 1
    for part in body:
        for text in _boxed(part):
            line += 1
            yield Row(line, (text,), note=_("the words stand in a text box: '{text}'").format(text=text))
        if part.tag == _TABLE:
            tables += 1
            table = str(tables) if several else ""
            for row in reader.table(part):
                line += 1
                yield row._replace(line=line, table=table)
        elif part.tag == _PARAGRAPH:
            line += 1
            cell = reader.paragraph(part)
            yield Row(line, (cell.text.strip(),), remarks=cell.remarks(0))


def _unwrap(body: Any) -> None:
    """Take away what wraps paragraphs, rows and words, as the controls of a form do: it would be skipped."""
    for wrapper in list(body.iter(*_WRAPPERS)):
        content = wrapper.find(f"{_WORD}sdtContent") if wrapper.tag == _WRAPPERS[0] else wrapper
        for child in list(content) if content is not None else ():
            if child.tag not in _PROPERTIES:
                wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def _boxed(part: Any) -> list[str]:
    """Return the texts of the text boxes in a part; Word keeps each twice, once for older versions."""
    boxes = [box for box in part.iter(_TEXT_BOX) if next(box.iterancestors(_FALLBACK), None) is None]
    texts = ("".join(paragraph.text for paragraph in box.iter(_PARAGRAPH)).strip() for box in boxes)
    return [text for text in texts if text]


class _Cell(NamedTuple):
    """The words of a cell or paragraph, what is to be told of it, whether words are out, and bold ones."""

    text: str
    told: tuple[str, ...] = ()
    is_cut: bool = False
    bold: tuple[str, ...] = ()

    def remarks(self, place: int) -> tuple[Remark, ...]:
        """Return what is to be told, at the place of the cell in its row."""
        return tuple(Remark(place, why, self.is_cut) for why in self.told)


class _Reader(NamedTuple):
    """Reads the paragraphs and tables of a document, with the numbers that Word counts and its notes."""

    numbering: Numbering
    notes: Mapping[tuple[str, str], str]

    def table(self, table: Any) -> Iterator[Row]:
        """Return the rows of a table, without their lines.

        A cell that is merged downward is repeated in each row, one that is merged sideways stands once.
        """
        above: dict[int, str] = {}
        for row in table.tr_lst:
            cells: list[str] = [""] * _room(row.grid_before, 0)
            remarks: list[Remark] = []
            bold: list[tuple[int, str]] = []
            merged: dict[int, str] = {}
            for cell in row.tc_lst:
                place = len(cells)
                found = _Cell(above.get(place, "")) if cell.vMerge == "continue" else self.cell(cell)
                remarks += found.remarks(place)
                bold += [(place, text) for text in found.bold]
                if cell.vMerge:
                    merged[place] = found.text
                cells += [found.text, *[""] * _room(cell.grid_span - 1, place)]
            above = merged
            has_inner = any(cell.tbl_lst for cell in row.tc_lst)
            note = _("a table in a cell is read as words of the cell") if has_inner else ""
            yield Row(0, tuple(cells), note=note, remarks=tuple(remarks), bold=tuple(bold))

    def cell(self, cell: Any) -> _Cell:
        """Read a cell, a line a paragraph; a table in it is a line a row."""
        lines: list[_Cell] = []
        for part in cell:
            if part.tag == _PARAGRAPH:
                lines.append(self.paragraph(part))
            elif part.tag == _TABLE:
                lines += [
                    _Cell(" ".join(filter(None, row.cells)), tuple(each.why for each in row.remarks))
                    for row in self.table(part)
                ]
        told = tuple(why for line in lines for why in line.told)
        text = "\n".join(line.text for line in lines).strip()
        bold = tuple(words for line in lines for words in line.bold)
        return _Cell(text, told, any(line.is_cut for line in lines), bold)

    def paragraph(self, paragraph: Any) -> _Cell:
        """Read a paragraph; one whose words are all struck out is counted, but its number goes with them."""
        words = runs.read_runs(paragraph, self.notes)
        number = self.numbering.next(paragraph)
        text = words.text.strip()
        return _Cell("" if words.is_cut and not text else number + text, words.told, words.is_cut, words.bold)


def _room(columns: int, place: int) -> int:
    """Return how many columns to leave beside a place: no more than tell that the row is too wide."""
    return min(columns, bounds.COLUMNS + 1 - place)
