"""JSON Lines: a record a line, for programs that read as they go."""

import json
from collections.abc import Iterable
from typing import Any

from chengguo.output.report import Output, Report
from chengguo.text.visible import escaped


def write(report: Report, output: Output, _format: str) -> None:
    """Write each record as one JSON document a line."""
    output.put(render(report.records(), ascii_only=output.ascii_only))


def render(records: Iterable[dict[str, Any]], *, ascii_only: bool = False) -> str:
    """Return one JSON document a line."""
    return "".join(escaped(json.dumps(record, ensure_ascii=ascii_only)) + "\n" for record in records)
