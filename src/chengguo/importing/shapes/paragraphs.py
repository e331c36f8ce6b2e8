"""Plans without a table: 1.任务。内容。（牵头单位：…；配合单位：…；完成时限：…）, to the rows of one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from chengguo.departments import bodies, roles
from chengguo.departments.cells import read_cell
from chengguo.importing import leaders
from chengguo.importing.rows import Row
from chengguo.importing.shapes import likely
from chengguo.importing.shapes.labels import bullet, uncounted
from chengguo.schedules import parts_of_year, read_schedule
from chengguo.schedules.grammar import number as value_of
from chengguo.text.expressions import expression
from chengguo.text.numerals import chinese
from chengguo.text.traditional import SIMPLIFIED

HEADER = ("序号", "重点任务", "主要内容", "责任部门", "配合部门", "计划进度")
_WHO = HEADER.index("责任部门")
_CHINESE = "一二三四五六七八九十百"
NUMBER = expression(
    r"(?P<digits>\d{1,3})[.．、](?:(?!\d)|(?=\d{1,2}月|\d{4}年))"  # noqa: RUF001 - as printed
    rf"|[(（](?P<bracketed>\d{{1,3}}|[{_CHINESE}]{{1,4}})[)）][、.]?"
    r"|(?P<dotted>\d{1,2}\.\d{1,2})(?:[.．、]|(?=[^\d.%]))"  # noqa: RUF001 - as printed
    rf"|(?P<chinese>[{_CHINESE}]{{1,4}})、|第(?P<article>[{_CHINESE}]{{1,4}})条"
)
_LABEL = expression(rf"{roles.LINE_LABEL}\s*[:：]")
_SECTION = expression(rf"[{_CHINESE}]{{1,4}}、[^。]{{1,60}}$")
_REMARK = expression("(?:不?含|包括|以下|下同|简称|如|即|指|原|详?见|注)")
_COLONS = ("：", ":")
_STOPS = tuple("。；;！")
_CLOSING = {"（": "）", "(": ")", "〔": "〕", "[": "]", "\uff3b": "\uff3d", "【": "】"}
_NARROW = str.maketrans("（）\uff0f", "()/", roles.MARKS)
_LONGEST_TITLE = 60
_LONGEST_BRACKET = 2000  # characters
_HEADLINE = expression(
    "[^，,、：:；;。！!（(]{2,25}"
)  # a paragraph that is a title, and no line of a longer one


class _Pending(NamedTuple):
    """An item whose bracket has not come yet; or, where one has, what else its paragraph says."""

    line: int
    number: str
    title: str
    text: str
    is_made: bool = False
    is_heading: bool = False  # numbered （一）, as what goes over 1. and 2.
    seen: int = 0  # characters of the text, up to where no bracket says who

    @property
    def is_headline(self) -> bool:
        """True if it is a title with nothing under it yet: （一）加强队伍建设."""
        alone = not self.is_made and not self.title
        return self.is_heading and alone and _HEADLINE.fullmatch(self.text) is not None


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of the table that the paragraphs say; None where they say no item.

    What belongs to none stays a row of one cell.
    """
    made = tuple(_rows(lines))
    return made if any(map(_says_what, made)) else None


