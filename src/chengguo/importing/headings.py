"""What stands above a table: the title of the plan and of the table, the day of issue, the years."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from chengguo.model import Context, Plan, Years
from chengguo.text.widths import narrowed

_TABLE = (
    "(?:重点|主要)?(?:工作)?(?:任务|责任|工作|要点)"
    "(?:任务|责任|工作|目标|部门|分工|分解|落实|进度|清单|台账|安排|及|与|和|一览|措施)*表?"
)
_BRACKET = r"(?:[(（][^()（）]*[)）])?"
_ANNEX = r"(?:附(?:件|表)?\d*[:：]?)?"
# 印发《…》, 《…》任务分工表, or a line that begins with 《.
_QUOTED = re.compile(
    rf"(?:^{_ANNEX}|印发)《(?P<plan>[^《》]+)》(?P<table>[^《》]*)|《(?P<plan2>[^《》]+)》(?P<table2>{_TABLE}{_BRACKET})"
)
_ANY_QUOTED = re.compile(r"《(?P<plan>[^《》]+)》(?P<table>[^《》]*)")
_DOCUMENT = (
    "(?:方案|措施|通知|意[见見]|要[点點]|[办辦]法|[计計][划劃]|[规規][划劃定]|[条條]例|[决決]定"
    "|[纲綱]要|[报報]告)"
)
# A document that carries out another, whose title it quotes, is the plan itself; one that issues it is not.
_QUOTING = re.compile(
    rf"{_ANNEX}(?P<plan>[^《》]*[关關][于於](?:[贯貫][彻徹]|落[实實]|[执執]行|[实實]施|分解)[^《》]*《[^《》]+》"
    rf"[^《》]*{_DOCUMENT}{_BRACKET})"
)
# The number of a document, 国发〔2020〕6号: its year may be another than that of the plan.
_NUMBER = re.compile(r"[^\W\d_]{1,12}[〔\[(（【](?P<year>(?:19|20)\d\d)[〕\])）】]第?\d+[号號]")
_NAMED = re.compile(
    rf"{_ANNEX}(?P<plan>.+?{_DOCUMENT}{_BRACKET})"
    rf"(?P<table>(?:{_TABLE})?{_BRACKET})"
)
# A table whose title names no plan: 重点任务 and the like belong to what is planned, the words behind do not.
_KINDS = "分工|分解|推进|进度|计划|落实|责任|任务|安排|实施|措施|目标|清单|台账|台帐|一览|情况|汇总|及|与|和"
_TABLED = re.compile(
    rf"{_ANNEX}(?P<plan>.+?)(?P<table>(?<!重点)(?<!主要)"
    rf"(?:(?:{_KINDS})*(?:分工|分解|清单|台账|台帐|一览)表?|(?:{_KINDS})+表){_BRACKET})"
)
# The title of a plan in English.
_ENGLISH = re.compile(
    r"(?=[ -~]{8,150}$).*\b(?:plan|strategy|programme?|roadmap|agenda|framework|policy|matrix)\b.*",
    re.IGNORECASE,
)
# A title that says of what it is on the line above: 某区2023年重点工作, and 任务分解和责任分工方案.
_GOING_ON = re.compile(rf"(?:重点|主要|工作|{_KINDS})+{_DOCUMENT}")
_ISSUED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:起?(?:印发|发布|公布|下发|发文))?"
)
_DATED = re.compile(
    r"(?:印发|发布|成文|发文|公布)(?:日期|时间|日)?[:：]?(?P<after>\d{4}[-./年]\d{1,2}[-./月]\d{1,2})日?"
    r"|(?P<before>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:起?(?:印发|发布|公布|下发|发文))"
)
# When a page was put up, which may be later than the day of issue.
_PUBLISHED = re.compile("(?:发布|公布)(?:日期|时间|日)")
_TABLE_ALONE = re.compile(rf"{_TABLE}{_BRACKET}")
_LONGEST_LINE = 100  # characters of one with a title
_SHORTEST_PLAN = 4  # characters: 任务 and 重点工作 name no plan
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEARS = re.compile(r"((?:19|20)\d\d)年?[—–\-~至－]+((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# What is no title though it stands on top: 单位：…, a sentence, a number of a page, a section.
_NO_TITLE = re.compile(
    rf".*[。；;：:].*|{_ANNEX}|[—\-\d\s]+|[(（].*|[一二三四五六七八九十]+、.*|.{{0,3}}|.{{61,}}"
)


class Said(NamedTuple):
    """What the user says of the plan, which goes before what is printed: its title, year and day of issue."""

    title: str | None = None
    year: int | None = None
    issued: date | None = None


class Heading(NamedTuple):
    """The names of plan and table, empty where nothing is printed, and the day of issue.

    ``guessed`` tells that the title is only a line that stood on top, or the name of the file; ``until`` is
    the year that the schedules reach to, where that is beyond those of the title; ``year`` is the one that
    the user has said.
    """

    plan: str
    table: str
    issued: date | None
    guessed: bool = False
    until: int = 0
    year: int = 0

    @property
    def years(self) -> Years | None:
        """The years, or the one, that a title names, up to the year that schedules reach to."""
        named = self._named_years()
        return Years(named.first, max(named.last, self.until)) if named else None

    def _named_years(self) -> Years | None:
        if self.year:
            return Years(self.year, self.year)
        return next(filter(None, map(_years, (self.plan, self.table))), None)

    @property
    def context(self) -> Context:
        """What the schedules of the table are read against."""
        return _context(self)


@lru_cache(maxsize=8)  # each row asks for that of its table
def _context(heading: Heading) -> Context:
    return Plan(heading.plan, heading.table, heading.years, heading.issued).context


def _years(title: str) -> Years | None:
    """Read the years that a title names, or its one year; None where it names none, or several."""
    title = narrowed(title).translate(_CHINESE_DIGITS)
    if found := _YEARS.search(title):
        first, last = int(found[1]), int(found[2])
        return Years(first, last) if first <= last else None
    one = set(_YEAR.findall(title))
    return Years(int(next(iter(one))), int(next(iter(one)))) if len(one) == 1 else None


def line(text: str) -> str:
    """Return a text on one line: white space parts English words, and is the typesetter's in Chinese."""
    return " ".join(text.split()) if text.isascii() else "".join(text.split())


