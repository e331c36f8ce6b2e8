"""A table drawn with lines of characters, ┌│├, to rows: a cell ends where a line is drawn below it."""

import re
from itertools import pairwise

from chengguo.importing.bounds import COLUMNS
from chengguo.importing.rows import Row

# Heavy and double lines are drawn as light ones are.
_LIGHT = str.maketrans("┃║━═┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "││──┌┐└┘├┤┬┴┼┌┐└┘├┤┬┴┼")
_LINE = re.compile("[│┌├└].*[│┐┤┘]")
_BARS = re.compile("[│┌┐└┘├┤┬┴┼]")
_TOP = re.compile("^[^\\S\n]*┌[─┬]+┐[^\\S\n]*$", re.MULTILINE)
_Lines = list[str]  # of a cell, so far
# What begins a paragraph in a cell; another line goes on with the one above.
_MARK = re.compile(r"[△▲●○◆◇■□▪·•①-⑳]|\d{1,2}[.．、﹒](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、]")  # noqa: RUF001 - as printed


def recognises(text: str, kind: str) -> bool:
    """True for plain text with the upper edge of a table that is drawn."""
    return kind == ".txt" and "┌" in (light := text.translate(_LIGHT)) and _TOP.search(light) is not None


def read(text: str, _name: str) -> list[Row]:
    """Read the rows; a line that is not parted as the upper edge of a table above it is a row of one cell."""
    made: list[tuple[int, list[_Lines]]] = []
    cells: list[_Lines] = []  # of the row in hand: one that no line ends is in the next row too
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        pieces = _pieces(line)
        if line.translate(_LIGHT).startswith("┌"):
            cells = [[] for _piece in pieces]
        if not pieces or len(pieces) != len(cells):
            said = " ".join(piece.strip() for piece in pieces or [line] if not _is_drawn(piece))
            made.append((number, [[said]]))
            continue
        if any(map(_is_drawn, pieces)):
            cells = [[] if _is_drawn(piece) else cell for cell, piece in zip(cells, pieces, strict=True)]
            made.append((number + 1, cells))
        for cell, piece in zip(cells, pieces, strict=True):
            cell.extend([piece.strip()] if piece.strip() and not _is_drawn(piece) else [])
    return [Row(number, tuple(map(_glued, each))) for number, each in made if len(each) == 1 or any(each)]


def _pieces(line: str) -> list[str]:
    """Return what stands between the upright lines; nothing for a line outside of a table."""
    light = line.translate(_LIGHT)
    bars = [bar.start() for bar in _BARS.finditer(light)] if _LINE.fullmatch(light) else []
    pieces = [line[begin + 1 : end] for begin, end in pairwise(bars)]
    return pieces if len(pieces) <= COLUMNS else []


def _is_drawn(piece: str) -> bool:
    """True for a line that is drawn below a cell."""
    return bool(piece) and not piece.translate(_LIGHT).strip("─")


def _glued(lines: _Lines) -> str:
    """Return the text of a cell: nothing stands where typesetting broke a line, but between English words."""
    text = "".join(lines[:1])
    for line in lines[1:]:
        is_english = (text[-1:] + line[:1]).isascii()
        text += f"\n{line}" if _MARK.match(line) else f" {line}" if is_english else line
    return text
