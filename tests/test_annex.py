"""tasks.yaml holds the official table, cell by cell, and the register of departments.

The table is read here from the annex itself, by a small parser that shares nothing with chengguo:
a mistake in the reader must not be able to hide a mistake in the registry.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from chengguo import load

TESTS = Path(__file__).resolve().parent
ANNEX_TEXT = (TESTS / "annex.txt").read_text(encoding="utf-8")
DEPARTMENTS_TEXT = (TESTS / "departments.tsv").read_text(encoding="utf-8")
REGISTRY = load(TESTS.parent / "tasks.yaml")

HEADING = re.compile(r"《(?P<plan>[^《》]+)》(?P<table>\S+)")
YEARS = re.compile(r"\((?P<first>\d{4})—(?P<last>\d{4})\)$")
COLUMNS = ["重点任务", "重点任务主要内容", "责任部门", "配合部门", "计划进度"]
SECTION = re.compile(r"\((?P<id>[一二三四五六七八九十])\)(?P<title>\S+)")
TASK = re.compile(r"(?P<id>[1-9]\d*)\. (?P<title>\S+)")
PARAGRAPH = re.compile(r"\S+。")
DEPARTMENT = re.compile(r"[\u4e00-\u9fff]+")
DATED = re.compile(r"20\d\d 年底")
ONGOING = "持续推进"
GROUP_MARK = "(group:"


class UnknownShape(ValueError):
    """The source holds something that its parser does not know, and must not guess at."""

    def __init__(self, part: str, text: str) -> None:
        super().__init__(f"{part}: {text!r}")


@dataclass(frozen=True, slots=True)
class Section:
    """A section row: (一) and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """The four cells of a row beside the task, the content as its paragraphs."""

    paragraphs: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task and its rows, gathered across pages."""

    id: int
    section: str
    title: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Annex:
    """The whole annex."""

    plan: str
    table: str
    sections: list[Section]
    tasks: list[Task]

    @property
    def items(self) -> dict[str, Item]:
        """Every row under its address, such as 3.2: rows count from 1 within their task."""
        return {
            f"{task.id}.{number}": item
            for task in self.tasks
            for number, item in enumerate(task.items, start=1)
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of departments.tsv, with None for what the line leaves empty."""

    name: str
    full: str | None
    aliases: tuple[str, ...]
    group: bool
    successor: str | None
    until: str | None


def without_space(text: str) -> str:
    """Drop white space: in Chinese text it is an accident of the typesetting."""
    return "".join(text.split())


def match(pattern: re.Pattern[str], part: str, text: str) -> re.Match[str]:
    """Match the whole text or fail, so that nothing is passed over in silence."""
    found = pattern.fullmatch(text)
    if found is None:
        raise UnknownShape(part, text)
    return found


def read_annex(text: str) -> Annex:
    """Read the annex: its label, its heading, then the pages of one table, a blank line apart."""
    label, heading, *pages = text.strip("\n").split("\n\n")
    if label != "附件" or not pages:
        raise UnknownShape("beginning", label)
    # The heading breaks its line inside the title; the break left a space behind.
    found = match(HEADING, "heading", without_space(heading))
    annex = Annex(found["plan"], found["table"], [], [])
    for page in pages:
        read_page(page, annex)
    return annex


def read_page(page: str, annex: Annex) -> None:
    """Read a page: every one repeats the names of the columns."""
    header, *rows = (line.split("\t") for line in page.split("\n"))
    if header != COLUMNS:
        raise UnknownShape("names of the columns", page)
    for row in rows:
        read_row(row, annex)


def read_row(row: list[str], annex: Annex) -> None:
    """Read a row: a section stands alone in its row, an item fills every cell beside the task."""
    match row:
        case [section, "", "", "", ""]:
            annex.sections.append(read_section(section, len(annex.sections)))
        case [task, content, lead, support, schedule]:
            item = Item(
                read_paragraphs(content),
                read_departments(lead),
                read_departments(support),
                read_schedule(schedule),
            )
            find_task(task, annex).items.append(item)
        case _:
            raise UnknownShape("row", "\t".join(row))


def read_section(cell: str, before: int) -> Section:
    """Read a section: they are numbered without gaps, so a lost one is noticed."""
    found = match(SECTION, "section", cell)
    if found["id"] != "一二三四五六七八九十"[before]:
        raise UnknownShape("order of the sections", cell)
    return Section(found["id"], found["title"])


