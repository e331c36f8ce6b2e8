"""The print of a cell of departments: width, brackets, white space and numbers, and back to it."""

import re

from chengguo.departments.units import Unit
from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import narrowed

LONGEST = 1000  # characters of a cell
_FOLDED = str.maketrans(
    {**dict.fromkeys("[【〔〖{『「〈", "("), **dict.fromkeys("]】〕〗}』」〉", ")"), "－": "-"}
)
_WIDE = str.maketrans("()", "（）")
# Numbers and bullets before names part them: ①市科委②市教委, 1.市科委 2.市教委; 6.30 and 2、3月 are none.
_CIRCLED = expression(r"(?:[①-⒛❶-❿㈠-㈩⓪][、.]?|[•·▪])\s*(?=[\u4e00-\u9fff(（])")
_NUMBERS = expression(
    r"(?:^|(?<=[\s、,;。:]))(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|\d{1,2}[.、](?!\d)|-\s*(?=\w))\s*"
    r"|(?:^|(?<=\n))[一二三四五六七八九十]{1,3}、"
)
_GLUED_NUMBERS = expression(r"(?<=[\u4e00-\u9fff)])(?:\d{1,2}[.、)]|\(\d{1,2}\))(?=[\u4e00-\u9fff])")


def as_printed(words: str, cell: str) -> str:
    """Return the words as the cell prints them, in its width and script, where they stand in one piece."""
    narrow = "".join((narrowed(character) or " ")[0] for character in cell)
    at = narrow.translate(_FOLDED).translate(_scripts(cell)).find(words)
    return cell[at : at + len(words)] if at >= 0 else words


def bracketed(words: str, cell: str) -> str:
    """Return the words with the brackets that the cell prints, full-width ones where it has them apart."""
    printed = as_printed(words, cell)
    if printed == words and "(" not in cell:
        return words.translate(_WIDE)
    return "".join(own if each in "()" else each for each, own in zip(words, printed, strict=True))


def _scripts(cell: str) -> dict[int, int]:
    """Return the characters of the cell in traditional script, to simplified; none that it has in both."""
    return {
        ord(each): new for each in set(cell) if (new := SIMPLIFIED.get(ord(each))) and chr(new) not in cell
    }


def in_print(unit: Unit, cell: str) -> Unit:
    """Return the unit in the script of the cell, with its brackets."""
    back = {new: old for old, new in _scripts(cell).items()}
    name, wording, *aliases = (
        bracketed(words, cell).translate(back) for words in (unit.name, unit.wording, *unit.aliases)
    )
    return unit._replace(name=name, wording=wording, aliases=tuple(aliases))


def plain(cell: str) -> str:
    """Fold width, brackets, script; numbers become separators; white space stays, for it may part names."""
    if len(cell) > LONGEST * 2:
        return cell
    text = re.sub("\r\n?|<br */?>", "\n", _CIRCLED.sub(";", cell))
    text = narrowed(text).translate(_FOLDED).translate(_scripts(cell)).strip()
    text = re.sub(r"[^\S\n]*\n\s*", "\n", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    if _NUMBERS.search(text):
        text = _GLUED_NUMBERS.sub(";", _NUMBERS.sub(";", text))
    return text.strip(" \n。;；,，、")
