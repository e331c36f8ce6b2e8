"""JSON: one document, the public shape that scripts rely on.

Records are written as they are made: of a long list neither they nor their text are ever there all at once.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from json import dumps, encoder
from typing import Any

from chengguo.output.report import Output, Report
from chengguo.text.visible import escaped

_AT_ONCE = 100  # records: their text is looked through at once for what nobody would see
_LISTS = (list, tuple)


def write(report: Report, output: Output, _format: str) -> None:
    """Write the records under what heads them: the name of the shape, the day, the file, the count."""
    head = {"schema": f"chengguo/{report.name}/1", **report.facts, "count": report.total}
    output.put(pieces(head, report.key, report.records(), ascii_only=output.ascii_only))


def pieces(
    head: dict[str, Any], key: str, records: Iterable[Any], *, ascii_only: bool = False
) -> Iterator[str]:
    """Yield the text of the document that has ``records`` under ``key`` behind what heads it, in pieces."""
    opening, closing = render({**head, key: []}, ascii_only=ascii_only).rsplit("]", 1)
    yield opening
    between = end = ""
    for some in _parted(records):
        text = _text(some, "\n  ", ascii_only=ascii_only)
        yield between + text.removeprefix("[").removesuffix("\n  ]")
        between, end = ",", "\n  "
    yield f"{end}]{closing}"


def _parted(records: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the records some at a time."""
    left = iter(records)
    while some := [*islice(left, _AT_ONCE)]:
        yield some


def render(document: Any, *, ascii_only: bool = False) -> str:
    """Return one JSON document, indented; ``ascii_only`` for a stream that cannot hold every character."""
    return _text(document, "\n", ascii_only=ascii_only) + "\n"


def _text(value: Any, start: str, *, ascii_only: bool) -> str:
    quoted = encoder.encode_basestring_ascii if ascii_only else encoder.encode_basestring
    return escaped(_indented(value, start, quoted))


def _indented(value: Any, start: str, quoted: Callable[[str], str]) -> str:
    """Return a value as ``json.dumps`` indents it by two blanks; ``start`` begins a line where it stands.

    The library does not use its compiled encoder where it indents, and takes half as long again.
    """
    if value is None:
        return "null"
    within = f"{start}  "
    if isinstance(value, dict):
        parts = [  # most values are texts, which take no call of ours
            f"{quoted(key)}: {quoted(each) if type(each) is str else _indented(each, within, quoted)}"
            for key, each in value.items()
        ]
        return f"{{{within}{f',{within}'.join(parts)}{start}}}" if value else "{}"
    if isinstance(value, _LISTS):
        parts = [quoted(each) if type(each) is str else _indented(each, within, quoted) for each in value]
        return f"[{within}{f',{within}'.join(parts)}{start}]" if value else "[]"
    return repr(value) if type(value) is int else quoted(value) if isinstance(value, str) else dumps(value)
