"""Opening workbooks and documents by packages that may not be installed: the extra "office"."""

import io
import zipfile
from importlib import import_module
from typing import Any

from chengguo.errors import Refused, WrongUsage
from chengguo.language import _

_LARGEST = 200_000_000  # bytes that a file may unpack to


def opened(package: str, function: str, data: bytes, name: str, **options: bool) -> Any:
    """Open a file by a function of a package.

    Raises ``WrongUsage`` without the package, ``Refused`` for a file that is broken, locked or too large.
    """
    try:
        module = import_module(package)
    except ImportError as error:
        message = _("{file}: to read it, more is needed").format(file=name)
        raise WrongUsage(message, _("Install it: pip install 'chengguo[office]'")) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        book = getattr(module, function)(io.BytesIO(data), **options) if size <= _LARGEST else None
    except Exception as error:  # whatever a broken file makes the package raise
        message = _("{file} cannot be read: it is broken, or locked by a password").format(file=name)
        raise Refused(message, _("Open it, and save it anew without a password.")) from error
    if book is None:
        raise Refused(_("{file} is too large to be a table").format(file=name))
    return book
