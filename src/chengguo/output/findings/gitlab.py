"""Findings as a GitLab Code Quality report, shown in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from chengguo.output.findings.places import in_repository
from chengguo.output.formats import json
from chengguo.text.findings import Checked, Severity, locate

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:
    """Return the report: an entry a finding, with a fingerprint that stays when lines move."""
    return json.render(_document(checked), ascii_only=ascii_only)


def _document(checked: Sequence[Checked]) -> list[dict[str, Any]]:
    entries, seen = [], Counter[tuple[str, ...]]()
    for source, findings in checked:
        path = in_repository(source.name).as_posix()
        for finding, start, _end, _related in locate((source, findings)):
            # What is marked, not what is said of it: the words depend on the language.
            identity = (path, finding.code, finding.address or "", source.text[slice(*finding.span)])
            seen[identity] += 1
            fingerprint = sha256(
                "\0".join([*identity, str(seen[identity])]).encode(errors="surrogateescape")
            ).hexdigest()
            entries.append(
                {
                    "description": " ".join(part for part in (finding.message, finding.hint) if part),
                    "check_name": finding.code,
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[finding.severity],
                    "location": {"path": path, "lines": {"begin": start.line}},
                }
            )
    return entries
