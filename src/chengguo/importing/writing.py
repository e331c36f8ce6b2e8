"""A draft to the text of a registry, proved by reading it back."""

from chengguo.checks import dates
from chengguo.checks.rules import check
from chengguo.errors import Refused
from chengguo.importing.drafts import Draft, DraftItem, DraftTask
from chengguo.language import _
from chengguo.model import Registry
from chengguo.registry.reading import Document, read
from chengguo.text.scalars import written
from chengguo.text.source import Source
from chengguo.text.visible import is_unseen, visible_line

# What the wording itself may be found guilty of: it stays as printed, and the draft has its doubt.
_OF_THE_WORDING = frozenset(
    {dates.UNREADABLE_WORDING, dates.DOUBTFUL_WORDING, dates.DUE_OUTSIDE_PLAN, dates.NO_DAY}
)


def write(draft: Draft, name: str) -> Document:
    """Write the registry, and give it as it reads back.

    Raises ``Refused`` where that is not the draft, or not sound.
    """
    heading = draft.heading
    lines = ["format: 1", "", "plan:", f"  title: {written(heading.plan)}"]
    lines += [f"  table: {written(heading.table)}"] if heading.table else []
    lines += [f"  years: {heading.years}"] if heading.years else []
    lines += [f"  issued: {heading.issued}"] if heading.issued else []
    lines += ["", "# The only names that items may use, as the table writes them.", "departments:"]
    for unit in draft.departments.values():
        lines += [f"  {written(unit.name)}:"]
        lines += [f"    aliases: [{', '.join(map(written, unit.aliases))}]"] if unit.aliases else []
        lines += ["    group: true"] if unit.group else []
    lines += ["", "sections:"]
    lines += [f"  {written(key)}: {written(title)}" for key, title in draft.sections.items()]
    lines += ["", "tasks:", *"\n\n".join("\n".join(_task(task)) for task in draft.tasks).split("\n")]
    document = check(read(Source(name, "\n".join(lines) + "\n")))
    _prove(draft, document.registry)
    return document


def _task(task: DraftTask) -> list[str]:
    head = [
        f"- id: {task.id}",
        f"  section: {written(task.section)}",
        f"  title: {written(task.title)}",
        "  items:",
    ]
    return [*head, *(line for number, item in enumerate(task.items, 1) for line in _item(number, item))]


def _item(number: int, item: DraftItem) -> list[str]:
    support = [f"    support: [{', '.join(map(written, item.support))}]"] if item.support else []
    return [
        f"  - id: {number}",
        *content(item.content),
        *(f"    # 原文 / as printed: {visible_line(cell)}" for cell in item.printed),
        f"    lead: [{', '.join(map(written, item.lead))}]",
        *support,
        f"    schedule: {written(item.schedule)}",
        "    status: pending",
    ]


def content(text: str) -> list[str]:
    """Write a content as a block, a line a paragraph; one with unseen characters in quotes, escaped."""
    if any(map(is_unseen, text)):
        return [f"    content: {written(text)}"]
    return ["    content: |-", *(f"      {line}" for line in text.split("\n"))]


def _prove(draft: Draft, registry: Registry) -> None:
    """Hold what was read back against the draft and the rules."""
    read_back = [
        (task.id, task.section, task.title, item.content, item.lead, item.support, item.schedule.wording)
        for task in registry.tasks
        for item in task.items
    ]
    drafted = [
        (task.id, task.section, task.title, item.content, item.lead, item.support, item.schedule)
        for task in draft.tasks
        for item in task.items
    ]
    wrong = [finding for finding in registry.findings if finding.check not in _OF_THE_WORDING]
    if wrong or read_back != drafted:
        reason = wrong[0].message if wrong else _("it does not read back as it was read")
        raise Refused(
            _("the registry would not be sound: {reason}").format(reason=reason), _("Nothing was written.")
        )
