"""The numbers that Word counts by itself: they are printed, but stand in no text of the document."""

import re
from typing import Any

from chengguo.text.numerals import chinese

_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _SPACE[1:-1]}
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
    }
)
_DIGITS = frozenset({"decimal", "decimalZero", "decimalFullWidth", "decimalEnclosedCircle"})
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of a document, in their order.

    Bullets, and numbers of a kind other than digits and Chinese ones, are none.
    """

    def __init__(self, document: Any) -> None:
        """Look up the lists of a document; many documents have none."""
        parts = [
            part.target_part for part in document.part.rels.values() if part.reltype.endswith("/numbering")
        ]
        root = parts[0].element if parts else None
        self.styles = {style.style_id: style.element for style in document.styles}
        self.lists = _by(root, "w:num", "numId")
        self.kinds = {
            key: _by(kind, "w:lvl", "ilvl")
            for key, kind in _by(root, "w:abstractNum", "abstractNumId").items()
        }
        self.counts: dict[str, list[int | None]] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.begun: set[str] = set()

    def next(self, paragraph: Any) -> str:
        """Return the number that stands before a paragraph, empty where none does."""
        number, level = self.place(paragraph)
        kind = _value(self.lists.get(number), "w:abstractNumId")
        levels = self.kinds.get(kind, {})
        if str(level) not in levels:
            return ""
        counts = self.counts.setdefault(kind, [None] * _LEVELS)
        self.begin(number, kind, counts)
        before = counts[level]
        counts[level] = self.starts[kind, level] if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return re.sub(
            "%([1-9])",
            lambda found: _written(levels.get(str(int(found[1]) - 1)), counts[int(found[1]) - 1] or 1),
            _value(levels[str(level)], "w:lvlText") if _kind(levels[str(level)]) else "",
        )

    def bullet(self, paragraph: Any) -> str:
        """Return the bullet that is drawn before a paragraph, empty for none."""
        number, level = self.place(paragraph)
        kind = _value(self.lists.get(number), "w:abstractNumId")
        found = self.kinds.get(kind, {}).get(str(level))
        return f"•{kind}.{level}" if found is not None and not _kind(found) else ""

    def begin(self, number: str, kind: str, counts: list[int | None]) -> None:
        """Begin a list where it is first used: one that says so counts anew."""
        if number in self.begun:
            return
        self.begun.add(number)
        for level, element in self.kinds[kind].items():
            self.starts.setdefault((kind, int(level)), int(_value(element, "w:start") or 1))
        for level, override in _by(self.lists[number], "w:lvlOverride", "ilvl").items():
            if start := _value(override, "w:startOverride"):
                self.starts[kind, int(level)] = int(start)
                counts[int(level)] = None

    def place(self, paragraph: Any) -> tuple[str, int]:
        """Find the list and the level of a paragraph: its own, or those of its style."""
        own = paragraph.find("w:pPr/w:numPr", _NAMES)
        number, level = _value(own, "w:numId"), _value(own, "w:ilvl")
        style = _value(paragraph.find("w:pPr", _NAMES), "w:pStyle")
        seen: set[str] = set()
        while not number and style in self.styles and style not in seen:
            seen.add(style)
            element = self.styles[style]
            of_style = element.find("w:pPr/w:numPr", _NAMES)
            number = _value(of_style, "w:numId")
            level = level or _value(of_style, "w:ilvl") or self.level_of(number, style)
            style = _value(element, "w:basedOn")
        return number, min(int(level or 0), _LEVELS - 1)

    def level_of(self, number: str, style: str) -> str:
        """Find the level of a list that belongs to a style."""
        levels = self.kinds.get(_value(self.lists.get(number), "w:abstractNumId"), {})
        return next((key for key, level in levels.items() if _value(level, "w:pStyle") == style), "")


def _written(level: Any, count: int) -> str:
    return chinese(count) if _kind(level) in _CHINESE and count < 100 else str(count)  # noqa: PLR2004 - as far as it counts


def _kind(level: Any) -> str:
    """Return the kind of a level's numbers, empty for one that is not printed here."""
    kind = _value(level, "w:numFmt") or "decimal"
    return kind if kind in _CHINESE | _DIGITS else ""


def _by(root: Any, path: str, name: str) -> dict[str, Any]:
    return {each.get(_SPACE + name): each for each in root.findall(path, _NAMES)} if root is not None else {}


def _value(element: Any, path: str) -> str:
    found = element.find(path, _NAMES) if element is not None else None
    return str(found.get(f"{_SPACE}val") or "") if found is not None else ""