def find_task(cell: str, annex: Annex) -> Task:
    """Find the task of a row: a page break repeats the cell or empties it, as a tall cell does."""
    section = annex.sections[-1].id if annex.sections else ""
    last = annex.tasks[-1] if annex.tasks else Task(0, "", "", [])
    if cell in ("", f"{last.id}. {last.title}"):
        task = last
    else:
        found = match(TASK, "task", cell)
        task = Task(int(found["id"]), section, found["title"], [])
        if task.id != last.id + 1:
            raise UnknownShape("order of the tasks", cell)
        annex.tasks.append(task)
    if not section or task.section != section:
        raise UnknownShape("task outside its section", cell)
    return task


def read_paragraphs(cell: str) -> tuple[str, ...]:
    """Read a content: a full stop and a space are where the printed cell began a new paragraph."""
    paragraphs = tuple(re.split(r"(?<=。) ", cell))
    for paragraph in paragraphs:
        match(PARAGRAPH, "paragraph", paragraph)
    return paragraphs


def read_departments(cell: str) -> tuple[str, ...]:
    """Read the departments of a cell: none is empty, none is named twice."""
    names = tuple(cell.split("、"))
    for name in names:
        match(DEPARTMENT, "department", name)
    if len(set(names)) != len(names):
        raise UnknownShape("department named twice", cell)
    return names


def read_schedule(cell: str) -> str:
    """Read a schedule: the annex knows the end of a year and standing work, nothing else."""
    return cell if cell == ONGOING else match(DATED, "schedule", cell).group()


def read_register(text: str) -> list[Entry]:
    """Read departments.tsv."""
    header, *lines = text.rstrip("\n").split("\n")
    if header.split("\t") != ["name", "full", "aliases", "successor", "until"]:
        raise UnknownShape("names of the columns", header)
    return [read_entry(line) for line in lines]


def read_entry(line: str) -> Entry:
    """Read a department. A group has a remark where others have their full name."""
    cells = line.split("\t")
    if len(cells) != 5 or not cells[0] or not cells[1]:
        raise UnknownShape("department", line)
    name, full, aliases, successor, until = cells
    group = full.startswith(GROUP_MARK)
    return Entry(
        name=name,
        full=None if group else full,
        aliases=tuple(aliases.split("、")) if aliases else (),
        group=group,
        successor=successor or None,
        until=until or None,
    )


ANNEX = read_annex(ANNEX_TEXT)
REGISTER = read_register(DEPARTMENTS_TEXT)
ITEMS = {f"{task.id}.{item.id}": item for task in REGISTRY.tasks for item in task.items}
every_item = pytest.mark.parametrize("address", ANNEX.items)


# What the sources say, so that a parser that reads too little cannot agree with the registry.


def test_annex_holds_four_sections_fifteen_tasks_and_twenty_four_items() -> None:
    assert len(ANNEX.sections) == 4
    assert [task.id for task in ANNEX.tasks] == list(range(1, 16))
    assert len(ANNEX.items) == 24


def test_annex_has_several_items_for_five_tasks() -> None:
    several = {task.id: len(task.items) for task in ANNEX.tasks if len(task.items) > 1}
    assert several == {3: 5, 6: 2, 7: 2, 8: 3, 11: 2}


def test_annex_names_one_department_in_twenty_three_items() -> None:
    name = "市科委"
    assert sum(name in item.lead for item in ANNEX.items.values()) == 20
    assert sum(name in item.support for item in ANNEX.items.values()) == 3


def test_annex_dates_one_half_of_the_items() -> None:
    schedules = [item.schedule for item in ANNEX.items.values()]
    assert sum(DATED.fullmatch(schedule) is not None for schedule in schedules) == 12
    assert schedules.count(ONGOING) == 12


def test_annex_loses_no_character() -> None:
    """Every cell of the text is found again in what was read, put together in its order."""
    cells = [
        cell
        for task in ANNEX.tasks
        for item in task.items
        for cell in (
            " ".join(item.paragraphs),
            "、".join(item.lead),
            "、".join(item.support),
            item.schedule,
        )
    ]
    lines = [line.split("\t") for line in ANNEX_TEXT.split("\n")]
    rows = [line[1:] for line in lines if line != COLUMNS and any(line[1:])]
    assert cells == [cell for row in rows for cell in row]


def test_both_sources_name_the_same_departments() -> None:
    used = {name for item in ANNEX.items.values() for name in item.lead + item.support}
    assert used == {entry.name for entry in REGISTER}


