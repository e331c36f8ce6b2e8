"""RULES: what the tokens of a clause say together; the first rule that fits counts.

A new way to put words together is a line here, with its example, which is its test.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from chengguo.departments import bodies, roles
from chengguo.departments.tokens import Token

if TYPE_CHECKING:
    from chengguo.departments.reading import Reader

_Build = Callable[["Reader", Sequence[Token]], None]


class Rule(NamedTuple):
    """Kinds of tokens in their order, and what they say.

    "names" stands for one or several, with 和 between them and 等 behind; "any" for any token.
    """

    pattern: str
    example: str
    build: _Build


def nothing(_reader: "Reader", _found: Sequence[Token]) -> None:
    """Nobody is named."""


def aside(reader: "Reader", found: Sequence[Token]) -> None:
    """What is said is no name: it is told."""
    reader.aside("".join(token.text for token in found))


def above(reader: "Reader", found: Sequence[Token]) -> None:
    """Those of the cell above are meant too, as far as one can tell."""
    reader.is_ditto = True
    reader.unclear("".join(token.text for token in found))


def wait(reader: "Reader", found: Sequence[Token]) -> None:
    """Names wait for a role; what stands between them says nothing more."""
    for token in found:
        if token.kind in {"name", "text"}:
            reader.name(token.text)
        elif token.kind == "open":
            reader.is_open = True


def told(reader: "Reader", found: Sequence[Token]) -> None:
    """Names have the role that is told behind them, each in turn."""
    for is_role, tokens in groupby(found, key=lambda token: token.kind == "role"):
        group = list(tokens)
        if is_role:
            reader.ended("".join(token.text for token in group))
        else:
            wait(reader, group)


def does(reader: "Reader", found: Sequence[Token]) -> None:
    """A name has a role, and what follows is told, or is a schedule, or begins another name."""
    at = next(place for place, token in enumerate(found) if token.kind == "role")
    role, rest = found[at], found[at + 1 :]
    told(reader, found[: at + 1])
    if all(token.kind == "time" for token in rest):
        schedule(reader, rest)
    elif rest[0].kind != "name" or not bodies.names_its_level(rest[0].text):
        aside(reader, [role, *rest])
    elif roles.kind_of(role.text) == "support":
        reader.unclear("".join(token.text for token in found))
        read_clause(reader, rest)
        reader.settle("lead")
    else:
        read_clause(reader, rest)
        reader.glued = "".join(token.text for token in found)


def in_front(reader: "Reader", found: Sequence[Token]) -> None:
    """A role is told in front of names, which is not usual: 牵头市科委."""
    reader.settle(None)
    wait(reader, found[1:])
    reader.unclear("".join(token.text for token in found))
    reader.ended(found[0].text)


def joined(reader: "Reader", found: Sequence[Token]) -> None:
    """Who stands before 会同 leads, and who stands behind it joins."""
    at = next(place for place, token in enumerate(found) if token.kind == "joint")
    kind = roles.SECOND[found[at].text]
    wait(reader, found[:at])
    if kind == "unclear":
        reader.unclear("".join(token.text for token in found))
    reader.settle("lead")
    reader.state, reader.is_told = "support" if kind == "support" else "lead", True
    read_clause(reader, found[at + 1 :])


def schedule(reader: "Reader", found: Sequence[Token]) -> None:
    """Names have the role of those before, and the rest is a schedule."""
    wait(reader, found[:-1])
    reader.timed(found[-1].text)


def labelled(reader: "Reader", found: Sequence[Token]) -> None:
    """A label says of what the names are, not in which role."""
    reader.unclear(found[0].text)
    read_clause(reader, found[1:])


def behind(reader: "Reader", found: Sequence[Token]) -> None:
    """What stands in front of 由 is told; the rest is read."""
    at = max(place for place, token in enumerate(found) if token.kind == "begin")
    aside(reader, found[:at])
    read_clause(reader, found[at:])


def loose(reader: "Reader", found: Sequence[Token]) -> None:
    """No rule fits: the names wait, and all else is told."""
    wait(reader, [token for token in found if token.kind == "name"])
    aside(reader, [token for token in found if token.kind != "name"])


RULES: tuple[Rule, ...] = (
    Rule("begin? ditto", "同上，市科委", above),
    Rule("nobody", "市科委、无", nothing),
    Rule("begin? names", "市科委和市教委", wait),
    Rule("begin? names? time", "市科委6月底前完成", schedule),
    Rule("role", "市科委、市教委，按职责分工负责", told),
    Rule("(begin? names role)+", "由市科委牵头", told),
    Rule("any+ begin names role", "第3项由市科委牵头", behind),
    Rule("text begin names", "第3项由东浦", behind),
    Rule("begin? names role any+", "市科委负责制定方案", does),
    Rule("role names", "牵头市科委", in_front),
    Rule("(begin? names)? joint any+", "由市科委会同市教委负责", joined),
    Rule("label any+", "建设:市科委", labelled),
    Rule("any+", "市科委由市教委", loose),
)
_LETTERS = {
    kind: chr(ord("a") + at)
    for at, kind in enumerate(
        ["ditto", "nobody", "begin", "label", "joint", "role", "open", "and", "name", "time", "text"]
    )
}
_NAME = f"[{_LETTERS['name']}{_LETTERS['text']}]"
_SETS = {"names": f"(?:{_NAME}(?:{_LETTERS['and']}{_NAME})*{_LETTERS['open']}?)", "any": "."}


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of kinds as one of their letters."""
    words = re.sub(r"\w+", lambda word: _SETS.get(word[0]) or _LETTERS[word[0]], pattern)
    return re.compile(words.replace(" ", ""))


_RULES = tuple((_compiled(rule.pattern), rule.build) for rule in RULES)


def read_clause(reader: "Reader", found: Sequence[Token]) -> None:
    """Read the tokens of a clause by the first rule that fits."""
    kinds = "".join(_LETTERS[token.kind] for token in found)
    build = next((build for pattern, build in _RULES if pattern.fullmatch(kinds)), nothing)
    build(reader, found)


def rule_of(found: Sequence[Token]) -> Rule | None:
    """Return the rule that the tokens of a clause are read by."""
    kinds = "".join(_LETTERS[token.kind] for token in found)
    return next((rule for rule in RULES if _compiled(rule.pattern).fullmatch(kinds)), None)
