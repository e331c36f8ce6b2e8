"""Findings as workflow commands of GitHub Actions, shown as annotations at their lines.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Sequence

from chengguo.output.findings.places import in_repository
from chengguo.text.findings import Checked, Finding, locate
from chengguo.text.visible import visible


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:  # noqa: ARG001 - one call for all
    """Return one ``::error`` or ``::warning`` command a finding."""
    return "".join(
        f"::{finding.severity.value} file={_property(path.as_posix())},"
        f"line={start.line},col={start.column},"
        f"endLine={end.line},endColumn={end.column},title={_property(finding.code)}::{_message(finding)}\n"
        for source, findings in checked
        for path in (in_repository(source.name),)
        for finding, start, end, _related in locate((source, findings))
    )


def _message(finding: Finding) -> str:
    return _escaped("\n".join(visible(part) for part in (finding.message, finding.hint) if part))


def _property(text: str) -> str:
    return _escaped(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
