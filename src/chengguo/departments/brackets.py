"""The brackets behind a name: its other names, its role, who joins it, and by when."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from chengguo.departments import bodies, roles, tokens
from chengguo.schedules import read_schedule

if TYPE_CHECKING:
    from chengguo.departments.reading import Reader

_LONGEST_KIND = 4  # characters of a kind of bodies in the bracket of a group
_PART = re.compile("(?:校区|院区|园区|厂区|本部)$")  # where a body is, and no other name of it
_CALLED = re.compile("(?:以下)?简称:?")


def taken_off(reader: "Reader", text: str) -> tuple[str, tuple[str, ...], roles.Kind | None]:
    """Take brackets off a name: other names of it, its role, a time; 县(市), 机场(集团)公司 keep it."""
    aliases: tuple[str, ...] = ()
    kind: roles.Kind | None = None
    at = text.find("(")
    while at >= 0:
        reader.step()
        end = tokens.closing(text, at)
        if end < 0:
            return text, (), None
        if _is_of_the_name(text, at, end):
            at = text.find("(", end)
            continue
        inner, text = text[at + 1 : end], text[:at] + text[end + 1 :]
        others, told = ((), None) if _joins(reader, inner) else _read(reader, inner)
        aliases, kind = aliases + others, told or kind
        at = text.find("(")
    return text.strip(), aliases, kind


def _read(reader: "Reader", inner: str) -> tuple[tuple[str, ...], roles.Kind | None]:
    """Read a bracket behind a name: another name of the body, its role, or by when."""
    names: list[str] = []
    kind: roles.Kind | None = None
    for words in tokens.pieces(inner):
        if roles.BRACKET.fullmatch(words):
            kind = _role(reader, words)
        elif _is_time(words):
            reader.schedule.append(words)
        else:
            names.append(_CALLED.sub("", words).strip('“”"'))
    aliases, deep = _others(reader, names)
    if names and not aliases:
        reader.aside(inner)
    return aliases, kind or deep


def _role(reader: "Reader", words: str) -> roles.Kind:
    """Read 牵头 in a bracket; 共同牵头 may be said of the names before, too."""
    kind = roles.kind_of(words)
    if words.startswith(("共同", "联合", "均", "双")):
        reader.unclear(words)
        reader.settle(reader.told(kind, words))
    return kind


def _others(reader: "Reader", names: list[str]) -> tuple[tuple[str, ...], roles.Kind | None]:
    """Read what may be another name of a body, and nothing where it is none or several."""
    if len(names) != 1 or names[0].count("(") > 1:
        return (), None
    name, nested, deep = taken_off(reader, names[0])
    is_other = bodies.is_whole(name) and not bodies.is_group(name) and not bodies.is_part(name)
    return ((name, *nested), deep) if is_other else ((), None)


def _joins(reader: "Reader", inner: str) -> bool:
    """Take a bracket that names other bodies with their role: 会同财政部, 协办:财政部."""
    label, joint = roles.LABEL.match(inner), roles.JOINT.match(inner)
    said = label["role"] if label else None
    if joint and not roles.BRACKET.fullmatch(inner):
        reader.joined.append(("support", inner[joint.end() :]))
        return True
    if label is None or said is None:
        return False
    kind = roles.kind_of(said, "label")
    if kind == "watch":
        reader.aside(inner)
        return True
    if kind != "support":
        reader.unclear(inner)
    reader.joined.append((reader.told(kind, said), inner[label.end() :]))
    return True


def _is_of_the_name(text: str, at: int, end: int) -> bool:
    """True if a bracket is a part of a name: 各县(市), 各学院(系), 机场(集团)公司."""
    inner, rest = text[at + 1 : end], text[end + 1 :]
    if bodies.is_list_of_places(inner):
        return True
    if roles.BRACKET.fullmatch(inner) or roles.JOINT.match(inner) or _is_time(inner):
        return False
    kinds = tokens.pieces(inner) if text.startswith("各") else []
    is_kinds = all(len(each) <= _LONGEST_KIND or _is_kind(each) for each in kinds)
    return (bool(kinds) and is_kinds) or bool(at and (rest.strip(" (") or _PART.search(inner)))


def _is_kind(name: str) -> bool:
    """True if a name is that of a kind of bodies: 直属党支部."""
    return bodies.is_whole(name) and not bodies.level(name)


@lru_cache(maxsize=256)
def _is_time(words: str) -> bool:
    said = read_schedule(words)
    return bool(tokens.TIME.search(words)) or (said.is_understood and not said.doubt)
