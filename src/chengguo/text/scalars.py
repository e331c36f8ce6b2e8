"""Texts and entries written as YAML, so that every reader takes them for what they are."""

import json
import re

from chengguo.text.visible import has_unseen, is_unseen

# Plain where no YAML reader could take it for anything but this text, be it in a block or in a flow.
_PLAIN = re.compile(r"[^\W_][^\n\r\t:#,\[\]{}\"'&*!|>%@`\\?]*(?<! )")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def is_plain(text: str) -> bool:
    """True if a text needs no quotes; ASCII that begins with a digit may be a number or a day."""
    return bool(
        _PLAIN.fullmatch(text)
        and (text[0].isalpha() or not text.isascii())
        and text.replace(" ", "").isprintable()
        and text.lower() not in _NOT_TEXT
    )


def quoted(text: str) -> str:
    """Write a text as a YAML scalar; a JSON string is a double-quoted one."""
    if is_plain(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    if not has_unseen(quoted):
        return quoted
    return "".join(_escape(each) if is_unseen(each) else each for each in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x1_0000 else f"\\U{code:08x}"  # noqa: PLR2004 - what four digits hold


def block(entry: dict[str, str], dash: int, width: int) -> list[str]:
    """Write an entry as the lines of a block: the dash at column ``dash``, the keys ``width`` further."""
    lead = " " * dash + "-" + " " * (width - 1)
    return [
        (" " * (dash + width) if row else lead) + f"{key}: {value}"
        for row, (key, value) in enumerate(entry.items())
    ]


def flow(entry: dict[str, str]) -> str:
    """Write an entry in braces, on one line."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}"