def as_they_are(titles: Sequence[str], said: Said) -> Heading | None:
    """Return the heading that the titles of an export are: of the plan, and of the table; None for others."""
    if not 1 <= len(titles) <= 2:  # noqa: PLR2004 - somebody wrote lines more
        return None
    plan, *table = titles
    return Heading(said.title or plan, "".join(table), said.issued, year=said.year or 0)


def read_heading(above: list[str], said: Said = Said(), file: str = "") -> Heading:  # noqa: B008 - it never changes
    """Read the lines above a table; what the user has said goes before them.

    Where no line is a title, the name of the file is.
    """
    found = _read(above, said.title, file)
    return found._replace(issued=said.issued or found.issued, year=said.year or 0)


def _read(above: list[str], title: str | None, file: str) -> Heading:
    lines = [text for text in map(_bare, above) if not _NUMBER.fullmatch(text)]
    issued = next(filter(None, map(_issued, sorted(lines, key=_is_published))), None)
    plan, table = _named(lines) or ("", "")
    if plan or title:
        return Heading(title or plan, _without_date(table), issued)
    top = next((text for text in lines if text and not _NO_TITLE.fullmatch(text)), "")
    plan, table = (top, "") if top else (_named([file]) or (file, ""))
    return Heading(plan, table, issued, guessed=True)


def published(above: Iterable[str]) -> str:
    """Return the line of the day of issue where it says only when a page was put up; else ""."""
    lines = [text for text in sorted(map(_bare, above), key=_is_published) if _issued(text)]
    return lines[0] if lines and _is_published(lines[0]) else ""


