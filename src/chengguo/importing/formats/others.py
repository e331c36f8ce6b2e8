"""Files that are none of a table's kinds: named for what they are, by how they begin."""

import io
import zipfile

from chengguo.errors import Refused
from chengguo.language import _

_OLD = b"\xd0\xcf\x11\xe0"  # of Office before 2007, and of what is locked by a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def refuse(data: bytes, name: str) -> None:
    """Refuse a file that no reader knows, and say what it is and what to do; return for another."""
    if found := _told(data):
        what, hint = found
        raise Refused(what.format(file=name), hint)


def _told(data: bytes) -> tuple[str, str] | None:
    if data.startswith(_OLD) and _LOCKED in data:
        return _("{file} is locked by a password"), _("Open it, and save it without a password.")
    if data[:200].lstrip().lower().startswith(b"mime-version:"):
        return _("{file} is a web page in one file"), _("Open it in a browser, and save it as .html.")
    anew = _("Open it, and save it as .xlsx or .docx.")
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
    """Tell what a packed file is; None for a workbook or a document, and for one that cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {each.replace("\\", "/") for each in archive.namelist()}
    except (zipfile.BadZipFile, ValueError):
        return None
    anew = _("Open it, and save it as .xlsx or .docx.")
    folders = {each.partition("/")[0] for each in names}
    if "xl/workbook.bin" in names:
        return _("{file} is a binary workbook"), anew
    if folders & {"xl", "word"}:
        return None
    if "content.xml" in names:
        return _("{file} is a file of LibreOffice"), anew
    if "ppt" in folders:
        return _("{file} is a presentation"), _("Copy its table to a workbook.")
    return _("{file} is packed"), _("Unpack it, and name the file in it.")
