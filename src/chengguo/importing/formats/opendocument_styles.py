"""How the cells and words of an OpenDocument spreadsheet look, by their styles and what these refine."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element


def space(name: str) -> str:
    """Return what stands before the names of elements and attributes of a namespace of OpenDocument."""
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"


OFFICE, STYLE, TABLE, TEXT = space("office"), space("style"), space("table"), space("text")
DRAW, FORM, SVG = space("drawing"), space("form"), space("svg-compatible")
_FO, _NUMBER = space("xsl-fo-compatible"), space("datastyle")
_DEEPEST = 20  # styles that refine one another
_BOLD = 600  # and what is heavier
_RAISED = re.compile(r"super|[1-9]")
_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)(in|cm|mm|pt|pc|px)")
_POINTS = {"in": 72, "cm": 28.35, "mm": 2.835, "pt": 1, "pc": 12, "px": 0.75}


def inside(element: Element, *tags: str) -> Iterator[Element]:
    """Return an element and those in it, as far as they have one of the tags."""
    return (each for each in element.iter() if each.tag in tags)


def _is_drawn(*said: str) -> bool:
    return "none" not in said


def _is_bold(*weights: str) -> bool:
    return any(each == "bold" or (each.isdecimal() and int(each) >= _BOLD) for each in weights)


# What of the words is asked, the attributes that say it, and what they say of it.
_LOOKS: dict[str, tuple[tuple[str, ...], Callable[..., object]]] = {
    "struck": ((STYLE + "text-line-through-style", STYLE + "text-line-through-type"), _is_drawn),
    "underlined": ((STYLE + "text-underline-style", STYLE + "text-underline-type"), _is_drawn),
    "bold": ((_FO + "font-weight", STYLE + "font-weight-asian"), _is_bold),
    "color": ((_FO + "color",), str.lower),
    "raised": ((STYLE + "text-position",), lambda place: bool(_RAISED.match(place))),
    "hidden": ((TEXT + "display",), lambda display: display == "none"),
    "face": ((STYLE + "font-name",), str),
    "font": ((_FO + "font-family",), str),
}


class OfCell(NamedTuple):
    """How a cell looks: its words, its ground, whether it shows months alone, or a rule may strike it out."""

    words: Mapping[str, Any]
    ground: str
    is_of_months: bool
    may_be_struck: bool


class Styles:
    """Says how cells, words, rows, columns and sheets look by the names of their styles.

    Each is looked for once, however many cells have it.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        """Take the styles of the parts of a file; of two that are named alike the first counts."""
        self.found: dict[tuple[str, str], Element] = {}
        self.fonts: dict[str, str] = {}
        self.months: set[str] = set()  # formats of days that show a month, but no day
        for root in roots:
            for style in inside(root, STYLE + "style", STYLE + "default-style"):
                key = style.get(STYLE + "family", ""), style.get(STYLE + "name", "")
                self.found.setdefault(key, style)
            for face in root.iter(STYLE + "font-face"):
                self.fonts.setdefault(face.get(STYLE + "name", ""), face.get(SVG + "font-family", ""))
            self.months.update(
                each.get(STYLE + "name", "")
                for each in root.iter(_NUMBER + "date-style")
                if each.find(_NUMBER + "month") is not None and each.find(_NUMBER + "day") is None
            )
        self.known: dict[tuple[str, str], Mapping[str, Any]] = {}
        self.cells: dict[str, OfCell] = {}
        self.settings: dict[tuple[str, str, str], str] = {}

    def words(self, family: str, name: str) -> Mapping[str, Any]:
        """Return what a style says of words: ``struck``, ``bold`` and so on, as far as it says it."""
        if (family, name) not in self.known:
            said: dict[str, Any] = {}
            for style in reversed([*self._line(family, name)]):
                for each in style.iter(STYLE + "text-properties"):
                    said |= self._own(each)
            self.known[family, name] = said
        return self.known[family, name]

    def of_cell(self, name: str) -> OfCell:
        """Return how a cell looks by its style, and by default by that of every cell."""
        if name not in self.cells:
            named = name or "Default"
            words = {**self.words("table-cell", ""), **self.words("table-cell", named)}
            color = self.setting("table-cell", named, _FO + "background-color").lower()
            ground = "#ffffff" if color in {"", "transparent"} else color
            is_of_months = self.setting("table-cell", named, STYLE + "data-style-name") in self.months
            rules = (rule for style in self._line("table-cell", named) for rule in style.iter(STYLE + "map"))
            applied = {rule.get(STYLE + "apply-style-name", "") for rule in rules}
            may_be_struck = any(self.words("table-cell", each).get("struck") for each in applied)
            self.cells[name] = OfCell(words, ground, is_of_months, may_be_struck)
        return self.cells[name]

    def setting(self, family: str, name: str, attribute: str) -> str:
        """Return an attribute of a style or of its properties, or what the style refines has; "" for none."""
        key = family, name, attribute
        if key not in self.settings:
            parts = (each for style in self._line(family, name) for each in (style, *style))
            said = (each.attrib[attribute] for each in parts if attribute in each.attrib)
            self.settings[key] = next(said, "")
        return self.settings[key]

    def is_thin(self, family: str, name: str, attribute: str, least: float) -> bool:
        """True if a style makes a row or a column lower or narrower than so many points."""
        found = _LENGTH.fullmatch(self.setting(family, name, attribute))
        return found is not None and float(found[1]) * _POINTS[found[2]] < least

    def _own(self, properties: Element) -> Iterator[tuple[str, Any]]:
        for look, (attributes, says) in _LOOKS.items():
            values = [properties.attrib[each] for each in attributes if each in properties.attrib]
            if values and look == "face":
                yield "font", self.fonts.get(values[0], values[0]).strip("'\"")
            elif values:
                yield look, says(*values)
        if properties.get(STYLE + "use-window-font-color") == "true":
            yield "color", ""

    def _line(self, family: str, name: str) -> Iterator[Element]:
        """Return a style, that which it refines, and so on."""
        for _depth in range(_DEEPEST):
            style = self.found.get((family, name))
            if style is None:
                return
            yield style
            if not (name := style.get(STYLE + "parent-style-name", "")):
                return
