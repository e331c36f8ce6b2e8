"""Wide and narrow forms: the same text in either, and the columns of a terminal that a text takes."""

import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

LONGEST = 200  # characters; normalising a long run of accents takes quadratic time, and no name is that long


def narrowed(text: str) -> str:
    """Return a text with full-width and other compatible forms as the plain ones (Unicode's NFKC)."""
    return unicodedata.normalize("NFKC", text)


def folded(text: str) -> str:
    """Return a text, such as a name, without what tells none apart: white space and full-width forms."""
    return "".join(narrowed(text).split()) if len(text) <= LONGEST else text


class _Sizes(dict[str, int]):
    """The columns of characters, counted when they are first met."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        kind = unicodedata.east_asian_width(character)
        joins = unicodedata.category(character) in ("Mn", "Me", "Cf")  # over the one before it
        size = 0 if joins else 2 if kind in "WF" else self.ambiguous if kind == "A" else 1
        self[character] = size
        return size


_SIZES = {ambiguous: _Sizes(ambiguous) for ambiguous in (1, 2)}


@lru_cache(maxsize=4096)  # a table measures each text twice, and many stand in row after row
def _width(text: str, ambiguous: int) -> int:
    return sum(map(_SIZES[ambiguous].__getitem__, text))


class Ruler(NamedTuple):
    """Measures texts; ``ambiguous`` is what a character takes that Unicode (UAX 11) calls ambiguous.

    Those are dashes, quotes, the middle dot, the lines of boxes: one column, but two in the fonts of code
    page 936, the one of a Chinese Windows.
    """

    ambiguous: int = 1

    def width(self, text: str) -> int:
        """Return the columns that a line of text takes."""
        return len(text) if text.isascii() else _width(text, self.ambiguous)

    def reached(self, text: str) -> list[int]:
        """Return the columns that a text takes up to each of its characters, and up to its end."""
        return [*accumulate(map(_SIZES[self.ambiguous].__getitem__, text), initial=0)]

    def cut(self, text: str, columns: int) -> list[str]:
        """Cut a text into pieces of at most so many columns, a character at least."""
        sizes = _SIZES[self.ambiguous]
        pieces, used = [""], 0
        for character in text:
            size = sizes[character]
            if used + size > columns and pieces[-1]:
                pieces.append("")
                used = 0
            pieces[-1] += character
            used += size
        return pieces
