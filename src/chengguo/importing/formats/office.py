"""Opening workbooks and documents by packages that may not be installed: the extra "office"."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from importlib import import_module
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from chengguo.errors import ChengguoError, Refused, WrongUsage
from chengguo.files import installing
from chengguo.importing import bounds
from chengguo.importing.formats import others, package
from chengguo.importing.formats.letters import LOW_LINE
from chengguo.importing.formats.marks import inside, outside, parted
from chengguo.importing.formats.signs import FONTS
from chengguo.language import _

_LARGEST = 64_000_000  # bytes that the XML of a file may unpack to
_XML = (".xml", ".rels", ".vml")
_DOCUMENT = rb"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# What the packages do not know, though it says the same: Strict Office Open XML, documents with macros,
# templates.
_SAME = (
    (re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/"), rb"http://schemas.openxmlformats.org/\1/2006/"),
    (
        re.compile(rb"application/vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml"),
        _DOCUMENT,
    ),
    (
        re.compile(rb"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml"),
        _DOCUMENT,
    ),
)
_LONG_TAG = re.compile(rb"<(?!!\[CDATA)[^<>]{%d}" % bounds.LINE)
# How words look in a workbook: openpyxl does not take all that programs write, and nothing counts but a line
# through them, that they stand above the line, as the 2 of m², and a font of signs.
_RUN = re.compile(rb"<(?P<tag>(?:\w+:)?rPr)>.*?</(?P=tag)>", re.DOTALL)
_FONT = re.compile(rb"<(?P<tag>(?:\w+:)?font)>.*?</(?P=tag)>", re.DOTALL)
_FONTS = re.compile(rb"<(?P<tag>(?:\w+:)?fonts)\b.*?</(?P=tag)>", re.DOTALL)
_COUNTS = re.compile(
    rb"<(?:\w+:)?color\s+(?:rgb=\"(?:FF|00)?FFFFFF\"|theme=\"0\"|indexed=\"(?:1|9)\")\s*/>"
    rb"|<(?:\w+:)?color\s+(?:rgb=\"\w*[B-Fb-f]\w[0-6]\w[0-6]\w\"|indexed=\"(?:2|10|16)\")\s*/>"
    rb"|<(?:\w+:)?(?:strike|b|u)\b(?![^>]*val=\"(?:0|false|none)\")[^>]*/>"
    rb"|<(?:\w+:)?vertAlign\s+val=\"superscript\"\s*/>"
    rb"|<(?:\w+:)?(?:name|rFont)\s+val=\"(?:" + b"|".join(map(str.encode, sorted(FONTS))) + rb")\"\s*/>"
)
_MISSING = re.compile(package.MISSING % "(.+?)")
# How cells look: no word of it is read.
_LOOKS = re.compile(
    rb"<(?:\w+:)?(?:alignment|protection)\b[^<>]*/>"
    rb"|<(?P<tag>(?:\w+:)?(?:fills|borders|cellStyleXfs|cellStyles|dxfs))\b.*?</(?P=tag)>",
    re.DOTALL,
)


def opened(library: str, function: str, parts: Mapping[str, bytes], name: str, **options: bool) -> Any:
    """Open a file that was unpacked by a function of a library.

    Raises ``WrongUsage`` without the library, ``Refused`` for a file that is broken.
    """
    try:
        module = import_module(library)
    except ImportError as error:
        message = _("{file}: to read it, more is needed").format(file=name)
        raise WrongUsage(message, installing.command("office")) from error
    if library == "openpyxl":
        parts = package.for_workbook(parts)
    with reading(name):
        try:
            return getattr(module, function)(_packed(parts), **options)
        except Exception:  # noqa: BLE001 - whatever the looks of a file make it raise
            plain = {part: _plain(text) if "style" in part else text for part, text in parts.items()}
            return getattr(module, function)(_packed(plain), **options)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Refuse a file of which a package cannot read a part, and say why; what it warns of is not for users."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except ChengguoError:
        raise
    except zipfile.BadZipFile as error:
        message = _("{file} cannot be read: it is broken, or only a part of a file").format(file=name)
        raise Refused(message, _("Get it anew from whoever sent it.")) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        message = _("{file} cannot be read: {why} ({reason})").format(
            file=name, why=_why(error), reason=reason.splitlines()[0][:200]
        )
        raise Refused(message, _("Open it in Excel, Word or WPS, and save it anew.")) from error


def _why(error: Exception) -> str:
    """Say in words for people why a library cannot read a file."""
    if found := _MISSING.search(str(error)):
        return _("its part {part} is missing").format(part=found[1])
    if isinstance(error, (ExpatError, SyntaxError)):  # the parsers of XML raise these
        return _("its XML is broken")
    return _("a part of it is not as Office writes it")


def unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Unpack the XML of a file, in the terms that the packages know.

    Raises ``Refused`` for a file that is broken or may burst.
    """
    with reading(name):
        return _parts(data, name)


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left, tags = _LARGEST, 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            if part.flag_bits & 1:
                raise others.locked(name)
            if not part.filename.lower().endswith(_XML):
                parts[part.filename] = b""  # pictures
                continue
            with archive.open(part) as packed:
                text = packed.read(left + 1)
            left, tags = left - len(text), tags + text.count(b"<")
            if left < 0 or tags > bounds.TAGS or _has_too_many(text):
                raise bounds.too_large(name)
            _refuse_types(text, name)
            if not _NEVER_SOUND.match(part.filename):
                text = _sound(text, name)
            for unknown, known in _SAME:
                text = unknown.sub(known, text)
            if part.filename.startswith("xl") and part.filename.endswith(".xml"):
                text = _RUN.sub(_only_what_counts, text).replace(b"_x005F_", LOW_LINE.encode())
            parts[part.filename] = text
    return package.joined(parts)