def _is_published(text: str) -> bool:
    """True if a line says when a page was put up, and no other day."""
    return all(_PUBLISHED.match(found[0]) for found in _DATED.finditer(text)) and bool(_DATED.search(text))


def document_numbers(above: Iterable[str]) -> Iterator[tuple[int, str, int]]:
    """Yield which lines above a table are or hold the number of a document, that number and its year."""
    for place, text in enumerate(map(_bare, above)):
        if found := _NUMBER.search(text):
            yield place, found[0], int(found["year"])


def _bare(text: str) -> str:
    return line(text).lstrip("#").strip("* ")


def _named(lines: list[str]) -> tuple[str, str] | None:
    """Find the title of the plan and of the table, the surest way first."""
    if quoting := next(filter(None, map(_QUOTING.fullmatch, lines)), None):
        return quoting["plan"], ""
    if found := _QUOTED.search("".join(lines)):
        plan = found["plan"] or found["plan2"]
        return _with_year(plan, lines), _table(found["table"] or found["table2"] or "")
    if english := next(filter(_ENGLISH.fullmatch, lines), ""):
        return english, ""
    if titled := _titled(lines):
        return titled
    found = _ANY_QUOTED.search("".join(lines))
    return (_with_year(found["plan"], lines), _table(found["table"])) if found else None


def _titled(lines: list[str]) -> tuple[str, str] | None:
    """Find the title of the plan, and of the table in the same line or in the next one."""
    for place, line in enumerate(lines):
        found = (_NAMED.fullmatch(line) or _TABLED.fullmatch(line)) if len(line) <= _LONGEST_LINE else None
        if found is None:
            continue
        above = _title_above(lines[:place])
        if above and _GOING_ON.fullmatch(line):
            return above + line, ""
        if above and len(found["plan"]) <= _SHORTEST_PLAN:
            return above, line  # 某市2025年重点工作, and 任务分解表 under it
        return found["plan"], found["table"] or _table_below(lines[place + 1 :])
    return None


def _table_below(lines: list[str]) -> str:
    """Return the line right under the title of a plan where it names its table and nothing else, else ""."""
    first = next(filter(None, lines), "")
    return first if _TABLE_ALONE.fullmatch(first) else ""


def _title_above(lines: list[str]) -> str:
    """Return the last line that may be a title; "" where none is."""
    return next((line for line in reversed(lines) if line and not _NO_TITLE.fullmatch(line)), "")


def _with_year(plan: str, lines: list[str]) -> str:
    """Return the title with the year that a line has before its quotes: 某市2025年《政府工作报告》."""
    pattern = re.compile(
        rf"{_ANNEX}(?P<whole>[\u4e00-\u9fff]{{0,15}}(?:19|20)\d\d年度?《{re.escape(plan)}》)"
    )
    found = next(filter(None, map(pattern.match, lines)), None)
    return found["whole"] if found and not _YEAR.search(plan) else plan


def _table(behind: str) -> str:
    """Return the name of a table that stands behind the plan's: up to 的通知, or a stop."""
    return re.split("的?通知|[，,：:；;。]", behind)[0]


def _issued(line: str) -> date | None:
    """Read a line that is a day and little else: （2024年5月6日印发）."""
    bare = line.strip("()（）")
    match = _ISSUED.fullmatch(bare)
    days = sorted(_DATED.finditer(bare), key=lambda found: bool(_PUBLISHED.match(found[0])))
    said = days[0] if days and match is None else None
    parts = [match["year"], match["month"], match["day"]] if match else []
    if said:
        parts = re.findall(r"\d+", said["after"] or said["before"])
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _without_date(table: str) -> str:
    """Return the title of a table without the day of issue behind it; a year is a part of the title."""
    return re.sub(r"[(（](?:19|20)\d\d年[^()（）年度版]+[)）].*$", "", table)
