"""Documents to rows, by python-docx: paragraphs and tables in order, with the numbers that Word counts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.errors import Refused
from chengguo.importing import bounds
from chengguo.importing.formats import around, controls, runs
from chengguo.importing.formats.looks import Looks
from chengguo.importing.formats.numbering import Numbering
from chengguo.importing.formats.office import opened, reading, unpacked
from chengguo.importing.rows import Look, Remark, Row
from chengguo.language import _

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = tuple(
    _WORD + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_WRAPPERS = tuple(_WORD + name for name in ("sdt", "smartTag", "customXml"))
_PROPERTIES = tuple(_WORD + name for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_PARAGRAPH, _TABLE, _TEXT_BOX, _EMBEDDED = (_WORD + name for name in ("p", "tbl", "txbxContent", "altChunk"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def read(data: bytes, name: str) -> Iterator[Row]:
    """Read the paragraphs and tables of a document in order; a row's line is its running number.

    Raises ``Refused`` where the file is no document or has tracked changes, ``WrongUsage`` without
    python-docx.
    """
    parts = unpacked(data, name)
    document = opened("docx", "Document", parts, name)
    with reading(name):
        yield from _rows(document, name)
        if told := tuple(around.of_document(parts)):
            yield Row(1, (), remarks=told)


def _rows(document: Any, name: str) -> Iterator[Row]:
    """Read an open document; the notes that no word of it refers to are told at its end."""
    body = document.element.body
    if next(body.iter(*_CHANGES), None) is not None:
        message = _("{file} has tracked changes").format(file=name)
        raise Refused(message, _("Accept or reject them in Word, and save."))
    _unwrap(body)
    notes = runs.notes(document)
    told = set()
    line = 0
    for row in _parts(body, _Reader(Numbering(document), notes, Looks(document.styles.element))):
        line += 1
        told |= {(remark.why, remark.text) for remark in row.remarks}
        yield row._replace(line=line)
    if left := tuple(each for each in notes.values() if (each.why, each.text) not in told):
        yield Row(max(line, 1), (), remarks=left)


def _parts(body: Any, reader: "_Reader") -> Iterator[Row]:
    """Return the rows of a document, without their lines."""
    tables = 0
    several = len(body.tbl_lst) > 1
    for part in body:
        for cell in reader.boxed(part):
            note = _("the words stand in a text box: '{text}'").format(text=cell.text)
            yield Row(0, (cell.text,), note=note, remarks=cell.remarks(0))
        if part.tag == _TABLE:
            tables += 1
            yield from (row._replace(table=str(tables) if several else "") for row in reader.table(part))
        elif part.tag == _PARAGRAPH:
            cell = reader.paragraph(part)
            mark = "#" * reader.looks.level(part) or reader.numbering.bullet(part)
            mark = mark if cell.text else ""
            yield Row(0, (cell.text.strip(),), remarks=cell.remarks(0), looks=cell.looks, mark=mark)
        elif part.tag == _EMBEDDED:
            yield Row(
                0, ("",), remarks=(Remark(0, _("another file is part of the document, and is not read")),)
            )


def _unwrap(body: Any) -> None:
    """Take away what wraps paragraphs, rows and words, as the controls of a form do: it would be skipped."""
    for wrapper in list(body.iter(*_WRAPPERS)):
        controls.settle(wrapper)
        content = wrapper.find(f"{_WORD}sdtContent") if wrapper.tag == _WRAPPERS[0] else wrapper
        for child in list(content) if content is not None else ():
            if child.tag not in _PROPERTIES:
                wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


class _Cell(NamedTuple):
    """The words of a cell or paragraph, what is to be told of it, whether words are out, and some by look."""

    text: str
    told: tuple[Remark, ...] = ()
    is_cut: bool = False
    looks: tuple[Look, ...] = ()

    def remarks(self, place: int) -> tuple[Remark, ...]:
        """Return what is to be told, at the place of the cell in its row."""
        return tuple(each._replace(place=place) for each in self.told)


class _Reader(NamedTuple):
    """Reads the paragraphs and tables of a document, with the numbers that Word counts and its notes."""

    numbering: Numbering
    notes: Mapping[tuple[str, str], Remark]
    looks: Looks

    def boxed(self, part: Any) -> Iterator[_Cell]:
        """Read the text boxes in a part, a line a paragraph; Word keeps each twice, once for older ones."""
        for box in part.iter(_TEXT_BOX):
            twice = [
                each
                for each in box.iterancestors()
                if each.getparent() is not None and each.getparent().tag == _ALTERNATE
            ]
            if all(each in runs.branch(each.getparent()) for each in twice):
                cell = self.cell(box)
                yield from [cell] if cell.text or cell.told else []

    def table(self, table: Any) -> Iterator[Row]:
        """Return the rows of a table, without their lines.

        A cell that is merged downward is repeated in each row, one that is merged sideways stands once.
        """
        above: dict[int, str] = {}
        for row in table.tr_lst:
            cells: list[str] = [""] * _room(row.grid_before, 0)
            remarks: list[Remark] = []
            looks: list[Look] = []
            spans: list[tuple[int, int]] = []
            merged: dict[int, str] = {}
            for cell in row.tc_lst:
                place = len(cells)
                found = (
                    self.below(cell, above.get(place, "")) if cell.vMerge == "continue" else self.cell(cell)
                )
                remarks += found.remarks(place)
                looks += [each._replace(place=place) for each in found.looks]
                if cell.vMerge:
                    merged[place] = found.text
                spans += [(place, cell.grid_span)] if cell.grid_span > 1 else []
                cells += [found.text, *[""] * _room(cell.grid_span - 1, place)]
            above = merged
            has_inner = any(cell.tbl_lst for cell in row.tc_lst)
            note = _("a table in a cell is read as words of the cell") if has_inner else ""
            is_hidden = row.find(f"{_WORD}trPr/{_WORD}hidden") is not None
            if is_hidden:
                note = _("the row is hidden in the document; it is read all the same")
            yield Row(
                *(0, tuple(cells), "", note, tuple(remarks), tuple(looks)),
                spans=tuple(spans),
                is_hidden=is_hidden,
            )

    def below(self, cell: Any, text: str) -> _Cell:
        """Return a cell below a merged one, with its text; words of its own, which nobody sees, are told."""
        if next(cell.iter(f"{_WORD}t"), None) is None:
            return _Cell(text)
        own = self.cell(cell)
        why = _("the cell lies below a merged one, and is left out: '{text}'")
        return _Cell(text, (*own.told, *([Remark(0, why, own.text)] if own.text else [])))

    def cell(self, cell: Any) -> _Cell:
        """Read a cell, a line a paragraph; a table in it is a line a row."""
        lines: list[_Cell] = []
        for part in cell:
            if part.tag == _PARAGRAPH:
                lines.append(self.paragraph(part))
            elif part.tag == _TABLE:
                lines += [_Cell(" ".join(filter(None, row.cells)), row.remarks) for row in self.table(part)]
        told = tuple(why for line in lines for why in line.told)
        text = "\n".join(line.text for line in lines).strip()
        looks = tuple(each for line in lines for each in line.looks)
        return _Cell(text, told, any(line.is_cut for line in lines), looks)

    def paragraph(self, paragraph: Any) -> _Cell:
        """Read a paragraph; one whose words are all struck out is counted, but its number goes with them."""
        words = runs.read_runs(paragraph, self.notes, self.looks)
        number = self.numbering.next(paragraph)
        text = words.text.strip()
        text = "" if words.is_cut and not text else number + text
        return _Cell(text, words.told, words.is_cut, words.looks)


def _room(columns: int, place: int) -> int:
    """Return how many columns to leave beside a place: no more than tell that the row is too wide."""
    return min(columns, bounds.COLUMNS + 1 - place)
