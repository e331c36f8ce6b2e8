"""HTML: one page that holds all it needs, without scripts, fit for a screen, a phone and A4 landscape.

Every row has the number and title of its task, so that none is without them on a card or at the top of a
sheet of paper; on a screen those that repeat are not shown.
"""

from html import escape

from chengguo.model.status import Status
from chengguo.output.export.document import PRINTED, TINTS, Block, Document, Line, Section

_OFFICIAL = ("number", "title", "content", "lead", "support", "schedule")
_WIDTHS = (*(4, 9.5, 26, 8.5, 12, 8), *(5, 7.5, 9.5, 12))  # of the columns, to each other
_OWN_WIDTH = 8  # of each of the office's own
_SHORT = frozenset({"number", "schedule", "address", "status"})
_MARKS = {  # the shape of a status, and the name of its colour
    Status.PENDING: ("○", "grey"),
    Status.IN_PROGRESS: ("◐", "blue"),
    Status.BLOCKED: ("◆", "orange"),
    Status.DONE: ("◎", "green"),
    Status.CANCELLED: ("×", "grey"),  # noqa: RUF001 - it is meant
}
_TINTED = "\n".join(
    f".{name} {{ color: #{tint.letters}; background: #{tint.ground}; print-color-adjust: exact; }}"
    for name, tint in TINTS.items()
)
_MARKED = "\n".join(
    f".{status.value} {{ color: #{TINTS[colour].letters}; }}\n"
    f'.{status.value}::before {{ content: "{shape}\\a0"; }}'
    for status, (shape, colour) in _MARKS.items()
)
_STYLE = f"""
body {{ font-family: "FangSong", "STFangsong", "Noto Serif CJK SC", serif; margin: 1.5em; }}
h1, p {{ text-align: center; margin: .4em 0; }}
h1 {{ font-size: 1.5em; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 72em; }}
th, td {{ border: 1px solid #444; padding: .3em; vertical-align: top; }}
th, td {{ white-space: pre-line; overflow-wrap: anywhere; }}
thead th {{ background: #e7e6e6; }}
th[colspan] {{ text-align: left; break-after: avoid; }}
.short {{ text-align: center; }}
.alert, .status {{ font-weight: bold; }}
td.status {{ word-break: keep-all; overflow-wrap: normal; }}
{_TINTED}
{_MARKED}
thead {{ display: table-header-group; }}
.more .number, .more .title {{ border-top-style: hidden; }}
@media screen {{ thead th {{ position: sticky; top: 0; }} }}
@media screen and (min-width: 641px) {{ .more span {{ visibility: hidden; font-size: 0; }} }}
@media screen and (max-width: 640px) {{
  body {{ margin: .7em; }}
  table {{ display: block; min-width: 0; white-space: normal !important; }}
  colgroup, thead, td.number, td:empty {{ display: none !important; }}
  tbody, th, td {{ display: block; border: 0; }}
  tr {{ display: flex; flex-wrap: wrap; gap: .1em .8em; border-bottom: 1px solid #999; padding: .5em 0; }}
  td {{ flex: 1 1 100%; padding: 0; }}
  td.address, td.status, td.alert {{ flex: none; order: -1; text-align: left; }}
  td.address {{ font-weight: bold; }}
  td.alert {{ padding: 0 .3em; }}
  td.title {{ font-weight: bold; }}
  td.schedule {{ text-align: left; }}
  th[colspan] {{ background: #e7e6e6; padding: .3em; flex: 1 1 100%; }}
}}
@page {{ size: A4 landscape; margin: 12mm; }}
@media print {{
  body {{ margin: 0; font-size: 8.5pt; }}
  table {{ min-width: 0; width: calc(100% - 1px); }}
  tr {{ break-inside: avoid; }}
  tr.heading {{ break-after: avoid; }}
  .more .number, .more .title {{ color: #666; }}
}}
"""


def write(document: Document) -> bytes:
    """Return ``document`` as an HTML page in UTF-8; every cell is escaped."""
    title, *others = map(escape, (document.title, document.table, document.as_of, document.note))
    above = "".join(f"<p>{line}</p>\n" for line in others if line)
    widths = (*_WIDTHS, *(_OWN_WIDTH for _column in document.own))
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.4g}%">' for width in widths)
    names = document.headings(PRINTED)
    headings = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_part(part, len(names)) for part in document.parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}{_named(names)}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{above}"
        f'<table style="white-space: pre-line">\n'
        f"<colgroup>{columns}</colgroup>\n<thead>\n<tr>{headings}</tr>\n</thead>\n{body}</table>\n</body>\n</html>\n"
    )
    return page.encode()


def _named(names: tuple[str, ...]) -> str:
    """Return the style by which a cell says its heading on a phone, where the headings are not shown.

    What speaks for itself at the top of a card says none.
    """
    plain = {"number", "title", "content", *PRINTED[:-1]}
    rules = [
        f'  td:nth-child({place})::before {{ content: "{_css(name)}："; color: #555; }}'
        for place, name in enumerate(names, start=1)
        if place > len(_KINDS) or _KINDS[place - 1] not in plain
    ]
    return "\n".join(["@media screen and (max-width: 640px) {", *rules, "}\n"])


_KINDS = (*_OFFICIAL, *PRINTED)


def _css(text: str) -> str:
    """Return a text for a string of a style sheet, which nothing in it ends."""
    return "".join(each if each.isalnum() else f"\\{ord(each):x} " for each in text)


def _part(part: Section, width: int) -> str:
    headings = "".join(
        f'<tr class="heading"><th colspan="{width}" scope="rowgroup">{escape(heading)}</th></tr>\n'
        for heading in part.headings
    )
    return f"<tbody>\n{headings}{''.join(map(_block, part.blocks))}</tbody>\n"


def _block(block: Block) -> str:
    return "".join(_line(block, line, first=number == 0) for number, line in enumerate(block.lines))


def _line(block: Block, line: Line, *, first: bool) -> str:
    begun = "<tr>" if first else '<tr class="more">'
    own = "".join(
        _cell(kind, f"<span>{escape(text)}</span>")
        for kind, text in (("number", block.number), ("title", block.title))
    )
    kinds = (*_KINDS[2:], *("" for _text in line.own))
    marks = {"status": line.state.value, "alert": _colour(line)}
    cells = "".join(
        _cell(kind, escape(text), marks.get(kind, ""))
        for kind, text in zip(kinds, line.printed(), strict=True)
    )
    return f"{begun}{own}{cells}</tr>\n"


def _colour(line: Line) -> str:
    return next((name for name, tint in TINTS.items() if tint is line.tint), "")


def _cell(kind: str, text: str, mark: str = "") -> str:
    marks = " ".join(filter(None, (kind, "short" if kind in _SHORT else "", mark)))
    shown = f' class="{marks}"' if marks else ""
    return f"<td{shown}>{text}</td>"
