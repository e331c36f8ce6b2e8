"""JSON: one document, the public shape that scripts rely on."""

import json
from typing import Any

from chengguo.output.report import Output, Report
from chengguo.text.visible import escaped


def write(report: Report, output: Output, _format: str) -> None:
    """Write the records under what heads them: the name of the shape, the day, the file, the count."""
    records = report.records()
    head = {"schema": f"chengguo/{report.name}/1", **report.facts, "count": len(records)}
    output.put(render({**head, report.key: records}, ascii_only=output.ascii_only))


def render(document: Any, *, ascii_only: bool = False) -> str:
    """Return one JSON document, indented; ``ascii_only`` for a stream that cannot hold every character."""
    return escaped(json.dumps(document, ensure_ascii=ascii_only, indent=2)) + "\n"
