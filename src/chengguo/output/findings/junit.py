"""Findings as JUnit XML: a suite a file, a failed case a finding, one passed case for a sound file."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from chengguo.text.findings import Checked, Located, locate
from chengguo.text.source import Source
from chengguo.text.visible import visible


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:
    """Return the XML document; ``ascii_only`` for a stream that cannot hold every character."""
    root = ET.Element("testsuites", name="chengguo validate")
    for source, findings in checked:
        cases = [_failed(source, located) for located in locate((source, findings))] or [
            _case(source, "sound")
        ]
        counts = {"tests": str(len(cases)), "failures": str(len(findings)), "errors": "0", "skipped": "0"}
        ET.SubElement(root, "testsuite", {"name": visible(source.name), **counts}).extend(cases)
    ET.indent(root)
    encoding = "us-ascii" if ascii_only else "utf-8"
    document: bytes = ET.tostring(root, encoding=encoding, xml_declaration=True)
    return document.decode(encoding) + "\n"


def _failed(source: Source, located: Located) -> ET.Element:
    finding, start, _end, _related = located
    place = f"{source.name}:{start.line}:{start.column}"
    message = visible(finding.message)
    case = _case(source, f"{finding.code} {place} {message}")
    failure = ET.SubElement(case, "failure", type=f"{finding.severity.value} {finding.code}", message=message)
    failure.text = visible("\n".join(part for part in (f"{place}: {message}", finding.hint) if part))
    return case


def _case(source: Source, name: str) -> ET.Element:
    return ET.Element("testcase", classname=visible(source.name), name=visible(name))
