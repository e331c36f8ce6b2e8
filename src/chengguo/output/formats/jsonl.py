"""JSON Lines: a record a line, for programs that read as they go."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from chengguo.output.report import Output, Report
from chengguo.text.visible import escaped


def write(report: Report, output: Output, _format: str) -> None:
    """Write each record as one JSON document a line."""
    output.put(lines(report.records(), ascii_only=output.ascii_only))


def lines(records: Iterable[dict[str, Any]], *, ascii_only: bool = False) -> Iterator[str]:
    """Yield one JSON document a line."""
    for record in records:
        yield escaped(json.dumps(record, ensure_ascii=ascii_only)) + "\n"
