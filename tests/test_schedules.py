"""schedules: each line of the grammar's tables by its example, and the laws that no wording breaks."""

import dis
from datetime import date

import pytest

from chengguo.model import Context
from chengguo.schedules.grammar import Parser, Rule, TokenRow, spelled, tokens
from chengguo.schedules.plain import plain
from chengguo.schedules.rules import GRAMMAR, RULES, SETS
from chengguo.schedules.tokens import LEXICON, TOKENS

CONTEXT = Context(2018, date(2018, 3, 1), date(2020, 12, 31))
NUMBERS = {"N": "0123456789〇零一二两三四五六七八九十百", "Y": "0123456789〇零一二三四五六七八九"}


def parsed(words: str) -> Parser:
    text = plain(words).text
    return Parser(GRAMMAR, text, tokens(text.lower(), LEXICON))


@pytest.mark.parametrize("row", TOKENS, ids=lambda row: f"{row.kind}-{row.example}")
def test_every_token_is_read_in_its_example(row: TokenRow) -> None:
    kinds = [token.kind for token in parsed(row.example).tokens]
    assert row.kind in kinds


def test_no_word_stands_in_two_lines_of_a_kind() -> None:
    words = [(row.kind, word) for row in TOKENS for word in spelled(row.words)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.example}")
def test_every_rule_is_the_one_that_reads_its_example(rule: Rule) -> None:
    parser = parsed(rule.example)
    assert any(first(parser, rule.name, at) is rule for at in range(len(parser.tokens)))


def first(parser: Parser, name: str, at: int) -> Rule | None:
    """Return the rule of a name that reads a place."""
    for rule in GRAMMAR.rules[name]:
        matched = parser._sequence(GRAMMAR.elements(rule.pattern), at)
        if matched is not None and rule.build(*matched[0]) is not None:
            return rule
    return None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.example}")
def test_a_rule_uses_the_values_of_its_tokens_or_says_that_it_does_not(rule: Rule) -> None:
    parts = GRAMMAR.elements(rule.pattern)
    assert all(part.kinds is None or part.kinds - {part.name} or part.name in ALL_KINDS for part in parts)
    code = getattr(rule.build, "__code__", None)
    if code is None:  # a class: it keeps what it is made of
        return
    read = {step.argval for step in dis.get_instructions(code) if step.opname.startswith("LOAD_")}
    named = [name for name in code.co_varnames[: code.co_argcount] if not name.startswith("_")]
    assert [name for name in named if name not in read] == []


ALL_KINDS = {row.kind for row in TOKENS} | {"text", "sep"} | set(SETS)
