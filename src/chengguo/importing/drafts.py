"""What is made of a table before it is written: tasks, their rows, departments, and every doubt."""

from typing import NamedTuple

from chengguo.departments.cells import Unit
from chengguo.importing.headings import Heading
from chengguo.model import Column, Extra


class Doubt(NamedTuple):
    """What was not certain of a cell: the line its row begins on, its column from 1, and why.

    ``table`` names the sheet or counts the table, where a file has several.
    """

    line: int
    column: int
    why: str
    table: str = ""


class DraftItem(NamedTuple):
    """A row as it will be written. ``printed`` holds the cells of departments that say more than names.

    ``extra`` is what stands in the columns of the office's own, ``table`` says where the row stands, and
    ``lines`` which lines its cells stand on, where those are several. ``number`` is its own in the task.
    """

    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    schedule: str
    line: int
    printed: tuple[str, ...] = ()
    extra: Extra = ()
    table: str = ""
    lines: tuple[int, ...] = ()
    number: int = 1


class DraftSection(NamedTuple):
    """The title of a section, and the id of the one that it is a part of, if any."""

    title: str
    upper: str = ""


class DraftTask(NamedTuple):
    """A task and its rows so far."""

    id: int
    section: str
    title: str
    items: list[DraftItem]


class Draft(NamedTuple):
    """All that will be written, and what was doubtful. ``departments`` are known by their folded names.

    ``notes`` tell what was made of the table as a whole, and concern no cell. ``columns`` are those that
    the table has beside the known ones, ``shapes`` the names of what its rows were read as, in order, and
    ``printed`` the numbers of tasks and addresses of items that the table has so.
    """

    heading: Heading
    sections: dict[str, DraftSection]
    tasks: list[DraftTask]
    departments: dict[str, Unit]
    doubts: list[Doubt]
    notes: list[str]
    columns: list[Column]
    shapes: tuple[str, ...] = ()
    printed: frozenset[str] = frozenset()

    @property
    def items(self) -> list[DraftItem]:
        """Every row, in order."""
        return [item for task in self.tasks for item in task.items]

    @property
    def last(self) -> DraftItem | None:
        """The last row, None before the first."""
        return self.tasks[-1].items[-1] if self.tasks else None
