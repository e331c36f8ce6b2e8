"""The parts of a file of Office by the names that they call one another, however a program writes them."""

import html
import posixpath
import re
from collections.abc import Mapping

_KNOWN = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_SHEET = re.compile(rb"/relationships/worksheet[\"']")
MISSING = "There is no item named '%s' in the archive"  # as the library of zip files says it
_OUTSIDE = re.compile(rb"\bTargetMode\s*=\s*[\"']External")
_NAME = re.compile(rb"\b(?P<what>Target|PartName)\s*=\s*(?P<mark>[\"'])(?P<name>[^<>\"']*)(?P=mark)")
# What a sheet says of its view, of its pages and its rules: what is told of it is read from the part itself.
_UNREAD = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?:sheetPr|sheetViews|sheetFormatPr|sheetProtection|protectedRanges|scenarios"
    rb"|customSheetViews|conditionalFormatting|dataValidations|printOptions|pageMargins|pageSetup"
    rb"|headerFooter|rowBreaks|colBreaks))\b[^<>]*+(?:(?<=/)>|>(?:[^<]++|<(?!/?(?P=tag)\b))*+</(?P=tag)\s*>)"
)


def joined(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    r"""Return parts by the names that others call them by: neither capitals nor a \ make another name.

    What a document names and has not, a picture say, is not named any more. Raises ``KeyError``
    for a sheet.
    """
    known = {name.lower(): name for name in _KNOWN}
    plain = {name: name.replace("\\", "/").lstrip("/") for name in parts}
    found = {known.get(plain[name].lower(), plain[name]): text for name, text in parts.items()}
    names = {name.lower(): name for name in found}
    return {name: _linked(name, text, names) for name, text in found.items()}


def for_workbook(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a workbook that its cells need: neither who wrote it nor how its pages look."""
    needed = {name: text for name, text in parts.items() if not name.startswith("docProps/")}
    return {name: _bare(text) if name.startswith("xl/worksheets/") else text for name, text in needed.items()}


def _bare(sheet: bytes) -> bytes:
    """Leave out of a sheet what stands around its cells and is not read."""
    begin, end = sheet.find(b"sheetData"), sheet.rfind(b"sheetData")
    if begin < 0:
        return sheet
    return _UNREAD.sub(b"", sheet[:begin]) + sheet[begin:end] + _UNREAD.sub(b"", sheet[end:])


def _linked(part: str, text: bytes, names: Mapping[str, str]) -> bytes:
    """Return a part that names others with the names that these have."""
    if part == _KNOWN[0]:
        return _NAME.sub(lambda found: _named(found, "/", names), text)
    if not part.endswith(".rels"):
        return text
    folder = posixpath.dirname(posixpath.dirname(f"/{part}"))

    def relation(found: re.Match[bytes]) -> bytes:
        said = _NAME.search(found[0])
        if said is None or _OUTSIDE.search(found[0]) or said["name"].startswith(b"#"):
            return found[0]
        whole = _whole(said["name"], folder)
        if whole.lower() not in names and _SHEET.search(found[0]):
            raise KeyError(MISSING % whole)  # or the library would pass it over
        if whole.lower() not in names and not part.startswith("xl/"):
            return b""
        return _NAME.sub(lambda name: _named(name, folder, names), found[0])

    return _RELATION.sub(relation, text)


def _named(found: re.Match[bytes], folder: str, names: Mapping[str, str]) -> bytes:
    r"""Return a name of a part as that part has it; one that was written with a \ from the top."""
    whole = _whole(found["name"], folder)
    right = names.get(whole.lower(), whole)
    if right == whole and b"\\" not in found["name"]:
        return found[0]
    return b'%s="/%s"' % (found["what"], html.escape(right).encode())


def _whole(name: bytes, folder: str) -> str:
    written = html.unescape(name.decode("utf-8", "replace")).replace("\\", "/")
    return posixpath.normpath(posixpath.join(folder, written)).lstrip("/")
