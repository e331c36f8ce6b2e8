"""Fonts that have signs in the places of letters: a ü in Wingdings is a tick."""

# By the places that offices use.
_SIGNS = {
    "Wingdings": {
        0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFB: "✗", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□",
        0x6E: "■", 0x6C: "●", 0xAB: "★", 0xB5: "☆", 0xA1: "○", 0x75: "◆", 0x76: "❖", 0xD8: "➢", 0x52: "☑",
        0x50: "✓",
    },
    "Wingdings 2": {
        0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0x2A: "□", 0x30: "□", 0xA2: "■",
        0xA3: "□", 0x97: "●", 0x98: "●", 0xEA: "★",
    },
    "Webdings": {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■", 0x6E: "●"},
    "Marlett": {0x61: "✓", 0x62: "✓"},
}  # fmt: skip
FONTS = frozenset(_SIGNS)


def named(font: str) -> str:
    """Return the name of a font of signs, however it is written; "" for another font."""
    return next((each for each in _SIGNS if each.lower() == font.strip().lower()), "")


def shown(text: str, font: str | None) -> str:
    """Return what a text shows in a font: itself in one of letters."""
    signs = _SIGNS.get(font or "")
    return "".join(signs.get(place(ord(each)), each) for each in text) if signs else text


def place(code: int) -> int:
    """Return the place of a sign in its font: where Word keeps such signs, they begin with F0."""
    return code - 0xF000 if 0xF000 <= code <= 0xF0FF else code  # noqa: PLR2004


def of_code(font: str, code: int) -> str:
    """Return the sign of a font at a place; the character there for a font of letters, else its code."""
    at = place(code)
    sign = _SIGNS.get(font, {}).get(at)
    return sign or (chr(at) if at == code and font not in FONTS else f"[{font} {at:02X}]")
