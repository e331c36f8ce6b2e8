"""Numbered paragraphs over numbered tasks: （一）规范审批。 over 1.印发方案。（市发改委牵头）."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from chengguo.importing.rows import Row, text_of
from chengguo.importing.shapes import brackets
from chengguo.importing.shapes.numbers import HEADLINE, is_title, numbered, titled

_FORMS = ("chinese", "bracketed", "digits")  # a paragraph of a form stands over those of the forms behind it
_STOPS = "。；;：: "


class Over(NamedTuple):
    """The places of the paragraphs over tasks: those of sections, and those of tasks with several items."""

    sections: frozenset[int]
    tasks: frozenset[int]


class _Paragraph(NamedTuple):
    """A numbered paragraph: its place, its number, and the lines below it that have none.

    ``says_who`` tells that a bracket of it says who does it.
    """

    place: int
    form: str
    value: int
    text: str
    below: str = ""
    says_who: bool = False

    def is_over(self, other: "_Paragraph") -> bool:
        """True if another may stand under it."""
        return _FORMS.index(self.form) < _FORMS.index(other.form)

    @property
    def is_titled(self) -> bool:
        """True if it has a title, and then what is to be done."""
        title, rest = titled(self.text)
        if not title and not is_title(self.text):
            return False
        content = f"{rest if title else ''}{self.below}"
        end = next((start for start, _end in brackets.saying_who(content)), len(content))
        return bool(content[:end].strip(_STOPS))


def found(lines: Sequence[Row]) -> Over:
    """Find the paragraphs of lines that have others under them which say who in a bracket.

    One that says so itself is a task, and those under it are further items. Of the others, （一） over 1. is
    a task too where those count from 1 again and have no titles; else they are sections.
    """
    paragraphs = tuple(_paragraphs(lines))
    heads: dict[_Paragraph, _Paragraph] = {}  # each with the first one under it
    for at, above in enumerate(paragraphs):
        under = list(takewhile(above.is_over, paragraphs[at + 1 :]))
        if any(each.says_who for each in under):
            heads[above] = under[0]
    bare = {above: below for above, below in heads.items() if not above.says_who}
    lowest = {above: below for above, below in bare.items() if _are_lowest(above, below)}
    tasks = {each.place for each in ([] if _are_sections(lowest) else lowest)}
    sections = frozenset(each.place for each in bare if each.place not in tasks)
    tasks |= {above.place for above, below in heads.items() if above.says_who and _are_lowest(above, below)}
    return Over(sections, frozenset(tasks))


def _are_lowest(above: _Paragraph, below: _Paragraph) -> bool:
    return (above.form, below.form) == _FORMS[1:]


def _are_sections(heads: dict[_Paragraph, _Paragraph]) -> bool:
    """True if what stands under heads, of each the first, are tasks by themselves: they are counted on."""
    first = [each.value for each in heads.values()]
    is_titled = any(each.is_titled for each in heads.values())
    is_again = first.count(1) > 1
    return is_titled or any(each != 1 for each in first) or not (is_again or all(map(_is_plain, heads)))


def _is_plain(head: _Paragraph) -> bool:
    return HEADLINE.fullmatch(head.text) is not None


def _paragraphs(lines: Iterable[Row]) -> Iterator[_Paragraph]:
    """Return the paragraphs whose numbers have one of the forms, each with the lines below it."""
    last: _Paragraph | None = None
    for place, row in enumerate((*lines, Row(0, ("一、",)))):
        number = numbered(text := text_of(row))
        says_who = any(brackets.saying_who(text))
        if number.form in _FORMS:
            if last:
                yield last
            last = _Paragraph(place, number.form, number.value, number.text, says_who=says_who)
        elif last:
            last = last._replace(below=last.below + text, says_who=last.says_who or says_who)


def parted(text: str) -> tuple[str, ...]:
    """Part the title of a section, with its number, from sentences behind it."""
    begin = len(text) - len(numbered(text).text)
    title, rest = titled(text[begin:])
    return (text[:begin] + title, rest) if title else (text.rstrip(_STOPS),)
