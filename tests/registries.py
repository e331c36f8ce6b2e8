"""Small sound registries as bytes, in the many styles in which people write YAML, for hypothesis.

``registries()`` draws one. What it draws has no findings, but for an empty ``progress:`` (S203) where the
style has one, a closed item without a report (P504), and a tab behind a value, which only PyYAML's C loader
reads.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

Choice = TypeVar("Choice")
DATES = ("2017-03-01", "2018-06-30")  # of the entries of an item, oldest first
STATUSES = ("pending", "in_progress", "blocked", "done", "cancelled")
BOM = b"\xef\xbb\xbf"
NEXT_LINE, LINE_SEPARATOR = "\x85", "\u2028"  # line breaks to YAML, and to nobody else

_HEAD = """\
format: 1
plan: {title: 行动方案, years: 2017-2020}
departments:
  市科委:
  市教委: {full: 上海市教育委员会}
sections:
  一: 增强科技成果转移转化主体内生动力
"""
_WORDS = "加快建立科技成果信息共享与发布系统"
_COMMENT = "# 以附件为准: [不得] 改动"


class Style(NamedTuple):
    """What is alike throughout a file. The dashes are columns to the right of the key above them."""

    newline: str
    bom: bool
    first: str
    last: str
    tasks_dash: int
    items_dash: int
    progress_dash: int
    gap: int
    flow_items: bool
    quote: str
    tail: str


def _one(draw: st.DrawFn, choices: Sequence[Choice]) -> Choice:
    """Draw one of several, as ``sampled_from`` does: a strategy for each would take as long as the tests."""
    return choices[draw(_places(len(choices)))]


@cache
def _places(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


_FLAG = st.sampled_from((False, False, False, True))  # what is drawn once a file must not drown the rest


_STYLES = st.builds(
    Style,
    newline=st.sampled_from(("\n", "\r\n")),
    bom=_FLAG,
    first=st.sampled_from(("", "", "---\n", f"{_COMMENT}\n\n")),
    last=st.sampled_from(
        ("\n", "\n", "", "\n\n\n", "\n  \n", f"\n{_COMMENT}\n", f"\n\n  {_COMMENT}", "\n...\n")
    ),
    tasks_dash=st.sampled_from((0, 2)),
    items_dash=st.sampled_from((0, 2)),
    progress_dash=st.sampled_from((0, 2)),
    gap=st.sampled_from((1, 1, 3)),
    flow_items=_FLAG,
    quote=st.sampled_from(("", "'", '"')),
    tail=st.sampled_from(("", "", "", "  ", f" {_COMMENT}", f"   {_COMMENT}", "\t", f"\t{_COMMENT}")),
)


@st.composite
def registries(draw: st.DrawFn) -> bytes:
    """Draw a registry of one or two tasks with one or two items each."""
    style = draw(_STYLES)
    lines = ["tasks:"]
    for number in range(1, _one(draw, (1, 2)) + 1):
        lines += _task(draw, style, number)
    text = style.first + _HEAD + "\n".join(lines) + style.last
    return (BOM if style.bom else b"") + text.replace("\n", style.newline).encode()


def _task(draw: st.DrawFn, style: Style, number: int) -> list[str]:
    column = style.tasks_dash + 1 + style.gap
    lead = " " * column
    lines = [
        f"{lead}id: {number}",
        f"{lead}section: 一",
        f"{lead}title: {_WORDS}",
        f"{lead}items:{style.tail}",
    ]
    for item in range(1, _one(draw, (1, 2)) + 1):
        lines += _item(draw, style, item, column + style.items_dash)
    return _dashed(lines, style.tasks_dash, column)


def _item(draw: st.DrawFn, style: Style, number: int, dash: int) -> list[str]:
    column = dash + 1 + style.gap
    status = _one(draw, STATUSES)
    if style.flow_items:
        return [
            *_dashed(_flow_item(draw, style, number, status, column), dash, column),
            *_between(draw, dash),
        ]
    fields = [
        _field(column, "id", [str(number)], style.tail),
        _field(column, "content", _text(draw, column), style.tail),
        _one(draw, (_field(column, "lead", ["[市科委]"], style.tail), _lead(column))),
        _field(column, "support", ["[ 市教委 ]"], style.tail),
        _field(column, "schedule", [f"{style.quote}2019 年底{style.quote}"], style.tail),
        _field(column, "status", _status(draw, style, status, column), style.tail),
        _progress(draw, style, status, column),
    ]
    order = _one(
        draw, ((0, 1, 2, 3, 4, 5, 6), (5, 6, 0, 1, 2, 3, 4), (0, 6, 5, 4, 2, 3, 1), (1, 0, 6, 2, 3, 4, 5))
    )
    lines = []
    for field in order:
        lines += fields[field]
        lines += _between(draw, column) if fields[field] else []
    return _dashed(lines, dash, column)


def _dashed(lines: list[str], dash: int, column: int) -> list[str]:
    """Make a list entry of lines whose first stands at ``column``."""
    return [" " * dash + "-" + " " * (column - dash - 1) + lines[0][column:], *lines[1:]]


def _field(column: int, key: str, value: Sequence[str], tail: str) -> list[str]:
    """Write a field: the first piece of its value stands behind the key, the others are whole lines.

    A comment goes behind the header of a block scalar, and behind the end of any other value.
    """
    if value[0].startswith(("|", ">")) or len(value) == 1:
        return [f"{' ' * column}{key}: {value[0]}{tail}", *value[1:]]
    return [f"{' ' * column}{key}: {value[0]}", *value[1:-1], value[-1] + tail]


def _between(draw: st.DrawFn, column: int) -> list[str]:
    """Draw what stands between two fields: mostly nothing, comments and blank lines else."""
    here = f"{' ' * column}{_COMMENT}"
    return _one(
        draw, ([], [], [], [], [""], [here], [_COMMENT], ["", f"  {_COMMENT}", ""], ["   "], [here, here])
    )


def _lead(column: int) -> list[str]:
    return [f"{' ' * column}lead:", f"{' ' * column}- 市科委"]


def _status(draw: st.DrawFn, style: Style, status: str, column: int) -> list[str]:
    """Write a status in the quotes of the file, now and then on the next line."""
    word = style.quote + status + style.quote
    return ["", " " * (column + 1) + word] if draw(_FLAG) else [word]


def _text(draw: st.DrawFn, column: int) -> list[str]:
    """Write a text as a scalar of any kind; its lines stand behind ``column``."""
    lead = " " * (column + _one(draw, (1, 2, 4)))
    return _one(
        draw,
        (
            [_WORDS],
            [_WORDS, f"{lead}{_WORDS}"],
            [f"'{_WORDS}: it''s #1'"],
            [f'"{_WORDS}{NEXT_LINE}{_WORDS}{LINE_SEPARATOR}: \\"\\u00e9\\" #1"'],
            [f'"{_WORDS}', "", f'{lead}{_WORDS}"'],
            ["|-", f"{lead}{_WORDS}", "", f"{lead}# 不是注释"],
            ["|", f"{lead}{_WORDS}", f"{lead}  - {_WORDS}:"],
            ["|", f"{lead}{_WORDS}{LINE_SEPARATOR}{lead}{_WORDS}"],
            ["|+", f"{lead}{_WORDS}"],
            ["|+", f"{lead}{_WORDS}", "", ""],
            [">", f"{lead}{_WORDS}", f"{lead}{_WORDS}", ""],
            [">-", "", f"{lead}{_WORDS}{NEXT_LINE}{lead}{_WORDS}"],
            [f"|{len(lead) - column}", f"{lead}    {_WORDS}", f"{lead}{_WORDS}"],
        ),
    )


# -- progress ------------------------------------------------------------------------------------


def _progress(draw: st.DrawFn, style: Style, status: str, column: int) -> list[str]:
    """Draw the field ``progress``: nothing, an empty value, or a list of entries."""
    lead = " " * column
    empty = _one(
        draw, (*[None] * 6, [], [], [f"{lead}progress:{style.tail}"], [f"{lead}progress: []{style.tail}"])
    )
    if empty is not None:
        return empty
    statuses = _one(draw, ((status,), ("blocked", status), (None, status), (None,), (status, None)))
    kind = _one(draw, ("block", "block", "block", "flow entries", "flow", "flow lines"))
    if kind in ("flow", "flow lines"):
        entries = [_flow_entry(draw, day, word) for day, word in zip(DATES, statuses, strict=False)]
        if kind == "flow":
            return [f"{lead}progress: [{', '.join(entries)}]{style.tail}"]
        return [
            f"{lead}progress: [ # 进展",
            *(f"{lead}  {entry}, # 报告" for entry in entries),
            f"{lead}]{style.tail}",
        ]
    lines = [f"{lead}progress:{style.tail}"]
    dash = column + style.progress_dash
    inner = dash + 1 + style.gap
    for day, word in zip(DATES, statuses, strict=False):
        if kind == "block":
            lines += _dashed(_entry(draw, style, day, word, inner), dash, inner)
        else:
            lines += _dashed([f"{' ' * inner}{_flow_entry(draw, day, word)}{style.tail}"], dash, inner)
        lines += _between(draw, dash) if word else []
    return lines


def _entry(draw: st.DrawFn, style: Style, day: str, status: str | None, column: int) -> list[str]:
    """Write an entry as a block, the note last, first, or not at all."""
    date = _field(column, "date", [day], style.tail)
    word = _field(column, "status", [status], style.tail) if status else []
    note = _field(column, "note", _text(draw, column), style.tail)
    if not status:
        return date + note
    return _one(
        draw, (date + word, date + word + note, date + word + note, date + note + word, note + word + date)
    )


def _flow_entry(draw: st.DrawFn, day: str, status: str | None) -> str:
    word = f", status: {status}" if status else ""
    return _one(
        draw,
        (
            f"{{date: {day}{word}, note: {_WORDS}}}",
            f"{{ note: '{_WORDS}, 其他' {word}, date: {day} }}",
            f'{{"date":"{day}"{word}, "note":"}}]"}}',
        ),
    )


def _flow_item(draw: st.DrawFn, style: Style, number: int, status: str, column: int) -> list[str]:
    """Write an item in braces, on one line or a field a line."""
    fields = [
        f"id: {number}",
        f'content: "{_WORDS}"',
        "lead: [市科委]",
        "support: [市教委]",
        f"schedule: {style.quote}2019 年底{style.quote}",
        f"status: {style.quote}{status}{style.quote}",
    ]
    empty = _one(draw, (None, None, "", "progress: []"))
    if empty is None:
        fields.append(f"progress: [{_flow_entry(draw, DATES[0], status)}]")
    elif empty:
        fields.append(empty)
    lead = " " * column
    if draw(st.booleans()):
        return [f"{lead}{{{', '.join(fields)}}}{style.tail}"]
    return [f"{lead}{{", *(f"{lead}  {field}, # 字段" for field in fields), f"{lead}}}{style.tail}"]
