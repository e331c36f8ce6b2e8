"""What a YAML parser says when it can go no further, in words that tell what to do."""

import re

from chengguo.language import N_, _
from chengguo.text import checks
from chengguo.text.findings import Finding
from chengguo.text.source import Source, Span

_COLON = N_("Write 'key: value' with an ASCII colon and a space after it.")
_SPACES = N_("Indent with ordinary spaces.")
# Slips of a Chinese keyboard, which the parser only notices further on: what to look for, and what to say.
_SLIPS = (
    (r"^[ ]*(?:- )?\w+(：)", N_("a full-width colon (：) behind a key"), _COLON),
    (r"^[ ]*(\u3000)", N_("a full-width space (U+3000) as indentation"), _SPACES),
    (r"^[ ]*(\u00a0)", N_("a no-break space (U+00A0) as indentation"), _SPACES),
    (r"^[ ]*(\t)[\t ]*\S", N_("a tab as indentation"), _SPACES),
)
_QUOTE = N_('Put the value in "double quotes".')
_UNCLOSED = N_("quotes that are never closed")
_ADVICE = {
    "mapping values are not allowed in this context": (N_("a second colon on the line"), _QUOTE),
    "mapping values are not allowed here": (N_("a second colon on the line"), _QUOTE),
    "found character that cannot start any token": (N_("a value cannot begin with this character"), _QUOTE),
    "found character '\\t' that cannot start any token": (
        N_("a tab where spaces are expected"),
        N_("Indent with spaces."),
    ),
    "found a tab character that violates indentation": (
        N_("a tab where spaces are expected"),
        N_("Indent with spaces."),
    ),
    "could not find expected ':'": (
        N_("a line that is no 'key: value'"),
        N_("Write 'key: value' with an ASCII colon and a space after it."),
    ),
    "did not find expected key": (
        N_("the line does not fit the lines above"),
        N_("Check its indentation, and quotes that are not closed."),
    ),
    "did not find expected '-' indicator": (
        N_("a list entry is expected here"),
        N_("Begin it with '- ', indented like the entries above."),
    ),
    "did not find expected ',' or ']'": (
        N_("the list [ is not closed"),
        N_("Put commas between the names and ] at the end."),
    ),
    "did not find expected ',' or '}'": (
        N_("the mapping { is not closed"),
        N_("Put commas between the fields and } at the end."),
    ),
    "did not find expected whitespace or line break": (
        N_("a value cannot begin with this character"),
        _QUOTE,
    ),
    "did not find expected comment or line break": (N_("a value cannot begin with this character"), _QUOTE),
    "found invalid Unicode character escape code": (
        N_("an escape that stands for no character"),
        N_("Write the character itself."),
    ),
    "found unexpected end of stream": (_UNCLOSED, N_("Close them where the text ends.")),
    "found unknown escape character": (
        N_("an unknown escape in a double-quoted text"),
        N_("Write \\\\ for a backslash, or use 'single quotes'."),
    ),
    "block sequence entries are not allowed in this context": (
        N_("a list cannot begin here"),
        N_("Begin it on a line of its own, or quote the value."),
    ),
    "did not find expected alphabetic or numeric character": (
        N_("a value cannot begin with this character"),
        _QUOTE,
    ),
}


# Where the parser notices says nothing of these: what it was reading when it did is the place.
_NOTICED_LATE = frozenset(
    {
        "could not find expected ':'",
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
        "did not find expected alphabetic or numeric character",
        "did not find expected whitespace or line break",
        "did not find expected comment or line break",
        "found unexpected end of stream",
    }
)
_STRUCTURAL = frozenset(
    {
        "could not find expected ':'",
        "did not find expected key",
        "mapping values are not allowed in this context",
        "mapping values are not allowed here",
    }
)
# PyYAML's parser in Python says the same in other words.
_PURE = (
    (r"found character .* that cannot start any token", "found character that cannot start any token"),
    (
        r"expected alphabetic or numeric character, but found .*",
        "did not find expected alphabetic or numeric character",
    ),
    (r"expected ',' or '\]', but got .*", "did not find expected ',' or ']'"),
    (r"expected ',' or '}', but got .*", "did not find expected ',' or '}'"),
    (r"expected <block end>, but found .*", "did not find expected key"),
    (
        r"expected chomping or indentation indicators, but found .*",
        "did not find expected comment or line break",
    ),
    (r"expected a comment or a line break, but found .*", "did not find expected comment or line break"),
    (r"expected URI, but found .*", "did not find expected whitespace or line break"),
    (r"expected ' ', but found .*", "did not find expected whitespace or line break"),
    (r"found unexpected end of stream", "found unexpected end of stream"),
)
# Lone surrogates, and what lies beyond the last character.
_BAD_ESCAPE = (
    r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
    r"|\\U0000[dD][89a-fA-F][0-9a-fA-F]{2}"
    r"|\\U(?!000[0-9a-fA-F]|0010)[0-9a-fA-F]{8}"
)


def finding(source: Source, problem: str, offset: int | None, context: int | None) -> Finding:
    """Make a finding of a ``problem`` at ``offset``, met while reading what begins at ``context``."""
    problem = next((known for words, known in _PURE if re.fullmatch(words, problem)), problem)
    noticed = min(offset or context or 0, len(source.text))
    at = context if problem in _NOTICED_LATE and context is not None else noticed
    at_tab = source.text[at : at + 1] == "\t"
    if (problem in _STRUCTURAL or at_tab) and (slip := _slip(source.text, min(at, noticed), noticed)):
        return slip
    if at_tab:
        problem = "found a tab character that violates indentation"
    message, hint = _ADVICE.get(problem, ("", ""))
    text = _(message) if message else _("YAML cannot be read here: {problem}").format(problem=problem)
    return Finding(checks.UNREADABLE, Span(at, at + 1), text, _(hint) if hint else "")


def _slip(text: str, first: int, last: int) -> Finding | None:
    """Look for a slip from the line above ``first``, which blank lines may part, to the line of ``last``."""
    start = text.rfind("\n", 0, first) + 1
    if ": " not in text[start:first]:  # else the line has a key of its own, and the one above is innocent
        start = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
    end = text.find("\n", last)
    lines = text[start : len(text) if end < 0 else end]
    for pattern, message, hint in _SLIPS:
        if match := re.search(pattern, lines, re.MULTILINE):
            return Finding(
                checks.UNREADABLE, Span(start + match.start(1), start + match.end(1)), _(message), _(hint)
            )
    return None


def bad_escape(text: str, start: int) -> Finding:
    """Make a finding of the first escape from ``start`` on that stands for no character."""
    match = re.compile(_BAD_ESCAPE).search(text, start)
    message, hint = _ADVICE["found invalid Unicode character escape code"]
    at = match.start() + 2 if match else start
    return Finding(checks.UNREADABLE, Span(at, at + 1), _(message), _(hint))
