"""That nothing is dropped unsaid: every word of a table is in what is made of it, or in a doubt about it."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache

from chengguo.departments.tokens import NOBODY
from chengguo.importing.drafts import Doubt, Draft, DraftItem, DraftTask
from chengguo.importing.rows import Row
from chengguo.importing.shapes.labels import without_bullet
from chengguo.language import N_, _, plural
from chengguo.schedules.plain import is_ditto
from chengguo.text.numerals import chinese
from chengguo.text.traditional import SIMPLIFIED
from chengguo.text.widths import folded

# What stands above many tables and says nothing of them: the number of the annex, the number of the page.
_FORMAL = re.compile(r"附(?:件|表)?\d*[:：]?|[—\-\d\s]+")
# Before a title, which the number of the section or task stands for, and before a task under one.
_NUMBER = re.compile(
    r"\s*(?:附(?:件|表)?\d*[:：]|[(（]?[一二三四五六七八九十百]{1,5}[)）、.\uff0e]|\d{1,3}[.\uff0e﹒、]|[(（]?\d{1,2}[)）]|[①-⑳])\s*"
)


# What the upper row of a header names groups of columns by: 责任分工, above 牵头单位 and 配合单位.
_GROUP = re.compile(
    "[序编号重点主要工作任务目标和具体要求内容措施责任职牵头主办协配合参与单位部门完成时限间进度计划安排节举项负分情况]+"
)

NOWHERE = N_("these words are nowhere in what was read: '{text}'")


def unsaid_above(uppers: Iterable[Row], words: str) -> Iterator[Doubt]:
    """Return a doubt for each word of the upper rows of headers that no column is called by, nor its kind.

    ``words`` are those that columns are called by, without white space and full-width forms.
    """
    for upper in uppers:
        for place, cell in enumerate(upper.cells):
            if is_unsaid_above(cell, words):
                yield Doubt(*upper.at(place), _(NOWHERE).format(text=cell), upper.table)


def is_unsaid_above(cell: str, words: str) -> bool:
    """True if a cell above those that name columns says what they do not say, nor what kind they are."""
    text = folded(cell)
    return bool(text) and not _GROUP.fullmatch(text.translate(SIMPLIFIED)) and text not in words


def unsaid(
    rows: Collection[Row], made: Draft, headers: Collection[Row] = (), begin: int = 0
) -> Iterator[Doubt]:
    """Return a doubt for each cell of which words are nowhere: neither in the draft nor in one of its doubts.

    ``headers`` are the rows that name columns, of the file or made of its rows. Of paragraphs, those before
    the line ``begin`` only lead up to the tasks: one doubt is about all of them.
    """
    lost = list(_lost(rows, made, headers))
    before = [(row, place) for row, place in lost if row.line < begin]
    if before:
        why = plural(
            "{count} paragraph before the first task is not taken: '{text}'",
            "{count} paragraphs before the first task are not taken: '{text}'",
            len(before),
            text=" | ".join(row.cells[place] for row, place in before),
        )
        row, place = before[0]
        yield Doubt(*row.at(place), why, row.table)
    for row, place in (each for each in lost if each not in before):
        yield Doubt(*row.at(place), _(NOWHERE).format(text=row.cells[place]), row.table)


def _lost(rows: Collection[Row], made: Draft, headers: Collection[Row]) -> Iterator[tuple[Row, int]]:
    """Return the cells of which words are nowhere, each as its row and its place there.

    Punctuation, which parts names and sentences, is not counted, and a cell may say that it is as the one
    above.
    """
    common = _of_heading(made)
    near, none = _Near(made), Counter[str]()
    named = {header.line: _counted("".join(header.cells)) for header in headers if header not in rows}
    for row in rows:
        if row in headers:
            continue
        for place, cell in enumerate(row.cells):
            words = without_bullet(cell)
            counted = _counted(_NUMBER.sub("", words, count=1) if _NUMBER.match(words) else words)
            if (
                _is_in(counted, common)
                or _says_nothing(folded(cell))
                or _is_in(counted, common, near.words(row.line, row.at(place)[0]), named.get(row.line, none))
            ):
                continue
            yield row, place


def _is_in(counted: Counter[str], *among: Counter[str]) -> bool:
    """True if there is each of the characters, as often as counted, among others."""
    return all(count <= sum(each.get(sign, 0) for each in among) for sign, count in counted.items())


def _says_nothing(text: str) -> bool:
    """True for the number of an annex, 同上 and 无."""
    return bool(_FORMAL.fullmatch(text) or NOBODY.fullmatch(text)) or is_ditto(text)


class _Near:
    """The words of the items and doubts about a line of the file."""

    def __init__(self, made: Draft) -> None:
        """Gather what each line was made to."""
        self.items: dict[int, list[str]] = {}
        for task in made.tasks:
            for item in task.items:
                self.items.setdefault(item.line, []).extend(_of_item(task, item))
        self.lines = sorted(self.items)
        self.doubts: dict[int, list[str]] = {}
        for doubt in made.doubts:
            self.doubts.setdefault(doubt.line, []).append(doubt.why)

    @lru_cache(maxsize=8)  # noqa: B019 - it lives as long as one import
    def words(self, line: int, of_cell: int) -> Counter[str]:
        """Count the words about a line: of the items on it, before and behind it, and of its doubts.

        ``of_cell`` is the line that the cell stands on, which has doubts of its own. Those of the item before
        are counted too: of a task in several lines they are told at its first.
        """
        before, behind = bisect_left(self.lines, line), bisect_right(self.lines, line)
        lines = self.lines[max(0, before - 1) : behind + 1]
        texts = [text for each in lines for text in self.items[each]]
        told = (why for each in {line, of_cell, *lines[:1]} for why in self.doubts.get(each, ()))
        return _counted("".join([*texts, *told]))


def _of_item(task: DraftTask, item: DraftItem) -> Iterable[str]:
    numbers = (str(task.id), chinese(task.id), str(item.number))
    extra = (text if isinstance(text, str) else "".join(text) for _heading, text in item.extra)
    return (
        *numbers,
        task.title,
        item.content,
        *item.lead,
        *item.support,
        item.schedule,
        *item.printed,
        *extra,
    )


def _of_heading(made: Draft) -> Counter[str]:
    """Count the words of the titles, of the day of issue and of the sections."""
    heading = made.heading
    sections = (f"{key}{section.title}" for key, section in made.sections.items())
    return _counted("".join((heading.plan, heading.table, _of_day(heading.issued), *sections)))


def _of_day(day: date | None) -> str:
    """Return a day as it is printed, with the words that stand around it."""
    return (
        f"{day.year}年{day.month}月{day.day}日 {day:%Y%m%d} 起印发发布公布下发发文成文日期时间" if day else ""
    )


@lru_cache(maxsize=4096)  # of names and days a table has many again
def _counted(text: str) -> Counter[str]:
    """Count the characters of a text, without white space and punctuation."""
    counts = Counter(folded(text))
    return Counter({each: counts[each] for each in counts if unicodedata.category(each)[0] not in "PZC"})
