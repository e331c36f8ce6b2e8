"""The command that adds a task or an item, from options or from what is asked on a terminal."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from chengguo.cli import completion
from chengguo.cli.days import day_to_come
from chengguo.cli.declared import Commands, Context, Option, taking
from chengguo.cli.lists import split
from chengguo.cli.options import Writing, day_option, department_option
from chengguo.cli.registering import carry_out
from chengguo.errors import UnknownTask, WrongUsage
from chengguo.language import N_, _, listed
from chengguo.registry.documents import Document

if TYPE_CHECKING:
    from chengguo.model import Registry
    from chengguo.registry.writing import Value

app = Commands()


class Wanted(NamedTuple):
    """What is to be added, as the table has it; a ``task`` that there is gets an item, else one is made."""

    task: int | None = None
    section: str | None = None
    title: str | None = None
    content: str | None = None
    lead: str | None = None
    support: str | None = None
    schedule: str | None = None
    due: date | None = None

    @property
    def missing(self) -> list[str]:
        """The fields that must be there and are not, or are blank."""
        needed = ["content", "lead", "schedule"] + ([] if self.task else ["section", "title"])
        return [name for name in self._fields if name in needed and not (getattr(self, name) or "").strip()]


_ASKED = {
    "section": N_("Section (its id or title)"),
    "title": N_("Title of the task"),
    "content": N_("What is to be done"),
    "lead": N_("Lead departments, with commas between"),
    "support": N_("Supporting departments, with commas between; nothing for none"),
    "schedule": N_("The official wording of the schedule"),
}


@app.command(
    "add",
    epilog=_("Example: chengguo add --task 4 --content 建立共享目录 --lead 市科委 --schedule 2019年底前完成"),
)
@taking(writing=Writing)
def add(
    context: Context,
    *,
    task: Annotated[
        int | None,
        Option(min=1, metavar="NUMBER", help=_("The task that gets the item; else a new task is made.")),
    ] = None,
    section: Annotated[
        str | None,
        Option(
            metavar="ID",
            autocompletion=completion.sections,
            help=_("The section of a new task: its id (一) or title."),
        ),
    ] = None,
    title: Annotated[str | None, Option(metavar="TEXT", help=_("The title of a new task."))] = None,
    content: Annotated[str | None, Option(metavar="TEXT", help=_("What is to be done, as printed."))] = None,
    lead: Annotated[
        list[str] | None,
        department_option(_("The lead departments; repeat it for several, in the official order.")),
    ] = None,
    support: Annotated[
        list[str] | None, department_option(_("The supporting departments, as --lead."))
    ] = None,
    schedule: Annotated[
        str | None, Option(metavar="TEXT", help=_("The official wording of the schedule."))
    ] = None,
    due: Annotated[
        date | None, day_option(_("The due date of a wording that cannot be read."), read=day_to_come)
    ] = None,
    writing: Writing,
) -> None:
    """Add an item to a task, or a new task with its first item; the next number is taken.

    On a terminal, what no option says is asked for.
    """
    if task and (section or title):
        raise WrongUsage(
            _("--task goes with neither --section nor --title"), _("The task has both; leave them out.")
        )
    leads, supports = (",".join(names) if names else None for names in (lead, support))
    wanted = Wanted(task, section, title, content, leads, supports, schedule, due)
    if wanted.missing and sys.stdin.isatty():
        wanted = _asked(wanted)
    if wanted.missing:
        options = listed(f"--{name}" for name in wanted.missing)
        raise WrongUsage(
            _("not said: {options}").format(options=options),
            _("Give them; on a terminal they are asked for one by one."),
        )
    carry_out(context, lambda document: _added(document, wanted), "add", writing, alone=False)


def _asked(wanted: Wanted) -> Wanted:
    """Ask on the terminal for what is not said; a question that must be answered is asked again."""
    import click  # only a terminal pays for it

    missing = wanted.missing
    asked = [name for name in _ASKED if name in missing or (name == "support" and wanted.support is None)]
    answers: dict[str, Any] = {}
    for name in asked:
        usual = None if name in missing else ""
        try:
            answers[name] = click.prompt(_(_ASKED[name]), default=usual, show_default=False, err=True)
        except click.Abort as end:  # Ctrl-C, or the end of what is typed
            raise KeyboardInterrupt from end
    return wanted._replace(**answers)


def _added(document: Document, wanted: Wanted) -> Document:
    """Return the registry with the item in it; raises ``UnknownTask`` and the like."""
    from chengguo.edits import registering
    from chengguo.registry import addresses

    registry = document.registry
    if wanted.task:
        if all(task.id != wanted.task for task in registry.tasks):
            raise UnknownTask(
                _("there is no task {task}").format(task=wanted.task),
                _("Leave --task out, and give --section and --title, for a new one."),
            )
        item = _item(wanted, registry, registering.next_id(registry, wanted.task))
        return registering.add_item(document, wanted.task, item)
    section = addresses.find_section(registry, wanted.section or "")
    task = {
        "id": str(registering.next_id(registry)),
        "section": section.id,
        "title": (wanted.title or "").strip(),
    }
    return registering.add_task(document, task, _item(wanted, registry, 1))


def _item(wanted: Wanted, registry: "Registry", number: int) -> "dict[str, Value]":
    """Return the fields of the item, the departments by their registered names."""
    from chengguo.departments import names

    known = names.index(registry.departments)

    def resolved(text: str | None, option: str) -> tuple[str, ...]:
        given = split([text] if text else None, option, lambda name: bool(names.find(name, known)))
        return tuple(dict.fromkeys(names.resolve(name, known) for name in given))

    return {
        "id": str(number),
        "content": (wanted.content or "").strip(),
        "lead": resolved(wanted.lead, "--lead"),
        "support": resolved(wanted.support, "--support"),
        "schedule": (wanted.schedule or "").strip(),
        **({"due": wanted.due.isoformat()} if wanted.due else {}),
        "status": "pending",
    }
