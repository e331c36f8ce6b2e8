"""Labels without a bracket, to a bracket: 责任单位：甲局 → （责任单位：甲局）."""

import re
from collections.abc import Iterable, Iterator, Mapping

from chengguo.departments import roles
from chengguo.importing.rows import Row, text_of
from chengguo.importing.shapes import likely
from chengguo.text.expressions import expression

_IN_BRACKETS = expression(rf"[【\[〔]\s*({roles.LINE_LABEL})\s*[】\]〕]\s*[:：]?")
# A label of a time is no part of a longer word: 承诺办理时限 is none.
_LABEL = expression(rf"(?:{roles.NAMED}|(?<![^\W\d_]){roles.SCHEDULES}|{roles.PERSONS})\s*[:：]")
_BEFORE = expression(rf"(?<![\s。；;，,])[\s。；;，,]+(?={roles.LINE_LABEL}\s*[:：])")
_BROKEN_OFF = expression(rf"^{roles.LINE_LABEL}\s*[:：](?:.*[、，,])?$")
_DASHED = expression(rf"(?:^|(?<=[\s(（；;。，,]))({roles.LINE_LABEL})\s*(?:[—–]+|-+)\s*(?=\w)")
_NUMBERED = expression(r"\d+[.．、﹒]|[（(]?[一二三四五六七八九十]+[)）、]")  # noqa: RUF001 - as printed
# What labels beside those of fields and roles are called.
OTHER = expression(
    ".{0,8}(?:目标|措施|标准|进展|情况|结果|成效|成果|问题|备注|说明|依据|来源|要点|做法|步骤|节点|领导|责任人|联系人|电话|编号)"
)
# The mark before a line of a list; a sign that letters follow at once in other texts too wants a space.
_BULLET = expression(
    r"(?P<mark>[-–*+>](?=\s)|—(?=\s)|——|[·•∙](?=[^\W\d_]|\s)|[●○◦▪▫■□◆◇◎▶►➢➤➔‣⁃◉◈❖])\s*(?=\S)"  # noqa: RUF001 - as printed
)
# A number that counts the labels of a task, 1) or ①, which is kept before other words.
_COUNT = expression(r"(?:[①-⑳]|[(（]?\d{1,2}[)）]|\d{1,2}[.．、﹒])\s*")  # noqa: RUF001 - as printed
_LONGEST = 2000  # characters of a label with its names
_DEPTH = {**dict.fromkeys("（(〔[【", 1), **dict.fromkeys("）)〕]】", -1)}


def bullet(text: str) -> tuple[str, str]:
    """Part a line from the mark of a list that it begins with; "" where it has none."""
    found = _BULLET.match(text)
    return (found["mark"], text[found.end() :]) if found else ("", text)


def uncounted(text: str) -> tuple[str, str]:
    """Part a line from a number before it, and give the kind of that; "" where it has none."""
    found = _COUNT.match(text)
    return (re.sub(r"\d+|[①-⑳]", "1", found[0]), text[found.end() :]) if found else ("", text)


def without_bullet(text: str) -> str:
    """Return a line without the mark of a list before it."""
    return bullet(text)[1]


def with_colons(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Put a colon for the dash behind each label of a line of text: 牵头单位——甲局."""
    made = tuple(map(_with_colons, lines))
    return made if made != lines else None


def _with_colons(row: Row) -> Row:
    if sum(map(bool, row.cells)) != 1:
        return row
    return row._replace(cells=tuple(_DASHED.sub(r"\1：", cell) for cell in row.cells))


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Put what labels say in brackets; that of lines which follow one another goes into one."""
    made = tuple(_rows(lines))
    return made if made != lines else None


def _rows(lines: Iterable[Row]) -> Iterator[Row]:
    held: Row | None = None
    depth = 0  # of brackets that an earlier line has opened
    for row in _whole(lines):
        printed = roles.simplified(text_of(row))
        depth = 0 if _NUMBERED.match(printed) else depth
        text, label = _bracketed(printed, depth)
        depth = max(0, depth + _opened(printed))
        if label == 0 and held:
            held = held._replace(cells=(f"{held.cells[0][:-1]}；{text[1:]}",))
            continue
        if held and label is None and _is_when(printed):
            held = held._replace(cells=(f"{held.cells[0][:-1]}。{printed.rstrip('。')}）",))
            continue
        if held and text:
            yield held
            held = None
        if label is None:
            yield row
        else:
            held = row._replace(cells=(text,))
    if held:
        yield held


def _is_when(text: str) -> bool:
    """True if a line is a schedule by itself, 2025年底完成, and begins no task."""
    is_one = not re.search("[：:。].", text) and not _NUMBERED.match(text)
    return is_one and likely.is_schedule(text)


def _whole(lines: Iterable[Row]) -> Iterator[Row]:
    """Join a line to the one above where that is a label alone, or ends amid its list of names."""
    above: Row | None = None
    for row in lines:
        text = text_of(row)
        if above and text and not _NUMBERED.match(text) and not _LABEL.match(text):
            above = above._replace(cells=(text_of(above) + text,))
        else:
            if above:
                yield above
            above = row
        text = text_of(above)
        if len(text) > _LONGEST or not _BROKEN_OFF.search(text):
            yield above
            above = None
    if above:
        yield above


def _opened(text: str) -> int:
    """Count the brackets that a text leaves open."""
    return sum(_DEPTH.get(character, 0) for character in text)


def _bracketed(text: str, depth: int) -> tuple[str, int | None]:
    """Put the end of a text in brackets from its first label outside of any on, and tell where that is."""
    text = _IN_BRACKETS.sub(r"；\1：", text).lstrip("；")
    begin = 0
    for found in _LABEL.finditer(text):
        depth += _opened(text[begin : found.start()])
        begin = found.start()
        if depth <= 0:
            said = _BEFORE.sub("；", text[found.start() :].strip("。；; "))
            return f"{text[: found.start()].rstrip('；')}（{said}）", found.start()
    return text, None
