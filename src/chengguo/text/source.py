"""Text and the places in it: it knows no YAML and opens no file.

A place is an offset in code points into the text. Lines are counted by line feeds alone, as editors do,
whatever a YAML parser thinks of U+2028 or NEL.
"""

from collections.abc import Callable
from typing import AnyStr, NamedTuple

# Values are NamedTuples throughout, not frozen dataclasses: as frozen, and declaring one costs 0.1 ms
# where a dataclass costs 1 ms, of some 20 ms that a command has beyond importing Typer.

_BOM = b"\xef\xbb\xbf"


class Span(NamedTuple):
    """A stretch of text: from ``start`` up to and without ``end``, in code points."""

    start: int
    end: int


class Position(NamedTuple):
    """Where something stands, as people count: line and column from 1, columns in code points."""

    line: int
    column: int


class Edit(NamedTuple):
    """Put ``text`` in the place of ``span``; an empty span inserts."""

    span: Span
    text: str


class Undecodable(NamedTuple):
    """Why some bytes are not UTF-8: where the first wrong one is, and which encoding it looks like."""

    offset: int
    encoding: str | None


class Source(NamedTuple):
    """The text of one file. ``bom`` tells whether a byte order mark, kept out of the text, leads it."""

    name: str
    text: str
    bom: bool = False
    undecodable: Undecodable | None = None

    def position(self, offset: int) -> Position:
        """Return the line and column of ``offset``."""
        return self.positions([offset])[0]

    def positions(self, offsets: "list[int]") -> "list[Position]":
        """Return the line and column of each offset, reading the text once and keeping none of its lines."""
        found: dict[int, Position] = {}
        line, start, done = 1, 0, 0
        for offset in sorted(set(offsets)):
            line += self.text.count("\n", done, offset)
            start = self.text.rfind("\n", done, offset) + 1 or start
            done = offset
            found[offset] = Position(line, offset - start + 1)
        return [found[offset] for offset in offsets]

    def line(self, number: int) -> str:
        """Return line ``number`` (from 1) without its line ending."""
        return self.text.split("\n", number)[number - 1].removesuffix("\r")

    def encode(self) -> bytes:
        """Return the bytes of the file again."""
        return (_BOM if self.bom else b"") + self.text.encode()

    def apply(self, edits: "list[Edit]") -> "Source":
        """Make all edits at once, those of one place in their order. Raises ValueError where two overlap."""
        pieces: list[str] = []
        done = 0
        for (start, end), text in sorted(edits, key=lambda edit: edit.span):
            if start < done:
                raise ValueError("edits overlap")
            pieces += [self.text[done:start], text]
            done = end
        return self._replace(text="".join([*pieces, self.text[done:]]))


def decode(data: bytes, name: str) -> Source:
    """Turn the bytes of a file into a Source; never raises.

    Bytes that are not UTF-8 give a source with ``undecodable`` set, its text decoded as what it most
    likely is, so that a message can still show the line.
    """
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    if (wide := _utf_16(data)) is not None:
        named = wide.upper().replace("-LE", "LE").replace("-BE", "BE")  # as iconv names them
        return Source(name, data.decode(wide, "replace"), undecodable=Undecodable(0, named))
    try:
        return Source(name, body.decode(), bom)
    except UnicodeDecodeError as error:
        encoding = _likely_encoding(body)
        codec = {"GBK": "gb18030", "Big5": "big5"}.get(encoding or "", "utf-8")
        offset = len(body[: error.start].decode(codec, "replace"))
        return Source(name, body.decode(codec, "replace"), bom, Undecodable(offset, encoding))


def _utf_16(data: bytes) -> str | None:
    """Tell UTF-16 by its byte order mark, or by the zero bytes that ASCII leaves in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:64]
    if head and head[1::2].count(0) * 4 > len(head):
        return "utf-16-le"
    if head and head[0::2].count(0) * 4 > len(head):
        return "utf-16-be"
    return None


def _likely_encoding(data: bytes) -> str | None:
    """Name the encoding that reads all of ``data``, the narrowest first: GB 2312 is what people type."""
    for codec, encoding in (("gb2312", "GBK"), ("big5", "Big5"), ("gb18030", "GBK")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def common(before: AnyStr, after: AnyStr) -> tuple[int, int]:
    """Return how much of two texts is the same at the beginning, and behind that at the end."""
    shorter = min(len(before), len(after))
    head = _alike(shorter, lambda low, high: before[low:high] == after[low:high])
    one, other = len(before), len(after)
    return head, _alike(
        shorter - head,
        lambda low, high: before[one - high : one - low] == after[other - high : other - low],
    )


def _alike(most: int, are_equal: Callable[[int, int], bool]) -> int:
    """Return how far two texts are equal, looking at each half of what is left as a whole."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if are_equal(low, middle) else (low, middle - 1)
    return low
