"""Words for people in attributes of XML: what can be chosen, what prompts, what is said of shapes."""

import html
import re
from collections.abc import Iterable, Iterator

from chengguo.importing.rows import Remark
from chengguo.language import _
from chengguo.model.status import reported_status

_TAG = re.compile(
    rb"""<(?:\w+:)?(?P<name>\w+)\s(?P<attributes>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
    rb"""|<(?:\w+:)?formula1>(?:"|&quot;)(?P<list>[^<]*)(?:"|&quot;)</"""
)
_ATTRIBUTE = re.compile(
    rb"""(?<![\w:])(?:\w++:)?+(?P<name>\w++)\s*+=\s*+(?:"(?P<text>[^"]*)"|'(?P<quoted>[^']*)')"""
)
CHOICE, PROMPT, ABOUT = range(3)
_VALUE = (b"val",)
# Of which elements which attributes have words, by what they are for.
_KINDS = {
    b"listItem": (CHOICE, (b"displayText", b"value")),
    b"listEntry": (CHOICE, _VALUE),
    b"dataValidation": (PROMPT, (b"promptTitle", b"prompt", b"errorTitle", b"error")),
    b"hyperlink": (PROMPT, (b"tooltip",)),
    **dict.fromkeys((b"helpText", b"statusText", b"alias", b"default"), (PROMPT, _VALUE)),
    **dict.fromkeys((b"tblCaption", b"tblDescription"), (ABOUT, _VALUE)),
    b"docPr": (ABOUT, (b"title",)),
    b"shape": (ABOUT, (b"alt",)),
    b"imagedata": (ABOUT, (b"title",)),
}


def told(*parts: bytes) -> Iterator[Remark]:
    """Return what to tell of such words in parts of a file, each kind once."""
    return said(each for part in parts for each in _words(part))


def said(texts: Iterable[tuple[int, str]]) -> Iterator[Remark]:
    """Return what to tell of such words, each with its kind; the statuses that can be chosen say nothing."""
    found: dict[int, dict[str, None]] = {CHOICE: {}, PROMPT: {}, ABOUT: {}}
    for kind, text in texts:
        if any(map(str.isalpha, text)) and not (kind == CHOICE and reported_status(text) is not None):
            found[kind][text] = None
    why = (
        _("words to choose from are left out: '{text}'"),
        _("a cell prompts, and the words are left out: '{text}'"),
        _("what is said of a table, a shape or a picture is left out: '{text}'"),
    )
    for kind, words in found.items():
        if words:
            yield Remark(0, why[kind], "、".join(words), is_of_file=True)


def _words(part: bytes) -> Iterator[tuple[int, str]]:
    """Return the words with what they are for."""
    for tag in _TAG.finditer(part):
        if choices := tag["list"]:
            words = _text(choices).split(",")
            yield from ((CHOICE, each.strip()) for each in words)
        elif found := _KINDS.get(tag["name"] or b""):
            kind, names = found
            for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
                if attribute["name"] in names:
                    yield kind, _text(attribute["text"] or attribute["quoted"] or b"")


def _text(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace")).strip()
