"""The machine of the grammar: text to tokens by one table, tokens to values by another.

Both run in time that grows with the text and no faster: a token is the longest word of its table that
begins at a place, and what a rule makes of a place is worked out once and remembered.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product, takewhile
from typing import Any, NamedTuple

_BUDGET, _DEPTH = 20_000, 60
_VALUES = dict(zip("〇零一二两三四五六七八九十百", (0, 0, 1, 2, 2, *range(3, 11), 100), strict=True))
# The digits of a number by what they are: 9 of 0 to 9, 1 of 一 to 九, 0 of 〇, X of 十 and C of 百.
DIGITS = {
    **dict.fromkeys("0123456789", "9"),
    **dict.fromkeys("一二两三四五六七八九", "1"),
    **dict(zip("〇零十百", "00XC", strict=True)),
}
_SHAPE = str.maketrans(DIGITS)
# The sorts of numbers by their shapes, each with the values that are of it.
_SORTS = {
    **dict.fromkeys(("9", "99", "0", "1", "X", "X1", "1X", "1X1"), ("N", 0, 99)),
    **dict.fromkeys(("C", "1C", "1C01", "1C1X", "1C1X1", "1CX", "1CX1"), ("N", 100, 999)),
    **dict.fromkeys(("1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"), ("Y", 1000, 2999)),
    "11": ("A", 12, 89),
    "999": ("N", 100, 999),
    "9999": ("Y", 1900, 2199),
    "99999": ("S", 10_000, 99_999),
    "999999": ("C", 190_000, 219_999),
    "99999999": ("D", 19_000_000, 21_999_999),
}
_Path = tuple[int, Any, tuple[Any, ...]]  # a place in the text, one in the tree, the numbers on the way


class Token(NamedTuple):
    """A word of the table, with what it stands for, from ``begin`` to before ``end``; "text" is any other."""

    kind: str
    value: Any
    begin: int
    end: int


class TokenRow(NamedTuple):
    """Words of one kind, which may hold numbers.

    N stands for a number, A for 35 as in 三五年, Y for a year, D and C for 20180630 and 201806, S for five
    digits, _ for a blank; [] holds what may be left out. ``value`` is what the words stand for, None the word
    itself; a list, what each stands for; or a function of their numbers, which returns None where they are
    none of the kind after all.
    """

    kind: str
    words: str
    value: Any
    example: str


def _only(value: Any = "") -> Any:
    return value


class Rule(NamedTuple):
    """What tokens of these kinds, in this order, say together.

    Kinds and names of rules may be followed by ?, * or +; ~ before one tells that its value says nothing
    more, & that it must follow and belongs to something else, = the same of one whose value counts, @ that
    its words count, not its value. ``build`` takes the value of each of the others,
    by default of one.
    """

    name: str
    pattern: str
    example: str
    build: Callable[..., Any] = _only


def number(digits: str) -> int:
    """Return the value of a number up to 9999, as 12, 十二, 二〇一八. Not for other text."""
    if digits.isascii():
        return int(digits)
    total = value = 0
    for each in map(_VALUES.__getitem__, digits):
        if each >= _VALUES["十"]:
            total, value = total + (value or 1) * each, 0
        else:
            value = 10 * value + each
    return total + value


# -- text to tokens --------------------------------------------------------------------------------


def spelled(word: str) -> Iterable[str]:
    """Return a word of a row in each of its forms: 第[一]季 is 第季 and 第一季."""
    word = word.replace("_", " ")
    if "[" not in word:
        return (word,)
    parts = re.split(r"\[(.*?)\]", word)
    return map("".join, product(*(("", part) if at % 2 else (part,) for at, part in enumerate(parts))))


class Lexicon:
    """The words of a table as a tree of their characters, each branch grown when it is first needed."""

    def __init__(self, rows: Sequence[TokenRow]) -> None:
        """Take the table; of rows with the same words, the first that has a value for them counts."""
        self._rows: dict[str, list[TokenRow]] = {}
        self._branches: dict[str, dict[str, Any]] = {}
        for row in rows:
            firsts = {word[0] for word in row.words.split()}
            if "[" in firsts:
                firsts = {form[0] for word in row.words.split() for form in spelled(word)}
            for first in firsts:
                self._rows.setdefault(first, []).append(row)

    @cached_property
    def wordless(self) -> re.Pattern[str]:
        """What holds no beginning of a word: other characters, and Latin letters behind one."""
        begins = re.escape("".join({*self._rows, *DIGITS, " "}))
        return re.compile(f"(?:[^{begins}]|(?<=[a-z])[a-z])+")

    def get(self, first: str) -> dict[str, Any] | None:
        """Return the branch of the words that begin with a character; None where there are none."""
        if first in self._rows and first not in self._branches:
            self._branches[first] = _branch(first, self._rows[first])
        return self._branches.get(first)


def _branch(first: str, rows: list[TokenRow]) -> dict[str, Any]:
    """Return the tree of the words of some rows that begin with a character, without it."""
    branch: dict[str, Any] = {}
    for row in rows:
        for form, value in _forms(row, first):
            node = branch
            for character in form[1:]:
                node = node.setdefault(character, {})
            node.setdefault("", []).append((row.kind, form if value is None else value))
    return branch


def _forms(row: TokenRow, first: str) -> Iterator[tuple[str, Any]]:
    """Return the forms of a row's words that begin with a character, each with what it stands for."""
    for at, word in enumerate(row.words.split()):
        if word[0] in {first, "["}:
            value = row.value[at] if isinstance(row.value, list) else row.value
            yield from ((form, value) for form in spelled(word) if form[0] == first)


