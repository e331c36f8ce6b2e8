"""JSON and JSON Lines: the public shapes that scripts rely on."""

import json
from collections.abc import Iterable
from typing import Any

from chengguo.findings import Finding
from chengguo.source import Source
from chengguo.visible import escaped


def render(document: dict[str, Any], *, ascii_only: bool = False) -> str:
    """Give one JSON document, indented; ``ascii_only`` for a stream that cannot hold every character."""
    return escaped(json.dumps(document, ensure_ascii=ascii_only, indent=2)) + "\n"


def render_lines(records: Iterable[dict[str, Any]], *, ascii_only: bool = False) -> str:
    """Give one JSON document a line."""
    return "".join(escaped(json.dumps(record, ensure_ascii=ascii_only)) + "\n" for record in records)


def render_findings(checked: list[tuple[Source, tuple[Finding, ...]]], *, ascii_only: bool = False) -> str:
    """Give the findings of one file as a JSON document, those of several as one document a line."""
    documents = [
        {"schema": "chengguo/validate/1", "file": source.name, "findings": _findings(source, findings)}
        for source, findings in checked
    ]
    if len(documents) == 1:
        return render(documents[0], ascii_only=ascii_only)
    return render_lines(documents, ascii_only=ascii_only)


def _findings(source: Source, findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Give the JSON objects of findings; lines and columns from 1, an end column is the one behind."""
    places = source.positions([offset for finding in findings for offset in finding.span])
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
        for finding, start, end in zip(findings, places[::2], places[1::2], strict=True)
    ]