def _rows(lines: Iterable[Row]) -> Iterator[Row]:
    pending: _Pending | None = None
    over: _Pending | None = None  # the headline of the items in hand
    begun = False
    marked = tuple(_with_bullets(lines))
    levels = _levels_over(marked)
    for row in marked:
        text = "".join(cell.strip() for cell in row.cells)
        is_over = row.mark in levels and _is_bare(row, text)
        is_section = is_over or (bool(_SECTION.match(text)) and not any(brackets(text)))
        is_section |= begun and _is_rule(text)  # which stands by itself as well
        number = None if is_section else NUMBER.match(text)
        is_bullet = bool(bullet(text)[0]) and any(brackets(text))
        if not begun and (is_section or number or is_bullet or says_who(text)):
            begun = True
            yield Row(row.line, HEADER)
        yield from _noted(row) if begun and not is_section else ()
        is_next = pending is not None and pending.is_made and not pending.number
        if not begun or is_section or number or is_next:
            if number and number["digits"] and pending and pending.is_headline:
                over, pending = pending, None
            elif over and not (number and number["digits"]):
                yield from _left(None if over.is_made else over)
                over = None
            yield from _left(pending)
            pending = None
        if not begun or is_section:
            yield Row(row.line, (text,), note=row.note, mark=row.mark if is_over else "")
        elif text:
            unread, pending = _before_bullet(pending, text)
            yield from _left(unread)
            pending = _added(pending, row, text, number)
            if any(bracket in text for bracket in _CLOSING.values()):  # else there is nothing new to find
                items, pending = _items(pending)
                items = [_looking(item, row) for item in items]
                if (
                    over
                    and not over.is_made
                    and any(_is_titled(item) for item in items if len(item.cells) > 1)
                ):
                    # What stands under it are tasks with titles of their own.
                    yield Row(over.line, (f"（{chinese(int(over.number))}）{over.text.rstrip('。')}",))
                    over = None
                yield from _under(over, items)
                over = over and over._replace(is_made=over.is_made or bool(items))
    yield from _left(pending)
    yield from _left(None if over is None or over.is_made else over)


def _noted(row: Row) -> Iterator[Row]:
    """Return what is to be told of a row that becomes a part of another."""
    if row.note:
        yield Row(row.line, ("",), note=row.note)


def _levels_over(lines: Iterable[Row]) -> set[str]:
    """Return the marks of headings without a number of which one has several tasks under it.

    One of the highest may be the title: of those two have tasks.
    """
    counts: dict[str, list[int]] = {}  # of tasks under each heading, by its mark
    mark = ""
    for row in lines:
        text = "".join(row.cells).strip()
        if row.level:
            mark = row.mark if _is_bare(row, text) else ""
            counts.setdefault(mark, []).append(0)
        elif mark and any(brackets(text)):
            counts[mark][-1] += 1
    counts.pop("", None)
    return {
        each
        for each, under in counts.items()
        if max(under) > 1 and (len(each) > 1 or sum(map(bool, under)) > 1)
    }


def _is_bare(row: Row, text: str) -> bool:
    """True for a heading by the medium that has no number."""
    return row.level > 0 and not NUMBER.match(text) and _HEADLINE.fullmatch(text) is not None


def _with_bullets(lines: Iterable[Row]) -> Iterator[Row]:
    """Return lines with a bullet for the number of each task under a numbered title that ends in a colon."""
    over = part = ""  # the forms of both numbers
    for row in lines:
        text = "".join(cell.strip() for cell in row.cells)
        form, words = _form(text)
        says_who = any(brackets(text))
        if over and form and form != over and part in {"", form} and says_who:
            part = form
            yield row._replace(cells=(f"● {words}",))
            continue
        if form:
            over, part = ("" if says_who or not text.endswith(_COLONS) else form), ""
        yield row


def _form(text: str) -> tuple[str, str]:
    """Return the form of the number that a line begins with, ① and 1) too, and what stands behind it."""
    found = numbered(text)
    return (found.form, found.text) if found.form else uncounted(text)


def _says_what(row: Row) -> bool:
    """True if a row is an item, and not only who is responsible for what stands above."""
    return len(row.cells) == len(HEADER) and row.cells != HEADER and row.cells[2] != "。"


def _is_titled(item: Row) -> bool:
    """True if an item has a title of its own before its content."""
    title, content = item.cells[1:3]
    return not content.startswith(title)


def _under(over: _Pending | None, items: list[Row]) -> Iterator[Row]:
    """Put items under a headline, whose number and title stand before the first, as in a merged cell."""
    for place, item in enumerate(items):
        if over is None or len(item.cells) == 1:
            yield item
            continue
        _number, title, content, *rest = item.cells
        whole = content if content.startswith(title) else f"{title}。{content}"
        begins = not over.is_made and place == 0
        head = (over.number, over.text.rstrip("。")) if begins else ("", "")
        yield item._replace(cells=(*head, whole, *rest))


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


