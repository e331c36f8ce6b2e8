"""Words for people in attributes of XML: what can be chosen, what prompts, what is said of shapes."""

import html
import re
from collections.abc import Iterator

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
_CHOICE, _PROMPT, _ABOUT = range(3)
_VALUE = (b"val",)
# Of which elements which attributes have words, by what they are for.
_KINDS = {
    b"listItem": (_CHOICE, (b"displayText", b"value")),
    b"listEntry": (_CHOICE, _VALUE),
    b"dataValidation": (_PROMPT, (b"promptTitle", b"prompt", b"errorTitle", b"error")),
    b"hyperlink": (_PROMPT, (b"tooltip",)),
    **dict.fromkeys((b"helpText", b"statusText", b"alias", b"default"), (_PROMPT, _VALUE)),
    **dict.fromkeys((b"tblCaption", b"tblDescription"), (_ABOUT, _VALUE)),
    b"docPr": (_ABOUT, (b"title",)),
    b"shape": (_ABOUT, (b"alt",)),
    b"imagedata": (_ABOUT, (b"title",)),
}


def told(*parts: bytes) -> Iterator[Remark]:
    """Return what to tell of such words in parts of a file, each kind once."""
    said: dict[int, dict[str, None]] = {_CHOICE: {}, _PROMPT: {}, _ABOUT: {}}
    for part in parts:
        for kind, words in _words(part):
            if any(map(str.isalpha, words)):
                said[kind][words] = None
    why = (
        _("words to choose from are left out: '{text}'"),
        _("a cell prompts, and the words are left out: '{text}'"),
        _("what is said of a table, a shape or a picture is left out: '{text}'"),
    )
    for kind, found in said.items():
        if found:
            yield Remark(0, why[kind], "、".join(found), is_of_file=True)


def _words(part: bytes) -> Iterator[tuple[int, str]]:
    """Return the words with what they are for; the statuses of a report that can be chosen say nothing."""
    for tag in _TAG.finditer(part):
        if choices := tag["list"]:
            words = _text(choices).split(",")
            yield from ((_CHOICE, each.strip()) for each in words if reported_status(each) is None)
        elif found := _KINDS.get(tag["name"] or b""):
            kind, names = found
            for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
                if attribute["name"] in names:
                    yield kind, _text(attribute["text"] or attribute["quoted"] or b"")


def _text(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace")).strip()
