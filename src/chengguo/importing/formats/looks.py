"""How the words of a document look: by themselves, by the style of their run and by that of the paragraph."""

from typing import Any

SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": SPACE[1:-1]}
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST = 20  # styles that are based on one another


class Looks:
    """Says how words look by the styles of a document."""

    def __init__(self, styles: Any = None) -> None:
        """Take the styles by their names; None where a document has none."""
        found = () if styles is None else styles.iter(f"{SPACE}style")
        self.styles = {style.get(f"{SPACE}styleId"): style for style in found}

    def has(self, part: Any, name: str) -> bool:
        """True if the words of a part are struck out, by ``strike``, or bold, by ``b``, and so on."""
        run = part.getparent()
        own = run.find(f"w:rPr/w:{name}", _NAMES)
        if own is not None:
            return own.get(f"{SPACE}val") not in _OFF
        if len(self.styles) == 0:
            return False
        paragraph = next(run.iterancestors(f"{SPACE}p"), None)
        above = paragraph is not None and self.of_style(paragraph.find("w:pPr/w:pStyle", _NAMES), name)
        return self.of_style(run.find("w:rPr/w:rStyle", _NAMES), name) != above  # each turns the other round

    def of_style(self, reference: Any, name: str) -> bool:
        """True if a style, or one that it is based on, looks so."""
        for _depth in range(_DEEPEST):
            style = None if reference is None else self.styles.get(reference.get(f"{SPACE}val"))
            if style is None:
                return False
            found = style.find(f"w:rPr/w:{name}", _NAMES)
            if found is not None:
                return found.get(f"{SPACE}val") not in _OFF
            reference = style.find("w:basedOn", _NAMES)
        return False

    def is_raised(self, part: Any) -> bool:
        """True if the words of a part stand above the line, as the 2 of m²."""
        found = part.getparent().find("w:rPr/w:vertAlign", _NAMES)
        return found is not None and found.get(f"{SPACE}val") == "superscript"
