"""Options that several commands take together, declared once as the fields of a value.

``@taking(filters=Filters)`` gives a command every option of ``Filters``, and the command a ``Filters``.
"""

import inspect
from collections.abc import Callable
from copy import copy
from functools import wraps
from itertools import chain
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import typer

from chengguo.cli import completion, session, settings
from chengguo.cli.days import day
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
    status,
)
from chengguo.errors import WrongUsage
from chengguo.language import N_, _, in_chinese, listed, plural
from chengguo.model import Registry, Thresholds
from chengguo.output import json_shapes
from chengguo.output.report import Report
from chengguo.queries import columns as own
from chengguo.queries import query
from chengguo.queries.alerts import Alert
from chengguo.queries.columns import Condition
from chengguo.queries.query import Criteria, Role, Row, SortKey
from chengguo.registry import addresses
from chengguo.registry.reading import Document
from chengguo.text.nodes import Mapping

Command = Callable[..., None]


def taking(**bundles: type[Any]) -> Callable[[Command], Command]:
    """Return a decorator: each keyword of the command that is named here is made of the options of a bundle.

    An option that the command declares itself stands instead of the one of that name in a bundle.
    """

    def decorate(command: Command) -> Command:
        signature = inspect.signature(command, eval_str=True)
        before = {name: each for name, each in signature.parameters.items() if name not in bundles}
        options = {
            name: inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=bundle._field_defaults[name],
                annotation=_in_panel(annotation, _(bundle.panel)),
            )
            for bundle in bundles.values()
            for name, annotation in get_type_hints(bundle, include_extras=True).items()
            if name not in before
        }

        @wraps(command)
        def called(**given: Any) -> None:
            made = {
                name: bundle(**{each: given.pop(each) for each in bundle._fields if each in options})
                for name, bundle in bundles.items()
            }
            command(**given, **made)

        parameters = [*before.values(), *options.values()]
        called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {each.name: each.annotation for each in parameters}
        return called

    return decorate


def _in_panel(annotation: Any, title: str) -> Any:
    """Return the annotation of an option with the title under which the help lists it."""
    kind, option = get_args(annotation)
    option = copy(option)
    option.rich_help_panel = title
    return Annotated[kind, option]


# -- which items -----------------------------------------------------------------------------------

SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section",
        metavar="ID",
        autocompletion=completion.sections,
        help=_("Only this section, with all below it: its id (一, 一.1) or title."),
    ),
]


