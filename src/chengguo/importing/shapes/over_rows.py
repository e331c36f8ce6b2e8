"""Tables without a column for who does it: a heading over rows says so, or a line below each; to a column."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from chengguo.departments import roles
from chengguo.importing import row_kinds
from chengguo.importing.columns import named, recognise
from chengguo.importing.rows import Row
from chengguo.importing.shapes import likely
from chengguo.language import _
from chengguo.text.expressions import expression

_WHO = "责任单位"
_LONGEST = 16  # characters of a word above a column
_COUNT = expression(r"[(（]\s*(?:共|计)?\s*\d+\s*[项件条个]?\s*[)）]$")
_WORK = "重点|主要|工作|任务|事项|清单|目标"
_ROLE = expression(rf"(?:{roles.words('after', 'lead', 'answer')})+的?(?:{_WORK})*$|(?:{_WORK})+$")
_LABEL = expression(rf"{roles.NAMED}\s*[:：]")


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with who does each in a column of its own; None where nothing around them says it."""
    headers = [at for at, row in enumerate(lines) if _lacks_who(row, known)]
    if not headers:
        return None
    made = list(_below_headings(lines, headers))
    items = [at for at, row in enumerate(made) if at not in headers and row is not lines[at]]
    _take_lines_below(made, items)
    said = [at for at in items if made[at].cells[-1]]
    if len(said) <= len(items) / 2 or not recognise(made[headers[0]].cells, known):
        return None
    note = _("who does it is taken from the lines over or below the rows")
    made[headers[0]] = made[headers[0]]._replace(note=note)
    return tuple(made)


def _below_headings(lines: Sequence[Row], headers: Sequence[int]) -> Iterator[Row]:
    """Return the lines, those of a table with one more cell: the names in the heading over them."""
    who, over, width = "", 0, 0
    for at, row in enumerate(lines):
        text = row_kinds.alone(row.cells)
        if at in headers:
            width = len(row.cells)
            yield row._replace(cells=(*row.cells, _WHO))
        elif not text and width and any(row.cells):
            cells = (*row.cells, *[""] * width)[:width]
            yield row._replace(cells=(*cells, who), is_alone=not who)
        else:
            heading = row_kinds.heading_of(row) if text else None
            if names := "" if _LABEL.match(text) else unit_over(text):
                who, over = names, _rank(heading)
            elif heading and _rank(heading) <= over:
                who = ""
            yield row


def _take_lines_below(made: list[Row], items: Sequence[int]) -> None:
    """Put a line that says who below an item of which nothing else does into its row."""
    for at, end in pairwise((*items, len(made))):
        below = next((place for place in range(at + 1, end) if any(made[place].cells)), at)
        text = row_kinds.alone(made[below].cells)
        if below > at and not made[at].cells[-1] and _LABEL.match(text):
            made[at] = made[at]._replace(cells=(*made[at].cells[:-1], text), is_alone=False)
            made[below] = made[below]._replace(cells=("",))


def _lacks_who(row: Row, known: Mapping[str, str]) -> bool:
    """True for words above columns that say what, and not who."""
    fields = set(named(row.cells, known).values())
    is_header = sum(map(bool, row.cells)) > 1 and all(len(cell) <= _LONGEST for cell in row.cells)
    return is_header and bool(fields & {"title", "content"}) and len(fields) > 1 and "lead" not in fields


def _rank(heading: row_kinds.Heading | None) -> int:
    return row_kinds.FORMS.index(heading.form if heading else "plain")


def unit_over(text: str) -> str:
    """Return the names in the heading over rows: 一、市科委牵头（2项） is of 市科委; "" for another."""
    heading = row_kinds.heading(text)
    bare = _COUNT.sub("", (heading.title if heading else text).strip())
    names = _ROLE.sub("", bare).strip("：: ")
    return names if len(names) > 1 and likely.is_names(names) else ""
