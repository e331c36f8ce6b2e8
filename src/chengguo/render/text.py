"""Findings as text: FILE:LINE:COL, code and message, the source line with a caret, and a hint."""

from rich.cells import cell_len

from chengguo.findings import Finding, Severity
from chengguo.language import _, plural
from chengguo.source import Position, Source
from chengguo.visible import visible

_LONGEST = 100  # code points of a source line that are shown around the place


def render(source: Source, findings: tuple[Finding, ...]) -> str:
    """Give the findings of one file, a block each; nothing where there are none."""
    places = source.positions([offset for finding in findings for offset in finding.span])
    lines = source.text.split("\n")
    return "".join(
        _block(source, lines, finding, start, end)
        for finding, start, end in zip(findings, places[::2], places[1::2], strict=True)
    )


def summary(checked: list[tuple[Source, tuple[Finding, ...]]]) -> str:
    """Give the closing line: what was checked and how much was found."""
    found = [finding.severity for _source, findings in checked for finding in findings]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    if not found:
        files = ", ".join(source.name for source, _findings in checked)
        return _("{files}: no findings").format(files=files) + "\n" if checked else ""
    return (
        ", ".join(
            part
            for part in (
                plural("{count} error", "{count} errors", errors) if errors else "",
                plural("{count} warning", "{count} warnings", warnings) if warnings else "",
            )
            if part
        )
        + "\n"
    )


def _block(source: Source, lines: list[str], finding: Finding, start: Position, end: Position) -> str:
    severity = _("warning: ") if finding.severity is Severity.WARNING else ""
    block = [
        f"{source.name}:{start.line}:{start.column}: {finding.code} {severity}{visible(finding.message)}"
    ]
    block += _excerpt(lines[start.line - 1], start, end)
    for place in source.positions([span.start for span in finding.related]):
        where = f"{source.name}:{place.line}:{place.column}"
        block.append("  " + _("see also: {place}").format(place=where))
    if finding.hint:
        block.append("  " + _("hint: {hint}").format(hint=visible(finding.hint)))
    return "\n".join(block) + "\n\n"


def _excerpt(line: str, start: Position, end: Position) -> list[str]:
    """Give the source line and a caret line under the place, aligned by the width of the characters."""
    first = max(0, start.column - 1 - _LONGEST // 2)
    last = end.column - 1 if end.line == start.line else len(line)
    shown = line[first : first + _LONGEST].removesuffix("\r").replace("\t", " ")
    before = visible(shown[: start.column - 1 - first])
    marked = visible(shown[start.column - 1 - first : last - first])
    number = str(start.line)
    head = "…" if first else ""
    tail = "…" if first + _LONGEST < len(line.removesuffix("\r")) else ""
    after = visible(shown[last - first :]) if last - first < len(shown) else ""
    gutter = " " * len(number)
    carets = "^" * max(1, cell_len(marked))
    return [
        f"  {number} | {head}{before}{marked}{after}{tail}",
        f"  {gutter} | {' ' * (len(head) + cell_len(before))}{carets}",
    ]
