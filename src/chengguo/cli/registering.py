"""The commands below depts, which change the register: add, rename, merge; and what a proved edit came to."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from chengguo.cli import completion, printing, session, settings
from chengguo.cli.declared import Argument, Commands, Context, Option, bad_value, taking
from chengguo.cli.options import TextFormat, Writing, department_option
from chengguo.errors import Refused, UnknownDepartment, WrongUsage
from chengguo.language import _, plural
from chengguo.registry.documents import Document
from chengguo.text.visible import visible_line

if TYPE_CHECKING:
    from chengguo.model import Registry
    from chengguo.queries.comparing import Change
    from chengguo.registry.writing import Cell

commands = Commands()

_NameArgument = Annotated[str, Argument(metavar="NAME", autocompletion=completion.departments)]


def _month(text: str) -> str:
    """Read a month such as 2018-11."""
    if not re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", text):
        raise bad_value(_("'{text}' is no month; write it as 2018-11").format(text=text))
    return text


_UntilOption = Annotated[
    str | None,
    Option(
        parser=_month,
        metavar="MONTH",
        help=_(
            "A reform: the last month of the old name. The table keeps it, and its work is found by both."
        ),
    ),
]


@commands.command("add", epilog=_("Example: chengguo depts add 市绿化市容局 --alias 市绿化局"))
@taking(writing=Writing)
def add(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME")],
    *,
    full: Annotated[str | None, Option(metavar="NAME", help=_("The full name (全称)."))] = None,
    alias: Annotated[
        list[str] | None,
        Option(metavar="NAME", help=_("Another name that people search for; repeat it for several.")),
    ] = None,
    group: Annotated[
        bool, Option("--group", help=_("A group of bodies that the table does not name one by one."))
    ] = False,
    writing: Writing,
) -> None:
    """Put a department at the end of the register, so that items may name it."""
    name = _meant(name)
    given = {"full": full, "aliases": tuple(alias or ()), "group": "true" if group else None}
    values: dict[str, Cell] = {key: value for key, value in given.items() if value}

    def change(document: Document) -> Document:
        from chengguo.edits import registering

        _refuse_known(document.registry, name)
        return registering.add_department(document, name, values)

    carry_out(context, change, "register", writing)


@commands.command("rename", epilog=_("Example: chengguo depts rename 市商务委 市商务局"))
@taking(writing=Writing)
def rename(
    context: Context,
    old: _NameArgument,
    new: Annotated[str, Argument(metavar="NEW")],
    *,
    until: _UntilOption = None,
    writing: Writing,
) -> None:
    """Give a department another name wherever it stands; the old name becomes an alias.

    With --until it is a reform: the entry keeps its name, and says which body took over.
    """
    new = _meant(new)

    def change(document: Document) -> Document:
        from chengguo.edits import registering

        registered = _registered(document.registry, old)
        if until:
            return registering.succeed(document, registered, new, until)
        if new == registered:
            raise Refused(_("it is called '{name}' already").format(name=new))
        _refuse_known(document.registry, new, but=registered)
        return registering.rename(document, registered, new)

    carry_out(context, change, "register", writing)


@commands.command("merge", epilog=_("Example: chengguo depts merge 市科学技术委员会 --into 市科委"))
@taking(writing=Writing)
def merge(
    context: Context,
    names: Annotated[list[str], Argument(metavar="NAME...", autocompletion=completion.departments)],
    *,
    into: Annotated[str, department_option(_("The department that they become."))],
    until: _UntilOption = None,
    writing: Writing,
) -> None:
    """Take entries into another: each use names that one, and their names become its aliases.

    With --until it is a reform: the entries keep their names, and say which body took over.
    """

    def change(document: Document) -> Document:
        from chengguo.departments import names as known_names
        from chengguo.edits import registering

        known = known_names.index(document.registry.departments)
        heir = (
            (known_names.find(into, known) or _meant(into)) if until else _registered(document.registry, into)
        )
        for name in dict.fromkeys(_registered(document.registry, each) for each in names):
            if name == heir:
                raise Refused(_("'{name}' cannot be merged into itself").format(name=name))
            if until:
                document = registering.succeed(document, name, heir, until)
            else:
                document = registering.merge(document, known.registered[name], heir)
        return document

    carry_out(context, change, "register", writing)


def _meant(name: str) -> str:
    """Return a new name; raises ``WrongUsage`` for a blank one."""
    if not name.strip():
        raise WrongUsage(_("the name of the department is blank"), _("Name it as the table writes it."))
    return name.strip()


def _registered(registry: "Registry", name: str) -> str:
    """Return the name in the registry's own register; raises ``UnknownDepartment``."""
    from chengguo.departments import names

    known = names.index(registry.departments)
    if not names.find(name, known):
        _refuse_common(name)
    return names.resolve(name, known)


