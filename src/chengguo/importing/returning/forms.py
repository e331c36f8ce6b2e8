"""The form that goes to a department and comes back: its headings, its hidden sheet, what it was made of.

Its headings are Chinese in every language, for they are part of the file. The hidden sheet says what the form
is, and repeats the locked cells, so that one that was changed, and an old or second copy, is noticed.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chengguo.model import Column, Plan, Progress
from chengguo.queries.parts import Part
from chengguo.queries.query import Row
from chengguo.registry.fields import OFFICIAL
from chengguo.registry.report_headings import FILLED

SHEET, HIDDEN = "填报", "_chengguo"
MARK = ("格式", "chengguo form 1")
ADDRESS = "编号"
LOCKED = (ADDRESS, *(field.heading for field in OFFICIAL), "截止日期", "上期进展")
SEVERAL = "各方案重点任务"  # what stands for the title in a form of several plans
PART = "/"  # between the address of an item and the name of its part


def title_of(plan: Plan) -> str:
    """Return the titles of a plan and its table, by which a form tells what it was made from."""
    return " ".join(filter(None, (plan.title, plan.table)))


class Line(NamedTuple):
    """A row of a form: its locked cells, the first of which is the address."""

    cells: tuple[str, ...]


class Form(NamedTuple):
    """A form as it goes out: whose, of which period, made on which day, and its rows."""

    file: str
    plan: str
    department: str
    period: str
    made: date
    lines: tuple[Line, ...]
    columns: tuple[Column, ...] = ()
    note: str = ""  # what it is without, for it cannot be read

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the sheet: the locked ones, those to be filled in."""
        return (*LOCKED, *FILLED, *(column.heading for column in self.columns))

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """What the hidden sheet says first."""
        return (
            MARK,
            ("台账", self.file),
            ("方案", self.plan),
            ("部门", self.department),
            ("期次", self.period),
            ("制表日期", self.made.isoformat()),
        )


def lines(rows: Iterable[Row]) -> tuple[Line, ...]:
    """Return the rows of a form: of each item one, and one of each part of it that is open."""
    return tuple(
        _line(row, part)
        for row in rows
        for part in (None, *(part for part in _open(row.parts, len(row.item.schedule.stages))))
    )


def _open(parts: tuple[Part, ...], milestones: int) -> tuple[Part, ...]:
    """Return the open milestones, and of what recurs the missed periods and the next."""
    still_open = [part for part in parts if not part.status.is_closed]
    of_rounds = [part for part in still_open if part not in parts[:milestones]]
    missed = [part for part in of_rounds if part.is_missed]
    following = [part for part in of_rounds if not part.is_missed][:1]
    return (*(part for part in still_open if part in parts[:milestones]), *missed, *following)


def _line(row: Row, part: Part | None) -> Line:
    item = row.item
    due = part.due if part else row.due
    reports = [entry for entry in row.progress if part is None or _is_of(entry, part)]
    address = f"{item.address}{PART}{part.part}" if part else item.address
    return Line(
        (
            *(address, row.task.title, item.content),
            *("、".join(item.lead), "、".join(item.support)),
            *(part.wording if part else item.schedule.wording, due.isoformat() if due else ""),
            _said(reports[-1]) if reports else "",
        )
    )


def _is_of(entry: Progress, part: Part) -> bool:
    return part.part in {str(entry.milestone), entry.period}


def _said(entry: Progress) -> str:
    """Return the last report in Chinese, in a line."""
    percent = "" if entry.percent is None else f"{entry.percent}%"
    words = (entry.date.isoformat(), entry.status.chinese if entry.status else "", percent, entry.note or "")
    return " ".join(filter(None, words))
