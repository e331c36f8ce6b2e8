"""Findings as text: FILE:LINE:COL, code and message, the source line with a caret, and a hint."""

from collections.abc import Sequence

from chengguo.language import _, listed, plural
from chengguo.output import terminal
from chengguo.text.checks import UNOPENED
from chengguo.text.findings import Checked, Located, Severity, locate
from chengguo.text.source import Position, Source
from chengguo.text.visible import visible, visible_line

_LONGEST = 100  # code points of a source line that are shown around the place


def render(checked: Sequence[Checked], *, ascii_only: bool = False) -> str:  # noqa: ARG001 - one call for all
    """Return the findings of files, a block each, and a closing line."""
    return "".join(map(blocks, checked)) + _summary(checked)


def blocks(checked: Checked) -> str:
    """Return the findings of one file, a block each; nothing where there are none."""
    source, _findings = checked
    lines: dict[int, str] = {}  # the last that was cut out: many findings may stand on one long line
    blocks = []
    for located in locate(checked):
        number = located.start.line
        if number not in lines:
            lines = {number: _line(source.text, located.finding.span.start)}
        blocks.append(_block(source, lines[number], located))
    return "".join(blocks)


def _summary(checked: Sequence[Checked]) -> str:
    """Return the closing line: what was checked and how much was found."""
    found = [finding.severity for _source, findings in checked for finding in findings]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    if not found:
        files = listed(visible_line(source.name) for source, _findings in checked)
        return _("{files}: no findings").format(files=files) + "\n" if checked else ""
    counts = (
        plural("{count} error", "{count} errors", errors) if errors else "",
        plural("{count} warning", "{count} warnings", warnings) if warnings else "",
    )
    return listed(counts) + "\n"


def headline(source: Source, located: Located) -> str:
    """Return the place, the code and the message of a finding, in one line."""
    finding, start, _end, _related = located
    severity = _("warning: ") if finding.severity is Severity.WARNING else ""
    place = f"{visible_line(source.name)}:{start.line}:{start.column}"
    return f"{place}: {finding.code} {severity}{visible_line(finding.message)}"


def _block(source: Source, line: str, located: Located) -> str:
    finding, start, end, related = located
    block = [headline(source, located)]
    if finding.check is not UNOPENED:
        block += _excerpt(line, start, end)
    for place in related:
        where = f"{visible_line(source.name)}:{place.line}:{place.column}"
        block.append("  " + _("see also: {place}").format(place=where))
    if finding.hint:
        block.append("  " + _("hint: {hint}").format(hint=visible(finding.hint)))
    return "\n".join(block) + "\n\n"


def _line(text: str, offset: int) -> str:
    """Cut out the line of ``offset``, without its line feed."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : len(text) if end < 0 else end]


def _excerpt(line: str, start: Position, end: Position) -> list[str]:
    """Return the source line and a caret line under the place, aligned by the width of the characters."""
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
    ruler = terminal.ruler()
    carets = " " * ruler.width(head + before) + "^" * max(1, ruler.width(marked))
    return [f"  {number} | {head}{before}{marked}{after}{tail}", f"  {gutter} | {carets}"]