def _refuse_common(name: str) -> None:
    """Refuse a name of the register that registries have in common, which no command changes."""
    from chengguo.departments import names

    if owner := names.find(name, names.index(session.shared())):
        message = _("'{owner}' stands in the register in common, {file}")
        message = message.format(owner=owner, file=visible_line(settings.value("departments")))
        raise UnknownDepartment(message, _("Items may name it as it is; to change it, edit that file."))


def _refuse_known(registry: "Registry", name: str, but: str = "") -> None:
    """Refuse a name that an entry other than ``but`` has, whose new name it would be."""
    from chengguo.departments import names

    owner = names.find(name, names.index(registry.departments))
    if owner and owner != but:
        message = _("'{name}' is a name of '{owner}' in the register already").format(name=name, owner=owner)
        hint = _("Items may name it as it is.")
        if but:
            hint = _("'chengguo depts merge {name} --into {owner}' makes one of two.")
        raise Refused(message, hint.format(name=but, owner=owner))


# -- what it came to -----------------------------------------------------------------------------


def carry_out(
    context: Context,
    change: Callable[[Document], Document],
    name: str,
    writing: Writing,
    *,
    alone: bool = True,
) -> None:
    """Make a proved change of the registry, and tell what happened; ``name`` is that of the JSON schema.

    ``alone`` it knows no departments but those of its own register.
    """
    from chengguo.cli import apply_change  # only what writes pays for it
    from chengguo.queries import comparing

    path, dry_run = session.path_of(context, writing.file), writing.dry_run
    done = apply_change.carry_out(
        path, lambda document: (change(document), None), dry_run=dry_run, force=writing.force, alone=alone
    )
    before, after, today = done.before, done.after, date.today()
    found = comparing.compare(before.registry, today, after.registry, today)
    if writing.format is TextFormat.JSON:
        _put_json(name, before, found, written=not dry_run and before.source != after.source)
    else:
        _put_text(before, after, found, dry_run=dry_run)
    apply_change.tell(after.source, done.findings)


def _put_text(before: Document, after: Document, found: "tuple[Change, ...]", *, dry_run: bool) -> None:
    from chengguo.output.formats import diff
    from chengguo.text.visible import visible_line

    file = visible_line(before.source.name)
    lines = [
        *_register_lines(before.registry, after.registry),
        *map(_line, (one for one in found if one.address)),
    ]
    if dry_run:
        lines += ["", *diff.render(before.source, after.source).splitlines()]
        lines.append(_("Dry run: {file} was not written.").format(file=file))
    elif before.source == after.source:
        lines.append(_("already recorded; nothing changes"))
    else:
        count = len({one.address for one in found if one.address})
        told = plural("{count} item changed in {file}", "{count} items changed in {file}", count, file=file)
        lines.append(told if count else _("the register is changed in {file}").format(file=file))
    printing.put("\n".join(lines) + "\n")


def _register_lines(before: "Registry", after: "Registry") -> Iterator[str]:
    """Yield a line for each entry that came or went, and each field of one that stays which differs."""
    from chengguo.output.cells import for_people
    from chengguo.registry.fields import DEPARTMENT

    old, new = ({each.name: each for each in registry.departments} for registry in (before, after))
    yield from (f"- {name}" for name in old if name not in new)
    yield from (f"+ {name}" for name in new if name not in old)
    for name, entry in new.items():
        was: Any = old.get(name)
        for key, field in DEPARTMENT.items():
            value = getattr(entry, key)
            if value and value != getattr(was, key, None):
                yield f"  {name} {_(field.label)}: {for_people(value if value is not True else 'true')}"


def _line(one: "Change") -> str:
    """Say what is different of an item."""
    from chengguo.output.cells import for_people
    from chengguo.queries.comparing import Event
    from chengguo.registry.fields import label

    if one.event is Event.REPORTED:  # what was said is as before, but who said it has another name
        reporters = tuple(dict.fromkeys(report.by for report in one.after if report.by))
        said = _("reported by")
        return f"{one.address} {said}: {for_people(reporters)}"
    none = _("nothing")
    before, after = (for_people(each) or none for each in (one.before, one.after))
    return f"{one.address} {_(label(one.field))}: {before} → {after}"


def _put_json(name: str, before: Document, found: "tuple[Change, ...]", *, written: bool) -> None:
    from chengguo.output import json_shapes
    from chengguo.output.formats import json

    changes = [
        {
            "id": one.address,
            "field": one.field,
            "before": json_shapes.value(one.before),
            "after": json_shapes.value(one.after),
        }
        for one in found
    ]
    head = {"schema": f"chengguo/{name}/1", "file": before.source.name, "written": written}
    body = {**head, "count": len(changes), "changes": changes}
    printing.put(json.render(body, ascii_only=not printing.is_unicode()))
