"""The command that shows what is set, and where."""

from typing import Any

from chengguo.cli import printing, settings
from chengguo.cli.declared import Commands, Context
from chengguo.cli.options import BomOption, ColorOption, FileOption, FormatOption, LangOption
from chengguo.language import _
from chengguo.output import views
from chengguo.output.report import Report
from chengguo.output.views import Column, View

app = Commands()
_KEYS = ("name", "value", "origin", "variable", "means")


@app.command("config", epilog=_("Example: chengguo config --format json"))
def config(
    context: Context,
    *,
    file: FileOption = None,  # noqa: ARG001 - cli.run has read what is set beside it
    format: FormatOption = "table",
    bom: BomOption = False,
    lang: LangOption = None,  # noqa: ARG001 - cli.run has chosen it
    color: ColorOption = None,
) -> None:
    """Show every setting, its value, and where it comes from.

    A variable counts first, then chengguo.toml beside the registry that -f
    names, then the one in the working folder, or the nearest above each, then
    the user's own. The settings stand there under [tool.chengguo]. The
    pager, a program, counts only in a variable ($PAGER too) and in the
    user's own file.
    """
    rows = [_row(name) for name in settings.SETTINGS]
    report = Report(
        "config",
        {},
        "settings",
        len(rows),
        lambda: rows,
        lambda _width: _people(rows),
        lambda: views.of_records(rows, _KEYS),
    )
    printing.write(report, format, bom=bom, color=color or context.obj.color)


def _row(name: str) -> dict[str, Any]:
    """Return the JSON object of a setting."""
    found = settings.find(name)
    value = found.value if found else None
    return {
        "name": name,
        "value": list(value) if isinstance(value, tuple) else value,
        "origin": found.origin if found else None,
        "variable": settings.variable(name),
        "means": _(settings.SETTINGS[name].means),
    }


def _people(rows: list[dict[str, Any]]) -> View:
    """Return the table for people; what is not set has no origin."""
    columns = (
        Column("name", _("setting")),
        Column("value", _("value")),
        Column("origin", _("comes from")),
        Column("means", _("what it is")),
    )
    cells = tuple(
        (
            row["name"],
            tuple(row["value"]) if isinstance(row["value"], list) else row["value"],
            row["origin"] or _("not set; ${variable}").format(variable=row["variable"]),
            row["means"],
        )
        for row in rows
    )
    return View((), columns, cells, (None,) * len(rows))
