"""Rows to the entries of lists in papers: the texts that stand beside each other, in Chinese."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from chengguo.model import Progress
from chengguo.model.status import Status
from chengguo.output.naming import one_line, work
from chengguo.output.papers import words
from chengguo.queries.alerts import Alert
from chengguo.queries.parts import is_milestone
from chengguo.queries.query import Row
from chengguo.text.visible import visible
from chengguo.text.widths import Ruler

_NAMED = 2  # departments that an entry names
_WIDEST = 9  # characters of the column of numbers
_LONGEST = 200  # characters of what a report says


class Entry(NamedTuple):
    """An item, or a part of one, in a list: ``number`` is its address (编号), with that of the part.

    ``work`` is the title, or the content where several items share the title. ``days`` are those left,
    negative once late; ``standing`` says that, or that the work is blocked, with a shape. ``report`` is the
    last one, of the part where it is about one, with its ``problem`` and what is to be done next.
    """

    number: str
    work: str
    content: str
    lead: tuple[str, ...]
    due: date | None
    days: int | None
    shape: str
    standing: str
    wording: str
    reported: date | None
    report: str
    problem: str = ""
    following: str = ""

    @property
    def trouble(self) -> str:
        """What the last report says stands in the way, and what is to be done; "" where it says neither."""
        said = {"存在问题": self.problem, "下步措施": self.following}
        return words.joined(*(f"{name}：{text}" for name, text in said.items() if text))

    @property
    def told(self) -> str:
        """What the last report says, with what stands in the way, and what is to be done."""
        return words.joined(self.report, self.trouble)

    @property
    def leads(self) -> str:
        """The first departments by name."""
        more = "等" if len(self.lead) > _NAMED else ""
        return "、".join(self.lead[:_NAMED]) + more


class Listing(NamedTuple):
    """Entries, of which a page shows the first."""

    every: tuple[Entry, ...]
    most: int

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that a page shows."""
        return self.every[: self.most]

    @property
    def left_out(self) -> int:
        """How many entries a page leaves out."""
        return len(self.every) - len(self.shown)

    @property
    def number_width(self) -> float:
        """The width of a column for their numbers, in characters; longer ones take several lines."""
        widest = max((Ruler().width(each.number) for each in self.shown), default=0)
        return min(max(3.6, 0.56 * widest + 0.9), _WIDEST)

    @property
    def total(self) -> int:
        """How many entries there are in all."""
        return len(self.every)


def listing(rows: Sequence[Row], most: int) -> Listing:
    """Return the entries of rows, of which a page shows the first ``most``."""
    return Listing(entries(rows), most)


def entries(rows: Iterable[Row]) -> tuple[Entry, ...]:
    """Return the entries of rows."""
    return tuple(map(entry, rows))


def entry(row: Row) -> Entry:
    """Return the entry of a row."""
    last = row.last_report
    shape, standing = _standing(row)
    return Entry(
        number=number(row),
        work=work(row),
        content=one_line(row.item.content),
        lead=tuple(map(one_line, row.item.lead)),
        due=row.due,
        days=row.days_left,
        shape=shape,
        standing=standing,
        wording=one_line(row.part.wording if row.part else row.item.schedule.wording),
        reported=last.date if last else None,
        report=_report(last, row) if last else "未报告",
        problem=_cut(last.problem) if last else "",
        following=_cut(last.next) if last else "",
    )


def number(row: Row) -> str:
    """Return the address of a row, with the part that it is about: 3.2（节点1）."""
    if row.part is None:
        return row.item.address
    return f"{row.item.address}（{part_name(row)}）"


def part_name(row: Row) -> str:
    """Return what the part of a row is called: 节点1, or the name of its period."""
    name = row.part.part if row.part else ""
    return f"节点{name}" if is_milestone(row.item, name) else name


def _standing(row: Row) -> tuple[str, str]:
    """Return the shape and the words that say how a row stands in time."""
    if row.status.is_closed:
        late = any(notice.kind is Alert.DONE_LATE for notice in row.notices)
        return "◎", f"{row.status.chinese}（逾期）" if late else row.status.chinese
    shape = visible(row.lit.light.shape) if row.lit and not row.part else ""
    blocked = "、受阻" if row.status is Status.BLOCKED else ""
    if row.days_left is None:
        return shape or "○", row.status.chinese
    if row.days_left < 0:
        return shape or "■", f"逾期{-row.days_left}天{blocked}"
    return shape or "▲", (f"余{row.days_left}天" if row.days_left else "今日到期") + blocked


def _report(last: Progress, row: Row) -> str:
    """Return what a report says; the part that it is about, where the row is about the whole."""
    percent = "" if last.percent is None else f"{last.percent}%"
    status = last.status.chinese if last.status else ""
    said = _cut(" ".join(filter(None, (percent, last.note)))) or status
    part = f"节点{last.milestone}" if last.milestone else last.period
    return f"（{part}）{said}" if last.is_of_part and not row.part else said


def _cut(text: str | None) -> str:
    return one_line(text or "")[:_LONGEST]
