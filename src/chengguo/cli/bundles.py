"""The options of every query: which items it is about, and how the answer is written."""

from collections.abc import Callable
from itertools import chain
from typing import Annotated, Any, NamedTuple

from chengguo.cli import completion, printing, session, settings
from chengguo.cli.days import day_of_this_year, day_to_come
from chengguo.cli.declared import Context, Option
from chengguo.cli.lists import filled, split
from chengguo.cli.options import (
    AtOption,
    BomOption,
    ColorOption,
    DeptOption,
    FileOption,
    FormatOption,
    LangOption,
    NoPagerOption,
    RoleOption,
    WideOption,
    alert,
    day_option,
    standing,
)
from chengguo.errors import WrongUsage
from chengguo.language import _, listed
from chengguo.model import Registry, Thresholds
from chengguo.model.status import Status
from chengguo.output.report import Report
from chengguo.queries import columns as own
from chengguo.queries import query
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import Condition
from chengguo.queries.query import Criteria, Role, Row
from chengguo.registry import addresses
from chengguo.registry.documents import Document
from chengguo.text.nodes import Mapping

# -- which items -----------------------------------------------------------------------------------

SectionOption = Annotated[
    list[str] | None,
    Option(
        "--section",
        metavar="ID",
        autocompletion=completion.sections,
        help=_("Only this section, with all below it: its id (一, 一.1) or title."),
    ),
]


def several(read: Callable[[str], Any], option: str) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader of one value or of several with commas between."""

    def reader(text: str) -> tuple[Any, ...]:
        return tuple(map(read, split([text], option)))

    return reader


StatusOption = Annotated[
    list[Any] | None,
    Option(
        "-s",
        "--status",
        parser=several(standing, "--status"),
        metavar="STATUS",
        autocompletion=completion.standings,
        help=_("Only this status: {statuses}.").format(statuses=", ".join(Status)),
    ),
]
NotStatusOption = Annotated[
    list[Any] | None,
    Option(
        parser=several(standing, "--not-status"),
        metavar="STATUS",
        autocompletion=completion.standings,
        help=_("Not this status."),
    ),
]
AlertOption = Annotated[
    list[Any] | None,
    Option(
        parser=several(alert, "--alert"),
        metavar="KIND",
        autocompletion=completion.alerts,
        help=_("Only with this alert: {alerts}.").format(alerts=", ".join(Alert)),
    ),
]
LightOption = Annotated[
    list[str] | None,
    Option(
        metavar="NAME", autocompletion=completion.lights, help=_("Only items with this light, such as 黄.")
    ),
]
WhereOption = Annotated[
    list[str] | None,
    Option(
        metavar="COLUMN=VALUE",
        autocompletion=completion.columns,
        help=_("Only with this in a column of the office's own; ~ is a pattern, < > compare."),
    ),
]


class Filters(NamedTuple):
    """Which items a command is about: all that is given must hold, one of several values is enough."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("Which items")

    dept: DeptOption = None
    mine: Annotated[
        bool,
        Option("--mine", help=_("Only items of my department: dept of chengguo config.")),
    ] = False
    role: RoleOption = Role.ANY.value
    section: SectionOption = None
    status: StatusOption = None
    not_status: NotStatusOption = None
    alert: AlertOption = None
    light: LightOption = None
    where: WhereOption = None
    due_by: Annotated[
        Any | None, day_option(_("Only items due by this day, it included."), read=day_to_come)
    ] = None
    due_after: Annotated[
        Any | None, day_option(_("Only items due after this day, it not included."), read=day_of_this_year)
    ] = None
    grep: Annotated[
        list[str] | None,
        Option(
            metavar="WORDS",
            help=_("Only items with these words, whatever their width or case; repeatable."),
        ),
    ] = None
    regex: Annotated[bool, Option("--regex", help=_("Take --grep as a regular expression."))] = False

    def days(self) -> tuple[str, ...]:
        """Say which days were taken, for the heading."""
        after = _("Due after {day}").format(day=self.due_after) if self.due_after else ""
        by = _("Due by {day}, that day included").format(day=self.due_by) if self.due_by else ""
        return tuple(line for line in (after, by) if line)

    def departments(self, document: Document) -> tuple[str, ...]:
        """Return the registered names of ``--dept``; raises ``WrongUsage`` for a role without one."""
        if self.mine and self.dept:
            raise WrongUsage(_("--mine and --dept do not go together"), _("Give one of the two."))
        found = session.departments(document, [*(self.dept or ()), *self._mine()], self.role)
        if not (self.dept or self.mine) and self.role != Role.ANY:
            raise WrongUsage(_("--role goes with --dept"), _("Name a department with --dept."))
        return found

    def _mine(self) -> tuple[str, ...]:
        """Return the departments of ``--mine``; raises ``WrongUsage`` where none is set."""
        if not self.mine:
            return ()
        mine: tuple[str, ...] | None = settings.value("dept")
        if mine is None:
            hint = _("Set it: {variable}, or dept in {file}; see: chengguo config")
            hint = hint.format(variable=settings.variable("dept"), file=settings.FILE_NAME)
            raise WrongUsage(_("--mine: no department is set"), hint)
        return mine

    def select(self, document: Document, rows: tuple[Row, ...], **more: Any) -> tuple[Row, ...]:
        """Return the rows that are wanted; ``more`` are further criteria of the command's own."""
        registry = document.registry
        grep = filled(self.grep, "--grep")
        words: tuple[str, ...] = more.pop("words", ())
        if words:
            from chengguo.cli import customary  # only a search pays for it

            customary.refuse_filters(words)
            customary.refuse_files(words)
        if self.regex and not grep:
            raise WrongUsage(_("--regex goes with --grep"), _("Give both."))
        criteria = Criteria(
            departments=self.departments(document),
            role=self.role,
            sections=tuple(
                chain(*(addresses.find_sections(registry, name) for name in self.sections(registry)))
            ),
            statuses=tuple(chain(*(self.status or ()))),
            not_statuses=(*chain(*(self.not_status or ())), *more.pop("not_statuses", ())),
            due_by=self.due_by,
            due_after=self.due_after,
            alerts=tuple(chain(*(self.alert or ()))),
            lights=self._lights(registry),
            words=(*words, *(() if self.regex else grep)),
            patterns=tuple(grep) if self.regex else (),
            **more,
        )
        conditions = [Condition.of(text, registry.columns) for text in self.where or ()]
        return own.select(query.select(rows, criteria), conditions)

    def sections(self, registry: Registry) -> list[str]:
        """Return what sections are called in ``--section``; a title may hold a comma."""
        titles = {section.title for section in registry.sections}
        return split(self.section, "--section", titles.__contains__)

    def _lights(self, registry: Registry) -> tuple[str, ...]:
        """Return the names of lights; raises ``WrongUsage`` for one that the office does not have."""
        from chengguo.queries.lights import DEFAULT

        known = [each.name for one in registry.by_plan.values() for each in one.lights or DEFAULT]
        wanted = split(self.light, "--light")
        for name in wanted:
            if name not in known:
                hint = _("Lights: {names}.").format(names=listed(dict.fromkeys(known)))
                raise WrongUsage(_("--light: there is no light '{name}'").format(name=name), hint)
        return tuple(wanted)


