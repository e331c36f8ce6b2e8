"""Sheets of a workbook to rows, whatever program saved it: which are read, and what is told of the others."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chengguo.errors import WrongUsage
from chengguo.importing import bounds
from chengguo.importing.returning.appendix import begins
from chengguo.importing.rows import Look, Remark, Row
from chengguo.language import _
from chengguo.text.widths import folded

Texts = dict[int, dict[int, str]]
Remarks = dict[int, list[Remark]]
Spans = dict[int, list[tuple[int, int]]]  # by line, of merged cells

_UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_MOST_AREAS = 20  # that a sheet is printed by


class Area(NamedTuple):
    """A range of cells, its corners from 1; openpyxl names them so too."""

    min_col: int
    min_row: int
    max_col: int
    max_row: int


class Sheet(NamedTuple):
    """What a sheet holds: its words by line and column, its hidden lines, remarks by line, and merged cells.

    Of the hidden lines those are ``folded`` that only a filter or a group hides: they are still meant.
    """

    title: str
    texts: Texts
    hidden: Collection[int]
    remarks: Remarks
    is_shown: bool
    folded: Collection[int]
    looks: Mapping[int, list[Look]]  # by line
    spans: Spans


def read(sheets: Sequence[Sheet], name: str, wanted: str | None = None) -> Iterator[Row]:
    """Return the rows of every sheet that is shown; what a hidden one says is told.

    One that is named, or meant by its number from 1, is read alone. The tables behind an exported one are
    hidden, and read. Raises ``WrongUsage`` where no sheet is as wanted.
    """
    shown = [each for each in sheets if each.is_shown or _is_behind(each)]
    if wanted is not None:
        shown = [_chosen(sheets, wanted, name)]
    for found in shown:
        yield from _rows(found, found.title if len(shown) > 1 else "")
    if len(shown) == 1 and (told := _name(shown[0])):
        yield Row(1, (), remarks=told)
    for found in sheets:
        if all(found is not each for each in shown):
            yield _hidden(found) if wanted is None else _left(found)


def pages(sheets: Iterable[Sheet]) -> Iterator[Row]:
    """Return the rows of every sheet, each with the name of its sheet; those of a hidden one are noted.

    Those of the tables behind an exported one are not: it is known what they say.
    """
    for sheet in sheets:
        note = "" if sheet.is_shown or _is_behind(sheet) else _("a hidden sheet")
        yield from (row._replace(note=note) for row in _rows(sheet, sheet.title))


def _is_behind(sheet: Sheet) -> bool:
    """True if a sheet is one of the tables that an export has behind the official one."""
    return begins(tuple(sheet.texts.get(1, {}).values()))


def _chosen(sheets: Sequence[Sheet], wanted: str, name: str) -> Sheet:
    """Return the sheet of a name, else of a number; raises ``WrongUsage`` where there is none."""
    named = [each for each in sheets if folded(each.title) == folded(wanted)]
    number = int(wanted) if wanted.strip().isdecimal() else 0
    found = named or sheets[number - 1 : number] if number else named
    if not found:
        message = _("{file} has no sheet '{wanted}'").format(file=name, wanted=wanted)
        known = (f"{number} {each.title}" for number, each in enumerate(sheets, 1))
        raise WrongUsage(message, _("It has: {tables}.").format(tables="; ".join(known)))
    return found[0]


def _name(sheet: Sheet) -> tuple[Remark, ...]:
    """Tell the name of the only sheet, where it has one that no cell says."""
    cells_there = (text for cells in sheet.texts.values() for text in cells.values())
    if _UNNAMED.fullmatch(sheet.title) or any(folded(sheet.title) in folded(text) for text in cells_there):
        return ()
    return (Remark(0, _("the name of the sheet is left out: '{text}'"), sheet.title, is_of_file=True),)


def _left(sheet: Sheet) -> Row:
    """Tell that a sheet is left out, for another was chosen."""
    why = _("the sheet '{name}' is left out, for --sheet").format(name=sheet.title)
    return Row(1, (), sheet.title, remarks=(Remark(0, why, _all_words(sheet), is_of_file=True),))


def _all_words(sheet: Sheet) -> str:
    said = (each.text for remarks in sheet.remarks.values() for each in remarks)
    return " | ".join((*_in_order(sheet.texts), *said))


def _in_order(texts: Texts) -> Iterator[str]:
    """Yield the words of the cells, line by line."""
    return (text for _line, cells in sorted(texts.items()) for _place, text in sorted(cells.items()))


def _hidden(sheet: Sheet) -> Row:
    """Tell all the words of a hidden sheet in one row without cells."""
    told = Remark(0, _("the sheet is hidden, and left out: '{text}'"), " | ".join(_in_order(sheet.texts)))
    others = tuple(remark for _line, remarks in sorted(sheet.remarks.items()) for remark in remarks)
    return Row(1, (), sheet.title, remarks=(told, *others))


def _rows(sheet: Sheet, title: str) -> Iterator[Row]:
    """Return the rows that have a word, all of one width; blank ones between two of them are one."""
    texts = sheet.texts
    width = max((place for cells in texts.values() for place in cells), default=0)
    before = 0
    for line in sorted({*texts, *sheet.remarks}):
        if line > before + 1:
            yield Row(line - 1, ("",) * width, title)
        cells = tuple(texts.get(line, {}).get(place, "") for place in range(1, width + 1))
        note = _("the row is hidden in the workbook; it is read all the same")
        is_hidden = line in sheet.hidden and any(cells)
        remarks, spans = tuple(sheet.remarks.get(line, ())), tuple(sheet.spans.get(line, ()))
        looks = tuple(sheet.looks.get(line, ()))
        row = Row(line, cells, title, note if is_hidden else "", remarks, looks, spans=spans)
        yield row._replace(is_hidden=is_hidden and line not in sheet.folded)
        before = line


def not_printed(printed: Sequence[Any], said: str, texts: Texts) -> Iterator[tuple[int, Remark]]:
    """Tell the first cell that stands outside of the areas that are printed; without areas, all is."""
    areas = printed if len(printed) <= _MOST_AREAS else ()
    for line, cells in sorted(texts.items()) if areas else ():
        for place in sorted(cells):
            if not any(
                each.min_col <= place <= each.max_col and each.min_row <= line <= each.max_row
                for each in areas
            ):
                why = _("cells stand outside of what is printed, {text}; they are read all the same")
                yield line, Remark(place - 1, why.replace("{text}", said))
                return


def hidden_columns(hidden: Sequence[range], texts: Texts) -> Iterator[tuple[int, Remark]]:
    """Tell the columns from 1 that are hidden and have words, each once, at the first of them."""
    why = _("the column is hidden in the workbook; it is read all the same")
    first: dict[int, int] = {}
    for line, cells in sorted(texts.items(), reverse=True):
        first |= dict.fromkeys(cells, line)
    left = sorted(first)
    for each in hidden:
        begin, end = bisect_left(left, each.start), bisect_left(left, each.stop)
        yield from ((first[place], Remark(place - 1, why)) for place in left[begin:end])
        del left[begin:end]


def merge(texts: Texts, areas: Iterable[Any], remarks: Remarks, name: str) -> None:
    """Repeat the text of each merged cell downward as far as there are rows; sideways it stands once.

    Words below it, which some programs keep, nobody sees: they are told, but for those that it repeats.
    """
    last, left = max(texts, default=0), bounds.CELLS
    why = _("the cell lies below a merged one, and is left out: '{text}'")
    for area in areas:
        text = texts.get(area.min_row, {}).get(area.min_col, "")
        for line in range(area.min_row, min(area.max_row, last) + 1):
            cells = texts.get(line, {})
            for place in [place for place in cells if area.min_col <= place <= area.max_col]:
                below = cells.pop(place)
                if place != area.min_col or below != text:
                    remarks.setdefault(line, []).append(Remark(place - 1, why, below))
            if text:
                texts.setdefault(line, cells)[area.min_col] = text
            left -= 1 + len(cells)
            if left < 0:
                raise bounds.too_large(name)


def spans(areas: Iterable[Any], texts: Texts) -> Spans:
    """Return the merged cells that lie over several columns, by line: each place, and how many columns."""
    found: Spans = {}
    for area in areas:
        if area.max_col > area.min_col and area.min_col in texts.get(area.min_row, {}):
            found.setdefault(area.min_row, []).append((area.min_col - 1, area.max_col - area.min_col + 1))
    return found
