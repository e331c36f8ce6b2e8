"""What a sheet of a workbook has beside its cells: comments and text boxes."""

import posixpath
from collections.abc import Iterator
from typing import Any

from chengguo.language import _


def read_texts(sheet: Any) -> Iterator[tuple[int, int, str]]:
    """Return the words beside the cells of a sheet: the line from 1, the column from 0, and what to say."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring  # only a workbook pays for it

    archive = sheet.parent._archive  # noqa: SLF001 - a workbook that is only read has no other way
    names = set(archive.namelist())
    links = get_rels_path(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001
    for part in get_dependents(archive, links) if links in names else ():
        kind = posixpath.basename(part.Type)
        if part.target in names and kind in _READ:
            yield from _READ[kind](fromstring(archive.read(part.target)))


def _comments(root: Any) -> Iterator[tuple[int, int, str]]:
    from openpyxl.utils.cell import coordinate_to_tuple

    for comment in root.iter("{*}comment"):
        line, column = coordinate_to_tuple(comment.get("ref"))
        text = "".join(part.text or "" for part in comment.iter("{*}t")).strip()
        if text:
            yield line, column - 1, _("the cell has a comment, which is left out: '{text}'").format(text=text)


def _boxes(root: Any) -> Iterator[tuple[int, int, str]]:
    for anchor in root:
        lines = ("".join(part.text or "" for part in each.iter("{*}t")) for each in anchor.iter("{*}p"))
        text = "\n".join(line.strip() for line in lines if line.strip())
        if text:
            why = _("a text box stands here, and is left out: '{text}'").format(text=text)
            yield _number(anchor, "row") + 1, _number(anchor, "col"), why


def _number(anchor: Any, name: str) -> int:
    """Return the row or the column from 0 that a box begins in; 0 for one that is bound to none."""
    found = anchor.find(f"{{*}}from/{{*}}{name}")
    return int(found.text) if found is not None else 0


_READ = {"comments": _comments, "drawing": _boxes}
