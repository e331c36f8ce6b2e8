"""Text from a file, made safe to show: what a terminal would obey or hide is spelt out."""

import re

# C0 and C1 controls, bidirectional overrides and isolates, zero-width characters, lone surrogates.
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"


def visible(text: str) -> str:
    """Give ``text`` with its unseen characters spelt out as escapes; line feed and tab stay."""
    return text if _is_plain(text) else re.sub(_UNSAFE, _spelt, text)


def escaped(json: str) -> str:
    """Give a JSON text with the same characters as JSON escapes: visible, and nothing lost."""
    return json if _is_plain(json) else re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", json)


def _is_plain(text: str) -> bool:
    """Tell at once, of most texts, that there is nothing unseen in them."""
    return text.replace("\n", "").isprintable()


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - what two digits hold
