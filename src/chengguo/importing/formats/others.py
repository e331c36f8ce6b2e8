"""Files that are none of a table's kinds: named for what they are, by how they begin."""

import io
import zipfile

from chengguo.errors import Refused
from chengguo.language import _

_OLD = b"\xd0\xcf\x11\xe0"  # of Office before 2007, and of what is locked by a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_FLAT, _HEAD = b"application/vnd.oasis.opendocument.spreadsheet", 10_000
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def refuse(data: bytes, name: str) -> None:
    """Refuse a file that no reader knows, and say what it is and what to do; return for another."""
    if found := _told(data):
        raise _refused(found, name)


def locked(name: str) -> Refused:
    """Say that a file is locked by a password."""
    return _refused(_locked(), name)


def of_libreoffice(name: str) -> Refused:
    """Say that a file is of LibreOffice, but no spreadsheet."""
    return _refused((_("{file} is a file of LibreOffice"), _anew()), name)


def is_flat(data: bytes) -> bool:
    """True for a spreadsheet of LibreOffice that is one file of XML, and packs nothing."""
    beginning = data[:_HEAD]
    return _FLAT in beginning and beginning.lstrip(b"\xef\xbb\xbf").startswith(
        (b"<?xml", b"<office:document")
    )


def _refused(said: tuple[str, str], name: str) -> Refused:
    what, hint = said
    return Refused(what.format(file=name), hint)


def _locked() -> tuple[str, str]:
    return _("{file} is locked by a password"), _("Open it, and save it without a password.")


def _anew() -> str:
    return _("Open it, and save it as .xlsx or .docx.")


def _told(data: bytes) -> tuple[str, str] | None:
    if data.startswith(_OLD) and _LOCKED in data:
        return _locked()
    if data[:200].lstrip().lower().startswith(b"mime-version:"):
        return _("{file} is a web page in one file"), _("Open it in a browser, and save it as .html.")
    anew = _anew()
    unpack = _("Unpack it, and name the file in it.")
    beginnings = (
        (b"%PDF", _("{file} is a PDF"), _("Copy its table to a workbook, or save it as .docx in Word.")),
        (_OLD, _("{file} is an old file of Office or WPS"), anew),
        (b"{\\rtf", _("{file} is a document in RTF"), anew),
        (_PICTURES, _("{file} is a picture"), _("Ask for the file that it shows, or type the table.")),
        (_ARCHIVES, _("{file} is packed"), unpack),
    )
    said = ((what, hint) for begins, what, hint in beginnings if data.startswith(begins))
    return next(said, None) or (_zipped(data) if data.startswith(b"PK\x03\x04") else None)


def _zipped(data: bytes) -> tuple[str, str] | None:
    """Tell what a packed file is; None for what has a reader, and for one that cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {each.replace("\\", "/") for each in archive.namelist()}
    except (zipfile.BadZipFile, ValueError):
        return None
    folders = {each.partition("/")[0] for each in names}
    if "xl/workbook.bin" in names:
        return _("{file} is a binary workbook"), _anew()
    if folders & {"xl", "word", "content.xml"}:
        return None
    if "encrypted-package" in names:  # of LibreOffice
        return _locked()
    if "ppt" in folders:
        return _("{file} is a presentation"), _("Copy its table to a workbook.")
    return _("{file} is packed"), _("Unpack it, and name the file in it.")