def is_task(text: str) -> bool:
    """True if a paragraph is numbered and ends in a bracket that says who."""
    return bool(NUMBER.match(text)) and any(brackets(text))


def _is_rule(text: str) -> bool:
    """True if a paragraph is a bracket that says of all tasks how one sees who leads: （带▲者为牵头单位）."""
    is_framed = text[:1] in _CLOSING and _end(text, 0) == len(text.rstrip("。")) - 1
    if not is_framed or NUMBER.match(text) or _LABEL.search(text):
        return False
    return leaders.rules([text])._replace(everywhere=()) != leaders.Rules()


def says_who(text: str) -> bool:
    """True if a paragraph ends in a bracket that surely says who."""
    last = max(brackets(text), default=(0, 0))
    return len(text.rstrip("。；;")) == last[1] + 1 and bool(
        roles.SURELY.search(text.translate(SIMPLIFIED), *last) and not _is_rule(text)
    )


def _added(pending: _Pending | None, row: Row, text: str, number: re.Match[str] | None) -> _Pending:
    """Begin an item at a number; what has none goes on with the item before."""
    line, is_marked = row.line, bool(row.mark) and not row.level
    if number:
        found = next(group for group in number.groups() if group)
        title, rest = titled(text[number.end() :].strip())
        printed = found if found[0].isdigit() else str(value_of(found))
        is_heading = number["bracketed"] is not None and not found[0].isdigit()
        return _Pending(line, printed, title, rest, is_heading=is_heading)
    if pending is None:
        return _Pending(line, "", *titled(text))
    mark, text = bullet(text)
    if (mark or is_marked) and not pending.title and pending.text.endswith(_COLONS):
        return pending._replace(title=pending.text.rstrip("：:"), text=text, line=line)
    line = pending.line if pending.text else line
    is_sentence = pending.text.endswith("。") and len(pending.text) <= _LONGEST_TITLE
    if not pending.title and (is_sentence or _HEADLINE.fullmatch(pending.text)):
        return pending._replace(title=pending.text.rstrip("。"), text=text, line=line)
    return pending._replace(text=pending.text + text, line=line)


def titled(text: str) -> tuple[str, str]:
    """Part the first sentence from the rest, as its title; a bracket that follows at once leaves no rest."""
    head, stop, rest = text.partition("。")
    if stop and rest and len(head) <= _LONGEST_TITLE and not any(brackets(head)):
        return head, rest
    return "", text


def _items(pending: _Pending) -> tuple[list[Row], _Pending | None]:
    """Make an item of each bracket that says who; what stands behind the last waits for the next."""
    found, begin, text = [], 0, pending.text
    title = pending.title
    seen = pending.seen
    for start, end, says_who in _brackets_from(text, seen):
        seen = end + 1
        if not says_who:
            continue
        content = text[begin:start].strip().lstrip("。;；")
        title = title or content.rstrip("。")
        who, rule = _apart(text[start + 1 : end])
        found.append(Row(pending.line, (pending.number, title, content or f"{title}。", who, "", "")))
        found += [Row(pending.line, (rule,))] if rule else []
        begin = end + 1
    if not found:
        return [], pending._replace(seen=seen)
    rest = text[begin:].strip("。;； ")
    # What follows belongs to the same task, whether it comes in this line or in the next.
    return found, _Pending(pending.line, pending.number, title, rest, is_made=True)


def _looking(item: Row, row: Row) -> Row:
    """Return an item with the words of its bracket that stand out in the row which ends it."""
    who = item.cells[_WHO] if len(item.cells) > _WHO else ""
    return item._replace(looks=tuple(each._replace(place=_WHO) for each in row.looks if each.words in who))


def _apart(words: str) -> tuple[str, str]:
    """Part who is responsible, and by when, from sentences behind that say neither: a rule."""
    who, *others = words.split("。")
    while others and (
        any(map(parts_of_year.begins, others))  # 第一季度：印发方案。完成20%。第二季度：…
        or _LABEL.search(others[0])
        or _are_names(others[0])
        or _is_when(others[0], who)
    ):
        who = f"{who}。{others.pop(0)}"
    return who, "。".join(others)


