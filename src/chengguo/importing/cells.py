"""What stands in a cell: one line of it, its paragraphs, and the names of departments in it."""

import re

from chengguo.departments.cells import Departments, Unit
from chengguo.language import _
from chengguo.schedules import parts_of_year, read_schedule
from chengguo.schedules.plain import is_ditto
from chengguo.text.widths import folded

Names = tuple[str, ...]
# Words behind boxes of which some are ticked: ☑市甲局 □市乙局. A tick without a box may mean anything.
_BOXED = re.compile(r"(?P<box>[☑□☐√✓✔])\s*(?P<words>[^☑□☐√✓✔]+)")
_BOXES = frozenset("☑□☐")
_SEPARATORS = re.compile(r"[\s、,，;；。/]+")


def line(text: str) -> str:
    """Put a cell on one line: a line break inside it is the typesetter's."""
    return "".join(line.strip() for line in text.splitlines())


def schedule(text: str) -> str:
    """Return the words of a schedule; its lines stay where each says a thing by itself.

    So they do where each has a number, or a part of a year. Else a line break is the typesetter's, as in
    2025年 / 6月底前.
    """
    lines = [stripped for each in text.splitlines() if (stripped := each.strip())]
    if len(lines) <= 1:
        return "".join(lines)
    whole, printed = read_schedule("".join(lines)), read_schedule("\n".join(lines))
    says_one = whole.is_understood and not whole.stages and "+" not in printed.kind
    if all(re.match(rf"{count}[.、]", each) for count, each in enumerate(lines, 1)):
        return "\n".join(lines)
    if parts_of_year.are_parts("\n".join(lines)):
        return "\n".join(lines)
    if not says_one and all(read_schedule(each).is_understood for each in lines):
        return "\n".join(lines)
    return "".join(lines)


def content(text: str) -> str:
    """Return the paragraphs of a cell, a line each: a full stop and a space begin a new one."""
    lines = re.sub(r"(?<=。)[ \u3000]+", "\n", text).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def ticked(text: str) -> str | None:
    """Return the words of a cell behind boxes that are ticked; None where it has none, or other words too."""
    if _BOXES.isdisjoint(text):
        return None
    found = list(_BOXED.finditer(text))
    chosen = [each["words"].strip(" 、，,;；\n\u3000") for each in found if each["box"] not in "□☐"]
    is_all = "".join(each[0] for each in found) == text.strip()
    return "、".join(chosen) if chosen and is_all else None


def says_more(cell: str, found: Departments) -> bool:
    """True if the words of a cell of departments are more than the names that were read from it."""
    names = [unit.name for unit in found.lead + found.support]
    if not line(cell) or not names or is_ditto(cell):
        return False
    printed = {_SEPARATORS.sub("、", folded(text)) for text in (line(cell), "、".join(cell.split("\n")))}
    return "、".join(_SEPARATORS.sub("、", folded(name)) for name in names) not in printed


def register(units: tuple[Unit, ...], departments: dict[str, Unit]) -> tuple[str, ...]:
    """Return the names of units as they were first written; those that are new join ``departments``."""
    names = []
    for unit in units:
        known = departments.setdefault(folded(unit.name), unit)
        aliases = [alias for alias in unit.aliases if folded(alias) not in departments]
        if new := [alias for alias in aliases if alias not in known.aliases]:
            known = departments[folded(unit.name)] = known._replace(aliases=(*known.aliases, *new))
        names.append(known.name)
    return tuple(names)


def apart(lead: Names, support: Names) -> tuple[Names, Names, Names]:
    """Keep each department once, where it stands first; give those that stand twice too."""
    names = lead + support
    twice = tuple(name for place, name in enumerate(names) if name in names[:place])
    leading = tuple(dict.fromkeys(lead))
    return leading, tuple(name for name in dict.fromkeys(support) if name not in leading), twice


def about(words: str, why: str) -> str:
    """Say what is doubtful of words."""
    return _("'{words}': {why}").format(words=line(words), why=why)
