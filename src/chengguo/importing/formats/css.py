"""What the styles of a page hide or strike out: by the names of classes, of elements, and of one place."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from chengguo.importing.formats.marks import inside

_RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)?)", re.IGNORECASE)  # p, .name, p.name, #name
_LOOKS = {
    "strikes": re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE),
    "hides": re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE),
}


class Look(NamedTuple):
    """Whether something is struck out, and whether it is hidden."""

    strikes: bool = False
    hides: bool = False


class Styles:
    """Says how the elements of a page look."""

    def __init__(self, page: str) -> None:
        """Take the rules of a page; one for more than an element or a class by itself is not counted."""
        self.rules: dict[tuple[str, str], Look] = {}
        for block in inside(page, "<style", "</style"):
            rules = block.partition(">")[2].replace("<!--", " ").replace("-->", " ")
            for rule in _RULE.finditer(rules):
                look = _read(rule[2])
                for selector in rule[1].split(",") if any(look) else ():
                    if found := _SELECTOR.fullmatch(selector.strip()):
                        self.rules[(found[1] or "").lower(), found[2]] = look

    def look(self, tag: str, attributes: Mapping[str, str | None]) -> Look:
        """Return how an element looks."""
        names = ["", *(f".{name}" for name in (attributes.get("class") or "").split())]
        names += [f"#{attributes['id']}"] if attributes.get("id") else []
        keys = [(each, name) for each in (tag, "") for name in names] if self.rules else []
        looks = [self.rules[key] for key in keys if key in self.rules]
        looks.append(_read(attributes.get("style") or ""))
        return Look(
            any(each.strikes for each in looks),
            any(each.hides for each in looks) or "hidden" in attributes,
        )


def _read(declarations: str) -> Look:
    return Look(*(bool(pattern.search(declarations)) for pattern in _LOOKS.values()))
