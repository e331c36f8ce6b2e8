"""Findings as SARIF 2.1.0, the OASIS standard that code hosts and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from chengguo import __version__
from chengguo.checks.rules import CHECKS
from chengguo.language import _
from chengguo.output.findings.places import in_repository
from chengguo.output.formats import json
from chengguo.text.findings import Checked, Located, locate
from chengguo.text.source import Position, Source

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:
    """Return the SARIF log of one run over files, the codes that were found described among its rules."""
    return json.render(_document(checked), ascii_only=ascii_only)


def _document(checked: Sequence[Checked]) -> dict[str, Any]:
    found = sorted({finding.code for _source, findings in checked for finding in findings})
    driver = {"name": "chengguo", "version": __version__, "rules": [_rule(code) for code in found]}
    results = [
        _result(source, located, found.index(located.finding.code))
        for source, findings in checked
        for located in locate((source, findings))
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": _(CHECKS[code].meaning)},
        "fullDescription": {"text": _(CHECKS[code].why)},
        "defaultConfiguration": {"level": CHECKS[code].severity.value},
    }


def _result(source: Source, located: Located, rule: int) -> dict[str, Any]:
    finding, start, end, related = located
    text = "\n".join(part for part in (finding.message, finding.hint) if part)
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": text},
        "locations": [_location(source, start, end)],
        "relatedLocations": [_location(source, place, place) for place in related],
    }


def _location(source: Source, start: Position, end: Position) -> dict[str, Any]:
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    path = in_repository(source.name)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
