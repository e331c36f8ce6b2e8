"""What an export had filled in, and what somebody has made of it since."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from chengguo.importing.returning import reckoned
from chengguo.importing.returning.day_cells import day_of, is_written
from chengguo.importing.returning.entries import Entry
from chengguo.importing.returning.matching import bare
from chengguo.language import _, in_chinese
from chengguo.model import Item, Progress, Registry
from chengguo.model.status import reported_status
from chengguo.queries import query
from chengguo.registry import figures
from chengguo.text.visible import visible


def with_news(entry: Entry, item: Item, registry: Registry, today: date) -> dict[str, str]:
    """Return the cells of a row, with what an export had filled in where the registry says it otherwise."""
    cells = dict(entry.cells)
    columns = registry.columns
    shown = {item.status, *(query.status_on(registry.plan, item, day) for day in _days(entry, item, today))}
    status, report = entry.prefilled.get("status", ""), entry.prefilled.get("note", "")
    if status and reported_status(status) not in {(each, None) for each in shown}:
        cells["status"] = status
    if report and not any(_is_shown(report, each) for each in item.progress):
        day, text = _dated(report)
        if day and "date" not in cells and not any(each.date == day for each in item.progress):
            cells["date"], report = day.isoformat(), text
        cells["note"] = "\n".join(filter(None, (cells.get("note"), report)))
    kinds = {column.heading: column.kind for column in columns}
    said = [*item.extra, *(pair for each in item.progress for pair in each.extra)]
    own = {(heading, _meaning(kinds.get(heading, "text"), joined(value))) for heading, value in said}
    for heading in entry.prefilled.keys() - {"status", "note"}:
        text = entry.prefilled[heading]
        if (heading, _meaning(kinds.get(heading, "text"), text)) not in own:
            cells[heading] = text
    return cells


def _is_shown(report: str, entry: Progress) -> bool:
    """True if a cell of the column of last reports shows that one, in whichever language."""
    said = (reckoned.last_report(entry, words) for words in (_, str, in_chinese))
    return bare(report) in {bare(visible(each)) for each in said}


def _days(entry: Entry, item: Item, today: date) -> Iterator[date]:
    """Yield the days as of which a row may show its item: today, and that of the report which it shows."""
    yield today
    if report := entry.prefilled.get("note"):
        yield from (each.date for each in item.progress if _is_shown(report, each))
    elif item.progress and "note" in entry.columns:  # nothing had been reported yet
        yield item.progress[0].date - timedelta(days=1)


def _dated(report: str) -> tuple[date | None, str]:
    """Part a report that begins with its day, as an export writes it; no day where it has none."""
    words = report.split(maxsplit=1)
    is_plain = len(words) > 1 and is_written(words[0]) and not words[1].startswith("[")
    day = day_of(words[0]) if is_plain else None
    return (day, words[1]) if day else (None, report)


def _meaning(kind: str, text: str) -> Any:
    """Return what a text means in a column of that kind, the same for each way to write it."""
    day = day_of(text) if kind == "date" else None
    found = day or figures.read_figure(kind, text)
    return bare(visible(text)) if found is None else found


def joined(value: Any) -> str:
    """Return a value of an own column as a cell has it, names in a line."""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
