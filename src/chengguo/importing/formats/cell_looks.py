"""How the cells of a workbook look, as far as it tells whether their words count, or can be seen."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.importing.formats import signs
from chengguo.importing.formats.css import is_red

_WHITE = "FFFFFF"
_WHITES = frozenset({1, 9})  # of the colours by number
_REDS = frozenset({2, 10, 16})
_LIGHT = 0  # the number of the colour of the theme that sheets are of


class Styles(NamedTuple):
    """Styles of cells by their numbers.

    Those that strike words out, by which words have the colour of their ground, and without a ground; and
    those of fonts of signs, with their names.
    """

    struck: frozenset[int]
    unseen: frozenset[int]
    bare: frozenset[int]
    signs: Mapping[int, str]


def of_book(book: Any) -> Styles:
    """Return how the cells of a workbook look by the numbers of their styles."""
    fonts, fills = book._fonts, book._fills  # noqa: SLF001 - as every cell's font is found
    looks = {
        number: (fonts[style.fontId], _ground(fills[style.fillId] if style.fillId < len(fills) else None))
        for number, style in enumerate(book._cell_styles)  # noqa: SLF001
        if style.fontId < len(fonts)
    }
    return Styles(
        frozenset(number for number, (font, _ground) in looks.items() if font.strike),
        frozenset(number for number, (font, ground) in looks.items() if _colour(font.color) == ground),
        frozenset(number for number, (_font, ground) in looks.items() if ground == _WHITE),
        {number: font.name for number, (font, _ground) in looks.items() if font.name in signs.FONTS},
    )


def kinds(font: Any) -> Iterator[str]:
    """Return how the words of a font stand out."""
    if getattr(font, "b", None):
        yield "bold"
    if getattr(font, "u", None):
        yield "underlined"
    color = getattr(font, "color", None)
    if color is not None and color.type in {"rgb", "indexed"}:
        is_it = color.indexed in _REDS if color.type == "indexed" else is_red(str(color.rgb)[-6:])
        yield from ["red"] if is_it else []


def is_white(font: Any) -> bool:
    """True if the words of a font are white."""
    return _colour(getattr(font, "color", None)) == _WHITE


def _ground(fill: Any) -> object:
    """Return the colour of a cell; None for a pattern."""
    kind = getattr(fill, "fill_type", None)
    if kind is None:
        return _WHITE
    return _colour(fill.fgColor) if kind == "solid" else object()


def _colour(color: Any) -> object:
    """Return a colour to be compared with another, white as such; one that is not said is like no other."""
    if color is None:
        return object()
    if color.type == "rgb":
        return str(color.rgb)[-6:].upper()
    is_white = (color.type == "indexed" and color.indexed in _WHITES) or (
        color.type == "theme" and color.theme == _LIGHT and not color.tint
    )
    return _WHITE if is_white else (color.type, getattr(color, color.type), color.tint)
