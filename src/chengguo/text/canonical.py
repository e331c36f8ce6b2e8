"""Text in the plain form that registries are written in, read line by line without a YAML parser.

Each line is blank, a comment, or ``key: value`` in its column; a value is one plain or simply quoted text,
names in brackets, a flat mapping in braces, a literal block, or a block further in. Whatever else stands
there is ``NotCanonical``: a YAML parser reads it then. What is read here means the same to that parser.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from chengguo.text.nodes import DEEPEST, LONGEST_LIST, WIDEST, Mapping, Node, Scalar, Sequence
from chengguo.text.on_demand import OnDemand
from chengguo.text.source import Edit, Source

_KEY = "tasks"
_CONFLICT = "<" * 7
_LONGEST_KEY = 100  # characters; a parser gives up at a thousand
_MOST_NAMES = 1000
_LONGEST_ENTRY = 1_000_000  # characters; a parser tells sooner what is wrong with a longer one
# What a plain text cannot begin with, and blanks that would not be part of it or make it an empty one.
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@` \xa0\u3000")
_WITHIN_BRACKETS = frozenset(",[]{}:#\"'&*!|>%@`?\\")  # none of them within a name


class NotCanonical(Exception):
    """What is written in another way, for a YAML parser to read."""


def scalar(raw: str) -> str:
    """Return the text of a value on its line, plain or simply quoted; raises ``NotCanonical``."""
    first = raw[:1]
    if first and first not in _FIRST:
        if ": " not in raw and " #" not in raw and raw[-1] not in ": ":
            return raw
    elif first and first in "'\"" and raw.count(first) == 2 and raw[-1] == first and "\\" not in raw:  # noqa: PLR2004 - a pair
        text = raw[1:-1]
        if text.strip():
            return text
    raise NotCanonical


def names(raw: str) -> tuple[str, ...]:
    """Return the names in brackets, each plain; raises ``NotCanonical``."""
    found = tuple(raw[1:-1].split(", "))
    if raw[:1] != "[" or raw[-1:] != "]" or len(found) > _MOST_NAMES or not all(map(_is_name, found)):
        raise NotCanonical
    return found


def _is_name(text: str) -> bool:
    """True if a text is plain within brackets and braces too."""
    return bool(text) and text[0] not in _FIRST and text[-1] != " " and _WITHIN_BRACKETS.isdisjoint(text)


def _is_key(text: str) -> bool:
    """True if a text can stand before a colon, and means nothing else there."""
    return _is_name(text) and text != "<<" and len(text) <= _LONGEST_KEY


def is_passed_over(line: str) -> bool:
    """True if a line is blank or a comment."""
    words = line.lstrip(" ")
    return words in {"", "\r"} or words[0] == "#"


# -- nodes ---------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """The words of a line that says something, their column, and their offset in the text."""

    column: int
    start: int
    words: str
    below: Scalar | None = None  # the literal block that begins on it


def block(text: str, start: int, end: int) -> Mapping:
    """Return the mapping that the lines from ``start`` to ``end`` are; raises ``NotCanonical``."""
    lines = _lines(text, start, end)
    if not lines:
        raise NotCanonical
    mapping, done = _block(lines, 0, lines[0].column)
    if done < len(lines):
        raise NotCanonical
    return mapping


def entry(text: str, start: int, end: int) -> Mapping:
    """Return the mapping that the only entry of a list in a stretch is; raises ``NotCanonical``."""
    is_short = end - start <= _LONGEST_ENTRY and is_plain(text[start:end])
    lines = _lines(text, start, end) if is_short else []
    if not lines:
        raise NotCanonical
    found, done = _records(lines, 0, 0)
    if done < len(lines) or len(found.items) != 1 or not isinstance(found.items[0], Mapping):
        raise NotCanonical
    return found.items[0]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """Return the lines from ``start`` to ``end`` that say something, a literal block with that of its key."""
    lines = []
    while start < end:
        line, behind = _line(text, start, end)
        if not is_passed_over(line):
            words = line.lstrip(" ")
            column = len(line) - len(words)
            below = None
            if words.endswith(": |-"):
                key = column + 2 if words.startswith("- ") else column
                below, behind = _literal(text, behind, end, key)
            lines.append(_Line(column, start + column, words, below))
        start = behind
    return lines


def _line(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a line without its end, and where the next one begins."""
    stop = text.find("\n", start, end)
    stop = end if stop < 0 else stop
    return text[start:stop].removesuffix("\r"), min(stop + 1, end)