def several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader of one value or of several with commas between."""

    def reader(text: str) -> tuple[Any, ...]:
        return tuple(map(read, split([text]) or [text]))

    return reader


StatusOption = Annotated[
    list[Any] | None,
    typer.Option(
        "-s",
        "--status",
        parser=several(status),
        metavar="STATUS",
        autocompletion=completion.statuses,
        help=_("Only this status."),
    ),
]
NotStatusOption = Annotated[
    list[Any] | None,
    typer.Option(
        parser=several(status),
        metavar="STATUS",
        autocompletion=completion.statuses,
        help=_("Not this status."),
    ),
]
AlertOption = Annotated[
    list[Any] | None,
    typer.Option(
        parser=several(alert),
        metavar="KIND",
        autocompletion=completion.alerts,
        help=_("Only items with this alert: {alerts}, or the Chinese word; repeat it for several.").format(
            alerts=", ".join(Alert)
        ),
    ),
]
LightOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", autocompletion=completion.lights, help=_("Only items with this light, such as 黄.")
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COLUMN=VALUE",
        autocompletion=completion.columns,
        help=_(
            "Only items whose column of the office's own is this, ~ matches a pattern, or is < or > a"
            " number or day; repeat it: all must hold."
        ),
    ),
]


class Filters(NamedTuple):
    """Which items a command is about: all that is given must hold, one of several values is enough."""

    panel = N_("Which items")  # type: ignore[misc] # a title of the help, no option

    dept: DeptOption = None
    mine: Annotated[
        bool,
        typer.Option("--mine", help=_("Only items of my department: dept of chengguo config.")),
    ] = False
    role: RoleOption = Role.ANY.value
    section: SectionOption = None
    status: StatusOption = None
    not_status: NotStatusOption = None
    alert: AlertOption = None
    light: LightOption = None
    where: WhereOption = None
    due_by: Annotated[
        Any | None,
        typer.Option(
            parser=day,
            metavar="DATE",
            help=_("Only items due by this day, it included."),
        ),
    ] = None
    due_after: Annotated[
        Any | None,
        typer.Option(parser=day, metavar="DATE", help=_("Only items due after this day, it not included.")),
    ] = None
    grep: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help=_("Only items with these words, whatever their width or case.")),
    ] = None
    regex: Annotated[bool, typer.Option("--regex", help=_("Take --grep as a regular expression."))] = False

    def departments(self, document: Document) -> tuple[str, ...]:
        """Return the registered names of ``--dept``; raises ``WrongUsage`` for a role without one."""
        found = session.departments(document, [*split(self.dept), *self._mine()], self.role)
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
        criteria = Criteria(
            departments=self.departments(document),
            role=self.role,
            sections=tuple(chain(*(addresses.find_sections(registry, name) for name in split(self.section)))),
            statuses=tuple(chain(*(self.status or ()))),
            not_statuses=(*chain(*(self.not_status or ())), *more.pop("not_statuses", ())),
            due_by=self.due_by,
            due_after=self.due_after,
            alerts=tuple(chain(*(self.alert or ()))),
            lights=self._lights(registry),
            pattern=self.grep,
            is_regex=self.regex,
            **more,
        )
        conditions = [Condition.of(text, registry.columns) for text in self.where or ()]
        return own.select(query.select(rows, criteria), conditions)

    def _lights(self, registry: Registry) -> tuple[str, ...]:
        """Return the names of lights; raises ``WrongUsage`` for one that the office does not have."""
        from chengguo.queries.lights import DEFAULT

        known = [each.name for each in registry.lights or DEFAULT]
        for name in split(self.light):
            if name not in known:
                hint = _("Lights: {names}.").format(names=listed(known))
                raise WrongUsage(_("--light: there is no light '{name}'").format(name=name), hint)
        return tuple(split(self.light))


def split(given: list[str] | None) -> list[str]:
    """Return what was given once or several times, with commas between or not."""
    parts = (part.strip() for text in given or () for part in text.replace("，", ",").split(","))
    return [part for part in parts if part]


# -- how it is shown -------------------------------------------------------------------------------


class Arranged(NamedTuple):
    """In which order and with which columns items are listed, and how many."""

    panel = N_("How they are listed")  # type: ignore[misc]

    sort: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            autocompletion=completion.sort_keys,
            help=_("Order by this: {keys}, or a column; the default is the order of the file.").format(
                keys=", ".join(SortKey)
            ),
            show_default=False,
        ),
    ] = None
    reverse: Annotated[bool, typer.Option("--reverse", help=_("Order the other way round."))] = False
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=_("The columns to show, with commas between: {names}.").format(
                names=", ".join(json_shapes.COLUMNS)
            ),
        ),
    ] = None
    limit: Annotated[
        int | None, typer.Option("-n", "--limit", min=1, metavar="N", help=_("No more than so many."))
    ] = None

    def arrange(self, rows: tuple[Row, ...], registry: Registry) -> tuple[Row, ...]:
        """Return the rows in the order that is asked for, all of them."""
        columns = {column.heading: column for column in registry.columns}
        if self.sort is None:
            return rows[::-1] if self.reverse else rows
        session.one_of("--sort", self.sort, (*(each.value for each in SortKey), *columns))
        if self.sort in {*SortKey}:
            return query.sort(rows, SortKey(self.sort), registry, reverse=self.reverse)
        return own.sort(rows, columns[self.sort], reverse=self.reverse)

    def first(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return as many rows as are asked for."""
        return rows[: self.limit]

    def left_out(self, rows: tuple[Row, ...]) -> list[str]:
        """Say how many rows are left out, in a note; nothing where none are."""
        more = len(rows) - len(self.first(rows))
        return [plural("{count} more; see --limit", "{count} more; see --limit", more)] if more else []

    def chosen(self, registry: Registry, shown: "Shown") -> tuple[str, ...] | None:
        """Return the names of the columns that are asked for, None for the usual ones.

        A column is known by its name, and by its heading in either language.
        """
        usual: tuple[str, ...] = (settings.value("columns") or ()) if shown.chosen == "table" else ()
        if self.columns is None and not usual:
            return None
        if shown.chosen in {"json", "jsonl"}:
            raise WrongUsage(_("--columns does not go with JSON, where every key is always present"))
        from chengguo.output import views  # only --columns pays for it

        headings = {name: views.ITEM_COLUMNS[name].heading for name in json_shapes.COLUMNS}
        known = {column.heading: column.heading for column in registry.columns}
        known |= {_(heading): name for name, heading in reversed(headings.items())}
        known |= {in_chinese(heading): name for name, heading in reversed(headings.items())}
        known |= {name: name for name in json_shapes.COLUMNS}
        wanted = [*usual] if self.columns is None else split([self.columns])
        unknown = [name for name in wanted if name not in known]
        if unknown or not wanted:
            names = ", ".join((*json_shapes.COLUMNS, *(column.heading for column in registry.columns)))
            hint = _("Columns: {names}.").format(names=names)
            raise WrongUsage(
                _("--columns: there is no column '{name}'").format(name=", ".join(unknown)), hint
            )
        return tuple(known[name] for name in wanted)


class Shown(NamedTuple):
    """Which registry is asked, and how the answer is written."""

    panel = N_("How it is written")  # type: ignore[misc]

    at: AtOption = None
    format: FormatOption = "table"
    json: Annotated[bool, typer.Option("--json", help=_("The same as --format json."))] = False
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

    def open(self, context: typer.Context) -> Document:
        """Read the registries, as they are or as a commit has them."""
        return session.open_registry(context, self.file, self.at, _with_thresholds)

    def write(self, report: Report, context: typer.Context) -> None:
        """Write the report to standard output."""
        session.write(
            report,
            self.chosen,
            bom=self.bom,
            color=self.color or context.obj.color,
            in_full="" if self.wide else _("Shown in short; --wide shows everything"),
            paged=self.is_paged(context),
        )

    def is_paged(self, context: typer.Context) -> bool:
        """True if what does not fit the screen goes through the pager."""
        return not (self.no_pager or context.obj.no_pager)


def _with_thresholds(document: Document) -> Document:
    """Return the document with the thresholds that are set, where its registry has none of its own."""
    written = document.root.get("alerts") if document.root else None
    own = {key.text for key, _value in written.entries} if isinstance(written, Mapping) else set()
    days = {name: settings.value(name) for name in Thresholds._fields if name not in own}
    days = {name: number for name, number in days.items() if number is not None}
    registry = document.registry
    alerts = registry.alerts._replace(**days)
    return document._replace(registry=registry._replace(alerts=alerts)) if days else document
