"""The machine of the grammar: text to tokens by one table, tokens to values by another.

Both run in time that grows with the text and no faster: a token is the longest word of its table that
begins at a place, and what a rule makes of a place is worked out once and remembered.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

_CHINESE_DIGITS = {
    digit: value
    for value, digits in enumerate(("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}
_TENS = {"十": 10, "百": 100}
_NUMERALS = frozenset(_CHINESE_DIGITS) | frozenset(_TENS)
_CENTURIES = ("19", "20", "21")


class Token(NamedTuple):
    """A word of the table, with what it stands for, from ``begin`` to before ``end``; "text" is any other."""

    kind: str
    value: Any
    begin: int
    end: int


class TokenRow(NamedTuple):
    """Words of one kind. N stands in them for a number, A for two such as 三五, Y for a year, D and C for
    20180630 and 201806, S for five digits; [] holds what may be left out.

    ``value`` is what they all stand for, None the word itself; a list, what each does; or a function of their numbers, which
    returns None where the words are none of the kind after all.
    """

    kind: str
    words: str
    value: Any
    example: str


class Rule(NamedTuple):
    """What tokens of these kinds, in this order, say together.

    Kinds and names of rules may be followed by ?, * or +; ~ before one tells that its value says nothing more,
    & that it must follow and belongs to something else, = the same of one whose value counts, @ that its
    words count, not its value. ``build`` takes the value of each of the others.
    """

    name: str
    pattern: str
    example: str
    build: Callable[..., Any]


def number(digits: str) -> int:
    """Return the value of a number up to 9999, in digits or Chinese: 12, 十二, 二〇一八. Not for other text."""
    if digits.isascii():
        return int(digits)
    if not set(digits) & set(_TENS):
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in digits))
    total = value = 0
    for digit in digits:
        if digit in _TENS:
            total, value = total + (value or 1) * _TENS[digit], 0
        else:
            value = _CHINESE_DIGITS[digit]
    return total + value


def spelled(words: str) -> Iterator[str]:
    """Return the words of a row one by one: 第[一]季 is 第季 and 第一季."""
    for word in words.replace("_", "\0").split():
        yield from _with_and_without(word.replace("\0", " "))


def _with_and_without(word: str) -> Iterator[str]:
    before, bracket, rest = word.partition("[")
    if not bracket:
        yield word
        return
    inner, _bracket, after = rest.partition("]")
    for tail in _with_and_without(after):
        yield before + tail
        yield before + inner + tail


# -- text to tokens --------------------------------------------------------------------------------


def lexicon(rows: Sequence[TokenRow]) -> dict[str, Any]:
    """Return the words of a table as a tree of their characters; of two alike, the first that has a value counts."""
    tree: dict[str, Any] = {}
    for row in rows:
        for at, word in enumerate(spelled(row.words)):
            node = tree
            for character in word:
                node = node.setdefault(character, {})
            value = row.value[at] if isinstance(row.value, list) else word if row.value is None else row.value
            node.setdefault("", []).append((row.kind, value))
    return tree


def tokens(text: str, tree: dict[str, Any]) -> list[Token]:
    """Return the tokens of a text in lower case, a separator before and after; each character but a blank is of one."""
    found = [Token("sep", "^", 0, 0)]
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token = _longest(text, at, tree) or Token("text", text[at], at, at + 1)
        last = found[-1]
        if token.kind == last.kind == "text" and token.begin == last.end:
            found[-1] = Token("text", last.value + token.value, last.begin, token.end)
        else:
            found.append(token)
        at = token.end
    return [*found, Token("sep", "$", at, at)]


def _longest(text: str, begin: int, tree: dict[str, Any]) -> Token | None:
    """Return the longest word of the tree that begins at a place and is not cut out of a longer one."""
    if _in_a_word(text, begin) or _is_glued(text, begin):
        return None
    best: Token | None = None
    paths: list[tuple[int, dict[str, Any], tuple[Any, ...]]] = [(begin, tree, ())]
    while paths:
        at, node, numbers = paths.pop()
        if "" in node and (best is None or at > best.end) and not _in_a_word(text, at):
            meant = ((kind, value(*numbers) if callable(value) else value) for kind, value in node[""])
            found = next((Token(kind, value, begin, at) for kind, value in meant if value is not None), None)
            best = found or best
        if at == len(text):
            continue
        for sort, value, end in _numbers(text, at):
            if (after := node.get(sort)) is not None:
                paths.append((end, after, (*numbers, value)))
        if (after := node.get(text[at])) is not None:  # looked at first: a word before a number
            paths.append((at + 1, after, numbers))
    return best


def _in_a_word(text: str, at: int) -> bool:
    """Whether a place is inside of a word in Latin letters."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


