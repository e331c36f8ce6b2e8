"""What a YAML parser says when it can go no further, in words that tell what to do."""

import re

from chengguo.findings import N_, Finding
from chengguo.language import _
from chengguo.source import Source, Span

_COLON = N_("Write 'key: value' with an ASCII colon and a space after it.")
_SPACES = N_("Indent with ordinary spaces.")
# Slips of a Chinese keyboard, which the parser only notices further on: what to look for, and what to say.
_SLIPS = (
    (re.compile(r"^[ ]*(?:- )?\w+(：)", re.MULTILINE), N_("a full-width colon (：) behind a key"), _COLON),
    (re.compile(r"^[ ]*(\u3000)", re.MULTILINE), N_("a full-width space (U+3000) as indentation"), _SPACES),
    (re.compile(r"^[ ]*(\u00a0)", re.MULTILINE), N_("a no-break space (U+00A0) as indentation"), _SPACES),
    (re.compile(r"^[ ]*(\t)[\t ]*\S", re.MULTILINE), N_("a tab as indentation"), _SPACES),
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


def finding(source: Source, problem: str, offset: int | None, context: int | None) -> Finding:
    """Make a finding of a ``problem`` at ``offset``, met while reading what begins at ``context``."""
    at = min(offset or context or 0, len(source.text))
    slip = _slip(source.text, at)
    if slip:
        return slip
    message, hint = _ADVICE.get(problem, ("", ""))
    if message == _UNCLOSED and context is not None:
        at = context  # the end of the file says nothing; where they were opened does
    text = _(message) if message else _("YAML cannot be read here: {problem}").format(problem=problem)
    return Finding("Y102", Span(at, at + 1), text, _(hint) if hint else "")


def _slip(text: str, at: int) -> Finding | None:
    """Look for a slip on the line of the problem and on the one above it."""
    start = text.rfind("\n", 0, max(text.rfind("\n", 0, at), 0)) + 1
    end = text.find("\n", at)
    lines = text[start : len(text) if end < 0 else end]
    for pattern, message, hint in _SLIPS:
        if match := pattern.search(lines):
            return Finding("Y102", Span(start + match.start(1), start + match.end(1)), _(message), _(hint))
    return None
