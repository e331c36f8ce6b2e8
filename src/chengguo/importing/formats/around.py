"""What a file of Office has around its words and cells: told once of the file, with its words."""

import html
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring

from chengguo.importing.formats import attributes
from chengguo.importing.rows import Remark
from chengguo.language import _

_PAGE = re.compile(
    r"(?:page|of|[\s\d第共页頁/\uff0f|·.。—\-–－])*", re.IGNORECASE
)  # the number of a page alone
_CODE = re.compile(
    r'&(?:"[^"]*"|[0-9]+|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[A-Za-z&])'
)  # of a printed head
_PRINTED = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?P<end>Header|Footer)\b[^>]*>(?P<text>[^<]*)<")
_RULES = re.compile(rb"<(?:\w+:)?dxfs\b.*?</(?:\w+:)?dxfs>", re.DOTALL)
_LOOK = re.compile(rb"<(?:\w+:)?dxf\s*/>|<(?:\w+:)?dxf\b.*?</(?:\w+:)?dxf>", re.DOTALL)
_STRIKES = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*val=\"(?:0|false)\")")
_FORMATTED = re.compile(
    rb"<(?:\w+:)?conditionalFormatting\b[^>]*\bsqref=\"(?P<area>[^\"]*)\".*?</(?:\w+:)?conditionalFormatting>",
    re.DOTALL,
)
_BY = re.compile(rb"\bdxfId=\"(\d+)\"")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def of_document(parts: Mapping[str, bytes]) -> Iterator[Remark]:
    """Return what to tell of the pages of a document: their heads and feet, watermarks, charts, diagrams."""
    why = {
        "header": _("the head of the pages is left out: '{text}'"),
        "footer": _("the foot of the pages is left out: '{text}'"),
    }
    for kind, said in why.items():
        yield from once(said, (_page(root) for root in _roots(parts, rf"word/{kind}\d*\.xml")))
    yield from _drawn(parts, "word")
    yield from attributes.told(parts.get("word/document.xml", b""))


def of_workbook(parts: Mapping[str, bytes]) -> Iterator[Remark]:
    """Return what to tell of a workbook as a whole: charts, diagrams, letters above words."""
    yield from _drawn(parts, "xl")
    above = (
        "".join(each.itertext())
        for root in _roots(parts, r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml", b"rPh")
        for each in root.iter()
        if _name(each) == "rPh"
    )
    yield from once(_("letters stand above words, and are left out: '{text}'"), above)


def striking(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of the looks by rules that strike words out, of the styles of a workbook."""
    found = _RULES.search(styles)
    looks = _LOOK.finditer(found[0]) if found else ()
    return frozenset(b"%d" % number for number, look in enumerate(looks) if _STRIKES.search(look[0]))


def of_sheet(xml: bytes, strikes: frozenset[bytes] = frozenset()) -> Iterator[Remark]:
    """Return what to tell of a sheet beside its cells: of its printed pages, its prompts, its rules.

    ``strikes`` are the looks by which a rule may strike words out.
    """
    heads = {
        b"Header": _("the head of the printed pages is left out: '{text}'"),
        b"Footer": _("the foot of the printed pages is left out: '{text}'"),
    }
    printed = [(found["end"], _unescaped(found["text"])) for found in _PRINTED.finditer(xml)]
    for end, why in heads.items():
        yield from once(why, (" ".join(_CODE.sub(_sign, text).split()) for at, text in printed if at == end))
    yield from attributes.told(xml)
    areas = (rule["area"] for rule in _FORMATTED.finditer(xml) if strikes & set(_BY.findall(rule[0])))
    why = _("a rule may strike words out in {text}; they are read all the same")
    yield from once(why, (area.decode("utf-8", "replace") for area in areas))


def _unescaped(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace"))


def _sign(code: re.Match[str]) -> str:
    """Return what a code of a printed head stands for, as far as it says more than how it looks."""
    return {"&&": "&", "&P": "1", "&N": "1"}.get(code[0].upper(), " ")


def _drawn(parts: Mapping[str, bytes], folder: str) -> Iterator[Remark]:
    chart, diagram = _("a chart is left out: '{text}'"), _("a diagram is left out: '{text}'")
    for why, path in (
        (chart, rf"{folder}/charts/chart\d*\.xml"),
        (diagram, rf"{folder}/diagrams/data\d*\.xml"),
    ):
        yield from once(why, (_lines(root) for root in _roots(parts, path)))


def once(why: str, texts: Iterator[str]) -> Iterator[Remark]:
    """Tell each text that has a word once."""
    for text in dict.fromkeys(filter(None, map(str.strip, texts))):
        if not _PAGE.fullmatch(text):
            yield Remark(0, why, text, is_of_file=True)


def _roots(parts: Mapping[str, bytes], path: str, having: bytes = b"") -> Iterator[Element]:
    for part, text in parts.items():
        if text and having in text and re.fullmatch(path, part):
            try:
                yield fromstring(text)  # noqa: S314 - document types were refused
            except ParseError:
                continue


def _page(root: Element) -> str:
    """Return the words of the head or foot of pages, and of a watermark that lies below them."""
    marks = [each.get("string", "") for each in root.iter() if _name(each) == "textpath"]
    return "\n".join(filter(None, [_lines(root), *marks]))


def _lines(root: Element) -> str:
    """Return the paragraphs of a part, a line each; of what is there twice, for older programs, once."""
    twice = [each for each in root.iter() if _name(each) == "AlternateContent" and len(each) > 1]
    for each in twice:
        each[:] = each[:1]
    paragraphs = (each for each in root.iter() if _name(each) == "p")
    lines = ("".join(_words(part) for part in each.iter()).strip() for each in paragraphs)
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _words(part: Element) -> str:
    name = _name(part)
    return (part.text or "") if name in {"t", "delText"} else _MARKS.get(name, "")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
