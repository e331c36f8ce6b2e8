"""Structure: every id is there once, and nothing that should hold something is empty."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chengguo.checks.subject import Rule, Subject
from chengguo.language import N_, _
from chengguo.text.findings import Check, Finding

if TYPE_CHECKING:
    from chengguo.model import Item, Task

ID_TWICE = Check(
    "T601",
    N_("an id used twice"),
    N_("Two items under one address: a report on one would be recorded on the other."),
    wrong="- id: 4\n  section: 一\n  title: 另一任务\n  items:\n"
    "  - {id: 1, content: 另一事项。, lead: [市科委], schedule: 2019 年底, status: pending}\n",
    right="",
)


def distinct_ids(subject: Subject) -> Iterator[Finding]:
    """No two tasks have one id, and no two items of a task."""
    tasks: dict[int, Task] = {}
    items: dict[str, Item] = {}
    hint = _("Give the newer one an id that is free; addresses must not change.")
    for task in subject.registry.tasks:
        first = tasks.setdefault(task.id, task)
        if task.id and first is not task:
            message = _("task {id} stands twice").format(id=task.id)
            yield Finding(ID_TWICE, task.places["id"][0], message, hint, str(task.id), first.places["id"])
        for item in task.items if first is task else ():
            twin = items.setdefault(item.address, item)
            if item.id and twin is not item:
                message = _("item {id} stands twice in task {task}").format(id=item.id, task=task.id)
                yield Finding(ID_TWICE, item.places["id"][0], message, hint, item.address, twin.places["id"])


SECTION_WITHOUT_TASKS = Check(
    "T602",
    N_("a section without tasks"),
    N_("Its tasks have lost their section, or the section is left over."),
    wrong="  一: 增强主体内生动力\n  二: 建立信息库\n",
    right="  一: 增强主体内生动力\n",
)


def used_sections(subject: Subject) -> Iterator[Finding]:
    """Every section has a task."""
    used = {task.section for task in subject.registry.tasks}
    used |= {section.upper for section in subject.registry.sections if section.id in used}
    for section in subject.registry.sections:
        if section.id not in used:
            message = _("section '{section}' has no task").format(section=section.id)
            yield Finding(
                SECTION_WITHOUT_TASKS,
                section.span,
                message,
                _("Delete the section, or give its tasks this section."),
            )


TASK_WITHOUT_ITEMS = Check(
    "T603",
    N_("a task without items"),
    N_("A key task without a row has no department and no date: nobody will do it."),
    wrong="- {id: 5, section: 一, title: 另一任务, items: []}\n",
    right="",
)


def tasks_with_items(subject: Subject) -> Iterator[Finding]:
    """Every task has an item."""
    for task in subject.registry.tasks:
        if not task.items and "items" in task.places:
            hint = _("A task of one row has one item, with id 1.")
            yield Finding(
                TASK_WITHOUT_ITEMS, task.places["items"][0], _("the task has no item"), hint, str(task.id)
            )


RULES = (
    Rule(distinct_ids, (ID_TWICE,), is_of_whole=True),
    Rule(used_sections, (SECTION_WITHOUT_TASKS,), is_of_whole=True),
    Rule(tasks_with_items, (TASK_WITHOUT_ITEMS,)),
)
