"""HTML: one page that holds all it needs, without scripts, fit for A4 landscape."""

from html import escape

from chengguo.output.export.document import TINTS, Block, Document, Line, Section, Tint

_WIDTHS = (4, 12, 35, 11, 15, 8, 6, 9)  # of the columns, in hundredths where there are no others
_OWN_WIDTH = 9  # of each of the office's own
_CENTRED = frozenset({0, 5, 6, 7})  # the columns of short texts
_OWN = (0, 1)  # the columns of a task itself, beside all of its items
_TINTED = "\n".join(
    f".{name} {{ color: #{tint.letters}; background: #{tint.ground}; print-color-adjust: exact; }}"
    for name, tint in TINTS.items()
)
_STYLE = f"""
body {{ font-family: "FangSong", "STFangsong", "Noto Serif CJK SC", serif; margin: 1.5em; }}
h1, p {{ text-align: center; margin: .4em 0; }}
h1 {{ font-size: 1.5em; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 64em; }}
th, td {{ border: 1px solid #444; padding: .3em; vertical-align: top; }}
th, td {{ white-space: pre-line; overflow-wrap: anywhere; }}
thead th {{ background: #e7e6e6; }}
th[colspan] {{ text-align: left; break-after: avoid; }}
.short {{ text-align: center; }}
{_TINTED}
thead {{ display: table-header-group; }}
@media screen {{ thead th {{ position: sticky; top: 0; }} }}
@media screen and (max-width: 640px) {{
  body {{ margin: .7em; }}
  table {{ display: block; min-width: 0; }}
  colgroup, thead {{ display: none; }}
  tbody, tr, th, td {{ display: block; border: 0; }}
  tr {{ border-bottom: 1px solid #999; padding: .4em 0; }}
  td {{ padding: .1em 0; }}
  td.short {{ text-align: left; }}
  td:empty {{ display: none; }}
  td::before {{ color: #555; }}
  th[colspan] {{ background: #e7e6e6; padding: .3em; }}
}}
@page {{ size: A4 landscape; margin: 12mm; }}
@media print {{ body {{ margin: 0; font-size: 9pt; }} table {{ min-width: 0; width: calc(100% - 1px); }} }}
@media print {{ td:not([rowspan]) {{ break-inside: avoid; }} tr.heading {{ break-after: avoid; }} }}
"""


def write(document: Document) -> bytes:
    """Return ``document`` as an HTML page in UTF-8; every cell is escaped."""
    title, table, as_of = map(escape, (document.title, document.table, document.as_of))
    above = "".join(f"<p>{line}</p>\n" for line in (table, as_of) if line)
    widths = (*_WIDTHS, *(_OWN_WIDTH for _column in document.own))
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.4g}%">' for width in widths)
    names = (*document.columns, *(column.heading for column in document.own))
    headings = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_part(part, len(names)) for part in document.parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}{_named(names)}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{above}"
        f'<table style="white-space: pre-line">\n'
        f"<colgroup>{columns}</colgroup>\n<thead>\n<tr>{headings}</tr>\n</thead>\n{body}</table>\n</body>\n</html>\n"
    )
    return page.encode()


def _named(names: tuple[str, ...]) -> str:
    """Return the style by which each cell says its heading on a phone, where the headings are not shown.

    Rows under the first of a task lack its own cells.
    """
    rules = []
    for place, name in enumerate(names, start=1):
        content = f'{{ content: "{_css(name)}："; }}'
        rules.append(f"  tr.first td:nth-child({place})::before {content}")
        if place > len(_OWN):
            rules.append(f"  tr:not(.first) td:nth-child({place - len(_OWN)})::before {content}")
    return "\n".join(["@media screen and (max-width: 640px) {", *rules, "}\n"])


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
    own = (block.number, block.title) if first else ()
    rows = len(block.lines)
    cells = [_cell(text, column, block.tint, rows) for column, text in enumerate(own)]
    shown = zip((*line.cells, *line.own), line.tints, strict=True)
    cells += [_cell(text, column, tint) for column, (text, tint) in enumerate(shown, start=len(_OWN))]
    begun = '<tr class="first">' if first else "<tr>"
    return f"{begun}{''.join(cells)}</tr>\n"


def _cell(text: str, column: int, tint: Tint | None, rows: int = 1) -> str:
    name = next((name for name, each in TINTS.items() if each is tint), None)
    marks = " ".join(filter(None, ("short" if column in _CENTRED else None, name)))
    shown = f' class="{marks}"' if marks else ""
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f"<td{shown}{span}>{escape(text)}</td>"
