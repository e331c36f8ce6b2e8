"""Why nothing was read of a file, and what its user can do."""

from collections.abc import Mapping

from chengguo.errors import Refused
from chengguo.importing import cells
from chengguo.importing.columns import named
from chengguo.importing.drafts import Draft
from chengguo.importing.rows import Row
from chengguo.language import N_, _, listed
from chengguo.text.widths import folded

_FILL = N_("Fill the table, or name another file.")


def nothing_found(rows: tuple[Row, ...], known: Mapping[str, str]) -> Refused:
    """Say that there is no table, and of a row that is almost a header, what it lacks."""
    if not any(any(row.cells) for row in rows):
        return Refused(_("no words stand in the file, or in the part that is chosen"), _(_FILL))
    nearest = max(rows, key=lambda row: (len(named(row.cells, known)), len(row.cells)), default=Row(0, ()))
    words = named(nearest.cells, known)
    hint = _(
        "It needs a row that names its columns, such as 任务, 责任单位 and 完成时限; "
        "other words go by: --map 列名=lead, --map 列名=schedule, --map 列名=content."
    )
    if words and len([cell for cell in nearest.cells if cell]) > 1:
        hint = _almost(nearest, words) or hint
    return Refused(_("no table with columns that are known was found"), hint)


def _almost(row: Row, words: Mapping[str, str]) -> str:
    """Say what a row lacks to be a header, and which of its words may stand for that."""
    fields = set(words.values())
    missing = {
        "lead": (_("who is responsible"), "lead" not in fields),
        "content": (_("what is to be done"), fields.isdisjoint(("title", "content"))),
        "schedule": (_("by when"), fields.isdisjoint(("schedule", "support"))),
    }
    lacks = {field: said for field, (said, is_missing) in missing.items() if is_missing}
    if not lacks:
        return ""
    known = [cells.line(cell) for cell in row.cells if folded(cell).rstrip(":*") in words]
    others = [cells.line(cell) for cell in row.cells if cell and cells.line(cell) not in known]
    of_others = _("Line {line} names {words}, and lacks {what}; if {name} says so: --map {name}={field}.")
    alone = _("Line {line} names {words}, and lacks {what}: --map 列名={field}.")
    return (of_others if others else alone).format(
        line=row.line,
        words=listed(known or words),
        what=listed(lacks.values()),
        name=others[0] if others else "",
        field=next(iter(lacks)),
    )


def nothing_read(made: Draft) -> Refused:
    """Say that no row of a table could be read, and of the last what is amiss."""
    doubts = made.doubts[made.heading.guessed :]
    why = doubts[-1].why if doubts else _(_FILL)
    return Refused(_("the table has columns that are known, but no row that could be read"), why)
