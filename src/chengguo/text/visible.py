"""Text from a file, made safe to show: what a terminal would obey or hide is spelt out."""

# Categories of Unicode: controls, formats (bidirectional overrides, zero-width, tags), lone surrogates,
# line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff"
)  # letters and signs that show nothing


def visible(text: str) -> str:
    """Return ``text`` with its unseen characters spelt out as escapes; line feed and tab stay."""
    if is_plain(text):
        return text
    return "".join(_spelt(character) if is_unseen(character) else character for character in text)


def visible_line(text: str) -> str:
    """Return ``text`` for a line of its own: its line feeds are spelt out too."""
    return visible(text).replace("\n", "\\n")


def escaped(document: str) -> str:
    """Return a JSON text with the same characters as JSON escapes: visible, and nothing lost."""
    if is_plain(document):
        return document
    import json  # most texts need none of it

    return "".join(json.dumps(each)[1:-1] if is_unseen(each) else each for each in document)


def is_plain(text: str) -> bool:
    """True of most texts: there is nothing unseen in it. Also False for one with tabs, which may stay."""
    if not text.replace("\n", "").isprintable():
        return False
    if not text.isascii():
        for blank in _BLANK:  # every cell comes by here: any() would take three times as long
            if blank in text:
                return False
    return True


def has_unseen(text: str) -> bool:
    """True if a terminal would obey or hide a character of a text."""
    return not is_plain(text) and any(map(is_unseen, text))


def is_unseen(character: str) -> bool:
    """True if a terminal would obey or hide a character."""
    from unicodedata import category  # most texts need none of it

    return character not in "\n\t" and (category(character) in _UNSEEN or character in _BLANK)


def odd_blanks(text: str, allowed: str = "\n\t") -> tuple[str, ...]:
    """Return the names of the characters that look like a space or like nothing: U+00A0 NO-BREAK SPACE.

    The blank itself is no odd one, nor those that are ``allowed``.
    """
    from unicodedata import name  # most texts need none of it

    odd = (each for each in dict.fromkeys(text) if not each.isprintable() and each not in allowed)
    return tuple(f"U+{ord(each):04X} {name(each, '')}".rstrip() for each in odd)


def _spelt(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
