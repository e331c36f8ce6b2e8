"""What the styles of a page hide or strike out: by the names of classes, of elements, and of one place."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chengguo.importing.formats.marks import inside

_RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
# Rules that hold on some screens, or on paper, alone: they say nothing of how the page is for all.
_CONDITIONAL = re.compile(
    r"@(?:media|supports|container)([^{}]*+)\{((?:[^{}]*+\{[^{}]*+\})*+[^{}]*+)\}", re.IGNORECASE
)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)?)", re.IGNORECASE)  # p, .name, p.name, #name
# Colours that people call red, in a style or an attribute: FF0000, #c00000, #f00, rgb(255, 0, 0).
RED = (
    r"(?:red\b|#?(?:[b-f][\da-f][0-6][\da-f][0-6][\da-f]|[b-f][0-6][0-6])\b"
    r"|rgba?\(\s*(?:1[89]\d|2\d\d)(?:\s*,\s*\d\d?){2}\b)"
)
_IS_RED = re.compile(RED, re.IGNORECASE)
_LOOKS = {
    "strikes": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE),
    "hides": re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE),
    "bold": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "underlined": re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.IGNORECASE),
    "red": re.compile(rf"(?<![\w-])color\s*:\s*{RED}", re.IGNORECASE),
}


# Words that a style puts before or behind an element; signs of a font that icons are of have numbers there.
_CONTENT = re.compile(r"""\bcontent\s*:\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NUMBERED = re.compile(r"\\[0-9a-f]{1,6}\s?", re.IGNORECASE)


class Look(NamedTuple):
    """Whether something is struck out, is hidden, is bold, underlined or red."""

    strikes: bool = False
    hides: bool = False
    bold: bool = False
    underlined: bool = False
    red: bool = False


class Styles:
    """Says how the elements of a page look."""

    def __init__(self, page: str) -> None:
        """Take the rules of a page.

        One for more than an element or a class by itself is not counted, nor is one that holds for some
        widths of a screen, or on paper.
        """
        self.rules: dict[tuple[str, str], Look] = {}
        self.words: dict[str, None] = {}  # that styles put into the page
        for block in inside(page, "<style", "</style"):
            rules = block.partition(">")[2].replace("<!--", " ").replace("-->", " ")
            for rule in _RULE.finditer(_CONDITIONAL.sub(_held, rules)):
                look = _read(rule[2])
                self.words |= dict.fromkeys(_contents(rule[2]))
                for selector in rule[1].split(",") if any(look) else ():
                    if found := _SELECTOR.fullmatch(selector.strip()):
                        self.rules[(found[1] or "").lower(), found[2]] = look

    def look(self, tag: str, attributes: Mapping[str, str | None]) -> Look:
        """Return how an element looks."""
        if not attributes and not self.rules:
            return Look()
        names = ["", *(f".{name}" for name in (attributes.get("class") or "").split())]
        names += [f"#{attributes['id']}"] if attributes.get("id") else []
        keys = [(each, name) for each in (tag, "") for name in names] if self.rules else []
        looks = [self.rules[key] for key in keys if key in self.rules]
        looks.append(_read(attributes.get("style") or ""))
        if tag == "font" and is_red(attributes.get("color") or ""):
            looks.append(Look(red=True))
        found = Look(*map(any, zip(*looks, strict=True)))
        return found._replace(hides=found.hides or "hidden" in attributes)


def is_red(color: str) -> bool:
    """True if a colour is red."""
    return _IS_RED.fullmatch(color.strip()) is not None


def _contents(declarations: str) -> Iterator[str]:
    for found in _CONTENT.finditer(declarations):
        words = _NUMBERED.sub("", found[1] or found[2] or "").strip()
        if any(map(str.isalpha, words)):
            yield words


def _held(block: re.Match[str]) -> str:
    """Return the rules of a block where they hold on every screen, else nothing."""
    return block[2] if block[1].strip().lower() in {"screen", "all"} else ""


def _read(declarations: str) -> Look:
    return Look(*(bool(pattern.search(declarations)) for pattern in _LOOKS.values()))
