"""Findings as lines: FILE:LINE:COL, code and message."""

from collections.abc import Sequence

from chengguo.output.findings.text import headline
from chengguo.text.findings import Checked, locate


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:  # noqa: ARG001 - one call for all
    """Return a line a finding; nothing where there are none."""
    return "".join(
        headline(source, located) + "\n"
        for source, findings in checked
        for located in locate((source, findings))
    )