def _is_when(sentence: str, before: str) -> bool:
    """True if a sentence without a label is the schedule, where what stands before it has none."""
    return likely.is_schedule(sentence) and not read_cell(before).schedule


def _left(pending: _Pending | None) -> Iterator[Row]:
    """Return the text that no bracket followed, so that it is listed as left out."""
    if pending and pending.text:
        title = "" if pending.is_made or not pending.title else f"{pending.title}。"
        yield Row(pending.line, (title + pending.text,))


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Return the outer brackets that say who: the places of the opening and of the closing one."""
    return ((start, end) for start, end, says_who in _brackets_from(text, 0) if says_who)


def outer(text: str) -> Iterator[tuple[int, int]]:
    """Return all outer brackets of a text: the places of the opening and of the closing one."""
    return ((start, end) for start, end, _says_who in _brackets_from(text, 0))


def _brackets_from(text: str, at: int) -> Iterator[tuple[int, int, bool]]:
    """Find the outer brackets from a place on, and whether they say who."""
    while at < len(text):
        if text[at] not in _CLOSING:
            at += 1
            continue
        end = _end(text, at)
        if end is None:
            return
        is_apart = (at > 0 and text[at - 1] in _STOPS) or text[end + 1 : end + 2] in {"", *_STOPS}
        yield at, end, _says_parties(text[at + 1 : end], is_apart=is_apart)
        at = end + 1


def _says_parties(words: str, *, is_apart: bool) -> bool:
    """True if the words of a bracket say who; （含事业单位） and （以下简称责任单位） do not.

    Names alone say so only where the bracket stands apart, between sentences or at the end.
    """
    folded = words.translate(SIMPLIFIED)
    if roles.IN_BRACKET.search(folded):
        return True
    if not is_apart or _REMARK.match(words):
        return False
    found = read_cell(words) if roles.HELPS.search(folded) else None
    return _are_names(words) or (found is not None and bool(found.lead + found.support) and not found.doubts)


def _are_names(words: str) -> bool:
    """True if a bracket holds names of bodies, and at most a schedule: （★市统计局，6月底前）."""
    *names, last = re.split("[、，,；;/]", words.translate(_NARROW))
    is_name = bodies.is_whole(last)
    said = read_schedule(last)
    is_schedule = bool(names) and said.is_understood and said.kind != "state"
    are_whole = (is_name or is_schedule) and all(map(bodies.is_whole, names))
    return len(words) > 2 and (are_whole or _are_surely_names(words))  # noqa: PLR2004 - 上海局


def _are_surely_names(words: str) -> bool:
    """True if words are names, however they are parted, and none is doubtful: 省教育厅等部门，各高等学校."""
    found = read_cell(words)
    names = [unit.name for unit in (*found.lead, *found.support)]
    is_time = not found.schedule or read_schedule(found.schedule).is_understood
    return bool(names) and not found.doubts and is_time and all(map(bodies.is_whole, names))


def _before_bullet(pending: _Pending | None, text: str) -> tuple[_Pending | None, _Pending | None]:
    """Part an item whose bracket is not read from the bullet behind it; return both, None for what is not."""
    if pending and bullet(text)[0] and _ends_unread(pending.text):
        return pending, pending._replace(text="", is_made=True, seen=0)
    return None, pending


def _ends_unread(text: str) -> bool:
    """True if a text ends in a bracket that does not say who, though one that does may be meant."""
    *_others, (start, end, says_who) = [(0, 0, True), *_brackets_from(text, 0)]
    is_last = len(text.rstrip("。；;")) == end + 1
    return is_last and not says_who and not _REMARK.match(text[start + 1 : end])


def _end(text: str, at: int) -> int | None:
    """Find the bracket that closes the one at ``at``; those of either width close each other."""
    depth = 0
    for place in range(at, min(len(text), at + _LONGEST_BRACKET)):
        if text[place] in _CLOSING:
            depth += 1
        elif text[place] in _CLOSING.values():
            depth -= 1
            if depth == 0:
                return place
    return None
