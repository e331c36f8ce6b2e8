"""What a field EQ of Word draws: 2/3 for a fraction, ⑪ for a number in a circle, m³ for a letter above."""

import re
from collections.abc import Callable, Iterator

from chengguo.importing.formats.letters import raised

_CODE = re.compile(r"\s*eq\b(?P<drawn>.*)", re.IGNORECASE | re.DOTALL)
_LOOKS = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')  # \* "Font:宋体"
_TOKEN = re.compile(r"\\(?P<switch>[a-z]{1,2})\s*\d*|\\(?P<escaped>.)|(?P<sign>.)", re.IGNORECASE | re.DOTALL)
_CIRCLE = frozenset("○〇◯")
_FRAMES = _CIRCLE | frozenset("□△▲◇")
_CIRCLES = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))  # first, last, the first's character
_DEEPEST = 20


def drawn(code: str) -> tuple[str, str] | None:
    """Return what such a field shows, and the letters above it; None for another, and what is not known."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    above: list[str] = []
    tokens = _TOKEN.finditer(_LOOKS.sub("", found["drawn"]))
    try:
        return ",".join(_parts(tokens, above, 0)).strip(), "".join(above)
    except LookupError:
        return None


def _parts(tokens: Iterator[re.Match[str]], above: list[str], depth: int) -> list[str]:
    """Read to the end of a bracket the parts between commas; raises ``LookupError`` for what is not known."""
    parts, switches = [""], list[str]()
    if depth > _DEEPEST:
        raise LookupError
    for token in tokens:
        sign = token["sign"]
        if token["switch"]:
            switches.append(token["switch"].lower())
        elif sign == "(":
            parts[-1] += _shown(switches, _parts(tokens, above, depth + 1), above)
            switches = []
        elif sign == ")":
            break
        elif switches and (sign or "x").strip():
            raise LookupError  # a switch by a letter, or without a bracket
        elif sign and sign in ",，;；" and depth:
            parts.append("")
        elif not switches:
            parts[-1] += token["escaped"] or sign
    return [part.strip() for part in parts]


def _shown(switches: list[str], parts: list[str], above: list[str]) -> str:
    """Return what a bracket behind switches shows; words that stand above others join ``above``."""
    kind, *how = switches or [""]
    if kind == "o":
        *frame, words = parts
        above += [each for each in frame if each not in _FRAMES]
        return _circled(words) if _CIRCLE & {*frame} else words
    if kind == "s":
        return raised("".join(parts)) if "up" in how else "".join(parts)
    if kind == "f" and len(parts) != 2:  # noqa: PLR2004
        raise LookupError
    return _KINDS[kind](*parts)


def _closed(text: str) -> str:
    return text if text.isalnum() else f"({text})"


_KINDS: dict[str, Callable[..., str]] = {
    "f": lambda above, below: f"{_closed(above)}/{_closed(below)}",
    "r": lambda *parts: f"{raised(parts[0]) if parts[1:] else ''}√{_closed(parts[-1])}",
    "x": lambda *parts: ",".join(parts),
    "l": lambda *parts: ",".join(parts),
    **dict.fromkeys(("", "b"), lambda *parts: f"({','.join(parts)})"),
}


def _circled(words: str) -> str:
    """Return a number in a circle as its sign; other words in one are themselves."""
    number = int(words) if words.isascii() and words.isdigit() else 0
    found = (chr(at + number - low) for low, high, at in _CIRCLES if low <= number <= high)
    return next(found, words)