# -- how it is written ------------------------------------------------------------------------------


class Shown(NamedTuple):
    """Which registry is asked, and how the answer is written."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("How it is written")

    at: AtOption = None
    format: FormatOption = "table"
    json: Annotated[bool, Option("--json", help=_("The same as --format json."))] = False
    bom: BomOption = False
    wide: WideOption = False
    no_pager: NoPagerOption = False
    lang: LangOption = None
    file: FileOption = None
    color: ColorOption = None

    @property
    def chosen(self) -> str:
        """The name of the format."""
        return "json" if self.json else self.format

    def open(self, context: Context) -> Document:
        """Read the registries, as they are or as a commit has them."""
        return session.open_registry(context, self.file, self.at, with_thresholds)

    def write(self, report: Report, context: Context) -> None:
        """Write the report to standard output."""
        printing.write(
            report,
            self.chosen,
            bom=self.bom,
            color=self.color or context.obj.color,
            in_full="" if self.wide else _("Shown in short; --wide shows everything"),
            paged=self.is_paged(context),
        )

    def is_paged(self, context: Context) -> bool:
        """True if what does not fit the screen goes through the pager."""
        return not (self.no_pager or context.obj.no_pager)


def with_thresholds(document: Document) -> Document:
    """Return the document with the thresholds that are set, where its registry has none of its own."""
    written = document.root.get("alerts") if document.root else None
    own = {key.text for key, _value in written.entries} if isinstance(written, Mapping) else set()
    days = {name: settings.value(name) for name in Thresholds._fields if name not in own}
    days = {name: number for name, number in days.items() if number is not None}
    registry = document.registry
    alerts = registry.alerts._replace(**days)
    return document._replace(registry=registry._replace(alerts=alerts)) if days else document
