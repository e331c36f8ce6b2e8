"""What import says: what was read, each doubt with its place, and what each row was taken for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from chengguo.cli import printing, session
from chengguo.cli.options import TextFormat
from chengguo.importing.drafts import Doubt
from chengguo.importing.explaining import Explanation
from chengguo.importing.making import Made
from chengguo.importing.rows import located, place
from chengguo.language import _, listed, plural
from chengguo.output import counts
from chengguo.text.visible import visible_line

STANDARD_OUTPUT = "-"
_LONGEST = 300  # characters of a doubt on the screen
_MOST, _MOST_EQUAL = 1000, 20  # doubts that are told, each with its place; JSON has all


def _shortened(why: str) -> str:
    """Leave out the middle of a long doubt, which is the words of a cell; JSON has all of it."""
    why = visible_line(why)
    return why if len(why) <= _LONGEST else f"{why[: _LONGEST * 2 // 3]}…{why[-_LONGEST // 3 :]}"


def place_of(file: str, doubt: Doubt, *, in_workbook: bool) -> str:
    """Return where a doubtful cell stands: 表.xlsx:G26, 表.docx[2]:26:7, 表.csv:26:7."""
    where = place(doubt.line, doubt.column, doubt.table, in_workbook=in_workbook)
    return located(visible_line(file), visible_line(where))


def summary(
    file: str, output: str, made: Made, *, in_workbook: bool, chosen: TextFormat, written: bool
) -> str:
    """Say what was read, and each doubt on a line of its own, after its place."""
    if chosen is TextFormat.JSON:
        return _as_json(file, output, made, written=written)
    lines = [f"{visible_line(file)}: {_shortened(note)}" for note in made.notes]
    lines += _told(file, made.doubts, in_workbook=in_workbook)
    if made.doubts and written and output != STANDARD_OUTPUT:
        hint = _("Hold each against the table, mend {file}, and run: chengguo validate {file}")
        lines.append("  " + _("hint: {hint}").format(hint=hint.format(file=visible_line(output))))
    found = _counts(made)
    told = _("{items}: {tasks}, {departments}, {dated} dated, {ongoing} ongoing, {doubts}").format(
        items=plural("{count} item read", "{count} items read", found["items"]),
        tasks=plural("{count} task", "{count} tasks", found["tasks"]),
        departments=plural("{count} department", "{count} departments", found["departments"]),
        dated=found["dated"],
        ongoing=found["ongoing"],
        doubts=counts.doubts(len(made.doubts)),
    )
    return "\n".join([*lines, told]) + "\n"


def _told(file: str, doubts: Sequence[Doubt], *, in_workbook: bool) -> Iterator[str]:
    """Return a line for each doubt; of many equal ones, for the first, and how many more there are."""
    often, seen = Counter(each.why for each in doubts), Counter[str]()
    shown = 0
    for each in doubts:
        seen[each.why] += 1
        if seen[each.why] > _MOST_EQUAL:
            continue
        if shown == _MOST:
            yield f"{visible_line(file)}: " + _("and more doubts; --format json lists all")
            return
        shown += 1
        yield f"{place_of(file, each, in_workbook=in_workbook)}: {_shortened(each.why)}"
        if seen[each.why] == _MOST_EQUAL < often[each.why]:
            more = plural("{count} more place", "{count} more places", often[each.why] - _MOST_EQUAL)
            yield f"{visible_line(file)}: {more}: {_shortened(each.why)}"


def _counts(made: Made) -> dict[str, int]:
    registry = made.document.registry
    schedules = [item.schedule for item in registry.items]
    return {
        "tasks": len(registry.tasks),
        "items": len(registry.items),
        "departments": len(registry.departments),
        "dated": sum(each.due is not None for each in schedules),
        "ongoing": sum(each.is_ongoing for each in schedules),
    }


def _as_json(file: str, output: str, made: Made, *, written: bool) -> str:
    from chengguo.output.formats import json

    head = {"schema": "chengguo/import/1", "file": file, "output": output, "written": written}
    found = {"doubts": [doubt._asdict() for doubt in made.doubts], "notes": made.notes}
    return json.render({**head, **_counts(made), **found}, ascii_only=not printing.is_unicode())


def explanation(file: str, found: Explanation, color: session.Color, *, chosen: TextFormat) -> None:
    """Write what each row was taken for, as a table or as JSON."""
    rows, shapes = found
    if chosen is TextFormat.JSON:
        from chengguo.output.formats import json

        document = {
            "schema": "chengguo/explain-import/1",
            "file": file,
            "shapes": shapes,
            "rows": [row._asdict() for row in rows],
        }
        printing.put(json.render(document, ascii_only=not printing.is_unicode()))
        return
    if not rows:  # why is said behind
        return
    from chengguo.output.formats import table  # only a table pays for it
    from chengguo.output.views import Column, View

    columns = (
        Column("line", _("row"), number=True),
        Column("kind", _("kind")),
        Column("why", _("why")),
        Column("text", _("words")),
    )
    cells = tuple(
        (
            f"{row.table}:{row.line}" if row.table else str(row.line),
            _(row.kind),
            _shortened(row.why),
            _shortened(row.text),
        )
        for row in rows
    )
    titles = [_("What each row of {file} is taken for").format(file=visible_line(file))]
    if shapes:
        titles.append(_("Read as: {shapes}").format(shapes=listed(map(_, shapes))))
    table.write_view(View(tuple(titles), columns, cells, (None,) * len(cells)), printing.output(color))
