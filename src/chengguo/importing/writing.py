"""A draft to the text of a registry, proved by reading it back."""

from chengguo.checks import dates
from chengguo.checks.departments import NAME_ACTED_ON
from chengguo.checks.rules import check
from chengguo.departments.cells import Unit
from chengguo.errors import Refused
from chengguo.importing.drafts import Draft, DraftItem, DraftTask
from chengguo.language import _
from chengguo.model import Registry
from chengguo.model.status import Status
from chengguo.registry import writing
from chengguo.registry.documents import Document
from chengguo.registry.reading import read_registry
from chengguo.registry.writing import Value, Values, WrittenHead, WrittenItem, WrittenTask
from chengguo.text.source import Source
from chengguo.text.visible import visible_line

# What the wording itself may be found guilty of: it stays as printed. Of a schedule the draft has a doubt; of
# a name, Women's Federation or R&D Office, validate warns.
_OF_THE_WORDING = frozenset(
    {
        *(dates.UNREADABLE_WORDING, dates.DOUBTFUL_WORDING, dates.DUE_OUTSIDE_PLAN, dates.NO_DAY),
        NAME_ACTED_ON,
    }
)

AS_PRINTED = "原文 / as printed: "  # begins a comment above departments whose cell says more than their names


def write(draft: Draft, name: str) -> Document:
    """Write the registry, and give it as it reads back.

    Raises ``Refused`` where that is not the draft, or not sound.
    """
    heading = draft.heading
    head = WrittenHead(
        _filled(
            title=heading.plan,
            table=heading.table,
            years=str(heading.years or ""),
            issued=str(heading.issued or ""),
        ),
        {unit.name: department(unit) for unit in draft.departments.values()},
        {
            key: _filled(title=section.title, **{"in": section.upper})
            for key, section in draft.sections.items()
        },
        columns=draft.columns,
    )
    text = writing.registry(head, [_task(task) for task in draft.tasks])
    document = check(read_registry(Source(name, text)))
    _prove(draft, document.registry)
    return document


def department(unit: Unit) -> Values:
    """Return what the register says of a department."""
    return _filled(aliases=unit.aliases, group="true" if unit.group else "")


def _task(task: DraftTask) -> WrittenTask:
    values = {"id": str(task.id), "section": task.section, "title": task.title}
    return WrittenTask(values, [*map(_item, task.items)])


def _item(item: DraftItem) -> WrittenItem:
    values = {
        "id": str(item.number),
        "content": item.content,
        "lead": item.lead,
        **_filled(support=item.support, extra=dict(item.extra)),
        "schedule": item.schedule,
        "status": Status.PENDING.value,
    }
    printed = [AS_PRINTED + visible_line(cell) for cell in item.printed]
    return WrittenItem(values, {"lead": printed})


def _filled(**values: Value) -> dict[str, Value]:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value}


def _prove(draft: Draft, registry: Registry) -> None:
    """Hold what was read back against the draft and the rules."""
    read_back = [
        (
            *(task.id, task.section, task.title),
            *(item.id, item.content, item.lead, item.support, item.schedule.wording, dict(item.extra)),
        )
        for task in registry.tasks
        for item in task.items
    ]
    drafted = [
        (
            *(task.id, task.section, task.title),
            *(item.number, item.content, item.lead, item.support, item.schedule, dict(item.extra)),
        )
        for task in draft.tasks
        for item in task.items
    ]
    wrong = [finding for finding in registry.findings if finding.check not in _OF_THE_WORDING]
    if wrong or read_back != drafted:
        reason = wrong[0].message if wrong else _("it does not read back as it was read")
        raise Refused(
            _("the registry would not be sound: {reason}").format(reason=reason), _("Nothing was written.")
        )
