"""In which order, with which columns and how many of what a command lists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from chengguo import language
from chengguo.cli import completion, settings
from chengguo.cli.bundles import Shown
from chengguo.cli.declared import Option
from chengguo.cli.lists import split
from chengguo.errors import WrongUsage
from chengguo.language import _, in_chinese, listed, plural
from chengguo.model import Registry
from chengguo.output import json_shapes
from chengguo.queries import columns as own
from chengguo.queries import query
from chengguo.queries.query import Row, SortKey


class Arranged(NamedTuple):
    """In which order and with which columns rows are listed, and how many."""

    @staticmethod
    def panel() -> str:
        """Return the title of the help."""
        return _("How they are listed")

    sort: Annotated[
        list[str] | None,
        Option(
            metavar="COLUMN",
            autocompletion=completion.shown_columns,
            help=_("Order by this column, or by several, with commas between."),
            show_default=False,
        ),
    ] = None
    reverse: Annotated[bool, Option("--reverse", help=_("Order the other way round."))] = False
    columns: Annotated[
        list[str] | None,
        Option(
            metavar="NAMES",
            autocompletion=completion.shown_columns,
            help=_("The columns to show, by name or heading: id,due or 编号,截止日期."),
        ),
    ] = None
    limit: Annotated[
        int | None, Option("-n", "--limit", min=1, metavar="N", help=_("No more than so many."))
    ] = None

    def arrange(self, rows: tuple[Row, ...], registry: Registry) -> tuple[Row, ...]:
        """Return the rows of items in the order that is asked for, all of them."""
        if self.sort is None:
            return rows[::-1] if self.reverse else rows
        given = split(self.sort, "--sort")
        keys = given if {*given} <= {*SortKey} else named("--sort", given, _headings(registry))
        for key in reversed(keys):
            rows = _sorted(rows, key, registry, reverse=self.reverse)
        return rows

    def first(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return as many rows as are asked for."""
        return rows[: self.limit]

    def left_out(self, rows: Sequence[Any]) -> list[str]:
        """Say how many rows are left out, in a note; nothing where none are."""
        more = len(rows) - len(rows[: self.limit])
        return [plural("{count} more; see --limit", "{count} more; see --limit", more)] if more else []

    def chosen(self, registry: Registry, shown: Shown) -> tuple[str, ...] | None:
        """Return the names of the columns of items that are asked for or set, None for the usual ones."""
        setting = settings.find("columns")
        if self.columns is None and setting and shown.chosen == "table":
            return named(setting.origin, setting.value, _headings(registry))
        return self.asked(shown, lambda: _headings(registry))

    def asked(self, shown: Shown, headings: Callable[[], Mapping[str, str]]) -> tuple[str, ...] | None:
        """Return the names of the columns of ``--columns``; None without it."""
        if self.columns is None:
            return None
        if shown.chosen in {"json", "jsonl"}:
            raise WrongUsage(
                _("--columns does not go with JSON, where every key is always present"),
                _("Leave one of the two out, or give --format csv."),
            )
        return named("--columns", split(self.columns, "--columns"), headings())


def named(option: str, given: Iterable[str], headings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the columns that are meant: by the name, or by the heading in either language.

    ``headings`` are in English. Raises ``WrongUsage`` for a column that there is not.
    """
    known: dict[str, str] = {}
    for name, heading in headings.items():
        for word in (name, _(heading), heading, in_chinese(heading)):
            known.setdefault(word.casefold(), name)
    known |= {name.casefold(): name for name in headings}
    unknown = [word for word in given if word.casefold() not in known]
    if unknown:
        message = _("{option}: there is no column '{name}'").format(option=option, name=", ".join(unknown))
        names = headings if language.chosen() == "en" else map(_, headings.values())
        raise WrongUsage(message, _("Columns: {names}.").format(names=listed(dict.fromkeys(names))))
    return tuple(known[word.casefold()] for word in given)


def _headings(registry: Registry) -> dict[str, str]:
    """Return the English headings of the columns of items, the office's own among them, by their names."""
    from chengguo.output import views  # only who names columns pays for it

    names = (*(("plan",) if registry.among else ()), *json_shapes.COLUMNS, "work")
    ours = {name: views.ITEM_COLUMNS[name].heading for name in names}
    return ours | {column.heading: column.heading for column in registry.columns}


def _sorted(rows: tuple[Row, ...], key: str, registry: Registry, *, reverse: bool) -> tuple[Row, ...]:
    """Order rows of items by a column; those without a value come last."""
    if key in {*SortKey}:
        return query.sort(rows, SortKey(key), registry, reverse=reverse)
    if column := next((each for each in registry.columns if each.heading == key), None):
        return own.sort(rows, column, reverse=reverse)
    from chengguo.output import views  # only such a key pays for it
    from chengguo.output.cells import for_scripts

    def value(row: Row) -> Any:
        cell = views.ITEM_COLUMNS[key].cell(row)
        return cell if views.ITEM_COLUMNS[key].number else for_scripts(cell)

    filled = sorted((row for row in rows if value(row) not in (None, "")), key=value, reverse=reverse)
    return (*filled, *(row for row in rows if value(row) in (None, "")))
