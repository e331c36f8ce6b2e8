"""The command that writes notices to departments."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from chengguo.cli import printing, session
from chengguo.cli.bundles import with_thresholds
from chengguo.cli.days import day_to_come, span
from chengguo.cli.declared import Argument, Commands, Context, Option
from chengguo.cli.items import tell_heirs
from chengguo.cli.options import AsOfOption, AtOption, DeptOption, FileOption, day_option
from chengguo.cli.placing import (
    file_names,
    make_folder,
    place,
    refuse_there,
    safe,
    tell_left,
    tell_names,
    written,
)
from chengguo.cli.report import OfficeOption, say_of_template
from chengguo.departments.names import heirs
from chengguo.errors import WrongUsage
from chengguo.language import _, in_chinese
from chengguo.model import Registry
from chengguo.output import counts
from chengguo.output.gaps import gaps, note
from chengguo.output.papers.notice import KINDS, Asked, Notice, notices, text, write
from chengguo.queries import query
from chengguo.queries.query import Role, Row
from chengguo.registry.documents import Document
from chengguo.text.visible import visible_line

app = Commands()
_REPLY = timedelta(days=7)  # from the day up to which departments reply


class Per(StrEnum):
    """What a notice is about."""

    DEPT = "dept"
    ITEM = "item"


@app.command("notice", epilog=_("Example: chengguo notice 通知单 --overdue --kind 督办通知单"))
def notice(
    context: Context,
    folder: Annotated[str | None, Argument(metavar="FOLDER", show_default=False)] = None,
    *,
    dept: DeptOption = None,
    overdue: Annotated[bool, Option("--overdue", help=_("Only what is overdue, and missed parts."))] = False,
    within: Annotated[
        Any | None,
        Option(parser=span, metavar="SPAN", help=_("Only what is due within 90d, 12w, 3m, 1y.")),
    ] = None,
    by: Annotated[
        Per,
        Option(words=Per, help=_("A notice for each lead department, or for each item.")),
    ] = Per.DEPT,
    kind: Annotated[
        str | None,
        Option(
            "--kind",
            choices=KINDS,
            metavar="KIND",
            help=_("What it is: {kinds}.").format(kinds="、".join(KINDS)),
            show_default=_("督办通知单 where anything is late, else 提醒函"),
        ),
    ] = None,
    office: OfficeOption = "",
    number: Annotated[
        str,
        Option(metavar="NUMBER", help=_("Its number (文号); {n} stands for 1, 2, 3 … in turn.")),
    ] = "",
    reply_by: Annotated[
        date | None,
        day_option(_("The day by which they reply."), otherwise=_("a week later"), read=day_to_come),
    ] = None,
    template: Annotated[
        str | None,
        Option(metavar="FILE", help=_("The office's own form, a .docx with fields (help papers).")),
    ] = None,
    eml: Annotated[
        bool,
        Option("--eml", help=_("Write a draft of a mail too, with the notice and the form attached.")),
    ] = False,
    as_text: Annotated[
        bool, Option("--text", help=_("Print them as text for a chat; nothing is written."))
    ] = False,
    as_of: AsOfOption = None,
    at: AtOption = None,
    force: Annotated[bool, Option("--force", help=_("Replace files that there are."))] = False,
    file: FileOption = None,
) -> None:
    r"""Write a notice to each lead department into FOLDER, a .docx each: its items, what is asked, by when.

    Told are what is overdue and what is due within the office's days, unless --overdue or --within choose.
    The form is that of official papers, or your own. Nothing is sent.

    It needs pip install '.[report]'.
    """
    if folder is None and not as_text:
        raise WrongUsage(_("no folder to write to"), _("Name one, or print them with --text."))
    today = as_of or date.today()
    if reply_by and reply_by < today:
        message = _("--reply-by {day} is before {today}, the day of the notices")
        hint = _("Give a later day, or an earlier --as-of.")
        raise WrongUsage(message.format(day=reply_by, today=today), hint)
    if reply_by and reply_by.year > today.year:  # as 12-05 is on the tenth of December
        print(_("They are asked to reply by {day}").format(day=reply_by), file=sys.stderr)
    document = session.open_registry(context, file, at, with_thresholds)
    rows = _rows(document, today, within, overdue=overdue)
    groups = _groups(document, rows, session.departments(document, dept), by, today)
    unread = note(gaps(document), in_chinese)
    say_of_template(template, unread, "notice.unread")
    asked = Asked(today, reply_by or _later(today), office, kind, number, unread)
    made = notices(document.registry, groups, asked)
    if as_text:
        printing.put("\n".join(map(text, made)))
    else:
        _write(Path(folder or ""), document, made, (by, template, eml, force))
    told = [row for _name, among in groups for row in among]
    tell_heirs(document.registry, told, Role.LEAD, today, aside=as_text)
    if not made:
        printing.put(_("Nothing to tell anybody, as of {day}").format(day=today) + "\n")


def _later(day: date) -> date:
    return day + _REPLY if date.max - day > _REPLY else date.max


def _rows(document: Document, day: date, within: Any | None, *, overdue: bool) -> tuple[Row, ...]:
    """Return what there is to tell: what is late, and what is due soon, or the one of the two asked for."""
    registry = document.registry
    rows = query.rows(registry, day)
    late = query.late(rows, registry) if overdue or within is None else ()
    try:
        last = day + (within or timedelta(days=registry.alerts.due_soon))
    except (OverflowError, ValueError) as error:
        raise WrongUsage(_("--within ends after the year 9999"), _("Give a shorter span.")) from error
    if within is None and overdue:
        return late
    coming = query.coming(rows, day, last, registry)
    return (*late, *(row for row in coming if within is not None or _is_near(row, day, registry)))


def _is_near(row: Row, day: date, registry: Registry) -> bool:
    """True if a row is due within the days of its own plan, which may have fewer than others."""
    days = registry.by_plan[row.item.plan].alerts.due_soon
    return row.due is not None and (row.due - day).days <= days


def _groups(
    document: Document, rows: Sequence[Row], departments: tuple[str, ...], by: Per, day: date
) -> list[tuple[str, Sequence[Row]]]:
    """Return each lead department with its rows, or with each of them, in the order of the register."""
    wanted = query.by_department(document.registry, rows, departments, Role.LEAD, day)
    if by is Per.DEPT:
        return list(wanted.items())
    return [(name, [row]) for name, among in wanted.items() for row in among]


def _write(
    folder: Path, document: Document, made: tuple[Notice, ...], how: tuple[Per, str | None, bool, bool]
) -> None:
    """Write all notices; none is begun where a file of that name is there and may not be replaced."""
    by, template, eml, force = how
    files: list[tuple[Path, bytes, str]] = []
    register = (entry.name for entry in document.registry.departments)
    names = file_names((*register, *(each.department for each in made)))
    for each in made:
        item = f"-{each.items[0].number}" if by is Per.ITEM else ""
        name = safe(f"{each.kind}-") + names[each.department] + safe(item)
        data = written(lambda each=each: write(each, template), is_archive=True)  # type: ignore[misc]
        said = _("{items}, {late}").format(items=counts.rows(each.told), late=counts.late(each.overdue))
        files.append((folder / f"{name}.docx", data, said))
        if eml:
            files.append((folder / f"{name}.eml", _mail(document, each, name, data), _("a draft")))
    paths = [path for path, _data, _said in files]
    refuse_there(paths, _("Name another folder, or use --force."), force=force)
    make_folder(folder)
    for path, data, said in files:
        place(str(path), data, force=force)
        printing.put(_("{what}: {items}").format(what=visible_line(str(path)), items=said) + "\n")
    tell_names(names, (each.department for each in made))
    tell_left(folder, paths, of=(".docx", ".eml"), to=tuple(f"{kind}-" for kind in KINDS))


def _mail(document: Document, each: Notice, name: str, notice: bytes) -> bytes:
    """Return the draft of a mail with the notice, and with the form that the department fills in."""
    from chengguo.cli.form import forms_of, period_of
    from chengguo.output.export import form
    from chengguo.output.papers.mail import Attachment, draft

    period = period_of(document.registry.plan, None, each.day)
    holders = heirs(document.registry.departments, each.day)
    own = tuple(name for name, holder in holders.items() if holder == each.department)
    forms = forms_of(document, own or (each.department,), Role.LEAD.value, period, each.day)
    filled_in = [Attachment(safe(each.department), ".xlsx", form.write(one)) for one in forms]
    attachments = (Attachment(name, ".docx", notice), *filled_in)
    return draft(f"{each.kind}：{each.plan}", text(each), attachments)
