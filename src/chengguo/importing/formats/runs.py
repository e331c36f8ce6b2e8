"""The words of a paragraph of Word, run by run: what counts, and what is only to be told."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chengguo.importing.formats.office import struck_out
from chengguo.language import _

_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NAMES = {"w": _SPACE[1:-1]}
_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MARKS = {_SPACE + name: text for name, text in _AS.items()}
_WORDS = frozenset({_SPACE + "t", _MATHS + "t"})
_RUBY = _SPACE + "rt"  # small letters above others
# What is read elsewhere or shows no words: text boxes, pictures, how things look, what newer versions of Word
# have in the place of words that older ones show.
_PASSED = frozenset(
    {_SPACE + name for name in ("drawing", "pict", "object", "pPr", "rPr", "delText")}
    | {_MATHS + name for name in ("rPr", "ctrlPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"}
)
# Signs of fonts that have signs in the places of letters, by the places that offices use.
_SIGNS = {
    "Wingdings": {
        0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xFB: "✗", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xAB: "★",
        0xB5: "☆", 0xA1: "○", 0x75: "◆", 0x76: "❖", 0xD8: "➢", 0x52: "☑", 0x50: "✓",
    },
    "Wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "□", 0x97: "●", 0xEA: "★"},
}  # fmt: skip
_CIRCLED = re.compile(r"eq\s*\\o\s*(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_CIRCLES = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))  # first, last, the first's character
_OFF = frozenset({"0", "false", "off", "none"})


class Words(NamedTuple):
    """The words of a paragraph, those that are bold, what is to be told, and whether words are left out."""

    text: str
    bold: tuple[str, ...]
    told: tuple[str, ...]
    is_cut: bool


def read_runs(paragraph: Any, notes: Mapping[tuple[str, str], str]) -> Words:
    """Read a paragraph; ``notes`` say what to tell of the comments and foot notes by kind and number.

    Struck and hidden words, and letters above others, are left out, and told as notes are. A field
    is read by its result, a number in a circle that has none as the character.
    """
    kept: list[str] = []
    bold: list[str] = [""]  # words that follow one another are one
    out: dict[str, list[str]] = {"strike": [], "vanish": [], "ruby": []}
    told: list[str] = []
    field: list[str] = []  # the code of the field in hand
    for element in _parts(paragraph):
        text, how, is_bold = _words(element), _lost(element), _is_bold(element)
        if text and how:
            out[how].append(text)
        elif text:
            kept.append(text)
            bold[-1:] = [bold[-1] + text] if is_bold else [bold[-1], ""]
        elif note := notes.get((_kind(element), str(element.get(_SPACE + "id")))):
            told.append(note)
        elif element.tag == _SPACE + "instrText":
            field.append(element.text or "")
        elif element.tag == _SPACE + "fldChar" and field:
            kept.append(_circled("".join(field)))
            field.clear()
    told += [_left_out(how, "".join(texts).strip()) for how, texts in out.items() if texts]
    return Words("".join(kept), tuple(filter(None, bold)), tuple(told), bool(out["strike"] or out["vanish"]))


def _left_out(how: str, text: str) -> str:
    if how == "strike":
        return struck_out(text)
    if how == "ruby":
        return _("letters stand above words, and are left out: '{text}'").format(text=text)
    return _("words are hidden in the document, and left out: '{text}'").format(text=text)


def _parts(element: Any) -> Iterator[Any]:
    """Return the parts of a paragraph in order, whatever wraps them."""
    for part in element:
        if part.tag not in _PASSED:
            yield part
            yield from _parts(part) if part.tag != _RUBY else ()


def _words(part: Any) -> str:
    if part.tag in _WORDS:
        return part.text or ""
    if part.tag == _RUBY:
        return "".join(letter.text or "" for letter in part.iter(_SPACE + "t"))
    if part.tag == _SPACE + "sym":
        return _sign(part.get(_SPACE + "font") or "", part.get(_SPACE + "char") or "")
    return _MARKS.get(part.tag, "")


def _sign(font: str, code: str) -> str:
    """Return the sign of a font at a place; the character there for a font of letters, else its code."""
    place = int(code or "0", 16)
    if place >= 0xF000:  # noqa: PLR2004 - where Word keeps the signs of fonts
        place -= 0xF000
        return _SIGNS.get(font, {}).get(place) or f"[{font} {place:02X}]"
    return chr(place)


def _circled(code: str) -> str:
    """Return the number in a circle that a field without a result draws; "" for another field."""
    found = _CIRCLED.search(code)
    number = int(found[1]) if found else 0
    return next(
        (chr(at + number - low) for low, high, at in _CIRCLES if low <= number <= high),
        found[1] if found else "",
    )


def _lost(part: Any) -> str:
    """Say how the words of a part are put out of sight, empty where they count."""
    if part.tag == _RUBY:
        return "ruby"
    names = {"strike": ("strike", "dstrike"), "vanish": ("vanish",)}
    return next((how for how, tags in names.items() if any(_has(part, tag) for tag in tags)), "")


def _is_bold(part: Any) -> bool:
    return _has(part, "b")


def _has(part: Any, name: str) -> bool:
    """True if the run of a part looks so by its own properties."""
    found = part.getparent().find(f"w:rPr/w:{name}", _NAMES)
    return found is not None and found.get(_SPACE + "val") not in _OFF


def _kind(part: Any) -> str:
    return str(part.tag).removeprefix(_SPACE).removesuffix("Reference")


def notes(document: Any) -> dict[tuple[str, str], str]:
    """Return what is to be told of each comment, foot note and end note, by its kind and number."""
    said = {
        "comment": _("there is a comment, which is left out: '{text}'"),
        "footnote": _("there is a foot note, which is left out: '{text}'"),
        "endnote": _("there is an end note, which is left out: '{text}'"),
    }
    found = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if kind not in said or relation.is_external:
            continue
        for note in _root(relation.target_part).iter(_SPACE + kind):
            text = "".join(part.text or "" for part in note.iter(_SPACE + "t")).strip()
            if text:
                found[kind, str(note.get(_SPACE + "id"))] = said[kind].format(text=text)
    return found


def _root(part: Any) -> Any:
    """Return the root of a part, which python-docx parses only of those that it knows."""
    from docx.oxml import parse_xml  # only a document pays for it

    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)
