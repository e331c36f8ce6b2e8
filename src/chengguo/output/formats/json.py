"""JSON and JSON Lines: the public shapes that scripts rely on."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from chengguo.text.findings import Checked, locate
from chengguo.text.visible import escaped


def render(document: Any, *, ascii_only: bool = False) -> str:
    """Give one JSON document, indented; ``ascii_only`` for a stream that cannot hold every character."""
    return escaped(json.dumps(document, ensure_ascii=ascii_only, indent=2)) + "\n"


def render_lines(records: Iterable[dict[str, Any]], *, ascii_only: bool = False) -> str:
    """Give one JSON document a line."""
    return "".join(escaped(json.dumps(record, ensure_ascii=ascii_only)) + "\n" for record in records)


def render_findings(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:
    """Give the findings of one file as a JSON document, those of several as one document a line."""
    documents = [
        {"schema": "chengguo/validate/1", "file": source.name, "findings": _findings((source, findings))}
        for source, findings in checked
    ]
    if len(documents) == 1:
        return render(documents[0], ascii_only=ascii_only)
    return render_lines(documents, ascii_only=ascii_only)


def _findings(checked: Checked) -> list[dict[str, Any]]:
    """Give the JSON objects of findings; lines and columns from 1, an end column is the one behind."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "message": finding.message,
            "hint": finding.hint or None,
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "address": finding.address,
        }
        for finding, start, end, _related in locate(checked)
    ]
