"""An equation of Word in a line: 3/4 for a fraction, (a+b) in its brackets, 10⁴ for a power."""

from typing import Any

from chengguo.importing.formats.letters import raised

SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SILENT = frozenset({"rPr", "ctrlPr"})


def linear(element: Any) -> str:
    """Return the words of an equation, or of a part of it."""
    name = _name(element)
    if name == "t":
        return element.text or ""
    parts = {_name(part): linear(part) for part in element if _name(part) not in _SILENT}
    if name == "f":
        return f"{_closed(parts.get('num', ''))}/{_closed(parts.get('den', ''))}"
    if name == "sSup":
        power = parts.get("sup", "")
        return parts.get("e", "") + (raised(power) if raised(power) != power else f"^{_closed(power)}")
    if name == "rad":
        return f"{raised(parts.get('deg', ''))}√{_closed(parts.get('e', ''))}"
    words = [linear(part) for part in element if _name(part) not in _SILENT]
    if name == "d":
        begin, end = (_said(element, each) for each in ("begChr", "endChr"))
        between = ",".join(linear(part) for part in element if _name(part) == "e")
        return f"{'(' if begin is None else begin}{between}{')' if end is None else end}"
    return (_said(element, "chr") or "") + "".join(words)


def _closed(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _said(element: Any, name: str) -> str | None:
    """Return the sign that the properties of a part name; None where they name none."""
    found = next(iter(element.findall(f"{SPACE}{_name(element)}Pr/{SPACE}{name}")), None)
    return None if found is None else found.get(f"{SPACE}val") or ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
