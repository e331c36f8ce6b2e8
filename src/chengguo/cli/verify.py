"""The commands of who checks what was reported done: verify (销号), return (退回)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

from chengguo.cli import apply_change, completion
from chengguo.cli.apply_change import Wanted
from chengguo.cli.days import day_gone_by
from chengguo.cli.declared import Argument, Commands, Context, Option, taking
from chengguo.cli.options import Writing, day_option, past
from chengguo.edits.editing import Change
from chengguo.errors import Refused, WrongUsage
from chengguo.language import _
from chengguo.model import Item, Plan, Registry
from chengguo.model.office_notes import RETURNED
from chengguo.model.status import Status
from chengguo.queries import query
from chengguo.queries.closing import Closing, closing, kept

if TYPE_CHECKING:
    from chengguo.registry.writing import Cell

app = Commands()

_ItemsArgument = Annotated[list[str], Argument(metavar="ID...", autocompletion=completion.addresses)]
_DateOption = Annotated[
    date | None, day_option(_("The day of it."), "--date", otherwise=_("today"), read=day_gone_by)
]
_AllOption = Annotated[bool, Option("--all", help=_("Take a task's number for all of its items."))]


@app.command("verify", epilog=_("Example: chengguo verify 4 --by 市政府督查室 --evidence 沪督〔2019〕8号"))
@taking(writing=Writing, without=("force",))
def verify(
    context: Context,
    items: _ItemsArgument,
    *,
    by: Annotated[str | None, Option(metavar="NAME", help=_("Who verified it."))] = None,
    evidence: Annotated[
        list[str] | None,
        Option(
            metavar="TEXT",
            help=_("What it was verified by: a file, the number of a document; repeat it for several."),
        ),
    ] = None,
    day: _DateOption = None,
    every: _AllOption = False,
    writing: Writing,
) -> None:
    """Close items that were reported done (已销号), where the plan says 'closing: verified'.

    ID is an item such as 3.2; 4 stands for the only item of task 4, 1-5 for all from 1 to 5.
    """
    day = past(day)
    given: dict[str, Cell] = {"date": day.isoformat()}
    given |= {"by": by} if by else {}
    given |= {"evidence": tuple(evidence)} if evidence else {}

    def changes_of(item: Item, plan: Plan) -> list[Change]:
        _refuse_open(item, plan, day)
        _refuse_returned(item, day)
        _refuse_earlier(item, day)
        change = Change(item, day, fields=(("verified", given),))
        if _goes_on(item, given):
            return [change]
        _refuse_verified(item, plan, day)
        return [*_kept(item, "verified"), change]

    _make(context, Wanted.of(items, every=every), changes_of, "verify", writing)


@app.command("return", epilog=_('Example: chengguo return 4 --reason "缺少验收材料" --by 市政府督查室'))
@taking(writing=Writing, without=("force",))
def send_back(
    context: Context,
    items: _ItemsArgument,
    *,
    reason: Annotated[str, Option(metavar="TEXT", help=_("Why it is sent back."))],
    by: Annotated[str | None, Option(metavar="NAME", help=_("Who sends it back."))] = None,
    day: _DateOption = None,
    every: _AllOption = False,
    writing: Writing,
) -> None:
    """Send back items that were reported done (退回): they are in progress again, due on their old day.

    ID is an item such as 3.2; 4 stands for the only item of task 4, 1-5 for all from 1 to 5.
    """
    if not reason.strip():
        raise WrongUsage(_("--reason is blank"), _("Say in a few words why it is sent back."))
    day = past(day)
    given: dict[str, Cell] = {"date": day.isoformat(), **({"by": by} if by else {}), "reason": reason}

    def changes_of(item: Item, plan: Plan) -> list[Change]:
        if item.status.is_closed or item.verified_on is None:  # a slip opens what was verified: P506
            _refuse_open(item, plan, day)
        _refuse_earlier(item, day)
        details = (("by", by),) if by else ()
        report = Change(item, day, Status.IN_PROGRESS, RETURNED.format(reason=reason), details=details)
        return [*_kept(item, "returned"), report, Change(item, day, fields=(("returned", given),))]

    _make(context, Wanted.of(items, every=every), changes_of, "return", writing)


def _make(
    context: Context,
    wanted: Wanted,
    changes_of: Callable[[Item, Plan], list[Change]],
    name: str,
    writing: Writing,
) -> None:
    """Make the changes of the items, all or none, and say what it came to."""

    def changes(registry: Registry) -> list[Change]:
        if registry.plan.closing != "verified":
            message = _("a report of done closes the items of this plan; nothing is verified")
            raise Refused(message, _("Write 'closing: verified' under 'plan:' to have it checked."))
        return [change for item in wanted.items(registry) for change in changes_of(item, registry.plan)]

    path, wanted = wanted.placed(context, writing.file)
    done = apply_change.make(path, changes, dry_run=writing.dry_run, force=None)
    apply_change.write(done, writing.format, name=name, dry_run=writing.dry_run)


def _goes_on(item: Item, given: Mapping[str, "Cell"]) -> bool:
    """True if all that is recorded of its verification stays as it is, with more said at most."""
    record = item.others.get("verified") or {}
    return all(
        given.get(name) == {"date": str, "by": str, "evidence": tuple}[name](said)
        for name, said in record.items()
        if said
    )


def _kept(item: Item, name: str) -> list[Change]:
    """Return the change that keeps as a report what another record is to replace, where none has it."""
    former = kept(item, name)
    if former is None:
        return []
    said = (("evidence", former.evidence), ("by", former.by))
    return [Change(item, former.date, note=former.note, details=tuple(each for each in said if each[1]))]


def _refuse_verified(item: Item, plan: Plan, day: date) -> None:
    """Refuse to verify anew what is verified, by whom or on what day soever."""
    if closing(plan, item, Status.DONE, day) is Closing.VERIFIED:
        record = item.others["verified"]
        who = _(" by {name}").format(name=record["by"]) if record.get("by") else ""
        message = _("{item} was verified on {day} already{who}").format(
            item=item.address, day=record["date"], who=who
        )
        hint = _("To have it verified anew, send it back first: chengguo return {item} --reason TEXT")
        raise Refused(message, hint.format(item=item.address))


def _refuse_earlier(item: Item, day: date) -> None:
    """Refuse a day before that of the last verification or return, which would be replaced unseen."""
    known = [record["date"] for name in ("verified", "returned") if (record := item.others.get(name))]
    if known and day < max(known):
        message = _("{item} was verified or sent back on {last}, later than {day}").format(
            item=item.address, last=max(known), day=day
        )
        hint = _("Name that day or a later one: --date DATE; see: chengguo log {item}")
        raise Refused(message, hint.format(item=item.address))


def _refuse_open(item: Item, plan: Plan, day: date) -> None:
    """Refuse an item that was not done by a day: reported so itself, or with all of its milestones."""
    status = query.status_on(plan, item, day)
    if status is not Status.DONE:
        message = _("{item} is {status} on {day}, not done").format(
            item=item.address, status=_(status.word), day=day
        )
        hint = _("Only what was reported done is verified or sent back: chengguo update {item} --status done")
        if status is Status.CANCELLED:
            hint = _("To take it up again: chengguo update {item} --status in_progress")
        raise Refused(message, hint.format(item=item.address))


def _refuse_returned(item: Item, day: date) -> None:
    """Refuse to verify an item on the day on which it was sent back: a day cannot tell which came last."""
    returned = item.others.get("returned")
    if returned and returned["date"] == day:
        message = _("{item} was sent back on {day}; it cannot be verified on the same day").format(
            item=item.address, day=day
        )
        hint = _("Verify it with a later day: chengguo verify {item} --date DATE")
        raise Refused(message, hint.format(item=item.address))