def test_register_holds_twenty_four_departments_and_one_group() -> None:
    assert len(REGISTER) == 24
    assert [entry.name for entry in REGISTER if entry.group] == ["各相关区政府"]


# What the parser refuses.


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("附件\n", "附表\n", "beginning"),
        ("《上海市", "上海市", "heading"),
        ("\t配合部门\t计划进度", "\t计划进度\t配合部门", "names of the columns"),
        ("(二)", "(三)", "order of the sections"),
        ("(二)", "二、", "section"),
        ("5. 积极", "5.积极", "task"),
        ("5. 积极", "6. 积极", "order of the tasks"),
        ("3. 充分释放企业科技成果转移转化需求\t大力", "3. 充分\t大力", "order of the tasks"),
        ("4. 加快建立科技成果信息共享与发布系统", "", "task outside its section"),
        ("(一)增强科技成果转移转化主体内生动力\t\t\t\t\n", "", "task outside its section"),
        ("市财政局\t市教委\t2018 年底", "市财政局\t市教委 2018 年底", "row"),
        ("\t2017 年底", "\t2017 年底\t", "row"),
        ("\t2017 年底", "\t2017年底", "schedule"),
        ("\t2017 年底", "\t", "schedule"),
        ("最大限度地对外开放。 健全", "最大限度地对外开放; 健全", "paragraph"),
        ("机构。 鼓励组建", "机构。  鼓励组建", "paragraph"),
        ("\t市教委、市财政局\t", "\t市教委,市财政局\t", "department"),
        ("\t市教委、市财政局\t", "\t市教委、\t", "department"),
        ("\t市教委、市财政局\t", "\t\t", "department"),
        ("\t市教委、市财政局\t", "\t市教委、市教委\t", "department named twice"),
    ],
)
def test_parser_refuses_a_shape_it_does_not_know(old: str, new: str, part: str) -> None:
    assert old in ANNEX_TEXT
    with pytest.raises(UnknownShape, match=f"^{part}: "):
        read_annex(ANNEX_TEXT.replace(old, new, 1))


# What the registry says.


def test_registry_has_no_findings() -> None:
    assert REGISTRY.findings == ()


def test_plan_and_table_are_named_as_in_the_heading() -> None:
    assert REGISTRY.plan.title == ANNEX.plan
    assert REGISTRY.plan.table == ANNEX.table


def test_plan_runs_through_the_years_of_its_title() -> None:
    years = REGISTRY.plan.years
    found = YEARS.search(ANNEX.plan)
    assert years is not None
    assert found is not None
    assert (years.first, years.last) == (int(found["first"]), int(found["last"]))


def test_sections_are_those_of_the_annex() -> None:
    assert [Section(section.id, section.title) for section in REGISTRY.sections] == ANNEX.sections


def test_tasks_are_those_of_the_annex() -> None:
    expected = [(task.id, task.section, task.title) for task in ANNEX.tasks]
    assert [(task.id, task.section, task.title) for task in REGISTRY.tasks] == expected


def test_items_are_numbered_in_the_order_of_the_annex() -> None:
    addresses = [f"{task.id}.{item.id}" for task in REGISTRY.tasks for item in task.items]
    assert addresses == list(ANNEX.items)


@every_item
def test_content_is_worded_as_in_the_annex(address: str) -> None:
    expected = "".join(ANNEX.items[address].paragraphs)
    assert without_space(ITEMS[address].content) == expected


@every_item
def test_content_has_a_line_for_each_paragraph(address: str) -> None:
    lines = [without_space(line) for line in ITEMS[address].content.split("\n")]
    assert lines == list(ANNEX.items[address].paragraphs)


@every_item
def test_departments_stand_in_the_official_order(address: str) -> None:
    assert ITEMS[address].lead == ANNEX.items[address].lead
    assert ITEMS[address].support == ANNEX.items[address].support


@every_item
def test_schedule_is_worded_as_in_the_annex(address: str) -> None:
    assert ITEMS[address].schedule.wording == ANNEX.items[address].schedule


@every_item
def test_status_is_pending(address: str) -> None:
    """The annex assigns and dates the work; it reports nothing of it."""
    assert ITEMS[address].status.value == "pending"


def test_register_is_that_of_departments_tsv() -> None:
    entries = [
        Entry(
            name=department.name,
            full=department.full,
            aliases=department.aliases,
            group=department.group,
            successor=department.successor,
            until=department.until,
        )
        for department in REGISTRY.departments
    ]
    assert entries == REGISTER
