"""How the words of a document look: by themselves, by the style of their run and by that of the paragraph."""

from typing import Any

from chengguo.importing.formats.css import is_red

SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": SPACE[1:-1]}
OFF = frozenset({"0", "false", "off", "none"})
_GROUNDS = tuple(SPACE + name for name in ("r", "p", "tc", "tbl"))
_TAGS = {"bold": "b", "underlined": "u"}
_LEVELS = 9  # of headings; what has the next is text
_DEEPEST = 20  # styles that are based on one another


class Looks:
    """Says how words look by the styles of a document."""

    def __init__(self, styles: Any = None) -> None:
        """Take the styles by their names; None where a document has none."""
        found = () if styles is None else styles.iter(f"{SPACE}style")
        self.styles = {style.get(f"{SPACE}styleId"): style for style in found}
        self.shaded: dict[str | None, bool] = {}  # styles of tables, by their names
        self.in_hand: tuple[Any, dict[str, Any], Any] = (None, {}, None)

    def has(self, part: Any, name: str) -> bool:
        """True if the words of a part are struck out, by ``strike``, or bold, by ``b``, and so on."""
        own, above = self._around(part)
        found = own.get(SPACE + name)
        if found is not None:
            return found.get(f"{SPACE}val") not in OFF
        named = own.get(f"{SPACE}rStyle")
        return self.of_style(named, name) != self.of_style(above, name)  # each turns the other round

    def _around(self, part: Any) -> tuple[dict[str, Any], Any]:
        """Return the properties of the run that a part is in, and what names the style of its paragraph.

        Ten things are asked of each part: its run is looked through once.
        """
        run = part.getparent()
        if run is not self.in_hand[0]:
            paragraph = next(run.iterancestors(f"{SPACE}p"), None) if self.styles else None
            style = None if paragraph is None else _property(paragraph, "pPr", "pStyle")
            self.in_hand = run, _properties(run, "rPr"), style
        return self.in_hand[1:]

    def stands_out(self, part: Any, kind: str) -> bool:
        """True if the words of a part stand out so: they are bold, underlined or red."""
        return is_red(self.color(part)) if kind == "red" else self.has(part, _TAGS[kind])

    def color(self, part: Any) -> str:
        """Return the colour of the words of a part, by themselves or by a style; "" for none."""
        own, above = self._around(part)
        found = own.get(f"{SPACE}color")
        for style in (own.get(f"{SPACE}rStyle"), above) if found is None else ():
            if found is None:
                found = self._in_style(style, "color")
        return "" if found is None else found.get(f"{SPACE}val") or ""

    def of_style(self, reference: Any, name: str) -> bool:
        """True if a style, or one that it is based on, looks so."""
        found = self._in_style(reference, name)
        return found is not None and found.get(f"{SPACE}val") not in OFF

    def _in_style(self, reference: Any, name: str) -> Any:
        """Return a property of words in a style, or in one that it is based on; None for none."""
        for _depth in range(_DEEPEST):
            style = None if reference is None else self.styles.get(reference.get(f"{SPACE}val"))
            if style is None:
                return None
            found = style.find(f"w:rPr/w:{name}", _NAMES)
            if found is not None:
                return found
            reference = style.find("w:basedOn", _NAMES)
        return None

    def font(self, part: Any) -> str:
        """Return the font that the signs among the words of a part name by themselves; "" for none."""
        found = self._around(part)[0].get(f"{SPACE}rFonts")
        return "" if found is None else found.get(f"{SPACE}ascii") or found.get(f"{SPACE}hAnsi") or ""

    def is_white(self, part: Any) -> bool:
        """True if the words of a part are white on a ground that nothing colours."""
        color = self._around(part)[0].get(f"{SPACE}color")
        if color is None or (color.get(f"{SPACE}val") or "").upper() != "FFFFFF":
            return False
        return not any(self._is_coloured(each) for each in part.iterancestors(*_GROUNDS))

    def _is_coloured(self, element: Any) -> bool:
        """True if a run, a paragraph, a cell or a table has a ground of its own, or by its style."""
        properties = next(iter(element), None)
        if properties is None:
            return False
        if any(properties.find(f"w:{name}", _NAMES) is not None for name in ("shd", "highlight")):
            return True
        named = properties.find("w:tblStyle", _NAMES)
        name = None if named is None else named.get(f"{SPACE}val")
        if name not in self.shaded:
            style = self.styles.get(name)
            self.shaded[name] = style is not None and next(style.iter(f"{SPACE}shd"), None) is not None
        return self.shaded[name]

    def level(self, paragraph: Any) -> int:
        """Return the level of a paragraph as a heading, from 1, by itself or by its style; 0 for another."""
        found, style = _property(paragraph, "pPr", "outlineLvl"), _property(paragraph, "pPr", "pStyle")
        for _depth in range(_DEEPEST):
            style = None if style is None else self.styles.get(style.get(f"{SPACE}val"))
            if found is not None or style is None:
                break
            found, style = style.find("w:pPr/w:outlineLvl", _NAMES), style.find("w:basedOn", _NAMES)
        level = "" if found is None else str(found.get(f"{SPACE}val"))
        return int(level) + 1 if level.isdecimal() and int(level) < _LEVELS else 0

    def is_raised(self, part: Any) -> bool:
        """True if the words of a part stand above the line, as the 2 of m²."""
        found = self._around(part)[0].get(f"{SPACE}vertAlign")
        return found is not None and found.get(f"{SPACE}val") == "superscript"


def _property(element: Any, group: str, name: str) -> Any:
    """Return a property of a run or a paragraph; None where it has none."""
    return _properties(element, group).get(SPACE + name)


def _properties(element: Any, group: str) -> dict[str, Any]:
    """Return the properties of a run or a paragraph, which stand first in it, by their tags."""
    first = next(iter(element), None)  # for lxml counts all that an element has to say whether it has any
    found: dict[str, Any] = {}
    for each in first if first is not None and first.tag == SPACE + group else ():
        found.setdefault(each.tag, each)
    return found
