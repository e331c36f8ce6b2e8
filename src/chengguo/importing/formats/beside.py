"""What a sheet of a workbook has beside its cells: comments, text boxes and pictures."""

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from chengguo.importing.formats.letters import LOW_LINE
from chengguo.importing.formats.marks import inside
from chengguo.importing.rows import Remark
from chengguo.language import _

_ANCHOR = re.compile(r"<x:Anchor>([^<]*)<")
_THREADS = "tc="  # how the author of a comment is named that repeats a thread, for older programs


def read_texts(sheet: Any) -> Iterator[tuple[int, Remark]]:
    """Return what stands beside the cells of a sheet, each with its line from 1."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring  # only a workbook pays for it

    archive = sheet.parent._archive  # noqa: SLF001 - a workbook that is only read has no other way
    names = set(archive.namelist())
    links = get_rels_path(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001
    parts = list(get_dependents(archive, links)) if links in names else []
    kinds = {posixpath.basename(part.Type) for part in parts}
    for part in parts:
        kind = posixpath.basename(part.Type)
        if part.target in names and kind in _READ:
            text = archive.read(part.target)
            if kind == "vmlDrawing":
                yield from _controls(text.decode("utf-8", "replace"))
                continue
            root = fromstring(text.replace(LOW_LINE.encode(), b"_"))
            yield from (
                _comments(root, has_threads="threadedComment" in kinds)
                if kind == "comments"
                else _READ[kind](root)
            )


def _comments(root: Any, *, has_threads: bool = False) -> Iterator[tuple[int, Remark]]:
    """Return the comments of a sheet, but for those that repeat threads which are told by themselves."""
    authors = [each.text or "" for each in root.iter("{*}author")]
    for comment in root.iter("{*}comment"):
        author = comment.get("authorId") or ""
        is_thread = author.isdecimal() and "".join(authors[int(author) : int(author) + 1]).startswith(
            _THREADS
        )
        if not (has_threads and is_thread):
            yield from _comment(comment, comment.iter("{*}t"))


def _threads(root: Any) -> Iterator[tuple[int, Remark]]:
    for comment in root.iter("{*}threadedComment"):
        yield from _comment(comment, comment.iter("{*}text"))


def _comment(comment: Any, texts: Iterator[Any]) -> Iterator[tuple[int, Remark]]:
    from openpyxl.utils.cell import coordinate_to_tuple

    line, column = coordinate_to_tuple(comment.get("ref"))
    text = "".join(part.text or "" for part in texts).strip()
    if text:
        yield (
            line,
            Remark(column - 1, _("the cell has a comment, which is left out: '{text}'"), text, is_note=True),
        )


def _drawn(root: Any) -> Iterator[tuple[int, Remark]]:
    """Return the text boxes of a sheet, and the pictures, which nobody can read but by looking."""
    for anchor in root:
        place = _number(anchor, "col")
        lines = ["".join(part.text or "" for part in each.iter("{*}t")) for each in anchor.iter("{*}p")]
        lines += [each.get("descr") or "" for each in anchor.iterfind(".//{*}sp/{*}nvSpPr/{*}cNvPr")]
        if text := "\n".join(line.strip() for line in lines if line.strip()):
            yield (
                _number(anchor, "row") + 1,
                Remark(place, _("a text box stands here, and is left out: '{text}'"), text),
            )
        for picture in anchor.iter("{*}pic"):
            about = next(
                (each.get("descr") or each.get("name") or "" for each in picture.iter("{*}cNvPr")), ""
            )
            why = _("a picture stands here, and is not read: '{text}'")
            yield _number(anchor, "row") + 1, Remark(place, why, about, is_of_file=True)


def _number(anchor: Any, name: str) -> int:
    """Return the row or the column from 0 that a box begins in; 0 for one that is bound to none."""
    found = anchor.find(f"{{*}}from/{{*}}{name}")
    return int(found.text) if found is not None else 0


def _controls(vml: str) -> Iterator[tuple[int, Remark]]:
    """Return the controls of a form that lie over cells, each with its words, and whether it is ticked.

    The notes that comments are drawn as have none.
    """
    for shape in inside(vml, "<v:shape", "</v:shape>"):
        box = "".join(inside(shape, "<v:textbox", "</v:textbox>")).partition(">")[2]
        words = " ".join(unescape(re.sub(r"<[^<>]*>", " ", box)).split())
        if not words or 'ObjectType="Note"' in shape:
            continue
        place = [int(number) for number in re.findall(r"\d+", "".join(_ANCHOR.findall(shape)))]
        column, line = (place[0], place[2] + 1) if len(place) > 2 else (0, 1)  # noqa: PLR2004 - column, offset, row
        state = (
            {"Checkbox": "□", "Radio": "○"} if "<x:Checked>" not in shape else {"Checkbox": "☑", "Radio": "●"}
        )
        sign = next((sign for kind, sign in state.items() if f'ObjectType="{kind}"' in shape), "")
        yield line, Remark(column, _("a control lies over the cell, and is left out: '{text}'"), sign + words)


_READ = {"comments": _comments, "threadedComment": _threads, "drawing": _drawn, "vmlDrawing": _controls}
