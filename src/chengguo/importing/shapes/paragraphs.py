"""Plans without a table: 1.任务。内容。（牵头单位：…；配合单位：…；完成时限：…）, to the rows of one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from chengguo.departments import roles
from chengguo.departments.cells import read_cell
from chengguo.importing import leaders
from chengguo.importing.rows import Row, text_of
from chengguo.importing.shapes import brackets, likely, over_tasks
from chengguo.importing.shapes.labels import bullet, uncounted
from chengguo.importing.shapes.numbers import CHINESE, HEADLINE, NUMBER, is_title, numbered, titled
from chengguo.schedules import parts_of_year
from chengguo.schedules.grammar import number as value_of
from chengguo.text.expressions import expression
from chengguo.text.traditional import SIMPLIFIED

HEADER = ("序号", "重点任务", "主要内容", "责任部门", "配合部门", "计划进度")
_WHO = HEADER.index("责任部门")
_LABEL = expression(rf"{roles.LINE_LABEL}\s*[:：]")
_SECTION = expression(rf"[{CHINESE}]{{1,4}}、[^。]{{1,60}}$")
_COLONS = ("：", ":")


class _Pending(NamedTuple):
    """An item whose bracket has not come yet; or, where one has, what else its paragraph says.

    ``title`` is as printed, with its stop.
    """

    line: int
    number: str
    title: str
    text: str
    is_made: bool = False
    is_over: bool = False  # what is numbered below stands under it
    seen: int = 0  # characters of the text, up to where no bracket says who


class _Head(NamedTuple):
    """A paragraph that items stand under; it may be one itself."""

    line: int
    number: str
    title: str
    is_item: bool
    is_begun: bool = False

    def left(self) -> Iterator[Row]:
        """Return its title where no item stands under it, so that it is listed as left out."""
        if not (self.is_item or self.is_begun):
            yield Row(self.line, (self.title,))


def rows(lines: tuple[Row, ...], _known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows of the table that the paragraphs say; None where they say no item.

    What belongs to none stays a row of one cell.
    """
    made = tuple(_rows(lines))
    return made if any(map(_says_what, made)) else None


def _rows(lines: Iterable[Row]) -> Iterator[Row]:
    pending: _Pending | None = None
    over: _Head | None = None  # what the items in hand stand under
    begun = False
    marked = tuple(_with_bullets(lines))
    levels = _levels_over(marked)
    first = _without_number(marked)
    heads = over_tasks.found(marked)
    for place, row in enumerate(marked):
        text = text_of(row)
        is_over = row.mark in levels and _is_bare(row, text)
        is_section = is_over or (bool(_SECTION.match(text)) and not any(brackets.saying_who(text)))
        is_section |= place in heads.sections
        is_section |= begun and _is_rule(text)  # which stands by itself as well
        number = None if is_section else NUMBER.match(text)
        is_bullet = bool(bullet(text)[0]) and any(brackets.saying_who(text))
        if not begun and (is_section or number or is_bullet or row is first or says_who(text)):
            begun = True
            yield Row(row.line, HEADER)
        yield from _noted(row) if begun and not is_section else ()
        is_next = pending is not None and pending.is_made and not pending.number
        if not begun or is_section or number or is_next:
            if number and number["digits"] and pending and pending.is_over:
                over, pending = _head_of(pending)
            elif over and not (number and number["digits"]):
                yield from over.left()
                over = None
            yield from _left(pending)
            pending = None
        if not begun or is_section:
            parts = over_tasks.parted(text) if place in heads.sections else (text,)
            note, mark = row.note, row.mark if is_over else ""
            yield from (Row(row.line, (part,), note=note, mark=mark) for part in parts)
        elif text:
            unread, pending = _before_bullet(pending, text)
            yield from _left(unread)
            pending = _added(pending, row, text, number)
            pending = pending._replace(is_over=pending.is_over or place in heads.tasks)
            if any(each in text for each in brackets.CLOSING.values()):  # else there is nothing new to find
                items, pending = _items(pending)
                yield from _under(over, [_looking(item, row) for item in items])
                over = over and over._replace(is_begun=over.is_begun or bool(items))
    yield from _left(pending)
    yield from over.left() if over else ()


def _head_of(pending: _Pending) -> tuple[_Head, _Pending]:
    """Return what the next items stand under, and what else its paragraph says."""
    title = (pending.title or pending.text).rstrip("。")
    rest = pending.text if pending.title else ""
    head = _Head(pending.line, pending.number, title, pending.is_made)
    return head, pending._replace(title="", text=rest, is_made=True)


def _noted(row: Row) -> Iterator[Row]:
    """Return what is to be told of a row that becomes a part of another."""
    if row.note:
        yield Row(row.line, ("",), note=row.note)


def _without_number(lines: Iterable[Row]) -> Row | None:
    """Return the first task without a number below which a line says who; None where there is none.

    It is no title above the tasks: it is a sentence, or others stand so too.
    """
    filled = [row for row in lines if text_of(row)]
    found = [row for row, below in pairwise(filled) if _is_of_task(row) and _is_duty(text_of(below))]
    is_sure = len(found) > 1 or any(text_of(row).endswith("。") for row in found)
    return found[0] if is_sure else None


def _is_of_task(row: Row) -> bool:
    """True if a line may be a task without a number: it is neither a heading nor a bracket."""
    text = text_of(row)
    return not (row.level or NUMBER.match(text) or brackets.is_framed(text))


