"""Rows to notices: what each lead department is told of its items and asked for, as a paper or as text."""

import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from chengguo.departments.names import heirs
from chengguo.model import Registry
from chengguo.output.naming import one_line, work
from chengguo.output.papers import official, words
from chengguo.output.papers.entries import Entry, entry
from chengguo.output.papers.templates import fill_docx, long_day
from chengguo.queries.query import Row
from chengguo.queries.summary import Count, about


class Kind(NamedTuple):
    """A kind of notice: what it asks for work that is late, and for work that is to come."""

    late: str
    coming: str


KINDS = {
    "督办通知单": Kind(
        "说明逾期原因、整改措施和完成时限，{reply}前书面反馈", "抓紧推进，确保按期完成，{reply}前反馈进展"
    ),
    "提醒函": Kind("尽快办结，{reply}前反馈进展", "请按期完成，{reply}前反馈进展"),
    "催办单": Kind("立即办理，{reply}前反馈办理结果", "加快办理，{reply}前反馈办理结果"),
}
_LATE, _COMING = "督办通知单", "提醒函"  # where no kind is asked for
_HEADS = ("编号", "工作任务", "完成时限", "逾期或剩余天数", "最近报告", "要求")
_WIDTHS = (1.6, 4.2, 2.4, 2.2, 3.6, 4)


class Demand(NamedTuple):
    """An item of a notice, its work in full, and what is asked for; ``entry`` has its texts as lists do."""

    entry: Entry
    work: str
    asked: str

    @property
    def number(self) -> str:
        """Its address, with the part that it is about."""
        return self.entry.number

    @property
    def deadline(self) -> str:
        """The last day in time, in words; the official wording where no day is known."""
        return long_day(self.entry.due) if self.entry.due else self.entry.wording

    @property
    def standing(self) -> str:
        """The days that it is late, or that are left."""
        return self.entry.standing

    @property
    def report(self) -> str:
        """The last report with its day, what stands in the way, and what is to be done next."""
        reported = f"{long_day(self.entry.reported)} " if self.entry.reported else ""
        return reported + self.entry.told

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row of the table."""
        return (self.number, self.work, self.deadline, self.standing, self.report, self.asked)


class Notice(NamedTuple):
    """A paper to a lead department: ``department`` is its registered name, ``salutation`` the full one.

    ``plans`` are the titles of those that its items are of; ``overdue`` and ``coming`` count these.
    ``unread`` says what it is without, for it cannot be read.
    """

    kind: str
    number: str
    department: str
    salutation: str
    plans: tuple[str, ...]
    office: str
    day: date
    reply: date
    items: tuple[Demand, ...]
    overdue: Count
    coming: Count
    unread: str = ""

    @property
    def plan(self) -> str:
        """The title of the plan, or those of several."""
        return "、".join(self.plans)

    @property
    def late(self) -> int:
        """How many of the items are late."""
        return sum(each.entry.days is not None and each.entry.days < 0 for each in self.items)

    @property
    def told(self) -> Count:
        """How many items, milestones and periods it is about."""
        return Count(*map(sum, zip(self.overdue, self.coming, strict=True)))

    @property
    def body(self) -> str:
        """The sentence above the table."""
        said = "、".join(filter(None, (words.late(self.overdue), words.coming(self.coming))))
        titles = "".join(f"《{each}》" for each in self.plans)
        return (
            f"截至{long_day(self.day)}，{titles}中由你单位负责的任务，{said}（见下表）。"
            f"请按要求办理，并于{long_day(self.reply)}前反馈。"
        )

    @property
    def name(self) -> str:
        """What its file is called, without the suffix."""
        return f"{self.kind}-{self.department}"


class Asked(NamedTuple):
    """What all notices have in common: the day, that of the reply, who signs, kind and number if given.

    ``number`` may hold ``{n}``, for which 1, 2, 3 … stand in turn. ``unread`` says what they are without.
    """

    day: date
    reply: date
    office: str = ""
    kind: str | None = None
    number: str = ""
    unread: str = ""


class Addressee(NamedTuple):
    """Whom a notice goes to: its registered name, its full one, the bodies that it followed by the day."""

    name: str
    full: str
    past: Collection[str]


def notices(
    registry: Registry, groups: Collection[tuple[str, Sequence[Row]]], asked: Asked
) -> tuple[Notice, ...]:
    """Return a notice for each department and its rows."""
    full = {each.name: each.full or each.name for each in registry.departments}
    titles = {name: one_line(each.plan.title or each.plan.table) for name, each in registry.by_plan.items()}
    holders = heirs(registry.departments, asked.day)
    past = {name: [each for each, now in holders.items() if name == now != each] for name, _rows in groups}
    return tuple(
        _notice(place, Addressee(name, full.get(name, name), past[name]), titles, rows, asked)
        for place, (name, rows) in enumerate(groups, 1)
    )


def _notice(
    place: int, to: Addressee, titles: Mapping[str, str], rows: Sequence[Row], asked: Asked
) -> Notice:
    is_late = any(_is_late(row) for row in rows)
    kind = asked.kind or (_LATE if is_late else _COMING)
    number = asked.number.replace("{n}", str(place)) or f"〔{asked.day.year}〕　　号"
    department, salutation = map(one_line, (to.name, to.full))
    demands = tuple(_demand(row, to.past, kind, asked.reply) for row in rows)
    plans = tuple(dict.fromkeys(titles[row.item.plan] for row in rows))
    told = (one_line(asked.office), asked.day, asked.reply)
    overdue, coming = (about(row for row in rows if _is_late(row) is late) for late in (True, False))
    return Notice(kind, number, department, salutation, plans, *told, demands, overdue, coming, asked.unread)


def _demand(row: Row, past: Collection[str], kind: str, reply: date) -> Demand:
    """Return what is asked for; ``past`` are the bodies that the department followed."""
    asked = KINDS[kind].late if _is_late(row) else KINDS[kind].coming
    asked = asked.format(reply=f"{reply.month}月{reply.day}日")
    was = "、".join(one_line(name) for name in row.item.lead if name in past)
    return Demand(entry(row), work(row, sys.maxsize) + (f"（原由{was}负责）" if was else ""), asked)


def _is_late(row: Row) -> bool:
    return row.days_left is not None and row.days_left < 0


def write(notice: Notice, template: str | None) -> bytes:
    """Return a notice as a Word document; ``template`` is the office's own, with fields."""
    if template:
        return fill_docx(template, notice.day, notice=notice)
    made = official.paper(f"{notice.kind}（{notice.department}）", notice.day)
    official.title(made, notice.kind, notice.number)
    official.body(made, f"{notice.salutation}：", indent=0)
    official.body(made, notice.body)
    official.table(made, _WIDTHS, (_HEADS, *(each.cells for each in notice.items)))
    if notice.unread:
        official.body(made, f"注：{notice.unread}。")
    official.signature(made, notice.office, long_day(notice.day))
    return official.saved(made, notice.day)


def text(notice: Notice) -> str:
    """Return a notice as plain text for a chat."""
    lines = [f"【{notice.kind}】{notice.number}", f"{notice.salutation}：", notice.body]
    for place, each in enumerate(notice.items, 1):
        lines.append(
            f"{place}. {each.number} {words.unstopped(each.work)}（{each.deadline}，{each.standing}）"
        )
        lines.append(f"   最近报告：{words.unstopped(each.report)}；要求：{each.asked}。")
    unread = f"注：{notice.unread}。" if notice.unread else ""
    return "\n".join([*lines, *filter(None, (unread, notice.office, long_day(notice.day)))]) + "\n"
