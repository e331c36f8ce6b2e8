"""Office files that say nothing of the moment in which they were made."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

Change = Callable[[bytes], bytes]
_NONE: Mapping[str, Change] = MappingProxyType({})


def settled(data: bytes, day: date, changes: Mapping[str, Change] = _NONE) -> bytes:
    """Take the moment of the export out of an Office file: its day is the document's.

    ``changes`` are made in the parts of the file by their names.
    """
    out = io.BytesIO()
    modified = rf"\g<1>{day.isoformat()}T00:00:00Z\g<2>".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            if name == "docProps/core.xml":
                held = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(</)", modified, held)
            if name in changes:
                held = changes[name](held)
            new.writestr(zipfile.ZipInfo(name), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()
