"""Sections of two levels: 一、深化公开 is over （一）做好规划公开, whose id is 一.1."""

from chengguo.model import Registry, Section
from chengguo.text.numerals import chinese

WITHIN = " > "  # between a section and one within it, on one line
_MOST = 100  # sections that are numbered （一）, （二）, … within another


def heading(section: str, title: str, upper: str = "") -> str:
    """Return a section as it is printed above its tasks: 一、深化公开, below it （一）做好规划公开."""
    number = section.removeprefix(f"{upper}.") if upper else ""
    if number.isdecimal() and number.isascii() and 0 < int(number) < _MOST:
        return f"（{chinese(int(number))}）{title}"
    return "、".join(filter(None, (section, title)))


def uppers(registry: Registry) -> dict[str, Section]:
    """Return the section that each one is a part of, by its id; none for those of the first level."""
    known = {section.id: section for section in registry.sections if not section.upper}
    return {each.id: known[each.upper] for each in registry.sections if each.upper in known}


def among(registry: Registry, section: Section) -> tuple[str, ...]:
    """Return the ids of a section and of those that are parts of it."""
    return tuple(each.id for each in registry.sections if section.id in (each.id, each.upper))