def _is_glued(text: str, at: int) -> bool:
    """Whether a number begins after a Latin letter: 2O18 and PM2.5 are no numbers."""
    return 0 < at and text[at].isdigit() and text[at - 1].isascii() and text[at - 1].isalpha()


def _numbers(text: str, at: int) -> Iterator[tuple[str, Any, int]]:
    """Return the number that begins at a place, whole, as what sort of number it may be."""
    character = text[at]
    if character.isdigit() and character.isascii():
        yield from _in_digits(text, at)
    elif character in _NUMERALS:
        yield from _in_chinese(text, at)


def _in_digits(text: str, at: int) -> Iterator[tuple[str, Any, int]]:
    if at and text[at - 1].isascii() and text[at - 1].isdigit():
        return
    end = at
    while end < len(text) and text[end] in "0123456789":
        end += 1
    digits = text[at:end]
    is_year = digits.startswith(_CENTURIES)
    if len(digits) < 3 or (len(digits) == 3 and digits[0] != "0"):  # noqa: PLR2004 - a count has no more
        yield "N", int(digits), end
    elif len(digits) == 5:  # noqa: PLR2004 - a serial number of a sheet
        yield "S", int(digits), end
    elif is_year and len(digits) in {4, 6, 8}:
        yield {4: "Y", 6: "C", 8: "D"}[len(digits)], int(digits), end


def _in_chinese(text: str, at: int) -> Iterator[tuple[str, Any, int]]:
    if at and text[at - 1] in _NUMERALS:
        return
    end = at
    while end < len(text) and text[end] in _NUMERALS:
        end += 1
    digits = text[at:end]
    is_plain = not set(digits) & set(_TENS)
    if is_plain and len(digits) == 4 and digits[0] in "一二":  # noqa: PLR2004 - a year
        yield "Y", number(digits), end
    elif is_plain and len(digits) == 2 and number(digits[0]) < number(digits[1]):  # noqa: PLR2004 - two numbers
        yield "A", (number(digits[0]), number(digits[1])), end
    elif len(digits) == 1 or _is_counted(digits):
        yield "N", number(digits), end


def _is_counted(digits: str) -> bool:
    """Whether Chinese numerals are one number: 二十三 and 一百零八, not 十三五 or 九三."""
    ones = [character not in _TENS and character not in "〇零" for character in digits]
    return not all(ones) and not any(one and other for one, other in zip(ones, ones[1:], strict=False))


# -- tokens to values ------------------------------------------------------------------------------


class Element(NamedTuple):
    """A part of a rule's pattern."""

    name: str
    is_optional: bool
    is_repeated: bool
    is_dropped: bool
    is_ahead: bool
    is_words: bool


@cache
def elements(pattern: str) -> tuple[Element, ...]:
    """Return the parts of a rule's pattern."""
    return tuple(
        Element(word.strip("~&=@?*+"), word[-1] in "?*", word[-1] in "*+", word[0] in "~&", word[0] in "&=", word[0] == "@")
        for word in pattern.split()
    )