# Drawings of old are hardly ever well-formed, and of who wrote a file nothing is read.
_NEVER_SOUND = re.compile(r".*\.vml$|docprops[/\\]", re.IGNORECASE)


def sound(xml: bytes, name: str) -> bytes:
    """Return the XML of a file that packs nothing; raises as ``unpacked`` does."""
    if len(xml) > bounds.BYTES or xml.count(b"<") > bounds.TAGS:
        raise bounds.too_large(name)
    _refuse_types(xml, name)
    return _sound(xml, name)


def _refuse_types(xml: bytes, name: str) -> None:
    """Refuse XML that declares a type, by which a small file can make a large one, or read another."""
    if b"<!DOCTYPE" in xml:
        message = _("{file} holds a document type, as no program for tables writes it").format(file=name)
        raise Refused(message, _("Open it in Excel, Word or WPS, and save it anew."))


def _sound(xml: bytes, name: str) -> bytes:
    """Return XML with tags alone in angle brackets; raises where it is not well-formed, or has a long tag.

    Else what looks for the end of an element would look through all that follows, for each begin anew; so
    does a parser that gets a tag or a comment piece by piece.
    """
    head = xml[: xml.find(b"?>") + 2] if xml.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else b""
    xml = xml[len(head) :]
    for begin, end in ((b"<!--", b"-->"), (b"<?", b"?>")):
        if begin in xml:
            if max(map(len, inside(xml, begin, end))) > bounds.LINE:
                raise bounds.too_large(name)
            xml = b"".join(outside(xml, begin, end))
    if _LONG_TAG.search(xml):
        raise bounds.too_large(name)
    if b"<![CDATA[" in xml:
        parts = parted(xml, b"<![cdata[", b"]]>")
        xml = b"".join(
            escape(part.decode(), quote=False).encode() if is_raw else part for is_raw, part in parts
        )
    if xml:
        ParserCreate().Parse(head + xml, True)  # noqa: FBT003 - it has no name
    return head + xml


def _has_too_many(text: bytes) -> bool:
    return any(text.count(b"%s " % tag) > most for tag, most in bounds.OF_A_KIND.items())


def _plain(text: bytes) -> bytes:
    """Leave out of the styles of a workbook how cells look, but for what counts of their words."""
    return _FONTS.sub(lambda fonts: _FONT.sub(_only_what_counts, fonts[0]), _LOOKS.sub(b"", text))


def _only_what_counts(found: re.Match[bytes]) -> bytes:
    """Return how words look without all but lines through or under them, bold, and above the line."""
    tag = found["tag"]
    return b"<%s>%s</%s>" % (tag, b"".join(_COUNTS.findall(found[0])), tag)


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Pack the parts into a file again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    packed.seek(0)
    return packed
