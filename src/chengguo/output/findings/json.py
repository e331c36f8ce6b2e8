"""Findings as JSON: the public shape that scripts rely on."""

from collections.abc import Sequence
from typing import Any

from chengguo.output.formats import json, jsonl
from chengguo.text.findings import Checked, locate


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:
    """Return the findings of one file as a JSON document, those of several as one document a line."""
    documents = [
        {"schema": "chengguo/validate/1", "file": source.name, "findings": _findings((source, findings))}
        for source, findings in checked
    ]
    if len(documents) == 1:
        return json.render(documents[0], ascii_only=ascii_only)
    return "".join(jsonl.lines(documents, ascii_only=ascii_only))


def _findings(checked: Checked) -> list[dict[str, Any]]:
    """Return the JSON objects of findings; lines and columns from 1, an end column is the one behind."""
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
