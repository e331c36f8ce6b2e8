"""What a field of Word shows that has no result: a number in a circle, a fraction, what a form has chosen."""

import re
from typing import Any

from chengguo.importing.formats.looks import OFF, SPACE

_NAMES = {"w": SPACE[1:-1]}
_CIRCLED = re.compile(r"eq\s*\\o\s*(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_FRACTION = re.compile(r"eq\s*\\f\s*\(([^(),，;；]*)[,，;；]([^(),，;；]*)\)", re.IGNORECASE)
_CIRCLES = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))  # first, last, the first's character
_SILENT = frozenset(
    {"xe", "tc", "ta", "rd", "set", "ask", "private", "advance", "bookmark", "tocentry", "index"}
)
_FORMS = frozenset({"formtext", "formdropdown", "formcheckbox"})


def shown(code: str, form: Any = None) -> str | None:
    """Return what a field shows by its code, and by what a form has of it; None where that is not known.

    A field that is only a mark for an index shows nothing.
    """
    if found := _CIRCLED.search(code):
        return _circled(int(found[1]))
    if found := _FRACTION.search(code):
        return f"{found[1].strip()}/{found[2].strip()}"
    word = code.split(maxsplit=1)[0].lower() if code.split() else ""
    if word in _FORMS or form is not None:
        return _chosen(form)
    return "" if not word or word in _SILENT else None


def _circled(number: int) -> str:
    found = (chr(at + number - low) for low, high, at in _CIRCLES if low <= number <= high)
    return next(found, str(number))


def _chosen(form: Any) -> str:
    """Return what was chosen in the field of a form: a word of a list, or a box that is ticked."""
    box = None if form is None else form.find("w:checkBox", _NAMES)
    if box is not None:
        state = box.find("w:checked", _NAMES)
        state = box.find("w:default", _NAMES) if state is None else state
        return "☑" if state is not None and state.get(f"{SPACE}val") not in OFF else "□"
    words = (
        []
        if form is None
        else [each.get(f"{SPACE}val") or "" for each in form.findall("w:ddList/w:listEntry", _NAMES)]
    )
    chosen = None if form is None else form.find("w:ddList/w:result", _NAMES)
    place = int(chosen.get(f"{SPACE}val") or "0") if chosen is not None else 0
    return words[place] if place < len(words) else ""