def _is_duty(text: str) -> bool:
    """True if a paragraph is a bracket that says who, and nothing more."""
    return brackets.is_framed(text) and says_who(text)


def _levels_over(lines: Iterable[Row]) -> set[str]:
    """Return the marks of headings without a number of which one has several tasks under it.

    One of the highest may be the title: of those two have tasks.
    """
    counts: dict[str, list[int]] = {}  # of tasks under each heading, by its mark
    mark = ""
    for row in lines:
        text = text_of(row)
        if row.level:
            mark = row.mark if _is_bare(row, text) else ""
            counts.setdefault(mark, []).append(0)
        elif mark and any(brackets.saying_who(text)):
            counts[mark][-1] += 1
    counts.pop("", None)
    return {
        each
        for each, under in counts.items()
        if max(under) > 1 and (len(each) > 1 or sum(map(bool, under)) > 1)
    }


def _is_bare(row: Row, text: str) -> bool:
    """True for a heading by the medium that has no number."""
    return row.level > 0 and not NUMBER.match(text) and HEADLINE.fullmatch(text) is not None


def _with_bullets(lines: Iterable[Row]) -> Iterator[Row]:
    """Return lines with a bullet for the number of each task under a numbered title that ends in a colon."""
    over = part = ""  # the forms of both numbers
    for row in lines:
        text = text_of(row)
        form, words = _form(text)
        says_who = any(brackets.saying_who(text))
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
    return len(row.cells) == len(HEADER) and row.cells != HEADER and row.cells[2] != ""


def _under(over: _Head | None, items: list[Row]) -> Iterator[Row]:
    """Put items under a head, whose number and title stand before the first, as in a merged cell.

    Where it is an item itself, theirs begin with their numbers: they are counted behind it.
    """
    for place, item in enumerate(items):
        if over is None or len(item.cells) == 1:
            yield item
            continue
        number, title, content, *rest = item.cells
        whole = content if content.startswith(title) else f"{title}。{content}"
        if over.is_item:
            yield item._replace(cells=("", "", f"{number}.{whole}", *rest))
        else:
            begins = not over.is_begun and place == 0
            yield item._replace(cells=(*((over.number, over.title) if begins else ("", "")), whole, *rest))


def is_task(text: str) -> bool:
    """True if a paragraph is numbered and ends in a bracket that says who."""
    return bool(NUMBER.match(text)) and any(brackets.saying_who(text))


def _is_rule(text: str) -> bool:
    """True if a paragraph is a bracket that says of all tasks how one sees who leads: （带▲者为牵头单位）."""
    if not brackets.is_framed(text) or NUMBER.match(text) or _LABEL.search(text):
        return False
    return leaders.rules([text])._replace(everywhere=()) != leaders.Rules()


def says_who(text: str) -> bool:
    """True if a paragraph ends in a bracket that surely says who."""
    last = max(brackets.saying_who(text), default=(0, 0))
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
        return _Pending(line, printed, title and f"{title}。", rest)
    if pending is None:
        title, rest = titled(text)
        return _Pending(line, "", title and f"{title}。", rest)
    mark, text = bullet(text)
    if (mark or is_marked) and not pending.title and pending.text.endswith(_COLONS):
        return pending._replace(title=pending.text, text=text, line=line, seen=0)
    line = pending.line if pending.text else line
    if not pending.title and is_title(pending.text):
        return pending._replace(title=pending.text, text=text, line=line, seen=0)
    return pending._replace(text=pending.text + text, line=line)


def _items(pending: _Pending) -> tuple[list[Row], _Pending | None]:
    """Make an item of each bracket that says who; what stands behind the last waits for the next."""
    found, begin, text = [], 0, pending.text
    title = pending.title
    seen = pending.seen
    for start, end, says_who in brackets.found_from(text, seen):
        seen = end + 1
        if not says_who:
            continue
        content = text[begin:start].strip().lstrip("。;；")
        title = title or content
        who, rule = _apart(text[start + 1 : end])
        found.append(
            Row(pending.line, (pending.number, title.rstrip("。：:"), content or title, who, "", ""))
        )
        found += [Row(pending.line, (rule,))] if rule else []
        begin = end + 1
    if not found:
        return [], pending._replace(seen=seen)
    rest = text[begin:].strip("。;； ")
    # What follows belongs to the same task, whether it comes in this line or in the next.
    return found, pending._replace(title=title, text=rest, is_made=True, seen=0)


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
        or brackets.are_names(others[0])
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
        yield Row(pending.line, ((pending.text if pending.is_made else pending.title + pending.text),))


def _before_bullet(pending: _Pending | None, text: str) -> tuple[_Pending | None, _Pending | None]:
    """Part an item whose bracket is not read from the bullet behind it; return both, None for what is not."""
    if pending and bullet(text)[0] and _ends_unread(pending.text):
        return pending, pending._replace(text="", is_made=True, seen=0)
    return None, pending


def _ends_unread(text: str) -> bool:
    """True if a text ends in a bracket that does not say who, though one that does may be meant."""
    *_others, (start, end, says_who) = [(0, 0, True), *brackets.found_from(text, 0)]
    is_last = len(text.rstrip("。；;")) == end + 1
    return is_last and not says_who and not brackets.REMARK.match(text[start + 1 : end])
