"""The controls of a form in a document: boxes that are ticked, and places that ask to be filled in."""

from typing import Any

from chengguo.importing.formats.looks import OFF, SPACE

ASKS = "chengguo-asks"  # how runs are marked that only ask for words
_BOX = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WORDS = (f"{SPACE}t", f"{SPACE}sym")


def settle(control: Any) -> None:
    """Write a box as ☑ or □, and mark the words that stand in a control while nobody has filled it in."""
    properties = control.find(f"{SPACE}sdtPr")
    if properties is None:
        return
    asks, box = properties.find(f"{SPACE}showingPlcHdr"), properties.find(f"{_BOX}checkbox")
    if asks is not None and asks.get(f"{SPACE}val") not in OFF:
        for run in control.iter(f"{SPACE}r"):
            if run.get(ASKS) is not None:  # those of a control in a control are marked
                break
            run.set(ASKS, "")
    if box is not None:
        checked = box.find(f"{_BOX}checked")
        is_checked = checked is not None and checked.get(f"{_BOX}val") not in OFF
        _write(list(control.iter(*_WORDS)), "☑" if is_checked else "□")


def _write(words: list[Any], sign: str) -> None:
    for word in words[:1]:
        word.tag, word.text = f"{SPACE}t", sign
    for word in words[1:]:
        word.getparent().remove(word)
