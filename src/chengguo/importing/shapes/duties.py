"""One duty of several tasks: 4.甲事。5.乙事。（第4、5项由市科委牵头） says of both who is responsible."""

import re
from collections.abc import Mapping, Sequence

from chengguo.departments import tokens
from chengguo.importing.rows import Row, text_of
from chengguo.importing.shapes import brackets, numbers
from chengguo.schedules.grammar import number as value_of

_DUTY = re.compile(
    rf"\(?(?P<of>{tokens.ITEMS.pattern}|(?:以上|上述)[^,。;由(]{{0,6}}(?:任务|工作|措施|项))"
    r"[,:]?(?=(?:均|分别|共同|统一)?由|\(|[^,。;]{0,8}(?:单位|部门):)"
)
_NARROW = str.maketrans("（），：；", "(),:;")
_OPENING = "（("
_NUMBERS = re.compile(r"(\d+|[一二三四五六七八九十]+)\)?项?条?([至到~—–-])?")
_MOST = 99  # of the numbers that a span is written out to


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Put a duty of several tasks behind each of them; where one is not found it stays where it stands."""
    printed = [text_of(row) for row in lines]
    texts = printed[:]
    for place, text in enumerate(printed):
        begin, found = _duty(text)
        if found is None:
            continue
        duty = text[begin if text[begin] in _OPENING else found.end() :].rstrip("。")
        duty = duty if duty[:1] in _OPENING else f"（{text[begin:].rstrip('。')}）"
        above = [*texts[:place], text[:begin]]
        tasks = _tasks(above, found["of"]) if any(brackets.saying_who(duty)) else []
        if tasks:
            texts[place] = above[-1]
        for each in tasks:
            texts[each] += duty
    if texts == printed:
        return None
    changed = zip(lines, printed, texts, strict=True)
    return tuple(row if text == before else row._replace(cells=(text,)) for row, before, text in changed)


def _duty(text: str) -> tuple[int, re.Match[str] | None]:
    """Return where a duty of several tasks begins in a paragraph: at its bracket, or at its first word."""
    narrow = text.translate(_NARROW)
    begin = next((start for start, _end in brackets.saying_who(text)), 0)
    return next(((at, found) for at in (begin, 0) if (found := _DUTY.match(narrow, at))), (0, None))


def _tasks(texts: Sequence[str], said: str) -> list[int]:
    """Return the places of the tasks that a duty is said of, which have none; nothing if one is missing."""
    open_ones: dict[int, int] = {}  # by number, the last place of each without a duty
    for place, text in enumerate(texts):
        number = numbers.numbered(text).value
        if any(brackets.saying_who(text)):
            open_ones.pop(number, None)
            if said.startswith(("以上", "上述")):
                open_ones.clear()
        elif number:
            open_ones[number] = place
    wanted = _wanted(said) or list(open_ones)
    return [open_ones[each] for each in wanted] if open_ones.keys() >= set(wanted) else []


def _wanted(said: str) -> list[int]:
    """Return the numbers that words name: 第4、5项, 第1至3项; none in 以上任务."""
    found: list[int] = []
    is_span = False
    for number, span in _NUMBERS.findall("" if said.startswith(("以上", "上述")) else said):
        value = value_of(number)
        found += range(found[-1] + 1, value + 1) if is_span and value <= _MOST else [value]
        is_span = bool(span)
    return found
