"""What stands above a table: the title of the plan and of the table, the day of issue, the years."""

import re
from datetime import date
from typing import NamedTuple

from chengguo.model import Context, Plan, Years

_QUOTED = re.compile(r"《(?P<plan>[^《》]+)》(?P<table>[^《》]*)")
_TABLE = (
    "(?:重点|主要)?(?:工作)?(?:任务|责任|工作|要点)"
    "(?:任务|责任|工作|分工|分解|落实|进度|清单|台账|安排|及|与|和|一览|措施)*表?"
)
_NAMED = re.compile(
    r"(?:附件\d*[:：]?)?"
    r"(?P<plan>.+?(?:方案|计划|规划|意见|措施|要点|办法|规定|条例|决定|通知|纲要|报告)(?:[(（][^()（）]*[)）])?)"
    rf"(?P<table>{_TABLE})?"
)
_ISSUED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:起?(?:印发|发布|公布|下发|发文))?"
)
_YEARS = re.compile(r"((?:19|20)\d\d)年?[—–\-~至－]+((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


class Heading(NamedTuple):
    """The names of plan and table, empty where nothing is printed, and the day of issue."""

    plan: str
    table: str
    issued: date | None

    @property
    def years(self) -> Years | None:
        """The years that the plan's title names, or its one year."""
        if found := _YEARS.search(self.plan):
            first, last = int(found[1]), int(found[2])
            return Years(first, last) if first <= last else None
        one = set(_YEAR.findall(self.plan))
        return Years(int(next(iter(one))), int(next(iter(one)))) if len(one) == 1 else None

    @property
    def context(self) -> Context:
        """What the schedules of the table are read against."""
        return Plan(self.plan, self.table, self.years, self.issued).context


def read(above: list[str], title: str | None = None) -> Heading:
    """Read the lines above a table; ``title`` is the plan's, where the user has said it."""
    lines = ["".join(line.split()).lstrip("#").strip("*") for line in above]
    issued = next(filter(None, (_issued(line) for line in lines)), None)
    for pattern, text in ((_QUOTED, "".join(lines)), *((_NAMED, line) for line in lines)):
        found = pattern.search(text) if pattern is _QUOTED else pattern.fullmatch(text)
        if found:
            return Heading(title or found["plan"], _without_date(found["table"] or ""), issued)
    return Heading(title or "", "", issued)


def _issued(line: str) -> date | None:
    """Read a line that is a day and little else: （2024年5月6日印发）."""
    bare = line.strip("()（）")
    match = _ISSUED.fullmatch(bare)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None


def _without_date(table: str) -> str:
    return re.sub(r"[(（](?:19|20)\d\d年[^()（）]*[)）].*$", "", table)