def tokens(text: str, tree: Lexicon) -> list[Token]:
    """Return the tokens of a text in lower case: each character but a blank is of one.

    A separator stands before the first and after the last.
    """
    found = [Token("sep", "^", 0, 0)]
    at = 0
    while at < len(text):
        if wordless := tree.wordless.match(text, at):
            _add(found, Token("text", wordless[0], *wordless.span()))
        elif text[at] != " ":
            _add(found, _longest(text, at, tree) or Token("text", text[at], at, at + 1))
        at = max(at + 1, found[-1].end)
    return [*found, Token("sep", "$", at, at)]


def _add(found: list[Token], token: Token) -> None:
    """Add a token; other text grows as long as nothing stands between."""
    last = found[-1]
    if token.kind == last.kind == "text" and token.begin == last.end:
        found[-1] = Token("text", last.value + token.value, last.begin, token.end)
    else:
        found.append(token)


def _is_cut(text: str, at: int) -> bool:
    """True if a place is inside of a word in Latin letters."""
    return _is_latin(text[at - 1 : at + 1]) and 0 < at < len(text)


def _longest(text: str, begin: int, tree: Lexicon) -> Token | None:
    """Return the longest word of the tree that begins at a place and is not cut out of a longer one."""
    is_glued = text[begin].isdigit() and _is_latin(text[begin - 1 : begin])  # 2O18 and PM2.5 are no numbers
    if is_glued or _is_cut(text, begin):
        return None
    best: Token | None = None
    paths: list[_Path] = [(begin, tree, ())]
    while paths:
        at, node, numbers = paths.pop()
        rows = node.get("")
        if rows and (best is None or at > best.end) and not _is_cut(text, at):
            best = _meant(rows, numbers, begin, at) or best
        paths += _steps(text, at, node, numbers)
    return best


def _is_latin(characters: str) -> bool:
    return characters.isascii() and characters.isalpha()


def _meant(rows: list[tuple[str, Any]], numbers: tuple[Any, ...], begin: int, end: int) -> Token | None:
    """Return the token of the first row that has a value for a word."""
    values = ((kind, value(*numbers) if callable(value) else value) for kind, value in rows)
    return next((Token(kind, value, begin, end) for kind, value in values if value is not None), None)


def _steps(text: str, at: int, node: Any, numbers: tuple[Any, ...]) -> Iterator[_Path]:
    """Return the ways on in the tree: by a number, and by a character, which is looked at first."""
    if (found := _number(text, at)) and (after := node.get(found[0])) is not None:
        yield found[2], after, (*numbers, found[1])
    if (after := node.get(text[at : at + 1] or None)) is not None:
        yield at + 1, after, numbers


def _number(text: str, at: int) -> tuple[str, int, int] | None:
    """Return the sort of the number that begins at a place, its value and its end; None for a part of one."""
    first = text[at : at + 1]
    if first not in DIGITS or _is_alike(text[at - 1 : at], first):
        return None
    digits = "".join(takewhile(lambda each: _is_alike(each, first), text[at:]))
    sort, low, high = _SORTS.get(digits.translate(_SHAPE), ("", 1, 0))
    value = number(digits)
    return (sort, value, at + len(digits)) if low <= value <= high else None


def _is_alike(character: str, digit: str) -> bool:
    return character in DIGITS and character.isascii() == digit.isascii()


# -- tokens to values ------------------------------------------------------------------------------


class Element(NamedTuple):
    """A part of a rule's pattern; ``kinds`` are those of its tokens, None where it is a rule."""

    name: str
    kinds: frozenset[str] | None
    is_optional: bool
    is_repeated: bool
    is_dropped: bool
    is_ahead: bool
    is_words: bool


