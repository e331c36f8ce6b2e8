"""What a field of Word shows that has no result: what a form has chosen, or nothing."""

from typing import Any

from chengguo.importing.formats.looks import OFF, SPACE

_NAMES = {"w": SPACE[1:-1]}
_SILENT = frozenset(
    {"xe", "tc", "ta", "rd", "set", "ask", "private", "advance", "bookmark", "tocentry", "index"}
)
_FORMS = frozenset({"formtext", "formdropdown", "formcheckbox"})


def shown(code: str, form: Any = None) -> str | None:
    """Return what a field shows by its code, and by what a form has of it; None where that is not known.

    A field that is only a mark for an index shows nothing.
    """
    word = code.split(maxsplit=1)[0].lower() if code.split() else ""
    if word in _FORMS or form is not None:
        return _chosen(form)
    return "" if not word or word in _SILENT else None


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
