"""The numbers of paragraphs and their titles: 一、公开信息, （一）加强监管。开展检查, 1.建渠."""

from typing import NamedTuple

from chengguo.importing.shapes import brackets
from chengguo.schedules.grammar import number as value_of
from chengguo.text.expressions import expression

CHINESE = "一二三四五六七八九十百"
NUMBER = expression(
    r"(?P<digits>\d{1,3})[.．、﹒](?:(?!\d)|(?=\d{1,2}月|\d{4}年))"  # noqa: RUF001 - as printed
    rf"|[(（](?P<bracketed>\d{{1,3}}|[{CHINESE}]{{1,4}})[)）][、.]?"
    r"|(?P<dotted>\d{1,2}\.\d{1,2})(?:[.．、﹒]|(?=[^\d.%]))"  # noqa: RUF001 - as printed
    rf"|(?P<chinese>[{CHINESE}]{{1,4}})、|第(?P<article>[{CHINESE}]{{1,4}})条"
)
_LONGEST = 60  # characters of a title
# A paragraph that is a title, and no line of a longer one.
HEADLINE = expression("[^，,、：:；;。！!（(]{2,25}")


class Numbered(NamedTuple):
    """A line's number, 0 without one, the form in which it is printed, and what stands behind it."""

    value: int
    form: str
    text: str


def numbered(text: str) -> Numbered:
    """Part a line from the number that it begins with."""
    found = NUMBER.match(text)
    if found is None or found.lastgroup is None or found.lastgroup == "dotted":
        return Numbered(0, "", text)
    printed = found[found.lastgroup]
    form = "digits in brackets" if found["bracketed"] and printed.isdigit() else found.lastgroup
    return Numbered(value_of(printed), form, text[found.end() :].strip())


def titled(text: str) -> tuple[str, str]:
    """Part the first sentence from the rest, as its title; a bracket that follows at once leaves no rest."""
    head, stop, rest = text.partition("。")
    if stop and rest and len(head) <= _LONGEST and not any(brackets.saying_who(head)):
        return head, rest
    return "", text


def is_title(text: str) -> bool:
    """True if a paragraph is a title by itself: a sentence, or a headline."""
    return (text.endswith("。") and len(text) <= _LONGEST) or HEADLINE.fullmatch(text) is not None