def _literal(text: str, start: int, end: int, column: int) -> tuple[Scalar, int]:
    """Return a literal block below a key in a column, and where the line behind it begins.

    It ends there, as it does for a YAML parser: behind the blank lines below it.
    """
    mark = text.rindex("|", 0, start)
    first = _line(text, start, end)[0]
    lead = first[: len(first) - len(first.lstrip(" "))]
    if lead == first:
        raise NotCanonical  # a blank line, or none
    lines = []
    while start < end:
        line, behind = _line(text, start, end)
        if line.strip(" ") and not line.startswith(lead):
            break
        if len(line) > len(lead) and not line.strip(" "):
            raise NotCanonical  # blanks that are part of it
        lines.append(line[len(lead) :])
        start = behind
    while lines and not lines[-1]:
        lines.pop()
    if len(lead) <= column or not lines:
        raise NotCanonical
    return Scalar("\n".join(lines), mark, start, "|"), start


def _block(lines: list[_Line], at: int, column: int, depth: int = 1) -> tuple[Mapping, int]:
    """Return the mapping whose keys stand in a column, from the line ``at`` on, and the line behind it."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    if depth > DEEPEST:
        raise NotCanonical
    while at < len(lines) and lines[at].column == column:
        _column, start, words, below = lines[at]
        key, colon, raw = words.partition(":")
        if not colon or not _is_key(key) or key in entries or len(entries) == WIDEST:
            raise NotCanonical
        at += 1
        end = start + len(key)
        value: Node = Scalar("", end + 1, end + 1, "")
        if below is not None and raw == " |-":
            value = below
        elif raw:
            value = _value(raw, end + 1)
        elif at < len(lines) and lines[at].column == column and lines[at].words.startswith("- "):
            value, at = _records(lines, at, column, depth + 1)
        elif at < len(lines) and lines[at].column > column:
            value, at = _block(lines, at, lines[at].column, depth + 1)
        entries[key] = (Scalar(key, start, end, ""), value)
    if at < len(lines) and lines[at].column > column:
        raise NotCanonical
    pairs = tuple(entries.values())
    return Mapping(pairs, pairs[0][0].start, pairs[-1][1].end, flow=False), at


def _records(lines: list[_Line], at: int, column: int, depth: int = 1) -> tuple[Sequence, int]:
    """Return the list of mappings whose dashes stand in a column, and the line behind it."""
    found: list[Mapping] = []
    first = lines[at].start
    while at < len(lines) and lines[at].column == column and lines[at].words.startswith("- "):
        _column, start, words, below = lines[at]
        lines[at] = _Line(column + 2, start + 2, words[2:], below)
        mapping, at = _block(lines, at, column + 2, depth + 1)
        found.append(mapping)
    if not 0 < len(found) <= LONGEST_LIST:
        raise NotCanonical
    return Sequence(tuple(found), first, found[-1].end, flow=False), at


def _value(raw: str, start: int) -> Node:
    """Return the node of what stands behind a colon, which is at the offset before ``start``."""
    if raw[0] != " ":
        raise NotCanonical
    raw, start = raw[1:], start + 1
    end = start + len(raw)
    if raw[:1] == "[":
        return Sequence(tuple(_listed(names(raw), start + 1)), start, end, flow=True)
    if raw[:1] == "{":
        return Mapping(flow(raw, start), start, end, flow=True)
    return Scalar(scalar(raw), start, end, raw[0] if raw[0] in "'\"" else "")


def _listed(found: tuple[str, ...], start: int) -> Iterator[Scalar]:
    for name in found:
        yield Scalar(name, start, start + len(name), "")
        start += len(name) + len(", ")


def flow(raw: str, start: int) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries of a mapping in braces, of texts and names; raises ``NotCanonical``."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    at = 1
    if raw[:1] != "{" or raw[-1:] != "}":
        raise NotCanonical
    while at < len(raw) - 1:
        colon = raw.find(": ", at)
        key, place = raw[at:colon], start + at
        in_brackets = raw[colon + 2 : colon + 3] == "["
        end = raw.find("]", colon) + 1 if in_brackets else raw.find(", ", colon)
        end = end if end > 0 else len(raw) - 1
        text = raw[colon + 2 : end]
        if colon < 0 or not _is_key(key) or key in entries or not (in_brackets or _is_name(text)):
            raise NotCanonical
        value = _value(f" {text}", start + colon + 1)
        entries[key] = (Scalar(key, place, place + len(key), ""), value)
        if end < len(raw) - 1 and not raw.startswith(", ", end):
            raise NotCanonical
        at = end + 2
    if entries and at != len(raw) + 1:
        raise NotCanonical
    return tuple(entries.values())


# -- a registry ----------------------------------------------------------------------------------


class Entries(OnDemand[Node]):
    """The entries of a long list, stretches of the text whose nodes are read when they are asked for.

    Asking for one raises ``NotCanonical`` where not even a YAML parser reads it by itself.
    """

    def __init__(self, text: str, starts: list[int]) -> None:
        """Take the text, and where each entry begins, and the last one ends."""
        super().__init__(len(starts) - 1, self._node)
        self.text = text
        self.starts = starts
        self._numbers: dict[str, list[int]] | None = None  # places by the id that an entry begins with

    def _node(self, place: int) -> Node:
        start, end = self.starts[place], self.starts[place + 1]
        with suppress(NotCanonical):
            return entry(self.text, start, end)
        from chengguo.text.parser import parse_entry  # PyYAML takes its time to load

        node = parse_entry(self.text, start, end)
        if node is None:
            raise NotCanonical
        return node

    def words(self, place: int, end: int | None = None) -> str:
        """Return the text of an entry, or of all from it up to and without the one at ``end``."""
        return self.text[self.starts[place] : self.starts[place + 1 if end is None else end]]

    def places(self, number: int) -> list[int]:
        """Return the places of entries that begin with an id of that number, or with none that is plain."""
        if self._numbers is None:
            self._numbers = {}
            for place, start in enumerate(self.starts[:-1]):
                first = self.text[start : self.text.find("\n", start)].rstrip("\r")
                written = first.removeprefix("- id: ")
                known = written if written != first and written.isdecimal() else ""
                self._numbers.setdefault(known, []).append(place)
        return sorted(self._numbers.get(str(number), []) + self._numbers.get("", []))

    def numbered(self, number: int) -> Iterator[Node]:
        """Yield the nodes of those entries."""
        yield from map(self.__getitem__, self.places(number))

    def touched(self, edits: Iterable[Edit]) -> frozenset[int] | None:
        """Return the places of the entries that edits are in; None where one is not within a single entry."""
        found = set()
        for (start, end), _text in edits:
            # What is inserted between two entries belongs to the first.
            place = (bisect_left if start == end else bisect_right)(self.starts, start) - 1
            if not 0 <= place < len(self) or end > self.starts[place + 1]:
                return None
            found.add(place)
        return frozenset(found)

    def edited(
        self, text: str, edits: Iterable[Edit], touched: frozenset[int]
    ) -> "tuple[Entries, frozenset[int]] | None":
        """Return the entries of the text that edits have made, and the places there of those touched.

        What is added behind the last line of an entry is touched too. None where others are other ones.
        """
        grown = dict.fromkeys(touched, 0)
        for edit in edits:
            for place in self.touched([edit]) or ():
                grown[place] += len(edit.text) - (edit.span.end - edit.span.start)
        starts: list[int] = []
        now: set[int] = set()
        moved = 0
        for place, before in enumerate(self.starts):
            starts.append(start := before + moved)
            if place in touched:
                moved += grown[place]
                words = text[start : self.starts[place + 1] + moved]
                if not words.startswith("- ") or _CONFLICT in words:
                    return None
                first = len(starts) - 1
                starts += [start + further for further in _further(words)]
                now.update(range(first, len(starts)))
        return (Entries(text, starts), frozenset(now)) if len(starts) <= LONGEST_LIST else None


def plain_root(source: Source) -> Mapping | None:
    """Return the root of a registry whose last key is its list of tasks, in whatever form they are.

    None for another one, which only a YAML parser can read. The ends of the root and of that list are that
    of the text.
    """
    text = source.text
    start = text.find(f"\n{_KEY}:") + 1
    end = text.find("\n", start) + 1
    if not start or not end or text[start:end].rstrip("\r\n") != f"{_KEY}:":
        return None
    if source.undecodable or _CONFLICT in text or not is_plain(text[:start]):
        return None
    try:
        head = block(text, 0, start)
    except NotCanonical:
        return None
    starts = _starts(text, end)
    if (
        head.get(_KEY)
        or head.start != text.rfind("\n", 0, head.start) + 1
        or not 1 < len(starts) <= LONGEST_LIST
    ):
        return None
    dash = text.find("-", starts[0])
    tasks = Sequence(Entries(text, starts), dash, len(text), flow=False)
    key = Scalar(_KEY, start, start + len(_KEY), "")
    return Mapping((*head.entries, (key, tasks)), head.start, len(text), flow=False)


def _starts(text: str, at: int) -> list[int]:
    """Return where the entries of the list behind an offset begin, and the end of the text."""
    line = text[at : text.find("\n", at) + 1]
    while line and is_passed_over(line.rstrip("\n")):
        at += len(line)
        line = text[at : text.find("\n", at) + 1]
    starts = [at, *_further(text, at)] if line.startswith("- ") else []
    return [*starts, len(text)]


def _further(text: str, at: int = 0) -> Iterator[int]:
    """Yield where entries begin behind the one that begins at an offset."""
    while at := text.find("\n- ", at) + 1:
        yield at


def is_plain(text: str) -> bool:
    """True if a text has no characters but printed ones, blanks of Chinese among them, and line ends."""
    bare = text.replace("\r\n", "").replace("\n", "")
    return bare.isprintable() or bare.replace("\u3000", "").replace("\xa0", "").isprintable()
