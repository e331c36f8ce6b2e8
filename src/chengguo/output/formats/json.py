"""JSON: one document, the public shape that scripts rely on.

Records are written as they are made: of a long list neither they nor their text are ever there all at once.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from chengguo.output.report import Output, Report
from chengguo.text.visible import escaped

_AT_ONCE = 100  # records: to begin anew takes the encoder some time, and memory that is not collected


def write(report: Report, output: Output, _format: str) -> None:
    """Write the records under what heads them: the name of the shape, the day, the file, the count."""
    head = {"schema": f"chengguo/{report.name}/1", **report.facts, "count": report.total}
    output.put(pieces(head, report.key, report.records(), ascii_only=output.ascii_only))


def pieces(
    head: dict[str, Any], key: str, records: Iterable[Any], *, ascii_only: bool = False
) -> Iterator[str]:
    """Yield the text of the document that has ``records`` under ``key`` behind what heads it, in pieces."""
    opening, closing = render({**head, key: []}, ascii_only=ascii_only).rsplit("]", 1)
    yield opening
    between = end = ""
    for some in _parted(records):
        yield between + render(some, ascii_only=ascii_only)[1:-3].replace("\n", "\n  ")
        between, end = ",", "\n  "
    yield f"{end}]{closing}"


def _parted(records: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the records some at a time."""
    left = iter(records)
    while some := [*islice(left, _AT_ONCE)]:
        yield some


def render(document: Any, *, ascii_only: bool = False) -> str:
    """Return one JSON document, indented; ``ascii_only`` for a stream that cannot hold every character."""
    return escaped(json.dumps(document, ensure_ascii=ascii_only, indent=2)) + "\n"