class Grammar:
    """Rules by name, and ``sets``: names for several kinds of tokens."""

    def __init__(self, rules: Sequence[Rule], sets: dict[str, frozenset[str]]) -> None:
        """Take the tables."""
        self.sets = sets
        self.rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self.rules.setdefault(rule.name, []).append(rule)
        self._parts: dict[str, Element] = {}
        self._elements: dict[str, tuple[Element, ...]] = {}
        self._fitting: dict[tuple[str, str], list[Rule]] = {}

    def elements(self, pattern: str) -> tuple[Element, ...]:
        """Return the parts of a rule's pattern."""
        if pattern not in self._elements:
            self._elements[pattern] = tuple(map(self._element, pattern.split()))
        return self._elements[pattern]

    def _element(self, word: str) -> Element:
        if word not in self._parts:
            name = word.strip("~&=@?*+")
            kinds = None if name in self.rules else self.sets.get(name) or frozenset({name})
            marks = (word[-1] in "?*", word[-1] in "*+", word[0] in "~&", word[0] in "&=", word[0] == "@")
            self._parts[word] = Element(name, kinds, *marks)
        return self._parts[word]

    def fitting(self, name: str, kind: str) -> list[Rule]:
        """Return the rules of a name that a token of a kind may begin, in their order."""
        if (name, kind) not in self._fitting:
            self._fitting[name, kind] = [rule for rule in self.rules[name] if self._begins(rule, kind)]
        return self._fitting[name, kind]

    def _begins(self, rule: Rule, kind: str) -> bool:
        for element in self.elements(rule.pattern):
            if kind in element.kinds if element.kinds is not None else self.fitting(element.name, kind):
                return True
            if not element.is_optional:
                return False
        return True


class Parser:
    """The tokens of one cell, and what the rules make of each place: the first rule of a name that fits.

    More than ``_BUDGET`` steps, or rules more than ``_DEPTH`` deep in each other, raise ``Exhausted``.
    """

    def __init__(
        self, grammar: Grammar, text: str, found: list[Token], blanks: frozenset[int] = frozenset()
    ) -> None:
        """Take the tables, the tokens and the places after ``blanks``; nothing is read yet."""
        self.text, self.tokens, self.blanks = text, found, blanks
        self._grammar, self.budget, self._depth = grammar, _BUDGET, _DEPTH
        self._known: dict[tuple[str, int], tuple[Any, int] | None] = {}
        self._runs: dict[str, list[int]] = {}

    def words(self, begin: int, end: int) -> str:
        """Return the text of the tokens from one place to before another."""
        return self.text[self.tokens[begin].begin : self.tokens[end - 1].end] if begin < end else ""

    def read(self, name: str, at: int) -> tuple[Any, int] | None:
        """Return what a rule says from a place on, and the place after it; None where it says nothing."""
        if (name, at) not in self._known:
            self._depth -= 1
            if self._depth < 0:
                raise Exhausted
            self._known[name, at] = self._first(name, at)
            self._depth += 1
        return self._known[name, at]

    def _first(self, name: str, at: int) -> tuple[Any, int] | None:
        for rule in self._grammar.fitting(name, self.tokens[at].kind):
            matched = self._sequence(self._grammar.elements(rule.pattern), at)
            if matched is not None:
                made = rule.build(*matched[0])
                if made is not None:
                    return made, matched[1]
        return None

    def _sequence(self, pattern: tuple[Element, ...], at: int) -> tuple[list[Any], int] | None:
        values: list[Any] = []
        self.budget -= len(pattern)
        if self.budget < 0:
            raise Exhausted
        for element in pattern:
            matched = self._all(element, at) if element.is_repeated else self._one(element, at)
            matched = (None, at) if matched is None and element.is_optional else matched
            if matched is None:
                return None
            if not element.is_dropped:
                values.append(self.words(at, matched[1]) if element.is_words else matched[0])
            if not element.is_ahead:
                at = matched[1]
        return values, at

    def _one(self, element: Element, at: int) -> tuple[Any, int] | None:
        if element.kinds is None:
            return self.read(element.name, at)
        token = self.tokens[at]
        return (token.value, at + 1) if token.kind in element.kinds else None

    def _all(self, element: Element, at: int) -> tuple[Any, int] | None:
        """Return the values of what is repeated, of tokens without them, and the place after the last."""
        if element.kinds is not None:
            end = self._run(element.name, element.kinds)[at]
            return (None, end) if end > at else None
        found: list[Any] = []
        while (matched := self.read(element.name, at)) is not None:
            value, at = matched
            found.append(value)
        return (found, at) if found or element.is_optional else None

    def _run(self, name: str, kinds: frozenset[str]) -> list[int]:
        """Return for each place where the tokens of some kinds that begin there end."""
        if name not in self._runs:
            ends = list(range(len(self.tokens) + 1))
            for at in range(len(self.tokens) - 1, -1, -1):
                if self.tokens[at].kind in kinds:
                    ends[at] = ends[at + 1]
            self._runs[name] = ends
        return self._runs[name]


class Exhausted(Exception):
    """A text would take longer to read than any schedule does."""