class Grammar:
    """Rules by name, and ``sets``: names for several kinds of tokens."""

    def __init__(self, rules: Sequence[Rule], sets: dict[str, frozenset[str]]) -> None:
        """Take the tables."""
        self.sets = sets
        self.rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self.rules.setdefault(rule.name, []).append(rule)
        self._fitting: dict[tuple[str, str], list[Rule]] = {}

    def kinds(self, name: str) -> frozenset[str]:
        """Return the kinds of tokens that a name stands for."""
        return self.sets.get(name) or frozenset({name})

    def fitting(self, name: str, kind: str) -> list[Rule]:
        """Return the rules of a name that a token of a kind may begin, in their order."""
        if (name, kind) not in self._fitting:
            self._fitting[name, kind] = [rule for rule in self.rules[name] if self._begins(rule, kind)]
        return self._fitting[name, kind]

    def _begins(self, rule: Rule, kind: str) -> bool:
        for element in elements(rule.pattern):
            if element.name in self.rules:
                if self.fitting(element.name, kind):
                    return True
            elif kind in self.kinds(element.name):
                return True
            if not element.is_optional:
                return False
        return True


class Parser:
    """The tokens of one cell, and what the rules make of each place: the first rule of a name that fits.

    More than ``budget`` steps, or rules more than ``depth`` deep in each other, raise ``Exhausted``.
    """

    def __init__(
        self, grammar: Grammar, text: str, found: list[Token], budget: int = 20_000, depth: int = 60
    ) -> None:
        """Take the tables and the tokens; nothing is read yet."""
        self.text, self.tokens, self.budget = text, found, budget
        self._grammar, self._depth = grammar, depth
        self._known: dict[tuple[str, int], tuple[Any, int] | None] = {}
        self._runs: dict[str, list[int]] = {}

    def words(self, begin: int, end: int) -> str:
        """Return the text of the tokens from one place to before another."""
        return self.text[self.tokens[begin].begin : self.tokens[end - 1].end] if begin < end else ""

    def read(self, name: str, at: int) -> tuple[Any, int] | None:
        """Return what a rule, or a token of a kind, says from a place on, and the place after it."""
        if at == len(self.tokens):
            return None
        if name not in self._grammar.rules:
            token = self.tokens[at]
            return (token.value, at + 1) if token.kind in self._grammar.kinds(name) else None
        if (name, at) not in self._known:
            self._depth -= 1
            if self._depth < 0:
                raise Exhausted
            self._known[name, at] = self._first(name, at)
            self._depth += 1
        return self._known[name, at]

    def _first(self, name: str, at: int) -> tuple[Any, int] | None:
        for rule in self._grammar.fitting(name, self.tokens[at].kind):
            matched = self._sequence(elements(rule.pattern), at)
            if matched is not None:
                values, end = matched
                made = rule.build(*values)
                if made is not None:
                    return made, end
        return None

    def _sequence(self, pattern: tuple[Element, ...], at: int) -> tuple[list[Any], int] | None:
        values: list[Any] = []
        for element in pattern:
            self.budget -= 1
            if self.budget < 0:
                raise Exhausted
            matched = self._element(element, at)
            if matched is None:
                return None
            value, end = matched
            if not element.is_dropped:
                values.append(self.words(at, end) if element.is_words else value)
            at = at if element.is_ahead else end
        return values, at

    def _element(self, element: Element, at: int) -> tuple[Any, int] | None:
        """Return the value of a part of a pattern and the place after it; None where it is missing."""
        if element.is_repeated and element.name not in self._grammar.rules:
            end = self._run(element.name)[at]
            return (None, end) if end > at or element.is_optional else None
        if element.is_repeated:
            found: list[Any] = []
            while (matched := self.read(element.name, at)) is not None:
                value, at = matched
                found.append(value)
            return (found, at) if found or element.is_optional else None
        return self.read(element.name, at) or ((None, at) if element.is_optional else None)

    def _run(self, name: str) -> list[int]:
        """Return for each place where the tokens of a kind that begin there end."""
        if name not in self._runs:
            kinds = self._grammar.kinds(name)
            ends = list(range(len(self.tokens) + 1))
            for at in range(len(self.tokens) - 1, -1, -1):
                if self.tokens[at].kind in kinds:
                    ends[at] = ends[at + 1]
            self._runs[name] = ends
        return self._runs[name]


class Exhausted(Exception):
    """A text would take longer to read than any schedule does."""
