"""Tables without a column for who does it: a bracket at the end of each task says so; to a column of it."""

from collections.abc import Iterator, Mapping, Sequence

from chengguo.importing.columns import named, recognise
from chengguo.importing.rows import Row
from chengguo.importing.shapes import brackets

_TASK, _WHO = "重点任务", "责任单位"
_FEWEST = 2  # tasks that end so
_ENDS = "；;\n "
_WHAT = {"title", "content"}


def rows(lines: Sequence[Row], known: Mapping[str, str]) -> tuple[Row, ...] | None:
    """Return the rows with what the brackets say in a column of its own; None where there are none."""
    for at, row in enumerate(lines):
        fields = named(row.cells, known)
        if len(row.cells) < _FEWEST or not fields or "lead" in fields.values():
            continue
        place = _column(row, lines[at + 1 :])
        if place is None:
            continue
        word = row.cells[place]
        is_what = named((word,), known).get(word, "") in _WHAT
        cells = tuple(_TASK if here == place and not is_what else cell for here, cell in enumerate(row.cells))
        header = row._replace(cells=(*cells, _WHO))
        if recognise(header.cells, known):
            return (*lines[:at], header, *(made for each in lines[at + 1 :] for made in _made(each, place)))
    return None


def _column(header: Row, below: Sequence[Row]) -> int | None:
    """Return the place of the column in which most texts end in a bracket that says who."""
    for place in range(len(header.cells)):
        texts = [
            row.cells[place] for row in below if len(row.cells) == len(header.cells) and row.cells[place]
        ]
        said = [text for text in texts if any(brackets.saying_who(text))]
        if len(said) >= _FEWEST and len(said) > len(texts) / 2:
            return place
    return None


def _made(row: Row, place: int) -> Iterator[Row]:
    """Return a row for each bracket of its task, with the words before it; others as they are."""
    text = row.cells[place] if place < len(row.cells) else ""
    found = list(brackets.saying_who(text)) if sum(map(bool, row.cells)) > 1 else []
    begin = 0
    for start, end in found:
        cells = (*row.cells[:place], text[begin:start].strip(_ENDS), *row.cells[place + 1 :])
        yield row._replace(cells=(*cells, text[start + 1 : end]))
        begin = end + 1
    rest = text[begin:].strip(_ENDS)
    if not found and text and any(row.cells[place + 1 :]):
        yield row._replace(
            cells=(*row.cells, ""), is_alone=True
        )  # nobody does it, not those of the row above
    elif not found:
        yield row
    elif rest:
        yield row._replace(cells=tuple(rest if at == place else "" for at in range(len(row.cells) + 1)))
